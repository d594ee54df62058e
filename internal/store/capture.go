package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"recount"
)

// Meta returns a setting of the study, "" if it was never set.
func (s *Store) Meta(ctx context.Context, name string) (string, error) {
	v, _, err := oneText(ctx, s.study, "read setting "+name, "meta", name)
	return v, err
}

// SetMeta keeps a setting of the study, such as its id.
func (s *Store) SetMeta(ctx context.Context, name, value string) error {
	return s.study.change(ctx, "set "+name, func(w *writer) error { return w.setMeta(ctx, name, value) })
}

func (w *writer) setMeta(ctx context.Context, name, value string) error {
	if err := whole("setting", recount.Key(name), name, value); err != nil {
		return err
	}
	if _, err := w.exec(ctx, "meta_put", name, value); err != nil {
		return err
	}
	return w.log(ctx, leafSetting, name, sumArgs(name, value))
}

// PutCaptures adds captures, all or none. One that is known is left as it is.
// What was refused under the same name before is forgotten: it is here now.
func (s *Store) PutCaptures(ctx context.Context, captures []recount.Capture) error {
	return s.study.change(ctx, "add captures", func(w *writer) error {
		names, err := query(ctx, w, "refusals_add", scanText)
		if err != nil {
			return err
		}
		refused := map[string]bool{}
		for _, n := range names {
			refused[n] = true
		}
		for _, c := range captures {
			if err := whole("capture", c.Key, string(c.Key), c.Hash, c.Name, c.Channel, c.Search, c.Record.File); err != nil {
				return err
			}
			origin, err := toJSON(c.Origin)
			if err != nil {
				return err
			}
			columns := []any{string(c.Key), c.Hash, c.Name, toInstant(c.Captured), c.Size,
				clean(c.MediaType), c.Channel, c.Search, origin, c.Record.File, c.Record.Offset, c.Record.Length}
			n, err := w.put(ctx, "capture_put", columns...)
			if err != nil {
				return err
			}
			if n == 1 {
				if err := w.note(ctx, "capture", string(c.Key)); err != nil {
					return err
				}
				if err := w.log(ctx, leafCapture, string(c.Key), sumArgs(columns...)); err != nil {
					return err
				}
			}
			if refused[c.Name] {
				if err := w.forgetRefusals(ctx, "refusal_taken", c.Name); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// ChangeCaptures puts other records in the place of those of known captures,
// which say more of where they came from. What could not be read of them is
// forgotten, so that it is read again.
func (s *Store) ChangeCaptures(ctx context.Context, captures []recount.Capture) error {
	return s.study.change(ctx, "change captures", func(w *writer) error {
		for _, c := range captures {
			origin, err := toJSON(c.Origin)
			if err != nil {
				return err
			}
			n, err := w.exec(ctx, "capture_again", origin, c.Record.File, c.Record.Offset, c.Record.Length, string(c.Key))
			if err != nil {
				return err
			}
			if n != 1 {
				return fmt.Errorf("capture %s: %w", c.Key, recount.ErrNotFound)
			}
			now, err := query(ctx, w, "row_capture", scanRow, string(c.Key))
			if err != nil {
				return err
			}
			if err := w.log(ctx, leafCapture, now[0].id, now[0].sum); err != nil {
				return err
			}
			if err := w.forgetRefusals(ctx, "refusal_reread", string(c.Key)); err != nil {
				return err
			}
		}
		return nil
	})
}

// ForgetRefusals forgets that things of these names were not taken: they are
// in the study now.
func (s *Store) ForgetRefusals(ctx context.Context, names []string) error {
	return s.study.change(ctx, "forget refusals", func(w *writer) error {
		for _, n := range names {
			if err := w.forgetRefusals(ctx, "refusal_taken", clean(n)); err != nil {
				return err
			}
		}
		return nil
	})
}

// forgetRefusals runs a statement that forgets refusals and logs which.
func (w *writer) forgetRefusals(ctx context.Context, statement string, args ...any) error {
	keys, err := query(ctx, w, statement, scanText, args...)
	if err != nil {
		return err
	}
	slices.Sort(keys)
	for _, k := range keys {
		if err := w.log(ctx, leafRefusal, k, ""); err != nil {
			return err
		}
	}
	return nil
}

func scanCapture(r *sql.Rows) (c recount.Capture, err error) {
	return c, r.Scan(&c.Key, &c.Hash, &c.Name, instant{&c.Captured}, &c.Size, &c.MediaType, &c.Channel, &c.Search, document{&c.Origin},
		&c.Record.File, &c.Record.Offset, &c.Record.Length)
}

// Captures returns all captures by key. One that was erased is none any more.
func (s *Store) Captures(ctx context.Context) ([]recount.Capture, error) {
	return read(ctx, s.study, "read captures", "captures", scanCapture, ErasedHash)
}

// CaptureNames returns the names of all captures, one for each.
func (s *Store) CaptureNames(ctx context.Context) ([]string, error) {
	return read(ctx, s.study, "read captures", "capture_names", scanText, ErasedHash)
}

// AllCaptures returns all captures by key, and what is left of those that were
// erased: their keys, and where their records are.
func (s *Store) AllCaptures(ctx context.Context) ([]recount.Capture, error) {
	return read(ctx, s.study, "read captures", "captures_all", scanCapture)
}

// Capture returns one capture; recount.ErrNotFound if it is not there.
func (s *Store) Capture(ctx context.Context, key recount.Key) (recount.Capture, error) {
	rows, err := read(ctx, s.study, "read captures", "capture", scanCapture, string(key))
	if err != nil {
		return recount.Capture{}, err
	}
	if len(rows) == 0 {
		return recount.Capture{}, fmt.Errorf("capture %s: %w", key, recount.ErrNotFound)
	}
	return rows[0], nil
}

// HasCapture reports whether a capture is known.
func (s *Store) HasCapture(ctx context.Context, key recount.Key) (bool, error) {
	rows, err := read(ctx, s.study, "read captures", "capture_known", scanNumber, string(key))
	return len(rows) == 1 && rows[0] > 0, err
}

func scanNumber(r *sql.Rows) (n int64, err error) { return n, r.Scan(&n) }

// Unextracted returns the captures that an extractor has neither made an
// article of nor refused, by key.
func (s *Store) Unextracted(ctx context.Context, extractor string) ([]recount.Capture, error) {
	return read(ctx, s.study, "read captures", "captures_unextracted", scanCapture, extractor, ErasedHash)
}

// NeverExtracted returns the captures of which no extractor of any version has made an
// article, or refused to, by key.
func (s *Store) NeverExtracted(ctx context.Context) ([]recount.Capture, error) {
	return read(ctx, s.study, "read captures", "captures_never_extracted", scanCapture, ErasedHash)
}

// PutRefusals notes what was not taken, once for each name, hash and stage;
// the newest reason is kept.
func (s *Store) PutRefusals(ctx context.Context, refusals []recount.Refusal) error {
	return s.study.change(ctx, "note refusals", func(w *writer) error {
		for _, r := range refusals {
			name, hash, stage := clean(r.Name), clean(r.Hash), clean(r.Stage)
			key := recount.KeyOf("refusal", name, hash, stage)
			columns := []any{string(key), name, hash, stage, clean(r.Reason), clean(r.Hint), clean(r.Extractor)}
			if _, err := w.put(ctx, "refusal_put", columns...); err != nil {
				return err
			}
			if err := w.log(ctx, leafRefusal, string(key), sumArgs(columns...)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Refusals returns what was not taken, by name, hash and stage.
func (s *Store) Refusals(ctx context.Context) ([]recount.Refusal, error) {
	return read(ctx, s.study, "read refusals", "refusals", func(rows *sql.Rows) (r recount.Refusal, err error) {
		return r, rows.Scan(&r.Name, &r.Hash, &r.Stage, &r.Reason, &r.Hint, &r.Extractor)
	})
}

// PutSearch writes one entry of the search log. The same entry (time, actor,
// channel, query and paths) written again brings its counts up to date.
func (s *Store) PutSearch(ctx context.Context, r recount.SearchRun) error {
	return s.study.change(ctx, "log a search", func(w *writer) error {
		paths, err := toJSON(convert(r.Paths, clean))
		if err != nil {
			return err
		}
		details, err := toJSON(r.Details)
		if err != nil {
			return err
		}
		began, actor, channel, query := toInstant(r.Time), clean(r.Actor), clean(r.Channel), clean(r.Query)
		key := recount.KeyOf("search", began, actor, channel, query, paths)
		columns := []any{string(key), began, actor, channel, query, details, paths, r.Offered, r.Added, r.Known, r.Refused}
		if _, err = w.exec(ctx, "search_put", columns...); err != nil {
			return err
		}
		return w.log(ctx, leafSearch, string(key), sumArgs(columns...))
	})
}

// Searches returns the search log, oldest first.
func (s *Store) Searches(ctx context.Context) ([]recount.SearchRun, error) {
	return read(ctx, s.study, "read the search log", "searches", func(rows *sql.Rows) (r recount.SearchRun, err error) {
		return r, rows.Scan(instant{&r.Time}, &r.Actor, &r.Channel, &r.Query, document{&r.Details}, document{&r.Paths},
			&r.Offered, &r.Added, &r.Known, &r.Refused)
	})
}
