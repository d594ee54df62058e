package study

import (
	"context"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
)

// Originals of the corpus are read, not pages: a reprint would be read twice.

// firstPrints lists the pages that a sample is drawn from: the first print of
// every original that counts.
func firstPrints(book *casebook.Casebook) []casebook.Page {
	var out []casebook.Page
	for _, o := range book.Originals() {
		if o.Spliced {
			continue
		}
		k := o.First
		if k == "" {
			k = o.Members[0]
		}
		if p, ok := book.Page(k); ok {
			out = append(out, p)
		}
	}
	return out
}

// draw returns the next n pages of the study's random order among those that
// nobody has drawn. The order is that of a hash over the id of the study and
// the page, so that nobody can choose it and everybody can repeat it.
func draw(book *casebook.Casebook, study string, n int) []casebook.Page {
	done := drawn(book)
	var left []casebook.Page
	for _, p := range firstPrints(book) {
		if !done[p.Article.Page()] {
			left = append(left, p)
		}
	}
	slices.SortFunc(left, func(a, b casebook.Page) int {
		return strings.Compare(string(recount.KeyOf("sample", study, a.Article.Page())), string(recount.KeyOf("sample", study, b.Article.Page())))
	})
	return left[:min(n, len(left))]
}

// drawn returns the pages that live decisions have drawn.
func drawn(book *casebook.Casebook) map[string]bool {
	out := map[string]bool{}
	for _, d := range book.Holding(recount.KindSample) {
		for _, p := range d.Answer.(recount.SampleBody).Pages {
			out[p] = true
		}
	}
	return out
}

// readToTheEnd returns the pages that somebody read to the end.
func readToTheEnd(book *casebook.Casebook) map[string]bool {
	out := map[string]bool{}
	for _, d := range book.Holding(recount.KindRead) {
		out[d.Answer.(recount.ReadBody).Page] = true
	}
	return out
}

// unread lists the pages that were drawn and that nobody has read to the end.
func unread(book *casebook.Casebook) []casebook.Page {
	done, read := drawn(book), readToTheEnd(book)
	var out []casebook.Page
	for _, p := range book.Pages() {
		if n := p.Article.Page(); done[n] && !read[n] {
			out = append(out, p)
		}
	}
	return out
}

// miss counts, over the pages that were drawn at random and read to the end,
// the statements that were accepted and those of them that a person had to
// type in.
func miss(ctx context.Context, book *casebook.Casebook) (recount.Miss, error) {
	done, read := drawn(book), readToTheEnd(book)
	m := recount.Miss{Drawn: len(done)}
	for _, p := range book.Pages() {
		if n := p.Article.Page(); done[n] && read[n] {
			m.Read = append(m.Read, p.Key)
		}
	}
	slices.Sort(m.Read)
	for _, p := range unread(book) {
		m.Left = append(m.Left, p.Key)
	}
	for _, s := range book.Statements() {
		if slices.Contains(m.Read, s.Article) {
			m.Statements++
			m.Accepted = append(m.Accepted, s.AcceptedStatement)
			if s.Typed {
				m.Missed++
			}
		}
	}
	for _, key := range m.Read {
		for v, err := range book.Voices(ctx, casebook.Filter{All: true, Page: key}) {
			if err != nil {
				return m, err
			}
			for _, u := range v.Utterances {
				if u.State == "" && !u.Typed && !u.Aside && u.Mode != recount.Thought && u.Old == nil {
					m.Statements++
					m.Unanswered = append(m.Unanswered, recount.AcceptedStatement{Article: key, At: u.At, Type: u.Type})
				}
			}
		}
	}
	links, _, err := book.MissedLinks(ctx)
	m.Links = links
	return m, err
}

// DrawPairs draws n pairs of people at random among those that nothing suggests
// to be one, to be compared, and logs which.
func (s *Study) DrawPairs(ctx context.Context, n int) (drawn int, err error) {
	book, err := s.Casebook(ctx)
	if err != nil {
		return 0, err
	}
	drafts, err := book.Draw(ctx, n)
	if err != nil || len(drafts) == 0 {
		return 0, err
	}
	group, err := s.NewGroup()
	if err != nil {
		return 0, err
	}
	saved, err := s.Decide(ctx, By{Group: group}, drafts...)
	return len(saved), err
}

// MissedLinks says what comparing pairs of people that were drawn at random
// showed, and which of them are still a question.
func (s *Study) MissedLinks(ctx context.Context) (recount.MissedLinks, []casebook.Pair, error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return recount.MissedLinks{}, nil, err
	}
	return book.MissedLinks(ctx)
}

// Sample draws n pages at random to be read to the end, and logs which.
func (s *Study) Sample(ctx context.Context, n int) ([]casebook.Page, error) {
	book, err := s.Casebook(ctx)
	if err != nil {
		return nil, err
	}
	list := draw(book, s.ID, n)
	if len(list) == 0 {
		return nil, nil
	}
	var body recount.SampleBody
	for _, p := range list {
		body.Pages = append(body.Pages, p.Article.Page())
	}
	_, err = s.Decide(ctx, By{}, casebook.Draft{Answer: body, Reason: "drawn at random to be read to the end"})
	return list, err
}

// ReadToTheEnd logs that a page was read to the end.
func (s *Study) ReadToTheEnd(ctx context.Context, name string) (casebook.Page, error) {
	book, err := s.Casebook(ctx)
	if err != nil {
		return casebook.Page{}, err
	}
	p, err := book.FindPage(name)
	if err == nil {
		_, err = s.Decide(ctx, By{}, casebook.Draft{Answer: recount.ReadBody{Page: p.Article.Page()}, Reason: "read to the end"})
	}
	return p, err
}

// Miss says what the program missed on the pages drawn and read, and which
// pages were drawn and not read yet.
func (s *Study) Miss(ctx context.Context) (recount.Miss, []casebook.Page, error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return recount.Miss{}, nil, err
	}
	m, err := miss(ctx, book)
	return m, unread(book), err
}
