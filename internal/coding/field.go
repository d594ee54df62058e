package coding

import (
	"reflect"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// UnknownField returns the first key of a YAML file, as it is read from the top,
// for which a value of this type has no field; nil if there is none. The YAML
// reader names any of several, another one at each run.
func UnknownField(data []byte, into any) *token.Token {
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil // the reader says what is wrong
	}
	for _, d := range tree.Docs {
		if tk := unknownIn(d.Body, reflect.TypeOf(into)); tk != nil {
			return tk
		}
	}
	return nil
}

func unknownIn(n ast.Node, t reflect.Type) *token.Token {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	var pairs []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		pairs = n.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{n}
	case *ast.SequenceNode:
		if t.Kind() != reflect.Slice {
			return nil
		}
		for _, v := range n.Values {
			if tk := unknownIn(v, t.Elem()); tk != nil {
				return tk
			}
		}
	}
	for _, p := range pairs {
		switch t.Kind() {
		case reflect.Map:
			if tk := unknownIn(p.Value, t.Elem()); tk != nil {
				return tk
			}
		case reflect.Struct:
			key, ok := p.Key.(*ast.StringNode)
			if !ok {
				continue // the reader says so
			}
			field, known := fieldOf(t, key.Value)
			if !known {
				return key.GetToken()
			}
			if tk := unknownIn(p.Value, field); tk != nil {
				return tk
			}
		}
	}
	return nil
}

// fieldOf returns the type of the field that a key fills.
func fieldOf(t reflect.Type, key string) (reflect.Type, bool) {
	for i := range t.NumField() {
		if name, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ","); name == key {
			return t.Field(i).Type, true
		}
	}
	return nil, false
}
