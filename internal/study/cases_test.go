package study_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// TestWholeCases runs the whole studies of testdata/cases: small piles, each of
// one kind that public complaints name, in our own words, with the right value
// written down before the program was run. What is asked of each is named; what
// is not asked may come out in any way.
func TestWholeCases(t *testing.T) {
	tests := []struct {
		name, what          string
		articles, originals int // 0: not asked
		speakers            []string
		not                 []string // no such speaker
		figures             []string // all that are reported; nil: not asked
		refused             string   // part of what the reason or hint of a refusal says
		day                 string   // of every page
	}{
		{name: "s01", what: "a chunked header over a body that was already joined", articles: 1, speakers: []string{"Rolf Hagen", "Siri Aune"}},
		{name: "s02", what: "chunks and gzip in the body, a request, an answer 404, members", articles: 1, speakers: []string{"Rolf Hagen", "Siri Aune"}},
		{name: "s03", what: "a Nexis cover page and two empty lines inside a text", articles: 2, speakers: []string{"Rolf Hagen", "Siri Aune", "Ines Moe", "Tor Sunde", "Dag Nord"}},
		{name: "s03b", what: "Nexis text of a single article without a cover", articles: 1, day: "2014-05-14"},
		{name: "s04", what: "a RIS record whose years contradict each other", articles: 1, day: "2014-04-01"},
		{name: "s05", what: "a RIS record with one abstract twice and no text", refused: "no text"},
		{name: "s06", what: "half past eleven on the last of May in the outlet's own zone", articles: 1, day: "2014-05-31"},
		{name: "s07", what: "one quotation in a caption and in the body", articles: 1, speakers: []string{"Rolf Hagen: 2"}},
		{name: "s08", what: "the figures of a payment hint", articles: 1, figures: []string{"two", "About 60"}},
		{name: "s09", what: "seethed, thundered, From NAME:", articles: 1, speakers: []string{"Marta Oyela", "Piet Voss", "Lunde", "Anna Holt"}},
		{name: "s10", what: "Harold Brandt and Mrs Harold Brandt", articles: 1, speakers: []string{"Harold Brandt (man)", "Harold Brandt (woman)"}},
		{name: "s12", what: "two reports with one notice at the foot", articles: 2, originals: 2},
		{name: "s13", what: "two death notices in one form of words", articles: 2, originals: 2},
		{name: "w06b", what: "an interview as Q: and A:", articles: 1, speakers: []string{"Rolf Hagen"}, not: []string{"Q"}},
		{name: "w07", what: "a live blog of three entries", articles: 1, speakers: []string{"Siri Aune: 1", "Rolf Hagen: 1"}},
		{name: "w08", what: "a teaser and a reader's comment with quoted people", articles: 1, not: []string{"Ida Moe", "Bo Sund"}},
		{name: "w09", what: "a note that names the withdrawn figure", articles: 1, figures: []string{"Fifty-eight", "85 withdrawn"}},
		{name: "w11", what: "a transcript: NAME, OFFICE: and then SURNAME:", articles: 1, speakers: []string{"DAN BRIGG", "KYRA ATTMORE"}},
		{name: "w11b", what: "a transcript: NAME: and then SURNAME:", articles: 1, speakers: []string{"DAN BRIGG", "KYRA ATTMORE"}},
		{name: "s16", what: "plain text with hard line breaks", articles: 1, speakers: []string{"Pieter van der Merwen: 2"}},
		{name: "s17", what: "an e-mail with hard line breaks", articles: 1, speakers: []string{"Pieter van der Merwen: 2"}},
		{name: "s18", what: "plain text wrapped at 78 columns", articles: 1, speakers: []string{"Rolf Hagen: 2", "Siri Aune: 1"}},
		{name: "s20", what: "one report of the constructions of the other cases", articles: 1, not: []string{"Harper Quill"}, speakers: []string{"Kim Min-jun", "Mona Storli (woman)", "Andrea Bassi (man)", "Dana Wirth",
			"Marta Oyela (woman)", "Piet Voss (man)", "Petra Sandell (woman)", "Nils Sandell (man)", "Harold Brandt (man)", "Harold Brandt (woman)"}}, // not read yet: Tomas Birk, and that Dana Wirth is a woman
		{name: "s19", what: "plain text wrapped at 40 columns", articles: 1, speakers: []string{"Rolf Hagen", "Siri Aune"}},
	}
	ctx := context.Background()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, ran, err := study.Run(ctx, filepath.Join(t.TempDir(), "s"), study.Offer{Paths: []string{filepath.Join("testdata", "cases", tt.name)}},
				study.Options{Actor: "analyst", Now: func() time.Time { return time.Date(2031, 5, 2, 12, 0, 0, 0, time.UTC) }})
			if err != nil {
				t.Fatalf("%s: %v", tt.what, err)
			}
			defer s.Close()
			book, err := s.Casebook(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if n := len(book.Pages()); n != tt.articles {
				t.Errorf("%s: %d articles, want %d", tt.what, n, tt.articles)
			}
			if n := len(book.Originals()); tt.originals > 0 && n != tt.originals {
				t.Errorf("%s: %d originals, want %d", tt.what, n, tt.originals)
			}
			for _, p := range book.Pages() {
				if tt.day != "" && !strings.HasPrefix(p.Published, tt.day) {
					t.Errorf("%s: published %q, want %s", tt.what, p.Published, tt.day)
				}
			}
			var found []string // in every form in which they are asked for
			for v, err := range book.Voices(ctx, casebook.Filter{}) {
				if err != nil {
					t.Fatal(err)
				}
				spoken := 0
				for _, u := range v.Utterances {
					if u.Mode != recount.Thought {
						spoken++
					}
				}
				found = append(found, v.Name, fmt.Sprintf("%s (%s)", v.Name, v.Gender), fmt.Sprintf("%s: %d", v.Name, spoken))
			}
			for _, want := range tt.speakers {
				if !slices.Contains(found, want) {
					t.Errorf("%s: no speaker %s among %q", tt.what, want, found)
				}
			}
			for _, no := range tt.not {
				if slices.Contains(found, no) {
					t.Errorf("%s: %s is a speaker", tt.what, no)
				}
			}
			if tt.figures != nil {
				list, _, err := s.Figures(ctx)
				if err != nil {
					t.Fatal(err)
				}
				got := []string{}
				for _, f := range list {
					words := f.Span.In(f.Article.Text)
					if f.Withdrawn {
						words += " withdrawn"
					}
					got = append(got, words)
				}
				if !slices.Equal(got, tt.figures) {
					t.Errorf("%s: figures %q, want %q", tt.what, got, tt.figures)
				}
			}
			if tt.refused != "" {
				said := fmt.Sprint(ran.Extracted.Refusals, ran.Added.Refused)
				if !strings.Contains(said, tt.refused) {
					t.Errorf("%s: refused %s, want %q", tt.what, said, tt.refused)
				}
			}
		})
	}
}
