package count

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"recount"
)

// A graph is who is joined to whom, and which joins are open. A block is a set
// of people that live `same` answers join; it may hold no member at all, only
// speakers out of scope.
type graph struct {
	members      []recount.Member         // sorted by key, each once
	others       []recount.Key            // ends of links that are no members, sorted
	blockOf      []int                    // of members, then of others
	blockMembers [][]int                  // members of each block; blocks in order of their first node
	links        []recount.Link           // all, sorted, the smaller key first
	open         []recount.Link           // unsure links between two blocks, sorted, each pair of members once
	apart        map[[2]int]bool          // pairs of blocks that a live `different` keeps apart, smaller first
	days         map[recount.Key][]string // articles with several possible days, and bundles with several outcomes
	bundles      map[recount.Key]*bundle  // of disputes
	bundled      [][]recount.Key          // of each member: the bundles that touch it; nil if there are none
	whole        bool                     // all blocks are one cluster, whatever connects them
	torn         []*contradiction         // answers that cannot all hold
}

func newGraph(members []recount.Member, links []recount.Link) *graph {
	g := &graph{members: sortedMembers(members)}
	g.links = sortedLinks(links)
	for _, l := range g.links {
		for _, k := range [...]recount.Key{l.A, l.B} {
			if g.member(k) == nil {
				g.others = append(g.others, k)
			}
		}
	}
	slices.Sort(g.others)
	g.others = slices.Compact(g.others)
	ls := g.links
	g.join(ls)
	if slices.ContainsFunc(ls, func(l recount.Link) bool {
		a, b := g.ends(l)
		return l.Answer == recount.Different && a == b && l.A != l.B
	}) {
		g.torn = contradictions(ls)
		var out []int
		for _, c := range g.torn {
			out = append(out, c.ways[0]...)
			for _, k := range c.nodes {
				if g.member(k) != nil {
					c.members++
				}
			}
		}
		ls = slices.Clone(ls)
		for _, i := range out {
			ls[i].Answer = "" // it gives way
		}
		g.blockMembers = nil
		g.join(ls)
	}
	for _, l := range ls {
		if l.Answer != recount.Different {
			continue
		}
		a, b := g.ends(l)
		if a == b {
			continue
		}
		if g.apart == nil {
			g.apart = map[[2]int]bool{}
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
	g.days = openDays(g.members)
	return g
}

// sortedMembers returns the members that count or may count by key, each once.
// A list that is so already is taken as it is: members are large.
func sortedMembers(members []recount.Member) []recount.Member {
	sorted := true
	for i := range members {
		sorted = sorted && members[i].Scope != recount.No && (i == 0 || members[i-1].Key < members[i].Key)
	}
	if sorted {
		return members[:len(members):len(members)]
	}
	order := make([]int, len(members))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return strings.Compare(string(members[i].Key), string(members[j].Key)) })
	out := make([]recount.Member, 0, len(members))
	for _, i := range order {
		if m := &members[i]; m.Scope != recount.No && (len(out) == 0 || out[len(out)-1].Key != m.Key) {
			out = append(out, *m)
		}
	}
	return out
}

// severalDays reports whether days of one article differ. It is for few members.
func severalDays(members []recount.Member) bool {
	for i := range members {
		m := &members[i]
		if len(m.Dates) == 0 {
			continue
		}
		first := m.Dates[0]
		for _, d := range m.Dates[1:] {
			if d != first {
				return true
			}
		}
		if m.Day != "" && m.Day != first {
			return true
		}
		for j := range i {
			if x := &members[j]; x.Article == m.Article && len(x.Dates) > 0 && x.Dates[0] != first {
				return true
			}
		}
	}
	return false
}

