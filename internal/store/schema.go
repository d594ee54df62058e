package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"recount"
)

// An object is one entry of the schema of a SQLite file.
type object struct{ kind, name, table, text string }

func scanObject(r *sql.Rows) (o object, err error) {
	return o, r.Scan(&o.kind, &o.name, &o.table, &o.text)
}

// foreign reports whether an object is of a kind that recount never makes and
// that would act by itself: a trigger, a view or a virtual table.
func (o object) foreign() bool {
	return o.kind != "table" && o.kind != "index" || strings.HasPrefix(strings.ToUpper(strings.TrimSpace(o.text)), "CREATE VIRTUAL")
}

// guard refuses a file that would do something by itself when it is written to
// or read.
func (d *database) guard(ctx context.Context) error {
	var objects []object
	err := patient(ctx, func() (err error) {
		objects, err = read(ctx, d, "open", "objects", scanObject)
		return err
	})
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(objects, object.foreign) {
		return nil
	}
	index, err := searchObjects(ctx)
	if err != nil {
		return err
	}
	for _, o := range objects {
		if o.foreign() && !slices.Contains(index, o) {
			return d.broken(fmt.Errorf("%s: somebody put a %s named %.60q into it, which is not of recount: %w", d.name, o.kind, o.name, recount.ErrTampered))
		}
	}
	return nil
}

// checkSchema sets the definitions in a file beside those that this program
// makes.
func (d *database) checkSchema(ctx context.Context, set string) error {
	if d.engine != sqliteEngine {
		return nil
	}
	want, err := madeObjects(ctx, set)
	if err != nil {
		return err
	}
	have, err := read(ctx, d, "check", "objects", scanObject)
	if err != nil {
		return err
	}
	var index []object
	if set == "derived" { // a study that nobody searched has no search index
		if index, err = searchObjects(ctx); err != nil {
			return err
		}
	}
	var all []error
	for _, o := range have {
		if !slices.Contains(want, o) && !slices.Contains(index, o) {
			all = append(all, fmt.Errorf("%s: the %s %.60q is not as recount makes it: %w", d.name, o.kind, o.name, recount.ErrTampered))
		}
	}
	for _, o := range want {
		if !slices.ContainsFunc(have, func(h object) bool { return h.kind == o.kind && h.name == o.name }) {
			all = append(all, fmt.Errorf("%s: the %s %s is missing: %w", d.name, o.kind, o.name, recount.ErrTampered))
		}
	}
	if len(all) == 0 {
		return nil
	}
	return recount.WithHint(errors.Join(all...), d.redo)
}

// searchObjects makes the search index in memory and returns its schema, with
// the tables that FTS5 keeps it in.
func searchObjects(ctx context.Context) ([]object, error) {
	return inMemory(ctx, func(d *database) error {
		return d.change(ctx, "open", func(w *writer) error { return w.searchTables(ctx) })
	})
}

// madeObjects makes a set of tables in memory and returns its schema.
func madeObjects(ctx context.Context, set string) ([]object, error) {
	dir, err := fs.Sub(schemas, "sql/schema")
	if err != nil {
		return nil, err
	}
	steps, err := migrations(dir, set, sqliteEngine)
	if err != nil {
		return nil, err
	}
	return inMemory(ctx, func(d *database) error {
		if err := d.migrate(ctx, steps, func(int) error { return nil }); err != nil || set != "derived" {
			return err
		}
		return d.change(ctx, "open", func(w *writer) error { // as moveReadings leaves them
			for _, name := range []string{"older/reading_1_drop", "older/figures_1_drop"} {
				if _, err := w.exec(ctx, name); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// inMemory makes tables in a database in memory and returns their schema.
func inMemory(ctx context.Context, tables func(*database) error) ([]object, error) {
	pool, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	pool.SetMaxOpenConns(1)
	d := &database{engine: sqliteEngine, name: "a database in memory", pool: pool}
	if err := tables(d); err != nil {
		return nil, err
	}
	return read(ctx, d, "open", "objects", scanObject)
}
