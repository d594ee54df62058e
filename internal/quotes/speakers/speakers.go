// Package speakers says who speaks: it joins the names and descriptions of one
// article to parties and resolves the source of each quotation to one of them.
//
// In: a page and drafts. Out: speakers with kind, fullest name and gender.
// Method: names agree by their words; then the article is read from its beginning
// to its end, and rankings say whom each pronoun and each description means and
// who bears a name that is new (entities.go), or that it is a newcomer. Gender is
// what titles, nouns and pronouns show, and the letters of the first name where
// they do not. Limits: nothing is known beyond the article; two people described
// alike are kept apart only if the text does.
package speakers

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/linker"
	"recount/internal/quotes/page"
)

// A party is anybody or anything that may speak in the article.
type party struct {
	kind     recount.SpeakerKind
	words    []string     // of the fullest name, in lower case
	name     recount.Span // the fullest name, or the description
	mentions []recount.Span
	women    int      // evidence of the text for a woman, in votes
	men      int      // evidence of the text for a man
	told     pronouns // the pronouns among that evidence
	he, she  int      // so far, those that can mean nobody else
	heads    []string // head nouns it is described by: "senator", "teenager"
	into     int      // the party it was joined to, or -1
	familiar int      // mentions by the first name alone
	Speaks   bool
	prior    int    // what the first name suggests: above 0 a woman, below a man
	lean     int    // the votes that the first name has against those of the text: above 0 for a woman
	clear    bool   // the first name tells clearly
	label    string // what it is called where the text has no words for it
	bearing  bearing
	vague    bool // women and men bear the first name: alone it gives no gender
	formerly bool // it holds an office that ends in -man
}

// office counts an office that ends in -man, once however often it is said.
func (y *party) office() {
	if !y.formerly {
		y.formerly = true
		y.men += officeVotes
	}
}

// male counts a noun for a man.
func (y *party) male(noun string) {
	if formerly(noun) {
		y.office()
	} else {
		y.men += nounVotes
	}
}

// Votes. What the text says at the name itself goes before the name, and so do
// several pronouns; one pronoun may mean somebody else.
const (
	titleVotes  = 10 // "Mrs", "spokeswoman" before the name
	nounVotes   = 3  // a noun that describes the person
	officeVotes = 1  // an office that ends in -man, which women hold too
	nameVotes   = 6  // a first name that tells clearly
	loneVotes   = 3  // one that stands alone
)

// formerly reports whether a noun for an office or a trade ends in -man, though
// women hold it as well ("chairman", "fisherman", not "gentleman").
func formerly(w string) bool {
	return strings.HasSuffix(w, "man") && len(w) > 5 && !strings.HasSuffix(w, "woman") && w != "gentleman" && w != "madman" && w != "clergyman"
}

// leastAlone is how clearly the letters of a first name that no list holds must
// tell before they alone, without a pronoun, a title or a noun, give a gender.
// A guess would bias every share of women, so below it the gender is unknown.
const leastAlone = 12

// maxHeads is how many nouns one party is remembered by.
const maxHeads = 64

// call adds nouns that describe a party.
func (y *party) call(heads ...string) {
	for _, h := range heads {
		if len(y.heads) < maxHeads && !slices.Contains(y.heads, h) {
			y.heads = append(y.heads, h)
		}
	}
}

// weight is above 0 if more speaks for a woman, below for a man.
func (y *party) weight() int { return y.women - y.men + y.lean }

