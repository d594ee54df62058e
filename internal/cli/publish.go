package cli

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"

	"recount"
	"recount/internal/study"
)

type publishCmd struct {
	Dir    string `arg:"" optional:"" help:"New folder for the public edition; without it only what speaks against one is listed." type:"path"`
	Apply  string `help:"Make the changes of these reasons, by their numbers with commas between, or all." placeholder:"N,...|all"`
	Allow  []int  `help:"Override these reasons; it takes two people, each with --as and --reason." placeholder:"N,..."`
	Check  string `help:"Set a public edition beside the study that it was made of." placeholder:"DIR" type:"path"`
	Reason string `help:"Why." placeholder:"WORDS"`
	identityFiles
}

// confirm says what would be written, and asks whoever sits at a terminal.
func (c *publishCmd) confirm(r *runner) func(*study.Publishing) bool {
	return func(p *study.Publishing) bool {
		r.Printf("to be written into %s: a report in four forms and its tables, counted over %s; %s shown, %d not; %s of %s with outlet, day and address; %s left out\n", Cell(c.Dir),
			Plural(p.People, "person", "people"), Plural(p.Numbers, "number is", "numbers are"), p.Hidden, Plural(p.Quotations, "quotation", "quotations"), Plural(p.Quoted, "person whom the press names", "people whom the press names"), Plural(len(p.Omitted), "sentence of report.md is", "sentences of report.md are"))
		for _, s := range p.Omitted {
			r.Printf("   left out: %s\n", Cell(s))
		}
		f, ok := r.In.(*os.File)
		if !ok || !term.IsTerminal(int(f.Fd())) {
			return true // who writes a script has decided
		}
		r.Printf("what is out cannot be called back. Write it? Type yes:\n")
		line, err := readLine(r.In)
		return (err == nil || line != "") && strings.EqualFold(strings.TrimSpace(line), "yes")
	}
}

func (c *publishCmd) Run(r *runner) error {
	ask := study.Publish{Dir: c.Dir, Allow: c.Allow, Reason: c.Reason, With: c.with(r), Confirm: c.confirm(r)}
	if c.Apply == "all" {
		ask.All = true
	} else if c.Apply != "" {
		for part := range strings.SplitSeq(c.Apply, ",") {
			n, err := strconv.Atoi(strings.TrimSpace(part))
			if err != nil {
				return recount.WithHint(fmt.Errorf("%w: %q is no number of a reason", recount.ErrInvalid, part), "give numbers with commas between, or all")
			}
			ask.Apply = append(ask.Apply, n)
		}
	}
	s, err := r.Open()
	if err != nil {
		return err
	}
	if c.Check != "" {
		return c.check(r, s)
	}
	if ask.Listed, err = s.ListedReasons(r.Ctx); err != nil {
		return err
	}
	if ask.Listed == "" {
		ask.Listed = "none" // numbers that nobody has read are numbers of nothing
	}
	p, err := s.Publish(r.Ctx, ask)
	if err != nil {
		return err
	}
	if len(p.Reasons) > 0 {
		if err := s.ListReasons(r.Ctx, p); err != nil {
			return err
		}
	}
	if p.Stale {
		r.Printf("nothing was done: the numbers are not those of this list, which is another one than was shown last. Read it, and give its numbers\n")
	}
	if p.Undecided {
		r.Printf("nothing was decided: no change mends %s, so nothing could be written. Do what stands beside it first, or make the other changes alone: `recount publish --apply all`\n", stays(p))
	}
	if p.Declined {
		r.Printf("nothing was written\n")
		return errItems
	}
	for _, a := range p.Applied {
		r.Printf("decided: %s\n", Cell(a))
	}
	if left := stays(p); ask.All && len(p.Applied) > 0 && left != "" {
		r.Printf("no change mends %s, so that stays\n", left)
	}
	if p.Before != nil && p.After != nil {
		r.Printf("numbers: %d before, %d now; quotations: %d before, %d now\n", p.Before.Numbers, p.After.Numbers, p.Before.Quotations, p.After.Quotations)
	}
	for _, a := range p.Overrode {
		r.Printf("you override: %s\n", Cell(a))
	}
	for i := range p.Reasons {
		x := &p.Reasons[i]
		r.Printf("%d. %s\n", i+1, Cell(asSentence(x.Text)))
		if x.More > 0 {
			r.Printf("   and %s of the same result\n", Plural(x.More, "other number", "other numbers"))
		}
		switch {
		case x.Change != nil:
			r.Printf("   to mend it: %s\n", Cell(study.ChangeWords(*x.Change)))
			if strings.HasPrefix(x.Help, "or write it without") {
				r.Printf("   %s\n", Cell(x.Help))
			}
			if x.Loss != "" {
				r.Printf("   %s\n", Cell(x.Loss))
			}
		case x.Help != "":
			r.Printf("   what to do: %s\n", Cell(x.Help))
		}
		if by := p.By[x.Code]; len(by) == 1 {
			r.Printf("   %s overrides it; it takes a second person: recount --as NAME publish --allow %d --reason WORDS\n", Cell(by[0]), i+1)
		}
	}
	for _, a := range p.Allowed {
		r.Printf("overridden: %s\n", Cell(a))
	}
	for _, of := range p.Recall {
		r.Printf("to be recalled: %s; call it back from whoever has it\n", of.Text)
	}
	switch {
	case len(p.Reasons) > 0:
		r.Printf("not to be published as it is: %s. %s\n", Plural(len(p.Reasons), "reason", "reasons"), ways(p))
		return errItems
	case p.Edition > 0:
		r.Printf("public edition %d: %s, %s; %s shown, %d not\n%s\n", p.Edition, c.Dir, Plural(p.Files, "file", "files"), Plural(p.Numbers, "number is", "numbers are"), p.Hidden, noAnonymity)
	default:
		r.Printf("nothing speaks against a public edition; `recount publish DIR` writes it\n%s\n", noAnonymity)
	}
	return nil
}

