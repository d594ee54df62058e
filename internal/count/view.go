package count

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"

	"recount"
)

// A Variable is one name that a filter may use.
type Variable struct {
	Name    string
	Type    string // "text", "date", "number", "list", "yes or no"
	Meaning string
}

// Variables lists the names that every filter may use besides the study's own
// variables.
var Variables = [...]Variable{
	{"first_reported", "date", "day of the earliest article about the case; the month or year if no day is known; unknown if nothing is"},
	{"last_reported", "date", "day of the latest article about the case"},
	{"first_outlet", "text", "outlet of the earliest article; of several on one day the one that probably printed first"},
	{"gender", "text", "the value decided, else what the articles' wording shows: woman, man or unknown"},
	{"kind", "text", "named if any article names the person, else pseudonym, else anonymous"},
	{"codes", "list", "codes the case carries, parents of sub-codes included"},
	{"outlets", "number", "how many outlets report the case"},
	{"originals", "number", "how many independent originals report the case; reprints are folded"},
	{"owners", "number", "how many owners stand behind these originals, each of the outlet that printed it first; an outlet whose owner nobody named owns itself"},
	{"grade", "text", "how well the account of the case is supported, by the grades of study.yaml"},
	{"articles", "number", "how many articles report the case; reprints are not folded"},
	{"statements", "number", "how many accepted statements the case has; reprints are not folded"},
	{`has("code")`, "yes or no", "the case carries this code or a sub-code of it"},
	{`reported_by("outlet")`, "yes or no", "this outlet reports the case"},
	{`grade_of_code("code")`, "text", "how well it is supported that the case carries this code; empty if it does not"},
	{`grade_of_value("name")`, "text", "how well the value of a study variable is supported; empty if nothing states it"},
	{`value("name")`, "text", "the value of a study variable whose name is no word or is taken by a name above"},
	{`within(date, "from", "to")`, "yes or no", "the date lies in the period, both ends included, at the precision of the ends"},
}

// Words that stand for a value nobody can compare.
const (
	unknown  = "unknown"
	conflict = "conflict"
)

// A view is one case in one world, as filters and tables see it.
type view struct {
	vars                map[string]string // every study variable; never changed, as views with the same values share it
	gender, kind        string
	first, last         string // ISO date or unknown
	firstOutlet         string
	outlets, codes      []string // sorted
	prints              []string // outlets, and those that printed their originals; sorted
	originals, articles int
	owners              int
	grade               string   // by the grades of the study
	codeGrades          []string // of each code
	valueGrades         []string // of each variable; "" where nothing states its value
	statements          int
	coded               bool // somebody coded what a member said
	genderRead          bool // a woman or a man, as the program read it and nobody confirmed

	passed []passed // what the filters of the book say of it
	rows   []rowSet // by number of the dimension
}

// stated is one value with what decides between conflicting ones.
type stated struct {
	value, day string
	original   recount.Key
	article    recount.Key
	at         recount.Span
	decision   string
	outlet     string
	first      bool // of its original, probably
}

