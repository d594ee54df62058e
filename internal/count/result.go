package count

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"recount"
)

// Result answers a query. Filters and tables that name what does not exist are
// refused with ErrInvalid and a hint that lists what does.
func (p *Problem) Result(q Query) (recount.Result, error) {
	t, err := NewTally(p, q)
	if err != nil {
		return recount.Result{}, err
	}
	t.Fill(Split(p.Members, p.Links))
	return t.Result()
}

// A Number is a result without the cases and the questions behind it.
type Number struct {
	Name, Label    string
	N, Of          int
	Range, OfRange recount.IntRange
	Share          recount.ShareRange
	Open           int            // questions that move it
	Ratio          *recount.Ratio // of two periods, else nil
	Rows           []Number       // of a table or trend, in order; of a ratio its two periods
}

// Number returns the number as the groups now stand, without listing cases and
// questions: it takes no longer for many groups than for few, if they are of
// the same kinds.
func (t *Tally) Number() (Number, error) {
	l, err := t.lines()
	if err != nil {
		return Number{}, t.named(err)
	}
	return l.number(), nil
}

// Result returns the number with the cases it counts and the questions that
// move it.
func (t *Tally) Result() (recount.Result, error) {
	l, err := t.lines()
	if err != nil {
		return recount.Result{}, t.named(err)
	}
	switch t.cite(l); l.Kind {
	case "trend":
		l.Note = join(l.Note, t.steady(l))
	case "table":
		l.Note = join(l.Note, t.association(l))
	}
	return l.Result, nil
}

// Coverage says of how many of the people whom the result looks at anybody said
// whether some code applies. asked is false for one that looks at no codes.
func (t *Tally) Coverage() (coded, of int, asked bool) {
	if !t.sees.allCodes && len(t.sees.codes) == 0 {
		return 0, 0, false
	}
	coded, of = t.looked(func(x *listed, i int) bool { return x.cases[i].coded })
	return coded, of, true
}

// GendersRead says of how many of the people whom the result looks at the gender is
// as the program read it. asked is false for one that does not look at genders.
func (t *Tally) GendersRead() (read, of int, asked bool) {
	if !t.sees.variable("gender") {
		return 0, 0, false
	}
	read, of = t.looked(func(x *listed, i int) bool { return x.cases[i].read })
	return read, of, true
}

// looked counts the people whom the result looks at, and those of them of whom
// something is so.
func (t *Tally) looked(so func(x *listed, i int) bool) (n, of int) {
	t.roster.order()
	for _, c := range t.roster.cases {
		o, e := t.by(c.slot)
		if o == nil {
			if c.i >= len(e.cases) { // the group came to an error
				continue
			}
			o = e.cases[c.i]
		}
		in := o.of
		if t.tabled() && !t.q.Share {
			in = o.counted()
		}
		if in {
			of++
			if so(c.of, c.i) {
				n++
			}
		}
	}
	return n, of
}

// NoNumbers lists the values of members that are no numbers, of the variables that
// the result compares with numbers: whoever has one is neither above nor below.
func (t *Tally) NoNumbers(members []recount.Member) (out []string) {
	var names []string
	for _, f := range []*filter{t.only, t.where, t.of} {
		if f != nil {
			names = append(names, f.ordered...)
		}
	}
	if len(names) == 0 {
		return nil
	}
	for i := range members {
		values := members[i].Values
		for _, p := range members[i].Perhaps {
			values = append(values[:len(values):len(values)], p.Values...)
		}
		for _, v := range values {
			if said := fmt.Sprintf("%s %q", v.Variable, v.Value); slices.Contains(names, v.Variable) && !undefined(v.Value) && number(v.Value) == nil && !recount.DateOf(v.Value).Known() && !slices.Contains(out, said) {
				out = append(out, said)
			}
		}
	}
	slices.Sort(out)
	return out
}

// Ordered reports whether the result compares a variable of the study with numbers.
func (t *Tally) Ordered() bool {
	return slices.ContainsFunc([]*filter{t.only, t.where, t.of}, func(f *filter) bool { return f != nil && len(f.ordered) > 0 })
}

// Folded reports whether the query asks how many independent originals, or owners
// of them, tell of a case, or for a grade, which rests on both.
func (t *Tally) Folded() bool {
	return slices.ContainsFunc([]*filter{t.only, t.where, t.of}, func(f *filter) bool { return f != nil && f.folded }) ||
		slices.ContainsFunc(t.dims, func(d dimension) bool { return t.b.folded(d.name) })
}

// A line is one number of a result.
type line struct {
	recount.Result
	place place
	trend bool // a row of a trend
	m     *measure
	below []*line
}

