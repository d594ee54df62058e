package recount

import "testing"

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
