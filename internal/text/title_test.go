package text

import (
	"strings"
	"testing"
)

// TestHeadline reads the title of pages that print and name their headline in
// the ways that sites do: the one that stands above the text for readers wins.
func TestHeadline(t *testing.T) {
	const (
		want = "Ferry crews stay ashore for an eighth day"
		site = "The Quay Courier"
		addr = `<link rel="canonical" href="https://quaycourier.example/harbour/2014/05/ferry-crews">`
	)
	tests := []struct{ name, head, top, want string }{
		// Which heading.
		{"h1 alone", `<title>x</title>`, `<h1>` + want + `</h1>`, want},
		{"logo in h1, headline in h2", `<title>` + site + `</title>` + addr, `<h1><a href="/">` + site + `</a></h1><h2>` + want + `</h2>`, want},
		{"logo in h1 without a link, host says so", `<title>` + site + `</title>` + addr, `<h1>Quay Courier</h1><h2>` + want + `</h2>`, want},
		{"logo in h1 with a class", `<title>News</title>`, `<h1 class="site-title">Quayside Reporter</h1><h2>` + want + `</h2>`, want},
		{"section in h1, headline in h2", `<title>Obituaries | ` + site + `</title>`, `<h1>Obituaries</h1><h2>` + want + `</h2>`, want},
		{"section in h1, headline in h2, address names it", `<title>` + want + ` | ` + site + `</title>` + addr, `<h1>Harbour</h1><h2>` + want + `</h2>`, want},
		{"headline in h1, standfirst in h2", `<title>` + want + `</title>`, `<h1>` + want + `</h1><h2>The company says that it offered four per cent and heard nothing</h2>`, want},
		{"short headline in h1, longer standfirst in h2", `<title>Crews ashore | ` + site + `</title>`, `<h1>Crews ashore</h1><h2>The company says that it offered four per cent and heard nothing</h2>`, "Crews ashore"},
		{"standfirst in h2 before the h1", `<title>` + want + `</title>`, `<h2 class="kicker">Harbour strike</h2><h1>` + want + `</h1>`, want},
		{"two h1, the first is the newsletter", `<title>` + want + ` - ` + site + `</title>`, `<div class="newsletter"><h1>Our morning letter</h1></div><h1>` + want + `</h1>`, want},
		{"headline in h3 under the site in h1", `<title>` + site + `</title>` + addr, `<h1>` + site + `</h1><h3>` + want + `</h3>`, want},
		{"headline h1 and later h1 of a list", `<title>x</title>`, `<h1>` + want + `</h1>`, want},

		// What the page says to machines is cut short or another wording.
		{"og cut with dots", `<title>Ferry crews stay… | ` + site + `</title><meta property="og:title" content="Ferry crews stay ashore for…">`, `<h1>` + want + `</h1>`, want},
		{"og for search engines", `<title>Ferry strike 2014 latest | ` + site + `</title><meta property="og:title" content="Ferry strike 2014: what we know so far">`, `<h1>` + want + `</h1>`, want},
		{"title cut before the colon", `<title>Crews ashore</title><meta property="og:title" content="Crews ashore">`, `<h1>Crews ashore: ferry men and women on the eighth day of their strike</h1>`, "Crews ashore: ferry men and women on the eighth day of their strike"},
		{"title cut after the colon", `<title>the strike in its eighth day</title>`, `<h1>“Nobody wants this”: the strike in its eighth day</h1>`, "“Nobody wants this”: the strike in its eighth day"},
		{"json-ld shorter", `<title>` + site + `</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Crews ashore"}</script>`, `<h1>` + want + `</h1>`, want},
		{"straight quotes in the title, curly on the page", `<title>'Nobody wants this,' says ferry crew - ` + site + `</title>`, `<h1>‘Nobody wants this,’ says ferry crew</h1>`, "‘Nobody wants this,’ says ferry crew"},
		{"title is the slug", `<title>ferry-crews-8th-day-final</title>`, `<h1>` + want + `</h1>`, want},
		{"title is the address", `<title>quaycourier.example/harbour/1234</title>`, `<h1>` + want + `</h1>`, want},
		{"no title element", ``, `<h1>` + want + `</h1>`, want},
		{"empty title element", `<title> </title>`, `<h2>` + want + `</h2>`, want},

		// The site before or behind the headline, nothing printed as a heading.
		{"site behind a bar", `<title>` + want + ` | ` + site + `</title>`, ``, want},
		{"site behind a dash", `<title>` + want + ` - ` + site + `</title>` + addr, ``, want},
		{"site behind a long dash", `<title>` + want + ` — ` + site + `</title>` + addr, ``, want},
		{"site behind two colons", `<title>` + want + ` :: ` + site + `</title>` + addr, ``, want},
		{"site before a bar", `<title>` + site + ` | ` + want + `</title>` + addr, ``, want},
		{"site before a dash", `<title>` + site + ` - ` + want + `</title>` + addr, ``, want},
		{"site before a guillemet", `<title>` + site + ` » ` + want + `</title>` + addr, ``, want},
		{"section and site behind", `<title>` + want + ` | News | ` + site + `</title>` + addr, ``, want},
		{"section and site before", `<title>` + site + ` - Opinion - ` + want + `</title>` + addr, ``, want},
		{"author and site behind", `<title>` + want + ` | Ada Brunn | ` + site + `</title>` + addr, `<h1>` + want + `</h1>`, want},
		{"og:site_name in the og title", `<meta property="og:site_name" content="QC"><meta property="og:title" content="` + want + ` - QC"><title>x</title>`, ``, want},

		// A section, an outlet or a label in the title's place.
		{"title says News", `<title>News</title>`, `<h1>` + want + `</h1>`, want},
		{"title says Letters, h2 repeats it", `<title>Letters</title>`, `<center><h1>` + site + `</h1></center><table><tr><td><h2>Letters: crews ashore, and a word for the cook</h2>`, "Letters: crews ashore, and a word for the cook"},
		{"title says the outlet twice", `<title>` + site + ` | ` + site + `</title>` + addr, `<div><h1>` + want + `</h1></div>`, want},
		{"og says the outlet", `<title>` + site + `</title><meta property="og:title" content="` + site + `"><meta property="og:site_name" content="` + site + `">`, `<h2>` + want + `</h2>`, want},
		{"section in a span in the h1", `<title>` + want + `</title>`, `<h1><span class="kicker">Harbour</span> ` + want + `</h1>`, want},
		{"breadcrumb above", `<title>` + want + `</title>`, `<div class="breadcrumb"><h2>Home</h2></div><h1>` + want + `</h1>`, want},

		// Two lines.
		{"headline in two lines of h1", `<title>x</title>`, `<h1>Ferry crews stay ashore<br>for an eighth day</h1>`, want},
		{"headline in h1 and h2, named as one", `<title>Crews ashore: the strike in its eighth day | ` + site + `</title><meta property="og:title" content="Crews ashore: the strike in its eighth day">`, `<h1>Crews ashore:</h1><h2>the strike in its eighth day</h2>`, "Crews ashore: the strike in its eighth day"},
		{"subtitle in small in the h1", `<title>Crews ashore</title>`, `<h1>Crews ashore <small>The strike in its eighth day</small></h1>`, "Crews ashore The strike in its eighth day"},

		// Laid out by tables, or in elements that are no headings.
		{"font size in a table", `<title>` + site + `</title>` + addr, `<table><tr><td><font size="6">` + site + `</font></td></tr><tr><td><font size="5"><b>` + want + `</b></font><br><br>`, want},
		{"bold line in a table, cut title", `<title>Ferry crews stay ashore</title>`, `<table><tr><td><b>` + want + `</b><br><br>`, want},
		{"div of the class headline", `<title>` + site + `</title>` + addr, `<div class="headline">` + want + `</div>`, want},
		{"div of the class article-title", `<title>` + site + `</title>` + addr, `<div class="article-title">` + want + `</div>`, want},
		{"p of the class title", `<title>News</title>`, `<p class="title">` + want + `</p>`, want},
		{"div of the class titre", `<title>Actualités</title>`, `<div class="titre">` + want + `</div>`, want},
		{"span of the class headline in a div", `<title>News</title>`, `<div><span class="headline">` + want + `</span></div>`, want},
		{"itemprop on a div", `<title>News</title>`, `<div itemprop="headline">` + want + `</div>`, want},
		{"id headline", `<title>` + site + `</title>` + addr, `<div id="headline">` + want + `</div>`, want},
		{"big", `<title>` + site + `</title>` + addr, `<big>` + want + `</big>`, want},
		{"h4 of the class headline", `<title>News</title>`, `<h4 class="headline">` + want + `</h4>`, want},
		{"h3 of the class article-title under h1 of the section", `<title>News</title>`, `<h1>Harbour news</h1><h3 class="article-title">` + want + `</h3>`, want},
		{"contentheading in a cell", `<title>` + site + `</title>` + addr, `<table><tr><td class="contentheading">` + want + `</td></tr></table>`, want},
		{"a link in h2 in the entry's header", `<title>` + site + `</title>` + addr, `<div class="entry-header"><h2><a href="/a/1">` + want + `</a></h2></div>`, want},
		{"font in bold in a paragraph", `<title>` + site + `</title>` + addr, `<p><b><font size="+2">` + want + `</font></b></p>`, want},
		{"strong of the class title", `<title>News</title>`, `<strong class="title">` + want + `</strong>`, want},
		{"picture for the logo in h1", `<title>` + site + `</title>` + addr, `<h1><a href="/"><img alt="` + site + `"></a></h1><h2>` + want + `</h2>`, want},
		{"hidden h1 of the site", `<title>` + want + ` | ` + site + `</title>` + addr, `<h1 class="visually-hidden">` + site + `</h1><h2>` + want + `</h2>`, want},
		{"headline under the picture", `<title>x</title>`, `<figure><img src="a.jpg"><figcaption>The quay.</figcaption></figure><h1>` + want + `</h1>`, want},
		{"headline under the byline", `<title>x</title>`, `<p class="byline">By Ada Brunn</p><p>14 May 2014</p><h1>` + want + `</h1>`, want},
		{"headline above a long standfirst", `<title>Crews</title>`, `<h1>` + want + `</h1><p class="standfirst">The company says that it offered four per cent in March, and that it has heard nothing from the crews since the day on which it did.</p>`, want},
		{"header element", `<title>News</title>`, `<header><div class="hed">` + want + `</div><div class="dek">Nothing since March, the company says</div></header>`, want},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := `<!doctype html><html lang="en"><head><meta charset="utf-8">` + tt.head + `</head><body>` + menu + `<div class="wrap">` + tt.top +
				`<p>` + strings.Join(tale, `</p><p>`) + `</p></div><div class="more"><h2>Bakery fire put out by wedding guests with soup</h2><h2>The goose that held up the tram</h2></div></body></html>`
			if a := extract(t, src, Options{Name: "p.html"}); a.Title != tt.want {
				t.Errorf("title %q, want %q", a.Title, tt.want)
			}
		})
	}
}

