package copies

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"recount"
)

func TestCorrections(t *testing.T) {
	articles := mastheads()
	post, echo, light := articles[0].Key, articles[1].Key, articles[4].Key
	tests := []struct {
		name        string
		corrections []Correction
		originals   int
	}{
		{"no answer", nil, 2},
		{"one is no reprint", []Correction{{Article: echo, Of: post}}, 3},
		{"the own report is a reprint after all", []Correction{{Article: light, Of: post, Reprint: true}}, 1},
		{"an answer about itself", []Correction{{Article: post, Of: post}}, 2},
		{"an answer about an article that is gone", []Correction{{Article: echo, Of: "gone", Reprint: true}}, 2},
		{"both", []Correction{{Article: echo, Of: post}, {Article: light, Of: post, Reprint: true}}, 2},
	}
	relations := findAll(t, articles...)
	originals := Originals(seq(articles...), relations)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			corrected := Correct(relations, originals, tt.corrections)
			if got := counting(Originals(seq(articles...), corrected)); got != tt.originals {
				t.Errorf("got %d originals, want %d", got, tt.originals)
			}
			if d := cmp.Diff(relations, Correct(relations, originals, nil)); d != "" {
				t.Errorf("without answers the relations change:\n%s", d)
			}
		})
	}
}

func TestASplicedPageThatIsAReprintAfterAll(t *testing.T) {
	one, two := invented(1, 150), invented(2, 150)
	a, b := page("a", "A", "2031-01-01", "", one), page("b", "B", "2031-01-02", "", two)
	x := page("x", "X", "2031-02-01", "", one+"\n"+two)
	articles := []*recount.Article{a, b, x}
	relations := findAll(t, articles...)
	corrected := Correct(relations, Originals(seq(articles...), relations), []Correction{{Article: x.Key, Of: a.Key, Reprint: true}})
	originals := Originals(seq(articles...), corrected)
	if len(originals) != 2 || counting(originals) != 2 {
		t.Errorf("got %v, want a with x, and b", originals)
	}
}

func TestUtterances(t *testing.T) {
	contents := []string{
		0: "We left people in the dark for five hours without telling them why",
		1: "They were 'selfish', and they realised it only when the lamps went out",
		2: "We left people in the dark for five hours",
		3: "They were selfish, and they realized it only when the lamps went out",
		4: "It is a sad day",
		5: "Passengers sat without light until evening and nobody explained it",
		6: "It is a sad day",
		7: "",
	}
	want := [][]int{{0, 2}, {1, 3}, {4}, {5}, {6}, {7}}
	if d := cmp.Diff(want, Utterances(contents)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
