package cli

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"recount/docs"
)

const docsDir = "../../docs"

// model returns the verbs as kong sees them.
func model(t *testing.T) *kong.Application {
	t.Helper()
	p, err := kong.New(&commands{}, kong.Name("recount"))
	if err != nil {
		t.Fatal(err)
	}
	return p.Model
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// manual returns the pages of the manual by verb.
func manual(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(docsDir, "[0-9]*.md"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages of the manual: %v", err)
	}
	pages := map[string]string{}
	for _, f := range files {
		_, verb, _ := strings.Cut(strings.TrimSuffix(filepath.Base(f), ".md"), "-")
		pages[verb] = read(t, f)
	}
	return pages
}

func TestEveryVerbHasAManualPageThatNamesItsFlags(t *testing.T) {
	pages := manual(t)
	app := model(t)
	verbs := map[string]bool{}
	for _, verb := range app.Children {
		if verb.Hidden {
			continue
		}
		verbs[verb.Name] = true
		page, ok := pages[verb.Name]
		if !ok {
			t.Errorf("no page docs/NNN-%s.md for the verb %s", verb.Name, verb.Name)
			continue
		}
		if printed, err := docs.Page(verb.Name); err != nil || printed != page {
			t.Errorf("recount help %s does not print its page: %v", verb.Name, err)
		}
		for _, part := range []string{"# recount " + verb.Name + "\n", "\n## Usage\n", "\n## What it does\n", "\n## Example\n\n```console\n", "\n## What can go wrong\n", "\n## Exit codes\n"} {
			if !strings.Contains(page, part) {
				t.Errorf("the page of %s has no part %q", verb.Name, strings.TrimSpace(part))
			}
		}
		var walk func(n *kong.Node, command string)
		walk = func(n *kong.Node, command string) {
			if !strings.Contains(page, command) {
				t.Errorf("the page of %s does not name %q", verb.Name, command)
			}
			for _, f := range n.Flags {
				if !f.Hidden && !strings.Contains(page, "`--"+f.Name) {
					t.Errorf("the page of %s does not explain the flag --%s", verb.Name, f.Name)
				}
			}
			for _, a := range n.Positional {
				if !strings.Contains(page, "`"+a.Name+"`") {
					t.Errorf("the page of %s does not explain the argument %s", verb.Name, a.Name)
				}
			}
			for _, c := range n.Children {
				if !c.Hidden {
					walk(c, command+" "+c.Name)
				}
			}
		}
		walk(verb, "recount "+verb.Name)
	}
	for _, f := range app.Flags {
		if !f.Hidden && !strings.Contains(pages["help"], "`--"+f.Name) {
			t.Errorf("recount help help does not explain the flag --%s", f.Name)
		}
	}
	for verb := range pages {
		if !verbs[verb] {
			t.Errorf("docs has a page for %q, which is no verb", verb)
		}
	}
}

// A run is one command of a script with what the script asserts of its output.
type run struct {
	script  string
	command []string
	output  []*regexp.Regexp
	lines   map[string]bool
}

// runs reads the commands of all scripts.
func runs(t *testing.T) []*run {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	var out []*run
	for _, f := range files {
		script, data, _ := strings.Cut("\n"+read(t, f), "\n-- ")
		held := map[string][]string{} // lines of the files of the script
		for _, part := range strings.Split("\n-- "+data, "\n-- ")[1:] {
			name, text, _ := strings.Cut(part, " --\n")
			held[name] = strings.Split(text, "\n")
		}
		var last *run
		for _, line := range strings.Split(script, "\n") {
			words := scriptWords(line)
			for len(words) > 1 && (words[0] == "!" || words[0] == "exec" || words[0] == "visit" || words[0] == "exits" || strings.HasPrefix(words[0], "[")) {
				if words[0] == "exits" {
					words = words[1:]
				}
				words = words[1:]
			}
			switch {
			case len(words) == 0:
			case words[0] == "recount":
				last = &run{script: f, command: words, lines: map[string]bool{}}
				out = append(out, last)
			case last != nil && (words[0] == "stdout" || words[0] == "stderr") && !strings.HasPrefix(strings.TrimSpace(line), "!"):
				re, err := regexp.Compile("(?m)" + words[len(words)-1])
				if err != nil {
					t.Fatalf("%s: %v", f, err)
				}
				last.output = append(last.output, re)
			case last != nil && (words[0] == "cmp" || words[0] == "cmpenv") && len(words) == 3 && words[1] == "stdout":
				for _, l := range held[strings.TrimPrefix(words[2], "../")] {
					last.lines[strings.TrimSpace(l)] = true
				}
			}
		}
	}
	return out
}

// scriptWords cuts a line as testscript and a shell do: at blanks outside
// single or double quotes, up to a comment.
func scriptWords(line string) (words []string) {
	var word strings.Builder
	begun := false
	quote := byte(0)
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case quote != 0 && c == quote:
			if quote == '\'' && i+1 < len(line) && line[i+1] == '\'' {
				word.WriteByte(c)
				i++
				continue
			}
			quote = 0
		case quote != 0:
			word.WriteByte(c)
		case c == '\'':
			quote, begun = c, true
		case c == ' ' || c == '\t':
			if begun {
				words = append(words, word.String())
				word.Reset()
				begun = false
			}
		case c == '#' && !begun:
			return words
		default:
			word.WriteByte(c)
			begun = true
		}
	}
	if begun {
		words = append(words, word.String())
	}
	return words
}

