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
	Paths  []string `arg:"" name:"path" help:"Folders and files of HTML or text; .gz too."`
	Search string   `help:"The search or channel the pages came from." placeholder:"WORDS"`
}

func (c *runCmd) Run(r *runner) error {
	dir := r.dir
	if dir == "" || !study.Exists(dir) && isDefault(dir) {
		var err error
		if dir, err = study.RunDir(c.Paths); err != nil {
			return err
		}
	}
	if !study.Exists(dir) && !slices.ContainsFunc(c.Paths, isThere) {
		return recount.WithHint(fmt.Errorf("%w: nothing named %s", recount.ErrNotFound, strings.Join(c.Paths, ", ")), "name a folder or files of HTML or text; no study was made")
	}
	s, ran, err := study.Run(r.ctx, dir, c.Paths, c.Search, r.opts)
	if err != nil {
		return err
	}
	defer s.Close()
	r.ran(ran)
	if len(ran.Added.Refused) > 0 || ran.Extracted.Refused > 0 {
		return errItems
	}
	return nil
}

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// isDefault reports whether --study was left at the current folder.
func isDefault(dir string) bool {
	here, err := filepath.Abs(".")
	return err == nil && dir == here
}

// ran prints what run or demo did.
func (r *runner) ran(ran *study.Ran) {
	verb := "made"
	if ran.Continued {
		verb = "continued"
	}
	r.printf("study %s (%s)\n", ran.Dir, verb)
	r.added(ran.Added)
	r.extracted(ran.Extracted)
	r.produced(ran.Produced)
}

func (r *runner) produced(p *study.Produced) {
	if p.Pile {
		r.printf("\nWhat is in the pile (nothing has been decided, so nobody is counted yet)\n")
		section := ""
		for _, n := range p.Numbers {
			if n.Detail {
				continue
			}
			if n.Section != section {
				section = n.Section
				r.printf("\n")
			}
			r.printf("%7d  %s\n", n.N, n.Label)
		}
		r.reported(p.Figures)
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
		r.printf("\n%s", study.Lines(numbers))
		if tables > 0 {
			r.printf("and %s in the report\n", plural(tables, "table", "tables"))
		}
	}
	r.printf("\nreport: %s\n", filepath.Join(p.Dir, "index.html"))
}

// reported prints the first figures that outlets report, each wording once.
func (r *runner) reported(figures []study.Reported) {
	const most = 12
	seen := map[string]bool{}
	for _, f := range figures {
		line := cell(f.Span.In(f.Article.Text) + " " + f.Unit)
		if f.Whole != "" {
			line += ", of " + cell(f.Whole)
		}
		if f.Qualifier == recount.Vague {
			line += " (vague)"
		}
		if f.Check != "" {
			_, fits, _ := strings.Cut(f.Check, ": ")
			fits, _, _ = strings.Cut(fits, "; counting rule")
			line += ": " + fits
		}
		if seen[line] {
			continue
		}
		if len(seen) == 0 {
			r.printf("\nOutlets report (recount figures lists all):\n")
		}
		if len(seen) == most {
			r.printf("  ...\n")
			return
		}
		seen[line] = true
		r.printf("  %s\n", line)
	}
}

// refused lists what was not taken, each with the next step.
func (r *runner) refused(list []recount.Refusal) {
	const most = 20
	for i, x := range list {
		if i == most {
			r.printf("  ... and %d more; the report lists them all\n", len(list)-most)
			return
		}
		line := fmt.Sprintf("  refused %s: %s", x.Name, x.Reason)
		if x.Hint != "" {
			line += " (" + x.Hint + ")"
		}
		r.printf("%s\n", line)
	}
}