// parties are those of an article while its sources are resolved.
type parties struct {
	p          *page.Page
	v          *page.Tree // nil without a tagger
	Parties    []*party
	seen       []sighting     // mentions of people, in text order
	nameAt     map[int]int    // first byte of a name -> index in page.names
	headOf     map[int32]int  // token of a description -> party
	turns      map[string]int // name in a transcript -> party
	turnAt     map[int]int    // party -> its last turn under a full name
	sources    map[recount.Span]resolved
	parts      map[string]int     // part in a conversation -> party
	meant      map[int]int        // byte of a pronoun -> party
	voted      map[int]genderVote // word that is a pronoun -> its vote
	read       int                // words whose pronouns have been resolved
	now        []recount.Span     // content of the statement whose speaker is looked for
	history    []past             // statements so far
	surnames   map[string]int     // last word of a name -> party
	events     []event            // descriptions and first names, in text order
	met        int                // of those, how many have been met
	notes      map[int]*notes     // what is known of each party
	words      [][]uint32         // content words of each sentence
	predicates map[int]string     // byte of a pronoun -> noun that it is said to be
	teach      teacher            // answers in place of the rankings while they learn
	settled    bool               // the sure pronouns have been counted
	aside      bool               // what is resolved stands beside the main clause
	Guessed    bool               // the last source resolved was a pronoun, or left out
	Beside     bool               // the last source resolved stood there
}

// A sighting is one mention of a person.
type sighting struct {
	at      int
	party   int
	sent    int
	subject bool
	owner   bool
	quoted  bool
	aside   bool // it stands in a relative clause's shadow: "by a man who said"
	pronoun bool
}

// maxLook is how many sightings back a pronoun is resolved.
const maxLook = 24

// farBack bounds how many sightings or names back a description is resolved,
// and mostSeen how many sightings an article can have before no more are put
// in between.
const (
	farBack  = 400
	mostSeen = 20000
)

// maxParties bounds how far back parties are compared one by one.
const maxParties = 200

// New joins the names and descriptions of the article to people and weighs
// what the text says about their gender.
func New(p *page.Page) *parties {
	if m := trained(); m != nil {
		return with(p, &m.kinds)
	}
	return with(p, nil)
}

// with is New with a ranking of the kinds of names, or none.
func with(p *page.Page, kinds *lang.Linear) *parties {
	c := &parties{p: p, v: p.Tree, nameAt: map[int]int{}, headOf: map[int32]int{}, turns: map[string]int{}, turnAt: map[int]int{}, sources: map[recount.Span]resolved{}, parts: map[string]int{}, meant: map[int]int{}, voted: map[int]genderVote{}, surnames: map[string]int{}, notes: map[int]*notes{}, predicates: map[int]string{}}
	c.kinds(kinds)
	lastOf := c.surnames
	wordOf := map[string]int{} // any other word -> party
	for i := range p.Names {
		n := &p.Names[i]
		c.nameAt[n.Span.Start] = i
		if n.Kind != 'P' && n.Kind != '?' {
			continue
		}
		if c.demonym(n) {
			n.Kind = 'M'
			continue
		}
		y := c.match(n, lastOf, wordOf)
		n.Entity = y
		e := c.Parties[y]
		e.mentions = append(e.mentions, n.Span)
		if len(n.Words) == 1 && len(e.words) > 1 && n.Words[0] == e.words[0] {
			e.familiar++
		}
		switch {
		case len(n.Titles) > 0 && formerly(n.Titles[len(n.Titles)-1]):
			e.office() // "Chairman Mona Storli"
		case n.Gender == recount.Woman:
			e.women += titleVotes
		case n.Gender == recount.Man:
			e.men += titleVotes
		}
		for _, title := range n.Titles {
			e.call(title)
			e.call(p.Lex.Called[title]...)
		}
		if len(n.Words) > len(e.words) {
			e.words, e.name = n.Words, n.Span
		}
		if last := n.Words[len(n.Words)-1]; last == e.words[len(e.words)-1] {
			lastOf[last] = y
		} else if _, ok := lastOf[last]; !ok {
			wordOf[last] = y
		}
		for _, w := range n.Words[:len(n.Words)-1] {
			if utf8.RuneCountInString(w) > 2 {
				wordOf[w] = y
			}
		}
		// Who stands in a caption or a link is no subject that the story's next
		// "he" takes up.
		subject := c.subject(n.Span)
		c.bear(e, n, subject)
		switch p.Sentences[p.SentenceAt(n.Span.Start)].Role {
		case recount.Caption, recount.Related, recount.Comment:
		default:
			if !c.attributive(n) {
				c.see(y, n.Span.Start, subject, n.Owner)
			}
		}
	}
	for _, e := range c.Parties {
		c.firstName(e)
	}
	c.audience()
	if c.v != nil {
		c.describeAll()
		slices.SortStableFunc(c.seen, func(a, b sighting) int { return cmp.Compare(a.at, b.at) })
		c.alsoNamed()
		c.pseudonyms()
		c.lede()
		c.plan()
	}
	c.contradict()
	c.votes()
	return c
}