// stays names the reasons that no change mends; "" if there are none.
func stays(p *study.Publishing) string {
	var n []string
	for i := range p.Reasons {
		if p.Reasons[i].Change == nil {
			n = append(n, strconv.Itoa(i+1))
		}
	}
	switch len(n) {
	case 0:
		return ""
	case 1:
		return "reason " + n[0]
	}
	return "reasons " + strings.Join(n[:len(n)-1], ", ") + " and " + n[len(n)-1]
}

// ways says what can be done about the reasons that are left.
func ways(p *study.Publishing) string {
	var change []string
	for i := range p.Reasons {
		if p.Reasons[i].Change != nil {
			change = append(change, strconv.Itoa(i+1))
		}
	}
	var out []string
	switch n := len(change); {
	case n == 0:
		out = append(out, "no change can be made here: do what stands beside each")
	case n == 1 && len(p.Reasons) == 1:
		out = append(out, "`recount publish --apply 1` makes the change")
	case n == 1:
		out = append(out, "`recount publish --apply "+change[0]+"` makes the only change there is; for the others do what stands beside each")
	case n < len(p.Reasons):
		out = append(out, "`recount publish --apply N` makes the change of one (of "+strings.Join(change, ", ")+"), `--apply all` all of these; for the others do what stands beside each")
	default:
		out = append(out, "`recount publish --apply N` makes the change of one, `--apply all` those of all")
	}
	n, one := "N", "one"
	if len(p.Reasons) == 1 {
		n, one = "1", "it"
	}
	return strings.Join(append(out, "two people can override "+one+" instead, each with `recount --as NAME publish --allow "+n+" --reason WORDS`"), "; ")
}

const noAnonymity = "Words that were printed can be found by a search engine: recount help ethics says what no program can promise."

// asSentence begins with a capital letter and ends with a full stop.
func asSentence(s string) string {
	if s = strings.TrimSpace(s); s == "" {
		return s
	}
	if s[0] >= 'a' && s[0] <= 'z' {
		s = strings.ToUpper(s[:1]) + s[1:]
	}
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}

func (c *publishCmd) check(r *runner, s *study.Study) error {
	x, err := s.CheckEdition(r.Ctx, c.Check, c.with(r))
	if err != nil {
		return err
	}
	r.Printf("public edition %d: %s, %s\n", x.Edition, Plural(x.Files, "file", "files"), Plural(x.Numbers, "number", "numbers"))
	r.Printf("three readers who search the pages for each of %s would name %d of %s\n", Plural(x.Strings, "printed string", "printed strings"), x.Named, Plural(x.Protected, "protected person", "protected people"))
	if x.Unlooked > 0 {
		notLookedFor(r, x.Unlooked, "publish --check DIR --identity FILE")
	}
	for _, p := range x.Problems {
		r.Printf("  %s\n", Cell(p))
	}
	if len(x.Problems) > 0 {
		return errItems
	}
	r.Printf("every file is as it was published, and every number is counted from the same people and places\n")
	if x.Unlooked > 0 {
		return errItems
	}
	return nil
}

// notLookedFor says how many names in the vault were not looked for, and what does.
func notLookedFor(r *runner, n int, verb string) {
	r.Printf("not looked for: %s in the vault; `recount --as NAME %s` opens it for that, and the log says so\n", Plural(n, "name or contact", "names and contacts"), verb)
}
