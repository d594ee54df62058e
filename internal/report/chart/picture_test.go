package chart

import (
	"bytes"
	"encoding/xml"
	"image/png"
	"io"
	"strings"
	"testing"
)

// TestPicture draws charts of every kind for paper, with odd labels: the SVG is
// XML that names every label, the pixels have the same shape, and both are the
// same bytes each time.
func TestPicture(t *testing.T) {
	labels := []string{"plain", `<script>alert("x")</script>`, "a & b", "\x00control\u202e", "العربية", "日本語", strings.Repeat("long ", 60), ""}
	for _, kind := range []string{"bars", "dots", "timeline"} {
		c := &Chart{ID: "x", Title: `A <title> & "more"`, Kind: kind}
		if kind == "dots" {
			c.Largest = 1000
		}
		for i, l := range labels {
			c.Rows = append(c.Rows, Mark{Label: l, Text: "5 of 29", Value: i, Low: 0, High: i + 1, Href: "x"})
		}
		a, err := c.Picture()
		if err != nil {
			t.Fatal(err)
		}
		b, err := c.Picture()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a.SVG, b.SVG) || !bytes.Equal(a.PNG, b.PNG) {
			t.Errorf("%s: two drawings differ", kind)
		}
		img, err := png.Decode(bytes.NewReader(a.PNG))
		if err != nil {
			t.Fatal(err)
		}
		if s := img.Bounds().Size(); s.X != a.Width*fine || s.Y != a.Height*fine {
			t.Errorf("%s: the pixels are %v, the chart %d by %d", kind, s, a.Width, a.Height)
		}
		dark := 0
		for y := range img.Bounds().Dy() {
			for x := range img.Bounds().Dx() {
				if r, _, _, _ := img.At(x, y).RGBA(); r>>8 == uint32(bar.R) {
					dark++
				}
			}
		}
		if dark == 0 {
			t.Errorf("%s: no mark is drawn", kind)
		}
		var said strings.Builder
		d := xml.NewDecoder(bytes.NewReader(a.SVG))
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: the SVG is no XML: %v", kind, err)
			}
			switch tok := tok.(type) {
			case xml.StartElement:
				if tok.Name.Local == "script" {
					t.Errorf("%s: a label became an element", kind)
				}
			case xml.CharData:
				said.Write(tok)
			}
		}
		for _, l := range labels[:3] {
			if !strings.Contains(said.String(), l) || !strings.Contains(a.Alt, l) {
				t.Errorf("%s: %q is missing", kind, l)
			}
		}
	}
}

func TestPictureOfNothing(t *testing.T) {
	for _, kind := range []string{"bars", "dots", "timeline"} {
		if p, err := (&Chart{Kind: kind}).Picture(); err != nil || len(p.PNG) == 0 {
			t.Errorf("%s: %v", kind, err)
		}
	}
}
