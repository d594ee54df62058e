package count

import (
	"cmp"
	"math/bits"
	"slices"
	"sort"
	"strings"

	"recount"
)

// prepare counts a group out. Which worlds a group has, and how its numbers are
// made of its cases, is said by its form: who is linked to whom, and about whom
// it is open whether they count. So that is worked out for the first group of
// each form, and of the others only what their own cases are.
func (b *book) prepare(g *Group, budget int) *prepared {
	if g.single() {
		m := &g.Members[0]
		x := &b.looking
		p := &x.prepared.take(1)[0]
		p.group, p.budget, p.first, p.judged = g, budget, 1, 1
		p.views, p.accepted = x.listed.take(1), x.judged.take(1)
		p.views[0], p.accepted[0] = b.look([]*recount.Member{m}, nil), judged{idOf(m), 0}
		return p
	}
	code, ok := g.form()
	if !ok {
		return b.prepareAlone(g, budget)
	}
	f, known := b.forms[code]
	if f.first != nil {
		return b.prepareLike(g, f)
	}
	if known {
		return b.prepareAlone(g, budget)
	}
	if len(b.forms) == mostForms {
		clear(b.forms)
		clear(b.first)
	}
	b.forms[code] = formed{}
	shape := newShape(code)
	alike, at, bounded := "", []uint8(nil), shape.steps() <= budget && 2*shape.steps()*shape.questions() <= patience*budget
	if bounded {
		if alike, at, bounded = shape.canonical(); bounded {
			if first := b.first[alike]; first != nil {
				f = first.like(g, at)
				b.forms[code] = f
				return b.prepareLike(g, f)
			}
		}
	}
	p := b.prepareAlone(g, budget)
	if p.open && p.plan == nil {
		return p // it is counted out by itself
	}
	b.formed++
	p.form, p.number = p, b.formed
	b.forms[code] = formed{first: p}
	if bounded {
		p.bounded, p.at = true, at
		b.first[alike] = p
	}
	return p
}

// Forms are kept of groups of so many people, and so many of them.
const (
	mostFormed = 12
	mostForms  = 1 << 15
)

// A formed is how a group of a form is written: who of it stands for whom in
// the first group.
type formed struct {
	first   *prepared
	members []int32 // of each member of the first, the one here; nil: the same
	places  []int32 // of each question here, the place among those of the first; nil: the same
}

// form writes down what the worlds of a group depend on but for who its people
// are. It returns false for one whose days or disputes are open, as these are
// not of few forms, for one whose answers contradict each other, and for a large
// one.
func (x *Group) form() (string, bool) {
	if len(x.Members)+len(x.Links) > mostFormed || openDays(x.Members) != nil {
		return "", false
	}
	others := x.others()
	code := make([]byte, 0, 1+len(x.Members)+3*len(x.Links))
	code = append(code, byte(len(x.Members)))
	for i := range x.Members {
		m := &x.Members[i]
		if m.Scope == recount.No || len(m.Disputes) > 0 || i > 0 && x.Members[i-1].Key >= m.Key {
			return "", false
		}
		switch m.Scope {
		case recount.Yes:
			code = append(code, surelyCounts)
		case recount.Joined:
			code = append(code, joinedToOne)
		default:
			code = append(code, perhapsCounts)
		}
	}
	for i, l := range x.Links {
		if l.B < l.A || i > 0 && cmp.Or(strings.Compare(string(x.Links[i-1].A), string(l.A)), strings.Compare(string(x.Links[i-1].B), string(l.B)),
			strings.Compare(x.Links[i-1].Answer, l.Answer)) > 0 {
			return "", false
		}
		a := slices.Index(linkAnswers[:], l.Answer)
		if a < 0 {
			return "", false
		}
		code = append(code, byte(x.node(others, l.A)), byte(x.node(others, l.B)), byte(a))
	}
	return string(code), !x.torn(others)
}

// torn reports whether answers in the group contradict each other: it is
// counted out by itself.
func (x *Group) torn(others []recount.Key) bool {
	if !slices.ContainsFunc(x.Links, func(l recount.Link) bool { return l.Answer == recount.Different || contested(l) }) {
		return false
	}
	root := ownSets(len(x.Members) + len(others))
	for _, l := range x.Links {
		if l.Answer == recount.Same {
			union(root, x.node(others, l.A), x.node(others, l.B))
		}
	}
	return slices.ContainsFunc(x.Links, func(l recount.Link) bool {
		if contested(l) && l.SaidSame {
			return true // where it stands beside a `different`
		}
		return (l.Answer == recount.Different || contested(l)) && l.A != l.B && find(root, x.node(others, l.A)) == find(root, x.node(others, l.B))
	})
}

// Whether a member of a form counts.
const (
	perhapsCounts = iota
	surelyCounts
	noMember // but the end of a link
	joinedToOne
)

const (
	linkSame = iota
	linkDifferent
	linkUnsure
)

