package text

import (
	"slices"
	"strings"
	"testing"

	"recount"
)

// page14 sets top between the headline and the text of an invented page.
func page14(lang, head, top string) string {
	return `<!doctype html><html lang="` + lang + `"><head><meta charset="utf-8"><title>Ferry crews stay ashore</title><link rel="canonical" href="https://quaycourier.example/a/ferry-crews">` + head +
		`</head><body>` + menu + `<article><h1>Ferry crews stay ashore</h1>` + top + `<p>` + strings.Join(tale, `</p><p>`) + `</p></article></body></html>`
}

// TestByline reads who wrote the article out of the lines above its text.
func TestByline(t *testing.T) {
	tests := []struct{ name, head, top, want string }{
		{"by and a class", "", `<p class="byline">By Ada Brunn</p>`, "Ada Brunn"},
		{"behind a bar stands the day", "", `<div class="author">By Ada Brunn | May 14, 2014</div>`, "Ada Brunn"},
		{"before a bar stands the day", "", `<p>May 14, 2014 | Ada Brunn</p>`, "Ada Brunn"},
		{"by, day and time in one line", "", `<p>By Ada Brunn - 11/19/19 06:56 AM EST</p>`, "Ada Brunn"},
		{"weekday, day, time and by", "", `<p class="byline">Monday November 18, 2019 7:45 am PST by Ada Brunn</p>`, "Ada Brunn"},
		{"a desk and a day with two digits of a year", "", `<div class="submitted">Courier staff, 18.3.22</div>`, "Courier staff"},
		{"a name alone, the day in the next element", "", `<ul><li>Ada Brunn</li><li>14/05/2014</li></ul>`, "Ada Brunn"},
		{"a name alone under the day", "", `<div>14 May 2014</div><div>Ada Brunn</div>`, "Ada Brunn"},
		{"exclusive", "", `<p class="by"><span>EXCLUSIVE by Ada Brunn</span></p>`, "EXCLUSIVE by Ada Brunn"},
		{"interview by", "", `<p>Interview by Ada Brunn</p><p>14 May 2014</p>`, "Interview by Ada Brunn"},
		{"as told to", "", `<h3>As told to Ada Brunn</h3>`, "As told to Ada Brunn"},
		{"German", "", `<div class="autor">Von Ada Brunn</div><div>14. Mai 2014, 7:30 Uhr</div>`, "Von Ada Brunn"},
		{"French with its day", "", `<p class="sig">Par Ada Brunn. Publié le 14/05/2014 à 07h15</p>`, "Ada Brunn"},
		{"Spanish list", "", `<ul class="datos"><li>Álvaro Benavente</li><li>18/09/2021</li></ul>`, "Álvaro Benavente"},
		{"Arabic", "", `<div>كتبت رنا العلي</div><div>الأحد 12 مارس/آذار 2023</div>`, "رنا العلي"},
		{"Russian", "", `<p>Текст: Ада Брунн</p><p>14 мая 2014</p>`, "Ада Брунн"},
		{"rel author", "", `<address><a rel="author" href="/a">Ada Brunn</a></address><span>Tue 17 Jan 2023 08.00 GMT</span>`, "Ada Brunn"},
		{"two names", "", `<p class="authors">By Ada Brunn and Nils Amark</p>`, "Ada Brunn and Nils Amark"},
		{"meta author alone", `<meta name="author" content="Ada Brunn">`, ``, "Ada Brunn"},

		// What is no byline.
		{"meta author is an address", `<meta name="author" content="https://social.example/quaycourier">`, ``, ""},
		{"article:author is an address", `<meta property="article:author" content="https://www.facebook.com/quaycourier">`, ``, ""},
		{"meta author is a handle", `<meta name="author" content="@quaycourier">`, ``, ""},
		{"meta author is an e-mail address", `<meta name="author" content="desk@quaycourier.example">`, ``, ""},
		{"meta author is the outlet", `<meta name="author" content="Quay Courier"><meta property="og:site_name" content="Quay Courier">`, ``, ""},
		{"meta author is the host", `<meta name="author" content="quaycourier.example">`, ``, ""},
		{"the button Print", "", `<div class="author">Print</div><p>14 May 2014</p>`, ""},
		{"a day alone in the author's place", "", `<div class="author">14 May 2014, 07:30 CDT</div>`, ""},
		{"the outlet in the author's place", `<meta property="og:site_name" content="Quay Courier">`, `<div class="author">Quay Courier</div><p>14 May 2014</p>`, ""},
		{"a section by the day", "", `<div>Business</div><div>14 May 2014</div>`, ""},
		{"a standfirst", "", `<h2>Company silent since March, crews say</h2><p>14 May 2014</p>`, ""},
		{"a reading time", "", `<p>4 min read</p><p>14 May 2014</p>`, ""},
		{"meta author Print", `<meta name="author" content="Print">`, ``, ""},
		{"meta author with a day", `<meta name="author" content="Ada Brunn, 14 May 2014">`, ``, "Ada Brunn"},
		{"a rights notice in the author's place", "", `<div class="author">© 2014 Quay Courier</div><p>14 May 2014</p>`, ""},
		{"copyright in meta", `<meta name="author" content="Copyright 2014 Quay Media">`, ``, ""},
		{"all rights reserved", "", `<p class="byline">All rights reserved</p><p>14 May 2014</p>`, ""},
		{"share buttons", "", `<div class="author">Share</div><p>14 May 2014</p>`, ""},
		{"print this article", "", `<div class="byline">Print this article</div><p>14 May 2014</p>`, ""},
		{"an e-mail address in the author's place", "", `<div class="author">desk@quaycourier.example</div><p>14 May 2014</p>`, ""},
		{"an address of the web in the author's place", "", `<div class="author">www.quaycourier.example</div><p>14 May 2014</p>`, ""},
		{"a weekday in the author's place", "", `<div class="author">Wednesday</div><p>14 May 2014</p>`, ""},
		{"comments", "", `<div class="byline">12 Comments</div><p>14 May 2014</p>`, ""},
		{"in a place", "", `<p class="byline">By Ada Brunn in Korrin</p>`, "Ada Brunn in Korrin"},
		{"a rights notice behind the name", "", `<p class="byline">By Ada Brunn. All rights reserved.</p>`, "Ada Brunn"},
		{"a button behind the name", "", `<p class="byline">By Ada Brunn | Print</p>`, "Ada Brunn"},
		// A place or a section is nobody.
		{"a place by the day", "", `<div>Korrin</div><div>14 May 2014</div>`, ""},
		{"a place of two words by the day", "", `<div>New Korrin</div><div>14 May 2014</div>`, ""},
		{"a place and the day in one line", "", `<p>New Korrin, 14 May 2014</p>`, ""},
		{"a place in capitals and the day", "", `<p>KORRIN, 14 May 2014</p>`, ""},
		{"a place of two words in capitals, a colon and the day", "", `<p>NEW KORRIN: May 14, 2014</p>`, ""},
		{"a place by its class", "", `<div class="location">Ada Harbour</div><div>14 May 2014</div>`, ""},
		{"a place named in microdata", "", `<div itemprop="contentLocation">Ada Point</div><div>14 May 2014</div>`, ""},
		{"a place under the name", "", `<div class="author">Ada Brunn</div><div>New Korrin</div><div>14 May 2014</div>`, "Ada Brunn"},
		{"a place over the name", "", `<div>Korrin City</div><div class="author">Ada Brunn</div><div>14 May 2014</div>`, "Ada Brunn"},
		{"meta author is a place", `<meta name="author" content="New Korrin">`, ``, ""},
		{"a section of two words by the day", "", `<div>World News</div><div>14 May 2014</div>`, ""},
		{"a section in the author's place", "", `<div class="author">Business</div><div>14 May 2014</div>`, ""},
		{"a role and a place", "", `<div class="author">Special Correspondent | Korrin</div><div>14 May 2014</div>`, "Special Correspondent | Korrin"},
		{"a place before a name by the day", "", `<div>14 May 2014</div><div>Korrin | Ada Brunn</div>`, "Korrin | Ada Brunn"},
		{"a placeholder of the template", `<meta name="author" content="{{author.name}}">`, ``, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := extract(t, page14("en", tt.head, tt.top), Options{Name: "p.html"})
			if a.Byline != tt.want {
				t.Errorf("byline %q, want %q; %v", a.Byline, tt.want, a.Metadata)
			}
			if got := blocksOf(a, recount.Body); !slices.Equal(got, tale) {
				t.Errorf("body is %q, want the five paragraphs alone", got)
			}
		})
	}
}
