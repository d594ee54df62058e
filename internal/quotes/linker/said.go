package linker

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

//go:embed said.bin
var saidFile string

// said is what was learned about which quotations tell what somebody said.
var said = sync.OnceValue(func() *lang.Linear {
	l, _, err := lang.LinearFrom(saidFile)
	if err != nil {
		return nil
	}
	return &l
})

// speaks reports whether a candidate tells what somebody said, where plain is
// what the plain rules make of it (told).
func (v *view) speaks(c *candidate, plain bool) bool {
	m := said()
	if m == nil {
		return plain
	}
	var e [2]int32
	var buf [64]uint32
	m.Sum(e[:], v.saidFeatures(buf[:0], c, plain))
	least := recount.Milli(leastSaid)
	if plain {
		least = 500
	}
	return probability(e[1]-e[0], m.Unit) >= least
}

// leastSaid is how likely speech must be, in thousandths, where the plain rules
// see none: they know news better than a choice that has learned from texts of
// every kind.
const leastSaid = 600

// saidFeatures lists what a candidate looks like to the choice between speech
// and anything else: its word of speech and how that stands, whose words they
// are, and what the words themselves are like.
func (v *view) saidFeatures(f []uint32, c *candidate, plain bool) []uint32 {
	p := v.Page
	rule := truth(plain)
	marks := uint32(marked(v.Tree, &c.Draft))
	word := func(i int) string { return page.Lower(v.Tokens[i].Span.In(p.Text)) }
	head := c.from
	list, neg, modal := uint32(0), uint32(0), uint32(0)
	whole := uint32(7)
	for i := c.from; i < c.to; i++ {
		w := word(i)
		whole = lang.Mix1(whole, v.Tokens[i].Lower)
		if verbal(&v.Tokens[i]) {
			head = i
		}
		if p.Lex.Cues[w] != "" {
			list |= 1
		}
		if p.Lex.Speech[w] != "" {
			list |= 2
		}
		if p.Lex.Thoughts[w] != "" {
			list |= 4
		}
	}
	lemma := lang.Hash(c.CueLemma)
	if c.CueLemma == "" {
		lemma = lang.Mix1(3, v.Tokens[head].Lower)
	}
	h := &v.Tokens[head]
	sentence := h.Sentence
	from := v.First[sentence]
	at := func(i int) *lang.Token {
		if i < int(from) || i >= len(v.Tokens) || v.Tokens[i].Sentence != sentence {
			return &atEdge
		}
		return &v.Tokens[i]
	}
	for i := max(int(from), c.from-4); i < c.to; i++ {
		switch word(i) {
		case "not", "n't", "n’t", "never", "no", "nobody", "without", "refused", "declined", "nor":
			neg = 1
		case "will", "would", "could", "may", "might", "should", "can", "must", "wo", "’ll", "'ll", "’d", "'d":
			modal = 1
		case "to":
			modal |= 2
		case "if", "unless", "whether", "until", "when", "before":
			modal |= 4
		}
	}
	k := first(v.Tree, &c.Draft)
	clause, one, asks := uint32(0), &atEdge, uint32(0)
	two := &atEdge
	if k >= 0 {
		one, clause = &v.Tokens[k], truth(clausal(v.Tree, k))
		two = at(k + 1)
		if requests(v.Tree, &c.Draft) {
			asks = 1
		}
	}
	size, finite, persons, last := 0, uint32(0), uint32(0), byte(0)
	tense := uint32(0)
	for _, s := range c.Content {
		last = p.Text[s.End-1]
		for i := v.TokenAt(s.Start); i < len(v.Tokens) && v.Tokens[i].Span.Start < s.End; i++ {
			t := &v.Tokens[i]
			if t.Shape == lang.ShapeMark || t.Shape == lang.ShapeQuote {
				if p.Text[t.Span.Start] == '?' {
					asks |= 2
				}
				continue
			}
			size++
			switch t.POS {
			case lang.VBD, lang.VBZ, lang.VBP, lang.MD:
				finite = min(finite+1, 2)
				if tense == 0 {
					tense = uint32(t.POS)
				}
			}
			switch p.Lex.Pronouns[word(i)] {
			case "1":
				persons |= 1
			case "m", "f":
				persons |= 2
			}
		}
	}
	n := bucket(size)
	after := truth(c.Content[0].Start > c.Cue[0].Start)
	between := c.Content[len(c.Content)-1].End < c.Cue[0].Start || c.Content[0].Start >= c.Cue[0].End
	far := uint32(0)
	behind := uint32(0)
	if after == 1 {
		gap := p.Text[min(c.Cue[0].End, c.Content[0].Start):c.Content[0].Start]
		far = min(uint32(strings.Count(gap, " ")), 4)
		if r, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(gap)); strings.ContainsRune(":,—–-“\"‘'", r) {
			behind = uint32(r)
		}
	} else if last == ',' || last == '.' || last == '?' || last == '!' {
		behind = uint32(last)
	} else if e := c.Content[len(c.Content)-1].End; e < len(p.Text) {
		behind = 256 + uint32(p.Text[e])
	}
	who, whose := uint32(0), uint32(0)
	if len(c.Source) > 0 {
		s := c.Source[0]
		who = 1
		if g := v.HeadIn(s); g >= 0 {
			t := &v.Tokens[g]
			who = lang.Mix2(uint32(t.POS), uint32(t.Name), truth(s.Start < c.Cue[0].Start))
			whose = t.Word
			if i := v.TokenAt(s.Start); i < len(v.Tokens) {
				whose = lang.Mix1(whose, truth(v.Tokens[i].POS == lang.DT))
			}
		}
	}
	sure := uint32(c.Confidence / 80)
	next, before := at(c.to), at(c.from-1)
	label := uint32(h.Label)
	tag := uint32(h.POS)
	return append(f, lang.Mix1(600, rule), lang.Mix2(601, rule, marks), lang.Mix3(602, rule, list, marks), lang.Mix1(603, lemma), lang.Mix2(604, lemma, marks), lang.Mix3(605, lemma, clause, asks),
		lang.Mix1(606, whole), lang.Mix2(607, whole, rule), lang.Mix2(608, lemma, uint32(one.POS)), lang.Mix3(609, uint32(one.POS), uint32(two.POS), marks), lang.Mix2(610, one.Word, marks),
		lang.Mix4(611, list, clause, marks, asks), lang.Mix3(612, tag, label, marks), lang.Mix3(613, neg, modal, marks), lang.Mix4(614, neg, modal, list, asks), lang.Mix2(615, n, marks), lang.Mix3(616, finite, marks, n),
		lang.Mix3(617, persons, marks, tense), lang.Mix2(618, tense, tag), lang.Mix2(619, who, marks), lang.Mix2(620, who, list), lang.Mix1(621, whose), lang.Mix4(622, after, far, behind, marks), lang.Mix4(623, after, behind, list, clause),
		lang.Mix2(624, sure, rule), lang.Mix3(625, sure, marks, list), lang.Mix2(626, next.Word, after), lang.Mix3(627, uint32(next.POS), tag, after), lang.Mix1(628, before.Word), lang.Mix2(629, uint32(before.POS), tag),
		lang.Mix3(630, uint32(len(c.Content)), marks, after), lang.Mix2(631, truth(between), marks), lang.Mix2(632, h.Suffix, tag), lang.Mix3(633, lemma, tag, after), lang.Mix2(634, lemma, who), lang.Mix3(635, rule, who, marks), lang.Mix3(636, rule, asks, clause),
		lang.Mix2(637, truth(c.from == int(from)), tag), lang.Mix2(638, uint32(at(int(h.Head)).POS), label), lang.Mix3(639, lemma, neg, modal))
}
