package study

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/count"
	"recount/internal/pattern"
	"recount/internal/report"
)

// A Query asks for one number or table over the cases of the study.
type Query = count.Query

// A Cited is one person of a count with the first words that count.
type Cited struct {
	Name    string
	Article *recount.Article
	Words   []string // of the first accepted statement, in pieces; none if no statement was accepted
	Old     bool     // they stand only in an older version of the page
}

// Count computes one number or table over the cases of the study, with the
// people it counts.
func (s *Study) Count(ctx context.Context, q Query) (recount.Result, []Cited, error) {
	book, err := s.casebook(ctx, needs{codebook: ofCodes(q)})
	if err != nil {
		return recount.Result{}, nil, err
	}
	p := s.problem(book)
	r, err := compute(book, p, q)
	if err != nil {
		return r, nil, err
	}
	p.Members, p.Links = book.Members(), book.Links()
	byID := map[string]recount.Case{}
	for _, c := range p.Cases() {
		byID[c.ID] = c
	}
	var cited []Cited
	codes, variables, words := asked(q.Where, s.codes), s.stated(q.Where), literals(q.Where)
	for _, id := range r.Cases {
		x, err := cite(ctx, book, byID[id], codes, variables, words)
		if err != nil {
			return r, nil, err
		}
		cited = append(cited, x)
	}
	slices.SortStableFunc(cited, func(a, b Cited) int {
		return cmp.Or(a.Article.Date().Compare(b.Article.Date()), strings.Compare(a.Name, b.Name))
	})
	return r, cited, nil
}

// problem is what package count counts by, without the members and links,
// which the casebook keeps in groups.
func (s *Study) problem(book *casebook.Casebook) *count.Problem {
	p := &count.Problem{Codes: s.codes, Rules: s.config.Counting(), Variables: s.config.Names(), Where: s.config.Period.Filter(), Values: map[string][]string{}}
	for _, v := range s.config.Variables {
		p.Values[v.Name] = v.Values
	}
	p.Outlets = book.Outlets()
	if given := book.GivenOutlets(); len(given) > 0 { // those on which people differ among them
		p.Outlets = slices.Concat(p.Outlets, given)
		slices.Sort(p.Outlets)
		p.Outlets = slices.Compact(p.Outlets)
	}
	p.Owners = owners(book)
	return p
}

// owners are the owners of outlets that people named. What was said of an
// outlet holds under the name to which it was corrected.
func owners(book *casebook.Casebook) map[string]string {
	of := map[string]string{}
	for _, o := range casebook.Settled[recount.OwnerBody](book.View, recount.KindOwner) {
		if o.Owner != "" {
			of[o.Outlet] = o.Owner
		}
	}
	if len(of) == 0 {
		return of
	}
	for o, names := range book.PrintedOutlets() {
		for _, was := range names {
			if _, printed := slices.BinarySearch(book.Outlets(), was); of[o] == "" && of[was] != "" && !printed {
				of[o] = of[was]
			}
		}
	}
	return of
}

