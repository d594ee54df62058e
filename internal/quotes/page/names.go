package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
)

// A name is one proper name in the text, without titles.
type Name struct {
	Span   recount.Span
	Words  []string // in lower case
	Kind   byte     // 'P' person, 'O' organisation, 'L' place, '?' any of them
	Gender recount.Gender
	title  bool // a title stands before it
	Titles []string
	Owner  bool // followed by a possessive mark
	Entity int  // index of the person it belongs to, or -1
	doubt  bool // a noun that begins a sentence: a name if a longer one holds it
}

// connectors may stand inside a name in lower case.
func Connector(w string) bool {
	switch w {
	case "de", "van", "von", "bin", "ibn", "der", "den", "la", "le", "al", "el", "da", "di", "du", "del", "dos", "y",
		"binti", "bint", "binte", "bte", "ben", "ter", "ten", "zu", "zur", "af", "av", "ap", "do", "das", "des", "della", "dello", "san", "ud", "ul", "ur", "ole", "wa", "ould", "abu":
		return true
	}
	return false
}

// kunya returns the gender of those whose name a word begins as "father of" or
// "mother of" ("Abu Yusuf", "Umm Khalid").
func kunya(w string) (recount.Gender, bool) {
	switch w {
	case "abu", "abou", "aboo":
		return recount.Man, true
	case "umm", "um", "oum", "oumm":
		return recount.Woman, true
	}
	return recount.UnknownGender, false
}

// findNames lists runs of capitalised words. A word that is a stop word at
// the beginning of a sentence begins no name.
func (p *Page) FindNames() {
	if p.Lex.Code == "ar" {
		p.arabicNames()
	}
	for i := 0; i < len(p.Words); {
		if i > 0 && !p.Training && p.Words[i].Upper && Style(p.Words[i-1].Lower, p.Words[i].Lower) && p.adjoins(i-1, i) {
			i++ // "her Honour"
			continue
		}
		if !p.Words[i].Upper || (p.Lex.Stops[p.Words[i].Lower] || slices.Contains(p.Lex.According, p.Words[i].Lower)) && !p.smallGiven(i) || NumberWord(p.Words[i].Lower) || !p.Training && (amount(p.Words[i].Lower) || p.dated(i)) || !p.nameWord(i) && !p.smallGiven(i) && !p.opensName(i) {
			i++
			continue
		}
		j := i + 1
		for j < len(p.Words) && p.Words[j].Sent == p.Words[i].Sent && p.adjoins(j-1, j) {
			if gap := p.Text[p.Words[j-1].Span.End:p.Words[j].Span.Start]; gap == "-" && !p.Lex.Stops[p.Words[j].Lower] {
				j++ // "Wai-lam"
				continue
			}
			if p.Words[j].Upper && p.Words[j].Region == p.Words[j-1].Region && (!p.Lex.Stops[p.Words[j].Lower] || len(p.Words[j].Lower) == 1 && (p.Words[j].Lower != "i" || strings.HasPrefix(p.Text[p.Words[j].Span.End:], ".")) || p.proper != nil && p.proper[j]) {
				j++
				continue
			}
			k := j
			for k < len(p.Words) && k < j+2 && (Connector(p.Words[k].Lower) || p.Words[k].Lower == "of") && p.adjoins(k, min(k+1, len(p.Words)-1)) {
				k++
			}
			if k > j && k < len(p.Words) && p.Words[k].Upper && p.Words[k].Sent == p.Words[i].Sent && (p.Words[j].Lower != "of" || p.orgWord(i, j)) {
				j = k + 1
				continue
			}
			break
		}
		j = p.nickname(i, j)
		if j < len(p.Words) && p.Words[j].Sent == p.Words[i].Sent && p.adjoins(j-1, j) {
			switch p.Words[j].Lower {
			case "plc", "ltd", "llc", "gmbh":
				j++
			}
		}
		p.addName(i, j)
		i = j
	}
	p.agree()
}

