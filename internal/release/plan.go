package release

import (
	"cmp"
	"fmt"
	"slices"

	"recount"
)

// A Reason is why an edition is refused: what it would give away, and the mildest
// change after which it would not.
type Reason struct {
	Code   string // names it, with all that was read of it, in a decision that overrides it
	Text   string // in a sentence
	Risk   int    // one in how many tries finds the person; 0 if that is no question
	More   int    // further findings that the same change mends
	Change *recount.ReleaseBody
	Loss   string // what goes with the change, where it leaves results out
	Help   string // what to do where no change can be made by the program

	// What the sentence says, for who writes it in another language.
	Kind           Kind
	Cell           string // what it is about: a number, a column, a label
	Low, High, Was int
	Detail         string // of words: what they hold, or why; of a sentence with it
	Quote          string
}

// A Kind says what a reason is about.
type Kind string

// The kinds.
const (
	Small      Kind = "small"      // a number of few people is printed
	WorkedOut  Kind = "worked_out" // it is not, and can be worked out
	Unproved   Kind = "unproved"   // it could not be proved that it cannot
	Group      Kind = "group"      // everybody of a group
	Difference Kind = "difference" // from an earlier edition, by the same number
	Together   Kind = "together"   // by different tables of two editions
	Unfitting  Kind = "unfitting"  // an earlier edition cannot be set beside this one
	Held       Kind = "held"       // a person whose circumstances nobody has weighed
	Lowered    Kind = "lowered"    // a person who was protected, shown because one person says so
	FewPeople  Kind = "few_people" // of the whole study
	Unclassed  Kind = "column"     // a column that nobody classified
	Joined     Kind = "joined"     // a filter that cannot be taken apart
	Leading    Kind = "leading"    // a table by a column that leads to the sources
	Worded     Kind = "words"      // a title, label, row, link or sentence holds what must not leave
	Claimed    Kind = "claim"      // words claim what no number carries
	Rows       Kind = "rows"       // the table with one row a person
	Unopened   Kind = "sealed"     // names in the vault that were not looked for
	Forgotten  Kind = "forgotten"  // an edition lies here that the log does not name
	Foreign    Kind = "language"   // words in a language in which not everything is looked for
)

// Plan lists why a shape of the edition gives people away, each with the mildest
// change that mends it, in an order in which they can be made: with all of them
// nothing is found any more. What is overridden comes first and stays as it is.
//
// Of the changes that mend a result, wider levels come before merged values, which
// begin where the ladder of a column ends, those before hidden numbers, and those
// before leaving the result out; of wider levels and of merges the one that costs
// the fewest printed numbers over the whole edition.
func (e *Edition) Plan(changes []recount.ReleaseBody) ([]Reason, error) {
	changes = slices.Clone(changes)
	var out []Reason
	if len(e.Allowed) > 0 {
		found, err := e.Check(NewShape(changes))
		if err != nil {
			return nil, err
		}
		for i := range found {
			f := &found[i]
			if e.Allowed[f.signed()] && !slices.ContainsFunc(out, func(r Reason) bool { return r.Code == f.signed() }) {
				out = append(out, f.reason())
			}
		}
	}
	told := map[string]bool{} // what no change mends
	for range len(e.Results)*8 + 16 {
		shape := NewShape(changes)
		found, err := e.against(shape)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(found, func(f Finding) bool { return !told[codeOf(&f)] })
		if i < 0 {
			return out, nil
		}
		f := found[i]
		own := 0
		for j := range found {
			if found[j].Result == f.Result {
				own++
			}
		}
		r := f.reason()
		r.More = own - 1
		if f.Total != nil { // what two people let be printed is what tells
			r.More, r.Help = 0, laterHelp(e.Rule)
			if len(f.Total.Where) > 0 && !f.Total.WholeOf {
				r.Change, r.Help = &recount.ReleaseBody{Op: recount.Hide, What: f.Total.Result, Values: []string{rest(f.Total)}}, ""
				if r.Change.Values[0] == "" {
					r.Change.Values = nil
				}
				changes = append(changes, *r.Change)
			}
			told[codeOf(&f)] = true
			out = append(out, r)
			continue
		}
		if f.Apart {
			r.More, r.Help = 0, laterHelp(e.Rule)
			if len(f.Where) > 0 {
				c, err := e.mendBetween(changes, found, &f)
				if err != nil {
					return nil, err
				}
				if c.Op != "" {
					r.Change, r.Help = &c, ""
					changes = append(changes, c)
				}
			}
			told[codeOf(&f)] = r.Change == nil
			out = append(out, r)
			continue
		}
		if f.Was >= 0 {
			r.More = 0
			r.Help = laterHelp(e.Rule)
			if len(f.Where) > 0 {
				r.Change, r.Help = &recount.ReleaseBody{Op: recount.Hide, What: f.Result, Values: []string{rest(&f.Number)}}, ""
				if len(r.Change.Values[0]) == 0 {
					r.Change.Values = nil
				}
				changes = append(changes, *r.Change)
			}
			told[codeOf(&f)] = r.Change == nil
			out = append(out, r)
			continue
		}
		c, err := e.mend(changes, found, &f)
		if err != nil {
			return nil, err
		}
		if c.Op == "" { // no number that is left asks for it: an earlier edition told it
			r.More, r.Help = 0, laterHelp(e.Rule)
			told[codeOf(&f)] = true
			out = append(out, r)
			continue
		}
		r.Change = &c
		changes = append(changes, c)
		out = append(out, r)
	}
	return out, nil
}

