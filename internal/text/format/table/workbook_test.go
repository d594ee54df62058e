package table

import (
	"testing"
	"time"
)

func TestDatesByFormat(t *testing.T) {
	tests := []struct {
		name, number, code string
		year               int // of the calendar
		want               string
	}{
		{"a day", "44320", "dd/mm/yyyy", 1900, "2021-05-04"},
		{"the first of 1900", "1", "d.m.yy", 1900, "1900-01-01"},
		{"the day after the day that 1900 had not", "61", "d.m.yy", 1900, "1900-03-01"},
		{"the calendar from 1904", "42858", "yyyy-mm-dd", 1904, "2021-05-04"},
		{"a month", "44317", "mmm yyyy", 1900, "2021-05"},
		{"a year", "44317", "yyyy", 1900, "2021"},
		{"a minute", "44320.388888888890", "yyyy-mm-dd hh:mm", 1900, "2021-05-04T09:20:00"},
		{"words in the format", "44320", `"den" d". "mmmm yyyy`, 1900, "2021-05-04"},
		{"a language in the format", "44320", "[$-407]d. mmmm yyyy;@", 1900, "2021-05-04"},
		{"a clock", "0.5", "h:mm", 1900, "12:00:00"},
		{"a number", "44320", "#,##0.00", 1900, "44320"},
		{"a number in red", "44320", "[Red]0", 1900, "44320"},
		{"General", "44320", "General", 1900, "44320"},
		{"an elapsed time", "1.5", "[h]:mm", 1900, "1.5"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := book{dates: []datePrecision{notDate, precisionOf(tt.code)}, epoch: time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)}
			if tt.year == 1904 {
				b.epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
			}
			if got := b.value(tt.number, "", 1); got != tt.want {
				t.Errorf("%s as %s = %q, want %q", tt.number, tt.code, got, tt.want)
			}
		})
	}
}

func TestColumnIndex(t *testing.T) {
	for ref, want := range map[string]int{"A1": 0, "Z9": 25, "AA10": 26, "XFD1048576": 16383, "": -1, "12": -1} {
		if got := columnIndex(ref); got != want {
			t.Errorf("columnIndex(%q) = %d, want %d", ref, got, want)
		}
	}
}
