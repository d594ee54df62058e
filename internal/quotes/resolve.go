package quotes

import (
	"slices"
	"strings"

	"recount"
	"recount/internal/lang"
)

// resolve returns the party of a source, or -1 if the draft names nobody and
// nobody spoke before. Previous is the party of the statement before, or -1.
func (c *cast) resolve(d *draft, previous int) int {
	previous = c.of(previous)
	if len(d.source) == 0 {
		if d.floating {
			return previous
		}
		return c.governor(d)
	}
	span := lang.Trim(c.p.text, recount.Span{Start: d.source[0].Start, End: d.source[len(d.source)-1].End})
	words := c.p.words[c.p.wordAt(span.Start):max(c.p.wordAt(span.Start), c.p.wordAt(span.End))]
	if len(words) == 0 {
		return previous
	}
	if len(words) == 1 {
		if y, ok := c.pronoun(words[0], span, previous); ok {
			return y
		}
	}
	if c.v != nil && !d.turn {
		return c.phrase(span, words, previous)
	}
	return c.chunk(span, words)
}

// pronoun resolves a source of one word that is a pronoun.
func (c *cast) pronoun(w word, span recount.Span, previous int) (int, bool) {
	switch g := c.p.lex.Pronouns[bare(w.lower)]; g {
	case "m", "f":
		y, _ := c.person(span.Start, g, previous)
		if y < 0 {
			y = c.describe(span, recount.Anonymous, "")
		}
		c.mention(y, span)
		if g == "m" {
			c.parties[y].men++
		} else {
			c.parties[y].women++
		}
		return y, true
	case "n":
		if previous >= 0 && (c.parties[previous].kind == recount.Document || c.parties[previous].kind == recount.Organisation) {
			c.mention(previous, span)
			return previous, true
		}
		if y := c.lastThing(span.Start, recount.Document, recount.Organisation); y >= 0 {
			c.mention(y, span)
			return y, true
		}
		return c.describe(span, recount.Organisation, ""), true
	case "p":
		if previous >= 0 && (c.parties[previous].kind == recount.Collective || c.parties[previous].kind == recount.Organisation) {
			c.mention(previous, span)
			return previous, true
		}
		if y := c.lastThing(span.Start, recount.Collective); y >= 0 {
			c.mention(y, span)
			return y, true
		}
		return c.describe(span, recount.Collective, ""), true
	case "1":
		return c.describe(span, recount.Unspecified, w.lower), true
	case "?":
		if c.v == nil {
			return previous, true
		}
		return c.antecedent(span, previous), true
	}
	return -1, false
}

// mention notes that a span speaks of a party.
func (c *cast) mention(y int, s recount.Span) {
	if s.Within(c.p.text) {
		c.parties[y].mentions = append(c.parties[y].mentions, s)
	}
}

// tokenAt returns the first token that ends after byte b.
func (v *view) tokenAt(b int) int {
	i, _ := slices.BinarySearchFunc(v.tokens, b, func(t lang.Token, b int) int {
		if t.Span.End <= b {
			return -1
		}
		return 1
	})
	return i
}

// headIn returns the token of a span that the rest of it hangs on: a noun or
// pronoun whose own head lies outside.
func (v *view) headIn(s recount.Span) int {
	from, to := v.tokenAt(s.Start), v.tokenAt(s.End)
	first := -1
	for i := from; i < to && i < len(v.tokens); i++ {
		t := &v.tokens[i]
		if h := int(t.Head); h >= from && h < to {
			continue
		}
		switch t.POS {
		case lang.NN, lang.NNS, lang.NNP, lang.NNPS, lang.PRP, lang.WP, lang.WDT, lang.CD, lang.DT, lang.JJ, lang.PRPS:
			if noun(t) {
				return i
			}
			if first < 0 {
				first = i
			}
		}
	}
	if first < 0 && from < to {
		first = min(to, len(v.tokens)) - 1
	}
	return first
}

func noun(t *lang.Token) bool { return t.POS == lang.NN || t.POS == lang.NNS || proper(t) }

func proper(t *lang.Token) bool { return t.POS == lang.NNP || t.POS == lang.NNPS }

