package casebook_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/casebook"
)

// weighing is a study of 24 pages on which the same three people speak, by their
// names. Of two pages Ana and Bo are suggested by all of their names, Cyra by her
// last name alone. 180 pairs of the first two are answered the same, and answer
// says of 30 pairs of the third that they are two.
type weighing struct {
	*made
	pairs [3][][2]int // pages
}

func newWeighing(t *testing.T) *weighing {
	t.Helper()
	m := &weighing{made: newStudy(t, 24, 3)}
	var all []recount.Suggestion
	for k, bars := range [3][]recount.Bar{
		{{Field: "prior", Bits: -900}, {Field: "name", Bits: 1300, A: "Ana Berg", B: "Ana Berg"}},
		{{Field: "prior", Bits: -900}, {Field: "name", Bits: 1300, A: "Bo Dahl", B: "Bo Dahl"}},
		{{Field: "prior", Bits: -900}, {Field: "surname", Bits: 950, A: "Cyra Eng", B: "Eng"}},
	} {
		for i := range m.articles {
			for j := range i {
				if i%4 == 3 || j%4 == 3 { // reprints
					continue
				}
				a, b := m.key(i, k), m.key(j, k)
				s := recount.Suggestion{A: min(a, b), B: max(a, b), Weight: 400, Probability: 941, Bars: bars}
				if k == 2 {
					s.Weight, s.Probability = 50, 586
				}
				all = append(all, s)
				m.pairs[k] = append(m.pairs[k], [2]int{i, j})
			}
		}
	}
	if err := m.store.ReplaceSuggestions(context.Background(), all); err != nil {
		t.Fatal(err)
	}
	return m
}

func (m *weighing) key(page, speaker int) recount.Key {
	return m.readings[m.articles[page].Key].Speakers[speaker].Key()
}

// answer answers n pairs of a speaker.
func (m *weighing) answer(c *casebook.Casebook, speaker, n int, with recount.Sameness) {
	m.t.Helper()
	var ds []recount.Decision
	for _, p := range m.pairs[speaker][:n] {
		ds = append(ds, m.seal("ada", recount.LinkBody{A: m.ref(p[0], speaker, false), B: m.ref(p[1], speaker, false), Answer: with}))
	}
	if err := c.Save(context.Background(), ds...); err != nil {
		m.t.Fatal(err)
	}
}

// shown lists the probabilities of pairs that are still a question.
func shown(t *testing.T, c *casebook.View) (out []recount.Milli) {
	t.Helper()
	pairs, err := c.Pairs(context.Background(), false)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pairs {
		if p.Asked() {
			out = append(out, p.Probability)
		}
	}
	return out
}

