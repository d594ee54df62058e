package release

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"recount"
)

// study58 is the release of a study of 58 people: so many numbers and tables by
// the columns of people58.csv.
func study58(t testing.TB) *Edition {
	t.Helper()
	f, err := os.Open("testdata/people58.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	e := &Edition{Rule: Strict, People: len(rows) - 1}
	for i, name := range rows[0][1:] {
		c := &Column{Name: name, Class: Quasi}
		if name == "reason" {
			c.Class = Sensitive
		}
		for _, row := range rows[1:] {
			c.Of = append(c.Of, row[i+1])
		}
		e.Columns = append(e.Columns, c)
	}
	region := Level{Name: "region", Of: map[string]string{}}
	for i, country := range e.Column("country").Of {
		region.Of[country] = e.Column("region").Of[i]
	}
	e.Column("country").Levels = []Level{region}
	year := Level{Name: "year", Of: map[string]string{}}
	for _, q := range e.Column("quarter").Of {
		year.Of[q] = q[:4]
	}
	e.Column("quarter").Levels = []Level{year}
	e.Results = append(e.Results, Result{Name: "people", Label: "people"})
	for _, c := range e.Columns {
		e.Results = append(e.Results, Result{Name: c.Name, Label: c.Name, Dims: []Dimension{by(c)}})
	}
	return e
}

func by(c *Column) Dimension {
	return Dimension{Column: c.Name, Shown: slices.Compact(slices.Sorted(slices.Values(c.Of)))}
}

func (e *Edition) with(results ...Result) *Edition {
	e.Results = append(e.Results, results...)
	return e
}

func cross(e *Edition, a, b string) Result {
	return Result{Name: a + " and " + b, Label: a + " and " + b, Dims: []Dimension{by(e.Column(a)), by(e.Column(b))}}
}

// The plan of an edition, made, leaves nothing to be found.
func TestAPlanMends(t *testing.T) {
	for _, pairs := range [][]string{{}, {"sex", "reason"}, {"role", "reason"}, {"sex", "reason", "role", "reason"}, {"sex", "reason", "role", "reason", "sex", "role"}} {
		e := study58(t)
		for i := 0; i < len(pairs); i += 2 {
			e.with(cross(e, pairs[i], pairs[i+1]))
		}
		reasons, err := e.Plan(nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(reasons) == 0 {
			t.Errorf("%v: nothing is refused, though Uzbekistan has 3 people", pairs)
		}
		var changes []recount.ReleaseBody
		for _, r := range reasons {
			if r.Change == nil {
				t.Fatalf("%v: no change for %s", pairs, r.Text)
			}
			changes = append(changes, *r.Change)
		}
		found, err := e.Check(NewShape(changes))
		if err != nil || len(found) > 0 {
			t.Errorf("%v: after %v: %v, %v", pairs, changes, found, err)
		}
		if n := e.printed(NewShape(changes), ""); n < 8 {
			t.Errorf("%v: only %d numbers are left after %v", pairs, n, changes)
		}
	}
}

func TestWiderLevelsComeBeforeHiding(t *testing.T) {
	e := study58(t)
	e.Results = slices.DeleteFunc(e.Results, func(r Result) bool { return r.Name != "people" && r.Name != "quarter" })
	reasons, err := e.Plan(nil)
	if err != nil {
		t.Fatal(err)
	}
	// 2014Q4 has 2 people: merged with 2014Q3 it would do; a year costs more numbers.
	if len(reasons) != 1 || reasons[0].Change.Op != recount.Merge && reasons[0].Change.Op != recount.Coarsen {
		t.Fatalf("reasons = %+v", reasons)
	}
	if reasons[0].Risk > 4 {
		t.Errorf("risk one in %d, want one in 4 or less", reasons[0].Risk)
	}
}

func TestAnEditionIsSetBesideEarlierOnes(t *testing.T) {
	e := study58(t)
	e.Results = e.Results[:1]
	e.Earlier = []map[string]int{{everybody: 57}}
	found, err := e.Check(NewShape(nil))
	if err != nil || len(found) != 1 || found[0].Was != 57 {
		t.Errorf("58 people after 57: %v %v, want one finding", found, err)
	}
	e.Earlier = []map[string]int{{everybody: 50}}
	if found, err := e.Check(NewShape(nil)); err != nil || len(found) != 0 {
		t.Errorf("58 people after 50: %v %v, want none", found, err)
	}
	// Two windows that overlap: what they differ in is printed by nobody.
	window := func(quarters ...string) Condition { return Condition{Column: "quarter", Values: quarters} }
	all := []string{"2014Q2", "2014Q3", "2014Q4", "2015Q1", "2015Q2", "2015Q3"}
	e.Results = append(e.Results, Result{Name: "window", Label: "from 2015", Where: []Condition{window(all[3:]...)}})
	e.Results = append(e.Results, Result{Name: "few", Label: "2014Q4", Where: []Condition{window("2014Q4")}})
	hide := []recount.ReleaseBody{{Op: recount.Hide, What: "few"}}
	if found, err := e.Check(NewShape(hide)); err != nil || len(found) != 0 {
		t.Fatalf("a window alone: %v %v, want none", found, err)
	}
	earlier := Number{Where: []Condition{window(all[2:]...)}}
	e.Earlier = []map[string]int{{earlier.Keys()[0]: e.count(earlier.Where)}}
	if found, err = e.Check(NewShape(hide)); err != nil || len(found) != 1 || found[0].Low != 2 || found[0].High != 2 {
		t.Errorf("windows of two editions: %v %v, want 2014Q4 worked out as 2", found, err)
	}
}

// In a circle of three tables the joint table decides: pairwise they leave room.
func TestACircleOfTablesIsCheckedTogether(t *testing.T) {
	e := &Edition{Rule: Rule{Small: 100, Width: 1}, People: 8}
	for i, name := range []string{"a", "b", "c"} {
		c := &Column{Name: name, Class: Quasi}
		for p := range e.People {
			c.Of = append(c.Of, fmt.Sprint(p>>i&1))
		}
		e.Columns = append(e.Columns, c)
	}
	e.with(cross(e, "a", "b"), cross(e, "b", "c"), cross(e, "a", "c"))
	m, err := newModel(e, e.Numbers(NewShape(nil)))
	if err != nil {
		t.Fatal(err)
	}
	if len(m.tables) != 1 || len(m.tables[0].columns) != 3 {
		t.Errorf("the circle is kept as %d tables, want one joint table", len(m.tables))
	}
	// A chain of two is not.
	e.Results = e.Results[:2]
	if m, err = newModel(e, e.Numbers(NewShape(nil))); err != nil || len(m.tables) != 2 {
		t.Errorf("a chain of two is kept as %d tables, %v", len(m.tables), err)
	}
}

// What the model gives as the range of a hidden number is what trying every
// population finds.
func TestRangesEqualTryingEveryPopulation(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 58))
	looked := 0
	for range 60 {
		e := &Edition{Rule: Rule{Small: 100, Width: 100}, People: 3 + random.IntN(3)}
		for _, name := range []string{"a", "b", "c"} {
			c := &Column{Name: name, Class: Quasi, Values: []string{"0", "1"}}
			for range e.People {
				c.Of = append(c.Of, fmt.Sprint(random.IntN(2)))
			}
			e.Columns = append(e.Columns, c)
		}
		sets := [][2]string{{"a", "b"}, {"b", "c"}, {"a", "c"}}[:1+random.IntN(3)]
		e.with(Result{Name: "people", Label: "people"})
		shape := NewShape(nil)
		for _, s := range sets {
			r := cross(e, s[0], s[1])
			for i := range r.Dims {
				r.Dims[i].Shown = []string{"0", "1"}
			}
			e.with(r)
		}
		for _, n := range e.Numbers(shape) {
			if n.Result != "people" && random.IntN(2) > 0 {
				shape.hidden[n.Name()] = true
			}
		}
		numbers := e.Numbers(shape)
		m, err := newModel(e, numbers)
		if err != nil {
			t.Fatal(err)
		}
		// A row total that is hidden hides its cells too.
		want := everyPopulation(e, numbers)
		for i := range numbers {
			if n := &numbers[i]; n.Hidden {
				low, high, _, proven, err := m.look(m.hide(n), 100)
				if err != nil || !proven || [2]int{low, high} != want[i] {
					t.Fatalf("%s of %d people: %d to %d, %v %v; want %v", n.Name(), e.People, low, high, proven, err, want[i])
				}
				looked++
			}
		}
	}
	if looked < 100 {
		t.Errorf("only %d hidden numbers were looked at", looked)
	}
}

