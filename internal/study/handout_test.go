package study

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/casebook"
)

// handedOut hands out a page of a small study; the parts of the file by name.
func handedOut(t testing.TB) map[string]string {
	t.Helper()
	ctx := context.Background()
	from := filepath.Join(t.TempDir(), "pilot.html")
	if err := os.WriteFile(from, []byte(otherPage), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Init(ctx, filepath.Join(t.TempDir(), "study"), Setup{Title: "Pilots"}, Options{Actor: "boss", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Add(ctx, Offer{Paths: []string{from}}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Extract(ctx, false); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Decide(ctx, By{}, casebook.Draft{Answer: recount.AssignBody{Page: "https://inland.example/pilot", Coder: "ada", Answer: recount.Yes}}); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := s.HandOut(ctx, &b, "ada"); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(data)
	}
	return parts
}

// openParts opens a handout of parts; dir is the folder of its study.
func openParts(t testing.TB, parts map[string]string, more ...string) (dir string, err error) {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	var names []string
	for name := range parts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range append(names, more...) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, parts[name])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	file := filepath.Join(root, "handout.zip")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(root, "opened")
	_, err = OpenHandout(context.Background(), file, dir, Options{Now: time.Now})
	return dir, err
}

// TestHostileHandouts changes a handout in each of its parts: it is refused with
// what to do next, and no half study is left.
func TestHostileHandouts(t *testing.T) {
	good := handedOut(t)
	if _, err := openParts(t, good); err != nil {
		t.Fatalf("as it was handed out: %v", err)
	}
	tests := []struct{ name, part, old, new string }{
		{"words that the page does not have", handoutTexts, "honey", "money"},
		{"a title that the page does not have", handoutTexts, `"Title":"A pilot`, `"Title":"A drunken pilot`},
		{"another day", handoutTexts, `"Published":"2015`, `"Published":"2016`},
		{"a block behind the end of the text", handoutTexts, `"Blocks":[{"Span":{"Start":0,"End":`, `"Blocks":[{"Span":{"Start":0,"End":99999`},
		{"a block before its beginning", handoutTexts, `"Blocks":[{"Span":{"Start":0`, `"Blocks":[{"Span":{"Start":-1`},
		{"another key", handoutTexts, `{"Key":"`, `{"Key":"../`},
		{"a later program", handoutTexts, `"Extractor":"recount-text/`, `"Extractor":"recount-text/9`},
		{"no program", handoutTexts, `"Extractor":"recount-text/`, `"Extractor":"`},
		{"a field that nobody knows", handoutTexts, `{"Key"`, `{"key2":1,"Key"`},
		{"no texts", handoutTexts, "", ""},
		{"null", handoutTexts, "", "null\n"},
		{"no pages", handoutPages, "", ""},
		{"a page twice", handoutPages, "", good[handoutPages] + good[handoutPages]},
		{"a size that is none", handoutPages, `"Size":`, `"Size":-`},
		{"another name", handoutPages, `"Name":"`, `"Name":"../../`},
		{"a medium that the page does not have", handoutPages, `"MediaType":"text/html`, `"MediaType":"text/plain\r\nX: y`},
		{"another coder", handoutFile, `"ada"`, `"bob"`},
		{"a coder who is a path", handoutFile, `"ada"`, `"../../ada"`},
		{"a form that is none", handoutFile, `"form": 1`, `"form": -1`},
		{"more pages than it holds", handoutFile, `"pages": 1`, `"pages": 2`},
		{"no study", handoutFile, `"study": "`, `"study": "x`},
		{"null", handoutFile, "", "null"},
		{"no assignment", handoutShared, "", ""},
		{"half a decision", handoutShared, "", good[handoutShared][:len(good[handoutShared])/2]},
		{"a study file that is none", studyFile, "", "]["},
	}
	for _, tt := range tests {
		t.Run(tt.part+", "+tt.name, func(t *testing.T) {
			parts := map[string]string{}
			for name, data := range good {
				parts[name] = data
			}
			parts[tt.part] = tt.new
			if tt.old != "" {
				if parts[tt.part] = strings.Replace(good[tt.part], tt.old, tt.new, 1); parts[tt.part] == good[tt.part] {
					t.Fatalf("%q does not stand in %s", tt.old, tt.part)
				}
			}
			dir, err := openParts(t, parts)
			if err == nil {
				t.Fatal("it was opened")
			}
			if recount.HintOf(err) == "" {
				t.Errorf("it does not say what to do next: %v", err)
			}
			if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("a study is left half: %v", err)
			}
		})
	}
	if _, err := openParts(t, good, studyFile); err == nil {
		t.Error("a part that stands in it twice was taken")
	}
	// What is no part is not unpacked.
	parts := map[string]string{"../../evil": "x", "/evil": "x"}
	for name, data := range good {
		parts[name] = data
	}
	dir, err := openParts(t, parts)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{filepath.Join(dir, "..", "evil"), filepath.Join(dir, "..", "..", "evil"), filepath.Join(dir, "evil"), "/evil"} {
		if _, err := os.Stat(p); err == nil {
			t.Errorf("%s was written", p)
		}
	}
}

// FuzzHandout puts anything in the place of a part: a handout opens whole or
// leaves nothing.
func FuzzHandout(f *testing.F) {
	good := handedOut(f)
	names := []string{handoutFile, handoutShared, handoutPages, handoutTexts, studyFile, codebookFile}
	for i, name := range names {
		f.Add(byte(i), good[name])
		f.Add(byte(i), strings.Replace(good[name], "1", "-9", 3))
	}
	f.Fuzz(func(t *testing.T, which byte, data string) {
		parts := map[string]string{}
		for name, data := range good {
			parts[name] = data
		}
		parts[names[int(which)%len(names)]] = data
		dir, err := openParts(t, parts)
		if err == nil {
			return
		}
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a study is left half: %v", err)
		}
	})
}
