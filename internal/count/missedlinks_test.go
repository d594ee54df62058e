package count

import (
	"testing"

	"recount"
)

func TestMissedLinks(t *testing.T) {
	compared := func(n int) []recount.DrawnPair { return make([]recount.DrawnPair, n) }
	for _, tt := range []struct {
		name      string
		m         recount.MissedLinks
		low, high int
		ok        bool
	}{
		{"nobody compared any", recount.MissedLinks{Pairs: 1653, Drawn: 30}, 0, 0, false},
		// Upper limits of none in n are 1 - 0.025^(1/n).
		{"none of thirty", recount.MissedLinks{Pairs: 1653, Drawn: 30, Compared: compared(30)}, 0, 192, true},
		{"none of three hundred", recount.MissedLinks{Pairs: 1653, Drawn: 300, Compared: compared(300)}, 0, 21, true},
		// 2 of 10: 2.5211% to 55.6095% (Clopper & Pearson 1934, table).
		{"two of ten", recount.MissedLinks{Pairs: 1000, Drawn: 10, Compared: compared(10), Same: 2}, 25, 557, true},
		{"one, and one unsure, of ten", recount.MissedLinks{Pairs: 1000, Drawn: 10, Compared: compared(10), Same: 1, Unsure: 1}, 2, 557, true},
		{"all were compared", recount.MissedLinks{Pairs: 6, Drawn: 6, Compared: compared(6), Same: 1, Unsure: 1}, 1, 2, true},
		{"all but one", recount.MissedLinks{Pairs: 6, Drawn: 5, Compared: compared(5), Same: 1}, 1, 2, true},
		{"all are one", recount.MissedLinks{Pairs: 3, Drawn: 3, Compared: compared(3), Same: 3}, 3, 3, true},
	} {
		LimitMissedLinks(&tt.m)
		low, high, ok := tt.m.Low, tt.m.High, tt.m.Share != nil
		if low != tt.low || high != tt.high || ok != tt.ok {
			t.Errorf("%s: %d to %d, %v; want %d to %d, %v", tt.name, low, high, ok, tt.low, tt.high, tt.ok)
		}
	}
}
