package study

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"recount"
	"recount/internal/casebook"
	"recount/internal/coding"
	"recount/internal/count"
	"recount/internal/disk"
	"recount/internal/report"
)

// As says who decides from now on. A program that keeps a study open for
// several people says so before each answer.
func (s *Study) As(actor string) { s.opts.Actor = actor }

// Change runs f while no other program changes the study: what f looks at and
// what it saves belong together.
func (s *Study) Change(ctx context.Context, f func() error) error { return s.change(ctx, f) }

// Codebook returns the codebook in use.
func (s *Study) Codebook() recount.Codebook { return s.codes }

// Refusals lists what was not taken.
func (s *Study) Refusals(ctx context.Context) ([]recount.Refusal, error) {
	return s.store.Refusals(ctx)
}

// Offered counts what was offered, as every page that says so does.
func (s *Study) Offered(ctx context.Context, refused []recount.Refusal) (int, error) {
	names, err := s.store.CaptureNames(ctx)
	if err != nil {
		return 0, err
	}
	offered, _ := recount.Offered(names, refused)
	return offered, nil
}

// Changes lists what came in or was erased after a number.
func (s *Study) Changes(ctx context.Context, after int64) ([]recount.Key, []string, error) {
	changes, err := s.store.Changes(ctx, after)
	if err != nil {
		return nil, nil, err
	}
	var articles []recount.Key
	var decisions []string
	for _, x := range changes {
		switch x.What {
		case "article":
			articles = append(articles, recount.Key(x.ID))
		case "decision":
			decisions = append(decisions, x.ID)
		}
	}
	return articles, decisions, nil
}

// Payload returns the bytes of a capture as they were supplied.
func (s *Study) Payload(ctx context.Context, key recount.Key) (recount.Capture, []byte, error) {
	c, err := s.store.Capture(ctx, key)
	if err != nil {
		return c, nil, err
	}
	b, err := s.archive.Payload(c.Record)
	return c, b, err
}

// A Headline number is one of the first results of report.md.
type Headline struct {
	Query  Query
	Number count.Number
}

// mostHeadline is how many results of report.md stand in the headline.
const mostHeadline = 4

// headed lists the queries of the headline: the first results of report.md
// that are one number, else who counts and how many of them are women.
func headed(t *report.Template) (out []Query) {
	if t != nil {
		for _, q := range t.Queries {
			if q.By == "" && q.Versus == nil && len(out) < mostHeadline {
				out = append(out, q)
			}
		}
	}
	if len(out) == 0 {
		out = []Query{{Name: "people", Label: "people"}, {Name: "women", Label: "women", Where: `gender == "woman"`, Share: true}}
	}
	return out
}

// Headline counts the first results of report.md, kept up to date in the
// casebook, so that it costs the groups that changed since.
func (s *Study) Headline(ctx context.Context) ([]Headline, error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, err
	}
	t, err := s.template()
	if err != nil {
		t = nil // half written; what is shown meanwhile is who counts
	}
	var out []Headline
	p := s.problem(book)
	queries := headed(t)
	if _, err := kept(book, p, queries...); err != nil {
		// The report page says what is wrong with one; the others are shown.
		queries = slices.DeleteFunc(queries, func(q Query) bool {
			_, err := kept(book, p, q)
			return err != nil
		})
	}
	tallies, err := kept(book, p, queries...)
	if err != nil {
		return nil, err
	}
	for i, q := range queries {
		n, err := tallies[i].Number()
		if err != nil {
			continue
		}
		out = append(out, Headline{q, n})
	}
	return out, nil
}

// Months counts the people of each month of first report, "2014-05". It is kept
// up to date, as the headline is.
func (s *Study) Months(ctx context.Context) (map[string]int, error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, err
	}
	t, err := kept(book, s.problem(book), Query{By: "month"})
	if err != nil {
		return nil, err
	}
	n, err := t[0].Number()
	if err != nil {
		return nil, err
	}
	out := map[string]int{}
	for _, r := range n.Rows {
		if r.N > 0 && recount.DateOf(r.Name).Known() { // else no month is known
			out[r.Name] = r.N
		}
	}
	return out, nil
}

