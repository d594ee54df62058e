package casebook

import (
	"context"
	"errors"
	"slices"
	"strings"

	"recount"
	"recount/internal/cases"
)

// Whom a person named, renamed or set apart the program never compared with
// anybody, or by another name. Such speakers are asked about by the name that was
// decided: two who count, or may count, and whose names are alike as cases.Match
// says, on two pages.

// A nameIndex lists the speakers who count or may count by how the parts of their
// names sound.
type nameIndex struct {
	by map[string][]indexed
	on map[*page][]string // what by has of a page
}

type indexed struct {
	page *page
	*Speaker
}

// nameable reports whether a speaker has a name that can be compared.
func nameable(sp *Speaker) bool {
	return sp.Ref().Name != "" && (sp.Ref().Kind == recount.Named || sp.Ref().Kind == recount.Pseudonym)
}

// renamed reports whether the name of a speaker is a person's word and not the one
// that the program compared: of a speaker whom nobody read, or another name than
// the words of the page.
func renamed(sp *Speaker) bool {
	return nameable(sp) && sp.Corrected && (sp.Read < 0 || recount.BareName(plain(sp.Ref().Name)) != recount.BareName(plain(strings.Join(sp.Ref().At.Exact, " "))))
}

// otherNames reports whether a person gave one of two speakers a name that is not
// that of the other: what was read suggested the pair by another name.
func otherNames(a, b *Speaker) bool {
	if !renamed(a) && !renamed(b) || !nameable(a) || !nameable(b) {
		return false
	}
	_, alike := cases.Match(a.Ref().Name, b.Ref().Name)
	return !alike
}

// parted reports whether the names that people gave part two who were suggested to
// be one: what else ties them, as words that both are quoted with, may outweigh the
// names.
func (c *View) parted(ctx context.Context, x *suggestion, a, b *Speaker) (bool, error) {
	if !otherNames(a, b) {
		return false, nil
	}
	first, second := x.a.key(x.ia), x.b.key(x.ib)
	s, err := c.store.SuggestionOf(ctx, min(first, second), max(first, second))
	if errors.Is(err, recount.ErrNotFound) || err == nil && len(s.Bars) == 0 {
		return true, nil
	}
	// By the names that were given, or whatever they are called.
	likely := func(names ...string) bool {
		return c.weights.Weigh(cases.Renamed(s, names...)).Probability >= c.settings.Link
	}
	return err == nil && !likely(a.Ref().Name, b.Ref().Name) && !likely(), err
}

// indexNames brings the index up to the pages that were worked out anew. There is
// none before somebody who counts was named by a person.
func (c *Casebook) indexNames() {
	if c.names == nil {
		some := false
		for p := range c.dirty {
			some = some || slices.ContainsFunc(c.state(p).settled.speakers, func(sp *Speaker) bool { return sp.Member != nil && renamed(sp) })
		}
		if !some {
			return
		}
		c.names = &nameIndex{by: map[string][]indexed{}, on: map[*page][]string{}}
		for _, p := range c.list {
			if s := c.state(p).settled; s != nil {
				c.names.put(p, s)
			}
		}
		return
	}
	for p := range c.dirty {
		for _, sound := range c.names.on[p] {
			if c.names.by[sound] = slices.DeleteFunc(c.names.by[sound], func(x indexed) bool { return x.page == p }); len(c.names.by[sound]) == 0 {
				delete(c.names.by, sound)
			}
		}
		delete(c.names.on, p)
		c.names.put(p, c.state(p).settled)
	}
}

func (x *nameIndex) put(p *page, s *settled) {
	for _, sp := range s.speakers {
		if sp.Member == nil || !nameable(sp) {
			continue
		}
		for _, sound := range cases.Sounds(sp.Ref().Name) {
			x.by[sound] = append(x.by[sound], indexed{p, sp})
			x.on[p] = append(x.on[p], sound)
		}
	}
}

