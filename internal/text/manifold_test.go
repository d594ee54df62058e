package text

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"recount"
)

// TestUnknownLists reads files of several articles from databases that no reader
// knows: they are refused by name, and what only looks like one is read.
func TestUnknownLists(t *testing.T) {
	bakers := []string{
		"The bakers of the upper town said that their ovens would stay cold until the council answered the letter they wrote in March.",
		"“Nobody reads our letters,” said Otto Brand, who has baked in the same cellar of the upper town for forty years and more.",
		"The mayor was said to be at sea with the weather, and the letter with her, and nobody could say when either would be back.",
	}
	text := func(head string, paras []string) string { return head + "\n\n" + strings.Join(paras, "\n\n") + "\n\n" }
	wrap := func(body string) string {
		return `<!doctype html><html lang="en"><head><title>My list</title></head><body>` + body + `</body></html>`
	}
	p := func(paras []string) string { return "<p>" + strings.Join(paras, "</p><p>") + "</p>" }
	lists := []struct{ name, file, src string }{
		{"Document N of M in a text", "a.txt", text("Document 1 of 2\n\nFerry strike\nThe Quay Post\n14 May 2014", tale) + text("Document 2 of 2\n\nOvens cold\nThe Day\n15 May 2014", bakers)},
		{"N/M in a text", "a.txt", text("1/2\n\nFerry strike", tale) + text("2/2\n\nOvens cold", bakers)},
		{"Treffer von", "a.txt", text("Treffer 1 von 2\n\nFährstreik", tale) + text("Treffer 2 von 2\n\nÖfen kalt", bakers)},
		{"Article 1, Article 2", "a.txt", text("Article 1\n\nFerry strike", tale) + text("Article 2\n\nOvens cold", bakers)},
		{"three fields again and again", "a.txt", text("Title: Ferry strike\n\nSource: Quay Post\n\nDate: 14 May 2014", tale) + text("Title: Ovens cold\n\nSource: The Day\n\nDate: 15 May 2014", bakers)},
		{"fields in German", "a.txt", text("Titel: Fährstreik\n\nQuelle: Kaipost\n\nDatum: 14.05.2014\n\nSeite: 3", tale) + text("Titel: Öfen kalt\n\nQuelle: Der Tag\n\nDatum: 15.05.2014\n\nSeite: 4", bakers)},
		{"fields in French", "a.txt", text("Titre: Grève\n\nAuteur: Ada Brunn\n\nJournal: La Voix\n\nDate: 14 mai 2014", tale) + text("Titre: Fours froids\n\nAuteur: Otto Brand\n\nJournal: Le Jour\n\nDate: 15 mai 2014", bakers)},
		{"Document N of M in a page", "a.html", wrap(`<h2>Document 1 of 2</h2><h3>Ferry strike</h3>` + p(tale) + `<h2>Document 2 of 2</h2><h3>Ovens cold</h3>` + p(bakers))},
		{"fields in a page", "a.html", wrap(`<div><p>Title: Ferry strike</p><p>Source: Quay Post</p><p>Date: 14 May 2014</p>` + p(tale) + `</div><div><p>Title: Ovens cold</p><p>Source: The Day</p><p>Date: 15 May 2014</p>` + p(bakers) + `</div>`)},
		{"article elements with outlet and day", "a.html", wrap(`<article class="r"><div>The Quay Post</div><div>14 May 2014</div><h2>Ferry strike</h2>` + p(tale) + `</article><article class="r"><div>Upper Town News</div><div>15 May 2014</div><h2>Ovens cold</h2>` + p(bakers) + `</article>`)},
		{"divs with outlet and day in one line", "a.html", wrap(`<div class="doc"><p>The Quay Post, 14 May 2014</p><h2>Ferry strike</h2>` + p(tale) + `</div><div class="doc"><p>Upper Town News, 15 May 2014</p><h2>Ovens cold</h2>` + p(bakers) + `</div>`)},
	}
	for _, tt := range lists {
		t.Run(tt.name, func(t *testing.T) {
			c, err := Read([]byte(tt.src), Options{Name: tt.file})
			if !errors.Is(err, recount.ErrRefused) || !strings.Contains(fmt.Sprint(err), "a list of 2 articles or more") || recount.HintOf(err) == "" {
				t.Errorf("%d articles, error %v; want a refusal that names the list", len(c.Articles), err)
			}
		})
	}
	single := []struct{ name, file, src string }{
		{"page 1 of 2 of one article", "a.html", wrap(`<article><h1>Ferry strike</h1><p>1 of 2</p>` + p(tale) + `</article>`)},
		{"a slide show", "a.html", wrap(`<article><h1>Ferry strike</h1><figure><figcaption>1 of 3</figcaption></figure><figure><figcaption>2 of 3</figcaption></figure>` + p(tale[:1]) + `</article>`)},
		{"questions with a name and a colon", "a.txt", "Ferry strike\n\n" + "Text: the crews were asked three things.\n\n" + strings.Join(tale, "\n\n")},
		{"a live blog", "a.html", wrap(`<main><h1>Ferry strike, live</h1><section class="post"><div>14 May 2014 10:00</div><h3>Crews ashore</h3>` + p(tale[:2]) + `</section><section class="post"><div>15 May 2014 11:00</div><h3>Queue grows</h3>` + p(tale[2:]) + `</section></main>`)},
		{"letters to the editor", "a.html", wrap(`<h1>Letters</h1><div class="l"><h3>On the ferry</h3>` + p(tale[:3]) + `<p>Ada Brunn, Quay Street</p></div><div class="l"><h3>On ovens</h3>` + p(bakers) + `<p>Otto Brand, Upper Town</p></div>`)},
		{"one record with its fields", "a.txt", text("Title: Ferry strike\n\nSource: Quay Post\n\nDate: 14 May 2014", tale)},
	}
	for _, tt := range single {
		t.Run(tt.name, func(t *testing.T) {
			if c, err := Read([]byte(tt.src), Options{Name: tt.file}); err != nil || len(c.Articles) != 1 {
				t.Errorf("%d articles, error %v; want one article", len(c.Articles), err)
			}
		})
	}
}
