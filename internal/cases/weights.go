package cases

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sync"

	"recount"
)

// What one field of two people can come to is a level, and each level has a
// weight. A study that has answered many pairs may take weights of its own: they
// are moved from those that ship, as far as its answers say.

// A level is known again by the field of its bar and the bits that compare gives
// it; what a common name takes off is in the bits and stays off.
type level struct {
	name        string
	field       string
	least, most int // bits of its bars
	bits        int // as shipped
	ceiling     int // what it may not weigh more than; 0 if nothing is said
}

const anyBits = 1 << 20

// levels lists them by chain: what weighs most in a chain stands first, and its
// weights never cross each other or zero.
var levels = [...][]level{
	{{name: "prior", field: "prior", least: -anyBits, most: anyBits, bits: prior}},
	{
		{name: "shared quotation: twelve words and more", field: "shared quotation", least: quotedLong, most: quotedLong, bits: quotedLong},
		{name: "shared quotation: all of one", field: "shared quotation", least: quotedWhole, most: quotedWhole, bits: quotedWhole},
		{name: "shared quotation: six words and more", field: "shared quotation", least: quotedShort, most: quotedShort, bits: quotedShort},
	},
	{
		{name: "name: all parts", field: "name", least: nameFull, most: nameFull, bits: nameFull},
		{name: "name: as far as it goes", field: "name", least: 1, most: nameFull - 1, bits: namePart},
		{name: "name: last part alone", field: "surname", least: -anyBits, most: anyBits, bits: nameSurname},
		{name: "name: first part alone", field: "first name", least: -anyBits, most: anyBits, bits: nameSurname - 400},
		{name: "name: another", field: "name", least: nameConflict, most: nameConflict, bits: nameConflict},
	},
	{{name: "further name", field: "further name", least: -anyBits, most: anyBits, bits: namePart}},
	{{name: "pseudonym", field: "pseudonym", least: -anyBits, most: anyBits, bits: nameKunya, ceiling: nameKunya}},
	{
		{name: "junior or senior: one is called so", field: "junior or senior", least: mayYounger, most: mayYounger, bits: mayYounger},
		{name: "junior or senior: one is each", field: "junior or senior", least: otherYounger, most: otherYounger, bits: otherYounger},
	},
	{
		{name: "gender: the same", field: "gender", least: sameGender, most: sameGender, bits: sameGender},
		{name: "gender: another, by a first name", field: "gender", least: doubtGender, most: doubtGender, bits: doubtGender},
		{name: "gender: another", field: "gender", least: otherGender, most: otherGender, bits: otherGender},
	},
	{
		{name: "age: one year of birth", field: "age", least: sameBirth, most: sameBirth, bits: sameBirth},
		{name: "age: years apart", field: "age", least: otherBirth, most: otherBirth, bits: otherBirth},
		{name: "age: more than eight years apart", field: "age", least: farBirth, most: farBirth, bits: farBirth},
	},
	{
		{name: "home", field: "home", least: samePlace, most: samePlace, bits: samePlace},
		{name: "home: of two with names", field: "home", least: samePlace / 2, most: samePlace / 2, bits: samePlace / 2},
	},
	{{name: "country", field: "country", least: sameNation, most: sameNation, bits: sameNation}},
	{
		{name: "occupation: one office", field: "occupation", least: sameOffice, most: sameOffice, bits: sameOffice},
		{name: "occupation: two words and more", field: "occupation", least: sameJobWords, most: sameJobWords, bits: sameJobWords},
		{name: "occupation: one word", field: "occupation", least: sameJob, most: sameJob, bits: sameJob},
	},
	{
		{name: "occupation: one office, of two with names", field: "occupation", least: sameOffice / 2, most: sameOffice / 2, bits: sameOffice / 2},
		{name: "occupation: two words and more, of two with names", field: "occupation", least: sameJobWords / 2, most: sameJobWords / 2, bits: sameJobWords / 2},
		{name: "occupation: one word, of two with names", field: "occupation", least: sameJob / 2, most: sameJob / 2, bits: sameJob / 2},
	},
}

// places lists the levels in one row, and by the field of their bars.
var places = sync.OnceValue(func() (p struct {
	all []*level
	by  map[string][]int
}) {
	p.by = map[string][]int{}
	for c := range levels {
		for i := range levels[c] {
			l := &levels[c][i]
			p.by[l.field] = append(p.by[l.field], len(p.all))
			p.all = append(p.all, l)
		}
	}
	return p
})

// levelOf returns which level a bar is of, -1 if it is of none.
func levelOf(b *recount.Bar) int {
	p := places()
	for _, i := range p.by[b.Field] {
		if l := p.all[i]; l.least <= b.Bits && b.Bits <= l.most {
			return i
		}
	}
	return -1
}

// Weights are those of all levels. Nil: those that ship.
type Weights struct{ bits []int }

// mostBits is how far from zero a weight may be.
const mostBits = 2000

