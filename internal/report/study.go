package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/count"
	"recount/internal/pattern"
	"recount/internal/report/bibliography"
	"recount/internal/report/chart"
	"recount/internal/report/document"
	"recount/internal/report/prose"
)

// Study makes the report of a study: the prose of t with the results in it.
// Results stand in the order of t.Queries or are found by their names.
func Study(m *Material, t *Template, results []recount.Result) (*Site, error) {
	r, out, err := newStudy(m, t, results)
	if err != nil {
		return nil, err
	}
	x := r.x
	for _, name := range t.Sections {
		r.sections[name] = sections[name](r)
	}
	for _, e := range r.all {
		n := len(e.Items)
		if r.resultOf[e] != nil {
			continue
		}
		out.AddNumber(Number{Name: e.ID, Label: e.Label, Unit: partUnit, N: n, Range: [2]int{n, n}, Exact: true, Page: e.Path()})
	}
	doc, err := r.printed()
	if err != nil {
		return nil, err
	}
	out.addDocument(doc)
	out.Add("questions.html", "Open questions", r.questionsPage)
	out.Cites(func() *evidence {
		e := &evidence{}
		for _, a := range r.order {
			e.Items = append(e.Items, r.sides(a)...)
		}
		return e
	})
	out.AddEvidence(r.all)
	addFigurePages(out, x, r.groups)
	for i := range x.Cases {
		c := &x.Cases[i]
		out.AddCard(personPath(c.ID), personLabel(x, c), func() *evidence { return personEvidence(x, c) })
	}
	out.AddArticles()
	return out, nil
}

// newStudy makes the view of a report with its results and their evidence, and
// a site that holds their numbers and no page yet.
func newStudy(m *Material, t *Template, results []recount.Result) (*study, *Site, error) {
	x := NewIndex(m)
	title := cmp.Or(t.Title, m.Title, "Report")
	out := newSite(x, cmp.Or(t.Kind, "study"), title)
	out.kind = t.Kind
	r := &study{Title: title, Question: x.Question, x: x, t: t, byName: map[string]*recount.Result{},
		evidence: map[*recount.Result]*evidence{}, resultOf: map[*evidence]*recount.Result{}, rowOf: map[*recount.Result]string{}, sections: map[string][]document.Block{}, groups: figureGroups(x), cited: sourcesOf(x), asked: map[string]*asked{}, decided: len(m.Cases) > 0}
	shown, counted := ofCoded(results), map[string]*recount.Result{}
	for i := range results {
		r.byName[results[i].Name], counted[results[i].Name] = &shown[i], &results[i]
	}
	for i, q := range t.Queries {
		res := r.byName[q.Name]
		if res == nil {
			return nil, nil, fmt.Errorf("report: result %s was not counted: %w", q.Name, recount.ErrNotFound)
		}
		r.gather(res, &t.Queries[i], prose.Slug(q.Name), prose.Label(*res))
		whole := counted[q.Name]
		out.AddNumber(r.number(res, whole, q.Name, 0))
		for j := range res.Rows {
			out.AddNumber(r.number(&res.Rows[j], &whole.Rows[j], q.Name, j+1))
		}
	}
	for _, g := range r.groups {
		r.all = append(r.all, g.Evidence)
	}
	r.Miss = newMissRate(x)
	r.all = append(r.all, r.Miss.Evidence...)
	r.gatherAsked()
	r.pages()
	return r, out, nil
}

// A study is the view of the report of a study.
type study struct {
	Title, Question string

	x         *Index
	t         *Template
	byName    map[string]*recount.Result
	evidence  map[*recount.Result]*evidence
	resultOf  map[*evidence]*recount.Result
	rowOf     map[*recount.Result]string // of the row of a table: the name of the result
	all       []*evidence
	sections  map[string][]document.Block
	asked     map[string]*asked // open questions by kind and key
	order     []*asked
	decided   bool
	groups    []*figureGroup
	cited     *bibliography.List
	counted   []*recount.Case // those whom the study counts; nil until somebody asks
	told      string          // the number of open questions that the prose named last
	toldRead  string          // of how many people it said last that their gender is as the program read it
	toldCoded string          // of how many people it said last that they are coded, with the base of that number

	Captures, Pages, Originals link
	Reprints, Spliced          link
	Miss                       missRate
}

// asked is one open question with the numbers it moves.
type asked struct {
	recount.Question
	id    string
	moves []*evidence
}

