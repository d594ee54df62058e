package casebook

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"recount"
)

// A pair names two speakers, the smaller key first.
type pair [2]recount.Key

func pairOf(a, b recount.Key) pair { return pair{min(a, b), max(a, b)} }

func comparePairs(a, b pair) int {
	return cmp.Or(strings.Compare(string(a[0]), string(b[0])), strings.Compare(string(a[1]), string(b[1])))
}

// A suggestion is a pair of read speakers that may be one person.
type suggestion struct {
	a, b   *page
	ia, ib int // which of the pages' speakers
}

// loadSuggestions reads the suggestions that are probable enough to be open
// questions.
func (c *Casebook) loadSuggestions(ctx context.Context) error {
	all, err := c.store.SuggestionsFrom(ctx, c.settings.Link)
	if c.weights != nil && err == nil {
		if all, err = c.Suggestions(ctx); err == nil {
			all = slices.DeleteFunc(all, func(s recount.Suggestion) bool { return s.Probability < c.settings.Link })
		}
	}
	if err != nil {
		return err
	}
	type spot struct {
		p *page
		i int
	}
	at := make(map[recount.Key]spot, len(all))
	for _, s := range all {
		at[s.A], at[s.B] = spot{}, spot{}
	}
	for _, p := range c.list {
		if len(c.state(p).suggested) > 0 {
			c.edit(p).suggested = nil
		}
		for i := range p.speakers.len() {
			k := p.key(i)
			if _, asked := at[k]; asked {
				at[k] = spot{p, i}
			}
		}
	}
	for _, s := range all {
		a, b := at[s.A], at[s.B]
		if a.p == nil || b.p == nil {
			continue
		}
		x := &suggestion{a.p, b.p, a.i, b.i}
		c.suggest(a.p, x)
		if b.p != a.p {
			c.suggest(b.p, x)
		}
	}
	return nil
}

func (c *Casebook) suggest(p *page, x *suggestion) {
	st := c.edit(p)
	st.suggested = append(st.suggested, x)
}

// ends returns the speakers that a decision about a link names; nil if the
// words of one are gone.
func (c *View) ends(d *placed) (a, b *Speaker) {
	for i, at := range d.at {
		if at.page == nil || at.Found == Lost || c.state(at.page).settled == nil {
			return nil, nil
		}
		if sp := c.state(at.page).settled.byAnswer(d, i); i == 0 {
			a = sp
		} else {
			b = sp
		}
	}
	return a, b
}

// unlink forgets the links that have an end on a page.
func (c *Casebook) unlink(p *page) {
	for _, k := range c.state(p).linked {
		if l := c.links.of(k); l != nil {
			c.joins(l.Link, false)
		}
		c.links.drop(k)
		c.open.drop(k)
		c.alike.drop(k)
		c.net.dropLink(k)
	}
	if len(c.state(p).linked) > 0 {
		c.edit(p).linked = nil
	}
}

// settleLinks works out what people answered about links that have an end on a
// page. A link has no direction, and may have any number of answers.
func (c *Casebook) settleLinks(p *page) {
	var byPair map[pair][]*placed
	for _, d := range c.state(p).decisions {
		if d.Decision.Kind != recount.KindLink || c.calibration(d.Round) {
			continue
		}
		if a, b := c.ends(d); a != nil && b != nil && a != b {
			if byPair == nil {
				byPair = map[pair][]*placed{}
			}
			k := pairOf(a.Key, b.Key)
			byPair[k] = append(byPair[k], d)
		}
	}
	for _, x := range c.state(p).settled.unjoined {
		if d := c.asLink(p, x); d != nil {
			if a, b := c.ends(d); a != nil && b != nil && a != b {
				if byPair == nil {
					byPair = map[pair][]*placed{}
				}
				k := pairOf(a.Key, b.Key)
				byPair[k] = append(byPair[k], d)
			}
		}
	}
	for k, ps := range byPair {
		slices.SortFunc(ps, byID)
		l := recount.Link{A: k[0], B: k[1], Answer: recount.Unsure, Reason: "people disagree", Decision: ps[0].ID}
		if a, ok := c.hold(ps, (*placed).says); ok {
			l.Answer, l.Reason, l.Decision, l.Settled = a.says(), a.Erasable.Reason, a.ID, c.adjudicators[a.Actor]
		} else {
			for _, p := range c.unsettled(ps) {
				l.SaidSame, l.SaidDifferent = l.SaidSame || p.says() == recount.Same, l.SaidDifferent || p.says() == recount.Different
			}
		}
		c.links.set(k, &link{l, ps})
		c.joins(l, true)
		c.net.setLink(l)
		c.register(k, ps[0].at[0].page, ps[0].at[1].page)
	}
}

// An unjoined place is one that an answer makes one with its speaker, and a link
// says is somebody else.
type unjoined struct {
	*placed
	i int // which of its places
}

// asLink is such an answer as what it says of the link: that they are the same.
func (c *View) asLink(p *page, x unjoined) *placed {
	s := c.state(p).settled
	other := s.byAnswer(x.placed, x.i)
	if other == nil {
		return nil
	}
	b, d := x.answer.(recount.SpeakerBody), *x.Decision
	d.Kind = recount.KindLink
	ref := *other.Ref()
	ref.At = *b.Anchors()[x.i]
	return &placed{Decision: &d, answer: recount.LinkBody{A: b.Speaker, B: ref, Answer: recount.Same}, at: []Placement{x.at[0], x.at[x.i]}, found: true}
}

