package cli

import (
	"fmt"
	"strings"

	"recount"
	"recount/internal/casebook"
)

// openQuestion is the probability, in per cent, from which a suggestion joins a
// group where --least says nothing else.
const openQuestion = 50

// people lists the groups that suggestions would make one person, and answers
// them: the fewest links of each.
func (c *linkCmd) people(r *runner, b *casebook.Casebook, pairs []casebook.Pair) ([]casebook.Draft, error) {
	if c.Each != "" && c.Each != string(recount.Same) {
		return nil, recount.WithHint(fmt.Errorf("%w: a group is one person or none", recount.ErrInvalid), "answer --each same, or answer its pairs one by one")
	}
	least := c.Least
	if least == 0 {
		least = openQuestion
	}
	var only recount.Key
	if c.Of != "" {
		v, err := whom(r, b, c.Of)
		if err != nil {
			return nil, err
		}
		only = v.Key
	}
	var drafts []casebook.Draft
	for _, g := range casebook.Clusters(pairs, b.Constraints(), recount.Milli(10*least)) {
		if only != "" && !holds(g.Voices, only) {
			continue
		}
		effect := ""
		if g.Effect > 0 {
			effect = fmt.Sprintf("; %s fewer of those who count", Plural(g.Effect, "person", "people"))
		}
		r.Printf("%s, %s, the weakest %s%s\n", Plural(len(g.Voices), "speaker", "speakers"), Plural(len(g.Links), "link", "links"), strings.TrimSpace(percent(g.Weakest().Probability)), effect)
		for _, v := range g.Voices {
			scoped(r, v)
		}
		weakest(r, "weakest", g.Weakest())
		for _, x := range g.Refused {
			refusedLink(r, x)
		}
		for _, p := range g.Links {
			if c.Each == "" {
				break
			}
			d, err := linking(r, b, p.A, p.B, c.Each, p.Bars)
			if err != nil {
				return nil, err
			}
			drafts = append(drafts, casebook.Draft{Answer: d, Reason: c.Reason})
		}
	}
	if c.Each == "" || c.Save {
		return drafts, nil
	}
	r.Printf("%s would be answered %q; nothing is saved. Look at the list, then say --save\n", Plural(len(drafts), "pair", "pairs"), c.Each)
	return nil, nil
}

func holds(vs []*casebook.Voice, k recount.Key) bool {
	for _, v := range vs {
		if v.Key == k {
			return true
		}
	}
	return false
}

// weakest prints a pair in one line, with what speaks for or against it.
func weakest(r *runner, why string, p *casebook.Pair) {
	var fields []string
	for _, x := range p.Bars[min(1, len(p.Bars)):] {
		fields = append(fields, x.Field)
	}
	r.Printf("    %s: %.12s %.12s  %s  %s\n", why, p.Suggestion.A, p.Suggestion.B, strings.TrimSpace(percent(p.Probability)), strings.Join(fields, ", "))
}

// refusedLink says why a pair cannot be one person: the two whom people
// answered to be different, and how each of the pair leads to one of them.
func refusedLink(r *runner, x casebook.Refused) {
	weakest(r, "left out, they are answered to be different", x.Pair)
	for _, chain := range x.Chains {
		var names []string
		for _, v := range chain {
			names = append(names, strings.TrimSpace(fmt.Sprintf("%.12s %s", v.ID, v.Name)))
		}
		r.Printf("        %s\n", strings.Join(names, " = "))
	}
}
