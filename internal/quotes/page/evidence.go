package page

import (
	"slices"
	"strings"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
)

// evidence makes a name a body's or a person's wherever it stands, by what
// stands beside it anywhere in the article: "Martha Quill, the staffing agency",
// "the retailer Emily Frost", "Ada Marr, 41,", "Ivo Lund, who". The text goes
// before what the tagger says.
func (p *Page) evidence() {
	votes := map[string]int{} // above 0 for a body, below for a person
	for i := range p.Names {
		n := &p.Names[i]
		key := strings.Join(n.Words, " ")
		if n.title {
			votes[key] -= 6
			continue
		}
		votes[key] += p.Beside(n)
	}
	alone := map[string]bool{} // last names that stand alone behind a title
	for i := range p.Names {
		if n := &p.Names[i]; n.title && len(n.Words) == 1 {
			alone[n.Words[0]] = true
		}
	}
	for i := range p.Names {
		n := &p.Names[i]
		if n.title {
			continue
		}
		other := n.Kind == 'O' || n.Kind == 'L' || n.Kind == 'M'
		switch v := votes[strings.Join(n.Words, " ")]; {
		case v >= 2 && n.Kind != 'L' && n.Kind != 'M':
			n.Kind = 'O'
		case v <= -2 && other && len(n.Words) == 2 && p.given(p.WordAt(n.Span.Start)):
			n.Kind = 'P' // "Pat Church, who"
		case v <= 0 && other && len(n.Words) == 2 && alone[n.Words[1]] && p.given(p.WordAt(n.Span.Start)):
			n.Kind = 'P' // "Pat Church" beside "Ms Church"
		case v <= -3 && other && !slices.ContainsFunc(n.Words, func(w string) bool { return p.Lex.Nouns[w] == "organisation" || p.Lex.Bodies[w] }):
			n.Kind = 'P'
		}
	}
}

// Beside weighs what stands before and behind a name.
func (p *Page) Beside(n *Name) int {
	i, j := p.WordAt(n.Span.Start), p.WordAt(n.Span.End-1)+1
	v := 0
	if i > 0 && p.Words[i-1].Lower == "by" && j-i > 1 && p.Sentences[p.Words[i].Sent].Role == recount.Byline {
		v -= 6 // "Interview by Ada Marr"
	}
	class := func(k int) string {
		if k < 0 || k >= len(p.Words) || p.Words[k].Sent != p.Words[i].Sent {
			return ""
		}
		return p.Lex.Nouns[p.Words[k].Lower]
	}
	if i > 0 && !p.Words[i-1].Upper {
		switch w := p.Words[i-1].Lower; {
		case class(i-1) == "organisation" && p.Between(p.Words[i-1].Span.End, n.Span.Start) == "" && i > 1 && p.Lex.Stops[p.Words[i-2].Lower]:
			v += 2
		case w == "called" || w == "named" || w == "of" && i > 1 && p.Words[i-2].Lower == "name":
			for k := i - 2; k >= i-8; k-- {
				if c := class(k); c == "organisation" {
					v += 2
					break
				} else if lang.Somebody(c) {
					v -= 3
					break
				} else if c != "" {
					break
				}
			}
		}
	}
	if !p.Training && p.Lex.Code == "en" {
		k := i // of the whole name, whatever the name was cut to
		for k > 0 && p.Words[k-1].Upper && p.Words[k-1].Sent == p.Words[i].Sent && p.adjoins(k-1, k) {
			k--
		}
		if k > 1 && class(k-1) == "organisation" && p.Text[p.Words[k-1].Span.End:p.Words[k].Span.Start] == ", " && (p.Words[k-2].Lower == "a" || p.Words[k-2].Lower == "an" || k > 2 && (p.Words[k-3].Lower == "a" || p.Words[k-3].Lower == "an")) {
			v += 3 // "A betting firm, Tom Daniels,"
		}
		if n.saint(p.Text) && j < len(p.Words) && p.Words[j].Sent == p.Words[i].Sent && !p.Words[j].Upper && p.Lex.Nouns[p.Words[j].Lower] == "" && (p.Lex.Cues[p.Words[j].Lower] != "" || strings.HasSuffix(p.Words[j].Lower, "ed") || verbal(p.Words[j].Lower)) {
			v += 9 // "St Kevin's stood on the island"
		}
		if j < len(p.Words) && j+2 < len(p.Words) && p.Words[j].Sent == p.Words[i].Sent && len(n.Words) > 1 {
			switch p.Words[j].Lower {
			case "rose", "fell", "gained", "slipped", "jumped", "climbed", "dropped", "slid", "sank", "closed", "traded", "tumbled":
				if digits(p.Words[j+1].Lower) {
					v += 3 // "Ludlow Stone rose 4 per cent"
				}
			}
		}
		if camel(n.Span.In(p.Text)) && len(n.Words) == 1 {
			v += 5
		}
	}
	rest := p.Text[n.Span.End:]
	owner := strings.HasPrefix(rest, "’s ") || strings.HasPrefix(rest, "'s ")
	switch {
	case j >= len(p.Words) || p.Words[j].Sent != p.Words[i].Sent:
	case owner:
		switch p.Words[j].Lower {
		case "shares", "headquarters", "shareholders", "spokesman", "spokeswoman", "spokesperson", "board", "factory", "warehouse", "offices", "chairman", "subsidiary":
			v++
		case "chief", "finance", "managing":
			if j+1 < len(p.Words) && (p.Words[j+1].Lower == "executive" || p.Words[j+1].Lower == "director") {
				v += 2
			}
		case "mother", "father", "wife", "husband", "son", "daughter", "sister", "brother", "voice", "face", "hands", "eyes", "lawyer":
			v -= 2
		}
	case strings.HasPrefix(rest, ", "):
		w := p.Words[j].Lower
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case r >= '0' && r <= '9' && len(w) <= 2:
			v -= 3 // an age
		case w == "who" || w == "whose":
			v -= 2
		case w == "which":
			v += 2
		case w == "a" || w == "an" || w == "the" || w == "its":
			for k := j + 1; k < j+6; k++ {
				c := class(k)
				if k < len(p.Words) && strings.ContainsAny(p.Text[p.Words[k-1].Span.End:p.Words[k].Span.Start], ",.;:") {
					break
				}
				if c == "organisation" && !(k+1 < len(p.Words) && (lang.Somebody(class(k+1)) || p.goesOn(k))) {
					v += 2
					break
				}
				if one := several(p, k); one && !p.Training && w != "a" && w != "an" {
					v += 3 // "Merrick Poole, the auditors,"
					break
				}
				if lang.Somebody(c) {
					v -= 2
					break
				}
				if k < len(p.Words) && p.Words[k].Lower == "of" {
					break
				}
			}
		}
	}
	return v
}

