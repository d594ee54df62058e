package study

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/count"
	"recount/internal/disk"
	"recount/internal/report"
)

// ExportResult writes a new folder with all that is needed to judge one result
// of report.md without recount, and lists its files.
func (s *Study) ExportResult(ctx context.Context, name, dir string) (files []string, err error) {
	if err := s.CheckResult(name); err != nil {
		return nil, err
	}
	book, err := s.casebook(ctx, needs{codebook: true, report: true})
	if err != nil {
		return nil, err
	}
	t, err := s.template()
	if err != nil {
		return nil, err
	}
	p := &report.Pack{Query: t.Queries[slices.IndexFunc(t.Queries, func(q Query) bool { return q.Name == name })]}
	if p.Result, err = compute(book, s.problem(book), p.Query); err != nil {
		return nil, err
	}
	m, _, err := s.material(ctx, book)
	if err != nil {
		return nil, err
	}
	if err := s.gathered(ctx, book, p); err != nil {
		return nil, err
	}
	tables := s.packTables(p, m)
	for _, x := range tables {
		p.Files = append(p.Files, x.name+": "+x.what)
	}
	list := report.Sources(m)
	p.Files = append(p.Files, "sources.json: the pages of the study for a reference manager (CSL-JSON).")
	doc, err := p.Document(m)
	if err != nil {
		return nil, err
	}
	return newFolder(dir, func(put func(name string, f func(io.Writer) error)) {
		put("README.md", doc.Markdown)
		for _, x := range tables {
			put(x.name, x.table.CSV)
		}
		put("sources.json", func(w io.Writer) error { return list.Write(w, ".json") })
	})
}

