package web_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestPicture takes the picture of the README: the reading page of the
// example. UPDATE=1 go test ./internal/web -run TestPicture writes it anew;
// otherwise the one that is committed must be as large.
func TestPicture(t *testing.T) {
	const width, height = 1180, 720
	b := open(t, serve(t, &example))
	b.size(width, height)
	path := "/articles/" + b.article("Deserters say Harrow Order fights rivals")
	a := get[readArticle](b, path)
	b.show(path + "#statement:" + a.Speakers[b.find(t, a, "Tomas Hedrin")].Statements[0].Key)
	b.until(`CSS.highlights.get('accepted')?.size > 0`)
	shot, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		t.Fatal(err)
	}
	if s := img.Bounds().Size(); s != image.Pt(width, height) {
		t.Fatalf("the picture is %v, want %d by %d", s, width, height)
	}
	name := filepath.Join("..", "..", "docs", "workbench.png")
	if os.Getenv("UPDATE") != "" {
		var small bytes.Buffer
		if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&small, few(img)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, small.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := png.DecodeConfig(f)
	if err != nil || c.Width != width || c.Height != height {
		t.Errorf("docs/workbench.png is %d by %d (%v); UPDATE=1 go test ./internal/web -run TestPicture", c.Width, c.Height, err)
	}
	b.calm()
}

// few keeps the 256 colours that a picture has most of.
func few(img image.Image) image.Image {
	count := map[color.RGBA]int{}
	r := img.Bounds()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			c := color.RGBAModel.Convert(img.At(x, y)).(color.RGBA)
			count[color.RGBA{c.R &^ 3, c.G &^ 3, c.B &^ 3, 255}]++
		}
	}
	colours := make([]color.RGBA, 0, len(count))
	for c := range count {
		colours = append(colours, c)
	}
	slices.SortFunc(colours, func(a, b color.RGBA) int {
		if n := count[b] - count[a]; n != 0 {
			return n
		}
		return int(a.R)<<16 + int(a.G)<<8 + int(a.B) - int(b.R)<<16 - int(b.G)<<8 - int(b.B)
	})
	palette := color.Palette{}
	for _, c := range colours[:min(256, len(colours))] {
		palette = append(palette, c)
	}
	out := image.NewPaletted(r, palette)
	draw.Draw(out, r, img, r.Min, draw.Src)
	return out
}

// TestEveryPagePictured takes a picture of every page, narrow, usual and very
// wide, light, dark and in Arabic, into the folder RECOUNT_PICTURES, to be
// looked at before a release.
func TestEveryPagePictured(t *testing.T) {
	to := os.Getenv("RECOUNT_PICTURES")
	if to == "" {
		t.Skip("RECOUNT_PICTURES names no folder: no pictures are taken")
	}
	b := open(t, serve(t, &example))
	for _, x := range []struct {
		name, language, scheme string
		width                  int64
	}{{"360", "en", "light", 360}, {"1280", "en", "light", 1280}, {"2560", "en", "light", 2560}, {"1280-dark", "en", "dark", 1280}, {"1280-ar", "ar", "light", 1280}, {"360-ar", "ar", "light", 360}} {
		b.signIn("ada", x.language)
		b.scheme(x.scheme)
		b.size(x.width, x.width*9/16+600*360/x.width)
		for i, address := range addresses(b) {
			b.show(address)
			shot, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(to, fmt.Sprintf("%s-%02d.png", x.name, i)), shot, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}
