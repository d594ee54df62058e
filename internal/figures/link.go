package figures

import (
	"strings"

	"recount"
)

// link fills units that stand elsewhere, and says which figure is part of
// which.
func (t *text) link() {
	var last string // what the most recent share was a share of
	for i := range t.found {
		c := &t.found[i]
		f := &c.fig
		if f.Kind == recount.MoneyFigure {
			continue
		}
		if f.Kind == recount.ShareFigure {
			t.shareLink(i, &last)
			continue
		}
		if c.them || c.part || c.bare {
			t.partLink(i)
		}
		if f.Unit == "" && c.bare {
			f.Unit = t.antecedent(i)
		}
	}
}

// partLink finds the whole of "seven of them", "four of the 15", "two were
// British".
func (t *text) partLink(i int) {
	c := &t.found[i]
	f := &c.fig
	if c.part {
		for j := len(t.found) - 1; j >= 0; j-- {
			o := &t.found[j]
			if o.core > c.core && o.core < c.end+5 && o.fig.Value != nil && o.fig.Value.Digits == c.total || o.core < c.core && o.fig.Kind == recount.CountFigure && o.fig.Value != nil && o.fig.Value.Digits == c.total && o.fig.Value.Places == 0 {
				f.Of = j
				return
			}
		}
		return
	}
	if !c.them {
		return
	}
	for j := i - 1; j >= 0; j-- {
		o := &t.found[j]
		if t.at(c.core).sent-t.at(o.core).sent > 1 {
			return
		}
		if o.fig.Kind == recount.CountFigure && !o.them && (o.fig.Value == nil || f.Value == nil || compare(*o.fig.Value, *f.Value) > 0) {
			f.Of = j
			if f.Unit == "" {
				f.Unit = o.fig.Unit
			}
			return
		}
	}
}

// antecedent returns the unit of the figure that a bare number most likely
// repeats: one of the same value, else the last count of this sentence, else
// people.
func (t *text) antecedent(i int) string {
	f := &t.found[i].fig
	if t.low(t.found[i].first-1, t.found[i].core) == "those" {
		return "people"
	}
	for j := i - 1; j >= 0; j-- {
		o := &t.found[j].fig
		if f.Value != nil && o.Value != nil && o.Kind == f.Kind && compare(*f.Value, *o.Value) == 0 && o.Unit != "" {
			return o.Unit
		}
	}
	if i > 0 {
		o := &t.found[i-1]
		if o.fig.Kind == recount.CountFigure && t.at(o.core).sent == t.at(t.found[i].core).sent {
			return o.fig.Unit
		}
	}
	return "people"
}

// shareLink finds the whole of a share.
func (t *text) shareLink(i int, last *string) {
	c := &t.found[i]
	f := &c.fig
	if c.them {
		for j := i - 1; j >= 0; j-- {
			o := &t.found[j].fig
			if o.Kind == recount.CountFigure && t.at(c.core).sent-t.at(t.found[j].core).sent <= 1 {
				f.Of, f.Unit = j, o.Unit
				break
			}
		}
	}
	if f.Unit == "" {
		f.Unit = t.among(c)
	}
	if f.Unit == "" && *last != "" && !(strings.HasPrefix(*last, "those ") && t.paragraph(i)) {
		f.Unit = *last
	}
	if f.Unit == "" && t.poll() {
		f.Unit = "respondents"
	}
	if f.Unit != "" && !strings.Contains(f.Unit, "growth") {
		*last = f.Unit
	}
}

// paragraph reports whether a new paragraph starts between figure i and the one
// before it.
func (t *text) paragraph(i int) bool {
	return i > 0 && strings.Contains(t.raw[t.found[i-1].fig.Span.End:max(t.found[i-1].fig.Span.End, t.found[i].fig.Span.Start)], "\n")
}

// among finds the population that the sentence names: "among likely voters".
func (t *text) among(c *candidate) string {
	s := t.at(c.core).sent
	for k := c.core; k >= 0 && t.at(k).sent == s; k-- {
		if l := t.at(k).low; l == "among" || l == "amongst" || l == "of" && (t.at(k-1).sent != s) || l == "from" && shareHeads[t.at(k-1).low] {
			j := k + 1
			if t.at(j).low == "the" {
				j++
			}
			if u := t.unitAt(j); u.plural {
				return u.text
			}
		}
	}
	for k := c.end; t.at(k).sent == s; k++ {
		if l := t.at(k).low; l == "among" || l == "amongst" {
			j := k + 1
			if t.at(j).low == "the" {
				j++
			}
			if u := t.unitAt(j); u.plural {
				return u.text
			}
		}
	}
	return ""
}

// poll reports whether the article speaks of a poll.
func (t *text) poll() bool {
	for i := range t.tok {
		switch t.tok[i].low {
		case "poll", "polls", "survey", "pollster", "polling":
			return true
		}
	}
	return false
}
