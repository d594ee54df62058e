package release

import (
	"fmt"
	"math"
	"slices"

	"recount"
)

// A Known is what somebody who reads a release can set down as equations: counts
// that were not printed, and sums of them that were, over all tables, captions
// and sentences together.
type Known struct {
	low, high []int // of each count
	guess     []int // a value of each count from which a search begins: the true one, or the lowest
	sums      []sum
	in        [][]int // of each count, the sums that hold it

	// What every reader can work out at once, and what solutions were found on
	// the way; made again when something is added.
	narrowed   *search
	possible   bool
	most, less []int // of each count, over the solutions that were found
}

// A sum lies between two numbers. Parts in minus are taken away.
type sum struct {
	low, high    int
	parts, minus []int
}

// A Hidden is a count that a release does not print.
type Hidden int

// hide adds a count that is not printed, of which a reader knows that it lies
// between low and high; in truth it is so many.
func (k *Known) hide(low, high, truth int) Hidden {
	k.low, k.high, k.guess, k.in = append(k.low, low), append(k.high, high), append(k.guess, truth), append(k.in, nil)
	k.narrowed = nil
	return Hidden(len(k.low) - 1)
}

// Print adds a printed count: what the parts sum to.
func (k *Known) Print(total int, parts ...Hidden) { k.add(total, total, parts, nil) }

// Equal adds that two sums are one number, whatever it is: the people of a
// column in two tables.
func (k *Known) Equal(a, b []Hidden) { k.add(0, 0, a, b) }

func (k *Known) add(low, high int, parts, minus []Hidden) {
	s := sum{low: low, high: high}
	put := func(side, other *[]int, p Hidden) {
		if i := slices.Index(*other, int(p)); i >= 0 { // on both sides it says nothing
			*other = slices.Delete(*other, i, i+1)
		} else if !slices.Contains(*side, int(p)) { // a count is part of a sum or not
			*side = append(*side, int(p))
		}
	}
	for _, p := range parts {
		put(&s.parts, &s.minus, p)
	}
	for _, p := range minus {
		put(&s.minus, &s.parts, p)
	}
	for _, p := range append(slices.Clone(s.parts), s.minus...) {
		k.in[p] = append(k.in[p], len(k.sums))
	}
	k.sums, k.narrowed = append(k.sums, s), nil
}

// Share returns the counts that a share of n, printed with so many decimals of
// a percent, can stand for. With n of at most 100 a whole percent is the count.
func Share(percent string, n int) (low, high int, err error) {
	value, decimals := 0, 0
	seen, dot := false, false
	for _, r := range percent {
		switch {
		case r >= '0' && r <= '9' && value < math.MaxInt32:
			value, seen = 10*value+int(r-'0'), true
			if dot {
				decimals++
			}
		case r == '.' && !dot:
			dot = true
		default:
			seen = false
		}
	}
	if !seen || n < 1 || decimals > 6 {
		return 0, 0, fmt.Errorf("share %q of %d: %w", percent, n, recount.ErrInvalid)
	}
	unit := 100 // of the last printed decimal, in the whole
	for range decimals {
		unit *= 10
	}
	// A count c prints as value if it lies within half a unit, either way of
	// rounding halves: |2 c unit - 2 value n| <= n.
	low, high = n+1, -1
	for c := 0; c <= n; c++ {
		if d := 2*c*unit - 2*value*n; d <= n && d >= -n {
			low, high = min(low, c), max(high, c)
		}
	}
	if high < 0 {
		return 0, 0, recount.WithHint(fmt.Errorf("%s%% of %d: %w: no whole number gives it", percent, n, recount.ErrInvalid), "count again, or state what it is a share of")
	}
	return low, high, nil
}

// tries bounds the search for one value of a count, and rangeTries that for its
// range. A search that ends there has proved nothing, and what is not proved safe
// is not safe.
const (
	tries      = 400
	rangeTries = 20_000
)

// begin works out what every reader can at once.
func (k *Known) begin() {
	if k.narrowed != nil {
		return
	}
	s := &search{Known: k, lo: slices.Clone(k.low), hi: slices.Clone(k.high)}
	all := make([]int, len(k.sums))
	for i := range all {
		all[i] = i
	}
	k.narrowed, k.possible = s, s.narrow(all)
	s.undo = s.undo[:0]
	k.less, k.most = make([]int, len(k.low)), make([]int, len(k.low))
	for i := range k.less {
		k.less[i], k.most[i] = 1<<60, -1
	}
}

