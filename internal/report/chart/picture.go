package chart

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"recount/internal/report/document"
	"recount/internal/report/prose"
)

// This file draws a chart for paper: once as SVG and once in pixels, from the
// same shapes, so that both show the same.
//
// Limits: the pixels have the letters of the Go fonts (Latin, Greek, Cyrillic);
// a letter that they lack is a box there. The SVG names no font of its own.

// Pixels of a chart on paper: 600 of 1/96 inch are 15.9 cm, what the margins of
// an A4 sheet leave.
const (
	paperWidth = 600
	paperEdge  = 8 // free above and below
	fine       = 2 // pixels of the picture for one of the chart
)

// Colours of a chart on paper, as the style sheet of the page has them.
var (
	ink   = color.RGBA{0x1a, 0x1a, 0x1a, 0xff}
	quiet = color.RGBA{0x55, 0x5b, 0x61, 0xff}
	pale  = color.RGBA{0xe8, 0xea, 0xec, 0xff}
	bar   = color.RGBA{0x5b, 0x8c, 0x9c, 0xff}
)

// A shape is a rectangle, a circle or a line of text, in pixels of the chart.
type shape struct {
	kind       string // "rect", "circle" or "text"
	x, y, w, h int    // of a circle: its middle and, as w, its radius; of a text: its anchor and, as h, its size
	colour     color.RGBA
	text       string
	anchor     string // "start", "middle" or "end"
	bold       bool
}

//go:embed chart.html
var onScreen string

// screen draws a chart whose marks are links.
var screen = template.Must(template.New("").Parse(onScreen))

// Picture draws the chart for paper and for the screen.
func (c *Chart) Picture() (*document.Picture, error) {
	d := c.Draw()
	p := &document.Picture{Width: paperWidth, Height: d.Height + 2*paperEdge, Alt: d.alt()}
	var b bytes.Buffer
	if err := screen.ExecuteTemplate(&b, "chart", d); err != nil {
		return nil, err
	}
	p.Screen = b.Bytes()
	shapes := d.shapes()
	p.SVG = svg(p, shapes)
	var err error
	p.PNG, err = pixels(p, shapes)
	return p, err
}

// alt says in words what the chart shows.
func (d *Drawing) alt() string {
	var parts []string
	for _, m := range d.Marks {
		parts = append(parts, prose.OneLine(m.Spoken))
	}
	return prose.OneLine(d.Title) + ". " + strings.Join(parts, "; ") + "."
}

// across turns a percentage of the width into pixels.
func across(percent string) int {
	whole, rest, _ := strings.Cut(strings.TrimSuffix(percent, "%"), ".")
	a, _ := strconv.Atoi(whole)
	b, _ := strconv.Atoi(rest)
	return (a*100 + b) * paperWidth / 10000
}

func number(s string) int { n, _ := strconv.Atoi(s); return n }

func (d *Drawing) shapes() (out []shape) {
	rect := func(x, y, w, h int, c color.RGBA) {
		if w > 0 && h > 0 {
			out = append(out, shape{kind: "rect", x: x, y: y + paperEdge, w: w, h: h, colour: c})
		}
	}
	text := func(x, y, size int, anchor string, c color.RGBA, bold bool, s string) {
		if s = prose.OneLine(s); s != "" {
			out = append(out, shape{kind: "text", x: x, y: y + paperEdge, h: size, anchor: anchor, colour: c, bold: bold, text: s})
		}
	}
	for _, g := range d.Grid {
		rect(min(across(g.X), paperWidth-1), 0, 1, d.Height-18, pale)
		text(across(g.X), d.Height-4, 11, g.Anchor, quiet, false, g.Label)
	}
	if d.Kind == "timeline" {
		rect(0, d.Base, paperWidth, 1, quiet)
	}
	for _, m := range d.Marks {
		if d.Kind == "timeline" {
			x, w, mid := across(m.X), across(m.W), across(m.Mid)
			rect(x, m.Y, w, m.H, bar)
			if m.HasRange {
				from, to := number(m.From), number(m.To)
				rect(mid-1, to, 3, max(from-to, 1), ink)
			}
			text(mid, m.LabelY, 11, "middle", ink, true, m.Short)
			text(mid, d.Base+14, 11, "middle", quiet, false, m.Tick)
			anchor := "start"
			if m.YearEnd {
				anchor = "end"
			}
			text(across(m.YearX), d.Base+30, 11, anchor, quiet, false, m.Year)
			continue
		}
		for _, l := range m.Lines {
			text(0, l.Y, 13, "start", ink, false, l.Text)
		}
		text(paperWidth, m.LabelY, 13, "end", ink, true, m.Text)
		middle := m.BarY + barHeight/2
		if d.Kind != "dots" {
			rect(0, m.BarY, paperWidth, barHeight, pale)
			rect(0, m.BarY, across(m.W), barHeight, bar)
		}
		if m.HasRange {
			from, to := across(m.From), across(m.To)
			rect(from, middle-1, max(to-from, 1), 3, ink)
		}
		if d.Kind == "dots" {
			x := min(max(across(m.X), 5), paperWidth-5)
			out = append(out, shape{kind: "circle", x: x, y: middle + paperEdge, w: 5, colour: bar})
		}
	}
	return out
}

