package speakers

import (
	"slices"
	"strings"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// describeAll finds the people that the article describes with a noun: in
// apposition to a name or as what a name "is", they add to that person; as the
// subject of a sentence outside quotation marks they are somebody new, or
// somebody known whom a definite article points back to.
func (c *parties) describeAll() {
	v := c.v
	for i := range v.Tokens {
		t := &v.Tokens[i]
		if t.POS != lang.NN && !(t.POS == lang.JJ && strings.HasSuffix(t.Span.In(c.p.Text), "year-old")) || v.Region[i] >= 0 {
			continue
		}
		word := page.Lower(t.Span.In(c.p.Text))
		class := c.p.Lex.Nouns[word]
		old := strings.HasSuffix(word, "year-old")
		if h := int(t.Head); old && h > i && h < i+farApposed && page.Noun(&v.Tokens[h]) && t.POS == lang.JJ {
			continue // "a 22-year-old clerk"
		}
		if !lang.Somebody(class) && !old || counting(word) {
			continue
		}
		who := -1
		label := lang.Labels[t.Label]
		h := int(t.Head)
		switch {
		case h >= 0 && (label == "appos" || label == "compound" || label == "dep" && !old || label == "conj"):
			// "Ivo Lund, a teacher" and "teacher Ivo Lund".
			who = c.personAt(h)
			if label == "conj" && h >= 0 {
				who = -1
			}
		case v.Children[i]&page.LabelCop != 0 && v.Subject[i] >= 0:
			who = c.personAt(int(v.Subject[i]))
		}
		if who < 0 {
			for k := i + 1; k < len(v.Tokens) && k < i+14 && v.Tokens[k].Sentence == t.Sentence; k++ {
				if int(v.Tokens[k].Head) == i && lang.Labels[v.Tokens[k].Label] == "appos" {
					who = c.personAt(k)
				}
			}
		}
		if who < 0 {
			who = c.behindName(v.NounPhrase(i).Start)
		}
		if who < 0 {
			if who = c.nameBehind(t.Span.End); who >= 0 {
				s := v.NounPhrase(i)
				begins := s.Start == c.p.Sentences[t.Sentence].Span.Start
				c.see(who, s.Start, begins || t.Label == lang.LabelSubject || t.Label == lang.LabelPassive, false)
			}
		}
		if who >= 0 {
			y := c.Parties[who]
			y.call(word)
			switch class {
			case "woman":
				y.women += nounVotes
			case "man":
				y.male(word)
			}
			c.headOf[int32(i)] = who
			continue
		}
		s := v.NounPhrase(i)
		predicate := v.Children[i]&page.LabelCop != 0
		for k := i - 1; predicate && k >= 0 && k > i-farApposed; k-- {
			if int(v.Tokens[k].Head) == i && v.Tokens[k].POS == lang.DT {
				s.Start = v.Tokens[k].Span.Start // without what it is said of
				break
			}
		}
		words := c.p.Words[c.p.WordAt(s.Start):max(c.p.WordAt(s.Start), c.p.WordAt(s.End))]
		if len(words) < 2 || !indefinite(words) || predicate && !c.picksOut(i) || !c.newcomes(i, s) || c.besides(s) {
			continue
		}
		begins := s.Start == c.p.Sentences[t.Sentence].Span.Start
		y := c.add(&party{kind: recount.Anonymous, name: s, mentions: []recount.Span{s}, heads: []string{word}})
		c.genderOf(y, words)
		// "The third, a 19-year-old": more nouns in apposition.
		for k := i + 1; k < len(v.Tokens) && k < i+16 && v.Tokens[k].Sentence == t.Sentence; k++ {
			if int(v.Tokens[k].Head) == i && lang.Labels[v.Tokens[k].Label] == "appos" {
				c.Parties[y].call(page.Lower(v.Tokens[k].Span.In(c.p.Text)))
			}
		}
		c.Parties[y].call(c.apposed(i)...)
		c.noteOf(y).age = ageIn(words)
		c.has(y, c.behind(s.End))
		c.has(y, c.agedBefore(s.Start))
		c.headOf[int32(i)] = y
		c.remember(y, s.Start)
		c.see(y, s.Start, begins || t.Label == lang.LabelSubject || t.Label == lang.LabelPassive, false)
	}
}

// counting reports whether a noun stands for whom or what was counted before
// ("the second one"): a person only where it speaks.
func counting(word string) bool {
	switch word {
	case "one", "first", "second", "third", "fourth", "other", "another", "nobody", "somebody", "someone":
		return true
	}
	return false
}

// besides reports whether a description stands behind a comma beside another
// that it says more of ("The third, a 19-year-old", "the guard, a man of 40,").
func (c *parties) besides(s recount.Span) bool {
	v := c.v
	i := v.TokenAt(s.Start) - 1
	if i < 1 || v.Tokens[i].Shape != lang.ShapeMark || c.p.Text[v.Tokens[i].Span.Start] != ',' || v.Tokens[i].Sentence != v.At(i+1).Sentence {
		return false
	}
	for k := i - 1; k >= 0 && k > i-farApposed && v.Tokens[k].Sentence == v.Tokens[i].Sentence; k-- {
		t := &v.Tokens[k]
		if t.Shape == lang.ShapeMark || t.POS == lang.VBD || t.POS == lang.VBZ || t.POS == lang.VBP || t.POS == lang.MD {
			return false
		}
		word := page.Lower(t.Span.In(c.p.Text))
		if c.p.Lex.Person(word) {
			return t.POS != lang.NNS && (page.Noun(t) || t.POS == lang.JJ || t.POS == lang.CD)
		}
	}
	return false
}

// farApposed is how many tokens before the comma the noun stands that is said
// more of.
const farApposed = 9

// picksOut reports whether a sentence says with noun i who one of several is ("The
// best known is perhaps a nursing student"): it brings in somebody.
func (c *parties) picksOut(i int) bool {
	k := c.v.Subject[i]
	if k < 0 {
		return true // "the best known" is no noun
	}
	switch t := &c.v.Tokens[k]; t.POS {
	case lang.JJ, lang.VBN, lang.CD:
		return t.Sentence == c.v.Tokens[i].Sentence
	}
	return false
}

// newcomes reports whether a noun with "a" speaks of somebody: it is no part of
// a longer noun, and nobody is only likened to it.
func (c *parties) newcomes(i int, s recount.Span) bool {
	t, next := &c.v.Tokens[i], c.v.At(i+1)
	if page.Noun(next) && next.Sentence == t.Sentence && next.Span.Start == t.Span.End+1 {
		return false
	}
	if k := c.p.WordAt(s.Start); k > 0 && c.p.Words[k-1].Sent == c.p.Words[k].Sent {
		switch c.p.Words[k-1].Lower {
		case "as", "like", "than", "into", "become", "became", "is", "was", "be", "been", "for", "of", "such", "not":
			return false
		}
	}
	return true
}

// behindName returns the person whose name, with or without an age, ends right
// before the comma before byte b ("Ada Marr, 24, a cleaner"), or -1.
func (c *parties) behindName(b int) int {
	text, ok := strings.CutSuffix(strings.TrimRight(c.p.Text[max(0, b-24):b], " "), ",")
	if !ok {
		return -1
	}
	if cut := strings.TrimRight(text, "0123456789"); cut != text {
		if text, ok = strings.CutSuffix(strings.TrimRight(cut, " "), ","); !ok {
			return -1
		}
	}
	end := max(0, b-24) + len(text)
	i, _ := slices.BinarySearchFunc(c.p.Names, end, func(n page.Name, b int) int { return n.Span.End - b })
	if i < len(c.p.Names) && c.p.Names[i].Span.End == end && c.p.Names[i].Entity >= 0 && !c.p.Names[i].Owner {
		return c.of(c.p.Names[i].Entity)
	}
	return -1
}

// audience makes those persons without a name whose name is nothing but a noun for
// somebody who writes in, rings in, asks or answers ("Reader Who Says She Is Tired",
// "First Caller").
func (c *parties) audience() {
	for _, y := range c.Parties {
		if y.into >= 0 || y.kind != recount.Named || y.women >= titleVotes || y.men >= titleVotes || !c.anAudience(y.words) {
			continue
		}
		y.kind = recount.Anonymous
		y.call(y.words[len(y.words)-1])
		y.words, y.prior, y.lean, y.clear, y.vague = nil, 0, 0, false, false
	}
}

// anAudience reports whether a name is made of words for somebody who writes in, rings
// in, asks or answers, with words that count or tell them apart before.
func (c *parties) anAudience(words []string) bool {
	if len(words) == 0 || !c.p.Lex.Audience[words[len(words)-1]] {
		return false
	}
	for _, w := range words[:len(words)-1] {
		switch w {
		case "first", "second", "third", "fourth", "fifth", "sixth", "one", "two", "three", "another", "next", "last", "male", "female", "young", "older", "elderly", "anonymous", "unnamed", "unidentified", "unknown", "angry", "concerned", "regular", "loyal", "our", "my", "your", "phone-in", "radio", "studio", "letter", "web", "site":
		default:
			if !c.p.Lex.Audience[w] {
				return false
			}
		}
	}
	return true
}

// namings are what stands between a noun for a person and the name that this one
// goes by.
var namings = [...]string{
	"called", "named", "by the name of", "known as", "known to all as", "known to everybody as", "known to everyone as", "known simply as", "going by", "going by the name", "going by the name of", "who goes by", "who goes by the name", "who goes by the name of",
	"who is called", "who was called", "whose name is", "whose name was", "who asked to be called", "who asks to be called", "who begged to be called", "who wants to be called", "who wished to be called", "who gave his name as", "who gave her name as", "who gave her name only as",
	"who gave his name only as", "who gave her name simply as", "who gave his name simply as", "identified as", "identified only as", "named only as", "who signs himself", "who signs herself", "who calls himself", "who calls herself", "tweeting as", "posting as", "writing as",
}

// farNaming bounds how many bytes behind a noun the name may begin.
const farNaming = 72

// clauseOfNaming reports whether words between a noun for a person and a name are one
// clause that ends in how this one is called ("who asked that she be identified as").
func clauseOfNaming(gap string) bool {
	switch first, _, _ := strings.Cut(gap, " "); first {
	case "who", "whom", "using", "going", "identified", "known", "nicknamed":
	default:
		return false
	}
	if strings.ContainsAny(gap, ".;:”\n") {
		return false
	}
	gap = unadorned(gap)
	for _, list := range [...][]string{aliases[:], aliasesClose[:], aliasesOfNobody[:]} {
		if slices.ContainsFunc(list, func(a string) bool { return strings.HasSuffix(gap, " "+a) || gap == a }) {
			return true
		}
	}
	return false
}

// unadorned returns words for naming without those that may stand between them and
// the name.
func unadorned(lead string) string {
	lead = strings.TrimRight(lead, " “‘\"',")
	for _, only := range [...]string{" only", " just", " simply", " him", " her", " them", " by", " as", " the name", " the name of", " of"} {
		lead = strings.TrimSuffix(lead, only)
	}
	return lead
}

// nameBehind returns the person whose name stands behind a noun that ends at byte b,
// with words of naming between ("a trawlerman called Ivo", "a user, who asked to
// be called Ada"), or -1.
func (c *parties) nameBehind(b int) int {
	k, _ := slices.BinarySearchFunc(c.p.Names, b, func(n page.Name, b int) int { return n.Span.Start - b })
	if k >= len(c.p.Names) || c.p.Names[k].Span.Start-b > farNaming || c.p.Names[k].Entity < 0 || c.p.Names[k].Owner {
		return -1
	}
	gap := strings.ToLower(strings.Trim(c.p.Text[b:c.p.Names[k].Span.Start], " ,“‘\"'"))
	for _, title := range c.p.Names[k].Titles {
		gap = strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(gap, "."), title), " ,")
	}
	if gap = strings.TrimLeft(gap, " ,"); !slices.Contains(namings[:], gap) && !clauseOfNaming(gap) {
		return -1
	}
	return c.of(c.p.Names[k].Entity)
}

