package world

import (
	"cmp"
	"slices"
	"strings"

	"recount"
)

// A graph is who is joined to whom, and which joins are open. A block is a set
// of people that live `same` answers join; it may hold no member at all, only
// speakers out of scope.
type graph struct {
	members      []recount.Member         // sorted by key, each once
	index        map[recount.Key]int      // of members, then of other ends of links
	blockOf      []int                    // by index
	blockMembers [][]int                  // members of each block; blocks in order of their first node
	links        []recount.Link           // all, sorted, the smaller key first
	open         []recount.Link           // unsure links between two blocks, sorted, each Pair of members once
	apart        map[[2]int]bool          // pairs of blocks that a live `different` keeps apart, smaller first
	days         map[recount.Key][]string // articles with several possible days
	notes        []string
}

func newGraph(members []recount.Member, links []recount.Link) *graph {
	g := &graph{index: map[recount.Key]int{}, apart: map[[2]int]bool{}, days: map[recount.Key][]string{}}
	sorted := slices.Clone(members)
	slices.SortStableFunc(sorted, func(a, b recount.Member) int { return strings.Compare(string(a.Key), string(b.Key)) })
	for _, m := range sorted {
		if _, ok := g.index[m.Key]; !ok && m.Scope != recount.No {
			g.index[m.Key] = len(g.members)
			g.members = append(g.members, m)
		}
	}
	// The order of links must not matter either.
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
			union(root, g.index[l.A], g.index[l.B])
		}
	}
	g.blockOf = make([]int, n)
	number := map[int]int{}
	for i := range n {
		r := find(root, i)
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
		g.apart[cut(a, b)] = true
	}
	for i, l := range ls {
		if l.Answer != recount.Unsure || i > 0 && l.A == ls[i-1].A && l.B == ls[i-1].B && ls[i-1].Answer == recount.Unsure {
			continue
		}
		a, b := g.ends(l)
		if a != b && !g.apart[cut(a, b)] {
			g.open = append(g.open, l)
		}
	}
	// Members of one article may each know some of its days.
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

// ends returns the blocks that l is about.
func (g *graph) ends(l recount.Link) (a, b int) {
	return g.blockOf[g.index[l.A]], g.blockOf[g.index[l.B]]
}

// cut names a pair of blocks, the smaller first.
func cut(a, b int) [2]int { return [2]int{min(a, b), max(a, b)} }

func find(root []int, i int) int {
	for root[i] != i {
		root[i] = root[root[i]]
		i = root[i]
	}
	return i
}

// union joins two sets; the smaller number leads, so that the result does not
// depend on the order of the joins.
func union(root []int, a, b int) {
	if a, b = find(root, a), find(root, b); a < b {
		root[b] = a
	} else {
		root[a] = b
	}
}

// A group is a set of blocks that open questions connect: by open links, or
// by an article whose day is open. Groups do not influence each other.
type group struct {
	parts  [][]int               // blocks that open links connect, each sorted
	shared []recount.Key         // articles with an open day that touch several blocks, sorted
	touch  map[recount.Key][]int // the blocks that a shared article touches
	inside map[int][]recount.Key // articles with an open day that touch one block only
	open   bool                  // it holds a question
}

// groups splits the graph, in order of the smallest block.
func (g *graph) groups() []*group {
	n := len(g.blockMembers)
	byLink, byAny := make([]int, n), make([]int, n)
	for i := range n {
		byLink[i], byAny[i] = i, i
	}
	questioned := make([]bool, n)
	for _, l := range g.open {
		a, b := g.ends(l)
		union(byLink, a, b)
		union(byAny, a, b)
		questioned[a] = true
	}
	touch := map[recount.Key][]int{} // article with an open day -> blocks
	for b, ms := range g.blockMembers {
		for _, i := range ms {
			m := &g.members[i]
			if m.Scope != recount.Yes {
				questioned[b] = true
			}
			for _, a := range append([]recount.Key{m.Article}, valueArticles(m)...) {
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
			union(byAny, touch[a][0], b)
		}
	}
	var out []*group
	at, part := map[int]*group{}, map[int]int{}
	for b := range n {
		r := find(byAny, b)
		gr := at[r]
		if gr == nil {
			gr = &group{touch: map[recount.Key][]int{}, inside: map[int][]recount.Key{}}
			at[r] = gr
			out = append(out, gr)
		}
		l := find(byLink, b)
		if l == b {
			part[l] = len(gr.parts)
			gr.parts = append(gr.parts, nil)
		}
		gr.parts[part[l]] = append(gr.parts[part[l]], b)
		gr.open = gr.open || questioned[b]
	}
	for _, a := range articles {
		gr := at[find(byAny, touch[a][0])]
		if len(touch[a]) > 1 {
			gr.shared, gr.touch[a] = append(gr.shared, a), touch[a]
		} else {
			b := touch[a][0]
			gr.inside[b] = append(gr.inside[b], a)
		}
	}
	return out
}

// blocks lists the blocks of the group.
func (gr *group) blocks() []int { return slices.Concat(gr.parts...) }

// in says which blocks belong to the group.
func (gr *group) in() map[int]bool {
	in := map[int]bool{}
	for _, b := range gr.blocks() {
		in[b] = true
	}
	return in
}

// valueArticles lists the other articles that give m a value.
func valueArticles(m *recount.Member) []recount.Key {
	var out []recount.Key
	for _, v := range m.Values {
		if v.Article != "" && v.Article != m.Article {
			out = append(out, v.Article)
		}
	}
	return out
}
