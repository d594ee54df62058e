package linker

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"

	"recount/internal/quotes/page"
	"recount/internal/quotes/rules"
)

// Candidates are kept down to this many nats below no cue at all; the last
// stage decides on them.
const cueSlack = 3

// What is more than these is no sentence, or no article, that anybody wrote:
// mostCues bounds the cues of one sentence that are decoded, and mostUnits the
// tokens and stretches of the windows around all cues.
const (
	mostCues  = 32
	mostUnits = 1500000
)

// A candidate is one decoded cue.
type candidate struct {
	page.Draft
	from, to int // tokens of the cue
	features []uint32
	turned   bool // it was read the wrong way round
}

// candidates decodes every cue that may be one.
func (v *view) candidates(m *model) []candidate {
	v.findCues(m, cueSlack)
	out := make([]candidate, 0, len(v.cues))
	var w window
	reach := 0 // end of the content of the cues before, in bytes
	sentence, count, units, left := int32(-1), 0, 0, 0
	for k, q := range v.cues {
		if s := v.Tokens[q.from].Sentence; s != sentence {
			sentence, count = s, 0
		}
		if count++; count > mostCues || units > mostUnits {
			left++
			continue
		}
		w.set(v, k)
		units += len(w.units)
		w.choose(m)
		d := candidate{from: q.from, to: q.to}
		d.Content, d.Source = w.spans(roleContent), w.spans(roleSource)
		if len(d.Content) == 0 {
			continue
		}
		d.Cue = []recount.Span{{Start: v.Tokens[q.from].Span.Start, End: v.Tokens[q.to-1].Span.End}}
		d.features = w.keepFeatures(nil, m.unit, d.Cue[0].End <= reach)
		if q.score >= 0 {
			reach = max(reach, d.Content[len(d.Content)-1].End)
		}
		out = append(out, d)
	}
	if left > 0 {
		v.Page.Notes = append(v.Page.Notes, strconv.Itoa(left)+" words of speech were not read: more than a sentence or an article has")
	}
	return out
}

// Tag gives a page in English its tree, for those who find quotations in
// another way.
func Tag(p *page.Page, tagger *lang.Tagger) {
	t := page.NewTree(p, tagger)
	p.Tree = t
	p.NameClasses(t.Tokens)
}

// confidence returns how likely all of a candidate is right.
func (m *model) confidence(c *candidate) recount.Milli {
	var e [2]int32
	m.keep.Sum(e[:], c.features)
	return probability(e[1]-e[0], m.keep.Unit)
}

// attributions finds the quotations of the article by the model, each with what
// the plain rules make of it: speech, or something else.
func (v *view) attributions(m *model) []candidate {
	p := v.Page
	kept := v.candidates(m)
	for i := range kept {
		kept[i].Confidence = m.confidence(&kept[i])
	}
	kept = slices.DeleteFunc(kept, func(c candidate) bool {
		least := recount.Milli(keepThought)
		for i := c.from; i < c.to; i++ {
			if v.Lemma[i] != 0 {
				least = keepFrom
			}
		}
		return c.Confidence < least
	})
	signed := make([]bool, len(p.Regions))
	for r := range p.Regions {
		if d, ok := rules.FloatingRule(p, r); ok && len(d.Cue) > 0 {
			signed[r] = true // "“...” — Ada Marr": all of it is hers
		}
	}
	kept = slices.DeleteFunc(kept, func(c candidate) bool { r := v.Region[c.from]; return r >= 0 && signed[r] || v.introduced(&c) })
	for i := range kept {
		v.wholeRegions(&kept[i])
	}
	v.absorb(kept)
	kept = v.outermost(kept)
	v.halves(kept)
	younger := !p.Training // rules that are younger than what is learned
	kept = slices.DeleteFunc(kept, func(c candidate) bool { return younger && v.dateline(&c) })
	for i := range kept {
		c := &kept[i]
		if younger {
			v.inverted(c)
			v.whereTold(c)
			v.remarkBehind(c)
			v.nobodyThere(c)
		}
		c.Source = trimSource(v.Tree, wholeSource(v.Tree, c.Source))
		c.Source = subjectSource(v.Tree, c.Source, c.from, c.to)
		v.quotedAsSaying(c)
		_, c.Speech = told(v.Tree, &c.Draft, c.from, c.to)
		v.ownSentence(c)
		if younger {
			v.resumes(c)
		}
		_, c.Speech = told(v.Tree, &c.Draft, c.from, c.to)
	}
	return kept
}

