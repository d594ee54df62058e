package count

import (
	"bytes"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"recount"
)

func float(r *big.Rat) float64 { f, _ := r.Float64(); return f }

// TestFisher compares with the lady who tastes tea (Fisher 1935, section 5: 1 in
// 70 for all right), with that of three right of four (Agresti 2002, table 3.8:
// 0.486) and with what R 4.2 and its package epitools 0.5 print.
func TestFisher(t *testing.T) {
	tests := []struct {
		name       string
		a, b, c, d int
		p, mid     float64
	}{
		{"all eight cups right", 4, 0, 0, 4, 2.0 / 70, 1.0 / 70},
		{"six of eight cups right", 3, 1, 1, 3, 34.0 / 70, 18.0 / 70},
		{"epitools", 10, 2, 3, 15, 0.0005367241, 0.0004806619},
		{"nothing at all", 5, 5, 5, 5, 1, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, mid, ok := Fisher(tt.a, tt.b, tt.c, tt.d)
			if !ok || math.Abs(float(p)-tt.p) > 1e-9 || math.Abs(float(mid)-tt.mid) > 1e-9 {
				t.Errorf("Fisher(%d, %d, %d, %d) = %v, %v, %v; want %.10f, %.10f", tt.a, tt.b, tt.c, tt.d, p, mid, ok, tt.p, tt.mid)
			}
			q, qmid, _ := Fisher(tt.b, tt.a, tt.d, tt.c)
			if q.Cmp(p) != 0 || qmid.Cmp(mid) != 0 {
				t.Error("columns changed places, and the probability changed")
			}
		})
	}
	for name, x := range map[string][4]int{"an empty row": {0, 0, 3, 4}, "an empty column": {0, 2, 0, 4}, "nobody": {}, "a negative count": {-1, 2, 3, 4}, "too many": {mostExact, 1, 1, 1}} {
		if _, _, ok := Fisher(x[0], x[1], x[2], x[3]); ok {
			t.Errorf("%s: there is a probability", name)
		}
	}
}

// TestPoissonTrend compares with distributions that are counted out by hand.
func TestPoissonTrend(t *testing.T) {
	tests := []struct {
		name              string
		counts, exposures []int
		want              *big.Rat
	}{
		// Of two people in three equal periods, both in the last: 1 of 9, twice.
		{"both in the last of three", []int{0, 0, 2}, []int{1, 1, 1}, big.NewRat(2, 9)},
		{"both in the first of three", []int{2, 0, 0}, []int{1, 1, 1}, big.NewRat(2, 9)},
		{"one at each end", []int{1, 0, 1}, []int{1, 1, 1}, big.NewRat(1, 1)},
		// The last period is twice as long: 2/4 of the time, so 1/4 of both, twice.
		{"both in the last, which is as long as the others", []int{0, 0, 2}, []int{1, 1, 2}, big.NewRat(1, 2)},
		{"one person, in the last", []int{0, 0, 1}, []int{1, 1, 1}, big.NewRat(2, 3)},
	}
	for _, tt := range tests {
		p, ok := PoissonTrend(tt.counts, tt.exposures)
		if !ok || p.Cmp(tt.want) != 0 {
			t.Errorf("%s: %v, %v; want %v", tt.name, p, ok, tt.want)
		}
	}
	for name, x := range map[string][2][]int{"nobody": {{0, 0, 0}, {1, 1, 1}}, "two periods": {{1, 2}, {1, 1}}, "no time": {{1, 2, 3}, {1, 0, 1}}, "too many": {{mostSum, 0, 1}, {1, 1, 1}}} {
		if _, ok := PoissonTrend(x[0], x[1]); ok {
			t.Errorf("%s: there is a probability", name)
		}
	}
}

func TestChance(t *testing.T) {
	for want, p := range map[string]*big.Rat{"fewer than 0.1%": big.NewRat(1, 9999), "0.1%": big.NewRat(1, 1999), "50.0%": big.NewRat(1, 2), "100.0%": big.NewRat(1, 1), "0.0%": new(big.Rat), "33.3%": big.NewRat(1, 3)} {
		if got := chance(p); got != want {
			t.Errorf("chance(%v) = %q, want %q", p, got, want)
		}
	}
}

