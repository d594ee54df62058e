package store

import (
	"context"
	"database/sql"
	"fmt"
	"iter"

	"recount"
)

// PutReadings keeps what was read out of articles, all or none, each in place
// of an earlier reading of the same article.
func (s *Store) PutReadings(ctx context.Context, readings []recount.Reading) error {
	return s.derived.change(ctx, "keep readings", func(w *writer) error {
		for i := range readings {
			r := &readings[i]
			args := []any{string(r.Article), clean(r.Reader)}
			for _, v := range []any{r.Statements, r.Speakers, r.Sentences, r.Notes} {
				j, err := toJSON(v)
				if err != nil {
					return fmt.Errorf("reading of %s: %w", r.Article, err)
				}
				args = append(args, j)
			}
			if _, err := w.exec(ctx, "reading_put", args...); err != nil {
				return fmt.Errorf("reading of %s: %w", r.Article, err)
			}
		}
		return nil
	})
}

// Readings yields all readings by article.
func (s *Store) Readings(ctx context.Context) iter.Seq2[*recount.Reading, error] {
	return pages(page, func(last *recount.Reading) ([]*recount.Reading, error) {
		after := recount.Key("")
		if last != nil {
			after = last.Article
		}
		return read(ctx, s.derived, "read readings", "readings_page", func(rows *sql.Rows) (*recount.Reading, error) {
			var r recount.Reading
			return &r, rows.Scan(&r.Article, &r.Reader, document{&r.Statements}, document{&r.Speakers},
				document{&r.Sentences}, document{&r.Notes})
		}, string(after), page)
	})
}

// Unread returns the articles that a reader (Reading.Reader) has not read, by
// key. The two databases cannot be joined, so their sorted keys are merged.
func (s *Store) Unread(ctx context.Context, reader string) ([]recount.Key, error) {
	all, err := read(ctx, s.study, "read articles", "article_keys", scanText)
	if err != nil {
		return nil, err
	}
	done, err := read(ctx, s.derived, "read readings", "readings_by", scanText, reader)
	if err != nil {
		return nil, err
	}
	var out []recount.Key
	for _, k := range all {
		for len(done) > 0 && done[0] < k {
			done = done[1:]
		}
		if len(done) == 0 || done[0] != k {
			out = append(out, recount.Key(k))
		}
	}
	return out, nil
}

func (w *writer) dropReading(ctx context.Context, article recount.Key) error {
	for _, name := range []string{"reading_drop", "figures_drop"} {
		if _, err := w.exec(ctx, name, string(article)); err != nil {
			return err
		}
	}
	return nil
}

// PutFigures keeps the reported figures of one article, in their order, in
// place of earlier ones.
func (s *Store) PutFigures(ctx context.Context, article recount.Key, figures []recount.ReportedFigure) error {
	return s.PutFiguresOf(ctx, []ArticleFigures{{article, figures}})
}

// ArticleFigures are the reported figures of one article, in the order of the
// text; ReportedFigure.Of counts in this list.
type ArticleFigures struct {
	Article recount.Key
	Figures []recount.ReportedFigure
}

// PutFiguresOf keeps the reported figures of many articles, all or none.
func (s *Store) PutFiguresOf(ctx context.Context, of []ArticleFigures) error {
	return s.derived.change(ctx, "keep figures", func(w *writer) error {
		for _, f := range of {
			j, err := toJSON(f.Figures)
			if err != nil {
				return fmt.Errorf("figures of %s: %w", f.Article, err)
			}
			if _, err := w.exec(ctx, "figures_put", string(f.Article), j); err != nil {
				return fmt.Errorf("figures of %s: %w", f.Article, err)
			}
		}
		return nil
	})
}

// Figures yields the reported figures of each article, by article.
func (s *Store) Figures(ctx context.Context) iter.Seq2[*ArticleFigures, error] {
	return pages(page, func(last *ArticleFigures) ([]*ArticleFigures, error) {
		after := recount.Key("")
		if last != nil {
			after = last.Article
		}
		return read(ctx, s.derived, "read figures", "figures_page", func(rows *sql.Rows) (*ArticleFigures, error) {
			var f ArticleFigures
			return &f, rows.Scan(&f.Article, document{&f.Figures})
		}, string(after), page)
	})
}

