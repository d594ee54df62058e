package workbench

import (
	"strings"
	"testing"

	"recount/internal/study"
)

// The page shows of each slot what the report prints of it: the words follow the
// range, and the number stands beside its range.
func TestResultsAreSaidAsTheReportSaysThem(t *testing.T) {
	dir := folder(t, "decided")
	b := newTab(t, serve(t, dir), "ada", "1")
	s, err := study.Open(t.Context(), dir, study.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	list, err := s.Results(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]map[string]string{}
	for _, r := range list {
		want[r.Name] = study.Slots(r)
		for _, row := range r.Rows {
			want[r.Name+": "+row.Name] = study.Slots(row)
		}
	}
	ranges := 0
	compare := func(name string, n number) {
		if len(n.Says) == 0 || len(n.Says) != len(want[name]) {
			t.Errorf("%s says %v, want %v", name, n.Says, want[name])
		}
		for verb, text := range n.Says {
			if text != want[name][verb] {
				t.Errorf("%s, %q: %q, want %q", name, verb, text, want[name][verb])
			}
		}
		if n.Low != n.High {
			ranges++
			if !strings.Contains(n.Says[""], "[range ") {
				t.Errorf("%s goes from %d to %d and says %q", name, n.Low, n.High, n.Says[""])
			}
		}
	}
	for _, x := range ask[resultList](b, "GET", "/results", nil).Items {
		compare(x.Name, x.number)
		for _, row := range x.Table {
			compare(x.Name+": "+row.Name, row.Number)
		}
	}
	if ranges == 0 {
		t.Error("no number has a range, so nothing was tested")
	}
}
