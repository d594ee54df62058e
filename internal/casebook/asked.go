package casebook

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"recount"
	"recount/internal/count"
)

// Version is the number of the newest change of the study that is in.
func (c *Casebook) Version() int64 { return c.seq }

// Derived is the number of the newest change of what is derived that is in.
func (c *Casebook) Derived() int64 { return c.derived }

// Texts is a number that is another one when the pages were read again.
func (c *Casebook) Texts() int64 { return c.loads }

// Question names the question that an answer would be about, and returns the
// live answers to it. Answers to one question have equal names as long as
// nothing is decided in between.
func (c *View) Question(ctx context.Context, a recount.Answer) (name string, answers []Placed, err error) {
	p := &placed{Decision: &recount.Decision{Header: recount.Header{Kind: a.Kind()}}, answer: plainly(a)}
	if err := c.look(ctx, []*placed{p}); err != nil {
		return "", nil, err
	}
	name, old := c.item(p)
	return name, public(old), nil
}

func public(ps []*placed) (out []Placed) {
	for _, p := range ps {
		out = append(out, Placed{p.Decision, p.answer, p.at})
	}
	return out
}

// Given lists the answers that people gave about whether the speaker counts,
// by id.
func (s *Speaker) Given() []Placed { return public(s.scope) }

// Values lists the answers about a variable of the speaker, by id.
func (s *Speaker) Values(variable string) []Placed { return public(s.about["value\x00"+variable]) }

// Dated lists the pages by the day of publication as it counts now.
func (c *View) Dated() []recount.Key {
	pages := c.datedPages()
	out := make([]recount.Key, len(pages))
	for i, p := range pages {
		out[i] = p.Key
	}
	return out
}

// undecided lists the read speakers of a page who are people and speak in the
// story, and of whom nobody answered whether they count: neither about them nor
// about somebody who counts and whom they are the same as.
func (c *View) undecided(p *page) []int {
	s := c.state(p).settled
	follows := func(i int) bool {
		sp := s.byRead(i)
		return sp != nil && sp.linked && c.follows(sp.Key)
	}
	if !slices.ContainsFunc(s.undecided, follows) {
		return s.undecided
	}
	return slices.DeleteFunc(slices.Clone(s.undecided), follows)
}

// Unanswered reports whether a speaker who was read is a person who speaks in
// the story, and nobody answered whether he or she counts.
func (c *View) Unanswered(v *Voice) bool {
	p := c.byKey[v.Page.Key]
	return p != nil && v.Speaker.Read >= 0 && slices.Contains(c.undecided(p), v.Speaker.Read)
}

// UnansweredOn counts the speakers of an article for whom nobody answered
// whether they count.
func (c *View) UnansweredOn(article recount.Key) int {
	if p := c.byKey[article]; p != nil {
		return len(c.undecided(p))
	}
	return 0
}

// OpenLinks counts the suggested pairs of members that nobody answered.
func (c *View) OpenLinks() (n int) {
	for k := range c.open.all() {
		if c.links.of(k) == nil && c.implied(k[0], k[1]) == "" {
			n++
		}
	}
	return n
}

// Reads reports whether an article is read: it is the first print of its
// original, and nobody screened it out.
func (c *View) Reads(article recount.Key) bool {
	p := c.byKey[article]
	return p != nil && c.firstPrint(p) && c.screened(p) != recount.No
}

// EachPage calls f for each page with what a list of many needs of it.
func (c *View) EachPage(f func(key recount.Key, outlet, captured string, doubtful, first bool, screened recount.YesNo)) {
	for _, p := range c.list {
		published, decided := c.day(p)
		outlet, _ := c.outlet(p)
		f(p.Key, outlet, p.Head.Captured, published == "" || (p.DateFlag != "" || len(c.saidDays(p)) > 0) && !decided, c.firstPrint(p), c.screened(p))
	}
}

// CaseOf returns the person whom a member is one account of; ok is false if
// the member does not count.
func (c *Casebook) CaseOf(member recount.Key) (recount.Case, bool) {
	g := c.net.groups.Of(member)
	if g == nil {
		return recount.Case{}, false
	}
	for _, x := range (&count.Problem{Members: g.Members, Links: g.Links}).Cases() {
		if slices.ContainsFunc(x.Members, func(m recount.Member) bool { return m.Key == member }) {
			return x, true
		}
	}
	return recount.Case{}, false
}

