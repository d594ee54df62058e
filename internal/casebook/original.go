package casebook

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/copies"
)

// regroupOriginals reads which pages are one original, and groups those again
// that people's answers about reprints touch. A page that was found to be put
// together from others stays so unless its group changed.
func (c *Casebook) regroupOriginals(ctx context.Context) error {
	before := c.originalOf
	found, err := c.store.Originals(ctx)
	if err != nil {
		return err
	}
	if c.asked, err = c.store.Asked(ctx); err != nil {
		return err
	}
	c.found, c.originals = found, found
	if c.found == nil {
		c.found = []recount.Original{}
	}
	answers := c.corrections()
	if len(answers) > 0 {
		relations, err := c.Relations(ctx)
		if err != nil {
			return err
		}
		spliced := map[recount.Key]string{}
		for _, o := range found {
			if o.Spliced {
				spliced[o.Members[0]] = o.Reason
			}
		}
		c.originals = copies.Originals(slices.Values(c.sized()), relations)
		for i := range c.originals {
			o := &c.originals[i]
			if why, ok := spliced[o.Members[0]]; ok && len(o.Members) == 1 {
				o.Spliced, o.Reason = true, why
			}
		}
	}
	c.originalOf = map[recount.Key]*recount.Original{}
	for i := range c.originals {
		for _, m := range c.originals[i].Members {
			c.originalOf[m] = &c.originals[i]
		}
	}
	for _, p := range c.pages {
		if !sameOriginal(before[p.Key], c.originalOf[p.Key]) {
			c.mark(p)
		}
	}
	return nil
}

func sameOriginal(a, b *recount.Original) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Key == b.Key && a.First == b.First && a.Spliced == b.Spliced && slices.Equal(a.Members, b.Members)
}

// corrections lists people's answers about reprints.
func (c *View) corrections() (out []copies.Correction) {
	if c.loose[recount.KindRelation] == nil {
		return nil
	}
	for _, ps := range c.loose[recount.KindRelation].all() {
		b, _, ok := held[recount.RelationBody](c, ps)
		if !ok {
			continue // people disagree, so it stays as the program found it
		}
		a, of := c.named(b.Page), c.named(b.Of)
		if a != nil && of != nil {
			out = append(out, copies.Correction{Article: a.Key, Of: of.Key, Reprint: b.Answer == recount.Yes})
		}
	}
	return out
}

// TornReprints lists the answers that a page is no reprint of another where other
// answers make the two one original all the same.
func (c *View) TornReprints() (out []recount.Finding) {
	if c.loose[recount.KindRelation] == nil {
		return nil
	}
	said := map[recount.Key][]*placed{} // original -> answers that two of its pages are one
	var against []*placed
	for _, ps := range c.loose[recount.KindRelation].all() {
		b, _, ok := held[recount.RelationBody](c, ps)
		if !ok {
			continue
		}
		a, of := c.named(b.Page), c.named(b.Of)
		if a == nil || of == nil || c.originalOf[a.Key] == nil || c.originalOf[a.Key] != c.originalOf[of.Key] {
			continue
		}
		ps = slices.SortedFunc(slices.Values(c.unsettled(ps)), byID)
		if b.Answer == recount.No {
			against = append(against, ps...)
		} else {
			o := c.originalOf[a.Key].Key
			said[o] = append(said[o], ps...)
		}
	}
	slices.SortFunc(against, byID)
	for _, d := range against {
		b := d.answer.(recount.RelationBody)
		f := recount.Finding{What: "contradiction", Decisions: []string{d.ID}}
		says := []string{fmt.Sprintf("%s says that %s is no reprint of %s", d.Actor, b.Page, b.Of)}
		for _, y := range slices.SortedFunc(slices.Values(said[c.originalOf[c.named(b.Page).Key].Key]), byID) {
			b := y.answer.(recount.RelationBody)
			f.Decisions = append(f.Decisions, y.ID)
			says = append(says, fmt.Sprintf("%s says that %s is one of %s", y.Actor, b.Page, b.Of))
		}
		slices.Sort(f.Decisions)
		f.Text = "answers contradict one another, and the pages are folded into one original: " + strings.Join(says, "; ") + "; take one of them back, or let an adjudicator answer"
		out = append(out, f)
	}
	return out
}

// named returns the page of this name, also if it is a part of a file; nil if
// there is none, or if several parts bear the name.
func (c *View) named(name string) *page {
	if p := c.pages[pageID(name, "")]; p != nil {
		return p
	}
	if ps := c.byName[name]; len(ps) == 1 {
		return ps[0]
	}
	return nil
}