var hexKey = regexp.MustCompile(`^[0-9a-f]{12}$`)

// fits reports whether a command of the manual is a command of a script: word
// for word, but that a variable of the script stands for a key.
func (r *run) fits(words []string) bool {
	return slices.EqualFunc(r.command, words, func(s, m string) bool {
		return s == m || strings.HasPrefix(s, "$") && hexKey.MatchString(m)
	})
}

// says reports whether a line of output in the manual is one that the script
// asserts. A line that ends in "..." is its beginning.
func (r *run) says(line string) bool {
	if r.lines[strings.TrimSpace(line)] {
		return true
	}
	return slices.ContainsFunc(r.output, func(re *regexp.Regexp) bool { return re.MatchString(line) })
}

// Every command in an example of the manual is run by a script, and every line
// of output shown is one that the script asserts.
func TestExamplesOfTheManualAreRun(t *testing.T) {
	all := runs(t)
	pages := manual(t)
	for verb, page := range pages {
		_, rest, _ := strings.Cut(page, "\n```console\n")
		session, _, ok := strings.Cut(rest, "\n```\n")
		if !ok {
			continue // TestEveryVerbHasAManualPageThatNamesItsFlags says so
		}
		own := false
		var now []*run
		for _, line := range strings.Split(session, "\n") {
			command, is := strings.CutPrefix(line, "$ ")
			if !is {
				if len(now) > 0 && strings.TrimSpace(line) != "..." && !slices.ContainsFunc(now, func(r *run) bool { return r.says(line) }) {
					t.Errorf("recount help %s shows %q, which no script asserts", verb, line)
				}
				continue
			}
			words := scriptWords(command)
			own = own || slices.Contains(words, verb)
			now = nil
			for _, r := range all {
				if r.fits(words) {
					now = append(now, r)
				}
			}
			if now == nil {
				t.Errorf("recount help %s shows a command that no script runs: %s", verb, command)
			}
		}
		if !own {
			t.Errorf("the example of recount help %s does not use it", verb)
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

func TestLinksOfTheDocumentsLeadSomewhere(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(docsDir, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		for _, m := range link.FindAllStringSubmatch(read(t, f), -1) {
			path, anchor, _ := strings.Cut(m[1], "#")
			if strings.Contains(path, "://") {
				continue
			}
			to := f
			if path != "" {
				to = filepath.Join(filepath.Dir(f), filepath.FromSlash(path))
			}
			if _, err := os.Stat(to); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", filepath.Base(f), m[1])
				continue
			}
			if anchor != "" && !slices.Contains(headings(read(t, to)), anchor) {
				t.Errorf("%s: %s has no heading %s", filepath.Base(f), to, anchor)
			}
		}
	}
}

var notAnchor = regexp.MustCompile(`[^a-z0-9 _-]`)

// headings returns the anchors of a Markdown file.
func headings(md string) (out []string) {
	for _, line := range strings.Split(md, "\n") {
		if title, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
			out = append(out, strings.ReplaceAll(notAnchor.ReplaceAllString(strings.ToLower(title), ""), " ", "-"))
		}
	}
	return out
}

// fields returns the names under which the fields of a Go type, and of the
// types of the same package in it, stand in a file.
func fields(t *testing.T, dir, format string, roots ...string) []string {
	t.Helper()
	types := map[string]*ast.StructType{}
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), f, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			if ts, ok := n.(*ast.TypeSpec); ok {
				if st, ok := ts.Type.(*ast.StructType); ok {
					types[ts.Name.Name] = st
				}
			}
			return true
		})
	}
	var out []string
	seen := map[string]bool{}
	var walk func(name string)
	walk = func(name string) {
		st := types[name]
		if st == nil || seen[name] {
			return
		}
		seen[name] = true
		for _, f := range st.Fields.List {
			if f.Tag != nil {
				tag, err := strconv.Unquote(f.Tag.Value)
				if err != nil {
					t.Fatal(err)
				}
				if key, _, _ := strings.Cut(reflect.StructTag(tag).Get(format), ","); key != "" && key != "-" {
					out = append(out, key)
				}
			}
			ast.Inspect(f.Type, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					walk(id.Name)
				}
				return true
			})
		}
	}
	for _, r := range roots {
		if types[r] == nil {
			t.Errorf("%s has no type %s any more; docs/format.md describes it", dir, r)
		}
		walk(r)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// section returns the part of a Markdown file under a heading of level two.
func section(md, title string) string {
	_, rest, _ := strings.Cut(md, "\n## "+title+"\n")
	part, _, _ := strings.Cut(rest, "\n## ")
	return part
}

// docs/format.md names every field of every file, and no table of it names a
// field that is none.
func TestFormatNamesEveryField(t *testing.T) {
	md := read(t, filepath.Join(docsDir, "format.md"))
	type source struct {
		dir, format string
		types       []string
	}
	tests := []struct {
		section string
		from    []source
	}{
		{"study.yaml", []source{{"../study", "yaml", []string{"Config"}}, {"../figures", "yaml", []string{"Bands"}}}},
		{"codebook.yaml", []source{{"../coding", "yaml", []string{"file"}}}},
		{"Decisions", []source{{"../..", "json", []string{"Header", "decisionLine", "Erasable", "Anchor", "SpeakerRef", "Bar",
			"FileBody", "RuleBody", "StatementBody", "SpeakerBody", "ScopeBody", "CriterionBody", "LinkBody", "CodeBody", "PassageBody", "ValueBody",
			"DateBody", "PageBody", "ScreenBody", "RelationBody", "OwnerBody", "RoleBody", "FigureBody", "StatedBody", "SampleBody", "ReadBody", "DrawBody", "WeightsBody", "LevelWeight", "AssignBody",
			"MemoBody", "NoteBody", "CodebookBody", "TierBody", "SpokenBody", "SealBody", "VaultBody", "Recipient", "ReleaseBody", "RemoveBody", "PublishBody"}}}},
		{"manifest.json", []source{{"../report", "json", []string{"Manifest"}}}},
	}
	row := regexp.MustCompile("(?m)^\\| `([A-Za-z0-9_.\\[\\]]+)`")
	for _, tt := range tests {
		text := section(md, tt.section)
		if text == "" {
			t.Errorf("docs/format.md has no section %q", tt.section)
			continue
		}
		var want []string
		for _, f := range tt.from {
			want = append(want, fields(t, f.dir, f.format, f.types...)...)
		}
		var named []string
		for _, m := range row.FindAllStringSubmatch(text, -1) {
			parts := strings.Split(strings.ReplaceAll(m[1], "[]", ""), ".")
			named = append(named, parts[len(parts)-1])
		}
		for _, f := range want {
			if !slices.Contains(named, f) {
				t.Errorf("docs/format.md, %s: no row for the field %s", tt.section, f)
			}
		}
		for _, f := range named {
			if !slices.Contains(want, f) {
				t.Errorf("docs/format.md, %s: a row for %s, which is no field", tt.section, f)
			}
		}
	}
	// Kinds of decisions and keys of a result.
	kinds := section(md, "Decisions")
	for _, k := range constants(t, "../..", "Kind") {
		if !strings.Contains(kinds, "`"+k+"`") {
			t.Errorf("docs/format.md does not explain decisions of kind %s", k)
		}
	}
	results := section(md, "report.md")
	for _, k := range []string{"title", "results", "label", "count", "share", "of", "by", "where", "from", "to", "compare", "with", "reported"} {
		if !strings.Contains(results, "`"+k+"`") {
			t.Errorf("docs/format.md does not explain %s of report.md", k)
		}
	}
}

// constants returns the values of the constants of a string type.
func constants(t *testing.T, dir, typ string) (out []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), f, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			v, ok := n.(*ast.ValueSpec)
			if !ok || len(v.Values) != 1 {
				return true
			}
			if id, ok := v.Type.(*ast.Ident); ok && id.Name == typ {
				if lit, ok := v.Values[0].(*ast.BasicLit); ok {
					if s, err := strconv.Unquote(lit.Value); err == nil {
						out = append(out, s)
					}
				}
			}
			return true
		})
	}
	if out == nil {
		t.Errorf("no constants of type %s in %s", typ, dir)
	}
	return out
}