// goesOn reports whether the word behind word k goes on with its noun phrase, so
// that it is not the head ("the agency nurse", "the company director").
func (p *Page) goesOn(k int) bool {
	if k+1 >= len(p.Words) || p.Words[k+1].Sent != p.Words[k].Sent || p.Text[p.Words[k].Span.End:p.Words[k+1].Span.Start] != " " {
		return false
	}
	w := p.Words[k+1].Lower
	return !p.Lex.Stops[w] && !strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "ing")
}

// several reports whether word k is a noun for several people that ends a phrase.
func several(p *Page, k int) bool {
	if k >= len(p.Words) || p.Lex.Code != "en" {
		return false
	}
	w := p.Words[k].Lower
	one := strings.TrimSuffix(w, "s")
	return one != w && p.Lex.Nouns[one] == "person" && strings.HasPrefix(p.Text[p.Words[k].Span.End:], ",")
}

// saint reports whether a name is that of a saint and owns something ("St Kevin's").
func (n *Name) saint(text string) bool {
	return n.Owner && (strings.HasPrefix(text[n.Span.Start:], "St ") || strings.HasPrefix(text[n.Span.Start:], "St. ") || strings.HasSuffix(text[:n.Span.Start], "St ") || strings.HasSuffix(text[:n.Span.Start], "St. "))
}

// verbal are common verbs that no list of words of speech holds.
func verbal(w string) bool {
	switch w {
	case "is", "was", "has", "had", "stood", "stands", "will", "would", "can", "could", "must", "did", "does", "won", "lost", "beat", "sits", "sat", "lies", "lay", "fell", "went", "got", "kept", "took", "made", "ran", "runs":
		return true
	}
	return false
}

func digits(w string) bool { return w != "" && w[0] >= '0' && w[0] <= '9' }

// camel reports whether a word has a capital inside behind a small letter, as the names
// of firms do and those of people with Mc, Mac, De, Le, La, Fitz and their like
// ("DriveOn", not "McIntyre").
func camel(w string) bool {
	for i := 1; i < len(w); i++ {
		if w[i] >= 'A' && w[i] <= 'Z' && w[i-1] >= 'a' && w[i-1] <= 'z' {
			switch w[:i] {
			case "Mc", "Mac", "De", "Di", "Du", "Da", "La", "Le", "Van", "Von", "Fitz", "Mhic", "Nic", "Ni", "Vander", "Mal", "Del", "Des", "Dos", "Lo", "Ó", "Ap", "Al", "El":
				return false
			}
			return true
		}
	}
	return false
}
