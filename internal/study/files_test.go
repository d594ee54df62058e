package study

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"recount"
)

// A study file that somebody wrote anew is the newer version; one of another
// study, an empty one and the beginning of the one in use are refused.
func TestStudyFileWrittenAnew(t *testing.T) {
	generated := string(Setup{Title: "pages", Question: runQuestion, Who: []string{runWho}}.YAML())
	asked := string(Setup{Title: "The ferry", Question: "Who waited?", Who: []string{"Did this person wait?"}, Record: []string{"town"}}.YAML())
	other := "title: The quarry\nquestion: Who digs?\nscope:\n  - name: dug\n    ask: Did this person dig?\n"
	anew := strings.NewReplacer("pages", "People who left", runQuestion, "Who left?", runWho, "Did this person leave?")
	for _, c := range []struct {
		name, was, now string
		answered       bool
		refused        error
	}{
		{"title, question and who counts rewritten, nobody answered", generated, anew.Replace(generated), false, nil},
		{"the criterion renamed too", generated, strings.Replace(anew.Replace(generated), "name: counts", "name: left", 1), false, nil},
		{"written without the comments, with variables", generated, "title: Left\nquestion: Who left?\nscope:\n  - name: left\n    ask: Did they leave?\nvariables:\n  - name: role\n", false, nil},
		{"what somebody was asked for, nobody answered", asked, strings.NewReplacer("The ferry", "The pier", "Who waited?", "Who fell?", "Did this person wait?", "Did this person fall?", "name: town", "name: age").Replace(asked), false, nil},
		{"of another study, nobody answered", generated, other, false, nil},
		{"rewritten with the criterion kept, answered", generated, anew.Replace(generated), true, nil},
		{"rewritten with the criterion kept and more added, answered", generated, anew.Replace(generated) + "\nadjudicators: [eve]\n", true, nil},
		{"only the title changed, answered", asked, strings.Replace(asked, "The ferry", "The pier", 1), true, nil},
		{"of another study, the one in use generated, answered", generated, other, true, recount.ErrConflict},
		{"of another study, answered", asked, other, true, recount.ErrConflict},
		{"another study's as it was begun, answered", asked, anew.Replace(generated), true, recount.ErrConflict},
		{"empty, nobody answered", generated, "\n", false, recount.ErrInvalid},
		{"cut off, nobody answered", generated, generated[:len(generated)/2], false, recount.ErrInvalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx := context.Background()
			now := func() time.Time { return time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC) }
			s, err := Create(ctx, filepath.Join(t.TempDir(), "s"), map[string][]byte{studyFile: []byte(c.was)}, "", true, Options{Actor: "ada", Now: now})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if _, err := s.casebook(ctx, needs{}); err != nil {
				t.Fatal(err)
			}
			if c.answered {
				at := recount.Anchor{Page: "https://post.example/a", Text: recount.HashText("Maria Holt"), Spans: [][2]int{{0, 10}}, Exact: []string{"Maria Holt"}}
				if _, err := s.decide(ctx, recount.Draft{Kind: recount.KindScope, Actor: "ada", Body: recount.ScopeBody{Speaker: recount.SpeakerRef{At: at, Name: "Maria Holt", Kind: recount.Named, Gender: recount.UnknownGender}, Answer: recount.YesNo(recount.Yes)}}); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.WriteFile(filepath.Join(s.Dir, studyFile), []byte(c.now), 0o600); err != nil {
				t.Fatal(err)
			}
			err = s.readConfig()
			if err == nil {
				_, err = s.casebook(ctx, needs{})
			}
			if !errors.Is(err, c.refused) || c.refused == nil && err != nil {
				t.Errorf("refused with %v, want %v", err, c.refused)
			}
			l, err := s.Log(ctx)
			if err != nil && c.refused == nil {
				t.Fatal(err)
			}
			if c.refused == nil {
				if b, _ := l.StudyFile(studyFile); b.Content != c.now {
					t.Errorf("in use is %q", b.Content)
				}
			}
		})
	}
}

// Study files out of an editor that writes a mark before UTF-8 are read; those in
// UTF-16, or with bytes of no text, are refused before anything is counted.
func TestStudyFilesInOtherBytes(t *testing.T) {
	const text = "recount: 1\ntitle: The ferry\n"
	wide := func(order [2]int) string {
		out := []byte{0xfe, 0xff}
		if order[0] == 1 {
			out = []byte{0xff, 0xfe}
		}
		for i := range len(text) {
			pair := [2]byte{0, text[i]}
			out = append(out, pair[order[0]], pair[order[1]])
		}
		return string(out)
	}
	for _, tt := range []struct {
		name, data string
		ok         bool
	}{
		{"as it is", text, true}, {"a mark", "\ufeff" + text, true}, {"line ends of Windows", strings.ReplaceAll(text, "\n", "\r\n"), true}, {"both", "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"), true},
		{"other letters", strings.Replace(text, "ferry", "fähre", 1), true},
		{"UTF-16, small end first", wide([2]int{1, 0}), false}, {"UTF-16, great end first", wide([2]int{0, 1}), false}, {"UTF-16 without a mark", wide([2]int{1, 0})[2:], false},
		{"Latin-1", strings.Replace(text, "ferry", "f\xe4hre", 1), false}, {"NUL behind it", text + "\x00", false}, {"NUL in it", strings.Replace(text, "f", "\x00", 1), false}, {"half a letter", text + "\xc3", false},
	} {
		err := damagedFile(studyFile, []byte(tt.data), "")
		if err == nil {
			_, err = parseConfig([]byte(tt.data))
		}
		if (err == nil) != tt.ok || err != nil && recount.HintOf(err) == "" {
			t.Errorf("%s: %v, want it read: %v", tt.name, err, tt.ok)
		}
	}
}
