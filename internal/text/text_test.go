package text

import (
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"recount"
	"recount/internal/text/page"
)

// story wraps body in a page that the extractors take for an article: three
// paragraphs of fiction stand before it and one after it.
func story(head, body string) string {
	return `<!doctype html><html lang="en"><head><title>Ferry strike enters second week | Quay Courier</title>` + head + `</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li><li><a href="/weather">Weather</a></li></ul></nav>
<article><h1>Ferry strike enters second week</h1><div class="body">
<p>The crews of the island ferries stayed ashore for an eighth day on Monday, and the queue of lorries reached the old customs house.</p>
<p>“Nobody wants this to last until the herring come,” said Ada Brunn, who has steered the morning boat for eleven years and led the first walkout.</p>
<p>The company said it had offered a rise of four per cent in March and had heard nothing since, a claim that the crews rejected at once.</p>
` + body + `
<p>The harbour master said the quay would stay open to fishing boats, and that the lighthouse tender would carry the post and medicines as before.</p>
</div></article><footer><p>Quay Courier, Mole Street.</p></footer></body></html>`
}

func extract(t *testing.T, src string, o Options) recount.Article {
	t.Helper()
	a, err := Extract([]byte(src), o)
	if err != nil {
		t.Fatalf("Extract: %v", err)
	}
	check(t, []byte(src), o, a)
	return a
}

// check tests what must hold of every article.
func check(t *testing.T, payload []byte, o Options, a recount.Article) {
	t.Helper()
	if !utf8.ValidString(a.Text) || strings.ContainsAny(a.Text, "\x00\r\ufeff") {
		t.Errorf("text is not clean UTF-8: %.60q", a.Text)
	}
	end := -1
	for i, b := range a.Blocks {
		if !b.Span.Within(a.Text) || b.Span.Start != end+1 {
			t.Fatalf("block %d has span %v after %d in %d bytes", i, b.Span, end, len(a.Text))
		}
		end = b.Span.End
		s := b.Span.In(a.Text)
		if strings.Contains(s, "\n") || strings.TrimSpace(s) != s {
			t.Errorf("block %d has white space: %.60q", i, s)
		}
		if b.Role == "" {
			t.Errorf("block %d has no role", i)
		}
	}
	if end != len(a.Text) && len(a.Blocks) > 0 {
		t.Errorf("blocks end at %d of %d", end, len(a.Text))
	}
}

// texts returns the blocks of one role.
func blocksOf(a recount.Article, role recount.Role) []string {
	var out []string
	for _, b := range a.Blocks {
		if b.Role == role {
			out = append(out, b.Span.In(a.Text))
		}
	}
	return out
}

func TestExtractRefuses(t *testing.T) {
	tests := []struct {
		name, file string
		payload    []byte
		want       string
	}{
		{"an empty file", "a.html", nil, "empty file"},
		{"white space only", "a.html", []byte(" \n\t"), "empty file"},
		{"a picture named .html", "a.html", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "picture"},
		{"binary named .html", "a.html", bytes.Repeat([]byte{0, 1, 2, 3, 200, 7}, 300), "binary data"},
		{"a PDF", "a.pdf", []byte("%PDF-1.7\n1 0 obj"), "a PDF"},
		{"a ZIP archive", "a.txt", []byte("PK\x03\x04xxxx"), "ZIP"},
		{"nested 10,000 deep", "a.html", []byte("<html><body>" + strings.Repeat("<div>", 10_000) + "x"), "nested too deeply"},
		{"33 MiB", "a.html", bytes.Repeat([]byte("<p>word</p>"), 33<<20/11), "the limit is 32 MiB"},
		{"a page with no text", "a.html", []byte("<html><body><img src=x></body></html>"), "no article text"},
		{"NUL bytes only", "a.txt", make([]byte, 100), "binary data"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Extract(tt.payload, Options{Name: tt.file})
			if !errors.Is(err, recount.ErrRefused) || !strings.Contains(err.Error(), tt.want) || recount.HintOf(err) == "" {
				t.Errorf("Extract = %v (hint %q), want a refusal with %q", err, recount.HintOf(err), tt.want)
			}
		})
	}
}

