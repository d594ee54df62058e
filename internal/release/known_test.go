package release

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"recount"
)

// The tables of the rules (T-1 to T-5) are set down as equations as an edition is.

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

// check lists the small cells of a table that a reader can read or work out
// from the totals of rows and columns, which are printed.
func (r Rule) check(t Table) ([]Exposed, error) {
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
				hidden[i][j] = k.hide(0, total, n)
			} else {
				hidden[i][j] = k.hide(n, n, n)
			}
		}
		k.Print(total, hidden[i]...)
	}
	for j := range len(t.Counts[0]) {
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
			if k.open(hidden[i][j], r.Width) {
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

// hide marks cells, given as row and column from 1.
func hide(counts [][]int, at ...[2]int) Table {
	t := Table{Counts: counts}
	for _, row := range counts {
		t.Hidden = append(t.Hidden, make([]bool, len(row)))
	}
	for _, c := range at {
		t.Hidden[c[0]-1][c[1]-1] = true
	}
	return t
}

func TestTheTotalsGiveAwayHiddenCounts(t *testing.T) {
	small := [][]int{{14, 20, 9, 8}, {1, 3, 2, 1}}
	other := [][]int{{14, 20, 9, 8}, {7, 6, 2, 9}}
	square := [][]int{{1, 12, 10}, {6, 1, 9}, {8, 5, 6}}
	tests := []struct {
		name  string
		table Table
		want  []string
	}{
		{"nothing hidden", hide(other), []string{"row 2, column 3: the count of 2 is printed"}},
		{"a whole row hidden, which the columns give back", hide(small, [2]int{2, 1}, [2]int{2, 2}, [2]int{2, 3}, [2]int{2, 4}), []string{
			"row 2, column 1: the totals give it as 1", "row 2, column 2: the totals give it as 3",
			"row 2, column 3: the totals give it as 2", "row 2, column 4: the totals give it as 1"}},
		{"the small cell alone", hide(other, [2]int{2, 3}), []string{"row 2, column 3: the totals give it as 2"}},
		{"two cells of one row", hide(other, [2]int{2, 1}, [2]int{2, 3}), []string{"row 2, column 3: the totals give it as 2"}},
		{"four corners", hide(other, [2]int{1, 1}, [2]int{1, 3}, [2]int{2, 1}, [2]int{2, 3}), nil},
		{"four corners, both small ones among them", hide(square, [2]int{1, 1}, [2]int{1, 2}, [2]int{2, 1}, [2]int{2, 2}), nil},
		{"corners of small counts leave too little open", hide([][]int{{1, 1, 9}, {1, 1, 9}}, [2]int{1, 1}, [2]int{1, 2}, [2]int{2, 1}, [2]int{2, 2}), []string{
			"row 1, column 1: the totals give it as 0 to 2", "row 1, column 2: the totals give it as 0 to 2",
			"row 2, column 1: the totals give it as 0 to 2", "row 2, column 2: the totals give it as 0 to 2"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			exposed, err := Strict.check(tt.table)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range exposed {
				got = append(got, e.String())
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// The bounds are those that trying every table finds.
func TestBoundsEqualTryingEverything(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 58))
	for n := range 200 {
		counts := make([][]int, 2+random.IntN(2))
		for i := range counts {
			counts[i] = make([]int, 2+n%2)
			for j := range counts[i] {
				counts[i][j] = random.IntN(4)
			}
		}
		table := hide(counts)
		for i := range counts {
			for j := range counts[i] {
				table.Hidden[i][j] = random.IntN(3) > 0
			}
		}
		want := tryEverything(table)
		exposed, err := Rule{Small: 100, Width: 100}.check(table) // every cell of one or more is listed
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range exposed {
			if w := want[[2]int{e.Row, e.Column}]; !e.Printed && (w != [2]int{e.Low, e.High} || !e.Proven) {
				t.Fatalf("%v, hidden %v: row %d, column %d in %d to %d, want %v", counts, table.Hidden, e.Row+1, e.Column+1, e.Low, e.High, w)
			}
		}
	}
}

// tryEverything finds the bounds of each cell over all tables with the printed
// cells and totals.
func tryEverything(t Table) map[[2]int][2]int {
	rows, columns := make([]int, len(t.Counts)), make([]int, len(t.Counts[0]))
	for i := range t.Counts {
		for j, n := range t.Counts[i] {
			rows[i] += n
			columns[j] += n
		}
	}
	out := map[[2]int][2]int{}
	cells := make([][]int, len(rows))
	for i := range cells {
		cells[i] = make([]int, len(columns))
	}
	var place func(at int)
	place = func(at int) {
		if at == len(rows)*len(columns) {
			for j := range columns {
				n := 0
				for i := range rows {
					n += cells[i][j]
				}
				if n != columns[j] {
					return
				}
			}
			for i := range cells {
				for j, n := range cells[i] {
					b, ok := out[[2]int{i, j}]
					if !ok {
						b = [2]int{n, n}
					}
					out[[2]int{i, j}] = [2]int{min(b[0], n), max(b[1], n)}
				}
			}
			return
		}
		i, j := at/len(columns), at%len(columns)
		left := rows[i]
		for _, n := range cells[i][:j] {
			left -= n
		}
		for n := 0; n <= left; n++ {
			if !t.Hidden[i][j] && n != t.Counts[i][j] || j == len(columns)-1 && n != left {
				continue
			}
			cells[i][j] = n
			place(at + 1)
		}
		cells[i][j] = 0
	}
	place(0)
	return out
}

func TestShares(t *testing.T) {
	tests := []struct {
		percent   string
		n         int
		low, high int
	}{
		{"12", 58, 7, 7}, {"61", 100, 61, 61}, {"60", 58, 35, 35}, {"50", 1001, 496, 505}, {"12.1", 58, 7, 7}, {"0", 58, 0, 0}, {"100", 58, 58, 58},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%s%% of %d", tt.percent, tt.n), func(t *testing.T) {
			low, high, err := Share(tt.percent, tt.n)
			if err != nil || low != tt.low || high != tt.high {
				t.Errorf("Share(%q, %d) = %d, %d, %v; want %d, %d", tt.percent, tt.n, low, high, err, tt.low, tt.high)
			}
		})
	}
	for _, bad := range []string{"", "x", "61", "1.2.3", "-1", "12 "} {
		if bad == "61" {
			if _, _, err := Share(bad, 58); err == nil {
				t.Error("61% of 58, which no whole number gives, was taken")
			}
			continue
		}
		if _, _, err := Share(bad, 58); err == nil {
			t.Errorf("Share(%q, 58) was taken", bad)
		}
	}
	// A whole percent of up to 100 people is the count.
	for n := 1; n <= 100; n++ {
		for c := 0; c <= n; c++ {
			low, high, err := Share(fmt.Sprint((200*c+n)/(2*n)), n)
			if err != nil || low > c || high < c || high-low > 1 {
				t.Fatalf("%d of %d: %d to %d, %v", c, n, low, high, err)
			}
		}
	}
}

// A share in a sentence gives back what a table hides.
func TestASentenceGivesAwayATable(t *testing.T) {
	var k Known
	women, men := k.hide(0, 58, 0), k.hide(0, 58, 0)
	k.Print(58, women, men)
	if low, high, proven, err := k.Range(women); err != nil || !proven || low != 0 || high != 58 {
		t.Fatalf("without the sentence: %d to %d, %v %v", low, high, proven, err)
	}
	low, high, err := Share("12", 58)
	if err != nil {
		t.Fatal(err)
	}
	k.add(low, high, []Hidden{women}, nil)
	if low, high, proven, err := k.Range(women); err != nil || !proven || low != 7 || high != 7 {
		t.Errorf("with the sentence: %d to %d, %v %v; want 7", low, high, proven, err)
	}
	k.Print(50, men)
	if _, _, _, err := k.Range(women); err == nil {
		t.Error("numbers that contradict each other were taken")
	}
}
