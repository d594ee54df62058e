package proquest

import (
	"os"
	"path/filepath"
	"testing"

	"recount/internal/text/document"
)

func sample(tb testing.TB, name string) []byte {
	tb.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

var samples = []string{"proquest.txt", "proquest-wrapped.txt", "proquest-languages.txt", "proquest.html"}

func TestPrint(t *testing.T) {
	for _, name := range samples {
		b := sample(t, name)
		if !Is(b, "") {
			t.Errorf("%s: Is says no", name)
		}
		set, err := Read(b, document.Options{})
		if err != nil {
			t.Fatal(name, err)
		}
		t.Logf("== %s notes %q", name, set.Notes)
		for _, d := range set.Drafts {
			t.Logf("%s %s %q", d.Part, d.Range, d.Notes)
			for _, f := range d.Facts {
				t.Logf("    %s = %q (%s)", f.Field, f.Value, f.Origin)
			}
			for _, p := range d.Paragraphs {
				t.Logf("    [%s %s] %q", p.Path, p.Role, p.Text)
				if s, ok := Find(b, p.Path); !ok || s != p.Text {
					t.Errorf("Find %s = %q, %v", p.Path, s, ok)
				}
			}
		}
		for _, l := range set.Left {
			t.Logf("LEFT %s | %s | %s", l.Where, l.Reason, l.Hint)
		}
	}
}
