// Package coding reads, checks and changes codebooks, suggests codes and
// measures how well coders agree.
//
// In: the bytes of codebook.yaml and changes of it; the words of statements that
// one person coded; what each coder answered for each unit. Out: a
// recount.Codebook, remarks on it, the text after a change; suggested codes with
// their words; coefficients of agreement, each by its published formula, with
// intervals. It does no I/O.
//
// A codebook is YAML: title, version, unit, multi_label and codes. A code has
// the six parts of MacQueen, McLellan, Kay & Milstein (1998): the code itself,
// a brief definition (short), a full definition, when to use it, when not to,
// and an example. Sub-codes stand under subcodes, or in the flat list with
// parent.
//
// Agreement is for nominal answers only. Coefficients are printed, never
// compared with a threshold.
package coding

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"recount"
)

// file and entry are codebook.yaml as it is written.
type file struct {
	Title      string  `yaml:"title"`
	Version    int     `yaml:"version"`
	Unit       string  `yaml:"unit"`
	MultiLabel bool    `yaml:"multi_label"`
	Codes      []entry `yaml:"codes"`
}

type entry struct {
	Code       string  `yaml:"code"`
	Parent     string  `yaml:"parent"`
	Short      string  `yaml:"short"`
	Definition string  `yaml:"definition"`
	UseWhen    string  `yaml:"use_when"`
	DoNotUse   string  `yaml:"do_not_use_when"`
	Example    string  `yaml:"example"`
	Subcodes   []entry `yaml:"subcodes"`
}

// Limits that keep a hostile or broken file from taking memory or time.
const (
	maxFile  = 1 << 20 // bytes
	maxCodes = 5000
	maxDepth = 64 // brackets and indents of the YAML
)

