package casebook

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"recount"
	"recount/internal/count"
)

// A network is the independent groups that members and links form, and the
// counts that are kept over them. What changes is collected, then applied at
// once.
type network struct {
	groups  *count.Groups                   // nil until everything is loaded
	members map[recount.Key]*recount.Member // nil: taken away
	links   map[pair]recount.Link           // without an answer: taken away
	tallies map[string]*count.Tally
	sets    []count.Tallies    // the same, as they were asked for together
	numbers map[string]Counted // of those that did not change since
}

func newNetwork() *network {
	return &network{members: map[recount.Key]*recount.Member{}, links: map[pair]recount.Link{}, tallies: map[string]*count.Tally{}, numbers: map[string]Counted{}}
}

// setMember puts a member in the place of the one that had its key.
func (n *network) setMember(m *recount.Member) { n.members[m.Key] = m }

// dropMember takes a member away.
func (n *network) dropMember(key recount.Key) { n.members[key] = nil }

// setLink puts a link in the place of what was known of its two ends.
func (n *network) setLink(l recount.Link) { n.links[pairOf(l.A, l.B)] = l }

func (n *network) dropLink(k pair) { n.links[k] = recount.Link{A: k[0], B: k[1]} }

// apply works out anew the groups in which something changed.
func (n *network) apply() {
	if len(n.members)+len(n.links) == 0 && n.groups != nil {
		return
	}
	c := count.Change{Members: make([]recount.Member, 0, len(n.members)), Links: make([]recount.Link, 0, len(n.links))}
	for _, k := range sortedKeys(n.members) {
		if m := n.members[k]; m != nil {
			c.Members = append(c.Members, *m)
			n.members[k] = nil // it is in the list
		} else if n.groups != nil {
			c.Members = append(c.Members, recount.Member{Key: k, Scope: recount.No})
		}
	}
	for _, l := range n.links {
		if n.groups != nil || l.Answer != "" {
			c.Links = append(c.Links, l)
		}
	}
	if n.groups == nil {
		n.members, n.links = map[recount.Key]*recount.Member{}, map[pair]recount.Link{} // those were large
		n.groups = count.NewGroups(c.Members, c.Links)
		return
	}
	clear(n.members)
	clear(n.links)
	for k, g := range n.groups.Apply(c) {
		clear(n.numbers)
		for _, ts := range n.sets {
			ts.Set(k, g)
		}
	}
}

// counted returns what each count that is kept says now.
func (n *network) counted() map[string]Counted {
	for name, t := range n.tallies {
		if _, known := n.numbers[name]; !known {
			x, err := t.Number()
			n.numbers[name] = Counted{x, err}
		}
	}
	return maps.Clone(n.numbers)
}

// joined lists the speakers that live `same` answers join with one. Where these
// contradict others it lists those whom the answers join that hold until the
// contradiction is settled.
func (c *View) joined(k recount.Key) []recount.Key {
	in := reach(k, c.same.of)
	if !c.apart(in) {
		return in
	}
	same := map[recount.Key][]recount.Key{}
	for _, l := range count.Standing(c.between(in)) {
		if l.Answer == recount.Same {
			same[l.A], same[l.B] = append(same[l.A], l.B), append(same[l.B], l.A)
		}
	}
	return reach(k, func(k recount.Key) []recount.Key { return same[k] })
}

// reach lists whom steps lead to from one, itself first.
func reach(k recount.Key, next func(recount.Key) []recount.Key) []recount.Key {
	in := []recount.Key{k}
	seen := map[recount.Key]bool{k: true}
	for i := 0; i < len(in); i++ {
		for _, other := range next(in[i]) {
			if !seen[other] {
				seen[other] = true
				in = append(in, other)
			}
		}
	}
	return in
}

// apart reports whether an answer says of two of these that they are different,
// also one that others contest.
func (c *View) apart(in []recount.Key) bool {
	if len(in) < 3 {
		return false // an answer about two is one answer
	}
	some := slices.ContainsFunc(in, func(k recount.Key) bool { return len(c.different.of(k)) > 0 })
	if !some {
		return false
	}
	set := make(map[recount.Key]bool, len(in))
	for _, k := range in {
		set[k] = true
	}
	return slices.ContainsFunc(in, func(k recount.Key) bool {
		return slices.ContainsFunc(c.different.of(k), func(o recount.Key) bool { return set[o] })
	})
}

// between lists what people answered about these speakers.
func (c *View) between(in []recount.Key) (out []recount.Link) {
	set := make(map[recount.Key]bool, len(in))
	for _, k := range in {
		set[k] = true
	}
	for _, k := range in {
		for _, others := range [][]recount.Key{c.same.of(k), c.different.of(k)} {
			for _, o := range others {
				if l := c.links.of(pairOf(k, o)); k < o && set[o] && l != nil {
					out = append(out, l.Link)
				}
			}
		}
	}
	return out
}

