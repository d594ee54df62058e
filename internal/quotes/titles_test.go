package quotes

import (
	"testing"

	"recount"
)

// TestTitlesAreNoNames holds one rule for all titles and ranks: a title tells
// what somebody is and is no part of the name.
func TestTitlesAreNoNames(t *testing.T) {
	for _, tt := range []struct{ who, want string }{
		{"Dr Ada Brunn", "Ada Brunn"},
		{"Sgt Ada Brunn", "Ada Brunn"},
		{"Mrs Ada Brunn", "Ada Brunn"},
		{"Sir Rodney Vane", "Rodney Vane"},
		{"Professor Ada Brunn", "Ada Brunn"},
		{"Captain Ada Brunn", "Ada Brunn"},
		{"Chief Constable Ada Brunn", "Ada Brunn"},
		{"The Rev. Ada Brunn", "Ada Brunn"},
		{"Councillor Ada Brunn", "Ada Brunn"},
		{"Lord Brunn", "Brunn"},
		{"Mr. Brunn", "Brunn"},
		{"President Brunn", "Brunn"},
		{"Dame Ada Brunn", "Ada Brunn"},
		{"Lt. Gov. Ada Brunn", "Ada Brunn"},
		{"Judge Ada Brunn", "Ada Brunn"},
		{"Sister Ada Brunn", "Ada Brunn"},
	} {
		a := &recount.Article{Key: "a", Language: "en", Text: tt.who + " said the boats would sail."}
		r := Read(a)
		if len(r.Speakers) != 1 || r.Speakers[0].Name != tt.want {
			t.Errorf("%s: speakers %+v, want %s", tt.who, r.Speakers, tt.want)
		}
	}
}
