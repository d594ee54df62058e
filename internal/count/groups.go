package count

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"recount"
)

// Groups are the groups of a study while its members and links change. A
// change splits only the groups that it touches, and gives what splitting
// everything would give.
type Groups struct {
	members map[recount.Key]*recount.Member
	links   map[recount.Key][]*recount.Link // by end
	readers map[recount.Key][]recount.Key   // by article: members of it, or with a value from it; by dispute: whom it touches
	of      map[recount.Key]*Group          // by member, or other end of a link
	groups  map[recount.Key]*Group
}

// A Change is what takes the place of what.
type Change struct {
	Members []recount.Member // each of the one with its key; scope "no" takes that away
	Links   []recount.Link   // all of what was between their ends; without an answer it is taken away
}

// NewGroups splits members and links, each member once. The lists are the groups'
// from then on: nobody else may look at the members.
func NewGroups(members []recount.Member, links []recount.Link) *Groups {
	n := len(members)
	x := &Groups{members: make(map[recount.Key]*recount.Member, n), links: make(map[recount.Key][]*recount.Link, len(links)), readers: make(map[recount.Key][]recount.Key, n/2),
		of: make(map[recount.Key]*Group, n), groups: make(map[recount.Key]*Group, n/2)}
	for i := range links {
		x.link(&links[i])
	}
	for _, g := range newGraph(members, links).split(true) {
		x.add(g)
		for i := range g.Members {
			x.put(&g.Members[i])
		}
	}
	return x
}

// All lists the groups, sorted by key.
func (x *Groups) All() []*Group {
	return slices.SortedFunc(maps.Values(x.groups), func(a, b *Group) int { return strings.Compare(string(a.Key), string(b.Key)) })
}

// Of returns the group that a member or an end of a link is in; nil if it is in
// none.
func (x *Groups) Of(k recount.Key) *Group { return x.of[k] }

// Member returns the member with a key; nil if there is none.
func (x *Groups) Member(k recount.Key) *recount.Member { return x.members[k] }

// Apply makes a change and returns the groups that are new or different, by
// key, nil for those that are no more.
func (x *Groups) Apply(c Change) map[recount.Key]*Group {
	nodes := map[recount.Key]bool{} // whose groups may be different
	read := func(m *recount.Member) {
		nodes[m.Key] = true
		for _, a := range reads(m) {
			for _, k := range x.readers[a] {
				nodes[k] = true
			}
		}
	}
	for i := range c.Members {
		m := &c.Members[i]
		if old, ok := x.members[m.Key]; ok {
			read(old)
			x.drop(old)
		}
		if m.Scope != recount.No {
			x.put(m)
		}
		read(m)
	}
	for _, l := range c.Links {
		nodes[l.A], nodes[l.B] = true, true
		for _, k := range [...]recount.Key{l.A, l.B} {
			x.links[k] = slices.DeleteFunc(x.links[k], func(o *recount.Link) bool {
				return o.A == l.A && o.B == l.B || o.A == l.B && o.B == l.A
			})
			if len(x.links[k]) == 0 {
				delete(x.links, k)
			}
		}
	}
	for _, l := range c.Links {
		if l.Answer != "" {
			x.link(&l)
		}
	}
	old := map[recount.Key]*Group{}
	for k := range nodes {
		if g := x.of[k]; g != nil {
			old[g.Key] = g
		}
	}
	// A link that an answer `different` closed may be open now.
	for _, g := range slices.Collect(maps.Values(old)) {
		for _, k := range g.nodes() {
			nodes[k] = true
		}
	}
	for k := range maps.Clone(nodes) {
		for _, l := range x.links[k] {
			if l.Answer != recount.Unsure {
				continue
			}
			for _, end := range [...]recount.Key{l.A, l.B} {
				nodes[end] = true
				if g := x.of[end]; g != nil {
					old[g.Key] = g
				}
			}
		}
	}
	for _, g := range old {
		for _, k := range g.nodes() {
			nodes[k] = true
		}
	}
	var members []recount.Member
	var links []recount.Link
	for k := range nodes {
		if m, ok := x.members[k]; ok {
			members = append(members, *m)
		}
		for _, l := range x.links[k] {
			if k == l.A && nodes[l.B] {
				links = append(links, *l)
			}
		}
		delete(x.of, k)
	}
	out := map[recount.Key]*Group{}
	for k := range old {
		out[k] = nil
		delete(x.groups, k)
	}
	for _, g := range Split(members, links) {
		if was := old[g.Key]; was != nil && reflect.DeepEqual(was.Members, g.Members) && reflect.DeepEqual(was.Links, g.Links) {
			g = was
			delete(out, g.Key)
		} else {
			out[g.Key] = g
		}
		x.add(g)
	}
	return out
}

// add files a group, whose members from now on are the ones that are kept.
func (x *Groups) add(g *Group) {
	x.groups[g.Key] = g
	for i := range g.Members {
		x.members[g.Members[i].Key] = &g.Members[i]
	}
	if len(g.Members) == 1 && len(g.Links) == 0 {
		x.of[g.Key] = g
		return
	}
	for _, k := range g.nodes() {
		x.of[k] = g
	}
}

func (x *Groups) link(l *recount.Link) {
	x.links[l.A] = append(x.links[l.A], l)
	if l.B != l.A {
		x.links[l.B] = append(x.links[l.B], l)
	}
}

// reads lists the articles and disputes by which m may depend on others.
func reads(m *recount.Member) []recount.Key {
	out := append(valueArticles(m), m.Article)
	for i := range m.Disputes {
		out = append(out, m.Disputes[i].Key)
	}
	return out
}

func (x *Groups) put(m *recount.Member) {
	x.members[m.Key] = m
	for _, a := range reads(m) {
		if !slices.Contains(x.readers[a], m.Key) {
			x.readers[a] = append(x.readers[a], m.Key)
		}
	}
}

func (x *Groups) drop(m *recount.Member) {
	delete(x.members, m.Key)
	for _, a := range reads(m) {
		x.readers[a] = slices.DeleteFunc(x.readers[a], func(k recount.Key) bool { return k == m.Key })
		if len(x.readers[a]) == 0 {
			delete(x.readers, a)
		}
	}
}

// nodes lists the members of a group and the other ends of its links.
func (g *Group) nodes() []recount.Key {
	var out []recount.Key
	for i := range g.Members {
		out = append(out, g.Members[i].Key)
	}
	for _, l := range g.Links {
		out = append(out, l.A, l.B)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