// Find finds quotations with the trained model, and the quotation marks
// that it leaves unexplained with the rules.
func Find(p *page.Page, m *model, tagger *lang.Tagger) []page.Draft {
	v := newView(p, tagger, m.rates)
	p.Tree = v.Tree
	p.NameClasses(v.Tokens)
	kept := v.attributions(m)
	out := make([]page.Draft, 0, len(kept))
	for i := range kept {
		kept[i].Speech = v.speaks(&kept[i], kept[i].Speech) || kept[i].turned && p.Lex.Thoughts[page.Lower(kept[i].Cue[0].In(p.Text))] == ""
		out = append(out, kept[i].Draft)
	}
	explained := make([]bool, len(p.Sentences))
	explain(p, out, explained)
	out = withIncises(p, out, rules.Incises(p, func(s int) bool { return explained[s] || v.Quoted[v.First[s+1]] > v.Quoted[v.First[s]]+12 }))
	explain(p, out, explained)
	out = withIncises(p, out, rules.Asides(p, func(s int) bool { return explained[s] || v.Quoted[v.First[s+1]] > v.Quoted[v.First[s]]+12 }))
	explain(p, out, explained)
	out = framed(p, out, explained)
	out = nested(p, out)
	used := make([]bool, len(p.Regions))
	for _, d := range out {
		for _, s := range d.Content {
			for i, j := p.RegionsIn(s); i < j; i++ {
				used[i] = true
			}
		}
		for i, j := p.RegionsIn(d.Cue[0]); i < j; i++ {
			used[i] = true
		}
	}
	ends := open{}
	for k := range out {
		ends.add(p, out, k)
	}
	for r := range p.Regions {
		if used[r] {
			continue
		}
		d, alone := rules.FloatingRule(p, r)
		if inner := p.Regions[r].Inner.In(p.Text); !alone && !(d.Floating && p.Between(p.Sentences[p.SentenceAt(p.Regions[r].Outer.Start)].Span.Start, p.Regions[r].Outer.Start) == "" && strings.Count(inner, " ") > 1 && strings.ContainsAny(inner[len(inner)-1:], ",?!")) {
			continue
		}
		if d.Floating && !d.Block && !p.Regions[r].Continued {
			if source, cue, ok := beside(v.Tree, &d); ok {
				d.Source, d.Cue, d.Floating, d.Confidence = []recount.Span{source}, []recount.Span{cue}, false, 650
			} else if !alone {
				continue
			}
		} else if !alone {
			continue
		}
		k, ok := ends[d.Content[0].Start]
		if ok && d.Floating {
			out[k].Content = append(out[k].Content, d.Content...)
		} else {
			k = len(out)
			out = append(out, d)
		}
		ends.add(p, out, k)
	}
	return out
}

// explain notes the sentences in which somebody is quoted.
func explain(p *page.Page, all []page.Draft, explained []bool) {
	for _, d := range all {
		if !d.Speech {
			continue
		}
		for _, group := range [...][]recount.Span{d.Content, d.Cue} {
			for _, s := range group {
				for i := p.SentenceAt(s.Start); i < len(p.Sentences) && p.Sentences[i].Span.Start < s.End; i++ {
					explained[i] = true
				}
			}
		}
	}
}

// framed adds the sentences that open with whose words they tell, where nobody is
// quoted yet; what was read there as no speech gives way.
func framed(p *page.Page, out []page.Draft, explained []bool) []page.Draft {
	frames := rules.Frames(p, explained)
	has := map[int]bool{}
	for _, f := range frames {
		has[p.SentenceAt(f.Content[0].Start)] = true
	}
	out = slices.DeleteFunc(out, func(d page.Draft) bool { return !d.Speech && has[p.SentenceAt(d.Cue[0].Start)] })
	return append(out, frames...)
}