// ParseCodebook reads codebook.yaml. An error names the line and, as a hint,
// what to do. What can be read but is poor work is LintCodebook's matter.
func ParseCodebook(data []byte) (recount.Codebook, error) {
	var book recount.Codebook
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // some editors write it before UTF-8
	if len(data) > maxFile {
		return book, invalid(0, fmt.Sprintf("it has %d bytes", len(data)), "keep the codebook under 1 MiB")
	}
	if err := tooDeep(data); err != nil {
		return book, err
	}
	var f file
	if err := decode(data, &f); err != nil {
		return book, err
	}
	book = recount.Codebook{Title: flat(f.Title), Version: f.Version, Unit: flat(f.Unit), MultiLabel: f.MultiLabel}
	seen := map[string]bool{}
	var add func(list []entry, parent string, depth int) error
	add = func(list []entry, parent string, depth int) error {
		for i, e := range list {
			code := strings.TrimSpace(e.Code)
			at := lineOf(data, code)
			switch {
			case code == "":
				where := "the list of codes"
				if parent != "" {
					where = "the sub-codes of " + parent
				}
				return invalid(lineOf(data, parent), fmt.Sprintf("entry %d of %s has no code", i+1, where), "give it a line like: code: shortage")
			case !wellFormed(code):
				return invalid(at, fmt.Sprintf("%q is no name for a code", code), "use letters, digits, _ and -, with a dot between code and sub-code")
			case seen[code]:
				return invalid(at, fmt.Sprintf("code %q stands twice", code), "rename one of them or join the two entries")
			case len(book.Codes) == maxCodes:
				return invalid(at, fmt.Sprintf("it has more than %d codes", maxCodes), "split the codebook")
			}
			seen[code] = true
			up := strings.TrimSpace(e.Parent)
			if parent != "" {
				if up != "" && up != parent {
					return invalid(at, fmt.Sprintf("code %q stands under %q and says that its parent is %q", code, parent, up), "leave parent out of a sub-code")
				}
				up = parent
			}
			book.Codes = append(book.Codes, recount.Code{Code: code, Parent: up, Short: flat(e.Short), Definition: flat(e.Definition),
				UseWhen: flat(e.UseWhen), DoNotUse: flat(e.DoNotUse), Example: flat(e.Example)})
			if err := add(e.Subcodes, code, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	if err := add(f.Codes, "", 0); err != nil {
		return recount.Codebook{}, err
	}
	for _, c := range book.Codes {
		if c.Parent != "" && !seen[c.Parent] {
			return recount.Codebook{}, invalid(lineOf(data, c.Code), fmt.Sprintf("code %q has the parent %q, which is no code", c.Code, c.Parent), "add that code or correct parent")
		}
	}
	return sortParentsFirst(book, data)
}

// sortParentsFirst keeps the order of the file but for a child that stands
// before its parent, which moves behind it. A circle of parents is refused.
func sortParentsFirst(book recount.Codebook, data []byte) (recount.Codebook, error) {
	var out []recount.Code
	done := map[string]bool{"": true}
	for left := book.Codes; len(left) > 0; {
		var later []recount.Code
		for _, c := range left {
			if done[c.Parent] {
				done[c.Code] = true
				out = append(out, c)
			} else {
				later = append(later, c)
			}
		}
		if len(later) == len(left) {
			return recount.Codebook{}, invalid(lineOf(data, left[0].Code), fmt.Sprintf("code %q is its own parent by way of others", left[0].Code), "correct parent")
		}
		left = later
	}
	book.Codes = out
	return book, nil
}

// decode reads plain YAML: anchors, aliases and tags have no use in a codebook,
// and can make a small file large or break the reader.
func decode(data []byte, f *file) (err error) {
	// The reader panics on some broken files; they are invalid like others.
	defer func() {
		if r := recover(); r != nil {
			err = invalid(0, "it is no YAML that can be read", "start from the example that `recount help codebook.yaml` shows")
		}
	}()
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		return explain(err)
	}
	p := &plain{}
	for _, d := range tree.Docs {
		if d.Body != nil {
			ast.Walk(p, d.Body)
		}
	}
	if p.line > 0 {
		return invalid(p.line, "it uses an anchor, an alias or a tag of YAML", "write the text out instead, or put it in quotation marks")
	}
	if tk := UnknownField(data, f); tk != nil {
		return invalid(tk.Position.Line, fmt.Sprintf("unknown field %q", tk.Value), unknownField)
	}
	err = yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(f)
	if err != nil && !errors.Is(err, io.EOF) { // EOF: an empty file
		return explain(err)
	}
	return nil
}

// plain notes the first line with anything but plain YAML.
type plain struct{ line int }

func (p *plain) Visit(n ast.Node) ast.Visitor {
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.DirectiveNode:
		if p.line == 0 {
			p.line = max(1, n.GetToken().Position.Line)
		}
	}
	return p
}

func invalid(line int, what, hint string) error {
	if line > 0 {
		return recount.WithHint(fmt.Errorf("codebook.yaml, line %d: %s: %w", line, what, recount.ErrInvalid), hint)
	}
	return recount.WithHint(fmt.Errorf("codebook.yaml: %s: %w", what, recount.ErrInvalid), hint)
}

// explain turns an error of the YAML reader into one with a line and a hint.
func explain(err error) error {
	var ye yaml.Error
	line, what, hint := 0, err.Error(), "check the indents: codes and their parts line up below each other, under codes: a list of \"- code: fear\", \"short: Fear\", \"definition: ...\" (`recount help codebook.yaml` has one to copy)"
	if errors.As(err, &ye) {
		what = ye.GetMessage()
		if tk := ye.GetToken(); tk != nil && tk.Position != nil {
			line = tk.Position.Line
		}
	}
	what, _, _ = strings.Cut(what, "\n")
	if strings.Contains(what, "unknown field") {
		hint = unknownField
	}
	return invalid(line, what, hint)
}

const unknownField = "a code has code, short, definition, use_when, do_not_use_when, example, parent and subcodes; the file has title, version, unit, multi_label and codes"

// tooDeep refuses a file whose nesting would take the reader's stack.
func tooDeep(data []byte) error {
	depth := 0
	for n, line := range bytes.Split(data, []byte("\n")) {
		indent := len(line) - len(bytes.TrimLeft(line, " \t-?"))
		for _, c := range line {
			switch c {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(0, depth-1)
			}
		}
		if indent > 4*maxDepth || depth > maxDepth {
			return invalid(n+1, "it is nested too deeply", "codes have sub-codes; nothing needs to go deeper than that")
		}
	}
	return nil
}

// lineOf finds the line that introduces a code, or 0.
func lineOf(data []byte, code string) int {
	if code == "" {
		return 0
	}
	at := 0
	for n, line := range strings.Split(string(data), "\n") {
		rest, ok := strings.CutPrefix(strings.TrimLeft(line, " -"), "code:")
		rest, _, _ = strings.Cut(rest, " #")
		if ok && strings.Trim(strings.TrimSpace(rest), `"'`) == code {
			at = n + 1 // the last one: of two equal codes the second is the mistake
		}
	}
	return at
}

// wellFormed reports whether code is letters, digits, _ and - with single dots
// between.
func wellFormed(code string) bool {
	for _, part := range strings.Split(code, ".") {
		if part == "" || strings.ContainsFunc(part, func(r rune) bool {
			return r != '_' && r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
		}) {
			return false
		}
	}
	return len(code) <= 200
}

// flat collapses white space: the parts of a code are single paragraphs.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

// A Remark is one thing that a codebook lacks.
type Remark struct {
	Code string // "" for the whole codebook
	Text string
}

// LintCodebook lists what a codebook lacks, in the order of its codes: the six
// parts of MacQueen et al. (1998), a title and a version, names that fit their
// parents, and pairs of codes that share a definition.
func LintCodebook(book recount.Codebook) []Remark {
	var out []Remark
	if book.Title == "" {
		out = append(out, Remark{"", "the codebook has no title"})
	}
	if book.Version < 1 {
		out = append(out, Remark{"", "the codebook has no version"})
	}
	if len(book.Codes) == 0 {
		out = append(out, Remark{"", "the codebook has no codes"})
	}
	seen := map[string]bool{}
	defined := map[string]string{}
	for _, c := range book.Codes {
		if seen[c.Code] {
			out = append(out, Remark{c.Code, "the code stands twice"})
		}
		seen[c.Code] = true
		if c.Parent != "" && !strings.HasPrefix(c.Code, c.Parent+".") {
			out = append(out, Remark{c.Code, "its name does not begin with that of its parent, " + c.Parent})
		}
		for _, p := range []struct{ text, name string }{
			{c.Short, "brief definition (short)"}, {c.Definition, "full definition (definition)"}, {c.UseWhen, "rule when to use it (use_when)"},
			{c.DoNotUse, "rule when not to use it (do_not_use_when)"}, {c.Example, "example (example)"}} {
			if p.text == "" {
				out = append(out, Remark{c.Code, "it has no " + p.name})
			}
		}
		if d := strings.ToLower(c.Definition); d != "" {
			if other := defined[d]; other != "" {
				out = append(out, Remark{c.Code, "it has the same definition as " + other})
			}
			defined[d] = c.Code
		}
	}
	return slices.Clip(out)
}
