package figures

import (
	"recount"
)

// uncounted reports whether the number is a date, an age, a time, an ordinal, a
// score, a number on a label or another number that counts nothing.
func (t *text) uncounted(c *candidate) bool {
	i, f := c.Core, &c.Fig
	k, next := t.At(i), t.At(c.End)
	prev := t.At(i - 1)
	p, n := t.Low(i-1, i), t.Low(c.End, i)
	if c.N.Vague {
		return t.vagueUncounted(c)
	}
	if k.Kind == numberToken && len(k.Low) > 1 && k.Low[0] == '0' && k.Low[1] != '.' {
		return true // "007", a telephone number
	}
	// hyphens, slashes and colons that bind the number to what follows
	if t.Joined(c.End - 1) {
		switch next.Low {
		case "-", "–", "‑":
			if t.strong(&c.numberPhrase) > 0 {
				break // "a 4,000-strong group"
			}
			if t.Joined(c.End) && !(f.Kind == recount.ShareFigure && t.At(c.End+1).Kind == numberToken) {
				return true // "46-page", "5-4", "34-year-old"; "32%-25%" are two shares
			}
			if f.Kind == recount.CountFigure && t.Low(c.End+1, i) == "to" {
				return true // "18- to 24-year-olds"
			}
		case "/", ":", "\\", "_", "=", "°", "'", "′", "″":
			return f.Kind != recount.MoneyFigure
		}
		if next.Kind == numberToken || next.Kind == wordToken && f.Kind != recount.MoneyFigure && next.Low != "percent" {
			return true
		}
	}
	if f.Kind == recount.MoneyFigure {
		return false
	}
	if f.Kind == recount.ShareFigure {
		if n == "percentage" || n == "a" && t.Low(c.End+1, i) == "percentage" {
			return true
		}
		if t.inHalf(c) && !t.change(c) {
			return true // "broke in half"
		}
		one := f.Value != nil && f.Value.Digits == 1 && f.Value.Places == 0
		if one && n != "of" && n != "in" && next.Kind == wordToken && !isVerb(n) {
			return true // "100 percent wrong"
		}
		if n == "points" || n == "point" {
			return true
		}
		if c.N.Word && c.End == c.N.End && (halves[p] && c.N.Num == 1 && (p != "and" || k.Low == "half" && n != "of") || n == "of" && (t.Low(c.End+1, i) == "a" || t.Low(c.End+1, i) == "an")) {
			return true // "the eastern half", "half of a loaf"
		}
		if c.N.Word && c.N.Num == 1 && c.N.Den > 2 && t.Low(i, i) == "a" && (n == "was" || n == "is" || n == "said" || n == "has" || n == "told") && c.End == c.N.End {
			return true // "a third was sure": the third of several people
		}
		return c.N.Word && c.N.Den == 2 && (n == "past" || p == "and" && n != "of" && n != "the")
	}
	if n == "percentage" || n == "points" || n == "point" || n == "th" || n == "%" {
		return true
	}
	if c.Fig.Value != nil && f.Value.Places > 0 && !c.N.Scaled && !t.NounAt(c.End).Plural && f.Qualifier == recount.Exact {
		return true // "4.3 points", an index
	}
	// dates and times
	if q := t.Low(i-2, i); p == "past" && (q == "half" || q == "quarter" || isDuration(q) || smallNumber(q) > 0) {
		return true
	}
	if monthNumber(n) > 0 && (t.At(c.End).Upper || n != "may" && n != "march" && n != "mar" && n != "dec") ||
		monthNumber(p) > 0 && prev.Upper && dayOrYear(k, f) || p == "." && monthNumber(t.Low(i-2, i)) > 0 {
		return true
	}
	if n == "." && monthNumber(t.At(c.End+1).Low) > 0 || n == "of" && monthNumber(t.Low(c.End+1, i)) > 0 {
		return true
	}
	if isDuration(n) || isMeasure(n) || n == "a" && t.Low(c.End+1, i) == "." {
		return true
	}
	if k.Kind == numberToken && isYear(k.Low) && !c.N.Scaled {
		q := f.Qualifier
		if !(q != recount.Exact && t.NounAt(c.End).Plural && q != recount.LessThan) {
			return true
		}
	}
	if f.Qualifier == recount.Between && f.Low == nil && f.Value == nil && k.Kind == numberToken && isYear(k.Low) {
		return true
	}
	if f.Qualifier == recount.Exact && emergency[k.Low] && answered[n] {
		return true // "911 calls"
	}
	if p == "but" && t.Low(i-2, i) == "all" {
		return true // "all but two": the two are those who did not
	}
	if t.byChange(c) && !t.ballot(c) {
		return true // "rose by 200": no level
	}
	// telephone numbers and codes: digit groups side by side
	if k.Kind == numberToken && (next.Kind == numberToken || prev.Kind == numberToken && prev.Sent == k.Sent) {
		return true
	}
	if k.Kind == numberToken && len(k.Low) >= 7 && !c.N.Scaled {
		return true
	}
	// list marks
	if (i == 0 || t.At(i-1).Low == "\n") && (n == "." || n == ")") && t.Joined(c.End-1) {
		return true
	}
	// labels
	if t.label(i, i-1) && (prev.Upper || !t.NounAt(c.End).Plural) {
		return true
	}
	if k.Kind == numberToken && (p == "and" || p == "," || p == "or") {
		j := i - 1
		for j > i-8 && (t.At(j).Kind == numberToken || t.Low(j, i) == "," || t.Low(j, i) == "and" || t.Low(j, i) == "or") {
			j--
		}
		if j < i-1 && t.At(j+1).Kind == numberToken && t.label(i, j) && !t.NounAt(c.End).Plural {
			return true // "rooms 3 and 4 are shut"
		}
	}
	if p == "." && (t.Low(i-2, i) == "no" || t.Low(i-2, i) == "nos" || t.Low(i-2, i) == "art") {
		return true
	}
	if prev.Upper && prev.Kind == wordToken && prev.Sent == k.Sent && k.Kind == numberToken && !isSmall(p) && !isVerb(p) && c.First == i && t.At(i-2).Sent == k.Sent {
		if u := t.NounAt(c.End); !u.Plural || t.At(c.End).Upper {
			return true // "Boeing 737", "Windows 10"
		}
	}
	if c.N.Spelt && k.Upper && prev.Sent == k.Sent && prev.Kind == wordToken && t.At(c.End).Upper && t.At(c.End).Kind == wordToken {
		return true // "the Big Four Banks"
	}
	// ages
	return t.age(c)
}

