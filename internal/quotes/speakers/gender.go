package speakers

import (
	"strings"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// Pronouns counts the pronouns of the article that mean a party.
type pronouns struct {
	her, his int // votes of all, for the resolution of who is meant
	// For what is reported:
	she, he             int // those that can mean nobody else
	likelyShe, likelyHe int // of a woman, or of a man, that most likely mean it
}

func (p *pronouns) add(q pronouns) {
	p.her, p.his = p.her+q.her, p.his+q.his
	p.she, p.he = p.she+q.she, p.he+q.he
	p.likelyShe, p.likelyHe = p.likelyShe+q.likelyShe, p.likelyHe+q.likelyHe
}

// settle counts the pronouns that surely or most likely mean somebody. Which
// party a pronoun goes to may be guessed; whether a person is a woman or a man
// is reported, and counted by our users, so a guess is not enough for it.
func (c *parties) settle() {
	if c.settled {
		return
	}
	c.settled = true
	c.upTo(len(c.p.Text))
	for i, w := range c.p.Words {
		g := c.p.Lex.Pronouns[w.Lower]
		if w.Region >= 0 || g != "m" && g != "f" || c.anybody(i) {
			continue
		}
		b, ok := c.voted[i]
		back := 1
		if !ok || c.Parties[c.of(b.party)].told.hears(other[g]) {
			back = 3 // it fits nobody, or one whom it contradicts
		}
		y := c.onlyOne(i, back, g)
		sure := y >= 0 && (!ok || c.of(b.party) == y)
		if !sure && ok {
			y = c.of(b.party)
		}
		switch {
		case y >= 0 && y == c.doer(i): // "Marr told him"
		case sure:
			c.Parties[y].told.hear(g, true)
		case ok && (b.goesOn || b.weight > 1 && !c.describedNear(i, y, g) && !c.oneOfTwo(w.Span.Start, y, g)):
			c.Parties[y].told.hear(g, false)
		}
	}
	// Who is called nothing but "he" is a man.
	for _, y := range c.Parties {
		if y.name.Len() > longestPronoun {
			continue
		}
		if g := c.p.Lex.Pronouns[page.Lower(y.name.In(c.p.Text))]; y.into < 0 && (g == "m" || g == "f") {
			y.told.hear(g, true)
		}
	}
}

// other is the gender of pronouns that contradict.
var other = map[string]string{"m": "f", "f": "m"}

// hears reports whether a pronoun of that gender can mean nobody else.
func (p *pronouns) hears(gender string) bool {
	return gender == "f" && p.she > 0 || gender == "m" && p.he > 0
}

// hear counts one pronoun.
func (p *pronouns) hear(gender string, sure bool) {
	switch {
	case sure && gender == "f":
		p.she++
	case sure:
		p.he++
	case gender == "f":
		p.likelyShe++
	default:
		p.likelyHe++
	}
}

// sure counts a pronoun that can mean nobody but a party.
func (c *parties) sure(y int, gender string) {
	if gender == "m" {
		c.Parties[y].he++
	} else {
		c.Parties[y].she++
	}
}

// contradicts reports whether pronouns that can mean nobody but a party have shown it to
// be of the other gender than one.
func (y *party) contradicts(gender string) bool {
	if gender == "m" {
		return y.she > 0 && y.he == 0
	}
	return y.he > 0 && y.she == 0
}

// onlyOne returns the one person that the pronoun at word i can mean: the only
// one whom it fits in its sentence and so many before, or the subject of its
// sentence, if that holds nobody else before it. Where it fits nobody, it is
// the only person there is, whom it then contradicts; else -1.
func (c *parties) onlyOne(i, back int, gender string) int {
	w := c.p.Words[i]
	who, from, several, subject := -1, w.Span.Start, false, false
	odd, odds := -1, false
	first := c.before(w.Span.Start) - 1
	beside, doer := c.besideOwn(w), c.doer(i)
	k := first
	for ; k >= 0 && k > first-withinReach && c.seen[k].sent >= int(w.Sent)-back; k-- {
		s := c.seen[k]
		if s.sent < int(w.Sent) && subject && !several {
			break
		}
		y := c.of(s.party)
		if s.pronoun || s.quoted || !c.Parties[y].kind.Person() || y == beside || y == doer {
			continue
		}
		from = s.at
		if c.Parties[y].excluded(gender) {
			odds = odds || odd >= 0 && odd != y
			odd = y
			continue
		}
		several = several || who >= 0 && y != who
		who = y
		subject = subject || s.sent == int(w.Sent) && s.subject && !s.owner
	}
	if who < 0 && !odds {
		who = odd
	}
	if who < 0 || several {
		return -1
	}
	for k := max(c.p.WordAt(from), i-withinReach); k < i; k++ {
		x := c.p.Words[k]
		class := c.p.Lex.Nouns[x.Lower]
		if x.Region < 0 && (class == "person" || fits(class, gender) || class == "man" && formerly(x.Lower)) && !c.Parties[who].holds(x.Span, x.Lower) {
			return -1
		}
	}
	return who
}

// besideOwn returns the person behind whose name a possessive begins to say who
// that is, and whom it therefore does not mean ("Ivo Marr, her son,"), or -1.
func (c *parties) besideOwn(w page.Word) int {
	if w.Lower != "his" && w.Lower != "her" {
		return -1
	}
	i := c.p.WordAt(w.Span.Start) + 1
	if i >= len(c.p.Words) || c.p.Words[i].Sent != c.p.Words[i-1].Sent {
		return -1
	}
	if c.p.Lex.Person(c.p.Words[i].Lower) {
		return c.behindName(w.Span.Start)
	}
	return -1
}

// doer returns who does what a verb says of which the pronoun at word i is the
// object, and whom it therefore does not mean: "Marr told him", "Marr, looking at
// her, said", "she had told him"; -1 if it is no object or nobody is known to.
func (c *parties) doer(i int) int {
	w := c.p.Words[i]
	if c.v == nil || w.Lower != "him" && w.Lower != "her" {
		return -1
	}
	t := c.v.TokenAt(w.Span.Start)
	if w.Lower == "her" && c.owns(t) {
		return -1
	}
	for h, n := int(c.v.At(t).Head), 0; h >= 0 && n < mostHeads; h, n = int(c.v.At(h).Head), n+1 {
		if !strings.HasPrefix(lang.Tags[c.v.At(h).POS], "VB") {
			continue
		}
		k := int(c.v.Subject[h])
		if k < 0 {
			continue // "and thanked her", "looking at him": the subject is that of the verb above
		}
		s := c.v.NounPhrase(k)
		at := c.v.At(k).Span
		for x := c.before(s.End) - 1; x >= 0 && c.seen[x].at >= s.Start; x-- {
			if c.seen[x].at <= at.Start && !c.seen[x].owner {
				return c.of(c.seen[x].party)
			}
		}
		return -1
	}
	return -1
}

// owns reports whether "her" at token t stands before what is hers.
func (c *parties) owns(t int) bool {
	if c.v.At(t).POS != lang.PRPS { // the tagger takes it for an object: "told her sister"
		return c.p.Lex.Person(page.Lower(c.v.At(t + 1).Span.In(c.p.Text)))
	}
	switch lang.Tags[c.v.At(t+1).POS] {
	case "NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "VBG", "VBN", "CD", "RB":
		return true
	}
	return false
}

// mostHeads is how many words above a pronoun its verb is looked for.
const mostHeads = 4

// describedNear reports whether a noun in the sentence of word i or the one
// before speaks of a woman or a man whom the pronoun fits, and who is not party
// y: "Marr met a widow. She wept."
func (c *parties) describedNear(i, y int, gender string) bool {
	for k := i - 1; k >= 0 && k > i-withinReach && c.p.Words[k].Sent >= c.p.Words[i].Sent-1; k-- {
		x := c.p.Words[k]
		class := c.p.Lex.Nouns[x.Lower]
		if x.Region < 0 && (fits(class, gender) || class == "person" && k > 0 && (c.p.Words[k-1].Lower == "a" || c.p.Words[k-1].Lower == "an")) && !c.Parties[y].holds(x.Span, x.Lower) {
			return true
		}
	}
	return false
}

// fits reports whether nouns of a class speak of those whom a pronoun fits.
func fits(class, gender string) bool {
	return class == "man" && gender == "m" || class == "woman" && gender == "f"
}

// holds reports whether a noun is one that a party is described by.
func (y *party) holds(s recount.Span, noun string) bool {
	for _, h := range y.heads {
		if h == noun {
			return true
		}
	}
	for _, m := range y.mentions[:min(len(y.mentions), maxLook)] {
		if s.Start >= m.Start && s.End <= m.End {
			return true
		}
	}
	return false
}

// described is above 0 if titles and nouns speak for a woman, below for a man.
func (y *party) described() int { return y.women - y.told.her - y.men + y.told.his }

// excluded reports whether titles, nouns, or a first name that tells clearly
// show that a pronoun of that gender does not mean a party.
func (y *party) excluded(gender string) bool {
	t, name := y.described(), 0
	if y.clear {
		name = y.prior
	}
	if gender == "f" {
		t, name = -t, -name
	}
	return t >= nounVotes || t >= 0 && name >= leastAlone
}

// gender is what the article shows, from what tells best to what tells least:
// titles, nouns, pronouns that can mean nobody else, a listed first name,
// pronouns that most likely mean it, the letters of the first name. What
// contradicts itself shows nothing.
func (y *party) gender() recount.Gender {
	t, p := y.described(), y.told
	sure, both := p.she-p.he, p.she > 0 && p.he > 0
	switch {
	case !y.kind.Person():
		return recount.NoGender
	case max(t, -t) >= titleVotes:
		return gendered(t)
	case max(t, -t) >= nounVotes && t*sure < 0:
		return recount.UnknownGender
	case max(t, -t) >= nounVotes:
		return gendered(t)
	case both && min(p.she, p.he)*clearly >= max(p.she, p.he):
		return recount.UnknownGender
	case y.clear && sure*y.prior < 0 && p.she+p.he < 2:
		return gendered(y.prior) // one pronoun against the name
	case sure != 0:
		return gendered(sure)
	case y.clear:
		return gendered(y.prior)
	case p.likelyShe > 0 && p.likelyHe > 0 && min(p.likelyShe, p.likelyHe)*mostly >= max(p.likelyShe, p.likelyHe):
		return recount.UnknownGender
	case p.likelyShe != p.likelyHe:
		return gendered(p.likelyShe - p.likelyHe)
	case !y.vague && max(y.prior, -y.prior) >= leastAlone:
		return gendered(y.prior)
	}
	return gendered(t)
}

// How many times as many pronouns of one gender as of the other there must be:
// of those that can mean nobody else, and of those that most likely do not.
const (
	clearly = 3
	mostly  = 2
)

// gendered is a woman above 0, a man below.
func gendered(n int) recount.Gender {
	switch {
	case n > 0:
		return recount.Woman
	case n < 0:
		return recount.Man
	}
	return recount.UnknownGender
}

// oneOfTwo reports whether a party, where it was named last before byte b, is one
// of two people whom the pronoun fits alike: "Ada and Ivo Marr sold it. She".
func (c *parties) oneOfTwo(b, y int, gender string) bool {
	first := c.before(b) - 1
	for k := first; k >= 0 && k > first-withinReach; k-- {
		if c.seen[k].pronoun || c.of(c.seen[k].party) != y {
			continue
		}
		for _, n := range [2]int{k - 1, k + 1} {
			if n < 0 || n > first || c.seen[n].pronoun || c.seen[n].sent != c.seen[k].sent {
				continue
			}
			who := c.of(c.seen[n].party)
			if who != y && c.Parties[who].kind.Person() && !c.Parties[who].excluded(gender) && c.joined(c.seen[min(k, n)].at, c.seen[max(k, n)].at) {
				return true
			}
		}
		return false
	}
	return false
}

// mostJoined is how many words after the beginning of a name the next begins,
// if "and" joins the two.
const mostJoined = 6

// joined reports whether "and" stands right before the name at byte b, and a
// short name before that begins at byte a.
func (c *parties) joined(a, b int) bool {
	k := c.p.WordAt(b)
	return k > 0 && k-c.p.WordAt(a) <= mostJoined && c.p.Words[k-1].Lower == "and"
}

// longestPronoun is how many bytes a pronoun has at most.
const longestPronoun = 12

// withinReach bounds how many sightings, and how many words, back from a pronoun
// are looked at.
const withinReach = 100
