package store

import (
	"context"
	"database/sql"

	"recount"
)

// moveReadings puts what an earlier program kept as JSON into rows. Another
// process may do the same at the same time; one of them finds nothing to do.
func (s *Store) moveReadings(ctx context.Context) error {
	there, err := read(ctx, s.derived, "open", "reading_1_there", scanNumber)
	if err != nil || len(there) == 0 || there[0] == 0 {
		return err
	}
	return s.derived.change(ctx, "move readings into rows", func(w *writer) error {
		if err := w.lock(ctx); err != nil {
			return err
		}
		there, err := query(ctx, w, "reading_1_there", scanNumber)
		if err != nil || there[0] == 0 {
			return err
		}
		readings, err := query(ctx, w, "older/readings_1", func(rows *sql.Rows) (*recount.Reading, error) {
			var r recount.Reading
			return &r, rows.Scan(&r.Article, &r.Reader, document{&r.Statements}, document{&r.Speakers}, document{&r.Sentences}, document{&r.Notes})
		})
		if err != nil {
			return err
		}
		for _, r := range readings {
			if err := w.putReading(ctx, r); err != nil {
				return err
			}
		}
		figures, err := query(ctx, w, "older/figures_1", func(rows *sql.Rows) (f ArticleFigures, err error) {
			return f, rows.Scan(&f.Article, document{&f.Figures})
		})
		if err != nil {
			return err
		}
		for _, f := range figures {
			if err := w.putFigures(ctx, f); err != nil {
				return err
			}
		}
		for _, name := range []string{"older/reading_1_drop", "older/figures_1_drop"} {
			if _, err := w.exec(ctx, name); err != nil {
				return err
			}
		}
		return nil
	})
}