// NewWeights takes weights as a decision gives them. Levels that it does not name
// keep what ships; a name that is none, or weights that cross, are refused.
func NewWeights(given []recount.LevelWeight) (*Weights, error) {
	p := places()
	w := &Weights{make([]int, len(p.all))}
	for i, l := range p.all {
		w.bits[i] = l.bits
	}
	for _, g := range given {
		i := slices.IndexFunc(p.all, func(l *level) bool { return l.name == g.Level })
		if i < 0 {
			return nil, fmt.Errorf("%w: no level of comparison named %q", recount.ErrNotFound, g.Level)
		}
		if w.bits[i] = g.Bits; max(g.Bits, -g.Bits) > mostBits || p.all[i].ceiling > 0 && g.Bits > p.all[i].ceiling {
			return nil, fmt.Errorf("%w: %q cannot weigh %d hundredths of a bit", recount.ErrInvalid, g.Level, g.Bits)
		}
	}
	at := 0
	for _, chain := range levels {
		for k, l := range chain {
			switch b := w.bits[at]; {
			case l.bits > 0 && b < 0 || l.bits < 0 && b > 0:
				return nil, fmt.Errorf("%w: %q speaks the other way", recount.ErrInvalid, l.name)
			case k > 0 && b > w.bits[at-1]:
				return nil, fmt.Errorf("%w: %q weighs more than %q", recount.ErrInvalid, l.name, chain[k-1].name)
			}
			at++
		}
	}
	return w, nil
}

// Levels lists the weights, in the order of the table.
func (w *Weights) Levels() []recount.LevelWeight {
	p := places()
	out := make([]recount.LevelWeight, len(p.all))
	for i, l := range p.all {
		out[i] = recount.LevelWeight{Level: l.name, Bits: l.bits}
		if w != nil {
			out[i].Bits = w.bits[i]
		}
	}
	return out
}

// Equal reports whether two weigh everything alike.
func (w *Weights) Equal(o *Weights) bool { return slices.Equal(w.Levels(), o.Levels()) }

// Weigh scores a suggestion, which has the weights that ship, anew. Pairs of one
// page keep theirs: what ties these is another matter.
func (w *Weights) Weigh(s recount.Suggestion) recount.Suggestion {
	if w == nil || !between(&s) {
		return s
	}
	p := places()
	s.Bars = slices.Clone(s.Bars)
	s.Weight = 0
	for i := range s.Bars {
		if l := levelOf(&s.Bars[i]); l >= 0 {
			s.Bars[i].Bits += w.bits[l] - p.all[l].bits
		}
		s.Weight += s.Bars[i].Bits
	}
	s.Probability = probability(s.Weight)
	return s
}

// between reports whether a suggestion is of two pages.
func between(s *recount.Suggestion) bool {
	return len(s.Bars) > 0 && s.Bars[0].Field == "prior"
}

