package workbench

import (
	"cmp"
	"fmt"
	"strings"

	"recount"
	"recount/internal/study"
)

// deeds says in words what somebody did. One step may be several records: who
// does not count does not for a criterion too, a code accepts its statement, a
// tier is given to each source of a person. whom names the person whom the i-th
// answer is about, "" if none counts.
func deeds(answers []recount.Answer, whom func(i int) string) []string {
	type deed struct {
		words string
		pages int // that it is about, where it says the same of several
		pairs int
	}
	var order []string
	by := map[string]*deed{}
	codes := map[string]bool{} // statements that get a code
	counts := map[string]bool{}
	speaks := map[string]bool{} // who is named as the speaker of a statement
	book := false               // a code was moved, so that its file was too
	for _, a := range answers {
		switch b := a.(type) {
		case recount.CodeBody:
			codes[spot(&b.At)] = true
		case recount.ScopeBody:
			counts[spot(&b.Speaker.At)] = true
		case recount.StatementBody:
			if b.Speaker != nil {
				speaks[spot(&b.Speaker.At)] = true
			}
		case recount.CodebookBody:
			book = true
		}
	}
	add := func(key, words string) *deed {
		d := by[key]
		if d == nil {
			d = &deed{words: words}
			by[key], order = d, append(order, key)
		}
		return d
	}
	for i, a := range answers {
		words := study.Says(a)
		switch b := a.(type) {
		case recount.CriterionBody:
			if counts[spot(&b.Speaker.At)] {
				continue
			}
			add("criterion"+spot(&b.Speaker.At), words)
		case recount.StatementBody:
			if codes[spot(&b.At)] && b.Answer == recount.Accepted {
				continue
			}
			add(fmt.Sprint(i), words)
		case recount.SpeakerBody:
			if b.Typed && speaks[spot(&b.Speaker.At)] {
				continue
			}
			add(fmt.Sprint(i), words)
		case recount.FileBody:
			if book {
				continue
			}
			add(fmt.Sprint(i), words)
		case recount.TierBody:
			add("tier"+string(b.Tier)+cmp.Or(whom(i), spot(&b.Speaker.At)), words)
		case recount.PageBody, recount.AssignBody, recount.ScreenBody, recount.ReadBody:
			add(string(a.Kind())+words, words).pages++
		case recount.DrawBody:
			add("draw", words).pairs++
		default:
			add(fmt.Sprint(i), words)
		}
	}
	out := []string{}
	for _, key := range order {
		switch d := by[key]; {
		case d.pages > 1:
			out = append(out, d.words+", "+plural(d.pages, "1 article", "%d articles"))
		case d.pairs > 1:
			out = append(out, "drawn to be compared: "+plural(d.pairs, "1 pair", "%d pairs"))
		default:
			out = append(out, d.words)
		}
	}
	return out
}

// spot tells places of decisions apart.
func spot(an *recount.Anchor) string {
	return strings.Join([]string{an.Page, an.Part, an.Text, fmt.Sprint(an.Spans)}, "\x00")
}

// did says what saved decisions, or those that were taken back, were.
func (s *Server) did(c *call, ds []*recount.Decision) []string {
	var answers []recount.Answer
	var of []*recount.Decision
	for _, d := range ds {
		if a, err := c.book.Answer(d); err == nil {
			answers, of = append(answers, a), append(of, d)
		}
	}
	return deeds(answers, func(i int) string {
		keys, err := c.book.Whom(c.ctx, of[i])
		if err != nil || len(keys) == 0 {
			return ""
		}
		p, ok := c.book.CaseOf(keys[0])
		if !ok {
			return ""
		}
		return p.ID
	})
}
