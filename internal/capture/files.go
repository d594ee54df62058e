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
	"slices"
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

// A Passed says of a link that a walk passes over it, and that nobody lacks what
// it leads to: nothing was refused.
type Passed string

func (p Passed) Error() string { return "passed over: " + string(p) }

// What is passed over.
const (
	passedThere  = Passed("a link to a folder that is read where it lies")
	passedCircle = Passed("a link to a folder in which it lies itself")
	passedTwice  = Passed("a folder that was read before, to which a link led")
)

// Files walks paths and yields each regular file: those of a folder in the
// order of their names, symbolic links to files followed. A link that leads out
// of the folder that was named, to a file or to a folder, is refused unless
// follow is set: whoever offers a folder may not know where its links lead. What
// a link leads to within the folder is found where it lies, so no folder is
// walked twice and none in a circle; such a link is yielded with a Passed as
// its error. Names in a folder that begin with a dot are passed over, unless a
// link leads to one and follow is set, and so is a folder that holds a study of
// recount. What is not there or cannot be read is yielded with an error that wraps
// recount.ErrRefused, and the walk goes on.
func Files(paths []string, follow bool) iter.Seq2[Source, error] {
	return func(yield func(Source, error) bool) {
		for _, p := range paths {
			s := Source{Path: p, Name: topName(p)}
			if info, err := os.Stat(p); err == nil && info.IsDir() {
				s = Source{Path: p, Folder: topName(p)}
			}
			root, err := filepath.EvalSymlinks(p)
			if err == nil {
				root, err = filepath.Abs(root)
			}
			if err != nil {
				root = ""
			}
			w := walker{root: root, follow: follow, yield: yield}
			if !w.walk(s, root, true) {
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

// A walker walks one path that was given.
type walker struct {
	root   string // the real path of it, "" if there is none
	follow bool
	yield  func(Source, error) bool

	taken  []string // real paths of folders that links led to
	inside []string // those of them in which the walk is now
}

// walk yields what lies at s, whose real path is real unless it is a link; given
// says that the user named it. It reports whether to go on.
func (w *walker) walk(s Source, real string, given bool) bool {
	link := false
	if !given {
		info, err := os.Lstat(s.Path)
		link = err == nil && info.Mode()&fs.ModeSymlink != 0
	}
	info, err := os.Stat(s.Path)
	if err != nil {
		return w.yield(s, refusePath(s, err))
	}
	if link && w.root != "" {
		if real, err = filepath.EvalSymlinks(s.Path); err == nil {
			real, err = filepath.Abs(real)
		}
		if err != nil {
			return w.yield(s, refusePath(s, err))
		}
		if !info.IsDir() && !w.follow && !within(w.root, real) {
			return w.yield(s, refuse(s.Name, "a link that leads out of the folder", "if it is meant, add it with --follow-links, or name its target"))
		}
	}
	if info.Mode().IsRegular() {
		return w.yield(s, nil)
	}
	if !info.IsDir() {
		return w.yield(s, refuse(s.InFolder(), "neither a file nor a folder", "leave it out"))
	}
	if link {
		if why := w.refused(s, real); why != nil {
			return w.yield(s, why)
		}
		w.taken, w.inside = append(w.taken, real), append(w.inside, real)
		defer func() { w.inside = w.inside[:len(w.inside)-1] }()
	} else if !given && slices.Contains(w.taken, real) {
		return w.yield(s, passedTwice)
	}
	if holdsStudy(s.Path) {
		return true
	}
	entries, err := os.ReadDir(s.Path)
	if err != nil {
		if !w.yield(s, refusePath(s, err)) {
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
		if !w.walk(Source{filepath.Join(s.Path, e.Name()), name, s.Folder}, filepath.Join(real, e.Name()), false) {
			return false
		}
	}
	return true
}

// refused says why the folder to which a link leads is not walked, nil if it is.
func (w *walker) refused(s Source, real string) error {
	if w.root == "" {
		return passedThere
	}
	for _, at := range append([]string{w.root, filepath.Dir(s.real())}, w.inside...) {
		if within(real, at) {
			return passedCircle
		}
	}
	for _, tree := range append([]string{w.root}, w.taken...) {
		if within(tree, real) && openly(tree, real) {
			return passedThere
		}
	}
	const hint = "if it is meant, add it with --follow-links, or add the folder to which it leads by its own name"
	switch {
	case w.follow:
		return nil
	case within(w.root, real):
		return refuse(s.Name, "a link to a folder that is passed over where it lies", hint)
	}
	return refuse(s.Name, "a link to a folder outside", hint)
}

// real is the path of s with all links in the folders above it resolved.
func (s Source) real() string {
	dir, err := filepath.EvalSymlinks(filepath.Dir(s.Path))
	if err == nil {
		dir, err = filepath.Abs(dir)
	}
	if err != nil {
		return s.Path
	}
	return filepath.Join(dir, filepath.Base(s.Path))
}

// within reports whether a path is a folder or lies in it. Both are real.
func within(folder, path string) bool {
	in, err := filepath.Rel(folder, path)
	return err == nil && in != ".." && !strings.HasPrefix(in, ".."+string(filepath.Separator))
}

// openly reports whether a walk of tree comes to a folder in it: through no name
// that begins with a dot and no study.
func openly(tree, folder string) bool {
	for folder != tree {
		if strings.HasPrefix(filepath.Base(folder), ".") || holdsStudy(folder) || folder == filepath.Dir(folder) {
			return false
		}
		folder = filepath.Dir(folder)
	}
	return true
}

func holdsStudy(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "study.db"))
	return err == nil
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
