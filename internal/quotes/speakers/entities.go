package speakers

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// A question is one of the choices that are made while an article is read from
// its beginning to its end.
type question uint8

const (
	whoPronoun   question = iota // whom a pronoun means
	whoSaid                      // who said words without a source
	whoDescribed                 // whom a description means, or a newcomer
	whoNamed                     // who of those without a name bears one that is new, or a newcomer
)

// A teacher answers a question about the words of a span in place of the
// rankings, which learn from the answers: a party, newcomer, or unknown.
type teacher func(q question, at recount.Span, all []candidate, features func(k int) []uint32) int

// Answers that are no party. A newcomer stands among the candidates for somebody
// who was not spoken of before.
const (
	newcomer = -2
	unknown  = -1
)

// An event is a description, or the first mention of a name, that is met when an
// article is read from its beginning to its end.
type event struct {
	at    int
	token int32 // the head of a description, or -1
	name  int   // index in page.Names, or -1
	words []page.Word
	head  string
}

// A determiner is what a description begins with.
type determiner uint8

const (
	bare determiner = iota
	the
	this
	possessed // "his", "her", "their"
	owned     // "Marr’s"
	article   // "a", "one", "another"
)

func determinerOf(words []page.Word) determiner {
	if len(words) == 0 {
		return bare
	}
	switch w := words[0].Lower; w {
	case "the":
		if indefinite(words) {
			return article // "the third"
		}
		return the
	case "this", "that", "these", "those":
		return this
	case "his", "her", "their", "its", "my", "our":
		return possessed
	default:
		if indefinite(words) && len(words) > 1 {
			return article
		}
		if page.Bare(w) != w {
			return owned
		}
	}
	for _, w := range words[:len(words)-1] {
		if page.Bare(w.Lower) != w.Lower {
			return owned
		}
	}
	return bare
}

// notes are what is remembered of a party for the rankings.
type notes struct {
	context map[uint32]bool // content words of the sentences that speak of it
	age     int             // as the text gives it first, or 0
	ages    []int           // what it says of other years too
	owner   int             // the party whose relative it is, or -1
	kin     string          // as what: "sister"
}

// mostContext bounds how many words are remembered of one party.
const mostContext = 300

// noteOf returns the notes on a party.
func (c *parties) noteOf(y int) *notes {
	y = c.of(y)
	n := c.notes[y]
	if n == nil {
		n = &notes{context: map[uint32]bool{}, owner: -1}
		c.notes[y] = n
	}
	return n
}

// remember adds the content words of the sentence around byte b to what is known
// of a party.
func (c *parties) remember(y, b int) {
	n := c.noteOf(y)
	for _, h := range c.content(c.p.SentenceAt(b)) {
		if len(n.context) >= mostContext {
			return
		}
		n.context[h] = true
	}
}

// content lists the content words of a sentence.
func (c *parties) content(s int) []uint32 {
	if c.words == nil {
		c.words = make([][]uint32, len(c.p.Sentences))
	}
	if c.words[s] == nil {
		c.words[s] = []uint32{}
		for _, w := range c.p.Words[c.p.First[s]:max(c.p.First[s], c.p.First[s+1])] {
			if len(w.Lower) > 3 && w.Region < 0 && !c.p.Lex.Stops[w.Lower] && c.p.Lex.Cues[w.Lower] == "" {
				c.words[s] = append(c.words[s], lang.Hash(strings.TrimSuffix(page.Bare(w.Lower), "s")))
			}
		}
	}
	return c.words[s]
}

// shared counts the content words of a span that were used of a party before.
func (c *parties) shared(y int, words []page.Word, head string) uint32 {
	n := c.notes[c.of(y)]
	if n == nil {
		return 0
	}
	count := uint32(0)
	for _, w := range words {
		if len(w.Lower) > 3 && w.Region < 0 && w.Lower != head && !c.p.Lex.Stops[w.Lower] && c.p.Lex.Cues[w.Lower] == "" && n.context[lang.Hash(strings.TrimSuffix(page.Bare(w.Lower), "s"))] {
			count++
		}
	}
	return min(count, 3)
}

// ageIn returns the age that words give ("the 43-year-old"), or 0.
func ageIn(words []page.Word) int {
	for i, w := range words {
		text := w.Lower
		if cut, ok := strings.CutSuffix(text, "-year-old"); ok {
			text = cut
		} else if i+2 >= len(words) || words[i+1].Lower != "year" || words[i+2].Lower != "old" {
			continue
		}
		if n := number(text); n > 0 {
			return n
		}
	}
	return 0
}

