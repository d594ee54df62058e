package text

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"recount"
)

// TestNothingIsLost reads pages of which extractors leave out what stands in
// the article, or take something else for it. Every paragraph must be there.
func TestNothingIsLost(t *testing.T) {
	const denial = "All seven denied on Friday that they had let go the ropes of the morning boat."
	paras := func(list ...string) string { return "<p>" + strings.Join(list, "</p><p>") + "</p>" }
	with := func(at int, s string) []string { return slices.Insert(slices.Clone(tale), at, s) }
	loose := strings.Join(tale, "<br><br>\n")
	ruby := func(s string) string {
		return strings.NewReplacer("船", "<ruby>船<rt>ふね</rt></ruby>", "市長", "<ruby>市長<rp>(</rp><rt>しちょう</rt><rp>)</rp></ruby>", "来週", "<ruby>来週<rt>らいしゅう</rt></ruby>").Replace(s)
	}
	tests := []struct {
		name, html string
		want       []string
	}{
		// A paragraph that is one link.
		{"linked paragraph", `<article><h1>Ferry strike</h1>` + paras(tale[0]) + `<p><a href="/x">` + denial + `</a></p>` + paras(tale[1:]...) + `</article>`, with(1, denial)},
		{"linked and bold", `<article><h1>Ferry strike</h1>` + paras(tale[0]) + `<p><a href="/x"><strong>` + denial + `</strong></a></p>` + paras(tale[1:]...) + `</article>`, with(1, denial)},
		{"linked in a div of its own", `<article><h1>Ferry strike</h1>` + paras(tale[0]) + `<div class="wrap"><p><a href="/x"><strong>` + denial + `</strong></a></p></div>` + paras(tale[1:]...) + `</article>`, with(1, denial)},
		{"two links in one paragraph", `<article><h1>Ferry strike</h1>` + paras(tale[0]) + `<p><a href="/x">All seven denied on Friday that they had let go</a> <a href="/y">the ropes of the morning boat.</a></p>` + paras(tale[1:]...) + `</article>`, with(1, denial)},
		{"linked, divs for paragraphs", `<div class="story"><h1>Ferry strike</h1><div>` + tale[0] + `</div><div><a href="/x">` + denial + `</a></div><div>` + strings.Join(tale[1:], "</div><div>") + `</div></div>`, with(1, denial)},
		{"a link to another story is none", `<article><h1>Ferry strike</h1>` + paras(tale[0]) + `<p><a href="/x">Read more: Bakery fire put out by wedding guests with soup</a></p>` + paras(tale[1:]...) + `</article>`, tale},

		// Openings.
		{"lead in strong around p", `<article><h1>Ferry strike</h1><strong><p>` + tale[0] + `</p></strong>` + paras(tale[1:]...) + `</article>`, tale},
		{"lead in p and strong", `<article><h1>Ferry strike</h1><p><strong>` + tale[0] + `</strong></p>` + paras(tale[1:]...) + `</article>`, tale},
		{"lead in b around p", `<div class="text"><h1>Ferry strike</h1><b><p>` + tale[0] + `</p></b>` + paras(tale[1:]...) + `</div>`, tale},
		{"lead in div of the class lead", `<div class="text"><h1>Ferry strike</h1><div class="lead">` + tale[0] + `</div>` + paras(tale[1:]...) + `</div>`, tale},
		{"lead in em", `<div class="text"><h1>Ferry strike</h1><em><p>` + tale[0] + `</p></em>` + paras(tale[1:]...) + `</div>`, tale},

		// Loose text between breaks.
		{"loose text", `<div id="c"><h1>Ferry strike</h1>` + loose + `</div>`, tale},
		{"loose text behind a picture", `<div class="contents"><h1>Ferry strike</h1><div class="body_txt"><div class="img_box"><div class="photo"><img src="a.jpg"></div></div> ` + loose + `<br></div></div>`, tale},
		{"loose text in a section", `<div><h1>Ferry strike</h1><section><div>` + loose + `</div></section></div>`, tale},
		{"loose text in a cell", `<table><tr><td>` + menu + `</td><td>` + loose + `</td></tr></table>`, tale},
		{"loose text in font", `<h2>Ferry strike</h2><font face="Arial">` + loose + `</font>`, tale},
		{"loose text in center", `<center><h2>Ferry strike</h2>` + loose + `</center>`, tale},
		{"loose text in span", `<div><h1>Ferry strike</h1><span>` + loose + `</span></div>`, tale},
		{"loose text, consent in the foot", `<div><h1>Ferry strike</h1><div>` + loose + `</div></div><footer><p>This website uses cookies and other technology to improve its service. Continuous usage of the website is taken as consent to the policy of the company.</p></footer>`, tale},
		{"loose text around one paragraph", `<div class="t"><h1>Ferry strike</h1>` + tale[0] + `<br><br>` + tale[1] + `<p>` + tale[2] + `</p>` + tale[3] + `<br><br>` + tale[4] + `</div>`, tale},
		{"loose text in a list item", `<ul><li><h1>Ferry strike</h1>` + loose + `</li></ul>`, tale},

		// Subheads that win.
		{"a subhead before every paragraph", `<article><h1>Ferry strike</h1>` + each(tale, func(i int, s string) string {
			return `<h2>What the crews of the boats had to say on day ` + string(rune('1'+i)) + `</h2><p>` + s + `</p>`
		}) + `</article>`, tale},
		{"h3 and div", `<div class="x"><h1>Ferry strike</h1>` + each(tale, func(i int, s string) string {
			return `<h3>What the crews of the boats had to say on day ` + string(rune('1'+i)) + `</h3><div>` + s + `</div>`
		}) + `</div>`, tale},

		// Hidden lines that win.
		{"a hidden text, longer than the article", `<article><h1>Ferry strike</h1>` + paras(tale...) + `</article><div style="display:none">` + strings.Repeat(`<p>By buying a ticket the passenger agrees to the terms of the company, to the tariff and to the order of the boat.</p>`, 12) + `</div>`, tale},
		{"a hidden paragraph before it", `<div hidden><p>By buying a ticket the passenger agrees to the terms of the company, to the tariff and to the order of the boat, whatever the weather may be on the day.</p></div><div><h1>Ferry strike</h1>` + paras(tale...) + `</div>`, tale},
		{"a hidden paragraph in it", `<article><h1>Ferry strike</h1><p style="display:none">By buying a ticket the passenger agrees to the terms of the company.</p>` + paras(tale...) + `</article>`, tale},
		{"aria-hidden terms", `<div aria-hidden="true">` + strings.Repeat(`<p>By buying a ticket the passenger agrees to the terms of the company, to the tariff and to the order of the boat.</p>`, 12) + `</div><main><h1>Ferry strike</h1>` + paras(tale...) + `</main>`, tale},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry strike | Quay Courier</title></head><body>` + menu + tt.html + `</body></html>`
			a := extract(t, src, Options{Name: "p.html"})
			if got := blocksOf(a, recount.Body); !slices.Equal(got, tt.want) {
				t.Errorf("body is %q; notes %q", got, a.Notes)
			}
			resolve(t, []byte(src), a)
		})
	}
	t.Run("ruby", func(t *testing.T) {
		want := []string{"町の船が来週からまた動くことになりました。市長が火曜日に言いました。", "市長は「船が着く所を直しました。調べる人を待っています」と話しています。", "町の人たちは冬から遠い道を通っています。船より四十分多くかかります。"}
		src := ruby(`<html lang="ja"><head><meta charset="utf-8"><title>船が来週から動く</title></head><body><div class="m"><h1>船が来週から動く</h1><p>[06月24日 11時30分]</p><div id="b"><p>` + strings.Join(want, "</p><p>") + `</p></div></div></body></html>`)
		a := extract(t, src, Options{Name: "p.html"})
		if got := blocksOf(a, recount.Body); !slices.Equal(got, want) || a.Title != "船が来週から動く" {
			t.Errorf("title %q, body %q; want the base text without its readings", a.Title, got)
		}
	})
}

func each(list []string, f func(int, string) string) string {
	var b strings.Builder
	for i, s := range list {
		b.WriteString(f(i, s))
	}
	return b.String()
}

// TestCoverage reads pages of which the article holds little, and says so.
func TestCoverage(t *testing.T) {
	other := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(`<section><p>The bakers of the upper town said on day ` + string(rune('1'+i)) + ` that their ovens would stay cold until the council answered the letter they wrote in March.</p><p>Nobody on the council could say who had the letter, and the mayor was said to be at sea with the weather.</p></section>`)
		}
		return b.String()
	}
	tests := []struct {
		name, html string
		noted      bool
	}{
		{"all of it", `<article><h1>Ferry strike</h1><p>` + strings.Join(tale, "</p><p>") + `</p></article>`, false},
		{"unmarked text behind it", `<article><h1>Ferry strike</h1><p>` + strings.Join(tale[:3], "</p><p>") + `</p></article><div class="x1">` + other(5) + `</div>`, true},
		{"unmarked text before it", `<div class="x1">` + other(5) + `</div><article><h1>Ferry strike</h1><p>` + strings.Join(tale[:3], "</p><p>") + `</p></article>`, true},
		{"comments do not count", `<article><h1>Ferry strike</h1><p>` + strings.Join(tale, "</p><p>") + `</p></article><div class="comments">` + other(5) + `</div>`, false},
		{"teasers with linked headings do not count", `<article><h1>Ferry strike</h1><p>` + strings.Join(tale, "</p><p>") + `</p></article><div class="river">` + strings.Repeat(`<div><h3><a href="/x">Soup</a></h3><p>The bakers of the upper town said that their ovens would stay cold until the council answered.</p></div>`, 9) + `</div>`, false},
		{"hidden text does not count", `<article><h1>Ferry strike</h1><p>` + strings.Join(tale, "</p><p>") + `</p></article><div hidden>` + other(5) + `</div>`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := extract(t, `<!doctype html><html lang="en"><head><title>Ferry strike</title></head><body>`+tt.html+`</body></html>`, Options{Name: "p.html"})
			noted := slices.ContainsFunc(a.Notes, func(n string) bool { return strings.HasPrefix(n, "the article holds ") })
			if noted != tt.noted {
				t.Errorf("notes %q, want a note on coverage: %v", a.Notes, tt.noted)
			}
		})
	}
}

// A page onto which the next article was loaded gives its own article alone.
func TestInfiniteScroll(t *testing.T) {
	second := `<h1>The bakers let their ovens go cold</h1><p>The bakers of the upper town said that their ovens would stay cold until the council answered the letter they wrote in March.</p><p>“Nobody reads our letters,” said Otto Brand, who has baked in the same cellar for forty years.</p><p>The mayor was said to be at sea with the weather, and the letter with her.</p>`
	first := `<h1>Ferry strike</h1><p>` + strings.Join(tale, "</p><p>") + `</p>`
	tests := []struct{ name, html string }{
		{"articles", `<article>` + first + `</article><article>` + second + `</article>`},
		{"articles in a list", `<main><div class="list"><article class="a">` + first + `</article><hr><article class="a">` + second + `</article></div></main>`},
		{"divs", `<div class="post">` + first + `</div><div class="post">` + second + `</div>`},
		{"sections", `<section>` + first + `</section><section>` + second + `</section>`},
		{"three", `<article>` + first + `</article><article>` + second + `</article><article>` + strings.ReplaceAll(second, "bakers", "coopers") + `</article>`},
		{"headings in h2", strings.ReplaceAll(strings.ReplaceAll(`<article>`+first+`</article><article>`+second+`</article>`, "<h1>", "<h2>"), "</h1>", "</h2>")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := extract(t, `<!doctype html><html lang="en"><head><title>Ferry strike | Quay Courier</title></head><body>`+menu+tt.html+`</body></html>`, Options{Name: "p.html"})
			if got := blocksOf(a, recount.Body); !slices.Equal(got, tale) || a.Title != "Ferry strike" {
				t.Errorf("title %q, body %q; want the first article alone", a.Title, got)
			}
		})
	}
}

// A template that no script has filled, and a page whose text lies in a script,
// are no articles.
func TestUnfilled(t *testing.T) {
	tests := []struct{ name, html string }{
		{"braces", `<h1>{{ article.title }}</h1><div><p>{{ article.lead }}</p><p>{{ article.body }}</p></div>`},
		{"one brace", `<h1>${title}</h1><p>${lead}</p><p>${body}</p>`},
		{"brackets", `<h1>[[title]]</h1><p>[[ item.summary ]]</p>`},
		{"percent", `<h1><%= title %></h1><p>&lt;%= body %&gt;</p>`},
		{"Jinja", `<p>{% block content %}{% endblock %}</p><p>{{ body|safe }}</p>`},
		{"text in a script", `<div id="root"></div><script>window.__STATE__ = {"article":{"body":"` + strings.Join(tale, " ") + `"}}</script>`},
		{"text in the data of a framework", `<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{"props":{"body":"` + strings.Join(tale, " ") + `"}}</script>`},
		{"text in a template element", `<div id="app"></div><template><p>` + strings.Join(tale, "</p><p>") + `</p></template>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, err := Extract([]byte(`<!doctype html><html lang="en"><head><title>Ferry strike</title></head><body>`+tt.html+`</body></html>`), Options{Name: "p.html"})
			if !errors.Is(err, recount.ErrRefused) || !strings.Contains(err.Error(), "script") {
				t.Errorf("text %q, error %v; want a refusal that names the script", a.Text, err)
			}
		})
	}
}

