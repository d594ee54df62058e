package report

import (
	"fmt"

	"recount/internal/report/document"
	"recount/internal/report/prose"
)

// A DataTable is a table of a study's dataset.
type DataTable struct {
	Name, What string
	Rows       int
}

// AboutTables says what lies in a folder of tables.
func AboutTables(m *Material, tables []DataTable) *document.Document {
	d := &document.Document{Title: "The tables of the study", Program: m.Program, When: m.AsOf}
	if m.Title != "" {
		d.Title += ": " + m.Title
	}
	say := func(text ...document.Inline) {
		d.Blocks = append(d.Blocks, document.Block{Kind: document.Paragraph, Text: text})
	}
	say(document.Inline{Text: teamOnly, Strong: true})
	g := newGrid("Tables", "file", "what a row is", "#rows")
	for _, t := range tables {
		g.row([]document.Inline{{Text: t.Name + ".csv", Code: true}}, t.What, t.Rows)
	}
	d.Blocks = append(d.Blocks, document.Block{Kind: document.TableBlock, Table: &g.Table})
	say(document.Inline{Text: "tables.xlsx", Code: true}, plain(" holds the same tables as sheets, and beside each CSV lies the same table as Parquet, with what each column is in its metadata. "), document.Inline{Text: "variables.csv", Code: true}, plain(" says of every column what it is, its values or unit, and where it comes from."))
	say(plain("Where a value is missing its cell is empty, and the column that ends in "), document.Inline{Text: "_missing", Code: true}, plain(" says why: somebody looked and it cannot be told (1), no page says (2), there is nothing to say (3), nobody recorded anything (4), pages contradict each other (5). In CSV a cell that a spreadsheet would run as a formula begins with an apostrophe."))
	say(plain(Documented + " Numbers that rest on who is whom have a range: scenarios.csv has it, with what each open question does to the number of people."))
	say(document.Inline{Text: "lists.csv", Code: true}, plain(" says how many people each combination of owners of outlets reported, as models of capture and recapture take it. The number of people that is documented is no total, and the estimate of such a model is none of this study: it holds if those lists are independent, and outlets read each other; if everybody is as likely to be reported, and who speaks to the press is not anybody; and if nobody came or went meanwhile. It also takes each link between two accounts for certain; do it again for each scenario."))
	say(plain(fmt.Sprintf("Made by %s as of %s; decisions %s.", m.Program, prose.Dates(m.AsOf), m.Log)))
	return d
}
