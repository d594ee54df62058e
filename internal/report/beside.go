package report

import (
	"slices"
	"strings"

	"recount/internal/report/document"
	"recount/internal/report/prose"
)

// A besideFigures sets a number that recount counted beside what outlets report of
// the same.
type besideFigures struct {
	Label  string
	Own    []document.Inline // recount's number; without its page on that page itself
	Period string            // from the first to the last day on which somebody was first reported
	Rule   string            // how it is counted
	Text   string            // that the groups were found by
}

// shown sets it beside the groups whose description holds its text, reprints left
// out.
func (b *besideFigures) shown(groups []*figureGroup) []document.Block {
	fits := statingGroups(groups, b.Text)
	g := newGrid(sentence(b.Label)+": counted here, and reported by outlets", "Who", "Number", "Event", "Period", "Beside the first")
	g.Style = "stack"
	quiet := func(s string) document.Inline { return quiet(s) }
	var rule []document.Inline
	if b.Rule != "" {
		rule = append(rule, quiet(b.Rule))
	}
	g.row(document.Cell{Text: []document.Inline{plain("Counted here")}, Style: "own"}, b.Own, "first reported by an outlet", b.Period, rule)
	for i, e := range groups {
		if !slices.Contains(fits, e) {
			continue
		}
		settled := "settled as " + e.Value()
		if e.Settled == "" {
			settled = "not settled"
		} else if e.Rule != "" {
			_, rule, ok := strings.Cut(e.Rule, ": ")
			if !ok {
				rule = e.Rule
			}
			settled += " (rule: " + rule + ")"
		}
		g.row(document.Cell{Whole: true, Text: []document.Inline{{Text: sentence(e.Title()), Page: groupPlace(e, i)}, onPaper(";"), quiet(" " + settled + "; " + prose.Plural(len(e.Evidence.Items), "independent original", "independent originals"))}})
		for j := range e.Rows {
			r := &e.Rows[j]
			if r.Reprint {
				continue
			}
			style := ""
			if r.Apart {
				style = "apart"
			}
			said := func(s, what string) []document.Inline {
				if s != "" {
					return document.Plain(s)
				}
				return []document.Inline{quiet(what + " not said")}
			}
			g.row(document.Cell{Text: []document.Inline{plain(r.outletOf()), onPaper(","), quiet(" " + r.Date)}, Style: style}, r.worded(), said(r.Event, "event"), said(r.Period, "period"), r.verdict())
		}
	}
	if len(fits) == 0 {
		g.row(document.Cell{Whole: true, Text: []document.Inline{quiet("No outlet's figure fits “" + b.Text + "”.")}})
	}
	var out blocks
	out.table(g)
	return out
}

// onPaper is a mark between two that a browser sets on lines of their own.
func onPaper(mark string) document.Inline { return document.Inline{Text: mark, Paper: true} }
