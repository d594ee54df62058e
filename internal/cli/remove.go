package cli

import (
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/study"
)

type removeCmd struct {
	Person   string   `arg:"" help:"Id of a person, or of a speaker whom nobody counts, or its first digits; or of a decision by which another copy took a page out that is still here."`
	Save     bool     `help:"Take the person out. Without it only what would go is listed."`
	Editions bool     `help:"Delete the public editions in the folder of the study that count the person."`
	Place    []string `help:"Words of a study file that are a place, though the person is called so too." placeholder:"WORDS" sep:"none"`
	Reason   string   `help:"Why, without saying who; it stays in the log." placeholder:"WORDS"`
	Unlooked bool     `help:"Take the person out though names and contacts that only the vault holds were not looked for."`
	identityFiles
}

func (c *removeCmd) Run(r *runner) error {
	if len(strings.TrimSpace(c.Person)) < 4 {
		return recount.WithHint(fmt.Errorf("%w: %q is too short", recount.ErrInvalid, c.Person), "give the first 4 digits of an id or more; `recount people` lists the people, `recount scope --all` everybody who was read")
	}
	s, err := r.Open()
	if err != nil {
		return err
	}
	x, err := s.Remove(r.Ctx, study.Removal{Person: c.Person, Reason: c.Reason, Save: c.Save, Editions: c.Editions, Places: c.Place, With: c.with(r), Unlooked: c.Unlooked})
	if err != nil {
		return err
	}
	verb := "would be"
	if c.Save {
		verb = "is"
	}
	switch {
	case x.Elsewhere:
		r.Printf("who: the log does not say; another copy took these pages out with a person who withdrew\n")
	case !c.Save && len(x.Who) == 0:
		r.Printf("who: a speaker whom the pages do not name\n")
	}
	for i, name := range x.Who {
		if i == 0 {
			r.Printf("who: %s\n", Cell(name))
		} else {
			r.Printf("  also called: %s\n", Cell(name))
		}
	}
	r.Printf("1 person %s taken out: %s and %s blanked, %s erased, derived data made again\n", verb, Plural(x.Pages, "page", "pages"), Plural(x.Captures, "archived record", "archived records"), Plural(x.Decisions, "decision", "decisions"))
	if !c.Save && x.Before == x.After {
		r.Printf("  people who are counted: %d, and as many after it\n", x.Before)
	} else if !c.Save {
		r.Printf("  people who are counted: %d, and %d after it\n", x.Before, x.After)
	}
	if x.Keys > 0 {
		r.Printf("  destroyed in the vault: %s, so that backups of the study open no more either\n", Plural(x.Keys, "key", "keys"))
	}
	if x.Unlooked > 0 {
		r.Printf("  not looked for: %s that only the vault holds; open it for that: --identity FILE\n", Plural(x.Unlooked, "name or contact", "names and contacts"))
	}
	for _, p := range x.Whole {
		r.Printf("  page with all it holds: %s\n", Cell(p))
	}
	for _, a := range x.Answers {
		r.Printf("  answers: %s\n", a)
	}
	for _, o := range x.Others {
		r.Printf("  who also speaks there and goes from these pages: %s (%s)\n", Cell(o.Name), o.ID)
	}
	for _, o := range x.Joined {
		r.Printf("  whom answers about these pages joined or protected, and who stays so: %s (%s)\n", Cell(o.Name), o.ID)
	}
	producedGoes(r, x.Produced, x.Again, c.Save)
	for _, e := range x.Editions {
		if c.Editions {
			r.Printf("  public edition in the folder of the study, deleted: %s\n", Cell(e))
		} else {
			r.Printf("  public edition in the folder of the study, which counts the person: %s (--editions deletes it)\n", Cell(e))
		}
	}
	for _, e := range x.Recall {
		r.Printf("  to be called back from whoever has it: %s\n", Cell(e))
	}
	for _, f := range x.Left {
		r.Printf("  still to be cleaned by hand: %s\n", Cell(f))
	}
	if !c.Save {
		r.Printf("nothing is saved. Look at the list, then say --save\n")
		return nil
	}
	if len(x.Left) > 0 {
		return errItems
	}
	return nil
}

// producedGoes prints what was made of a study and goes because something in it must not
// be left; again is what was made again.
func producedGoes(r *runner, produced, again []string, saved bool) {
	for _, f := range produced {
		switch {
		case slices.Contains(again, f):
			r.Printf("  removed, and made again without what went: %s\n", Cell(f))
		case saved:
			r.Printf("  removed: %s\n", Cell(f))
		default:
			r.Printf("  goes, as it holds what goes: %s\n", Cell(f))
		}
	}
}
