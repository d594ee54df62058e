package quotes

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
)

// A party is anybody or anything that may speak in the article.
type party struct {
	kind     recount.SpeakerKind
	words    []string     // of the fullest name, in lower case
	name     recount.Span // the fullest name, or the description
	mentions []recount.Span
	women    int // evidence for a woman, in votes
	men      int
	heads    []string // head nouns it was described by: "senator", "teenager"
	speaks   bool
}

func (y *party) gender() recount.Gender {
	switch {
	case !y.kind.Person():
		return recount.NoGender
	case y.women > y.men:
		return recount.Woman
	case y.men > y.women:
		return recount.Man
	}
	return recount.UnknownGender
}

// A cast holds the parties of an article while its sources are resolved.
type cast struct {
	p       *page
	parties []*party
	people  []sighting // every mention of a person, in text order
}

// A sighting is one mention of a person by name.
type sighting struct {
	at    int
	party int
	sent  int
	first bool // the first of its sentence, outside quotation marks
	owner bool
}

// maxLook is how many sightings back a pronoun is resolved.
const maxLook = 24

// newCast joins the names of the article to people and weighs what the text
// says about their gender.
func newCast(p *page) *cast {
	c := &cast{p: p}
	lastOf := map[string]int{}  // last word of a name -> party
	wordOf := map[string]int{}  // any other word -> party
	sentence, fresh := -1, true // the first name of a sentence is its likely subject
	for i := range p.names {
		n := &p.names[i]
		if n.kind != 'P' && n.kind != '?' {
			continue
		}
		y := c.match(n, lastOf, wordOf)
		n.entity = y
		e := c.parties[y]
		e.mentions = append(e.mentions, n.span)
		switch n.gender {
		case recount.Woman:
			e.women += 4
		case recount.Man:
			e.men += 4
		}
		if len(n.words) > len(e.words) {
			e.words, e.name = n.words, n.span
		}
		lastOf[n.words[len(n.words)-1]] = y
		for _, w := range n.words[:len(n.words)-1] {
			if utf8.RuneCountInString(w) > 2 {
				wordOf[w] = y
			}
		}
		s := p.sentenceAt(n.span.Start)
		if s != sentence {
			sentence, fresh = s, true
		}
		quoted := p.quoted(n.span.Start)
		c.people = append(c.people, sighting{n.span.Start, y, s, fresh && !quoted, n.owner})
		fresh = fresh && quoted
	}
	c.votes()
	return c
}

// quoted reports whether byte b lies inside quotation marks.
func (p *page) quoted(b int) bool {
	i, j := p.regionsIn(recount.Span{Start: b, End: b + 1})
	return i < j
}

// match returns the party a name belongs to, a new one if nobody fits: the
// last words agree and the first ones do not contradict each other.
func (c *cast) match(n *name, lastOf, wordOf map[string]int) int {
	last := n.words[len(n.words)-1]
	if y, ok := lastOf[last]; ok && compatible(c.parties[y].words, n.words) && !c.opposite(y, n.gender) {
		return y
	}
	if y, ok := lastOf[last]; ok {
		// Somebody else of that surname was named later: look for the one meant.
		for i := len(c.parties) - 1; i >= 0 && i >= len(c.parties)-64; i-- {
			w := c.parties[i].words
			if i != y && w[len(w)-1] == last && compatible(w, n.words) && !c.opposite(i, n.gender) {
				return i
			}
		}
	} else if len(n.words) == 1 {
		if y, ok := wordOf[last]; ok && !c.opposite(y, n.gender) {
			return y
		}
	}
	c.parties = append(c.parties, &party{kind: recount.Named, words: n.words, name: n.span})
	return len(c.parties) - 1
}

func (c *cast) opposite(y int, g recount.Gender) bool {
	e := c.parties[y]
	return g == recount.Woman && e.men > e.women || g == recount.Man && e.women > e.men
}

// compatible reports whether two names with the same last word may be one
// person's: one is the last word alone, or the first words agree, or one of
// them is an initial of the other.
func compatible(a, b []string) bool {
	if len(a) == 1 || len(b) == 1 {
		return true
	}
	x, y := a[0], b[0]
	return strings.HasPrefix(x, strings.TrimSuffix(y, ".")) && len(y) <= 2 || strings.HasPrefix(y, strings.TrimSuffix(x, ".")) && len(x) <= 2 || x == y
}