// amount reports whether a word is a few letters of money and a number ("R9.50",
// "rs4,500"), which nobody is called.
func amount(w string) bool {
	n := 0
	for n < len(w) && n < 4 && w[n] >= 'a' && w[n] <= 'z' {
		n++
	}
	return n > 0 && n < 4 && n < len(w) && strings.Trim(w[n:], "0123456789.,kmbn") == "" && w[n] >= '0' && w[n] <= '9'
}

// dated reports whether word i is a month with its day or year beside it.
func (p *Page) dated(i int) bool {
	w := &p.Words[i]
	if p.Lex.Code != "en" || !Month(w.Lower) {
		return false
	}
	number := func(k int) bool {
		return k >= 0 && k < len(p.Words) && p.Words[k].Sent == w.Sent && strings.Trim(p.Words[k].Lower, "0123456789") == "" && len(p.Words[k].Lower) < 5
	}
	return number(i-1) && p.Between(p.Words[i-1].Span.End, w.Span.Start) == "" || number(i+1) && p.Between(w.Span.End, p.Words[i+1].Span.Start) == ""
}

// Month reports whether a word is an English month.
func Month(w string) bool {
	switch w {
	case "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december":
		return true
	}
	return false
}

// Style reports whether two words are what somebody of rank is called ("his Honour").
func Style(owner, w string) bool {
	switch owner {
	case "his", "her", "your", "their":
	default:
		return false
	}
	switch w {
	case "honour", "honor", "honours", "honors", "worship", "lordship", "ladyship", "excellency", "majesty", "highness", "eminence", "holiness", "beatitude":
		return true
	}
	return false
}

// opensName reports whether word i, which begins a sentence, begins a name though the
// tagger does not tell: a last name that stands before the first ("Nguyen Thi Lan
// said"), or two initials ("K. P. Sheeja").
func (p *Page) opensName(i int) bool {
	w := &p.Words[i]
	if p.Lex.Code != "en" || i != p.First[w.Sent] || i+2 >= len(p.Words) {
		return false
	}
	next, third := &p.Words[i+1], &p.Words[i+2]
	if !next.Upper || next.Sent != w.Sent || !p.adjoins(i, i+1) || p.Lex.Stops[next.Lower] && len(next.Lower) > 1 {
		return false
	}
	if utf8.RuneCountInString(w.Lower) == 1 {
		return utf8.RuneCountInString(next.Lower) == 1 && third.Upper && third.Sent == w.Sent && p.adjoins(i+1, i+2)
	}
	return p.Lex.Families[w.Lower] && p.Lex.Nouns[w.Lower] == ""
}

// smallGiven reports whether a small word is a first name where it stands: inside a
// sentence, with a capital, before another capital ("said Per Lie").
func (p *Page) smallGiven(i int) bool {
	w := p.Words[i]
	if p.givenSpeaks(i) {
		return true
	}
	return w.Span.Start > p.Sentences[w.Sent].Span.Start && (w.Lower == "per" || w.Lower == "will" || p.given(i)) && i+1 < len(p.Words) && p.Words[i+1].Upper && p.Words[i+1].Sent == w.Sent && p.adjoins(i, i+1) && !(w.Region >= 0 && p.Regions[w.Region].Inner.Start == w.Span.Start)
}

// givenSpeaks reports whether a word with a capital is a first name by what
// stands beside it: a verb of speaking, not in the form that follows "will"
// ("said Will", "Will said"), or an age ("Joy, 29, said").
func (p *Page) givenSpeaks(i int) bool {
	w := p.Words[i]
	if p.Lex.Code != "en" || !w.Upper || !p.given(i) || len(w.Lower) < 3 {
		return false
	}
	beside := func(k int) bool {
		if k < 0 || k >= len(p.Words) || p.Words[k].Sent != w.Sent || p.Words[k].Upper {
			return false
		}
		verb := p.Words[k].Lower
		return p.Lex.Cues[verb] != "" && (strings.HasSuffix(verb, "d") || strings.HasSuffix(verb, "s"))
	}
	if beside(i-1) && p.Inverted(i-1) && p.Between(p.Words[i-1].Span.End, w.Span.Start) == "" || beside(i+1) && p.Between(w.Span.End, p.Words[i+1].Span.Start) == "" {
		return true
	}
	rest, ok := strings.CutPrefix(p.Text[w.Span.End:], ", ")
	age := 0
	for age < len(rest) && rest[age] >= '0' && rest[age] <= '9' {
		age++
	}
	return ok && age == 2 && strings.HasPrefix(rest[age:], ",")
}

