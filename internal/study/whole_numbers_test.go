package study

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"recount"
)

// A field that holds a whole number holds nothing else: what the YAML reader
// would cut, round or guess is one error with its line.
func TestWholeNumbersOfStudy(t *testing.T) {
	tests := []struct {
		yaml string // after a first line
		line int
		says string // "" where it is taken
	}{
		{"grades:\n  - {name: a, originals: 2.9}\n", 3, `grades: originals: "2.9"`},
		{"grades:\n  - name: a\n    originals: 3\n    owners: 1.5\n", 5, `grades: owners: "1.5"`},
		{"grades:\n  - {name: a, originals: 2.0}\n", 3, `"2.0"`},
		{"grades:\n  - {name: a, originals: 2e0}\n", 3, `"2e0"`},
		{"grades:\n  - {name: a, originals: \"2\"}\n", 3, `"2"`},
		{"grades:\n  - {name: a, originals: two}\n", 3, `"two"`},
		{"grades:\n  - {name: a, originals: .inf}\n", 3, `".inf"`},
		{"grades:\n  - {name: a, originals: true}\n", 3, `"true"`},
		{"grades:\n  - {name: a, originals: [2]}\n", 3, "grades: originals"},
		{"x: &many 2.9\ngrades:\n  - {name: a, originals: *many}\n", 0, ""}, // x is no field: the reader refuses it below
		{"grades:\n  - &a {name: a, originals: 2.5}\n  - {<<: *a, name: b}\n", 3, `"2.5"`},
		{"rules:\n  link: 50.7\n", 3, `rules: link: "50.7"`},
		{"rules:\n  vague:\n    dozens: [24, 99.5]\n", 4, `rules: vague: dozens: "99.5"`},
		{"rules:\n  bands:\n    almost: 30.5\n", 4, `rules: bands: almost: "30.5"`},
		{"quotations:\n  most: 120.2\n", 3, `quotations: most: "120.2"`},
		{"quotations:\n  most: 120\n", 0, ""},
		{"grades:\n  - {name: a, originals: 2}\n", 0, ""},
		{"grades:\n  - {name: a, originals: }\n", 0, ""},
		{"rules:\n  vague:\n    dozens: [24, 99]\n  link: 60\n  bands: {almost: 30}\n", 0, ""},
		{"title: \"2.9\"\nvariables:\n  - {name: age, ask: \"How old?\", values: [2.9, \"3.5\"]}\n", 0, ""},
	}
	for _, tt := range tests {
		_, err := parseConfig([]byte("recount: 1\n" + tt.yaml))
		if strings.HasPrefix(tt.yaml, "x:") {
			if err == nil {
				t.Errorf("%s: taken", tt.yaml)
			}
			continue
		}
		switch {
		case tt.says == "" && err != nil:
			t.Errorf("%s: %v", tt.yaml, err)
		case tt.says != "" && (!errors.Is(err, recount.ErrInvalid) || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), fmt.Sprintf("study.yaml, line %d:", tt.line)) || recount.HintOf(err) == ""):
			t.Errorf("%s: %v (hint: %s), want line %d, %q", tt.yaml, err, recount.HintOf(err), tt.line, tt.says)
		}
	}
	if _, err := parseConfig([]byte("recount: 1.2\n")); err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("recount: 1.2: %v", err)
	}
}
