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
	"strings"
	"testing"

	"recount"
	archives "recount/internal/capture"
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
// that its own program printed; but the row Pay, which no answer can move from
// zero, said the range of the whole there, and says nothing now; how many
// people anybody has coded was not said; and a table by code was of all people, with
// those nobody had coded in the row "no code", which reached further, by a world in
// which a statement had neither of the codes that two people gave. The note on
// ranges was in other words.
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
			if _, err := s.Report(ctx, study.Edition{}); err != nil {
				t.Fatal(err)
			}
			if x, err := s.Recheck(ctx, study.Recheck{}); err != nil || len(x.Problems) > 0 {
				t.Errorf("recheck: %v, %v", x, err)
			}
		})
	}
}

// A study of version 0.1 keeps the names of its files, which begin with the
// name of the folder that was offered: what is offered again is known in
// whichever folder, and what was changed since is a version of it.
func TestOlderStudiesKeepTheNamesOfFiles(t *testing.T) {
	ctx := context.Background()
	for _, file := range []string{"testdata/older/study-1.tar.gz", "testdata/older/study-2.tar.gz"} {
		folder := unpack(t, file)
		s, err := study.Open(ctx, folder, study.Options{Actor: "ada", Now: at})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		archive, err := archives.OpenArchive(filepath.Join(folder, "captures"))
		if err != nil {
			t.Fatal(err)
		}
		defer archive.Close()
		captures, err := s.Captures(ctx)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "elsewhere")
		n := 0
		for _, c := range captures {
			_, inside, ok := strings.Cut(c.Name, "/")
			if c.Channel != "file" || !ok {
				continue
			}
			b, err := archive.Payload(c.Record)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, filepath.FromSlash(inside))
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if n++; n == 1 {
				b = append(b, "\nA line that is new.\n"...)
			}
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if n < 2 {
			t.Fatalf("%s holds %d files in folders; the test needs two", file, n)
		}
		a, err := s.Add(ctx, study.Offer{Paths: []string{dir}})
		if err != nil {
			t.Fatal(err)
		}
		if len(a.New) != 1 || len(a.Known) != n-1 || len(a.Versions) != 1 || !strings.Contains(a.Versions[0], "/") {
			t.Errorf("%s: %d new, %d known, versions %q; want 1, %d and one of a name in a folder", file, len(a.New), len(a.Known), a.Versions, n-1)
		}
	}
}
