package casebook

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/store"
)

// Members lists the speakers that count or may count, and those whom answers may
// join with them, by key.
func (c *View) Members() []recount.Member {
	var out []recount.Member
	for _, p := range c.pages {
		for _, sp := range c.state(p).settled.speakers {
			if sp.Member != nil {
				out = append(out, *sp.Member)
			}
		}
	}
	slices.SortFunc(out, func(a, b recount.Member) int { return strings.Compare(string(a.Key), string(b.Key)) })
	return out
}

// Statements lists the accepted statements by article and place.
func (c *View) Statements() []Said {
	var out []Said
	for _, p := range c.list {
		out = append(out, c.state(p).settled.statements...)
	}
	return out
}

// Undecided counts the read speakers that are people, one of a group of
// reprints, and for whom nobody answered whether they count, by gender: neither
// about them nor about somebody who counts and whom they are the same as. They
// are speakers, not yet people, and are never added to a count.
func (c *View) Undecided() (n int, byGender map[recount.Gender]int) {
	byGender = map[recount.Gender]int{}
	for _, p := range c.pages {
		for _, i := range c.undecided(p) {
			n++
			byGender[p.speakers.gender(i)]++
		}
	}
	return n, byGender
}

// Orphan reports whether a decision is about words that the texts of now do not
// have, and nobody moved them or said since that it holds.
func (c *View) Orphan(id string) bool {
	if !c.lost.has(id) {
		return false
	}
	p := c.placed.of(id)
	return p == nil || !c.followed(p)
}

// Findings lists what a person should look at: decisions whose words are gone,
// that wait, that contradict others of one person, and on which people
// disagree.
func (c *View) Findings() []recount.Finding {
	var out []recount.Finding
	for id, f := range c.lost.all() {
		if c.Orphan(id) {
			out = append(out, f)
		}
	}
	for _, p := range c.pages {
		out = append(out, c.state(p).settled.findings...)
	}
	for _, l := range c.links.all() {
		out = append(out, c.disagreements(l.answers, (*placed).says)...)
	}
	for kind, t := range c.loose {
		switch kind {
		case recount.KindSample, recount.KindRemove, recount.KindPublish, recount.KindRetract, recount.KindMemo, recount.KindNote, recount.KindRelease:
			continue
		}
		for _, ps := range t.all() {
			out = append(out, c.disagreements(ps, (*placed).says)...)
		}
	}
	out = append(out, c.circles()...)
	out = append(out, c.torn()...)
	out = append(out, c.TornReprints()...)
	out = append(out, c.unknowns()...)
	for _, id := range c.waiting {
		out = append(out, recount.Finding{What: "waiting", Decisions: []string{id}, Text: "a decision builds on one that is not here yet"})
	}
	slices.SortFunc(out, func(a, b recount.Finding) int {
		return cmp.Or(strings.Compare(a.What, b.What), slices.Compare(a.Decisions, b.Decisions), strings.Compare(a.Text, b.Text))
	})
	return out
}

// followed reports whether a code is about words that stand only in an older
// text and in whose place somebody put others: it goes with them.
func (c *View) followed(p *placed) bool {
	if k := p.Decision.Kind; k != recount.KindCode && k != recount.KindPassage || p.at[0].Found != InOlder || p.at[0].page == nil {
		return false
	}
	for _, q := range c.state(p.at[0].page).decisions {
		if b, ok := q.answer.(recount.StatementBody); ok && b.Answer == recount.Accepted {
			for i, r := range roles(b) {
				if r == instead && q.at[i].name() == p.at[0].name() {
					return true
				}
			}
		}
	}
	return false
}

// A Page is one page of the study as lists show it: corrected by what people
// decided, without its text.
type Page struct {
	recount.Article
	Size     int
	Screened recount.YesNo    // "" if nobody answered
	Original recount.Original // that it belongs to
	First    bool             // it is read for its original
	Older    []*store.Head    // other versions and readings of it
}

// Pages lists the pages by the key of the version that counts.
func (c *View) Pages() []Page {
	out := make([]Page, 0, len(c.pages))
	for _, p := range c.list {
		out = append(out, c.pageOf(p))
	}
	return out
}

