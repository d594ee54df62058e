package speakers

import (
	"slices"
	"strings"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// Resolve returns the party of a source, or -1 if the draft names nobody and
// nobody spoke before. Previous is the party of the statement before, or -1. Two
// statements whose source is the same words are one party's.
func (c *parties) Resolve(d *page.Draft, previous int) int {
	if len(d.Source) == 0 || d.Turn || d.Part != page.Plain {
		return c.resolve(d, previous)
	}
	s := recount.Span{Start: d.Source[0].Start, End: d.Source[len(d.Source)-1].End}
	if was, ok := c.sources[s]; ok {
		c.upTo(d.Content[0].Start)
		c.now = d.Content
		c.Beside, c.Guessed = was.beside, was.guessed
		return c.of(was.party)
	}
	y := c.resolve(d, previous)
	if y >= 0 {
		c.sources[s] = resolved{y, c.Beside, c.Guessed}
	}
	return y
}

// A resolved is whom the words of a source mean.
type resolved struct {
	party           int
	beside, guessed bool
}

func (c *parties) resolve(d *page.Draft, previous int) int {
	previous = c.of(previous)
	c.upTo(d.Content[0].Start)
	c.now = d.Content
	if len(d.Source) > 0 {
		c.upTo(d.Source[len(d.Source)-1].End)
	}
	c.Beside, c.Guessed = false, d.Floating
	if d.Part != page.Plain {
		return c.part(d)
	}
	if d.Block && len(d.Source) == 0 {
		return c.leader(d.Lead, previous)
	}
	if len(d.Source) == 0 {
		if y := c.governor(d, previous); !d.Floating && y >= 0 {
			return y
		}
		return c.unnamed(d, previous)
	}
	span := lang.Trim(c.p.Text, recount.Span{Start: d.Source[0].Start, End: d.Source[len(d.Source)-1].End})
	first, behind := c.p.WordAt(span.Start), c.p.WordAt(span.End)
	if behind < len(c.p.Words) && c.p.Words[behind].Span.Start < span.End {
		behind++ // "Marr" of "Marr's telling"
	}
	words := c.p.Words[first:max(first, behind)]
	if len(words) == 0 {
		return previous
	}
	if d.Turn {
		return c.turn(span, words)
	}
	if len(words) == 1 {
		if y, ok := c.pronoun(words[0], span, previous); ok {
			return y
		}
	}
	if c.v != nil {
		return c.phrase(span, words, previous)
	}
	return c.chunk(span, words)
}

// turn returns the party of a turn's name in a transcript: the person of that
// last name, if the article has one, else a new one. Q, A and what names an
// office only are nobody by name.
func (c *parties) turn(span recount.Span, words []page.Word) int {
	key := strings.ToLower(strings.Join(strings.Fields(span.In(c.p.Text)), " "))
	if i, ok := c.turns[key]; ok {
		c.mention(i, span)
		return i
	}
	last := words[len(words)-1].Lower
	if y := c.turned(key, words); y >= 0 {
		c.turns[key] = y
		c.mention(y, span)
		return y
	}
	if y := c.initialed(span.In(c.p.Text), span.Start); y >= 0 {
		c.turns[key] = y
		c.mention(y, span)
		return y
	}
	kind := recount.Named
	switch class := c.p.Lex.Nouns[last]; {
	case len(key) == 1, key == "question", key == "answer":
		kind = recount.Unspecified // Q and A: somebody asks and somebody answers
	case class != "", c.anAudience(strings.Fields(key)):
		kind = recount.Anonymous
	}
	y := &party{kind: kind, name: span, mentions: []recount.Span{span}}
	if kind == recount.Named {
		for _, w := range words {
			y.words = append(y.words, w.Lower)
		}
	}
	c.turns[key] = c.add(y)
	if len(y.words) > 1 {
		c.turnAt[c.turns[key]] = span.Start
	}
	return c.turns[key]
}

// turned returns the person whose name a turn has, or -1: one whose other names do
// not contradict it ("DALE UCHIDA" is not Donna Uchida), and of several with the
// last name alone whoever had a turn under the full name last.
func (c *parties) turned(key string, words []page.Word) int {
	if len(key) == 1 {
		return -1 // "Q" is nobody's name
	}
	var names []string
	for _, w := range words {
		if _, titled := c.p.Lex.Titles[w.Lower]; !titled || len(names) > 0 {
			names = append(names, w.Lower)
		}
	}
	if len(names) == 0 {
		names = append(names, words[len(words)-1].Lower)
	}
	best, at := -1, -1
	for i, y := range c.Parties[:min(len(c.Parties), maxParties)] {
		if y.into >= 0 || !y.kind.Person() || len(y.words) == 0 || y.words[len(y.words)-1] != names[len(names)-1] || !compatible(y.words, names) {
			continue
		}
		when := -1
		if t, ok := c.turnAt[i]; ok && len(names) == 1 {
			when = t
		}
		if len(names) > 1 && slices.Equal(y.words, names) {
			when = 1 << 30
		}
		if best < 0 || when > at {
			best, at = i, when
		}
	}
	if best >= 0 && len(names) > 1 {
		c.turnAt[best] = words[0].Span.Start
	}
	return best
}

// initialed returns the person that letters before a colon stand for: the one
// person named before the first turn answers as "A", and "AM" is Ada Marr if
// nobody else has these initials.
func (c *parties) initialed(letters string, first int) int {
	letters = strings.Trim(letters, ".")
	if letters == "" || len(letters) > 3 || strings.ToUpper(letters) != letters {
		return -1
	}
	if y := c.examined(letters, first); y >= 0 {
		return y
	}
	found := -1
	for i, y := range c.Parties[:min(len(c.Parties), maxParties)] {
		if y.into >= 0 || !y.kind.Person() || len(y.words) < 2 {
			continue
		}
		if len(letters) == 1 && (letters != "A" || len(y.mentions) == 0 || y.mentions[0].Start >= first) || len(letters) > 1 && initials(y.words) != strings.ToLower(letters) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// examined returns who asks as "Q" and who answers as "A" in a court: the last
// lawyer, and the last other person, named before the first turn, or the first
// lawyer after it; -1 where no lawyer is.
func (c *parties) examined(letter string, first int) int {
	asks, answers := -1, -1
	for k := c.before(first) - 1; k >= 0 && (asks < 0 || answers < 0); k-- {
		y := c.of(c.seen[k].party)
		if e := c.Parties[y]; e.kind != recount.Named || c.seen[k].quoted || len(e.words) == 1 && len(e.words[0]) == 1 {
			continue
		}
		switch pleads := c.pleads(y); {
		case pleads && asks < 0:
			asks = y
		case !pleads && answers < 0 && !slices.Contains(c.Parties[y].heads, "judge") && !slices.Contains(c.Parties[y].heads, "justice"):
			answers = y
		}
	}
	for k := c.before(first); asks < 0 && k < len(c.seen) && k < c.before(first)+lookBack; k++ {
		if y := c.of(c.seen[k].party); c.Parties[y].kind == recount.Named && !c.seen[k].quoted && c.pleads(y) {
			asks = y // named after the first question
		}
	}
	switch {
	case asks >= 0 && letter == "Q":
		return asks
	case asks >= 0 && letter == "A":
		return answers
	}
	return -1
}

// pleads reports whether a person is a lawyer by what stands beside the name.
func (c *parties) pleads(y int) bool {
	e := c.Parties[y]
	for _, h := range e.heads {
		switch h {
		case "lawyer", "barrister", "counsel", "prosecutor", "solicitor", "attorney", "advocate":
			return true
		}
	}
	for _, m := range e.mentions[:min(len(e.mentions), maxLook)] {
		rest := c.p.Text[m.End:min(len(c.p.Text), m.End+4)]
		before := strings.ToLower(c.p.Text[max(0, m.Start-14):m.Start])
		if strings.HasPrefix(rest, " KC") || strings.HasPrefix(rest, " QC") || strings.HasPrefix(rest, " SC") || strings.HasSuffix(before, "prosecuting, ") || strings.HasSuffix(before, "defending, ") {
			return true
		}
	}
	return false
}

// pronoun resolves a source of one word that is a pronoun.
func (c *parties) pronoun(w page.Word, span recount.Span, previous int) (int, bool) {
	g := c.p.Lex.Pronouns[uncontracted(page.Bare(w.Lower))]
	c.Guessed = g != "" && g != "1"
	switch g {
	case "m", "f":
		y, ok := c.meant[span.Start]
		if ok {
			y = c.of(y)
		} else {
			y, _ = c.person(span.Start, g, previous)
		}
		if y < 0 {
			y = c.describe(span, recount.Anonymous, "")
			c.insert(y, span.Start)
		}
		c.mention(y, span)
		if !ok {
			c.count(y, g, 1)
		}
		return y, true
	case "n":
		if previous >= 0 && (c.Parties[previous].kind == recount.Document || c.Parties[previous].kind == recount.Organisation) {
			c.mention(previous, span)
			return previous, true
		}
		if y := c.subjectBefore(span.Start, false, previous); y >= 0 {
			c.mention(y, span)
			return y, true
		}
		if y := c.lastThing(span.Start, recount.Document, recount.Organisation); y >= 0 {
			c.mention(y, span)
			return y, true
		}
		return c.describe(span, recount.Organisation, ""), true
	case "p":
		if previous >= 0 && (c.Parties[previous].kind == recount.Collective || c.Parties[previous].kind == recount.Organisation) {
			c.mention(previous, span)
			return previous, true
		}
		if y := c.subjectBefore(span.Start, true, previous); y >= 0 {
			c.mention(y, span)
			return y, true
		}
		if y := c.lastThing(span.Start, recount.Collective); y >= 0 {
			c.mention(y, span)
			return y, true
		}
		return c.describe(span, recount.Collective, ""), true
	case "1":
		if y := c.narrator(w); y >= 0 {
			c.mention(y, span)
			return y, true
		}
		return c.describe(span, recount.Unspecified, w.Lower), true
	case "?":
		if c.v == nil {
			return previous, true
		}
		return c.antecedent(span, previous), true
	}
	return -1, false
}

// subjectBefore returns the body, paper or people that "it" or "they" means where none
// of those who have spoken is meant for sure: the subject of what stands before it in
// its sentence, else of the sentence before in the same paragraph ("Fenwick Bank does
// not dispute the call. It says ..."); -1 if that is none.
func (c *parties) subjectBefore(b int, several bool, previous int) int {
	v := c.v
	if v == nil || c.p.Training || c.aside {
		return -1
	}
	at := v.TokenAt(b)
	if at >= len(v.Tokens) {
		return -1
	}
	s := int(v.Tokens[at].Sentence)
	for k := s; k >= max(0, s-1); k-- {
		if c.p.LineStart(c.p.Sentences[k].Span.Start) != c.p.LineStart(b) {
			return -1
		}
		for i := v.First[k]; i < min(v.First[k+1], at); i++ {
			t := &v.Tokens[i]
			if t.Label != lang.LabelSubject && t.Label != lang.LabelPassive || !page.Noun(t) || v.Region[i] != v.Region[at] {
				continue
			}
			x := v.NounPhrase(i)
			// "the Department for Social Care"
			for n := i + 1; n < at && n < i+8 && page.Proper(t); n++ {
				if page.Proper(&v.Tokens[n]) {
					x.End = v.Tokens[n].Span.End
				} else if w := page.Lower(v.Tokens[n].Span.In(c.p.Text)); w != "for" && w != "of" && w != "and" && w != "the" && w != "on" {
					break
				}
			}
			words := c.p.Words[c.p.WordAt(x.Start):c.p.WordAt(x.End)]
			if len(words) == 0 || k == s && i+1 >= at {
				continue
			}
			class := c.nounClass(i, page.Bare(page.Lower(t.Span.In(c.p.Text))))
			body := class == "organisation" || class == "document" && c.p.Lex.Nouns[page.Lower(t.Span.In(c.p.Text))] == "document"
			for _, n := range c.p.NamesIn(x) {
				body = body || n.Kind == 'O' && n.Entity < 0
			}
			if several && class != "collective" && !body || !several && !body {
				if k < s {
					return -1 // somebody or something else is spoken of
				}
				continue
			}
			y := c.phrase(x, words, previous)
			if y < 0 {
				return -1
			}
			switch c.Parties[y].kind {
			case recount.Organisation, recount.Document:
				return y
			case recount.Collective:
				if several {
					return y
				}
			}
			return -1
		}
	}
	return -1
}

// uncontracted returns a pronoun without the verb that is drawn together with it
// ("I’d", "she’d").
func uncontracted(w string) string {
	if i := strings.IndexAny(w, "'’"); i > 0 {
		return w[:i]
	}
	return w
}

// narrator returns who says "I" outside quotation marks: the person of the byline.
// It is -1 where there is none, and where several tell in the first person.
func (c *parties) narrator(w page.Word) int {
	if uncontracted(w.Lower) != "i" || w.Region >= 0 {
		return -1
	}
	for key := range c.parts {
		if strings.HasPrefix(key, "tells ") {
			return -1
		}
	}
	y, ok := c.parts["byline"]
	if !ok {
		y = c.byline()
		c.parts["byline"] = y
	}
	return c.of(y)
}

// mention notes that a span speaks of a party.
func (c *parties) mention(y int, s recount.Span) {
	if s.Within(c.p.Text) {
		c.Parties[y].mentions = append(c.Parties[y].mentions, s)
	}
}

// governor finds who speaks when the source is left out: the subject of the
// verb that a cue in -ing hangs on ("Marr left, saying ...").
func (c *parties) governor(d *page.Draft, previous int) int {
	if c.v == nil || len(d.Cue) == 0 {
		return -1
	}
	i := c.v.TokenAt(d.Cue[0].Start)
	if y := c.relative(i, previous); y >= 0 {
		return y
	}
	if c.v.At(i).POS != lang.VBG {
		return -1
	}
	for range 3 {
		if i = int(c.v.At(i).Head); i < 0 {
			return -1
		}
		if k := c.v.Subject[i]; k >= 0 {
			s := c.v.NounPhrase(int(k))
			words := c.p.Words[c.p.WordAt(s.Start):c.p.WordAt(s.End)]
			if len(words) == 0 {
				return -1
			}
			if len(words) == 1 {
				if y, ok := c.pronoun(words[0], s, previous); ok {
					return y
				}
			}
			return c.phrase(s, words, previous)
		}
	}
	return -1
}

// relative returns who speaks where the sentence of a word of speech at token i
// begins with people of whom a relative clause says more ("Three men who left the
// hills this spring have described"), in which the parser loses the subject; -1
// where it begins otherwise.
func (c *parties) relative(i, previous int) int {
	v := c.v
	if i >= len(v.Tokens) {
		return -1
	}
	s := int(v.Tokens[i].Sentence)
	first := v.First[s]
	for k := first; k < first+farApposed && k+1 < i; k++ {
		t := &v.Tokens[k]
		if t.Shape == lang.ShapeMark || v.Region[k] >= 0 || t.POS == lang.VBD || t.POS == lang.VBZ || t.POS == lang.VBP {
			return -1
		}
		if !page.Noun(t) || v.Tokens[k+1].POS != lang.WP {
			continue
		}
		verbs := 0 // of the relative clause
		for n := k + 2; n < i; n++ {
			switch v.Tokens[n].POS {
			case lang.VBD, lang.VBZ, lang.VBP, lang.MD:
				verbs++
			}
		}
		if verbs == 0 {
			return -1
		}
		x := v.NounPhrase(k)
		words := c.p.Words[c.p.WordAt(x.Start):c.p.WordAt(x.End)]
		if len(words) == 0 {
			return -1
		}
		return c.phrase(x, words, previous)
	}
	return -1
}

// antecedent resolves "who" and its like: the noun that the relative clause
// hangs on.
func (c *parties) antecedent(span recount.Span, previous int) int {
	if c.aside {
		return c.describe(span, recount.Unspecified, "")
	}
	i := c.v.TokenAt(span.Start)
	for range 6 {
		if i < 0 || i >= len(c.v.Tokens) {
			break
		}
		t := &c.v.Tokens[i]
		if lang.Labels[t.Label] == "acl:relcl" && t.Head >= 0 {
			h := c.overAge(int(t.Head))
			s := c.v.NounPhrase(h)
			l := c.v.Tokens[h].Label
			c.aside = true
			c.Beside = l != lang.LabelSubject && l != lang.LabelPassive
			y := c.phrase(s, c.p.Words[c.p.WordAt(s.Start):c.p.WordAt(s.End)], previous)
			c.aside = false
			return y
		}
		i = int(t.Head)
	}
	// The noun right before it.
	for k := c.v.TokenAt(span.Start) - 1; k >= 0 && k > c.v.TokenAt(span.Start)-4; k-- {
		if page.Noun(&c.v.Tokens[k]) {
			s := c.v.NounPhrase(k)
			return c.phrase(s, c.p.Words[c.p.WordAt(s.Start):c.p.WordAt(s.End)], previous)
		}
	}
	return c.describe(span, recount.Unspecified, "")
}

// honoured returns the judge, mayor or bishop that "her Honour" and its like mean: of
// those met before, the last judge, else the last who spoke; -1 where the words are others.
func (c *parties) honoured(words []page.Word, previous int) int {
	if len(words) != 2 || c.p.Training || !page.Style(words[0].Lower, words[1].Lower) {
		return -1
	}
	gender := c.p.Lex.Pronouns[words[0].Lower]
	best := -1
	for k := c.before(words[0].Span.Start) - 1; k >= 0; k-- {
		y := c.of(c.seen[k].party)
		e := c.Parties[y]
		if !e.kind.Person() || gender != "p" && e.against(gender) {
			continue
		}
		if slices.ContainsFunc(e.heads, func(h string) bool {
			switch h {
			case "judge", "justice", "magistrate", "recorder", "mayor", "chairman", "commissioner", "governor", "bishop", "archbishop", "ambassador", "president":
				return true
			}
			return false
		}) {
			return y
		}
		if best < 0 && e.Speaks {
			best = y
		}
	}
	if best < 0 {
		return previous
	}
	return best
}

// overAge returns the noun before an age that a relative clause seems to hang on ("A
// carer, 58, who asked").
func (c *parties) overAge(h int) int {
	t := &c.v.Tokens[h]
	if t.POS != lang.CD || h < 2 || c.p.Text[c.v.Tokens[h-1].Span.Start] != ',' || !page.Noun(&c.v.Tokens[h-2]) || c.v.Tokens[h-2].Sentence != t.Sentence {
		return h
	}
	return h - 2
}

// phrase resolves a source by its grammar: the noun it hangs on, a name beside
// that noun, or what the noun means.
func (c *parties) phrase(span recount.Span, words []page.Word, previous int) int {
	v := c.v
	h := v.HeadIn(span)
	if h < 0 || len(words) == 0 {
		return previous
	}
	if c.p.Text[span.Start] == '@' {
		return c.handle(span)
	}
	if x := c.hailing(span); x.Len() > 0 {
		last := c.p.Words[c.p.WordAt(x.End)-1]
		x.End = span.End
		return c.individual(x, c.p.Words[c.p.WordAt(x.Start):c.p.WordAt(x.End)], v.TokenAt(last.Span.Start), last.Lower, previous)
	}
	if first := v.TokenAt(words[0].Span.Start); v.At(first).POS == lang.PRPS {
		// "His sister, with whom he lives": the noun after the possessive.
		for k := first + 1; k < len(v.Tokens) && k < first+5 && v.Tokens[k].Span.End <= span.End; k++ {
			if page.Noun(&v.Tokens[k]) && !page.Noun(v.At(k+1)) {
				h = k
				break
			}
		}
	}
	// "A caller who gave no name": the noun before the relative clause.
	for k, w := range words {
		if k > 0 && k < 6 && w.Lower == "who" {
			if n := v.TokenAt(words[k-1].Span.Start); n < len(v.Tokens) && page.Noun(&v.Tokens[n]) {
				h = n
			}
			break
		}
	}
	if first := c.v.At(v.TokenAt(words[0].Span.Start)); len(words) <= 3 && first.POS == lang.PRP {
		if y, ok := c.pronoun(words[0], words[0].Span, previous); ok {
			return y
		}
	}
	if y := c.honoured(words, previous); y >= 0 {
		c.mention(y, span)
		return y
	}
	if c.several(span) {
		return c.describe(span, recount.Collective, "")
	}
	if n := c.leading(span, words); n != nil {
		y := c.of(n.Entity)
		c.genderOf(y, words[:min(len(words), 6)])
		return y
	}
	if v.Tokens[h].POS == lang.DT && len(words) > 1 && (words[0].Lower == "a" || words[0].Lower == "an") {
		// "A guard", of which the tagger takes no word for a noun.
		for _, w := range words[1:min(len(words), 4)] {
			if c.p.Lex.Person(w.Lower) {
				h = v.TokenAt(w.Span.Start)
			}
		}
	}
	t := &v.Tokens[h]
	word := page.Bare(page.Lower(t.Span.In(c.p.Text)))
	if t.POS == lang.WP || t.POS == lang.WDT {
		if span.Start < t.Span.Start && (strings.HasPrefix(words[0].Lower, "many") || strings.HasPrefix(words[0].Lower, "some") || strings.HasPrefix(words[0].Lower, "most")) {
			return c.describe(span, recount.Collective, words[0].Lower)
		}
		return c.antecedent(t.Span, previous)
	}
	if t.POS == lang.PRP && len(words) > 1 {
		if y, ok := c.pronoun(c.p.Words[min(c.p.WordAt(t.Span.Start), len(c.p.Words)-1)], t.Span, previous); ok {
			return y
		}
	}
	// A name that the tagger took for something else.
	if y, ok := c.surnames[page.Bare(words[len(words)-1].Lower)]; ok && len(words) <= 3 && !slices.ContainsFunc(words, func(w page.Word) bool { return !w.Upper }) {
		y = c.of(y)
		c.mention(y, span)
		return y
	}
	if y := c.miswritten(words); y >= 0 {
		c.mention(y, span)
		return y
	}
	if len(words) == 2 && words[0].Lower == "the" && words[1].Upper && strings.HasSuffix(words[1].Lower, "s") {
		if _, ok := c.surnames[strings.TrimSuffix(words[1].Lower, "s")]; ok {
			return c.describe(span, recount.Collective, words[1].Lower) // "the Brekkes"
		}
	}
	// Two people joined by "and" speak together.
	if c.joint(h, span) {
		return c.describe(span, recount.Collective, "")
	}
	class := c.nounClass(h, word)
	if y := c.owner(span, word, previous); y >= 0 {
		return y
	}
	if y := c.wroteIt(span, h, word, previous); y >= 0 {
		return y
	}
	if n := c.nameOf(h, span, class); n != nil && n.Entity < 0 && n.Span.End >= t.Span.End && c.demonym(n) {
		return c.individual(span, words, h, word, previous) // "the big Pole"
	} else if n != nil {
		if n.Entity >= 0 {
			y := c.of(n.Entity)
			if lang.Somebody(class) {
				c.Parties[y].call(word)
			}
			if x, ok := c.headOf[int32(h)]; ok && c.of(x) != y && c.Parties[c.of(x)].kind == recount.Anonymous && n.Span.Start > c.v.Tokens[h].Span.Start {
				c.join(y, x) // "The chairman of the board, Robin Storm, said"
			}
			c.genderOf(y, words)
			return y
		}
		if n.Kind == 'M' && t.POS == lang.NNPS {
			return c.describe(span, recount.Collective, word)
		}
		if c.anAudience(n.Words) {
			return c.individual(span, words, h, word, previous) // "Letter Writer of the week"
		}
		return c.thing(span, n)
	}
	switch class {
	case "document":
		if n := c.organisationOf(span.Start, word); n != nil && c.p.Lex.Nouns[word] == "" {
			return c.thing(span, n)
		}
		return c.describe(span, recount.Document, word)
	case "organisation":
		if n := c.organisationOf(span.Start, word); n != nil {
			return c.thing(span, n)
		}
		if n := c.firm(span.Start, word, words); n != nil {
			return c.thing(span, n)
		}
		return c.describe(span, recount.Organisation, word)
	case "collective":
		return c.describe(span, recount.Collective, word)
	}
	if len(words) == 1 && words[0].Upper && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && class == "" {
		return c.describe(span, recount.Collective, word) // "Delegates" at the beginning of a sentence
	}
	return c.individual(span, words, h, word, previous)
}

// hailing returns "A night orderly from Poland" where a source is read as
// "Poland" alone; else an empty span.
func (c *parties) hailing(span recount.Span) recount.Span {
	v := c.v
	k := v.TokenAt(span.Start) - 1
	if k < 1 || page.Lower(v.Tokens[k].Span.In(c.p.Text)) != "from" || !page.Proper(&v.Tokens[k+1]) {
		return recount.Span{}
	}
	head := &v.Tokens[k-1]
	if page.Proper(head) || head.POS == lang.NNS || head.Shape == lang.ShapeMark {
		return recount.Span{}
	}
	switch c.nounClass(k-1, page.Bare(page.Lower(head.Span.In(c.p.Text)))) {
	case "document", "organisation", "collective":
		return recount.Span{}
	}
	// A job that is also another kind of word is often taken for it ("orderly").
	for i := k - 1; i >= 0 && i >= k-6 && v.Tokens[i].Sentence == head.Sentence; i-- {
		switch page.Lower(v.Tokens[i].Span.In(c.p.Text)) {
		case "a", "an", "the", "another":
			return recount.Span{Start: v.Tokens[i].Span.Start, End: head.Span.End}
		}
		switch t := &v.Tokens[i]; t.POS {
		case lang.VBD, lang.VBZ, lang.VBP, lang.MD, lang.PRP, lang.WP:
			return recount.Span{}
		default:
			if t.Shape == lang.ShapeMark && c.p.Text[t.Span.Start] != '-' {
				return recount.Span{}
			}
		}
	}
	return recount.Span{}
}

// owner returns whose words are meant by "Marr’s verdict" or "her summary", or -1.
func (c *parties) owner(span recount.Span, word string, previous int) int {
	switch word {
	case "verdict", "view", "take", "summary", "response", "reply", "answer", "refrain", "comment", "message", "postscript", "theory", "opinion", "advice", "assessment", "reaction", "conclusion", "explanation", "motto", "account", "telling", "description":
	default:
		if !writing(word) {
			return -1
		}
	}
	for _, n := range c.p.NamesIn(span) {
		if n.Owner && n.Entity >= 0 && n.Span.Start-span.Start < 16 {
			y := c.of(n.Entity)
			c.mention(y, n.Span)
			return y
		}
	}
	if i := c.p.WordAt(span.Start); i < len(c.p.Words) {
		w := c.p.Words[i]
		if g := c.p.Lex.Pronouns[w.Lower]; (w.Lower == "his" || w.Lower == "her") && (g == "m" || g == "f") {
			if y, ok := c.pronoun(w, w.Span, previous); ok {
				return y
			}
		}
	}
	return -1
}

// writing reports whether a noun is a thing that one person writes of his or her
// own, so that what it says is what that person says. Reports and studies are none.
func writing(word string) bool {
	switch word {
	case "statement", "testimony", "affidavit", "deposition", "letter", "diary", "journal", "memoir", "memoirs", "message", "email", "e-mail", "text", "note",
		"post", "submission", "evidence", "confession", "notebook", "blog", "account", "recollection", "recollections", "entry", "postcard", "plea":
		return true
	}
	return false
}

// wroteIt returns who speaks in "the statement of one of them", "a message from
// Ruth Okello" and "the nurse’s letter", or -1: a person who is named or
// described there.
func (c *parties) wroteIt(span recount.Span, h int, word string, previous int) int {
	v := c.v
	if !writing(word) {
		return -1
	}
	end := v.TokenAt(span.End)
	if k := h - 2; k >= 0 && v.Tokens[k].Span.Start >= span.Start && v.Tokens[k+1].POS == lang.POS && c.onePerson(k) {
		x := v.NounPhrase(k)
		return c.phrase(x, c.p.Words[c.p.WordAt(x.Start):c.p.WordAt(x.End)], previous)
	}
	k := h + 1
	if k+1 >= end || k+1 >= len(v.Tokens) {
		return -1
	}
	switch page.Lower(v.Tokens[k].Span.In(c.p.Text)) {
	case "of", "by", "from":
	default:
		return -1
	}
	x := recount.Span{Start: v.Tokens[k+1].Span.Start, End: span.End}
	words := c.p.Words[c.p.WordAt(x.Start):c.p.WordAt(x.End)]
	if len(words) == 0 {
		return -1
	}
	switch words[0].Lower {
	case "one", "another", "someone", "somebody":
		return c.phrase(x, words, previous)
	}
	if n := c.leading(x, words); n != nil && n.Entity >= 0 {
		return c.phrase(x, words, previous)
	}
	if at := v.HeadIn(x); at >= 0 && c.onePerson(at) {
		return c.phrase(x, words, previous)
	}
	return -1
}

// onePerson reports whether a noun stands for one person.
func (c *parties) onePerson(at int) bool {
	t := &c.v.Tokens[at]
	return lang.Somebody(c.nounClass(at, page.Bare(page.Lower(t.Span.In(c.p.Text))))) && t.POS != lang.NNS && t.POS != lang.NNPS
}

// leading returns the person whose name a source begins with or whose name
// ends its first noun phrase ("host Ada Marr"), unless more people or another
// noun follow.
func (c *parties) leading(span recount.Span, words []page.Word) *page.Name {
	v := c.v
	names := c.p.NamesIn(span)
	from := span.Start
	for i := range names {
		n := &names[i]
		if i+1 < len(names) && c.employs(n, &names[i+1]) {
			from = names[i+1].Span.Start
			continue
		}
		if n.Entity < 0 || n.Owner {
			continue
		}
		lead := c.p.Text[from:n.Span.Start]
		if strings.ContainsAny(lead, ",;:(—") || strings.Contains(lead, " of ") || strings.Contains(lead, " for ") || strings.Contains(lead, " to ") || strings.Contains(lead, " with ") || strings.Contains(lead, " by ") || strings.Contains(lead, " and ") || strings.Contains(lead, " from ") || strings.Contains(lead, " in ") || strings.Contains(lead, " at ") || strings.Contains(lead, " near ") {
			return nil
		}
		k := v.TokenAt(n.Span.End)
		if k < len(v.Tokens) && v.Tokens[k].Span.Start < span.End {
			next := &v.Tokens[k]
			if page.PostNominal(next.Span.In(c.p.Text)) {
				next = v.At(k + 1) // "Ada Marr KC, who"
			}
			if page.Noun(next) || next.POS == lang.POS || next.POS == lang.CC {
				return nil
			}
		}
		if c.joint(v.TokenAt(n.Span.End-1), span) {
			return nil
		}
		return n
	}
	return nil
}

// employs reports whether between two names stands nothing but what the second is
// to the first ("Harper Quill chief executive Dana Wirth"): the first is a body then,
// however much it is named like people.
func (c *parties) employs(a, b *page.Name) bool {
	const most = 6 // words of an office
	from, to := c.p.WordAt(a.Span.End), c.p.WordAt(b.Span.Start)
	if a.Owner || b.Kind != 'P' && b.Kind != '?' || from >= to || to-from > most {
		return false
	}
	if strings.ContainsAny(c.p.Text[a.Span.End:b.Span.Start], ",;:.()\"“”‘—–/") {
		return false
	}
	held := -1 // the word of the office that is somebody
	for i := from; i < to; i++ {
		w := &c.p.Words[i]
		switch {
		case w.Lower == "of" && held == i-1 && i+1 < to:
			// "head of policy": what it is the head of says no more of who it is.
			for k := i + 1; k < to; k++ {
				if c.p.Words[k].Upper || c.p.Lex.Stops[c.p.Words[k].Lower] {
					return false
				}
			}
			return true
		case c.p.Lex.Stops[w.Lower], w.Upper && !page.OfficeInLetters(w.Span.In(c.p.Text)), c.p.Lex.Cues[w.Lower] != "":
			return false
		case c.holder(i):
			held = i
		}
	}
	return held == to-1
}

// holder reports whether word i is a noun for one who holds an office or has a trade.
func (c *parties) holder(i int) bool {
	w := c.p.Words[i].Lower
	if _, ok := c.p.Lex.Titles[w]; ok || page.OfficeInLetters(c.p.Words[i].Span.In(c.p.Text)) {
		return true
	}
	switch class := c.p.Lex.Nouns[w]; {
	case lang.Somebody(class):
		return true
	case class == "organisation", class == "document":
		return false
	}
	switch w {
	case "executive", "head", "boss", "chef", "rep", "chair", "principal", "counsel", "lead", "secretary-general", "editor-in-chief", "commander-in-chief", "chaplain", "vicar":
		return true
	}
	for _, part := range strings.Split(w, "-") {
		for _, end := range [...]string{"er", "or", "ist", "ian", "man", "woman", "eer", "president", "agent", "superintendent", "attendant", "consultant", "accountant", "secretary", "founder", "chancellor"} {
			if len(part) > len(end)+1 && strings.HasSuffix(part, end) && part != "paper" && part != "newspaper" && part != "centre" && part != "harbour" || part == end && len(end) > 5 {
				return true
			}
		}
	}
	return false
}

// several reports whether a source names two people joined by "and", or one
// with those who belong to her or him ("Marr and her lawyers").
func (c *parties) several(span recount.Span) bool {
	names := c.p.NamesIn(span)
	for i := range names {
		n := &names[i]
		if n.Entity < 0 || n.Owner || c.Parties[c.of(n.Entity)].kind != recount.Named {
			continue
		}
		rest, ok := strings.CutPrefix(c.p.Text[n.Span.End:span.End], " and ")
		if !ok {
			continue
		}
		if strings.HasPrefix(rest, "his ") || strings.HasPrefix(rest, "her ") || strings.HasPrefix(rest, "their ") {
			return true
		}
		if i+1 < len(names) {
			m := &names[i+1]
			if m.Entity >= 0 && c.of(m.Entity) != c.of(n.Entity) && !m.Owner && strings.Count(c.p.Text[n.Span.End:m.Span.Start], " ") <= 3 && len(m.Words) > 0 && len(n.Words) > 0 {
				return true
			}
		}
	}
	return false
}

// joint reports whether the head of a source is one of two people joined by
// "and".
func (c *parties) joint(h int, span recount.Span) bool {
	to := c.v.TokenAt(span.End)
	for i := h + 1; i < to && i < len(c.v.Tokens); i++ {
		t := &c.v.Tokens[i]
		if int(t.Head) == h && lang.Labels[t.Label] == "conj" && page.Noun(t) {
			a, b := c.v.Tokens[h].Name, t.Name
			many := c.v.Tokens[h].POS == lang.NNS || t.POS == lang.NNS
			return a == lang.Person && (b == lang.Person || !page.Proper(t) && many) || !page.Proper(&c.v.Tokens[h]) && !page.Proper(t) && many
		}
	}
	return false
}

// nounClass says what kind of speaker a head noun stands for.
func (c *parties) nounClass(h int, word string) string {
	t := &c.v.Tokens[h]
	class := c.p.Lex.Nouns[word]
	switch {
	case strings.HasSuffix(word, "year-old"), class == "" && c.p.Lex.Audience[word]:
		return "person"
	case t.POS == lang.NNS && class != "document" && class != "organisation":
		if singular := strings.TrimSuffix(word, "s"); c.p.Lex.Nouns[singular] == "document" {
			return "document"
		} else if c.p.Lex.Nouns[singular] == "organisation" {
			return "organisation"
		}
		return "collective"
	case t.POS == lang.CD && word != "one", t.POS == lang.JJ && class == "" || t.POS == lang.DT && word != "another":
		return "collective"
	case class != "":
		if page.Proper(t) && (class == "person" || class == "collective") && t.Shape != lang.ShapeLower {
			return class
		}
		return class
	case page.Proper(t):
		return ""
	case t.POS == lang.NN:
		for _, end := range [...]string{"people", "staff", "public", "majority", "crowd", "pair", "couple", "group", "percent", "family", "audience", "minority", "half", "third", "quarter", "rest", "percentage", "%", "number", "share"} {
			if word == end {
				return "collective"
			}
		}
		for _, end := range [...]string{"er", "or", "ist", "ian", "ant", "ee", "man", "woman", "eer", "year-old", "ent", "ese"} {
			if strings.HasSuffix(word, end) && word != "letter" && word != "paper" && word != "newspaper" && word != "center" && !strings.HasSuffix(word, "ment") {
				return "person"
			}
		}
		return "document"
	}
	return ""
}

// nameOf returns the name that a source with this head goes by: the head
// itself, a name in apposition to it, or one that it stands before.
func (c *parties) nameOf(h int, span recount.Span, class string) *page.Name {
	v := c.v
	head := &v.Tokens[h]
	var best *page.Name
	names := c.p.NamesIn(span)
	for i := range names {
		n := &names[i]
		k := v.TokenAt(n.Span.End - 1)
		switch {
		case n.Span.Start <= head.Span.Start && head.Span.End <= n.Span.End || k == h:
			return n
		case n.Owner || n.Kind == 'L':
		case n.Kind == 'P' || n.Kind == '?':
			t := &v.Tokens[min(k, len(v.Tokens)-1)]
			if int(t.Head) == h && (lang.Labels[t.Label] == "appos" || t.Label == lang.LabelCompound && (lang.Somebody(class)) || lang.Labels[t.Label] == "dep") && class != "document" {
				best = n
			}
		}
	}
	if best == nil && class != "collective" && c.p.Lex.Nouns[page.Lower(head.Span.In(c.p.Text))] != "document" {
		// "The mayor, Ada Marr," or "a lawyer for the owners, Ivo Lund",
		// whatever the parser says.
		for i := range names {
			n := &names[i]
			before := strings.TrimRight(c.p.Text[span.Start:n.Span.Start], " ")
			for _, title := range n.Titles {
				before = strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(before), "."), title), " ")
			}
			if (n.Kind == 'P' || n.Kind == '?') && !n.Owner && n.Entity >= 0 && n.Span.Start >= head.Span.End && (strings.HasSuffix(before, ",") || strings.HasSuffix(before, "—") || c.p.Between(head.Span.End, n.Span.Start) == "") {
				return n
			}
		}
	}
	return best
}

