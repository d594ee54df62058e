package study_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	_ "modernc.org/sqlite"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// openStudy opens a study and closes it with the test unless done was called.
func openStudy(t *testing.T, dir, actor string) *study.Study {
	t.Helper()
	s, err := study.Open(context.Background(), dir, study.Options{Actor: actor, Now: at})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func closed(t *testing.T, s *study.Study) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// copyFolder copies a study.
func copyFolder(t *testing.T, from string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return to
}

// A held study is a small one with a report, as it was before and after one
// more decision was made.
type heldStudy struct {
	before, after string // folders
	checkpoint    string // of after, kept elsewhere
}

func newHeldStudy(t *testing.T) *heldStudy {
	t.Helper()
	ctx := context.Background()
	h := &heldStudy{before: unpack(t, "testdata/older/study-3.tar.gz")}
	s := openStudy(t, h.before, "ada")
	if _, err := s.Report(ctx, study.Edition{}); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	h.after = copyFolder(t, h.before)
	s = openStudy(t, h.after, "ada")
	if _, err := s.Decide(ctx, study.By{}, casebook.Draft{Answer: recount.MemoBody{Text: "the ferry went twice a day"}}); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	h.checkpoint = filepath.Join(t.TempDir(), "kept.txt")
	b, err := os.ReadFile(filepath.Join(h.after, "checkpoints.txt"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(strings.TrimSpace(string(b)), "\n")
	if err := os.WriteFile(h.checkpoint, []byte(lines[len(lines)-1]+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return h
}

// An intruder changes study.db as anybody can who may write to it.
type intruder struct {
	t   *testing.T
	dir string
	db  *sql.DB
}

func intrude(t *testing.T, dir string) *intruder {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "study.db"))
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return &intruder{t, dir, db}
}

func (x *intruder) exec(text string, args ...any) {
	x.t.Helper()
	r, err := x.db.Exec(text, args...)
	if err != nil {
		x.t.Fatalf("%s: %v", text, err)
	}
	if n, err := r.RowsAffected(); err == nil && n == 0 && !strings.HasPrefix(text, "PRAGMA") && !strings.HasPrefix(text, "CREATE") {
		x.t.Fatalf("%s changed nothing", text)
	}
}

func (x *intruder) one(text string, args ...any) (s string) {
	x.t.Helper()
	if err := x.db.QueryRow(text, args...).Scan(&s); err != nil {
		x.t.Fatalf("%s: %v", text, err)
	}
	return s
}

// done leaves the file as one that nobody has open.
func (x *intruder) done() {
	x.t.Helper()
	x.exec("PRAGMA wal_checkpoint(TRUNCATE)")
	if err := x.db.Close(); err != nil {
		x.t.Fatal(err)
	}
}

func (x *intruder) leaves() (out []recount.Leaf) {
	x.t.Helper()
	rows, err := x.db.Query("SELECT what, id, sum FROM leaf ORDER BY n")
	if err != nil {
		x.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var l recount.Leaf
		if err := rows.Scan(&l.What, &l.ID, &l.Sum); err != nil {
			x.t.Fatal(err)
		}
		out = append(out, l)
	}
	return out
}

// relog writes a log anew, tree and all.
func (x *intruder) relog(leaves []recount.Leaf) {
	x.t.Helper()
	x.exec("DELETE FROM leaf")
	x.exec("DELETE FROM node")
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		var out []tlog.Hash
		for _, i := range at {
			out = append(out, stored[i])
		}
		return out, nil
	})
	for i, l := range leaves {
		b, err := l.Bytes()
		if err != nil {
			x.t.Fatal(err)
		}
		hs, err := tlog.StoredHashes(int64(i), b, reader)
		if err != nil {
			x.t.Fatal(err)
		}
		x.exec("INSERT INTO leaf (n, what, id, sum) VALUES ($1, $2, $3, $4)", i, l.What, l.ID, l.Sum)
		for _, h := range hs {
			x.exec("INSERT INTO node (n, hash) VALUES ($1, $2)", len(stored), h.String())
			stored = append(stored, h)
		}
	}
	// Every checkpoint in the folder is made to fit, the first that was kept too.
	c := recount.Checkpoint{Log: x.one("SELECT value FROM meta WHERE name = 'log'")}
	first, err := strconv.ParseInt(x.one("SELECT value FROM meta WHERE name = 'checkpoints'"), 10, 64)
	if err != nil {
		x.t.Fatal(err)
	}
	var kept []byte
	for _, size := range []int64{first, int64(len(leaves))} {
		root, err := tlog.TreeHash(size, reader)
		if err != nil {
			x.t.Fatal(err)
		}
		c.Size, c.Root = size, root.String()
		kept = fmt.Appendf(kept, "%s %d %s\n", c.Log, c.Size, c.Root)
	}
	if err := os.WriteFile(filepath.Join(x.dir, "checkpoints.txt"), kept, 0o600); err != nil {
		x.t.Fatal(err)
	}
	beside, err := filepath.Glob(filepath.Join(x.dir, "out", "*.checkpoint"))
	if err != nil {
		x.t.Fatal(err)
	}
	for _, path := range beside {
		b, err := os.ReadFile(path)
		if err != nil {
			x.t.Fatal(err)
		}
		old, err := recount.ParseCheckpoint(string(b))
		if err != nil {
			x.t.Fatal(err)
		}
		c.More = old.More
		if err := os.WriteFile(path, []byte(c.String()), 0o600); err != nil {
			x.t.Fatal(err)
		}
	}
}

// scopeAnswer is a decision that counts.
const scopeAnswer = "(SELECT id FROM decision WHERE kind IN ('scope', 'criterion') ORDER BY id LIMIT 1)"

// Twelve ways of changing what a study says it held: each is found.
func TestTamperingIsFound(t *testing.T) {
	h := newHeldStudy(t)
	tests := []struct {
		name    string
		outside bool // only a checkpoint that was kept elsewhere shows it
		change  func(x *intruder)
		want    string // in what is found
	}{
		{"an answer is edited", false, func(x *intruder) {
			x.exec("UPDATE answer SET reason = 'he did not' WHERE decision = " + scopeAnswer)
		}, "its answer was changed after it was made"},
		{"a decision is deleted with its answer", false, func(x *intruder) {
			id := x.one("SELECT " + scopeAnswer)
			x.exec("DELETE FROM answer WHERE decision = $1", id)
			x.exec("DELETE FROM decision WHERE id = $1", id)
		}, "it was logged and is gone"},
		{"the last decision is deleted, and its entry and nodes", false, func(x *intruder) {
			x.exec("DELETE FROM answer WHERE decision = (SELECT id FROM leaf ORDER BY n DESC LIMIT 1)")
			x.exec("DELETE FROM decision WHERE id = (SELECT id FROM leaf ORDER BY n DESC LIMIT 1)")
			x.exec("DELETE FROM change WHERE id = (SELECT id FROM leaf ORDER BY n DESC LIMIT 1)")
			l := x.leaves()
			x.exec("DELETE FROM leaf WHERE n = $1", len(l)-1)
			x.exec("DELETE FROM node WHERE n >= $1", tlog.StoredHashCount(int64(len(l)-1)))
		}, "and had"},
		{"the log is cut off", false, func(x *intruder) { x.exec("DELETE FROM leaf WHERE n >= 10") }, "entries were cut off"},
		{"a decision is put in past the log", false, func(x *intruder) {
			d, err := recount.Seal(recount.Draft{Kind: recount.KindMemo, Study: x.one("SELECT value FROM meta WHERE name = 'study'"), Actor: "ada", Time: at(), Salt: "0", Body: recount.MemoBody{Text: "x"}})
			if err != nil {
				x.t.Fatal(err)
			}
			x.exec("INSERT INTO decision (id, v, kind, study, round, answer_group, actor, made, program, base, replaces, commitment) VALUES ($1,1,$2,$3,'','',$4,$5,$6,'[]','[]',$7)",
				d.ID, string(d.Kind), d.Study, d.Actor, d.Time, d.Program, d.Commitment)
			x.exec("INSERT INTO answer (decision, salt, reason, body) VALUES ($1, '0', '', $2)", d.ID, string(d.Erasable.Body))
		}, "it was put in past the log"},
		{"two entries are swapped", false, func(x *intruder) {
			x.exec("UPDATE leaf SET n = -1 WHERE n = 4")
			x.exec("UPDATE leaf SET n = 4 WHERE n = 5")
			x.exec("UPDATE leaf SET n = 5 WHERE n = -1")
		}, "first at entry 4"},
		{"an entry is logged again", false, func(x *intruder) {
			l := x.leaves()
			for i := range l {
				if l[i].What == "decision" {
					x.relog(append(l, l[i]))
					return
				}
			}
		}, "a second time"},
		{"the time of a decision is changed", false, func(x *intruder) {
			x.exec("UPDATE decision SET made = '2020-01-01T00:00:00Z' WHERE id = " + scopeAnswer)
		}, "its header was changed after it was made"},
		{"the time of a capture is changed", false, func(x *intruder) {
			x.exec("UPDATE capture SET captured = '2020-01-01T00:00:00Z' WHERE key = (SELECT min(key) FROM capture)")
		}, "it is not what was logged of it"},
		{"all is computed anew without one decision", true, func(x *intruder) {
			id := x.one("SELECT " + scopeAnswer)
			x.exec("DELETE FROM answer WHERE decision = $1", id)
			x.exec("DELETE FROM decision WHERE id = $1", id)
			x.exec("DELETE FROM change WHERE id = $1", id)
			x.exec("UPDATE change SET seq = seq + 100000")
			x.exec("UPDATE change SET seq = (SELECT count(*) FROM change c WHERE c.seq <= change.seq)")
			var l []recount.Leaf
			for _, leaf := range x.leaves() {
				if leaf.ID != id {
					l = append(l, leaf)
				}
			}
			x.relog(l)
			os.RemoveAll(filepath.Join(x.dir, "out")) // and the report
			os.Remove(filepath.Join(x.dir, "derived.db"))
		}, "an older study.db was put back, or entries were cut off"},
		{"the checkpoints are deleted", false, func(x *intruder) {
			if err := os.Remove(filepath.Join(x.dir, "checkpoints.txt")); err != nil {
				x.t.Fatal(err)
			}
		}, "is not in it"},
		{"the checkpoints are emptied", false, func(x *intruder) {
			if err := os.Truncate(filepath.Join(x.dir, "checkpoints.txt"), 0); err != nil {
				x.t.Fatal(err)
			}
		}, "is not in it"},
		{"the checkpoints are deleted, and that there were some", false, func(x *intruder) {
			x.exec("DELETE FROM meta WHERE name = 'checkpoints'")
			os.Remove(filepath.Join(x.dir, "checkpoints.txt"))
		}, "it was logged and is gone"},
		{"an older study.db is put back", false, func(x *intruder) {
			b, err := os.ReadFile(filepath.Join(h.before, "study.db"))
			if err != nil {
				x.t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(x.dir, "study.db"), b, 0o600); err != nil {
				x.t.Fatal(err)
			}
			x.db.Close()
			x.db = intrude(x.t, x.dir).db
		}, "an older study.db was put back"},
		{"a whole older folder is put back", true, func(x *intruder) {
			x.db.Close()
			if err := os.RemoveAll(x.dir); err != nil {
				x.t.Fatal(err)
			}
			if err := os.CopyFS(x.dir, os.DirFS(h.before)); err != nil {
				x.t.Fatal(err)
			}
			x.db = intrude(x.t, x.dir).db
		}, "an older study.db was put back"},
		{"a node of the tree is changed", false, func(x *intruder) {
			x.exec("UPDATE node SET hash = (SELECT hash FROM node WHERE n = 0) WHERE n = 2")
		}, "the tree that was kept and the entries differ"},
		{"a copy went its own way", true, func(x *intruder) {
			x.db.Close()
			if err := os.RemoveAll(x.dir); err != nil {
				x.t.Fatal(err)
			}
			if err := os.CopyFS(x.dir, os.DirFS(h.before)); err != nil {
				x.t.Fatal(err)
			}
			s := openStudy(x.t, x.dir, "bob")
			for _, text := range []string{"another thought", "and one more"} {
				if _, err := s.Decide(context.Background(), study.By{}, casebook.Draft{Answer: recount.MemoBody{Text: text}}); err != nil {
					x.t.Fatal(err)
				}
			}
			closed(x.t, s)
			x.db = intrude(x.t, x.dir).db
		}, "are not those of then"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := copyFolder(t, h.after)
			x := intrude(t, dir)
			tt.change(x)
			x.done()
			asks := []study.Recheck{{Checkpoint: h.checkpoint}}
			if !tt.outside {
				asks = append(asks, study.Recheck{})
			}
			for _, ask := range asks {
				s := openStudy(t, dir, "x")
				if _, err := os.Stat(filepath.Join(dir, "derived.db")); err == nil && tt.outside {
					if _, err := s.Rebuild(context.Background()); err != nil {
						t.Fatal(err)
					}
				}
				r, err := s.Recheck(context.Background(), ask)
				if err != nil {
					t.Fatal(err)
				}
				closed(t, s)
				if !found(r, tt.want) {
					t.Errorf("recheck with the checkpoint %q finds %v; want %q", ask.Checkpoint, r.Problems, tt.want)
				}
				for _, p := range r.Problems {
					if p.Hint == "" {
						t.Errorf("no hint: %v", p)
					}
				}
			}
		})
	}
	// What nobody changed fits, with every checkpoint that was kept of it.
	for _, ask := range []string{"", h.checkpoint, h.before, filepath.Join(h.before, "out", "report"), filepath.Join(h.before, "out", "report.checkpoint")} {
		s := openStudy(t, h.after, "x")
		r, err := s.Recheck(context.Background(), study.Recheck{Checkpoint: ask})
		if err != nil || len(r.Problems) > 0 {
			t.Errorf("recheck of what nobody changed, with %q: %v, %v", ask, r, err)
		}
		closed(t, s)
	}
}

