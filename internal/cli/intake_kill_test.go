package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// A feedSite is a feed with its pages; more are announced from time to time.
type feedSite struct {
	*httptest.Server
	mu    sync.Mutex
	items int
}

func newFeedSite(t *testing.T) *feedSite {
	s := &feedSite{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		n := s.items
		s.mu.Unlock()
		if r.URL.Path == "/feed.xml" {
			var b strings.Builder
			b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>The Harbour Post</title>`)
			for i := n; i > 0; i-- {
				fmt.Fprintf(&b, `<item><title>Item %d</title><link>http://%s/page-%02d.html?utm_source=feed</link></item>`, i, r.Host, i)
			}
			b.WriteString(`</channel></rss>`)
			tag := fmt.Sprintf(`"%d"`, n)
			w.Header().Set("ETag", tag)
			if r.Header.Get("If-None-Match") == tag {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			w.Header().Set("Content-Type", "application/rss+xml")
			w.Write([]byte(b.String()))
			return
		}
		var i int
		if _, err := fmt.Sscanf(r.URL.Path, "/page-%d.html", &i); err != nil || i > n {
			http.NotFound(w, r)
			return
		}
		w.Header()["Date"] = nil // what depends on the time
		fmt.Fprintf(w, "<!DOCTYPE html><html lang=en><head><title>Item %d</title></head><body><article><h1>Item %d</h1><p>The ferry number %d did not leave on Tuesday, and the people who had waited on the quay walked home again in the rain.</p><p>\"Nobody told us why,\" said Ada Quist, who has taken the boat for thirty years.</p></article></body></html>", i, i, i)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *feedSite) announce(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items += n
}

// killed runs a command and kills it after a while. It reports whether it was
// cut off, and how it ended if not.
func killed(t *testing.T, cmd *exec.Cmd, after time.Duration) (cut bool, err error) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case <-time.After(after):
		cmd.Process.Kill()
		<-done
		return true, nil
	case err := <-done:
		return false, err
	}
}

// command is the program with a stopped clock.
func command(exe string, args ...string) *exec.Cmd {
	cmd := exec.Command(exe, args...)
	cmd.Env = fixed
	return cmd
}

