package casebook

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"recount"
	"recount/internal/store"
)

// A page is one page of the study: the version that counts and the others.
type page struct {
	*store.Head
	id, name string
	versions []*store.Head // every version and reading of it, the one that counts among them
	speakers readSpeakers
	number   int // of its state
}

// A state is what decisions say about a page. What it holds is not changed
// once a snapshot holds it too.
type state struct {
	owner     *owner
	decisions []*placed     // live ones with a place here, by id
	settled   *settled      // nil until worked out
	suggested []*suggestion // with a speaker of this page
	linked    []pair        // links with an end here, answered or open, sorted
}

// state returns what decisions say about a page.
func (c *View) state(p *page) *state { return c.states[p.number] }

func pageID(name, part string) string { return name + "\x00" + part }

// A Versioned page is one page with its versions.
type Versioned struct {
	Counts *store.Head
	All    []*store.Head // the one that counts among them
}

// Versions chooses for each page the version that counts: of several the one
// captured last with any text, ties by key; of several readings of one capture
// that of the last extractor. Pages come in order of their first capture.
func Versions(heads []*store.Head) []*Versioned {
	last := map[recount.Key]string{}
	for _, h := range heads {
		last[h.Key] = max(last[h.Key], h.Extractor)
	}
	heads = slices.Clone(heads)
	slices.SortStableFunc(heads, func(a, b *store.Head) int {
		return cmp.Or(strings.Compare(a.Captured, b.Captured), strings.Compare(string(a.Key), string(b.Key)),
			boolCompare(a.Extractor == last[a.Key], b.Extractor == last[b.Key]), strings.Compare(a.Extractor, b.Extractor))
	})
	by := map[string]*Versioned{}
	var out []*Versioned
	for _, h := range heads {
		id := pageID(h.Page(), h.Part)
		v := by[id]
		if v == nil {
			v = &Versioned{Counts: h}
			by[id] = v
			out = append(out, v)
		} else if h.Size > 0 {
			v.Counts = h
		}
		v.All = append(v.All, h)
	}
	return out
}

// loadPages makes pages of the heads of articles and the places of their
// speakers.
func (c *Casebook) loadPages(l *loaded) {
	for _, v := range Versions(l.heads) {
		h := v.Counts
		id := pageID(h.Page(), h.Part)
		c.pages[id] = &page{Head: h, id: id, name: h.Page(), versions: v.All, number: len(c.states)}
		c.states = append(c.states, &state{owner: c.owner})
	}
	for _, p := range c.pages {
		c.byKey[p.Key] = p
		c.byName[p.name] = append(c.byName[p.name], p)
	}
	for _, p := range c.pages {
		p.speakers = readSpeakers{l.speakers[p.Key], c.words}
	}
	c.list = slices.SortedFunc(maps.Values(c.pages), func(a, b *page) int { return strings.Compare(string(a.Key), string(b.Key)) })
}

// boolCompare orders false before true.
func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// An answer that holds, of type B, with the decision that gave it.
func held[B recount.Answer](c *View, ps []*placed) (b B, by *recount.Decision, ok bool) {
	p, ok := c.hold(ps, (*placed).says)
	if !ok {
		return b, nil, false
	}
	b, ok = p.answer.(B)
	return b, p.Decision, ok
}

func (p *placed) says() string { return p.answer.Says() }

// hold returns the answer that holds of those that people gave to one
// question: the adjudicators' if they agree, else the one that everybody
// gives. What init logged by default yields to any person. ok is false if
// people disagree or nobody answered; ps are sorted by id.
func (c *View) hold(ps []*placed, says func(*placed) string) (p *placed, ok bool) {
	if len(ps) == 0 {
		return nil, false
	}
	if len(ps) == 1 { // as most
		return ps[0], !c.calibration(ps[0].Round)
	}
	var all, adjudicated []*placed
	for _, p := range ps {
		if c.calibration(p.Round) {
			continue
		}
		if p.Actor == recount.DefaultActor && slices.ContainsFunc(ps, func(q *placed) bool { return q.Actor != recount.DefaultActor && !c.calibration(q.Round) }) {
			continue
		}
		all = append(all, p)
		if c.adjudicators[p.Actor] {
			adjudicated = append(adjudicated, p)
		}
	}
	if len(adjudicated) > 0 {
		all = adjudicated
	}
	if len(all) == 0 {
		return nil, false
	}
	for _, q := range all {
		if says(q) != says(all[0]) {
			return nil, false
		}
	}
	return all[0], true
}

// pageField returns what people decided about a field of a page.
func (c *View) pageField(p *page, f recount.PageField) (string, bool) {
	if c.loose[recount.KindPage] == nil {
		return "", false
	}
	b, _, ok := held[recount.PageBody](c, c.about(recount.KindPage, p.id+"\x00"+string(f)))
	return b.Value, ok
}

