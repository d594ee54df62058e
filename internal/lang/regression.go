package lang

import (
	"encoding/binary"
	"math"
)

// A Regression trains a Linear by logistic regression: gradient steps whose
// size shrinks with use (AdaGrad: Duchi, Hazan & Singer 2011). It holds up
// better than a perceptron where the teacher is often in two minds. Every
// product is rounded before it is added, so that no machine fuses the two and
// training gives the same bytes everywhere.
type Regression struct {
	Classes int
	Rate    float32 // size of the first steps
	Start   float32 // squared gradients a feature is taken to have seen; the more, the less a rare one learns
	shift   uint
	cells   []cell
	sums    []float32 // of the weights at each snapshot
	taken   int       // snapshots
}

type cell struct{ weight, square float32 }

// NewRegression returns a learner with 2^size buckets. Its steps are small, and
// smaller for what is new: most features are met a few times only, and would
// else learn their sentences by heart.
func NewRegression(classes int, size uint) *Regression {
	return &Regression{Classes: classes, Rate: 0.05, Start: 3, shift: 32 - size, cells: make([]cell, classes<<size)}
}

func (r *Regression) row(feature uint32) []cell {
	at := int(feature*2654435769>>r.shift) * r.Classes
	return r.cells[at : at+r.Classes]
}

// Score adds up the weights of the features for each class.
func (r *Regression) Score(scores []float32, features []uint32) {
	clear(scores)
	for _, f := range features {
		for c, x := range r.row(f) {
			scores[c] += x.weight
		}
	}
}

// Nudge takes one step down a gradient of the loss for one class.
func (r *Regression) Nudge(features []uint32, class int, gradient float32) {
	g2 := float32(gradient * gradient)
	for _, f := range features {
		x := &r.row(f)[class]
		x.square += g2
		step := float32(gradient / float32(math.Sqrt(float64(x.square+r.Start))))
		x.weight -= float32(r.Rate * step)
	}
}

// Snapshot adds the weights of now to the average that is packed in the end:
// the average of several rounds is steadier than the last one.
func (r *Regression) Snapshot() {
	if r.sums == nil {
		r.sums = make([]float32, len(r.cells))
	}
	r.taken++
	for i, x := range r.cells {
		r.sums[i] += x.weight
	}
}

// final returns weight i as it is packed.
func (r *Regression) final(i int) float32 {
	if r.taken == 0 {
		return r.cells[i].weight
	}
	return r.sums[i] / float32(r.taken)
}

// Join makes the weights that are packed the mean of this learner's and those
// of another of the same size, which sees the same features: two that err in
// different ways err less together.
func (r *Regression) Join(o *Regression) {
	sums := make([]float32, len(r.cells))
	for i := range sums {
		sums[i] = (r.final(i) + o.final(i)) / 2
	}
	r.sums, r.taken = sums, 1
}

// Learn takes one step towards the wanted class and returns the probability
// that it had before.
func (r *Regression) Learn(scores []float32, features []uint32, want int) float32 {
	scores = scores[:r.Classes]
	r.Score(scores, features)
	Softmax(scores)
	p := scores[want]
	for c := range scores {
		g := scores[c]
		if c == want {
			g -= 1
		}
		if g > 0.01 || g < -0.01 {
			r.Nudge(features, c, g)
		}
	}
	return p
}

// Softmax turns scores into probabilities.
func Softmax(scores []float32) {
	top := scores[0]
	for _, s := range scores {
		top = max(top, s)
	}
	sum := float32(0)
	for c, s := range scores {
		scores[c] = Exp(s - top)
		sum += scores[c]
	}
	for c := range scores {
		scores[c] /= sum
	}
}

// Exp returns e to the power of x for x not above 80, the same on any machine:
// the standard library's may differ in the last bit.
func Exp(x float32) float32 {
	if x < -40 {
		return 0
	}
	const log2e, ln2 = 1.4426950408889634, 0.6931471805599453
	n := math.Floor(float64(float64(x)*log2e) + 0.5)
	r := float64(x) - float64(n*ln2)
	y := 1.0
	for k := 10.0; k >= 1; k-- {
		y = 1 + float64(float64(y*r)/k)
	}
	return float32(math.Ldexp(y, int(n)))
}

// PackRegressions returns the weights of learners whose scores are added to
// each other, each in the form that LinearFrom reads, on one scale.
func PackRegressions(learners ...*Regression) []byte {
	const step, cells = 1.0 / 256, 1 << 13
	counts := make([]int, cells)
	used := 0
	for _, l := range learners {
		for i := range l.cells {
			if w := float32(math.Abs(float64(l.final(i)))); w > step/4 {
				used++
				counts[min(int(w/step), cells-1)]++
			}
		}
	}
	limit, over := cells-1, 0
	for ; limit > 1; limit-- {
		if over += counts[limit]; over*2000 > used {
			break
		}
	}
	unit := float64(127) / float64(float64(limit+1)*step) // bytes a nat
	var out []byte
	for _, l := range learners {
		out = binary.LittleEndian.AppendUint32(out, uint32(l.Classes))
		out = binary.LittleEndian.AppendUint32(out, uint32(len(l.cells)/l.Classes))
		out = binary.LittleEndian.AppendUint32(out, uint32(unit*256))
		for i := range l.cells {
			q := math.Floor(float64(float64(l.final(i))*unit) + 0.5)
			out = append(out, byte(int8(max(-127, min(127, q)))))
		}
	}
	return out
}
