package study

import (
	"context"
	"slices"
	"strings"

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
	recount.Case
	Sources []Source // in order of publication
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
	for _, c := range everyCase(book) {
		if only != nil && !slices.ContainsFunc(c.Members, func(m recount.Member) bool { return only[m.Key] }) {
			continue
		}
		x := Shown{Case: c}
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

// everyCase lists the people who count and, each as a person of its own, the
// speakers of whom it is unclear, by id.
func everyCase(book *casebook.Casebook) []recount.Case {
	out := (&count.Problem{Members: book.Members(), Links: book.Links()}).Cases()
	for _, m := range book.Members() {
		if m.Scope == recount.Unclear {
			out = append(out, recount.Case{ID: m.Decision, Members: []recount.Member{m}})
		}
	}
	slices.SortFunc(out, func(a, b recount.Case) int { return strings.Compare(a.ID, b.ID) })
	return out
}
