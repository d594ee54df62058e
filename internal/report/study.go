package report

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/count"
)

// Study makes the report of a study: the prose of t with the results in it.
// Results stand in the order of t.Queries or are found by their names.
func Study(m *Material, t *Template, results []recount.Result) (*Site, error) {
	x := newIndex(m)
	if t.Title != "" {
		m := *x.Material
		m.Title = t.Title
		x.Material = &m
	}
	r := &study{frame: x.frame("study", "", x.reportTitle("study")), x: x, t: t, byName: map[string]*recount.Result{},
		evidence: map[*recount.Result]*evidence{}, asked: map[string]*asked{}, decided: len(m.Cases) > 0}
	for i := range results {
		r.byName[results[i].Name] = &results[i]
	}
	for i, q := range t.Queries {
		res := r.byName[q.Name]
		if res == nil {
			return nil, fmt.Errorf("report: result %s was not counted: %w", q.Name, recount.ErrNotFound)
		}
		r.gather(res, &t.Queries[i], slug(q.Name), labelOf(*res))
	}
	r.gatherAsked()
	r.pages()
	body, err := r.prose()
	if err != nil {
		return nil, err
	}
	r.Body = body
	s := &Site{manifest: x.newManifest("study", r.Report)}
	for _, e := range r.all {
		if n := e.result; n != nil {
			s.manifest.Numbers = append(s.manifest.Numbers, manifestNumber(e))
		}
	}
	s.add("index.html", "study.html", func() any { return r })
	s.add("questions.html", "questions.html", func() any { return r.questionsView() })
	s.addEvidence(x, "study", r.all)
	for i := range x.Cases {
		c := &x.Cases[i]
		e := x.personEvidence(c)
		s.add(personPath(c.ID), "evidence.html", func() any { return x.evidenceView("study", e, 0) })
	}
	s.addArticles(x, "study")
	return s, nil
}

// A study is the view of the report of a study.
type study struct {
	frame
	x        *index
	t        *Template
	byName   map[string]*recount.Result
	evidence map[*recount.Result]*evidence
	all      []*evidence
	asked    map[string]*asked // open questions by kind and key
	order    []*asked
	decided  bool

	Body                       template.HTML // the prose, made by goldmark, with slots made by html/template
	Captures, Pages, Originals numberView
	Reprints, Spliced          numberView
}

// asked is one open question with the numbers it moves.
type asked struct {
	recount.Question
	id    string
	moves []*evidence
}

// A questionView is one open question as a page shows it.
type questionView struct {
	ID, Text, What, Href string
	Sides                []itemView
	Moves                []numberView
}

// gather makes the evidence of a result and of its rows.
func (r *study) gather(res *recount.Result, q *count.Query, id, label string) {
	e := &evidence{id: id, label: label, number: r.text(*res), rng: r.rangeText(*res), total: res.N, result: res, row: rowOf(id),
		counts: r.counts(res, q), empty: "Nobody is counted here: the number is zero."}
	r.evidence[res] = e
	r.all = append(r.all, e)
	e.items = r.items(res, q)
	for _, qu := range res.Questions {
		k := qu.What + " " + string(qu.Key)
		a := r.asked[k]
		if a == nil {
			a = &asked{Question: qu, id: "q" + cutAt(string(recount.KeyOf("question", qu.What, string(qu.Key))), 12)}
			r.asked[k] = a
			r.order = append(r.order, a)
		}
		a.moves = append(a.moves, e)
		e.asked = append(e.asked, questionView{Text: sentence(qu.Text), Href: "questions.html#" + a.id})
	}
	for i := range res.Rows {
		row := &res.Rows[i]
		r.gather(row, q, fmt.Sprintf("%s.%d-%s", id, i+1, cmp.Or(slug(row.Name), "row")), label+": "+labelOf(*row))
	}
}

// rowOf is the number of a row, read from the name of its page.
var rowNumber = regexp.MustCompile(`\.(\d+)-[a-z0-9-]*$`)

