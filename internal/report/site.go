package report

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"html/template"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"recount"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static/style.css
var styleSheet []byte

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"grouped": grouped, "plural": plural, "day": dayWords, "short": short,
}).ParseFS(templateFiles, "templates/*.html"))

// short writes the first digits of a hash.
func short(s any) string { return cutAt(fmt.Sprint(s), 12) }

// A Site is a report that is ready to be written. Its pages are made one by
// one as they are written, so that a large report needs little memory.
type Site struct {
	pages    []page
	manifest *Manifest
}

type page struct {
	path  string
	write func(io.Writer) error
}

// Pages returns how many pages Write writes.
func (s *Site) Pages() int { return len(s.pages) }

// Manifest returns what the report is made of; its files are filled in by
// Write.
func (s *Site) Manifest() *Manifest { return s.manifest }

// A frame is what every page of a report shows around its content.
type frame struct {
	Root        string // from the page to the top of the site: "" or "../"
	Title       string
	Report      string // title of the report
	Kind        string // "pile" or "study"
	Question    string
	StudyID     string
	Program     string
	AsOf        string
	Log         string
	Description string
}

func (x *index) frame(kind, root, title string) frame {
	return frame{Root: root, Title: title, Report: x.reportTitle(kind), Kind: kind, Question: x.Question,
		StudyID: x.StudyID, Program: x.Program, AsOf: x.AsOf, Log: x.Log}
}

func (x *index) reportTitle(kind string) string {
	if kind == "pile" {
		return "What is in the pile"
	}
	if x.Title != "" {
		return x.Title
	}
	return "Report"
}

// add puts a page on the site.
func (s *Site) add(path, name string, view func() any) {
	s.pages = append(s.pages, page{path, func(w io.Writer) error {
		return templates.ExecuteTemplate(w, name, view())
	}})
}

// addEvidence puts the pages of all evidence on the site, perPage items each.
func (s *Site) addEvidence(x *index, kind string, all []*evidence) {
	for _, e := range all {
		for n := range e.pageCount() {
			s.add(e.path(n), "evidence.html", func() any { return x.evidenceView(kind, e, n) })
		}
	}
	s.manifest.addCitations(x, all)
}

// addArticles puts the page of every version of every article on the site.
func (s *Site) addArticles(x *index, kind string) {
	for _, a := range x.every {
		s.add(articlePath(a.Key), "article.html", func() any { return x.articleView(kind, a) })
	}
}

func articlePath(k recount.Key) string { return "articles/" + string(k) + ".html" }

// Write writes the report into a new folder. It writes beside it first and
// then renames, so that a report is there whole or not at all. A report that
// is there already is replaced; any other folder is left alone.
func (s *Site) Write(dir string) error {
	dir = filepath.Clean(dir)
	if err := replaceable(dir); err != nil {
		return err
	}
	parent, base := filepath.Split(dir)
	if parent == "" {
		parent = "."
	}
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	// A run that was killed leaves its partial folder; it is nobody's report.
	partial := filepath.Join(parent, "."+base+".partial")
	if err := os.RemoveAll(partial); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if err := s.writeFiles(partial); err != nil {
		os.RemoveAll(partial)
		return fmt.Errorf("report %s: %w", base, err)
	}
	old := filepath.Join(parent, "."+base+".old")
	if err := os.RemoveAll(old); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if err := os.Rename(dir, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("report: %w", err)
	}
	if err := os.Rename(partial, dir); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return os.RemoveAll(old)
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

// writeFiles writes all pages, the style sheet and the manifest.
func (s *Site) writeFiles(dir string) error {
	s.manifest.Files = nil
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
	for _, p := range s.pages {
		if err := put(p.path, p.write); err != nil {
			return err
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

// slug makes a file name out of a label: lower-case letters, digits, hyphens.
func slug(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(cutAt(b.String(), 40), "-")
}
