package recount

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	tests := []struct {
		in, want string
		p        Precision
	}{
		{"2014", "2014", ToYear},
		{"2014-05", "2014-05", ToMonth},
		{"2014-05-14", "2014-05-14", ToDay},
		{"2014-05-14T09:20:00+02:00", "2014-05-14", ToDay},
		{"2014-05-14 09:20", "2014-05-14", ToDay},
		{"2016-02-29", "2016-02-29", ToDay},
		{"2000-02-29", "2000-02-29", ToDay},
	}
	for _, tt := range tests {
		d, err := ParseDate(tt.in)
		if err != nil || d.String() != tt.want || d.Precision() != tt.p {
			t.Errorf("ParseDate(%q) = %v (%s), %v; want %s (%s)", tt.in, d, d.Precision(), err, tt.want, tt.p)
		}
		var back Date
		if text, _ := d.MarshalText(); back.UnmarshalText(text) != nil || back != d {
			t.Errorf("%v does not come back from its text: %v", d, back)
		}
	}
	for _, in := range []string{"", "0000", "14", "2014-", "2014-13", "2014-00", "2014-02-31", "2015-02-29", "1900-02-29", "2014-04-31", "2014-05-00",
		"2014-5-1", "2014-05-14x", "2014/05/14", "May 2014", "20140514", "2014-05-1"} {
		if d, err := ParseDate(in); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", in, d)
		}
	}
}

func TestWhatToWriteInstead(t *testing.T) {
	for in, want := range map[string]string{
		"2014-13":           "months are 01 to 12",
		"2014-00-10":        "months are 01 to 12",
		"2014-02-31":        "2014-02 has the days 01 to 28; write 2014-02 if the day is not known",
		"2016-02-30":        "2016-02 has the days 01 to 29",
		"2014-04-00":        "2014-04 has the days 01 to 30",
		"14 May 2014":       "write a day as 2014-05-14",
		"":                  "write a day as 2014-05-14",
		"2014-5":            "write a day as 2014-05-14",
		"2014-02-31T10:00Z": "2014-02 has the days 01 to 28",
	} {
		if _, err := ParseDate(in); !strings.HasPrefix(HintOf(err), want) {
			t.Errorf("ParseDate(%q): hint %q, want %q", in, HintOf(err), want)
		}
	}
	if err := (DateBody{Page: "a.txt", Published: "2014-05-14T99:00"}).Check(); HintOf(err) == "" {
		t.Errorf("a time of day that is none: %v", err)
	}
}

func TestDaysThatNoCalendarHas(t *testing.T) {
	for s, is := range map[string]bool{
		"2014-13": true, "2014-00": true, "2014-02-31": true, "2015-02-29": true, "2014-06-31": true, "2014-04-00": true, "2014-13-01": true, "1999-14": true, "2014-00-10": true, "2100-02-29": true, "2014-14": true,
		"2014-12": false, "2014-02-28": false, "2016-02-29": false, "2014-15": false, "1999-20": true, "2014": false, "2014-1": false, "1914-18": false, "1999-00": false, "0042-13-77": false, "9999-99-99": false,
		"2014-13 or so": false, "2014/13": false, "2014-ab": false, "2014-02-3x": false, "": false, "12-2014": false, "201413": false, "unknown": false,
	} {
		if err := CheckDay(s); (err != nil) != is {
			t.Errorf("CheckDay(%q) = %v", s, err)
		} else if is && HintOf(err) == "" {
			t.Errorf("CheckDay(%q) gives no hint", s)
		}
	}
}

func TestEachDayHasOneNumber(t *testing.T) {
	d, _ := NewDate(1899, 12, 28)
	if d.Weekday() != time.Thursday {
		t.Errorf("%v was a %v", d, d.Weekday())
	}
	for range 60000 { // past three leap-year rules
		next := d.AddDays(1)
		if next.Number() != d.Number()+1 || next.Compare(d) <= 0 || DateOfNumber(next.Number()) != next || next.Day() == 1 && d.Last() != d ||
			next.Weekday() != (d.Weekday()+1)%7 || d.Cut(ToMonth).Last().Day() < d.Day() {
			t.Fatalf("the day after %v is %v", d, next)
		}
		d = next
	}
	for _, tt := range []struct {
		from string
		n    int
		want string
	}{{"2014-11", 2, "2015-01"}, {"2014-01-31", -1, "2013-12"}, {"2014", 11, "2014-12"}, {"9999-12", 1, ""}, {"", 3, ""}, {"0001-01", -1, ""}} {
		if got := DateOf(tt.from).AddMonths(tt.n).String(); got != tt.want {
			t.Errorf("%d months after %q: %q, want %q", tt.n, tt.from, got, tt.want)
		}
	}
}

func TestTimeSpan(t *testing.T) {
	for in, want := range map[string]string{
		"2014":                      "2014-01-01T00:00:00Z to 2015-01-01T00:00:00Z",
		"2014-02":                   "2014-02-01T00:00:00Z to 2014-03-01T00:00:00Z",
		"2014-12-31":                "2014-12-31T00:00:00Z to 2015-01-01T00:00:00Z",
		"2014-05-14T09:20:00+02:00": "2014-05-14T07:20:00Z to 2014-05-14T07:20:01Z",
		"2014-05-14T09:20":          "2014-05-14T09:20:00Z to 2014-05-14T09:21:00Z",
		"2014-02-30T09:20":          "none", "2014-13": "none", "": "none", "2014-05-14T25:00": "none",
	} {
		from, to, ok := TimeSpan(in)
		got := "none"
		if ok {
			got = from.UTC().Format(time.RFC3339) + " to " + to.UTC().Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("TimeSpan(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestDatesAreOrdered(t *testing.T) {
	want := []string{"2013-12-31", "2014", "2014-01", "2014-01-01", "2014-01-02", "2014-02", "2014-02-01", "2015", ""}
	var ds []Date
	for _, s := range want {
		ds = append(ds, DateOf(s))
	}
	slices.Reverse(ds)
	slices.SortFunc(ds, Date.Compare)
	for i, d := range ds {
		if d.String() != want[i] {
			t.Errorf("place %d holds %q, want %q", i, d, want[i])
		}
	}
}

func TestDateWithin(t *testing.T) {
	tests := []struct {
		d, from, to string
		want        bool
	}{
		{"2015-08-31", "", "2015-08", true},
		{"2015-09-01", "", "2015-08", false},
		{"2015-08", "2015-08-01", "2015-08-31", true},
		{"2015", "2015-01", "2015-12", true},
		{"2015", "2015-02", "", false}, // a year stands for its first day
		{"2014-12-31", "2015", "", false},
		{"2015-01-01", "2015", "2015", true},
		{"", "", "", false},
		{"2015-01-01", "", "", true},
	}
	for _, tt := range tests {
		if got := DateOf(tt.d).Within(DateOf(tt.from), DateOf(tt.to)); got != tt.want {
			t.Errorf("%q within %q to %q: %v, want %v", tt.d, tt.from, tt.to, got, tt.want)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2014-05-14", "2014-02-30", "2014", "2014-05-14T", "９999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err != nil {
			return
		}
		if again, err := ParseDate(d.String()); err != nil || again != d {
			t.Errorf("ParseDate(%q) = %v, which reads as %v, %v", s, d, again, err)
		}
	})
}
