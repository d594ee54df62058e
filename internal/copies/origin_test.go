package copies

import (
	"slices"
	"strings"
	"testing"

	"recount"
)

func TestOrigins(t *testing.T) {
	ferry := page("ferry", "A", "", "", agencyText)
	night := page("night", "B", "", "", otherText)
	copied := page("copied", "C", "", "", lines(agencyText, 0, 1, 2))
	corpus := []*recount.Article{ferry, night, copied}
	tests := []struct {
		name     string
		sentence string
		origins  []*recount.Article
		altered  bool
	}{
		{"verbatim in one", "The company carried almost a million people last year and is owned by the five island councils.", []*recount.Article{ferry}, false},
		{"verbatim in two", "The Halcyon stopped a mile off Port Aldery on Sunday evening with 611 people on board.", []*recount.Article{ferry, copied}, false},
		{"white space does not count", "Nobody was hurt,  but three passengers were treated\u00a0for the cold.", []*recount.Article{ferry, copied}, false},
		{"a word swapped", "The Halcyon halted a mile off Port Aldery on Sunday evening with 611 people on board.", []*recount.Article{ferry, copied}, true},
		{"quotation marks lost", "We left people in the dark for five hours without telling them why, and there is no excuse for that, Ingrid Tolleson told reporters on the quay.", []*recount.Article{ferry, copied}, true},
		{"the end cut off", "The company carried almost a million people last year.", []*recount.Article{ferry}, true},
		{"two sentences joined", "Tugs brought it in shortly before midnight, while nobody was hurt, but three passengers were treated for the cold.", []*recount.Article{ferry, copied}, true},
		{"clauses turned round", "On Sunday evening with 611 people on board, the Halcyon stopped a mile off Port Aldery.", []*recount.Article{ferry, copied}, true},
		{"told in other words", "The boat came to rest not far from the town while many people were aboard.", nil, false},
		{"something else", "The price of herring fell again.", nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			x := page("x", "X", "", "", tt.sentence)
			for found := range Origins(seq(x), slices.Values(corpus)) {
				if len(found) != 1 {
					t.Fatalf("got %d sentences, want 1", len(found))
				}
				var want []recount.Key
				for _, a := range tt.origins {
					want = append(want, a.Key)
				}
				slices.Sort(want)
				if !slices.Equal(found[0].Origins, want) || found[0].Altered != tt.altered {
					t.Errorf("got %v, altered %t; want %v, altered %t", found[0].Origins, found[0].Altered, want, tt.altered)
				}
			}
		})
	}
}

func TestAnArticleIsNoOriginOfItself(t *testing.T) {
	a := page("a", "A", "", "", agencyText)
	later := page("a", "A", "", "", agencyText)
	later.Key = "later"
	n := 0
	for found := range Origins(seq(a, later), seq(a, later)) {
		n++
		for _, s := range found {
			if len(s.Origins) > 0 {
				t.Errorf("%q comes from %v", s.Sentence.In(agencyText), s.Origins)
			}
		}
	}
	if n != 2 {
		t.Errorf("got %d articles, want 2", n)
	}
}

func TestSentencesOfAnotherStory(t *testing.T) {
	concert := page("concert", "D", "", "", "Sella Marov cancelled her concerts in Vennick and Sorrel on Monday. Her band, the Quiet Hours, will play in Tarn instead. Tickets from Vennick stay valid, said her manager, Jory Pell.")
	ferry := page("ferry", "A", "", "", agencyText)
	x := page("x", "X", "", "", lines(agencyText, 0, 2, 3, 5)+"\nTickets from Vennick stay valid, said her manager, Jory Pell.")
	for found := range Origins(seq(x), seq(ferry, concert)) {
		for _, s := range found {
			want := strings.Contains(s.Sentence.In(x.Text), "Vennick")
			if s.OffTopic != want {
				t.Errorf("%q: off topic is %t", s.Sentence.In(x.Text), s.OffTopic)
			}
		}
	}
}

func TestWhatAReprintAddsIsNotOffTopic(t *testing.T) {
	ferry := page("ferry", "A", "", "", agencyText)
	x := page("x", "X", "", "", agencyText+"\nAt the Anchor in Sorrel, Brenna Okoye and Tam Whitlock served soup until two in the morning.")
	for found := range Origins(seq(x), seq(ferry)) {
		for _, s := range found {
			if s.OffTopic {
				t.Errorf("%q is off topic", s.Sentence.In(x.Text))
			}
		}
	}
}

func TestSource(t *testing.T) {
	a := page("ferry", "A", "", "", agencyText)
	tests := []struct {
		name, passage, want string
	}{
		{"a word swapped", "Tugs towed it in shortly before midnight.", "Tugs brought it in shortly before midnight."},
		{"the end cut off", "The company carried almost a million people last year.", "The company carried almost a million people last year and is owned by the five island councils."},
		{"two joined", "Tugs brought it in shortly before midnight; nobody was hurt, but three passengers were treated for the cold.",
			"Tugs brought it in shortly before midnight. Nobody was hurt, but three passengers were treated for the cold."},
		{"nothing of it", "The price of herring fell again on the quay at Sorrel.", ""},
		{"no words", "...", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			if s, ok := Source(tt.passage, a); ok {
				got = s.In(a.Text)
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
