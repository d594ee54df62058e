package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"recount"

	"recount/internal/study"
)

type runCmd struct {
	Paths  []string `arg:"" name:"path" help:"Files, folders and addresses of pages."`
	Search string   `help:"The search or channel the pages came from." placeholder:"WORDS"`
	Links  bool     `help:"Follow links in a folder to files and folders outside of it." name:"follow-links"`
}

func (c *runCmd) Run(r *runner) error {
	dir := r.Dir
	if dir == "" || !study.Exists(dir) && isDefault(dir) {
		var err error
		if dir, err = study.RunDir(c.Paths); err != nil {
			return err
		}
	}
	if !study.Exists(dir) && !slices.ContainsFunc(c.Paths, isThere) {
		return recount.WithHint(fmt.Errorf("%w: nothing named %s", recount.ErrNotFound, strings.Join(c.Paths, ", ")), "name a folder or files of pages; no study was made")
	}
	s, did, err := study.Run(r.Ctx, dir, study.Offer{Paths: c.Paths, Search: c.Search, Follow: c.Links}, r.Opts)
	if err != nil {
		return err
	}
	r.closeLater(s)
	ran(r, did)
	if len(did.Added.Refused)+len(did.Added.StayOut) > 0 || did.Extracted.Refused > 0 {
		return errItems
	}
	return nil
}

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil || study.Address(path)
}

// isDefault reports whether --study was left at the current folder.
func isDefault(dir string) bool {
	here, err := filepath.Abs(".")
	return err == nil && dir == here
}

// ran prints what run or demo did.
func ran(r *runner, ran *study.Ran) {
	verb := "made"
	if ran.Continued {
		verb = "continued"
	}
	r.Printf("study %s (%s)\n", ran.Dir, verb)
	added(r, ran.Added)
	extracted(r, ran.Extracted)
	produced(r, ran.Produced)
	if ran.Produced.Pile {
		r.Printf("next: decide in the browser: recount serve %s\n", ran.Dir)
		r.Printf("  or here: `recount scope --study %s` lists who speaks; then say of each who counts: recount scope --study %s KEY yes\n", ran.Dir, ran.Dir)
	}
}

func produced(r *runner, p *study.Produced) {
	if p.Pile {
		if p.Decided {
			r.Printf("\nWhat is in the pile (as the program read it; who counts was decided since, and `recount report` counts it)\n")
		} else {
			r.Printf("\nWhat is in the pile (nothing has been decided, so nobody is counted yet)\n")
		}
		section := ""
		for _, n := range p.Numbers {
			if n.Detail {
				continue
			}
			if n.Section != section {
				section = n.Section
				r.Printf("\n")
			}
			r.Printf("%7d  %s\n", n.N, n.Label)
		}
		reported(r, p.Figures)
	} else {
		var numbers []recount.Result
		tables := 0
		for _, x := range p.Results {
			if x.Kind == "table" || x.Kind == "trend" {
				tables++
				continue
			}
			numbers = append(numbers, x)
		}
		r.Printf("\n")
		r.Printf("%s", study.Lines(numbers))
		if tables > 0 {
			r.Printf("and %s in the report\n", Plural(tables, "table", "tables"))
		}
	}
	r.Printf("\nreport: %s\n", filepath.Join(p.Dir, "index.html"))
}

// reported prints the first figures that outlets report, each wording once.
func reported(r *runner, figures []study.Reported) {
	const most = 12
	seen := map[string]bool{}
	for _, f := range figures {
		line := Cell(f.Span.In(f.Article.Text) + " " + f.Unit)
		if f.Whole != "" {
			line += ", of " + Cell(f.Whole)
		}
		if f.Qualifier == recount.Vague {
			line += " (vague)"
		}
		if f.Check != "" && f.Kind == recount.ShareFigure { // what a count is a part of fits by itself
			_, fits, _ := strings.Cut(f.Check, ": ")
			fits, _, _ = strings.Cut(fits, "; counting rule")
			line += ": " + fits
		}
		if seen[line] {
			continue
		}
		if len(seen) == 0 {
			r.Printf("\nOutlets report (recount figures lists all):\n")
		}
		if len(seen) == most {
			r.Printf("  ...\n")
			return
		}
		seen[line] = true
		r.Printf("  %s\n", line)
	}
}
