package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"recount"
	"recount/internal/count"
	"recount/internal/report/document"
	"recount/internal/report/prose"
)

// This file makes of one result what a reviewer needs to judge it without
// recount: what it counts, whom, by which sentences of which pages, who decided
// so and who decided otherwise, and what other answers would give.
//
// In: the material of a report, a result and what was decided about its people.
// Out: a document, and rows for tables. It does no I/O.

// A Pack is one result with what was decided about the people in it.
type Pack struct {
	Query     count.Query
	Result    recount.Result
	Persons   []count.Person     // those counted and the rest of the whole, as the counting rules see them
	Decisions []DecisionInWords  // about them, by time
	Differ    []Differing        // questions about them that coders answered differently
	Otherwise []Otherwise        // what another rule or answer gives
	Files     []string           // what else lies in the folder, each with what it holds
	By        map[string]Decider // who made a decision, by its id
}

// A Decider made a decision at a time.
type Decider struct{ Actor, Time string }

// A DecisionInWords says who decided what.
type DecisionInWords struct {
	ID, Time, Actor, Round string
	Kind                   recount.Kind
	Words, Reason          string
	State                  string // "" if it holds, else why not
	Pages, People          []string
}

// A Differing question was answered differently by coders.
type Differing struct {
	Kind    recount.Kind
	Subject string // a code, criterion or variable
	Words   string // of the place that it is about
	Page    string
	Answers []string // "ada: yes"
	Settled string   // how an adjudicator answered, or ""
}

// An Otherwise is what a result would be by another rule, answer or pile.
type Otherwise struct {
	What   string // "open question", "counting rule", "outlet left out"
	If     string // in words
	Result recount.Result
}

// rows names the rows of the result in which each person stands, of a cross table
// with the column.
func (p *Pack) rows() map[string][]string {
	out := map[string][]string{}
	for _, r := range p.Result.Rows {
		for _, id := range r.Cases {
			var columns []string
			for _, c := range r.Rows {
				if slices.Contains(c.Cases, id) {
					columns = append(columns, rowLabel(c))
				}
			}
			in := rowLabel(r)
			if len(columns) > 0 {
				in += ": " + strings.Join(columns, ", ")
			}
			out[id] = append(out[id], in)
		}
	}
	return out
}

func (p *Pack) counted(id string) bool {
	_, ok := slices.BinarySearch(p.Result.Cases, id)
	return ok
}

// Document writes the pack as one text.
func (p *Pack) Document(m *Material) (*document.Document, error) {
	t := &Template{Queries: []count.Query{p.Query}, Reported: map[string]string{}}
	r, _, err := newStudy(m, t, []recount.Result{p.Result})
	if err != nil {
		return nil, err
	}
	res := r.byName[p.Query.Name]
	w := &printer{study: r, proseWriter: &proseWriter{out: &document.Document{Title: "For review: " + prose.Label(*res), Program: r.x.Program, When: r.x.AsOf}},
		noted: map[*recount.Result]int{}, sources: map[recount.Key]int{}}
	for i, a := range r.x.ByDate() {
		w.sources[a.Key] = i + 1
	}
	w.say(document.Inline{Text: teamOnly, Strong: true})
	w.say(plain("This folder holds what is needed to judge one number of the study “" + cmp.Or(m.Title, "without a title") + "”: what it counts, whom and by which sentences, who decided so, on what coders differed, and what other answers would give. Beside this text lie tables, which any program for tables opens:"))
	for _, f := range p.Files {
		name, what, _ := strings.Cut(f, ": ")
		w.point(document.Inline{Text: name, Code: true}, plain(": "+what))
	}
	w.heading(map[bool]string{true: "The number", false: "The numbers"}[len(res.Rows) == 0])
	e := r.evidence[res]
	w.numbers(res, e)
	w.heading("How it is counted")
	w.say(plain(e.Counts))
	w.asked(p)
	w.out.Blocks = append(w.out.Blocks, w.method()...)
	w.heading("What would change it")
	w.otherwise(p)
	w.heading("On what coders differed")
	w.differing(p)
	w.heading("Who decided")
	w.deciders(p)
	w.heading("The people, and their sentences")
	for _, it := range e.Items {
		title := capital(it.Title)
		if it.Section != "" {
			title += " – " + strings.ToLower(it.Section[:1]) + it.Section[1:]
		}
		w.add(document.Block{Kind: document.Heading, Level: 3, Text: document.Plain(title)})
		if len(it.Notes) > 0 {
			w.say(plain(sentence(strings.Join(it.Notes, "; ")) + "."))
		}
		for _, c := range it.Cites {
			note := ""
			if c.Note != "" {
				note = " (" + c.Note + ")"
			}
			w.point(plain(strings.TrimPrefix(w.quote("", c), ": ") + note))
		}
	}
	if len(e.Items) == 0 {
		w.say(plain(e.Empty))
	}
	w.heading("Sources")
	w.add(document.Block{Kind: document.Paragraph, Text: document.Plain("The pages of the study, with the SHA-256 of their archived bytes. " + styleWords[r.cited.Style])})
	for i, a := range r.x.ByDate() {
		w.add(document.Block{Kind: document.ListItem, Level: 1, Number: fmt.Sprintf("S%d.", i+1), Text: r.source(a)})
	}
	return w.out, w.err
}

