package study

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"recount"
)

func seal(t testing.TB, kind recount.Kind, study, actor string, n int, base, replaces []string, body any) recount.Decision {
	t.Helper()
	d, err := recount.Seal(recount.Draft{Kind: kind, Study: study, Actor: actor, Time: time.Unix(int64(n), 0), Salt: fmt.Sprint(n), Base: base, Replaces: replaces, Body: body})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func lines(t testing.TB, ds ...recount.Decision) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, d := range ds {
		line, err := d.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.Bytes()
}

func TestParseTakesAllOrNothing(t *testing.T) {
	d := seal(t, recount.KindDate, "s", "ana", 1, nil, nil, recount.DateBody{Page: "p", Published: "2020"})
	good := lines(t, d)
	tests := []struct {
		name string
		in   string
		n    int    // decisions read, -1 if the file is refused
		line string // that the message names
	}{
		{"one decision", string(good), 1, ""},
		{"blank lines", "\n" + string(good) + "\n\n", 1, ""},
		{"nothing", "", 0, ""},
		{"a cut line", string(good) + string(good[:40]), -1, "line 2"},
		{"no JSON", "hello\n", -1, "line 1"},
		{"a changed answer", strings.Replace(string(good), `"2020"`, `"2021"`, 1), -1, "line 1"},
		{"a changed header", strings.Replace(string(good), `"ana"`, `"bob"`, 1), -1, "line 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := parseDecisions(strings.NewReader(tt.in))
			if tt.n < 0 {
				if err == nil || got != nil || !strings.Contains(err.Error(), tt.line) || recount.HintOf(err) == "" {
					t.Errorf("Parse = %v, %v; want it refused at %s with a hint", got, err, tt.line)
				}
				return
			}
			if err != nil || len(got.Decisions) != tt.n {
				t.Errorf("Parse = %v, %v; want %d decisions", got, err, tt.n)
			}
		})
	}
}

// Decisions of another study keep their order of reference when they are made
// anew, and get ids of this study.
func TestRemakeKeepsWhatRefersToWhat(t *testing.T) {
	first := seal(t, recount.KindDate, "other", "ana", 1, nil, nil, recount.DateBody{Page: "p", Published: "2020"})
	second := seal(t, recount.KindDate, "other", "ana", 2, []string{first.ID}, []string{first.ID}, recount.DateBody{Page: "p", Published: "2021"})
	rule := seal(t, recount.KindRule, "other", "init", 3, nil, nil, recount.RuleBody{Rule: "x", On: true})
	got, err := remake([]recount.Decision{rule, second, first}, "mine", "bob")
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 {
		t.Fatalf("Remake = %d decisions, want 2: the other study's rules are its own", len(got))
	}
	for _, d := range got {
		if d.Study != "mine" || d.Actor != "bob" || d.Check() != nil {
			t.Errorf("%s of %s by %s: %v", d.ID, d.Study, d.Actor, d.Check())
		}
	}
	if !slices.Equal(got[1].Replaces, []string{got[0].ID}) || !slices.Equal(got[1].Base, []string{got[0].ID}) {
		t.Errorf("the second refers to %v and %v, want the first, %s", got[1].Base, got[1].Replaces, got[0].ID)
	}
	l := recount.Replay("mine", got, func(string) []string { return nil })
	if l.Live(got[0].ID) || !l.Live(got[1].ID) {
		t.Errorf("live after the import: first %v, second %v; want the second alone", l.Live(got[0].ID), l.Live(got[1].ID))
	}
}

