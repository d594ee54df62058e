package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"recount"
)

// A chart is a drawing of results as SVG. Its places are percentages and its
// letters have a fixed size, so that it fits any width without a script; each
// mark is a link to its evidence.
type chart struct {
	ID, Title, Desc string
	Kind            string // "bars" (also ""), "dots" or "timeline"
	Rows            []mark
	Largest         int // value at the right or upper edge; 0 means the largest of the rows
}

// A mark is one bar, dot or month of a chart.
type mark struct {
	Label     string
	Text      string // the number as printed
	Href      string
	Value     int
	Low, High int // the range; equal if no open question moves it
	Of        int // dots only: Value, Low and High are thousandths
}

// A drawn mark has its place worked out, as SVG attributes.
type drawn struct {
	mark
	Short    string // label cut to fit a narrow screen
	X, W     string // per cent
	Y, H     int    // pixels
	From, To string // of the range, per cent or pixels
	Mid      string // per cent
	HasRange bool
	Tick     string // label under a month
	TickAt   bool   // a year begins here
	LabelY   int
	BarY     int
}

type drawing struct {
	chart
	Width, Height int // pixels
	Marks         []drawn
	Grid          []gridLine
	Base          int // y of the zero line of a timeline
}

type gridLine struct {
	X, Label, Anchor string
}

const (
	rowHeight      = 42  // pixels of one bar with its label
	timelineHeight = 130 // pixels of the tallest month
	labelRunes     = 32
)

// Draw works out where everything goes.
func (c *chart) Draw() drawing {
	d := drawing{chart: *c}
	top := c.Largest
	if top == 0 {
		for _, r := range c.Rows {
			top = max(top, r.Value, r.High)
		}
	}
	top = max(top, 1)
	switch c.Kind {
	case "timeline":
		d.Base = timelineHeight + 22
		d.Height = d.Base + 36
		n := len(c.Rows)
		for i, r := range c.Rows {
			slot := 10000 / max(n, 1)
			h := r.Value * timelineHeight / top
			m := drawn{mark: r, X: hundredths(i*10000/n + slot/10), W: hundredths(slot * 8 / 10), Mid: hundredths(i*10000/n + slot/2), H: h, Y: d.Base - h,
				HasRange: r.Low != r.High, From: fmt.Sprint(d.Base - r.Low*timelineHeight/top), To: fmt.Sprint(d.Base - r.High*timelineHeight/top)}
			m.LabelY = min(m.Y, d.Base-r.High*timelineHeight/top) - 5
			m.Tick, m.TickAt = tick(c.Rows, i)
			if n > 24 || r.Value == 0 {
				m.Short = ""
			} else {
				m.Short = grouped(r.Value)
			}
			d.Marks = append(d.Marks, m)
		}
	default:
		gridRoom := 0
		if c.Kind == "dots" {
			gridRoom = 22
			for _, g := range []struct{ at, label, anchor string }{{"0%", "0%", "start"}, {"25%", "25%", "middle"}, {"50%", "50%", "middle"}, {"75%", "75%", "middle"}, {"100%", "100%", "end"}} {
				d.Grid = append(d.Grid, gridLine{g.at, g.label, g.anchor})
			}
		}
		d.Height = len(c.Rows)*rowHeight + gridRoom
		for i, r := range c.Rows {
			m := drawn{mark: r, Short: shorten(r.Label, labelRunes), Y: i * rowHeight, LabelY: i*rowHeight + 16, BarY: i*rowHeight + 23,
				W: hundredths(r.Value * 10000 / top), X: hundredths(r.Value * 10000 / top), HasRange: r.Low != r.High,
				From: hundredths(r.Low * 10000 / top), To: hundredths(r.High * 10000 / top)}
			m.Mid = fmt.Sprint(m.BarY + 6)
			d.Marks = append(d.Marks, m)
		}
	}
	return d
}

// tick returns what stands under a month, and whether a year begins there.
func tick(rows []mark, i int) (string, bool) {
	l := rows[i].Label
	if len(l) != 7 || l[4] != '-' || l[5] == 'Q' {
		switch {
		case len(l) <= 2:
			return l, false
		case len(rows) <= 8:
			return l, false
		case utf8.RuneCountInString(l) > 4 && l[0] >= 'a':
			return "?", false
		}
		if i%((len(rows)+7)/8) == 0 {
			return l, false
		}
		return "", false
	}
	year := i == 0 || l[:4] != rows[i-1].Label[:min(4, len(rows[i-1].Label))]
	if len(rows) > 24 {
		if year {
			return l[:4], true
		}
		return "", false
	}
	initials := "JFMAMJJASOND"
	m := int(l[5]-'0')*10 + int(l[6]-'0')
	if m < 1 || m > 12 {
		return "", year
	}
	return initials[m-1 : m], year
}

func hundredths(n int) string {
	return fmt.Sprintf("%d.%02d%%", n/100, n%100)
}

func shorten(s string, runes int) string {
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	n := 0
	for i := range s {
		if n == runes-1 {
			return strings.TrimRight(s[:i], " ") + "…"
		}
		n++
	}
	return s
}

// chartOf draws the rows of a result.
func chartOf(r recount.Result, kind string, href func(row int) string) *chart {
	c := &chart{ID: slug(r.Name) + "-" + kind, Title: labelOf(r), Kind: kind}
	switch kind {
	case "bars":
		c.Desc = "One bar a row, as long as its number. Each bar opens the sentences it was counted from."
	case "dots":
		c.Desc = "One dot a row, at its share; the line is its range over the open questions. Each dot opens the sentences it was counted from."
		c.Largest = 1000
	case "timeline":
		c.Desc = "One column a period, as high as its number; a thin line is its range over the open questions. Each column opens the sentences it was counted from."
	}
	for i, row := range r.Rows {
		m := mark{Label: labelOf(row), Text: kOfN(row), Href: href(i), Value: row.N, Low: row.Range.Low, High: row.Range.High}
		if kind == "dots" {
			m.Value, m.Low, m.High, m.Of = permille(row.N, row.Of), permille(row.ShareRange.LowN, row.ShareRange.LowOf), permille(row.ShareRange.HighN, row.ShareRange.HighOf), row.Of
		}
		c.Rows = append(c.Rows, m)
	}
	return c
}

func permille(k, n int) int {
	if n <= 0 {
		return 0
	}
	return (2000*k + n) / (2 * n)
}
