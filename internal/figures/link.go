package figures

import (
	"strings"

	"recount"
)

// link fills units that stand elsewhere, says which figure is part of which,
// and what happened in which period.
func (t *text) link() {
	for i := range t.found {
		if f := &t.found[i].Fig; f.Kind == recount.CountFigure {
			t.partLink(i)
			if f.Unit == "" {
				f.Unit = t.antecedent(i)
			}
		}
	}
	for i := range t.found {
		t.rest(&t.found[i])
	}
	t.withdraw()
	main := t.main()
	var last string // what the most recent share was a share of
	for i := range t.found {
		if t.found[i].Fig.Kind == recount.ShareFigure {
			t.shareLink(i, main, &last)
		}
	}
	t.periods()
	for i := range t.found {
		c := &t.found[i]
		c.Fig.Event = t.event(c)
		t.stance(c)
	}
	for i := len(t.found) - 1; i > 0; i-- { // "25 men and four women left"
		if t.coordinated(i) {
			t.found[i-1].Fig.Event = t.found[i].Fig.Event
		}
	}
}

func sameHead(a, b string) bool {
	return a != "" && b != "" && singular(lastWord(a)) == singular(lastWord(b))
}

// counted reports whether o is a count of known size, larger than f if f is a
// count too.
func counted(o, f *recount.ReportedFigure) bool {
	return o.Kind == recount.CountFigure && o.Value != nil && (f.Kind != recount.CountFigure || f.Value == nil || o.Value.Compare(*f.Value) > 0)
}

