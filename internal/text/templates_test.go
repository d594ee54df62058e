package text

import (
	"encoding/json"
	"fmt"
	"html"
	"os"
	"slices"
	"strings"
	"testing"

	"recount"
)

// A template is one way in which a site sets an article: what it is given are
// title, byline, day and paragraphs, escaped.
type template struct {
	name string
	page func(title, by, day string, body []string) string
}

const (
	newsBox   = `<div class="newsletter"><h4>Sign up to our daily letter</h4><p>The news of the harbour in your inbox at six.</p></div>`
	relateBox = `<div class="inline-links"><b>Related</b><ul><li><a href="/1">Bakery fire put out by wedding guests with soup</a></li><li><a href="/2">The goose that held up the tram</a></li></ul></div>`
	sideBox   = `<div class="side"><h3>Most read</h3><ol><li><a href="/1">Bakery fire put out by wedding guests with soup</a></li><li><a href="/2">The goose that held up the tram</a></li><li><a href="/3">Lottery winner buys a lighthouse</a></li></ol></div>`
	bioBox    = `<div class="author-bio"><p>Nils Amark writes about ships and weather, and keeps bees on the roof of the office.</p></div>`
	shareBar  = `<div class="share"><a href="#">Share</a> <a href="#">Tweet</a> <a href="#">Email</a></div>`
	footBox   = `<footer><p>© 2014 Quay Courier, Mole Street. All rights reserved.</p></footer>`
	cookies   = `<div id="cookie-banner"><p>We and our 214 partners store and read data on your device, such as cookies, to show you advertising that suits you.</p><button>Agree</button></div>`
	talk      = `<div class="comments"><h3>Comments (2)</h3><div><b>tenterlaner</b><p>My aunt was on that boat and she says the half of it is not told here at all.</p></div></div>`
	teasers   = `<section class="river"><article><h3><a href="/1">Bakery fire put out by wedding guests with soup</a></h3><p>Nobody was hurt in the fire, which began in a tray of almonds.</p></article><article><h3><a href="/2">The goose that held up the tram</a></h3><p>It was returned to the canal by a conductor with a hat.</p></article></section>`
	photo     = `<figure><img src="a.jpg"><figcaption>The quay in an old picture, 3 March 1998</figcaption></figure>`
)

func paragraphsIn(before, after string, body []string) string {
	var b strings.Builder
	for _, p := range body {
		b.WriteString(before + p + after)
	}
	return b.String()
}

func within2(head, body string) string {
	return `<!doctype html><html><head><meta charset="utf-8">` + head + `</head><body>` + body + `</body></html>`
}

