package study_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// say puts an entry at the end of the log about a row that is in study.db, as it is now.
func (x *intruder) say(what, table, key string) {
	x.t.Helper()
	text := map[string]string{
		"meta":       "SELECT name, value FROM meta WHERE name = ?",
		"search_run": "SELECT key, began, actor, channel, query, details, paths, offered, added, known, refused FROM search_run WHERE key = ?",
		"capture":    "SELECT key, hash, name, captured, size, media_type, channel, search, origin, record_file, record_offset, record_length FROM capture WHERE key = ?",
	}[table]
	rows, err := x.db.Query(text, key)
	if err != nil {
		x.t.Fatal(err)
	}
	sum := sha256.New()
	for rows.Next() {
		columns, err := rows.Columns()
		if err != nil {
			x.t.Fatal(err)
		}
		parts, to := make([]string, len(columns)), make([]any, len(columns))
		for i := range parts {
			to[i] = &parts[i]
		}
		if err := rows.Scan(to...); err != nil {
			x.t.Fatal(err)
		}
		for _, p := range parts {
			fmt.Fprintf(sum, "%d:%s", len(p), p)
		}
	}
	if err := rows.Close(); err != nil {
		x.t.Fatal(err)
	}
	x.relog(append(x.leaves(), recount.Leaf{What: what, ID: key, Sum: fmt.Sprintf("%x", sum.Sum(nil))}))
}

