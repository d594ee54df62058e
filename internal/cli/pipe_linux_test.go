package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// piped runs the real program with its output into a pipe, of which read takes what
// it wants before it is closed.
func piped(t *testing.T, exe, dir string, d *deed, read func(r *os.File)) (code int, errs string) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, slices.Concat([]string{"--study", dir, "-q"}, strings.Fields(d.verb), d.args)...)
	cmd.Env = fixed
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = w, &said
	if read == nil {
		r.Close()
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	if read != nil {
		read(r)
		r.Close()
	}
	err = cmd.Wait()
	if d.out != "" {
		os.RemoveAll(d.out)
	}
	var e *exec.ExitError
	if errors.As(err, &e) {
		return e.ExitCode(), said.String()
	} else if err != nil {
		t.Fatal(err)
	}
	return exitDone, said.String()
}

// A reader that ends before it took all that is printed is an error for every verb,
// however fast it is; one that took all of it is none.
func TestClosedPipe(t *testing.T) {
	dir := smallStudy(t)
	deeds := everyDeed(t, dir)
	exe := program(t)
	takes := func(n int64) func(r *os.File) {
		return func(r *os.File) {
			if _, err := io.CopyN(io.Discard, r, n); err != nil && !errors.Is(err, io.EOF) {
				t.Error(err)
			}
		}
	}
	ways := []struct {
		name string
		read func(r *os.File)
		all  bool
	}{
		{"a reader that ended before", nil, false},
		{"a reader of one byte", takes(1), false},
		{"a reader that ends after a while", func(r *os.File) { time.Sleep(100 * time.Millisecond); takes(1)(r) }, false},
		{"a reader of a block", func(r *os.File) { r.Read(make([]byte, 64<<10)) }, true},
		{"a reader of all", takes(1 << 40), true},
	}
	once := []string{"decisions retract", "decisions erase", "sample", "vault rotate"}
	for n, d := range deeds {
		t.Run(strings.Join(append([]string{d.verb}, d.args...), " "), func(t *testing.T) {
			if slices.Contains(once, d.verb) {
				// It does another thing when it is done again; that it was done is kept.
				if code, errs := piped(t, exe, dir, &d, nil); code != exitUsage || !endedEarly(errs) {
					t.Errorf("%s: exit code %d\n%s", ways[0].name, code, errs)
				}
				return
			}
			var out []byte
			want, errs := piped(t, exe, dir, &d, func(r *os.File) { out, _ = io.ReadAll(r) })
			if want == exitUsage {
				t.Fatalf("it fails by itself: %s", errs)
			}
			for i, way := range ways {
				if os.Getenv("RECOUNT_BARS") == "" && i != n%len(ways) {
					continue
				}
				code, errs := piped(t, exe, dir, &d, way.read)
				switch {
				case way.all && len(out) <= 16<<10 || len(out) == 0 || len(out) == 1 && way.read != nil:
					if code == exitUsage {
						t.Errorf("%s: exit code %d\n%s", way.name, code, errs)
					}
				case !way.all && (code != exitUsage || !endedEarly(errs)):
					t.Errorf("%s: exit code %d after %d bytes\n%s", way.name, code, len(out), errs)
				}
			}
		})
	}
}

func endedEarly(errs string) bool {
	return strings.HasSuffix(errs, "could not be written: the program that reads it has ended\nhint: nothing is wrong with the study or the disk; what was saved is kept\n") && strings.Count(errs, "\n") == 2
}

// The same reader gives the same exit code each time, and not the one or the other.
func TestHeadOfAPipe(t *testing.T) {
	dir := smallStudy(t)
	exe := program(t)
	for _, tt := range []struct {
		args, reader string
		code         int
	}{
		{"version", "head -n 1", exitDone},
		{"help count", "head -n 1", exitDone},
		{"count", "head -n 1", exitDone},
		{"decisions list", "head -n 1", exitDone},
		{"decisions list", "head -c 1", exitUsage},
		{"export", "head -c 10", exitUsage},
		{"export", "true", exitUsage},
		{"count", "true", exitUsage},
		{"export", "cat", exitDone},
		{"export", "tail -n 1", exitDone},
	} {
		seen := map[string]int{}
		for range times(5, 40) {
			cmd := exec.Command("sh", "-c", fmt.Sprintf("{ '%s' --study '%s' -q %s; echo $? >&3; } 2>/dev/null | %s", exe, dir, tt.args, tt.reader))
			cmd.Env = fixed
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			cmd.ExtraFiles = []*os.File{w}
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			w.Close()
			code, err := io.ReadAll(r)
			r.Close()
			if err != nil {
				t.Fatal(err)
			}
			seen[strings.TrimSpace(string(code))]++
		}
		if len(seen) != 1 || seen[fmt.Sprint(tt.code)] == 0 {
			t.Errorf("recount %s | %s: exit codes %v, want %d", tt.args, tt.reader, seen, tt.code)
		}
	}
}