// LinksOf returns the links of the group that a member is in.
func (c *Casebook) LinksOf(member recount.Key) []recount.Link {
	if g := c.net.groups.Of(member); g != nil {
		return g.Links
	}
	return nil
}

// A Posed question is open, with the group of people that it is about.
type Posed struct {
	recount.Question
	Group recount.Key
}

// Open lists the questions that are open, by their key.
func (c *Casebook) Open() (out []Posed) {
	for _, g := range c.net.groups.All() {
		for _, q := range g.Questions() {
			out = append(out, Posed{q, g.Key})
		}
	}
	slices.SortFunc(out, func(a, b Posed) int { return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.What, b.What)) })
	return out
}

// Effect returns how far an answer about two members moves a count at most.
func (c *Casebook) Effect(t *count.Tally, a, b recount.Key) int {
	k := pairOf(a, b)
	x, y := c.net.groups.Of(a), c.net.groups.Of(b)
	switch {
	case x == nil || y == nil:
		return 0
	case x == y && (c.open.of(k) || c.links.of(k) != nil):
		return t.Effect(x.Key, recount.Question{What: "link", About: []recount.Key{k[0], k[1]}})
	case x == y:
		return 0
	}
	return 1 // joining two people is one person less
}

// Chain returns the `same` answers that join two speakers, nil if none do.
func (c *Casebook) Chain(a, b recount.Key) []recount.Link {
	from := map[recount.Key]*recount.Link{a: nil}
	for queue := []recount.Key{a}; len(queue) > 0; queue = queue[1:] {
		k := queue[0]
		if k == b {
			break
		}
		g := c.net.groups.Of(k)
		if g == nil {
			continue
		}
		for i := range g.Links {
			l := &g.Links[i]
			if l.Answer != recount.Same || l.A != k && l.B != k {
				continue
			}
			other := l.A
			if other == k {
				other = l.B
			}
			if _, seen := from[other]; !seen {
				from[other] = l
				queue = append(queue, other)
			}
		}
	}
	if _, ok := from[b]; !ok {
		return nil
	}
	var out []recount.Link
	for k := b; k != a; {
		l := from[k]
		out = append(out, *l)
		if l.A == k {
			k = l.B
		} else {
			k = l.A
		}
	}
	slices.Reverse(out)
	return out
}

// Between returns the link that says that two speakers, or those whom `same`
// answers join with them, are different people; nil if none does.
func (c *View) Between(a, b recount.Key) *recount.Link {
	second := c.joined(b)
	for _, x := range c.joined(a) {
		for _, y := range second {
			if l := c.links.of(pairOf(x, y)); l != nil && l.Answer == recount.Different {
				return &l.Link
			}
		}
	}
	return nil
}

// MemberAt returns the page and the speaker of a member's key.
func (c *View) MemberAt(ctx context.Context, member recount.Key) (*Voice, error) {
	for _, p := range c.pages {
		for _, sp := range c.state(p).settled.speakers {
			if sp.Key == member {
				return c.voiceOf(ctx, p, sp)
			}
		}
	}
	return nil, fmt.Errorf("speaker %s: %w", member, recount.ErrNotFound)
}

// voiceOf returns a speaker of a page as lists show it.
func (c *View) voiceOf(ctx context.Context, p *page, sp *Speaker) (*Voice, error) {
	vs, err := c.voices(ctx, p, true)
	if err != nil {
		return nil, err
	}
	for _, v := range vs {
		if v.Speaker == sp {
			return v, nil
		}
	}
	return nil, fmt.Errorf("speaker %s: %w", sp.Key, recount.ErrNotFound)
}

// SeenPairs lists those of the suggestions whose pages are in the study, in
// their order, with what people answered. While reprints are folded two
// speakers of one original are no question unless both count or may count, and
// the others are listed only on request. Speakers whom nobody read are named by
// the keys of lists.
func (c *View) SeenPairs(ctx context.Context, suggestions []recount.Suggestion, reprints bool) iter.Seq2[Pair, error] {
	return func(yield func(Pair, error) bool) {
		byPage := map[*page]map[recount.Key]*Voice{}
		var named map[recount.Key]*page
		on := func(key recount.Key) *page {
			if p := c.readOn(key); p != nil {
				return p
			}
			if named == nil {
				named = map[recount.Key]*page{}
				for _, x := range c.Named() {
					named[x.Key] = c.byKey[x.Article]
				}
			}
			return named[key]
		}
		for _, s := range suggestions {
			a, b := on(s.A), on(s.B)
			if a == nil || b == nil {
				continue
			}
			p, ok, err := c.pair(ctx, byPage, a, b, s, reprints)
			if err != nil {
				yield(p, err)
				return
			}
			if ok && !yield(p, nil) {
				return
			}
		}
	}
}

