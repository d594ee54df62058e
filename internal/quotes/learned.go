package quotes

import (
	"slices"
	"strings"

	"recount"
	"recount/internal/lang"
)

// Candidates are kept down to this many nats below no cue at all; the last
// stage decides on them.
const cueSlack = 3

// A candidate is one decoded cue.
type candidate struct {
	draft
	from, to int // tokens of the cue
	features []uint32
}

// candidates decodes every cue that may be one.
func (v *view) candidates(m *model) []candidate {
	v.findCues(m, cueSlack)
	var out []candidate
	var w window
	reach := 0 // end of the content of the cues before, in bytes
	for k, q := range v.cues {
		w.set(v, k)
		w.decode(m)
		d := candidate{from: q.from, to: q.to}
		d.content, d.source = w.spans(roleContent), w.spans(roleSource)
		if len(d.content) == 0 {
			continue
		}
		d.cue = []recount.Span{{Start: v.tokens[q.from].Span.Start, End: v.tokens[q.to-1].Span.End}}
		d.features = w.keepFeatures(nil, m.unit, d.cue[0].End <= reach)
		if q.score >= 0 {
			reach = max(reach, d.content[len(d.content)-1].End)
		}
		out = append(out, d)
	}
	return out
}

// byModel finds quotations with the trained model, and the quotation marks
// that it leaves unexplained with the rules.
func (p *page) byModel(m *model, tagger *lang.Tagger) []draft {
	v := newView(p, tagger, m.rates)
	p.view = v
	p.nameClasses(v.tokens)
	var kept []candidate
	for _, c := range v.candidates(m) {
		var e [2]int32
		m.keep.Sum(e[:], c.features)
		c.confidence = probability(e[1]-e[0], m.keep.Unit)
		if c.confidence >= keepFrom {
			kept = append(kept, c)
		}
	}
	kept = outermost(kept)
	var out []draft
	for _, c := range kept {
		for i := c.from; i < c.to; i++ {
			if base := p.lex.Cues[lower(v.tokens[i].Span.In(p.text))]; base != "" {
				c.cueLemma, c.speech = base, true
			}
		}
		if strings.EqualFold(c.cue[0].In(p.text), "according to") {
			c.cueLemma, c.speech = "according", true
		}
		c.source = v.trimSource(v.wholeSource(c.source))
		c.speech = c.speech && v.communicates(&c)
		out = append(out, c.draft)
	}
	out = p.nested(out)
	used := make([]bool, len(p.regions))
	for _, d := range out {
		for _, s := range d.content {
			for i, j := p.regionsIn(s); i < j; i++ {
				used[i] = true
			}
		}
		for i, j := p.regionsIn(d.cue[0]); i < j; i++ {
			used[i] = true
		}
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

// nested adds what a quoted person quotes: marks inside marks right beside a
// word of speech ("The prior told me, 'Go home'").
func (p *page) nested(out []draft) []draft {
	v := p.view
	for _, g := range p.regions {
		if !strings.ContainsAny(g.inner.In(p.text), "‘'“\"«") {
			continue
		}
		for _, n := range lineRegions(nil, p.text, g.inner, false) {
			if n.open || n.outer == g.inner {
				continue
			}
			from, to := v.tokenAt(n.outer.Start), v.tokenAt(n.outer.End)
			cue := -1
			for i := from - 1; i >= 0 && i >= from-4 && v.tokens[i].Span.Start >= g.inner.Start; i-- {
				if v.lemma[i] != 0 && isVerb(v.tokens[i].POS) {
					cue = i
					break
				}
			}
			for i := to; cue < 0 && i < len(v.tokens) && i < to+3 && v.tokens[i].Span.End <= g.inner.End; i++ {
				if v.lemma[i] != 0 && isVerb(v.tokens[i].POS) {
					cue = i
				}
			}
			if cue < 0 {
				continue
			}
			d := draft{cue: []recount.Span{v.tokens[cue].Span}, content: []recount.Span{n.outer}, cueLemma: p.lex.Cues[lower(v.tokens[cue].Span.In(p.text))], speech: true, inner: true, confidence: 600}
			if k := v.subject[cue]; k >= 0 {
				d.source = []recount.Span{v.nounPhrase(int(k))}
			}
			out = append(out, d)
		}
	}
	return out
}

func isVerb(pos uint8) bool {
	switch pos {
	case lang.VB, lang.VBD, lang.VBZ, lang.VBG, lang.VBN, lang.VBP:
		return true
	}
	return false
}

// keepFrom is the probability from which a candidate is reported.
const keepFrom = 320

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

// outermost drops candidates whose cue lies inside the content of a better one.
func outermost(all []candidate) []candidate {
	return slices.DeleteFunc(slices.Clone(all), func(c candidate) bool {
		for i := range all {
			d := &all[i]
			if d.from > c.from+maxOverlap {
				break
			}
			if d.from == c.from || d.confidence < c.confidence && d.confidence < 500 {
				continue
			}
			for _, s := range d.content {
				if s.Contains(c.cue[0]) {
					return true
				}
			}
		}
		return false
	})
}

// maxOverlap is how many tokens after its content a cue may stand.
const maxOverlap = 400

// wholeSource widens a source that is only a relative clause ("who asked not
// to be named") to the noun that the clause describes.
func (v *view) wholeSource(source []recount.Span) []recount.Span {
	if len(source) != 1 {
		return source
	}
	i := v.tokenAt(source[0].Start)
	if t := v.at(i); t.POS != lang.WP && t.POS != lang.WDT || v.tokenAt(source[0].End) < i+3 {
		return source
	}
	k := i - 1
	for k > 0 && !noun(v.at(k)) && k > i-3 {
		k--
	}
	if k < 0 || !noun(v.at(k)) || v.tokens[k].Sentence != v.tokens[i].Sentence {
		return source
	}
	return []recount.Span{{Start: v.nounPhrase(k).Start, End: source[0].End}}
}

// trimSource cuts a source before what it was doing or when ("Marr, speaking
// of ...", "Marr after the vote").
func (v *view) trimSource(source []recount.Span) []recount.Span {
	if len(source) != 1 {
		return source
	}
	from, to := v.tokenAt(source[0].Start), v.tokenAt(source[0].End)
	for i := from + 1; i < to && i < len(v.tokens); i++ {
		t := &v.tokens[i]
		cut := false
		switch lower(t.Span.In(v.p.text)) {
		case "after", "before", "during", "while", "when", "because", "following", "as":
			cut = t.POS == lang.IN || t.POS == lang.VBG || v.at(i-1).Shape == lang.ShapeMark
		default:
			cut = t.POS == lang.VBG && v.at(i-1).Shape == lang.ShapeMark && v.p.text[v.tokens[i-1].Span.Start] == ','
		}
		if !cut {
			continue
		}
		for i > from && v.at(i-1).Shape == lang.ShapeMark {
			i--
		}
		if i > from {
			return []recount.Span{{Start: source[0].Start, End: v.tokens[i-1].Span.End}}
		}
		return source
	}
	return source
}

// communicates reports whether a quotation with a word of speech tells what
// was said: not a request to do something, a promise, an agreement or an offer
// to, a refusal to speak, or a word that only points ("said so").
func (v *view) communicates(c *candidate) bool {
	quoted := false
	size := 0
	first := -1
	for _, s := range c.content {
		from, to := v.tokenAt(s.Start), v.tokenAt(s.End)
		size += to - from
		if first < 0 && from < len(v.tokens) {
			first = from
		}
		for i := from; i < to && i < len(v.tokens); i++ {
			quoted = quoted || v.region[i] >= 0
		}
	}
	if quoted {
		return true
	}
	if size < 3 {
		return false
	}
	to := first >= 0 && v.tokens[first].POS == lang.TO
	for i := first; i >= 0 && i < len(v.tokens) && i < first+4 && !to; i++ {
		to = v.tokens[i].POS == lang.TO // "asked her to leave"
	}
	verb := v.at(c.to - 1)
	passive := verb.POS == lang.VBN && c.from > 0
	if passive {
		passive = false
		for k := c.from; k < c.to; k++ {
			switch lower(v.tokens[k].Span.In(v.p.text)) {
			case "was", "were", "been", "is", "are", "being":
				passive = true
			}
		}
	}
	switch c.cueLemma {
	case "ask", "request", "beg", "agree", "offer", "promise", "vow", "pledge", "threaten", "propose", "demand", "swear", "invite", "apologize", "apologise", "thank":
		if to || len(c.source) == 0 || passive {
			return false
		}
		if c.cueLemma == "agree" || c.cueLemma == "offer" || c.cueLemma == "thank" {
			return v.clausal(first)
		}
	case "speak", "discuss", "express", "read", "put", "find", "show", "offer a":
		return v.clausal(first)
	}
	for k := c.from; k < c.to; k++ {
		switch lower(v.tokens[k].Span.In(v.p.text)) {
		case "not", "n't", "n’t", "never", "declined", "refused":
			if c.cueLemma != "deny" && c.cueLemma != "dispute" {
				return false
			}
		}
	}
	return true
}

// clausal reports whether content begins like a clause: with "that", or a word
// that has a verb of its own near.
func (v *view) clausal(first int) bool {
	for i := max(first, 0); i < len(v.tokens) && i < first+12; i++ {
		switch v.tokens[i].POS {
		case lang.VBD, lang.VBZ, lang.VBP, lang.MD:
			return true
		}
	}
	return false
}
