package study_test

import (
	"bytes"
	"context"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"recount/examples"
	"recount/internal/study"
)

// pagesOf copies the example's pages to a folder.
func pagesOf(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "pages")
	sub, err := fs.Sub(examples.Order(), "pages")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, sub); err != nil {
		t.Fatal(err)
	}
	return dir
}

// fresh makes a study out of the example's text files, without decisions.
func fresh(t *testing.T) *study.Study {
	t.Helper()
	files := map[string][]byte{}
	for _, name := range []string{"study.yaml", "codebook.yaml", "report.md"} {
		b, err := fs.ReadFile(examples.Order(), name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = b
	}
	s, err := study.Create(context.Background(), filepath.Join(t.TempDir(), "s"), files, examples.OrderID, false, study.Options{Actor: "analyst", Now: at})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func export(t *testing.T, s *study.Study) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := s.Export(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The same captures and decisions give the same canonical export, byte for
// byte: in any order of arrival, pages and decisions mixed, on one core or
// two, and after a rebuild.
func TestExportDoesNotDependOnTheOrderOfArrival(t *testing.T) {
	ctx := context.Background()
	pages := pagesOf(t)
	names, err := filepath.Glob(filepath.Join(pages, "*.html"))
	if err != nil {
		t.Fatal(err)
	}
	decisions, err := fs.ReadFile(examples.Order(), "decisions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(bytes.TrimRight(decisions, "\n"), []byte("\n"))
	lines[len(lines)-1] = append(bytes.Clone(lines[len(lines)-1]), '\n')

	arrive := func(seed uint64, procs int) []byte {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		rnd := rand.New(rand.NewPCG(seed, 0))
		s := fresh(t)
		order := append([]string{}, names...)
		said := append([][]byte{}, lines...)
		if seed > 0 {
			rnd.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
			rnd.Shuffle(len(said), func(i, j int) { said[i], said[j] = said[j], said[i] })
		}
		for len(order) > 0 || len(said) > 0 {
			n := min(len(order), 1+rnd.IntN(20))
			if n > 0 {
				if _, err := s.Add(ctx, study.Offer{Paths: order[:n], Search: "the example pages"}); err != nil {
					t.Fatal(err)
				}
				order = order[n:]
				if _, err := s.Extract(ctx, false); err != nil {
					t.Fatal(err)
				}
			}
			n = min(len(said), 1+rnd.IntN(400))
			if n > 0 {
				if _, err := s.ImportDecisions(ctx, bytes.NewReader(bytes.Join(said[:n], nil)), study.Consent{Trusted: true}); err != nil {
					t.Fatal(err)
				}
				said = said[n:]
			}
		}
		got := export(t, s)
		if _, err := s.Rebuild(ctx); err != nil {
			t.Fatal(err)
		}
		if again := export(t, s); !bytes.Equal(got, again) {
			t.Errorf("seed %d: a rebuild gives another export", seed)
		}
		return got
	}
	want := arrive(0, 2)
	for _, tt := range []struct {
		seed  uint64
		procs int
	}{{1, 1}, {2, 2}, {3, 1}} {
		if got := arrive(tt.seed, tt.procs); !bytes.Equal(got, want) {
			t.Errorf("seed %d on %d cores gives another export; first difference: %s", tt.seed, tt.procs, firstDifference(got, want))
		}
	}
}

func firstDifference(a, b []byte) string {
	as, bs := bytes.Split(a, []byte("\n")), bytes.Split(b, []byte("\n"))
	for i := range as {
		if i >= len(bs) || !bytes.Equal(as[i], bs[i]) {
			other := []byte("(nothing)")
			if i < len(bs) {
				other = bs[i]
			}
			return string(as[i][:min(len(as[i]), 300)]) + "\n" + string(other[:min(len(other), 300)])
		}
	}
	return "one is longer"
}
