package report

import (
	"testing"

	"recount"
)

// The column of agreement in the codebook says "coded by one coder only" of nothing else.
func TestAgreementColumnOfTheCodebook(t *testing.T) {
	book := recount.Codebook{Codes: []recount.Code{{Code: "pay"}, {Code: "pay.late", Parent: "pay"}, {Code: "pay.low", Parent: "pay"}, {Code: "risk"}, {Code: "risk.roof", Parent: "risk"}, {Code: "grief"}, {Code: "care"}, {Code: "pays"}}}
	r := &study{x: &Index{Material: &Material{Codebook: book, Cases: []recount.Case{{Members: []recount.Member{{Codes: []recount.Coding{{Code: "pay.low"}, {Code: "risk.roof"}, {Code: "care"}, {Code: "pay.late"}}}}}}}}}
	agree := map[string]string{"pay.late": "equal answers 80%", "grief": "equal answers 100%"}
	for code, want := range map[string]string{
		"pay.late":  "equal answers 80%",
		"pay":       "by its sub-codes, in their rows",
		"pay.low":   "coded by one coder only",
		"risk":      "by its sub-codes, coded by one coder only",
		"risk.roof": "coded by one coder only",
		"grief":     "equal answers 100%", // both said no
		"care":      "coded by one coder only",
		"pays":      "coded by nobody", // "pay.late" is not below it
	} {
		if got := r.agreedOn(code, agree); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
}
