package release

import (
	"fmt"
	"maps"
	"math"
	"math/bits"
	"slices"
	"strings"

	"recount"
)

// MaxKeys is how many key columns the search for special uniques takes: it
// looks at every set of them.
const MaxKeys = 12

// Keys are the values of the columns by which somebody could be recognised,
// one row a person. "" is a missing value, which fits every other one.
type Keys [][]string

// check refuses rows of different lengths, which no measure can mean.
func (k Keys) check() error {
	for i, row := range k {
		if len(row) != len(k[0]) {
			return fmt.Errorf("row %d has %d key columns, the first has %d: %w", i+1, len(row), len(k[0]), recount.ErrInvalid)
		}
		if len(row) > MaxKeys {
			return recount.WithHint(fmt.Errorf("%d key columns, the measure takes %d: %w", len(row), MaxKeys, recount.ErrInvalid),
				"leave columns out or join them")
		}
	}
	return nil
}

// matches groups the rows by what they hold in the columns of set. It calls
// each with a row and the rows that fit it, itself included.
func (k Keys) matches(set uint, each func(row int, fit []int)) {
	var whole, holed []int
	groups := map[string][]int{}
	names := make([]string, len(k))
	for i, row := range k {
		var b strings.Builder
		missing := false
		for c := range row {
			if set&(1<<c) == 0 {
				continue
			}
			missing = missing || row[c] == ""
			fmt.Fprintf(&b, "%d:%s", len(row[c]), row[c]) // no two rows run together alike
		}
		if missing {
			holed = append(holed, i)
			continue
		}
		whole = append(whole, i)
		names[i] = b.String()
		groups[names[i]] = append(groups[names[i]], i)
	}
	for _, i := range whole {
		fit := groups[names[i]]
		for _, j := range holed {
			if k.fit(i, j, set) {
				fit = append(fit[:len(fit):len(fit)], j)
			}
		}
		each(i, fit)
	}
	for _, i := range holed {
		var fit []int
		for j := range k {
			if k.fit(i, j, set) {
				fit = append(fit, j)
			}
		}
		each(i, fit)
	}
}

func (k Keys) fit(i, j int, set uint) bool {
	for c := range k[i] {
		if set&(1<<c) != 0 && k[i][c] != k[j][c] && k[i][c] != "" && k[j][c] != "" {
			return false
		}
	}
	return true
}

func (k Keys) all() uint {
	if len(k) == 0 {
		return 0
	}
	return 1<<len(k[0]) - 1
}

// Frequencies returns for each person how many share all key values with them,
// themselves included (fk in Templ, Kowarik & Meindl 2015).
func Frequencies(k Keys) ([]int, error) {
	if err := k.check(); err != nil {
		return nil, err
	}
	fk := make([]int, len(k))
	k.matches(k.all(), func(row int, fit []int) { fk[row] = len(fit) })
	return fk, nil
}

// Weighted returns the sums of the weights of those who share all key values:
// how many in the population do, if each record stands for weight people (Fk).
func Weighted(k Keys, weight []float64) ([]float64, error) {
	if err := k.check(); err != nil {
		return nil, err
	}
	if len(weight) != len(k) {
		return nil, fmt.Errorf("%d weights for %d records: %w", len(weight), len(k), recount.ErrInvalid)
	}
	sum := make([]float64, len(k))
	k.matches(k.all(), func(row int, fit []int) {
		fit = slices.Sorted(slices.Values(fit)) // the sum must not depend on an order
		for _, j := range fit {
			sum[row] += weight[j]
		}
	})
	return sum, nil
}

// Risk returns the probability that a record is told apart in a population
// where population people share its key values, if sample of them are in the
// data (Benedetti & Franconi 1998, the closed forms that sdcMicro uses). Where
// the data are the whole population it is 1/sample.
func Risk(sample int, population float64) float64 {
	p := float64(sample) / population
	switch {
	case sample < 1 || population < float64(sample):
		return 1 // fail closed: such weights cannot be meant
	case p == 1:
		return 1 / float64(sample)
	case sample == 1:
		return p / (1 - p) * math.Log(1/p)
	case sample == 2:
		r := p / (1 - p)
		return r - r*r*math.Log(1/p)
	}
	return p / (float64(sample) - 1 + p)
}

// Special is what the search for special uniques found (Elliot, Manning & Ford
// 2002): sets of key columns, none of them needless, by which one person alone
// is picked out.
type Special struct {
	Score        []int     // of each person: the sum over their minimal sets S of (m - |S|)!
	Share        []float64 // of each person: the same with the weights of the IHSN guide
	Sets         [][][]int // of each person: the columns of each minimal set
	Contribution []float64 // of each column: percent of all scores in sets that hold it
	DIS          []float64 // of each person: score scaled to a probability (Elliot 2005)
}

