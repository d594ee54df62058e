package release

import (
	"slices"
	"testing"
)

func TestReadersNameWhomAStringGivesAway(t *testing.T) {
	r := NewReaders([]Voice{
		{Person: "holt", Protected: true, Story: "ferry", Text: "The ferry stopped in Sandwick. We were told nothing at all about the boilers, said the ticket seller. The harbour was empty.", Said: []string{"We were told nothing at all about the boilers"}},
		{Person: "lund", Protected: false, Story: "ferry", Text: "", Said: []string{"The engine room was under water twice"}},
		{Person: "sund", Protected: true, Story: "inland", Text: "A village of beekeepers near Kvarn. I steered by the bell through fog for two winters, said the pilot. The harbour was empty.", Said: []string{"I steered by the bell through fog for two winters"}, About: "A village of beekeepers near Kvarn. I steered by the bell through fog for two winters, said the pilot."},
	})
	tests := []struct {
		name, text string
		want       []string
	}{
		{"words as they stand", "One said they were told nothing at all.", []string{"holt"}},
		{"four words, other marks", "steered, BY the bell", []string{"sund"}},
		{"a paraphrase with the rare words", "In the fog somebody steered two winters long by a bell.", []string{"sund"}},
		{"a place and a trade that one page joins", "a beekeeper from Kvarn", []string{"sund"}},
		{"a place where several speak", "people from Sandwick", nil},
		{"what every page says", "The harbour was empty.", nil},
		{"a person who may be shown", "the engine room was under water", nil},
		{"rare words that are of nobody on the page", "the empty ferry of Sandwick", nil},
		{"a label", "country", nil},
		{"a sentence of the edition", "A person is counted once, however many articles speak of them.", nil},
	}
	for _, tt := range tests {
		if got := r.Named(tt.text); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestPrintedStrings(t *testing.T) {
	got, err := Printed("a.json", []byte(`{"title":"One sentence. Another","n":[1,"a cell"]}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"One sentence", "Another", "a cell", "title"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is not among %q", want, got)
		}
	}
}
