package count

import (
	"math/rand/v2"
	"testing"
)

// TestAnsweredSpansTheRange answers each question that moves a number in each
// of its ways: what is left lies within the range, and both ends are reached.
func TestAnsweredSpansTheRange(t *testing.T) {
	asked := map[string]int{}
	for seed := range uint64(tries(80, 160)) {
		rng := rand.New(rand.NewPCG(seed, 17))
		p := differ(rng, wide(rng, 5), 2)
		for _, q := range []Query{{}, {Where: `gender == "woman"`}, {Where: `has("money") || first_outlet == "Three"`}, {Where: `first_reported >= "2015"`}, {Where: `kind == "named"`}} {
			r, err := p.Result(q)
			if err != nil {
				t.Fatal(err)
			}
			if !r.Range.Exact {
				continue
			}
			for _, question := range r.Questions {
				low, high := 1<<30, -1
				for _, answer := range p.Answers(*question) {
					sub, err := p.Answered(*question, answer).Result(q)
					if err != nil {
						t.Fatal(err)
					}
					low, high = min(low, sub.Range.Low), max(high, sub.Range.High)
					for _, left := range sub.Questions {
						if left.Key == question.Key && left.What == question.What {
							t.Errorf("seed %d: %s is still open when it is answered %s", seed, question.Text, answer)
						}
					}
				}
				asked[question.What]++
				if low != r.Range.Low || high != r.Range.High {
					t.Errorf("seed %d, %q: the answers to %q span %d to %d, the range is %d to %d", seed, q.Where, question.Text, low, high, r.Range.Low, r.Range.High)
				}
			}
		}
	}
	for _, what := range []string{"link", "scope", "date", "code", "gender", "kind", "contradiction", "outlet", "rule"} {
		if asked[what] == 0 {
			t.Errorf("no question about a %s was asked", what)
		}
	}
}
