package count

import (
	"fmt"
	"slices"
	"strings"

	"recount"
)

// A run is one query being answered.
type run struct {
	q         Query
	p         *Problem
	b         *book
	where, of *filter
	dims      []dimension
	g         *graph
	solvers   []*solver // of the groups that hold a question
	fixed     []judged  // accepted cases of the other groups
	accepted  []judged  // all accepted cases, sorted by id
	answers   map[ask]*answered
}

// judged is an accepted case with what the query makes of it.
type judged struct {
	id string
	outcome
}

// Result answers a query. Filters and tables that name what does not exist are
// refused with ErrInvalid and a hint that lists what does.
func (p *Problem) Result(q Query) (recount.Result, error) {
	r := &run{q: q, p: p, b: newBook(p), answers: map[ask]*answered{}}
	res, err := r.result()
	if err != nil {
		if q.Name != "" {
			err = fmt.Errorf("result %s: %w", q.Name, err)
		}
		return recount.Result{}, err
	}
	return res, nil
}

func (r *run) result() (res recount.Result, err error) {
	if r.where, err = r.b.compile(r.q.Where); err != nil {
		return res, err
	}
	if r.of, err = r.b.compile(r.q.Of); err != nil {
		return res, err
	}
	if r.dims, err = r.b.dimensions(r.q.By); err != nil {
		return res, err
	}
	if v := r.q.Versus; v != nil {
		if err := v.check(); err != nil {
			return res, err
		}
	}
	if err := r.load(); err != nil {
		return res, err
	}
	res.Name, res.Label, res.Unit, res.Kind = r.q.Name, r.q.Label, "cases", "count"
	if res.Label == "" {
		res.Label = describe(r.q)
	}
	whole := r.q.Share || strings.TrimSpace(r.q.Of) != ""
	if r.q.Share {
		res.Kind = "share"
	}
	all := r.where == nil && r.of == nil
	one := func(yes bool) int {
		if yes {
			return 1
		}
		return 0
	}
	r.number(&res, whole, spec{part: true, always: all, alwaysD: r.of == nil,
		of: func(o outcome) pair { return pair{one(o.of && o.where), one(o.of)} }})
	res.Note = strings.Join(append(slices.Clone(r.g.notes), notes(res.Note)...), "; ")
	if whole && r.p.Rules.Sample {
		res.Interval = Wilson(res.N, res.Of)
	}
	switch {
	case r.q.Versus != nil:
		r.ratio(&res, one)
	case len(r.dims) > 0:
		r.rows(&res, one)
	}
	for _, s := range r.solvers {
		if s.err != nil {
			return res, s.err
		}
	}
	return res, nil
}

