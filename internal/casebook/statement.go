package casebook

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"recount"
)

// statements works out what is accepted of a page, and which codes hold. A
// code follows its statement: to the words and the speaker that a person
// corrected it to. Codes of a rejected statement do not hold.
func (c *View) statements(p *page, s *settled, decisions []*placed) {
	if len(decisions) == 0 {
		return
	}
	at := map[string][]*placed{} // place of content -> answers
	codes := map[[2]string][]*placed{}
	others := map[string][]*placed{}
	for _, d := range decisions {
		if d.at[0].page != p || d.at[0].Found == Lost {
			continue
		}
		switch b := d.answer.(type) {
		case recount.StatementBody:
			at[d.at[0].name] = append(at[d.at[0].name], d)
		case recount.CodeBody:
			k := [2]string{d.at[0].name, b.Code}
			codes[k] = append(codes[k], d)
		case recount.PassageBody:
			k := [2]string{d.at[0].name, b.Code}
			codes[k] = append(codes[k], d)
		case recount.FigureBody, recount.RoleBody:
			k := string(d.Decision.Kind) + "\x00" + d.at[0].name
			others[k] = append(others[k], d)
		}
	}
	for _, k := range sortedKeys(others) {
		s.disagree(c, others[k], (*placed).says)
	}
	// Of an accepted statement people must agree on the speaker too.
	full := func(d *placed) string {
		b := d.answer.(recount.StatementBody)
		if b.Answer == recount.Rejected {
			return recount.Rejected
		}
		says := []string{d.says(), string(cmp.Or(b.Mode, recount.Speech))}
		if sp := c.speakerOf(s, d, b.Speaker); sp != nil {
			says = append(says, string(sp.Key))
		}
		return strings.Join(says, "\x00")
	}
	by := map[string]*placed{}
	for _, name := range sortedKeys(at) {
		ps := at[name]
		s.disagree(c, ps, full)
		a, ok := c.hold(ps, full)
		if !ok {
			continue
		}
		if a.answer.(recount.StatementBody).Answer == recount.Rejected {
			s.reject(name)
			continue
		}
		by[name] = a
	}
	instead := c.insteadOf(by)
	s.findings = append(s.findings, c.settleWords(at, by, instead)...)
	moved := map[string]*Said{}
	for _, name := range sortedKeys(by) {
		if instead[name] != "" {
			continue
		}
		a := by[name]
		b := a.answer.(recount.StatementBody)
		moved[name] = &Said{AcceptedStatement: recount.AcceptedStatement{Article: p.Key, At: a.at[0].Spans, Type: b.Type,
			Decision: a.ID, Typed: b.Typed}, Key: statementKey(p.Key, a.at[0].Spans), Mode: cmp.Or(b.Mode, recount.Speech), Speaker: c.speakerOf(s, a, b.Speaker)}
		if a.at[0].Found == InOlder {
			moved[name].Old, moved[name].Key = &b.At, recount.KeyOf("statement", string(p.Key), name)
		}
		s.statements = append(s.statements, *moved[name])
	}
	for _, name := range sortedKeys(instead) {
		s.reject(name)
		to := instead[name]
		for instead[to] != "" {
			to = instead[to]
		}
		if moved[name] == nil {
			moved[name] = moved[to]
		}
	}
	for _, k := range sortedPairs(codes) {
		ps := codes[k]
		slices.SortFunc(ps, byID)
		s.disagree(c, ps, (*placed).says)
		a, ok := c.hold(ps, (*placed).says)
		if !ok || a.says() != recount.Yes {
			continue
		}
		var ref *recount.SpeakerRef
		coding := recount.Coding{Code: c.Recoded(k[1]), Article: p.Key, At: a.at[0].Spans, Decision: a.ID}
		statement := false
		switch b := a.answer.(type) {
		case recount.CodeBody:
			ref, statement = &b.Speaker, true
		case recount.PassageBody:
			ref = b.Speaker
		}
		sp := c.speakerOf(s, a, ref)
		if x := moved[k[0]]; x != nil && statement {
			coding.At = x.At
			if x.Speaker != nil {
				sp = x.Speaker
			}
		} else if s.rejected[k[0]] && statement {
			continue
		}
		if s.coded == nil {
			s.coded = map[string]map[string]bool{}
		}
		if s.coded[coding.Code] == nil {
			s.coded[coding.Code] = map[string]bool{}
		}
		s.coded[coding.Code][placeName(string(p.Key), coding.At)] = true
		if sp != nil && sp.Member != nil {
			sp.Member.Codes = append(sp.Member.Codes, coding)
		}
	}
	slices.SortStableFunc(s.statements, func(a, b Said) int { return before(a.AcceptedStatement, b.AcceptedStatement) })
	for _, x := range s.statements {
		if x.Speaker != nil && x.Speaker.Member != nil && x.Mode == recount.Speech {
			x.Speaker.Member.Statements = append(x.Speaker.Member.Statements, x.AcceptedStatement)
		}
	}
	for _, sp := range s.speakers {
		if sp.Member == nil {
			continue
		}
		slices.SortStableFunc(sp.Member.Codes, func(a, b recount.Coding) int {
			return cmp.Or(strings.Compare(a.Code, b.Code), strings.Compare(string(a.Article), string(b.Article)), compareSpans(a.At, b.At))
		})
		sp.Member.Codes = slices.CompactFunc(sp.Member.Codes, func(a, b recount.Coding) bool {
			return a.Code == b.Code && a.Article == b.Article && slices.Equal(a.At, b.At)
		})
	}
}

