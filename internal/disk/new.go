package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// partOf names what a file or folder is while it is made. The name is always the
// same, so that what a program left that was ended goes with the next one.
func partOf(path string) string {
	return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".recount-part")
}

// A noFolderError says that what is to be made would lie in a folder that is not there.
type noFolderError struct{ path, dir string }

func (e *noFolderError) Error() string {
	return fmt.Sprintf("write %s: there is no folder %s", e.path, e.dir)
}

func (e *noFolderError) Is(target error) bool { return target == fs.ErrNotExist }

// named says an error about the part of path in terms of path.
func named(path string, err error) error {
	dir := filepath.Dir(path)
	if _, gone := os.Stat(dir); errors.Is(err, fs.ErrNotExist) && errors.Is(gone, fs.ErrNotExist) {
		return &noFolderError{path, dir}
	}
	var of *fs.PathError
	if errors.As(err, &of) {
		return &fs.PathError{Op: "write", Path: path, Err: of.Err}
	}
	return err
}

// Fill writes a file in place of the one with its name: it is there whole or not
// at all, however the program ends.
func Fill(path string, fill func(io.Writer) error) error {
	part := partOf(path)
	f, err := os.OpenFile(part, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return named(path, err)
	}
	if ours, err := Lock(f); !ours && !errors.Is(err, errors.ErrUnsupported) {
		if err == nil {
			err = fmt.Errorf("write %s: another recount is writing it", path)
		}
		return errors.Join(err, f.Close())
	}
	if err = f.Truncate(0); err == nil {
		err = fill(f)
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(part)
		return err
	}
	return Rename(part, path)
}

// FillNew is Fill for a name that nothing has yet.
func FillNew(path string, fill func(io.Writer) error) error {
	if err := free(path); err != nil {
		return err
	}
	return Fill(path, func(w io.Writer) error {
		if err := fill(w); err != nil {
			return err
		}
		return free(path)
	})
}

// FillFolder makes a folder that nothing has the name of yet: fill puts files
// into the one that it is given, and it is there with all of them or not at all.
func FillFolder(dir string, fill func(dir string) error) error {
	part := partOf(dir)
	if err := errors.Join(free(dir), os.RemoveAll(part)); err != nil {
		return err
	}
	if err := os.Mkdir(part, 0o700); err != nil {
		return named(dir, err)
	}
	err := fill(part)
	if err == nil {
		err = SyncTree(part)
	}
	if err == nil {
		err = free(dir)
	}
	if err != nil {
		os.RemoveAll(part)
		return err
	}
	return Rename(part, dir)
}

// free is an error if something has the name.
func free(path string) error {
	_, err := os.Lstat(path)
	switch {
	case err == nil:
		return &fs.PathError{Op: "write", Path: path, Err: fs.ErrExist}
	case errors.Is(err, fs.ErrNotExist):
		return nil
	}
	return err
}
