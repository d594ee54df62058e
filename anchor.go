package recount

import (
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
