package lang

import (
	"encoding/binary"
	"math/rand/v2"
	"testing"
)

// The sums of a classifier are those of its weights, one by one, for every number
// of classes and of features, and with weights at both ends of a byte.
func TestSumAddsWeights(t *testing.T) {
	rnd := rand.New(rand.NewPCG(16, 2))
	for classes := 1; classes <= 50; classes++ {
		const buckets = 64
		data := binary.LittleEndian.AppendUint32(nil, uint32(classes))
		data = binary.LittleEndian.AppendUint32(data, buckets)
		data = binary.LittleEndian.AppendUint32(data, 256)
		for range classes * buckets {
			data = append(data, byte([...]int8{-127, 127, int8(rnd.IntN(256) - 128)}[rnd.IntN(3)]))
		}
		l, rest, err := LinearFrom(string(data))
		if err != nil || rest != "" {
			t.Fatalf("%d classes: %v, %d bytes left", classes, err, len(rest))
		}
		for _, n := range []int{0, 1, 2, 33, 255, 256, 257, 1000} {
			features, want := make([]uint32, n), make([]int32, classes)
			for i := range features {
				features[i] = rnd.Uint32()
				row := data[linearHeader+int(features[i]*spread>>26)*classes:]
				for c := range want {
					want[c] += int32(int8(row[c]))
				}
			}
			got := make([]int32, classes+1)
			for c := range got {
				got[c] = 7
			}
			l.Sum(got, features)
			for c := range want {
				if got[c] != want[c] {
					t.Fatalf("%d classes, %d features: class %d sums to %d, want %d", classes, n, c, got[c], want[c])
				}
			}
			if got[classes] != 7 {
				t.Fatalf("%d classes, %d features: what lies behind the scores was written to", classes, n)
			}
		}
	}
}

// Mix of a fixed number of values is Mix.
func TestMixOfAFixedNumber(t *testing.T) {
	rnd := rand.New(rand.NewPCG(16, 3))
	for range 1000 {
		n, a, b, c, d, e := rnd.Uint32(), rnd.Uint32(), rnd.Uint32(), rnd.Uint32(), rnd.Uint32(), rnd.Uint32()
		got := [...]uint32{Mix1(n, a), Mix2(n, a, b), Mix3(n, a, b, c), Mix4(n, a, b, c, d), Mix5(n, a, b, c, d, e)}
		want := [...]uint32{Mix(n, a), Mix(n, a, b), Mix(n, a, b, c), Mix(n, a, b, c, d), Mix(n, a, b, c, d, e)}
		if got != want {
			t.Fatalf("Mix of %x and %x, %x, %x, %x, %x: %x, want %x", n, a, b, c, d, e, got, want)
		}
	}
}
