package report

// This file makes the parts of a report that are no result: how the study was
// searched and screened, how far coders agree, what the numbers rest on, what
// would change them, who nearly counts, and the lists of an annex.
//
// In: the view of a study's report. Out: blocks of a document, which the web
// page, the Word file and the Markdown all show. What a number counts becomes
// evidence of the site.

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/report/document"
	"recount/internal/report/prose"
)

// sections are the slots that stand for a part of a report, with how each is
// made.
var sections = map[string]func(*study) []document.Block{
	"searches": (*study).searches, "flow": (*study).flow, "agreement": (*study).agreement, "support": (*study).support,
	"changes": (*study).changes, "sensitivity": (*study).sensitivity, "reported": (*study).reported, "missed": (*study).missed,
	"boundary": (*study).boundary, "overlap": (*study).overlap, "codebook": (*study).codebook, "coders": (*study).coders,
	"quotations": (*study).quotations, "method": (*study).method, "open": (*study).open, "sources": (*study).sources, "people": (*study).people, "variables": (*study).variables,
}

// sectionNames are the names of the sections, which a template may use. (A
// table of functions that read templates cannot be read by the template.)
var sectionNames = map[string]bool{"searches": true, "flow": true, "agreement": true, "support": true, "changes": true, "sensitivity": true, "reported": true,
	"missed": true, "boundary": true, "overlap": true, "codebook": true, "coders": true, "quotations": true, "method": true, "open": true, "sources": true, "people": true, "variables": true}

// A blocks is a part of a report that is being written.
type blocks []document.Block

func (b *blocks) say(text ...document.Inline) {
	*b = append(*b, document.Block{Kind: document.Paragraph, Text: text})
}

func (b *blocks) point(text ...document.Inline) {
	*b = append(*b, document.Block{Kind: document.ListItem, Level: 1, Text: text})
}

func (b *blocks) add(x document.Block) { *b = append(*b, x) }

// styled is a paragraph that the style sheet sets in its own way.
func (b *blocks) styled(style string, text ...document.Inline) {
	b.add(document.Block{Kind: document.Paragraph, Style: style, Text: text})
}

func (b *blocks) heading(level int, text string) {
	b.add(document.Block{Kind: document.Heading, Level: level, Text: document.Plain(text)})
}

// section puts blocks together; one with an id can be linked to.
func (b *blocks) section(style, id string, list []document.Block) {
	b.add(document.Block{Kind: document.Section, Style: style, ID: id, Blocks: list})
}

// trail leads back to the front page.
func (b *blocks) trail(here string) {
	b.add(document.Block{Kind: document.Paragraph, Style: "trail", Site: true, Text: []document.Inline{{Text: "The report", Page: "index.html"}, plain(" › " + here)}})
}

// notes are short remarks.
func (b *blocks) notes(list []string) {
	if len(list) == 0 {
		return
	}
	n := document.Block{Kind: document.Notes}
	for _, s := range list {
		n.Blocks = append(n.Blocks, document.Block{Kind: document.Paragraph, Text: document.Plain(s)})
	}
	b.add(n)
}

// fact says what something is, in a list of facts.
func (b *blocks) fact(name string, what ...document.Block) {
	b.add(document.Block{Kind: document.Fact, Text: document.Plain(name), Blocks: what})
}

// quiet is set back beside what it explains.
func quiet(s string) document.Inline { return document.Inline{Text: s, Quiet: true, Style: "quiet"} }

func para(text ...document.Inline) document.Block {
	return document.Block{Kind: document.Paragraph, Text: text}
}

func (b *blocks) note(s string) { b.say(document.Inline{Text: s, Quiet: true}) }

// A grid is a table that is being written.
type grid struct{ document.Table }

func newGrid(caption string, head ...string) *grid {
	g := &grid{document.Table{Caption: caption}}
	for _, h := range head {
		n := strings.HasPrefix(h, "#") // a column of numbers
		g.Head, g.Numeric = append(g.Head, strings.TrimPrefix(h, "#")), append(g.Numeric, n)
	}
	return g
}

func (g *grid) row(cells ...any) {
	var row []document.Cell
	for _, c := range cells {
		switch c := c.(type) {
		case string:
			row = append(row, document.Cell{Text: document.Plain(c)})
		case int:
			row = append(row, document.Cell{Text: document.Plain(prose.Grouped(c))})
		case link:
			row = append(row, document.Cell{Text: []document.Inline{inline(c)}})
		case []document.Inline:
			row = append(row, document.Cell{Text: c})
		case document.Cell:
			row = append(row, c)
		}
	}
	g.Rows = append(g.Rows, row)
}

func (b *blocks) table(g *grid) {
	if len(g.Rows) > 0 {
		*b = append(*b, document.Block{Kind: document.TableBlock, Table: &g.Table})
	}
}

