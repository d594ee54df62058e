package casebook

import "testing"

func TestGarbage(t *testing.T) {
	for _, c := range []struct {
		live    int64 // MB
		percent int
		limit   int64 // MB
	}{
		{0, mostGarbage, 960},
		{30, mostGarbage, 960}, // the study was closed
		{240, mostGarbage, 960},
		{320, 200, 960},
		{480, 100, 960},
		{640, 50, 960},
		{800, leastGarbage, 1200},
		{900, leastGarbage, 1350},
		{6000, leastGarbage, 9000}, // nothing waits for room that is not there, and no limit keeps the collector going
	} {
		percent, limit := garbageFor(c.live << 20)
		if percent != c.percent || limit != c.limit<<20 {
			t.Errorf("of %d MB that are held %d%% may be garbage within %d MB, not %d%% within %d", c.live, percent, limit>>20, c.percent, c.limit)
		}
	}
}
