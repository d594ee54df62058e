package shards

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"recount"
	"recount/internal/copies"
)

// generated writes what comparing needs of n generated articles, 2,000 a shard: about
// 400 words each, two in five of them reprints, as docs/measure-corpus.py has
// them.
func generated(t *testing.T, n int, dir string) (keys, dirs []string) {
	t.Helper()
	rng := rand.New(rand.NewPCG(7, 7))
	words := make([]string, 20_000)
	for i := range words {
		for range 2 + rng.IntN(3) {
			words[i] += string("bdfglmnprstv"[rng.IntN(12)]) + string("aeiou"[rng.IntN(5)])
		}
	}
	word := func() string {
		if rng.Float64() < 0.3 {
			return words[min(int(math.Pow(1-rng.Float64(), -1/0.6)), len(words))-1]
		}
		return words[rng.IntN(len(words))]
	}
	sentence := func() string {
		return fmt.Sprintf("The %s of %s %s the %s and %s, and %s %s for %s %s near %s.", word(), word(), word(), word(), word(), word(), word(), word(), word(), word())
	}
	quote := func() string {
		return fmt.Sprintf("“We %s the %s for %s %s,” said Vera Holm%d, who runs the %s. %d people had left.", word(), word(), word(), word(), rng.IntN(100), word(), 2+rng.IntN(900))
	}
	var recent [][]string
	var shard *copies.Shard
	for i := range n {
		if i%2000 == 0 {
			d := filepath.Join(dir, strconv.Itoa(i/2000))
			if err := os.Mkdir(d, 0o700); err != nil {
				t.Fatal(err)
			}
			keys, dirs = append(keys, strconv.Itoa(i/2000)), append(dirs, d)
			var err error
			if shard, err = copies.NewShard(d, Parts); err != nil {
				t.Fatal(err)
			}
		}
		var text []string
		if len(recent) > 0 && rng.Float64() < 0.4 {
			text = append(text, recent[rng.IntN(len(recent))]...)
			if rng.IntN(2) == 0 {
				text[len(text)-1] = sentence()
			}
		} else {
			for range 6 {
				var p []string
				for range 4 {
					if rng.Float64() < 0.2 {
						p = append(p, quote())
					} else {
						p = append(p, sentence())
					}
				}
				text = append(text, strings.Join(p, " "))
			}
			if recent = append(recent, text); len(recent) > 500 {
				recent = recent[1:]
			}
		}
		a := &recount.Article{Key: recount.KeyOf("article", strconv.Itoa(i)), Text: strings.Join(text, "\n"), Outlet: fmt.Sprintf("Outlet %d", i%40),
			URL: fmt.Sprintf("https://outlet%d.example/%d", i%40, i), Published: fmt.Sprintf("2020-%02d-%02dT08:00:00Z", 1+i%12, 1+i%28)}
		if err := shard.Add(copies.ReadPage(a)); err != nil {
			t.Fatal(err)
		}
		if i%2000 == 1999 || i == n-1 {
			if err := shard.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	return keys, dirs
}

// Comparing all articles of a corpus holds little of each: RECOUNT_ARTICLES says
// of how many, 100,000 if it does not. Linux says what was held at most.
func TestMemoryOfComparing(t *testing.T) {
	if os.Getenv("RECOUNT_BARS") == "" {
		t.Skip("minutes; RECOUNT_BARS=1 runs it")
	}
	most := 100_000
	if s := os.Getenv("RECOUNT_ARTICLES"); s != "" {
		var err error
		if most, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	resident := func(of string) int {
		b, err := os.ReadFile("/proc/self/status")
		if err != nil {
			t.Skip("this system does not say what a program holds: ", err)
		}
		for line := range strings.Lines(string(b)) {
			if f := strings.Fields(line); f[0] == of+":" {
				kb, err := strconv.Atoi(f[1])
				if err != nil {
					t.Fatal(err)
				}
				return kb >> 10
			}
		}
		t.Fatal("no line of ", of)
		return 0
	}
	held := func(n int) (parts, whole int, c Counts) {
		dir := t.TempDir()
		keys, dirs := generated(t, n, dir)
		begin := func() {
			debug.FreeOSMemory()
			if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o600); err != nil {
				t.Skip("this system does not begin anew: ", err)
			}
		}
		begin()
		// As many at a time as Run does.
		folders := make([]string, Parts)
		for p := range folders {
			folders[p] = filepath.Join(dir, "part-"+strconv.Itoa(p))
			if err := os.Mkdir(folders[p], 0o700); err != nil {
				t.Fatal(err)
			}
		}
		if err := each(t.Context(), Parts, func(ctx context.Context, p int) error { return ReducePart(ctx, dirs, p, folders[p]) }); err != nil {
			t.Fatal(err)
		}
		parts = resident("VmHWM")
		begin()
		out := filepath.Join(dir, "whole")
		if err := os.Mkdir(out, 0o700); err != nil {
			t.Fatal(err)
		}
		c, err := Components(t.Context(), keys, dirs, folders, out)
		if err != nil {
			t.Fatal(err)
		}
		return parts, resident("VmHWM"), c
	}
	few := most / 10
	fewParts, fewWhole, _ := held(few)
	parts, whole, c := held(most)
	t.Logf("%d articles: %d and %d MB; %d articles: %d and %d MB, %d relations", few, fewParts, fewWhole, most, parts, whole, c.Relations)
	// What is held of each article, and twice that until it is collected.
	allowed := 200 + most*2*120>>20
	if parts > allowed || whole > allowed {
		t.Errorf("comparing %d articles held %d and %d MB, want at most %d", most, parts, whole, allowed)
	}
}
