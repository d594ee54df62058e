// Package chart draws results as SVG: bars, shares as dots with their ranges,
// and numbers by month. Its places are percentages and its letters have a
// fixed size, so that a drawing fits any width without a script; each mark is
// a link to its evidence, and says in words what it shows.
package chart

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"recount/internal/report/prose"
)

// A Chart is what is to be drawn.
type Chart struct {
	ID, Title, Desc string
	Kind            string // "bars" (also ""), "dots" or "timeline"
	Rows            []Mark
	Note            string // what stands below it, "" or a sentence
	Largest         int    // value at the right or upper edge; 0 means the largest of the rows
}

// A Mark is one bar, dot or month of a chart.
type Mark struct {
	Label     string
	Said      string // the label in words, where Label is a short form of it: "May 2014"
	Text      string // the number as printed
	Href      string
	Value     int
	Low, High int    // the range; equal if no open question moves it
	Range     string // in words, "" if no open question moves it
	Of        int    // dots only: Value, Low and High are thousandths
}

// Has reports whether some mark of a chart opens a page.
func (c *Chart) Has(href string) bool {
	return slices.ContainsFunc(c.Rows, func(m Mark) bool { return m.Href == href })
}

// Legend says what the thin lines of a chart are, and in words how far each
// number may move: a drawing alone does not say it.
func (c *Chart) Legend() string {
	var parts []string
	more := 0
	for _, m := range c.Rows {
		switch {
		case m.Range == "" || m.Low == m.High:
		case len(parts) == mostRanges:
			more++
		default:
			parts = append(parts, prose.OneLine(cmp.Or(m.Said, m.Label))+": "+m.Range)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	s := "The thin line is the range over the open questions. " + strings.Join(parts, "; ")
	if more > 0 {
		s += "; and " + prose.Plural(more, "other", "others")
	}
	return s + "."
}

// spoken is what a mark says to those who do not see it.
func (m Mark) spoken() string {
	s := cmp.Or(m.Said, m.Label) + ": " + m.Text
	if m.Range != "" && m.Low != m.High {
		s += ", range " + m.Range
	}
	return s
}

// mostRanges is how many ranges stand under a chart in words.
const mostRanges = 12

// A drawn mark has its place worked out, as SVG attributes.
type drawn struct {
	Mark
	Spoken   string // what it says to those who do not see it
	Short    string // the number above a month
	Lines    []line // the label
	X, W     string // per cent
	Y, H     int    // pixels; of a bar those of its row
	From, To string // of the range, per cent or pixels
	Mid      string // per cent
	HasRange bool
	Tick     string // label under a month
	Year     string // below the ticks, where the months of a year begin
	YearX    string // per cent
	YearEnd  bool   // it ends there
	LabelY   int    // of the last line of the label, and of the number
	BarY     int
}

// A line is one line of a label.
type line struct {
	Text string
	Y    int
}

type Drawing struct {
	Chart
	Width, Height int      // pixels
	Narrow        *Drawing // the same for a phone or half a sheet, where labels take more lines there
	Marks         []drawn
	Grid          []gridLine
	Base          int // y of the zero line of a timeline
}

type gridLine struct {
	X, Label, Anchor string
}

const (
	rowHeight      = 34  // pixels of one bar with a label of one line
	lineHeight     = 16  // of each further line
	mostLines      = 3   // of a label
	narrow         = 340 // pixels of a drawing on a phone, or of half a sheet
	wide           = 600 // on a wide screen, or on paper
	barHeight      = 8   // pixels
	timelineHeight = 130 // pixels of the tallest month
	yearRoom       = 750 // hundredths of a per cent that a year needs: 24 pixels of 320
)

// Draw works out where everything goes.
func (c *Chart) Draw() Drawing {
	d := Drawing{Chart: *c}
	d.Rows = slices.Clone(c.Rows)
	for i := range d.Rows {
		d.Rows[i].Said = cmp.Or(d.Rows[i].Said, d.Rows[i].Label)
	}
	c = &d.Chart
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
			m := drawn{Mark: r, Spoken: r.spoken(), X: hundredths(i*10000/n + slot/10), W: hundredths(slot * 8 / 10), Mid: hundredths(i*10000/n + slot/2), H: h, Y: d.Base - h,
				HasRange: r.Low != r.High, From: fmt.Sprint(d.Base - r.Low*timelineHeight/top), To: fmt.Sprint(d.Base - r.High*timelineHeight/top)}
			m.LabelY = min(m.Y, d.Base-r.High*timelineHeight/top) - 5
			m.Tick = tick(c.Rows, i)
			if n > 24 || r.Value == 0 {
				m.Short = ""
			} else {
				m.Short = prose.Grouped(r.Value)
			}
			d.Marks = append(d.Marks, m)
		}
		d.years()
	default:
		gridRoom := 0
		if c.Kind == "dots" {
			gridRoom = 22
			for _, g := range []struct{ at, label, anchor string }{{"0%", "0%", "start"}, {"25%", "25%", "middle"}, {"50%", "50%", "middle"}, {"75%", "75%", "middle"}, {"100%", "100%", "end"}} {
				d.Grid = append(d.Grid, gridLine{g.at, g.label, g.anchor})
			}
		}
		small := d
		d.bars(wide*10/65, top, gridRoom)
		small.bars(narrow/7, top, gridRoom)
		if !slices.EqualFunc(small.Marks, d.Marks, func(a, b drawn) bool { return slices.Equal(a.Lines, b.Lines) }) {
			d.Narrow = &small
		}
	}
	return d
}

