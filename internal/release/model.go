package release

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"recount"
)

// A model holds what a reader of an edition can set down: for each set of
// columns that some number is about, the counts of people by their values, with
// what is printed of their sums. Two sets that share columns agree on them.
//
// Values that no number tells apart are one. Where sets of columns hang together
// in a circle their joint table is taken, so that what follows from all of them
// together is seen (for sets without a circle, agreeing pairwise is enough:
// Vorob'ev 1962); if that is too large, nothing in it counts as proved.
type model struct {
	e      *Edition
	column map[string]*Column
	known  *Known
	total  Hidden
	atoms  map[string]*atoms
	tables []*table

	margins []*margin

	most int // people that any count can have
}

// maxJoint is how many cells a joint table may have.
const maxJoint = 4096

// atoms are the values of a column that some number tells apart.
type atoms struct {
	column *Column
	of     map[string]int // value -> atom
	value  []string       // one of each atom
	up     []int          // atom of the parent column, or nil
}

// A table counts people by the atoms of some columns.
type table struct {
	columns  []string
	closure  []string // with what follows from them
	cells    []Hidden
	at       [][]int // of each cell, the atom of each column of the closure
	unproved bool
}

// newModel sets down what an edition prints.
func newModel(e *Edition, numbers []Number) (*model, error) {
	m, err := newFrame(e, numbers)
	if err != nil {
		return nil, err
	}
	for i := range numbers {
		n := &numbers[i]
		if n.Hidden || n.Implied {
			continue
		}
		m.print(n.Where, n.N)
		if n.Of > 0 {
			m.print(n.OfWhere, n.Of)
		}
	}
	return m, nil
}

// newPast sets down what an earlier edition printed, by the same tables as
// newModel does for this one, so that each count has its place in both.
func newPast(e *Edition, numbers []Number, earlier map[string]int) (*model, error) {
	m, err := newFrame(e, numbers)
	if err != nil {
		return nil, err
	}
	for _, key := range slices.Sorted(maps.Keys(earlier)) {
		if where, ok := conditions(key); ok && e.knows(where) {
			m.print(where, earlier[key])
		}
	}
	return m, nil
}