// votes counts the pronouns that follow the only person around.
func (c *cast) votes() {
	k := 0
	for _, w := range c.p.words {
		for k < len(c.people) && c.people[k].at < w.span.Start {
			k++
		}
		if k == 0 || w.region >= 0 {
			continue
		}
		g := c.p.lex.Pronouns[w.lower]
		if g != "m" && g != "f" {
			continue
		}
		who := c.people[k-1]
		if int(w.sent)-who.sent > 1 {
			continue
		}
		weight := 2
		for q := k - 2; q >= 0 && who.sent-c.people[q].sent <= 0; q-- {
			if c.people[q].party != who.party {
				weight = 1
				if c.people[q].first {
					who = c.people[q]
				}
			}
		}
		if g == "m" {
			c.parties[who.party].men += weight
		} else {
			c.parties[who.party].women += weight
		}
	}
}

// resolve returns the party of a source, or -1 if the draft names nobody and
// nobody spoke before.
func (c *cast) resolve(d *draft, previous int) int {
	if len(d.source) == 0 {
		if d.floating {
			return previous
		}
		return -1
	}
	span := lang.Trim(c.p.text, recount.Span{Start: d.source[0].Start, End: d.source[len(d.source)-1].End})
	words := c.p.words[c.p.wordAt(span.Start):c.p.wordAt(span.End)]
	if len(words) == 0 {
		return previous
	}
	if len(words) == 1 {
		switch g := c.p.lex.Pronouns[words[0].lower]; g {
		case "m", "f", "?":
			if y := c.person(words[0].span.Start, g, previous); y >= 0 {
				c.parties[y].mentions = append(c.parties[y].mentions, words[0].span)
				return y
			}
			if g == "?" {
				return c.describe(span, words, recount.Unspecified, nil)
			}
			return c.describe(span, words, recount.Anonymous, nil)
		case "n":
			if previous >= 0 && !c.parties[previous].kind.Person() && c.parties[previous].kind != recount.Collective {
				c.parties[previous].mentions = append(c.parties[previous].mentions, words[0].span)
				return previous
			}
			if y := c.lastThing(span.Start); y >= 0 {
				return y
			}
			return c.describe(span, words, recount.Organisation, nil)
		case "p":
			if previous >= 0 && c.parties[previous].kind == recount.Collective {
				return previous
			}
			return c.describe(span, words, recount.Collective, nil)
		case "1":
			return c.describe(span, words, recount.Unspecified, nil)
		}
	}
	head, tail := c.head(words)
	class := c.p.lex.Nouns[head]
	// A name that is not owned by the head, and not its complement, speaks.
	if n := c.namedSource(span, words, tail, class); n != nil {
		if n.entity >= 0 {
			y := c.parties[n.entity]
			if class == "person" || class == "man" || class == "woman" {
				y.heads = append(y.heads, head)
			}
			c.genderOf(y, words)
			return n.entity
		}
		return c.thing(span, n, recount.Organisation)
	}
	switch class {
	case "document":
		return c.describe(span, words, recount.Document, []string{head})
	case "organisation":
		return c.describe(span, words, recount.Organisation, []string{head})
	case "collective":
		return c.describe(span, words, recount.Collective, []string{head})
	case "man", "woman", "person":
		return c.describe(span, words, recount.Anonymous, []string{head})
	}
	if strings.HasSuffix(head, "s") && !strings.HasSuffix(head, "ss") && c.p.lex.Code == "en" {
		return c.describe(span, words, recount.Collective, []string{head})
	}
	if c.p.lex.Code == "ar" || !c.p.lex.Known() {
		return c.describe(span, words, recount.Named, []string{head})
	}
	return c.describe(span, words, recount.Anonymous, []string{head})
}

// head returns the head noun of a source and how many words its first noun
// phrase has.
func (c *cast) head(words []word) (string, int) {
	for i := 1; i < len(words); i++ {
		gap := c.p.text[words[i-1].span.End:words[i].span.Start]
		if strings.ContainsAny(gap, ",;:()“”\"") {
			return bare(words[i-1].lower), i
		}
		switch words[i].lower {
		case "of", "for", "in", "at", "from", "with", "who", "that", "to", "on", "by", "whose", "and", "close", "familiar", "which", "where",
			"de", "du", "des", "qui", "der", "von", "que", "del":
			return bare(words[i-1].lower), i
		}
	}
	return bare(words[len(words)-1].lower), len(words)
}

