package count

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"recount"
)

// Answers about people contradict each other where a chain of `same` joins two
// of whom another answer says that they are different. At least one of them
// does not hold, and nobody said which. The worlds are those in which as many
// answers hold as can together (Arenas, Bertossi & Chomicki 1999 call them
// repairs): none can be put back that was left out. An adjudicator's answer is
// left out only where it contradicts those of adjudicators; those of the coders
// that contradict it give way.

// claim makes a pair on whom people differ different where other answers join the
// two, and same where other answers set them apart: whoever says what follows from
// the others agrees with these, and whoever says the opposite contradicts them all.
func claim(links []recount.Link) {
	if !slices.ContainsFunc(links, contested) {
		return
	}
	number := map[recount.Key]int{}
	for _, l := range links {
		for _, k := range [...]recount.Key{l.A, l.B} {
			if _, known := number[k]; !known {
				number[k] = len(number)
			}
		}
	}
	root := ownSets(len(number))
	for _, l := range links {
		if l.Answer == recount.Same && !l.Supposed {
			union(root, number[l.A], number[l.B])
		}
	}
	sets := func(l *recount.Link) [2]int { return cut(find(root, number[l.A]), find(root, number[l.B])) }
	apart := map[[2]int]bool{}
	for i := range links {
		if l := &links[i]; l.Answer == recount.Different && !l.Supposed {
			apart[sets(l)] = true
		}
	}
	for i := range links {
		l := &links[i]
		if !contested(*l) {
			continue
		}
		switch at := sets(l); {
		case at[0] == at[1] && l.SaidDifferent:
			l.Answer = recount.Different
		case at[0] != at[1] && l.SaidSame && apart[at]:
			l.Answer = recount.Same
		}
	}
}

// contested reports whether a link is open because people differ on it.
func contested(l recount.Link) bool {
	return l.Answer == recount.Unsure && (l.SaidSame || l.SaidDifferent)
}

// A contradiction is answers of which not all can hold.
type contradiction struct {
	key     recount.Key
	links   []int   // that some way leaves out, by number, sorted
	ways    [][]int // to leave links out, sorted; the first is the one that holds until it is settled
	more    bool    // there are more ways than these
	nodes   []recount.Key
	members int // of the people whom its answers join
}

// mostWays is how many ways out of one contradiction are looked at.
const mostWays = 1 << 9

// contradictions finds the contradictions among links, which are sorted, in
// order of the smallest key that each is about.
func contradictions(links []recount.Link) (out []*contradiction) {
	number := map[recount.Key]int{}
	var keys []recount.Key
	for _, l := range links {
		for _, k := range [...]recount.Key{l.A, l.B} {
			if _, known := number[k]; !known {
				number[k] = len(keys)
				keys = append(keys, k)
			}
		}
	}
	root := ownSets(len(keys))
	for _, l := range links {
		if l.Answer == recount.Same {
			union(root, number[l.A], number[l.B])
		}
	}
	torn := map[int]bool{}
	for _, l := range links {
		if a, b := number[l.A], number[l.B]; l.Answer == recount.Different && a != b && find(root, a) == find(root, b) {
			torn[find(root, a)] = true
		}
	}
	at := map[int][]int{}
	for i, l := range links {
		if a := find(root, number[l.A]); l.Answer != recount.Unsure && torn[a] && l.A != l.B && find(root, number[l.B]) == a {
			at[a] = append(at[a], i)
		}
	}
	nodes := map[int][]recount.Key{}
	for n, k := range keys {
		if a := find(root, n); torn[a] {
			nodes[a] = append(nodes[a], k)
		}
	}
	for i := range keys { // the smallest number leads
		if !torn[i] {
			continue
		}
		c := &contradiction{nodes: nodes[i]}
		slices.Sort(c.nodes)
		c.resolve(links, at[i])
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b *contradiction) int { return strings.Compare(string(a.nodes[0]), string(b.nodes[0])) })
	return out
}