// Inverted reports whether verb i may have its subject behind it: it stands
// behind a quotation or a comma, or begins a sentence, as none does with a
// subject before it ("he said Chelsea was shut").
func (p *Page) Inverted(i int) bool {
	return i == 0 || p.Words[i-1].Sent != p.Words[i].Sent || strings.ContainsAny(p.Text[p.Words[i-1].Span.End:p.Words[i].Span.Start], ",”\"’'»“?!")
}

// nickname goes on with a name over a nickname in marks or brackets and what
// follows it ("Barry “Bazza” Kitto"), and over "s/o" and "d/o".
func (p *Page) nickname(i, j int) int {
	if j >= len(p.Words) || p.Words[j].Sent != p.Words[i].Sent || p.Words[i].Region >= 0 && p.Words[j].Region != p.Words[i].Region {
		return j
	}
	w := p.Words[j]
	if (w.Lower == "s" || w.Lower == "d") && j+2 < len(p.Words) && p.Words[j+1].Lower == "o" && p.Words[j+2].Upper && p.Text[w.Span.End:p.Words[j+1].Span.Start] == "/" {
		j += 3
	} else {
		k := j
		for k < len(p.Words) && k < j+3 && p.Words[k].Sent == w.Sent && (w.Region >= 0 && p.Words[k].Region == w.Region || w.Region < 0 && k == j) {
			k++
		}
		before, after := p.Text[p.Words[j-1].Span.End:w.Span.Start], ""
		if k < len(p.Words) {
			after = p.Text[p.Words[k-1].Span.End:p.Words[k].Span.Start]
		}
		if k == j || k >= len(p.Words) || !p.Words[k].Upper || p.Words[k].Sent != w.Sent || p.Words[k].Region == w.Region && w.Region >= 0 || !enclosed(before, after) || p.Lex.Stops[p.Words[k].Lower] {
			return j
		}
		j = k + 1
	}
	for j < len(p.Words) && p.Words[j].Upper && p.Words[j].Sent == w.Sent && p.adjoins(j-1, j) && !p.Lex.Stops[p.Words[j].Lower] {
		j++
	}
	return j
}

// enclosed reports whether what stands before and after a few words are a mark
// that opens and one that closes.
func enclosed(before, after string) bool {
	open, _ := utf8.DecodeRuneInString(strings.TrimLeft(before, " "))
	shut, _ := utf8.DecodeRuneInString(after)
	return strings.HasPrefix(before, " ") && utf8.RuneCountInString(before) == 2 && strings.ContainsRune("“\"‘'(", open) &&
		utf8.RuneCountInString(after) == 2 && strings.HasSuffix(after, " ") && strings.ContainsRune("”\"’')", shut)
}

// dropNouns removes, where no tagger tells, the single words that begin a
// sentence, and in German any single word, unless a longer name holds them or
// a title stands before them.
func (p *Page) dropNouns() {
	known := map[string]bool{}
	for _, n := range p.Names {
		begins := n.Span.Start == p.Sentences[p.SentenceAt(n.Span.Start)].Span.Start
		if len(n.Words) > 1 || n.title || !begins && p.Lex.Code != "de" {
			for _, w := range n.Words {
				known[w] = true
			}
		}
	}
	p.Names = slices.DeleteFunc(p.Names, func(n Name) bool { return len(n.Words) == 1 && !known[n.Words[0]] })
}

