package count

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math/big"
	"reflect"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"

	"recount"
)

// A book is what filters know of the study besides the cases.
type book struct {
	rules       Rules
	codes       recount.Codebook
	variables   []string            // of the study, sorted
	values      map[string][]string // of a variable: those that it can have; none: any
	outlets     []string            // of the study; none: not known
	owners      map[string]string   // of an outlet
	withParents map[string][]string // code -> itself and its parents

	env map[string]any // of the case at hand
	at  *view

	looking looking
	known   map[string]map[string]string // the values of variables that views share

	leeways map[string]*leeway // that groups leave of some number, by their code
	asking  int                // how often the questions of a result were listed

	forms  map[string]formed    // by how a group of the form is written
	first  map[string]*prepared // the first group of each form that may be written in several ways
	formed int                  // forms so far

	filters []*filter           // of all queries, by number
	asks    asks                // what they ask of a case
	answers map[string][]passed // what they say of cases of which that is the same
	written []byte              // room for it
	split   []dimension         // the same
	rowSets []map[string]int32  // of each dimension: numbers of the rows that some case stands in together
}

func newBook(p *Problem) *book {
	b := &book{rules: p.Rules, codes: p.Codes, withParents: lineages(p.Codes), leeways: map[string]*leeway{}, known: map[string]map[string]string{}, forms: map[string]formed{}, first: map[string]*prepared{}}
	b.variables = set(slices.Clone(p.Variables))
	b.outlets, b.owners, b.values = p.Outlets, p.Owners, map[string][]string{}
	if b.graded() {
		b.values["grade"] = gradeNames(p.Rules.Grades)
	}
	for name, values := range p.Values {
		if len(values) > 0 {
			b.values[name] = append(slices.Clone(values), unknown, conflict)
		}
	}
	for name, values := range map[string][]string{"gender": genders, "kind": kinds()} {
		if slices.Contains(b.variables, name) {
			// A variable of the study of that name is shown by what counts fill in.
			values = append(slices.Clone(values), p.Values[name]...)
		}
		b.values[name] = values
	}
	return b
}

// lineages lists, for each code of a codebook, itself and its parents.
func lineages(codes recount.Codebook) map[string][]string {
	parent := map[string]string{}
	for _, c := range codes.Codes {
		parent[c.Code] = c.Parent
	}
	out := map[string][]string{}
	for _, c := range codes.Codes {
		up := []string{}
		// A forged codebook may have a circle of parents.
		for x := c.Code; x != "" && !slices.Contains(up, x); x = parent[x] {
			up = append(up, x)
		}
		out[c.Code] = up
	}
	return out
}

// lineage returns a code and its parents; of a code that the codebook lacks
// those that its dots name.
func lineage(of map[string][]string, code string) []string {
	if up := of[code]; up != nil {
		return up
	}
	return dotted(code)
}

// Lineage returns what lists a code with its parents, as counts see them.
func Lineage(codes recount.Codebook) func(code string) []string {
	of := lineages(codes)
	return func(code string) []string { return lineage(of, code) }
}

// names lists what a filter may call by name, the study's variables first.
func (b *book) names() []string {
	out := slices.Clone(b.variables)
	for _, v := range Variables {
		if !strings.Contains(v.Name, "(") && !slices.Contains(out, v.Name) {
			out = append(out, v.Name)
		}
	}
	return out
}

func (b *book) unknownVariable(name string) error {
	return recount.WithHint(fmt.Errorf("%w: no variable named %q", recount.ErrInvalid, name),
		"variables are "+strings.Join(b.names(), ", ")+"; a value stands in quotation marks, as in gender == \"woman\"")
}

// genders are what gender can be of a case.
var genders = []string{string(recount.Woman), string(recount.Man), unknown, string(recount.NoGender), conflict}

// kinds are what kind can be of a case.
func kinds() (out []string) {
	for _, k := range recount.SpeakerKinds {
		out = append(out, string(k))
	}
	return append(out, unknown)
}

// manyValues is how many values a message lists.
const manyValues = 30

func (b *book) unknownValue(what, value string, known []string) error {
	known = slices.Compact(slices.Clone(known))
	more := ""
	if len(known) > manyValues {
		known, more = known[:manyValues], ", ..."
	}
	return recount.WithHint(fmt.Errorf("%w: %s is never %q", recount.ErrInvalid, what, value), "it is one of "+strings.Join(known, ", ")+more)
}

