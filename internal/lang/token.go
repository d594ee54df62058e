package lang

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"

	"recount"
)

// A Token is one word, clitic or mark of a sentence.
type Token struct {
	Span     recount.Span
	Sentence int32
	Head     int32  // index of the token it depends on, or -1 for a root
	POS      uint8  // index in Tags
	Name     uint8  // index in Names
	Label    uint8  // index in Labels
	Shape    uint8  // see shapeOf
	Lower    uint32 // hash of the word in lower case
	Word     uint32 // hash of the word if it is no name: what the models see
	Suffix   uint32 // hash of the last three bytes
}

// Shapes of words.
const (
	ShapeLower   uint8 = iota
	ShapeTitle         // Xxxx
	ShapeUpper         // XX
	ShapeMixed         // McX, iPhone
	ShapeInitial       // X.
	ShapeDigit
	ShapeMark
	ShapeQuote
)

// Tokens splits the sentences of text into tokens: words of UAX 29, cut before
// clitics ("do|n't", "Marr|'s") and joined over hyphens inside a word, after
// the abbreviations of the language and over repeated marks.
func Tokens(text, language string, sentences []recount.Span) []Token {
	lex := For(language)
	out := make([]Token, 0, len(text)/5+8)
	for s, span := range sentences {
		first := len(out)
		it := words.FromString(span.In(text))
		for it.Next() {
			t := recount.Span{Start: span.Start + it.Start(), End: span.Start + it.End()}
			v := text[t.Start:t.End]
			r, _ := utf8.DecodeRuneInString(v)
			if unicode.IsSpace(r) {
				continue
			}
			if n := len(out); n > first && out[n-1].Span.End == t.Start {
				prev := text[out[n-1].Span.Start:out[n-1].Span.End]
				last, _ := utf8.DecodeLastRuneInString(prev)
				alnum := unicode.IsLetter(last) || unicode.IsDigit(last)
				switch {
				case v == "." && alnum && (strings.Contains(prev, ".") || utf8.RuneCountInString(prev) == 1 && unicode.IsUpper(last) || lex.abbreviations[strings.ToLower(prev)]),
					v == prev && (v == "." || v == "-" || v == "'" || v == "`"),
					prev == ".." && v == ".",
					v == "-" && alnum && t.End < span.End && wordAfter(text, t.End),
					last == '-' && len(prev) > 1 && wordlike(v),
					(prev == "#" || prev == "@") && wordlike(v):
					out[n-1].Span.End = t.End
					continue
				}
			}
			out = append(out, Token{Span: t, Sentence: int32(s), Head: -1})
		}
		out = splitClitics(out, first, text)
	}
	for i := range out {
		out[i].describe(text, i == 0 || out[i-1].Sentence != out[i].Sentence || out[i-1].Shape == ShapeQuote)
	}
	return out
}

func wordAfter(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// splitClitics cuts the tokens from first on before English clitics.
func splitClitics(out []Token, first int, text string) []Token {
	n := 0
	for _, t := range out[first:] {
		if cliticStart(text[t.Span.Start:t.Span.End]) > 0 {
			n++
		}
	}
	if n == 0 {
		return out
	}
	tail := append([]Token(nil), out[first:]...)
	out = out[:first]
	for _, t := range tail {
		if k := cliticStart(text[t.Span.Start:t.Span.End]); k > 0 {
			a, b := t, t
			a.Span.End = t.Span.Start + k
			b.Span.Start = a.Span.End
			out = append(out, a, b)
		} else {
			out = append(out, t)
		}
	}
	return out
}

// cliticStart returns where the clitic of a word begins, or 0.
func cliticStart(w string) int {
	i := strings.LastIndexAny(w, "'’")
	if i <= 0 {
		return 0
	}
	_, n := utf8.DecodeRuneInString(w[i:])
	switch strings.ToLower(w[i+n:]) {
	case "s", "re", "ve", "ll", "d", "m":
		return i
	case "t":
		if i > 1 && (w[i-1] == 'n' || w[i-1] == 'N') {
			return i - 1
		}
	}
	return 0
}

// describe fills what the models see of a token. A capitalised word inside a
// sentence is known by its shape and its ending only, unless the list of
// general words holds it: the models shall not learn the names of one year.
func (t *Token) describe(text string, begins bool) {
	w := text[t.Span.Start:t.Span.End]
	t.Shape = shapeOf(w)
	lower := w
	if t.Shape != ShapeLower && t.Shape != ShapeMark && t.Shape != ShapeQuote {
		lower = strings.ToLower(w)
	}
	if lower == "’s" {
		lower = "'s"
	} else if lower == "n’t" {
		lower = "n't"
	}
	t.Lower = Hash(lower)
	t.Suffix = Hash(lower[max(0, len(lower)-3):])
	switch t.Shape {
	case ShapeLower, ShapeMark:
		t.Word = t.Lower
	case ShapeDigit:
		t.Word = uint32(0xD0 + min(len(w), 6))
	case ShapeQuote:
		t.Word = 0x22
	default:
		if begins || general()[lower] {
			t.Word = t.Lower
		} else {
			t.Word = 0xCA0 + uint32(t.Shape)
		}
	}
}

//go:embed en/general.txt
var generalFile string

// general are the words that the models know whatever their capitals.
var general = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for line := range strings.Lines(generalFile) {
		if line[0] != '#' {
			for _, w := range strings.Fields(line) {
				all[w] = true
			}
		}
	}
	return all
})

func shapeOf(w string) uint8 {
	r, n := utf8.DecodeRuneInString(w)
	switch {
	case strings.ContainsRune("“”„«»\"‘’", r) && n == len(w), w == "``", w == "''":
		return ShapeQuote
	case unicode.IsDigit(r):
		return ShapeDigit
	case unicode.IsUpper(r):
		rest := w[n:]
		if rest == "" || rest == "." {
			if rest == "" && r == 'I' {
				return ShapeLower
			}
			return ShapeInitial
		}
		upper, lower := 0, 0
		for _, c := range rest {
			if unicode.IsUpper(c) {
				upper++
			} else if unicode.IsLower(c) {
				lower++
			}
		}
		switch {
		case upper == 0:
			return ShapeTitle
		case lower == 0:
			return ShapeUpper
		}
		return ShapeMixed
	case unicode.IsLetter(r) || r == '\'' && len(w) > 1:
		for _, c := range w[n:] {
			if unicode.IsUpper(c) {
				return ShapeMixed
			}
		}
		return ShapeLower
	case wordlike(w):
		return ShapeDigit
	}
	return ShapeMark
}