var testName = regexp.MustCompile("`(?:([a-z/]+)\\.)?((?:Test|Fuzz)[A-Za-z]+)`")

// Every test that docs/methods.md names is there, in the package it names.
func TestMethodsNameTestsThatExist(t *testing.T) {
	md := read(t, filepath.Join(docsDir, "methods.md"))
	names := testName.FindAllStringSubmatch(md, -1)
	if len(names) < 10 {
		t.Fatalf("docs/methods.md names %d tests; has its form changed?", len(names))
	}
	for _, m := range names {
		dir := "../.."
		if m[1] != "" {
			dir = filepath.Join("..", filepath.FromSlash(m[1]))
		}
		files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		found := slices.ContainsFunc(files, func(f string) bool { return strings.Contains(read(t, f), "\nfunc "+m[2]+"(") })
		if !found {
			t.Errorf("docs/methods.md names %s in %s, which is not there", m[2], dir)
		}
	}
	// Every number with a method has its section.
	for _, section := range []string{"Wilson", "Poisson", "Clopper", "Dinkelbach", "Fellegi", "GRIM", "Krippendorff", "Cohen"} {
		if !strings.Contains(md, section) {
			t.Errorf("docs/methods.md does not speak of %s", section)
		}
	}
}

// Every row of docs/threat.md names a test, and every test and script that it
// names is there.
func TestThreatsNameTestsThatExist(t *testing.T) {
	md := read(t, filepath.Join(docsDir, "threat.md"))
	_, table, ok := strings.Cut(md, "| asset, adversary | threat | control | test |\n|---|---|---|---|\n")
	if !ok {
		t.Fatal("docs/threat.md has no table of controls; has its form changed?")
	}
	var tests strings.Builder
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, "_test.go") {
			tests.WriteString(read(t, path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	named := regexp.MustCompile("`([A-Za-z]+(?:\\.txtar)?)`")
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 4 {
			break
		}
		rows++
		names := named.FindAllStringSubmatch(cells[3], -1)
		if len(names) == 0 {
			t.Errorf("no test is named for %q", cells[1])
		}
		for _, m := range names {
			there := strings.Contains(tests.String(), "\nfunc "+m[1]+"(")
			if strings.HasSuffix(m[1], ".txtar") {
				_, err := os.Stat(filepath.Join("testdata", m[1]))
				there = err == nil
			}
			if !there {
				t.Errorf("docs/threat.md names %s, which is not there", m[1])
			}
		}
	}
	if rows < 25 {
		t.Errorf("docs/threat.md has %d controls; has its form changed?", rows)
	}
}
