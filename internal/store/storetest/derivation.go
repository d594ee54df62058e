package storetest

import (
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"recount"
	"recount/internal/store"
)

// derive runs f in a transaction.
func derive(t *testing.T, s *store.Store, f func(d *store.Derivation) error) {
	t.Helper()
	check(t, "Derive", s.Derive(t.Context(), f))
}

func derivation(t *testing.T, s *store.Store) {
	pages := []store.Page{
		{Mark: store.Mark{Article: "a", Outlet: 1, Site: ^uint64(0)}, Number: 3, Stamp: "x", Published: "2031", Size: 9, Copied: "a", Grouped: "a", Original: "o"},
		{Mark: store.Mark{Article: "b"}, Number: 1 << 25, Stamp: "y", Copied: "a", Grouped: "b", Composite: true, Original: "p"},
	}
	relation := store.SharedText{Relation: recount.Relation{A: "a", B: "b", Kind: recount.Partial, CoverageA: 1, CoverageB: 2,
		Spans: []recount.Alignment{{A: recount.Span{Start: 1, End: 2}, B: recount.Span{Start: 3, End: 4}}}, First: "b", Reason: "earlier"}, Lifted: true}
	passage := store.Passage{Page: 3, Source: 1 << 25, Sentences: 8, Taken: [][2]int{{0, 500}, {7, 1000}}}
	original := recount.Original{Key: "o", Members: []recount.Key{"a"}, First: "a"}
	suggestion := recount.Suggestion{A: "s", B: "t", Weight: -5, Probability: 3, Bars: []recount.Bar{{Field: "prior", Bits: -5}}}
	derive(t, s, func(d *store.Derivation) error {
		next, err := d.Next()
		same(t, "the first number", next, uint32(1))
		for i := range pages {
			err = errors.Join(err, d.PutPage(&pages[i]))
		}
		return errors.Join(err, d.PutWords(3, []byte{0, 1, 2}), d.PutPeople(3, []byte("p")), d.PutRelation(&relation), d.PutPassage(&passage),
			d.PutOriginal(&original), d.PutSuggestion(&suggestion), d.SetStamp("pages", "v"))
	})
	derive(t, s, func(d *store.Derivation) error {
		for i := range pages {
			p, err := d.Page(pages[i].Number)
			check(t, "Page", err)
			same(t, "a page", *p, pages[i])
			n, err := d.Number(pages[i].Article)
			check(t, "Number", err)
			same(t, "its number", n, pages[i].Number)
		}
		words, err := d.Words(3)
		check(t, "Words", err)
		same(t, "words", words, []byte{0, 1, 2})
		people, err := d.People(1 << 25)
		check(t, "People", err)
		same(t, "people of a page where nobody speaks", len(people), 0)
		for _, k := range []recount.Key{"a", "b"} {
			rs, err := d.RelationsOf(k)
			check(t, "RelationsOf", err)
			same(t, "relations", rs, []store.SharedText{relation})
		}
		from, by, err := d.Passages(3)
		check(t, "Passages", err)
		same(t, "passages from others", from, []store.Passage{passage})
		same(t, "passages of it", len(by), 0)
		_, by, err = d.Passages(1 << 25)
		check(t, "Passages", err)
		same(t, "passages of it", by, []store.Passage{passage})
		gs, err := d.SuggestionsFrom("s")
		check(t, "SuggestionsFrom", err)
		same(t, "suggestions", gs, []recount.Suggestion{suggestion})
		if _, err := d.Original("none"); !errors.Is(err, recount.ErrNotFound) {
			t.Errorf("Original of an unknown key = %v; want ErrNotFound", err)
		}
		// What is put again stands in place of what was there.
		relation.Kind, relation.Lifted, original.Spliced, suggestion.Weight, pages[0].Composite = recount.Trace, false, true, 7, true
		return errors.Join(d.PutRelation(&relation), d.PutOriginal(&original), d.PutSuggestion(&suggestion), d.PutPage(&pages[0]))
	})
	derive(t, s, func(d *store.Derivation) error {
		rs, err := d.RelationsOf("a")
		check(t, "RelationsOf", err)
		same(t, "relations", rs, []store.SharedText{relation})
		o, err := d.Original("o")
		check(t, "Original", err)
		same(t, "an original", o, original)
		p, err := d.Page(3)
		check(t, "Page", err)
		same(t, "a page", *p, pages[0])
		return errors.Join(d.DropPage(3), d.DropRelation("a", "b"), d.DropPassage(3, 1<<25), d.DropOriginal("o"), d.DropSuggestionsOf("t"))
	})
	known, err := s.Known(t.Context())
	check(t, "Known", err)
	same(t, "what is left", known, []store.Known{{Number: 1 << 25, Article: "b", Stamp: "y"}})
	derive(t, s, func(d *store.Derivation) error {
		_, errPage := d.Page(3)
		_, errMark := d.Mark(3)
		if !errors.Is(errPage, recount.ErrNotFound) || !errors.Is(errMark, recount.ErrNotFound) {
			t.Errorf("Page and Mark of a dropped page = %v, %v; want ErrNotFound", errPage, errMark)
		}
		gs, err := d.SuggestionsFrom("s")
		check(t, "SuggestionsFrom", err)
		same(t, "suggestions", len(gs), 0)
		return d.Clear()
	})
}

