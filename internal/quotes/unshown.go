package quotes

import (
	"sort"
	"unicode/utf8"

	"recount"
)

// Here is how a page is read on which stand characters that show nothing: marks
// of direction, blanks without width, hyphens that are not drawn. It is read
// without them, as who reads it with the eye does, so that a name with one inside
// is the name; and every place is given in the text as it is.

// A cut is where characters were left out: at a byte of the text that is read, and
// how many bytes of the page are left out up to there, these among them.
type cut struct{ at, gone int }

// shown returns an article without what shows nothing, and where it was; the
// article itself if it holds nothing of the kind.
func shown(a *recount.Article) (*recount.Article, []cut) {
	var cuts []cut
	var text []byte
	gone, kept := 0, 0
	var before rune
	for i := 0; i < len(a.Text); {
		r, n := utf8.DecodeRuneInString(a.Text[i:])
		if r < utf8.RuneSelf {
			before, i = r, i+n
			continue
		}
		after, _ := utf8.DecodeRuneInString(a.Text[i+n:])
		if !recount.Unshown(before, r, after) {
			before, i = r, i+n
			continue
		}
		text = append(text, a.Text[kept:i]...)
		i += n
		gone, kept = gone+n, i
		if last := len(cuts) - 1; last >= 0 && cuts[last].at == len(text) {
			cuts[last].gone = gone
		} else {
			cuts = append(cuts, cut{len(text), gone})
		}
	}
	if len(cuts) == 0 {
		return a, nil
	}
	out := *a
	out.Text = string(append(text, a.Text[kept:]...))
	out.Title, out.Byline = recount.Shown(a.Title), recount.Shown(a.Byline)
	out.Blocks = make([]recount.Block, len(a.Blocks))
	for i, b := range a.Blocks {
		b.Span = recount.Span{Start: without(cuts, b.Span.Start), End: without(cuts, b.Span.End)}
		out.Blocks[i] = b
	}
	return &out, cuts
}

// without is where a byte of the page stands in the text that is read.
func without(cuts []cut, b int) int {
	// The first cut that lies behind b on the page.
	i := sort.Search(len(cuts), func(i int) bool { return cuts[i].at+cuts[i].gone > b })
	at := b
	if i > 0 {
		at -= cuts[i-1].gone
	}
	if i < len(cuts) {
		at = min(at, cuts[i].at) // b is one of those that were left out
	}
	return at
}

// back is where a span of the text that was read stands on the page: from its first
// to its last character, without what shows nothing around them.
func back(cuts []cut, s recount.Span) recount.Span {
	start := sort.Search(len(cuts), func(i int) bool { return cuts[i].at > s.Start })
	end := sort.Search(len(cuts), func(i int) bool { return cuts[i].at >= s.End })
	if s.End <= s.Start {
		end = start
	}
	if start > 0 {
		s.Start += cuts[start-1].gone
	}
	if end > 0 {
		s.End += cuts[end-1].gone
	}
	return s
}

// restore gives the places of a reading in the text of the page.
func restore(r *recount.Reading, cuts []cut) {
	all := func(spans []recount.Span) []recount.Span {
		if spans == nil {
			return nil
		}
		out := make([]recount.Span, len(spans)) // statements may share them
		for i, s := range spans {
			out[i] = back(cuts, s)
		}
		return out
	}
	for i := range r.Statements {
		st := &r.Statements[i]
		st.Source, st.Cue, st.Content = all(st.Source), all(st.Cue), all(st.Content)
		st.Key = recount.StatementKey(st.Article, st.Quotation)
	}
	for i := range r.Speakers {
		sp := &r.Speakers[i]
		sp.Mention, sp.Mentions = back(cuts, sp.Mention), all(sp.Mentions)
	}
	for i := range r.Sentences {
		r.Sentences[i].Span = back(cuts, r.Sentences[i].Span)
	}
}
