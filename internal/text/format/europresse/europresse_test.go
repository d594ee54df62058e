package europresse

import (
	"os"
	"strings"
	"testing"

	"recount/internal/text/document"
)

func fact(d document.Draft, field string) string {
	for _, f := range d.Facts {
		if f.Field == field {
			return f.Value
		}
	}
	return ""
}

func TestTwoDocuments(t *testing.T) {
	b, err := os.ReadFile("testdata/two.html")
	if err != nil {
		t.Fatal(err)
	}
	if !Is(b, "x.html") {
		t.Fatal("not recognised")
	}
	set, err := Read(b, document.Options{})
	if err != nil || len(set.Drafts) != 2 || len(set.Left) != 0 {
		t.Fatalf("%d drafts, left %v, error %v; want two", len(set.Drafts), set.Left, err)
	}
	for i, want := range []struct{ title, outlet, date, byline, page, part string }{
		{"Ferry returns to Sandwick", "Sandwick Post", "vendredi 12 avril 2013", "Rosa Lind", "4", "1"},
		{"Prosecutors sign a treaty", "The Day", "lundi 14 octobre 2013", "Ada Marten", "", "2"},
	} {
		d := set.Drafts[i]
		if fact(d, "title") != want.title || fact(d, "outlet") != want.outlet || fact(d, "published") != want.date || fact(d, "byline") != want.byline || fact(d, "page") != want.page || d.Part != want.part {
			t.Errorf("document %d: part %q, facts %v, want %v", i+1, d.Part, d.Facts, want)
		}
		for _, p := range d.Paragraphs {
			if s, ok := Find(b, p.Path); !ok || s != p.Text {
				t.Errorf("%s leads to %q, want %q", p.Path, s, p.Text)
			}
		}
		if n := len(d.Paragraphs); n != 4+i {
			t.Errorf("document %d has %d paragraphs, want %d", i+1, n, 4+i)
		}
	}
}

func TestLayouts(t *testing.T) {
	doc := func(body string) string {
		return `<html><head><title>Europresse</title></head><body>` + body + `</body></html>`
	}
	one := `<header><div class="rdp__DocPublicationName"><span class="DocPublicationName">Sandwick Post</span></div><span class="DocHeader">12 avril 2013 • Local • p. A4</span><div class="titreArticle"><p class="titreArticleVisu">Ferry returns</p></div></header><div class="docOcurrContainer"><p>The ferry would run again.</p></div>`
	tests := []struct {
		name, body  string
		drafts, out int
		section     string
	}{
		{"one article element", `<article>` + one + `</article>`, 1, 0, "Local"},
		{"divs for article elements", `<div class="d">` + one + `</div><div class="d">` + one + `</div>`, 2, 0, "Local"},
		{"three", strings.Repeat(`<article>`+one+`</article>`, 3), 3, 0, "Local"},
		{"one without text", `<article>` + one + `</article><article>` + strings.Replace(one, "<p>The ferry would run again.</p>", "", 1) + `</article>`, 1, 1, "Local"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			set, err := Read([]byte(doc(tt.body)), document.Options{})
			if err != nil || len(set.Drafts) != tt.drafts || len(set.Left) != tt.out {
				t.Fatalf("%d drafts, %d left, %v; want %d, %d", len(set.Drafts), len(set.Left), err, tt.drafts, tt.out)
			}
			if got := fact(set.Drafts[0], "section"); got != tt.section || fact(set.Drafts[0], "page") != "A4" {
				t.Errorf("section %q, page %q", got, fact(set.Drafts[0], "page"))
			}
		})
	}
	for _, other := range []string{"", "<html><p>DocPublicationName</p></html>", "plain text with titreArticle and DocHeader and DocPublicationName"} {
		if Is([]byte(other), "x.html") {
			t.Errorf("%q is taken for a file of Europresse", other)
		}
	}
}

func FuzzRead(f *testing.F) {
	b, _ := os.ReadFile("testdata/two.html")
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		set, err := Read(b, document.Options{})
		if err != nil {
			return
		}
		for _, d := range set.Drafts {
			for _, p := range d.Paragraphs {
				if s, ok := Find(b, p.Path); !ok || s != p.Text {
					t.Errorf("%s leads to %q, want %q", p.Path, s, p.Text)
				}
			}
		}
	})
}