// postings puts postings in and takes them out at random, beside a map.
func postings(t *testing.T, s *store.Store) {
	r := rand.New(rand.NewPCG(1, 2))
	draw := func() store.Posting {
		p := store.Posting{Index: uint8(1 + r.IntN(3)), Feature: uint64(r.IntN(40)), Page: uint32(r.IntN(3000))}
		switch r.IntN(10) {
		case 0:
			p.Feature = 1<<store.FeatureBits - 1 - p.Feature
		case 1:
			p.Page = 1<<store.PageBits - 1 - p.Page
		}
		return p
	}
	want := map[store.Posting]bool{}
	derive(t, s, func(d *store.Derivation) error {
		for range 3000 {
			want[draw()] = true
		}
		all := slices.Collect(maps.Keys(want))
		slices.SortFunc(all, func(x, y store.Posting) int {
			return slices.Compare([]uint64{uint64(x.Index), x.Feature, uint64(x.Page)}, []uint64{uint64(y.Index), y.Feature, uint64(y.Page)})
		})
		w := d.Postings()
		for _, p := range all {
			check(t, "Put", w.Put(p))
		}
		check(t, "Close", w.Close())
		if err := w.Put(all[0]); !errors.Is(err, recount.ErrInvalid) {
			t.Errorf("Put out of order = %v; want ErrInvalid", err)
		}
		return nil
	})
	for step := range 30 {
		derive(t, s, func(d *store.Derivation) error {
			var drop, put []store.Posting
			many := 1 + r.IntN(300)
			if step > 20 {
				many = 600
			}
			for _, p := range slices.SortedFunc(maps.Keys(want), func(x, y store.Posting) int {
				return slices.Compare([]uint64{uint64(x.Index), x.Feature, uint64(x.Page)}, []uint64{uint64(y.Index), y.Feature, uint64(y.Page)})
			}) {
				if r.IntN(len(want)) < many {
					drop = append(drop, p)
					delete(want, p)
				}
			}
			for range r.IntN(many) {
				if step > 20 {
					break // until nothing is left
				}
				p := draw()
				put = append(put, p)
				want[p] = true
			}
			check(t, "ChangePostings", d.ChangePostings(drop, put))
			if _, err := d.Holders(1, 1<<store.FeatureBits); !errors.Is(err, recount.ErrInvalid) {
				t.Errorf("Holders of a feature too large = %v; want ErrInvalid", err)
			}
			held := 0
			for index := uint8(1); index <= 3; index++ {
				for f := range uint64(40) {
					for _, feature := range []uint64{f, 1<<store.FeatureBits - 1 - f} {
						got, err := d.Holders(index, feature)
						check(t, "Holders", err)
						if !slices.IsSorted(got) {
							t.Errorf("Holders(%d, %d) = %v; want them ascending", index, feature, got)
						}
						for _, page := range got {
							held++
							if !want[store.Posting{Index: index, Feature: feature, Page: page}] {
								t.Errorf("step %d: page %d has feature %d of %d; want it gone", step, page, feature, index)
							}
						}
					}
				}
			}
			if held != len(want) {
				t.Fatalf("step %d: %d postings; want %d", step, held, len(want))
			}
			return nil
		})
	}
}
