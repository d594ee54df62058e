package study

import (
	"context"
	"slices"
	"time"

	"recount"
	"recount/internal/casebook"
	"recount/internal/count"
	"recount/internal/report"
)

// The texts of a study with what was read out of them: what a report cites and
// figures are compared over. A count needs none of it.
type texts struct {
	captures  []recount.Capture
	articles  []*recount.Article                 // the version of each page that counts, as people corrected it, by key
	older     map[recount.Key][]*recount.Article // other versions and readings, by the key of the one that counts
	readings  map[recount.Key]*recount.Reading
	figures   map[recount.Key][]recount.ReportedFigure
	rejected  map[recount.Key][]recount.ReportedFigure // figures that people said are none
	originals []recount.Original
}

// pages reads the pages with none of what was read out of them.
func (s *Study) pages(ctx context.Context, book *casebook.Casebook) (*texts, error) {
	t := &texts{older: map[recount.Key][]*recount.Article{}, readings: map[recount.Key]*recount.Reading{},
		figures: map[recount.Key][]recount.ReportedFigure{}, rejected: map[recount.Key][]recount.ReportedFigure{}, originals: book.Originals()}
	var err error
	if t.captures, err = s.store.Captures(ctx); err != nil {
		return nil, err
	}
	type reading struct {
		key       recount.Key
		extractor string
	}
	byReading := map[reading]*recount.Article{}
	for a, err := range s.store.Articles(ctx) {
		if err != nil {
			return nil, err
		}
		byReading[reading{a.Key, a.Extractor}] = a
	}
	for _, p := range book.Pages() {
		a := byReading[reading{p.Key, p.Extractor}]
		if a == nil {
			continue
		}
		own := *a
		book.Correct(&own)
		t.articles = append(t.articles, &own)
		for _, h := range p.Older {
			if o := byReading[reading{h.Key, h.Extractor}]; o != nil {
				t.older[p.Key] = append(t.older[p.Key], o)
			}
		}
	}
	return t, nil
}

// counts is the set of the articles that count.
func (t *texts) counts() map[recount.Key]bool {
	counts := map[recount.Key]bool{}
	for _, a := range t.articles {
		counts[a.Key] = true
	}
	return counts
}

// texts reads the texts.
func (s *Study) texts(ctx context.Context, book *casebook.Casebook) (*texts, error) {
	t, err := s.pages(ctx, book)
	if err != nil {
		return nil, err
	}
	counts := t.counts()
	for r, err := range s.store.Readings(ctx) {
		if err != nil {
			return nil, err
		}
		if counts[r.Article] {
			book.ApplyRoles(r)
			t.readings[r.Article] = r
		}
	}
	// Of some articles nothing but what people typed in is known.
	typed := map[recount.Key]bool{}
	for _, d := range book.Holding(recount.KindStated) {
		typed[d.At[0].Article()] = true
	}
	_, rejected := decidedFigures(book, s.config.Settle)
	for f, err := range s.store.Figures(ctx) {
		if err != nil {
			return nil, err
		}
		if delete(typed, f.Article); counts[f.Article] {
			t.figures[f.Article], t.rejected[f.Article] = withoutRejected(f.Article, book.ApplyStated(f.Article, f.Figures), rejected)
		}
	}
	for key := range typed {
		if counts[key] {
			t.figures[key], t.rejected[key] = withoutRejected(key, book.ApplyStated(key, nil), rejected)
		}
	}
	return t, nil
}

// asOf is the time of the newest capture or decision: a report's date.
func asOf(book *casebook.Casebook, captures []recount.Capture) string {
	newest := ""
	for _, c := range captures {
		newest = max(newest, c.Captured.UTC().Format(time.RFC3339))
	}
	for _, d := range book.Log().All() {
		newest = max(newest, d.Time)
	}
	return newest
}

// counted names all that a report counts: captures, and decisions that hold.
func counted(book *casebook.Casebook, captures []recount.Capture) (ids []string) {
	for _, c := range captures {
		ids = append(ids, "capture "+string(c.Key))
	}
	for _, d := range book.Log().All() {
		if book.Log().Live(d.ID) {
			ids = append(ids, "decision "+d.ID)
		}
	}
	return ids
}

