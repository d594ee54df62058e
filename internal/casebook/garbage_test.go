package casebook

import "testing"

func TestGarbage(t *testing.T) {
	for _, c := range []struct {
		live int64
		want int
	}{
		{0, mostGarbage},
		{30 << 20, mostGarbage}, // the study was closed
		{300 << 20, mostGarbage},
		{450 << 20, 100},
		{600 << 20, 50},
		{720 << 20, leastGarbage},
		{900 << 20, leastGarbage},
		{5000 << 20, leastGarbage}, // nothing waits for room that is not there
	} {
		got := garbageFor(c.live)
		if got != c.want {
			t.Errorf("of %d MB that are held %d%% may be garbage, not %d%%", c.live>>20, got, c.want)
		}
		if c.live > 0 && c.live+c.live*int64(got)/100 > max(heapRoom, c.live*(100+leastGarbage)/100) {
			t.Errorf("%d MB with their garbage are too much", c.live>>20)
		}
	}
}
