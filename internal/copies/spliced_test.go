package copies

import (
	"fmt"
	"testing"

	"recount"
)

func TestSplice(t *testing.T) {
	articles := []*recount.Article{
		{Key: "a", Published: "2020-01-01"}, {Key: "b", Published: "2020-01-02"}, {Key: "c", Published: "2020-01-03"},
		{Key: "x", Published: "2020-01-04"}, {Key: "x2", Published: "2020-01-04"},
	}
	from := func(keys ...recount.Key) (out []recount.SentenceOrigin) {
		for _, k := range keys {
			s := recount.SentenceOrigin{Article: "x"}
			if k != "" {
				s.Origins = []recount.Key{k}
			}
			out = append(out, s)
		}
		return out
	}
	alone := []recount.Original{{Key: "a", Members: []recount.Key{"a"}}, {Key: "b", Members: []recount.Key{"b"}}, {Key: "c", Members: []recount.Key{"c"}},
		{Key: "x", Members: []recount.Key{"x"}}, {Key: "x2", Members: []recount.Key{"x2"}}}
	copied := []recount.Original{alone[0], alone[1], alone[2], {Key: "x", Members: []recount.Key{"x", "x2"}}}
	tests := []struct {
		name      string
		published string
		originals []recount.Original
		sentences []recount.SentenceOrigin
		want      bool
	}{
		{"sentences of three stories", "2020-01-04", alone, from("a", "a", "a", "b", "b", "c", "c", "c", "", ""), true},
		{"too few of its sentences", "2020-01-04", alone, from("a", "b", "c", "", "", "", "", "", "", ""), false},
		{"two stories only", "2020-01-04", alone, from("a", "a", "a", "a", "b", "b", "b", "b"), false},
		{"most of it from one: an enlarged reprint", "2020-01-04", alone, from("a", "a", "a", "a", "a", "a", "a", "a", "a", "b", "c"), false},
		{"the others came later", "2019-01-01", alone, from("a", "a", "a", "b", "b", "c", "c", "c"), false},
		{"a reprinted page is not composite", "2020-01-04", copied, from("a", "a", "a", "b", "b", "c", "c", "c"), false},
		{"a brief page", "2020-01-04", alone, from("a", "b", "c"), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			articles[3].Published = tt.published
			got := Splice(articles, tt.originals, [][]recount.SentenceOrigin{nil, nil, nil, tt.sentences, nil})
			if got[3].Spliced != tt.want {
				t.Errorf("Splice = %v, want %v; %s", got[3].Spliced, tt.want, fmt.Sprint(got[3]))
			}
		})
	}
}
