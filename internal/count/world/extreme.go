package world

import "recount"

// intRange returns the extremes of the sum over sets, one pick from each, of
// what get takes.
func intRange(sets [][]Pair, get func(Pair) int) (lo, hi int) {
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
// over one pick from each set and D is not 0. It is zero if D is 0 in every
// world.
func shareRange(sets [][]Pair) (r recount.ShareRange) {
	// Most sets have one pick; they are summed once.
	var base Pair
	var free [][]Pair
	for _, s := range sets {
		if len(s) == 1 {
			base = base.plus(s[0])
		} else {
			free = append(free, s)
		}
	}
	lo, hi := extreme(base, free, 1), extreme(base, free, -1)
	return recount.ShareRange{LowN: lo.N, LowOf: lo.D, HighN: hi.N, HighOf: hi.D}
}

// extreme returns the smallest (sign 1) or largest (sign -1) fraction.
//
// It is Dinkelbach's method (1967): for a fraction N/D that is attained, look
// for the picks with the smallest D*n - N*d, which is a sum over the sets; if
// it is not below 0, no fraction is smaller. All numbers are whole.
func extreme(base Pair, free [][]Pair, sign int) Pair {
	// The world with the largest whole is a start.
	at := base
	for _, s := range free {
		best := s[0]
		for _, p := range s[1:] {
			if p.D > best.D {
				best = p
			}
		}
		at = at.plus(best)
	}
	if at.D == 0 {
		return Pair{}
	}
	for {
		value := func(p Pair) int { return sign * (at.D*p.N - at.N*p.D) }
		sum := base
		// Should the best picks leave no whole, one set must take a pick with
		// a whole, the cheapest.
		swap, extra, cost := Pair{}, Pair{}, -1
		for _, s := range free {
			best := s[0]
			for _, p := range s[1:] {
				if value(p) < value(best) {
					best = p
				}
			}
			sum = sum.plus(best)
			for _, p := range s {
				if c := value(p) - value(best); p.D > 0 && (cost < 0 || c < cost) {
					swap, extra, cost = best, p, c
				}
			}
		}
		if sum.D == 0 {
			sum = Pair{sum.N - swap.N + extra.N, sum.D - swap.D + extra.D}
		}
		if value(sum) >= 0 {
			return at
		}
		at = sum
	}
}

// mostOfNone returns the largest N of a world whose D is 0; 0 if there is no
// such world.
func mostOfNone(sets [][]Pair) (n int) {
	for _, s := range sets {
		best := -1
		for _, p := range s {
			if p.D == 0 && p.N > best {
				best = p.N
			}
		}
		if best < 0 {
			return 0
		}
		n += best
	}
	return n
}
