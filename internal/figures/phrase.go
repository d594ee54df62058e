package figures

import (
	"strings"

	"recount"
)

// A numberPhrase is a number with its sign and qualifier: "almost 60%".
type numberPhrase struct {
	Fig         recount.ReportedFigure // without unit and span
	N           numeral
	First, Last int   // its tokens, with the qualifier
	Core        int   // first token of the number itself
	End         int   // first token after the number and its sign
	Part        bool  // "of the 58"
	Total       int64 // then the 58
	Guess       bool  // "presumably": nobody has counted
}

// PhraseAt reads the sign, the range or ratio and the qualifier around the
// numeral n at token i. It refuses numbers that are glued to letters or marks.
func (t *tokens) PhraseAt(i int, n numeral) (numberPhrase, bool) {
	c := numberPhrase{N: n, Core: i, First: i, End: n.End}
	f := &c.Fig
	f.Of, f.Qualifier, f.Kind = -1, recount.Exact, recount.CountFigure
	var low, high *recount.Decimal

	// what stands directly before the number
	if i > 0 && t.Joined(i-1) {
		switch p := t.At(i - 1); {
		case isMoneySign(p.Low):
			f.Kind = recount.MoneyFigure
			c.First = i - 1
			if t.Joined(i-2) && t.At(i-2).Kind == wordToken && len(t.At(i-2).Low) <= 3 {
				c.First = i - 2
			}
		case p.Kind == wordToken || p.Kind == numberToken:
			return c, false
		case p.Low == "#" || p.Low == "/" || p.Low == "@" || p.Low == ":" || p.Low == "." || p.Low == "+" || p.Low == "_":
			return c, false
		case p.Low == "-" || p.Low == "–":
			if t.At(i-2).Kind != markToken && t.Joined(i-2) {
				return c, false // "F-16", "mid-20", the second half of a score
			}
		}
	}
	if at := t.currencyBefore(i); at >= 0 && !n.Vague && !n.Word {
		f.Kind, c.First = recount.MoneyFigure, at
	}
	if n.Vague {
		f.Qualifier = recount.Vague
	} else {
		v := n.Value
		f.Value = &v
	}
	if n.Word {
		f.Kind = recount.ShareFigure
	}
	if n.Loose {
		f.Qualifier = recount.About
	}
	if n.More {
		f.Qualifier = recount.MoreThan
	}
	if n.Each && !t.Question {
		u := t.NounAt(n.End)
		if u.Text == "" || u.Plural || t.At(n.End).Upper || durations[u.Head] || durations[firstWord(u.Text)] || measures[u.Head] || isVerbish(firstWord(u.Text)) {
			return c, false // "every second counts", "every third day"
		}
		f.Unit = u.Text
	}
	// the sign after it
	share := t.Percent(c.End)
	if share > 0 {
		if n.Word || n.Vague {
			share = 0
		} else {
			c.End += share
			f.Kind = recount.ShareFigure
			f.Value.Places += 2
			*f.Value = f.Value.Trimmed()
		}
	}
	if n.Word && t.At(c.End).Low == "of" && t.At(c.End+1).Kind == numberToken { // "half of 1 percent"
		if m, ok := t.DigitsAt(c.End + 1); ok && t.Percent(m.End) > 0 {
			v := recount.Decimal{Digits: m.Value.Digits * 10000 * n.Num / n.Den, Places: m.Value.Places + 6}
			v = v.Trimmed()
			f.Value, c.End = &v, m.End+t.Percent(m.End)
		}
	}
	// a range
	if f.Value != nil && !n.Word || n.Word && t.Low(c.First-1, i) == "between" {
		if hi, end, ok := t.rangeEnd(i, &c); ok {
			lo := *f.Value
			low, high = &lo, &hi
			f.Value, f.Qualifier, c.End = nil, recount.Between, end
			if t.Low(c.First-1, i) == "between" {
				c.First--
			}
		}
	}
	if n.Vague && t.Low(c.End, i) == "of" && ownWords[t.Low(c.End+1, i)] { // "a handful of the 58"
		if m, ok := t.NumeralAt(c.End + 2); ok && !m.Vague && !m.Word && m.Value.Places == 0 && m.Value.Digits >= 10 && t.Percent(m.End) == 0 {
			c.Part, c.Total = true, m.Value.Digits
		}
	}
	// a ratio
	if f.Kind == recount.CountFigure && f.Value != nil {
		t.ratio(&c)
	}
	c.Last = c.End
	if f.Kind != recount.MoneyFigure && currencyWords[t.Low(c.End, i)] {
		f.Kind = recount.MoneyFigure
		c.End++
		c.Last = c.End
	} else if n.Vague && t.Low(c.End, i) == "of" && currencyWords[t.Low(c.End+1, i)] {
		f.Kind = recount.MoneyFigure
		c.End += 2
		c.Last = c.End
	}
	t.before(&c)
	t.after(&c)
	switch f.Qualifier {
	case recount.AtLeast, recount.MoreThan:
		low = f.Value
	case recount.AtMost, recount.LessThan, recount.UpTo:
		high = f.Value
	}
	f.Low, f.High = low, high
	return c, true
}