var linkAnswers = [...]string{linkSame: recount.Same, linkDifferent: recount.Different, linkUnsure: recount.Unsure}

// others lists the ends of links that are no members, sorted.
func (x *Group) others() (others []recount.Key) {
	for _, l := range x.Links {
		for _, k := range [...]recount.Key{l.A, l.B} {
			if _, member := x.find(k); !member {
				others = append(others, k)
			}
		}
	}
	slices.Sort(others)
	return slices.Compact(others)
}

func (x *Group) find(k recount.Key) (int, bool) {
	return sort.Find(len(x.Members), func(i int) int { return strings.Compare(string(k), string(x.Members[i].Key)) })
}

// node numbers a member, or another end of a link behind all members.
func (x *Group) node(others []recount.Key, k recount.Key) int {
	n, member := x.find(k)
	if !member {
		n, _ = slices.BinarySearch(others, k)
		n += len(x.Members)
	}
	return n
}

// A shape is a form that was read.
type shape struct {
	members, nodes int
	counts         []byte     // of each member
	links          [][3]uint8 // two nodes and the answer
}

func newShape(code string) *shape {
	n := int(code[0])
	x := &shape{members: n, nodes: n}
	x.counts = []byte(code[1 : 1+n])
	for rest := code[1+n:]; rest != ""; rest = rest[3:] {
		x.links = append(x.links, [3]uint8{rest[0], rest[1], rest[2]})
		x.nodes = max(x.nodes, int(rest[0])+1, int(rest[1])+1)
	}
	return x
}

// counting says whether a node counts.
func (x *shape) counting(node int) byte {
	if node < x.members {
		return x.counts[node]
	}
	return noMember
}

// questions is how many questions a group of this form has at most.
func (x *shape) questions() (n int) {
	for _, c := range x.counts {
		if c == perhapsCounts {
			n++
		}
	}
	for _, l := range x.links {
		if l[2] == linkUnsure {
			n++
		}
	}
	return n
}

const mostBlocks = 8 // of a form whose steps are bounded

// steps is a number of steps that nothing about a group of this form takes more
// than, in whatever order its people stand: neither a number, nor what an
// answer leaves of it. A solver takes steps for sets of people who may be one
// case and for those left then, so they are added up over all of both. An
// answer takes sets away, or joins two people in each.
func (x *shape) steps() int {
	const far = 1 << 30
	root := ownSets(x.nodes)
	for _, l := range x.links {
		if l[2] == linkSame {
			union(root, int(l[0]), int(l[1]))
		}
	}
	block, blocks := make([]int, x.nodes), 0
	for i := range x.nodes {
		if r := find(root, i); r == i {
			block[i] = blocks
			blocks++
		} else {
			block[i] = block[r]
		}
	}
	if blocks > mostBlocks {
		return far
	}
	var next, apart [mostBlocks]uint
	for _, l := range x.links {
		a, b := block[l[0]], block[l[1]]
		e := &next
		switch l[2] {
		case linkSame:
			continue
		case linkDifferent:
			e = &apart
		}
		e[a] |= 1 << b
		e[b] |= 1 << a
	}
	var counting, unclear [mostBlocks]int // members by block
	people := 0
	for i, c := range x.counts {
		if counting[block[i]]+unclear[block[i]] == 0 {
			people++
		}
		if c == perhapsCounts {
			unclear[block[i]]++
		} else {
			counting[block[i]]++
		}
	}
	pairs := (people + 1) * (people + 1)
	total := pairs + (1<<blocks)*(1+(people/2+1)*(people/2+1)*(people/2+1)*(people/2+1))
	for set := uint(1); set < 1<<blocks; set++ {
		reached, members, open := set&-set, 0, 0
		for grown := uint(0); grown != reached; {
			grown = reached
			for b := range blocks {
				if grown>>b&1 == 1 {
					reached |= next[b] & set
				}
			}
		}
		fits := reached == set
		for b := range blocks {
			if set>>b&1 == 1 {
				fits = fits && apart[b]&set&^(1<<b) == 0
				members, open = members+counting[b]+unclear[b], open+unclear[b]
			}
		}
		if !fits {
			continue
		}
		ways := 1 << open
		total += ways*(evaluation+members/8) + 1<<(blocks-bits.OnesCount(set))*(1+ways*pairs)
	}
	return total
}

// mostOrders is how many orders of a form's people are tried.
const mostOrders = 720

