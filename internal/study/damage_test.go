package study_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// everything is what a study says: its export, its log and its rendered report.
func everything(t *testing.T, dir string) (string, error) {
	t.Helper()
	ctx := context.Background()
	s, err := study.Open(ctx, dir, study.Options{Actor: "x", Now: at})
	if err != nil {
		return "", err
	}
	defer s.Close()
	var b bytes.Buffer
	if err := s.Export(ctx, &b); err != nil {
		return "", err
	}
	if err := s.ExportLeaves(ctx, &b); err != nil {
		return "", err
	}
	if _, err := s.Report(ctx, study.Edition{}); err != nil {
		return "", err
	}
	err = filepath.WalkDir(filepath.Join(dir, "out", "report"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		page, err := os.ReadFile(path)
		fmt.Fprintf(&b, "%s\n%s", d.Name(), page)
		return err
	})
	return b.String(), err
}

// look rechecks a study and returns what is found: a refusal to open it, a
// problem or a note; "" if everything fits.
func look(dir string) string {
	ctx := context.Background()
	s, err := study.Open(ctx, dir, study.Options{Actor: "x", Now: at})
	if err != nil {
		return err.Error()
	}
	defer s.Close()
	r, err := s.Recheck(ctx, study.Recheck{})
	if err != nil {
		return err.Error()
	}
	var out []string
	for _, p := range append(r.Problems, r.Unlooked...) {
		out = append(out, fmt.Sprintf("%s %s: %s", p.What, p.Name, p.Text))
	}
	return strings.Join(append(out, r.Notes...), "\n")
}