func TestMediaType(t *testing.T) {
	tests := []struct{ name, file, payload, want string }{
		{"a page", "x", "<!DOCTYPE html><html>", "text/html"},
		{"a page named .txt", "x.txt", "<!doctype html><p>Hello", "text/html"},
		{"a fragment named .html.gz", "x.html.gz", "Hello <b>world</b>", "text/html"},
		{"text", "x", "Hello, world.", "text/plain"},
		{"text that quotes a tag", "x.txt", "The <p> element holds a paragraph.", "text/plain"},
		{"RTF", "x.doc", `{\rtf1\ansi Hello}`, "application/rtf"},
		{"a feed", "x.xml", "<?xml version=\"1.0\"?><rss><channel><title>x</title>", "application/xml"},
		{"XHTML", "x.html", "<?xml version=\"1.0\"?><!DOCTYPE html><html xmlns=\"http://www.w3.org/1999/xhtml\">", "text/html"},
		{"JSON", "x.json", "{\"a\": [1, 2]}", "application/json"},
		{"text in brackets", "x.txt", "[A bell rings.] The crew came ashore.", "text/plain"},
		{"an e-mail", "x.txt", "From: a@b.example\r\nTo: c@d.example\r\n\r\nHello", "message/rfc822"},
		{"a transcript", "x.txt", "FROM: nowhere in particular, he said.\nThe crew laughed.", "text/plain"},
		{"gzip", "x.html", "\x1f\x8b\x08\x00", "application/x-gzip"},
		{"control bytes", "x.txt", "\x01\x02\x03\x04\x05\x06", "application/octet-stream"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Recognise([]byte(tt.payload), tt.file).MediaType(); got != tt.want {
				t.Errorf("MediaType = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	const want = "“Über die Brücke”, sagte Jörg Öhm – und ging."
	body := "<p>" + want + "</p>"
	utf8Page := story("", body)
	encode := func(s string, e interface{ String(string) (string, error) }) string {
		out, err := e.String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	tests := []struct{ name, payload, media string }{
		{"UTF-8 without a label", utf8Page, ""},
		{"UTF-8 with a byte order mark", "\ufeff" + utf8Page, ""},
		{"UTF-8 labelled Latin-1 in the page", story(`<meta charset="iso-8859-1">`, body), ""},
		{"UTF-8 labelled Latin-1 in the header", utf8Page, "text/html; charset=ISO-8859-1"},
		{"Windows-1252 with a label", encode(story(`<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">`, body), charmap.Windows1252.NewEncoder()), ""},
		{"Windows-1252 without a label", encode(utf8Page, charmap.Windows1252.NewEncoder()), ""},
		{"Windows-1252 labelled Latin-1", encode(story(`<meta charset=latin1>`, body), charmap.Windows1252.NewEncoder()), ""},
		{"UTF-16 with a byte order mark", encode(utf8Page, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()), ""},
		{"NUL bytes inside", strings.Replace(utf8Page, "Brücke", "Brü\x00cke", 1), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := extract(t, tt.payload, Options{Name: "p.html", MediaType: tt.media})
			if !slices.Contains(blocksOf(a, recount.Body), want) {
				t.Errorf("no block %q in %q", want, a.Text)
			}
		})
	}
}

func TestInvalidUTF8IsRepaired(t *testing.T) {
	src := strings.Replace(story(`<meta charset="utf-8">`, "<p>Café owners on the quay said trade was down by half.</p>"), "trade", "tr\xffade", 1)
	a := extract(t, src, Options{Name: "p.html"})
	if !strings.Contains(a.Text, "Café owners on the quay said tr\ufffdade") || len(a.Notes) == 0 {
		t.Errorf("text %q, notes %q", a.Text, a.Notes)
	}
}

func TestBlocks(t *testing.T) {
	tests := []struct {
		name, html string
		role       recount.Role
		want       []string // among the blocks of role
		not        []string // in no block of role
	}{
		{"inline elements neither lose nor add spaces", `<p>The <a href="/x">island</a>’s <b>two</b> boats, <i>Tern</i>and<i>Gull</i> , lay idle <span>under</span>
			tarpaulin<sup>1</sup>.</p>`, recount.Body, []string{"The island’s two boats, TernandGull , lay idle under tarpaulin1."}, nil},
		{"two line breaks split a paragraph", `<p>One crew slept aboard through the first three nights of it.<br><br>The other went home to the far side of the bay.</p>`,
			recount.Body, []string{"One crew slept aboard through the first three nights of it.", "The other went home to the far side of the bay."}, nil},
		{"a line break inside a sentence does not", `<p>One crew slept aboard through the first three nights of the strike,<br>because the heating there was better than it was at home.</p>`,
			recount.Body, []string{"One crew slept aboard through the first three nights of the strike, because the heating there was better than it was at home."}, nil},
		{"text between divs", `<div>Loose words that stand in a plain div of their own, without a paragraph.<p>Then a paragraph follows inside the same element, as it should not.</p>And a tail of loose words comes after it, all in one div.</div>`,
			recount.Body, []string{"Loose words that stand in a plain div of their own, without a paragraph.", "And a tail of loose words comes after it, all in one div."}, nil},
		{"a caption", `<figure><img src="a.jpg"><figcaption>The Tern at her berth on Sunday. Photo: Ida Holm</figcaption></figure>`,
			recount.Caption, []string{"The Tern at her berth on Sunday. Photo: Ida Holm"}, nil},
		{"a caption is no body", `<figure><img src="a.jpg"><figcaption>The Tern at her berth on Sunday. Photo: Ida Holm</figcaption></figure>`,
			recount.Body, nil, []string{"The Tern at her berth on Sunday. Photo: Ida Holm"}},
		{"a pull quote by its class", `<aside class="pullquote">Nobody wants this to last until the herring come</aside>`,
			recount.PullQuote, []string{"Nobody wants this to last until the herring come"}, nil},
		{"a blockquote that repeats the text", `<blockquote><p>“Nobody wants this to last until the herring come,” said Ada Brunn</p></blockquote>`,
			recount.PullQuote, []string{"“Nobody wants this to last until the herring come,” said Ada Brunn"}, nil},
		{"a blockquote that does not", `<blockquote><p>“We are not paid for the hours in which the wind blows,” the crews wrote in a letter to the company on Friday.</p></blockquote>`,
			recount.Body, []string{"“We are not paid for the hours in which the wind blows,” the crews wrote in a letter to the company on Friday."}, nil},
		{"a subhead", `<h2>What the crews want</h2><p>They ask for a second mate on every night crossing and for the winter allowance that was dropped three years ago.</p>`,
			recount.Subhead, []string{"What the crews want"}, nil},
		{"links to other stories", `<div class="inline-related"><span>Read more</span><ul><li><a href="/1">Bakery fire put out by guests</a></li><li><a href="/2">Ten walks in the rain</a></li></ul></div>`,
			recount.Body, nil, []string{"Read more", "Bakery fire put out by guests", "Ten walks in the rain"}},
		{"a line that leads to another story", `<p>Read more: <a href="/1">The winter when the bay froze over and the post went by sledge</a></p>`,
			recount.Related, []string{"Read more: The winter when the bay froze over and the post went by sledge"}, nil},
		{"a newsletter box", `<div class="newsletter"><p>Sign up for our morning letter and never miss a tide.</p></div>`,
			recount.Body, nil, []string{"Sign up for our morning letter and never miss a tide."}},
		{"a hidden list of links inside a sentence", `<p>Harbour minister <span class="who"><a href="/p">Ole Rask</a><span class="drop"><a href="/p">Ole Rask in full</a><a href="/p1">Rask and the dredger that never came</a><a href="/p2">Rask opens a school</a></span></span> said on Sunday that he would not step in.</p>`,
			recount.Body, []string{"Harbour minister Ole Rask said on Sunday that he would not step in."}, nil},
		{"a row of data is one line", `<table><tr><td>Tern</td><td>two crews</td><td>idle for eight days now</td></tr><tr><td>Gull</td><td>one crew</td><td>idle for seven days now</td></tr></table>`,
			recount.Body, []string{"Tern two crews idle for eight days now", "Gull one crew idle for seven days now"}, nil},
		{"a paragraph that stands in the page twice", `<div class="desktop"><p>The mayor asked both sides to come back to the table before the end of the week.</p></div><div class="phone"><p>The mayor asked both sides to come back to the table before the end of the week.</p></div>`,
			recount.Body, []string{"The mayor asked both sides to come back to the table before the end of the week."}, nil},
		{"an agency's mark", `<p class="sig">(QPA) ab/cd</p>`, recount.Byline, []string{"(QPA) ab/cd"}, nil},
		{"short paragraphs between long ones", `<p>Why?</p>`, recount.Body, []string{"Why?"}, nil},
		{"white space is collapsed", "<p>Fuel\u00a0for the boats \n\t is delivered every second Thursday by\u200b a barge.</p>",
			recount.Body, []string{"Fuel for the boats is delivered every second Thursday by a barge."}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := story("", tt.html)
			a := extract(t, src, Options{Name: "p.html"})
			got := blocksOf(a, tt.role)
			for _, w := range tt.want {
				if !slices.Contains(got, w) {
					t.Errorf("no %s block %q; have %q", tt.role, w, got)
				}
			}
			for _, w := range tt.not {
				if slices.Contains(got, w) {
					t.Errorf("%q is a %s block", w, tt.role)
				}
			}
			if b := blocksOf(a, recount.Body); !slices.ContainsFunc(b, func(s string) bool { return strings.HasPrefix(s, "The crews of the island") }) ||
				!slices.ContainsFunc(b, func(s string) bool { return strings.HasPrefix(s, "The harbour master") }) {
				t.Errorf("the article around it is not whole: %q", b)
			}
			resolve(t, []byte(src), a)
		})
	}
}

// resolve tests that every block of a page is found again by its path.
func resolve(t *testing.T, payload []byte, a recount.Article) {
	t.Helper()
	src, _ := page.Decode(payload, "")
	doc, err := page.Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range a.Blocks {
		if got, err := page.Find(doc, b.Path); err != nil || got != b.Span.In(a.Text) {
			t.Errorf("%s: Find(%s) = %.60q, %v; want %.60q", a.Name, b.Path, got, err, b.Span.In(a.Text))
		}
	}
}

func TestBlockText(t *testing.T) {
	src := []byte(story("", "<div>First run of words<p>inner</p>second run</div>"))
	tests := []struct{ name, path, want string }{
		{"a paragraph", "/html[1]/body[1]/article[1]/div[1]/p[4]", "The harbour master said the quay would stay open to fishing boats, and that the lighthouse tender would carry the post and medicines as before."},
		{"the first run of a div", "/html[1]/body[1]/article[1]/div[1]/div[1]", "First run of words"},
		{"the second run", "/html[1]/body[1]/article[1]/div[1]/div[1]#2", "second run"},
		{"a third one", "/html[1]/body[1]/article[1]/div[1]/div[1]#3", ""},
		{"no such element", "/html[1]/body[1]/article[1]/div[9]", ""},
		{"no path", "", ""},
		{"nonsense", "/html/../#x", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := BlockText(src, Options{}, tt.path)
			if got != tt.want || (tt.want == "") != errors.Is(err, recount.ErrNotFound) {
				t.Errorf("BlockText(%q) = %q, %v; want %q", tt.path, got, err, tt.want)
			}
		})
	}
}

func TestComments(t *testing.T) {
	src := strings.Replace(story("", ""), "</article>", `</article><section id="comments" class="comments"><h3>1 comment</h3><div class="comment"><b>wharfrat</b><p>At least three hundred of them were there, I counted.</p></div></section>`, 1)
	a := extract(t, src, Options{Name: "p.html"})
	if got := blocksOf(a, recount.Comment); !slices.Contains(got, "At least three hundred of them were there, I counted.") {
		t.Errorf("comments %q", got)
	}
	resolve(t, []byte(src), a)
}

func TestMetadata(t *testing.T) {
	const ld = `<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},{"@type":"NewsArticle",
		"headline":"Ferry strike enters second week","author":[{"@type":"Person","name":"Nils Amark"},{"@type":"Person","name":"Rosa Tveit"}],
		"datePublished":"2021-03-08T06:30:00+0100","dateModified":"2021-04-01","publisher":{"@type":"Organization","name":"Quay Courier"}}]}</script>`
	a := extract(t, story(ld+`<link rel="canonical" href="https://quaycourier.example/news/ferry#top"><meta property="og:title" content="Ferry strike enters second week">`, ""), Options{Name: "p.html"})
	if a.Title != "Ferry strike enters second week" || a.Outlet != "Quay Courier" || a.URL != "https://quaycourier.example/news/ferry" || a.Language != "en" {
		t.Errorf("title %q, outlet %q, URL %q, language %q", a.Title, a.Outlet, a.URL, a.Language)
	}
	if a.Byline != "Nils Amark, Rosa Tveit" || !slices.Equal(a.Authors, []string{"Nils Amark", "Rosa Tveit"}) {
		t.Errorf("byline %q, authors %q", a.Byline, a.Authors)
	}
	if a.Published != "2021-03-08T06:30:00+01:00" || a.Precision != recount.ToMinute || a.DateFlag != "" {
		t.Errorf("published %q to the %s, flag %q", a.Published, a.Precision, a.DateFlag)
	}
	if want := (recount.Candidate{Field: "modified", Value: "2021-04-01", Origin: "json-ld dateModified"}); !slices.Contains(a.Dates, want) {
		t.Errorf("dates %v lack %v", a.Dates, want)
	}
	if want := (recount.Candidate{Field: "title", Value: "Ferry strike enters second week", Origin: "meta og:title"}); !slices.Contains(a.Metadata, want) {
		t.Errorf("metadata %v lacks %v", a.Metadata, want)
	}
}

func TestAddress(t *testing.T) {
	tests := []struct{ name, head, file, want string }{
		{"canonical", `<link rel="canonical" href="https://quaycourier.example/a/1">`, "p.html", "https://quaycourier.example/a/1"},
		{"Open Graph", `<meta property="og:url" content="https://quaycourier.example/a/2">`, "p.html", "https://quaycourier.example/a/2"},
		{"the front page as canonical", `<link rel="canonical" href="https://quaycourier.example/">`, "p.html", ""},
		{"the front page with a query", `<link rel="canonical" href="https://quaycourier.example/?p=88">`, "p.html", "https://quaycourier.example/?p=88"},
		{"relative", `<link rel="canonical" href="/a/1">`, "p.html", ""},
		{"a development host", `<link rel="canonical" href="http://localhost:3000/a/1">`, "p.html", ""},
		{"an address", `<link rel="canonical" href="http://10.0.0.7/a/1">`, "p.html", ""},
		{"another site", `<link rel="canonical" href="https://wireagency.example/a/1">`, "https://quaycourier.example/x", ""},
		{"another host of the site", `<link rel="canonical" href="https://www.quaycourier.example/a/1">`, "https://m.quaycourier.example/x", "https://www.quaycourier.example/a/1"},
		{"a script", `<link rel="canonical" href="javascript:alert(1)">`, "p.html", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if a := extract(t, story(tt.head, ""), Options{Name: tt.file}); a.URL != tt.want {
				t.Errorf("URL %q, want %q", a.URL, tt.want)
			}
		})
	}
}

func TestDates(t *testing.T) {
	meta := func(v string) string { return `<meta property="article:published_time" content="` + v + `">` }
	tests := []struct {
		name, head, visible, file string
		captured                  string
		want                      string
		precision                 recount.Precision
		flagged                   bool
	}{
		{"a time with its zone", meta("2021-03-08T06:30:00+01:00"), "", "", "", "2021-03-08T06:30:00+01:00", recount.ToMinute, false},
		{"midnight is a day", meta("2021-03-08T00:00:00Z"), "", "", "", "2021-03-08", recount.ToDay, false},
		{"RFC 822", meta("Mon, 08 Mar 2021 06:30:00 GMT"), "", "", "", "2021-03-08T06:30:00Z", recount.ToMinute, false},
		{"printed only", "", "8 March 2021", "", "", "2021-03-08", recount.ToDay, false},
		{"printed, American", "", "Published Monday, March 8th, 2021", "", "", "2021-03-08", recount.ToDay, false},
		{"printed, German", "", "8. März 2021", "", "", "2021-03-08", recount.ToDay, false},
		{"printed, Spanish", "", "8 de marzo de 2021", "", "", "2021-03-08", recount.ToDay, false},
		{"printed, Russian", "", "8 марта 2021", "", "", "2021-03-08", recount.ToDay, false},
		{"a month", "", "Issue 14 · March 2021", "", "", "2021-03", recount.ToMonth, false},
		{"an ambiguous date is none", "", "03/04/2021", "", "", "", "", false},
		{"a slashed date with a day over 12", "", "28/03/2021", "", "", "2021-03-28", recount.ToDay, false},
		{"the address", "", "", "https://quaycourier.example/2021/mar/08/ferry", "", "2021-03-08", recount.ToDay, false},
		{"the address, a month", "", "", "https://quaycourier.example/2021/03/ferry", "", "2021-03", recount.ToMonth, false},
		{"two that agree", meta("2021-03-08T06:30:00+01:00"), "8 March 2021", "", "", "2021-03-08T06:30:00+01:00", recount.ToMinute, false},
		{"neighbouring days agree", meta("2021-03-09T02:30:00Z"), "8 March 2021", "", "", "2021-03-09T02:30:00Z", recount.ToMinute, false},
		{"a migration's date", meta("2024-10-02T11:00:00Z"), "8 March 2021", "", "", "2021-03-08", recount.ToDay, true},
		{"day and month swapped", meta("2021-08-03T06:00:00Z"), "8 March 2021", "https://quaycourier.example/2021/03/ferry", "", "2021-03-08", recount.ToDay, true},
		{"structured and address against printed", meta("2021-03-08T06:30:00Z"), "2 February 2020", "https://quaycourier.example/2021/03/08/ferry", "", "2021-03-08T06:30:00Z", recount.ToMinute, true},
		{"updated is no date of publication", meta("2021-03-08T06:30:00Z"), "Updated 19 April 2021", "", "", "2021-03-08T06:30:00Z", recount.ToMinute, false},
		{"after the capture", meta("2031-03-08T06:30:00Z"), "8 March 2021", "", "2021-04-01", "2021-03-08", recount.ToDay, false},
		{"the first day of computers", meta("1970-01-01T00:00:00Z"), "8 March 2021", "", "", "2021-03-08", recount.ToDay, false},
		{"a time element", "", `<time datetime="2021-03-08T06:30:00+01:00">yesterday</time>`, "", "", "2021-03-08T06:30:00+01:00", recount.ToMinute, false},
		{"a time element of a migration", "", `<time datetime="2024-10-02T06:30:00+01:00">8 March 2021</time>`, "", "", "2021-03-08", recount.ToDay, true},
		{"a time element of a change", meta("2021-03-08T06:30:00Z"), `Updated <time datetime="2021-05-02T06:30:00Z">2 May</time>`, "", "", "2021-03-08T06:30:00Z", recount.ToMinute, false},
		{"none", "", "", "", "", "", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := story(tt.head, "")
			if tt.visible != "" {
				src = strings.Replace(src, "</h1>", "</h1><div class=when>"+tt.visible+"</div>", 1)
			}
			o := Options{Name: tt.file}
			if tt.captured != "" {
				o.Captured, _ = time.Parse(time.DateOnly, tt.captured)
			}
			a := extract(t, src, o)
			if a.Published != tt.want || a.Precision != tt.precision || (a.DateFlag != "") != tt.flagged {
				t.Errorf("published %q to the %q, flag %q; want %q, %q, flagged %v; dates %v", a.Published, a.Precision, a.DateFlag, tt.want, tt.precision, tt.flagged, a.Dates)
			}
		})
	}
}

