package page

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"recount"
)

func TestPieces(t *testing.T) {
	tests := []struct {
		name, html string
		want       []string
	}{
		{"inline elements", "<p>a <b>b</b><i>c</i> d", []string{"a bc d"}},
		{"a line break between sentences", "<p>First.<br>Second.", []string{"First.", "Second."}},
		{"blocks inside inline elements", "<a><div>one</div>two</a>", []string{"one", "two"}},
		{"what is not shown", "<p>a<script>b</script><span hidden>c</span><span style='display: none'>d</span><button>e</button>f", []string{"af"}},
		{"no-break and zero-width spaces", "<p>a\u00a0\u00a0b\u200bc\u00add", []string{"a bcd"}},
		{"a row of data", "<table><tr><td>a<td>b", []string{"a b"}},
		{"a row that sets a page", "<table><tr><td><p>a</p><td><p>b</p>", []string{"a", "b"}},
		{"nothing", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := Parse(tt.html)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			paths := NewPathIndex()
			for _, p := range Pieces(doc) {
				got = append(got, p.Text)
				if s, err := Find(doc, p.Path(paths)); err != nil || s != p.Text {
					t.Errorf("Find(%s) = %q, %v; want %q", p.Path(paths), s, err, p.Text)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("Pieces = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestZones(t *testing.T) {
	tests := []struct {
		name, html string
		want       Zone
	}{
		{"plain", "<div><p>x", Open},
		{"a caption inside an author box", "<div class=author-box><figcaption>x", Captioned},
		{"inside comments", "<div id=comments><div class=related><p>x", Comments},
		{"navigation", "<nav><p>x", Chrome},
		{"not shown", "<div style='display: none'><p>x", Hidden},
		{"a class on the article itself", "<article class='has-sidebar'><p>x", Open},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := Parse(tt.html)
			if err != nil {
				t.Fatal(err)
			}
			ps := Pieces(doc)
			if got := (Zones{}).Of(ps[0].At); got != tt.want {
				t.Errorf("zone %d, want %d", got, tt.want)
			}
		})
	}
}

func TestParseRefusesDepth(t *testing.T) {
	deep := make([]byte, 0, 50_000)
	for range 10_000 {
		deep = append(deep, "<div>"...)
	}
	if _, err := Parse(string(deep)); !errors.Is(err, recount.ErrRefused) {
		t.Errorf("Parse = %v, want a refusal", err)
	}
}

func TestLean(t *testing.T) {
	long := strings.Repeat("QUJD", 1000)
	tests := []struct{ name, html, want string }{
		{"a picture", `<p>a<img src="data:image/png;base64,` + long + `">b`, `<p>a<img src="data:image/png;base64,">b`},
		{"a font in a style", `<style>@font-face{src:url(data:font/woff2;base64,` + long + `)}</style><p>a`, `<style>@font-face{src:url(data:font/woff2;base64,)}</style><p>a`},
		{"short ones stay", `<img src='data:image/gif;base64,R0lGOD'>`, `<img src='data:image/gif;base64,R0lGOD'>`},
		{"words stay", "<p>The data: first, " + strings.Repeat("one more ", 300), "<p>The data: first, " + strings.Repeat("one more ", 300)},
		{"one that nothing ends", "<p>a<img src=data:image/png," + long, "<p>a<img src=data:image/png,"},
		{"none", "<p>a", "<p>a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Lean(tt.html); got != tt.want {
				t.Errorf("Lean = %.200q, want %.200q", got, tt.want)
			}
		})
	}
}

// TestSingleFile holds that a page with many megabytes of pictures costs little
// more than one without.
func TestSingleFile(t *testing.T) {
	picture := `<img src="data:image/jpeg;base64,` + strings.Repeat("/9j4AAQSkZJRg", 100_000) + `">`
	src := "<html><body><article><p>It sank." + strings.Repeat(picture, 20) + "<p>Nobody saw it.</article>"
	doc, err := Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	ps := Pieces(doc)
	if len(ps) != 2 || ps[1].Text != "Nobody saw it." || ps[1].Path(NewPathIndex()) != "/html[1]/body[1]/article[1]/p[2]" {
		t.Errorf("Pieces = %v", ps)
	}
	size := 0
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			size += len(a.Val)
		}
	}
	if size > 10_000 {
		t.Errorf("attributes of %d bytes are kept", size)
	}
}

func BenchmarkLean(b *testing.B) {
	src := strings.Repeat(`<p>It sank.<img src="data:image/jpeg;base64,`+strings.Repeat("/9j4AAQSkZJRg", 10_000)+`">`, 50)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		Lean(src)
	}
}