// governor finds who speaks when the source is left out: the subject of the
// verb above the cue ("X left, saying ...").
func (c *cast) governor(d *draft) int { return -1 }

// antecedent resolves "who" and its like: the noun that the relative clause
// hangs on.
func (c *cast) antecedent(span recount.Span, previous int) int {
	if c.aside {
		return c.describe(span, recount.Unspecified, "")
	}
	i := c.v.tokenAt(span.Start)
	for range 6 {
		if i < 0 || i >= len(c.v.tokens) {
			break
		}
		t := &c.v.tokens[i]
		if lang.Labels[t.Label] == "acl:relcl" && t.Head >= 0 {
			h := int(t.Head)
			s := c.v.nounPhrase(h)
			c.aside = true
			y := c.phrase(s, c.p.words[c.p.wordAt(s.Start):c.p.wordAt(s.End)], previous)
			c.aside = false
			return y
		}
		i = int(t.Head)
	}
	// The noun right before it.
	for k := c.v.tokenAt(span.Start) - 1; k >= 0 && k > c.v.tokenAt(span.Start)-4; k-- {
		if noun(&c.v.tokens[k]) {
			s := c.v.nounPhrase(k)
			return c.phrase(s, c.p.words[c.p.wordAt(s.Start):c.p.wordAt(s.End)], previous)
		}
	}
	return c.describe(span, recount.Unspecified, "")
}

// nounPhrase returns the words from the first modifier of a noun to the noun.
func (v *view) nounPhrase(h int) recount.Span {
	i := h
	for i > 0 && h-i < 8 && v.tokens[i-1].Sentence == v.tokens[h].Sentence {
		t := &v.tokens[i-1]
		if int(t.Head) != h && !(int(t.Head) > i-1 && int(t.Head) <= h) {
			break
		}
		if t.POS == lang.IN || t.POS == lang.CC || t.Shape == lang.ShapeMark && t.POS != lang.POS {
			break
		}
		i--
	}
	return recount.Span{Start: v.tokens[i].Span.Start, End: v.tokens[h].Span.End}
}

// phrase resolves a source by its grammar: the noun it hangs on, a name beside
// that noun, or what the noun means.
func (c *cast) phrase(span recount.Span, words []word, previous int) int {
	v := c.v
	h := v.headIn(span)
	if h < 0 || len(words) == 0 {
		return previous
	}
	if first := c.v.at(v.tokenAt(words[0].span.Start)); len(words) <= 3 && first.POS == lang.PRP {
		if y, ok := c.pronoun(words[0], words[0].span, previous); ok {
			return y
		}
	}
	if n := c.leading(span, words); n != nil {
		y := c.of(n.entity)
		c.genderOf(y, words[:min(len(words), 6)])
		return y
	}
	t := &v.tokens[h]
	word := bare(lower(t.Span.In(c.p.text)))
	if t.POS == lang.WP || t.POS == lang.WDT {
		if span.Start < t.Span.Start && (strings.HasPrefix(words[0].lower, "many") || strings.HasPrefix(words[0].lower, "some") || strings.HasPrefix(words[0].lower, "most")) {
			return c.describe(span, recount.Collective, words[0].lower)
		}
		return c.antecedent(t.Span, previous)
	}
	if t.POS == lang.PRP && len(words) > 1 {
		if y, ok := c.pronoun(c.p.words[min(c.p.wordAt(t.Span.Start), len(c.p.words)-1)], t.Span, previous); ok {
			return y
		}
	}
	// Two people joined by "and" speak together.
	if c.joint(h, span) {
		return c.describe(span, recount.Collective, "")
	}
	class := c.nounClass(h, word)
	if n := c.nameOf(h, span, class); n != nil {
		if n.entity >= 0 {
			y := c.of(n.entity)
			if class == "person" || class == "man" || class == "woman" {
				c.parties[y].heads = append(c.parties[y].heads, word)
			}
			c.genderOf(y, words)
			return y
		}
		if n.kind == 'M' && t.POS == lang.NNPS {
			return c.describe(span, recount.Collective, word)
		}
		return c.thing(span, n)
	}
	switch class {
	case "document":
		if n := c.organisationOf(span.Start, word); n != nil && c.p.lex.Nouns[word] == "" {
			return c.thing(span, n)
		}
		return c.describe(span, recount.Document, word)
	case "organisation":
		if n := c.organisationOf(span.Start, word); n != nil {
			return c.thing(span, n)
		}
		return c.describe(span, recount.Organisation, word)
	case "collective":
		return c.describe(span, recount.Collective, word)
	}
	return c.individual(span, words, h, word, previous)
}

