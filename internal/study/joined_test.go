package study

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/casebook"
	"recount/internal/release"
)

// A joinedStudy is of four pages on which one person each speaks, and a reprint of
// the second. Anna of the first counts.
type joinedStudy struct {
	*Study
	t *testing.T
}

func newJoinedStudy(t *testing.T) *joinedStudy {
	t.Helper()
	w := &joinedStudy{studyRead(t, []printed{
		{"coast.example/ferry", "The Coast Post", "ferry", []string{"Anna Lindt"}, nil},
		{"inland.example/dam", "The Inland Echo", "dam", []string{"Berta Kroll"}, nil},
		{"north.example/mill", "The North Mail", "mill", []string{"Clara Mohn"}, nil},
		{"south.example/fair", "The South Herald", "fair", []string{"Dora Senn"}, nil},
		{"east.example/dam", "The East Courier", "dam", []string{"Berta Kroll"}, nil},
	}), t}
	w.scope("ferry", recount.Yes)
	return w
}

// ref names the speaker who was read on a page.
func (w *joinedStudy) ref(page string) recount.SpeakerRef {
	w.t.Helper()
	ctx := context.Background()
	book, err := w.Casebook(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	for v, err := range book.Voices(ctx, casebook.Filter{All: true}) {
		if err != nil {
			w.t.Fatal(err)
		}
		if (strings.HasSuffix(v.Page.Page(), page) || v.Name == page) && v.Read >= 0 {
			ref, err := book.Ref(ctx, v)
			if err != nil {
				w.t.Fatal(err)
			}
			return ref
		}
	}
	w.t.Fatalf("nobody speaks on the page %s", page)
	return recount.SpeakerRef{}
}

func (w *joinedStudy) say(by casebook.By, a recount.Answer) string {
	w.t.Helper()
	saved, err := w.Decide(context.Background(), by, casebook.Draft{Answer: a})
	if err != nil {
		w.t.Fatal(err)
	}
	return saved[0].ID
}

func (w *joinedStudy) scope(page string, a recount.YesNo) {
	w.t.Helper()
	w.say(By{}, recount.ScopeBody{Speaker: w.ref(page), Answer: a, Criteria: map[string]string{}})
}

func (w *joinedStudy) link(by, a, b string, answer recount.Sameness) string {
	w.t.Helper()
	return w.say(By{Actor: by}, recount.LinkBody{A: w.ref(a), B: w.ref(b), Answer: answer})
}

// pages lists the pages that are there, by the end of their address, sorted.
func (w *joinedStudy) pages() (out []string) {
	w.t.Helper()
	book, err := w.Casebook(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	for _, p := range book.Pages() {
		out = append(out, strings.TrimPrefix(strings.TrimPrefix(p.Page(), "http://"), "https://"))
	}
	slices.Sort(out)
	return out
}

// whole is Anna as she is kept safe.
func (w *joinedStudy) whole() Shown {
	w.t.Helper()
	people, err := w.Shown(context.Background(), "")
	if err != nil {
		w.t.Fatal(err)
	}
	for _, p := range people {
		if slices.ContainsFunc(p.Members, func(m recount.Member) bool { return m.Speaker.Name == "Anna Lindt" }) {
			return p
		}
	}
	w.t.Fatal("nobody is called Anna Lindt")
	return Shown{}
}

const ferry, dam, mill, fair, reprint = "coast.example/ferry", "inland.example/dam", "north.example/mill", "south.example/fair", "east.example/dam"

// TestWhoIsJoinedGoesToo takes out a person whom people joined with speakers in
// every way: all pages of these go, or are listed to be looked at.
func TestWhoIsJoinedGoesToo(t *testing.T) {
	for _, c := range []struct {
		name  string
		do    func(w *joinedStudy)
		stay  []string // pages that are left
		asked []string // those of them that are listed
	}{
		{"nobody is joined", func(w *joinedStudy) {}, []string{reprint, dam, mill, fair}, nil},
		{"unanswered", func(w *joinedStudy) { w.link("ada", ferry, mill, recount.Same) }, []string{reprint, dam, fair}, nil},
		{"the other way round", func(w *joinedStudy) { w.link("ben", mill, ferry, recount.Same) }, []string{reprint, dam, fair}, nil},
		{"out of scope", func(w *joinedStudy) { w.scope(mill, recount.No); w.link("ada", ferry, mill, recount.Same) }, []string{reprint, dam, fair}, nil},
		{"unclear", func(w *joinedStudy) { w.scope(mill, recount.Unclear); w.link("ada", ferry, mill, recount.Same) }, []string{reprint, dam, fair}, nil},
		{"who counts too", func(w *joinedStudy) { w.scope(mill, recount.Yes); w.link("ada", ferry, mill, recount.Same) }, []string{reprint, dam, fair}, nil},
		{"over somebody unanswered", func(w *joinedStudy) {
			w.link("ada", ferry, mill, recount.Same)
			w.link("ben", mill, fair, recount.Same)
		}, []string{reprint, dam}, nil},
		{"over somebody out of scope to one who counts", func(w *joinedStudy) {
			w.scope(mill, recount.No)
			w.scope(fair, recount.Yes)
			w.link("ada", ferry, mill, recount.Same)
			w.link("ada", mill, fair, recount.Same)
		}, []string{reprint, dam}, nil},
		{"on a page that was printed elsewhere too", func(w *joinedStudy) { w.link("ada", ferry, dam, recount.Same) }, []string{mill, fair}, nil},
		{"on the reprint", func(w *joinedStudy) { w.link("ada", ferry, reprint, recount.Same) }, []string{mill, fair}, nil},
		{"whose name was typed in another script", func(w *joinedStudy) {
			ref := w.ref(mill)
			ref.Name = "Анна Линдт"
			w.say(By{}, recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref, Typed: true})
			w.link("ada", ferry, mill, recount.Same)
		}, []string{reprint, dam, fair}, nil},
		{"who was set apart from another", func(w *joinedStudy) {
			ref := w.ref(mill)
			ref.Name = "C. Mohn"
			w.say(By{}, recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref, Apart: true})
			w.say(By{}, recount.LinkBody{A: w.ref(ferry), B: ref, Answer: recount.Same})
		}, []string{reprint, dam, fair}, nil},
		{"people disagree", func(w *joinedStudy) {
			w.link("ada", ferry, mill, recount.Same)
			w.link("ben", ferry, mill, recount.Different)
		}, []string{reprint, dam, mill, fair}, []string{mill}},
		{"people disagree further on", func(w *joinedStudy) {
			w.link("ada", ferry, mill, recount.Same)
			w.link("ada", mill, fair, recount.Same)
			w.link("ben", mill, fair, recount.Different)
		}, []string{reprint, dam, fair}, []string{fair}},
		{"the link was taken back", func(w *joinedStudy) {
			id := w.link("ada", ferry, mill, recount.Same)
			if _, err := w.Retract(context.Background(), []string{id}, "a mistake"); err != nil {
				w.t.Fatal(err)
			}
		}, []string{reprint, dam, mill, fair}, nil},
		{"nobody is sure", func(w *joinedStudy) { w.link("ada", ferry, mill, recount.Unsure) }, []string{reprint, dam, mill, fair}, nil},
		{"who is different", func(w *joinedStudy) { w.link("ada", ferry, mill, recount.Different) }, []string{reprint, dam, mill, fair}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx := context.Background()
			w := newJoinedStudy(t)
			defer w.Close()
			c.do(w)
			slices.Sort(c.stay)
			all, who := w.pages(), w.whole()
			for _, save := range []bool{false, true} {
				out, err := w.Remove(ctx, Removal{Person: who.ID, Save: save})
				if err != nil {
					t.Fatal(err)
				}
				if out.Pages != len(all)-len(c.stay) {
					t.Errorf("save %v: %d pages go, want %d", save, out.Pages, len(all)-len(c.stay))
				}
				for _, page := range all {
					listed := slices.ContainsFunc(out.Left, func(l string) bool { return strings.Contains(l, page) })
					if want := slices.Contains(c.asked, page); listed != want {
						t.Errorf("save %v: the page %s is listed: %v, want %v: %q", save, page, listed, want, out.Left)
					}
					if gone := slices.ContainsFunc(out.Whole, func(l string) bool { return strings.Contains(l, page) }); !save && gone == slices.Contains(c.stay, page) {
						t.Errorf("the list before says of the page %s that it goes: %v", page, gone)
					}
				}
			}
			if got := w.pages(); !slices.Equal(got, c.stay) {
				t.Errorf("left are the pages %v, want %v", got, c.stay)
			}
			x, err := w.Recheck(ctx, Recheck{})
			if err != nil || len(x.Problems) > 0 {
				t.Errorf("recheck: %v %+v", err, x.Problems)
			}
		})
	}
}

