package text

import (
	"errors"
	"strings"
	"testing"

	"recount"
)

// TestListsByTheirHeads reads files of several articles that say so only by what
// stands above each: an outlet, a day and a title in lines or in one line,
// headings, rows, page breaks, notices of rights, messages of a digest. They are
// refused by name; what only looks like one is read.
func TestListsByTheirHeads(t *testing.T) {
	bakers := []string{
		"The bakers of the upper town said that their ovens would stay cold until the council answered the letter they wrote in March.",
		"“Nobody reads our letters,” said Otto Brand, who has baked in the same cellar of the upper town for forty years and more.",
		"The mayor was said to be at sea with the weather, and the letter with her, and nobody could say when either would be back.",
	}
	join := func(sep string, paras []string) string { return strings.Join(paras, sep) }
	both := func(one, two string) string {
		return one + "\n\n" + join("\n\n", tale) + "\n\n" + two + "\n\n" + join("\n\n", bakers) + "\n"
	}
	page := func(body string) string {
		return `<!doctype html><html lang="en"><head><title>My list</title></head><body>` + body + `</body></html>`
	}
	p := func(paras []string) string { return "<p>" + join("</p><p>", paras) + "</p>" }
	mail := func(body string) string {
		return "From: Desk <desk@quay.example>\nTo: ada@quay.example\nSubject: What the papers wrote\nDate: Fri, 16 May 2014 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n" + body
	}
	row := func(cells ...string) string { return "<tr><td>" + join("</td><td>", cells) + "</td></tr>" }
	lists := []struct{ name, file, src string }{
		{"outlet, day and title in lines", "a.txt", both("The Quay Post\n14 May 2014\nFerry crews stay ashore", "Upper Town News\n15 May 2014\nOvens stay cold")},
		{"title above outlet and day", "a.txt", both("Ferry crews stay ashore\nThe Quay Post, 14 May 2014", "Ovens stay cold\nUpper Town News, 15 May 2014")},
		{"outlet, day and title in one line", "a.txt", both("The Quay Post, 14 May 2014: Ferry crews stay ashore", "Upper Town News, 15 May 2014: Ovens stay cold")},
		{"a day in figures", "a.txt", both("Ferry crews stay ashore\nThe Quay Post | 2014-05-14 | p. 3", "Ovens stay cold\nUpper Town News | 2014-05-15 | p. 4")},
		{"names of outlets without a word for it", "a.txt", both("Ferry crews stay ashore\nHarwick Courier, 14 May 2014", "Ovens stay cold\nKorrin Tonight, 15 May 2014")},
		{"one outlet, two days", "a.txt", both("Ferry crews stay ashore\nThe Quay Post, 14 May 2014", "Ovens stay cold\nThe Quay Post, 15 May 2014")},
		{"headings of Markdown", "a.md", both("## Ferry crews stay ashore\n\nThe Quay Post, 14 May 2014", "## Ovens stay cold\n\nUpper Town News, 15 May 2014")},
		{"headings of Markdown with outlet and day", "a.txt", both("## The Quay Post, 14 May 2014\n\nFerry crews stay ashore", "## Upper Town News, 15 May 2014\n\nOvens stay cold")},
		{"emphasis", "a.txt", both("**Ferry crews stay ashore**\n*The Quay Post, 14 May 2014*", "**Ovens stay cold**\n*Upper Town News, 15 May 2014*")},
		{"in German", "a.txt", both("Fährleute bleiben an Land\nHafenzeitung, 14. Mai 2014, S. 3", "Öfen bleiben kalt\nTagblatt, 15. Mai 2014, S. 4")},
		{"form feeds", "a.txt", "Ferry crews stay ashore\n14 May 2014\n\n" + join("\n\n", tale) + "\n\fOvens stay cold\n15 May 2014\n\n" + join("\n\n", bakers) + "\n"},
		{"stars between", "a.txt", "Ferry crews stay ashore\n14 May 2014\n\n" + join("\n\n", tale) + "\n\n***\n\nOvens stay cold\n15 May 2014\n\n" + join("\n\n", bakers) + "\n"},
		{"plus signs between, a line above", "a.txt", "Your search: ferry\n\n+++++\n\nFerry crews stay ashore\n14 May 2014\n\n" + join("\n\n", tale) + "\n\n+++++\n\nOvens stay cold\n15 May 2014\n\n" + join("\n\n", bakers) + "\n"},
		{"notices of rights", "a.txt", "Ferry crews stay ashore\n\n" + join("\n\n", tale) + "\n\n© 2014 The Quay Post\n\nOvens stay cold\n\n" + join("\n\n", bakers) + "\n\n© 2014 Upper Town News\n"},
		{"copyright", "a.txt", "Ferry crews stay ashore\n\n" + join("\n\n", tale) + "\n\nCopyright 2014 The Quay Post. All rights reserved.\n\nOvens stay cold\n\n" + join("\n\n", bakers) + "\n\nCopyright 2014 Upper Town News. All rights reserved.\n"},
		{"a page with h2 and outlet and day", "a.html", page("<h2>Ferry crews stay ashore</h2><p>The Quay Post, 14 May 2014</p>" + p(tale) + "<h2>Ovens stay cold</h2><p>Upper Town News, 15 May 2014</p>" + p(bakers))},
		{"a page with h2 of outlet and day", "a.html", page("<h2>The Quay Post, 14 May 2014</h2><h3>Ferry crews stay ashore</h3>" + p(tale) + "<h2>Upper Town News, 15 May 2014</h2><h3>Ovens stay cold</h3>" + p(bakers))},
		{"rows of a table", "a.html", page("<table><tr><th>Outlet</th><th>Day</th><th>Title</th><th>Text</th></tr>" + row("The Quay Post", "14 May 2014", "Ferry crews stay ashore", join(" ", tale)) + row("Harwick Courier", "15 May 2014", "Ovens stay cold", join(" ", bakers)) + "</table>")},
		{"rows of a table with paragraphs", "a.html", page("<table>" + row("14 May 2014", "The Quay Post", p(tale)) + row("15 May 2014", "Harwick Courier", p(bakers)) + "</table>")},
		{"a mail with outlet and day", "a.eml", mail(both("Ferry crews stay ashore\nThe Quay Post, 14 May 2014", "Ovens stay cold\nUpper Town News, 15 May 2014"))},
		{"a mail with rules", "a.eml", mail("Ferry crews stay ashore\n14 May 2014\n\n" + join("\n\n", tale) + "\n\n----------\n\nOvens stay cold\n15 May 2014\n\n" + join("\n\n", bakers) + "\n")},
		{"a mail with numbered documents", "a.eml", mail(both("Document 1 of 2\n\nFerry crews stay ashore", "Document 2 of 2\n\nOvens stay cold"))},
		{"a digest of messages", "a.eml", mail("Today's Topics:\n\n   1. Ferry (Ada)\n   2. Ovens (Otto)\n\n----------------------------------------------------------------------\n\nDate: Mon, 12 May 2014 10:00:00 +0000\nFrom: Ada <ada@quay.example>\nSubject: Ferry crews stay ashore\n\n" + join("\n\n", tale) + "\n\n------------------------------\n\nDate: Tue, 13 May 2014 10:00:00 +0000\nFrom: Otto <otto@day.example>\nSubject: Ovens stay cold\n\n" + join("\n\n", bakers) + "\n")},
	}
	for _, tt := range lists {
		t.Run(tt.name, func(t *testing.T) {
			c, err := Read([]byte(tt.src), Options{Name: tt.file})
			if !errors.Is(err, recount.ErrRefused) || !strings.Contains(err.Error(), "a list of 2 articles or more") || recount.HintOf(err) == "" {
				t.Errorf("%d articles, error %v; want a refusal that names the list", len(c.Articles), err)
			}
		})
	}
	single := []struct{ name, file, src string }{
		{"a head that stands on each printed page", "a.txt", "The Quay Post, 14 May 2014\nFerry crews stay ashore\n\n" + join("\n\n", tale) + "\n\fThe Quay Post, 14 May 2014\nFerry crews stay ashore\n\n" + join("\n\n", bakers) + "\n"},
		{"a diary of days", "a.txt", "Ferry strike, day by day\n\n" + both("14 May 2014\nCrews ashore", "15 May 2014\nQueue grows")},
		{"a live blog with names", "a.txt", "Ferry strike, live\n\n" + both("Crews ashore\nAda Brunn, 14 May 2014 10:00", "Queue grows\nOtto Lind, 15 May 2014 11:00")},
		{"places and days", "a.txt", "Along the coast\n\n" + both("Harwick, 14 May 2014", "Korrin, 15 May 2014")},
		{"two words of rights in one article", "a.txt", "Ferry crews stay ashore\nThe Quay Post, 14 May 2014\n\n" + tale[0] + "\n\nPicture © 2014 Ada Brunn\n\n" + join("\n\n", tale[1:]) + "\n\n© 2014 The Quay Post\n"},
		{"stars between sections", "a.txt", "Ferry crews stay ashore\nThe Quay Post, 14 May 2014\n\n" + join("\n\n", tale) + "\n\n***\n\n" + join("\n\n", bakers) + "\n"},
		{"papers quoted under their names", "a.txt", "What the papers say\n14 May 2014\n\n" + both("The Quay Post", "Upper Town News")},
		{"a table of numbers", "a.html", page("<article><h1>Ferry crews stay ashore</h1><p>The Quay Post, 14 May 2014</p>" + p(tale) + "<table>" + row("14 May 2014", "Harwick", "312 lorries") + row("15 May 2014", "Korrin", "411 lorries") + "</table></article>")},
		{"other stories of other papers under it", "a.html", page("<article><h1>Ferry crews stay ashore</h1><p>The Quay Post, 14 May 2014</p>" + p(tale) + "</article><div><h3>Ovens stay cold</h3><p>Upper Town News, 15 May 2014</p><p>" + bakers[0] + "</p><h3>Letters unread</h3><p>The Day, 16 May 2014</p><p>" + bakers[1] + "</p></div>")},
		{"a mail and what it answers", "a.eml", mail(join("\n\n", tale) + "\n\nFrom: Otto <otto@day.example>\nDate: Tue, 13 May 2014\nSubject: Ferry\n\n" + bakers[0] + "\n\n" + bakers[1] + "\n\nFrom: Ada <ada@day.example>\nDate: Mon, 12 May 2014\nSubject: Re: Ferry\n\n" + bakers[2] + "\n")},
	}
	for _, tt := range single {
		t.Run(tt.name, func(t *testing.T) {
			if c, err := Read([]byte(tt.src), Options{Name: tt.file}); err != nil || len(c.Articles) != 1 {
				t.Errorf("%d articles, error %v; want one article", len(c.Articles), err)
			}
		})
	}
}
