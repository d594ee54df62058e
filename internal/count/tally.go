package count

import (
	"encoding/binary"
	"fmt"
	"slices"

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
	sees            sees
	budget          int

	outcomes map[outcomeKey]*outcome
	made     []*outcome // by number
	slots    []int32    // by the slot of a group: 1 and its outcome if it is one case and nothing is open about it, as most are; else -1 less its entry; 0 if there is none
	entries  []*entry   // nil where none is
	free     []int32    // where none is
	fixed    []*sum     // the number; of a ratio its periods and both; of a table what a row has of groups that do not touch it
	rows     map[place]*sum
	keys     [2]map[string]*rowKey
	walk     int // of a group over the rows that it touches

	outcomesOf []*outcome // room for those of a group
	alikeKey   []byte
	alike      map[string]*entry // of open groups of one form whose cases have the same outcomes

	waiting struct { // what is to be added up
		outcomes []*outcome
		entries  []*entry
	}
	said   map[recount.Key]*entry // groups with errors, or counted out one by one; they are few
	roster *roster
}

// An outcome is what the query makes of one case in one world. Two cases with
// the same outcome are of one class.
type outcome struct {
	of, where bool
	a, b      bool        // of a ratio: in the first period, in the second
	keys      [2][]string // rows it stands in, by dimension
	touched   []*sum      // the rows and cells
	number    int         // among the outcomes of the query
	due       int         // cases that are to be added up
	waits     bool
	stands    []*rowKey // the rows, if a case with this outcome counts for them
}

// An outcomeKey is the same for cases of which the query makes the same: the
// numbers of the rows by dimension, and what else is told apart, as bits.
type outcomeKey uint64

const (
	keyBits = 30 // of a number
	isOf    = 1 << (2*keyBits + iota - 1)
	isWhere
	isA
	isB
)

func (k *outcomeKey) set(bit outcomeKey, is bool) {
	if is {
		*k |= bit
	}
}

func (o *outcome) counted() bool { return o.of && o.where }

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
	walk     int    // the last walk that came by
	asked    int    // the last asking that came by
	line     int32
}

// A rowKey is a row that some case stands in.
type rowKey struct {
	accepted int
	seen     int // cases in any world
}

// An entry is what one group adds, or several of one form.
type entry struct {
	group *Group     // nil if it is of several
	cases []*outcome // of the accepted cases
	seen  []*outcome // of any world, if the group is open
	open  bool
	heavy bool
	fixed []*leeway // by Tally.fixed
	rows  []share   // of the rows that it touches
	slow  *slow     // of a heavy group
	err   error
	due   int // groups that are to be added up
	waits bool
	early bool // err came up while judging the accepted cases
	// Groups that have it, and where it stands among the entries if there are any.
	groups int
	number int32
}

// A slow is a heavy group being counted out, number by number.
type slow struct {
	counter
	prepared *prepared
	classes  *[]*outcome
	rows     map[place]*leeway
	alike    map[counted]*leeway
	order    []place // of the rows
	steady   bool    // the order of the rows makes no difference: the budget ran out before the first of them or not at all
}

// A share is what a group adds to one number.
type share struct {
	*sum
	*leeway
}

// NewTally compiles a query. The members and links of the problem are not
// looked at. Filters and tables that name what does not exist are refused with
// ErrInvalid and a hint that lists what does.
func NewTally(p *Problem, q Query) (*Tally, error) { return newTally(p, newBook(p), newRoster(), q) }

