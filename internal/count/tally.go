package count

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

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
	entries  map[recount.Key]*entry   // of groups that are open, have several cases or need words
	closed   map[recount.Key]accepted // of the others, as most are: their one case
	fixed    []*sum                   // the number; of a ratio its periods and both; of a table what a row has of groups that do not touch it
	rows     map[place]*sum
	keys     [2]map[string]*rowKey

	said   map[recount.Key]*entry // groups with notes, errors, or counted out one by one; they are few
	roster *roster
}

// An outcome is what the query makes of one case in one world. Two cases with
// the same outcome are of one class.
type outcome struct {
	of, where bool
	a, b      bool        // of a ratio: in the first period, in the second
	keys      [2][]string // rows it stands in, by dimension
	touched   []place     // the rows and cells
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
	listed   []many // the same; nil when stale
	refs     int    // groups and cases that touch it
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
	rows  []share   // of the rows that it touches
	slow  *slow     // of a heavy group
	err   error
	early bool // err came up while judging the accepted cases
}

// A slow is a heavy group being counted out, number by number.
type slow struct {
	worlds  *worlds
	classes *[]*outcome
	rows    map[place]*leeway
	alike   map[counted]*leeway
	order   []place // of the rows
	steady  bool    // the order of the rows makes no difference: the budget ran out before the first of them or not at all
}

// A share is what a group adds to one number.
type share struct {
	place
	*leeway
}

// NewTally compiles a query. The members and links of the problem are not
// looked at. Filters and tables that name what does not exist are refused with
// ErrInvalid and a hint that lists what does.
func NewTally(p *Problem, q Query) (*Tally, error) { return newTally(p, newBook(p), newRoster(), q) }