func bare(w string) string {
	w = strings.TrimSuffix(w, "'s")
	return strings.TrimSuffix(w, "’s")
}

// namedSource picks the name that speaks inside a source, or nil.
func (c *cast) namedSource(span recount.Span, words []word, tail int, class string) *name {
	var best *name
	chunk := words[tail-1].span.End
	for i := range c.p.namesIn(span) {
		n := &c.p.namesIn(span)[i]
		if n.owner {
			continue
		}
		if n.span.End > chunk { // beyond the first noun phrase: an apposition only
			before := strings.TrimRight(c.p.text[span.Start:n.span.Start], " ")
			if !strings.HasSuffix(before, ",") && !strings.HasSuffix(before, "—") && !c.titledAfterComma(before) {
				continue
			}
			if best != nil || class == "document" || class == "collective" {
				continue
			}
		}
		if class != "" && n.span.End < chunk && class != "person" {
			continue // "the Order council", "Karsova ministry"
		}
		if n.kind == 'O' && best != nil {
			continue
		}
		best = n
	}
	return best
}

// titledAfterComma reports whether text ends with a comma and titles.
func (c *cast) titledAfterComma(text string) bool {
	i := strings.LastIndexByte(text, ',')
	if i < 0 {
		return false
	}
	for _, w := range strings.Fields(text[i+1:]) {
		if _, ok := c.p.lex.Titles[strings.ToLower(w)]; !ok && c.p.lex.Nouns[strings.ToLower(w)] == "" {
			return false
		}
	}
	return true
}

// genderOf takes gender evidence from the words of a description.
func (c *cast) genderOf(y *party, words []word) {
	for _, w := range words {
		switch c.p.lex.Nouns[w.lower] {
		case "woman":
			y.women += 3
		case "man":
			y.men += 3
		}
	}
}

// person resolves a pronoun at byte b: the nearest person before it that the
// gender allows, subjects and the last speaker first.
func (c *cast) person(b int, gender string, previous int) int {
	k, _ := slices.BinarySearchFunc(c.people, b, func(s sighting, b int) int { return cmp.Compare(s.at, b) })
	sent := c.p.sentenceAt(b)
	best, score := -1, 0
	for i := k - 1; i >= 0 && i >= k-maxLook; i-- {
		s := c.people[i]
		y := c.parties[s.party]
		if gender == "m" && y.women > y.men || gender == "f" && y.men > y.women {
			continue
		}
		points := 100 - 12*min(sent-s.sent, 6)
		if s.first {
			points += 20
		}
		if s.owner {
			points -= 10
		}
		if s.party == previous {
			points += 25
		}
		if gender == "m" && y.men > 0 || gender == "f" && y.women > 0 {
			points += 15
		}
		if points > score {
			best, score = s.party, points
		}
	}
	// Somebody described without a name may have spoken since.
	if previous >= 0 && c.parties[previous].kind == recount.Anonymous || previous >= 0 && c.parties[previous].kind == recount.Pseudonym {
		y := c.parties[previous]
		if last := y.mentions[len(y.mentions)-1]; sent-c.p.sentenceAt(last.Start) <= 3 && !(gender == "m" && y.women > y.men || gender == "f" && y.men > y.women) {
			if best < 0 || k == 0 || c.people[k-1].at < last.Start || score < 110 {
				best = previous
			}
		}
	}
	if best >= 0 {
		switch gender {
		case "m":
			c.parties[best].men++
		case "f":
			c.parties[best].women++
		}
	}
	return best
}

// lastThing returns the last document or organisation mentioned before b.
func (c *cast) lastThing(b int) int {
	best, at := -1, -1
	for i, y := range c.parties {
		if y.kind != recount.Document && y.kind != recount.Organisation {
			continue
		}
		for _, m := range y.mentions {
			if m.Start < b && m.Start > at {
				best, at = i, m.Start
			}
		}
	}
	return best
}