// What the log says a second time counts in the place of what it said first. An entry
// that somebody puts at its end, with a row that fits it, is named.
func TestSaidAgainByAnEntryOfTheLog(t *testing.T) {
	from := fullStudy(t)
	// A run of add whose time is the newest could be told again by itself.
	later := func(dir string) *study.Study {
		s, err := study.Open(t.Context(), dir, study.Options{Actor: "ada", Now: func() time.Time { return at().Add(time.Hour) }})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	func() {
		s := later(from)
		defer closed(t, s)
		if _, err := s.Decide(t.Context(), study.By{}, casebook.Draft{Answer: recount.MemoBody{Text: "the mill was sold"}}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Report(t.Context(), study.Edition{Freeze: "first"}); err != nil {
			t.Fatal(err)
		}
	}()
	if found := problemsOf(t, from); len(found) > 0 {
		t.Fatalf("before anything was done recheck finds %q", found)
	}
	removed := copyFolder(t, from)
	func() {
		s := later(removed)
		defer closed(t, s)
		people, _, err := s.Persons(t.Context())
		if err != nil || len(people) == 0 {
			t.Fatal(people, err)
		}
		if _, err := s.Remove(t.Context(), study.Removal{Person: people[0].ID, Save: true}); err != nil {
			t.Fatal(err)
		}
	}()
	if found := problemsOf(t, removed); len(found) > 0 {
		t.Fatalf("after a removal recheck finds %q", found)
	}
	search := func(set string) func(x *intruder) {
		return func(x *intruder) {
			key := x.one("SELECT min(key) FROM search_run")
			x.exec("UPDATE search_run SET "+set+" WHERE key = ?", key)
			x.say("search", "search_run", key)
		}
	}
	setting := func(name, value string) func(x *intruder) {
		return func(x *intruder) {
			x.exec("UPDATE meta SET value = ? WHERE name = ?", value, name)
			x.say("setting", "meta", name)
		}
	}
	capture := func(set string) func(x *intruder) {
		return func(x *intruder) {
			key := x.one("SELECT min(key) FROM capture WHERE name NOT LIKE 'erased:%'")
			x.exec("UPDATE capture SET "+set+" WHERE key = ?", key)
			x.say("capture", "capture", key)
		}
	}
	const second, once, list = "a second time what this run of add was", "it is set once and for all", "names were taken off this list"
	tests := []struct {
		name string
		of   string
		do   func(x *intruder)
		want string
	}{
		{"more was offered and refused", from, search("offered = offered * 10, refused = refused + offered * 9"), second},
		{"less was offered", from, search("offered = 1"), second},
		{"nothing was refused", from, search("refused = 0"), second},
		{"nothing was known", from, search("known = known + 1"), second},
		{"something else was asked for", from, search("query = 'all that was written'"), second},
		{"what was asked for is taken out", from, search("query = 'erased', details = '{}', paths = '[]'"), second},
		{"nothing else", from, search("offered = offered"), second},
		{"more was offered, after a removal", removed, search("offered = offered * 10"), second},
		{"more was offered, and a page that went goes again", removed, func(x *intruder) {
			search("offered = offered * 10")(x)
			x.say("capture", "capture", x.one("SELECT min(key) FROM capture WHERE name LIKE 'erased:%'"))
		}, second},
		{"counts in the place of those of a removal", removed, func(x *intruder) {
			key := x.one("SELECT min(key) FROM search_run")
			x.exec("UPDATE search_run SET offered = offered * 10 WHERE key = ?", key)
			x.say("search", "search_run", key)
			leaves := x.leaves()
			last := leaves[len(leaves)-1]
			leaves = leaves[:len(leaves)-1]
			for i := len(leaves) - 1; i >= 0; i-- {
				if leaves[i].What == "search" && leaves[i].ID == key {
					leaves[i].Sum = last.Sum
					break
				}
			}
			x.relog(leaves)
		}, "its counts are not those of before less the"},
		{"a page of another kind", from, capture("media_type = 'image/png'"), "where and when it came from"},
		{"a page of another size", from, capture("size = size + 1"), "where and when it came from"},
		{"no report was produced", from, func(x *intruder) {
			setting("reports", "")(x)
			for _, name := range []string{"first", "report"} {
				if err := os.RemoveAll(filepath.Join(x.dir, "out", name)); err != nil {
					x.t.Fatal(err)
				}
				if err := os.Remove(filepath.Join(x.dir, "out", name+".checkpoint")); err != nil {
					x.t.Fatal(err)
				}
			}
		}, list},
		{"one report less", from, setting("reports", "first"), list},
		{"another report", from, setting("reports", "pile second"), list},
		{"a report more, and one less", from, func(x *intruder) {
			setting("reports", "first pile report said")(x)
			setting("reports", "first")(x)
		}, list},
		{"other checkpoints", from, func(x *intruder) {
			n := fmt.Sprint(len(x.leaves()) + 1)
			setting("checkpoints", n)(x)
		}, once},
		{"another log", from, func(x *intruder) { setting("log", strings.Repeat("0", 32))(x) }, once},
		{"another version was kept", from, setting("kept report first", strings.Repeat("0", 64)), once},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := copyFolder(t, tt.of)
			x := intrude(t, dir)
			tt.do(x)
			x.done()
			if found := problemsOf(t, dir); !strings.Contains(strings.Join(found, "\n"), tt.want) {
				t.Errorf("recheck finds %q; want one with %q", found, tt.want)
			}
		})
	}
}

// retell changes the manifest of a report, with its sums and its checkpoint.
func retell(t *testing.T, dir, name, old, now string) {
	t.Helper()
	path := filepath.Join(dir, "out", name, "manifest.json")
	edit(t, path, old, now)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := sumLine.ReplaceAllString(string(b), `"sum": ""`)
	text = strings.Replace(text, `"sum": ""`, fmt.Sprintf(`"sum": "%x"`, sha256.Sum256([]byte(text))), 1)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	refit(t, dir, name, name+"/manifest.json")
}

