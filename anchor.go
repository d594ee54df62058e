package recount

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"
)

// An Anchor names a place in an article so that it can be found again after
// the text was extracted anew: by page, by the hash of the text and offsets,
// and by the exact words with their surroundings. Offsets are code points.
type Anchor struct {
	Page   string   `json:"page"` // as Article.Page
	Part   string   `json:"part"`
	Text   string   `json:"text"`   // SHA-256 of the text the offsets refer to
	Spans  [][2]int `json:"spans"`  // half-open, in code points
	Exact  []string `json:"exact"`  // the words of each span
	Before string   `json:"before"` // up to 32 code points before the first span
	After  string   `json:"after"`  // up to 32 code points after the last span
}

const anchorContext = 32 // code points

// AnchorAt makes an anchor for spans (bytes) of a.
func AnchorAt(a *Article, cp *CodePoints, spans ...Span) Anchor {
	an := Anchor{Page: a.Page(), Part: a.Part, Text: HashText(a.Text)}
	for _, s := range spans {
		an.Spans = append(an.Spans, cp.Points(s))
		an.Exact = append(an.Exact, s.In(a.Text))
	}
	if len(spans) > 0 {
		an.Before = lastPoints(a.Text[:spans[0].Start], anchorContext)
		an.After = firstPoints(a.Text[spans[len(spans)-1].End:], anchorContext)
	}
	return an
}

func lastPoints(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, w := utf8.DecodeLastRuneInString(s[:i])
		i -= w
	}
	return s[i:]
}

func firstPoints(s string, n int) string {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		_, w := utf8.DecodeRuneInString(s[i:])
		i += w
	}
	return s[:i]
}

// Place finds the anchor in a. If the hash of the text fits, the offsets hold;
// else the exact words are looked for, and of several places the one whose
// surroundings fit best is taken, the first of equals. ok is false if the
// words are not there: the anchor is an orphan.
func (an *Anchor) Place(a *Article, cp *CodePoints) (spans []Span, moved, ok bool) {
	if an.Page != a.Page() || an.Part != a.Part || len(an.Spans) != len(an.Exact) || len(an.Spans) == 0 {
		return nil, false, false
	}
	if an.Text == HashText(a.Text) {
		for i, p := range an.Spans {
			s, in := cp.Span(p)
			if !in || s.End > len(a.Text) || s.In(a.Text) != an.Exact[i] {
				return nil, false, false
			}
			spans = append(spans, s)
		}
		return spans, false, true
	}
	// The pieces follow one another, so each is looked for after the one
	// before it; the first decides where, by what stands before it.
	best, bestScore := []Span(nil), -1
	for from := 0; an.Exact[0] != ""; {
		i := strings.Index(a.Text[from:], an.Exact[0])
		if i < 0 {
			break
		}
		at := from + i
		from = at + len(an.Exact[0])
		cand := []Span{{at, from}}
		end := from
		for _, x := range an.Exact[1:] {
			j := strings.Index(a.Text[end:], x)
			if j < 0 || x == "" {
				cand = nil
				break
			}
			cand = append(cand, Span{end + j, end + j + len(x)})
			end += j + len(x)
		}
		if cand == nil {
			break
		}
		score := commonSuffix(a.Text[:at], an.Before) + commonPrefix(a.Text[end:], an.After)
		if score > bestScore {
			best, bestScore = cand, score
		}
	}
	return best, true, best != nil
}

func commonSuffix(s, t string) int {
	n := 0
	for n < len(s) && n < len(t) && s[len(s)-1-n] == t[len(t)-1-n] {
		n++
	}
	return n
}

func commonPrefix(s, t string) int {
	n := 0
	for n < len(s) && n < len(t) && s[n] == t[n] {
		n++
	}
	return n
}

// Pages indexes the articles of a study: for each page the version that
// counts, and by the hash of its text every other version, so that an anchor
// into an older text still shows its words.
type Pages struct {
	byPage map[string]*Article
	byText map[string]*Article
	texts  map[string][]*Article
	points map[Key]*CodePoints
}

// NewPages indexes articles. Of the versions of one page the one captured last
// with any text counts, ties by key; captured gives the time of a capture in
// a form that sorts.
func NewPages(articles []*Article, captured func(Key) string) *Pages {
	p := &Pages{map[string]*Article{}, map[string]*Article{}, map[string][]*Article{}, map[Key]*CodePoints{}}
	sorted := append([]*Article{}, articles...)
	sort.SliceStable(sorted, func(i, j int) bool {
		a, b := sorted[i], sorted[j]
		if x, y := captured(a.Capture), captured(b.Capture); x != y {
			return x < y
		}
		return a.Key < b.Key
	})
	for _, a := range sorted {
		k := pageKey(a.Page(), a.Part)
		if p.byPage[k] == nil || strings.TrimSpace(a.Text) != "" {
			p.byPage[k] = a
		}
		p.byText[k+"\x00"+HashText(a.Text)] = a
		p.texts[k] = append(p.texts[k], a)
	}
	return p
}

func pageKey(page, part string) string { return page + "\x00" + part }

// Find returns the article that counts for a page, or nil.
func (p *Pages) Find(page, part string) *Article { return p.byPage[pageKey(page, part)] }

// Counts reports whether a is the version of its page that counts.
func (p *Pages) Counts(a *Article) bool { return p.byPage[pageKey(a.Page(), a.Part)] == a }

// Points returns the offset index of an article's text.
func (p *Pages) Points(a *Article) *CodePoints {
	c := p.points[a.Key]
	if c == nil {
		c = NewCodePoints(a.Text)
		p.points[a.Key] = c
	}
	return c
}

// A Placement is where an anchor was found, in the text that counts for its
// page. Of words that stand only in an older text the spans are empty: there
// is nothing to show, but what was decided still holds.
type Placement struct {
	Article *Article // the version that counts; nil if the page is not in the study
	Spans   []Span
	Found   Found
	name    string
}

// Found says how an anchor was found.
type Found int

const (
	Lost     Found = iota // the page or its words are not in the study
	InOld                 // the words stand only in an older text of the page
	Moved                 // found again by its exact words
	Anchored              // page, text and offsets all fit
)

// Place finds the article and spans of an anchor.
func (p *Pages) Place(an *Anchor) Placement {
	k := pageKey(an.Page, an.Part)
	counts := p.byPage[k]
	if counts == nil {
		return Placement{}
	}
	if spans, moved, ok := an.Place(counts, p.Points(counts)); ok {
		found := Anchored
		if moved {
			found = Moved
		}
		return Placement{counts, spans, found, placeName(k, spans)}
	}
	if old := p.byText[k+"\x00"+an.Text]; old != nil {
		if spans, _, ok := an.Place(old, NewCodePoints(old.Text)); ok {
			return Placement{counts, make([]Span, len(spans)), InOld, placeName(k+"\x00"+an.Text, spans)}
		}
	}
	return Placement{}
}

// placeName names a place in a form that is the same for equal places.
func placeName(text string, spans []Span) string {
	for _, sp := range spans {
		text += fmt.Sprintf("\x00%d-%d", sp.Start, sp.End)
	}
	return text
}

// String names the place in a form that is the same for equal places.
func (pl Placement) String() string { return pl.name }

// Texts returns every text of a page, in order of capture.
func (p *Pages) Texts(page, part string) []*Article { return p.texts[pageKey(page, part)] }
