package text

import (
	"slices"
	"strings"
	"testing"

	"recount"
)

// Lines of who wrote and who took the pictures, and of days, are no text of the
// article; who took the pictures is none of its authors.
func TestCredits(t *testing.T) {
	ada := []string{"Ada Brunn"}
	tests := []struct {
		top, byline string
		authors     []string
		day         string
	}{
		{`<p>Words: Ada Brunn | Pictures: Nils Amark</p><p>14 May 2014</p>`, "Ada Brunn", ada, "2014-05-14"},
		{`<p>Words: Ada Brunn. Pictures: Nils Amark.</p>`, "Ada Brunn", ada, ""},
		{`<p>Words by Ada Brunn | Photos by Nils Amark</p>`, "Ada Brunn", ada, ""},
		{`<p>Text: Ada Brunn, Photos: Nils Amark</p><p>14 May 2014</p>`, "Ada Brunn", ada, "2014-05-14"},
		{`<p>Text and photos: Ada Brunn</p>`, "Ada Brunn", ada, ""},
		{`<p>Words and pictures: Ada Brunn</p><p>14 May 2014</p>`, "Ada Brunn", ada, "2014-05-14"},
		{`<p>Text and photos by Ada Brunn</p>`, "Ada Brunn", ada, ""},
		{`<p>Report: Ada Brunn / Photography: Nils Amark</p>`, "Ada Brunn", ada, ""},
		{`<p>Story: Ada Brunn • Images: Nils Amark</p>`, "Ada Brunn", ada, ""},
		{`<p>Story by Ada Brunn; photography by Nils Amark</p>`, "Ada Brunn", ada, ""},
		{`<p>Words Ada Brunn</p><p>Pictures Nils Amark</p>`, "Ada Brunn", ada, ""},
		{`<p>Words: Ada Brunn</p><p>Pictures: Nils Amark</p><p>14 May 2014</p>`, "Ada Brunn", ada, "2014-05-14"},
		{`<p>By Ada Brunn</p><p>Photos by Nils Amark</p>`, "Ada Brunn", ada, ""},
		{`<p>By Ada Brunn</p><p>Video: Nils Amark</p>`, "Ada Brunn", ada, ""},
		{`<p>Reporting: Ada Brunn and Mia Holm | Editing: Nils Amark</p>`, "Ada Brunn and Mia Holm", []string{"Ada Brunn", "Mia Holm"}, ""},
		{`<p>Words: Ada Brunn &amp; Mia Holm | Illustrations: Nils Amark</p>`, "Ada Brunn & Mia Holm", []string{"Ada Brunn", "Mia Holm"}, ""},
		{`<p>Texte : Ada Brunn | Photos : Nils Amark</p>`, "Ada Brunn", ada, ""},
		{`<p>Text: Ada Brunn | Fotos: Nils Amark</p>`, "Ada Brunn", ada, ""},
		{`<p>Texto: Ada Brunn | Fotos: Nils Amark</p>`, "Ada Brunn", ada, ""},
		{`<p>Text und Fotos: Ada Brunn</p>`, "Ada Brunn", ada, ""},
		{`<p>Words: Ada Brunn | Pictures: Nils Amark | 14 May 2014</p>`, "Ada Brunn", ada, "2014-05-14"},
		{`<p>Pictures: Nils Amark | Words: Ada Brunn</p>`, "Ada Brunn", ada, ""},

		{`<p>Last revised: 16 May 2014 | Online since 14 May 2014</p>`, "", nil, "2014-05-14"},
		{`<p>Online since 14 May 2014</p>`, "", nil, "2014-05-14"},
		{`<p>Last revised: 16 May 2014, online since: 14 May 2014</p>`, "", nil, "2014-05-14"},
		{`<p>Last revised 16.05.2014 · Online since 14.05.2014</p>`, "", nil, "2014-05-14"},
		{`<p>First online: 14 May 2014 – last revision: 16 May 2014</p>`, "", nil, "2014-05-14"},
		{`<p>On this site since 14 May 2014; revised 16 May 2014</p>`, "", nil, "2014-05-14"},
		{`<p>Put online 14 May 2014, last reviewed 16 May 2014</p>`, "", nil, "2014-05-14"},
		{`<p>Online seit 14.05.2014 | Zuletzt überarbeitet: 16.05.2014</p>`, "", nil, "2014-05-14"},
		{`<p>En ligne depuis le 14 mai 2014 | Dernière révision : 16 mai 2014</p>`, "", nil, "2014-05-14"},
		{`<p>En línea desde el 14 de mayo de 2014 | Última revisión: 16 de mayo de 2014</p>`, "", nil, "2014-05-14"},
		{`<p>Went live: 14 May 2014 | Revised: 16 May 2014</p>`, "", nil, "2014-05-14"},
		{`<p>Last revised: 16 May 2014</p><p>Online since: 14 May 2014</p>`, "", nil, "2014-05-14"},
		{`<p>By Ada Brunn</p><p>Last revised: 16 May 2014 | Online since 14 May 2014</p>`, "Ada Brunn", ada, "2014-05-14"},
	}
	for _, tt := range tests {
		a := extract(t, page14("en", "", tt.top), Options{Name: "p.html"})
		if a.Byline != tt.byline || !slices.Equal(a.Authors, tt.authors) || a.Published != tt.day || a.DateFlag != "" {
			t.Errorf("%s\n got byline %q, authors %q, day %q %s\nwant byline %q, authors %q, day %q", tt.top, a.Byline, a.Authors, a.Published, a.DateFlag, tt.byline, tt.authors, tt.day)
		}
		for _, b := range a.Blocks {
			if s := b.Span.In(a.Text); (b.Role == recount.Body || b.Role == recount.Subhead) && !slices.Contains(tale, s) {
				t.Errorf("%s: %q is a %s of the article", tt.top, s, b.Role)
			}
		}
	}
}

