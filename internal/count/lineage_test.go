package count

import (
	"slices"
	"testing"

	"recount"
)

func TestLineage(t *testing.T) {
	of := Lineage(recount.Codebook{Codes: []recount.Code{{Code: "pay"}, {Code: "late", Parent: "pay"}, {Code: "pay.cut", Parent: "pay"}, {Code: "a", Parent: "b"}, {Code: "b", Parent: "a"}}})
	for _, tt := range []struct {
		code string
		want []string
	}{
		{"pay", []string{"pay"}},
		{"late", []string{"late", "pay"}}, // its name has no dot
		{"pay.cut", []string{"pay.cut", "pay"}},
		{"a", []string{"a", "b"}}, // a circle ends
		{"gone.long", []string{"gone", "gone.long"}},
		{"gone", []string{"gone"}},
	} {
		if got := of(tt.code); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.code, got, tt.want)
		}
	}
}
