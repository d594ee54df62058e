package study

import (
	"strings"
	"testing"

	"recount"
)

// Grades that cannot be told apart, cannot be asked for or are never given are
// one clear error.
func TestGradesOfStudy(t *testing.T) {
	const head = "recount: 1\n"
	tests := []struct{ name, yaml, says, hint string }{
		{"none", "", "", ""},
		{"three", "grades:\n  - {name: strong, originals: 2, owners: 2}\n  - {name: fair, originals: 2}\n  - {name: single}\n", "", ""},
		{"owners alone", "grades:\n  - {name: strong, owners: 3}\n  - {name: fair, owners: 2}\n", "", ""},
		{"more originals of fewer owners", "grades:\n  - {name: spread, originals: 2, owners: 2}\n  - {name: much, originals: 5}\n", "", ""},
		{"one that needs one original", "grades:\n  - {name: any, originals: 1, owners: 1}\n", "", ""},
		{"an unknown rule", "grades:\n  - {name: strong, outlets: 2}\n", `unknown field "outlets"`, "`recount help study.yaml`"},
		{"a word for a number", "grades:\n  - {name: strong, originals: two}\n", `line 3`, "digits alone"},
		{"no name", "grades:\n  - {originals: 2}\n", `"" is no name`, "lower-case"},
		{"a name with capitals", "grades:\n  - {name: Strong, originals: 2}\n", `"Strong" is no name`, "lower-case"},
		{"a name of ours", "grades:\n  - {name: ungraded}\n", `"ungraded" is a name that recount fills`, "another name"},
		{"a name twice", "grades:\n  - {name: a, originals: 3}\n  - {name: a, originals: 2}\n", "a stands twice", "remove"},
		{"a negative number", "grades:\n  - {name: a, originals: -1}\n", "cannot be asked for", "0 to 1000"},
		{"a large number", "grades:\n  - {name: a, owners: 100000}\n", "cannot be asked for", "0 to 1000"},
		{"more owners than originals", "grades:\n  - {name: a, originals: 2, owners: 3}\n", "an original has one owner", "originals: 3"},
		{"the weakest first", "grades:\n  - {name: single}\n  - {name: strong, originals: 2}\n", "strong is never given", "first"},
		{"the same twice", "grades:\n  - {name: a, originals: 2}\n  - {name: b, originals: 2}\n", "b is never given", "first"},
		{"owners ask for originals", "grades:\n  - {name: a, originals: 2}\n  - {name: b, owners: 2}\n", "b is never given", "first"},
		{"one asks for one", "grades:\n  - {name: a}\n  - {name: b, originals: 1}\n", "b is never given", "first"},
		{"a variable of that name", "variables:\n  - name: grade\n    ask: \"Which?\"\ngrades:\n  - {name: a}\n", "a variable named grade", "another name"},
		{"a variable of that name and no grades", "variables:\n  - name: grade\n    ask: \"Which?\"\n", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := parseConfig([]byte(head + tt.yaml))
			if tt.says == "" {
				if err != nil || c == nil {
					t.Fatalf("%v (%s)", err, recount.HintOf(err))
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.says) || !strings.Contains(recount.HintOf(err), tt.hint) {
				t.Errorf("%v (hint: %s), want %q (hint: %q)", err, recount.HintOf(err), tt.says, tt.hint)
			}
			if err != nil && strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one line: %v", err)
			}
		})
	}
}