func (b *book) unknownCode(name string) error {
	var known []string
	for _, c := range b.codes.Codes {
		known = append(known, c.Code)
	}
	hint := "codes are " + strings.Join(known, ", ")
	if known == nil {
		hint = "the codebook has no codes yet: add them to codebook.yaml"
	}
	return recount.WithHint(fmt.Errorf("%w: no code named %q", recount.ErrInvalid, name), hint)
}

// A filter is a compiled expression over one case; nil lets every case pass.
type filter struct {
	number  int
	source  string
	program *vm.Program
	machine vm.VM
	sees    sees
	ordered []string // variables of the study that are compared with numbers, sorted
	folded  bool     // it asks how many independent originals, or owners of them, there are
}

const maxFilter = 4096 // bytes

// compile checks and compiles a filter.
func (b *book) compile(source string) (*filter, error) {
	if strings.TrimSpace(source) == "" {
		return nil, nil
	}
	if i := slices.IndexFunc(b.filters, func(f *filter) bool { return f.source == source }); i >= 0 {
		return b.filters[i], nil
	}
	fail := func(err error) error {
		line, _, _ := strings.Cut(err.Error(), "\n")
		return recount.WithHint(fmt.Errorf("%w: filter %q: %s", recount.ErrInvalid, source, line),
			`a filter reads like gender == "woman" && first_reported >= "2015-01"`)
	}
	if len(source) > maxFilter {
		return nil, recount.WithHint(fmt.Errorf("%w: a filter of %d bytes", recount.ErrInvalid, len(source)),
			fmt.Sprintf("keep a filter under %d bytes", maxFilter))
	}
	tree, err := parser.Parse(source)
	if err != nil {
		return nil, fail(err)
	}
	c := &namesChecker{book: b}
	ast.Walk(&tree.Node, c)
	if c.err != nil {
		return nil, c.err
	}
	ordered := &comparisons{book: b}
	opts := []expr.Option{expr.Env(b.environment(&view{vars: map[string]string{}})), expr.AsBool(), expr.Patch(ordered),
		expr.Function("compare", func(p ...any) (any, error) { return compare(p[0].(string), p[1], p[2]) },
			new(func(string, any, any) bool)),
		// What a page states of somebody need not be a number: "about forty" is
		// neither above 30 nor below it.
		expr.Function("compareValue", func(p ...any) (any, error) {
			is, err := compare(p[0].(string), p[1], p[2])
			return is && err == nil, nil
		}, new(func(string, any, any) bool))}
	program, err := expr.Compile(source, opts...)
	if ordered.err != nil {
		return nil, ordered.err
	}
	if err != nil {
		return nil, fail(err)
	}
	slices.Sort(ordered.numbers)
	f := &filter{number: len(b.filters), source: source, program: program, sees: c.sees, ordered: slices.Compact(ordered.numbers), folded: c.folded}
	b.filters = append(b.filters, f)
	b.ask(f)
	return f, nil
}

// passes reports whether a case meets a filter. What one query asks of a case
// others ask too, so that all filters are asked at once, each only once, and of
// cases that are the same in all that is asked only the first.
func (b *book) passes(f *filter, v *view) (bool, error) {
	if f == nil {
		return true, nil
	}
	if f.number >= len(v.passed) {
		b.judge(v)
	}
	return v.passed[f.number].ok, v.passed[f.number].err
}

// judge asks all filters of a case.
func (b *book) judge(v *view) {
	b.written = b.asks.of(b.written[:0], b, v)
	known, ok := b.answers[string(b.written)]
	if !ok {
		env := b.environment(v)
		known = make([]passed, len(b.filters))
		for i, f := range b.filters {
			known[i].ok, known[i].err = f.pass(env)
		}
		if b.answers == nil || len(b.answers) == mostKnown {
			b.answers = map[string][]passed{}
		}
		b.answers[string(b.written)] = known
	}
	v.passed = known
}

// asks is what the filters of a book ask of a case: of the variables of the
// study these, by number, and what else a name stands for.
type asks struct {
	variables                   []int
	first, last, outlet         bool // when and where it was reported first, and when last
	gender, kind                bool
	counts                      bool // of outlets, owners, originals, articles and statements
	codes, outlets, claimGrades bool // all of them
}