// leading returns the person whose name a source begins with or whose name
// ends its first noun phrase ("host Ada Marr"), unless more people or another
// noun follow.
func (c *cast) leading(span recount.Span, words []word) *name {
	v := c.v
	names := c.p.namesIn(span)
	for i := range names {
		n := &names[i]
		if n.entity < 0 || n.owner {
			if n.owner || n.kind == 'O' {
				continue
			}
			continue
		}
		lead := c.p.text[span.Start:n.span.Start]
		if strings.ContainsAny(lead, ",;:(—") || strings.Contains(lead, " of ") || strings.Contains(lead, " for ") || strings.Contains(lead, " to ") || strings.Contains(lead, " with ") || strings.Contains(lead, " by ") || strings.Contains(lead, " and ") || strings.Contains(lead, " from ") {
			return nil
		}
		k := v.tokenAt(n.span.End)
		if k < len(v.tokens) && v.tokens[k].Span.Start < span.End {
			next := &v.tokens[k]
			if noun(next) || next.POS == lang.POS || next.POS == lang.CC {
				return nil
			}
		}
		if c.joint(v.tokenAt(n.span.End-1), span) {
			return nil
		}
		return n
	}
	return nil
}

// joint reports whether the head of a source is one of two people joined by
// "and".
func (c *cast) joint(h int, span recount.Span) bool {
	to := c.v.tokenAt(span.End)
	for i := h + 1; i < to && i < len(c.v.tokens); i++ {
		t := &c.v.tokens[i]
		if int(t.Head) == h && lang.Labels[t.Label] == "conj" && noun(t) {
			a, b := c.v.tokens[h].Name, t.Name
			many := c.v.tokens[h].POS == lang.NNS || t.POS == lang.NNS
			return a == lang.Person && (b == lang.Person || !proper(t) && many) || !proper(&c.v.tokens[h]) && !proper(t) && many
		}
	}
	return false
}

// nounClass says what kind of speaker a head noun stands for.
func (c *cast) nounClass(h int, word string) string {
	t := &c.v.tokens[h]
	class := c.p.lex.Nouns[word]
	switch {
	case t.POS == lang.NNS && class != "document" && class != "organisation":
		if singular := strings.TrimSuffix(word, "s"); c.p.lex.Nouns[singular] == "document" {
			return "document"
		} else if c.p.lex.Nouns[singular] == "organisation" {
			return "organisation"
		}
		return "collective"
	case t.POS == lang.CD && word != "one", t.POS == lang.JJ && class == "" || t.POS == lang.DT && word != "another":
		return "collective"
	case class != "":
		if proper(t) && (class == "person" || class == "collective") && t.Shape != lang.ShapeLower {
			return class
		}
		return class
	case proper(t):
		return ""
	case t.POS == lang.NN:
		for _, end := range [...]string{"people", "staff", "public", "majority", "crowd", "pair", "couple", "group", "percent", "family", "audience", "minority", "half", "third", "quarter", "rest", "percentage"} {
			if word == end {
				return "collective"
			}
		}
		for _, end := range [...]string{"er", "or", "ist", "ian", "ant", "ee", "man", "woman", "eer", "year-old", "ent", "ese"} {
			if strings.HasSuffix(word, end) && word != "letter" && word != "paper" && word != "newspaper" && word != "center" && word != "number" && !strings.HasSuffix(word, "ment") {
				return "person"
			}
		}
		return "document"
	}
	return ""
}

