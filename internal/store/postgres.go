package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"recount"
)

// OpenPostgres opens the study in a PostgreSQL database, and makes it if there
// is none: two schemas, recount_study and recount_derived, with the tables
// that a folder has in study.db and derived.db. Copies before a migration are
// the server's business.
func OpenPostgres(ctx context.Context, dsn string) (*Store, error) {
	s := &Store{
		study: &database{engine: postgresEngine, name: "schema recount_study", schema: "recount_study", place: "the PostgreSQL server",
			redo: "put the schema back from a backup of the server"},
		derived: &database{engine: postgresEngine, name: "schema recount_derived", schema: "recount_derived", place: "the PostgreSQL server",
			redo: "drop the schema recount_derived, then run recount rebuild: nothing in it is lost by that"},
	}
	var err error
	if s.study.pool, err = openPool(dsn, s.study.schema, "on"); err != nil {
		return nil, err
	}
	// As with SQLite, derived rows may be lost when the power fails.
	if s.derived.pool, err = openPool(dsn, s.derived.schema, "off"); err != nil {
		return nil, errors.Join(err, s.study.pool.Close())
	}
	for _, d := range []*database{s.study, s.derived} {
		err := d.change(ctx, "open", func(w *writer) error {
			if err := w.lock(ctx); err != nil {
				return err
			}
			_, err := w.exec(ctx, "make_"+d.schema)
			return err
		})
		if err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	if err := s.prepare(ctx, func(int) error { return nil }); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func openPool(dsn, schema, synchronous string) (*sql.DB, error) {
	c, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, recount.WithHint(err, "write the address as postgres://user@host/database")
	}
	c.RuntimeParams["search_path"] = schema
	c.RuntimeParams["synchronous_commit"] = synchronous
	c.RuntimeParams["application_name"] = "recount"
	pool := stdlib.OpenDB(*c)
	pool.SetMaxOpenConns(connections)
	return pool, nil
}