// sampled is the fraction of the population that the measure takes the data
// for when it scales scores (sdcMicro's default).
const sampled = 0.01

// Uniques searches for special uniques.
func Uniques(k Keys) (*Special, error) {
	if err := k.check(); err != nil {
		return nil, err
	}
	s := &Special{Score: make([]int, len(k)), Share: make([]float64, len(k)), Sets: make([][][]int, len(k)), DIS: make([]float64, len(k))}
	if len(k) == 0 {
		return s, nil
	}
	m := len(k[0])
	s.Contribution = make([]float64, m)
	sets := make([]uint, 0, 1<<m)
	for set := uint(1); set < 1<<m; set++ {
		sets = append(sets, set)
	}
	slices.SortFunc(sets, func(a, b uint) int {
		if d := bits.OnesCount(a) - bits.OnesCount(b); d != 0 {
			return d
		}
		return int(a) - int(b)
	})
	minimal := make([][]uint, len(k))
	held := make([]int, m) // scores in sets that hold a column
	total := 0
	for _, set := range sets {
		size := bits.OnesCount(set)
		k.matches(set, func(row int, fit []int) {
			if len(fit) > 1 || slices.ContainsFunc(minimal[row], func(u uint) bool { return u&set == u }) {
				return
			}
			minimal[row] = append(minimal[row], set)
			score := factorial(m - size)
			s.Score[row] += score
			s.Share[row] += float64(int(1)<<(m-size)-1) * float64(factorial(size)*factorial(m-size)) / float64(factorial(m))
			total += score
			var columns []int
			for c := range m {
				if set&(1<<c) != 0 {
					columns = append(columns, c)
					held[c] += score
				}
			}
			s.Sets[row] = append(s.Sets[row], columns)
		})
	}
	for c := range held {
		if total > 0 {
			s.Contribution[c] = 100 * float64(held[c]) / float64(total)
		}
	}
	return s, s.scale(k)
}

// scale computes the DIS scores: with U records that are unique on all keys
// and P that share them with one other, D = Uf / (Uf + P(1-f)),
// q = 1 + (8-m)/20, A the sum of score^-q over those with a score, and
// DIS = 1 / (1 + (U/D - U) / (score^q A)).
func (s *Special) scale(k Keys) error {
	fk, err := Frequencies(k)
	if err != nil {
		return err
	}
	var unique, paired float64
	for _, f := range fk {
		switch f {
		case 1:
			unique++
		case 2:
			paired++
		}
	}
	q := 1 + float64(8-len(k[0]))/20
	sum := 0.0
	for _, v := range s.Score {
		if v > 0 {
			sum += math.Pow(float64(v), -q)
		}
	}
	if unique == 0 {
		return nil
	}
	d := unique * sampled / (unique*sampled + paired*(1-sampled))
	for i, v := range s.Score {
		if v > 0 {
			s.DIS[i] = 1 / (1 + (unique/d-unique)/(math.Pow(float64(v), q)*sum))
		}
	}
	return nil
}

func factorial(n int) int {
	f := 1
	for i := 2; i <= n; i++ {
		f *= i
	}
	return f
}

// Diversity is how different a sensitive value is among those who share their
// key values.
type Diversity struct {
	Distinct  int     // values
	Entropy   float64 // exp of the entropy of the values
	Recursive int     // the largest l with r1 < 2 (rl + ... + rm), counts falling (Machanavajjhala et al. 2007); 0 if none
}

// Diversities returns the diversity around each person. A missing sensitive
// value is a value of its own.
func Diversities(k Keys, sensitive []string) ([]Diversity, error) {
	if err := k.check(); err != nil {
		return nil, err
	}
	if len(sensitive) != len(k) {
		return nil, fmt.Errorf("%d sensitive values for %d records: %w", len(sensitive), len(k), recount.ErrInvalid)
	}
	out := make([]Diversity, len(k))
	k.matches(k.all(), func(row int, fit []int) {
		n := map[string]int{}
		for _, j := range fit {
			n[sensitive[j]]++
		}
		counts := slices.Sorted(maps.Values(n))
		slices.Reverse(counts)
		h := 0.0
		for _, c := range counts {
			p := float64(c) / float64(len(fit))
			h -= p * math.Log(p)
		}
		out[row] = Diversity{Distinct: len(counts), Entropy: math.Exp(h)}
		rest := 0
		for l := len(counts); l >= 1; l-- {
			if rest += counts[l-1]; counts[0] < 2*rest {
				out[row].Recursive = l
				break
			}
		}
	})
	return out, nil
}
