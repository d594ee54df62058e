package quotes

import (
	"strings"

	"recount"
	"recount/internal/lang"
)

// A draft is a quotation before its speaker is known. Its content spans are as
// in PARC: with the quotation marks.
type draft struct {
	source     []recount.Span
	cue        []recount.Span
	content    []recount.Span
	cueLemma   string
	speech     bool
	turn       bool // a turn of a transcript
	inner      bool // it stands inside another quotation
	floating   bool // no cue: it continues whoever spoke before
	confidence recount.Milli
}

// maxSource is the longest source, in words, that the rules accept.
const maxSource = 14

// byRules finds quotations with the lexicon alone. Every sentence with a word
// of speech outside the marks is read once; quotation marks that no such word
// explains continue the speaker before them if they are a clause of their own.
// Indirect speech is read in English only.
func (p *page) byRules() []draft {
	var out []draft
	used := make([]bool, len(p.regions))
	for s := range p.sentences {
		out = p.sentenceRules(out, s, used)
	}
	for r := range p.regions {
		if !used[r] {
			if d, ok := p.floatingRule(r); ok {
				out = append(out, d)
			}
		}
	}
	return out
}

// regionsIn returns the regions that overlap the span, as a range of indexes.
func (p *page) regionsIn(s recount.Span) (from, to int) {
	lo, hi := 0, len(p.regions)
	for lo < hi {
		if m := (lo + hi) / 2; p.regions[m].outer.End <= s.Start {
			lo = m + 1
		} else {
			hi = m
		}
	}
	from = lo
	for to = from; to < len(p.regions) && p.regions[to].outer.Start < s.End; to++ {
	}
	return from, to
}

// sentenceRules reads one sentence.
func (p *page) sentenceRules(out []draft, s int, used []bool) []draft {
	sentence := p.sentences[s].Span
	from, to := p.regionsIn(sentence)
	for i := p.first[s]; i < p.first[s+1]; i++ {
		w := p.words[i]
		if w.region >= 0 {
			continue
		}
		cue, lemma := w.span, p.lex.Cues[w.lower]
		if phrase := p.according(i, p.first[s+1]); phrase > 0 {
			cue.End = p.words[i+phrase-1].span.End
			if d, ok := p.accordingRule(s, i, i+phrase, cue, used); ok {
				out = append(out, d)
				i += phrase - 1
			}
			continue
		}
		if lemma == "" {
			continue
		}
		before, after := -1, -1 // regions around the cue
		for r := from; r < to; r++ {
			if p.regions[r].outer.End <= cue.Start {
				before = r
			}
			if p.regions[r].outer.Start >= cue.End && after < 0 {
				after = r
			}
		}
		d := draft{cue: []recount.Span{cue}, cueLemma: lemma, speech: true, confidence: 800}
		switch {
		case before >= 0 && p.reaches(p.regions[before].outer.End, cue.Start):
			d.source = p.sourceAround(s, i, p.regions[before].outer.End)
			d.content = p.upTo(s, before, used)
			if after >= 0 && (p.reachesRight(cue.End, p.regions[after].outer.Start) || p.regions[after].outer.Start >= sentence.End) {
				used[after] = true
				d.content = append(d.content, p.regions[after].outer)
			}
			d.content = p.follow(d.content, s, used)
		case after >= 0 && p.near(cue.End, p.regions[after].outer.Start):
			d.source = p.sourceLeft(s, i)
			start := p.contentStart(cue.End)
			end := p.regions[after].outer.End
			used[after] = true
			if p.between(start, p.regions[after].outer.Start) != "" || p.between(end, sentence.End) != "" {
				// A mixed quotation runs to the end of its sentence.
				end = max(end, trimStop(p.text, sentence).End)
				for r := after; r < to; r++ {
					used[r] = true
				}
			}
			d.content = p.follow([]recount.Span{{Start: start, End: end}}, s, used)
		default:
			var ok bool
			if p.language != "en" || p.lex.Code != "en" {
				continue
			}
			if d.content, d.source, ok = p.indirect(s, i); !ok {
				continue
			}
			d.confidence = 600
		}
		if len(d.content) > 0 {
			out = append(out, d)
			i = max(i, p.wordAt(d.content[len(d.content)-1].End)-1)
		}
	}
	return out
}

// according returns how many words from i on make a phrase such as
// "according to", or 0.
func (p *page) according(i, end int) int {
	for _, phrase := range p.lex.According {
		n := strings.Count(phrase, " ") + 1
		if i+n <= end && strings.EqualFold(p.text[p.words[i].span.Start:p.words[i+n-1].span.End], phrase) {
			return n
		}
	}
	return 0
}

