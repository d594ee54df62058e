package study

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"recount"
	"recount/internal/casebook"
	"recount/internal/coding"
	"recount/internal/count"
	"recount/internal/report"
)

// A dataTable is one table for a statistician, with what its columns are.
type dataTable struct {
	name, what string
	table      *Table
	variables  []variableOf
}

// A variableOf says what a column holds.
type variableOf struct{ name, kind, label, values, made string }

// column adds a column. kind is "text", "whole number", "date" or "0 or 1".
func (d *dataTable) column(name, kind, label, values, made string) {
	if d.table == nil {
		d.table = &Table{numbers: map[int]bool{}}
	}
	if kind == "whole number" || kind == "0 or 1" {
		d.table.numbers[len(d.table.Columns)] = true
	}
	d.table.Columns = append(d.table.Columns, name)
	d.variables = append(d.variables, variableOf{name, kind, label, values, made})
}

func (d *dataTable) row(cells ...string) { d.table.Rows = append(d.table.Rows, cells) }

// Why a value is missing. A value column is empty then, and the column beside it
// says which of these it is.
const (
	present       = 0
	isUnknown     = 1 // somebody looked, and it cannot be told
	notStated     = 2 // somebody looked, and no page says
	notApplicable = 3 // there is nothing to say
	notRecorded   = 4 // nobody recorded anything
	conflicting   = 5 // pages contradict each other, and by the rule none of them counts
	answersDiffer = 6 // people answered differently, and nobody settled it
)

const missingCodes = "0 = there is a value; 1 = unknown: somebody looked, and it cannot be told; 2 = not stated: somebody looked, and no page says; 3 = not applicable; 4 = nobody recorded anything; 5 = pages contradict each other, and by the counting rule none counts; 6 = people answered differently, and nobody settled it: codings has their answers"

// orMissing says whether a person has a value, and else why not.
func orMissing(x *count.Person, variable, value string) (string, int) {
	stated := func(word string) bool {
		return slices.ContainsFunc(x.Members, func(m recount.Member) bool {
			return slices.ContainsFunc(m.Values, func(v recount.Value) bool { return v.Variable == variable && v.Value == word })
		})
	}
	switch value {
	case "", "unknown":
		switch {
		case stated("unknown"):
			return "", isUnknown
		case perhaps(x, func(p recount.Perhaps) bool {
			return variable == "gender" && p.Gender != "" || slices.ContainsFunc(p.Values, func(v recount.Value) bool { return v.Variable == variable })
		}):
			return "", answersDiffer
		}
		return "", notRecorded
	case "not stated":
		return "", notStated
	case "not applicable":
		return "", notApplicable
	case "conflict":
		if !stated("conflict") {
			return "", conflicting
		}
	}
	return value, present
}

// perhaps reports whether people answered differently what a person has, so that none
// of it holds.
func perhaps(x *count.Person, what func(recount.Perhaps) bool) bool {
	return slices.ContainsFunc(x.Members, func(m recount.Member) bool { return slices.ContainsFunc(m.Perhaps, what) })
}

// ExportTables writes a new folder with the study as tables for a statistician,
// and lists its files.
func (s *Study) ExportTables(ctx context.Context, dir string) ([]string, error) {
	book, err := s.casebook(ctx, needs{codebook: true})
	if err != nil {
		return nil, err
	}
	tables, err := s.tables(ctx, book)
	if err != nil {
		return nil, err
	}
	m, _, err := s.material(ctx, book)
	if err != nil {
		return nil, err
	}
	var about []report.DataTable
	for _, t := range tables {
		about = append(about, report.DataTable{Name: t.name, What: t.what, Rows: len(t.table.Rows)})
	}
	doc := report.AboutTables(m, about)
	return newFolder(dir, func(put func(name string, f func(io.Writer) error)) {
		put("README.md", doc.Markdown)
		for _, t := range tables {
			put(t.name+".csv", t.table.CSV)
			put(t.name+".parquet", t.parquet)
		}
		put("tables.xlsx", func(w io.Writer) error { return workbook(w, tables) })
	})
}

// mostSheet is how many rows a sheet holds below its heads.
const mostSheet = 1<<20 - 1

