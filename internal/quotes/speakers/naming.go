package speakers

import (
	"strings"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// This file says whom a text calls by a name that is met for the first time, where
// it says so in words ("She is Doreen Adonis", "The gentleman, Henrique Nogueira, ...").
//
// In: a name and the people met before it. Out: one of those without a name, or -1.
// Method: what stands between the beginning of the sentence and the name. Limits:
// English alone; one sentence and the two before it are looked at.

// calledSo are what stands before a name that somebody is given in a sentence.
var calledSo = [...]string{
	"is called", "was called", "is named", "was named", "name is", "name was", "name, he says, is", "name, she says, is", "goes by", "went by", "goes by the name of", "goes by nothing but", "answers to", "answered to", "gave the name", "gives the name",
	"gave his name as", "gave her name as", "gives his name as", "gives her name as", "give his name as", "give her name as", "giving his name as", "giving her name as", "gave his name only as", "gave her name only as", "give only the name", "gave only the name", "gives only the name",
	"introduced to me as", "introduced to us as", "introduced himself as", "introduced herself as", "introduces himself as", "introduces herself as", "calls himself", "calls herself", "called himself", "called herself", "signs himself", "signs herself",
	"turned out to be", "turns out to be", "proved to be",
}

// farUnnamed is how many sentences back somebody without a name is looked for whom
// "she is" gives one.
const farUnnamed = 2

// mostLead is how many bytes before a name are looked at.
const mostLead = 240

// bearer returns whom the text says bears a name ("The man on the stairs is called
// Evelyn Marsh", "His name is Tomas Birk", "She is Doreen Adonis", "The boy, Toninho,"),
// or -1.
func (c *parties) bearer(n *page.Name) int {
	start := c.p.Sentences[c.p.SentenceAt(n.Span.Start)].Span.Start
	at := c.untitled(n)
	from := max(min(start, at), at-mostLead) // a sentence may be as long as its writer likes
	if from > start {
		from += strings.IndexByte(c.p.Text[from:at], ' ') + 1
	}
	lead := strings.ToLower(strings.Trim(c.p.Text[from:at], " “‘\"'"))
	for _, w := range calledSo {
		if lead == w || strings.HasSuffix(lead, " "+w) {
			if strings.HasSuffix(lead, "whose "+w) {
				return c.unnamedAt(c.before(n.Span.Start)-1, start)
			}
			return c.subjectIn(n, start)
		}
	}
	if c.closed(n) {
		switch lead {
		case "he is", "he was", "he’s", "he's", "she is", "she was", "she’s", "she's":
			return c.subjectIn(n, start)
		case "it is", "it was", "it’s", "it's", "that is", "that was", "that’s", "that's", "this is", "this was":
			return c.unnamedBefore(start, "?", n)
		}
		if copula := strings.HasSuffix(lead, " is") || strings.HasSuffix(lead, " was"); copula && (strings.HasPrefix(lead, "the ") || strings.HasPrefix(lead, "that ")) && strings.Count(lead, " ") < 9 && !strings.ContainsAny(lead, ",;:") {
			if y := c.firstIn(n, start); y >= 0 {
				return y
			}
		}
	}
	return c.apposition(n, start)
}

// untitled returns where a name begins with the titles before it.
func (c *parties) untitled(n *page.Name) int {
	at := n.Span.Start
	for i := len(n.Titles) - 1; i >= 0; i-- {
		before := strings.TrimRight(c.p.Text[max(0, at-24):at], " ")
		cut := strings.TrimSuffix(before, ".")
		if len(cut) < len(n.Titles[i]) || !strings.EqualFold(cut[len(cut)-len(n.Titles[i]):], n.Titles[i]) {
			break
		}
		at -= len(c.p.Text[max(0, at-24):at]) - (len(cut) - len(n.Titles[i]))
	}
	return at
}

// closed reports whether the clause of a name ends right behind it, or goes on with
// what is said more of its bearer.
func (c *parties) closed(n *page.Name) bool {
	rest := strings.TrimLeft(c.p.Text[n.Span.End:], "”’\"'")
	if n.Owner {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || strings.ContainsRune(",.;:!?\n—–", r) || strings.HasPrefix(rest, " (") || strings.HasPrefix(rest, " –") || strings.HasPrefix(rest, " —")
}

// isUnnamed reports whether a party is one person without a name who may bear that of n.
func (c *parties) isUnnamed(y int, n *page.Name) bool {
	e := c.Parties[y]
	return e.kind == recount.Anonymous && len(e.words) == 0 && e.label == "" && !clash(e, c.Parties[c.of(n.Entity)]) && !c.opposite(y, n.Gender)
}

// unnamedAt returns the party of sighting k if it is somebody without a name and
// stands not before byte b, or -1.
func (c *parties) unnamedAt(k, b int) int {
	if k < 0 || c.seen[k].at < b {
		return -1
	}
	if y := c.of(c.seen[k].party); c.Parties[y].kind == recount.Anonymous && len(c.Parties[y].words) == 0 {
		return y
	}
	return -1
}

// firstIn returns the first person that the sentence from byte b speaks of before a
// name, if that is one without a name, or -1.
func (c *parties) firstIn(n *page.Name, b int) int {
	first := c.before(b)
	for i := first; i < len(c.seen) && i < first+lookBack && c.seen[i].at < n.Span.Start; i++ {
		if c.seen[i].quoted && !c.p.Quoted(n.Span.Start) || c.owning(c.seen[i].at) {
			continue
		}
		return c.unnamedAt(i, b) // whatever the first name tells of the gender
	}
	return -1
}

// owning reports whether "his" or "her" stands at byte b: whom it belongs to is not the
// subject.
func (c *parties) owning(b int) bool {
	switch w := c.p.Words[min(c.p.WordAt(b), len(c.p.Words)-1)].Lower; w {
	case "his", "her":
		return true
	}
	return false
}

// subjectIn returns who is the subject of the sentence from byte b: a person without a
// name, whom it describes or means by a pronoun; -1 if it is anybody else.
func (c *parties) subjectIn(n *page.Name, b int) int {
	i := c.p.WordAt(b)
	if i >= len(c.p.Words) {
		return -1
	}
	g := ""
	switch w := uncontracted(c.p.Words[i].Lower); {
	case w == "he", w == "his" && c.p.Words[min(i+1, len(c.p.Words)-1)].Lower == "name":
		g = "m"
	case w == "she", w == "her" && c.p.Words[min(i+1, len(c.p.Words)-1)].Lower == "name":
		g = "f"
	default:
		return c.firstIn(n, b)
	}
	if y, ok := c.meant[c.p.Words[i].Span.Start]; ok && c.isUnnamed(c.of(y), n) {
		return c.of(y)
	}
	return c.unnamedBefore(b, g, n)
}

// unnamedBefore returns the last person without a name whom a sentence from byte b may
// mean: who has just spoken, else whom one of the sentences right before speaks of; -1
// if there is none.
func (c *parties) unnamedBefore(b int, gender string, n *page.Name) int {
	sent := c.p.SentenceAt(b)
	fits := func(y int) bool {
		return c.isUnnamed(y, n) && (gender == "?" || !c.Parties[y].opposed(gender))
	}
	if h := len(c.history) - 1; h >= 0 && c.next(c.history[h].start, b) {
		if y := c.last(0); y >= 0 && fits(y) {
			return y
		}
	}
	last := c.before(b) - 1
	for k := last; k >= 0 && k > last-lookBack && c.seen[k].sent >= sent-farUnnamed; k-- {
		if y := c.of(c.seen[k].party); !c.seen[k].quoted && fits(y) {
			return y
		}
	}
	return -1
}

// apposition returns the person without a name whose noun stands beside the name: one
// of the same sentence ("a cousin of hers, Barry, who"), or the only one of those met
// before that "the" with the noun means ("The boy, Toninho,", "Sveta, the daughter,"),
// or -1.
func (c *parties) apposition(n *page.Name, start int) int {
	if c.v == nil || n.Owner {
		return -1
	}
	at := c.untitled(n)
	k := c.p.WordAt(at) - 1
	if k > 0 && int(c.p.Words[k].Sent) == c.p.SentenceAt(at) && c.p.Words[k].Region == c.p.Words[k+1].Region {
		gap := strings.TrimSpace(c.p.Text[c.p.Words[k].Span.End:at])
		if gap == "," || gap == "" {
			if y := c.byNoun(k, n); y >= 0 {
				return y
			}
		}
		if gap == "," && c.closed(n) {
			if y := c.justDescribed(n, start, at); y >= 0 {
				return y
			}
		}
	}
	// "Sveta, the daughter,"
	rest, ok := strings.CutPrefix(c.p.Text[n.Span.End:], ", the ")
	if !ok {
		return -1
	}
	i := c.p.WordAt(len(c.p.Text) - len(rest))
	for k := i; k < i+3 && k < len(c.p.Words); k++ {
		after := c.p.Text[c.p.Words[k].Span.End:]
		if strings.HasPrefix(after, ",") || strings.HasPrefix(after, ".") {
			return c.byNoun(k, n)
		}
		if !strings.HasPrefix(after, " ") {
			break
		}
	}
	return -1
}

// byNoun returns the only person without a name met before whom a noun at word k with
// "the" before it describes, or -1.
func (c *parties) byNoun(k int, n *page.Name) int {
	head := c.p.Words[k].Lower
	if !c.p.Lex.Person(head) {
		return -1
	}
	pointed := false
	for i := k - 1; i >= 0 && i >= k-3 && c.p.Words[i].Sent == c.p.Words[k].Sent && c.p.Between(c.p.Words[i].Span.End, c.p.Words[i+1].Span.Start) == ""; i-- {
		if w := c.p.Words[i].Lower; w == "the" || w == "that" || w == "this" || w == "our" {
			pointed = true
			break
		}
	}
	if !pointed {
		return -1
	}
	found := -1
	for i := c.before(n.Span.Start) - 1; i >= 0 && i >= c.before(n.Span.Start)-lookBack; i-- {
		y := c.of(c.seen[i].party)
		if y == found || !c.isUnnamed(y, n) || !c.Parties[y].answers(head) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = y
	}
	return found
}

// justDescribed returns whom the same sentence describes last before a name behind a
// comma, with no verb between ("a lad of twelve at the back, Kai,"), or -1.
func (c *parties) justDescribed(n *page.Name, start, at int) int {
	k := c.before(at) - 1
	if k < 0 || c.seen[k].at < start || c.seen[k].pronoun {
		return -1
	}
	y := c.of(c.seen[k].party)
	if !c.isUnnamed(y, n) || strings.Count(c.p.Text[c.seen[k].at:at], " ") > 9 || strings.Count(c.p.Text[c.seen[k].at:at], ",") > 1 {
		return -1
	}
	for i := c.v.TokenAt(c.seen[k].at); i < len(c.v.Tokens) && c.v.Tokens[i].Span.Start < at; i++ {
		switch t := &c.v.Tokens[i]; t.POS {
		case lang.VBD, lang.VBZ, lang.VBP, lang.MD, lang.CC, lang.NNP:
			return -1
		default:
			if t.Shape == lang.ShapeQuote {
				return -1
			}
		}
	}
	return y
}
