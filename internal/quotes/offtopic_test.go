package quotes

import (
	"strings"
	"testing"

	"recount"
)

// TestShortArticles reads articles of five to nine paragraphs whose last ones
// share neither name nor word with the rest: without a sign of another story
// they belong to it, with one they are set aside.
func TestShortArticles(t *testing.T) {
	ferry := []string{
		"The ferry between Harwick and the islands did not sail on Monday, because its crews refused to go aboard.",
		"The crews said that the boilers of the ferry had not been looked at since the winter.",
		"Captain Rolf Hagen said that no crew would sail before the boilers of the ferry were repaired.",
		"The ferry company said that the boilers would be looked at on the islands within the week.",
		"Harwick has no other way to the islands, and the crews know it.",
		"The company has promised the crews of the ferry a talk about wages on Friday in Harwick.",
		"Rolf Hagen and the crews met the company at Harwick in the evening.",
		"The boilers of the ferry are forty years old, said the crews, and the company knows it.",
		"The islands had no post on Monday, because the ferry brings it from Harwick.",
	}
	tests := []struct {
		name  string
		rest  int // paragraphs of the story
		last  []string
		sign  string // what stands above the last ones: a heading, or another element around them
		aside int    // paragraphs set aside
	}{
		{"a farmer who waits", 3, []string{"Farmer Ilse Thorn in Lower Vale had three hundred lambs ready for market.", "Butcher Tom Ruck has bought elsewhere, from a dealer at Dalen."}, "", 0},
		{"a hotel", 3, []string{"At the Grand Hotel, porter Ivo Reddle counted nineteen empty rooms.", "Breakfast was given to a choir from Norvia instead."}, "", 0},
		{"a minister elsewhere", 4, []string{"Minister Ada Brunn, visiting Korrin, declined to comment.", "Deputy Otto Brand called for patience on Radio Norvia."}, "", 0},
		{"a school", 3, []string{"Pupils at Saint Anne's Academy stayed home again.", "Headmaster Piet Vos sent exercises by telephone."}, "", 0},
		{"a tradition", 4, []string{"A procession of Saint Brendan takes place each August.", "Father Luc Amiel has postponed prayers until September."}, "", 0},
		{"a doctor", 3, []string{"Doctor Siri Aune flew patients out by helicopter, with help from Nordair.", "Three women gave birth at Brackwell hospital.", "Midwife Nell Farrow slept there on a bench."}, "", 0},
		{"a bank", 5, []string{"Shares in Quillbank fell four per cent in Brackwell.", "Analyst Dana Wirth rates them a sell."}, "", 0},
		{"a history", 5, []string{"In 1911, during the Great Frost, sledges were drawn by reindeer.", "Historian Lena Kask has photographs of it in Tallin."}, "", 0},
		{"weather", 6, []string{"Gales are forecast from Iceland until Thursday.", "Forecaster Ben Oduya expects snow above Tarn."}, "", 0},
		{"one paragraph alone", 4, []string{"Farmer Ilse Thorn in Lower Vale had three hundred lambs ready for market."}, "", 0},
		{"a rest of seven", 7, []string{"Farmer Ilse Thorn in Lower Vale had three hundred lambs ready for market.", "Butcher Tom Ruck has bought elsewhere, from a dealer at Dalen."}, "", 0},

		{"other news are announced", 4, []string{"In other news, singer Dellora Vane has left Brackwell for a tour of Norvia."}, "", 1},
		{"elsewhere", 4, []string{"Elsewhere, singer Dellora Vane has left Brackwell for a tour of Norvia."}, "", 1},
		{"a heading of its own", 4, []string{"Singer Dellora Vane has left Brackwell for a tour through Norvia.", "Manager Piet Vos expects full houses at Saint Anne's."}, "heading", 2},
		{"an element of its own", 4, []string{"Singer Dellora Vane has left Brackwell for a tour through Norvia.", "Manager Piet Vos expects full houses at Saint Anne's."}, "element", 2},
		{"a dateline of its own", 4, []string{"BRACKWELL, 12 May - Singer Dellora Vane has left for a tour through Norvia.", "Manager Piet Vos expects full houses at Saint Anne's."}, "", 2},
		{"the end of a long article", 9, []string{"Singer Dellora Vane denied rumours that she plans to leave the band.", "Lamp oil on the Sudrecian exchange fell 2 per cent, traders said."}, "", 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := &recount.Article{Key: "a", Title: "Ferry crews refuse to sail", Language: "en"}
			add := func(text string, role recount.Role, path string) {
				from := len(a.Text)
				a.Text += text + "\n"
				a.Blocks = append(a.Blocks, recount.Block{Span: recount.Span{Start: from, End: from + len(text)}, Role: role, Path: path})
			}
			for _, p := range ferry[:tt.rest] {
				add(p, recount.Body, "/html[1]/body[1]/div[1]/p["+string('1'+rune(len(a.Blocks)))+"]")
			}
			if tt.sign == "heading" {
				add("Vane goes away", recount.Subhead, "/html[1]/body[1]/div[1]/h3[1]")
			}
			from := len(a.Text)
			for i, p := range tt.last {
				path := "/html[1]/body[1]/div[1]/p[" + string('a'+rune(i)) + "]"
				if tt.sign == "element" {
					path = strings.Replace(path, "div[1]", "div[2]", 1)
				}
				add(p, recount.Body, path)
			}
			aside := map[int]bool{}
			for _, s := range Read(a).Sentences {
				if s.Role == recount.OffTopic {
					if s.Span.Start < from {
						t.Errorf("a sentence of the story is set aside: %q", s.Span.In(a.Text))
					}
					aside[strings.Count(a.Text[:s.Span.Start], "\n")] = true
				}
			}
			if len(aside) != tt.aside {
				t.Errorf("%d paragraphs are set aside, want %d", len(aside), tt.aside)
			}
		})
	}
}
