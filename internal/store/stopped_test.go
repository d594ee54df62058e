package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"recount"
)

// Work that is stopped says so, whatever its last statement came to: the
// transaction may be over before the work has seen that its context ended.
func TestStoppedWorkSaysSo(t *testing.T) {
	s, err := Open(context.Background(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for name, end := range map[string]error{
		"the transaction is over":  fmt.Errorf("suggestion_replace: %w", sql.ErrTxDone),
		"the statement is closed":  errors.New("sql: statement is closed"),
		"the rows are closed":      errors.New("sql: Rows are closed"),
		"the connection is closed": sql.ErrConnDone,
		"the connection is lost":   driver.ErrBadConn,
		"it was interrupted":       errors.New("interrupted (9)"),
		"its context":              context.Canceled,
		"nothing":                  nil, // the commit finds it
	} {
		for engine, run := range map[string]func(context.Context, string, func(*writer) error) error{
			"change study": s.study.change, "change derived": s.derived.change, "look": s.study.look,
		} {
			if end == nil && engine == "look" {
				continue // what was read before is whole
			}
			ctx, cancel := context.WithCancel(t.Context())
			err := run(ctx, "test", func(*writer) error { cancel(); return end })
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s, %s: %v; want that it was stopped", engine, name, err)
			}
		}
	}
	if err := s.study.change(t.Context(), "test", func(*writer) error { return recount.ErrInvalid }); errors.Is(err, context.Canceled) || !errors.Is(err, recount.ErrInvalid) {
		t.Errorf("work that nobody stopped: %v; want ErrInvalid", err)
	}
}

// The transaction is rolled back beside the work, which goes on until a
// statement refuses.
func TestStoppedBesideTheWork(t *testing.T) {
	s, err := Open(context.Background(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for range 200 {
		ctx, cancel := context.WithCancel(t.Context())
		err := s.derived.change(ctx, "test", func(w *writer) error {
			go cancel()
			for {
				if _, err := w.exec(t.Context(), "stamp_put", "test", "1"); err != nil { // looks at the transaction only
					return err
				}
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("%v; want that it was stopped", err)
		}
	}
}

// The copy of a study, and what SQLite lays beside it, is for its owner alone.
func TestCopyIsForItsOwnerAlone(t *testing.T) {
	s, err := Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	dir := filepath.Join(t.TempDir(), "copy")
	c, err := s.CopyStudy(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.SetMeta(t.Context(), "a", "b"); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) < 2 {
		t.Fatal(entries, err)
	}
	for _, e := range entries {
		if i, err := e.Info(); err != nil || runtime.GOOS != "windows" && i.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, %v; want 0600", e.Name(), i.Mode().Perm(), err)
		}
	}
}
