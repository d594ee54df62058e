package cli

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"

	"recount"
)

// errEmpty refuses a flag or an argument that is given and empty, as an unset variable
// of a script gives it: it would be taken for one that was not given, and what it asks
// for (a checkpoint to compare with, a signature to demand) would not be done in silence.
func errEmpty(k *kong.Context) error {
	for _, p := range k.Path {
		var name, takes string
		switch {
		case p.Flag != nil:
			name, takes = "--"+p.Flag.Name, "leave --"+p.Flag.Name+" out"
		case p.Positional != nil:
			name, takes = strings.ToUpper(p.Positional.Name), "leave it out"
		default:
			continue
		}
		if isEmpty(k.Value(p)) {
			return recount.WithHint(fmt.Errorf("%s is empty", name), "give it a value, or "+takes+"; if it comes from a variable of a script, look whether that is set")
		}
	}
	return nil
}

func isEmpty(v reflect.Value) bool {
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.String:
		return v.Len() == 0
	case reflect.Slice:
		for i := range v.Len() {
			if isEmpty(v.Index(i)) {
				return true
			}
		}
		return v.Len() == 0
	}
	return false
}
