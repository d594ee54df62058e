package release

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"recount"
)

// A Class says what a column is to somebody who wants to recognise a person.
type Class string

// The classes. A column without one refuses.
const (
	Direct    Class = "direct"    // names the person
	Quasi     Class = "quasi"     // known to others: gender, place, age, day
	Sensitive Class = "sensitive" // what others are not to learn
	Evidence  Class = "evidence"  // leads to the source: outlet, address
	Safe      Class = "safe"      // neither
)

// Classes lists them.
var Classes = [...]Class{Direct, Quasi, Sensitive, Evidence, Safe}

// A Column is what is known of each person, one value a person.
type Column struct {
	Name   string
	Class  Class // "": nobody classified it
	Of     []string
	Values []string // that can be, besides those that somebody has
	Levels []Level  // the ladder: how values are shown, each level wider than the one before
	// Parent is a column that follows from this one: having a sub-code is having
	// its code. Up says which value of it each value is.
	Parent string
	Up     map[string]string
	Words  map[string][]string // further words that mean a value
	// Opaque says that the column is a filter whose parts are not known: what else it
	// lies inside of, the values do not say.
	Opaque bool
}

// A Level is one rung of a ladder. Of says what each value is at it; a value
// that it does not name is as it was.
type Level struct {
	Name string
	Of   map[string]string
}

// A Condition holds for people whose value, at a level, is one of some.
type Condition struct {
	Column string
	Level  string // "" is the value as it is
	Values []string
	// Source is the filter that it comes from: the same question in every
	// edition, though other values answer it.
	Source string
}

// A Row is one row of a table in which a person may stand in several.
type Row struct {
	Name, Label string
	Where       Condition
	Under       string // name of the row of which it is a part, or ""
	Rest        bool   // it holds those who are in no other row's base, and is a part of all
}

// A Dimension is what the rows, or the columns, of a table are: the values of a
// column at a level, or rows that may overlap.
type Dimension struct {
	Column string
	Level  string
	Shown  []string // values at that level in the order of the table
	Rows   []Row    // instead of a column
	Name   string   // of the rows: "code"
}

// A Result is a number or a table that the edition prints. A row of a table is a part
// of all for whom Where and Of hold, or, with Share, of those of its own row for whom
// Of does.
type Result struct {
	Name, Label string
	Where, Of   []Condition
	Share       bool
	Dims        []Dimension
	Base        []Condition // of a table: hold besides for those of whom a row is a part
	Apart       bool        // rows are numbers of their own and parts of nothing: two periods
}

// A Number is one count that the edition prints or hides.
type Number struct {
	Result, Row, Cell string
	Label             string // of a cell: of its row, then its own
	Own               string // of a row or a cell without its row
	Where             []Condition
	N, Of             int
	OfWhere           []Condition
	Hidden            bool
	Implied           bool        // not printed: what is left of a whole
	Part, Whole       string      // of what is left: the number that is taken from which
	Less              []Condition // those for whom all of these hold are not counted
	Between           bool        // not printed: those whom printed numbers tell apart from others; Result says who they are
	WholeOf           bool        // it is what a number or a table is of, and printed beside it
}

// Name is how lists call a number: "reasons: brutality: woman".
func (n *Number) Name() string {
	s := n.Result
	for _, p := range []string{n.Row, n.Cell} {
		if p != "" {
			s += ": " + p
		}
	}
	return s
}

// Keys say what a number counts, the same in every edition: by the values that
// it counts, and by the filters that it comes from if there are any.
func (n *Number) Keys() []string {
	by := slices.Clone(n.Where)
	for i := range by {
		by[i].Source = ""
	}
	out := []string{keyOf(by)}
	if key := keyOf(n.Where); key != out[0] {
		out = append(out, key)
	}
	return out
}

const (
	everybody  = "everybody"
	filterMark = "filter~"
)

// Told is what an edition prints in a shape, by the keys of numbers, for those that
// come later: counts, and the wholes that shares and tables are of.
func Told(numbers []Number) map[string]int {
	out := map[string]int{}
	for i := range numbers {
		n := &numbers[i]
		if n.Hidden {
			continue
		}
		for _, key := range n.Keys() {
			out[key] = n.N
		}
		if n.Of > 0 {
			whole := Number{Where: n.OfWhere}
			for _, key := range whole.Keys() {
				out[key] = n.Of
			}
		}
	}
	return out
}

