package store

import (
	"context"
	"database/sql"
)

// A Change is one thing that came in or was erased. Its number is given under
// the lock of the writer and never leaves the program: another study that
// holds the same has other numbers.
type Change struct {
	Seq  int64
	What string // "capture", "article", "decision", "erased" (the answer of a decision); of derived data "reading"
	ID   string // key or id
}

// note numbers a change.
func (w *writer) note(ctx context.Context, what, id string) error {
	if err := w.lock(ctx); err != nil {
		return err
	}
	_, err := w.put(ctx, "change_put", what, id)
	return err
}

func scanChange(r *sql.Rows) (c Change, err error) { return c, r.Scan(&c.Seq, &c.What, &c.ID) }

// Changes returns what came in or was erased after a number, in that order.
func (s *Store) Changes(ctx context.Context, after int64) ([]Change, error) {
	return read(ctx, s.study, "read changes", "changes_after", scanChange, after)
}

// LastChange returns the number of the newest change, 0 if there is none.
func (s *Store) LastChange(ctx context.Context) (int64, error) { return s.study.lastChange(ctx) }

// DerivedChanges returns what was derived after a number, in that order.
func (s *Store) DerivedChanges(ctx context.Context, after int64) ([]Change, error) {
	return read(ctx, s.derived, "read changes", "changes_after", scanChange, after)
}

// LastDerived returns the number of the newest derived change, 0 if there is
// none.
func (s *Store) LastDerived(ctx context.Context) (int64, error) { return s.derived.lastChange(ctx) }

func (d *database) lastChange(ctx context.Context) (int64, error) {
	rows, err := read(ctx, d, "read changes", "change_last", scanNumber)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	return rows[0], nil
}
