package workbench

import "testing"

func TestLabelsOfOne(t *testing.T) {
	for label, want := range map[string]string{
		"people":                               "person",
		"People":                               "Person",
		"women":                                "woman",
		"people from Orlund":                   "person from Orlund",
		"people who left and spoke":            "person who left and spoke",
		"people who have left":                 "person who has left",
		"people who are women":                 "person who is women",
		"members who were there and are not":   "member who was there and are not",
		"articles that do not count":           "article that does not count",
		"people, of whom some who are widowed": "people, of whom some who are widowed",
		"officers who left":                    "officers who left",
		"first reported in 2015":               "first reported in 2015",
		"":                                     "",
		"أشخاص":                                "أشخاص",
	} {
		if got := singular(label); got != want {
			t.Errorf("singular(%q) = %q, want %q", label, got, want)
		}
	}
}
