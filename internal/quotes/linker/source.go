package linker

import (
	"strings"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// wholeSource widens a source that is only a relative clause ("who asked not
// to be named") to the noun that the clause describes.
func wholeSource(v *page.Tree, source []recount.Span) []recount.Span {
	if len(source) != 1 {
		return source
	}
	i := v.TokenAt(source[0].Start)
	if t := v.At(i); t.POS != lang.WP && t.POS != lang.WDT || v.TokenAt(source[0].End) < i+3 {
		return source
	}
	// The noun that the clause hangs on, else the one right before it.
	k := i
	for range 4 {
		if t := v.At(k); lang.Labels[t.Label] == "acl:relcl" && int(t.Head) < i && int(t.Head) > i-14 {
			k = int(t.Head)
			break
		}
		if k = int(v.At(k).Head); k < 0 {
			break
		}
	}
	if k >= i || k < 0 {
		k = i - 1
	}
	for k > 0 && !page.Noun(v.At(k)) && k > i-3 {
		k--
	}
	if k < 0 || !page.Noun(v.At(k)) || v.Tokens[k].Sentence != v.Tokens[i].Sentence {
		return source
	}
	return []recount.Span{{Start: v.NounPhrase(k).Start, End: source[0].End}}
}

// trimSource cuts a source before what it was doing or when ("Marr, speaking
// of ...", "Marr after the vote").
func trimSource(v *page.Tree, source []recount.Span) []recount.Span {
	if len(source) != 1 {
		return source
	}
	from, to := v.TokenAt(source[0].Start), v.TokenAt(source[0].End)
	for from+1 < to && v.At(from).Shape == lang.ShapeMark {
		from++
		source = []recount.Span{{Start: v.At(from).Span.Start, End: source[0].End}}
	}
	if first := v.At(from); first.POS == lang.VBN || first.POS == lang.VBG {
		// "Entitled A Long Title, the report": what follows the last comma.
		for i := to - 1; i > from; i-- {
			if t := v.At(i); t.Shape == lang.ShapeMark && v.Page.Text[t.Span.Start] == ',' && i+1 < to {
				return []recount.Span{{Start: v.Tokens[i+1].Span.Start, End: source[0].End}}
			}
		}
	}
	// "Prosecuting, Ada Marr": what somebody does there is not the name.
	if next := v.At(from + 1); from+2 < to && next.Shape == lang.ShapeMark && v.Page.Text[next.Span.Start] == ',' && page.Proper(v.At(from+2)) && strings.HasSuffix(v.At(from).Span.In(v.Page.Text), "ing") {
		from += 2
		source = []recount.Span{{Start: v.At(from).Span.Start, End: source[0].End}}
	}
	for i := from + 1; i < to && i < len(v.Tokens); i++ {
		t := &v.Tokens[i]
		cut := false
		switch page.Lower(t.Span.In(v.Page.Text)) {
		case "after", "before", "during", "while", "when", "because", "following", "as":
			cut = t.POS == lang.IN || t.POS == lang.VBG || v.At(i-1).Shape == lang.ShapeMark
		default:
			cut = (t.POS == lang.VBG || t.POS == lang.NN && strings.HasSuffix(t.Span.In(v.Page.Text), "ing")) && v.At(i-1).Shape == lang.ShapeMark && v.Page.Text[v.Tokens[i-1].Span.Start] == ','
		}
		if !cut {
			continue
		}
		for i > from && v.At(i-1).Shape == lang.ShapeMark {
			i--
		}
		if i > from {
			return []recount.Span{{Start: source[0].Start, End: v.Tokens[i-1].Span.End}}
		}
		return source
	}
	return source
}

// subjectSource puts the subject of a word of speech in the place of a source
// that only stands between the two ("A carer, 58, whose daughter is employed by
// the company, recalled": not the company).
func subjectSource(v *page.Tree, source []recount.Span, from, to int) []recount.Span {
	// The comma that ends the clause stands right before the verb.
	if len(source) != 1 || source[0].End > v.At(from).Span.Start || !strings.HasSuffix(strings.TrimRight(v.Page.Text[:v.At(from).Span.Start], " "), ",") {
		return source
	}
	verb := -1
	for i := from; i < to; i++ {
		if verbal(&v.Tokens[i]) {
			verb = i
		}
	}
	if verb < 0 {
		return source
	}
	k := v.Subject[verb]
	if k < 0 && v.Tokens[verb].Head >= 0 && lang.Labels[v.Tokens[verb].Label] == "conj" {
		k = v.Subject[v.Tokens[verb].Head]
	}
	if k < 0 || int(k) > v.TokenAt(source[0].Start) {
		// Whatever the parser calls it: a noun before the source that hangs on
		// the verb.
		k = -1
		for i := v.First[v.Tokens[from].Sentence]; i < v.TokenAt(source[0].Start); i++ {
			if int(v.Tokens[i].Head) == verb && page.Noun(&v.Tokens[i]) {
				k = int32(i)
			}
		}
	}
	if k < 0 || int(k) >= from || v.Tokens[k].Span.End > source[0].Start || v.Tokens[k].Sentence != v.Tokens[from].Sentence || v.Region[k] != v.Region[verb] {
		return source
	}
	between := v.Page.Text[v.Tokens[k].Span.End:source[0].Start]
	clause := false
	for _, w := range strings.Fields(strings.ToLower(between)) {
		switch strings.Trim(w, ",") {
		case "who", "whose", "whom", "which", "that":
			clause = true
		}
	}
	if !clause {
		return source
	}
	switch v.Tokens[k].POS {
	case lang.WP, lang.WDT, lang.PRP, lang.DT:
		return source
	}
	return []recount.Span{v.NounPhrase(int(k))}
}
