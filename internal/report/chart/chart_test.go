package chart

import (
	"fmt"
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

// TestLegend: what a line draws is said in words, to those who see the chart and
// to those who do not, and what does not move is not said to.
func TestLegend(t *testing.T) {
	c := &Chart{Title: "Country", Rows: []Mark{{Label: "2014-05", Said: "May 2014", Text: "1 of 3", Value: 1, Low: 1, High: 2, Range: "1 or 2"}, {Label: "Aland", Text: "2 of 3", Value: 2, Low: 2, High: 2, Range: "2"}}}
	if got, want := c.Legend(), "The thin line is the range over the open questions. May 2014: 1 or 2."; got != want {
		t.Errorf("Legend() = %q, want %q", got, want)
	}
	d := c.Draw()
	for i, want := range []string{"May 2014: 1 of 3, range 1 or 2", "Aland: 2 of 3"} {
		if d.Marks[i].Spoken != want {
			t.Errorf("mark %d says %q, want %q", i, d.Marks[i].Spoken, want)
		}
	}
	if alt := d.alt(); alt != "Country. May 2014: 1 of 3, range 1 or 2; Aland: 2 of 3." {
		t.Errorf("alt = %q", alt)
	}
	for range mostRanges + 3 {
		c.Rows = append(c.Rows, c.Rows[0])
	}
	if got := c.Legend(); !strings.HasSuffix(got, "; and 4 others.") {
		t.Errorf("a long legend is %q", got)
	}
	c.Rows = c.Rows[1:2]
	if c.Legend() != "" {
		t.Errorf("nothing moves, and the legend is %q", c.Legend())
	}
}

// TestLabelsWrap: a label that is longer than its line goes on in the next one,
// between words, and only one that finds no room in three lines is cut.
func TestLabelsWrap(t *testing.T) {
	tests := []struct {
		label, text string
		narrow      string // lines on a phone or half a sheet
		wide        string
	}{
		{"Karsova", "12 of 29 (41.4%)", "Karsova", "Karsova"},
		{"Le Courrier de Maravie", "1 of 29 (3.4%)", "Le Courrier de Maravie", "Le Courrier de Maravie"},
		{"The Order fights its neighbours, its own or nobody it promised to fight", "10",
			"The Order fights its neighbours, its own or|nobody it promised to fight", "The Order fights its neighbours, its own or nobody it promised to fight"},
		{"The Order fights its neighbours, its own or nobody it promised to fight", "10 of 29 (34.5%)",
			"The Order fights its|neighbours, its own or nobody|it promised to fight", "The Order fights its neighbours, its own or nobody it promised to fight"},
		{"Unequal, dishonest or against its own Rule", "14", "Unequal, dishonest or against its own Rule", "Unequal, dishonest or against its own Rule"},
		{strings.Repeat("word ", 40), "9", "word word word word word word word word word|word word word word word word word word word|word word word word word word word word word…",
			"word word word word word word word word word word word word word word word word word word|word word word word word word word word word word word word word word word word word word|word word word word"},
		{strings.Repeat("ü", 100), "9", strings.Repeat("ü", 44) + "…", strings.Repeat("ü", 88) + "…"},
		{"two\nlines", "9", "two lines", "two lines"},
		{"", "9", "", ""},
		{"x", strings.Repeat("9", 200), "x", "x"},
	}
	join := func(l []line) (s string) {
		for i, x := range l {
			if i > 0 {
				s += "|"
				if x.Y != l[i-1].Y+lineHeight {
					t.Errorf("%q stands at %d, under %d", x.Text, x.Y, l[i-1].Y)
				}
			}
			s += x.Text
		}
		return s
	}
	for _, tt := range tests {
		d := (&Chart{Kind: "bars", Rows: []Mark{{Label: "first", Text: "1"}, {Label: tt.label, Text: tt.text}}}).Draw()
		small := &d
		if d.Narrow != nil {
			small = d.Narrow
		}
		if got := join(small.Marks[1].Lines); got != tt.narrow {
			t.Errorf("%.20q on a phone is %q, want %q", tt.label, got, tt.narrow)
		}
		if got := join(d.Marks[1].Lines); got != tt.wide {
			t.Errorf("%.20q on a wide screen is %q, want %q", tt.label, got, tt.wide)
		}
		for _, d := range []*Drawing{small, &d} {
			if m := d.Marks[1]; m.Y != d.Marks[0].H || m.Lines[0].Y-13 < m.Y || m.BarY+barHeight > m.Y+m.H || d.Height != m.Y+m.H {
				t.Errorf("%.20q: a row from %d of %d pixels has a line at %d and a bar at %d", tt.label, m.Y, m.H, m.Lines[0].Y, m.BarY)
			}
		}
	}
	var rows []Mark
	for range 11 {
		rows = append(rows, Mark{Label: "Country", Text: "1 of 29 (3.4%)"})
	}
	if d := (&Chart{Kind: "bars", Rows: rows}).Draw(); d.Height > 11*34 {
		t.Errorf("11 countries take %d pixels: more than a line with a bar each", d.Height)
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
		if m.Year != "" {
			got += "|"
		}
	}
	if got != "N|DJ|?" {
		t.Errorf("ticks = %q, want N|DJ|?", got)
	}
}

// TestYearsStandOnce draws windows of 1 to 60 months, and some that are much
// longer, that begin in any month: each year is written once, none lies outside
// or in another, and none that has room is missing.
func TestYearsStandOnce(t *testing.T) {
	lengths := []int{120, 161, 200, 400}
	for n := 1; n <= 60; n++ {
		lengths = append(lengths, n)
	}
	for _, n := range lengths {
		for start := 1; start <= 12; start++ {
			for _, unknown := range []bool{false, true} {
				var rows []Mark
				months := map[string]int{} // by year
				for i := range n {
					l := fmt.Sprintf("%04d-%02d", 2019+(start-1+i)/12, (start-1+i)%12+1)
					rows = append(rows, Mark{Label: l, Value: i})
					months[l[:4]]++
				}
				if unknown {
					rows = append(rows, Mark{Label: "unknown", Value: 3})
				}
				name := fmt.Sprintf("%d months from %s, unknown %v", n, rows[0].Label, unknown)
				d := (&Chart{Kind: "timeline", Rows: rows}).Draw()
				seen := map[string]bool{}
				end := 0.0 // of the year before
				for _, m := range d.Marks {
					if len(m.Tick) == 4 {
						t.Errorf("%s: the tick of %s is a year, %s", name, m.Label, m.Tick)
					}
					if m.Year == "" {
						continue
					}
					if seen[m.Year] || !strings.HasPrefix(m.Label, m.Year) {
						t.Errorf("%s: %s under %s is wrong, or stands twice", name, m.Year, m.Label)
					}
					seen[m.Year] = true
					at, err := strconv.ParseFloat(strings.TrimSuffix(m.YearX, "%"), 64)
					if err != nil {
						t.Fatal(err)
					}
					if m.YearEnd {
						at -= 7.5
					}
					if at < end || at+7.5 > 100 {
						t.Errorf("%s: %s begins at %.2f%%, the year before ends at %.2f%%", name, m.Year, at, end)
					}
					end = at + 7.5
				}
				for i := 0; i < len(rows); {
					y := rows[i].Label[:4]
					if y == "unkn" {
						break
					}
					last := i+months[y] == n
					if room := months[y] * 10000 / len(rows); !seen[y] && n <= 60 && (i > 0 || last || room >= yearRoom+400) {
						t.Errorf("%s: %s is missing, with %d months", name, y, months[y])
					}
					i += months[y]
				}
				if onPaper(d.Chart) != len(seen) {
					t.Errorf("%s: the picture for paper has %d years, want %d", name, onPaper(d.Chart), len(seen))
				}
			}
		}
	}
}

// onPaper counts the years that stand in the drawing for paper.
func onPaper(c Chart) (n int) {
	d := c.Draw()
	for _, s := range d.shapes() {
		if s.kind == "text" && len(s.text) == 4 && s.text[0] == '2' {
			n++
		}
	}
	return n
}

// A row that is no month has no year, and stands between those that have.
func TestYearsOfOtherRows(t *testing.T) {
	tests := []struct {
		name, rows, want string
	}{
		{"years", "2019 2020 2021", ",,"},
		{"quarters", "2019-Q4 2020-Q1", ","},
		{"days", "2019-12-31 2020-01-01", ","},
		{"months", "2019-11 2019-12 2020-01", "2019,,2020"},
		{"months, the other way round", "2020-01 2019-12 2019-11", "2020,2019,"},
		{"a gap", "2019-11 2022-02", "2019,2022"},
		{"unknown alone", "unknown", ""},
		{"unknown first", "unknown 2020-01", ",2020"},
		{"no label", " 2020-01", ",2020"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var rows []Mark
			for _, l := range strings.Split(tt.rows, " ") {
				rows = append(rows, Mark{Label: l, Value: 1})
			}
			var got []string
			for _, m := range (&Chart{Kind: "timeline", Rows: rows}).Draw().Marks {
				got = append(got, m.Year)
			}
			if strings.Join(got, ",") != tt.want {
				t.Errorf("years of %q are %q, want %q", tt.rows, strings.Join(got, ","), tt.want)
			}
		})
	}
}