// WeighAll is Weigh of a list, ordered anew.
func (w *Weights) WeighAll(all []recount.Suggestion) []recount.Suggestion {
	if w == nil {
		return all
	}
	out := make([]recount.Suggestion, len(all))
	for i := range all {
		out[i] = w.Weigh(all[i])
	}
	slices.SortStableFunc(out, func(x, y recount.Suggestion) int {
		return cmp.Or(cmp.Compare(y.Weight, x.Weight), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	return out
}

// An Answered pair is a suggestion with the weights that ship, and what people
// answered.
type Answered struct {
	recount.Suggestion
	Same bool
}

// LeastAnswered is how many pairs must be answered before weights are estimated,
// and LeastEither how many of them each way.
const (
	LeastAnswered = 200
	LeastEither   = 20
)

// A Parameter is the weight of one level as answers move it.
type Parameter struct {
	Level           string
	Shipped, Bits   int // hundredths of a bit
	Low, High       int // about 95 of 100 such intervals hold what many more answers would give
	Same, Different int // answered pairs that have it
}

// The spread of what a weight may be before anything is answered: a normal
// distribution around what ships, with a standard deviation of two bits.
const (
	spread = 200
	// lean is what one hundredth of a bit away from there counts against
	// millionths of a pair: 10^6 * 100 / (spread² * ln 2).
	lean = 3607
	// mostRounds is how often all weights are looked at; it takes about ten.
	mostRounds = 200
)

// Estimate moves the weights that ship as far as the answers say: those that make
// the answers most probable under P(same) = 1/(1+2^-weight), with the weights that
// ship as what is known before (a logistic regression with a normal prior). Which
// pairs were answered does not bias it as long as it was chosen by what the list
// shows, unlike shares of levels among the answered, which are nearly all alike.
// Agreement never comes to speak against a pair, nor its contrary for it, and no
// level passes one that agrees more. The weights are whole hundredths of a bit,
// found in whole numbers; only the intervals are not.
func Estimate(answered []Answered) []Parameter {
	p := places()
	out := make([]Parameter, len(p.all))
	bits := make([]int, len(p.all))
	for i, l := range p.all {
		out[i] = Parameter{Level: l.name, Shipped: l.bits}
		bits[i] = l.bits
	}
	var weight []int
	var same []bool
	var has [][]int // levels of a pair
	of := make([][]int, len(p.all))
	for i := range answered {
		a := &answered[i]
		if !between(&a.Suggestion) {
			continue
		}
		n, w := len(weight), 0
		var ls []int
		for k := range a.Bars {
			w += a.Bars[k].Bits
			if l := levelOf(&a.Bars[k]); l >= 0 && !slices.Contains(ls, l) {
				ls = append(ls, l)
				of[l] = append(of[l], n)
				if a.Same {
					out[l].Same++
				} else {
					out[l].Different++
				}
			}
		}
		weight, same, has = append(weight, w), append(same, a.Same), append(has, ls)
	}
	steps := gaps()
	for range mostRounds {
		moved := false
		for i := range steps {
			moved = steps[i].move(bits, weight, same, of) || moved
		}
		if !moved {
			break
		}
	}
	wide := deviations(weight, has, len(p.all))
	for i := range out {
		d := int(math.Round(1.96 * wide[i]))
		out[i].Bits, out[i].Low, out[i].High = bits[i], bits[i]-d, bits[i]+d
	}
	return out
}

// A gap is the distance of a level from the next one towards zero. It is never
// less than nothing, so that a chain stays in its order; who widens it moves all
// levels beyond.
type gap struct {
	next  int // level towards zero, -1 if there is none
	moves []int
	sign  int // 1 above zero, -1 below
	most  int
}

func gaps() (out []gap) {
	p := places()
	at := 0
	for _, chain := range levels {
		var above, below []int
		for _, l := range chain {
			if l.bits > 0 {
				above = append(above, at)
			} else {
				below = append(below, at)
			}
			at++
		}
		slices.Reverse(above)
		for n, side := range [][]int{above, below} {
			for k := range side {
				g := gap{next: -1, moves: side[k:], sign: 1 - 2*n, most: mostBits}
				if k > 0 {
					g.next = side[k-1]
				}
				if c := p.all[side[k]].ceiling; c > 0 {
					g.most = c
				}
				out = append(out, g)
			}
		}
	}
	return out
}

// move puts a gap where the answers and what ships are in balance.
func (g *gap) move(bits, weight []int, same []bool, of [][]int) bool {
	p := places()
	now := bits[g.moves[0]]
	if g.next >= 0 {
		now -= bits[g.next]
	}
	now *= g.sign
	most := g.most
	for _, l := range g.moves {
		most = min(most, now+mostBits-g.sign*bits[l])
	}
	pull := func(gap int) int64 { // towards a wider one
		by := g.sign * (gap - now)
		var sum int64
		for _, l := range g.moves {
			for _, i := range of[l] {
				sum -= chance(weight[i] + by)
				if same[i] {
					sum += million
				}
			}
			sum -= lean * int64(bits[l]+by-p.all[l].bits)
		}
		return int64(g.sign) * sum
	}
	low, high := 0, max(most, 0) // the widest with a pull to be wider, or none
	for low < high {
		if mid := (low + high + 1) / 2; pull(mid) >= 0 {
			low = mid
		} else {
			high = mid - 1
		}
	}
	if low == now {
		return false
	}
	for _, l := range g.moves {
		bits[l] += g.sign * (low - now)
		for _, i := range of[l] {
			weight[i] += g.sign * (low - now)
		}
	}
	return true
}

const million = 1_000_000

// chances are those of the weights from -3000 to 3000, in millionths.
var chances = sync.OnceValue(func() *[6001]int64 {
	t := new([6001]int64)
	const unit, step = 1_000_000_000, 1_006_955_550 // 2^(1/100) in billionths
	parts := [100]int64{unit}
	for i := 1; i < len(parts); i++ {
		parts[i] = parts[i-1] * step / unit
	}
	for w := range 3001 {
		odds := parts[w%100] << (w / 100)
		not := unit * million / (odds + unit)
		t[3000+w], t[3000-w] = million-not, not
	}
	return t
})

// chance is the probability of a weight, in millionths.
func chance(weight int) int64 { return chances()[3000+min(max(weight, -3000), 3000)] }

// deviations are the standard deviations of the weights in hundredths of a bit, by
// the curvature of what Estimate makes greatest (Laplace's approximation). They
// are for reading alone.
func deviations(weight []int, has [][]int, n int) []float64 {
	m := make([][]float64, n) // beside its inverse, as it comes to be
	for i := range m {
		m[i] = make([]float64, 2*n)
		m[i][i], m[i][n+i] = 1.0/(spread*spread), 1
	}
	const nat = math.Ln2 / 100
	for i, ls := range has {
		c := float64(chance(weight[i])) / million
		for _, x := range ls {
			for _, y := range ls {
				m[x][y] += c * (1 - c) * nat * nat
			}
		}
	}
	for i := range m { // what is positive definite needs no pivots
		d := m[i][i]
		for k := range m[i] {
			m[i][k] /= d
		}
		for j := range m {
			if f := m[j][i]; j != i && f != 0 {
				for k := range m[j] {
					m[j][k] -= f * m[i][k]
				}
			}
		}
	}
	out := make([]float64, n)
	for i := range out {
		out[i] = math.Sqrt(max(m[i][n+i], 0))
	}
	return out
}
