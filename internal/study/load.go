package study

import (
	"context"
	"slices"
	"sort"
	"strings"
	"time"

	"recount"
	"recount/internal/cases"
	"recount/internal/count"
	"recount/internal/report"
)

// base is the study's captures and articles: for each page the version that
// counts.
type base struct {
	Captures []recount.Capture
	Articles []*recount.Article // the counting version of each page, by key
	Older    map[recount.Key][]*recount.Article
	Pages    *recount.Pages
	byKey    map[recount.Key]*recount.Article
}

func (s *Study) base(ctx context.Context) (*base, error) {
	captures, err := s.store.Captures(ctx)
	if err != nil {
		return nil, err
	}
	newest, older, err := s.articles(ctx)
	if err != nil {
		return nil, err
	}
	captured := map[recount.Key]string{}
	for _, c := range captures {
		captured[c.Key] = c.Captured.UTC().Format(time.RFC3339)
	}
	// Older texts go first, so that the newest text of a page counts.
	b := &base{Captures: captures, Older: map[recount.Key][]*recount.Article{}, byKey: map[recount.Key]*recount.Article{}}
	b.Pages = recount.NewPages(append(slices.Clone(older), newest...), func(k recount.Key) string { return captured[k] })
	for _, a := range newest {
		if b.Pages.Counts(a) {
			b.Articles = append(b.Articles, a)
			b.byKey[a.Key] = a
		}
	}
	for _, a := range append(slices.Clone(older), newest...) {
		if c := b.Pages.Find(a.Page(), a.Part); c != nil && c != a {
			b.Older[c.Key] = append(b.Older[c.Key], a)
		}
	}
	return b, nil
}

// stamp names the articles that count and the program that reads them.
func (b *base) stamp() string {
	parts := []string{reader}
	for _, a := range b.Articles {
		parts = append(parts, string(a.Key), a.Extractor, recount.HashText(a.Text))
	}
	return string(recount.KeyOf(parts...))
}

// state is everything a count or a report is made of.
type state struct {
	*base
	log      *recount.Log
	items    []*recount.Item
	findings []recount.Finding
	readings map[recount.Key]*recount.Reading
	figures  map[recount.Key][]recount.ReportedFigure

	relations   []recount.Relation
	originals   []recount.Original
	suggestions []recount.Suggestion
	speakers    map[recount.Key]*recount.Speaker

	members    []recount.Member
	links      []recount.Link // answered, and open ones
	statements []cases.Said
	codebook   recount.Codebook
	rules      []string
}

// load replays the decisions over the derived records.
func (s *Study) load(ctx context.Context) (*state, error) {
	var st state
	var err error
	if st.base, err = s.base(ctx); err != nil {
		return nil, err
	}
	if st.log, err = s.replay(ctx); err != nil {
		return nil, err
	}
	if st.codebook, err = s.codebook(); err != nil {
		return nil, err
	}
	if st.relations, err = s.store.Relations(ctx); err != nil {
		return nil, err
	}
	if st.originals, err = s.store.Originals(ctx); err != nil {
		return nil, err
	}
	if st.suggestions, err = s.store.Suggestions(ctx); err != nil {
		return nil, err
	}
	st.readings = map[recount.Key]*recount.Reading{}
	st.speakers = map[recount.Key]*recount.Speaker{}
	for r, err := range s.store.Readings(ctx) {
		if err != nil {
			return nil, err
		}
		if st.byKey[r.Article] == nil {
			continue
		}
		st.readings[r.Article] = r
		for i := range r.Speakers {
			st.speakers[r.Speakers[i].Key()] = &r.Speakers[i]
		}
	}
	st.figures = map[recount.Key][]recount.ReportedFigure{}
	for f, err := range s.store.Figures(ctx) {
		if err != nil {
			return nil, err
		}
		if st.byKey[f.Article] != nil {
			st.figures[f.Article] = f.Figures
		}
	}
	st.items, st.findings = st.log.Items(st.Pages)
	for _, it := range st.items {
		if it.Kind == recount.KindRule {
			if a, ok := it.Settled(st.log); ok && a.Body.(*recount.RuleBody).On {
				st.rules = append(st.rules, it.Subject)
			}
		}
	}
	sort.Strings(st.rules)
	st.applyDates()
	st.applyRoles()
	st.members, st.links, st.statements = cases.People(st.log, st.items, st.placer())
	cases.Attach(st.log, st.items, st.members, st.statements, st.Pages.Place)
	st.links = append(st.links, cases.Open(st.suggestions, st.speakers, st.members, st.links, recount.Milli(10*s.config.Rules.Link))...)
	return &st, nil
}

// applyDates puts decided days of publication in place of the extracted ones
// and takes the flag away.
func (st *state) applyDates() {
	decided := map[string]string{}
	for _, it := range st.items {
		if it.Kind == recount.KindDate {
			if a, ok := it.Settled(st.log); ok {
				decided[it.Subject] = a.Value
			}
		}
	}
	for i, a := range st.Articles {
		d, ok := decided[a.Page()]
		if !ok {
			continue
		}
		c := *a
		c.Published, c.DateFlag = d, ""
		switch {
		case len(d) > 10:
			c.Precision = recount.ToMinute
		case len(d) == 10:
			c.Precision = recount.ToDay
		case len(d) == 7:
			c.Precision = recount.ToMonth
		default:
			c.Precision = recount.ToYear
		}
		c.Notes = append(slices.Clone(c.Notes), "the day of publication was decided by a person")
		st.Articles[i], st.byKey[a.Key] = &c, &c
	}
}