// everyPopulation tries each number of people of each kind.
func everyPopulation(e *Edition, numbers []Number) map[int][2]int {
	out := map[int][2]int{}
	kinds := make([]int, 8)
	var place func(kind, left int)
	place = func(kind, left int) {
		if kind == len(kinds)-1 {
			kinds[kind] = left
			var n []int
			for i := range numbers {
				sum := 0
				for k, many := range kinds {
					fits := true
					for _, c := range numbers[i].Where {
						v := fmt.Sprint(k >> slices.IndexFunc(e.Columns, func(x *Column) bool { return x.Name == c.Column }) & 1)
						fits = fits && slices.Contains(c.Values, v)
					}
					if fits {
						sum += many
					}
				}
				if !numbers[i].Hidden && sum != numbers[i].N {
					return
				}
				n = append(n, sum)
			}
			for i, v := range n {
				b, ok := out[i]
				if !ok {
					b = [2]int{v, v}
				}
				out[i] = [2]int{min(b[0], v), max(b[1], v)}
			}
			return
		}
		for many := 0; many <= left; many++ {
			kinds[kind] = many
			place(kind+1, left-many)
		}
	}
	place(0, e.People)
	return out
}

func TestKeysComeBack(t *testing.T) {
	for _, where := range [][]Condition{nil, {{Column: "a b", Level: "x|y", Values: []string{"1&2", "=@"}}}, {{Column: "a", Values: []string{"1"}}, {Column: "b", Values: []string{""}}}} {
		got, ok := conditions(keyOf(where))
		if !ok || keyOf(got) != keyOf(where) {
			t.Errorf("%v comes back as %v", where, got)
		}
	}
}

