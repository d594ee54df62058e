package cli

import (
	"strings"
)

type disclosureCmd struct {
	Path string   `arg:"" optional:"" help:"File or folder that is about to leave the team." type:"path"`
	Keys []string `help:"Columns by which somebody could be recognised; without it gender and all variables of the study." placeholder:"NAME,..."`
	identityFiles
}

// listedFirst is how many people and files a list names before it only counts.
const listedFirst = 12

func (c *disclosureCmd) Run(r *runner) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	d, err := s.Disclosure(r.Ctx, c.Keys, c.Path, c.with(r))
	if err != nil {
		return err
	}
	r.Printf("%s counted, by %s:\n", Plural(d.People, "person", "people"), strings.Join(d.Keys, ", "))
	r.Printf("  picked out alone: %d\n", len(d.Alone))
	for i, a := range d.Alone {
		if i == listedFirst {
			r.Printf("    and %d more\n", len(d.Alone)-listedFirst)
			break
		}
		var sets []string
		for _, set := range a.Sets {
			sets = append(sets, strings.Join(set, " with "))
		}
		r.Printf("    %s: by %s\n", a.ID, strings.Join(sets, "; by "))
	}
	r.Printf("  in groups of fewer than 5: %d\n", d.Few)
	if len(d.Alike) > 0 {
		r.Printf("  whoever knows the group knows the code: %s\n", Cell(strings.Join(d.Alike, ", ")))
	}
	if c.Path != "" {
		if d.Edition > 0 {
			r.Printf("public edition %d: it is searched for what `recount publish` keeps back; the people above are those of the study, of whom it holds numbers only\n", d.Edition)
		}
		r.Printf("%s searched\n", Plural(d.Files, "file", "files"))
		for _, g := range d.Given {
			r.Printf("  %s stands in %s\n", g.What, Plural(len(g.Places), "file", "files"))
			for i, f := range g.Places {
				if i == listedFirst {
					r.Printf("    and %d more\n", len(g.Places)-listedFirst)
					break
				}
				r.Printf("    %s\n", Cell(f))
			}
		}
	}
	if d.Unlooked > 0 {
		notLookedFor(r, d.Unlooked, "disclosure --identity FILE PATH")
	}
	if d.Nothing() {
		r.Printf("nothing of this kind was found; words that were printed can still be found by a search engine\n")
		return nil
	}
	r.Printf("not to leave the team as it is\n")
	return errItems
}