// ask notes what a further filter asks.
func (b *book) ask(f *filter) {
	a := &b.asks
	add := func(name string) {
		if i, known := slices.BinarySearch(b.variables, name); known && !slices.Contains(a.variables, i) {
			a.variables = append(a.variables, i)
		}
	}
	for _, name := range f.sees.variables {
		add(name)
		switch name {
		case "value", "grade_of_value":
			for _, n := range b.variables {
				add(n)
			}
		}
		switch name {
		case "first_reported":
			a.first = true
		case "last_reported":
			a.last = true
		case "first_outlet":
			a.outlet = true
		case "gender":
			a.gender = true
		case "kind":
			a.kind = true
		case "codes", "has":
			a.codes = true
		case "reported_by":
			a.outlets = true
		case "grade":
			a.counts = true // which it follows
		case "grade_of_code", "grade_of_value":
			a.codes, a.claimGrades = true, true
		case "outlets", "owners", "originals", "articles", "statements":
			a.counts = true
		}
	}
	b.answers = nil
}

// of writes down what is asked of a case.
func (a *asks) of(to []byte, b *book, v *view) []byte {
	text := func(s string) { to = append(binary.AppendUvarint(to, uint64(len(s))), s...) }
	list := func(all []string) {
		to = binary.AppendUvarint(to, uint64(len(all)))
		for _, s := range all {
			text(s)
		}
	}
	for _, i := range a.variables {
		text(v.vars[b.variables[i]])
	}
	if a.first {
		text(v.first)
	}
	if a.last {
		text(v.last)
	}
	if a.outlet {
		text(v.firstOutlet)
	}
	if a.gender {
		text(v.gender)
	}
	if a.kind {
		text(v.kind)
	}
	if a.counts {
		for _, n := range [...]int{len(v.outlets), v.owners, v.originals, v.articles, v.statements} {
			to = binary.AppendUvarint(to, uint64(n))
		}
	}
	if a.codes {
		list(v.codes)
	}
	if a.outlets {
		list(v.outlets)
	}
	if a.claimGrades {
		list(v.codeGrades)
		list(v.valueGrades)
	}
	return to
}

// What a filter says of a case.
type passed struct {
	ok  bool
	err error
}

// pass reports whether the case meets the filter.
func (f *filter) pass(env map[string]any) (bool, error) {
	if f == nil {
		return true, nil
	}
	out, err := f.machine.Run(f.program, env)
	if err != nil {
		line, _, _ := strings.Cut(err.Error(), "\n")
		return false, recount.WithHint(fmt.Errorf("%w: filter %q: %s", recount.ErrInvalid, f.source, line),
			"compare text with text and numbers with numbers")
	}
	return out.(bool), nil
}

// environment is what a filter sees of a case. It holds until the next one is
// asked for.
func (b *book) environment(v *view) map[string]any {
	if b.at == v {
		return b.env
	}
	b.at = v
	if b.env == nil {
		b.env = map[string]any{
			"has":            func(code string) bool { _, ok := slices.BinarySearch(b.at.codes, code); return ok },
			"reported_by":    func(outlet string) bool { _, ok := slices.BinarySearch(b.at.outlets, outlet); return ok },
			"value":          func(name string) string { return b.at.vars[name] },
			"grade_of_code":  func(code string) string { return b.at.codeGrade(code) },
			"grade_of_value": func(name string) string { return b.valueGrade(b.at, name) },
			"within":         func(date, from, to string) bool { return within(date, from, to) },
		}
	}
	env := b.env
	for _, n := range b.variables {
		if !slices.Contains(functions[:], n) {
			env[n] = v.vars[n]
		}
	}
	env["first_reported"], env["last_reported"], env["first_outlet"] = v.first, v.last, v.firstOutlet
	env["gender"], env["kind"], env["codes"] = v.gender, v.kind, v.codes
	if !slices.Contains(b.variables, "owners") {
		env["owners"] = v.owners
	}
	if !slices.Contains(b.variables, "grade") {
		env["grade"] = v.grade
	}
	env["outlets"], env["originals"], env["articles"], env["statements"] = len(v.outlets), v.originals, v.articles, v.statements
	return env
}

// namesChecker finds names that do not exist, so that the message can list
// those that do.
type namesChecker struct {
	book   *book
	err    error
	sees   sees
	folded bool // it asks about independent originals
}