// apposed returns the nouns for people behind a comma and an article right after
// token i, whatever the parser makes of them ("The third, a 19-year-old from").
func (c *parties) apposed(i int) (heads []string) {
	v := c.v
	if v.At(i+1).Shape != lang.ShapeMark || c.p.Text[v.At(i+1).Span.Start] != ',' || i+2 >= len(v.Tokens) {
		return nil
	}
	switch page.Lower(v.Tokens[i+2].Span.In(c.p.Text)) {
	case "a", "an":
	default:
		return nil
	}
	for k := i + 3; k < len(v.Tokens) && k < i+9 && v.Tokens[k].Sentence == v.Tokens[i].Sentence; k++ {
		t := &v.Tokens[k]
		if t.Shape == lang.ShapeMark || t.POS == lang.IN || t.POS == lang.WP || t.POS == lang.VBD || t.POS == lang.VBZ {
			break
		}
		w := page.Lower(t.Span.In(c.p.Text))
		if c.p.Lex.Person(w) || strings.HasSuffix(w, "year-old") {
			heads = append(heads, w)
		}
	}
	return heads
}

// personAt returns the person whose name holds token k, or -1.
func (c *parties) personAt(k int) int {
	t := c.v.Tokens[k]
	for back := k; back >= 0 && back > k-5; back-- {
		if i, ok := c.nameAt[c.v.Tokens[back].Span.Start]; ok {
			n := &c.p.Names[i]
			if n.Span.Contains(t.Span) && n.Entity >= 0 {
				return c.of(n.Entity)
			}
		}
	}
	return -1
}