// workbook writes tables as the sheets of one workbook.
func workbook(w io.Writer, tables []dataTable) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetDocProps(undated()); err != nil {
		return err
	}
	for i, t := range tables {
		if len(t.table.Rows) > mostSheet {
			t.table = &Table{Columns: []string{"this table has more rows than a sheet holds; take the CSV"}}
		}
		if i == 0 {
			if err := f.SetSheetName("Sheet1", t.name); err != nil {
				return err
			}
		} else if _, err := f.NewSheet(t.name); err != nil {
			return err
		}
		if err := t.table.sheet(f, t.name); err != nil {
			return err
		}
	}
	return f.Write(w)
}

// tables makes every table.
func (s *Study) tables(ctx context.Context, book *casebook.Casebook) ([]dataTable, error) {
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
	t, err := s.texts(ctx, book)
	if err != nil {
		return nil, err
	}
	byKey := map[recount.Key]*recount.Article{}
	for _, a := range t.articles {
		byKey[a.Key] = a
	}
	links, err := s.linkTable(ctx, book, p)
	if err != nil {
		return nil, err
	}
	scenarios, assignments, err := scenarios(book, p)
	if err != nil {
		return nil, err
	}
	given, err := answersGiven(ctx, book)
	if err != nil {
		return nil, err
	}
	out := []dataTable{s.wide(persons, unclear), s.long(book, persons, byKey), links, lists(p, persons), scenarios, assignments, given}
	return append(out, dictionary(out)), nil
}