// Functions that a filter may call: ours, and those of the expression language
// that neither read the clock nor take long.
var (
	functions = [...]string{"has", "reported_by", "value", "within", "grade_of_code", "grade_of_value"}
	builtins  = [...]string{"len", "lower", "upper", "trim", "any", "all", "none", "one"}
)

// folded reports whether what stands under a name rests on how pages fold to
// independent originals.
func (b *book) folded(name string) bool {
	switch name {
	case "originals", "owners", "grade":
		return !slices.Contains(b.variables, name)
	case "grade_of_code", "grade_of_value":
		return true
	}
	return false
}

func (c *namesChecker) Visit(n *ast.Node) {
	if c.err != nil {
		return
	}
	c.sees.note(*n)
	switch n := (*n).(type) {
	case *ast.VariableDeclaratorNode:
		c.err = recount.WithHint(fmt.Errorf("%w: a filter cannot declare a name (%q)", recount.ErrInvalid, n.Name), "write the value where it is used")
	case *ast.IdentifierNode:
		if !slices.Contains(functions[:], n.Value) && !slices.Contains(c.book.names(), n.Value) {
			c.err = c.book.unknownVariable(n.Value)
		}
		if !c.book.graded() && (strings.HasPrefix(n.Value, "grade_of_") || n.Value == "grade" && !slices.Contains(c.book.variables, n.Value)) {
			c.err = noGrades
		}
		c.folded = c.folded || c.book.folded(n.Value)
	case *ast.BuiltinNode:
		if !slices.Contains(builtins[:], n.Name) {
			c.err = recount.WithHint(fmt.Errorf("%w: a filter cannot call %s", recount.ErrInvalid, n.Name),
				"functions are "+strings.Join(slices.Concat(functions[:], builtins[:]), ", "))
		}
	case *ast.CallNode:
		callee, ok := n.Callee.(*ast.IdentifierNode)
		if ok && callee.Value == "within" {
			for _, bound := range n.Arguments[min(1, len(n.Arguments)):] {
				c.date(bound)
			}
		}
		if !ok || len(n.Arguments) != 1 {
			return
		}
		name, ok := n.Arguments[0].(*ast.StringNode)
		switch {
		case !ok:
		case (callee.Value == "has" || callee.Value == "grade_of_code") && c.book.withParents[name.Value] == nil:
			c.err = c.book.unknownCode(name.Value)
		case callee.Value == "reported_by" && !c.book.hasOutlet(name.Value):
			c.err = c.book.unknownValue("an outlet", name.Value, c.book.outlets)
		case (callee.Value == "value" || callee.Value == "grade_of_value") && !slices.Contains(c.book.variables, name.Value):
			c.err = c.book.unknownVariable(name.Value)
		}
	case *ast.BinaryNode:
		if n.Operator == ".." {
			c.err = recount.WithHint(fmt.Errorf("%w: a filter cannot count out a range of numbers", recount.ErrInvalid), "compare with >= and <=")
		}
		c.in(n)
		c.value(n.Operator, n.Left, n.Right)
		c.value(n.Operator, n.Right, n.Left)
		if dated(n.Left) {
			c.date(n.Right)
		} else if dated(n.Right) {
			c.date(n.Left)
		}
	}
}

// graded reports whether the study grades accounts.
func (b *book) graded() bool { return len(b.rules.Grades) > 0 }

// gradeNames are what grade can be of a case.
func gradeNames(grades []Grade) (out []string) {
	for _, g := range grades {
		out = append(out, g.Name)
	}
	return append(out, Ungraded)
}

var noGrades = recount.WithHint(fmt.Errorf("%w: the study has no grades", recount.ErrInvalid), "list them in study.yaml under grades:, the best first")

func (b *book) hasOutlet(name string) bool {
	return len(b.outlets) == 0 || slices.Contains(b.outlets, name)
}