func (l *line) number() Number {
	n := Number{Name: l.Name, Label: l.Label, N: l.N, Of: l.Of, Range: l.Range, OfRange: l.OfRange, Share: l.ShareRange, Ratio: l.Ratio}
	for _, s := range l.m.sets {
		n.Open += s.n * l.m.open(s.leeway)
	}
	for _, r := range l.below {
		n.Rows = append(n.Rows, r.number())
	}
	return n
}

// lines computes all numbers of the result.
func (t *Tally) lines() (*line, error) {
	if err := t.err(); err != nil {
		return nil, err
	}
	t.settle()
	l := &line{Result: recount.Result{Name: t.q.Name, Label: cmp.Or(t.q.Label, describe(t.q)), Unit: "cases", Kind: "count"}}
	if t.q.Share {
		l.Kind = "share"
	}
	t.line(l, nil)
	if t.whole() && t.b.rules.Sample {
		l.Interval = Wilson(l.N, l.Of)
	}
	switch {
	case t.q.Versus != nil:
		t.ratio(l)
	case t.tabled():
		t.table(l)
	}
	return l, t.err()
}

// err returns the error that comes first in the order of the groups; one about
// an accepted case goes before one about another world.
func (t *Tally) err() error {
	var late error
	for _, e := range t.order() {
		switch {
		case e.err == nil:
		case e.early:
			return e.err
		case late == nil:
			late = e.err
		}
	}
	return late
}

// order lists the groups that have something to say.
func (t *Tally) order() []*entry {
	return slices.SortedFunc(maps.Values(t.said), func(a, b *entry) int { return a.group.before(b.group) })
}

// line fills in one number: what is accepted and the ranges.
func (t *Tally) line(l *line, p *place) {
	if p != nil {
		l.place = *p
	}
	acc, settled, sets := t.at(l.place)
	l.m = newMeasure(settled, sets, t.parted(l.place), func(of map[*leeway]pair) *leeway {
		return t.firstOf(l.place, of)
	})
	l.N, l.Of, l.Range = acc.N, acc.D, l.m.N
	if l.m.over {
		// Only a group that is counted out by itself may be past its budget.
		var e *entry
		for _, x := range t.said {
			if x.heavy && x.leeway(t, l.place).over() && (e == nil || x.group.before(e.group) < 0) {
				e = x
			}
		}
		l.Note = fmt.Sprintf("not exact: the open questions around %s are too many to count out, so these are outer bounds", e.people())
	}
	if t.parted(l.place) {
		l.OfRange, l.ShareRange = l.m.D, l.m.Share
	}
}

// at adds up what the groups give at a place: the accepted cases, those about
// which nothing is open, and what the open groups leave.
func (t *Tally) at(p place) (acc, settled pair, sets []many) {
	if p.kind <= ofBoth {
		s := t.fixed[p.kind]
		return s.accepted, s.settled, s.sets()
	}
	other := t.fixed[1]
	acc, settled = other.accepted, other.settled
	n := make(map[*leeway]int)
	if s := t.rows[p]; s != nil {
		acc, settled = acc.plus(s.accepted), settled.plus(s.settled)
		maps.Copy(n, s.leeways)
	}
	for _, e := range t.said {
		if e.heavy {
			n[e.leeway(t, p)]++
		}
	}
	for _, s := range other.sets() {
		if s.n += n[s.leeway]; s.n != 0 {
			sets = append(sets, s)
		}
		delete(n, s.leeway)
	}
	for l, k := range n {
		sets = append(sets, many{l, k})
	}
	return acc, settled, sets
}

// sets lists the leeways of a sum.
func (s *sum) sets() []many {
	if s.listed == nil {
		s.listed = make([]many, 0, len(s.leeways))
		for l, n := range s.leeways {
			s.listed = append(s.listed, many{l, n})
		}
	}
	return s.listed
}

// leeway is what the group leaves at a place.
func (e *entry) leeway(t *Tally, p place) *leeway {
	if p.kind <= ofBoth {
		return e.fixed[p.kind]
	}
	if e.slow != nil {
		return e.slow.rows[p]
	}
	for _, r := range e.rows {
		if r.sum.place == p {
			return r.leeway
		}
	}
	return e.fixed[1]
}