// wide is one row a person.
func (s *Study) wide(persons, unclear []count.Person) dataTable {
	d := dataTable{name: "people", what: "One row a person; speakers of whom it is unclear whether they count are rows of their own with counted 0."}
	d.column("person", "text", "Id of the person", "", "the smallest id among the decisions that say that the person counts")
	d.column("name", "text", "What the person is called", "", "docs/methods.md, Persons")
	d.column("name_outlet", "text", "Outlet that calls the person so; others may print another name, or none", "", "docs/methods.md, Persons")
	d.column("scope", "text", "Whether it is decided that the person counts", "yes; unclear", "decisions")
	d.column("counted", "0 or 1", "Whether the count counts the person: decided, and first reported in the period of the study", "0; 1", "decisions and study.yaml")
	d.column("gender", "text", "Gender as the texts show it", "woman; man", "decisions, else the wording of the articles")
	d.column("gender_missing", "whole number", "Why there is no gender", missingCodes, "")
	d.column("gender_read", "0 or 1", "Whether the gender is as the program read it from the wording, and nobody confirmed it", "0; 1", "")
	d.column("kind", "text", "How the press calls the person", "named; pseudonym; anonymous; unspecified", "decisions, else the wording")
	d.column("first_reported", "date", "When the person was first reported", "ISO 8601, cut to what is known", "dates of the pages")
	d.column("first_reported_precision", "text", "How exactly that is known", "day; month; year", "")
	d.column("first_outlet", "text", "Outlet that reported the person first", "", "")
	d.column("first_name", "text", "What that outlet calls the person", "", "")
	d.column("outlets", "whole number", "Outlets that speak of the person", "number of outlets", "")
	d.column("originals", "whole number", "Independent originals that speak of the person; reprints of one text are one", "number of originals", "docs/methods.md, Reprints")
	d.column("owners", "whole number", "Owners behind these originals, each of the outlet that printed it first; an outlet whose owner nobody named owns itself", "number of owners", "docs/methods.md, Grades")
	if len(s.config.Grades) > 0 {
		d.column("grade", "text", "How well the account of the person is supported", s.gradeNames(), "docs/methods.md, Grades")
	}
	d.column("articles", "whole number", "Articles that speak of the person", "number of articles", "")
	d.column("statements", "whole number", "Accepted statements of the person", "number of statements", "decisions")
	var variables []Variable
	for _, v := range s.config.Variables {
		if v.Name == "gender" {
			continue
		}
		variables = append(variables, v)
		d.column(v.Name, "text", v.Ask, cmp.Or(strings.Join(v.Values, "; "), "any"), "decisions; where articles differ by the rule "+s.config.Rules.Conflicts)
		d.column(v.Name+"_missing", "whole number", "Why there is no value of "+v.Name, missingCodes, "")
		d.column(v.Name+"_originals", "whole number", "Independent originals that state the value", "number of originals", "")
		if len(s.config.Grades) > 0 {
			d.column(v.Name+"_grade", "text", "How well the value is supported", s.gradeNames(), "docs/methods.md, Grades")
		}
	}
	if len(s.codes.Codes) > 0 {
		d.column("coded", "0 or 1", "Whether anybody said of a code whether it applies; if not, the codes of the person are empty, which is no 0", "0; 1", "decisions")
	}
	for _, c := range s.codes.Codes {
		d.column("code:"+c.Code, "0 or 1", cmp.Or(c.Short, c.Code), "0; 1: a statement or passage of the person carries the code or one below it; empty: nobody coded the person, or people answered differently and nobody settled it", "decisions")
		if len(s.config.Grades) > 0 {
			d.column("code:"+c.Code+"_grade", "text", "How well it is supported that the person carries the code", s.gradeNames(), "docs/methods.md, Grades")
		}
	}
	lineage := count.Lineage(s.codes)
	add := func(x *count.Person, scope string) {
		name, by, calls := x.Named()
		gender, why := orMissing(x, "gender", x.Gender)
		if gender == "none" {
			gender, why = "", notApplicable
		}
		first := recount.DateOf(known(x.FirstReported, ""))
		cells := []string{short(x.ID), name, by, scope, flag(x.Counted), gender, strconv.Itoa(why), flag(x.GenderRead), x.Kind, first.String(), string(first.Precision()), known(x.FirstOutlet, ""), calls,
			strconv.Itoa(len(x.Outlets)), strconv.Itoa(x.Originals), strconv.Itoa(x.Owners)}
		if len(s.config.Grades) > 0 {
			cells = append(cells, x.Grade)
		}
		cells = append(cells, strconv.Itoa(x.Articles), strconv.Itoa(x.Statements))
		for _, v := range variables {
			value, why := orMissing(x, v.Name, x.Values[v.Name])
			originals := map[recount.Key]bool{}
			for _, m := range x.Members {
				for _, y := range m.Values {
					if y.Variable == v.Name && why == present && y.Value == value {
						originals[cmp.Or(m.Original, m.Article)] = true
					}
				}
			}
			cells = append(cells, value, strconv.Itoa(why), strconv.Itoa(len(originals)))
			if len(s.config.Grades) > 0 {
				cells = append(cells, x.ValueGrades[v.Name])
			}
		}
		// Of whom nobody coded anything, nothing is known of codes: that is no 0.
		coded := slices.ContainsFunc(x.Members, func(m recount.Member) bool { return m.Coded || len(m.Codes) > 0 })
		if len(s.codes.Codes) > 0 {
			cells = append(cells, flag(coded))
		}
		for _, c := range s.codes.Codes {
			carries := ""
			open := !x.Has(c.Code) && perhaps(x, func(p recount.Perhaps) bool {
				return slices.ContainsFunc(p.Codes, func(co recount.Coding) bool { return slices.Contains(lineage(co.Code), c.Code) })
			})
			if coded && !open {
				carries = flag(x.Has(c.Code))
			}
			cells = append(cells, carries)
			if len(s.config.Grades) > 0 {
				cells = append(cells, x.CodeGrades[c.Code])
			}
		}
		d.row(cells...)
	}
	for i := range persons {
		add(&persons[i], recount.Yes)
	}
	for i := range unclear {
		add(&unclear[i], recount.Unclear)
	}
	return d
}

// gradeNames lists what a grade may be.
func (s *Study) gradeNames() string {
	var names []string
	for _, g := range s.config.Grades {
		names = append(names, g.Name)
	}
	return strings.Join(append(names, count.Ungraded), "; ")
}