// attributive reports whether a single name only says of what kind a noun in
// lower case behind it is ("Isis supporters"): who is meant is not spoken of.
func (c *parties) attributive(n *page.Name) bool {
	if c.v == nil || len(n.Words) != 1 || n.Owner {
		return false
	}
	i := c.v.TokenAt(n.Span.End - 1)
	if i+1 >= len(c.v.Tokens) {
		return false
	}
	t, next := &c.v.Tokens[i], &c.v.Tokens[i+1]
	return t.Label == lang.LabelCompound && int(t.Head) > i && next.Shape == lang.ShapeLower && page.Noun(next) && next.Sentence == t.Sentence
}

// demonym reports whether what looks like a name only says where somebody is from
// ("the big Pole", "a Kenyan"): one word behind a determiner, at most with
// adjectives between, and no noun behind it.
func (c *parties) demonym(n *page.Name) bool {
	if c.v == nil || len(n.Words) != 1 || len(n.Titles) > 0 || n.Owner {
		return false
	}
	word := n.Words[0]
	class := c.p.Lex.Nouns[word]
	if !lang.Somebody(class) && !(n.Kind == 'M' && (strings.HasSuffix(word, "an") || strings.HasSuffix(word, "ese"))) {
		return false
	}
	if next := c.v.At(c.v.TokenAt(n.Span.End)); page.Noun(next) || next.POS == lang.CD {
		return false
	}
	i := c.p.WordAt(n.Span.Start)
	for k := i - 1; k >= 0 && k >= i-3 && c.p.Words[k].Sent == c.p.Words[i].Sent && c.p.Between(c.p.Words[k].Span.End, c.p.Words[k+1].Span.Start) == ""; k-- {
		switch w := c.p.Words[k].Lower; w {
		case "the", "a", "an", "this", "that", "another":
			return true
		case "late", "real", "same", "of", "and":
			return false
		default:
			if c.p.Words[k].Upper || c.p.Lex.Stops[w] {
				return false
			}
		}
	}
	return false
}

// firstName weighs the first name of a party: what the lists say of it, or else
// its letters. One word may be a first name or a last one, so it counts for
// less, and for nothing if it is common as a last name.
func (c *parties) firstName(y *party) {
	if len(y.words) == 0 || y.words[0] == "mrs" {
		return
	}
	g, surname := c.p.Given.Of(y.words[0])
	alone := len(y.words) == 1
	sign := 1
	if g == recount.Man {
		sign = -1
	}
	switch {
	case g != recount.UnknownGender && !alone:
		y.prior, y.lean, y.clear = sign*4*leastAlone/3, sign*nameVotes, true
	case g != recount.UnknownGender && !surname:
		y.prior, y.lean, y.clear = sign*leastAlone, sign*loneVotes, true
	case c.v == nil:
	case alone:
		if y.prior = linker.NamePrior(y.words[0]) / 3; y.prior < 4 && y.prior > -4 {
			y.prior = 0
		}
	default:
		y.prior = linker.NamePrior(y.words[0])
	}
	if !y.clear && utf8.RuneCountInString(y.words[0]) < 4 {
		y.prior = 0 // too few letters to tell
	}
	if y.vague = c.p.Given.BothBear(y.words[0]); y.vague {
		y.prior = min(max(y.prior, 1-leastAlone), leastAlone-1) // "she" may be a Robin whose letters look like a man's
	}
}

