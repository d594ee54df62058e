package figures

import (
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
	var out []qualifierPhrase
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

// prefixes stand before a number; longer wordings come before the shorter ones
// that end them.
var prefixes = concat(
	phrases(recount.AtLeast, "at least", "no fewer than", "no less than", "not fewer than", "not less than", "a minimum of", "minimum of", "at the very least"),
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
var spatial = words("over above under below past beyond around about topped surpassed exceeding")

var suffixes = concat(
	phrases(recount.AtLeast, "or more", "or above", "or higher", "or greater", "and up", "and above", "at least", "or even more"),
	phrases(recount.AtMost, "or fewer", "or less", "or under", "at most"),
	phrases(recount.About, "or so", "or thereabouts", "give or take"),
)

// before grows the figure by the qualifier in front of it.
func (t *text) before(c *candidate) {
	f := &c.fig
	for {
		p := t.low(c.first-1, c.core)
		if hedges[p] {
			c.guess = c.guess || p == "presumably" || p == "perhaps" || p == "possibly" || p == "maybe" || p == "probably"
			if p == "perhaps" {
				c.first--
				continue
			}
		}
		break
	}
	at := c.first
	if t.low(at-1, c.core) == "a" && c.n.spelt && c.n.scaled {
		at-- // "more than a half-dozen"
	}
	if p := t.low(at-1, c.core); p == "the" && f.Qualifier == recount.Exact && t.low(at-2, c.core) == "than" {
		at-- // "more than the"
	}
	for _, q := range prefixes {
		n := len(q.words)
		ok := true
		for k, w := range q.words {
			if t.low(at-n+k, c.core) != w {
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
		if p := t.low(at-n-1, c.core); q.words[0] == "past" && (p == "the" || p == "these" || p == "those") {
			return
		}
		c.first = at - n
		if f.Qualifier == recount.Exact {
			f.Qualifier = q.is
		}
		if p := t.low(c.first-1, c.core); p == "just" || p == "only" && q.is == recount.About || p == "well" || p == "slightly" {
			c.first--
		}
		return
	}
}

// quantity reports whether the number is plainly one: a share, money, a large
// or scaled number, or one with a plural after it that does not fit a place.
func (t *text) quantity(c *candidate) bool {
	if c.fig.Kind != recount.CountFigure || c.n.scaled || c.fig.Value == nil || c.fig.Value.Digits >= 10 {
		return true
	}
	p := t.low(c.first-2, c.core)
	return !verbish(p) || p == "were" || p == "are" || p == "was" || p == "is" || p == "had" || p == "have" || p == "has" || p == "of"
}

// after grows the figure by the qualifier behind it: "or more", "+".
func (t *text) after(c *candidate) {
	f := &c.fig
	if f.Value == nil {
		return
	}
	if t.joined(c.end - 1) {
		if p := t.at(c.end).low; p == "+" || p == "-" && t.at(c.end+1).low == "plus" {
			f.Qualifier = recount.AtLeast
			c.end += 1 + b2i(p == "-")
			c.last = c.end
			return
		}
	}
	for _, q := range suffixes {
		ok := true
		for k, w := range q.words {
			if t.low(c.end+k, c.core) != w {
				ok = false
				break
			}
		}
		if ok && (q.words[0] != "at" || f.Qualifier == recount.Exact) {
			f.Qualifier = q.is
			c.end += len(q.words)
			c.last = c.end
			return
		}
	}
}
