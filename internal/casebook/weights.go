package casebook

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"recount"
	"recount/internal/cases"
)

// readWeights reads which weights hold. It reports whether they are others than
// before. Weights that cannot be meant, and such on which people differ, are
// those that ship.
func (c *Casebook) readWeights() bool {
	var now *cases.Weights
	weighed := ""
	if b, by, ok := held[recount.WeightsBody](c.View, c.about(recount.KindWeights, "")); ok {
		if w, err := cases.NewWeights(b.Levels); err == nil {
			now, weighed = w, by.ID
		}
	}
	changed := (now == nil) != (c.weights == nil) || !now.Equal(c.weights)
	if c.weighed = weighed; changed {
		c.weights = now
	}
	return changed
}

// Weighed names the decision that the weights of pairs are of, "" if they are
// those that ship.
func (c *View) Weighed() string { return c.weighed }

// Weights lists what each outcome of comparing two people weighs.
func (c *View) Weights() []recount.LevelWeight { return c.weights.Levels() }

// Weigh scores two people, as the program does, by the weights of the study.
func (c *View) Weigh(s recount.Suggestion) recount.Suggestion { return c.weights.Weigh(s) }

// Suggestions lists the scored pairs of speakers by the weights of the study, the
// heaviest first.
func (c *View) Suggestions(ctx context.Context) ([]recount.Suggestion, error) {
	all, err := c.store.Suggestions(ctx)
	return c.weights.WeighAll(all), err
}

// Estimated is what the answers of a study would do to the weights of pairs.
type Estimated struct {
	Parameters      []cases.Parameter
	Same, Different int       // answered pairs that it rests on
	Rise, Fall      []Shifted // pairs that become a question because of it, and that are none any more
}

// A Shifted pair has another probability by other weights.
type Shifted struct {
	Pair
	Now, Then recount.Milli
}

// What Estimate asks for at least, and how it says that there is less.
const (
	LeastAnswered = cases.LeastAnswered // answered pairs
	LeastEither   = cases.LeastEither   // of them same, and different
)

// ErrFewAnswers says that too few pairs are answered to learn weights from.
var ErrFewAnswers = fmt.Errorf("%w: too few pairs are answered", recount.ErrInvalid)

// Changes reports whether the answers make weights of the study's own, and other
// ones than those that hold.
func (e *Estimated) Changes(c *View) bool {
	if len(e.Body().Levels) == 0 {
		return false
	}
	for i, l := range c.Weights() {
		if e.Parameters[i].Bits != l.Bits {
			return true
		}
	}
	return false
}

// Body is the decision that would take the weights.
func (e *Estimated) Body() recount.WeightsBody {
	b := recount.WeightsBody{Same: e.Same, Different: e.Different}
	for _, p := range e.Parameters {
		if p.Bits != p.Shipped {
			b.Levels = append(b.Levels, recount.LevelWeight{Level: p.Level, Bits: p.Bits})
		}
	}
	return b
}

// Estimate works out weights from what people answered about suggested pairs of
// two pages, and changes nothing. Only answers count that somebody gave: one that
// follows from others is no further evidence. A pair moves if it passes the
// probability from which pairs are questions. With ErrFewAnswers it says how many
// answers there are, and nothing else.
func (c *View) Estimate(ctx context.Context) (*Estimated, error) {
	all, err := c.store.Suggestions(ctx)
	if err != nil {
		return nil, err
	}
	e := &Estimated{}
	var answered []cases.Answered
	done := map[pair]bool{}
	var open []recount.Suggestion
	for i := range all {
		a, b := c.Known(all[i].A), c.Known(all[i].B)
		if a == nil || b == nil {
			open = append(open, all[i])
			continue
		}
		k := pairOf(a.Key, b.Key)
		l := c.links.of(k)
		if l == nil || l.Reason == "people disagree" {
			open = append(open, all[i])
			continue
		}
		same := l.Answer == recount.Same
		if a == b || done[k] || !same && l.Answer != recount.Different || c.Keyed(all[i].A) == c.Keyed(all[i].B) {
			continue
		}
		done[k] = true
		answered = append(answered, cases.Answered{Suggestion: all[i], Same: same})
		if same {
			e.Same++
		} else {
			e.Different++
		}
	}
	if e.Same+e.Different < LeastAnswered || min(e.Same, e.Different) < LeastEither {
		return e, recount.WithHint(fmt.Errorf("%w: weights are estimated from %d answered pairs of two pages, at least %d of them same and %d different; there are %d same and %d different",
			ErrFewAnswers, LeastAnswered, LeastEither, LeastEither, e.Same, e.Different), "answer more pairs that `recount link --asked` lists; until then the weights of the program hold")
	}
	e.Parameters = cases.Estimate(answered)
	then, err := cases.NewWeights(e.Body().Levels)
	if err != nil {
		return nil, err
	}
	shifts := map[pair][2]recount.Milli{}
	var moved []recount.Suggestion
	for i := range open {
		now, next := c.weights.Weigh(open[i]), then.Weigh(open[i])
		if (now.Probability >= c.settings.Link) != (next.Probability >= c.settings.Link) {
			shifts[pair{now.A, now.B}] = [2]recount.Milli{now.Probability, next.Probability}
			moved = append(moved, next)
		}
	}
	for p, err := range c.SeenPairs(ctx, moved, false) {
		if err != nil {
			return nil, err
		}
		if !p.Asked() {
			continue
		}
		s := shifts[pair{p.Suggestion.A, p.Suggestion.B}]
		if x := (Shifted{p, s[0], s[1]}); x.Then > x.Now {
			e.Rise = append(e.Rise, x)
		} else {
			e.Fall = append(e.Fall, x)
		}
	}
	for _, list := range [][]Shifted{e.Rise, e.Fall} {
		slices.SortFunc(list, func(x, y Shifted) int {
			return cmp.Or(cmp.Compare(y.Then, x.Then), cmp.Compare(x.Suggestion.A, y.Suggestion.A), cmp.Compare(x.Suggestion.B, y.Suggestion.B))
		})
	}
	return e, nil
}