// TestNameOverHeadline reads pages on which the name of the paper stands as the
// first heading, over the headline, and behind the bar of the title element.
func TestNameOverHeadline(t *testing.T) {
	const plain, para = "The crews of the island ferries stayed ashore for an eighth day on Monday, and the queue of lorries reached the old customs house.", "</p><p>The company said it had offered a rise of four per cent in March and had heard nothing since that day from any of the crews.</p>"
	tests := []struct{ html, title, outlet string }{
		{`<title>Eels | The Ardmore Times</title><h1>The Ardmore Times</h1><h2>Seven eel fishermen walk free</h2>`, "Seven eel fishermen walk free", "The Ardmore Times"},
		{`<title>Court ruling | Brandal Post</title><h1>Brandal Post</h1><h2>Choir takes the cup home</h2>`, "Choir takes the cup home", "Brandal Post"},
		{`<title>Eels | Ardmore Gazette</title><h1>Ardmore Gazette</h1><h3>Seven eel fishermen walk free</h3>`, "Seven eel fishermen walk free", "Ardmore Gazette"},
		{`<title>Ferry | Skelda Herald</title><header><h1>Skelda Herald</h1></header><h2>The morning boat stays ashore</h2>`, "The morning boat stays ashore", "Skelda Herald"},
		{`<title>Choir | The Lowmoor Tribune</title><h1>The Lowmoor Tribune</h1><p>27 August 2019</p><h2>Choir takes the cup home</h2>`, "Choir takes the cup home", "The Lowmoor Tribune"},
		{`<title>Mill | Lowmoor Chronicle</title><h1>Lowmoor Chronicle</h1><div><h2>Nobody asks the miller why</h2></div>`, "Nobody asks the miller why", "Lowmoor Chronicle"},
		{`<title>Storm | Sandwick Observer</title><h1>Sandwick Observer</h1><h2>Storm takes the pier at Sandwick</h2>`, "Storm takes the pier at Sandwick", "Sandwick Observer"},
		{`<title>Eels - The Ardmore Times</title><h1>The Ardmore Times</h1><h2>Seven eel fishermen walk free</h2>`, "Seven eel fishermen walk free", "The Ardmore Times"},
		// The headline is in h1, and the name before the bar or behind it.
		{`<title>Quay Courier | The ferry strike</title><h1>The ferry strike</h1><h2>Nobody wants this to last</h2>`, "The ferry strike", "Quay Courier"},
		{`<title>Seven walk free | Ardmore Times</title><h1>Seven walk free</h1><h2>The law is older than the eels</h2>`, "Seven walk free", "Ardmore Times"},
		{`<title>Quay Courier | Hard Times</title><h1>Hard Times</h1><h2>The law is older than the eels</h2>`, "Hard Times", "Quay Courier"},
	}
	for _, tt := range tests {
		a := extract(t, "<html><body>"+tt.html+"<p>"+plain+para+"</body></html>", Options{Name: "p.html"})
		if a.Title != tt.title || a.Outlet != tt.outlet {
			t.Errorf("%s: title %q, outlet %q; want %q and %q", tt.html, a.Title, a.Outlet, tt.title, tt.outlet)
		}
	}
}
