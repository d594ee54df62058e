package quotes

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
)

// A name is one proper name in the text, without titles.
type name struct {
	span   recount.Span
	words  []string // in lower case
	kind   byte     // 'P' person, 'O' organisation, 'L' place, '?' any of them
	gender recount.Gender
	title  bool // a title stands before it
	titles []string
	owner  bool // followed by a possessive mark
	entity int  // index of the person it belongs to, or -1
}

// connectors may stand inside a name in lower case.
func connector(w string) bool {
	switch w {
	case "de", "van", "von", "bin", "ibn", "der", "den", "la", "le", "al", "el", "da", "di", "du", "del", "dos", "y":
		return true
	}
	return false
}

// findNames lists runs of capitalised words. A word that is a stop word at
// the beginning of a sentence begins no name.
func (p *page) findNames() {
	for i := 0; i < len(p.words); {
		if !p.words[i].upper || p.lex.Stops[p.words[i].lower] || slices.Contains(p.lex.According, p.words[i].lower) || !p.nameWord(i) {
			i++
			continue
		}
		j := i + 1
		for j < len(p.words) && p.words[j].sent == p.words[i].sent && p.adjoins(j-1, j) {
			if p.words[j].upper && p.words[j].region == p.words[j-1].region && (!p.lex.Stops[p.words[j].lower] || len(p.words[j].lower) == 1 || p.proper != nil && p.proper[j]) {
				j++
				continue
			}
			k := j
			for k < len(p.words) && k < j+2 && (connector(p.words[k].lower) || p.words[k].lower == "of") && p.adjoins(k, min(k+1, len(p.words)-1)) {
				k++
			}
			if k > j && k < len(p.words) && p.words[k].upper && p.words[k].sent == p.words[i].sent && (p.words[j].lower != "of" || p.orgWord(i, j)) {
				j = k + 1
				continue
			}
			break
		}
		p.addName(i, j)
		i = j
	}
	p.agree()
}

// agree makes one word that is a person's surname a person wherever it stands
// alone, whatever the tagger says there.
func (p *page) agree() {
	surnames := map[string]bool{}
	for _, n := range p.names {
		if n.kind == 'P' && len(n.words) > 1 {
			surnames[n.words[len(n.words)-1]] = true
		}
	}
	for i := range p.names {
		n := &p.names[i]
		if len(n.words) == 1 && surnames[n.words[0]] && (n.kind == 'O' || n.kind == 'L' || n.kind == 'M') {
			n.kind = 'P'
		}
	}
}

func (p *page) nameWord(i int) bool {
	if p.proper != nil && !p.proper[i] && p.named[i] == 0 {
		r := p.words[i].region
		return r >= 0 && p.regions[r].inner == p.words[i].span
	}
	r, _ := utf8.DecodeRuneInString(p.words[i].lower)
	return unicode.IsLetter(r)
}

// adjoins reports whether only a space, an initial's stop or a hyphen lies
// between two words.
func (p *page) adjoins(i, j int) bool {
	if j <= i {
		return false
	}
	gap := p.text[p.words[i].span.End:p.words[j].span.Start]
	switch gap {
	case " ", "-", "\u00a0":
		return true
	case ". ", ".":
		_, titled := p.lex.Titles[p.words[i].lower]
		w := p.words[i].lower
		return titled || utf8.RuneCountInString(w) == 1 || len(w) == 3 && w[1] == '.'
	}
	return false
}

func (p *page) orgWord(i, j int) bool {
	for ; i < j; i++ {
		if p.lex.Nouns[p.words[i].lower] == "organisation" || p.lex.Nouns[p.words[i].lower] == "document" {
			return true
		}
	}
	return false
}

