package copies

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"recount"
)

// Two copies of a page hold different passages of it if they share less than
// this part of the smaller passage.
const samePassagePercent = 25

// Originals groups the articles that are copies of one another, directly or
// through others, unless whether they count once is for a person to say
// (recount.Relation.Asks). Every article is in exactly one original; the groups are
// ordered by their smallest member. A page that is put together from several
// originals joins none of them and is an original of its own, marked as
// spliced: it counts for nobody. The order of articles and relations does not
// matter.
func Originals(articles iter.Seq[*recount.Article], relations []recount.Relation) []recount.Original {
	var pages []groupedPage
	for a := range articles {
		pages = append(pages, groupedPage{Key: a.Key, Published: a.Published, Size: len(a.Text)})
	}
	out, _ := groupPages(pages, relations)
	return out
}

// A groupedPage is what grouping looks at of an article.
type groupedPage struct {
	Key       recount.Key
	Published string
	Size      int // of the text in bytes
	// Group is set on a page at the edge, which shares text with the others and
	// is no copy of any of them: the group that was found for it before.
	Group recount.Key
}

// groupPages is Originals for a part of all articles that is closed under copies,
// with the pages at its edge. It returns the originals of the part, and for
// each of its pages the smallest member of its group before pages that were
// put together by passages are set aside.
func groupPages(pages []groupedPage, relations []recount.Relation) ([]recount.Original, map[recount.Key]recount.Key) {
	g := newGraph(pages, relations)
	spliced, groups := g.spliced()
	g.fold(spliced)
	members := make([][]int, len(g.nodes))
	for i := range g.nodes {
		r := g.root(i)
		members[r] = append(members[r], i)
	}
	var out []recount.Original
	of := map[recount.Key]recount.Key{}
	for i, n := range g.nodes {
		if n.Group != "" {
			continue
		}
		of[n.Key] = g.nodes[groups.root(i)].Key
		if len(members[i]) > 0 { // the root is the smallest member
			out = append(out, g.original(members[i], spliced[i]))
		}
	}
	return out, of
}

// fold joins copies to groups: first what a person said, then articles that
// hold the same speakers, then those of which the first print has more. Two
// articles about which a person is asked are not joined through others, unless
// one of these shows that nothing is lost by it.
func (g *graph) fold(spliced []bool) {
	members := make([][]int, len(g.nodes)) // by root
	for i := range members {
		members[i] = []int{i}
	}
	for _, rank := range []foldRank{saidSame, sameSpeakers, moreSpeakers} {
		for i, ls := range g.links {
			for _, l := range ls {
				x, y := g.root(i), g.root(l.to)
				if l.to < i || l.fold != rank || x == y || spliced[i] || spliced[l.to] ||
					rank != saidSame && (g.asked(members[x], y) || g.asked(members[y], x)) {
					continue
				}
				most, few := members[x], members[y]
				if len(most) < len(few) {
					most, few = few, most
				}
				g.join(x, y)
				members[x], members[y] = nil, nil
				members[g.root(x)] = append(most, few...)
			}
		}
	}
}

// asked reports whether one of members has a speaker of its own against an
// article of the group with root y, and a person is asked about it. It has none
// if a fuller print of that article, in one of the two groups, has the speaker
// too.
func (g *graph) asked(members []int, y int) bool {
	for _, i := range members {
		for _, l := range g.links[i] {
			if !l.asks || !l.own || g.root(l.to) != y {
				continue
			}
			fuller := slices.ContainsFunc(g.links[i], func(f link) bool {
				if f.kind != recount.Copy || f.own || f.asks || g.root(f.to) != g.root(i) && g.root(f.to) != y {
					return false
				}
				at, ok := slices.BinarySearchFunc(g.links[f.to], l.to, func(l link, to int) int { return cmp.Compare(l.to, to) })
				return ok && g.links[f.to][at].fold != noFold
			})
			if !fuller {
				return true
			}
		}
	}
	return false
}

