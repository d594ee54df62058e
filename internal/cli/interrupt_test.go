//go:build !windows

package cli

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A stoppable is a verb that can run for longer than a moment.
type stoppable struct {
	name  string
	state string                                     // of the study it is called on: none, made, added, read
	args  func(dir, out string) []string             // out is a file or folder that is not there
	same  func(t *testing.T, dir, out string) string // what must be the same in the end; nil: what it prints
	daily bool
	keeps bool // it begins nothing anew: what is captured and logged only grows
	open  bool // it ends by a signal alone
}

// many writes pages, in which people speak and some reprint others.
func many(t *testing.T, n int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "pages")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("p%04d.html", i)), []byte(onePage(i)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// filesOf lists the files of a folder.
func filesOf(dir string) []string {
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	return files
}

// linesOf writes the articles of pages as JSON Lines, in three files.
func linesOf(t *testing.T, pages string) string {
	t.Helper()
	dir := t.TempDir()
	var out, errs bytes.Buffer
	if code := Main(append([]string{"text"}, filesOf(pages)...), strings.NewReader(""), &out, &errs); code != exitDone {
		t.Fatalf("text: %d\n%.300s%s", code, out.String(), errs.String())
	}
	var files [3]bytes.Buffer
	n := 0
	for line := range strings.Lines(out.String()) {
		fmt.Fprintf(&files[n%3], "{\"id\":\"a%d\",%s", n, line[1:])
		n++
	}
	for i := range files {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.jsonl", i)), files[i].Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func onePage(i int) string {
	first := []string{"Ada", "Berta", "Carl", "Dora", "Emil", "Frieda", "Gustav", "Hanna"}[i%8]
	last := []string{"Brunt", "Holm", "Sund", "Lund", "Voss", "Stern", "Kahn"}[i/8%7]
	var b strings.Builder
	fmt.Fprintf(&b, "<html><title>The pier of %s, part %d</title><meta property=\"article:published_time\" content=\"2015-%02d-%02d\"><body><article><h1>The pier, part %d</h1>", last, i, 1+i%12, 1+i%28, i)
	if i%5 == 4 { // a reprint
		i--
	}
	for k := range 12 {
		fmt.Fprintf(&b, "<p>\"The pier number %d is closed until spring %d, because nobody paid for board %d,\" said %s %s on Monday in Sandwick. It was the third time in %d years that the council had closed it.</p>\n", i, 1900+k, i*17+k, first, last, 2+k)
	}
	return b.String() + "</article></body></html>"
}

// treeSum is a hash over a file or the files of a folder.
func treeSum(t *testing.T, _, path string) string {
	t.Helper()
	h := sha256.New()
	err := filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(path, p)
		fmt.Fprintf(h, "%s %d\n%s", rel, len(b), b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

func stoppables(t *testing.T, exe, pages, answers, feed string) []stoppable {
	lines := linesOf(t, pages)
	study := func(t *testing.T, dir, _ string) string { return rows(t, exe, dir) }
	just := func(args ...string) func(dir, out string) []string {
		return func(string, string) []string { return args }
	}
	to := func(args ...string) func(dir, out string) []string {
		return func(_, out string) []string { return append(slices.Clone(args), out) }
	}
	// counted is what the study says, whose decisions have salts of their own.
	counted := func(t *testing.T, dir, _ string) string {
		cmd := exec.Command(exe, "count", "--by", "month", "--quiet", "--study", dir)
		cmd.Env = fixed
		b, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		return string(b) + study(t, dir, "")
	}
	return []stoppable{
		{name: "run", state: "none", args: just("run", pages), same: study, daily: true, keeps: true},
		{name: "add", state: "made", args: just("add", pages), same: study, daily: true, keeps: true},
		{name: "watch", state: "made", args: just("watch", "--once", "--allow-private", "--pause", "1ms", feed), same: study, keeps: true},
		{name: "extract", state: "added", args: just("extract"), same: study, daily: true, keeps: true},
		{name: "extract --again", state: "read", args: just("extract", "--again"), same: study, keeps: true},
		{name: "rebuild", state: "read", args: just("rebuild"), same: study, keeps: true},
		{name: "scope", state: "read", args: just("scope", "--kind", "named", "--each", "yes", "--save"), same: counted, keeps: true},
		{name: "decisions import", state: "read", args: just("decisions", "import", answers, "--accept", "bob"), same: study, keeps: true},
		{name: "count", state: "read", args: just("count", "--by", "month"), keeps: true},
		{name: "count --rules", state: "read", args: just("count", "--rules"), keeps: true},
		{name: "figures", state: "read", args: just("figures"), keeps: true},
		{name: "sample", state: "read", args: just("sample", "20"), same: counted, keeps: true},
		{name: "link", state: "read", args: just("link"), keeps: true},
		{name: "disclosure", state: "read", args: just("disclosure"), keeps: true},
		{name: "publish", state: "read", args: just("publish"), keeps: true},
		{name: "recheck", state: "read", args: just("recheck", "--all"), daily: true, keeps: true},
		{name: "report", state: "read", args: just("report"), daily: true, keeps: true,
			same: func(t *testing.T, dir, _ string) string { return treeSum(t, "", filepath.Join(dir, "out", "report")) }},
		{name: "people --xlsx", state: "read", args: to("people", "--xlsx"), same: treeSum, keeps: true},
		{name: "export all", state: "read", args: to("export", "all"), same: treeSum, keeps: true},
		{name: "export wacz", state: "read", args: to("export", "wacz"), same: treeSum, keeps: true},
		{name: "export tables", state: "read", args: to("export", "tables"), same: treeSum, keeps: true},
		{name: "export result", state: "read", args: to("export", "result", "people"), same: treeSum, keeps: true},
		{name: "export sources", state: "read", args: func(_, out string) []string { return []string{"export", "sources", out} }, same: treeSum, keeps: true},
		{name: "decisions export", state: "read", args: to("decisions", "export"), same: treeSum, keeps: true},
		{name: "decisions log", state: "read", args: just("decisions", "log"), keeps: true},
		{name: "serve", state: "read", args: just("serve", "--addr", "127.0.0.1:0"), same: study, keeps: true, open: true},
		{name: "demo", state: "none", args: func(dir, _ string) []string { return []string{"demo", dir, "--no-serve"} }, same: counted},
		{name: "corpus scan", state: "none", args: func(_, out string) []string { return []string{"corpus", "scan", lines, "--to", out} }, same: treeSum, daily: true},
		{name: "text", state: "none", args: just(append([]string{"text"}, filesOf(pages)...)...)},
		{name: "quotes", state: "none", args: just("quotes", filepath.Join(lines, "0.jsonl"))},
		{name: "copies", state: "none", args: just("copies", filepath.Join(lines, "0.jsonl"))},
	}
}

// Ctrl-C and SIGTERM end every verb within a second, at whatever moment; what was
// done is kept, and doing it again gives what it would have given undisturbed.
func TestStoppedAtAnyMoment(t *testing.T) {
	// A shell that begins this test in the background has Ctrl-C ignored, and so would
	// have the programs begun here until they listen for it.
	heard := make(chan os.Signal, 1)
	signal.Notify(heard, os.Interrupt)
	defer signal.Stop(heard)
	exe := program(t)
	pages := many(t, times(40, 120))
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var n int
		switch _, err := fmt.Sscanf(r.URL.Path, "/p%d.html", &n); {
		case err == nil:
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, onePage(n))
		case r.URL.Path == "/feed.xml":
			w.Header().Set("Content-Type", "application/rss+xml")
			fmt.Fprint(w, `<rss version="2.0"><channel><title>The pier</title><link>http://`+r.Host+`/</link><description>x</description>`)
			for i := range 25 {
				fmt.Fprintf(w, "<item><title>part %d</title><link>http://%s/p%d.html</link></item>", i, r.Host, i)
			}
			fmt.Fprint(w, "</channel></rss>")
		default:
			http.NotFound(w, r)
		}
	}))
	defer web.Close()
	call := func(dir string, args ...string) *exec.Cmd {
		cmd := exec.Command(exe, append(slices.Clone(args), "--quiet", "--study", dir)...)
		cmd.Env = fixed
		return cmd
	}
	must := func(t *testing.T, cmd *exec.Cmd) string {
		t.Helper()
		var e *exec.ExitError
		var errs bytes.Buffer
		cmd.Stderr = &errs
		out, err := cmd.Output()
		if err != nil && (!errors.As(err, &e) || e.ExitCode() != exitItems) {
			t.Fatalf("recount %v: %v\n%s%s", cmd.Args[1:], err, out, errs.String())
		}
		return string(out)
	}
	states := t.TempDir()
	state := func(name, from string, verbs ...[]string) {
		dir := filepath.Join(states, name)
		if from != "" {
			if err := os.CopyFS(dir, os.DirFS(filepath.Join(states, from))); err != nil {
				t.Fatal(err)
			}
		}
		for _, args := range verbs {
			must(t, call(dir, args...))
		}
	}
	answers := filepath.Join(states, "answers.jsonl")
	state("made", "", []string{"init", "--title", "The pier", "--question", "Who speaks?"})
	state("added", "made", []string{"add", pages})
	state("read", "added", []string{"extract"}, []string{"scope", "--kind", "named", "--each", "yes", "--save"}, []string{"report"})
	state("other", "read", []string{"memo", "--as", "bob", "a thought"}, []string{"scope", "--as", "bob", "--kind", "named", "--each", "yes", "--save"}, []string{"decisions", "export", answers})

	rnd := rand.New(rand.NewPCG(16, 1))
	var took []time.Duration
	stopped, done := 0, 0
	for _, v := range stoppables(t, exe, pages, answers, web.URL+"/feed.xml") {
		if !v.daily && os.Getenv("RECOUNT_BARS") == "" {
			continue
		}
		t.Run(v.name, func(t *testing.T) {
			place := func() (dir, out string) {
				tmp := t.TempDir()
				dir = filepath.Join(tmp, "study")
				if v.state != "none" {
					if err := os.CopyFS(dir, os.DirFS(filepath.Join(states, v.state))); err != nil {
						t.Fatal(err)
					}
				}
				return dir, filepath.Join(tmp, "out.bib") // the end names a form of the list of sources
			}
			finish := func(dir, out string) string {
				if _, err := os.Lstat(out); err == nil && v.name != "corpus scan" {
					return v.same(t, dir, out) // it was done before the signal, and names are not taken twice
				}
				said := ""
				if !v.open {
					said = must(t, call(dir, v.args(dir, out)...))
				}
				if v.same == nil {
					if said == "" {
						t.Fatal("it prints nothing that can be compared")
					}
					return strings.ReplaceAll(said, filepath.Dir(dir), "")
				}
				return v.same(t, dir, out)
			}
			dir, out := place()
			began := time.Now()
			want := finish(dir, out)
			whole := max(time.Since(began), 200*time.Millisecond)
			for n := range times(2, 4) {
				dir, out := place()
				var was []string
				if v.keeps && v.state != "none" {
					var err error
					if was, err = logOf(dir); err != nil {
						t.Fatal(err)
					}
				}
				sig := []os.Signal{os.Interrupt, syscall.SIGTERM}[n%2]
				cmd := call(dir, v.args(dir, out)...)
				var errs bytes.Buffer
				cmd.Stderr = &errs
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(whole/20 + time.Duration(rnd.Int64N(int64(whole))))
				began := time.Now()
				if cmd.Process.Signal(sig) != nil {
					done++
				}
				err := cmd.Wait()
				spent := time.Since(began)
				var e *exec.ExitError
				switch {
				case err == nil, errors.As(err, &e) && e.ExitCode() == exitItems:
					done++ // before the signal came
				case e == nil:
					t.Fatal(err)
				case e.ExitCode() < 0: // before the program had begun
				case e.ExitCode() != exitUsage || !strings.Contains(errs.String(), "stopped\nhint: ") || strings.Count(errs.String(), "\n") != 2:
					t.Errorf("%v: %v\n%s", sig, err, errs.String())
				default:
					stopped++
				}
				took = append(took, spent)
				if limit := time.Second + busy(t, exe); spent > limit {
					t.Errorf("%v ended it after %v, over %v", sig, spent.Round(time.Millisecond), limit.Round(time.Millisecond))
				}
				if v.keeps && v.state != "none" {
					now, err := logOf(dir)
					if err != nil || len(now) < len(was) || !slices.Equal(now[:len(was)], was) {
						t.Errorf("%v: of %d entries of the log %d are left, or others; %v", sig, len(was), len(now), err)
					}
				}
				if got := finish(dir, out); got != want {
					t.Errorf("stopped by %v and done again it gives something else than undisturbed", sig)
				}
				if study := filepath.Join(dir, "study.db"); isFile(study) && n%2 == 0 {
					must(t, call(dir, "recheck"))
				}
			}
		})
	}
	slices.Sort(took)
	if stopped == 0 {
		t.Error("no verb was stopped")
	}
	t.Logf("%d signals: %d stopped a verb, %d came after its end; median %v, most %v", len(took), stopped, done, took[len(took)/2].Round(time.Millisecond), took[len(took)-1].Round(time.Millisecond))
}

// busy is how much longer things take on this machine now than on an idle one:
// three times what the program needs to say its version.
func busy(t *testing.T, exe string) time.Duration {
	began := time.Now()
	if err := exec.Command(exe, "version").Run(); err != nil {
		t.Fatal(err)
	}
	return 3 * time.Since(began)
}
