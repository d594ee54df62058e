package count

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"recount"
)

// What follows answered queries before results were kept per group: one graph
// over everybody, and all groups looked at for each question. It is kept as it
// was, as a second opinion, but for three things: the corners of a bound have no
// whole where the number has none, speakers may be joined to those who count, and
// nothing is open where nobody counts.

type oldGraph struct {
	members      []recount.Member
	index        map[recount.Key]int
	blockOf      []int
	blockMembers [][]int
	links        []recount.Link
	open         []recount.Link
	apart        map[[2]int]bool
	days         map[recount.Key][]string
	notes        []string
}

func oldNewGraph(members []recount.Member, links []recount.Link) *oldGraph {
	g := &oldGraph{index: map[recount.Key]int{}, apart: map[[2]int]bool{}, days: map[recount.Key][]string{}}
	sorted := slices.Clone(members)
	slices.SortStableFunc(sorted, func(a, b recount.Member) int { return strings.Compare(string(a.Key), string(b.Key)) })
	for _, m := range sorted {
		if _, ok := g.index[m.Key]; !ok && m.Scope != recount.No {
			g.index[m.Key] = len(g.members)
			g.members = append(g.members, m)
		}
	}
	ls := slices.Clone(links)
	for i := range ls {
		if ls[i].B < ls[i].A {
			ls[i].A, ls[i].B = ls[i].B, ls[i].A
		}
	}
	slices.SortFunc(ls, func(a, b recount.Link) int {
		return cmp.Or(strings.Compare(string(a.A), string(b.A)), strings.Compare(string(a.B), string(b.B)),
			strings.Compare(a.Answer, b.Answer), strings.Compare(a.Decision, b.Decision), strings.Compare(a.Reason, b.Reason))
	})
	g.links = ls
	n := len(g.members)
	for _, l := range ls {
		for _, k := range []recount.Key{l.A, l.B} {
			if _, ok := g.index[k]; !ok {
				g.index[k] = n
				n++
			}
		}
	}
	root := make([]int, n)
	for i := range root {
		root[i] = i
	}
	for _, l := range ls {
		if l.Answer == recount.Same {
			oldUnion(root, g.index[l.A], g.index[l.B])
		}
	}
	g.blockOf = make([]int, n)
	number := map[int]int{}
	for i := range n {
		r := oldFind(root, i)
		if _, ok := number[r]; !ok {
			number[r] = len(g.blockMembers)
			g.blockMembers = append(g.blockMembers, nil)
		}
		b := number[r]
		g.blockOf[i] = b
		if i < len(g.members) {
			g.blockMembers[b] = append(g.blockMembers[b], i)
		}
	}
	for _, l := range ls {
		if l.Answer != recount.Different {
			continue
		}
		a, b := g.ends(l)
		if a == b && l.A != l.B {
			g.notes = append(g.notes, "answers contradict each other: "+g.name(l.A)+" and "+g.name(l.B)+
				" are said to be different, and the same by way of others; they are counted as the same")
			continue
		}
		g.apart[oldCut(a, b)] = true
	}
	for i, l := range ls {
		if l.Answer != recount.Unsure || i > 0 && l.A == ls[i-1].A && l.B == ls[i-1].B && ls[i-1].Answer == recount.Unsure {
			continue
		}
		a, b := g.ends(l)
		if a != b && !g.apart[oldCut(a, b)] {
			g.open = append(g.open, l)
		}
	}
	for i := range g.members {
		m := &g.members[i]
		if m.Day != "" && len(m.Dates) > 0 {
			g.days[m.Article] = append(g.days[m.Article], m.Day)
		}
		g.days[m.Article] = append(g.days[m.Article], m.Dates...)
	}
	for a, d := range g.days {
		slices.Sort(d)
		if g.days[a] = slices.Compact(d); len(g.days[a]) < 2 {
			delete(g.days, a)
		}
	}
	return g
}

func (g *oldGraph) ends(l recount.Link) (a, b int) {
	return g.blockOf[g.index[l.A]], g.blockOf[g.index[l.B]]
}

func oldCut(a, b int) [2]int { return [2]int{min(a, b), max(a, b)} }

func oldFind(root []int, i int) int {
	for root[i] != i {
		root[i] = root[root[i]]
		i = root[i]
	}
	return i
}

func oldUnion(root []int, a, b int) {
	if a, b = oldFind(root, a), oldFind(root, b); a < b {
		root[b] = a
	} else {
		root[a] = b
	}
}

type oldGroup struct {
	parts  [][]int
	shared []recount.Key
	touch  map[recount.Key][]int
	inside map[int][]recount.Key
	open   bool
}