// subject reports whether a name is the subject of its clause.
func (c *parties) subject(s recount.Span) bool {
	begins := c.p.Sentences[c.p.SentenceAt(s.Start)].Span.Start == s.Start
	if c.v == nil {
		return begins
	}
	if k := c.p.WordAt(s.Start) - 1; !c.p.Training && k >= 0 && c.p.Words[k].Lower == "for" && c.p.Sentences[c.p.SentenceAt(s.Start)].Span.Start == c.p.Words[k].Span.Start {
		return true // "For Ada Marr the road ended there": it is about her
	}
	if next := c.v.At(c.v.TokenAt(s.End)); begins && !page.Noun(next) && next.POS != lang.POS {
		return true // whatever the parser says
	}
	from, to := c.v.TokenAt(s.Start), c.v.TokenAt(s.End)
	for i := from; i < to && i < len(c.v.Tokens); i++ {
		if l := c.v.Tokens[i].Label; l == lang.LabelSubject || l == lang.LabelPassive {
			return true
		}
	}
	return false
}

// aliases are the words after which an article gives a name that is not one.
var aliases = [...]string{
	"nom de guerre", "pseudonym", "battle name", "code name", "alias", "who asked to be called", "asks to be called", "asked to be called", "wants to be called", "wished to be called", "wishes to be called", "prefers to be called", "chose to be called", "asked us to call her", "asked us to call him", "asked to be known", "asks to be known", "wants to be known", "asked to use", "asked to be identified only",
	"uses the name", "goes by the name", "identified only as", "identified only by", "would only be identified", "calls himself", "calls herself", "called himself", "called herself", "not his real name", "not her real name", "whose name has been changed", "name was changed",
}