// against is what is found in a shape and not overridden.
func (e *Edition) against(s *Shape) ([]Finding, error) {
	found, err := e.Check(s)
	return slices.DeleteFunc(found, func(f Finding) bool { return e.Allowed[f.signed()] }), err
}

// reason is a finding as a reason, without what can be done about it.
func (f *Finding) reason() Reason {
	return Reason{Code: f.signed(), Text: f.String(), Risk: f.Risk(), Kind: f.kind(), Cell: f.cell(), Low: f.Low, High: f.High, Was: f.Was}
}

// cell is what a finding is about, in a list.
func (f *Finding) cell() string {
	if f.Whole != "" {
		return f.Whole + " − " + f.Part
	}
	if f.WholeOf {
		return "of: " + f.Name()
	}
	return f.Name()
}

// laterHelp says what to do where no change helps against an earlier edition.
func laterHelp(r Rule) string {
	return "wait until at least " + people(r.Small) + " more are counted, or call the earlier edition back and let two people override this"
}

func (f *Finding) kind() Kind {
	switch {
	case f.Apart && !f.Proven:
		return Unfitting
	case f.Apart:
		return Together
	case f.Was >= 0:
		return Difference
	case f.Group:
		return Group
	case f.Printed:
		return Small
	case !f.Proven:
		return Unproved
	}
	return WorkedOut
}

// rest is the name of a number behind its result, as a change names it.
func rest(n *Number) string { return n.Name()[len(n.Result):] }

// signed names a finding with the numbers that are read of it. Two people override
// these and no others: once they are other ones the reason is another one.
func (f *Finding) signed() string {
	read := fmt.Sprintf("%d", f.N)
	switch {
	case (f.Apart || f.Three) && !f.Proven:
		read = "could not be worked out"
	case f.Apart || f.Three:
		read = "differs by " + peopleBetween(f.Low, f.High)
	case f.Was >= 0:
		read = fmt.Sprintf("%d, was %d", f.N, f.Was)
	case f.Group:
		read = fmt.Sprintf("all of %d", f.N)
	case f.Printed || f.Whole != "":
	case !f.Proven:
		read = "could not be proved"
	case f.Low == f.High:
		read = fmt.Sprintf("worked out, %d", f.Low)
	default:
		read = fmt.Sprintf("worked out, %d to %d", f.Low, f.High)
	}
	return codeOf(f) + ": " + read
}

