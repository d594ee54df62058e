package study

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/count"
	"recount/internal/report"
)

// A Diff says in sentences what changed between two moments of a study.
type Diff struct {
	From, To report.Version
	Lines    []string // one for each number that changed, and under it one for each person, moved in
}

// Diff compares two moments of the study; each is counted anew from captures and
// decisions as of then.
func (s *Study) Diff(ctx context.Context, from, to string) (*Diff, error) {
	d := &Diff{}
	err := s.change(ctx, func() error {
		if _, err := s.casebook(ctx, needs{}); err != nil {
			return err
		}
		defer s.dropScratch()
		var err error
		if d.From, err = s.version(ctx, from); err != nil {
			return err
		}
		if d.To, err = s.version(ctx, to); err != nil {
			return err
		}
		if d.From.Size > d.To.Size {
			d.From, d.To = d.To, d.From
		}
		if d.From.Size == d.To.Size && from != "now" && to != "now" {
			return nil // two names of one moment
		}
		a, stop, err := s.at(ctx, d.From.Size)
		if err != nil {
			return err
		}
		defer stop()
		b := s
		if to != "now" && from != "now" {
			var stop func()
			if b, stop, err = s.at(ctx, d.To.Size); err != nil {
				return err
			}
			defer stop()
		}
		queries, err := b.ownQueries(ctx)
		if err != nil {
			return err
		}
		d.Lines, err = changed(ctx, a, b, queries)
		return err
	})
	return d, err
}

// ownQueries are those of report.md, or where there is none of the standard
// report.
func (s *Study) ownQueries(ctx context.Context) ([]Query, error) {
	if t, err := s.template(); err == nil && t != nil {
		return t.Queries, nil
	}
	m, _, err := s.material(ctx, s.book)
	if err != nil {
		return nil, err
	}
	return s.queries(m, Edition{Standard: "said"})
}

// since says what changed since a version that was kept.
func (s *Study) since(ctx context.Context, book *casebook.Casebook, queries []Query, v *report.Version) (*report.Since, error) {
	a, stop, err := s.at(ctx, v.Size)
	if err != nil {
		return nil, err
	}
	defer stop()
	lines, err := changed(ctx, a, s, queries)
	return &report.Since{Name: v.Name, Day: v.AsOf, Lines: lines}, err
}

// A moment is a study at one time, by what a comparison needs.
type moment struct {
	*Study
	results []recount.Result
	persons map[string]*count.Person // by id
	of      map[recount.Key]string   // person of a member
}

func (s *Study) moment(queries []Query) (*moment, error) {
	m := &moment{Study: s, persons: map[string]*count.Person{}, of: map[recount.Key]string{}}
	var err error
	if m.results, err = s.answers(s.book, queries); err != nil {
		m.results = nil
		for _, q := range queries {
			// A number that an older version could not have counted is left out.
			r, err := s.answers(s.book, []Query{q})
			if err != nil {
				r = []recount.Result{{Name: q.Name, Kind: "none"}}
			}
			m.results = append(m.results, r[0])
		}
	}
	p := s.problem(s.book)
	p.Members, p.Links = s.book.Members(), s.book.Links()
	persons, err := p.Persons()
	if err != nil {
		return nil, err
	}
	for i := range persons {
		x := &persons[i]
		if !x.Counted {
			continue
		}
		m.persons[x.ID] = x
		for _, member := range x.Members {
			m.of[member.Key] = x.ID
		}
	}
	return m, nil
}

func (m *moment) name(id string) string {
	x := m.persons[id]
	c := recount.Case{ID: x.ID, Members: x.Members}
	name := c.Name()
	if h := c.Head(); h != nil && (h.Speaker.Kind != recount.Named && h.Speaker.Kind != recount.Pseudonym || name == recount.NoName) && h.Outlet != "" {
		name += " (" + h.Outlet + ", " + report.Day(h.Published()) + ")"
	}
	return name
}

