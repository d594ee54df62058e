package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"

	"recount"
)

// Primary result codes of SQLite (https://sqlite.org/rescode.html).
const (
	sqliteBusy     = 5
	sqliteReadOnly = 8
	sqliteIOError  = 10
	sqliteCorrupt  = 11
	sqliteFull     = 13
	sqliteCantOpen = 14
	sqliteNotADB   = 26
)

// fault says what went wrong in d while op was done, and what to do about it
// where that is known. Work that is stopped ends by whatever it comes to first: a
// transaction that is over, a statement that is closed, a query that was interrupted.
// All of them say that it was stopped.
func (d *database) fault(ctx context.Context, op string, err error) error {
	if err == nil {
		return nil
	}
	if ended := ctx.Err(); ended != nil && !errors.Is(err, ended) {
		return fmt.Errorf("%s: %s: %w: %w", d.name, op, ended, err)
	}
	wrapped := fmt.Errorf("%s: %s: %w", d.name, op, err)
	if recount.HintOf(err) != "" {
		return wrapped
	}
	full := errors.Is(err, syscall.ENOSPC)
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() & 0xff {
		case sqliteFull:
			full = true
		case sqliteIOError:
			// SQLite does not pass on why; a full disk is the usual cause.
			return recount.WithHint(wrapped, "look whether the disk of "+d.place+" is full or damaged, then run the command again")
		case sqliteBusy:
			return recount.WithHint(wrapped, "another recount is writing to this study: wait until it is done, then run the command again")
		case sqliteReadOnly, sqliteCantOpen:
			return recount.WithHint(wrapped, "make "+d.place+" and the files in it writable for you, then run the command again")
		case sqliteNotADB:
			return d.broken(fmt.Errorf("%s is not a database of recount: %w: %w", d.name, recount.ErrInvalid, err))
		case sqliteCorrupt:
			return d.broken(fmt.Errorf("%s is damaged: %s: %w: %w", d.name, op, recount.ErrTampered, err))
		}
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch {
		case pg.Code == "53100":
			full = true
		case strings.HasPrefix(pg.Code, "XX"): // internal error, data or index corrupted
			return recount.WithHint(fmt.Errorf("%s is damaged: %s: %w: %w", d.name, op, recount.ErrTampered, err), d.redo)
		}
	}
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) {
		return recount.WithHint(wrapped, "look whether the PostgreSQL server runs and whether its address, user and password are right")
	}
	if full {
		return recount.WithHint(fmt.Errorf("%s: %s: the disk is full: %w", d.name, op, err),
			"free some space on the disk of "+d.place+" and run the same command again; what was reported done is kept")
	}
	return wrapped
}

// A DerivedError says that the file of what is derived is damaged: it can be deleted
// and made again.
type DerivedError struct{ error }

func (e *DerivedError) Unwrap() error { return e.error }

// broken is an error of a damaged file, with what to do.
func (d *database) broken(err error) error {
	if err = recount.WithHint(err, d.redo); d.name == derivedFile {
		return &DerivedError{err}
	}
	return err
}

// DeleteDerived deletes the file of what is derived in a folder, and those beside
// it. It must not be open.
func DeleteDerived(dir string) error {
	for _, name := range []string{derivedFile, derivedFile + "-wal", derivedFile + "-shm", derivedFile + "-journal"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("delete %s: %w", name, err)
		}
	}
	return nil
}
