package study

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/coding"
	"recount/internal/count"
	"recount/internal/report"
)

// mostOutlets is how many outlets are left out one by one; those that speak of
// most people go first.
const mostOutlets = 60

// annex gathers what a report says of its making: the searches, who decided
// what and how far they agree, who nearly counts, and what other rules give.
func (s *Study) annex(ctx context.Context, book *casebook.Casebook, queries []Query, base []recount.Result, since *report.Version) (*report.Annex, error) {
	a := &report.Annex{Owners: owners(book)}
	var err error
	if since != nil {
		if a.Since, err = s.since(ctx, book, queries, since); err != nil {
			return nil, err
		}
	}
	if a.Searches, err = s.store.Searches(ctx); err != nil {
		return nil, err
	}
	for _, p := range book.Pages() {
		if p.Screened == recount.No {
			a.Screened = append(a.Screened, p.Key)
		}
	}
	slices.Sort(a.Screened)
	if err := s.agreements(ctx, a); err != nil {
		return nil, err
	}
	a.Coders = coders(book)
	if a.Boundary, err = s.boundary(ctx, book); err != nil {
		return nil, err
	}
	if a.Moved, err = s.movedByRules(book, queries, base, func(r conflictRule) string { return r.words }); err != nil {
		return nil, err
	}
	a.Without, err = s.without(book, queries, base)
	return a, err
}

// grades says of each grade of the study who has it, and of which codes.
func (s *Study) grades(book *casebook.Casebook) (out []report.Grade, err error) {
	if len(s.config.Grades) == 0 {
		return nil, nil
	}
	p := s.problem(book)
	p.Members, p.Links = book.Members(), book.Links()
	persons, err := p.Persons()
	if err != nil {
		return nil, err
	}
	for _, g := range append(slices.Clone(s.config.Grades), Grade{Name: count.Ungraded}) {
		x := report.Grade{Name: g.Name, Rule: g.says(), Codes: map[string][]string{}, Values: map[string][]string{}}
		if g.Name == count.Ungraded {
			x.Rule = "meets none of these"
		}
		for i := range persons {
			y := &persons[i]
			if !y.Counted {
				continue
			}
			if y.Grade == g.Name {
				x.People = append(x.People, y.ID)
			}
			for _, code := range sorted(y.CodeGrades) {
				if y.CodeGrades[code] == g.Name {
					x.Codes[code] = append(x.Codes[code], y.ID)
				}
			}
			for _, v := range sorted(y.ValueGrades) {
				if y.ValueGrades[v] == g.Name {
					x.Values[v] = append(x.Values[v], y.ID)
				}
			}
		}
		out = append(out, x)
	}
	return out, nil
}

func (s *Study) agreements(ctx context.Context, a *report.Annex) error {
	list, err := s.Agreement(ctx, "", "")
	if err != nil {
		return err
	}
	for _, x := range list {
		o := report.Agreement{Kind: x.Kind, Subject: x.Subject, Coders: x.Coders, Asked: x.Questions, Twice: x.Twice, Differ: x.Differ, Values: coefficients(x.Coefficients, len(x.Coders))}
		if f := x.First; f != nil {
			o.Changed, o.FirstDiffer, o.First = x.Changed, f.Differ, coefficients(f.Coefficients, len(f.Coders))
		}
		a.Agreement = append(a.Agreement, o)
	}
	return nil
}

// coefficients are those among so many coders, each with its name.
func coefficients(list []coding.Coefficient, coders int) (out []string) {
	for _, c := range list {
		name := c.Name
		if name == "percent" {
			name = "equal answers"
		}
		if coders > 2 && c.OfPair() {
			name += " (" + strings.Join(c.Actors, " and ") + ")"
		}
		if c.Note != "" {
			out = append(out, name+" not computed: "+c.Note)
		} else {
			out = append(out, name+" "+c.Said())
		}
	}
	return out
}

// coders says who gave how many of the answers that hold.
func coders(book *casebook.Casebook) (out []report.Coder) {
	type by struct {
		name string
		kind recount.Kind
	}
	n := map[by]int{}
	for _, d := range book.Log().All() {
		if book.Log().Live(d.ID) && d.Actor != recount.DefaultActor && d.Kind != recount.KindFile && d.Kind != recount.KindRetract {
			n[by{d.Actor, d.Kind}]++
		}
	}
	for k, c := range n {
		out = append(out, report.Coder{Name: k.name, Kind: k.kind, N: c})
	}
	slices.SortFunc(out, func(a, b report.Coder) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(b.N, a.N), strings.Compare(string(a.Kind), string(b.Kind)))
	})
	return out
}

