package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"recount"
)

//go:embed sql/schema/*.sql
var schemas embed.FS

// A migration is one step of a set of tables, numbered from 1.
type migration struct {
	version    int
	statements []string
	then       func(ctx context.Context, w *writer) error // in the same transaction, or nil
}

// migrations reads the steps of one set of tables ("study" or "derived") for
// an engine from files named SET-NUMBER.ENGINE.sql in dir.
func migrations(dir fs.FS, set string, e engine) ([]migration, error) {
	entries, err := fs.ReadDir(dir, ".")
	if err != nil {
		return nil, err
	}
	var out []migration
	for _, f := range entries {
		middle, ok := strings.CutPrefix(f.Name(), set+"-")
		if !ok {
			continue
		}
		if middle, ok = strings.CutSuffix(middle, "."+string(e)+".sql"); !ok {
			continue
		}
		n, err := strconv.Atoi(middle)
		if err != nil {
			return nil, fmt.Errorf("schema file %s: %w", f.Name(), err)
		}
		b, err := fs.ReadFile(dir, f.Name())
		if err != nil {
			return nil, err
		}
		out = append(out, migration{version: n, statements: split(string(b))})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].version < out[j].version })
	for i, m := range out {
		if m.version != i+1 {
			return nil, fmt.Errorf("schema %s for %s: step %d is missing", set, e, i+1)
		}
	}
	return out, nil
}

// split cuts a schema file into statements, each of which ends with a
// semicolon at the end of a line. No comment of ours ends so.
func split(text string) (out []string) {
	for _, s := range strings.SplitAfter(text, ";\n") {
		if strings.TrimSpace(s) != "" {
			out = append(out, s)
		}
	}
	return out
}

// patient does something again while another process turns the file to
// write-ahead logging at this moment: SQLite does not wait for that lock.
func patient(ctx context.Context, do func() error) error {
	const tries, pause = 40, 25 * time.Millisecond
	for try := 1; ; try++ {
		err := do()
		if err == nil || try == tries || ctx.Err() != nil || !strings.Contains(err.Error(), "SQLITE_BUSY") {
			return err
		}
		time.Sleep(pause)
	}
}

// migrate brings the tables of d up to date, one transaction a step. Before a
// step from an older version it calls backup. It refuses tables of a newer
// program.
func (d *database) migrate(ctx context.Context, steps []migration, backup func(from int) error) error {
	// Who only reads takes no lock.
	if there, err := d.versioned(ctx); err != nil {
		return err
	} else if there {
		if now, err := d.version(ctx); err != nil || now.version == len(steps) {
			return err
		}
	}
	err := patient(ctx, func() error {
		return d.change(ctx, "open", func(w *writer) error {
			if err := w.lock(ctx); err != nil {
				return err
			}
			_, err := w.exec(ctx, "version_table")
			return err
		})
	})
	if err != nil {
		return err
	}
	for {
		now, err := d.version(ctx)
		have := now.version
		switch {
		case err != nil:
			return err
		case have == len(steps):
			return nil
		case have > len(steps):
			return recount.WithHint(
				fmt.Errorf("%s was made by recount %s, this is recount %s: %w", d.name, now.program, recount.Version, recount.ErrNewer),
				"install recount "+now.program+" or newer")
		}
		if have > 0 {
			if err := backup(have); err != nil {
				return d.fault(ctx, fmt.Sprintf("copy before the change from version %d", have), err)
			}
		}
		next := steps[have : have+1]
		if have == 0 {
			next = steps // there is nothing to keep a copy of on the way
		}
		if err := d.step(ctx, have, next); err != nil {
			return err
		}
	}
}

// versioned reports whether a SQLite file has tables of recount.
func (d *database) versioned(ctx context.Context) (bool, error) {
	if d.engine != sqliteEngine {
		return false, nil
	}
	return d.has(ctx, "open", "schema_version")
}

// has reports whether a SQLite file has a table.
func (d *database) has(ctx context.Context, op, name string) (bool, error) {
	objects, err := read(ctx, d, op, "objects", scanObject)
	return slices.ContainsFunc(objects, func(o object) bool { return o.kind == "table" && o.name == name }), err
}

// A made is the version of a set of tables and the program that made them so.
type made struct {
	version int
	program string
}

func scanMade(r *sql.Rows) (m made, err error) { return m, r.Scan(&m.version, &m.program) }

// version returns what the tables are; version 0 if there are none.
func (d *database) version(ctx context.Context) (made, error) {
	rows, err := read(ctx, d, "open", "version", scanMade)
	if err != nil || len(rows) == 0 {
		return made{}, err
	}
	return rows[0], nil
}

// step makes migrations in one transaction, unless another process has made
// them meanwhile.
func (d *database) step(ctx context.Context, from int, steps []migration) error {
	to := steps[len(steps)-1].version
	return d.change(ctx, fmt.Sprintf("change to version %d", to), func(w *writer) error {
		if err := w.lock(ctx); err != nil {
			return err
		}
		now, err := query(ctx, w, "version", scanMade)
		if err != nil || len(now) > 0 && now[0].version != from {
			return err
		}
		for _, m := range steps {
			for _, s := range m.statements {
				if _, err := w.tx.ExecContext(ctx, s); err != nil {
					return err
				}
			}
			if m.then != nil {
				if err := m.then(ctx, w); err != nil {
					return err
				}
			}
		}
		if _, err := w.exec(ctx, "version_clear"); err != nil {
			return err
		}
		_, err = w.exec(ctx, "version_put", int64(to), recount.Version)
		return err
	})
}

// lock keeps other processes from migrating until the transaction ends. On
// SQLite every transaction that writes does so by itself.
func (w *writer) lock(ctx context.Context) error {
	if w.d.engine == sqliteEngine {
		return nil
	}
	_, err := w.exec(ctx, "lock", w.d.schema)
	return err
}