// value refuses words that a variable is compared with and never is.
func (c *namesChecker) value(operator string, variable, constant ast.Node) {
	if c.err != nil || operator != "==" && operator != "!=" && operator != "in" {
		return
	}
	name := ""
	switch v := variable.(type) {
	case *ast.IdentifierNode:
		name = v.Value
	case *ast.CallNode:
		callee, ok := v.Callee.(*ast.IdentifierNode)
		if ok && strings.HasPrefix(callee.Value, "grade_of_") {
			name = "grade"
		}
		if ok && callee.Value == "value" && len(v.Arguments) == 1 {
			if s, ok := v.Arguments[0].(*ast.StringNode); ok {
				name = s.Value
			}
		}
	}
	words := []ast.Node{constant}
	if list, ok := constant.(*ast.ArrayNode); ok {
		words = list.Nodes
	}
	for _, w := range words {
		s, ok := w.(*ast.StringNode)
		if !ok || s.Value == "" {
			continue
		}
		switch known := c.book.values[name]; {
		case name == "first_outlet" && s.Value != unknown && !c.book.hasOutlet(s.Value):
			c.err = c.book.unknownValue(name, s.Value, c.book.outlets)
		case len(known) > 0 && !slices.Contains(known, s.Value):
			c.err = c.book.unknownValue(name, s.Value, known)
		}
	}
}

// dated reports whether a node is a date that recount fills in.
func dated(n ast.Node) bool {
	x, ok := n.(*ast.IdentifierNode)
	return ok && (x.Value == "first_reported" || x.Value == "last_reported")
}

// date refuses words that a date is compared with and that are none.
func (c *namesChecker) date(n ast.Node) {
	s, ok := n.(*ast.StringNode)
	if !ok || c.err != nil || s.Value == unknown {
		return
	}
	_, c.err = recount.ParseDate(s.Value)
}

// in checks the codes named in `"x" in codes`.
func (c *namesChecker) in(n *ast.BinaryNode) {
	right, ok := n.Right.(*ast.IdentifierNode)
	if c.err != nil || !ok || n.Operator != "in" || right.Value != "codes" {
		return
	}
	if name, ok := n.Left.(*ast.StringNode); ok && c.book.withParents[name.Value] == nil {
		c.err = c.book.unknownCode(name.Value)
	}
}

// comparisons turns <, <=, > and >= into calls of compare, and refuses those
// between what has no order. A constant on the left changes sides, so that the
// bound always stands on the right.
type comparisons struct {
	book    *book
	err     error
	numbers []string // variables that are compared with numbers
}

func (c *comparisons) Visit(n *ast.Node) {
	b, ok := (*n).(*ast.BinaryNode)
	if !ok {
		return
	}
	mirrored := map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<="}[b.Operator]
	if mirrored == "" {
		return
	}
	op, left, right := b.Operator, b.Left, b.Right
	switch left.(type) {
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode:
		op, left, right = mirrored, right, left
	}
	if what, hint := c.unordered(op, left, right); what != "" && c.err == nil {
		c.err = recount.WithHint(fmt.Errorf("%w: %s %s %s: %s", recount.ErrInvalid, left, op, right, what), hint)
	}
	function := "compare"
	for _, x := range [][2]ast.Node{{left, right}, {right, left}} {
		if name := c.book.variableOf(x[0]); name != "" && isNumber(x[1]) {
			function = "compareValue"
			c.numbers = append(c.numbers, name)
		}
	}
	ast.Patch(n, &ast.CallNode{Callee: &ast.IdentifierNode{Value: function},
		Arguments: []ast.Node{&ast.StringNode{Value: op}, left, right}})
}

// variableOf names the variable of the study that a node is, "" if it is none.
func (b *book) variableOf(n ast.Node) string {
	name := identifier(n)
	if call, ok := n.(*ast.CallNode); ok && len(call.Arguments) == 1 && identifier(call.Callee) == "value" {
		if s, ok := call.Arguments[0].(*ast.StringNode); ok {
			name = s.Value
		}
	}
	if slices.Contains(b.variables, name) {
		return name
	}
	return ""
}