// day returns the date of publication of a page as decided, or as extracted.
func (c *View) day(p *page) (published string, decided bool) {
	b, _, ok := held[recount.DateBody](c, c.about(recount.KindDate, p.name))
	if ok {
		return b.Published, true
	}
	if said := c.saidDays(p); len(said) > 0 {
		return said[0], false
	}
	return p.Published, false
}

// saidDays lists the days that people gave of a page where they differ, in
// order; an adjudicator's alone, if one gave any. What the page prints is then
// nobody's answer.
func (c *View) saidDays(p *page) []string {
	var said []recount.Date
	ps := slices.DeleteFunc(slices.Clone(c.about(recount.KindDate, p.name)), func(d *placed) bool { return c.calibration(d.Round) })
	for _, d := range c.unsettled(ps) {
		said = append(said, recount.DateOf(d.answer.(recount.DateBody).Published))
	}
	if out := written(said); len(out) > 1 {
		return out
	}
	return nil
}

// days returns every day of publication that is still possible: the one that
// holds, and while its flag stands those of the other candidates too.
func (c *View) days(p *page) []string {
	if p == nil {
		return nil
	}
	published, decided := c.day(p)
	if !decided {
		if said := c.saidDays(p); len(said) > 0 {
			return said
		}
	}
	var out []recount.Date
	when := recount.DateOf(published)
	if when.Known() {
		out = append(out, when)
	}
	if p.DateFlag != "" && !decided {
		for _, x := range p.Dates {
			if x.Field != "" && x.Field != "published" {
				continue
			}
			// A candidate that is known less exactly says nothing new.
			if d := recount.DateOf(x.Value); d.Known() && d.Finer(when) {
				out = append(out, d)
			}
		}
	}
	return written(out)
}

// earliest returns the possible values of the smaller of two days.
func earliest(a, b []string) []string {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	var out []recount.Date
	for _, x := range a {
		for _, y := range b {
			out = append(out, slices.MinFunc([]recount.Date{recount.DateOf(x), recount.DateOf(y)}, recount.Date.Compare))
		}
	}
	return written(out)
}

// written lists dates in order, each once.
func written(dates []recount.Date) (out []string) {
	slices.SortFunc(dates, recount.Date.Compare)
	for _, d := range slices.Compact(dates) {
		out = append(out, d.String())
	}
	return out
}

// where is what a member's page says of it.
type where struct {
	outlet, day, reason string
	original            recount.Key
	first               bool
	days                []string
	prints              []recount.Print // of the original by others, while reprints are folded; by article
	otherwise           *recount.Where  // if people differ on whether reprints are folded: where it stands under the other answer
}

// whereOf says where the speakers of a page stand.
func (c *View) whereOf(p *page) where {
	w := c.whereIf(p, c.rules[recount.FoldReprints])
	if c.disputed[recount.FoldReprints] != nil && c.reprinted(p) {
		x := c.whereIf(p, !c.rules[recount.FoldReprints])
		w.otherwise = &recount.Where{Prints: x.prints, Day: x.day, Dates: x.days, DateReason: x.reason}
	}
	return w
}

// reprinted reports whether the page is one of several of its original.
func (c *View) reprinted(p *page) bool {
	o := c.originalOf[p.Key]
	return o != nil && len(o.Members) > 1
}

// whereIf says where the speakers of a page stand if reprints are folded, or if
// they are not. While reprints are folded a person speaks on the day the
// original was first printed, whichever reprint the decision is about.
func (c *View) whereIf(p *page, folded bool) where {
	return c.whereIn(p, c.originalOf[p.Key], folded)
}

// whereIn is whereIf for a page of the original o, of which the casebook need not
// know; nil: of none.
func (c *View) whereIn(p *page, o *recount.Original, folded bool) where {
	published, decided := c.day(p)
	w := where{day: recount.DateOf(published).String(), original: p.Key, first: true, days: c.days(p)}
	w.outlet, _ = c.outlet(p)
	if !decided {
		w.reason = p.DateFlag
		if len(c.saidDays(p)) > 0 {
			w.reason = "people disagree on the day"
		}
	}
	if o == nil {
		return w
	}
	w.original, w.first = o.Key, o.First == p.Key
	if !folded || len(o.Members) < 2 {
		return w
	}
	w.days = nil
	for _, m := range o.Members {
		q := c.byKey[m]
		w.days = earliest(w.days, c.days(q))
		if q == nil {
			continue
		}
		if q != p {
			outlet, _ := c.outlet(q)
			w.prints = append(w.prints, recount.Print{Article: q.Key, Outlet: outlet})
		}
		published, _ := c.day(q)
		if d := recount.DateOf(published); d.Compare(recount.DateOf(w.day)) < 0 {
			w.day = d.String()
		}
	}
	slices.SortFunc(w.prints, func(a, b recount.Print) int { return cmp.Compare(a.Article, b.Article) })
	return w
}

