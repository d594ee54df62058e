package linker

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// farBeside is how many tokens behind a quotation its speaker may be named.
const farBeside = 14

// beside finds who is named right behind a quotation that no word of speech was
// found for: the first noun phrase of what its sentence goes on with, before its
// verb or right behind it ("“...,” the baker yelled", "“...,” harrumphed Lady
// Marr", "“...” was Lund's verdict").
func beside(v *page.Tree, d *page.Draft) (source, cue recount.Span, ok bool) {
	p := v.Page
	s := d.Content[0]
	end := p.LineEnd(s.End - 1)
	i := v.TokenAt(s.End)
	if i >= len(v.Tokens) || v.Tokens[i].Span.Start >= end {
		return source, cue, false
	}
	closed := strings.TrimRight(s.In(p.Text), "”’\"'» ")
	last, _ := utf8.DecodeLastRuneInString(closed)
	if c := p.Text[v.Tokens[i].Span.Start]; c == ',' && i+1 < len(v.Tokens) {
		i, last = i+1, ','
	}
	first, _ := utf8.DecodeRuneInString(p.Text[v.Tokens[i].Span.Start:])
	begins := unicode.IsUpper(first) || first == '@'
	if !unicode.IsLetter(first) && first != '@' || begins && last != ',' && last != '?' && last != '!' && !unicode.IsLetter(last) || v.Region[i] >= 0 {
		return source, cue, false
	}
	if first == '@' {
		// "@curt_oye chimed in"
		text := p.Text[v.Tokens[i].Span.Start:end]
		n := strings.IndexAny(text, " ,.")
		if n < 2 {
			return source, cue, false
		}
		k := v.TokenAt(v.Tokens[i].Span.Start + n)
		source = recount.Span{Start: v.Tokens[i].Span.Start, End: v.Tokens[i].Span.Start + n}
		return source, v.At(k).Span, k < len(v.Tokens) && v.Tokens[k].Span.End <= end && text[n] == ' '
	}
	for v.At(i).POS == lang.RB || page.Lower(v.At(i).Span.In(p.Text)) == "thus" {
		i++ // "then", "thus"
	}
	verb, noun := -1, -1
	for k := i; k < len(v.Tokens) && k < i+farBeside && v.Tokens[k].Span.Start < end && v.Region[k] < 0; k++ {
		t := &v.Tokens[k]
		if t.Shape == lang.ShapeMark && strings.ContainsAny(t.Span.In(p.Text), ".!?;:") {
			break
		}
		switch t.POS {
		case lang.VBD, lang.VBZ, lang.VBP:
			if verb < 0 {
				verb = k
			}
		}
		if noun < 0 && (page.Noun(t) || t.POS == lang.PRP) && !(page.Noun(v.At(k+1)) && v.Tokens[k+1].Span.Start < end && v.At(k+1).Sentence == t.Sentence && p.Text[t.Span.End:v.Tokens[k+1].Span.Start] == " ") {
			noun = k
		}
	}
	if verb < 0 || noun < 0 || verb > noun && noun > i+6 {
		return source, cue, false
	}
	if verb > noun && between(v, noun, verb) || verb < noun && verb > i+1 {
		return source, cue, false
	}
	t := &v.Tokens[noun]
	word := page.Lower(t.Span.In(p.Text))
	owned := v.At(noun+1).POS == lang.POS && page.Lower(v.Tokens[verb].Span.In(p.Text)) == "was"
	switch class := p.Lex.Nouns[word]; {
	case t.POS == lang.PRP && word != "it" && word != "me" && word != "him" && word != "them" && word != "us" && word != "you":
	case page.Proper(t), class == "person", class == "man", class == "woman", class == "collective", class == "organisation":
	default:
		return source, cue, false
	}
	source = v.NounPhrase(noun)
	if owned {
		// "was Lund's verdict": all of it, for the owner is meant.
		for k := noun + 2; k < noun+5 && k < len(v.Tokens); k++ {
			if page.Noun(&v.Tokens[k]) {
				source.End = v.Tokens[k].Span.End
				break
			}
		}
	}
	cue = v.Tokens[verb].Span
	if source.Start < v.Tokens[i].Span.Start {
		source.Start = v.Tokens[i].Span.Start
	}
	if source.Start < cue.End && cue.Start < source.End {
		source.Start = lang.Trim(p.Text, recount.Span{Start: cue.End, End: source.End}).Start
	}
	return source, cue, source.Within(p.Text)
}

// between reports whether what stands between a noun and the verb behind it
// keeps the two apart: another clause that does not end before the verb.
func between(v *page.Tree, noun, verb int) bool {
	gap := v.Page.Text[v.Tokens[noun].Span.End:v.Tokens[verb].Span.Start]
	return strings.Contains(gap, " and ") || strings.Contains(gap, " but ")
}