// firstOf returns the leeway at a place of the first group that has one of these.
func (t *Tally) firstOf(p place, of map[*leeway]pair) (first *leeway) {
	var by *Group
	has := make([]*leeway, len(t.entries)) // that are one of these
	for i, e := range t.entries {
		if e != nil && e.open {
			l := e.leeway(t, p)
			if _, ok := of[l]; ok {
				has[i] = l
			}
		}
	}
	for slot, n := range t.slots {
		if n >= 0 || has[-1-n] == nil {
			continue
		}
		if g := t.roster.slots[slot].group; by == nil || g.before(by) < 0 {
			first, by = has[-1-n], g
		}
	}
	return first
}

// people is what a note calls the people of the group.
func (e *entry) people() string {
	n := newNetwork(e.group.Members, e.group.Links, false)
	return n.graph.people(n.clusters[0])
}

// ratio compares two periods.
func (t *Tally) ratio(l *line) {
	v := t.q.Versus
	period := func(k kind, from, to string) *line {
		x := &line{Result: recount.Result{Name: from + ".." + to, Label: from + " to " + to, Kind: "count", Unit: "cases"}}
		t.line(x, &place{kind: k})
		return x
	}
	a, b := period(ofFirst, v.AFrom, v.ATo), period(ofSecond, v.BFrom, v.BTo)
	r := &recount.Ratio{N: a.N, Than: b.N, Unit: "months", Units: months(v.AFrom, v.ATo), ThanUnits: months(v.BFrom, v.BTo)}
	if r.Units == 0 || r.ThanUnits == 0 {
		r.Unit, r.Units, r.ThanUnits = "days", days(v.AFrom, v.ATo), days(v.BFrom, v.BTo)
	}
	both := &line{}
	t.line(both, &place{kind: ofBoth})
	r.Range = both.m.Share
	if both.m.mostOfNone > 0 {
		r.Range.HighN, r.Range.HighOf, r.Range.Exact = both.m.mostOfNone, 0, both.m.N.Exact && both.m.D.Exact
	}
	// The questions of a ratio are those that move it.
	l.Kind, l.Ratio, l.below, l.m, l.place = "ratio", r, []*line{a, b}, both.m, both.place
	said := ""
	if r.N+r.Than == 0 {
		said = "no cases in either period"
	}
	// Also of a census: whether one rate is higher than another is asked of what
	// brings people into the news, not of those who were there.
	l.Interval = ratioInterval(r.N, r.Units, r.Than, r.ThanUnits)
	switch iv := l.Interval; {
	case iv == nil:
	// The limits have six places, so that this does not hang on the last bits.
	case iv.Low <= 1 && (iv.High < 0 || iv.High >= 1):
		said = "the two periods cannot be told apart"
	}
	l.Note = join(l.Note, said)
}

// table fills in the rows of a table, trend or cross-tab.
func (t *Tally) table(l *line) {
	l.Kind = "table"
	if t.dims[0].step != "" {
		l.Kind = "trend"
	}
	keys := [2][]string{}
	for i := range t.dims {
		keys[i] = t.rowsOf(i)
	}
	for _, k := range keys[0] {
		x := t.rowLine(t.dims[0], place{ofRow, k, ""})
		l.below = append(l.below, x)
		for _, k2 := range keys[1] {
			x.below = append(x.below, t.rowLine(t.dims[1], place{ofCell, k, k2}))
		}
		if len(t.dims) == 2 {
			x.Kind = "table"
		}
	}
	t.count(l)
	open := false // also of one that moves: the shares of the others move with it
	for _, x := range l.below {
		open = open || x.Range.Low != x.Range.High
		for _, c := range x.below {
			open = open || c.Range.Low != c.Range.High
		}
	}
	n := []string{l.Note}
	if open {
		n = append(n, "each range stands by itself: the rows need not reach their ends together")
	}
	if t.dims[0].several() {
		n = append(n, "a person may stand in several rows")
		if t.dims[0].name == "outlet" {
			n = append(n, "an outlet stands for every original with the case that it printed, reprints too")
		}
	}
	l.Note = join(n...)
}

// rowLine begins the line of a row or cell.
func (t *Tally) rowLine(d dimension, p place) *line {
	k := p.row
	if p.kind == ofCell {
		k = p.cell
	}
	x := &line{Result: recount.Result{Name: k, Kind: "count", Label: t.b.rowLabel(d, k), Unit: "cases"}, place: p}
	if t.q.Share {
		x.Kind = "share"
	}
	return x
}

// count computes the rows and cells below a line.
func (t *Tally) count(l *line) {
	t.countHeavy(l)
	each := func(d dimension, x *line) {
		t.line(x, &x.place)
		x.trend = d.step != ""
	}
	for _, x := range l.below {
		each(t.dims[0], x)
		for _, c := range x.below {
			each(t.dims[1], c)
		}
	}
}

