package report

import (
	"testing"

	"recount"
)

func TestLabel(t *testing.T) {
	of := func(names ...recount.SpeakerRef) *recount.Case {
		c := &recount.Case{}
		for _, n := range names {
			c.Members = append(c.Members, recount.Member{Speaker: n})
		}
		return c
	}
	named := func(s string) recount.SpeakerRef { return recount.SpeakerRef{Name: s, Kind: recount.Named} }
	other := func(s string) recount.SpeakerRef { return recount.SpeakerRef{Name: s, Kind: recount.Pseudonym} }
	nobody := func(s string) recount.SpeakerRef { return recount.SpeakerRef{Name: s, Kind: recount.Anonymous} }
	tests := []struct {
		name string
		c    *recount.Case
		want string
	}{
		{"a name before another name", of(other("The Lamp Man of Sund"), named("Bram Tol")), "Bram Tol"},
		{"the longer of two names", of(named("Tol"), named("Bram Tol")), "Bram Tol"},
		{"another name before a description", of(nobody("a former keeper of the light"), other("Lamp")), "Lamp"},
		{"a name before the end of a sentence", of(nobody("who is 20"), named("Bram Tol")), "Bram Tol"},
		{"a description before the end of a sentence", of(nobody("who is 20 and from Sund in the north"), nobody("a keeper")), "a keeper"},
		{"a description before a name that is only a pronoun", of(named("He"), nobody("a keeper")), "a keeper"},
		{"the end of a sentence alone", of(nobody("who is 20")), "a person without a name"},
		{"no name at all", of(nobody("")), "a person without a name"},
	}
	for _, tt := range tests {
		if got := personLabel(tt.c); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	alone := of(nobody("he"))
	alone.Members[0].Outlet, alone.Members[0].Day = "Harbour Mail", "2019-05-14"
	if got, want := personLabel(alone), "a person without a name (Harbour Mail, 14 May 2019)"; got != want {
		t.Errorf("Label of a pronoun = %q, want %q", got, want)
	}
	c := of(nobody("who is 20"), named("Bram Tol"))
	if got := calledIn(&c.Members[0], c); got != "Bram Tol" {
		t.Errorf("Called with the end of a sentence = %q, want the name of the others", got)
	}
	if got := calledIn(&c.Members[0], nil); got != "who is 20" {
		t.Errorf("Called without a case = %q", got)
	}
}