// changed says in sentences what is different in b, with the reason for each.
func changed(ctx context.Context, before, after *Study, queries []Query) (lines []string, err error) {
	a, err := before.moment(queries)
	if err != nil {
		return nil, err
	}
	b, err := after.moment(queries)
	if err != nil {
		return nil, err
	}
	w, err := causes(ctx, before, after)
	if err != nil {
		return nil, err
	}
	// What became of each person: by the members, whose keys stay.
	counts := map[string]int{}
	var people []string
	told := map[string]bool{} // persons of b and of a of whom it was said
	say := func(kind, text string) {
		counts[kind]++
		people = append(people, text)
	}
	for _, id := range sorted(b.persons) {
		from := map[string]bool{}
		for _, m := range b.persons[id].Members {
			if p := a.of[m.Key]; p != "" {
				from[p] = true
			}
		}
		switch ids := sorted(from); {
		case len(ids) == 0:
			say("added", b.name(id)+" was added: "+w.why(b.persons[id].Members, "in"))
			told[id] = true
		case len(ids) > 1:
			var names []string
			for _, x := range ids {
				names = append(names, a.name(x))
			}
			for range ids[1:] {
				counts["merged"]++
			}
			people = append(people, strings.Join(names, " and ")+" are one person now: "+w.why(b.persons[id].Members, "link"))
			told[id] = true
		}
	}
	for _, id := range sorted(a.persons) {
		to := map[string]bool{}
		for _, m := range a.persons[id].Members {
			if p := b.of[m.Key]; p != "" {
				to[p] = true
			}
		}
		switch ids := sorted(to); {
		case len(ids) == 0:
			say("taken out", a.name(id)+" is counted no more: "+w.why(a.persons[id].Members, "out"))
			told[id] = true
		case len(ids) > 1:
			var names []string
			for _, x := range ids {
				names = append(names, b.name(x))
			}
			for range ids[1:] {
				counts["split"]++
			}
			people = append(people, "What was one person is now "+strings.Join(names, " and ")+": "+w.why(a.persons[id].Members, "link"))
			told[id] = true
		}
	}
	var summary []string
	for _, k := range []string{"added", "split", "merged", "taken out"} {
		if n := counts[k]; n > 0 {
			summary = append(summary, fmt.Sprintf("%d %s", n, k))
		}
	}
	if len(people) > 0 {
		lines = append(lines, fmt.Sprintf("people counted: %d to %d: %s.", len(a.persons), len(b.persons), strings.Join(summary, ", ")))
		for _, p := range people {
			lines = append(lines, "  "+p)
		}
	}
	// Numbers whose people are others, beyond those who came and went.
	for i := range b.results {
		x, y := &a.results[i], &b.results[i]
		if x.Kind == "none" || y.Kind == "none" {
			continue
		}
		one := func(label string, x, y *recount.Result, row bool) {
			was, is := report.Said(*x), report.Said(*y)
			var why []string
			moved := func(ids, others []string, m, other *moment, verb string) {
				for _, id := range ids {
					same := slices.ContainsFunc(others, func(o string) bool { return sharesMember(m.persons[id], other.persons[o]) })
					if p := m.persons[id]; p != nil && !same && !told[id] {
						why = append(why, m.name(id)+" "+verb+": "+w.why(p.Members, "value"))
					}
				}
			}
			moved(y.Cases, x.Cases, b, a, "came in")
			moved(x.Cases, y.Cases, a, b, "went out")
			// A row that only follows the people above is one of many.
			if len(why) == 0 && (was == is || row && len(people) > 0) {
				return
			}
			if len(why) == 0 {
				if x.N == y.N && x.Of == y.Of {
					why = w.questions(*x, *y)
				} else if len(people) == 0 {
					why = []string{w.files()}
				}
			}
			line := label + ": " + was + " to " + is
			if was == is {
				line = label + ": " + is + " as before, but of other people"
			}
			if len(why) == 1 {
				line += ": " + why[0]
				why = nil
			} else if len(why) == 0 && len(people) > 0 {
				line += ", because of the people above"
			}
			lines = append(lines, strings.TrimSuffix(line, ".")+".")
			for _, l := range why {
				lines = append(lines, "  "+l)
			}
		}
		if len(y.Rows) == 0 {
			if y.Kind == "count" && y.Of == 0 && len(y.Cases) == len(b.persons) && len(people) > 0 {
				continue // said above
			}
			one(report.Label(*y), x, y, false)
			continue
		}
		if y.Ratio != nil {
			continue // it follows from its two periods, which are rows of time
		}
		rows := map[string]*recount.Result{}
		for j := range x.Rows {
			rows[x.Rows[j].Name] = &x.Rows[j]
		}
		for j := range y.Rows {
			row := &y.Rows[j]
			old := rows[row.Name]
			if old == nil {
				old = &recount.Result{Name: row.Name, Of: x.Of}
			}
			if old.N != row.N || !slices.Equal(old.Cases, row.Cases) && len(people) == 0 {
				one(report.Label(*y)+", "+report.Label(*row), old, row, true)
			}
		}
	}
	return lines, nil
}

func sharesMember(a, b *count.Person) bool {
	if a == nil || b == nil {
		return false
	}
	return slices.ContainsFunc(a.Members, func(m recount.Member) bool {
		return slices.ContainsFunc(b.Members, func(n recount.Member) bool { return m.Key == n.Key })
	})
}

// A cause is a decision that holds at one moment and not at the other.
type cause struct {
	*recount.Decision
	answer recount.Answer
	gone   bool
}

type why struct {
	about  map[recount.Key][]cause
	pages  map[string][]cause // about a page as a whole
	loose  []cause
	names  map[recount.Key]string // pages of articles that are new: what to call them
	pageOf map[recount.Key]string
}

