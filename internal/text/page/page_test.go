package page

import (
	"errors"
	"slices"
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
