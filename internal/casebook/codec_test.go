package casebook

import (
	"bytes"
	"math/rand"
	"os"
	"reflect"
	"regexp"
	"testing"
	"testing/quick"

	"recount"
	"recount/internal/store"
)

// What is packed comes back as it was, nil and empty lists apart, in the same
// bytes each time, for every kind of answer with anything in it.
func TestPackedComesBack(t *testing.T) {
	words := newWords()
	c, _ := blocks(words)
	rnd := rand.New(rand.NewSource(3))
	for kind, is := range c.union {
		for range 50 {
			v, ok := quick.Value(is, rnd)
			if !ok {
				t.Fatalf("%s: nothing to try", kind)
			}
			head, _ := quick.Value(reflect.TypeFor[store.Head](), rnd)
			x := packedBlock{
				Pages: []packedPage{{Article: "a", Heads: []store.Head{head.Interface().(store.Head)}, Speakers: newReadPage([]store.SpeakerRow{{ID: "s1", Kind: recount.Named, Inside: 2, Mentions: []recount.Span{{Start: 3, End: 1 << 31}}}, {Gender: "x"}}, words)}, {}},
				Decisions: []packedDecision{{Header: recount.Header{ID: "1", Kind: recount.Kind(kind), Base: []string{}, Replaces: []string{"2"}}, Answer: v.Interface().(recount.Answer)},
					{Erased: true}, {Body: []byte("{}"), Placed: true, Places: []packedPlace{{Found: 3}}}},
			}
			b := c.pack(&x)
			var y packedBlock
			if err := c.unpack(b, &y); err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			if !reflect.DeepEqual(x, y) {
				t.Fatalf("%s: packed\n%+v\ncame back\n%+v", kind, x, y)
			}
			again, _ := blocks(words)
			if !bytes.Equal(b, again.pack(&y)) {
				t.Fatalf("%s: the same packed twice gives other bytes", kind)
			}
			for _, short := range []int{0, 1, len(b) / 2, len(b) - 1} {
				if err := c.unpack(b[:short], new(packedBlock)); err == nil {
					t.Fatalf("%s: the first %d bytes of %d were taken for all", kind, short, len(b))
				}
			}
		}
	}
}

// Every kind of answer that there is can be packed.
func TestEveryAnswerCanBePacked(t *testing.T) {
	source, err := os.ReadFile("../../answer.go")
	if err != nil {
		t.Fatal(err)
	}
	c, _ := blocks(newWords())
	all := regexp.MustCompile(`func \((?:\w+ )?(\w+)\) Kind\(\) Kind`).FindAllSubmatch(source, -1)
	if len(all) != len(c.union) {
		t.Errorf("%d kinds of answers can be packed; want %d", len(c.union), len(all))
	}
	known := map[string]bool{}
	for _, is := range c.union {
		known[is.Name()] = true
	}
	for _, m := range all {
		if !known[string(m[1])] {
			t.Errorf("a %s cannot be packed", m[1])
		}
	}
}

// The name of the form changes with whatever is packed.
func TestFormNamesTheTypes(t *testing.T) {
	type one struct{ A, B string }
	type two struct{ A, C string }
	type three struct {
		A string
		B []string
	}
	c := newCodec(newWords(), map[string]any{"x": one{}})
	other := newCodec(newWords(), map[string]any{"x": one{}, "y": two{}})
	type holds struct{ X any }
	seen := map[string]bool{}
	for _, form := range []string{c.form(reflect.TypeFor[one]()), c.form(reflect.TypeFor[two]()), c.form(reflect.TypeFor[three]()),
		c.form(reflect.TypeFor[holds]()), other.form(reflect.TypeFor[holds]())} {
		if seen[form] {
			t.Error("two types have one form")
		}
		seen[form] = true
	}
	if c.form(reflect.TypeFor[three]()) != newCodec(newWords(), nil).form(reflect.TypeFor[three]()) {
		t.Error("one type has two forms")
	}
}

// Bytes that nobody packed give an error or a value, and what was taken for a
// value can be packed and comes back.
func FuzzUnpack(f *testing.F) {
	c, _ := blocks(newWords())
	rnd := rand.New(rand.NewSource(5))
	for _, is := range c.union {
		if v, ok := quick.Value(is, rnd); ok {
			f.Add(c.pack(&packedBlock{Pages: []packedPage{{Speakers: newReadPage([]store.SpeakerRow{{ID: "s1", Mentions: []recount.Span{{Start: 3, End: 4}}}}, c.words)}}, Decisions: []packedDecision{{Answer: v.Interface().(recount.Answer)}}}))
		}
	}
	f.Add([]byte{})
	f.Add(bytes.Repeat([]byte{0xff}, 30))
	f.Add(bytes.Repeat([]byte{1}, 3000))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, _ := blocks(newWords())
		var x, y packedBlock
		if c.unpack(b, &x) != nil {
			return
		}
		if err := c.unpack(c.pack(&x), &y); err != nil || !reflect.DeepEqual(x, y) {
			t.Errorf("%x came back otherwise, %v", b, err)
		}
	})
}
