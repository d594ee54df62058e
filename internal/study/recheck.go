package study

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/report"
)

// A Problem is one thing that recheck found, with the next step.
type Problem struct {
	What string // "capture", "decision", "report", "store"
	Name string // the item
	Text string
	Hint string
}

// A Rechecked says what recheck looked at and what it found.
type Rechecked struct {
	Captures  int
	Decisions int
	Reports   int
	Files     int // of reports
	Numbers   int // recounted
	Citations int // found verbatim
	Problems  []Problem
	Notes     []string // not problems: "a report is older than the newest decision"
}

// Recheck hashes every capture, replays every decision and checks everything
// under out/: each file against its manifest, each number by counting again,
// each cited sentence against its article.
func (s *Study) Recheck(ctx context.Context) (*Rechecked, error) {
	out := &Rechecked{}
	if err := s.store.Integrity(ctx); err != nil {
		out.add("store", "study.db", err, "restore study.db from a backup; captures/ and an export of the decisions rebuild it")
	}
	captures, err := s.store.Captures(ctx)
	if err != nil {
		return nil, err
	}
	// Every record of the archive is read and hashed once, the ones that are no
	// captures too; a capture whose bytes did not come up so is looked at alone.
	hashed := map[recount.WARCRecord]string{}
	for f, err := range s.archive.Scan(nil) {
		if err != nil {
			out.add("capture", "captures/"+f.Capture.Record.File, err, "restore captures/ from a backup; nothing else is damaged by it")
			break
		}
		if f.Erased == "" {
			hashed[f.Capture.Record] = f.Capture.Hash
		}
		if len(hashed)%extractBatch == 0 {
			s.opts.Progress("recheck captures", len(hashed), len(captures))
		}
	}
	for _, c := range captures {
		out.Captures++
		if hashed[c.Record] != c.Hash {
			s.recheckCapture(c, out)
		}
	}
	decisions, err := s.store.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	for i := range decisions {
		out.Decisions++
		d := &decisions[i]
		if err := d.Check(); err != nil {
			out.add("decision", d.ID, err, "import it again from an export: recount decisions import FILE; or restore study.db from a backup")
		} else if d.Erasable == nil {
			out.Notes = append(out.Notes, fmt.Sprintf("decision %.12s: its answer was erased%s", d.ID, erasedBy(decisions, d.ID)))
		}
	}
	for _, err := range s.store.Articles(ctx) {
		if err != nil {
			out.add("article", "study.db", err, "restore study.db from a backup")
			break
		}
	}
	if len(out.Problems) > 0 {
		return out, nil // counting again over damaged records would only confuse
	}
	s.book = nil // everything is loaded anew
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, err
	}
	names, err := s.produced()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		out.Reports++
		if err := s.recheckReport(ctx, book, name, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (out *Rechecked) add(what, name string, err error, hint string) {
	if h := recount.HintOf(err); h != "" {
		hint = h
	}
	out.Problems = append(out.Problems, Problem{what, name, err.Error(), hint})
}

func (s *Study) recheckCapture(c recount.Capture, out *Rechecked) {
	hint := "restore captures/" + c.Record.File + " from a backup; nothing else is damaged by it"
	payload, err := s.archive.Payload(c.Record)
	if err == nil {
		if sum := sha256.Sum256(payload); hex.EncodeToString(sum[:]) != c.Hash {
			err = fmt.Errorf("its bytes are not those that were captured: %w", recount.ErrTampered)
		}
	}
	if err != nil {
		out.Problems = append(out.Problems, Problem{"capture", c.Name, err.Error(), hint})
	}
}

// erasedBy names the decision that says why another one was erased.
func erasedBy(decisions []recount.Decision, id string) string {
	for i := range decisions {
		d := &decisions[i]
		if d.Kind != recount.KindRemove {
			continue
		}
		if a, err := d.Decode(); err == nil && a.(recount.RemoveBody).ID == id {
			return fmt.Sprintf(" by decision %.12s", d.ID)
		}
	}
	return ""
}

// produced lists the reports under out/, by name.
func (s *Study) produced() ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(s.Dir, outDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	return names, err
}

func (s *Study) recheckReport(ctx context.Context, book *casebook.Casebook, name string, out *Rechecked) error {
	dir := filepath.Join(s.Dir, outDir, name)
	label := outDir + "/" + name
	data, err := os.ReadFile(filepath.Join(dir, report.ManifestName))
	if err != nil {
		out.Problems = append(out.Problems, Problem{"report", label, "it has no " + report.ManifestName, "do not use it; `recount report` produces it again"})
		return nil
	}
	m, err := report.ReadManifest(data)
	if err != nil {
		out.add("report", label+"/"+report.ManifestName, err, "do not use it; `recount report` produces it again")
		return nil
	}
	out.Files += len(m.Files)
	for _, c := range m.Citations {
		out.Citations += len(c.Places)
	}
	mat, t, err := s.material(ctx, book)
	if err != nil {
		return err
	}
	faults := m.Check(os.DirFS(dir), func(page, part, hash string) *recount.Article {
		for _, a := range t.articles {
			if a.Page() != page || a.Part != part {
				continue
			}
			for _, v := range append([]*recount.Article{a}, t.older[a.Key]...) {
				if recount.HashText(v.Text) == hash {
					return v
				}
			}
		}
		return nil
	})
	for _, f := range faults {
		out.Problems = append(out.Problems, Problem{"report", label + "/" + f.Name, f.Text, f.Hint})
	}
	// A report is of its captures and decisions; with others its numbers are
	// those of then, which is no fault.
	if m.Log != mat.Log || !slices.Equal(m.Inputs, report.Inputs(mat)) {
		out.Notes = append(out.Notes, label+" was produced before the newest capture or decision: its numbers are those of then; `recount report` brings it up to date")
		return nil
	}
	var moved []report.Moved
	if name == pileReport {
		was := map[string]int{}
		for _, n := range m.Numbers {
			was[n.Name] = n.N
		}
		for _, n := range report.Numbers(mat) {
			out.Numbers++
			// What was refused is no input of a report, so a page that was
			// refused since moves this number and no other.
			if old, ok := was[n.Name]; n.Name != "refused" && (!ok || old != n.N) {
				moved = append(moved, report.Moved{Label: n.Label, Was: fmt.Sprint(old), Now: fmt.Sprint(n.N)})
			}
		}
	} else {
		results, err := s.results(book)
		if err != nil {
			return err
		}
		looked, changed := m.Recount(results)
		out.Numbers, moved = out.Numbers+looked, changed
	}
	for _, x := range moved {
		text := fmt.Sprintf("%q was %s and is %s now, with the same captures and decisions", x.Label, x.Was, x.Now)
		if m.Program != mat.Program {
			text += fmt.Sprintf(" (counted by %s then, by %s now)", m.Program, mat.Program)
		}
		out.Problems = append(out.Problems, Problem{"report", label, text, "`recount report` produces it anew; compare the two before you publish either"})
	}
	return nil
}
