package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/casebook"
)

// A peopleScore is how well what the program suggests about people fits the
// truth of a study, with nothing answered: hits of so many.
type peopleScore struct {
	Across, AcrossFive [2]int // pairs of one person on two pages: above a half, among the first five
	Unread             int    // of those pairs, a side that was not read as a speaker at all
	Wrong              [2]int // pairs that must stay apart, above a half
	InsideOne          int    // pairs of statements of one person on one page: one speaker already
	InsideSuggested    int    // or suggested
	Inside             int
	Split              [2]int // read speakers that are one person: joined by suggestions
	missed, wrong      []string
}

// A readPerson is a person of the truth on one page, with the speakers that
// were read for him or her.
type readPerson struct {
	page   *workPage
	who    string
	read   []int
	keys   []recount.Key
	person bool // a human being, by the kind that the page shows
}

// readPeople finds the people of the truth among the speakers that were read.
func (w *analyst) readPeople() (map[[2]string]*readPerson, error) {
	out := map[[2]string]*readPerson{}
	for i := range w.truth.Pages {
		p := w.pages[w.truth.Pages[i].ID]
		r, err := w.book.Reading(w.ctx, p.Key)
		if err != nil {
			return nil, err
		}
		ofQuote, _ := p.match(r)
		read := p.recognize(r, ofQuote)
		for _, s := range p.Speakers {
			x := &readPerson{page: p, who: s.Person, read: read[s.Person], person: recount.SpeakerKind(s.Kind).Person()}
			for _, i := range x.read {
				x.keys = append(x.keys, r.Speakers[i].Key())
			}
			out[[2]string{p.ID, s.Person}] = x
		}
	}
	return out, nil
}

// scorePeople compares the suggestions with the truth.
func (w *analyst) scorePeople() (*peopleScore, error) {
	people, err := w.readPeople()
	if err != nil {
		return nil, err
	}
	pairs, err := w.book.Pairs(w.ctx, true)
	if err != nil {
		return nil, err
	}
	s := &peopleScore{}
	of := map[recount.Key]*readPerson{}
	for _, x := range people {
		for _, k := range x.keys {
			of[k] = x
		}
	}
	// Suggestions by their two speakers, and those of each speaker in order.
	best := map[[2]recount.Key]*casebook.Pair{}
	from := map[recount.Key][]*casebook.Pair{}
	for i := range pairs {
		p := &pairs[i]
		best[between(p.Suggestion.A, p.Suggestion.B)] = p
		from[p.Suggestion.A] = append(from[p.Suggestion.A], p)
		from[p.Suggestion.B] = append(from[p.Suggestion.B], p)
	}
	of2 := func(a, b *readPerson) (top *casebook.Pair) {
		for _, x := range a.keys {
			for _, y := range b.keys {
				if p := best[between(x, y)]; p != nil && (top == nil || p.Probability > top.Probability) {
					top = p
				}
			}
		}
		return top
	}
	// five reports whether b is among the first five of a who are not a.
	five := func(a, b *readPerson) bool {
		for _, k := range a.keys {
			others := 0
			for _, p := range from[k] {
				o := p.Suggestion.A
				if o == k {
					o = p.Suggestion.B
				}
				x := of[o]
				if x == b {
					return true
				}
				if x == nil || x.who != a.who {
					if others++; others == 5 {
						break
					}
				}
			}
		}
		return false
	}
	for _, l := range w.truth.Same {
		a, b := people[l.A], people[l.B]
		if l.A[0] == l.B[0] || a != nil && !a.person || b != nil && !b.person {
			continue
		}
		s.Across[1]++
		s.AcrossFive[1]++
		name := l.A[0] + "-" + l.B[0] + " " + l.A[1]
		if a == nil || b == nil || len(a.keys) == 0 || len(b.keys) == 0 {
			s.Unread++
			s.missed = append(s.missed, name+" unread")
			continue
		}
		p := of2(a, b)
		if five(a, b) || five(b, a) {
			s.AcrossFive[0]++
		}
		if p != nil && p.Probability >= 500 {
			s.Across[0]++
		} else if p != nil {
			s.missed = append(s.missed, fmt.Sprintf("%s %d: %s", name, p.Probability, barsOf(p)))
		} else {
			s.missed = append(s.missed, name)
		}
	}
	for _, l := range w.truth.Different {
		a, b := people[l.A], people[l.B]
		if a == nil || b == nil {
			continue
		}
		s.Wrong[1]++
		if p := of2(a, b); p != nil && p.Probability >= 500 {
			s.Wrong[0]++
			s.wrong = append(s.wrong, fmt.Sprintf("%v %v %d: %s", l.A, l.B, p.Probability, barsOf(p)))
		}
	}
	w.scoreInside(s, people, best)
	slices.Sort(s.missed)
	return s, nil
}

