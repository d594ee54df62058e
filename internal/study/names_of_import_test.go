package study

import (
	"errors"
	"testing"

	"recount"
)

// Names of people and rounds that are put together of parts of letters look like
// others and are none.
func TestImportedNamesAreWhole(t *testing.T) {
	for _, tt := range []struct {
		actor, round string
		ok           bool
	}{
		{"ada", "", true}, {"Zoë", "", true}, {"Zoe\u0308", "", false}, {"ada", "été", true}, {"ada", "e\u0301te\u0301", false}, {"Nguyễn", "", true}, {"Nguye\u0302\u0303n", "", false},
		{"각", "", true}, {"\u1100\u1161\u11a8", "", false}, {"Å", "", true}, {"\u212b", "", false}, {"أحمد", "", true}, {"ا\u0654حمد", "", false}, {"r\u0303", "", true},
	} {
		ds := []recount.Decision{{Header: recount.Header{ID: "0123456789ab", Actor: tt.actor, Round: tt.round}}}
		if err := checkNames(ds); (err == nil) != tt.ok || err != nil && (!errors.Is(err, recount.ErrInvalid) || recount.HintOf(err) == "") {
			t.Errorf("checkNames(%q, %q) = %v, want it taken: %v", tt.actor, tt.round, err, tt.ok)
		}
	}
}
