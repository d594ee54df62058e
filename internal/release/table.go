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
	sums      []sum
	in        [][]int // of each count, the sums that hold it
}

type sum struct {
	low, high int
	parts     []int
}

// A Hidden is a count that a release does not print.
type Hidden int

// Hide adds a count that is not printed, of which a reader knows that it lies
// between low and high.
func (k *Known) Hide(low, high int) Hidden {
	k.low, k.high, k.in = append(k.low, low), append(k.high, high), append(k.in, nil)
	return Hidden(len(k.low) - 1)
}

// Print adds a printed count: what the parts sum to.
func (k *Known) Print(total int, parts ...Hidden) { k.PrintBetween(total, total, parts...) }

// PrintBetween adds what a printed number tells of the sum of the parts: a
// rounded share, or "at least".
func (k *Known) PrintBetween(low, high int, parts ...Hidden) {
	s := sum{low: low, high: high}
	for _, p := range parts {
		if slices.Contains(s.parts, int(p)) {
			continue // a count is part of a sum or not
		}
		s.parts = append(s.parts, int(p))
		k.in[p] = append(k.in[p], len(k.sums))
	}
	k.sums = append(k.sums, s)
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

// tries bounds the search for one count. A search that ends there has proved
// nothing, and what is not proved safe is not safe.
const tries = 200_000

// Range returns the smallest and the largest value that a count can have for
// somebody who reads everything. proven is false if the search was given up:
// then the range is at least as wide as stated nowhere, and the count must be
// taken for known.
func (k *Known) Range(h Hidden) (low, high int, proven bool, err error) {
	s := search{Known: k, left: tries}
	s.lo, s.hi = slices.Clone(k.low), slices.Clone(k.high)
	if !s.narrow(s.every()) || !s.possible() {
		if s.left <= 0 {
			return k.low[h], k.high[h], false, nil
		}
		return 0, 0, false, fmt.Errorf("what is printed contradicts itself: %w", recount.ErrInvalid)
	}
	low, high = s.lo[h], s.hi[h]
	for low < high && s.left > 0 && !s.with(int(h), low) {
		low++
	}
	for high > low && s.left > 0 && !s.with(int(h), high) {
		high--
	}
	return low, high, s.left > 0, nil
}

// A search looks for whole numbers that fit everything that is printed.
type search struct {
	*Known
	lo, hi []int
	left   int
}

func (s *search) every() []int {
	all := make([]int, len(s.sums))
	for i := range all {
		all[i] = i
	}
	return all
}

// with reports whether the count can have the value, and leaves the bounds as
// they were.
func (s *search) with(count, value int) bool {
	lo, hi := slices.Clone(s.lo), slices.Clone(s.hi)
	defer func() { s.lo, s.hi = lo, hi }()
	s.lo[count], s.hi[count] = value, value
	return s.narrow(slices.Clone(s.in[count])) && s.possible()
}

// narrow draws the bounds together until no sum narrows them any more. It
// reports whether anything is left.
func (s *search) narrow(todo []int) bool {
	queued := map[int]bool{}
	for _, t := range todo {
		queued[t] = true
	}
	for len(todo) > 0 {
		t := todo[0]
		todo = todo[1:]
		queued[t] = false
		least, most := 0, 0
		for _, p := range s.sums[t].parts {
			least, most = least+s.lo[p], most+s.hi[p]
		}
		for _, p := range s.sums[t].parts {
			// What the other parts leave to this one.
			lo := max(s.lo[p], s.sums[t].low-(most-s.hi[p]))
			hi := min(s.hi[p], s.sums[t].high-(least-s.lo[p]))
			if lo > hi {
				return false
			}
			if lo == s.lo[p] && hi == s.hi[p] {
				continue
			}
			least, most = least+lo-s.lo[p], most+hi-s.hi[p]
			s.lo[p], s.hi[p] = lo, hi
			for _, u := range s.in[p] {
				if !queued[u] {
					queued[u] = true
					todo = append(todo, u)
				}
			}
		}
		if least > s.sums[t].high || most < s.sums[t].low {
			return false
		}
	}
	return true
}

// possible reports whether whole numbers within the bounds fit, by trying the
// values of the count with the fewest left.
func (s *search) possible() bool {
	if s.left--; s.left <= 0 {
		return false
	}
	next := -1
	for c := range s.lo {
		if width := s.hi[c] - s.lo[c]; width > 0 && (next < 0 || width < s.hi[next]-s.lo[next]) {
			next = c
		}
	}
	if next < 0 {
		return true
	}
	for v := s.lo[next]; v <= s.hi[next] && s.left > 0; v++ {
		if s.with(next, v) {
			return true
		}
	}
	return false
}

// A Table is one two-way table as it would be printed, with its totals.
type Table struct {
	Counts [][]int
	Hidden [][]bool // cells that are not printed; nil: none
}

// An Exposed cell would give away how few people are behind it.
type Exposed struct {
	Row, Column int
	Low, High   int // what a reader can work out
	Printed     bool
	Proven      bool // false if the search was given up
}

// String says what a reader would learn.
func (e Exposed) String() string {
	at := fmt.Sprintf("row %d, column %d", e.Row+1, e.Column+1)
	switch {
	case e.Printed:
		return fmt.Sprintf("%s: the count of %d is printed", at, e.Low)
	case !e.Proven:
		return at + ": what can be worked out of it could not be proved"
	case e.Low == e.High:
		return fmt.Sprintf("%s: the totals give it as %d", at, e.Low)
	}
	return fmt.Sprintf("%s: the totals give it as %d to %d", at, e.Low, e.High)
}

// Rule is when a count is too small to print and how much must stay open.
type Rule struct {
	Small int // counts from 1 to Small-1 are hidden
	Width int // a hidden small count can have at least so many values more than one
}

// Strict is the rule unless a study sets another one.
var Strict = Rule{Small: 5, Width: 3}

// Check lists the small cells of a table that a reader can read or work out
// from the totals of rows and columns, which are printed.
func (r Rule) Check(t Table) ([]Exposed, error) {
	var k Known
	hidden := make([][]Hidden, len(t.Counts))
	for i, row := range t.Counts {
		if len(row) != len(t.Counts[0]) || t.Hidden != nil && (len(t.Hidden) != len(t.Counts) || len(t.Hidden[i]) != len(row)) {
			return nil, fmt.Errorf("table: row %d is of another length: %w", i+1, recount.ErrInvalid)
		}
		hidden[i] = make([]Hidden, len(row))
		total := 0
		for _, n := range row {
			if n < 0 {
				return nil, fmt.Errorf("table: a count of %d: %w", n, recount.ErrInvalid)
			}
			total += n
		}
		for j, n := range row {
			if t.hides(i, j) {
				hidden[i][j] = k.Hide(0, total)
			} else {
				hidden[i][j] = k.Hide(n, n)
			}
		}
		k.Print(total, hidden[i]...)
	}
	for j := range len(first(t.Counts)) {
		total := 0
		var column []Hidden
		for i := range t.Counts {
			total, column = total+t.Counts[i][j], append(column, hidden[i][j])
		}
		k.Print(total, column...)
	}
	var out []Exposed
	for i, row := range t.Counts {
		for j, n := range row {
			if n < 1 || n >= r.Small {
				continue
			}
			if !t.hides(i, j) {
				out = append(out, Exposed{Row: i, Column: j, Low: n, High: n, Printed: true, Proven: true})
				continue
			}
			low, high, proven, err := k.Range(hidden[i][j])
			if err != nil {
				return nil, err
			}
			if !proven || high-low < r.Width {
				out = append(out, Exposed{Row: i, Column: j, Low: low, High: high, Proven: proven})
			}
		}
	}
	return out, nil
}

func (t Table) hides(i, j int) bool { return t.Hidden != nil && t.Hidden[i][j] }

func first(rows [][]int) []int {
	if len(rows) == 0 {
		return nil
	}
	return rows[0]
}

// Hide hides the small cells of a table, and as few people in other cells as it
// finds, until Check finds nothing. It fails if no such choice is found: then
// rows or columns must be merged, which is better anyway.
func (r Rule) Hide(counts [][]int) (Table, error) {
	t := Table{Counts: counts, Hidden: make([][]bool, len(counts))}
	for i, row := range counts {
		t.Hidden[i] = make([]bool, len(row))
		for j, n := range row {
			t.Hidden[i][j] = n >= 1 && n < r.Small
		}
	}
	for {
		exposed, err := r.Check(t)
		if err != nil || len(exposed) == 0 {
			return t, err
		}
		if !t.cover(exposed[0]) {
			return t, recount.WithHint(fmt.Errorf("table: no choice of hidden cells protects its small counts: %w", recount.ErrRefused), "merge rows or columns")
		}
	}
}

// cover hides one more cell for an exposed one: the smallest printed one of a
// row or column that holds no other hidden cell, else the smallest of the
// rows and columns with hidden cells.
func (t Table) cover(e Exposed) bool {
	best, row, column := [2]int{math.MaxInt, math.MaxInt}, -1, -1
	for i := range t.Counts {
		for j, n := range t.Counts[i] {
			if t.Hidden[i][j] {
				continue
			}
			far := 0 // rows and columns that no hidden cell touches yet cost more
			if i != e.Row && !slices.Contains(t.Hidden[i], true) {
				far++
			}
			if j != e.Column && !slices.ContainsFunc(t.Hidden, func(r []bool) bool { return r[j] }) {
				far++
			}
			if n == 0 {
				far++ // a zero gives little room
			}
			if i == e.Row && t.alone(e.Row, -1) || j == e.Column && t.alone(-1, e.Column) {
				far = -1
			}
			if cost := [2]int{far, n}; cost[0] < best[0] || cost[0] == best[0] && cost[1] < best[1] {
				best, row, column = cost, i, j
			}
		}
	}
	if row < 0 {
		return false
	}
	t.Hidden[row][column] = true
	return true
}

// alone reports whether a row or a column hides fewer than two cells.
func (t Table) alone(row, column int) bool {
	n := 0
	for i := range t.Hidden {
		for j := range t.Hidden[i] {
			if t.Hidden[i][j] && (i == row || j == column) {
				n++
			}
		}
	}
	return n < 2
}

// Differences lists the counts that two releases give away together: where the
// later one adds or drops fewer people than the rule lets be seen. Cells are
// named alike in both.
func (r Rule) Differences(before, after map[string]int) []string {
	var out []string
	for name, n := range after {
		m, ok := before[name]
		if d := n - m; ok && (d > 0 && d < r.Small || d < 0 && -d < r.Small) {
			out = append(out, fmt.Sprintf("%s: %d in the earlier release, %d now", name, m, n))
		}
	}
	slices.Sort(out)
	return out
}