// codeOf names a finding, whatever its numbers are.
func codeOf(f *Finding) string {
	what := "small"
	switch {
	case f.Whole != "":
		return "left " + f.Part + " of " + f.Whole + " in " + f.Name()
	case f.WholeOf:
		what = "difference of the whole of"
	case f.Was >= 0: // of the same number, or by other tables
		what = "difference"
	case f.Group:
		what = "group"
	}
	return what + " " + f.Name()
}

// mend finds the mildest change after which nothing is found in the result of a
// finding.
func (e *Edition) mend(changes []recount.ReleaseBody, found []Finding, f *Finding) (recount.ReleaseBody, error) {
	if f.Between {
		return e.mendBetween(changes, found, f)
	}
	r := &e.Results[slices.IndexFunc(e.Results, func(r Result) bool { return r.Name == f.Result })]
	best, _, ok, err := e.mildest(changes, found, r, e.wider(changes, r))
	if err != nil || ok {
		return best, err
	}
	best, ok, err = e.ladderEnd(changes, found, r)
	if err != nil || ok {
		return best, err
	}
	hide, ok, err := e.hide(changes, found, r)
	if err != nil || ok {
		return hide, err
	}
	return recount.ReleaseBody{Op: recount.Drop, What: r.Name}, nil
}

// mildest is the change that mends a result and leaves most numbers printed, the
// first of several; left is how many. It leaves the result two numbers at least.
func (e *Edition) mildest(changes []recount.ReleaseBody, found []Finding, r *Result, all []recount.ReleaseBody) (best recount.ReleaseBody, left int, ok bool, err error) {
	for _, c := range all {
		shape := NewShape(append(slices.Clone(changes), c))
		n := e.printed(shape, "")
		if ok && n <= left || e.printed(shape, r.Name) < 2 {
			continue
		}
		now, err := e.against(shape)
		if err != nil {
			return c, 0, false, err
		}
		if mends(now, found, r.Name) {
			best, left, ok = c, n, true
		}
	}
	return best, left, ok, nil
}

// ladderEnd is the change to the widest level of a dimension after which values can
// be merged so that the result is mended, where no level alone does that.
func (e *Edition) ladderEnd(changes []recount.ReleaseBody, found []Finding, r *Result) (best recount.ReleaseBody, ok bool, err error) {
	shape, left := NewShape(changes), 0
	for i := range r.Dims {
		levels := e.levels(shape, &r.Dims[i])
		if r.Dims[i].Column == "" || len(levels) == 0 {
			continue
		}
		end := levels[len(levels)-1]
		then := append(slices.Clone(changes), end)
		_, n, mended, err := e.mildest(then, found, r, e.merges(NewShape(then), r, &r.Dims[i]))
		if err != nil {
			return end, false, err
		}
		if mended && (!ok || n > left) {
			best, left, ok = end, n, true
		}
	}
	return best, ok, nil
}

