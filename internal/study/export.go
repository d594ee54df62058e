package study

import (
	"bufio"
	"context"
	"encoding/json"
	"io"

	"recount/internal/report"
)

// Export writes the canonical export: every capture, article, relation,
// original, reading, figure, suggestion, decision, case and result of the
// study as JSON Lines, in the order of their keys. The same captures, decisions
// and program give the same bytes, in whatever order they arrived.
func (s *Study) Export(ctx context.Context, w io.Writer) error {
	book, err := s.casebook(ctx, needs{report: true})
	if err != nil {
		return err
	}
	m, t, err := s.material(ctx, book)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	put := func(kind string, v any) {
		if err == nil {
			err = enc.Encode(struct {
				Kind string `json:"kind"`
				Row  any    `json:"row"`
			}{kind, v})
		}
	}
	for _, c := range m.Captures {
		// Where the record lies depends on the order of arrival; what it holds
		// does not.
		put("capture", struct{ Key, Hash, Name, Captured, MediaType, Channel, Search, Origin any }{
			c.Key, c.Hash, c.Name, c.Captured.UTC(), c.MediaType, c.Channel, c.Search, c.Origin})
	}
	for _, a := range m.Articles {
		put("article", a)
	}
	for _, x := range m.Relations {
		put("relation", x)
	}
	for _, x := range m.Originals {
		put("original", x)
	}
	for _, a := range m.Articles {
		if r := t.readings[a.Key]; r != nil {
			put("reading", r)
		}
		for _, f := range t.figures[a.Key] {
			put("figure", f)
		}
	}
	for _, x := range m.Suggestions {
		put("suggestion", x)
	}
	decisions, err := s.store.Decisions(ctx)
	if err != nil {
		return err
	}
	for i := range decisions {
		put("decision", decisions[i])
	}
	for _, f := range m.Findings {
		put("finding", f)
	}
	for _, c := range m.Cases {
		put("case", c)
	}
	results, rerr := s.results(book)
	if rerr != nil {
		return rerr
	}
	for _, r := range results {
		put("result", r)
	}
	if err != nil {
		return err
	}
	return b.Flush()
}

// SourceForms are the endings of the files that ExportSources writes.
var SourceForms = report.SourceForms

// ExportSources writes the list of sources for a reference manager, in the form
// of a file's ending, and says how many there are.
func (s *Study) ExportSources(ctx context.Context, form string, w io.Writer) (n int, err error) {
	book, err := s.casebook(ctx, needs{})
	if err != nil {
		return 0, err
	}
	m, _, err := s.material(ctx, book)
	if err != nil {
		return 0, err
	}
	list := report.Sources(m)
	return len(list.Sources), list.Write(w, form)
}
