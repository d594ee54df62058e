package main

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
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
	InsideRight        [2]int // suggested inside a page, but for pairs that the truth keeps apart
	Split              [2]int // read speakers that are one person: joined by suggestions
	Values             [2]int // of people who count: proposed and right, of those the truth lists
	Proposed           [2]int // right, of those proposed
	Lost, Away         [2]int // people who count, and others: sorted away from "may be a case"
	Yes, No, Groups    int    // answers who counts: one by one, and classes in one go
	Taught             [2]int // sorted away by what was answered: people who count, others
	Joined, Mixed      int    // groups of suggestions about people who count: of one person, of several
	Typed              int    // links that nothing suggests
	Counted            int    // people who count
	fields             map[string]*[4]int
	missed, wrong      []string
	values             []string
}

// A readPerson is a person of the truth on one page, with the speakers that
// were read for him or her.
type readPerson struct {
	page   *workPage
	who    string
	read   []int
	keys   []recount.Key
	names  []string
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
				x.names = append(x.names, r.Speakers[i].Name+" "+string(r.Speakers[i].Kind))
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
	for i := range pairs {
		p := &pairs[i]
		best[between(p.Suggestion.A, p.Suggestion.B)] = p
	}
	var read []recount.Key
	for _, x := range people {
		read = append(read, x.keys...)
	}
	near, err := w.study.Near(w.ctx, w.book, 50, read...)
	if err != nil {
		return nil, err
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
			for _, p := range near[k] {
				o := p.A
				if o == k {
					o = p.B
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
			s.missed = append(s.missed, fmt.Sprintf("%s: %v / %v", name, a.names, b.names))
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
	if err := w.scoreValues(s, people); err != nil {
		return nil, err
	}
	if err := w.scoreTriage(s, people); err != nil {
		return nil, err
	}
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
			if sp := byID[r.Statements[si].Speaker]; sp != nil && slices.Contains(people[[2]string{p.ID, p.Said[qi].Speaker}].keys, sp.Key()) {
				by[p.Said[qi].Speaker] = append(by[p.Said[qi].Speaker], sp.Key())
			}
		}
		// what the suggestions above a half join on this page
		joined := map[recount.Key]recount.Key{}
		find := func(k recount.Key) recount.Key {
			for joined[k] != "" {
				k = joined[k]
			}
			return k
		}
		owner := map[recount.Key]string{}
		for _, sp := range p.Speakers {
			if x := people[[2]string{p.ID, sp.Person}]; x != nil {
				for _, k := range x.keys {
					owner[k] = sp.Person
				}
			}
		}
		for x := range r.Speakers {
			for y := range x {
				a, b := r.Speakers[x].Key(), r.Speakers[y].Key()
				if q := best[between(a, b)]; q != nil && q.Probability >= 500 {
					s.InsideRight[1]++
					if owner[a] != "" && owner[b] != "" && owner[a] != owner[b] {
						s.wrong = append(s.wrong, "inside "+p.ID+" "+barsOf(q))
					} else {
						s.InsideRight[0]++
					}
					if a, b := find(a), find(b); a != b {
						joined[a] = b
					}
				}
			}
		}
		for who, keys := range by {
			for a := range keys {
				for b := range a {
					s.Inside++
					if keys[a] == keys[b] {
						s.InsideOne++
					} else if find(keys[a]) == find(keys[b]) {
						s.InsideSuggested++
					}
				}
			}
			keys = slices.Compact(slices.Sorted(slices.Values(keys)))
			for a := range keys {
				for b := range a {
					s.Split[1]++
					if find(keys[a]) == find(keys[b]) {
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

// scoreValues compares the values that the articles state of people who count
// with those that the truth lists.
func (w *analyst) scoreValues(s *peopleScore, people map[[2]string]*readPerson) error {
	found, err := w.study.Proposals(w.ctx, casebook.Filter{All: true})
	if err != nil {
		return err
	}
	by := map[recount.Key][]study.Proposal{}
	for _, p := range found {
		by[p.Voice.ID] = append(by[p.Voice.ID], p)
	}
	s.fields = map[string]*[4]int{}
	field := func(v string) *[4]int {
		if s.fields[v] == nil {
			s.fields[v] = &[4]int{}
		}
		return s.fields[v]
	}
	for i := range w.truth.Pages {
		page := w.truth.Pages[i].ID
		for _, sp := range w.truth.Pages[i].Speakers {
			who, x := w.truth.person(sp.Person), people[[2]string{page, sp.Person}]
			if !who.Counts || x == nil {
				continue
			}
			var facts []fact
			for _, f := range who.Facts {
				// what follows from the context alone is in no sentence
				if f.Page == page && slices.Contains(w.values, f.Variable) && !(f.Variable == "country" && f.Words == "") {
					facts = append(facts, f)
				}
			}
			var ps []study.Proposal
			for _, k := range x.keys {
				ps = append(ps, by[k]...)
			}
			for _, f := range facts {
				s.Values[1]++
				field(f.Variable)[1]++
				if slices.ContainsFunc(ps, func(p study.Proposal) bool { return p.Variable == f.Variable && sameValue(p.Value, f.Value) }) {
					s.Values[0]++
					field(f.Variable)[0]++
				} else {
					s.values = append(s.values, fmt.Sprintf("missed %s %s %s=%s (%s) read:%d", page, sp.Person, f.Variable, f.Value, f.Words, len(x.keys)))
				}
			}
			for _, p := range ps {
				s.Proposed[1]++
				field(p.Variable)[3]++
				right := slices.ContainsFunc(who.Facts, func(f fact) bool { return f.Variable == p.Variable && sameValue(p.Value, f.Value) })
				if right {
					s.Proposed[0]++
					field(p.Variable)[2]++
				} else {
					s.values = append(s.values, fmt.Sprintf("wrong %s %s %s=%s %d: %s", page, sp.Person, p.Variable, p.Value, p.Probability, p.Sentence))
				}
			}
		}
	}
	return nil
}

// scoreTriage counts who is sorted away from those who may be a case.
func (w *analyst) scoreTriage(s *peopleScore, people map[[2]string]*readPerson) error {
	var voices []*casebook.Voice
	for v, err := range w.book.Voices(w.ctx, casebook.Filter{}) {
		if err != nil {
			return err
		}
		voices = append(voices, v)
	}
	sorted, err := w.study.Triage(w.ctx, voices)
	if err != nil {
		return err
	}
	of := map[recount.Key]*readPerson{}
	for _, x := range people {
		for _, k := range x.keys {
			of[k] = x
		}
	}
	if err := w.scoreWork(s, voices, of); err != nil {
		return err
	}
	for i, v := range voices {
		x := of[v.ID]
		away := sorted[i].Class != "may be a case"
		if x != nil && w.truth.person(x.who).Counts {
			s.Lost[1]++
			if away {
				s.Lost[0]++
				s.missed = append(s.missed, fmt.Sprintf("sorted away: %s %s %s: %s", x.page.ID, x.who, sorted[i].Class, sorted[i].Reason))
			}
			continue
		}
		s.Away[1]++
		if away {
			s.Away[0]++
		}
	}
	return nil
}

// scoreWork counts the answers that a person gives who goes down the list of those
// who may be a case and accepts whole groups: each class of those who do not count
// in one go, and what answers teach of others (study.Taught) in one go more. Who
// counts is answered once: the group of suggestions that is this person is joined
// in one go, what is missing is linked by hand, and whoever is the same as one who
// counts is asked no more (scope_follows.txtar).
func (w *analyst) scoreWork(s *peopleScore, voices []*casebook.Voice, of map[recount.Key]*readPerson) error {
	sorted, err := w.study.Triage(w.ctx, voices)
	if err != nil {
		return err
	}
	groups := map[string]bool{}
	counted := map[string]bool{}
	known := sorted[:0:0]
	var answers []recount.YesNo
	var on []recount.Key
	for i, v := range voices {
		x := of[v.ID]
		counts := x != nil && w.truth.person(x.who).Counts
		if counts {
			counted[x.who] = true
		}
		_, taught := study.Teach(known, on, answers)
		may, class := sorted[i].Class == "may be a case", string(taught(sorted[i], v.Page.Key).Class)
		switch {
		case class != "may be a case" && counts && may:
			s.Taught[0]++
			s.missed = append(s.missed, fmt.Sprintf("sorted away by what was answered: %s %s", x.page.ID, x.who))
			continue
		case class != "may be a case":
			if may {
				s.Taught[1]++
				class = "taught"
			}
			groups[class] = true
			continue // nobody is asked one by one
		case counts:
			known, on, answers = append(known, sorted[i]), append(on, v.Page.Key), append(answers, recount.Yes)
		default:
			s.No++
			s.missed = append(s.missed, fmt.Sprintf("asked in vain: %s %s %s %q: %s", v.Page.Name, v.Name, v.Kind, sorted[i].Words, sorted[i].Reason))
			known, on, answers = append(known, sorted[i]), append(on, v.Page.Key), append(answers, recount.No)
		}
	}
	s.Groups, s.Yes = len(groups), len(counted)
	pairs, err := w.book.Pairs(w.ctx, false)
	if err != nil {
		return err
	}
	parts := map[string]map[recount.Key]bool{} // of each person: speakers on folded pages
	for _, v := range voices {
		if x := of[v.ID]; x != nil && counted[x.who] {
			if parts[x.who] == nil {
				parts[x.who] = map[recount.Key]bool{}
			}
			parts[x.who][v.Key] = true
		}
	}
	for _, g := range casebook.Clusters(pairs, nil, 500) {
		who, pure := "", true
		for _, v := range g.Voices {
			switch x := of[v.ID]; {
			case x == nil || !counted[x.who] || who != "" && x.who != who:
				pure = false
			default:
				who = x.who
			}
		}
		if who == "" {
			continue // people who do not count are not asked
		}
		if !pure {
			s.Mixed++
			continue
		}
		s.Joined++
		for _, v := range g.Voices[1:] {
			delete(parts[who], v.Key)
		}
	}
	for _, left := range parts {
		s.Typed += max(0, len(left)-1)
	}
	s.Counted = len(counted)
	return nil
}

// sameValue reports whether two values are one, articles and capitals aside, or
// one says the other with more words.
func sameValue(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	for _, x := range []string{"the ", "a ", "an "} {
		a, b = strings.TrimPrefix(a, x), strings.TrimPrefix(b, x)
	}
	if a == b {
		return true
	}
	if len(a) < 4 || len(b) < 4 || a[0] >= '0' && a[0] <= '9' {
		return false
	}
	return strings.Contains(" "+a+" ", " "+b+" ") || strings.Contains(" "+b+" ", " "+a+" ") || strings.Contains(a, b) || strings.Contains(b, a)
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
	row("  suggested above a half, of those read on both", [2]int{s.Across[0], s.Across[1] - s.Unread}, "")
	row("two people, suggested above a half", s.Wrong, "bar 0")
	row("statements of one person on one page: one speaker or suggested", [2]int{s.InsideOne + s.InsideSuggested, s.Inside}, "bar 90%")
	row("  one speaker already", [2]int{s.InsideOne, s.Inside}, "")
	row("read as two on one page: suggested", s.Split, "")
	row("suggested inside a page: not two people of the truth", s.InsideRight, "")
	row("values that the truth lists of people who count: proposed", s.Values, "bar 70%")
	row("values proposed: right", s.Proposed, "bar 90%")
	row("people who count, sorted away from those who may be a case", s.Lost, "bar 2%")
	row("speakers who do not count, sorted away", s.Away, "")
	fmt.Fprintf(&b, "sorted away by what was answered before: %d who count, %d who do not\n", s.Taught[0], s.Taught[1])
	n := s.Yes + s.No + s.Groups + s.Joined + s.Typed
	fmt.Fprintf(&b, "answers for each of %d people who count: %.2f (yes %d, no %d, classes %d, groups joined %d, links typed %d; groups of several people %d)  bar 3\n",
		s.Counted, float64(n)/float64(max(1, s.Counted)), s.Yes, s.No, s.Groups, s.Joined, s.Typed, s.Mixed)
	for _, f := range slices.Sorted(maps.Keys(s.fields)) {
		x := s.fields[f]
		fmt.Fprintf(&b, "  %-20s %3d of %3d listed; %3d of %3d proposed right\n", f, x[0], x[1], x[2], x[3])
	}
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
				t.Logf("values:\n%s", strings.Join(s.values, "\n"))
			}
		})
	}
}