// causes lists what was decided and came in between, by whom it is about.
func causes(ctx context.Context, before, after *Study) (*why, error) {
	w := &why{about: map[recount.Key][]cause{}, pages: map[string][]cause{}, names: map[recount.Key]string{}, pageOf: map[recount.Key]string{}}
	gather := func(in, not *Study, gone bool) error {
		for _, d := range in.book.Log().All() {
			if !in.book.Log().Live(d.ID) || not.book.Log().Live(d.ID) || d.Kind == recount.KindRetract || d.Kind == recount.KindRemove {
				continue
			}
			answer, err := in.book.Answer(d)
			if err != nil {
				continue // it was erased
			}
			c := cause{d, answer, gone}
			keys, err := in.book.Whom(ctx, d)
			if err != nil {
				return err
			}
			for _, k := range keys {
				w.about[k] = append(w.about[k], c)
			}
			if len(keys) == 0 {
				for _, p := range pagesOf(answer) {
					w.pages[p] = append(w.pages[p], c)
				}
				w.loose = append(w.loose, c)
			}
		}
		return nil
	}
	if err := gather(after, before, false); err != nil {
		return nil, err
	}
	if err := gather(before, after, true); err != nil {
		return nil, err
	}
	had := map[recount.Key]bool{}
	for _, p := range before.book.Pages() {
		had[p.Key] = true
		w.pageOf[p.Key] = p.Article.Page()
	}
	for _, p := range after.book.Pages() {
		w.pageOf[p.Key] = p.Article.Page()
		if !had[p.Key] {
			w.names[p.Key] = strings.TrimPrefix(p.Outlet+", "+report.Day(p.Published), ", ")
		}
	}
	return w, nil
}

// kindsOf are the kinds of decision that explain a change, the first of them
// before the others.
var kindsOf = map[string][]recount.Kind{
	"in":    {recount.KindScope, recount.KindCriterion, recount.KindDate, recount.KindLink},
	"out":   {recount.KindScope, recount.KindCriterion, recount.KindDate, recount.KindSpeaker},
	"link":  {recount.KindLink, recount.KindSpeaker},
	"value": {recount.KindValue, recount.KindCode, recount.KindSpeaker, recount.KindDate, recount.KindStatement, recount.KindPage, recount.KindLink},
}

// why gives the reason for what happened to a person, in one sentence.
func (w *why) why(members []recount.Member, what string) string {
	var found []cause
	for _, m := range members {
		found = append(found, w.about[m.Key]...)
		found = append(found, w.pages[w.pageOf[m.Article]]...)
	}
	kinds := kindsOf[what]
	rank := func(c cause) int {
		i := slices.Index(kinds, c.Kind)
		if i < 0 {
			i = len(kinds)
		}
		return i
	}
	slices.SortStableFunc(found, func(a, b cause) int {
		gone := func(c cause) int {
			if c.gone {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(gone(a), gone(b)), strings.Compare(a.Time, b.Time), strings.Compare(a.ID, b.ID))
	})
	text := ""
	for _, m := range members {
		if n := w.names[m.Article]; n != "" {
			text = "its page came in (" + n + "), and "
			break
		}
	}
	if len(found) == 0 || rank(found[0]) == len(kinds) {
		if text != "" {
			return strings.TrimSuffix(text, ", and ") + "."
		}
		return w.files()
	}
	return text + saidOf(found[0])
}

// files says what changed that is about nobody: study files, rules.
func (w *why) files() string {
	for _, c := range w.loose {
		if b, ok := c.answer.(recount.FileBody); ok && !c.gone {
			return b.Name + " was changed by " + c.Actor + " on " + report.Day(c.Time[:10]) + "."
		}
	}
	for _, c := range w.loose {
		if c.Kind == recount.KindRule {
			return saidOf(c)
		}
	}
	return "it follows from what changed about others."
}

// questions says which questions were opened or closed.
func (w *why) questions(a, b recount.Result) (out []string) {
	open := func(r recount.Result) map[string]string {
		m := map[string]string{}
		for _, q := range r.Questions {
			m[q.What+string(q.Key)] = q.Text
		}
		return m
	}
	was, is := open(a), open(b)
	for _, k := range sorted(is) {
		if was[k] == "" {
			out = append(out, "a question is open that was not: "+is[k])
		}
	}
	for _, k := range sorted(was) {
		if is[k] == "" {
			out = append(out, "a question is settled: "+was[k])
		}
	}
	return out
}

// saidOf says one decision: "ann answered on 3 May 2026 who counts: no (left
// before the period)".
func saidOf(c cause) string {
	verb := " answered on "
	if c.gone {
		verb = "'s answer no longer holds, which was of "
	}
	s := c.Actor + verb + report.Day(c.Time[:10]) + ", " + report.Decided(c.Kind)
	if x := c.answer.Subject(); x != "" && (c.Kind == recount.KindCode || c.Kind == recount.KindValue || c.Kind == recount.KindCriterion) {
		s += ", " + strings.ReplaceAll(x, "_", " ")
	}
	says := c.answer.Says()
	if b, ok := c.answer.(recount.SpeakerBody); ok && b.Speaker.Gender != "" {
		says = strings.TrimPrefix(string(b.Speaker.Kind)+", "+string(b.Speaker.Gender), ", ")
	}
	if says != "" && len(says) < 80 {
		s += ": " + says
	}
	if c.Erasable != nil && c.Erasable.Reason != "" {
		s += " (" + strings.TrimSuffix(c.Erasable.Reason, ".") + ")"
	}
	return s + "."
}