// aliasesClose are more of them, which count only where the name follows at once.
var aliasesClose = [...]string{
	"be called", "be known", "be known only", "be identified", "be identified only", "be named", "be named only", "be referred to", "be quoted",
	"we will call", "we'll call", "we’ll call", "we shall call", "i will call", "i shall call", "i’ll call", "we are calling", "we’re calling", "we're calling", "newspaper is calling", "paper is calling", "magazine is calling", "site is calling", "agency is calling", "let us call", "let’s call", "let's call", "we have called", "i have called", "i am calling", "i'll call",
	"gave the false name", "a false name", "an assumed name", "an invented name", "a made-up name", "known only", "uses the name", "uses the names", "called himself", "called herself", "calls himself", "calls herself",
}

// aliasesOfNobody are those after which a name is not real if nobody who has another
// name is meant: "a fighter known as Abu Bakr", but not "Kelly-Ann, known as Kez".
var aliasesOfNobody = [...]string{"known", "known to everybody", "known to everyone", "known to all", "goes", "goes by", "going", "going by", "nicknamed", "who is called"}

// aliasesBehind are what stands right behind a name that is not one.
var aliasesBehind = [...]string{
	"not his real name", "not her real name", "not their real name", "not the real name", "a pseudonym", "his pseudonym", "her pseudonym", "whose name has been changed", "whose name was changed", "whose real name", "name changed", "name has been changed", "a nom de guerre", "his nom de guerre", "her nom de guerre", "a kunya", "his alias", "her alias",
	"an alias", "an assumed name", "his assumed name", "her assumed name", "a false name", "a made-up name", "an invented name",
}

// pseudonyms marks the names that the article says are not real, and joins
// each to the person described in the same sentence.
func (c *parties) pseudonyms() {
	for s, sentence := range c.p.Sentences {
		text := strings.ToLower(sentence.Span.In(c.p.Text))
		if len(text) != sentence.Span.Len() {
			continue
		}
		names := c.p.NamesIn(sentence.Span)
		if len(names) == 0 {
			continue
		}
		if c.denied(text, sentence.Span.Start, names) {
			continue
		}
		if !c.beforeName(s, text, sentence.Span.Start, names) {
			c.beforeNameClose(s, text, sentence.Span.Start, names)
		}
	}
}

// denied marks the name right behind which a sentence says that it is not real.
func (c *parties) denied(text string, start int, names []page.Name) bool {
	for _, a := range aliasesBehind {
		at := strings.Index(text, a)
		if at < 0 {
			continue
		}
		for i := range names {
			n := &names[i]
			if n.Entity < 0 || n.Span.End > start+at {
				continue
			}
			gap := strings.ToLower(c.p.Text[n.Span.End : start+at])
			switch strings.Trim(gap, " ,(–—”’\"") {
			case "", "is", "which is", "it is", "that is", "this is", "was":
				if gap != " " && gap != "" {
					c.Parties[c.of(n.Entity)].kind = recount.Pseudonym
					return true
				}
			}
		}
	}
	return false
}