// readOn returns the page on which a read speaker stands; nil if none does.
func (c *View) readOn(key recount.Key) *page {
	c.read.once.Do(func() {
		n := 0
		for _, p := range c.list {
			n += p.speakers.len()
		}
		c.read.at = make(map[shortKey]uint32, n)
		for i, p := range c.list {
			for j := range p.speakers.len() {
				if k, ok := shortKeyOf(p.key(j)); ok {
					c.read.at[k] = uint32(i)
				}
			}
		}
	})
	k, ok := shortKeyOf(key)
	if i, there := c.read.at[k]; ok && there {
		return c.list[i]
	}
	return nil
}

// pair sets a suggestion beside what people answered.
func (c *View) pair(ctx context.Context, byPage map[*page]map[recount.Key]*Voice, a, b *page, s recount.Suggestion, reprints bool) (p Pair, ok bool, err error) {
	p.Suggestion = s
	if x, y := c.originalOf[a.Key], c.originalOf[b.Key]; a == b {
		p.Within = "page"
	} else if x != nil && x == y {
		if c.rules[recount.FoldReprints] && !reprints && !c.bothCount(&s) {
			return p, false, nil // one print of it is read, and this is another
		}
		p.Within = "original"
	}
	voice := func(p *page, key recount.Key) (*Voice, error) {
		if byPage[p] == nil {
			byPage[p] = map[recount.Key]*Voice{}
			vs, err := c.voices(ctx, p, true)
			if err != nil {
				return nil, err
			}
			for _, v := range vs {
				byPage[p][v.ID] = v
				for i := range p.speakers.len() {
					if c.state(p).settled.byRead(i) == v.Speaker {
						byPage[p][p.key(i)] = v
					}
				}
			}
		}
		return byPage[p][key], nil
	}
	if p.A, err = voice(a, s.A); err != nil {
		return p, false, err
	}
	if p.B, err = voice(b, s.B); err != nil {
		return p, false, err
	}
	if p.A == nil || p.B == nil || p.A.Speaker == p.B.Speaker || otherNames(p.A.Speaker, p.B.Speaker) && !c.open.has(pairOf(p.A.Key, p.B.Key)) {
		return p, false, nil
	}
	c.answered(&p)
	return p, true, nil
}

// bothCount reports whether the two of a suggestion count or may count, each by
// itself.
func (c *View) bothCount(s *recount.Suggestion) bool {
	x, y := c.Known(s.A), c.Known(s.B)
	return x != nil && y != nil && x != y && x.Member != nil && y.Member != nil
}

// answered says what people answered about a pair.
func (c *View) answered(p *Pair) {
	if l := c.links.of(pairOf(p.A.Key, p.B.Key)); l != nil && l.Reason != "people disagree" {
		p.Answer = l.Answer
	} else if l == nil {
		p.Answer = c.implied(p.A.Key, p.B.Key)
		p.Implied = p.Answer != ""
	}
}

// PairOf sets two speakers beside each other, suggested or not.
func (c *View) PairOf(a, b *Voice, s recount.Suggestion) Pair {
	p := Pair{Suggestion: s, A: a, B: b}
	if x, y := c.originalOf[a.Page.Key], c.originalOf[b.Page.Key]; a.Page.Key == b.Page.Key {
		p.Within = "page"
	} else if x != nil && x == y {
		p.Within = "original"
	}
	c.answered(&p)
	return p
}

// Keyed returns the page of a read speaker, "" if none is known.
func (c *View) Keyed(speaker recount.Key) recount.Key {
	if p := c.readOn(speaker); p != nil {
		return p.Key
	}
	return ""
}

// PageNamed returns the page of this name and part as decisions name it.
func (c *View) PageNamed(name, part string) (Page, bool) {
	p := c.pages[pageID(name, part)]
	if p == nil {
		if ps := c.byName[name]; len(ps) > 0 && part == "" {
			p = ps[0]
		}
	}
	if p == nil {
		return Page{}, false
	}
	return c.pageOf(p), true
}