// Range returns the smallest and the largest value that a count can have for
// somebody who reads everything. proven is false if the search was given up:
// then the range is at least as wide as stated nowhere, and the count must be
// taken for known.
func (k *Known) Range(h Hidden) (low, high int, proven bool, err error) {
	k.begin()
	if !k.possible {
		return 0, 0, false, fmt.Errorf("what is printed contradicts itself: %w", recount.ErrInvalid)
	}
	low, high, proven = k.narrowed.lo[h], k.narrowed.hi[h], true
	left := rangeTries
	for ; low <= high; low++ {
		can, sure := k.can(h, low, &left)
		proven = proven && sure
		if can {
			break
		}
	}
	if low > high {
		if !proven {
			return k.narrowed.lo[h], k.narrowed.hi[h], false, nil
		}
		return 0, 0, false, fmt.Errorf("what is printed contradicts itself: %w", recount.ErrInvalid)
	}
	for ; high > low; high-- {
		can, sure := k.can(h, high, &left)
		proven = proven && sure
		if can {
			break
		}
	}
	return low, high, proven, nil
}

// settled is Range for a count that is not open: if every reader can work it out at
// once there is nothing to search.
func (k *Known) settled(h Hidden) (low, high int, err error) {
	k.begin()
	if low, high = k.narrowed.lo[h], k.narrowed.hi[h]; k.possible && low == high {
		return low, high, nil
	}
	low, high, _, err = k.Range(h)
	return low, high, err
}

// open reports whether a reader is left with values of a count that lie at
// least width apart: two solutions are shown, or it is not.
func (k *Known) open(h Hidden, width int) bool {
	k.begin()
	if !k.possible || k.narrowed.hi[h]-k.narrowed.lo[h] < width {
		return false
	}
	for _, v := range []int{k.guess[h], k.guess[h] + width, k.guess[h] - width} {
		if k.most[h]-k.less[h] >= width {
			return true
		}
		left := tries
		k.can(h, v, &left)
	}
	for d := width - 1; d > 0 && k.most[h]-k.less[h] < width; d-- {
		up, down := tries, tries
		k.can(h, k.guess[h]+d, &up)
		k.can(h, k.guess[h]-width+d, &down)
	}
	return k.most[h]-k.less[h] >= width
}

// can reports whether a count can have a value; sure is false if the search was
// given up.
func (k *Known) can(h Hidden, value int, left *int) (can, sure bool) {
	if value == k.less[h] || value == k.most[h] {
		return true, true
	}
	s := k.narrowed
	if value < s.lo[h] || value > s.hi[h] {
		return false, true
	}
	mark := len(s.undo)
	s.left = *left
	can = s.with(int(h), value)
	*left = s.left
	s.back(mark)
	return can, can || s.left > 0
}

// A search looks for whole numbers that fit everything that is printed.
type search struct {
	*Known
	lo, hi []int
	undo   []bound
	left   int
	queued []bool
}

type bound struct{ count, lo, hi int }

func (s *search) set(count, lo, hi int) {
	s.undo = append(s.undo, bound{count, s.lo[count], s.hi[count]})
	s.lo[count], s.hi[count] = lo, hi
}

func (s *search) back(mark int) {
	for i := len(s.undo) - 1; i >= mark; i-- {
		b := s.undo[i]
		s.lo[b.count], s.hi[b.count] = b.lo, b.hi
	}
	s.undo = s.undo[:mark]
}

// with reports whether there is a solution in which the count has the value. It
// leaves the bounds changed; the caller takes them back.
func (s *search) with(count, value int) bool {
	if s.left--; s.left <= 0 {
		return false
	}
	s.set(count, value, value)
	return s.narrow(s.in[count]) && s.solve()
}

// narrow draws the bounds together until no sum narrows them any more. It
// reports whether anything is left.
func (s *search) narrow(first []int) bool {
	if len(s.queued) != len(s.sums) {
		s.queued = make([]bool, len(s.sums))
	}
	todo := slices.Clone(first)
	for _, t := range todo {
		s.queued[t] = true
	}
	for len(todo) > 0 {
		t := todo[0]
		todo = todo[1:]
		s.queued[t] = false
		if !s.tighten(t, &todo) {
			for _, t := range todo {
				s.queued[t] = false
			}
			return false
		}
	}
	return true
}