// organisationOf returns the last organisation before b whose name ends in the
// noun ("the fund").
func (c *parties) organisationOf(b int, word string) *page.Name {
	at, _ := slices.BinarySearchFunc(c.p.Names, b, func(n page.Name, b int) int { return n.Span.Start - b })
	for i := at - 1; i >= 0 && i >= at-farBack; i-- {
		n := &c.p.Names[i]
		if n.Kind == 'O' && len(n.Words) > 1 && n.Words[len(n.Words)-1] == word {
			return n
		}
	}
	return nil
}

// firm returns the body that "the company" or its like means: the one that the
// article has named most before, unless its name says that it is something else.
func (c *parties) firm(b int, word string, words []page.Word) *page.Name {
	switch word {
	case "company", "firm", "chain", "group", "retailer", "business", "operator", "corporation", "consultancy", "charity", "agency", "manufacturer", "supplier":
	default:
		return nil
	}
	if len(words) != 2 || words[0].Lower != "the" {
		return nil
	}
	at, _ := slices.BinarySearchFunc(c.p.Names, b, func(n page.Name, b int) int { return n.Span.Start - b })
	count := map[string]int{}
	var best *page.Name
	for i := max(0, at-farBack); i < at; i++ {
		n := &c.p.Names[i]
		if n.Kind != 'O' || n.Owner && len(n.Words) == 1 && c.p.Quoted(n.Span.Start) {
			continue
		}
		last := n.Words[len(n.Words)-1]
		if class := c.p.Lex.Nouns[last]; class == "document" || class == "organisation" && !c.p.Lex.Bodies[last] && last != "company" && last != "group" && last != "agency" {
			continue
		}
		count[last]++
		if best == nil || count[last] >= count[best.Words[len(best.Words)-1]] {
			best = n
		}
	}
	return best
}

