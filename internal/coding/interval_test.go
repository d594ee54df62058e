package coding

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// made makes units that two or three coders answered, equal with a given
// chance.
func made(n int, equal float64, seed uint64) (out []Unit) {
	r := rand.New(rand.NewPCG(seed, 7))
	for i := range n {
		v := fmt.Sprint(r.IntN(3))
		u := Unit{ID: fmt.Sprint(i), Answers: []Answer{{"ada", v}}}
		for _, c := range []string{"ben", "cem"}[:1+i%2] {
			w := v
			if r.Float64() > equal {
				w = fmt.Sprint(r.IntN(3))
			}
			u.Answers = append(u.Answers, Answer{c, w})
		}
		out = append(out, u)
	}
	return out
}

// TestIntervals holds the whole numbers of the draws to the published
// coefficients on the units themselves, and the interval to what it must be.
func TestIntervals(t *testing.T) {
	for seed := range uint64(20) {
		units := made(60, 0.8, seed)
		for _, c := range []Coefficient{Percent(units), Kappa(units, "ada", "ben"), Alpha(units), AC1(units)} {
			// Every unit once is the coefficient itself.
			index := map[string]int{}
			var all []unit
			for _, u := range tidy(units) {
				var x unit
				for _, a := range u.Answers {
					if _, ok := index[a.Value]; !ok {
						index[a.Value] = len(index)
					}
					x.values = append(x.values, index[a.Value])
				}
				p, _ := u.of("ada")
				q, _ := u.of("ben")
				x.pair = [2]int{index[p], index[q]}
				all = append(all, x)
			}
			f := map[string]func([]unit, int) (int64, bool){"percent": percentOf, "Cohen's kappa": kappaOf, "Krippendorff's alpha": alphaOf, "Gwet's AC1": ac1Of}[c.Name]
			if v, ok := f(all, len(index)); !ok || math.Abs(float64(v)/1e6-c.Value) > 3e-6 {
				t.Errorf("seed %d: %s is %d millionths, want %f", seed, c.Name, v, c.Value)
			}
			i := Between(c, units)
			if i.Note != "" || !(i.Low < c.Value && c.Value < i.High) || i.High-i.Low > 0.6 || i.Draws != draws {
				t.Errorf("seed %d: %s %.2f in %+v", seed, c.Name, c.Value, i)
			}
			// In any order the same, and the same each time.
			r := rand.New(rand.NewPCG(seed, 9))
			r.Shuffle(len(units), func(a, b int) { units[a], units[b] = units[b], units[a] })
			if j := Between(c, units); j != i {
				t.Errorf("seed %d: %s: %+v in another order, %+v", seed, c.Name, j, i)
			}
		}
	}
}

func TestNoInterval(t *testing.T) {
	few := made(5, 1, 1)
	if i := Between(Percent(few), few); i.Note == "" {
		t.Errorf("five units: %+v", i)
	}
	one := []Unit{}
	for i := range 30 {
		one = append(one, Unit{fmt.Sprint(i), []Answer{{"ada", "yes"}, {"ben", "yes"}}})
	}
	if i := Between(Alpha(one), one); i.Note == "" {
		t.Errorf("nothing varies: %+v", i)
	}
	one[0].Answers[1].Value = "no"
	if i := Between(Kappa(one, "ada", "ben"), one); i.Note == "" && (i.Low > 0 || i.High < 0) {
		t.Errorf("one differs: %+v", i)
	}
}

// TestCoverage draws many samples of which the agreement is known, and counts
// how often the interval holds it.
func TestCoverage(t *testing.T) {
	hit := 0
	const samples = 100
	for seed := range uint64(samples) {
		units := made(80, 0.7, 1000+seed)
		i := Between(Percent(units), units)
		// Two answers are equal with 0.7 + 0.3/3; of three coders ben and cem
		// differ from ada apart, so the pair of them is equal less often.
		want := (0.8*3 + (0.8*0.8 + 0.2*0.2/2)) / 4
		if i.Low <= want && want <= i.High {
			hit++
		}
	}
	if hit < 85 {
		t.Errorf("the interval holds the truth in %d of %d samples", hit, samples)
	}
	t.Logf("the interval of percent holds the truth in %d of %d samples", hit, samples)
}