func (g *oldGraph) groups() []*oldGroup {
	n := len(g.blockMembers)
	byLink, byAny := make([]int, n), make([]int, n)
	for i := range n {
		byLink[i], byAny[i] = i, i
	}
	questioned := make([]bool, n)
	for _, l := range g.open {
		a, b := g.ends(l)
		oldUnion(byLink, a, b)
		oldUnion(byAny, a, b)
		questioned[a] = true
	}
	touch := map[recount.Key][]int{}
	for b, ms := range g.blockMembers {
		for _, i := range ms {
			m := &g.members[i]
			if m.Scope == recount.Unclear {
				questioned[b] = true
			}
			for _, a := range append([]recount.Key{m.Article}, oldValueArticles(m)...) {
				if t := touch[a]; g.days[a] != nil && (len(t) == 0 || t[len(t)-1] != b) {
					touch[a] = append(t, b)
					questioned[b] = true
				}
			}
		}
	}
	articles := make([]recount.Key, 0, len(touch))
	for a := range touch {
		articles = append(articles, a)
	}
	slices.Sort(articles)
	for _, a := range articles {
		for _, b := range touch[a][1:] {
			oldUnion(byAny, touch[a][0], b)
		}
	}
	var out []*oldGroup
	at, oldPart := map[int]*oldGroup{}, map[int]int{}
	for b := range n {
		r := oldFind(byAny, b)
		gr := at[r]
		if gr == nil {
			gr = &oldGroup{touch: map[recount.Key][]int{}, inside: map[int][]recount.Key{}}
			at[r] = gr
			out = append(out, gr)
		}
		l := oldFind(byLink, b)
		if l == b {
			oldPart[l] = len(gr.parts)
			gr.parts = append(gr.parts, nil)
		}
		gr.parts[oldPart[l]] = append(gr.parts[oldPart[l]], b)
		gr.open = gr.open || questioned[b]
	}
	for _, a := range articles {
		gr := at[oldFind(byAny, touch[a][0])]
		if len(touch[a]) > 1 {
			gr.shared, gr.touch[a] = append(gr.shared, a), touch[a]
		} else {
			b := touch[a][0]
			gr.inside[b] = append(gr.inside[b], a)
		}
	}
	for _, gr := range out {
		gr.open = gr.open && slices.ContainsFunc(gr.blocks(), func(b int) bool {
			return slices.ContainsFunc(g.blockMembers[b], func(i int) bool { return g.members[i].Scope != recount.Joined })
		})
	}
	return out
}

func (gr *oldGroup) blocks() []int { return slices.Concat(gr.parts...) }

func (gr *oldGroup) in() map[int]bool {
	in := map[int]bool{}
	for _, b := range gr.blocks() {
		in[b] = true
	}
	return in
}

func oldValueArticles(m *recount.Member) []recount.Key {
	var out []recount.Key
	for _, v := range m.Values {
		if v.Article != "" && v.Article != m.Article {
			out = append(out, v.Article)
		}
	}
	return out
}

type oldJudge func(members []*recount.Member, days map[recount.Key]string) (class int, err error)

type oldCase struct {
	ID    string
	Class int
}

type oldPair struct{ N, D int }

func (p oldPair) oldPlus(q oldPair) oldPair { return oldPair{p.N + q.N, p.D + q.D} }

type oldSpec struct {
	Of                         func(class int) oldPair
	Always, AlwaysD, Part, NoD bool
}

type oldWorlds struct {
	Accepted []oldCase
	Notes    []string

	oldGraph *oldGraph
	judge    oldJudge
	budget   int
	fixed    []oldCase
	solvers  []*oldSolver
	asked    map[oldAsk]*oldWorlds
}

func oldNew(members []recount.Member, links []recount.Link, budget int, judge oldJudge) (*oldWorlds, error) {
	w := &oldWorlds{oldGraph: oldNewGraph(members, links), judge: judge, budget: budget, asked: map[oldAsk]*oldWorlds{}}
	g := w.oldGraph
	w.Notes = g.notes
	days := map[recount.Key]string{}
	for i := range g.members {
		m := &g.members[i]
		if _, ok := days[m.Article]; !ok && g.days[m.Article] != nil {
			days[m.Article] = oldDay(m)
		}
	}
	for _, gr := range g.groups() {
		if gr.open {
			w.solvers = append(w.solvers, oldNewSolver(g, gr, budget, judge))
		}
		for _, b := range gr.blocks() {
			id, ms := g.inScope(b)
			if len(ms) == 0 {
				continue
			}
			class, err := judge(ms, days)
			if err != nil {
				return nil, err
			}
			w.Accepted = append(w.Accepted, oldCase{id, class})
			if !gr.open {
				w.fixed = append(w.fixed, oldCase{id, class})
			}
		}
	}
	slices.SortStableFunc(w.Accepted, func(a, b oldCase) int { return strings.Compare(a.ID, b.ID) })
	return w, nil
}

func (g *oldGraph) inScope(b int) (id string, ms []*recount.Member) {
	for _, i := range g.blockMembers[b] {
		m := &g.members[i]
		if m.Scope != recount.Yes && m.Scope != recount.Joined {
			continue
		}
		ms = append(ms, m)
		if own := cmp.Or(m.Decision, string(m.Key)); m.Scope == recount.Yes && (id == "" || own < id) {
			id = own
		}
	}
	if id == "" {
		return "", nil
	}
	return id, ms
}

func oldDay(m *recount.Member) string {
	if m.Day == "" && len(m.Dates) > 0 {
		return m.Dates[0]
	}
	return m.Day
}

func (w *oldWorlds) Walk() {
	for _, s := range w.solvers {
		s.pairs(oldSpec{Of: func(int) oldPair { return oldPair{} }})
	}
}

func (w *oldWorlds) Err() error {
	for _, s := range w.solvers {
		if s.err != nil {
			return s.err
		}
	}
	return nil
}