// genderOf takes gender evidence from the words of a description.
func (c *parties) genderOf(y int, words []page.Word) {
	for _, w := range words {
		switch c.p.Lex.Nouns[w.Lower] {
		case "woman":
			c.Parties[y].women += nounVotes
		case "man":
			c.Parties[y].male(w.Lower)
		}
	}
}

// ownPronoun takes gender evidence from the first pronoun of a relative clause
// that describes somebody ("a clerk who did not want his name printed").
func (c *parties) ownPronoun(y int, words []page.Word) {
	who := false
	for _, w := range words {
		who = who || w.Lower == "who"
		if !who || w.Region >= 0 {
			continue
		}
		switch c.p.Lex.Pronouns[w.Lower] {
		case "m":
			c.Parties[y].men += 2
			return
		case "f":
			c.Parties[y].women += 2
			return
		}
	}
}

// described widens the words of a description by what follows it in its
// sentence up to a word of speech, a quotation mark or another person: "The
// third, a clerk from the coast who did not want his name printed, said".
func (c *parties) described(y int, words []page.Word) []page.Word {
	if len(words) == 0 {
		return words
	}
	last := words[len(words)-1].Span
	from := c.p.WordAt(words[0].Span.Start)
	to := c.p.WordAt(last.End)
	end := to
	for end < len(c.p.Words) && end < to+maxClause && c.p.Words[end].Sent == c.p.Words[from].Sent && c.p.Words[end].Region < 0 && c.p.Lex.Cues[c.p.Words[end].Lower] == "" {
		end++
	}
	if end > to {
		k, _ := slices.BinarySearchFunc(c.seen, last.End, func(s sighting, b int) int { return s.at - b })
		for ; k < len(c.seen) && c.seen[k].at < c.p.Words[end-1].Span.End; k++ {
			if c.of(c.seen[k].party) != y {
				end = max(to, c.p.WordAt(c.seen[k].at))
				break
			}
		}
	}
	return c.p.Words[from:end]
}