func number(text string) int {
	n := 0
	for _, r := range text {
		if r < '0' || r > '9' || n > 12 {
			return 0
		}
		n = n*10 + int(r-'0')
	}
	return n
}

// ageBehind returns the age that stands between commas right behind a name
// ("Ada Marr, 43, ..."), or 0.
func (c *parties) ageBehind(b int) int {
	rest, ok := strings.CutPrefix(c.p.Text[b:min(len(c.p.Text), b+12)], ", ")
	if !ok {
		return 0
	}
	i := 0
	for i < len(rest) && rest[i] >= '0' && rest[i] <= '9' {
		i++
	}
	if i == 0 || i > 3 || i < len(rest) && !strings.ContainsAny(rest[i:i+1], ",.;)") {
		return 0
	}
	return number(rest[:i])
}

// plan lists what is met in the article from its beginning to its end beside
// pronouns, and the nouns that say what a pronoun is ("She is a welder").
func (c *parties) plan() {
	v := c.v
	first := map[int]bool{}
	for i := range c.p.Names {
		n := &c.p.Names[i]
		if n.Entity < 0 || (n.Kind != 'P' && n.Kind != '?') {
			continue
		}
		y := c.of(n.Entity)
		if age := c.ageBehind(n.Span.End); age > 0 {
			c.noteOf(y).age = age
		}
		if first[y] {
			continue
		}
		first[y] = true
		switch c.p.Sentences[c.p.SentenceAt(n.Span.Start)].Role {
		case recount.Caption, recount.Related, recount.Comment, recount.Headline, recount.Byline, recount.Subhead:
			continue
		}
		c.events = append(c.events, event{at: n.Span.Start, token: -1, name: i})
	}
	c.traitsOfNames()
	for i := range v.Tokens {
		t := &v.Tokens[i]
		if v.Region[i] >= 0 || !page.Noun(t) && !(t.POS == lang.JJ && strings.HasSuffix(t.Span.In(c.p.Text), "year-old")) || t.POS == lang.NNS || t.POS == lang.NNPS {
			continue
		}
		word := page.Lower(t.Span.In(c.p.Text))
		class := c.p.Lex.Nouns[word]
		if !lang.Somebody(class) && !strings.HasSuffix(word, "year-old") || counting(word) {
			continue
		}
		if h := int(t.Head); t.POS == lang.JJ && h > i && h < i+farApposed && page.Noun(&v.Tokens[h]) {
			continue
		}
		if _, ok := c.headOf[int32(i)]; ok {
			continue
		}
		if next := v.At(i + 1); page.Noun(next) && next.Sentence == t.Sentence && next.Span.Start == t.Span.End+1 {
			continue // "mayor Ada Marr", "police officer"
		}
		s := v.NounPhrase(i)
		words := c.p.Words[c.p.WordAt(s.Start):max(c.p.WordAt(s.Start), c.p.WordAt(s.End))]
		if class != "person" && len(words) == 1 {
			words = c.wordsIn(s) // "the woman’s"
		}
		d := determinerOf(words)
		if len(words) < 2 || d == bare || d == article || page.Proper(t) && (d != the || len(words) != 2 || c.personAt(i) >= 0) {
			continue
		}
		if k := c.p.WordAt(s.Start); k > 0 && c.p.Words[k-1].Sent == c.p.Words[k].Sent {
			switch c.p.Words[k-1].Lower {
			case "as", "like", "than", "into", "become", "became", "no", "every", "each", "any":
				continue
			}
		}
		if who := c.nameBehind(t.Span.End); who >= 0 {
			c.Parties[who].call(word)
			c.headOf[int32(i)] = who
			c.insertAs(who, s, t)
			continue // "the trawlerman called Ivo"
		}
		if c.besides(s) {
			continue
		}
		if v.Children[i]&page.LabelCop != 0 {
			if k := v.Subject[i]; k >= 0 {
				c.predicates[v.Tokens[k].Span.Start] = word
			}
			continue
		}
		c.events = append(c.events, event{at: s.Start, token: int32(i), name: -1, words: words, head: word})
	}
	slices.SortStableFunc(c.events, func(a, b event) int { return cmp.Compare(a.at, b.at) })
}

// A bearing is where the names of a party stand and how they are made.
type bearing struct {
	person, titled, subject bool
	places, all             int
}