// PartsTwo reports whether somebody says of two speakers that they are different
// people, so that who joins them leaves it open.
func (c *View) PartsTwo(a, b *Voice) bool {
	if a.Speaker == nil || b.Speaker == nil {
		return false
	}
	l := c.links.of(pairOf(a.Key, b.Key))
	return l != nil && slices.ContainsFunc(l.answers, func(d *placed) bool { return d.says() == recount.Different })
}

// settleSuggested works out the suggestions with an end on a page that nobody has
// answered, once all answers are in.
func (c *Casebook) settleSuggested(ctx context.Context, p *page) error {
	for _, s := range c.state(p).suggested {
		for _, a := range c.membersOf(s.a, s.ia) {
			for _, b := range c.membersOf(s.b, s.ib) {
				if a == b {
					continue
				}
				if parted, err := c.parted(ctx, s, a, b); err != nil {
					return err
				} else if parted {
					continue
				}
				switch {
				case a == c.state(s.a).settled.byRead(s.ia) && b == c.state(s.b).settled.byRead(s.ib):
					c.open.set(pairOf(a.Key, b.Key), true)
					c.ask(pairOf(a.Key, b.Key), s.a, s.b)
				default: // who was set apart from one who was read
					c.askDecided(a, s.a, b, s.b)
				}
			}
		}
	}
	c.askOverlapping(p)
	c.askAlike(p)
	return nil
}

// ask makes it a question whether two members are one person.
func (c *Casebook) ask(k pair, a, b *page) {
	if !c.links.has(k) {
		c.net.setLink(suggested(k))
	}
	c.register(k, a, b)
}

// joins notes whom an answer `same` joins and `different` sets apart, or takes
// that away.
func (c *Casebook) joins(l recount.Link, in bool) {
	to := c.same
	switch {
	case l.Answer == recount.Same:
	case l.Answer == recount.Different, l.SaidDifferent:
		to = c.different
	default:
		return
	}
	for _, k := range [][2]recount.Key{{l.A, l.B}, {l.B, l.A}} {
		others := slices.Clone(to.of(k[0]))
		if i, there := slices.BinarySearch(others, k[1]); in && !there {
			others = slices.Insert(others, i, k[1])
		} else if !in && there {
			others = slices.Delete(others, i, i+1)
		}
		if len(others) > 0 {
			to.set(k[0], others)
		} else {
			to.drop(k[0])
		}
	}
}

// suggested is the link between two members that nobody has answered.
func suggested(k pair) recount.Link {
	return recount.Link{A: k[0], B: k[1], Answer: recount.Unsure, Reason: "suggested, nobody has answered"}
}

// A link is what people answered about two speakers.
type link struct {
	recount.Link
	answers []*placed
}

func (c *Casebook) register(k pair, a, b *page) {
	for _, p := range [...]*page{a, b} {
		st := c.edit(p)
		if i, there := slices.BinarySearchFunc(st.linked, k, comparePairs); !there {
			st.linked = slices.Insert(st.linked, i, k)
		}
	}
}

// membersOf returns the speakers who count or may count, of those that a read
// speaker is as people decided: the one who was read, and those set apart from him
// who have no name of their own.
func (c *View) membersOf(p *page, read int) (out []*Speaker) {
	s := c.state(p).settled
	if s == nil {
		return nil
	}
	first := s.byRead(read)
	if first != nil && first.Member != nil {
		out = append(out, first)
	}
	for _, sp := range s.speakers {
		if sp.Member == nil || sp == first || sp.Read >= 0 || sp.At.Len() == 0 || first != nil && (!sp.Apart() || nameable(sp)) {
			continue
		}
		if p.speakers.mention(read).Overlaps(sp.At) || p.speakers.mentionedIn(read, sp.At) {
			if out = append(out, sp); first == nil {
				return out // nobody is the one who was read
			}
		}
	}
	return out
}

// Links lists what is known of pairs of speakers: people's answers, then the
// open questions. A pair that answers about others join, or set apart, is none.
func (c *View) Links() []recount.Link {
	out := make([]recount.Link, 0, c.links.size+c.open.size)
	for _, l := range c.links.all() {
		out = append(out, l.Link)
	}
	sortLinks(out)
	n := len(out)
	for k := range c.open.all() {
		alone := len(c.same.of(k[0]))+len(c.same.of(k[1])) == 0
		if !c.links.has(k) && (alone || c.implied(k[0], k[1]) == "" || c.contradicted(k[0]) || c.contradicted(k[1])) {
			out = append(out, suggested(k))
		}
	}
	sortLinks(out[n:])
	return out
}

// Constraints is Links, in which two of whom anybody says that they are
// different are so, unless an adjudicator or everybody says otherwise: nothing
// that is answered over a list makes them one.
func (c *View) Constraints() []recount.Link {
	out := c.Links()
	for i := range out {
		l := c.links.of(pairOf(out[i].A, out[i].B))
		if out[i].Answer == recount.Unsure && l != nil && slices.ContainsFunc(l.answers, func(p *placed) bool { return p.says() == recount.Different }) {
			out[i].Answer = recount.Different
		}
	}
	return out
}

func sortLinks(ls []recount.Link) {
	slices.SortFunc(ls, func(a, b recount.Link) int {
		if x := strings.Compare(string(a.A), string(b.A)); x != 0 {
			return x
		}
		return strings.Compare(string(a.B), string(b.B))
	})
}
