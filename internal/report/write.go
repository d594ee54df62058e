package report

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"recount"
	"recount/internal/disk"
)

// Write writes the report into a new folder. It writes beside it first and
// then renames, so that a report is there whole or not at all, and on the disk.
// A report that is there already is replaced; any other folder is left alone.
func (s *Site) Write(dir string) error {
	dir = filepath.Clean(dir)
	if err := PutBack(dir); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if err := replaceable(dir); err != nil {
		return err
	}
	parent, base := filepath.Dir(dir), filepath.Base(dir)
	if err := disk.Folder(parent); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	// A run that was killed leaves its partial folder; it is nobody's report.
	partial := filepath.Join(parent, "."+base+".partial")
	if err := os.RemoveAll(partial); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	err := s.Render(partial)
	if err == nil {
		err = disk.SyncTree(partial)
	}
	if err != nil {
		os.RemoveAll(partial)
		return fmt.Errorf("report %s: %w", base, err)
	}
	old := Replaced(dir)
	if err := os.RemoveAll(old); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if err := os.Rename(dir, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("report: %w", err)
	}
	if err := disk.Rename(partial, dir); err != nil {
		return fmt.Errorf("report: %w", errors.Join(err, PutBack(dir)))
	}
	return os.RemoveAll(old)
}

// Replaced is where a report lies while another one takes its place.
func Replaced(dir string) string {
	return filepath.Join(filepath.Dir(dir), "."+filepath.Base(dir)+".old")
}

// PutBack puts a report back whose replacement was stopped in the moment when
// neither had the name.
func PutBack(dir string) error {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if _, err := os.Stat(Replaced(dir)); err != nil {
		return nil
	}
	return disk.Rename(Replaced(dir), dir)
}

// replaceable reports whether dir is free or holds a report.
func replaceable(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err == nil {
		if _, err = os.Stat(filepath.Join(dir, ManifestName)); err == nil {
			return nil
		}
		err = recount.ErrConflict
	}
	return recount.WithHint(fmt.Errorf("report %s: the folder holds something else: %w", filepath.Base(dir), err),
		"name a new folder, or move what is there away")
}

// Render writes all pages, the style sheet and the manifest into a new folder,
// for those who only compare: nothing is synced.
func (s *Site) Render(dir string) error {
	s.manifest.Files, s.manifest.Citations = nil, citations(s.x, s.cited)
	made := map[string]bool{}
	put := func(path string, write func(io.Writer) error) error {
		full := filepath.Join(dir, filepath.FromSlash(path))
		if d := filepath.Dir(full); !made[d] {
			if err := os.MkdirAll(d, 0o700); err != nil {
				return err
			}
			made[d] = true
		}
		f, err := os.OpenFile(full, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return err
		}
		buf := bufio.NewWriterSize(f, 1<<16) // a template writes in small pieces
		w := &hashingWriter{w: buf, h: sha256.New()}
		err = errors.Join(write(w), buf.Flush(), f.Close())
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		s.manifest.Files = append(s.manifest.Files, File{path, w.n, hex.EncodeToString(w.h.Sum(nil))})
		return nil
	}
	for i, p := range s.pages {
		if err := put(p.path, p.write); err != nil {
			return err
		}
		if s.Progress != nil {
			s.Progress(i+1, len(s.pages))
		}
	}
	err := put("style.css", func(w io.Writer) error { _, err := w.Write(styleSheet); return err })
	if err != nil {
		return err
	}
	slices.SortFunc(s.manifest.Files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	b, err := s.manifest.bytes()
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, ManifestName), b, 0o600)
}

// A hashingWriter gathers the pieces a template writes, counts and hashes
// them.
type hashingWriter struct {
	w io.Writer
	h hash.Hash
	n int64
}

func (w *hashingWriter) Write(p []byte) (int, error) {
	n, err := w.w.Write(p)
	w.h.Write(p[:n])
	w.n += int64(n)
	return n, err
}
