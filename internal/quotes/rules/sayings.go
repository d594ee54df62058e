package rules

import (
	"slices"
	"strings"
	"unicode"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// This file reads English sentences that tell what somebody says by more than a
// verb of speech: by what is put at how much, denied, let be known, or by a noun
// for what is said with the words behind a colon. Frames asks it last.

// sayings returns whose words a sentence tells, the word that says so, and from
// which token to which they stand.
func sayings(p *page.Page, from, to int) (source, cue recount.Span, first, last int, ok bool) {
	if p.Tree.Region[from] >= 0 {
		return
	}
	for _, read := range [...]func(*page.Page, int, int) (source, cue recount.Span, first, last int, ok bool){putAt, denial, letKnow, announced, toSomebody, reported} {
		if source, cue, first, last, ok = read(p, from, to); ok {
			return
		}
	}
	return
}

// wordAt returns a token of a sentence in lower case.
func wordAt(p *page.Page, i, from, to int) string {
	if i < from || i >= to {
		return ""
	}
	return page.Lower(p.Tree.Tokens[i].Span.In(p.Text))
}

// subject returns who the subject of a verb is, if it may speak: a name, a
// pronoun or a noun for a person or a body.
func subject(p *page.Page, verb, from int) (recount.Span, bool) {
	v := p.Tree
	k := int(v.Subject[verb])
	if k < 0 && v.Tokens[verb].Head >= 0 {
		// "The company has let it be known", "She kept the book and put ...": the
		// subject hangs on the other verb.
		if h := int(v.Tokens[verb].Head); h >= from && h < verb {
			k = int(v.Subject[h])
		}
	}
	if k < from || k >= verb {
		// What stands right before the verb, or the subject of the verb before "and".
		k = verb - 1
		if k > from && v.Tokens[k].POS == lang.CC {
			for i := k - 1; i > from; i-- {
				if finite(&v.Tokens[i]) && int(v.Subject[i]) >= from {
					k = int(v.Subject[i])
					break
				}
			}
		}
		for k > from && (v.Tokens[k].POS == lang.RB || v.Tokens[k].POS == lang.MD || auxiliary(wordAt(p, k, from, verb))) {
			k--
		}
		if k < from || v.Tokens[k].Shape == lang.ShapeMark && !closes(p, &k, from) {
			return recount.Span{}, false
		}
	}
	t := &v.Tokens[k]
	w := page.Lower(t.Span.In(p.Text))
	switch {
	case t.POS == lang.PRP:
		return t.Span, w == "he" || w == "she" || w == "they" || w == "it" && verb-k < 4
	case page.Proper(t):
	case page.Noun(t):
		if !plural(p, w) {
			return recount.Span{}, false
		}
	default:
		return recount.Span{}, false
	}
	s := v.NounPhrase(k)
	if v.Tokens[from].Span.Start > s.Start {
		s.Start = v.Tokens[from].Span.Start
	}
	return s, true
}

// closes moves k from the comma that ends a clause behind a noun to the noun
// ("Marr, a union man, put"), and reports whether there is one.
func closes(p *page.Page, k *int, from int) bool {
	v := p.Tree
	if p.Text[v.Tokens[*k].Span.Start] != ',' {
		return false
	}
	for i := *k - 1; i > from && *k-i < 14; i-- {
		if t := &v.Tokens[i]; t.Shape == lang.ShapeMark && p.Text[t.Span.Start] == ',' && page.Noun(&v.Tokens[i-1]) {
			*k = i - 1
			return true
		}
	}
	return false
}

func auxiliary(w string) bool {
	switch w {
	case "has", "have", "had", "also", "even", "is", "was", "did", "does", "would", "be", "been":
		return true
	}
	return false
}

// finite reports whether a token is a verb in a tense.
func finite(t *lang.Token) bool {
	return t.POS == lang.VBD || t.POS == lang.VBZ || t.POS == lang.VBP || t.POS == lang.MD
}

// clauseEnd returns the token at which what somebody says ends: the stop of the
// sentence, a semicolon, or "and" with a verb right behind it, which is what the
// speaker does next.
func clauseEnd(p *page.Page, from, to int) int {
	v := p.Tree
	for i := from; i < to; i++ {
		t := &v.Tokens[i]
		switch w := page.Lower(t.Span.In(p.Text)); {
		case w == ";", w == ".":
			return i
		case (w == "and" || w == "but") && i+1 < to && (finite(&v.Tokens[i+1]) || v.Tokens[i+1].POS == lang.VBN && v.Tokens[from].POS != lang.VBN) && i > from+1:
			if i > from && page.Lower(v.Tokens[i-1].Span.In(p.Text)) == "," {
				return i - 1
			}
			return i
		}
	}
	return to
}

// putAt reads "She put the dead at forty", "The count puts at 61 those who ...",
// "gave his age as 22".
func putAt(p *page.Page, from, to int) (source, cue recount.Span, first, last int, ok bool) {
	v := p.Tree
	for i := from + 1; i < to-2; i++ {
		t := &v.Tokens[i]
		small := ""
		switch wordAt(p, i, from, to) {
		case "put", "puts", "placed", "places":
			small = "at"
		case "gave", "gives", "listed", "lists":
			small = "as"
		default:
			continue
		}
		if !verb(t) || t.POS == lang.VBN && auxiliary(wordAt(p, i-1, from, to)) && wordAt(p, i-1, from, to) != "has" && wordAt(p, i-1, from, to) != "had" && wordAt(p, i-1, from, to) != "have" {
			continue
		}
		at, moved := i+1, false
		for at < to && at < i+16 && !stop(p, &v.Tokens[at]) && !(wordAt(p, at, from, to) == small && (small == "as" && attribute(p, i+1, at) || amount(p, at+1, to))) {
			switch wordAt(p, at, from, to) {
			case "to", "into", "onto", "on", "up", "down", "out", "away", "back":
				moved = moved || small == "at" // "put the children to bed at eight"
			}
			at++
		}
		if moved || wordAt(p, at, from, to) != small || at+1 >= to {
			continue
		}
		if source, ok = subject(p, i, from); !ok {
			continue
		}
		first = i + 1
		if first == at {
			first++
		}
		return source, t.Span, first, clauseEnd(p, first, to), true
	}
	return source, cue, 0, 0, false
}

// plural reports whether a word is a noun for people or bodies, several of them or one.
func plural(p *page.Page, w string) bool {
	return p.Lex.Nouns[w] != "" || p.Lex.Nouns[strings.TrimSuffix(w, "s")] != ""
}

func verb(t *lang.Token) bool {
	return finite(t) || t.POS == lang.VBN || t.POS == lang.VB
}

// amount reports whether tokens begin with how much or how many: a number, or a
// few small words and a number.
func amount(p *page.Page, i, to int) bool {
	v := p.Tree
	for k := i; k < i+5 && k < to; k++ {
		t := &v.Tokens[k]
		w := page.Lower(t.Span.In(p.Text))
		switch {
		case t.POS == lang.CD, t.Shape == lang.ShapeDigit, page.NumberWord(w):
			// "at one end", "at one point": a number of nothing that is counted.
			switch wordAt(p, k+1, i, to) {
			case "end", "point", "time", "stage", "side", "a.m", "p.m", "am", "pm", "o'clock", "o’clock", ":":
				return false
			}
			return true
		case w == "half" || w == "hundreds" || w == "thousands" || w == "dozens" || w == "millions" || w == "zero" || w == "none" || w == "double" || w == "twice" || w == "nil":
			return true
		case w == "$" || w == "£" || w == "€":
			return true
		case w == "more" || w == "fewer" || w == "less" || w == "than" || w == "about" || w == "around" || w == "some" || w == "nearly" || w == "almost" || w == "at" || w == "least" || w == "most" || w == "over" || w == "under" || w == "just" || w == "well" || w == "up" || w == "to" || w == "only" || w == "a" || w == "roughly" || w == "between" || w == "close" || w == "no":
		default:
			return false
		}
	}
	return false
}

// attribute reports whether tokens end with what is told of somebody or
// something ("his age", "the cause of death").
func attribute(p *page.Page, from, to int) bool {
	for i := from; i < to && i < from+8; i++ {
		switch page.Lower(p.Tree.Tokens[i].Span.In(p.Text)) {
		case "age", "ages", "cause", "reason", "reasons", "number", "numbers", "figure", "figures", "address", "name", "date", "time", "weight", "height", "distance", "toll", "occupation", "profession", "trade", "count", "total", "cost", "sum", "quantity", "price", "size", "motive", "source", "value", "depth", "speed", "length", "amount", "capital", "income", "rank", "nationality", "birthplace":
			return true
		}
	}
	return false
}

// denial reads "She denies fourteen counts", "denied inventing the spoon".
func denial(p *page.Page, from, to int) (source, cue recount.Span, first, last int, ok bool) {
	v := p.Tree
	for i := from + 1; i < to-2; i++ {
		t := &v.Tokens[i]
		switch wordAt(p, i, from, to) {
		case "deny", "denies", "denied", "denying", "disputes", "disputed", "contests", "contested":
		default:
			continue
		}
		switch before := wordAt(p, i-1, from, to); {
		case !verb(t) && t.POS != lang.VBG && wordAt(p, i, from, to) != "denies":
			continue
		case t.POS == lang.VBN && auxiliary(before) && before != "has" && before != "had" && before != "have" && before != "also":
			continue // "was denied entry"
		case before == "not" || before == "n't" || before == "n’t" || before == "to" || before == "nor" || before == "never" || before == "nobody":
			continue
		}
		n := &v.Tokens[i+1]
		second := &v.Tokens[i+2]
		w := wordAt(p, i+1, from, to)
		switch {
		case n.POS == lang.PRP: // "denied her a visa", "denied it"
			continue
		case n.POS == lang.VBG, strings.HasSuffix(w, "ing") && len(w) > 5:
		case n.POS == lang.CD || n.POS == lang.JJ || page.Noun(n) || n.POS == lang.DT || n.POS == lang.PRPS:
			if finite(second) || stop(p, second) || parts(p, second) {
				continue
			}
			// "denied the boys food": what somebody was kept from is not denied.
			if n.POS == lang.DT && plural(p, wordAt(p, i+2, from, to)) && i+3 < to && page.Noun(&v.Tokens[i+3]) {
				continue
			}
		default:
			continue
		}
		if source, ok = subject(p, i, from); !ok {
			continue
		}
		first = i + 1
		last = clauseEnd(p, first, to)
		if last-first < 2 {
			continue
		}
		return source, t.Span, first, last, true
	}
	return source, cue, 0, 0, false
}

// letKnow reads "wants it known that ...", "has let the wardens know that ...",
// "would have the class know, ...", "gave it as his opinion that ...", "gave us to
// understand that ...", "is said by the clerk to ..." not.
func letKnow(p *page.Page, from, to int) (source, cue recount.Span, first, last int, ok bool) {
	v := p.Tree
	for i := from + 1; i < to-3; i++ {
		w := wordAt(p, i, from, to)
		end := -1
		far := func(k int, words ...string) int { // the token behind the words, at most eight tokens off
			for ; k < min(to, i+10); k++ {
				for n, x := range words {
					if wordAt(p, k+n, from, to) != x {
						break
					}
					if n+1 == len(words) {
						return k + n + 1
					}
				}
				if parts(p, &v.Tokens[k]) || stop(p, &v.Tokens[k]) {
					return -1
				}
			}
			return -1
		}
		switch w {
		case "want", "wants", "wanted":
			if wordAt(p, i+1, from, to) == "it" {
				end = far(i+2, "known", "that")
				if end < 0 {
					end = far(i+2, "understood", "that")
				}
			}
		case "let", "lets", "letting":
			if end = far(i+1, "be", "known", "that"); end < 0 {
				end = far(i+1, "know", "that")
			}
		case "give", "gives", "gave", "given":
			if end = far(i+1, "to", "understand", "that"); end < 0 && (wordAt(p, i+1, from, to) == "it" || wordAt(p, i+1, from, to) == "as") {
				if that := far(i+2, "that"); that > 0 && said[wordAt(p, that-2, from, to)] {
					end = that
				}
			}
		case "have":
			if m := wordAt(p, i-1, from, to); m == "would" || m == "'d" || m == "’d" {
				if end = far(i+1, "know", "that"); end < 0 {
					end = far(i+1, "believe", "that")
				}
			}
		case "put", "puts":
			if wordAt(p, i+1, from, to) == "it" && wordAt(p, i+2, from, to) == "to" {
				end = far(i+3, "that")
			}
		case "was", "were", "is", "are":
			if wordAt(p, i+1, from, to) == "heard" && wordAt(p, i+2, from, to) == "to" && wordAt(p, i+4, from, to) == "that" {
				end = i + 5
			}
		}
		if end < 0 || end+2 >= to || v.Tokens[i].Shape == lang.ShapeQuote {
			continue
		}
		if source, ok = subject(p, i, from); !ok {
			continue
		}
		return source, recount.Span{Start: v.Tokens[i].Span.Start, End: v.Tokens[end-2].Span.End}, end, clauseEnd(p, end, to), true
	}
	return source, cue, 0, 0, false
}

// announced reads words without marks behind a colon that a noun for what is said
// brings in ("The chaplain takes the opposite line: nobody who is acting ...", "gives
// the same warning each time, namely that ..."), and a sentence that says what the
// one before it has brought in ("He had a second text. It was that ...").
func announced(p *page.Page, from, to int) (source, cue recount.Span, first, last int, ok bool) {
	v := p.Tree
	colon := -1
	for i := from + 2; i < to-3; i++ {
		w := wordAt(p, i, from, to)
		if w == ":" {
			colon = i
			first = i + 1
			break
		}
		if w == "namely" {
			colon = i
			first = i + 1
			if wordAt(p, first, from, to) == "that" || wordAt(p, first, from, to) == "," {
				first++
			}
			if wordAt(p, first, from, to) == "that" {
				first++
			}
			break
		}
	}
	if colon < 0 {
		if wordAt(p, from, from, to) != "it" && wordAt(p, from, from, to) != "this" {
			return
		}
		b := wordAt(p, from+1, from, to)
		if b != "was" && b != "is" || wordAt(p, from+2, from, to) != "that" || from == 0 {
			return source, cue, 0, 0, false
		}
		s := int(v.Tokens[from].Sentence)
		if s == 0 || p.LineStart(v.Tokens[from].Span.Start) != p.LineStart(p.Sentences[s-1].Span.Start) {
			return source, cue, 0, 0, false
		}
		noun, verb := brings(p, v.First[s-1], from)
		if noun < 0 {
			return source, cue, 0, 0, false
		}
		source, ok = subject(p, verb, v.First[s-1])
		return source, recount.Span{Start: v.Tokens[from].Span.Start, End: v.Tokens[from+1].Span.End}, from + 3, to, ok
	}
	noun, verb := brings(p, from, colon)
	if noun < 0 {
		return source, cue, 0, 0, false
	}
	clause := false
	for i := first; i < to; i++ {
		clause = clause || finite(&v.Tokens[i])
	}
	if !clause || first >= to-3 {
		return source, cue, 0, 0, false
	}
	source, ok = subject(p, verb, from)
	return source, v.Tokens[noun].Span, first, to, ok
}

// brings returns the noun for what is said that somebody has, gives or takes, and
// that verb.
func brings(p *page.Page, from, to int) (noun, verb int) {
	v := p.Tree
	for i := from + 1; i < to; i++ {
		switch wordAt(p, i, from, to) {
		case "has", "had", "have", "gives", "gave", "takes", "took", "offers", "offered", "made", "makes", "returned", "returns", "sent", "sends", "issued", "issues", "delivered", "keeps", "kept", "repeated", "repeats", "posted", "left", "draws", "drew":
		default:
			continue
		}
		for k := i + 1; k < to && k < i+9; k++ {
			t := &v.Tokens[k]
			if stop(p, t) || parts(p, t) || finite(t) {
				break
			}
			if w := strings.TrimSuffix(wordAt(p, k, from, to), "s"); page.Noun(t) && (said[w] || brought[w]) && !(page.Noun(v.At(k+1)) && k+1 < to) {
				return k, i
			}
		}
	}
	return -1, -1
}

// brought are more nouns for what is said, where somebody has or gives one.
var brought = words(`theory advice complaint line text rule maxim motto point quibble caveat reply rebuke moral lesson request plea demand condition
	promise threat boast grievance regret worry fear hunch rejoinder observation remark comment prediction forecast diagnosis`)

// toSomebody reads "To his brother he was a stubborn beggar", "To the sergeant, it
// was a small ring": what something is to somebody is what that one says of it.
func toSomebody(p *page.Page, from, to int) (source, cue recount.Span, first, last int, ok bool) {
	v := p.Tree
	if wordAt(p, from, from, to) != "to" {
		return
	}
	i := from + 1
	for i < to && i < from+9 {
		t := &v.Tokens[i]
		if (t.POS == lang.DT || t.POS == lang.PRPS) && i > from+1 && page.Noun(&v.Tokens[i-1]) {
			break
		}
		if t.POS == lang.DT || t.POS == lang.PRPS || t.POS == lang.JJ || t.POS == lang.POS || page.Noun(t) || page.Connector(wordAt(p, i, from, to)) {
			i++
			continue
		}
		break
	}
	if i == from+1 || i >= to-3 {
		return
	}
	head := &v.Tokens[i-1]
	w := page.Lower(head.Span.In(p.Text))
	person := page.Proper(head) && personal(p, from+1, i)
	switch p.Lex.Nouns[w] {
	case "person", "man", "woman":
		person = true
	}
	first = i
	if wordAt(p, i, from, to) == "," {
		first++
	}
	t := v.At(first)
	if !person || t.POS != lang.PRP && t.POS != lang.DT && t.POS != lang.PRPS && !page.Noun(t) {
		return source, cue, 0, 0, false
	}
	for k := first + 1; k < to && k < first+6; k++ {
		switch wordAt(p, k, from, to) {
		case ",", ":":
			return source, cue, 0, 0, false
		case "was", "is", "were", "are":
			return recount.Span{Start: v.Tokens[from+1].Span.Start, End: head.Span.End}, v.Tokens[from].Span, first, clauseEnd(p, first, to), k+1 < to && v.Tokens[k+1].POS != lang.VBN && v.Tokens[k+1].POS != lang.VBG
		}
	}
	return source, cue, 0, 0, false
}

// personal reports whether a name is a person's by its first word or a noun
// before it.
func personal(p *page.Page, from, to int) bool {
	v := p.Tree
	for i := from; i < to; i++ {
		w := page.Lower(v.Tokens[i].Span.In(p.Text))
		if p.Lex.Titles[w] != "" {
			return true
		}
		switch p.Lex.Nouns[w] {
		case "person", "man", "woman":
			return true
		}
		if r := []rune(v.Tokens[i].Span.In(p.Text)); len(r) > 0 && unicode.IsUpper(r[0]) {
			if g, _ := p.Given.Of(w); g != recount.UnknownGender || p.Given.BothBear(w) {
				return true
			}
			return to-i == 1 && i == from && v.Tokens[i].Name == lang.Person
		}
	}
	return false
}

// reported reads what a paper or a body is told to conclude, record or note, with
// where it does so before the clause ("concludes on the ninth page that ...", "The
// letter informs us that ...").
func reported(p *page.Page, from, to int) (source, cue recount.Span, first, last int, ok bool) {
	v := p.Tree
	for i := from + 1; i < to-4; i++ {
		t := &v.Tokens[i]
		w := wordAt(p, i, from, to)
		if !reports[w] || v.Region[i] >= 0 {
			continue
		}
		switch t.POS { // "informs" is often taken for a plural, "found" for a participle
		case lang.VBD, lang.VBZ, lang.VBP, lang.NNS:
		case lang.VBN:
			if auxiliary(wordAt(p, i-1, from, to)) {
				continue
			}
		default:
			continue
		}
		that := i + 1
		for that < to && that < i+9 && wordAt(p, that, from, to) != "that" {
			if x := &v.Tokens[that]; finite(x) || stop(p, x) || parts(p, x) || x.POS == lang.VBG || x.POS == lang.TO {
				that = to
				break
			}
			that++
		}
		if that >= to-2 || wordAt(p, that, from, to) != "that" {
			continue
		}
		if x := &v.Tokens[i+1]; that > i+1 && x.POS != lang.IN && x.POS != lang.PRP && x.POS != lang.RB && !(page.Noun(x) && tells[w]) && x.POS != lang.DT {
			continue
		} else if x.POS == lang.DT && (!tells[w] || !plural(p, wordAt(p, that-1, from, to))) {
			continue // "describes the door that was open"
		}
		clause := false
		for k := that + 2; k < to && k < that+14; k++ {
			clause = clause || finite(&v.Tokens[k])
		}
		if !clause {
			continue
		}
		if source, ok = subject(p, i, from); !ok || !issues(p, source) {
			ok = false
			continue
		}
		if page.Noun(&v.Tokens[i-1]) {
			// "A paper on the firm's website states that": the parser may see less.
			k := i - 1
			for k > from && (page.Noun(&v.Tokens[k-1]) || slices.Contains(phrase, int(v.Tokens[k-1].POS))) {
				k--
			}
			if v.Tokens[k].POS != lang.IN && v.Tokens[k].POS != lang.POS && v.Tokens[k].Span.Start < source.Start {
				source.Start = v.Tokens[k].Span.Start
			}
		}
		return source, t.Span, that + 1, clauseEnd(p, that+1, to), true
	}
	return source, cue, 0, 0, false
}

// phrase are the tags of the words of a noun phrase beside its nouns, and of what parts
// it from what it is of.
var phrase = []int{lang.DT, lang.JJ, lang.POS, lang.PRPS, lang.CD, lang.IN}

// reports are verbs by which papers and bodies tell what they hold to be so.
var reports = words(`conclude concludes concluded record note find show warn claim report records recorded notes noted finds found establishes established informs informed warns warned reminds reminded
	maintains maintained state states stated observes observed asserts asserted reveals revealed shows showed certifies certified attests attested advises advised
	claims claimed reports reported explains explained insists insisted`)

// tells are those of them that take whom it is told.
var tells = words(`informs informed warns warned reminds reminded advises advised`)

// issues reports whether a phrase names a paper or a body, or is "it".
func issues(p *page.Page, s recount.Span) bool {
	v := p.Tree
	k := v.HeadIn(s)
	if k < 0 {
		return false
	}
	w := page.Lower(v.Tokens[k].Span.In(p.Text))
	if w == "it" {
		return true
	}
	c := p.Lex.Nouns[w]
	if c == "" {
		c = p.Lex.Nouns[strings.TrimSuffix(w, "s")]
	}
	return c == "document" || c == "organisation"
}
