package page

import (
	"strings"

	"recount"
)

// Arabic writes no capitals. A name is found by a first name that the lists hold and
// by what Arabic names go on with: further first names, "servant of" with its noun,
// words for father, son and kin, and a family name with the article, which ends it.

// longestArabic is how many words a name has at most.
const longestArabic = 7

// arabicNames adds the names of people in a text without capitals.
func (p *Page) arabicNames() {
	for i := 0; i < len(p.Words); i++ {
		j := p.arabicName(i)
		if j-i < 3 && (j-i < 2 || !p.bringsIn(i)) {
			continue
		}
		n := Name{Span: recount.Span{Start: p.Words[i].Span.Start, End: p.Words[j-1].Span.End}, Kind: 'P', Entity: -1}
		n.Gender, _ = p.Given.Of(p.Words[i].Lower)
		for _, w := range p.Words[i:j] {
			n.Words = append(n.Words, recount.BareName(w.Lower))
		}
		p.Names = append(p.Names, n)
		i = j - 1
	}
}

// arabicName returns the word behind the name that begins at word i, or i.
func (p *Page) arabicName(i int) int {
	if !p.given(i) && !p.servant(i) {
		return i
	}
	j := i
name:
	for j < len(p.Words) && j < i+longestArabic && (j == i || p.Words[j].Sent == p.Words[i].Sent && p.adjoins(j-1, j)) {
		w := p.Words[j].Lower
		switch {
		case p.servant(j):
			j += 2
		case p.given(j):
			j++
		case j > i && kinWord(w) && j+1 < len(p.Words):
			if j++; !p.servant(j) {
				j++
			}
		case j > i && strings.HasPrefix(w, "ال") && len(w) > len("ال")+4 && !p.Lex.Stops[w] && (p.Lex.Nouns[w] == "" || j > i+1):
			return j + 1 // a family name
		default:
			break name
		}
	}
	if j-i < 3 {
		return i
	}
	return j
}

// servant reports whether words i and i+1 are "Abd al-...".
func (p *Page) servant(i int) bool {
	return p.Words[i].Lower == "عبد" && i+1 < len(p.Words) && strings.HasPrefix(p.Words[i+1].Lower, "ال") && p.adjoins(i, i+1)
}

func kinWord(w string) bool {
	switch w {
	case "بن", "ابن", "بنت", "أبو", "أبي", "آل", "أم":
		return true
	}
	return false
}

// bringsIn reports whether a title, a noun for a person or a word of speech stands
// right before word i, so that two words are enough for a name.
func (p *Page) bringsIn(i int) bool {
	if i == 0 || p.Words[i-1].Sent != p.Words[i].Sent {
		return false
	}
	w := p.Words[i-1].Lower
	for _, w := range [...]string{w, strings.TrimPrefix(w, "و"), strings.TrimSuffix(w, "ها"), strings.TrimSuffix(w, "ه"), strings.TrimPrefix(w, "ال")} {
		if p.Lex.Person(w) || p.Lex.Cues[w] != "" || p.Lex.Titles[w] != "" {
			return true
		}
	}
	return false
}
