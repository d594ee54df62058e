package study

import (
	"fmt"
	"reflect"
	"strings"

	yamlast "github.com/goccy/go-yaml/ast"
	yamlparser "github.com/goccy/go-yaml/parser"

	"recount"
)

// wholeNumbers refuses a study.yaml in which a field that holds a whole number
// has anything else: the YAML reader would cut 2.9 to 2 and say nothing. What is
// no YAML, or has fields that nobody knows, is the reader's to refuse.
func wholeNumbers(data []byte) error {
	f, err := yamlparser.ParseBytes(data, 0)
	if err != nil {
		return nil
	}
	anchors := map[string]yamlast.Node{}
	var at func(n yamlast.Node, t reflect.Type, name string) error
	at = func(n yamlast.Node, t reflect.Type, name string) error {
		switch x := n.(type) {
		case nil, *yamlast.NullNode, *yamlast.CommentGroupNode:
			return nil
		case *yamlast.AnchorNode:
			anchors[x.Name.GetToken().Value] = x.Value
			return at(x.Value, t, name)
		case *yamlast.AliasNode:
			if to := anchors[x.Value.GetToken().Value]; to != nil {
				return at(to, t, name)
			}
			return nil
		}
		switch t.Kind() {
		case reflect.Pointer:
			return at(n, t.Elem(), name)
		case reflect.Int, reflect.Int64:
			if _, ok := n.(*yamlast.IntegerNode); !ok {
				token := n.GetToken()
				return recount.WithHint(fmt.Errorf("study.yaml, line %d: %w: %s: %q is no whole number", token.Position.Line, recount.ErrInvalid, name, clip(token.Value, 40)),
					"write digits alone, as in 2: without a point, quotation marks or words")
			}
		case reflect.Slice, reflect.Array:
			if l, ok := n.(*yamlast.SequenceNode); ok {
				for _, v := range l.Values {
					if err := at(v, t.Elem(), name); err != nil {
						return err
					}
				}
			}
		case reflect.Map, reflect.Struct:
			for _, e := range entriesOf(n) {
				key := e.Key.GetToken().Value
				if key == "<<" {
					if err := at(e.Value, t, name); err != nil {
						return err
					}
					continue
				}
				if to, ok := underKey(t, key); ok {
					if err := at(e.Value, to, strings.TrimPrefix(name+": "+key, ": ")); err != nil {
						return err
					}
				}
			}
		}
		return nil
	}
	for _, doc := range f.Docs {
		if err := at(doc.Body, reflect.TypeFor[Config](), ""); err != nil {
			return err
		}
	}
	return nil
}

// entriesOf lists what stands under a YAML mapping.
func entriesOf(n yamlast.Node) []*yamlast.MappingValueNode {
	switch n := n.(type) {
	case *yamlast.MappingNode:
		return n.Values
	case *yamlast.MappingValueNode:
		return []*yamlast.MappingValueNode{n}
	}
	return nil
}

// underKey returns the type of what stands under a key.
func underKey(t reflect.Type, key string) (reflect.Type, bool) {
	if t.Kind() == reflect.Map {
		return t.Elem(), true
	}
	for i := range t.NumField() {
		if f := t.Field(i); f.Tag.Get("yaml") == key {
			return f.Type, true
		}
	}
	return nil, false
}
