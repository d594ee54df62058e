package release

import (
	"slices"
	"testing"

	"recount"
)

// TestAColumnLeftOutEverywhere: where no single table and no few of them mend it, the
// column goes in one step, and what is not by it stays.
func TestAColumnLeftOutEverywhere(t *testing.T) {
	e := study58(t)
	share := func(name string, values ...string) Result {
		return Result{Name: name, Label: name, Where: []Condition{{Column: "quarter", Values: values}}}
	}
	s := NewShape([]recount.ReleaseBody{{Op: recount.Drop, What: "quarter", To: everywhere, Values: []string{"a", "b"}}})
	e.Results = []Result{share("a", "2015Q1"), share("b", "2015Q2"), {Name: "quarter", Label: "quarter", Dims: []Dimension{by(e.Column("sex"))}}}
	for _, n := range e.Numbers(s) {
		if n.Result != "quarter" {
			t.Errorf("%s is left", n.Name())
		}
	}
	if !s.Dropped("a") || !s.Dropped("b") || s.Dropped("quarter") {
		t.Error("a change that leaves a column out drops a result that is called so")
	}
	// Two windows, each printed twice: no single one of them mends it, two do.
	few := []string{}
	for _, v := range e.Column("quarter").Of {
		if !slices.Contains(few, v) && v < "2015" && v > "2014Q3" {
			few = append(few, v)
		}
	}
	e.Results = []Result{share("a", "2015Q1"), share("b", "2015Q1"), share("c", append([]string{"2015Q1"}, few...)...), share("d", append([]string{"2015Q1"}, few...)...), {Name: "roles", Label: "roles", Dims: []Dimension{by(e.Column("region"))}}}
	reasons, err := e.Plan(nil)
	if err != nil {
		t.Fatal(err)
	}
	var changes []recount.ReleaseBody
	for _, r := range reasons {
		if r.Change == nil {
			t.Fatalf("no change for %s", r.Text)
		}
		changes = append(changes, *r.Change)
	}
	found, err := e.Check(NewShape(changes))
	if err != nil || len(found) > 0 {
		t.Errorf("after %v: %v, %v", changes, found, err)
	}
	left := map[string]bool{}
	for _, n := range e.Numbers(NewShape(changes)) {
		left[n.Result] = left[n.Result] || !n.Hidden
	}
	if !left["roles"] || !left["a"] && !left["c"] {
		t.Errorf("more is left out than had to be: %v of %v", changes, left)
	}
}