type oldMeasure struct {
	N, D       recount.IntRange
	Share      recount.ShareRange
	MostOfNone int
	Questions  []*recount.Question
	Note       string
}

func (w *oldWorlds) Measure(sp oldSpec, share bool) oldMeasure {
	var m oldMeasure
	sets := [][]oldPair{{w.base(sp)}}
	exactN, exactD := true, true
	over := make([]bool, len(w.solvers))
	for i, s := range w.solvers {
		set, n, d := s.pairs(sp)
		sets = append(sets, set)
		exactN, exactD = exactN && n, exactD && d
		if over[i] = !n || !d; over[i] && m.Note == "" {
			m.Note = fmt.Sprintf("not exact: the open questions around %s are too many to count out, so these are outer bounds", s.name())
		}
	}
	m.fill(sets, share)
	m.N.Exact, m.D.Exact = exactN, exactD
	m.Share.Exact = exactN && exactD && m.Share.LowOf > 0
	moved := w.moving(&m, sp, share, sets, over)
	for i := range moved {
		m.Questions = append(m.Questions, &moved[i])
	}
	return m
}

func (w *oldWorlds) base(sp oldSpec) (base oldPair) {
	for _, c := range w.fixed {
		base = base.oldPlus(sp.Of(c.Class))
	}
	return base
}

func (m *oldMeasure) fill(sets [][]oldPair, share bool) {
	m.N.Low, m.N.High = oldIntRange(sets, func(p oldPair) int { return p.N })
	m.D.Low, m.D.High = oldIntRange(sets, func(p oldPair) int { return p.D })
	if share {
		m.Share = oldShareRange(sets)
		m.MostOfNone = oldMostOfNone(sets)
	}
}

func (m *oldMeasure) same(o *oldMeasure) bool {
	a, b := m.Share, o.Share
	return m.N.Low == o.N.Low && m.N.High == o.N.High && m.D.Low == o.D.Low && m.D.High == o.D.High && m.MostOfNone == o.MostOfNone &&
		(a.LowOf == 0) == (b.LowOf == 0) && a.LowN*b.LowOf == b.LowN*a.LowOf && a.HighN*b.HighOf == b.HighN*a.HighOf
}

const oldMaxBlocks = 256

type oldBitset [oldMaxBlocks / 64]uint64

func (s *oldBitset) add(i int)     { s[i/64] |= 1 << (i % 64) }
func (s oldBitset) has(i int) bool { return s[i/64]>>(i%64)&1 == 1 }
func (s oldBitset) and(t oldBitset) oldBitset {
	for i := range s {
		s[i] &= t[i]
	}
	return s
}
func (s oldBitset) or(t oldBitset) oldBitset {
	for i := range s {
		s[i] |= t[i]
	}
	return s
}
func (s oldBitset) minus(t oldBitset) oldBitset {
	for i := range s {
		s[i] &^= t[i]
	}
	return s
}

func (s oldBitset) first() int {
	for i, w := range s {
		if w != 0 {
			return i*64 + bits.TrailingZeros64(w)
		}
	}
	return -1
}

type oldPart struct {
	blocks   []int
	touched  map[recount.Key]oldBitset
	next     []oldBitset
	apart    []oldBitset
	anyApart bool
}

type oldSolver struct {
	g        *oldGraph
	oldGroup *oldGroup
	parts    []*oldPart
	judge    oldJudge
	budget   int
	steps    int
	most     int
	over     bool
	err      error

	cases map[oldCaseKey][]int
	dry   bool
	seen  map[oldCaseKey]bool
}

type oldCaseKey struct {
	oldPart *oldPart
	set     oldBitset
	days    string
}

const oldEvaluation = 8

func oldNewSolver(g *oldGraph, gr *oldGroup, budget int, judge oldJudge) *oldSolver {
	s := &oldSolver{g: g, oldGroup: gr, judge: judge, budget: budget, cases: map[oldCaseKey][]int{}}
	local := map[int][2]int{}
	for i, blocks := range gr.parts {
		p := &oldPart{blocks: blocks, touched: map[recount.Key]oldBitset{}}
		if len(blocks) <= oldMaxBlocks {
			p.next, p.apart = make([]oldBitset, len(blocks)), make([]oldBitset, len(blocks))
		}
		for j, b := range blocks {
			local[b] = [2]int{i, j}
		}
		s.parts = append(s.parts, p)
	}
	for _, a := range gr.shared {
		for _, b := range gr.touch[a] {
			p := s.parts[local[b][0]]
			if t := p.touched[a]; local[b][1] < oldMaxBlocks {
				t.add(local[b][1])
				p.touched[a] = t
			}
		}
	}
	if len(local) == 1 {
		return s
	}
	for _, l := range g.open {
		a, b := g.ends(l)
		s.edge(local, a, b, false)
	}
	for ab := range g.apart {
		s.edge(local, ab[0], ab[1], true)
	}
	return s
}

func (s *oldSolver) edge(local map[int][2]int, a, b int, apart bool) {
	x, ok := local[a]
	y, ok2 := local[b]
	if !ok || !ok2 || x[0] != y[0] {
		return
	}
	p := s.parts[x[0]]
	p.anyApart = p.anyApart || apart
	if p.next == nil {
		return
	}
	e := p.next
	if apart {
		e = p.apart
	}
	e[x[1]].add(y[1])
	e[y[1]].add(x[1])
}

