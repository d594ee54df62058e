package casebook_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"recount"
	"recount/internal/casebook"
)

// An answer about a reprint reaches its pages however they came in: as files
// of their own, as parts of one, or by an address.
func TestReprintsOfPartsAndPages(t *testing.T) {
	type page struct{ name, part, url string }
	file, other := page{name: "a.html"}, page{name: "b.html"}
	row2, row3 := page{name: "t.csv", part: "row 2"}, page{name: "t.csv", part: "row 3"}
	sheet := page{name: "u.xlsx", part: "row 2"}
	address, another := page{name: "c.html", url: "https://post.example/c"}, page{name: "d.html", url: "https://post.example/d"}
	addressed := page{name: "t.csv", part: "row 4", url: "https://post.example/row"}
	addressed2 := page{name: "t.csv", part: "row 5", url: "https://post.example/row2"}
	for _, tt := range [][2]page{{file, other}, {file, row2}, {row2, file}, {row2, row3}, {row2, sheet}, {address, another}, {address, row3},
		{addressed, row2}, {addressed, address}, {addressed, addressed2}, {addressed, file}} {
		t.Run(fmt.Sprintf("%s%s of %s%s", tt[0].name, tt[0].part, tt[1].name, tt[1].part), func(t *testing.T) {
			m := newStudy(t, 0, 0)
			ctx := context.Background()
			var as []*recount.Article
			for i, p := range tt {
				a := m.add(i, 1, fmt.Sprint("Page ", i))
				b := *a
				b.Name, b.Part, b.URL = p.name, p.part, p.url
				b.Key = recount.ArticleKey(a.Capture, p.part+p.name)
				if err := m.store.PutArticles(ctx, []recount.Article{b}); err != nil {
					t.Fatal(err)
				}
				as = append(as, &b)
			}
			together := func() bool {
				for _, o := range m.open().Originals() {
					n := 0
					for _, k := range o.Members {
						if k == as[0].Key || k == as[1].Key {
							n++
						}
					}
					if n == 2 {
						return true
					}
				}
				return false
			}
			var os []recount.Original
			for _, a := range as {
				os = append(os, recount.Original{Key: a.Key, Members: []recount.Key{a.Key}, First: a.Key})
			}
			if err := m.store.ReplaceRelations(ctx, nil, os); err != nil {
				t.Fatal(err)
			}
			if together() {
				t.Fatal("one original before anybody said so")
			}
			yes := m.seal("ada", recount.RelationBody{Page: as[0].Page(), Of: as[1].Page(), Answer: recount.Yes})
			m.save(yes)
			if !together() {
				t.Errorf("%s is no reprint of %s after ada said so", as[0].Page(), as[1].Page())
			}
			m.save(m.seal("ada", recount.RelationBody{Page: as[0].Page(), Of: as[1].Page(), Answer: recount.No}, yes.ID))
			if together() {
				t.Error("one original though ada changed her mind")
			}
		})
	}
}

// Originals are grouped again by how long the texts are, in bytes, and by the
// days as people decided them, never by what the texts say.
func TestOriginalsAreGroupedBySizesAndDecidedDays(t *testing.T) {
	m := newStudy(t, 0, 0)
	for i, extra := range []string{"", "Short.\n", "Åäö, ελληνικά.\n", strings.Repeat("A longer text. ", 40) + "\n"} {
		m.add(i, 1+i, extra)
	}
	m.derive(false)
	m.save(m.seal("ada", recount.DateBody{Page: m.articles[1].Name, Published: "2013-02"}))
	c := m.open()
	got := map[recount.Key]*recount.Article{}
	for _, a := range c.Sized() {
		got[a.Key] = a
	}
	if len(got) != len(m.articles) {
		t.Fatalf("%d articles, want %d", len(got), len(m.articles))
	}
	want := []string{m.articles[0].Published, "2013-02", m.articles[2].Published, m.articles[3].Published}
	for i, a := range m.articles {
		g := got[a.Key]
		if len(g.Text) != len(a.Text) || strings.Trim(g.Text, "\x00") != "" {
			t.Errorf("page %d has a text of %d bytes (%.20q), want %d blank ones", i, len(g.Text), g.Text, len(a.Text))
		}
		if g.Published != want[i] {
			t.Errorf("page %d is of %q, want %q", i, g.Published, want[i])
		}
	}
}

