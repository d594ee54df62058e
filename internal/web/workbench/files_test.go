package workbench

import "testing"

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
	}
}