// dropWords removes the single words that begin a sentence and stand elsewhere
// in lower case, or are listed as nouns that nobody is called by, unless a longer
// name holds them; the latter also stay if they have a capital inside a sentence.
func (p *Page) dropWords() {
	plain, known, inside := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, w := range p.Words {
		if !w.Upper {
			plain[Bare(w.Lower)] = true
			plain[strings.TrimSuffix(Bare(w.Lower), "s")] = true
		}
	}
	begins := func(n *Name) bool { return n.Span.Start == p.Sentences[p.SentenceAt(n.Span.Start)].Span.Start }
	for i := range p.Names {
		n := &p.Names[i]
		if len(n.Words) > 1 && n.Kind != 'O' || n.title {
			for _, w := range n.Words {
				known[w] = true
			}
		}
		if len(n.Words) == 1 && !begins(n) && 3*p.capitals[p.SentenceAt(n.Span.Start)] < 2*(p.First[p.SentenceAt(n.Span.Start)+1]-p.First[p.SentenceAt(n.Span.Start)]) {
			inside[n.Words[0]] = true // and not in a heading, where each word has a capital
		}
	}
	p.Names = slices.DeleteFunc(p.Names, func(n Name) bool {
		return len(n.Words) == 1 && (plain[n.Words[0]] || !p.Training && p.Lex.Things[n.Words[0]] && !inside[n.Words[0]]) && !known[n.Words[0]] && begins(&n)
	})
}

// agree makes one word that is a person's first or last name a person wherever it stands
// alone, whatever the tagger says there.
func (p *Page) agree() {
	p.majority()
	if p.proper != nil {
		p.dropWords()
		//p.lone()
		p.evidence()
	}
	parts := map[string]bool{}
	for _, n := range p.Names {
		if n.Kind == 'P' && len(n.Words) > 1 {
			parts[n.Words[len(n.Words)-1]] = true
			parts[n.Words[0]] = true
		}
	}
	if p.proper == nil {
		p.dropNouns()
	} else if !p.Training {
		p.lastNames()
	}
	p.Names = slices.DeleteFunc(p.Names, func(n Name) bool { return n.doubt && !parts[n.Words[0]] })
	for i := range p.Names {
		n := &p.Names[i]
		if len(n.Words) == 1 && parts[n.Words[0]] && (n.Kind == 'O' || n.Kind == 'L' || n.Kind == 'M') {
			n.Kind = 'P'
		}
	}
}

// lastNames adds the last names that the tagger takes for other words where they stand
// alone: a word with a capital that ends a person's full name, is nothing else in the
// article and no noun ("At 36, Lund sleeps badly." where Ivo Lund was named).
func (p *Page) lastNames() {
	last := map[string]bool{}
	held := map[int]bool{} // words of names
	for i := range p.Names {
		n := &p.Names[i]
		if w := n.Words[len(n.Words)-1]; n.Kind == 'P' && len(n.Words) > 1 && len(w) > 2 && p.Lex.Nouns[w] == "" && !p.Lex.Stops[w] && !p.Lex.Things[w] && p.Lex.Titles[w] == "" {
			last[w] = true
		}
		for k := p.WordAt(n.Span.Start); k < len(p.Words) && p.Words[k].Span.Start < n.Span.End; k++ {
			held[k] = true
		}
	}
	for i := range p.Words {
		if w := &p.Words[i]; !w.Upper && last[w.Lower] {
			delete(last, w.Lower)
		}
	}
	added := false
	for i := range p.Words {
		w := &p.Words[i]
		if !w.Upper || held[i] || !last[w.Lower] || i > 0 && p.Words[i-1].Upper && p.adjoins(i-1, i) || i+1 < len(p.Words) && p.Words[i+1].Upper && p.adjoins(i, i+1) {
			continue
		}
		p.Names = append(p.Names, Name{Span: w.Span, Words: []string{w.Lower}, Kind: 'P', Gender: recount.UnknownGender, Entity: -1})
		added = true
	}
	if added {
		slices.SortFunc(p.Names, func(a, b Name) int { return a.Span.Start - b.Span.Start })
	}
}