// TestNoBody reads lines that stand in the element of the article and are none
// of it: offers to pay, and to whom the text belongs.
func TestNoBody(t *testing.T) {
	lines := []string{
		"Try Courier+ for 2.95 a week. Cancel whenever you like. 40,000 readers already have access to all articles, podcasts and puzzles.",
		"Subscribe for $3.50 a week and get unlimited access.",
		"Jetzt testen: alle Artikel für 9,90 € im Monat, jederzeit kündbar.",
		"Abonnez-vous : accès illimité à tous les articles pour 1 € par mois, sans engagement.",
		"Suscríbete por 1 € al mes y disfruta de acceso ilimitado a todos los contenidos.",
		"Assine por R$ 9,90 por mês e tenha acesso ilimitado. Cancele quando quiser.",
		"Abbonati: accesso illimitato a 1 € al mese. Disdici quando vuoi.",
		"Onbeperkt lezen voor € 2 per week, maandelijks opzegbaar.",
		"Prøv avisen i fire uker for 1 kr, deretter 99 kr i måneden. Ingen binding.",
		"Start your free trial now: full access for £1 a month, cancel any time.",
		"Copyright 2014 The Associated Press. All rights reserved. This material may not be published, broadcast, rewritten or redistributed.",
		"© 2014 Quay Courier",
		"This report is protected by copyright. No part of it may be reproduced without the written permission of the Quay Press Company.",
		"The text is subject to copyright. Apart from private study, no part may be printed without prior written permission.",
		"© Reuters. All rights reserved.",
		"Alle Rechte vorbehalten. Nachdruck nur mit Genehmigung.",
		"Tous droits réservés. Reproduction interdite sans accord.",
		"This material may not be reproduced without permission.",
		"Todos los derechos reservados. Prohibida la reproducción.",
		"(c) Quay Courier 2014",
		"Copyright © 2014",
		"Все права защищены.",
	}
	for _, line := range lines {
		a := extract(t, `<!doctype html><html lang="en"><head><title>Ferry strike</title></head><body><article><h1>Ferry strike</h1><p>`+strings.Join(tale, "</p><p>")+`</p><p>`+line+`</p></article></body></html>`, Options{Name: "p.html"})
		if got := blocksOf(a, recount.Body); !slices.Equal(got, tale) {
			t.Errorf("%q is in the body: %q", line, got[max(0, len(got)-1):])
		}
	}
	// What an article says of prices and rights is its own.
	for _, line := range []string{
		"The union said that a subscription to the ferry now costs 2.95 a week, and that passengers could cancel it at any pier.",
		"“Try it for a month, and cancel when you like,” said Ada Brunn of the season ticket at 12 crowns a week.",
		"Copyright law was the first thing that the two papers argued about in court.",
		"The new ticket costs 40 crowns a month and is sold at the customs house.",
		"All rights of the crews, the company said, would be kept under the new contract.",
		"Readers pay 9 crowns a month for the harbour news, a third of them since March.",
	} {
		a := extract(t, `<!doctype html><html lang="en"><head><title>Ferry strike</title></head><body><article><h1>Ferry strike</h1><p>`+tale[0]+`</p><p>`+line+`</p><p>`+strings.Join(tale[1:], "</p><p>")+`</p></article></body></html>`, Options{Name: "p.html"})
		if got := blocksOf(a, recount.Body); !slices.Contains(got, line) {
			t.Errorf("%q is lost", line)
		}
	}
}

