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

// noRoom lays a study on a disk of its own and fills that to its last byte.
func noRoom(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := syscall.Mount("tmpfs", to, "tmpfs", 0, "size=64m,mode=700"); err != nil {
		t.Skipf("SKIPPED: a disk cannot be mounted here (%v)", err)
	}
	t.Cleanup(func() { syscall.Unmount(to, syscall.MNT_DETACH) })
	s := filepath.Join(to, "s")
	if err := os.CopyFS(s, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(filepath.Join(to, "filler"))
	if err != nil {
		t.Fatal(err)
	}
	for size := 1 << 20; size > 0; size /= 2 {
		for {
			if _, err := f.Write(make([]byte, size)); err != nil {
				break
			}
		}
	}
	f.Close()
	return s
}

// A study on a disk without any room is counted, listed, checked and served;
// what would be saved is one error that says what to do, and loses nothing.
func TestDiskWithoutRoom(t *testing.T) {
	dir := smallStudy(t)
	verbs := [][]string{{"count"}, {"scope"}, {"page"}, {"people"}, {"figures"}, {"decisions", "list"}, {"decisions", "export"}, {"decisions", "log"}, {"export"}, {"recheck"}, {"searches"}}
	before := map[string]string{}
	for _, args := range verbs {
		_, before[strings.Join(args, " ")], _ = at(dir, args...)
	}
	full := noRoom(t, dir)
	files := treeSum(t, "", full)
	for _, args := range verbs {
		code, out, errs := at(full, args...)
		if want := before[strings.Join(args, " ")]; code != exitDone || out != want {
			t.Errorf("recount %v: %d\n%s%s\nand where there is room\n%s", args, code, out, errs, want)
		}
	}
	for _, args := range [][]string{{"memo", "a thought"}, {"add", "docs.go"}, {"extract", "--again"}, {"rebuild"}, {"report"}, {"scope", "--kind", "named", "--each", "yes", "--save"}, {"run", "docs.go"}, {"decisions", "erase", "x", "--reason", "y"}} {
		code, out, errs := at(full, args...)
		if code != exitUsage || !strings.Contains(errs, "\nhint: ") || strings.Contains(out, "saved") {
			t.Errorf("recount %v: %d\n%s%s", args, code, out, errs)
		}
	}
	_, _, errs := at(full, "memo", "a thought")
	if !strings.Contains(errs, "is full, so that nothing can be saved") || !strings.Contains(errs, "hint: free some space") {
		t.Errorf("memo says %s", errs)
	}
	cmd := exec.Command(program(t), "count", "--study", full)
	var said strings.Builder
	cmd.Stderr = &said
	if out, err := cmd.Output(); err != nil || string(out) != before["count"] || !strings.Contains(said.String(), "is full: the study can be read") {
		t.Errorf("the program says\n%s%s%v", out, said.String(), err)
	}
	if treeSum(t, "", full) != files {
		t.Error("a file of the study is another")
	}
	if err := os.Remove(filepath.Join(filepath.Dir(full), "filler")); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := at(full, "memo", "a thought"); code != exitDone {
		t.Errorf("with room again memo says %s", errs)
	}
	if code, out, errs := at(full, "recheck"); code != exitDone {
		t.Errorf("with room again recheck says %s%s", out, errs)
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
