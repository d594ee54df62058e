package text

import (
	"fmt"
	"strings"
	"testing"

	"github.com/markusmobius/go-trafilatura"
)

// longStory is a fictional page of the size of a news page: a menu of 120
// links, 40 paragraphs, a box of links to other stories and 30 comments.
func longStory() string {
	var b strings.Builder
	for i := range 36 {
		fmt.Fprintf(&b, `<p class="par">On day %d of the strike the crews of the <a href="/topic/%d">island ferries</a> met again in the net loft, and “nobody who spoke had slept,” said Ada Brunn, who has steered the morning boat for eleven years.</p>`, i+8, i)
		if i == 12 {
			b.WriteString(`<div class="related"><h3>More on this</h3><ul>` + strings.Repeat(`<li><a href="/x">Bakery fire put out by guests</a></li>`, 6) + `</ul></div>`)
		}
	}
	s := story(`<meta property="article:published_time" content="2021-03-08T06:30:00+01:00">`, b.String())
	s = strings.Replace(s, "<nav><ul>", "<nav><ul>"+strings.Repeat(`<li class="menu-item"><a href="/section">A section of the paper</a></li>`, 120), 1)
	return strings.Replace(s, "<footer>", `<section id="comments">`+strings.Repeat(`<div class="comment"><b>wharfrat</b><p>I was there and it was nothing like that at all.</p></div>`, 30)+`</section><script>`+strings.Repeat("var a=1;", 4000)+`</script><footer>`, 1)
}

func BenchmarkExtract(b *testing.B) {
	src := []byte(longStory())
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Extract(src, Options{Name: "p.html"}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTrafilatura is go-trafilatura's default on the same page.
func BenchmarkTrafilatura(b *testing.B) {
	src := longStory()
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := trafilatura.Extract(strings.NewReader(src), trafilatura.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
