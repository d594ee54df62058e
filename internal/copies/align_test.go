package copies

import (
	"strings"
	"testing"

	"recount"
)

// relateTexts compares two texts and returns the shared pieces of both.
func relateTexts(a, b string) (recount.Relation, bool) {
	var x, y Words
	x.ReadText(a)
	y.ReadText(b)
	x.FrameSpeech()
	y.FrameSpeech()
	var l aligner
	l.Set(&x)
	return relate(&l, &x, &y)
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
		for range Origins(seq(&recount.Article{Key: "a", Name: "a", Text: text[:min(len(text), 20_000)]}), seq(&recount.Article{Key: "b", Name: "b", Text: text})) {
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
