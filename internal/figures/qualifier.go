package figures

import (
	"cmp"
	"slices"
	"strings"

	"recount"
)

// A qualifierPhrase is a wording that stands before or after a number.
type qualifierPhrase struct {
	words []string
	is    recount.Qualifier
}

// phrases returns the wordings of a section, longer ones before the shorter
// ones that end them.
func phrases(section string) []qualifierPhrase {
	var out []qualifierPhrase
	for w, is := range englishWords[section] {
		out = append(out, qualifierPhrase{strings.Fields(w), recount.Qualifier(is)})
	}
	slices.SortFunc(out, func(a, b qualifierPhrase) int {
		return cmp.Or(cmp.Compare(len(b.words), len(a.words)), slices.Compare(a.words, b.words))
	})
	return out
}

// prefixes stand before a number; longer wordings come before the shorter ones
// that end them.
var prefixes = phrases("qualifiers")

// spatial prefixes qualify a number only where it is plainly a quantity:
// "over two bills" is a quarrel.
var spatial = wordSet("spatial")

var suffixes = phrases("after")

// before grows the figure by the qualifier in front of it.
func (t *tokens) before(c *numberPhrase) {
	f := &c.Fig
	for {
		p := t.Low(c.First-1, c.Core)
		if hedges[p] {
			c.Guess = c.Guess || p == "presumably" || p == "perhaps" || p == "possibly" || p == "maybe" || p == "probably"
			if p == "perhaps" {
				c.First--
				continue
			}
		}
		break
	}
	at := c.First
	if t.Low(at-1, c.Core) == "a" && c.N.Spelt && c.N.Scaled {
		at-- // "more than a half-dozen"
	}
	if p := t.Low(at-1, c.Core); p == "the" && f.Qualifier == recount.Exact && t.Low(at-2, c.Core) == "than" {
		at-- // "more than the"
	}
	if p := t.Low(at-1, c.Core); p == "another" || p == "a" && adding[t.Low(at, c.Core)] {
		for _, q := range prefixes { // "at least another 40": the number is 40
			n, ok := len(q.words), len(q.words) > 0 && !spatial[q.words[0]]
			for k, w := range q.words {
				ok = ok && t.Low(at-1-n+k, c.Core) == w
			}
			if ok && f.Qualifier == recount.Exact {
				f.Qualifier, c.First = q.is, at-1-n
				return
			}
		}
	}
	for _, q := range prefixes {
		n := len(q.words)
		ok := true
		for k, w := range q.words {
			if t.Low(at-n+k, c.Core) != w {
				ok = false
				break
			}
		}
		if !ok {
			continue
		}
		if n == 1 && spatial[q.words[0]] && !t.quantity(c) {
			return
		}
		if p := t.Low(at-n-1, c.Core); q.words[0] == "past" && (p == "the" || p == "these" || p == "those") {
			return
		}
		c.First = at - n
		if f.Qualifier == recount.Exact || c.N.Loose && q.is != recount.Almost { // "at least a score"
			f.Qualifier = q.is
		}
		if p := t.Low(c.First-1, c.Core); p == "just" || p == "only" && q.is == recount.About || p == "well" || p == "slightly" {
			c.First--
		}
		return
	}
}

// quantity reports whether the number is plainly one: a share, money, a large
// or scaled number, or one with a plural after it that does not fit a place.
func (t *tokens) quantity(c *numberPhrase) bool {
	if c.Fig.Kind != recount.CountFigure || c.N.Scaled || c.Fig.Value == nil || c.Fig.Value.Digits >= 10 {
		return true
	}
	p := t.Low(c.First-2, c.Core)
	return !isVerbish(p) || p == "were" || p == "are" || p == "was" || p == "is" || p == "had" || p == "have" || p == "has" || p == "of"
}

// after grows the figure by the qualifier behind it: "or more", "+".
func (t *tokens) after(c *numberPhrase) {
	f := &c.Fig
	if f.Value == nil {
		return
	}
	if t.Joined(c.End - 1) {
		if p := t.At(c.End).Low; p == "+" || p == "-" && t.At(c.End+1).Low == "plus" {
			f.Qualifier = recount.AtLeast
			c.End += 1 + b2i(p == "-")
			c.Last = c.End
			return
		}
	}
	if t.At(c.End).Low == "-" && t.At(c.End+1).Low == "odd" { // "300-odd letters"
		if f.Qualifier == recount.Exact {
			f.Qualifier = recount.About
		}
		c.End += 2
		c.Last = c.End
		return
	}
	for _, q := range suffixes {
		ok := true
		for k, w := range q.words {
			if t.Low(c.End+k, c.Core) != w {
				ok = false
				break
			}
		}
		if ok && (q.words[0] != "at" || f.Qualifier == recount.Exact) {
			f.Qualifier = q.is
			c.End += len(q.words)
			c.Last = c.End
			return
		}
	}
}

var hedges = wordSet("hedges")
