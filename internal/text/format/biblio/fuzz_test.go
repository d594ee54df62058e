package biblio

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"recount/internal/text/document"
)

// check reads payload and fails on what may never be: a panic, a lead that
// leads nowhere, a fact that is no line of UTF-8.
func check(t *testing.T, payload []byte) {
	if len(payload) > 64<<10 {
		return
	}
	Is(payload, "x")
	set, err := Read(payload, document.Options{})
	if err != nil {
		return
	}
	for _, l := range set.Leads {
		if l.URL == "" && l.File == "" || l.Range == "" {
			t.Errorf("lead %+v", l)
		}
		for _, f := range l.Facts {
			if f.Value == "" || f.Field == "" || f.Origin == "" || !utf8.ValidString(f.Value) || strings.ContainsAny(f.Value, "\n\x00") || len(f.Value) > 2*maxAddress {
				t.Errorf("fact %+v", f)
			}
		}
	}
	for _, l := range set.Left {
		if l.Where == "" || l.Reason == "" || l.Hint == "" {
			t.Errorf("left %+v", l)
		}
	}
}

// seeds adds the samples with an ending.
func seeds(f *testing.F, end string) {
	files, _ := filepath.Glob("testdata/*" + end)
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
}

func FuzzRIS(f *testing.F) {
	seeds(f, ".ris")
	f.Add([]byte("TY - X\nAB  - a\nb\n\nER -\nTY  - NEWS\nDA  - 2014/13/99/\nL1  - a\nER  -"))
	f.Fuzz(check)
}

func FuzzBibTeX(f *testing.F) {
	seeds(f, ".bib")
	f.Add([]byte("@string{a = \"x\" # {y}}\n@misc(k, title = a # a # 3, url = \"http://a.b/c\\_d\",)\n@comment{x}@misc{k"))
	f.Fuzz(check)
}

func FuzzCSL(f *testing.F) {
	seeds(f, ".json")
	f.Add([]byte(`{"items":[{"itemType":"webpage","URL":"http://a.b/c","creators":[{"name":"a"}],"attachments":[{"path":"a"}]}]}`))
	f.Add([]byte(`{"type":"webpage","URL":"http://a.b/c","issued":"2014"}{"type":3}`))
	f.Fuzz(check)
}

func FuzzLatex(f *testing.F) {
	f.Add(`{\"a}\c{c}\'\i $x$ \~{} \url{a}`)
	f.Fuzz(func(t *testing.T, s string) {
		if utf8.ValidString(s) && !utf8.ValidString(latex(s)) {
			t.Errorf("latex(%q) = %q", s, latex(s))
		}
	})
}