// partLink finds the whole of "seven of them", "four of the 15", "Of the
// defectors surveyed, two were British", "Only two agreed".
func (t *text) partLink(i int) {
	c := &t.found[i]
	f := &c.Fig
	sent := t.At(c.Core).Sent
	if c.Part {
		for j := len(t.found) - 1; j >= 0; j-- {
			o := &t.found[j]
			if o.Fig.Kind == recount.CountFigure && o.Fig.Value != nil && o.Fig.Value.Places == 0 && o.Fig.Value.Digits == c.Total && (o.Core < c.End+5 || o.Core < c.End+12 && t.toldAgain(c) > 0) && j != i {
				f.Of = j
				if f.Unit == "people" && o.Fig.Unit != "" {
					f.Unit = o.Fig.Unit
				}
				return
			}
		}
		return
	}
	if i+1 < len(t.found) && t.found[i+1].First == c.unitEnd+2 && t.Low(c.unitEnd, c.Core) == "out" && t.Low(c.unitEnd+1, c.Core) == "of" {
		f.Of = i + 1 // "31 mistakes out of more than a million ballots"
		return
	}
	if t.aside(i) && !c.them { // "nine people died, including two children"
		for j := i - 1; j >= 0 && t.At(t.found[j].Core).Sent == sent; j-- {
			if o := &t.found[j].Fig; o.Of < 0 && f.Value != nil && counted(o, f) && (isPersonal(o.Unit) && isPersonal(f.Unit) || sameHead(o.Unit, f.Unit)) {
				f.Of = j
				return
			}
		}
	}
	if head := t.fronted(c); head != "" {
		if isVerbish(head) && !befallen[head] {
			head = "people" // "Of those asked, 17 refused"
		}
		f.Of = t.whole(i, head, sent)
		if c.bare && f.Unit == "" {
			f.Unit = head
		}
		return
	}
	definite := c.bare && t.Low(c.First-1, c.Core) == "the"
	next := t.Low(c.End, c.Core)
	subject := c.N.Spelt && isVerbish(next) && !adding[t.Low(c.First-1, c.Core)] // "Only two agreed"
	if definite {
		subject = next == "from" || next == "who"
	}
	if !c.them && (!c.bare || f.Qualifier != recount.Exact || !subject) || f.Qualifier == recount.Vague && !c.them {
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
		if sent-t.At(o.Core).Sent > reach {
			return
		}
		if definite && o.Fig.Value != nil && f.Value != nil && o.Fig.Value.Compare(*f.Value) == 0 {
			continue
		}
		if o.Fig.Kind != recount.CountFigure || o.Fig.Of >= 0 || !c.them && !isPersonal(o.Fig.Unit) || f.Value != nil && !counted(&o.Fig, f) {
			continue
		}
		f.Of = j
		if f.Unit == "" {
			f.Unit = o.Fig.Unit
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

// whole returns the count before figure i that a unit repeats: one of sentence
// sent, if any, else the first with the same words, else one close by with the
// same head; -1 if there is none.
func (t *text) whole(i int, unit string, sent int) int {
	best, at := 0, -1
	for j := range i {
		o := &t.found[j]
		if !counted(&o.Fig, &t.found[i].Fig) || o.Fig.Of >= 0 || !sameHead(o.Fig.Unit, unit) {
			continue
		}
		n := 1
		if o.Fig.Unit == unit {
			n = 2
		}
		if t.At(o.Core).Sent == sent {
			n = 3
		}
		if n == 1 && t.At(t.found[i].Core).Sent-t.At(o.Core).Sent > 2 {
			continue // "black children" far from "three children" are others
		}
		if n > best {
			best, at = n, j
		}
	}
	return at
}

// coordinated reports whether figure j is joined to the one before it by
// "and": "25 men and four women".
func (t *text) coordinated(j int) bool {
	if j < 1 {
		return false
	}
	a, b := &t.found[j-1], &t.found[j]
	return a.Fig.Kind == recount.CountFigure && b.Fig.Kind == recount.CountFigure && b.Fig.Of < 0 && !a.bare && !b.bare &&
		a.unitEnd == b.First-1 && t.Low(b.First-1, b.Core) == "and" && a.Fig.Value != nil && b.Fig.Value != nil
}

// fronted returns the head of "Of the defectors surveyed, ..." where the
// sentence of c begins so.
func (t *text) fronted(c *candidate) string {
	s := t.At(c.Core).Sent
	k := c.Core
	for t.At(k-1).Sent == s && c.Core-k <= 16 {
		k--
	}
	for t.At(k).Kind == markToken && k < c.Core {
		k++
	}
	if t.At(k).Low == "out" && t.At(k+1).Low == "of" {
		k++
	}
	if t.At(k).Low != "of" && t.At(k).Low != "among" || c.Core-k > 14 {
		return ""
	}
	if t.At(k+1).Low == "the" || t.At(k+1).Low == "those" {
		k++
	}
	for roughly[t.Low(k+1, c.Core)] {
		k++
	}
	if n, ok := t.NumeralAt(k + 1); ok {
		if n.End > c.Core {
			return ""
		}
		k = n.End - 1
	}
	return t.NounAt(k + 1).Text
}

// antecedent returns the unit that a bare number most likely repeats: that of
// an equal number where the text says "the two", else that of the last count
// of its sentence if it counts people, else people.
func (t *text) antecedent(i int) string {
	c := &t.found[i]
	f := &c.Fig
	p := t.Low(c.First-1, c.Core)
	if p == "the" {
		for j := i - 1; j >= 0; j-- {
			o := &t.found[j].Fig
			if f.Value != nil && o.Value != nil && o.Kind == f.Kind && f.Value.Compare(*o.Value) == 0 && o.Unit != "" {
				return o.Unit
			}
		}
	}
	if i > 0 && p != "those" {
		o := &t.found[i-1]
		for j := i - 1; j > 0 && (t.aside(j) || o.Fig.Of >= 0) && t.At(t.found[j-1].Core).Sent == t.At(c.Core).Sent; j-- {
			o = &t.found[j-1] // what stands in passing is not gone on with
		}
		if t.aside(i-1) && o == &t.found[i-1] {
			return "people"
		}
		same := t.At(o.Core).Sent == t.At(c.Core).Sent
		if k := i - 1; same && o == &t.found[k] && t.coordinated(k) && p != "than" && isPersonal(o.Fig.Unit) && isPersonal(t.found[k-1].Fig.Unit) {
			return "people" // "two soldiers and three civilians died; eleven more were hurt"
		}
		if o.Fig.Kind == recount.CountFigure && adding[p] && t.At(c.Core).Sent-t.At(o.Core).Sent <= 1 {
			return o.Fig.Unit // "58 defectors. Another 14"
		}
		if o.Fig.Kind == recount.CountFigure && same && (isPersonal(o.Fig.Unit) || p == "than" || strings.HasSuffix(p, "'s") || p == "to") {
			return o.Fig.Unit
		}
	}
	return "people"
}

// main returns the figure that the article is about: the first count of people
// that another figure is part of, else the first of ten or more; -1 if there
// is none.
func (t *text) main() int {
	for i := range t.found {
		o := &t.found[i].Fig
		if o.Of < 0 && o.Value != nil && !o.Withdrawn && o.Kind == recount.CountFigure && (isPersonal(o.Unit) || isCaseLike(o.Unit)) {
			for j := range t.found {
				if t.found[j].Fig.Of == i {
					return i
				}
			}
		}
	}
	for i := range t.found {
		o := &t.found[i].Fig
		if o.Kind == recount.CountFigure && o.Value != nil && !o.Withdrawn && o.Value.Digits >= 10 && (isPersonal(o.Unit) || isCaseLike(o.Unit)) {
			return i
		}
	}
	return -1
}

// shareLink finds the whole of a share, and its unit.
func (t *text) shareLink(i, main int, last *string) {
	c := &t.found[i]
	f := &c.Fig
	sent := t.At(c.Core).Sent
	if changes[firstWord(f.Unit)] || t.change(c) {
		f.Kind, f.Event = recount.ChangeFigure, "change"
		if f.Unit == "" || changes[firstWord(f.Unit)] {
			f.Unit = t.changed(c)
		}
		for _, w := range [...]string{"more ", "fewer ", "less "} {
			f.Unit = strings.TrimPrefix(f.Unit, w)
		}
		return
	}
	switch {
	case c.Part:
		t.partLink(i)
	case c.them && t.standsAlone(c): // "a fifth of those who replied": those who did as the count before
		f.Of = t.whoDid(i)
	case c.them:
		for j := i - 1; j >= 0 && sent-t.At(t.found[j].Core).Sent <= 4; j-- {
			if o := &t.found[j].Fig; o.Kind == recount.CountFigure && o.Value != nil && o.Of < 0 && !o.Withdrawn && (t.Low(c.End+2, c.Core) != "who" && c.Last > c.End || isPersonal(o.Unit)) {
				f.Of, f.Unit = j, o.Unit
				break
			}
		}
	}
	if f.Unit == "" && f.Of < 0 && i > 0 && !t.poll() {
		if o := &t.found[i-1]; counted(&o.Fig, f) && t.At(o.Core).Sent == sent && isPersonal(o.Fig.Unit) {
			f.Of, f.Unit = i-1, o.Fig.Unit // "60 have left and one in four is back"
		}
	}
	if f.Unit == "" {
		f.Unit = t.among(c)
	}
	if f.Unit == "" {
		f.Unit = t.putAt(c)
	}
	if p := t.Low(c.First-1, c.Core); f.Unit == "" && (p == "to" || p == "from") { // "unemployment rose to 9 percent"
		for k := c.First - 2; f.Unit == "" && k > c.First-10 && t.Low(k, c.Core) != ""; k-- {
			if w := t.Low(k, c.Core); isMoving(w) && w != "up" && w != "down" {
				f.Unit = t.subject(k)
			}
		}
	}
	if f.Unit == "" && *last != "" && !t.paragraph(i) || f.Unit == "" && t.poll() && !strings.HasPrefix(*last, "those ") {
		f.Unit = *last
	}
	if f.Unit == "" && t.poll() {
		f.Unit = "respondents"
	}
	stands := t.standsAlone(c)
	if f.Of < 0 && main >= 0 && main != i && f.Unit != "" && !stands {
		f.Of = t.whole(i, f.Unit, -1)
	}
	m := -1
	if main >= 0 && t.found[main].Core < c.Core {
		m = main
	}
	if f.Of < 0 && m >= 0 && !stands && (f.Unit == "" || isCaseLike(f.Unit)) {
		f.Of = m
		if f.Unit == "" {
			f.Unit = t.found[m].Fig.Unit
		}
	}
	if j := t.bracketed(i); j >= 0 {
		if f.Of == j || t.named(i, j) >= 0 {
			f.Of = t.named(i, j)
		}
		if f.Unit == "" {
			f.Unit = t.found[j].Fig.Unit
		}
	}
	if f.Unit == "" && t.standsAlone(c) {
		f.Unit = "people"
	}
	if f.Unit != "" {
		*last = f.Unit
	}
}

// standsAlone reports whether a share is one of people whom its own clause names, as
// in "of those who replied", "of people who voted": no count before is meant, unless
// it counts who did the same.
func (t *text) standsAlone(c *candidate) bool {
	w := t.Low(c.End+1, c.Core)
	return t.Low(c.End, c.Core) == "of" && (w == "those" || w == "people" || w == "everyone" || w == "all") && t.Low(c.End+2, c.Core) != "" && (w != "those" || !t.NounAt(c.End+2).Plural)
}

// whoDid returns the count before figure i whose sentence has the verb of "those who
// replied", or -1.
func (t *text) whoDid(i int) int {
	c := &t.found[i]
	k := c.End + 2
	for w := t.Low(k, c.Core); w == "who" || w == "that" || w == "had" || w == "have" || w == "were" || w == "are" || w == "did"; w = t.Low(k, c.Core) {
		k++
	}
	verb := t.Low(k, c.Core)
	if verb == "" {
		return -1
	}
	for j := i - 1; j >= 0 && t.At(c.Core).Sent-t.At(t.found[j].Core).Sent <= 4; j-- {
		o := &t.found[j]
		if o.Fig.Kind != recount.CountFigure || o.Fig.Value == nil || o.Fig.Of >= 0 || o.Fig.Withdrawn || !isPersonal(o.Fig.Unit) {
			continue
		}
		for n := o.End; n < o.End+maxVerb && t.At(n).Sent == t.At(o.Core).Sent; n++ {
			if t.Low(n, o.Core) == verb {
				c.Fig.Unit = o.Fig.Unit
				return j
			}
		}
	}
	return -1
}

// maxVerb is how many words behind a count its verb is looked for.
const maxVerb = 12

// paragraph reports whether a new paragraph starts between figure i and the one
// before it.
func (t *text) paragraph(i int) bool {
	if i == 0 {
		return false
	}
	a, b := t.found[i-1].Fig.Span.End, t.found[i].Fig.Span.Start
	return a <= b && strings.Contains(t.Raw[a:b], "\n")
}

// putAt reads "put vacancies at one in five": what the share is a share of.
func (t *text) putAt(c *candidate) string {
	if t.Low(c.First-1, c.Core) != "at" {
		return ""
	}
	for k := c.First - 2; k > c.First-8; k-- {
		if w := t.Low(k, c.Core); w == "put" || w == "puts" || w == "estimated" || w == "set" {
			for l := t.Low(k+1, c.Core); l == "the" || l == "its" || l == "their"; l = t.Low(k+1, c.Core) {
				k++
			}
			if u := t.NounAt(k + 1); u.End == c.First-1 {
				return u.Text
			}
			return ""
		}
	}
	return ""
}

// among finds the population that the sentence names: "among likely voters",
// "Of those polled".
func (t *text) among(c *candidate) string {
	s := t.At(c.Core).Sent
	if p := t.At(c.First - 1); (p.Low == "," || p.Low == "-" || p.Low == "—") && p.Sent == s { // "a majority of likely voters, 56%"
		for k := c.First - 2; k > c.First-7 && t.At(k).Sent == s; k-- {
			if t.At(k).Low == "of" {
				if u := t.NounAt(k + 1); u.Plural && u.End >= c.First-1 {
					return u.Text
				}
			}
		}
	}
	population := func(k int) string {
		if l := t.At(k + 1).Low; l == "the" || l == "all" {
			k++
		}
		if u := t.NounAt(k + 1); u.Plural {
			return u.Text
		}
		return ""
	}
	for k := c.Core; k >= 0 && t.At(k).Sent == s && k > c.Core-maxReach; k-- {
		l := t.At(k).Low
		if l == "among" || l == "amongst" || l == "of" && t.At(k-1).Sent != s || l == "from" && shareHeads[t.At(k-1).Low] {
			if u := population(k); u != "" {
				return u
			}
		}
	}
	for k := c.End; t.At(k).Sent == s && k < c.End+maxReach; k++ {
		if l := t.At(k).Low; l == "among" || l == "amongst" {
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
		for i := range t.Tok {
			switch t.Tok[i].Low {
			case "poll", "polls", "survey", "pollster", "polling":
				t.polls = 1
			}
		}
	}
	return t.polls > 0
}
