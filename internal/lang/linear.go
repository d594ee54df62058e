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
// features. Eight classes are added at a time, as far as there are as many.
func (l *Linear) Sum(scores []int32, features []uint32) {
	scores = scores[:l.Classes]
	from := 0
	if len(features) <= mostLanes {
		for ; from+24 <= len(scores); from += 24 {
			l.sum24((*[24]int32)(scores[from:]), features, from)
		}
		for ; from+8 <= len(scores); from += 8 {
			l.sum8((*[8]int32)(scores[from:]), features, from)
		}
	}
	w, n, shift := l.weights, l.Classes, l.shift&31
	switch rest := scores[from:]; len(rest) {
	case 0:
	case 3:
		var a, b, c int32
		for _, f := range features {
			row := (*[3]int8)(l.row(f, shift, from))
			a += int32(row[0])
			b += int32(row[1])
			c += int32(row[2])
		}
		rest[0], rest[1], rest[2] = a, b, c
	case 1:
		a := int32(0)
		for _, f := range features {
			a += int32(*(*int8)(l.row(f, shift, from)))
		}
		rest[0] = a
	default:
		clear(rest)
		for _, f := range features {
			row := w[int(f*spread>>shift)*n+from:]
			for c, x := range row[:len(rest)] {
				rest[c] += int32(int8(x))
			}
		}
	}
}

// row is where the weights of a feature lie, from a class on: within the weights,
// since LinearFrom took no fewer than one row for each bucket, and the upper bits of a
// feature are the number of one.
func (l *Linear) row(feature uint32, shift uint, from int) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(unsafe.SliceData(l.weights)), int(feature*spread>>shift)*l.Classes+from)
}

// spread deals features to buckets: its upper bits, times a feature, are the number
// of the bucket.
const spread = 2654435769

// The weights of four classes, every other byte of a word, are added in the four
// lanes of another. Each byte is taken as 128 more than it is, so that the sums of
// up to mostLanes of them fit 16 bits.
const (
	odd       = 0x00FF00FF00FF00FF
	bias      = 0x8080808080808080
	mostLanes = 256
)

// sum24 sets the scores of 24 classes from class from on.
func (l *Linear) sum24(scores *[24]int32, features []uint32, from int) {
	shift := l.shift & 31
	var a, b, c, d, e, f uint64
	for _, x := range features {
		row := (*[24]byte)(l.row(x, shift, from))
		x := binary.LittleEndian.Uint64(row[0:]) ^ bias
		y := binary.LittleEndian.Uint64(row[8:]) ^ bias
		z := binary.LittleEndian.Uint64(row[16:]) ^ bias
		a += x & odd
		b += x >> 8 & odd
		c += y & odd
		d += y >> 8 & odd
		e += z & odd
		f += z >> 8 & odd
	}
	less := int32(128 * len(features))
	unlane((*[8]int32)(scores[0:]), a, b, less)
	unlane((*[8]int32)(scores[8:]), c, d, less)
	unlane((*[8]int32)(scores[16:]), e, f, less)
}

// sum8 sets the scores of eight classes from class from on.
func (l *Linear) sum8(scores *[8]int32, features []uint32, from int) {
	shift := l.shift & 31
	var a, b uint64
	for _, f := range features {
		x := binary.LittleEndian.Uint64((*[8]byte)(l.row(f, shift, from))[:]) ^ bias
		a += x & odd
		b += x >> 8 & odd
	}
	unlane(scores, a, b, int32(128*len(features)))
}

// unlane sets eight scores from the lanes of two words.
func unlane(scores *[8]int32, a, b uint64, less int32) {
	scores[0], scores[1] = int32(a&0xFFFF)-less, int32(b&0xFFFF)-less
	scores[2], scores[3] = int32(a>>16&0xFFFF)-less, int32(b>>16&0xFFFF)-less
	scores[4], scores[5] = int32(a>>32&0xFFFF)-less, int32(b>>32&0xFFFF)-less
	scores[6], scores[7] = int32(a>>48)-less, int32(b>>48)-less
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
	at := int(feature*spread>>l.shift) * l.Classes
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
	bucket := int(feature * spread >> l.shift)
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
	h := template*mixBy + mixFrom
	for _, v := range values {
		h = (h ^ v) * mixValue
		h ^= h >> 15
	}
	return h
}

const mixBy, mixFrom, mixValue = 0x9E3779B1, 0x7F4A7C15, 0x85EBCA6B

// Mix1 to Mix5 are Mix of so many values in half the time, as code that the
// compiler puts where it is called: the models ask for some hundred features a word.
func Mix1(template, a uint32) uint32 {
	h := (template*mixBy + mixFrom ^ a) * mixValue
	return h ^ h>>15
}

func Mix2(template, a, b uint32) uint32 {
	h := (template*mixBy + mixFrom ^ a) * mixValue
	h = (h ^ h>>15 ^ b) * mixValue
	return h ^ h>>15
}

func Mix3(template, a, b, c uint32) uint32 {
	h := (template*mixBy + mixFrom ^ a) * mixValue
	h = (h ^ h>>15 ^ b) * mixValue
	h = (h ^ h>>15 ^ c) * mixValue
	return h ^ h>>15
}

func Mix4(template, a, b, c, d uint32) uint32 {
	h := (template*mixBy + mixFrom ^ a) * mixValue
	h = (h ^ h>>15 ^ b) * mixValue
	h = (h ^ h>>15 ^ c) * mixValue
	h = (h ^ h>>15 ^ d) * mixValue
	return h ^ h>>15
}

func Mix5(template, a, b, c, d, e uint32) uint32 {
	h := (template*mixBy + mixFrom ^ a) * mixValue
	h = (h ^ h>>15 ^ b) * mixValue
	h = (h ^ h>>15 ^ c) * mixValue
	h = (h ^ h>>15 ^ d) * mixValue
	h = (h ^ h>>15 ^ e) * mixValue
	return h ^ h>>15
}