// withIncises adds the sentences with a remark that says who speaks; what was read
// by the same word as no speech gives way.
func withIncises(p *page.Page, out, incises []page.Draft) []page.Draft {
	cues := map[int]recount.Span{}
	for _, d := range incises {
		cues[p.SentenceAt(d.Cue[0].Start)] = d.Cue[0]
	}
	out = slices.DeleteFunc(out, func(d page.Draft) bool {
		cue, ok := cues[p.SentenceAt(d.Cue[0].Start)]
		return ok && !d.Speech && cue.Overlaps(d.Cue[0])
	})
	return append(out, incises...)
}

// quotedAsSaying takes who "was quoted as saying" something out of what was said.
func (v *view) quotedAsSaying(c *candidate) {
	text := v.Page.Text
	if len(c.Content) < 2 || c.Content[0].End > c.Cue[0].Start || v.Page.Between(c.Content[0].End, c.Cue[0].Start) != "" || !strings.HasSuffix(page.Lower(c.Cue[0].In(text)), "as saying") {
		return
	}
	for i := v.TokenAt(c.Content[0].Start); i < c.from; i++ {
		switch v.Tokens[i].POS {
		case lang.VBD, lang.VBZ, lang.VBP, lang.MD:
			return
		}
	}
	c.Source, c.Content = c.Content[:1:1], c.Content[1:]
}

// introduced reports whether a quotation whose word of speech was found in the
// sentence behind it belongs to a colon before it: "The clerk denied it: “I never
// signed.” He rang off." is what the clerk said, whoever rang off.
func (v *view) introduced(c *candidate) bool {
	if len(c.Content) != 1 || len(c.Cue) == 0 || c.Cue[0].Start < c.Content[0].End {
		return false
	}
	p := v.Page
	i, j := p.RegionsIn(c.Content[0])
	if i >= j {
		return false
	}
	first, last := p.Regions[i].Outer, p.Regions[j-1]
	if c.Content[0].Start < first.Start || c.Content[0].Start > first.Start+4 || last.Outer.End > c.Cue[0].Start {
		return false
	}
	inner := strings.TrimRight(last.Inner.In(p.Text), " ")
	rest := strings.TrimLeft(p.Text[last.Outer.End:c.Cue[0].Start], " ")
	begins, _ := utf8.DecodeRuneInString(rest)
	return strings.HasSuffix(inner, ".") && unicode.IsUpper(begins) && strings.HasSuffix(strings.TrimRight(p.Text[p.LineStart(first.Start):first.Start], " "), ":")
}

// handedOver reports whether a sentence behind the word of speech brings in a piece
// of content with a colon: "..., he joked. She put him right: “...”" has two speakers.
func (v *view) handedOver(c *candidate, piece recount.Span) bool {
	p := v.Page
	i, j := p.RegionsIn(piece)
	if i >= j || piece.Start > p.Regions[i].Outer.Start+4 {
		return false
	}
	from := p.LineStart(piece.Start)
	for _, s := range append(slices.Clone(c.Cue), c.Source...) {
		if s.Start >= piece.Start {
			return false
		}
		from = max(from, s.End)
	}
	lead := strings.TrimRight(p.Text[min(from, p.Regions[i].Outer.Start):p.Regions[i].Outer.Start], " ")
	stop := strings.IndexAny(lead, ".!?")
	return stop >= 0 && strings.HasSuffix(lead, ":") && strings.ContainsRune(strings.TrimSpace(lead[stop+1:]), ' ')
}

