// Package disk puts files and folders on the disk, so that a power cut leaves
// what was there before or what was written, and takes nothing that was
// reported done.
//
// Method: bytes are synced before a file gets its name, and the folder that
// holds the name after it. Limits: systems that do not sync folders (Windows)
// keep their names by themselves.
package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

// Sync puts a file, or the names in a folder, on the disk.
func Sync(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	how := os.O_RDONLY
	if runtime.GOOS == "windows" {
		if info.IsDir() {
			return nil
		}
		how = os.O_RDWR // which that system asks for
	}
	f, err := os.OpenFile(path, how, 0)
	if err != nil {
		if info.IsDir() && errors.Is(err, fs.ErrPermission) {
			return nil // a folder that may be written to and not read
		}
		return err
	}
	err = f.Sync()
	if info.IsDir() && (errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported)) {
		err = nil // a file system that keeps its names by itself, or not at all
	}
	return errors.Join(err, f.Close())
}

// Folder makes a folder, and those above it that are not there, for their owner
// alone.
func Folder(dir string) error {
	dir = filepath.Clean(dir)
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	if parent := filepath.Dir(dir); parent != dir {
		if err := Folder(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		if info, again := os.Stat(dir); again == nil && info.IsDir() {
			return nil // another program was quicker
		}
		return err
	}
	return Sync(filepath.Dir(dir))
}

// Write writes a file in place of the one with its name: it is there whole or
// not at all.
func Write(path string, data []byte) error {
	f, err := os.OpenFile(path+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		os.Remove(path + ".new")
		return err
	}
	return Rename(path+".new", path)
}

// Rename gives what is on the disk another name in the same folder.
func Rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return Sync(filepath.Dir(to))
}

// Nameless takes the name of an open file off the disk: it can be read and
// written on, and is gone once the program has ended, however that came. Where a
// system lets no open file go, it keeps its name and lies in a Scratch folder.
func Nameless(f *os.File) { _ = os.Remove(f.Name()) }

// Scratch makes a folder in dir for what a program needs while it runs, and
// clears away those of programs that were ended before they could.
func Scratch(dir, name string) (string, error) {
	if err := Sweep(dir, name); err != nil {
		return "", err
	}
	return os.MkdirTemp(dir, fmt.Sprintf("%s-%d-", name, os.Getpid()))
}

// Sweep clears away Scratch folders of programs that run no more.
func Sweep(dir, name string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		rest, ours := strings.CutPrefix(e.Name(), name+"-")
		of, _, ok := strings.Cut(rest, "-")
		pid, err := strconv.Atoi(of)
		if ours && ok && err == nil && e.IsDir() && !runs(pid) {
			if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// runs reports whether a program may still run.
func runs(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	defer p.Release()
	err = p.Signal(syscall.Signal(0))
	return !errors.Is(err, os.ErrProcessDone) && !errors.Is(err, syscall.ESRCH)
}

// atOnce is how many files are synced at a time: a file system writes its own
// journal once for all who wait for it.
const atOnce = 16

// SyncTree puts a folder with all that it holds on the disk, but not its name.
func SyncTree(dir string) error {
	var paths []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && (d.IsDir() || d.Type().IsRegular()) {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		return err
	}
	next := make(chan string)
	errs := make([]error, atOnce)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() {
			for path := range next {
				if err := Sync(path); err != nil && errs[i] == nil {
					errs[i] = err
				}
			}
		})
	}
	for _, path := range paths {
		next <- path
	}
	close(next)
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err // the others say the same
		}
	}
	return nil
}
