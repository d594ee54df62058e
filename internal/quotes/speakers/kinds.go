package speakers

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// A called is what an article calls by one name: all names of the same words.
type called struct {
	names    []int // indices in page.Names
	words    []string
	titled   bool // a title stands before one of them
	aged     bool // an age stands behind one of them, or behind its last word alone
	taken    bool // "he" or "she" takes it up at once
	told     bool // an age or a trade is said of one of them
	apart    bool // it is one word of capitals, the initials of a body, or one behind "the", or several people
	body     bool // it holds an ampersand, or a longer name ends in what bodies' names end in: "plc"
	person   int  // of them, those that the tagger takes for a person's
	votes    int  // what stands beside them: above 0 for a body, below for a person
	features []uint32
}

// personAhead is how many quarters of a nat must speak for a person before a name
// that the tagger takes for something else is taken for a person's, and bodyAhead
// how many against before one that it takes for a person's is not.
const (
	personAhead = 2
	bodyAhead   = 4
)

// kinds decides of each name whether a person bears it. Whose name it is is one
// for the whole article, decided from all places where it stands: the tagger,
// which has learned the names of one country, is one witness among others.
func (c *parties) kinds(ranking *lang.Linear) {
	if c.v == nil || ranking == nil {
		return
	}
	all := c.calls()
	var e [1]int32
	person := map[string]bool{} // first and last words of people of several names
	for _, short := range [2]bool{false, true} {
		for i := range all {
			g := &all[i]
			if (len(g.words) == 1) != short {
				continue
			}
			was := g.person > 0
			is := was
			named, known := c.firstNamed(g)
			switch {
			case g.titled, g.aged, g.taken && !g.body, short && person[g.words[0]]:
				is = true
			case known:
				is = named
			case g.body:
				is = false
			default:
				ranking.Sum(e[:], g.features)
				switch lead := int(e[0]) * 1024; {
				case lead > personAhead*ranking.Unit && !g.apart && g.votes < 2:
					is = true
				case lead < -bodyAhead*ranking.Unit:
					is = false
				}
			}
			if is && !short {
				person[g.words[0]], person[g.words[len(g.words)-1]] = true, true
			}
			for _, k := range g.names {
				n := &c.p.Names[k]
				switch p := n.Kind == 'P' || n.Kind == '?'; {
				case is && !p:
					n.Kind = 'P'
				case !is && p && was:
					n.Kind = 'O'
				}
			}
		}
	}
}

// calls lists what the article has names for, with what tells whether a person
// bears them.
func (c *parties) calls() []called {
	index := map[string]int{}
	var all []called
	for i := range c.p.Names {
		n := &c.p.Names[i]
		if len(n.Words) == 0 {
			continue
		}
		key := strings.Join(n.Words, " ")
		k, ok := index[key]
		if !ok {
			k = len(all)
			index[key] = k
			all = append(all, called{words: n.Words})
		}
		g := &all[k]
		g.apart = g.apart || c.noPerson(n)
		g.names = append(g.names, i)
		g.titled = g.titled || len(n.Titles) > 0
		if n.Kind == 'P' || n.Kind == '?' {
			g.person++
		}
		if !c.p.Training && c.p.Lex.Code == "en" {
			g.taken = g.taken || c.takenUp(i)
			g.told = g.told || !c.behind(n.Span.End).none()
		}
		g.aged = g.aged || c.p.Lex.Code == "en" && c.ageBehind(n.Span.End) > 9 && strings.HasPrefix(c.p.Text[n.Span.End+len(", 23"):], ",")
	}
	for i := range all {
		g := &all[i]
		if len(g.words) < 2 {
			continue
		}
		k, ok := index[g.words[len(g.words)-1]]
		if ok && all[k].aged {
			g.aged = true // "Kaspar Rune", where "said Rune, 23," stands too
		}
		if first, _ := c.p.Given.Of(g.words[0]); first != recount.UnknownGender && len(g.words) == 2 && (g.told || ok && all[k].told) {
			g.aged = true // "For Rashida Hamid the road ended. Hamid was a nurse."
			if ok {
				all[k].aged = true
			}
		}
	}
	for i := range all {
		g := &all[i]
		g.body = g.body || strings.Contains(c.p.Names[g.names[0]].Span.In(c.p.Text), "&")
		if n := len(g.words) - 1; n > 0 && c.p.Lex.Bodies[g.words[n]] {
			if k, ok := index[strings.Join(g.words[:n], " ")]; ok {
				all[k].body = true
			}
		}
	}
	// Which last and first words stand with a title, alone, or in longer names.
	titled, first, final := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i := range all {
		g := &all[i]
		last := g.words[len(g.words)-1]
		if g.titled {
			titled[last] = true
		}
		if len(g.words) > 1 {
			first[g.words[0]], final[last] = true, true
		}
	}
	plain := map[string]bool{}
	for _, w := range c.p.Words {
		if !w.Upper {
			plain[page.Bare(w.Lower)] = true
		}
	}
	for i := range all {
		g := &all[i]
		last := g.words[len(g.words)-1]
		family := truth(titled[last]) | truth(len(g.words) > 1 && first[last])<<1 | truth(len(g.words) == 1 && first[last])<<2 | truth(len(g.words) == 1 && final[last])<<3
		lower := truth(plain[g.words[0]]) | truth(plain[last])<<1
		g.features = c.kindFeatures(g, family, lower)
	}
	return all
}