// accordingRule reads "content, according to source" and "according to
// source, content".
func (p *page) accordingRule(s, i, j int, cue recount.Span, used []bool) (draft, bool) {
	sentence := p.sentences[s].Span
	d := draft{cue: []recount.Span{cue}, cueLemma: "according", speech: true, confidence: 700}
	end := j
	for end < p.first[s+1] && end < j+maxSource && (end == j || !strings.ContainsAny(p.text[p.words[end-1].span.End:p.words[end].span.Start], ",;:“”\"«»")) {
		end++
	}
	if end == j {
		return d, false
	}
	d.source = []recount.Span{{Start: p.words[j].span.Start, End: p.words[end-1].span.End}}
	before := trimClause(p.text, recount.Span{Start: sentence.Start, End: cue.Start})
	after := trimClause(p.text, recount.Span{Start: d.source[0].End, End: sentence.End})
	content := before
	if before.Len() < 12 {
		content = after
	}
	if content.Len() < 8 {
		return d, false
	}
	from, to := p.regionsIn(content)
	for r := from; r < to; r++ {
		used[r] = true
	}
	d.content = p.follow([]recount.Span{content}, s, used)
	return d, true
}

// reaches reports whether only a short clause lies between the end of a region
// and a cue after it.
func (p *page) reaches(a, b int) bool {
	gap := p.between(a, b)
	return len(gap) < 120 && !strings.ContainsAny(gap, ".;") && strings.Count(gap, " ") < maxSource
}

func (p *page) reachesRight(a, b int) bool {
	return p.reaches(a, b) || strings.HasSuffix(p.between(a, b), ".")
}

// near reports whether a region after a cue belongs to it.
func (p *page) near(a, b int) bool {
	gap := p.between(a, b)
	return len(gap) < 160 && !strings.ContainsAny(gap, ";")
}

// upTo returns the content that ends with region r: the region alone, or the
// sentence from its start if it does not begin with the region.
func (p *page) upTo(s, r int, used []bool) []recount.Span {
	sentence := p.sentences[s].Span
	from, _ := p.regionsIn(sentence)
	for q := from; q <= r; q++ {
		used[q] = true
	}
	start := p.regions[from].outer.Start
	if p.between(sentence.Start, start) != "" {
		start = sentence.Start
	}
	return []recount.Span{{Start: min(start, p.regions[r].outer.Start), End: p.regions[r].outer.End}}
}

// follow adds the regions that go on after sentence s: those that begin the
// next sentences of the same line, and the open region's later lines.
func (p *page) follow(content []recount.Span, s int, used []bool) []recount.Span {
	line := p.lineEnd(p.sentences[s].Span.Start)
	last := content[len(content)-1].End
	for r, q := p.regionsIn(recount.Span{Start: last, End: len(p.text)}); r < q; r++ {
		g := p.regions[r]
		if g.outer.Start < last {
			continue
		}
		if g.continued || g.outer.Start < line && p.between(max(last, p.sentences[s].Span.End), g.outer.Start) == "" && p.between(g.outer.End, p.sentenceEnd(g.outer.End)) == "" {
			used[r] = true
			last = g.outer.End
			content = append(content, g.outer)
			continue
		}
		break
	}
	return content
}

func (p *page) sentenceEnd(b int) int { return p.sentences[p.sentenceAt(b-1)].Span.End }

// contentStart skips a complementiser and marks after a cue.
func (p *page) contentStart(b int) int {
	s := lang.Trim(p.text, recount.Span{Start: b, End: p.lineEnd(b)})
	for s.Start < s.End && strings.ContainsRune(",:-", rune(p.text[s.Start])) {
		s.Start++
	}
	return lang.Trim(p.text, s).Start
}

// sourceAround finds the source beside a cue that follows a region: between
// the two, or after the cue ("said the teacher").
func (p *page) sourceAround(s, cue, regionEnd int) []recount.Span {
	from := p.wordAt(regionEnd)
	if from < cue {
		return []recount.Span{{Start: p.words[from].span.Start, End: p.words[cue-1].span.End}}
	}
	// "dit-elle", "raconte-t-il": the pronoun hangs on by a hyphen.
	for k := cue + 1; k < p.first[s+1] && k <= cue+2 && p.text[p.words[k-1].span.End:p.words[k].span.Start] == "-"; k++ {
		if p.lex.Pronouns[p.words[k].lower] != "" {
			return []recount.Span{p.words[k].span}
		}
	}
	end := cue + 1
	for end < p.first[s+1] && end < cue+1+maxSource && p.words[end].region < 0 {
		gap := p.text[p.words[end-1].span.End:p.words[end].span.Start]
		if end > cue+1 && strings.ContainsAny(gap, ",.;:-–—()") && !strings.HasSuffix(gap, ". ") {
			break
		}
		if end == cue+1 && strings.ContainsAny(gap, ",;:-–—(\"“") {
			break
		}
		if l := p.words[end].lower; end > cue+1 && (l == "in" || l == "on" || l == "at" || l == "who" || l == "during" || l == "after" || l == "when" || l == "as" || l == "about" || l == "qui" || l == "dans" || l == "à" || l == "der" && p.language != "de" || l == "quien" || l == "en") {
			break
		}
		end++
	}
	if end == cue+1 {
		return nil
	}
	return []recount.Span{{Start: p.words[cue+1].span.Start, End: p.words[end-1].span.End}}
}

