package recount_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// `make test` runs a fair part of what takes long: each test that does more where
// RECOUNT_BARS is set is run so by `make bars`, or nobody would run the rest.
func TestBarsRunWhatIsCutShort(t *testing.T) {
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	type run struct {
		tests *regexp.Regexp
		in    []string
	}
	var runs []run
	line := regexp.MustCompile(`(?m)^\tRECOUNT_BARS=1 .* -run '([^']*)' (.*)$`)
	for _, m := range line.FindAllStringSubmatch(string(makefile), -1) {
		re, err := regexp.Compile(m[1])
		if err != nil {
			t.Fatal(err)
		}
		runs = append(runs, run{re, strings.Fields(m[2])})
	}
	n := 0
	for dir, files := range packages(t) {
		for _, name := range longTests(t, files) {
			n++
			if !slices.ContainsFunc(runs, func(r run) bool {
				return r.tests.MatchString(name) && slices.ContainsFunc(r.in, func(in string) bool {
					room, below := strings.CutSuffix(strings.TrimPrefix(in, "./"), "/...")
					return room == dir || below && strings.HasPrefix(dir, room+"/")
				})
			}) {
				t.Errorf("%s of %s does more under RECOUNT_BARS=1, and make bars does not run it", name, dir)
			}
		}
	}
	if n < 15 {
		t.Errorf("only %d tests that are cut short were found", n)
	}
}

// longTests names the tests of a package that reach, through functions of its
// tests, one that asks for RECOUNT_BARS.
func longTests(t *testing.T, files []string) (names []string) {
	t.Helper()
	reaches, asks := map[string]map[string]bool{}, map[string]bool{}
	for _, file := range files {
		if !strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv != nil {
				continue
			}
			uses := map[string]bool{}
			ast.Inspect(fn, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.Ident:
					uses[n.Name] = true
				case *ast.BasicLit:
					asks[fn.Name.Name] = asks[fn.Name.Name] || n.Value == `"RECOUNT_BARS"`
				}
				return true
			})
			reaches[fn.Name.Name] = uses
		}
	}
	for grown := true; grown; {
		grown = false
		for name, uses := range reaches {
			for other := range uses {
				if asks[other] && !asks[name] {
					asks[name], grown = true, true
				}
			}
		}
	}
	for name := range asks {
		if asks[name] && strings.HasPrefix(name, "Test") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
