package study

import (
	"errors"
	"testing"
	"time"

	"recount"
)

// A study file that an import would put back, and an answer, are refused if they
// were made later than two honest clocks may differ; what is here already is
// not asked for its time.
func TestDecisionsOfTheFutureAreRefused(t *testing.T) {
	now := time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	s := &Study{opts: Options{Now: func() time.Time { return now }}}
	made := func(kind recount.Kind, after time.Duration, body any) recount.Decision {
		d, err := recount.Seal(recount.Draft{Kind: kind, Study: "s", Actor: "eve", Time: now.Add(after), Salt: after.String(), Body: body})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, tt := range []struct {
		after   time.Duration
		known   bool
		refused bool
	}{
		{-24 * 365 * time.Hour, false, false}, {0, false, false}, {23 * time.Hour, false, false}, {24 * time.Hour, false, false},
		{25 * time.Hour, false, true}, {24 * 365 * time.Hour, false, true}, {24 * 365 * time.Hour, true, false},
	} {
		for _, d := range []recount.Decision{
			made(recount.KindFile, tt.after, recount.FileBody{Name: "study.yaml", Hash: recount.HashText("x"), Content: "x"}),
			made(recount.KindDate, tt.after, recount.DateBody{Page: "p", Published: "2020"}),
		} {
			l := recount.NewLog("s", func(string) []string { return nil })
			if tt.known {
				l.Add(d)
			}
			// One of the future among honest ones is enough.
			err := s.checkTimes(l, []recount.Decision{made(recount.KindMemo, -time.Hour, recount.MemoBody{Text: "x"}), d})
			if (err != nil) != tt.refused || err != nil && (!errors.Is(err, recount.ErrConflict) || recount.HintOf(err) == "") {
				t.Errorf("%s made %v after now, known %v: %v; want it refused: %v", d.Kind, tt.after, tt.known, err, tt.refused)
			}
		}
	}
}

// An import says of every decision of its that takes back what is not here, or
// an answer of another kind; a study file among them.
func TestWhatAnImportTakesBack(t *testing.T) {
	yaml := func(n int, content string, replaces ...string) recount.Decision {
		return seal(t, recount.KindFile, "s", "ana", n, nil, replaces, recount.FileBody{Name: "study.yaml", Hash: recount.HashText(content), Content: content})
	}
	day := func(n int, replaces ...string) recount.Decision {
		return seal(t, recount.KindDate, "s", "ana", n, nil, replaces, recount.DateBody{Page: "p", Published: "2020"})
	}
	file, date := yaml(1, "a"), day(2)
	retract := func(n int, id string) recount.Decision {
		return seal(t, recount.KindRetract, "s", "ana", n, []string{id}, []string{id}, recount.RetractBody{})
	}
	brought := day(3)
	l := recount.NewLog("s", func(string) []string { return nil })
	l.Add(file, date)
	for _, tt := range []struct {
		name string
		ds   []recount.Decision
		want []string
	}{
		{"nothing", []recount.Decision{day(10)}, nil},
		{"its own older answer", []recount.Decision{day(11, date.ID)}, nil},
		{"what comes with it", []recount.Decision{day(12, brought.ID), brought}, nil},
		{"the study file in use", []recount.Decision{yaml(13, "b", file.ID)}, nil},
		{"a study file that is not here", []recount.Decision{yaml(14, "b", "nothing")}, []string{"waiting"}},
		{"an answer that is not here", []recount.Decision{day(15, "nothing", date.ID)}, []string{"waiting"}},
		{"a study file by an answer", []recount.Decision{day(16, file.ID)}, []string{"conflict"}},
		{"an answer by a study file", []recount.Decision{yaml(17, "b", date.ID)}, []string{"conflict"}},
		{"both at once", []recount.Decision{yaml(18, "b", date.ID, "nothing")}, []string{"conflict", "waiting"}},
		{"an answer by a retraction", []recount.Decision{retract(19, date.ID)}, nil},
		{"a study file by a retraction", []recount.Decision{retract(20, file.ID)}, nil},
		{"nothing that is here by a retraction", []recount.Decision{retract(21, "nothing")}, []string{"waiting"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := map[string]int{}
			for _, f := range replacesNothing(l, tt.ds) {
				got[f.What]++
				if len(f.Decisions) == 0 || f.Decisions[0] != tt.ds[0].ID {
					t.Errorf("%s is said of %v, want %s", f.What, f.Decisions, tt.ds[0].ID)
				}
			}
			for _, what := range tt.want {
				got[what]--
			}
			for what, n := range got {
				if n != 0 {
					t.Errorf("%d findings %q too many (negative: too few)", n, what)
				}
			}
		})
	}
}

// A study file whose base is not here waits, and the one in use stays.
func TestStudyFileWaitsForItsBase(t *testing.T) {
	use := seal(t, recount.KindFile, "s", "ana", 1, nil, nil, recount.FileBody{Name: "study.yaml", Hash: recount.HashText("a"), Content: "a"})
	missing := seal(t, recount.KindFile, "s", "eve", 2, nil, []string{use.ID}, recount.FileBody{Name: "study.yaml", Hash: recount.HashText("b"), Content: "b"})
	later := seal(t, recount.KindFile, "s", "eve", 3, []string{missing.ID}, []string{missing.ID}, recount.FileBody{Name: "study.yaml", Hash: recount.HashText("c"), Content: "c"})
	for _, tt := range []struct {
		name string
		ds   []recount.Decision
		want string
	}{
		{"alone", []recount.Decision{use, later}, "a"},
		{"with its base", []recount.Decision{use, later, missing}, "c"},
		{"its base came first", []recount.Decision{use, missing, later}, "c"},
		{"without anything", []recount.Decision{later}, ""},
	} {
		l := recount.NewLog("s", func(string) []string { return nil })
		l.Add(tt.ds...)
		if b, _ := l.StudyFile("study.yaml"); b.Content != tt.want {
			t.Errorf("%s: study.yaml in use is %q, want %q", tt.name, b.Content, tt.want)
		}
	}
}
