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

// rows names the rows of the result in which each person stands.
func (p *Pack) rows() map[string][]string {
	out := map[string][]string{}
	for _, r := range p.Result.Rows {
		for _, id := range r.Cases {
			out[id] = append(out[id], rowLabel(r))
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
	w.heading("The number")
	e := r.evidence[res]
	text := []document.Inline{{Text: sentence(e.Label) + ": " + e.Number, Strong: true}}
	if e.Range != "" {
		text = append(text, plain(" (range "+e.Range+")"))
	}
	w.say(append(text, plain("."))...)
	if len(res.Rows) > 0 {
		w.packRows(res)
	}
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
		title := it.Title
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

// packRows writes the rows of a result without notes: the people stand below.
func (w *printer) packRows(res *recount.Result) {
	g := newGrid(sentence(prose.Label(*res)), "", "#number", "#share", "range")
	for i := range res.Rows {
		row := &res.Rows[i]
		share := ""
		if row.Of > 0 {
			share = prose.Percent(row.N, row.Of)
		}
		g.row(document.Cell{Text: document.Plain(rowLabel(*row)), Deep: w.subCode(row.Name)}, prose.KOfN(*row), share, prose.RowRange(*row))
	}
	w.add(document.Block{Kind: document.TableBlock, Table: &g.Table})
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
	columns = []string{"person", "name", "counted", "what", "subject", "answers_the_question", "source", "outlet", "day", "title", "address", "sha256", "words", "from", "to", "decision", "decided_by", "decided_at"}
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
		rows = append(rows, []string{prose.Cut(c.ID, 12), prose.OneLine(labelIn(x, c, a.Key)), yes(p.counted(c.ID)), what, subject, yes(asked), fmt.Sprintf("S%d", no[article]), prose.OneLine(a.Outlet), a.When(), prose.Title(a), prose.OneLine(a.URL), hash,
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
func (p *Pack) People(variables []string) (columns []string, rows [][]string) {
	in := p.rows()
	columns = append([]string{"person", "name", "name_outlet", "counted", "rows", "gender", "kind", "first_reported", "first_outlet", "first_name", "outlets", "originals", "articles", "statements"}, variables...)
	columns = append(columns, "codes")
	for i := range p.Persons {
		x := &p.Persons[i]
		c := &recount.Case{ID: x.ID, Members: x.Members}
		_, by, first := x.Named()
		row := []string{prose.Cut(x.ID, 12), prose.OneLine(personLabel(nil, c)), by, yes(p.counted(x.ID)), strings.Join(in[x.ID], "; "), x.Gender, x.Kind, x.FirstReported, x.FirstOutlet, first,
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

// mostOtherwise is how many outlets left out stand in the text; the table has
// all.
const mostOtherwise = 60

// otherwise says what other answers and rules give.
func (w *printer) otherwise(p *Pack) {
	g := newGrid("The number if one thing were otherwise", "what", "if", "then")
	same := map[string]int{}
	for _, o := range p.Otherwise {
		then := Said(o.Result)
		if o.What != "open question" && then == Said(p.Result) {
			same[o.What]++
			continue
		}
		if len(g.Rows) < mostOtherwise {
			g.row(o.What, sentence(prose.Dates(o.If)), then)
		}
	}
	if len(g.Rows) > 0 {
		w.add(document.Block{Kind: document.TableBlock, Table: &g.Table})
	}
	switch {
	case len(p.Result.Questions) == 0:
		w.say(w.noQuestion()...)
	case w.x.Unjudged > 0:
		w.say(w.unjudged()...)
	}
	for _, what := range sortedKeys(same) {
		w.say(plain(fmt.Sprintf("%s that leave it as it is: %d.", map[string]string{"counting rule": "Other counting rules", "outlet left out": "Outlets that can be left out"}[what], same[what])))
	}
}

func (w *printer) differing(p *Pack) {
	if len(p.Differ) == 0 {
		w.say(plain("On no question about these people did two coders give different answers. Whatever only one person answered was checked by nobody."))
		return
	}
	g := newGrid("Questions that coders answered differently", "question", "about", "page", "answers", "settled")
	for _, d := range p.Differ {
		g.row(strings.TrimSpace(prose.Decision(d.Kind)+" "+w.called(d.Subject)), d.Words, d.Page, strings.Join(d.Answers, "; "), cmp.Or(d.Settled, "not settled"))
	}
	w.add(document.Block{Kind: document.TableBlock, Table: &g.Table})
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
