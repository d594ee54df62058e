package casebook

import (
	"cmp"
	"context"
	"iter"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/count"
)

// Pairs of people whom nothing suggests to be one are too many to be asked, so
// some are drawn at random. What is answered of those says how many links the
// suggestions missed.

// A lot is a pair of people in a draw, named by the members who head them.
type lot struct {
	a, b  recount.Key
	order uint64
}

func (l lot) compare(o lot) int {
	return cmp.Or(cmp.Compare(l.order, o.order), strings.Compare(string(l.a), string(o.a)), strings.Compare(string(l.b), string(o.b)))
}

// Unsuggested counts the pairs of people who count that nothing suggests to be
// one and that no answer tells of, and names n of those that were not drawn
// yet, each by the members who head the two: the first in an order that follows
// from hashes of the study's id and the two, so that nobody can choose it and
// everybody can repeat it.
func (c *View) Unsuggested(ctx context.Context, n int) (drawn [][2]recount.Key, pairs int, err error) {
	var counted []recount.Member
	for _, m := range c.Members() {
		if m.Scope != recount.Unclear {
			counted = append(counted, m)
		}
	}
	people := (&count.Problem{Members: counted, Links: c.Links()}).Cases()
	var heads []recount.Key
	who := map[recount.Key]int{} // which of people a member is
	for i := range people {
		heads = append(heads, people[i].Head().Key)
		for _, m := range people[i].Members {
			who[m.Key] = i
		}
	}
	told, done := map[[2]int]bool{}, map[[2]int]bool{}
	note := func(in map[[2]int]bool, a, b recount.Key) {
		x, counts := who[a]
		y, both := who[b]
		if counts && both && x != y {
			in[[2]int{min(x, y), max(x, y)}] = true
		}
	}
	all, err := c.store.Suggestions(ctx)
	if err != nil {
		return nil, 0, err
	}
	for i := range all {
		if a, b := c.Known(all[i].A), c.Known(all[i].B); a != nil && b != nil {
			note(told, a.Key, b.Key)
		}
	}
	for k := range c.links.all() {
		note(told, k[0], k[1])
	}
	pairs = len(people)*(len(people)-1)/2 - len(told)
	if n <= 0 {
		return nil, pairs, nil
	}
	for p, err := range c.Drawn(ctx) {
		if err != nil {
			return nil, 0, err
		}
		note(done, p.A.Key, p.B.Key)
	}
	chance := make([]uint64, len(heads))
	for i, k := range heads {
		h := recount.KeyOf("draw", c.settings.Study, string(k))
		if chance[i], err = strconv.ParseUint(string(h[:16]), 16, 64); err != nil {
			return nil, 0, err
		}
	}
	first := make([]lot, 0, n+1) // the first n so far
	for x := range heads {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		for y := x + 1; y < len(heads); y++ {
			l := lot{min(heads[x], heads[y]), max(heads[x], heads[y]), mixed(chance[x] ^ chance[y])}
			if len(first) == n && l.compare(first[n-1]) > 0 || told[[2]int{x, y}] || done[[2]int{x, y}] {
				continue
			}
			i, _ := slices.BinarySearchFunc(first, l, lot.compare)
			if first = slices.Insert(first, i, l); len(first) > n {
				first = first[:n]
			}
		}
	}
	for _, l := range first {
		drawn = append(drawn, [2]recount.Key{l.a, l.b})
	}
	return drawn, pairs, nil
}

// mixed spreads a number over all of its bits (Steele, Lea & Flood 2014,
// SplitMix64).
func mixed(x uint64) uint64 {
	x = (x ^ bits.RotateLeft64(x, 34)) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Draw returns n pairs, as Unsuggested names them, as decisions that they were
// drawn.
func (c *View) Draw(ctx context.Context, n int) (out []Draft, err error) {
	pairs, _, err := c.Unsuggested(ctx, n)
	if err != nil {
		return nil, err
	}
	for _, p := range pairs {
		var refs [2]recount.SpeakerRef
		for i, k := range p {
			v, err := c.MemberAt(ctx, k)
			if err != nil {
				return nil, err
			}
			if refs[i], err = c.Ref(ctx, v); err != nil {
				return nil, err
			}
		}
		out = append(out, Draft{Answer: recount.DrawBody{A: refs[0], B: refs[1]}, Reason: "drawn at random to be compared"})
	}
	return out, nil
}

// Drawn lists the pairs that were drawn at random and whose two speakers still
// count or may count, with what people answered. Two who were joined since are
// among them.
func (c *View) Drawn(ctx context.Context) iter.Seq2[Pair, error] {
	return func(yield func(Pair, error) bool) {
		for _, d := range c.Holding(recount.KindDraw) {
			p := &placed{Decision: d.Decision, answer: d.Answer, at: d.At}
			a, b := c.speakerIn(p, 0), c.speakerIn(p, 1)
			if a == nil || b == nil || a.Member == nil || b.Member == nil {
				continue
			}
			pair, err := c.ofMembers(ctx, d.At[0].page, a, d.At[1].page, b)
			if !yield(pair, err) || err != nil {
				return
			}
		}
	}
}

// ofMembers sets two speakers beside each other.
func (c *View) ofMembers(ctx context.Context, on *page, a *Speaker, by *page, b *Speaker) (Pair, error) {
	v, err := c.voiceOf(ctx, on, a)
	if err != nil {
		return Pair{}, err
	}
	w, err := c.voiceOf(ctx, by, b)
	if err != nil {
		return Pair{}, err
	}
	return c.PairOf(v, w, recount.Suggestion{A: v.ID, B: w.ID}), nil
}

// MissedLinks counts what was answered of the pairs of people that were drawn
// at random, and lists those that are still a question.
func (c *View) MissedLinks(ctx context.Context) (m recount.MissedLinks, asked []Pair, err error) {
	m, asked, err = c.compared(ctx)
	if err != nil || m.Drawn == 0 {
		return m, nil, err
	}
	_, m.Pairs, err = c.Unsuggested(ctx, 0)
	m.Pairs += len(m.Compared)
	count.LimitMissedLinks(&m)
	return m, asked, err
}

// DrawnAsked lists the pairs that were drawn at random and are still a
// question. Unlike MissedLinks it looks at no other pair of the study.
func (c *View) DrawnAsked(ctx context.Context) ([]Pair, error) {
	_, asked, err := c.compared(ctx)
	return asked, err
}

func (c *View) compared(ctx context.Context) (m recount.MissedLinks, asked []Pair, err error) {
	for p, err := range c.Drawn(ctx) {
		if err != nil {
			return m, nil, err
		}
		m.Drawn++
		if l := c.links.of(pairOf(p.A.Key, p.B.Key)); p.Answer == "" && l != nil {
			p.Answer = recount.Unsure // people disagree
		}
		switch p.Answer {
		case "":
			asked = append(asked, p)
			continue
		case recount.Same:
			m.Same++
		case recount.Unsure:
			m.Unsure++
		}
		m.Compared = append(m.Compared, recount.DrawnPair{A: p.A.Key, B: p.B.Key, Answer: p.Answer})
	}
	return m, asked, nil
}