// majority makes a name of several words a body's wherever it stands, if the
// tagger takes it for a body more often than for a person and no title says
// otherwise, or if its first word stands in lower case elsewhere in the article
// and is no known first name ("Big Harbour" beside "a big boat").
func (p *Page) majority() {
	if p.proper == nil {
		return
	}
	bodies := map[string]int{} // times a body less times a person
	for _, n := range p.Names {
		if key := strings.Join(n.Words, " "); len(n.Words) > 1 && n.Kind == 'O' {
			bodies[key]++
		} else if n.title {
			bodies[key] -= len(p.Names)
		} else if n.Kind == 'P' {
			bodies[key]--
		}
	}
	plain := map[string]bool{}
	for _, w := range p.Words {
		if !w.Upper {
			plain[w.Lower] = true
		}
	}
	for i := range p.Names {
		n := &p.Names[i]
		if n.Kind != 'P' && n.Kind != '?' || len(n.Words) < 2 {
			continue
		}
		g, surname := p.Given.Of(n.Words[0])
		word := !n.title && plain[n.Words[0]] && !Connector(n.Words[0]) && g == recount.UnknownGender && !surname && !p.Given.BothBear(n.Words[0])
		if given, _ := p.Given.Of(n.Words[1]); word && len(n.Words) > 2 && given != recount.UnknownGender {
			// "Secretary of State Ada Marr": the name begins a word later.
			n.Words = n.Words[1:]
			n.Span.Start = p.Words[p.WordAt(n.Span.Start)+1].Span.Start
			continue
		}
		if word || bodies[strings.Join(n.Words, " ")] > 0 {
			n.Kind = 'O'
		}
	}
}

func (p *Page) nameWord(i int) bool {
	if p.proper != nil && !p.proper[i] && p.named[i] == 0 {
		r := p.Words[i].Region
		return r >= 0 && p.Regions[r].Inner == p.Words[i].Span
	}
	r, _ := utf8.DecodeRuneInString(p.Words[i].Lower)
	return unicode.IsLetter(r)
}

// adjoins reports whether only a space, an initial's stop or a hyphen lies
// between two words.
func (p *Page) adjoins(i, j int) bool {
	if j <= i {
		return false
	}
	gap := p.Text[p.Words[i].Span.End:p.Words[j].Span.Start]
	switch gap {
	case " ", "-", "\u00a0", " & ", "&":
		return true
	case ". ", ".":
		_, titled := p.Lex.Titles[p.Words[i].Lower]
		w := p.Words[i].Lower
		return titled || w == "st" || utf8.RuneCountInString(w) == 1 || len(w) == 3 && w[1] == '.'
	}
	return false
}

// bodyWord reports whether words i to j end in the last word of a body's name
// and do not begin with a first name ("Metro Suburban Rail", not "Martha Mills").
func (p *Page) bodyWord(i, j int) bool {
	last := Bare(p.Words[j-1].Lower)
	if j-i < 2 || !p.Lex.Bodies[last] && (p.Training || !p.Lex.Halls[last]) {
		return false
	}
	switch last {
	case "plc", "ltd", "llc", "inc", "corp", "gmbh", "bhd", "pty", "holdings":
		return true
	}
	g, _ := p.Given.Of(p.Words[i].Lower)
	return g == recount.UnknownGender && !p.Given.BothBear(p.Words[i].Lower)
}

func (p *Page) orgWord(i, j int) bool {
	for ; i < j; i++ {
		if p.Lex.Nouns[p.Words[i].Lower] == "organisation" || p.Lex.Nouns[p.Words[i].Lower] == "document" {
			return true
		}
	}
	return false
}