// gather makes the evidence of a result and of its rows.
func (r *study) gather(res *recount.Result, q *count.Query, id, label string) {
	e := &evidence{ID: id, Label: label, Number: prose.KOfN(*res), Range: r.rangeText(*res),
		Counts: r.counts(res, q), Empty: "Nobody is counted here: the number is zero."}
	r.evidence[res], r.resultOf[e] = e, res
	r.all = append(r.all, e)
	e.Items = r.items(res, q)
	if r.byName[q.Name] == res && r.t.Reported[q.Name] != "" {
		e.Beside = r.beside(res, 0)
	}
	for _, qu := range res.Questions {
		k := qu.What + " " + string(qu.Key)
		a := r.asked[k]
		if a == nil {
			a = &asked{Question: *qu, id: "q" + prose.Cut(string(recount.KeyOf("question", qu.What, string(qu.Key))), 12)}
			r.asked[k] = a
			r.order = append(r.order, a)
		}
		a.moves = append(a.moves, e)
		e.Asked = append(e.Asked, link{Text: sentence(prose.Dates(r.x.asked(qu.Text))), Href: "questions.html#" + a.id})
	}
	for i := range res.Rows {
		row := &res.Rows[i]
		if r.byName[q.Name] == res {
			r.rowOf[row] = q.Name
		}
		r.gather(row, q, fmt.Sprintf("%s.%d-%s", id, i+1, cmp.Or(prose.Slug(row.Name), "row")), label+": "+rowLabel(*row))
		if prose.RowRange(*row) == "" {
			r.evidence[row].Range = ""
		}
	}
}

// beside sets a result beside what outlets report of the same, with a note that
// says whom it counts; 0 on the page of the result, which says it.
func (r *study) beside(res *recount.Result, note int) []document.Block {
	e := r.evidence[res]
	b := besideFigures{Label: e.Label, Own: []document.Inline{{Text: e.Number, Strong: true}}, Text: r.t.Reported[res.Name]}
	if note > 0 {
		b.Own, b.Rule = []document.Inline{inline(r.link(res, e.Number))}, e.Counts
	}
	if e.Range != "" {
		b.Own = append(b.Own, document.Inline{Text: " [range " + e.Range + "]", Quiet: true})
	}
	if note > 0 {
		b.Own = append(b.Own, document.Inline{Note: note, Evidence: true})
	}
	first, last := "", ""
	for _, id := range res.Cases {
		c := r.x.Person[id]
		if c == nil {
			continue
		}
		if d := firstDay(c); d != "" {
			if first == "" || d < first {
				first = d
			}
			last = max(last, d)
		}
	}
	b.Period = prose.Between(first, last)
	return b.shown(r.groups)
}

// midArticle finds a description in the middle of a question that keeps the
// capital it had at the beginning of its own sentence.
var midArticle = pattern.New(`\b(are|and|does|is) (A|An) ([a-z0-9])`)

// sentence begins s with a capital letter, and no description inside with one.
func sentence(s string) string {
	s = midArticle.ReplaceAllStringFunc(s, strings.ToLower)
	r, w := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(r)) + s[w:]
}

// counts says how a number is counted.
func (r *study) counts(res *recount.Result, q *count.Query) string {
	s := "People, each counted once, however many articles speak of them."
	if res.Unit != "cases" && res.Unit != "" {
		s = "Counted: " + res.Unit + "."
	}
	if res.Ratio != nil {
		s = "How many times as many people were first reported in a " + strings.TrimSuffix(res.Ratio.Unit, "s") + " of the first period as in one of the second: " + prose.Ratio(res.Ratio) + "."
		if len(res.Rows) > 1 { // which of the two comes first is not when it was
			s = "How many times as many people were first reported in a " + strings.TrimSuffix(res.Ratio.Unit, "s") + " from " + rowLabel(res.Rows[0]) + " as in one from " + rowLabel(res.Rows[1]) + ": " + prose.Ratio(res.Ratio) + "."
		}
	}
	switch {
	case q.Where != "" && res.Of > 0:
		s += " Of the whole, those for whom this holds: " + prose.Filter(q.Where) + "."
	case q.Where != "":
		s += " Those for whom this holds: " + prose.Filter(q.Where) + "."
	}
	if q.Of != "" {
		s += " The whole: those for whom this holds: " + prose.Filter(q.Of) + "."
	}
	if res.Machine > 0 {
		s += fmt.Sprintf(" Besides, %s not yet looked at; nothing the program reads enters the count before a person accepts it.", prose.Plural(res.Machine, "is machine-read and", "are machine-read and"))
	}
	if iv := prose.Interval(*res); iv != "" {
		s += " Interval: " + iv + "."
	}
	if res.Note != "" {
		s += " " + inSentences(prose.Periods(res.Note))
	}
	return s
}

// items lists what a result counts: its people, then the rest of the whole.
func (r *study) items(res *recount.Result, q *count.Query) (items []item) {
	focus := focusOf(q, res)
	if res.Ratio != nil {
		for _, row := range res.Rows {
			for _, id := range inOrder(r.x, row.Cases) {
				it := itemOf(r.x, id, focus)
				it.Section = rowLabel(row)
				items = append(items, it)
			}
		}
		return items
	}
	heading := ""
	others := without(res.OfIDs, res.Cases)
	if len(others) > 0 {
		heading = "Counted"
	}
	for _, id := range inOrder(r.x, res.Cases) {
		it := itemOf(r.x, id, focus)
		it.Section = heading
		items = append(items, it)
	}
	for _, id := range inOrder(r.x, others) {
		it := itemOf(r.x, id, focus)
		it.Section = fmt.Sprintf("The other %s of the whole %s", prose.Grouped(len(others)), prose.Grouped(res.Of))
		if len(res.Cases) == 0 {
			it.Section = fmt.Sprintf("Nobody is counted; the whole is these %s", prose.Grouped(res.Of))
		}
		items = append(items, it)
	}
	return items
}