// openDays lists the days of the articles that have several. Members of one
// article may each know some of them.
func openDays(members []recount.Member) map[recount.Key][]string {
	if len(members) <= mostFormed && !severalDays(members) {
		return nil
	}
	var days map[recount.Key][]string
	one := map[recount.Key]string{} // of articles that have shown no other so far
	for i := range members {
		m := &members[i]
		know := func(d string) {
			first, ok := one[m.Article]
			switch {
			case !ok:
				one[m.Article] = d
			case first != d:
				if days == nil {
					days = map[recount.Key][]string{}
				}
				if days[m.Article] == nil {
					days[m.Article] = []string{first}
				}
				days[m.Article] = append(days[m.Article], d)
			}
		}
		if m.Day != "" && len(m.Dates) > 0 {
			know(m.Day)
		}
		for _, d := range m.Dates {
			know(d)
		}
	}
	for a, d := range days {
		slices.Sort(d)
		days[a] = slices.Compact(d)
	}
	return days
}

// sortedLinks returns links, the smaller key first, in an order that does not
// depend on the one in which they came, with what contested ones contradict.
func sortedLinks(links []recount.Link) []recount.Link {
	ls := slices.Clone(links)
	for i := range ls {
		if ls[i].B < ls[i].A {
			ls[i].A, ls[i].B = ls[i].B, ls[i].A
		}
	}
	slices.SortFunc(ls, func(a, b recount.Link) int {
		return cmp.Or(strings.Compare(string(a.A), string(b.A)), strings.Compare(string(a.B), string(b.B)),
			strings.Compare(a.Answer, b.Answer), strings.Compare(a.Decision, b.Decision), strings.Compare(a.Reason, b.Reason), boolOrder(a.Settled, b.Settled), boolOrder(a.Supposed, b.Supposed))
	})
	claim(ls)
	return ls
}

// join makes the blocks.
func (g *graph) join(links []recount.Link) {
	n := len(g.members) + len(g.others)
	root := ownSets(n)
	for _, l := range links {
		if l.Answer == recount.Same {
			union(root, g.node(l.A), g.node(l.B))
		}
	}
	g.blockOf = make([]int, n)
	for i := range n {
		// The smallest number leads a set, so that its block is known by now.
		if r := find(root, i); r == i {
			g.blockOf[i] = len(g.blockMembers)
			g.blockMembers = append(g.blockMembers, nil)
		} else {
			g.blockOf[i] = g.blockOf[r]
		}
		if b := g.blockOf[i]; i < len(g.members) {
			g.blockMembers[b] = append(g.blockMembers[b], i)
		}
	}
}

// member returns the member with this key, or nil.
func (g *graph) member(k recount.Key) *recount.Member {
	if i := g.find(k); i >= 0 {
		return &g.members[i]
	}
	return nil
}

// find returns the number of the member with this key, -1 if there is none.
func (g *graph) find(k recount.Key) int {
	i := sort.Search(len(g.members), func(i int) bool { return g.members[i].Key >= k })
	if i < len(g.members) && g.members[i].Key == k {
		return i
	}
	return -1
}

// node returns the number of a member or of another end of a link.
func (g *graph) node(k recount.Key) int {
	if i := g.find(k); i >= 0 {
		return i
	}
	i, _ := slices.BinarySearch(g.others, k)
	return len(g.members) + i
}

// ends returns the blocks that l is about.
func (g *graph) ends(l recount.Link) (a, b int) {
	return g.blockOf[g.node(l.A)], g.blockOf[g.node(l.B)]
}

// cut names a pair of blocks, the smaller first.
func cut(a, b int) [2]int { return [2]int{min(a, b), max(a, b)} }

// ownSets returns 0, 1, ... n-1: each its own set.
func ownSets(n int) []int {
	root := make([]int, n)
	for i := range root {
		root[i] = i
	}
	return root
}

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

// A cluster is a set of blocks that open questions connect: by open links, or
// by an article whose day is open. Clusters do not influence each other.
type cluster struct {
	parts  [][]int               // blocks that open links connect, each sorted
	shared []recount.Key         // articles with an open day that touch several blocks, sorted
	touch  map[recount.Key][]int // the blocks that a shared article touches
	inside map[int][]recount.Key // articles with an open day that touch one block only
	open   bool                  // it holds a question
	forks  []recount.Question    // each answer to which leaves another network
}

