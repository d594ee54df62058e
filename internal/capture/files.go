// Package capture takes in what a study is made of: files now, pages of the
// web later. In: paths. Out: bytes, and records in the archive, a folder of
// WARC 1.1 files (ISO 28500:2017) with one gzip member a record, written
// before anything is said to be taken. Method: see Archive. Limits: a record
// holds at most 512 MiB; reading knows the record types that recount writes
// and passes over others.
package capture

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"unicode/utf8"

	"recount"
)

// A Source is one file that was offered.
type Source struct {
	Path   string // to open it by
	Name   string // where it lies in the folder that was offered: "inside/page.html"; "page.html" for a file given by itself
	Folder string // name of the folder that was offered, "" for a file given by itself
}

// InFolder is the name of s with that of the folder that was offered.
func (s Source) InFolder() string {
	if s.Folder == "" {
		return s.Name
	}
	return strings.TrimSuffix(s.Folder+"/"+s.Name, "/")
}

// Files walks paths and yields each regular file: those of a folder in the
// order of their names, symbolic links to files followed and to folders not. A
// link that leads out of the folder that was named is refused unless follow is
// set: whoever offers a folder may not know where its links lead.
// Names in a folder that begin with a dot are passed over, and so is a folder
// that holds a study of recount. What is not there or cannot be read is yielded
// with an error that wraps recount.ErrRefused, and the walk goes on.
func Files(paths []string, follow bool) iter.Seq2[Source, error] {
	return func(yield func(Source, error) bool) {
		for _, p := range paths {
			s := Source{Path: p, Name: topName(p)}
			if info, err := os.Stat(p); err == nil && info.IsDir() {
				s = Source{Path: p, Folder: topName(p)}
			}
			root, err := filepath.EvalSymlinks(p)
			if err != nil {
				root = ""
			}
			if !walk(s, root, follow, true, yield) {
				return
			}
		}
	}
}

// topName returns the base name of a path as it was given; "." is named after
// the folder it stands for.
func topName(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	base := filepath.Base(abs)
	if base == string(filepath.Separator) {
		return ""
	}
	return validName(base)
}

// validName returns name with every byte that is not UTF-8 written as %XX:
// names are identities, so two different ones must stay different.
func validName(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	var b strings.Builder
	for len(name) > 0 {
		r, w := utf8.DecodeRuneInString(name)
		if r == utf8.RuneError && w == 1 {
			fmt.Fprintf(&b, "%%%02X", name[0])
		} else {
			b.WriteString(name[:w])
		}
		name = name[w:]
	}
	return b.String()
}

// walk yields what lies at s; given says that the user named it, and root is
// the folder out of which no link is followed unless follow is set, "" for none. It
// reports whether to go on.
func walk(s Source, root string, follow, given bool, yield func(Source, error) bool) bool {
	out, folder := leadsOut(s.Path, root)
	if !given && out && folder {
		return yield(s, refuse(s.Name, "a link to a folder outside", "if it is meant, add the folder to which it leads by its own name"))
	}
	if !given && out && !follow {
		return yield(s, refuse(s.Name, "a link that leads out of the folder", "if it is meant, add it with --follow-links, or name its target"))
	}
	info, err := os.Stat(s.Path)
	if err != nil {
		return yield(s, refusePath(s, err))
	}
	if info.Mode().IsRegular() {
		return yield(s, nil)
	}
	if !info.IsDir() {
		return yield(s, refuse(s.InFolder(), "neither a file nor a folder", "leave it out"))
	}
	if !given {
		if link, err := os.Lstat(s.Path); err == nil && link.Mode()&fs.ModeSymlink != 0 {
			return true
		}
	}
	if _, err := os.Stat(filepath.Join(s.Path, "study.db")); err == nil {
		return true
	}
	entries, err := os.ReadDir(s.Path)
	if err != nil {
		if !yield(s, refusePath(s, err)) {
			return false
		}
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		name := validName(e.Name())
		if s.Name != "" {
			name = s.Name + "/" + name
		}
		if !walk(Source{filepath.Join(s.Path, e.Name()), name, s.Folder}, root, follow, false, yield) {
			return false
		}
	}
	return true
}