// sourceLeft finds the source before a cue: the words back to the start of
// its clause.
func (p *page) sourceLeft(s, cue int) []recount.Span {
	end := cue
	for end > p.first[s] && isAuxiliary(p.words[end-1].lower) {
		end--
	}
	start := end
	for start > p.first[s] && end-start < maxSource && p.words[start-1].region < 0 {
		if start < end && strings.ContainsAny(p.text[p.words[start-1].span.End:p.words[start].span.Start], ",;:–—()\"“”") {
			break
		}
		if l := p.words[start-1].lower; l == "and" && !p.words[max(start-2, 0)].upper || l == "but" || l == "that" || l == "while" || l == "as" {
			break
		}
		start--
	}
	if start == end {
		return nil
	}
	return []recount.Span{{Start: p.words[start].span.Start, End: p.words[end-1].span.End}}
}

func isAuxiliary(w string) bool {
	switch w {
	case "has", "have", "had", "also", "was", "is", "later", "then", "would", "will", "could", "can", "not", "did", "does", "do":
		return true
	}
	return false
}

// indirect reads speech without marks: "X said (that) ...", "..., X said".
func (p *page) indirect(s, cue int) (content, source []recount.Span, ok bool) {
	sentence := trimStop(p.text, p.sentences[s].Span)
	c := p.words[cue].span
	rest := lang.Trim(p.text, recount.Span{Start: c.End, End: sentence.End})
	if rest.Len() == 0 { // "..., X said."
		source = p.sourceLeft(s, cue)
		if source == nil {
			return nil, nil, false
		}
		body := trimClause(p.text, recount.Span{Start: sentence.Start, End: source[0].Start})
		if body.Len() < 12 {
			return nil, nil, false
		}
		return []recount.Span{body}, source, true
	}
	next := cue + 1
	if next >= p.first[s+1] {
		return nil, nil, false
	}
	lemma := p.lex.Cues[p.words[cue].lower]
	that := p.words[next].lower == "that"
	if !that && lemma != "say" && lemma != "deny" && lemma != "claim" && lemma != "add" && lemma != "acknowledge" && lemma != "suggest" && lemma != "argue" {
		if lemma != "tell" && lemma != "describe" && lemma != "ask" && lemma != "warn" && lemma != "announce" {
			return nil, nil, false
		}
	}
	source = p.sourceLeft(s, cue)
	if source == nil {
		return nil, nil, false
	}
	return []recount.Span{rest}, source, true
}

// trimStop returns s without white space and the stop at its end.
func trimStop(text string, s recount.Span) recount.Span {
	s = lang.Trim(text, s)
	for s.Start < s.End && (text[s.End-1] == '.' || text[s.End-1] == ',') {
		s.End--
	}
	return lang.Trim(text, s)
}

// trimClause returns s without white space, commas and stops at both ends.
func trimClause(text string, s recount.Span) recount.Span {
	s = trimStop(text, s)
	for s.Start < s.End && strings.ContainsRune(",;:", rune(text[s.Start])) {
		s.Start++
	}
	return lang.Trim(text, s)
}

// floatingRule reads a region without a word of speech: speech if it begins
// its line or sentence, follows a colon after a name, or goes on from above.
func (p *page) floatingRule(r int) (draft, bool) {
	g := p.regions[r]
	line := p.lineStart(g.outer.Start)
	d := draft{content: []recount.Span{g.outer}, speech: true, floating: true, confidence: 550}
	words := strings.Count(g.inner.In(p.text), " ") + 1
	lead := p.between(line, g.outer.Start)
	s := p.sentenceAt(g.outer.Start)
	starts := p.between(p.sentences[s].Span.Start, g.outer.Start) == ""
	switch {
	case g.continued:
		return d, true
	case strings.HasSuffix(lead, ":") && words >= 3:
		if i, j := p.wordAt(line), p.wordAt(g.outer.Start); j > i && j-i <= 6 && p.words[i].upper {
			d.source = []recount.Span{{Start: p.words[i].span.Start, End: p.words[j-1].span.End}}
			d.floating = false
		}
		return d, true
	case !p.lex.Known():
		return d, words >= 4
	case starts && words >= 4:
		return d, true
	}
	return d, false
}