// nameOf returns the name that a source with this head goes by: the head
// itself, a name in apposition to it, or one that it stands before.
func (c *cast) nameOf(h int, span recount.Span, class string) *name {
	v := c.v
	head := &v.tokens[h]
	var best *name
	names := c.p.namesIn(span)
	for i := range names {
		n := &names[i]
		k := v.tokenAt(n.span.End - 1)
		switch {
		case n.span.Start <= head.Span.Start && head.Span.End <= n.span.End || k == h:
			return n
		case n.owner || n.kind == 'L':
		case n.kind == 'P' || n.kind == '?':
			t := &v.tokens[min(k, len(v.tokens)-1)]
			if int(t.Head) == h && (lang.Labels[t.Label] == "appos" || t.Label == lang.LabelCompound && (class == "person" || class == "man" || class == "woman") || lang.Labels[t.Label] == "dep") && class != "document" {
				best = n
			}
		}
	}
	if best == nil && class != "collective" && c.p.lex.Nouns[lower(head.Span.In(c.p.text))] != "document" {
		// "The mayor, Ada Marr," or "a lawyer for the owners, Ivo Lund",
		// whatever the parser says.
		for i := range names {
			n := &names[i]
			before := strings.TrimRight(c.p.text[span.Start:n.span.Start], " ")
			for _, title := range n.titles {
				before = strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(before), "."), title), " ")
			}
			if (n.kind == 'P' || n.kind == '?') && !n.owner && n.entity >= 0 && n.span.Start >= head.Span.End && (strings.HasSuffix(before, ",") || strings.HasSuffix(before, "—") || c.p.between(head.Span.End, n.span.Start) == "") {
				return n
			}
		}
	}
	return best
}

// organisationOf returns the last organisation before b whose name ends in the
// noun ("the fund").
func (c *cast) organisationOf(b int, word string) *name {
	for i := len(c.p.names) - 1; i >= 0; i-- {
		n := &c.p.names[i]
		if n.span.Start < b && n.kind == 'O' && len(n.words) > 1 && n.words[len(n.words)-1] == word {
			return n
		}
	}
	return nil
}

// genderOf takes gender evidence from the words of a description.
func (c *cast) genderOf(y int, words []word) {
	for _, w := range words {
		switch c.p.lex.Nouns[w.lower] {
		case "woman":
			c.parties[y].women += 3
		case "man":
			c.parties[y].men += 3
		}
	}
}

// individual resolves a description of one person: somebody described or named
// before if it points back, else somebody new.
func (c *cast) individual(span recount.Span, words []word, h int, word string, previous int) int {
	if y, ok := c.headOf[int32(h)]; ok {
		y = c.of(y)
		c.mention(y, span)
		return y
	}
	if indefinite(words) {
		y := c.describe(span, recount.Anonymous, "")
		c.parties[y].heads = append(c.parties[y].heads, word)
		c.genderOf(y, words)
		c.insert(y, span.Start)
		return y
	}
	if y := c.pointsTo(span.Start, word, words); y >= 0 {
		c.mention(y, span)
		c.genderOf(y, words)
		return y
	}
	y := c.describe(span, recount.Anonymous, "")
	c.parties[y].heads = append(c.parties[y].heads, word)
	c.genderOf(y, words)
	c.insert(y, span.Start)
	return y
}

// insert adds a sighting in its place.
func (c *cast) insert(y, at int) {
	i, _ := slices.BinarySearchFunc(c.seen, at, func(s sighting, b int) int { return s.at - b })
	c.seen = slices.Insert(c.seen, i, sighting{at, y, c.p.sentenceAt(at), !c.aside, false, c.p.quoted(at)})
}

func indefinite(words []word) bool {
	switch words[0].lower {
	case "a", "an", "one", "another", "some", "un", "une", "ein", "eine", "second", "third", "someone", "somebody":
		return true
	}
	if len(words) == 2 {
		switch words[1].lower {
		case "first", "second", "third", "fourth", "fifth", "sixth", "other":
			return true
		}
	}
	return len(words) == 1 && words[0].lower != "teenager"
}

