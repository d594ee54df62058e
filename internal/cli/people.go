package cli

import (
	"slices"
	"strings"
)

type peopleCmd struct {
	CSV  string `help:"Write it as CSV into a new file; - for standard output." name:"csv" placeholder:"FILE" xor:"form"`
	XLSX string `help:"Write it as a workbook into a new file." name:"xlsx" placeholder:"FILE" xor:"form"`
}

func (c *peopleCmd) Run(r *runner) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	people := s.People
	if c.CSV == "" && c.XLSX == "" {
		people = s.Listed
	}
	t, err := people(r.Ctx)
	if err != nil {
		return err
	}
	file := c.CSV
	switch {
	case c.CSV != "":
		err = into(r, c.CSV, t.CSV)
	case c.XLSX != "":
		file = c.XLSX
		err = into(r, c.XLSX, t.XLSX)
	default:
		// What the lists need to name a person.
		for _, row := range t.Rows {
			cell := func(column string) string {
				if i := slices.Index(t.Columns, column); i >= 0 {
					return row[i]
				}
				return ""
			}
			counted := "counts"
			if cell("counted") != "1" {
				counted = "outside the period"
				if cell("scope") != "yes" {
					counted = cell("scope")
				}
			}
			var parts []string
			for _, column := range []string{"gender", "kind", "first_reported", "first_outlet"} {
				if x := cell(column); x != "" {
					parts = append(parts, Cell(x))
				}
			}
			// The outlet stands beside what it calls the person itself.
			if first := cell("first_name"); first != "" && first != cell("name") && cell("first_outlet") != "" {
				parts[len(parts)-1] += ", there as " + Cell(first)
			}
			said := plural(cell("outlets"), "outlet") + ", " + plural(cell("statements"), "statement")
			if g := cell("grade"); g != "" {
				said += ", grade " + g
			}
			r.Printf("%s  %s (%s), %s: %s, %s\n", cell("id"), Cell(cell("name")), strings.Join(parts, ", "), said, counted, heldBack(cell("tier"), cell("held")))
		}
		return nil
	}
	if err != nil || file == "-" {
		return err
	}
	r.Printf("%s: %s\nFor the team only: it names people, and nothing in it has been through a disclosure check.\n", file, Plural(len(t.Rows), "row", "rows"))
	return nil
}

// heldBack says how far a person may be shown.
func heldBack(tier, held string) string {
	if held == "1" {
		return tier + ", held back until somebody decides"
	}
	return tier
}

func plural(n, one string) string {
	if n == "1" {
		return "1 " + one
	}
	return n + " " + one + "s"
}