// without returns what is in all and not in some; both are sorted.
func without(all, some []string) (out []string) {
	for _, s := range all {
		if _, ok := slices.BinarySearch(some, s); !ok {
			out = append(out, s)
		}
	}
	return out
}

// A focus is what the evidence of a number shows of a person: the variables
// and codes that its filter names.
type focus struct {
	words map[string]bool
	dates bool
}

var filterWord = pattern.New(`[\p{L}_][\p{L}\p{N}_.]*`)

func focusOf(q *count.Query, res *recount.Result) focus {
	f := focus{words: map[string]bool{}}
	for _, s := range []string{q.Where, q.By, q.Of, res.Name} {
		for _, w := range filterWord.FindAllString(s, -1) {
			f.words[w] = true
		}
	}
	for _, w := range []string{"first_reported", "last_reported", "first_outlet", "within", "month", "quarter", "half", "year", "outlet", "reported_by"} {
		f.dates = f.dates || f.words[w]
	}
	f.dates = f.dates || q.Versus != nil
	return f
}

// shows reports whether the focus is on this code, one of its parents or all
// codes.
func (f focus) shows(code string) bool {
	for c := code; c != ""; {
		if f.words[c] {
			return true
		}
		i := strings.LastIndexByte(c, '.')
		if i < 0 {
			return false
		}
		c = c[:i]
	}
	return false
}

// inOrder sorts people by when they were first reported, then by label; other
// things by id.
func inOrder(x *Index, ids []string) []string {
	out := slices.Clone(ids)
	slices.SortStableFunc(out, func(a, b string) int {
		c, d := x.Person[a], x.Person[b]
		if c == nil || d == nil {
			return cmp.Compare(a, b)
		}
		return cmp.Or(cmp.Compare(cmp.Or(firstDay(c), "9"), cmp.Or(firstDay(d), "9")), cmp.Compare(personLabel(x, c), personLabel(x, d)), cmp.Compare(a, b))
	})
	return out
}

// maxShown is how many statements of one person the evidence of a number
// shows; the page of the person shows all.
const maxShown = 3