// long is one row for each statement or coded passage of a person in an article
// of an outlet.
func (s *Study) long(book *casebook.Casebook, persons []count.Person, byKey map[recount.Key]*recount.Article) dataTable {
	d := dataTable{name: "statements", what: "One row for each statement, and each coded passage, of a person in an article of an outlet."}
	d.column("person", "text", "Id of the person, as in people", "", "")
	d.column("counted", "0 or 1", "Whether the count counts the person", "0; 1", "")
	d.column("speaker", "text", "Id of the speaker: the person within one article", "", "")
	d.column("statement", "text", "Id of the statement or passage", "", "the place of its words in the article")
	d.column("article", "text", "Id of the article", "", "")
	d.column("original", "text", "Id of the independent original that the article belongs to", "", "docs/methods.md, Reprints")
	d.column("outlet", "text", "Outlet", "", "")
	d.column("owner", "text", "Owner of the outlet; the outlet itself where nobody named one", "", "decisions")
	d.column("published", "date", "Day of publication", "ISO 8601, cut to what is known", "")
	d.column("type", "text", "What the row is", "direct; indirect; mixed: statements by how they are reported; passage: words that carry a code and are no statement", "")
	d.column("typed_in", "0 or 1", "Whether a person typed the statement in, because the program had missed it", "0; 1", "")
	d.column("characters", "whole number", "Length of the words", "characters (code points)", "")
	for _, c := range s.codes.Codes {
		d.column("code:"+c.Code, "0 or 1", cmp.Or(c.Short, c.Code), "0; 1: the statement carries the code or one below it", "decisions")
	}
	d.column("words", "text", "The words, as the page has them; […] stands between pieces", "", "")
	owners := owners(book)
	lineage := count.Lineage(s.codes)
	for i := range persons {
		x := &persons[i]
		for j := range x.Members {
			m := &x.Members[j]
			codes := map[string]map[string]bool{}
			type place struct {
				article recount.Key
				at      []recount.Span
				kind    string
				typed   bool
			}
			places := map[string]place{}
			key := func(a recount.Key, at []recount.Span) string { return fmt.Sprint(a, at) }
			for _, st := range m.Statements {
				places[key(st.Article, st.At)] = place{st.Article, st.At, string(st.Type), st.Typed}
			}
			for _, co := range m.Codes {
				k := key(co.Article, co.At)
				if _, ok := places[k]; !ok {
					places[k] = place{co.Article, co.At, "passage", false}
				}
				if codes[k] == nil {
					codes[k] = map[string]bool{}
				}
				for _, c := range lineage(co.Code) {
					codes[k][c] = true
				}
			}
			order := slices.SortedFunc(maps.Keys(places), func(a, b string) int {
				pa, pb := places[a], places[b]
				return cmp.Or(cmp.Compare(pa.article, pb.article), slices.CompareFunc(pa.at, pb.at, func(x, y recount.Span) int { return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End)) }))
			})
			for _, k := range order {
				pl := places[k]
				a := byKey[pl.article]
				if a == nil {
					continue
				}
				var words []string
				n := 0
				for _, sp := range pl.at {
					if sp.Within(a.Text) {
						words = append(words, strings.Join(strings.Fields(sp.In(a.Text)), " "))
						n += utf8.RuneCountInString(sp.In(a.Text))
					}
				}
				cells := []string{short(x.ID), flag(x.Counted), short(string(m.Key)), short(string(recount.KeyOf("statement", string(pl.article), k))), short(string(pl.article)), short(string(cmp.Or(m.Original, m.Article))),
					a.Outlet, cmp.Or(owners[a.Outlet], a.Outlet), a.When(), pl.kind, flag(pl.typed), strconv.Itoa(n)}
				for _, c := range s.codes.Codes {
					cells = append(cells, flag(codes[k][c.Code]))
				}
				d.row(append(cells, strings.Join(words, " […] "))...)
			}
		}
	}
	return d
}