// beforeNameClose marks the name that follows at once on words for a name that is not
// real, and joins it with whom the words are about.
func (c *parties) beforeNameClose(s int, text string, start int, names []page.Name) {
	for i := range names {
		n := &names[i]
		if n.Entity < 0 || n.Owner {
			continue
		}
		lead := unadorned(text[:max(0, c.untitled(n)-start)])
		sure := slices.ContainsFunc(aliasesClose[:], func(a string) bool { return strings.HasSuffix(lead, " "+a) || lead == a })
		if !sure && !slices.ContainsFunc(aliasesOfNobody[:], func(a string) bool { return strings.HasSuffix(lead, " "+a) }) {
			continue
		}
		other := i > 0 && names[i-1].Entity >= 0 && names[i-1].Kind != 'L' && !strings.ContainsAny(text[names[i-1].Span.End-start:n.Span.Start-start], ".;”")
		who := c.describedBefore(s, start, n.Span.Start, c.of(n.Entity))
		here := calledHere(text[:max(0, c.untitled(n)-start)])
		if here != "" && who < 0 {
			who = c.unnamedBefore(start, here, n)
		}
		if !sure && (other || who < 0) || who < 0 && other {
			continue
		}
		y := c.of(n.Entity)
		c.Parties[y].kind = recount.Pseudonym
		if who >= 0 && c.of(who) != y {
			c.join(y, who)
		}
		switch here {
		case "m":
			c.Parties[y].men += nounVotes
		case "f":
			c.Parties[y].women += nounVotes
		}
		return
	}
}

// calledHere returns the gender of the pronoun for whom the paper gives a name right
// behind these words ("Let us call him", "We are calling her"), else "".
func calledHere(lead string) string {
	lead = strings.TrimRight(lead, " “‘\"',")
	for _, only := range [...]string{" only", " just", " simply"} {
		lead = strings.TrimSuffix(lead, only)
	}
	g := ""
	switch {
	case strings.HasSuffix(lead, " him"):
		g, lead = "m", lead[:len(lead)-4]
	case strings.HasSuffix(lead, " her"):
		g, lead = "f", lead[:len(lead)-4]
	case strings.HasSuffix(lead, " be called"):
		switch {
		case strings.HasPrefix(lead, "he ") || strings.Contains(lead, " he "):
			return "m"
		case strings.HasPrefix(lead, "she ") || strings.Contains(lead, " she "):
			return "f"
		}
		return ""
	}
	if g == "" || !slices.ContainsFunc(callingHere[:], func(a string) bool { return strings.HasSuffix(lead, " "+a) || lead == a }) {
		return ""
	}
	return g
}

// callingHere are how a paper says that it gives somebody a name itself.
var callingHere = [...]string{
	"we will call", "we'll call", "we’ll call", "we shall call", "we call", "we have called", "we are calling", "we’re calling", "we're calling", "i will call", "i shall call", "i’ll call", "i'll call", "i am calling", "i have called", "i call",
	"newspaper is calling", "paper is calling", "magazine is calling", "site is calling", "agency is calling", "let us call", "let’s call", "let's call",
}

// describedBefore returns the person without a name whom a sentence describes before
// byte b and goes on about with a relative clause or one of naming, or -1. Who bears the
// name already is meant too.
func (c *parties) describedBefore(s, start, b, named int) int {
	first, _ := slices.BinarySearchFunc(c.seen, start, func(g sighting, b int) int { return g.at - b })
	who := -1
	for _, g := range c.seen[first:] {
		if g.at >= b {
			break
		}
		y := c.of(g.party)
		if g.sent != s || g.quoted || g.pronoun {
			continue
		}
		who = -1
		if y != named && (c.Parties[y].kind != recount.Anonymous || len(c.Parties[y].words) > 0) {
			continue
		}
		gap := strings.ToLower(c.p.Text[g.at:b])
		for _, w := range [...]string{" who ", " whom ", " known ", " called ", " nicknamed ", " using ", " with the alias ", " going by ", " identified ", " under the name "} {
			if strings.Contains(gap, w) {
				who = y
				break
			}
		}
	}
	return who
}

