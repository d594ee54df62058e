//go:build unix

package store_test

import (
	"testing"

	"recount"
	"recount/internal/store"
	"recount/internal/store/storetest"
)

func TestPostgres(t *testing.T) {
	srv := storetest.StartServer(t, "the suite runs on SQLite alone")
	t.Run("suite", func(t *testing.T) {
		storetest.Run(t, func(t *testing.T) *store.Store {
			s, err := store.OpenPostgres(t.Context(), srv.Database(t))
			if err != nil {
				t.Fatal(err)
			}
			return s
		})
	})
	t.Run("every statement is taken", func(t *testing.T) {
		s, err := store.OpenPostgres(t.Context(), srv.Database(t))
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		prepareAll(t, s)
	})
	t.Run("several open a new study at once", func(t *testing.T) {
		dsn := srv.Database(t)
		openAtOnce(t, func() (*store.Store, error) { return store.OpenPostgres(t.Context(), dsn) })
	})
	t.Run("a study of a newer program is refused", func(t *testing.T) {
		dsn := srv.Database(t)
		newer(t, func() (*store.Store, error) { return store.OpenPostgres(t.Context(), dsn) })
	})
	t.Run("a server that is not there", func(t *testing.T) {
		if _, err := store.OpenPostgres(t.Context(), "postgres://nobody@localhost:1/none?connect_timeout=2"); err == nil || recount.HintOf(err) == "" {
			t.Errorf("OpenPostgres without a server = %v; want an error with a hint", err)
		}
	})
}