// cameIn is what the report on what came in says: pages and refusals, and of what was
// read the notes alone.
func (s *Study) cameIn(ctx context.Context, book *casebook.Casebook) (*report.Material, error) {
	t, err := s.pages(ctx, book)
	if err != nil {
		return nil, err
	}
	counts := t.counts()
	for r, err := range s.store.ReadingsNoted(ctx) {
		if err != nil {
			return nil, err
		}
		if counts[r.Article] {
			t.readings[r.Article] = r
		}
	}
	m := &report.Material{Title: s.config.Title, StudyID: s.ID, Program: "recount " + recount.Version, AsOf: asOf(book, t.captures),
		Captures: t.captures, Articles: t.articles, Older: t.older, Readings: t.readings, Originals: t.originals}
	for _, x := range book.MaybeReprints() {
		m.Maybe = append(m.Maybe, x.Page)
	}
	m.Refusals, err = s.store.Refusals(ctx)
	return m, err
}

// material is what a report may cite.
func (s *Study) material(ctx context.Context, book *casebook.Casebook) (*report.Material, *texts, error) {
	t, err := s.texts(ctx, book)
	if err != nil {
		return nil, nil, err
	}
	m := &report.Material{Title: s.config.Title, Question: s.config.Question, StudyID: s.ID, Program: "recount " + recount.Version,
		AsOf: asOf(book, t.captures), Captures: t.captures, Articles: t.articles, Older: t.older,
		Readings: t.readings, Figures: t.figures, Originals: t.originals, Findings: book.Findings(), Decisions: book.Kinds(),
		Rules: book.Rules(), Codebook: s.codes, Log: book.Hash(), Census: !s.config.Sample, Citation: s.config.Citation, Quoted: s.config.Quotations.Most}
	if m.Root, err = rootOf(counted(book, t.captures)); err != nil {
		return nil, nil, err
	}
	m.Singly, m.Grouped = book.Grouped()
	if m.Refusals, err = s.store.Refusals(ctx); err != nil {
		return nil, nil, err
	}
	if m.Unread, err = s.unread(ctx); err != nil {
		return nil, nil, err
	}
	for _, x := range book.MaybeReprints() {
		m.Maybe = append(m.Maybe, x.Page)
	}
	if m.Relations, err = book.Relations(ctx); err != nil {
		return nil, nil, err
	}
	if m.Suggestions, err = book.Suggestions(ctx); err != nil {
		return nil, nil, err
	}
	if m.Translations, err = s.translations(t); err != nil {
		return nil, nil, err
	}
	for _, c := range s.config.Scope {
		m.Scope = append(m.Scope, c.Ask)
	}
	m.Counting, m.From, m.To = s.config.Words(), s.config.Period.From, s.config.Period.To
	for _, v := range s.config.Variables {
		m.Variables = append(m.Variables, report.Variable{Name: v.Name, Ask: v.Ask, Values: v.Values})
	}
	m.Groups = figureGroups(t, book, s.config)
	if m.Miss, err = miss(ctx, book); err != nil {
		return nil, nil, err
	}
	m.Unjudged, _ = book.Undecided()
	for _, x := range book.Members() {
		if x.Scope == recount.Unclear {
			m.Open = append(m.Open, x)
		}
	}
	for _, x := range book.Statements() {
		if x.Typed {
			m.TypedIn++
		} else {
			m.Accepted++
		}
	}
	m.Cases = (&count.Problem{Members: book.Members(), Links: book.Links()}).Cases()
	whole, err := book.PersonsByMember(ctx)
	if err != nil {
		return nil, nil, err
	}
	m.Safe = map[string]report.Safe{}
	for i := range m.Cases {
		for _, x := range m.Cases[i].Members {
			if p := whole[x.Key]; p != nil {
				m.Safe[m.Cases[i].ID] = report.Safe{Tier: p.Tier(), Held: p.Held()}
				break
			}
		}
	}
	m.Grades, err = s.grades(book)
	return m, t, err
}

// translations reads what was supplied beside articles, by article.
func (s *Study) translations(t *texts) (map[recount.Key][]report.Translation, error) {
	out := map[recount.Key][]report.Translation{}
	for _, c := range t.captures {
		h := c.Origin.Hand
		if h == nil || h.Kind != translation {
			continue
		}
		i := slices.IndexFunc(t.articles, func(a *recount.Article) bool { return a.Page() == c.Name && a.Part == "" })
		if i < 0 {
			i = slices.IndexFunc(t.articles, func(a *recount.Article) bool { return a.Name == c.Name })
		}
		if i < 0 {
			continue
		}
		b, err := s.archive.Payload(c.Record)
		if err != nil {
			return nil, err
		}
		k := t.articles[i].Key
		out[k] = append(out[k], report.Translation{By: h.By, Day: c.Captured.UTC().Format("2006-01-02"), Machine: h.Machine, Checked: h.Checked, Text: string(b)})
	}
	return out, nil
}