func keyOf(where []Condition) string {
	if len(where) == 0 {
		return everybody
	}
	var parts []string
	for _, c := range where {
		if c.Source != "" {
			parts = append(parts, filterMark+url.QueryEscape(c.Source))
			continue
		}
		var values []string
		for _, v := range slices.Sorted(slices.Values(c.Values)) {
			values = append(values, url.QueryEscape(v))
		}
		parts = append(parts, url.QueryEscape(c.Column)+"@"+url.QueryEscape(c.Level)+"="+strings.Join(values, "|"))
	}
	slices.Sort(parts)
	return strings.Join(parts, "&")
}

// conditions reads a key.
func conditions(key string) (out []Condition, ok bool) {
	if key == everybody {
		return nil, true
	}
	for part := range strings.SplitSeq(key, "&") {
		column, rest, found := strings.Cut(part, "@")
		level, values, eq := strings.Cut(rest, "=")
		if !found || !eq {
			return nil, false
		}
		c := Condition{}
		var err error
		if c.Column, err = url.QueryUnescape(column); err != nil {
			return nil, false
		}
		if c.Level, err = url.QueryUnescape(level); err != nil {
			return nil, false
		}
		for v := range strings.SplitSeq(values, "|") {
			if v, err = url.QueryUnescape(v); err != nil {
				return nil, false
			}
			c.Values = append(c.Values, v)
		}
		out = append(out, c)
	}
	return out, true
}

// An Edition is what is to be published: people, columns of what is known of
// them, and the results to be printed.
type Edition struct {
	Rule    Rule
	People  int
	Columns []*Column
	Results []Result
	Allowed map[string]bool  // codes of reasons that two people override
	Earlier []map[string]int // what each earlier edition printed, by Number.Key

	// What a text may not say of one person: who may not be shown (nil: nobody may),
	// and what pages say of people besides the columns.
	Protected []bool
	Said      []Said
	// SpeakIn are, of each person, the outlets in which he or she speaks.
	SpeakIn [][]string
	// Told are, of each person, the beginnings of rare words in the sentences of pages about
	// him or her.
	Told [][]string
	// Printed are those of all sentences of a page on which nobody else of the study speaks.
	Printed [][]string
	// Stories are what pages tell, reprints once.
	Stories []Story
}

// A Story is what a page tells: its words, and who of the study speaks there.
type Story struct {
	Words  map[string]bool // the beginnings of words
	People []int
}

// NewStory reads a page, on which these people speak.
func NewStory(text string, people ...int) Story {
	s := Story{Words: map[string]bool{}, People: people}
	for _, w := range plain(text) {
		if !holding()[w] {
			s.Words[Stem(w)] = true
		}
	}
	return s
}