// numbers writes the result with its unit, its range, its interval and all its
// cells, without notes: the people stand below.
func (w *printer) numbers(res *recount.Result, e *evidence) {
	number := e.Number
	switch core := prose.Core(*res); {
	case core != "":
		number = core
	case res.Ratio == nil && len(res.Rows) > 0:
		number = "a table of " + prose.People(recount.Result{N: res.N, Unit: res.Unit})
	}
	text := []document.Inline{{Text: sentence(e.Label) + ": " + number, Strong: true}}
	var beside []string
	if e.Range != "" {
		beside = append(beside, "range "+e.Range)
	}
	if s := prose.IntervalSaid(*res); s != "" && res.Ratio == nil {
		beside = append(beside, s) // of a comparison its sentence says it
	}
	if len(beside) > 0 {
		text = append(text, plain(" ("+strings.Join(beside, "; ")+")"))
	}
	w.say(append(text, plain("."))...)
	if s := prose.Trend(*res); s != "" {
		w.say(plain(s))
	}
	if len(res.Rows) > 0 {
		w.bare = true
		w.out.Blocks = append(w.out.Blocks, w.resultTable(res, false)...)
		w.bare = false
	}
}

// asked prints the questions and codes that the result asks for, as coders read
// them.
func (w *printer) asked(p *Pack) {
	f := focusOf(&p.Query, &p.Result)
	for _, v := range w.x.Variables {
		if f.words[v.Name] {
			w.point(document.Inline{Text: strings.ReplaceAll(v.Name, "_", " "), Strong: true}, plain(": "+v.Ask+" Values: "+cmp.Or(strings.Join(v.Values, ", "), "any")+"."))
		}
	}
	all := f.words["code"] || f.words["codes"] || f.words["code.top"]
	g := newGrid("The codes, as coders read them", "code", "definition", "use it when", "not when", "example")
	for _, c := range w.x.Codebook.Codes {
		if all || f.shows(c.Code) || f.words[c.Parent] {
			g.row(document.Cell{Text: []document.Inline{{Text: c.Code, Code: true}, plain(" " + strings.TrimSuffix(c.Short, "."))}, Deep: c.Parent != ""}, c.Definition, c.UseWhen, c.DoNotUse, c.Example)
		}
	}
	if len(g.Rows) > 0 {
		w.add(document.Block{Kind: document.TableBlock, Table: &g.Table})
	}
}

// Sentences lists every place that was decided about the people of a pack: one
// row a place, its words exactly as the page has them.
func (p *Pack) Sentences(m *Material) (columns []string, rows [][]string) {
	x := NewIndex(m)
	no := map[recount.Key]int{}
	for i, a := range x.ByDate() {
		no[a.Key] = i + 1
	}
	f := focusOf(&p.Query, &p.Result)
	columns = []string{"person", "name", "called_there", "counted", "what", "subject", "answers_the_question", "source", "outlet", "day", "title", "address", "sha256", "words", "from", "to", "decision", "decided_by", "decided_at"}
	add := func(c *recount.Case, what, subject string, asked bool, article recount.Key, at []recount.Span, decision string) {
		a := x.ByKey[article]
		if a == nil {
			return
		}
		var pieces []string
		from, to := "", ""
		for _, s := range at {
			if !s.Within(a.Text) || s.Len() == 0 {
				continue
			}
			pieces = append(pieces, prose.OneLine(s.In(a.Text)))
			if from == "" {
				from = strconv.Itoa(utf8.RuneCountInString(a.Text[:s.Start]))
			}
			to = strconv.Itoa(utf8.RuneCountInString(a.Text[:s.End]))
		}
		hash := ""
		if c := x.Archived[a.Capture]; c != nil {
			hash = c.Hash
		}
		by := p.By[decision]
		rows = append(rows, []string{prose.Cut(c.ID, 12), prose.OneLine(personLabel(x, c)), prose.OneLine(nameOn(c, a.Key)), yes(p.counted(c.ID)), what, subject, yes(asked), fmt.Sprintf("S%d", no[article]), prose.OneLine(a.Outlet), a.When(), prose.Title(a), prose.OneLine(a.URL), hash,
			strings.Join(pieces, " […] "), from, to, prose.Cut(decision, 12), by.Actor, by.Time})
	}
	for i := range p.Persons {
		c := &recount.Case{ID: p.Persons[i].ID, Members: p.Persons[i].Members}
		for j := range c.Members {
			mb := &c.Members[j]
			add(c, "person", string(mb.Speaker.Kind)+", "+string(mb.Speaker.Gender), f.words["gender"] || f.words["kind"] || f.dates, mb.Article, []recount.Span{mb.At}, mb.Decision)
			for _, v := range mb.Values {
				add(c, "value", valueWords(v), f.words[v.Variable], v.Article, []recount.Span{v.At}, v.Decision)
			}
			for _, s := range mb.Statements {
				add(c, "statement", string(s.Type), false, s.Article, s.At, s.Decision)
			}
			for _, co := range mb.Codes {
				add(c, "code", co.Code, f.shows(co.Code), co.Article, co.At, co.Decision)
			}
		}
	}
	return columns, rows
}