// Coders lists who answered anything that holds, by name.
func (s *Study) Coders(ctx context.Context) ([]string, error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, x := range coders(book) {
		if !slices.Contains(out, x.Name) {
			out = append(out, x.Name)
		}
	}
	return out, nil
}

// boundary lists who nearly counts: those of whom it is unclear, people outside
// the period, and speakers who meet one condition of the study and not all.
func (s *Study) boundary(ctx context.Context, book *casebook.Casebook) (out []report.Boundary, err error) {
	p := s.problem(book)
	p.Members, p.Links = book.Members(), book.Links()
	persons, err := p.Persons()
	if err != nil {
		return nil, err
	}
	unclear, err := p.Unclear()
	if err != nil {
		return nil, err
	}
	reasons := map[string]string{}
	said := map[recount.Key][]string{} // of a member, who says what and why
	answers := map[recount.Key]map[string]bool{}
	for _, d := range book.Holding(recount.KindScope) {
		why := ""
		if d.Erasable != nil {
			reasons[d.ID] = d.Erasable.Reason
			why = d.Erasable.Reason
		}
		if strings.HasPrefix(d.Round, "calibration") {
			continue
		}
		keys, err := book.Whom(ctx, d.Decision)
		if err != nil {
			return nil, err
		}
		for _, k := range keys {
			if answers[k] == nil {
				answers[k] = map[string]bool{}
			}
			answers[k][d.Answer.Says()] = true
			one := d.Actor + ": " + d.Answer.Says()
			if why != "" {
				one += " (" + why + ")"
			}
			if !slices.Contains(said[k], one) {
				said[k] = append(said[k], one)
			}
		}
	}
	add := func(x count.Person, why string) {
		c := recount.Case{ID: x.ID, Members: x.Members}
		h := c.Head()
		name, _ := c.Known()
		reason := reasons[h.Decision]
		for _, m := range x.Members {
			if len(answers[m.Key]) > 1 { // two voices are told as two
				slices.Sort(said[m.Key])
				reason, h = strings.Join(said[m.Key], "; "), &m
				break
			}
		}
		out = append(out, report.Boundary{Name: name, Why: why, Reason: reason, Article: h.Article, At: h.At})
	}
	for _, x := range unclear {
		add(x, "it is unclear whether this person counts")
	}
	for _, x := range persons {
		if !x.Counted {
			first := "on no known day"
			if x.FirstReported != "unknown" {
				first = x.FirstReported
			}
			add(x, "first reported outside the period of the study: "+first)
		}
	}
	// Who meets one condition and fails another.
	type met struct {
		yes, no []string
		at      casebook.Placement
		name    string
		reason  string
	}
	all := map[string]*met{}
	var order []string
	for _, d := range book.Holding(recount.KindCriterion) {
		b, ok := d.Answer.(recount.CriterionBody)
		if !ok || len(d.At) == 0 {
			continue
		}
		k := fmt.Sprint(d.At[0].Article(), d.At[0].At())
		if all[k] == nil {
			all[k] = &met{at: d.At[0], name: b.Speaker.Name}
			order = append(order, k)
		}
		m := all[k]
		switch b.Answer {
		case recount.Yes:
			m.yes = append(m.yes, b.Criterion)
		case recount.No:
			m.no = append(m.no, b.Criterion)
			if d.Erasable != nil {
				m.reason = d.Erasable.Reason
			}
		}
	}
	slices.Sort(order)
	for _, k := range order {
		m := all[k]
		if len(m.yes) > 0 && len(m.no) > 0 {
			out = append(out, report.Boundary{Name: m.name, Why: s.halfway(m.yes, m.no), Reason: m.reason, Article: m.at.Article(), At: m.at.At()})
		}
	}
	slices.SortStableFunc(out, func(a, b report.Boundary) int {
		return cmp.Or(strings.Compare(a.Why, b.Why), strings.Compare(a.Name, b.Name), cmp.Compare(a.Article, b.Article), cmp.Compare(a.At.Start, b.At.Start))
	})
	return out, nil
}