// While reprints are folded, somebody who counts on one print of an original
// stands for all outlets that printed it, by their names as corrected.
func TestOutletsThatPrinted(t *testing.T) {
	ctx := context.Background()
	m := newStudy(t, 4, 1)
	var os []recount.Original
	os = append(os, recount.Original{Key: m.articles[0].Key, Members: []recount.Key{m.articles[0].Key, m.articles[1].Key, m.articles[2].Key}, First: m.articles[0].Key},
		recount.Original{Key: m.articles[3].Key, Members: []recount.Key{m.articles[3].Key}, First: m.articles[3].Key})
	if err := m.store.ReplaceRelations(ctx, nil, os); err != nil {
		t.Fatal(err)
	}
	var book *casebook.Casebook
	prints := func(page int) (out []string) {
		for _, x := range book.Members() {
			if x.Article == m.articles[page].Key {
				for _, p := range x.Prints {
					if p.Outlet != x.Outlet {
						out = append(out, p.Outlet)
					}
				}
				slices.Sort(out)
				out = append([]string{x.Outlet}, slices.Compact(out)...)
			}
		}
		return out
	}
	rule := m.seal("init", recount.RuleBody{Rule: recount.FoldReprints, On: true, Standing: true, Params: map[string]string{}, Covered: []string{}})
	steps := []struct {
		what         string
		d            recount.Decision
		first, other []string // of the members on the first page and on the last
	}{
		{"reprints are folded", rule, nil, nil},
		{"somebody counts on the first print", m.seal("ada", recount.ScopeBody{Speaker: m.ref(0, 0, false), Answer: recount.Yes}), []string{"Outlet 0", "Outlet 1", "Outlet 2"}, nil},
		{"somebody counts on a page of its own", m.seal("ada", recount.ScopeBody{Speaker: m.ref(3, 0, false), Answer: recount.Yes}), []string{"Outlet 0", "Outlet 1", "Outlet 2"}, []string{"Outlet 3"}},
		{"the outlet of a reprint is corrected", m.seal("ada", recount.PageBody{Page: m.articles[2].Page(), Field: recount.OutletField, Value: "The Fog Signal"}), []string{"Outlet 0", "Outlet 1", "The Fog Signal"}, []string{"Outlet 3"}},
		{"a reprint is of the same outlet", m.seal("ada", recount.PageBody{Page: m.articles[1].Page(), Field: recount.OutletField, Value: "Outlet 0"}), []string{"Outlet 0", "The Fog Signal"}, []string{"Outlet 3"}},
		{"the outlet of the first print is corrected", m.seal("ada", recount.PageBody{Page: m.articles[0].Page(), Field: recount.OutletField, Value: "Coast Wire"}), []string{"Coast Wire", "Outlet 0", "The Fog Signal"}, []string{"Outlet 3"}},
		{"reprints count by themselves", m.seal("ada", recount.RuleBody{Rule: recount.FoldReprints, On: false, Standing: true, Params: map[string]string{}, Covered: []string{}}), []string{"Coast Wire"}, []string{"Outlet 3"}},
	}
	book = m.open()
	for _, s := range steps {
		m.save(s.d)
		if err := book.Apply(ctx, s.d); err != nil {
			t.Fatal(err)
		}
		kept := book
		for again := range 2 { // one by one, and opened anew
			if got := prints(0); !slices.Equal(got, s.first) {
				t.Errorf("%s (%d): the first page stands for %q, want %q", s.what, again, got, s.first)
			}
			if got := prints(3); !slices.Equal(got, s.other) {
				t.Errorf("%s (%d): the last page stands for %q, want %q", s.what, again, got, s.other)
			}
			book = m.open()
		}
		book = kept
	}
}

