package linker

import (
	"strings"

	"recount"
	"recount/corpus"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// ownTimes is how often each text of our own corpus is learned from, for one of
// the gold file.
const ownTimes = 2

// ownSamples makes samples of our own corpus. First is the number of its first
// text. What is said inside another's marks is no sample, as in the gold file.
func ownSamples(texts []*corpus.Text, taggers []*lang.Tagger, first int) []sample {
	var out []sample
	for n, x := range texts {
		fold := (first + n) % lang.Folds
		p := page.New(&recount.Article{Key: recount.Key(x.File), Text: x.Text, Language: "en"})
		v := newView(p, taggers[fold%len(taggers)], strings.Repeat("\x00", rateBuckets))
		l := sample{id: x.File, fold: fold, own: true, v: v, cueOf: make([]uint8, len(v.Tokens))}
		for _, st := range x.Statements {
			if st.Inside >= 0 && len(x.Statements[st.Inside].Cue) > 0 {
				continue
			}
			cue := st.Cue
			if len(cue) == 0 && len(st.Source) > 0 {
				// "Marr: “...”": the colon.
				if end := st.Source[0].End; end < len(x.Text) && x.Text[end] == ':' && end < st.Content[0].Start {
					cue = []recount.Span{{Start: end, End: end + 1}}
				}
			}
			if len(cue) > 0 {
				l.add(sourceOf(x, st, cue[0]), cue, st.Content)
			}
		}
		l.sort()
		for range ownTimes {
			out = append(out, l)
		}
	}
	return out
}

// sourceOf returns the source of a statement, or where the text marks none the
// mention of its speaker that stands next to the cue in its sentence and
// outside the content.
func sourceOf(x *corpus.Text, st corpus.Statement, cue recount.Span) []recount.Span {
	if len(st.Source) > 0 || st.Speaker < 0 {
		return st.Source
	}
	best, near := recount.Span{}, 40
	for _, m := range x.Mentions {
		if m.Entity != st.Speaker {
			continue
		}
		inside := false
		for _, c := range st.Content {
			inside = inside || c.Overlaps(m.Span)
		}
		gap := max(m.Span.Start-cue.End, cue.Start-m.Span.End)
		if !inside && gap >= 0 && gap < near {
			between := x.Text[min(m.Span.End, cue.End):max(m.Span.Start, cue.Start)]
			if !strings.ContainsAny(between, ".\n") {
				best, near = m.Span, gap
			}
		}
	}
	if best.Len() == 0 {
		return nil
	}
	return []recount.Span{best}
}