var templates = []template{
	{"article and p", func(t, by, day string, b []string) string {
		return within2("<title>"+t+" | Quay Courier</title>", menu+`<article><h1>`+t+`</h1><p class="byline">`+by+`</p><time>`+day+`</time>`+paragraphsIn("<p>", "</p>", b)+`</article>`+footBox)
	}},
	{"divs", func(t, by, day string, b []string) string {
		return within2("<title>"+t+" - Quay Courier</title>", cookies+menu+`<div class="c"><h1>`+t+`</h1><div class="a">`+by+`</div><div class="d">`+day+`</div>`+paragraphsIn(`<div class="t">`, `</div>`, b)+`</div>`+sideBox+footBox)
	}},
	{"breaks in a div", func(t, by, day string, b []string) string {
		return within2("<title>"+t+"</title>", menu+`<div id="main"><h2>`+t+`</h2><span>`+by+`</span><br><span>`+day+`</span><br><br>`+paragraphsIn("", "<br><br>\n", b)+`</div>`+footBox)
	}},
	{"a table of 1999", func(t, by, day string, b []string) string {
		return within2("<title>Quay Courier</title>", `<table width=700><tr><td colspan=2><font size=6>Quay Courier</font></td></tr><tr><td width=150>`+menu+`</td><td><font size=5><b>`+t+`</b></font><br><font size=2>`+by+` | `+day+`</font>`+paragraphsIn("<p>", "", b)+`</td></tr><tr><td colspan=2><font size=1>Copyright 2014 Quay Courier</font></td></tr></table>`)
	}},
	{"boxes between paragraphs", func(t, by, day string, b []string) string {
		body := slices.Clone(b)
		for i := range body {
			body[i] = "<p>" + body[i] + "</p>"
			switch i {
			case 1:
				body[i] += newsBox
			case 2:
				body[i] += relateBox
			case 3:
				body[i] += `<div class="ad">Advertisement</div>`
			}
		}
		return within2("<title>"+t+" | Quay Courier</title>", menu+`<main><h1>`+t+`</h1><div class="meta"><span class="author">`+by+`</span> <span class="date">`+day+`</span></div>`+shareBar+strings.Join(body, "")+`</main>`+teasers+footBox)
	}},
	{"a picture, a biography and comments", func(t, by, day string, b []string) string {
		return within2(`<title>Quay Courier | `+t+`</title><meta property="og:title" content="`+t+`">`, menu+`<div class="post"><h1 class="entry-title">`+t+`</h1><p class="entry-meta">`+by+`<br>`+day+`</p>`+photo+`<div class="entry-content">`+paragraphsIn("<p>", "</p>", b)+`</div>`+bioBox+`</div>`+talk+teasers+footBox)
	}},
	{"custom elements", func(t, by, day string, b []string) string {
		return within2("<title>"+t+" – Quay Courier</title>", menu+`<x-story><x-head><h1>`+t+`</h1></x-head><x-meta><address>`+by+`</address><span>`+day+`</span></x-meta><x-body>`+paragraphsIn("<x-p><p>", "</p></x-p>", b)+`</x-body></x-story>`+footBox)
	}},
	{"sections with a rule between", func(t, by, day string, b []string) string {
		return within2("<title>"+t+"</title>", `<header>Quay Courier</header><section><h1>`+t+`</h1><ul class="info"><li>`+by+`</li><li>`+day+`</li></ul></section><section>`+paragraphsIn("<p><span>", "</span></p>", b)+`</section><hr>`+teasers+footBox)
	}},
	{"a form around it and a modal", func(t, by, day string, b []string) string {
		return within2("<title>"+t+" :: Quay Courier</title>", `<form>`+menu+`<div class="modal"><p>Support independent words: our readers own this paper, and every gift of theirs keeps it going.</p></div><div class="article-body"><h1>`+t+`</h1><h5>`+by+` | `+day+`</h5>`+paragraphsIn("<p>", "</p>", b)+`</div></form>`+sideBox+footBox)
	}},
	{"title in a div, no headings", func(t, by, day string, b []string) string {
		return within2("<title>News</title>", menu+`<div class="content"><div class="headline">`+t+`</div><div class="writer">`+by+`</div><div>`+day+`</div><div class="text">`+paragraphsIn("<p>", "</p>", b)+`</div></div>`+footBox)
	}},
	{"the next article below", func(t, by, day string, b []string) string {
		return within2("<title>"+t+" | Quay Courier</title>", menu+`<article><h1>`+t+`</h1><p class="by">`+by+`</p><p>`+day+`</p>`+paragraphsIn("<p>", "</p>", b)+`</article><article><h1>The bakers let their ovens go cold</h1><p class="by">By Otto Brand</p><p>3 June 2013</p><p>The bakers of the upper town said that their ovens would stay cold until the council answered the letter they wrote in March.</p><p>“Nobody reads our letters,” said Otto Brand, who has baked in the same cellar for forty years.</p><p>The mayor was said to be at sea with the weather, and the letter with her.</p></article>`+footBox)
	}},
	{"standfirst and section above", func(t, by, day string, b []string) string {
		return within2(`<title>Harbour</title><meta property="og:title" content="`+t+`">`, `<nav><a href="/">Home</a></nav><div class="section">Harbour</div><h1>`+t+`</h1><h2 class="standfirst">Nobody wants it to last until the herring come</h2><div class="credits">`+by+`, `+day+`</div><div>`+paragraphsIn("<p>", "</p>", b)+`</div>`+footBox)
	}},
	{"pre", func(t, by, day string, b []string) string {
		return within2("<title>"+t+"</title>", `<h3>`+t+`</h3><i>`+by+`, `+day+`</i><pre>`+strings.Join(b, "\n\n")+`</pre>`)
	}},
	{"list items for paragraphs", func(t, by, day string, b []string) string {
		return within2("<title>"+t+" | Quay Courier</title>", menu+`<h1>`+t+`</h1><p>`+by+`</p><p>`+day+`</p><ul class="story">`+paragraphsIn("<li>", "</li>", b)+`</ul>`+footBox)
	}},
	{"captions in paragraphs", func(t, by, day string, b []string) string {
		body := slices.Clone(b)
		for i := range body {
			body[i] = "<p>" + body[i] + "</p>"
			if i == 1 {
				body[i] += `<div class="wp-caption"><img src="b.jpg"><p class="wp-caption-text">The morning boat at the old quay in March. Photo: Nils Amark</p></div>`
			}
		}
		return within2("<title>"+t+" | Quay Courier</title>", menu+`<div class="hentry"><h2 class="entry-title"><a href="/a/1">`+t+`</a></h2><div class="entry-meta"><span class="author vcard">`+by+`</span> <abbr class="published" title="2014-05-14T08:00:00Z">`+day+`</abbr></div>`+strings.Join(body, "")+`</div>`+footBox)
	}},
	{"a large quotation in between", func(t, by, day string, b []string) string {
		words := strings.Fields(b[0])
		body := "<p>" + strings.Join(b, "</p><p>") + "</p>"
		return within2("<title>"+t+"</title>", menu+`<article><h1>`+t+`</h1><p class="byline">`+by+`</p><p class="date">`+day+`</p>`+strings.Replace(body, "</p>", `</p><blockquote class="pullquote"><p>`+strings.Join(words[:min(len(words), 9)], " ")+`</p></blockquote>`, 1)+`</article>`+footBox)
	}},
	{"the whole article twice, once folded away", func(t, by, day string, b []string) string {
		return within2("<title>"+t+" - Quay Courier</title>", menu+`<article><h1>`+t+`</h1><p class="byline">`+by+`</p><p>`+day+`</p>`+paragraphsIn("<p>", "</p>", b)+`</article><div style="display: none"><h1>`+t+`</h1>`+paragraphsIn("<p>", "</p>", b)+`</div>`+footBox)
	}},
	{"comments without a class", func(t, by, day string, b []string) string {
		return within2("<title>"+t+" | Quay Courier</title>", menu+`<div class="story"><h1>`+t+`</h1><div>`+by+`</div><div>`+day+`</div>`+paragraphsIn("<p>", "</p>", b)+`</div><div id="cmt"><h4>Have your say</h4><p>My aunt was on that boat and she says the half of it is not told here at all.</p><p>The half of it is told and the other half is nobody's business.</p></div>`+footBox)
	}},
	{"a masthead with the day of the reading", func(t, by, day string, b []string) string {
		return within2("<title>Quay Courier | "+t+"</title>", `<div class="masthead">Quay Courier</div><div>Sunday 29 November 2026</div>`+menu+`<div id="art"><h1>`+t+`</h1><div class="meta">`+by+` – `+day+`</div>`+paragraphsIn("<p>", "</p>", b)+`</div>`+footBox)
	}},
	{"unclosed and upper case", func(t, by, day string, b []string) string {
		return `<HTML><HEAD><TITLE>` + t + `</TITLE></HEAD><BODY BGCOLOR=WHITE><CENTER><H1>` + t + `</H1></CENTER><P ALIGN=CENTER>` + by + `<BR>` + day + paragraphsIn("<P>", "\n", b) + `<HR><SMALL>Quay Courier</SMALL></BODY></HTML>`
	}},
}

