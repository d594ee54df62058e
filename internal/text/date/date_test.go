package date

import (
	"testing"
	"unicode/utf8"
)

func TestForeignDate(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"Korean", "2018년 8월 25일", "2018-08-25"},
		{"Japanese", "2018年8月25日", "2018-08-25"},
		{"Greek", "8 Μαρτίου 2021", "2021-03-08"},
		{"Hindi", "8 मार्च 2021", "2021-03-08"},
		{"Hindi, in its digits", "८ मार्च २०२१", "2021-03-08"},
		{"Arabic of Egypt", "الأربعاء 14 مايو 2014", "2014-05-14"},
		{"Arabic of the Levant, in its digits", "١٤ كانون الثاني ٢٠١٥", "2015-01-14"},
		{"Arabic of the Maghreb", "14 جويلية 2014", "2014-07-14"},
		{"Hebrew, Latin digits", "14 מאי 2014", "2014-05-14"},
		{"Persian letters for a month of the common calendar", "۱۴ مه ۲۰۱۴", "2014-05-14"},
		{"Urdu", "14 مئی 2014", "2014-05-14"},
		{"Bengali", "১৪ মে ২০১৪", "2014-05-14"},
		{"Bulgarian", "14 юни 2014 г.", "2014-06-14"},
		{"Serbian", "14. јун 2014.", "2014-06-14"},
		{"Norwegian", "14. desember 2014", "2014-12-14"},
		{"Catalan", "14 de juny de 2014", "2014-06-14"},
		{"Swahili", "14 Juni 2014", "2014-06-14"},
		{"Malay", "14 Ogos 2014", "2014-08-14"},
		{"figures alone", "03/04/2018", ""},
		{"no year", "8 Μαρτίου", ""},
		{"relative", "3 days ago", ""},
		{"prose", "το 2 τοις εκατό των λιμανιών", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, _, ok := Find(tt.text)
			if !ok && tt.want != "" || ok && d.String() != tt.want {
				t.Errorf("Find(%q) = %v, %v; want %q", tt.text, d, ok, tt.want)
			}
		})
	}
}

// TestLunar compares the arithmetical calendar with days that were kept: in
// Saudi Arabia by its own tables, elsewhere by the moon as it was seen.
func TestLunar(t *testing.T) {
	tests := []struct {
		name             string
		year, month, day int
		kept, sure       string
	}{
		{"the siege of Mecca began", 1400, 1, 1, "1979-11-20", "1979-11"},
		{"new year 1420", 1420, 1, 1, "1999-04-17", "1999-04"},
		{"new year 1445", 1445, 1, 1, "2023-07-19", "2023-07"},
		{"Ramadan 1444, Saudi Arabia", 1444, 9, 1, "2023-03-23", "2023-03"},
		{"Ramadan 1444, Pakistan", 1444, 9, 1, "2023-03-23", "2023-03"},
		{"Ramadan 1445, Morocco", 1445, 9, 1, "2024-03-12", "2024-03"},
		{"Ramadan 1445, Saudi Arabia", 1445, 9, 1, "2024-03-11", "2024-03"},
		{"the feast of 1443, Saudi Arabia", 1443, 10, 1, "2022-05-02", "2022-05"},
		{"the feast of 1443, Pakistan", 1443, 10, 1, "2022-05-03", "2022-05"},
		{"the feast of 1446, Saudi Arabia", 1446, 12, 10, "2025-06-06", "2025-06"},
		{"14 Rajab 1435", 1435, 7, 14, "2014-05-13", "2014-05"},
		{"the Prophet's birthday 1445", 1445, 3, 12, "2023-09-27", "2023-09"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sure, about := lunar(tt.year, tt.month, tt.day)
			kept, _ := ParseISO(tt.kept)
			if n := about.Number() - kept.Number(); n < -2 || n > 2 || sure.String() != tt.sure {
				t.Errorf("lunar(%d, %d, %d) = %v, %v; want %s, at most two days from %s", tt.year, tt.month, tt.day, sure, about, tt.sure, tt.kept)
			}
		})
	}
}

func TestParseMoment(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"a year", "2014", "2014"},
		{"a month", "2014-05", "2014-05"},
		{"a day", "2014-05-14", "2014-05-14"},
		{"no hyphens", "20140514", "2014-05-14"},
		{"slashes", "2014/05/14 09:20", "2014-05-14T09:20:00"},
		{"fractions of a second", "2014-05-14T09:20:00.123Z", "2014-05-14T09:20:00Z"},
		{"a zone without colon", "2014-05-14T09:20:00+0200", "2014-05-14T09:20:00+02:00"},
		{"no such day", "2014-02-30", ""},
		{"no such month", "2014-13-01", ""},
		{"words", "May 14th, 2014", "2014-05-14"},
		{"Chinese", "2014年5月14日", "2014-05-14"},
		{"dots", "14.5.2014", "2014-05-14"},
		{"either way the same", "05/05/2014", "2014-05-05"},
		{"two ways", "05/06/2014", ""},
		{"a telephone number", "555 010 0199", ""},
		{"empty", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, ok := Parse(tt.text)
			if !ok && tt.want != "" || ok && m.String() != tt.want {
				t.Errorf("Parse(%q) = %v, %v; want %q", tt.text, m, ok, tt.want)
			}
		})
	}
}

// FuzzDates holds that whatever is read as a date is one.
func FuzzDates(f *testing.F) {
	for _, s := range []string{"2014-05-14T09:20:00+02:00", "Wed, 14 May 2014 09:20:00 GMT", "14 de mayo de 2014", "2014年5月14日", "May 2014", "31/12/1999", "0001-01-01T00:00:00Z", "20140514"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		if m, ok := Parse(s); ok {
			if again, ok := Parse(m.String()); !ok || again != m {
				t.Errorf("Parse(%q) = %v, which reads as %v, %v", s, m, again, ok)
			}
		}
		if d, _, ok := Find(s); ok && !d.Known() {
			t.Errorf("Find(%q) = %v", s, d)
		}
		for _, c := range OfAddress(nil, "https://a.example/"+s) {
			if !c.Known() {
				t.Errorf("OfAddress(%q) = %v", s, c)
			}
		}
	})
}