func found(r *study.Rechecked, want string) bool {
	for _, p := range r.Problems {
		if strings.Contains(p.Text, want) {
			return true
		}
	}
	return false
}

// What somebody plants in a database to change what is read from it is
// refused before anything is read or written; a table or index more or less, which
// does nothing by itself, is named by a recheck.
func TestPlantedSchemaIsRefused(t *testing.T) {
	from := unpack(t, "testdata/older/study-3.tar.gz")
	s := openStudy(t, from, "x")
	closed(t, s)
	tests := []struct{ name, file, text string }{
		{"a trigger that deletes answers", "study.db", "CREATE TRIGGER gone AFTER INSERT ON decision BEGIN DELETE FROM answer; END"},
		{"a trigger on the log", "study.db", "CREATE TRIGGER quiet AFTER INSERT ON leaf BEGIN DELETE FROM leaf; END"},
		{"a trigger in derived data", "derived.db", "CREATE TRIGGER more AFTER INSERT ON speaker BEGIN UPDATE speaker SET gender = 'man'; END"},
		{"a view", "study.db", "CREATE VIEW answers AS SELECT * FROM answer"},
		{"a view in derived data", "derived.db", "CREATE VIEW v AS SELECT 1"},
		{"a virtual table", "study.db", "CREATE VIRTUAL TABLE f USING fts5(x)"},
		{"a virtual table in derived data", "derived.db", "CREATE VIRTUAL TABLE f USING fts5(x)"},
		{"a trigger that looks like a comment", "study.db", "CREATE /* table */ TRIGGER x AFTER DELETE ON answer BEGIN SELECT 1; END"},
		{"a table of somebody else", "study.db", "CREATE TABLE notes (x TEXT)"},
		{"an index of somebody else", "study.db", "CREATE INDEX other ON decision (actor)"},
		{"an index that is gone", "derived.db", "DROP INDEX speaker_by_key"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := copyFolder(t, from)
			db, err := sql.Open("sqlite", filepath.Join(dir, tt.file))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.Exec(tt.text); err != nil {
				t.Fatal(err)
			}
			db.Close()
			s, err := study.Open(context.Background(), dir, study.Options{Actor: "x", Now: at})
			if acts := strings.Contains(tt.text, "TRIGGER") || strings.Contains(tt.text, "VIEW") || strings.Contains(tt.text, "VIRTUAL"); acts && err == nil {
				t.Error("it is opened")
			}
			if err != nil {
				if recount.HintOf(err) == "" || !strings.Contains(err.Error(), tt.file) {
					t.Errorf("Open = %v, hint %q", err, recount.HintOf(err))
				}
				return
			}
			defer s.Close()
			r, err := s.Recheck(context.Background(), study.Recheck{})
			if err != nil || !found(r, tt.file) {
				t.Errorf("recheck finds %v, %v; want %s named", r, err, tt.file)
			}
		})
	}
}

