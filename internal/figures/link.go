package figures

import (
	"strings"

	"recount"
)

// link fills units that stand elsewhere, says which figure is part of which,
// and what happened in which period.
func (t *text) link() {
	for i := range t.found {
		if f := &t.found[i].fig; f.Kind == recount.CountFigure {
			t.partLink(i)
			if f.Unit == "" {
				f.Unit = t.antecedent(i)
			}
		}
	}
	main := t.main()
	var last string // what the most recent share was a share of
	for i := range t.found {
		if t.found[i].fig.Kind == recount.ShareFigure {
			t.shareLink(i, main, &last)
		}
	}
	t.periods()
	for i := range t.found {
		c := &t.found[i]
		c.fig.Event = t.event(c)
		t.stance(c)
	}
}

var (
	people = words(`people person man woman child member victim resident refugee civilian student voter worker family patient
		soldier troop police personnel inmate native national citizen casualty colleague relative friend rebel militant hostage
		witness youth teen teenager adult boy girl german briton european american foreigner guest staff crew muslim
		recruit veteran official employee orphan widow cook nurse chief delegate activist ally guard saint leaver`)
	notPeople = words(`number letter paper tower computer factor door order year quarter matter member-state chapter centre center
		dollar meter error river winter summer border newspaper server order tour floor minister-level water weather power answer
		offer cover corner shoulder finger`)
	caseLike = words(`case account story testimony defection desertion report departure interview`)
)

// personal reports whether a unit counts people.
func personal(unit string) bool {
	h := singular(lastPart(lastWord(unit)))
	if people[h] || strings.HasSuffix(h, "man") || strings.HasSuffix(h, "woman") || strings.HasSuffix(h, "child") {
		return true
	}
	if notPeople[h] || len(h) < 5 {
		return false
	}
	for _, e := range [...]string{"er", "or", "ist", "ian", "ee", "ant", "lander"} {
		if strings.HasSuffix(h, e) {
			return true
		}
	}
	return false
}

func sameHead(a, b string) bool {
	return a != "" && b != "" && singular(lastWord(a)) == singular(lastWord(b))
}

// counted reports whether o is a count of known size, larger than f if f is a
// count too.
func counted(o, f *recount.ReportedFigure) bool {
	return o.Kind == recount.CountFigure && o.Value != nil && (f.Kind != recount.CountFigure || f.Value == nil || compare(*o.Value, *f.Value) > 0)
}

// partLink finds the whole of "seven of them", "four of the 15", "Of the
// defectors surveyed, two were British", "Only two agreed".
func (t *text) partLink(i int) {
	c := &t.found[i]
	f := &c.fig
	sent := t.at(c.core).sent
	if c.part {
		for j := len(t.found) - 1; j >= 0; j-- {
			o := &t.found[j]
			if o.fig.Kind == recount.CountFigure && o.fig.Value != nil && o.fig.Value.Places == 0 && o.fig.Value.Digits == c.total && o.core < c.end+5 && j != i {
				f.Of = j
				if f.Unit == "people" && o.fig.Unit != "" {
					f.Unit = o.fig.Unit
				}
				return
			}
		}
		return
	}
	if head := t.fronted(c); head != "" {
		for j := 0; j < i; j++ {
			if o := &t.found[j].fig; counted(o, f) && sameHead(o.Unit, head) {
				f.Of = j
				break
			}
		}
		if c.bare && f.Unit == "" {
			f.Unit = head
		}
		return
	}
	definite := c.bare && t.low(c.first-1, c.core) == "the"
	from := c.bare && f.Qualifier == recount.Exact && (t.low(c.end, c.core) == "from" || t.low(c.end, c.core) == "who")
	if !c.them && (!c.bare || f.Qualifier != recount.Exact || definite && !from) || f.Qualifier == recount.Vague && !c.them {
		return
	}
	reach := 1
	if definite {
		reach = 1000
	}
	for n := range i {
		j := i - 1 - n
		if definite {
			j = n // "the two from Lomar" are two of the people the article began with
		}
		o := &t.found[j]
		if sent-t.at(o.core).sent > reach {
			return
		}
		if definite && o.fig.Value != nil && f.Value != nil && compare(*o.fig.Value, *f.Value) == 0 {
			continue
		}
		if o.fig.Kind != recount.CountFigure || o.fig.Of >= 0 || !c.them && !personal(o.fig.Unit) || f.Value != nil && !counted(&o.fig, f) {
			continue
		}
		f.Of = j
		if f.Unit == "" {
			f.Unit = o.fig.Unit
			if t.coordinated(j) || j+1 < i && t.coordinated(j+1) {
				f.Unit = "people"
			}
		}
		// "25 men and four women ..., two of them": both together are the whole,
		// and the first of them stands for it.
		for j > 0 && t.coordinated(j) {
			j--
			f.Of = j
		}
		return
	}
}