func newTally(p *Problem, b *book, r *roster, q Query) (*Tally, error) {
	t := &Tally{q: q, b: b, roster: r, budget: p.Rules.NodeBudget, outcomes: map[string]*outcome{}, leeways: map[string]*leeway{},
		entries: map[recount.Key]*entry{}, closed: map[recount.Key]accepted{}, said: map[recount.Key]*entry{}, rows: map[place]*sum{}}
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
	for _, end := range []string{t.q.From, t.q.To} {
		if end == "" || len(t.dims) > 0 && startOf(end, t.dims[0].step).Known() {
			continue
		}
		if _, err := recount.ParseDate(end); err != nil {
			return err
		}
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
	var env map[string]any
	if t.only != nil || t.of != nil || t.where != nil {
		env = t.b.environment(v)
	}
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
	key := make([]byte, 0, 64)
	for _, f := range [...]bool{o.of, o.where, o.a, o.b} {
		key = strconv.AppendBool(key, f)
	}
	for i, d := range t.dims {
		o.keys[i] = d.keys(v, t.b)
		for _, k := range o.keys[i] {
			key = append(append(key, 0), k...)
		}
		key = append(key, 1)
	}
	if known := t.outcomes[string(key)]; known != nil {
		return known, nil
	}
	if len(t.dims) > 0 {
		o.touched = t.touched(&o)
	}
	t.outcomes[string(key)] = &o
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
func (t *Tally) Set(key recount.Key, g *Group) { Tallies{t}.Set(key, g) }

func (t *Tally) set(key recount.Key, p *prepared) {
	if c, ok := t.closed[key]; ok {
		t.add(&entry{cases: []accepted{c}}, -1)
		delete(t.closed, key)
	}
	if old := t.entries[key]; old != nil {
		t.add(old, -1)
		delete(t.entries, key)
		delete(t.said, key)
	}
	if p == nil {
		return
	}
	e := t.entry(p)
	if !e.open && len(e.cases) == 1 && e.err == nil && len(e.notes) == 0 {
		t.closed[key] = e.cases[0]
		t.add(e, 1)
		return
	}
	t.entries[key] = e
	if e.heavy || e.err != nil || len(e.notes) > 0 {
		t.said[key] = e
	}
	t.add(e, 1)
}

// add puts an entry into all sums, or with sign -1 takes it out.
func (t *Tally) add(e *entry, sign int) {
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
		for _, p := range c.outcome.touched {
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
	s.listed = nil
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
func (t *Tally) entry(p *prepared) *entry {
	e := &entry{group: p.group, open: p.open}
	if p.network != nil {
		e.notes = p.network.graph.notes
	}
	views := p.views[:p.judged]
	outcomes := make([]*outcome, len(views))
	for i, v := range views {
		if outcomes[i], e.err = t.outcome(v); e.err != nil {
			e.early = i < p.first
			return e
		}
	}
	for _, c := range p.accepted {
		e.cases = append(e.cases, accepted{c.id, outcomes[c.class]})
	}
	if !p.open || p.sets != nil && t.counted(e, p, outcomes) {
		return e
	}
	if p.shared && t.lightly(e, p, outcomes) {
		return e
	}
	w, classes := t.worlds(e, p.network)
	if !t.light(e, w, classes) && e.err == nil {
		e.heavy = true
		t.heavily(e, p.network)
	}
	if e.err != nil {
		e.cases, e.fixed, e.rows, e.heavy = nil, nil, nil, false
	}
	return e
}

// counted fills in what a group leaves that was counted out for all queries.
// It returns false if the cases are of too many classes.
func (t *Tally) counted(e *entry, p *prepared, outcomes []*outcome) bool {
	var classes []*outcome
	class := make([]int, len(outcomes))
	for i, o := range outcomes {
		if class[i] = slices.Index(classes, o); class[i] < 0 {
			class[i] = len(classes)
			classes = append(classes, o)
		}
	}
	if len(classes) > widest || p.network.people() > most1 {
		return false
	}
	return t.leave(e, byClass(p.sets, class), classes, func() ([][][]pair, bool) {
		asked, ok := p.ask()
		var out [][][]pair
		for _, answers := range asked {
			var sets [][]pair
			for _, set := range answers {
				sets = append(sets, byClass(set, class))
			}
			out = append(out, sets)
		}
		return out, ok
	})
}

// lightly counts a group out like light, over cases that were judged once for
// all queries. outcomes are those of the cases. It returns false where light
// must look for itself.
func (t *Tally) lightly(e *entry, p *prepared, outcomes []*outcome) bool {
	if p.network.people() > most1 {
		return false
	}
	var classes []*outcome
	number := map[*outcome]int{}
	var class []int // by case
	var failed error
	of := func(c int) pair {
		for len(class) <= c {
			i := len(class)
			if i == len(outcomes) { // an answer left a case that nothing left before
				o, err := t.outcome(p.views[i])
				failed = errors.Join(failed, err)
				outcomes = append(outcomes, o)
			}
			o := outcomes[i]
			n, ok := number[o]
			if !ok {
				n = len(classes)
				number[o] = n
				classes = append(classes, o)
			}
			class = append(class, n)
		}
		return packed(class[c])
	}
	for i := range outcomes {
		of(i)
	}
	known, questions := len(classes), p.group.Questions()
	sp := spec{Of: of}
	set, exact := p.worlds.alone(sp)
	if !exact || known > widest || 2*p.worlds.solvers[0].most*len(questions) > patience*t.budget {
		return false
	}
	return t.leave(e, set, classes, func() (asked [][][]pair, ok bool) {
		for _, q := range questions {
			var answers [][]pair
			for _, a := range p.network.graph.answers(q) {
				sub := p.worlds.answered(q, a)
				if sub == nil {
					return nil, false
				}
				left, exact := sub.alone(sp)
				if !exact || failed != nil || len(classes) > known {
					return nil, false
				}
				answers = append(answers, left)
			}
			asked = append(asked, answers)
		}
		return asked, true
	})
}

// people counts the blocks of people that may be a case.
func (n *network) people() (people int) {
	for _, ms := range n.graph.blockMembers {
		if len(ms) > 0 {
			people++
		}
	}
	return people
}

// worlds judges the accepted cases of a group and fills them in; nil after an
// error. Classes are numbered by group.
func (t *Tally) worlds(e *entry, n *network) (*worlds, *[]*outcome) {
	classes := &[]*outcome{}
	number := map[*outcome]int{}
	judged := map[string]int{} // the answers to questions leave many of the same cases
	var key []byte
	w, err := newWorlds(n, t.budget, func(members []*recount.Member, days map[recount.Key]string) (int, error) {
		key = key[:0]
		for _, m := range members {
			key = appendMember(key, m, days)
		}
		if c, ok := judged[string(key)]; ok {
			return c, nil
		}
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
		judged[string(key)] = c
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

// appendMember writes what of a member differs between worlds: whether it is
// there, and its days.
func appendMember(key []byte, m *recount.Member, days map[recount.Key]string) []byte {
	day := func(a recount.Key, otherwise string) {
		if d, ok := days[a]; ok {
			otherwise = d
		}
		key = append(append(key, otherwise...), 0)
	}
	key = append(append(key, m.Key...), 0)
	day(m.Article, m.Published())
	for i := range m.Values {
		if v := &m.Values[i]; v.Article != "" && v.Article != m.Article {
			day(v.Article, v.Day)
		}
	}
	return key
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

// light counts a group out once for all numbers of the query. It returns false
// if the group is too large for that, or so large that its budget may run out
// for some number.
func (t *Tally) light(e *entry, w *worlds, classes *[]*outcome) bool {
	s := w.solvers[0]
	if w.people() > most1 {
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
	return t.leave(e, set, *classes, func() (asked [][][]pair, ok bool) {
		ok = true
		for _, q := range questions {
			var answers [][]pair
			for _, a := range w.graph.answers(q) {
				sub := w.answered(q, a)
				if sub == nil {
					return nil, false
				}
				left, exact := sub.sums(spec{Of: packed})
				ok = ok && exact
				answers = append(answers, left)
			}
			asked = append(asked, answers)
		}
		return asked, ok
	})
}

// leave fills in what a group leaves of each number, from its worlds by the
// classes of their cases. What the answers to its questions leave is asked for
// only if some number needs it; if that cannot be told, leave returns false.
func (t *Tally) leave(e *entry, set []pair, classes []*outcome, ask func() ([][][]pair, bool)) bool {
	e.seen = slices.Clone(classes)
	var asked [][][]pair // by question, by answer
	fits := true
	leeway := func(p place) *leeway {
		adds := make([]pair, len(classes))
		for i, o := range classes {
			adds[i] = t.adds(p, o)
		}
		l := newLeeway(unpacked(set, adds), true, true)
		if len(l.pairs) > 1 {
			if asked == nil {
				asked, fits = ask()
			}
			l.questions = len(e.group.Questions())
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
			for _, p := range o.touched {
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
	l.settle()
	t.leeways[code] = l
	return l
}

// heavily counts a group out number by number, with the budget that each has,
// in the order of the result: the budget that one number used up is used up
// for those after it. The rows follow when they are asked for.
func (t *Tally) heavily(e *entry, n *network) {
	w, classes := t.worlds(e, n)
	if w == nil {
		return
	}
	e.slow = &slow{worlds: w, classes: classes, rows: map[place]*leeway{}, alike: map[counted]*leeway{}, steady: true}
	e.fixed = nil
	for _, f := range t.fixed {
		if f.place.kind == ofOtherRow {
			w.walk()
			e.fixed = append(e.fixed, nil)
			continue
		}
		e.fixed = append(e.fixed, t.slowly(e, f.place))
	}
	e.seen = slices.Clone(*classes)
	e.err = w.err()
}

// countRows counts a heavy group out for these rows, in this order.
func (t *Tally) countRows(e *entry, places []place) {
	if slices.Equal(e.slow.order, places) {
		return
	}
	if !e.slow.steady {
		t.heavily(e, newNetwork(e.group.Members, e.group.Links))
	}
	before := e.slow.spent(t.budget, len(e.group.Questions()))
	for _, p := range places {
		if e.slow.rows[p] == nil {
			e.slow.rows[p] = t.slowRow(e, p)
		}
	}
	e.slow.order = places
	e.slow.steady = e.slow.spent(t.budget, len(e.group.Questions())) == before
	if e.err == nil {
		e.err = e.slow.worlds.err()
	}
}

// slowRow counts a heavy group out for one row. Rows to which each class adds
// the same are one number, as are all that no case of the group stands in; they
// are counted out once, unless a budget was used up meanwhile.
func (t *Tally) slowRow(e *entry, p place) *leeway {
	adds := make([]byte, len(*e.slow.classes))
	for i, o := range *e.slow.classes {
		x := t.adds(p, o)
		adds[i] = byte(x.N | x.D<<1)
	}
	at := counted{string(adds), e.slow.spent(t.budget, len(e.group.Questions()))}
	l := e.slow.alike[at]
	if l == nil {
		l = t.slowly(e, p)
		e.slow.alike[at] = l
	}
	return l
}

// A counted row: what each class adds to it, and what of the budgets was used
// up before.
type counted struct {
	adds string
	spent
}

// spent says which budgets are used up, and of how many answers.
type spent struct {
	over, impatient bool
	answers         int
}

func (s *slow) spent(budget, questions int) (x spent) {
	main := s.worlds.solvers[0]
	x.over, x.impatient = main.over, 2*main.most*questions > patience*budget
	for _, sub := range s.worlds.given {
		if sub != nil && slices.ContainsFunc(sub.solvers, func(s *solver) bool { return s.over }) {
			x.answers++
		}
	}
	return x
}

// slowly counts a heavy group out for one number.
func (t *Tally) slowly(e *entry, p place) *leeway {
	w := e.slow.worlds
	s, sp := w.solvers[0], t.spec(p, e.slow.classes)
	l := newLeeway(s.pairs(sp))
	if len(l.pairs) < 2 && !l.over() {
		return t.known(l)
	}
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
	return t.known(l)
}

// Effect returns how far an answer to a question about a group moves the count
// at most: by how much the lowest or the highest number changes. 0 means that
// it moves neither.
func (t *Tally) Effect(key recount.Key, q recount.Question) (most int) {
	e := t.entries[key]
	if e == nil || !e.open || e.err != nil {
		return 0
	}
	all := e.fixed[ofAll]
	if all.all {
		return all.high.N - all.low.N
	}
	n := newNetwork(e.group.Members, e.group.Links)
	w, classes := t.worlds(&entry{}, n)
	if w == nil {
		return 0
	}
	for _, a := range n.graph.answers(q) {
		if sub := w.answered(q, a); sub != nil {
			set, _ := sub.sums(t.spec(place{kind: ofAll}, classes))
			left := extremesOf(set)
			most = max(most, left.low.N-all.low.N, all.low.N-left.low.N, left.high.N-all.high.N, all.high.N-left.high.N)
		}
	}
	return most
}