// Page returns the page of an article that counts; ok is false if there is
// none.
func (c *View) Page(article recount.Key) (Page, bool) {
	p := c.byKey[article]
	if p == nil {
		return Page{}, false
	}
	return c.pageOf(p), true
}

func (c *View) pageOf(p *page) Page {
	out := Page{Article: p.Head.Article(), Size: p.Size, Screened: c.screened(p), First: c.firstPrint(p)}
	c.correct(p, &out.Article)
	if o := c.originalOf[p.Key]; o != nil {
		out.Original = *o
	}
	for _, v := range p.versions {
		if v != p.Head {
			out.Older = append(out.Older, v)
		}
	}
	return out
}

// correct puts what people decided about a page in place of what was
// extracted.
func (c *View) correct(p *page, a *recount.Article) {
	if said := c.saidDays(p); said != nil {
		d := recount.DateOf(said[0])
		a.Published, a.Precision, a.DateFlag = said[0], d.Precision(), "people disagree on the day: "+strings.Join(said, " or ")
	}
	if d, ok := c.day(p); ok {
		a.Published, a.DateFlag, a.Precision = d, "", recount.DateOf(d).Precision()
		if len(d) > 10 {
			a.Precision = recount.ToMinute
		}
		a.Decided = append(a.Decided, "day of publication")
	}
	for field, to := range map[recount.PageField]*string{recount.TitleField: &a.Title, recount.BylineField: &a.Byline,
		recount.OutletField: &a.Outlet, recount.LanguageField: &a.Language} {
		*to, _ = c.fieldOf(p, field, *to)
	}
	for _, field := range recount.PageFields {
		if _, ok := c.pageField(p, field); ok {
			a.Decided = append(a.Decided, string(field))
		}
	}
}

// Article returns the whole article that counts for a page, corrected.
func (c *View) Article(ctx context.Context, key recount.Key) (*recount.Article, error) {
	p := c.byKey[key]
	if p == nil {
		return nil, fmt.Errorf("article %s: %w", key, recount.ErrNotFound)
	}
	t, err := c.text(ctx, p)
	if err != nil {
		return nil, err
	}
	own := *t.Article
	c.correct(p, &own)
	return &own, nil
}

// Reading returns what was read out of an article, with the roles that people
// decided.
func (c *View) Reading(ctx context.Context, key recount.Key) (*recount.Reading, error) {
	r, err := c.reading(ctx, key)
	if p := c.byKey[key]; err == nil && p != nil {
		c.applyRoles(p, r)
	}
	return r, err
}

// Outlets lists who printed the pages, as people corrected it, sorted. It must
// not be changed.
func (c *View) Outlets() []string {
	o := c.outlets
	o.once.Do(func() {
		seen := map[string]bool{}
		for _, p := range c.list {
			if name, _ := c.outlet(p); name != "" {
				seen[name] = true
			}
		}
		o.names = sortedKeys(seen)
	})
	return o.names
}

// PrintedOutlets lists, for each outlet that a person corrected on some page,
// what those pages call it themselves, sorted.
func (c *View) PrintedOutlets() map[string][]string {
	out := map[string][]string{}
	for _, p := range c.list {
		if now, _ := c.outlet(p); now != p.Outlet && p.Outlet != "" && !slices.Contains(out[now], p.Outlet) {
			out[now] = append(out[now], p.Outlet)
		}
	}
	for _, names := range out {
		slices.Sort(names)
	}
	return out
}

// GivenOutlets lists the outlets that people gave pages, also where they differ,
// in no order.
func (c *View) GivenOutlets() (out []string) {
	if c.loose[recount.KindPage] == nil {
		return nil
	}
	for _, ps := range c.loose[recount.KindPage].all() {
		for _, p := range ps {
			if b := p.answer.(recount.PageBody); b.Field == recount.OutletField && b.Value != "" {
				out = append(out, b.Value)
			}
		}
	}
	return out
}

