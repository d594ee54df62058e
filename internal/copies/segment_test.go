package copies

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSegmentsGiveBackWhatTheyTook(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	s := segments{Dir: t.TempDir(), Prefix: "x"}
	var want []uint64
	for n := range 70 { // more than fanIn, so that levels are merged
		var values []uint64
		for range 1 + n*13%200 {
			values = append(values, r.Uint64()>>(r.UintN(60)))
		}
		slices.Sort(values)
		want = append(want, values...)
		if err := s.Add(values); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(want)
	var got []uint64
	if err := s.merge(func(v uint64) bool { got = append(got, v); return true }); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %d values, want %d, or others", len(got), len(want))
	}
	if len(s.Names()) >= fanIn {
		t.Errorf("%d segments are left, want them merged", len(s.Names()))
	}
}
