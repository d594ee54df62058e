package release

import (
	"maps"
	"slices"
)

// This file finds what an override tells: two people let a total be printed that
// differs by few from an earlier edition, and what that edition printed of a part of it
// is not printed any more. Who has both subtracts: the part changed by no more than the
// total did.
//
// Method: of what an earlier edition printed, each part of such a total that is not
// printed now and has changed. It lies between what it was and what it would be if all
// that the total changed by were of that part. If it is of few people now, that has to
// leave a range as wide as the rule asks for, as of any hidden number; of parts of many
// the override stands for what both read.
//
// Limits: it takes people to have come or to have gone, not both. A part is one by
// conditions on the columns of the total; what follows from other columns, or from what
// printed parts beside it changed by, is seen only where it gives the number itself.

// since lists the parts that an overridden total gives away. found are the findings of
// this edition.
func (e *Edition) since(numbers []Number, found []Finding) (out []Finding) {
	printed := map[string]bool{}
	for i := range numbers {
		for _, key := range numbers[i].Keys() {
			printed[key] = printed[key] || !numbers[i].Hidden && !numbers[i].Implied
		}
	}
	for i := range found {
		f := &found[i]
		if f.Was < 0 || f.Apart || f.Three || f.Group || !e.Allowed[f.signed()] {
			continue
		}
		for _, earlier := range e.Earlier {
			if !slices.ContainsFunc(f.Keys(), func(key string) bool { was, ok := earlier[key]; return ok && was == f.Was }) {
				continue
			}
			for _, key := range slices.Sorted(maps.Keys(earlier)) {
				where, ok := conditions(key)
				if !ok || printed[key] || !e.knows(where) || !e.within(where, f.Where) {
					continue
				}
				was, now := earlier[key], e.count(where)
				by := f.N - f.Was
				low, high := min(was, was+by), max(was, was+by)
				low = max(low, 0)
				if now < 1 || now >= e.Rule.Small || now == was || now < low || now > high || high-low >= e.Rule.Width || slices.ContainsFunc(out, func(o Finding) bool { return keyOf(o.Where) == key }) {
					continue
				}
				n := Number{Result: described(where), Label: described(where), Where: where, N: now, Implied: true}
				for j := range numbers {
					if slices.Contains(numbers[j].Keys(), key) {
						n = numbers[j]
					}
				}
				total := f.Number
				out = append(out, Finding{Number: n, Low: low, High: high, Proven: true, Was: -1, Total: &total, TotalWas: f.Was, PartWas: was})
			}
		}
	}
	return out
}

// within reports whether everybody whom conditions hold for is of a total.
func (e *Edition) within(part, total []Condition) bool {
	if keyOf(part) == keyOf(total) {
		return false
	}
	return !slices.ContainsFunc(total, func(t Condition) bool {
		return !slices.ContainsFunc(part, func(p Condition) bool {
			c := e.Column(p.Column)
			return p.Column == t.Column && !slices.ContainsFunc(c.Of, func(v string) bool { return c.holds(&p, v) && !c.holds(&t, v) })
		})
	})
}
