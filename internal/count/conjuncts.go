package count

import (
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"
)

// A Conjunct is one of the filters that a filter joins by "and".
type Conjunct struct {
	Source string
	// Names are what it asks of a case: names of variables, and what has, reported_by
	// and value are called with, as `has:code`. Each once.
	Names []string
}

// Conjuncts takes a filter apart: a case passes it if it passes each of them. A filter
// that cannot be read is one conjunct that names nothing.
func Conjuncts(source string) (out []Conjunct) {
	if strings.TrimSpace(source) == "" {
		return nil
	}
	tree, err := parser.Parse(source)
	if err != nil {
		return []Conjunct{{Source: source}}
	}
	var take func(n ast.Node)
	take = func(n ast.Node) {
		if b, ok := n.(*ast.BinaryNode); ok && (b.Operator == "&&" || b.Operator == "and") {
			take(b.Left)
			take(b.Right)
			return
		}
		names := &namesOf{}
		ast.Walk(&n, names)
		out = append(out, Conjunct{Source: n.String(), Names: names.names()})
	}
	take(tree.Node)
	return out
}

// namesOf gathers what a filter asks of a case.
type namesOf struct {
	all     []string
	callees []string // of the calls whose argument says more
}

func (x *namesOf) Visit(n *ast.Node) {
	switch n := (*n).(type) {
	case *ast.IdentifierNode:
		x.all = append(x.all, n.Value)
	case *ast.CallNode:
		callee, ok := n.Callee.(*ast.IdentifierNode)
		if !ok || len(n.Arguments) != 1 {
			return
		}
		if name, ok := n.Arguments[0].(*ast.StringNode); ok {
			x.all, x.callees = append(x.all, callee.Value+":"+name.Value), append(x.callees, callee.Value)
		}
	}
}

func (x *namesOf) names() []string {
	x.all = slices.DeleteFunc(x.all, func(n string) bool { return slices.Contains(x.callees, n) })
	slices.Sort(x.all)
	return slices.Compact(x.all)
}