// linkTable is one row for each pair of speakers that somebody or the program
// said something of.
func (s *Study) linkTable(ctx context.Context, book *casebook.Casebook, p *count.Problem) (dataTable, error) {
	d := dataTable{name: "links", what: "One row for each pair of speakers that a person answered or that the program suggests: the weights of linkage."}
	d.column("a", "text", "Id of a speaker, as in statements and assignments", "", "")
	d.column("b", "text", "Id of the other", "", "")
	d.column("answer", "text", "Whether they are one person", "same; different; unsure: an open question; \"\": nobody answered, and the suggestion is below the line", "decisions")
	d.column("weight", "whole number", "Weight of the suggestion", "hundredths of a bit, prior included; empty where nothing was suggested", "docs/methods.md, Who may be one person")
	d.column("probability", "whole number", "Probability of the suggestion", "thousandths", "")
	d.column("reason", "text", "Why the question is open, or as its actor gave it", "", "")
	member := map[recount.Key]bool{}
	for _, m := range p.Members {
		member[m.Key] = true
	}
	type pair [2]recount.Key
	of := func(a, b recount.Key) pair { return pair{min(a, b), max(a, b)} }
	suggested := map[pair]recount.Suggestion{}
	list, err := book.Suggestions(ctx)
	if err != nil {
		return d, err
	}
	for _, x := range list {
		sa, sb := book.Known(x.A), book.Known(x.B)
		if sa == nil || sb == nil {
			continue
		}
		if k := of(sa.Key, sb.Key); k[0] != k[1] && member[k[0]] && member[k[1]] && (suggested[k].A == "" || x.Weight > suggested[k].Weight) {
			suggested[k] = x
		}
	}
	answers := map[pair]recount.Link{}
	all := map[pair]bool{}
	for _, l := range p.Links {
		if k := of(l.A, l.B); member[l.A] && member[l.B] {
			answers[k], all[k] = l, true
		}
	}
	for k := range suggested {
		all[k] = true
	}
	for _, k := range slices.SortedFunc(maps.Keys(all), func(x, y pair) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) }) {
		weight, probability := "", ""
		if x, ok := suggested[k]; ok {
			weight, probability = strconv.Itoa(x.Weight), strconv.Itoa(int(x.Probability))
		}
		d.row(short(string(k[0])), short(string(k[1])), answers[k].Answer, weight, probability, answers[k].Reason)
	}
	return d, nil
}

// lists says how many people each combination of owners reported, as models of
// capture and recapture take it. A reprint is no list of its own: an original is
// of who printed it first.
func lists(p *count.Problem, persons []count.Person) dataTable {
	const unnamed = "outlet not known"
	people, owners := map[string]int{}, map[string]bool{}
	of := map[string][]string{} // by combination
	for i := range persons {
		if !persons[i].Counted {
			continue
		}
		list := p.OwnersOf(&persons[i])
		if len(list) == 0 {
			list = []string{unnamed}
		}
		key := strings.Join(list, "\x00")
		people[key]++
		of[key] = list
		for _, o := range list {
			owners[o] = true
		}
	}
	d := dataTable{name: "lists", what: "One row for each combination of owners of outlets that reported somebody who counts, with how many people that is: what models of capture and recapture start from."}
	d.column("people", "whole number", "People who count and were reported by these owners and no other", "number of people", "docs/methods.md, Capture and recapture")
	columns := slices.Sorted(maps.Keys(owners))
	for _, o := range columns {
		d.column("list:"+o, "0 or 1", "Whether an original that "+o+" printed first speaks of them; an outlet whose owner nobody named owns itself", "0; 1", "docs/methods.md, Grades")
	}
	for _, key := range slices.Sorted(maps.Keys(people)) {
		cells := []string{strconv.Itoa(people[key])}
		for _, o := range columns {
			cells = append(cells, flag(slices.Contains(of[key], o)))
		}
		d.row(cells...)
	}
	return d
}

