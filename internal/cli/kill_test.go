package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"recount/internal/study"
)

// program returns the path of the real binary, which is built once for all tests.
func program(t *testing.T) string {
	t.Helper()
	exe, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return exe
}

// builtIn is the folder of the binary.
var builtIn string

var built = sync.OnceValues(func() (exe string, err error) {
	exe = filepath.Join(builtIn, "recount")
	if runtime.GOOS == "windows" {
		exe += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", exe, "../../cmd/recount").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return exe, nil
})

// fixed stops the clock of a run, so that two runs can be compared.
var fixed = append(os.Environ(), "RECOUNT_TIME=2026-01-31T12:00:00Z", "RECOUNT_AS=analyst")

// rows returns the canonical export without decisions, whose salts and study
// id differ from study to study.
func rows(t *testing.T, exe, dir string) string {
	t.Helper()
	cmd := exec.Command(exe, "export", "--study", dir)
	cmd.Env = fixed
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("export: %v", err)
	}
	var keep strings.Builder
	for line := range bytes.Lines(out) {
		if !bytes.HasPrefix(line, []byte(`{"kind":"decision"`)) {
			keep.Write(line)
		}
	}
	return keep.String()
}

// captured returns the names of what a study holds, and fails if one stands
// twice.
func captured(t *testing.T, dir string) map[string]bool {
	t.Helper()
	if !study.Exists(dir) {
		return nil
	}
	s, err := study.Open(context.Background(), dir, study.Options{Actor: "test", Now: time.Now})
	if err != nil {
		t.Fatalf("the study does not open after a kill: %v", err)
	}
	defer s.Close()
	list, err := s.Captures(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, c := range list {
		if names[c.Name] {
			t.Errorf("%s was captured twice", c.Name)
		}
		names[c.Name] = true
	}
	return names
}

// Kills `recount run` at seeded random moments on the real binary, 100 under
// `make bars`, each time going on with what the one before left. Nothing that was acknowledged
// is lost, nothing is doubled, and every study that is finished in the end is
// the same as one that nobody disturbed.
func TestKilledAtAnyMoment(t *testing.T) {
	exe := program(t)
	pages, err := filepath.Abs("../../examples/order/pages")
	if err != nil {
		t.Fatal(err)
	}
	run := func(dir string) *exec.Cmd {
		cmd := exec.Command(exe, "run", pages, "--study", dir, "--quiet")
		cmd.Env = fixed
		return cmd
	}
	calm := filepath.Join(t.TempDir(), "calm")
	began := time.Now()
	if out, err := run(calm).CombinedOutput(); err != nil {
		t.Fatalf("run: %v\n%s", err, out)
	}
	whole := time.Since(began)
	want := rows(t, exe, calm)

	rnd := rand.New(rand.NewPCG(2, 100))
	kills := times(10, 100)
	dir, before := "", map[string]bool{}
	finished, cut := 0, 0
	for n := range kills {
		if dir == "" {
			dir, before = filepath.Join(t.TempDir(), "s"), map[string]bool{}
		}
		cmd := run(dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- cmd.Wait() }()
		// Most moments lie inside a run; a few come after it has ended.
		select {
		case <-time.After(time.Duration(rnd.Int64N(int64(whole)))):
			cmd.Process.Kill()
			<-done
			cut++
		case err := <-done:
			if err != nil {
				t.Fatalf("run %d, after a kill: %v", n, err)
			}
		}
		now := captured(t, dir)
		for name := range before {
			if !now[name] {
				t.Fatalf("kill %d lost %s, which was there before", n, name)
			}
		}
		before = now
		// A study is finished from time to time, and then compared.
		if rnd.IntN(8) == 0 || n == kills-1 {
			if out, err := run(dir).CombinedOutput(); err != nil {
				t.Fatalf("run after kill %d: %v\n%s", n, err, out)
			}
			if got := rows(t, exe, dir); got != want {
				t.Fatalf("after kill %d the finished study differs from an undisturbed one", n)
			}
			check := exec.Command(exe, "recheck", "--study", dir)
			if out, err := check.CombinedOutput(); err != nil {
				t.Fatalf("recheck after kill %d: %v\n%s", n, err, out)
			}
			finished++
			dir = ""
		}
	}
	if cut < kills/4 || finished == 0 { // how many depends on what else the machine does
		t.Errorf("only %d of %d runs were cut off and %d were finished: the moments are not spread over a run", cut, kills, finished)
	}
	t.Logf("%d kills, %d runs cut off, %d studies finished and compared", kills, cut, finished)
}

// A disk that fills up stops the run with one line that says what to do; what
// was done is kept, and the next run goes on.
func TestFullDisk(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("there is no sh to limit the size of files with")
	}
	exe := program(t)
	pages, err := filepath.Abs("../../examples/order/pages")
	if err != nil {
		t.Fatal(err)
	}
	for _, blocks := range []string{"0", "1", "40", "100", "400"} { // of 512 bytes or 1 KiB
		dir := filepath.Join(t.TempDir(), "s")
		// No file may grow over the limit, which ends in the same failed
		// writes as a disk without space.
		cmd := exec.Command("sh", "-c", "ulimit -f "+blocks+" && exec \"$@\"", "sh", exe, "run", pages, "--study", dir, "--quiet")
		cmd.Env = fixed
		var errs bytes.Buffer
		cmd.Stderr = &errs
		err := cmd.Run()
		if e, ok := err.(*exec.ExitError); !ok || e.ExitCode() != exitUsage {
			t.Fatalf("with %s blocks: %v, want exit code %d\n%s", blocks, err, exitUsage, errs.String())
		}
		if !strings.HasPrefix(errs.String(), "recount: run: ") || !strings.Contains(errs.String(), "\nhint: ") || strings.Count(errs.String(), "\n") != 2 {
			t.Errorf("with %s blocks the message is not one line with a hint:\n%s", blocks, errs.String())
		}
		before := captured(t, dir)
		again := exec.Command(exe, "run", pages, "--study", dir, "--quiet")
		again.Env = fixed
		if out, err := again.CombinedOutput(); err != nil {
			t.Fatalf("the run after it: %v\n%s", err, out)
		}
		now := captured(t, dir)
		for name := range before {
			if !now[name] {
				t.Errorf("%s was lost", name)
			}
		}
		if len(now) != 34 {
			t.Errorf("the run after it holds %d pages, want 34", len(now))
		}
	}
}

