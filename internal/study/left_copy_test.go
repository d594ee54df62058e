package study_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// What a program that was killed left of a study that cannot be written to lies in the
// system's folder for temporary files. The next verb of any study clears it away, and
// nothing else.
func TestCopiesThatAKillLeftAreClearedAway(t *testing.T) {
	dir := fullStudy(t)
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	ended := exec.Command("true")
	if err := ended.Run(); err != nil {
		t.Skip(err) // no such program here
	}
	gone, here := strconv.Itoa(ended.Process.Pid), strconv.Itoa(os.Getpid())
	for _, name := range []string{"recount.recheck-" + gone + "-1", "recount.recheck-" + gone + "-22/-1", "recount.recheck-" + here + "-1", "recount.recheck-x-1", "recount.recheck-" + gone, "recount.recheckx-" + gone + "-1", "recount-" + gone + "-1", "other"} {
		if err := os.MkdirAll(filepath.Join(tmp, name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(tmp, name, "study.db"), []byte("Holt"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	closed(t, openStudy(t, dir, "ada"))
	var left []string
	entries, err := os.ReadDir(tmp)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		left = append(left, strings.ReplaceAll(strings.ReplaceAll(e.Name(), gone, "GONE"), here, "HERE"))
	}
	slices.Sort(left)
	if got, want := strings.Join(left, " "), "other recount-GONE-1 recount.recheck-GONE recount.recheck-HERE-1 recount.recheck-x-1 recount.recheckx-GONE-1"; got != want {
		t.Errorf("left are %s; want %s", got, want)
	}
}
