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
	Voices  []*Voice  // in order of the day of their page, then of their keys
	Links   []*Pair   // the fewest pairs that join them, the most probable ones, heaviest first
	Effect  int       // people fewer than now, of those who count, if all of them are one
	Refused []Refused // suggestions that would join two whom people answered to be different
}

// A Refused is a pair that cannot be one person: the first chain leads from one
// of the two to somebody whom people answered to be different from the end of
// the other chain.
type Refused struct {
	*Pair
	Chains [2][]*Voice
}

// Weakest returns the least probable of the links.
func (c *Cluster) Weakest() *Pair { return c.Links[len(c.Links)-1] }

// Clusters puts the pairs that are asked and at least so probable together. What
// people answered to be one person is one already; what they answered to be
// different is never joined, however the pairs are chained. Clusters that change
// the number of people most come first, then those whose weakest link is the
// surest. links are what is answered about any two speakers.
func Clusters(pairs []Pair, links []recount.Link, least recount.Milli) []Cluster {
	j := newJoining(pairs, links)
	find, of, voice := j.find, j.of, j.voice
	var asked []*Pair
	for i := range pairs {
		if p := &pairs[i]; p.Asked() && p.Probability >= least {
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
	var chosen []*Pair
	var refused []Refused
	for _, p := range asked {
		if find(p.A.Key) == find(p.B.Key) {
			continue
		}
		if r := j.add(p); r != nil {
			refused = append(refused, *r)
		} else {
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

// Agreeing says which pairs can all be answered `same`, in this order, and
// which cannot, because answers or the pairs before them say otherwise.
func Agreeing(chosen []*Pair, pairs []Pair, links []recount.Link) (can []*Pair, refused []Refused) {
	j := newJoining(pairs, links)
	for _, p := range chosen {
		if r := j.add(p); r != nil {
			refused = append(refused, *r)
		} else {
			can = append(can, p)
		}
	}
	return can, refused
}

// A joining is who is one person so far, and who is different from whom.
type joining struct {
	parent  map[recount.Key]recount.Key
	members map[recount.Key][]recount.Key // of a root
	apart   map[recount.Key][]recount.Key // whom somebody is different from
	next    map[recount.Key][]recount.Key // whom somebody is the same as
	voice   map[recount.Key]*Voice
}

// newJoining starts from what is answered: of the pairs, and in links about any
// two speakers.
func newJoining(pairs []Pair, links []recount.Link) *joining {
	j := &joining{parent: map[recount.Key]recount.Key{}, members: map[recount.Key][]recount.Key{},
		apart: map[recount.Key][]recount.Key{}, next: map[recount.Key][]recount.Key{}, voice: map[recount.Key]*Voice{}}
	answered := func(a, b recount.Key, answer string) {
		switch answer {
		case recount.Same:
			j.join(a, b)
		case recount.Different:
			j.apart[a], j.apart[b] = append(j.apart[a], b), append(j.apart[b], a)
		}
	}
	for _, l := range links {
		answered(l.A, l.B, l.Answer)
	}
	for i := range pairs {
		p := &pairs[i]
		j.voice[p.A.Key], j.voice[p.B.Key] = p.A, p.B
		answered(p.A.Key, p.B.Key, p.Answer)
	}
	return j
}

func (j *joining) find(k recount.Key) recount.Key {
	for j.parent[k] != "" {
		k = j.parent[k]
	}
	return k
}

// of lists the speakers of a root.
func (j *joining) of(root recount.Key) []recount.Key {
	if j.members[root] == nil {
		return []recount.Key{root}
	}
	return j.members[root]
}

func (j *joining) join(a, b recount.Key) {
	j.next[a], j.next[b] = append(j.next[a], b), append(j.next[b], a)
	if a, b = j.find(a), j.find(b); a == b {
		return
	}
	a, b = min(a, b), max(a, b)
	j.members[a] = append(slices.Clone(j.of(a)), j.of(b)...)
	delete(j.members, b)
	j.parent[b] = a
}

// add makes a pair one person, unless people answered otherwise.
func (j *joining) add(p *Pair) *Refused {
	a, b := j.find(p.A.Key), j.find(p.B.Key)
	if a == b {
		return nil
	}
	for _, x := range slices.Sorted(slices.Values(j.of(a))) {
		for _, y := range slices.Sorted(slices.Values(j.apart[x])) {
			if j.find(y) == b {
				return &Refused{p, [2][]*Voice{j.chain(p.A, x), j.chain(p.B, y)}}
			}
		}
	}
	j.join(p.A.Key, p.B.Key)
	return nil
}

// chain lists who leads from a speaker to another of the same person, the
// shortest way, both among them.
func (j *joining) chain(from *Voice, to recount.Key) (out []*Voice) {
	before := map[recount.Key]recount.Key{from.Key: ""}
	front := []recount.Key{from.Key}
	for len(front) > 0 {
		k := front[0]
		front = front[1:]
		if k == to {
			for ; k != ""; k = before[k] {
				v := j.voice[k]
				if v == nil { // nobody suggested anything about this speaker
					v = &Voice{Speaker: &Speaker{Key: k}, ID: k}
				}
				out = append(out, v)
			}
			slices.Reverse(out)
			return out
		}
		for _, n := range slices.Sorted(slices.Values(j.next[k])) {
			if _, seen := before[n]; !seen {
				before[n] = k
				front = append(front, n)
			}
		}
	}
	return []*Voice{from}
}