// look works out the view of a case with these members. dates holds the day
// of each article whose date is open.
func (b *book) look(members []*recount.Member, dates map[recount.Key]string) *view {
	x := &b.looking
	v := &x.views.take(1)[0]
	v.first, v.last, v.firstOutlet, v.kind = unknown, unknown, unknown, unknown
	day := func(article recount.Key, otherwise string) string {
		if d, ok := dates[article]; ok {
			return d
		}
		return otherwise
	}
	x.reset(len(b.variables))
	var prints, codes []string
	claims := map[string][]source(nil)
	if len(b.rules.Grades) > 0 {
		claims = map[string][]source{}
	}
	rank := len(recount.SpeakerKinds)
	var firstBy *recount.Member
	for _, m := range members {
		d := day(m.Article, m.Published())
		if d != "" {
			if v.first == unknown || before(d, v.first) {
				v.first, firstBy = d, nil
			}
			if v.last == unknown || before(v.last, d) {
				v.last = d
			}
			if d == v.first && (firstBy == nil || m.First && !firstBy.First ||
				m.First == firstBy.First && m.Article < firstBy.Article) {
				firstBy = m
			}
		}
		v.coded = v.coded || m.Coded || len(m.Codes) > 0
		if m.Outlet != "" {
			x.outlets = append(x.outlets, m.Outlet)
		}
		for _, p := range m.Prints {
			if p.Outlet != "" {
				prints = append(prints, p.Outlet)
			}
		}
		x.originals, x.articles = append(x.originals, originalOf(m)), append(x.articles, m.Article)
		from := source{originalOf(m), m.Article, m.Outlet, d, m.First}
		x.sources = append(x.sources, from)
		if g := m.Speaker.Gender; g == recount.Woman || g == recount.Man {
			x.genders = append(x.genders, stated{string(g), d, originalOf(m), m.Article, m.At, m.Decision, m.Outlet, m.First})
		}
		perhaps := chosen(m, dates)
		if i := slices.Index(recount.SpeakerKinds[:], cmp.Or(perhaps.kind, m.Speaker.Kind)); i >= 0 && i < rank {
			rank, v.kind = i, string(recount.SpeakerKinds[i])
		}
		for _, g := range perhaps.genders {
			x.genders = append(x.genders, stated{string(g), d, originalOf(m), m.Article, m.At, m.Decision, m.Outlet, m.First})
		}
		for _, values := range [...][]recount.Value{m.Values, perhaps.values} {
			for i := range values {
				s := &values[i]
				n, known := slices.BinarySearch(b.variables, s.Variable)
				if !known {
					continue
				}
				a, o, vd := s.Article, originalOf(m), s.Day
				if a == "" {
					a = m.Article
				}
				if a == m.Article {
					vd = d
				} else {
					vd = day(a, vd)
					// The last member of the article says which original it belongs to.
					for _, other := range slices.Backward(members) {
						if other.Article == a {
							o = originalOf(other)
							break
						}
					}
				}
				outlet := s.Outlet
				if a == m.Article {
					outlet = m.Outlet
				}
				x.values[n] = append(x.values[n], stated{s.Value, vd, o, a, s.At, s.Decision, outlet, a == m.Article && m.First})
			}
		}
		hasCodes, hasSaid := perhaps.less(m.Codes, m.Statements)
		for _, given := range [...][]recount.Coding{hasCodes, perhaps.codes} {
			for i := range given {
				up := lineage(b.withParents, given[i].Code)
				codes = append(codes, up...)
				for _, c := range up {
					if claims != nil {
						claims[c] = append(claims[c], from)
					}
				}
			}
		}
		for _, said := range [...][]recount.AcceptedStatement{hasSaid, perhaps.statements} {
			for i := range said {
				x.statements = append(x.statements, &said[i])
			}
		}
	}
	if firstBy != nil && firstBy.Outlet != "" {
		v.firstOutlet = firstBy.Outlet
	}
	x.at = x.at[:0]
	for i, name := range b.variables {
		x.of = append(x.of, b.resolve(name, x.values[i]))
		x.at = append(append(binary.AppendUvarint(x.at, uint64(len(x.of[i]))), x.of[i]...), 0)
	}
	if v.vars = b.known[string(x.at)]; v.vars == nil {
		v.vars = make(map[string]string, len(b.variables))
		for i, name := range b.variables {
			v.vars[name] = x.of[i]
		}
		if len(b.known) == mostKnown {
			clear(b.known)
		}
		b.known[string(x.at)] = v.vars
	}
	if g, ok := v.vars["gender"]; ok && g != unknown {
		v.gender = g
	} else {
		v.gender = b.resolve("gender", x.genders)
		v.genderRead = genderRead(members, v.gender)
	}
	if of := set(x.outlets); len(of) > 0 {
		v.outlets = append(x.names.take(len(of))[:0], of...)
	}
	v.codes = set(codes)
	v.prints = v.outlets
	if len(prints) > 0 {
		v.prints = set(append(prints, v.outlets...))
	}
	v.originals, v.articles, v.statements = len(set(x.originals)), len(set(x.articles)), distinctStatements(x.statements)
	_, v.owners = b.support(x.sources)
	if claims != nil {
		v.grade = b.grade(v.originals, v.owners)
		b.gradeClaims(v, claims, x.values)
	}
	return v
}

// genderRead reports whether the members of a gender are all as the program read
// them.
func genderRead(members []*recount.Member, gender string) (read bool) {
	for _, m := range members {
		if g := m.Speaker.Gender; string(g) == gender && (g == recount.Woman || g == recount.Man) {
			if !m.GenderRead {
				return false
			}
			read = true
		}
	}
	return read
}

// mostKnown is how many sets of values are kept for views that have the same.
const mostKnown = 1 << 14

// looking is room to look at one case.
type looking struct {
	values              [][]stated // by variable
	genders             []stated
	originals, articles []recount.Key
	sources             []source
	statements          []*recount.AcceptedStatement
	at                  []byte
	of, outlets         []string

	views    room[view] // what is kept
	names    room[string]
	listed   room[*view]
	judged   room[judged]
	prepared room[prepared]
}

// again gives the room anew that what was looked at takes. Nobody may hold any
// of it.
func (x *looking) again() {
	x.views.again()
	x.names.again()
	x.listed.again()
	x.judged.again()
	x.prepared.again()
}

// A room makes values many at once, as cases are small and many.
type room[T any] struct {
	all  []T
	used int
}

