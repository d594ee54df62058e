package store

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"slices"

	"recount"
)

// page is how many records with text a list reads at a time. Between two
// pages no connection is held, so a caller may write while it reads.
const page = 32

// PutArticles adds articles, all or none, each in place of what the same
// extractor made of it before; what other extractors made stays. Readings of
// the articles are dropped, since they belong to the earlier text. An article
// whose text was erased gets no text.
func (s *Store) PutArticles(ctx context.Context, articles []recount.Article) error {
	// The readings go first: a crash in between costs only work.
	err := s.derived.change(ctx, "drop readings", func(w *writer) error {
		for _, a := range articles {
			if err := w.dropReading(ctx, a.Key); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.study.change(ctx, "add articles", func(w *writer) error {
		keys, err := query(ctx, w, "article_erased", scanText)
		if err != nil {
			return err
		}
		erased := map[recount.Key]bool{}
		for _, k := range keys {
			erased[recount.Key(k)] = true
		}
		for i := range articles {
			a := &articles[i]
			if err := w.putArticle(ctx, a); err != nil {
				return err
			}
			if erased[a.Key] {
				if err := w.eraseArticle(ctx, a.Key); err != nil {
					return err
				}
			}
			if err := w.forgetRefusals(ctx, "refusal_extracted", string(a.Capture), a.Extractor); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *writer) putArticle(ctx context.Context, a *recount.Article) error {
	if err := whole("article", a.Key, string(a.Key), string(a.Capture), a.Name, a.Part, a.Extractor, a.URL, a.Text); err != nil {
		return err
	}
	blocks := convert(a.Blocks, func(b recount.Block) block { return block(b) })
	var columns []string
	for _, v := range []any{a.Authors, a.Dates, a.Metadata, blocks, a.Notes} {
		j, err := toJSON(v)
		if err != nil {
			return fmt.Errorf("article %s: %w", a.Key, err)
		}
		columns = append(columns, j)
	}
	row := articleRow{string(a.Key), a.Extractor, string(a.Capture), a.Name, a.Part, a.URL,
		clean(a.Title), clean(a.Byline), columns[0], clean(a.Outlet), clean(a.Published), string(a.Precision),
		clean(a.DateFlag), columns[1], columns[2], clean(a.Language), a.Text, columns[3], columns[4]}
	var args []any
	for _, c := range row {
		args = append(args, c)
	}
	if _, err := w.put(ctx, "article_put", append(args, row.sum())...); err != nil {
		return fmt.Errorf("article %s: %w", a.Key, err)
	}
	dates := "null"
	if a.DateFlag != "" {
		dates = row[13]
	}
	if _, err := w.put(ctx, "head_put", row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[9], row[10], row[11], row[12],
		dates, row[15], int64(len(a.Text))); err != nil {
		return fmt.Errorf("article %s: %w", a.Key, err)
	}
	if err := w.note(ctx, "article", string(a.Key)); err != nil {
		return err
	}
	return w.log(ctx, leafText, string(a.Key)+" "+a.Extractor, sumOf(row[:]...))
}

func (w *writer) eraseArticle(ctx context.Context, key recount.Key) error {
	for _, name := range []string{"article_erase", "head_erase"} {
		if _, err := w.exec(ctx, name, string(key)); err != nil {
			return err
		}
	}
	return nil
}

// A Head is what lists and counts need of an article: it has no text, blocks,
// byline or metadata, and date candidates only while its date flag stands.
type Head struct {
	Key, Capture          recount.Key
	Name, Part, Extractor string
	URL, Title, Outlet    string
	Published             string
	Precision             recount.Precision
	DateFlag              string
	Dates                 []recount.Candidate
	Language              string
	Captured              string // of its capture: RFC 3339, UTC
	Size                  int    // of the text, in bytes
}

// Article is the article as far as the head knows it.
func (h *Head) Article() recount.Article {
	return recount.Article{Key: h.Key, Capture: h.Capture, Name: h.Name, Part: h.Part, Extractor: h.Extractor, URL: h.URL, Title: h.Title, Outlet: h.Outlet,
		Published: h.Published, Precision: h.Precision, DateFlag: h.DateFlag, Dates: h.Dates, Language: h.Language}
}

// Page is recount.Article.Page.
func (h *Head) Page() string {
	a := recount.Article{Name: h.Name, Part: h.Part, URL: h.URL}
	return a.Page()
}

func scanHead(rows *sql.Rows) (*Head, error) {
	var h Head
	var dates string
	a := &h
	err := rows.Scan(&a.Key, &a.Extractor, &a.Capture, &h.Captured, &a.Name, &a.Part, &a.URL, &a.Title, &a.Outlet,
		&a.Published, &a.Precision, &a.DateFlag, &dates, &a.Language, &h.Size)
	if err == nil && dates != "null" {
		err = (document{&a.Dates}).Scan(dates)
	}
	return &h, err
}

// Heads returns the heads of all articles as every extractor read them, by key
// and extractor.
func (s *Store) Heads(ctx context.Context) ([]*Head, error) {
	return read(ctx, s.study, "read articles", "heads", scanHead)
}

// ArticleBy returns an article as one extractor read it; recount.ErrNotFound
// if it is not there.
func (s *Store) ArticleBy(ctx context.Context, key recount.Key, extractor string) (*recount.Article, error) {
	rows, err := read(ctx, s.study, "read articles", "article_by", scanArticle, string(key), extractor)
	if err == nil && len(rows) == 0 {
		err = fmt.Errorf("article %s: %w", key, recount.ErrNotFound)
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// An articleRow is the columns of an article in the order of the table.
type articleRow [19]string

// sum returns the hash that is stored beside the row, so that a changed byte
// in a text that no report cites shows too.
func (r *articleRow) sum() string { return string(recount.KeyOf(r[:]...)) }

func scanArticle(rows *sql.Rows) (*recount.Article, error) {
	var r articleRow
	var sum string
	var to []any
	for i := range r {
		to = append(to, &r[i])
	}
	if err := rows.Scan(append(to, &sum)...); err != nil {
		return nil, err
	}
	if sum != "" && sum != r.sum() {
		return nil, recount.WithHint(fmt.Errorf("article %s: its text or what is known of it was changed after it was extracted: %w", r[3], recount.ErrTampered),
			"restore study.db from a backup; its capture is not affected")
	}
	a := recount.Article{Key: recount.Key(r[0]), Extractor: r[1], Capture: recount.Key(r[2]), Name: r[3], Part: r[4], URL: r[5],
		Title: r[6], Byline: r[7], Outlet: r[9], Published: r[10], Precision: recount.Precision(r[11]), DateFlag: r[12], Language: r[15], Text: r[16]}
	var blocks []block
	for _, c := range []struct {
		column string
		to     any
	}{{r[8], &a.Authors}, {r[13], &a.Dates}, {r[14], &a.Metadata}, {r[17], &blocks}, {r[18], &a.Notes}} {
		if err := (document{c.to}).Scan(c.column); err != nil {
			return nil, fmt.Errorf("article %s: %w", r[3], err)
		}
	}
	a.Blocks = convert(blocks, func(b block) recount.Block { return recount.Block(b) })
	return &a, nil
}

// Articles yields all articles as every extractor read them, by key and
// extractor.
func (s *Store) Articles(ctx context.Context) iter.Seq2[*recount.Article, error] {
	return pages(page, func(last *recount.Article) ([]*recount.Article, error) {
		key, extractor := recount.Key(""), ""
		if last != nil {
			key, extractor = last.Key, last.Extractor
		}
		return read(ctx, s.study, "read articles", "articles_page", scanArticle, string(key), extractor, page)
	})
}

// pages yields what next returns, n at a time, until it returns fewer. next
// gets the last record of the page before, nil at the start.
func pages[T any](n int, next func(last *T) ([]*T, error)) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		var last *T
		for {
			rows, err := next(last)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, r := range rows {
				if !yield(r, nil) {
					return
				}
			}
			if len(rows) < n {
				return
			}
			last = rows[n-1]
		}
	}
}

// Article returns an article as the extractor with the last name in byte order
// read it; recount.ErrNotFound if it is not there.
func (s *Store) Article(ctx context.Context, key recount.Key) (*recount.Article, error) {
	rows, err := read(ctx, s.study, "read articles", "article", scanArticle, string(key))
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("article %s: %w", key, recount.ErrNotFound)
	}
	return rows[0], nil
}

// EraseText takes the words out of an article: its text, title, byline and
// authors, in every version, and all that was derived from them. Its page and
// date stay. No extractor brings the words back.
func (s *Store) EraseText(ctx context.Context, article recount.Key) error {
	if err := s.EraseTexts(ctx, []recount.Key{article}); err != nil {
		return err
	}
	return s.DropDerived(ctx)
}

// EraseTexts is EraseText for several articles. What rests on all articles
// together, and may quote them, goes when it is derived the next time, and its
// bytes with ForgetDerived.
func (s *Store) EraseTexts(ctx context.Context, articles []recount.Key) error {
	for _, k := range articles {
		if err := s.eraseText(ctx, k); err != nil {
			return err
		}
	}
	if err := s.study.forget(ctx, false); err != nil {
		return err
	}
	return s.derived.change(ctx, "drop what was derived of a text", func(w *writer) error {
		if err := w.searchTables(ctx); err != nil {
			return err
		}
		for _, k := range articles {
			if err := w.dropReading(ctx, k); err != nil {
				return err
			}
			if err := w.dropSearchable(ctx, k); err != nil {
				return err
			}
			if _, err := w.exec(ctx, "place_drop_article", string(k)); err != nil {
				return err
			}
		}
		_, err := w.exec(ctx, "packed_clear")
		return err
	})
}

func (s *Store) eraseText(ctx context.Context, article recount.Key) error {
	if _, err := s.Article(ctx, article); err != nil {
		return err
	}
	return s.study.change(ctx, "erase a text", func(w *writer) error {
		before, err := query(ctx, w, "article_erased", scanText)
		if err != nil {
			return err
		}
		if _, err := w.exec(ctx, "article_erased_put", string(article)); err != nil {
			return err
		}
		if err := w.eraseArticle(ctx, article); err != nil {
			return err
		}
		if err := w.note(ctx, "article", string(article)); err != nil {
			return err
		}
		if slices.Contains(before, string(article)) {
			return nil
		}
		return w.log(ctx, leafErasedText, string(article), "")
	})
}
