// Package store keeps a study: captures, articles and decisions in study.db,
// what follows from them in derived.db. It holds all SQL of recount.
//
// In and out: the records of package recount. Method: one file per statement
// in sql/, the same for SQLite (a folder) and PostgreSQL (a team); what one
// call writes is one transaction, and on return it is on the disk (SQLite:
// WAL with synchronous=FULL for study.db). Every list comes in an order that
// depends on the records alone; text is compared by its bytes. Limits: names
// and texts must be valid UTF-8 without NUL, and are refused with
// recount.ErrInvalid otherwise; in titles, notes and other words about a text
// such bytes become U+FFFD. Copies of study.db that a migration made keep what
// was erased later.
package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"recount"
	"recount/internal/disk"
)

// A Store is an open study. Its methods may be called at the same time.
type Store struct {
	study    *database
	derived  *database
	readOnly bool
	full     bool // because the disk is
}

// ReadOnly reports whether the study lies where nothing can be written.
func (s *Store) ReadOnly() bool { return s.readOnly }

// Full reports whether that is because its disk has no room left.
func (s *Store) Full() bool { return s.full }

// File names inside the folder of a study.
const (
	studyFile   = "study.db"
	derivedFile = "derived.db"
)

// Open opens the study in dir, and makes it if there is none.
func Open(ctx context.Context, dir string) (*Store, error) {
	if err := disk.Folder(dir); err != nil {
		return nil, recount.WithHint(fmt.Errorf("study %s: %w", dir, err), "name a folder that you may write to")
	}
	return openSQLite(ctx, dir)
}

// OpenExisting opens the study in dir; recount.ErrNotFound if there is none.
func OpenExisting(ctx context.Context, dir string) (*Store, error) {
	if _, err := os.Stat(filepath.Join(dir, studyFile)); errors.Is(err, fs.ErrNotExist) {
		return nil, recount.WithHint(fmt.Errorf("no study in %s: %w", dir, recount.ErrNotFound),
			"make one with recount init, or name its folder with --study")
	} else if err != nil {
		return nil, fmt.Errorf("study %s: %w", dir, err)
	}
	return openSQLite(ctx, dir)
}

// Close closes the study. What was written is on the disk already.
func (s *Store) Close() error {
	var errs []error
	for _, d := range []*database{s.study, s.derived} {
		if d.pool != nil {
			errs = append(errs, d.pool.Close())
		}
	}
	return errors.Join(errs...)
}

// prepare brings both sets of tables up to date.
func (s *Store) prepare(ctx context.Context, backup func(from int) error) error {
	dir, err := fs.Sub(schemas, "sql/schema")
	if err != nil {
		return err
	}
	for _, d := range []*database{s.study, s.derived} {
		set := "study"
		if d == s.derived {
			set, backup = "derived", func(int) error { return nil }
		}
		steps, err := migrations(dir, set, d.engine)
		if err != nil {
			return err
		}
		if set == "study" && len(steps) >= logVersion {
			steps[logVersion-1].then = beginLog
		}
		if err := d.migrate(ctx, steps, backup); err != nil {
			return err
		}
	}
	return s.moveReadings(ctx)
}

// Integrity checks the files as far as the database system can, and that their
// tables are those that this program makes. The error wraps recount.ErrTampered, names the file and says what to do.
func (s *Store) Integrity(ctx context.Context) error {
	var all []error
	for _, d := range []*database{s.study, s.derived} {
		name := "integrity"
		if d.engine == postgresEngine {
			name += "_" + d.schema
		}
		faults, err := read(ctx, d, "check", name, scanText)
		if err != nil {
			all = append(all, err)
			continue
		}
		if len(faults) != 1 || faults[0] != "ok" {
			all = append(all, recount.WithHint(
				fmt.Errorf("%s is damaged: %v: %w", d.name, faults, recount.ErrTampered), d.redo))
			continue
		}
		set := "study"
		if d == s.derived {
			set = "derived"
		}
		if err := d.checkSchema(ctx, set); err != nil {
			all = append(all, err)
		}
	}
	return errors.Join(all...)
}