// takenUp reports whether "he" or "she" begins the sentence behind that of name k, and
// nobody else is spoken of there: "For Rashida Hamid the road ended. She is 36 now." It
// is asked of two words of which the first is a first name that the pronoun fits.
func (c *parties) takenUp(k int) bool {
	n := &c.p.Names[k]
	if len(n.Words) != 2 || n.Owner || c.p.Lex.Bodies[n.Words[1]] || c.p.Lex.Nouns[n.Words[1]] != "" || lands[n.Words[0]] {
		return false
	}
	sentence := int(c.p.SentenceAt(n.Span.Start))
	if sentence+1 >= len(c.p.Sentences) || !told(c.p.Sentences[sentence].Role) || !told(c.p.Sentences[sentence+1].Role) {
		return false
	}
	i := c.p.WordAt(c.p.Sentences[sentence+1].Span.Start)
	if i >= len(c.p.Words) || int(c.p.Words[i].Sent) != sentence+1 || c.p.Words[i].Region >= 0 {
		return false
	}
	g, _ := c.p.Given.Of(n.Words[0])
	switch uncontracted(c.p.Words[i].Lower) {
	case "he":
		if g != recount.Man && !c.p.Given.BothBear(n.Words[0]) {
			return false
		}
	case "she":
		if g != recount.Woman && !c.p.Given.BothBear(n.Words[0]) {
			return false
		}
	default:
		return false
	}
	for _, near := range [...]int{k - 1, k + 1} {
		if near < 0 || near >= len(c.p.Names) || c.p.SentenceAt(c.p.Names[near].Span.Start) != sentence || c.p.Names[near].Kind == 'L' {
			continue
		}
		x := c.p.WordAt(c.p.Names[near].Span.Start)
		if len(c.p.Names[near].Words) > 1 || x == 0 || !c.p.Lex.Stops[c.p.Words[x-1].Lower] || c.p.Words[x-1].Lower == "and" {
			return false // somebody else, and no place
		}
	}
	if i-c.p.First[sentence] > farBack {
		return false
	}
	for x := c.p.First[sentence]; x < i; x++ {
		if c.p.Lex.Person(c.p.Words[x].Lower) {
			return false
		}
	}
	return true
}

// told reports whether sentences of a role tell a story.
func told(role recount.Role) bool { return role == recount.Body || role == recount.Fragment }

// noPerson reports whether a name is made like none of one person: one word in
// capitals ("CNS"), one word behind "the" ("the Hill"), or a plural ("Fellow
// Republicans").
func (c *parties) noPerson(n *page.Name) bool {
	if last := c.v.At(c.v.TokenAt(n.Span.End - 1)); last.POS == lang.NNPS && n.Kind != 'P' {
		return true
	}
	if len(n.Words) > 1 {
		return false
	}
	text := n.Span.In(c.p.Text)
	i := c.p.WordAt(n.Span.Start)
	return strings.ToUpper(text) == text && len(text) < 6 || i > 0 && c.p.Words[i-1].Lower == "the" && c.p.Words[i-1].Sent == c.p.Words[i].Sent
}

