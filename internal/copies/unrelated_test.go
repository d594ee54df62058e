package copies

import (
	"encoding/json"
	"slices"
	"testing"

	"recount"
)

// TestUnrelated compares pairs of short reports, invented for this test: those
// that only share a notice of their house, a form of words or one quotation
// are no copies, and a copy stays one beside such things.
func TestUnrelated(t *testing.T) {
	kinds := map[string]int{}
	eachLine(t, "testdata/unrelated.jsonl", func(line []byte) {
		var c struct {
			Kind, Name, A, B string
			Want, Never      []recount.RelationKind
		}
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		kinds[c.Kind]++
		t.Run(c.Kind+" "+c.Name, func(t *testing.T) {
			a := []*recount.Article{{Key: "a", Text: c.A, Outlet: "Harwick Post"}, {Key: "b", Text: c.B, Outlet: "Vale Post"}}
			var got recount.RelationKind
			for r, err := range Find(slices.Values(a), t.TempDir()) {
				if err != nil {
					t.Fatal(err)
				}
				got = r.Kind
			}
			if slices.Contains(c.Never, got) || c.Want != nil && !slices.Contains(c.Want, got) {
				t.Errorf("relation %q, want one of %q, none of %q", got, c.Want, c.Never)
			}
		})
	})
	for _, k := range []string{"notice", "form", "quotation", "copy"} {
		if kinds[k] < 10 {
			t.Errorf("%d pairs of kind %q, want 10 or more", kinds[k], k)
		}
	}
}