// filesOf lists the files of a folder with their sizes.
func filesOf(t *testing.T, dir string) (names []string, sizes []int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Size() > 0 {
			name, _ := filepath.Rel(dir, path)
			names, sizes = append(names, name), append(sizes, info.Size())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names, sizes
}

// One byte of one file of a study with a report is another: recheck names
// something, or the study says the same to the last byte. Half of the bytes are
// chosen by file, so that the small ones are hit too, half by size.
func TestEveryFlippedByteIsFoundOrWithoutEffect(t *testing.T) {
	flips := 10
	if os.Getenv("RECOUNT_BARS") != "" {
		flips = 500
	}
	from := unpack(t, "testdata/older/study-3.tar.gz")
	s := openStudy(t, from, "ada")
	if _, err := s.Extract(context.Background(), true); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Decide(context.Background(), study.By{}, casebook.Draft{Answer: recount.MemoBody{Text: "the ferry went twice a day"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Report(context.Background(), study.Edition{}); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	for _, old := range []string{"study.db.version-3", "study.db.version-2"} {
		os.Remove(filepath.Join(from, old))
	}
	if found := look(from); found != "" {
		t.Fatalf("before any change recheck finds %s", found)
	}
	whole, err := everything(t, copyFolder(t, from))
	if err != nil {
		t.Fatal(err)
	}
	names, sizes := filesOf(t, from)
	total := int64(0)
	for _, n := range sizes {
		total += n
	}
	rnd := rand.New(rand.NewPCG(16, 500))
	dir := filepath.Join(t.TempDir(), "flipped")
	found, harmless := 0, map[string]int{}
	for n := range flips {
		i, at := rnd.IntN(len(names)), int64(0)
		if n%2 == 0 {
			at = rnd.Int64N(total)
			for i = 0; at >= sizes[i]; i++ {
				at -= sizes[i]
			}
		} else {
			at = rnd.Int64N(sizes[i])
		}
		bit := byte(1 << rnd.IntN(8))
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, names[i])
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		b[at] ^= bit
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if look(dir) != "" {
			found++
			continue
		}
		now, err := everything(t, dir)
		if err != nil || now != whole {
			t.Errorf("bit %d of byte %d of %s: everything fits, and the study says something else: %v", bit, at, names[i], err)
		}
		harmless[strings.SplitN(filepath.ToSlash(names[i]), "/", 2)[0]]++
	}
	t.Logf("%d flips: %d found and named, %d without effect, by file %v", flips, found, flips-found, harmless)
}

// Every column of every table of both databases, changed in one row: recheck
// names something, or the study says the same to the last byte.
func TestEveryChangedColumnIsFoundOrWithoutEffect(t *testing.T) {
	h := newHeldStudy(t)
	from := h.after
	s := openStudy(t, from, "ada")
	if _, err := s.Extract(context.Background(), true); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Report(context.Background(), study.Edition{}); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	whole, err := everything(t, copyFolder(t, from))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "changed")
	found, harmless := 0, []string{}
	for _, file := range []string{"study.db", "derived.db"} {
		for i, c := range columns(t, filepath.Join(from, file)) {
			if i%15 != 0 && os.Getenv("RECOUNT_BARS") == "" {
				continue // some are enough for every day
			}
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
			if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
				t.Fatal(err)
			}
			db, err := sql.Open("sqlite", filepath.Join(dir, file))
			if err != nil {
				t.Fatal(err)
			}
			value := fmt.Sprintf("%s || 'x'", c.name)
			switch c.kind {
			case "INTEGER":
				value = c.name + " + 1"
			case "BLOB":
				value = fmt.Sprintf("CAST(%s || x'01' AS BLOB)", c.name)
			}
			r, err := db.Exec(fmt.Sprintf("UPDATE %s SET %s = %s WHERE rowid = (SELECT max(rowid) FROM %s)", c.table, c.name, value, c.table))
			if err == nil {
				n, _ := r.RowsAffected()
				db.Close()
				if n == 0 {
					harmless = append(harmless, c.table+" (no rows)")
					continue
				}
			} else {
				db.Close()
				continue // the table refuses it
			}
			if look(dir) != "" {
				found++
				continue
			}
			harmless = append(harmless, c.table+"."+c.name)
			if now, err := everything(t, dir); err != nil || now != whole {
				t.Errorf("%s.%s of %s was changed: everything fits, and the study says something else: %v", c.table, c.name, file, err)
			}
		}
	}
	slices.Sort(harmless)
	t.Logf("%d columns changed and named; without effect: %s", found, strings.Join(slices.Compact(harmless), ", "))
}

// What opening a study takes from blocks, and the words in the search index, are
// changed with every hash that goes with them: recheck names it, or the study
// says the same to the last byte.
func TestDamagedBlocksAndSearchIndexAreFound(t *testing.T) {
	ctx := context.Background()
	s, _ := demo(t)
	from := s.Dir
	if hits, err := s.Search(ctx, "ferry", 5); err != nil {
		t.Fatal(hits, err)
	}
	closed(t, s)
	if found := look(from); found != "" {
		t.Fatalf("before any change recheck finds %s", found)
	}
	derived := func(dir string) *sql.DB {
		db, err := sql.Open("sqlite", filepath.Join(dir, "derived.db"))
		if err != nil {
			t.Fatal(err)
		}
		return db
	}
	db := derived(from)
	var blocks int
	if err := db.QueryRow("SELECT count(*) FROM packed").Scan(&blocks); err != nil || blocks == 0 {
		t.Fatalf("%d blocks, %v: the example is not packed, and this test shows nothing", blocks, err)
	}
	db.Close()

	for i, tt := range []struct{ name, text string }{
		{"words of a text", "UPDATE search_text SET body = replace(body, 'the', 'a') WHERE rowid = 1"},
		{"a title", "UPDATE search_text SET title = 'Another title' WHERE rowid = 2"},
		{"a text that is gone", "DELETE FROM search_text WHERE rowid = 3"},
		{"a text of no article", "INSERT INTO search_text (rowid, title, body) VALUES (9999, 'x', 'ferry ferry ferry')"},
		{"two articles that changed places", "UPDATE search_page SET number = CASE number WHEN 1 THEN -2 ELSE -1 END WHERE number IN (1, 2); UPDATE search_page SET number = -number WHERE number < 0"},
		{"an article that the study does not have", "INSERT INTO search_page (number, article, stamp) VALUES (9999, 'ffffffffffffffffffffffffffffffff', 'x')"},
		{"the reader of a text", "UPDATE search_page SET stamp = 'another' WHERE number = 1"},
		{"words in the index alone", "DELETE FROM search_text_data WHERE id = (SELECT max(id) FROM search_text_data)"},
	} {
		if i%3 != 0 && os.Getenv("RECOUNT_BARS") == "" {
			continue // some are enough for every day
		}
		t.Run(tt.name, func(t *testing.T) {
			dir := copyFolder(t, from)
			db := derived(dir)
			if _, err := db.Exec(tt.text); err != nil {
				t.Fatal(err)
			}
			db.Close()
			if found := look(dir); !strings.Contains(found, "search") {
				t.Errorf("recheck finds %q", found)
			}
		})
	}

	flips := 1
	if os.Getenv("RECOUNT_BARS") != "" {
		flips = 100
	}
	whole, err := everything(t, copyFolder(t, from))
	if err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(16, 4))
	dir, named, notRead := filepath.Join(t.TempDir(), "changed"), 0, 0
	for range flips {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
		db := derived(dir)
		var number int
		var block []byte
		if err := db.QueryRow("SELECT number, block FROM packed ORDER BY number LIMIT 1 OFFSET ?", rnd.IntN(blocks)).Scan(&number, &block); err != nil {
			t.Fatal(err)
		}
		at, bit := rnd.IntN(len(block)), byte(1<<rnd.IntN(8))
		block[at] ^= bit
		if _, err := db.Exec("UPDATE packed SET block = ?, sum = ? WHERE number = ?", block, fmt.Sprintf("%x", sha256.Sum256(block)), number); err != nil {
			t.Fatal(err)
		}
		db.Close()
		if look(dir) != "" {
			named++
			continue
		}
		notRead++
		if now, err := everything(t, dir); err != nil || now != whole {
			t.Errorf("bit %d of byte %d of block %d: everything fits, and the study says something else: %v", bit, at, number, err)
		}
	}
	t.Logf("%d bits of blocks changed with their hash: %d named, %d without effect", flips, named, notRead)
}