// maxClause is how many words after a description may describe on.
const maxClause = 24

// individual resolves a description of one person: somebody described or named
// before if it points back, else somebody new.
func (c *parties) individual(span recount.Span, words []page.Word, h int, word string, previous int) int {
	if y, ok := c.headOf[int32(h)]; ok {
		y = c.of(y)
		c.mention(y, span)
		c.ownPronoun(y, c.described(y, words))
		return y
	}
	if y := c.unfound(span, words); y >= 0 {
		return y
	}
	if !indefinite(words) {
		if y := c.definite(words, word); y >= 0 {
			c.mention(y, span)
			c.genderOf(y, words)
			return y
		}
	}
	y := c.describe(span, recount.Anonymous, "")
	c.Parties[y].call(word)
	c.Parties[y].call(c.apposed(h)...)
	c.genderOf(y, words)
	c.ownPronoun(y, c.described(y, words))
	if !nobody(words[0].Lower) {
		c.insert(y, span.Start)
	}
	return y
}

// handle returns who posts under a handle: whom the text names in the sentence
// that has the handle as well, or somebody known by nothing else.
func (c *parties) handle(span recount.Span) int {
	text := span.In(c.p.Text)
	if i, ok := c.turns[text]; ok {
		c.mention(i, span)
		return c.of(i)
	}
	y := -1
	for b, n := 0, 0; n < maxLook && y < 0; n++ {
		i := strings.Index(c.p.Text[b:], text)
		if i < 0 {
			break
		}
		at := b + i
		b = at + len(text)
		s := c.p.Sentences[c.p.SentenceAt(at)].Span
		for _, m := range c.p.NamesIn(recount.Span{Start: s.Start, End: max(s.Start, at)}) {
			if m.Entity >= 0 && !m.Owner && at-m.Span.End < 60 && !c.p.Quoted(m.Span.Start) {
				y = c.of(m.Entity)
			}
		}
	}
	if y < 0 {
		y = c.unmasked(text, span)
	}
	if y < 0 {
		y = c.add(&party{kind: recount.Pseudonym, name: span, words: []string{strings.ToLower(text)}})
		c.insert(y, span.Start)
	}
	c.mention(y, span)
	c.turns[text] = y
	return y
}

