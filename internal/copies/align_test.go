package copies

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"recount"
)

// relateTexts compares two texts and returns the shared pieces of both.
func relateTexts(a, b string) (recount.Relation, bool) {
	var x, y words
	x.readText(a)
	y.readText(b)
	x.frameSpeech()
	y.frameSpeech()
	var l aligner
	l.set(&x)
	return relate(&l, &x, &y)
}

func TestAlignGrowsOverEdits(t *testing.T) {
	const text = "the harbour board met on friday to hear why the dredger had lain idle since the middle of may"
	tests := []struct {
		name string
		from string
		to   string
		want string // the piece of the second text that is aligned, "" if none
	}{
		{"word for word", text, text, text},
		{"a word replaced", text, strings.Replace(text, "hear", "learn", 1), strings.Replace(text, "hear", "learn", 1)},
		{"a word dropped", text, strings.Replace(text, "idle ", "", 1), strings.Replace(text, "idle ", "", 1)},
		{"two words added", text, strings.Replace(text, "dredger", "big old dredger", 1), strings.Replace(text, "dredger", "big old dredger", 1)},
		{"words joined and damaged", text, strings.NewReplacer("on friday", "onfriday", "dredger", "dredqer").Replace(text),
			strings.NewReplacer("on friday", "onfriday", "dredger", "dredqer").Replace(text)},
		{"case and marks do not count", text, "“" + strings.ToUpper(text) + "!”", strings.ToUpper(text)},
		{"five words are too few", "we met on friday to hear it", "they met on friday to listen", ""},
		{"other words around", "a b c d e f g h", "z y a b c d e f g h x w", "a b c d e f g h"},
		{"letters of a script without spaces", "港口委员会周五开会", "昨天港口委员会周五开会了", "港口委员会周五开会"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var x, y words
			x.readText(tt.from)
			y.readText(tt.to)
			var l aligner
			l.set(&x)
			got := ""
			for _, r := range l.align(&y) {
				got += y.span(r.b0, r.b1).In(tt.to)
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestHostileTextsTakeLinearTime(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("a ", 200_000),
		strings.Repeat("a b ", 100_000),
		strings.Repeat("\"", 200_000),
		strings.Repeat("\"x\n", 100_000),
		strings.Repeat("na na na na batman ", 40_000),
	} {
		relateTexts(text, text)
		for range Origins(seq(&recount.Article{Key: "a", Name: "a", Text: clip(text, 20_000)}), seq(&recount.Article{Key: "b", Name: "b", Text: text})) {
		}
	}
}

func FuzzAlign(f *testing.F) {
	f.Add("the harbour board met on friday to hear why", "the harbour board met on Friday, to learn why")
	f.Add("“x y z” a b c d e f g h", "\"x y z' a b c d q e f g h")
	f.Add("a a a a a a a a a", "a a a a\na a a a a a")
	f.Add("\xff\xfe港口委员会周五开会 \"", "港口委员会周五开会\x00 »«")
	f.Fuzz(func(t *testing.T, a, b string) {
		if r, ok := relateTexts(a, b); ok {
			r.A, r.B = "a", "b"
			checkFuzzed(t, r, a, b)
		}
		for _, s := range []string{a, b} {
			last := 0
			eachSpeech(s, func(p recount.Span) {
				if p.Start < last || p.End <= p.Start || p.End > len(s) {
					t.Fatalf("speech %v after %d in %d bytes", p, last, len(s))
				}
				last = p.End
			})
		}
		for _, c := range Diff(a, b) {
			if c.From.Start < 0 || c.From.End > len(a) || c.From.Start > c.From.End ||
				c.To.Start < 0 || c.To.End > len(b) || c.To.Start > c.To.End {
				t.Fatalf("change %v outside texts of %d and %d bytes", c, len(a), len(b))
			}
		}
		one := &recount.Article{Key: "one", Name: "one", Text: a}
		two := &recount.Article{Key: "two", Name: "two", Text: b}
		for found := range Origins(seq(one), seq(two)) {
			for _, s := range found {
				if s.Sentence.Start < 0 || s.Sentence.End > len(a) || s.Sentence.Start >= s.Sentence.End {
					t.Fatalf("sentence %v in %d bytes", s.Sentence, len(a))
				}
			}
		}
	})
}

// checkFuzzed checks what must hold for any bytes.
func checkFuzzed(t *testing.T, r recount.Relation, a, b string) {
	t.Helper()
	if r.CoverageA < 0 || r.CoverageA > 1000 || r.CoverageB < 0 || r.CoverageB > 1000 {
		t.Fatalf("coverage %d, %d", r.CoverageA, r.CoverageB)
	}
	for _, s := range r.Spans {
		for _, p := range []struct {
			span recount.Span
			text string
		}{{s.A, a}, {s.B, b}} {
			if p.span.Start < 0 || p.span.Start >= p.span.End || p.span.End > len(p.text) {
				t.Fatalf("span %v in %d bytes", p.span, len(p.text))
			}
		}
	}
}

func TestSegmentsGiveBackWhatTheyTook(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	s := segments{dir: t.TempDir(), prefix: "x"}
	var want []uint64
	for n := range 70 { // more than fanIn, so that levels are merged
		var values []uint64
		for range 1 + n*13%200 {
			values = append(values, r.Uint64()>>(r.UintN(60)))
		}
		slices.Sort(values)
		want = append(want, values...)
		if err := s.add(values); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(want)
	var got []uint64
	if err := merge(s.names(), func(v uint64) bool { got = append(got, v); return true }); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %d values, want %d, or others", len(got), len(want))
	}
	if len(s.names()) >= fanIn {
		t.Errorf("%d segments are left, want them merged", len(s.names()))
	}
}