// resolve finds the ways out.
func (c *contradiction) resolve(links []recount.Link, own []int) {
	// What is supposed is so in the worlds in which it can be.
	supposed := slices.DeleteFunc(slices.Clone(own), func(i int) bool { return !links[i].Supposed })
	own = slices.DeleteFunc(slices.Clone(own), func(i int) bool { return links[i].Supposed })
	// Those who settle first, those on whom people differ last, `same` before
	// `different`.
	slices.SortStableFunc(own, func(i, j int) int {
		a, b := &links[i], &links[j]
		return cmp.Or(boolOrder(b.Settled, a.Settled), boolOrder(a.SaidSame || a.SaidDifferent, b.SaidSame || b.SaidDifferent), boolOrder(a.Answer == recount.Different, b.Answer == recount.Different))
	})
	settled := slices.IndexFunc(own, func(i int) bool { return !links[i].Settled })
	if settled < 0 {
		settled = len(own)
	}
	seen := map[string]bool{}
	add := func(out []int) {
		slices.Sort(out)
		if key := fmt.Sprint(out); !seen[key] {
			seen[key] = true
			c.ways = append(c.ways, out)
		}
	}
	first := greedy(links, own)
	add(first)
	// An adjudicator's answers go before: each way out of what they contradict
	// leaves ways out of the rest.
	c.leaveOut(links, own[:settled], nil, own[:settled], map[string]bool{}, func(without []int) {
		c.leaveOut(links, own, without, own[settled:], map[string]bool{}, add)
	})
	if len(supposed) > 0 {
		able := slices.DeleteFunc(slices.Clone(c.ways), func(way []int) bool {
			kept := slices.DeleteFunc(slices.Clone(own), func(i int) bool { return slices.Contains(way, i) })
			return clashOf(links, append(kept, supposed...)) != nil
		})
		if len(able) == 0 { // it was no question
			able = [][]int{greedy(links, append(supposed, own...))}
		}
		c.ways = able
	}
	slices.SortFunc(c.ways[1:], func(a, b []int) int { return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b)) })
	for _, way := range c.ways {
		c.links = append(c.links, way...)
	}
	slices.Sort(c.links)
	c.links = slices.Compact(c.links)
	parts := []string{"contradiction"}
	for _, i := range c.links {
		parts = append(parts, string(links[i].A), string(links[i].B), links[i].Answer)
	}
	c.key = recount.KeyOf(parts...)
}

// leaveOut yields every smallest set of links that must be left out of own, of
// those that may be, beside the ones that are left out already.
func (c *contradiction) leaveOut(links []recount.Link, own, without, may []int, tried map[string]bool, yield func([]int)) {
	if key := fmt.Sprint(sorted(without)); tried[key] {
		return
	} else if tried[key] = true; len(tried) > 16*mostWays || len(c.ways) >= mostWays {
		c.more = true
		return
	}
	kept := slices.DeleteFunc(slices.Clone(own), func(i int) bool { return slices.Contains(without, i) })
	clash := clashOf(links, kept)
	if clash == nil {
		for _, i := range without {
			if slices.Contains(may, i) && clashOf(links, append(slices.Clone(kept), i)) == nil {
				return // it need not be left out
			}
		}
		yield(slices.Clone(without))
		return
	}
	for _, i := range clash {
		if slices.Contains(may, i) {
			c.leaveOut(links, own, append(slices.Clone(without), i), may, tried, yield)
		}
	}
}

