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
	Turned   bool     // From was asked for as the later one
	Lines    []string // one for each number that changed, and under it one for each person, moved in
	Also     []string // what else was decided, came in or went, though no line above rests on it
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
			d.From, d.To, d.Turned = d.To, d.From, true
		}
		if d.From.Size == d.To.Size && from != "now" && to != "now" {
			return nil // two names of one moment
		}
		a, stop, err := s.past(ctx, d.From.Size, true)
		if err != nil {
			return err
		}
		defer stop()
		b := s
		if to != "now" && from != "now" {
			var stop func()
			if b, stop, err = s.past(ctx, d.To.Size, true); err != nil {
				return err
			}
			defer stop()
		}
		queries, err := b.ownQueries(ctx)
		if err != nil {
			return err
		}
		after, err := b.moment(queries)
		if err != nil {
			return err
		}
		after.parts = true
		d.Lines, d.Also, err = after.differs(ctx, a, queries)
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
	a, stop, err := s.past(ctx, v.Size, true)
	if err != nil {
		return nil, err
	}
	defer stop()
	lines, _, err := changed(ctx, a, s, queries)
	return &report.Since{Name: v.Name, Day: v.AsOf, Lines: lines}, err
}

// A moment is a study at one time, by what a comparison needs.
type moment struct {
	*Study
	results []recount.Result
	persons map[string]*count.Person // by id
	of      map[recount.Key]string   // person of a member
	parts   bool                     // the parts of the report are compared too
	later   *moment                  // by whose names people go
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

// with lists the accounts of a person of another moment, and those that the same
// person has in this one: what happened may be about one that only one of them has.
func (m *moment) with(p *count.Person) []recount.Member {
	out := slices.Clone(p.Members)
	for _, x := range p.Members {
		own := m.persons[m.of[x.Key]]
		if own == nil {
			continue
		}
		for _, y := range own.Members {
			if !slices.ContainsFunc(out, func(z recount.Member) bool { return z.Key == y.Key }) {
				out = append(out, y)
			}
		}
	}
	return out
}

// movedDay says that somebody who counts in both moments is now first reported on
// another day or by another outlet, or "".
func movedDay(a, b *moment, p *count.Person) string {
	of := func(m *moment) *count.Person {
		if x := m.persons[p.ID]; x != nil {
			return x
		}
		for _, x := range p.Members {
			if y := m.persons[m.of[x.Key]]; y != nil {
				return y
			}
		}
		return nil
	}
	was, is := of(a), of(b)
	if was == nil || is == nil || was.FirstReported == is.FirstReported && was.FirstOutlet == is.FirstOutlet {
		return ""
	}
	on := func(x *count.Person) string {
		day := known(x.FirstReported, "")
		if day != "" {
			day = report.Day(day)
		}
		return strings.Trim(known(x.FirstOutlet, "")+", "+day, ", ")
	}
	if on(was) == "" || on(is) == "" {
		return ""
	}
	return "now first reported by " + on(is) + " (before: " + on(was) + ")"
}

// became is who a person is in the later version, where that is nobody else besides; else
// nil.
func (m *moment) became(x *count.Person) (then *count.Person) {
	if m.later == nil {
		return nil
	}
	for _, y := range x.Members {
		if id := m.later.of[y.Key]; id != "" {
			then = m.later.persons[id]
			break
		}
	}
	if then == nil || slices.ContainsFunc(then.Members, func(y recount.Member) bool { id := m.of[y.Key]; return id != "" && id != x.ID }) {
		return nil
	}
	return then
}

func (m *moment) name(id string) string {
	x := m.persons[id]
	if then := m.became(x); then != nil {
		x = then
	}
	c := recount.Case{ID: x.ID, Members: x.Members}
	name, h := c.Known()
	if h != nil && (h.Speaker.Kind != recount.Named && h.Speaker.Kind != recount.Pseudonym || name == recount.NoName) && h.Outlet != "" {
		name += " (" + h.Outlet + ", " + report.Day(h.Published()) + ")"
	}
	return name
}

// changed says in sentences what is different in after, with the reason for
// each, and what else was decided or came in.
func changed(ctx context.Context, before, after *Study, queries []Query) (lines, also []string, err error) {
	b, err := after.moment(queries)
	if err != nil {
		return nil, nil, err
	}
	return b.differs(ctx, before, queries)
}

// differs says what is different in b, with the reason for each, and what else
// was decided or came in.
func (b *moment) differs(ctx context.Context, before *Study, queries []Query) (lines, also []string, err error) {
	a, err := before.moment(queries)
	if err != nil {
		return nil, nil, err
	}
	a.later = b
	w, err := causes(ctx, before, b.Study)
	if err != nil {
		return nil, nil, err
	}
	for _, m := range []*moment{a, b} {
		for _, p := range m.persons {
			for _, x := range p.Members {
				w.accounts[x.Key] = w.accounts[x.Key] || len(p.Members) > 1
			}
		}
	}
	w.trial = &trial{ctx: ctx, study: b.Study, queries: queries, left: mostUndone, seen: map[string]*undone{}}
	// What became of each person: by the members, whose keys stay.
	counts := map[string]int{}
	var people []string
	told := map[string]bool{} // persons of b and of a of whom it was said
	type happened struct{ one, several, why string }
	whom := map[happened][]string{}
	var order []happened
	say := func(kind, who string, h happened) { // whom one thing befell stand in one sentence
		counts[kind]++
		if whom[h] == nil {
			order = append(order, h)
		}
		whom[h] = append(whom[h], who)
	}
	tell := func() {
		for _, h := range order {
			names, verb := whom[h], h.several
			if len(names) == 1 {
				verb = h.one
			}
			people = append(people, enumerate(names)+" "+verb+": "+h.why)
		}
		order = nil
	}
	for _, id := range sorted(b.persons) {
		from := map[string]bool{}
		for _, m := range b.persons[id].Members {
			if p := a.of[m.Key]; p != "" {
				from[p] = true
			}
		}
		if len(from) == 0 && a.persons[id] != nil { // in another version of the page
			from[id] = true
		}
		switch ids := sorted(from); {
		case len(ids) == 0:
			whole := b.persons[id].Members
			say("added", b.name(id), happened{"was added", "were added", w.why(whole, "in", func(u *undone) bool { return u.counted(whole) })})
			told[id] = true
		case len(ids) > 1:
			var names []string
			for _, x := range ids {
				names = append(names, a.name(x))
			}
			for range ids[1:] {
				counts["merged"]++
			}
			var were []recount.Member // who counted before
			for _, m := range b.persons[id].Members {
				if a.of[m.Key] != "" {
					were = append(were, m)
				}
			}
			people = append(people, strings.Join(names, " and ")+" are one person now: "+w.why(b.persons[id].Members, "link", func(u *undone) bool { return u.persons(were) == 1 }))
			told[id] = true
			for _, x := range ids {
				told[x] = true
			}
		}
	}
	tell()
	for _, id := range sorted(a.persons) {
		to := map[string]bool{}
		for _, m := range a.persons[id].Members {
			if p := b.of[m.Key]; p != "" {
				to[p] = true
			}
		}
		if len(to) == 0 && b.persons[id] != nil {
			to[id] = true
		}
		switch ids := sorted(to); {
		case len(ids) == 0:
			whole := a.persons[id].Members
			say("taken out", a.name(id), happened{"is counted no more", "are counted no more", w.why(whole, "out", func(u *undone) bool { return !u.counted(whole) })})
			told[id] = true
		case len(ids) > 1:
			var names []string
			for _, x := range ids {
				names = append(names, b.name(x))
			}
			for range ids[1:] {
				counts["split"]++
			}
			whole := a.persons[id].Members
			people = append(people, "What was one person is now "+strings.Join(names, " and ")+": "+w.why(whole, "link", func(u *undone) bool { return u.persons(whole) == len(ids) }))
			told[id] = true
			for _, x := range ids {
				told[x] = true
			}
		}
	}
	tell()
	var summary []string
	for _, k := range []string{"added", "split", "merged", "taken out"} {
		if n := counts[k]; n > 0 {
			summary = append(summary, fmt.Sprintf("%d %s", n, k))
		}
	}
	head := fmt.Sprintf("people counted: %d to %d: %s", len(a.persons), len(b.persons), strings.Join(summary, ", "))
	if len(people) == 1 {
		one := strings.Replace(people[0], "What was one", "what was one", 1)
		lines = append(lines, head+": "+one)
	} else if len(people) > 1 {
		lines = append(lines, head+".")
		for _, p := range people {
			lines = append(lines, "  "+p)
		}
	}
	// Numbers whose people are others, beyond those who came and went.
	reasons := map[string]bool{} // that were told, by whom they are about
	for i := range b.results {
		was, is := count.OfCoded(a.results[i]), count.OfCoded(b.results[i]) // as reports show them
		x, y := &was, &is
		if x.Kind == "none" || y.Kind == "none" {
			continue
		}
		asked := queries[i].Where + " " + queries[i].By
		one := func(label string, x, y *recount.Result, row bool) {
			rowName := ""
			if row {
				rowName = y.Name
			}
			was, is := report.Said(*x), report.Said(*y)
			var why []string
			var above []string // what was said above of others who came or went
			moved := func(ids, others []string, m, other *moment, verb string, came bool) {
				var names []string
				for _, id := range ids {
					same := slices.ContainsFunc(others, func(o string) bool { return sharesMember(m.persons[id], other.persons[o]) })
					p := m.persons[id]
					switch {
					case p == nil || same:
					case told[id]:
						names = append(names, m.name(id))
					default:
						reason := w.whyIn(asked, other.with(p), "value", func(u *undone) bool {
							in, known := u.in(i, rowName, p.Members)
							return !known || in == came
						})
						who := m.name(id) + " " + verb
						// One thing that moves several numbers is told once.
						if key := id + "\x00" + reason; reasons[key] {
							why = append(why, who+" for the reason above.")
							continue
						} else {
							reasons[key] = true
						}
						if day := movedDay(a, b, p); day != "" {
							who += ", " + day
						}
						why = append(why, who+": "+reason)
					}
				}
				if len(names) > 0 {
					above = append(above, enumerate(names)+" "+verb+", as is said above.")
				}
			}
			moved(y.Cases, x.Cases, b, a, "came in", true)
			moved(x.Cases, y.Cases, a, b, "went out", false)
			if len(why) > 0 { // else the people above are the whole reason
				why = append(why, above...)
			}
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
	if b.parts {
		more, err := b.partsMoved(ctx, a, w)
		if err != nil {
			return nil, nil, err
		}
		lines = append(lines, more...)
	}
	return lines, w.also(), nil
}

// mostParts is how many numbers of the parts of a report are told.
const mostParts = 12

// partsMoved says which numbers moved that the parts of report.md print beside its
// results, as those of {{support}}.
func (b *moment) partsMoved(ctx context.Context, a *moment, w *why) (lines []string, err error) {
	was, err := a.partNumbers(ctx)
	if err != nil {
		return nil, err
	}
	is, err := b.partNumbers(ctx)
	if err != nil {
		return nil, err
	}
	before := map[string]int{}
	for _, n := range was {
		before[n.Name] = n.N
	}
	more := 0
	for _, n := range is {
		old, known := before[n.Name]
		switch {
		case !known && n.N == 0 || known && old == n.N:
		case len(lines) == mostParts:
			more++
		default:
			lines = append(lines, fmt.Sprintf("%s: %d to %d", n.Label, old, n.N))
		}
	}
	if len(lines) == 0 {
		return nil, nil
	}
	why := w.together()
	if len(lines) == 1 {
		return []string{lines[0] + ": " + why}, nil
	}
	for i := range lines {
		lines[i] = "  " + lines[i] + "."
	}
	if more > 0 {
		lines = append(lines, fmt.Sprintf("  and %d more.", more))
	}
	return append([]string{"numbers that parts of report.md print: " + why}, lines...), nil
}

// partNumbers lists what the parts of report.md print; nothing without parts.
func (m *moment) partNumbers(ctx context.Context) ([]report.Number, error) {
	t, err := m.template()
	if err != nil || t == nil || len(t.Sections) == 0 {
		return nil, nil
	}
	x, _, err := m.material(ctx, m.book)
	if err != nil {
		return nil, err
	}
	site, _, err := m.site(ctx, x, Edition{})
	if err != nil {
		return nil, nil // one that an older version could not have made has no numbers
	}
	return site.Manifest().Parts(), nil
}

// together says what was decided, if it is one thing or few.
func (w *why) together() string {
	var of []cause
	silent := len(w.told) > 0
	for _, c := range w.all {
		if counts(c.Kind) && !w.told[c.ID] {
			of = append(of, c)
		}
	}
	switch {
	case len(of) == 0 && silent:
		return "it follows from what is said above."
	case len(of) == 0:
		return w.files()
	case len(of) > alsoSingly:
		return fmt.Sprintf("it follows from the %d decisions under also.", len(of))
	}
	return w.several(of)
}

// mostNamed is how many people one sentence names.
const mostNamed = 12

// enumerate lists names: "Ada, Bo and 3 more".
func enumerate(names []string) string {
	if more := len(names) - mostNamed; more > 0 {
		names = append(slices.Clone(names[:mostNamed]), fmt.Sprintf("%d more", more))
	}
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

func sharesMember(a, b *count.Person) bool {
	if a == nil || b == nil {
		return false
	}
	if a.ID == b.ID {
		return true
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
	back   *recount.Decision // what took it back, if it is gone
	was    recount.Answer    // what it stands instead of; nil if nothing
	of     []recount.Key     // speakers it is about
}

type why struct {
	about map[recount.Key][]cause
	pages map[string][]cause // about a page as a whole
	loose []cause
	all   []cause
	// accounts are the members of people of whom several pages speak: what is decided
	// of one of them is not decided of the person.
	accounts map[recount.Key]bool
	told     map[string]bool        // decisions that a sentence was made of
	names    map[recount.Key]string // pages of articles that are new: what to call them
	gone     map[recount.Key]string // those that are no longer there
	anew     map[recount.Key]string // articles of which a newer version counts
	pageOf   map[recount.Key]string
	called   map[string]string // what to call a page
	trial    *trial
}

// causes lists what was decided and came in between, by whom it is about.
func causes(ctx context.Context, before, after *Study) (*why, error) {
	w := &why{about: map[recount.Key][]cause{}, pages: map[string][]cause{}, told: map[string]bool{}, accounts: map[recount.Key]bool{},
		names: map[recount.Key]string{}, gone: map[recount.Key]string{}, anew: map[recount.Key]string{}, pageOf: map[recount.Key]string{}, called: map[string]string{}}
	gather := func(in, not *Study, gone bool) error {
		for _, d := range in.book.Log().All() {
			if !in.book.Log().Live(d.ID) || not.book.Log().Live(d.ID) || d.Kind == recount.KindRetract {
				continue
			}
			answer, err := in.book.Answer(d)
			if err != nil {
				continue // it was erased
			}
			c := cause{Decision: d, answer: answer, gone: gone}
			instead := false
			if gone {
				for _, by := range not.book.Log().Replacers(d.ID) {
					if by.Kind == recount.KindRetract && c.back == nil {
						c.back = by
					}
					instead = instead || by.Kind == d.Kind && not.book.Log().Live(by.ID)
				}
			} else {
				for _, id := range d.Replaces {
					if old := not.book.Log().Find(id); old != nil && old.Kind == d.Kind && not.book.Log().Live(id) {
						if c.was, err = not.book.Answer(old); err != nil {
							c.was = nil
						}
					}
				}
			}
			if b, ok := answer.(recount.FileBody); ok && gone {
				// What stands instead of a file says that it changed.
				_, id := not.book.Log().StudyFile(b.Name)
				instead = id != "" && !in.book.Log().Live(id)
			}
			if instead {
				continue
			}
			keys, err := in.book.Whom(ctx, d)
			if err != nil {
				return err
			}
			c.of = keys
			w.all = append(w.all, c)
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
	// Of a page another version may count than did.
	type part struct{ page, part string }
	had, has := map[recount.Key]bool{}, map[recount.Key]bool{}
	was, is := map[part]bool{}, map[part]bool{}
	for _, p := range before.book.Pages() {
		had[p.Key], was[part{p.Article.Page(), p.Part}] = true, true
		w.page(p)
	}
	for _, p := range after.book.Pages() {
		has[p.Key], is[part{p.Article.Page(), p.Part}] = true, true
		switch w.page(p); {
		case had[p.Key]:
		case was[part{p.Article.Page(), p.Part}]:
			w.anew[p.Key] = w.called[p.Article.Page()]
		default:
			w.names[p.Key] = w.called[p.Article.Page()]
		}
	}
	for _, p := range before.book.Pages() {
		if !has[p.Key] && !is[part{p.Article.Page(), p.Part}] {
			w.gone[p.Key] = w.called[p.Article.Page()]
		}
	}
	return w, nil
}

// page keeps what to call a page.
func (w *why) page(p casebook.Page) {
	page := p.Article.Page()
	w.pageOf[p.Key] = page
	name := strings.TrimPrefix(p.Outlet+", "+report.Day(p.Published), ", ")
	w.called[page] = strings.TrimSuffix(name, ", ")
}

// kindsOf are the kinds of decision that explain a change, the first of them
// before the others.
var kindsOf = map[string][]recount.Kind{
	"in":    {recount.KindScope, recount.KindCriterion, recount.KindDate, recount.KindLink},
	"out":   {recount.KindScope, recount.KindCriterion, recount.KindDate, recount.KindSpeaker},
	"link":  {recount.KindLink, recount.KindSpeaker},
	"value": {recount.KindValue, recount.KindCode, recount.KindSpeaker, recount.KindDate, recount.KindStatement, recount.KindPage, recount.KindLink, recount.KindScope, recount.KindCriterion},
}

// why gives the reason for what happened to a person, in one sentence.
func (w *why) why(members []recount.Member, what string, holds func(*undone) bool) string {
	return w.whyIn("", members, what, holds)
}

// whyIn is why for a number that a condition or a variable asks for: the value
// of another variable, or a code where none is asked for, moves no such number.
// Where several decisions may be the reason, each is undone: those without which
// the change would not hold are it.
func (w *why) whyIn(asked string, members []recount.Member, what string, holds func(*undone) bool) string {
	var found []cause
	for _, m := range members {
		found = append(found, w.about[m.Key]...)
		found = append(found, w.pages[w.pageOf[m.Article]]...)
	}
	found = slices.DeleteFunc(found, func(c cause) bool {
		switch c.Kind {
		case recount.KindValue:
			return asked != "" && !strings.Contains(asked, c.answer.Subject())
		case recount.KindCode, recount.KindPassage:
			return asked != "" && !strings.Contains(asked, "code") && !strings.Contains(asked, "has(")
		}
		return false
	})
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
		for _, x := range []struct {
			pages map[recount.Key]string
			says  string
		}{{w.names, "its page came in"}, {w.anew, "its page has a new version"}, {w.gone, "its page is no longer there"}} {
			if n := x.pages[m.Article]; n != "" && text == "" {
				text = x.says + " (" + n + "), and "
			}
		}
	}
	if len(found) == 0 || rank(found[0]) == len(kinds) {
		if text != "" {
			return strings.TrimSuffix(text, ", and ") + "."
		}
		return w.files()
	}
	var may []cause
	for _, c := range found {
		if rank(c) < len(kinds) && !slices.ContainsFunc(may, func(o cause) bool { return o.ID == c.ID }) {
			may = append(may, c)
		}
	}
	if len(may) > 1 {
		var need []cause
		for _, c := range may {
			if u := w.trial.without(c); u != nil && !holds(u) {
				need = append(need, c)
			}
		}
		if len(need) > 0 {
			return text + w.several(need)
		}
	}
	return text + w.said(found[0])
}

// several says decisions that only together are the reason.
func (w *why) several(of []cause) string {
	var said []string
	for _, c := range of[:min(len(of), alsoSingly)] {
		said = append(said, strings.TrimSuffix(w.said(c), "."))
	}
	s := strings.Join(said, "; and ")
	if more := len(of) - len(said); more > 0 {
		for _, c := range of[len(said):] {
			w.told[c.ID] = true
		}
		s += fmt.Sprintf("; and by %d more decisions", more)
	}
	return s + "."
}

// files says what changed that is about nobody: study files, rules.
func (w *why) files() string {
	for _, kind := range []recount.Kind{recount.KindFile, recount.KindRule, recount.KindCodebook, recount.KindRelation, recount.KindScreen, recount.KindOwner, recount.KindWeights} {
		for _, c := range w.loose {
			if c.Kind == kind {
				return w.said(c)
			}
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

// said says one decision: "ann took back on 3 May 2026 that Ada Quist and the
// girl are one person (reason: two voices)."
func (w *why) said(c cause) string {
	w.told[c.ID] = true
	clause := w.clause(c.answer, slices.ContainsFunc(c.of, func(k recount.Key) bool { return w.accounts[k] }))
	by, reason := c.Decision, ""
	s := c.Actor + " decided on " + report.Day(c.Time[:10]) + " that " + clause
	switch b, isFile := c.answer.(recount.FileBody); {
	case isFile && !c.gone:
		s = b.Name + " was changed by " + c.Actor + " on " + report.Day(c.Time[:10])
		if old, ok := c.was.(recount.FileBody); ok {
			s += lineChanged(old.Content, b.Content)
		}
	case c.gone && c.back != nil:
		by = c.back
		s = by.Actor + " took back on " + report.Day(by.Time[:10]) + " that " + clause
		if by.Actor != c.Actor {
			s += ", which " + c.Actor + " had decided"
		}
	case c.gone:
		s = "it holds no more, as " + c.Actor + " decided on " + report.Day(c.Time[:10]) + ", that " + clause
	case c.was != nil && c.was.Says() != c.answer.Says() && len(c.was.Says()) < 80:
		s += ", before: " + said(c.was)
	}
	if by.Erasable != nil {
		reason = strings.TrimRight(clip(by.Erasable.Reason, 200), ". ")
	}
	if reason != "" {
		s += " (reason: " + reason + ")"
	}
	return s + "."
}

func said(a recount.Answer) string {
	if b, ok := a.(recount.SpeakerBody); ok {
		return strings.TrimPrefix(string(b.Speaker.Kind)+", "+string(b.Speaker.Gender), ", ")
	}
	return a.Says()
}

// lineChanged says which line of a file is the first that is another.
func lineChanged(was, is string) string {
	a, b := strings.Split(was, "\n"), strings.Split(is, "\n")
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	line := func(l []string) string {
		if n >= len(l) || strings.TrimSpace(l[n]) == "" {
			return "nothing"
		}
		return fmt.Sprintf("%q", clip(strings.TrimSpace(l[n]), 60))
	}
	if n == len(a) && n == len(b) {
		return ""
	}
	return fmt.Sprintf(", from line %d on: %s is %s now", n+1, line(a), line(b))
}

// clause is what an answer says, as it follows "that". Of somebody of whom several
// pages speak it says in which of them.
func (w *why) clause(a recount.Answer, several bool) string {
	in := func(r *recount.SpeakerRef) string {
		if several {
			return w.at(who(r), *r)
		}
		return who(r)
	}
	yes := func(answer, holds, not, open string) string {
		switch answer {
		case recount.Yes, recount.Same, recount.Accepted:
			return holds
		case recount.No, recount.Different, recount.Rejected:
			return not
		}
		return open
	}
	switch b := a.(type) {
	case recount.LinkBody:
		x, y := who(&b.A), who(&b.B)
		if x == y {
			x, y = w.at(x, b.A), w.at(y, b.B)
		}
		both := x + " and " + y
		return yes(string(b.Answer), both+" are one person", both+" are two people", "it is not sure whether "+both+" are one person")
	case recount.ScopeBody:
		x := in(&b.Speaker)
		return yes(string(b.Answer), x+" counts", x+" does not count", "it is unclear whether "+x+" counts")
	case recount.CriterionBody:
		x, of := in(&b.Speaker), fmt.Sprintf(" the criterion %q", clip(b.Criterion, 40))
		return yes(string(b.Answer), x+" meets"+of, x+" does not meet"+of, "it is unclear whether "+x+" meets"+of)
	case recount.CodeBody:
		code, of := fmt.Sprintf("the code %q", clip(b.Code, 60)), " to what "+who(&b.Speaker)+" says, "+quoted(&b.At)
		return yes(string(b.Answer), code+" applies"+of, code+" does not apply"+of, "it is unclear whether "+code+" applies"+of)
	case recount.PassageBody:
		code, of := fmt.Sprintf("the code %q", clip(b.Code, 60)), " to the passage "+quoted(&b.At)
		return yes(string(b.Answer), code+" applies"+of, code+" does not apply"+of, "it is unclear whether "+code+" applies"+of)
	case recount.ValueBody:
		return fmt.Sprintf("the value of %q of %s is %s", clip(b.Variable, 40), who(&b.Speaker), clip(b.Value, 60))
	case recount.StatementBody:
		return yes(string(b.Answer), who(b.Speaker)+" says "+quoted(&b.At), quoted(&b.At)+" is no statement", "")
	case recount.DateBody:
		return w.known(b.Page) + " was published on " + report.Day(clip(b.Published, 40))
	case recount.PageBody:
		return fmt.Sprintf("the %s of %s is %q", b.Field, w.known(b.Page), clip(b.Value, 80))
	case recount.ScreenBody:
		x := w.known(b.Page)
		return yes(string(b.Answer), x+" belongs to the study", x+" does not belong to the study", "it is unclear whether "+x+" belongs to the study")
	case recount.RelationBody:
		x, of := w.known(b.Page), " a reprint of "+w.known(b.Of)
		return yes(string(b.Answer), x+" is"+of, x+" is not"+of, "")
	case recount.RuleBody:
		if b.On {
			return fmt.Sprintf("the rule %q is on", clip(string(b.Rule), 40))
		}
		return fmt.Sprintf("the rule %q is off", clip(string(b.Rule), 40))
	case recount.FileBody:
		return b.Name + " is in use"
	case recount.OwnerBody:
		return inWords(b)
	}
	return report.Decided(a.Kind()) + ", " + inWords(a)
}

// at tells a speaker from another of the same name.
func (w *why) at(name string, r recount.SpeakerRef) string {
	return name + " (" + w.known(r.At.Page) + ")"
}

// known is what to call a page.
func (w *why) known(page string) string {
	return cmp.Or(w.called[page], clip(page, 80))
}

// tookOut says what went in one removal, and why.
func tookOut(of []cause) string {
	n, reason := map[string]int{}, ""
	for _, c := range of {
		if b, ok := c.answer.(recount.RemoveBody); ok {
			n[b.What]++
		}
		if e := c.Erasable; e != nil && e.Reason != "" {
			reason = " (reason: " + strings.TrimRight(clip(e.Reason, 200), ". ") + ")"
		}
	}
	var parts []string
	for _, x := range []struct{ what, one, several string }{{"person", "a person who withdrew", "people who withdrew"}, {"capture", "archived page", "archived pages"}, {"decision", "answer", "answers"}, {"key", "key", "keys"}} {
		switch k := n[x.what]; {
		case k == 1 && x.what == "person":
			parts = append(parts, x.one)
		case k == 1:
			parts = append(parts, "1 "+x.one)
		case k > 1:
			parts = append(parts, fmt.Sprintf("%d %s", k, x.several))
		}
	}
	last := len(parts) - 1
	if last > 0 {
		return strings.Join(parts[:last], ", ") + " and " + parts[last] + reason
	}
	return strings.Join(parts, "") + reason
}

// counts reports whether a count looks at decisions of a kind.
func counts(k recount.Kind) bool {
	switch k {
	case recount.KindMemo, recount.KindNote, recount.KindAssign, recount.KindSample, recount.KindRead, recount.KindDraw,
		recount.KindTier, recount.KindSpoken, recount.KindRelease, recount.KindPublish:
		return false
	}
	return true
}

// alsoSingly is how many decisions of one person and kind are said singly.
const alsoSingly = 3

// also says what was decided, came in or went that no sentence was made of.
func (w *why) also() (out []string) {
	for _, x := range []struct {
		pages map[recount.Key]string
		verb  string
	}{{w.names, "came in"}, {w.anew, "has a new version"}, {w.gone, "is no longer there"}} {
		names := make([]string, 0, len(x.pages))
		for _, n := range x.pages {
			names = append(names, n)
		}
		slices.Sort(names)
		if len(names) > alsoSingly {
			out = append(out, fmt.Sprintf("%d articles %s.", len(names), strings.NewReplacer("is no", "are no", "has a new version", "have new versions").Replace(x.verb)))
			continue
		}
		for _, n := range names {
			out = append(out, "an article "+x.verb+": "+n+".")
		}
	}
	type heap struct {
		who  string
		kind recount.Kind
		what string
		gone bool
	}
	heaps := map[heap][]cause{}
	var order []heap
	for _, c := range w.all {
		if !counts(c.Kind) || w.told[c.ID] {
			continue
		}
		h := heap{c.Actor, c.Kind, "", c.gone}
		if c.back != nil {
			h.who = c.back.Actor
		}
		if h.kind == recount.KindRemove { // of one removal everything together
			h.what = c.Group
		}
		if heaps[h] == nil {
			order = append(order, h)
		}
		heaps[h] = append(heaps[h], c)
	}
	for _, h := range order {
		of := heaps[h]
		first, last := "9999-12-31", ""
		for _, c := range of {
			day := c.Time[:10]
			if c.back != nil {
				day = c.back.Time[:10]
			}
			first, last = min(first, day), max(last, day)
		}
		switch {
		case h.kind == recount.KindRemove:
			out = append(out, fmt.Sprintf("%s took out for ever, on %s, %s; both moments are counted without.", h.who, report.Day(last), tookOut(of)))
		case len(of) <= alsoSingly:
			for _, c := range of {
				out = append(out, w.said(c))
			}
		default:
			verb := "decided"
			if h.gone {
				verb = "took back"
			}
			days := "on " + report.Day(last)
			if first != last {
				days = "from " + report.Day(first) + " to " + report.Day(last)
			}
			out = append(out, fmt.Sprintf("%s %s %d times on %s, %s.", h.who, verb, len(of), report.Decided(h.kind), days))
		}
	}
	return out
}