// bars sets each label over its bar or dot, in lines that hold so many letters.
func (d *Drawing) bars(letters, top, gridRoom int) {
	room := 0 // that the number takes at the end of the last line
	for _, r := range d.Rows {
		room = max(room, utf8.RuneCountInString(r.Text)+2)
	}
	y := 0
	for _, r := range d.Rows {
		m := drawn{Mark: r, Spoken: r.spoken(), Lines: wrap(r.Said, letters-room), Y: y, HasRange: r.Low != r.High,
			W: hundredths(r.Value * 10000 / top), X: hundredths(r.Value * 10000 / top), From: hundredths(r.Low * 10000 / top), To: hundredths(r.High * 10000 / top)}
		for i := range m.Lines {
			m.LabelY = y + 14 + i*lineHeight
			m.Lines[i].Y = m.LabelY
		}
		m.BarY = m.LabelY + 6
		m.Mid = fmt.Sprint(m.BarY + barHeight/2)
		m.H = rowHeight + (len(m.Lines)-1)*lineHeight
		y += m.H
		d.Marks = append(d.Marks, m)
	}
	d.Height = y + gridRoom
}

// isMonth reports whether a label is a month: "2014-05".
func isMonth(l string) bool {
	return len(l) == 7 && l[4] == '-' && '0' <= l[5] && l[5] <= '9'
}

// tick returns what stands under a month: its initial, where there is room.
func tick(rows []Mark, i int) string {
	l := rows[i].Label
	if !isMonth(l) {
		switch {
		case l == "unknown":
			return "?"
		case len(l) <= 2, len(rows) <= 8, i%((len(rows)+7)/8) == 0:
			return l
		}
		return ""
	}
	initials := "JFMAMJJASOND"
	m := int(l[5]-'0')*10 + int(l[6]-'0')
	if len(rows) > 24 || m < 1 || m > 12 {
		return ""
	}
	return initials[m-1 : m]
}

// years writes each year once, where its months begin. One that finds no room
// before the next is left out, as may be one that has few months at the left
// end; one at the right end stands before the edge.
func (d *Drawing) years() {
	n := len(d.Marks)
	free := 10000 // hundredths of a per cent, up to the next year
	for i := n - 1; i >= 0; i-- {
		m := &d.Marks[i]
		if !isMonth(m.Label) || i > 0 && isMonth(d.Marks[i-1].Label) && m.Label[:4] == d.Marks[i-1].Label[:4] {
			continue
		}
		slot := 10000 / n
		at := i*10000/n + slot/10
		from := min(at, 10000-yearRoom)
		if from+yearRoom > free {
			continue
		}
		m.Year, m.YearX, m.YearEnd, free = m.Label[:4], m.X, from < at, from
		if m.YearEnd {
			m.YearX = "100.00%"
		}
	}
}

// wrap breaks a label into lines between its words; what finds no room in them is
// cut off.
func wrap(label string, room int) (out []line) {
	room = max(room, 12)
	rest := prose.OneLine(label)
	for len(out) < mostLines-1 && utf8.RuneCountInString(rest) > room {
		first := string([]rune(rest)[:room+1])
		at := strings.LastIndexByte(first, ' ')
		if at <= 0 {
			break // one long word
		}
		out = append(out, line{Text: rest[:at]})
		rest = strings.TrimLeft(rest[at:], " ")
	}
	return append(out, line{Text: prose.Shorten(rest, room)})
}

func hundredths(n int) string {
	return fmt.Sprintf("%d.%02d%%", n/100, n%100)
}
