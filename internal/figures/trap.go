package figures

import (
	"recount"
)

// trap reports whether the number is a date, an age, a time, an ordinal, a
// score, a number on a label or another number that counts nothing.
func (t *text) trap(c *candidate) bool {
	i, f := c.core, &c.fig
	k, next := t.at(i), t.at(c.end)
	prev := t.at(i - 1)
	p, n := t.low(i-1, i), t.low(c.end, i)
	if c.n.vague {
		return t.vagueTrap(c)
	}
	if k.kind == number && len(k.low) > 1 && k.low[0] == '0' && k.low[1] != '.' {
		return true // "007", a telephone number
	}
	// hyphens, slashes and colons that bind the number to what follows
	if t.joined(c.end - 1) {
		switch next.low {
		case "-", "–", "‑":
			if t.joined(c.end) {
				return true // "46-page", "5-4", "34-year-old"
			}
			if f.Kind == recount.CountFigure && t.low(c.end+1, i) == "to" {
				return true // "18- to 24-year-olds"
			}
		case "/", ":", "\\", "_", "=", "°", "'", "′", "″":
			return f.Kind != recount.MoneyFigure
		}
		if next.kind == number || next.kind == word && f.Kind != recount.MoneyFigure && next.low != "percent" {
			return true
		}
	}
	if f.Kind == recount.MoneyFigure {
		return false
	}
	if f.Kind == recount.ShareFigure {
		if n == "percentage" || n == "a" && t.low(c.end+1, i) == "percentage" {
			return true
		}
		one := f.Value != nil && f.Value.Digits == 1 && f.Value.Places == 0
		if one && n != "of" && n != "in" && next.kind == word && !verbs[n] {
			return true // "100 percent wrong"
		}
		if n == "points" || n == "point" {
			return true
		}
		if c.n.word && c.end == c.n.end && (halves[p] && c.n.num == 1 || n == "of" && (t.low(c.end+1, i) == "a" || t.low(c.end+1, i) == "an")) {
			return true // "the eastern half", "half of a loaf"
		}
		if c.n.word && c.n.num == 1 && c.n.den > 2 && t.low(i, i) == "a" && (n == "was" || n == "is" || n == "said" || n == "has" || n == "told") && c.end == c.n.end {
			return true // "a third was sure": the third of several people
		}
		return c.n.word && c.n.den == 2 && (n == "past" || p == "and")
	}
	if n == "percentage" || n == "points" || n == "point" || n == "th" || n == "%" {
		return true
	}
	if c.fig.Value != nil && f.Value.Places > 0 && !c.n.scaled && !t.unitAt(c.end).plural && f.Qualifier == recount.Exact {
		return true // "4.3 points", an index
	}
	// dates and times
	if months[n] > 0 && (t.at(c.end).upper || n != "may" && n != "march" && n != "mar" && n != "dec") ||
		months[p] > 0 && prev.upper || p == "." && months[t.low(i-2, i)] > 0 {
		return true
	}
	if n == "." && months[t.at(c.end+1).low] > 0 || n == "of" && months[t.low(c.end+1, i)] > 0 {
		return true
	}
	if durations[n] || measures[n] || n == "a" && t.low(c.end+1, i) == "." {
		return true
	}
	if k.kind == number && year(k.low) && !c.n.scaled {
		q := f.Qualifier
		if !(q != recount.Exact && t.unitAt(c.end).plural && q != recount.LessThan) {
			return true
		}
	}
	if f.Qualifier == recount.Between && f.Low == nil && f.Value == nil && k.kind == number && year(k.low) {
		return true
	}
	// telephone numbers and codes: digit groups side by side
	if k.kind == number && (next.kind == number || prev.kind == number && prev.sent == k.sent) {
		return true
	}
	if k.kind == number && len(k.low) >= 7 && !c.n.scaled {
		return true
	}
	// list marks
	if (i == 0 || t.at(i-1).low == "\n") && (n == "." || n == ")") && t.joined(c.end-1) {
		return true
	}
	// labels
	if labels[p] && (prev.upper || !t.unitAt(c.end).plural) {
		return true
	}
	if p == "." && (t.low(i-2, i) == "no" || t.low(i-2, i) == "nos" || t.low(i-2, i) == "art") {
		return true
	}
	if prev.upper && prev.kind == word && prev.sent == k.sent && k.kind == number && !small[p] && !verbs[p] && c.first == i && t.at(i-2).sent == k.sent {
		if u := t.unitAt(c.end); !u.plural || t.at(c.end).upper {
			return true // "Boeing 737", "Windows 10"
		}
	}
	if c.n.spelt && k.upper && prev.sent == k.sent && prev.kind == word && t.at(c.end).upper && t.at(c.end).kind == word {
		return true // "the Big Four Banks"
	}
	// ages
	return t.age(c)
}

// halves stand before a half that is a place or a time.
var halves = words(`first second other better last latter eastern western northern southern upper lower top bottom left right front back final
	and flat`)

func year(s string) bool {
	return len(s) == 4 && (s[0] == '1' && s[1] >= '1' || s[0] == '2' && s[1] <= '1')
}

func (t *text) vagueTrap(c *candidate) bool {
	n := t.low(c.end, c.core)
	m := n
	if n == "of" {
		m = t.low(c.end+1, c.core)
	}
	if m == "more" {
		m = t.low(c.end+2, c.core)
	}
	return durations[m] || measures[m] || n == "-"
}

// age recognises ", 29,", "aged 29", "a man of 40", "she is 31".
func (t *text) age(c *candidate) bool {
	i := c.core
	v := c.fig.Value
	if v == nil || v.Places > 0 || v.Digits > 120 {
		return false
	}
	p, pp := t.low(i-1, i), t.low(i-2, i)
	n, next := t.low(c.end, i), t.at(c.end)
	ends := next.kind == mark || n == "" || n == "and" || n == "when" || n == "or" || n == "from" || n == "with" || n == "who"
	switch p {
	case ",", "(", "and":
		if next.kind == mark && n != "-" && t.at(c.core).kind == number && v.Digits >= 1 {
			return true
		}
	case "aged", "age", "turned", "turning", "ages":
		return true
	case "at":
		return ends
	case "is", "was", "am", "i'm", "he's", "she's", "be", "i", "are":
		return ends && (pp == "he" || pp == "she" || pp == "i" || pp == "who" || t.at(i-2).upper || p == "i'm" || p == "he's" || p == "she's") && n != "of"
	case "of":
		return ends && t.at(i-2).kind == word && pp != "total" && pp != "toll" && pp != "mother" && pp != "father"
	}
	return false
}
