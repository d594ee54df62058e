package speakers

import (
	"slices"
	"strings"

	"recount"
	"recount/internal/quotes/page"
)

// This file reads what a clause says that somebody is: an age ("She is 36 now", "Now
// 36, she", "Marr, who turned 36 in May,") or a noun ("He had worked as a plumber").
// A description that comes later takes it up: "the 36-year-old", "the plumber".
//
// In: the words of a page. Out: traits by the place of their subject; the reading in
// order gives them to whom the subject means. Method: the words between the subject and
// the age or the noun are of a short list. Limits: English alone; one clause.

// A trait is an age, or nouns, that a clause gives its subject.
type trait struct {
	age   int
	nouns []string
}

func (t trait) none() bool { return t.age == 0 && len(t.nouns) == 0 }

// has notes that a party has a trait.
func (c *parties) has(y int, t trait) {
	if c.p.Training {
		return // the rankings have not learned with them
	}
	if t.age > 0 {
		n := c.noteOf(y)
		if n.age == 0 {
			n.age = t.age
		}
		if len(n.ages) < mostAges && !slices.Contains(n.ages, t.age) {
			n.ages = append(n.ages, t.age)
		}
	}
	y = c.of(y)
	for _, w := range t.nouns {
		switch c.p.Lex.Nouns[w] {
		case "woman":
			c.Parties[y].women += nounVotes
		case "man":
			c.Parties[y].male(w)
		}
	}
	c.Parties[y].call(t.nouns...)
}

// mostAges is how many ages one party is remembered with: a text may tell of several
// years of a life.
const mostAges = 4

// bare reports whether word i follows the one before it in the same sentence with
// nothing but white space between.
func (c *parties) bare(i int) bool {
	w := c.p.Words
	return i > 0 && i < len(w) && w[i].Sent == w[i-1].Sent && w[i].Region == w[i-1].Region && w[i].Span.Start <= w[i-1].Span.End+2 && c.p.Between(w[i-1].Span.End, w[i].Span.Start) == ""
}

// longestVerb is how many words stand between a subject and what it is said to be.
const longestVerb = 7

// saidOf returns what the clause says of its subject whose verb begins at word i.
// Drawn says that "is" is drawn together with the subject.
func (c *parties) saidOf(i int, drawn bool) (t trait) {
	equates, as := drawn, false
	for k := i; k < i+longestVerb && (k == i || c.bare(k)); k++ {
		switch w := c.p.Words[k].Lower; w {
		case "is", "was", "be", "been", "turned", "turns", "turning", "became", "become", "becomes", "am":
			equates = true
		case "worked", "works", "work", "working", "served", "serves", "serve", "employed", "trained":
			equates, as = false, true
		case "as":
			if equates = as; !as {
				return trait{}
			}
		case "has", "had", "have", "will", "would", "may", "might", "used", "to", "about", "just", "now", "still", "only", "already", "then", "also", "once", "almost", "nearly", "barely", "himself", "herself", "later", "first", "both":
		case "a", "an":
			if equates {
				t.nouns = c.nounsFrom(k+1, as)
			}
			return t
		default:
			if strings.HasSuffix(w, "ly") {
				continue
			}
			if equates && !as {
				t.age = c.ageAt(k)
			}
			return t
		}
	}
	return t
}

// longestNoun is how many words behind "a" a noun for a person ends at most.
const longestNoun = 5

// nounsFrom returns the nouns for a person that end the phrase from word i, and those
// of the phrases that "and" joins to it. Sure says that whatever stands there is what
// somebody does.
func (c *parties) nounsFrom(i int, sure bool) (nouns []string) {
	for from := i; from < i+3*longestNoun; {
		k := from
		for k < from+longestNoun && k < len(c.p.Words) && (k == from || c.bare(k)) && !c.p.Words[k].Upper && !c.p.Lex.Stops[c.p.Words[k].Lower] {
			k++
		}
		if k == from {
			return nouns
		}
		w := c.p.Words[k-1].Lower
		if c.p.Lex.Person(w) || sure || c.holder(k-1) && c.p.Lex.Nouns[w] == "" {
			nouns = append(nouns, w)
		}
		if !c.bare(k) || c.p.Words[k].Lower != "and" || !c.bare(k+1) || c.p.Words[k+1].Lower != "a" && c.p.Words[k+1].Lower != "an" {
			return nouns
		}
		from = k + 2
	}
	return nouns
}

// The youngest and the oldest age that a text is believed.
const (
	youngest = 5
	oldest   = 115
)

// yearsAt returns the number of years that word i gives, if it may be an age, or 0.
func (c *parties) yearsAt(i int) int {
	if i >= len(c.p.Words) {
		return 0
	}
	n := number(c.p.Words[i].Lower)
	if n < youngest || n > oldest {
		return 0
	}
	return n
}

// ageAt returns the age that word i gives where a verb stands before it and nothing
// behind it counts something else ("She is 36 now", not "She is 36 weeks pregnant"), or 0.
func (c *parties) ageAt(i int) int {
	n := c.yearsAt(i)
	if n == 0 {
		return 0
	}
	end := c.p.Words[i].Span.End
	if rest := c.p.Text[end:]; rest == "" || strings.ContainsRune(",.;!?)”’\"'\n", rune(rest[0])) && !(len(rest) > 1 && rest[1] >= '0' && rest[1] <= '9') || strings.HasPrefix(rest, " —") || strings.HasPrefix(rest, " –") || strings.HasPrefix(rest, "—") {
		return n
	}
	if !c.bare(i + 1) {
		return 0
	}
	next := ""
	if c.bare(i + 2) {
		next = c.p.Words[i+2].Lower
	}
	switch w := c.p.Words[i+1].Lower; w {
	case "now", "then", "and", "but", "when", "while", "today", "this", "next", "last", "that", "as", "before", "after", "who", "by", "already":
		return n
	case "years":
		if next == "old" || next == "of" {
			return n
		}
	case "years-old", "year-old":
		return n
	case "at":
		if next == "the" || next == "his" || next == "her" {
			return n
		}
	case "on", "in":
		if month(next) || next == "the" || number(next) == 0 && next != "" && next[0] >= '0' && next[0] <= '9' || next == "prison" || next == "jail" {
			return n
		}
	}
	return 0
}

