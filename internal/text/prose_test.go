package text

import (
	"slices"
	"strings"
	"testing"

	"recount"
)

// TestProseInOddPlaces reads sentences of an article that stand where pages seldom
// have them. A sentence is in the article, or a note asks about it by its first words;
// it is never lost in silence.
func TestProseInOddPlaces(t *testing.T) {
	const denial = "All seven denied on Friday that they had let go the ropes of the morning boat."
	const h = `<h1>Ferry strike</h1>`
	paras := func(list ...string) string { return "<p>" + strings.Join(list, "</p><p>") + "</p>" }
	in := func(s string) string {
		return `<article>` + h + paras(tale[:2]...) + s + paras(tale[2:]...) + `</article>`
	}
	div := func(s string) string {
		return `<div class="story">` + h + paras(tale[:2]...) + s + paras(tale[2:]...) + `</div>`
	}
	last := func(s string) string { return `<article>` + h + paras(tale...) + s + `</article>` }
	all := func(open, end string) string { return open + strings.Join(tale, end+open) + end }
	const kept, asked = "kept", "asked"
	tests := []struct{ name, html, want string }{
		// Hidden from screen readers alone.
		{"p aria-hidden", in(`<p aria-hidden="true">` + denial + `</p>`), kept},
		{"p aria-hidden, last", last(`<p aria-hidden="true">` + denial + `</p>`), kept},
		{"p aria-hidden, in a div", div(`<p aria-hidden="true">` + denial + `</p>`), kept},
		{"div aria-hidden around p", in(`<div aria-hidden="true"><p>` + denial + `</p></div>`), kept},
		{"two aria-hidden", in(`<p aria-hidden="true">` + denial + `</p><p aria-hidden="true">The harbour master said he had seen nothing of it from his window.</p>`), kept},
		{"aria-hidden span in p", in(`<p><span aria-hidden="true">` + denial + `</span></p>`), kept},
		{"blockquote aria-hidden", in(`<blockquote aria-hidden="true"><p>` + denial + `</p></blockquote>`), kept},
		{"aria-hidden, first", `<article>` + h + `<p aria-hidden="true">` + denial + `</p>` + paras(tale...) + `</article>`, kept},
		{"section aria-hidden", in(`<section aria-hidden="true"><p>` + denial + `</p></section>`), kept},
		{"aria-hidden and a class", in(`<p class="lead" aria-hidden="true">` + denial + `</p>`), kept},

		// Drawings.
		{"svg foreignObject", in(`<svg viewBox="0 0 9 9"><foreignObject><p>` + denial + `</p></foreignObject></svg>`), kept},
		{"svg foreignObject div", in(`<svg><foreignObject width="9"><div xmlns="http://www.w3.org/1999/xhtml">` + denial + `</div></foreignObject></svg>`), kept},
		{"svg foreignObject in figure", in(`<figure><svg><foreignObject><p>` + denial + `</p></foreignObject></svg></figure>`), kept},
		{"svg text", in(`<svg><text x="1" y="2">` + denial + `</text></svg>`), asked},

		// Boxes named for pull quotes whose words stand nowhere else.
		{"aside pullout", in(`<aside class="pullout"><p>` + denial + `</p></aside>`), kept},
		{"aside pullout loose", in(`<aside class="pullout">` + denial + `</aside>`), kept},
		{"div pullquote", in(`<div class="pullquote"><p>` + denial + `</p></div>`), kept},
		{"aside pull-quote last", last(`<aside class="pull-quote"><p>` + denial + `</p></aside>`), kept},
		{"blockquote--pull", in(`<blockquote class="blockquote--pull"><p>` + denial + `</p></blockquote>`), kept},
		{"two in a pullout", in(`<aside class="pullout"><p>` + denial + `</p><p>“We were asleep,” said one of them, Per Holm, on the stairs of the court.</p></aside>`), kept},

		// Controls.
		{"button", in(`<button>` + denial + `</button>`), asked},
		{"p in a button", in(`<button type="button"><p>` + denial + `</p></button>`), asked},
		{"p around a button", in(`<p><button>` + denial + `</button></p>`), asked},
		{"button with a class", in(`<button class="accordion">What they say</button><div class="panel"><p>` + denial + `</p></div>`), kept},
		{"textarea", in(`<textarea>` + denial + `</textarea>`), asked},
		{"form around p", in(`<form><p>` + denial + `</p></form>`), asked},
		{"fieldset", in(`<fieldset><legend>What they say</legend><p>` + denial + `</p></fieldset>`), kept},

		// What a browser without scripts shows.
		{"noscript", in(`<noscript><p>` + denial + `</p></noscript>`), asked},
		{"noscript last", last(`<noscript><p>` + denial + `</p></noscript>`), asked},
		{"noscript in p", in(`<p><noscript>` + denial + `</noscript></p>`), asked},
		{"noscript outside", `<noscript><p>` + denial + `</p></noscript>` + last(""), asked},
		{"object fallback", in(`<object data="a.swf"><p>` + denial + `</p></object>`), asked},
		{"video fallback", in(`<video src="a.mp4"><p>` + denial + `</p></video>`), asked},
		{"template", in(`<template><p>` + denial + `</p></template>`), asked},

		// Old and foreign elements.
		{"center font", `<center><font size=5><b>Ferry strike</b></font></center>` + paras(tale[:2]...) + `<center><font>` + denial + `</font></center>` + paras(tale[2:]...), kept},
		{"center font in article", in(`<center><font>` + denial + `</font></center>`), kept},
		{"center p", in(`<center><p>` + denial + `</p></center>`), kept},
		{"center", div(`<center>` + denial + `</center>`), kept},
		{"font", in(`<font color="red">` + denial + `</font>`), kept},
		{"figure blockquote", in(`<figure><blockquote>` + denial + `</blockquote></figure>`), kept},
		{"figure blockquote p", in(`<figure class="quote"><blockquote><p>` + denial + `</p></blockquote><figcaption>Per Holm</figcaption></figure>`), kept},
		{"figure blockquote in a div", div(`<figure><blockquote><p>` + denial + `</p></blockquote></figure>`), kept},
		{"x-para", in(`<x-para>` + denial + `</x-para>`), kept},
		{"x-para for all", `<article>` + h + all(`<x-para>`, `</x-para>`) + `</article>`, "all"},
		{"story-text for all", `<story-body>` + h + all(`<story-text>`, `</story-text>`) + `</story-body>`, "all"},
		{"p in x-block", in(`<x-block><p>` + denial + `</p></x-block>`), kept},
		{"x-quote around p", in(`<x-quote><p>` + denial + `</p></x-quote>`), kept},
		{"x-para in a div", div(`<x-para class="body">` + denial + `</x-para>`), kept},
		{"details closed", in(`<details><summary>More</summary>` + denial + `</details>`), kept},
		{"dl", in(`<dl><dt>The seven</dt><dd>` + denial + `</dd></dl>`), kept},
		{"marquee", in(`<marquee>` + denial + `</marquee>`), kept},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry strike | Quay Courier</title></head><body>` + menu + tt.html + `</body></html>`
			a := extract(t, src, Options{Name: "p.html"})
			got := blocksOf(a, recount.Body)
			if tt.want == "all" {
				if !slices.Equal(got, tale) {
					t.Errorf("body %q, notes %q", got, a.Notes)
				}
				return
			}
			held := slices.Contains(got, denial)
			noted := slices.ContainsFunc(a.Notes, func(s string) bool { return strings.Contains(s, "All seven denied on Friday that they had") })
			if held != (tt.want == kept) || noted == held {
				t.Errorf("kept %v, asked %v, want it %s; body %q, notes %q", held, noted, tt.want, got, a.Notes)
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

// TestNoProseToAskAbout reads the same places with what is no prose of the article.
func TestNoProseToAskAbout(t *testing.T) {
	const h = `<h1>Ferry strike</h1>`
	for _, tt := range []struct{ name, html string }{
		{"a copy for screen readers", `<p aria-hidden="true">` + tale[1] + `</p>`},
		{"aria-hidden icons", `<span aria-hidden="true">×</span>`},
		{"a pull quote", `<aside class="pullout"><p>` + tale[1] + `</p></aside>`},
		{"noscript picture", `<noscript><img src="a.jpg" alt="The ferry lies in the harbour, and nobody goes on board today."></noscript>`},
		{"noscript scripts", `<noscript><p>Please enable JavaScript in your browser to see the comments on this page.</p></noscript>`},
		{"noscript counter", `<noscript><iframe src="https://counter.example/ns.html"></iframe></noscript>`},
		{"share button", `<button>Share this story with your friends</button>`},
		{"subscribe button", `<button>Subscribe now for $1 a week and get unlimited access to all our stories.</button>`},
		{"button newsletter", `<button>Sign up for our newsletter and get the news of the harbour every morning at six.</button>`},
		{"svg title", `<svg><title>Arrow that points to the right and means that there is more.</title><path d="M0 0"/></svg>`},
		{"video fallback", `<video src="a.mp4"><p>Your browser does not support the video tag, so that nothing can be shown here.</p></video>`},
		{"textarea of a form", `<form><textarea placeholder="Your comment"></textarea><button>Send</button></form>`},
		{"template of a field", `<template><p>{{ comment.text }} was written by {{ comment.author }} on this day.</p></template>`},
		{"hidden terms", `<div hidden><p>By buying a ticket the passenger agrees to the terms of the company and its tariff.</p></div>`},
		{"copy in noscript", `<noscript><p>` + tale[1] + `</p></noscript>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			src := `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry strike | Quay Courier</title></head><body>` + menu + `<article>` + h + "<p>" + strings.Join(tale[:2], "</p><p>") + "</p>" + tt.html + "<p>" + strings.Join(tale[2:], "</p><p>") + `</p></article></body></html>`
			a := extract(t, src, Options{Name: "p.html"})
			if got := blocksOf(a, recount.Body); !slices.Equal(got, tale) || len(a.Notes) > 0 {
				t.Errorf("body %q, notes %q, want the article alone and no note", got, a.Notes)
			}
		})
	}
}