// First returns the tally of the first number of the headline, by which the
// effect of answers is measured; nil if there is none.
func (s *Study) First(ctx context.Context) (*count.Tally, error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, err
	}
	t, err := s.template()
	if err != nil {
		t = nil
	}
	ts, err := kept(book, s.problem(book), headed(t)[0])
	if err != nil {
		return nil, err
	}
	return ts[0], nil
}

// Results counts what report.md asks for, in its order.
func (s *Study) Results(ctx context.Context) ([]recount.Result, error) {
	book, err := s.casebook(ctx, needs{report: true})
	if err != nil {
		return nil, err
	}
	return s.results(book)
}

// Persons lists the people as the counting rules see them, by id, and the
// speakers of whom it is unclear whether they count.
func (s *Study) Persons(ctx context.Context) (counted, unclear []count.Person, err error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, nil, err
	}
	p := s.problem(book)
	p.Members, p.Links = book.Members(), book.Links()
	if counted, err = p.Persons(); err != nil {
		return nil, nil, err
	}
	unclear, err = p.Unclear()
	return counted, unclear, err
}

// Quote quotes the account of a person that carries one of the codes that a
// filter asks for, else the sentence that states a variable that it asks for,
// else the first account with a statement.
func (s *Study) Quote(ctx context.Context, c recount.Case, where string) (Cited, error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return Cited{}, err
	}
	return cite(ctx, book, c, asked(where, s.codes), s.stated(where), literals(where))
}

// File returns a study file as it is on the disk; "" if there is none.
func (s *Study) File(name string) (string, error) {
	if !slices.Contains([]string{studyFile, codebookFile, reportFile}, name) {
		return "", recount.WithHint(recount.ErrNotFound, "the study files are study.yaml, codebook.yaml and report.md")
	}
	b, err := os.ReadFile(filepath.Join(s.Dir, name))
	if os.IsNotExist(err) {
		return "", nil
	}
	return string(b), err
}

// PutFile checks a study file, writes it and logs that it is in use. One that
// cannot be read changes nothing.
func (s *Study) PutFile(ctx context.Context, name, text string) error {
	if _, err := s.File(name); err != nil {
		return err
	}
	if err := CheckFile(name, text); err != nil {
		return err
	}
	return s.change(ctx, func() error {
		if err := disk.Write(filepath.Join(s.Dir, name), []byte(text)); err != nil {
			return err
		}
		was := s.accepted
		s.accepted = name // a person wrote it so
		defer func() { s.accepted = was }()
		_, err := s.casebook(ctx, needs{})
		return err
	})
}

// CheckFile reports what is wrong with the text of a study file.
func CheckFile(name, text string) error {
	var err error
	switch name {
	case studyFile:
		_, err = parseConfig([]byte(text))
	case codebookFile:
		_, err = coding.ParseCodebook([]byte(text))
	case reportFile:
		_, err = report.ParseTemplate([]byte(text))
	}
	return err
}

// A Supposed study file says who would enter the count and who would leave it.
type Supposed struct {
	Enter, Leave []string // names of people
	Headline     []Headline
}

// Suppose counts as if a study file held another text. Nothing is saved.
func (s *Study) Suppose(ctx context.Context, name, text string) (*Supposed, error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, err
	}
	cfg, codes := s.config, s.codes
	t, err := s.template()
	if err != nil {
		t = nil
	}
	switch name {
	case studyFile:
		if cfg, err = parseConfig([]byte(text)); err != nil {
			return nil, err
		}
	case codebookFile:
		if codes, err = coding.ParseCodebook([]byte(text)); err != nil {
			return nil, err
		}
	case reportFile:
		if t, err = report.ParseTemplate([]byte(text)); err != nil {
			return nil, err
		}
	}
	members, links := book.Members(), book.Links()
	now := s.problem(book)
	now.Members, now.Links = members, links
	then := &count.Problem{Codes: codes, Rules: cfg.Counting(), Variables: cfg.Names(), Where: cfg.Period.Filter(), Members: members, Links: links}
	out := &Supposed{}
	counted := func(p *count.Problem) (map[string]string, error) {
		persons, err := p.Persons()
		in := map[string]string{}
		for _, x := range persons {
			if x.Counted {
				in[x.ID] = (&recount.Case{ID: x.ID, Members: x.Members}).Name()
			}
		}
		return in, err
	}
	before, err := counted(now)
	if err != nil {
		return nil, err
	}
	after, err := counted(then)
	if err != nil {
		return nil, err
	}
	for _, id := range sorted(after) {
		if _, ok := before[id]; !ok {
			out.Enter = append(out.Enter, after[id])
		}
	}
	for _, id := range sorted(before) {
		if _, ok := after[id]; !ok {
			out.Leave = append(out.Leave, before[id])
		}
	}
	queries := headed(t)
	tallies, err := count.NewTallies(then, queries...)
	if err != nil {
		return nil, err
	}
	tallies.Fill(book.Groups())
	for i, q := range queries {
		n, err := tallies[i].Number()
		if err != nil {
			return nil, err
		}
		out.Headline = append(out.Headline, Headline{q, n})
	}
	return out, nil
}

