package cli

import (
	"fmt"
	"strings"

	"recount/internal/casebook"
)

// weights prints what each outcome of comparing two people weighs.
func weights(r *runner, b *casebook.Casebook) {
	for _, l := range b.Weights() {
		r.Printf("%-55s %6s bits\n", l.Level, hundredths(l.Bits))
	}
	if id := b.Weighed(); id != "" {
		r.Printf("taken from this study's answers by decision %.12s; `recount decisions retract %.12s` brings those of the program back\n", id, id)
	} else {
		r.Printf("these are the weights of the program\n")
	}
}

// learn prints what the answers of the study would make of the weights, and
// which pairs they would move; it saves nothing by itself.
func (c *linkCmd) learn(r *runner, b *casebook.Casebook) ([]casebook.Draft, error) {
	e, err := b.Estimate(r.Ctx)
	if err != nil {
		return nil, err
	}
	r.Printf("from %s: %d same, %d different\n", Plural(e.Same+e.Different, "answered pair", "answered pairs"), e.Same, e.Different)
	kept := 0
	for _, p := range e.Parameters {
		if p.Bits == p.Shipped {
			kept++
			continue
		}
		r.Printf("%-55s %6s to %6s bits  (95%%: %s to %s)  %d same, %d different\n", p.Level, hundredths(p.Shipped), hundredths(p.Bits),
			tenths(p.Low), tenths(p.High), p.Same, p.Different)
	}
	if kept > 0 {
		r.Printf("%s as the program weighs it\n", Plural(kept, "outcome stays", "outcomes stay"))
	}
	r.Printf("%s would become a question, %s would be none any more\n", Plural(len(e.Rise), "pair", "pairs"), Plural(len(e.Fall), "pair", "pairs"))
	for _, list := range [][]casebook.Shifted{e.Rise, e.Fall} {
		for _, p := range list {
			r.Printf("%.12s %.12s  %s to %s  %s (%s, %s) / %s (%s, %s)\n", p.Suggestion.A, p.Suggestion.B, strings.TrimSpace(percent(p.Now)), strings.TrimSpace(percent(p.Then)),
				p.A.Name, p.A.Page.Outlet, p.A.Page.When(), p.B.Name, p.B.Page.Outlet, p.B.Page.When())
		}
	}
	body := e.Body()
	switch {
	case !e.Changes(b.View):
		r.Printf("the weights are these already; nothing is saved\n")
		return nil, nil
	case !c.Save:
		r.Printf("nothing is saved; add --save\n")
		return nil, nil
	}
	return []casebook.Draft{{Answer: body, Reason: c.Reason}}, nil
}

// tenths writes hundredths of a bit to a tenth.
func tenths(n int) string {
	sign := "+"
	if n < 0 {
		n, sign = -n, "-"
	}
	n = (n + 5) / 10
	return fmt.Sprintf("%s%d.%d", sign, n/10, n%10)
}
