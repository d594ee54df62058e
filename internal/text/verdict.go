// This file tells a page that was meant to be an article, and is something
// else, from an article: a paywall, a consent page, a block page, a page that
// was not found although the server did not say so, the front page in place of
// an article, a login, a page that only a script would fill, or a list.
//
// In: a parsed page, its pieces, the article that was found in it if any, what
// the server said, and the address that was asked for. Out: a Verdict with the
// reason and the next step.
//
// Method: first, how much prose can be read; then the wording of the page's
// title, headings, buttons and short lines, and what the page says about itself
// to machines. Wording alone never refuses a page with prose: nearly every
// article's page carries a login form, a consent banner and an offer to
// subscribe. Limits: wording is known in the languages listed in wording.go; a
// wall in another language is refused only if it leaves no text at all. A page
// that shows only its first paragraphs, and does not say so, is not recognised.

package text

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"recount"
	"recount/internal/text/page"
)

// A verdictKind is what a page is that is no article.
type verdictKind string

const (
	isArticle   verdictKind = "" // nothing speaks against it
	isPaywall   verdictKind = "paywall"
	isConsent   verdictKind = "consent page"
	isBlock     verdictKind = "block page"
	isNotFound  verdictKind = "not found"
	isFrontPage verdictKind = "front page"
	isLogin     verdictKind = "login"
	isShell     verdictKind = "empty shell"
	isList      verdictKind = "list"
)

// A verdict says what a page is.
type verdict struct {
	Kind    verdictKind
	Partial bool   // the beginning of an article can be read
	Given   bool   // a person supplied the page as a file, and had it in view
	Reason  string // in plain words, "" for an article
	Hint    string // what to do next
	Because string // the wording or mark that decided
}

// Refused reports whether the page is not to be read as an article. The
// beginning of an article is not, unless a person supplied it as a file: then
// it is read, and Reason is a note to it.
func (v verdict) Refused() bool { return v.Kind != isArticle && !(v.Partial && v.Given) }

// Bounds, in letters of prose.
const (
	someProse   = 100   // the beginning of an article can be read
	briefProse  = 250   // above it a page that calls itself an article is one
	littleProse = 900   // above it wording alone refuses nothing
	fullProse   = 2_500 // above it no wall is looked for
	wholeSite   = 1_500 // above it, in a page that calls itself an article, no redirect refuses
	fewLetters  = 200   // of all text of a page: an empty shell
	unmarked    = 300   // above it a block page must carry the mark of a service
	smallPage   = 3_000 // of all text of a page: a block page
	longest     = 350   // bytes of a line whose wording counts
)

const saveHint = "open it in a browser where you can read it, save the page, and add the file"

// judge says what a page is. a is the article that was found in it, nil if none
// was; f is what the server said, asked the address that was asked for, both
// empty for a file.
func judge(doc *html.Node, ps []page.Piece, a *recount.Article, f recount.Fetch, asked string) verdict {
	if prose(a) >= fullProse && (f.Status == 0 || f.Status == 200) && (f.Final == "" || path(f.Final) == path(asked)) {
		return verdict{}
	}
	l := study(doc, ps, a)
	for _, rule := range [...]func(*pageFacts, recount.Fetch, string) (verdict, bool){status, home, block, consent, notFound, login, paywall, empty, list} {
		if v, ok := rule(l, f, asked); ok {
			v.Given = asked == "" && f == recount.Fetch{}
			return v
		}
	}
	return verdict{}
}

// A pageFacts is what is known of a page when it is judged.
type pageFacts struct {
	marks
	prose    []string    // paragraphs of the article, without lines that belong to a wall
	letters  int         // of prose
	all      int         // letters of all text of the page
	lines    []shortLine // short lines, and what stands on buttons
	consent  int         // letters of paragraphs that ask for consent
	lastText int         // number of the last piece that is prose; -1 if none is
	pieces   []page.Piece
}

// A shortLine is one short line of a page.
type shortLine struct {
	text  string // in small letters
	at    int    // number of its piece; of a button -1
	first bool   // it speaks for the page: a heading, or no link
}

// study reads a page for its judges.
func study(doc *html.Node, ps []page.Piece, a *recount.Article) *pageFacts {
	l := &pageFacts{marks: readMarks(doc), lastText: -1, pieces: ps}
	body := map[string]bool{}
	if a != nil {
		for _, b := range a.Blocks {
			if b.Role == recount.Body && b.Span.Within(a.Text) {
				body[b.Span.In(a.Text)] = true
			}
		}
	}
	zones := page.Zones{}
	for i := range ps {
		p := &ps[i]
		n := letters(p.Text)
		l.all += n
		low := lower(p.Text)
		zone := zones.Of(p.At)
		if zone == page.Hidden {
			continue
		}
		asks := n >= 40 && asksConsent(low)
		if asks {
			l.consent += n
		}
		if len(p.Text) <= longest {
			l.lines = append(l.lines, shortLine{low, i, p.Links*10 < len(p.Text)*8})
		}
		known := body[p.Text] || a == nil && zone == page.Open && p.Links*10 < len(p.Text)*5 && n >= 80
		if !known || n < 40 || asks || len(p.Text) <= longest && (offer(low) != "" || walled(low)) {
			continue
		}
		l.prose = append(l.prose, p.Text)
		l.letters += n
		l.lastText = i
	}
	for _, b := range l.buttons {
		l.lines = append(l.lines, shortLine{b, -1, true})
	}
	return l
}

// prose returns the letters in the paragraphs of an article.
func prose(a *recount.Article) int {
	n := 0
	if a != nil {
		for _, b := range a.Blocks {
			if b.Role == recount.Body && b.Span.Within(a.Text) {
				n += letters(b.Span.In(a.Text))
			}
		}
	}
	return n
}

// bound returns how much prose a page may have and still be a wall by its
// wording: less if it calls itself an article.
func (l *pageFacts) bound() int {
	if l.article {
		return briefProse
	}
	return littleProse
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// lower folds a line for comparison: small letters, plain apostrophes.
func lower(s string) string { return plain.Replace(strings.ToLower(s)) }

var plain = strings.NewReplacer("’", "'", "‘", "'", "`", "'", "\u00a0", " ", "…", "...")