// put adds a number that a part of the report prints, with its evidence.
func (r *study) put(id, label, counts string, items []item) link {
	e := &evidence{ID: "part-" + id, Label: label, Counts: counts, Number: prose.Grouped(len(items)), Items: items,
		Empty: "There is nothing in this list: the number is zero."}
	r.all = append(r.all, e)
	return e.Link()
}

// inline is a printed number that opens its evidence.
func inline(l link) document.Inline { return document.Inline{Text: l.Text, Page: l.Href, Number: true} }

func plain(s string) document.Inline { return document.Inline{Text: s} }

// annex is what the study says of its making; an empty one if nobody gave it.
func (r *study) annex() *Annex {
	if r.x.Annex == nil {
		return &Annex{}
	}
	return r.x.Annex
}

// everybody returns the people whom the study counts: those of the first
// result that counts all.
func (r *study) everybody() []*recount.Case {
	if r.counted == nil {
		r.counted = r.countEverybody()
	}
	return r.counted
}

// countsAll returns the first result that counts all, nil if there is none.
func (r *study) countsAll() *recount.Result {
	for _, q := range r.t.Queries {
		if res := r.byName[q.Name]; res != nil && q.Where == "" && q.Of == "" && q.By == "" && q.Versus == nil {
			return res
		}
	}
	return nil
}