// unmasked returns the person named in the sentences around a handle whose name
// it is made of ("@curt_oye ... That is Curtis Oyelaran"), or of whom the sentence
// behind it says so ("Behind the account is Joanna Rivers"), or -1.
func (c *parties) unmasked(handle string, at recount.Span) int {
	from := c.p.SentenceAt(at.Start)
	for s := max(0, from-1); s < min(len(c.p.Sentences), from+4); s++ {
		sentence := c.p.Sentences[s].Span
		for _, n := range c.p.NamesIn(sentence) {
			if n.Entity < 0 || n.Kind == 'O' || c.p.Quoted(n.Span.Start) {
				continue
			}
			if madeOf(handle, n.Words) || s > from && s <= from+2 && !n.Owner && identified(c.p.Text[sentence.Start:n.Span.Start]) {
				return c.of(n.Entity)
			}
		}
	}
	return -1
}

// identified reports whether words say that the name behind them is that of whom
// the sentence before spoke of.
func identified(lead string) bool {
	lead = strings.ToLower(strings.TrimRight(lead, " "))
	switch lead {
	case "that is", "that was", "this is", "this was", "he is", "she is", "he was", "she was", "it is", "it was", "they are":
		return true
	}
	return strings.HasPrefix(lead, "behind ") || strings.HasPrefix(lead, "the man behind") || strings.HasPrefix(lead, "the woman behind") || strings.HasPrefix(lead, "the person behind") || strings.HasSuffix(lead, "turned out to be") || strings.HasSuffix(lead, "belongs to")
}

