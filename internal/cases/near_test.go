package cases

import (
	"testing"

	"recount"
)

// Who has anything in common is near, whoever has nothing is not, and nothing of
// it is suggested.
func TestNear(t *testing.T) {
	page := func(key string, who ...Person) *Page {
		for i := range who {
			who[i].Key, who[i].Gender = recount.Key(key), recount.Woman
			if who[i].Kind == "" {
				who[i].Kind = recount.Named
			}
		}
		return &Page{Article: recount.Key("page " + key), People: who}
	}
	job := func(j string) []Trait { return []Trait{{Occupation, j, 900}} }
	pages := []*Page{
		page("1", Person{Name: "Vera Lind", Traits: job("carer")}),
		page("2", Person{Name: "Vera Holm"}),
		page("3", Person{Name: "a carer", Kind: recount.Anonymous, Traits: job("carer")}),
		page("4", Person{Name: "Ina Berg"}),
		page("5", Person{Name: "Vera Lind"}),
		page("7", Person{Name: "the prior", Kind: recount.Anonymous}),
		page("8", Person{Name: "an old prior", Kind: recount.Anonymous}),
		page("6", Person{Name: "Ida Moe", Traits: []Trait{{Nationality, "Norway", 900}}}),
	}
	var got []string
	for _, s := range Near(pages, "1", 5) {
		o := s.A
		if o == "1" {
			o = s.B
		}
		got = append(got, string(o))
	}
	if want := "5 3 2"; len(got) != 3 || got[0]+" "+got[1]+" "+got[2] != want {
		t.Errorf("Near = %q, want %q", got, want)
	}
	if got := Near(pages, "7", 5); len(got) != 1 || got[0].B != "8" {
		t.Errorf("Near of a prior = %v", got)
	}
	if got := Near(pages, "1", 1); len(got) != 1 {
		t.Errorf("Near of one gives %d", len(got))
	}
	if got := Near(pages, "nobody", 5); got != nil {
		t.Errorf("Near of nobody = %v", got)
	}
	for _, s := range ProposePages(pages, nil) {
		if s.A == "1" && s.B == "2" && s.Probability >= 500 {
			t.Errorf("two of one first name are suggested: %v", s)
		}
	}
}

// Of a page on which three were answered not to count and none to count, those of
// whom nothing is known hardly count; whoever shows anything stays where he is.
func TestBeside(t *testing.T) {
	blank := Sorted{Class: MayCount, Reason: unknownReason}
	for _, tt := range []struct {
		name    string
		of      Sorted
		yes, no int
		want    Class
	}{
		{"three do not", blank, 0, 3, Other},
		{"two do not", blank, 0, 2, MayCount},
		{"one counts", blank, 1, 5, MayCount},
		{"nobody was asked for", blank, 0, 0, MayCount},
		{"who left may be a case", Sorted{Class: MayCount, Reason: "left 2014-04"}, 0, 5, MayCount},
		{"an official stays one", Sorted{Class: Official, Reason: "mayor"}, 0, 5, Official},
	} {
		if got := tt.of.Beside(tt.yes, tt.no); got.Class != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestTriageOfMany(t *testing.T) {
	for _, tt := range []struct {
		text, who string
		want      Class
	}{
		{"“‹0:The files are in order›,” said a ministry official.", "a ministry official", Official},
		{"“‹0:She came home at night›,” said her younger brother.", "her younger brother", Relative},
		{"“‹0:He never spoke of it›,” said his late elder sister.", "elder sister", MayCount}, // two words are too far
		{"“‹0:I carried the trays›,” said a porter.", "a porter", MayCount},
	} {
		a, speakers, statements := told(tt.text+"\n", unnamed(tt.who, "man"))
		if got := Triage(a, speakers, statements)[0]; got.Class != tt.want {
			t.Errorf("%s: %v, want %s", tt.text, got, tt.want)
		}
	}
}
