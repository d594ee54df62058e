package study

import (
	"context"
	"slices"

	"recount"
	"recount/internal/casebook"
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
	for _, c := range people {
		if only != nil && !slices.ContainsFunc(c.Members, func(m recount.Member) bool { return only[m.Key] }) {
			continue
		}
		x := Shown{Person: c}
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