type column struct{ table, name, kind string }

func columns(t *testing.T, path string) (out []column) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("SELECT m.name, c.name, c.type FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.name, c.cid")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var c column
		if err := rows.Scan(&c.table, &c.name, &c.kind); err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

// A forger changes a report and everything in the folder that vouches for it.
type forger struct {
	t   *testing.T
	dir string // of the study
}

func (f *forger) path(name string) string { return filepath.Join(f.dir, "out", "report", name) }

func (f *forger) change(name, old, new string) {
	f.t.Helper()
	b, err := os.ReadFile(f.path(name))
	if err != nil {
		f.t.Fatal(err)
	}
	if !strings.Contains(string(b), old) {
		f.t.Fatalf("%s does not hold %q", name, old)
	}
	if err := os.WriteFile(f.path(name), []byte(strings.Replace(string(b), old, new, 1)), 0o600); err != nil {
		f.t.Fatal(err)
	}
}

var (
	fileLine = regexp.MustCompile(`"path": "([^"]+)",\n\s+"size": (\d+),\n\s+"sha256": "([0-9a-f]+)"`)
	sumLine  = regexp.MustCompile(`"sum": "[0-9a-f]*"`)
)

// seal makes sizes, hashes and sums fit what stands there now.
func (f *forger) seal() {
	f.t.Helper()
	b, err := os.ReadFile(f.path("manifest.json"))
	if err != nil {
		f.t.Fatal(err)
	}
	text := fileLine.ReplaceAllStringFunc(string(b), func(entry string) string {
		m := fileLine.FindStringSubmatch(entry)
		page, err := os.ReadFile(f.path(m[1]))
		if err != nil {
			f.t.Fatal(err)
		}
		entry = strings.Replace(entry, m[3], fmt.Sprintf("%x", sha256.Sum256(page)), 1)
		return strings.Replace(entry, `"size": `+m[2], fmt.Sprintf(`"size": %d`, len(page)), 1)
	})
	text = sumLine.ReplaceAllString(text, `"sum": ""`)
	text = strings.Replace(text, `"sum": ""`, fmt.Sprintf(`"sum": "%x"`, sha256.Sum256([]byte(text))), 1)
	if err := os.WriteFile(f.path("manifest.json"), []byte(text), 0o600); err != nil {
		f.t.Fatal(err)
	}
	beside := filepath.Join(f.dir, "out", "report.checkpoint")
	b, err = os.ReadFile(beside)
	if os.IsNotExist(err) {
		return
	}
	if err != nil {
		f.t.Fatal(err)
	}
	c, err := recount.ParseCheckpoint(string(b))
	if err != nil {
		f.t.Fatal(err)
	}
	c.More = []string{fmt.Sprintf("sha256 %x report/manifest.json", sha256.Sum256([]byte(text)))}
	if err := os.WriteFile(beside, []byte(c.String()), 0o600); err != nil {
		f.t.Fatal(err)
	}
}

