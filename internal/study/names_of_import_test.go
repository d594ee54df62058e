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

// Names that look like those of people and rounds that are known, and are written in
// other letters, are nobody's: who is to accept them cannot tell them apart.
func TestNamesThatLookLikeOthers(t *testing.T) {
	known := func(actor, round string) recount.Decision {
		return recount.Decision{Header: recount.Header{ID: actor + round, Study: "s", Actor: actor, Round: round}}
	}
	l := recount.NewLog("s", adjudicators)
	l.Add(known("ada", ""), known("Olga", "second"), known("coder1", ""), known("Оксана", ""), known("Ilse", ""))
	s := &Study{opts: Options{Actor: "bob"}}
	for _, tt := range []struct {
		actor, round string
		ok           bool
	}{
		{"ada", "", true}, {"Ada", "", true}, {"eve", "", true}, {"bob", "second", true}, {"Оксана", "", true}, {"Одарка", "", true}, {"Μαρία", "", true}, {"Arno", "", true}, {"coder2", "", true}, {"אורה", "", true}, {"mila", "third", true},
		{"аda", "", false}, {"adа", "", false}, {"аdа", "", false}, {"ａｄａ", "", false}, {"αda", "", false}, {"ɑda", "", false}, {"Оlga", "", false}, {"0lga", "", false}, {"OIga", "", false},
		{"coderl", "", false}, {"сoder1", "", false}, {"bоb", "", false}, {"іnit", "", false}, {"ıniт", "", false}, {"Οксана", "", false}, {"lIse", "", false}, {"Iӏse", "", false},
		{"ada", "ѕecond", false}, {"ada", "sеcond", false}, {"ada", "саlibration 1", false}, {"ada", "ca1ibration", false}, {"ada", "calibration 1", true},
	} {
		d := known(tt.actor, tt.round)
		d.ID = "0123456789ab"
		err := s.checkLikeness(l, []recount.Decision{d})
		if (err == nil) != tt.ok || err != nil && (!errors.Is(err, recount.ErrConflict) || recount.HintOf(err) == "") {
			t.Errorf("checkLikeness(%q, %q) = %v, want it taken: %v", tt.actor, tt.round, err, tt.ok)
		}
	}
	// Two in one file, of whom nobody knows either.
	if err := s.checkLikeness(l, []recount.Decision{known("Vera", ""), known("Vеra", "")}); !errors.Is(err, recount.ErrConflict) {
		t.Errorf("two who look alike in one file: %v", err)
	}
}