// contradicted reports whether the answers that join a speaker with others
// contradict one another.
func (c *View) contradicted(k recount.Key) bool { return c.apart(reach(k, c.same.of)) }

// torn lists the answers about who is who that contradict one another.
func (c *View) torn() (out []recount.Finding) {
	done := map[recount.Key]bool{}
	for k := range c.different.all() {
		if done[k] {
			continue
		}
		in := reach(k, c.same.of)
		for _, o := range in {
			done[o] = true
		}
		if !c.apart(in) {
			continue
		}
		for _, links := range count.Contradictions(c.between(in)) {
			f := recount.Finding{What: "contradiction"}
			var says []string
			for _, l := range links {
				for _, d := range c.links.of(pairOf(l.A, l.B)).answers {
					if d.says() == l.Answer {
						b := d.answer.(recount.LinkBody)
						f.Decisions = append(f.Decisions, d.ID)
						says = append(says, fmt.Sprintf("%s says that %s (%s) and %s (%s) are %s", d.Actor, b.A.Name, b.A.At.Page, b.B.Name, b.B.At.Page,
							map[string]string{recount.Same: "one person", recount.Different: "different people"}[l.Answer]))
					}
				}
			}
			slices.Sort(f.Decisions)
			f.Text = "answers contradict one another: " + strings.Join(says, "; ") + "; take one of them back, or let an adjudicator answer"
			out = append(out, f)
		}
	}
	return out
}

// implied returns what people's answers about others say of two speakers: same
// if a chain of such answers joins them, different if one of those who are the
// first is said to be different from one of those who are the second, else "".
func (c *View) implied(a, b recount.Key) string {
	first := c.joined(a)
	for _, x := range first {
		if x == b {
			return recount.Same
		}
	}
	second := c.joined(b)
	for _, x := range first {
		for _, y := range second {
			if l := c.links.of(pairOf(x, y)); l != nil && l.Answer == recount.Different {
				return recount.Different
			}
		}
	}
	return ""
}

// A Kept query is one that is kept up to date under a name, which tells it
// apart from others.
type Kept struct {
	Name  string
	Query count.Query
}

// Tally returns a query over the study, kept up to date from now on. Every
// snapshot holds its number under that name.
func (c *Casebook) Tally(name string, p *count.Problem, q count.Query) (*count.Tally, error) {
	ts, err := c.Tallies(p, Kept{name, q})
	if err != nil {
		return nil, err
	}
	return ts[0], nil
}

// Tallies is Tally for several queries. Those that are not kept yet share the
// work on each group.
func (c *Casebook) Tallies(p *count.Problem, queries ...Kept) (ts []*count.Tally, err error) {
	err = c.change(func() error {
		ts, err = c.tallies(p, queries)
		return err
	})
	return ts, err
}

func (c *Casebook) tallies(p *count.Problem, queries []Kept) ([]*count.Tally, error) {
	var names []string
	var fresh []count.Query
	for _, k := range queries {
		if c.net.tallies[k.Name] == nil && !slices.Contains(names, k.Name) {
			names, fresh = append(names, k.Name), append(fresh, k.Query)
		}
	}
	if len(fresh) > 0 {
		set, err := count.NewTallies(p, fresh...)
		if err != nil {
			return nil, err
		}
		set.Fill(c.net.groups.All())
		c.net.sets, c.news = append(c.net.sets, set), true
		for i, t := range set {
			c.net.tallies[names[i]] = t
		}
	}
	var out []*count.Tally
	for _, k := range queries {
		out = append(out, c.net.tallies[k.Name])
	}
	return out, nil
}

// Forget drops the counts that are kept, when what they rest on besides the
// groups has changed: the codebook, the variables, the rules of counting.
func (c *Casebook) Forget() {
	c.change(func() error {
		clear(c.net.tallies)
		c.net.sets = nil
		clear(c.net.numbers)
		c.news = true
		return nil
	})
}

// Result returns a query that is kept under a name as the last step left it,
// with the cases and questions behind it, which snapshots do not hold; ok is
// false if none is kept. It may be called by any goroutine, and waits for the
// step that is going on.
func (c *Casebook) Result(name string) (r recount.Result, ok bool, err error) {
	c.step.Lock()
	defer c.step.Unlock()
	t := c.net.tallies[name]
	if t == nil {
		return r, false, nil
	}
	r, err = t.Result()
	return r, true, err
}

// Number returns a query that is kept under a name, as it stands in this
// snapshot; ok is false if none was kept.
func (c *View) Number(name string) (x Counted, ok bool) {
	x, ok = c.numbers[name]
	return x, ok
}

// Groups lists the independent groups, by key.
func (c *Casebook) Groups() []*count.Group { return c.net.groups.All() }
