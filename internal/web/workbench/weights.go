package workbench

import (
	"errors"
	"fmt"

	"recount"
	"recount/internal/casebook"
)

type levelWeight struct {
	Level   string         `json:"level" doc:"outcome of comparing two people: a field, and how it came out"`
	Bits    int            `json:"bits" doc:"hundredths of a bit that it weighs"`
	Learned *learnedWeight `json:"learned,omitempty" doc:"what the answers of the study make of it; absent where they leave what came with the program"`
}

type learnedWeight struct {
	Bits      int `json:"bits" doc:"hundredths of a bit"`
	Low       int `json:"low" doc:"about 95 of 100 such intervals hold what many more answers would give"`
	High      int `json:"high"`
	Same      int `json:"same" doc:"answered pairs that have this outcome"`
	Different int `json:"different"`
}

type shiftedPair struct {
	A    speakerEnd `json:"a"`
	B    speakerEnd `json:"b"`
	Now  int        `json:"now" doc:"thousandths: the probability by the weights that hold"`
	Then int        `json:"then" doc:"by those that the answers make"`
}

type weightsReply struct {
	Items     []levelWeight `json:"items"`
	Decision  string        `json:"decision" doc:"that the weights are taken from; empty: they came with the program"`
	Same      int           `json:"same" doc:"answered pairs of two pages that weights can be learned from"`
	Different int           `json:"different"`
	Least     int           `json:"least" doc:"how many must be answered"`
	Either    int           `json:"either" doc:"how many of them same, and how many different"`
	Enough    bool          `json:"enough"`
	Changes   bool          `json:"changes" doc:"the answers make other weights than those that hold"`
	Rise      []shiftedPair `json:"rise" doc:"pairs that would become a question"`
	Fall      []shiftedPair `json:"fall" doc:"pairs that would be a question no more"`
	Rises     int           `json:"rises" doc:"how many would, of which the first are listed"`
	Falls     int           `json:"falls"`
}

// mostShifted is how many pairs that move are listed.
const mostShifted = 50

// weights lists what each outcome of comparing two people weighs, and what the
// answers of the study would make of it. Nothing is saved.
func (s *Server) weights(c *call) (any, error) {
	out := weightsReply{Items: []levelWeight{}, Decision: c.book.Weighed(), Least: casebook.LeastAnswered, Either: casebook.LeastEither, Rise: []shiftedPair{}, Fall: []shiftedPair{}}
	e, err := c.book.Estimate(c.ctx)
	if err != nil && !errors.Is(err, casebook.ErrFewAnswers) {
		return nil, err
	}
	out.Same, out.Different, out.Enough = e.Same, e.Different, err == nil
	for i, l := range c.book.Weights() {
		x := levelWeight{Level: l.Level, Bits: l.Bits}
		if out.Enough {
			p := e.Parameters[i]
			if p.Bits != p.Shipped {
				x.Learned = &learnedWeight{p.Bits, p.Low, p.High, p.Same, p.Different}
			}
		}
		out.Items = append(out.Items, x)
	}
	out.Changes = out.Enough && e.Changes(c.book.View)
	out.Rises, out.Falls = len(e.Rise), len(e.Fall)
	if out.Rise, err = s.shifted(c, e.Rise); err != nil {
		return nil, err
	}
	out.Fall, err = s.shifted(c, e.Fall)
	return out, err
}

func (s *Server) shifted(c *call, pairs []casebook.Shifted) ([]shiftedPair, error) {
	out := []shiftedPair{}
	for _, p := range pairs[:min(len(pairs), mostShifted)] {
		x := shiftedPair{Now: int(p.Now), Then: int(p.Then)}
		var err error
		if x.A, err = s.end(c, p.A); err != nil {
			return nil, err
		}
		if x.B, err = s.end(c, p.B); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

// weigh takes the weights that the answers of the study make.
func (a *asker) weigh(d *draft) error {
	e, err := a.book.Estimate(a.ctx)
	if err != nil {
		return err
	}
	if !e.Changes(a.book.View) {
		return recount.WithHint(fmt.Errorf("%w: the answers make the weights that hold already", recount.ErrConflict), "nothing is to be done")
	}
	a.add(d, e.Body())
	return nil
}

// near lists the speakers of other pages who are most like one and of whom
// nobody answered, suggested or not, each with the pair that they make.
func (s *Server) near(c *call) (any, error) {
	v, err := c.book.FindSpeaker(c.ctx, c.r.PathValue("key"))
	if err != nil {
		return nil, err
	}
	pairs, err := s.study.MostLike(c.ctx, c.book, v)
	if err != nil {
		return nil, err
	}
	out := pairList{Items: []pairRow{}, Total: len(pairs)}
	if out.Elsewhere, err = s.elsewhere(c, ""); err != nil {
		return nil, err
	}
	for i, p := range pairs {
		row := pairRow{P: int(p.Probability), Answer: p.Answer, Kind: "near", Left: len(pairs) - i}
		if row.A, err = s.end(c, p.A); err != nil {
			return nil, err
		}
		if row.B, err = s.end(c, p.B); err != nil {
			return nil, err
		}
		out.Items = append(out.Items, row)
	}
	return out, nil
}
