// Package rules finds quotations by rules: the words of speech of a lexicon,
// the places of the quotation marks, and the turns of a transcript.
//
// In: a page. Out: drafts. It reads the languages that have no trained model,
// and transcripts in all. Limits: indirect speech is read in English only; a
// language without a lexicon is read by its marks alone.
package rules

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// maxSource is the longest source, in words, that the rules accept.
const maxSource = 14

// A reader reads a page by rules.
type reader struct{ *page.Page }

// Find finds quotations with the lexicon alone. Every sentence with a word
// of speech outside the marks is read once; quotation marks that no such word
// explains continue the speaker before them if they are a clause of their own.
// Indirect speech is read in English only.
func Find(q *page.Page) []page.Draft {
	p := reader{q}
	var out []page.Draft
	used := make([]bool, len(p.Regions))
	for s := range p.Sentences {
		out = p.sentenceRules(out, s, used)
	}
	for r := range p.Regions {
		if !used[r] {
			if d, ok := FloatingRule(p.Page, r); ok {
				out = append(out, d)
			}
		}
	}
	return out
}

// sentenceRules reads one sentence.
func (p reader) sentenceRules(out []page.Draft, s int, used []bool) []page.Draft {
	sentence := p.Sentences[s].Span
	from, to := p.RegionsIn(sentence)
	for i := p.First[s]; i < p.First[s+1]; i++ {
		w := p.Words[i]
		if w.Region >= 0 {
			continue
		}
		cue, lemma := w.Span, p.Lex.Cues[w.Lower]
		if phrase := p.according(i, p.First[s+1]); phrase > 0 {
			cue.End = p.Words[i+phrase-1].Span.End
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
		if r := from + sort.Search(to-from, func(k int) bool { return p.Regions[from+k].Outer.End > cue.Start }); r > from {
			before = r - 1
		}
		if r := from + sort.Search(to-from, func(k int) bool { return p.Regions[from+k].Outer.Start >= cue.End }); r < to {
			after = r
		}
		d := page.Draft{Cue: []recount.Span{cue}, CueLemma: lemma, Speech: true, Confidence: 800}
		switch {
		case before >= 0 && p.reaches(p.Regions[before].Outer.End, cue.Start):
			d.Source = p.sourceAround(s, i, p.Regions[before].Outer.End)
			if d.Source == nil {
				// "Osric Tamm ise “...” dedi": what stands before the marks speaks.
				if d.Source = p.sourceBefore(s, before); d.Source != nil {
					used[before] = true
					d.Content = []recount.Span{p.Regions[before].Outer}
				}
			}
			if d.Content == nil {
				d.Content = p.upTo(s, before, used)
			}
			if after >= 0 && (p.reachesRight(cue.End, p.Regions[after].Outer.Start) || p.Regions[after].Outer.Start >= sentence.End) {
				used[after] = true
				d.Content = append(d.Content, p.Regions[after].Outer)
			}
			d.Content = p.follow(d.Content, s, used)
		case after >= 0 && p.near(cue.End, p.Regions[after].Outer.Start):
			d.Source = p.sourceLeft(s, i)
			start := p.ContentStart(cue.End)
			if p.retorts(s, i) {
				d.Source = nil // "Faux, rétorque l’entreprise : « ... »"
			}
			if d.Source == nil {
				// The verb comes first: what stands between it and the marks speaks.
				if d.Source = p.sourceBetween(i, after); d.Source != nil {
					start = p.Regions[after].Outer.Start
				}
			}
			end := p.Regions[after].Outer.End
			used[after] = true
			if p.Between(start, p.Regions[after].Outer.Start) != "" || p.Between(end, sentence.End) != "" {
				// A mixed quotation runs to the end of its sentence.
				end = max(end, trimStop(p.Text, sentence).End)
				for r := after; r < to && (r == after || !used[r]); r++ {
					used[r] = true
				}
			}
			d.Content = p.follow([]recount.Span{{Start: start, End: end}}, s, used)
		default:
			var ok bool
			if p.Lex.Code != "en" {
				if d.Content, d.Source, ok = p.foreign(s, i); !ok {
					continue
				}
				d.Confidence = 550
				break
			}
			if p.Language != "en" {
				continue
			}
			if d.Content, d.Source, ok = p.indirect(s, i); !ok {
				continue
			}
			d.Confidence = 600
		}
		p.withoutPrefix(&d)
		if len(d.Content) > 0 {
			out = append(out, d)
			i = max(i, p.WordAt(d.Content[len(d.Content)-1].End)-1)
		}
	}
	return out
}

// according returns how many words from i on make a phrase such as
// "according to", or 0.
func (p reader) according(i, end int) int {
	if p.Lex.Code == "de" && p.Words[i].Lower == "so" && i > 0 && i+1 < end && strings.Contains(p.Text[p.Words[i-1].Span.End:p.Words[i].Span.Start], ",") {
		switch w := p.Words[i+1]; w.Lower { // "Sie habe, so Marr, ..."
		case "der", "die", "das":
			if i+2 < end && p.Words[i+2].Upper {
				return 1
			}
		default:
			if w.Upper {
				return 1
			}
		}
	}
	for _, phrase := range p.Lex.According {
		n := strings.Count(phrase, " ") + 1
		if i+n <= end && strings.EqualFold(p.Text[p.Words[i].Span.Start:p.Words[i+n-1].Span.End], phrase) {
			return n
		}
	}
	return 0
}

// accordingRule reads "content, according to source" and "according to
// source, content".
func (p reader) accordingRule(s, i, j int, cue recount.Span, used []bool) (page.Draft, bool) {
	sentence := p.Sentences[s].Span
	d := page.Draft{Cue: []recount.Span{cue}, CueLemma: "according", Speech: true, Confidence: 700}
	end := j
	for end < p.First[s+1] && end < j+maxSource && (end == j || !strings.ContainsAny(p.Text[p.Words[end-1].Span.End:p.Words[end].Span.Start], ",;:،“”\"«»") && !p.verbSecond(end)) {
		end++
	}
	if end == j {
		return d, false
	}
	d.Source = []recount.Span{{Start: p.Words[j].Span.Start, End: p.Words[end-1].Span.End}}
	before := trimClause(p.Text, recount.Span{Start: sentence.Start, End: cue.Start})
	after := trimClause(p.Text, recount.Span{Start: d.Source[0].End, End: sentence.End})
	content := []recount.Span{before}
	switch {
	case before.Len() >= 5 && after.Len() >= 8 && i > p.First[s] && strings.Contains(p.Text[p.Words[i-1].Span.End:cue.Start], ",") && strings.HasPrefix(p.Text[d.Source[0].End:], ","):
		content = append(content, after) // "Sie habe, laut Marr, gewartet"
	case before.Len() < 12:
		content[0] = after
	}
	if content[0].Len() < 5 || len(content) == 1 && content[0].Len() < 8 {
		return d, false
	}
	for _, c := range content {
		from, to := p.RegionsIn(c)
		for r := from; r < to; r++ {
			used[r] = true
		}
	}
	d.Content = p.follow(content, s, used)
	return d, true
}

// verbSecond reports whether word i is a German verb that stands behind the phrase at
// the head of its sentence ("Nach Angaben der Polizei waren ..."), where no comma does.
func (p reader) verbSecond(i int) bool {
	if p.Lex.Code != "de" || p.Words[i].Upper {
		return false
	}
	switch w := p.Words[i].Lower; w {
	case "wurde", "wurden", "war", "waren", "ist", "sind", "hat", "haben", "habe", "hatte", "hatten", "hätten", "hätte", "sei", "seien", "werde", "wird", "werden", "würde", "würden", "kann", "können", "konnte", "konnten", "könnte", "soll", "sollte", "sollen", "sollten", "muss", "müssen", "musste", "mussten", "will", "wollte", "wollen", "darf", "dürfen", "durfte", "gab", "gibt", "kam", "kamen", "kommt", "kommen", "liegt", "lag", "liegen", "steht", "stand", "stehen", "ging", "gingen", "geht", "hält", "hielt", "halten", "bleibt", "blieb", "bleiben", "fehlt", "fehlen", "fehlte", "starben", "starb", "lebt", "leben", "lebten":
		return true
	default:
		return p.Lex.Cues[w] != ""
	}
}

// withoutPrefix takes the second half of a German word of speech off who speaks
// ("räumt Marr ein", "ließ eine Sprecherin wissen").
func (p reader) withoutPrefix(d *page.Draft) {
	if p.Lex.Code != "de" || len(d.Source) != 1 || d.Source[0].Start < d.Cue[0].End {
		return
	}
	i, j := p.WordAt(d.Source[0].Start), p.WordAt(d.Source[0].End)
	if j-i < 2 || j > len(p.Words) {
		return
	}
	switch p.Words[j-1].Lower {
	case "ein", "an", "mit", "aus", "auf", "zu", "vor", "hinzu", "fest", "wieder", "zurück", "nach", "wissen", "klar", "entgegen", "weiter":
		d.Source[0].End = p.Words[j-2].Span.End
	}
}

// retorts reports whether all that stands before a word of speech is one word and a
// comma, and who speaks behind it, as in no English sentence.
func (p reader) retorts(s, cue int) bool {
	return p.Lex.Code != "en" && cue == p.First[s]+1 && cue+1 < p.First[s+1] && strings.Contains(p.Text[p.Words[cue-1].Span.End:p.Words[cue].Span.Start], ",") && p.mayName(cue+1)
}

// reaches reports whether only a short clause lies between the end of a region
// and a cue after it.
func (p reader) reaches(a, b int) bool {
	gap := p.Between(a, b)
	return len(gap) < 120 && !strings.ContainsAny(gap, ".;") && strings.Count(gap, " ") < maxSource
}

func (p reader) reachesRight(a, b int) bool {
	return p.reaches(a, b) || strings.HasSuffix(p.Between(a, b), ".")
}

// near reports whether a region after a cue belongs to it.
func (p reader) near(a, b int) bool {
	gap := p.Between(a, b)
	return len(gap) < 160 && !strings.ContainsAny(gap, ";")
}

// upTo returns the content that ends with region r: the region alone, or the
// sentence from its start if it does not begin with the region.
func (p reader) upTo(s, r int, used []bool) []recount.Span {
	sentence := p.Sentences[s].Span
	from, _ := p.RegionsIn(sentence)
	for q := r; q >= from && !used[q]; q-- {
		used[q] = true
	}
	start := p.Regions[from].Outer.Start
	if p.Between(sentence.Start, start) != "" {
		start = sentence.Start
	}
	return []recount.Span{{Start: min(start, p.Regions[r].Outer.Start), End: p.Regions[r].Outer.End}}
}

// follow adds the regions that go on after sentence s: those that begin the
// next sentences of the same line, and the open region's later lines.
func (p reader) follow(content []recount.Span, s int, used []bool) []recount.Span {
	line := p.LineEnd(p.Sentences[s].Span.Start)
	last := content[len(content)-1].End
	r, _ := p.RegionsIn(recount.Span{Start: last, End: last + 1})
	for ; r < len(p.Regions); r++ {
		g := p.Regions[r]
		if g.Outer.Start < last {
			continue
		}
		if g.Continued || g.Outer.Start < line && p.Between(max(last, p.Sentences[s].Span.End), g.Outer.Start) == "" && p.Between(g.Outer.End, p.SentenceEnd(g.Outer.End)) == "" {
			used[r] = true
			last = g.Outer.End
			content = append(content, g.Outer)
			continue
		}
		break
	}
	return content
}

// sourceAround finds the source beside a cue that follows a region: between
// the two, or after the cue ("said the teacher").
func (p reader) sourceAround(s, cue, regionEnd int) []recount.Span {
	from, left := p.WordAt(regionEnd), cue
	for left > from && isAuxiliary(p.Words[left-1].Lower) {
		left--
	}
	if from < left {
		cue = left
		return []recount.Span{{Start: p.Words[from].Span.Start, End: p.Words[cue-1].Span.End}}
	}
	// "dit-elle", "raconte-t-il": the pronoun hangs on by a hyphen.
	for k := cue + 1; k < p.First[s+1] && k <= cue+2 && p.Text[p.Words[k-1].Span.End:p.Words[k].Span.Start] == "-"; k++ {
		if p.Lex.Pronouns[p.Words[k].Lower] != "" {
			return []recount.Span{p.Words[k].Span}
		}
	}
	if k := cue + 1; k < p.First[s+1] && p.Lex.Pronouns[p.Words[k].Lower] != "" && p.Lex.Pronouns[p.Words[k].Lower] != "?" {
		return []recount.Span{p.Words[k].Span}
	}
	end := cue + 1
	for end < p.First[s+1] && end < cue+1+maxSource && p.Words[end].Region < 0 {
		gap := p.Text[p.Words[end-1].Span.End:p.Words[end].Span.Start]
		if end > cue+1 && strings.ContainsAny(gap, ",.;:-–—()") && !strings.HasSuffix(gap, ". ") && gap != "-" {
			// A name in apposition still belongs to it.
			if gap == ", " && p.Words[end].Upper && !p.Words[cue+1].Upper {
				end++
				for end < p.First[s+1] && p.Words[end].Upper && p.Between(p.Words[end-1].Span.End, p.Words[end].Span.Start) == "" {
					end++
				}
			}
			break
		}
		if end == cue+1 && strings.ContainsAny(gap, ",;:-–—(\"“") {
			break
		}
		if l := p.Words[end].Lower; end > cue+1 && (l == "in" || l == "on" || l == "at" || l == "who" || l == "during" || l == "after" || l == "when" || l == "as" || l == "about" || l == "qui" || l == "dans" || l == "à" || l == "der" && p.Language != "de" || l == "quien" || l == "en") {
			break
		}
		end++
	}
	if end == cue+1 {
		return nil
	}
	return []recount.Span{{Start: p.Words[cue+1].Span.Start, End: p.Words[end-1].Span.End}}
}

// sourceLeft finds the source before a cue: the words back to the start of
// its clause.
func (p reader) sourceLeft(s, cue int) []recount.Span {
	end := cue
	for end > p.First[s] && isAuxiliary(p.Words[end-1].Lower) {
		end--
	}
	start := end
	for start > p.First[s] && end-start < maxSource && p.Words[start-1].Region < 0 {
		if start < end && strings.ContainsAny(p.Text[p.Words[start-1].Span.End:p.Words[start].Span.Start], ",;:–—()\"“”") {
			break
		}
		if l := p.Words[start-1].Lower; l == "and" && !p.Words[max(start-2, 0)].Upper || l == "but" || l == "that" || l == "while" || l == "as" {
			break
		}
		start--
	}
	if start == end {
		return nil
	}
	if start > p.First[s] && p.places(start) && strings.Contains(p.Text[p.Words[start-1].Span.End:p.Words[start].Span.Start], ",") {
		return p.sourceLeft(s, start) // "El Consulado, por su parte, recomienda"
	}
	return []recount.Span{{Start: p.Words[start].Span.Start, End: p.Words[end-1].Span.End}}
}

// sourceBefore takes the few words before region r in its sentence as the
// source.
func (p reader) sourceBefore(s, r int) []recount.Span {
	from, to := p.First[s], p.WordAt(p.Regions[r].Outer.Start)
	for to > from && isAuxiliary(p.Words[to-1].Lower) {
		to--
	}
	if to <= from || to-from > 6 || p.Words[from].Region >= 0 {
		return nil
	}
	return []recount.Span{{Start: p.Words[from].Span.Start, End: p.Words[to-1].Span.End}}
}

// sourceBetween takes the few words between a cue and region r as the source.
func (p reader) sourceBetween(cue, r int) []recount.Span {
	to := p.WordAt(p.Regions[r].Outer.Start)
	if to <= cue+1 || to-cue > 8 || p.Words[cue+1].Lower == "that" {
		return nil
	}
	return []recount.Span{{Start: p.Words[cue+1].Span.Start, End: p.Words[to-1].Span.End}}
}

func isAuxiliary(w string) bool {
	switch w {
	case "se", "le", "les", "nos", "a", "ont", "avait", "hat", "hatte", "haben", "ha", "han", "había", "ise", "da", "de", "has", "have", "had", "also", "was", "is", "later", "then", "would", "will", "could", "can", "not", "did", "does", "do":
		return true
	}
	return false
}

// indirect reads speech without marks: "X said (that) ...", "..., X said".
func (p reader) indirect(s, cue int) (content, source []recount.Span, ok bool) {
	sentence := trimStop(p.Text, p.Sentences[s].Span)
	c := p.Words[cue].Span
	rest := lang.Trim(p.Text, recount.Span{Start: c.End, End: sentence.End})
	if rest.Len() == 0 { // "..., X said."
		source = p.sourceLeft(s, cue)
		if source == nil {
			return nil, nil, false
		}
		body := trimClause(p.Text, recount.Span{Start: sentence.Start, End: source[0].Start})
		if body.Len() < 12 {
			return nil, nil, false
		}
		return []recount.Span{body}, source, true
	}
	next := cue + 1
	if next >= p.First[s+1] {
		return nil, nil, false
	}
	lemma := p.Lex.Cues[p.Words[cue].Lower]
	that := p.Words[next].Lower == "that"
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
	for s.Start < s.End && (strings.ContainsRune(",;:", rune(text[s.Start])) || strings.HasPrefix(text[s.Start:s.End], "،")) {
		_, n := utf8.DecodeRuneInString(text[s.Start:])
		s.Start += n
	}
	return lang.Trim(text, s)
}

// floatingRule reads a region without a word of speech: speech if it begins
// its line or sentence, follows a colon after a name, or goes on from above.
func FloatingRule(p *page.Page, r int) (page.Draft, bool) {
	g := p.Regions[r]
	line := p.LineStart(g.Outer.Start)
	d := page.Draft{Content: []recount.Span{g.Outer}, Speech: true, Floating: true, Confidence: 550}
	words := strings.Count(g.Inner.In(p.Text), " ") + 1
	lead := p.Between(line, g.Outer.Start)
	s := p.SentenceAt(g.Outer.Start)
	starts := p.Between(p.Sentences[s].Span.Start, g.Outer.Start) == ""
	if source, bracket, ok := bracketed(p, g.Outer.End); ok && words >= 2 {
		d.Source, d.Cue, d.Floating, d.Confidence = []recount.Span{source}, []recount.Span{bracket}, false, 800
		return d, true
	}
	if source, dash, ok := signed(p, g.Outer.End); ok && words >= 2 {
		d.Source, d.Cue, d.Floating, d.Confidence = []recount.Span{source}, []recount.Span{dash}, false, 800
		return d, true
	}
	if p.Tree != nil && words >= 3 {
		before := lang.Trim(p.Text, recount.Span{Start: p.Sentences[s].Span.Start, End: max(p.Sentences[s].Span.Start, g.Outer.Start)})
		for _, phrase := range p.Lex.According {
			if len(before.In(p.Text)) > len(phrase)+3 && before.Len() < 120 && strings.EqualFold(before.In(p.Text)[:len(phrase)], phrase) && strings.HasSuffix(before.In(p.Text), ",") {
				d.Source, d.Floating = []recount.Span{trimClause(p.Text, recount.Span{Start: before.Start + len(phrase), End: before.End})}, false
				d.Cue = []recount.Span{{Start: before.Start, End: before.Start + len(phrase)}}
				return d, true
			}
		}
	}
	switch {
	case g.Continued:
		return d, true
	case strings.HasSuffix(lead, ":") && words >= 3:
		if i, j := p.WordAt(line), p.WordAt(g.Outer.Start); j > i && j-i <= 6 && p.Words[i].Upper && (p.Tree == nil || names(p, i, j)) {
			d.Source = []recount.Span{{Start: p.Words[i].Span.Start, End: p.Words[j-1].Span.End}}
			d.Floating = false
			return d, true
		}
		if p.Tree != nil || p.Lex.Known() {
			d.Lead, d.Block = lang.Trim(p.Text, recount.Span{Start: p.Sentences[s].Span.Start, End: g.Outer.Start}), true
		}
		return d, true
	case p.Tree != nil && strings.HasSuffix(p.Between(p.Sentences[s].Span.Start, g.Outer.Start), ":") && (words >= 2 || strings.ContainsAny(g.Inner.In(p.Text), "!?.,")):
		d.Lead, d.Block = lang.Trim(p.Text, recount.Span{Start: p.Sentences[s].Span.Start, End: g.Outer.Start}), true
		return d, true
	case !p.Lex.Known():
		return d, words >= 4
	case starts && words >= 4, p.Tree != nil && starts && reply(p, r, words):
		return d, true
	}
	return d, false
}

// reply reports whether a short quotation that begins a sentence is one's turn: it
// ends with a stop inside its marks, and fills the line behind one in which somebody is
// quoted ("“By whom?” / “By me.”"), or stands behind a question of the paper or of
// somebody else in its line ("Is he angry? “I was slow.”").
func reply(p *page.Page, r, words int) bool {
	g := p.Regions[r]
	if inner := g.Inner.In(p.Text); inner == "" || !strings.ContainsAny(inner[len(inner)-1:], ".?!") {
		return false
	}
	line := p.LineStart(g.Outer.Start)
	if lead := p.Between(line, g.Outer.Start); lead != "" {
		return strings.HasSuffix(strings.TrimRight(lead, "”’\"'» "), "?")
	}
	if p.Between(g.Outer.End, p.LineEnd(g.Outer.End)) != "" || r == 0 {
		return false
	}
	before := p.Regions[r-1].Outer
	gap := p.Text[before.End:max(before.End, line)]
	return strings.TrimSpace(gap) == "" && strings.Count(gap, "\n") <= 2 ||
		len(gap) < 200 && len(strings.Fields(gap)) > 0 && strings.Count(strings.TrimSpace(gap), "\n") == 0
}

// names reports whether words i to j are a name and nothing else.
func names(p *page.Page, i, j int) bool {
	for ; i < j; i++ {
		if !p.Words[i].Upper && !page.Connector(p.Words[i].Lower) {
			return false
		}
	}
	return true
}

// bracketed reads a name in brackets that ends the line of a quotation ("...”
// (Ada Marr, the mayor.)").
func bracketed(p *page.Page, b int) (source, cue recount.Span, ok bool) {
	if after := strings.TrimLeft(p.Text[b:min(len(p.Text), b+4)], " "); !strings.HasPrefix(after, "(") || p.LineEnd(b) > b+200 {
		return source, cue, false
	}
	rest := lang.Trim(p.Text, recount.Span{Start: b, End: p.LineEnd(b)})
	text := rest.In(p.Text)
	end := strings.LastIndexByte(text, ')')
	if end < 3 || end > 160 || strings.Trim(text[end+1:], ". ") != "" {
		return source, cue, false
	}
	source = trimStop(p.Text, recount.Span{Start: rest.Start + 1, End: rest.Start + end})
	first, _ := utf8.DecodeRuneInString(source.In(p.Text))
	if source.Len() < 3 || !unicode.IsUpper(first) || !strings.Contains(source.In(p.Text), " ") {
		return source, cue, false
	}
	if i := strings.IndexByte(source.In(p.Text), ','); i > 0 {
		source.End = source.Start + i
	}
	i, j := p.WordAt(source.Start), p.WordAt(source.End-1)+1
	return source, recount.Span{Start: rest.Start, End: rest.Start + 1}, j-i <= 6 && names(p, i, j)
}

// signed reads a name after a dash that ends the line of a quotation ("...” -
// Ada Marr"), or a description of a person ("...” — her son, a porter").
func signed(p *page.Page, b int) (source, dash recount.Span, ok bool) {
	rest := lang.Trim(p.Text, recount.Span{Start: b, End: p.LineEnd(b)})
	text := rest.In(p.Text)
	r, n := utf8.DecodeRuneInString(text)
	if !strings.ContainsRune("—–―-", r) || n == 0 {
		return source, dash, false
	}
	if strings.HasPrefix(text, "--") {
		n = 2
	}
	dash = recount.Span{Start: rest.Start, End: rest.Start + n}
	source = trimStop(p.Text, recount.Span{Start: dash.End, End: rest.End})
	first, _ := utf8.DecodeRuneInString(source.In(p.Text))
	if source.Len() < 3 || source.Len() > 90 || !unicode.IsUpper(first) && !describes(p, source) || strings.Count(source.In(p.Text), " ") > 7 || strings.ContainsAny(source.In(p.Text), "“”\".:;!?") {
		return source, dash, false
	}
	return source, dash, true
}

// describes reports whether words describe somebody and say nothing: a determiner and
// a noun for people, and no verb.
func describes(p *page.Page, s recount.Span) bool {
	if p.Tree == nil {
		return false
	}
	i, j := p.WordAt(s.Start), p.WordAt(s.End-1)+1
	if j-i < 2 {
		return false
	}
	switch p.Words[i].Lower {
	case "the", "a", "an", "one", "another", "his", "her", "their", "our", "my", "its":
	default:
		return false
	}
	for k := p.Tree.TokenAt(s.Start); k < len(p.Tree.Tokens) && p.Tree.Tokens[k].Span.Start < s.End; k++ {
		switch p.Tree.Tokens[k].POS {
		case lang.VBD, lang.VBZ, lang.VBP, lang.MD:
			return false
		}
	}
	for k := i + 1; k < j; k++ {
		w := p.Words[k].Lower
		if p.Lex.Person(w) || p.Lex.Person(strings.TrimSuffix(w, "s")) {
			return true
		}
		if strings.HasPrefix(p.Text[p.Words[k].Span.End:], ",") {
			break
		}
	}
	return false
}
