package workbench

import (
	"slices"
	"strings"
	"testing"
)

// TestWrongFieldHasItsLine writes what no study can have: the preview says on
// which line it stands.
func TestWrongFieldHasItsLine(t *testing.T) {
	b := newTab(t, serve(t, folder(t, "fresh")), "ada", "1")
	for _, x := range []struct {
		text string
		line int
	}{
		{"period:\n  from: \"2021-13\"\n", 2}, {"period:\n  from: \"2021\"\n  to: soon\n", 3}, {"period:\n  to: '2021-02-30'\n", 2},
		{"# 2021-13\nperiod:\n\n  from: 2021-13\n", 4}, {"period:\n  from: \"2021\"\n  to: \"2019\"\n", 3}, {"period:\n  from: \"2021-13\"\n  to: \"2021-13\"\n", 2},
		{"variables:\n  - name: \"a name\"\n    ask: x\n", 2}, {"variables:\n  - name: ok\n    ask: x\n  - name: \"-\"\n    ask: x\n", 4},
		{"variables:\n  - name: pay\n    ask: x\n  - name: pay\n    ask: x\n", 4}, {"title: [\n", 1},
		{"rules:\n  link: 0\nsample: false\n", 0}, {"rules:\n  conflicts: earliest\n  link: 500\n", 3}, {"rules:\n  link: \"soon\"\n", 2}, {"rules:\n  link: 2.5\n", 2},
		{"rules:\n  figures: best\n", 2}, {"rules:\n  bands:\n    almost: 30\n    about: 900\n", 4}, {"rules:\n  bands:\n    count: -1\n", 3}, {"rules:\n  bands:\n    about: \"x\"\n", 3},
		{"rules:\n  vague:\n    some: [3, 9]\n    dozens: [99, 24]\n", 4}, {"rules:\n  vague:\n    dozens: [24]\n", 3}, {"rules:\n  vague:\n    dozens: [24, \"many\"]\n", 3},
		{"grades:\n  - name: good\n    originals: 2\n  - name: Bad One\n", 4}, {"grades:\n  - name: a\n  - name: strong\n    originals: 2\n", 3}, {"grades:\n  - name: a\n    originals: \"two\"\n", 3},
		{"grades:\n  - name: a\n    owners: 3\n    originals: 2\n", 2}, {"citation: mla\n", 1}, {"quotations:\n  most: 9\n", 2}, {"quotations:\n  most: \"long\"\n", 2},
		{"period:\n  from: \"2021\"\n", 0},
	} {
		p := ask[filePreview](b, "POST", "/files/study.yaml/preview", fileCheck{Text: x.text})
		line := 0
		for _, e := range p.Errors {
			line = e.Line
		}
		if line != x.line || (len(p.Errors) > 0) != (x.line > 0) {
			t.Errorf("%q: line %d, want %d: %+v", x.text, line, x.line, p.Errors)
		}
		for _, e := range p.Errors {
			t.Logf("%q: %s", x.text, e.Message)
			if x.text != "title: [\n" && slices.ContainsFunc([]string{"study.yaml", "unmarshal", "invalid", "format.md"}, func(w string) bool { return strings.Contains(e.Message, w) }) {
				t.Errorf("%q: %q is no plain sentence", x.text, e.Message)
			}
		}
	}
}
