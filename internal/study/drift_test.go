package study

import (
	"testing"

	"recount"
	"recount/internal/casebook"
)

// Two coders over three weeks: what each looked at, what each gave, and how far
// they agreed in the week in which a question had its second answer.
func TestDriftByWeek(t *testing.T) {
	given := func(actor, time, place, code string, answer recount.YesNo) casebook.Given {
		g := casebook.Given{Decision: &recount.Decision{}, Question: place + code, Place: place}
		g.Actor, g.Time, g.Kind = actor, time, recount.KindCode
		g.Answer = recount.CodeBody{Code: code, Answer: answer}
		return g
	}
	d := driftOf([]casebook.Given{
		given("ada", "2026-11-02T09:00:00Z", "p1", "pay", recount.Yes), // a Monday
		given("ben", "2026-11-08T23:00:00Z", "p1", "pay", recount.Yes), // the Sunday of that week
		given("ada", "2026-11-09T00:00:00Z", "p2", "pay", recount.Yes), // the Monday after
		given("ben", "2026-11-16T08:00:00Z", "p2", "pay", recount.No),  // its second answer, a week later
		given("ben", "2026-11-17T08:00:00Z", "p3", "pay", recount.Yes), // nobody else looked
	})
	type week struct {
		monday        string
		twice, differ int
		ada, ben      int // looked at
		gaveA, gaveB  int
	}
	want := []week{{"2026-11-02", 1, 0, 1, 1, 1, 1}, {"2026-11-09", 0, 0, 1, 0, 1, 0}, {"2026-11-16", 1, 1, 0, 2, 0, 1}}
	if len(d.Weeks) != len(want) || len(d.Codes) != 1 || len(d.Coders) != 2 {
		t.Fatalf("%+v", d)
	}
	for i, w := range want {
		x := d.Weeks[i]
		got := week{x.Monday, x.Twice, x.Differ, x.Looked[0], x.Looked[1], d.Codes[0].Given[i][0], d.Codes[0].Given[i][1]}
		if got != w {
			t.Errorf("week %d: %+v, want %+v", i, got, w)
		}
	}
	for moment, day := range map[string]string{"2026-11-01T23:59:59Z": "2026-10-26", "2026-11-02T00:00:00Z": "2026-11-02", "2024-12-30T10:00:00Z": "2024-12-30", "2025-01-01T10:00:00+02:00": "2024-12-30", "": ""} {
		if got := monday(moment); got != day {
			t.Errorf("monday(%q) = %q, want %q", moment, got, day)
		}
	}
}
