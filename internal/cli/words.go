package cli

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"recount"
	"recount/internal/casebook"
)

// A quoted place is what a person copies out of an article.
type quotedPlace struct {
	missing string // what to say if the words are not there: "the page does not say"
	copied  string // what to do then
}

// locate finds the words of an article that a person gave, at or after a byte.
// Half words are refused, and words that stand there more than once until the
// place is named by its number; nth is 0 if none was given.
func (q quotedPlace) locate(a *recount.Article, words string, from, nth int) (recount.Span, error) {
	var at []recount.Span
	half := 0
	for i := from; words != ""; {
		j := strings.Index(a.Text[i:], words)
		if j < 0 {
			break
		}
		sp := recount.Span{Start: i + j, End: i + j + len(words)}
		if sp.Whole(a.Text) {
			at = append(at, sp)
		} else {
			half++
		}
		i = sp.Start + 1
		for i < len(a.Text) && !utf8.RuneStart(a.Text[i]) {
			i++
		}
	}
	switch {
	case len(at) == 0 && half > 0:
		return recount.Span{}, recount.WithHint(fmt.Errorf("%w: %q is cut out of longer words", recount.ErrInvalid, words), "copy whole words from the article")
	case len(at) == 0:
		return recount.Span{}, recount.WithHint(fmt.Errorf("%w: %s %q", recount.ErrNotFound, q.missing, words), q.copied)
	case nth > len(at) || nth < 0:
		return recount.Span{}, recount.WithHint(fmt.Errorf("%w: %q stands there %d times, not %d", recount.ErrInvalid, words, len(at), nth), "give a number from 1")
	case nth > 0:
		return at[nth-1], nil
	case len(at) > 1:
		var places []string
		for i, sp := range at {
			places = append(places, fmt.Sprintf("%d: ... %s ...", i+1, around(a.Text, sp)))
		}
		return recount.Span{}, recount.WithHint(fmt.Errorf("%w: %q stands there %d times", recount.ErrInvalid, words, len(at)),
			"copy more of the sentence, or say which with --nth: "+strings.Join(places, "; "))
	}
	return at[0], nil
}

// around returns a few words before and after a span, on one line.
func around(text string, sp recount.Span) string {
	const most = 24
	from, to := max(0, sp.Start-most), min(len(text), sp.End+most)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	return strings.Join(strings.Fields(text[from:to]), " ")
}

// sentenceAt returns the sentence that holds a span, on one line.
func sentenceAt(a *recount.Article, r *recount.Reading, sp recount.Span) string {
	for _, s := range r.Sentences {
		if s.Span.Overlaps(sp) && s.Span.Within(a.Text) {
			return excerpt(a.Text, []recount.Span{s.Span})
		}
	}
	return around(a.Text, sp)
}

// A part of an article to which a verb anchors what is decided.
type part struct {
	article *recount.Article
	page    casebook.Page
	reading *recount.Reading
	echoed  string // the sentence that was printed last
}

// open finds a page and reads its text.
func open(r *runner, b *casebook.Casebook, page string) (*part, error) {
	p, err := b.FindPage(page)
	if err != nil {
		return nil, err
	}
	return openPage(r, b, p)
}

func openPage(r *runner, b *casebook.Casebook, p casebook.Page) (*part, error) {
	a, err := b.Article(r.Ctx, p.Key)
	if err != nil {
		return nil, err
	}
	read, err := b.Reading(r.Ctx, p.Key)
	return &part{article: a, page: p, reading: read}, err
}

// pieces finds words one after another.
func (p *part) pieces(q quotedPlace, words []string, nth int) ([]recount.Span, error) {
	var spans []recount.Span
	from := 0
	for i, w := range words {
		if i > 0 {
			nth = 1 // the first after the piece before it
		}
		sp, err := q.locate(p.article, w, from, nth)
		if err != nil {
			return nil, err
		}
		spans = append(spans, sp)
		from = sp.End
	}
	return spans, nil
}

// anchor names words of the page, and says in which sentence they stand.
func (p *part) anchor(r *runner, b *casebook.Casebook, q quotedPlace, words string, nth int) (recount.Anchor, error) {
	sp, err := q.locate(p.article, words, 0, nth)
	if err != nil {
		return recount.Anchor{}, err
	}
	p.echo(r, sp)
	return b.Anchor(r.Ctx, p.article.Key, sp)
}

// echo prints the sentence that is anchored, once for several words of it.
func (p *part) echo(r *runner, sp recount.Span) {
	if s := sentenceAt(p.article, p.reading, sp); s != p.echoed {
		r.Printf("in: %s\n", s)
		p.echoed = s
	}
}

var (
	said  = quotedPlace{"the page does not say", "copy the words from the article exactly, the pieces in their order"}
	named = quotedPlace{"the page does not name", "copy the name from the article exactly"}
	shown = quotedPlace{"the article does not say", "copy the words from the article exactly"}
)