func TestWeights(t *testing.T) {
	ctx := context.Background()
	m := newWeighing(t)
	c := m.open()
	m.answer(c, 0, 150, recount.Same)
	m.answer(c, 1, 49, recount.Same)

	// Too few answers, or too few of the one kind, move nothing.
	if _, err := c.Estimate(ctx); !errors.Is(err, recount.ErrInvalid) || !strings.Contains(err.Error(), "199 same and 0 different") {
		t.Fatalf("Estimate of 199 answers: %v", err)
	}
	m.answer(c, 2, 19, recount.Different)
	if _, err := c.Estimate(ctx); !errors.Is(err, recount.ErrInvalid) || !strings.Contains(err.Error(), "199 same and 19 different") {
		t.Fatalf("Estimate of 19 different: %v", err)
	}
	m.answer(c, 2, 30, recount.Different)

	// A preview changes nothing, and says what would.
	before := dump(t, c)
	e, err := c.Estimate(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if e.Same != 199 || e.Different != 30 || len(e.Rise) != 0 || len(e.Fall) != len(m.pairs[2])-30 {
		t.Fatalf("%d same, %d different, %d rise, %d fall; want 199, 30, 0, %d", e.Same, e.Different, len(e.Rise), len(e.Fall), len(m.pairs[2])-30)
	}
	for _, p := range e.Fall {
		if p.Now != 586 || p.Then >= 500 || p.Then != e.Fall[0].Then {
			t.Errorf("%s and %s: %d to %d", p.A.Name, p.B.Name, p.Now, p.Then)
		}
	}
	if got := dump(t, c); got != before || c.Weighed() != "" {
		t.Errorf("the preview changed the study")
	}
	was := shown(t, c.View)
	likely := func(ps []recount.Milli) (n int) {
		for _, p := range ps {
			if p >= 500 {
				n++
			}
		}
		return n
	}

	// A decision takes the weights, in the casebook, in one opened anew, and in a
	// snapshot that was asked for before.
	c.Snapshot()
	d := m.seal("ada", e.Body())
	if err := c.Save(ctx, d); err != nil {
		t.Fatal(err)
	}
	now := shown(t, c.View)
	if c.Weighed() != d.ID || likely(was)-likely(now) != len(e.Fall) || likely(now) == 0 || len(now) != len(was) {
		t.Errorf("%d likely pairs became %d, want %d fewer", likely(was), likely(now), len(e.Fall))
	}
	if !slices.IsSortedFunc(now, func(a, b recount.Milli) int { return int(b - a) }) {
		t.Errorf("the heaviest is not first: %v", now)
	}
	if s := shown(t, c.Snapshot()); !slices.Equal(s, now) {
		t.Errorf("a snapshot shows other weights")
	}
	if again := m.open(); dump(t, again) != dump(t, c) || !slices.Equal(shown(t, again.View), now) {
		t.Errorf("opened anew, the study shows other weights")
	}

	// One answer more moves no weight.
	m.answer(c, 2, 31, recount.Different)
	after := shown(t, c.View)
	if len(after) != len(now)-1 || after[len(after)-1] != now[len(now)-1] || after[0] != now[0] {
		t.Errorf("one answer more changed others")
	}

	// Who differs takes them out of use until somebody settles it; who takes them
	// back brings back those that ship.
	other := e.Body()
	other.Levels = slices.Clone(other.Levels)
	other.Levels[0].Bits--
	ben := m.seal("ben", other)
	if err := c.Save(ctx, ben); err != nil {
		t.Fatal(err)
	}
	if c.Weighed() != "" || likely(shown(t, c.View)) != likely(was)-1 {
		t.Errorf("two people differ, and the weights of one hold")
	}
	if !slices.ContainsFunc(c.Findings(), func(f recount.Finding) bool { return slices.Contains(f.Decisions, ben.ID) }) {
		t.Errorf("nothing says that people differ on weights")
	}
	take := func(d recount.Decision) {
		t.Helper()
		m.salt++
		r, err := m.sealed(recount.Draft{Kind: recount.KindRetract, Actor: d.Actor, Base: []string{d.ID}, Replaces: []string{d.ID}, Body: recount.RetractBody{}})
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Save(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
	take(ben)
	if c.Weighed() != d.ID {
		t.Errorf("nobody differs any more, and the weights do not hold")
	}
	take(d)
	if c.Weighed() != "" || likely(shown(t, c.View)) != likely(was)-1 {
		t.Errorf("the weights were taken back, and hold")
	}
}

// Weights that come in from others and cannot be meant weigh nothing, and are
// listed; nobody saves such.
func TestWeightsThatCannotBeMeant(t *testing.T) {
	ctx := context.Background()
	m := newWeighing(t)
	c := m.open()
	was := shown(t, c.View)
	for _, levels := range [][]recount.LevelWeight{
		{{Level: "shoe size", Bits: 1}},
		{{Level: "country", Bits: -300}},
		{{Level: "name: last part alone", Bits: 1900}},
	} {
		body := recount.WeightsBody{Levels: levels, Same: 1, Different: 1}
		if _, err := c.Decide(ctx, casebook.By{Actor: "ada"}, m.sealed, casebook.Draft{Answer: body}); err == nil {
			t.Errorf("%v are taken", levels)
		}
		d := m.seal("ben", body)
		if err := c.Save(ctx, d); err != nil {
			t.Fatal(err)
		}
		if c.Weighed() != "" || !slices.Equal(shown(t, c.View), was) {
			t.Errorf("%v hold", levels)
		}
		if !slices.ContainsFunc(c.Findings(), func(f recount.Finding) bool { return slices.Equal(f.Decisions, []string{d.ID}) && f.What == "unknown" }) {
			t.Errorf("nothing is said of %v: %v", levels, c.Findings())
		}
		r, err := m.sealed(recount.Draft{Kind: recount.KindRetract, Actor: "ben", Base: []string{d.ID}, Replaces: []string{d.ID}, Body: recount.RetractBody{}})
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Save(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
}