// contradict takes the weight off first names that the pronouns of the text
// speak against: at least three that stand where nobody else has been mentioned
// in their sentence or the one before, and none of the other gender near any
// mention.
func (c *parties) contradict() {
	type count struct{ he, she, mayHe, mayShe int }
	met := map[int]*count{}
	of := func(y int) *count {
		if met[y] == nil {
			met[y] = &count{}
		}
		return met[y]
	}
	for i, w := range c.p.Words {
		g := c.p.Lex.Pronouns[w.Lower]
		if w.Region >= 0 || g != "m" && g != "f" || c.anybody(i) {
			continue
		}
		k, _ := slices.BinarySearchFunc(c.seen, w.Span.Start, func(s sighting, b int) int { return cmp.Compare(s.at, b) })
		who, several := -1, false
		doer := -1
		if !c.p.Training {
			doer = c.doer(i)
		}
		if y := c.reports(i); y >= 0 && y != doer {
			// "Marr, who runs it, said he": where nobody else is a man or woman
			// of that kind, one is enough.
			if g == "m" {
				of(y).he += 3
				of(y).mayHe++
			} else {
				of(y).she += 3
				of(y).mayShe++
			}
			continue
		}
		for n := 0; k > 0 && n < maxLook && c.seen[k-1].sent >= int(w.Sent)-1; n++ {
			k--
			y := c.of(c.seen[k].party)
			if y == doer {
				several = true // "Marr told him": it is somebody else
				break
			}
			several = several || who >= 0 && y != who
			who = y
			if g == "m" {
				of(y).mayHe++
			} else {
				of(y).mayShe++
			}
		}
		if who < 0 || several {
			continue
		}
		if g == "m" {
			of(who).he++
		} else {
			of(who).she++
		}
	}
	// Where the article speaks of one person alone, one pronoun is enough.
	people := map[int]bool{}
	for _, s := range c.seen {
		people[c.of(s.party)] = true
	}
	alone := len(people) == 1
	for i, y := range c.Parties {
		least := 3
		if alone {
			least = 1
		}
		if x := met[i]; x != nil && (y.prior > 0 && x.he >= least && x.mayShe == 0 || y.prior < 0 && x.she >= least && x.mayHe == 0) {
			y.prior, y.lean, y.clear = 0, 0, false
		}
	}
}

// reports returns the only person of the sentence of word i, a pronoun, if a word
// of speech stands between the two and nobody else in the article may be meant,
// or -1.
func (c *parties) reports(i int) int {
	w := c.p.Words[i]
	g := c.p.Lex.Pronouns[w.Lower]
	who, at := -1, 0
	first := c.before(w.Span.Start) - 1
	for k := first; k >= 0 && k > first-maxLook && c.seen[k].sent == int(w.Sent); k-- {
		y := c.of(c.seen[k].party)
		if who >= 0 && y != who || c.seen[k].owner {
			return -1
		}
		who, at = y, c.seen[k].at
	}
	if who < 0 {
		return -1
	}
	cue := false
	for k := max(c.p.WordAt(at), i-farBack); k < i; k++ {
		cue = cue || c.p.Lex.Cues[c.p.Words[k].Lower] != ""
	}
	if !cue {
		return -1
	}
	for k := 0; k < len(c.seen) && c.seen[k].at < w.Span.Start && k < farBack; k++ {
		y := c.of(c.seen[k].party)
		if e := c.Parties[y]; y != who && (g == "m" && (e.men > 0 || e.prior < 0 && !e.vague) || g == "f" && (e.women > 0 || e.prior > 0 && !e.vague)) {
			return -1
		}
	}
	return who
}

// anybody reports whether word i is one side of "he or she".
func (c *parties) anybody(i int) bool {
	words := c.p.Words
	return i+1 < len(words) && words[i+1].Lower == "or" || i > 0 && words[i-1].Lower == "or"
}

func (c *parties) see(y, at int, subject, owner bool) {
	c.seen = append(c.seen, sighting{at: at, party: y, sent: c.p.SentenceAt(at), subject: subject, owner: owner, quoted: c.p.Quoted(at)})
}

// of returns the party that y was joined to.
func (c *parties) of(y int) int {
	for y >= 0 && c.Parties[y].into >= 0 {
		y = c.Parties[y].into
	}
	return y
}