// kindFeatures lists what tells whether a person bears a name.
func (c *parties) kindFeatures(g *called, family, lower uint32) []uint32 {
	p, v := c.p, c.v
	size := uint32(min(len(g.words), 3))
	given := func(w string) uint32 {
		x, surname := c.p.Given.Of(w)
		return truth(x != recount.UnknownGender || c.p.Given.BothBear(w)) | truth(surname)<<1
	}
	last := g.words[len(g.words)-1]
	lists := given(g.words[0])<<2 | given(last)
	n0 := &p.Names[g.names[0]]
	text := n0.Span.In(p.Text)
	shape := truth(strings.ToUpper(text) == text) | truth(strings.Contains(text, "-"))<<1 | truth(strings.IndexFunc(text, func(r rune) bool { return r > 0x7F && unicode.IsLetter(r) }) >= 0)<<2
	for _, w := range g.words {
		if utf8.RuneCountInString(strings.TrimSuffix(w, ".")) == 1 {
			shape |= 1 << 3
		}
		if page.Connector(w) {
			shape |= 1 << 4
		}
		if w == "of" || w == "and" || w == "the" {
			shape |= 1 << 5
		}
	}
	class := uint32(0)
	for i, w := range g.words {
		x := p.Lex.Nouns[w]
		b := uint32(0)
		switch {
		case x == "organisation" || x == "document" || p.Lex.Bodies[w]:
			b = 1
		case x != "":
			b = 2
		}
		if i == len(g.words)-1 {
			class |= b << 2
		} else {
			class |= b
		}
	}
	var tags [8]int   // what the tagger says of the words
	var kind [128]int // what was made of it
	beside := 0
	f := make([]uint32, 0, 64)
	context := map[uint32]int{}
	for _, k := range g.names[:min(len(g.names), maxLook)] {
		n := &p.Names[k]
		kind[n.Kind&127]++
		beside += p.Beside(n)
		from, to := v.TokenAt(n.Span.Start), v.TokenAt(n.Span.End)
		for i := from; i < to && i < len(v.Tokens); i++ {
			tags[v.Tokens[i].Name&7]++
		}
		i, j := p.WordAt(n.Span.Start), p.WordAt(n.Span.End-1)+1
		begins := i == 0 || p.Words[i-1].Sent != p.Words[i].Sent
		before, after := uint32(1), uint32(1)
		if !begins {
			before = c.company(p.Words[i-1].Lower, p.Text[p.Words[i-1].Span.End:n.Span.Start])
		}
		rest := p.Text[n.Span.End:]
		switch {
		case n.Owner:
			after = 2
			if j < len(p.Words) {
				after = 3 + c.company(p.Words[j].Lower, "")%8
			}
		case j >= len(p.Words) || p.Words[j].Sent != p.Words[i].Sent:
		default:
			after = 16 + c.company(p.Words[j].Lower, p.Text[n.Span.End:p.Words[j].Span.Start])
		}
		subject := truth(c.subject(n.Span))
		quoted := truth(p.Quoted(n.Span.Start))
		who := uint32(0) // the next pronoun close by
		for x := j; x < len(p.Words) && x < j+18 && who == 0 && !(p.Words[x].Upper && !p.Lex.Stops[p.Words[x].Lower]); x++ {
			switch p.Lex.Pronouns[p.Words[x].Lower] {
			case "m", "f":
				who = 1
			case "n":
				who = 2
			case "p":
				who = 3
			}
			if w := p.Words[x].Lower; w == "who" || w == "whose" {
				who = 4
			} else if w == "which" || w == "its" {
				who = 5
			}
		}
		next := uint32(0)
		if to < len(v.Tokens) && v.Tokens[to].Sentence == v.At(from).Sentence {
			next = 1 + uint32(v.Tokens[to].POS)
		}
		bracket := truth(strings.HasPrefix(rest, " (")) | truth(strings.HasPrefix(rest, ", "))<<1 | truth(strings.HasPrefix(rest, ":"))<<2
		for _, x := range [...]uint32{lang.Mix1(201, before), lang.Mix1(202, after), lang.Mix2(203, before, size), lang.Mix2(204, after, size), lang.Mix2(205, subject, truth(begins)), lang.Mix2(206, who, size), lang.Mix2(207, who, subject), lang.Mix2(208, next, size), lang.Mix2(209, bracket, size), lang.Mix2(210, quoted, size), lang.Mix2(211, before, lists), lang.Mix3(212, subject, size, lists)} {
			context[x]++
			if context[x] == 1 {
				f = append(f, x)
			} else if context[x] == 3 {
				f = append(f, lang.Mix1(299, x))
			}
		}
	}
	best, most := uint32(0), 0
	for t, n := range tags[1:] {
		if n > most {
			best, most = uint32(t+1), n
		}
	}
	pure := truth(most == tags[0]+most)
	share := uint32(0) // of the places, those taken for a person's
	switch n := len(g.names); {
	case g.person == n:
		share = 3
	case 2*g.person > n:
		share = 2
	case g.person > 0:
		share = 1
	}
	made := uint32(0)
	for _, x := range [...]byte{'P', '?', 'O', 'L', 'M'} {
		made = made<<1 | truth(kind[x] > 0)
	}
	times := uint32(min(len(g.names), 4))
	g.votes = beside
	votes := uint32(min(max(beside, -6), 6) + 6)
	ending := func(w string, n int) uint32 { return lang.Hash(w[max(0, len(w)-n):]) }
	return append(f, lang.Mix1(220, made), lang.Mix3(221, made, size, lists), lang.Mix3(222, best, pure, size), lang.Mix2(223, best, lists), lang.Mix2(224, share, times), lang.Mix3(225, share, lists, size), lang.Mix1(226, votes), lang.Mix2(227, votes, share), lang.Mix3(228, votes, size, lists), lang.Mix2(229, family, size), lang.Mix2(230, family, share), lang.Mix2(231, shape, size), lang.Mix2(232, shape, best),
		lang.Mix2(233, class, size), lang.Mix2(234, class, share), lang.Mix2(235, lower, size), lang.Mix3(236, lower, lists, share), lang.Mix2(237, lists, size), lang.Mix1(238, ending(last, 3)), lang.Mix2(239, ending(last, 2), size), lang.Mix2(240, ending(g.words[0], 2), size), lang.Mix2(241, times, size), lang.Mix2(242, uint32(min(len(last), 12)), size))
}