// ownSentence cuts whole quoted sentences after the cue's own off a quotation
// that is no speech and quotes nothing in its own sentence: they go on with who
// was quoted before.
func (v *view) ownSentence(c *candidate) {
	p := v.Page
	own := p.Sentences[p.SentenceAt(c.Cue[0].Start)].Span
	for n := len(c.Content); n > 1 && v.handedOver(c, c.Content[n-1]); n-- {
		c.Content = c.Content[:n-1]
	}
	n := len(c.Content)
	for n > 1 && c.Content[n-1].Start >= own.End {
		n--
	}
	if i, j := p.RegionsIn(own); n == len(c.Content) || i < j && p.Regions[i].Outer.Start < own.End {
		return
	}
	short := *c
	short.Content = c.Content[:n]
	if _, told := told(v.Tree, &short.Draft, c.from, c.to); !c.Speech || !told {
		*c = short
	}
}

// open lists where a floating quotation in the same paragraph would go on with
// one that was found ("“...,” Marr said. “...”"): by the byte behind the first
// and what belongs to it, the last quotation in the list that ends there. The
// word of speech stands behind the first half, and nothing but stops and spaces
// before the second.
type open map[int]int

// maxGap is how many bytes of stops and spaces may part the two halves.
const maxGap = 64

// add notes quotation k of a list.
func (o open) add(p *page.Page, out []page.Draft, k int) {
	b := &out[k]
	if b.Inner || len(b.Cue) == 0 || !b.Speech {
		return
	}
	end, marked := 0, false
	for _, spans := range [...][]recount.Span{b.Source, b.Cue, b.Content} {
		for _, s := range spans {
			end = max(end, s.End)
		}
	}
	for _, s := range b.Content {
		if i, j := p.RegionsIn(s); i < j && s.End <= b.Cue[0].Start {
			marked = true
			break
		}
	}
	if !marked || p.LineStart(b.Cue[0].Start) != p.LineStart(end) {
		return
	}
	gap := p.Text[end:min(len(p.Text), end+maxGap)]
	at := end + len(gap) - len(strings.TrimLeft(gap, " .,;—–-\u00a0"))
	if was, ok := o[at]; !ok || was < k {
		o[at] = k
	}
}

// nested adds what a quoted person quotes: marks inside marks right beside a
// word of speech in the past ("The prior told me, 'Go home'"). What people say,
// or would say, is no act of speech.
func nested(p *page.Page, out []page.Draft) []page.Draft {
	v := p.Tree
	for _, g := range p.Regions {
		if !strings.ContainsAny(g.Inner.In(p.Text), "‘'“\"«") {
			continue
		}
		for _, n := range page.LineRegions(nil, p.Text, g.Inner, false) {
			if n.Open || n.Outer == g.Inner {
				continue
			}
			from, to := v.TokenAt(n.Outer.Start), v.TokenAt(n.Outer.End)
			cue := -1
			for i := from - 1; i >= 0 && i >= from-4 && v.Tokens[i].Span.Start >= g.Inner.Start; i-- {
				if v.Lemma[i] != 0 && v.Tokens[i].POS == lang.VBD {
					cue = i
					break
				}
			}
			for i := to; cue < 0 && i < len(v.Tokens) && i < to+3 && v.Tokens[i].Span.End <= g.Inner.End; i++ {
				if v.Lemma[i] != 0 && v.Tokens[i].POS == lang.VBD {
					cue = i
				}
			}
			if cue < 0 {
				continue
			}
			d := page.Draft{Cue: []recount.Span{v.Tokens[cue].Span}, Content: []recount.Span{n.Outer}, CueLemma: p.Lex.Cues[page.Lower(v.Tokens[cue].Span.In(p.Text))], Speech: true, Inner: true, Confidence: 600}
			k := v.Subject[cue]
			if h := v.Tokens[cue].Head; k < 0 && h >= 0 && lang.Labels[v.Tokens[cue].Label] == "conj" {
				k = v.Subject[h] // "She rang and said"
			}
			if k < 0 || d.CueLemma == "call" || d.CueLemma == "describe" {
				continue
			}
			if who := p.Lex.Pronouns[page.Lower(v.Tokens[k].Span.In(p.Text))]; who == "1" {
				continue // the quoted person's own words again
			}
			d.Source = []recount.Span{v.NounPhrase(int(k))}
			out = append(out, d)
		}
	}
	return out
}

// keepFrom is the probability from which a candidate is reported.
const keepFrom = 240

