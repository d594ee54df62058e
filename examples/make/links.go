package main

import (
	"slices"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// metOn returns where a person was met: on the given page, else on the first.
func (w *analyst) metOn(at [2]string) *met {
	if m := w.met[at]; m != nil {
		return m
	}
	for _, id := range w.truth.person(at[1]).Pages {
		if m := w.met[[2]string{id, at[1]}]; m != nil {
			return m
		}
	}
	return nil
}

// links decides who is the same person: along the pages of each person who
// counts, the pairs that stay open and those that must stay apart, and what
// the program still asks about people who count. Pairs of people who do not
// count are not asked.
func (w *analyst) links() error {
	suggested, err := w.suggested()
	if err != nil {
		return err
	}
	answered := map[[2]string]bool{} // pairs of people
	link := func(a, b *met, answer recount.Sameness, why string) error {
		h := typed
		p, ok := suggested[between(w.keyOf(a), w.keyOf(b))]
		if ok {
			h = accepted
		}
		return w.one("link", h, recount.LinkBody{A: a.ref, B: b.ref, Answer: answer, Bars: p.Bars}, why)
	}
	for i := range w.truth.People {
		who := &w.truth.People[i]
		var last *met
		for _, page := range who.Pages {
			m := w.met[[2]string{page, who.ID}]
			if m == nil || !who.Counts {
				continue
			}
			if last != nil {
				if err := link(last, m, recount.Same, "the same person by name, words or description"); err != nil {
					return err
				}
			}
			last = m
		}
	}
	apart := func(a, b [2]string, answer recount.Sameness, why string) error {
		pair := people(a[1], b[1])
		x, y := w.metOn(a), w.metOn(b)
		if answered[pair] || x == nil || y == nil || !w.truth.person(a[1]).Counts || !w.truth.person(b[1]).Counts {
			return nil
		}
		answered[pair] = true
		return link(x, y, answer, why)
	}
	open := map[string][][2]string{} // who may be somebody else -> whom
	for _, x := range w.truth.Open {
		if !answered[people(x.A[1], x.B[1])] {
			open[x.A[1]], open[x.B[1]] = append(open[x.A[1]], x.B), append(open[x.B[1]], x.A)
		}
		if err := apart(x.A, x.B, recount.Unsure, x.Why); err != nil {
			return err
		}
	}
	for _, x := range w.truth.Different {
		if err := apart(x.A, x.B, recount.Different, x.Why); err != nil {
			return err
		}
	}
	// Of two who may be a third at most one is: they are not each other.
	for i := range w.truth.People {
		others := open[w.truth.People[i].ID]
		for j := range others {
			for _, x := range others[:j] {
				if x[1] != others[j][1] {
					if err := apart(x, others[j], recount.Different, "two people who may each be a third"); err != nil {
						return err
					}
				}
			}
		}
	}
	return w.asked(answered, link)
}

// asked answers the pairs of people who count that the program still asks.
func (w *analyst) asked(answered map[[2]string]bool, link func(a, b *met, answer recount.Sameness, why string) error) error {
	for again := true; again; {
		again = false
		if err := w.flush(); err != nil {
			return err
		}
		pairs, err := w.book.Pairs(w.ctx, false)
		if err != nil {
			return err
		}
		who := map[recount.Key][2]string{}
		for _, p := range w.inOrder() {
			for _, s := range p.Speakers {
				if m := w.met[[2]string{p.ID, s.Person}]; m != nil {
					who[w.keyOf(m)] = [2]string{p.ID, s.Person}
				}
			}
		}
		within := act{what: "link", how: accepted, group: true}
		for i := range pairs {
			p := &pairs[i]
			if !p.Asked() || p.A.Member == nil || p.B.Member == nil {
				continue
			}
			a, b := who[p.A.Key], who[p.B.Key]
			pair := people(a[1], b[1])
			if a[1] == "" || b[1] == "" || a[1] == b[1] || answered[pair] {
				continue
			}
			answered[pair], again = true, true
			why := "another person by what the two say of themselves"
			if p.Within == "page" {
				within.drafts = append(within.drafts, casebook.Draft{Answer: recount.LinkBody{A: w.met[a].ref, B: w.met[b].ref, Answer: recount.Different, Bars: p.Bars}, Reason: why})
				continue
			}
			if err := link(w.met[a], w.met[b], recount.Different, why); err != nil {
				return err
			}
		}
		if within.group = len(within.drafts) > 1; len(within.drafts) > 0 {
			if err := w.do(within); err != nil {
				return err
			}
		}
	}
	return nil
}

// suggested returns the pairs that the program suggests.
func (w *analyst) suggested() (map[[2]recount.Key]casebook.Pair, error) {
	if err := w.flush(); err != nil {
		return nil, err
	}
	pairs, err := w.book.Pairs(w.ctx, false)
	if err != nil {
		return nil, err
	}
	out := map[[2]recount.Key]casebook.Pair{}
	for _, p := range pairs {
		out[between(p.A.Key, p.B.Key)] = p
	}
	return out, nil
}

// keyOf returns the key of the speaker that a person is.
func (w *analyst) keyOf(m *met) recount.Key {
	if m.key == "" {
		if v, err := w.book.SpeakerAt(w.ctx, m.ref.At); err == nil && v != nil {
			m.key = v.Key
		}
	}
	return m.key
}

func between(a, b recount.Key) [2]recount.Key { return [2]recount.Key{min(a, b), max(a, b)} }

func people(a, b string) [2]string { return [2]string{min(a, b), max(a, b)} }

// facts records what study.yaml asks about each person who counts, with the
// words that state it where the page has them.
func (w *analyst) facts() error {
	given := map[[3]string]bool{}
	if err := w.flush(); err != nil {
		return err
	}
	found, err := w.study.Proposals(w.ctx, casebook.Filter{All: true})
	if err != nil {
		return err
	}
	for _, p := range w.inOrder() {
		for i := range w.truth.People {
			who := &w.truth.People[i]
			m := w.met[[2]string{p.ID, who.ID}]
			if m == nil || !who.Counts {
				continue
			}
			for _, f := range who.Facts {
				once := [3]string{p.ID, who.ID, f.Variable}
				if f.Page != p.ID || given[once] || !slices.Contains(w.values, f.Variable) {
					continue
				}
				given[once] = true
				if i := slices.IndexFunc(found, func(x study.Proposal) bool {
					return x.Variable == f.Variable && x.Value == f.Value && x.Voice.Page.Key == p.Key && x.Voice.Key == w.keyOf(m)
				}); i >= 0 {
					// what the article states, as the program found it
					an, err := w.book.Anchor(w.ctx, p.Key, found[i].At)
					if err != nil {
						return err
					}
					if err := w.one("value", accepted, recount.ValueBody{Speaker: m.ref, Variable: f.Variable, Value: f.Value, Evidence: &an}, "as the article states it"); err != nil {
						return err
					}
					continue
				}
				var evidence *recount.Anchor
				if at := p.folded.all(p.article.Text, f.Words); f.Words != "" && len(at) > 0 {
					an, err := w.book.Anchor(w.ctx, p.Key, at[0])
					if err != nil {
						return err
					}
					evidence = &an
				}
				if err := w.one("value", typed, recount.ValueBody{Speaker: m.ref, Variable: f.Variable, Value: f.Value, Evidence: evidence}, "read in the article"); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
