package figures

import (
	"testing"

	"recount"
)

// An age is no reported figure, wherever a sentence tells it; a number in the
// same place that counts something is one.
func TestAgesAreNoFigures(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Ada Marr left the mill at the age of 43.", ""},
		{"At the age of 43, Ada Marr left the mill.", ""},
		{"Ada Marr left the mill at age 43.", ""},
		{"Ada Marr left the mill when she was 43.", ""},
		{"When she was 43, Ada Marr left the mill.", ""},
		{"Ada Marr has worked here since she was 19.", ""},
		{"By the time he turned 43, Ivo Lund had left.", ""},
		{"Ada Marr, aged 43, left the mill.", ""},
		{"Ada Marr died on Sunday aged 43.", ""},
		{"Ada Marr turned 43 on Friday.", ""},
		{"Ada Marr, 43 at the time, left the mill.", ""},
		{"Ada Marr, then 43, left the mill.", ""},
		{"Ada Marr was 43 at the time.", ""},
		{"Ada Marr was 43 when she left the mill.", ""},
		{"Ada Marr is in her forties.", ""},
		{"Ada Marr, in her early 40s, left the mill.", ""},
		{"A woman in her late forties left the mill.", ""},
		{"She became a mother at 19 and a widow at 43.", ""},
		{"The mill turned 43 people away at the gate.", "43"},
		{"At the age of the mill, 43 weavers are few.", "43"},
		{"When she was there, 43 weavers left the mill.", "43"},
		{"When there were 43 weavers, the mill was full.", "43"},
		{"At the time 43 weavers worked in the mill.", "43"},
		{"Then 43 weavers left the mill.", "43"},
		{"The report names 43 men in their forties.", "43"},
		{"Of the weavers, 43 were aged over 60.", "43"},
		{"The mill is in its forties and has 43 weavers.", "43"},
		{"She was one of 43 weavers who left.", "43"},
	} {
		got := ""
		for _, f := range Find(&recount.Article{Key: "a", Text: tt.text, Language: "en"}, nil) {
			if f.Value != nil {
				got += f.Value.String()
			}
		}
		if got != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
}
