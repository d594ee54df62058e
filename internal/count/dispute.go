package count

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"

	"recount"
)

// Disputes are questions that people answered differently: a gender, a value
// or whose it is, a code, whether a statement was said, how, and by whom.
// Those on which one thing hangs together are a bundle. Of a bundle only
// answers are told apart that leave its members with different things, so that
// a count tries few worlds where people differ on much.

// A bundle is disputes that hang together.
type bundle struct {
	disputes []*recount.Dispute                // sorted by key
	outcomes map[string]map[recount.Key]string // by name: an answer to each
	effects  map[string][]string               // by name: what it leaves, sorted
}

// mostAnswers is in how many ways the disputes of one bundle may be answered
// for it to be counted out.
const mostAnswers = 1 << 14

// bundlesOf lists the bundles that touch a member, in a list of its own.
func (g *graph) bundlesOf(i int) []recount.Key {
	if g.bundled == nil {
		return nil
	}
	return slices.Clone(g.bundled[i])
}

// dispute returns the dispute with a key; nil if there is none.
func (g *graph) dispute(k recount.Key) *recount.Dispute {
	for i := range g.members {
		for j := range g.members[i].Disputes {
			if d := &g.members[i].Disputes[j]; d.Key == k {
				return d
			}
		}
	}
	return nil
}

