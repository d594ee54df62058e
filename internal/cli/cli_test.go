package cli

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"recount": func() { os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// The scripts are the examples of the manual. UPDATE=1 refreshes what they
// compare with.
func TestScripts(t *testing.T) {
	examples, err := filepath.Abs("../../examples/order")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata",
		UpdateScripts: os.Getenv("UPDATE") != "",
		Setup: func(e *testscript.Env) error {
			e.Setenv("ORDER", examples)
			e.Setenv("RECOUNT_TIME", "2026-01-31T12:00:00Z")
			e.Setenv("RECOUNT_AS", "")
			return nil
		},
	})
}