// People lists the people of a pack: one row each.
func (p *Pack) People(m *Material, variables []string) (columns []string, rows [][]string) {
	in, index := p.rows(), NewIndex(m)
	columns = append([]string{"person", "name", "name_outlet", "counted", "rows", "gender", "kind", "first_reported", "first_outlet", "first_name", "outlets", "originals", "articles", "statements"}, variables...)
	columns = append(columns, "codes")
	for i := range p.Persons {
		x := &p.Persons[i]
		c := &recount.Case{ID: x.ID, Members: x.Members}
		_, by, first := x.Named()
		row := []string{prose.Cut(x.ID, 12), prose.OneLine(personLabel(index, c)), by, yes(p.counted(x.ID)), strings.Join(in[x.ID], "; "), x.Gender, x.Kind, x.FirstReported, x.FirstOutlet, first,
			strings.Join(x.Outlets, "; "), strconv.Itoa(x.Originals), strconv.Itoa(x.Articles), strconv.Itoa(x.Statements)}
		for _, v := range variables {
			row = append(row, x.Values[v])
		}
		rows = append(rows, append(row, strings.Join(x.Codes, "; ")))
	}
	return columns, rows
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// mostOtherwise is how many lines about alternatives stand in the text; the table
// has all.
const mostOtherwise = 120

// A place is one number of a result: the result itself, a row of it, or a cell of
// a row.
type place struct {
	row, column string // names, "" of the result itself and of a whole row
	label       string // in words
	number      *recount.Result
}

// places lists every number of a result as it is shown, itself first.
func places(counted *recount.Result) []place {
	shown := count.OfCoded(*counted)
	r := &shown
	label := prose.Label(*r)
	switch {
	case r.Ratio != nil:
		label = "one period against the other"
	case len(r.Rows) > 0:
		label = "all " + prose.Nouns(r.Unit) + " in the table"
	}
	out := []place{{label: label, number: r}}
	for i := range r.Rows {
		row := &r.Rows[i]
		out = append(out, place{row.Name, "", rowLabel(*row), row})
		for j := range row.Rows {
			c := &row.Rows[j]
			out = append(out, place{row.Name, c.Name, rowLabel(*row) + ": " + rowLabel(*c), c})
		}
	}
	return out
}

// saysOf is all that a pack says of one number: with its unit, range and interval.
func saysOf(r *recount.Result) string {
	if r.Ratio == nil {
		s := Said(*r)
		if iv := prose.Interval(*r); iv != "" {
			s += "; " + iv
		}
		return s
	}
	s := cmp.Or(prose.Core(*r), prose.KOfN(*r))
	if x := prose.Range(*r); x != "" {
		s += " [range " + x + "]"
	}
	if iv := prose.Interval(*r); iv != "" {
		s += "; " + iv
		if more, less := prose.Apart(*r); !more && !less {
			s += "; the two periods cannot be told apart"
		}
	}
	return s
}

// A movedPlace is a number that an alternative moves.
type movedPlace struct{ label, now, then string }

// moved lists which numbers of a result are others in an alternative: a row of a
// table, where its own number moves and not only the whole that it is part of.
func moved(now, then *recount.Result) (out []movedPlace) {
	type name struct{ row, column string }
	after := map[name]*recount.Result{}
	var added []place
	before := map[name]bool{}
	for _, p := range places(now) {
		before[name{p.row, p.column}] = true
	}
	for _, p := range places(then) {
		after[name{p.row, p.column}] = p.number
		if !before[name{p.row, p.column}] {
			added = append(added, p)
		}
	}
	const none = "not there"
	for _, p := range places(now) {
		a := after[name{p.row, p.column}]
		switch {
		case a == nil:
			out = append(out, movedPlace{p.label, saysOf(p.number), none})
		case p.row != "" && a.N == p.number.N && a.Range == p.number.Range && (now.Ratio != nil || a.Of-p.number.Of == then.N-now.N || a.Of == p.number.Of):
		case saysOf(a) != saysOf(p.number):
			out = append(out, movedPlace{p.label, saysOf(p.number), saysOf(a)})
		}
	}
	for _, p := range added {
		out = append(out, movedPlace{p.label, none, saysOf(p.number)})
	}
	return out
}

// otherwise says what other answers and rules give: of a table and a comparison,
// which numbers each of them moves.
func (w *printer) otherwise(p *Pack) {
	parts := len(p.Result.Rows) > 0
	g := newGrid("The number if one thing were otherwise", "what", "if", "then")
	if parts {
		g = newGrid("Which numbers one thing moves if it were otherwise", "what", "if", "moves", "from", "to")
	}
	same := map[string]int{}
	left := 0
	for _, o := range p.Otherwise {
		list := moved(&p.Result, &o.Result)
		if o.What != "open question" && len(list) == 0 {
			same[o.What]++
			continue
		}
		if len(g.Rows) >= mostOtherwise {
			left++
			continue
		}
		what, when := o.What, sentence(prose.Dates(w.x.asked(o.If)))
		switch {
		case !parts:
			g.row(what, when, saysOf(&o.Result))
		case len(list) == 0:
			g.row(what, when, "no number by itself", "", "")
		}
		for i, m := range list {
			if !parts {
				break
			}
			if i > 0 {
				what, when = "", ""
			}
			g.row(what, when, m.label, m.now, m.then)
		}
	}
	if len(g.Rows) > 0 {
		w.add(document.Block{Kind: document.TableBlock, Table: &g.Table})
	}
	if left > 0 {
		w.say(plain(prose.Plural(left, "further alternative stands", "further alternatives stand") + " in otherwise.csv."))
	}
	if parts && len(g.Rows) > 0 && p.Result.Ratio == nil {
		w.say(plain("A row that only moves with the whole it is part of is not listed."))
	}
	switch {
	case len(p.questions()) == 0:
		w.say(w.noQuestion()...)
	case w.x.Unjudged > 0:
		w.say(w.unjudged()...)
	}
	w.out.Blocks = append(w.out.Blocks, w.reprintsOpen()...)
	for _, what := range sortedKeys(same) {
		w.say(plain(fmt.Sprintf("%s that leave it as it is: %d.", map[string]string{"counting rule": "Other counting rules", "outlet left out": "Outlets that can be left out"}[what], same[what])))
	}
}

// questions are those that move the result, a row of it or a cell.
func (p *Pack) questions() (out []*recount.Question) {
	for _, x := range places(&p.Result) {
		out = append(out, x.number.Questions...)
	}
	return out
}

// Alternatives lists what every number of the result is in each alternative: one row
// for each of them.
func (p *Pack) Alternatives() (columns []string, rows [][]string) {
	columns = append([]string{"what", "if"}, numberColumns...)
	columns = append(columns, "now_n", "now_of", "moves")
	for _, o := range p.Otherwise {
		type name struct{ row, column string }
		now, moves := map[name]*recount.Result{}, map[string]bool{}
		for _, x := range places(&p.Result) {
			now[name{x.row, x.column}] = x.number
		}
		for _, m := range moved(&p.Result, &o.Result) {
			moves[m.label] = true
		}
		for _, x := range places(&o.Result) {
			n, of := "", ""
			if r := now[name{x.row, x.column}]; r != nil {
				n, of = strconv.Itoa(r.N), wholeOf(r)
			}
			rows = append(rows, append(append([]string{o.What, sentence(prose.Dates(o.If))}, x.columns()...), n, of, yes(moves[x.label])))
		}
	}
	return columns, rows
}

// numberColumns are what the tables of a pack say of one number.
var numberColumns = []string{"row", "column", "label", "n", "of", "whole", "low", "high", "of_low", "of_high", "share_low", "share_high", "exact", "machine_read",
	"ratio", "ratio_low", "ratio_high", "unit", "interval", "interval_low", "interval_high", "apart"}

// Numbers lists every number of the result with its range and interval: the result
// itself, its rows and their cells.
func (p *Pack) Numbers() (columns []string, rows [][]string) {
	for _, x := range places(&p.Result) {
		rows = append(rows, x.columns())
	}
	return numberColumns, rows
}

func wholeOf(r *recount.Result) string {
	if r.Of == 0 {
		return ""
	}
	return strconv.Itoa(r.Of)
}

func (p *place) columns() []string {
	r := p.number
	share := func(n, of int) string {
		if of == 0 {
			return ""
		}
		return strconv.FormatFloat(float64(n)/float64(of), 'f', 4, 64)
	}
	var whole, ofLow, ofHigh string
	if r.Of > 0 {
		whole = "all " + prose.Nouns(r.Unit)
		if r.CodedOf > 0 && r.Of == r.Coded && r.Name != count.NotCoded {
			whole = prose.Nouns(r.Unit) + " who were coded"
		}
		ofLow, ofHigh = strconv.Itoa(r.OfRange.Low), strconv.Itoa(r.OfRange.High)
	}
	s := r.ShareRange
	out := []string{p.row, p.column, p.label, strconv.Itoa(r.N), wholeOf(r), whole, strconv.Itoa(r.Range.Low), strconv.Itoa(r.Range.High), ofLow, ofHigh,
		share(s.LowN, s.LowOf), share(s.HighN, s.HighOf), yes(r.Range.Exact), strconv.Itoa(r.Machine)}
	ratio := []string{"", "", "", ""}
	apart := ""
	if v := r.Ratio; v != nil {
		rate := func(n, than int) string { return share(n*v.ThanUnits, than*v.Units) }
		ratio = []string{rate(v.N, v.Than), "", "", "times as many a " + strings.TrimSuffix(v.Unit, "s")}
		if v.Range != (recount.ShareRange{}) {
			ratio[1], ratio[2] = rate(v.Range.LowN, v.Range.LowOf), rate(v.Range.HighN, v.Range.HighOf)
		}
		more, less := prose.Apart(*r)
		apart = yes(more || less)
	}
	out = append(out, ratio...)
	interval := []string{"", "", ""}
	if iv := r.Interval; iv != nil {
		interval = []string{iv.Method, strconv.FormatFloat(iv.Low, 'f', 4, 64), ""}
		if iv.High >= 0 {
			interval[2] = strconv.FormatFloat(iv.High, 'f', 4, 64)
		}
	}
	return append(append(out, interval...), apart)
}

func (w *printer) differing(p *Pack) {
	if len(p.Differ) == 0 {
		w.say(plain("On no question about these people did two coders give different answers. Whatever only one person answered was checked by nobody."))
		return
	}
	g := newGrid("Questions that coders answered differently", "question", "about", "page", "answers", "settled")
	for _, d := range p.Differ {
		g.row(w.askedOf(d), d.Words, d.Page, strings.Join(d.Answers, "; "), cmp.Or(d.Settled, "not settled"))
	}
	w.add(document.Block{Kind: document.TableBlock, Table: &g.Table})
}

// askedOf names the question that was answered differently: "code: Left without
// care", "variable: country".
func (w *printer) askedOf(d Differing) string {
	what := map[recount.Kind]string{recount.KindCode: "code", recount.KindPassage: "code of a passage", recount.KindValue: "variable", recount.KindCriterion: "criterion of who counts"}[d.Kind]
	if d.Subject == "" || what == "" {
		return strings.TrimSpace(prose.Decision(d.Kind) + " " + w.called(d.Subject))
	}
	return what + ": " + w.called(d.Subject)
}

func (w *printer) deciders(p *Pack) {
	type by struct {
		actor string
		kind  recount.Kind
	}
	n := map[by]int{}
	var order []by
	for _, d := range p.Decisions {
		if d.State != "" {
			continue
		}
		k := by{d.Actor, d.Kind}
		if n[k] == 0 {
			order = append(order, k)
		}
		n[k]++
	}
	slices.SortFunc(order, func(a, b by) int { return cmp.Or(cmp.Compare(a.actor, b.actor), cmp.Compare(a.kind, b.kind)) })
	g := newGrid("Decisions about these people that hold", "who", "what", "#decisions")
	for _, k := range order {
		g.row(k.actor, prose.Decision(k.kind), n[k])
	}
	if len(g.Rows) == 0 {
		w.say(plain("Nobody has decided anything about them."))
		return
	}
	w.add(document.Block{Kind: document.TableBlock, Table: &g.Table})
}