// addName appends the name made of words i to j, split from the titles and
// nouns before it.
func (p *Page) addName(i, j int) {
	n := Name{Kind: '?', Gender: recount.UnknownGender, Entity: -1}
	letters := false
	for j-i > 2 && PostNominal(p.Words[j-1].Span.In(p.Text)) {
		j-- // "Leila Sen KC"
		letters = true
	}
	// "Merrow Harbour Court Justice Ada Marr": the name follows the last title.
	if p.Lex.Nouns[Bare(p.Words[j-1].Lower)] != "organisation" {
		for k := j - 2; k > i; k-- {
			if _, titled := p.Lex.Titles[p.Words[k].Lower]; titled && len(p.Words[k].Lower) > 2 {
				i = k
				break
			}
			if OfficeInLetters(p.Words[k].Span.In(p.Text)) {
				i, n.title = k+1, true // "Harper Quill CEO Dana Wirth"
				break
			}
		}
	}
	body := p.Lex.Nouns[Bare(p.Words[j-1].Lower)] == "organisation" || p.bodyWord(i, j)
	for i < j {
		w := p.Words[i].Lower
		g, titled := p.Lex.Titles[w]
		class := p.Lex.Nouns[w]
		if body && !titled {
			break // "Republican National Committee" is no person with a title
		}
		if !titled && (!lang.Somebody(class) || p.named != nil && p.named[i] == lang.Person) {
			break
		}
		if i+1 == j && (!titled || len(p.Words[i].Lower) > 4) {
			if p.proper != nil && !titled && p.Words[i].Span.Start == p.Sentences[p.Words[i].Sent].Span.Start {
				n.doubt = true
				break
			}
			if p.Words[i].Span.Start == p.Sentences[p.Words[i].Sent].Span.Start || class != "" {
				return // a noun at the beginning of a sentence, or a title alone
			}
			break
		}
		n.title = true
		n.Titles = append(n.Titles, strings.TrimSuffix(w, "."))
		switch {
		case g == "m" || class == "man":
			n.Gender = recount.Man
		case g == "f" || class == "woman":
			n.Gender = recount.Woman
		}
		i++
	}
	if i >= j || j-i == 1 && PostNominal(p.Words[i].Span.In(p.Text)) {
		return // nothing but titles
	}
	if i > 0 && p.adjoins(i-1, i) && !p.Words[i-1].Upper {
		if class := p.Lex.Nouns[p.Words[i-1].Lower]; lang.Somebody(class) {
			n.title = true // "host Ada Marr"
			if class == "man" {
				n.Gender = recount.Man
			} else if class == "woman" {
				n.Gender = recount.Woman
			}
			n.Titles = append(n.Titles, p.Words[i-1].Lower)
		}
	}
	for i < j-1 && Connector(p.Words[i].Lower) {
		if _, ok := kunya(p.Words[i].Lower); ok || p.Words[i].Upper && j-i > 2 && p.Lex.Families[p.Words[i].Lower] {
			break
		}
		i++ // "De Blasio" at the beginning of a sentence
	}
	if g, ok := kunya(p.Words[i].Lower); ok && i < j-1 && n.Gender == recount.UnknownGender {
		n.Gender = g
	}
	if p.proper == nil && !p.given(i) {
		// Where no tagger tells, a name begins with its first known first name: "im
		// Flur von Annegret Lohmüller".
		for k := i + 1; k+1 < j; k++ {
			if p.given(k) && (Connector(p.Words[k-1].Lower) || p.Lex.Code == "de") {
				i = k
				break
			}
		}
	}
	if class := p.Lex.Nouns[Bare(p.Words[max(j-1, 0)].Lower)]; (class == "organisation" || p.bodyWord(i, j)) && !n.title {
		n.Kind = 'O'
	} else if !strings.Contains(p.Text[p.Words[i].Span.Start:p.Words[j-1].Span.End], "&") {
		from := i
		if i, j = p.person(i, j, &n); i > from && n.Gender != recount.UnknownGender {
			// "Harbour Mom Corners Marr": the title is not that of the name.
			n.Gender, n.Titles = recount.UnknownGender, nil
		}
		// "On Tuesday Mr al-Khatib": the title stands inside what the tagger takes
		// for the name.
		for i < j-1 && !n.title {
			g, titled := p.Lex.Titles[p.Words[i].Lower]
			if !titled || g == "?" {
				break
			}
			n.title = true
			n.Titles = append(n.Titles, strings.TrimSuffix(p.Words[i].Lower, "."))
			if g == "m" {
				n.Gender = recount.Man
			} else {
				n.Gender = recount.Woman
			}
			i++
		}
	}
	if i > 0 && i < j && p.Words[i-1].Lower == "the" && !n.title && n.Kind != 'P' && n.Kind != 'L' && n.Kind != 'M' {
		n.Kind = 'O'
	}
	if i >= j {
		return
	}
	n.Span = recount.Span{Start: p.Words[i].Span.Start, End: p.Words[j-1].Span.End}
	if p.proper == nil && p.Words[i].Lower == "the" {
		n.Kind = 'O' // a foreign name in another language: "The Limes"
	}
	if strings.Contains(n.Span.In(p.Text), "&") {
		n.Kind = 'O' // "Harlan & Pryce"
	}
	caps := false
	for k := i; k < j; k++ {
		w := p.Words[k]
		lower := w.Lower
		for _, tail := range [...]string{"'s", "’s"} {
			if t, ok := strings.CutSuffix(lower, tail); ok {
				lower = t
				if k == j-1 {
					n.Owner = true
					n.Span.End -= len(tail)
				}
			}
		}
		n.Words = append(n.Words, recount.BareName(strings.ReplaceAll(lower, "’", "'")))
		class := p.Lex.Nouns[lower]
		if n.Kind == '?' && (class == "organisation" || class == "collective" || class == "document") {
			n.Kind = 'O'
		}
		s := w.Span.In(p.Text)
		caps = caps || len(s) >= 2 && strings.ToUpper(s) == s && k == i && j == i+1
	}
	if after := p.Text[n.Span.End:]; strings.HasPrefix(after, "'s") || strings.HasPrefix(after, "’s") || strings.HasPrefix(after, "’ ") || strings.HasPrefix(after, "' ") {
		n.Owner = true
	}
	switch {
	case n.title || letters && j-i > 1:
		n.Kind = 'P'
	case n.Kind == '?' && caps:
		n.Kind = 'O'
	case (n.Kind == '?' || n.Kind == 'P') && i > 0 && j == i+1:
		switch p.Words[i-1].Lower {
		case "in", "from", "near", "at", "across", "into", "outside":
			n.Kind = 'L'
		}
	}
	if n.Span.Within(p.Text) {
		p.Names = append(p.Names, n)
	}
}

