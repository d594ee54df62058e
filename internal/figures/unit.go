package figures

import (
	"strings"

	"recount"
)

// A unit is the noun phrase that says what is counted.
type unit struct {
	text   string // in lower case, head last
	head   string // its last word
	plural bool   // the head is a plural
	end    int    // first token after it
}

// unitAt reads the noun phrase that starts at token j. Without a parser, the
// first plural ends it, with the plurals that follow directly ("teachers
// unions") or after "and" ("generals and admirals").
func (t *text) unitAt(j int) unit {
	first, last := -1, -1
	of := t.at(j - 1).sent
	k := j
	for q := t.at(k); k == j && (q.low == `"` || q.low == "“" || q.low == "'" || q.low == "‘" || q.low == "("); q = t.at(k) {
		k++
	}
	var parts []string
	seen := 0
scan:
	for ; k < len(t.tok) && seen < 9; k++ {
		w := t.at(k)
		if w.sent != of {
			break
		}
		switch {
		case w.kind == mark:
			if w.low == "-" && first >= 0 && t.joined(k-1) && (t.joined(k) || t.at(k+1).low == "and") {
				parts[len(parts)-1] += "-"
				if t.joined(k) && t.joined(k+1) && t.at(k+2).low == "-" { // "side-by-side"
					parts[len(parts)-1] += t.at(k+1).low + "-"
					k += 2
				}
				continue
			}
			if w.low == "," && last == k-1 && last >= 0 && t.listed(k+1) {
				continue
			}
			break scan
		case w.kind == number:
			break scan
		case (w.low == "and" || w.low == "or") && first >= 0:
			if t.at(k-1).low == "-" {
				continue
			}
			if last == k-1 && t.followedByPlural(k+1) {
				parts = append(parts, w.low)
				last = -2 // the phrase goes on to the next plural
				continue
			}
			break scan
		case small[w.low] && w.low != "near", verbs[w.low] && !(first < 0 && w.low == "found"):
			break scan
		case smallWords[w.low] > 0 || vagueWords[w.low]:
			break scan
		}
		if last >= 0 && !plural(w.low) {
			break
		}
		if first < 0 {
			first = k
		}
		seen++
		if n := len(parts); n > 0 && strings.HasSuffix(parts[n-1], "-") && t.joined(k-1) {
			parts[n-1] += w.low
		} else {
			parts = append(parts, w.low)
		}
		if plural(w.low) && !(t.joined(k) && t.at(k+1).low == "-") {
			last = k
		}
	}
	if first < 0 {
		return unit{end: j}
	}
	if last < 0 {
		// no plural: what stands before the boundary, if it is short
		n := len(parts)
		return unit{text: strings.Join(parts, " "), head: parts[n-1], end: k}
	}
	// cut what follows the last plural
	n := len(parts)
	for n > 1 && !plural(lastPart(parts[n-1])) {
		n--
	}
	if currencyWords[lastPart(parts[n-1])] {
		return unit{text: "money", head: "money", plural: true, end: last + 1}
	}
	return unit{text: strings.Join(parts[:n], " "), head: lastPart(parts[n-1]), plural: true, end: last + 1}
}

func lastPart(s string) string { return s[strings.LastIndexByte(s, '-')+1:] }

// listed reports whether a list of plurals goes on at k: "companies and
// unions".
func (t *text) listed(k int) bool {
	for n := 0; n < 6 && plural(t.at(k).low); n++ {
		if t.at(k+1).low == "and" {
			return t.followedByPlural(k + 2)
		}
		if t.at(k+1).low != "," {
			return false
		}
		k += 2
	}
	return false
}

// followedByPlural reports whether a plural comes within two words.
func (t *text) followedByPlural(k int) bool {
	for n := 0; n < 3; n++ {
		w := t.at(k + n)
		if w.kind != word || small[w.low] || verbs[w.low] || smallWords[w.low] > 0 {
			return false
		}
		if plural(w.low) {
			return true
		}
	}
	return false
}

