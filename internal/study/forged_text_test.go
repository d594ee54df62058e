package study_test

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/study"
	"recount/internal/text"
)

// textColumns are those of a text, in the order in which they are summed up.
var textColumns = strings.Fields("key extractor capture name part url title byline authors outlet published prec date_flag dates metadata language body blocks notes")

// putText puts a text into study.db as recount would, with its entry at the end of
// the log: one that is there, with other values.
func putText(x *intruder, row map[string]string) {
	var args []any
	var parts []string
	sum := sha256.New()
	for _, c := range textColumns {
		parts = append(parts, row[c])
		fmt.Fprintf(sum, "%d:%s", len(row[c]), row[c])
	}
	for _, p := range append(parts, string(recount.KeyOf(parts...))) {
		args = append(args, p)
	}
	x.exec("INSERT OR REPLACE INTO article VALUES ("+strings.TrimSuffix(strings.Repeat("?,", len(args)), ",")+")", args...)
	x.exec(`INSERT OR REPLACE INTO head (key, extractor, capture, captured, name, part, url, title, outlet, published, prec, date_flag, dates, language, size)
		SELECT a.key, a.extractor, a.capture, c.captured, a.name, a.part, a.url, a.title, a.outlet, a.published, a.prec, a.date_flag,
		CASE WHEN a.date_flag = '' THEN 'null' ELSE a.dates END, a.language, length(CAST(a.body AS BLOB))
		FROM article a JOIN capture c ON c.key = a.capture WHERE a.key = ? AND a.extractor = ?`, row["key"], row["extractor"])
	x.exec("INSERT INTO change (seq, what, id) SELECT max(seq) + 1, 'article', ? FROM change", row["key"])
	x.relog(append(x.leaves(), recount.Leaf{What: "text", ID: row["key"] + " " + row["extractor"], Sum: fmt.Sprintf("%x", sum.Sum(nil))}))
}

// aText returns a text of the study.
func aText(x *intruder) map[string]string {
	row := map[string]string{}
	for _, c := range textColumns {
		row[c] = x.one("SELECT "+c+" FROM article WHERE extractor = ? AND body <> '' ORDER BY key LIMIT 1", text.Extractor)
	}
	return row
}

// A text that somebody puts into study.db, with an entry at the end of the log and
// all that goes with it, is named, whoever it says took it out of the page.
func TestForgedTextIsFound(t *testing.T) {
	from := fullStudy(t)
	set := func(pairs ...string) func(x *intruder) {
		return func(x *intruder) {
			row := aText(x)
			row["published"], row["outlet"] = "2014-02-01", "Forged Times"
			for i := 0; i < len(pairs); i += 2 {
				row[pairs[i]] = pairs[i+1]
			}
			if row["part"] != "" {
				row["key"] = string(recount.ArticleKey(recount.Key(row["capture"]), row["part"]))
			}
			putText(x, row)
		}
	}
	const later, behind, unknown = "a later program than this one", "it was put behind what this program", "which is no program of recount"
	tests := []struct {
		name string
		do   func(x *intruder)
		want string
	}{
		{"of a later program", set("extractor", "recount-text/3"), later},
		{"of a much later program", set("extractor", "recount-text/10"), later},
		{"of an earlier program", set("extractor", "recount-text/1"), behind},
		{"of no program", set("extractor", "recount-words/9"), unknown},
		{"of no version", set("extractor", "recount-text/"), unknown},
		{"of version 0", set("extractor", "recount-text/0"), unknown},
		{"of a version with words", set("extractor", text.Extractor+"b"), unknown},
		{"of nobody", set("extractor", ""), unknown},
		{"of another case", set("extractor", strings.ToUpper(text.Extractor)), unknown},
		{"another part, of a later program", set("extractor", "recount-text/3", "part", "9"), later},
		{"another part, of an earlier program", set("extractor", "recount-text/1", "part", "9"), behind},
		{"without words, of a later program", set("extractor", "recount-text/3", "body", "", "blocks", "null"), later},
		{"of this program", set(), "is not what the archive gives"},
		{"another part, of this program", set("part", "9"), "the archive gives no such text"},
		{"another part without words, of this program", set("part", "9", "body", "", "blocks", "null"), "the archive gives no such text"},
		{"in place of this program's, of an earlier one", func(x *intruder) {
			row := aText(x)
			x.exec("UPDATE article SET body = '', blocks = 'null' WHERE key = ? AND extractor = ?", row["key"], text.Extractor)
			row["extractor"] = "recount-text/1"
			putText(x, row)
		}, "it is not what was logged of it"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := copyFolder(t, from)
			x := intrude(t, dir)
			tt.do(x)
			x.done()
			if said := problemsOf(t, dir); !strings.Contains(strings.Join(said, "\n"), tt.want) {
				t.Errorf("recheck finds %q; want one with %q", said, tt.want)
			}
		})
	}
}

// A study whose texts an older program took out is not called forged, and not said to
// fit either.
func TestTextsOfAnOlderProgramAreNotCompared(t *testing.T) {
	dir := fullStudy(t)
	if said := problemsOf(t, dir); len(said) > 0 {
		t.Fatalf("before anything was done recheck finds %q", said)
	}
	x := intrude(t, dir)
	const old = "recount-text/1"
	leaves := x.leaves()
	rows := map[string]map[string]string{}
	for i, l := range leaves {
		key, by, ok := strings.Cut(l.ID, " ")
		if l.What != "text" || !ok || by != text.Extractor {
			continue
		}
		row := map[string]string{}
		sum := sha256.New()
		var parts []string
		for _, c := range textColumns {
			row[c] = x.one("SELECT "+c+" FROM article WHERE key = ? AND extractor = ?", key, by)
			if c == "extractor" {
				row[c] = old
			}
			parts = append(parts, row[c])
			fmt.Fprintf(sum, "%d:%s", len(row[c]), row[c])
		}
		row["sum"] = string(recount.KeyOf(parts...))
		rows[key] = row
		leaves[i] = recount.Leaf{What: l.What, ID: key + " " + old, Sum: fmt.Sprintf("%x", sum.Sum(nil))}
	}
	for key, row := range rows {
		x.exec("UPDATE article SET extractor = ?, sum = ? WHERE key = ?", old, row["sum"], key)
		x.exec("UPDATE head SET extractor = ? WHERE key = ?", old, key)
	}
	x.relog(leaves)
	x.done()
	s := openStudy(t, dir, "x")
	defer s.Close()
	r, err := s.Recheck(t.Context(), study.Recheck{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Problems {
		if p.What == "text" {
			t.Errorf("it is called a problem: %v", p)
		}
	}
	want := fmt.Sprintf("%d pages count by a text that an older program than this one took out", len(rows))
	if !slices.ContainsFunc(r.Unlooked, func(p study.Problem) bool { return p.What == "text" && strings.HasPrefix(p.Text, want) }) {
		t.Errorf("not compared: %v; want one with %q", r.Unlooked, want)
	}
}