// keepThought is the same for a cue without a word of speech.
const keepThought = 330

// probability turns a difference of scores into thousandths: the logistic
// function, from a table in steps of an eighth of a nat.
func probability(score int32, unit int) recount.Milli {
	if unit <= 0 {
		return 1000
	}
	x := int(score) * 256 * 8 / unit
	if x < 0 {
		return 1000 - logistic[min(-x, len(logistic)-1)]
	}
	return logistic[min(x, len(logistic)-1)]
}

// logistic holds 1000/(1+exp(-x/8)) for x from 0.
var logistic = [...]recount.Milli{500, 531, 562, 593, 622, 651, 679, 706, 731, 755, 777, 798, 818, 835, 852, 867, 881, 893, 905, 915, 924, 932, 940, 947, 953, 958, 963, 967, 971, 974, 977, 980, 982, 984, 986, 988, 989, 990, 991, 992, 993, 994, 995, 995, 996, 996, 997, 997, 998}

// outermost drops candidates whose cue lies inside the content of a better one,
// or whose content is mostly a better one's.
func (v *view) outermost(all []candidate) []candidate {
	low := 0
	return slices.DeleteFunc(slices.Clone(all), func(c candidate) bool {
		for low < len(all) && all[low].from < c.from-maxReach {
			low++
		}
		for i := low; i < len(all); i++ {
			d := &all[i]
			if d.from > c.from+maxOverlap {
				break
			}
			if d.from == c.from || v.quotes(&c, d) {
				continue
			}
			if d.Confidence < c.Confidence && d.Confidence < 500 && !v.quotes(d, &c) {
				continue
			}
			for _, s := range d.Content {
				if s.Contains(c.Cue[0]) {
					return true
				}
			}
			if d.Confidence > c.Confidence && shared(d.Content, c.Content) {
				return true
			}
		}
		return false
	})
}

// wholeRegions widens the content of a quotation to the end, and to the
// beginning, of quotation marks that it only holds the other end of: what
// stands in marks is said as a whole. Marks left open, and those that hold the
// cue or the source, are as they are.
func (v *view) wholeRegions(c *candidate) {
	for k := range c.Content {
		s := &c.Content[k]
		i, j := v.Page.RegionsIn(*s)
		for ; i < j; i++ {
			g := &v.Page.Regions[i]
			if g.Open || g.Continued || g.Outer.Overlaps(c.Cue[0]) || len(c.Source) > 0 && g.Outer.Overlaps(c.Source[0]) || !strings.Contains(g.Inner.In(v.Page.Text), " ") {
				continue
			}
			if s.Start <= g.Inner.Start && s.End < g.Outer.End && s.End > g.Inner.Start && (k+1 == len(c.Content) || c.Content[k+1].Start >= g.Outer.End) {
				s.End = g.Outer.End
			}
			if s.End >= g.Inner.End && s.Start > g.Outer.Start && s.Start < g.Inner.End && (k == 0 || c.Content[k-1].End <= g.Outer.Start) {
				s.Start = g.Outer.Start
			}
		}
	}
}

// absorb widens a piece of content that ends where a report inside it goes on
// ("said he was determined | to stay"): the inner report's cue stands in the
// piece, and its content follows right behind in the same sentence.
func (v *view) absorb(all []candidate) {
	for n := range all {
		d := &all[n]
		for m := n + 1; m < len(all) && all[m].from <= d.to+maxOwn; m++ {
			c := &all[m]
			if d.Confidence < c.Confidence && d.Confidence < 500 {
				continue
			}
			for k := range d.Content {
				s := &d.Content[k]
				if !s.Contains(c.Cue[0]) {
					continue
				}
				for _, x := range c.Content {
					if x.Start >= s.End && v.Page.Between(s.End, x.Start) == "" && x.End <= v.Page.SentenceEnd(s.End) && (k+1 == len(d.Content) || x.End <= d.Content[k+1].Start) && !x.Overlaps(d.Cue[0]) {
						s.End = x.End
					}
				}
			}
		}
	}
}