// person asks the tagger what the words i to j are. If some of them are a
// person's name, the rest is cut off: what stands before the name, and what
// after it is the name of something else.
func (p *Page) person(i, j int, n *Name) (int, int) {
	if p.named == nil {
		return i, j
	}
	var count [len(lang.Names)]int
	first, last := -1, -1
	for k := i; k < j; k++ {
		count[p.named[k]]++
		if p.named[k] == lang.Person {
			if first < 0 {
				first = k
			}
			last = k
		}
	}
	switch {
	case first >= 0:
		n.Kind = 'P'
		for last+1 < j && (p.named[last+1] == 0 || last+2 == j && last-i < 2 && p.named[last+1] != lang.Location && p.Lex.Nouns[Bare(p.Words[last+1].Lower)] == "") {
			last++
		}
		for first > i && p.given(first-1) && p.Lex.Titles[p.Words[first-1].Lower] == "" && !p.monthAt(first-1) {
			first-- // whatever the tagger takes a first name for
		}
		for first > i && p.named[first-1] == 0 && p.mayBegin(first-1) && p.Lex.Nouns[p.Words[first-1].Lower] == "" && p.Lex.Titles[p.Words[first-1].Lower] == "" && strings.ToUpper(p.Words[first-1].Span.In(p.Text)) != p.Words[first-1].Span.In(p.Text) {
			first--
		}
		for first > i && p.opensName(first-1) {
			first--
		}
		// "Yusof bin Salleh": what a small word of names joins is one name.
		for first > i && (p.small(first) || p.small(first-1)) {
			first--
		}
		for last+1 < j && (p.small(last) || p.small(last+1)) {
			last++
		}
		return first, last + 1
	case count[lang.Organisation] > 0 && count[lang.Organisation] >= count[lang.Location]:
		n.Kind = 'O'
	case count[lang.Location] > 0:
		n.Kind = 'L'
	case count[lang.Misc] > 0 || count[5] > 0:
		n.Kind = 'M'
	}
	return i, j
}