// telling lists who a person is on which page, the page first that tells most of
// it: the one that reported the person first, where that is what is counted,
// then those that call the person as the study does, the oldest first.
func telling(c *recount.Case, dates bool) []*recount.Member {
	out := make([]*recount.Member, len(c.Members))
	called := map[recount.Key]bool{}
	known, _ := c.Known()
	for i := range c.Members {
		m := &c.Members[i]
		out[i] = m
		called[m.Article] = c.NameIn(m.Article) == known
	}
	first := c.First()
	behind := func(is bool) int {
		if is {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(out, func(a, b *recount.Member) int {
		if dates && first != nil {
			if d := behind(a.Article == first.Article) - behind(b.Article == first.Article); d != 0 {
				return d
			}
		}
		return cmp.Or(behind(called[a.Article])-behind(called[b.Article]),
			recount.DateOf(a.Published()).Compare(recount.DateOf(b.Published())), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// itemOf shows one counted thing: a person, or an article or original where
// those are counted.
func itemOf(x *Index, id string, f focus) item {
	c := x.Person[id]
	if c == nil {
		if a := x.ByKey[recount.Key(id)]; a != nil {
			return pageItem(x, a)
		}
		return item{Title: id, Plain: "not in the texts of this study"}
	}
	it := item{Title: personLabel(x, c), Path: personPath(id), Notes: personNotes(c)}
	seen := map[string]bool{}
	show := func(a recount.Key, l Layer, note string, spans ...recount.Span) bool {
		y, ok := x.Cite(a, l, note, spans...)
		if !ok || seen[y.Place.ID] {
			return false
		}
		seen[y.Place.ID] = true
		it.Cites = append(it.Cites, y)
		return true
	}
	if f.dates {
		if m := c.First(); m != nil {
			note := "first reported " + prose.Day(m.Published())
			if len(m.Dates) > 1 {
				note += ", one of several dates"
			}
			show(m.Article, MentionLayer, note, m.At)
		}
	}
	shown, members := 0, telling(c, f.dates)
	for _, m := range members {
		for _, v := range m.Values {
			if f.words[v.Variable] && v.At.Len() > 0 && show(v.Article, ValueLayer, valueWords(v), v.At) {
				shown++
			}
		}
		if f.words["gender"] && m.Speaker.Gender != recount.UnknownGender && m.Speaker.Gender != "" {
			show(m.Article, MentionLayer, string(m.Speaker.Gender)+", as the wording of the article shows", m.At)
		}
	}
	// Where the filter asks for a code, its statements are what is counted;
	// where a table goes through all codes, the row's name is the code.
	for _, m := range members {
		for _, co := range m.Codes {
			if f.shows(co.Code) && show(co.Article, StatementLayer, "coded: "+x.CodeName(co.Code), co.At...) {
				shown++
			}
		}
	}
	for _, m := range members {
		for _, s := range m.Statements {
			if shown < maxShown && show(s.Article, StatementLayer, "", s.At...) {
				shown++
			}
		}
	}
	if len(it.Cites) == 0 {
		for _, m := range members {
			if show(m.Article, MentionLayer, "", m.At) {
				break
			}
		}
	}
	nameBeside(c, &it)
	return it
}

// rangeText prints a range if anything has been decided.
func (r *study) rangeText(res recount.Result) string {
	if !r.decided {
		return ""
	}
	return prose.Range(res)
}

// gatherAsked puts the open questions in order: those that move most first.
func (r *study) gatherAsked() {
	slices.SortStableFunc(r.order, func(a, b *asked) int {
		return cmp.Or(cmp.Compare(r.movesBy(b), r.movesBy(a)), cmp.Compare(len(b.moves), len(a.moves)), cmp.Compare(a.What, b.What), cmp.Compare(a.Key, b.Key))
	})
}

// movesBy returns by how many people a question moves a number at most.
func (r *study) movesBy(a *asked) int { return r.x.Moves[a.What+" "+string(a.Key)] }

// questionsPage is the page of the open questions.
func (r *study) questionsPage() []document.Block {
	var out blocks
	out.trail("open questions")
	out.heading(1, "Open questions")
	if r.Open() > 0 {
		out.styled("counts", plain("Nobody has settled these. Each moves a printed number, which therefore carries its range: the smallest and the largest value over all consistent answers."))
	}
	return append(out, r.questions(2)...)
}

// questions shows every open question, as a heading of a level, with both sides
// quoted and what it moves.
func (r *study) questions(level int) []document.Block {
	var out blocks
	list := document.Block{Kind: document.Items, Style: "questions"}
	alike := r.moveAlike()
	for _, a := range r.order {
		var q, sides blocks
		text, why := r.question(a)
		q.heading(level, text)
		if why != "" {
			q.styled("why", plain(why))
		}
		for _, side := range r.sides(a) {
			sides.section("side", "", side.shown(r.x, level+1))
		}
		q.section("sides", "", sides)
		if alike == "" {
			q.styled("moves", plain(r.movesText(a)))
		}
		if len(a.moves) > 0 {
			var places blocks
			for _, e := range a.moves {
				places.point(plain(e.Label+": "), inline(e.Link()))
			}
			q.add(document.Block{Kind: document.Fold, Text: document.Plain("Each place, the shares that move with the whole among them"), Blocks: places, Site: true})
		}
		list.Blocks = append(list.Blocks, document.Block{Kind: document.Item, ID: a.id, Blocks: q})
	}
	if said := r.reprintsOpen(); said != nil {
		var q blocks
		q.heading(level, "Which pages are reprints?")
		list.Blocks = append(list.Blocks, document.Block{Kind: document.Item, ID: "reprints", Blocks: append(q, said...)})
	}
	switch {
	case len(list.Blocks) > 0:
		out.add(list)
		if alike != "" {
			out.styled("moves", plain(alike))
		}
		if r.x.Unjudged > 0 {
			out.say(r.unjudged()...)
		}
	case r.x.Unjudged > 0:
		out.say(r.noQuestion()...)
	default:
		out.styled("empty", r.noQuestion()...)
	}
	return out
}

// movedByReprints says of each number what it would be over all answers to which pages
// are reprints, which its range does not hold.
func (r *study) movedByReprints() (moved [][]document.Inline) {
	for i := range r.t.Queries {
		res := r.byName[r.t.Queries[i].Name]
		remarks := strings.Split(res.Note, "; ")
		at := slices.IndexFunc(remarks, func(s string) bool {
			return strings.Contains(s, "may be a reprint") || strings.Contains(s, "may be reprints")
		})
		if at < 0 || at+1 == len(remarks) {
			continue
		}
		if said := remarks[at+1]; strings.HasPrefix(said, "over all answers") || strings.Contains(said, "stands in no range") {
			moved = append(moved, []document.Inline{plain(res.Label + ": "), inline(r.link(res, r.evidence[res].Number)), plain("; " + said + ".")})
		}
	}
	return moved
}

// reprintsOpen says how many pages may be reprints of which nobody has said so, and
// what that would change; nothing if none may be.
func (r *study) reprintsOpen() (out blocks) {
	n := len(r.x.Maybe)
	if n == 0 {
		return nil
	}
	said := "Nobody has said of " + prose.Plural(n, "page", "pages") + " whether it is a reprint of another: it runs the other's text and has a speaker of its own. It counts as an original of its own until somebody says so."
	if n > 1 {
		said = "Nobody has said of " + prose.Plural(n, "page", "pages") + " whether they are reprints of others: they run the others' text and have speakers of their own. They count as originals of their own until somebody says so."
	}
	moved := r.movedByReprints()
	if len(moved) == 0 {
		out.say(plain(said + " No answer moves a number that is printed here."))
		return out
	}
	out.say(plain(said + " No range holds what the answers would change:"))
	for _, m := range moved {
		out.point(m...)
	}
	return out
}

// question is an open question in words, and what was noted about it, which comes
// after the question in brackets.
func (r *study) question(a *asked) (text, why string) {
	text = sentence(prose.Dates(r.x.asked(a.Text)))
	end := "? "
	if ask, _, _ := strings.Cut(text, end); strings.Count(ask, "“") > strings.Count(ask, "”") {
		end = "”? " // words that ask something stand in it
	}
	if ask, rest, ok := strings.Cut(text, end); ok {
		ask += strings.TrimSuffix(end, "? ")
		if note, in := strings.CutPrefix(rest, "("); in {
			return ask + "?", sentence(strings.TrimSuffix(note, ")"))
		}
		return ask + "?", strings.TrimSuffix(rest, ".") + "." // "ada: yes; ben: no"
	}
	if m := r.x.Member[firstOf(a.About)]; a.What == "scope" && m != nil {
		for _, b := range r.annex().Boundary {
			if b.Article == m.Article && b.At == m.At && strings.Contains(b.Reason, ": ") {
				return text, strings.TrimSuffix(b.Reason, ".") + "."
			}
		}
	}
	return text, ""
}

func firstOf(keys []recount.Key) recount.Key {
	if len(keys) == 0 {
		return ""
	}
	return keys[0]
}

var aboutCode = pattern.New(`^does (\S+) apply to `)

// asked is an open question without the key of a code in it.
func (x *Index) asked(text string) string {
	if m := aboutCode.FindStringSubmatch(text); m != nil {
		return "does “" + x.CodeName(m[1]) + "” apply to " + text[len(m[0]):]
	}
	return text
}

// sides lists what a question is about: two speakers, one, or an article.
// sameWords reports whether two citations show the same words of a page.
func sameWords(x *Index, a, b Citation) bool {
	said := func(c Citation) string {
		var b strings.Builder
		for _, r := range x.Quote(c, "").Runs {
			b.WriteString(r.Text)
		}
		return b.String()
	}
	return a.Article.Key == b.Article.Key && said(a) == said(b)
}

func (r *study) sides(a *asked) (items []item) {
	x := r.x
	for _, k := range a.About {
		if m := x.Member[k]; m != nil {
			it := item{Title: calledIn(m, x.Person[x.PersonOf[k]]), Path: ArticlePath(m.Article)}
			if id := x.PersonOf[k]; id != "" {
				it.Path = personPath(id)
			}
			for _, s := range m.Statements[:min(2, len(m.Statements))] {
				it.Cites = x.Cites(it.Cites, s.Article, StatementLayer, "", s.At...)
			}
			// The sentence that names the speaker comes first, unless it is shown with
			// what is said.
			for _, named := range x.Cites(nil, m.Article, MentionLayer, "", m.At) {
				if !slices.ContainsFunc(it.Cites, func(c Citation) bool { return sameWords(x, c, named) }) {
					it.Cites = slices.Insert(it.Cites, 0, named)
				}
			}
			items = append(items, it)
		} else if art := x.ByKey[k]; art != nil {
			it := item{Title: prose.Title(art), Path: ArticlePath(k)}
			for _, d := range art.Dates {
				it.Notes = append(it.Notes, prose.Day(d.Value)+" ("+d.Origin+")")
			}
			if l, ok := x.Lead(art); ok {
				it.Cites = append(it.Cites, l)
			}
			items = append(items, it)
		}
	}
	return items
}

// pages counts what the report rests on, with evidence like any number.
func (r *study) pages() {
	p := &pile{x: r.x, byID: map[string]*evidence{}}
	p.cameIn()
	p.originals()
	take := func(id string) link {
		e := p.byID[id]
		e.ID = "base-" + e.ID
		r.all = append(r.all, e)
		return e.Link()
	}
	r.Captures, r.Pages, r.Originals, r.Reprints, r.Spliced = take("captures"), take("pages"), take("originals"), take("reprints"), take("spliced")
}

// result finds the result, or the row of one, that a slot names.
func (r *study) result(s slot) (*recount.Result, error) {
	if s.err != nil {
		return nil, s.err
	}
	res := r.byName[s.Name]
	if s.Row == "" {
		return res, nil
	}
	var names []string
	for i := range res.Rows {
		if c := &res.Rows[i]; strings.EqualFold(c.Name, s.Row) || strings.EqualFold(c.Label, s.Row) {
			return c, nil
		}
		names = append(names, res.Rows[i].Name)
	}
	return nil, s.Fault("its rows are "+strings.Join(names, ", "), "result %s has no row %q", s.Name, s.Row)
}

// chart draws the rows of a result, each a link to its evidence.
func (r *study) chart(res *recount.Result, verb string) *chart.Chart {
	c := chartOf(*res, verb, func(row int) string { return r.evidence[&res.Rows[row]].Path() })
	if r.t.Kind == "brief" && verb == "bars" && len(res.Rows) > 0 { // two stand beside each other
		c.Title += fmt.Sprintf(", of %d people", res.Rows[0].Of)
		if r.table(res).Two {
			c.Title += " who were coded"
		}
		for i := range c.Rows {
			c.Rows[i].Text = prose.Grouped(c.Rows[i].Value)
		}
	}
	note := r.table(res).Note
	if r.t.Kind == "brief" { // it has one sheet, and the method says what a range is
		note = ""
	}
	if note != "" {
		note = inSentences(note)
	}
	c.Note = strings.TrimSpace(c.Legend() + " " + note)
	return c
}

// A slotView is one number in the prose.
type slotView struct {
	Number   link
	Range    string
	Asked    string // "2 open questions"
	AskedAt  string
	Interval string
	Coded    string // "18 of 29 people are coded", and what limits the number besides
	Says     bool   // the number is a whole sentence
}

// gendersRead is the remark on a number that genders it rests on are as the program read
// them, or "".
func gendersRead(res *recount.Result) string {
	for _, remark := range strings.Split(res.Note, "; ") {
		if strings.HasPrefix(remark, "the gender of ") {
			return remark
		}
	}
	return ""
}

// noNumber are the verbs that print no number of people that was counted.
var noNumber = append([]string{"range", "machine", "label"}, verbForms...)

func (r *study) slot(res *recount.Result, verb string) slotView {
	e := r.evidence[res]
	v := slotView{Number: r.link(res, e.Number)}
	// What is of the people coded, and what is of all, say it each time the base is
	// another one.
	if coded := prose.Coded(*res); coded != "" && !slices.Contains(noNumber, verb) && fmt.Sprint(coded, res.Of) != r.toldCoded {
		v.Coded, r.toldCoded = coded, fmt.Sprint(coded, res.Of)
	}
	if read := gendersRead(res); read != "" && !slices.Contains(noNumber, verb) && read != r.toldRead {
		v.Coded, r.toldRead = joined(v.Coded, read), read
	}
	switch verb {
	case "label":
		v.Number.Text = e.Label
	case "is", "was", "has":
		v.Number = link{Text: printedBy(verb, *res)}
	case "sentence":
		v.Number.Text, v.Says = printedBy(verb, *res), true
	default:
		if verb != "" {
			v.Number.Text = printedBy(verb, *res)
			break
		}
		v.Range = e.Range
		if v.Interval = prose.IntervalSaid(*res); res.Ratio != nil && res.Note != "" {
			v.Interval += "; " + prose.Periods(res.Note)
		}
		if e.Range != "" {
			v.AskedAt = "questions.html"
			if len(e.Asked) == 1 {
				v.AskedAt = e.Asked[0].Href
			}
			// The same number of questions is not named again and again.
			if n := prose.Plural(len(res.Questions), "open question", "open questions"); n != r.told {
				v.Asked, r.told = n, n
			}
		}
	}
	return v
}

// printedBy is what a slot with a verb prints of a result.
func printedBy(verb string, r recount.Result) string {
	switch verb {
	case "count":
		return prose.Grouped(r.N)
	case "of":
		return prose.Grouped(r.Of)
	case "share":
		return prose.Percent(r.N, r.Of)
	case "machine":
		return prose.Grouped(r.Machine)
	case "label":
		return rowLabel(r)
	case "range":
		return cmp.Or(prose.Range(r), "no open question moves it")
	case "sentence":
		return prose.Sentence(r)
	}
	return Say(verb, r)
}

// Says is what each slot of a report prints of a result, by its verb: "words",
// "share"; of none the number with its range. A sentence is of two periods only.
func Says(r recount.Result) map[string]string {
	says := map[string]string{"": Said(r)}
	for _, verb := range inlineVerbs {
		if verb == "of" && r.Of == 0 || verb == "share" && r.Of == 0 || verb == "part" && r.Of == 0 || verb == "sentence" && r.Ratio == nil {
			continue
		}
		says[verb] = printedBy(verb, r)
	}
	return says
}

// Say writes what a slot that follows the range of a number says of a result, and
// "" for a verb that says no more than the number, or more than the number.
func Say(verb string, r recount.Result) string {
	switch verb {
	case "words":
		return prose.People(r)
	case "amount":
		return prose.Amount(r)
	case "part":
		return prose.Part(r)
	case "is":
		return prose.Is(r, "is", "are")
	case "was":
		return prose.Is(r, "was", "were")
	case "has":
		return prose.Is(r, "has", "have")
	}
	return ""
}

// A tableView is a table of a result's rows: accepted beside machine-read.
type tableView struct {
	Title       string
	Rows        []resultRow
	Whole       link
	HasShare    bool // rows are parts of a whole
	HasRange    bool
	HasInterval bool
	HasMachine  bool
	Unread      int // machine-read, not yet looked at, where they stand in no row
	Note        string
	Cross       []string // headings of a cross-tab, else empty
	Two         bool     // rows are of the people coded, and their share of all stands beside
}

type resultRow struct {
	Label    string
	Deep     bool // a sub-code
	Number   link
	Share    string
	Range    []string
	Interval string
	Machine  int
	Cells    []crossed
	Moves    string // how far the number moves, where a cross-tab has no column for it
	Base     string // of whom its number is a part, where rows of one table differ in that
	OfAll    string // the share of all people, there
}

// A crossed cell is one number of a cross-tab, with its range.
type crossed struct {
	Number link
	Range  string
}

func (r *study) table(res *recount.Result) tableView {
	v := tableView{Title: prose.Label(*res), Note: prose.Periods(strings.ReplaceAll(res.Note, "people; the others are not", "people, and the others are not")), Whole: r.link(res, r.evidence[res].Number)}
	if len(res.Rows) > 0 {
		for _, c := range res.Rows[0].Rows {
			v.Cross = append(v.Cross, prose.Label(c))
		}
	}
	whole := recount.Result{}
	// The rows of codes are of the people who were coded, that of the others is of all.
	all := 0
	for _, row := range res.Rows {
		if v.Cross == nil && res.Of == 0 && row.Name == count.NotCoded {
			all = row.Of
		}
	}
	two := all > 0
	// Where nobody is coded no number by code is known: that is no zero.
	nobody := slices.ContainsFunc(res.Rows, func(row recount.Result) bool {
		return row.Name == count.NotCoded && row.N > 0 && row.N == row.Of
	})
	for i := range res.Rows {
		row := &res.Rows[i]
		e := r.evidence[row]
		o := resultRow{Label: rowLabel(*row), Number: r.link(row, prose.Grouped(row.N)),
			Interval: prose.Interval(*row), Machine: row.Machine, Deep: r.subCode(row.Name), Moves: r.moves(row)}
		// A row that only moves with the whole says so once, under the table.
		if (row.Range.Low != row.Range.High || two && row.Name == count.NotCoded) && e.Range != "" {
			o.Range = strings.Split(e.Range, ", ")
		} else if e.Range != "" && row.Of > 0 {
			whole = recount.Result{N: row.Of, Range: row.OfRange}
		}
		if row.Of > 0 {
			o.Number.Text = fmt.Sprintf("%d of %d", row.N, row.Of)
			o.Share = prose.Percent(row.N, row.Of)
		}
		if two && row.Name == count.NotCoded {
			o.Base, o.Share = "in all", ""
		} else if two {
			o.Base = "coded"
		} else if apart := v.Cross != nil && row.CodedOf > 0; apart && row.Name == count.NotCoded {
			o.Base = "in all"
		} else if apart && row.Of == row.Coded {
			o.Base = "coded"
		} else if apart {
			o.Base = "in all" // its columns are codes
		}
		unasked := nobody && row.Name != count.NotCoded && row.N == 0 && row.Range.High == 0
		if unasked {
			o.Number, o.Base, o.Share = link{Text: "–"}, "", ""
		}
		if two && row.Of > 0 {
			o.OfAll = prose.Percent(row.N, all)
		}
		for j := range row.Rows {
			if unasked {
				o.Cells = append(o.Cells, crossed{Number: link{Text: "–"}})
				continue
			}
			o.Cells = append(o.Cells, crossed{r.link(&row.Rows[j], prose.Grouped(row.Rows[j].N)), r.moves(&row.Rows[j])})
		}
		v.HasShare = v.HasShare || row.Of > 0
		v.HasRange = v.HasRange || o.Range != nil
		v.HasInterval = v.HasInterval || o.Interval != ""
		v.HasMachine = v.HasMachine || o.Machine > 0
		v.Rows = append(v.Rows, o)
	}
	if !v.HasMachine {
		v.Unread = r.x.Unjudged
	}
	if whole.Range.Low != whole.Range.High && v.Cross != nil {
		v.Note = joined(v.Note, "where no range stands the number does not move, only the whole, which is "+prose.Amount(whole))
	} else if whole.Range.Low != whole.Range.High {
		v.Note = joined(v.Note, "where no range stands the number does not move, only the whole, which is "+prose.Amount(whole)+", and the share with it")
	}
	if !v.several(res) {
		v.Note = joined(v.Note, prose.Rounded(res.Rows, res.Of))
	}
	if v.Two = two; two && v.Cross == nil {
		v.Note = joined(v.Note, "the share of all counts who was not coded as if the code did not apply, and is of the answers accepted so far")
	}
	return v
}

// moves says how far the number of a row or cell moves, or "".
func (r *study) moves(row *recount.Result) string {
	if !r.decided || row.Range.Low == row.Range.High {
		return ""
	}
	return prose.Amount(recount.Result{N: row.N, Range: row.Range})
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}

// several reports whether one person may stand in several rows.
func (v *tableView) several(res *recount.Result) bool {
	return strings.Contains(res.Note, "several rows")
}

// rowLabel names a row of a table: a month by its name.
func rowLabel(row recount.Result) string {
	l := strings.TrimSuffix(prose.Label(row), ".")
	switch recount.SpeakerKind(l) {
	case recount.Pseudonym, recount.Anonymous:
		return kindOf(recount.SpeakerKind(l))
	}
	return prose.Month(l)
}

// subCode reports whether a row is that of a code below another one.
func (r *study) subCode(name string) bool {
	return slices.ContainsFunc(r.x.Codebook.Codes, func(c recount.Code) bool { return c.Code == name && c.Parent != "" })
}

// Has reports whether the prose holds a section.
func (r *study) Has(section string) bool { return r.sections[section] != nil }

// Standard reports whether the report is one of those that come with recount,
// whose prose holds all that a page would print behind it.
func (r *study) Standard() bool { return r.t.Kind != "" }

// decisionKinds are the kinds of decisions in the order in which the method names
// them.
var decisionKinds = [...]recount.Kind{recount.KindStatement, recount.KindSpeaker, recount.KindScope, recount.KindCriterion, recount.KindLink, recount.KindCode, recount.KindPassage,
	recount.KindValue, recount.KindDate, recount.KindPage, recount.KindScreen, recount.KindRelation, recount.KindOwner, recount.KindRole, recount.KindFigure, recount.KindStated, recount.KindRule,
	recount.KindCodebook, recount.KindAssign, recount.KindMemo, recount.KindNote, recount.KindSample, recount.KindRead, recount.KindDraw, recount.KindWeights, recount.KindTier, recount.KindSpoken, recount.KindSeal, recount.KindVault, recount.KindRelease, recount.KindFile, recount.KindRetract, recount.KindRemove, recount.KindPublish}

// Given says how many answers were given singly, and how many over a list.
func (r *study) Given() string {
	m := r.x.Material
	if m.Singly+m.Grouped == 0 {
		return ""
	}
	return "Of the answers, " + prose.Plural(m.Singly, "was given singly", "were given singly") + " and " + prose.Plural(m.Grouped, "in a group over a list", "in groups over lists") + "."
}

// Decided is the number of live decisions.
func (r *study) Decided() string {
	n := 0
	for _, k := range r.x.Decisions {
		n += k
	}
	return prose.Grouped(n)
}

// HasCases reports whether anything can be counted.
func (r *study) HasCases() bool { return r.decided }

// Open is the number of open questions that move a printed number.
func (r *study) Open() int { return len(r.order) }

// RuleRows says in words which counting rules are on.
func (r *study) RuleRows() (rows []string) {
	for _, rule := range r.x.Rules {
		switch rule {
		case FoldReprints:
			rows = append(rows, "Reprints are folded: a page that runs another's text adds no source.")
		case SetAsideOtherStories:
			rows = append(rows, "Passages of other stories are set aside.")
		default:
			rows = append(rows, rule)
		}
	}
	for _, c := range r.x.Counting {
		rows = append(rows, prose.Periods(c))
	}
	return rows
}

// number is what the manifest says of a result or, counted from one, of a row
// of it: as it was counted, on the page of what is shown.
func (r *study) number(res, counted *recount.Result, name string, row int) Number {
	n := numberOf(counted, name, row)
	n.Label, n.Page = r.evidence[res].Label, r.evidence[res].Path()
	for i := range n.Cells {
		e := r.evidence[&res.Rows[i]]
		n.Cells[i].Label, n.Cells[i].Page = e.Label, e.Path()
	}
	return n
}

// link is a printed result with its evidence.
func (r *study) link(res *recount.Result, text string) link {
	e := r.evidence[res]
	return link{Href: e.Path(), Text: text, Label: e.Label, N: res.N}
}

// chartOf draws the rows of a result.
func chartOf(r recount.Result, kind string, href func(row int) string) *chart.Chart {
	c := &chart.Chart{ID: prose.Slug(r.Name) + "-" + kind, Title: prose.Label(r), Kind: kind}
	switch kind {
	case "bars":
		c.Desc = "One bar a row, as long as its number. Each bar opens the sentences it was counted from."
	case "dots":
		c.Desc = "One dot a row, at its share; the line is its range over the open questions. Each dot opens the sentences it was counted from."
		c.Largest = 1000
	case "timeline":
		c.Desc = "One column a period, as high as its number; a thin line is its range over the open questions. Each column opens the sentences it was counted from."
	}
	for i, row := range r.Rows {
		if kind == "bars" {
			if row.Of != r.Rows[0].Of {
				continue // of another whole, as who has no code yet: it stands in the table
			}
			c.Largest = max(c.Largest, row.Of) // the whole is the full width
		}
		m := chart.Mark{Label: strings.TrimSuffix(prose.Label(row), "."), Said: rowLabel(row), Text: prose.KOfN(row), Href: href(i), Value: row.N, Low: row.Range.Low, High: row.Range.High, Range: prose.Amount(recount.Result{N: row.N, Range: row.Range})}
		if kind == "dots" {
			m.Value, m.Low, m.High, m.Of = permille(row.N, row.Of), permille(row.ShareRange.LowN, row.ShareRange.LowOf), permille(row.ShareRange.HighN, row.ShareRange.HighOf), row.Of
			m.Range = prose.ShareWords(row)
		}
		c.Rows = append(c.Rows, m)
	}
	return c
}

func permille(k, n int) int {
	if n <= 0 {
		return 0
	}
	return (2000*k + n) / (2 * n)
}