// TestLinkedAndBoxed reads pages on which a paragraph of the article is one
// link, or stands in a box or foot of it. It is kept, or a note says that it was
// left out; what the page says of itself stays out.
func TestLinkedAndBoxed(t *testing.T) {
	const denial = "All seven denied on Friday that they had let go the ropes of the morning boat."
	const short = "The company denied it."
	const company = `<footer><p>Quay Courier is published by the Quay Press Company, which is registered in Harwick under number 4411.</p></footer>`
	paras := func(list ...string) string { return "<p>" + strings.Join(list, "</p><p>") + "</p>" }
	const h = `<h1>Ferry strike</h1>`
	all := paras(tale...)
	tests := []struct {
		name, html, want string
		kept             bool
	}{
		{"link last", `<article>` + h + all + `<p><a href="/x">` + denial + `</a></p></article>`, denial, true},
		{"link first", `<article>` + h + `<p><a href="/x">` + denial + `</a></p>` + all + `</article>`, denial, true},
		{"link last no article", `<div id="story">` + h + all + `<p><a href="/x">` + denial + `</a></p></div>`, denial, true},
		{"link first no article", `<div id="story">` + h + `<p><a href="/x">` + denial + `</a></p>` + all + `</div>`, denial, true},
		{"two links in a row", `<article>` + h + paras(tale[:2]...) + `<p><a href="/x">` + denial + `</a></p><p><a href="/y">The harbour master said he had seen nothing of it from his window.</a></p>` + paras(tale[2:]...) + `</article>`, denial, true},
		{"short link", `<article>` + h + paras(tale[:2]...) + `<p><a href="/x">` + short + `</a></p>` + paras(tale[2:]...) + `</article>`, short, true},
		{"link in li", `<article>` + h + all + `<ul><li><a href="/x">` + denial + `</a></li></ul></article>`, denial, false},
		{"link with class", `<article>` + h + paras(tale[:2]...) + `<p class="x"><a href="/x">` + denial + `</a></p>` + paras(tale[2:]...) + `</article>`, denial, true},
		{"link around p", `<article>` + h + paras(tale[:2]...) + `<a href="/x"><p>` + denial + `</p></a>` + paras(tale[2:]...) + `</article>`, denial, true},
		{"link after h2", `<article>` + h + paras(tale[:2]...) + `<h2>What they say</h2><p><a href="/x">` + denial + `</a></p>` + paras(tale[2:]...) + `</article>`, denial, true},
		{"link before figure", `<article>` + h + paras(tale[:2]...) + `<figure><img src="a.jpg"></figure><p><a href="/x">` + denial + `</a></p><figure><img src="a.jpg"></figure>` + paras(tale[2:]...) + `</article>`, denial, true},
		{"aside in article", `<article>` + h + paras(tale[:2]...) + `<aside><p>` + denial + `</p></aside>` + paras(tale[2:]...) + `</article>`, denial, true},
		{"aside last", `<article>` + h + all + `<aside><p>` + denial + `</p></aside></article>`, denial, true},
		{"aside first", `<article>` + h + `<aside><p>` + denial + `</p></aside>` + all + `</article>`, denial, true},
		{"aside with heading", `<article>` + h + paras(tale[:2]...) + `<aside><h3>What the seven say</h3><p>` + denial + `</p><p>“We were asleep,” said one of them, Per Holm.</p></aside>` + paras(tale[2:]...) + `</article>`, denial, true},
		{"footer in article", `<article>` + h + all + `<footer><p>` + denial + `</p></footer></article>`, denial, true},
		{"footer with byline", `<article>` + h + all + `<footer><p>` + denial + `</p><p>By Ada Lind</p></footer></article>`, denial, true},
		{"sidebar class", `<article>` + h + paras(tale[:2]...) + `<div class="sidebar"><p>` + denial + `</p></div>` + paras(tale[2:]...) + `</article>`, denial, true},
		{"box class", `<article>` + h + paras(tale[:2]...) + `<div class="box"><p>` + denial + `</p></div>` + paras(tale[2:]...) + `</article>`, denial, true},
		{"infobox last", `<article>` + h + all + `<div class="infobox"><p>` + denial + `</p></div></article>`, denial, true},
		{"note class", `<article>` + h + all + `<p class="note">` + denial + `</p></article>`, denial, true},
		{"update box", `<article>` + h + all + `<div class="update"><p><strong>Update:</strong> ` + denial + `</p></div></article>`, denial, true},
		{"correction", `<article>` + h + all + `<div class="correction"><p>Correction: an earlier version of this story said that 85 men had let go the ropes. It was seven.</p></div></article>`, "Correction: an earlier version", true},
		{"correction in footer", `<article>` + h + all + `<footer><p>Correction: an earlier version of this story said that 85 men had let go the ropes. It was seven.</p></footer></article>`, "Correction: an earlier version", true},
		{"details", `<article>` + h + all + `<details><summary>What they say</summary><p>` + denial + `</p></details></article>`, denial, true},
		{"small", `<article>` + h + all + `<p><small>` + denial + `</small></p></article>`, denial, false},
		{"blockquote", `<article>` + h + paras(tale[:2]...) + `<blockquote><p>` + denial + `</p></blockquote>` + paras(tale[2:]...) + `</article>`, denial, true},
		{"table", `<article>` + h + paras(tale[:2]...) + `<table><tr><td>` + denial + `</td></tr></table>` + paras(tale[2:]...) + `</article>`, denial, true},
		{"header in article", `<article><header>` + h + `<p>` + denial + `</p></header>` + all + `</article>`, denial, true},
		{"section wrapper last", `<article>` + h + `<section>` + all + `</section><section><p>` + denial + `</p></section></article>`, denial, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry strike | Quay Courier</title></head><body>` + menu + tt.html + company + `</body></html>`
			a := extract(t, src, Options{Name: "p.html"})
			got := blocksOf(a, recount.Body)
			kept := slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, tt.want) })
			noted := slices.ContainsFunc(a.Notes, func(s string) bool { return strings.Contains(s, "inside the element of the article") })
			if kept != tt.kept || noted == tt.kept || strings.Contains(a.Text, "registered in Harwick") {
				t.Errorf("body %q, notes %q; want it kept: %v", got, a.Notes, tt.kept)
			}
			for _, s := range tale {
				if !slices.Contains(got, s) {
					t.Errorf("%q is lost", s)
				}
			}
			resolve(t, []byte(src), a)
		})
	}
}

// TestTeasersStayOut reads boxes that lead away from the article.
func TestTeasersStayOut(t *testing.T) {
	const h = `<h1>Ferry strike</h1>`
	all := "<p>" + strings.Join(tale, "</p><p>") + "</p>"
	for _, tt := range []struct{ name, html string }{
		{"an aside with a linked heading", `<aside><h3><a href="/b">The bakers let their ovens go cold</a></h3><p>The bakers of the upper town said that their ovens would stay cold.</p></aside>`},
		{"an aside of headlines", `<aside><ul><li><a href="/b">The bakers let their ovens go cold</a></li><li><a href="/c">Swan returned to the canal</a></li></ul></aside>`},
		{"an aside of the class related", `<aside class="related"><p>The bakers of the upper town said that their ovens would stay cold.</p></aside>`},
		{"an aside of the class newsletter", `<aside class="newsletter"><p>Our letter brings the news of the harbour to your door every morning at six.</p></aside>`},
		{"an aside that asks", `<aside><p>Sign up for our newsletter and get the news of the harbour every morning at six.</p></aside>`},
		{"a foot that sells", `<footer><p>Subscribe for $3.50 a week and get unlimited access.</p></footer>`},
		{"a foot with rights", `<footer><p>Copyright 2014 Quay Courier. All rights reserved. This material may not be published, broadcast, rewritten or redistributed.</p></footer>`},
		{"a link that shouts", `<p><a href="/quiz">TAKE OUR BIG HARBOUR QUIZ AND WIN A DAY AT SEA WITH THE CREW!</a></p>`},
		{"a link to another story", `<p><a href="/b">Read more: The bakers let their ovens go cold.</a></p>`},
		{"a headline as a link", `<p><a href="/b">The bakers of the upper town let their ovens go cold</a></p>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := extract(t, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry strike | Quay Courier</title></head><body>`+menu+`<article>`+h+all+tt.html+`</article></body></html>`, Options{Name: "p.html"})
			if got := blocksOf(a, recount.Body); !slices.Equal(got, tale) {
				t.Errorf("body %q, want the article alone", got)
			}
		})
	}
}

// TestSecondArticle reads pages that hold another article below the first: it
// is left out with a note, or a note says where it may begin.
func TestSecondArticle(t *testing.T) {
	const head = `<h1>The bakers let their ovens go cold</h1>`
	const rest = `<p>The bakers of the upper town said that their ovens would stay cold until the council answered the letter they wrote in March.</p><p>“Nobody reads our letters,” said Otto Brand, who has baked in the same cellar for forty years.</p><p>The mayor was said to be at sea with the weather, and the letter with her.</p>`
	const second = head + rest
	const h = `<h1>Ferry strike</h1>`
	all := "<p>" + strings.Join(tale, "</p><p>") + "</p>"
	first := h + all
	h2 := func(s string) string { return strings.NewReplacer("<h1>", "<h2>", "</h1>", "</h2>").Replace(s) }
	long := strings.Repeat("<p>The coopers of the lower town said that their barrels would stay open until the council had answered them too.</p><p>Nobody knew when that would be, as the council meets in a room that has no clock.</p>", 8)
	for _, tt := range []struct {
		name, html string
		cut        bool
	}{
		{"article and div", `<article>` + first + `</article><div class="next">` + second + `</div>`, true},
		{"under a heading of the second rank", `<article>` + first + `</article><article>` + h2(second) + `</article>`, true},
		{"each wrapped twice", `<div id="a"><div class="post">` + first + `</div></div><div id="b"><div class="post">` + second + `</div></div>`, true},
		{"with headers", `<article><header>` + h + `</header><div>` + all + `</div></article><article><header>` + head + `</header><div>` + rest + `</div></article>`, true},
		{"its heading is a link", `<article>` + first + `</article><article>` + strings.NewReplacer("<h1>", "<h1><a href='/b'>", "</h1>", "</a></h1>").Replace(second) + `</article>`, true},
		{"with days", `<article>` + h + `<time datetime="2014-05-14">14 May 2014</time>` + all + `</article><article>` + head + `<time datetime="2014-05-13">13 May 2014</time>` + rest + `</article>`, true},
		{"inside the first", `<article>` + first + `<article>` + second + `</article></article>`, true},
		{"in a section of the first", `<article>` + first + `<section class="next">` + second + `</section></article>`, true},
		{"the second is longer", `<article>` + first + `</article><article>` + second + long + `</article>`, true},
		{"three", `<article>` + first + `</article><article>` + second + `</article><article>` + strings.ReplaceAll(second, "bakers", "coopers") + `</article>`, true},
		{"flat", `<div>` + first + second + `</div>`, false},
		{"flat in main", `<main>` + first + second + `</main>`, false},
		{"flat, behind a rule", `<main>` + first + `<hr>` + second + `</main>`, false},
		{"flat, the second is longer", `<div>` + first + second + long + `</div>`, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := extract(t, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry strike | Quay Courier</title></head><body>`+menu+tt.html+`</body></html>`, Options{Name: "p.html"})
			noted := slices.ContainsFunc(a.Notes, func(s string) bool {
				return strings.HasPrefix(s, "another ") && strings.Contains(s, "The bakers let their ovens go cold")
			})
			got := blocksOf(a, recount.Body)
			if tt.cut && !slices.Equal(got, tale) || len(got) < len(tale) || !slices.Equal(got[:len(tale)], tale) || !noted || a.Title != "Ferry strike" {
				t.Errorf("title %q, body %q, notes %q", a.Title, got, a.Notes)
			}
		})
	}
	t.Run("subheads are none", func(t *testing.T) {
		a := extract(t, `<!doctype html><html lang="en"><head><title>Ferry strike</title></head><body><article>`+h+`<p>`+strings.Join(tale[:3], "</p><p>")+`</p><h2>What the bakers say</h2><p>`+strings.Join(tale[3:], "</p><p>")+`</p>`+rest+`</article></body></html>`, Options{Name: "p.html"})
		if len(a.Notes) > 0 || !strings.Contains(a.Text, "Otto Brand") {
			t.Errorf("notes %q, text %q", a.Notes, a.Text)
		}
	})
}

