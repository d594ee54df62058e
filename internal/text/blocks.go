package text

import (
	"fmt"
	"strings"

	"recount"
	"recount/internal/text/page"
)

// A writer puts blocks into the text of an article.
type writer struct {
	a *recount.Article
	b strings.Builder
}

func (w *writer) block(text string, role recount.Role, path string) {
	if w.b.Len() > 0 {
		w.b.WriteByte('\n')
	}
	start := w.b.Len()
	w.b.WriteString(text)
	w.a.Blocks = append(w.a.Blocks, recount.Block{Span: recount.Span{Start: start, End: w.b.Len()}, Role: role, Path: path})
}

func (w *writer) done() { w.a.Text = w.b.String() }

// BlockText returns the text that stands at the path of a block in a capture,
// as Read wrote it. It fails with recount.ErrNotFound if the path leads
// nowhere.
func BlockText(payload []byte, o Options, path string) (string, error) {
	f := Recognise(payload, o.Name)
	if f.Saved != nil {
		payload, o.MediaType = f.Saved.HTML, f.Saved.Media
	} else if f.Format != nil {
		s, ok := findCarried(f, path)
		if !ok {
			s, ok = f.Format.Find(payload, path)
		}
		if !ok {
			return "", fmt.Errorf("%q in %s: %w", path, o.Name, recount.ErrNotFound)
		}
		return s, nil
	}
	_, declared := page.SplitMediaType(o.MediaType)
	src, _ := page.Decode(payload, declared)
	doc, err := page.Parse(src)
	if err != nil {
		return "", err
	}
	return page.Find(doc, path)
}
