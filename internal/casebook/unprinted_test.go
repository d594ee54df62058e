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
		described  bool
	}{
		{"the name that is printed", "Anton", nil, false},
		{"in small letters", "anton", nil, false},
		{"with words of the page", "Anton, a stoker", nil, false},
		{"a real name", "Karl Voss", []string{"Karl", "Voss"}, false},
		{"a real name in small letters", "karl voss", []string{"karl", "voss"}, false},
		{"half of it printed", "Anton Voss", []string{"Voss"}, false},
		{"an initial", "Anton V.", nil, false},
		{"in a script without capitals", "محمود حداد", []string{"محمود", "حداد"}, false},
		{"in Cyrillic", "Карл Фосс", []string{"Карл", "Фосс"}, false},
		{"with an accent that the page has", "Jonas Müller", nil, false},
		{"with a hyphen", "Karl-Voss", []string{"Karl", "Voss"}, false},
		{"a description in the coder's words", "the interviewer", nil, true},
		{"a description of the page", "the stoker", nil, true},
		{"a name in a description", "the clerk Voss", []string{"Voss"}, true},
		{"a name and no description", "Karl Voss", []string{"Karl", "Voss"}, true},
		{"a description that is said to be the name", "the interviewer", []string{"interviewer"}, false},
		{"a description in a script without capitals", "الموظف", []string{"الموظف"}, true},
		{"a description in Cyrillic", "бывший солдат", nil, true},
		{"a trade and an accent", "el médico", nil, true},
	}
	for _, tt := range names {
		t.Run("name: "+tt.name, func(t *testing.T) {
			if got := w.strangeName(tt.text, tt.described); !slices.Equal(got, tt.want) {
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