// Relations returns what pages share, as people's answers about reprints leave
// it.
func (c *View) Relations(ctx context.Context) ([]recount.Relation, error) {
	relations, err := c.store.Relations(ctx)
	if err != nil {
		return nil, err
	}
	if answers := c.corrections(); len(answers) > 0 {
		relations = copies.Correct(relations, c.found, answers)
	}
	return relations, nil
}

// A MaybeReprint is a page that runs the text of another and has a speaker of
// its own; whether both count once is for a person to say.
type MaybeReprint struct{ Page, Of recount.Key }

// MaybeReprints lists, while reprints are folded, the pages that may be reprints
// and about which nobody has answered, each once.
func (c *View) MaybeReprints() (out []MaybeReprint) {
	if !c.rules[recount.FoldReprints] {
		return nil
	}
	answered := map[[2]recount.Key]bool{}
	for _, x := range c.corrections() {
		answered[[2]recount.Key{x.Article, x.Of}], answered[[2]recount.Key{x.Of, x.Article}] = true, true
	}
	seen := map[recount.Key]bool{}
	for _, r := range c.asked {
		page, of := r.Asked()
		a, b := c.originalOf[page], c.originalOf[of]
		if !r.Asks() || answered[[2]recount.Key{page, of}] || seen[page] || a == nil || b == nil || a == b || a.Spliced || b.Spliced {
			continue
		}
		seen[page] = true
		out = append(out, MaybeReprint{page, of})
	}
	return out
}

// Joined returns members as they stand if these pages are reprints: those of
// what becomes one original stand on the day it was first printed, beside its
// other prints. It is false where people differ on whether reprints are folded,
// or on the outlet of one of the pages: then a member would ask more.
func (c *View) Joined(members []recount.Member, reprints []MaybeReprint) ([]recount.Member, bool) {
	if c.disputed[recount.FoldReprints] != nil {
		return nil, false
	}
	var joined []*recount.Original
	of := map[recount.Key]*recount.Original{} // of a page of these
	take := func(page recount.Key) *recount.Original {
		if o := of[page]; o != nil {
			return o
		}
		o := *c.originalOf[page]
		joined = append(joined, &o)
		for _, m := range o.Members {
			of[m] = &o
		}
		return &o
	}
	for _, x := range reprints {
		a, b := take(x.Page), take(x.Of)
		if a == b {
			continue
		}
		first, second := c.byKey[cmp.Or(a.First, a.Members[0])], c.byKey[cmp.Or(b.First, b.Members[0])]
		if d := cmp.Or(c.printedOn(second).Compare(c.printedOn(first)), cmp.Compare(second.Key, first.Key)); d < 0 {
			a, b = b, a
		}
		a.Members = slices.Sorted(slices.Values(slices.Concat(a.Members, b.Members)))
		for _, m := range b.Members {
			of[m] = a
		}
	}
	for page := range of {
		if _, open := c.outlet(c.byKey[page]); open != nil {
			return nil, false
		}
	}
	on := func(values []recount.Value) []recount.Value { // with the days that their articles have now
		if !slices.ContainsFunc(values, func(v recount.Value) bool { return of[v.Article] != nil }) {
			return values
		}
		values = slices.Clone(values)
		for i := range values {
			if o := of[values[i].Article]; o != nil {
				values[i].Day = c.whereIn(c.byKey[values[i].Article], o, true).day
			}
		}
		slices.SortFunc(values, byDay)
		return values
	}
	members = slices.Clone(members)
	for i := range members {
		m := &members[i]
		if o := of[m.Article]; o != nil {
			w := c.whereIn(c.byKey[m.Article], o, true)
			m.Original, m.First, m.Prints, m.Day, m.Dates, m.DateReason = w.original, w.first, w.prints, w.day, w.days, w.reason
		}
		m.Values = on(m.Values)
		for j := range m.Perhaps {
			if values := on(m.Perhaps[j].Values); len(values) > 0 && &values[0] != &m.Perhaps[j].Values[0] {
				m.Perhaps = slices.Clone(m.Perhaps)
				m.Perhaps[j].Values = values
			}
		}
	}
	return members, true
}

// printedOn is the day of a page.
func (c *View) printedOn(p *page) recount.Date {
	published, _ := c.day(p)
	return recount.DateOf(published)
}

// Originals lists the independent originals.
func (c *View) Originals() []recount.Original { return c.originals }

// sized returns the pages with texts of the right length and with their days as
// decided: how long a text is, and not what it says, tells which print is whole,
// and the day what cannot have been taken out of what.
func (c *View) sized() []*recount.Article {
	most := 0
	for _, p := range c.pages {
		most = max(most, p.Size)
	}
	blank := string(make([]byte, most))
	var out []*recount.Article
	for _, p := range c.list {
		a := p.Head.Article()
		a.Text = blank[:p.Size]
		a.Published, _ = c.day(p)
		out = append(out, &a)
	}
	return out
}