// pointsTo finds whom a definite description means: the last person described
// by the same noun, or by one that means the same, before byte b; a person's
// general noun ("the man") means whoever was spoken of last.
func (c *cast) pointsTo(b int, word string, words []word) int {
	gender := "?"
	switch class := c.p.lex.Nouns[word]; {
	case class == "man":
		gender = "m"
	case class == "woman":
		gender = "f"
	}
	for i := len(c.seen) - 1; i >= 0; i-- {
		s := c.seen[i]
		if s.at >= b {
			continue
		}
		y := c.parties[c.of(s.party)]
		if slices.Contains(y.heads, word) && !y.opposed(gender) {
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
	if y := c.alone(b); y >= 0 && words[0].lower == "the" && !serving(word) {
		return y
	}
	if words[0].lower == "the" && (len(words) < 7 || len(words) < 16 && words[1].lower == "former") && (gender != "?" && !serving(word) || general(word) || len(words) > 2 && words[1].lower == "former") {
		y, _ := c.person(b, gender, -1)
		return y
	}
	return -1
}

// alone returns the one person that the article speaks of before byte b, if
// that one has no name, or -1.
func (c *cast) alone(b int) int {
	found := -1
	for _, s := range c.seen {
		if s.at >= b {
			break
		}
		y := c.of(s.party)
		if c.parties[y].kind == recount.Named || found >= 0 && found != y {
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
func (c *cast) thing(span recount.Span, n *name) int {
	if n == nil {
		return c.describe(span, recount.Organisation, "")
	}
	kind := recount.Organisation
	for _, w := range n.words {
		if c.p.lex.Nouns[w] == "document" {
			kind = recount.Document
		}
	}
	last := n.words[len(n.words)-1]
	for i := max(0, len(c.parties)-maxParties); i < len(c.parties); i++ {
		y := c.parties[i]
		if y.into >= 0 || y.kind != recount.Organisation && y.kind != recount.Document || len(y.words) == 0 {
			continue
		}
		if slices.Contains(y.words, last) && (len(n.words) == 1 || y.words[len(y.words)-1] == last) || initials(y.words) == last || len(y.words) == 1 && initials(n.words) == y.words[0] {
			c.mention(i, span)
			return i
		}
	}
	return c.add(&party{kind: kind, words: n.words, name: span, mentions: []recount.Span{span}, heads: n.words})
}

// initials returns the first letters of the words, small words left out.
func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		if w != "of" && w != "the" && w != "for" && w != "and" && w != "" {
			b.WriteByte(w[0])
		}
	}
	return b.String()
}

// describe returns the party that a description without a person speaks of:
// one already described by the same noun, unless this one introduces another.
func (c *cast) describe(span recount.Span, kind recount.SpeakerKind, head string) int {
	if head != "" {
		// "A new report" in an article about one report is that report.
		if y := c.only(recount.Document); kind == recount.Document && y >= 0 && slices.Contains(c.parties[y].heads, head) && !c.p.quoted(span.Start) {
			c.mention(y, span)
			return y
		}
		first := strings.ToLower(strings.SplitN(span.In(c.p.text), " ", 2)[0])
		again := first == "the" || first == "that" || first == "this" || first == "its" || first == "their" || kind == recount.Collective || kind == recount.Unspecified
		for i := len(c.parties) - 1; again && i >= max(0, len(c.parties)-maxParties); i-- {
			y := c.parties[i]
			if y.into < 0 && y.kind == kind && slices.Contains(y.heads, head) {
				c.mention(i, span)
				return i
			}
		}
		// "The document", "the study": another word for the same thing.
		if y := c.lastThing(span.Start, recount.Document); again && kind == recount.Document && first == "the" && y >= 0 && sameDocument(head, c.parties[y].heads) {
			c.mention(y, span)
			c.parties[y].heads = append(c.parties[y].heads, head)
			return y
		}
	}
	y := &party{kind: kind, name: span, mentions: []recount.Span{span}}
	if head != "" {
		y.heads = []string{head}
	}
	return c.add(y)
}

// only returns the one party of a kind, or -1 if there is none or another.
func (c *cast) only(kind recount.SpeakerKind) int {
	found := -1
	for i := max(0, len(c.parties)-maxParties); i < len(c.parties); i++ {
		if y := c.parties[i]; y.into < 0 && y.kind == kind {
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
