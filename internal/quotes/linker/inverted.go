package linker

import (
	"strings"
	"unicode"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// inverted turns a quotation round that was read the wrong way: what stands before a
// comma and a word of speech is what is said, and who says it stands behind ("Four
// agencies would lose their licences, vowed the minister", "In 97 of them, says the
// report, ...", "The word, revealed her husband, was “Lift”").
func (v *view) inverted(c *candidate) {
	p := v.Page
	if c.to-c.from != 1 || len(c.Content) == 0 || len(c.Source) != 1 || c.Source[0].Start >= c.Cue[0].Start {
		return
	}
	cue := &v.Tokens[c.from]
	switch cue.POS {
	case lang.VBD, lang.VBZ, lang.VBP:
	default:
		return
	}
	switch lemma := p.Lex.Cues[page.Lower(cue.Span.In(p.Text))]; lemma {
	case "describe", "call", "name", "quote", "mention", "cite", "criticise", "criticize", "praise", "blame", "accuse", "ask", "tell", "discuss", "reject", "deny", "dispute", "thank", "urge":
		return // these take a noun
	}
	from, to := v.First[cue.Sentence], v.First[cue.Sentence+1]
	comma := c.from - 1
	if comma <= from || p.Text[v.Tokens[comma].Span.Start] != ',' || v.Region[c.from] >= 0 || c.Content[0].Start < cue.Span.End {
		return
	}
	// Who stands behind the word of speech, up to a comma or the end.
	who := c.from + 1
	if who >= to || v.Tokens[who].Span.Start != c.Content[0].Start {
		return
	}
	end := who
	for end < to && v.Tokens[end].Shape != lang.ShapeMark && v.Region[end] < 0 {
		if t := &v.Tokens[end]; end-who > 12 || t.POS == lang.VBD || t.POS == lang.VBZ || t.POS == lang.VBP || t.POS == lang.MD {
			return // a clause: "Marr, 58, said her brother was ill"
		}
		end++
	}
	if end == who || end < to && v.Region[end] >= 0 {
		return
	}
	head := -1 // the last noun before a preposition
	for i := who; i < end; i++ {
		if v.Tokens[i].POS == lang.IN || v.Tokens[i].POS == lang.VBN {
			break
		}
		if page.Noun(&v.Tokens[i]) || v.Tokens[i].POS == lang.PRP {
			head = i
		}
	}
	if head < 0 || !v.mayTell(who, head) {
		return
	}
	// Before the comma stands a clause, or what no one is; or behind the speaker goes
	// on what was begun before.
	clause, other := false, 0
	for i := from; i < comma; i++ {
		switch t := &v.Tokens[i]; {
		case t.POS == lang.WP || t.POS == lang.WDT || v.Region[i] >= 0:
			return
		case t.POS == lang.VBD || t.POS == lang.VBZ || t.POS == lang.VBP || t.POS == lang.MD:
			clause = true
		case t.Shape == lang.ShapeMark && p.Text[t.Span.Start] == ',':
			other++
		}
	}
	rest := recount.Span{}
	goes := false
	if end < to && p.Text[v.Tokens[end].Span.Start] == ',' {
		rest = lang.Trim(p.Text, recount.Span{Start: v.Tokens[end].Span.End, End: c.Content[len(c.Content)-1].End})
		last := end
		for last+1 < to && last-end < 10 { // "her husband, Usman Ghani, was"
			if k := last + 1; page.Proper(&v.Tokens[k]) || page.Connector(page.Lower(v.Tokens[k].Span.In(p.Text))) {
				last++
				continue
			}
			if last > end && p.Text[v.Tokens[last+1].Span.Start] == ',' {
				rest.Start = v.Tokens[last+1].Span.End
				rest = lang.Trim(p.Text, rest)
				end = last + 1
			}
			break
		}
		k := end + 1
		goes = k < to && (v.Tokens[k].POS == lang.VBD || v.Tokens[k].POS == lang.VBZ || v.Tokens[k].POS == lang.VBP || v.Tokens[k].POS == lang.MD)
		if k < to && (v.Tokens[k].POS == lang.WP || v.Tokens[k].POS == lang.WDT || page.Lower(v.Tokens[k].Span.In(p.Text)) == "whose") {
			rest = recount.Span{} // it says more of who speaks
		}
	}
	opens := v.Tokens[from].POS == lang.IN
	source := v.HeadIn(c.Source[0])
	thing := source >= 0 && !v.mayTell(source, source) && other == 0 // "Speaking breeds speaking, argues Dr Marr"
	if !clause && !goes && !(opens && rest.Len() > 0) && !thing || clause && other > 1 {
		return
	}
	c.turned = true
	before := recount.Span{Start: v.Tokens[from].Span.Start, End: v.Tokens[comma-1].Span.End}
	c.Source = []recount.Span{{Start: v.Tokens[who].Span.Start, End: v.Tokens[end-1].Span.End}}
	c.Content = []recount.Span{before}
	if rest.Len() > 3 && rest.Within(p.Text) {
		c.Content = append(c.Content, rest)
	}
}

// mayTell reports whether the noun of a phrase may say something: a name, a
// pronoun, or a noun for a person, a body or a paper.
func (v *view) mayTell(from, head int) bool {
	p := v.Page
	t := &v.Tokens[head]
	w := page.Lower(t.Span.In(p.Text))
	switch {
	case t.POS == lang.PRP:
		return w == "he" || w == "she" || w == "they"
	case page.Proper(t):
		return true
	}
	return p.Lex.Nouns[w] != "" || p.Lex.Nouns[strings.TrimSuffix(w, "s")] != ""
}

// dateline reports whether a quotation is nothing but the news from a place whose
// name in capitals and a colon begin its line ("MOMBASA: Dock workers called off ...").
func (v *view) dateline(c *candidate) bool {
	p := v.Page
	if len(c.Source) != 1 || len(c.Content) == 0 || c.Cue[0].In(p.Text) != ":" {
		return false
	}
	s := c.Source[0]
	if s.Start != p.LineStart(s.Start) || strings.IndexFunc(s.In(p.Text), unicode.IsLower) >= 0 || len(s.In(p.Text)) < 4 {
		return false
	}
	finite := false
	for _, piece := range c.Content {
		if strings.ContainsAny(piece.In(p.Text), "“\"‘«?!") {
			return false
		}
		for i := v.TokenAt(piece.Start); i < len(v.Tokens) && v.Tokens[i].Span.Start < piece.End; i++ {
			switch page.Lower(v.Tokens[i].Span.In(p.Text)) {
			case "i", "we", "you", "my", "our", "your", "me", "us":
				return false
			}
			finite = finite || v.Tokens[i].POS == lang.VBD || v.Tokens[i].POS == lang.VBZ || v.Tokens[i].POS == lang.VBP || v.Tokens[i].POS == lang.MD
		}
	}
	return finite
}

// nobodyThere takes away a source that names nobody: a verb, or a phrase of place or
// time ("at the next board").
func (v *view) nobodyThere(c *candidate) {
	if len(c.Source) != 1 {
		return
	}
	i, j := v.TokenAt(c.Source[0].Start), v.TokenAt(c.Source[0].End)
	if i >= j || i >= len(v.Tokens) {
		return
	}
	t := &v.Tokens[i]
	switch t.POS {
	case lang.VBD, lang.VBZ, lang.VBP, lang.VBG, lang.MD:
		if t.Shape == lang.ShapeLower && j-i <= 3 {
			c.Source = nil
		}
	}
}

// resumes gives a quotation its first half where only the second was read: what goes on
// behind a remark between commas with a verb that has no subject there ("The burial
// ground, one of the guards reminded them, had been there for years"), and what goes
// on behind whom it was said to ("Had any of them, she demanded of the graduands,
// looked at a wall?").
func (v *view) resumes(c *candidate) {
	p := v.Page
	if len(c.Content) != 1 || len(c.Source) != 1 || c.Source[0].End > c.Cue[0].Start || c.Content[0].Start < c.Cue[0].End {
		return
	}
	sentence := int(v.Tokens[c.from].Sentence)
	from, to := v.First[sentence], v.First[sentence+1]
	comma := v.TokenAt(c.Source[0].Start) - 1
	if comma < from || comma-from > 30 || p.Text[v.Tokens[comma].Span.Start] != ',' || v.Region[from] >= 0 {
		return
	}
	first := v.TokenAt(c.Content[0].Start)
	if first >= to || v.Region[first] >= 0 {
		return
	}
	finite := func(t *lang.Token) bool {
		return t.POS == lang.VBD || t.POS == lang.VBZ || t.POS == lang.VBP || t.POS == lang.MD
	}
	before := recount.Span{Start: v.Tokens[from].Span.Start, End: v.Tokens[comma].Span.Start}
	if before.Len() < 4 {
		return
	}
	verbs := 0
	for i := from; i < comma; i++ {
		if finite(&v.Tokens[i]) {
			verbs++
		}
	}
	switch v.Tokens[from].POS {
	case lang.CC, lang.VBG, lang.VBN:
		return
	}
	switch {
	case finite(&v.Tokens[first]) && verbs == 0 && p.Text[v.Tokens[first-1].Span.Start] == ',':
		switch v.Tokens[from].POS {
		case lang.IN, lang.RB, lang.TO:
			return
		}
		c.Content = []recount.Span{before, c.Content[0]}
	case v.Tokens[c.to-1].POS == lang.IN && c.to-c.from > 1 && !finite(&v.Tokens[first]):
		end := first
		for end < to && p.Text[v.Tokens[end].Span.Start] != ',' && v.Tokens[end].Shape != lang.ShapeQuote {
			if finite(&v.Tokens[end]) || end-first > 10 {
				return
			}
			end++
		}
		if end+1 >= to || v.Tokens[end].Shape == lang.ShapeQuote || v.Region[end+1] >= 0 || c.Content[0].End > v.Tokens[end].Span.Start {
			return
		}
		last := to - 1
		for last > end && v.Tokens[last].Shape == lang.ShapeMark && p.Text[v.Tokens[last].Span.Start] != '?' {
			last--
		}
		if last > end {
			c.Content = []recount.Span{before, {Start: v.Tokens[end+1].Span.Start, End: v.Tokens[last].Span.End}}
		}
	}
}

// whereTold takes where something is told, and to whom, out of what is told: what
// stands between the word of speech and "that" ("concludes on the ninth page that the
// roof was rotten", "warns readers on its last page that ...").
func (v *view) whereTold(c *candidate) {
	p := v.Page
	if len(c.Content) != 1 || c.Content[0].Start < c.Cue[0].End || c.to >= len(v.Tokens) || p.Between(c.Cue[0].End, c.Content[0].Start) != "" && v.TokenAt(c.Content[0].Start) > c.to+1 {
		return
	}
	to := v.First[int(v.Tokens[c.from].Sentence)+1]
	at := func(i int) string { return page.Lower(v.Tokens[i].Span.In(p.Text)) }
	places := func(i int) bool { // "told of records that ..." tells no place
		switch at(i) {
		case "on", "in", "at", "to", "by", "under", "during":
			return true
		}
		return false
	}
	place := c.to-c.from > 1 && places(c.to-1)
	behind := place
	for i := c.to; i < to-2 && i < c.to+9; i++ {
		t := &v.Tokens[i]
		if at(i) == "that" {
			start := v.Tokens[i+1].Span.Start
			if place && start < c.Content[0].End && start > c.Content[0].Start && t.POS == lang.IN {
				c.Content[0].Start = start
			}
			return
		}
		switch t.POS {
		case lang.IN:
			if !place && !places(i) {
				return
			}
			place = true
		case lang.VBD, lang.VBZ, lang.VBP, lang.MD, lang.VBG, lang.VBN, lang.TO:
			return
		}
		if t.Shape == lang.ShapeMark || t.Shape == lang.ShapeQuote || i == c.to && !behind && t.POS != lang.IN && !page.Noun(t) && t.POS != lang.PRP {
			return
		}
	}
}

// remarkBehind turns a quotation round whose content ends in a remark that says who
// speaks: "None of them says thief, Marr emphasised" is Marr's, all of it before the
// comma.
func (v *view) remarkBehind(c *candidate) {
	p := v.Page
	if len(c.Content) != 1 || c.Content[0].Start < c.Cue[0].End {
		return
	}
	from, to := v.First[int(v.Tokens[c.from].Sentence)], v.First[int(v.Tokens[c.from].Sentence)+1]
	last := v.TokenAt(c.Content[0].End) - 1
	if last >= to || last < c.to+3 || v.Region[last] >= 0 || v.Region[from] >= 0 || last+1 < to && v.Tokens[last+1].Shape != lang.ShapeMark {
		return
	}
	verb := &v.Tokens[last]
	if verb.POS != lang.VBD && verb.POS != lang.VBZ || p.Lex.Cues[page.Lower(verb.Span.In(p.Text))] == "" {
		return
	}
	who := last
	for who-1 > c.to && last-who < 4 && (page.Proper(&v.Tokens[who-1]) || v.Tokens[who-1].POS == lang.PRP && who == last) {
		who--
		if v.Tokens[who].POS == lang.PRP {
			break
		}
	}
	if who == last || p.Text[v.Tokens[who-1].Span.Start] != ',' {
		return
	}
	if w := page.Lower(v.Tokens[who].Span.In(p.Text)); v.Tokens[who].POS == lang.PRP && w != "he" && w != "she" && w != "they" {
		return
	}
	c.Source = []recount.Span{{Start: v.Tokens[who].Span.Start, End: v.Tokens[last-1].Span.End}}
	c.Cue = []recount.Span{verb.Span}
	c.Content = []recount.Span{{Start: v.Tokens[from].Span.Start, End: v.Tokens[who-2].Span.End}}
	c.from, c.to = last, last+1
}
