package study

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/figures"
	"recount/internal/report"
)

// figureGroups sets the figures of several outlets beside each other and
// settles each group by the study's rule, or as people decided.
func figureGroups(t *texts, book *casebook.Casebook, c *Config) []recount.FigureGroup {
	rules := c.Rules
	decided, _ := decidedFigures(book, c.Settle)
	var out []recount.FigureGroup
	for _, g := range rules.Bands.Reconcile(t.articles, t.figures, t.originals) {
		o := recount.FigureGroup{About: g.About}
		for _, m := range g.Members {
			o.Members = append(o.Members, recount.GroupedFigure{Article: m.Article, Figure: m.Figure, Original: m.Original,
				Outlet: m.Outlet, Day: m.Day, Wording: m.Wording, Sentence: m.Sentence, Relation: string(m.Relation), Reason: m.Reason})
		}
		o.Settled, o.Rule = settle(&g, figures.Rule(rules.Figures), rules.Outlets, rules.Vague)
		// An adjudicator's figure stands over those that others chose.
		firm := slices.ContainsFunc(o.Members, func(m recount.GroupedFigure) bool {
			return decided[figurePlace{m.Article, t.figures[m.Article][m.Figure].Span}].firm
		})
		var holds []string
		for _, m := range o.Members {
			f := t.figures[m.Article][m.Figure]
			if d, ok := decided[figurePlace{m.Article, f.Span}]; ok && d.firm == firm {
				holds = append(holds, number(f))
				o.Settled, o.Rule = number(f), "decision: "+m.Outlet+", "+m.Wording
				if d.reason != "" {
					o.Rule += " (" + d.reason + ")"
				}
			}
		}
		slices.Sort(holds)
		if holds = slices.Compact(holds); len(holds) > 1 {
			o.Settled, o.Rule = "", "decisions differ: "+strings.Join(holds, ", ")+"; an adjudicator settles it with `recount figures PAGE WORDS --accept`"
		}
		out = append(out, o)
	}
	return out
}

// A figurePlace is where a figure stands.
type figurePlace struct {
	article recount.Key
	at      recount.Span
}

// A figureDecision is what people said of a figure.
type figureDecision struct {
	reason string
	firm   bool // an adjudicator says so
}

// decidedFigures returns the figures that people said hold, and those that they
// rejected. Where they disagree about one, neither is said; an adjudicator's
// answer stands over theirs. Who says what stands in the place of a figure that
// he or she rejected did not reject that.
func decidedFigures(book *casebook.Casebook, adjudicators []string) (hold, rejected map[figurePlace]figureDecision) {
	said, stated := map[figurePlace][]casebook.Placed{}, map[figurePlace][]casebook.Placed{}
	file := func(k recount.Kind, under map[figurePlace][]casebook.Placed) {
		for _, d := range book.Holding(k) {
			if d.At[0].At().Len() > 0 && !strings.HasPrefix(d.Round, "calibration") {
				at := figurePlace{d.At[0].Article(), d.At[0].At()}
				under[at] = append(under[at], d)
			}
		}
	}
	file(recount.KindFigure, said)
	file(recount.KindStated, stated)
	settles := func(d casebook.Placed) bool { return slices.Contains(adjudicators, d.Actor) }
	hold, rejected = map[figurePlace]figureDecision{}, map[figurePlace]figureDecision{}
	for at, all := range said {
		all = slices.DeleteFunc(all, func(d casebook.Placed) bool {
			return d.Answer.Says() == recount.Rejected && slices.ContainsFunc(stated[at], func(o casebook.Placed) bool { return o.Actor == d.Actor })
		})
		if slices.ContainsFunc(all, settles) {
			all = slices.DeleteFunc(all, func(d casebook.Placed) bool { return !settles(d) })
		} else if slices.ContainsFunc(stated[at], settles) {
			all = slices.DeleteFunc(all, func(d casebook.Placed) bool { return d.Answer.Says() == recount.Rejected })
		}
		if len(all) == 0 || slices.ContainsFunc(all, func(d casebook.Placed) bool { return d.Answer.Says() != all[0].Answer.Says() }) {
			continue
		}
		x := figureDecision{all[0].Erasable.Reason, settles(all[0])}
		switch {
		case all[0].Answer.Says() == recount.Accepted:
			hold[at] = x
		case len(stated[at]) == 0 || x.firm:
			rejected[at] = x
		}
	}
	return hold, rejected
}

// withoutRejected leaves figures out that people rejected, and returns those.
func withoutRejected(article recount.Key, found []recount.ReportedFigure, rejected map[figurePlace]figureDecision) (kept, out []recount.ReportedFigure) {
	now := make([]int, len(found)) // index among those kept, -1 if rejected
	for i, f := range found {
		now[i] = len(kept)
		if _, no := rejected[figurePlace{article, f.Span}]; no {
			now[i] = -1
			f.Of = -1
			out = append(out, f)
			continue
		}
		kept = append(kept, f)
	}
	for i := range kept {
		if of := kept[i].Of; of >= 0 && of < len(now) {
			kept[i].Of = now[of]
		}
	}
	return kept, out
}

