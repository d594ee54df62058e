package count

import (
	"errors"
	"runtime"
	"slices"
	"strings"

	"github.com/expr-lang/expr/vm"

	"recount"
	"recount/internal/parallel"
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
	answers  *answers           // what the cases say of the questions; nil if the plan does not tell what an answer leaves
	read     bool               // answers is filled in
	hard     bool               // some number takes more than the budget, or the questions do
	failed   bool               // so that the plan does not tell what is left of the budget
	leeways  map[string]*leeway // of numbers, by what each case adds to them; nil if that takes too long
	form     *prepared          // the first group of this form, if it was counted out for this one too
	sets     [][]int32          // the members of each view, if they are few
	number   int                // of the form
	bounded  bool               // no number of it takes more than the budget, and no question
	places   []int32            // of each of its questions the place among those of the form; nil: the same
	held     bool               // some query counts it out by itself, and holds it for that
	at       []uint8            // of the first group of a form: where each of its people stands in it
}

const mostShared = 1 << 12 // cases that are judged once for all queries

var errManyCases = errors.New("too many cases")

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

// ample is how many times the steps of a number must fit the budget so that
// those of what an answer leaves need not be counted: no answer was seen to take a hundredth more
// (TestAnswerTakesHardlyMoreSteps).
const ample = 4

// leeway counts a number out that is known by what each case adds to it. It
// returns nil if it or a question about it takes more than a budget, so that it
// matters which numbers were counted out before.
func (p *prepared) leeway(adds []adding) *leeway {
	set, steps := p.plan.count(adds, nil)
	steps += p.plan.judged
	questions := p.group.Questions()
	if !p.bounded && (steps > p.budget || 2*steps*len(questions) > patience*p.budget) {
		return nil
	}
	l := newLeeway(set, true, true)
	if len(set) < 2 {
		return l
	}
	l.questions = len(questions)
	if p.bounded || steps <= p.budget/ample {
		if !p.read {
			p.answers, p.read = p.plan.answers(questions), true
		}
		if x := p.answers; x != nil {
			left := p.plan.left(adds, x)
			for i, first := range x.first {
				end := x.total
				if i+1 < len(x.first) {
					end = int(x.first[i+1])
				}
				l.ask(end-int(first), func(i int) []pair { return p.plan.pairs(left[int(first)+i]) })
			}
			return l
		}
	}
	asked := p.ask()
	if asked == nil {
		return nil
	}
	hard := false
	for _, answers := range asked {
		l.ask(len(answers), func(i int) []pair {
			left, steps := answers[i].count(adds)
			hard = hard || steps > p.budget
			return left
		})
	}
	if hard && !p.bounded {
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
	ts.put(key, p)
}

func (ts Tallies) put(key recount.Key, p *prepared) {
	slot := ts[0].roster.set(key, p)
	for _, t := range ts {
		t.set(key, slot, p)
	}
}

// filledAtOnce is how many groups are prepared on all cores before they are set.
// It must not depend on how many cores there are: which groups are counted out
// as the first of their form were follows from it.
const filledAtOnce = 4096

// Fill sets groups, each under its own key: the same as to Set one after the
// other, on all cores.
func (ts Tallies) Fill(groups []*Group) { ts.fill(groups, filledAtOnce) }

func (ts Tallies) fill(groups []*Group, atOnce int) {
	if len(ts) == 0 {
		return
	}
	ts[0].roster.expect(len(groups))
	const run = 128 // of groups that one core takes
	cores := runtime.GOMAXPROCS(0)
	forks := make(chan *book, cores)
	for range cores {
		forks <- ts[0].b.fork()
	}
	ready := make([]*prepared, min(atOnce, len(groups)))
	for len(groups) > 0 {
		n, held := min(atOnce, len(groups)), false
		parallel.Each((n+run-1)/run, func(i int) {
			b := <-forks
			for j := i * run; j < min(n, (i+1)*run); j++ {
				ready[j] = b.ready(groups[j], ts[0].budget)
			}
			forks <- b
		})
		for i, g := range groups[:n] {
			p := ready[i]
			if p == nil {
				p = ts[0].b.prepare(g, ts[0].budget)
			}
			ts.put(g.Key, p)
			held = held || p.held
		}
		groups = groups[n:]
		ts[0].b.at = nil
		for range cores {
			b := <-forks
			if b.at = nil; held {
				b.looking = looking{}
			} else {
				b.looking.again()
			}
			forks <- b
		}
	}
}

// fork returns a book that looks at cases and asks filters of them beside
// others. It knows the forms of groups that b knows, and learns none.
func (b *book) fork() *book {
	out := *b
	out.env, out.at, out.looking, out.known, out.answers, out.written = nil, nil, looking{}, map[string]map[string]string{}, nil, nil
	out.filters = nil
	for _, f := range b.filters {
		own := *f
		own.machine = vm.VM{}
		out.filters = append(out.filters, &own)
	}
	return &out
}

// ready prepares a group as prepare does and asks all filters of its cases; nil
// if it is not single and the first of its form that this book knows.
func (b *book) ready(g *Group, budget int) *prepared {
	var p *prepared
	if g.single() {
		p = b.prepare(g, budget)
	} else {
		code, ok := g.form()
		f := b.forms[code]
		if !ok || f.first == nil {
			return nil
		}
		p = b.prepareLike(g, f)
	}
	if len(b.filters) > 0 {
		for _, v := range p.views[:p.judged] {
			b.judge(v)
		}
	}
	return p
}