// bear adds one name to what is known of where the names of a party stand.
func (c *parties) bear(y *party, n *page.Name, subject bool) {
	g := &y.bearing
	g.all++
	g.person = g.person || n.Kind == 'P'
	g.titled = g.titled || len(n.Titles) > 0
	g.subject = g.subject || subject
	if k := c.p.WordAt(n.Span.Start); k > 0 && c.p.Words[k-1].Sent == c.p.Words[k].Sent {
		switch c.p.Words[k-1].Lower {
		case "in", "at", "near", "on", "around", "outside", "across", "the", "until", "since":
			g.places++
		}
	}
}

// likeness says in a few bits how much a party is like one person: how its name
// is made and where it stands, or how it is described.
func (c *parties) likeness(y int) uint32 {
	e := c.Parties[c.of(y)]
	if len(e.words) == 0 {
		return 1<<8 | uint32(len(e.kind))
	}
	g, _ := c.p.Given.Of(e.words[0])
	b := e.bearing
	l := uint32(0)
	for i, bit := range [...]bool{len(e.words) > 1, g != recount.UnknownGender || c.p.Given.BothBear(e.words[0]), b.person, b.titled, b.subject, b.places*2 >= b.all, e.told.her+e.told.his > 0, len(e.heads) > 0} {
		l |= truth(bit) << i
	}
	return l
}

// speaks reports whether a word of speech or a quotation mark stands right beside
// some words.
func (c *parties) speaks(words []page.Word) bool {
	from, to := c.p.WordAt(words[0].Span.Start), c.p.WordAt(words[len(words)-1].Span.Start)
	for k := max(0, from-2); k < min(len(c.p.Words), to+4); k++ {
		w := c.p.Words[k]
		if w.Sent == c.p.Words[from].Sent && w.Region < 0 && (k < from || k > to) && (c.p.Lex.Cues[w.Lower] != "" || c.p.Lex.Speech[w.Lower] != "") {
			return true
		}
	}
	return from > 0 && c.p.Words[from-1].Region >= 0 || from > 1 && c.p.Words[from-2].Region >= 0 && c.p.Words[from-1].Sent == c.p.Words[from].Sent
}

// wordsIn returns the words of a span; the last may have a possessive mark behind it.
func (c *parties) wordsIn(s recount.Span) []page.Word {
	from := c.p.WordAt(s.Start)
	return c.p.Words[from:max(from, min(len(c.p.Words), c.p.WordAt(s.End-1)+1))]
}

// meet deals with what is met before or at byte b.
func (c *parties) meet(b int) {
	for c.met < len(c.events) && c.events[c.met].at <= b {
		e := c.events[c.met]
		c.met++
		if e.name >= 0 {
			c.christen(&c.p.Names[e.name])
			continue
		}
		if _, ok := c.headOf[e.token]; ok {
			continue
		}
		s := recount.Span{Start: e.words[0].Span.Start, End: e.words[len(e.words)-1].Span.End}
		owner := c.ownerOf(e.words)
		y := c.known(e.words, e.head, owner)
		if y == unknown {
			continue
		}
		if y == newcomer {
			y = c.add(&party{kind: recount.Anonymous, name: s, mentions: []recount.Span{s}})
			c.genderOf(y, e.words)
			c.Parties[y].call(c.apposed(int(e.token))...)
			n := c.noteOf(y)
			n.age, n.owner = ageIn(e.words), owner
			if owner >= 0 {
				n.kin = e.head
			}
		} else {
			c.mention(y, s)
		}
		c.Parties[y].call(e.head)
		c.has(y, c.behind(s.End))
		c.has(y, c.agedBefore(s.Start))
		c.headOf[e.token] = y
		c.remember(y, s.Start)
		c.insertAs(y, s, &c.v.Tokens[e.token])
	}
}

// insertAs adds a sighting of a party by a description with that head.
func (c *parties) insertAs(y int, s recount.Span, t *lang.Token) {
	if len(c.seen) >= mostSeen {
		return
	}
	begins := c.p.Sentences[t.Sentence].Span.Start == s.Start
	after := c.p.Text[s.End:min(len(c.p.Text), s.End+4)]
	c.seen = slices.Insert(c.seen, c.before(s.Start), sighting{at: s.Start, party: y, sent: c.p.SentenceAt(s.Start), subject: begins || t.Label == lang.LabelSubject || t.Label == lang.LabelPassive, owner: strings.HasPrefix(after, "’s") || strings.HasPrefix(after, "'s")})
}