// generated makes people with so many columns, and a table for each pair of two.
func generated(people, tables int) *Edition {
	random := rand.New(rand.NewPCG(40, 1000))
	e := &Edition{Rule: Strict, People: people}
	for i := range tables/2 + 2 {
		c := &Column{Name: fmt.Sprintf("c%02d", i), Class: Quasi}
		for range people {
			c.Of = append(c.Of, fmt.Sprint(int(7*random.Float64()*random.Float64())))
		}
		e.Columns = append(e.Columns, c)
	}
	e.with(Result{Name: "people", Label: "people"})
	for i := range tables {
		if i%2 == 0 {
			e.with(Result{Name: fmt.Sprint("t", i), Label: "t", Dims: []Dimension{by(e.Columns[i/2])}})
		} else {
			e.with(cross(e, e.Columns[i/2].Name, e.Columns[i/2+1].Name))
		}
	}
	return e
}

// measure checks an edition with every small number hidden and one more in each
// table, which is the state in which most must be searched. The time counts only
// where it is measured.
func measure(t testing.TB, e *Edition, most time.Duration) {
	shape := NewShape(nil)
	for _, n := range e.Numbers(shape) {
		if n.Result != "people" && n.N < e.Rule.Small {
			shape.hidden[n.Name()] = true
		}
	}
	began, worked := time.Now(), processorTime(t)
	found, err := e.Check(shape)
	if err != nil {
		t.Fatal(err)
	}
	took, worked := time.Since(began), processorTime(t)-worked
	t.Logf("%d people, %d tables, %d hidden numbers: %v of processor time, %v by the clock, %d findings", e.People, len(e.Results)-1, len(shape.hidden), worked.Round(time.Millisecond), took.Round(time.Millisecond), len(found))
	if len(found) == 0 {
		t.Error("nothing found, though every small number and nothing beside it is hidden")
	}
	if os.Getenv("RECOUNT_MEASURE") != "" && took > most {
		t.Errorf("took %v, want less than %v", took, most)
	}
}

func TestTheCheckIsQuick(t *testing.T) {
	measure(t, generated(58, 10), time.Second)
	measure(t, generated(1000, 40), 30*time.Second)
	// Beside an earlier edition of the same results with one person fewer.
	sizes := [][2]int{{58, 10}}
	if os.Getenv("RECOUNT_MEASURE") != "" {
		sizes = append(sizes, [2]int{1000, 40})
	}
	for _, n := range sizes {
		e := generated(n[0], n[1])
		e.Earlier = []map[string]int{counts(t, without(e, n[0]/2), e.Results...)}
		measure(t, e, time.Duration(1+29*(n[0]/1000))*time.Second)
		// And beside one more, with half of the tables and two people fewer.
		half := without(e, n[0]/2, n[0]/3)
		e.Earlier = append(e.Earlier, counts(t, half, e.Results[:len(e.Results)/2]...))
		measure(t, e, time.Duration(1+29*(n[0]/1000))*time.Second)
	}
}

// A label may hold commas: what is a cell's own is not cut out of the whole.
func TestLabelsWithCommas(t *testing.T) {
	e := study58(t)
	e.Results = []Result{cross(e, "region", "sex")}
	s := NewShape(nil)
	for _, row := range by(e.Column("region")).Shown {
		what := "region and sex: " + row
		s.renamed[what] = row + ", and around"
		for _, cell := range by(e.Column("sex")).Shown {
			s.renamed[what+": "+cell] = cell + ", or so"
		}
	}
	cells := 0
	for _, n := range e.Numbers(s) {
		if n.Cell == "" {
			continue
		}
		cells++
		if n.Own != n.Cell+", or so" || n.Label != n.Row+", and around, "+n.Own {
			t.Errorf("%s: %q of %q", n.Name(), n.Own, n.Label)
		}
	}
	if cells == 0 {
		t.Error("no cell")
	}
}