func notes(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// load builds the graph and judges the accepted cases.
func (r *run) load() error {
	r.g = newGraph(r.p.Members, r.p.Links)
	budget := r.p.Rules.NodeBudget
	if budget <= 0 {
		budget = defaultBudget
	}
	dates := map[recount.Key]string{}
	for i := range r.g.members {
		m := &r.g.members[i]
		if _, ok := dates[m.Article]; !ok && r.g.dates[m.Article] != nil {
			dates[m.Article] = chosen(m)
		}
	}
	for _, gr := range r.g.groups() {
		if gr.open {
			r.solvers = append(r.solvers, newSolver(r.g, gr, budget, r.judge))
		}
		for _, part := range gr.parts {
			for _, b := range part {
				id := ""
				var ms []*recount.Member
				for _, i := range r.g.blockMembers[b] {
					if m := &r.g.members[i]; m.Scope == recount.Yes {
						ms = append(ms, m)
						if c := caseID(m); id == "" || c < id {
							id = c
						}
					}
				}
				if len(ms) == 0 {
					continue
				}
				o, err := r.judge(ms, dates)
				if err != nil {
					return err
				}
				r.accepted = append(r.accepted, judged{id, o})
				if !gr.open {
					r.fixed = append(r.fixed, judged{id, o})
				}
			}
		}
	}
	slices.SortStableFunc(r.accepted, func(a, b judged) int { return strings.Compare(a.id, b.id) })
	return nil
}

// judge says what the query makes of a case with these members.
func (r *run) judge(members []*recount.Member, dates map[recount.Key]string) (o outcome, err error) {
	v := r.b.look(members, dates)
	env := r.b.environment(v)
	if o.of, err = r.of.pass(env); err != nil {
		return o, err
	}
	if o.where, err = r.where.pass(env); err != nil {
		return o, err
	}
	if w := r.q.Versus; w != nil {
		o.a, o.b = within(v.first, w.AFrom, w.ATo), within(v.first, w.BFrom, w.BTo)
	}
	for i, d := range r.dims {
		o.keys[i] = d.keys(v, r.b)
	}
	return o, nil
}

// number fills in one number: what is accepted, the ranges, and the questions
// that move them.
func (r *run) number(res *recount.Result, whole bool, sp spec) {
	for _, c := range r.accepted {
		p := sp.of(c.outcome)
		if p.n > 0 {
			res.N++
			res.Cases = append(res.Cases, c.id)
		}
		if p.d > 0 && whole {
			res.Of++
			res.OfIDs = append(res.OfIDs, c.id)
		}
	}
	var base pair
	for _, c := range r.fixed {
		p := sp.of(c.outcome)
		base = pair{base.n + p.n, base.d + p.d}
	}
	sets := [][]pair{{base}}
	exactN, exactD := true, true
	over := make([]bool, len(r.solvers))
	for i, s := range r.solvers {
		set, ok, d := s.pairs(sp)
		sets = append(sets, set)
		exactN, exactD = exactN && ok, exactD && d
		if over[i] = !ok; over[i] {
			res.Note = fmt.Sprintf("not exact: the open questions around %s are too many to count out; the bounds hold", s.name())
		}
	}
	r.ranges(res, whole, sets)
	res.Range.Exact, res.OfRange.Exact = exactN, whole && exactD
	if res.ShareRange.LowOf > 0 {
		res.ShareRange.Exact = exactN && exactD
	}
	r.questions(res, whole, sp, sets, over)
}

func (r *run) ranges(res *recount.Result, whole bool, sets [][]pair) {
	res.Range.Low, res.Range.High = intRange(sets, func(p pair) int { return p.n })
	if whole {
		res.OfRange.Low, res.OfRange.High = intRange(sets, func(p pair) int { return p.d })
		res.ShareRange, _ = shareRange(sets)
	}
}

// name is what a note calls the group of s.
func (s *solver) name() string {
	n, first := 0, ""
	for _, p := range s.parts {
		for _, b := range p.blocks {
			for _, i := range s.g.blockMembers[b] {
				if n == 0 {
					first = s.g.name(s.g.members[i].Key)
				}
				n++
			}
		}
	}
	return fmt.Sprintf("%s and %d others", first, n-1)
}

// ratio compares two periods; the members of the first are the cases counted.
func (r *run) ratio(res *recount.Result, one func(bool) int) {
	v := r.q.Versus
	counted := func(o outcome) bool { return o.of && o.where }
	row := func(label string, in func(outcome) bool) recount.Result {
		x := recount.Result{Name: label, Kind: "count", Label: label, Unit: "cases"}
		r.number(&x, false, spec{part: true, of: func(o outcome) pair { return pair{one(counted(o) && in(o)), 0} }})
		return x
	}
	a := row(v.AFrom+" to "+v.ATo, func(o outcome) bool { return o.a })
	b := row(v.BFrom+" to "+v.BTo, func(o outcome) bool { return o.b })
	t := &recount.Ratio{N: a.N, Than: b.N, Unit: "months"}
	if months, ok := months(v.AFrom, v.ATo); ok {
		t.Units = months
	}
	if months, ok := months(v.BFrom, v.BTo); ok {
		t.ThanUnits = months
	}
	if t.Units == 0 || t.ThanUnits == 0 {
		t.Unit, t.Units, t.ThanUnits = "days", days(v.AFrom, v.ATo), days(v.BFrom, v.BTo)
	}
	sp := spec{of: func(o outcome) pair { return pair{one(counted(o) && o.a), one(counted(o) && o.b)} }}
	var base pair
	for _, c := range r.fixed {
		p := sp.of(c.outcome)
		base = pair{base.n + p.n, base.d + p.d}
	}
	sets, exact := [][]pair{{base}}, true
	for _, s := range r.solvers {
		set, ok, _ := s.pairs(sp)
		sets, exact = append(sets, set), exact && ok
	}
	if rg, ok := shareRange(sets); ok {
		rg.Exact = exact
		t.Range = rg
	}
	if n, ok := boundless(sets); ok {
		t.Range.HighN, t.Range.HighOf, t.Range.Exact = n, 0, exact
	}
	res.Kind, res.Ratio, res.Rows = "ratio", t, []recount.Result{a, b}
	res.Interval = RateRatio(t.N, t.Units, t.Than, t.ThanUnits)
	if w, ok := r.q.words(t, res.Interval); ok {
		res.Note = strings.Join(append(notes(res.Note), w), "; ")
	}
}

// words says of a ratio whose interval holds 1 that the periods cannot be told
// apart.
func (q *Query) words(t *recount.Ratio, iv *recount.Interval) (string, bool) {
	if iv == nil {
		return "no cases in either period", t.N+t.Than == 0
	}
	// The limits are rounded to six places, so that this comparison does not
	// hang on the last bits.
	if iv.Low <= 1 && (iv.High < 0 || iv.High >= 1) {
		return "the two periods cannot be told apart", true
	}
	return "", false
}