func newTally(p *Problem, b *book, r *roster, q Query) (*Tally, error) {
	t := &Tally{q: q, b: b, roster: r, budget: p.Rules.NodeBudget, outcomes: map[outcomeKey]*outcome{},
		said: map[recount.Key]*entry{}, rows: map[place]*sum{}, alike: map[string]*entry{}}
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
	t.sees = t.b.seen(t.dims, t.only, t.where, t.of)
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
	of, err := t.b.passes(t.only, v)
	if err != nil {
		return nil, err
	}
	if of {
		if of, err = t.b.passes(t.of, v); err != nil {
			return nil, err
		}
	}
	where, err := t.b.passes(t.where, v)
	if err != nil {
		return nil, err
	}
	a, b := false, false
	if w := t.q.Versus; w != nil {
		a, b = within(v.first, w.AFrom, w.ATo), within(v.first, w.BFrom, w.BTo)
	}
	var k outcomeKey
	for i, d := range t.dims {
		k |= outcomeKey(t.b.rows(d, v).number) << (i * keyBits)
	}
	k.set(isOf, of)
	k.set(isWhere, where)
	k.set(isA, a)
	k.set(isB, b)
	if known := t.outcomes[k]; known != nil {
		return known, nil
	}
	o := &outcome{of: of, where: where, a: a, b: b, number: len(t.made)}
	for i, d := range t.dims {
		o.keys[i] = slices.Clone(t.b.rows(d, v).keys) // the view may go
	}
	if t.tabled() && t.matters(o) {
		t.touch(o)
	}
	t.outcomes[k] = o
	t.made = append(t.made, o)
	return o, nil
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
		d = o.counted() && !t.q.Share && !t.left(o)
	case ofRow, ofCell:
		match := slices.Contains(o.keys[0], p.row) && (p.kind == ofRow || slices.Contains(o.keys[1], p.cell))
		// With Share it is the share within the row, else the row is a part of
		// the whole table. Of one by code these are the people of whom anything was
		// coded, but for the row of the others, which is a part of all: a group that
		// does not touch that row has none of them.
		n, d = o.counted() && match, o.counted() && (p.row == NotCoded || !t.left(o))
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

// left reports whether a case is no part of the base of a table by code. In a
// cross-tab every cell is a part of all.
func (t *Tally) left(o *outcome) bool {
	return t.tabled() && len(t.dims) == 1 && t.dims[0].byCode() && slices.Contains(o.keys[0], NotCoded)
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

// Fill sets groups, each under its own key, on all cores.
func (t *Tally) Fill(groups []*Group) { Tallies{t}.Fill(groups) }

// set is Set for a group that was prepared for all queries. slot is its number
// in the roster.
func (t *Tally) set(key recount.Key, slot int, p *prepared) {
	if n := slot + 1 - len(t.slots); n > 0 {
		if n > cap(t.slots)-len(t.slots) {
			t.slots = slices.Grow(t.slots, max(n, len(t.slots)))
		}
		t.slots = t.slots[:slot+1]
	}
	o, old := t.by(slot)
	if o != nil {
		t.later(o, nil, -1)
	}
	if old != nil {
		t.later(nil, old, -1)
		if old.groups--; old.groups == 0 {
			t.entries[old.number] = nil
			t.free = append(t.free, old.number)
		}
		delete(t.said, key)
	}
	t.slots[slot] = 0
	if p == nil {
		return
	}
	if !p.open && len(p.accepted) == 1 {
		if o, err := t.outcome(p.views[p.accepted[0].class]); err == nil {
			t.slots[slot] = int32(o.number) + 1
			t.later(o, nil, 1)
			return
		}
	}
	e := t.entry(p)
	if e.groups++; e.groups == 1 {
		e.number = int32(len(t.entries))
		if n := len(t.free); n > 0 {
			e.number, t.free = t.free[n-1], t.free[:n-1]
			t.entries[e.number] = e
		} else {
			t.entries = append(t.entries, e)
		}
	}
	t.slots[slot] = -1 - e.number
	if e.heavy || e.err != nil {
		t.said[key] = e
	}
	t.later(nil, e, 1)
}

// by returns what there is of the group of a slot: the outcome of its one case,
// if nothing is open about it, or its entry.
func (t *Tally) by(slot int) (*outcome, *entry) {
	if slot >= len(t.slots) {
		return nil, nil
	}
	switch n := t.slots[slot]; {
	case n > 0:
		return t.made[n-1], nil
	case n < 0:
		return nil, t.entries[-1-n]
	}
	return nil, nil
}

// later notes that a closed case or an entry is to be put into the sums, or
// taken out. Most groups are alike, so that they are added up when somebody
// asks, each kind once with how many there are.
func (t *Tally) later(o *outcome, e *entry, n int) {
	if o != nil {
		if !o.waits {
			o.waits = true
			t.waiting.outcomes = append(t.waiting.outcomes, o)
		}
		o.due += n
		return
	}
	if !e.waits {
		e.waits = true
		t.waiting.entries = append(t.waiting.entries, e)
	}
	e.due += n
}

// settle brings the sums up to date.
func (t *Tally) settle() {
	for _, o := range t.waiting.outcomes {
		if o.due != 0 {
			t.addCase(o, true, o.due)
		}
		o.due, o.waits = 0, false
	}
	for _, e := range t.waiting.entries {
		if e.due != 0 {
			t.add(e, e.due)
		}
		e.due, e.waits = 0, false
	}
	clear(t.waiting.outcomes)
	clear(t.waiting.entries)
	t.waiting.outcomes, t.waiting.entries = t.waiting.outcomes[:0], t.waiting.entries[:0]
}

// addCase puts n accepted cases into all sums; below 0 it takes them out.
// settled says that nothing is open about their groups.
func (t *Tally) addCase(o *outcome, settled bool, n int) {
	for _, s := range t.fixed {
		x := t.adds(s.place, o).times(n)
		s.accepted = s.accepted.plus(x)
		if settled {
			s.settled = s.settled.plus(x)
		}
	}
	if !t.tabled() {
		return
	}
	none := t.adds(place{kind: ofOtherRow}, o)
	for _, s := range o.touched {
		x := t.adds(s.place, o)
		x = pair{n * (x.N - none.N), n * (x.D - none.D)}
		s.accepted = s.accepted.plus(x)
		if settled {
			s.settled = s.settled.plus(x)
		}
	}
	if o.counted() {
		t.stands(o, n, 0)
	}
	if settled {
		t.stands(o, 0, n)
	}
}

// add puts an entry into all sums n times; below 0 it takes it out.
func (t *Tally) add(e *entry, n int) {
	for _, o := range e.cases {
		t.addCase(o, !e.open, n)
	}
	for i, s := range t.fixed {
		if e.fixed != nil {
			s.add(e.fixed[i], n)
		}
	}
	if !t.tabled() {
		return
	}
	for _, o := range e.seen {
		t.stands(o, 0, n)
	}
	if e.heavy {
		return // its rows are counted out when they are asked for
	}
	for _, r := range e.rows {
		r.sum.add(r.leeway, n)
		r.sum.add(e.fixed[len(e.fixed)-1], -n)
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

// stands counts the rows that an outcome stands in.
func (t *Tally) stands(o *outcome, accepted, seen int) {
	for _, r := range o.stands {
		r.accepted += accepted
		r.seen += seen
	}
}

// matters reports whether a case with this outcome stands in a row at all.
func (t *Tally) matters(o *outcome) bool { return o.counted() || t.q.Share && o.of }

// touch finds the rows and cells that a case with this outcome stands in.
func (t *Tally) touch(o *outcome) {
	for i := range t.dims {
		for _, k := range o.keys[i] {
			r := t.keys[i][k]
			if r == nil {
				r = &rowKey{}
				t.keys[i][k] = r
			}
			o.stands = append(o.stands, r)
		}
	}
	for _, k := range o.keys[0] {
		o.touched = append(o.touched, t.row(place{ofRow, k, ""}))
		if len(t.dims) == 2 {
			for _, k2 := range o.keys[1] {
				o.touched = append(o.touched, t.row(place{ofCell, k, k2}))
			}
		}
	}
}

// entry works out what a group adds.
func (t *Tally) entry(p *prepared) *entry {
	outcomes, alike := t.outcomesOf[:0], t.alikeKey[:0]
	if p.form != nil {
		alike = binary.AppendUvarint(alike, uint64(p.form.number))
	}
	for i, v := range p.views[:p.judged] {
		o, err := t.outcome(v)
		if err != nil && p.bounded { // the first one in the group's own order
			return t.refused(p.group, p.budget)
		}
		if err != nil {
			return &entry{group: p.group, open: p.open, err: err, early: i < p.first}
		}
		outcomes = append(outcomes, o)
		if p.form != nil {
			alike = binary.AppendUvarint(alike, uint64(o.number))
		}
	}
	t.outcomesOf, t.alikeKey = outcomes, alike
	if p.form != nil && !p.hard {
		if known := t.alike[string(alike)]; known != nil {
			return known
		}
	}
	e := &entry{group: p.group, open: p.open}
	for _, c := range p.accepted {
		e.cases = append(e.cases, outcomes[c.class])
	}
	if !p.open || (p.plan != nil || p.form != nil) && t.easily(e, p, outcomes) {
		if p.form != nil {
			if len(t.alike) == mostAlike {
				clear(t.alike)
			}
			e.group = nil
			t.alike[string(alike)] = e
		}
		return e
	}
	t.b.alone(p)
	var n *network
	if p.plan == nil {
		var known *worlds
		n, known = t.shared(p)
		w, classes := t.worlds(e, n)
		if w != nil && known != nil {
			w.solvers[0].follow(known.solvers[0])
		}
		if e.err != nil || t.light(e, w, classes) || e.err != nil {
			return e.failed()
		}
	}
	e.heavy = true
	t.heavily(e, p, outcomes, n)
	return e.failed()
}

// refused is what a group adds of which the query cannot judge every case.
func (t *Tally) refused(g *Group, budget int) *entry {
	p := t.b.prepareAlone(g, budget)
	e := &entry{group: g, open: p.open}
	for i, v := range p.views[:p.judged] {
		if _, e.err = t.outcome(v); e.err != nil {
			e.early = i < p.first
			break
		}
	}
	return e
}

// failed empties an entry that came to an error.
func (e *entry) failed() *entry {
	if e.err != nil {
		e.cases, e.fixed, e.rows, e.heavy = nil, nil, nil, false
	}
	return e
}

// mostAlike is how many entries are kept for other groups that are alike.
const mostAlike = 1 << 15

// distinct lists outcomes, each once, and says which each one is.
func distinct(outcomes []*outcome) (out []*outcome, class []int) {
	number := make(map[*outcome]int, 8)
	class = make([]int, len(outcomes))
	for i, o := range outcomes {
		c, ok := number[o]
		if !ok {
			c = len(out)
			number[o] = c
			out = append(out, o)
		}
		class[i] = c
	}
	return out, class
}

// adding says what cases of these classes add to a number.
func (t *Tally) adding(p place, classes []*outcome) []adding {
	out := make([]adding, len(classes))
	for i, o := range classes {
		x := t.adds(p, o)
		out[i] = adding(x.N | x.D<<1)
	}
	return out
}

// easily fills in what a group leaves whose cases were judged once for all
// queries. A number is known by what each case adds to it, whichever query it
// is of. It returns false if a number takes too long for that.
func (t *Tally) easily(e *entry, p *prepared, outcomes []*outcome) bool {
	if p.hard {
		return false
	}
	by := p
	if p.form != nil {
		by = p.form
	}
	classes, class := distinct(outcomes)
	adds, code := make([]adding, len(outcomes)), make([]byte, len(outcomes))
	return t.leave(e, classes, func(at place) *leeway {
		byClass := t.adding(at, classes)
		for i, c := range class {
			adds[i] = byClass[c]
			code[i] = byte(adds[i])
		}
		l, known := by.leeways[string(code)]
		if !known {
			if l = by.leeway(adds); l != nil {
				l = t.known(l)
			}
			by.leeways[string(code)] = l
		}
		p.hard = l == nil
		return l
	})
}

// people counts the blocks of people that may be a case.
func (n *network) people() (people int) {
	for _, c := range n.graph.torn {
		people += c.members // its answers may join nobody
	}
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
		e.cases = append(e.cases, (*classes)[c.class])
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
	for _, x := range m.Answered {
		key = append(append(append(append(key, x.Dispute...), 0), x.Answer...), 0)
	}
	for i := range m.Disputes {
		first := "" // what holds until it is settled
		if d := &m.Disputes[i]; len(d.Answers) > 0 {
			first = d.Answers[0]
		}
		day(m.Disputes[i].Key, first)
	}
	for i := range m.Perhaps {
		for _, v := range m.Perhaps[i].Values {
			if v.Article != "" && v.Article != m.Article {
				day(v.Article, v.Day)
			}
		}
	}
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
	ask := func() (asked [][][]pair, ok bool) {
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
	}
	var asked [][][]pair // by question, by answer
	return t.leave(e, slices.Clone(*classes), func(p place) *leeway {
		adds := make([]pair, len(e.seen))
		for i, o := range e.seen {
			adds[i] = t.adds(p, o)
		}
		l := newLeeway(unpacked(set, adds), true, true)
		if len(l.pairs) > 1 {
			if asked == nil {
				ok := false
				if asked, ok = ask(); !ok {
					return nil
				}
			}
			l.questions = len(questions)
			for _, answers := range asked {
				l.ask(len(answers), func(i int) []pair { return unpacked(answers[i], adds) })
			}
		}
		return t.known(l)
	})
}

// leave fills in what a group leaves of each number, whose cases are of these
// classes. It returns false if leeway returns nil for one.
func (t *Tally) leave(e *entry, classes []*outcome, leeway func(place) *leeway) bool {
	e.seen = classes
	for _, s := range t.fixed {
		l := leeway(s.place)
		if l == nil {
			e.fixed = nil
			return false
		}
		e.fixed = append(e.fixed, l)
	}
	if !t.tabled() {
		return true
	}
	t.walk++
	for _, o := range classes {
		for _, s := range o.touched {
			if s.walk == t.walk {
				continue
			}
			s.walk = t.walk
			l := leeway(s.place)
			if l == nil {
				e.fixed, e.rows = nil, nil
				return false
			}
			e.rows = append(e.rows, share{s, l})
		}
	}
	return true
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
	if k := t.b.leeways[code]; k != nil {
		return k
	}
	l.settle()
	t.b.leeways[code] = l
	return l
}

// heavily counts a group out number by number, in the order of the result. The
// rows follow when they are asked for. n is the network that it was looked at by
// for this query, nil if it was not.
func (t *Tally) heavily(e *entry, p *prepared, outcomes []*outcome, n *network) {
	p.held = true
	if p.plan != nil && !p.failed {
		m := newMeter(p, outcomes)
		classes, _ := distinct(outcomes)
		t.slowFixed(e, p, m, &classes)
		if !m.failed {
			return
		}
		p.failed = true
	}
	own, known := n, p.worlds
	if n == nil {
		own, known = t.shared(p)
	} else if n != p.network {
		known = nil
	}
	w, classes := t.worlds(e, own)
	if w == nil {
		return
	}
	if known != nil {
		w.solvers[0].follow(known.solvers[0])
	}
	t.slowFixed(e, p, solving{w}, classes)
}

// shared returns the network to count a group out by, and worlds of it that
// were looked at before. A group on which people differ is counted by each
// query for itself: which of the answers it takes up depends on what the query
// looks at.
func (t *Tally) shared(p *prepared) (*network, *worlds) {
	if p.network.graph.bundles != nil || p.network.forked() {
		return t.network(p.group), nil
	}
	return p.network, p.worlds
}

// slowFixed begins to count a heavy group out: everything but its rows.
func (t *Tally) slowFixed(e *entry, p *prepared, c counter, classes *[]*outcome) {
	e.slow = &slow{counter: c, prepared: p, classes: classes, rows: map[place]*leeway{}, alike: map[counted]*leeway{}, steady: true}
	e.fixed = nil
	for _, f := range t.fixed {
		if f.place.kind == ofOtherRow {
			c.walk()
			e.fixed = append(e.fixed, nil)
			continue
		}
		e.fixed = append(e.fixed, t.slowly(e, f.place))
	}
	e.seen = slices.Clone(*classes)
	e.err = c.err()
}

// countRows counts a heavy group out for these rows, in this order.
func (t *Tally) countRows(e *entry, places []place) {
	if slices.Equal(e.slow.order, places) {
		return
	}
	if !e.slow.steady {
		t.again(e)
	}
	questions := len(e.group.Questions())
	before := e.slow.spent(questions)
	for i := 0; i < len(places); i++ {
		if p := places[i]; e.slow.rows[p] == nil {
			e.slow.rows[p] = t.slowRow(e, p)
		}
		if m, ok := e.slow.counter.(*meter); ok && m.failed {
			e.slow.prepared.failed = true
			t.again(e)
			before, i = e.slow.spent(questions), -1
		}
	}
	e.slow.order = places
	e.slow.steady = e.slow.spent(questions) == before
	if e.err == nil {
		e.err = e.slow.err()
	}
}

// again counts a heavy group out from the start.
func (t *Tally) again(e *entry) {
	p := e.slow.prepared
	outcomes := make([]*outcome, p.judged)
	for i, v := range p.views[:p.judged] {
		outcomes[i], _ = t.outcome(v) // it was worked out before
	}
	t.heavily(e, p, outcomes, nil)
}

// slowRow counts a heavy group out for one row. Rows to which each class adds
// the same are one number, as are all that no case of the group stands in; they
// are counted out once, unless a budget was used up meanwhile.
func (t *Tally) slowRow(e *entry, p place) *leeway {
	at := counted{string(t.adding(p, *e.slow.classes)), e.slow.spent(len(e.group.Questions()))}
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

// slowly counts a heavy group out for one number.
func (t *Tally) slowly(e *entry, p place) *leeway {
	c, sp := e.slow.counter, t.spec(p, e.slow.classes)
	l := newLeeway(c.pairs(sp))
	if len(l.pairs) < 2 && !l.over() {
		return t.known(l)
	}
	questions := e.group.Questions()
	l.questions = len(questions)
	if l.over() || c.spent(len(questions)).impatient {
		l.all = true
		return t.known(l)
	}
	for _, q := range questions {
		answers := c.answers(q)
		l.ask(len(answers), func(i int) []pair { return c.left(q, answers[i], sp) })
	}
	return t.known(l)
}

// Effect returns how far an answer to a question about a group moves the count
// at most: by how much the lowest or the highest number changes. 0 means that
// it moves neither.
func (t *Tally) Effect(key recount.Key, q recount.Question) (most int) {
	at := t.roster.of[key]
	if at == nil {
		return 0
	}
	_, e := t.by(at.slot)
	if e == nil || !e.open || e.err != nil {
		return 0
	}
	all := e.fixed[ofAll]
	if all.all {
		return all.high.N - all.low.N
	}
	n := t.network(at.group)
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
