package cli

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// nothingIsWritten lays a folder where nothing can be written into it.
func nothingIsWritten(t *testing.T, dir string) string {
	t.Helper()
	if os.Getuid() != 0 {
		if err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				err = os.Chmod(path, 0o400)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		for _, d := range []string{filepath.Join(dir, "captures"), dir} {
			if err := os.Chmod(d, 0o500); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { os.Chmod(d, 0o700) })
		}
		return dir
	}
	to := t.TempDir()
	if err := syscall.Mount(dir, to, "", syscall.MS_BIND, ""); err != nil {
		t.Skipf("SKIPPED: a folder cannot be mounted here (%v)", err)
	}
	t.Cleanup(func() { syscall.Unmount(to, syscall.MNT_DETACH) })
	if err := syscall.Mount("", to, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	return to
}

// A study that lies where nothing can be written is counted, listed, checked and
// served; what would be saved is refused, with what to do; and nothing is left
// in the folder for temporary files.
func TestReadOnlyFolder(t *testing.T) {
	dir := smallStudy(t)
	before := map[string]string{}
	verbs := [][]string{{"count"}, {"scope"}, {"page"}, {"people"}, {"figures"}, {"decisions", "list"}, {"decisions", "export"}, {"decisions", "log"}, {"export"}, {"recheck"}, {"searches"}}
	said := func(dir string, args []string) string {
		code, out, errs := at(dir, args...)
		if code != exitDone {
			t.Errorf("recount %v: %d\n%s%s", args, code, out, errs)
		}
		return out
	}
	for _, args := range verbs {
		before[strings.Join(args, " ")] = said(dir, args)
	}
	ro := nothingIsWritten(t, dir)
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	for _, args := range verbs {
		if got, want := said(ro, args), before[strings.Join(args, " ")]; got != want {
			t.Errorf("recount %v says\n%s\nand where it can be written\n%s", args, got, want)
		}
	}
	for _, args := range [][]string{{"memo", "a thought"}, {"add", "docs.go"}, {"extract", "--again"}, {"rebuild"}, {"report"}} {
		code, out, errs := at(ro, args...)
		if code != exitUsage || !strings.Contains(errs, "\nhint: ") || strings.Contains(out, "saved") {
			t.Errorf("recount %v: %d\n%s%s", args, code, out, errs)
		}
	}
	cmd := exec.Command(program(t), "serve", ro, "--addr", "127.0.0.1:0")
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(pipe).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	for page, want := range map[string]string{"": "<html", "api/v1/session": `"study"`, "api/v1/search?q=pier": "search once where the folder can be written to"} {
		w, err := http.Get(strings.Fields(line)[1] + page)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(w.Body)
		w.Body.Close()
		if w.StatusCode >= 500 || !strings.Contains(string(b), want) {
			t.Errorf("GET /%s: %d\n%s", page, w.StatusCode, b)
		}
	}
	cmd.Process.Signal(syscall.SIGTERM)
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
		t.Errorf("%v is left in the folder for temporary files, %v", left, err)
	}
}

// What lies in a write-ahead log that cannot be taken in is said, and no older
// state is shown for the newest.
func TestReadOnlyFolderWithALogLeft(t *testing.T) {
	dir := smallStudy(t)
	if err := os.WriteFile(filepath.Join(dir, "study.db-wal"), []byte("what was saved last"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := at(nothingIsWritten(t, dir), "count")
	if code != exitUsage || out != "" || !strings.Contains(errs, "study.db-wal") || !strings.Contains(errs, "\nhint: ") {
		t.Errorf("count: %d\n%s%s", code, out, errs)
	}
}
