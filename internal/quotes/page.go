package quotes

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
)

// A page is one article while it is read: its words, sentences, paragraphs and
// regions inside quotation marks.
type page struct {
	article   *recount.Article
	text      string
	lex       *lang.Lexicon
	language  string
	words     []word
	sentences []recount.Sentence
	first     []int // first word of each sentence, and one past the last
	regions   []region
	names     []name
	view      *view   // nil without a tagger
	named     []uint8 // what kind of name the tagger says each word is, nil without one
	proper    []bool  // whether it says the word is a proper noun
	notes     []string
}

// A word is one word token.
type word struct {
	span   recount.Span
	lower  string
	region int32 // index of the region that holds it, or -1
	sent   int32 // index of its sentence
	upper  bool  // begins with a capital
}

// newPage splits the article into words, sentences and regions.
func newPage(a *recount.Article) *page {
	p := &page{article: a, text: a.Text, language: a.Language}
	if p.language == "" {
		p.language = lang.Guess(a.Text)
	}
	p.lex = lang.For(p.language)
	if !p.lex.Known() {
		p.notes = append(p.notes, "no lexicon for language "+orUnknown(p.language)+": marks alone")
	}
	p.regions = regionsOf(a.Text)
	for _, s := range lang.Sentences(a.Text, p.language) {
		p.sentences = append(p.sentences, recount.Sentence{Span: s, Role: recount.Body})
	}
	spans := lang.Words(a.Text)
	p.words = make([]word, len(spans))
	r, s := 0, 0
	for i, span := range spans {
		for r < len(p.regions) && p.regions[r].outer.End <= span.Start {
			r++
		}
		for s+1 < len(p.sentences) && p.sentences[s].Span.End <= span.Start {
			s++
		}
		w := word{span: span, lower: strings.ToLower(span.In(a.Text)), region: -1, sent: int32(s)}
		if r < len(p.regions) && p.regions[r].outer.Start <= span.Start {
			w.region = int32(r)
		}
		c, _ := utf8.DecodeRuneInString(span.In(a.Text))
		w.upper = unicode.IsUpper(c)
		p.words[i] = w
	}
	p.first = make([]int, len(p.sentences)+1)
	for i, s := range p.sentences {
		p.first[i] = p.wordAt(s.Span.Start)
	}
	p.first[len(p.sentences)] = len(p.words)
	return p
}

func orUnknown(language string) string {
	if language == "" {
		return "unknown"
	}
	return language
}

// wordAt returns the first word that ends after byte b.
func (p *page) wordAt(b int) int {
	return sort.Search(len(p.words), func(i int) bool { return p.words[i].span.End > b })
}

// sentenceAt returns the sentence that holds byte b, or the next one.
func (p *page) sentenceAt(b int) int {
	return min(sort.Search(len(p.sentences), func(i int) bool { return p.sentences[i].Span.End > b }), len(p.sentences)-1)
}

// between returns the text between two bytes without white space around it.
func (p *page) between(a, b int) string {
	if a >= b {
		return ""
	}
	return strings.TrimSpace(p.text[a:b])
}

// lineStart returns where the line of byte b begins.
func (p *page) lineStart(b int) int { return strings.LastIndexByte(p.text[:b], '\n') + 1 }

// lineEnd returns where the line of byte b ends.
func (p *page) lineEnd(b int) int {
	if i := strings.IndexByte(p.text[b:], '\n'); i >= 0 {
		return b + i
	}
	return len(p.text)
}

// namePrior says what a first name suggests by its letters: above 0 a woman,
// below a man, 0 if they do not tell.
func (p *page) namePrior(first string) int {
	m := trained()
	if m == nil || p.view == nil {
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
	return append(f, lang.Mix(401, lang.Hash(first)), lang.Mix(402, end(1)), lang.Mix(403, end(2)), lang.Mix(404, end(3)), lang.Mix(405, end(4)),
		lang.Mix(406, lang.Hash(first[:min(3, len(first))])), lang.Mix(407, uint32(min(len(first), 9))), lang.Mix(408))
}
