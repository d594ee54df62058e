package study

import (
	"context"
	"slices"

	"recount"
	"recount/internal/casebook"
	"recount/internal/count"
)

// A Source is one place where a person speaks, as far as showing it goes.
type Source struct {
	recount.Member
	Page casebook.Page
}

// A Shown person is one with how far the person may be shown.
type Shown struct {
	casebook.Person
	Sources []Source // in order of publication; those that do not count among them
	Outside bool     // first reported outside the period of the study
}

// outside lists who would count and was first reported outside the period: such people
// are named nowhere, so nobody need decide about them until the period takes them in.
func outside(people []casebook.Person, all []count.Person) map[string]bool {
	counted, out := map[string]bool{}, map[string]bool{}
	for i := range all {
		counted[all[i].ID] = all[i].Counted
	}
	for i := range people {
		was, known := counted[people[i].ID]
		if counting := people[i].Counting(); known && !was && len(counting.Members) > 0 {
			out[people[i].ID] = true
		}
	}
	return out
}

// Shown lists the people who count or may count, by id, with their tiers. With
// the first digits of an id, now or former, it lists that one.
func (s *Study) Shown(ctx context.Context, digits string) ([]Shown, error) {
	book, err := s.casebook(ctx, needs{})
	if err != nil {
		return nil, err
	}
	var only map[recount.Key]bool
	if digits != "" {
		if only, err = s.speakersOf(ctx, digits); err != nil {
			return nil, err
		}
	}
	var out []Shown
	people, err := book.Persons(ctx)
	if err != nil {
		return nil, err
	}
	p := s.problem(book)
	p.Members, p.Links = book.Members(), book.Links()
	all, err := p.Persons()
	if err != nil {
		return nil, err
	}
	apart := outside(people, all)
	for _, c := range people {
		if only != nil && !slices.ContainsFunc(c.Members, func(m recount.Member) bool { return only[m.Key] }) {
			continue
		}
		x := Shown{Person: c, Outside: apart[c.ID]}
		for _, m := range c.Members {
			p, _ := book.Page(m.Article)
			x.Sources = append(x.Sources, Source{m, p})
		}
		slices.SortStableFunc(x.Sources, func(a, b Source) int {
			return recount.DateOf(a.Published()).Compare(recount.DateOf(b.Published()))
		})
		out = append(out, x)
	}
	return out, nil
}