// Redo takes retractions of the actor back, so that what they took back holds
// again.
func (s *Study) Redo(ctx context.Context, ids []string) (out []recount.Decision, err error) {
	err = s.change(ctx, func() error {
		out, err = s.takeBack(ctx, ids, "redone")
		return err
	})
	return out, err
}

// InWords says what a decision of the log says; "" if its answer was erased.
func InWords(book *casebook.Casebook, d *recount.Decision) string {
	a, err := book.Answer(d)
	if err != nil {
		return ""
	}
	return inWords(a)
}

// Loaded returns the study in memory with what others saved meanwhile, and
// with the study files as they were last read.
func (s *Study) Loaded(ctx context.Context) (*casebook.Casebook, error) { return s.loaded(ctx) }

// Says says in words what an answer says.
func Says(a recount.Answer) string { return inWords(a) }

// Ask computes one number or table.
func (s *Study) Ask(ctx context.Context, q Query) (recount.Result, error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return recount.Result{}, err
	}
	return compute(book, s.problem(book), q)
}

// TitleOf returns the title of the study in dir, "" if its study.yaml cannot
// be read.
func TitleOf(dir string) string {
	data, err := os.ReadFile(filepath.Join(dir, studyFile))
	if err != nil {
		return ""
	}
	c, err := parseConfig(data)
	if err != nil {
		return ""
	}
	return c.Title
}

// CopyTo writes a copy of the study into a new folder: everything but produced
// reports. The caller sees to it that nobody changes the study meanwhile.
func (s *Study) CopyTo(ctx context.Context, dir string) error {
	if isThere(dir) {
		return fmt.Errorf("copy the study to %s: %w: it is there already", dir, recount.ErrConflict)
	}
	if err := disk.Folder(dir); err != nil {
		return err
	}
	err := s.store.CopyTo(ctx, dir)
	if err == nil {
		err = os.CopyFS(filepath.Join(dir, capturesDir), os.DirFS(filepath.Join(s.Dir, capturesDir)))
	}
	if err == nil {
		err = disk.SyncTree(filepath.Join(dir, capturesDir))
	}
	// study.yaml comes last: without it the folder is no study.
	for _, name := range []string{".gitignore", codebookFile, reportFile, studyFile} {
		b, e := os.ReadFile(filepath.Join(s.Dir, name))
		if os.IsNotExist(e) {
			continue
		}
		if err == nil {
			err = e
		}
		if err == nil {
			err = disk.Write(filepath.Join(dir, name), b)
		}
	}
	if err != nil {
		os.RemoveAll(dir)
	}
	return err
}

// RelationsOf lists what an article shares with others, as people's answers
// about reprints leave it.
func (s *Study) RelationsOf(ctx context.Context, article recount.Key) ([]recount.Relation, error) {
	return s.store.RelationsOf(ctx, article)
}

// Text returns an article as one extractor read it.
func (s *Study) Text(ctx context.Context, key recount.Key, extractor string) (*recount.Article, error) {
	return s.store.ArticleBy(ctx, key, extractor)
}

// Propose lists the values that one article states of its speakers.
func (s *Study) Propose(ctx context.Context, voices []*casebook.Voice) ([]Proposal, error) {
	book, err := s.loaded(ctx)
	if err != nil || len(voices) == 0 {
		return nil, err
	}
	if variables := s.variables(); len(variables) > 0 {
		return proposals(ctx, book, voices, variables)
	}
	return nil, nil
}