// addName appends the name made of words i to j, split from the titles and
// nouns before it.
func (p *page) addName(i, j int) {
	n := name{kind: '?', gender: recount.UnknownGender, entity: -1}
	for i < j {
		w := p.words[i].lower
		g, titled := p.lex.Titles[w]
		class := p.lex.Nouns[w]
		if !titled && (class != "person" && class != "man" && class != "woman" || p.named != nil && p.named[i] == lang.Person) {
			break
		}
		if i+1 == j && (!titled || len(p.words[i].lower) > 4) {
			if p.words[i].span.Start == p.sentences[p.words[i].sent].Span.Start || class != "" {
				return // a noun at the beginning of a sentence, or a title alone
			}
			break
		}
		n.title = true
		n.titles = append(n.titles, strings.TrimSuffix(w, "."))
		switch {
		case g == "m" || class == "man":
			n.gender = recount.Man
		case g == "f" || class == "woman":
			n.gender = recount.Woman
		}
		i++
	}
	if i > 0 && p.adjoins(i-1, i) && !p.words[i-1].upper {
		switch p.lex.Nouns[p.words[i-1].lower] {
		case "person", "man", "woman":
			n.title = true // "host Ada Marr"
			n.titles = append(n.titles, p.words[i-1].lower)
		}
	}
	for i < j-1 && connector(p.words[i].lower) {
		i++ // "De Blasio" at the beginning of a sentence
	}
	if class := p.lex.Nouns[bare(p.words[max(j-1, 0)].lower)]; class == "organisation" && !n.title {
		n.kind = 'O'
	} else {
		i, j = p.person(i, j, &n)
	}
	if i > 0 && i < j && p.words[i-1].lower == "the" && !n.title && n.kind != 'P' && n.kind != 'L' && n.kind != 'M' {
		n.kind = 'O'
	}
	if i >= j {
		return
	}
	n.span = recount.Span{Start: p.words[i].span.Start, End: p.words[j-1].span.End}
	caps := false
	for k := i; k < j; k++ {
		w := p.words[k]
		lower := w.lower
		for _, tail := range [...]string{"'s", "’s"} {
			if t, ok := strings.CutSuffix(lower, tail); ok {
				lower = t
				if k == j-1 {
					n.owner = true
					n.span.End -= len(tail)
				}
			}
		}
		n.words = append(n.words, strings.ReplaceAll(lower, "’", "'"))
		class := p.lex.Nouns[lower]
		if n.kind == '?' && (class == "organisation" || class == "collective" || class == "document") {
			n.kind = 'O'
		}
		s := w.span.In(p.text)
		caps = caps || len(s) >= 2 && strings.ToUpper(s) == s && k == i && j == i+1
	}
	if after := p.text[n.span.End:]; strings.HasPrefix(after, "'s") || strings.HasPrefix(after, "’s") || strings.HasPrefix(after, "’ ") || strings.HasPrefix(after, "' ") {
		n.owner = true
	}
	switch {
	case n.title:
		n.kind = 'P'
	case n.kind == '?' && caps:
		n.kind = 'O'
	}
	if n.span.Within(p.text) {
		p.names = append(p.names, n)
	}
}

// person asks the tagger what the words i to j are. If some of them are a
// person's name, the rest is cut off: what stands before the name, and what
// after it is the name of something else.
func (p *page) person(i, j int, n *name) (int, int) {
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
		n.kind = 'P'
		for last+1 < j && p.named[last+1] == 0 {
			last++
		}
		for first > i && p.named[first-1] == 0 && p.lex.Nouns[p.words[first-1].lower] == "" && p.lex.Titles[p.words[first-1].lower] == "" && strings.ToUpper(p.words[first-1].span.In(p.text)) != p.words[first-1].span.In(p.text) {
			first--
		}
		return first, last + 1
	case count[lang.Organisation] > 0 && count[lang.Organisation] >= count[lang.Location]:
		n.kind = 'O'
	case count[lang.Location] > 0:
		n.kind = 'L'
	case count[lang.Misc] > 0 || count[5] > 0:
		n.kind = 'M'
	}
	return i, j
}

// nameClasses notes for each word what the tagger says of the token it begins.
func (p *page) nameClasses(tokens []lang.Token) {
	p.named, p.proper = make([]uint8, len(p.words)), make([]bool, len(p.words))
	k := 0
	for i, w := range p.words {
		for k < len(tokens) && tokens[k].Span.End <= w.span.Start {
			k++
		}
		if k < len(tokens) {
			p.named[i], p.proper[i] = tokens[k].Name, proper(&tokens[k])
		}
	}
}

// namesIn returns the names inside a span.
func (p *page) namesIn(s recount.Span) []name {
	lo, hi := 0, len(p.names)
	for lo < hi {
		if m := (lo + hi) / 2; p.names[m].span.Start < s.Start {
			lo = m + 1
		} else {
			hi = m
		}
	}
	from := lo
	for lo < len(p.names) && p.names[lo].span.End <= s.End {
		lo++
	}
	return p.names[from:lo]
}