// What an answer of another study builds on and that is not taken over (a study
// file, a rule, an erased answer) neither comes in by that way nor lets the
// answer wait for ever.
func TestRemakeTakesNoFilesByTheBackDoor(t *testing.T) {
	codebook := seal(t, recount.KindFile, "other", "ana", 1, nil, nil, recount.FileBody{Name: "codebook.yaml", Hash: recount.HashText("x"), Content: "x"})
	rule := seal(t, recount.KindRule, "other", "init", 2, nil, nil, recount.RuleBody{Rule: recount.FoldReprints})
	gone := seal(t, recount.KindDate, "other", "ana", 3, nil, nil, recount.DateBody{Page: "q", Published: "2019"})
	gone.Erasable = nil
	plain := seal(t, recount.KindDate, "other", "ana", 4, nil, nil, recount.DateBody{Page: "p", Published: "2020"})
	tests := []struct {
		name           string
		base, replaces []string
		want           int // decisions made anew
	}{
		{"nothing", nil, nil, 2},
		{"another answer", []string{plain.ID}, nil, 2},
		{"the codebook", []string{codebook.ID}, nil, 2},
		{"a rule", []string{rule.ID}, nil, 2},
		{"an erased answer", []string{gone.ID}, nil, 2},
		{"all of them", []string{codebook.ID, rule.ID, gone.ID, plain.ID}, nil, 2},
		{"in place of the codebook", nil, []string{codebook.ID}, 2},
		{"in place of a rule", nil, []string{rule.ID}, 2},
		{"in place of an erased answer", nil, []string{gone.ID}, 2},
		{"both ways", []string{rule.ID}, []string{rule.ID, plain.ID}, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := recount.Seal(recount.Draft{Kind: recount.KindDate, Study: "other", Group: "g", Actor: "ana", Time: time.Unix(9, 0), Salt: "9",
				Base: tt.base, Replaces: tt.replaces, Body: recount.DateBody{Page: "r", Published: "2021"}})
			if err != nil {
				t.Fatal(err)
			}
			got, err := remake([]recount.Decision{codebook, rule, gone, plain, d}, "mine", "bob")
			if err != nil || len(got) != tt.want {
				t.Fatalf("Remake = %d decisions, %v; want %d", len(got), err, tt.want)
			}
			l := recount.Replay("mine", got, func(string) []string { return nil })
			if w := l.Waiting(); len(w) > 0 {
				t.Errorf("%v wait for what will not come", w)
			}
			groups := 0
			for _, x := range got {
				if x.Kind == recount.KindFile || x.Kind == recount.KindRule {
					t.Errorf("a %s of the other study came in", x.Kind)
				}
				if x.Group == "g" {
					groups++
				}
			}
			if groups != 1 {
				t.Errorf("%d answers of the group are still of it, want 1", groups)
			}
		})
	}
}

// An answer goes only if a removal says so.
func TestUnproved(t *testing.T) {
	d := seal(t, recount.KindDate, "s", "ana", 1, nil, nil, recount.DateBody{Page: "p", Published: "2020"})
	twin := d
	twin.Erasable = nil
	other := seal(t, recount.KindDate, "s", "ana", 2, nil, nil, recount.DateBody{Page: "q", Published: "2020"})
	remove := seal(t, recount.KindRemove, "s", "eve", 3, []string{d.ID}, nil, recount.RemoveBody{What: "decision", ID: d.ID})
	bare := remove
	bare.Erasable = nil
	removeBare := seal(t, recount.KindRemove, "s", "eve", 4, []string{remove.ID}, nil, recount.RemoveBody{What: "decision", ID: remove.ID})
	elsewhere := seal(t, recount.KindRemove, "s", "eve", 5, []string{other.ID}, nil, recount.RemoveBody{What: "decision", ID: other.ID})
	retract := seal(t, recount.KindRetract, "s", "ana", 6, []string{d.ID}, []string{d.ID}, recount.RetractBody{})
	type list = []recount.Decision
	tests := []struct {
		name     string
		file, in list
		ok       bool
	}{
		{"whole", list{d, other}, nil, true},
		{"nothing", nil, list{d}, true},
		{"a twin of a known answer", list{twin}, list{d}, false},
		{"a twin of an unknown answer", list{twin}, nil, false},
		{"a twin of an erased one", list{twin}, list{twin}, true},
		{"with its removal", list{twin, remove}, list{d}, true},
		{"its removal first", list{remove, twin}, nil, true},
		{"its removal is known", list{twin}, list{d, remove}, true},
		{"its removal lost its reason", list{twin, bare, removeBare}, list{d}, true},
		{"the reason of its removal is missing", list{twin, bare}, list{d}, false},
		{"the removal of another", list{twin, elsewhere}, list{d, other}, false},
		{"taken back and not erased", list{twin, retract}, list{d}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := recount.Replay("s", tt.in, func(string) []string { return nil })
			if id := unproved(tt.file, l); (id == "") != tt.ok {
				t.Errorf("Unproved = %.12q; want the file taken: %v", id, tt.ok)
			}
		})
	}
}