// TestContradictedAnswersLeaveNoPageUnsaid takes out a person whom answers join
// with two who are said to be different: what does not go is listed.
func TestContradictedAnswersLeaveNoPageUnsaid(t *testing.T) {
	w := newJoinedStudy(t)
	defer w.Close()
	w.link("ada", ferry, mill, recount.Same)
	w.link("ada", mill, fair, recount.Same)
	w.link("ada", ferry, fair, recount.Different)
	out, err := w.Remove(context.Background(), Removal{Person: w.whole().ID, Save: true})
	if err != nil {
		t.Fatal(err)
	}
	left := w.pages()
	for _, page := range []string{mill, fair} {
		listed := slices.ContainsFunc(out.Left, func(l string) bool { return strings.Contains(l, page) })
		if there := slices.Contains(left, page); there != listed {
			t.Errorf("the page %s is there: %v, and is listed: %v", page, there, listed)
		}
	}
}

// TestWhoIsJoinedIsKeptSafe gives a speaker who does not count a tier: it is that
// of the person, and what leaves is searched for the names of both.
func TestWhoIsJoinedIsKeptSafe(t *testing.T) {
	for _, c := range []struct {
		name  string
		do    func(w *joinedStudy)
		tier  recount.Tier
		names []string // that publish must not print
	}{
		{"nobody is joined", func(w *joinedStudy) {}, recount.Press, nil},
		{"unanswered and named", func(w *joinedStudy) { w.link("ada", ferry, mill, recount.Same) }, recount.Press, nil},
		{"protected", func(w *joinedStudy) {
			w.say(By{}, recount.TierBody{Speaker: w.ref(mill), Tier: recount.Protected})
			w.link("ada", ferry, mill, recount.Same)
		}, recount.Protected, []string{"Anna Lindt", "Clara Mohn"}},
		{"out of scope and withdrawn", func(w *joinedStudy) {
			w.scope(mill, recount.No)
			w.say(By{}, recount.TierBody{Speaker: w.ref(mill), Tier: recount.Withdrawn})
			w.link("ada", ferry, mill, recount.Same)
		}, recount.Withdrawn, []string{"Anna Lindt", "Clara Mohn"}},
		{"protected further on", func(w *joinedStudy) {
			w.link("ada", ferry, mill, recount.Same)
			w.link("ada", mill, fair, recount.Same)
			w.say(By{}, recount.TierBody{Speaker: w.ref(fair), Tier: recount.Protected})
		}, recount.Protected, []string{"Anna Lindt", "Clara Mohn", "Dora Senn"}},
		{"perhaps one who withdrew", func(w *joinedStudy) {
			w.say(By{}, recount.TierBody{Speaker: w.ref(mill), Tier: recount.Withdrawn})
			w.link("ada", ferry, mill, recount.Same)
			w.link("ben", ferry, mill, recount.Different)
		}, recount.Protected, []string{"Anna Lindt", "Clara Mohn"}},
		{"different from one who withdrew", func(w *joinedStudy) {
			w.say(By{}, recount.TierBody{Speaker: w.ref(mill), Tier: recount.Withdrawn})
			w.link("ada", ferry, mill, recount.Different)
		}, recount.Press, []string{"Clara Mohn"}},
		{"another who does not count is protected", func(w *joinedStudy) {
			w.say(By{}, recount.TierBody{Speaker: w.ref(mill), Tier: recount.Protected})
		}, recount.Press, []string{"Clara Mohn"}},
		{"another out of scope is protected", func(w *joinedStudy) {
			w.scope(mill, recount.No)
			w.say(By{}, recount.TierBody{Speaker: w.ref(mill), Tier: recount.Protected})
		}, recount.Press, []string{"Clara Mohn"}},
		{"another was protected and counts no more", func(w *joinedStudy) {
			w.scope(mill, recount.Yes)
			w.say(By{}, recount.TierBody{Speaker: w.ref(mill), Tier: recount.Protected})
			w.scope(mill, recount.No)
		}, recount.Press, []string{"Clara Mohn"}},
		{"another whose answer was taken back is protected", func(w *joinedStudy) {
			w.scope(mill, recount.Yes)
			w.say(By{}, recount.TierBody{Speaker: w.ref(mill), Tier: recount.Protected})
			book, err := w.Casebook(context.Background())
			if err != nil {
				w.t.Fatal(err)
			}
			for _, d := range book.Holding(recount.KindScope) {
				if d.Answer.(recount.ScopeBody).Speaker.Name == "Clara Mohn" {
					if _, err := w.Retract(context.Background(), []string{d.ID}, "a mistake"); err != nil {
						w.t.Fatal(err)
					}
				}
			}
		}, recount.Press, []string{"Clara Mohn"}},
		{"another who does not count withdrew", func(w *joinedStudy) {
			w.say(By{}, recount.TierBody{Speaker: w.ref(mill), Tier: recount.Withdrawn})
		}, recount.Press, []string{"Clara Mohn"}},
		{"another who does not count spoke under threat", func(w *joinedStudy) {
			at := w.ref(mill).At
			w.say(By{}, recount.SpokenBody{Speaker: w.ref(mill), Circumstance: recount.Threat, Answer: recount.Yes, Evidence: &at})
		}, recount.Press, []string{"Clara Mohn"}},
		{"another who does not count speaks under another name", func(w *joinedStudy) {
			ref := w.ref(mill)
			ref.Kind = recount.Pseudonym
			w.say(By{}, recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref})
		}, recount.Press, []string{"Clara Mohn"}},
		{"two others who are one, of whom one is protected", func(w *joinedStudy) {
			w.link("ada", mill, fair, recount.Same)
			w.say(By{}, recount.TierBody{Speaker: w.ref(fair), Tier: recount.Protected})
		}, recount.Press, []string{"Clara Mohn", "Dora Senn"}},
		{"another who does not count is open", func(w *joinedStudy) {
			w.say(By{}, recount.TierBody{Speaker: w.ref(mill), Tier: recount.Open})
		}, recount.Press, nil},
		{"in custody", func(w *joinedStudy) {
			at := w.ref(mill).At
			w.say(By{}, recount.SpokenBody{Speaker: w.ref(mill), Circumstance: recount.Custody, Answer: recount.Yes, Evidence: &at})
			w.link("ada", ferry, mill, recount.Same)
		}, recount.Protected, []string{"Anna Lindt", "Clara Mohn"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx := context.Background()
			w := newJoinedStudy(t)
			defer w.Close()
			c.do(w)
			who := w.whole()
			if got := who.Tier(); got != c.tier {
				t.Errorf("the tier is %s, want %s", got, c.tier)
			}
			if err := os.WriteFile(filepath.Join(w.Dir, reportFile), []byte("---\nresults:\n  people:\n    count: all\n---\n\n{{people}} spoke.\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			e, err := w.newEdition(ctx, false)
			if err != nil {
				t.Fatal(err)
			}
			secrets, err := e.secrets(ctx)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, x := range secrets {
				if x.Name && !slices.Contains(names, x.Words) {
					names = append(names, x.Words)
				}
			}
			slices.Sort(names)
			if !slices.Equal(names, c.names) {
				t.Errorf("publish looks for %q, want %q", names, c.names)
			}
			// The page of the person in the report says the same.
			book, err := w.Casebook(ctx)
			if err != nil {
				t.Fatal(err)
			}
			m, _, err := w.material(ctx, book)
			if err != nil {
				t.Fatal(err)
			}
			if got := m.Safe[who.ID]; got.Tier != c.tier || got.Held != who.Held() {
				t.Errorf("the report says %+v, want %s, held %v", got, c.tier, who.Held())
			}
			// A team's disclosure looks for all names of everybody.
			shown, err := w.secrets(ctx, e.people)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range who.Everywhere() {
				if c.tier != recount.Withdrawn && !slices.ContainsFunc(shown, func(x release.Secret) bool { return x.Words == m.Speaker.Name }) {
					t.Errorf("disclosure does not look for %q", m.Speaker.Name)
				}
			}
			x, err := w.subject(ctx, who.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range who.Members {
				if !x.keys[m.Key] {
					t.Errorf("the vault does not know that %s is the person", m.Speaker.Name)
				}
			}
			if x.name != "Anna Lindt" {
				t.Errorf("the vault calls the person %q", x.name)
			}
		})
	}
}

// TestTheLadderOfAVariable: values that are days or months are shown by quarters
// and years, numbers in bands; what is neither has no ladder of its own.
func TestTheLadderOfAVariable(t *testing.T) {
	for _, tt := range []struct {
		values string
		want   string // level value, of the first value
	}{
		{"2014-05 2014-06 unknown", "quarter 2014-Q2, half 2014-H1, year 2014"},
		{"2014-05-14 2014-06", "month 2014-05, quarter 2014-Q2, half 2014-H1, year 2014"},
		{"2014 2015", ""}, {"Orlund Veldmark", ""}, {"19 27", ""}, {"unknown", ""},
	} {
		values := strings.Fields(tt.values)
		var got []string
		for _, l := range periods(values) {
			got = append(got, l.Name+" "+l.Of[values[0]])
			if w, ok := l.Of["unknown"]; ok {
				t.Errorf("unknown is %s by %s", w, l.Name)
			}
		}
		if s := strings.Join(got, ", "); s != tt.want {
			t.Errorf("%s: %q; want %q", tt.values, s, tt.want)
		}
	}
}

// TestOthersStayOne takes out a person on whose pages others speak whom answers
// about these pages join: they are one person still, and as well protected.
func TestOthersStayOne(t *testing.T) {
	ctx := context.Background()
	counted := func(w *joinedStudy) (n int) {
		r, _, err := w.Count(ctx, Query{})
		if err != nil {
			t.Fatal(err)
		}
		return r.N
	}
	for _, c := range []struct {
		name          string
		do            func(w *joinedStudy)
		before, after int
	}{
		{"nobody is joined", func(w *joinedStudy) {}, 4, 2},
		{"over the page that goes", func(w *joinedStudy) {
			w.link("ada", mill, "Berta Kroll", recount.Same)
			w.link("ben", "Berta Kroll", fair, recount.Same)
		}, 2, 1},
		{"and by themselves", func(w *joinedStudy) {
			w.link("ada", mill, "Berta Kroll", recount.Same)
			w.link("ben", "Berta Kroll", fair, recount.Same)
			w.link("ben", mill, fair, recount.Same)
		}, 2, 1},
		{"to one page alone", func(w *joinedStudy) { w.link("ada", mill, "Berta Kroll", recount.Same) }, 3, 2},
		{"and different from another", func(w *joinedStudy) {
			w.link("ada", mill, "Berta Kroll", recount.Same)
			w.link("ada", "Berta Kroll", fair, recount.Different)
		}, 3, 2},
		{"and protected there", func(w *joinedStudy) {
			w.say(By{}, recount.TierBody{Speaker: w.ref("Berta Kroll"), Tier: recount.Protected})
			w.link("ada", mill, "Berta Kroll", recount.Same)
		}, 3, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := &joinedStudy{studyRead(t, []printed{
				{"coast.example/ferry", "The Coast Post", "ferry", []string{"Anna Lindt", "Berta Kroll"}, nil},
				{"north.example/mill", "The North Mail", "mill", []string{"Clara Mohn"}, nil},
				{"south.example/fair", "The South Herald", "fair", []string{"Dora Senn"}, nil},
			}), t}
			defer w.Close()
			for _, who := range []string{"Anna Lindt", "Berta Kroll", mill, fair} {
				w.scope(who, recount.Yes)
			}
			c.do(w)
			if got := counted(w); got != c.before {
				t.Fatalf("%d count before, want %d", got, c.before)
			}
			tier := func() (t recount.Tier) {
				people, err := w.Shown(ctx, "")
				if err != nil {
					w.t.Fatal(err)
				}
				for _, p := range people {
					if slices.ContainsFunc(p.Members, func(m recount.Member) bool { return m.Speaker.Name == "Clara Mohn" }) {
						t = p.Tier()
					}
				}
				return t
			}
			was := tier()
			out, err := w.Remove(ctx, Removal{Person: w.whole().ID})
			if err != nil || out.Before != c.before || out.After != c.after {
				t.Errorf("said: %d, and %d after it (%v); want %d and %d", out.Before, out.After, err, c.before, c.after)
			}
			if _, err = w.Remove(ctx, Removal{Person: w.whole().ID, Save: true}); err != nil {
				t.Fatal(err)
			}
			if got := counted(w); got != c.after {
				t.Errorf("%d count after it, want %d", got, c.after)
			}
			if now := tier(); now != was {
				t.Errorf("the tier was %s and is %s", was, now)
			}
			if x, err := w.Recheck(ctx, Recheck{}); err != nil || len(x.Problems) > 0 {
				t.Errorf("recheck: %v %+v", err, x.Problems)
			}
		})
	}
}
