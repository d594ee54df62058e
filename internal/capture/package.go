package capture

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"time"

	"recount"
)

// A Package says what a WACZ file of the archive is to say of itself.
type Package struct {
	Title       string
	Description string
	Created     time.Time // no clock is asked here
	Pages       []PackagePage
}

// A PackagePage is one entry of its list of pages.
type PackagePage struct {
	Capture recount.Capture
	Title   string
	Text    string // for search
}

// WritePackage writes the whole archive as one WACZ file.
func (a *Archive) WritePackage(w io.Writer, p Package) error {
	if err := a.Sync(); err != nil {
		return err
	}
	names, err := a.files()
	if err != nil {
		return err
	}
	var pages []waczPage
	for _, e := range p.Pages {
		pages = append(pages, waczPage{URL: targetURI(e.Capture), Title: e.Title, Time: e.Capture.Captured, Text: e.Text})
	}
	o := waczOptions{Title: p.Title, Description: p.Description, Software: "recount " + recount.Version, Created: p.Created}
	return writeWACZ(w, o, a.open(names), pages)
}

// open yields the WARC files, one open at a time.
func (a *Archive) open(names []string) iter.Seq2[waczFile, error] {
	return func(yield func(waczFile, error) bool) {
		for _, name := range names {
			f, err := os.Open(filepath.Join(a.dir, name))
			if err != nil {
				yield(waczFile{}, fmt.Errorf("archive: %w", err))
				return
			}
			info, err := f.Stat()
			more := false
			if err == nil {
				more = yield(waczFile{Name: name, Data: f, Size: info.Size()}, nil)
			}
			if err = errors.Join(err, f.Close()); err != nil && more {
				yield(waczFile{}, fmt.Errorf("archive: %w", err))
				return
			}
			if !more {
				return
			}
		}
	}
}