// beforeName marks the name near which a sentence says that it is not real.
func (c *parties) beforeName(s int, text string, start int, names []page.Name) bool {
	for _, a := range aliases {
		at := strings.Index(text, a)
		if at < 0 {
			continue
		}
		at += start
		var after, before *page.Name
		for i := range names {
			n := &names[i]
			if n.Entity < 0 {
				continue
			}
			if n.Span.Start > at && after == nil && n.Span.Start-at < len(a)+40 {
				after = n
			} else if n.Span.End <= at {
				before = n
			}
		}
		n := after
		if n == nil && strings.HasPrefix(a, "not h") || n == nil && strings.Contains(a, "changed") || before != nil && asGiven(c.p.Text[before.Span.End:at]) {
			n = before // "Ruth, as she asked to be called,"
		}
		if n == nil {
			continue
		}
		y := c.of(n.Entity)
		if len(c.Parties[y].words) > 1 && n == before {
			continue
		}
		c.Parties[y].kind = recount.Pseudonym
		// The person described as the subject of the sentence is meant, or the one
		// about whom a clause tells it.
		joined := false
		first, _ := slices.BinarySearchFunc(c.seen, start, func(g sighting, b int) int { return g.at - b })
		for _, g := range c.seen[first:] {
			if g.at >= at {
				break
			}
			if g.sent == s && g.subject && c.Parties[c.of(g.party)].kind == recount.Anonymous {
				c.join(y, g.party)
				joined = true
			}
		}
		if who := c.describedBefore(s, start, at, y); !joined && n == after && who >= 0 && c.of(who) != c.of(y) {
			c.join(y, who)
		}
		return true
	}
	return false
}

// asGiven reports whether words between a name and how somebody asks to be called
// say that it is this name.
func asGiven(gap string) bool {
	switch strings.ToLower(strings.Trim(gap, " ,–—(")) {
	case "as she", "as he", "as they", "as the woman", "as the man", "which is how she", "which is how he", "which is what she", "which is what he", "the name she", "the name he", "is the name she", "is the name he", "the name by which she", "the name by which he":
		return true
	}
	return false
}

// alsoCalled are how a text says that two names are one person's.
var alsoCalled = [...]string{"known as", "known to", "nicknamed", "aka ", "a.k.a.", "goes by", "went by", "née", "nee ", "born ", "better known", "alias"}

// alsoNamed joins two names of a sentence between which the text says that they
// are one person's ("Kelly-Ann, known to everyone as “Kez”").
func (c *parties) alsoNamed() {
	for i := 0; i+1 < len(c.p.Names); i++ {
		a, b := &c.p.Names[i], &c.p.Names[i+1]
		if a.Entity < 0 || b.Entity < 0 || b.Span.Start-a.Span.End > 60 || b.Span.Start <= a.Span.End || c.p.SentenceAt(a.Span.Start) != c.p.SentenceAt(b.Span.Start) || a.Owner {
			continue
		}
		gap := c.p.Text[a.Span.End:b.Span.Start]
		for _, w := range alsoCalled {
			if strings.Contains(gap, w) && !strings.Contains(gap, " and ") {
				x, y := c.of(a.Entity), c.of(b.Entity)
				if c.Parties[y].name.Len() > c.Parties[x].name.Len() {
					x, y = y, x
				}
				c.join(x, y)
				break
			}
		}
	}
}

// lede joins the person that the first sentence describes without a name ("a
// mechanic from the coast") to the first person named after it, if that name
// is introduced as a subject with an age or a description right behind it.
func (c *parties) lede() {
	body := c.p.LineStart(c.p.BodyStart())
	lead := -1 // somebody without a name in the first two lines
	var heads []string
	for _, g := range c.seen {
		y := c.of(g.party)
		e := c.Parties[y]
		lines := int(c.lines(body, g.at))
		if lines >= 5 {
			return
		}
		switch {
		case e.kind == recount.Anonymous && lead < 0:
			if lines > 1 || g.quoted || !g.subject || strings.Contains(c.p.Sentences[g.sent].Span.In(c.p.Text), "not to be") {
				return
			}
			lead, heads = y, e.heads
		case e.kind == recount.Anonymous && y != lead:
			if lines <= 1 {
				return // two people
			}
		case lead < 0:
			return // who is named first is described by nobody
		case e.kind == recount.Named && y != lead:
			if !g.subject && g.at != e.name.Start {
				return
			}
			if e.opposed(c.Parties[lead].sex()) || c.introduced(e, heads) {
				return
			}
			if c.times(y) < 2 {
				continue
			}
			c.join(y, lead)
			return
		}
	}
}