func rowOf(id string) int {
	m := rowNumber.FindStringSubmatch(id)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// counts says how a number is counted.
func (r *study) counts(res *recount.Result, q *count.Query) string {
	s := "People, each counted once, however many articles speak of them."
	if res.Unit != "cases" && res.Unit != "" {
		s = "Counted: " + res.Unit + "."
	}
	switch {
	case q.Where != "" && res.Of > 0:
		s += " Of the whole, those for whom this holds: " + q.Where + "."
	case q.Where != "":
		s += " Those for whom this holds: " + q.Where + "."
	}
	if q.Of != "" {
		s += " The whole: those for whom this holds: " + q.Of + "."
	}
	if res.Machine > 0 {
		s += fmt.Sprintf(" Besides, %s not yet looked at; nothing the program reads enters the count before a person accepts it.", plural(res.Machine, "is machine-read and", "are machine-read and"))
	}
	if iv := intervalWords(*res); iv != "" {
		s += " Interval: " + iv + "."
	}
	if res.Note != "" {
		s += " Note: " + res.Note + "."
	}
	return s
}

// items lists what a result counts: its people, then the rest of the whole.
func (r *study) items(res *recount.Result, q *count.Query) (items []item) {
	focus := focusOf(q, res)
	heading := ""
	others := without(res.OfIDs, res.Cases)
	if len(others) > 0 {
		heading = "Counted"
	}
	for _, id := range r.x.inOrder(res.Cases) {
		it := r.x.itemOf(id, focus)
		it.section = heading
		items = append(items, it)
	}
	for _, id := range r.x.inOrder(others) {
		it := r.x.itemOf(id, focus)
		it.section = fmt.Sprintf("The other %s of the whole %s", grouped(len(others)), grouped(res.Of))
		if len(res.Cases) == 0 {
			it.section = fmt.Sprintf("Nobody is counted; the whole is these %s", grouped(res.Of))
		}
		items = append(items, it)
	}
	return items
}

func without(all, some []string) (out []string) {
	for _, s := range all {
		if !slices.Contains(some, s) {
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

var filterWord = regexp.MustCompile(`[\p{L}_][\p{L}\p{N}_.]*`)

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
func (x *index) inOrder(ids []string) []string {
	out := slices.Clone(ids)
	slices.SortStableFunc(out, func(a, b string) int {
		c, d := x.person[a], x.person[b]
		if c == nil || d == nil {
			return cmp.Compare(a, b)
		}
		return cmp.Or(cmp.Compare(cmp.Or(firstDay(c), "9"), cmp.Or(firstDay(d), "9")), cmp.Compare(personLabel(c), personLabel(d)), cmp.Compare(a, b))
	})
	return out
}

// day is the day that holds for a member.
func day(m *recount.Member) string {
	if m.Day != "" {
		return m.Day
	}
	if len(m.Dates) > 0 {
		return m.Dates[0]
	}
	return ""
}

func firstMember(c *recount.Case) *recount.Member {
	var best *recount.Member
	for i := range c.Members {
		m := &c.Members[i]
		if best == nil || day(m) != "" && (day(best) == "" || day(m) < day(best)) || day(m) == day(best) && m.First && !best.First {
			best = m
		}
	}
	return best
}

func firstDay(c *recount.Case) string {
	if m := firstMember(c); m != nil {
		return day(m)
	}
	return ""
}

// personLabel names a person as the articles do: by the longest name, before
// a pseudonym, before a description.
func personLabel(c *recount.Case) string {
	best, rank := "", len(recount.SpeakerKinds)
	for i := range c.Members {
		s := &c.Members[i].Speaker
		k := slices.Index(recount.SpeakerKinds[:], s.Kind)
		if k < 0 || s.Name == "" {
			continue
		}
		if k < rank || k == rank && (len(s.Name) > len(best) || len(s.Name) == len(best) && s.Name < best) {
			best, rank = s.Name, k
		}
	}
	return cmp.Or(best, "a person without a name")
}

func personPath(id string) string { return "people/" + cutAt(id, 20) + ".html" }

// maxShown is how many statements of one person the evidence of a number
// shows; the page of the person shows all.
const maxShown = 3

// itemOf shows one counted thing: a person, or an article or original where
// those are counted.
func (x *index) itemOf(id string, f focus) item {
	c := x.person[id]
	if c == nil {
		if a := x.article[recount.Key(id)]; a != nil {
			return x.pageItem(a)
		}
		return item{title: id, plain: "not in the texts of this study"}
	}
	it := item{title: personLabel(c), path: personPath(id), notes: x.personNotes(c)}
	seen := map[string]bool{}
	show := func(a recount.Key, l layer, note string, spans ...recount.Span) bool {
		y, ok := x.cite(a, l, note, spans...)
		if !ok || seen[y.place.id] {
			return false
		}
		seen[y.place.id] = true
		it.cites = append(it.cites, y)
		return true
	}
	if f.dates {
		if m := firstMember(c); m != nil {
			note := "first reported " + dayWords(day(m))
			if len(m.Dates) > 1 {
				note += ", one of several dates"
			}
			show(m.Article, mentionLayer, note, m.At)
		}
	}
	shown := 0
	for _, m := range c.Members {
		for _, v := range m.Values {
			if f.words[v.Variable] && v.At.Len() > 0 && show(v.Article, valueLayer, v.Variable+": "+v.Value, v.At) {
				shown++
			}
		}
		if f.words["gender"] && m.Speaker.Gender != recount.UnknownGender && m.Speaker.Gender != "" {
			show(m.Article, mentionLayer, string(m.Speaker.Gender)+", as the wording of the article shows", m.At)
		}
	}
	// Where the filter asks for a code, its statements are what is counted;
	// where a table goes through all codes, the row's name is the code.
	for _, m := range c.Members {
		for _, co := range m.Codes {
			if f.shows(co.Code) && show(co.Article, statementLayer, x.codeWords(co.Code), co.At...) {
				shown++
			}
		}
	}
	for _, m := range c.Members {
		for _, s := range m.Statements {
			if shown < maxShown && show(s.Article, statementLayer, "", s.At...) {
				shown++
			}
		}
	}
	if len(it.cites) == 0 {
		for _, m := range c.Members {
			if show(m.Article, mentionLayer, "", m.At) {
				break
			}
		}
	}
	return it
}

// codeWords writes a code with what it stands for.
func (x *index) codeWords(code string) string {
	for _, c := range x.Codebook.Codes {
		if c.Code == code && c.Short != "" {
			return "coded " + code + " (" + strings.TrimSuffix(c.Short, ".") + ")"
		}
	}
	return "coded " + code
}

func (x *index) personNotes(c *recount.Case) (notes []string) {
	if d := firstDay(c); d != "" {
		n := "first reported " + dayWords(d)
		if m := firstMember(c); m.Outlet != "" {
			n += " in " + m.Outlet
		}
		notes = append(notes, n)
	}
	statements, articles, originals := 0, map[recount.Key]bool{}, map[recount.Key]bool{}
	for _, m := range c.Members {
		statements += len(m.Statements)
		articles[m.Article] = true
		originals[cmp.Or(m.Original, m.Article)] = true
	}
	notes = append(notes, plural(statements, "accepted statement", "accepted statements"),
		plural(len(articles), "article", "articles")+", "+plural(len(originals), "independent original", "independent originals"))
	return notes
}

// personEvidence is everything the study holds about one person.
func (x *index) personEvidence(c *recount.Case) *evidence {
	e := &evidence{id: cutAt(c.ID, 20), label: "everything the study holds about this person", number: personLabel(c),
		counts: strings.Join(x.personNotes(c), "; ") + ".", empty: "Nothing is recorded."}
	for i := range c.Members {
		m := &c.Members[i]
		it := item{title: cmp.Or(m.Speaker.Name, "a speaker without a name"), path: articlePath(m.Article),
			notes: []string{string(m.Speaker.Kind), "decision " + short(m.Decision)}}
		if len(m.Dates) > 1 {
			var days []string
			for _, d := range m.Dates {
				days = append(days, dayWords(d))
			}
			it.notes = append(it.notes, "date open: "+strings.Join(days, " or ")+" ("+m.DateReason+")")
		}
		it.cites = x.cites(nil, m.Article, mentionLayer, "who", m.At)
		for _, v := range m.Values {
			if v.At.Len() > 0 {
				it.cites = x.cites(it.cites, v.Article, valueLayer, v.Variable+": "+v.Value, v.At)
			} else {
				it.notes = append(it.notes, v.Variable+": "+v.Value+" (no sentence given)")
			}
		}
		coded := map[string][]string{}
		for _, co := range m.Codes {
			k := fmt.Sprint(co.Article, co.At)
			coded[k] = append(coded[k], co.Code)
		}
		for _, s := range m.Statements {
			note := string(s.Type)
			if codes := coded[fmt.Sprint(s.Article, s.At)]; len(codes) > 0 {
				note += ", coded " + strings.Join(codes, ", ")
			}
			if s.Typed {
				note += ", typed in"
			}
			it.cites = x.cites(it.cites, s.Article, statementLayer, note, s.At...)
		}
		e.items = append(e.items, it)
	}
	return e
}

// text prints a result: "4 of 29 (13.8%)", "29", "1.9 times".
func (r *study) text(res recount.Result) string {
	if v := res.Ratio; v != nil {
		return fmt.Sprintf("%s times (%d in %s against %d in %s)", count.RatioText(v), v.N, periodWords(v.Units, v.Unit), v.Than, periodWords(v.ThanUnits, v.Unit))
	}
	return kOfN(res)
}

func periodWords(n int, unit string) string {
	if n == 1 {
		return "1 " + strings.TrimSuffix(unit, "s")
	}
	return grouped(n) + " " + unit
}

// rangeText prints a range if anything has been decided.
func (r *study) rangeText(res recount.Result) string {
	if !r.decided {
		return ""
	}
	return rangeWords(res)
}

// gatherAsked puts the open questions in order: those that move most first.
func (r *study) gatherAsked() {
	slices.SortStableFunc(r.order, func(a, b *asked) int {
		return cmp.Or(cmp.Compare(len(b.moves), len(a.moves)), cmp.Compare(a.What, b.What), cmp.Compare(a.Key, b.Key))
	})
}

func (r *study) questionsView() any {
	v := struct {
		frame
		Questions []questionView
	}{r.x.frame("study", "", "Open questions"), nil}
	for _, a := range r.order {
		v.Questions = append(v.Questions, r.question(a))
	}
	return v
}

// question shows an open question with both sides quoted.
func (r *study) question(a *asked) questionView {
	x := r.x
	q := questionView{ID: a.id, Text: sentence(a.Text), What: a.What, Href: "questions.html#" + a.id}
	for _, k := range a.About {
		if m := x.member[k]; m != nil {
			side := itemView{Title: cmp.Or(m.Speaker.Name, "a speaker without a name"), Href: articlePath(m.Article)}
			cites := x.cites(nil, m.Article, mentionLayer, "", m.At)
			for i, s := range m.Statements {
				if i < 2 {
					cites = x.cites(cites, s.Article, statementLayer, "", s.At...)
				}
			}
			for _, c := range cites {
				side.Quotes = append(side.Quotes, x.quote(c, ""))
			}
			if id := x.personOf[k]; id != "" {
				side.Href = personPath(id)
			}
			q.Sides = append(q.Sides, side)
		} else if art := x.article[k]; art != nil {
			side := itemView{Title: title(art), Href: articlePath(k)}
			for _, d := range art.Dates {
				side.Notes = append(side.Notes, dayWords(d.Value)+" ("+d.Origin+")")
			}
			if l, ok := x.lead(art); ok {
				side.Quotes = append(side.Quotes, x.quote(l, ""))
			}
			q.Sides = append(q.Sides, side)
		}
	}
	for _, e := range a.moves {
		q.Moves = append(q.Moves, numberView{Href: e.path(0), Text: e.number, Label: e.label})
	}
	return q
}

// pages counts what the report rests on, with evidence like any number.
func (r *study) pages() {
	p := &pile{x: r.x, byID: map[string]*evidence{}}
	p.cameIn()
	p.originals()
	take := func(id string) numberView {
		e := p.byID[id]
		e.id = "base-" + e.id
		r.all = append(r.all, e)
		return p.view(e)
	}
	r.Captures, r.Pages, r.Originals, r.Reprints, r.Spliced = take("captures"), take("pages"), take("originals"), take("reprints"), take("spliced")
}

// prose converts the prose of report.md with its slots filled.
func (r *study) prose() (template.HTML, error) {
	var b bytes.Buffer
	err := r.t.markdown(func(w io.Writer, s slot) error { return r.fill(w, s) }).Convert(r.t.prose, &b)
	if err != nil {
		return "", err
	}
	return template.HTML(b.String()), nil
}

// fill writes one slot of the prose.
func (r *study) fill(w io.Writer, s slot) error {
	if s.err != nil {
		return s.err
	}
	if s.verb == "questions" {
		v := r.questionsView()
		return templates.ExecuteTemplate(w, "questionlist", v)
	}
	res := r.byName[s.name]
	if s.row != "" {
		var names []string
		var row *recount.Result
		for i := range res.Rows {
			if c := &res.Rows[i]; row == nil && (strings.EqualFold(c.Name, s.row) || strings.EqualFold(c.Label, s.row)) {
				row = c
			}
			names = append(names, res.Rows[i].Name)
		}
		if row == nil {
			return templateError(s.line, "its rows are "+strings.Join(names, ", "), "result %s has no row %q", s.name, s.row)
		}
		res = row
	}
	switch s.verb {
	case "table":
		return templates.ExecuteTemplate(w, "table", r.table(res))
	case "bars", "dots", "timeline":
		c := chartOf(*res, s.verb, func(row int) string { return r.evidence[&res.Rows[row]].path(0) })
		return templates.ExecuteTemplate(w, "chart", c)
	}
	return templates.ExecuteTemplate(w, "slot", r.slot(res, s.verb))
}

// A slotView is one number in the prose.
type slotView struct {
	Number   numberView
	Range    string
	Asked    string // "2 open questions"
	AskedAt  string
	Interval string
}

func (r *study) slot(res *recount.Result, verb string) slotView {
	e := r.evidence[res]
	v := slotView{Number: numberView{Href: e.path(0), Text: e.number, Label: e.label}}
	switch verb {
	case "count":
		v.Number.Text = grouped(res.N)
	case "of":
		v.Number.Text = grouped(res.Of)
	case "share":
		v.Number.Text = percent(res.N, res.Of)
	case "machine":
		v.Number.Text = grouped(res.Machine)
	case "label":
		v.Number.Text = e.label
	case "range":
		v.Number.Text = cmp.Or(e.rng, "no open question moves it")
	default:
		v.Range = e.rng
		v.Interval = intervalWords(*res)
		if e.rng != "" {
			v.Asked, v.AskedAt = plural(len(res.Questions), "open question", "open questions"), "questions.html"
			if len(e.asked) == 1 {
				v.AskedAt = e.asked[0].Href
			}
		}
	}
	return v
}

// A tableView is a table of a result's rows: accepted beside machine-read.
type tableView struct {
	Title       string
	Rows        []resultRow
	Whole       numberView
	HasRange    bool
	HasInterval bool
	HasMachine  bool
	Note        string
	Cross       []string // headings of a cross-tab, else empty
}

type resultRow struct {
	Label    string
	Number   numberView
	Share    string
	Range    string
	Interval string
	Machine  int
	Cells    []numberView
}

func (r *study) table(res *recount.Result) tableView {
	v := tableView{Title: labelOf(*res), Note: res.Note, Whole: r.slot(res, "").Number}
	if len(res.Rows) > 0 {
		for _, c := range res.Rows[0].Rows {
			v.Cross = append(v.Cross, labelOf(c))
		}
	}
	for i := range res.Rows {
		row := &res.Rows[i]
		e := r.evidence[row]
		o := resultRow{Label: labelOf(*row), Number: numberView{e.path(0), grouped(row.N), e.label}, Range: e.rng,
			Interval: intervalWords(*row), Machine: row.Machine}
		if row.Of > 0 {
			o.Number.Text = fmt.Sprintf("%d of %d", row.N, row.Of)
			o.Share = percent(row.N, row.Of)
		}
		for j := range row.Rows {
			c := r.evidence[&row.Rows[j]]
			o.Cells = append(o.Cells, numberView{c.path(0), grouped(row.Rows[j].N), c.label})
		}
		v.HasRange = v.HasRange || o.Range != ""
		v.HasInterval = v.HasInterval || o.Interval != ""
		v.HasMachine = v.HasMachine || o.Machine > 0
		v.Rows = append(v.Rows, o)
	}
	return v
}

// The methods box.

type decisionRow struct {
	Kind string
	N    string
}

// DecisionRows lists the live decisions by kind.
func (r *study) DecisionRows() (rows []decisionRow) {
	for _, k := range []recount.Kind{recount.KindStatement, recount.KindScope, recount.KindLink, recount.KindCode, recount.KindValue,
		recount.KindDate, recount.KindRelation, recount.KindRole, recount.KindRule, recount.KindFile, recount.KindRetract, recount.KindRemove, recount.KindPublish} {
		if n := r.x.Decisions[k]; n > 0 {
			rows = append(rows, decisionRow{decisionWords(k), grouped(n)})
		}
	}
	return rows
}

// Decided is the number of live decisions.
func (r *study) Decided() string {
	n := 0
	for _, k := range r.x.Decisions {
		n += k
	}
	return grouped(n)
}

// Material gives the templates what the methods box prints.
func (r *study) Material() *Material { return r.x.Material }

// HasCases reports whether anything can be counted.
func (r *study) HasCases() bool { return r.decided }

// Open is the number of open questions that move a printed number.
func (r *study) Open() int { return len(r.order) }

// RuleRows says in words which counting rules are on.
func (r *study) RuleRows() (rows []string) {
	for _, rule := range r.x.Rules {
		switch rule {
		case FoldReprints:
			rows = append(rows, "Reprints are folded: a page that runs another's text adds no source ("+rule+").")
		case SetAsideOtherStories:
			rows = append(rows, "Passages of other stories are set aside ("+rule+").")
		default:
			rows = append(rows, rule)
		}
	}
	return rows
}

func decisionWords(k recount.Kind) string {
	switch k {
	case recount.KindStatement:
		return "statements accepted, rejected or typed in"
	case recount.KindScope:
		return "who counts"
	case recount.KindLink:
		return "same or different person"
	case recount.KindCode:
		return "codes"
	case recount.KindValue:
		return "values of variables"
	case recount.KindDate:
		return "dates of pages"
	case recount.KindRelation:
		return "reprint or not"
	case recount.KindRole:
		return "passages set aside or brought back"
	case recount.KindRule:
		return "counting rules"
	case recount.KindFile:
		return "study files"
	}
	return string(k)
}

func manifestNumber(e *evidence) Number {
	res := e.result
	n := Number{Name: e.id, Row: e.row, Label: e.label, Unit: cmp.Or(res.Unit, "cases"), N: res.N, Of: res.Of,
		Range: [2]int{res.Range.Low, res.Range.High}, OfRange: [2]int{res.OfRange.Low, res.OfRange.High},
		Share: [4]int{res.ShareRange.LowN, res.ShareRange.LowOf, res.ShareRange.HighN, res.ShareRange.HighOf},
		Exact: res.Range.Exact, Questions: len(res.Questions), Machine: res.Machine, Cases: res.Cases, Page: e.path(0)}
	if v := res.Ratio; v != nil {
		n.Ratio = &[4]int{v.N, v.Units, v.Than, v.ThanUnits}
	}
	return n
}

// finite writes a bound of an interval; one that does not exist is said so.
func finite(v float64, format string) string {
	if math.IsInf(v, 0) {
		return "no upper bound"
	}
	return fmt.Sprintf(format, v)
}