func (r *study) countEverybody() []*recount.Case {
	ids := map[string]bool{}
	all := r.countsAll()
	if all != nil {
		for _, id := range all.Cases {
			ids[id] = true
		}
	}
	out := []*recount.Case{}
	for i := range r.x.Cases {
		if c := &r.x.Cases[i]; all == nil || ids[c.ID] {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b *recount.Case) int {
		return cmp.Or(recount.DateOf(firstDay(a)).Compare(recount.DateOf(firstDay(b))), cmp.Compare(personLabel(r.x, a), personLabel(r.x, b)), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// searches lists what was looked for and what came of it.
func (r *study) searches() []document.Block {
	var out blocks
	g := newGrid("What was searched", "when", "by", "database and search string", "#hits", "#offered then", "#new", "#known already", "#refused")
	for _, s := range r.annex().Searches {
		what := []string{}
		for _, x := range []string{s.Details.Database, s.Details.String, s.Details.Language, s.Details.Filters} {
			if x != "" {
				what = append(what, x)
			}
		}
		if len(what) == 0 {
			what = append(what, cmp.Or(s.Query, s.Channel))
		}
		hits := ""
		if s.Details.Hits > 0 {
			hits = prose.Grouped(s.Details.Hits)
		}
		g.row(prose.Day(cmp.Or(s.Details.Made, s.Time.UTC().Format("2006-01-02"))), s.Actor, strings.Join(what, "; "), hits, s.Offered, s.Added, s.Known, s.Refused)
	}
	if len(g.Rows) == 0 {
		out.say(plain("The log holds no search."))
	}
	out.table(g)
	return out
}

// flow says how many were left at each step, after the diagram of PRISMA 2020
// (Page et al. 2021), adapted: pages in place of studies, people at the end.
func (r *study) flow() []document.Block {
	a, x := r.annex(), r.x
	g := newGrid("From what was found to who is counted", "stage", "#number", "left out here")
	if len(a.Searches) > 0 {
		offered, refused := x.Offered()
		g.row("files, pages and records, each once however often it was offered", offered, map[bool]string{true: prose.Grouped(refused) + " could not be taken."}[refused > 0])
	}
	var empty []item
	for _, p := range x.Articles {
		if p.Text == "" {
			empty = append(empty, pageItem(x, p))
		}
	}
	var out []document.Inline
	if len(empty) > 0 {
		out = []document.Inline{inline(r.put("empty", "pages without text", "Pages in which no article text was found.", empty)), plain(" without text.")}
	}
	g.row("pages archived", r.Captures, out)
	out = nil
	if len(a.Screened) > 0 {
		l := r.put("screened", "pages that do not belong to the study", "Pages of which a person said that they do not belong to the study.", missPages(x, a.Screened))
		out = []document.Inline{inline(l), plain(" put out of the study by a person.")}
	}
	g.row("articles", r.Pages, out)
	out = nil
	if r.Reprints.N > 0 {
		out = append(out, inline(r.Reprints), plain(" "+r.Reprints.Noun("reprint", "reprints")))
	}
	if r.Spliced.N > 0 {
		if out != nil {
			out = append(out, plain(", "))
		}
		out = append(out, inline(r.Spliced), plain(" put together from others"))
	}
	if out != nil {
		out = append(out, plain("."))
	}
	g.row("independent originals", r.Originals, out)
	var accepted, speakers []item
	for i := range x.Cases {
		for j := range x.Cases[i].Members {
			m := &x.Cases[i].Members[j]
			speakers = append(speakers, item{Title: calledIn(m, &x.Cases[i]), Path: ArticlePath(m.Article), Cites: x.Cites(nil, m.Article, MentionLayer, "", m.At)})
			for _, s := range m.Statements {
				accepted = append(accepted, item{Title: calledIn(m, &x.Cases[i]), Path: ArticlePath(s.Article), Cites: x.Cites(nil, s.Article, StatementLayer, string(s.Type), s.At...)})
			}
		}
	}
	everybody := r.everybody()
	outside := len(x.Cases) - len(everybody)
	counted := recount.Result{N: len(everybody)}
	if all := r.countsAll(); all != nil {
		counted = *all
	}
	out = nil
	if again := len(speakers) - len(x.Cases); again > 0 {
		out = []document.Inline{plain(prose.Plural(again, "is of a person counted already", "are of people counted already") + ".")}
	}
	g.row("speakers in scope, each within one article", r.put("speakers", "speakers in scope", "Speakers of whom a person said that they count, each within one article. One person may be several of them.", speakers), out)
	g.row("their statements that were accepted", r.put("accepted", "accepted statements of people in scope", "Statements that a person accepted or typed in.", accepted), "")
	var people []item
	for _, c := range everybody {
		people = append(people, itemOf(x, c.ID, focus{}))
	}
	out = nil
	if outside > 0 {
		out = []document.Inline{plain(prose.Plural(outside, "person", "people") + " outside the period or the counting rules.")}
	}
	who := []document.Inline{plain("people counted")}
	if counted.Range.Low != counted.Range.High {
		who = append(who, document.Inline{Text: " [" + prose.Amount(counted) + " over the open questions]", Quiet: true})
	}
	g.row(who, r.put("people", "people counted", "People, each counted once, however many articles speak of them.", people), out)
	return []document.Block{{Kind: document.Flow, Table: &g.Table}}
}

// agreement says how far coders agree, on each kind of question and on each
// code.
func (r *study) agreement() []document.Block {
	var out blocks
	a := r.annex()
	if len(a.Agreement) == 0 {
		out.say(plain("Not computed: no kind of question was answered by two coders. Whatever one person decided alone was checked by nobody, and how another would have decided is not known."))
		return out
	}
	g := newGrid("Agreement before anybody settled a difference", "question", "coders", "#answered", "#by two or more", "#differently", "agreement")
	for _, x := range a.Agreement {
		what := sentence(prose.Decision(x.Kind))
		cell := document.Cell{Text: document.Plain(what)}
		if x.Subject != "" {
			cell = document.Cell{Text: document.Plain(r.called(x.Subject)), Deep: true}
		}
		g.row(cell, strings.Join(x.Coders, ", "), x.Asked, x.Twice, x.Differ, strings.Join(x.Values, "; "))
		if x.Changed > 0 {
			g.row(document.Cell{Text: document.Plain("as first given, before " + prose.Plural(x.Changed, "answer was changed by its own coder", "answers were changed by their own coders") + " after another had answered"), Deep: true},
				"", "", "", x.FirstDiffer, strings.Join(x.First, "; "))
		}
	}
	out.table(g)
	out.note("Equal answers in per cent, kappa (Cohen 1960), alpha (Krippendorff 2011, nominal, and on its scale where a variable has one), AC1 (Gwet 2008) and, of passages, u-alpha for how they were cut and cu-alpha for their codes (Krippendorff et al. 2016) over the answers that two or more gave, before adjudication and without calibration rounds.")
	return out
}

// called names a code or variable in words.
func (r *study) called(name string) string {
	return r.x.CodeName(name)
}

// support says on how many independent originals the account of each person
// stands, and that of each code.
func (r *study) support() []document.Block {
	var out blocks
	x := r.x
	everybody := r.everybody()
	originals := func(c *recount.Case, of func(*recount.Member) bool) int {
		seen := map[recount.Key]bool{}
		for i := range c.Members {
			if m := &c.Members[i]; of(m) {
				seen[cmp.Or(m.Original, m.Article)] = true
			}
		}
		return len(seen)
	}
	var by [3][]item
	var owned []item
	owners := r.annex().Owners
	for _, c := range everybody {
		n := originals(c, func(*recount.Member) bool { return true })
		it := itemOf(x, c.ID, focus{})
		if n > 0 {
			by[min(n, 3)-1] = append(by[min(n, 3)-1], it)
		}
		seen := map[string]bool{}
		for i := range c.Members {
			seen[cmp.Or(owners[c.Members[i].Outlet], c.Members[i].Outlet)] = true
		}
		if len(seen) > 1 {
			owned = append(owned, it)
		}
	}
	g := newGrid("How many independent originals speak of each person", "independent originals", "#people", "#share")
	for i, name := range []string{"one", "two", "three or more"} {
		l := r.put(fmt.Sprintf("originals-%d", i+1), "people of whom "+name+" independent "+map[bool]string{true: "original speaks", false: "originals speak"}[i == 0],
			"Reprints of one story are one original. Originals that report one interview are still several; that they agree is worth no more than that.", by[i])
		g.row(name, l, prose.Percent(len(by[i]), len(everybody)))
	}
	out.table(g)
	l := r.put("owners", "people of whom outlets of two or more owners speak", "An outlet whose owner nobody named counts as its own owner.", owned)
	text := []document.Inline{plain("Outlets of two or more owners speak of "), inline(l), plain(" of them.")}
	if len(owners) == 0 {
		text = append(text, plain(" No owner was named, so each outlet counts as its own owner."))
	}
	out.say(text...)
	var tops []recount.Code
	for _, c := range x.Codebook.Codes {
		if c.Parent == "" {
			tops = append(tops, c)
		}
	}
	codes := newGrid("On how many independent originals a code of a person rests", "code", "#people", "#of them in two or more", "#in one only")
	for _, code := range tops {
		var all, twice, once []item
		for _, c := range everybody {
			n := originals(c, func(m *recount.Member) bool {
				return slices.ContainsFunc(m.Codes, func(co recount.Coding) bool { return co.Code == code.Code || strings.HasPrefix(co.Code, code.Code+".") })
			})
			if n == 0 {
				continue
			}
			it := itemOf(x, c.ID, focus{words: map[string]bool{code.Code: true}})
			all = append(all, it)
			if n > 1 {
				twice = append(twice, it)
			} else {
				once = append(once, it)
			}
		}
		id := prose.Slug(code.Code) + "-" + string(recount.KeyOf("code", code.Code)[:4])
		label := "people whose statements carry " + r.called(code.Code)
		codes.row(r.called(code.Code), r.put("code-"+id, label, "A code is given to a statement of the person.", all),
			r.put("code2-"+id, label+", in two or more independent originals", "In each of them a statement of the person carries the code.", twice),
			r.put("code1-"+id, label+", in one independent original only", "No other original was found that says the same of this person.", once))
	}
	out.table(codes)
	out = append(out, r.grades(everybody)...)
	if r.Open() > 0 {
		out.note("Counted over the answers accepted so far; these rows carry no range over the open questions.")
	}
	return out
}

// grades says by which rules accounts are graded, and which grade what people
// are said to have said and to be has.
func (r *study) grades(everybody []*recount.Case) []document.Block {
	var out blocks
	x := r.x
	if len(x.Grades) == 0 {
		return nil
	}
	counted := map[string]bool{}
	for _, c := range everybody {
		counted[c.ID] = true
	}
	out.say(plain("The study grades an account, and each thing that it says, by the independent originals behind it. An original is of the owner of the outlet that printed it first; the first grade that is met holds."))
	head := []string{"code"}
	var grades []Grade
	for i, g := range x.Grades {
		if i == len(x.Grades)-1 && len(g.People)+len(g.Codes)+len(g.Values) == 0 {
			continue // every account has a grade
		}
		grades = append(grades, g)
		head = append(head, "#"+g.Name)
		out.point(document.Inline{Text: g.Name, Strong: true}, plain(": "+g.Rule+"."))
	}
	table := func(caption, first, key string, names []string, called func(string) string, of func(Grade) map[string][]string) {
		g := newGrid(caption, append([]string{first}, head[1:]...)...)
		for _, name := range names {
			row, any := []any{called(name)}, false
			for _, grade := range grades {
				var items []item
				for _, id := range of(grade)[name] {
					if counted[id] {
						items = append(items, itemOf(x, id, focus{words: map[string]bool{name: true}}))
					}
				}
				any = any || len(items) > 0
				row = append(row, r.put("grade-"+key+"-"+grade.Name+"-"+string(recount.KeyOf(key, name)[:8]), "people whose "+first+" "+called(name)+" is "+grade.Name,
					"Of the grade "+grade.Name+": "+grade.Rule+".", items))
			}
			if any {
				g.row(row...)
			}
		}
		out.table(g)
	}
	var codes, variables []string
	for _, c := range x.Codebook.Codes {
		codes = append(codes, c.Code)
	}
	for _, v := range x.Variables {
		variables = append(variables, v.Name)
	}
	table("How well it is supported that people carry a code", "code", "code", codes, r.called, func(g Grade) map[string][]string { return g.Codes })
	table("How well the values of variables are supported", "variable", "value", variables, func(n string) string { return strings.ReplaceAll(n, "_", " ") }, func(g Grade) map[string][]string { return g.Values })
	return out
}

// changes says what changed since the version that was kept last.
func (r *study) changes() []document.Block {
	var out blocks
	s := r.annex().Since
	if s == nil {
		out.say(plain("No earlier version of this report was kept, so there is nothing to set it against."))
		return out
	}
	if len(s.Lines) == 0 {
		out.say(plain("No number of report.md changed since the version " + s.Name + " of " + prose.Day(s.Day) + "."))
		return out
	}
	out.say(plain("Since the version " + s.Name + " of " + prose.Day(s.Day) + ":"))
	for _, l := range s.Lines {
		text, under := strings.CutPrefix(l, "  ") // of what the line above says
		b := document.Block{Kind: document.ListItem, Level: 1, Text: document.Plain(strings.TrimSpace(text))}
		if under {
			b.Level = 2
		}
		out.add(b)
	}
	return out
}

// sensitivity says what would change the numbers: the open questions, another
// counting rule, one outlet less.
func (r *study) sensitivity() []document.Block {
	var out blocks
	out = append(out, r.open()...)
	a := r.annex()
	g := newGrid("What another counting rule would give", "if", "number", "now", "then")
	for _, m := range a.Moved {
		g.row(m.Rule, sentence(m.Name), m.Now, m.Then)
	}
	if r.x.Annex != nil && len(a.Moved) == 0 {
		out.say(plain("No number here changes under another rule for values that contradict each other."))
	}
	out.table(g)
	w := newGrid("What is left when all pages of one outlet are left out", "without", "#people still counted", "#people of whom only this outlet speaks", "the share that moves most")
	for _, o := range a.Without {
		var lost []item
		for _, id := range inOrder(r.x, o.Lost) {
			lost = append(lost, itemOf(r.x, id, focus{}))
		}
		fewer := r.put("without-"+prose.Slug(o.Outlet)+"-"+string(recount.KeyOf("outlet", o.Outlet)[:4]), "people of whom only "+o.Outlet+" speaks", "Without its pages nobody would know of them. The count without this outlet may fall by less, where a page of it alone holds two accounts together as one person, and rises then by one.", lost)
		most := sentence(cmp.Or(o.Most, "no share moves"))
		w.row(o.Outlet, o.People, fewer, most)
	}
	out.table(w)
	if len(a.Without) > 0 {
		out.styled("footnote", quiet("More people may go than those of whom only the outlet speaks: without its page somebody may first have been reported outside the period. Fewer go where its page alone joins two accounts to one person."))
	}
	return out
}

// open lists the open questions with what each moves.
func (r *study) open() []document.Block {
	return append(r.openOnes(), r.reprintsOpen()...)
}

// openOnes lists those that ranges hold.
func (r *study) openOnes() []document.Block {
	var out blocks
	if r.Open() == 0 {
		out.say(r.noQuestion()...)
		return out
	}
	alike := r.moveAlike()
	for _, a := range r.order {
		q, why := r.question(a)
		text := []document.Inline{{Text: q, Page: "questions.html#" + a.id}}
		if strings.Contains(why, ": ") && len(a.About) > 0 && a.What != "link" && a.What != "date" && a.What != "scope" {
			text = append(text, plain(" "+strings.TrimSuffix(why, ".")+".")) // who says what
		}
		if alike == "" {
			text = append(text, plain(" "+r.movesText(a)))
		}
		out.point(text...)
	}
	if alike != "" {
		out.say(plain(alike))
	}
	if r.x.Unjudged > 0 {
		out.say(r.unjudged()...)
	}
	return out
}

// moveAlike says what the open questions move where each of several moves the same,
// so that it is said once; else it is "".
func (r *study) moveAlike() string {
	const together = "Together with others that are open it moves: "
	if len(r.order) < 2 {
		return ""
	}
	text := r.movesText(r.order[0])
	for _, a := range r.order[1:] {
		if r.movesText(a) != text {
			return ""
		}
	}
	rest, ok := strings.CutPrefix(text, together)
	if !ok {
		return ""
	}
	return "Together they move: " + rest
}

// movesText says which numbers an open question moves: the results by name,
// not the rows and shares that follow from them. A range is that over all
// questions, so it is said where others move the number too.
func (r *study) movesText(a *asked) string {
	var alone, together []string
	rows := 0
	for _, e := range a.moves {
		res := r.resultOf[e]
		if res == nil || res.N == 0 && res.Range.High == 0 {
			continue
		}
		if of := r.rowOf[res]; of != "" || r.byName[res.Name] != res {
			if res.Range.Low != res.Range.High && r.t.drawn[of] { // a reader finds no other
				rows++
			}
			continue
		}
		span := ""
		switch {
		case res.Ratio != nil:
			span = prose.Range(*res)
		case len(res.Rows) == 0 && res.Range.Low != res.Range.High:
			span = prose.Amount(*res)
		}
		if span == "" {
			continue
		}
		to := &alone
		if len(e.Asked) > 1 {
			to = &together
		}
		*to = append(*to, prose.Label(*res)+" ("+span+")")
	}
	var parts []string
	if len(alone) > 0 {
		parts = append(parts, "it moves: "+strings.Join(alone, "; "))
	}
	if len(together) > 0 {
		parts = append(parts, "together with others that are open it moves: "+strings.Join(together, "; "))
	}
	if rows > 0 {
		of := prose.Plural(rows, "row of the tables", "rows of the tables")
		if r.t.Kind == "brief" {
			of = prose.Plural(rows, "row of the charts", "rows of the charts")
		}
		if len(parts) == 0 {
			of = "it moves " + of
		}
		parts = append(parts, of)
	}
	switch n := len(parts); {
	case n == 0:
		return "It moves no number, only how large the whole of some shares is."
	case rows > 0 && n > 1:
		parts[n-1] = "and " + parts[n-1]
	}
	return capital(strings.Join(parts, "; ")) + "."
}

// mostReported is how many quantities that outlets report a section lists.
const mostReported = 12

// reported sets what outlets count beside what was counted here.
func (r *study) reported() []document.Block {
	var out blocks
	if len(r.groups) == 0 {
		out.say(plain("No article that was collected states a number of its own."))
		return out
	}
	var people *recount.Result
	for _, q := range r.t.Queries {
		if res := r.byName[q.Name]; res != nil && q.Where == "" && q.By == "" && q.Versus == nil {
			people = res
			break
		}
	}
	if people != nil {
		out.say(plain("Counted here: "), inline(r.link(people, prose.People(*people))), plain(". What follows is stated by articles; none of it was counted here, and none of it is averaged. A number that counts something else, or another period, contradicts nothing."))
	}
	var said [5]string // of the row before: outlet, day, words, what they are beside the first, and why
	g := newGrid("What outlets state", "what is counted", "outlet", "day", "as printed", "beside the first")
	for _, group := range r.groups[:min(len(r.groups), mostReported)] {
		title := sentence(group.Title()) // at the first row that stands
		for _, row := range group.Rows {
			if row.Reprint {
				continue
			}
			now := [5]string{row.Outlet, row.Date, strings.ToLower(row.Wording), row.Relation, row.Reason}
			last := len(g.Rows) - 1
			if title == "" && last >= 0 && said == now {
				cell := &g.Rows[last][3] // the same words once more on the same page
				cell.Text = append(cell.Text, plain(", "), document.Inline{Text: "again", Page: row.Path})
				continue
			}
			said = now
			g.row(title, row.Outlet, row.Date, []document.Inline{{Text: row.Wording, Page: row.Path}}, row.verdict())
			title = ""
		}
	}
	out.table(g)
	if more := len(r.groups) - mostReported; more > 0 {
		out.say(plain("Outlets report "+prose.Plural(more, "further quantity", "further quantities")+", which stand with "), document.Inline{Text: "all that they report", Page: "figures.html"}, plain("."))
	}
	return out
}

// missed says how much the program missed.
func (r *study) missed() []document.Block {
	out := blocks(r.Miss.shown())
	if u := r.x.unread(); u != nil {
		out.say(u...)
	}
	if r.x.Unjudged > 0 {
		out.say(r.unjudged()...)
	}
	out.say(plain("No statement, code, value or person entered a count before somebody accepted it; names, kinds and genders of people are as the program read them where nobody corrected them. What the program missed is in none of them. " + published(r.x.Census)))
	return out
}

// published says what the accounts are of: where the study says that its people are a
// sample, its shares carry intervals, and nothing may deny it.
func published(census bool) string {
	if census {
		return "These are accounts that were published. They are no sample of those to whom it happened, and they are no total."
	}
	return "These are accounts that were published, of people whom the study takes for a sample of those whose accounts were. They are no total of those to whom it happened."
}

// boundary lists who nearly counts.
func (r *study) boundary() []document.Block {
	var out blocks
	a := r.annex()
	if len(a.Boundary) == 0 {
		out.say(plain("No decision puts anybody at the edge: nobody is unclear, nobody is outside the period, and nobody meets one condition and not another."))
		return out
	}
	g := newGrid("Who nearly counts", "who", "why at the edge", "the reason that was given")
	for _, c := range a.Boundary {
		it := item{Title: cmp.Or(c.Name, recount.NoName), Path: ArticlePath(c.Article), Cites: r.x.Cites(nil, c.Article, MentionLayer, "who", c.At)}
		who := document.Inline{Text: it.Title}
		if len(it.Cites) > 0 {
			who.Page = it.Path + "#" + it.Cites[0].Place.ID
		}
		g.row([]document.Inline{who}, prose.Dates(c.Why), c.Reason)
	}
	out.table(g)
	return out
}

// mostOverlap is how many outlets stand in the table of who overlaps whom.
const mostOverlap = 12

// overlap says which outlets share text: how many pairs of their pages are
// reprints of one original or share passages.
func (r *study) overlap() []document.Block {
	var out blocks
	type pair struct{ a, b string }
	shared := map[pair][]item{}
	weight := map[string]int{}
	for _, rel := range r.x.Relations {
		a, b := r.x.ByKey[rel.A], r.x.ByKey[rel.B]
		if a == nil || b == nil || a.Outlet == "" || b.Outlet == "" || a.Outlet == b.Outlet || rel.Kind != recount.Copy && rel.Kind != recount.Partial {
			continue
		}
		it := item{Title: prose.Title(a) + " – " + prose.Title(b), Notes: []string{prose.Relation(rel.Kind)}}
		if i := Longest(rel.Spans); i >= 0 {
			it.Cites = r.x.Cites(it.Cites, rel.A, LeadLayer, a.Outlet, rel.Spans[i].A)
			it.Cites = r.x.Cites(it.Cites, rel.B, LeadLayer, b.Outlet, rel.Spans[i].B)
		}
		if len(it.Cites) == 0 {
			it.Cites = pageItem(r.x, a).Cites
		}
		shared[pair{a.Outlet, b.Outlet}] = append(shared[pair{a.Outlet, b.Outlet}], it)
		if a.Outlet != b.Outlet {
			shared[pair{b.Outlet, a.Outlet}] = append(shared[pair{b.Outlet, a.Outlet}], it)
		}
		weight[a.Outlet]++
		weight[b.Outlet]++
	}
	if len(shared) == 0 {
		out.say(plain("No two outlets of this study share a text or a passage."))
		return out
	}
	outlets := sortedKeys(weight)
	slices.SortStableFunc(outlets, func(a, b string) int { return cmp.Compare(weight[b], weight[a]) })
	left := outlets[min(len(outlets), mostOverlap):]
	outlets = outlets[:min(len(outlets), mostOverlap)]
	most := 1
	for _, s := range shared {
		most = max(most, len(s))
	}
	head := []string{""}
	for _, o := range outlets {
		head = append(head, "#"+o)
	}
	g := newGrid("Pairs of pages by which two outlets share a text or a passage", head...)
	made := map[pair]link{}
	for _, a := range outlets {
		cells := []any{a}
		for _, b := range outlets {
			s := shared[pair{a, b}]
			if len(s) == 0 {
				cells = append(cells, "")
				continue
			}
			k := pair{min(a, b), max(a, b)}
			l, ok := made[k]
			if !ok {
				l = r.put("shared-"+string(recount.KeyOf("shared", k.a, k.b)[:10]), "pairs of pages that "+k.a+" and "+k.b+" share", "Two pages of which one runs the other's text, or that share passages of prose.", s)
				made[k] = l
			}
			cells = append(cells, document.Cell{Text: []document.Inline{inline(l)}, Heat: (5*len(s) + most - 1) / most})
		}
		g.row(cells...)
	}
	out.table(g)
	if len(left) > 0 {
		out.note("Left out of the table, because they share less: " + strings.Join(left, ", ") + ".")
	}
	return out
}

// codebook prints the codes with everything that a coder was told.
func (r *study) codebook() []document.Block {
	var out blocks
	cb := r.x.Codebook
	if len(cb.Codes) == 0 {
		out.say(plain("The study has no codebook."))
		return out
	}
	unit := ""
	if cb.MultiLabel {
		unit = " A person may carry several codes."
	}
	out.say(plain(capital(strings.TrimPrefix(fmt.Sprintf("%s, version %d.", cb.Title, cb.Version), ", ")) + unit))
	agree := map[string]string{}
	for _, a := range r.annex().Agreement {
		if a.Kind == recount.KindCode && a.Subject != "" {
			agree[a.Subject] = strings.Join(a.Values, "; ")
		}
	}
	head := []string{"code", "definition", "use it when", "not when", "example"}
	if len(agree) > 0 {
		head = append(head, "agreement")
	}
	g := newGrid("Codebook", head...)
	for _, c := range cb.Codes {
		name := document.Cell{Deep: c.Parent != "", Text: []document.Inline{{Text: c.Code, Code: true}}}
		if c.Short != "" {
			name.Text = append(name.Text, plain(" "+strings.TrimSuffix(c.Short, ".")))
		}
		cells := []any{name, c.Definition, c.UseWhen, c.DoNotUse, c.Example}
		if len(agree) > 0 {
			cells = append(cells, r.agreedOn(c.Code, agree))
		}
		g.row(cells...)
	}
	out.table(g)
	return out
}

// agreedOn says how far coders agree on a code: where no two answered it, whether
// anybody gave it, or a code below it.
func (r *study) agreedOn(code string, agree map[string]string) string {
	if said := agree[code]; said != "" {
		return said
	}
	below := func(c string) bool { return strings.HasPrefix(c, code+".") }
	for _, c := range r.x.Codebook.Codes {
		if agree[c.Code] != "" && (c.Parent == code || below(c.Code)) {
			return "by its sub-codes, in their rows"
		}
	}
	said := "coded by nobody"
	for i := range r.x.Cases {
		for _, m := range r.x.Cases[i].Members {
			for _, co := range m.Codes {
				switch {
				case co.Code == code:
					return "coded by one coder only"
				case below(co.Code):
					said = "by its sub-codes, coded by one coder only"
				}
			}
		}
	}
	return said
}

// variables prints what was recorded of each person.
func (r *study) variables() []document.Block {
	var out blocks
	g := newGrid("What was recorded of each person", "variable", "question", "values")
	for _, v := range r.x.Variables {
		values := strings.Join(v.Values, ", ")
		g.row(strings.ReplaceAll(v.Name, "_", " "), v.Ask, cmp.Or(values, "any"))
	}
	if len(g.Rows) == 0 {
		out.say(plain("No variable was recorded beside gender and kind of name."))
	}
	out.table(g)
	return out
}

// coders says who decided what.
func (r *study) coders() []document.Block {
	var out blocks
	g := newGrid("Who decided what", "who", "what", "#decisions that hold")
	last := ""
	for _, c := range r.annex().Coders {
		name := c.Name
		if name == last {
			name = ""
		}
		last = c.Name
		g.row(name, prose.Decision(c.Kind), c.N)
	}
	if len(g.Rows) == 0 {
		out.say(plain("Nobody has decided anything yet."))
	}
	out.table(g)
	return out
}

// mostListed is how many rows the lists of people and sources have in a
// document; the pages have all.
const mostListed = 500

// people lists everybody who counts.
func (r *study) people() []document.Block {
	var out blocks
	everybody := r.everybody()
	g := newGrid("People counted", "name", "name in the press", "first reported", "first outlet", "#originals", "#accepted statements")
	for _, c := range everybody[:min(len(everybody), mostListed)] {
		originals, statements := map[recount.Key]bool{}, 0
		for i := range c.Members {
			originals[cmp.Or(c.Members[i].Original, c.Members[i].Article)] = true
			statements += len(c.Members[i].Statements)
		}
		kind, outlet := "", ""
		if h := c.Head(); h != nil {
			kind = kindOf(h.Speaker.Kind)
		}
		if m := c.First(); m != nil {
			outlet = m.Outlet
		}
		g.row(listed(r.x, c), kind, prose.Day(firstDay(c)), outlet, len(originals), statements)
	}
	out.table(g)
	if more := len(everybody) - mostListed; more > 0 {
		out.note(prose.Plural(more, "person", "people") + " more, each with a page of the report's site.")
	}
	return out
}

// uncapital goes on with a sentence: a name keeps its capitals.
func uncapital(s string) string {
	r, w := utf8.DecodeRuneInString(s)
	if next, _ := utf8.DecodeRuneInString(s[w:]); r == utf8.RuneError || !unicode.IsLower(next) {
		return s
	}
	return string(unicode.ToLower(r)) + s[w:]
}

// capital begins a cell with a capital letter.
func capital(s string) string {
	r, w := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(r)) + s[w:]
}

// listed names a person as the report does, and says what other names pages give them:
// that of the first report, where it is another, and that of the page that tells most.
func listed(x *Index, c *recount.Case) []document.Inline {
	name := personLabel(x, c)
	known, _ := c.Known()
	other := func(called string, m *recount.Member) {
		name += "; " + called + " in " + strings.Join(slices.DeleteFunc([]string{m.Outlet, prose.Day(m.Published())}, func(s string) bool { return s == "" }), ", ")
	}
	first, head := c.First(), c.Head()
	if first != nil && c.NameIn(first.Article) != known {
		other(nameOn(c, first.Article), first)
	}
	if head != nil && c.Name() != known {
		other(prose.PersonName(c.Name()), head)
	}
	return []document.Inline{{Text: capital(name), Page: personPath(c.ID)}}
}

// kindOf says in one word how a person is called in the press.
func kindOf(k recount.SpeakerKind) string {
	switch k {
	case recount.Named:
		return "named"
	case recount.Pseudonym:
		return "under another name"
	case recount.Anonymous, recount.Unspecified:
		return "without a name"
	}
	return string(k)
}