// join makes two parties one; the first keeps its name if it has one.
func (c *parties) join(a, b int) int {
	a, b = c.of(a), c.of(b)
	if a == b {
		return a
	}
	x, y := c.Parties[a], c.Parties[b]
	x.mentions = append(x.mentions, y.mentions...)
	x.women, x.men, x.lean = x.women+y.women, x.men+y.men, x.lean+y.lean
	if x.formerly && y.formerly {
		x.men -= officeVotes
	}
	x.formerly = x.formerly || y.formerly
	x.told.add(y.told)
	x.he, x.she = x.he+y.he, x.she+y.she
	x.bearing = bearing{x.bearing.person || y.bearing.person, x.bearing.titled || y.bearing.titled, x.bearing.subject || y.bearing.subject, x.bearing.places + y.bearing.places, x.bearing.all + y.bearing.all}
	x.clear = x.clear || y.clear
	x.call(y.heads...)
	x.Speaks = x.Speaks || y.Speaks
	if len(x.words) == 0 && len(y.words) > 0 {
		x.words, x.name = y.words, y.name
	}
	y.into = a
	return a
}

func (c *parties) add(y *party) int {
	y.into = -1
	c.Parties = append(c.Parties, y)
	return len(c.Parties) - 1
}

// match returns the party a name belongs to, a new one if nobody fits: the
// last words agree and the first ones do not contradict each other.
func (c *parties) match(n *page.Name, lastOf, wordOf map[string]int) int {
	if g, _ := c.p.Given.Of(n.Words[0]); len(n.Words) > 1 && g == recount.Man && slices.ContainsFunc(n.Titles, func(t string) bool { return t == "mrs" }) {
		n.Words = append([]string{"mrs"}, n.Words...) // "Mrs Harold Brandt" is not Harold Brandt
	}
	last := n.Words[len(n.Words)-1]
	if _, ok := lastOf[last]; ok {
		// Of those with that surname who may be meant, the one named most,
		// with the last one named a little ahead.
		best, most := -1, 0
		hint := recount.UnknownGender
		if len(n.Words) == 1 {
			hint = c.pronounAfter(n.Span.End)
		}
		for i := max(0, len(c.Parties)-maxParties); i < len(c.Parties); i++ {
			w := c.Parties[i].words
			if len(w) == 0 || w[len(w)-1] != last || !compatible(w, n.Words) || c.opposite(i, n.Gender) {
				continue
			}
			given, _ := c.p.Given.Of(w[0])
			if len(n.Words) == 1 && len(w) > 1 && (n.Gender == recount.Woman && given == recount.Man || n.Gender == recount.Man && given == recount.Woman) && c.Parties[i].women == c.Parties[i].men {
				continue // "Mr Sandell" is not Petra Sandell
			}
			// Who is called by the first name is told apart from the one who is
			// called by the last.
			count := max(1, 2*(len(c.Parties[i].mentions)-3*c.Parties[i].familiar)+1)
			if i == lastOf[last] {
				count += 2
			}
			if c.Parties[i].bearing.subject && len(n.Titles) > 0 {
				count += 3 // "Miss Marr" is not who is only spoken of: "the daughter of Packie Marr"
			}
			if g, _ := c.p.Given.Of(w[0]); len(w) > 1 && g == hint && g != recount.UnknownGender {
				count += 4 // "Marr said she": of a couple the woman
			}
			if len(n.Words) > 1 && len(w) > 1 && w[0] == n.Words[0] {
				count += 1000
			}
			if count > most {
				best, most = i, count
			}
		}
		if best >= 0 {
			return best
		}
	} else if len(n.Words) == 1 {
		if y, ok := wordOf[last]; ok && !c.opposite(y, n.Gender) {
			return y
		}
		// A last name spelled in two ways.
		for i := max(0, len(c.Parties)-maxParties); i < len(c.Parties); i++ {
			if w := c.Parties[i].words; len(w) > 1 && misspelled(w[len(w)-1], last) && !c.opposite(i, n.Gender) {
				return i
			}
		}
	} else if y, ok := lastOf[n.Words[0]]; ok && len(c.Parties[y].words) == 1 && !c.opposite(y, n.Gender) {
		return y // the first name alone stood before the full name
	} else if y := c.shortened(n); y >= 0 {
		return y
	}
	if len(n.Words) == 1 && n.Gender != recount.UnknownGender {
		if y := c.spouse(n); y >= 0 {
			return y
		}
	}
	return c.add(&party{kind: recount.Named, words: n.Words, name: n.Span})
}

