package figures

import "testing"

func TestDays(t *testing.T) {
	d := date{1899, 12, 28}
	weekday := (d.Number() + 2) % 7
	for range 60000 { // past three leap-year rules
		next := d.add(1)
		if next.Number() != d.Number()+1 || !d.Before(next) || next.Day > days(next.Year, next.Month) || next.Day == 1 && d.Day != days(d.Year, d.Month) {
			t.Fatalf("the day after %v is %v", d, next)
		}
		d = next
	}
	// 28 December 1899 was a Thursday.
	if weekday != weekdays["thursday"] {
		t.Errorf("weekday %d", weekday)
	}
}

func TestParse(t *testing.T) {
	for s, want := range map[string]string{"2031-09-21T10:00:00+02:00": "2031-09-21", "2031-09": "2031-09", "2031": "2031", "": "", "2031-13-01": "", "soon": ""} {
		if got := parseDate(s).String(); got != want {
			t.Errorf("Parse(%q) = %q, want %q", s, got, want)
		}
	}
	if got := (date{2032, 2, 0}).Last(); got != (date{2032, 2, 29}) {
		t.Errorf("the last day of February 2032 is %v", got)
	}
}
