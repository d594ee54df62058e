package recount

import (
	"slices"
	"testing"
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
