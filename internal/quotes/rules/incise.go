package rules

import (
	"strings"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// longestIncise is the most words a remark such as "she hastened to add" has.
const longestIncise = 9

// Incises reads English sentences in which a remark between commas says who
// speaks ("It was, the sergeant allowed, a small ring", "..., she went on") and
// which nothing else explains. Taken reports whether a sentence is explained.
func Incises(p *page.Page, taken func(s int) bool) (out []page.Draft) {
	v := p.Tree
	for s := range p.Sentences {
		from, to := v.First[s], v.First[s+1]
		if to-from < 6 || to-from > 120 || taken(s) {
			continue
		}
		for i := from; i < to; i++ {
			if i > from && !parts(p, v.At(i)) {
				continue
			}
			begin := i
			if i > from {
				begin = i + 1
			}
			end := begin
			for end < to && !parts(p, v.At(end)) && !stop(p, v.At(end)) && end-begin <= longestIncise {
				end++
			}
			if end == begin || end-begin > longestIncise || begin == from || v.Region[begin] >= 0 {
				continue
			}
			source, cue, ok := incise(p, begin, end, splits(p, from, begin, end, to))
			if !ok {
				continue
			}
			sentence := trimStop(p.Text, p.Sentences[s].Span)
			if v.Tokens[from].POS == lang.VBG && !clauseIn(p, from, begin) {
				continue // "Seeing this, he laughed"
			}
			before := trimClause(p.Text, recount.Span{Start: sentence.Start, End: v.Tokens[begin].Span.Start})
			after := recount.Span{}
			if end < to && parts(p, v.At(end)) {
				after = trimClause(p.Text, recount.Span{Start: v.Tokens[end].Span.End, End: sentence.End})
			}
			short := after.Len() == 0 && begin-from > 1 && answers(p, from, begin, end)
			if before.Len() < 6 || before.Len()+after.Len() < 16 && !short || strings.ContainsAny(v.Tokens[begin-1].Span.In(p.Text), ":") {
				continue
			}
			content := []recount.Span{before}
			if after.Len() > 0 {
				content = append(content, after)
			}
			out = append(out, page.Draft{Source: []recount.Span{source}, Cue: []recount.Span{cue}, CueLemma: "say", Content: content, Speech: true, Confidence: 500})
			break
		}
	}
	return out
}

// answers reports whether a few words before a remark that ends its sentence may be
// all that is said ("Not so, she countered"; not "Ten years on, its people remember").
func answers(p *page.Page, from, begin, end int) bool {
	v := p.Tree
	switch wordAt(p, end-1, from, end) {
	case "remember", "remembers":
		return false
	}
	return v.Tokens[begin-1].Span.In(p.Text) != ";" && v.Tokens[from].POS != lang.IN && v.Tokens[from].POS != lang.VBG
}

// parts reports whether a token is a mark that parts a remark from its sentence.
func parts(p *page.Page, t *lang.Token) bool {
	if t.Shape != lang.ShapeMark {
		return false
	}
	switch t.Span.In(p.Text) {
	case ",", "—", "–", ";":
		return true
	}
	return false
}

func stop(p *page.Page, t *lang.Token) bool {
	return t.Shape == lang.ShapeMark && strings.ContainsAny(t.Span.In(p.Text), ".?!:") || t.Shape == lang.ShapeQuote
}

// incise reads tokens from to end as a speaker and a word of speech, in either
// order. Alone says that the remark parts a subject from its verb, so that any
// verb tells of speech there ("The hours, she directed, are to be worked").
func incise(p *page.Page, from, end int, alone bool) (source, cue recount.Span, ok bool) {
	v := p.Tree
	verb := -1
	for i := from; i < end; i++ {
		t := &v.Tokens[i]
		w := page.Lower(t.Span.In(p.Text))
		if (p.Lex.Cues[w] != "" || p.Lex.Speech[w] != "") && (t.POS == lang.VBD || t.POS == lang.VBZ || t.POS == lang.VBP || likePlural(p, i, from, end)) {
			verb = i
			break
		}
		if w == "hastened" || w == "went" || (w == "let" || w == "lets") && wordAt(p, i+1, from, end) == "it" && wordAt(p, i+2, from, end) == "be" {
			verb = i
			break
		}
		if i > from && (notes[w] || (w == "has" || w == "have" || w == "had") && wordAt(p, i+1, from, end) == "it" && i+2 == end || (w == "makes" || w == "make" || w == "made") && wordAt(p, i+1, from, end) == "clear") && (finite(t) || likePlural(p, i, from, end)) && papers(p, from, i) {
			verb = i
			break
		}
		if alone && i > from && (t.POS == lang.VBD || t.POS == lang.VBZ) && p.Lex.Thoughts[w] == "" && !auxiliary(w) && w != "does" && w != "are" && w != "were" {
			verb = i
			break
		}
	}
	if verb < 0 {
		return source, cue, false
	}
	who, last := from, verb // the tokens of the speaker
	if verb == from {       // "says Marr"
		who, last = from+1, end
	}
	if who >= last {
		return source, cue, false
	}
	first := &v.Tokens[who]
	w := page.Lower(first.Span.In(p.Text))
	switch {
	case w == "he" || w == "she" || w == "they":
		if last-who > 2 {
			return source, cue, false
		}
	case page.Proper(first):
		for i := who; i < last; i++ {
			if i > who && verb == from && wordAt(p, i, from, end) == "of" && page.Proper(&v.Tokens[i-1]) && !clauseIn(p, i, end) {
				break // "cautions Tom Marr of the harbour board"
			}
			if !page.Proper(&v.Tokens[i]) && !page.Connector(page.Lower(v.Tokens[i].Span.In(p.Text))) {
				return source, cue, false
			}
		}
	case w == "the" && page.Noun(&v.Tokens[last-1]):
		switch p.Lex.Nouns[page.Lower(v.Tokens[last-1].Span.In(p.Text))] {
		case "":
			return source, cue, false
		}
	case first.POS == lang.DT || first.POS == lang.PRPS || w == "one":
		if before := p.Text[v.Tokens[from-1].Span.Start]; before == ';' || !papers(p, who, last) && p.Lex.Cues[wordAt(p, verb, from, end)] == "" && !alone && p.Lex.Speech[wordAt(p, verb, from, end)] == "" {
			return source, cue, false
		}
		// "a diplomat in Saint Orben complains": the noun before what it is of.
		noun := who
		for noun+1 < last && v.Tokens[noun+1].POS != lang.IN {
			noun++
		}
		if !page.Noun(&v.Tokens[noun]) || !plural(p, page.Lower(v.Tokens[noun].Span.In(p.Text))) {
			return source, cue, false
		}
		for i := noun; i < last; i++ {
			if finite(&v.Tokens[i]) || parts(p, &v.Tokens[i]) {
				return source, cue, false
			}
		}
	default:
		return source, cue, false
	}
	if verb > from {
		// What follows the verb may be little: "to add", "on", "me", or whom it is
		// said to: "of the two thousand graduands".
		if end-verb > 3 {
			switch wordAt(p, verb+1, from, end) {
			case "of", "to", "with":
			case "it", "clear":
				if w := wordAt(p, verb, from, end); w != "let" && w != "lets" {
					return source, cue, false
				}
			default:
				if v.Tokens[verb+1].POS != lang.NNP || wordAt(p, verb+1, from, end) == "that" {
					return source, cue, false
				}
			}
			for i := verb + 1; i < end; i++ {
				if finite(&v.Tokens[i]) && wordAt(p, verb, from, end) != "let" {
					return source, cue, false
				}
			}
		}
		last = verb
	}
	source = recount.Span{Start: v.Tokens[who].Span.Start, End: v.Tokens[last-1].Span.End}
	return source, v.Tokens[verb].Span, true
}

// clauseIn reports whether a finite verb stands among tokens.
func clauseIn(p *page.Page, from, to int) bool {
	for i := from; i < to; i++ {
		if finite(&p.Tree.Tokens[i]) {
			return true
		}
	}
	return false
}

// splits reports whether a remark from begin to end parts a subject from its verb:
// before it stands no verb and nothing that opens a clause, and a verb right after it.
func splits(p *page.Page, from, begin, end, to int) bool {
	v := p.Tree
	switch v.Tokens[from].POS {
	case lang.IN, wrb, lang.WP, lang.WDT, lang.VBG, lang.VBN, lang.TO, lang.RB, lang.CC:
		return false
	}
	for i := from; i < begin; i++ {
		if finite(&v.Tokens[i]) {
			return false
		}
	}
	i := end + 1
	for i < to && v.Tokens[i].POS == lang.RB {
		i++
	}
	return end < to && i < to && finite(&v.Tokens[i]) && p.Text[v.Tokens[end].Span.Start] == ','
}

// wrb is the tag of "how", "why" and "when".
const wrb = 29

// likePlural reports whether a verb that the tagger takes for a plural noun is the verb
// of a remark: it begins it before a name, or ends it behind a noun ("cautions Mr
// Marr", "the police log records").
func likePlural(p *page.Page, i, from, end int) bool {
	v := p.Tree
	if v.Tokens[i].POS != lang.NNS || !strings.HasSuffix(wordAt(p, i, from, end), "s") {
		return false
	}
	if i == from {
		return i+1 < end && (page.Proper(&v.Tokens[i+1]) || v.Tokens[i+1].POS == lang.DT)
	}
	return i == end-1 && page.Noun(&v.Tokens[i-1]) && i-from > 1
}

// notes are verbs by which papers and logs tell something.
var notes = words(`records record recorded notes note noted shows show showed reveals reveal revealed states state stated reads attests attest`)

// papers reports whether the noun of a phrase, before what it is of, is a paper, a
// log or their like ("a letter from the captain").
func papers(p *page.Page, from, to int) bool {
	v := p.Tree
	noun := from
	for noun+1 < to && v.Tokens[noun+1].POS != lang.IN {
		noun++
	}
	w := page.Lower(v.Tokens[noun].Span.In(p.Text))
	return page.Noun(&v.Tokens[noun]) && (p.Lex.Nouns[w] == "document" || p.Lex.Nouns[strings.TrimSuffix(w, "s")] == "document")
}
