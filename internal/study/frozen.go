package study

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/pattern"
	"recount/internal/report"
)

// This file goes back to what a study was: at an entry of its log, on a day, or
// when a report was kept under a name.

var versionName = pattern.New(`^[a-z0-9][a-z0-9._-]{0,63}$`)

// Names that Windows keeps for devices, whatever ending they have.
var deviceName = pattern.New(`^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)`)

// checkName refuses what cannot be the name of a version.
func (s *Study) checkName(ctx context.Context, name string) error {
	if !versionName.MatchString(name) {
		return recount.WithHint(fmt.Errorf("report: %w: %q cannot be the name of a version", recount.ErrInvalid, name), "use small letters, digits, hyphens and full stops, as in 2015-09")
	}
	if deviceName.MatchString(name) || strings.HasSuffix(name, ".") {
		return recount.WithHint(fmt.Errorf("report: %w: %q is no name for a folder on Windows", recount.ErrInvalid, name), "choose another name, such as first or 2015-09")
	}
	if name == studyReport || name == "now" || slices.Contains(report.Standards, name) {
		return recount.WithHint(fmt.Errorf("report: %w: %q names a report already", recount.ErrInvalid, name), "choose another name, such as first or 2015-09")
	}
	if n, err := strconv.Atoi(name); err == nil && n >= 0 {
		return recount.WithHint(fmt.Errorf("report: %w: %q would name an entry of the log", recount.ErrInvalid, name), "choose a name with a letter or a hyphen in it")
	}
	if !keeps(name) {
		return recount.WithHint(fmt.Errorf("report: %w: %q is what a report of another day is called", recount.ErrInvalid, name), "choose another name, such as first or 2015-09")
	}
	kept, err := s.store.Meta(ctx, metaKept+name)
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(s.Dir, outDir, name)); err == nil || kept != "" {
		return recount.WithHint(fmt.Errorf("report: %w: a version %s was kept already", recount.ErrConflict, name), "versions are never overwritten; choose another name")
	}
	return nil
}

// KeptReports lists the reports that were kept under a name, the oldest first.
func (s *Study) KeptReports() ([]report.Version, error) { return s.frozen() }

// frozen lists the versions that were kept, the oldest first.
func (s *Study) frozen() ([]report.Version, error) {
	names, err := s.produced()
	if err != nil {
		return nil, err
	}
	var out []report.Version
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(s.Dir, outDir, name, report.ManifestName))
		if err != nil {
			continue // recheck says so
		}
		m, err := report.ReadManifest(data)
		if err != nil || m.Frozen != name {
			continue
		}
		kept, err := os.ReadFile(filepath.Join(s.Dir, outDir, name+checkpointEnd))
		if err != nil {
			continue
		}
		c, err := recount.ParseCheckpoint(string(kept))
		if err != nil {
			continue
		}
		out = append(out, report.Version{Name: name, Size: c.Size, Root: c.Root, AsOf: m.AsOf})
	}
	slices.SortFunc(out, func(a, b report.Version) int {
		return cmp.Or(cmp.Compare(a.Size, b.Size), strings.Compare(a.Name, b.Name))
	})
	return out, nil
}