func sorted(in []int) []int {
	out := slices.Clone(in)
	slices.Sort(out)
	return out
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// greedy returns the links to leave out if each of own, in its order, holds that
// can beside those before it.
func greedy(links []recount.Link, own []int) (out []int) {
	var kept []int
	for _, i := range own {
		if with := append(slices.Clone(kept), i); clashOf(links, with) == nil {
			kept = with
		} else {
			out = append(out, i)
		}
	}
	return out
}

// clashOf returns links that contradict each other: a shortest chain of `same`
// and the `different` between its ends; nil if none do.
func clashOf(links []recount.Link, own []int) []int {
	next := map[recount.Key][]int{}
	for _, i := range own {
		if l := &links[i]; l.Answer == recount.Same {
			next[l.A], next[l.B] = append(next[l.A], i), append(next[l.B], i)
		}
	}
	var best []int
	for _, d := range own {
		if links[d].Answer != recount.Different {
			continue
		}
		if chain := chainOf(links, next, links[d].A, links[d].B); chain != nil && (best == nil || len(chain)+1 < len(best)) {
			best = append(chain, d)
		}
	}
	return best
}

// chainOf returns a shortest chain of links from one to another.
func chainOf(links []recount.Link, next map[recount.Key][]int, from, to recount.Key) (chain []int) {
	by := map[recount.Key]int{from: -1}
	for queue := []recount.Key{from}; len(queue) > 0; queue = queue[1:] {
		k := queue[0]
		if k == to {
			for k != from {
				i := by[k]
				chain = append(chain, i)
				k = other(&links[i], k)
			}
			slices.Reverse(chain)
			return chain
		}
		for _, i := range next[k] {
			o := other(&links[i], k)
			if _, seen := by[o]; !seen {
				by[o] = i
				queue = append(queue, o)
			}
		}
	}
	return nil
}

func other(l *recount.Link, k recount.Key) recount.Key {
	if l.A == k {
		return l.B
	}
	return l.A
}

// leftOut returns the links without those that one way out of a contradiction
// leaves out.
func (c *contradiction) leftOut(links []recount.Link, way int) []recount.Link {
	out := make([]recount.Link, 0, len(links))
	for i, l := range links {
		if !slices.Contains(c.ways[way], i) {
			out = append(out, l)
		}
	}
	return out
}

// answers names the ways out, by the numbers of the answers in the question.
func (c *contradiction) answers() (out []string) {
	for _, way := range c.ways {
		var numbers []string
		for _, i := range way {
			n, _ := slices.BinarySearch(c.links, i)
			numbers = append(numbers, fmt.Sprint(n+1))
		}
		out = append(out, "not "+strings.Join(numbers, ", "))
	}
	return out
}

// Standing returns those of the links that hold until contradictions among them
// are settled.
func Standing(links []recount.Link) []recount.Link {
	links = sortedLinks(links)
	for _, c := range contradictions(links) {
		for _, i := range c.ways[0] {
			links[i].Answer = ""
		}
	}
	return slices.DeleteFunc(links, func(l recount.Link) bool { return l.Answer == "" })
}

// Contradictions lists the answers that contradict each other: of which some may
// have to give way.
func Contradictions(links []recount.Link) (out [][]recount.Link) {
	links = sortedLinks(links)
	for _, c := range contradictions(links) {
		var of []recount.Link
		for _, i := range c.links {
			of = append(of, links[i])
		}
		out = append(out, of)
	}
	return out
}

// mostSaid is how many of the answers that contradict each other are listed.
const mostSaid = 12

// contradicted asks which of the answers that contradict each other do not
// hold.
func (g *graph) contradicted(c *contradiction) recount.Question {
	var said []string
	for n, i := range c.links {
		l := &g.links[i]
		if len(said) == mostSaid {
			said = append(said, fmt.Sprintf("%d more", len(c.links)-mostSaid))
			break
		}
		what := "one person"
		if l.Answer == recount.Different {
			what = "different"
		}
		by := ""
		if l.Settled {
			by = " (an adjudicator)"
		}
		said = append(said, fmt.Sprintf("(%d) %s and %s are %s%s", n+1, g.name(l.A), g.name(l.B), what, by))
	}
	return recount.Question{Key: c.key, What: "contradiction", About: slices.Clone(c.nodes),
		Text: "these answers contradict each other; which of them does not hold: " + strings.Join(said, "; ") + "?"}
}
