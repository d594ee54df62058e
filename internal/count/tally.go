package count

import (
	"fmt"
	"slices"
	"strings"

	"recount"
)

// A Tally is one query kept up to date: groups are set one by one, and the
// number is always that of the groups which are set. One group that changes
// costs its own questions and those of no other. A Tally is for one goroutine
// at a time.
type Tally struct {
	q               Query
	b               *book
	only, where, of *filter
	dims            []dimension
	budget          int

	outcomes map[string]*outcome
	leeways  map[string]*leeway
	entries  map[recount.Key]*entry
	fixed    []*sum // the number; of a ratio its periods and both; of a table what a row has of groups that do not touch it
	rows     map[place]*sum
	keys     [2]map[string]*rowKey
	heavy    int // groups past what is counted out at once

	ordered []*entry   // open groups and those with notes and errors, in order; nil when stale
	cases   []accepted // all, by id; nil when stale
}

// An outcome is what the query makes of one case in one world. Two cases with
// the same outcome are of one class.
type outcome struct {
	of, where bool
	a, b      bool        // of a ratio: in the first period, in the second
	keys      [2][]string // rows it stands in, by dimension
}

func (o *outcome) counted() bool { return o.of && o.where }

// An accepted case.
type accepted struct {
	id      string
	outcome *outcome
}

// A place is one number of the result.
type place struct {
	kind      kind
	row, cell string
}

type kind byte

const (
	ofAll      kind = iota // the number of the result
	ofFirst                // of a ratio: the cases of the first period
	ofSecond               // those of the second
	ofBoth                 // the first of the second
	ofOtherRow             // what a row or cell has of a group that does not touch it
	ofRow
	ofCell
)

// A sum adds up the groups. That of a row or cell holds only what groups that
// touch it add to what they would if they did not.
type sum struct {
	place    place
	accepted pair // cases
	settled  pair // of them, those of groups without an open question
	leeways  map[*leeway]int
	refs     int // groups and cases that touch it
}

// A rowKey is a row that some case stands in.
type rowKey struct {
	accepted int
	seen     int // cases in any world
}

// An entry is what one group adds.
type entry struct {
	group *Group
	cases []accepted
	seen  []*outcome // of any world, if the group is open
	notes []note
	open  bool
	heavy bool
	fixed []*leeway // by Tally.fixed
	rows  []share   // of the rows that it touches; of a heavy group all
	order string    // of a heavy group: the rows it was counted out for
	err   error
	early bool // err came up while judging the accepted cases
}

// A share is what a group adds to one number.
type share struct {
	place
	*leeway
}

// NewTally compiles a query. The members and links of the problem are not
// looked at. Filters and tables that name what does not exist are refused with
// ErrInvalid and a hint that lists what does.
func NewTally(p *Problem, q Query) (*Tally, error) {
	t := &Tally{q: q, b: newBook(p), budget: p.Rules.NodeBudget, outcomes: map[string]*outcome{}, leeways: map[string]*leeway{},
		entries: map[recount.Key]*entry{}, rows: map[place]*sum{}}
	if t.budget <= 0 {
		t.budget = defaultBudget
	}
	for i := range t.keys {
		t.keys[i] = map[string]*rowKey{}
	}
	if err := t.compile(p.Where); err != nil {
		return nil, t.named(err)
	}
	kinds := []kind{ofAll}
	switch {
	case q.Versus != nil:
		kinds = append(kinds, ofFirst, ofSecond, ofBoth)
	case t.tabled():
		kinds = append(kinds, ofOtherRow)
	}
	for _, k := range kinds {
		t.fixed = append(t.fixed, newSum(place{kind: k}))
	}
	return t, nil
}

func newSum(p place) *sum { return &sum{place: p, leeways: map[*leeway]int{}} }

func (t *Tally) compile(only string) (err error) {
	for _, f := range []struct {
		source string
		to     **filter
	}{{only, &t.only}, {t.q.Where, &t.where}, {t.q.Of, &t.of}} {
		if *f.to, err = t.b.compile(f.source); err != nil {
			return err
		}
	}
	if t.dims, err = t.b.dimensions(t.q.By); err != nil {
		return err
	}
	if t.q.Versus != nil {
		return t.q.Versus.check()
	}
	return nil
}

// named says which result an error is about.
func (t *Tally) named(err error) error {
	if t.q.Name != "" {
		return fmt.Errorf("result %s: %w", t.q.Name, err)
	}
	return err
}

// tabled reports whether the result has rows.
func (t *Tally) tabled() bool { return t.q.Versus == nil && len(t.dims) > 0 }

