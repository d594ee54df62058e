package study_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recount"
	"recount/internal/release"
	"recount/internal/study"
)

// kinds lists the kinds of reasons, each once.
func kinds(reasons []release.Reason) map[release.Kind]string {
	out := map[release.Kind]string{}
	for _, r := range reasons {
		out[r.Kind] = r.Text
	}
	return out
}

const short = "---\ntitle: Who left\nresults:\n  people:\n    count: all\n---\n\n{{people}} people spoke.\n"

// TestAnOlderLogForgetsItsEditions publishes, puts the study.db back that was there before,
// and asks again: the folder, the register and a folder beside the new one each say that
// something went out.
func TestAnOlderLogForgetsItsEditions(t *testing.T) {
	ctx := context.Background()
	s, _ := demo(t)
	write(t, s, "report.md", short)
	dir, at := s.Dir, study.Options{Actor: "ada", Now: at}
	if err := s.Close(); err != nil { // so that all of it is in the file
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(dir, "study.db"))
	if err != nil {
		t.Fatal(err)
	}
	if s, err = study.Open(ctx, dir, at); err != nil {
		t.Fatal(err)
	}
	elsewhere := t.TempDir()
	out, err := s.Publish(ctx, study.Publish{Here: true})
	if err != nil || out.Edition != 1 {
		t.Fatal(err, out)
	}
	if again, err := s.Publish(ctx, study.Publish{Dir: filepath.Join(elsewhere, "one")}); err != nil || again.Edition != 1 {
		t.Fatal(err, again)
	}
	register, err := os.ReadFile(filepath.Join(dir, "editions.tsv"))
	if err != nil || strings.Count(string(register), "\n") != 2 || !strings.Contains(string(register), filepath.Join(dir, "public", "edition-1")) {
		t.Fatalf("%s %v", register, err)
	}
	restore := func() {
		t.Helper()
		s.Close()
		for _, end := range []string{"-wal", "-shm"} {
			os.Remove(filepath.Join(dir, "study.db"+end))
		}
		if err := os.WriteFile(filepath.Join(dir, "study.db"), before, 0o600); err != nil {
			t.Fatal(err)
		}
		x, err := study.Open(ctx, dir, at)
		if err != nil {
			t.Fatal(err)
		}
		s = x
	}
	defer func() { s.Close() }()
	asked := func(ask study.Publish) string {
		t.Helper()
		out, err := s.Publish(ctx, ask)
		if err != nil {
			t.Fatal(err)
		}
		return kinds(out.Reasons)[release.Forgotten]
	}
	restore()
	if why := asked(study.Publish{}); !strings.Contains(why, "public/edition-1") {
		t.Errorf("the folder: %q", why)
	}
	if err := os.Rename(filepath.Join(dir, "public"), filepath.Join(t.TempDir(), "public")); err != nil {
		t.Fatal(err)
	}
	if why := asked(study.Publish{}); !strings.Contains(why, "edition 1 of 20") {
		t.Errorf("the register: %q", why)
	}
	if err := os.Remove(filepath.Join(dir, "editions.tsv")); err != nil {
		t.Fatal(err)
	}
	if why := asked(study.Publish{}); why != "" {
		t.Errorf("nothing is left: %q", why)
	}
	if why := asked(study.Publish{Dir: filepath.Join(elsewhere, "two")}); !strings.Contains(why, `"one"`) {
		t.Errorf("the folder beside: %q", why)
	}
	if _, err := os.Stat(filepath.Join(elsewhere, "two")); err == nil {
		t.Error("it was written all the same")
	}
	if why := asked(study.Publish{Dir: filepath.Join(t.TempDir(), "two")}); why != "" {
		t.Errorf("elsewhere: %q", why)
	}
	// A register that cannot be read refuses.
	if err := os.WriteFile(filepath.Join(dir, "editions.tsv"), []byte("edition\tday\tmanifest\tfolder\nx\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Publish(ctx, study.Publish{}); !errors.Is(err, recount.ErrInvalid) {
		t.Errorf("a broken register: %v", err)
	}
}

// TestAStudyFileThatIsNotUTF8 refuses, and says where.
func TestAStudyFileThatIsNotUTF8(t *testing.T) {
	s, _ := demo(t)
	for _, tt := range []struct{ name, text, line string }{
		{"at the end", short + "M\xe4rek left.", "line 9"},
		{"a cut sign", short + "\xc3", "line 9"},
		{"in the head", strings.Replace(short, "Who", "Wh\xf6", 1), "line 2"},
		{"UTF-16", "\xff\xfe-\x00-\x00", "line 1"},
		{"in a comment", strings.Replace(short, "people spoke", "people <!-- \xe9 --> spoke", 1), "line 8"},
		{"a surrogate", short + "\xed\xa0\x80", "line 9"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			write(t, s, "report.md", tt.text)
			_, err := s.Publish(context.Background(), study.Publish{})
			if !errors.Is(err, recount.ErrInvalid) || !strings.Contains(err.Error(), tt.line) {
				t.Errorf("%v, want %s", err, tt.line)
			}
		})
	}
}

