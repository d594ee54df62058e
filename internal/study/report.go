package study

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/disk"
	"recount/internal/report"
)

// A Produced is a report that was written.
type Produced struct {
	Dir     string // that holds index.html
	Pile    bool   // it is "What is in the pile"
	Decided bool   // people have said of somebody whether they count
	Numbers []report.PileNumber
	Results []recount.Result
	Figures []Reported       // of the pile, in order of publication
	Warned  []report.Warning // words of report.md that its numbers do not carry
}

// Names of the two reports under out/.
const (
	pileReport  = "pile"
	studyReport = "report"
)

// An Edition says which report is to be made.
type Edition struct {
	Standard string          // one of report.Standards; "" is the study's own
	Freeze   string          // name under which it is kept and never overwritten; "" for none
	AsOf     string          // a version, a day or an entry of the log that it is counted as of; "" is now
	Since    *report.Version // from which it tells its changes; nil: the version that was kept last
}

// Report writes the report with its evidence. While nobody has decided who
// counts, or there is no report.md, it is "What is in the pile".
func (s *Study) Report(ctx context.Context, e Edition) (out *Produced, err error) {
	if e.Standard != "" && !slices.Contains(report.Standards, e.Standard) {
		return nil, errStandard(e.Standard)
	}
	if e.Freeze != "" {
		if err := s.checkName(ctx, e.Freeze); err != nil {
			return nil, err
		}
	}
	err = s.change(ctx, func() error {
		defer s.dropScratch()
		if err := s.half(ctx); err != nil {
			return err
		}
		if e.AsOf != "" {
			out, err = s.reproduce(ctx, e)
		} else {
			out, err = s.produce(ctx, e)
		}
		return err
	})
	return out, err
}

// reproduce writes a report as it was at another moment of the study, counted
// anew from captures and decisions as of then.
func (s *Study) reproduce(ctx context.Context, e Edition) (*Produced, error) {
	v, err := s.version(ctx, e.AsOf)
	if err != nil {
		return nil, err
	}
	then, stop, err := s.at(ctx, v.Size)
	if err != nil {
		return nil, err
	}
	defer stop()
	m, _, err := then.material(ctx, then.book)
	if err != nil {
		return nil, err
	}
	if e.Freeze == "" {
		e.Freeze = "as-of-" + e.AsOf
	}
	if e.Since == nil {
		if e.Since, err = s.versionBefore(v.Size); err != nil {
			return nil, err
		}
	}
	site, results, err := then.site(ctx, m, e)
	if err != nil {
		return nil, err
	}
	p := &Produced{Pile: site.Manifest().Kind == pileReport, Results: results, Dir: filepath.Join(s.Dir, outDir, site.Name)}
	if p.Pile {
		p.Numbers = report.Numbers(m)
	}
	if err := os.MkdirAll(filepath.Dir(p.Dir), 0o700); err != nil {
		return nil, fmt.Errorf("write the report: %w", err)
	}
	if err := site.Write(p.Dir); err != nil {
		return p, err
	}
	if err := s.keep(ctx, site, p.Dir); err != nil {
		return p, err
	}
	if err := s.listReport(ctx, site.Name); err != nil {
		return p, err
	}
	now, err := s.store.Checkpoint(ctx)
	if err != nil {
		return p, err
	}
	return p, s.writeCheckpoint(recount.Checkpoint{Log: now.Log, Size: v.Size, Root: v.Root}, site.Name, site.Name+"/"+report.ManifestName)
}

// versionBefore returns the newest version that was kept when the log had fewer
// entries, or nil.
func (s *Study) versionBefore(size int64) (*report.Version, error) {
	kept, err := s.frozen()
	if err != nil {
		return nil, err
	}
	var last *report.Version
	for i := range kept {
		if kept[i].Size < size && !strings.HasPrefix(kept[i].Name, "as-of-") {
			last = &kept[i]
		}
	}
	return last, nil
}

func (s *Study) produce(ctx context.Context, e Edition) (*Produced, error) {
	book, err := s.casebook(ctx, needs{codebook: e.Standard != pileReport, report: e.Standard == ""})
	if err != nil {
		return nil, err
	}
	m, read, err := s.material(ctx, book)
	if err != nil {
		return nil, err
	}
	if e.Since == nil {
		now, err := s.store.Checkpoint(ctx)
		if err != nil {
			return nil, err
		}
		if e.Since, err = s.versionBefore(now.Size); err != nil {
			return nil, err
		}
	}
	s.opts.Progress("report", 0, 0)
	site, results, err := s.site(ctx, m, e)
	if err != nil {
		return nil, err
	}
	p := &Produced{Pile: site.Manifest().Kind == pileReport, Results: results, Decided: len(book.Holding(recount.KindScope)) > 0}
	if t, err := s.template(); err == nil && t != nil && e.Standard == "" && !p.Pile { // a version that is kept too
		p.Warned = t.Lint(results)
	}
	if p.Pile {
		p.Numbers, p.Figures = report.Numbers(m), s.reported(read)
	}
	p.Dir = filepath.Join(s.Dir, outDir, site.Name)
	if err := os.MkdirAll(filepath.Dir(p.Dir), 0o700); err != nil {
		return nil, fmt.Errorf("write the report: %w", err)
	}
	site.Progress = func(done, total int) { s.opts.Progress("report", done, total) }
	if err := site.Write(p.Dir); err != nil {
		return p, err
	}
	if err := s.keep(ctx, site, p.Dir); err != nil {
		return p, err
	}
	if err := s.listReport(ctx, site.Name); err != nil {
		return p, err
	}
	return p, s.putCheckpoint(ctx, site.Name, site.Name+"/"+report.ManifestName)
}

