package recount

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSentencesAt(t *testing.T) {
	const text = "One went. Two stayed. Three sang."
	r := &Reading{Sentences: []Sentence{{Span: Span{0, 9}}, {Span: Span{10, 21}}, {Span: Span{22, 99}}}} // the last one is of another text
	tests := []struct {
		r     *Reading
		at    Span
		want  string
		found bool
	}{
		{r, Span{0, 3}, "One went.", true},
		{r, Span{10, 21}, "Two stayed.", true},
		{r, Span{4, 13}, "One went. Two stayed.", true},
		{r, Span{9, 10}, " ", false},
		{r, Span{22, 27}, "Three", false},
		{&Reading{}, Span{0, 3}, "One", false},
		{nil, Span{0, 3}, "One", false},
	}
	for _, tt := range tests {
		if got, found := tt.r.SentencesAt(text, tt.at); got.In(text) != tt.want || found != tt.found {
			t.Errorf("SentencesAt(%v) = %q, %v; want %q, %v", tt.at, got.In(text), found, tt.want, tt.found)
		}
	}
}

// Spoken counts as one that compares each statement with each sentence does.
func TestSpoken(t *testing.T) {
	rnd := rand.New(rand.NewPCG(16, 1))
	for range 300 {
		var r Reading
		for range rnd.IntN(6) {
			at := rnd.IntN(50)
			r.Sentences = append(r.Sentences, Sentence{Span: Span{at, at + rnd.IntN(20)}, Role: []Role{Body, OffTopic}[rnd.IntN(2)]})
		}
		want := map[string]SpeechCount{}
		for range rnd.IntN(8) {
			at := rnd.IntN(60)
			x := Statement{Speaker: string(rune('a' + rnd.IntN(3)))}
			x.Speech = rnd.IntN(4) > 0
			if rnd.IntN(5) > 0 {
				x.Content = []Span{{at, at + rnd.IntN(8)}}
			}
			r.Statements = append(r.Statements, x)
			if !x.Speech || len(x.Content) == 0 {
				continue
			}
			n := want[x.Speaker]
			if slices.ContainsFunc(r.Sentences, func(s Sentence) bool { return s.Role == OffTopic && s.Span.Overlaps(x.Content[0]) }) {
				n.Elsewhere++
			} else {
				n.Inside++
			}
			want[x.Speaker] = n
		}
		if got := r.Spoken(); !maps.Equal(got, want) {
			t.Fatalf("%+v\n%+v\ngives %v, want %v", r.Sentences, r.Statements, got, want)
		}
	}
}
