package cli

import (
	"fmt"
	"strings"

	"recount"
	"recount/internal/casebook"

	"recount/internal/study"
)

type codesCmd struct {
	Op     string   `arg:"" optional:"" help:"move, merge or split."`
	Code   string   `arg:"" optional:"" help:"The code as it was."`
	To     []string `arg:"" optional:"" help:"The code that it becomes; of a split, all of them."`
	Start  bool     `help:"Write a codebook.yaml to start from, with a comment at each field." name:"template"`
	Save   bool     `help:"Save it. Without this it is only shown."`
	Reason string   `help:"Why." placeholder:"WORDS"`
}

func (c *codesCmd) Run(r *runner) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	if c.Start {
		path, err := s.StartCodebook()
		if err == nil {
			r.Printf("%s written, with two codes to start from; `recount codes` lists what it holds\n", path)
		}
		return err
	}
	codes, err := s.Codes(r.Ctx)
	if err != nil {
		return err
	}
	if c.Op == "" {
		for _, x := range codes {
			r.Printf("%s  %s, %s", x.Code.Code, Plural(x.People, "person", "people"), Plural(x.Statements, "statement", "statements"))
			if x.Under != x.Statements {
				r.Printf(" (%d with the codes under it)", x.Under)
			}
			if x.Short != "" {
				r.Printf(": %s", Cell(x.Short))
			}
			if x.Became != "" {
				r.Printf("  [%s", x.Became)
				if x.Left > 0 {
					r.Printf("; %s to look at again", Plural(x.Left, "statement", "statements"))
				}
				r.Printf("]")
			}
			r.Printf("\n")
		}
		if len(codes) == 0 {
			r.Printf("the study has no codebook yet; `recount codes --template` writes one to start from\n")
		}
		return nil
	}
	body := recount.CodebookBody{Op: recount.CodebookOp(c.Op), Code: c.Code, To: c.To}
	if body.To == nil {
		body.To = []string{}
	}
	if err := body.Check(); err != nil {
		return err
	}
	known := map[string]study.CodeCount{}
	var names []string
	for _, x := range codes {
		known[x.Code.Code] = x
		names = append(names, x.Code.Code)
	}
	for _, code := range append([]string{c.Code}, c.To...) {
		if _, ok := known[code]; !ok {
			return recount.WithHint(fmt.Errorf("%w: no code named %q", recount.ErrNotFound, code), "codes are "+strings.Join(names, ", ")+"; write a new one into codebook.yaml first")
		}
	}
	lines, err := s.Coded(r.Ctx, c.Code)
	if err != nil {
		return err
	}
	for _, l := range lines {
		r.Printf("  %s\n", l)
	}
	what := map[recount.CodebookOp]string{recount.MoveCode: "moves to", recount.MergeCode: "counts as", recount.SplitCode: "is to be looked at again, for"}[body.Op]
	r.Printf("%s %s %s: %s, %s in the count\n", c.Code, what, strings.Join(c.To, ", "), Plural(len(lines), "coding", "codings"), Plural(known[c.Code].People, "person", "people"))
	if !c.Save {
		r.Printf("nothing is saved; look at the list, then say --save\n")
		return nil
	}
	saved, err := s.Decide(r.Ctx, study.By{Round: r.Round}, casebook.Draft{Answer: body, Reason: c.Reason})
	if err == nil {
		r.Printf("%s saved\n", Plural(len(saved), "decision", "decisions"))
	}
	return err
}
