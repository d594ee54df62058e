package report

// A besideFigures sets a number that recount counted beside what outlets report of
// the same.
type besideFigures struct {
	Label   string
	Own     link // recount's number, without an address on its own page
	Range   string
	Period  string // from the first to the last day on which somebody was first reported
	Rule    string // how it is counted
	Text    string // that the groups were found by
	Root    string // from the page that shows it to the top of the site
	Entries []figureEntry
}

// newBeside finds the groups whose description holds the text of b.
func newBeside(b besideFigures, groups []*figureGroup) besideFigures {
	fits := map[*figureGroup]bool{}
	for _, g := range statingGroups(groups, b.Text) {
		fits[g] = true
	}
	for _, e := range figureEntries(groups, b.Root) {
		if fits[e.figureGroup] {
			b.Entries = append(b.Entries, e)
		}
	}
	return b
}