// canonical writes a form the same way in whatever order its people stand, and
// says where each of them stands in it. It returns false if there are too many
// orders to try.
func (x *shape) canonical() (code string, at []uint8, ok bool) {
	// People are told apart by whether they count, then by whom they are linked
	// to, as far as that goes.
	color := make([]int, x.nodes)
	for i := range color {
		color[i] = int(x.counting(i))
	}
	near := make([][]int, x.nodes)
	order := make([]int, x.nodes)
	classes := 0
	for {
		for i := range near {
			near[i] = append(near[i][:0], color[i])
			order[i] = i
		}
		for _, l := range x.links {
			near[l[0]] = append(near[l[0]], color[l[1]]*len(linkAnswers)+int(l[2]))
			near[l[1]] = append(near[l[1]], color[l[0]]*len(linkAnswers)+int(l[2]))
		}
		for i := range near {
			slices.Sort(near[i][1:])
		}
		slices.SortStableFunc(order, func(a, b int) int { return slices.Compare(near[a], near[b]) })
		n := 0
		for i, v := range order {
			if i == 0 || slices.Compare(near[order[i-1]], near[v]) != 0 {
				n++
			}
			color[v] = n - 1
		}
		if n == classes {
			break
		}
		classes = n
	}
	orders := 1
	for i, same := 1, 1; i < len(order); i++ {
		if same++; color[order[i]] != color[order[i-1]] {
			same = 1
		}
		if orders *= same; orders > mostOrders {
			return "", nil, false
		}
	}
	// Of the orders of those who are not told apart, the one written first.
	var best []byte
	place := make([]uint8, x.nodes)
	links := make([][3]uint8, len(x.links))
	var try func(i int)
	try = func(i int) {
		if i < len(order) {
			for j := i; j < len(order) && color[order[j]] == color[order[i]]; j++ {
				order[i], order[j] = order[j], order[i]
				try(i + 1)
				order[i], order[j] = order[j], order[i]
			}
			return
		}
		for i, v := range order {
			place[v] = uint8(i)
		}
		for i, l := range x.links {
			a, b := place[l[0]], place[l[1]]
			links[i] = [3]uint8{min(a, b), max(a, b), l[2]}
		}
		slices.SortFunc(links, func(a, b [3]uint8) int { return slices.Compare(a[:], b[:]) })
		written := make([]byte, 0, 3*len(links))
		for _, l := range links {
			written = append(written, l[:]...)
		}
		if at == nil || slices.Compare(written, best) < 0 {
			best, at = written, slices.Clone(place)
		}
	}
	try(0)
	head := []byte{byte(x.members), byte(x.nodes)}
	for i := range order {
		v := slices.Index(at, uint8(i))
		head = append(head, x.counting(v))
	}
	return string(append(head, best...)), at, true
}

// like says who of a group stands for whom in the first of its form. at is
// where its people stand in the form.
func (p *prepared) like(g *Group, at []uint8) formed {
	f := formed{first: p, members: make([]int32, len(g.Members))}
	stands := make([]int, len(at)) // by place in the form
	for i, place := range at {
		stands[place] = i
	}
	first := make([]int, len(at)) // of each node here, the one of the first
	for i, place := range p.at {
		if i < len(f.members) {
			f.members[i] = int32(stands[place])
		}
		first[stands[place]] = i
	}
	// A question is known by whom it is about.
	about := func(x *Group, q *recount.Question, as func(int) int) [2]int {
		others := x.others()
		n := [2]int{as(x.node(others, q.About[0])), -1}
		if len(q.About) == 2 {
			n[1] = as(x.node(others, q.About[1]))
		}
		return [2]int{min(n[0], n[1]), max(n[0], n[1])}
	}
	places := map[[2]int]int32{}
	theirs := p.group.Questions()
	for i := range theirs {
		places[about(p.group, &theirs[i], func(n int) int { return n })] = int32(i)
	}
	ours := g.Questions()
	f.places = make([]int32, len(ours))
	for i := range ours {
		f.places[i] = places[about(g, &ours[i], func(n int) int { return first[n] })]
	}
	return f
}

// prepareLike counts a group out as the first of its form was.
func (b *book) prepareLike(g *Group, f formed) *prepared {
	first := f.first
	x := &b.looking
	p := &x.prepared.take(1)[0]
	p.group, p.budget, p.first, p.judged, p.open = g, first.budget, first.first, first.judged, first.open
	p.form, p.bounded, p.places = first, first.bounded, f.places
	p.views, p.accepted = x.listed.take(first.judged), x.judged.take(len(first.accepted))
	var members []*recount.Member
	own := func(m int32) *recount.Member {
		if f.members != nil {
			m = f.members[m]
		}
		return &g.Members[m]
	}
	for i, set := range first.sets[:first.judged] {
		members = members[:0]
		for _, m := range set {
			members = append(members, own(m))
		}
		if f.members != nil {
			slices.SortFunc(members, func(a, b *recount.Member) int { return strings.Compare(string(a.Key), string(b.Key)) })
		}
		p.views[i] = b.look(members, nil)
	}
	for i, c := range first.accepted {
		id := ""
		for _, m := range first.sets[c.class] {
			if m := own(m); m.Scope == recount.Yes && (id == "" || idOf(m) < id) {
				id = idOf(m)
			}
		}
		p.accepted[i] = judged{id, c.class}
	}
	return p
}