// sex returns the pronoun class that a description shows, or "".
func (y *party) sex() string {
	switch {
	case y.women > y.men:
		return "f"
	case y.men > y.women:
		return "m"
	}
	return ""
}

// times returns how often a party is sighted.
func (c *parties) times(y int) (n int) {
	for _, s := range c.seen {
		if c.of(s.party) == y {
			n++
		}
	}
	return n
}

// introduced reports whether a person is introduced by a description of an own,
// so that the one before is somebody else's: "Ada Marr, a baker," after "a
// mechanic".
func (c *parties) introduced(y *party, heads []string) bool {
	rest := c.p.Text[y.name.End:]
	if !strings.HasPrefix(rest, ", a ") && !strings.HasPrefix(rest, ", an ") {
		return false
	}
	for _, h := range y.heads {
		if slices.Contains(heads, h) {
			return false
		}
	}
	return len(y.heads) > 0
}

// chunk resolves a source without a tagger: by the last word before the first
// comma or preposition.
func (c *parties) chunk(span recount.Span, words []page.Word) int {
	first := words[0]
	if last := words[len(words)-1]; !strings.ContainsAny(span.In(c.p.Text), " \u00a0") && c.p.Lex.Pronouns[last.Lower] != "" {
		first = last // "a-t-elle"
	}
	if len(words) == 1 || len(words) <= 3 && c.p.Lex.Pronouns[first.Lower] != "?" { // "die Direktorin" is no "die"
		if y, ok := c.pronoun(first, first.Span, c.last(0)); ok {
			return y // "sie an"
		}
	}
	head, tail := c.head(words)
	class := c.p.Lex.Nouns[head]
	if class == "" && len(words) > 1 && definiteWord(c.p.Lex.Code, words[0].Lower) {
		class = c.p.Lex.Nouns[words[1].Lower] // an adjective behind its noun: "le ministère maravien"
	}
	names := c.p.NamesIn(span)
	if len(names) == 0 && class == "" && c.leftOut(words) {
		if y := c.lastPerson(c.p.LineStart(span.Start), span.Start); y >= 0 {
			return y
		}
		if y := c.last(0); y >= 0 && c.Parties[y].kind.Person() {
			return y
		}
		if y := c.lastPerson(0, span.Start); y >= 0 {
			return y
		}
	}
	var best *page.Name
	end := words[tail-1].Span.End
	for i := range names {
		n := &names[i]
		if n.Owner || n.Span.End > end && !strings.HasSuffix(strings.TrimRight(c.p.Text[span.Start:n.Span.Start], " "), ",") {
			continue
		}
		if class != "" && !lang.Somebody(class) && n.Span.End <= end {
			continue
		}
		best = n
	}
	if best != nil {
		if best.Entity >= 0 {
			c.genderOf(best.Entity, words)
			return c.of(best.Entity)
		}
		return c.thing(span, best)
	}
	switch class {
	case "document":
		return c.describe(span, recount.Document, head)
	case "organisation":
		return c.describe(span, recount.Organisation, head)
	case "collective":
		return c.describe(span, recount.Collective, head)
	}
	if y := c.wordsOf(words); y >= 0 {
		c.mention(y, span)
		return y
	}
	pointing := definiteWord(c.p.Lex.Code, words[0].Lower) && (c.p.Lex.Code != "ar" || len(words) > 2)
	if class == "" && !pointing && (c.p.Lex.Code == "ar" || !c.p.Lex.Known() || words[0].Upper && len(words) > 1) {
		y := c.describe(span, recount.Named, strings.ToLower(span.In(c.p.Text)))
		c.Parties[y].words = strings.Fields(strings.ToLower(span.In(c.p.Text)))
		return y
	}
	if y := c.sole(words); y >= 0 {
		c.mention(y, span)
		c.genderOf(y, words)
		return y
	}
	y := c.describe(span, recount.Anonymous, head)
	c.genderOf(y, words)
	return y
}

// definiteWord reports whether a word brings in somebody who was spoken of
// before, or is an article that hangs on one.
func definiteWord(code, w string) bool {
	switch w {
	case "der", "die", "das", "diese", "dieser":
		return code == "de"
	case "le", "la", "l", "cette", "ce", "cet":
		return code == "fr" || code == "es"
	case "el", "esta", "este", "esa", "ese":
		return code == "es"
	case "o", "a", "esta ", "essa", "esse":
		return code == "pt"
	}
	return code == "fr" && (strings.HasPrefix(w, "l’") || strings.HasPrefix(w, "l'")) || code == "ar" && strings.HasPrefix(w, "ال")
}