func TestTitle(t *testing.T) {
	tests := []struct{ name, title, h1, head, want string }{
		{"the outlet behind a bar", "Bay frozen over again | Quay Courier", "Bay frozen over again", "", "Bay frozen over again"},
		{"no heading", "Bay frozen over again for the third year | Quay Courier", "", "", "Bay frozen over again for the third year"},
		{"a dash that belongs to the headline", "Bay frozen - again", "Bay frozen - again", "", "Bay frozen - again"},
		{"the outlet behind a dash", "Bay frozen over again - Quay Courier", "", `<meta property="og:site_name" content="Quay Courier">`, "Bay frozen over again"},
		{"the logo is an h1", "Bay frozen over again | Quay Courier", "Quay Courier", `<meta property="og:title" content="Bay frozen over again">`, "Bay frozen over again"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := story(tt.head, "")
			src = strings.Replace(src, "Ferry strike enters second week | Quay Courier", tt.title, 1)
			src = strings.Replace(src, "<h1>Ferry strike enters second week</h1>", "<h1>"+tt.h1+"</h1>", 1)
			if a := extract(t, src, Options{Name: "p.html"}); a.Title != tt.want {
				t.Errorf("title %q, want %q", a.Title, tt.want)
			}
		})
	}
}

func TestPlainText(t *testing.T) {
	tests := []struct {
		name, src, title string
		want             []string
	}{
		{"a headline and a paragraph per line", "Ferry strike goes on\nThe crews stayed ashore.\nNobody spoke.\n", "Ferry strike goes on", []string{"The crews stayed ashore.", "Nobody spoke."}},
		{"no headline", "The crews stayed ashore.\r\nNobody spoke.", "", []string{"The crews stayed ashore.", "Nobody spoke."}},
		{"one line", "Ferry strike goes on", "", []string{"Ferry strike goes on"}},
		{"wrapped at a column", "Ferry strike goes on\n\nThe crews of the island ferries stayed ashore for an\neighth day on Monday, and the queue of lorries went\nas far as the old customs house.\n\nThe company said it had offered a rise of four per\ncent in March and had heard nothing since.\n",
			"Ferry strike goes on", []string{"The crews of the island ferries stayed ashore for an eighth day on Monday, and the queue of lorries went as far as the old customs house.", "The company said it had offered a rise of four per cent in March and had heard nothing since."}},
		{"a byte order mark", "\ufeffFerry strike goes on\nThe crews stayed ashore.", "Ferry strike goes on", []string{"The crews stayed ashore."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := extract(t, tt.src, Options{Name: "p.txt"})
			if got := blocksOf(a, recount.Body); a.Title != tt.title || !slices.Equal(got, tt.want) {
				t.Errorf("title %q, text %q; want %q, %q", a.Title, got, tt.title, tt.want)
			}
		})
	}
}

