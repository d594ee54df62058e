package workbench

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// sentences finds what this package says to people in English: texts of errors
// and hints, names of queues and of long steps, and what a step did.
func sentences(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	set := token.NewFileSet()
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		texts := func(e ast.Expr) {
			ast.Inspect(e, func(n ast.Node) bool {
				if c, ok := n.(*ast.CallExpr); ok && called(c) == "recount.HintOf" {
					return false
				}
				l, ok := n.(*ast.BasicLit)
				if !ok || l.Kind != token.STRING {
					return true
				}
				s, err := strconv.Unquote(l.Value)
				if err != nil {
					t.Fatal(err)
				}
				if s = catalogued(s); strings.Contains(s, " ") && strings.ContainsFunc(s, unicode.IsLetter) {
					out = append(out, s)
				}
				return true
			})
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.CallExpr:
				switch called(x) {
				case "bad":
					for _, a := range x.Args[1:min(3, len(x.Args))] {
						texts(a)
					}
				case "recount.WithHint", "fmt.Errorf", "errors.New", "s.jobs.begin", "s.jobs.quietly", "forbidden", "plural", "cmpHint":
					for _, a := range x.Args {
						if _, inside := a.(*ast.FuncLit); !inside {
							texts(a)
						}
					}
				}
			case *ast.AssignStmt:
				for i, to := range x.Lhs {
					if sel, ok := to.(*ast.SelectorExpr); ok && slices.Contains([]string{"server.go", "jobs.go", "next.go"}, name) && slices.Contains([]string{"Error", "Hint", "Words", "Detail"}, sel.Sel.Name) && len(x.Rhs) == len(x.Lhs) {
						texts(x.Rhs[i])
					}
				}
			case *ast.ReturnStmt:
				if name == "jobs.go" { // what a step did
					for _, e := range x.Results {
						texts(e)
					}
				}
			case *ast.CompositeLit:
				if id, ok := x.Type.(*ast.Ident); ok && slices.Contains([]string{"problem", "queue", "jobLine"}, id.Name) {
					for _, e := range x.Elts {
						if kv, ok := e.(*ast.KeyValueExpr); ok && slices.Contains([]string{"Error", "Hint", "Label", "Detail", "Text"}, kv.Key.(*ast.Ident).Name) {
							texts(kv.Value)
						}
					}
				}
			}
			return true
		})
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func called(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		switch x := f.X.(type) {
		case *ast.Ident:
			return x.Name + "." + f.Sel.Name
		case *ast.SelectorExpr:
			if id, ok := x.X.(*ast.Ident); ok {
				return id.Name + "." + x.Sel.Name + "." + f.Sel.Name
			}
		}
	}
	return ""
}

var (
	wraps = regexp.MustCompile(`(^%w: )|(: %[wv]$)|(: %w$)`)
	verb  = regexp.MustCompile(`%[-+# 0-9.]*[a-zA-Z]`)
)

// catalogued is how the catalogue writes a sentence: without the kind of error
// that it begins with, and {} for what is put in.
func catalogued(s string) string {
	s = wraps.ReplaceAllString(s, "")
	if strings.HasSuffix(s, " ") { // a list follows
		s += "{}"
	}
	return verb.ReplaceAllString(s, "{}")
}

// Every sentence of the server is in the catalogue of each language, with as
// many places, and the catalogue has no other.
func TestSentencesAreTranslated(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "app", "strings", "server.ar.json"))
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := json.Unmarshal(b, &raw); err != nil {
		t.Fatal(err)
	}
	// A sentence with a number has a form for each plural category; that of 1 is a
	// sentence of its own.
	all := map[string]string{}
	for s, v := range raw {
		forms, ok := v.(map[string]any)
		if !ok {
			all[s], _ = v.(string)
			continue
		}
		all[s], _ = forms["other"].(string)
		for _, form := range []string{"two", "few", "many", "other"} {
			to, _ := forms[form].(string)
			if to == "" {
				t.Errorf("server.ar.json: %q has no form %q", s, form)
			}
			if n, want := strings.Count(to, "{}"), strings.Count(s, "{}"); n != want && (form != "two" || n != want-1) {
				t.Errorf("server.ar.json: %q, %s, has %d places, want %d", s, form, n, want)
			}
		}
	}
	said := sentences(t)
	if len(said) < 150 {
		t.Fatalf("only %d sentences are found: the test looks at the wrong places", len(said))
	}
	for _, s := range said {
		switch to, ok := all[s]; {
		case !ok:
			t.Errorf("server.ar.json has not %q", s)
		case strings.Count(to, "{}") > strings.Count(s, "{}"):
			t.Errorf("server.ar.json: %q has more places than %q", to, s)
		case !strings.ContainsFunc(to, func(r rune) bool { return r >= 0x600 && r <= 0x6ff }):
			t.Errorf("server.ar.json: %q is not translated", s)
		}
	}
	for s := range all {
		if !slices.Contains(said, s) {
			t.Errorf("server.ar.json: nothing says %q any more", s)
		}
	}
}