// Span returns the bytes from the first token of c to its last.
func (t *tokens) Span(c *numberPhrase) recount.Span {
	return recount.Span{Start: t.At(c.First).Start, End: t.At(c.Last - 1).End}
}

// currencyBefore returns the token of "Rs", "Rs." or "USD" before number i, or -1.
func (t *tokens) currencyBefore(i int) int {
	for _, k := range [...]int{i - 1, i - 2} {
		if k >= 0 && t.At(k).Kind == wordToken && t.At(k).Upper && currencyBefore[t.At(k).Low] {
			return k
		}
		if k < 0 || t.At(k).Low != "." || !t.Joined(k-1) {
			break
		}
	}
	return -1
}

// currencyBefore are the short names of currencies that stand before a number.
var currencyBefore = wordSet("currency_before")

// isMoneySign reports whether s is a sign of money.
func isMoneySign(s string) bool {
	return s == "$" || s == "€" || s == "£" || s == "¥" || s == "₹" || s == "₽"
}

// Percent returns how many tokens at i say "per cent".
func (t *tokens) Percent(i int) int {
	switch t.At(i).Low {
	case "%", "percent", "pct", "٪":
		if t.At(i).Low == "%" && (t.At(i+1).Low == "points" || t.At(i+1).Low == "point") {
			return 0
		}
		return 1
	case "per":
		if t.At(i+1).Low == "cent" {
			return 2
		}
	case "-":
		if t.At(i+1).Low == "percent" {
			return 2
		}
	}
	return 0
}

// rangeEnd reads the upper end of "two or three", "10 to 15", "200–300" and
// "between 10 and 15".
func (t *tokens) rangeEnd(i int, c *numberPhrase) (recount.Decimal, int, bool) {
	j := c.End
	between := t.Low(c.First-1, i) == "between"
	switch l := t.Low(j, i); {
	case between && l == "and", !between && l == "or", l == "to", between && (l == "-" || l == "–") && t.Joined(j-1):
	case (l == "-" || l == "–") && t.Joined(j-1) && t.Joined(j):
	default:
		return recount.Decimal{}, 0, false
	}
	if t.Low(j, i) == "to" && t.Low(c.First-1, i) == "from" && moving[t.Low(c.First-2, i)] {
		return recount.Decimal{}, 0, false // "raised from 20 to 25 percent"
	}
	if l := t.Low(j, i); l == "to" && (c.Fig.Kind == recount.ShareFigure) && !between {
		return recount.Decimal{}, 0, false // "43 percent to 38 percent" compares two figures
	}
	j++
	if isMoneySign(t.At(j).Low) && c.Fig.Kind == recount.MoneyFigure {
		j++
	}
	m, ok := t.NumeralAt(j)
	if isYear(t.At(i).Low) && !c.N.Scaled || !ok || m.Vague || t.At(j).Sent != t.At(i).Sent || m.Word != c.N.Word {
		return recount.Decimal{}, 0, false
	}
	hi := m.Value
	end := m.End
	if p := t.Percent(end); p > 0 && !m.Word {
		end += p
		hi.Places += 2
		hi = hi.Trimmed()
		if c.Fig.Kind != recount.ShareFigure { // "10 to 15 percent"
			c.Fig.Kind = recount.ShareFigure
			c.Fig.Value.Places += 2
			*c.Fig.Value = c.Fig.Value.Trimmed()
		}
	} else if m.Scaled && !c.N.Scaled && m.Value.Digits > 0 && scaleWords[t.At(m.End-1).Low] > 0 { // "two or three million"
		if v, ok := times(*c.Fig.Value, scaleWords[t.At(m.End-1).Low]); ok && v.Compare(hi) < 0 {
			*c.Fig.Value = v
		}
	}
	if c.Fig.Value.Compare(hi) >= 0 {
		return hi, 0, false
	}
	if !between && t.Low(c.End, i) != "or" && !(c.Fig.Kind == recount.ShareFigure) {
		if u := t.NounAt(end); !u.Plural && c.Fig.Kind != recount.MoneyFigure && t.Low(end, i) != "of" {
			return hi, 0, false // "lost 3 to 5"
		}
	}
	return hi, end, true
}