// TestSecondArticleInDivs does the same for pages whose headlines are no
// headings.
func TestSecondArticleInDivs(t *testing.T) {
	const rest = `<p>The bakers of the upper town said that their ovens would stay cold until the council answered the letter they wrote in March.</p><p>“Nobody reads our letters,” said Otto Brand, who has baked in the same cellar for forty years.</p><p>The mayor was said to be at sea with the weather, and the letter with her.</p>`
	const one, two, three = "Ferry strike", "The bakers let their ovens go cold", "The coopers leave their barrels open"
	all := "<p>" + strings.Join(tale, "</p><p>") + "</p>"
	long := strings.Repeat("<p>The coopers of the lower town said that their barrels would stay open until the council had answered them too.</p><p>Nobody knew when that would be, as the council meets in a room that has no clock.</p>", 8)
	set := func(head, box string) string { // the page's two articles by a form of headline and of article
		f := func(title, text string) string {
			return strings.Replace(box, "*", strings.Replace(head, "*", title, 1)+text, 1)
		}
		return f(one, all) + f(two, rest)
	}
	for _, tt := range []struct {
		name, html string
		cut        bool
	}{
		{"class headline", set(`<div class="headline">*</div>`, `<div class="story">*</div>`), true},
		{"class title", set(`<div class="title">*</div>`, `<div class="item">*</div>`), true},
		{"wrapped twice", set(`<div class="top"><div class="t">*</div></div>`, `<div class="w"><div class="post">*</div></div>`), true},
		{"a paragraph", set(`<p class="hl">*</p>`, `<div class="story">*</div>`), true},
		{"a span in a header", set(`<header><span class="hl">*</span></header>`, `<section class="story">*</section>`), true},
		{"a link", set(`<div class="headline"><a href="/x">*</a></div>`, `<div class="story">*</div>`), true},
		{"a role", set(`<div role="heading" aria-level="1">*</div>`, `<div class="story">*</div>`), true},
		{"in article elements", set(`<div class="headline">*</div>`, `<article>*</article>`), true},
		{"without a class", set(`<div>*</div>`, `<article>*</article>`), true},
		{"with kicker, byline and day", set(`<div class="kicker">Island</div><div class="headline">*</div><div class="by">By Ada Brunn</div><time datetime="2014-05-14">14 May 2014</time>`, `<div class="story">*</div>`), true},
		{"headings of the third rank", set(`<h3>*</h3>`, `<article>*</article>`), true},
		{"three", set(`<div class="headline">*</div>`, `<div class="story">*</div>`) + `<div class="story"><div class="headline">` + three + `</div>` + long + `</div>`, true},
		{"the second is longer", set(`<div class="headline">*</div>`, `<div class="story">*</div>`)[:0] + `<div class="story"><div class="headline">` + one + `</div>` + all + `</div><div class="story"><div class="headline">` + two + `</div>` + rest + long + `</div>`, true},
		{"the first in an h1", `<article><h1>` + one + `</h1>` + all + `</article><article><div class="headline">` + two + `</div>` + rest + `</article>`, true},
		{"inside the first", `<div class="story"><div class="headline">` + one + `</div>` + all + `<div class="story"><div class="headline">` + two + `</div>` + rest + `</div></div>`, true},
		{"flat", `<div><div class="headline">` + one + `</div>` + all + `<div class="headline">` + two + `</div>` + rest + `</div>`, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := extract(t, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry strike | Quay Courier</title></head><body>`+menu+tt.html+`</body></html>`, Options{Name: "p.html"})
			noted := slices.ContainsFunc(a.Notes, func(s string) bool { return strings.HasPrefix(s, "another ") && strings.Contains(s, two) })
			got := blocksOf(a, recount.Body)
			if tt.cut && !slices.Equal(got, tale) || len(got) < len(tale) || !slices.Equal(got[:len(tale)], tale) || !noted || a.Title != one {
				t.Errorf("title %q, body %q, notes %q", a.Title, got, a.Notes)
			}
		})
	}
	// What only looks like another article.
	part := func(head string) string {
		return head + `<p>` + strings.Join(tale[2:], "</p><p>") + `</p>`
	}
	for _, tt := range []struct{ name, html string }{
		{"subheads", `<div class="story"><div class="headline">` + one + `</div><p>` + strings.Join(tale[:2], "</p><p>") + `</p>` + part(`<div class="sub">What the ferrymen say</div>`) + `</div>`},
		{"chapters", `<div class="headline">` + one + `</div><div class="ch"><div class="sub">The strike</div><p>` + strings.Join(tale[:2], "</p><p>") + `</p></div><div class="ch">` + part(`<div class="sub">The answer</div>`) + `</div>`},
		{"questions", `<div class="story"><div class="headline">` + one + `</div><div class="q">Why now?</div><p>` + strings.Join(tale[:2], "</p><p>") + `</p>` + part(`<div class="q">And the answer?</div>`) + `</div>`},
		{"sections with a heading", `<section class="s"><h1>` + one + `</h1><p>` + strings.Join(tale[:2], "</p><p>") + `</p></section><section class="s">` + part(`<h3>What the ferrymen say</h3>`) + `</section>`},
		{"a lead alone in its box", `<div class="box"><div class="headline">` + one + `</div><p>` + tale[0] + `</p></div><div class="box"><p>` + strings.Join(tale[1:], "</p><p>") + `</p></div>`},
		{"boxes with a label", `<div class="box"><div class="headline">` + one + `</div><p>` + strings.Join(tale[:2], "</p><p>") + `</p></div><div class="box">` + part(`<div class="label">Background</div>`) + `</div>`},
	} {
		t.Run("none: "+tt.name, func(t *testing.T) {
			a := extract(t, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry strike | Quay Courier</title></head><body>`+menu+tt.html+`</body></html>`, Options{Name: "p.html"})
			if got := strings.Join(blocksOf(a, recount.Body), " "); len(a.Notes) > 0 || !strings.Contains(got, tale[0]) || !strings.Contains(got, tale[len(tale)-1]) {
				t.Errorf("body %q, notes %q", got, a.Notes)
			}
		})
	}
}