func svg(p *document.Picture, shapes []shape) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="Arial, Helvetica, sans-serif"><title>%s</title>`+"\n", p.Width, p.Height, p.Width, p.Height, document.XML(p.Alt))
	for _, s := range shapes {
		fill := fmt.Sprintf("#%02x%02x%02x", s.colour.R, s.colour.G, s.colour.B)
		switch s.kind {
		case "rect":
			fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`, s.x, s.y, s.w, s.h, fill)
		case "circle":
			fmt.Fprintf(&b, `<circle cx="%d" cy="%d" r="%d" fill="%s"/>`, s.x, s.y, s.w, fill)
		case "text":
			weight := ""
			if s.bold {
				weight = ` font-weight="bold"`
			}
			fmt.Fprintf(&b, `<text x="%d" y="%d" font-size="%d" text-anchor="%s" fill="%s"%s>%s</text>`, s.x, s.y, s.h, s.anchor, fill, weight, document.XML(s.text))
		}
		b.WriteByte('\n')
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// fonts are read once.
var fonts = sync.OnceValues(func() (out [2]*opentype.Font, err error) {
	for i, ttf := range [][]byte{goregular.TTF, gobold.TTF} {
		if out[i], err = opentype.Parse(ttf); err != nil {
			return out, err
		}
	}
	return out, nil
})

// pixels draws the shapes on white.
func pixels(p *document.Picture, shapes []shape) ([]byte, error) {
	all, err := fonts()
	if err != nil {
		return nil, err
	}
	canvas := image.NewRGBA(image.Rect(0, 0, p.Width*fine, p.Height*fine))
	draw.Draw(canvas, canvas.Bounds(), image.White, image.Point{}, draw.Src)
	type of struct {
		size int
		bold bool
	}
	faces := map[of]font.Face{}
	for _, s := range shapes {
		switch s.kind {
		case "rect":
			draw.Draw(canvas, image.Rect(s.x*fine, s.y*fine, (s.x+s.w)*fine, (s.y+s.h)*fine), image.NewUniform(s.colour), image.Point{}, draw.Src)
		case "circle":
			disc(canvas, s.x*fine, s.y*fine, s.w*fine, s.colour)
		case "text":
			k := of{s.h, s.bold}
			if faces[k] == nil {
				f := all[0]
				if s.bold {
					f = all[1]
				}
				if faces[k], err = opentype.NewFace(f, &opentype.FaceOptions{Size: float64(s.h * fine), DPI: 72, Hinting: font.HintingNone}); err != nil {
					return nil, err
				}
			}
			d := font.Drawer{Dst: canvas, Src: image.NewUniform(s.colour), Face: faces[k], Dot: fixed.P(s.x*fine, s.y*fine)}
			switch s.anchor {
			case "end":
				d.Dot.X -= d.MeasureString(s.text)
			case "middle":
				d.Dot.X -= d.MeasureString(s.text) / 2
			}
			d.DrawString(s.text)
		}
	}
	var b bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, canvas)
	return b.Bytes(), err
}

// disc fills a circle; a pixel at its edge takes as many of 16 parts as lie
// inside.
func disc(dst *image.RGBA, cx, cy, r int, c color.RGBA) {
	for y := cy - r; y < cy+r; y++ {
		for x := cx - r; x < cx+r; x++ {
			in := 0
			for i := range 16 {
				dx, dy := 8*(x-cx)+2*(i%4)+1, 8*(y-cy)+2*(i/4)+1
				if dx*dx+dy*dy < 64*r*r {
					in++
				}
			}
			if in == 0 {
				continue
			}
			was := dst.RGBAAt(x, y)
			mix := func(a, b uint8) uint8 { return uint8((int(a)*(16-in) + int(b)*in) / 16) }
			dst.SetRGBA(x, y, color.RGBA{mix(was.R, c.R), mix(was.G, c.G), mix(was.B, c.B), 0xff})
		}
	}
}