// bundle finds the disputes that hang together, and what they may leave.
func (g *graph) bundle() {
	if !slices.ContainsFunc(g.members, func(m recount.Member) bool { return len(m.Disputes) > 0 }) {
		return
	}
	var all []*recount.Dispute
	at := map[recount.Key]int{}
	for i := range g.members {
		for j := range g.members[i].Disputes {
			if d := &g.members[i].Disputes[j]; len(d.Answers) > 0 && !forks(d) {
				if _, known := at[d.Key]; !known {
					at[d.Key] = -1
					all = append(all, d)
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b *recount.Dispute) int { return strings.Compare(string(a.Key), string(b.Key)) })
	for i, d := range all {
		at[d.Key] = i
	}
	root := ownSets(len(all))
	for i := range g.members {
		for _, p := range g.members[i].Perhaps {
			if g.later(&p) {
				continue
			}
			for _, c := range p.If[1:] {
				union(root, at[p.If[0].Dispute], at[c.Dispute])
			}
		}
	}
	g.bundles, g.bundled = map[recount.Key]*bundle{}, make([][]recount.Key, len(g.members))
	for i, d := range all {
		k := all[find(root, i)].Key
		if g.bundles[k] == nil {
			g.bundles[k] = &bundle{outcomes: map[string]map[recount.Key]string{}, effects: map[string][]string{}}
		}
		g.bundles[k].disputes = append(g.bundles[k].disputes, d)
	}
	perhaps := map[recount.Key][]given{}
	for i := range g.members {
		for j := range g.members[i].Perhaps {
			p := &g.members[i].Perhaps[j]
			if g.later(p) {
				continue
			}
			k := all[find(root, at[p.If[0].Dispute])].Key
			perhaps[k] = append(perhaps[k], given{i, p})
			if !slices.Contains(g.bundled[i], k) {
				g.bundled[i] = append(g.bundled[i], k)
			}
		}
	}
	for k, b := range g.bundles {
		names := g.outcomes(b, perhaps[k])
		if len(names) < 2 {
			continue
		}
		if g.days == nil {
			g.days = map[recount.Key][]string{}
		}
		g.days[k] = names
	}
}

// forks reports whether the answers to a dispute leave other days or outlets:
// each of them is counted out by itself.
func forks(d *recount.Dispute) bool { return d.What == "rule" || d.What == "outlet" }

// later reports whether something rests on a dispute that is answered first.
func (g *graph) later(p *recount.Perhaps) bool {
	return slices.ContainsFunc(p.If, func(c recount.Condition) bool {
		d := g.dispute(c.Dispute)
		return d != nil && forks(d)
	})
}

// A given is what a member perhaps has.
type given struct {
	member int
	*recount.Perhaps
}

// outcomes tries every answer to the disputes of a bundle and lists those that
// leave different things, the first answers first.
func (g *graph) outcomes(b *bundle, perhaps []given) (names []string) {
	ways := 1
	for _, d := range b.disputes {
		if ways *= len(d.Answers); ways > mostAnswers {
			// Past this nothing is counted out: a name for each way is what tells so.
			return make([]string, mostAnswers+1)
		}
	}
	effects := make([][]string, len(perhaps))
	for i, p := range perhaps {
		effects[i] = g.effect(p)
	}
	seen := map[string]bool{}
	at := make([]int, len(b.disputes))
	for {
		answers := make(map[recount.Key]string, len(at))
		for i, d := range b.disputes {
			answers[d.Key] = d.Answers[at[i]]
		}
		effect := []string{}
		for i, p := range perhaps {
			if holds(p.If, answers) {
				effect = append(effect, effects[i]...)
			}
		}
		effect = canonical(effect)
		if key := strings.Join(effect, "\x01"); !seen[key] {
			seen[key] = true
			name := fmt.Sprint(len(names))
			names = append(names, name)
			b.outcomes[name], b.effects[name] = answers, effect
		}
		i := 0
		for ; i < len(at); i++ {
			if at[i]++; at[i] < len(b.disputes[i].Answers) {
				break
			}
			at[i] = 0
		}
		if i == len(at) {
			return names
		}
	}
}

// effect says what a member has then: things that count the same are the same.
func (g *graph) effect(p given) (out []string) {
	m := &g.members[p.member]
	whose := "m" + string(m.Key)
	if m.Scope != recount.Unclear {
		whose = fmt.Sprint("b", g.blockOf[p.member]) // everybody of a block is one person
	}
	gone := ""
	if p.Gone {
		gone = "gone "
	}
	add := func(kind string, parts ...string) {
		kind = gone + kind
		out = append(out, kind+"\x02"+whose+"\x02"+strings.Join(parts, "\x02"))
	}
	for _, c := range p.Codes {
		surely := false
		for _, i := range g.blockMembers[g.blockOf[p.member]] {
			o := &g.members[i]
			surely = surely || (i == p.member || o.Scope != recount.Unclear) && slices.ContainsFunc(o.Codes, func(x recount.Coding) bool { return x.Code == c.Code }) && !mayGo(o, c.Code)
		}
		if !surely {
			add(ofCodes, c.Code)
		}
	}
	for range p.Statements {
		add("statement")
	}
	for _, v := range p.Values {
		add("value", string(m.Key), v.Variable, v.Value, string(v.Article), fmt.Sprint(v.At), v.Day, v.Decision)
	}
	if p.Gender != "" {
		add("gender", string(m.Key), string(p.Gender))
	}
	if p.Kind != "" {
		add("kind", string(m.Key), string(p.Kind))
	}
	return out
}

const ofCodes = "code"

// mayGo reports whether a member has a code only while a dispute is open.
func mayGo(m *recount.Member, code string) bool {
	return slices.ContainsFunc(m.Perhaps, func(p recount.Perhaps) bool {
		return p.Gone && slices.ContainsFunc(p.Codes, func(x recount.Coding) bool { return x.Code == code })
	})
}

// canonical sorts what a member has; a code counts once however often it was
// given.
func canonical(effect []string) []string {
	slices.Sort(effect)
	out := effect[:0]
	for _, e := range effect {
		if len(out) > 0 && out[len(out)-1] == e && strings.HasPrefix(e, ofCodes+"\x02") {
			continue
		}
		out = append(out, e)
	}
	return out
}

func holds(conditions []recount.Condition, answers map[recount.Key]string) bool {
	for _, c := range conditions {
		if a, ok := answers[c.Dispute]; !ok || a != c.Answer {
			return false
		}
	}
	return true
}

// choose notes the day of an article, or what the disputes of a bundle are
// answered with.
func (g *graph) choose(days map[recount.Key]string, k recount.Key, answer string) {
	b := g.bundles[k]
	if b == nil {
		days[k] = answer
		return
	}
	for d, a := range b.outcomes[answer] {
		days[d] = a
	}
}

// ways counts the ways to answer these articles and bundles; more than the
// budget if there are too many.
func (s *solver) ways(articles []recount.Key) int {
	n := 1
	for _, a := range articles {
		if s.g.bundles[a] == nil {
			n = min(n*len(s.g.days[a]), s.budget+1)
		}
	}
	if w := s.bundleWays(articles); w == nil {
		n = s.budget + 1
	} else {
		n = min(n*len(w), s.budget+1)
	}
	return n
}

var oneWay = []map[recount.Key]string{nil} // where nothing is disputed

// bundleWays lists the ways to answer the bundles among these articles that
// leave different things; nil if there are too many.
func (s *solver) bundleWays(articles []recount.Key) []map[recount.Key]string {
	type way struct {
		answers map[recount.Key]string
		effect  []string
	}
	if len(s.g.bundles) == 0 {
		return oneWay
	}
	key := fmt.Sprint(articles)
	if known, ok := s.found[key]; ok {
		return known
	}
	ways := []way{{answers: map[recount.Key]string{}}}
	for _, a := range articles {
		b := s.g.bundles[a]
		if b == nil {
			continue
		}
		if len(s.g.days[a]) > mostAnswers {
			ways = nil
			break
		}
		var next []way
		seen := map[string]bool{}
		for _, w := range ways {
			for _, name := range s.g.days[a] {
				effect := canonical(slices.Concat(w.effect, b.effects[name]))
				k := strings.Join(effect, "\x01")
				if seen[k] {
					continue
				}
				seen[k] = true
				answers := make(map[recount.Key]string, len(w.answers)+1)
				for k, v := range w.answers {
					answers[k] = v
				}
				answers[a] = name
				next = append(next, way{answers, effect})
			}
			if len(next) > mostAnswers {
				break
			}
		}
		if ways = next; len(ways) > mostAnswers {
			ways = nil
			break
		}
	}
	var out []map[recount.Key]string
	for _, w := range ways {
		out = append(out, w.answers)
	}
	if s.found == nil {
		s.found = map[string][]map[recount.Key]string{}
	}
	s.found[key] = out
	return out
}

// assignments yields every way to give the articles one of their days, and the
// bundles one of their outcomes.
func (s *solver) assignments(articles []recount.Key) func(func(map[recount.Key]string) bool) {
	return func(yield func(map[recount.Key]string) bool) {
		if len(articles) == 0 {
			yield(nil)
			return
		}
		var dated []recount.Key
		for _, a := range articles {
			if s.g.bundles[a] == nil {
				dated = append(dated, a)
			}
		}
		at := make([]int, len(dated))
		days := map[recount.Key]string{}
		for _, way := range s.bundleWays(articles) {
			for a, name := range way {
				days[a] = name
			}
			for {
				for j, a := range dated {
					days[a] = s.g.days[a][at[j]]
				}
				if !yield(days) {
					return
				}
				i := 0
				for ; i < len(at); i++ {
					if at[i]++; at[i] < len(s.g.days[dated[i]]) {
						break
					}
					at[i] = 0
				}
				if i == len(at) {
					break
				}
			}
		}
	}
}

// What a member has of what it perhaps has.
type extras struct {
	genders    []recount.Gender
	kind       recount.SpeakerKind // in place of the one that holds; "" if none is
	values     []recount.Value
	codes      []recount.Coding
	statements []recount.AcceptedStatement
	gone       []*recount.Perhaps // what it has no more
}

// less leaves out what a member has no more.
func (x *extras) less(codes []recount.Coding, statements []recount.AcceptedStatement) ([]recount.Coding, []recount.AcceptedStatement) {
	for _, p := range x.gone {
		codes, statements = without(codes, statements, p)
	}
	return codes, statements
}

func without(codes []recount.Coding, statements []recount.AcceptedStatement, p *recount.Perhaps) ([]recount.Coding, []recount.AcceptedStatement) {
	codes = slices.DeleteFunc(slices.Clone(codes), func(c recount.Coding) bool {
		return slices.ContainsFunc(p.Codes, func(x recount.Coding) bool {
			return x.Code == c.Code && x.Article == c.Article && slices.Equal(x.At, c.At)
		})
	})
	statements = slices.DeleteFunc(slices.Clone(statements), func(s recount.AcceptedStatement) bool {
		return slices.ContainsFunc(p.Statements, func(x recount.AcceptedStatement) bool {
			return x.Article == s.Article && slices.Equal(x.At, s.At)
		})
	})
	return codes, statements
}

// chosen returns what a member has besides, if disputes are answered so.
func chosen(m *recount.Member, answers map[recount.Key]string) (x extras) {
	for i := range m.Perhaps {
		p := &m.Perhaps[i]
		if !holds(p.If, answers) {
			continue
		}
		if p.Gender == recount.Woman || p.Gender == recount.Man {
			x.genders = append(x.genders, p.Gender)
		}
		if p.Kind != "" {
			x.kind = p.Kind
		}
		if p.Gone {
			x.gone = append(x.gone, p)
			continue
		}
		x.values, x.codes, x.statements = append(x.values, p.Values...), append(x.codes, p.Codes...), append(x.statements, p.Statements...)
	}
	return x
}

// settled returns a member after a dispute got its answer.
func settled(m recount.Member, dispute recount.Key, answer string) recount.Member {
	if !slices.ContainsFunc(m.Disputes, func(d recount.Dispute) bool { return d.Key == dispute }) {
		return m
	}
	m.Disputes = slices.DeleteFunc(slices.Clone(m.Disputes), func(d recount.Dispute) bool { return d.Key == dispute })
	m.Answered = append(slices.Clone(m.Answered), recount.Condition{Dispute: dispute, Answer: answer})
	was := m.Perhaps
	m.Perhaps = nil
	var placed []recount.Perhaps
	for _, p := range was {
		i := slices.IndexFunc(p.If, func(c recount.Condition) bool { return c.Dispute == dispute })
		switch {
		case i < 0:
			m.Perhaps = append(m.Perhaps, p)
		case p.If[i].Answer != answer:
		case len(p.If) > 1:
			p.If = slices.Delete(slices.Clone(p.If), i, i+1)
			m.Perhaps = append(m.Perhaps, p)
		default:
			if p.Gender != "" {
				m.Speaker.Gender = p.Gender
			}
			if p.Kind != "" {
				m.Speaker.Kind = p.Kind
			}
			if p.Gone {
				m.Codes, m.Statements = without(m.Codes, m.Statements, &p)
				continue
			}
			m.Values, m.Codes, m.Statements = slices.Concat(m.Values, p.Values), slices.Concat(m.Codes, p.Codes), slices.Concat(m.Statements, p.Statements)
			placed = append(placed, p)
		}
	}
	for _, p := range placed {
		stand(&m, &p)
	}
	return m
}

// stand puts where a member perhaps stands in place of where it stood. The
// outlet of an article is that wherever it is named, also in what is still
// open.
func stand(m *recount.Member, p *recount.Perhaps) {
	if w := p.Where; w != nil {
		m.Prints, m.Day, m.Dates, m.DateReason = w.Prints, w.Day, w.Dates, w.DateReason
		on := func(values []recount.Value) []recount.Value {
			values = slices.Clone(values)
			for i := range values {
				v := &values[i]
				for _, x := range w.Elsewhere {
					if x.Article == v.Article {
						v.Day = x.Day
					}
				}
				if v.Article == m.Article {
					v.Day = w.Day
				}
			}
			return values
		}
		m.Values = on(m.Values)
		for i := range m.Perhaps {
			m.Perhaps[i].Values = on(m.Perhaps[i].Values)
		}
	}
	if len(p.Prints) == 0 {
		return
	}
	printed := func(was []recount.Print) []recount.Print {
		was = slices.Clone(was)
		for i := range was {
			for _, x := range p.Prints {
				if x.Article == was[i].Article {
					was[i].Outlet = x.Outlet
				}
			}
		}
		return was
	}
	m.Prints = printed(m.Prints)
	for i := range m.Perhaps {
		if w := m.Perhaps[i].Where; w != nil {
			own := *w
			own.Prints = printed(w.Prints)
			m.Perhaps[i].Where = &own
		}
	}
	m.Values = slices.Clone(m.Values)
	for _, x := range p.Prints {
		if x.Article == m.Article {
			m.Outlet = x.Outlet
		}
		for i := range m.Values {
			if m.Values[i].Article == x.Article {
				m.Values[i].Outlet = x.Outlet
			}
		}
	}
}

// disputed lists the disputes that touch these blocks, by key; nil is all.
func (g *graph) disputed(in map[int]bool) (out []recount.Question) {
	at := map[recount.Key]int{}
	for i := range g.members {
		m := &g.members[i]
		if in != nil && !in[g.blockOf[i]] {
			continue
		}
		for _, d := range m.Disputes {
			j, known := at[d.Key]
			if !known {
				j = len(out)
				at[d.Key] = j
				out = append(out, recount.Question{Key: d.Key, What: d.What, Text: d.Text})
			}
			out[j].About = append(out[j].About, m.Key)
		}
	}
	slices.SortFunc(out, func(a, b recount.Question) int { return cmp.Or(strings.Compare(string(a.Key), string(b.Key))) })
	return out
}

// What a query looks at, of what people may differ on.
type sees struct {
	variables, codes       []string
	allVariables, allCodes bool
	statements, outlets    bool
}

// note adds what a node of a filter looks at.
func (s *sees) note(n ast.Node) {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		switch n.Value {
		case "codes":
			s.allCodes = true
		case "statements":
			s.statements = true
		case "outlets", "first_outlet", "owners", "grade":
			s.outlets = true
		}
		s.variables = append(s.variables, n.Value)
	case *ast.CallNode:
		callee, ok := n.Callee.(*ast.IdentifierNode)
		if ok && callee.Value == "reported_by" {
			s.outlets = true
		}
		if ok && (callee.Value == "grade_of_code" || callee.Value == "grade_of_value") {
			s.outlets = true
		}
		if !ok || len(n.Arguments) != 1 || !slices.Contains([]string{"has", "value", "grade_of_code", "grade_of_value"}, callee.Value) {
			return
		}
		name, constant := n.Arguments[0].(*ast.StringNode)
		switch {
		case (callee.Value == "has" || callee.Value == "grade_of_code") && constant:
			s.codes = append(s.codes, name.Value)
		case callee.Value == "has" || callee.Value == "grade_of_code":
			s.allCodes = true
		case constant:
			s.variables = append(s.variables, name.Value)
		default:
			s.allVariables = true
		}
	}
}

// seen is what filters and dimensions look at together.
func (b *book) seen(dims []dimension, filters ...*filter) (all sees) {
	for _, f := range filters {
		if f != nil {
			all.variables, all.codes = append(all.variables, f.sees.variables...), append(all.codes, f.sees.codes...)
			all.allVariables, all.allCodes = all.allVariables || f.sees.allVariables, all.allCodes || f.sees.allCodes
			all.statements, all.outlets = all.statements || f.sees.statements, all.outlets || f.sees.outlets
		}
	}
	for _, d := range dims {
		all.variables = append(all.variables, d.name)
		all.allCodes = all.allCodes || d.name == "code" || d.name == "code.top"
		all.statements = all.statements || d.name == "statements"
		all.outlets = all.outlets || d.name == "outlet" || d.name == "outlets" || d.name == "first_outlet" || d.name == "owners" || d.name == "grade"
	}
	return all
}

// sees reports whether the query looks at a variable.
func (s *sees) variable(name string) bool {
	return s.allVariables || slices.Contains(s.variables, name)
}

// code reports whether the query looks at a code or a parent of it.
func (b *book) sees(s *sees, code string) bool {
	return s.allCodes || slices.ContainsFunc(lineage(b.withParents, code), func(c string) bool { return slices.Contains(s.codes, c) })
}

// network is the group as far as the query looks at what people differ on. It
// stays one cluster.
func (t *Tally) network(g *Group) *network {
	var members []recount.Member
	for i := range g.Members {
		if len(g.Members[i].Disputes) == 0 {
			continue
		}
		if members == nil {
			members = slices.Clone(g.Members)
		}
		members[i] = t.seen(members[i])
	}
	if members == nil {
		return newNetwork(g.Members, g.Links, false)
	}
	return newNetwork(members, g.Links, true)
}

// seen leaves out of a member what the query does not look at.
func (t *Tally) seen(m recount.Member) recount.Member {
	was := m.Perhaps
	m.Perhaps = nil
	asked := map[recount.Key]bool{}
	for _, p := range was {
		p.Values = slices.DeleteFunc(slices.Clone(p.Values), func(v recount.Value) bool { return !t.sees.variable(v.Variable) })
		p.Codes = slices.DeleteFunc(slices.Clone(p.Codes), func(c recount.Coding) bool { return !t.b.sees(&t.sees, c.Code) })
		if !t.sees.statements {
			p.Statements = nil
		}
		if !t.sees.variable("gender") {
			p.Gender = ""
		}
		if !t.sees.variable("kind") {
			p.Kind = ""
		}
		if !t.sees.outlets {
			p.Prints = nil
			if w := p.Where; w != nil && w.Day == m.Day && slices.Equal(w.Dates, m.Dates) && len(w.Elsewhere) == 0 {
				p.Where = nil
			}
		}
		if len(p.Values)+len(p.Codes)+len(p.Statements)+len(p.Prints) == 0 && p.Gender == "" && p.Kind == "" && p.Where == nil {
			continue
		}
		m.Perhaps = append(m.Perhaps, p)
		for _, c := range p.If {
			asked[c.Dispute] = true
		}
	}
	m.Disputes = slices.DeleteFunc(slices.Clone(m.Disputes), func(d recount.Dispute) bool { return !asked[d.Key] })
	return m
}