// madeOf reports whether a handle is put together from the beginnings of the
// words of a name, three letters of one of them at least: "@curt_oye" and "@coyelaran"
// of Curtis Oyelaran, "@ahmedk91" of Ahmed Karim.
func madeOf(handle string, words []string) bool {
	if len(words) < 2 {
		return false
	}
	var letters []byte
	for i := range len(handle) {
		if b := handle[i] | 0x20; b >= 'a' && b <= 'z' {
			letters = append(letters, b)
		}
	}
	if len(letters) < 4 {
		return false
	}
	begins := func(word string, n int) bool {
		return n <= len(word) && strings.EqualFold(word[:n], string(letters[:n]))
	}
	for i, first := range words {
		for k, last := range words {
			if i == k {
				continue
			}
			for n := 1; n < len(letters); n++ {
				m := len(letters) - n
				if max(n, m) >= 3 && begins(first, n) && m <= len(last) && strings.EqualFold(last[:m], string(letters[n:])) {
					return true
				}
			}
		}
	}
	return false
}

// miswritten returns who has just spoken, if a source of one word that is nobody's name
// is the last name but for one letter ("said Ada Wimes. / Wines believes"), or -1.
func (c *parties) miswritten(words []page.Word) int {
	if len(words) != 1 || !words[0].Upper || len(words[0].Lower) < 5 || len(c.p.NamesIn(words[0].Span)) > 0 {
		return -1
	}
	for n := range 2 {
		if y := c.last(n); y >= 0 && len(c.Parties[y].words) > 1 && oneLetter(c.Parties[y].words[len(c.Parties[y].words)-1], page.Bare(words[0].Lower)) {
			return y
		}
	}
	return -1
}

