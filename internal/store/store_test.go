package store_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"recount"
	"recount/internal/store"
	"recount/internal/store/storetest"
)

func open(t testing.TB, dir string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSQLite(t *testing.T) {
	storetest.Run(t, func(t *testing.T) *store.Store { return open(t, t.TempDir()) })
}

func TestEveryStatementIsTakenBySQLite(t *testing.T) {
	s := open(t, t.TempDir())
	defer s.Close()
	prepareAll(t, s)
}

var parameter = regexp.MustCompile(`\$([0-9]+)`)

// prepareAll lets the engine read every statement, and checks that parameters
// are numbered in the order in which they first appear: SQLite's driver counts
// so, whatever their numbers say.
func prepareAll(t *testing.T, s *store.Store) {
	t.Helper()
	// The tables of the search index are made when somebody searches.
	if _, err := s.Searchable(t.Context()); err != nil {
		t.Fatal(err)
	}
	all, err := store.Statements(s)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Errorf("%d statements; want all of them", len(all))
	}
	for text, pool := range all {
		p, err := pool.PrepareContext(t.Context(), text)
		if err != nil {
			t.Errorf("%v in\n%s", err, text)
			continue
		}
		if err := p.Close(); err != nil {
			t.Error(err)
		}
		var code strings.Builder // without comments
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, "--") {
				code.WriteString(line)
			}
		}
		last := 0
		for _, m := range parameter.FindAllStringSubmatch(code.String(), -1) {
			n, err := strconv.Atoi(m[1])
			if err != nil || n > last+1 {
				t.Errorf("parameter %s comes after $%d in\n%s", m[0], last, text)
			}
			last = max(last, n)
		}
		if strings.Contains(code.String(), ";") {
			t.Errorf("more than one statement, or a semicolon, in\n%s", text)
		}
	}
}

func TestPragmas(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a study? 100% of #1")
	s := open(t, dir)
	defer s.Close()
	for _, db := range []struct {
		name, synchronous string
		pool              *sql.DB
	}{{"study.db", "2", store.StudyPool(s)}, {"derived.db", "1", store.DerivedPool(s)}} {
		for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": db.synchronous, "foreign_keys": "1", "secure_delete": "1", "busy_timeout": "5000", "trusted_schema": "0", "cell_size_check": "1"} {
			var got string
			if err := db.pool.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
				t.Errorf("%s: %s = %s, %v; want %s", db.name, pragma, got, err, want)
			}
		}
	}
	for _, f := range []string{"study.db", "derived.db"} {
		if _, err := os.Stat(filepath.Join(dir, f)); err != nil {
			t.Error(err)
		}
	}
}

// Every connection trusts no schema and measures cells, also one to a folder that
// nobody can write to.
func TestPragmasOfEveryConnection(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "study")
	if err := open(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	look := func(s *store.Store) {
		t.Helper()
		defer s.Close()
		for name, pool := range map[string]*sql.DB{"study.db": store.StudyPool(s), "derived.db": store.DerivedPool(s)} {
			most := pool.Stats().MaxOpenConnections
			if most < 2 {
				t.Fatalf("%s: %d connections", name, most)
			}
			for i := range most { // all are held, so that each is another one
				c, err := pool.Conn(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				defer c.Close()
				for pragma, want := range map[string]string{"trusted_schema": "0", "cell_size_check": "1"} {
					var got string
					if err := c.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
						t.Errorf("%s, connection %d: %s = %s, %v; want %s", name, i, pragma, got, err, want)
					}
				}
			}
		}
	}
	look(open(t, dir))
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o700)
	s, err := store.OpenExisting(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	look(s)
}

