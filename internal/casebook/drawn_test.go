package casebook

import (
	"math/bits"
	"testing"
)

// Every bit of the order of a pair depends on every bit of the two: else pairs
// with one person in common would be drawn together.
func TestMixedSpreads(t *testing.T) {
	for _, x := range []uint64{0x1, 0xdeadbeefcafebabe, 0x0123456789abcdef, 1 << 63, 0x5555555555555555} {
		for i := range 64 {
			if n := bits.OnesCount64(mixed(x) ^ mixed(x^1<<i)); n < 14 || n > 50 {
				t.Errorf("bit %d of %x turns %d of 64 bits", i, x, n)
			}
		}
	}
}
