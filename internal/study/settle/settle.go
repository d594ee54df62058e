// Package settle sets the figures of several outlets beside each other and says
// which numbers another counting rule would change.
package settle

import (
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/figures"
	"recount/internal/study/state"
)

// Groups sets the figures of several outlets beside each other and settles
// each group by the study's rule.
func Groups(st *state.State) []recount.FigureGroup {
	rules := st.Config.Rules
	decided := decisions(st)
	var out []recount.FigureGroup
	for _, g := range rules.Bands.Reconcile(st.Articles, st.Figures, st.Originals) {
		o := recount.FigureGroup{About: g.About}
		for _, m := range g.Members {
			o.Members = append(o.Members, recount.GroupedFigure{Article: m.Article, Figure: m.Figure, Original: m.Original,
				Outlet: m.Outlet, Day: m.Day, Wording: m.Wording, Sentence: m.Sentence, Relation: string(m.Relation), Reason: m.Reason})
		}
		o.Settled, o.Rule = settle(&g, figures.Rule(rules.Figures), rules.Outlets, rules.Vague)
		var holds []string
		for _, m := range o.Members {
			f := st.Figures[m.Article][m.Figure]
			if reason, ok := decided[place{m.Article, f.Span}]; ok {
				holds = append(holds, number(f))
				o.Settled, o.Rule = number(f), "decision: "+m.Outlet+", "+m.Wording
				if reason != "" {
					o.Rule += " (" + reason + ")"
				}
			}
		}
		slices.Sort(holds)
		if holds = slices.Compact(holds); len(holds) > 1 {
			o.Settled, o.Rule = "", "decisions differ: "+strings.Join(holds, ", ")
		}
		out = append(out, o)
	}
	return out
}

// A place is where a figure stands.
type place struct {
	article recount.Key
	at      recount.Span
}

// decisions returns the figures that people said hold, each with the reason.
func decisions(st *state.State) map[place]string {
	out := map[place]string{}
	for _, it := range st.Items {
		if it.Kind != recount.KindFigure || it.At[0].Found == recount.InOld {
			continue
		}
		if a, ok := it.Settled(st.Log); ok && a.Value == recount.Accepted {
			out[place{it.At[0].Article.Key, it.At[0].Spans[0]}] = a.Decision.Erasable.Reason
		}
	}
	return out
}

// number writes what a figure states.
func number(f recount.ReportedFigure) string {
	switch {
	case f.Value != nil:
		return f.Value.String()
	case f.Low != nil && f.High != nil:
		return f.Low.String() + " to " + f.High.String()
	}
	return "no number"
}

// settle writes what a rule makes of a group, and why.
func settle(g *figures.Group, rule figures.Rule, outlets []string, vague figures.Vague) (value, why string) {
	x, ok := g.Settle(rule, outlets, vague)
	if !ok {
		return "", string(rule) + ": it finds no value"
	}
	value = fmt.Sprint(x.Low)
	if x.High != x.Low {
		value = fmt.Sprintf("%d to %d", x.Low, x.High)
	}
	return value, string(rule) + ": " + x.Reason
}

// A Moved is a number that another counting rule would change.
type Moved struct {
	Rule string // the other rule: "conflicts: latest"
	Name string // of the number
	Now  string
	Then string
}

// dozensAs is how other projects count the vague words that a study leaves
// vague (ACLED codes "dozens" as 12 and "hundreds" as 100).
var dozensAs = figures.Vague{"dozens": {12, 12}, "hundreds": {100, 100}}

// Rules says which numbers of report.md and which settled figures would change
// under another counting rule. results counts report.md under the rules that
// the state has.
func Rules(st *state.State, results func() ([]recount.Result, error)) ([]Moved, error) {
	var out []Moved
	base, err := results()
	if err != nil {
		return nil, err
	}
	was := st.Config.Rules.Conflicts
	for _, other := range []string{"earliest", "latest", "majority", "conflict"} {
		if other == was {
			continue
		}
		st.Config.Rules.Conflicts = other
		then, err := results()
		st.Config.Rules.Conflicts = was
		if err != nil {
			return nil, err
		}
		for i := range base {
			out = append(out, moved("conflicts: "+other, base[i], then[i])...)
		}
	}
	rules := st.Config.Rules
	for _, g := range rules.Bands.Reconcile(st.Articles, st.Figures, st.Originals) {
		now, _ := settle(&g, figures.Rule(rules.Figures), rules.Outlets, rules.Vague)
		for _, other := range []figures.Rule{figures.Range, figures.Majority, figures.Lowest, figures.Latest} {
			if then, _ := settle(&g, other, rules.Outlets, rules.Vague); then != now {
				out = append(out, Moved{"figures: " + string(other), "reported " + g.About, none(now), none(then)})
			}
		}
		if then, _ := settle(&g, figures.Rule(rules.Figures), rules.Outlets, dozensAs); len(rules.Vague) == 0 && then != now {
			out = append(out, Moved{"vague: dozens: [12, 12], hundreds: [100, 100]", "reported " + g.About, none(now), none(then)})
		}
	}
	return out, nil
}

func none(s string) string {
	if s == "" {
		return "no value"
	}
	return s
}

// moved compares a result and its rows under two rules.
func moved(rule string, now, then recount.Result) (out []Moved) {
	if now.N != then.N || now.Of != then.Of {
		out = append(out, Moved{rule, now.Label, kOfN(now.N, now.Of), kOfN(then.N, then.Of)})
	}
	rows := map[string]recount.Result{}
	for _, r := range then.Rows {
		rows[r.Name] = r
	}
	for _, r := range now.Rows {
		t := rows[r.Name]
		delete(rows, r.Name)
		if r.N != t.N {
			out = append(out, Moved{rule, now.Label + ": " + r.Label, fmt.Sprint(r.N), fmt.Sprint(t.N)})
		}
	}
	for _, r := range then.Rows {
		if _, left := rows[r.Name]; left && r.N != 0 {
			out = append(out, Moved{rule, now.Label + ": " + r.Label, "0", fmt.Sprint(r.N)})
		}
	}
	return out
}

func kOfN(n, of int) string {
	if of == 0 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d of %d", n, of)
}

// Checks says of every figure of an article that is part of a known whole
// which whole numbers it can stand for, and of one that is withdrawn or no level
// that it is; "" for the others.
func Checks(bands figures.Bands, a *recount.Article, found []recount.ReportedFigure) []string {
	out := make([]string, len(found))
	for i, f := range found {
		switch {
		case f.Withdrawn:
			out[i] = "withdrawn by a note of the article"
			for _, g := range found {
				if g.Key == f.CorrectedBy && f.CorrectedBy != "" {
					out[i] += ", which now says " + g.Span.In(a.Text)
				}
			}
			continue
		case f.Kind == recount.ChangeFigure:
			out[i] = "a change, no level"
			continue
		}
		if f.Of < 0 || f.Of >= len(found) || f.Qualifier == recount.Vague || f.Kind == recount.CountFigure && f.Qualifier == recount.Exact {
			continue
		}
		whole := found[f.Of]
		if whole.Kind != recount.CountFigure || whole.Value == nil || whole.Value.Places != 0 {
			continue
		}
		if x, err := bands.Answer(f, strings.TrimSuffix(f.Span.In(a.Text), " of them"), whole.Value.Digits); err == nil {
			if out[i] = x.String(); !x.Possible() && !figures.BaseStated(a.Text, found, i) {
				out[i] = "the sentence does not state of what it is a part"
			}
		}
	}
	return out
}
