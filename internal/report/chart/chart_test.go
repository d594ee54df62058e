package chart

import (
	"strconv"
	"strings"
	"testing"
)

// TestDrawStaysInside draws all kinds with odd values: every place lies
// between 0 and 100 per cent.
func TestDrawStaysInside(t *testing.T) {
	many := make([]Mark, 61)
	for i := range many {
		many[i] = Mark{Label: "2014-0" + strconv.Itoa(i%9+1), Value: i, Low: 0, High: i + 1}
	}
	for _, kind := range []string{"bars", "dots", "timeline"} {
		for _, rows := range [][]Mark{nil, {{Label: "nothing"}}, {{Label: "unknown", Value: 3, Low: 1, High: 9}, {Label: ""}}, many} {
			c := &Chart{Kind: kind, Rows: rows}
			if kind == "dots" {
				c.Largest = 1000
			}
			d := c.Draw()
			if len(d.Marks) != len(rows) {
				t.Errorf("%s: %d marks of %d", kind, len(d.Marks), len(rows))
			}
			for _, m := range d.Marks {
				places := []string{m.X, m.W}
				if kind != "timeline" {
					places = append(places, m.From, m.To)
				}
				for _, s := range places {
					v, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
					if err != nil || v < 0 || v > 100 {
						t.Errorf("%s: place %q", kind, s)
					}
				}
				if m.H < 0 || m.H > timelineHeight {
					t.Errorf("%s: height %d", kind, m.H)
				}
			}
		}
	}
}

func TestMonthsOfTwoYears(t *testing.T) {
	var rows []Mark
	for _, l := range []string{"2014-11", "2014-12", "2015-01", "unknown"} {
		rows = append(rows, Mark{Label: l, Value: 1})
	}
	d := (&Chart{Kind: "timeline", Rows: rows}).Draw()
	got := ""
	for _, m := range d.Marks {
		got += m.Tick
		if m.TickAt {
			got += "|"
		}
	}
	if got != "N|DJ|?" {
		t.Errorf("ticks = %q, want N|DJ|?", got)
	}
}