// newFolder makes a folder and the files that fill puts into it. What is there
// is not overwritten; if a file fails, nothing is left behind.
func newFolder(dir string, fill func(put func(name string, f func(io.Writer) error))) (files []string, err error) {
	err = disk.FillFolder(dir, func(in string) (err error) {
		fill(func(name string, f func(io.Writer) error) {
			if err != nil {
				return
			}
			var out *os.File
			if out, err = os.OpenFile(filepath.Join(in, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600); err != nil {
				return
			}
			err = errors.Join(f(out), out.Close())
			files = append(files, name)
		})
		return err
	})
	if errors.Is(err, fs.ErrExist) {
		return nil, recount.WithHint(err, "name a new folder; what is there is not overwritten")
	}
	if err != nil {
		return nil, err
	}
	return files, nil
}

// gathered collects what was decided about the people of a result, and what other
// answers give.
func (s *Study) gathered(ctx context.Context, book *casebook.Casebook, p *report.Pack) error {
	prob := s.problem(book)
	prob.Members, prob.Links = book.Members(), book.Links()
	persons, err := prob.Persons()
	if err != nil {
		return err
	}
	in := map[string]bool{}
	for _, id := range slices.Concat(p.Result.Cases, p.Result.OfIDs) {
		in[id] = true
	}
	for _, r := range p.Result.Rows {
		for _, id := range r.Cases {
			in[id] = true
		}
	}
	of := map[recount.Key]string{} // members of these people
	names := map[string]string{}
	for _, x := range persons {
		if !in[x.ID] {
			continue
		}
		p.Persons = append(p.Persons, x)
		names[x.ID] = (&recount.Case{ID: x.ID, Members: x.Members}).Name()
		for _, m := range x.Members {
			of[m.Key] = x.ID
		}
	}
	// Speakers of unclear scope who are one of them, and whoever an open question
	// asks about.
	all := *prob
	all.Members = slices.Clone(prob.Members)
	for i := range all.Members {
		if all.Members[i].Scope == recount.Unclear {
			all.Members[i].Scope = recount.Yes
		}
	}
	for _, c := range all.Cases() {
		id := ""
		for _, m := range c.Members {
			id = cmp.Or(id, of[m.Key])
		}
		for _, m := range c.Members {
			if id != "" {
				of[m.Key] = id
			}
		}
	}
	for _, q := range questionsOf(p.Result) {
		for _, k := range q.About {
			if i := slices.IndexFunc(prob.Members, func(m recount.Member) bool { return m.Key == k }); i >= 0 && of[k] == "" {
				m := &prob.Members[i]
				id := cmp.Or(m.Decision, string(k)) // of whom nobody answered there is no decision
				of[k], names[id] = id, m.Speaker.Name
			}
		}
	}
	list, _, err := s.Decisions(ctx, Chosen{All: true})
	if err != nil {
		return err
	}
	p.By = map[string]report.Decider{}
	for _, d := range list {
		p.By[d.ID] = report.Decider{Actor: d.Actor, Time: d.Time}
		keys, err := book.Whom(ctx, d.Decision)
		if err != nil {
			return err
		}
		about := map[string]bool{}
		for _, k := range keys {
			if id, ok := of[k]; ok {
				about[short(id)+" "+names[id]] = true
			}
		}
		if len(about) > 0 {
			p.Decisions = append(p.Decisions, report.DecisionInWords{ID: d.ID, Time: d.Time, Actor: d.Actor, Round: d.Round, Kind: d.Kind, Words: d.Words, Reason: d.Reason, State: d.State, Pages: d.Pages, People: sorted(about)})
		}
	}
	if p.Differ, err = s.differing(ctx, book, of); err != nil {
		return err
	}
	p.Otherwise, err = s.otherwise(book, prob, p)
	return err
}

// differing lists the questions about people that coders answered differently
// before anybody settled them.
func (s *Study) differing(ctx context.Context, book *casebook.Casebook, of map[recount.Key]string) (out []report.Differing, err error) {
	list, err := s.Agreement(ctx, "", "")
	if err != nil {
		return nil, err
	}
	for _, a := range list {
		for _, d := range a.Disputed {
			keys, err := book.Whom(ctx, d.Given[0].Decision)
			if err != nil {
				return nil, err
			}
			if !slices.ContainsFunc(keys, func(k recount.Key) bool { _, ok := of[k]; return ok }) {
				continue
			}
			x := report.Differing{Kind: a.Kind, Subject: d.Given[0].Answer.Subject(), Settled: d.Settled}
			if an := d.Given[0].Answer.Anchors(); len(an) > 0 {
				x.Words, x.Page = clip(strings.Join(an[0].Exact, " […] "), 200), an[0].Page
			}
			for _, y := range d.Answers {
				x.Answers = append(x.Answers, y.Actor+": "+y.Value)
			}
			out = append(out, x)
		}
	}
	return out, nil
}

// otherwise counts a result as each answer to each question that moves it, each
// other rule for conflicting values, and each outlet left out would have it.
func (s *Study) otherwise(book *casebook.Casebook, prob *count.Problem, p *report.Pack) (out []report.Otherwise, err error) {
	add := func(what, words string, prob *count.Problem) error {
		r, err := prob.Result(p.Query)
		out = append(out, report.Otherwise{What: what, If: words, Result: r})
		return err
	}
	for _, q := range questionsOf(p.Result) {
		for _, answer := range prob.Answers(*q) {
			if err := add("open question", q.Text+" Answered “"+cmp.Or(answer, "unknown")+"”", prob.Answered(*q, answer)); err != nil {
				return nil, err
			}
		}
	}
	for _, rule := range conflictRules {
		if rule.name != s.config.Rules.Conflicts {
			other := *prob
			other.Rules.Conflict = rule.name
			if err := add("counting rule", rule.words, &other); err != nil {
				return nil, err
			}
		}
	}
	outlets := map[string]bool{}
	for _, x := range p.Persons {
		for _, o := range x.Outlets {
			outlets[o] = true
		}
	}
	for _, o := range sorted(outlets) {
		left := prob.Without(o)
		if err := add("outlet left out", "the pages of "+o+" are left out", left); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// A packTable is one file of a pack.
type packTable struct {
	name, what string
	table      *Table
}

func (s *Study) packTables(p *report.Pack, m *report.Material) []packTable {
	table := func(columns []string, rows [][]string) *Table { return &Table{Columns: columns, Rows: rows} }
	var variables []string
	for _, v := range s.config.Names() {
		if v != "gender" {
			variables = append(variables, v)
		}
	}
	decisions := &Table{Columns: []string{"decision", "time", "by", "round", "kind", "says", "reason", "holds", "people", "pages"}}
	for _, d := range p.Decisions {
		decisions.Rows = append(decisions.Rows, []string{short(d.ID), d.Time, d.Actor, d.Round, string(d.Kind), d.Words, d.Reason, cmp.Or(d.State, "yes"), strings.Join(d.People, "; "), strings.Join(d.Pages, "; ")})
	}
	differ := &Table{Columns: []string{"kind", "subject", "words", "page", "answers", "settled"}}
	for _, d := range p.Differ {
		differ.Rows = append(differ.Rows, []string{string(d.Kind), d.Subject, d.Words, d.Page, strings.Join(d.Answers, "; "), d.Settled})
	}
	return []packTable{
		{"people.csv", "whom the number counts, and the rest of the whole, as the counting rules see them.", table(p.People(m, variables))},
		{"sentences.csv", "every place in a page that was decided about them, with its words exactly, its page and the SHA-256 of the archived page; from and to are code points of its text.", table(p.Sentences(m))},
		{"decisions.csv", "who decided what about them and when, with the reason; holds says what took its place.", decisions},
		{"disagreements.csv", "questions about them that coders answered differently before anybody settled them.", differ},
		{"otherwise.csv", "what each answer to each open question, each other counting rule and each outlet left out would give, and which numbers it moves.", table(p.Alternatives())},
		{"number.csv", "the number with its rows and cells, each with its range and interval; of a comparison the ratio.", table(p.Numbers())},
	}
}
