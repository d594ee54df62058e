package store

import (
	"context"
	"database/sql"
	"strings"

	"recount"
)

// ErasedHash stands for the hash of a capture that was erased.
const ErasedHash = "0000000000000000000000000000000000000000000000000000000000000000"

// ErasedNote is the note of an article whose words were erased.
const ErasedNote = "the text was erased"

// ErasedName is what a capture that was erased is called.
func ErasedName(key recount.Key) string { return "erased:" + string(key) }

// EraseCaptures takes out of captures, and of the articles in them, what they
// were and where they came from: names, addresses, days, hashes, searches. They
// are no captures and no articles any more, and the run that took them in no longer
// counts them among what was offered; that something was there, and when it was
// captured, stays. Their texts are erased before.
func (s *Store) EraseCaptures(ctx context.Context, keys []recount.Key) error {
	err := s.study.change(ctx, "erase captures", func(w *writer) error {
		for _, k := range keys {
			runs, err := query(ctx, w, "search_of", scanText, string(k), ErasedHash)
			if err != nil {
				return err
			}
			for _, run := range runs {
				if _, err := w.exec(ctx, "search_fewer", run); err != nil {
					return err
				}
				if err := w.logSearch(ctx, run); err != nil {
					return err
				}
			}
			if _, err := w.exec(ctx, "capture_erase", ErasedName(k), ErasedHash, string(k)); err != nil {
				return err
			}
			for _, name := range []string{"article_erase_place", "head_erase_place"} {
				if _, err := w.exec(ctx, name, ErasedName(k), string(k)); err != nil {
					return err
				}
			}
			// Who has the study open sees that they went.
			articles, err := query(ctx, w, "capture_articles", scanText, string(k))
			if err != nil {
				return err
			}
			for _, a := range articles {
				if err := w.note(ctx, "article", a); err != nil {
					return err
				}
			}
			now, err := query(ctx, w, "row_capture", scanRow, string(k))
			if err != nil {
				return err
			}
			for _, r := range now {
				if err := w.log(ctx, leafCapture, r.id, r.sum); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.study.forget(ctx, true)
}

// EraseSearches takes out of the search log what was asked for in the runs of
// which holds says so of what they asked.
func (s *Store) EraseSearches(ctx context.Context, holds func(asked string) bool) error {
	type run struct{ key, asked string }
	return s.study.change(ctx, "erase searches", func(w *writer) error {
		runs, err := query(ctx, w, "search_rows", func(r *sql.Rows) (x run, err error) {
			var parts [3]string
			err = r.Scan(&x.key, &parts[0], &parts[1], &parts[2])
			x.asked = strings.Join(parts[:], "\n")
			return x, err
		})
		if err != nil {
			return err
		}
		for _, x := range runs {
			if !holds(x.asked) {
				continue
			}
			if _, err := w.exec(ctx, "search_erase", x.key); err != nil {
				return err
			}
			if err := w.logSearch(ctx, x.key); err != nil {
				return err
			}
		}
		return nil
	})
}

// logSearch logs a run of add as it is now.
func (w *writer) logSearch(ctx context.Context, key string) error {
	now, err := query(ctx, w, "row_search", scanRow, key)
	if err != nil {
		return err
	}
	return w.log(ctx, leafSearch, now[0].id, now[0].sum)
}
