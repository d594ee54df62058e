package casebook

import (
	"context"
	"slices"
	"strings"

	"recount"
)

// A pair names two speakers, the smaller key first.
type pair [2]recount.Key

func pairOf(a, b recount.Key) pair { return pair{min(a, b), max(a, b)} }

// A suggestion is a pair of read speakers that may be one person.
type suggestion struct {
	a, b   *page
	ia, ib int // which of the pages' speakers
}

// loadSuggestions reads the suggestions that are probable enough to be open
// questions.
func (c *Casebook) loadSuggestions(ctx context.Context) error {
	all, err := c.store.SuggestionsFrom(ctx, c.settings.Link)
	if err != nil {
		return err
	}
	type spot struct {
		p *page
		i int
	}
	at := map[recount.Key]spot{}
	for _, p := range c.pages {
		p.suggested = nil
		for i := range p.speakers {
			at[p.speakers[i].Key] = spot{p, i}
		}
	}
	for _, s := range all {
		a, b := at[s.A], at[s.B]
		if a.p == nil || b.p == nil {
			continue
		}
		x := &suggestion{a.p, b.p, a.i, b.i}
		a.p.suggested = append(a.p.suggested, x)
		if b.p != a.p {
			b.p.suggested = append(b.p.suggested, x)
		}
	}
	return nil
}

// ends returns the speakers that a decision about a link names; nil if the
// words of one are gone.
func (d *placed) ends() (a, b *Speaker) {
	for i, at := range d.at {
		if at.page == nil || at.Found == Lost || at.page.settled == nil {
			return nil, nil
		}
		if sp := at.page.settled.byPlace[at.name]; i == 0 {
			a = sp
		} else {
			b = sp
		}
	}
	return a, b
}

// unlink forgets the links that have an end on a page.
func (c *Casebook) unlink(p *page) {
	c.ends = nil
	for k := range p.linked {
		delete(c.links, k)
		delete(c.open, k)
		c.net.dropLink(k)
	}
	p.linked = map[pair]bool{}
}

// settleLinks works out the links that have an end on a page: what people
// answered, and the suggestions between members that nobody has answered. A
// link has no direction, and may have any number of answers.
func (c *Casebook) settleLinks(p *page) {
	c.ends = nil
	byPair := map[pair][]*placed{}
	for _, d := range p.decisions {
		if d.Decision.Kind != recount.KindLink || c.calibration(d.Round) {
			continue
		}
		if a, b := d.ends(); a != nil && b != nil && a != b {
			k := pairOf(a.Key, b.Key)
			byPair[k] = append(byPair[k], d)
		}
	}
	for k, ps := range byPair {
		slices.SortFunc(ps, byID)
		l := recount.Link{A: k[0], B: k[1], Answer: recount.Unsure, Reason: "people disagree", Decision: ps[0].ID}
		if a, ok := c.hold(ps, (*placed).says); ok {
			l.Answer, l.Reason, l.Decision = a.says(), a.Erasable.Reason, a.ID
		}
		c.links[k] = &link{l, ps}
		c.net.setLink(l)
		c.register(k, ps[0].at[0].page, ps[0].at[1].page)
	}
	for _, s := range p.suggested {
		a, b := s.a.member(s.ia), s.b.member(s.ib)
		if a == nil || b == nil || a == b {
			continue
		}
		k := pairOf(a.Key, b.Key)
		c.open[k] = true
		if c.links[k] == nil {
			c.net.setLink(suggested(k))
		}
		c.register(k, s.a, s.b)
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
	for _, p := range []*page{a, b} {
		if p.linked == nil {
			p.linked = map[pair]bool{}
		}
		p.linked[k] = true
	}
}

// member returns the member that a read speaker of the page is, or nil.
func (p *page) member(read int) *recount.Member {
	if p.settled == nil {
		return nil
	}
	if sp := p.settled.byRead[read]; sp != nil {
		return sp.Member
	}
	// Those who were set apart from one read speaker share his mentions.
	r := p.speakers[read]
	for _, sp := range p.settled.speakers {
		if sp.Member != nil && sp.At.Len() > 0 && (r.Mention.Overlaps(sp.At) || slices.ContainsFunc(r.Mentions, sp.At.Overlaps)) {
			return sp.Member
		}
	}
	return nil
}

// Links lists what is known of pairs of speakers: people's answers, then the
// open questions.
func (c *Casebook) Links() []recount.Link {
	out := make([]recount.Link, 0, len(c.links)+len(c.open))
	for _, l := range c.links {
		out = append(out, l.Link)
	}
	sortLinks(out)
	n := len(out)
	for k := range c.open {
		if c.links[k] == nil {
			out = append(out, suggested(k))
		}
	}
	sortLinks(out[n:])
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
