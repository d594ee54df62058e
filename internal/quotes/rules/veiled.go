package rules

import (
	"slices"
	"strings"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// Veiled puts right the English sentences whose speaker is followed by a clause on
// how he or she is to be called ("A woman who asked not to be named said ...", "a
// guard, whose name is being withheld, told us ..."). The verbs of such a clause say
// nothing that counts, and what they hide from the parser is who says the rest.
func Veiled(p *page.Page, drafts []page.Draft) []page.Draft {
	u := unveiler{p: p, drafts: drafts}
	for s := range p.Sentences {
		from, to := p.Tree.First[s], p.Tree.First[s+1]
		for i := from + 1; i < to; i++ {
			if c, ok := veil(p, from, to, i); ok {
				u.unveil(s, c, to)
				i = c.end
			}
		}
	}
	kept := u.drafts[:0]
	for i := range u.drafts {
		if !u.gone[i] {
			kept = append(kept, u.drafts[i])
		}
	}
	return kept
}

// unveiler holds the drafts of a page, those that are gone, and which of them stand in
// a sentence.
type unveiler struct {
	p      *page.Page
	drafts []page.Draft
	gone   map[int]bool
	in     map[int][]int
}

// of returns the drafts with a part in sentence s.
func (u *unveiler) of(s int) []int {
	if u.in == nil {
		u.in, u.gone = map[int][]int{}, map[int]bool{}
		for i := range u.drafts {
			u.index(i)
		}
	}
	return u.in[s]
}

func (u *unveiler) index(i int) {
	last := -1
	for _, list := range [...][]recount.Span{u.drafts[i].Cue, u.drafts[i].Content} {
		for _, x := range list {
			for s := u.p.SentenceAt(x.Start); s < len(u.p.Sentences) && u.p.Sentences[s].Span.Start < x.End; s++ {
				if s != last {
					u.in[s] = append(u.in[s], i)
				}
				last = s
			}
		}
	}
}

// A clause on how a speaker is to be called: the token of the noun before it, its
// first token, and the token behind it, which is a word of speech or one past the
// sentence.
type clause struct{ head, begin, end int }

// veil reads the clause that begins with token i, if it is one on how the person
// before it is to be called.
func veil(p *page.Page, from, to, i int) (c clause, ok bool) {
	v := p.Tree
	word := func(i int) string {
		if i < from || i >= to {
			return ""
		}
		return page.Lower(v.Tokens[i].Span.In(p.Text))
	}
	c = clause{head: i - 1, begin: i}
	if word(c.head) == "," {
		c.head--
	}
	if c.head < from || !page.Noun(&v.Tokens[c.head]) && !p.Lex.Person(word(c.head)) {
		return c, false
	}
	seen := false
	switch w := word(i); w {
	case "who":
		k := i + 1
		for k < to && (v.Tokens[k].POS == lang.RB || word(k) == "also") {
			k++
		}
		if !veils[word(k)] {
			return c, false
		}
	case "whose":
		if !withheld[word(i+1)] && !(word(i+1) == "real" || word(i+1) == "full" || word(i+1) == "last") {
			return c, false
		}
	default:
		if !veiling[w] || !p.Lex.Person(word(c.head)) && page.Lower(v.Tokens[c.head].Span.In(p.Text)) != "who" && c.head == i-1 {
			return c, false
		}
		seen = withheld[w]
	}
	for c.end = i + 1; c.end < to && c.end-i < farVeil; c.end++ {
		t := &v.Tokens[c.end]
		w := word(c.end)
		if v.Region[c.end] >= 0 || w == ";" || w == ":" {
			return c, false
		}
		seen = seen || withheld[w]
		if p.Lex.Cues[w] == "" && p.Lex.Speech[w] == "" {
			continue
		}
		if !seen {
			if word(c.end-1) == "," && (t.POS == lang.VBD || t.POS == lang.VBZ) {
				return c, false // "who had never been there, insists he would be known"
			}
			continue
		}
		if t.POS != lang.VBD && t.POS != lang.VBZ && !(t.POS == lang.VBN && strings.HasSuffix(w, "d")) {
			continue
		}
		switch before := &v.Tokens[c.end-1]; {
		case before.POS == lang.PRP, before.POS == lang.MD, before.POS == lang.TO, before.POS == lang.CC:
			continue // "because she said", "and was told"
		}
		switch word(c.end - 1) {
		case "be", "been", "was", "is", "are", "were", "being", "as", "who", "which", "that":
			continue
		}
		return c, true
	}
	c.end = min(c.end, to)
	return c, seen && c.end == to
}

// farVeil bounds how many tokens such a clause takes.
const farVeil = 24

// veils are the verbs with which such a clause begins.
var veils = setOf("asked asks wanted wants wished wishes spoke speaks refused refuses declined declines did does would requested requests preferred prefers insisted insists begged begs agreed agrees gave gives cannot could can is was has had goes went uses used calls called chose chooses identified introduced signed signs feared fears hid hides withheld sought seeks demanded demands")

// veiling are the participles with which one begins that has no verb of its own
// ("speaking on condition of anonymity").
var veiling = setOf("speaking talking identified named introduced quoted using requesting asking declining refusing citing insisting preferring wishing wanting giving going known fearing hiding withholding")

// withheld are the words that show what such a clause is about.
var withheld = setOf("name names named unnamed surname surnames identity identities identified identify anonymity anonymous anonymously unidentified pseudonym alias nickname nom known called attributed authorised authorized")

func setOf(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// unveil takes out what the clause was read to say, and gives what stands behind it
// to whom it describes.
func (u *unveiler) unveil(s int, c clause, to int) {
	p, v := u.p, u.p.Tree
	inside := recount.Span{Start: v.Tokens[c.begin].Span.Start, End: v.Tokens[c.end-1].Span.End}
	here := u.of(s)
	for _, i := range here {
		d := &u.drafts[i]
		if len(d.Cue) > 0 && inside.Contains(d.Cue[0]) && !slices.ContainsFunc(d.Content, func(x recount.Span) bool { return p.Quoted(x.Start) }) {
			u.gone[i] = true
		}
	}
	if c.end == to {
		return
	}
	cue := v.Tokens[c.end].Span
	source := v.NounPhrase(described(p, c.head))
	for _, i := range here {
		d := &u.drafts[i]
		if u.gone[i] || !slices.ContainsFunc(d.Cue, func(x recount.Span) bool { return x.Overlaps(cue) }) {
			continue
		}
		if len(d.Source) > 0 && d.Source[0].Start <= source.Start && d.Source[0].End > source.Start {
			source = recount.Span{Start: d.Source[0].Start, End: min(d.Source[0].End, v.Tokens[c.begin-1].Span.End)}
			source.End = source.Start + len(strings.TrimRight(source.In(p.Text), " ,"))
		}
		d.Source = []recount.Span{source}
		if x, ok := behind(p, c.end, to); ok && len(d.Content) == 1 && d.Content[0].Contains(x) {
			d.Content[0] = x // without "us", who are told
		}
		return
	}
	content, ok := behind(p, c.end, to)
	if !ok || slices.ContainsFunc(here, func(i int) bool {
		return !u.gone[i] && slices.ContainsFunc(u.drafts[i].Content, content.Overlaps)
	}) {
		return
	}
	u.drafts = append(u.drafts, page.Draft{Source: []recount.Span{source}, Cue: []recount.Span{cue}, CueLemma: p.Lex.Cues[page.Lower(cue.In(p.Text))], Content: []recount.Span{content}, Speech: true, Confidence: 700})
	u.index(len(u.drafts) - 1)
}

// described returns the noun for a person that a clause behind token h is about: the
// noun itself, or one before it with nothing between but where he or she is from ("a
// spokesman for the ministry in Hask, who").
func described(p *page.Page, h int) int {
	v := p.Tree
	for i := h; i >= v.First[v.Tokens[h].Sentence] && h-i < 12; i-- {
		t := &v.Tokens[i]
		w := page.Lower(t.Span.In(p.Text))
		if p.Lex.Person(w) || strings.HasSuffix(w, "-year-old") {
			return i
		}
		switch t.POS {
		case lang.VBD, lang.VBZ, lang.VBP, lang.MD:
			return h
		}
	}
	return h
}

// behind returns what the word of speech at token k says: the rest of the sentence
// behind "that", or behind whom it is told to.
func behind(p *page.Page, k, to int) (recount.Span, bool) {
	v := p.Tree
	i := k + 1
	switch w := page.Lower(v.Tokens[k].Span.In(p.Text)); w {
	case "told", "tells", "informed", "assured", "warned", "reminded":
		if i < to && v.Tokens[i].POS == lang.PRP {
			i++
		} else {
			for i < to && (v.Tokens[i].POS == lang.DT || v.Tokens[i].POS == lang.PRPS || v.Tokens[i].POS == lang.JJ || page.Noun(&v.Tokens[i])) {
				i++
				if i < to && v.Tokens[i].POS == lang.DT {
					break // the next one begins what is told
				}
			}
		}
	}
	if i < to && page.Lower(v.Tokens[i].Span.In(p.Text)) == "that" {
		i++
	}
	if i >= to || v.Region[i] >= 0 {
		return recount.Span{}, false
	}
	sentence := trimStop(p.Text, p.Sentences[v.Tokens[k].Sentence].Span)
	rest := lang.Trim(p.Text, recount.Span{Start: v.Tokens[i].Span.Start, End: sentence.End})
	if rest.Len() < 12 || p.Quoted(rest.Start) || strings.ContainsAny(rest.In(p.Text), "“\"«") {
		return recount.Span{}, false
	}
	switch p.Text[rest.Start] {
	case ',', ':', ';', '-':
		return recount.Span{}, false
	}
	return rest, true
}
