package study

import (
	"context"
	"io"
	"time"

	"recount"
	"recount/internal/capture"
)

// ExportWACZ writes the archived pages as one WACZ file, with the pages that
// count as its list of pages. The same study gives the same bytes.
func (s *Study) ExportWACZ(ctx context.Context, w io.Writer) error {
	book, err := s.loaded(ctx)
	if err != nil {
		return err
	}
	t, err := s.texts(ctx, book)
	if err != nil {
		return err
	}
	captures := map[recount.Key]recount.Capture{}
	var newest time.Time
	for _, c := range t.captures {
		captures[c.Key] = c
		if c.Captured.After(newest) {
			newest = c.Captured
		}
	}
	p := capture.Package{Title: s.config.Title, Description: s.config.Question, Created: newest}
	for _, a := range t.articles {
		c := captures[a.Capture]
		p.Pages = append(p.Pages, capture.PackagePage{Capture: c, Title: a.Title, Text: a.Text})
	}
	return s.archive.WritePackage(w, p)
}