// unfound returns the person of a name that the finder of names left out, where
// all words of a source have capitals ("Sheeja K. P."), or -1.
func (c *parties) unfound(span recount.Span, words []page.Word) int {
	if len(words) < 2 || len(words) > 4 || c.p.Lex.Stops[words[0].Lower] {
		return -1
	}
	for _, w := range words {
		if !w.Upper && !page.Connector(w.Lower) || c.p.Lex.Nouns[w.Lower] != "" || c.p.Lex.Titles[w.Lower] != "" || c.p.Lex.Audience[w.Lower] {
			return -1
		}
	}
	y := &party{kind: recount.Named, name: span, mentions: []recount.Span{span}}
	for _, w := range words {
		y.words = append(y.words, w.Lower)
	}
	for i := len(c.Parties) - 1; i >= max(0, len(c.Parties)-maxParties); i-- {
		if e := c.Parties[i]; e.into < 0 && e.kind.Person() && (slices.Equal(e.words, y.words) || len(e.words) == 1 && e.words[0] == y.words[0]) {
			c.mention(i, span)
			if len(e.words) < len(y.words) {
				e.words, e.name = y.words, span
			}
			return i
		}
	}
	i := c.add(y)
	c.firstName(y)
	c.insert(i, span.Start)
	return i
}

// nobody reports whether a word speaks of no person that could be met again.
func nobody(w string) bool {
	return w == "nobody" || w == "no" || w == "neither" || w == "none" || w == "everybody" || w == "everyone" || w == "anybody" || w == "anyone" || w == "each"
}

// insert adds a sighting in its place.
func (c *parties) insert(y, at int) {
	if len(c.seen) > mostSeen {
		return
	}
	i, _ := slices.BinarySearchFunc(c.seen, at, func(s sighting, b int) int { return s.at - b })
	c.seen = slices.Insert(c.seen, i, sighting{at: at, party: y, sent: c.p.SentenceAt(at), subject: !c.aside, quoted: c.p.Quoted(at), aside: c.aside})
}

func indefinite(words []page.Word) bool {
	switch words[0].Lower {
	case "a", "an", "one", "another", "some", "un", "une", "ein", "eine", "second", "third", "someone", "somebody":
		return true
	}
	if len(words) == 2 {
		switch words[1].Lower {
		case "first", "second", "third", "fourth", "fifth", "sixth", "other":
			return true
		}
	}
	return len(words) == 1 && words[0].Lower != "teenager"
}

// pointsTo finds whom a definite description means: the last person described
// by the same noun, or by one that means the same, before byte b; a person's
// general noun ("the man") means whoever was spoken of last.
func (c *parties) pointsTo(b int, word string, words []page.Word) int {
	gender := c.sexOf(word)
	at, _ := slices.BinarySearchFunc(c.seen, b, func(s sighting, b int) int { return s.at - b })
	for i := at - 1; i >= 0 && i >= at-farBack; i-- {
		s := c.seen[i]
		y := c.Parties[c.of(s.party)]
		if slices.ContainsFunc(y.heads, func(h string) bool { return h == word || strings.HasSuffix(h, "-"+word) }) && !y.opposed(gender) {
			return c.of(s.party)
		}
		if word == "teenager" || word == "youth" {
			for _, h := range y.heads {
				if strings.HasPrefix(h, "1") && strings.HasSuffix(h, "year-old") {
					return c.of(s.party)
				}
			}
		}
	}
	if y := c.alone(b); y >= 0 && words[0].Lower == "the" && !serving(word) {
		return y
	}
	if words[0].Lower == "the" && (len(words) < 7 || aged(words) || len(words) < 16 && words[1].Lower == "former") && (gender != "?" && (!serving(word) || aged(words)) || general(word) || len(words) > 2 && words[1].Lower == "former") {
		y, _ := c.person(b, gender, -1)
		if general(word) {
			return c.foremost(y, b)
		}
		return y
	}
	return -1
}

// foremost returns, of a person and those named in the same sentence right
// before byte b ("Ada and Ivo Marr"), the one that the article has named most,
// the first of equals: a noun for an office means whom the article is about.
func (c *parties) foremost(y, b int) int {
	at, _ := slices.BinarySearchFunc(c.seen, b, func(s sighting, b int) int { return s.at - b })
	sent, count := -1, map[int]int{}
	for i := at - 1; i >= 0 && i >= at-farBack; i-- {
		who := c.of(c.seen[i].party)
		if sent < 0 && who == y {
			sent = c.seen[i].sent
		}
		count[who]++
	}
	best := y
	for i := at - 1; i >= 0 && i >= at-maxLook; i-- {
		who := c.of(c.seen[i].party)
		if c.seen[i].sent == sent && c.Parties[who].kind == recount.Named && (count[who] > count[best] || count[who] == count[best] && who < best) {
			best = who
		}
	}
	return best
}

// aged reports whether a description gives an age ("the 34-year-old mother"):
// such a one with "the" is another way to speak of somebody already met.
func aged(words []page.Word) bool {
	return slices.ContainsFunc(words, func(w page.Word) bool { return w.Lower == "old" || strings.HasSuffix(w.Lower, "-year-old") })
}

// alone returns the one person that the article speaks of before byte b, if
// that one has no name, or -1.
func (c *parties) alone(b int) int {
	found := -1
	for i, s := range c.seen {
		if s.at >= b {
			break
		}
		y := c.of(s.party)
		if i > farBack || c.Parties[y].kind == recount.Named || found >= 0 && found != y {
			return -1
		}
		found = y
	}
	return found
}

// general reports whether a noun with "the" is a second way to speak of
// somebody already named: an office, or what all the people of such an article
// are.
func general(word string) bool {
	switch word {
	case "senator", "congressman", "congresswoman", "governor", "president", "candidate", "nominee", "businessman", "businesswoman", "mogul", "billionaire", "secretary", "mayor", "chairman", "chairwoman", "leader",
		"frontrunner", "minister", "democrat", "republican", "lawmaker", "teenager", "youth", "recruit", "defector", "deserter", "person", "celebrity", "star", "commander", "general", "politician", "incumbent":
		return true
	}
	return false
}