// number writes what a figure states, as exactly as it states it.
func number(f recount.ReportedFigure) string {
	switch {
	case f.Value != nil:
		n := f.Value.String()
		if f.Kind == recount.ShareFigure || f.Kind == recount.ChangeFigure {
			n = recount.Decimal{Digits: f.Value.Digits, Places: f.Value.Places - 2}.String() + "%"
		}
		switch f.Qualifier {
		case recount.AtLeast:
			return n + " or more"
		case recount.AtMost, recount.UpTo:
			return n + map[bool]string{true: " or fewer", false: " or less"}[f.Kind == recount.CountFigure]
		case recount.MoreThan, recount.LessThan, recount.About, recount.Almost:
			return strings.ReplaceAll(string(f.Qualifier), "_", " ") + " " + n
		}
		return n
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
	return x.String(), string(rule) + ": " + x.Reason
}

// A MovedByRule is a number that another counting rule would change.
type MovedByRule = report.MovedByRule

// dozensAs is how other projects count the vague words that a study leaves
// vague (ACLED codes "dozens" as 12 and "hundreds" as 100).
var dozensAs = figures.Vague{"dozens": {12, 12}, "hundreds": {100, 100}}

// Rules says which numbers of report.md and which settled figures would change
// under another counting rule.
func (s *Study) Rules(ctx context.Context) ([]MovedByRule, error) {
	book, err := s.casebook(ctx, needs{report: true})
	if err != nil {
		return nil, err
	}
	t, err := s.texts(ctx, book)
	if err != nil {
		return nil, err
	}
	var out []MovedByRule
	base, err := s.results(book)
	if err != nil {
		return nil, err
	}
	asked, err := s.template()
	if err != nil {
		return nil, err
	}
	if asked != nil {
		if out, err = s.movedByRules(book, asked.Queries, base, func(r conflictRule) string { return "conflicts: " + r.name }); err != nil {
			return nil, err
		}
	}
	rules := s.config.Rules
	for _, g := range rules.Bands.Reconcile(t.articles, t.figures, t.originals) {
		now, _ := settle(&g, figures.Rule(rules.Figures), rules.Outlets, rules.Vague)
		for _, other := range []figures.Rule{figures.Range, figures.Majority, figures.Lowest, figures.Latest} {
			if then, _ := settle(&g, other, rules.Outlets, rules.Vague); then != now {
				out = append(out, MovedByRule{Rule: "figures: " + string(other), Name: "reported " + g.About, Now: none(now), Then: none(then)})
			}
		}
		if then, _ := settle(&g, figures.Rule(rules.Figures), rules.Outlets, dozensAs); len(rules.Vague) == 0 && then != now {
			out = append(out, MovedByRule{Rule: "vague: dozens: [12, 12], hundreds: [100, 100]", Name: "reported " + g.About, Now: none(now), Then: none(then)})
		}
	}
	return out, nil
}

// A conflictRule says which of several values of a variable counts.
type conflictRule struct{ name, words string }

var conflictRules = [...]conflictRule{
	{"earliest", "of several values the earliest counts"}, {"latest", "of several values the latest counts"},
	{"majority", "of several values the one of most originals counts"}, {"conflict", "of several values the value \"conflict\" counts"},
}

// movedByRules counts queries by the other rules for conflicting values, and
// lists what moves. says names a rule.
func (s *Study) movedByRules(book *casebook.Casebook, queries []Query, base []recount.Result, says func(conflictRule) string) (out []MovedByRule, err error) {
	p := s.problem(book)
	for _, rule := range conflictRules {
		if rule.name == s.config.Rules.Conflicts {
			continue
		}
		p.Rules.Conflict = rule.name
		tallies, err := kept(book, p, queries...)
		if err != nil {
			return nil, err
		}
		for i := range base {
			then, err := tallies[i].Result()
			if err != nil {
				return nil, err
			}
			out = append(out, moved(says(rule), base[i], then)...)
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
func moved(rule string, now, then recount.Result) (out []MovedByRule) {
	if now.N != then.N || now.Of != then.Of {
		out = append(out, MovedByRule{Rule: rule, Name: now.Label, Now: kOfN(now.N, now.Of), Then: kOfN(then.N, then.Of)})
	}
	rows := map[string]recount.Result{}
	for _, r := range then.Rows {
		rows[r.Name] = r
	}
	for _, r := range now.Rows {
		t := rows[r.Name]
		delete(rows, r.Name)
		if r.N != t.N {
			out = append(out, MovedByRule{Rule: rule, Name: now.Label + ": " + r.Label, Now: fmt.Sprint(r.N), Then: fmt.Sprint(t.N)})
		}
	}
	for _, r := range then.Rows {
		if _, left := rows[r.Name]; left && r.N != 0 {
			out = append(out, MovedByRule{Rule: rule, Name: now.Label + ": " + r.Label, Now: "0", Then: fmt.Sprint(r.N)})
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

// checks says of every figure of an article that is part of a known whole
// which whole numbers it can stand for, and of one that is withdrawn or no level
// that it is; "" for the others.
func checks(bands figures.Bands, a *recount.Article, found []recount.ReportedFigure) []string {
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
			if out[i] = x.String(); !f.ByPerson && (!x.Possible() && !figures.BaseStated(a.Text, found, i) || !figures.WholeStated(a.Text, found, i)) {
				out[i] = "the sentence does not state of what it is a part"
			}
		}
	}
	return out
}
