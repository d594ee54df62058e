package cases

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"recount"
)

// kept is people and suggestions in memory, as a store would keep them.
type kept struct {
	t         *testing.T
	next      uint32
	pages     map[uint32]*Page
	numbers   map[recount.Key]uint32
	texts     map[recount.Key]string
	relations map[[2]recount.Key]recount.Relation
	found     map[[2]recount.Key]recount.Suggestion
}

func (k *kept) index() *Index {
	return &Index{
		Holders: func(b uint64) (out []uint32, err error) {
			for n, p := range k.pages {
				if _, ok := slices.BinarySearch(p.Blocks(), b); ok {
					out = append(out, n)
				}
			}
			return out, nil
		},
		People: func(n uint32) (*Page, error) {
			p := *k.pages[n]
			p.Text, p.profiles = "", nil
			return &p, nil
		},
		Suggestions: func(a recount.Key) (out []recount.Suggestion, err error) {
			for p, g := range k.found {
				if p[0] == a {
					out = append(out, g)
				}
			}
			return out, nil
		},
		Number: func(a recount.Key) (uint32, error) { return k.numbers[a], nil },
		Relations: func(a recount.Key) (out []recount.Relation, err error) {
			for p, r := range k.relations {
				if p[0] == a || p[1] == a {
					out = append(out, r)
				}
			}
			return out, nil
		},
		Text: func(a recount.Key) (string, error) { return k.texts[a], nil },
	}
}

// speakerIn writes a paragraph in which somebody speaks, as record marks it.
func speakerIn(r *rand.Rand, names []string, last string) (text, name string, kind recount.SpeakerKind) {
	first := strings.Fields("Ines Omar Sami Taras Lena Marta Ivo Petra")[r.IntN(8)]
	name, kind = first+" "+names[r.IntN(len(names))], recount.Named
	switch r.IntN(8) {
	case 0:
		name = names[r.IntN(len(names))]
	case 1:
		name, kind = "Abu "+names[r.IntN(len(names))], recount.Pseudonym
	case 2:
		name, kind = "one former medic", recount.Anonymous
	case 3, 4:
		name = first + " " + last
	case 5:
		if last == "Brandt" {
			name = last
		}
	}
	said := strings.Join([]string{"We carried the boats over", "the bread was late and we", "nobody asked why we left", "in the dark over the ridge", "all of May was cold there"}[r.IntN(3):], " ")
	text = "‹" + said + "›, said " + name
	if r.IntN(3) == 0 {
		text += fmt.Sprintf(", %d", 20+r.IntN(50))
	}
	if r.IntN(3) == 0 {
		text += " from Lomar"
	}
	return text + ".", name, kind
}

func TestAroundEqualsPropose(t *testing.T) {
	genders := []recount.Gender{recount.Woman, recount.Man, recount.UnknownGender}
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 4))
		names := strings.Fields("Ravel Dali Hadidi Boiko Ostrow Kessler Voss Torrance Malik Sorin")
		k := &kept{t: t, next: 1, pages: map[uint32]*Page{}, numbers: map[recount.Key]uint32{}, texts: map[recount.Key]string{},
			relations: map[[2]recount.Key]recount.Relation{}, found: map[[2]recount.Key]recount.Suggestion{}}
		records := map[recount.Key][]Record{}
		n := 0
		steps := 40
		last, crowd := "Marlow", 1
		if seed == 7 {
			steps, crowd, last = 8, 90, "Brandt" // a name becomes too common, and is again not
		}
		for step := range steps {
			var gone []uint32
			var come []*Page
			var related [][2]recount.Key
			out := func(key recount.Key) {
				gone = append(gone, k.numbers[key])
				delete(k.numbers, key)
				delete(records, key)
				for p := range k.relations {
					if p[0] == key || p[1] == key {
						delete(k.relations, p)
					}
				}
			}
			in := func(key recount.Key) {
				var rs []Record
				for range 1 + r.IntN(2) {
					text, name, kind := speakerIn(r, names, last)
					rec := record(string(key), text, name, kind, genders[r.IntN(3)])
					if len(rs) > 0 { // further down on the same page
						rec.Article, rec.Contents = rs[0].Article, rs[0].Contents
					}
					rs = append(rs, rec)
				}
				p := &Page{Number: k.next, Article: key, Text: rs[0].Article.Text}
				k.next++
				p.People, p.Within = peopleOf(rs)
				records[key], come = rs, append(come, p)
			}
			going := 30
			if seed == 7 && step >= 6 {
				going = 5
			}
			for _, key := range slices.Sorted(maps.Keys(records)) {
				switch r.IntN(going) {
				case 0:
					out(key)
				case 1:
					out(key)
					if seed != 7 {
						in(key)
					}
				}
			}
			for range crowd * (1 + r.IntN(3)) {
				n++
				if seed == 7 && step >= 6 {
					break
				}
				in(recount.KeyOf("page", fmt.Sprint(seed, n)))
			}
			// passages that articles share, or no longer
			for p := range k.relations {
				if k.numbers[p[0]] != 0 && k.numbers[p[1]] != 0 && len(k.relations)%5 == step%5 {
					related = append(related, p)
					delete(k.relations, p)
					break
				}
			}
			keys := slices.Sorted(maps.Keys(records))
			for range 3 {
				a, b := keys[r.IntN(len(keys))], keys[r.IntN(len(keys))]
				if a >= b {
					continue
				}
				x, y := records[a][0].Contents[0], records[b][0].Contents[0]
				k.relations[[2]recount.Key{a, b}] = recount.Relation{A: a, B: b, Kind: recount.Partial, Spans: []recount.Alignment{{A: x, B: y}}}
				related = append(related, [2]recount.Key{a, b})
			}
			for _, p := range come {
				k.numbers[p.Article] = p.Number
				k.texts[p.Article] = p.Text
			}
			d, err := k.index().Around(gone, come, related)
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range gone {
				delete(k.pages, g)
			}
			for _, p := range come {
				k.pages[p.Number] = p
			}
			for _, s := range d.DropOf {
				maps.DeleteFunc(k.found, func(p [2]recount.Key, _ recount.Suggestion) bool { return p[0] == s || p[1] == s })
			}
			for _, p := range d.Drop {
				delete(k.found, p)
			}
			for _, g := range d.Put {
				k.found[[2]recount.Key{g.A, g.B}] = g
			}
			if step%5 != 4 && seed != 7 {
				continue
			}
			var all []Record
			for _, rs := range records {
				all = append(all, rs...)
			}
			want := Propose(all, slices.SortedFunc(maps.Values(k.relations), func(x, y recount.Relation) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) }))
			got := slices.SortedFunc(maps.Values(k.found), func(x, y recount.Suggestion) int {
				return cmp.Or(cmp.Compare(y.Weight, x.Weight), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
			})
			if len(want) == 0 || !slices.EqualFunc(got, want, func(x, y recount.Suggestion) bool { return reflect.DeepEqual(x, y) }) {
				t.Fatalf("seed %d, step %d, %d pages: %d suggestions, at once %d", seed, step, len(k.pages), len(got), len(want))
			}
		}
	}
}