// unordered says what is wrong with a comparison, and what to write instead; ""
// if nothing is.
func (c *comparisons) unordered(op string, left, right ast.Node) (what, hint string) {
	for _, x := range []ast.Node{left, right} {
		switch name := identifier(x); {
		case name == "codes":
			code, number := "code", "1"
			if len(c.book.codes.Codes) > 0 {
				code = c.book.codes.Codes[0].Code
			}
			if x == left && isNumber(right) {
				number = right.String()
			}
			return "codes is a list", fmt.Sprintf("for the number of codes write len(codes) %s %s, for one of them has(%q)", op, number, code)
		case name == "gender", name == "kind", name == "grade" && c.book.graded():
			return name + " has no order", fmt.Sprintf("write %s == %q", name, c.book.values[name][0])
		case known(x) && !isText(x) && !isNumber(x):
			return x.String() + " is neither text nor a number", `compare a number or a date, as in outlets >= 2 or first_reported >= "2015-01"`
		}
	}
	words, n := left, right
	if isNumber(left) {
		words, n = right, left
	}
	if !isText(words) || !isNumber(n) {
		return "", ""
	}
	name := identifier(words)
	switch s, constant := words.(*ast.StringNode); {
	case constant && number(s.Value) != nil:
		return "", ""
	case constant:
		return fmt.Sprintf("%s is a number, and %q is none", n, s.Value), fmt.Sprintf("write a number, as in %s %s 2", n, op)
	case dated(words):
		if _, err := recount.ParseDate(n.String()); err == nil {
			return "", ""
		}
		return name + " is a date", fmt.Sprintf(`write a date in quotation marks, as in %s %s "2015-01"`, name, op)
	case name == "first_outlet":
		return name + " is text", fmt.Sprintf("for the number of outlets write outlets %s %s", op, n)
	case !c.varies(words):
		return words.String() + " is text", "compare text with text and numbers with numbers"
	case len(c.book.values[name]) > 0 && !slices.ContainsFunc(c.book.values[name], func(v string) bool { return number(v) != nil || recount.DateOf(v).Known() }):
		return name + " is never a number", fmt.Sprintf("write %s == %q", name, c.book.values[name][0])
	}
	return "", ""
}

// varies reports whether a text comes from a variable of the study, which may
// hold numbers.
func (c *comparisons) varies(n ast.Node) bool {
	v := &variableFinder{among: c.book.variables}
	ast.Walk(&n, v)
	return v.found
}

type variableFinder struct {
	among []string
	found bool
}

func (v *variableFinder) Visit(n *ast.Node) {
	name := identifier(*n)
	v.found = v.found || name == "value" || slices.Contains(v.among, name)
}

func identifier(n ast.Node) string {
	if x, ok := n.(*ast.IdentifierNode); ok {
		return x.Value
	}
	return ""
}

// known reports whether it is known before a case is asked what an expression is.
func known(n ast.Node) bool {
	if _, ok := n.(*ast.NilNode); ok {
		return true
	}
	return n.Type() != nil && n.Type().Kind() != reflect.Interface
}

func isText(n ast.Node) bool { return known(n) && n.Type().Kind() == reflect.String }

func isNumber(n ast.Node) bool {
	return known(n) && (n.Type().Kind() == reflect.Int || n.Type().Kind() == reflect.Float64)
}

// compare answers a op bound by the rules of the package comment.
func compare(op string, a, bound any) (bool, error) {
	if m, whole := a.(int); whole {
		if n, whole := bound.(int); whole {
			return meets(op, cmp.Compare(m, n)), nil
		}
	}
	x, y := text(a), text(bound)
	if undefined(x) || undefined(y) {
		return false, nil
	}
	var c int
	if d, e := recount.DateOf(x), recount.DateOf(y); d.Known() && e.Known() {
		c = d.CompareTo(e)
	} else if p, q := number(x), number(y); p != nil && q != nil {
		c = p.Cmp(q)
	} else if !bothText(a, bound) {
		return false, fmt.Errorf("%.40q and %.40q have no order", x, y)
	} else {
		c = strings.Compare(x, y)
	}
	return meets(op, c), nil
}

// meets reports whether an order is one that a comparison asks for.
func meets(op string, order int) bool {
	switch op {
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	}
	return order >= 0
}

func bothText(a, b any) bool {
	_, x := a.(string)
	_, y := b.(string)
	return x && y
}

func undefined(s string) bool { return s == "" || s == unknown || s == conflict }

func text(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return fmt.Sprint(v)
}

// within reports whether date lies in the period, both ends included.
func within(date, from, to string) bool {
	d, a, b := recount.DateOf(date), recount.DateOf(from), recount.DateOf(to)
	return a.Known() && b.Known() && d.Within(a, b)
}

// number reads a plain whole or decimal number exactly, else nil.
func number(s string) *big.Rat {
	if len(s) > 40 || strings.Trim(s, "-0123456789.") != "" {
		return nil
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return nil
	}
	return r
}