// Reports whose numbers, words and sums were forged together are found, those
// of today and those of an earlier day.
func TestForgedReportIsFound(t *testing.T) {
	h := newHeldStudy(t)
	const index, manifest = "index.html", "manifest.json"
	tests := []struct {
		name   string
		change func(f *forger)
	}{
		{"a number in the manifest", func(f *forger) { f.change(manifest, `"n": 2`, `"n": 3`) }},
		{"a number on a page", func(f *forger) { f.change(index, ">2<", ">3<") }},
		{"a number in both", func(f *forger) { f.change(manifest, `"n": 2`, `"n": 3`); f.change(index, ">2<", ">3<") }},
		{"a range", func(f *forger) { f.change(manifest, `"exact": true`, `"exact": false`) }},
		{"a sentence of the prose", func(f *forger) { f.change(index, "</main>", "<p>Everybody agrees.</p></main>") }},
		{"the title", func(f *forger) { f.change(manifest, `"title": "`, `"title": "Not `) }},
		{"the day", func(f *forger) { f.change(manifest, `"as_of": "2`, `"as_of": "3`) }},
		{"the decisions that it names", func(f *forger) { f.change(manifest, `"log": "`, `"log": "0`) }},
		{"the root that it prints", func(f *forger) { f.change(manifest, `"root": "`, `"root": "A`) }},
		{"a rule", func(f *forger) { f.change(manifest, `"fold_reprints"`, `"fold_nothing"`) }},
		{"a capture that it names", func(f *forger) { f.change(manifest, `"sha256": "`, `"sha256": "0`) }},
		{"the style", func(f *forger) { f.change("style.css", "}", "} mark { display: none }") }},
		{"another study", func(f *forger) { f.change(manifest, `"study": "`, `"study": "x`) }},
		{"no checkpoint", func(f *forger) {
			f.change(index, ">2<", ">3<")
			os.Remove(filepath.Join(f.dir, "out", "report.checkpoint"))
		}},
		{"an earlier checkpoint", func(f *forger) {
			f.change(index, ">2<", ">3<")
			b, err := os.ReadFile(filepath.Join(f.dir, "out", "ingest.checkpoint"))
			if err != nil {
				b = []byte("recount/" + strings.Repeat("0", 32) + "\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")
			}
			if err := os.WriteFile(filepath.Join(f.dir, "out", "report.checkpoint"), b, 0o600); err != nil {
				f.t.Fatal(err)
			}
		}},
	}
	for _, when := range []struct{ name, dir string }{{"of today", h.before}, {"of an earlier day", h.after}} {
		if found := look(when.dir); strings.Contains(found, "report out/") || strings.Contains(found, "rendered again") {
			t.Fatalf("before any change recheck finds %s", found)
		}
		for i, tt := range tests {
			if when.dir == h.after && i%4 != 0 && os.Getenv("RECOUNT_BARS") == "" {
				continue // some are enough for every day
			}
			t.Run(tt.name+", "+when.name, func(t *testing.T) {
				f := &forger{t, copyFolder(t, when.dir)}
				tt.change(f)
				f.seal()
				s := openStudy(t, f.dir, "x")
				defer s.Close()
				r, err := s.Recheck(context.Background(), study.Recheck{})
				if err != nil || len(r.Problems) == 0 {
					t.Errorf("recheck of a forged report: %v, %v", r, err)
				}
			})
		}
	}
}