// askAlike asks about the speakers of a page and those of other pages whose names
// are alike, where a person gave one of the names.
func (c *Casebook) askAlike(p *page) {
	if c.names == nil {
		return
	}
	for _, sp := range c.state(p).settled.speakers {
		if sp.Member == nil || !nameable(sp) {
			continue
		}
		decided := renamed(sp)
		for _, sound := range cases.Sounds(sp.Ref().Name) {
			for _, o := range c.names.by[sound] {
				if o.page == p || !decided && !renamed(o.Speaker) {
					continue
				}
				if _, alike := cases.Match(sp.Ref().Name, o.Ref().Name); alike {
					c.askDecided(sp, p, o.Speaker, o.page)
				}
			}
		}
	}
}

// askOverlapping asks about two of one page who count or may count and stand at
// words that overlap, if nobody answered for both: two people named one person
// there by other words, or two.
func (c *Casebook) askOverlapping(p *page) {
	var sps []*Speaker
	for _, sp := range c.state(p).settled.speakers {
		if sp.Member != nil && sp.At.Len() > 0 && !sp.Apart() {
			sps = append(sps, sp)
		}
	}
	for i, a := range sps {
		for _, b := range sps[:i] {
			if a.At.Overlaps(b.At) && !sharesActor(a, b) {
				c.askDecided(a, p, b, p)
			}
		}
	}
}

// sharesActor reports whether one person said of both speakers who they are, or
// whether they count.
func sharesActor(a, b *Speaker) bool {
	by := func(sp *Speaker, f func(actor string) bool) bool {
		if slices.ContainsFunc(slices.Concat(sp.scope, sp.entered), func(d *placed) bool { return f(d.Actor) }) {
			return true
		}
		for name, ps := range sp.about {
			if strings.HasPrefix(name, "criterion\x00") && slices.ContainsFunc(ps, func(d *placed) bool { return f(d.Actor) }) {
				return true
			}
		}
		return false
	}
	return by(a, func(actor string) bool { return by(b, func(other string) bool { return actor == other }) })
}

// askDecided asks about two whom no reader suggested as they are now.
func (c *Casebook) askDecided(a *Speaker, on *page, b *Speaker, by *page) {
	k, pages := pairOf(a.Key, b.Key), [2]*page{on, by}
	if k[0] != a.Key {
		pages = [2]*page{by, on}
	}
	c.alike.set(k, pages)
	if !c.open.has(k) {
		c.open.set(k, false)
	}
	c.ask(k, on, by)
}

// DecidedPairs lists the pairs that are a question because of what people decided
// of one of the two, and that no reader suggested, by their keys.
func (c *View) DecidedPairs(ctx context.Context) ([]Pair, error) {
	var keys []pair
	for k := range c.alike.all() {
		if !c.open.of(k) {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, comparePairs)
	var out []Pair
	for _, k := range keys {
		pages := c.alike.of(k)
		var two [2]*Voice
		for i := range two {
			var err error
			j := slices.IndexFunc(c.state(pages[i]).settled.speakers, func(sp *Speaker) bool { return sp.Key == k[i] })
			if two[i], err = c.voiceOf(ctx, pages[i], c.state(pages[i]).settled.speakers[j]); err != nil {
				return nil, err
			}
		}
		p := c.PairOf(two[0], two[1], recount.Suggestion{A: two[0].ID, B: two[1].ID, Probability: c.settings.Link,
			Bars: []recount.Bar{{Field: "name", A: two[0].Name, B: two[1].Name}}})
		out = append(out, p)
	}
	return out, nil
}

// A Named speaker has a name that a person gave.
type Named struct {
	Article recount.Key
	Key     recount.Key // by which lists name the speaker
	Read    bool        // the program read the speaker, by that key
	*recount.SpeakerRef
}

// Named lists the speakers whom people named, typed in or set apart: of these the
// program keeps nothing that it could compare with others, or another name.
func (c *View) Named() (out []Named) {
	for _, p := range c.list {
		for _, sp := range c.state(p).settled.speakers {
			switch {
			case sp.Rejected || !sp.Corrected:
			case sp.Read < 0:
				out = append(out, Named{p.Key, sp.Key, false, sp.Ref()})
			case renamed(sp):
				out = append(out, Named{p.Key, p.key(sp.Read), true, sp.Ref()})
			}
		}
	}
	return out
}