// leadsOut reports whether a path is a link that leads out of a folder, and whether
// it leads to a folder. Links to folders are not followed in any case: what one
// within leads to is found where it lies.
func leadsOut(path, root string) (out, folder bool) {
	link, err := os.Lstat(path)
	if root == "" || err != nil || link.Mode()&fs.ModeSymlink == 0 {
		return false, false
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return false, false // broken, which is said of it
	}
	info, err := os.Stat(real)
	if err != nil {
		return false, false
	}
	inside, err := filepath.Rel(root, real)
	return err != nil || inside == ".." || strings.HasPrefix(inside, ".."+string(filepath.Separator)), info.IsDir()
}

func refuse(name, reason, hint string) error {
	return recount.WithHint(fmt.Errorf("%s: %s: %w", name, reason, recount.ErrRefused), hint)
}

func refusePath(s Source, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return refuse(s.InFolder(), "there is no such file or folder", "look for a mistyped path or a broken link: "+s.Path)
	case errors.Is(err, fs.ErrPermission):
		return refuse(s.InFolder(), "you may not read it", "allow yourself to read "+s.Path+", then add it again")
	case errors.Is(err, syscall.ELOOP):
		return refuse(s.InFolder(), "a link that leads to itself", "leave it out")
	}
	return recount.WithHint(fmt.Errorf("%s: %w: %w", s.InFolder(), recount.ErrRefused, err),
		"look whether "+s.Path+" can be opened, then add it again")
}

// MaxPayload is the largest file that is taken, in bytes after inflation. A page
// of HTML may have half of it (package text).
const MaxPayload = 64 << 20

// What is worked on before anything of it is kept: so many files or pages, or so
// many bytes of them.
const (
	BatchFiles = 64
	BatchBytes = 16 << 20
)

// ReadFile returns the bytes of a file, inflated if they are gzip. Files that
// are empty, larger than max bytes (inflated) or broken gzip are refused with
// recount.ErrRefused.
func ReadFile(path string, max int64) ([]byte, error) {
	s := Source{Path: path, Name: filepath.Base(path)}
	// A pipe or a device would never end, so it is not even opened.
	info, err := os.Stat(path)
	if err != nil {
		return nil, refusePath(s, err)
	}
	if !info.Mode().IsRegular() {
		return nil, refuse(s.Name, "not a file", "leave it out")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, refusePath(s, err)
	}
	defer f.Close()
	var head [2]byte
	if n, err := f.ReadAt(head[:], 0); err == nil && n == 2 && info.Size() > max && !(head[0] == 0x1f && head[1] == 0x8b) {
		return nil, refuse(s.Name, fmt.Sprintf("larger than %d MB", max>>20), "cut it into single pages, or leave it out")
	}
	b, err := readAtMost(f, max, info.Size())
	if err != nil {
		return nil, refusePath(s, err)
	}
	zipped := len(b) >= 2 && b[0] == 0x1f && b[1] == 0x8b
	if zipped && int64(len(b)) <= max {
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err == nil {
			b, err = readAtMost(z, max, 4*int64(len(b)))
		}
		if err != nil {
			return nil, refuse(s.Name, fmt.Sprintf("a broken gzip file (%v)", err), "fetch or pack it again")
		}
	}
	switch {
	case len(b) == 0:
		return nil, refuse(s.Name, "an empty file", "save the page again, or leave it out")
	case int64(len(b)) > max:
		return nil, refuse(s.Name, fmt.Sprintf("larger than %d MB", max>>20), "cut it into single pages, or leave it out")
	case !zipped && strings.EqualFold(filepath.Ext(path), ".gz"):
		return nil, refuse(s.Name, "named .gz but not gzip", "give it the name that fits what is in it")
	}
	return b, nil
}

// readAtMost reads up to max+1 bytes: one more than allowed tells that there
// is too much.
func readAtMost(r io.Reader, max, expected int64) ([]byte, error) {
	var b bytes.Buffer
	if n := min(expected, max) + 2*bytes.MinRead; n > 0 && n < 1<<26 {
		b.Grow(int(n))
	}
	_, err := b.ReadFrom(io.LimitReader(r, max+1))
	return b.Bytes(), err
}
