package study_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"recount"
	"recount/internal/study"
)

// unpack lays a study that an older program made into a new folder.
func unpack(t *testing.T, file string) string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return filepath.Join(dir, "ferry")
		}
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, filepath.FromSlash(h.Name))
		if h.Typeflag == tar.TypeDir {
			err = os.MkdirAll(path, 0o700)
		} else {
			var b []byte
			if b, err = io.ReadAll(r); err == nil {
				err = os.WriteFile(path, b, 0o600)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Studies that older programs made open and count the same: the same ids,
// answers and ranges. testdata/older holds one of each schema, with the counts
// that its own program printed.
func TestStudiesOfOlderProgramsCountTheSame(t *testing.T) {
	ctx := context.Background()
	want, err := os.ReadFile("testdata/older/counts.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, schema := range []string{"1", "2", "3"} {
		t.Run("schema "+schema, func(t *testing.T) {
			s, err := study.Open(ctx, unpack(t, "testdata/older/study-"+schema+".tar.gz"), study.Options{Actor: "x", Now: at})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			var got bytes.Buffer
			for _, q := range []study.Query{{}, {By: "country"}, {By: "code"}, {Where: `gender == "woman"`, Share: true}} {
				q.Name, q.Label = "people", "people"
				if q.Where != "" {
					q.Label = "people where " + q.Where
				}
				r, _, err := s.Count(ctx, q)
				if err != nil {
					t.Fatal(err)
				}
				got.WriteString(study.Lines([]recount.Result{r}))
			}
			if got.String() != string(want) {
				t.Errorf("it counts\n%s\nwant\n%s", got.String(), want)
			}
			var log bytes.Buffer
			if _, err := s.ExportDecisions(ctx, &log); err != nil {
				t.Fatal(err)
			}
			was, err := os.ReadFile("testdata/older/decisions-" + schema + ".jsonl")
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(log.Bytes(), was) {
				t.Error("its decisions are exported as other bytes than by the program that made them")
			}
			// A report of a program that kept no log has no checkpoint, and is named.
			if _, err := os.Stat(filepath.Join(s.Dir, "out", "report")); err == nil {
				if x, err := s.Recheck(ctx, study.Recheck{}); err != nil || len(x.Problems) != 1 || !found(x, "it has no checkpoint beside it") {
					t.Errorf("recheck of an older report: %v, %v", x, err)
				}
			}
			if _, err := s.Report(ctx); err != nil {
				t.Fatal(err)
			}
			if x, err := s.Recheck(ctx, study.Recheck{}); err != nil || len(x.Problems) > 0 {
				t.Errorf("recheck: %v, %v", x, err)
			}
		})
	}
}
