package study

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
)

// Export writes the canonical export: every capture, article, relation,
// original, reading, figure, suggestion, decision, case and result of the
// study as JSON Lines, in the order of their keys. The same captures, decisions
// and program give the same bytes, in whatever order they arrived.
func (s *Study) Export(ctx context.Context, w io.Writer) error {
	if err := s.syncFiles(ctx); err != nil {
		return err
	}
	st, err := s.load(ctx)
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
	for _, c := range st.Captures {
		// Where the record lies depends on the order of arrival; what it holds
		// does not.
		put("capture", struct{ Key, Hash, Name, Captured, MediaType, Channel, Search, Origin any }{
			c.Key, c.Hash, c.Name, c.Captured.UTC(), c.MediaType, c.Channel, c.Search, c.Origin})
	}
	for _, a := range st.Articles {
		put("article", a)
	}
	for _, x := range st.Relations {
		put("relation", x)
	}
	for _, x := range st.Originals {
		put("original", x)
	}
	for _, a := range st.Articles {
		if r := st.Readings[a.Key]; r != nil {
			put("reading", r)
		}
		for _, f := range st.Figures[a.Key] {
			put("figure", f)
		}
	}
	for _, x := range st.Suggestions {
		put("suggestion", x)
	}
	for i := range st.Log.Decisions {
		put("decision", st.Log.Decisions[i])
	}
	for _, f := range st.Findings {
		put("finding", f)
	}
	for _, c := range st.Problem().Cases() {
		put("case", c)
	}
	results, rerr := s.results(st)
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
