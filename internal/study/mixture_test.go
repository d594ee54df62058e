package study_test

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"recount/examples"
	"recount/internal/study"
)

// materials returns every sample file of the repository, by path, and the pages
// of the example study.
func materials(t testing.TB) (names []string, of map[string][]byte) {
	t.Helper()
	of = map[string][]byte{}
	keep := func(name string, b []byte) {
		if len(b) < 2<<20 {
			of[name] = b
			names = append(names, name)
		}
	}
	for _, root := range []string{"../text", "../capture", "../quotes", "../copies", "../figures"} {
		filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.Contains(p, "testdata") || strings.Contains(p, "/fuzz/") || strings.HasSuffix(p, ".json") && strings.Contains(p, "truth") {
				return nil
			}
			if b, err := os.ReadFile(p); err == nil {
				keep(p, b)
			}
			return nil
		})
	}
	fs.WalkDir(examples.Order(), "pages", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if b, err := fs.ReadFile(examples.Order(), p); err == nil {
				keep("example/"+p, b)
			}
		}
		return nil
	})
	sort.Strings(names)
	return names, of
}

// spoil cuts, repeats, joins or shuffles a file, as broken downloads and careless
// copies do.
func spoil(r *rand.Rand, b, other []byte) []byte {
	b = append([]byte(nil), b...)
	switch r.IntN(8) {
	case 0:
		return b[:r.IntN(len(b)+1)]
	case 1:
		return append(b, b...)
	case 2:
		return append(b, other...)
	case 3: // pieces in another order
		n := 1 + len(b)/(2+r.IntN(9))
		var parts [][]byte
		for len(b) > 0 {
			k := min(n, len(b))
			parts = append(parts, b[:k])
			b = b[k:]
		}
		r.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
		var out []byte
		for _, p := range parts {
			out = append(out, p...)
		}
		return out
	case 4: // bytes that are others
		for range 1 + len(b)/200 {
			if len(b) > 0 {
				b[r.IntN(len(b))] = byte(r.IntN(256))
			}
		}
		return b
	case 5: // the middle of another file in the middle of this one
		i, j := r.IntN(len(b)+1), r.IntN(len(other)+1)
		return append(append(append([]byte(nil), b[:i]...), other[j:min(len(other), j+2000)]...), b[i:]...)
	}
	return b
}

// TestMixtures runs whole studies over random mixes of all sample files, some
// of them spoilt. No file of any kind may end a run, and a second run finds
// everything in order. RECOUNT_MIXTURES says for how long ("30m") and
// RECOUNT_MIXTURES_FROM from which seed on; without them one fixed mix is run.
func TestMixtures(t *testing.T) {
	names, of := materials(t)
	if len(names) < 50 {
		t.Fatalf("%d sample files, want 50 at least", len(names))
	}
	long, _ := time.ParseDuration(os.Getenv("RECOUNT_MIXTURES"))
	from := uint64(1)
	if v, err := strconv.ParseUint(os.Getenv("RECOUNT_MIXTURES_FROM"), 10, 32); err == nil {
		from = v
	}
	begun, studies, files, articles, refused := time.Now(), 0, 0, 0, 0
	for seed := from; seed == from || time.Since(begun) < long; seed++ {
		r := rand.New(rand.NewPCG(seed, 13))
		dir := t.TempDir()
		pile := filepath.Join(dir, "pile")
		if err := os.MkdirAll(pile, 0o700); err != nil {
			t.Fatal(err)
		}
		n := 6 + r.IntN(20)
		for i := range n {
			name := names[r.IntN(len(names))]
			b := of[name]
			if r.IntN(3) > 0 {
				b = spoil(r, b, of[names[r.IntN(len(names))]])
			}
			ext := filepath.Ext(name)
			if r.IntN(12) == 0 {
				ext = filepath.Ext(names[r.IntN(len(names))])
			}
			if err := os.WriteFile(filepath.Join(pile, fmt.Sprintf("%02d%s", i, ext)), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for again := range 2 {
			s, ran, err := study.Run(context.Background(), filepath.Join(dir, "s"), study.Offer{Paths: []string{pile}}, study.Options{Actor: "analyst", Now: func() time.Time { return time.Date(2031, 5, 2, 12, 0, 0, 0, time.UTC) }})
			if err != nil {
				t.Fatalf("seed %d, run %d: %v", seed, again+1, err)
			}
			if again == 0 {
				articles += ran.Extracted.Articles
				refused += ran.Extracted.Refused + len(ran.Added.Refused)
			}
			s.Close()
		}
		studies, files = studies+1, files+n
		os.RemoveAll(dir)
	}
	t.Logf("%d studies of %d files in %s: %d articles, %d refusals, none ended a run", studies, files, time.Since(begun).Round(time.Second), articles, refused)
}