// scenarios says how many people there are by each answer to each open
// question, with the range that is left, and which speakers are then somebody
// else.
func scenarios(book *casebook.Casebook, p *count.Problem) (list, moved dataTable, err error) {
	list = dataTable{name: "scenarios", what: "One row for each way to answer one open question about who is whom, who counts or when; the first is the study as it is counted."}
	list.column("scenario", "text", "Name of the scenario", "", "")
	list.column("question", "text", "The open question", "", "")
	list.column("answer", "text", "Its answer in this scenario", "", "")
	list.column("people", "whole number", "People who count then", "number of people", "")
	list.column("low", "whole number", "The smallest number over all answers to the questions left", "number of people", "docs/methods.md, Ranges")
	list.column("high", "whole number", "The largest", "number of people", "")
	list.column("exact", "0 or 1", "Whether the range is exact, or proven bounds only", "0; 1", "")
	moved = dataTable{name: "assignments", what: "Which speaker is which person: every speaker in the scenario counted, and in each other scenario those who are somebody else there."}
	moved.column("scenario", "text", "Name of the scenario", "", "")
	moved.column("speaker", "text", "Id of the speaker", "", "")
	moved.column("person", "text", "Id of the person; empty: the speaker does not count", "", "")
	of := func(p *count.Problem) map[recount.Key]string {
		out := map[recount.Key]string{}
		for _, c := range p.Cases() {
			for _, m := range c.Members {
				out[m.Key] = short(c.ID)
			}
		}
		return out
	}
	now := of(p)
	keys := map[recount.Key]bool{}
	for _, m := range p.Members {
		keys[m.Key] = true
	}
	order := slices.Sorted(maps.Keys(keys))
	add := func(name, question, answer string, p *count.Problem) error {
		r, err := p.Result(Query{Name: "people"})
		if err != nil {
			return err
		}
		list.row(name, question, answer, strconv.Itoa(r.N), strconv.Itoa(r.Range.Low), strconv.Itoa(r.Range.High), flag(r.Range.Exact))
		then := of(p)
		for _, k := range order {
			if name == asCounted || then[k] != now[k] {
				moved.row(name, short(string(k)), then[k])
			}
		}
		return nil
	}
	if err := add(asCounted, "", "", p); err != nil {
		return list, moved, err
	}
	n := 0
	for _, q := range book.Open() {
		if q.What != "link" && q.What != "scope" && q.What != "date" && q.What != "contradiction" && q.What != "rule" && q.What != "outlet" {
			continue
		}
		if n++; n > mostScenarios {
			break
		}
		for _, answer := range p.Answers(q.Question) {
			if err := add(fmt.Sprintf("q%d-%s", n, answer), q.Text, answer, p.Answered(q.Question, answer)); err != nil {
				return list, moved, err
			}
		}
	}
	return list, moved, nil
}

// asCounted names the scenario that is counted; mostScenarios is how many open
// questions are answered, each of which costs one count of the study.
const (
	asCounted     = "counted"
	mostScenarios = 500
)

// answersGiven is one row for each answer of each coder, before anybody settled it.
func answersGiven(ctx context.Context, book *casebook.Casebook) (dataTable, error) {
	d := dataTable{name: "codings", what: "One row for each answer that a coder gave to a question, before anybody settled it and without calibration rounds: what agreement is computed from."}
	d.column("kind", "text", "Kind of question", "", "")
	d.column("subject", "text", "Code, criterion or variable", "", "")
	d.column("unit", "text", "Id of the question; answers to one question have the same", "", "")
	d.column("coder", "text", "Who answered", "", "")
	d.column("answer", "text", "The answer", "a code that a coder did not give to a statement that he or she accepted or coded is a no", "")
	for _, x := range compared {
		kinds := []recount.Kind{x.kind}
		if x.kind == recount.KindCode {
			kinds = append(kinds, recount.KindStatement)
		}
		given, err := book.GivenBefore(ctx, "", kinds...)
		if err != nil {
			return d, err
		}
		var units map[string][]coding.Unit
		if x.kind == recount.KindCode {
			units = codedUnits(given)
		} else {
			units = unitsOf(given)
		}
		for _, subject := range sorted(units) {
			slices.SortFunc(units[subject], func(a, b coding.Unit) int { return strings.Compare(a.ID, b.ID) })
			for _, u := range units[subject] {
				for _, a := range u.Answers {
					// The two pages of a reprint are one subject.
					d.row(string(x.kind), strings.ReplaceAll(subject, "\x00", " "), short(string(recount.KeyOf("unit", string(x.kind), subject, u.ID))), a.Actor, a.Value)
				}
			}
		}
	}
	return d, nil
}

// dictionary says of every column of every table what it holds.
func dictionary(tables []dataTable) dataTable {
	d := dataTable{name: "variables", what: "What every column of every table holds."}
	d.column("table", "text", "Name of the table", "", "")
	d.column("variable", "text", "Name of the column", "", "")
	d.column("label", "text", "What it is", "", "")
	d.column("type", "text", "What its cells are", "text; whole number; date; 0 or 1", "")
	d.column("values", "text", "Values or unit", "", "")
	d.column("made", "text", "Where it comes from", "", "")
	for _, t := range append(slices.Clone(tables), d) {
		for _, v := range t.variables {
			d.row(t.name, v.name, v.label, v.kind, v.values, v.made)
		}
	}
	return d
}
