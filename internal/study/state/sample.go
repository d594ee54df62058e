package state

import (
	"fmt"
	"slices"
	"strings"

	"recount"
)

// Originals of the corpus are read, not pages: a reprint would be read twice.

// FirstPrints lists the pages that a sample is drawn from: the first print of
// every original that counts.
func (st *State) FirstPrints() []*recount.Article {
	var out []*recount.Article
	for _, o := range st.Originals {
		if o.Spliced {
			continue
		}
		k := o.First
		if k == "" {
			k = o.Members[0]
		}
		if a := st.ByKey[k]; a != nil {
			out = append(out, a)
		}
	}
	return out
}

// Draw returns the next n pages of the study's random order among those that
// nobody has drawn. The order is that of a hash over the id of the study and
// the page, so that nobody can choose it and everybody can repeat it.
func (st *State) Draw(study string, n int) []*recount.Article {
	drawn := st.drawn()
	var left []*recount.Article
	for _, a := range st.FirstPrints() {
		if !drawn[a.Page()] {
			left = append(left, a)
		}
	}
	slices.SortFunc(left, func(a, b *recount.Article) int {
		return strings.Compare(string(recount.KeyOf("sample", study, a.Page())), string(recount.KeyOf("sample", study, b.Page())))
	})
	return left[:min(n, len(left))]
}

// drawn returns the pages that live decisions have drawn.
func (st *State) drawn() map[string]bool {
	out := map[string]bool{}
	for i := range st.Log.Decisions {
		d := &st.Log.Decisions[i]
		var b recount.SampleBody
		if d.Kind == recount.KindSample && st.Log.Live[d.ID] && d.Read(&b) == nil {
			for _, p := range b.Pages {
				out[p] = true
			}
		}
	}
	return out
}

// Unread lists the pages that were drawn and that nobody has read to the end.
func (st *State) Unread() []*recount.Article {
	read := map[string]bool{}
	for _, it := range st.Items {
		if it.Kind == recount.KindRead {
			read[it.Subject] = true
		}
	}
	drawn := st.drawn()
	var out []*recount.Article
	for _, a := range st.Articles {
		if drawn[a.Page()] && !read[a.Page()] {
			out = append(out, a)
		}
	}
	return out
}

// Miss counts, over the pages that were drawn at random and read to the end,
// the statements that were accepted and those of them that a person had to
// type in.
func (st *State) Miss() recount.Miss {
	drawn := st.drawn()
	m := recount.Miss{Drawn: len(drawn)}
	read := map[recount.Key]bool{}
	for _, it := range st.Items {
		if it.Kind != recount.KindRead || !drawn[it.Subject] {
			continue
		}
		for _, a := range st.Articles {
			if a.Page() == it.Subject && !read[a.Key] {
				read[a.Key] = true
				m.Read = append(m.Read, a.Key)
			}
		}
	}
	slices.Sort(m.Read)
	for _, a := range st.Unread() {
		m.Left = append(m.Left, a.Key)
	}
	for _, s := range st.Statements {
		if read[s.Article] {
			m.Statements++
			m.Accepted = append(m.Accepted, s.AcceptedStatement)
			if s.Typed {
				m.Missed++
			}
		}
	}
	return m
}

// Page finds an article by its page or, if only one ends so, by the end of it.
func (st *State) Page(name string) (*recount.Article, error) {
	var hits []*recount.Article
	for _, a := range st.Articles {
		if a.Page() == name || a.Name == name {
			return a, nil
		}
		if strings.HasSuffix(a.Page(), "/"+name) || strings.HasSuffix(a.Name, "/"+name) {
			hits = append(hits, a)
		}
	}
	switch len(hits) {
	case 1:
		return hits[0], nil
	case 0:
		return nil, recount.WithHint(fmt.Errorf("page %q: %w", name, recount.ErrNotFound), "give its address or file name as the lists show it")
	}
	return nil, recount.WithHint(fmt.Errorf("page %q: %w: several end like this", name, recount.ErrInvalid), "give more of its name")
}