// halves gives the second half of a quotation that its speaker interrupts to
// that quotation ("“A,” Marr said, pointing at the door, “and b.”"): the first
// half ends with a comma, and the second begins in lower case in the same
// sentence. Who else has it loses it.
func (v *view) halves(all []candidate) {
	text := v.Page.Text
	for n := range all {
		c := &all[n]
		last := c.Content[len(c.Content)-1]
		i, j := v.Page.RegionsIn(last)
		if i == j || v.Lemma[c.to-1] == 0 || c.Cue[0].Start < last.End {
			continue
		}
		g := v.Page.Regions[j-1]
		if g.Outer.End > last.End+1 || !strings.HasSuffix(strings.TrimRight(g.Inner.In(text), " "), ",") || j >= len(v.Page.Regions) {
			continue
		}
		h := v.Page.Regions[j]
		first, _ := utf8.DecodeRuneInString(h.Inner.In(text))
		if h.Open || h.Outer.Start < c.Cue[0].End || v.Page.SentenceAt(h.Inner.Start) != v.Page.SentenceAt(c.Cue[0].Start) || !unicode.IsLower(first) || !strings.HasSuffix(v.Page.Between(c.Cue[0].End, h.Outer.Start), ",") {
			continue
		}
		for m := max(0, n-maxNear); m < min(len(all), n+maxNear); m++ {
			b := &all[m]
			for k := 0; m != n && k < len(b.Content); k++ {
				if s := &b.Content[k]; s.Overlaps(h.Outer) && s.Start < h.Outer.Start {
					s.End = lang.Trim(text, recount.Span{Start: s.Start, End: h.Outer.Start}).End
				}
			}
		}
		c.Content = append(c.Content, h.Outer)
	}
}

// maxNear is how many cues before and after it may have a piece of a quotation
// as well: no window reaches further.
const maxNear = 200

// quotes reports whether the cue of b stands inside quotation marks that a
// gives as content, and a's own cue outside of them: b is what the quoted
// person tells.
func (v *view) quotes(a, b *candidate) bool {
	r := v.Region[b.from]
	if r < 0 || v.Region[a.from] == r || a.Confidence < leastOuter {
		return false
	}
	for _, s := range a.Content {
		if s.Contains(b.Cue[0]) {
			return true
		}
	}
	return false
}

// leastOuter is the confidence from which a quotation keeps those inside its
// marks from being reported in its place.
const leastOuter = 300

// shared reports whether more than half of content b lies in a.
func shared(a, b []recount.Span) bool {
	common, size := 0, 0
	for _, y := range b {
		size += y.Len()
		for _, x := range a {
			if x.Overlaps(y) {
				common += min(x.End, y.End) - max(x.Start, y.Start)
			}
		}
	}
	return 2*common > size
}

// maxOverlap is how many tokens after its content a cue may stand.
const maxOverlap = 400

// maxReach is how many tokens before its content a cue may stand.
const maxReach = 1200

// namePrior says what a first name suggests by its letters: above 0 a woman,
// below a man, 0 if they do not tell.
func NamePrior(first string) int {
	m := Trained()
	if m == nil {
		return 0
	}
	var e [2]int32
	var buf [12]uint32
	m.first.Sum(e[:], firstNameFeatures(buf[:0], first))
	// In quarters of a nat; below two of them it does not tell.
	quarters := int(e[0]-e[1]) * 1024 / max(m.first.Unit, 1)
	if quarters < 2 && quarters > -2 {
		return 0
	}
	return quarters
}

// firstNameFeatures lists the features of a first name in lower case.
func firstNameFeatures(f []uint32, first string) []uint32 {
	end := func(n int) uint32 { return lang.Hash(first[max(0, len(first)-n):]) }
	return append(f, lang.Mix1(401, lang.Hash(first)), lang.Mix1(402, end(1)), lang.Mix1(403, end(2)), lang.Mix1(404, end(3)), lang.Mix1(405, end(4)),
		lang.Mix1(406, lang.Hash(first[:min(3, len(first))])), lang.Mix1(407, uint32(min(len(first), 9))), lang.Mix(408))
}