// countHeavy counts out the rows of the groups that are too large to be
// counted out at once.
func (t *Tally) countHeavy(l *line) {
	var places []place
	for _, x := range l.below {
		places = append(places, x.place)
		for _, c := range x.below {
			places = append(places, c.place)
		}
	}
	for _, e := range t.said {
		if e.heavy {
			t.countRows(e, places)
		}
	}
}

// cite fills in the cases and the questions behind every line.
func (t *Tally) cite(l *line) {
	t.roster.order()
	lines := l.all()
	// The cases of a number: those that are a part, and those of the whole.
	type cited struct{ part, of []string }
	at := map[place]*cited{}
	for _, s := range t.fixed {
		at[s.place] = &cited{}
	}
	for _, x := range lines { // room for as many as were counted
		c := at[x.place]
		if c == nil {
			c = &cited{}
			at[x.place] = c
		}
		if x.N > 0 {
			c.part = make([]string, 0, x.N)
		}
		if x.Of > 0 && (x.place.kind <= ofOtherRow || t.q.Share) {
			c.of = make([]string, 0, x.Of)
		}
	}
	// Which lists a case stands in, by its outcome.
	stands, listed := make([][]*[]string, len(t.made)), make([]bool, len(t.made))
	lists := func(o *outcome) (to []*[]string) {
		if listed[o.number] {
			return stands[o.number]
		}
		add := func(p place) {
			x, c := t.adds(p, o), at[p]
			if c == nil {
				return
			}
			if x.N > 0 {
				to = append(to, &c.part)
			}
			if x.D > 0 && (p.kind <= ofOtherRow || t.q.Share) { // else a row is a part of the whole table
				to = append(to, &c.of)
			}
		}
		for _, s := range t.fixed {
			add(s.place)
		}
		if t.tabled() {
			for _, s := range o.touched {
				add(s.place)
			}
		}
		stands[o.number], listed[o.number] = to, true
		return to
	}
	for _, c := range t.roster.cases {
		o, e := t.by(c.slot)
		if o == nil {
			o = e.cases[c.i]
		}
		for _, to := range lists(o) {
			*to = append(*to, c.id)
		}
	}
	for _, x := range lines {
		p := x.place
		if p.kind == ofBoth {
			p.kind = ofAll // the cases of a ratio are all cases
		}
		c := at[p]
		x.Cases, x.OfIDs = c.part, c.of
		switch {
		case !t.b.rules.Sample: // a census of what was published varies by no chance
		case x.trend && !t.q.Share:
			x.Interval = Garwood(x.N)
		case x.trend || p.kind > ofOtherRow:
			x.Interval = Wilson(x.N, x.Of)
		}
		if p.kind > ofOtherRow && !t.q.Share {
			x.OfIDs = at[place{kind: ofOtherRow}].of
			if p.row == NotCoded {
				x.OfIDs = at[place{kind: ofAll}].part
			}
		}
	}
	t.ask(lines)
	l.close()
}

// all lists a line and those below it.
func (l *line) all() []*line {
	out := []*line{l}
	for _, x := range l.below {
		out = append(out, x.all()...)
	}
	return out
}

// close moves the lines below into the result.
func (l *line) close() {
	for _, x := range l.below {
		x.close()
		l.Rows = append(l.Rows, x.Result)
	}
}