func TestOpenExisting(t *testing.T) {
	dir := t.TempDir()
	if _, err := store.OpenExisting(t.Context(), dir); !errors.Is(err, recount.ErrNotFound) || recount.HintOf(err) == "" {
		t.Errorf("OpenExisting without a study = %v; want ErrNotFound with a hint", err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("OpenExisting left %v, %v", entries, err)
	}
	if err := open(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	s, err := store.OpenExisting(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestSeveralOpenANewStudyAtOnce(t *testing.T) {
	dir := t.TempDir()
	openAtOnce(t, func() (*store.Store, error) { return store.Open(t.Context(), dir) })
}

func TestStudyOfANewerProgram(t *testing.T) {
	dir := t.TempDir()
	newer(t, func() (*store.Store, error) { return store.Open(t.Context(), dir) })
}

func TestFileThatIsNoDatabase(t *testing.T) {
	for _, name := range []string{"study.db", "derived.db"} {
		for what, content := range map[string]string{"words": strings.Repeat("not a database\n", 500), "a word": "x"} {
			dir := t.TempDir()
			path := filepath.Join(dir, name)
			if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
				t.Fatal(err)
			}
			_, err := store.Open(t.Context(), dir)
			if err == nil || !strings.Contains(err.Error(), name) || recount.HintOf(err) == "" || !errors.Is(err, recount.ErrInvalid) {
				t.Errorf("Open with %s in %s = %v, hint %q; want ErrInvalid, the name and a hint", what, name, err, recount.HintOf(err))
			}
			if b, err := os.ReadFile(path); err != nil || string(b) != content {
				t.Errorf("Open with %s in %s changed the file", what, name)
			}
		}
	}
}

func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	if err := s.SetMeta(t.Context(), "id", "kept"); err != nil {
		t.Fatal(err)
	}
	// SQLite's own limit of pages gives the error that a full disk gives.
	pool := store.StudyPool(s)
	pool.SetMaxOpenConns(1)
	if _, err := pool.Exec("PRAGMA max_page_count = 1"); err != nil {
		t.Fatal(err)
	}
	err := s.SetMeta(t.Context(), "long", strings.Repeat("x", 1<<20))
	if err == nil || !strings.Contains(err.Error(), "disk is full") || !strings.Contains(recount.HintOf(err), "free some space on the disk of "+dir) {
		t.Errorf("SetMeta on a full disk = %v, hint %q", err, recount.HintOf(err))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	defer s.Close()
	if got, err := s.Meta(t.Context(), "id"); err != nil || got != "kept" {
		t.Errorf("what was written before = %q, %v", got, err)
	}
}

// TestDamagedFile flips one byte on each page of study.db. Each is noticed by
// Integrity, or changes a value, which the hashes of the records tell.
func TestDamagedFile(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	for i := range 200 {
		if err := s.SetMeta(t.Context(), strings.Repeat("k", 100)+strconv.Itoa(i), strings.Repeat("v", 300)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "study.db")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	noticed := 0
	for at := 3; at < len(whole); at += 4096 { // inside the header of each page
		b := slices.Clone(whole)
		b[at] ^= 0xff
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		s, err := store.Open(t.Context(), dir)
		if err == nil {
			err = errors.Join(s.Integrity(t.Context()), s.Close())
		}
		if err == nil {
			continue
		}
		noticed++
		if !(errors.Is(err, recount.ErrTampered) || errors.Is(err, recount.ErrInvalid)) || !strings.Contains(err.Error(), "study.db") || recount.HintOf(err) == "" {
			t.Errorf("byte %d flipped: %v, hint %q; want ErrTampered, the name and a hint", at, err, recount.HintOf(err))
		}
	}
	if pages := len(whole) / 4096; noticed < pages*3/4 {
		t.Errorf("damage noticed on %d of %d pages", noticed, pages)
	}
}

func TestErasedWordsLeaveTheFiles(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	ctx := t.Context()
	const secret = "Zebrafinch Quibble"
	d, err := recount.Seal(recount.Draft{Kind: recount.KindDate, Study: "s", Actor: "a", Salt: strings.Repeat("0", 32),
		Reason: secret + " asked", Body: recount.DateBody{Page: secret}})
	if err != nil {
		t.Fatal(err)
	}
	a := recount.Article{Key: "a", Capture: "c", Name: "n", Extractor: "e", Text: secret, Title: secret}
	g := []recount.Suggestion{{A: "x", B: "y", Bars: []recount.Bar{{Field: "name", A: secret}}}}
	_, errD := s.PutDecisions(ctx, []recount.Decision{d})
	if err := errors.Join(errD, s.PutCaptures(ctx, []recount.Capture{{Key: "c"}}), s.PutArticles(ctx, []recount.Article{a}), s.ReplaceSuggestions(ctx, g),
		s.EraseDecision(ctx, d.ID), s.EraseText(ctx, "a")); err != nil {
		t.Fatal(err)
	}
	look := func() {
		t.Helper()
		files, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if b, err := os.ReadFile(f); err != nil || strings.Contains(string(b), secret) {
				t.Errorf("%s still holds what was erased (%v)", filepath.Base(f), err)
			}
		}
	}
	look()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	look()
}

func TestMigration(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "study.db")
	s := open(t, dir)
	defer s.Close()
	ctx := t.Context()
	if err := s.SetMeta(ctx, "id", "old"); err != nil {
		t.Fatal(err)
	}
	steps, broken := fstest.MapFS{}, fstest.MapFS{}
	for _, name := range []string{"study-1.sqlite.sql", "study-2.sqlite.sql", "study-3.sqlite.sql", "study-4.sqlite.sql"} {
		step, err := os.ReadFile("sql/schema/" + name)
		if err != nil {
			t.Fatal(err)
		}
		steps[name], broken[name] = &fstest.MapFile{Data: step}, &fstest.MapFile{Data: step}
	}
	steps["study-5.sqlite.sql"] = &fstest.MapFile{Data: []byte("-- A new table.\nCREATE TABLE extra (x TEXT) STRICT;\n\nUPDATE meta SET value = 'new' WHERE name = 'id';\n")}
	steps["study-5.postgres.sql"] = &fstest.MapFile{Data: []byte("not for us;\n")}
	steps["derived-6.sqlite.sql"] = &fstest.MapFile{Data: []byte("not for us;\n")}
	broken["study-5.sqlite.sql"] = &fstest.MapFile{Data: []byte("UPDATE meta SET value = 'half';\nCREATE NONSENSE;\n")}
	if err := store.MigrateStudy(ctx, s, broken, path); err == nil {
		t.Errorf("a broken step is taken")
	}
	if got, err := s.Meta(ctx, "id"); err != nil || got != "old" {
		t.Errorf("after a broken step the value is %q, %v; want old", got, err)
	}
	for range 2 { // the second time there is nothing to do
		if err := store.MigrateStudy(ctx, s, steps, path); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := s.Meta(ctx, "id"); err != nil || got != "new" {
		t.Errorf("after the step the value is %q, %v; want new", got, err)
	}
	backup, err := sql.Open("sqlite", path+".version-4")
	if err != nil {
		t.Fatal(err)
	}
	defer backup.Close()
	var got string
	if err := backup.QueryRow("SELECT value FROM meta WHERE name = 'id'").Scan(&got); err != nil || got != "old" {
		t.Errorf("the copy from before the step says %q, %v; want old", got, err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*.part")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if err := store.MigrateStudy(ctx, s, fstest.MapFS{"study-2.sqlite.sql": {}}, path); err == nil {
		t.Errorf("steps with a gap are taken")
	}
}

// TestBothEnginesHaveTheSameTables compares the schema files: they may differ
// only in the names of the types.
func TestBothEnginesHaveTheSameTables(t *testing.T) {
	files, err := filepath.Glob("sql/schema/*.sqlite.sql")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		lite, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		post, err := os.ReadFile(strings.Replace(f, ".sqlite.", ".postgres.", 1))
		if errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s has no pair", f)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		plain := func(b []byte) []string {
			s := strings.NewReplacer(`text COLLATE "C"`, "TEXT", "bigint", "INTEGER", "bytea", "BLOB", ") STRICT;", ");").Replace(string(b))
			_, s, _ = strings.Cut(s, "\n") // which file it is for
			return strings.Fields(s)
		}
		if d := cmp.Diff(plain(lite), plain(post)); d != "" {
			t.Errorf("%s and its pair differ:\n%s", f, d)
		}
	}
}

// TestLibcFitsSQLite guards against a version of modernc.org/libc that
// modernc.org/sqlite was not made with: libc keeps no promise between versions.
func TestLibcFitsSQLite(t *testing.T) {
	command := exec.Command("go", "list", "-m", "-f", "{{.Path}} {{.Version}} {{.GoMod}} {{.Replace}}", "modernc.org/sqlite", "modernc.org/libc")
	out, err := command.Output()
	if err != nil {
		t.Skipf("the go command does not list the modules: %v", err)
	}
	var libc, goMod string
	for line := range strings.Lines(string(out)) {
		f := strings.Fields(line)
		if len(f) != 4 || f[3] != "<nil>" {
			t.Fatalf("a module that is replaced or not there: %s", line)
		}
		if f[0] == "modernc.org/libc" {
			libc = f[1]
		} else {
			goMod = f[2]
		}
	}
	b, err := os.ReadFile(goMod)
	if err != nil {
		t.Skipf("the go.mod of modernc.org/sqlite is not at hand: %v", err)
	}
	want := regexp.MustCompile(`modernc\.org/libc (\S+)`).FindStringSubmatch(string(b))
	if want == nil || want[1] != libc {
		t.Errorf("modernc.org/libc %s is used; want the one in the go.mod of modernc.org/sqlite, %q", libc, want)
	}
}

// openAtOnce opens one new study several times at the same time.
func openAtOnce(t *testing.T, open func() (*store.Store, error)) {
	t.Helper()
	var wait sync.WaitGroup
	errs := make([]error, 5)
	for i := range errs {
		wait.Go(func() {
			s, err := open()
			if err != nil {
				errs[i] = err
				return
			}
			errs[i] = errors.Join(s.SetMeta(t.Context(), "id", "x"), s.Close())
		})
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
}

// newer opens a study, lets a newer program change it and opens it again.
func newer(t *testing.T, open func() (*store.Store, error)) {
	t.Helper()
	s, err := open()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(store.SetVersion(t.Context(), s, 1000, "9.8.7"), s.Close()); err != nil {
		t.Fatal(err)
	}
	_, err = open()
	if !errors.Is(err, recount.ErrNewer) || recount.HintOf(err) != "install recount 9.8.7 or newer" {
		t.Errorf("open = %v, hint %q; want ErrNewer with the version to install", err, recount.HintOf(err))
	}
}

// What is packed holds answers, so it goes before an answer does, whether it is
// erased here or comes erased from elsewhere.
func TestErasedWordsLeavePackedBlocks(t *testing.T) {
	const secret = "Zebrafinch Quibble"
	for _, elsewhere := range []bool{false, true} {
		dir := t.TempDir()
		s := open(t, dir)
		defer s.Close()
		ctx := t.Context()
		d, err := recount.Seal(recount.Draft{Kind: recount.KindDate, Study: "s", Actor: "a", Salt: strings.Repeat("0", 32), Body: recount.DateBody{Page: secret}})
		if err != nil {
			t.Fatal(err)
		}
		_, errD := s.PutDecisions(ctx, []recount.Decision{d})
		block := store.Packed{Number: 1, Form: "x", Entries: 1, Block: []byte(secret)}
		if err := errors.Join(errD, s.PutPacked(ctx, true, slices.Values([]store.Packed{block}))); err != nil {
			t.Fatal(err)
		}
		var got []byte
		if err := s.EachPacked(ctx, func(p store.Packed) error { got = slices.Clone(p.Block); return nil }); err != nil || string(got) != secret {
			t.Fatalf("a packed block comes back as %q, %v; want %q", got, err, secret)
		}
		if elsewhere {
			bare := d
			bare.Erasable = nil
			_, err = s.PutDecisions(ctx, []recount.Decision{bare})
		} else {
			err = s.EraseDecision(ctx, d.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if b, err := os.ReadFile(f); err != nil || strings.Contains(string(b), secret) {
				t.Errorf("%s still holds what was erased (%v; elsewhere: %v)", filepath.Base(f), err, elsewhere)
			}
		}
	}
}