// A decision whose row was damaged is put back by an import of any export that
// holds it, as recheck says.
func TestDamagedDecisionIsPutBack(t *testing.T) {
	ctx := context.Background()
	h := newHeldStudy(t)
	var log bytes.Buffer
	s := openStudy(t, h.after, "ada")
	if err := s.ExportLog(ctx, &log); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	for _, change := range []string{
		"UPDATE answer SET reason = reason || 'x' WHERE decision = " + scopeAnswer,
		"UPDATE answer SET salt = salt || 'x' WHERE decision = " + scopeAnswer,
		"UPDATE decision SET actor = 'eve' WHERE id = " + scopeAnswer,
		"UPDATE decision SET made = '2020-01-01T00:00:00Z'",
	} {
		dir := copyFolder(t, h.after)
		x := intrude(t, dir)
		x.exec(change)
		x.done()
		s := openStudy(t, dir, "ada")
		if r, err := s.Recheck(ctx, study.Recheck{}); err != nil || len(r.Problems) == 0 {
			t.Fatalf("%s: recheck finds %v, %v", change, r, err)
		}
		if in, err := s.ImportDecisions(ctx, bytes.NewReader(log.Bytes()), study.Consent{}); err != nil || in.Repaired == 0 {
			t.Errorf("%s: import %+v, %v", change, in, err)
		}
		if r, err := s.Recheck(ctx, study.Recheck{}); err != nil || len(r.Problems) > 0 {
			t.Errorf("%s: after the import recheck finds %v, %v", change, r, err)
		}
		closed(t, s)
	}
}