func (s *settled) reject(place string) {
	if s.rejected == nil {
		s.rejected = map[string]bool{}
	}
	s.rejected[place] = true
}

// Coded lists the places that each code holds for, under what the code became
// and as statements were corrected. Codes of rejected statements, those on
// which people differ and those of a calibration round hold nowhere.
func (c *View) Coded() map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for _, p := range c.pages {
		for code, places := range c.state(p).settled.coded {
			if out[code] == nil {
				out[code] = map[string]bool{}
			}
			maps.Copy(out[code], places)
		}
	}
	return out
}

// Recoded returns what a code became by moves and merges; itself if nothing
// happened to it.
func (c *View) Recoded(code string) string { return cmp.Or(c.recoded[code], code) }

// speakerOf returns the speaker that a decision names beside its first place.
func (c *View) speakerOf(s *settled, d *placed, ref *recount.SpeakerRef) *Speaker {
	if ref == nil {
		return nil
	}
	for i, r := range roles(d.answer) {
		if r == speaking {
			return s.byPlace[d.at[i].name]
		}
	}
	return nil
}

// before orders statements by where they begin, then by where they go on.
func before(a, b recount.AcceptedStatement) int {
	return cmp.Or(compareSpans(a.At, b.At), strings.Compare(a.Decision, b.Decision))
}

func compareSpans(a, b []recount.Span) int {
	return slices.CompareFunc(a, b, func(x, y recount.Span) int { return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End)) })
}

func start(spans []recount.Span) int {
	if len(spans) == 0 {
		return 0
	}
	return spans[0].Start
}

func sortedPairs[V any](m map[[2]string]V) [][2]string {
	out := make([][2]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b [2]string) int { return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1])) })
	return out
}

// insteadOf says which places of content lost their statement to another: that
// of somebody who corrected its words. Of two that each take the place of the
// other an adjudicator's stands, else the newer.
func (c *View) insteadOf(by map[string]*placed) map[string]string {
	rank := func(p *placed) int {
		if c.adjudicators[p.Actor] {
			return 0
		}
		return 1
	}
	names := sortedKeys(by)
	slices.SortStableFunc(names, func(x, y string) int {
		a, b := by[x], by[y]
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(b.Time, a.Time), strings.Compare(b.ID, a.ID))
	})
	out := map[string]string{}
	for _, name := range names {
		a := by[name]
		for i, r := range roles(a.answer) {
			was := a.at[i].name
			if r != instead || was == name || a.at[i].page != a.at[0].page || out[was] != "" {
				continue
			}
			to := name
			for out[to] != "" && to != was {
				to = out[to]
			}
			if to == was {
				continue // a circle ends at the newest
			}
			if other := by[was]; other != nil && rank(other) < rank(a) {
				if out[name] == "" {
					out[name] = was // an adjudicator accepted the words as they were
				}
				continue
			}
			out[was] = name
		}
	}
	return out
}

// A correction says with which words somebody put other words in the place of
// a statement.
type correction struct {
	*placed
	to string // where the words stand that hold in their place
}

// settleWords looks for statements whose words people corrected differently.
// An adjudicator's words stand, and those of the others lead to them; while
// people disagree none of them is accepted, nor the statement that they
// correct. to is what insteadOf found, and is changed, as by is.
func (c *View) settleWords(at map[string][]*placed, by map[string]*placed, to map[string]string) (out []recount.Finding) {
	corrections := map[string][]correction{} // of a place
	for _, name := range sortedKeys(by) {
		end := name
		for to[end] != "" {
			end = to[end]
		}
		for _, d := range at[name] {
			if c.calibration(d.Round) || d.answer.(recount.StatementBody).Answer == recount.Rejected {
				continue
			}
			for i, r := range roles(d.answer) {
				if r == instead && d.at[i].page == d.at[0].page && d.at[i].name != name {
					corrections[d.at[i].name] = append(corrections[d.at[i].name], correction{d, end})
				}
			}
		}
	}
	for _, was := range sortedKeys(corrections) {
		all := corrections[was]
		settled := slices.DeleteFunc(slices.Clone(all), func(x correction) bool { return !c.adjudicators[x.Actor] })
		if len(settled) == 0 {
			settled = all
		}
		ends := map[string][]string{} // of each person, sorted
		for _, x := range settled {
			ends[x.Actor] = append(ends[x.Actor], x.to)
		}
		agreed, first := true, []string(nil)
		for i, actor := range sortedKeys(ends) {
			slices.Sort(ends[actor])
			if ends[actor] = slices.Compact(ends[actor]); i == 0 {
				first = ends[actor]
			}
			agreed = agreed && slices.Equal(first, ends[actor])
		}
		if agreed {
			end := first[0]
			for to[end] != "" {
				end = to[end]
			}
			for _, x := range all {
				if !slices.Contains(first, x.to) && to[x.to] == "" && x.to != end {
					to[x.to] = end
				}
			}
			continue
		}
		f := recount.Finding{What: "disagreement"}
		var says []string
		for _, x := range settled {
			delete(by, x.to)
			delete(by, x.at[0].name)
			f.Decisions = append(f.Decisions, x.ID)
			says = append(says, x.Actor+" says "+cut(strings.Join(x.answer.Anchors()[0].Exact, " ... ")))
		}
		delete(by, was)
		delete(to, was)
		f.Text = "people disagree on one question (" + string(recount.KindStatement) + "): " + strings.Join(says, ", ")
		out = append(out, f)
	}
	return out
}
