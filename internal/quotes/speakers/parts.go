package speakers

import (
	"strconv"
	"strings"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// part resolves a turn that has no name: who asks is one interviewer, who
// answers the person that the page is about, who tells the writer.
func (c *parties) part(d *page.Draft) int {
	key := "asks"
	switch d.Part {
	case page.Answers:
		key = "answers"
	case page.Tells:
		key = "tells " + strconv.Itoa(d.Group)
	}
	if y, ok := c.parts[key]; ok {
		return c.of(y)
	}
	y := -1
	at := d.Content[0]
	switch d.Part {
	case page.Asks:
		if y = c.reporter(at.Start); y >= 0 {
			break
		}
		y = c.add(&party{kind: recount.Unspecified, label: "the interviewer", name: recount.Span{Start: at.Start, End: c.firstWord(at)}})
	case page.Answers:
		if y = c.principal(at.Start); y < 0 {
			y = c.add(&party{kind: recount.Unspecified, label: "the interviewee", name: recount.Span{Start: at.Start, End: c.firstWord(at)}})
		}
	default:
		y = c.writer(d)
	}
	c.parts[key] = y
	return y
}

// firstWord returns where the first word of a span ends.
func (c *parties) firstWord(s recount.Span) int {
	if i := c.p.WordAt(s.Start); i < len(c.p.Words) && c.p.Words[i].Span.End <= s.End {
		return c.p.Words[i].Span.End
	}
	return s.End
}

// writer returns who signs a letter or a piece: the person of the signature, a
// new anonymous one if it names nobody.
func (c *parties) writer(d *page.Draft) int {
	at := d.Content[0]
	if len(d.Source) > 0 {
		s := d.Source[0]
		for _, n := range c.p.NamesIn(s) {
			if n.Entity >= 0 {
				y := c.of(n.Entity)
				c.mention(y, n.Span)
				return y
			}
		}
		// Initials and what else is no name to the finder of names.
		words := c.p.Words[c.p.WordAt(s.Start):c.p.WordAt(s.End)]
		var kept []page.Word
		for _, w := range words {
			if len(kept) > 0 && strings.ContainsAny(c.p.Text[kept[len(kept)-1].Span.End:w.Span.Start], ",(") || !w.Upper && !page.Connector(w.Lower) && len(kept) > 0 {
				break
			}
			if _, titled := c.p.Lex.Titles[w.Lower]; titled || !w.Upper {
				continue
			}
			kept = append(kept, w)
		}
		if len(kept) >= 2 && !c.p.Lex.Stops[kept[1].Lower] && kept[0].Lower != "name" && kept[0].Lower != "yours" {
			y := &party{kind: recount.Named, name: recount.Span{Start: kept[0].Span.Start, End: kept[len(kept)-1].Span.End}}
			for _, w := range kept {
				y.words = append(y.words, w.Lower)
			}
			y.mentions = append(y.mentions, y.name)
			i := c.add(y)
			c.firstName(y)
			c.genderOf(i, words)
			for _, w := range words {
				switch c.p.Lex.Titles[w.Lower] {
				case "f":
					y.women += titleVotes
				case "m":
					y.men += titleVotes
				}
			}
			return i
		}
		return c.add(&party{kind: recount.Anonymous, name: s, mentions: []recount.Span{s}})
	}
	if y, ok := c.parts["byline"]; ok && y >= 0 {
		return c.of(y)
	}
	if y := c.byline(); y >= 0 {
		c.parts["byline"] = y
		return y
	}
	return c.add(&party{kind: recount.Anonymous, label: "the writer", name: recount.Span{Start: at.Start, End: c.firstWord(at)}})
}

// byline returns the person whom the byline names as who writes or tells, or
// -1: in "Ada Marr, as told to Ivo Lund" the first, in "As told to Ivo Lund"
// nobody.
func (c *parties) byline() int {
	for _, s := range c.p.Sentences {
		if s.Role != recount.Byline {
			continue
		}
		to := toldTo(s.Span.In(c.p.Text))
		for _, n := range c.p.NamesIn(s.Span) {
			if n.Entity >= 0 && !role(n.Words) && (to < 0 || n.Span.End <= s.Span.Start+to) {
				y := c.of(n.Entity)
				c.mention(y, n.Span)
				return y
			}
		}
	}
	name := strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(c.p.Article.Byline, "By "), "by "))
	if i := strings.Index(strings.ToLower(name), "as told to"); i >= 0 {
		name = strings.Trim(name[:i], " ,")
	}
	words := strings.Fields(strings.ToLower(name))
	if len(words) < 2 || len(words) > 5 {
		return -1
	}
	start := c.p.BodyStart()
	y := &party{kind: recount.Named, label: name, words: words, name: recount.Span{Start: start, End: c.firstWord(recount.Span{Start: start, End: len(c.p.Text)})}}
	c.firstName(y)
	return c.add(y)
}

// toldTo returns where a byline says to whom somebody talked, or -1.
func toldTo(line string) int {
	line = strings.ToLower(line)
	for _, w := range [...]string{"told to", "talks to", "talked to", "spoke to"} {
		if i := strings.Index(line, w); i >= 0 {
			return i
		}
	}
	return -1
}