// small reports whether word i is one that stands inside names in lower case.
func (p *Page) small(i int) bool { return !p.Words[i].Upper && Connector(p.Words[i].Lower) }

// NumberWord reports whether a word counts: no name begins with one, but its
// sentence may.
func NumberWord(w string) bool {
	switch w {
	case "rs", "rs.", "ksh", "sh", "inr", "zero", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "nobody", "somebody", "everybody", "anybody", "nothing", "everything", "i'd", "i’d", "i'm", "i’m", "i've", "i’ve", "i'll", "i’ll":
		return true
	}
	return false
}

// PostNominal reports whether a word is what stands behind the names of those
// who hold an office, an order or a degree.
func PostNominal(w string) bool {
	switch w {
	case "KC", "QC", "SC", "MP", "MEP", "MSP", "MS", "MLA", "MLC", "TD", "MBE", "OBE", "CBE", "KBE", "DBE", "CH", "JP", "PhD", "MD", "MPP", "MNA", "RN", "SJ", "OP", "DL", "FRS", "SAN", "OFR", "AM", "AO", "AC", "OAM", "BL", "TV":
		return true
	}
	return false
}

// OfficeInLetters reports whether a word is an office of a firm by its letters.
func OfficeInLetters(w string) bool {
	switch w {
	case "CEO", "CFO", "COO", "CTO", "CIO", "CMO", "VP", "SVP", "EVP", "DG":
		return true
	}
	return false
}

// monthAt reports whether word i is a month in a date ("in April Joanne Marr").
func (p *Page) monthAt(i int) bool {
	switch p.Words[i].Lower {
	case "april", "may", "june", "august":
	default:
		return false
	}
	if i == 0 {
		return false
	}
	switch p.Words[i-1].Lower {
	case "in", "since", "until", "last", "by", "this", "late", "early", "mid", "of", "from":
		return true
	}
	return false
}

// given reports whether word i is a known first name.
func (p *Page) given(i int) bool {
	w := recount.BareName(p.Words[i].Lower)
	g, _ := p.Given.Of(w)
	return g != recount.UnknownGender || p.Given.BothBear(w)
}

// mayBegin reports whether a word that the tagger does not take for a name may
// begin one: not where any word has a capital, at the beginning of a sentence
// or in a heading ("Keep Ada Marr Out"), unless it is a known first name.
func (p *Page) mayBegin(i int) bool {
	if g, _ := p.Given.Of(p.Words[i].Lower); g != recount.UnknownGender {
		return true
	}
	s := p.Words[i].Sent
	from, to := p.First[s], p.First[s+1]
	if i == from {
		// The tagger takes it for a proper noun, and a word of speech follows the
		// name: "Sven Hult said".
		return p.proper[i] && i+2 < to && p.Lex.Cues[p.Words[i+2].Lower] != "" && p.Lex.Nouns[p.Words[i].Lower] == ""
	}
	return 3*p.capitals[s] < 2*(to-from)
}

// nameClasses notes for each word what the tagger says of the token it begins.
func (p *Page) NameClasses(tokens []lang.Token) {
	p.named, p.proper = make([]uint8, len(p.Words)), make([]bool, len(p.Words))
	k := 0
	for i, w := range p.Words {
		for k < len(tokens) && tokens[k].Span.End <= w.Span.Start {
			k++
		}
		if k < len(tokens) {
			p.named[i], p.proper[i] = tokens[k].Name, Proper(&tokens[k])
		}
	}
}

// namesIn returns the names inside a span.
func (p *Page) NamesIn(s recount.Span) []Name {
	lo, hi := 0, len(p.Names)
	for lo < hi {
		if m := (lo + hi) / 2; p.Names[m].Span.Start < s.Start {
			lo = m + 1
		} else {
			hi = m
		}
	}
	from := lo
	for lo < len(p.Names) && p.Names[lo].Span.End <= s.End {
		lo++
	}
	return p.Names[from:lo]
}
