package text

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"recount"

	"recount/internal/text/document"
	"recount/internal/text/metadata"
	"recount/internal/text/page"
)

// readHTML fills a from a page.
func readHTML(a *recount.Article, payload []byte, declared string, o Options) error {
	src, note := page.Decode(payload, declared)
	if note != "" {
		a.Notes = append(a.Notes, note)
	}
	doc, err := page.Parse(src)
	if err != nil {
		return err
	}
	ps := page.Pieces(doc)
	// What is longer in one piece than any article is data that lies open.
	longest := 0
	for i := range ps {
		longest = max(longest, len(ps[i].Text))
	}
	if longest > maxText {
		ps = slices.DeleteFunc(ps, func(p page.Piece) bool { return len(p.Text) > maxText })
		a.Notes = append(a.Notes, fmt.Sprintf("a paragraph of %d kB was passed over", longest>>10))
	}
	if n, by := listedPage(doc, ps); n > 0 {
		return refuseList(n, by)
	}
	all := ps
	ps = shown(ps)
	if n := lengthOf(ps); n > maxPage || len(ps) > 4*maxBlocks {
		return page.Refuse(fmt.Sprintf("a page with %d kB of text in %d paragraphs; the limit is %d kB in %d", (n+1023)>>10, len(ps), maxPage>>10, 4*maxBlocks),
			"cut it into its articles or chapters and add those")
	}
	f := metadata.Gather(doc, o.Name)
	f.Hint(o.Hints)
	head := f.Head(a, ps)
	kept, notes := choose(doc, ps, a.Title, head)
	a.Notes = append(a.Notes, notes...)
	if placeholders(ps, kept) {
		return page.Refuse("a template that a script fills: its fields are empty", "open the page in a browser, wait until the text is there, and save it again")
	}
	atTop(ps, kept, head, a.Title, func(s string) bool { return f.SiteLine(s, a.Outlet) })
	first := len(ps)
	for i := range ps {
		if kept[i] == recount.Body && utf8.RuneCountInString(ps[i].Text) > 100 {
			first = i
			break
		}
	}
	for i := range f.Above(ps, first, head, a.Outlet) {
		if kept[i] == recount.Body || kept[i] == recount.Subhead {
			kept[i] = recount.Byline
		}
	}
	last := -1
	for i := range ps {
		if kept[i] == recount.Body && (len(ps[i].Text) > 100 || page.Ended(ps[i].Text)) {
			last = i
		}
	}
	if last >= 0 {
		for i := range f.Below(ps, last, func(i int) bool { return kept[i] == recount.Body }) {
			if kept[i] == recount.Body || kept[i] == recount.Subhead {
				kept[i] = recount.Byline
			}
		}
	}
	for i := first; i < len(ps); i++ {
		if kept[i] == recount.Byline && initials(ps[i].Text) {
			f.Signed(ps[i].Text)
		}
	}
	w := writer{a: a}
	paths := page.NewPathIndex()
	for i := range ps {
		if kept[i] != "" {
			w.block(ps[i].Text, kept[i], ps[i].Path(paths))
		}
	}
	w.done()
	if s := strays(doc, all); s != "" && a.Text != "" {
		a.Notes = append(a.Notes, s)
	}
	// A page that somebody saved, with a long text and no word of a wall in its
	// markup, is an article and need not be looked at closer.
	var v verdict
	if o.Fetch != nil || len(a.Text) < longText || strings.Contains(src, "ccessibleForFree") {
		v = look(doc, all, a, o)
	}
	switch {
	case v.Refused():
		return page.Refuse(v.Reason, v.Hint)
	case v.Reason != "":
		a.Notes = append(a.Notes, v.Reason)
	}
	if a.Text == "" {
		if longest > maxText {
			long := tooLong(longest, 1)
			return page.Refuse(long.Reason, long.Hint)
		}
		if unfilled(doc, ps) {
			return page.Refuse("the text of this page lies in a script: without it the page is empty", "open the page in a browser, wait until the text is there, and save it again; or supply its text: recount attach")
		}
		return page.Refuse("no article text in the page", "open the page in a browser and save it again, or supply its text: recount attach")
	}
	f.Rest(a, o.Captured)
	a.Metadata = document.Fact(a.Metadata, "supplier", o.Supplier, "by hand")
	return nil
}

// atTop makes the lines of the title's heading its headline, and leaves out the name of
// the site above it, with a word for the section between.
func atTop(ps []page.Piece, kept []recount.Role, head *html.Node, title string, site func(string) bool) {
	if head == nil || page.HeadingLevel(head) == 0 || !page.SameTitle(page.TextOf(head), title) {
		return
	}
	at := -1
	for i := range ps {
		if !ofHead(ps[i].At, head) {
			continue
		}
		if at < 0 {
			at = i
		}
		if kept[i] == recount.Body || kept[i] == recount.Subhead {
			kept[i] = recount.Headline
		}
	}
	named := false
	for i := max(0, at-4); i < at; i++ {
		if kept[i] != recount.Body && kept[i] != recount.Subhead {
			continue
		}
		if site(ps[i].Text) {
			kept[i], named = "", true
		} else if named && isHeading(ps[i].At) && len(strings.Fields(ps[i].Text)) <= 2 {
			kept[i] = ""
		}
	}
}

// ofHead reports whether n is head or an element close inside it.
func ofHead(n, head *html.Node) bool {
	for k := 0; n != nil && k < 5; n, k = n.Parent, k+1 {
		if n == head {
			return true
		}
	}
	return false
}

// maxPage is how much text a page may show, in bytes: an article and all that
// stands around it, comments among it.
const maxPage = 4 * maxText

// lengthOf returns how long the text of all pieces is, in bytes.
func lengthOf(ps []page.Piece) (n int) {
	for i := range ps {
		n += len(ps[i].Text)
	}
	return n
}

// longText is the length, in bytes, from which the text of a saved page is taken
// for that of an article.
const longText = 4000

// look asks whether a page is an article at all.
func look(doc *html.Node, ps []page.Piece, a *recount.Article, o Options) verdict {
	var f recount.Fetch
	asked := ""
	if o.Fetch != nil {
		f, asked = *o.Fetch, o.Name
	}
	if a.Text == "" {
		a = nil
	}
	return judge(doc, ps, a, f, asked)
}
