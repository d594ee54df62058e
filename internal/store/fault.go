package store

import (
	"errors"
	"fmt"
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
// where that is known.
func (d *database) fault(op string, err error) error {
	if err == nil {
		return nil
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
			return recount.WithHint(fmt.Errorf("%s is not a database of recount: %w: %w", d.name, recount.ErrInvalid, err), d.redo)
		case sqliteCorrupt:
			return recount.WithHint(fmt.Errorf("%s is damaged: %s: %w: %w", d.name, op, recount.ErrTampered, err), d.redo)
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