// What is known of an article is changed with its sum, its entry of the log, the tree
// and every checkpoint in the folder: the archive gives another.
func TestTextThatTheArchiveDoesNotGiveIsFound(t *testing.T) {
	dir := copyFolder(t, newHeldStudy(t).after)
	x := intrude(t, dir)
	const of = " FROM article WHERE key = (SELECT min(key) FROM article)"
	row := make([]string, 19)
	var to []any
	for i := range row {
		to = append(to, &row[i])
	}
	if err := x.db.QueryRow("SELECT key, extractor, capture, name, part, url, title, byline, authors, outlet, published, prec, date_flag, dates, metadata, language, body, blocks, notes" + of).Scan(to...); err != nil {
		t.Fatal(err)
	}
	row[7] = "By Somebody Else"
	h := sha256.New()
	for _, p := range row {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	leaves := x.leaves()
	changed := 0
	for i, l := range leaves {
		if l.What == "text" && l.ID == row[0]+" "+row[1] {
			leaves[i].Sum = hex.EncodeToString(h.Sum(nil))
			changed++
		}
	}
	if changed != 1 {
		t.Fatalf("%d entries of the log are of the text", changed)
	}
	x.exec("UPDATE article SET byline = $1, sum = $2 WHERE key = $3 AND extractor = $4", row[7], string(recount.KeyOf(row...)), row[0], row[1])
	x.relog(leaves)
	x.done()
	s := openStudy(t, dir, "x")
	defer closed(t, s)
	r, err := s.Recheck(context.Background(), study.Recheck{})
	if err != nil || !found(r, "is not what the archive gives") {
		t.Errorf("recheck finds %v, %v", r, err)
	}
}