// asks is a criterion as study.yaml asks it.
func (s *Study) asks(criterion string) string {
	for _, c := range s.config.Scope {
		if c.Name == criterion && c.Ask != "" {
			return "“" + c.Ask + "”"
		}
	}
	return criterion
}

// halfway says which conditions somebody meets and which not, in the order of the
// study. Where all others are met, they are not told one by one.
func (s *Study) halfway(yes, no []string) string {
	list := func(names []string) (out []string, rest bool) {
		for _, c := range s.config.Scope {
			if slices.Contains(names, c.Name) {
				out = append(out, s.asks(c.Name))
			}
		}
		for _, n := range names { // asked once, and not any more
			if a := s.asks(n); !slices.Contains(out, a) && !slices.ContainsFunc(s.config.Scope, func(c Criterion) bool { return c.Name == n }) {
				out, rest = append(out, a), true
			}
		}
		return out, rest
	}
	met, old := list(yes)
	unmet, _ := list(no)
	fails := "no to " + strings.Join(unmet, ", ")
	if !old && len(met) > 1 && len(met)+len(unmet) == len(s.config.Scope) {
		return fails + "; yes to the " + map[bool]string{true: "other two questions", false: "other questions"}[len(met) == 2]
	}
	return "yes to " + strings.Join(met, ", ") + "; " + fails
}

// without counts the study with the pages of one outlet left out, for each
// outlet that speaks of anybody.
func (s *Study) without(book *casebook.Casebook, queries []Query, base []recount.Result) (out []report.Without, err error) {
	by := map[string]map[string]bool{} // outlet -> members of cases that it speaks of
	whole := s.problem(book)
	whole.Members, whole.Links = book.Members(), book.Links()
	persons, err := whole.Persons()
	if err != nil {
		return nil, err
	}
	for _, x := range persons {
		for _, o := range x.Outlets {
			if x.Counted && by[o] == nil {
				by[o] = map[string]bool{}
			}
			if x.Counted {
				by[o][x.ID] = true
			}
		}
	}
	var asked []count.Query
	var at []int // of each its place among all
	for i, q := range queries {
		if q.Versus == nil && !strings.Contains(q.By, ",") && q.By != "code" && q.By != "first_outlet" {
			asked, at = append(asked, q), append(at, i)
		}
	}
	outlets := sorted(by)
	slices.SortStableFunc(outlets, func(a, b string) int { return cmp.Compare(len(by[b]), len(by[a])) })
	for _, outlet := range outlets[:min(len(outlets), mostOutlets)] {
		p := whole.Without(outlet)
		w := report.Without{Outlet: outlet}
		for _, x := range persons {
			if x.Counted && by[outlet][x.ID] && len(x.Outlets) == 1 {
				w.Lost = append(w.Lost, x.ID)
			}
		}
		most := -1
		tallies, err := count.NewTallies(p, asked...)
		if err != nil {
			return nil, err
		}
		tallies.Fill(count.Split(p.Members, p.Links))
		for i, q := range asked {
			n, err := tallies[i].Number()
			if err != nil {
				return nil, err
			}
			if q.By == "" && !q.Share && q.Where == "" {
				w.People = n.N
			}
			move := func(label string, a, aOf, b, bOf int) {
				if aOf == 0 || bOf == 0 {
					return
				}
				by := abs(1000*a/aOf - 1000*b/bOf)
				if by > most {
					most, w.Most = by, fmt.Sprintf("%s: %s becomes %s", label, count.Percent(a, aOf), count.Percent(b, bOf))
				}
			}
			r := &base[at[i]]
			move(r.Label, r.N, r.Of, n.N, n.Of)
			rows := map[string]count.Number{}
			for _, x := range n.Rows {
				rows[x.Name] = x
			}
			for _, x := range r.Rows {
				if y, ok := rows[x.Name]; ok && q.From == "" {
					move(r.Label+", "+strings.TrimSuffix(report.Label(x), "."), x.N, x.Of, y.N, y.Of)
				}
			}
		}
		if most == 0 {
			w.Most = ""
		}
		out = append(out, w)
	}
	slices.SortStableFunc(out, func(a, b report.Without) int { return a.People - b.People })
	return out, nil
}

func abs(n int) int { return max(n, -n) }

// errStandard names the reports that come with recount.
func errStandard(name string) error {
	return recount.WithHint(fmt.Errorf("report: %w: no standard report named %q", recount.ErrInvalid, name), "they are "+strings.Join(report.Standards, ", "))
}
