package study

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/cases"
	"recount/internal/copies"
	"recount/internal/store"
)

// An aroundPile is a store with articles that are derived around in small batches.
type aroundPile struct {
	t     *testing.T
	stage *deriving
	here  map[recount.Key]*recount.Article
	fast  bool // the articles are not read by package quotes, which is not measured
}

func newPile(t *testing.T, dir string) *aroundPile {
	t.Helper()
	s, err := store.Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return pileIn(t, s)
}

func pileIn(t *testing.T, s *store.Store) *aroundPile {
	return &aroundPile{t: t, stage: &deriving{Store: s, Progress: func(string, int, int) {}}, here: map[recount.Key]*recount.Article{}}
}

// put keeps articles and reads them, as extract does.
func (p *aroundPile) put(articles []*recount.Article) {
	p.t.Helper()
	ctx := context.Background()
	var captures []recount.Capture
	var put []recount.Article
	for _, a := range articles {
		captures = append(captures, recount.Capture{Key: a.Capture, Name: a.Name})
		put = append(put, *a)
		p.here[a.Key] = a
	}
	if err := p.stage.Store.PutCaptures(ctx, captures); err != nil {
		p.t.Fatal(err)
	}
	if err := p.stage.Store.PutArticles(ctx, put); err != nil {
		p.t.Fatal(err)
	}
	if p.fast {
		var readings []recount.Reading
		for _, a := range articles {
			readings = append(readings, reading(a))
		}
		if err := p.stage.Store.PutReadings(ctx, readings); err != nil {
			p.t.Fatal(err)
		}
	} else if _, err := p.stage.read(ctx, articles); err != nil {
		p.t.Fatal(err)
	}
}

func (p *aroundPile) articles() []*recount.Article {
	var out []*recount.Article
	for _, k := range slices.Sorted(maps.Keys(p.here)) {
		out = append(out, p.here[k])
	}
	return out
}

// around derives around what changed, n pages at a time.
func (p *aroundPile) around(n int) {
	p.t.Helper()
	ctx := context.Background()
	known, err := p.stage.Store.Known(ctx)
	if err != nil {
		p.t.Fatal(err)
	}
	gone, come := difference(known, p.articles())
	for len(gone)+len(come) > 0 {
		i, j := splitBatch(gone, come, n)
		if err := p.stage.Around(ctx, gone[:i], come[:j]); err != nil {
			p.t.Fatal(err)
		}
		gone, come = gone[i:], come[j:]
	}
}

// all writes everything derived from the articles together.
func (p *aroundPile) all() []string {
	p.t.Helper()
	ctx := context.Background()
	s := p.stage.Store
	relations, err := s.Relations(ctx)
	if err != nil {
		p.t.Fatal(err)
	}
	originals, err := s.Originals(ctx)
	if err != nil {
		p.t.Fatal(err)
	}
	suggestions, err := s.Suggestions(ctx)
	if err != nil {
		p.t.Fatal(err)
	}
	known, err := s.Known(ctx)
	if err != nil {
		p.t.Fatal(err)
	}
	var out []string
	for _, r := range relations {
		out = append(out, fmt.Sprint("relation ", r))
	}
	for _, o := range originals {
		out = append(out, fmt.Sprint("original ", o))
	}
	for _, g := range suggestions {
		out = append(out, fmt.Sprint("suggestion ", g))
	}
	err = s.Derive(ctx, func(d *store.Derivation) error {
		keys := map[uint32]recount.Key{}
		for _, k := range known {
			keys[k.Number] = k.Article
		}
		for _, k := range known {
			h, err := d.Page(k.Number)
			if err != nil {
				return err
			}
			h.Number = 0
			words, err := d.Words(k.Number)
			if err != nil {
				return err
			}
			b, err := d.People(k.Number)
			if err != nil {
				return err
			}
			people, err := cases.DecodePeople(b)
			if err != nil {
				return err
			}
			out = append(out, fmt.Sprintf("page %+v %x %v", *h, words, people))
			from, _, err := d.Passages(k.Number)
			if err != nil {
				return err
			}
			for _, x := range from {
				out = append(out, fmt.Sprint("passage ", keys[x.Page], keys[x.Source], x.Sentences, x.Taken))
			}
			if k.Article[0] > 0x33 {
				continue // some are enough
			}
			pg, err := copies.DecodePage(&copies.Head{Mark: copies.Mark{Number: k.Number}}, words)
			if err != nil {
				return err
			}
			who := &cases.Page{Number: k.Number, People: people}
			for _, x := range append(features(pg), deriveNames(who)...) {
				holders, err := d.Holders(x.Index, x.Feature)
				if err != nil {
					return err
				}
				var at []string
				for _, n := range holders {
					if keys[n] == "" {
						at = append(at, "a page that is gone")
					}
					at = append(at, string(keys[n]))
				}
				if !slices.Contains(holders, k.Number) {
					at = append(at, "not the page itself")
				}
				slices.Sort(at)
				out = append(out, fmt.Sprint("posting ", x.Index, x.Feature, at))
			}
		}
		return nil
	})
	if err != nil {
		p.t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// Articles that arrive in any order and in any batches, go again or get another
// text leave what deriving all of them at once leaves.
func TestAroundEqualsAtOnce(t *testing.T) {
	ctx := context.Background()
	press := newPress()
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 8))
		p := newPile(t, t.TempDir())
		people := 15 + 30*int(seed)
		var waiting []*recount.Article
		for i := range 90 {
			waiting = append(waiting, press.article(uint64(i), people))
		}
		r.Shuffle(len(waiting), func(i, j int) { waiting[i], waiting[j] = waiting[j], waiting[i] })
		for step := 0; len(waiting) > 0; step++ {
			n := min(len(waiting), 1+r.IntN(12))
			p.put(waiting[:n])
			waiting = waiting[n:]
			for _, k := range slices.Sorted(maps.Keys(p.here)) {
				switch r.IntN(25) {
				case 0:
					delete(p.here, k)
				case 1: // the page has the text of another now
					b := *press.article(uint64(100+r.IntN(40)), people)
					b.Key, b.Name, b.Capture = k, p.here[k].Name, p.here[k].Capture
					p.put([]*recount.Article{&b})
				case 2: // its text was erased
					b := *p.here[k]
					b.Text, b.Blocks = "", nil
					if r.IntN(3) == 0 {
						p.put([]*recount.Article{&b})
					}
				}
			}
			p.around(1 + r.IntN(8))
			if step%5 != 4 && len(waiting) > 0 {
				continue
			}
			got := p.all()
			if err := p.stage.whole(ctx, p.articles()); err != nil {
				t.Fatal(err)
			}
			if want := p.all(); !slices.Equal(got, want) {
				t.Fatalf("seed %d, step %d, %d articles: %s", seed, step, len(p.here), deriveDiffer(got, want))
			}
		}
	}
}

// deriveDiffer names the first lines that are in one list only.
func deriveDiffer(got, want []string) string {
	var b strings.Builder
	for _, x := range []struct {
		what    string
		of, not []string
	}{{"too much", got, want}, {"missing", want, got}} {
		n := 0
		for _, line := range x.of {
			if _, ok := slices.BinarySearch(x.not, line); !ok && n < 4 {
				n++
				fmt.Fprintf(&b, "\n%s: %.300s", x.what, line)
			}
		}
	}
	return b.String()
}
