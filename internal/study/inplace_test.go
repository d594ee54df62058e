//go:build unix

package study

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"recount"
)

// What stands in the place of a file is named with the way back; nobody waits for
// a pipe.
func TestSomethingElseInThePlaceOfAFile(t *testing.T) {
	folder := func(path string) error { return os.Mkdir(path, 0o700) }
	full := func(path string) error {
		if err := os.Mkdir(path, 0o700); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(path, "notes.txt"), []byte("mine"), 0o600)
	}
	pipe := func(path string) error { return syscall.Mkfifo(path, 0o600) }
	file := func(path string) error { return os.WriteFile(path, nil, 0o600) }
	linked := func(path string) error { return os.Symlink("/dev/zero", path) }
	for _, c := range []struct {
		name, file string
		put        func(string) error
		say, hint  string
	}{
		{"a folder for the log", "study.db", folder, "study.db: invalid: it is a folder and should be a file", "restore study.db"},
		{"a pipe for the log", "study.db", pipe, "it is a pipe", "restore study.db"},
		{"a folder for what is derived", "derived.db", folder, "derived.db: invalid: it is a folder", "recount rebuild"},
		{"a full folder for what is derived", "derived.db", full, "derived.db: invalid: it is a folder", "recount rebuild"},
		{"a pipe for what is derived", "derived.db", pipe, "derived.db: invalid: it is a pipe", "recount rebuild"},
		{"a device for what is derived", "derived.db", linked, "derived.db: invalid: it is a pipe or a device", "recount rebuild"},
		{"a folder for the study", studyFile, folder, "study.yaml: invalid: it is a folder", "restore study.yaml"},
		{"a pipe for the study", studyFile, pipe, "study.yaml: invalid: it is a pipe", "restore study.yaml"},
		{"a pipe for the codebook", codebookFile, pipe, "codebook.yaml: invalid: it is a pipe", "restore codebook.yaml"},
		{"a device for the report", reportFile, linked, "report.md: invalid: it is a pipe or a device", "restore report.md"},
		{"a pipe for the checkpoints", checkpointsFile, pipe, "checkpoints.txt: invalid: it is a pipe", "backup"},
		{"a pipe for the lock", lockFile, pipe, "it is a pipe", "made again"},
		{"a file for the archive", capturesDir, file, "captures: invalid: it is no folder and should be a folder", "backup"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "study")
			s, err := Init(context.Background(), dir, Setup{Title: "Pilots"}, Options{Actor: "ada", Now: time.Now})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, c.file)
			if err := os.RemoveAll(path); err != nil {
				t.Fatal(err)
			}
			if err := c.put(path); err != nil {
				t.Fatal(err)
			}
			for _, anew := range []bool{false, true} {
				_, err := Open(context.Background(), dir, Options{Anew: anew})
				if err == nil {
					t.Fatal("it opened")
				}
				if hint := recount.HintOf(err); !strings.Contains(err.Error(), c.say) || !strings.Contains(hint, c.hint) || !strings.Contains(hint, "move it out of the folder") {
					t.Errorf("anew %v: %v\nhint: %s", anew, err, hint)
				}
			}
			if c.name == "a full folder for what is derived" {
				if _, err := os.Stat(filepath.Join(path, "notes.txt")); err != nil {
					t.Error("what somebody put there is gone: ", err)
				}
			}
		})
	}
}
