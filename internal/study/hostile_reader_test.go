package study_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// fullStudy is a small study with a report, with what came in, and with an answer
// that was erased.
func fullStudy(t *testing.T) string {
	t.Helper()
	ctx := context.Background()
	dir := unpack(t, "testdata/older/study-3.tar.gz")
	s := openStudy(t, dir, "ada")
	if _, err := s.Extract(ctx, true); err != nil {
		t.Fatal(err)
	}
	by, err := s.Decide(ctx, study.By{}, casebook.Draft{Answer: recount.MemoBody{Text: "the ferry went twice a day"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Erase(ctx, []string{by[0].ID}, "a slip"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Report(ctx, study.Edition{}); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	for _, old := range []string{"study.db.version-3", "study.db.version-2"} {
		os.Remove(filepath.Join(dir, old))
	}
	return dir
}

// refit makes the checkpoint beside a file fit what the file holds now.
func refit(t *testing.T, dir, beside, of string) {
	t.Helper()
	path := filepath.Join(dir, "out", beside+".checkpoint")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c, err := recount.ParseCheckpoint(string(b))
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "out", of))
	if err != nil {
		t.Fatal(err)
	}
	c.More = []string{fmt.Sprintf("sha256 %x %s", sha256.Sum256(data), of)}
	if err := os.WriteFile(path, []byte(c.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// edit replaces the first occurrence of words in a file.
func edit(t *testing.T, path, old, new string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(b, []byte(old)) {
		t.Fatalf("%s does not hold %q", path, old)
	}
	if err := os.WriteFile(path, bytes.Replace(b, []byte(old), []byte(new), 1), 0o600); err != nil {
		t.Fatal(err)
	}
}

// lastRecord changes the last record of the archive and packs it to the same
// length, so that it lies where study.db says.
func lastRecord(t *testing.T, dir string, change func(b []byte) []byte) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "study.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var file string
	var offset, length int64
	if err := db.QueryRow("SELECT record_file, record_offset, record_length FROM capture ORDER BY record_offset DESC LIMIT 1").Scan(&file, &offset, &length); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "captures", file)
	all, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(all[offset : offset+length]))
	if err != nil {
		t.Fatal(err)
	}
	was, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	now := change(bytes.Clone(was))
	if bytes.Equal(was, now) {
		t.Fatalf("nothing was changed in\n%.600s", was)
	}
	pack := func(comment string) []byte {
		var b bytes.Buffer
		w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if err != nil {
			t.Fatal(err)
		}
		w.Comment = comment
		w.Write(now)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	packed := pack("")
	if room := int(length) - len(packed); room > 0 {
		packed = pack(strings.Repeat("x", room-1))
	}
	if len(packed) != int(length) {
		t.Fatalf("%d bytes do not go into %d", len(packed), length)
	}
	copy(all[offset:], packed)
	if err := os.WriteFile(path, all, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Thirty ways of changing a folder that the other tests do not try: a hostile
// reader is told of each by name, and everything stays as quiet as it was where
// nothing was changed.
func TestHostileReader(t *testing.T) {
	from := fullStudy(t)
	if found := problemsOf(t, from); len(found) > 0 {
		t.Fatalf("before any change recheck finds %q", found)
	}
	out := func(dir, name string) string { return filepath.Join(dir, "out", name) }
	inStudy := func(text string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			x := intrude(t, dir)
			x.exec(text)
			x.done()
		}
	}
	inDerived := func(texts ...string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			db, err := sql.Open("sqlite", filepath.Join(dir, "derived.db"))
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			for _, text := range texts {
				if _, err := db.Exec(text); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	must := func(t *testing.T, errs ...error) {
		t.Helper()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		name   string
		change func(t *testing.T, dir string)
		want   string // in what is found
	}{
		{"archive: where a page came from", func(t *testing.T, dir string) {
			lastRecord(t, dir, func(b []byte) []byte {
				return regexp.MustCompile(`(WARC-Target-URI: \S{4})\S`).ReplaceAll(b, []byte("${1}q"))
			})
		}, "its bytes were changed"},
		{"archive: when it was captured", func(t *testing.T, dir string) {
			lastRecord(t, dir, func(b []byte) []byte { return bytes.Replace(b, []byte("WARC-Date: 20"), []byte("WARC-Date: 19"), 1) })
		}, "its bytes were changed"},
		{"archive: a header that is not ours", func(t *testing.T, dir string) {
			lastRecord(t, dir, func(b []byte) []byte {
				return bytes.Replace(b, []byte("WARC-Date:"), []byte("X-Note: 1\r\nWARC-Date:"), 1)
			})
		}, "its bytes were changed"},
		{"archive: a second file of records, which the next add would take in", func(t *testing.T, dir string) {
			b, err := os.ReadFile(filepath.Join(dir, "captures", "recount-00001.warc.gz"))
			must(t, err, os.WriteFile(filepath.Join(dir, "captures", "recount-00002.warc.gz"), b, 0o600))
		}, "of captures/recount-00002.warc.gz is not in study.db"},
		{"archive: a record behind the last one, which would change a page", func(t *testing.T, dir string) {
			x := intrude(t, dir)
			var offset int64
			must(t, x.db.QueryRow("SELECT max(record_offset) FROM capture").Scan(&offset))
			x.done()
			path := filepath.Join(dir, "captures", "recount-00001.warc.gz")
			b, err := os.ReadFile(path)
			must(t, err, os.WriteFile(path, append(b, b[offset:]...), 0o600))
		}, "of captures/recount-00001.warc.gz is not in study.db"},
		{"archive: a file that is none", func(t *testing.T, dir string) {
			must(t, os.WriteFile(filepath.Join(dir, "captures", "page.html"), []byte("<p>x"), 0o600))
		}, "captures/page.html: it is no archive"},

		{"editions.tsv: an edition that never was", func(t *testing.T, dir string) {
			must(t, os.WriteFile(filepath.Join(dir, "editions.tsv"), []byte("edition\tday\tmanifest\tfolder\n7\t2026-01-01\t"+strings.Repeat("ab", 32)+"\t/x\n"), 0o600))
		}, "it names public edition 7 of 2026-01-01"},
		{"editions.tsv: no list", func(t *testing.T, dir string) {
			must(t, os.WriteFile(filepath.Join(dir, "editions.tsv"), []byte("nothing was published\n"), 0o600))
		}, "it names no public edition"},
		{"public: a file in place of the folder", func(t *testing.T, dir string) {
			must(t, os.RemoveAll(filepath.Join(dir, "public")), os.WriteFile(filepath.Join(dir, "public"), []byte("x"), 0o600))
		}, "it is no folder"},
		{"study.db: a setting that nobody made", inStudy("INSERT INTO meta (name, value) VALUES ('adjudicator', 'eve')"), "setting adjudicator: it was put in past the log"},
		{"study.db: since when checkpoints are kept", inStudy("UPDATE meta SET value = value || '1' WHERE name = 'checkpoints'"), "it is not what was logged of it"},
		{"study.db: words in place of an erased answer", inStudy(`INSERT INTO answer SELECT id, 'x', '', '{"text":"forged"}' FROM decision WHERE id NOT IN (SELECT decision FROM answer)`), "its answer was erased and is there again"},
		{"study.db: a title in lists alone", inStudy("UPDATE head SET title = 'Other'"), "what lists know of it does not follow from it"},
		{"study.db: a page that was never refused", inStudy("INSERT INTO refusal VALUES ('0123456789abcdef0123456789abcdef', 'a', 'b', 'add', 'c', 'd', 'e')"), "refusal 0123456789abcdef0123456789abcdef: it was put in past the log"},
		{"study.db: how many pages a search offered", inStudy("UPDATE search_run SET offered = offered + 1"), "it is not what was logged of it"},
		{"study.db: a signature that nobody gave", inStudy("INSERT INTO signature SELECT id, 'ssh-ed25519 AAAA', 'x' FROM decision LIMIT 1"), "it was put in past the log"},
		{"study.db: a text is said to be erased", inStudy("INSERT INTO erased_article SELECT key FROM article LIMIT 1"), "erased text"},
		{"study.db: a sum of the log written otherwise", inStudy("UPDATE leaf SET sum = upper(sum) WHERE n = (SELECT min(n) FROM leaf WHERE sum GLOB '*[a-f]*')"), "the tree that was kept and the entries differ"},
		{"study.db: statistics that steer how it is read", func(t *testing.T, dir string) {
			x := intrude(t, dir)
			_, err := x.db.Exec("ANALYZE")
			must(t, err)
			x.done()
		}, "is not as recount makes it"},
		{"study.db: a version that is no number", inStudy("UPDATE schema_version SET version = 'x'"), "study.db"},

		{"derived.db: another reader's stamp over other speakers, and a report of them", func(t *testing.T, dir string) {
			inDerived("UPDATE speaker SET gender = 'man'", "DELETE FROM packed",
				"UPDATE stamp SET stamp = 'another 38' WHERE stage = 'derived'", "UPDATE stamp SET stamp = 'another' WHERE stage = 'pages'")(t, dir)
			s := openStudy(t, dir, "eve")
			_, _ = s.Report(context.Background(), study.Edition{})
			s.Close()
		}, "it says that another reader than this program's derived it"},
		{"derived.db: a reprint that is none", inDerived("INSERT INTO relation (a,b,kind,coverage_a,coverage_b,spans,first_article,reason) SELECT a.article, b.article, 'copy', 1000, 1000, '[]', a.article, 'x' FROM page a, page b WHERE a.article < b.article LIMIT 1"), "it is there, and nothing gives it"},
		{"derived.db: decisions are about another page", inDerived("UPDATE place SET article = (SELECT max(article) FROM page)"), "the words of this decision stand elsewhere"},
		{"derived.db: what people are known by", inDerived("UPDATE page_people SET people = x'00' WHERE number = 1"), "derived"},

		{"report: it names another program, and a page has another number", func(t *testing.T, dir string) {
			f := &forger{t, dir}
			f.change("manifest.json", `"program": "recount 0.1.0"`, `"program": "recount 0.1.9"`)
			f.change("index.html", ">2<", ">3<")
			f.seal()
		}, "it says that recount 0.1.9 produced it"},
		{"report: the same, and no checkpoint as before there were any", func(t *testing.T, dir string) {
			f := &forger{t, dir}
			f.change("manifest.json", `"program": "recount 0.1.0"`, `"program": "recount 0.0.9"`)
			f.change("index.html", ">2<", ">3<")
			f.seal()
			must(t, os.Remove(out(dir, "report.checkpoint")))
		}, "it says that recount 0.0.9 produced it"},
		{"report: a link to a forged one", func(t *testing.T, dir string) {
			f := &forger{t, dir}
			f.change("index.html", ">2<", ">3<")
			must(t, os.Rename(out(dir, "report"), dir+"-forged"), os.Symlink(dir+"-forged", out(dir, "report")))
		}, "out/report: it is a link"},
		{"report: a page of it is a link", func(t *testing.T, dir string) {
			must(t, os.Rename(out(dir, "report/index.html"), dir+"-index.html"), os.Symlink(dir+"-index.html", out(dir, "report/index.html")))
		}, "it is a link to a file elsewhere"},
		{"report: one in a folder that lists do not show", func(t *testing.T, dir string) {
			must(t, os.CopyFS(out(dir, ".final"), os.DirFS(out(dir, "report"))))
		}, "out/.final: recount did not produce it"},
		{"report: a page beside it that looks like one", func(t *testing.T, dir string) {
			must(t, os.WriteFile(out(dir, "report.html"), []byte("<p>3 of 4"), 0o600))
		}, "out/report.html: recount did not produce it"},
		{"report: it says that it is about the pile", func(t *testing.T, dir string) {
			f := &forger{t, dir}
			f.change("manifest.json", `"kind": "study"`, `"kind": "pile"`)
			f.seal()
		}, "what these captures and decisions give is out/pile"},
		{"ingest.html: a sentence, and its checkpoint made to fit", func(t *testing.T, dir string) {
			edit(t, out(dir, "ingest.html"), "</main>", "<p>Everything came in.</p></main>")
			refit(t, dir, "ingest", "ingest.html")
		}, "written again of the study as it was then, it has other bytes"},
		{"ingest.html: it is gone", func(t *testing.T, dir string) { must(t, os.Remove(out(dir, "ingest.html"))) }, "it is not the one that its checkpoint is of"},

		{"checkpoint: a larger log than there is", func(t *testing.T, dir string) {
			setCheckpoint(t, out(dir, "report.checkpoint"), func(c *recount.Checkpoint) { c.Size = 9999 })
		}, "an older study.db was put back, or entries were cut off"},
		{"checkpoint: of a log without entries", func(t *testing.T, dir string) {
			setCheckpoint(t, out(dir, "report.checkpoint"), func(c *recount.Checkpoint) {
				c.Size, c.Root = 0, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
			})
		}, "is not there now, with the same captures and decisions"},
		{"checkpoints.txt: one with the root of no log", func(t *testing.T, dir string) {
			appendTo(t, filepath.Join(dir, "checkpoints.txt"), func(last []string) string {
				return last[0] + " " + last[1] + " 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
			})
		}, "are not those of then"},
		{"checkpoints.txt: one of less than no entry", func(t *testing.T, dir string) {
			appendTo(t, filepath.Join(dir, "checkpoints.txt"), func(last []string) string { return last[0] + " -1 " + last[2] + "\n" })
		}, "is no checkpoint"},
		{"study.yaml: a comment", func(t *testing.T, dir string) {
			appendTo(t, filepath.Join(dir, "study.yaml"), func([]string) string { return "# counted twice\n" })
		}, "it is not the one in use"},
		{"study.yaml: a folder in its place", func(t *testing.T, dir string) {
			path := filepath.Join(dir, "study.yaml")
			must(t, os.Remove(path), os.Mkdir(path, 0o700))
		}, "study.yaml"},
		{"allowed_signers: a line that is no key", func(t *testing.T, dir string) {
			must(t, os.WriteFile(filepath.Join(dir, "allowed_signers"), []byte("ada ssh-ed25519 AAAA\n"), 0o600))
		}, "allowed_signers"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := copyFolder(t, from)
			tt.change(t, dir)
			if found := problemsOf(t, dir); !strings.Contains(strings.Join(found, "\n"), tt.want) {
				t.Errorf("recheck finds %q; want %q", found, tt.want)
			}
		})
	}
}

// problemsOf rechecks a study and returns what does not fit or was not compared,
// notes aside.
func problemsOf(t *testing.T, dir string) (out []string) {
	t.Helper()
	ctx := context.Background()
	s, err := study.Open(ctx, dir, study.Options{Actor: "x", Now: at})
	if err != nil {
		return []string{err.Error()}
	}
	defer s.Close()
	r, err := s.Recheck(ctx, study.Recheck{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range append(r.Problems, r.Unlooked...) {
		if p.Hint == "" {
			t.Errorf("no hint: %v", p)
		}
		out = append(out, fmt.Sprintf("%s %s: %s", p.What, p.Name, p.Text))
	}
	return out
}

func setCheckpoint(t *testing.T, path string, change func(c *recount.Checkpoint)) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c, err := recount.ParseCheckpoint(string(b))
	if err != nil {
		t.Fatal(err)
	}
	change(&c)
	if err := os.WriteFile(path, []byte(c.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// appendTo adds to a file what line makes of the words of its last line.
func appendTo(t *testing.T, path string, line func(last []string) string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	if err := os.WriteFile(path, append(b, line(strings.Fields(lines[len(lines)-1]))...), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A public edition that lies in the study is held to the log, file by file.
func TestForgedPublicEditionIsFound(t *testing.T) {
	ctx := context.Background()
	s, _ := demo(t)
	if out, err := s.Publish(ctx, study.Publish{All: true, Here: true}); err != nil || out.Dir == "" {
		t.Fatal(out, err)
	}
	from := s.Dir
	closed(t, s)
	if found := problemsOf(t, from); len(found) > 0 {
		t.Fatalf("before any change recheck finds %q", found)
	}
	for _, tt := range []struct {
		name   string
		change func(dir string) error // of the folder public
		want   string
	}{
		{"a word", func(dir string) error { return appendBytes(filepath.Join(dir, "edition-1", "report.html"), "<p>x") }, "report.html: it was changed after it was published"},
		{"a file more", func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "edition-1", "names.csv"), []byte("x"), 0o600)
		}, "names.csv: it is no part of the edition"},
		{"a file less", func(dir string) error { return os.Remove(filepath.Join(dir, "edition-1", "report.md")) }, "report.md: it is not there"},
		{"the manifest", func(dir string) error { return appendBytes(filepath.Join(dir, "edition-1", "manifest.json"), "\n") }, "the log names no edition"},
		{"another number", func(dir string) error {
			return os.Rename(filepath.Join(dir, "edition-1"), filepath.Join(dir, "edition-2"))
		}, "the log names no edition"},
		{"a link", func(dir string) error {
			return errors.Join(os.Rename(filepath.Join(dir, "edition-1"), dir+"-elsewhere"), os.Symlink(dir+"-elsewhere", filepath.Join(dir, "edition-1")))
		}, "it is no public edition"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := copyFolder(t, from)
			if err := tt.change(filepath.Join(dir, "public")); err != nil {
				t.Fatal(err)
			}
			if found := problemsOf(t, dir); !strings.Contains(strings.Join(found, "\n"), tt.want) {
				t.Errorf("recheck finds %q; want %q", found, tt.want)
			}
		})
	}
}

func appendBytes(path, more string) error {
	b, err := os.ReadFile(path)
	return errors.Join(err, os.WriteFile(path, append(b, more...), 0o600))
}

// The log knows which reports were produced: one that is gone is said, whatever else
// went with it.
func TestReportThatIsGoneIsSaid(t *testing.T) {
	from := fullStudy(t)
	s := openStudy(t, from, "ada")
	for _, e := range []study.Edition{{Freeze: "2015-09"}, {Standard: "said"}} {
		if _, err := s.Report(context.Background(), e); err != nil {
			t.Fatal(err)
		}
	}
	closed(t, s)
	if found := look(from); strings.Contains(found, "is not there") {
		t.Fatalf("before any change recheck says %s", found)
	}
	gone := func(names ...string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			for _, name := range names {
				if err := os.RemoveAll(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	lists := func(value string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			gone("out/report", "out/report.checkpoint")(t, dir)
			x := intrude(t, dir)
			x.exec(value)
			x.done()
		}
	}
	for _, tt := range []struct {
		name   string
		change func(t *testing.T, dir string)
		want   []string // each in what is said
	}{
		{"a report with its checkpoint", gone("out/report", "out/report.checkpoint"), []string{"out/report was produced and is not there, nor is its checkpoint"}},
		{"a version that was kept", gone("out/2015-09", "out/2015-09.checkpoint"), []string{"out/2015-09 was produced and is not there"}},
		{"one of what is said", gone("out/said", "out/said.checkpoint"), []string{"out/said was produced and is not there"}},
		{"all", gone("out"), []string{"out/report was", "out/2015-09 was", "out/said was"}},
		{"a report alone", gone("out/report"), []string{"out/report.checkpoint is of a report that is no longer there"}},
		{"with the list of reports", lists("DELETE FROM meta WHERE name = 'reports'"), []string{"setting reports: it was logged and is gone"}},
		{"with its name in the list", lists("UPDATE meta SET value = '2015-09 said' WHERE name = 'reports'"), []string{"setting reports: it is not what was logged of it"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := copyFolder(t, from)
			tt.change(t, dir)
			found := look(dir)
			for _, want := range tt.want {
				if !strings.Contains(found, want) {
					t.Errorf("recheck says %q; want %q", found, want)
				}
			}
		})
	}
}