// outlet returns who printed a page, as decided or as it says itself. Where
// people differ it is a question.
func (c *View) outlet(p *page) (string, *recount.Dispute) {
	holds, said := c.fieldOf(p, recount.OutletField, p.Outlet)
	if said == nil {
		return holds, nil
	}
	return holds, dispute("outlet", p.id, "which outlet printed "+p.name+":", holds, said, itself)
}

// fieldOf returns what holds of a field of a page, which prints this itself, and
// where people differ what they say: then it is what the page prints if one of
// them says so too, else what the first answer says.
func (c *View) fieldOf(p *page, f recount.PageField, printed string) (holds string, said map[string][]*placed) {
	if v, ok := c.pageField(p, f); ok {
		return v, nil
	}
	if c.loose[recount.KindPage] == nil {
		return printed, nil
	}
	said = map[string][]*placed{}
	ps := c.speaking(c.about(recount.KindPage, p.id+"\x00"+string(f)))
	for _, d := range ps {
		said[d.says()] = append(said[d.says()], d)
	}
	if len(said) < 2 {
		return printed, nil
	}
	if said[printed] != nil {
		return printed, said
	}
	return slices.MinFunc(ps, sooner).says(), said
}

// stands makes it a question which outlet printed the page of a speaker, and the
// reprints of it, and how reprints count, where people differ on these.
func (c *View) stands(sp *Speaker, p *page, w where) {
	pages := []*page{p}
	if o := c.originalOf[p.Key]; o != nil && (w.prints != nil || w.otherwise != nil) {
		for _, m := range o.Members {
			if q := c.byKey[m]; q != nil && q != p {
				pages = append(pages, q)
			}
		}
	}
	for _, q := range pages {
		if _, d := c.outlet(q); d != nil {
			for _, name := range d.Answers[1:] {
				sp.give(recount.Perhaps{Prints: []recount.Print{{Article: q.Key, Outlet: name}}}, condition{d, name})
			}
		}
	}
	rule := c.disputed[recount.FoldReprints]
	if rule == nil {
		return
	}
	other := w.otherwise
	if other == nil {
		other = &recount.Where{Prints: w.prints, Day: w.day, Dates: w.days, DateReason: w.reason}
	} else {
		own := *other
		other = &own
	}
	far := false // a value is stated on a page that has reprints
	for _, d := range slices.Concat(slices.Collect(maps.Values(sp.about))...) {
		if d.Decision.Kind != recount.KindValue || len(d.at) < 2 || d.at[1].page == nil || d.at[1].page == p || !c.reprinted(d.at[1].page) {
			continue
		}
		far = true
		x := recount.Dated{Article: d.at[1].Article(), Day: c.whereIf(d.at[1].page, !c.rules[recount.FoldReprints]).day}
		if !slices.Contains(other.Elsewhere, x) {
			other.Elsewhere = append(other.Elsewhere, x)
		}
	}
	slices.SortFunc(other.Elsewhere, func(a, b recount.Dated) int { return cmp.Compare(a.Article, b.Article) })
	if w.otherwise != nil || far {
		sp.give(recount.Perhaps{Where: other}, condition{rule, rule.Answers[1]})
	}
}

// firstPrint reports whether the page is read for its original: the first
// print of it, while reprints are folded, and no page that was put together
// from others.
func (c *View) firstPrint(p *page) bool {
	o := c.originalOf[p.Key]
	if o == nil || !c.rules[recount.FoldReprints] {
		return true
	}
	return !o.Spliced && cmp.Or(o.First, o.Members[0]) == p.Key
}

// Screened returns what people said about whether a page belongs to the study:
// yes, no, unclear, or "".
func (c *View) screened(p *page) recount.YesNo {
	ps := c.about(recount.KindScreen, p.id)
	if !slices.ContainsFunc(ps, func(p *placed) bool { return !c.calibration(p.Round) }) {
		return ""
	}
	b, _, ok := held[recount.ScreenBody](c, ps)
	if !ok {
		return recount.Unclear
	}
	return b.Answer
}

// reading reads what was read out of an article; an empty one if nothing was.
func (c *View) reading(ctx context.Context, article recount.Key) (*recount.Reading, error) {
	r, err := c.store.Reading(ctx, article)
	if errors.Is(err, recount.ErrNotFound) {
		return &recount.Reading{Article: article}, nil
	}
	return r, err
}