// coordinated reports whether figure j is joined to the one before it by
// "and": "25 men and four women".
func (t *text) coordinated(j int) bool {
	if j < 1 {
		return false
	}
	a, b := &t.found[j-1], &t.found[j]
	return a.fig.Kind == recount.CountFigure && b.fig.Kind == recount.CountFigure && b.fig.Of < 0 && !a.bare && !b.bare &&
		a.unitEnd == b.first-1 && t.low(b.first-1, b.core) == "and" && a.fig.Value != nil && b.fig.Value != nil
}

// fronted returns the head of "Of the defectors surveyed, ..." where the
// sentence of c begins so.
func (t *text) fronted(c *candidate) string {
	s := t.at(c.core).sent
	k := c.core
	for t.at(k-1).sent == s {
		k--
	}
	for t.at(k).kind == mark {
		k++
	}
	if t.at(k).low != "of" && t.at(k).low != "among" || c.core-k > 14 {
		return ""
	}
	if t.at(k+1).low == "the" || t.at(k+1).low == "those" {
		k++
	}
	if n, ok := t.numeralAt(k + 1); ok {
		if n.end > c.core {
			return ""
		}
		k = n.end - 1
	}
	return t.unitAt(k + 1).text
}

// antecedent returns the unit that a bare number most likely repeats: that of
// an equal number where the text says "the two", else that of the last count
// of its sentence if it counts people, else people.
func (t *text) antecedent(i int) string {
	c := &t.found[i]
	f := &c.fig
	p := t.low(c.first-1, c.core)
	if p == "the" {
		for j := i - 1; j >= 0; j-- {
			o := &t.found[j].fig
			if f.Value != nil && o.Value != nil && o.Kind == f.Kind && compare(*f.Value, *o.Value) == 0 && o.Unit != "" {
				return o.Unit
			}
		}
	}
	if i > 0 && p != "those" {
		o := &t.found[i-1]
		same := t.at(o.core).sent == t.at(c.core).sent
		if o.fig.Kind == recount.CountFigure && same && (personal(o.fig.Unit) || p == "than" || strings.HasSuffix(p, "'s") || p == "to") {
			return o.fig.Unit
		}
	}
	return "people"
}

// main returns the figure that the article is about: the first count of people
// that another figure is part of, else the first of ten or more; -1 if there
// is none.
func (t *text) main() int {
	for i := range t.found {
		o := &t.found[i].fig
		if o.Of < 0 && o.Value != nil && o.Kind == recount.CountFigure && (personal(o.Unit) || caseLike[singular(lastWord(o.Unit))]) {
			for j := range t.found {
				if t.found[j].fig.Of == i {
					return i
				}
			}
		}
	}
	for i := range t.found {
		o := &t.found[i].fig
		if o.Kind == recount.CountFigure && o.Value != nil && o.Value.Digits >= 10 && (personal(o.Unit) || caseLike[singular(lastWord(o.Unit))]) {
			return i
		}
	}
	return -1
}

