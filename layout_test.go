package recount_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// importTable reads the import table of ARCHITECTURE.md: which packages of this
// module a package may import. Test files follow the same table. A room that
// was split by noun has sub-rooms (internal/text/format/pdf), which follow the row
// of their room, and which only their room and one another import.
func importTable(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(text), "| package | may import (besides std and third party) |\n|---|---|\n")
	if !ok {
		t.Fatal("ARCHITECTURE.md holds no import table")
	}
	out := map[string][]string{}
	var last []string
	for line := range strings.Lines(rest) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 2 {
			break
		}
		// A row without a package goes on with the one above it.
		if strings.TrimSpace(cells[0]) == "" {
			for _, room := range last {
				out[room] = append(out[room], rooms(cells[1])...)
			}
			continue
		}
		last = rooms(cells[0])
		for _, room := range last {
			if out[room] != nil {
				t.Errorf("the import table has two rows for %q", room)
			}
			out[room] = append([]string{}, rooms(cells[1])...)
		}
	}
	return out
}

// rooms reads one cell: names of packages, with words in brackets about them.
func rooms(cell string) (out []string) {
	for name := range strings.SplitSeq(cell, ",") {
		name, _, _ = strings.Cut(name, "(")
		switch name = strings.TrimSpace(name); {
		case name == "nothing":
		case name == "root":
			out = append(out, "")
		case name == "docs", name == "cmd/recount", strings.HasPrefix(name, "examples"), strings.HasPrefix(name, "corpus"):
			out = append(out, name)
		default:
			out = append(out, "internal/"+name)
		}
	}
	return out
}

const module = "recount"

// packages lists the folders of the module that hold Go files.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); p != "." && (strings.HasPrefix(name, ".") || name == "testdata" || name == "node_modules") {
				return filepath.SkipDir
			}
			// A module of its own follows its own rules.
			if _, err := os.Stat(filepath.Join(p, "go.mod")); p != "." && err == nil {
				return filepath.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(p, ".go") {
			dir := strings.TrimPrefix(path.Dir(filepath.ToSlash(p)), ".")
			out[dir] = append(out[dir], p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestImportsFollowTheTable(t *testing.T) {
	mayImport := importTable(t)
	for dir, files := range packages(t) {
		room := dir
		allowed, ok := mayImport[room]
		for !ok && strings.Contains(room, "/") {
			room = path.Dir(room)
			allowed, ok = mayImport[room]
		}
		if !ok {
			t.Errorf("package %q has no row in the import table", dir)
			continue
		}
		for _, file := range files {
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, im := range f.Imports {
				p, err := strconv.Unquote(im.Path.Value)
				if err != nil {
					t.Fatal(err)
				}
				if dir == "" && !strings.HasSuffix(file, "_test.go") && strings.Contains(p, ".") {
					t.Errorf("%s imports %s; the root imports the standard library only", file, p)
				}
				if p != module && !strings.HasPrefix(p, module+"/") {
					continue
				}
				to := strings.TrimPrefix(strings.TrimPrefix(p, module), "/")
				if to != dir && !slices.Contains(allowed, to) && !strings.HasPrefix(to, room+"/") {
					t.Errorf("%s imports %q, which the table does not allow for %q", file, to, dir)
				}
			}
		}
	}
}

// What a package compiles in a variable is compiled at every start of the program,
// also by verbs that never use it; package pattern waits for the first use.
func TestNoPackageCompilesAtItsStart(t *testing.T) {
	for dir, files := range packages(t) {
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") || !strings.HasPrefix(dir, "internal/") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range f.Decls {
				g, ok := d.(*ast.GenDecl)
				if !ok || g.Tok != token.VAR {
					continue
				}
				ast.Inspect(g, func(n ast.Node) bool {
					switch n := n.(type) {
					case *ast.FuncLit:
						return false
					case *ast.SelectorExpr:
						if x, ok := n.X.(*ast.Ident); ok && x.Name == "regexp" && strings.HasPrefix(n.Sel.Name, "MustCompile") {
							t.Errorf("%s compiles a regular expression at the start of the program: pattern.New waits for its first use", file)
						}
					}
					return true
				})
			}
		}
	}
}

func TestEveryRowOfTheTableIsAPackage(t *testing.T) {
	have := packages(t)
	for dir := range importTable(t) {
		if len(have[dir]) == 0 {
			t.Errorf("the import table has a row for %q, which holds no Go files", dir)
		}
	}
}

func TestTheLawFitsAScreen(t *testing.T) {
	text, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(text)) {
		if n++; utf8.RuneCountInString(strings.TrimSuffix(line, "\n")) > 120 {
			t.Errorf("ARCHITECTURE.md:%d is wider than 120 columns", n)
		}
	}
}

// A room that one other imports, and that has no tests of its own, is files of
// its importer.
func TestARoomHasTwoImportersOrTests(t *testing.T) {
	have := packages(t)
	importers, tested := map[string]map[string]bool{}, map[string]bool{}
	for dir, files := range have {
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				tested[dir] = true
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, im := range f.Imports {
				if to, ok := strings.CutPrefix(strings.Trim(im.Path.Value, `"`), module); ok {
					to = strings.TrimPrefix(to, "/")
					if importers[to] == nil {
						importers[to] = map[string]bool{}
					}
					importers[to][dir] = true
				}
			}
		}
	}
	for dir := range have {
		if by := importers[dir]; len(by) == 1 && !tested[dir] {
			t.Errorf("%q has no tests of its own, and only %q imports it", dir, slices.Collect(maps.Keys(by))[0])
		}
	}
}

func TestNoPackageIsABag(t *testing.T) {
	for dir := range packages(t) {
		if slices.Contains([]string{"util", "utils", "common", "helpers", "models", "services", "types"}, path.Base(dir)) {
			t.Errorf("package %q is named after nothing", dir)
		}
	}
}
