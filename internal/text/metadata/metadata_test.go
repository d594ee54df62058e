package metadata

import (
	"slices"
	"testing"
)

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
