package count

import (
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/count/interval"
	"recount/internal/count/world"
)

// A run is one query being answered.
type run struct {
	q               Query
	p               *Problem
	b               *book
	only, where, of *filter
	dims            []dimension
	worlds          *world.Worlds
	outcomes        []outcome // by class
	classes         map[string]int
}

// An outcome is what the query makes of one case in one world. Two cases with
// the same outcome are of one class.
type outcome struct {
	of, where bool
	a, b      bool        // of a ratio: in the first period, in the second
	keys      [2][]string // rows it stands in, by dimension
}

func (o *outcome) counted() bool { return o.of && o.where }

// Result answers a query. Filters and tables that name what does not exist are
// refused with ErrInvalid and a hint that lists what does.
func (p *Problem) Result(q Query) (recount.Result, error) {
	r := &run{q: q, p: p, b: newBook(p), classes: map[string]int{}}
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
	for _, f := range []struct {
		source string
		to     **filter
	}{{r.p.Where, &r.only}, {r.q.Where, &r.where}, {r.q.Of, &r.of}} {
		if *f.to, err = r.b.compile(f.source); err != nil {
			return res, err
		}
	}
	if r.dims, err = r.b.dimensions(r.q.By); err != nil {
		return res, err
	}
	if r.q.Versus != nil {
		if err := r.q.Versus.check(); err != nil {
			return res, err
		}
	}
	budget := r.p.Rules.NodeBudget
	if budget <= 0 {
		budget = defaultBudget
	}
	if r.worlds, err = world.New(r.p.Members, r.p.Links, budget, r.judge); err != nil {
		return res, err
	}
	res = recount.Result{Name: r.q.Name, Label: r.q.Label, Unit: "cases", Kind: "count"}
	if res.Label == "" {
		res.Label = describe(r.q)
	}
	if r.q.Share {
		res.Kind = "share"
	}
	whole := r.q.Share || r.of != nil
	all := r.only == nil && r.where == nil && r.of == nil
	r.number(&res, whole, world.Spec{Part: true, Always: all, AlwaysD: r.only == nil && r.of == nil},
		func(o *outcome) (bool, bool) { return o.counted(), o.of })
	res.Note = join(append(slices.Clone(r.worlds.Notes), res.Note)...)
	if whole && r.p.Rules.Sample {
		res.Interval = interval.Wilson(res.N, res.Of)
	}
	switch {
	case r.q.Versus != nil:
		r.ratio(&res)
	case len(r.dims) > 0:
		r.rows(&res)
	}
	return res, r.worlds.Err()
}

// judge is what the query makes of a case with these members.
func (r *run) judge(members []*recount.Member, days map[recount.Key]string) (class int, err error) {
	v := r.b.look(members, days)
	env := r.b.environment(v)
	var o outcome
	if o.of, err = r.only.pass(env); err != nil {
		return 0, err
	}
	if o.of {
		if o.of, err = r.of.pass(env); err != nil {
			return 0, err
		}
	}
	if o.where, err = r.where.pass(env); err != nil {
		return 0, err
	}
	if w := r.q.Versus; w != nil {
		o.a, o.b = within(v.first, w.AFrom, w.ATo), within(v.first, w.BFrom, w.BTo)
	}
	key := fmt.Sprint(o.of, o.where, o.a, o.b)
	for i, d := range r.dims {
		o.keys[i] = d.keys(v, r.b)
		key += "\x01" + strings.Join(o.keys[i], "\x00")
	}
	class, ok := r.classes[key]
	if !ok {
		class = len(r.outcomes)
		r.classes[key] = class
		r.outcomes = append(r.outcomes, o)
	}
	return class, nil
}

// number fills in one number: what is accepted, the ranges, and the questions
// that move them. in says whether a case belongs to the part and to the whole.
func (r *run) number(res *recount.Result, whole bool, sp world.Spec, in func(*outcome) (n, d bool)) world.Measure {
	sp.Of = func(class int) (p world.Pair) {
		n, d := in(&r.outcomes[class])
		if n {
			p.N = 1
		}
		if d && whole {
			p.D = 1
		}
		return p
	}
	for _, c := range r.worlds.Accepted {
		p := sp.Of(c.Class)
		if p.N > 0 {
			res.N++
			res.Cases = append(res.Cases, c.ID)
		}
		if p.D > 0 {
			res.Of++
			res.OfIDs = append(res.OfIDs, c.ID)
		}
	}
	m := r.worlds.Measure(sp, whole)
	res.Range, res.Questions, res.Note = m.N, m.Questions, m.Note
	if whole {
		res.OfRange, res.ShareRange = m.D, m.Share
	}
	return m
}

// ratio compares two periods.
func (r *run) ratio(res *recount.Result) {
	v := r.q.Versus
	row := func(from, to string, in func(*outcome) bool) recount.Result {
		x := recount.Result{Name: from + ".." + to, Label: from + " to " + to, Kind: "count", Unit: "cases"}
		r.number(&x, false, world.Spec{}, func(o *outcome) (bool, bool) { return o.counted() && in(o), false })
		return x
	}
	a := row(v.AFrom, v.ATo, func(o *outcome) bool { return o.a })
	b := row(v.BFrom, v.BTo, func(o *outcome) bool { return o.b })
	t := &recount.Ratio{N: a.N, Than: b.N, Unit: "months", Units: months(v.AFrom, v.ATo), ThanUnits: months(v.BFrom, v.BTo)}
	if t.Units == 0 || t.ThanUnits == 0 {
		t.Unit, t.Units, t.ThanUnits = "days", days(v.AFrom, v.ATo), days(v.BFrom, v.BTo)
	}
	var both recount.Result
	m := r.number(&both, true, world.Spec{}, func(o *outcome) (bool, bool) { return o.counted() && o.a, o.counted() && o.b })
	t.Range = m.Share
	if m.MostOfNone > 0 {
		t.Range.HighN, t.Range.HighOf, t.Range.Exact = m.MostOfNone, 0, m.N.Exact && m.D.Exact
	}
	res.Kind, res.Ratio, res.Rows, res.Questions = "ratio", t, []recount.Result{a, b}, both.Questions
	res.Interval = interval.Ratio(t.N, t.Units, t.Than, t.ThanUnits)
	said := ""
	switch iv := res.Interval; {
	case iv == nil:
		said = "no cases in either period"
	// The limits have six places, so that this does not hang on the last bits.
	case iv.Low <= 1 && (iv.High < 0 || iv.High >= 1):
		said = "the two periods cannot be told apart"
	}
	res.Note = join(res.Note, said)
}

// join puts notes into one line.
func join(notes ...string) string {
	return strings.Join(slices.DeleteFunc(notes, func(s string) bool { return s == "" }), "; ")
}