// Column returns a column by its name; nil if there is none.
func (e *Edition) Column(name string) *Column {
	for _, c := range e.Columns {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// at returns what a value is at a level.
func (c *Column) at(value, level string) string {
	for _, l := range c.Levels {
		if l.Name == level {
			if w, ok := l.Of[value]; ok {
				return w
			}
		}
	}
	return value
}

// rank is the place of a level in the ladder: 0 is the value as it is.
func (c *Column) rank(level string) int {
	return 1 + slices.IndexFunc(c.Levels, func(l Level) bool { return l.Name == level })
}

// holds reports whether a condition holds for a value of its column.
func (c *Column) holds(x *Condition, value string) bool {
	return slices.Contains(x.Values, c.at(value, x.Level))
}

// A Shape is how an edition is shown: what a list of changes makes of it.
type Shape struct {
	class   map[string]Class
	level   map[string]string // column -> coarsest level asked for
	merged  map[string][]recount.ReleaseBody
	hidden  map[string]bool // "result: row: cell"
	dropped map[string]bool
	top     map[string]bool   // rows that are parts are not shown
	renamed map[string]string // result, or "result: row" -> its label
}

// NewShape reads a list of changes.
func NewShape(changes []recount.ReleaseBody) *Shape {
	s := &Shape{class: map[string]Class{}, level: map[string]string{}, merged: map[string][]recount.ReleaseBody{}, hidden: map[string]bool{}, dropped: map[string]bool{}, top: map[string]bool{}, renamed: map[string]string{}}
	for _, c := range changes {
		switch c.Op {
		case recount.Classify:
			s.class[c.What] = Class(c.To)
		case recount.Coarsen:
			if c.To == topLevel {
				s.top[c.What] = true
			}
			s.level[c.What] = c.To
		case recount.Merge:
			s.merged[c.What] = append(s.merged[c.What], c)
		case recount.Hide:
			for _, row := range c.Values {
				s.hidden[c.What+row] = true
			}
			if len(c.Values) == 0 {
				s.hidden[c.What] = true
			}
		case recount.Rename:
			s.renamed[c.What] = c.To
		case recount.Drop:
			for _, r := range c.Values { // everything by a column
				s.dropped[r] = true
			}
			if len(c.Values) == 0 {
				s.dropped[c.What] = true
			}
		}
	}
	return s
}

// topLevel is the level of rows that are no parts of others.
const topLevel = "top"

// Label is what a result is called, or a row of it as "result: row".
func (s *Shape) Label(what, label string) string { return cmp.Or(s.renamed[what], label) }

// Dropped reports whether a result is left out.
func (s *Shape) Dropped(result string) bool { return s.dropped[result] }

// ClassOf is the class of a column: as decided, else as it comes.
func (s *Shape) ClassOf(c *Column) Class { return cmp.Or(s.class[c.Name], c.Class) }

// A shownRow is one row of a dimension as it is shown.
type shownRow struct {
	name, label string
	where       Condition
	rest        bool // as of a Row
}

// rows lists the rows of a dimension as they are shown.
func (e *Edition) rows(d *Dimension, s *Shape) (out []shownRow) {
	if d.Column == "" {
		for _, r := range d.Rows {
			if r.Under != "" && s.top[d.Name] {
				continue
			}
			out = append(out, shownRow{r.Name, r.Label, r.Where, r.Rest})
		}
		return out
	}
	c, level := e.Column(d.Column), e.level(d, s)
	at, merged := map[string]int{}, map[string]bool{}
	for _, v := range d.Shown {
		// A value of a finer level is placed by what somebody has who has it.
		w := v
		if level != d.Level {
			w = c.climb(v, d.Level, level)
		}
		name := w
		for _, m := range s.merged[d.Column] {
			if slices.Contains(m.Values, w) {
				name = m.To
				merged[name] = true
			}
		}
		i, ok := at[name]
		if !ok {
			i = len(out)
			at[name] = i
			out = append(out, shownRow{name, name, Condition{Column: d.Column, Level: level}, false})
		}
		if !slices.Contains(out[i].where.Values, w) {
			out[i].where.Values = append(out[i].where.Values, w)
		}
	}
	// What was merged stands behind the values that kept their order, as the days
	// of a year do, and what nobody knows comes last.
	last := func(r shownRow) int {
		switch {
		case r.name == "unknown":
			return 2
		case merged[r.name]:
			return 1
		}
		return 0
	}
	slices.SortStableFunc(out, func(a, b shownRow) int { return last(a) - last(b) })
	return out
}

// level is the level at which a dimension is shown.
func (e *Edition) level(d *Dimension, s *Shape) string {
	c := e.Column(d.Column)
	if l := s.level[d.Column]; c != nil && l != "" && c.rank(l) > c.rank(d.Level) {
		return l
	}
	return d.Level
}

// Widened lists the dimensions of a result that are shown at a wider level than
// it asks for: the level of each that was asked for, and that which is shown.
func (e *Edition) Widened(r *Result, s *Shape) (out [][2]string) {
	for i := range r.Dims {
		if d := &r.Dims[i]; e.level(d, s) != d.Level {
			out = append(out, [2]string{d.Level, e.level(d, s)})
		}
	}
	return out
}

// Renamed reports whether somebody decided what a result is called.
func (s *Shape) Renamed(result string) bool { return s.renamed[result] != "" }

// climb says what a value of one level is at a wider one.
func (c *Column) climb(value, from, to string) string {
	for _, v := range append(slices.Clone(c.Of), c.Values...) {
		if c.at(v, from) == value {
			return c.at(v, to)
		}
	}
	return c.at(value, to)
}

// Numbers lists every count that the edition prints or hides in a shape, in the
// order of the results.
func (e *Edition) Numbers(s *Shape) []Number {
	var out []Number
	for i := range e.Results {
		r := &e.Results[i]
		if s.dropped[r.Name] {
			continue
		}
		bases := map[string]int{}
		add := func(row, cell, before, own string, rest bool, where ...Condition) {
			n := Number{Result: r.Name, Row: row, Cell: cell, Label: before + own, Own: own, Where: append(slices.Clone(r.Where), where...), OfWhere: r.Of}
			n.N = e.count(n.Where)
			switch {
			case row == "":
			case r.Share:
				n.OfWhere = append(slices.Clone(r.Of), where...)
			default:
				n.OfWhere = r.Where
				if !rest {
					n.OfWhere = append(slices.Clone(r.Where), r.Base...)
				}
			}
			if r.Share && row == "" || row != "" && !r.Apart {
				key := keyOf(n.OfWhere)
				of, ok := bases[key]
				if !ok {
					of = e.count(n.OfWhere)
					bases[key] = of
				}
				n.Of = of
			}
			n.Hidden = s.hidden[n.Name()] || s.hidden[r.Name] || cell != "" && s.hidden[r.Name+": "+row]
			out = append(out, n)
		}
		if len(r.Dims) == 0 {
			add("", "", "", s.Label(r.Name, r.Label), false)
			continue
		}
		for _, row := range e.rows(&r.Dims[0], s) {
			label := s.Label(r.Name+": "+row.name, row.label)
			add(row.name, "", "", label, row.rest, row.where)
			if len(r.Dims) < 2 {
				continue
			}
			for _, cell := range e.rows(&r.Dims[1], s) {
				add(row.name, cell.name, label+", ", s.Label(r.Name+": "+row.name+": "+cell.name, cell.label), row.rest, row.where, cell.where)
			}
		}
	}
	return out
}

func (e *Edition) count(where []Condition) int {
	columns := make([]*Column, len(where))
	for i := range where {
		columns[i] = e.Column(where[i].Column)
	}
	n := 0
person:
	for p := range e.People {
		for i, c := range columns {
			if !c.holds(&where[i], c.Of[p]) {
				continue person
			}
		}
		n++
	}
	return n
}

// Counts reports whether all conditions hold for a person.
func (e *Edition) Counts(where []Condition, person int) bool {
	for i := range where {
		if c := e.Column(where[i].Column); !c.holds(&where[i], c.Of[person]) {
			return false
		}
	}
	return true
}

// A Finding is a number that gives people away.
type Finding struct {
	Number
	Low, High int  // what a reader can work out
	Printed   bool // it is printed as it is
	Proven    bool // false if the search was given up
	Group     bool // everybody of a group is counted: to know the group is to know it
	Was       int  // in an earlier edition, from which it differs by few; -1 if not
	Apart     bool // two editions tell it together by different tables; Low and High are what they differ by
	Three     bool // three editions do, and no two of them

	// Of what is not printed any more: the total that two people let differ by few, what
	// it was, and what the part was.
	Total             *Number
	TotalWas, PartWas int
}

// Risk is in how many tries somebody who knows that a person is counted here has
// found that person: one in so many.
func (f *Finding) Risk() int { return max(1, f.N) }

// String says what a reader would learn, in a sentence.
func (f *Finding) String() string {
	name := fmt.Sprintf("%q", f.Name())
	if f.WholeOf {
		name = fmt.Sprintf("what %q is of", f.Name())
	} else if f.Between {
		name = "how many people have " + f.Result
	} else if f.Whole != "" {
		name = fmt.Sprintf("whoever is in %q and not in %q", f.Whole, f.Part)
	}
	switch {
	case f.Total != nil:
		return fmt.Sprintf("%s is not shown, was %d in an earlier edition, and %q, of which it is a part, is %d and was %d: so it is %d to %d", name, f.PartWas, f.Total.Name(), f.Total.N, f.TotalWas, f.Low, f.High)
	case f.Three && !f.Proven:
		return "it could not be worked out within bounds what earlier editions and this one tell together"
	case f.Three:
		return fmt.Sprintf("earlier editions and this one together say that %s differ by %s, though no two of them do", name, peopleBetween(f.Low, f.High))
	case f.Apart && !f.Proven:
		return "what an earlier edition printed does not fit the columns any more, so the two cannot be set beside each other"
	case f.Apart:
		return fmt.Sprintf("an earlier edition and this one together say that %s differ by %s, by different tables", f.Name(), peopleBetween(f.Low, f.High))
	case f.Was >= 0:
		return fmt.Sprintf("%s is %d and was %d in an earlier edition: the difference is %s", name, f.N, f.Was, people(abs(f.N-f.Was)))
	case f.Group:
		return fmt.Sprintf("%s is everybody of the group (%d of %d): to know that somebody belongs to it is to know the rest", name, f.N, f.N)
	case f.Printed:
		return fmt.Sprintf("%s is %s: who knows that somebody is counted there finds that person in one of %d", name, people(f.N), f.N)
	case !f.Proven:
		return fmt.Sprintf("%s is not shown, but it could not be proved that the rest does not give it away", name)
	case f.Low == f.High:
		return fmt.Sprintf("%s can be worked out from the other numbers: it is %d", name, f.Low)
	}
	return fmt.Sprintf("%s can be worked out from the other numbers: it is %d to %d", name, f.Low, f.High)
}

// peopleBetween writes how many people two editions differ by.
func peopleBetween(low, high int) string {
	if low < 0 {
		low, high = -high, -low
	}
	if low == high {
		return people(low)
	}
	return fmt.Sprintf("%d to %s", low, people(high))
}

func abs(n int) int { return max(n, -n) }

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return strconv.Itoa(n) + " people"
}

// Check lists the numbers of a shape that give people away, over everything that
// the edition prints together and what earlier editions printed.
func (e *Edition) Check(s *Shape) ([]Finding, error) {
	if err := e.valid(); err != nil {
		return nil, err
	}
	numbers := e.Numbers(s)
	implied := e.implied(s, numbers)
	all := append(slices.Clone(numbers), implied...)
	m, err := newModel(e, all)
	if err != nil {
		return nil, err
	}
	all = append(all, m.between(s, all)...)
	for _, earlier := range e.Earlier {
		for _, key := range slices.Sorted(maps.Keys(earlier)) {
			if where, ok := conditions(key); ok && e.knows(where) && e.count(where) == earlier[key] {
				m.print(where, earlier[key])
			}
		}
	}
	small := make([]bool, len(all))
	at := make([]Hidden, len(all))
	for i := range all {
		n := &all[i]
		if small[i] = n.N >= 1 && n.N < e.Rule.Small && !e.harmless(s, n); small[i] && (n.Hidden || n.Implied && n.Whole == "") {
			at[i] = m.hide(n)
		}
	}
	var out []Finding
	for i := range all {
		n := &all[i]
		switch {
		case small[i] && !n.Hidden && !n.Implied:
			out = append(out, Finding{Number: *n, Low: n.N, High: n.N, Printed: true, Proven: true, Was: -1})
		case small[i] && n.Whole != "": // both are printed, so that anybody can subtract
			out = append(out, Finding{Number: *n, Low: n.N, High: n.N, Proven: true, Was: -1})
		case small[i]:
			low, high, open, proven, err := m.look(at[i], e.Rule.Width)
			if err != nil {
				return nil, err
			}
			if !open {
				out = append(out, Finding{Number: *n, Low: low, High: high, Proven: proven, Was: -1})
			}
		case !n.Hidden && !n.Implied && n.Cell != "" && e.group(s, n):
			out = append(out, Finding{Number: *n, Low: n.N, High: n.N, Printed: true, Proven: true, Group: true, Was: -1})
		}
		if n.Hidden || n.Implied {
			continue
		}
		if was := e.before(n); was >= 0 {
			out = append(out, Finding{Number: *n, Low: n.N, High: n.N, Printed: true, Proven: true, Was: was})
		}
	}
	for _, n := range e.wholes(numbers) {
		if was := e.before(&n); was >= 0 {
			out = append(out, Finding{Number: n, Low: n.N, High: n.N, Printed: true, Proven: true, Was: was})
		}
	}
	for _, earlier := range e.Earlier {
		// What did not change is nothing that a reader of both knows: this edition alone.
		now, err := newModel(e, numbers)
		if err != nil {
			return nil, err
		}
		more, err := e.apart(now, numbers, earlier)
		if err != nil {
			return nil, err
		}
		for _, f := range more {
			if !slices.ContainsFunc(out, func(o Finding) bool { return codeOf(&o) == codeOf(&f) }) {
				out = append(out, f)
			}
		}
	}
	for _, f := range e.since(numbers, out) {
		if !slices.ContainsFunc(out, func(o Finding) bool { return codeOf(&o) == codeOf(&f) }) {
			out = append(out, f)
		}
	}
	more, err := e.three(numbers)
	if err != nil {
		return nil, err
	}
	for _, f := range more {
		if !slices.ContainsFunc(out, func(o Finding) bool { return codeOf(&o) == codeOf(&f) }) {
			out = append(out, f)
		}
	}
	return out, nil
}

// wholes lists what numbers and tables are of, each once for each result, unless a number
// of the edition counts the same itself.
func (e *Edition) wholes(numbers []Number) (out []Number) {
	asked := map[string]bool{}
	for i := range numbers {
		if n := &numbers[i]; !n.Hidden && !n.Implied {
			asked[keyOf(n.Where)] = true
		}
	}
	seen := map[string]bool{}
	for i := range numbers {
		n := &numbers[i]
		key := keyOf(n.OfWhere)
		if n.Hidden || n.Of == 0 || asked[key] || seen[n.Result+"\x00"+key] || len(n.OfWhere) == 0 && seen[""] {
			continue
		}
		x := Number{Result: n.Result, Label: n.Label, Where: n.OfWhere, N: n.Of, Implied: true, WholeOf: true}
		if seen[n.Result] { // rows of one table are of several wholes
			x.Row, x.Cell = n.Row, n.Cell
		}
		seen[n.Result], seen[n.Result+"\x00"+key] = true, true
		seen[""] = seen[""] || len(n.OfWhere) == 0
		out = append(out, x)
	}
	return out
}

// before is what an earlier edition printed of the same, if it differs by few; -1
// if none does.
func (e *Edition) before(n *Number) int {
	for _, earlier := range e.Earlier {
		for _, key := range n.Keys() {
			if was, ok := earlier[key]; ok && was != n.N && abs(was-n.N) < e.Rule.Small {
				return was
			}
		}
	}
	return -1
}

// knows reports whether every column of conditions is one of the edition.
func (e *Edition) knows(where []Condition) bool {
	return !slices.ContainsFunc(where, func(c Condition) bool { return e.Column(c.Column) == nil })
}

// valid refuses what cannot be measured.
func (e *Edition) valid() error {
	for _, c := range e.Columns {
		if len(c.Of) != e.People {
			return fmt.Errorf("column %s has %d values for %d people: %w", c.Name, len(c.Of), e.People, recount.ErrInvalid)
		}
	}
	for i := range e.Results {
		r := &e.Results[i]
		if len(r.Dims) > 2 {
			return fmt.Errorf("result %s has %d dimensions, two can be checked: %w", r.Name, len(r.Dims), recount.ErrInvalid)
		}
		where := slices.Concat(r.Where, r.Of, r.Base)
		for _, d := range r.Dims {
			if d.Column != "" {
				where = append(where, Condition{Column: d.Column})
			}
			for _, row := range d.Rows {
				where = append(where, row.Where)
			}
		}
		for _, c := range where {
			if e.Column(c.Column) == nil {
				return fmt.Errorf("result %s asks for column %s, which is not there: %w", r.Name, c.Column, recount.ErrInvalid)
			}
		}
	}
	return nil
}

// harmless reports whether a number is about safe columns only.
func (e *Edition) harmless(s *Shape, n *Number) bool {
	return !slices.ContainsFunc(slices.Concat(n.Where, n.Less), func(c Condition) bool { return s.ClassOf(e.Column(c.Column)) != Safe })
}

// group reports whether a cell of a table counts everybody of its row or its
// column, so that belonging to the one is having the other.
func (e *Edition) group(s *Shape, n *Number) bool {
	if n.N == 0 || len(n.Where) < 2 {
		return false
	}
	for i := range n.Where {
		// Only what others are not to learn is given away by the group.
		if s.ClassOf(e.Column(n.Where[i].Column)) != Sensitive {
			continue
		}
		rest := slices.Delete(slices.Clone(n.Where), i, i+1)
		if e.count(rest) == n.N {
			return true
		}
	}
	return false
}
