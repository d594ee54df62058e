package transcript

import (
	"math/rand/v2"
	"regexp"
	"testing"
)

// timing is the form of the line with which a cue begins.
var timing = regexp.MustCompile(`^\s*(\d{1,3}:)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s*-->\s*(\d{1,3}:)?(\d{1,2}):(\d{2})[.,](\d{1,3})(?:\s|$)`)

// times reads what its form says, and nothing else.
func TestTimes(t *testing.T) {
	lines := []string{"", "-->", "00:01.000 --> 00:02.000", "  00:00:01,5-->00:00:02,25\tposition:10%", "1:2.3 --> 4:5.6", "100:01:02,003 --> 999:59:59.999 ",
		"00:01.000 --> 00:02.0000", "00:01.000 --> 00:02.000x", "0:00:001.000 --> 0:00:02.000", "00:60:99,999 --> 00:00:00,000", "1000:01:02,003 --> 00:01.000", "00:01,000 -> 00:02,000",
		"00:01.000 --> 00:02", "00:01.000 00:02.000", "a00:01.000 --> 00:02.000", "00:01.000\u00a0--> 00:02.000"}
	rnd := rand.New(rand.NewPCG(16, 1))
	for range 20_000 { // near misses
		b := []byte(lines[rnd.IntN(len(lines))])
		for range rnd.IntN(3) {
			if len(b) > 0 {
				b[rnd.IntN(len(b))] = "0123456789:.,-> x"[rnd.IntN(17)]
			}
		}
		lines = append(lines, string(b))
	}
	read := 0
	for _, l := range lines {
		m := timing.FindStringSubmatch(l)
		start, end, ok := times(l)
		if ok != (m != nil) {
			t.Fatalf("times(%q) is a time: %v, want %v", l, ok, m != nil)
		}
		if ok && (start != millis(m[1:5]) || end != millis(m[5:9])) {
			t.Fatalf("times(%q) = %d, %d; want %d, %d", l, start, end, millis(m[1:5]), millis(m[5:9]))
		}
		if ok {
			read++
		}
	}
	if read < 100 {
		t.Errorf("only %d of %d lines are times: the test shows little", read, len(lines))
	}
	for ms, want := range map[int]string{0: "00:00:00", 3_723_999: "01:02:03", 359_999_999: "99:59:59", 360_000_000: "100:00:00"} {
		if got := clock(ms); got != want {
			t.Errorf("clock(%d) = %s; want %s", ms, got, want)
		}
	}
}