// TestAListKeepsNoReport lists what speaks against a report.md: what stands in it is in
// no file of the study afterwards, until the report is in use.
func TestAListKeepsNoReport(t *testing.T) {
	ctx := context.Background()
	s, _ := demo(t)
	write(t, s, "report.md", short+"\nQwertzuiop spoke of it too.\n")
	holds := func() (out []string) {
		t.Helper()
		files, err := filepath.Glob(filepath.Join(s.Dir, "study.db*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if b, err := os.ReadFile(f); err != nil {
				t.Fatal(err)
			} else if bytes.Contains(b, []byte("Qwertzuiop")) {
				out = append(out, filepath.Base(f))
			}
		}
		return out
	}
	for range 2 {
		if out, err := s.Publish(ctx, study.Publish{}); err != nil || out.Edition != 0 {
			t.Fatal(err)
		}
	}
	if in := holds(); len(in) > 0 {
		t.Errorf("after a list it stands in %v", in)
	}
	asked := 0
	to := filepath.Join(t.TempDir(), "edition")
	no, err := s.Publish(ctx, study.Publish{Dir: to, Confirm: func(p *study.Publishing) bool { asked++; return p.People == 0 }})
	if err != nil || !no.Declined || asked != 1 {
		t.Fatal(err, no, asked)
	}
	if _, err := os.Stat(to); err == nil {
		t.Error("it was written though nobody wanted it")
	}
	if done, err := s.Publish(ctx, study.Publish{Dir: to}); err != nil || done.Edition != 1 {
		t.Fatal(err)
	}
	if len(holds()) == 0 {
		t.Error("what was published is not in the log")
	}
}

// TestNumbersOfAnotherList: a number means what was read, or nothing.
func TestNumbersOfAnotherList(t *testing.T) {
	ctx := context.Background()
	s, _ := demo(t)
	first, err := s.Publish(ctx, study.Publish{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Publish(ctx, study.Publish{Apply: []int{1}, Listed: first.Listed}); err != nil {
		t.Fatal(err)
	}
	for _, ask := range []study.Publish{{Apply: []int{1}}, {Allow: []int{2}, Reason: "seen"}, {Apply: []int{1}, Allow: []int{2}, Reason: "seen"}} {
		ask.Listed = first.Listed
		out, err := s.Publish(ctx, ask)
		if err != nil || !out.Stale || len(out.Saved) > 0 || len(out.Reasons) == 0 {
			t.Errorf("%+v: %v %+v", ask, err, out)
		}
	}
	now, err := s.Publish(ctx, study.Publish{})
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.Publish(ctx, study.Publish{Apply: []int{1}, Listed: now.Listed})
	if err != nil || out.Stale || len(out.Saved) != 1 {
		t.Errorf("%v %+v", err, out)
	}
}