// unit finds what is counted, and says whether the number is a figure at all.
func (t *text) unit(c *candidate) bool {
	f := &c.fig
	c.unitEnd = c.end
	if f.Unit != "" {
		return !durations[lastWord(f.Unit)]
	}
	if f.Kind == recount.MoneyFigure {
		f.Unit = "money"
		return true
	}
	j := c.end
	if f.Kind == recount.ShareFigure {
		return t.shareUnit(c)
	}
	for w := t.low(j, c.core); w == "of" || w == "more" || w == "additional" || w == "other" && t.at(j+1).low == "such"; w = t.low(j, c.core) {
		if w == "of" {
			return t.partOf(c, j)
		}
		j++
	}
	u := t.unitAt(j)
	exact := f.Qualifier == recount.Exact
	one := f.Value != nil && compare(*f.Value, recount.Decimal{Digits: 1}) == 0
	switch {
	case one && exact:
		return false
	case u.head == "money":
		f.Kind, f.Unit = recount.MoneyFigure, "money"
		return true
	case u.plural:
		if durations[u.head] || measures[u.head] || durations[firstWord(u.text)] {
			return false
		}
		if u.head == "times" {
			if w := t.low(u.end, c.core); w == "the" || w == "as" || w == "more" || w == "less" || w == "higher" || w == "that" || w == "its" || w == "larger" {
				return false
			}
		}
		f.Unit, c.unitEnd = u.text, u.end
		return true
	case casualties[firstWord(u.text)] && u.text != "":
		f.Unit = "people"
		return true
	case f.Qualifier == recount.Vague:
		f.Unit = "people"
		c.bare = true
		return !(u.text != "" && durations[firstWord(u.text)])
	}
	if one {
		if u.text == "" || durations[u.head] || measures[u.head] || durations[firstWord(u.text)] {
			return false
		}
		f.Unit = u.text
		return true
	}
	if w := firstWord(u.text); w != "" && (durations[w] || measures[w] || durations[u.head] || measures[u.head]) {
		return false
	}
	p := t.low(c.first-1, c.core)
	definite := c.n.spelt && exact && (p == "the" || p == "those" || p == "these") // "the two admit"
	if u.text != "" && !verbish(firstWord(u.text)) && strings.Count(u.text, " ") < 3 && !definite {
		// a noun without a plural: "six Orthodox", "12 aircraft"
		if c.n.spelt && !t.at(c.core).upper || c.n.scaled && f.Value != nil || !exact || t.near(c, 6) {
			if nounless[u.head] {
				return false
			}
			f.Unit, c.unitEnd = u.text, u.end
			return true
		}
		return false
	}
	c.bare = true
	return t.bareFigure(c)
}

// nounless words after a number show that it counts nothing.
var nounless = words(`o'clock pm am percent st nd rd th more`)

func firstWord(s string) string { w, _, _ := strings.Cut(s, " "); return w }
func lastWord(s string) string  { return s[strings.LastIndexByte(s, ' ')+1:] }

// near reports whether another count stands within n tokens before c.
func (t *text) near(c *candidate, n int) bool {
	p := t.previous()
	return p != nil && t.at(p.core).sent == t.at(c.core).sent && c.first-p.end <= n && p.fig.Kind == recount.CountFigure
}

func (t *text) previous() *candidate {
	if len(t.found) == 0 {
		return nil
	}
	return &t.found[len(t.found)-1]
}

// partOf reads what follows "two of": a pronoun, or the whole.
func (t *text) partOf(c *candidate, j int) bool {
	f := &c.fig
	one := f.Value != nil && compare(*f.Value, recount.Decimal{Digits: 1}) == 0 && f.Qualifier == recount.Exact
	switch w := t.low(j+1, c.core); {
	case one:
		return false
	case w == "them" || w == "whom" || w == "these" && t.unitAt(j+2).text == "" || w == "those" && t.unitAt(j+2).text == "" || w == "us":
		c.them = true
		c.last, c.unitEnd = j+2, j+2
		if u := t.unitAt(j + 2); u.text != "" && !verbish(firstWord(u.text)) && w == "them" && t.at(j+2).kind == word {
			f.Unit, c.unitEnd = u.text, u.end
			return true
		}
		c.bare = true
		return true
	}
	j++
	for n := 0; n < 3; n++ {
		switch t.low(j, c.core) {
		case "the", "his", "her", "its", "their", "our", "these", "those", "all", "my", "your":
			j++
		}
	}
	if c.part { // "of the 15": what stands after the whole
		if m, ok := t.numeralAt(j); ok {
			j = m.end
		}
	}
	u := t.unitAt(j)
	if c.part && !u.plural {
		f.Unit = "people"
		return true
	}
	if u.text == "" {
		c.bare = true
		return c.part || f.Qualifier == recount.Vague
	}
	if durations[u.head] || durations[firstWord(u.text)] || measures[u.head] {
		return false
	}
	f.Unit, c.unitEnd = u.text, u.end
	return true
}