// TestWholeBesideLists reads pages whose article is whole, in its own element,
// beside a longer list of other stories, comments or offers: the article is
// kept and nothing is said to be missing.
func TestWholeBesideLists(t *testing.T) {
	blurb := func(i int) string {
		return "The bakers of the upper town said on day " + string(rune('a'+i)) + " that their ovens would stay cold until the council answered the letter."
	}
	list := func(f func(s string) string) string {
		var b strings.Builder
		for i := range 12 {
			b.WriteString(f(blurb(i)))
		}
		return b.String()
	}
	for _, tt := range []struct{ name, html string }{
		{"headings that are links", list(func(s string) string { return `<div><h3><a href="/x">Soup</a></h3><p>` + s + `</p></div>` })},
		{"headings and a link behind", list(func(s string) string {
			return `<div class="it"><h3>Soup</h3><p>` + s + `</p><a href="/x">More</a></div>`
		})},
		{"a paragraph for a heading", list(func(s string) string {
			return `<div class="it"><p><a href="/x">Bakers let ovens go cold</a></p><p>` + s + `</p></div>`
		})},
		{"a list of links with text", `<ul>` + list(func(s string) string { return `<li><a href="/x">Bakers let ovens go cold</a> ` + s + `</li>` }) + `</ul>`},
		{"links in bold", list(func(s string) string {
			return `<div class="it"><strong><a href="/x">Bakers cold</a></strong><div>` + s + `</div></div>`
		})},
		{"pictures that are links", list(func(s string) string {
			return `<div class="it"><a href="/x"><img src="a.jpg"></a><p>` + s + `</p></div>`
		})},
		{"terms", `<dl>` + list(func(s string) string { return `<dt><a href="/x">Bakers cold</a></dt><dd>` + s + `</dd>` }) + `</dl>`},
		{"rows", `<table>` + list(func(s string) string { return `<tr><td><a href="/x">Bakers cold</a></td><td>` + s + `</td></tr>` }) + `</table>`},
		{"article elements", list(func(s string) string { return `<article><h2>Bakers cold</h2><p>` + s + `</p></article>` })},
		{"comments without a name", `<h3>12 comments</h3>` + list(func(s string) string { return `<div class="c"><b>Ada</b> <time>3 h ago</time><p>` + s + `</p></div>` })},
		{"a foot", `<footer>` + list(func(s string) string { return `<p>` + s + `</p>` }) + `</footer>`},
		{"a column", `<div class="col2">` + list(func(s string) string { return `<div><h3><a href="/x">Soup</a></h3><p>` + s + `</p></div>` }) + `</div>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := extract(t, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry strike | Quay Courier</title></head><body>`+menu+`<article><h1>Ferry strike</h1><p>`+strings.Join(tale, "</p><p>")+`</p></article>`+tt.html+`</body></html>`, Options{Name: "p.html"})
			noted := slices.ContainsFunc(a.Notes, func(n string) bool { return strings.HasPrefix(n, recount.HoldsLittle) })
			if got := blocksOf(a, recount.Body); !slices.Equal(got, tale) || noted {
				t.Errorf("body %q, notes %q", got, a.Notes)
			}
		})
	}
	t.Run("a list without article elements", func(t *testing.T) {
		a := extract(t, `<!doctype html><html lang="en"><head><title>Ferry strike</title></head><body><article><h1>Ferry strike</h1><p>`+strings.Join(tale, "</p><p>")+`</p></article>`+list(func(s string) string { return `<section><p>` + s + `</p></section>` })+`</body></html>`, Options{Name: "p.html"})
		if got := blocksOf(a, recount.Body); !slices.Equal(got, tale) || !slices.ContainsFunc(a.Notes, func(n string) bool { return strings.HasPrefix(n, recount.HoldsLittle) }) {
			t.Errorf("body %q, notes %q; want the article, and a question", got, a.Notes)
		}
	})
}
