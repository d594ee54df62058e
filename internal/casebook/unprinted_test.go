package casebook

import (
	"slices"
	"testing"
)

func TestWhatNoPagePrints(t *testing.T) {
	w := newPrinted()
	w.add("The ferry stops at Sandwick", `"I left," said a stoker who gave his name as Anton. On Monday the Harbour Police came. His brother Jonas Müller waited, +47 555 0100.`, "https://post.example/ferry")
	names := []struct {
		name, text string
		want       []string
	}{
		{"the name that is printed", "Anton", nil},
		{"in small letters", "anton", nil},
		{"with words of the page", "Anton, a stoker", nil},
		{"a real name", "Karl Voss", []string{"Karl", "Voss"}},
		{"a real name in small letters", "karl voss", []string{"karl", "voss"}},
		{"half of it printed", "Anton Voss", []string{"Voss"}},
		{"an initial", "Anton V.", nil},
		{"in a script without capitals", "محمود حداد", []string{"محمود", "حداد"}},
		{"in Cyrillic", "Карл Фосс", []string{"Карл", "Фосс"}},
		{"with an accent that the page has", "Jonas Müller", nil},
		{"with a hyphen", "Karl-Voss", []string{"Karl", "Voss"}},
	}
	for _, tt := range names {
		t.Run("name: "+tt.name, func(t *testing.T) {
			if got := w.strangeName(tt.text); !slices.Equal(got, tt.want) {
				t.Errorf("strangeName(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
	texts := []struct {
		name, text string
		want       []string
	}{
		{"nothing", "", nil},
		{"what the page says", "Anton was afraid when the Harbour Police came on Monday.", nil},
		{"a real name within a sentence", "we think he is Karl Voss", []string{"Karl", "Voss"}},
		{"a real name that begins one", "Karl Voss is his name.", []string{"Karl", "Voss"}},
		{"a name within a sentence, one word", "his name is Voss", []string{"Voss"}},
		{"half of it printed", "Jonas Voss waited", []string{"Voss"}},
		{"with an initial", "it is K. Voss who speaks", []string{"Voss"}},
		{"an ordinary word that begins a sentence", "Check this again. Nobody looked.", nil},
		{"an ordinary word in quotation marks", `He says "Nothing" twice`, nil},
		{"a mail address", "write to karl@voss.example", []string{"karl@voss.example"}},
		{"a handle", "he posts as @kv_1990", []string{"@kv_1990"}},
		{"a telephone number", "call +475550199", []string{"+475550199"}},
		{"a day", "asked on 2015-03-04", nil},
		{"an address that the page has", "see https://post.example/ferry", nil},
		{"an address that it has not", "see https://social.example/kv", []string{"https://social.example/kv"}},
		{"letters that stand for a word", "one I know", nil},
		{"a month", "he left in October", nil},
	}
	for _, tt := range texts {
		t.Run("text: "+tt.name, func(t *testing.T) {
			if got := w.strangeWords(tt.text); !slices.Equal(got, tt.want) {
				t.Errorf("strangeWords(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}
