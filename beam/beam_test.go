package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"golang.org/x/mod/modfile"

	"recount"
	"recount/internal/sandbox"
	"recount/internal/shards"
)

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == child {
		_ = sandbox.ServeReader(os.Stdin, os.Stdout)
		os.Exit(0)
	}
	flag.Parse()
	beam.Init()
	os.Exit(m.Run())
}

// pile writes n files with each some lines, a third of them reprints, one line
// of each no article.
func pile(t *testing.T, n, each int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "in")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(4, 4))
	var texts []string
	for i := range n {
		b := bytes.NewBufferString("no article\n")
		for j := range each {
			var text strings.Builder
			for range 5 {
				fmt.Fprintf(&text, "The harbour of place%d waits for ship%d from coast%d and %d people left. ", rng.IntN(99999), rng.IntN(99999), rng.IntN(99999), 2+rng.IntN(90))
				fmt.Fprintf(&text, "“We saw light%d over hill%d,” said Vera Holm.\n", rng.IntN(99999), rng.IntN(99999))
			}
			s := text.String()
			if len(texts) > 0 && rng.IntN(3) == 0 {
				s = texts[rng.IntN(len(texts))]
			}
			texts = append(texts, s)
			line, err := json.Marshal(map[string]string{"title": fmt.Sprintf("Story %d of %d", j, i), "outlet": fmt.Sprintf("Outlet %d", rng.IntN(5)), "text": s})
			if err != nil {
				t.Fatal(err)
			}
			b.Write(append(line, '\n'))
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%03d.jsonl", i)), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func quiet(string, int, int) {}

// local makes the corpus in this process.
func local(t *testing.T, dir, from string) (*shards.Corpus, *shards.Status) {
	t.Helper()
	c, err := shards.Make(t.Context(), dir, []string{from}, nil, quiet)
	if err != nil {
		t.Fatal(err)
	}
	reader := shards.NewReader(nil, slog.New(slog.DiscardHandler))
	defer reader.Close()
	st, err := c.Run(t.Context(), reader, quiet)
	if err != nil {
		t.Fatal(err)
	}
	return c, st
}

// Beam, on its own runner, makes what this process makes by itself: from
// nothing, from a corpus of which shards, parts and the rest are lost, and with
// nothing left to do.
func TestPrismEqualsLocal(t *testing.T) {
	in := pile(t, 12, 8)
	_, want := local(t, filepath.Join(t.TempDir(), "c"), in)
	if want.Manifest == "" || want.Articles != 96 || want.Relations < 10 || want.Skipped != 12 {
		t.Fatalf("a corpus of 96 articles has the status %+v", want)
	}
	dir := filepath.Join(t.TempDir(), "c")
	lose := func(kind string, n int) func() {
		return func() {
			there, err := filepath.Glob(filepath.Join(dir, kind, "*"))
			if err != nil || len(there) < n {
				t.Fatalf("%d folders in %s, %v; want at least %d", len(there), kind, err, n)
			}
			for _, d := range there[:n] {
				if err := os.RemoveAll(d); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for _, step := range []struct {
		name    string
		before  func()
		sources []string
	}{
		{"from nothing", func() {}, []string{in}},
		{"nothing is left to do", func() {}, []string{in}},
		{"five shards are lost", lose("shards", 5), nil},
		{"three parts are lost", lose("parts", 3), nil},
		{"what rests on all is lost", lose("whole", 1), nil},
	} {
		step.before()
		st, err := run(t.Context(), dir, step.sources, quiet)
		if err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if st.Manifest != want.Manifest || st.Counts != want.Counts {
			t.Errorf("%s: Prism gives %.12s with %+v; want %.12s with %+v", step.name, st.Manifest, st.Counts, want.Manifest, want.Counts)
		}
	}
}

// What cannot run says what to do.
func TestRunRefuses(t *testing.T) {
	other := filepath.Join(t.TempDir(), "other")
	if err := errors.Join(os.Mkdir(other, 0o700), os.WriteFile(filepath.Join(other, "notes.txt"), nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	in := pile(t, 2, 2)
	for _, tt := range []struct {
		name    string
		dir     string
		sources []string
		want    error
	}{
		{"no folder", "", []string{in}, recount.ErrInvalid},
		{"no corpus and no sources", filepath.Join(t.TempDir(), "none"), nil, recount.ErrNotFound},
		{"a folder of other files", other, []string{in}, recount.ErrConflict},
	} {
		if _, err := run(t.Context(), tt.dir, tt.sources, quiet); !errors.Is(err, tt.want) || recount.HintOf(err) == "" {
			t.Errorf("%s: %v, hint %q; want %v with a hint", tt.name, err, recount.HintOf(err), tt.want)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	root, err := os.MkdirTemp("", "TestRunRefuses")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // Prism goes on with the shards that it has begun
		for range 100 {
			if os.RemoveAll(root) == nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Error("after ten seconds a run that was stopped still writes")
	})
	dir := filepath.Join(root, "c")
	planned := func(step string, _, _ int) {
		if step == "shards" {
			stop()
		}
	}
	if _, err := run(ctx, dir, []string{pile(t, 20, 20)}, planned); !errors.Is(err, context.Canceled) {
		t.Errorf("a run that is stopped ends with %v", err)
	}
}

// A step believes an engine only if the shards of the plan came, each once.
func TestStepsCount(t *testing.T) {
	c, _ := local(t, filepath.Join(t.TempDir(), "c"), pile(t, 4, 3))
	o := of{c.Dir, shards.Form}
	f := &mapShard{Of: o}
	if err := f.Setup(); err != nil {
		t.Fatal(err)
	}
	defer f.Teardown()
	var blocks [][]byte // one for each shard
	for i := range c.Plan.Shards {
		f.StartBundle(t.Context(), nil)
		got := map[int]int{}
		emit := func(part int, b []byte) {
			if got[part]++; part == 0 {
				blocks = append(blocks, b)
			}
		}
		if err := f.ProcessElement(t.Context(), c.Plan.Shards[i].Key(), emit); err != nil {
			t.Fatal(err)
		}
		f.FinishBundle(t.Context(), emit)
		if len(got) != shards.Parts {
			t.Errorf("a shard came to %d parts, want %d", len(got), shards.Parts)
		}
	}
	if err := f.ProcessElement(t.Context(), "none", nil); !errors.Is(err, recount.ErrConflict) {
		t.Errorf("a shard that the plan does not have: %v", err)
	}
	iterate := func(of ...[]byte) func(*[]byte) bool {
		return func(b *[]byte) bool {
			if len(of) == 0 {
				return false
			}
			*b, of = of[0], of[1:]
			return true
		}
	}
	var parts [][]byte
	for p := range shards.Parts {
		if err := (&reducePart{o}).ProcessElement(t.Context(), p, iterate(blocks...), func(_ int, b []byte) { parts = append(parts, b) }); err != nil {
			t.Fatal(err)
		}
	}
	changed := bytes.Replace(blocks[0], []byte(`"sha256":"`), []byte(`"sha256":"0`), 1)
	reversed := slices.Clone(parts)
	slices.Reverse(reversed)
	for _, tt := range []struct {
		name string
		run  func() error
		ok   bool
	}{
		{"shards in another order", func() error { return reduce(o, iterate(blocks[2], blocks[3], blocks[0], blocks[1])) }, true},
		{"shards in one block", func() error { return reduce(o, iterate(slices.Concat(blocks...))) }, true},
		{"a shard is lost", func() error { return reduce(o, iterate(blocks[1:]...)) }, false},
		{"no shard", func() error { return reduce(o, iterate()) }, false},
		{"a shard is doubled", func() error { return reduce(o, iterate(append(blocks, blocks[1])...)) }, false},
		{"a shard is another one", func() error { return reduce(o, iterate(changed, blocks[1], blocks[2], blocks[3])) }, false},
		{"a block is cut off", func() error { return reduce(o, iterate(blocks[0], blocks[1], blocks[2], blocks[3][:9])) }, false},
		{"another version of recount", func() error { return reduce(of{c.Dir, "other"}, iterate(blocks...)) }, false},
		{"a folder that is not reached", func() error { return reduce(of{c.Dir + "-none", shards.Form}, iterate(blocks...)) }, false},
		{"parts in another order", func() error { return (&finish{o}).ProcessElement(t.Context(), 0, iterate(reversed...)) }, true},
		{"a part is lost", func() error { return (&finish{o}).ProcessElement(t.Context(), 0, iterate(parts[1:]...)) }, false},
		{"a part is doubled", func() error {
			return (&finish{o}).ProcessElement(t.Context(), 0, iterate(append(parts[1:], parts[3])...))
		}, false},
	} {
		if err := tt.run(); (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func reduce(o of, blocks func(*[]byte) bool) error {
	return (&reducePart{o}).ProcessElement(context.Background(), 0, blocks, func(int, []byte) {})
}

// Long blocks are cut.
func TestBlocksAreCut(t *testing.T) {
	c, _ := local(t, filepath.Join(t.TempDir(), "c"), pile(t, 1, 1))
	f := &mapShard{Of: of{c.Dir, shards.Form}}
	if err := f.Setup(); err != nil {
		t.Fatal(err)
	}
	defer f.Teardown()
	longest, emitted := 0, 0
	emit := func(_ int, b []byte) { longest, emitted = max(longest, len(b)), emitted+1 }
	f.StartBundle(t.Context(), emit)
	const n = 1500
	for range n {
		if err := f.ProcessElement(t.Context(), c.Plan.Shards[0].Key(), emit); err != nil {
			t.Fatal(err)
		}
	}
	f.FinishBundle(t.Context(), emit)
	if emitted < 2*shards.Parts || emitted > 8*shards.Parts || longest > blockSize+200 {
		t.Errorf("%d shards came in %d blocks, the longest of %d bytes", n, emitted, longest)
	}
}

// What reads articles is the same here as in recount: no module that it stands
// on has another version, but those that Beam raises and no reader uses.
func TestModulesAreThoseOfRecount(t *testing.T) {
	raised := map[string]bool{"google.golang.org/protobuf": true, "github.com/pierrec/lz4/v4": true}
	versions := func(path string) map[string]string {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f, err := modfile.Parse(path, b, nil)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, r := range f.Require {
			out[r.Mod.Path] = r.Mod.Version
		}
		return out
	}
	here, there := versions("go.mod"), versions("../go.mod")
	shared := 0
	for path, v := range here {
		if w, ok := there[path]; ok && !raised[path] {
			if shared++; v != w {
				t.Errorf("%s is %s here and %s in recount: take the same, in both", path, v, w)
			}
		}
	}
	if shared < 20 {
		t.Errorf("%d modules are shared; recount has %d", shared, len(there))
	}
}
