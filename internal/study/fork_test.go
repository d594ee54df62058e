package study_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// A desk is a study and copies of its folder, in which people work apart.
type desk struct {
	t    *testing.T
	here string
	said *study.Imported // by the last import
	file string          // that was imported last
}

// decide logs a thought; at is fixed, so that all of them fall into one second.
func (d *desk) decide(dir string, texts ...string) {
	d.t.Helper()
	for _, text := range texts {
		s := openStudy(d.t, dir, "ada")
		if _, err := s.Decide(context.Background(), study.By{}, casebook.Draft{Answer: recount.MemoBody{Text: text}}); err != nil {
			d.t.Fatal(err)
		}
		closed(d.t, s)
	}
}

// later logs a thought an hour later than the others.
func (d *desk) later(dir, text string) {
	d.t.Helper()
	s, err := study.Open(context.Background(), dir, study.Options{Actor: "ada", Now: func() time.Time { return at().Add(time.Hour) }})
	if err != nil {
		d.t.Fatal(err)
	}
	if _, err := s.Decide(context.Background(), study.By{}, casebook.Draft{Answer: recount.MemoBody{Text: text}}); err != nil {
		d.t.Fatal(err)
	}
	closed(d.t, s)
}

// capture adds a page: entries of the log that are no decisions.
func (d *desk) capture(dir string) {
	d.t.Helper()
	page := filepath.Join(d.t.TempDir(), "tide.txt")
	if err := os.WriteFile(page, []byte("The tide table\n\nThe harbour office printed the tide table of the week again on Friday.\n"), 0o600); err != nil {
		d.t.Fatal(err)
	}
	s := openStudy(d.t, dir, "ada")
	if _, err := s.Add(context.Background(), study.Offer{Paths: []string{page}}); err != nil {
		d.t.Fatal(err)
	}
	closed(d.t, s)
}

func (d *desk) export(dir string) string {
	d.t.Helper()
	s := openStudy(d.t, dir, "ada")
	defer closed(d.t, s)
	var b bytes.Buffer
	if err := s.ExportLog(context.Background(), &b); err != nil {
		d.t.Fatal(err)
	}
	return b.String()
}

func (d *desk) take(file string) {
	d.t.Helper()
	s := openStudy(d.t, d.here, "ada")
	defer closed(d.t, s)
	out, err := s.ImportDecisions(context.Background(), strings.NewReader(file), study.Consent{People: []string{"ada"}})
	if err != nil {
		d.t.Fatal(err)
	}
	d.said, d.file = out, file
}

// thoughts lists the memos of a study.
func (d *desk) thoughts(dir string) string {
	d.t.Helper()
	var out []string
	for line := range strings.Lines(d.export(dir)) {
		var x recount.Decision
		if json.Unmarshal([]byte(line), &x) != nil || x.Kind != recount.KindMemo {
			continue
		}
		a, err := x.Decode()
		if err != nil {
			d.t.Fatal(err)
		}
		out = append(out, a.(recount.MemoBody).Text)
	}
	return strings.Join(out, ", ")
}

// older is a file as older versions wrote it: without entries of the log.
func older(file string) string {
	return regexp.MustCompile(`(?m)^{"leaves":.*\n`).ReplaceAllString(file, "")
}

