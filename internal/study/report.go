package study

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"recount"
	"recount/internal/report"
)

// A Produced is a report that was written.
type Produced struct {
	Dir     string // that holds index.html
	Pile    bool   // nothing has been decided, so it is "What is in the pile"
	Numbers []report.PileNumber
	Results []recount.Result
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
		p.Numbers = report.Numbers(m)
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

// Reports returns the produced reports, as a file system of their folders.
func (s *Study) Reports() (fs.FS, []string, error) {
	root := filepath.Join(s.Dir, outDir)
	entries, err := os.ReadDir(root)
	if errors.Is(err, fs.ErrNotExist) || len(entries) == 0 {
		return nil, nil, recount.WithHint(fmt.Errorf("%s: %w: nothing was produced yet", s.Dir, recount.ErrNotFound), "run `recount report` first")
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	return os.DirFS(root), names, err
}

// Lines writes results for a terminal: "women  4 of 29 (13.8%)".
func Lines(results []recount.Result) string { return report.Lines(results) }
