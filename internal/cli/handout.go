package cli

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"recount"
	"recount/internal/disk"
	"recount/internal/study"
)

type handoutCmd struct {
	Coder string `arg:"" help:"Who is to code; with --open the file that was handed out."`
	File  string `arg:"" optional:"" help:"File to write, CODER.recount.zip if none is named; with --open the folder of the study to make." type:"path"`
	Open  bool   `help:"Make a study of a file that was handed out."`
}

func (c *handoutCmd) Run(r *runner) error {
	if c.Open {
		if c.File == "" {
			return recount.WithHint(fmt.Errorf("handout: %w: no folder is named", recount.ErrInvalid), "recount handout --open FILE DIR")
		}
		h, err := study.OpenHandout(r.Ctx, c.Coder, c.File, r.Opts)
		if err != nil {
			return err
		}
		r.Printf("%s: %s to code as %s", c.File, Plural(h.Pages, "page", "pages"), h.Coder)
		if h.Round != "" {
			r.Printf(", round %s", h.Round)
		}
		r.Printf("\n")
		return nil
	}
	s, err := r.Open()
	if err != nil {
		return err
	}
	name := c.File
	if name == "" {
		name = strings.ReplaceAll(c.Coder, " ", "-") + ".recount.zip"
	}
	var h *study.Handout
	err = disk.Fill(name, func(w io.Writer) error {
		h, err = s.HandOut(r.Ctx, w, c.Coder)
		return err
	})
	if err != nil {
		return err
	}
	r.Printf("%s: %s for %s, with the codebook and nobody's answers\n", filepath.Base(name), Plural(h.Pages, "page", "pages"), h.Coder)
	return nil
}

type takebackCmd struct {
	File string `arg:"" help:"Answers that a coder sent back." type:"path"`
	Save bool   `help:"Take them in. Without this it is only said what they bring."`
}

func (c *takebackCmd) Run(r *runner) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	t, err := s.TakeBack(r.Ctx, f, c.Save)
	if err != nil {
		return err
	}
	r.Printf("%s, %d known already", Plural(t.New, "new decision", "new decisions"), t.Known)
	if len(t.Coders) > 0 {
		r.Printf("; by %s", strings.Join(t.Coders, ", "))
	}
	r.Printf("\n")
	for _, k := range slices.Sorted(maps.Keys(t.Kinds)) {
		r.Printf("  %s %d\n", k, t.Kinds[k])
	}
	for _, x := range t.Conflicts {
		r.Printf("  conflict: %s said %q there and %q here <%s>\n", x.Actor, Cell(x.There), Cell(x.Here), Cell(x.Question))
	}
	for _, x := range t.Others {
		r.Printf("  %s by %s, to whom the pages are not assigned; they are assigned to %s\n", Plural(x.N, "answer", "answers"), x.Actor, strings.Join(x.Assigned, ", "))
	}
	for _, x := range []struct {
		n    int
		what string
	}{{t.Lost, "about words that stand on no page of this study"}, {t.Wait, "given with a codebook, or on answers, that are not here; they wait for them"}, {t.Left, "study files and rules, which stay as they are here"}} {
		if x.n > 0 {
			r.Printf("  %d %s\n", x.n, x.what)
		}
	}
	for _, x := range t.Cut {
		r.Printf("  cut: %s\n", x)
	}
	switch {
	case t.New == 0:
	case c.Save:
		r.Printf("taken in\n")
	default:
		r.Printf("nothing is saved; if they are really by %s, say --save\n", strings.Join(t.Coders, ", "))
	}
	if len(t.Cut) > 0 {
		return errItems
	}
	return nil
}
