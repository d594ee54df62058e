package metadata

import (
	"slices"
	"testing"
)

func TestLanguage(t *testing.T) {
	const fr = "Les équipages des bacs sont restés à quai pour le huitième jour, et la file des camions atteignait lundi la vieille douane, selon le capitaine du port qui a refusé de commenter la grève."
	tests := []struct{ name, said, text, want string }{
		{"as said", "fr-CA", fr, "fr"},
		{"not as said", "en", fr, "fr"},
		{"not said", "", fr, "fr"},
		{"short text", "da", "Ja.", "da"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Language(tt.said, tt.text); got != tt.want {
				t.Errorf("Language = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAuthors(t *testing.T) {
	tests := []struct {
		name, byline string
		want         []string
	}{
		{"one", "By Nils Amark", []string{"Nils Amark"}},
		{"two and a place", "Nils Amark and Rosa Tveit in Fjordheim", []string{"Nils Amark", "Rosa Tveit"}},
		{"a role", "Nils Amark, Chief Reporter", []string{"Nils Amark"}},
		{"a date behind", "By Nils Amark - Mar 8, 2021, 6:30 am", []string{"Nils Amark"}},
		{"a handle", "Nils Amark @nils", []string{"Nils Amark"}},
		{"nobody", "Staff reporter", nil},
		{"empty", "", nil},
		{"French", "Par Éloïse Brun et Marc Dufour", []string{"Éloïse Brun", "Marc Dufour"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Authors(tt.byline); !slices.Equal(got, tt.want) {
				t.Errorf("Authors(%q) = %q, want %q", tt.byline, got, tt.want)
			}
		})
	}
}
