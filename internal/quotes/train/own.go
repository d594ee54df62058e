package main

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/corpus"
	"recount/internal/lang"
)

// ownTimes is how often the texts of our own corpus are learned from: they are
// few beside the news of one year, and each is another kind of writing.
const ownTimes = 3

// ownSamples makes samples on kinds of names of our own corpus. First is the
// number of its first text.
func ownSamples(texts []*corpus.Text, first int) []sample {
	var out []sample
	for n, t := range texts {
		ls := namesOf(t, first+n)
		for range ownTimes {
			out = append(out, ls...)
		}
	}
	return out
}

// namesOf labels the tokens of a text: capitalised words of a mention that
// belong to the name of its entity. Other capitals inside mentions are unknown,
// and so are those outside that are no stop words: not every name takes part in
// the story.
func namesOf(t *corpus.Text, article int) []sample {
	lex := lang.For("en")
	tokens := lang.Tokens(t.Text, "en", lang.Sentences(t.Text, "en"))
	kind := make([]uint8, len(tokens))
	known := make([]bool, len(tokens))
	word := func(i int) string { return strings.ToLower(tokens[i].Span.In(t.Text)) }
	upper := func(i int) bool {
		r, _ := utf8.DecodeRuneInString(tokens[i].Span.In(t.Text))
		return unicode.IsUpper(r)
	}
	for i := range tokens {
		known[i] = !upper(i) || lex.Stops[word(i)]
	}
	// Outer mentions first, so that inner ones have the last word.
	mentions := slices.Clone(t.Mentions)
	slices.SortStableFunc(mentions, func(a, b corpus.Mention) int { return b.Span.Len() - a.Span.Len() })
	for _, m := range mentions {
		e := t.Entities[m.Entity]
		want := uint8(0)
		switch recount.SpeakerKind(e.Kind) {
		case recount.Named, recount.Pseudonym:
			want = lang.Person
		case recount.Organisation:
			want = lang.Organisation
		case recount.SpeakerKind(corpus.Place):
			want = lang.Location
		default:
			continue
		}
		names := map[string]bool{}
		for _, w := range strings.FieldsFunc(e.Name, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '\'' && r != '’' }) {
			r, _ := utf8.DecodeRuneInString(w)
			if w = strings.ToLower(w); unicode.IsUpper(r) && !lex.Stops[w] && (want != lang.Person || lex.Titles[w] == "") {
				names[w] = true
			}
		}
		i, _ := slices.BinarySearchFunc(tokens, m.Span.Start, func(t lang.Token, b int) int { return t.Span.End - b - 1 })
		for ; i < len(tokens) && tokens[i].Span.Start < m.Span.End; i++ {
			switch {
			case names[word(i)] && upper(i):
				kind[i], known[i] = want, true
			case upper(i) && lex.Titles[word(i)] != "":
				kind[i], known[i] = 0, true
			case want == lang.Organisation && word(i) == "of" && i > 0 && kind[i-1] == want && i+1 < len(tokens) && names[word(i+1)]:
				kind[i] = want
			}
		}
	}
	var out []sample
	for start := 0; start < len(tokens); {
		end := start + 1
		for end < len(tokens) && tokens[end].Sentence == tokens[start].Sentence {
			end++
		}
		l := sample{article: article, tokens: slices.Clone(tokens[start:end]), names: true, known: known[start:end]}
		for i := range l.tokens {
			l.tokens[i].Name = kind[start+i]
		}
		if end-start <= 200 {
			out = append(out, l)
		}
		start = end
	}
	return out
}
