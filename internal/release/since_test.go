package release

import (
	"strings"
	"testing"

	"recount"
)

// TestAnOverriddenTotalTellsItsParts: two people let a total differ by few from an earlier
// edition; a part of it that was printed then and is not now can be worked out.
func TestAnOverriddenTotalTellsItsParts(t *testing.T) {
	all := study58(t)
	table := func(c string) Result { return Result{Name: c, Label: c, Dims: []Dimension{by(all.Column(c))}} }
	total := Result{Name: "people", Label: "people"}
	men := Result{Name: "men", Label: "men", Where: []Condition{{Column: "sex", Values: []string{"M"}}}}
	hide := func(what string) recount.ReleaseBody {
		return recount.ReleaseBody{Op: recount.Hide, What: what}
	}
	merged := recount.ReleaseBody{Op: recount.Merge, What: "region", Values: []string{"Asia-Pacific", "Europe"}, To: "other"}
	first := func(n int) (out []int) {
		for i := range n {
			out = append(out, i)
		}
		return out
	}
	germans := Result{Name: "germans", Label: "from Germany", Where: []Condition{{Column: "country", Values: []string{"Germany"}}}}
	germanMen := Result{Name: "german men", Label: "men from Germany", Where: []Condition{{Column: "country", Values: []string{"Germany"}}, {Column: "sex", Values: []string{"M"}}}}
	for _, c := range []struct {
		name       string
		overridden bool
		left, came []int
		earlier    []Result
		now        []Result
		changes    []recount.ReleaseBody
		part       string // what is given away; "" if nothing
	}{ // 9, 20, 38, 45, 47, 53 are from Germany, 20 a woman
		{"two left of six", true, []int{9, 38}, nil, []Result{total, germans}, []Result{total}, nil, "country Germany"},
		{"two left, and their row is hidden", true, []int{9, 38}, nil, []Result{total, germans}, []Result{total, germans}, []recount.ReleaseBody{hide("germans")}, "germans"},
		{"the same, and nobody overrode the total", false, []int{9, 38}, nil, []Result{total, germans}, []Result{total}, nil, ""},
		{"one left of five", true, []int{38}, []int{9}, []Result{total, germans}, []Result{total}, nil, ""},
		{"one left, and the row is of many", true, []int{38}, nil, []Result{total, germans}, []Result{total}, nil, ""},
		{"three left, a range of four", true, []int{9, 38, 45}, nil, []Result{total, germans}, []Result{total}, nil, ""},
		{"a total of men, and a row of men", true, []int{9}, nil, []Result{men, germanMen}, []Result{men}, nil, "country Germany, sex M"},
		{"a total of men, and a row of all", true, []int{9, 38}, nil, []Result{men, germans}, []Result{men}, nil, ""},
		{"many left", true, first(14), nil, []Result{total, germans}, []Result{total}, nil, ""},
		{"three left, a table beside", true, []int{9, 38, 2}, nil, []Result{total, germans, table("region")}, []Result{total, table("region")}, []recount.ReleaseBody{merged}, ""},
		{"nobody left", true, nil, nil, []Result{total, germans}, []Result{total}, nil, ""},
		{"others left", true, []int{2, 3}, nil, []Result{total, germans}, []Result{total}, nil, ""},
	} {
		e := without(all, c.left...)
		e.Earlier = []map[string]int{counts(t, without(all, c.came...), c.earlier...)}
		e.Results = c.now
		shape := NewShape(c.changes)
		found, err := e.Check(shape)
		if err != nil {
			t.Fatal(err)
		}
		e.Allowed = map[string]bool{}
		for i := range found {
			if f := &found[i]; c.overridden && f.Was >= 0 {
				e.Allowed[f.signed()] = true
			}
		}
		if found, err = e.Check(shape); err != nil {
			t.Fatal(err)
		}
		var told []string
		for i := range found {
			if found[i].Total != nil {
				told = append(told, found[i].Name())
			}
		}
		if c.part == "" && len(told) > 0 || c.part != "" && !strings.Contains(strings.Join(told, "; "), c.part) {
			t.Errorf("%s: %q, want %q (%v)", c.name, told, c.part, found)
		}
		reasons, err := e.Plan(c.changes)
		if err != nil {
			t.Fatal(err)
		}
		if c.part == "" {
			continue
		}
		said := ""
		for _, r := range reasons {
			if strings.Contains(r.Text, "of which it is a part") {
				said = r.Text
				if r.Change == nil && r.Help == "" {
					t.Errorf("%s: neither a change nor help: %s", c.name, r.Text)
				}
			}
		}
		if said == "" {
			t.Errorf("%s: no reason says it: %+v", c.name, reasons)
		} else {
			t.Log(c.name+":", said)
		}
	}
}
