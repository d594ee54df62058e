package store

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"strings"
)

// SetVersion notes another version of the study's tables, as a newer program
// would.
func SetVersion(ctx context.Context, s *Store, version int, program string) error {
	return s.study.change(ctx, "test", func(w *writer) error {
		if _, err := w.exec(ctx, "version_clear"); err != nil {
			return err
		}
		_, err := w.exec(ctx, "version_put", version, program)
		return err
	})
}

// Statements returns the names of all statements of the store's engine and,
// for each, the pool that it is meant for.
func Statements(s *Store) (map[string]*sql.DB, error) {
	files, err := fs.ReadDir(statements, "sql")
	if err != nil {
		return nil, err
	}
	out := map[string]*sql.DB{}
	for _, f := range files {
		name, ok := strings.CutSuffix(f.Name(), ".sql")
		if !ok {
			continue
		}
		if n, engineOf, pair := strings.Cut(name, "."); pair {
			if engine(engineOf) != s.study.engine {
				continue
			}
			name = n
		}
		text, err := statement(s.study.engine, name)
		if err != nil {
			return nil, err
		}
		if !strings.HasPrefix(text, "-- ") {
			return nil, fmt.Errorf("sql/%s does not begin by saying what it does", f.Name())
		}
		pool := s.study.pool
		for _, table := range []string{"reading", "statement", "speaker", "sentence", "figure", "place", "reading_1", "figures_1", "relation", "original", "suggestion", "stamp",
			"page", "page_mark", "page_words", "page_people", "posting", "passage", "relation_lifted", "search_page", "search_text", "packed"} {
			for _, word := range []string{"FROM ", "INTO "} {
				if strings.Contains(text+"\n", word+table+" ") || strings.Contains(text+"\n", word+table+"\n") {
					pool = s.derived.pool
				}
			}
		}
		out[text] = pool
	}
	return out, nil
}

// StudyPool gives the tests the pool behind study.db, to change what the store
// would not.
func StudyPool(s *Store) *sql.DB { return s.study.pool }

// MigrateStudy brings study.db to the last of the given schema files.
func MigrateStudy(ctx context.Context, s *Store, dir fs.FS, path string) error {
	steps, err := migrations(dir, "study", s.study.engine)
	if err != nil {
		return err
	}
	return s.study.migrate(ctx, steps, func(from int) error { return s.study.backup(ctx, path, from) })
}

// DerivedPool gives the tests the pool behind derived.db.
func DerivedPool(s *Store) *sql.DB { return s.derived.pool }
