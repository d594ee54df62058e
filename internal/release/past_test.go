package release

import (
	"slices"
	"strings"
	"testing"

	"recount"
)

// counts is what an edition with some results prints, as it is kept for later ones.
func counts(t *testing.T, e *Edition, results ...Result) map[string]int {
	t.Helper()
	old := e.Results
	defer func() { e.Results = old }()
	e.Results = results
	return Told(e.Numbers(NewShape(nil)))
}

func without(e *Edition, people ...int) *Edition {
	gone := map[int]bool{}
	for _, p := range people {
		gone[p] = true
	}
	out := &Edition{Rule: e.Rule, People: e.People - len(people), Results: e.Results}
	for _, c := range e.Columns {
		own := *c
		own.Of = nil
		for i, v := range c.Of {
			if !gone[i] {
				own.Of = append(own.Of, v)
			}
		}
		out.Columns = append(out.Columns, &own)
	}
	return out
}

// Two editions of which none prints what the other does can still tell together
// who came or went.
func TestEditionsThatDifferByFewPeople(t *testing.T) {
	all := study58(t)
	table := func(c string) Result { return Result{Name: c, Label: c, Dims: []Dimension{by(all.Column(c))}} }
	share := func(name, c string, values ...string) Result {
		return Result{Name: name, Label: name, Where: []Condition{{Column: c, Values: values}}}
	}
	of := func(name, c, value, column, whole string) Result {
		return Result{Name: name, Label: name, Share: true, Of: []Condition{{Column: column, Values: []string{whole}}}, Where: []Condition{{Column: c, Values: []string{value}}, {Column: column, Values: []string{whole}}}}
	}
	ofAll := func(name, c string, values ...string) Result {
		return Result{Name: name, Label: name, Share: true, Where: []Condition{{Column: c, Values: values}}}
	}
	first := func(n int) (out []int) {
		for i := range n {
			out = append(out, i)
		}
		return out
	}
	merged := []recount.ReleaseBody{{Op: recount.Merge, What: "region", Values: []string{"Asia-Pacific", "Europe"}, To: "other"}}
	tests := []struct {
		name    string
		refused bool
		gone    []int // people whom the earlier edition lacks
		earlier []Result
		now     []Result
		changes []recount.ReleaseBody
	}{
		{"the same number, one more", true, []int{3}, []Result{table("sex")}, []Result{table("sex")}, nil},
		{"another table with the same total", true, []int{3}, []Result{table("sex")}, []Result{table("region")}, merged},
		{"another table, nobody more", false, nil, []Result{table("sex")}, []Result{table("region")}, merged},
		{"another table, many more", false, first(12), []Result{table("sex")}, []Result{table("region")}, merged},
		{"a total then, a table now", true, []int{3}, []Result{{Name: "people", Label: "people"}}, []Result{table("sex")}, nil},
		{"a table then, a total now", true, []int{3, 4}, []Result{table("sex")}, []Result{{Name: "people", Label: "people"}}, nil},
		{"parts then, their sum now", true, []int{9}, []Result{share("a", "quarter", "2015Q1"), share("b", "quarter", "2015Q2", "2015Q3")}, []Result{share("c", "quarter", "2015Q1", "2015Q2", "2015Q3")}, nil},
		{"parts then, their sum now, nobody more", false, nil, []Result{share("a", "quarter", "2015Q1"), share("b", "quarter", "2015Q2", "2015Q3")}, []Result{share("c", "quarter", "2015Q1", "2015Q2", "2015Q3")}, nil},
		{"a window that moved on by a quarter of few", true, nil, []Result{share("w", "quarter", "2014Q4", "2015Q1", "2015Q2"), share("v", "quarter", "2015Q3")}, []Result{share("w", "quarter", "2015Q1", "2015Q2", "2015Q3")}, nil},
		{"a window that moved on by a quarter of many", false, nil, []Result{share("w", "quarter", "2015Q2", "2015Q3")}, []Result{share("w", "quarter", "2015Q1", "2015Q2", "2015Q3")}, nil},
		{"what a share is of, one more", true, []int{1}, []Result{of("s", "reason", "corruption", "region", "MENA")}, []Result{of("s", "reason", "infighting", "region", "MENA")}, nil},
		{"what a share is of, two more, then a table", true, []int{1, 3}, []Result{of("s", "reason", "corruption", "region", "MENA")}, []Result{share("m", "region", "MENA")}, nil},
		{"a number then, what a share is of now", true, []int{1}, []Result{share("m", "region", "MENA")}, []Result{of("s", "reason", "infighting", "region", "MENA")}, nil},
		{"what a share is of, nobody more", false, nil, []Result{of("s", "reason", "corruption", "region", "MENA")}, []Result{of("s", "reason", "infighting", "region", "MENA")}, nil},
		{"what a share is of, many more", false, first(14), []Result{of("s", "sex", "M", "region", "MENA")}, []Result{of("s", "reason", "infighting", "region", "MENA")}, nil},
		{"everybody as what shares are of, one more", true, []int{7}, []Result{ofAll("s", "role", "fighter")}, []Result{ofAll("q", "quarter", "2015Q2", "2015Q3")}, nil},
		{"everybody as what shares are of, nobody more", false, nil, []Result{ofAll("s", "role", "fighter")}, []Result{ofAll("q", "quarter", "2015Q2", "2015Q3")}, nil},
		{"a rolling window of a year, by a quarter of few", true, nil, []Result{share("w", "quarter", "2014Q3", "2014Q4", "2015Q1", "2015Q2")}, []Result{share("w", "quarter", "2014Q4", "2015Q1", "2015Q2"), share("v", "quarter", "2014Q3")}, nil},
		{"a filter then, its complement now", true, []int{1}, []Result{share("m", "region", "MENA")}, []Result{share("r", "region", "Europe", "Asia-Pacific"), {Name: "people", Label: "people"}}, nil},
		{"another question altogether", false, []int{3}, []Result{share("s", "role", "fighter")}, []Result{share("q", "quarter", "2015Q2", "2015Q3")}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := without(all)
			e.Earlier = []map[string]int{counts(t, without(all, tt.gone...), tt.earlier...)}
			e.Results = tt.now
			found, err := e.Check(NewShape(tt.changes))
			if err != nil {
				t.Fatal(err)
			}
			if got := len(found) > 0; got != tt.refused {
				t.Errorf("refused: %v, want %v: %v", got, tt.refused, found)
			}
			reasons, err := e.Plan(tt.changes)
			if err != nil {
				t.Fatal(err)
			}
			changes := append([]recount.ReleaseBody{}, tt.changes...)
			for _, r := range reasons {
				if r.Change != nil {
					changes = append(changes, *r.Change)
				} else if r.Help == "" || !strings.Contains(r.Text, "earlier edition") {
					t.Errorf("%s: neither a change nor help: %+v", r.Code, r)
				}
			}
			left, err := e.Check(NewShape(changes))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range left {
				if len(f.Where) > 0 {
					t.Errorf("the changes leave: %s", f.String())
				}
			}
		})
	}
}

