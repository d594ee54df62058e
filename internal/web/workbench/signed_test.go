package workbench

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// actors lists who decided something in the study that is open.
func actors(t *testing.T, s *Server) (out []string) {
	t.Helper()
	if err := s.holdAll(context.Background(), "", func(b *casebook.Casebook) error {
		for _, d := range b.Log().All() {
			if !slices.Contains(out, d.Actor) {
				out = append(out, d.Actor)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// TestNothingUnderANameNobodyGave makes and opens studies in every way that the
// pages have. What comes into use so is logged under who is signed in, and no
// name is offered that nobody gave.
func TestNothingUnderANameNobodyGave(t *testing.T) {
	ctx := context.Background()
	given := []string{"ada", recount.DefaultActor}
	add := func(t *testing.T, dir, text string) {
		t.Helper()
		f, err := os.OpenFile(filepath.Join(dir, "study.yaml"), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		_, err = f.WriteString(text)
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		name string
		open func(t *testing.T) *tab
	}{
		{"a new study", func(t *testing.T) *tab {
			b := newTab(t, serve(t, t.TempDir()), "ada", "1")
			ask[studyList](b, "POST", "/studies", studyRequest{New: "one", Title: "One", Who: []string{"Does this person count?"}})
			return b
		}},
		{"one that is opened from the list", func(t *testing.T) *tab {
			parent := t.TempDir()
			made, err := study.Init(ctx, filepath.Join(parent, "one"), study.Setup{Title: "One"}, options("").Study)
			if err != nil {
				t.Fatal(err)
			}
			if err := made.Close(); err != nil {
				t.Fatal(err)
			}
			b := newTab(t, serve(t, parent), "ada", "1")
			ask[studyList](b, "POST", "/studies", studyRequest{Open: "one"})
			return b
		}},
		{"one that is served before anybody signs in", func(t *testing.T) *tab {
			dir := filepath.Join(t.TempDir(), "one")
			made, err := study.Init(ctx, dir, study.Setup{Title: "One"}, options("").Study)
			if err != nil {
				t.Fatal(err)
			}
			if err := made.Close(); err != nil {
				t.Fatal(err)
			}
			s := serve(t, dir)
			if got := newTab(t, s, "", "9").session(); got.Study.Title != "One" {
				t.Fatalf("who is not signed in reads %+v", got.Study)
			}
			if got := actors(t, s); !slices.Equal(got, []string{recount.DefaultActor}) {
				t.Fatalf("before anybody signs in, %v decided something", got)
			}
			return newTab(t, s, "ada", "1")
		}},
		{"a study file that is written in an editor", func(t *testing.T) *tab {
			b := newTab(t, serve(t, t.TempDir()), "ada", "1")
			ask[studyList](b, "POST", "/studies", studyRequest{New: "one", Title: "One"})
			add(t, b.s.study.Dir, "# a thought\n")
			return b
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := tt.open(t)
			b.session()
			if got := actors(t, b.s); !slices.Equal(got, given) {
				t.Errorf("decided by %v, want %v", got, given)
			}
			if got := b.session().Actors; !slices.Equal(got, []string{"ada"}) {
				t.Errorf("names to sign in under: %v", got)
			}
			if got := ask[roundList](b, "GET", "/rounds", nil).Coders; !slices.Equal(got, []string{"ada"}) {
				t.Errorf("proposed as coders: %v", got)
			}
		})
	}
	// A study that the command line made and answered in, without a name.
	b := newTab(t, serve(t, folder(t, "fresh")), "ada", "1")
	if got := b.session().Actors; slices.Contains(got, study.Unnamed) {
		t.Errorf("names to sign in under: %v", got)
	}
	b = newTab(t, serve(t, folder(t, "decided")), "ada", "1")
	if got := b.session().Actors; !slices.Contains(got, study.Unnamed) {
		t.Errorf("names to sign in under: %v; want that of who answered, too", got)
	}
	if got := ask[roundList](b, "GET", "/rounds", nil).Coders; slices.Contains(got, study.Unnamed) {
		t.Errorf("proposed as coders: %v", got)
	}
}
