package casebook

import (
	"cmp"
	"slices"
	"strings"

	"recount"
)

// A Cluster is speakers whom suggestions that nobody has answered would make
// one person: one question.
type Cluster struct {
	Voices  []*Voice // in order of the day of their page, then of their keys
	Links   []*Pair  // the fewest pairs that join them, the most probable ones, heaviest first
	Effect  int      // people fewer than now, of those who count, if all of them are one
	Refused []*Pair  // suggestions that would join two whom people answered to be different
}

// Weakest returns the least probable of the links.
func (c *Cluster) Weakest() *Pair { return c.Links[len(c.Links)-1] }

// Clusters puts the pairs that are asked and at least so probable together. What
// people answered to be one person is one already; what they answered to be
// different is never joined, however the pairs are chained. Clusters that change
// the number of people most come first, then those whose weakest link is the
// surest. links are what is answered about any two speakers.
func Clusters(pairs []Pair, links []recount.Link, least recount.Milli) []Cluster {
	parent := map[recount.Key]recount.Key{}
	find := func(k recount.Key) recount.Key {
		for parent[k] != "" {
			k = parent[k]
		}
		return k
	}
	voice := map[recount.Key]*Voice{}
	members := map[recount.Key][]recount.Key{} // of a root
	apart := map[recount.Key][]recount.Key{}   // whom somebody is different from
	of := func(root recount.Key) []recount.Key {
		if members[root] == nil {
			return []recount.Key{root}
		}
		return members[root]
	}
	join := func(a, b recount.Key) {
		a, b = find(a), find(b)
		if a == b {
			return
		}
		a, b = min(a, b), max(a, b)
		members[a] = append(slices.Clone(of(a)), of(b)...)
		delete(members, b)
		parent[b] = a
	}
	answered := func(a, b recount.Key, answer string) {
		switch answer {
		case recount.Same:
			join(a, b)
		case recount.Different:
			apart[a], apart[b] = append(apart[a], b), append(apart[b], a)
		}
	}
	for _, l := range links {
		answered(l.A, l.B, l.Answer)
	}
	var asked []*Pair
	for i := range pairs {
		p := &pairs[i]
		voice[p.A.Key], voice[p.B.Key] = p.A, p.B
		switch {
		case p.Answer != "":
			answered(p.A.Key, p.B.Key, p.Answer)
		case p.Asked() && p.Probability >= least:
			asked = append(asked, p)
		}
	}
	counted := map[recount.Key]bool{} // people who count already
	for k, v := range voice {
		if v.Member != nil && v.Scope == recount.Yes {
			counted[find(k)] = true
		}
	}
	before := map[recount.Key]recount.Key{} // what was one before
	for k := range voice {
		before[k] = find(k)
	}
	slices.SortStableFunc(asked, func(x, y *Pair) int {
		return cmp.Or(cmp.Compare(y.Probability, x.Probability), cmp.Compare(x.Suggestion.A, y.Suggestion.A), cmp.Compare(x.Suggestion.B, y.Suggestion.B))
	})
	different := func(a, b recount.Key) bool {
		for _, x := range of(a) {
			for _, y := range apart[x] {
				if find(y) == b {
					return true
				}
			}
		}
		return false
	}
	var chosen, refused []*Pair
	for _, p := range asked {
		a, b := find(p.A.Key), find(p.B.Key)
		switch {
		case a == b:
		case different(a, b):
			refused = append(refused, p)
		default:
			join(a, b)
			chosen = append(chosen, p)
		}
	}
	at := map[recount.Key]int{}
	var out []Cluster
	for _, p := range chosen {
		root := find(p.A.Key)
		i, ok := at[root]
		if !ok {
			i = len(out)
			at[root] = i
			out = append(out, Cluster{})
		}
		out[i].Links = append(out[i].Links, p)
	}
	for _, p := range refused {
		if i, ok := at[find(p.A.Key)]; ok {
			out[i].Refused = append(out[i].Refused, p)
		}
	}
	for root, i := range at {
		people := map[recount.Key]bool{}
		for _, k := range of(root) {
			if voice[k] != nil {
				out[i].Voices = append(out[i].Voices, voice[k])
			}
			if counted[before[k]] {
				people[before[k]] = true
			}
		}
		out[i].Effect = max(0, len(people)-1)
		slices.SortFunc(out[i].Voices, func(x, y *Voice) int {
			return cmp.Or(strings.Compare(x.Page.When(), y.Page.When()), cmp.Compare(x.Key, y.Key))
		})
	}
	slices.SortStableFunc(out, func(x, y Cluster) int {
		return cmp.Or(cmp.Compare(y.Effect, x.Effect), cmp.Compare(y.Weakest().Probability, x.Weakest().Probability), cmp.Compare(len(y.Voices), len(x.Voices)), cmp.Compare(x.Voices[0].Key, y.Voices[0].Key))
	})
	return out
}
