package reported

import "recount/internal/report/site"

// A Beside sets a number that recount counted beside what outlets report of
// the same.
type Beside struct {
	Label   string
	Own     site.Link // recount's number, without an address on its own page
	Range   string
	Period  string // from the first to the last day on which somebody was first reported
	Rule    string // how it is counted
	Text    string // that the groups were found by
	Root    string // from the page that shows it to the top of the site
	Entries []Entry
}

// NewBeside finds the groups whose description holds the text of b.
func NewBeside(b Beside, groups []*Group) Beside {
	fits := map[*Group]bool{}
	for _, g := range Matching(groups, b.Text) {
		fits[g] = true
	}
	for _, e := range Entries(groups, b.Root) {
		if fits[e.Group] {
			b.Entries = append(b.Entries, e)
		}
	}
	return b
}
