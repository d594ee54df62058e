package figures

import (
	"fmt"
	"testing"

	"recount"
)

// A bound is no number: what an outlet states as "at least 29" is settled as 29 or more,
// and nobody is made to state an end that nobody states.
func TestABoundIsSettledAsOne(t *testing.T) {
	f := func(q recount.Qualifier, n int64) recount.ReportedFigure {
		return recount.ReportedFigure{Kind: recount.CountFigure, Qualifier: q, Value: &recount.Decimal{Digits: n}}
	}
	between := recount.ReportedFigure{Kind: recount.CountFigure, Qualifier: recount.Between, Low: &recount.Decimal{Digits: 30}, High: &recount.Decimal{Digits: 40}}
	for _, tt := range []struct {
		name    string
		figures []recount.ReportedFigure
		want    [5]string // by Range, Lowest, Latest, Order, Majority; "" of no value
	}{
		{"one bound", []recount.ReportedFigure{f(recount.AtLeast, 29)}, [5]string{"29 or more", "29 or more", "29 or more", "29 or more", "29 or more"}},
		{"at least 21, more than 20", []recount.ReportedFigure{f(recount.AtLeast, 21), f(recount.MoreThan, 20)}, [5]string{"21 or more", "21 or more", "21 or more", "21 or more", "21 or more"}},
		{"more than 20 alone", []recount.ReportedFigure{f(recount.MoreThan, 20)}, [5]string{"21 or more", "21 or more", "21 or more", "21 or more", "21 or more"}},
		{"at least 21, at least 25", []recount.ReportedFigure{f(recount.AtLeast, 21), f(recount.AtLeast, 25)}, [5]string{"21 or more", "21 or more", "25 or more", "21 or more", ""}},
		{"at least 29 and an exact 25", []recount.ReportedFigure{f(recount.AtLeast, 29), f(recount.Exact, 25)}, [5]string{"25 or more", "25", "25", "29 or more", ""}},
		{"at least 21 and an exact 34", []recount.ReportedFigure{f(recount.AtLeast, 21), f(recount.Exact, 34)}, [5]string{"21 to 34", "21 or more", "34", "21 or more", ""}},
		{"at least 29 and an exact 29", []recount.ReportedFigure{f(recount.AtLeast, 29), f(recount.Exact, 29)}, [5]string{"29 or more", "29 or more", "29", "29 or more", "29 or more"}},
		{"at most 40", []recount.ReportedFigure{f(recount.AtMost, 40)}, [5]string{"40 or fewer", "40 or fewer", "40 or fewer", "40 or fewer", "40 or fewer"}},
		{"up to 40 and fewer than 41", []recount.ReportedFigure{f(recount.UpTo, 40), f(recount.LessThan, 41)}, [5]string{"40 or fewer", "40 or fewer", "40 or fewer", "40 or fewer", "40 or fewer"}},
		{"up to 20 and an exact 29", []recount.ReportedFigure{f(recount.UpTo, 20), f(recount.Exact, 29)}, [5]string{"29 or fewer", "20 or fewer", "29", "20 or fewer", ""}},
		{"at least 21 and at most 40", []recount.ReportedFigure{f(recount.AtLeast, 21), f(recount.AtMost, 40)}, [5]string{"21 to 40", "21 or more", "40 or fewer", "21 or more", ""}},
		{"at least 40 and at most 20", []recount.ReportedFigure{f(recount.AtLeast, 40), f(recount.AtMost, 20)}, [5]string{"", "20 or fewer", "20 or fewer", "40 or more", ""}},
		{"at least 25 and 30 to 40", []recount.ReportedFigure{f(recount.AtLeast, 25), between}, [5]string{"25 to 40", "25 or more", "30 to 40", "25 or more", ""}},
		{"two of three are bounds", []recount.ReportedFigure{f(recount.AtLeast, 29), f(recount.Exact, 29), f(recount.MoreThan, 28)}, [5]string{"29 or more", "29 or more", "29 or more", "29 or more", "29 or more"}},
		{"at least 29 and at most 29", []recount.ReportedFigure{f(recount.AtLeast, 29), f(recount.AtMost, 29)}, [5]string{"29", "29 or more", "29 or fewer", "29 or more", "29"}},
		{"exact ones", []recount.ReportedFigure{f(recount.Exact, 25), f(recount.Exact, 29)}, [5]string{"25 to 29", "25", "29", "25", ""}},
		{"about 29", []recount.ReportedFigure{f(recount.About, 29)}, [5]string{"29", "29", "29", "29", "29"}},
	} {
		var g Group
		for i, x := range tt.figures {
			g.Members = append(g.Members, Member{Article: recount.Key(fmt.Sprint(i)), Original: recount.Key(fmt.Sprint(i)), Outlet: fmt.Sprint(i), Day: fmt.Sprintf("2031-01-0%d", i+1), Relation: Agrees})
			g.values = append(g.values, intervalOf(&x, ""))
		}
		for i, rule := range []Rule{Range, Lowest, Latest, Order, Majority} {
			s, ok := g.Settle(rule, []string{"0", "1", "2"}, nil)
			got := s.String()
			if !ok {
				got = ""
			}
			if got != tt.want[i] {
				t.Errorf("%s, by %s: %q, want %q", tt.name, rule, got, tt.want[i])
			}
		}
	}
	// A copy that loses the bound does not take it away.
	g := Group{Members: []Member{{Article: "a", Original: "a", Outlet: "0", Day: "2031-01-01", Relation: Reference}, {Article: "b", Original: "b", Outlet: "1", Day: "2031-01-02", Relation: Degraded}}}
	bound, lost := f(recount.AtLeast, 29), f(recount.Exact, 29)
	g.values = []interval{intervalOf(&bound, ""), intervalOf(&lost, "")}
	if s, _ := g.Settle(Latest, nil, nil); s.String() != "29 or more" {
		t.Errorf("a copy without its \"at least\" is settled as %s", s)
	}
}