// reporter returns the person whom the byline names as who asks, or who is said
// before byte b to have met whom the page is about, or -1.
func (c *parties) reporter(b int) int {
	about := c.principal(b)
	for _, s := range c.p.Sentences {
		if s.Role != recount.Byline {
			continue
		}
		text := s.Span.In(c.p.Text)
		from := max(0, toldTo(text))
		if strings.HasPrefix(strings.ToLower(text), "translated") {
			continue
		}
		for _, n := range c.p.NamesIn(s.Span) {
			if n.Entity < 0 || n.Span.Start < s.Span.Start+from || role(n.Words) {
				continue
			}
			if y := c.of(n.Entity); y != about {
				c.mention(y, n.Span)
				return y
			}
			break
		}
	}
	if y := c.interviewer(b, about); y >= 0 {
		return y
	}
	return -1
}

// interviewer returns who is said before byte b to have met or asked somebody ("Ada Marr
// found a stool in Iten"), if that is not whom the page is about, or -1.
func (c *parties) interviewer(b, about int) int {
	for i := range c.p.Names[:min(len(c.p.Names), farBack)] {
		n := &c.p.Names[i]
		if n.Span.Start >= b {
			break
		}
		k := c.p.WordAt(n.Span.End)
		if n.Entity < 0 || n.Owner || len(n.Words) < 2 || k >= len(c.p.Words) || c.of(n.Entity) == about || c.times(c.of(n.Entity)) > 1 {
			continue
		}
		switch c.p.Words[k].Lower {
		case "met", "meets", "spoke", "speaks", "talked", "talks", "sat", "sits", "caught", "catches", "joined", "joins", "found", "finds", "visited", "visits", "asks", "asked", "rang", "interviewed", "interviews":
			return c.of(n.Entity)
		}
	}
	return -1
}

// role reports whether what looks like a name in a byline says what somebody did.
func role(words []string) bool {
	if len(words) != 1 {
		return false
	}
	switch words[0] {
	case "interview", "words", "text", "translated", "compiled", "translation", "photographs", "photography", "story", "report", "reporting", "additional", "collected", "gathered":
		return true
	}
	return false
}

// principal returns the person that a page is about: of those named before byte
// b and in the title the one named most, the first of equals; of those named
// nowhere else, the one that is described.
func (c *parties) principal(b int) int {
	title := strings.ToLower(c.p.Article.Title)
	best, most := -1, 0
	count := map[int]int{}
	order := []int{}
	for i, s := range c.seen {
		if s.at >= b || i > farBack {
			break
		}
		y := c.of(s.party)
		if count[y] == 0 {
			order = append(order, y)
			count[y]++
		}
		count[y] += 2
		if s.subject {
			count[y]++
		}
	}
	for _, y := range order {
		e := c.Parties[y]
		if !e.kind.Person() {
			continue
		}
		n := count[y]
		if len(e.words) > 0 {
			n += 2
			if strings.Contains(title, e.words[len(e.words)-1]) {
				n += 6
			}
		}
		if n > most {
			best, most = y, n
		}
	}
	return best
}

// leader resolves who a line that announces another's words speaks of: the
// subject of its last clause, else the last person it names.
func (c *parties) leader(s recount.Span, previous int) int {
	// One person who is named is meant, whatever the subject is ("For Marr, the
	// matter is simple:").
	only := -1
	for _, n := range c.p.NamesIn(s) {
		if n.Entity < 0 || c.Parties[c.of(n.Entity)].kind != recount.Named {
			continue
		}
		if y := c.of(n.Entity); only >= 0 && y != only {
			only = -2
		} else if only != -2 {
			only = y
		}
	}
	if only >= 0 && !c.subjectPronoun(s) {
		return only
	}
	if c.v != nil {
		for i := c.v.TokenAt(s.End) - 1; i >= 0 && c.v.Tokens[i].Span.Start >= s.Start; i-- {
			k := c.v.Subject[i]
			if k < 0 {
				continue
			}
			x := c.v.NounPhrase(int(k))
			words := c.p.Words[c.p.WordAt(x.Start):c.p.WordAt(x.End)]
			if len(words) == 0 {
				continue
			}
			if len(words) == 1 {
				if y, ok := c.pronoun(words[0], x, previous); ok {
					return y
				}
			}
			return c.phrase(lang.Trim(c.p.Text, x), words, previous)
		}
	}
	names := c.p.NamesIn(s)
	for i := len(names) - 1; i >= 0; i-- {
		if names[i].Entity >= 0 {
			return c.of(names[i].Entity)
		}
	}
	return previous
}

// subjectPronoun reports whether a line begins with "he", "she" or "they".
func (c *parties) subjectPronoun(s recount.Span) bool {
	i := c.p.WordAt(s.Start)
	if i >= len(c.p.Words) {
		return false
	}
	switch c.p.Words[i].Lower {
	case "he", "she", "they":
		return true
	}
	return false
}