// Sentences that begin as such lines do are text.
func TestNoCredits(t *testing.T) {
	for _, p := range []string{
		"Pictures of the eight days show lorries in four rows along the quay, and nobody on the boats.",
		"Words failed the harbour master when the second boat came in without a light on Monday.",
		"Report after report has said that the quay would not stand another winter of storms.",
		"Photos by the crew show the engine room under water up to the second step.",
		"Images of the fire were passed around the town before the brigade had arrived.",
		"Text messages that the crews sent on Monday say that nobody was asked.",
		"Video from the harbour shows the boat turning twice before it stops at the wall.",
		"Story after story has been told of the night on which the lighthouse went dark.",
		"Online since Monday, the list of crews has been read by four thousand people.",
		"Last revised by the council in March, the timetable has no boat on Sundays.",
	} {
		a := extract(t, page14("en", "", "<p>"+p+"</p>"), Options{Name: "p.html"})
		if !strings.Contains(a.Text, p) || !slices.ContainsFunc(a.Blocks, func(b recount.Block) bool {
			return (b.Role == recount.Body || b.Role == recount.Subhead) && b.Span.In(a.Text) == p
		}) {
			t.Errorf("%q is no text of the article", p)
		}
	}
}

// A headline of several lines is one title, with a blank where a line ends.
func TestHeadlineLines(t *testing.T) {
	const want = "Ferry crews stay ashore"
	for _, head := range []string{
		"<h1>Ferry crews<br>stay ashore</h1>",
		"<h1>Ferry crews<br/>stay ashore</h1><p>14 May 2014</p>",
		"<h1>Ferry crews stay<br><br>ashore</h1>",
		"<h1>Ferry<br>crews<br>stay<br>ashore</h1>",
		"<h1><span>Ferry crews</span><br><span>stay ashore</span></h1>",
		"<h1>Ferry crews <wbr>stay ashore</h1>",
		`<h1><span style="display:block">Ferry crews</span><span style="display:block">stay ashore</span></h1>`,
		`<h1><span style="display: block;">Ferry crews</span><em style="display: block;">stay ashore</em></h1>`,
		"<h1><div>Ferry crews</div><div>stay ashore</div></h1>",
		"<h1><p>Ferry crews</p><p>stay ashore</p></h1>",
		"<h1>\n  Ferry crews\n  <br>\n  stay ashore\n</h1>",
		"<h1>Ferry crews&nbsp;<br>stay ashore</h1>",
		"<h1><strong>Ferry crews<br></strong>stay ashore</h1>",
	} {
		for _, title := range []string{"Ferry crews stay ashore", "Quay Courier", "Ferry crews stay"} {
			html := strings.Replace(page14("en", "", ""), "<h1>Ferry crews stay ashore</h1>", head, 1)
			html = strings.Replace(html, "<title>Ferry crews stay ashore</title>", "<title>"+title+"</title>", 1)
			a := extract(t, html, Options{Name: "p.html"})
			if a.Title != want {
				t.Errorf("%s under the title %q: %q, want %q", head, title, a.Title, want)
			}
			for _, b := range a.Blocks {
				if s := b.Span.In(a.Text); (b.Role == recount.Body || b.Role == recount.Subhead) && !slices.Contains(tale, s) {
					t.Errorf("%s: %q is a %s of the article", head, s, b.Role)
				}
			}
		}
	}
}

// The site's name above the headline is no subhead of the article.
func TestSiteNameAbove(t *testing.T) {
	for _, above := range []string{
		`<p class="site">Quay Courier</p>`, "<h2>Quay Courier</h2>", "<h3>The Quay Courier</h3>", `<h2><a href="/">Quay Courier</a></h2>`, "<h4>quaycourier.example</h4>", "<p>QUAY COURIER</p>",
		"<h2>Quay Courier – News from the harbour</h2>", "<p><b>Quay Courier</b></p>", "<h2>Quay Courier Online</h2>", "<h5>Quay Courier | Harbour</h5>", "<h2>QUAY COURIER</h2>", "<h3>www.quaycourier.example</h3>",
		"<h2>Quay Courier: Home</h2>", "<h6>The Quay Courier</h6><h6>Harbour</h6>",
	} {
		html := strings.Replace(page14("en", "", ""), "<h1>", above+"<h1>", 1)
		a := extract(t, html, Options{Name: "p.html"})
		if a.Title != "Ferry crews stay ashore" {
			t.Errorf("%s: title %q", above, a.Title)
		}
		for _, b := range a.Blocks {
			if s := b.Span.In(a.Text); (b.Role == recount.Body || b.Role == recount.Subhead) && !slices.Contains(tale, s) {
				t.Errorf("%s: %q is a %s of the article", above, s, b.Role)
			}
		}
	}
	// A line of the article above its headline stays.
	for _, line := range []string{"The strike at the harbour, day eight", "“We have all the time in the world”"} {
		a := extract(t, strings.Replace(page14("en", "", ""), "<h1>", "<h2>"+line+"</h2><h1>", 1), Options{Name: "p.html"})
		if !strings.Contains(a.Text, line) {
			t.Errorf("%q is lost", line)
		}
	}
}
