package cli

import (
	"cmp"
	"slices"
	"strings"

	"recount"
	"recount/internal/study"
)

type agreementCmd struct {
	Kind string `help:"Of one kind of question only, such as scope, code or link." placeholder:"KIND"`
}

func (c *agreementCmd) Run(r *runner) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	list, err := s.Agreement(r.Ctx, recount.Kind(c.Kind), r.Round)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		r.Printf("not computed: no kind of question was answered by two coders\n")
		judges, err := s.Judges(r.Ctx, r.Round)
		switch {
		case err != nil:
			return err
		case len(judges) == 1:
			r.Printf("note: %s is adjudicator (adjudicators in study.yaml): what an adjudicator answers settles and is not compared\n", Cell(judges[0]))
		case len(judges) > 1:
			r.Printf("note: %s are adjudicators (adjudicators in study.yaml): what an adjudicator answers settles and is not compared\n", Cell(strings.Join(judges, ", ")))
		}
		return nil
	}
	if r.Round != "" {
		r.Printf("answers of round %s; those of adjudicators are left out\n", Cell(r.Round))
	} else {
		r.Printf("answers from before adjudication; those of adjudicators and of calibration rounds are left out\n")
	}
	if slices.ContainsFunc(list, func(a study.Agreement) bool { return slices.Contains(a.Coders, anybody) }) {
		r.Printf("note: %s is who gave no name (--as NAME); one of the others may be meant\n", anybody)
	}
	for _, a := range list {
		name := string(a.Kind)
		if a.Subject != "" {
			name += " " + Cell(a.Subject)
		}
		r.Printf("%s: %s, of them answered by two coders or more: %d, differently: %d\n", name, Plural(a.Questions, "question", "questions"), a.Twice, a.Differ)
		if a.Subject == "" {
			r.Printf("  compared: %s\n", a.What)
			r.Printf("  coders: %s\n", strings.Join(a.Coders, ", "))
		}
		r.coefficients("  ", &a)
		if a.First != nil {
			r.Printf("  changed by their own coders after another had answered: %s; as first given, differently: %d of %d\n", Plural(a.Changed, "answer", "answers"), a.First.Differ, a.First.Twice)
			r.coefficients("    ", a.First)
		}
	}
	return nil
}

// coefficients prints how far coders agree, a line each.
func (r *runner) coefficients(indent string, a *study.Agreement) {
	for _, x := range a.Coefficients {
		who := ""
		if x.OfPair() {
			who = ", " + strings.Join(x.Actors, " and ")
		}
		if x.Note != "" {
			r.Printf("%s%s%s: not computed: %s\n", indent, x.Name, who, x.Note)
			continue
		}
		r.Printf("%s%s%s: %s, over %s\n", indent, x.Name, who, x.Said(), Plural(x.Units, cmp.Or(x.Of, "question"), cmp.Or(x.Of, "question")+"s"))
	}
}