// whole reports whether the number is a part of a whole.
func (t *Tally) whole() bool { return t.q.Share || t.of != nil }

// outcome is what the query makes of a case.
func (t *Tally) outcome(v *view) (*outcome, error) {
	env := t.b.environment(v)
	var o outcome
	var err error
	if o.of, err = t.only.pass(env); err != nil {
		return nil, err
	}
	if o.of {
		if o.of, err = t.of.pass(env); err != nil {
			return nil, err
		}
	}
	if o.where, err = t.where.pass(env); err != nil {
		return nil, err
	}
	if w := t.q.Versus; w != nil {
		o.a, o.b = within(v.first, w.AFrom, w.ATo), within(v.first, w.BFrom, w.BTo)
	}
	key := fmt.Sprint(o.of, o.where, o.a, o.b)
	for i, d := range t.dims {
		o.keys[i] = d.keys(v, t.b)
		key += "\x01" + strings.Join(o.keys[i], "\x00")
	}
	if known := t.outcomes[key]; known != nil {
		return known, nil
	}
	t.outcomes[key] = &o
	return &o, nil
}

// adds says what a case adds to a number: to the part and to the whole.
func (t *Tally) adds(p place, o *outcome) (x pair) {
	n, d := false, false
	switch p.kind {
	case ofAll:
		n, d = o.counted(), o.of && t.whole()
	case ofFirst:
		n = o.counted() && o.a
	case ofSecond:
		n = o.counted() && o.b
	case ofBoth:
		n, d = o.counted() && o.a, o.counted() && o.b
	case ofOtherRow:
		d = o.counted() && !t.q.Share
	case ofRow, ofCell:
		match := slices.Contains(o.keys[0], p.row) && (p.kind == ofRow || slices.Contains(o.keys[1], p.cell))
		// With Share it is the share within the row, else the row is a part of
		// the whole table.
		n, d = o.counted() && match, o.counted()
		if t.q.Share {
			d = o.of && match
		}
	}
	if n {
		x.N = 1
	}
	if d {
		x.D = 1
	}
	return x
}

// spec is the number at a place for cases of these classes.
func (t *Tally) spec(p place, classes *[]*outcome) spec {
	sp := spec{Of: func(class int) pair { return t.adds(p, (*classes)[class]) }, Alone: !t.parted(p)}
	switch p.kind {
	case ofAll:
		sp.Part, sp.Always = true, t.only == nil && t.where == nil && t.of == nil
		sp.AlwaysD = t.only == nil && t.of == nil
	case ofOtherRow, ofRow, ofCell:
		sp.Part = true
	}
	return sp
}

// parted reports whether the number at a place is a part of a whole.
func (t *Tally) parted(p place) bool {
	switch p.kind {
	case ofAll:
		return t.whole()
	case ofFirst, ofSecond:
		return false
	}
	return true
}

// Set puts a group in the place of the one that had this key; nil takes it
// away.
func (t *Tally) Set(key recount.Key, g *Group) {
	if old := t.entries[key]; old != nil {
		t.add(old, -1)
		delete(t.entries, key)
	}
	if g == nil {
		return
	}
	e := t.entry(g)
	t.entries[key] = e
	t.add(e, 1)
}

// add puts an entry into all sums, or with sign -1 takes it out.
func (t *Tally) add(e *entry, sign int) {
	t.cases = nil
	if e.open || e.err != nil || len(e.notes) > 0 {
		t.ordered = nil
	}
	if e.heavy {
		t.heavy += sign
	}
	for i, s := range t.fixed {
		for _, c := range e.cases {
			x := t.adds(s.place, c.outcome).times(sign)
			s.accepted = s.accepted.plus(x)
			if !e.open {
				s.settled = s.settled.plus(x)
			}
		}
		if e.fixed != nil {
			s.add(e.fixed[i], sign)
		}
	}
	if !t.tabled() {
		return
	}
	for _, c := range e.cases {
		none := t.adds(place{kind: ofOtherRow}, c.outcome)
		for _, p := range t.touched(c.outcome) {
			s := t.row(p)
			x := t.adds(p, c.outcome)
			x = pair{sign * (x.N - none.N), sign * (x.D - none.D)}
			s.accepted = s.accepted.plus(x)
			if !e.open {
				s.settled = s.settled.plus(x)
			}
			t.refer(s, sign)
		}
		if c.outcome.counted() {
			t.stands(c.outcome, sign, 0)
		}
		if !e.open {
			t.stands(c.outcome, 0, sign)
		}
	}
	for _, o := range e.seen {
		t.stands(o, 0, sign)
	}
	if e.heavy {
		return // its rows are counted out when they are asked for
	}
	for _, r := range e.rows {
		s := t.row(r.place)
		s.add(r.leeway, sign)
		s.add(e.fixed[len(e.fixed)-1], -sign)
		t.refer(s, sign)
	}
}