// ownerOf returns the party that a description says it belongs to ("his wife",
// "Marr’s wife"), or -1.
func (c *parties) ownerOf(words []page.Word) int {
	switch determinerOf(words) {
	case possessed:
		if y, ok := c.meant[words[0].Span.Start]; ok {
			return c.of(y)
		}
		g := c.p.Lex.Pronouns[words[0].Lower]
		if words[0].Lower == "her" {
			g = "f"
		}
		if (g == "m" || g == "f") && c.teach == nil {
			if y := c.means(words[0].Span, g); y >= 0 {
				return y
			}
		}
	case owned:
		for _, n := range c.p.NamesIn(recount.Span{Start: words[0].Span.Start, End: words[len(words)-1].Span.End}) {
			if n.Owner && n.Entity >= 0 {
				return c.of(n.Entity)
			}
		}
	}
	return -1
}

// known returns whom a description means, a newcomer, or unknown if the ranking
// cannot be asked.
func (c *parties) known(words []page.Word, head string, owner int) int {
	all := c.describedAs(words[0].Span.Start)
	rules := c.pointsTo(words[0].Span.Start, head, words)
	features := func(k int) []uint32 { return c.describedFeatures(nil, all, k, words, head, owner, rules) }
	s := recount.Span{Start: words[0].Span.Start, End: words[len(words)-1].Span.End}
	if c.teach != nil {
		return c.teach(whoDescribed, s, all, features)
	}
	if y := c.aged(words); y >= 0 {
		return y
	}
	if y := c.onlyBearer(words, head); y >= 0 {
		return y
	}
	m := trained()
	if m == nil {
		return unknown
	}
	if sex := c.sexOf(head); sex != "?" && !formerly(head) {
		// "The businessman" is no woman whom the text has told of.
		other := func(x candidate) bool { return x.party >= 0 && c.Parties[x.party].opposed(sex) }
		all = slices.DeleteFunc(all, other)
		if rules >= 0 && c.Parties[rules].opposed(sex) {
			rules = newcomer
		}
	}
	at, lead := best(&m.described, len(all), features, func(k int) bool { return all[k].party == rules })
	if n := len(all) - 1; n > 0 && all[at].party == newcomer && !serving(head) && determinerOf(words) == the && c.speaks(words) {
		// Who speaks has most often been met.
		met, _ := best(&m.described, n, features, nil)
		var e, x [1]int32
		m.described.Sum(e[:], features(n))
		m.described.Sum(x[:], features(met))
		if int(e[0]-x[0])*256 < newAhead*m.described.Unit {
			at, lead = met, lead-int(e[0]-x[0])
		}
	}
	least := rulesAhead
	if general(head) {
		least = officeAhead
	}
	if lead*256 < least*m.described.Unit {
		return rules
	}
	if n := len(all) - 1; all[at].party == newcomer && c.metBefore(words, s.End) {
		// Of those whom it fits, whose sex the text tells comes before the rest.
		top, leads := newcomer, int32(0)
		sex, told := c.sexOf(head), false
		for k, x := range all[:n] {
			y := c.Parties[x.party]
			if y.opposed(sex) {
				continue
			}
			var e [1]int32
			m.described.Sum(e[:], features(k))
			if tells := y.sex() == sex; top == newcomer || tells && !told || tells == told && e[0] > leads {
				top, leads, told = x.party, e[0], tells
			}
		}
		return top
	}
	return all[at].party
}

// metBefore reports whether a description that ends at byte b gives, with "the",
// what a text says only of people it has brought in: an age ("the 61-year-old") or
// how many children somebody has ("the grandmother of four").
func (c *parties) metBefore(words []page.Word, b int) bool {
	if determinerOf(words) != the {
		return false
	}
	if aged(words) {
		return true
	}
	switch words[len(words)-1].Lower {
	case "mother", "father", "grandmother", "grandfather", "mum", "dad", "mom", "grandma", "grandad", "parent", "grandparent":
	default:
		return false
	}
	rest, ok := strings.CutPrefix(c.p.Text[b:], " of ")
	if !ok {
		return false
	}
	n := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if n < 0 {
		n = len(rest)
	}
	_, numbered := lang.NumbersOf(c.p.Lex.Code)["numbers"][strings.ToLower(rest[:n])]
	return numbered || number(rest[:n]) > 0
}

