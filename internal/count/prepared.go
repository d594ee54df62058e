package count

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"recount"
)

// A prepared is a group counted out once for all queries: its cases judged, and
// how its worlds are made of them written down.
type prepared struct {
	group    *Group
	network  *network
	views    []*view  // of the cases of any world, those that are accepted first
	accepted []judged // by number of the view
	first    int      // views of accepted cases
	judged   int      // views of cases of any world if there is a plan, else of accepted cases
	open     bool
	budget   int
	worlds   *worlds
	plan     *plan              // nil if each query must count the group out by itself
	asked    [][]*planned       // by question, by answer
	given    bool               // asked is filled in
	hard     bool               // some number takes more than the budget, or the questions do
	failed   bool               // so that the plan does not tell what is left of the budget
	leeways  map[string]*leeway // of numbers, by what each case adds to them; nil if that takes too long
	form     *prepared          // the first group of this form, if it was counted out for this one too
	sets     [][]int32          // the members of each view, if they are few
	number   int                // of the form
}

const mostShared = 1 << 12 // cases that are judged once for all queries

var errManyCases = errors.New("too many cases")

// prepare counts a group out. Which worlds a group has, and how its numbers are
// made of its cases, is said by its form: who is linked to whom, and about whom
// it is open whether they count. So that is worked out for the first group of
// each form, and of the others only what their own cases are.
func (b *book) prepare(g *Group, budget int) *prepared {
	if g.single() {
		m := &g.Members[0]
		return &prepared{group: g, budget: budget, views: []*view{b.look([]*recount.Member{m}, nil)},
			accepted: []judged{{idOf(m), 0}}, first: 1, judged: 1}
	}
	form, ok := g.form()
	if !ok {
		return b.prepareAlone(g, budget)
	}
	first, known := b.forms[form]
	if first != nil {
		return b.prepareLike(g, first)
	}
	p := b.prepareAlone(g, budget)
	if known {
		return p
	}
	if len(b.forms) == mostForms {
		clear(b.forms)
	}
	b.forms[form] = nil
	if p.open && p.plan == nil {
		return p // it is counted out by itself
	}
	b.formed++
	p.form, p.number = p, b.formed
	b.forms[form] = p
	return p
}

// Forms are kept of groups of so many people, and so many of them.
const (
	mostFormed = 12
	mostForms  = 1 << 13
)

// form writes down what the worlds of a group depend on but for who its people
// are. It returns false for one whose days or disputes are open, as these are
// not of few forms, and for a large one.
func (x *Group) form() (string, bool) {
	if len(x.Members) == 0 || len(x.Members)+len(x.Links) > mostFormed || openDays(x.Members) != nil {
		return "", false
	}
	var others []recount.Key
	code := make([]byte, 0, 1+len(x.Members)+3*len(x.Links))
	code = append(code, byte(len(x.Members)))
	find := func(k recount.Key) (int, bool) {
		return slices.BinarySearchFunc(x.Members, k, func(m recount.Member, k recount.Key) int { return strings.Compare(string(m.Key), string(k)) })
	}
	for i := range x.Members {
		m := &x.Members[i]
		if m.Scope == recount.No || len(m.Disputes) > 0 || i > 0 && x.Members[i-1].Key >= m.Key {
			return "", false
		}
		if m.Scope == recount.Yes {
			code = append(code, 1)
		} else {
			code = append(code, 0)
		}
	}
	for _, l := range x.Links {
		for _, k := range [...]recount.Key{l.A, l.B} {
			if _, member := find(k); !member {
				others = append(others, k)
			}
		}
	}
	slices.Sort(others)
	others = slices.Compact(others)
	for i, l := range x.Links {
		if l.B < l.A || i > 0 && cmp.Or(strings.Compare(string(x.Links[i-1].A), string(l.A)), strings.Compare(string(x.Links[i-1].B), string(l.B)),
			strings.Compare(x.Links[i-1].Answer, l.Answer)) > 0 {
			return "", false
		}
		for _, k := range [...]recount.Key{l.A, l.B} {
			n, member := find(k)
			if !member {
				n, _ = slices.BinarySearch(others, k)
				n += len(x.Members)
			}
			code = append(code, byte(n))
		}
		a := slices.Index(linkAnswers[:], l.Answer)
		if a < 0 {
			return "", false
		}
		code = append(code, byte(a))
	}
	return string(code), true
}

var linkAnswers = [...]string{recount.Same, recount.Different, recount.Unsure}

// prepareLike counts a group out as the first of its form was.
func (b *book) prepareLike(g *Group, first *prepared) *prepared {
	p := &prepared{group: g, budget: first.budget, first: first.first, judged: first.judged, open: first.open, form: first}
	p.views = make([]*view, first.judged)
	var members []*recount.Member
	for i, set := range first.sets[:first.judged] {
		members = members[:0]
		for _, m := range set {
			members = append(members, &g.Members[m])
		}
		p.views[i] = b.look(members, nil)
	}
	for _, c := range first.accepted {
		id := ""
		for _, m := range first.sets[c.class] {
			if own := idOf(&g.Members[m]); id == "" || own < id {
				id = own
			}
		}
		p.accepted = append(p.accepted, judged{id, c.class})
	}
	return p
}

