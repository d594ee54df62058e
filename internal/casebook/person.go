package casebook

import (
	"context"
	"slices"
	"strings"

	"recount"
)

// Accounts returns the accounts of a person, by the first digits of the id by
// which people are listed or of any that the person ever had: it is that of a
// decision about who counts, and leads for ever to the speaker whom it is about.
// That speaker comes first.
func (c *Casebook) Accounts(ctx context.Context, digits string) ([]*Voice, error) {
	var keys []recount.Key
	if len(digits) >= fewestDigits {
		for _, d := range c.log.All() {
			if d.Kind != recount.KindScope && d.Kind != recount.KindCriterion || !strings.HasPrefix(d.ID, digits) {
				continue
			}
			whom, err := c.Whom(ctx, d)
			if err != nil {
				return nil, err
			}
			for _, k := range whom {
				if !slices.Contains(keys, k) {
					keys = append(keys, k)
				}
			}
		}
	}
	persons := 0
	var all []recount.Key
	for _, k := range keys {
		if slices.Contains(all, k) {
			continue // another account of one whom we have
		}
		persons++
		all = append(all, k)
		if person, ok := c.CaseOf(k); ok {
			for _, m := range person.Members {
				if m.Key != k {
					all = append(all, m.Key)
				}
			}
		}
	}
	if err := oneHit("person", digits, persons, "`recount people` lists the people"); err != nil {
		return nil, err
	}
	var out []*Voice
	for _, k := range all {
		v, err := c.FindSpeaker(ctx, string(k))
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}
