package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// What is written by Fill, FillNew and FillFolder is there whole or not at all;
// nothing is overwritten that should not be, and what an ended program left is no
// hindrance.
func TestFill(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	says := func(words string) func(io.Writer) error {
		return func(w io.Writer) error { _, err := io.WriteString(w, words); return err }
	}
	fails := errors.New("no more")
	half := func(w io.Writer) error {
		io.WriteString(w, "half")
		return fails
	}
	holds := func(name, want string) {
		t.Helper()
		if b, err := os.ReadFile(at(name)); err != nil || string(b) != want {
			t.Errorf("%s holds %q, %v; want %q", name, b, err, want)
		}
	}
	list := func(want int) {
		t.Helper()
		if entries, err := os.ReadDir(dir); err != nil || len(entries) != want {
			t.Errorf("the folder holds %v, %v; want %d", entries, err, want)
		}
	}
	if err := FillNew(at("a"), half); !errors.Is(err, fails) {
		t.Errorf("a file that fails half-way: %v", err)
	}
	list(0)
	if err := os.WriteFile(partOf(at("a")), []byte("what a killed program left, and is longer"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := FillNew(at("a"), says("one")); err != nil {
		t.Error(err)
	}
	holds("a", "one")
	list(1)
	if err := FillNew(at("a"), says("two")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a name that is taken: %v", err)
	}
	holds("a", "one")
	err := FillNew(at("b"), func(w io.Writer) error { return os.WriteFile(at("b"), []byte("another's"), 0o600) })
	if !errors.Is(err, fs.ErrExist) {
		t.Errorf("a name that was taken meanwhile: %v", err)
	}
	holds("b", "another's")
	if err := Fill(at("a"), half); !errors.Is(err, fails) {
		t.Error(err)
	}
	holds("a", "one")
	err = Fill(at("a"), func(w io.Writer) error {
		if err := Fill(at("a"), says("at once")); err == nil {
			t.Error("two write one file at a time")
		}
		return says("two")(w)
	})
	if err != nil {
		t.Error(err)
	}
	holds("a", "two")
	list(2)

	put := func(name string) func(string) error {
		return func(in string) error { return os.WriteFile(filepath.Join(in, name), []byte(name), 0o600) }
	}
	if err := FillFolder(at("d"), func(in string) error { return errors.Join(put("x")(in), fails) }); !errors.Is(err, fails) {
		t.Error(err)
	}
	list(2)
	if err := errors.Join(os.Mkdir(partOf(at("d")), 0o700), put("old")(partOf(at("d")))); err != nil {
		t.Fatal(err)
	}
	if err := FillFolder(at("d"), put("new")); err != nil {
		t.Error(err)
	}
	holds("d/new", "new")
	if _, err := os.Stat(at("d/old")); err == nil {
		t.Error("what an ended program left is in the new folder")
	}
	if err := FillFolder(at("d"), put("again")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a folder that is there: %v", err)
	}
	list(3)
}
