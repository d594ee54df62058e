package study

import (
	"slices"
	"testing"
)

// A filter asks for a variable by its name or by value("name"), and not by words
// in quotation marks.
func TestVariablesThatAFilterAsksFor(t *testing.T) {
	s := &Study{config: &Config{}}
	for _, name := range []string{"country", "home town", "left", "naïve"} {
		s.config.Variables = append(s.config.Variables, Variable{Name: name})
	}
	for _, tt := range []struct {
		where string
		want  []string
	}{
		{"", nil},
		{`country == "Orlund"`, []string{"country"}},
		{`gender == "country"`, nil},
		{"gender == `left` || left == 'country'", []string{"left"}},
		{`value("home town") == "Varn"`, []string{"home town"}},
		{"value( 'home town' ) == \"Varn\" && value(`left`) != \"\"", []string{"home town", "left"}},
		{`value("home") == "town"`, nil},
		{`country_of == "x" && naïve == "y"`, []string{"naïve"}},
		{`has("country")`, nil},
		{`reported_by("value(left)")`, nil},
	} {
		if got := s.stated(tt.where); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.where, got, tt.want)
		}
	}
}