func TestExtractIsDeterministic(t *testing.T) {
	src := story(`<meta name="author" content="Nils Amark">`, "<p>More words of the same kind stand here so that there is something to read.</p>")
	first := extract(t, src, Options{Name: "p.html"})
	for range 5 {
		a := extract(t, src, Options{Name: "p.html"})
		if a.Text != first.Text || !slices.Equal(a.Blocks, first.Blocks) || !slices.Equal(a.Metadata, first.Metadata) {
			t.Fatal("two runs differ")
		}
	}
}

func FuzzExtract(f *testing.F) {
	f.Add([]byte(story("", "<p>x</p>")), "p.html")
	f.Add([]byte("Title\nText.\n"), "p.txt")
	f.Add([]byte("<table><tr><td>a<td>b<br><br>c<p>d<select><p>e"), "p.html")
	f.Add([]byte("<p>\xff\x00<b><i><ul><li><a href=x>y</a><span hidden>z"), "p.html")
	f.Add([]byte(`<script type="application/ld+json">{"@type":"NewsArticle","datePublished":["2020-01-01",{}],"author":[[]]}</script><p>word`), "https://a.example/2020/13/45/x")
	f.Fuzz(func(t *testing.T, payload []byte, name string) {
		if len(payload) > 8<<10 {
			return // TestHostile has the large ones
		}
		a, err := Extract(payload, Options{Name: name})
		if err != nil {
			if !errors.Is(err, recount.ErrRefused) || recount.HintOf(err) == "" {
				t.Errorf("error %v without reason or hint", err)
			}
			return
		}
		check(t, payload, Options{}, a)
		if len(a.Blocks) > 0 && a.Blocks[0].Path != "" {
			resolve(t, payload, a)
		}
	})
}