// cite quotes the member who spoke first, one with a statement before one
// without, under the name that the page they stand on gives: the words that carry one of
// the codes, else the sentence that states one of the variables, else the first
// statement.
func cite(ctx context.Context, book *casebook.Casebook, c recount.Case, codes, variables, words []string) (Cited, error) {
	best, coding := 0, (*recount.Coding)(nil)
	for i := range c.Members {
		m := &c.Members[i]
		own := codedAs(m, codes)
		if (own != nil) != (coding != nil) {
			if own != nil {
				best, coding = i, own
			}
			continue
		}
		if len(m.Statements) > 0 && len(c.Members[best].Statements) == 0 ||
			(len(m.Statements) > 0) == (len(c.Members[best].Statements) > 0) && recount.DateOf(m.Published()).Compare(recount.DateOf(c.Members[best].Published())) < 0 {
			best, coding = i, own
		}
	}
	if coding == nil {
		v := c.States(variables, words)
		if x, said := statedBefore(book, &c, variables, words); x != nil && (v == nil || slices.Contains(words, x.Value) && !slices.Contains(words, v.Value)) {
			a, err := book.Article(ctx, x.Article)
			if err != nil {
				return Cited{}, err
			}
			return Cited{Name: c.NameIn(a.Key), Article: a, Words: said, Old: true}, nil
		}
		if v != nil {
			a, err := book.Article(ctx, v.Article)
			if err != nil {
				return Cited{}, err
			}
			if v.At.Within(a.Text) {
				r, err := book.Reading(ctx, a.Key)
				at, _ := r.SentencesAt(a.Text, v.At)
				return Cited{Name: c.NameIn(a.Key), Article: a, Words: []string{at.In(a.Text)}}, err
			}
		}
	}
	m := c.Members[best]
	a, err := book.Article(ctx, m.Article)
	if err != nil {
		return Cited{}, err
	}
	out := Cited{Name: c.NameIn(a.Key), Article: a}
	var at []recount.Span
	var older []string
	switch {
	case coding != nil:
		at = coding.At
		older = book.OldCoded(m.Article, coding.Decision)
	case len(m.Statements) > 0:
		at = m.Statements[0].At
		older = book.OldWords(m.Article, m.Statements[0].Decision)
	}
	// A code that was given to the words of now too is cited by them.
	for _, sp := range at {
		if sp.Len() > 0 && sp.Within(a.Text) {
			out.Words = append(out.Words, sp.In(a.Text))
		}
	}
	if len(out.Words) == 0 && len(older) > 0 {
		out.Words, out.Old = older, true
	}
	return out, nil
}

// statedBefore returns the first value of one of these variables whose sentence
// stands only in an older text of its page, and that sentence; one that a filter
// names in words goes first.
func statedBefore(book *casebook.Casebook, c *recount.Case, variables, words []string) (first *recount.Value, said []string) {
	for i := range c.Members {
		for j := range c.Members[i].Values {
			v := &c.Members[i].Values[j]
			if !slices.Contains(variables, v.Variable) || first != nil && (slices.Contains(words, first.Value) || !slices.Contains(words, v.Value)) {
				continue
			}
			if older := book.OldStated(v.Decision); older != nil {
				first, said = v, older
			}
		}
	}
	return first, said
}

// stated lists the variables of the study that a filter asks for: the sentence
// that states one of them is what counts.
func (s *Study) stated(where string) (out []string) {
	named := word.FindAllString(literal.ReplaceAllString(where, " "), -1)
	for _, m := range valueOf.FindAllStringSubmatch(where, -1) {
		named = append(named, m[1][1:len(m[1])-1])
	}
	for _, name := range s.config.Names() {
		if slices.Contains(named, name) {
			out = append(out, name)
		}
	}
	return out
}

// literals lists the words in quotation marks of a filter.
func literals(where string) (out []string) {
	for _, s := range literal.FindAllString(where, -1) {
		out = append(out, s[1:len(s)-1])
	}
	return out
}

var (
	literal = pattern.New(`"[^"]*"|'[^']*'|` + "`[^`]*`")
	word    = pattern.New(`[\pL_][\pL\pN_]*`)
	valueOf = pattern.New(`\b(?:value|grade_of_value)\(\s*(` + literal.String() + `)\s*\)`)
)

var namesCodes = pattern.New(`\b(has|codes?|grade_of_code)\b`)

// ofCodes reports whether a query looks at codes, so that it needs the codebook.
func ofCodes(q Query) bool {
	return slices.ContainsFunc([]string{q.Where, q.Of, q.By}, func(part string) bool {
		return namesCodes.MatchString(literal.ReplaceAllString(part, `""`))
	})
}

var hasCode = pattern.New(`(?:has|grade_of_code)\(\s*["'` + "`" + `]([^"'` + "`" + `]+)["'` + "`" + `]\s*\)`)

// asked lists the codes that a filter asks for, with their sub-codes: the words
// that carry one of them are the words that count.
func asked(where string, book recount.Codebook) []string {
	var out []string
	for _, m := range hasCode.FindAllStringSubmatch(where, -1) {
		out = append(out, m[1])
		for _, c := range book.Codes {
			if strings.HasPrefix(c.Code, m[1]+".") {
				out = append(out, c.Code)
			}
		}
	}
	return out
}

// codedAs returns the first coding of a member with one of the codes, or nil.
func codedAs(m *recount.Member, codes []string) *recount.Coding {
	for i := range m.Codes {
		if slices.Contains(codes, m.Codes[i].Code) {
			return &m.Codes[i]
		}
	}
	return nil
}