// What stands where if pages are reprints is what stands there once somebody has
// said that they are.
func TestJoinedIsWhatAnswersMake(t *testing.T) {
	for seed := range uint64(5) {
		rnd := rand.New(rand.NewPCG(seed, 17))
		m := newStudy(t, 7, 5)
		for _, d := range m.random(rnd, 200) {
			if k := d.Kind; k != recount.KindRelation && k != recount.KindPage && k != recount.KindRule || d.Actor == "init" {
				m.save(d)
			}
		}
		book := m.open()
		page := map[recount.Key]*recount.Article{}
		for _, a := range m.articles {
			page[a.Key] = a
		}
		// Pages 2 and 3 are one original already.
		pairs := [][2]int{{0, 1}, {1, 2}, {3, 4}, {5, 6}}
		rnd.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
		var said []casebook.MaybeReprint
		for _, x := range pairs[:1+rnd.IntN(3)] {
			a, b := m.articles[x[0]], m.articles[x[1]]
			if rnd.IntN(2) == 0 {
				a, b = b, a
			}
			said = append(said, casebook.MaybeReprint{Page: a.Key, Of: b.Key})
		}
		got, ok := book.Joined(book.Members(), said)
		if !ok {
			t.Fatalf("seed %d: nobody differs, and it does not say what stands where", seed)
		}
		before := book.Members()
		for _, x := range said {
			m.save(m.seal("zoe", recount.RelationBody{Page: page[x.Page].Name, Of: page[x.Of].Name, Answer: recount.Yes}))
		}
		want := m.open().Members()
		moved := false
		for i := range want {
			moved = moved || before[i].Day != want[i].Day || len(before[i].Prints) != len(want[i].Prints)
		}
		for _, members := range [][]recount.Member{got, want} {
			names := map[recount.Key]recount.Key{} // the first article of an original
			for i := range members {
				o := &members[i].Original
				if names[*o] == "" {
					names[*o] = members[i].Article
				}
				members[i].First, *o = false, names[*o]
			}
		}
		if len(want) == 0 || !moved {
			t.Errorf("seed %d: %d members and none moves, so nothing is tested", seed, len(want))
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("seed %d, %d said (-once said +before):\n%.3000s", seed, len(said), d)
		}
	}
}

// Where answers about reprints contradict one another, so that two pages of which
// somebody said that they are none become one original, that is listed.
func TestReprintsThatContradict(t *testing.T) {
	m := newStudy(t, 4, 1)
	var os []recount.Original
	for _, a := range m.articles {
		os = append(os, recount.Original{Key: a.Key, Members: []recount.Key{a.Key}, First: a.Key})
	}
	if err := m.store.ReplaceRelations(t.Context(), nil, os); err != nil {
		t.Fatal(err)
	}
	says := func(who string, page, of int, answer recount.YesNo) step {
		return step{who, recount.RelationBody{Page: m.articles[page].Page(), Of: m.articles[of].Page(), Answer: answer}}
	}
	const yes, no = recount.Yes, recount.No
	for _, tt := range []struct {
		name  string
		steps []step
		want  int
	}{
		{"one says no", []step{says("ada", 0, 1, no)}, 0},
		{"one says yes", []step{says("ada", 0, 1, yes)}, 0},
		{"yes and yes", []step{says("ada", 0, 1, yes), says("ada", 1, 2, yes)}, 0},
		{"a triangle", []step{says("ada", 0, 1, no), says("ada", 0, 2, yes), says("ada", 2, 1, yes)}, 1},
		{"the no last", []step{says("ada", 0, 2, yes), says("ada", 2, 1, yes), says("ada", 0, 1, no)}, 1},
		{"the other way round", []step{says("ada", 1, 0, no), says("ada", 0, 2, yes), says("ada", 1, 2, yes)}, 1},
		{"by two people", []step{says("ada", 0, 1, no), says("bob", 0, 2, yes), says("bob", 2, 1, yes)}, 1},
		{"over two more pages", []step{says("ada", 0, 1, no), says("ada", 0, 2, yes), says("ada", 2, 3, yes), says("ada", 3, 1, yes)}, 1},
		{"two of them", []step{says("ada", 0, 1, no), says("bob", 3, 1, no), says("ada", 0, 2, yes), says("ada", 2, 1, yes), says("ada", 3, 2, yes)}, 2},
		{"a no that another contests is a disagreement", []step{says("ada", 0, 1, no), says("bob", 0, 1, yes), says("ada", 0, 2, yes), says("ada", 2, 1, yes)}, 0},
		{"an adjudicator says no", []step{says("judge", 0, 1, no), says("ada", 0, 2, yes), says("ada", 2, 1, yes)}, 1},
		{"an adjudicator overrules it", []step{says("ada", 0, 1, no), says("judge", 0, 1, yes), says("ada", 0, 2, yes), says("ada", 2, 1, yes)}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 4, 1)
			if err := m.store.ReplaceRelations(t.Context(), nil, os); err != nil {
				t.Fatal(err)
			}
			m.save(m.seal("ada", file("adjudicators: judge")))
			c := m.follow(tt.steps...)
			if got := c.TornReprints(); len(got) != tt.want {
				t.Errorf("%d contradictions, want %d: %+v", len(got), tt.want, got)
			}
		})
	}
}