// FindPage finds a page by its name or, if only one ends so, by the end of it.
func (c *View) FindPage(name string) (Page, error) {
	var hits []*page
	for _, p := range c.list {
		if p.name == name || p.Name == name {
			return c.pageOf(p), nil
		}
		if strings.HasSuffix(p.name, "/"+name) || strings.HasSuffix(p.Name, "/"+name) {
			hits = append(hits, p)
		}
	}
	switch len(hits) {
	case 1:
		return c.pageOf(hits[0]), nil
	case 0:
		// A path on somebody's disk ends in the name of the page.
		var best *page
		for _, p := range c.list {
			if (strings.HasSuffix(name, "/"+p.name) || p.Name != "" && strings.HasSuffix(name, "/"+p.Name)) && (best == nil || len(p.name) > len(best.name)) {
				best = p
			}
		}
		if best != nil {
			return c.pageOf(best), nil
		}
		return Page{}, recount.WithHint(fmt.Errorf("page %q: %w", name, recount.ErrNotFound), "give its address or file name as the lists show it")
	}
	return Page{}, recount.WithHint(fmt.Errorf("page %q: %w: several end like this", name, recount.ErrInvalid), "give more of its name")
}

// Settled lists, of one kind of decision about no place of a text, the answers
// that hold, by subject.
func Settled[B recount.Answer](c *View, k recount.Kind) []B {
	if c.loose[k] == nil {
		return nil
	}
	var names []string
	for name := range c.loose[k].all() {
		names = append(names, name)
	}
	slices.Sort(names)
	var out []B
	for _, n := range names {
		if b, _, ok := held[B](c, c.about(k, n)); ok {
			out = append(out, b)
		}
	}
	return out
}

// A Placed decision is one that holds, with its answer and its places.
type Placed struct {
	*recount.Decision
	Answer recount.Answer
	At     []Placement
}

// Holding lists the live decisions of a kind with their places, by id. Those
// on which people disagree are among them.
func (c *View) Holding(k recount.Kind) []Placed {
	return c.holding(func(p *placed) bool { return p.Decision.Kind == k })
}

// HoldingOn lists the live decisions of a kind that have a place on an article,
// and those that have none in any text, by id.
func (c *View) HoldingOn(k recount.Kind, article recount.Key) (out []Placed) {
	if p := c.byKey[article]; p != nil {
		for _, d := range c.state(p).decisions {
			if d.Decision.Kind == k {
				out = append(out, Placed{d.Decision, d.answer, d.at})
			}
		}
	}
	if c.loose[k] != nil {
		for _, ps := range c.loose[k].all() {
			out = append(out, public(ps)...)
		}
	}
	slices.SortFunc(out, func(a, b Placed) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// Everything lists all live decisions with their places, by id.
func (c *View) Everything() []Placed { return c.holding(func(*placed) bool { return true }) }

func (c *View) holding(which func(*placed) bool) []Placed {
	var out []Placed
	for _, p := range c.placed.all() {
		if which(p) {
			out = append(out, Placed{p.Decision, p.answer, p.at})
		}
	}
	slices.SortFunc(out, func(a, b Placed) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// Correct puts what people decided about the page of an article in place of
// what was extracted.
func (c *View) Correct(a *recount.Article) {
	if p := c.byKey[a.Key]; p != nil {
		c.correct(p, a)
	}
}

// ApplyRoles gives the sentences of a reading the roles that people decided.
func (c *View) ApplyRoles(r *recount.Reading) {
	if p := c.byKey[r.Article]; p != nil {
		c.applyRoles(p, r)
	}
}

// Kinds counts the live decisions of each kind.
func (c *Casebook) Kinds() map[recount.Kind]int {
	out := map[recount.Kind]int{}
	for _, d := range c.log.All() {
		if c.log.Live(d.ID) {
			out[d.Kind]++
		}
	}
	return out
}

// Hash names the set of live decisions.
func (c *Casebook) Hash() string {
	var ids []string
	for _, d := range c.log.All() {
		if c.log.Live(d.ID) {
			ids = append(ids, d.ID)
		}
	}
	return recount.HashText(strings.Join(ids, "\n"))
}
