package count

import (
	"slices"
	"strings"
	"sync"

	"recount"
)

// A Group is people whose cases may depend on each other: speakers that live
// `same` answers join, that open links connect, or that are reported by one
// article whose day is open. What one group gives does not depend on another.
// It is never changed.
type Group struct {
	Key     recount.Key      // the smallest key in it
	Members []recount.Member // sorted by key, each once; none if nobody in it counts
	Links   []recount.Link   // between two of it, sorted, the smaller key first

	once      sync.Once
	questions []recount.Question
}

// Split splits members and links into groups, sorted by key. Links between two
// groups are in neither: they are answered `different`, or open and closed by
// such an answer, so that they say nothing as long as nothing else connects
// the two. The members and links of any of the groups give the same groups
// again. The lists must not be changed after.
func Split(members []recount.Member, links []recount.Link) []*Group {
	return newGraph(members, links).split(false)
}

// split makes the groups. With own nobody else holds the members, which are large:
// they are put in the order of the groups where they lie.
func (g *graph) split(own bool) []*Group {
	byAny := g.connect().byAny
	of := make([]int, len(byAny)) // the group of each block
	n := 0
	for b := range of {
		if r := find(byAny, b); r == b {
			of[b] = n
			n++
		} else {
			of[b] = of[r] // the smallest block leads, so that its group is known by now
		}
	}
	groups := make([]*Group, n)
	for i := range groups {
		groups[i] = &Group{}
	}
	for _, l := range g.links {
		if a, b := g.ends(l); of[a] == of[b] {
			groups[of[a]].Links = append(groups[of[a]].Links, l)
		}
	}
	if own {
		g.gather(groups, of) // and nothing is found by its key from here on
	} else {
		for i := range g.members {
			to := groups[of[g.blockOf[i]]]
			if to.Key == "" { // most have no other, so that nothing is copied
				to.Key, to.Members = g.members[i].Key, g.members[i:i+1:i+1]
				continue
			}
			to.Members = append(to.Members, g.members[i])
		}
	}
	for i, k := range g.others {
		if to := groups[of[g.blockOf[len(g.members)+i]]]; to.Key == "" || k < to.Key {
			to.Key = k
		}
	}
	// Somebody out of scope whom nothing joins to anybody is no group.
	groups = slices.DeleteFunc(groups, func(x *Group) bool { return x.Members == nil && x.Links == nil })
	slices.SortFunc(groups, func(x, y *Group) int { return strings.Compare(string(x.Key), string(y.Key)) })
	return groups
}

// gather puts the members of each group beside one another, in their order, and
// gives them to the groups.
func (g *graph) gather(groups []*Group, of []int) {
	from := make([]int, len(groups)+1) // where the members of each group begin
	for i := range g.members {
		at := of[g.blockOf[i]]
		from[at+1]++
		if to := groups[at]; to.Key == "" {
			to.Key = g.members[i].Key // the smallest, as they are sorted
		}
	}
	for i := range groups {
		from[i+1] += from[i]
	}
	next, goes := slices.Clone(from), make([]int, len(g.members))
	for i := range g.members {
		at := of[g.blockOf[i]]
		goes[i] = next[at]
		next[at]++
	}
	for i := range goes {
		for goes[i] != i {
			j := goes[i]
			g.members[i], g.members[j] = g.members[j], g.members[i]
			goes[i], goes[j] = goes[j], j
		}
	}
	for i, to := range groups {
		if from[i] < from[i+1] {
			to.Members = g.members[from[i]:from[i+1]:from[i+1]]
		}
	}
}

// Questions lists the open questions of the group: links, unclear scope, days.
func (x *Group) Questions() []recount.Question {
	x.once.Do(func() {
		if x.single() {
			return
		}
		n := newNetwork(x.Members, x.Links, false)
		for _, c := range n.clusters {
			if c.open {
				x.questions = append(x.questions, n.graph.questions(c)...)
			}
		}
	})
	return x.questions
}

// single reports whether the group is one speaker who counts and about whom
// nothing is open, as most groups are.
func (x *Group) single() bool {
	return len(x.Members) == 1 && len(x.Links) == 0 && x.Members[0].Scope == recount.Yes && len(x.Members[0].Disputes) == 0 && openDays(x.Members) == nil
}

// before orders groups as the questions about them are counted out: by their
// first member, those without one last.
func (x *Group) before(y *Group) int {
	if a, b := len(x.Members) > 0, len(y.Members) > 0; !a || !b {
		if a != b {
			return map[bool]int{true: -1, false: 1}[a]
		}
		return strings.Compare(string(x.Key), string(y.Key))
	}
	return strings.Compare(string(x.Members[0].Key), string(y.Members[0].Key))
}