// results computes what report.md asks for, in its order.
func (s *Study) results(book *casebook.Casebook) ([]recount.Result, error) {
	t, err := s.template()
	if err != nil || t == nil {
		return nil, err
	}
	return s.answers(book, t.Queries)
}

// answers counts queries by the study's own rules.
func (s *Study) answers(book *casebook.Casebook, queries []Query) (out []recount.Result, err error) {
	p := s.problem(book)
	tallies, err := kept(book, p, queries...)
	if err != nil {
		return nil, err
	}
	for i, q := range queries {
		r, err := result(book, p, tallies[i], q)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// kept returns the tallies of queries, which the casebook keeps up to date.
func kept(book *casebook.Casebook, p *count.Problem, queries ...count.Query) ([]*count.Tally, error) {
	var all []casebook.Kept
	for _, q := range queries {
		all = append(all, casebook.Kept{Name: fmt.Sprintf("%+v %v %+v %q %v %v", q, q.Versus, p.Rules, p.Where, p.Variables, p.Owners), Query: q})
	}
	return book.Tallies(p, all...)
}

// compute answers a query.
func compute(book *casebook.Casebook, p *count.Problem, q count.Query) (recount.Result, error) {
	ts, err := kept(book, p, q)
	if err != nil {
		return recount.Result{}, err
	}
	return result(book, p, ts[0], q)
}

// covered notes on a result and its rows of how many people anything was coded.
func covered(r *recount.Result, coded, of int) {
	r.Coded, r.CodedOf = coded, of
	for i := range r.Rows {
		covered(&r.Rows[i], coded, of)
	}
}

// result is what a tally says with what was machine-read and nobody has looked
// at.
func result(book *casebook.Casebook, p *count.Problem, t *count.Tally, q count.Query) (recount.Result, error) {
	r, err := t.Result()
	if err != nil {
		return r, err
	}
	note := func(said string) { r.Note = strings.TrimPrefix(r.Note+"; "+said, "; ") }
	if coded, of, asked := t.Coverage(); asked && coded < of {
		note(fmt.Sprintf("coded: %d of %d people; the others are not zeros", coded, of))
		covered(&r, coded, of)
	}
	if read, of, asked := t.GendersRead(); asked && read > 0 {
		note(fmt.Sprintf("the gender of %d of %d people is as the program read it, which nobody confirmed", read, of))
	}
	if t.Ordered() {
		if none := t.NoNumbers(book.Members()); len(none) > 0 {
			note("no number, so neither above nor below one: " + strings.Join(none, ", "))
		}
	}
	if maybe := maybeFolded(book, t.Folded()); len(maybe) > 0 {
		pages := "1 page of these people may be a reprint"
		if n := len(maybe); n > 1 {
			pages = fmt.Sprintf("%d pages of these people may be reprints", n)
		}
		moves, err := ifFolded(book, p, q, &r, maybe)
		if err != nil {
			return r, err
		}
		if moves == "" && t.Folded() {
			moves = "no answer moves what stands here"
		}
		if moves != "" {
			note(pages + ", which is for a person to say (recount reprint); " + moves)
		}
	}
	if q.Where != "" {
		return r, err
	}
	n, byGender := book.Undecided()
	if r.Kind == "count" || q.By == "gender" {
		r.Machine = n
	}
	if q.By == "gender" {
		for i := range r.Rows {
			r.Rows[i].Machine += byGender[recount.Gender(r.Rows[i].Name)]
		}
	}
	return r, nil
}

// maybeFolded lists the pages that may be reprints, and nobody has said so, on
// which, or on whose other print, somebody speaks who counts. Whom it moves to
// another day or beside other outlets it concerns in any count, else only where
// originals are counted.
func maybeFolded(book *casebook.Casebook, originals bool) (out []casebook.MaybeReprint) {
	maybe := book.MaybeReprints()
	if len(maybe) == 0 {
		return nil
	}
	members := book.Members()
	speaks := map[recount.Key]bool{}
	for _, m := range members {
		if m.Scope != recount.Unclear {
			speaks[m.Article] = true
		}
	}
	for _, x := range maybe {
		if !speaks[x.Page] && !speaks[x.Of] {
			continue
		}
		then, ok := book.Joined(members, []casebook.MaybeReprint{x})
		if originals || !ok || !slices.EqualFunc(members, then, func(a, b recount.Member) bool {
			return a.Day == b.Day && slices.Equal(a.Dates, b.Dates) && slices.Equal(a.Prints, b.Prints) && slices.Equal(a.Values, b.Values)
		}) {
			out = append(out, x)
		}
	}
	return out
}

// mostFolded is how many times somebody is looked at to say what answers about
// reprints would change: each way to answer counts the study anew. foldedSteps
// is how many steps the open questions of one group may take in all of them.
const mostFolded, foldedSteps = 1 << 14, 1 << 18

const unheld = "what that would change stands in no range"

// ifFolded says what a number is over all answers to whether these pages are
// reprints, beside all other questions that are open; "" if they do not move it.
func ifFolded(book *casebook.Casebook, p *count.Problem, q count.Query, now *recount.Result, maybe []casebook.MaybeReprint) (string, error) {
	members := book.Members()
	if !now.Range.Exact || len(maybe) > 10 || len(members)<<len(maybe) > mostFolded {
		return unheld, nil
	}
	type span struct{ low, high int }
	number := func(r *recount.Result) span { return span{min(r.N, r.Range.Low), max(r.N, r.Range.High)} }
	all := number(now)
	rows, labels := map[string]span{}, map[string]string{}
	var order []string
	for i := range now.Rows {
		x := &now.Rows[i]
		rows[x.Name], labels[x.Name], order = number(x), x.Label, append(order, x.Name)
	}
	was := maps.Clone(rows)
	wider := func(a, b span) span { return span{min(a.low, b.low), max(a.high, b.high)} }
	for world := 1; world < 1<<len(maybe); world++ {
		var said []casebook.MaybeReprint
		for i, x := range maybe {
			if world>>i&1 == 1 {
				said = append(said, x)
			}
		}
		w := *p
		var ok bool
		if w.Members, ok = book.Joined(members, said); !ok {
			return unheld, nil
		}
		w.Links = book.Links()
		w.Rules.NodeBudget = foldedSteps >> len(maybe)
		then, err := w.Result(q)
		if err != nil {
			return "", err
		}
		if !then.Range.Exact || slices.ContainsFunc(then.Rows, func(x recount.Result) bool { return !x.Range.Exact }) {
			return unheld, nil
		}
		all = wider(all, number(&then))
		met := map[string]bool{}
		for i := range then.Rows {
			x := &then.Rows[i]
			met[x.Name] = true
			if _, known := rows[x.Name]; !known { // nobody stands in it in the worlds before
				rows[x.Name], labels[x.Name], order = span{}, x.Label, append(order, x.Name)
			}
			rows[x.Name] = wider(rows[x.Name], number(x))
		}
		for _, name := range order {
			if !met[name] {
				rows[name] = wider(rows[name], span{})
			}
		}
	}
	var moved []string
	if len(now.Rows) == 0 && all != number(now) {
		moved = append(moved, fmt.Sprintf("the number is %d to %d", all.low, all.high))
	}
	for _, name := range order {
		if x := rows[name]; x != was[name] {
			moved = append(moved, fmt.Sprintf("the row “%s” is %d to %d", cmp.Or(labels[name], name), x.low, x.high))
		}
	}
	if len(moved) == 0 {
		return "", nil
	}
	return "over all answers " + strings.Join(moved, ", "), nil
}

// Slots is what each slot of report.md prints of a result, by its verb; of none
// the number with its range.
func Slots(r recount.Result) map[string]string { return report.Says(r) }

// An Entry is one result of report.md before it stands there.
type Entry = report.Entry

// CheckResult refuses the name of a result that report.md does not ask for.
func (s *Study) CheckResult(name string) error {
	t, err := s.template()
	if err != nil {
		return err
	}
	var known []string
	if t != nil {
		for _, q := range t.Queries {
			if q.Name == name {
				return nil
			}
			known = append(known, q.Name)
		}
	}
	hint := "report.md asks for no results yet"
	if len(known) > 0 {
		hint = "results are " + strings.Join(known, ", ")
	}
	return recount.WithHint(fmt.Errorf("%w: no result named %q in report.md", recount.ErrNotFound, name), hint)
}
