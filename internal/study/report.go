package study

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"recount"
	"recount/internal/report"
	"recount/internal/study/intake"
	"recount/internal/study/settle"
	"recount/internal/study/state"
)

// A Produced is a report that was written.
type Produced struct {
	Dir     string // that holds index.html
	Pile    bool   // nothing has been decided, so it is "What is in the pile"
	Numbers []report.PileNumber
	Results []recount.Result
	Figures []Reported // of the pile, in order of publication
}

// Names of the two reports under out/.
const (
	pileReport  = "pile"
	studyReport = "report"
)

// Report writes the report with its evidence. While nobody has decided who
// counts, or there is no report.md, it is "What is in the pile".
func (s *Study) Report(ctx context.Context) (*Produced, error) {
	if err := s.syncFiles(ctx); err != nil {
		return nil, err
	}
	st, err := s.load(ctx)
	if err != nil {
		return nil, err
	}
	t, err := s.template()
	if err != nil {
		return nil, err
	}
	m, err := s.material(ctx, st)
	if err != nil {
		return nil, err
	}
	s.opts.Progress("report", 0, 0)
	p := &Produced{Pile: m.Decisions[recount.KindScope] == 0 || t == nil}
	var site *report.Site
	name := studyReport
	if p.Pile {
		name = pileReport
		p.Numbers, p.Figures = report.Numbers(m), reported(st)
		site, err = report.Pile(m)
	} else {
		if p.Results, err = s.results(st); err != nil {
			return nil, err
		}
		site, err = report.Study(m, t, p.Results)
	}
	if err != nil {
		return nil, err
	}
	p.Dir = filepath.Join(s.Dir, outDir, name)
	if err := os.MkdirAll(filepath.Dir(p.Dir), 0o700); err != nil {
		return nil, fmt.Errorf("write the report: %w", err)
	}
	return p, site.Write(p.Dir)
}

// Reports returns the folder of the produced reports. It does not follow links
// out of that folder.
func (s *Study) Reports() (fs.FS, error) {
	names, err := s.produced()
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, recount.WithHint(fmt.Errorf("%s: %w: nothing was produced yet", s.Dir, recount.ErrNotFound), "run `recount report` first")
	}
	root, err := os.OpenRoot(filepath.Join(s.Dir, outDir))
	if err != nil {
		return nil, err
	}
	return root.FS(), nil
}

// Lines writes results for a terminal: "women  4 of 29 (13.8%)".
func Lines(results []recount.Result) string { return report.Lines(results) }

// material is what a report may cite.
func (s *Study) material(ctx context.Context, st *state.State) (*report.Material, error) {
	refused, err := s.store.Refusals(ctx)
	if err != nil {
		return nil, err
	}
	m := &report.Material{Title: s.config.Title, Question: s.config.Question, StudyID: s.ID, Program: "recount " + recount.Version,
		AsOf: st.AsOf(), Captures: st.Captures, Refusals: refused, Articles: st.Articles, Older: st.Older,
		Readings: st.Readings, Figures: st.Figures, Relations: st.Relations, Originals: st.Originals,
		Suggestions: st.Suggestions, Findings: st.Findings, Decisions: map[recount.Kind]int{}, Rules: st.Rules,
		Codebook: st.Codebook, Log: state.LogHash(st.Log), Census: !s.config.Sample}
	if m.Translations, err = s.translations(st); err != nil {
		return nil, err
	}
	for _, c := range s.config.Scope {
		m.Scope = append(m.Scope, c.Ask)
	}
	m.Counting = s.config.Words()
	m.Groups, m.Miss = settle.Groups(st), st.Miss()
	for _, x := range st.Members {
		if x.Scope == recount.Unclear {
			m.Open = append(m.Open, x)
		}
	}
	for i := range st.Log.Decisions {
		if d := &st.Log.Decisions[i]; st.Log.Live[d.ID] {
			m.Decisions[d.Kind]++
		}
	}
	for _, x := range st.Statements {
		if x.Typed {
			m.TypedIn++
		} else {
			m.Accepted++
		}
	}
	m.Cases = st.Problem().Cases()
	return m, nil
}

// reportIngest writes the report on what came in.
func (s *Study) reportIngest(ctx context.Context, out *Extracted) error {
	st, err := s.load(ctx)
	if err != nil {
		return err
	}
	m, err := s.material(ctx, st)
	if err != nil {
		return err
	}
	searches, err := s.store.Searches(ctx)
	if err != nil {
		return err
	}
	dir := filepath.Join(s.Dir, outDir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("ingest report: %w", err)
	}
	var b bytes.Buffer
	if err := report.Ingest(&b, m, searches); err != nil {
		return err
	}
	out.Ingest = filepath.Join(dir, report.IngestName)
	part := out.Ingest + ".part"
	if err := os.WriteFile(part, b.Bytes(), 0o600); err != nil {
		return fmt.Errorf("ingest report: %w", err)
	}
	return os.Rename(part, out.Ingest)
}

// translations reads what was supplied beside articles, by article.
func (s *Study) translations(st *state.State) (map[recount.Key][]report.Translation, error) {
	out := map[recount.Key][]report.Translation{}
	for _, c := range st.Captures {
		h := c.Origin.Hand
		if h == nil || h.Kind != intake.Translation {
			continue
		}
		a := st.Pages.Find(c.Name, "")
		for _, of := range st.Articles {
			if a == nil && of.Name == c.Name {
				a = of
			}
		}
		if a == nil {
			continue
		}
		b, err := s.archive.Payload(c.Record)
		if err != nil {
			return nil, err
		}
		out[a.Key] = append(out[a.Key], report.Translation{By: h.By, Day: c.Captured.UTC().Format("2006-01-02"), Machine: h.Machine, Checked: h.Checked, Text: string(b)})
	}
	return out, nil
}