// sexOf returns the class of pronouns that a noun for one person asks for.
func (c *parties) sexOf(head string) string {
	switch c.p.Lex.Nouns[head] {
	case "man":
		return "m"
	case "woman":
		return "f"
	}
	return "?"
}

// aged returns the one person of an age that a description with "the" gives, or -1.
func (c *parties) aged(words []page.Word) int {
	age, found := ageIn(words), -1
	if age == 0 || determinerOf(words) != the {
		return -1
	}
	for i := max(0, len(c.Parties)-maxParties); i < len(c.Parties); i++ {
		if n := c.notes[i]; c.of(i) == i && n != nil && (n.age == age || slices.Contains(n.ages, age)) {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

// rulesAhead is how many nats the ranking must put another before the one whom
// the plain rules choose for a description, and officeAhead the same where its
// noun is an office or what all the people of such an article are.
const (
	rulesAhead  = 2
	officeAhead = 5
)

// newAhead is how many nats a newcomer must be ahead of everybody met before where
// a description stands beside a word of speech: the texts that are learned from
// bring in more people than they let speak.
const newAhead = 1

// best returns the index of the candidate that a ranking puts first, and by how
// much it is before the one that is marked; by a great deal if none is.
func best(l *lang.Linear, n int, features func(k int) []uint32, marked func(k int) bool) (at, lead int) {
	top, level, found := int32(0), int32(0), false
	var e [1]int32
	for k := range n {
		if l.Sum(e[:], features(k)); k == 0 || e[0] > top {
			at, top = k, e[0]
		}
		if marked != nil && marked(k) {
			level, found = e[0], true
		}
	}
	if !found {
		return at, 1 << 20
	}
	return at, int(top - level)
}

// christen decides who of those without a name bears a name that is met for the
// first time, and makes the two one.
func (c *parties) christen(n *page.Name) {
	y := c.of(n.Entity)
	if c.Parties[y].kind != recount.Named {
		return
	}
	if who := c.bearer(n); who >= 0 && c.teach == nil {
		c.join(y, who)
		return
	}
	var all []candidate
	for _, x := range c.candidates(n.Span.Start, false) {
		if e := c.Parties[x.party]; e.kind == recount.Anonymous && len(e.words) == 0 && x.party != y && e.label == "" && !clash(e, c.Parties[y]) {
			all = append(all, x)
		}
	}
	if len(all) == 0 {
		return
	}
	all = append(all, candidate{party: newcomer})
	features := func(k int) []uint32 { return c.namedFeatures(nil, all, k, n) }
	who := unknown
	if c.teach != nil {
		who = c.teach(whoNamed, n.Span, all, features)
	} else if m := trained(); m != nil {
		at, _ := best(&m.named, len(all), features, nil)
		who = all[at].party
	}
	if who >= 0 {
		c.join(y, who)
		a, b := c.noteOf(y), c.notes[who]
		if b != nil && len(a.context) == 0 {
			*a = *b
		}
	}
}

// clash reports whether the text shows one of two parties as a woman and the
// other as a man.
func clash(a, b *party) bool {
	x, y := a.women-a.men, b.women-b.men
	return x >= nounVotes && y <= -nounVotes || x <= -nounVotes && y >= nounVotes
}

// How a name is introduced.
const (
	plainly  = iota
	withAge  // "Ada Marr, 43, ..."
	withRole // "Ada Marr, a welder"
	withThe  // "Ada Marr, the welder"
	withWho  // "Ada Marr, who"
	titled   // "Dr Ada Marr"
	bracket  // "Ada Marr (43)"
)

func (c *parties) introduction(n *page.Name) uint32 {
	rest := c.p.Text[n.Span.End:min(len(c.p.Text), n.Span.End+8)]
	switch {
	case c.ageBehind(n.Span.End) > 0:
		return withAge
	case strings.HasPrefix(rest, ", a ") || strings.HasPrefix(rest, ", an "):
		return withRole
	case strings.HasPrefix(rest, ", the "):
		return withThe
	case strings.HasPrefix(rest, ", who"):
		return withWho
	case strings.HasPrefix(rest, " ("):
		return bracket
	case len(n.Titles) > 0:
		return titled
	}
	return plainly
}

// namedFeatures lists the features of candidate k for bearing a name that is
// met for the first time.
func (c *parties) namedFeatures(f []uint32, all []candidate, k int, n *page.Name) []uint32 {
	x := all[k]
	y := c.Parties[c.of(n.Entity)]
	b := n.Span.Start
	intro := c.introduction(n)
	sent := c.p.SentenceAt(b)
	begins := truth(c.p.Sentences[sent].Span.Start == b)
	line := truth(c.p.LineStart(b) == b)
	subject := truth(c.subject(n.Span))
	quoted := truth(c.p.Quoted(b))
	size := uint32(min(len(y.words), 3))
	earlier := uint32(0) // people with a name before it
	for i, seen := 0, 0; i < len(c.seen) && c.seen[i].at < b && seen < lookBack; i++ {
		seen++
		if e := c.Parties[c.of(c.seen[i].party)]; len(e.words) > 0 {
			earlier++
		}
	}
	earlier = min(earlier, 2)
	described := truth(len(y.heads) > 0)
	rivals := uint32(min(len(all)-1, 4))
	place := min(c.lines(c.p.LineStart(c.p.BodyStart()), b), 5)
	if x.party == newcomer {
		return append(f, lang.Mix1(109, c.likeness(c.of(n.Entity))&63), lang.Mix2(101, intro, size), lang.Mix1(102, rivals), lang.Mix2(103, earlier, place), lang.Mix2(104, described, intro), lang.Mix3(105, begins, line, subject), lang.Mix1(106, quoted), lang.Mix2(107, earlier, rivals), lang.Mix2(108, place, intro))
	}
	e := c.Parties[x.party]
	s := c.seen[x.at]
	ds := small5(sent - s.sent)
	lines := min(c.lines(s.at, b), 4)
	from := min(c.lines(c.p.LineStart(c.p.BodyStart()), e.name.Start), 4)
	match, conflict := uint32(0), uint32(0)
	for _, h := range y.heads {
		if e.answers(h) {
			match = 1
		}
	}
	if match == 0 && len(y.heads) > 0 && len(e.heads) > 0 {
		conflict = 1
	}
	shows := uint32(0) // gender of the description against that of the name
	if t, p := e.women-e.men, y.weight()*4+y.prior; t != 0 && p != 0 {
		shows = 1
		if (t > 0) == (p > 0) {
			shows = 2
		}
	}
	words := c.p.Words[c.p.WordAt(e.name.Start):max(c.p.WordAt(e.name.Start), c.p.WordAt(e.name.End))]
	det := uint32(determinerOf(words))
	if len(words) == 1 {
		det = 7
		if c.p.Lex.Pronouns[words[0].Lower] != "" {
			det = 8
		}
	}
	age := uint32(0)
	if note, own := c.notes[x.party], c.notes[c.of(n.Entity)]; note != nil && own != nil && note.age > 0 && own.age > 0 {
		age = 1
		if note.age == own.age {
			age = 2
		}
	}
	spoke := uint32(0)
	switch {
	case c.last(0) == x.party:
		spoke = 1
	case c.last(1) == x.party:
		spoke = 2
	case e.Speaks:
		spoke = 3
	}
	after := c.p.Words[c.p.WordAt(b):min(len(c.p.Words), c.p.WordAt(b)+24)]
	common := c.shared(x.party, after, "")
	times := small5(x.times)
	order := uint32(min(k, 4))
	like := c.likeness(c.of(n.Entity))
	head := uint32(0)
	if len(e.heads) > 0 {
		head = lang.Hash(e.heads[0])
	}
	f = append(f, lang.Mix1(134, like&63), lang.Mix2(135, like&63, ds), lang.Mix2(111, ds, lines), lang.Mix3(112, from, lines, earlier), lang.Mix3(113, match, conflict, intro), lang.Mix1(114, shows), lang.Mix2(115, det, from), lang.Mix3(116, det, ds, intro), lang.Mix1(117, age), lang.Mix2(118, spoke, ds), lang.Mix3(119, spoke, lines, subject),
		lang.Mix2(120, times, order), lang.Mix2(121, order, rivals), lang.Mix2(122, common, ds), lang.Mix1(123, head), lang.Mix2(124, head, intro), lang.Mix3(125, intro, lines, begins), lang.Mix3(126, det, times, earlier), lang.Mix3(127, size, intro, det), lang.Mix3(128, truth(s.subject), subject, ds), lang.Mix2(129, quoted, ds), lang.Mix3(130, conflict, lines, intro),
		lang.Mix3(131, shows, det, lines), lang.Mix3(132, rivals, earlier, from), lang.Mix3(133, common, match, det))
	return f
}