// version finds a moment of the study: the name of a version that was kept, a
// day, the number of an entry of the log, or now.
func (s *Study) version(ctx context.Context, name string) (report.Version, error) {
	now, err := s.store.Checkpoint(ctx)
	if err != nil {
		return report.Version{}, err
	}
	if name == "now" {
		return report.Version{Name: name, Size: now.Size, Root: now.Root}, nil
	}
	kept, err := s.frozen()
	if err != nil {
		return report.Version{}, err
	}
	var names []string
	for _, v := range kept {
		if v.Name == name {
			return v, s.store.Consistent(ctx, recount.Checkpoint{Log: now.Log, Size: v.Size, Root: v.Root})
		}
		names = append(names, v.Name)
	}
	size, err := strconv.ParseInt(name, 10, 64)
	day, dateErr := recount.ParseDate(name)
	switch {
	case dateErr == nil && len(name) == 10:
		if size, err = s.sizeOn(ctx, day); err != nil {
			return report.Version{}, err
		}
	case err != nil || size < 1 || size > now.Size:
		hint := fmt.Sprintf("name a day such as 2026-11-02, an entry of the log from 1 to %d, or now", now.Size)
		if len(names) > 0 {
			hint = "versions that were kept are " + strings.Join(names, ", ") + "; else " + hint
		}
		return report.Version{}, recount.WithHint(fmt.Errorf("%w: no version named %q", recount.ErrNotFound, name), hint)
	}
	_, roots, err := s.store.CheckLog(ctx, size)
	return report.Version{Name: name, Size: size, Root: roots[size]}, err
}

// sizeOn returns how many entries the log had at the end of a day: all before
// the first capture or decision of a later day.
func (s *Study) sizeOn(ctx context.Context, day recount.Date) (int64, error) {
	times := map[string]string{}
	decisions, err := s.store.Decisions(ctx)
	if err != nil {
		return 0, err
	}
	for _, d := range decisions {
		times["decision "+d.ID] = d.Time
	}
	captures, err := s.store.Captures(ctx)
	if err != nil {
		return 0, err
	}
	for _, c := range captures {
		times["capture "+string(c.Key)] = c.Captured.UTC().Format("2006-01-02T15:04:05Z")
	}
	last, size := day.String(), int64(0)
	for l, err := range s.store.Leaves(ctx, 0) {
		if err != nil {
			return 0, err
		}
		if t := times[l.What+" "+l.ID]; t != "" && t[:min(10, len(t))] > last {
			break
		}
		size++
	}
	if size == 0 {
		return 0, recount.WithHint(fmt.Errorf("%w: the study had nothing on %s", recount.ErrNotFound, last), "name a later day")
	}
	return size, nil
}

// at returns the study as it was when its log had size entries, in a copy of its
// own with everything derived anew; -1 is as it is now. stop closes it. It fails
// if what the study held then was erased since.
func (s *Study) at(ctx context.Context, size int64) (*Study, func(), error) {
	return s.past(ctx, size, false)
}

// past is at, where the study may be without what was erased since.
func (s *Study) past(ctx context.Context, size int64, without bool) (*Study, func(), error) {
	room, err := s.scratch()
	if err != nil {
		return nil, nil, err
	}
	dir := filepath.Join(room, fmt.Sprint(size))
	if err := os.RemoveAll(dir); err != nil {
		return nil, nil, err
	}
	st, err := s.store.CopyStudy(ctx, dir)
	if err != nil {
		return nil, nil, err
	}
	fail := func(err error) (*Study, func(), error) {
		st.Close()
		return nil, nil, err
	}
	then := &Study{Dir: dir, ID: s.ID, opts: s.opts, store: st, archive: s.archive, held: true, files: map[string][]byte{}}
	if size >= 0 {
		if err := st.Rewind(ctx, size, without); err != nil {
			return fail(err)
		}
	}
	if err := then.derive(ctx, &Extracted{}); err != nil {
		return fail(err)
	}
	// The study files as they were in use.
	then.config = s.config
	if err := then.open(ctx); err != nil {
		return fail(err)
	}
	for _, name := range []string{studyFile, codebookFile, reportFile} {
		content := []byte(nil)
		if b, id := then.book.Log().StudyFile(name); id != "" {
			content = []byte(b.Content)
		} else if content, err = os.ReadFile(filepath.Join(s.Dir, name)); errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil { // it was not used yet
			return fail(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			return fail(err)
		}
	}
	then.book = nil
	if err := then.readConfig(); err != nil {
		return fail(err)
	}
	if codes, err := then.codebook(); err == nil {
		then.codes = codes
	}
	if err := then.open(ctx); err != nil {
		return fail(err)
	}
	return then, func() { st.Close() }, nil
}
