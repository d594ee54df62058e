package count

import (
	"maps"
	"slices"
	"strings"

	"recount"
)

// A Person is one case as counts see it: by the counting rules, with every
// open day as it was chosen.
type Person struct {
	ID            string
	Members       []recount.Member
	Counted       bool              // it meets the filter that every query keeps to, as the period
	Values        map[string]string // every variable of the study; "unknown" if nothing is stated
	Gender, Kind  string
	FirstReported string // ISO date, or "unknown"
	FirstOutlet   string
	Outlets       []string // sorted
	Codes         []string // sorted, parents among them
	Coded         bool     // somebody said of some code whether it applies
	GenderRead    bool     // the gender is as the program read it
	Originals     int
	Owners        int               // behind these originals
	Grade         string            // by the grades of the study; "" if it has none
	CodeGrades    map[string]string // of the codes, if the study has grades
	ValueGrades   map[string]string // of the variables whose value something states, if it has
	Articles      int
	Statements    int
}

// Persons lists the accepted cases with everything that a filter may ask of
// them, by id.
func (p *Problem) Persons() ([]Person, error) {
	b := newBook(p)
	only, err := b.compile(p.Where)
	if err != nil {
		return nil, err
	}
	var out []Person
	for _, c := range p.Cases() {
		x, err := b.person(c, only)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

// Without leaves the pages of one outlet out. Who counts by an answer about one
// of these pages still does by another page that answers join with it.
func (p *Problem) Without(outlet string) *Problem {
	id := map[recount.Key]string{}
	for _, c := range p.Cases() {
		for _, m := range c.Members {
			id[m.Key] = c.ID
		}
	}
	out := *p
	out.Members = nil
	for _, m := range p.Members {
		if m.Outlet == outlet {
			continue
		}
		if m.Scope == recount.Joined && id[m.Key] != "" {
			m.Scope, m.Decision = recount.Yes, id[m.Key]
		}
		out.Members = append(out.Members, m)
	}
	return &out
}

// Unclear sees each member of whom it is unclear whether it counts as a person
// of its own, by the id of the decision that says so. None of them is counted.
func (p *Problem) Unclear() ([]Person, error) {
	b := newBook(p)
	only, err := b.compile(p.Where)
	if err != nil {
		return nil, err
	}
	var out []Person
	for _, m := range p.Members {
		if m.Scope != recount.Unclear {
			continue
		}
		x, err := b.person(recount.Case{ID: m.Decision, Members: []recount.Member{m}}, only)
		if err != nil {
			return nil, err
		}
		x.Counted = false
		out = append(out, x)
	}
	return out, nil
}

func (b *book) person(c recount.Case, only *filter) (Person, error) {
	ms := make([]*recount.Member, len(c.Members))
	for i := range c.Members {
		ms[i] = &c.Members[i]
	}
	v := b.look(ms, nil)
	in, err := only.pass(b.environment(v))
	codes, values := map[string]string{}, map[string]string{}
	for i, g := range v.codeGrades {
		codes[v.codes[i]] = g
	}
	for i, g := range v.valueGrades {
		if g != "" {
			values[b.variables[i]] = g
		}
	}
	return Person{ID: c.ID, Members: c.Members, Counted: in, Values: maps.Clone(v.vars), Gender: v.gender, Kind: v.kind, FirstReported: v.first,
		FirstOutlet: v.firstOutlet, Outlets: slices.Clone(v.outlets), Codes: slices.Clone(v.codes), Coded: v.coded, GenderRead: v.genderRead, Originals: v.originals,
		Owners: v.owners, Grade: v.grade, CodeGrades: codes, ValueGrades: values,
		Articles: v.articles, Statements: v.statements}, err
}

// Named returns what the person is called, as in a report unless the page that first
// reported them gives no name and another one does, and the outlet that calls them so, and
// what the outlet of the first report calls them: it may print another name than
// the person is known by, or none, and beside it only its own may stand.
func (p *Person) Named() (name, by, first string) {
	c := recount.Case{ID: p.ID, Members: p.Members}
	name, h := c.Known()
	if head := c.Head(); head != nil && (name == recount.NoName || h.Speaker.Kind != head.Speaker.Kind) {
		name, h = c.Name(), head // another page names whom the first only describes
	}
	if h != nil && name != recount.NoName {
		by = h.Outlet
	}
	var m *recount.Member
	for i := range p.Members {
		x := &p.Members[i]
		if x.Published() != p.FirstReported || x.Outlet != p.FirstOutlet {
			continue
		}
		if m == nil || x.First && !m.First || x.First == m.First && x.Article < m.Article {
			m = x
		}
	}
	if m != nil {
		first = c.NameIn(m.Article)
	}
	return name, by, first
}

// Has reports whether the person carries a code or a sub-code of it.
func (p *Person) Has(code string) bool {
	_, ok := slices.BinarySearchFunc(p.Codes, code, strings.Compare)
	return ok
}
