package study_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// A report from before an erasure is counted without what was erased: where that
// changes nothing in it, it fits; where it does, or where it was forged, it is named
// as one of which nothing shows that it is as it was produced.
func TestReportFromBeforeAnErasure(t *testing.T) {
	ctx := context.Background()
	base := fullStudy(t)
	memo := func(s *study.Study) string {
		by, err := s.Decide(ctx, study.By{}, casebook.Draft{Answer: recount.MemoBody{Text: "the pier was empty"}})
		if err != nil {
			t.Fatal(err)
		}
		return by[0].ID
	}
	counted := func(s *study.Study) string {
		var out bytes.Buffer
		if _, err := s.ExportDecisions(ctx, &out); err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(out.Bytes()) {
			var d recount.Decision
			if err := json.Unmarshal(line, &d); err == nil && d.Actor == "ada" && d.Kind == recount.KindScope {
				return d.ID
			}
		}
		t.Fatal("ada let nobody in")
		return ""
	}
	change := func(name, old, new string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			f := &forger{t, dir}
			f.change(name, old, new)
			f.seal()
		}
	}
	tests := []struct {
		name  string
		erase func(s *study.Study) string
		forge func(t *testing.T, dir string)
		want  string // of what could not be compared; "" for none
	}{
		{"a memo, and nobody forged", memo, func(*testing.T, string) {}, ""},
		{"a memo, and a page has another number", memo, change("index.html", ">2<", ">20<"), "index.html: rendered again from captures and decisions, it has other bytes"},
		{"a memo, and a page has another word", memo, change("index.html", "</h1>", "!</h1>"), "index.html: rendered again"},
		{"a memo, and the manifest has another number", memo, change("manifest.json", `"n": 2`, `"n": 20`), `"people counted" was 20`},
		{"a memo, and the document in Markdown has another number", memo, change("report.md", "2", "20"), "report.md: rendered again"},
		{"a memo, and the programs' form has another number", memo, change("report.json", "2", "20"), "report.json: rendered again"},
		{"an answer that counts, and nobody forged", counted, func(*testing.T, string) {}, "it is from before an erasure"},
		{"an answer that counts, and a page has another word", counted, change("index.html", "</h1>", "!</h1>"), "it is from before an erasure"},
		{"a memo, and the page on what came in has another word", memo, func(t *testing.T, dir string) {
			path := filepath.Join(dir, "out", "ingest.html")
			edit(t, path, "</h1>", "!</h1>")
			refit(t, dir, "ingest", "ingest.html")
		}, "written again of the study as it was then, it has other bytes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := copyFolder(t, base)
			s := openStudy(t, dir, "ada")
			id := tt.erase(s)
			if _, err := s.Report(ctx, study.Edition{}); err != nil {
				t.Fatal(err)
			}
			if err := s.Erase(ctx, []string{id}, "asked for it"); err != nil {
				t.Fatal(err)
			}
			closed(t, s)
			tt.forge(t, dir)
			s = openStudy(t, dir, "eve")
			defer s.Close()
			x, err := s.Recheck(ctx, study.Recheck{})
			if err != nil {
				t.Fatal(err)
			}
			var named []string
			for _, p := range x.Unlooked {
				if p.What == "report" && p.Hint != "" {
					named = append(named, p.Name+": "+p.Text)
				}
			}
			said := strings.Join(named, "\n")
			if len(x.Problems) > 0 && tt.want != "written again of the study as it was then, it has other bytes" || tt.want == "" && said != "" {
				t.Errorf("problems %v, not compared %q; want none", x.Problems, said)
			}
			if !strings.Contains(said, tt.want) && !found(x, tt.want) {
				t.Errorf("not compared: %q, problems %v; want %q", said, x.Problems, tt.want)
			}
			if tt.want == "" && x.Numbers == 0 {
				t.Error("no number was counted again")
			}
		})
	}
}

// What a folder is called is no pattern: in each the checkpoint beside a report is
// looked at, and what fits is said to fit.
func TestRecheckInFoldersOfOddNames(t *testing.T) {
	base := fullStudy(t)
	for _, name := range []string{"a [1]", "a [b", "a]", "a[!b]", "a[^b]", "a[b-a]", "a*", "*", "a?b", `a\b`, `a\`, "a{b,c}", "a%41", "a#b", "a b", "a&b=c", "ü", "-a", "$a", "~a"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), name)
			if err := os.CopyFS(dir, os.DirFS(base)); err != nil {
				t.Skipf("no folder of this name here: %v", err)
			}
			if said := problemsOf(t, dir); len(said) > 0 {
				t.Fatalf("of a study that fits recheck says %q", said)
			}
			setCheckpoint(t, filepath.Join(dir, "out", "report.checkpoint"), func(c *recount.Checkpoint) { c.Root = strings.Repeat("A", 43) + "=" })
			if said := strings.Join(problemsOf(t, dir), "\n"); !strings.Contains(said, "entries of the log are not those of then") {
				t.Errorf("another root beside the report: recheck says %q", said)
			}
		})
	}
}

// Version control and mail give a checkpoint other line ends; it says the same.
func TestCheckpointsWithOtherLineEnds(t *testing.T) {
	ctx := context.Background()
	base := fullStudy(t)
	windows := func(b string) string { return strings.ReplaceAll(b, "\n", "\r\n") }
	mark := func(b string) string { return "\ufeff" + b }
	for name, change := range map[string]func(string) string{"line ends of Windows": windows, "a mark of the order of bytes": mark, "both": func(b string) string { return mark(windows(b)) }} {
		t.Run(name, func(t *testing.T) {
			dir := copyFolder(t, base)
			for _, file := range []string{"checkpoints.txt", "out/report.checkpoint", "out/ingest.checkpoint"} {
				b, err := os.ReadFile(filepath.Join(dir, file))
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(dir, file), []byte(change(string(b))), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if said := problemsOf(t, dir); len(said) > 0 {
				t.Errorf("recheck says %q", said)
			}
			s := openStudy(t, base, "x")
			defer s.Close()
			for _, kept := range []string{"checkpoints.txt", "out/report.checkpoint"} {
				if x, err := s.Recheck(ctx, study.Recheck{Checkpoint: filepath.Join(dir, kept)}); err != nil || len(x.Problems) > 0 {
					t.Errorf("recheck with %s: %v, %v", kept, x, err)
				}
			}
		})
	}
}