func (s *oldSolver) spend(n int) bool {
	s.steps += n
	return s.steps <= s.budget && s.err == nil
}

func (s *oldSolver) pairs(sp oldSpec) (out []oldPair, exactN, exactD bool) {
	if sp.Always && !slices.ContainsFunc(s.parts, func(p *oldPart) bool { return p.anyApart }) {
		return s.bound(sp)
	}
	if s.over || !s.feasible() {
		s.over = true
		return s.bound(sp)
	}
	s.steps = 0
	defer func() { s.most = max(s.most, s.steps) }()
	for days := range s.assignments(s.oldGroup.shared) {
		total := []oldPair{{0, 0}}
		for _, p := range s.parts {
			f, ok := s.rest(p, p.all(), days, sp, map[oldBitset][]oldPair{})
			if !ok || !s.spend(len(total)*len(f)) {
				s.over = true
				return s.bound(sp)
			}
			total = oldPlus(total, f)
		}
		out = append(out, total...)
	}
	return oldTidy(out), true, true
}

func (s *oldSolver) feasible() bool {
	if s.seen != nil {
		return true
	}
	s.seen = map[oldCaseKey]bool{}
	worlds := 1
	for _, a := range s.oldGroup.shared {
		if worlds *= len(s.g.days[a]); worlds > s.budget {
			return false
		}
	}
	s.steps, s.dry = 0, true
	defer func() { s.dry = false }()
	for _, p := range s.parts {
		if len(p.blocks) > oldMaxBlocks {
			return false
		}
		if _, ok := s.rest(p, p.all(), nil, oldSpec{}, map[oldBitset][]oldPair{}); !ok {
			return false
		}
	}
	return s.steps <= s.budget/worlds
}

func (s *oldSolver) assignments(articles []recount.Key) func(func(map[recount.Key]string) bool) {
	return func(yield func(map[recount.Key]string) bool) {
		at := make([]int, len(articles))
		days := map[recount.Key]string{}
		for i := 0; i < len(at) || len(at) == 0; {
			for j, a := range articles {
				days[a] = s.g.days[a][at[j]]
			}
			if !yield(days) {
				return
			}
			for i = 0; i < len(at); i++ {
				if at[i]++; at[i] < len(s.g.days[articles[i]]) {
					break
				}
				at[i] = 0
			}
			if len(at) == 0 {
				return
			}
		}
	}
}

func (p *oldPart) all() (b oldBitset) {
	for i := range p.blocks {
		b.add(i)
	}
	return b
}

func (s *oldSolver) rest(p *oldPart, mask oldBitset, days map[recount.Key]string, sp oldSpec, memo map[oldBitset][]oldPair) ([]oldPair, bool) {
	v := mask.first()
	if v < 0 {
		return []oldPair{{0, 0}}, true
	}
	if f, ok := memo[mask]; ok {
		return f, true
	}
	if !s.spend(1) {
		return nil, false
	}
	if near := p.reach(v, mask); near != mask {
		a, ok := s.rest(p, near, days, sp, memo)
		if !ok {
			return nil, false
		}
		b, ok := s.rest(p, mask.minus(near), days, sp, memo)
		if !ok || !s.spend(len(a)*len(b)) {
			return nil, false
		}
		out := oldPlus(a, b)
		memo[mask] = out
		return out, true
	}
	var out []oldPair
	var start oldBitset
	start.add(v)
	ok := s.connected(p, mask, start, p.next[v].and(mask), oldBitset{}, p.apart[v], func(set oldBitset) bool {
		classes, fine := s.caseOf(p, set, days)
		if !fine {
			return false
		}
		left, fine := s.rest(p, mask.minus(set), days, sp, memo)
		if !fine || !s.spend(len(classes)*len(left)) {
			return false
		}
		own := make([]oldPair, 0, len(classes))
		for _, c := range classes {
			if c < 0 {
				own = append(own, oldPair{0, 0})
			} else {
				own = append(own, sp.Of(c))
			}
		}
		out = append(out, oldPlus(oldTidy(own), left)...)
		return true
	})
	if !ok {
		return nil, false
	}
	out = oldTidy(out)
	memo[mask] = out
	return out, true
}

func (p *oldPart) reach(v int, mask oldBitset) oldBitset {
	var seen oldBitset
	seen.add(v)
	for front := seen; ; {
		w := front.first()
		if w < 0 {
			return seen
		}
		var one oldBitset
		one.add(w)
		fresh := p.next[w].and(mask).minus(seen)
		seen = seen.or(fresh)
		front = front.minus(one).or(fresh)
	}
}

func (s *oldSolver) connected(p *oldPart, mask, set, border, never, apart oldBitset, yield func(oldBitset) bool) bool {
	if !s.spend(1) || !yield(set) {
		return false
	}
	border = border.minus(never).minus(set)
	for w := border.first(); w >= 0; w = border.first() {
		var one oldBitset
		one.add(w)
		border = border.minus(one)
		never = never.or(one)
		if apart.has(w) {
			continue
		}
		if !s.connected(p, mask, set.or(one), border.or(p.next[w].and(mask)), never, apart.or(p.apart[w]), yield) {
			return false
		}
	}
	return true
}