// applyRoles gives sentences the roles that people decided.
func (st *state) applyRoles() {
	for _, it := range st.items {
		if it.Kind != recount.KindRole {
			continue
		}
		a, ok := it.Settled(st.log)
		r := st.readings[it.At[0].Article.Key]
		if !ok || r == nil {
			continue
		}
		for i := range r.Sentences {
			for _, sp := range it.At[0].Spans {
				if r.Sentences[i].Span.Overlaps(sp) {
					r.Sentences[i].Role = recount.Role(a.Value)
					r.Sentences[i].Reason = "decided by a person"
				}
			}
		}
	}
}

// on reports whether a rule is switched on.
func (st *state) on(rule string) bool { return slices.Contains(st.rules, rule) }

// placer says of each article what People must know. Under fold_reprints a
// person speaks on the day the original was first printed, whichever reprint
// the decision is about.
func (st *state) placer() func(recount.Key) cases.Place {
	of := map[recount.Key]*recount.Original{}
	for i := range st.originals {
		for _, m := range st.originals[i].Members {
			of[m] = &st.originals[i]
		}
	}
	return func(k recount.Key) cases.Place {
		a := st.byKey[k]
		if a == nil {
			return cases.Place{}
		}
		p := cases.Place{Outlet: a.Outlet, Day: day(a), Original: k, First: true}
		p.Days, p.Reason = days(a), a.DateFlag
		o := of[k]
		if o == nil {
			return p
		}
		p.Original, p.First = o.Key, o.First == k
		if !st.on(FoldReprints) || len(o.Members) < 2 {
			return p
		}
		p.Days = nil
		for _, m := range o.Members {
			p.Days = earliest(p.Days, days(st.byKey[m]))
			if d := day(st.byKey[m]); d != "" && (p.Day == "" || d < p.Day) {
				p.Day = d
			}
		}
		return p
	}
}

// day returns the day of publication, or the month or year if that is all that
// is known.
func day(a *recount.Article) string { return a.Published[:min(10, len(a.Published))] }

// days returns every day of publication that is still possible: the one that
// was chosen, and while its flag stands those of the other candidates too.
func days(a *recount.Article) []string {
	if a == nil {
		return nil
	}
	var out []string
	if d := day(a); d != "" {
		out = append(out, d)
	}
	if a.DateFlag != "" {
		for _, c := range a.Dates {
			if c.Field != "" && c.Field != "published" {
				continue
			}
			if d := c.Value[:min(10, len(c.Value))]; isoDate.MatchString(d) && len(d) >= len(day(a)) {
				out = append(out, d)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// earliest returns the possible values of the smaller of two days.
func earliest(a, b []string) []string {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	var out []string
	for _, x := range a {
		for _, y := range b {
			out = append(out, min(x, y))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// problem is what package count counts.
func (s *Study) problem(st *state) *count.Problem {
	return &count.Problem{Members: st.members, Links: st.links, Codes: st.codebook, Rules: s.config.rules(), Variables: s.config.names()}
}

// logHash names the set of live decisions.
func logHash(l *recount.Log) string {
	var ids []string
	for i := range l.Decisions {
		if id := l.Decisions[i].ID; l.Live[id] {
			ids = append(ids, id)
		}
	}
	return recount.HashText(strings.Join(ids, "\n"))
}

// asOf is the time of the newest capture or decision: a report's date.
func (st *state) asOf() string {
	newest := ""
	for _, c := range st.Captures {
		newest = max(newest, c.Captured.UTC().Format(time.RFC3339))
	}
	for i := range st.log.Decisions {
		newest = max(newest, st.log.Decisions[i].Time)
	}
	return newest
}

// material is what a report may cite.
func (s *Study) material(ctx context.Context, st *state) (*report.Material, error) {
	refused, err := s.store.Refusals(ctx)
	if err != nil {
		return nil, err
	}
	m := &report.Material{Title: s.config.Title, Question: s.config.Question, StudyID: s.ID, Program: "recount " + recount.Version,
		AsOf: st.asOf(), Captures: st.Captures, Refusals: refused, Articles: st.Articles, Older: st.Older,
		Readings: st.readings, Figures: st.figures, Relations: st.relations, Originals: st.originals,
		Suggestions: st.suggestions, Findings: st.findings, Decisions: map[recount.Kind]int{}, Rules: st.rules,
		Codebook: st.codebook, Log: logHash(st.log), Census: !s.config.Sample}
	for i := range st.log.Decisions {
		if d := &st.log.Decisions[i]; st.log.Live[d.ID] {
			m.Decisions[d.Kind]++
		}
	}
	for _, x := range st.statements {
		if x.Typed {
			m.TypedIn++
		} else {
			m.Accepted++
		}
	}
	m.Cases = s.problem(st).Cases()
	return m, nil
}
