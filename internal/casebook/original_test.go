package casebook_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"recount"
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