// aLog writes what a file says of a log with some entries.
func aLog(t testing.TB, entries int) []byte {
	t.Helper()
	m := &merkle{}
	for i := range entries {
		if err := m.add(tlog.RecordHash([]byte{byte(i), byte(i >> 8)})); err != nil {
			t.Fatal(err)
		}
	}
	root, err := m.root(m.size)
	if err != nil {
		t.Fatal(err)
	}
	out, err := writeLog(recount.Checkpoint{Log: strings.Repeat("a", 32), Size: m.size, Root: root}, m)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The entries of a log are read as they were written, and refused with their
// line if they are not those of the checkpoint behind them.
func TestParseLogs(t *testing.T) {
	d := string(lines(t, seal(t, recount.KindDate, "s", "ana", 1, nil, nil, recount.DateBody{Page: "p", Published: "2020"})))
	for _, n := range []int{0, 1, 2, 3, leavesALine - 1, leavesALine, leavesALine + 1, 2*leavesALine + 5} {
		in := aLog(t, n)
		f, err := parseDecisions(strings.NewReader(d + string(in)))
		if err != nil || len(f.Logs) != 1 || f.Logs[0].Size != int64(n) || (f.Logs[0].entries != nil) != (n > 0) {
			t.Fatalf("%d entries: %+v, %v", n, f, err)
		}
		if n == 0 {
			continue
		}
		if out, err := writeLog(f.Logs[0].Checkpoint, f.Logs[0].entries); err != nil || !bytes.Equal(out, in) {
			t.Errorf("%d entries are written again as others: %v", n, err)
		}
		if most := 200 + 44*n; len(in) > most {
			t.Errorf("%d entries in %d bytes, want %d at most", n, len(in), most)
		}
	}
	good := string(aLog(t, 5))
	leaves, point, _ := strings.Cut(good, "\n")
	sum, _, _ := strings.Cut(strings.TrimPrefix(leaves, `{"leaves":"`), `"`)
	line := func(sum string) string { return `{"leaves":"` + sum + `"}` + "\n" }
	raw, err := base64.StdEncoding.DecodeString(sum)
	if err != nil {
		t.Fatal(err)
	}
	part := func(from, to int) string { return line(base64.StdEncoding.EncodeToString(raw[from:to])) }
	moved := append(slices.Clone(raw[32:64]), raw[:32]...)
	tests := []struct {
		name, in, says string // says is "" if the file is taken
		logs           int
	}{
		{"as written", good, "", 1},
		{"in several lines", part(0, 32) + part(32, 96) + part(96, 160) + point, "", 1},
		{"the files of two copies in one", good + d + string(aLog(t, 7)), "", 2},
		{"of an older version", point, "", 1},
		{"one entry is missing", part(0, 128) + point, "line 2: invalid: the checkpoint is of 5 entries of a log, and 4 stand before it", 0},
		{"one entry too many", good[:len(leaves)+1] + part(0, 32) + point, "and 6 stand before it", 0},
		{"two entries are swapped", line(base64.StdEncoding.EncodeToString(append(moved, raw[64:]...))) + point, "not those that the checkpoint is of", 0},
		{"one bit is another", line("B"+sum[1:]) + point, "not those that the checkpoint is of", 0},
		{"half an entry", part(0, 16) + point, "line 1", 0},
		{"no entry in a line", line("") + good, "line 1", 0},
		{"no base 64", line("%%%"+sum) + point, "line 1", 0},
		{"base 64 with line ends in it", line(sum[:8]+`\n`+sum[8:]) + point, "line 1", 0},
		{"base 64 with loose bits behind it", line(strings.Replace(sum, "=", "", 1)) + point, "line 1", 0},
		{"a list", `{"leaves":["` + sum + `"]}` + "\n" + point, "line 1", 0},
		{"a number", `{"leaves":5}` + "\n" + point, "line 1", 0},
		{"nothing", `{"leaves":null}` + "\n" + point, "line 1", 0},
		{"a further field", `{"leaves":"` + sum + `","x":1}` + "\n" + point, "line 1", 0},
		{"two on a line", `{"leaves":"` + sum + `"}{"leaves":"` + sum + `"}` + "\n" + point, "line 1", 0},
		{"no checkpoint behind them", leaves + "\n", "ends before the checkpoint", 0},
		{"the checkpoint before them", point + leaves + "\n", "ends before the checkpoint", 0},
		{"a checkpoint of no entry behind them", leaves + "\n" + string(aLog(t, 0)), "is of 0 entries", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, err := parseDecisions(strings.NewReader(tt.in))
			if tt.says == "" {
				if err != nil || len(f.Logs) != tt.logs {
					t.Errorf("parseDecisions = %+v, %v; want %d logs", f, err, tt.logs)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.says) || recount.HintOf(err) == "" {
				t.Errorf("parseDecisions = %v, hint %q; want %q", err, recount.HintOf(err), tt.says)
			}
		})
	}
}

func FuzzDecisions(f *testing.F) {
	d := seal(f, recount.KindDate, "s", "ana", 1, nil, nil, recount.DateBody{Page: "p", Published: "2020"})
	f.Add(lines(f, d))
	f.Add([]byte(`{"v":1,"erasable":null}`))
	f.Add(aLog(f, 5))
	f.Add(append(lines(f, d), aLog(f, 1)...))
	f.Fuzz(func(t *testing.T, in []byte) {
		f, err := parseDecisions(bytes.NewReader(in))
		if err != nil {
			return
		}
		ds := f.Decisions
		for i := range ds {
			if err := ds[i].Check(); err != nil {
				t.Fatalf("Parse let a decision through that does not check: %v", err)
			}
		}
		for _, l := range f.Logs {
			if l.entries == nil {
				continue
			}
			if root, err := l.entries.root(l.Size); err != nil || l.entries.size != l.Size || root != l.Root {
				t.Fatalf("a log of %d entries is not that of its checkpoint: %v", l.Size, err)
			}
		}
		if _, err := remake(ds, "mine", "bob"); err != nil && !strings.Contains(err.Error(), "time") {
			t.Fatal(err)
		}
	})
}