// Answers lists the live answers about no place of a text, of one kind and
// subject, by id.
func (c *View) Answers(k recount.Kind, about string) []Placed {
	return public(c.about(k, about))
}

// On lists the live decisions with a place on an article, by id.
func (c *View) On(article recount.Key) []Placed {
	p := c.byKey[article]
	if p == nil {
		return nil
	}
	return public(c.state(p).decisions)
}

// PlacedBy returns a live decision with its answer and its places, by its id;
// nil if there is none.
func (c *View) PlacedBy(id string) *Placed {
	p := c.placed.of(id)
	if p == nil {
		return nil
	}
	return &Placed{p.Decision, p.answer, p.at}
}

// Quiet reports whether nobody of an article was asked about or decided.
func (c *View) Quiet(article recount.Key) bool {
	p := c.byKey[article]
	return p == nil || len(c.state(p).settled.undecided) == 0 && len(c.state(p).settled.speakers) == 0
}

// Known returns the speaker that decisions know of a read one, nil if there
// are none.
func (c *View) Known(read recount.Key) *Speaker {
	p := c.readOn(read)
	if p == nil {
		return nil
	}
	return c.state(p).settled.byRead(p.readAs(read))
}

// AnswerTo returns what people answered, or what follows from their answers,
// about two speakers: same, different, unsure, or "".
func (c *View) AnswerTo(a, b recount.Key) string {
	if l := c.links.of(pairOf(a, b)); l != nil {
		return l.Answer
	}
	return c.implied(a, b)
}

// Asks reports whether a suggested pair is a question, as Pair.Asked says,
// without reading either page: both is true if both count or may count.
func (c *View) Asks(s *recount.Suggestion) (asked, both bool) {
	a, b := c.readOn(s.A), c.readOn(s.B)
	if a == nil || b == nil {
		return false, false
	}
	if x, y := c.originalOf[a.Key], c.originalOf[b.Key]; a != b && x != nil && x == y && c.rules[recount.FoldReprints] && !c.bothCount(s) {
		return false, false
	}
	x, y := c.Known(s.A), c.Known(s.B)
	for _, sp := range []*Speaker{x, y} {
		if sp != nil && (sp.Scope == recount.No || sp.Rejected) {
			return false, false
		}
	}
	if x == nil || y == nil {
		return true, false
	}
	if otherNames(x, y) && !c.open.has(pairOf(x.Key, y.Key)) {
		return false, false
	}
	return x != y && c.links.of(pairOf(x.Key, y.Key)) == nil && c.implied(x.Key, y.Key) == "", x.Member != nil && y.Member != nil
}

// Whose counts the speakers of an article who were read or decided about, by
// kind: all of them, and those whom nobody answered for.
func (c *View) Whose(article recount.Key, f func(kind recount.SpeakerKind, scope recount.YesNo, asked bool)) {
	p := c.byKey[article]
	if p == nil {
		return
	}
	seen, undecided := map[*Speaker]bool{}, c.undecided(p)
	for i := range p.speakers.len() {
		sp := c.state(p).settled.byRead(i)
		if sp != nil {
			if seen[sp] {
				continue
			}
			seen[sp] = true
		}
		kind, scope := p.speakers.kind(i), recount.YesNo("")
		if sp != nil {
			if scope = sp.Scope; len(sp.entered) > 0 {
				kind = sp.Ref().Kind
			}
		}
		asked := slices.Contains(undecided, i)
		if asked || scope != "" {
			f(kind, scope, asked)
		}
	}
	for _, sp := range c.state(p).settled.speakers {
		if !seen[sp] && sp.Scope != "" {
			f(sp.Ref().Kind, sp.Scope, false)
		}
	}
}

// CapturedAt is when a version that counts was captured.
func (c *View) CapturedAt(article recount.Key) string {
	if p := c.byKey[article]; p != nil {
		return p.Head.Captured
	}
	return ""
}

// Lost reports whether words that an answer names stand on no page.
func (c *View) Lost(ctx context.Context, a recount.Answer) (bool, error) {
	p := &placed{Decision: &recount.Decision{Header: recount.Header{Kind: a.Kind()}}, answer: a}
	if err := c.look(ctx, []*placed{p}); err != nil {
		return false, err
	}
	return slices.ContainsFunc(p.at, func(at Placement) bool { return at.Found == Lost }), nil
}