// A version that was kept is the one that was kept: made again of another moment, under
// its own name or by another's, or told otherwise, it is named.
func TestKeptVersionIsTheOneOfThen(t *testing.T) {
	from := fullStudy(t)
	keep := func(t *testing.T, dir string, e study.Edition) {
		t.Helper()
		s := openStudy(t, dir, "ada")
		defer closed(t, s)
		if _, err := s.Report(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	keep(t, from, study.Edition{Freeze: "first"})
	func() {
		s := openStudy(t, from, "ada")
		defer closed(t, s)
		if _, err := s.Decide(t.Context(), study.By{}, casebook.Draft{Answer: recount.MemoBody{Text: "the mill was sold"}}); err != nil {
			t.Fatal(err)
		}
	}()
	keep(t, from, study.Edition{Standard: "said"})
	if found := problemsOf(t, from); len(found) > 0 {
		t.Fatalf("before anything was done recheck finds %q", found)
	}
	out := func(dir, name string) string { return filepath.Join(dir, "out", name) }
	rename := func(t *testing.T, dir, old, name string) {
		t.Helper()
		for _, end := range []string{"", ".checkpoint"} {
			if err := os.Rename(out(dir, old+end), out(dir, name+end)); err != nil {
				t.Fatal(err)
			}
		}
	}
	tests := []struct {
		name string
		do   func(t *testing.T, dir string)
		want string
	}{
		{"made again of now", func(t *testing.T, dir string) {
			rename(t, dir, "first", "aside")
			x := intrude(t, dir)
			x.exec("DELETE FROM meta WHERE name = 'kept report first'")
			x.done()
			keep(t, dir, study.Edition{Freeze: "first"})
		}, "set once and for all"},
		{"put in its place", func(t *testing.T, dir string) {
			rename(t, dir, "first", "aside")
			rename(t, dir, "said", "first")
			retell(t, dir, "first", `"since": {`, `"frozen": "first",
 "since": {`)
		}, "it is not the version that was kept under this name"},
		{"renamed in its manifest too", func(t *testing.T, dir string) {
			rename(t, dir, "first", "ninth")
			retell(t, dir, "ninth", `"frozen": "first"`, `"frozen": "ninth"`)
		}, "and none of this name"},
		{"of another day", func(t *testing.T, dir string) {
			b, err := os.ReadFile(out(dir, "first/manifest.json"))
			if err != nil {
				t.Fatal(err)
			}
			_, rest, _ := strings.Cut(string(b), `"as_of": "`)
			day, _, _ := strings.Cut(rest, `"`)
			retell(t, dir, "first", day, "2019-01-01T00:00:00Z")
		}, "it is not the version that was kept under this name"},
		{"its changes are told from another day", func(t *testing.T, dir string) {
			b, err := os.ReadFile(out(dir, "said/manifest.json"))
			if err != nil {
				t.Fatal(err)
			}
			_, rest, _ := strings.Cut(string(b), `"since": {`)
			_, rest, _ = strings.Cut(rest, `"as_of": "`)
			day, _, _ := strings.Cut(rest, `"`)
			retell(t, dir, "said", `"as_of": "`+day+`"
 }`, `"as_of": "2019-01-01T00:00:00Z"
 }`)
		}, "what it says of the version first, from which it tells its changes, is not so"},
		{"what came before lay elsewhere", func(t *testing.T, dir string) {
			rename(t, dir, "first", "../first")
			keep(t, dir, study.Edition{Standard: "said"})
			rename(t, dir, "../first", "first")
		}, "rendered again from captures and decisions, it has other bytes"},
		{"what came before is gone", func(t *testing.T, dir string) {
			rename(t, dir, "first", "../first")
		}, "its name and day were not compared"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := copyFolder(t, from)
			tt.do(t, dir)
			if found := problemsOf(t, dir); len(found) == 0 || !strings.Contains(strings.Join(found, "\n"), tt.want) {
				t.Errorf("recheck finds %q; want one with %q", found, tt.want)
			}
		})
	}
	s := openStudy(t, from, "ada")
	defer s.Close()
	if err := os.RemoveAll(out(from, "first")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Report(t.Context(), study.Edition{Freeze: "first"}); err == nil || !strings.Contains(err.Error(), "was kept already") {
		t.Errorf("a second version of one name: %v; want that it was kept already", err)
	}
}
