package quotes

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recount"
)

// TestLanguages reads the small hand-made files of testdata/languages: an
// article, a line of equals signs, and what must be found in it, one statement
// a line: type, speaker, content.
func TestLanguages(t *testing.T) {
	files, err := filepath.Glob("testdata/languages/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no language files: %v", err)
	}
	for _, file := range files {
		code := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(code, func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text, want, ok := strings.Cut(string(data), "\n====\n")
			if !ok {
				t.Fatalf("%s has no line of equals signs", file)
			}
			for _, language := range []string{code, ""} {
				a := &recount.Article{Key: "a", Text: text, Language: language}
				r := Read(a)
				if got := lines(text, r); got != want {
					t.Errorf("language %q:\n%s\nwant:\n%s", language, got, want)
				}
				if code == "fi" && len(r.Notes) == 0 {
					t.Errorf("no note says that marks alone were read")
				}
			}
		})
	}
}

func lines(text string, r recount.Reading) string {
	var b strings.Builder
	names := map[string]string{}
	for _, s := range r.Speakers {
		names[s.ID] = fmt.Sprintf("%s (%s, %s)", s.Name, s.Kind, s.Gender)
	}
	for _, s := range r.Statements {
		if !s.Speech {
			continue // a thought, a request
		}
		var content []string
		for _, c := range s.Content {
			content = append(content, c.In(text))
		}
		fmt.Fprintf(&b, "%s: %s: %s\n", s.Type, names[s.Speaker], strings.Join(content, " | "))
	}
	return b.String()
}