// ask lists the questions behind every line. Most groups leave the same of
// most numbers, so that what moves a number is worked out by leeway, and for a
// row only those groups are looked at that touch it.
func (t *Tally) ask(lines []*line) {
	t.b.asking++
	asking := t.b.asking
	var leeways []*leeway
	of := func(l *leeway) int32 {
		if l.asking != asking {
			l.asking, l.number = asking, int32(len(leeways))
			leeways = append(leeways, l)
		}
		return l.number
	}
	lineAt := make(map[place]int32, len(lines))
	for i, x := range lines {
		lineAt[x.place] = int32(i)
		if s := t.rows[x.place]; s != nil {
			s.asked, s.line = asking, int32(i)
		}
	}
	type touching struct{ entry, leeway int32 }
	rows := make([][]touching, len(lines))
	fixed := make([][]int32, len(t.fixed)) // what each entry leaves of a number; of a table what a row that it does not touch
	for i := range fixed {
		fixed[i] = make([]int32, len(t.entries))
	}
	for at, e := range t.entries {
		if e == nil || !e.open {
			continue
		}
		for i := range fixed {
			if e.fixed[i] != nil { // of a heavy group: each row by itself
				fixed[i][at] = of(e.fixed[i])
			}
		}
		if e.slow != nil {
			for p, l := range e.slow.rows {
				if i, ok := lineAt[p]; ok {
					rows[i] = append(rows[i], touching{int32(at), of(l)})
				}
			}
			continue
		}
		for _, r := range e.rows {
			if r.sum.asked == asking {
				rows[r.sum.line] = append(rows[r.sum.line], touching{int32(at), of(r.leeway)})
			}
		}
	}
	a := t.asking()
	bases := make([]*base, len(fixed))
	move := make([]moves, len(leeways))
	asked := make([]*line, len(leeways)) // the line that move is of
	for i, x := range lines {
		moving := func(l int32) *moves {
			if asked[l] != x {
				asked[l], move[l] = x, x.m.moving(leeways[l])
			}
			return &move[l]
		}
		kind := min(x.place.kind, ofBoth)
		if x.place.kind > ofBoth {
			kind = 1
		}
		if bases[kind] == nil {
			bases[kind] = &base{usual: fixed[kind]}
		}
		b := bases[kind]
		b.settle(a, moving)
		var patches []int32
		for _, r := range rows[i] {
			m := moving(r.leeway)
			if usual := &b.by[r.entry]; usual.all == m.all && slices.Equal(usual.at, m.at) {
				continue
			}
			for _, g := range a.groups[a.from[r.entry]:a.from[r.entry+1]] {
				for _, j := range g.asked {
					if m.has(int(t.roster.places[j])) != b.moves[j] {
						patches = append(patches, j)
					}
				}
			}
		}
		x.Questions = b.patched(t.roster, patches)
	}
}

// An asking is which questions are of which entry.
type asking struct {
	roster *roster
	entry  []int32 // by question
	open   []bool  // by entry: it has questions
	from   []int32 // by entry: where its groups begin
	groups []*listed
}

func (t *Tally) asking() *asking {
	r := t.roster
	a := &asking{roster: r, entry: make([]int32, len(r.questions)), open: make([]bool, len(t.entries)), from: make([]int32, len(t.entries)+1), groups: make([]*listed, len(r.open))}
	for _, x := range r.open {
		a.from[-t.slots[x.slot]]++
	}
	for i, n := range a.from[1:] {
		a.open[i] = n > 0
		a.from[i+1] += a.from[i]
	}
	next := slices.Clone(a.from)
	for _, x := range r.open {
		n := -1 - t.slots[x.slot]
		a.groups[next[n]] = x
		next[n]++
	}
	for j, of := range r.groups {
		a.entry[j] = -1 - t.slots[of]
	}
	return a
}

// A base is the questions that move a number as most groups leave it.
type base struct {
	usual  []int32 // what each entry leaves
	by     []moves // what moves that, by entry
	moves  []bool  // by question
	before []int32 // how many in the list stand before a question
	list   []*recount.Question
}

// settle makes the list, unless the same questions move the next number.
func (b *base) settle(a *asking, moving func(int32) *moves) {
	same := b.moves != nil
	if !same {
		b.by = make([]moves, len(b.usual))
	}
	for i, l := range b.usual {
		if !a.open[i] {
			continue
		}
		m := moving(l)
		same = same && m.all == b.by[i].all && slices.Equal(m.at, b.by[i].at)
		b.by[i] = *m
	}
	if same {
		return
	}
	r := a.roster
	if b.moves == nil {
		b.moves, b.before = make([]bool, len(r.questions)), make([]int32, len(r.questions))
	}
	var list []*recount.Question
	sum := uint64(14695981039346656037)
	for j, entry := range a.entry {
		b.before[j] = int32(len(list))
		b.moves[j] = b.by[entry].has(int(r.places[j]))
		if b.moves[j] {
			list = append(list, r.questions[j].Question)
			sum = (sum ^ uint64(j)) * 1099511628211
		}
	}
	b.list = r.list(list, sum)
}

// patched is the list in which some questions are moved that were not, or the
// other way round.
func (b *base) patched(r *roster, patches []int32) []*recount.Question {
	if len(patches) == 0 {
		return b.list
	}
	slices.Sort(patches)
	out := make([]*recount.Question, 0, len(b.list)+len(patches))
	from := int32(0)
	for _, j := range patches {
		out = append(out, b.list[from:b.before[j]]...)
		if from = b.before[j]; b.moves[j] {
			from++
		} else {
			out = append(out, r.questions[j].Question)
		}
	}
	if out = append(out, b.list[from:]...); len(out) == 0 {
		return nil
	}
	return out
}

// join puts notes into one line.
func join(notes ...string) string {
	return strings.Join(slices.DeleteFunc(notes, func(s string) bool { return s == "" }), "; ")
}
