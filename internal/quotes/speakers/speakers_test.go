package speakers

import (
	"strings"
	"testing"

	"recount"
)

func TestCompatible(t *testing.T) {
	tests := []struct {
		name, a, b string
		want       bool
	}{
		{"a surname alone", "halda brenn", "brenn", true},
		{"the same name", "halda brenn", "halda brenn", true},
		{"an initial", "halda brenn", "h. brenn", true},
		{"a short form", "benjamin oake", "ben oake", true},
		{"another first name", "halda brenn", "osric brenn", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := compatible(strings.Fields(tt.a), strings.Fields(tt.b)); got != tt.want {
				t.Errorf("compatible(%q, %q) = %v, want %v", tt.a, tt.b, got, tt.want)
			}
		})
	}
}

func TestInitials(t *testing.T) {
	if got := initials(strings.Fields("institute for coastal safety")); got != "ics" {
		t.Errorf("initials = %q, want ics", got)
	}
}

func TestGenderOfAParty(t *testing.T) {
	tests := []struct {
		name string
		y    party
		want recount.Gender
	}{
		{"votes for a woman", party{kind: recount.Named, women: 2, men: 1}, recount.Woman},
		{"votes for a man", party{kind: recount.Anonymous, men: 1}, recount.Man},
		{"only a first name that tells little", party{kind: recount.Named, prior: -5}, recount.UnknownGender},
		{"only a first name that tells clearly", party{kind: recount.Named, prior: 13, women: 6, lean: 6}, recount.Woman},
		{"a pronoun beside a first name that tells little", party{kind: recount.Named, prior: -5, women: 1}, recount.Woman},
		{"a pronoun that means nobody else", party{kind: recount.Named, told: pronouns{she: 1}}, recount.Woman},
		{"one that most likely means it, against letters", party{kind: recount.Named, prior: 13, told: pronouns{likelyHe: 1}}, recount.Man},
		{"sure pronouns of both", party{kind: recount.Named, prior: 16, clear: true, told: pronouns{she: 1, he: 1}}, recount.UnknownGender},
		{"one against a listed name", party{kind: recount.Named, prior: 16, clear: true, told: pronouns{he: 1}}, recount.Woman},
		{"two against a listed name", party{kind: recount.Named, prior: 16, clear: true, told: pronouns{he: 2}}, recount.Man},
		{"a title against pronouns", party{kind: recount.Named, women: 10, told: pronouns{he: 2}}, recount.Woman},
		{"a noun against pronouns", party{kind: recount.Named, women: 3, told: pronouns{he: 1}}, recount.UnknownGender},
		{"nothing", party{kind: recount.Named}, recount.UnknownGender},
		{"a report", party{kind: recount.Document, women: 3}, recount.NoGender},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.y.gender(); got != tt.want {
				t.Errorf("gender() = %s, want %s", got, tt.want)
			}
		})
	}
}
