package cli

import (
	"fmt"
	"io"
	"strings"

	"recount"

	"recount/internal/study"
)

type decisionsListCmd struct {
	By    string `help:"Only those of this person." placeholder:"NAME"`
	Page  string `help:"Only those about this page." placeholder:"PAGE"`
	Case  string `help:"Only those about this person: id, or its first digits." placeholder:"ID"`
	Kind  string `help:"Only those of this kind, such as scope or code." placeholder:"KIND"`
	Since string `help:"Only those from this day on." placeholder:"DAY"`
	Group string `help:"Only those of this group, by its first digits." placeholder:"GROUP"`
	All   bool   `help:"Those that do not hold, too, with what took their place."`
}

func (c *decisionsListCmd) Run(r *runner) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	list, found, err := s.Decisions(r.Ctx, study.Chosen{By: c.By, Page: c.Page, Case: c.Case, Kind: c.Kind, Since: c.Since, Group: c.Group, All: c.All})
	if err != nil {
		return err
	}
	for _, d := range list {
		r.Printf("%.12s  %s  %-10s  %s", d.ID, d.Time, d.Kind, d.Actor)
		if d.Words != "" {
			r.Printf("  %s", d.Words)
		}
		r.Printf("%s", because(d.Reason))
		if len(d.Pages) > 0 && len(d.Pages) <= 2 {
			r.Printf("  <%s>", strings.Join(d.Pages, "> <"))
		}
		if d.Round != "" {
			r.Printf("  round %s", Cell(d.Round))
		}
		if d.Group != "" {
			r.Printf("  group %s", Cell(d.Group))
		}
		if d.Signed != "" {
			r.Printf("  signed %s", Cell(d.Signed))
		}
		if d.Erased {
			r.Printf("  (erased)")
		}
		if d.State != "" {
			r.Printf("  [%s]", d.State)
		}
		r.Printf("\n")
	}
	findings(r, found, len(found))
	return nil
}

type decisionsRetractCmd struct {
	IDs    []string `arg:"" name:"id" optional:"" help:"Ids, or their first digits."`
	Group  string   `help:"Every answer of this group that still holds, by the first digits of its name." placeholder:"GROUP"`
	Reason string   `help:"Why." placeholder:"WORDS"`
}

func (c *decisionsRetractCmd) Run(r *runner) error {
	if (len(c.IDs) == 0) == (c.Group == "") {
		return recount.WithHint(fmt.Errorf("%w: a retraction of nothing, or of two things at once", recount.ErrInvalid), "name ids as `recount decisions list` shows them, or one group with --group")
	}
	s, err := r.Open()
	if err != nil {
		return err
	}
	var ds []recount.Decision
	n := 0
	if c.Group != "" {
		ds, n, err = s.RetractGroup(r.Ctx, c.Group, c.Reason)
	} else {
		ds, err = s.Retract(r.Ctx, c.IDs, c.Reason)
		for _, d := range ds {
			n += len(d.Replaces)
		}
	}
	if err != nil {
		return err
	}
	r.Printf("%s saved", Plural(len(ds), "retraction", "retractions"))
	if n > len(ds) {
		r.Printf(": %d decisions are taken back", n)
	}
	r.Printf("\n")
	return nil
}

type decisionsRestoreCmd struct {
	File string `arg:"" help:"study.yaml, codebook.yaml or report.md."`
	From string `help:"As this decision logged it; the first digits of its id." placeholder:"ID"`
}

func (c *decisionsRestoreCmd) Run(r *runner) error {
	id, aside, err := study.Restore(r.Ctx, r.Dir, c.File, c.From, r.Opts)
	if err != nil {
		return err
	}
	r.Printf("%s is as decision %.12s logged it\n", c.File, id)
	if aside != "" {
		r.Printf("what stood there is kept in %s\n", aside)
	}
	return nil
}

type decisionsUseCmd struct {
	File string `arg:"" help:"study.yaml, codebook.yaml or report.md."`
}

func (c *decisionsUseCmd) Run(r *runner) error {
	id, err := study.Use(r.Ctx, r.Dir, c.File, r.Opts)
	if err != nil {
		return err
	}
	r.Printf("%s is in use as it is (decision %.12s)\n", c.File, id)
	return nil
}

type decisionsLogCmd struct {
	File string `arg:"" optional:"" help:"Where to; standard output if none is named."`
}

func (c *decisionsLogCmd) Run(r *runner) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	return into(r, c.File, func(w io.Writer) error { return s.ExportLeaves(r.Ctx, w) })
}

type decisionsSignCmd struct {
	IDs []string `arg:"" name:"id" optional:"" help:"Ids, or their first digits; without any, all decisions of yours that your key has not signed yet."`
	Key string   `help:"Private SSH key, or the public key of one that your agent holds." required:"" placeholder:"FILE"`
}

func (c *decisionsSignCmd) Run(r *runner) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	n, key, err := s.Sign(r.Ctx, c.Key, c.IDs)
	if err != nil {
		return err
	}
	r.Printf("%s signed by %s with %s\n", Plural(n, "decision", "decisions"), r.Opts.Actor, key)
	return nil
}
