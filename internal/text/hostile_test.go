package text

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"recount/internal/parallel"
)

// hostilePages are pages made to be slow or to break the parser.
var hostilePages = []struct {
	name string
	make func() string
}{
	{"100,000 paragraphs", func() string { return strings.Repeat("<p>A short line of text, and a stop.</p>", 100_000) }},
	{"40,000 long paragraphs", func() string { return strings.Repeat("<p>"+strings.Repeat("word ", 60)+".</p>", 40_000) }},
	{"100,000 links", func() string { return strings.Repeat("<a href='/x'>link</a> ", 100_000) }},
	{"100,000 line breaks", func() string { return "<div>" + strings.Repeat("a line of words here<br>", 100_000) + "</div>" }},
	{"400 nested lists over 50,000 items", func() string {
		return strings.Repeat("<ul><li>", 200) + strings.Repeat("<li><a href=x>y</a>", 50_000)
	}},
	{"450 nested divs with text at each level", func() string {
		return strings.Repeat("<div>Some words stand here, and end.", 450) + strings.Repeat("<span>x y z</span>", 50_000)
	}},
	{"450 nested spans", func() string {
		return "<p>x" + strings.Repeat("<b></b><span>", 450) + strings.Repeat("<a href=x>link</a>", 50_000)
	}},
	{"tables in tables", func() string { return strings.Repeat("<table><tr><td>cell</td><td>", 150) }},
	{"20,000 rows", func() string { return "<table>" + strings.Repeat("<tr><td>one<td>two<td>three", 20_000) }},
	{"10,000 headings", func() string { return strings.Repeat("<h2>Heading of a part</h2><p>Text.", 10_000) }},
	{"one attribute of 20 MB", func() string { return "<div class='" + strings.Repeat("related ", 2_500_000) + "'><p>Text." }},
	{"30,000 attributes", func() string {
		var b strings.Builder
		b.WriteString("<div ")
		for i := range 30_000 {
			fmt.Fprintf(&b, "a%d=1 ", i)
		}
		return b.String() + "><p>Text."
	}},
	{"100,000 unclosed formatting elements", func() string { return strings.Repeat("<p><b><i><font>", 30_000) }},
	{"20 MB of text in one element", func() string { return "<p>" + strings.Repeat("words and more words. ", 900_000) }},
	{"100,000 blockquotes", func() string { return strings.Repeat("<blockquote>Said a man, and more.</blockquote>", 50_000) }},
	{"40,000 long blockquotes", func() string {
		return strings.Repeat("<blockquote>Said a man on the quay in the rain, and there was more of it to come.</blockquote>", 40_000)
	}},
	{"5,000 captions and asides in an article", func() string {
		return "<article>" + strings.Repeat("<p>A line of some length stands here, so that it is read.</p><figure><img><figcaption>A boat</figcaption></figure><aside>A line of some length</aside>", 5_000)
	}},
	{"8,000 list items with names", func() string {
		return "<article><p>" + strings.Repeat("Words of an article. ", 100) + "</p><ul>" + strings.Repeat("<li>oak", 8_000)
	}},
	{"60 levels of lists and tables", func() string {
		return strings.Repeat("<div><ul><li><table><tr><td><p>Some words of a text here, and more of it.", 60) + strings.Repeat("<p>Another line, of the usual length for a line.", 2_000)
	}},
	{"1 MB of JSON brackets", func() string {
		return `<script type="application/ld+json">` + strings.Repeat("[", 900_000) + "</script><p>Text."
	}},
}

// TestHostile bounds the time that one page may take.
func TestHostile(t *testing.T) {
	for _, tt := range hostilePages {
		t.Run(tt.name, func(t *testing.T) {
			page := "<!doctype html><title>A page</title>" + tt.make()
			start := parallel.Used()
			a, err := Extract([]byte(page), Options{Name: "hostile.html"})
			if d := parallel.Used() - start; d > 20*time.Second {
				t.Errorf("took %v", d)
			} else {
				t.Logf("%v, %d bytes of text, %d blocks, error %v, notes %v", d, len(a.Text), len(a.Blocks), err, a.Notes)
			}
		})
	}
}