// ReplaceRelations keeps what articles share, and the originals that follow,
// in place of all that was kept before.
func (s *Store) ReplaceRelations(ctx context.Context, relations []recount.Relation, originals []recount.Original) error {
	return s.derived.change(ctx, "keep relations", func(w *writer) error {
		for _, name := range []string{"relations_clear", "originals_clear"} {
			if _, err := w.exec(ctx, name); err != nil {
				return err
			}
		}
		for _, r := range relations {
			spans, err := toJSON(convert(r.Spans, func(a recount.Alignment) alignment { return alignment(a) }))
			if err != nil {
				return err
			}
			_, err = w.exec(ctx, "relation_put", string(r.A), string(r.B), string(r.Kind), int64(r.CoverageA), int64(r.CoverageB),
				spans, string(r.First), clean(r.Reason))
			if err != nil {
				return fmt.Errorf("relation %s-%s: %w", r.A, r.B, err)
			}
		}
		for _, o := range originals {
			members, err := toJSON(o.Members)
			if err != nil {
				return err
			}
			spliced := 0
			if o.Spliced {
				spliced = 1
			}
			if _, err := w.exec(ctx, "original_put", string(o.Key), members, string(o.First), clean(o.Reason), spliced); err != nil {
				return fmt.Errorf("original %s: %w", o.Key, err)
			}
		}
		return nil
	})
}

// Relations returns what articles share, by pair.
func (s *Store) Relations(ctx context.Context) ([]recount.Relation, error) {
	return read(ctx, s.derived, "read relations", "relations", func(rows *sql.Rows) (r recount.Relation, err error) {
		var spans []alignment
		err = rows.Scan(&r.A, &r.B, &r.Kind, &r.CoverageA, &r.CoverageB, document{&spans}, &r.First, &r.Reason)
		r.Spans = convert(spans, func(a alignment) recount.Alignment { return recount.Alignment(a) })
		return r, err
	})
}

// Originals returns the independent originals, by key.
func (s *Store) Originals(ctx context.Context) ([]recount.Original, error) {
	return read(ctx, s.derived, "read originals", "originals", func(rows *sql.Rows) (o recount.Original, err error) {
		var spliced int
		err = rows.Scan(&o.Key, document{&o.Members}, &o.First, &o.Reason, &spliced)
		o.Spliced = spliced != 0
		return o, err
	})
}

// ReplaceSuggestions keeps scored pairs of speakers in place of all that were
// kept before.
func (s *Store) ReplaceSuggestions(ctx context.Context, suggestions []recount.Suggestion) error {
	return s.derived.change(ctx, "keep suggestions", func(w *writer) error {
		if _, err := w.exec(ctx, "suggestions_clear"); err != nil {
			return err
		}
		for _, g := range suggestions {
			bars, err := toJSON(g.Bars)
			if err != nil {
				return err
			}
			if _, err := w.exec(ctx, "suggestion_put", string(g.A), string(g.B), int64(g.Weight), int64(g.Probability), bars); err != nil {
				return fmt.Errorf("suggestion %s-%s: %w", g.A, g.B, err)
			}
		}
		return nil
	})
}

// Suggestions returns the scored pairs of speakers, the heaviest first, then
// by pair.
func (s *Store) Suggestions(ctx context.Context) ([]recount.Suggestion, error) {
	return read(ctx, s.derived, "read suggestions", "suggestions", func(rows *sql.Rows) (g recount.Suggestion, err error) {
		return g, rows.Scan(&g.A, &g.B, &g.Weight, &g.Probability, document{&g.Bars})
	})
}

// Stamp returns what a stage over the whole corpus was last computed from, ""
// if it never was.
func (s *Store) Stamp(ctx context.Context, stage string) (string, error) {
	v, _, err := oneText(ctx, s.derived, "read the stamp of "+stage, "stamp", stage)
	return v, err
}

// SetStamp notes what a stage was computed from.
func (s *Store) SetStamp(ctx context.Context, stage, stamp string) error {
	return s.derived.change(ctx, "stamp "+stage, func(w *writer) error {
		_, err := w.exec(ctx, "stamp_put", clean(stage), clean(stamp))
		return err
	})
}

// DropDerived drops everything that can be worked out again.
func (s *Store) DropDerived(ctx context.Context) error {
	err := s.derived.change(ctx, "drop derived data", func(w *writer) error {
		for _, name := range []string{"stamps_clear", "readings_clear", "figures_clear", "relations_clear", "originals_clear", "suggestions_clear",
			"page_clear", "page_mark_clear", "page_words_clear", "page_people_clear", "posting_clear", "passage_clear", "relation_lifted_clear"} {
			if _, err := w.exec(ctx, name); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.derived.forget(ctx, true)
}
