package copies

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"recount"
)

// A shelf of pages in memory, as a store would keep them.
type kept struct {
	t         *testing.T
	next      uint32
	heads     map[uint32]*Head
	words     map[uint32][]byte
	numbers   map[recount.Key]uint32
	holders   map[featured][]uint32
	relations map[[2]recount.Key]Found
	originals map[recount.Key]recount.Original
	passages  map[[2]uint32]Passage
}

func newKept(t *testing.T) *kept {
	return &kept{t: t, heads: map[uint32]*Head{}, words: map[uint32][]byte{}, numbers: map[recount.Key]uint32{}, holders: map[featured][]uint32{},
		relations: map[[2]recount.Key]Found{}, originals: map[recount.Key]recount.Original{}, passages: map[[2]uint32]Passage{}}
}

func (k *kept) index() *Index {
	return &Index{
		Holders: func(of Feature, f uint64) ([]uint32, error) { return k.holders[featured{of, f}], nil },
		Head: func(n uint32) (*Head, error) {
			if k.heads[n] == nil {
				return nil, fmt.Errorf("page %d: %w", n, recount.ErrNotFound)
			}
			return k.heads[n], nil
		},
		Mark: func(n uint32) (*Mark, error) { return &k.heads[n].Mark, nil },
		Number: func(key recount.Key) (uint32, error) {
			n, ok := k.numbers[key]
			if !ok {
				return 0, recount.ErrNotFound
			}
			return n, nil
		},
		Words: func(n uint32) ([]byte, error) { return k.words[n], nil },
		Relations: func(key recount.Key) (out []Found, err error) {
			for p, r := range k.relations {
				if p[0] == key || p[1] == key {
					out = append(out, r)
				}
			}
			return out, nil
		},
		Passages: func(n uint32) (from, by []Passage, err error) {
			for p, x := range k.passages {
				if p[0] == n {
					from = append(from, x)
				}
				if p[1] == n {
					by = append(by, x)
				}
			}
			return from, by, nil
		},
		Original: func(key recount.Key) (recount.Original, error) {
			o, ok := k.originals[key]
			if !ok {
				return o, recount.ErrNotFound
			}
			return o, nil
		},
	}
}

// change takes articles out and puts others in.
func (k *kept) change(gone []recount.Key, come []*recount.Article) {
	k.t.Helper()
	var numbers []uint32
	for _, g := range gone {
		numbers = append(numbers, k.numbers[g])
	}
	var pages []*Page
	for _, a := range come {
		p := ReadPage(a)
		p.Number = k.next
		k.next++
		pages = append(pages, p)
	}
	d, err := k.index().Around(numbers, pages)
	if err != nil {
		k.t.Fatal(err)
	}
	for _, n := range numbers {
		delete(k.numbers, k.heads[n].Key)
		delete(k.heads, n)
		delete(k.words, n)
	}
	for f, hs := range k.holders {
		k.holders[f] = slices.DeleteFunc(hs, func(n uint32) bool { return slices.Contains(numbers, n) })
	}
	for _, p := range pages {
		k.words[p.Number] = p.Words()
		k.numbers[p.Key] = p.Number
		for _, of := range []Feature{Shingles, Phrases} {
			for _, f := range p.Features(of) {
				k.holders[featured{of, f}] = append(k.holders[featured{of, f}], p.Number)
			}
		}
	}
	for _, h := range d.Heads {
		k.heads[h.Number] = h
	}
	for _, p := range d.DropRelations {
		delete(k.relations, p)
	}
	for _, r := range d.PutRelations {
		k.relations[[2]recount.Key{r.A, r.B}] = r
	}
	for _, o := range d.DropOriginals {
		delete(k.originals, o)
	}
	for _, o := range d.PutOriginals {
		k.originals[o.Key] = o
	}
	for _, p := range d.DropPassages {
		delete(k.passages, p)
	}
	for _, p := range d.PutPassages {
		k.passages[[2]uint32{p.Page, p.Source}] = p
	}
}

// all writes everything that is kept, numbers as keys.
func (k *kept) all() []string {
	var out []string
	for _, n := range slices.Sorted(maps.Keys(k.heads)) {
		out = append(out, headLine(k.heads[n]))
	}
	for _, r := range k.relations {
		out = append(out, fmt.Sprint("relation ", r))
	}
	for _, o := range k.originals {
		out = append(out, fmt.Sprint("original ", o))
	}
	for _, p := range k.passages {
		out = append(out, passageLine(p, func(n uint32) *Head { return k.heads[n] }))
	}
	slices.Sort(out)
	return out
}

func headLine(h *Head) string {
	c := *h
	c.Number = 0
	return fmt.Sprintf("head %+v", c)
}

func passageLine(p Passage, head func(uint32) *Head) string {
	return fmt.Sprint("passage ", head(p.Page).Key, " ", head(p.Source).Key, " ", p.Of, p.Taken)
}