const (
	fewestAtOnce = 32
	mostAtOnce   = 1 << 13
)

// take takes so many. Nothing can be appended to them.
func (r *room[T]) take(n int) []T {
	if r.used+n > len(r.all) {
		r.all, r.used = make([]T, max(n, min(max(2*len(r.all), fewestAtOnce), mostAtOnce))), 0
	}
	r.used += n
	return r.all[r.used-n : r.used : r.used]
}

// again has all of it taken anew.
func (r *room[T]) again() {
	clear(r.all[:r.used])
	r.used = 0
}

func (x *looking) reset(variables int) {
	if x.values == nil {
		x.values = make([][]stated, variables)
	}
	for i := range x.values {
		x.values[i] = x.values[i][:0]
	}
	x.statements, x.outlets = x.statements[:0], x.outlets[:0]
	x.genders, x.originals, x.articles, x.of, x.sources = x.genders[:0], x.originals[:0], x.articles[:0], x.of[:0], x.sources[:0]
}

// distinctStatements counts statements, one that several members have once. Those of
// one member come in order, so that most lists need not be sorted.
func distinctStatements(all []*recount.AcceptedStatement) int {
	compare := func(x, y *recount.AcceptedStatement) int {
		if x.Article != y.Article {
			return strings.Compare(string(x.Article), string(y.Article))
		}
		for i := range min(len(x.At), len(y.At)) {
			a, b := x.At[i], y.At[i]
			if a != b {
				return cmp.Or(a.Start-b.Start, a.End-b.End)
			}
		}
		return len(x.At) - len(y.At)
	}
	n := 0
	for i := range all {
		c := -1
		if i > 0 {
			c = compare(all[i-1], all[i])
		}
		if c > 0 { // and now in order
			slices.SortFunc(all, compare)
			return len(slices.CompactFunc(all, func(x, y *recount.AcceptedStatement) bool { return compare(x, y) == 0 }))
		}
		if c < 0 {
			n++
		}
	}
	return n
}

// originalOf returns the original that m's article belongs to; an article
// that nobody compared is its own.
func originalOf(m *recount.Member) recount.Key {
	if m.Original != "" {
		return m.Original
	}
	return m.Article
}

func set[T ~string](s []T) []T {
	slices.Sort(s)
	return slices.Compact(s)
}

// dotted lists a code that no codebook knows, after its parents by name.
func dotted(code string) []string {
	var out []string
	for i := range code {
		if code[i] == '.' {
			out = append(out, code[:i])
		}
	}
	return append(out, code)
}

func unstated(s stated) bool { return s.value == "" || slices.Contains(recount.Unstated, s.value) }

// resolve picks the value that holds under the counting rule of the variable.
func (b *book) resolve(name string, all []stated) string {
	s := all
	if slices.ContainsFunc(all, unstated) {
		s = slices.DeleteFunc(slices.Clone(all), unstated)
	}
	if len(s) == 0 {
		// What does not apply is known, and what no article states is looked for.
		for _, v := range []string{"not applicable", "not stated"} {
			if slices.ContainsFunc(all, func(x stated) bool { return x.value == v }) {
				return v
			}
		}
		return unknown
	}
	rule := b.rules.Conflict
	if r, ok := b.rules.Per[name]; ok {
		rule = r
	}
	// The place in the text and the decision break ties, so that the order in
	// which members arrive does not matter.
	if len(s) == 1 {
		return s[0].value
	}
	slices.SortFunc(s, func(x, y stated) int {
		return cmp.Or(recount.DateOf(x.day).First().Compare(recount.DateOf(y.day).First()), strings.Compare(string(x.article), string(y.article)),
			cmp.Compare(x.at.Start, y.at.Start), strings.Compare(x.decision, y.decision), strings.Compare(x.value, y.value))
	})
	switch rule {
	case "latest":
		// Of equal days the first place wins here too.
		best := s[0]
		for _, x := range s[1:] {
			if x.day != "" && (best.day == "" || before(best.day, x.day)) {
				best = x
			}
		}
		return best.value
	case "majority":
		votes := map[string]map[recount.Key]bool{}
		for _, x := range s {
			if votes[x.value] == nil {
				votes[x.value] = map[recount.Key]bool{}
			}
			votes[x.value][x.original] = true
		}
		best := s[0].value
		for _, x := range s {
			if len(votes[x.value]) > len(votes[best]) {
				best = x.value
			}
		}
		return best
	case "conflict":
		for _, x := range s {
			if x.value != s[0].value {
				return conflict
			}
		}
	}
	return s[0].value
}

// before reports whether day a comes before day b; one that is unknown comes
// last.
func before(a, b string) bool { return recount.DateOf(a).Compare(recount.DateOf(b)) < 0 }
