package cases

import (
	"cmp"
	"slices"

	"recount"
	"recount/internal/lang"
)

// oneName is what one part in common puts two people ahead who bear other names
// besides, as somebody may who has married. It orders a list and suggests nothing.
const oneName = 500

// sameDescription reports whether two descriptions of people without a name have
// a word for people in common: "the prior", "an old prior".
func sameDescription(a, b string) bool {
	words := func(s string) (out []string) {
		for _, w := range foldWords(s) {
			if lang.For("en").Nouns[w] != "" || profileWords().is("offices", w) {
				out = append(out, stem(w))
			}
		}
		return out
	}
	x := words(a)
	return slices.ContainsFunc(words(b), func(w string) bool { return slices.Contains(x, w) })
}

// Near sets one person beside all others of the pages and returns those who have
// the most in common with him or her, at most so many, the nearest first. Unlike
// Propose it asks for no block and no probability, only for anything at all that
// ties the two.
func Near(pages []*Page, who recount.Key, most int) []recount.Suggestion {
	var one *profile
	for _, p := range pages {
		if one = p.of(who); one != nil {
			break
		}
	}
	if one == nil {
		return nil
	}
	type near struct {
		recount.Suggestion
		rank int
	}
	var all []near
	for _, p := range pages {
		if p == one.page {
			continue
		}
		for _, o := range p.profiled() {
			if o.Key == one.Key {
				continue
			}
			pair := ordered(one, o)
			x := near{Suggestion: compare(pair[0], pair[1], speech{}, 1)}
			tied := slices.ContainsFunc(x.Bars, func(b recount.Bar) bool { return b.Bits > 0 && b.Field != "gender" })
			x.rank = x.Weight
			if !tied && len(one.name) > 0 && len(o.name) > 0 && !one.kunya && !o.kunya {
				if _, _, met := matchPairs(pair[0].name, pair[1].name); met.solid > 0 {
					x.rank, tied = x.rank+oneName, true
				}
			}
			if !tied && len(one.name) == 0 && len(o.name) == 0 && sameDescription(one.Name, o.Name) {
				x.rank, tied = x.rank+oneName, true
			}
			if tied {
				all = append(all, x)
			}
		}
	}
	slices.SortFunc(all, func(x, y near) int {
		return cmp.Or(cmp.Compare(y.rank, x.rank), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	var out []recount.Suggestion
	for _, x := range all[:min(most, len(all))] {
		out = append(out, x.Suggestion)
	}
	return out
}

// nameFields are those that compare names.
var nameFields = [...]string{"name", "surname", "first name", "pseudonym", "junior or senior"}

// Renamed is a suggestion of two people as it would be if their articles called them
// by other names, the first and the second; by none, as if they were not named.
func Renamed(s recount.Suggestion, names ...string) recount.Suggestion {
	ofNames := func(b recount.Bar) bool { return slices.Contains(nameFields[:], b.Field) }
	bars := slices.DeleteFunc(slices.Clone(s.Bars), ofNames)
	if len(names) == 2 {
		named := func(name string) *profile { return newProfile(&Page{}, &Person{Name: name, Kind: recount.Named}) }
		by := compare(named(names[0]), named(names[1]), speech{}, 1).Bars
		bars = append(bars, slices.DeleteFunc(by, func(b recount.Bar) bool { return !ofNames(b) })...)
	}
	s.Bars, s.Weight = bars, 0
	for _, x := range bars {
		s.Weight += x.Bits
	}
	s.Probability = probability(s.Weight)
	return s
}