// serving reports whether a noun names people by what they do for others or
// what they saw: "the lawyer" without a name is not the person spoken of last.
func serving(word string) bool {
	switch word {
	case "spokesman", "spokeswoman", "spokesperson", "official", "lawyer", "attorney", "judge", "officer", "source", "aide", "adviser", "advisor", "witness", "reporter", "prosecutor", "police", "doctor",
		"friend", "neighbour", "neighbor", "colleague", "host", "moderator", "interviewer", "mother", "father", "wife", "husband", "son", "daughter", "brother", "sister", "owner", "manager", "editor":
		return true
	}
	return false
}

// thing returns the organisation of that name, a new one if it was not met.
// Acronyms and parts of a name mean the same one.
func (c *parties) thing(span recount.Span, n *page.Name) int {
	if n == nil {
		return c.describe(span, recount.Organisation, "")
	}
	name := n.Span
	if full, ok := c.spelledOut(n); ok {
		n, name = full, full.Span
	}
	kind := recount.Organisation
	for _, w := range n.Words {
		if c.p.Lex.Nouns[w] == "document" && !strings.Contains(n.Span.In(c.p.Text), "&") {
			kind = recount.Document
		}
	}
	last := n.Words[len(n.Words)-1]
	best, at := -1, -1
	for i := max(0, len(c.Parties)-maxParties); i < len(c.Parties); i++ {
		y := c.Parties[i]
		if y.into >= 0 || y.kind != recount.Organisation && y.kind != recount.Document || len(y.words) == 0 {
			continue
		}
		if (slices.Contains(y.words, last) || slices.Contains(n.Words, y.words[len(y.words)-1])) && oneBody(y.words, n.Words) || initials(y.words) == last && len(n.Words) == 1 || len(y.words) == 1 && initials(n.Words) == y.words[0] {
			// Of several the one spoken of last.
			if m := y.mentions[len(y.mentions)-1].Start; m > at {
				best, at = i, m
			}
		}
	}
	if best >= 0 {
		c.mention(best, span)
		return best
	}
	if name == n.Span && name.Overlaps(span) {
		name = span
	}
	return c.add(&party{kind: kind, words: n.Words, name: name, mentions: []recount.Span{span}, heads: n.Words})
}

// spelledOut returns the name that letters in brackets behind it stand for, where a body
// is called by these letters: "the Alliance to Mend Our Roads (AMOR)".
func (c *parties) spelledOut(n *page.Name) (*page.Name, bool) {
	letters := n.Span.In(c.p.Text)
	if len(n.Words) != 1 || len(letters) < 3 || len(letters) > 8 || strings.ToUpper(letters) != letters {
		return nil, false
	}
	at := strings.Index(c.p.Text, "("+letters+")")
	if at < 0 {
		return nil, false
	}
	end := c.p.WordAt(at + 1)
	k := end - 1
	first := k + 1
	for i := len(letters) - 1; i >= 0 && k >= 0 && c.p.Words[k].Sent == c.p.Words[min(end, len(c.p.Words)-1)].Sent; k-- {
		w := c.p.Words[k]
		switch {
		case w.Upper && w.Lower[0] == lower(letters[i]):
			i, first = i-1, k
			if i < 0 {
				full := &page.Name{Span: recount.Span{Start: w.Span.Start, End: c.p.Words[end-1].Span.End}, Kind: 'O', Entity: -1}
				for _, x := range c.p.Words[k:end] {
					full.Words = append(full.Words, page.Bare(x.Lower))
				}
				return full, true
			}
		case w.Upper || len(w.Lower) > 4 || first-k > 2:
			return nil, false
		}
	}
	return nil, false
}

// lower returns a letter of ASCII in lower case.
func lower(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

// oneBody reports whether two names may be one body's: all words of one stand
// in the other, small words left out. "The Harbour Institute" is not "the Hill
// Institute".
func oneBody(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for _, w := range a {
		if !small(w) && !slices.Contains(b, w) {
			return false
		}
	}
	return true
}

func small(w string) bool { return w == "of" || w == "the" || w == "for" || w == "and" || w == "" }

// initials returns the first letters of the words, small words left out.
func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		if !small(w) {
			b.WriteByte(w[0])
		}
	}
	return b.String()
}

// describe returns the party that a description without a person speaks of:
// one already described by the same noun, unless this one introduces another.
func (c *parties) describe(span recount.Span, kind recount.SpeakerKind, head string) int {
	if head != "" {
		// "A new report" in an article about one report is that report.
		if y := c.only(recount.Document); kind == recount.Document && y >= 0 && slices.Contains(c.Parties[y].heads, head) && !c.p.Quoted(span.Start) && !c.otherNames(span, c.Parties[y].name) {
			c.mention(y, span)
			return y
		}
		first := strings.ToLower(strings.SplitN(span.In(c.p.Text), " ", 2)[0])
		number := first != "" && first[0] >= '0' && first[0] <= '9'
		again := !number && (first == "the" || first == "that" || first == "this" || first == "its" || first == "their" || kind == recount.Collective || kind == recount.Unspecified)
		for i := len(c.Parties) - 1; again && i >= max(0, len(c.Parties)-maxParties); i-- {
			y := c.Parties[i]
			if y.into < 0 && y.kind == kind && slices.Contains(y.heads, head) && !c.otherNames(span, y.name) {
				c.mention(i, span)
				return i
			}
		}
		// "The document", "the study": another word for the same thing.
		if y := c.lastThing(span.Start, recount.Document); again && kind == recount.Document && first == "the" && y >= 0 && sameDocument(head, c.Parties[y].heads) {
			c.mention(y, span)
			c.Parties[y].call(head)
			return y
		}
	}
	y := &party{kind: kind, name: span, mentions: []recount.Span{span}}
	if head != "" {
		y.heads = []string{head}
	}
	return c.add(y)
}

// otherNames reports whether two descriptions hold names that share no word:
// "the Harbour Post report" is not "the council's report".
func (c *parties) otherNames(a, b recount.Span) bool {
	x, y := c.p.NamesIn(a), c.p.NamesIn(b)
	for _, n := range x {
		for _, m := range y {
			for _, w := range n.Words {
				if slices.Contains(m.Words, w) {
					return false
				}
			}
		}
	}
	return len(x) > 0 && len(y) > 0
}

// only returns the one party of a kind, or -1 if there is none or another.
func (c *parties) only(kind recount.SpeakerKind) int {
	found := -1
	for i := max(0, len(c.Parties)-maxParties); i < len(c.Parties); i++ {
		if y := c.Parties[i]; y.into < 0 && y.kind == kind {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

// sameDocument reports whether a noun may be another word for a document that
// is described by one of the heads.
func sameDocument(head string, heads []string) bool {
	general := func(h string) bool {
		return h == "report" || h == "study" || h == "document" || h == "paper" || h == "survey" || h == "research" || h == "analysis"
	}
	return general(head) && slices.ContainsFunc(heads, general)
}

// Verb takes gender evidence from the form of the verb of speech, in the
// languages whose verbs show it.
func (c *parties) Verb(y int, cue string) {
	if y < 0 || !c.Parties[y].kind.Person() {
		return
	}
	switch c.p.Lex.Code {
	case "ru":
		switch {
		case strings.HasSuffix(cue, "ла"), strings.HasSuffix(cue, "лась"):
			c.Parties[y].women++
		case strings.HasSuffix(cue, "л"), strings.HasSuffix(cue, "лся"):
			c.Parties[y].men++
		}
	case "ar":
		switch {
		case strings.HasSuffix(cue, "ت"):
			c.Parties[y].women++
		case strings.HasSuffix(cue, "قال"), strings.HasSuffix(cue, "أضاف"), strings.HasSuffix(cue, "أكد"), strings.HasSuffix(cue, "أوضح"):
			c.Parties[y].men++
		}
	}
}