// An import compares the log of the copy that a file comes from with the one
// here, and says what can be known and no more: nothing where one of two went
// on, a note where both did, a fork where entries that a checkpoint covers are
// others.
func TestForkIsSaid(t *testing.T) {
	const (
		quiet = "" // nothing is said
		note  = "both went on apart since "
	)
	otherLog := func(file, id string) string {
		return regexp.MustCompile(`("checkpoint":\{"log":")[0-9a-f]{32}`).ReplaceAllString(file, "${1}"+strings.Repeat(id, 32))
	}
	swapped := func(d *desk, dir string, i, j int) {
		x := intrude(d.t, dir)
		l := x.leaves()
		if i < 0 {
			i, j = len(l)+i, len(l)+j
		}
		l[i], l[j] = l[j], l[i]
		x.relog(l)
		x.done()
	}
	tests := []struct {
		name     string
		work     func(d *desk, copy func() string)
		apart    string // in a note of the last import
		fork     string // in a fork
		recheck  string // what recheck --checkpoint says of the file afterwards: in a problem
		thoughts []string
	}{
		{"neither went on", func(d *desk, copy func() string) { d.take(d.export(copy())) }, quiet, quiet, quiet, nil},
		{"only the first went on", func(d *desk, copy func() string) {
			c := copy()
			d.decide(d.here, "here", "and here")
			d.take(d.export(c))
		}, quiet, quiet, quiet, []string{"here", "and here"}},
		{"only the copy went on", func(d *desk, copy func() string) {
			c := copy()
			d.decide(c, "there", "and there", "once more")
			d.take(d.export(c))
		}, quiet, quiet, "is another", []string{"there", "and there", "once more"}},
		{"only the copy went on, and not only by deciding", func(d *desk, copy func() string) {
			c := copy()
			d.decide(c, "there")
			d.capture(c)
			d.later(c, "later")
			d.decide(c, "and there")
			d.take(d.export(c))
		}, quiet, quiet, "is another", []string{"there", "and there", "later"}},
		{"the copy went on by no decision", func(d *desk, copy func() string) {
			c := copy()
			d.capture(c)
			d.take(d.export(c))
		}, quiet, quiet, "is another", nil},
		{"both went on", func(d *desk, copy func() string) {
			c := copy()
			d.decide(d.here, "here")
			d.decide(c, "there")
			d.take(d.export(c))
		}, note + "entry ", quiet, "is another", []string{"here", "there"}},
		{"the first went on further", func(d *desk, copy func() string) {
			c := copy()
			d.decide(d.here, "here", "and here", "once more")
			d.decide(c, "there")
			d.take(d.export(c))
		}, note + "entry ", quiet, "is another", []string{"here", "and here", "once more", "there"}},
		{"the copy went on further", func(d *desk, copy func() string) {
			c := copy()
			d.decide(d.here, "here")
			d.decide(c, "there", "and there", "once more")
			d.take(d.export(c))
		}, note + "entry ", quiet, "is another", []string{"here", "there", "and there", "once more"}},
		{"the copy went on again after an import", func(d *desk, copy func() string) {
			c := copy()
			d.decide(c, "there", "and there")
			d.take(d.export(c))
			d.decide(c, "once more")
			d.take(d.export(c))
		}, note + "entry ", quiet, "is another", []string{"there", "and there", "once more"}},
		{"an older file of the copy comes after a newer one", func(d *desk, copy func() string) {
			c := copy()
			d.decide(c, "there")
			first := d.export(c)
			d.decide(c, "and there")
			d.take(d.export(c))
			d.take(first)
		}, note + "entry ", quiet, "is another", []string{"there", "and there"}},
		{"three copies of one folder", func(d *desk, copy func() string) {
			b, c := copy(), copy()
			for _, round := range []string{"first", "second"} {
				for _, dir := range []string{b, c, d.here} {
					d.decide(dir, round)
				}
				d.take(d.export(b))
				d.take(d.export(c))
				if len(d.said.Forks) > 0 {
					d.t.Errorf("%s: %q", round, d.said.Forks)
				}
			}
		}, note + "entry ", quiet, "is another", []string{"first", "second"}},
		{"a copy of a later day", func(d *desk, copy func() string) {
			b := copy()
			d.decide(b, "there")
			d.decide(d.here, "here")
			d.take(d.export(b))
			c := copy()
			d.decide(c, "in the other")
			d.decide(d.here, "and here")
			d.take(d.export(c))
		}, note + "entry ", quiet, "is another", []string{"there", "here", "in the other", "and here"}},
		{"a longer file of an older version", func(d *desk, copy func() string) {
			c := copy()
			d.decide(d.here, "here")
			d.decide(c, "there", "and there", "once more")
			d.take(older(d.export(c)))
		}, quiet, quiet, "are not those of then", []string{"here", "there", "and there", "once more"}},
		{"a shorter file of an older version", func(d *desk, copy func() string) {
			c := copy()
			d.decide(d.here, "here", "and here")
			d.decide(c, "there")
			d.take(older(d.export(c)))
		}, note + "an entry of the log before number ", quiet, "are not those of then", []string{"here", "and here", "there"}},
		{"only the copy went on, and its file is of an older version", func(d *desk, copy func() string) {
			c := copy()
			d.decide(c, "there", "and there")
			d.take(older(d.export(c)))
		}, quiet, quiet, "are not those of then", []string{"there", "and there"}},
		{"the copy has other entries than an import showed", func(d *desk, copy func() string) {
			c := copy()
			d.decide(c, "there", "and there", "once more")
			d.take(d.export(c))
			swapped(d, c, -2, -1)
			d.decide(c, "again")
			d.take(d.export(c))
		}, quiet, "held other entries when its log had ", "is another", []string{"there", "and there", "once more", "again"}},
		{"the copy has other entries from a session before it was made", func(d *desk, copy func() string) {
			c := copy()
			d.decide(d.here, "here")
			d.decide(c, "there")
			swapped(d, c, 4, 5)
			d.take(d.export(c))
		}, quiet, "differs from entry 4 on, where no session of this study ended", "up to entry 4, which is another", []string{"here", "there"}},
		{"an older study.db was put back here", func(d *desk, copy func() string) {
			c := copy()
			d.decide(d.here, "here", "and here")
			file := d.export(d.here)
			old, err := os.ReadFile(filepath.Join(c, "study.db"))
			if err != nil {
				d.t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(d.here, "study.db"), old, 0o600); err != nil {
				d.t.Fatal(err)
			}
			d.take(file)
		}, quiet, "an older study.db was put back", "is another", []string{"here", "and here"}},
		{"an older study.db was put back here, and the file is of an older version", func(d *desk, copy func() string) {
			c := copy()
			d.decide(d.here, "here", "and here")
			file := older(d.export(d.here))
			old, err := os.ReadFile(filepath.Join(c, "study.db"))
			if err != nil {
				d.t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(d.here, "study.db"), old, 0o600); err != nil {
				d.t.Fatal(err)
			}
			d.take(file)
		}, quiet, "an older study.db was put back", "are not those of then", []string{"here", "and here"}},
		{"a copy with a log of its own went on", func(d *desk, copy func() string) {
			c := copy()
			d.decide(c, "there")
			d.take(otherLog(d.export(c), "a"))
			d.decide(c, "and there")
			d.decide(d.here, "here")
			d.take(otherLog(d.export(c), "a"))
		}, quiet, quiet, quiet, []string{"here", "there", "and there"}},
		{"two copies with logs of their own", func(d *desk, copy func() string) {
			b, c := copy(), copy()
			d.decide(b, "there")
			d.decide(c, "in the other")
			d.take(otherLog(d.export(b), "b"))
			d.take(otherLog(d.export(c), "c"))
		}, quiet, quiet, quiet, []string{"there", "in the other"}},
		{"a copy with a log of its own has other entries", func(d *desk, copy func() string) {
			c := copy()
			d.decide(c, "there", "and there")
			d.take(otherLog(d.export(c), "a"))
			swapped(d, c, -2, -1)
			d.decide(c, "once more")
			d.take(otherLog(d.export(c), "a"))
		}, quiet, "its log was changed, or the file is of another copy of its folder", quiet, []string{"there", "and there", "once more"}},
	}
	h := newHeldStudy(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := &desk{t: t, here: copyFolder(t, h.after)}
			tt.work(d, func() string { return copyFolder(t, d.here) })
			for _, x := range []struct {
				what, want string
				got        []string
			}{{"a note", tt.apart, d.said.Apart}, {"a fork", tt.fork, d.said.Forks}} {
				if (x.want == "") != (len(x.got) == 0) || !strings.Contains(strings.Join(x.got, "\n"), x.want) || len(x.got) > 1 {
					t.Errorf("the import says as %s %q; want %q", x.what, x.got, x.want)
				}
			}
			all := d.thoughts(d.here)
			for _, text := range tt.thoughts {
				if !strings.Contains(all, text) {
					t.Errorf("%q is lost; there are %s", text, all)
				}
			}
			kept := filepath.Join(t.TempDir(), "kept.jsonl")
			if err := os.WriteFile(kept, []byte(d.file), 0o600); err != nil {
				t.Fatal(err)
			}
			s := openStudy(t, d.here, "ada")
			defer closed(t, s)
			r, err := s.Recheck(context.Background(), study.Recheck{Checkpoint: kept})
			if err != nil {
				t.Fatal(err)
			}
			var found []string
			for _, p := range r.Problems {
				if p.Name == kept {
					found = append(found, p.Text)
				}
			}
			if (tt.recheck == "") != (len(found) == 0) || !strings.Contains(strings.Join(found, "\n"), tt.recheck) {
				t.Errorf("recheck --checkpoint says %q; want %q", found, tt.recheck)
			}
		})
	}
}
