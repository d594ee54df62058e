package cast

import (
	"recount"
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
func (c *cast) settle() {
	if c.settled {
		return
	}
	c.settled = true
	c.upTo(len(c.p.Text))
	for i, w := range c.p.Words {
		b, ok := c.voted[i]
		if !ok {
			continue
		}
		y := c.of(b.party)
		g := c.p.Lex.Pronouns[w.Lower]
		p := &c.Parties[y].told
		switch {
		case c.sure(i, y, g):
			if g == "f" {
				p.she++
			} else {
				p.he++
			}
		case b.goesOn || b.weight > 1 && !c.describedNear(i, y, g):
			if g == "f" {
				p.likelyShe++
			} else {
				p.likelyHe++
			}
		}
	}
}

// sure reports whether the pronoun at word i can mean nobody but a party: it is
// named or described in the sentence or the one before, and nobody else is whom
// the pronoun fits.
func (c *cast) sure(i, y int, gender string) bool {
	w := c.p.Words[i]
	near, from := false, w.Span.Start
	first := c.before(w.Span.Start) - 1
	for k := first; k >= 0 && k > first-farBack && c.seen[k].sent >= int(w.Sent)-1; k-- {
		s := c.seen[k]
		if s.pronoun || s.quoted {
			continue
		}
		from = s.at
		switch who := c.of(s.party); {
		case who == y:
			near = true
		case c.Parties[who].kind.Person() && !c.Parties[who].excluded(gender):
			return false
		}
	}
	if !near {
		return false
	}
	for k := max(c.p.WordAt(from), i-farBack); k < i; k++ {
		x := c.p.Words[k]
		class := c.p.Lex.Nouns[x.Lower]
		if x.Region < 0 && (class == "person" || fits(class, gender) || class == "man" && formerly(x.Lower)) && !c.Parties[y].holds(x.Span, x.Lower) {
			return false
		}
	}
	return true
}

// describedNear reports whether a noun in the sentence of word i or the one
// before speaks of a woman or a man whom the pronoun fits, and who is not party
// y: "Marr met a widow. She wept."
func (c *cast) describedNear(i, y int, gender string) bool {
	for k := i - 1; k >= 0 && k > i-farBack && c.p.Words[k].Sent >= c.p.Words[i].Sent-1; k-- {
		x := c.p.Words[k]
		if x.Region < 0 && fits(c.p.Lex.Nouns[x.Lower], gender) && !c.Parties[y].holds(x.Span, x.Lower) {
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
