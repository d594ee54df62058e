package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"unicode"

	"recount"
)

// A SearchText is the text of an article as the search index takes it.
type SearchText struct {
	Article recount.Key
	Stamp   string // of the text: the index holds it until another one comes
	Title   string
	Text    string
}

// A Hit is an article that holds what was searched for.
type Hit struct {
	Article recount.Key
	Snippet string // words around the first hits, which stand between U+0002 and U+0003
}

// searchTables makes the tables of the index if there are none: they are
// derived, and a study that nobody searches has none.
func (w *writer) searchTables(ctx context.Context) error {
	for _, name := range []string{"search_page_table", "search_table", "search_secure"} {
		if _, err := w.exec(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

type indexed struct {
	number  int64
	article recount.Key
	stamp   string
}

func scanIndexed(rows *sql.Rows) (x indexed, err error) {
	return x, rows.Scan(&x.number, &x.article, &x.stamp)
}

// Searchable returns what is in the search index: the stamps of texts, by
// article.
func (s *Store) Searchable(ctx context.Context) (map[recount.Key]string, error) {
	out := map[recount.Key]string{}
	if s.readOnly {
		if there, err := s.derived.has(ctx, "read the search index", "search_page"); err != nil || !there {
			return out, err
		}
		rows, err := read(ctx, s.derived, "read the search index", "search_known", scanIndexed)
		for _, x := range rows {
			out[x.article] = x.stamp
		}
		return out, err
	}
	err := s.derived.change(ctx, "read the search index", func(w *writer) error {
		if err := w.searchTables(ctx); err != nil {
			return err
		}
		rows, err := query(ctx, w, "search_known", scanIndexed)
		for _, x := range rows {
			out[x.article] = x.stamp
		}
		return err
	})
	return out, err
}

// SearchDiffers lists the articles of which the search index holds something
// else than their title and text; "" for a text in it that is of no article. A
// study that nobody searched has no index, and one that is on a server is not
// looked at.
func (s *Store) SearchDiffers(ctx context.Context) ([]recount.Key, error) {
	if s.derived.engine != sqliteEngine {
		return nil, nil
	}
	if there, err := s.derived.has(ctx, "check the search index", "search_page"); err != nil || !there {
		return nil, err
	}
	held, err := read(ctx, s.derived, "check the search index", "search_texts", func(r *sql.Rows) (x SearchText, err error) {
		return x, r.Scan(&x.Article, &x.Stamp, &x.Title, &x.Text)
	})
	if err != nil {
		return nil, err
	}
	var out []recount.Key
	for i := range held {
		x := &held[i]
		a, err := s.ArticleBy(ctx, x.Article, x.Stamp)
		if err != nil && !errors.Is(err, recount.ErrNotFound) {
			return nil, err
		}
		if err != nil || clean(a.Title) != x.Title || clean(a.Text) != x.Text {
			out = append(out, x.Article)
		}
	}
	return out, nil
}

// PutSearchable puts texts into the search index, each in place of what it held of the
// article before, and takes others out.
func (s *Store) PutSearchable(ctx context.Context, put []SearchText, drop []recount.Key) error {
	return s.derived.change(ctx, "write the search index", func(w *writer) error {
		if err := w.searchTables(ctx); err != nil {
			return err
		}
		for _, k := range drop {
			if err := w.dropSearchable(ctx, k); err != nil {
				return err
			}
		}
		last, err := query(ctx, w, "search_last", scanNumber)
		if err != nil {
			return err
		}
		n := last[0]
		for i := range put {
			x := &put[i]
			if err := w.dropSearchable(ctx, x.Article); err != nil {
				return err
			}
			n++
			if _, err := w.exec(ctx, "search_page_put", n, string(x.Article), clean(x.Stamp)); err != nil {
				return err
			}
			if _, err := w.exec(ctx, "search_text_put", n, clean(x.Title), clean(x.Text)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *writer) dropSearchable(ctx context.Context, article recount.Key) error {
	rows, err := query(ctx, w, "search_number", scanNumber, string(article))
	if err != nil {
		return err
	}
	for _, n := range rows {
		for _, name := range []string{"search_text_drop", "search_page_drop"} {
			if _, err := w.exec(ctx, name, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// Search returns the articles that hold all words of a query, the best first;
// the last word may be the beginning of one. A query without words finds
// nothing.
func (s *Store) Search(ctx context.Context, text string, most int) ([]Hit, error) {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	if len(words) == 0 {
		return nil, nil
	}
	const many = 16
	words = words[:min(many, len(words))]
	q := make([]string, len(words))
	for i, x := range words {
		begins := i == len(words)-1 && !strings.HasSuffix(text, " ")
		switch {
		case s.derived.engine == postgresEngine && begins:
			q[i] = "'" + x + "':*"
		case s.derived.engine == postgresEngine:
			q[i] = "'" + x + "'"
		case begins:
			q[i] = `"` + x + `"*`
		default:
			q[i] = `"` + x + `"`
		}
	}
	join := " "
	if s.derived.engine == postgresEngine {
		join = " & "
	}
	return read(ctx, s.derived, "search", "search_find", func(rows *sql.Rows) (h Hit, err error) {
		return h, rows.Scan(&h.Article, &h.Snippet)
	}, strings.Join(q, join), int64(most))
}
