package study

import (
	"context"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"recount"

	"recount/internal/text"
)

// formats lists the rooms that read a format; each holds sample files of it in
// the layout of the real ones, and truth.json, which says by hand what is in
// them.
var formats = []string{"text/format/nexis", "text/format/factiva", "text/format/proquest", "text/format/table", "text/format/biblio", "text/format/docx", "text/format/rtf", "text/format/pdf",
	"text/format/mail", "text/format/transcript", "capture/unpack"}

// A fileTruth is what somebody wrote down by hand about one sample file.
type fileTruth struct {
	Articles []struct{ Part, Title, Outlet, Published, Byline, URL, First, Last string }
	Left     []string
	Leads    []string
	Items    []struct{ Name, SHA256 string }
}

// pile copies the samples of all formats into one folder and returns the truth
// about each by its name in the study.
func pile(t *testing.T, dir string) map[string]fileTruth {
	t.Helper()
	all := map[string]fileTruth{}
	for _, room := range formats {
		from := filepath.Join("..", filepath.FromSlash(room), "testdata")
		b, err := os.ReadFile(filepath.Join(from, "truth.json"))
		if err != nil {
			t.Errorf("no truth about the samples of %s: %v", room, err)
			continue
		}
		var of map[string]fileTruth
		if err := json.Unmarshal(b, &of); err != nil {
			t.Fatalf("%s: %v", room, err)
		}
		to := filepath.Join(dir, path.Base(room))
		for name, truth := range of {
			copyFile(t, filepath.Join(from, name), filepath.Join(to, name))
			all[filepath.Base(dir)+"/"+path.Base(room)+"/"+name] = truth
		}
		// A bibliography names files beside it.
		beside := filepath.Join(from, "files")
		filepath.WalkDir(beside, func(p string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				rel, _ := filepath.Rel(from, p)
				copyFile(t, p, filepath.Join(to, rel))
			}
			return nil
		})
	}
	return all
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// One file of every format, added by one command: each article is right in
// title, outlet, date, byline and text, every block leads back to its place in
// the file, and the report on what came in explains the rest.
func TestOneFileOfEveryFormat(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "pile")
	truths := pile(t, dir)
	ctx := context.Background()
	now := func() time.Time { return time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC) }
	s, err := Init(ctx, filepath.Join(t.TempDir(), "study"), Setup{Title: "Every format"}, Options{Actor: "ines", Now: now, Random: strings.NewReader(strings.Repeat("salt", 10_000))})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Add(ctx, Offer{Paths: []string{filepath.Dir(dir)}}); err != nil {
		t.Fatal(err)
	}
	x, err := s.Extract(ctx, false)
	if err != nil {
		t.Fatal(err)
	}
	captures, err := s.store.Captures(ctx)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string][]recount.Capture{}
	for _, c := range captures {
		byName[c.Name] = append(byName[c.Name], c)
	}
	articles := map[string]map[string]*recount.Article{} // by name, by part
	blocks, lost := 0, 0
	for a, err := range s.store.Articles(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		if articles[a.Name] == nil {
			articles[a.Name] = map[string]*recount.Article{}
		}
		articles[a.Name][a.Part] = a
		i := slices.IndexFunc(captures, func(c recount.Capture) bool { return c.Key == a.Capture })
		payload, err := s.archive.Payload(captures[i].Record)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range a.Blocks {
			if b.Path == "" {
				continue // of plain text: its place is in the text itself
			}
			blocks++
			got, err := text.BlockText(payload, text.Options{Name: a.Name, MediaType: captures[i].MediaType}, b.Path)
			if want := b.Span.In(a.Text); err != nil || got != want {
				if lost++; lost < 10 {
					t.Errorf("%s %s: the block at %s reads %q, %v; want %q", a.Name, a.Part, b.Path, got, err, want)
				}
			}
		}
	}
	t.Logf("%d blocks lead back to their places, %d do not", blocks-lost, lost)
	refusals, err := s.store.Refusals(ctx)
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(x.Ingest)
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, name := range slices.Sorted(maps.Keys(truths)) {
		truth := truths[name]
		if len(truth.Items) > 0 {
			checkItems(t, name, truth, byName)
			continue
		}
		if len(articles[name]) != len(truth.Articles) {
			t.Errorf("%s: %d articles; want %d", name, len(articles[name]), len(truth.Articles))
		}
		for _, want := range truth.Articles {
			a := articles[name][want.Part]
			if a == nil {
				t.Errorf("%s: no part %q", name, want.Part)
				continue
			}
			checked++
			address := a.URL
			if address == "" {
				address = a.Said("url") // of the database's copy, which is not the outlet's page
			}
			for _, f := range [][3]string{{"title", a.Title, want.Title}, {"outlet", a.Outlet, want.Outlet}, {"day", a.When(), want.Published},
				{"byline", a.Byline, strings.TrimPrefix(strings.TrimPrefix(want.Byline, "By "), "Von ")}, {"address", text.Canonical(address), text.Canonical(want.URL)}} {
				if f[1] != f[2] && (f[0] != "address" || f[2] != "") {
					t.Errorf("%s %s: %s %q; want %q", name, want.Part, f[0], f[1], f[2])
				}
			}
			var body []string
			for _, b := range a.Blocks {
				if b.Role != recount.Byline && b.Role != recount.Dateline {
					body = append(body, strings.Fields(b.Span.In(a.Text))...)
				}
			}
			flat := strings.Join(body, " ")
			if !strings.HasPrefix(flat, want.First) || !strings.HasSuffix(flat, want.Last) {
				t.Errorf("%s %s: the text is %.60q ... %q; want %q ... %q", name, want.Part, flat, flat[max(0, len(flat)-60):], want.First, want.Last)
			}
		}
		for _, left := range truth.Left {
			if !slices.ContainsFunc(refusals, func(r recount.Refusal) bool {
				return strings.HasPrefix(r.Name, name) && strings.Contains(strings.TrimPrefix(r.Name, name+"#")+": "+r.Reason, left)
			}) {
				t.Errorf("%s: nothing says %q", name, left)
			}
		}
	}
	t.Logf("%d articles compared with what was written down by hand", checked)
	for _, r := range refusals {
		if !strings.Contains(string(page), escape(r.Reason)) {
			t.Errorf("the report on what came in does not say %q", r.Reason)
		}
	}
}

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;", "+", "&#43;").Replace(s)
}

func checkItems(t *testing.T, container string, truth fileTruth, byName map[string][]recount.Capture) {
	t.Helper()
	for _, want := range truth.Items {
		name := want.Name
		if !Address(name) && len(byName[name]) == 0 {
			name = container + "/" + strings.TrimPrefix(name, path.Base(container)+"/")
		}
		if !slices.ContainsFunc(byName[name], func(c recount.Capture) bool { return c.Hash == want.SHA256 }) {
			t.Errorf("%s: no capture %s with the hash %.12s; %d of that name", container, name, want.SHA256, len(byName[name]))
		}
	}
}