// shareUnit finds of what a share is a share.
func (t *text) shareUnit(c *candidate) bool {
	f := &c.fig
	j := c.end
	w := t.low(j, c.core)
	if possessive[w] && c.n.word {
		w = "the"
	}
	if v := t.low(j+1, c.core); (w == "over" || w == "below" || w == "above" || w == "under") && v != "" && !c.n.word {
		if v == "the" || v == "a" || t.at(j+1).kind == number {
			j++
		}
		if u := t.unitAt(j + 1); u.text != "" {
			f.Unit, c.unitEnd = u.text, u.end
			return true
		}
	}
	if w == "of" || w == "the" && c.n.word {
		j++
		for n := 0; n < 3; n++ {
			switch l := t.low(j, c.core); l {
			case "them", "whom", "us":
				c.them, c.bare = true, true
				c.last, c.unitEnd = j+1, j+1
				if u := t.unitAt(j + 1); u.text != "" && !verbish(firstWord(u.text)) && l == "them" && t.at(j+1).kind == word && w == "of" {
					c.unitEnd = u.end
				}
				return true
			case "those", "these":
				if v := t.low(j+1, c.core); v != "" && (strings.HasSuffix(v, "ing") || strings.HasSuffix(v, "ed") || v == "polled") {
					f.Unit, c.unitEnd = l+" "+v, j+2
					return true
				}
				if v := t.low(j+1, c.core); v == "with" || v == "who" {
					c.bare, c.them = true, true
					return true
				}
				j++
			case "the", "his", "her", "its", "their", "our", "all", "my", "your", "a", "an", "this", "that", "some":
				j++
			}
		}
		if m, ok := t.numeralAt(j); ok && w == "of" && !m.word && !m.vague {
			c.part, c.total = true, m.value.Digits
			j = m.end
		}
		u := t.unitAt(j)
		if durations[u.head] && u.head != "" || currencyWords[u.head] {
			return false
		}
		f.Unit, c.unitEnd = u.text, u.end
		c.bare = u.text == ""
		return true
	}
	if !c.n.word || c.n.end != c.end || c.n.den > 0 && t.ratioWords(c) {
		u := t.unitAt(j)
		if shareHeads[w] {
			u = unit{text: w, head: w, end: j + 1}
		} else if !u.plural && (strings.Count(u.text, " ") != 1 && !shareNouns[u.text] || t.at(j).upper || t.at(j+1).upper) {
			u = unit{}
		}
		if u.text != "" && (shareHeads[w] || !verbish(firstWord(u.text))) && !(c.fig.Value != nil && compare(*f.Value, recount.Decimal{Digits: 1}) == 0) {
			if durations[u.head] {
				return true
			}
			if shareHeads[u.head] || changes[u.head] {
				if a := t.low(u.end, c.core); a == "among" || a == "of" || a == "from" {
					k := u.end + 1
					if t.low(k, c.core) == "the" {
						k++
					}
					if v := t.unitAt(k); v.text != "" {
						u = v
					}
				} else {
					c.bare = true
					return true
				}
			}
			f.Unit, c.unitEnd = u.text, u.end
			return true
		}
	}
	c.bare = true
	return !c.n.word || t.wholeNearby(c)
}

var (
	shareHeads = words("support approval backing favor favour share")
	shareNouns = words("turnout tax tariff stake majority interest unemployment inflation threshold rate")
	changes    = words("drop increase rise cut jump fall decline decrease growth surge spike reduction gain loss discount climb slump")
	possessive = words("his her its their our my your")
)

// ratioWords reports whether the share was written as a ratio, so that a noun
// may follow it.
func (t *text) ratioWords(c *candidate) bool { return c.n.den > 0 && c.end > c.core+2 }

// wholeNearby refuses "half" and the like where they divide time or space, or
// are part of an idiom.
func (t *text) wholeNearby(c *candidate) bool {
	n := t.low(c.end, c.core)
	if c.n.den == 2 && c.n.num == 1 && t.at(c.core).low == "half" {
		if n == "past" || n == "way" || n == "time" || n == "an" || n == "a" || n == "brother" || n == "sister" || n == "hour" {
			return false
		}
	}
	return n == "" || t.at(c.end).kind != word || small[n] || verbish(n)
}

// bareFigure says whether a number without a noun is a quantity all the same.
func (t *text) bareFigure(c *candidate) bool {
	f := &c.fig
	p, n := t.low(c.first-1, c.core), t.low(c.end, c.core)
	nextMark := t.at(c.end).kind == mark
	exact := f.Qualifier == recount.Exact
	small10 := f.Value != nil && f.Value.Digits < 1000 && !c.n.scaled
	switch {
	case f.Qualifier == recount.Between:
		return c.n.spelt && !small10 || n == "a" || n == "of" || verbs[n]
	case !exact && (f.Qualifier != recount.About || !small10 || verbs[n]):
		return !nextMark || !small10
	case c.n.scaled:
		return true
	case (p == "of" || p == "to") && (t.low(c.first-2, c.core) == "mother" || t.low(c.first-2, c.core) == "father"):
		f.Unit = "children"
		return true
	case p == "the" && t.low(c.first-2, c.core) == "of" && t.previous() != nil && t.previous().part && t.previous().end >= c.first-2:
		f.Unit = "people"
		return true
	case (p == "the" || p == "those" || p == "these" || p == "all") && c.n.spelt:
		return n != "" && (!nextMark || p != "the") || p == "those"
	case (p == "than" || strings.HasSuffix(p, "'s")) && t.previous() != nil && t.previous().fig.Kind == recount.CountFigure && t.at(t.previous().core).sent == t.at(c.core).sent:
		return true
	case p == "is" || p == "was" || p == "to":
		for k := 2; k < 6; k++ {
			switch t.low(c.first-k, c.core) {
			case "sample":
				if u := t.low(c.first-k-1, c.core); u != "" && !small[u] {
					f.Unit = u + "s"
				}
				return true
			case "total", "toll", "figure", "tally", "number":
				return true
			}
		}
		return false
	}
	// the subject of a clause: "two were British"
	if (verbs[n] || c.n.spelt && strings.HasSuffix(n, "ed") && len(n) > 4) && n != "die" {
		before := t.at(c.first - 1)
		return before.kind == mark && before.low != "-" || before.sent != t.at(c.core).sent || p == "and" || p == "but" || p == "while" || p == "only" || p == "just" || p == "whom"
	}
	return false
}
