package workbench

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/casebook"
)

// guess proposes a value of a variable for a speaker out of the sentences that
// speak of him or her: a value that the study allows and that stands there, or
// a number for a variable that asks for one. What is proposed is never
// recorded by itself; without a proposal the value is empty.
func (s *Server) guess(x *sheet, v *casebook.Voice, name string) value {
	out := value{Variable: name}
	kind := ""
	var allowed []string
	for _, cv := range s.study.Config().Variables {
		if cv.Name == name {
			allowed, kind = cv.Values, typeOf(cv.Name, cv.Ask, cv.Values)
		}
	}
	if kind == "text" || kind == "date" {
		return out
	}
	var sentences []recount.Span
	near := func(at recount.Span) {
		for _, sen := range x.reading.Sentences {
			if sen.Span.Overlaps(at) && sen.Role != recount.OffTopic && sen.Span.Within(x.article.Text) && !slices.Contains(sentences, sen.Span) {
				sentences = append(sentences, sen.Span)
			}
		}
	}
	near(v.At)
	for _, m := range v.Spans {
		near(m)
	}
	found := map[string]bool{}
	take := func(at recount.Span, says string, p int) {
		found[says] = true
		if out.Span != nil {
			return
		}
		pt := x.span(at)
		out.Value, out.Span, out.P, out.State = says, &pt, p, "suggested"
		if sen, ok := x.sentenceAt(at); ok {
			out.Sentence = oneLine(sen.In(x.article.Text), 300)
		}
	}
	for _, sen := range sentences {
		text := sen.In(x.article.Text)
		switch kind {
		case "choice":
			for _, a := range allowed {
				if slices.Contains(recount.Unstated, a) {
					continue
				}
				if i := wordAt(text, a); i >= 0 {
					take(recount.Span{Start: sen.Start + i, End: sen.Start + i + len(a)}, a, 600)
				}
			}
		case "number":
			// "Tomas Hedrin, 29, a roofer"; "29-year-old"; "aged 29".
			for _, m := range age.FindAllStringSubmatchIndex(text, -1) {
				for g := 2; g+1 < len(m); g += 2 {
					if m[g] >= 0 {
						take(recount.Span{Start: sen.Start + m[g], End: sen.Start + m[g+1]}, text[m[g]:m[g+1]], 700)
					}
				}
			}
		}
	}
	if len(found) > 1 {
		out.P /= 2 // several stand there: the first is the likelier, no more
	}
	return out
}

var age = regexp.MustCompile(`\p{L}, (\d{1,2}),|\b(\d{1,2})[- ]year|\baged? (\d{1,2})\b`)

// wordAt finds a whole word in a text, -1 if it is not there.
func wordAt(text, word string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return -1
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(word):])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return i
		}
		from = i + len(word)
	}
}