// company says in a few classes what a word beside a name is, and what stands
// between the two.
func (c *parties) company(w, gap string) uint32 {
	sort := uint32(0)
	switch {
	case strings.ContainsAny(gap, ",;"):
		sort = 1
	case strings.TrimSpace(gap) != "":
		sort = 2
	}
	x := uint32(0)
	switch w {
	case "in", "at", "near", "outside", "across", "around", "into", "towards", "inside", "via":
		x = 1
	case "from", "to":
		x = 2
	case "of", "for", "on":
		x = 3
	case "by", "with", "told", "asked", "says", "said":
		x = 4
	case "the", "this", "that", "a", "an":
		x = 5
	case "and", "or", "but":
		x = 6
	case "his", "her", "their", "my", "our":
		x = 7
	case "who", "whose", "whom":
		x = 8
	case "is", "was", "has", "had":
		x = 9
	case "called", "named", "like", "than":
		x = 10
	default:
		class := c.p.Lex.Nouns[w]
		switch {
		case c.p.Lex.Cues[w] != "" || c.p.Lex.Speech[w] != "" || c.p.Lex.Thoughts[w] != "":
			x = 11
		case lang.Somebody(class):
			x = 12
		case class != "":
			x = 13
		case w != "" && w[0] >= '0' && w[0] <= '9':
			x = 14
		case c.p.Lex.Stops[w]:
			x = 15
		}
	}
	return x*4 + sort
}
