package study

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/casebook"
	"recount/internal/store"
)

// A printed page is one of a small study: where it stands, what it is about and
// who speaks there. Pages of one topic with the same people are reprints.
type printed struct {
	at, outlet, topic string
	people            []string
	more              []string // who speaks in words of this page alone
}

var plainWords = strings.Fields("road winter ship honey boat bell yard village river fair bee paint rope tide market wagon field school bridge lamp stove garden orchard tower window ladder barrel cellar harvest meadow letter kettle blanket basket hammer saddle candle mirror thread needle chimney cupboard gravel pebble feather whistle lantern anchor beacon channel current ditch embankment ferryman gauge hedge island jetty keel landing mast net oar plank quay raft sail trough vessel wharf")

// someWords are n words that no other topic has in this order.
func someWords(r *rand.Rand, n int) string {
	var out []string
	for range n {
		out = append(out, plainWords[r.IntN(len(plainWords))])
	}
	return strings.Join(out, " ")
}

func (p printed) html() string {
	seed := func(s string) *rand.Rand {
		var n uint64
		for _, c := range s {
			n = n*31 + uint64(c)
		}
		return rand.New(rand.NewPCG(n, 7))
	}
	r, own := seed(p.topic), seed(p.at+fmt.Sprint(p.people))
	var b strings.Builder
	fmt.Fprintf(&b, `<!DOCTYPE html><html lang="en"><head><title>The %s and the %s</title><meta property="og:site_name" content="%s"><meta property="article:published_time" content="2015-03-03T09:00:00Z"><link rel="canonical" href="https://%s"></head><body><article><h1>The %s and the %s</h1>`, p.topic, plainWords[0], p.outlet, p.at, p.topic, plainWords[0])
	filler := func(r *rand.Rand) {
		fmt.Fprintf(&b, "\n<p>The %s of the %s stood by the %s, and the %s by the %s was near the harbour with the %s.</p>", someWords(r, 3), someWords(r, 2), someWords(r, 4), someWords(r, 3), someWords(r, 3), someWords(r, 3))
	}
	filler(r)
	filler(r)
	for _, who := range p.people {
		fmt.Fprintf(&b, "\n<p>\"I saw the %s of the %s with the %s,\" said %s, who has lived there since January. \"Then the %s was gone.\"</p>", someWords(r, 3), someWords(r, 3), someWords(r, 3), who, someWords(r, 3))
		filler(r)
	}
	for _, who := range p.more {
		fmt.Fprintf(&b, "\n<p>\"We paid for the %s of the %s,\" said %s, who came back in April.</p>", someWords(own, 3), someWords(own, 3), who)
		filler(own)
	}
	filler(r)
	b.WriteString("</article></body></html>")
	return b.String()
}