// What an earlier edition told stays told when its tables are left out: it is one
// reason, with what to do where no change is left.
func TestAReasonThatNoChangeEnds(t *testing.T) {
	all := study58(t)
	none := 0
	for _, c := range all.Columns {
		all.Results = []Result{{Name: c.Name, Label: c.Name, Dims: []Dimension{by(c)}}}
		all.Earlier = []map[string]int{counts(t, all, all.Results...)}
		reasons, err := all.Plan([]recount.ReleaseBody{{Op: recount.Drop, What: c.Name}})
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, r := range reasons {
			if seen[r.Code] {
				t.Errorf("%s: %s stands there twice", c.Name, r.Code)
			}
			seen[r.Code] = true
			switch {
			case r.Change == nil && strings.TrimSpace(r.Help) == "", r.Change != nil && r.Change.Op == "":
				t.Errorf("%s: %s says nothing about what to do: %+v", c.Name, r.Code, r)
			case r.Change == nil:
				none++
			}
		}
	}
	if none == 0 {
		t.Error("no reason without a change was tried")
	}
}

// Three editions can tell together who came, of which no two do.
func TestThreeEditionsTogether(t *testing.T) {
	all := study58(t)
	share := func(column string, values ...string) Result {
		return Result{Name: column + strings.Join(values, ""), Label: column, Where: []Condition{{Column: column, Values: values}}}
	}
	both := func(a, b Result) Result {
		return Result{Name: a.Name + b.Name, Label: a.Name, Where: append(append([]Condition{}, a.Where...), b.Where...)}
	}
	who := func(n int, column string, values ...string) (out []int) { // the first so many of some
		c := all.Column(column)
		for i, v := range c.Of {
			if len(out) < n && slices.Contains(values, v) {
				out = append(out, i)
			}
		}
		return out
	}
	people := Result{Name: "people", Label: "people"}
	q1, q2, q3, q23, q123 := share("quarter", "2015Q1"), share("quarter", "2015Q2"), share("quarter", "2015Q3"), share("quarter", "2015Q2", "2015Q3"), share("quarter", "2015Q1", "2015Q2", "2015Q3")
	m := share("sex", "M")
	type edition struct {
		gone []int
		says []Result
	}
	one, two, three := who(1, "quarter", "2015Q1"), who(1, "quarter", "2015Q2"), who(1, "quarter", "2015Q3")
	tests := []struct {
		name    string
		refused bool
		earlier []edition
		now     []Result
	}{
		{"a part in each, their sum now", true, []edition{{append(one, two...), []Result{q1}}, {two, []Result{q23}}}, []Result{q123}},
		{"the same, nobody more", false, []edition{{nil, []Result{q1}}, {nil, []Result{q23}}}, []Result{q123}},
		{"the same, many more", false, []edition{{who(6, "quarter", "2015Q1"), []Result{q1}}, {nil, []Result{q23}}}, []Result{q123}},
		{"the parts the other way round", true, []edition{{append(one, two...), []Result{q23}}, {one, []Result{q1}}}, []Result{q123}},
		{"the sum first", true, []edition{{append(one, two...), []Result{q123}}, {two, []Result{q1}}}, []Result{q23}},
		{"the sum first, nobody more", false, []edition{{nil, []Result{q123}}, {nil, []Result{q1}}}, []Result{q23}},
		{"women, then men, then all", true, []edition{{who(1, "sex", "F"), []Result{share("sex", "F")}}, {nil, []Result{m}}}, []Result{people}},
		{"women, then men, then all, nobody more", false, []edition{{nil, []Result{share("sex", "F")}}, {nil, []Result{m}}}, []Result{people}},
		{"within the men", true, []edition{{append(one, two...), []Result{both(m, q1)}}, {two, []Result{both(m, q23)}}}, []Result{both(m, q123)}},
		{"within the men, nobody more", false, []edition{{nil, []Result{both(m, q1)}}, {nil, []Result{both(m, q23)}}}, []Result{both(m, q123)}},
		{"among four editions", true, []edition{{append(one, two...), []Result{q1}}, {two, []Result{share("role", "fighter")}}, {two, []Result{q23}}}, []Result{q123}},
		{"nothing that fits together", false, []edition{{one, []Result{share("role", "fighter")}}, {nil, []Result{q23}}}, []Result{share("region", "MENA")}},
		{"what two tell is told by two", true, []edition{{one, []Result{q1}}, {nil, []Result{q23}}}, []Result{q1}},
		{"three parts of which one says nothing", false, []edition{{one, []Result{q1}}, {nil, []Result{q2}}}, []Result{q123}},
		{"three parts in two editions, their sum now", true, []edition{{append(one, two...), []Result{q1, q2}}, {two, []Result{q3}}}, []Result{q123}},
		{"three parts in two editions, nobody more", false, []edition{{nil, []Result{q1, q2}}, {nil, []Result{q3}}}, []Result{q123}},
		{"three parts in three editions, their sum now", true, []edition{{append(three, append(one, two...)...), []Result{q1}}, {append(three, two...), []Result{q2}}, {three, []Result{q3}}}, []Result{q123}},
		{"three parts in three editions, nobody more", false, []edition{{nil, []Result{q1}}, {nil, []Result{q2}}, {nil, []Result{q3}}}, []Result{q123}},
		{"three parts in three editions, many more", false, []edition{{who(6, "quarter", "2015Q1"), []Result{q1}}, {nil, []Result{q2}}, {nil, []Result{q3}}}, []Result{q123}},
		{"the sum first, three parts later", true, []edition{{append(one, two...), []Result{q123}}, {two, []Result{q1}}, {nil, []Result{q2}}}, []Result{q3}},
		{"the sum first, three parts later, nobody more", false, []edition{{nil, []Result{q123}}, {nil, []Result{q1}}, {nil, []Result{q2}}}, []Result{q3}},
		{"three parts within the men", true, []edition{{append(one, two...), []Result{both(m, q1), both(m, q2)}}, {two, []Result{both(m, q3)}}}, []Result{both(m, q123)}},
		{"four parts in three editions", true, []edition{{append(one, two...), []Result{q1, share("quarter", "2014Q2", "2014Q3", "2014Q4")}}, {two, []Result{q2}}, {nil, []Result{q3}}}, []Result{people}},
		{"four parts in three editions, nobody more", false, []edition{{nil, []Result{q1, share("quarter", "2014Q2", "2014Q3", "2014Q4")}}, {nil, []Result{q2}}, {nil, []Result{q3}}}, []Result{people}},
		{"three parts of which two overlap", false, []edition{{one, []Result{q1, share("quarter", "2015Q1", "2015Q2")}}, {nil, []Result{q23}}, {nil, []Result{share("role", "fighter")}}}, []Result{share("region", "MENA")}},
		{"a third part that is printed too", true, []edition{{one, []Result{q1}}, {nil, []Result{q23}}}, []Result{q123, q3}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := without(all)
			for _, x := range tt.earlier {
				e.Earlier = append(e.Earlier, counts(t, without(all, x.gone...), x.says...))
			}
			e.Results = tt.now
			found, err := e.Check(NewShape(nil))
			if err != nil {
				t.Fatal(err)
			}
			if got := len(found) > 0; got != tt.refused {
				t.Errorf("refused: %v, want %v: %v", got, tt.refused, found)
			}
			// No two of them do, but for the case that says so.
			for i := range e.Earlier {
				pair := without(all)
				pair.Earlier, pair.Results = e.Earlier[i:i+1], tt.now
				if alone, err := pair.Check(NewShape(nil)); err != nil || len(alone) > 0 && !strings.Contains(tt.name, "by two") {
					t.Errorf("with edition %d alone: %v, %v", i+1, alone, err)
				}
			}
			reasons, err := e.Plan(nil)
			if err != nil {
				t.Fatal(err)
			}
			var changes []recount.ReleaseBody
			for _, r := range reasons {
				if r.Change != nil {
					changes = append(changes, *r.Change)
				} else if r.Help == "" {
					t.Errorf("%s: neither a change nor help", r.Text)
				}
			}
			left, err := e.Check(NewShape(changes))
			for _, f := range left {
				if len(f.Where) > 0 || err != nil {
					t.Errorf("the changes leave: %s, %v", f.String(), err)
				}
			}
		})
	}
}