// scoreInside looks at the pairs inside one page.
func (w *analyst) scoreInside(s *peopleScore, people map[[2]string]*readPerson, best map[[2]recount.Key]*casebook.Pair) {
	for i := range w.truth.Pages {
		p := w.pages[w.truth.Pages[i].ID]
		r, err := w.book.Reading(w.ctx, p.Key)
		if err != nil {
			continue
		}
		ofQuote, _ := p.match(r)
		byID := map[string]*recount.Speaker{}
		for j := range r.Speakers {
			byID[r.Speakers[j].ID] = &r.Speakers[j]
		}
		by := map[string][]recount.Key{} // person -> speaker of each statement
		for qi := range p.Said {
			si, ok := ofQuote[qi]
			if x := people[[2]string{p.ID, p.Said[qi].Speaker}]; !ok || x == nil || !x.person {
				continue
			}
			if sp := byID[r.Statements[si].Speaker]; sp != nil {
				by[p.Said[qi].Speaker] = append(by[p.Said[qi].Speaker], sp.Key())
			}
		}
		for who, keys := range by {
			for a := range keys {
				for b := range a {
					s.Inside++
					if keys[a] == keys[b] {
						s.InsideOne++
					} else if q := best[between(keys[a], keys[b])]; q != nil && q.Probability >= 500 {
						s.InsideSuggested++
					}
				}
			}
			keys = slices.Compact(slices.Sorted(slices.Values(keys)))
			for a := range keys {
				for b := range a {
					s.Split[1]++
					if q := best[between(keys[a], keys[b])]; q != nil && q.Probability >= 500 {
						s.Split[0]++
					} else {
						var names []string
						for _, k := range []recount.Key{keys[a], keys[b]} {
							for j := range r.Speakers {
								if r.Speakers[j].Key() == k {
									names = append(names, r.Speakers[j].Name)
								}
							}
						}
						s.missed = append(s.missed, "inside "+p.ID+" "+who+": "+strings.Join(names, " | "))
					}
				}
			}
		}
	}
}

func barsOf(p *casebook.Pair) string {
	var out []string
	for _, b := range p.Bars {
		out = append(out, fmt.Sprintf("%s %d", b.Field, b.Bits))
	}
	return p.A.Name + " / " + p.B.Name + ": " + strings.Join(out, ", ")
}

func (s *peopleScore) String() string {
	var b strings.Builder
	row := func(what string, x [2]int, bar string) {
		fmt.Fprintf(&b, "%-66s %4d of %4d  %5.1f%%  %s\n", what, x[0], x[1], 100*float64(x[0])/float64(max(1, x[1])), bar)
	}
	row("one person on two pages, suggested above a half", s.Across, "bar 80%")
	row("one person on two pages, among the first five", s.AcrossFive, "bar 95%")
	row("  not read as a speaker on one of the two", [2]int{s.Unread, s.Across[1]}, "")
	row("two people, suggested above a half", s.Wrong, "bar 0")
	row("statements of one person on one page: one speaker or suggested", [2]int{s.InsideOne + s.InsideSuggested, s.Inside}, "bar 90%")
	row("  one speaker already", [2]int{s.InsideOne, s.Inside}, "")
	row("read as two on one page: suggested", s.Split, "")
	return b.String()
}

// TestPeople measures what is suggested about people on the example and on
// the studies beside the checkout, with nothing answered.
func TestPeople(t *testing.T) {
	for _, tt := range []struct{ name, files string }{{"order", "../order"}, {"mill", "testdata/mill"}} {
		t.Run(tt.name, func(t *testing.T) {
			w, err := begin(context.Background(), sharedStudy(t, tt.name, tt.files), filepath.Join(t.TempDir(), "study"), "the-"+tt.name)
			if err != nil {
				t.Fatal(err)
			}
			defer w.study.Close()
			if err := w.open(); err != nil {
				t.Fatal(err)
			}
			s, err := w.scorePeople()
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("\n%s", s)
			if testing.Verbose() {
				t.Logf("missed:\n%s\nwrong:\n%s", strings.Join(s.missed, "\n"), strings.Join(s.wrong, "\n"))
			}
		})
	}
}

var _ = cmp.Compare[int]