// tighten narrows the parts of one sum by what the others leave them.
func (s *search) tighten(t int, todo *[]int) bool {
	x := &s.sums[t]
	least, most := 0, 0
	for _, p := range x.parts {
		least, most = least+s.lo[p], most+s.hi[p]
	}
	for _, p := range x.minus {
		least, most = least-s.hi[p], most-s.lo[p]
	}
	if least > x.high || most < x.low {
		return false
	}
	narrow := func(p, lo, hi int) bool {
		lo, hi = max(lo, s.lo[p]), min(hi, s.hi[p])
		if lo > hi {
			return false
		}
		if lo == s.lo[p] && hi == s.hi[p] {
			return true
		}
		s.set(p, lo, hi)
		for _, u := range s.in[p] {
			if !s.queued[u] {
				s.queued[u] = true
				*todo = append(*todo, u)
			}
		}
		return true
	}
	for _, p := range x.parts {
		was := [2]int{s.lo[p], s.hi[p]}
		if !narrow(p, x.low-(most-s.hi[p]), x.high-(least-s.lo[p])) {
			return false
		}
		least, most = least+s.lo[p]-was[0], most+s.hi[p]-was[1]
	}
	for _, p := range x.minus {
		was := [2]int{s.lo[p], s.hi[p]}
		if !narrow(p, least+s.hi[p]-x.high, most+s.lo[p]-x.low) {
			return false
		}
		least, most = least-(s.hi[p]-was[1]), most-(s.lo[p]-was[0])
	}
	return true
}

// value is what a count is taken for: as close to the guess as its bounds let it.
func (s *search) value(count int) int { return min(max(s.guess[count], s.lo[count]), s.hi[count]) }

// solve looks for a solution near the guess: it mends one sum after another that
// does not fit, by each value that one of its parts can have.
func (s *search) solve() bool {
	if s.left <= 0 {
		return false
	}
	for t := range s.sums {
		if short := s.miss(t); short != 0 {
			return s.mend(&s.sums[t], short)
		}
	}
	for c := range s.lo {
		v := s.value(c)
		s.less[c], s.most[c] = min(s.less[c], v), max(s.most[c], v)
	}
	return true
}

// miss is how far a sum is from what it may be.
func (s *search) miss(t int) int {
	x := &s.sums[t]
	total := 0
	for _, p := range x.parts {
		total += s.value(p)
	}
	for _, p := range x.minus {
		total -= s.value(p)
	}
	switch {
	case total < x.low:
		return x.low - total
	case total > x.high:
		return x.high - total
	}
	return 0
}

// mend tries the values of the part of a sum that can make up what is missing
// and does least harm to other sums, the best value first.
func (s *search) mend(x *sum, short int) bool {
	best, least, want := -1, 0, 0
	look := func(p, sign int) {
		if s.lo[p] == s.hi[p] {
			return
		}
		now := s.value(p)
		to := min(max(now+sign*short, s.lo[p]), s.hi[p])
		harm := abs(sign*short - (to - now))
		for _, u := range s.in[p] {
			if &s.sums[u] == x {
				continue
			}
			by := to - now
			if slices.Contains(s.sums[u].minus, p) {
				by = -by
			}
			was := s.miss(u)
			harm += abs(was-by) - abs(was)
		}
		if best < 0 || harm < least {
			best, least, want = p, harm, to
		}
	}
	for _, p := range x.parts {
		look(p, 1)
	}
	for _, p := range x.minus {
		look(p, -1)
	}
	if best < 0 {
		return false
	}
	for d := 0; s.left > 0 && (want-d >= s.lo[best] || want+d <= s.hi[best]); d++ {
		for _, v := range []int{want - d, want + d} {
			if v < s.lo[best] || v > s.hi[best] {
				continue
			}
			mark := len(s.undo)
			if s.with(best, v) {
				return true
			}
			s.back(mark)
			if d == 0 {
				break
			}
		}
	}
	return false
}

// Rule is when a count is too small to print and how much must stay open.
type Rule struct {
	Small int // counts from 1 to Small-1 are hidden
	Width int // a hidden small count can have at least so many values more than one
}

// Strict is the rule unless a study sets another one.
var Strict = Rule{Small: 5, Width: 3}
