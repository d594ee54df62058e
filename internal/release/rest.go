package release

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A printedCount is a count that a reader has: of this edition, of the whole that a
// share is of, or of an earlier edition whose numbers still hold.
type printedCount struct {
	number *Number // of this edition that prints it; nil if an earlier one does
	where  []Condition
	n      int
	name   string
	people []bool                     // only of an opaque column
	takes  map[string]map[string]bool // column -> values as they are that all conditions take
}

// taken are the values that conditions take of each column, without columns of which
// they take all. Having a sub-code is having its code.
func (e *Edition) taken(where []Condition) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	put := func(c *Column, holds func(v string) bool) {
		has, all := map[string]bool{}, true
		for _, v := range e.possible(c) {
			if holds(v) && (out[c.Name] == nil || out[c.Name][v]) {
				has[v] = true
			} else {
				all = false
			}
		}
		if !all {
			out[c.Name] = has
		}
	}
	for i := range where {
		c := e.Column(where[i].Column)
		put(c, func(v string) bool { return c.holds(&where[i], v) })
		for range e.Columns { // a forged codebook may have a circle of parents
			parent := e.Column(c.Parent)
			if parent == nil || out[c.Name] == nil {
				break
			}
			up := map[string]bool{}
			for v := range out[c.Name] {
				up[c.Up[v]] = true
			}
			put(parent, func(v string) bool { return up[v] })
			c = parent
		}
	}
	return out
}

// possible are the values that a column has or can have, each once.
func (e *Edition) possible(c *Column) []string {
	seen := map[string]bool{}
	for _, v := range c.Of {
		seen[v] = true
	}
	for _, v := range c.Values {
		seen[v] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// within reports whether whoever is in one count is in the other, whatever the data.
func within(part, whole map[string]map[string]bool) bool {
	for column, values := range whole {
		has, ok := part[column]
		if !ok {
			return false
		}
		for v := range has {
			if !values[v] {
				return false
			}
		}
	}
	return true
}

// implied lists what is left of every printed number inside every printed number or
// whole that holds it: nobody prints it, and everybody can subtract. Those whom no
// number of the edition asks for already are listed, if they are few.
//
// Who lacks a code, of everybody or of those who have another, is not asked about: that
// somebody did not say something leads to nobody, and most said little.
func (e *Edition) implied(s *Shape, numbers []Number) (out []Number) {
	var printed []printedCount
	seen := map[string]bool{}
	asked := map[string]bool{} // by what they take: these are checked themselves
	put := func(n *Number, where []Condition, count int, name string) {
		takes := e.taken(where)
		key := fmt.Sprint(takes) // maps are printed in order
		if n != nil && n.Hidden || seen[key] {
			return
		}
		seen[key] = true
		x := printedCount{number: n, where: where, n: count, name: name, takes: takes}
		if slices.ContainsFunc(where, func(c Condition) bool { return e.Column(c.Column).Opaque }) {
			x.people = make([]bool, e.People)
			for i := range x.people {
				x.people[i] = e.Counts(where, i)
			}
		}
		printed = append(printed, x)
	}
	for i := range numbers {
		n := &numbers[i]
		put(n, n.Where, n.N, n.Name())
		asked[fmt.Sprint(e.taken(n.Where))] = true
	}
	for i := range numbers {
		if n := &numbers[i]; n.Of > 0 && !n.Hidden {
			put(n, n.OfWhere, n.Of, calledBy(n.OfWhere))
		}
	}
	for _, earlier := range e.Earlier {
		for _, key := range slices.Sorted(maps.Keys(earlier)) {
			if where, ok := conditions(key); ok && e.knows(where) && e.count(where) == earlier[key] {
				put(nil, where, earlier[key], calledBy(where))
			}
		}
	}
	for i := range printed {
		part := &printed[i]
		for j := range printed {
			whole := &printed[j]
			few := whole.n - part.n
			if i == j || few < 1 || few >= e.Rule.Small {
				continue
			}
			if !within(part.takes, whole.takes) && !e.inside(part, whole) {
				continue
			}
			rest, less := e.rest(part, whole)
			key := fmt.Sprint(e.taken(rest))
			if e.onlyLacks(s, part, whole) || less == nil && asked[key] {
				continue
			}
			if less == nil {
				asked[key] = true
			}
			of := part.number // whose result has to change
			if of == nil {
				of = whole.number
			}
			if of == nil {
				continue // two earlier editions tell it, whatever this one prints
			}
			out = append(out, Number{Result: of.Result, Row: of.Row, Cell: of.Cell, Label: "others than " + part.name, Where: rest, Less: less, N: few, Implied: true, Part: part.name, Whole: whole.name})
		}
	}
	return out
}

// rest is what is left of a whole without a part: as conditions, if the part differs by
// one column, else as the whole and what is taken away.
func (e *Edition) rest(part, whole *printedCount) (where, less []Condition) {
	column := ""
	for name, has := range part.takes {
		if of, ok := whole.takes[name]; ok && maps.Equal(has, of) || e.follows(name, part.takes) {
			continue
		}
		if column != "" {
			return whole.where, part.where
		}
		column = name
	}
	if column == "" || len(part.people) > 0 || len(whole.people) > 0 {
		return whole.where, part.where
	}
	x := Condition{Column: column}
	for _, v := range e.possible(e.Column(column)) {
		if of, ok := whole.takes[column]; !part.takes[column][v] && (!ok || of[v]) {
			x.Values = append(x.Values, v)
		}
	}
	return append(slices.Clone(whole.where), x), nil
}

// follows reports whether what is taken of a column is what follows from one of its
// parts.
func (e *Edition) follows(name string, takes map[string]map[string]bool) bool {
	for other := range takes {
		if c := e.Column(other); c.Parent == name {
			return true
		}
	}
	return false
}

// inside reports whether a count lies inside another in the data, where one of the two
// is by a filter whose parts are not known: whether it always does nobody can tell, so
// it is taken to.
func (e *Edition) inside(part, whole *printedCount) bool {
	if part.people == nil && whole.people == nil {
		return false
	}
	for p := range e.People {
		if e.Counts(part.where, p) && !e.Counts(whole.where, p) {
			return false
		}
	}
	return true
}

// onlyLacks reports whether a part differs from its whole, and the whole from everybody,
// by sensitive columns only.
func (e *Edition) onlyLacks(s *Shape, part, whole *printedCount) bool {
	for _, takes := range []map[string]map[string]bool{part.takes, whole.takes} {
		for name := range takes {
			if c := s.ClassOf(e.Column(name)); c != Sensitive && c != Safe {
				return false
			}
		}
	}
	return true
}

// calledBy names a count by its conditions.
func calledBy(where []Condition) string {
	if len(where) == 0 {
		return everybody
	}
	return strings.TrimSpace(described(where))
}
