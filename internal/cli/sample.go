package cli

import (
	"fmt"

	"recount"

	"recount/internal/study"
)

type sampleCmd struct {
	N     int    `arg:"" optional:"" help:"How many articles to draw."`
	Pairs int    `help:"Draw so many pairs of people that nothing suggests to be one, to be compared." placeholder:"N"`
	Read  string `help:"Say that this page was read to the end, and every missed statement typed in." placeholder:"PAGE"`
}

func (c *sampleCmd) Run(r *runner) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	switch {
	case c.Read != "":
		a, err := s.ReadToTheEnd(r.Ctx, c.Read)
		if err != nil {
			return err
		}
		r.Printf("read to the end: %s\n", a.Page())
	case c.N < 0:
		return recount.WithHint(fmt.Errorf("%w: %d articles", recount.ErrInvalid, c.N), "give a number from 1")
	case c.Pairs < 0:
		return recount.WithHint(fmt.Errorf("%w: %d pairs", recount.ErrInvalid, c.Pairs), "give a number from 1")
	case c.Pairs > 0:
		drawn, err := s.DrawPairs(r.Ctx, c.Pairs)
		if err != nil {
			return err
		}
		r.Printf("drawn: %s of people\n", Plural(drawn, "pair", "pairs"))
		return missedLinks(r, s)
	case c.N > 0:
		drawn, err := s.Sample(r.Ctx, c.N)
		if err != nil {
			return err
		}
		r.Printf("drawn: %s\n", Plural(len(drawn), "article", "articles"))
	}
	if err := missed(r, s); err != nil {
		return err
	}
	return missedLinks(r, s)
}

// missedLinks prints what comparing pairs of people has shown so far.
func missedLinks(r *runner, s *study.Study) error {
	m, asked, err := s.MissedLinks(r.Ctx)
	if err != nil || m.Drawn == 0 {
		return err
	}
	if len(asked) > 0 {
		r.Printf("still to be compared; answer with `recount link KEY KEY same`, different or unsure:\n")
	}
	for i := range asked {
		linked(r, &asked[i])
	}
	if m.Share != nil {
		r.Printf("%s compared of %d that nothing suggests: %d one person", Plural(len(m.Compared), "pair", "pairs"), m.Pairs, m.Same)
		if m.Unsure > 0 {
			r.Printf(", %d unsure", m.Unsure)
		}
		r.Printf("; so %d to %d of the %d are one person (%s)\n", m.Low, m.High, m.Pairs, m.Share.Method)
	}
	return nil
}

// missed prints what reading to the end has shown so far.
func missed(r *runner, s *study.Study) error {
	m, unread, err := s.Miss(r.Ctx)
	if err != nil {
		return err
	}
	for _, a := range unread {
		r.Printf("  to read: %s  %s (%s)\n", a.Page(), a.Title, a.Masthead())
	}
	if len(m.Read) == 0 {
		r.Printf("no drawn article was read to the end yet, so what the program missed is not known\n")
		return nil
	}
	r.Printf("%s read to the end: the program missed %d of %s\n", Plural(len(m.Read), "article", "articles"), m.Missed, Plural(m.Statements, "statement", "statements"))
	return nil
}
