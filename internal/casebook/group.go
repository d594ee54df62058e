package casebook

import (
	"slices"
	"strings"

	"recount"
	"recount/internal/count"
)

// A network holds members, links between them, and the independent groups
// that they form. A change costs the groups that it touches.
type network struct {
	members map[recount.Key]*recount.Member
	links   map[pair]recount.Link
	near    map[recount.Key]map[recount.Key]bool // the other ends of a key's links
	byPage  map[recount.Key]map[recount.Key]bool // members that have a day from an article
	groups  map[recount.Key]*count.Group
	groupOf map[recount.Key]recount.Key // of members and other ends of links
	touched map[recount.Key]bool        // keys of which something changed
	tallies map[string]*count.Tally
}

func newNetwork() *network {
	return &network{members: map[recount.Key]*recount.Member{}, links: map[pair]recount.Link{}, near: map[recount.Key]map[recount.Key]bool{},
		byPage: map[recount.Key]map[recount.Key]bool{}, groups: map[recount.Key]*count.Group{}, groupOf: map[recount.Key]recount.Key{},
		touched: map[recount.Key]bool{}, tallies: map[string]*count.Tally{}}
}

func with(m map[recount.Key]map[recount.Key]bool, at, k recount.Key, in bool) {
	switch {
	case in && m[at] == nil:
		m[at] = map[recount.Key]bool{k: true}
	case in:
		m[at][k] = true
	default:
		if delete(m[at], k); len(m[at]) == 0 {
			delete(m, at)
		}
	}
}

// dated lists the articles whose days say when a member was reported.
func dated(m *recount.Member) []recount.Key {
	out := []recount.Key{m.Article}
	for _, v := range m.Values {
		if v.Article != "" && !slices.Contains(out, v.Article) {
			out = append(out, v.Article)
		}
	}
	return out
}

// setMember puts a member in the place of the one that had its key; nil takes
// it away.
func (n *network) setMember(key recount.Key, m *recount.Member) {
	n.touched[key] = true
	if old := n.members[key]; old != nil {
		for _, a := range dated(old) {
			with(n.byPage, a, key, false)
		}
		delete(n.members, key)
	}
	if m == nil {
		return
	}
	n.members[key] = m
	for _, a := range dated(m) {
		with(n.byPage, a, key, true)
	}
}

// setLink puts a link in the place of what was known of its two ends.
func (n *network) setLink(l recount.Link) {
	k := pairOf(l.A, l.B)
	n.links[k] = l
	with(n.near, k[0], k[1], true)
	with(n.near, k[1], k[0], true)
	n.touched[k[0]], n.touched[k[1]] = true, true
}

func (n *network) dropLink(k pair) {
	if _, ok := n.links[k]; !ok {
		return
	}
	delete(n.links, k)
	with(n.near, k[0], k[1], false)
	with(n.near, k[1], k[0], false)
	n.touched[k[0]], n.touched[k[1]] = true, true
}

// regroup works out anew the groups in which something changed, with all that
// they connect to now.
func (n *network) regroup() {
	if len(n.touched) == 0 {
		return
	}
	in, gone := map[recount.Key]bool{}, map[recount.Key]bool{}
	var queue []recount.Key
	reach := func(k recount.Key) {
		if !in[k] {
			in[k] = true
			queue = append(queue, k)
		}
	}
	for k := range n.touched {
		reach(k)
	}
	if len(n.groups) == 0 { // the first time everything is touched
		for k := range n.members {
			reach(k)
		}
		queue = nil
	}
	for len(queue) > 0 {
		k := queue[0]
		queue = queue[1:]
		if old, ok := n.groupOf[k]; ok && !gone[old] {
			gone[old] = true
			g := n.groups[old]
			for i := range g.Members {
				reach(g.Members[i].Key)
			}
			for _, l := range g.Links {
				reach(l.A)
				reach(l.B)
			}
		}
		for other := range n.near[k] {
			if n.links[pairOf(k, other)].Answer != recount.Different {
				reach(other)
			}
		}
		if m := n.members[k]; m != nil {
			for _, a := range dated(m) {
				if n.dayOpen(a) {
					for other := range n.byPage[a] {
						reach(other)
					}
				}
			}
		}
	}
	var members []recount.Member
	var links []recount.Link
	for k := range in {
		delete(n.groupOf, k)
		if m := n.members[k]; m != nil {
			members = append(members, *m)
		}
		for other := range n.near[k] {
			if k <= other && in[other] {
				links = append(links, n.links[pairOf(k, other)])
			}
		}
	}
	fresh := map[recount.Key]*count.Group{}
	for _, g := range count.Split(members, links) {
		fresh[g.Key] = g
		for i := range g.Members {
			n.groupOf[g.Members[i].Key] = g.Key
		}
		for _, l := range g.Links {
			n.groupOf[l.A], n.groupOf[l.B] = g.Key, g.Key
		}
	}
	for k := range gone {
		delete(n.groups, k)
		if fresh[k] == nil {
			for _, t := range n.tallies {
				t.Set(k, nil)
			}
		}
	}
	for k, g := range fresh {
		n.groups[k] = g
		for _, t := range n.tallies {
			t.Set(k, g)
		}
	}
	clear(n.touched)
}

// joined lists the speakers that live `same` answers join with one.
func (n *network) joined(k recount.Key) map[recount.Key]bool {
	in := map[recount.Key]bool{k: true}
	for queue := []recount.Key{k}; len(queue) > 0; queue = queue[1:] {
		for other := range n.near[queue[0]] {
			if !in[other] && n.links[pairOf(queue[0], other)].Answer == recount.Same {
				in[other] = true
				queue = append(queue, other)
			}
		}
	}
	return in
}

// implied returns what people's answers about others say of two speakers: same
// if a chain of such answers joins them, different if one of those who are the
// first is said to be different from one of those who are the second, else "".
func (n *network) implied(a, b recount.Key) string {
	in := n.joined(a)
	if in[b] {
		return recount.Same
	}
	second := n.joined(b)
	for x := range in {
		for y := range n.near[x] {
			if second[y] && n.links[pairOf(x, y)].Answer == recount.Different {
				return recount.Different
			}
		}
	}
	return ""
}

// dayOpen reports whether a member of an article knows several days for it.
func (n *network) dayOpen(article recount.Key) bool {
	day := ""
	for k := range n.byPage[article] {
		m := n.members[k]
		if m.Article != article {
			continue
		}
		if len(m.Dates) > 1 || len(m.Dates) == 1 && m.Day != "" && m.Dates[0] != m.Day {
			return true
		}
		if day == "" {
			day = m.Day
		}
		if m.Day != day {
			return true
		}
	}
	return false
}

// Tally returns a query over the study, kept up to date from now on. name
// tells queries apart.
func (c *Casebook) Tally(name string, p *count.Problem, q count.Query) (*count.Tally, error) {
	if t := c.net.tallies[name]; t != nil {
		return t, nil
	}
	t, err := count.NewTally(p, q)
	if err != nil {
		return nil, err
	}
	for k, g := range c.net.groups {
		t.Set(k, g)
	}
	c.net.tallies[name] = t
	return t, nil
}

// Forget drops the queries that are kept, when what they rest on besides the
// groups has changed: the codebook, the variables, the rules of counting.
func (c *Casebook) Forget() { clear(c.net.tallies) }

// Groups lists the independent groups, by key.
func (c *Casebook) Groups() []*count.Group {
	out := make([]*count.Group, 0, len(c.net.groups))
	for _, g := range c.net.groups {
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b *count.Group) int { return strings.Compare(string(a.Key), string(b.Key)) })
	return out
}