// TestALadderBeforeOther: months are shown as quarters, half years or years before
// any is called other; towns as provinces before that. Of the levels that pass the
// one that leaves most numbers is chosen, and values are merged where the ladder
// ends.
func TestALadderBeforeOther(t *testing.T) {
	months := func(counts ...int) (of []string) { // from January 2014 on
		for i, n := range counts {
			for range n {
				of = append(of, fmt.Sprintf("%d-%02d", 2014+i/12, i%12+1))
			}
		}
		return of
	}
	level := func(name string, of []string, to func(year, month int) string) Level {
		l := Level{Name: name, Of: map[string]string{}}
		for _, v := range of {
			var y, m int
			fmt.Sscanf(v, "%d-%d", &y, &m)
			l.Of[v] = to(y, m)
		}
		return l
	}
	dated := func(of []string) *Column {
		return &Column{Name: "month", Class: Quasi, Of: of, Levels: []Level{
			level("quarter", of, func(y, m int) string { return fmt.Sprintf("%d-Q%d", y, (m+2)/3) }),
			level("half", of, func(y, m int) string { return fmt.Sprintf("%d-H%d", y, (m+5)/6) }),
			level("year", of, func(y, m int) string { return fmt.Sprint(y) })}}
	}
	places := func(of map[string]int, levels ...Level) *Column {
		c := &Column{Name: "place", Class: Quasi, Levels: levels}
		for _, v := range sortedKeys(of) {
			for range of[v] {
				c.Of = append(c.Of, v)
			}
		}
		return c
	}
	province := Level{Name: "province", Of: map[string]string{"Ahus": "North", "Bro": "North", "Cal": "South", "Dag": "South"}}
	country := Level{Name: "country", Of: map[string]string{"Ahus": "Orlund", "Bro": "Orlund", "Cal": "Orlund", "Dag": "Orlund", "Eka": "Veldmark"}}
	for _, tt := range []struct {
		name string
		c    *Column
		want []string // "op to"
	}{
		{"every month large", dated(months(6, 7, 8, 9, 6, 7)), nil},
		{"one month small", dated(months(6, 7, 8, 3, 6, 7)), []string{"coarsen quarter"}},
		{"all months small", dated(months(2, 2, 3, 3, 2, 2, 4, 4, 4, 3, 3, 3)), []string{"coarsen quarter"}},
		{"one quarter small", dated(months(6, 7, 8, 1, 1, 1, 6, 7, 8, 6, 7, 8)), []string{"coarsen half"}},
		{"one half small", dated(append(months(1, 1, 0, 0, 1, 1, 9, 9, 9, 9, 9, 9), months(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 9, 9)...)), []string{"coarsen year"}},
		{"a year small", dated(append(months(9, 9, 9), []string{"2015-01", "2015-02", "2016-03", "2017-01", "2017-01", "2017-01", "2017-01", "2017-01", "2018-01", "2018-01", "2018-01", "2018-01", "2018-01"}...)), []string{"coarsen year", "merge other"}},
		{"every town large", places(map[string]int{"Ahus": 9, "Bro": 9, "Cal": 9, "Dag": 9}, province), nil},
		{"one town small", places(map[string]int{"Ahus": 9, "Bro": 2, "Cal": 9, "Dag": 9}, province), []string{"coarsen province"}},
		{"one province small", places(map[string]int{"Ahus": 9, "Bro": 9, "Cal": 1, "Dag": 1, "Eka": 9}, province, country), []string{"coarsen country"}},
		{"no ladder", places(map[string]int{"Ahus": 9, "Bro": 2, "Cal": 3, "Dag": 9}), []string{"merge other"}},
		{"a ladder that does not reach", places(map[string]int{"Ahus": 9, "Bro": 9, "Cal": 9, "Dag": 9, "Eka": 2, "Fan": 3}, province), []string{"coarsen province", "merge other"}},
	} {
		e := &Edition{Rule: Strict, People: len(tt.c.Of), Columns: []*Column{tt.c}, Results: []Result{{Name: "people", Label: "people"}, {Name: "table", Label: "table", Dims: []Dimension{by(tt.c)}}}}
		reasons, err := e.Plan(nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		var changes []recount.ReleaseBody
		for _, r := range reasons {
			got, changes = append(got, string(r.Change.Op)+" "+r.Change.To), append(changes, *r.Change)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v; want %v", tt.name, got, tt.want)
		}
		if left, err := e.Check(NewShape(changes)); err != nil || len(left) > 0 {
			t.Errorf("%s: with the changes made %v, %v", tt.name, left, err)
		}
	}
}

func sortedKeys(m map[string]int) (out []string) {
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