// must runs a command that has to succeed and returns what it printed.
func must(t *testing.T, exe string, args ...string) string {
	t.Helper()
	out, err := command(exe, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("recount %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// withoutFeeds leaves out the captures of a feed: an undisturbed study saw the
// same pages, but need not have seen each state of the feed.
func withoutFeeds(t *testing.T, export string) string {
	t.Helper()
	var keep strings.Builder
	for line := range strings.Lines(export) {
		var row struct {
			Kind string
			Row  struct{ Channel string }
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		if row.Kind != "capture" || row.Row.Channel != "feed" {
			keep.WriteString(line)
		}
	}
	return keep.String()
}

// Ten runs of `recount watch --once`, killed at seeded moments while new pages
// are announced, and one that is left alone: every page is there, none twice,
// and the study is the one that nobody disturbed.
func TestWatchKilledAtAnyMoment(t *testing.T) {
	exe := program(t)
	site := newFeedSite(t)
	const each = 3
	runs := times(5, 10)
	dir, calm := filepath.Join(t.TempDir(), "s"), filepath.Join(t.TempDir(), "calm")
	for _, d := range []string{dir, calm} {
		must(t, exe, "init", d, "--title", "The ferry")
	}
	watch := func(dir string) []string {
		return []string{"watch", "--study", dir, "--once", "--allow-private", "--pause", "1ms", "--quiet", site.URL + "/feed.xml"}
	}
	site.announce(each)
	began := time.Now()
	must(t, exe, watch(calm)...)
	whole := time.Since(began)
	rnd := rand.New(rand.NewPCG(7, 10))
	before, cuts := map[string]bool{}, 0
	for n := range runs {
		cut, err := killed(t, command(exe, watch(dir)...), whole/4+time.Duration(rnd.Int64N(int64(whole))))
		if err != nil {
			t.Fatalf("run %d: %v", n, err)
		}
		if cut {
			cuts++
		}
		now := pagesOf(t, exe, dir)
		for name := range before {
			if now[name] != 1 {
				t.Errorf("kill %d: %s was captured once and is there %d times", n, name, now[name])
			}
		}
		before = map[string]bool{}
		for name := range now {
			before[name] = true
		}
		if n < runs-1 {
			site.announce(each)
			must(t, exe, watch(calm)...)
		}
	}
	must(t, exe, watch(dir)...)
	must(t, exe, watch(dir)...)
	now := pagesOf(t, exe, dir)
	if len(now) != runs*each {
		t.Errorf("%d pages, want %d", len(now), runs*each)
	}
	for i := range runs * each {
		name := fmt.Sprintf("%s/page-%02d.html?utm_source=feed", site.URL, i+1)
		if now[name] != 1 {
			t.Errorf("%s is there %d times", name, now[name])
		}
	}
	for _, d := range []string{dir, calm} {
		must(t, exe, "extract", "--study", d, "--quiet")
		must(t, exe, "recheck", "--study", d, "--quiet")
	}
	if got, want := withoutFeeds(t, rows(t, exe, dir)), withoutFeeds(t, rows(t, exe, calm)); got != want {
		t.Errorf("the study differs from an undisturbed one in %s", difference(got, want))
	}
	if cuts < runs/3 {
		t.Errorf("only %d of %d runs were cut off", cuts, runs)
	}
	t.Logf("%d runs of %v, %d cut off", runs, whole, cuts)
}

// pagesOf counts the captures of a study that are no feeds, by name.
func pagesOf(t *testing.T, exe, dir string) map[string]int {
	t.Helper()
	out := map[string]int{}
	for line := range strings.Lines(rows(t, exe, dir)) {
		var row struct {
			Kind string
			Row  struct{ Name, Channel string }
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		if row.Kind == "capture" && row.Row.Channel != "feed" {
			out[row.Row.Name]++
		}
	}
	return out
}

// difference shows the first line in which two exports differ.
func difference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return fmt.Sprintf("line %d:\n%.400s\n%.400s", i+1, x[i], y[i])
		}
	}
	return fmt.Sprintf("%d and %d lines", len(x), len(y))
}

// `recount add` of containers, killed at seeded moments: what was taken stays,
// nothing comes twice, and the finished study is an undisturbed one.
func TestContainersKilledAtAnyMoment(t *testing.T) {
	exe := program(t)
	samples := filepath.Join("..", "capture", "unpack", "testdata")
	for _, name := range []string{"pile.zip", "crawl.warc.zst", "wget.warc.gz"} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(samples, name)
			study := func(dir string) string {
				must(t, exe, "init", dir, "--title", "The ferry")
				return dir
			}
			add := func(dir string) *exec.Cmd { return command(exe, "add", "--study", dir, "--quiet", file) }
			finish := func(dir string) string {
				for _, args := range [][]string{{"add", "--study", dir, "--quiet", file}, {"extract", "--study", dir, "--quiet"}} {
					out, err := command(exe, args...).CombinedOutput()
					if e, ok := err.(*exec.ExitError); err != nil && (!ok || e.ExitCode() != exitItems) {
						t.Fatalf("%v: %v\n%s", args, err, out)
					}
				}
				must(t, exe, "recheck", "--study", dir, "--quiet")
				return rows(t, exe, dir)
			}
			began := time.Now()
			calm := study(filepath.Join(t.TempDir(), "calm"))
			want := finish(calm)
			whole := time.Since(began) / 4
			rnd := rand.New(rand.NewPCG(11, uint64(len(name))))
			dir, cuts := study(filepath.Join(t.TempDir(), "s")), 0
			before := map[string]bool{}
			for n := range times(3, 8) {
				if cut, _ := killed(t, add(dir), time.Duration(rnd.Int64N(int64(whole)))); cut {
					cuts++
				}
				now := captured(t, dir)
				for name := range before {
					if !now[name] {
						t.Fatalf("kill %d lost %s", n, name)
					}
				}
				before = now
			}
			if got := finish(dir); got != want {
				t.Errorf("the study differs from an undisturbed one in %s", difference(got, want))
			}
			t.Logf("%d runs, %d cut off", times(3, 8), cuts)
		})
	}
}

// `recount watch` says what an interruption had left out of the index.
func TestInterruptedBeforeTheIndex(t *testing.T) {
	exe := program(t)
	dir := filepath.Join(t.TempDir(), "s")
	must(t, exe, "init", dir, "--title", "The ferry")
	page := filepath.Join(t.TempDir(), "a.html")
	if err := os.WriteFile(page, []byte("<html><title>A</title><p>The ferry did not leave on Tuesday, said Ada Quist.</p></html>"), 0o644); err != nil {
		t.Fatal(err)
	}
	index, err := os.ReadFile(filepath.Join(dir, "study.db"))
	if err != nil {
		t.Fatal(err)
	}
	noted, err := os.ReadFile(filepath.Join(dir, "checkpoints.txt"))
	if err != nil {
		t.Fatal(err)
	}
	must(t, exe, "add", "--study", dir, page)
	// The index is as it was before, the archive as it is; of an index that was
	// not written no checkpoint is noted.
	for name, was := range map[string][]byte{"study.db": index, "checkpoints.txt": noted} {
		if err := os.WriteFile(filepath.Join(dir, name), was, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, wal := range []string{"study.db-wal", "study.db-shm"} {
		os.Remove(filepath.Join(dir, wal))
	}
	out := must(t, exe, "add", "--study", dir, page)
	if !strings.Contains(out, "0 new, 1 known") || !strings.Contains(out, "1 page was found in the archive") {
		t.Errorf("it says %q", out)
	}
	if names := captured(t, dir); len(names) != 1 {
		t.Errorf("%d captures, want 1", len(names))
	}
	if out := must(t, exe, "recheck", "--study", dir); !bytes.Contains([]byte(out), []byte("everything fits")) {
		t.Errorf("recheck: %s", out)
	}
}