// A study file that no person wrote so is refused with the way back, and the
// way back leads there.
func TestDamagedStudyFilesAreRefused(t *testing.T) {
	ctx := context.Background()
	from := unpack(t, "testdata/older/study-3.tar.gz")
	s := openStudy(t, from, "ada")
	count := func(dir string) (string, error) {
		s, err := study.Open(ctx, dir, study.Options{Actor: "x", Now: at})
		if err != nil {
			return "", err
		}
		defer s.Close()
		if _, err := s.Report(ctx, study.Edition{}); err != nil {
			return "", err
		}
		var b bytes.Buffer
		err = s.Export(ctx, &b)
		return b.String(), err
	}
	closed(t, s)
	whole, err := count(from)
	if err != nil {
		t.Fatal(err)
	}
	good := map[string]string{}
	for _, name := range study.StudyFiles {
		b, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			t.Fatal(err)
		}
		good[name] = string(b)
	}
	foreign := map[string]string{
		"study.yaml":    "title: The quarry\nquestion: Who digs?\nscope:\n  - name: dug\n    ask: Did this person dig?\nvariables:\n  - name: shift\n    ask: Which shift?\n",
		"codebook.yaml": "title: Digging\ncodes:\n  - code: dust\n    short: Dust.\n",
		"report.md":     "---\ntitle: The quarry\nresults:\n  diggers:\n    count: all\n---\n\n{{diggers}} dug.\n",
	}
	for _, name := range study.StudyFiles {
		lines := strings.SplitAfter(good[name], "\n")
		for what, text := range map[string]string{
			"empty": "", "blank": "\n \n", "cut at a line": strings.Join(lines[:len(lines)/2], ""), "cut to its first line": lines[0],
			"cut by a byte": strings.TrimSpace(good[name])[:len(strings.TrimSpace(good[name]))-1], "of another study": foreign[name],
		} {
			if name == "report.md" && what == "of another study" {
				continue // it may ask for other numbers every day
			}
			t.Run(name+" "+what, func(t *testing.T) {
				dir := copyFolder(t, from)
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				_, err := count(dir)
				if err == nil || recount.HintOf(err) == "" || !strings.Contains(err.Error(), name) && !strings.Contains(err.Error(), "report template") && !strings.Contains(err.Error(), "codebook") {
					t.Fatalf("count = %v, hint %q; want it refused by name", err, recount.HintOf(err))
				}
				if _, _, err := study.Restore(ctx, dir, name, "", study.Options{Actor: "x", Now: at}); err != nil {
					t.Fatal(err)
				}
				if now, err := count(dir); err != nil || now != whole {
					t.Errorf("after recount decisions restore %s the study is another: %v", name, err)
				}
			})
		}
		t.Run(name+" is gone", func(t *testing.T) {
			dir := copyFolder(t, from)
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
			if found := look(dir); !strings.Contains(found, name) {
				t.Errorf("recheck finds %q", found)
			}
			if _, _, err := study.Restore(ctx, dir, name, "", study.Options{Actor: "x", Now: at}); err != nil {
				t.Fatal(err)
			}
			if now, err := count(dir); err != nil || now != whole {
				t.Errorf("after recount decisions restore %s the study is another: %v", name, err)
			}
		})
		t.Run(name+" of another study is meant", func(t *testing.T) {
			dir := copyFolder(t, from)
			if err := os.WriteFile(filepath.Join(dir, name), []byte(foreign[name]), 0o600); err != nil {
				t.Fatal(err)
			}
			if id, err := study.Use(ctx, dir, name, study.Options{Actor: "x", Now: at}); err != nil || id == "" {
				t.Errorf("Use = %q, %v", id, err)
			}
		})
	}
}
