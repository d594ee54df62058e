package lang

import (
	"encoding/binary"
	"errors"
	"math/bits"
	"unsafe"
)

// A Linear is a linear classifier over hashed features with weights of one
// byte. Its weights are used where they lie in the program; nothing is
// unpacked when it is loaded.
type Linear struct {
	Classes int
	Unit    int // score that stands for one nat, times 256; 0 if it means no probability
	shift   uint
	weights []byte // one row of Classes signed bytes a bucket, never written to
}

// linearHeader is the length of what stands before the weights: the number of
// classes, of buckets, and the unit, 32 bits each.
const linearHeader = 12

// LinearFrom reads a classifier from the front of data and returns the rest.
func LinearFrom(data string) (Linear, string, error) {
	if len(data) < linearHeader {
		return Linear{}, "", errors.New("a model that is cut short")
	}
	classes := int(binary.LittleEndian.Uint32([]byte(data[:4])))
	buckets := int(binary.LittleEndian.Uint32([]byte(data[4:8])))
	size := classes * buckets
	if classes <= 0 || buckets <= 1 || buckets&(buckets-1) != 0 || len(data)-linearHeader < size {
		return Linear{}, "", errors.New("a model that is cut short")
	}
	unit := int(binary.LittleEndian.Uint32([]byte(data[8:12])))
	l := Linear{Classes: classes, Unit: unit, shift: uint(32 - bits.TrailingZeros(uint(buckets))), weights: unsafe.Slice(unsafe.StringData(data[linearHeader:]), size)}
	return l, data[linearHeader+size:], nil
}

// Sum sets the scores, one for each class, to the sums of the weights of the
// features. Rows of whole words of eight classes are added eight at a time.
func (l *Linear) Sum(scores []int32, features []uint32) {
	scores = scores[:l.Classes]
	clear(scores)
	w := l.weights
	switch {
	case l.Classes == 3:
		var a, b, c int32
		for _, f := range features {
			at := int(f*2654435769>>l.shift) * 3
			row := w[at : at+3 : at+3]
			a += int32(int8(row[0]))
			b += int32(int8(row[1]))
			c += int32(int8(row[2]))
		}
		scores[0], scores[1], scores[2] = a, b, c
	case l.Classes%8 == 0 && l.Classes <= 48 && len(features) < 250:
		// Each byte is taken as 128 more than it is, so that sums of up to
		// 256 of them fit the four 16-bit lanes of a word.
		const odd, bias = 0x00FF00FF00FF00FF, 0x8080808080808080
		var lanes [12]uint64
		n := l.Classes / 8
		for _, f := range features {
			at := int(f*2654435769>>l.shift) * l.Classes
			row := w[at : at+l.Classes]
			for k := 0; k < n; k++ {
				x := binary.LittleEndian.Uint64(row[k*8:]) ^ bias
				lanes[2*k] += x & odd
				lanes[2*k+1] += x >> 8 & odd
			}
		}
		less := int32(128 * len(features))
		for c := range scores {
			scores[c] = int32(lanes[c/8*2+c%2]>>(c%8/2*16)&0xFFFF) - less
		}
	default:
		for _, f := range features {
			at := int(f*2654435769>>l.shift) * l.Classes
			for c, x := range w[at : at+l.Classes] {
				scores[c] += int32(int8(x))
			}
		}
	}
}

// A Learner trains a Linear by averaged perceptron updates. All of it is
// integer arithmetic, so that training gives the same bytes on any machine.
type Learner struct {
	Classes int
	shift   uint
	weights []int32
	totals  []int64
	stamps  []int32 // update time of each bucket
	now     int32
}

// NewLearner returns a learner with 2^size buckets.
func NewLearner(classes int, size uint) *Learner {
	n := 1 << size
	return &Learner{Classes: classes, shift: 32 - size, weights: make([]int32, n*classes), totals: make([]int64, n*classes), stamps: make([]int32, n)}
}

// Add adds the current weights of a feature to the scores.
func (l *Learner) Add(scores []int32, feature uint32) {
	at := int(feature*2654435769>>l.shift) * l.Classes
	row := l.weights[at : at+l.Classes]
	scores = scores[:len(row)]
	for c, w := range row {
		scores[c] += w
	}
}

// Step counts one training example; averages are over these.
func (l *Learner) Step() { l.now++ }

// Update changes the weight of a feature for one class.
func (l *Learner) Update(feature uint32, class int, by int32) {
	bucket := int(feature * 2654435769 >> l.shift)
	at := bucket * l.Classes
	if d := l.now - l.stamps[bucket]; d > 0 {
		for c := at; c < at+l.Classes; c++ {
			l.totals[c] += int64(d) * int64(l.weights[c])
		}
		l.stamps[bucket] = l.now
	}
	l.weights[at+class] += by
}

// average returns the averaged weights in 1/1024 of an update.
func (l *Learner) average() []int64 {
	out := make([]int64, len(l.weights))
	for b, stamp := range l.stamps {
		for c := b * l.Classes; c < (b+1)*l.Classes; c++ {
			t := l.totals[c] + int64(l.now-stamp)*int64(l.weights[c])
			out[c] = t * 1024 / int64(max(l.now, 1))
		}
	}
	return out
}

// Pack returns the averaged weights of learners whose scores are added to each
// other, each in the form that LinearFrom reads. They share one scale, chosen
// so that one weight in two thousand is cut off at a byte's range.
func Pack(learners ...*Learner) []byte {
	const step, cells = 64, 1 << 14
	counts := make([]int, cells)
	used := 0
	var averages [][]int64
	for _, l := range learners {
		average := l.average()
		averages = append(averages, average)
		for _, a := range average {
			if a < 0 {
				a = -a
			}
			if a > 0 {
				used++
				counts[min(int(a/step), cells-1)]++
			}
		}
	}
	limit, over := cells-1, 0
	for ; limit > 1; limit-- {
		if over += counts[limit]; over*2000 > used {
			break
		}
	}
	full := int64(limit+1) * step
	var out []byte
	for k, l := range learners {
		out = binary.LittleEndian.AppendUint32(out, uint32(l.Classes))
		out = binary.LittleEndian.AppendUint32(out, uint32(len(l.stamps)))
		out = binary.LittleEndian.AppendUint32(out, 0)
		for _, a := range averages[k] {
			q := a * 127 * 2 / full
			if q >= 0 {
				q = (q + 1) / 2
			} else {
				q = (q - 1) / 2
			}
			out = append(out, byte(int8(max(-127, min(127, q)))))
		}
	}
	return out
}

// Hash returns the FNV-1a hash of a word.
func Hash(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// Mix joins a template number and values to one feature.
func Mix(template uint32, values ...uint32) uint32 {
	h := template*0x9E3779B1 + 0x7F4A7C15
	for _, v := range values {
		h = (h ^ v) * 0x85EBCA6B
		h ^= h >> 15
	}
	return h
}
