package count

import "recount"

// intRange returns the extremes of the sum over sets, one pick from each, of
// what get takes.
func intRange(sets [][]pair, get func(pair) int) (lo, hi int) {
	for _, s := range sets {
		l, h := get(s[0]), get(s[0])
		for _, p := range s[1:] {
			l, h = min(l, get(p)), max(h, get(p))
		}
		lo, hi = lo+l, hi+h
	}
	return lo, hi
}

// shareRange returns the smallest and the largest N/D, where N and D are sums
// over one pick from each set and D is not 0. ok is false if D is 0 in every
// world.
//
// It is Dinkelbach's method (1967): for a fraction N/D that is attained, look
// for the picks with the smallest D*n - N*d, which is a sum over the sets; if
// it is not below 0, no fraction is smaller. All numbers are whole.
func shareRange(sets [][]pair) (r recount.ShareRange, ok bool) {
	if r.LowN, r.LowOf, ok = extreme(sets, 1); !ok {
		return recount.ShareRange{}, false
	}
	r.HighN, r.HighOf, _ = extreme(sets, -1)
	return r, true
}

// extreme returns the smallest (sign 1) or largest (sign -1) fraction.
func extreme(sets [][]pair, sign int) (n, d int, ok bool) {
	// Most sets have one pick; they are summed once.
	var base pair
	var free [][]pair
	for _, s := range sets {
		if len(s) == 1 {
			base.n, base.d = base.n+s[0].n, base.d+s[0].d
		} else {
			free = append(free, s)
		}
	}
	// Any world with a whole is a start.
	n, d = base.n, base.d
	for _, s := range free {
		best := s[0]
		for _, p := range s[1:] {
			if p.d > best.d {
				best = p
			}
		}
		n, d = n+best.n, d+best.d
	}
	if d == 0 {
		return 0, 0, false
	}
	for {
		value := func(p pair) int { return sign * (d*p.n - n*p.d) }
		sum := base
		// Should the best picks leave no whole, one set must take a pick with
		// a whole, the cheapest.
		swap, extra, cost := pair{}, pair{}, -1
		for _, s := range free {
			best := s[0]
			for _, p := range s[1:] {
				if value(p) < value(best) {
					best = p
				}
			}
			sum.n, sum.d = sum.n+best.n, sum.d+best.d
			for _, p := range s {
				if c := value(p) - value(best); p.d > 0 && (cost < 0 || c < cost) {
					swap, extra, cost = best, p, c
				}
			}
		}
		if sum.d == 0 {
			sum = pair{sum.n - swap.n + extra.n, sum.d - swap.d + extra.d}
		}
		if value(sum) >= 0 {
			return n, d, true
		}
		n, d = sum.n, sum.d
	}
}

// boundless returns the largest n of a world whose d is 0, for ratios; ok is
// false if there is none with an n.
func boundless(sets [][]pair) (n int, ok bool) {
	for _, s := range sets {
		best := -1
		for _, p := range s {
			if p.d == 0 && p.n > best {
				best = p.n
			}
		}
		if best < 0 {
			return 0, false
		}
		n += best
	}
	return n, n > 0
}