// add counts a leeway n times.
func (s *sum) add(l *leeway, n int) {
	if l == nil {
		return
	}
	if s.leeways[l] += n; s.leeways[l] == 0 {
		delete(s.leeways, l)
	}
}

// row returns the sum of a row or cell.
func (t *Tally) row(p place) *sum {
	s := t.rows[p]
	if s == nil {
		s = newSum(p)
		t.rows[p] = s
	}
	return s
}

// refer counts what touches a row; one that nothing touches any more is
// forgotten.
func (t *Tally) refer(s *sum, sign int) {
	if s.refs += sign; s.refs == 0 {
		delete(t.rows, s.place)
	}
}

// stands counts the rows that an outcome stands in.
func (t *Tally) stands(o *outcome, accepted, seen int) {
	if !t.matters(o) {
		return
	}
	for i := range t.dims {
		for _, k := range o.keys[i] {
			r := t.keys[i][k]
			if r == nil {
				r = &rowKey{}
				t.keys[i][k] = r
			}
			r.accepted += accepted
			if r.seen += seen; *r == (rowKey{}) {
				delete(t.keys[i], k)
			}
		}
	}
}

// matters reports whether a case with this outcome stands in a row at all.
func (t *Tally) matters(o *outcome) bool { return o.counted() || t.q.Share && o.of }

// touched lists the rows and cells that a case with this outcome stands in.
func (t *Tally) touched(o *outcome) (out []place) {
	if !t.matters(o) {
		return nil
	}
	for _, k := range o.keys[0] {
		out = append(out, place{ofRow, k, ""})
		if len(t.dims) == 2 {
			for _, k2 := range o.keys[1] {
				out = append(out, place{ofCell, k, k2})
			}
		}
	}
	return out
}

// entry works out what a group adds.
func (t *Tally) entry(g *Group) *entry {
	e := &entry{group: g}
	if g.single() {
		m := &g.Members[0]
		o, err := t.outcome(t.b.look([]*recount.Member{m}, nil))
		if err != nil {
			e.err, e.early = err, true
			return e
		}
		e.cases = []accepted{{idOf(m), o}}
		return e
	}
	n := newNetwork(g.Members, g.Links)
	e.notes = n.graph.notes
	w, classes := t.worlds(e, n)
	if w == nil || len(w.solvers) == 0 {
		return e
	}
	e.open = true
	if !t.light(e, w, classes) && e.err == nil {
		e.heavy = true
		t.heavily(e, n, nil)
	}
	if e.err != nil {
		e.cases, e.fixed, e.rows, e.heavy = nil, nil, nil, false
	}
	return e
}

// worlds judges the accepted cases of a group and fills them in; nil after an
// error. Classes are numbered by group.
func (t *Tally) worlds(e *entry, n *network) (*worlds, *[]*outcome) {
	classes := &[]*outcome{}
	number := map[*outcome]int{}
	w, err := newWorlds(n, t.budget, func(members []*recount.Member, days map[recount.Key]string) (int, error) {
		o, err := t.outcome(t.b.look(members, days))
		if err != nil {
			return 0, err
		}
		c, ok := number[o]
		if !ok {
			c = len(*classes)
			number[o] = c
			*classes = append(*classes, o)
		}
		return c, nil
	})
	if err != nil {
		e.err, e.early = err, true
		return nil, nil
	}
	e.cases = nil
	for _, c := range w.accepted {
		e.cases = append(e.cases, accepted{c.id, (*classes)[c.class]})
	}
	return w, classes
}

// Most groups are so small that the cases of a world, counted by class, fit
// into a pair: a digit for each class, each of so many bits.
const (
	digit   = 4
	perWord = 15           // digits in N, and as many in D
	most1   = 1<<digit - 1 // cases of one class
	digits  = 1<<digit - 1 // mask of a digit
	widest  = 2 * perWord  // classes
)

// packed is the number whose pairs tell how many cases of each class a world
// has. Every number is a function of it.
func packed(class int) pair {
	switch {
	case class < perWord:
		return pair{1 << (digit * class), 0}
	case class < widest:
		return pair{0, 1 << (digit * (class - perWord))}
	}
	return pair{}
}