// A foldRank says how surely two copies count once.
type foldRank int

const (
	noFold       foldRank = iota
	moreSpeakers          // the first print has more speakers
	sameSpeakers
	saidSame // a person said so
)

// A link is one relation as one of its two articles sees it.
type link struct {
	to    int
	kind  recount.RelationKind
	spans []recount.Span // in this article, sorted
	first int            // -1 this article, 1 the other, 0 unknown
	asks  bool           // counting both once is for a person to say
	own   bool           // this article has a speaker whom the other does not have
	fold  foldRank
	why   string
}

// A graph holds articles in order of their keys, and their relations.
type graph struct {
	nodes []groupedPage
	links [][]link
	forest[int]
}

func newGraph(pages []groupedPage, relations []recount.Relation) *graph {
	g := &graph{nodes: slices.Clone(pages)}
	for _, p := range pages {
		if p.Group != "" { // the smallest member of a group stands for it, if it is at hand or not
			g.nodes = append(g.nodes, groupedPage{Key: p.Group, Group: p.Group})
		}
	}
	slices.SortStableFunc(g.nodes, func(x, y groupedPage) int { return cmp.Compare(x.Key, y.Key) })
	g.nodes = slices.CompactFunc(g.nodes, func(x, y groupedPage) bool { return x.Key == y.Key })
	g.links = make([][]link, len(g.nodes))
	g.forest = newForest[int](len(g.nodes))
	for _, r := range relations {
		a, okA := g.find(r.A)
		b, okB := g.find(r.B)
		if !okA || !okB || a == b {
			continue
		}
		la := link{kind: r.Kind, why: r.Reason, asks: r.Asks()}
		switch {
		case r.Kind != recount.Copy || la.asks:
		case r.Said:
			la.fold = saidSame
		case r.OwnA || r.OwnB:
			la.fold = moreSpeakers
		default:
			la.fold = sameSpeakers
		}
		lb := la
		la.to, la.own = b, r.OwnA
		lb.to, lb.own = a, r.OwnB
		switch r.First {
		case r.A:
			la.first, lb.first = -1, 1
		case r.B:
			la.first, lb.first = 1, -1
		}
		for _, s := range r.Spans {
			la.spans = append(la.spans, s.A)
			lb.spans = append(lb.spans, s.B)
		}
		g.links[a] = append(g.links[a], la)
		g.links[b] = append(g.links[b], lb)
	}
	for _, ls := range g.links {
		slices.SortStableFunc(ls, func(x, y link) int { return cmp.Compare(x.to, y.to) })
		for _, l := range ls {
			slices.SortFunc(l.spans, func(x, y recount.Span) int { return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End)) })
		}
	}
	return g
}

func (g *graph) find(k recount.Key) (int, bool) {
	return slices.BinarySearchFunc(g.nodes, k, func(n groupedPage, k recount.Key) int { return cmp.Compare(n.Key, k) })
}

// spliced says of every article whether it was put together from others.
//
// First sign: two articles that are no copies of one another are both copies
// of this one and hold different passages of it. The long text from which two
// outlets cut different halves looks the same, so the sign does not count if
// this article was published before either of them, or if one of the two is
// itself such a page. Second sign: most of the page is found in at least three
// originals, and no single one of them holds most of it.
func (g *graph) spliced() ([]bool, *graph) {
	var bridges [][][2]int
	for i := range g.nodes {
		bridges = append(bridges, g.bridge(i))
	}
	out := make([]bool, len(g.nodes))
	for i, pairs := range bridges {
		for _, p := range pairs {
			if len(bridges[p[0]]) == 0 && len(bridges[p[1]]) == 0 {
				out[i] = true
			}
		}
	}
	// Groups without the bridges tell how many originals a page was put
	// together from.
	groups := &graph{nodes: g.nodes, links: g.links, forest: slices.Clone(g.forest)}
	for i, n := range g.nodes {
		if at, ok := g.find(n.Group); ok && n.Group != "" {
			groups.join(i, at)
		}
	}
	for i, ls := range g.links {
		for _, l := range ls {
			if l.kind == recount.Copy && !out[i] && !out[l.to] {
				groups.join(i, l.to)
			}
		}
	}
	for i := range g.nodes {
		if !out[i] && g.nodes[i].Group == "" && isComposite(g.nodes[i].Size, g.sources(i, groups)) {
			out[i] = true
		}
	}
	return out, groups
}

