package workbench

import (
	"context"
	"fmt"
	"strings"

	"recount"
	"recount/internal/casebook"
)

// chains says in words how two speakers would come to be one person although
// somebody called two of them different.
func (s *Server) chains(ctx context.Context, book *casebook.Casebook, v, w *casebook.Voice, l recount.Link) (string, error) {
	name := func(k recount.Key) (string, error) {
		x, err := book.MemberAt(ctx, k)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%s (%s)", x.Name, x.Page.Masthead()), nil
	}
	chain := func(from recount.Key, ends ...recount.Key) (string, error) {
		for _, to := range ends {
			if to != from && book.Chain(from, to) == nil {
				continue
			}
			at := from
			n, err := name(at)
			if err != nil {
				return "", err
			}
			words := []string{n}
			for _, x := range book.Chain(from, to) {
				if at = other(x, at); at != "" {
					if n, err = name(at); err != nil {
						return "", err
					}
					words = append(words, n)
				}
			}
			return strings.Join(words, " = "), nil
		}
		return "", nil
	}
	a, err := chain(v.Key, l.A, l.B)
	if err != nil {
		return "", err
	}
	b, err := chain(w.Key, l.A, l.B)
	if err != nil {
		return "", err
	}
	x, err := name(l.A)
	if err != nil {
		return "", err
	}
	y, err := name(l.B)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s; %s; and %s ≠ %s", a, b, x, y), nil
}

// other returns the other end of a link.
func other(l recount.Link, k recount.Key) recount.Key {
	if l.A == k {
		return l.B
	}
	return l.A
}