// A page of 50 MB is refused by name and the rest of the folder is taken.
func TestHugePage(t *testing.T) {
	exe := program(t)
	pile := filepath.Join(t.TempDir(), "pile")
	if err := os.Mkdir(pile, 0o755); err != nil {
		t.Fatal(err)
	}
	huge := bytes.Repeat([]byte("<p>A paragraph that says the same as all others.</p>\n"), 1<<20)
	small := []byte("<html><title>A small page about a mayor</title><body><article><p>\"The bridge is closed until spring,\" said Mayor Ada Brunt on Monday.</p><p>It was the third time in two years that the council had closed it.</p></article></body></html>")
	for name, b := range map[string][]byte{"huge.html": huge, "small.html": small} {
		if err := os.WriteFile(filepath.Join(pile, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(exe, "run", pile, "--study", filepath.Join(t.TempDir(), "s"), "--quiet")
	cmd.Env = fixed
	out, err := cmd.CombinedOutput()
	if e, ok := err.(*exec.ExitError); !ok || e.ExitCode() != exitItems {
		t.Fatalf("got %v, want exit code %d\n%s", err, exitItems, out)
	}
	if !bytes.Contains(out, []byte("refused huge.html: ")) || !bytes.Contains(out, []byte("1 article extracted")) {
		t.Errorf("the huge page is not refused by name, or the small one not taken:\n%s", out)
	}
}

// The plumbing answers a bad line in its place and ends with exit code 1.
func TestBadLineOfPlumbing(t *testing.T) {
	in := strings.NewReader("{\"name1\":\"Ana Rossi\",\"name2\":\"A. Rossi\",\"note\":7}\nno json\n{\"name1\":\"x\"}\n")
	var out, errs bytes.Buffer
	if code := Main([]string{"match"}, in, &out, &errs); code != exitItems {
		t.Errorf("exit code %d, want %d; %s", code, exitItems, errs.String())
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 3 {
		t.Fatalf("got %d lines, want one for each line of input:\n%s", len(lines), out.String())
	}
	var first struct {
		Note  int
		Score *json.Number
		Same  *bool
	}
	if err := json.Unmarshal([]byte(lines[0]), &first); err != nil || first.Note != 7 || first.Score == nil || first.Same == nil {
		t.Errorf("the first line lost something: %s", lines[0])
	}
	for i, line := range lines[1:] {
		var bad struct {
			Line  int
			Error string
		}
		if err := json.Unmarshal([]byte(line), &bad); err != nil || bad.Line != i+2 || bad.Error == "" {
			t.Errorf("line %d is answered by %s", i+2, line)
		}
	}
}
