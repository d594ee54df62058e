package recount_test

import (
	"errors"
	"testing"

	"recount"
)

// A coder is told by the name, so none is taken that looks like another in letters
// of another alphabet.
func TestCodersThatLookAlike(t *testing.T) {
	for name, ok := range map[string]bool{
		"ada": true, "Ada Berg": true, "\u0410\u0434\u0430": true, "Ada \u0411\u0435\u0440\u0433": true, "\u1f0c\u03bd\u03bd\u03b1": true, "\u00c5sa": true, "\u7530\u4e2dA": true,
		"\u0430da": false, "ad\u0430": false, "\u0410da": false, "\u0391da": false, "\uff41\uff44\uff41": false, "Ada-B\u0435rg": false, "Ada B\u0435rg": false, "\u217da": false, "": false,
	} {
		err := recount.CheckCoder(name)
		if (err == nil) != ok || err != nil && (!errors.Is(err, recount.ErrInvalid) || recount.HintOf(err) == "") {
			t.Errorf("%q: %v, want it taken: %v", name, err, ok)
		}
	}
}