// TestPathsOfRealPages finds every block of the measuring pages again.
func TestPathsOfRealPages(t *testing.T) {
	n := 0
	for _, pattern := range []string{filepath.Join(shared(t, "pages", "html"), "*.gz"), filepath.Join(shared(t, "study-order", "pages"), "*.html")} {
		for _, p := range readPages(t, pattern) {
			a, err := Extract(p.raw, Options{Name: p.file})
			if err != nil {
				t.Errorf("Extract(%s): %v", p.file, err)
				continue
			}
			check(t, p.raw, Options{}, a)
			resolve(t, p.raw, a)
			n += len(a.Blocks)
		}
	}
	t.Logf("%d blocks found again by their paths", n)
}

// TestSeed reads the seed text as it lies beside the checkout.
func TestSeed(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(shared(t, "seed"), "*.txt"))
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		a, err := Extract(raw, Options{Name: filepath.Base(f)})
		if err != nil || a.Title == "" || len(a.Blocks) < 2 || a.Language != "en" {
			t.Errorf("%s: title %q, %d blocks, language %q, %v", f, a.Title, len(a.Blocks), a.Language, err)
		}
	}
}

func gz(b []byte) []byte {
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	z.Write(b)
	z.Close()
	return buf.Bytes()
}

func TestGzipInsideIsRefused(t *testing.T) {
	if _, err := Extract(gz([]byte(story("", ""))), Options{Name: "p.html.gz"}); !errors.Is(err, recount.ErrRefused) {
		t.Errorf("Extract = %v, want a refusal", err)
	}
}