// TestIntervalsEqualR computes intervals and tests a second time in R with its
// package epitools, to 1e-6.
func TestIntervalsEqualR(t *testing.T) {
	path, err := exec.LookPath("Rscript")
	if err != nil {
		t.Skip("SKIPPED, NOT CHECKED: Rscript is not installed, so nothing else computed the intervals")
	}
	if exec.Command(path, "-e", "library(epitools)").Run() != nil {
		t.Skip("SKIPPED, NOT CHECKED: R has no package epitools, so nothing else computed the intervals")
	}
	rng := rand.New(rand.NewPCG(5, 17))
	var in strings.Builder
	var got [][]float64
	ask := func(name string, x []int, v ...float64) {
		in.WriteString(name)
		for _, n := range x {
			fmt.Fprintf(&in, " %d", n)
		}
		in.WriteString("\n")
		got = append(got, v)
	}
	for range 40 {
		n := 1 + rng.IntN(200)
		k := rng.IntN(n + 1)
		w := Wilson(k, n)
		ask("wilson", []int{k, n}, w.Low, w.High)
		e := Exact(k, k, n)
		ask("binomial", []int{k, n}, e.Low, e.High)
		g := Garwood(k)
		ask("poisson", []int{k}, g.Low, g.High)
		a, ta, b, tb := rng.IntN(60), 1+rng.IntN(24), 1+rng.IntN(60), 1+rng.IntN(24)
		r := ratioInterval(a, ta, b, tb)
		ask("ratio", []int{a, ta, b, tb}, r.Low, r.High)
		cells := []int{rng.IntN(30), rng.IntN(30), rng.IntN(30), rng.IntN(30)}
		if p, mid, ok := Fisher(cells[0], cells[1], cells[2], cells[3]); ok {
			ask("fisher", cells, float(p), float(mid))
		}
		counts, exposures := []int{}, []int{}
		for range 3 + rng.IntN(12) {
			counts, exposures = append(counts, rng.IntN(8)), append(exposures, 1+rng.IntN(92))
		}
		if p, ok := PoissonTrend(counts, exposures); ok {
			ask("trend", append(counts, exposures...), float(p))
		}
	}
	cmd := exec.Command(path, "testdata/exact.R")
	cmd.Stdin = strings.NewReader(in.String())
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, errs.String())
	}
	asked, lines := strings.Split(strings.TrimSpace(in.String()), "\n"), strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) != len(asked) || len(asked) < 200 {
		t.Fatalf("R answered %d of %d: %s", len(lines), len(asked), errs.String())
	}
	for i, line := range lines {
		f := strings.Fields(line)
		for j, v := range got[i] {
			if want, err := strconv.ParseFloat(f[j], 64); err != nil || math.Abs(v-want) > 1e-6 {
				t.Errorf("%s: %.7f, R has %s", asked[i], v, f[j])
			}
		}
	}
}

// TestTrendSaysHowSteady: what a trend says of an even rate takes the time that
// the study's period leaves each row, and the rows that nobody stands in.
func TestTrendSaysHowSteady(t *testing.T) {
	at := func(days ...string) Problem {
		p := Problem{Rules: Rules{From: "2014-01", To: "2014-06"}}
		for i, d := range days {
			key := recount.KeyOf("member", fmt.Sprint(i))
			p.Members = append(p.Members, recount.Member{Key: key, Article: key, Scope: recount.Yes, Decision: string(key), Dates: []string{d}})
		}
		return p
	}
	note := func(p Problem, q Query) string {
		r, err := p.Result(q)
		if err != nil {
			t.Fatal(err)
		}
		return r.Note
	}
	p := at("2014-05-02", "2014-06-03", "2014-06-20")
	want, _ := PoissonTrend([]int{0, 0, 0, 0, 1, 2}, []int{31, 28, 31, 30, 31, 30})
	if got := note(p, Query{By: "month"}); !strings.Contains(got, "over the 6 months from 2014-01 to 2014-06") || !strings.Contains(got, " in "+chance(want)+" of cases") {
		t.Errorf("months: %q, want %s", got, chance(want))
	}
	if got := note(p, Query{By: "quarter"}); strings.Contains(got, "even rate") {
		t.Errorf("two quarters are no trend: %q", got)
	}
	p.Rules.To = "2014-06-15"
	want, _ = PoissonTrend([]int{0, 0, 0, 0, 1, 1}, []int{31, 28, 31, 30, 31, 15})
	if got := note(at("2014-05-02", "2014-06-03"), Query{By: "month", To: "2014-06-15"}); !strings.Contains(got, chance(want)) {
		t.Errorf("a month that is cut: %q, want %s", got, chance(want))
	}
	p.Rules.From, p.Rules.To = "", ""
	for _, q := range []Query{{By: "month"}, {By: "month", From: "2014-01"}, {By: "gender"}} {
		if got := note(p, q); strings.Contains(got, "even rate") {
			t.Errorf("%+v: without a period nothing says which time the rows cover: %q", q, got)
		}
	}
}
