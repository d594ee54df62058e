package study

import (
	"context"

	"recount"
)

// Sample draws n pages at random to be read to the end, and logs which.
func (s *Study) Sample(ctx context.Context, n int) ([]*recount.Article, error) {
	d, err := s.Desk(ctx)
	if err != nil {
		return nil, err
	}
	list, err := d.Draw(s.ID, n)
	if err != nil {
		return nil, err
	}
	_, err = s.Save(ctx, d)
	return list, err
}

// ReadToTheEnd logs that a page was read to the end.
func (s *Study) ReadToTheEnd(ctx context.Context, page string) (*recount.Article, error) {
	d, err := s.Desk(ctx)
	if err != nil {
		return nil, err
	}
	a, err := d.Page(page)
	if err != nil {
		return nil, err
	}
	if err := d.Read(a.Page()); err != nil {
		return nil, err
	}
	_, err = s.Save(ctx, d)
	return a, err
}

// Miss says what the program missed on the pages drawn and read, and which
// pages were drawn and not read yet.
func (s *Study) Miss(ctx context.Context) (recount.Miss, []*recount.Article, error) {
	st, err := s.load(ctx)
	if err != nil {
		return recount.Miss{}, nil, err
	}
	return st.Miss(), st.Unread(), nil
}