// A page that names one speaker twice gives one suggestion for each pair: the
// heavier one, whichever comes first.
func TestOneSpeakerTwice(t *testing.T) {
	a := record("a", "‹I left in May›, said Ines Ravel.", "Ines Ravel", recount.Named, recount.Woman)
	b := record("b", "‹I left in June›, said Ines Ravel.", "Ines Ravel", recount.Named, recount.Woman)
	c := b
	c.Speaker.Gender = recount.UnknownGender
	one, two := Propose([]Record{a, b, c}, nil), Propose([]Record{c, b, a}, nil)
	if len(one) != 1 || !reflect.DeepEqual(one, two) || one[0].Weight != Propose([]Record{a, b}, nil)[0].Weight {
		t.Errorf("Propose = %v and in another order %v; want the pair once, with the genders", one, two)
	}
}

// A name that stands in one article too many proves nothing, and does again
// when one of them is gone.
func TestABlockBecomesTooLarge(t *testing.T) {
	k := &kept{t: t, next: 1, pages: map[uint32]*Page{}, numbers: map[recount.Key]uint32{}, found: map[[2]recount.Key]recount.Suggestion{}}
	var records []Record
	page := func(i int) *Page {
		name := "Brandt"
		if i%40 == 0 {
			name = "Ines Brandt"
		}
		r := record(string(recount.KeyOf("crowd", fmt.Sprint(i))), "‹We left.› "+name+" said.", name, recount.Named, recount.UnknownGender)
		records = append(records, r)
		k.next++
		people, within := peopleOf([]Record{r})
		return &Page{Number: k.next, Article: r.Article.Key, Text: r.Article.Text, People: people, Within: within}
	}
	change := func(gone []uint32, come []*Page) {
		d, err := k.index().Around(gone, come, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range gone {
			delete(k.pages, n)
		}
		for _, p := range come {
			k.pages[p.Number] = p
		}
		for _, s := range d.DropOf {
			maps.DeleteFunc(k.found, func(p [2]recount.Key, _ recount.Suggestion) bool { return p[0] == s || p[1] == s })
		}
		for _, p := range d.Drop {
			delete(k.found, p)
		}
		for _, g := range d.Put {
			k.found[[2]recount.Key{g.A, g.B}] = g
		}
	}
	look := func(when string, few bool) {
		t.Helper()
		want := Propose(records, nil)
		if len(k.found) != len(want) || few != (len(want) < 1000) {
			t.Errorf("%s: %d suggestions, at once %d; few: %t", when, len(k.found), len(want), few)
		}
		for _, g := range want {
			if !reflect.DeepEqual(k.found[[2]recount.Key{g.A, g.B}], g) {
				t.Fatalf("%s: %v, at once %v", when, k.found[[2]recount.Key{g.A, g.B}], g)
			}
		}
	}
	var first []*Page
	for i := range blockCap {
		first = append(first, page(i))
	}
	change(nil, first)
	look("as many as may be", false)
	last := page(blockCap + 1)
	change(nil, []*Page{last})
	look("one more", true)
	records = records[:blockCap]
	change([]uint32{last.Number}, nil)
	look("without it", false)
}