// month reports whether a word is the name of a month or of a day of the week.
func month(w string) bool {
	switch w {
	case "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday":
		return true
	}
	return false
}

// behind returns what stands between commas, in brackets or in a relative clause behind
// a name or a description that ends at byte b: "Marr, now 36,", "Marr (36)", "a driver
// aged 36", "Marr, who was a miner in the camp,".
func (c *parties) behind(b int) trait {
	i := c.p.WordAt(b)
	if i >= len(c.p.Words) || i == 0 || c.p.Words[i].Sent != c.p.Words[i-1].Sent || c.p.Words[i].Span.Start < b {
		return trait{}
	}
	gap := c.p.Text[b:c.p.Words[i].Span.Start]
	switch {
	case gap == ", " || gap == " " && c.p.Words[i].Lower == "aged" || gap == " (":
	case gap == " ":
		return c.saidOf(i, false)
	default:
		return trait{}
	}
	if gap == ", " && c.p.Words[i].Lower == "who" {
		return c.saidOf(i+1, false)
	}
	for k := i; k < i+3 && (k == i || c.bare(k)); k++ {
		switch c.p.Words[k].Lower {
		case "now", "aged", "age", "then", "just", "only", "still", "barely", "himself", "herself":
			continue
		}
		if gap == " (" && !strings.HasPrefix(c.p.Text[c.p.Words[k].Span.End:], ")") {
			return trait{}
		}
		return trait{age: c.ageAt(k)}
	}
	return trait{}
}

// agedBefore returns the age with which a sentence begins before its subject at byte b:
// "Now 36, she", "At 36, Marr", "Aged 36, the driver".
func (c *parties) agedBefore(b int) trait {
	i := c.p.WordAt(b)
	s := c.p.SentenceAt(b)
	if i < 2 || i-c.p.First[s] < 2 || i-c.p.First[s] > 5 || c.p.Text[c.p.Words[i-1].Span.End:b] != ", " {
		return trait{}
	}
	for k := c.p.First[s]; k < i-1; k++ {
		switch c.p.Words[k].Lower {
		case "now", "aged", "at", "then", "still", "just", "only", "barely", "age", "the", "of":
		default:
			return trait{}
		}
	}
	return trait{age: c.yearsAt(i - 1)}
}

// own reads what somebody who speaks says of herself or himself: "I am 36", "I was
// a cook in the camp".
func (c *parties) own(y int, content []recount.Span) {
	if c.v == nil {
		return
	}
	for _, s := range content {
		for i := c.p.WordAt(s.Start); i < len(c.p.Words) && c.p.Words[i].Span.Start < s.End; i++ {
			w := c.p.Words[i].Lower
			if cut := uncontracted(w); cut != "i" {
				continue
			}
			if t := c.saidOf(i+1, strings.HasSuffix(w, "m") && len(w) > 1); !t.none() {
				c.has(y, t)
			}
		}
	}
}

// traitsOfNames gives those with a name what the text says that they are.
func (c *parties) traitsOfNames() {
	for i := range c.p.Names {
		n := &c.p.Names[i]
		if n.Entity < 0 || n.Kind != 'P' && n.Kind != '?' || n.Owner || c.p.Quoted(n.Span.Start) {
			continue
		}
		for _, t := range [...]trait{c.behind(n.Span.End), c.agedBefore(c.untitled(n))} {
			if !t.none() {
				c.has(c.of(n.Entity), t)
			}
		}
	}
}

// ofPronoun returns what a clause says of its subject, the pronoun at word i.
func (c *parties) ofPronoun(i int) []trait {
	w := c.p.Words[i]
	if lower := uncontracted(w.Lower); lower != "he" && lower != "she" {
		return nil
	}
	var all []trait
	for _, t := range [...]trait{c.saidOf(i+1, page.Bare(w.Lower) != w.Lower), c.agedBefore(w.Span.Start)} {
		if !t.none() {
			all = append(all, t)
		}
	}
	return all
}

// onlyBearer returns the one person met before whom a description of two words with
// "the" ("the plumber", and "the former plumber") was said to be, or -1.
func (c *parties) onlyBearer(words []page.Word, head string) int {
	if determinerOf(words) != the || len(words) > 3 || len(words) == 3 && words[1].Lower != "former" {
		return -1
	}
	last := words[len(words)-1]
	if i := c.p.WordAt(last.Span.Start) + 1; c.bare(i) {
		switch c.p.Words[i].Lower {
		case "of", "who", "from", "in", "at", "with", "for", "whose", "on", "that":
			return -1 // it says which one
		}
	}
	found, sex := -1, c.sexOf(head)
	for k := c.before(words[0].Span.Start) - 1; k >= 0 && k > c.before(words[0].Span.Start)-farBack; k-- {
		y := c.of(c.seen[k].party)
		if y == found || !c.Parties[y].kind.Person() || !c.Parties[y].answers(head) || !formerly(head) && c.Parties[y].opposed(sex) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = y
	}
	return found
}