// shortened returns the one person whose name leaves out, or has besides, some words
// of a name of several: both begin alike, and the shorter one's words stand in the
// longer one in their order ("Makhdoom Jilani", "Makhdoom Ghulam Jilani Qureshi"), or -1.
func (c *parties) shortened(n *page.Name) int {
	found := -1
	for i := max(0, len(c.Parties)-maxParties); i < len(c.Parties); i++ {
		y := c.Parties[i]
		if len(y.words) < 2 || len(y.words) == len(n.Words) || y.words[0] != n.Words[0] || !within(y.words, n.Words) || c.opposite(i, n.Gender) {
			continue
		}
		if c.headed(y.name.Start) || c.headed(n.Span.Start) {
			continue // "Ada Marr Hammers Harbour Bank" is a headline
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// headed reports whether byte b stands in a headline, or in a sentence most of whose
// words have capitals like one.
func (c *parties) headed(b int) bool {
	i := c.p.SentenceAt(b)
	switch c.p.Sentences[i].Role {
	case recount.Headline, recount.Subhead:
		return true
	}
	words := c.p.Words[c.p.First[i]:max(c.p.First[i], c.p.First[i+1])]
	capitals := 0
	for _, w := range words {
		capitals += int(truth(w.Upper))
	}
	return 2*capitals > len(words)
}

// within reports whether the words of the shorter of two names stand in the longer
// one in their order.
func within(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	k := 0
	for _, w := range b {
		if k < len(a) && a[k] == w {
			k++
		}
	}
	return k == len(a)
}

// spouse returns whom a title with a last name means that fits nobody of that
// name: the relative of its bearer who was introduced by the first name alone
// ("Nils Sandell and his wife, Petra": Mrs Sandell is Petra).
func (c *parties) spouse(n *page.Name) int {
	named := slices.ContainsFunc(c.Parties[max(0, len(c.Parties)-maxParties):], func(y *party) bool {
		return len(y.words) > 1 && y.words[len(y.words)-1] == n.Words[0]
	})
	for i := len(c.Parties) - 1; named && i >= max(0, len(c.Parties)-maxParties); i-- {
		y := c.Parties[i]
		if y.into >= 0 || len(y.words) != 1 || c.opposite(i, n.Gender) {
			continue
		}
		if g, _ := c.p.Given.Of(y.words[0]); g != recount.UnknownGender && g != n.Gender {
			continue
		}
		before := strings.Fields(strings.ToLower(c.p.Text[max(0, y.name.Start-24):y.name.Start]))
		if len(before) == 0 {
			continue
		}
		switch strings.Trim(before[len(before)-1], ",") {
		case "wife", "husband", "brother", "sister", "son", "daughter", "mother", "father", "partner", "twin":
			return i
		}
	}
	return -1
}

// pronounAfter returns the gender of the first pronoun close behind byte b in
// its sentence, if no other capital stands between.
func (c *parties) pronounAfter(b int) recount.Gender {
	words := c.p.Words
	i := c.p.WordAt(b)
	for k := i; k < len(words) && k < i+8 && k > 0 && words[k].Sent == words[k-1].Sent && !words[k].Upper; k++ {
		switch c.p.Lex.Pronouns[words[k].Lower] {
		case "m":
			return recount.Man
		case "f":
			return recount.Woman
		}
	}
	return recount.UnknownGender
}

func (c *parties) opposite(y int, g recount.Gender) bool {
	e := c.Parties[y]
	return g == recount.Woman && e.men > e.women || g == recount.Man && e.women > e.men
}

// compatible reports whether two names with the same last word may be one
// person's: one is the last word alone, or the first words agree, or one of
// them is an initial or short form of the other.
func compatible(a, b []string) bool {
	if len(a) == 1 || len(b) == 1 {
		return true
	}
	if n := min(len(a), len(b)); len(a) != len(b) && (page.Connector(a[0]) || page.Connector(b[0])) && slices.Equal(a[len(a)-n:], b[len(b)-n:]) {
		return true // "al-Khatib" of "Hussein al-Khatib"
	}
	if n := min(len(a), len(b)); n > 1 && a[0] != "mrs" && b[0] != "mrs" && slices.Equal(a[len(a)-n:], b[len(b)-n:]) {
		return true // "Ruiz Santos" of "María del Carmen Ruiz Santos"
	}
	x, y := strings.TrimSuffix(a[0], "."), strings.TrimSuffix(b[0], ".")
	return strings.HasPrefix(x, y) && len(y) != 2 || strings.HasPrefix(y, x) && len(x) != 2 || len(x) <= 2 && x[0] == y[0] || len(y) <= 2 && x[0] == y[0]
}

// misspelled reports whether two long words differ by one letter too many, too
// few or wrong, and not at their beginning or end.
func misspelled(a, b string) bool { return min(len(a), len(b)) >= 6 && oneLetter(a, b) }

// oneLetter reports whether two words differ by one letter too many, too few or wrong,
// and not at their beginning or end.
func oneLetter(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(a)-len(b) > 1 {
		return false
	}
	i, k := 0, 0
	for i < len(b) && a[i] == b[i] {
		i++
	}
	for k < len(b)-i && a[len(a)-1-k] == b[len(b)-1-k] {
		k++
	}
	return i > 0 && k > 0 && i+k >= len(a)-1 && i+k < len(a)
}

// opposed reports whether a pronoun of that gender cannot mean a party.
func (y *party) opposed(gender string) bool {
	switch gender {
	case "m":
		return y.weight() > officeVotes || y.weight() >= 0 && y.prior >= leastAlone
	case "f":
		return y.weight() < -officeVotes || y.weight() <= 0 && y.prior <= -leastAlone
	}
	return false
}

// votes resolves the pronouns outside quotation marks one after the other and
// counts each for the gender of whom it most likely means.
func (c *parties) votes() {
	words := c.p.Words
	for i, w := range words {
		if w.Region >= 0 {
			continue
		}
		g := c.p.Lex.Pronouns[w.Lower]
		if g != "m" && g != "f" || c.anybody(i) {
			continue
		}
		if y, sure := c.person(w.Span.Start, g, -1); y >= 0 {
			weight := 1
			if sure {
				weight = 2
			}
			c.voted[i] = genderVote{party: y, weight: weight, clear: sure}
			c.count(y, g, weight)
		}
	}
}

// person resolves a pronoun at byte b: the best of the people mentioned before
// it that the gender allows, subjects and the last speaker first. It reports
// whether nobody else came near.
func (c *parties) person(b int, gender string, previous int) (int, bool) {
	return c.foremostOf(c.points(b, gender, previous), gender, previous)
}

// foremostOf is person among people whose points are known.
func (c *parties) foremostOf(points []standing, gender string, previous int) (int, bool) {
	best, score, second := -1, 0, 0
	for _, x := range points {
		switch {
		case x.points > score && x.party != best:
			best, score, second = x.party, x.points, score
		case x.points > score:
			score = x.points
		case x.party != best:
			second = max(second, x.points)
		}
	}
	if previous >= 0 && c.Parties[previous].kind.Person() && !c.Parties[previous].opposed(gender) && best != previous && score < 90 {
		best = previous
	}
	return best, score > second+20
}

// likely reports whether a name is a person's by more than its capitals, where no
// tagger tells: by its first name, by a title or a trade beside it, or because
// it has spoken. In German any two nouns look like a name.
func (c *parties) likely(y int) bool {
	e := c.Parties[y]
	return e.kind != recount.Named || e.clear || e.Speaks || len(e.heads) > 0 || len(e.words) > 1 && c.p.Given.BothBear(e.words[0])
}

// anyLikely reports whether one of the people sighted before index k of the
// sightings is likely one, and one whom a pronoun of that gender may mean.
func (c *parties) anyLikely(k int, gender string) bool {
	for i := k - 1; i >= 0 && i >= k-farBack; i-- {
		y := c.of(c.seen[i].party)
		if e := c.Parties[y]; e.kind == recount.Named && c.likely(y) && !e.opposed(gender) {
			return true
		}
	}
	return false
}

// A standing is how well one sighting fits a pronoun, in points.
type standing struct{ party, points int }

// points lists the people sighted before byte b that a pronoun may mean, the
// last one first, with points for grammar, distance and gender.
func (c *parties) points(b int, gender string, previous int) []standing {
	k := c.before(b)
	sent := c.p.SentenceAt(b)
	only := c.v == nil && c.anyLikely(k, gender)
	var out []standing
	n := 0
	for i := k - 1; i >= 0 && i >= k-farBack && n <= maxLook; i-- {
		s := &c.seen[i]
		if s.pronoun || only && !c.likely(c.of(s.party)) {
			continue
		}
		n++
		who := c.of(s.party)
		y := c.Parties[who]
		if !y.kind.Person() || y.opposed(gender) {
			continue
		}
		points := 100 - 14*min(sent-s.sent, 6) - min(n-1, 5)
		if s.subject {
			points += 22
		}
		if s.owner {
			points -= 12
		}
		if s.aside {
			points -= 25
		}
		if s.quoted {
			points -= 30
		}
		if who == previous {
			points += 26
		}
		if gender == "m" && (y.men > 0 || y.prior < 0) || gender == "f" && (y.women > 0 || y.prior > 0) {
			points += 12
		}
		if !y.clear && (gender == "m" && y.prior >= 5 || gender == "f" && y.prior <= -5) {
			points -= 25 // by the letters of the first name somebody else is meant
		}
		out = append(out, standing{who, points})
	}
	return out
}

// lastThing returns the last party of these kinds mentioned before b.
func (c *parties) lastThing(b int, kinds ...recount.SpeakerKind) int {
	best, at := -1, -1
	for i := max(0, len(c.Parties)-maxParties); i < len(c.Parties); i++ {
		y := c.Parties[i]
		if y.into >= 0 || !slices.Contains(kinds, y.kind) {
			continue
		}
		for k := len(y.mentions) - 1; k >= max(0, len(y.mentions)-8); k-- {
			if m := y.mentions[k]; m.Start < b && m.Start > at {
				best, at = i, m.Start
			}
		}
	}
	return best
}

// called returns the name of a party, or what it is called without one.
func (y *party) called(text string) string {
	if y.label != "" {
		return y.label
	}
	return strings.Join(strings.Fields(y.name.In(text)), " ")
}

// Speakers returns the parties that speak in order of first mention, and the
// identifier of each party.
func (c *parties) Speakers(article recount.Key) ([]recount.Speaker, []string) {
	bySpan := func(a, b recount.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) }
	c.settle()
	var order []int
	for i, y := range c.Parties {
		if y.Speaks && y.into < 0 {
			y.mentions = append(y.mentions, y.name)
			slices.SortFunc(y.mentions, bySpan)
			y.mentions = slices.Compact(y.mentions)
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return bySpan(c.Parties[a].mentions[0], c.Parties[b].mentions[0]) })
	ids := make([]string, len(c.Parties))
	var out []recount.Speaker
	for n, i := range order {
		y := c.Parties[i]
		ids[i] = "s" + strconv.Itoa(n+1)
		out = append(out, recount.Speaker{
			Article: article, ID: ids[i], Name: y.called(c.p.Text), Kind: y.kind,
			Gender: y.gender(), Mention: y.name, Mentions: y.mentions,
		})
	}
	for i := range c.Parties {
		ids[i] = ids[c.of(i)] // who was joined to another after speaking
	}
	return out, ids
}
