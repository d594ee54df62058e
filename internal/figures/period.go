package figures

// dated words come before the day of a report or a talk.
var dated = wordSet("dated")

// periods gives each figure the period that its sentence states for it.
func (t *text) periods() {
	for i := 0; i < len(t.found); {
		s := t.At(t.found[i].Core).Sent
		j := i
		for j < len(t.found) && t.At(t.found[j].Core).Sent == s {
			j++
		}
		t.sentencePeriods(i, j, s)
		i = j
	}
}

// sentencePeriods handles the figures i to j-1, which stand in sentence s.
func (t *text) sentencePeriods(i, j, s int) {
	k := t.found[i].Core
	for t.At(k-1).Sent == s && t.found[i].Core-k < maxReach {
		k--
	}
	for t.At(k).Kind == markToken && t.At(k).Sent == s {
		k++
	}
	first := k
	var lead period
	next := i
	has := make([]bool, j-i)
	for t.At(k).Sent == s && k < len(t.Tok) {
		p, ok := t.PeriodAt(k)
		if dated[t.Low(k-1, k)] {
			ok = false // the day of the report, not what it speaks of
		}
		if !ok || p.End <= k {
			k++
			continue
		}
		for next < j && t.found[next].Core < p.Start {
			next++
		}
		to := next - 1
		if to < i {
			to = -1
		}
		if to < 0 {
			if p.Start == first {
				lead = p // "In the last two years, an estimated 20,000"
			}
		} else {
			// a figure in passing ("29 members, four of them women, who spoke in")
			// leaves the period to its whole
			for t.found[to].Fig.Of >= i && t.found[to].Fig.Of < to && t.comma(t.found[to].unitEnd, p.Start) {
				to = t.found[to].Fig.Of
			}
			if !has[to-i] {
				t.setPeriod(to, p)
				has[to-i] = true
			}
		}
		k = p.End
	}
	for x := j - 1; x >= i; x-- { // "25 men and four women ... in June"
		if !has[x-i] && x+1 < j && has[x+1-i] && t.coordinated(x+1) {
			t.found[x].Fig.From, t.found[x].Fig.To, has[x-i] = t.found[x+1].Fig.From, t.found[x+1].Fig.To, true
		}
	}
	for x := i; x < j; x++ {
		f := &t.found[x].Fig
		switch {
		case has[x-i]:
		case f.Of >= i && f.Of < j && has[f.Of-i]:
			f.From, f.To, has[x-i] = t.found[f.Of].Fig.From, t.found[f.Of].Fig.To, true
		case x > i && has[x-1-i] && t.coordinated(x):
			f.From, f.To, has[x-i] = t.found[x-1].Fig.From, t.found[x-1].Fig.To, true
		case lead.End > 0:
			t.setPeriod(x, lead)
			has[x-i] = true
		}
	}
}

// comma reports whether a comma stands between two tokens.
func (t *text) comma(from, to int) bool {
	for k := from; k < to; k++ {
		if t.At(k).Low == "," {
			return true
		}
	}
	return false
}

// setPeriod gives figure x the period p, cut at the day of publication: a
// report does not count what has not happened.
func (t *text) setPeriod(x int, p period) {
	if pub := t.Published.Last(); pub.Known() && p.To.Known() && pub.Compare(p.To) < 0 && (!p.From.Known() || pub.Compare(p.From) >= 0) {
		p.To = pub
	}
	t.found[x].Fig.From, t.found[x].Fig.To = p.From.String(), p.To.String()
}