// thing returns the organisation of that name.
func (c *cast) thing(span recount.Span, n *name, kind recount.SpeakerKind) int {
	last := n.words[len(n.words)-1]
	for i, y := range c.parties {
		if y.kind == kind && len(y.words) > 0 && y.words[len(y.words)-1] == last {
			y.mentions = append(y.mentions, n.span)
			return i
		}
	}
	c.parties = append(c.parties, &party{kind: kind, words: n.words, name: span, mentions: []recount.Span{span}})
	return len(c.parties) - 1
}

// describe returns the party a description speaks of: one already described by
// the same head noun if the article points back to it ("the teenager"), else a
// new one. Two descriptions that introduce somebody ("a fighter", "another
// fighter") are never joined.
func (c *cast) describe(span recount.Span, words []word, kind recount.SpeakerKind, heads []string) int {
	first := words[0].lower
	indefinite := first == "a" || first == "an" || first == "one" || first == "another" || first == "some" || first == "un" || first == "une" || first == "ein" || first == "eine"
	if len(heads) > 0 && !indefinite {
		for i := len(c.parties) - 1; i >= 0; i-- {
			y := c.parties[i]
			if !slices.Contains(y.heads, heads[0]) {
				continue
			}
			if y.kind == kind || kind == recount.Anonymous && y.kind.Person() {
				y.mentions = append(y.mentions, span)
				c.genderOf(y, words)
				return i
			}
		}
		if kind == recount.Anonymous {
			if y := c.describedBefore(span.Start, heads[0]); y >= 0 {
				c.parties[y].mentions = append(c.parties[y].mentions, span)
				return y
			}
		}
	}
	y := &party{kind: kind, name: span, mentions: []recount.Span{span}, heads: heads}
	if kind == recount.Named {
		for _, w := range words {
			y.words = append(y.words, w.lower)
		}
	}
	c.genderOf(y, words)
	c.parties = append(c.parties, y)
	return len(c.parties) - 1
}

// describedBefore finds the person whose name stands near the head noun before
// b: "Sen. Ada Marr ... the senator", "Ivo Lund, a teacher, ... the teacher".
func (c *cast) describedBefore(b int, head string) int {
	for i := len(c.people) - 1; i >= 0; i-- {
		s := c.people[i]
		if s.at >= b || s.owner {
			continue
		}
		around := c.p.sentences[s.sent].Span
		if around.Start > b {
			continue
		}
		from, to := max(around.Start, runeBack(c.p.text, s.at-60)), min(around.End, b)
		if to <= from {
			continue
		}
		for w := c.p.wordAt(from); w < len(c.p.words) && c.p.words[w].span.Start < to; w++ {
			if d := c.p.words[w]; d.lower == head && d.span.Start-s.at < 90 {
				return s.party
			}
		}
		if len(c.people)-i > 64 {
			break
		}
	}
	return -1
}

// runeBack moves a byte offset back to the start of a code point.
func runeBack(text string, b int) int {
	b = max(b, 0)
	for b > 0 && !utf8.RuneStart(text[b]) {
		b--
	}
	return b
}

// speakers returns the parties that speak in order of first mention, and the
// identifier of each party.
func (c *cast) speakers(article recount.Key) ([]recount.Speaker, []string) {
	var order []int
	for i, y := range c.parties {
		if y.speaks {
			slices.SortFunc(y.mentions, func(a, b recount.Span) int {
				return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
			})
			y.mentions = slices.Compact(y.mentions)
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(c.parties[a].mentions[0].Start, c.parties[b].mentions[0].Start)
	})
	ids := make([]string, len(c.parties))
	var out []recount.Speaker
	for n, i := range order {
		y := c.parties[i]
		ids[i] = "s" + strconv.Itoa(n+1)
		if !slices.Contains(y.mentions, y.name) {
			y.mentions = append(y.mentions, y.name)
			slices.SortFunc(y.mentions, func(a, b recount.Span) int {
				return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
			})
		}
		out = append(out, recount.Speaker{
			Article: article, ID: ids[i], Name: strings.Join(strings.Fields(y.name.In(c.p.text)), " "), Kind: y.kind,
			Gender: y.gender(), Mention: y.name, Mentions: y.mentions,
		})
	}
	return out, ids
}