// ratio turns "one in four", "eight of 10 voters", "nine lamps out of ten" and
// "one man in four" into shares, and "four of the 15" and "14 out of 58" into
// counts that are part of the larger one.
func (t *tokens) ratio(c *numberPhrase) {
	j, i := c.End, c.Core
	of, out := false, false
	unitEnd := 0
	u := t.NounAt(j)
	if u.Plural && t.Low(u.End, i) == "out" && t.Low(u.End+1, i) == "of" || t.nounIn(c, u) {
		unitEnd = u.End
		j = u.End
	}
	switch {
	case t.Low(j, i) == "in":
		j++
	case t.Low(j, i) == "out" && t.Low(j+1, i) == "of":
		j, out = j+2, true
	case t.Low(j, i) == "," && t.Low(j+1, i) == "out" && t.Low(j+2, i) == "of": // "Fourteen, out of 58, were women"
		j, out = j+3, true
	case t.Low(j, i) == "of":
		j, of = j+1, true
	default:
		return
	}
	every := false
	if w := t.Low(j, i); w == "every" {
		j++
		every = true
	} else if (of || out) && ownWords[w] {
		for roughly[t.Low(j+1, i)] {
			j++
		}
		if m, ok := t.NumeralAt(j + 1); ok && !m.Vague && !m.Word && m.Value.Compare(*c.Fig.Value) > 0 && t.Percent(m.End) == 0 {
			c.Part, c.Total = unitEnd == 0, m.Value.Digits
		}
		return
	}
	m, ok := t.NumeralAt(j)
	if !ok || m.Vague || m.Word || m.Value.Places > 0 || c.Fig.Value.Places > 0 || t.Percent(m.End) > 0 {
		return
	}
	num, den := c.Fig.Value.Digits, m.Value.Digits
	round := den <= 10 || den == 12 || den == 20 || den == 25 || den == 50 || den == 100 || den == 1000 || den == 10000 || den == 100000
	if of && num == 1 && c.Fig.Qualifier == recount.Exact && !t.Question && !every {
		return // "one of six members" names one of them
	}
	if !of && !out && unitEnd == 0 && !round && num < den && den <= maxOdd && t.oddRatio(c, j, m) {
		return // "14 in 61 conscripts"
	}
	if num >= den || den < 2 || !round && (num > 1 || of) {
		c.Part, c.Total = (of || out) && num < den, den
		if c.Part && unitEnd > 0 {
			c.Fig.Unit = u.Text // "14 members out of 58"
		}
		return
	}
	if durations[t.Low(m.End, i)] || t.Joined(m.End-1) && t.At(m.End).Kind == markToken && t.At(m.End).Low == "-" {
		return
	}
	v := fractionOf(num, den)
	c.Fig.Value, c.Fig.Kind, c.End = &v, recount.ShareFigure, m.End
	c.N.Num, c.N.Den, c.N.Word, c.N.Ratio = num, den, true, true
	if unitEnd > 0 {
		c.Fig.Unit = u.Text
	}
}

// maxOdd is the largest whole of a ratio that is no round number.
const maxOdd = 100000

// oddRatio reads "14 in 61 conscripts had fled": a count that is part of the
// larger one, if people or what acts stand behind it. j is the token of the
// larger number, m.
func (t *tokens) oddRatio(c *numberPhrase, j int, m numeral) bool {
	k := m.End
	if t.Low(k, c.Core) == "of" {
		for k++; t.Low(k, c.Core) == "the" || t.Low(k, c.Core) == "all" || t.Low(k, c.Core) == "its"; k++ {
		}
	}
	u := t.NounAt(k)
	if !u.Plural && !isPersonal(u.Text) || isDuration(u.Head) || isDuration(firstWord(u.Text)) || isMeasure(u.Head) || isYear(t.At(j).Low) || areas[u.Head] {
		return false
	}
	if !isPersonal(u.Text) && !isVerbish(t.Low(u.End, c.Core)) {
		return false // "scored 3 in 14 games"
	}
	c.Part, c.Total, c.Fig.Unit = true, m.Value.Digits, u.Text
	return true
}

// areas are what people are in: "four in 12 countries".
var areas = wordSet("areas")

// nounIn reports whether the noun behind the number stands inside a ratio:
// "one man in four", "two men in five". "Two men in five cars" is none: the
// second number counts something else.
func (t *tokens) nounIn(c *numberPhrase, u nounPhrase) bool {
	i, k := c.Core, u.End
	one := c.Fig.Value.Digits == 1 && c.Fig.Value.Places == 0
	if u.Text == "" || strings.Count(u.Text, " ") > 2 || !u.Plural && !one || durations[u.Head] || measures[u.Head] || t.Low(k, i) != "in" {
		return false
	}
	if k++; t.Low(k, i) == "every" {
		k++
	}
	m, ok := t.NumeralAt(k)
	if !ok || m.Vague || m.Word || m.Scaled || m.Value.Digits > 100 || t.Percent(m.End) > 0 {
		return false
	}
	after := t.NounAt(m.End)
	return t.At(m.End).Sent != t.At(i).Sent || t.At(m.End).Kind == markToken && t.At(m.End).Low != "-" || after.Text == "" || isVerbish(firstWord(after.Text))
}

// isYear reports whether digits may be a year.
func isYear(s string) bool {
	return len(s) == 4 && !strings.ContainsAny(s, ".,") && (s[0] == '1' && s[1] >= '1' || s[0] == '2' && s[1] <= '1')
}
