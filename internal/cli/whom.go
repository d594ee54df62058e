package cli

import (
	"errors"
	"strings"

	"recount"
	"recount/internal/casebook"
)

// accounts finds whom somebody names: one speaker by the key that lists of
// speakers print, or all accounts of a person by the id that `recount people`
// prints.
func accounts(r *runner, b *casebook.Casebook, key string) ([]*casebook.Voice, error) {
	v, err := b.FindSpeaker(r.Ctx, key)
	if err == nil {
		if v.Speaker != nil && !strings.HasPrefix(string(v.ID), key) && !strings.HasPrefix(string(v.Key), key) {
			r.Printf("note: %s was joined with another: it is %s now\n", Cell(key), calledOn(v))
		}
		return []*casebook.Voice{v}, nil
	}
	if errors.Is(err, recount.ErrNotFound) {
		if vs, other := b.Accounts(r.Ctx, key); !errors.Is(other, recount.ErrNotFound) {
			return vs, other
		}
	}
	return nil, err
}

// whom finds one account of whom somebody names: what is said of it is said of
// the person.
func whom(r *runner, b *casebook.Casebook, key string) (*casebook.Voice, error) {
	vs, err := accounts(r, b, key)
	if err != nil {
		return nil, err
	}
	return vs[0], nil
}