// mendBetween finds the change that costs the fewest printed numbers after which
// nobody can work out those whom numbers tell apart; none if no result asks for them.
func (e *Edition) mendBetween(changes []recount.ReleaseBody, found []Finding, f *Finding) (recount.ReleaseBody, error) {
	var best, last recount.ReleaseBody
	column := f.Where[0].Column
	shape := NewShape(changes)
	before, least := e.printed(shape, ""), -1
	old := map[string]bool{}
	for i := range found {
		old[codeOf(&found[i])] = true
	}
	for i := range e.Results {
		r := &e.Results[i]
		if shape.dropped[r.Name] || !r.asks(column) {
			continue
		}
		last = recount.ReleaseBody{Op: recount.Drop, What: r.Name}
		all := e.wider(changes, r)
		for _, n := range e.Numbers(shape) {
			if n.Result == r.Name && !n.Hidden && n.Cell == "" {
				hide := recount.ReleaseBody{Op: recount.Hide, What: r.Name}
				if n.Row != "" {
					hide.Values = []string{rest(&n)}
				}
				all = append(all, hide)
			}
		}
		for _, c := range append(all, last) {
			then := NewShape(append(slices.Clone(changes), c))
			loss := before - e.printed(then, "")
			if least >= 0 && loss >= least {
				continue
			}
			now, err := e.against(then)
			if err != nil {
				return c, err
			}
			if !slices.ContainsFunc(now, func(x Finding) bool { return codeOf(&x) == codeOf(f) || !old[codeOf(&x)] }) {
				least, best = loss, c
			}
		}
	}
	if least >= 0 {
		return best, nil
	}
	// No single number or table mends it. If some together do, the last of them goes
	// first; if only all of them do, the column is left out everywhere at once.
	all := recount.ReleaseBody{Op: recount.Drop, What: column, To: everywhere}
	for i := range slices.Backward(e.Results) {
		r := &e.Results[i]
		if shape.dropped[r.Name] || !r.asks(column) {
			continue
		}
		all.Values = append(all.Values, r.Name)
		now, err := e.against(NewShape(append(slices.Clone(changes), all)))
		if err != nil {
			return all, err
		}
		if !slices.ContainsFunc(now, func(x Finding) bool { return codeOf(&x) == codeOf(f) || !old[codeOf(&x)] }) {
			break
		}
	}
	left := 0
	for i := range e.Results {
		if r := &e.Results[i]; !shape.dropped[r.Name] && r.asks(column) {
			left++
		}
	}
	if len(all.Values) == left && left > 1 {
		slices.Sort(all.Values)
		return all, nil
	}
	return last, nil // what is left of it goes next
}

// everywhere is how a change says that it leaves out all results that ask for a column.
const everywhere = "everywhere"

// asks reports whether a result asks for a column.
func (r *Result) asks(column string) bool {
	is := func(c Condition) bool { return c.Column == column }
	return slices.ContainsFunc(r.Where, is) || slices.ContainsFunc(r.Of, is) || slices.ContainsFunc(r.Base, is) || slices.ContainsFunc(r.Dims, func(d Dimension) bool {
		return d.Column == column || slices.ContainsFunc(d.Rows, func(row Row) bool { return is(row.Where) })
	})
}

// mends reports whether nothing is found in a result any more, and nothing new
// elsewhere.
func mends(now, before []Finding, result string) bool {
	old := map[string]bool{}
	for i := range before {
		old[codeOf(&before[i])] = true
	}
	elsewhere := 0
	for i := range now {
		if now[i].Was >= 0 {
			continue
		}
		if now[i].Result == result {
			return false
		}
		if !old[codeOf(&now[i])] {
			elsewhere++
		}
	}
	return elsewhere == 0
}

// printed is how many numbers a shape prints, of a result or of all.
func (e *Edition) printed(s *Shape, result string) int {
	n := 0
	for _, x := range e.Numbers(s) {
		if !x.Hidden && (result == "" || x.Result == result) {
			n++
		}
	}
	return n
}

// wider lists the changes that show the dimensions of a result at a wider level or,
// where there is none, with values merged, the mildest first.
func (e *Edition) wider(changes []recount.ReleaseBody, r *Result) (out []recount.ReleaseBody) {
	shape := NewShape(changes)
	for i := range r.Dims {
		d := &r.Dims[i]
		levels := e.levels(shape, d)
		if out = append(out, levels...); len(levels) == 0 && d.Column != "" {
			out = append(out, e.merges(shape, r, d)...)
		}
	}
	return out
}

// levels lists the changes that show a dimension at a wider level, the finest first.
func (e *Edition) levels(shape *Shape, d *Dimension) (out []recount.ReleaseBody) {
	if d.Column == "" {
		if !shape.top[d.Name] && slices.ContainsFunc(d.Rows, func(r Row) bool { return r.Under != "" }) {
			out = append(out, recount.ReleaseBody{Op: recount.Coarsen, What: d.Name, To: topLevel})
		}
		return out
	}
	c := e.Column(d.Column)
	from := max(c.rank(d.Level), c.rank(shape.level[d.Column]))
	for _, l := range c.Levels {
		if c.rank(l.Name) > from {
			out = append(out, recount.ReleaseBody{Op: recount.Coarsen, What: c.Name, To: l.Name})
		}
	}
	return out
}

