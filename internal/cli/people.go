package cli

import (
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
	t, err := s.People(r.Ctx)
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
		// What the lists need to name a person: the first columns.
		for _, row := range t.Rows {
			counted := "counts"
			if row[3] != "1" {
				counted = "outside the period"
				if row[2] != "yes" {
					counted = row[2]
				}
			}
			var parts []string
			for _, cell := range row[4:8] {
				if cell != "" {
					parts = append(parts, Cell(cell))
				}
			}
			r.Printf("%s  %s (%s), %s, %s: %s, %s\n", row[0], Cell(row[1]), strings.Join(parts, ", "), plural(row[10], "outlet"), plural(row[13], "statement"), counted, heldBack(row[8], row[9]))
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