// atOnce writes what All finds in articles, in the same way.
func atOnce(t *testing.T, articles []*recount.Article) []string {
	t.Helper()
	articles = slices.Clone(articles)
	slices.SortFunc(articles, func(x, y *recount.Article) int { return cmp.Compare(x.Key, y.Key) })
	c, err := All(articles, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var out []string
	for _, h := range c.Heads {
		out = append(out, headLine(h))
	}
	for _, r := range c.Relations {
		out = append(out, fmt.Sprint("relation ", r))
	}
	for _, o := range c.Originals {
		out = append(out, fmt.Sprint("original ", o))
	}
	for _, p := range c.Passages {
		out = append(out, passageLine(p, func(n uint32) *Head { return c.Heads[n] }))
	}
	slices.Sort(out)
	return out
}

// clippings makes small articles that take from one another in every way: whole,
// in part, a quotation, sentence by sentence, with footers that cross the limits
// of what is common.
type clippings struct {
	r       *rand.Rand
	p       *press
	stories [][]string
	few     bool // stories, so that pages take from the same ones again and again
	n       int
}

func (c *clippings) story() []string {
	var out []string
	for range 8 + c.r.IntN(10) {
		var ws []string
		for range 6 + c.r.IntN(14) {
			ws = append(ws, c.p.vocabulary[c.r.IntN(4000)])
		}
		s := strings.ToUpper(ws[0][:1]) + strings.Join(ws, " ")[1:]
		if c.r.IntN(4) == 0 {
			s = "“" + s + ",” an official said"
		}
		out = append(out, s+".")
	}
	return out
}

func (c *clippings) changed(s string) string {
	ws := strings.Split(s, " ")
	ws[c.r.IntN(len(ws))] = c.p.vocabulary[c.r.IntN(1000)]
	return strings.Join(ws, " ")
}

func (c *clippings) article() *recount.Article {
	c.n++
	var own []string
	earlier := func() []string { return c.stories[c.r.IntN(len(c.stories))] }
	switch k := c.r.IntN(12); {
	case len(c.stories) < 4 || k < 3 && (!c.few || len(c.stories) < 7):
		own = c.story()
		c.stories = append(c.stories, own)
	case k <= 3:
		own = earlier()
	case k == 4:
		own = earlier()
		own = own[:len(own)*2/3]
	case k == 5:
		for _, s := range earlier() {
			own = append(own, c.changed(s))
		}
	case k == 6:
		own = append(slices.Clone(earlier()[:3+c.r.IntN(3)]), c.story()...)
	case k == 7: // two stories on one page
		own = append(slices.Clone(earlier()), earlier()...)
	case k == 8: // put together from passages
		for range 3 + c.r.IntN(2) {
			own = append(own, earlier()[2:7]...)
		}
	case k == 9, k == 10: // put together sentence by sentence
		for range 4 {
			from := earlier()
			for range 3 {
				own = append(own, c.changed(from[c.r.IntN(len(from))]))
			}
		}
	default:
		own = c.story()
		copy(own[2:], earlier()[2:4])
	}
	outlet := c.r.IntN(4)
	if c.r.IntN(3) > 0 {
		outlet = 0
	}
	a := &recount.Article{Key: recount.KeyOf("clipping", fmt.Sprint(c.n), fmt.Sprint(c.r.Uint64())), Name: fmt.Sprint(c.n), Outlet: fmt.Sprint("Outlet ", outlet)}
	footer := fmt.Sprintf("Subscribe to outlet number %d for more stories of this kind and get the weekly letter in your mail every day.", outlet)
	a.Text = strings.Join(append(slices.Clone(own), footer), "\n")
	switch c.r.IntN(4) {
	case 0:
		a.Published = fmt.Sprintf("2031-%02d", 1+c.r.IntN(3))
	case 1:
	default:
		a.Published = fmt.Sprintf("2031-%02d-%02d", 1+c.r.IntN(3), 1+c.r.IntN(28))
	}
	if c.r.IntN(15) == 0 {
		a.URL = "https://one.example/page"
	}
	return a
}

// Taking articles in and out in any order and in any batches leaves what all
// of them at once give.
func TestAroundEqualsAtOnce(t *testing.T) {
	p := newPress()
	for seed := range uint64(16) {
		r := rand.New(rand.NewPCG(seed, 9))
		c := &clippings{r: r, p: p, few: seed >= 8}
		k := newKept(t)
		here := map[recount.Key]*recount.Article{}
		for step := range 30 {
			var gone []recount.Key
			var come []*recount.Article
			for _, key := range slices.Sorted(maps.Keys(here)) {
				switch r.IntN(30) {
				case 0: // goes
					gone = append(gone, key)
					delete(here, key)
				case 1: // has another text now
					b := *c.article()
					b.Key = key
					gone, come = append(gone, key), append(come, &b)
					here[key] = &b
				}
			}
			many := 1 + r.IntN(1+step%7*2)
			if c.few {
				many = 1 + r.IntN(2)
			}
			for range many {
				a := c.article()
				come = append(come, a)
				here[a.Key] = a
			}
			k.change(gone, come)
			if step%6 != 5 && !c.few {
				continue
			}
			got, want := k.all(), atOnce(t, slices.Collect(maps.Values(here)))
			if !slices.Equal(got, want) {
				t.Fatalf("seed %d, step %d, %d articles: %s", seed, step, len(here), differences(got, want))
			}
		}
	}
}

// differences names the first lines that are in one list only.
func differences(got, want []string) string {
	var b strings.Builder
	n := 0
	for _, x := range got {
		if _, ok := slices.BinarySearch(want, x); !ok && n < 4 {
			n++
			fmt.Fprintf(&b, "\ntoo much: %.400s", x)
		}
	}
	n = 0
	for _, x := range want {
		if _, ok := slices.BinarySearch(got, x); !ok && n < 4 {
			n++
			fmt.Fprintf(&b, "\nmissing: %.400s", x)
		}
	}
	return b.String()
}

// Of the pages put together sentence by sentence, All marks as many as looking
// up every sentence in every page does, and no others.
func TestSplicedAtOnce(t *testing.T) {
	docs := readDocs(t, measure(t, "gold/mash_dev.docs.jsonl"), func(kind string) bool { return true })
	made := map[recount.Key]bool{}
	for _, a := range readDocs(t, measure(t, "gold/mash_dev.docs.jsonl"), func(kind string) bool { return kind == "mash" }) {
		made[a.Key] = true
	}
	slices.SortFunc(docs, func(x, y *recount.Article) int { return cmp.Compare(x.Key, y.Key) })
	var relations []recount.Relation
	for r, err := range Find(slices.Values(docs), t.TempDir()) {
		if err != nil {
			t.Fatal(err)
		}
		relations = append(relations, r)
	}
	var from [][]recount.SentenceOrigin
	for o := range Origins(slices.Values(docs), slices.Values(docs)) {
		from = append(from, o)
	}
	c, err := All(docs, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	count := func(name string, found []recount.Original) (right, wrong int) {
		for _, o := range found {
			if o.Spliced && made[o.Members[0]] {
				right++
			} else if o.Spliced {
				wrong++
			}
		}
		t.Logf("%s: %d of %d pages put together are marked, and %d others of %d", name, right, len(made), wrong, len(docs)-len(made))
		return right, wrong
	}
	rightThen, wrongThen := count("every sentence in every page", Splice(docs, Originals(slices.Values(docs), relations), from))
	right, wrong := count("at once", c.Originals)
	if right < rightThen || wrong > wrongThen {
		t.Errorf("%d right and %d wrong; want at least %d and at most %d", right, wrong, rightThen, wrongThen)
	}
}

// A page that joins two of the stories from which another one was put together
// changes what that one is, although the two share nothing.
func TestAroundReachesPagesThatShareNothing(t *testing.T) {
	c := &clippings{r: rand.New(rand.NewPCG(3, 3)), p: newPress()}
	story := func() (out []string) {
		for len(out) < 16 {
			out = append(out, c.story()...)
		}
		return out[:16]
	}
	one, two, three := story(), story(), story()
	write := func(name, published string, sentences ...[]string) *recount.Article {
		return &recount.Article{Key: recount.KeyOf(name), Name: name, Outlet: name, Published: published, Text: strings.Join(slices.Concat(sentences...), "\n")}
	}
	pages := []*recount.Article{write("one", "2031-02-01", one), write("two", "2031-02-02", two), write("three", "2031-02-03", three),
		write("composite", "2031-02-09", one[:6], two[:6], three[:6])}
	// In one sentence, so that nothing is known of its sentences.
	breathless := write("breathless", "2031-02-09", one[:6], two[:6], three[:6])
	breathless.Text = strings.NewReplacer(".", "", "\n", " ").Replace(breathless.Text)
	for _, tt := range []struct {
		name, published    string
		isComposite        *recount.Article
		composite, spliced bool // the composite page, once the page joins two stories
	}{
		{"the long text of which both are cuts", "2031-01-01", pages[3], false, false},
		{"two stories on one page", "2031-02-05", pages[3], false, true},
		{"the long text, and one long sentence", "2031-01-01", breathless, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k := newKept(t)
			pages := append(slices.Clone(pages[:3]), tt.isComposite)
			joint := write("joint "+tt.name, tt.published, one[7:], two[7:])
			look := func(when string, articles []*recount.Article, composite, spliced bool) {
				t.Helper()
				if got, want := k.all(), atOnce(t, articles); !slices.Equal(got, want) {
					t.Errorf("%s: %s", when, differences(got, want))
				}
				h := k.heads[k.numbers[pages[3].Key]]
				if o := k.originals[h.Original]; h.Composite != composite || o.Spliced != spliced {
					t.Errorf("%s: composite %t, spliced %t; want %t, %t", when, h.Composite, o.Spliced, composite, spliced)
				}
			}
			k.change(nil, pages)
			look("before", pages, true, true)
			k.change(nil, []*recount.Article{joint})
			look("with the page", append(slices.Clone(pages), joint), tt.composite, tt.spliced)
			k.change([]recount.Key{joint.Key}, nil)
			look("without it", pages, true, true)
		})
	}
}