func (s *oldSolver) caseOf(p *oldPart, set oldBitset, shared map[recount.Key]string) ([]int, bool) {
	key := oldCaseKey{oldPart: p, set: set}
	if s.dry && s.seen[key] {
		return nil, true
	}
	days := map[recount.Key]string{}
	for _, a := range s.oldGroup.shared {
		if !s.dry && p.touched[a].and(set) != (oldBitset{}) {
			days[a] = shared[a]
			key.days += string(a) + "=" + shared[a] + "\n"
		}
	}
	if c, ok := s.cases[key]; ok {
		return c, true
	}
	var members, unclear, joined []*recount.Member
	var inside []recount.Key
	for i, b := range p.blocks {
		if !set.has(i) {
			continue
		}
		for _, m := range s.g.blockMembers[b] {
			switch mem := &s.g.members[m]; mem.Scope {
			case recount.Yes:
				members = append(members, mem)
			case recount.Joined:
				joined = append(joined, mem)
			default:
				unclear = append(unclear, mem)
			}
		}
		inside = append(inside, s.oldGroup.inside[b]...)
	}
	judged := 1
	for range unclear {
		judged = min(2*judged, s.budget+1)
	}
	for _, a := range inside {
		judged = min(judged*len(s.g.days[a]), s.budget+1)
	}
	if !s.spend(judged * (oldEvaluation + (len(members)+len(joined))/8)) {
		return nil, false
	}
	if s.dry {
		s.seen[key] = true
		return nil, true
	}
	var out []int
	for in := range 1 << len(unclear) {
		counted := slices.Clone(members)
		for i, m := range unclear {
			if in>>i&1 == 1 {
				counted = append(counted, m)
			}
		}
		if len(counted) == 0 {
			out = append(out, -1)
			continue
		}
		counted = append(counted, joined...)
		for own := range s.assignments(inside) {
			for a, d := range own {
				days[a] = d
			}
			class, err := s.judge(counted, days)
			if err != nil {
				s.err = err
				return nil, false
			}
			out = append(out, class)
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	s.cases[key] = out
	return out, true
}

func (s *oldSolver) bound(sp oldSpec) (out []oldPair, exactN, exactD bool) {
	defer func() {
		for i := range out {
			if sp.NoD {
				out[i].D = 0
			}
		}
		out = oldTidy(out)
	}()
	hi, lo := 0, 0
	exactLow := true
	for _, p := range s.parts {
		var sure []int
		for i, b := range p.blocks {
			ms := s.g.blockMembers[b]
			if slices.ContainsFunc(ms, func(m int) bool { return s.g.members[m].Scope != recount.Joined }) {
				hi++
			}
			if slices.ContainsFunc(ms, func(m int) bool { return s.g.members[m].Scope == recount.Yes }) {
				sure = append(sure, i)
			}
		}
		var clique []int
		for _, i := range sure {
			different := true
			for _, j := range clique {
				a, b := p.blocks[i], p.blocks[j]
				different = different && s.g.apart[oldCut(a, b)]
			}
			if different {
				clique = append(clique, i)
			}
		}
		lo += len(clique)
		exactLow = exactLow && !p.anyApart
	}
	switch {
	case sp.Always:
		return oldTidy([]oldPair{{lo, lo}, {hi, hi}}), exactLow, exactLow
	case sp.AlwaysD:
		return oldTidy([]oldPair{{0, lo}, {lo, lo}, {0, hi}, {hi, hi}}), false, exactLow
	case sp.Part:
		return oldTidy([]oldPair{{0, 0}, {0, hi}, {hi, hi}}), false, false
	}
	return oldTidy([]oldPair{{0, 0}, {0, hi}, {hi, 0}, {hi, hi}}), false, false
}

func oldPlus(a, b []oldPair) []oldPair {
	if len(a) == 1 && a[0] == (oldPair{}) {
		return b
	}
	out := make([]oldPair, 0, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			out = append(out, x.oldPlus(y))
		}
	}
	return oldTidy(out)
}

func oldTidy(p []oldPair) []oldPair {
	slices.SortFunc(p, func(a, b oldPair) int { return cmp.Or(cmp.Compare(a.N, b.N), cmp.Compare(a.D, b.D)) })
	return slices.Compact(p)
}

func oldIntRange(sets [][]oldPair, get func(oldPair) int) (lo, hi int) {
	for _, s := range sets {
		l, h := get(s[0]), get(s[0])
		for _, p := range s[1:] {
			l, h = min(l, get(p)), max(h, get(p))
		}
		lo, hi = lo+l, hi+h
	}
	return lo, hi
}

func oldShareRange(sets [][]oldPair) (r recount.ShareRange) {
	var base oldPair
	var free [][]oldPair
	for _, s := range sets {
		if len(s) == 1 {
			base = base.oldPlus(s[0])
		} else {
			free = append(free, s)
		}
	}
	lo, hi := oldExtreme(base, free, 1), oldExtreme(base, free, -1)
	return recount.ShareRange{LowN: lo.N, LowOf: lo.D, HighN: hi.N, HighOf: hi.D}
}

func oldExtreme(base oldPair, free [][]oldPair, sign int) oldPair {
	at := base
	for _, s := range free {
		best := s[0]
		for _, p := range s[1:] {
			if p.D > best.D {
				best = p
			}
		}
		at = at.oldPlus(best)
	}
	if at.D == 0 {
		return oldPair{}
	}
	for {
		value := func(p oldPair) int { return sign * (at.D*p.N - at.N*p.D) }
		sum := base
		swap, extra, cost := oldPair{}, oldPair{}, -1
		for _, s := range free {
			best := s[0]
			for _, p := range s[1:] {
				if value(p) < value(best) {
					best = p
				}
			}
			sum = sum.oldPlus(best)
			for _, p := range s {
				if c := value(p) - value(best); p.D > 0 && (cost < 0 || c < cost) {
					swap, extra, cost = best, p, c
				}
			}
		}
		if sum.D == 0 {
			sum = oldPair{sum.N - swap.N + extra.N, sum.D - swap.D + extra.D}
		}
		if value(sum) >= 0 {
			return at
		}
		at = sum
	}
}

func oldMostOfNone(sets [][]oldPair) (n int) {
	for _, s := range sets {
		best := -1
		for _, p := range s {
			if p.D == 0 && p.N > best {
				best = p.N
			}
		}
		if best < 0 {
			return 0
		}
		n += best
	}
	return n
}

type oldAsk struct {
	what, answer string
	about        recount.Key
}

const oldPatience = 4

func (w *oldWorlds) moving(m *oldMeasure, sp oldSpec, share bool, sets [][]oldPair, over []bool) []recount.Question {
	var out []recount.Question
	for i, s := range w.solvers {
		if len(sets[i+1]) < 2 && !over[i] {
			continue
		}
		all := s.questions()
		if 2*s.most*len(all) > oldPatience*w.budget {
			out = append(out, all...)
			continue
		}
		moves := slices.DeleteFunc(slices.Clone(all), func(q recount.Question) bool {
			return !over[i] && !w.moves(m, sp, share, sets, i, q)
		})
		if len(moves) == 0 {
			moves = all
		}
		out = append(out, moves...)
	}
	rank := map[string]int{"link": 0, "scope": 1, "date": 2}
	slices.SortStableFunc(out, func(a, b recount.Question) int {
		return cmp.Or(rank[a.What]-rank[b.What], slices.Compare(a.About, b.About))
	})
	return out
}

func (w *oldWorlds) moves(m *oldMeasure, sp oldSpec, share bool, sets [][]oldPair, i int, q recount.Question) bool {
	for _, answer := range w.answers(q) {
		sub := w.given(w.solvers[i], q, answer)
		if sub == nil {
			continue
		}
		changed := slices.Clone(sets)
		changed[i+1] = []oldPair{sub.base(sp)}
		for _, s := range sub.solvers {
			set, _, _ := s.pairs(sp)
			changed = append(changed, set)
		}
		var now oldMeasure
		if now.fill(changed, share); !now.same(m) {
			return true
		}
	}
	return false
}

func (w *oldWorlds) answers(q recount.Question) []string {
	switch q.What {
	case "link":
		return []string{recount.Different, recount.Same}
	case "scope":
		return []string{recount.No, recount.Yes}
	}
	return w.oldGraph.days[q.About[0]]
}

func (w *oldWorlds) given(s *oldSolver, q recount.Question, answer string) *oldWorlds {
	at := oldAsk{q.What, answer, q.Key}
	if sub, ok := w.asked[at]; ok {
		return sub
	}
	in := s.oldGroup.in()
	var members []recount.Member
	for i, m := range s.g.members {
		if !in[s.g.blockOf[i]] {
			continue
		}
		if q.What == "scope" && m.Key == q.About[0] {
			m.Scope = answer
		}
		if q.What == "date" {
			if m.Article == q.About[0] {
				m.Day, m.Dates = answer, []string{answer}
			}
			m.Values = slices.Clone(m.Values)
			for j := range m.Values {
				if m.Values[j].Article == q.About[0] {
					m.Values[j].Day = answer
				}
			}
		}
		members = append(members, m)
	}
	var links []recount.Link
	for _, l := range w.oldGraph.links {
		a, b := s.g.ends(l)
		if !in[a] || !in[b] {
			continue
		}
		if q.What == "link" && l.A == q.About[0] && l.B == q.About[1] && l.Answer == recount.Unsure {
			l.Answer = answer
		}
		links = append(links, l)
	}
	sub, err := oldNew(members, links, w.budget, w.judge)
	if err != nil {
		sub = nil
	}
	w.asked[at] = sub
	return sub
}

func (s *oldSolver) questions() []recount.Question {
	g, in := s.g, s.oldGroup.in()
	var out []recount.Question
	for _, l := range g.open {
		if a, _ := g.ends(l); in[a] {
			out = append(out, recount.Question{Key: recount.KeyOf("link", string(l.A), string(l.B)), What: "link",
				Text:  oldBecause(fmt.Sprintf("are %s and %s one person?", g.name(l.A), g.name(l.B)), l.Reason),
				About: []recount.Key{l.A, l.B}})
		}
	}
	dated := map[recount.Key]bool{}
	for i := range g.members {
		m := &g.members[i]
		if !in[g.blockOf[i]] {
			continue
		}
		if m.Scope == recount.Unclear {
			out = append(out, recount.Question{Key: m.Key, What: "scope",
				Text: fmt.Sprintf("does %s count?", g.name(m.Key)), About: []recount.Key{m.Key}})
		}
		if days := g.days[m.Article]; days != nil && !dated[m.Article] {
			dated[m.Article] = true
			page := m.Speaker.At.Page
			if page == "" {
				page = "the article about " + g.name(m.Key)
			}
			out = append(out, recount.Question{Key: m.Article, What: "date",
				Text:  oldBecause("was "+page+" published on "+strings.Join(days, " or ")+"?", m.DateReason),
				About: []recount.Key{m.Article}})
		}
	}
	return out
}

func oldBecause(question, reason string) string {
	if reason == "" {
		return question
	}
	return question + " (" + reason + ")"
}

func (s *oldSolver) name() string {
	first, others := "", -1
	for _, b := range s.oldGroup.blocks() {
		for _, i := range s.g.blockMembers[b] {
			if first == "" {
				first = s.g.name(s.g.members[i].Key)
			}
			others++
		}
	}
	return fmt.Sprintf("%s and %d others", first, others)
}

func (g *oldGraph) name(k recount.Key) string {
	i, ok := g.index[k]
	if !ok || i >= len(g.members) {
		return "a speaker who does not count"
	}
	m := &g.members[i]
	s := cmp.Or(m.Speaker.Name, "an unnamed speaker")
	if m.Outlet == "" {
		return s
	}
	if d := oldDay(m); d != "" {
		return s + " (" + m.Outlet + ", " + d + ")"
	}
	return s + " (" + m.Outlet + ")"
}

type oldRun struct {
	q               Query
	p               *Problem
	b               *book
	only, where, of *filter
	dims            []dimension
	worlds          *oldWorlds
	outcomes        []oldOutcome
	classes         map[string]int
}

type oldOutcome struct {
	of, where bool
	a, b      bool
	keys      [2][]string
}

func (o *oldOutcome) counted() bool { return o.of && o.where }

func resultBefore(p *Problem, q Query) (recount.Result, error) {
	r := &oldRun{q: q, p: p, b: newBook(p), classes: map[string]int{}}
	res, err := r.result()
	if err != nil {
		if q.Name != "" {
			err = fmt.Errorf("result %s: %w", q.Name, err)
		}
		return recount.Result{}, err
	}
	return res, nil
}

func (r *oldRun) result() (res recount.Result, err error) {
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
	if r.worlds, err = oldNew(r.p.Members, r.p.Links, budget, r.judge); err != nil {
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
	r.number(&res, whole, oldSpec{Part: true, Always: all, AlwaysD: r.only == nil && r.of == nil},
		func(o *oldOutcome) (bool, bool) { return o.counted(), o.of })
	res.Note = join(append(slices.Clone(r.worlds.Notes), res.Note)...)
	if whole && r.p.Rules.Sample {
		res.Interval = Wilson(res.N, res.Of)
	}
	switch {
	case r.q.Versus != nil:
		r.ratio(&res)
	case len(r.dims) > 0:
		r.rows(&res)
	}
	return res, r.worlds.Err()
}

func (r *oldRun) judge(members []*recount.Member, days map[recount.Key]string) (class int, err error) {
	v := r.b.look(members, days)
	env := r.b.environment(v)
	var o oldOutcome
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
		o.a, o.b = oldWithin(v.first, w.AFrom, w.ATo), oldWithin(v.first, w.BFrom, w.BTo)
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

func (r *oldRun) number(res *recount.Result, whole bool, sp oldSpec, in func(*oldOutcome) (n, d bool)) oldMeasure {
	sp.NoD = !whole
	sp.Of = func(class int) (p oldPair) {
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

func (r *oldRun) ratio(res *recount.Result) {
	v := r.q.Versus
	row := func(from, to string, in func(*oldOutcome) bool) recount.Result {
		x := recount.Result{Name: from + ".." + to, Label: from + " to " + to, Kind: "count", Unit: "cases"}
		r.number(&x, false, oldSpec{}, func(o *oldOutcome) (bool, bool) { return o.counted() && in(o), false })
		return x
	}
	a := row(v.AFrom, v.ATo, func(o *oldOutcome) bool { return o.a })
	b := row(v.BFrom, v.BTo, func(o *oldOutcome) bool { return o.b })
	t := &recount.Ratio{N: a.N, Than: b.N, Unit: "months", Units: oldMonths(v.AFrom, v.ATo), ThanUnits: oldMonths(v.BFrom, v.BTo)}
	if t.Units == 0 || t.ThanUnits == 0 {
		t.Unit, t.Units, t.ThanUnits = "days", oldDays(v.AFrom, v.ATo), oldDays(v.BFrom, v.BTo)
	}
	var both recount.Result
	m := r.number(&both, true, oldSpec{}, func(o *oldOutcome) (bool, bool) { return o.counted() && o.a, o.counted() && o.b })
	t.Range = m.Share
	if m.MostOfNone > 0 {
		t.Range.HighN, t.Range.HighOf, t.Range.Exact = m.MostOfNone, 0, m.N.Exact && m.D.Exact
	}
	res.Kind, res.Ratio, res.Rows, res.Questions = "ratio", t, []recount.Result{a, b}, both.Questions
	said := ""
	if t.N+t.Than == 0 {
		said = "no cases in either period"
	}
	res.Interval = ratioInterval(t.N, t.Units, t.Than, t.ThanUnits)
	switch iv := res.Interval; {
	case iv == nil:
	case iv.Low <= 1 && (iv.High < 0 || iv.High >= 1):
		said = "the two periods cannot be told apart"
	}
	res.Note = join(res.Note, said)
}

func (r *oldRun) rows(res *recount.Result) {
	res.Kind = "table"
	if r.dims[0].step != "" {
		res.Kind = "trend"
	}
	r.worlds.Walk()
	keys := [2][]string{}
	for i := range r.dims {
		keys[i] = r.keys(i)
	}
	open := false
	for _, k := range keys[0] {
		first := func(o *oldOutcome) bool { return slices.Contains(o.keys[0], k) }
		row := r.row(r.dims[0], k, k, first)
		open = open || row.Range.Low != row.Range.High
		if len(r.dims) == 2 {
			row.Kind = "table"
			for _, k2 := range keys[1] {
				cell := r.row(r.dims[1], k, k2, func(o *oldOutcome) bool { return first(o) && slices.Contains(o.keys[1], k2) })
				open = open || cell.Range.Low != cell.Range.High
				row.Rows = append(row.Rows, cell)
			}
		}
		res.Rows = append(res.Rows, row)
	}
	n := []string{res.Note}
	if open {
		n = append(n, "each range stands by itself: the rows need not reach their ends together")
	}
	if d := r.dims[0].name; d == "code" || d == "code.top" || d == "outlet" {
		n = append(n, "a person may stand in several rows")
		if d == "outlet" {
			n = append(n, "an outlet stands for every original with the case that it printed, reprints too")
		}
	}
	res.Note = join(n...)
}

func (r *oldRun) row(d dimension, row, k string, match func(*oldOutcome) bool) recount.Result {
	x := recount.Result{Name: k, Kind: "count", Label: r.b.rowLabel(d, k), Unit: "cases"}
	if r.q.Share {
		x.Kind = "share"
	}
	r.number(&x, true, oldSpec{Part: true}, func(o *oldOutcome) (bool, bool) {
		if r.q.Share {
			return o.counted() && match(o), o.of && match(o)
		}
		based := row == NotCoded || len(r.dims) > 1 || r.dims[0].name != "code" && r.dims[0].name != "code.top" || !slices.Contains(o.keys[0], NotCoded)
		return o.counted() && match(o), o.counted() && based
	})
	switch {
	case !r.p.Rules.Sample:
	case d.step != "" && !r.q.Share:
		x.Interval = Garwood(x.N)
	default:
		x.Interval = Wilson(x.N, x.Of)
	}
	return x
}

func (r *oldRun) keys(i int) []string {
	n := map[string]int{}
	for _, c := range r.worlds.Accepted {
		if o := &r.outcomes[c.Class]; o.counted() {
			for _, k := range o.keys[i] {
				n[k]++
			}
		}
	}
	for _, o := range r.outcomes {
		if o.counted() || r.q.Share && o.of {
			for _, k := range o.keys[i] {
				n[k] += 0
			}
		}
	}
	d := r.dims[i]
	rank := map[string]int{noCode: 1, NotCoded: 2, conflict: 3, unknown: 4}
	if d.name == "code" || d.name == "code.top" {
		for j, c := range r.b.codes.Codes {
			if d.name == "code" || c.Parent == "" {
				n[c.Code] += 0
				rank[c.Code] = j - len(r.b.codes.Codes)
			}
		}
	}
	var keys []string
	ascending := true
	for k := range n {
		keys = append(keys, k)
		ascending = ascending && (rank[k] > 0 || d.step != "" || oldIsDate(k) || number(k) != nil)
	}
	less := func(a, b string) int {
		if c := rank[a] - rank[b]; c != 0 {
			return c
		}
		if ascending {
			if x, y := number(a), number(b); x != nil && y != nil {
				return x.Cmp(y)
			}
			return strings.Compare(a, b)
		}
		if n[a] != n[b] {
			return n[b] - n[a]
		}
		return strings.Compare(a, b)
	}
	slices.SortFunc(keys, less)
	if d.step == "" {
		return keys
	}
	return r.fill(keys, d.step, i)
}

func (r *oldRun) fill(keys []string, step string, dim int) []string {
	known := keys
	var tail []string
	if len(keys) > 0 && keys[len(keys)-1] == unknown {
		known, tail = keys[:len(keys)-1], []string{unknown}
	}
	var ends []string
	if len(known) > 0 {
		ends = append(ends, known[0], known[len(known)-1])
	}
	if dim == 0 {
		for _, e := range []string{r.q.From, r.q.To} {
			if k := oldPeriodOf(e, step); k != unknown {
				ends = append(ends, k)
			}
		}
	}
	if len(ends) == 0 {
		return tail
	}
	var out []string
	for p, last := slices.Min(ends), slices.Max(ends); p != "" && p <= last; p = oldAfter(p, step) {
		if out = append(out, p); len(out) > maxPeriods {
			return keys
		}
	}
	return append(out, tail...)
}
