package page

import (
	"strings"

	"recount"
	"recount/internal/lang"
)

// headIn returns the token of a span that the rest of it hangs on: a noun or
// pronoun whose own head lies outside.
func (v *Tree) HeadIn(s recount.Span) int {
	from, to := v.TokenAt(s.Start), v.TokenAt(s.End)
	first := -1
	for i := from; i < to && i < len(v.Tokens); i++ {
		t := &v.Tokens[i]
		if h := int(t.Head); h >= from && h < to {
			continue
		}
		switch t.POS {
		case lang.NN, lang.NNS, lang.NNP, lang.NNPS, lang.PRP, lang.WP, lang.WDT, lang.CD, lang.DT, lang.JJ, lang.PRPS:
			if Noun(t) {
				return i
			}
			if first < 0 {
				first = i
			}
		}
	}
	if first < 0 && from < to {
		first = min(to, len(v.Tokens)) - 1
	}
	return first
}

func Noun(t *lang.Token) bool { return t.POS == lang.NN || t.POS == lang.NNS || Proper(t) }

func Proper(t *lang.Token) bool { return t.POS == lang.NNP || t.POS == lang.NNPS }

// nounPhrase returns the words from the first modifier of a noun to the noun.
func (v *Tree) NounPhrase(h int) recount.Span {
	i := h
	for i > 0 && h-i < 8 && v.Tokens[i-1].Sentence == v.Tokens[h].Sentence {
		t := &v.Tokens[i-1]
		if int(t.Head) != h && !(int(t.Head) > i-1 && int(t.Head) <= h) {
			break
		}
		if t.POS == lang.IN || t.POS == lang.CC || t.Shape == lang.ShapeMark && t.POS != lang.POS {
			break
		}
		i--
	}
	for i < h && strings.ContainsAny(v.Tokens[i].Span.In(v.Page.Text), "“”\"«»„") {
		i++ // the parser takes the end of what is quoted for a part of the phrase
	}
	return recount.Span{Start: v.Tokens[i].Span.Start, End: v.Tokens[h].Span.End}
}

// tokenAt returns the first token that ends after byte b.
func (v *Tree) TokenAt(b int) int {
	lo, hi := 0, len(v.Tokens)
	for lo < hi {
		if m := (lo + hi) / 2; v.Tokens[m].Span.End <= b {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

// at returns the token, or a stand-in outside the article.
func (v *Tree) At(i int) *lang.Token {
	if i < 0 || i >= len(v.Tokens) {
		return &outside
	}
	return &v.Tokens[i]
}

var outside = lang.Token{Head: -1}

// A tree is an article as the tagger sees it: tokens with their part of speech
// and the token they depend on, and what stands around them.
type Tree struct {
	Page     *Page
	Tokens   []lang.Token
	First    []int    // first token of each sentence, and one past the last
	Region   []int32  // region of each token, or -1
	Children []uint64 // set of the labels of each token's dependents
	Subject  []int32  // its subject, or -1
	Lemma    []uint32 // hash of the base form of a word of speech, or 0
	Quoted   []int32  // tokens inside marks before each token
}

// newTree tags the article.
func NewTree(p *Page, tagger *lang.Tagger) *Tree {
	spans := make([]recount.Span, len(p.Sentences))
	for i, s := range p.Sentences {
		spans[i] = s.Span
	}
	v := &Tree{Page: p, Tokens: lang.Tokens(p.Text, "en", spans)}
	tagger.Tag(v.Tokens)
	n := len(v.Tokens)
	v.First = make([]int, len(p.Sentences)+1)
	s := -1
	for i, t := range v.Tokens {
		for s < int(t.Sentence) {
			s++
			v.First[s] = i
		}
	}
	for s++; s < len(v.First); s++ {
		v.First[s] = n
	}
	v.Region, v.Children, v.Subject, v.Lemma = make([]int32, n), make([]uint64, n), make([]int32, n), make([]uint32, n)
	v.Quoted = make([]int32, n+1)
	for i := range v.Subject {
		v.Subject[i] = -1
	}
	r := 0
	for i, t := range v.Tokens {
		for r < len(p.Regions) && p.Regions[r].Outer.End <= t.Span.Start {
			r++
		}
		v.Region[i] = -1
		v.Quoted[i+1] = v.Quoted[i]
		if r < len(p.Regions) && p.Regions[r].Outer.Start <= t.Span.Start {
			v.Region[i] = int32(r)
			v.Quoted[i+1]++
		}
		if t.Head >= 0 {
			v.Children[t.Head] |= 1 << t.Label
			if t.Label == lang.LabelSubject || t.Label == lang.LabelPassive {
				v.Subject[t.Head] = int32(i)
			}
		}
		if t.Shape == lang.ShapeLower || t.Shape == lang.ShapeTitle {
			if base := p.Lex.Cues[Lower(t.Span.In(p.Text))]; base != "" {
				v.Lemma[i] = lang.Hash(base)
			}
		}
	}
	return v
}

// Sets of one label each.
const (
	labelNsubj     = 1 << 4
	labelDobj      = 1 << 8
	LabelCcomp     = 1 << 16
	labelXcomp     = 1 << 17
	labelNsubjpass = 1 << 27
	labelMark      = 1 << 11
	labelNmod      = 1 << 3
	labelParataxis = 1 << 30
	labelAux       = 1 << 12
	labelNeg       = 1 << 24
	LabelCop       = 1 << 19
	labelAdvcl     = 1 << 18
	labelAcl       = 1 << 23
	Frame          = labelNsubj | labelDobj | LabelCcomp | labelXcomp | labelNsubjpass | labelNmod | labelParataxis | LabelCop | labelNeg
)
