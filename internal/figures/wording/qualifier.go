package wording

import (
	"slices"
	"strings"

	"recount"
)

// A qualifierPhrase is a wording that stands before or after a number.
type qualifierPhrase struct {
	words []string
	is    recount.Qualifier
}

func phrases(is recount.Qualifier, list ...string) []qualifierPhrase {
	var out []qualifierPhrase
	for _, l := range list {
		out = append(out, qualifierPhrase{strings.Fields(l), is})
	}
	return out
}

func concat(lists ...[]qualifierPhrase) []qualifierPhrase {
	out := slices.Concat(lists...)
	slices.SortStableFunc(out, func(a, b qualifierPhrase) int { return len(b.words) - len(a.words) })
	return out
}

// prefixes stand before a number; longer wordings come before the shorter ones
// that end them.
var prefixes = concat(
	phrases(recount.AtLeast, "at least", "no fewer than", "no less than", "not fewer than", "not less than", "a minimum of", "minimum of", "at the very least", "as few as", "as little as"),
	phrases(recount.AtMost, "at most", "no more than", "not more than", "a maximum of", "maximum of", "at the most"),
	phrases(recount.MoreThan, "more than", "well over", "just over", "slightly over", "greater than", "upwards of", "upward of", "in excess of", "higher than",
		"larger than", "over", "above", "exceeding", "past", "beyond", "topped", "surpassed"),
	phrases(recount.LessThan, "less than", "fewer than", "lower than", "well under", "under", "below"),
	phrases(recount.Almost, "almost", "nearly", "close to", "just under", "just below", "just short of", "not quite", "slightly under", "approaching"),
	phrases(recount.UpTo, "up to", "as many as", "as much as", "as high as", "anything up to"),
	phrases(recount.About, "about", "around", "approximately", "roughly", "some", "circa", "an estimated", "estimated", "estimate of", "ca", "somewhere around",
		"in the region of", "on the order of", "or so"),
)

// spatial prefixes qualify a number only where it is plainly a quantity:
// "over two bills" is a quarrel.
var spatial = Words("over above under below past beyond around about topped surpassed exceeding")

var suffixes = concat(
	phrases(recount.AtLeast, "or more", "or above", "or higher", "or greater", "and up", "and above", "at least", "or even more"),
	phrases(recount.AtMost, "or fewer", "or less", "or under", "at most"),
	phrases(recount.About, "or so", "or thereabouts", "give or take"),
)

// before grows the figure by the qualifier in front of it.
func (t *Text) before(c *Phrase) {
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
		if f.Qualifier == recount.Exact {
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
func (t *Text) quantity(c *Phrase) bool {
	if c.Fig.Kind != recount.CountFigure || c.N.Scaled || c.Fig.Value == nil || c.Fig.Value.Digits >= 10 {
		return true
	}
	p := t.Low(c.First-2, c.Core)
	return !Verbish(p) || p == "were" || p == "are" || p == "was" || p == "is" || p == "had" || p == "have" || p == "has" || p == "of"
}

// after grows the figure by the qualifier behind it: "or more", "+".
func (t *Text) after(c *Phrase) {
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
		f.Qualifier = recount.About
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

var hedges = Words(`perhaps possibly maybe probably presumably reportedly`)
