package figures

// This file reads a share in brackets behind a count: "22 children (38%) among
// the 58 passengers". It tells the count again as a share, so the count is never
// what it is a share of; that is the whole that the clause names, or nothing that
// the text states.

import (
	"strings"

	"recount"
)

// namers stand before the whole that a share is taken of.
var namers = map[string]bool{"of": true, "among": true, "amongst": true}

// articleWords stand between a namer and its number.
var articleWords = map[string]bool{"the": true, "all": true, "those": true, "these": true, "its": true}

// bracketed returns the count directly before the bracket that share i stands in,
// or -1.
func (t *text) bracketed(i int) int {
	c := &t.found[i]
	k := c.First - 1
	if i > 0 && t.Low(k, c.Core) == "or" {
		k--
	}
	if w := t.Low(k, c.Core); i == 0 || c.them || w != "(" && w != "[" {
		return -1
	}
	if w := t.Low(c.End, c.Core); w != ")" && w != "]" && w != "," && w != "of" {
		return -1 // "58 members (61% women)"
	}
	o := &t.found[i-1]
	if o.Fig.Kind != recount.CountFigure || o.End > k || k-o.End > 8 || t.At(o.Core).Sent != t.At(c.Core).Sent {
		return -1
	}
	if namers[t.Low(t.articles(o.First)-1, o.Core)] {
		return -1 // "ten of the 40 miners (25 per cent)": of the 40
	}
	if k == o.unitEnd || k == o.End || k == o.Last {
		return i - 1
	}
	for n := o.End; n < k; n++ {
		w := t.At(n)
		if w.Kind != wordToken || !o.bare && (isVerbish(w.Low) || isVerb(w.Low)) && n >= o.unitEnd {
			return -1 // "58 passengers were mostly women (62%)": of the passengers
		}
	}
	return i - 1
}

// named returns the whole that the clause of share i names: behind the bracket,
// or at the head of its sentence; -1 if it names none. j is the count before the
// bracket.
func (t *text) named(i, j int) int {
	c := &t.found[i]
	s := t.At(c.Core).Sent
	for k := i + 1; k < len(t.found) && t.At(t.found[k].Core).Sent == s; k++ {
		o := &t.found[k]
		at := t.articles(o.First)
		if counted(&o.Fig, &t.found[j].Fig) && o.Fig.Kind == recount.CountFigure && namers[t.Low(at-1, o.Core)] && !t.clauseEnds(c.End, at) {
			if before := t.At(at - 2); t.Low(at-1, o.Core) != "of" || before.Low == ")" || before.Low == "]" || before.Low == "out" {
				return k
			}
		}
	}
	for k := range j {
		o := &t.found[k]
		if t.At(o.Core).Sent != s {
			continue
		}
		at := t.articles(o.First) - 1
		if namers[t.Low(at, o.Core)] && counted(&o.Fig, &t.found[j].Fig) && (t.At(at-1).Sent != s || t.At(at-1).Kind == markToken || t.Low(at-1, o.Core) == "out") {
			return k
		}
	}
	return t.found[j].Fig.Of
}

// toldAgain returns the token behind a bracket that follows the number of c and
// tells it as a share: "35 (60%)"; 0 if there is none.
func (t *text) toldAgain(c *candidate) int {
	if w := t.Low(c.End, c.Core); w != "(" && w != "[" || c.Fig.Kind != recount.CountFigure || c.Fig.Value == nil || c.Fig.Value.Places > 0 {
		return 0
	}
	for k := c.End + 1; k < c.End+5; k++ {
		n, ok := t.NumeralAt(k)
		if !ok {
			continue
		}
		p := t.Percent(n.End)
		if w := t.Low(n.End+p, c.Core); p > 0 && (w == ")" || w == "]") {
			return n.End + p + 1
		}
		return 0
	}
	return 0
}

// beforeBracket finds what the number of c counts, whose bracket ends before
// token k: "22 (38%) of the 58 passengers", "35 (60%) were children".
func (t *text) beforeBracket(c *candidate, k int) bool {
	if t.Low(k, c.Core) == "of" {
		if m, ok := t.NumeralAt(t.behindArticles(k + 1)); ok && !m.Vague && !m.Word && m.Value.Places == 0 && m.Value.Compare(*c.Fig.Value) > 0 && t.Percent(m.End) == 0 {
			u := t.NounAt(m.End)
			c.Part, c.Total, c.Fig.Unit = true, m.Value.Digits, u.Text
			return u.Plural && !isDuration(u.Head) && !isMeasure(u.Head)
		}
		return false
	}
	if u := t.NounAt(k); u.Plural && !isVerbish(firstWord(u.Text)) {
		c.Fig.Unit = u.Text
		return isPersonal(u.Text)
	}
	c.bare = t.fronted(c) != "" || t.follows(c)
	return c.bare
}

// behindArticles returns the token behind the articles that begin at token k.
func (t *text) behindArticles(k int) int {
	for articleWords[t.Low(k, k)] {
		k++
	}
	return k
}

// oneOfFront tells "Of the 61 skippers, one has died", a count, from "Of the 61
// skippers, one said", which picks somebody out.
func (t *text) oneOfFront(c *candidate) bool {
	n := t.Low(c.End, c.Core)
	if t.Low(c.First-1, c.Core) != "," || !isVerbish(n) || isSaying(n) || t.fronted(c) == "" {
		return false
	}
	p := t.previous()
	return p != nil && p.Fig.Kind == recount.CountFigure && t.At(p.Core).Sent == t.At(c.Core).Sent && p.unitEnd <= c.First-1
}

// articles returns the token at which the articles before token k begin.
func (t *text) articles(k int) int {
	for articleWords[t.Low(k-1, k)] {
		k--
	}
	return k
}

// clauseEnds reports whether a mark other than a bracket ends a clause among
// tokens [from, to).
func (t *text) clauseEnds(from, to int) bool {
	for ; from < to; from++ {
		if w := t.At(from); w.Kind == markToken && !strings.ContainsAny(w.Low, "()[]-%") {
			return true
		}
	}
	return false
}

// inBracket reports whether the figure at s opens a bracket that tells a count
// again.
func inBracket(text string, s recount.Span) bool {
	after := strings.TrimLeft(text[s.End:min(len(text), s.End+4)], " ")
	if !strings.HasPrefix(after, ")") && !strings.HasPrefix(after, "]") && !strings.HasPrefix(after, ",") {
		return false
	}
	before := strings.TrimRight(text[max(0, s.Start-12):s.Start], " ")
	before = strings.TrimRight(strings.TrimSuffix(before, "or"), " ")
	return strings.HasSuffix(before, "(") || strings.HasSuffix(before, "[")
}

// namesWhole reports whether words before the count at s make it the whole of
// something: "among the 58".
func namesWhole(text string, s recount.Span) bool {
	words := strings.Fields(strings.ToLower(text[max(0, s.Start-30):s.Start]))
	k := len(words) - 1
	for k >= 0 && articleWords[words[k]] {
		k--
	}
	return k >= 0 && namers[strings.TrimLeft(words[k], "“\"‘'(")]
}
