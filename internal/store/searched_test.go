package store_test

import (
	"database/sql"
	"errors"
	"path/filepath"
	"testing"

	"recount"
	"recount/internal/store"
)

// The search index is a virtual table of ours: it is no damage, and another
// one is.
func TestSearchIndexIsOfRecount(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	if _, err := s.Searchable(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := open(t, dir).Close(); err != nil {
		t.Fatalf("a study with a search index is not opened: %v", err)
	}
	for _, statement := range []string{
		"CREATE VIRTUAL TABLE planted USING fts5(body)",
		"CREATE VIEW search AS SELECT 1",
		"CREATE TRIGGER search_drop AFTER INSERT ON page BEGIN DELETE FROM page; END",
		"DROP TABLE search_text",
	} {
		dir := t.TempDir()
		s := open(t, dir)
		if _, err := s.Searchable(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", filepath.Join(dir, "derived.db"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
		if statement == "DROP TABLE search_text" { // another one in its place
			if _, err := db.ExecContext(t.Context(), "CREATE VIRTUAL TABLE search_text USING fts5(title, body, other)"); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if s, err := store.Open(t.Context(), dir); !errors.Is(err, recount.ErrTampered) {
			t.Errorf("%s: opened, %v", statement, err)
			if err == nil {
				s.Close()
			}
		}
	}
}

// What is derived over several pages (relations, suggestions) is a change like a
// reading: whoever holds the study in memory asks whether there is one.
func TestDerivingIsAChange(t *testing.T) {
	s := open(t, t.TempDir())
	defer s.Close()
	before, err := s.LastDerived(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Derive(t.Context(), func(*store.Derivation) error { return nil }); err != nil {
		t.Fatal(err)
	}
	after, err := s.LastDerived(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if after == before {
		t.Error("nothing tells that the study was derived again")
	}
}