// newFrame makes the tables that numbers, and those of earlier editions, are about.
func newFrame(e *Edition, numbers []Number) (*model, error) {
	m := &model{e: e, column: map[string]*Column{}, known: &Known{}, atoms: map[string]*atoms{}, most: e.People}
	for _, c := range e.Columns {
		m.column[c.Name] = c
	}
	for _, earlier := range e.Earlier {
		for _, n := range earlier {
			m.most = max(m.most, n)
		}
	}
	m.total = m.known.hide(0, 1<<30, e.People)
	asked := map[string][]Condition{}
	var sets [][]string
	ask := func(where []Condition) {
		var set []string
		for _, c := range where {
			asked[c.Column] = append(asked[c.Column], c)
			set = append(set, c.Column)
		}
		sets = append(sets, m.reduce(set))
	}
	for i := range numbers {
		ask(numbers[i].Where)
		if numbers[i].Of > 0 {
			ask(numbers[i].OfWhere)
		}
	}
	for _, earlier := range e.Earlier {
		for key := range earlier {
			if where, ok := conditions(key); ok && e.knows(where) {
				ask(where)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(asked)) {
		if err := m.split(name, asked); err != nil {
			return nil, err
		}
	}
	m.gather(sets)
	for _, t := range m.tables {
		m.fill(t)
	}
	m.agree()
	return m, nil
}

// ancestors lists the columns that follow from one, the nearest first.
func (m *model) ancestors(name string) (out []string) {
	for c := m.column[name]; c != nil && c.Parent != "" && len(out) < len(m.e.Columns); c = m.column[c.Parent] {
		out = append(out, c.Parent)
	}
	return out
}

// reduce sorts a set of columns and leaves out those that follow from others.
func (m *model) reduce(set []string) []string {
	set = slices.Compact(slices.Sorted(slices.Values(set)))
	return slices.DeleteFunc(slices.Clone(set), func(c string) bool {
		return slices.ContainsFunc(set, func(o string) bool { return o != c && slices.Contains(m.ancestors(o), c) })
	})
}

func (m *model) closed(set []string) []string {
	out := slices.Clone(set)
	for _, c := range set {
		for _, a := range m.ancestors(c) {
			if !slices.Contains(out, a) {
				out = append(out, a)
			}
		}
	}
	return out
}

// split finds the values of a column that the numbers tell apart.
func (m *model) split(name string, asked map[string][]Condition) error {
	if m.atoms[name] != nil {
		return nil
	}
	c := m.column[name]
	if c == nil {
		return fmt.Errorf("column %s: %w", name, recount.ErrNotFound)
	}
	if c.Parent != "" {
		if err := m.split(c.Parent, asked); err != nil {
			return err
		}
	}
	a := &atoms{column: c, of: map[string]int{}}
	by := map[string]int{}
	values := append(slices.Clone(c.Of), c.Values...)
	if c.Parent == "" { // values that only an earlier edition knew
		for _, x := range asked[name] {
			for _, w := range x.Values {
				if !slices.ContainsFunc(values, func(v string) bool { return c.at(v, x.Level) == w }) {
					values = append(values, w)
				}
			}
		}
	}
	for _, v := range slices.Compact(slices.Sorted(slices.Values(values))) {
		sign := make([]byte, 0, len(asked[name])+1)
		for i := range asked[name] {
			if c.holds(&asked[name][i], v) {
				sign = append(sign, '1')
			} else {
				sign = append(sign, '0')
			}
		}
		up := -1
		if c.Parent != "" {
			up = m.atoms[c.Parent].of[c.Up[v]]
			sign = append(sign, fmt.Sprint(":", up)...)
		}
		i, ok := by[string(sign)]
		if !ok {
			i = len(a.value)
			by[string(sign)] = i
			a.value = append(a.value, v)
			if up >= 0 {
				a.up = append(a.up, up)
			}
		}
		a.of[v] = i
	}
	m.atoms[name] = a
	return nil
}

// gather chooses the tables: one for each set of columns that is no part of
// another, and one for all sets of a circle.
func (m *model) gather(sets [][]string) {
	within := func(a, b []string) bool {
		return !slices.ContainsFunc(a, func(c string) bool { return !slices.Contains(b, c) })
	}
	// Most numbers are about the columns of another one: each set once, where it first stands.
	seen := map[string]bool{}
	sets = slices.DeleteFunc(slices.Clone(sets), func(s []string) bool {
		key := strings.Join(s, "\x00")
		had := seen[key]
		seen[key] = true
		return had
	})
	closed := make([][]string, len(sets))
	for i, s := range sets {
		closed[i] = m.closed(s)
	}
	var keep [][]string
	for i, s := range sets {
		larger := false
		for j := range sets {
			larger = larger || j != i && within(s, closed[j]) && (!within(sets[j], closed[i]) || j < i)
		}
		if len(s) > 0 && !larger {
			keep = append(keep, s)
		}
	}
	core := m.circle(keep)
	var joint []string
	for _, s := range keep {
		if in := slices.ContainsFunc(core, func(c []string) bool { return slices.Equal(c, s) }); in {
			joint = append(joint, s...)
		}
	}
	if joint = m.reduce(joint); len(joint) > 0 && m.size(joint) <= maxJoint {
		keep = slices.DeleteFunc(keep, func(s []string) bool { return within(s, m.closed(joint)) })
		keep = append(keep, joint)
		joint = nil
	}
	for _, s := range keep {
		t := &table{columns: s, closure: m.closed(s)}
		// A circle that is too large for a joint table, or a table that is.
		t.unproved = len(joint) > 0 && within(s, joint) || m.size(s) > maxJoint
		m.tables = append(m.tables, t)
	}
}

func (m *model) size(columns []string) int {
	n := 1
	for _, c := range columns {
		if n *= len(m.atoms[c].value); n > 1<<20 {
			return n
		}
	}
	return n
}

// circle returns the sets that are left when no set can be taken off any more:
// one whose columns, but for its own, lie within one other set (Graham; Yu and
// Ozsoyoglu 1979).
func (m *model) circle(sets [][]string) [][]string {
	left := slices.Clone(sets)
	for {
		off := slices.IndexFunc(left, func(s []string) bool {
			cs := m.closed(s)
			var shared []string
			for _, c := range cs {
				if slices.ContainsFunc(left, func(o []string) bool { return !slices.Equal(o, s) && slices.Contains(m.closed(o), c) }) {
					shared = append(shared, c)
				}
			}
			return len(shared) == 0 || slices.ContainsFunc(left, func(o []string) bool {
				co := m.closed(o)
				return !slices.Equal(o, s) && !slices.ContainsFunc(shared, func(c string) bool { return !slices.Contains(co, c) })
			})
		})
		if off < 0 {
			return left
		}
		left = slices.Delete(left, off, off+1)
	}
}

// atom is the atom of a column for somebody who has the given ones.
func (m *model) atom(t *table, at []int, column string) int {
	return at[slices.Index(t.closure, column)]
}

// fill makes the cells of a table.
func (m *model) fill(t *table) {
	if t.unproved {
		return
	}
	held := map[string]int{}
	key := func(at []int) string { return fmt.Sprint(at[:len(t.columns)]) }
	for p := range m.e.People {
		at := make([]int, len(t.columns))
		for i, c := range t.columns {
			at[i] = m.atoms[c].of[m.atoms[c].column.Of[p]]
		}
		held[key(at)]++
	}
	at := make([]int, len(t.columns))
	var put func(i int)
	put = func(i int) {
		if i < len(t.columns) {
			for a := range m.atoms[t.columns[i]].value {
				at[i] = a
				put(i + 1)
			}
			return
		}
		whole := make([]int, len(t.closure))
		for j := range whole {
			whole[j] = -1
		}
		copy(whole, at)
		for j, c := range t.columns {
			a := at[j]
			for x := c; m.column[x].Parent != ""; x = m.column[x].Parent {
				a = m.atoms[x].up[a]
				k := slices.Index(t.closure, m.column[x].Parent)
				if whole[k] >= 0 && whole[k] != a {
					return // nobody can be both
				}
				whole[k] = a
			}
		}
		t.at = append(t.at, whole)
		t.cells = append(t.cells, m.known.hide(0, m.most, held[key(at)]))
	}
	put(0)
}

// A margin counts people by columns that tables share, or by one column of which
// a sum is printed; the tables agree on it.
type margin struct {
	columns []string
	cells   []Hidden
	at      [][]int
}

// agree makes the margins: one for each set of columns that two tables share,
// and for each column of a table.
func (m *model) agree() {
	var sets [][]string
	add := func(set []string) {
		if len(set) > 0 && !slices.ContainsFunc(sets, func(o []string) bool { return slices.Equal(o, set) }) {
			sets = append(sets, set)
		}
	}
	for i, t := range m.tables {
		if t.unproved {
			continue
		}
		for _, c := range t.closure {
			add([]string{c})
		}
		for _, u := range m.tables[:i] {
			if u.unproved {
				continue
			}
			var shared []string
			for _, c := range t.closure {
				if slices.Contains(u.closure, c) {
					shared = append(shared, c)
				}
			}
			add(m.reduce(shared))
		}
	}
	for _, set := range sets {
		x := &margin{columns: set}
		index := map[string]int{}
		for _, t := range m.tables {
			if t.unproved || slices.ContainsFunc(set, func(c string) bool { return !slices.Contains(t.closure, c) }) {
				continue
			}
			sides := map[int][]Hidden{}
			for c, at := range t.at {
				key := make([]int, len(set))
				for j, s := range set {
					key[j] = m.atom(t, at, s)
				}
				k := fmt.Sprint(key)
				i, ok := index[k]
				if !ok {
					i = len(x.cells)
					index[k] = i
					x.cells = append(x.cells, m.known.hide(0, m.most, 0))
					x.at = append(x.at, key)
				}
				sides[i] = append(sides[i], t.cells[c])
			}
			for i, cell := range x.cells {
				n := 0
				for _, p := range sides[i] {
					n += m.known.guess[p]
				}
				m.known.guess[cell] = n
				m.known.Equal(sides[i], []Hidden{cell})
			}
		}
		m.known.Equal(x.cells, []Hidden{m.total})
		m.margins = append(m.margins, x)
	}
}

// parts lists the counts that conditions sum, the fewest that do; ok is false if
// no table that can be looked at holds them.
func (m *model) parts(where []Condition) (out []Hidden, ok bool) {
	if len(where) == 0 {
		return []Hidden{m.total}, true
	}
	take := func(columns []string, cells []Hidden, at [][]int) {
		if slices.ContainsFunc(where, func(c Condition) bool { return !slices.Contains(columns, c.Column) }) {
			return
		}
		var sum []Hidden
		for i := range at {
			if !slices.ContainsFunc(where, func(c Condition) bool {
				a := m.atoms[c.Column]
				return !a.column.holds(&c, a.value[at[i][slices.Index(columns, c.Column)]])
			}) {
				sum = append(sum, cells[i])
			}
		}
		if !ok || len(sum) < len(out) {
			out, ok = sum, true
		}
	}
	for _, x := range m.margins {
		take(x.columns, x.cells, x.at)
	}
	if ok {
		return out, ok
	}
	for _, t := range m.tables {
		if !t.unproved {
			take(t.closure, t.cells, t.at)
		}
	}
	return out, ok
}

// between lists the values of quasi columns, few people each, that numbers tell
// apart from others though none of them counts these alone: the month by which
// two periods differ.
func (m *model) between(s *Shape, numbers []Number) (out []Number) {
	counted := map[string]bool{}
	for i := range numbers {
		if parts, ok := m.parts(numbers[i].Where); ok {
			counted[fmt.Sprint(parts)] = true
		}
	}
	for _, x := range m.margins {
		if len(x.columns) != 1 || s.ClassOf(m.column[x.columns[0]]) != Quasi {
			continue
		}
		a := m.atoms[x.columns[0]]
		for i, cell := range x.cells {
			n := m.known.guess[cell]
			if n < 1 || n >= m.e.Rule.Small || counted[fmt.Sprint([]Hidden{cell})] {
				continue
			}
			c, name := a.condition(x.at[i][0])
			out = append(out, Number{Result: name, Label: name, Where: []Condition{c}, N: n, Implied: true, Between: true})
		}
	}
	// And those whom two or more columns together tell apart: the women of a country, of
	// whom its people and its men are printed.
	for _, t := range m.tables {
		if t.unproved || len(t.columns) < 2 || !slices.ContainsFunc(t.closure, func(c string) bool { return s.ClassOf(m.column[c]) == Quasi }) {
			continue
		}
		for i, cell := range t.cells {
			n := m.known.guess[cell]
			if n < 1 || n >= m.e.Rule.Small || counted[fmt.Sprint([]Hidden{cell})] {
				continue
			}
			var where []Condition
			var names []string
			for j, c := range t.columns {
				w, name := m.atoms[c].condition(t.at[i][j])
				where, names = append(where, w), append(names, name)
			}
			name := strings.Join(names, ", ")
			out = append(out, Number{Result: name, Label: name, Where: where, N: n, Implied: true, Between: true})
		}
	}
	return out
}

// condition says which values an atom is, and what they are called together.
func (a *atoms) condition(atom int) (c Condition, name string) {
	c = Condition{Column: a.column.Name}
	for v, of := range a.of {
		if of == atom {
			c.Values = append(c.Values, v)
		}
	}
	// Those that somebody has, if there are any.
	if had := slices.DeleteFunc(slices.Clone(c.Values), func(v string) bool { return !slices.Contains(a.column.Of, v) }); len(had) > 0 {
		c.Values = had
	}
	slices.Sort(c.Values)
	name = c.Column + " " + c.Values[0]
	if last := c.Values[len(c.Values)-1]; len(c.Values) == 2 {
		name += " or " + last
	} else if len(c.Values) > 2 {
		name += " to " + last
	}
	return c, name
}

// A countOf is a count that two editions can be set beside each other by.
type countOf struct {
	at    Hidden
	where []Condition
	name  string
}

// counts lists everybody, what is asked, and the values of each column and of columns
// that tables share, in the same order for every model of the same frame.
func (m *model) counts(asked []countOf) (out []countOf) {
	out = append(out, countOf{at: m.total, name: "people"})
	for _, x := range asked {
		if x.at = m.hide(&Number{Where: x.where}); x.at >= 0 {
			out = append(out, x)
		}
	}
	put := func(columns []string, cells []Hidden, at [][]int) {
		for i, cell := range cells {
			x := countOf{at: cell}
			var names []string
			for j, c := range columns {
				w, name := m.atoms[c].condition(at[i][j])
				x.where, names = append(x.where, w), append(names, name)
			}
			x.name = strings.Join(names, ", ")
			out = append(out, x)
		}
	}
	for _, x := range m.margins {
		put(x.columns, x.cells, x.at)
	}
	return out
}

// described names a count by its conditions.
func described(where []Condition) string {
	var out []string
	for _, c := range where {
		out = append(out, c.Column+" "+strings.Join(c.Values, ", "))
	}
	return strings.Join(out, ", ")
}

// apart lists what this edition and an earlier one tell together: counts that
// differ by few people in any case that fits both, though neither may print them.
func (e *Edition) apart(m *model, numbers []Number, earlier map[string]int) (out []Finding, err error) {
	past, err := newPast(e, numbers, earlier)
	if err != nil {
		return nil, err
	}
	var asked []countOf
	for i := range numbers {
		if n := &numbers[i]; !n.Implied && len(n.Where) > 0 {
			asked = append(asked, countOf{where: n.Where, name: n.Name()})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(earlier)) {
		if where, ok := conditions(key); ok && len(where) > 0 && e.knows(where) {
			asked = append(asked, countOf{where: where, name: described(where)})
		}
	}
	here, then := m.counts(asked), past.counts(asked)
	past.known.begin()
	m.known.begin()
	if !past.known.possible || !m.known.possible {
		return []Finding{{Number: Number{Result: "earlier edition", Label: "an earlier edition", Implied: true}, Proven: false, Was: 0, Apart: true}}, nil
	}
	seen := map[string]bool{}
	for i := range numbers { // these are set beside each other by name
		if n := &numbers[i]; !n.Hidden && !n.Implied && e.before(n) >= 0 {
			if parts, ok := m.parts(n.Where); ok {
				seen[fmt.Sprint(parts)] = true
			}
		}
	}
	for i, c := range here {
		parts, ok := m.parts(c.where)
		if key := fmt.Sprint(parts); ok && seen[key] {
			continue
		} else if ok {
			seen[key] = true
		}
		if m.known.open(c.at, e.Rule.Width) || past.known.open(then[i].at, e.Rule.Width) {
			continue
		}
		low, high, err := m.known.settled(c.at)
		if err != nil {
			return nil, err
		}
		from, to, err := past.known.settled(then[i].at)
		if err != nil {
			return nil, err
		}
		least, most := low-to, high-from
		if least >= 1 && most < e.Rule.Small || most <= -1 && -least < e.Rule.Small {
			name := c.name
			out = append(out, Finding{Number: Number{Result: name, Label: name, Where: c.where, N: low, Implied: true, Between: true}, Low: least, High: most, Proven: true, Was: from, Apart: true})
		}
	}
	return out, nil
}

// mostSearched is how many counts of three editions are searched for their range before
// that is given up.
const mostSearched = 600

// A knownCount is what one edition tells of a count.
type knownCount struct{ low, high int }

// told lists what an edition tells of each count: those whose range is narrow. Of the
// first, which somebody asked for, it is searched for; of the others taken as every
// reader can work it out at once. ok is false if the search was given up.
func (m *model) told(counts []countOf, first int, left *int) (out map[int]knownCount, ok bool, err error) {
	if m.known.begin(); !m.known.possible {
		return nil, true, nil // what it printed does not fit the columns; apart says so
	}
	out = map[int]knownCount{}
	for i, c := range counts {
		low, high := m.known.narrowed.lo[c.at], m.known.narrowed.hi[c.at]
		if low < high && i < first {
			if *left--; *left < 0 {
				return nil, false, nil
			}
			if m.known.open(c.at, m.e.Rule.Width) {
				continue
			}
			if low, high, err = m.known.settled(c.at); err != nil {
				return nil, false, err
			}
		}
		if high-low < m.e.Rule.Width {
			out[i] = knownCount{low, high}
		}
	}
	return out, true, nil
}

// where is a condition by columns and their atoms, without columns of which it takes
// all; the same for all ways to ask for the same people.
func (m *model) where(where []Condition) map[string][]int {
	out := map[string][]int{}
	for _, c := range where {
		a := m.atoms[c.Column]
		var has []int
		for i, v := range a.value {
			if a.column.holds(&c, v) && (out[c.Column] == nil || slices.Contains(out[c.Column], i)) {
				has = append(has, i)
			}
		}
		out[c.Column] = has
	}
	for c, has := range out {
		if len(has) == len(m.atoms[c].value) {
			delete(out, c)
		}
	}
	return out
}

// three lists what this edition and two earlier ones tell together though no two of
// them do: a count of the first or of the last edition that is the sum of two, each
// told by another edition, and differs from them by few people. Of more than two
// earlier editions each pair is taken. Sums of three and four parts by one column are
// looked for over all editions.
func (e *Edition) three(numbers []Number) (out []Finding, err error) {
	if len(e.Earlier) < 2 {
		return nil, nil
	}
	var asked []countOf
	seen := map[string]bool{}
	ask := func(where []Condition, name string) {
		if key := keyOf(where); len(where) > 0 && !seen[key] {
			seen[key] = true
			asked = append(asked, countOf{where: where, name: name})
		}
	}
	for i := range numbers {
		if n := &numbers[i]; !n.Implied {
			ask(n.Where, n.Name())
		}
	}
	for _, earlier := range e.Earlier {
		for _, key := range slices.Sorted(maps.Keys(earlier)) {
			if where, ok := conditions(key); ok && e.knows(where) {
				ask(where, described(where))
			}
		}
	}
	// The editions in order, this one last.
	var editions []map[int]knownCount
	var counts []countOf
	var last *model
	left := mostSearched
	for i := range len(e.Earlier) + 1 {
		m, err := newModel(e, numbers)
		if i < len(e.Earlier) {
			m, err = newPast(e, numbers, e.Earlier[i])
		}
		if err != nil {
			return nil, err
		}
		counts, last = m.counts(asked), m
		told, ok, err := m.told(counts, 1+len(asked), &left)
		if err != nil {
			return nil, err
		}
		if !ok {
			return []Finding{{Number: Number{Result: "earlier editions", Label: "earlier editions", Implied: true}, Proven: false, Was: 0, Apart: true, Three: true}}, nil
		}
		editions = append(editions, told)
	}
	// Counts by what they take, the first of those that take the same.
	places := make([]map[string][]int, len(counts))
	at := map[string]int{}
	key := func(w map[string][]int) string { return fmt.Sprint(w) } // maps are printed in order
	for i, c := range counts {
		places[i] = last.where(c.where)
		if _, ok := at[key(places[i])]; !ok {
			at[key(places[i])] = i
		}
	}
	three := threes(len(editions) - 1)
	for _, k := range slices.Sorted(maps.Keys(at)) {
		whole := at[k]
		for _, part := range slices.Sorted(maps.Values(at)) {
			rest, ok := last.less(places[whole], places[part])
			if !ok {
				continue
			}
			other, ok := at[key(rest)]
			if !ok || other == part {
				continue
			}
			for _, x := range three {
				p, ok1 := editions[x.whole][whole]
				c, ok2 := editions[x.part][part]
				q, ok3 := editions[x.rest][other]
				if !ok1 || !ok2 || !ok3 {
					continue
				}
				if _, alone := editions[x.whole][part]; alone {
					continue // then two of them tell it
				}
				least, most := p.low-c.high-q.high, p.high-c.low-q.low
				if (least < 1 || most >= e.Rule.Small) && (most > -1 || -least >= e.Rule.Small) {
					continue
				}
				name := counts[whole].name
				f := Finding{Number: Number{Result: name, Label: name, Where: counts[whole].where, N: p.low, Implied: true, Between: true}, Low: least, High: most, Proven: true, Was: c.low + q.low, Apart: true, Three: true}
				if !slices.ContainsFunc(out, func(o Finding) bool { return codeOf(&o) == codeOf(&f) }) {
					out = append(out, f)
				}
			}
		}
	}
	// And the sums of more.
	c := &sumsOfMore{m: last, places: places, counts: slices.Sorted(maps.Values(at)), editions: editions, small: e.Rule.Small, left: mostCovers}
	for _, whole := range c.counts {
		least, most, was, ok := c.of(whole)
		if !ok {
			continue
		}
		name := counts[whole].name
		f := Finding{Number: Number{Result: name, Label: name, Where: counts[whole].where, N: was, Implied: true, Between: true}, Low: least, High: most, Proven: true, Was: was, Apart: true, Three: true}
		if !slices.ContainsFunc(out, func(o Finding) bool { return codeOf(&o) == codeOf(&f) }) {
			out = append(out, f)
		}
	}
	if c.left < 0 {
		out = append(out, Finding{Number: Number{Result: "earlier editions", Label: "earlier editions", Implied: true}, Proven: false, Was: 0, Apart: true, Three: true})
	}
	return out, nil
}

const (
	mostParts  = 4         // of a sum over editions that is looked for
	mostCovers = 1_000_000 // steps of that search before it is given up
)

// sumsOfMore finds counts that are the sum of three or four others by one column, each
// told by the edition of the whole or all by editions of one side of it, of which there
// are three at least, this one among them.
type sumsOfMore struct {
	m        *model
	places   []map[string][]int
	counts   []int
	editions []map[int]knownCount
	small    int
	left     int
}

// A piece is a part of a count by the values that it takes of one column.
type piece struct {
	count int
	takes uint64
}

// of looks for sums that a count is and from which it differs by few people.
func (c *sumsOfMore) of(whole int) (least, most, was int, ok bool) {
	if !slices.ContainsFunc(c.editions, func(known map[int]knownCount) bool { _, ok := known[whole]; return ok }) {
		return 0, 0, 0, false
	}
	pieces := map[string][]piece{}
	for _, part := range c.counts {
		column, ok := differs(c.places[whole], c.places[part])
		if part == whole || !ok || len(c.m.atoms[column].value) > 64 || !slices.ContainsFunc(c.editions, func(known map[int]knownCount) bool { _, ok := known[part]; return ok }) {
			continue
		}
		pieces[column] = append(pieces[column], piece{part, bitsOf(c.places[part][column])})
	}
	for _, column := range slices.Sorted(maps.Keys(pieces)) {
		all := bitsOf(c.places[whole][column])
		if c.places[whole][column] == nil {
			all = 1<<len(c.m.atoms[column].value) - 1
		}
		if least, most, was, ok = c.cover(whole, all, pieces[column], nil); ok {
			return least, most, was, true
		}
	}
	return 0, 0, 0, false
}

func bitsOf(atoms []int) (out uint64) {
	for _, a := range atoms {
		out |= 1 << a
	}
	return out
}

// differs names the one column by which a part takes fewer than its whole.
func differs(whole, part map[string][]int) (column string, ok bool) {
	for c, has := range part {
		if of, ok := whole[c]; ok && slices.Equal(of, has) {
			continue
		}
		if column != "" {
			return "", false
		}
		column = c
	}
	for c := range whole {
		if part[c] == nil {
			return "", false
		}
	}
	return column, column != ""
}

// cover puts pieces together to what is left of a whole: each time one that holds its
// first value.
func (c *sumsOfMore) cover(whole int, left uint64, pieces []piece, parts []int) (least, most, was int, ok bool) {
	if c.left--; c.left < 0 {
		return 0, 0, 0, false
	}
	if left == 0 {
		if len(parts) < 3 {
			return 0, 0, 0, false
		}
		return c.few(whole, parts)
	}
	if len(parts) == mostParts {
		return 0, 0, 0, false
	}
	first := left & -left
	for _, p := range pieces {
		if p.takes&first == 0 || p.takes&^left != 0 {
			continue
		}
		if least, most, was, ok = c.cover(whole, left&^p.takes, pieces, append(slices.Clone(parts), p.count)); ok {
			return least, most, was, true
		}
	}
	return 0, 0, 0, false
}

// few says by how many people a count differs from its parts, if it is few in editions
// that tell them.
func (c *sumsOfMore) few(whole int, parts []int) (least, most, was int, ok bool) {
	for of := range c.editions {
		w, told := c.editions[of][whole]
		if !told {
			continue
		}
		for _, later := range []bool{false, true} {
			var take func(i, low, high int, used map[int]bool) bool
			take = func(i, low, high int, used map[int]bool) bool {
				if c.left--; c.left < 0 {
					return false
				}
				if i == len(parts) {
					least, most, was = w.low-high, w.high-low, low
					return len(used) >= 3 && used[len(c.editions)-1] && (least >= 1 && most < c.small || most <= -1 && -least < c.small)
				}
				for at := range c.editions {
					if _, alone := c.editions[of][parts[i]]; alone && at != of || !alone && (at == of || (at > of) != later) {
						continue
					}
					p, told := c.editions[at][parts[i]]
					if !told {
						continue
					}
					with := maps.Clone(used)
					with[at] = true
					if take(i+1, low+p.low, high+p.high, with) {
						return true
					}
				}
				return false
			}
			if take(0, 0, 0, map[int]bool{of: true}) {
				return least, most, was, true
			}
		}
	}
	return 0, 0, 0, false
}

// A threeOf says which edition is asked for a count, which for a part of it and which
// for the rest.
type threeOf struct{ whole, part, rest int }

// threes lists the ways to ask edition now and two before it, of which that of the
// whole count is the first or the last.
func threes(now int) (out []threeOf) {
	for _, put := range []func(a, b int) threeOf{
		func(a, b int) threeOf { return threeOf{now, a, b} },
		func(a, b int) threeOf { return threeOf{a, now, b} },
		func(a, b int) threeOf { return threeOf{a, b, now} },
	} {
		for a := range now {
			for b := range now {
				if x := put(a, b); a != b && (x.whole == now || x.whole < min(x.part, x.rest)) {
					out = append(out, x)
				}
			}
		}
	}
	return out
}

// less is a place without another one that is a part of it by one column.
func (m *model) less(whole, part map[string][]int) (map[string][]int, bool) {
	column := ""
	for c, has := range part {
		if of, ok := whole[c]; ok && slices.Equal(of, has) {
			continue
		}
		if column != "" {
			return nil, false
		}
		column = c
	}
	if column == "" || len(part[column]) == 0 {
		return nil, false
	}
	all := whole[column]
	if all == nil {
		for i := range m.atoms[column].value {
			all = append(all, i)
		}
	}
	out := map[string][]int{}
	for c, has := range whole {
		if part[c] == nil {
			return nil, false
		}
		out[c] = has
	}
	out[column] = nil
	for _, i := range all {
		if !slices.Contains(part[column], i) {
			out[column] = append(out[column], i)
		}
	}
	for _, i := range part[column] {
		if !slices.Contains(all, i) {
			return nil, false
		}
	}
	return out, len(out[column]) > 0
}

// print sets down a printed number.
func (m *model) print(where []Condition, n int) {
	if parts, ok := m.parts(where); ok {
		m.known.Print(n, parts...)
	}
}

// hide makes one count of a number that is not printed; -1 if it cannot be looked
// at.
func (m *model) hide(n *Number) Hidden {
	parts, ok := m.parts(n.Where)
	switch {
	case !ok:
		return -1
	case len(parts) == 1:
		return parts[0]
	}
	h := m.known.hide(0, m.most, n.N)
	m.known.Equal(parts, []Hidden{h})
	return h
}

// look says what a reader can work out of such a count.
func (m *model) look(h Hidden, width int) (low, high int, open, proven bool, err error) {
	if h < 0 {
		return 0, m.most, false, false, nil
	}
	if m.known.open(h, width) {
		return 0, 0, true, true, nil
	}
	low, high, proven, err = m.known.Range(h)
	return low, high, false, proven, err
}
