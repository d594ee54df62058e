package rules

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
)

// complementiser returns how many bytes at the beginning of a word bring in a
// clause that is reported ("dass", "que", "qu’il", "أنها"), or 0.
func complementiser(code, word string) int {
	whole := func(list ...string) int {
		for _, w := range list {
			if word == w {
				return len(w)
			}
		}
		return 0
	}
	switch code {
	case "de":
		return whole("dass", "daß", "ob")
	case "es":
		return whole("que")
	case "fr":
		for _, w := range [...]string{"qu’", "qu'"} {
			if strings.HasPrefix(word, w) {
				return len(w)
			}
		}
		return whole("que")
	case "ru":
		return whole("что")
	case "ar":
		for _, w := range [...]string{"بأن", "أن", "إن"} {
			if word == w {
				return len(w)
			}
			if strings.HasPrefix(word, w) && utf8.RuneCountInString(word) <= utf8.RuneCountInString(w)+2 {
				return -1 // a pronoun hangs on it and belongs to the clause
			}
		}
	}
	return 0
}

// foreign reads speech without marks in the languages that have no trained
// model: a word of speech with a clause that "that" brings in, or one between
// commas ("sie habe, sagt Marr, gewartet", "..., apunta su portavoz").
func (p reader) foreign(s, cue int) (content, source []recount.Span, ok bool) {
	sentence := trimStop(p.Text, p.Sentences[s].Span)
	from, to := p.First[s], p.First[s+1]
	for k := cue + 1; k < to && k <= cue+8; k++ {
		n := complementiser(p.Lex.Code, p.Words[k].Lower)
		if n == 0 {
			continue
		}
		start := p.Words[k].Span.Start
		if n > 0 {
			start += n
		}
		clause := lang.Trim(p.Text, recount.Span{Start: start, End: sentence.End})
		if clause.Len() < 8 {
			return nil, nil, false
		}
		if k > cue+1 && !strings.ContainsAny(p.Text[p.Words[cue].Span.End:p.Words[cue+1].Span.Start], ",;:") && p.mayName(cue+1) {
			source = []recount.Span{{Start: p.Words[cue+1].Span.Start, End: p.Words[k-1].Span.End}}
		} else if source = p.sourceLeft(s, cue); source == nil {
			return nil, nil, false
		}
		return []recount.Span{clause}, source, true
	}
	// The part between commas that holds the word of speech.
	i, j := cue, cue+1
	for i > from && i > cue-7 && !strings.ContainsAny(p.Text[p.Words[i-1].Span.End:p.Words[i].Span.Start], ",;:") {
		i--
	}
	for j < to && j < cue+9 && !strings.ContainsAny(p.Text[p.Words[j-1].Span.End:p.Words[j].Span.Start], ",;:") {
		j++
	}
	before, after := recount.Span{}, recount.Span{}
	if i > from {
		before = trimClause(p.Text, recount.Span{Start: sentence.Start, End: p.Words[i].Span.Start})
	}
	if j < to {
		after = trimClause(p.Text, recount.Span{Start: p.Words[j].Span.Start, End: sentence.End})
	}
	hangs := -1 // "affirme-t-il", "dit-elle"
	for k := cue + 1; k < j && k <= cue+2 && p.Text[p.Words[k-1].Span.End:p.Words[k].Span.Start] == "-"; k++ {
		if p.Lex.Pronouns[p.Words[k].Lower] != "" {
			hangs = k
		}
	}
	switch {
	case hangs > 0:
		source = []recount.Span{p.Words[hangs].Span}
	case j > cue+1 && p.mayName(cue+1):
		source = []recount.Span{{Start: p.Words[cue+1].Span.Start, End: p.Words[j-1].Span.End}}
	case i < cue && (i > from || p.Lex.Code == "de"):
		source = []recount.Span{{Start: p.Words[i].Span.Start, End: p.Words[cue-1].Span.End}}
	default:
		return nil, nil, false
	}
	switch {
	case (before.Len() >= 8 || hangs > 0 && before.Len() > 2) && i > from:
		content = append(content, before)
		if after.Len() > 0 {
			content = append(content, after)
		}
	case i == from && p.Lex.Code == "de" && after.Len() >= 12 && j-i <= 7:
		content = append(content, after) // "Marr sagt, sie habe gewartet"
	default:
		return nil, nil, false
	}
	return content, source, true
}

// mayName reports whether word i may begin the name or description of who
// speaks: a capital, a pronoun or a short word such as an article.
func (p reader) mayName(i int) bool {
	w := p.Words[i]
	if p.places(i) {
		return false
	}
	if p.Lex.Code == "fr" && (strings.HasPrefix(w.Lower, "l’") || strings.HasPrefix(w.Lower, "l'")) {
		return true // "l’entreprise"
	}
	r, _ := utf8.DecodeRuneInString(w.Span.In(p.Text))
	return w.Upper || p.Lex.Pronouns[w.Lower] != "" || p.Lex.Stops[w.Lower] && utf8.RuneCountInString(w.Lower) <= 4 || unicode.IsLetter(r) && !unicode.IsUpper(r) && !unicode.IsLower(r)
}

// places reports whether word i tells where, when or how, and not who: a preposition.
func (p reader) places(i int) bool {
	if p.Lex.Code == "de" || p.Lex.Code == "fr" || p.Lex.Code == "es" {
		switch p.Words[i].Lower {
		case "auf", "nach", "in", "im", "am", "an", "bei", "beim", "mit", "aus", "von", "vom", "zu", "zum", "zur", "per", "laut", "um", "vor", "für", "über", "dans", "en", "à", "au", "aux", "par", "sur", "avec", "lors", "pour", "con", "por", "para", "sin", "sobre", "desde", "ante":
			return true
		}
	}
	return false
}