// TestTemplates sets the texts of the two fictional studies in twenty ways and
// reads them again.
func TestTemplates(t *testing.T) {
	type text struct {
		id, title string
		body      []string
	}
	var texts []text
	for _, study := range []string{"study-order", "study-mill"} {
		b, err := os.ReadFile(shared(t, study, "truth.json"))
		if err != nil {
			t.Fatal(err)
		}
		var truth struct {
			Pages []struct {
				ID, Title string
				Body      []string
			}
		}
		if err := json.Unmarshal(b, &truth); err != nil {
			t.Fatal(err)
		}
		for _, p := range truth.Pages {
			if len(p.Body) >= 3 {
				texts = append(texts, text{study + "/" + p.ID, strings.Join(strings.Fields(p.Title), " "), p.Body})
			}
		}
	}
	fold := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	bylines := []string{"By Ada Brunn", "Ada Brunn", "By Ada Brunn and Nils Amark", "Courier staff"}
	days := []string{"14 May 2014", "May 14, 2014", "14.05.2014", "Published 14 May 2014, updated 20 May 2014"}
	verbose := os.Getenv("RECOUNT_TEXT_OUT") != ""
	for _, tpl := range templates {
		var found, got, want, titles, dated, written, refused int
		for k, x := range texts {
			body := make([]string, len(x.body))
			for i, p := range x.body {
				body[i] = html.EscapeString(p)
			}
			by, day := bylines[k%len(bylines)], days[k%len(days)]
			a, err := Extract([]byte(tpl.page(html.EscapeString(x.title), by, day, body)), Options{Name: "p.html"})
			want += len(x.body)
			if err != nil {
				refused++
				t.Logf("%s, %s: %v", tpl.name, x.id, err)
				continue
			}
			left := map[string]int{}
			for _, p := range x.body {
				left[fold(p)]++
			}
			for _, bl := range a.Blocks {
				if bl.Role != recount.Body {
					continue
				}
				s := fold(bl.Span.In(a.Text))
				if got++; left[s] > 0 {
					left[s]--
					found++
				} else if verbose {
					t.Logf("%s, %s: extra %.90q", tpl.name, x.id, s)
				}
			}
			if verbose {
				for _, p := range x.body {
					if left[fold(p)] > 0 {
						t.Logf("%s, %s: missing %.90q", tpl.name, x.id, p)
					}
				}
			}
			check := func(what, got, want string, n *int) {
				if got == want {
					*n++
				} else if verbose {
					t.Logf("%s, %s: %s %q, want %q", tpl.name, x.id, what, got, want)
				}
			}
			check("title", fold(a.Title), x.title, &titles)
			check("day", a.Day(), "2014-05-14", &dated)
			check("byline", a.Byline, by, &written)
		}
		n := len(texts)
		f1 := 2 * float64(found) / float64(max(1, got+want))
		line := fmt.Sprintf("%s: paragraphs F1 %.4f, titles %d, days %d, bylines %d of %d, refused %d", tpl.name, f1, titles, dated, written, n, refused)
		if f1 < 0.96 || titles*10 < n*9 || dated*100 < n*97 || refused > 0 {
			t.Error(line)
		} else {
			t.Log(line)
		}
	}
}
