package count

import (
	"cmp"
	"slices"
	"strings"

	"recount"
)

// A Grade says how well an account must be supported to be of it. The first
// grade of a study whose conditions are met is the one that holds.
type Grade struct {
	Name      string
	Originals int // at least so many independent originals make the claim
	Owners    int // at least so many owners stand behind these originals
}

// Ungraded is what meets none of the grades.
const Ungraded = "ungraded"

// A source is one article that makes a claim about a person.
type source struct {
	original, article recount.Key
	outlet, day       string
	first             bool // the article probably printed its original first
}

// support returns how many independent originals make a claim, and how many
// owners stand behind them. An original is of the owner of the outlet that
// printed it first, of those that make the claim: a reprint by another house
// is no second voice. An outlet whose owner nobody named owns itself, and one
// that is not known may be any of the others.
func (b *book) support(sources []source) (originals, owners int) {
	if len(sources) == 1 {
		return 1, 1
	}
	originals, of := supporters(b.owners, sources)
	return originals, max(len(of), min(originals, 1))
}

// OwnersOf lists the owners of whom support tells how many there are for all that
// is told of a person; none if the outlet of no article is known.
func (p *Problem) OwnersOf(x *Person) []string {
	var sources []source
	for i := range x.Members {
		m := &x.Members[i]
		sources = append(sources, source{originalOf(m), m.Article, m.Outlet, m.Published(), m.First})
	}
	_, of := supporters(p.Owners, sources)
	return of
}

// supporters counts the originals of sources, which it sorts, and lists the owners
// behind them.
func supporters(owners map[string]string, sources []source) (originals int, of []string) {
	slices.SortFunc(sources, func(x, y source) int {
		if c := strings.Compare(string(x.original), string(y.original)); c != 0 {
			return c
		}
		first := func(s source) int {
			if s.first {
				return 0
			}
			return 1
		}
		return cmp.Or(first(x)-first(y),
			recount.DateOf(x.day).First().Compare(recount.DateOf(y.day).First()), strings.Compare(string(x.article), string(y.article)), strings.Compare(x.outlet, y.outlet))
	})
	for i, s := range sources {
		if i > 0 && s.original == sources[i-1].original {
			continue
		}
		originals++
		if s.outlet != "" {
			of = append(of, cmp.Or(owners[s.outlet], s.outlet))
		}
	}
	return originals, set(of)
}

// grade names the grade of a claim that so many originals of so many owners
// make.
func (b *book) grade(originals, owners int) string {
	for _, g := range b.rules.Grades {
		if originals >= g.Originals && owners >= g.Owners {
			return g.Name
		}
	}
	return Ungraded
}

// gradeOf is the grade of a claim.
func (b *book) gradeOf(sources []source) string { return b.grade(b.support(sources)) }

// gradeClaims grades what a case is said to be and to have said: each code that
// it carries, and the value of each variable that holds.
func (b *book) gradeClaims(v *view, codes map[string][]source, values [][]stated) {
	for _, c := range v.codes {
		v.codeGrades = append(v.codeGrades, b.gradeOf(codes[c]))
	}
	v.valueGrades = make([]string, len(b.variables))
	for i, name := range b.variables {
		var s []source
		for _, x := range values[i] {
			if x.value == v.vars[name] && !unstated(x) {
				s = append(s, source{x.original, x.article, x.outlet, x.day, x.first})
			}
		}
		if len(s) > 0 {
			v.valueGrades[i] = b.gradeOf(s)
		}
	}
}

// codeGrade is the grade of a code of the case; "" if it does not carry it.
func (v *view) codeGrade(code string) string {
	i, ok := slices.BinarySearch(v.codes, code)
	if !ok || i >= len(v.codeGrades) {
		return ""
	}
	return v.codeGrades[i]
}

// valueGrade is the grade of the value that a variable has; "" if nothing states
// it.
func (b *book) valueGrade(v *view, variable string) string {
	i, ok := slices.BinarySearch(b.variables, variable)
	if !ok || i >= len(v.valueGrades) {
		return ""
	}
	return v.valueGrades[i]
}