// leftOut reports whether what stands beside a word of speech names nobody, in
// the languages whose verbs need no pronoun: "según relata", "por su parte, asegura".
func (c *parties) leftOut(words []page.Word) bool {
	switch c.p.Lex.Code {
	case "es", "pt", "ar", "pl", "ru", "tr":
	default:
		return false
	}
	for _, w := range words {
		if w.Upper || c.p.Lex.Nouns[w.Lower] != "" {
			return false
		}
	}
	first := words[0].Lower
	if definiteWord(c.p.Lex.Code, first) {
		return false
	}
	switch first {
	case "un", "una", "unos", "unas", "su", "sus", "um", "uma", "seu", "sua", "bir":
		return false
	}
	return c.p.Lex.Code != "ar" || c.p.Lex.Stops[first] || strings.HasPrefix(first, "و") && c.p.Lex.Stops[strings.TrimPrefix(first, "و")]
}

// lastPerson returns the person that was named last before byte b and not before
// byte a: one with several names or a title before one with a single name, which
// may be a place.
func (c *parties) lastPerson(a, b int) int {
	found := -1
	k := c.before(b) - 1
	only := c.anyLikely(k+1, "")
	for i := k; i >= 0 && i > k-lookBack && c.seen[i].at >= a; i-- {
		y := c.of(c.seen[i].party)
		e := c.Parties[y]
		if !e.kind.Person() || c.seen[i].quoted {
			continue
		}
		if len(e.words) > 1 && (!only || c.likely(y)) || len(e.heads) > 0 || e.Speaks {
			return y
		}
		if found < 0 {
			found = y
		}
	}
	return found
}

// wordsOf returns the person of several names one of which a source has, where a
// script has no capitals to find names by, or -1.
func (c *parties) wordsOf(words []page.Word) int {
	if c.p.Lex.Code != "ar" {
		return -1
	}
	for i := len(c.Parties) - 1; i >= max(0, len(c.Parties)-maxParties); i-- {
		y := c.Parties[i]
		if y.into >= 0 || y.kind != recount.Named || len(y.words) < 2 {
			continue
		}
		for _, w := range words[:min(len(words), 4)] {
			if utf8.RuneCountInString(w.Lower) > 3 && c.p.Lex.Nouns[w.Lower] == "" && slices.Contains(y.words, w.Lower) {
				return i
			}
		}
	}
	return -1
}

// sole returns whom a description with an article or a demonstrative points back
// to: the only person of several names so far, or else who spoke last; -1 if
// it brings in somebody new.
func (c *parties) sole(words []page.Word) int {
	if !definiteWord(c.p.Lex.Code, words[0].Lower) {
		return -1
	}
	gender := c.p.Lex.Nouns[words[min(1, len(words)-1)].Lower]
	found, several := -1, false
	before := min(farBack, c.before(words[0].Span.Start))
	only := c.anyLikely(before, "")
	for _, s := range c.seen[:before] {
		y := c.of(s.party)
		e := c.Parties[y]
		if only && !c.likely(y) {
			continue
		}
		if e.kind != recount.Named || len(e.words) < 2 || y == found || gender == "woman" && e.weight() < 0 || gender == "man" && e.weight() > 0 {
			continue
		}
		several = several || found >= 0
		found = y
	}
	if !several {
		return found
	}
	if y := c.last(0); y >= 0 && c.Parties[y].kind == recount.Named && !(gender == "woman" && c.Parties[y].weight() < 0) && !(gender == "man" && c.Parties[y].weight() > 0) {
		return y
	}
	return -1
}

// head returns the head noun of a source and how many words its first noun
// phrase has.
func (c *parties) head(words []page.Word) (string, int) {
	for i := 1; i < len(words); i++ {
		gap := c.p.Text[words[i-1].Span.End:words[i].Span.Start]
		if strings.ContainsAny(gap, ",;:()“”\"،؛") {
			return page.Bare(words[i-1].Lower), i
		}
		switch words[i].Lower {
		case "of", "for", "in", "at", "from", "with", "who", "that", "to", "on", "by", "whose", "and", "close", "familiar", "which", "where",
			"de", "du", "des", "qui", "der", "von", "que", "del":
			if i+1 < len(words) && words[i+1].Upper && (words[i-1].Upper || page.Connector(words[i-1].Lower)) && page.Connector(words[i].Lower) {
				continue // "van de Velde"
			}
			return page.Bare(words[i-1].Lower), i
		}
	}
	return page.Bare(words[len(words)-1].Lower), len(words)
}