// studyRead makes a study of pages, added one after the other, about which nobody
// decided anything.
func studyRead(t *testing.T, pages []printed) *Study {
	t.Helper()
	ctx := context.Background()
	s, err := Init(ctx, filepath.Join(t.TempDir(), "study"), Setup{Title: "Pages"}, Options{Actor: "ada", Now: func() time.Time { return time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range pages {
		file := filepath.Join(t.TempDir(), fmt.Sprintf("p%d.html", i))
		if err := os.WriteFile(file, []byte(p.html()), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Add(ctx, Offer{Paths: []string{file}}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Extract(ctx, false); err != nil {
		t.Fatal(err)
	}
	return s
}

// studyOf is studyRead in which everybody who speaks counts.
func studyOf(t *testing.T, pages []printed) *Study {
	t.Helper()
	ctx := context.Background()
	s := studyRead(t, pages)
	countAll(t, s)
	if err := os.WriteFile(filepath.Join(s.Dir, "report.md"), []byte("---\nresults:\n  people:\n    count: all\n---\n\n{{people}} spoke.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Report(ctx, Edition{}); err != nil {
		t.Fatal(err)
	}
	return s
}

// countAll lets everybody count who was not decided about.
func countAll(t *testing.T, s *Study) {
	t.Helper()
	ctx := context.Background()
	book, err := s.Casebook(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var drafts []casebook.Draft
	for v, err := range book.Voices(ctx, casebook.Filter{All: true}) {
		if err != nil {
			t.Fatal(err)
		}
		if v.Scope != "" {
			continue
		}
		ref, err := book.Ref(ctx, v)
		if err != nil {
			t.Fatal(err)
		}
		drafts = append(drafts, casebook.Draft{Answer: recount.ScopeBody{Speaker: ref, Answer: recount.Yes, Criteria: map[string]string{}}})
	}
	if _, err := s.Decide(ctx, By{}, drafts...); err != nil {
		t.Fatal(err)
	}
}

// everybodyIn lists the people of a study.
func everybodyIn(t *testing.T, book *casebook.Casebook) []casebook.Person {
	t.Helper()
	out, err := book.Persons(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A held is all that a study counts, by what it is of.
type held struct {
	pages, originals, people, sources map[string]string
	relations                         map[string]string
	searched                          []string
}

func holding(t *testing.T, s *Study) held {
	t.Helper()
	ctx := context.Background()
	out := held{map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}, nil}
	book, err := s.Casebook(ctx)
	if err != nil {
		t.Fatal(err)
	}
	name := map[recount.Key]string{}
	for _, p := range book.Pages() {
		name[p.Key] = p.Page()
		out.pages[p.Page()] = fmt.Sprint(p.Key, p.Title, p.Outlet, p.Published, p.Original.Key, len(p.Older))
	}
	for _, o := range book.Originals() {
		var in []string
		for _, m := range o.Members {
			in = append(in, name[m])
		}
		slices.Sort(in)
		out.originals[string(o.Key)] = strings.Join(in, " ")
	}
	for _, c := range everybodyIn(t, book) {
		for _, m := range c.Members {
			out.people[short(c.ID)] += fmt.Sprintf("%s %s %s %d; ", m.Speaker.Name, name[m.Article], m.Original, len(m.Statements))
		}
	}
	captures, err := s.Captures(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range captures {
		out.sources[c.Name] += c.Hash + " "
	}
	relations, err := book.Relations(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range relations {
		out.relations[string(r.A)+" "+string(r.B)] = fmt.Sprint(r)
	}
	hits, err := s.Search(ctx, "harbour", 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hits {
		out.searched = append(out.searched, fmt.Sprint(h))
	}
	return out
}

// What does not concern a person who is taken out stays as it was: pages,
// originals, captures, relations, people and what a search finds; and nothing of
// what went is a page anywhere.
func TestWhatARemovalLeavesAsItWas(t *testing.T) {
	pages := []printed{
		{"inland.example/buoy", "The Inland Reader", "buoy", []string{"Eva Vogel"}, nil},
		{"coast.example/ferry", "The Coast Post", "ferry", []string{"Anna Lindt"}, nil},
		{"north.example/ferry", "The North Star", "ferry", []string{"Anna Lindt"}, nil},
		{"south.example/ferry", "The South Gazette", "ferry", []string{"Anna Lindt"}, nil},
		{"coast.example/mill", "The Coast Post", "mill", []string{"Boris Kest"}, nil},
		{"north.example/mill", "The North Star", "mill", []string{"Boris Kest"}, []string{"Clara Nask"}},
		{"coast.example/dam", "The Coast Post", "dam", []string{"Dora Prot", "Emil Stelk"}, nil},
		{"coast.example/pier", "The Coast Post", "pier", []string{"Frida Marn"}, nil},
		{"north.example/kiln", "The North Star", "kiln", []string{"Frida Marn"}, nil},
		{"coast.example/lock", "The Coast Post", "lock", []string{"Gustav Ohl"}, nil},
		{"coast.example/lock", "The Coast Post", "lock", []string{"Gustav Ohl", "Gustav Ohl"}, nil}, // a later version
		{"coast.example/weir", "The Coast Post", "weir", nil, nil},
		{"north.example/weir", "The North Star", "weir", nil, nil},
	}
	tests := []struct {
		name, person string
		before       string   // who was taken out before
		gone         []string // pages
		others       int      // who goes from these pages with the person; nobody is linked
	}{
		{"alone on one page", "Eva Vogel", "", []string{"inland.example/buoy"}, 0},
		{"on an original and its copies", "Anna Lindt", "", []string{"coast.example/ferry", "north.example/ferry", "south.example/ferry"}, 2},
		{"on a copy alone", "Clara Nask", "", []string{"coast.example/mill", "north.example/mill"}, 2},
		{"on an original whose copy has another", "Boris Kest", "", []string{"coast.example/mill", "north.example/mill"}, 2},
		{"with another on one page", "Dora Prot", "", []string{"coast.example/dam"}, 1},
		{"the other of that page", "Emil Stelk", "", []string{"coast.example/dam"}, 1},
		{"one of two who have one name", "Frida Marn", "", []string{"coast.example/pier"}, 0},
		{"on two versions of a page", "Gustav Ohl", "", []string{"coast.example/lock"}, 0},
		{"after another was taken out", "Anna Lindt", "Eva Vogel", []string{"coast.example/ferry", "north.example/ferry", "south.example/ferry"}, 2},
		{"after the copies went", "Gustav Ohl", "Anna Lindt", []string{"coast.example/lock"}, 0},
		{"after one of two who have one name", "Frida Marn", "Frida Marn", []string{"north.example/kiln"}, 0},
	}
	base := studyOf(t, pages)
	if err := base.Close(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ctx := context.Background()
			dir := filepath.Join(t.TempDir(), "study")
			if err := os.CopyFS(dir, os.DirFS(base.Dir)); err != nil {
				t.Fatal(err)
			}
			s, err := Open(ctx, dir, base.opts)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			other, err := Open(ctx, dir, base.opts) // has the study open meanwhile
			if err != nil {
				t.Fatal(err)
			}
			defer other.Close()
			if _, err := other.Casebook(ctx); err != nil {
				t.Fatal(err)
			}
			remove := func(name string) *Removed {
				t.Helper()
				book, err := s.Casebook(ctx)
				if err != nil {
					t.Fatal(err)
				}
				var ids []string
				for _, c := range everybodyIn(t, book) {
					for _, m := range c.Members {
						if m.Speaker.Name == name {
							ids = append(ids, m.Speaker.At.Page+"\x00"+c.ID) // the first by page
						}
					}
				}
				slices.Sort(ids)
				if len(ids) == 0 {
					t.Fatalf("nobody is called %s", name)
				}
				_, id, _ := strings.Cut(ids[0], "\x00")
				out, err := s.Remove(ctx, Removal{Person: id, Reason: "on request", Save: true})
				if err != nil {
					t.Fatal(err)
				}
				return out
			}
			if tt.before != "" {
				remove(tt.before)
			}
			was := holding(t, s)
			out := remove(tt.person)
			now := holding(t, s)
			for _, at := range tt.gone {
				at = "https://" + at
				if was.pages[at] == "" {
					t.Fatalf("%s is no page; there are %q", at, slices.Sorted(maps.Keys(was.pages)))
				}
				delete(was.pages, at)
				maps.DeleteFunc(was.originals, func(_, in string) bool { return slices.Contains(strings.Fields(in), at) })
				maps.DeleteFunc(was.people, func(_, in string) bool { return strings.Contains(in, at) })
			}
			if len(out.Others) != tt.others || out.Pages != len(tt.gone) {
				t.Errorf("%d pages went and %d others with them, want %d and %d", out.Pages, len(out.Others), len(tt.gone), tt.others)
			}
			same := func(what string, was, now map[string]string) {
				t.Helper()
				if !maps.Equal(was, now) {
					t.Errorf("%s are\n%q\nand should be\n%q", what, now, was)
				}
			}
			same("pages", was.pages, now.pages)
			same("originals", was.originals, now.originals)
			same("people", was.people, now.people)
			for _, x := range []struct {
				what     string
				was, now map[string]string
			}{{"source", was.sources, now.sources}, {"relation", was.relations, now.relations}} {
				for k, v := range x.now {
					if x.was[k] != v || strings.Contains(k, "erased:") || strings.Contains(v, store.ErasedHash) {
						t.Errorf("%s %q is %q and was %q", x.what, k, v, x.was[k])
					}
				}
			}
			if len(was.sources)-len(now.sources) != out.Captures {
				t.Errorf("%d sources of %d are left, and %d went", len(now.sources), len(was.sources), out.Captures)
			}
			if len(now.searched) != len(now.pages) {
				t.Errorf("a search finds %d of %d pages", len(now.searched), len(now.pages))
			}
			// What was produced, and who has the study open, knows of no more.
			same("pages of who had it open", now.pages, holding(t, other).pages)
			err = filepath.WalkDir(filepath.Join(dir, outDir), func(path string, d os.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				b, err := os.ReadFile(path)
				if strings.Contains(string(b), "erased:") || strings.Contains(string(b), store.ErasedHash) {
					t.Errorf("%s names what went", path)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
			if x, err := s.Recheck(ctx, Recheck{}); err != nil || len(x.Problems) > 0 {
				t.Errorf("recheck: %v %+v", err, x.Problems)
			}
			// Derived anew from nothing it is the same.
			if _, err := s.Rebuild(ctx); err != nil {
				t.Fatal(err)
			}
			again := holding(t, s)
			same("pages, derived anew,", now.pages, again.pages)
			same("originals, derived anew,", now.originals, again.originals)
			same("relations, derived anew,", now.relations, again.relations)
		})
	}
}

// Of the public editions in the folder those are listed, and deleted when asked,
// that count the person.
func TestEditionsThatCountThePerson(t *testing.T) {
	ctx := context.Background()
	s := studyOf(t, []printed{{"inland.example/buoy", "The Inland Reader", "buoy", []string{"Eva Vogel"}, nil}})
	defer s.Close()
	publish := func(n int, dir string) {
		t.Helper()
		manifest := fmt.Appendf(nil, `{"format":1,"kind":"public","title":"Pages","edition":%d}`, n)
		at := filepath.Join(s.Dir, filepath.FromSlash(dir))
		if err := os.MkdirAll(at, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(at, "manifest.json"), manifest, 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := s.store.Checkpoint(ctx)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(manifest)
		body := recount.PublishBody{Edition: n, Manifest: hex.EncodeToString(sum[:]), Inputs: recount.HashText(dir), Seed: strings.Repeat("ab", 32), Checkpoint: c.String(), Counts: map[string]int{}}
		if _, err := s.Decide(ctx, By{}, casebook.Draft{Answer: body}); err != nil {
			t.Fatal(err)
		}
	}
	person := func(name string) (c casebook.Person) {
		t.Helper()
		book, err := s.Casebook(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range everybodyIn(t, book) {
			if c.Members[0].Speaker.Name == name {
				return c
			}
		}
		t.Fatalf("nobody is called %s", name)
		return c
	}
	publish(1, "public/edition-1") // before the page of Anna was there
	file := filepath.Join(t.TempDir(), "ferry.html")
	if err := os.WriteFile(file, []byte(printed{"coast.example/ferry", "The Coast Post", "ferry", []string{"Anna Lindt"}, nil}.html()), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Add(ctx, Offer{Paths: []string{file}}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Extract(ctx, false); err != nil {
		t.Fatal(err)
	}
	publish(2, "public/edition-2") // before she counted
	countAll(t, s)
	publish(3, "public/edition-3")
	anna := person("Anna Lindt")
	if _, err := s.Retract(ctx, []string{anna.ID}, "not sure"); err != nil {
		t.Fatal(err)
	}
	publish(4, "elsewhere/edition-4") // while she did not
	countAll(t, s)
	publish(5, "elsewhere/edition-5")
	stranger := filepath.Join(s.Dir, "stranger")
	if err := os.MkdirAll(stranger, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(stranger, "manifest.json"), []byte(`{"format":1,"kind":"public","edition":9}`), 0o600); err != nil {
		t.Fatal(err)
	}
	anna = person("Anna Lindt")
	want := []string{"elsewhere/edition-5", "public/edition-3"}
	for _, ask := range []Removal{{Person: anna.ID}, {Person: anna.ID, Save: true, Editions: true}} {
		out, err := s.Remove(ctx, ask)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(out.Editions, want) || len(out.Recall) != 2 || !strings.Contains(out.Recall[0], "edition 3 ") || !strings.Contains(out.Recall[1], "edition 5 ") {
			t.Errorf("editions %q, to be called back %q; want %q", out.Editions, out.Recall, want)
		}
		if !strings.Contains(strings.Join(out.Left, "\n"), "the public edition stranger is none that the log knows") {
			t.Errorf("left: %q", out.Left)
		}
	}
	for dir, there := range map[string]bool{"public/edition-1": true, "public/edition-2": true, "public/edition-3": false, "elsewhere/edition-4": true, "elsewhere/edition-5": false, "stranger": true} {
		if _, err := os.Stat(filepath.Join(s.Dir, filepath.FromSlash(dir))); (err == nil) != there {
			t.Errorf("%s is there: %v, want %v", dir, err == nil, there)
		}
	}
	person("Eva Vogel")
}