// light counts a group out once for all numbers. It returns false if the group
// is too large for that, or so large that its budget may run out for some
// number.
func (t *Tally) light(e *entry, w *worlds, classes *[]*outcome) bool {
	s := w.solvers[0]
	people := 0
	for _, ms := range w.graph.blockMembers {
		if len(ms) > 0 {
			people++
		}
	}
	if people > most1 {
		return false
	}
	set, n, d := s.pairs(spec{Of: packed})
	if e.err = s.err; e.err != nil || !n || !d || len(*classes) > widest {
		return false
	}
	questions := e.group.Questions()
	if 2*s.most*len(questions) > patience*t.budget {
		return false
	}
	e.seen = slices.Clone(*classes)
	// What the answers leave is worked out only if some number needs it.
	var asked [][][]pair // by question, by answer
	fits := true
	ask := func() {
		for _, q := range questions {
			var answers [][]pair
			for _, a := range w.graph.answers(q) {
				sub := w.answered(q, a)
				if sub == nil {
					fits = false
					return
				}
				left, exact := sub.sums(spec{Of: packed})
				fits = fits && exact
				answers = append(answers, left)
			}
			asked = append(asked, answers)
		}
	}
	leeway := func(p place) *leeway {
		adds := make([]pair, len(*classes))
		for i, o := range *classes {
			adds[i] = t.adds(p, o)
		}
		l := newLeeway(unpacked(set, adds), true, true)
		if len(l.pairs) > 1 {
			if asked == nil {
				ask()
			}
			l.questions = len(questions)
			for _, answers := range asked {
				l.ask(len(answers), func(i int) []pair { return unpacked(answers[i], adds) })
			}
		}
		return t.known(l)
	}
	for _, s := range t.fixed {
		e.fixed = append(e.fixed, leeway(s.place))
	}
	if t.tabled() {
		seen := map[place]bool{}
		for _, o := range e.seen {
			for _, p := range t.touched(o) {
				if !seen[p] {
					seen[p] = true
					e.rows = append(e.rows, share{p, leeway(p)})
				}
			}
		}
	}
	if !fits {
		e.fixed, e.rows = nil, nil
	}
	return fits
}

// unpacked turns packed pairs into those of a number to which a case of each
// class adds so much.
func unpacked(set []pair, adds []pair) []pair {
	out := make([]pair, len(set))
	for i, p := range set {
		for c, x := range adds {
			n := p.N >> (digit * c)
			if c >= perWord {
				n = p.D >> (digit * (c - perWord))
			}
			out[i] = out[i].plus(x.times(n & digits))
		}
	}
	return tidy(out)
}

// known returns the leeway that is like l.
func (t *Tally) known(l *leeway) *leeway {
	code := l.code()
	if k := t.leeways[code]; k != nil {
		return k
	}
	t.leeways[code] = l
	return l
}

// heavily counts a group out number by number, with the budget that each has,
// in the order of the result: the budget that one number used up is used up
// for those after it. Without places it does so for the numbers that every
// result has.
func (t *Tally) heavily(e *entry, n *network, places []place) {
	w, classes := t.worlds(e, n)
	if w == nil {
		return
	}
	s := w.solvers[0]
	e.fixed = nil
	for _, f := range t.fixed {
		switch f.place.kind {
		case ofOtherRow:
			w.walk()
			e.fixed = append(e.fixed, nil)
		default:
			e.fixed = append(e.fixed, t.heavyLeeway(e, w, s, f.place, classes))
		}
	}
	e.seen = slices.Clone(*classes)
	e.rows = nil
	for _, p := range places {
		e.rows = append(e.rows, share{p, t.heavyLeeway(e, w, s, p, classes)})
	}
	if e.err == nil {
		e.err = s.err
	}
}

func (t *Tally) heavyLeeway(e *entry, w *worlds, s *solver, p place, classes *[]*outcome) *leeway {
	sp := t.spec(p, classes)
	l := newLeeway(s.pairs(sp))
	if len(l.pairs) > 1 || l.over() {
		questions := e.group.Questions()
		l.questions = len(questions)
		if l.over() || 2*s.most*len(questions) > patience*t.budget {
			l.all = true
			return t.known(l)
		}
		for _, q := range questions {
			answers := w.graph.answers(q)
			l.ask(len(answers), func(i int) []pair {
				sub := w.answered(q, answers[i])
				if sub == nil {
					return nil
				}
				left, _ := sub.sums(sp)
				return left
			})
		}
	}
	return t.known(l)
}
