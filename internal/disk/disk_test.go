package disk

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	if err := Folder(dir); err != nil {
		t.Fatal(err)
	}
	if err := Folder(dir); err != nil {
		t.Errorf("a folder that is there: %v", err)
	}
	path := filepath.Join(dir, "x")
	for _, want := range []string{"first", "second and longer", ""} {
		if err := Write(path, []byte(want)); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(path)
		if err != nil || string(got) != want {
			t.Errorf("Write(%q): the file holds %q, %v", want, got, err)
		}
	}
	if err := SyncTree(filepath.Dir(dir)); err != nil {
		t.Error(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("%d files beside it, %v", len(entries)-1, err)
	}
}

func TestWhatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"Folder in a file":     Folder(filepath.Join(file, "a")),
		"Folder with its name": Folder(file),
		"Write in a file":      Write(filepath.Join(file, "a"), nil),
		"Write over a folder":  Write(filepath.Dir(file), nil),
		"Sync of nothing":      Sync(file + "x"),
		"SyncTree of nothing":  SyncTree(file + "x"),
		"Rename of nothing":    Rename(file+"x", file),
		"Rename into a file":   Rename(file, filepath.Join(file, "a")),
	} {
		if err == nil {
			t.Errorf("%s is no error", name)
		}
	}
}

func TestScratch(t *testing.T) {
	dir := t.TempDir()
	mine, err := Scratch(dir, ".x")
	if err != nil {
		t.Fatal(err)
	}
	ended := exec.Command("go", "version")
	if err := ended.Run(); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(dir, fmt.Sprintf(".x-%d-1", ended.Process.Pid))
	other := filepath.Join(dir, ".x-notes-1")
	for _, d := range []string{left, other} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	again, err := Scratch(dir, ".x")
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{mine: true, again: true, other: true, left: false} {
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("%s: %v", path, err)
		}
	}
}