// other is what merged values are called, and otherOrUnknown what they are where nobody
// knows the value of some of them: who reads "other" takes it for known.
const (
	other          = "other"
	otherOrUnknown = "other or unknown"
	unknown        = "unknown"
)

// merges lists ways to show the smaller values of a dimension as one: first those
// that are too small, then one more at a time.
func (e *Edition) merges(shape *Shape, r *Result, d *Dimension) (out []recount.ReleaseBody) {
	rows := e.rows(d, shape)
	n := map[string]int{}
	for _, row := range rows {
		n[row.name] = e.count(append(slices.Clone(r.Where), row.where))
	}
	rows = slices.DeleteFunc(rows, func(row shownRow) bool {
		return n[row.name] == 0 && row.name != other && row.name != otherOrUnknown
	})
	slices.SortStableFunc(rows, func(a, b shownRow) int {
		if n[a.name] >= e.Rule.Small || n[b.name] >= e.Rule.Small { // what is unknown is merged where it has to be
			if a.name == unknown && n[a.name] >= e.Rule.Small {
				return 1
			} else if b.name == unknown && n[b.name] >= e.Rule.Small {
				return -1
			}
		}
		return cmp.Compare(n[a.name], n[b.name])
	})
	var values []string
	for i, row := range rows[:max(0, len(rows)-1)] {
		values = append(values, row.where.Values...)
		if i == 0 || n[rows[i+1].name] < e.Rule.Small && i+2 < len(rows) {
			continue // what is too small goes together
		}
		to := other
		if slices.Contains(values, unknown) {
			to = otherOrUnknown
		}
		out = append(out, recount.ReleaseBody{Op: recount.Merge, What: d.Column, Values: slices.Sorted(slices.Values(values)), To: to})
	}
	return out
}

// hide hides the small numbers of a result, and as few others as it finds until
// nothing of it can be worked out. ok is false if less than half of it would be
// left; a number that stands alone may always be hidden.
func (e *Edition) hide(changes []recount.ReleaseBody, found []Finding, r *Result) (c recount.ReleaseBody, ok bool, err error) {
	c = recount.ReleaseBody{Op: recount.Hide, What: r.Name}
	whole := e.printed(NewShape(changes), r.Name)
	if len(r.Dims) == 0 {
		now, err := e.against(NewShape(append(slices.Clone(changes), c)))
		return c, err == nil && mends(now, found, r.Name), err
	}
	hidden := func(n *Number) bool { return slices.Contains(c.Values, rest(n)) }
	now := found
	for {
		grew := false
		for i := range now {
			if f := &now[i]; f.Result == r.Name && f.Was < 0 && (f.Printed || f.Whole != "") && !hidden(&f.Number) {
				c.Values = append(c.Values, rest(&f.Number))
				grew = true
			}
		}
		if !grew {
			cover := e.cover(changes, c, r)
			if cover == nil {
				return c, false, nil
			}
			c.Values = append(c.Values, rest(cover))
		}
		slices.Sort(c.Values)
		shape := NewShape(append(slices.Clone(changes), c))
		if 2*e.printed(shape, r.Name) < whole {
			return c, false, nil
		}
		if now, err = e.against(shape); err != nil {
			return c, false, err
		}
		if mends(now, found, r.Name) {
			return c, true, nil
		}
	}
}

// cover is the printed number of a result that costs least to hide besides: the
// smallest one.
func (e *Edition) cover(changes []recount.ReleaseBody, c recount.ReleaseBody, r *Result) *Number {
	var best *Number
	numbers := e.Numbers(NewShape(append(slices.Clone(changes), c)))
	for i := range numbers {
		if n := &numbers[i]; n.Result == r.Name && !n.Hidden && n.N > 0 && (best == nil || n.N < best.N) {
			best = n
		}
	}
	return best
}
