package main

import (
	"bytes"
	"context"
	"os"
	"testing"
)

// The decisions that ship are those that the analyst makes with this program:
// byte for byte, so that nobody edits them by hand and a change in what the
// program suggests shows. `go generate ./examples` makes them anew.
func TestShippedDecisionsAreMadeByThisProgram(t *testing.T) {
	want, err := os.ReadFile("../../../examples/order/decisions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	tally, got, err := Make(context.Background(), "../../../examples/order")
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("\n%s", tally)
	if !bytes.Equal(got, want) {
		t.Errorf("decisions.jsonl is not what this program makes (%d bytes, %d shipped): run `go generate ./examples` and look at what changed", len(got), len(want))
	}
}