// shareLink finds the whole of a share, and its unit.
func (t *text) shareLink(i, main int, last *string) {
	c := &t.found[i]
	f := &c.fig
	sent := t.at(c.core).sent
	if changes[firstWord(f.Unit)] || t.change(c) {
		f.Event = "change"
		return
	}
	switch {
	case c.part:
		t.partLink(i)
	case c.them:
		for j := i - 1; j >= 0 && sent-t.at(t.found[j].core).sent <= 4; j-- {
			if o := &t.found[j].fig; o.Kind == recount.CountFigure && o.Value != nil && o.Of < 0 {
				f.Of, f.Unit = j, o.Unit
				break
			}
		}
	}
	if f.Unit == "" && f.Of < 0 && i > 0 && !t.poll() {
		if o := &t.found[i-1]; counted(&o.fig, f) && t.at(o.core).sent == sent && personal(o.fig.Unit) {
			f.Of, f.Unit = i-1, o.fig.Unit // "60 have left and one in four is back"
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
	if f.Of < 0 && main >= 0 && main != i && f.Unit != "" {
		for j := range t.found {
			if o := &t.found[j].fig; counted(o, f) && o.Of < 0 && sameHead(o.Unit, f.Unit) && t.found[j].core < c.core {
				f.Of = j
				break
			}
		}
	}
	m := -1
	if main >= 0 && t.found[main].core < c.core {
		m = main
	}
	if f.Of < 0 && m >= 0 && (f.Unit == "" || caseLike[singular(lastWord(f.Unit))]) {
		f.Of = m
		if f.Unit == "" {
			f.Unit = t.found[m].fig.Unit
		}
	}
	if f.Unit != "" {
		*last = f.Unit
	}
}

// change reports whether a share is the size of a rise or fall, not a part of
// a whole: "climbed 60 percent", "up by a third".
func (t *text) change(c *candidate) bool {
	p := t.low(c.first-1, c.core)
	if p == "by" {
		p = t.low(c.first-2, c.core)
	}
	switch p {
	case "up", "down", "rose", "risen", "fell", "fallen", "climbed", "soared", "dropped", "jumped", "increased", "decreased", "declined", "grew", "grown",
		"shrank", "plunged", "surged", "gained", "rise", "fall", "grow", "increase", "drop", "cut", "crumbled", "slumped":
		return true
	}
	n := t.low(c.end, c.core)
	return n == "more" || n == "less" || n == "fewer" || n == "higher" || n == "lower" || n == "greater"
}

// paragraph reports whether a new paragraph starts between figure i and the one
// before it.
func (t *text) paragraph(i int) bool {
	if i == 0 {
		return false
	}
	a, b := t.found[i-1].fig.Span.End, t.found[i].fig.Span.Start
	return a <= b && strings.Contains(t.raw[a:b], "\n")
}

// among finds the population that the sentence names: "among likely voters",
// "Of those polled".
func (t *text) among(c *candidate) string {
	s := t.at(c.core).sent
	if p := t.at(c.first - 1); (p.low == "," || p.low == "-" || p.low == "—") && p.sent == s { // "a majority of likely voters, 56%"
		for k := c.first - 2; k > c.first-7 && t.at(k).sent == s; k-- {
			if t.at(k).low == "of" {
				if u := t.unitAt(k + 1); u.plural && u.end >= c.first-1 {
					return u.text
				}
			}
		}
	}
	population := func(k int) string {
		if l := t.at(k + 1).low; l == "the" || l == "all" {
			k++
		}
		if u := t.unitAt(k + 1); u.plural {
			return u.text
		}
		return ""
	}
	for k := c.core; k >= 0 && t.at(k).sent == s; k-- {
		l := t.at(k).low
		if l == "among" || l == "amongst" || l == "of" && t.at(k-1).sent != s || l == "from" && shareHeads[t.at(k-1).low] {
			if u := population(k); u != "" {
				return u
			}
		}
	}
	for k := c.end; t.at(k).sent == s; k++ {
		if l := t.at(k).low; l == "among" || l == "amongst" {
			if u := population(k); u != "" {
				return u
			}
		}
	}
	return ""
}

// poll reports whether the article speaks of a poll.
func (t *text) poll() bool {
	if t.polls == 0 {
		t.polls = -1
		for i := range t.tok {
			switch t.tok[i].low {
			case "poll", "polls", "survey", "pollster", "polling":
				t.polls = 1
			}
		}
	}
	return t.polls > 0
}