// alone counts a group out by itself, if it was not.
func (b *book) alone(p *prepared) {
	if p.network != nil {
		return
	}
	own := b.prepareAlone(p.group, p.budget)
	p.network, p.worlds, p.plan, p.views = own.network, own.worlds, own.plan, own.views
}

func (b *book) prepareAlone(g *Group, budget int) *prepared {
	p := &prepared{group: g, budget: budget}
	p.network, p.leeways = newNetwork(g.Members, g.Links, false), map[string]*leeway{}
	number := map[string]int{} // the answers to questions leave many of the same cases
	at := make(map[recount.Key]int, len(g.Members))
	for i := range g.Members {
		at[g.Members[i].Key] = i
	}
	dated := len(p.network.graph.days) > 0 || p.network.forked() // else a case is known by who is in it
	key := make([]byte, 0, len(g.Members)/8+1)
	byKey := func(a, b *recount.Member) int { return strings.Compare(string(a.Key), string(b.Key)) }
	w, err := newWorlds(p.network, budget, func(members []*recount.Member, days map[recount.Key]string) (int, error) {
		if dated {
			members = slices.Clone(members)
			slices.SortFunc(members, byKey)
			key = key[:0]
			for _, m := range members {
				key = appendMember(key, m, days)
			}
		} else {
			key = key[:cap(key)]
			clear(key)
			for _, m := range members {
				i := at[m.Key]
				key[i/8] |= 1 << (i % 8)
			}
		}
		c, ok := number[string(key)]
		if !ok {
			if c = len(p.views); c == mostShared && p.open {
				return 0, errManyCases
			}
			number[string(key)] = c
			if !dated {
				members = slices.Clone(members)
				slices.SortFunc(members, byKey)
			}
			p.views = append(p.views, b.look(members, days))
			if len(g.Members) <= mostFormed {
				set := make([]int32, len(members))
				for i, m := range members {
					set[i] = int32(at[m.Key])
				}
				p.sets = append(p.sets, set)
			}
		}
		return c, nil
	})
	if err != nil {
		return p // the judge does not fail before p is open
	}
	p.accepted, p.first, p.worlds, p.open = w.accepted, len(p.views), w, len(w.solvers) > 0
	p.judged = p.first
	if len(w.solvers) != 1 || len(w.fixed) > 0 || p.network.graph.bundles != nil || p.network.forked() { // each query sees some disputes only
		return p
	}
	if p.plan = w.solvers[0].plan(); p.plan != nil {
		p.judged = len(p.views)
	}
	return p
}

// ask returns the worlds that each answer to each question leaves; nil if some
// have no plan.
func (p *prepared) ask() [][]*planned {
	if p.given {
		return p.asked
	}
	p.given = true
	var asked [][]*planned
	for _, q := range p.group.Questions() {
		var answers []*planned
		for _, a := range p.network.graph.answers(q) {
			sub := p.worlds.answered(q, a)
			if sub == nil {
				return nil
			}
			left := sub.planned()
			if left == nil || len(p.views) > p.judged { // an answer left a case that nothing left before
				return nil
			}
			answers = append(answers, left)
		}
		asked = append(asked, answers)
	}
	p.asked = asked
	return asked
}

// answered returns the worlds that an answer leaves; nil if they have no plan.
func (p *prepared) answered(q recount.Question, answer string) *planned {
	asked := p.ask()
	if asked == nil {
		return nil
	}
	i := slices.IndexFunc(p.group.Questions(), func(x recount.Question) bool { return x.Key == q.Key && x.What == q.What })
	return asked[i][slices.Index(p.network.graph.answers(q), answer)]
}

// leeway counts a number out that is known by what each case adds to it. It
// returns nil if it or a question about it takes more than a budget, so that it
// matters which numbers were counted out before.
func (p *prepared) leeway(adds []adding) *leeway {
	set, steps := p.plan.count(adds, nil)
	steps += p.plan.judged
	questions := p.group.Questions()
	if steps > p.budget || 2*steps*len(questions) > patience*p.budget {
		return nil
	}
	l := newLeeway(set, true, true)
	if len(set) < 2 {
		return l
	}
	asked := p.ask()
	if asked == nil {
		return nil
	}
	hard := false
	l.questions = len(questions)
	for _, answers := range asked {
		l.ask(len(answers), func(i int) []pair {
			left, steps := answers[i].count(adds)
			hard = hard || steps > p.budget
			return left
		})
	}
	if hard {
		return nil
	}
	return l
}

// Tallies are several queries over the same groups.
type Tallies []*Tally

// NewTallies compiles queries that share the work on each group.
func NewTallies(p *Problem, queries ...Query) (Tallies, error) {
	var out Tallies
	b := newBook(p)
	r := newRoster()
	for _, q := range queries {
		t, err := newTally(p, b, r, q)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// Set puts a group in the place of the one that had this key; nil takes it
// away. The tallies must be all that NewTallies returned.
func (ts Tallies) Set(key recount.Key, g *Group) {
	if len(ts) == 0 {
		return
	}
	var p *prepared
	if g != nil {
		p = ts[0].b.prepare(g, ts[0].budget)
	}
	slot := ts[0].roster.set(key, p)
	for _, t := range ts {
		t.set(key, slot, p)
	}
}