// emergency numbers, and what follows where they are one.
var (
	emergency = wordSet("emergency_numbers")
	answered  = wordSet("emergency_answered")
)

// halves stand before a half that is a place or a time.
var halves = wordSet("halves")

func (t *text) vagueUncounted(c *candidate) bool {
	n := t.Low(c.End, c.Core)
	m := n
	if n == "of" {
		m = t.Low(c.End+1, c.Core)
	}
	if m == "more" {
		m = t.Low(c.End+2, c.Core)
	}
	return isDuration(m) || isMeasure(m) || n == "-"
}

// age recognises ", 29,", "aged 29", "a man of 40", "she is 31".
func (t *text) age(c *candidate) bool {
	i := c.Core
	v := c.Fig.Value
	if v == nil || v.Places > 0 || v.Digits > 120 {
		return false
	}
	p, pp := t.Low(i-1, i), t.Low(i-2, i)
	n, next := t.Low(c.End, i), t.At(c.End)
	ends := next.Kind == markToken || n == "" || n == "and" || n == "when" || n == "or" || n == "from" || n == "with" || n == "who"
	switch p {
	case ",", "(", "and":
		if next.Kind == markToken && n != "-" && t.At(c.Core).Kind == numberToken && v.Digits >= 1 && t.toldAgain(c) == 0 {
			return true
		}
	case "turned", "turning":
		return ends || n == "years" || !t.NounAt(c.End).Plural // "turned 43 people away"
	case "aged", "age", "ages":
		return true
	case "at":
		return ends
	case "is", "was", "am", "i'm", "he's", "she's", "be", "i", "are":
		return ends && (pp == "he" || pp == "she" || pp == "i" || pp == "who" || t.At(i-2).Upper && !((p == "was" || p == "were") && (pp == "it" || pp == "there")) || p == "i'm" || p == "he's" || p == "she's") && n != "of"
	case "of":
		return ends && t.At(i-2).Kind == wordToken && !employed[pp] && pp != "out" && pp != "total" && pp != "toll" && pp != "mother" && pp != "father"
	}
	return false
}

// label reports whether the word at k, in the sentence of token of, is followed
// by the number of a thing.
func (t *text) label(of, k int) bool {
	w := t.Low(k, of)
	return labels[w] || t.At(k).Upper && labels[singular(w)] || labels[singular(w)] && t.At(of+1).Kind == wordToken && !t.NounAt(of+1).Plural && w != "people" && w != "men"
}

// labels are followed by the number of a thing, not by a count of things.
var labels = wordSet("labels")

// dayOrYear reports whether a number behind the name of a month may be its day or
// year: not "in May two men died", "in May 340 boats sank".
func dayOrYear(k *token, f *recount.ReportedFigure) bool {
	if k.Kind != numberToken || f.Value == nil {
		return k.Kind == numberToken
	}
	return f.Value.Digits <= 31 || f.Value.Places > 0 || year(f.Value.Digits) && len(k.Low) == 4
}