// A connected graph says which blocks open questions connect.
type connected struct {
	byLink, byAny []int                 // sets of blocks
	questioned    []bool                // blocks that a question is about
	touch         map[recount.Key][]int // article with an open day -> blocks
	articles      []recount.Key         // of touch, sorted
}

// connect finds which blocks open questions connect.
func (g *graph) connect() *connected {
	g.bundle()
	n := len(g.blockMembers)
	byLink, byAny := ownSets(n), ownSets(n)
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
			if m.Scope == recount.Unclear {
				questioned[b] = true
			}
			if len(g.days) == 0 {
				continue
			}
			for _, a := range append(valueArticles(m), append(g.bundlesOf(i), m.Article)...) {
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
	one := func(a, b int) {
		union(byAny, a, b)
		questioned[a] = true
	}
	for _, c := range g.torn {
		for _, k := range c.nodes {
			one(g.blockOf[g.node(c.nodes[0])], g.blockOf[g.node(k)])
		}
		// Who is different from one of them may be another of them.
		for _, l := range g.links {
			if l.Answer != recount.Unsure {
				continue
			}
			_, a := slices.BinarySearch(c.nodes, l.A)
			_, b := slices.BinarySearch(c.nodes, l.B)
			if a || b {
				one(g.ends(l))
			}
		}
	}
	first := map[recount.Key]int{} // block that a dispute touches which makes other networks
	for i := range g.members {
		for _, d := range g.members[i].Disputes {
			if !forks(&d) {
				continue
			}
			b, known := first[d.Key]
			if !known {
				b = g.blockOf[i]
				first[d.Key] = b
			}
			one(b, g.blockOf[i])
		}
	}
	for b := 1; g.whole && b < n; b++ {
		union(byAny, 0, b)
	}
	return &connected{byLink, byAny, questioned, touch, articles}
}

// clusters splits the graph, in order of the smallest block.
func (g *graph) clusters() []*cluster {
	n := len(g.blockMembers)
	x := g.connect()
	byLink, byAny, questioned, touch, articles := x.byLink, x.byAny, x.questioned, x.touch, x.articles
	var out []*cluster
	at, part := make([]*cluster, n), make([]int, n)
	for b := range n {
		r := find(byAny, b)
		c := at[r]
		if c == nil {
			c = &cluster{}
			at[r] = c
			out = append(out, c)
		}
		l := find(byLink, b)
		if l == b {
			part[l] = len(c.parts)
			c.parts = append(c.parts, nil)
		}
		c.parts[part[l]] = append(c.parts[part[l]], b)
		c.open = c.open || questioned[b] || g.whole
	}
	for _, c := range g.torn {
		at := at[find(byAny, g.blockOf[g.node(c.nodes[0])])]
		at.forks = append(at.forks, g.contradicted(c))
	}
	for _, q := range g.disputed(nil) {
		if forks(g.dispute(q.Key)) {
			at := at[find(byAny, g.blockOf[g.find(q.About[0])])]
			at.forks = append(at.forks, q)
		}
	}
	for _, a := range articles {
		c := at[find(byAny, touch[a][0])]
		if len(touch[a]) > 1 {
			if c.touch == nil {
				c.touch = map[recount.Key][]int{}
			}
			c.shared, c.touch[a] = append(c.shared, a), touch[a]
		} else {
			if c.inside == nil {
				c.inside = map[int][]recount.Key{}
			}
			b := touch[a][0]
			c.inside[b] = append(c.inside[b], a)
		}
	}
	for _, c := range out {
		// Where nobody counts or may count no answer changes anything.
		c.open = c.open && (g.whole || slices.ContainsFunc(c.blocks(), g.mayCount))
	}
	return out
}

// blocks lists the blocks of the cluster.
func (c *cluster) blocks() []int { return slices.Concat(c.parts...) }

// in says which blocks belong to the cluster.
func (c *cluster) in() map[int]bool {
	in := map[int]bool{}
	for _, b := range c.blocks() {
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
	for i := range m.Perhaps {
		for _, v := range m.Perhaps[i].Values {
			if v.Article != "" && v.Article != m.Article {
				out = append(out, v.Article)
			}
		}
	}
	return out
}
