package cli

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// A small study with a decision and a report, made by the program itself.
func smallStudy(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "study")
	pages := filepath.Join(t.TempDir(), "pages")
	if err := os.MkdirAll(pages, 0o700); err != nil {
		t.Fatal(err)
	}
	page := `<html><title>The pier</title><body><article><h1>The pier</h1><p>"The pier is closed until spring," said Ada Brunt on Monday in Sandwick.</p><p>It was the third time in two years that the council had closed it.</p></article></body></html>`
	if err := os.WriteFile(filepath.Join(pages, "pier.html"), []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"run", pages}, {"memo", "the pier was empty"}} {
		var out, errs bytes.Buffer
		if code := Main(append([]string{"--study", dir, "-q"}, args...), strings.NewReader(""), &out, &errs); code != exitDone {
			t.Fatalf("recount %v: %d\n%s%s", args, code, out.String(), errs.String())
		}
	}
	return dir
}

// A fullDisk takes some bytes and no more.
type fullDisk struct{ left int }

func (w *fullDisk) Write(b []byte) (int, error) {
	if len(b) > w.left {
		n := w.left
		w.left = 0
		return n, syscall.ENOSPC
	}
	w.left -= len(b)
	return len(b), nil
}

// A pipe that nobody reads is an error of the real program too.
func TestClosedPipe(t *testing.T) {
	dir := smallStudy(t)
	exe := program(t)
	for _, args := range [][]string{{"version"}, {"help", "add"}, {"count"}, {"export"}, {"decisions", "export"}, {"recheck"}} {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
		cmd := exec.Command(exe, append([]string{"--study", dir, "-q"}, args...)...)
		var errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = w, &errs
		err = cmd.Run()
		w.Close()
		var e *exec.ExitError
		if !errors.As(err, &e) || e.ExitCode() != exitUsage || !strings.Contains(errs.String(), "could not be written") {
			t.Errorf("recount %v into a closed pipe: %v\n%s", args, err, errs.String())
		}
	}
}

// What a study holds is for its owner alone.
func TestFilesAreForTheirOwnerAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have no such modes here")
	}
	old := syscall.Umask(0) // the most that anybody allows
	defer syscall.Umask(old)
	dir := smallStudy(t)
	out := filepath.Join(t.TempDir(), "people.csv")
	var said, errs bytes.Buffer
	if code := Main([]string{"--study", dir, "people", "--csv", out}, strings.NewReader(""), &said, &errs); code != exitDone {
		t.Fatalf("people: %s", errs.String())
	}
	for _, root := range []string{dir, filepath.Dir(out)} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			if mode := info.Mode().Perm(); mode&0o077 != 0 && path != filepath.Dir(out) {
				t.Errorf("%s has the mode %v", path, mode)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
