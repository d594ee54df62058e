package speakers

import (
	_ "embed"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

//go:embed model.bin
var modelFile string

// A model ranks the parties that a pronoun may mean, and those that may have
// said words that stand without a source.
type model struct{ pronouns, unnamed, described, named, kinds lang.Linear }

// modelFrom reads a model.
func modelFrom(data string) *model {
	var m model
	var err error
	if m.pronouns, data, err = lang.LinearFrom(data); err != nil {
		return nil
	}
	if m.unnamed, data, err = lang.LinearFrom(data); err != nil {
		return nil
	}
	if m.described, data, err = lang.LinearFrom(data); err != nil {
		return nil
	}
	if m.named, data, err = lang.LinearFrom(data); err != nil {
		return nil
	}
	if m.kinds, _, err = lang.LinearFrom(data); err != nil {
		return nil
	}
	return &m
}

var trained = sync.OnceValue(func() *model { return modelFrom(modelFile) })

// Bounds of what is compared.
const (
	mostCandidates = 16
	lookBack       = 80           // sightings
	lookFar        = 4 * lookBack // of one who goes on
	lookAhead      = 6
)

// A candidate is a party with its last sighting before a place.
type candidate struct {
	party  int
	at     int // its last sighting, index in seen
	times  int // sightings in reach
	ahead  bool
	inside bool // all sightings in reach stand inside marks
	behind int  // points that it has less than the best, by the plain rules
	free   int  // its last sighting outside what somebody is told to have said, or -1
}

// before returns the index of the first sighting at or after byte b.
func (c *parties) before(b int) int {
	return sort.Search(len(c.seen), func(i int) bool { return c.seen[i].at >= b })
}

// candidates lists the parties that were sighted before byte b, the last one
// first, and those that come next.
func (c *parties) candidates(b int, ahead bool) []candidate {
	var out []candidate
	k := c.before(b)
	add := func(i int, ahead bool) {
		s := &c.seen[i]
		y := c.of(s.party)
		free := func() int {
			if s.quoted || c.within(s.at) {
				return -1
			}
			return i
		}
		for n := range out {
			if out[n].party == y {
				out[n].times++
				out[n].inside = out[n].inside && s.quoted
				if out[n].free < 0 {
					out[n].free = free()
				}
				return
			}
		}
		if len(out) < mostCandidates {
			out = append(out, candidate{party: y, at: i, times: 1, ahead: ahead, inside: s.quoted, free: free()})
		}
	}
	for i := k - 1; i >= 0 && i >= k-lookBack; i-- {
		add(i, false)
	}
	if ahead {
		for i := k; i < len(c.seen) && i < k+lookAhead && c.seen[i].sent <= c.p.SentenceAt(b)+2; i++ {
			add(i, true)
		}
	}
	return out
}

// persons lists the candidates for a pronoun at byte b, of whom near tells what
// points they have.
func (c *parties) persons(b int, gender string, near []standing) []candidate {
	var all []candidate
	beside := c.besideOwn(c.p.Words[min(c.p.WordAt(b), len(c.p.Words)-1)])
	for _, x := range c.candidates(b, false) {
		if y := c.Parties[x.party]; y.kind.Person() && !y.against(gender) && x.party != beside {
			x.behind = 1 << 20
			all = append(all, x)
		}
	}
	// Who is only named in what others say is not meant, if somebody else may be.
	if slices.ContainsFunc(all, func(x candidate) bool { return !x.inside }) {
		all = slices.DeleteFunc(all, func(x candidate) bool { return x.inside })
	}
	// Nor is somebody whose first name only the other sex bears and of whom the
	// text says so too, if anybody else may be.
	other := func(x candidate) bool {
		y := c.Parties[x.party]
		said := y.men - y.women
		if gender == "m" {
			said = -said
		}
		return y.clear && said >= 3 && y.opposed(gender)
	}
	if slices.ContainsFunc(all, func(x candidate) bool { return !other(x) }) {
		all = slices.DeleteFunc(all, other)
	}
	// Nor somebody whom a pronoun of the other gender, which could mean nobody else, has
	// meant.
	heard := func(x candidate) bool { return c.Parties[x.party].contradicts(gender) }
	if slices.ContainsFunc(all, func(x candidate) bool { return !heard(x) }) {
		all = slices.DeleteFunc(all, heard)
	}
	top := 0
	for _, p := range near {
		top = max(top, p.points)
	}
	for _, p := range near {
		for k := range all {
			if all[k].party == p.party {
				all[k].behind = min(all[k].behind, top-p.points)
			}
		}
	}
	return all
}

// surer leaves out the candidates that are one word of which nothing is known ("Preys on our
// fears and calls people “losers”"), if there are others; not while the rankings learn.
func (c *parties) surer(all []candidate) []candidate {
	known := func(x candidate) bool {
		y := c.Parties[x.party]
		word := y.name.In(c.p.Text)
		lower := strings.ToLower(word)
		return y.kind.Person() || len(y.words) > 0 || y.label != "" || len(word) < 2 || strings.Contains(word, " ") || c.p.Lex.Nouns[lower] != "" || c.p.Lex.Pronouns[uncontracted(lower)] != ""
	}
	if c.teach != nil || !slices.ContainsFunc(all, known) {
		return all
	}
	return slices.DeleteFunc(all, func(x candidate) bool { return !known(x) })
}

// within reports whether byte b lies in the content of one of the last statements,
// or of the one whose speaker is looked for: who is named there is spoken of.
func (c *parties) within(b int) bool {
	for _, s := range c.now {
		if s.Start <= b && b < s.End {
			return true
		}
	}
	for k := len(c.history) - 1; k >= 0 && k > len(c.history)-lookPast; k-- {
		for _, s := range c.history[k].content {
			if s.Start <= b && b < s.End {
				return true
			}
		}
	}
	return false
}

// lookPast is how many statements back are looked at.
const lookPast = 12

// freely says how far back, in sentences, a candidate was met last outside what
// somebody is told to have said: 6 if nowhere.
func (c *parties) freely(x *candidate, sent int) uint32 {
	if x.free < 0 {
		return 6
	}
	return small5(sent - c.seen[x.free].sent)
}

// A past is one statement that has been resolved.
type past struct {
	party      int
	start, end int
	asks       bool
	content    []recount.Span
}

// last returns the party of the n-th last statement, counting from 0, or -1.
func (c *parties) last(n int) int {
	if k := len(c.history) - 1 - n; k >= 0 {
		return c.of(c.history[k].party)
	}
	return -1
}

// spoke is 1 for the party of the last statement, 2 for that of the one before,
// else 0.
func (c *parties) spoke(party int) uint32 {
	switch party {
	case c.last(0):
		return 1
	case c.last(1):
		return 2
	}
	return 0
}

func truth(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

func small5(n int) uint32 { return uint32(max(0, min(n, 5))) }

// lean says how a party's gender goes with a pronoun: what the text shows,
// then what the first name suggests.
func (y *party) agreement(gender string) uint32 {
	t := y.women - y.men
	prior := y.prior
	if gender == "m" {
		t, prior = -t, -prior
	}
	a := uint32(3)
	switch {
	case t >= 6:
		a = 6
	case t >= 2:
		a = 5
	case t > 0:
		a = 4
	case t <= -6:
		a = 0
	case t <= -2:
		a = 1
	case t < 0:
		a = 2
	}
	p := uint32(2)
	switch {
	case prior > 0 && y.clear:
		p = 4
	case prior > 4:
		p = 3
	case prior < 0 && y.clear:
		p = 0
	case prior < -4:
		p = 1
	}
	return a*5 + p
}

// lines counts the lines between two bytes, up to five.
func (c *parties) lines(a, b int) uint32 {
	if a > b {
		a, b = b, a
	}
	n := uint32(0)
	for a = c.p.LineEnd(a); a < b && n < 5; a = c.p.LineEnd(a + 1) {
		n++
	}
	return n
}

// pronounFeatures lists the features of candidate k among all for a pronoun.
func (c *parties) pronounFeatures(f []uint32, all []candidate, k, b int, gender string) []uint32 {
	x := all[k]
	y := c.Parties[x.party]
	s := c.seen[x.at]
	sent := c.p.SentenceAt(b)
	ds := small5(sent - s.sent)
	lines := c.lines(s.at, b)
	agree := y.agreement(gender)
	rival := uint32(0) // of those nearer, how many the gender allows
	for _, o := range all[:k] {
		if e := c.Parties[o.party]; e.kind.Person() && e.agreement(gender)/5 >= 2 {
			rival++
		}
	}
	rival = min(rival, 4)
	role := truth(s.subject) | truth(s.owner)<<1 | truth(s.aside)<<2 | truth(s.quoted)<<3 | truth(s.pronoun)<<4
	spoke := c.spoke(x.party)
	tag := c.tag(b)
	near := uint32(5)
	if n := len(c.history); n > 0 {
		near = c.lines(c.history[n-1].start, b)
	}
	kind := uint32(len(y.kind)) // each kind has another length, but for two that are no people
	first := truth(y.name.Start == s.at)
	begins := truth(c.p.Sentences[sent].Span.Start == b)
	topic := truth(c.topic(b) == x.party)
	who := uint32(0) // the pronoun is a subject, an object, an owner, or one in -self
	if i := c.v.TokenAt(b); i < len(c.v.Tokens) {
		switch t := &c.v.Tokens[i]; {
		case strings.HasSuffix(t.Span.In(c.p.Text), "self"):
			who = 3
		case t.POS == lang.PRPS:
			who = 2
		case t.Label == lang.LabelSubject || t.Label == lang.LabelPassive:
			who = 1
		}
	}
	ahead := truth(x.ahead)
	behind := uint32(min(x.behind/6, 12))
	like := c.likeness(x.party)
	free := c.freely(&x, sent)
	subject := uint32(2)
	if x.free >= 0 {
		subject = truth(c.seen[x.free].subject)
	}
	return append(f, lang.Mix2(41, free, subject), lang.Mix3(42, free, spoke, tag), lang.Mix3(43, free, rival, subject), lang.Mix3(44, free, ds, spoke), lang.Mix2(45, free, agree), lang.Mix4(46, free, spoke, near, begins), lang.Mix1(22, like), lang.Mix2(23, like, ds), lang.Mix2(24, like, rival), lang.Mix2(25, like&63, spoke), lang.Mix2(26, like&63, min(behind, 6)), lang.Mix1(30, behind), lang.Mix3(31, behind, tag, who), lang.Mix3(32, min(behind, 4), spoke, tag), lang.Mix3(33, min(behind, 4), ds, truth(s.pronoun)), lang.Mix2(34, min(behind, 6), agree), lang.Mix2(1, ds, ahead), lang.Mix2(2, role, ds), lang.Mix1(3, agree), lang.Mix3(4, agree, rival, ds), lang.Mix2(5, rival, min(lines, 3)), lang.Mix3(6, spoke, tag, near), lang.Mix3(7, spoke, ds, min(lines, 3)),
		lang.Mix3(8, kind, first, ds), lang.Mix2(9, small5(x.times), ds), lang.Mix2(10, small5(x.times/2), rival), lang.Mix3(11, uint32(min(k, 5)), truth(s.subject), ds), lang.Mix3(12, topic, ds, begins), lang.Mix3(13, lines, truth(s.subject), rival),
		lang.Mix3(14, who, role, ds), lang.Mix4(15, who, truth(s.subject), ds, rival), lang.Mix2(16, tag, truth(s.quoted)), lang.Mix3(17, begins, truth(s.subject), ds), lang.Mix2(18, topic, rival), lang.Mix2(19, kind, agree), lang.Mix3(20, spoke, rival, tag),
		lang.Mix3(21, ahead, truth(len(all) == 1), kind))
}

// tag reports how a place stands to quotation marks: 1 behind them in its
// sentence, 2 before them, 0 elsewhere.
func (c *parties) tag(b int) uint32 {
	s := c.p.Sentences[c.p.SentenceAt(b)].Span
	i, j := c.p.RegionsIn(s)
	switch {
	case i == j:
		return 0
	case c.p.Regions[i].Outer.End <= b: // they end in the order in which they begin
		return 1
	}
	return 2
}

// topic returns the first person sighted as a subject in the line of byte b
// and before it, or -1.
func (c *parties) topic(b int) int {
	start := c.p.LineStart(b)
	from := c.before(start)
	for i := from; i < len(c.seen) && i < from+lookBack && c.seen[i].at < b; i++ {
		if s := c.seen[i]; s.subject && !s.quoted {
			return c.of(s.party)
		}
	}
	return -1
}

// subjectOf returns whom the paragraph of byte b speaks of: who was brought in as a
// subject since the last statement, else its topic.
func (c *parties) subjectOf(b int) int {
	start := c.p.LineStart(b)
	if n := len(c.history); n > 0 {
		start = max(start, c.history[n-1].end)
	}
	from := c.before(b)
	for k := from - 1; k >= max(0, from-lookFar) && c.seen[k].at >= start; k-- {
		if s := c.seen[k]; s.subject && !s.quoted && !s.pronoun {
			if y := c.of(s.party); c.Parties[y].name.Start == s.at {
				return y
			}
			break
		}
	}
	return c.topic(b)
}

// upTo resolves the pronouns outside marks before byte b, in their order, and
// makes sightings of them.
func (c *parties) upTo(b int) {
	if c.v == nil || trained() == nil && c.teach == nil {
		return
	}
	words := c.p.Words
	defer c.meet(b - 1)
	for ; c.read < len(words) && words[c.read].Span.Start < b; c.read++ {
		w := words[c.read]
		c.meet(w.Span.Start - 1)
		g := c.p.Lex.Pronouns[w.Lower]
		if g == "" && !c.p.Training && !(c.bare(c.read+1) && words[c.read+1].Upper) {
			g = c.p.Lex.Pronouns[uncontracted(w.Lower)] // "She’s a tailor", but not "He’s Ivo Lund"
		}
		if w.Region >= 0 || g != "m" && g != "f" || c.anybody(c.read) {
			continue
		}
		y := c.means(w.Span, g)
		if y < 0 {
			continue
		}
		if noun, ok := c.predicates[w.Span.Start]; ok {
			c.Parties[y].call(noun)
		}
		if !c.p.Training && (w.Lower == "he" || w.Lower == "she") && c.onlyOne(c.read, 1, g) == y {
			c.sure(y, g)
		}
		for _, t := range c.ofPronoun(c.read) {
			c.has(y, t)
		}
		c.remember(y, w.Span.Start)
		c.meant[w.Span.Start] = y
		c.vote(c.read, y, g)
		if c.goesOn(c.read, y) {
			v := c.voted[c.read]
			v.goesOn = true
			c.voted[c.read] = v
		}
		if len(c.seen) < mostSeen {
			i := c.before(w.Span.Start)
			c.seen = slices.Insert(c.seen, i, sighting{at: w.Span.Start, party: y, sent: int(w.Sent), subject: c.subject(w.Span), owner: w.Lower == "his" || w.Lower == "hers", pronoun: true})
		}
	}
}

// vote moves the vote that a pronoun gave on the first reading.
func (c *parties) vote(word, y int, gender string) {
	was, ok := c.voted[word]
	weight := 1
	if ok {
		c.count(was.party, gender, -was.weight)
		if was.party == y {
			weight = 2 // both readings agree
		}
	}
	c.voted[word] = genderVote{party: y, weight: weight, clear: was.clear}
	c.count(y, gender, weight)
}

func (c *parties) count(y int, gender string, n int) {
	if gender == "m" {
		c.Parties[y].men += n
		c.Parties[y].told.his += n
	} else {
		c.Parties[y].women += n
		c.Parties[y].told.her += n
	}
}

// A genderVote is what one pronoun says of a party's gender.
type genderVote struct {
	party, weight int
	clear         bool // by the plain rules nobody else comes near
	goesOn        bool // it speaks, and the party has spoken right before
}

// goesOn reports whether the pronoun at word i stands beside a word of speech
// and a party has said what was said last, with nobody else named since.
func (c *parties) goesOn(i, y int) bool {
	if len(c.history) == 0 || c.last(0) != y {
		return false
	}
	words := c.p.Words
	cue := func(k int) bool {
		return k >= 0 && k < len(words) && words[k].Region < 0 && words[k].Sent == words[i].Sent && c.p.Lex.Cues[words[k].Lower] != ""
	}
	if !cue(i-1) && !cue(i+1) && !cue(i+2) {
		return false
	}
	h := c.history[len(c.history)-1]
	b := words[i].Span.Start
	if c.lines(h.end, b) > 2 {
		return false
	}
	from := c.before(b)
	for k := from - 1; k >= max(0, from-lookFar) && c.seen[k].at >= h.end; k-- {
		if s := c.seen[k]; !s.quoted && c.of(s.party) != y {
			return false
		}
	}
	return true
}

// ahead is how many quarters of a nat the ranking must put another before the one that the
// plain rules choose: it was learned from few texts, and the rules from many.
// FarAhead is the same where the rules choose who has just spoken.
const (
	ahead    = 0
	farAhead = 10
)

// stayAhead is how many quarters of a nat the ranking must put another before who has
// just spoken where the pronoun beside a word of speech goes on and nobody else has
// been named in between.
const stayAhead = 10

// staying returns who has just spoken if a pronoun at byte b goes on speaking and the
// text does not show another gender, or -1.
func (c *parties) staying(b int, gender string) int {
	y := c.last(0)
	if y < 0 || !c.Parties[y].kind.Person() || c.Parties[y].against(gender) || c.Parties[y].opposed(gender) || !c.goesOn(c.p.WordAt(b), y) {
		return -1
	}
	return y
}

// topicNear is how many quarters of a nat whom the paragraph is about may be behind.
const topicNear = 1

// means returns the person that a pronoun at byte b means, or -1.
func (c *parties) means(s recount.Span, gender string) int {
	b := s.Start
	points := c.points(b, gender, c.last(0))
	all := c.persons(b, gender, points)
	if c.teach != nil {
		return c.teach(whoPronoun, s, all, func(k int) []uint32 { return c.pronounFeatures(nil, all, k, b, gender) })
	}
	m := trained()
	if len(all) == 0 {
		// The name comes after it: "she said. Ada Marr is ..."
		for _, x := range c.candidates(b, true) {
			if y := c.Parties[x.party]; x.ahead && y.kind.Person() && !y.opposed(gender) && c.seen[x.at].subject {
				return x.party
			}
		}
		return -1
	}
	who, top := -1, int32(0)
	plain, level := -1, int32(0) // what the plain rules say
	topic, near, about := c.subjectOf(b), int32(0), false
	stays, held, stood := c.staying(b, gender), int32(0), false
	rules, _ := c.foremostOf(points, gender, c.last(0))
	var buf [64]uint32
	var e [1]int32
	for k := range all {
		m.pronouns.Sum(e[:], c.pronounFeatures(buf[:0], all, k, b, gender))
		if who < 0 || e[0] > top {
			who, top = all[k].party, e[0]
		}
		if all[k].party == rules {
			plain, level = rules, e[0]
		}
		if all[k].party == topic {
			near, about = e[0], true
		}
		if all[k].party == stays {
			held, stood = e[0], true
		}
	}
	if stood && int(top-held)*1024 < stayAhead*m.pronouns.Unit {
		return stays
	}
	least := ahead
	if n := len(c.history); n > 0 && plain == c.last(0) && c.next(c.history[n-1].start, b) && !c.interrupted(b, plain, gender) {
		least = farAhead
	}
	if plain >= 0 && int(top-level)*1024 < least*m.pronouns.Unit {
		return plain
	}
	if about && int(top-near)*1024 < topicNear*m.pronouns.Unit {
		return topic
	}
	return who
}

// next reports whether byte b stands in the paragraph of byte a or in the next one,
// whether or not empty lines part them.
func (c *parties) next(a, b int) bool {
	for n := 0; n < 2; n++ {
		end := c.p.LineEnd(a)
		if b <= end {
			return true
		}
		for a = end + 1; a < len(c.p.Text) && c.p.Between(a, c.p.LineEnd(a)) == ""; a = c.p.LineEnd(a) + 1 {
		}
	}
	return b <= a
}

// interrupted reports whether somebody else whom a pronoun before byte b fits has
// been named since the last statement, outside marks and as a subject: "..., he
// joked. / Ivo Lund, 29, had another tale. “...” he".
func (c *parties) interrupted(b, y int, gender string) bool {
	end := c.history[len(c.history)-1].end
	for k := c.before(b) - 1; k >= 0 && c.seen[k].at >= end; k-- {
		if s := c.seen[k]; !s.pronoun && !s.quoted && s.subject && c.of(s.party) != y {
			if e := c.Parties[c.of(s.party)]; len(e.words) > 0 && !e.opposed(gender) {
				return true
			}
		}
	}
	return false
}

// against reports whether the text itself, by titles and nouns, shows that a
// pronoun of that gender cannot mean a party.
func (y *party) against(gender string) bool {
	t := y.women - y.men
	if gender == "m" {
		return t >= 6
	}
	return t <= -6
}

// unnamedFeatures lists the features of candidate k for having said what stands
// in a draft that has no source.
func (c *parties) unnamedFeatures(f []uint32, all []candidate, k int, d *page.Draft) []uint32 {
	x := all[k]
	y := c.Parties[x.party]
	s := c.seen[x.at]
	b := d.Content[0].Start
	end := d.Content[len(d.Content)-1].End
	sent := c.p.SentenceAt(b)
	ds := small5(sent - s.sent)
	if x.ahead {
		ds = 6 + small5(s.sent-sent)
	}
	spoke, far, asked, same := uint32(0), uint32(5), uint32(0), uint32(0)
	between := 0 // letters between the statement before and this one
	if n := len(c.history); n > 0 {
		h := c.history[n-1]
		far = c.lines(h.start, b)
		asked = truth(h.asks)
		same = truth(far == 0)
		between = len(c.p.Between(min(h.end, b), b))
	}
	switch x.party {
	case c.last(0):
		spoke = 1
	case c.last(1):
		spoke = 2
	default:
		for i := 2; i < 12; i++ {
			if c.last(i) == x.party {
				spoke = 3
			}
		}
	}
	gap := uint32(0)
	switch {
	case between == 0:
	case between < 25:
		gap = 1
	case between < 120:
		gap = 2
	default:
		gap = 3
	}
	line := c.p.LineStart(b)
	lead := c.p.Between(line, b)
	begins := truth(lead == "")
	colon := truth(strings.HasSuffix(lead, ":") || lead == "" && line > 0 && strings.HasSuffix(strings.TrimRight(c.p.Text[:line], " \n"), ":"))
	role := truth(s.subject) | truth(s.owner)<<1 | truth(s.aside)<<2 | truth(s.pronoun)<<3
	where := uint32(0) // of the sighting: in this line, the one before, further
	switch n := c.lines(s.at, b); {
	case x.ahead:
		where = 4
	default:
		where = min(n, 3)
	}
	quoted := truth(s.quoted)
	inside := uint32(0) // somebody whom the words themselves name is spoken to, or of
	for _, n := range c.p.NamesIn(recount.Span{Start: b, End: end}) {
		if n.Entity >= 0 && c.of(n.Entity) == x.party {
			inside = 1
		}
	}
	order := uint32(min(k, 5))
	kind := uint32(len(y.kind))
	first := truth(y.name.Start == s.at)
	only := truth(len(all) == 1)
	topic := truth(c.topic(b) == x.party)
	// The sentence right before: is this its only person, and its subject?
	people := uint32(0)
	for i := c.before(b) - 1; i >= 0 && c.seen[i].sent >= sent-1; i-- {
		if c.of(c.seen[i].party) != x.party {
			people++
		}
	}
	people = min(people, 2)
	floats := truth(d.Floating)
	like := c.likeness(x.party)
	free := uint32(7)
	subject := uint32(2)
	if !x.ahead {
		free = c.freely(&x, sent)
		if x.free >= 0 {
			subject = truth(c.seen[x.free].subject)
		}
	}
	// What stands beside the words in their line: nothing, the rest of a sentence
	// or a new one, and how near the candidate is on either side.
	tail := uint32(0)
	if rest := c.p.Between(end, c.p.LineEnd(end)); rest != "" {
		tail = 1 + truth(beginsUpper(strings.TrimLeft(rest, "”’\"'., ")))
	}
	near := nearness(s.at-end, b-s.at, sent == s.sent)
	put := truth(strings.HasSuffix(strings.TrimRight(lead, " "), "?")) // the paper asks
	turn := c.turnOf(b, end)
	f = append(f, lang.Mix2(61, turn, spoke), lang.Mix3(62, turn, spoke, asked), lang.Mix4(63, turn, spoke, ds, truth(s.subject)), lang.Mix3(64, turn, where, truth(s.quoted)), lang.Mix3(65, turn, spoke, inside))
	f = append(f, lang.Mix2(51, tail, near), lang.Mix3(52, tail, spoke, begins), lang.Mix3(53, near, truth(s.subject), truth(s.pronoun)), lang.Mix3(54, tail, ds, truth(s.subject)), lang.Mix3(55, put, spoke, same), lang.Mix3(56, put, ds, truth(s.subject)), lang.Mix3(57, tail, near, kind), lang.Mix5(58, tail, spoke, begins, colon, min(far, 2)))
	return append(f, lang.Mix2(41, free, subject), lang.Mix3(42, free, spoke, gap), lang.Mix3(43, free, people, subject), lang.Mix3(44, free, ds, spoke), lang.Mix3(45, free, begins, subject), lang.Mix1(22, like), lang.Mix2(23, like, ds), lang.Mix2(24, like&63, spoke), lang.Mix3(25, like, where, truth(s.subject)), lang.Mix3(1, spoke, far, gap), lang.Mix3(2, spoke, asked, same), lang.Mix2(3, ds, role), lang.Mix3(4, ds, people, truth(s.subject)), lang.Mix3(5, where, truth(s.subject), begins), lang.Mix2(6, inside, spoke), lang.Mix2(7, inside, ds),
		lang.Mix2(8, quoted, ds), lang.Mix2(9, order, where), lang.Mix3(10, kind, first, where), lang.Mix3(11, topic, where, spoke), lang.Mix1(12, only), lang.Mix3(13, colon, ds, truth(s.subject)), lang.Mix3(14, spoke, gap, ds), lang.Mix4(15, spoke, begins, colon, min(far, 2)),
		lang.Mix2(16, small5(x.times), where), lang.Mix3(17, floats, spoke, min(far, 2)), lang.Mix4(18, spoke, where, truth(s.subject), gap), lang.Mix4(19, asked, spoke, gap, min(far, 2)), lang.Mix2(20, kind, spoke), lang.Mix4(21, begins, where, people, spoke))
}

// addresses says whether words from b to end name a party: 1 somewhere, 2 as whom they
// are said to, between commas or at an edge.
func (c *parties) addresses(y, b, end int) uint32 {
	named := uint32(0)
	for _, n := range c.p.NamesIn(recount.Span{Start: b, End: end}) {
		if n.Entity < 0 || c.of(n.Entity) != y {
			continue
		}
		named = max(named, 1)
		before := strings.TrimRight(c.p.Text[b:max(b, n.Span.Start)], " “‘\"'")
		after := c.p.Text[n.Span.End:max(n.Span.End, end)]
		if (before == "" || strings.HasSuffix(before, ",")) && (after == "" || strings.IndexAny(after[:1], ",.!?") == 0) {
			named = 2
		}
	}
	return named
}

// nearness says in a few steps how many bytes a sighting stands behind the end of
// some words, or before their beginning in the same sentence.
func nearness(behind, before int, same bool) uint32 {
	step := func(n int) uint32 { return truth(n > 4) + truth(n > 24) + truth(n > 70) }
	switch {
	case behind >= 0 && behind < 200:
		return 1 + step(behind)
	case before > 0 && same:
		return 5 + step(before)
	}
	return 0
}

// beginsUpper reports whether a text begins with a capital.
func beginsUpper(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(r)
}

// unnamed returns who most likely said what stands in a draft without a
// source.
func (c *parties) unnamed(d *page.Draft, previous int) int {
	m := trained()
	if c.v == nil {
		// Other languages: who was named since in the same line, or else last.
		from := c.p.LineStart(d.Content[0].Start)
		if n := len(c.history); n > 0 {
			from = max(from, c.history[n-1].end)
		}
		if y := c.lastPerson(from, d.Content[0].Start); y >= 0 && c.Parties[y].kind == recount.Named && len(c.Parties[y].words) > 1 {
			return y
		}
	}
	if c.v == nil && previous < 0 {
		if y := c.lastPerson(0, d.Content[0].Start); y >= 0 {
			return y
		}
		if k := c.before(d.Content[0].Start); k > 0 {
			return c.of(c.seen[k-1].party)
		}
	}
	if m == nil || c.v == nil {
		return previous
	}
	b := d.Content[0].Start
	if c.carriesOn(d.Content[0]) {
		return previous
	}
	all := c.speakers(b)
	// A body does not say "I".
	one := func(x candidate) bool { return c.Parties[x.party].kind.Person() }
	if c.ofOne(d.Content) && slices.ContainsFunc(all, one) {
		all = slices.DeleteFunc(all, func(x candidate) bool { return !one(x) })
	}
	all = c.surer(all)
	who, top := previous, int32(0)
	held, stood := int32(0), false // of who has just spoken
	at := -1
	var buf [96]uint32
	var e [1]int32
	for k := range all {
		m.unnamed.Sum(e[:], c.unnamedFeatures(buf[:0], all, k, d))
		if k == 0 || e[0] > top {
			who, top, at = all[k].party, e[0], k
		}
		if all[k].party == c.last(0) {
			held, stood = e[0], true
		}
	}
	if stood && at >= 0 && c.turnOf(b, d.Content[len(d.Content)-1].End) < 2 && c.silent(&all[at], d) && int(top-held)*1024 < silentAhead*m.unnamed.Unit {
		return c.last(0)
	}
	return who
}

// carriesOn reports whether words go on from marks that the line before left open.
// Who says them is no question, and no lesson.
func (c *parties) carriesOn(s recount.Span) bool {
	i, j := c.p.RegionsIn(s)
	return i < j && c.p.Regions[i].Continued
}

// turnOf reports how words stand that may be somebody's turn: 0 not alone in their
// line, 1 alone, 2 alone behind a line in which something was said, 3 behind one that
// ended with it, and 4 behind one that was nothing else. Marks that are closed in one
// line and opened anew in the next are as a rule somebody else's.
func (c *parties) turnOf(b, end int) uint32 {
	if c.p.Between(c.p.LineStart(b), b) != "" || c.p.Between(end, c.p.LineEnd(end)) != "" {
		return 0
	}
	if len(c.history) == 0 {
		return 1
	}
	h := c.history[len(c.history)-1]
	if h.end > c.p.LineStart(b) || !c.next(h.end-1, b) {
		return 1
	}
	if i, j := c.p.RegionsIn(h.content[len(h.content)-1]); i == j || c.p.Regions[j-1].Open {
		return 1
	}
	switch {
	case c.p.Between(h.end, b) != "":
		return 2
	case c.p.Between(c.p.LineStart(h.end-1), h.start) != "":
		return 3
	}
	return 4
}

// ofOne reports whether what is said speaks of its speaker as one person.
func (c *parties) ofOne(content []recount.Span) bool {
	for _, s := range content {
		for i := c.p.WordAt(s.Start); i < len(c.p.Words) && c.p.Words[i].Span.Start < s.End; i++ {
			switch uncontracted(page.Bare(c.p.Words[i].Lower)) {
			case "i", "my", "me", "myself":
				return true
			}
		}
	}
	return false
}

// silentAhead is how many quarters of a nat somebody who has said nothing yet must be
// ahead of who has just spoken, to have said what begins a line.
const silentAhead = 8

// silent reports whether a candidate has said nothing so far, was last met before the
// words said last end, and is not called by them, while the words of a draft begin the line
// behind them.
func (c *parties) silent(x *candidate, d *page.Draft) bool {
	h := c.history[len(c.history)-1]
	b := d.Content[0].Start
	if x.ahead || c.Parties[x.party].Speaks || c.seen[x.at].at >= h.end || c.p.Between(c.p.LineStart(b), b) != "" || !c.next(h.start, b) {
		return false
	}
	for _, s := range h.content {
		if c.addresses(x.party, s.Start, s.End) == 2 {
			return false
		}
	}
	return true
}

// speakers lists who may have said what begins at byte b: those sighted before
// it or right after it, and who spoke before.
func (c *parties) speakers(b int) []candidate {
	all := c.candidates(b, true)
	for n := range 2 {
		y := c.last(n)
		if y < 0 || slices.ContainsFunc(all, func(x candidate) bool { return x.party == y }) {
			continue
		}
		// Bodies and documents have no sightings: their last statement is one.
		at := c.history[len(c.history)-1-n].start
		if i := c.before(at); i < len(c.seen) {
			all = append(all, candidate{party: y, at: i, times: 1, free: -1})
		} else if len(c.seen) > 0 {
			all = append(all, candidate{party: y, at: len(c.seen) - 1, times: 1, free: -1})
		}
	}
	return all
}

// Past notes that a party has said a draft.
func (c *parties) Past(d *page.Draft, y int) {
	if y < 0 || d.Inner {
		c.now = nil
		return
	}
	last := d.Content[len(d.Content)-1]
	said := strings.TrimRight(last.In(c.p.Text), "”’\"' ")
	c.own(y, d.Content)
	c.history = append(c.history, past{y, d.Content[0].Start, last.End, strings.HasSuffix(said, "?"), d.Content})
	c.now = nil
}

// describedAs lists whom a definite description may mean: the people sighted
// before it, and a newcomer.
func (c *parties) describedAs(b int) []candidate {
	var all []candidate
	for _, x := range c.candidates(b, false) {
		if c.Parties[x.party].kind.Person() {
			all = append(all, x)
		}
	}
	return append(all, candidate{party: newcomer})
}

// describedFeatures lists the features of candidate k for being meant by a
// definite description of one person: words with its head noun, the one whom it
// belongs to, and whom the plain rules choose.
func (c *parties) describedFeatures(f []uint32, all []candidate, k int, words []page.Word, head string, owner, rules int) []uint32 {
	x := all[k]
	class := c.p.Lex.Nouns[head]
	kind := uint32(0)
	switch {
	case class == "man":
		kind = 1
	case class == "woman":
		kind = 2
	case serving(head):
		kind = 3
	case general(head):
		kind = 4
	case class == "person":
		kind = 5
	}
	size := small5(len(words))
	any := uint32(0)
	for _, o := range all {
		if o.party >= 0 && c.Parties[o.party].answers(head) {
			any++
		}
	}
	any = min(any, 2)
	word := lang.Hash(head)
	old := truth(aged(words))
	det := uint32(determinerOf(words))
	last := c.p.WordAt(words[len(words)-1].Span.Start)
	wide := c.p.Words[c.p.WordAt(words[0].Span.Start):min(len(c.p.Words), last+9)]
	serves := truth(serving(head))
	speaks := truth(c.speaks(words))
	if x.party == newcomer {
		return append(f, lang.Mix2(35, speaks, det), lang.Mix3(36, speaks, any, det), lang.Mix2(34, speaks, kind), lang.Mix2(33, speaks, truth(rules < 0)), lang.Mix2(39, truth(rules < 0), any), lang.Mix3(38, truth(rules < 0), det, kind), lang.Mix2(37, truth(rules < 0), serves), lang.Mix2(47, det, kind), lang.Mix2(48, det, any), lang.Mix2(49, det, word), lang.Mix2(50, truth(owner >= 0), kind), lang.Mix3(40, det, size, any), lang.Mix1(41, kind), lang.Mix2(42, size, any), lang.Mix2(43, any, kind), lang.Mix1(44, word), lang.Mix1(45, old), lang.Mix1(46, small5(len(all))))
	}
	y := c.Parties[x.party]
	s := c.seen[x.at]
	b := words[0].Span.Start
	ds := small5(c.p.SentenceAt(b) - s.sent)
	match := truth(y.answers(head))
	gender := uint32(7)
	switch class {
	case "man":
		gender = y.agreement("m") / 5
	case "woman":
		gender = y.agreement("f") / 5
	}
	spoke := c.spoke(x.party)
	named := truth(len(y.words) > 0)
	none := truth(len(y.heads) == 0)
	order := uint32(min(k, 5))
	topic := truth(c.topic(b) == x.party)
	lines := min(c.lines(s.at, b), 3)
	age := uint32(0)
	kin := uint32(0)
	if n := c.notes[x.party]; n != nil {
		if a := ageIn(words); a > 0 && n.age > 0 {
			age = 1
			if a == n.age {
				age = 2
			}
		}
		if (head == "teenager" || head == "youth" || head == "boy" || head == "girl") && n.age > 0 {
			age = 3
			if n.age < 20 && n.age > 12 {
				age = 4
			}
		}
		if owner >= 0 && n.owner >= 0 && n.kin == head {
			kin = 1
			if c.of(n.owner) == owner {
				kin = 2
			}
		}
	}
	if owner >= 0 && owner == x.party {
		kin = 3
	}
	common := c.shared(x.party, wide, head)
	for i, h := range y.heads {
		if i < 4 {
			f = append(f, lang.Mix2(71, word, lang.Hash(h)))
		}
	}
	whole := uint32(0) // its description: named, a pronoun, or how it was brought in
	if named == 0 {
		whole = 1 + uint32(determinerOf(c.p.Words[c.p.WordAt(y.name.Start):max(c.p.WordAt(y.name.Start), c.p.WordAt(y.name.End))]))
	}
	plain := truth(rules == x.party)
	like := c.likeness(x.party)
	free := c.freely(&x, c.p.SentenceAt(b))
	f = append(f, lang.Mix2(97, free, det), lang.Mix3(98, free, spoke, speaks), lang.Mix3(99, free, ds, any), lang.Mix1(90, like), lang.Mix2(91, like, ds), lang.Mix3(92, speaks, ds, order), lang.Mix3(93, speaks, match, any), lang.Mix4(94, speaks, none, named, truth(s.subject)), lang.Mix3(95, speaks, spoke, lines), lang.Mix2(96, like&63, match), lang.Mix2(86, plain, kind), lang.Mix3(87, plain, det, ds), lang.Mix2(88, plain, match), lang.Mix3(89, plain, serves, named), lang.Mix1(72, age), lang.Mix2(73, kin, det), lang.Mix2(74, common, match), lang.Mix3(75, common, det, ds), lang.Mix3(76, det, match, named), lang.Mix3(77, det, ds, order), lang.Mix3(78, whole, match, det), lang.Mix3(79, serves, match, spoke), lang.Mix3(80, det, spoke, kind), lang.Mix3(81, gender, det, ds), lang.Mix2(82, whole, ds), lang.Mix2(83, truth(s.quoted), match), lang.Mix4(84, none, named, det, kind), lang.Mix3(85, topic, det, match))
	return append(f, lang.Mix2(51, match, any), lang.Mix3(52, match, ds, named), lang.Mix2(53, gender, kind), lang.Mix3(54, order, ds, kind), lang.Mix3(55, spoke, kind, lines), lang.Mix3(56, named, none, kind), lang.Mix3(57, small5(x.times), kind, lines),
		lang.Mix3(58, truth(s.subject), ds, any), lang.Mix2(59, topic, kind), lang.Mix2(60, match, spoke), lang.Mix4(61, old, ds, named, match), lang.Mix3(62, size, match, named), lang.Mix3(63, order, any, match), lang.Mix2(64, word, match), lang.Mix2(65, word, spoke), lang.Mix3(66, gender, order, ds), lang.Mix3(67, small5(len(all)), order, any))
}

// answers reports whether a party was described by a noun before, or by an age
// that the noun stands for.
func (y *party) answers(head string) bool {
	return slices.ContainsFunc(y.heads, func(h string) bool {
		return h == head || strings.HasSuffix(h, "-"+head) || (head == "teenager" || head == "youth") && len(h) > 2 && h[0] == '1' && h[1] > '2' && strings.HasSuffix(h, "-year-old")
	})
}

// definite returns whom a definite description of one person means, or -1 for
// somebody new.
func (c *parties) definite(words []page.Word, head string) int {
	if c.v == nil || len(words) < 2 || determinerOf(words) == article {
		return -1
	}
	return max(c.known(words, head, c.ownerOf(words)), -1)
}
