package quotes

import (
	"cmp"
	"slices"

	"recount"
	"recount/internal/lang"
)

// cueSlack lets cues through that score a little below none.
const cueSlack = 0

// byModel finds quotations with the trained model, and the quotation marks
// that it leaves unexplained with the rules.
func (p *page) byModel(m *model, tagger *lang.Tagger) []draft {
	v := newView(p, tagger)
	v.findCues(m, cueSlack)
	var out []draft
	var w window
	for k, q := range v.cues {
		w.set(v, k)
		w.decode(m, nil, 0)
		d := draft{content: w.spans(roleContent), source: w.spans(roleSource), confidence: 700}
		if len(d.content) == 0 {
			continue
		}
		d.cue = []recount.Span{{Start: v.tokens[q.from].Span.Start, End: v.tokens[q.to-1].Span.End}}
		for i := q.from; i < q.to; i++ {
			if base := p.lex.Cues[lower(v.tokens[i].Span.In(p.text))]; base != "" {
				d.cueLemma, d.speech = base, true
			}
		}
		if q.to-q.from == 2 && lower(d.cue[0].In(p.text)) == "according to" {
			d.cueLemma, d.speech = "according", true
		}
		out = append(out, d)
	}
	out = outermost(out)
	used := make([]bool, len(p.regions))
	for _, d := range out {
		for _, s := range d.content {
			for i, j := p.regionsIn(s); i < j; i++ {
				used[i] = true
			}
		}
		for i, j := p.regionsIn(d.cue[0]); i < j; i++ {
			used[i] = true
		}
	}
	for r := range p.regions {
		if !used[r] {
			if d, ok := p.floatingRule(r); ok {
				out = append(out, d)
			}
		}
	}
	p.modelNames(v)
	return out
}

// outermost drops drafts whose cue lies inside the content of another.
func outermost(drafts []draft) []draft {
	var all []recount.Span
	for _, d := range drafts {
		all = append(all, d.content...)
	}
	slices.SortFunc(all, func(a, b recount.Span) int { return cmp.Compare(a.Start, b.Start) })
	reach := make([]int, len(all)+1)
	for i, s := range all {
		reach[i+1] = max(reach[i], s.End)
	}
	return slices.DeleteFunc(drafts, func(d draft) bool {
		i, _ := slices.BinarySearchFunc(all, d.cue[0].Start, func(s recount.Span, b int) int {
			if s.Start <= b {
				return -1
			}
			return 1
		})
		return reach[i] >= d.cue[0].End
	})
}

// modelNames replaces the names found by capitals with those of the tagger.
func (p *page) modelNames(v *view) {}