// metaReports is the setting, logged like every other, which lists the reports that
// were produced and that no removal took away: one that is gone with its checkpoint is
// missed by it. A study whose last report an older program produced has none.
const metaReports = "reports"

// metaKept begins the setting, made once, that holds the SHA-256 of the manifest of a
// version that was kept under a name.
const metaKept = "kept report "

// keeps reports whether a report is kept for good under the name that its manifest gives.
func keeps(frozen string) bool { return frozen != "" && !strings.HasPrefix(frozen, "as-of-") }

// keep logs which version is kept under a name.
func (s *Study) keep(ctx context.Context, site *namedSite, dir string) error {
	if !keeps(site.Manifest().Frozen) {
		return nil
	}
	sum, err := hashOf(filepath.Join(dir, report.ManifestName))
	if err != nil {
		return fmt.Errorf("keep the report: %w", err)
	}
	return s.store.SetMeta(ctx, metaKept+site.Name, sum)
}

// listReport adds a report to those that were produced.
func (s *Study) listReport(ctx context.Context, name string) error {
	list, err := s.store.Meta(ctx, metaReports)
	if err != nil {
		return err
	}
	names := strings.Fields(list)
	if list == "" {
		if names, err = s.produced(); err != nil {
			return err
		}
	}
	return s.listReports(ctx, list, append(names, name))
}

// listReports lists reports where another list stands.
func (s *Study) listReports(ctx context.Context, was string, names []string) error {
	slices.Sort(names)
	if now := strings.Join(slices.Compact(names), " "); now != was {
		return s.store.SetMeta(ctx, metaReports, now)
	}
	return nil
}

// A namedSite is a report that is ready to be written, with its name under
// out/.
type namedSite struct {
	*report.Site
	Name string
}

// site makes a report, and the results in it.
func (s *Study) site(ctx context.Context, m *report.Material, e Edition) (*namedSite, []recount.Result, error) {
	var t *report.Template
	var err error
	name := e.Standard
	switch e.Standard {
	case pileReport:
	case "":
		name = studyReport
		if t, err = s.template(); err != nil {
			return nil, nil, err
		}
		if m.Decisions[recount.KindScope] == 0 || t == nil {
			name = pileReport
		}
	default:
		if t, err = report.Standard(e.Standard, m); err != nil {
			return nil, nil, err
		}
	}
	kept := func(site *report.Site) *namedSite {
		if e.Freeze != "" {
			name, site.Manifest().Frozen = e.Freeze, e.Freeze
		}
		return &namedSite{site, name}
	}
	if name == pileReport {
		site, err := report.Pile(m)
		if err != nil {
			return nil, nil, err
		}
		return kept(site), nil, nil
	}
	results, err := s.answers(s.book, t.Queries)
	if err != nil {
		return nil, nil, err
	}
	if m.Moves, err = s.moves(s.book, t); err != nil {
		return nil, nil, err
	}
	if len(t.Sections) > 0 {
		if m.Annex, err = s.annex(ctx, s.book, t.Queries, results, e.sinceFor(t)); err != nil {
			return nil, nil, err
		}
	}
	site, err := report.Study(m, t, results)
	if err != nil {
		return nil, nil, err
	}
	site.Manifest().Since = e.sinceFor(t)
	return kept(site), results, nil
}

// sinceFor is the version from which a template tells changes, nil if it tells
// none.
func (e Edition) sinceFor(t *report.Template) *report.Version {
	if slices.Contains(t.Sections, "changes") {
		return e.Since
	}
	return nil
}

// queries lists what an edition counts.
func (s *Study) queries(m *report.Material, e Edition) ([]Query, error) {
	t, err := s.template()
	if e.Standard != "" {
		t, err = report.Standard(e.Standard, m)
	}
	if err != nil || t == nil {
		return nil, err
	}
	return t.Queries, nil
}

// edition names the report that a manifest is of.
func edition(m *report.Manifest) Edition {
	e := Edition{Freeze: m.Frozen, Since: m.Since}
	if slices.Contains(report.Standards, m.Kind) && m.Kind != pileReport {
		e.Standard = m.Kind
	}
	return e
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

// writeIngest writes the page on what came in.
func (s *Study) writeIngest(ctx context.Context, w io.Writer, book *casebook.Casebook) error {
	m, err := s.cameIn(ctx, book)
	if err != nil {
		return err
	}
	searches, err := s.store.Searches(ctx)
	if err != nil {
		return err
	}
	return report.Ingest(w, m, searches)
}

// reportIngest writes the report on what came in.
func (s *Study) reportIngest(ctx context.Context, out *Extracted) error {
	book, err := s.loaded(ctx)
	if err != nil {
		return err
	}
	dir := filepath.Join(s.Dir, outDir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("ingest report: %w", err)
	}
	var b bytes.Buffer
	if err := s.writeIngest(ctx, &b, book); err != nil {
		return err
	}
	out.Ingest = filepath.Join(dir, report.IngestName)
	if err := disk.Write(out.Ingest, b.Bytes()); err != nil {
		return fmt.Errorf("ingest report: %w", err)
	}
	return s.putCheckpoint(ctx, strings.TrimSuffix(report.IngestName, ".html"), report.IngestName)
}
