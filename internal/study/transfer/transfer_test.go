package transfer

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

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
			got, err := Parse(strings.NewReader(tt.in))
			if tt.n < 0 {
				if err == nil || got != nil || !strings.Contains(err.Error(), tt.line) || recount.HintOf(err) == "" {
					t.Errorf("Parse = %d decisions, %v; want it refused at %s with a hint", len(got), err, tt.line)
				}
				return
			}
			if err != nil || len(got) != tt.n {
				t.Errorf("Parse = %d decisions, %v; want %d", len(got), err, tt.n)
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
	got, err := Remake([]recount.Decision{rule, second, first}, "mine", "bob")
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

func FuzzParse(f *testing.F) {
	d := seal(f, recount.KindDate, "s", "ana", 1, nil, nil, recount.DateBody{Page: "p", Published: "2020"})
	f.Add(lines(f, d))
	f.Add([]byte(`{"v":1,"erasable":null}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		ds, err := Parse(bytes.NewReader(in))
		if err != nil {
			return
		}
		for i := range ds {
			if err := ds[i].Check(); err != nil {
				t.Fatalf("Parse let a decision through that does not check: %v", err)
			}
		}
		if _, err := Remake(ds, "mine", "bob"); err != nil && !strings.Contains(err.Error(), "time") {
			t.Fatal(err)
		}
	})
}