// maxBridge caps the copies of one article that are compared with each other.
const maxBridge = 64

// bridge returns the pairs of copies of article i that hold different
// passages of it and are no copies of one another.
func (g *graph) bridge(i int) (pairs [][2]int) {
	var copies []link
	for _, l := range g.links[i] {
		if l.kind == recount.Copy && len(copies) < maxBridge && !g.before(i, l.to) {
			copies = append(copies, l)
		}
	}
	for x, u := range copies {
		for _, v := range copies[x+1:] {
			if !g.linked(u.to, v.to) && 100*overlap(u.spans, v.spans) < samePassagePercent*min(size(u.spans), size(v.spans)) {
				pairs = append(pairs, [2]int{u.to, v.to})
			}
		}
	}
	return pairs
}

// before reports whether article i was surely published before j.
func (g *graph) before(i, j int) bool {
	d, _ := earlier(g.nodes[i].Published, g.nodes[j].Published)
	return d < 0
}

// linked reports whether i and j are copies of one another.
func (g *graph) linked(i, j int) bool {
	at, ok := slices.BinarySearchFunc(g.links[i], j, func(l link, j int) int { return cmp.Compare(l.to, j) })
	return ok && g.links[i][at].kind == recount.Copy
}

// sources returns the passages of article i that stand in other originals,
// those that were published after it left out; nil if it is a copy itself.
func (g *graph) sources(i int, groups *graph) map[int][]recount.Span {
	bySource := map[int][]recount.Span{}
	for _, l := range g.links[i] {
		if l.kind == recount.QuoteOnly || g.before(i, l.to) {
			continue
		}
		r := groups.root(l.to)
		if r == groups.root(i) {
			return nil
		}
		bySource[r] = append(bySource[r], l.spans...)
	}
	return bySource
}

// original describes the group of members, whose numbers ascend.
func (g *graph) original(members []int, spliced bool) recount.Original {
	o := recount.Original{Spliced: spliced}
	parts := []string{"original"}
	for _, m := range members {
		o.Members = append(o.Members, g.nodes[m].Key)
		parts = append(parts, string(g.nodes[m].Key))
	}
	o.Key = recount.KeyOf(parts...)
	if len(members) == 1 {
		o.First = o.Members[0]
		if spliced {
			o.Reason = g.splicedFrom(members[0])
		}
		return o
	}
	o.First, o.Reason = g.first(members)
	return o
}

// first suggests which member was printed first: the one that its relations
// call first most often, each opposite opinion taken off.
func (g *graph) first(members []int) (recount.Key, string) {
	best, votes, why := -1, 0, ""
	for _, m := range members {
		n, reason := 0, ""
		for _, l := range g.links[m] {
			if l.kind != recount.Copy {
				continue
			}
			if _, ok := slices.BinarySearch(members, l.to); !ok {
				continue
			}
			n -= l.first
			if l.first < 0 && reason == "" {
				reason = l.why
			}
		}
		if best < 0 || n > votes {
			best, votes, why = m, n, reason
		}
	}
	if votes <= 0 {
		return "", "nothing tells which was first"
	}
	return g.nodes[best].Key, why
}

// splicedFrom says how many other articles hold passages of article i.
func (g *graph) splicedFrom(i int) string {
	return fmt.Sprintf("put together from passages of %d other articles", len(g.links[i]))
}
