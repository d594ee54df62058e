// Package page cuts an article into what the reading of quotations works on.
//
// In: the text of an article. Out: words, sentences, the stretches inside
// quotation marks (marks.go), proper names (names.go), for English the tree of
// the tagger (tree.go), and the draft of a quotation (draft.go). Limits: a
// nested quotation is no stretch of its own; names are found by capitals, so
// scripts without them have none.
package page

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
type Page struct {
	Article   *recount.Article
	Text      string
	Lex       *lang.Lexicon
	Given     lang.FirstNames // all lists of first names; a training reads without some
	Training  bool            // it is read by a training, without two rules that are younger than what is learned (docs/model-card.md)
	Language  string
	Words     []Word
	Sentences []recount.Sentence
	First     []int // first word of each sentence, and one past the last
	Regions   []region
	Names     []Name
	Tree      *Tree   // nil without a tagger
	capitals  []int   // words with a capital in each sentence
	lines     []int   // where each line begins
	named     []uint8 // what kind of name the tagger says each word is, nil without one
	proper    []bool  // whether it says the word is a proper noun
	Notes     []string
}

// A word is one word token.
type Word struct {
	Span   recount.Span
	Lower  string
	Region int32 // index of the region that holds it, or -1
	Sent   int32 // index of its sentence
	Upper  bool  // begins with a capital
}

// New splits the article into words, sentences and regions.
func New(a *recount.Article) *Page {
	p := &Page{Article: a, Text: a.Text, Language: a.Language}
	if p.Language == "" {
		p.Language = lang.Guess(a.Text)
	}
	p.Lex, p.Given = lang.For(p.Language), lang.AllNames()
	if script := unparted(a.Text); script != "" {
		p.Notes = append(p.Notes, script+" is not read: its words are not parted by spaces")
	} else if !p.Lex.Known() {
		p.Notes = append(p.Notes, "no lexicon for language "+orUnknown(p.Language)+": marks alone")
	}
	p.lines = []int{0}
	for i := range len(a.Text) {
		if a.Text[i] == '\n' {
			p.lines = append(p.lines, i+1)
		}
	}
	p.Regions = regionsOf(a.Text)
	for _, s := range lang.Sentences(a.Text, p.Language) {
		p.Sentences = append(p.Sentences, recount.Sentence{Span: s, Role: recount.Body})
	}
	spans := lang.Words(a.Text)
	p.Words = make([]Word, len(spans))
	r, s := 0, 0
	for i, span := range spans {
		for r < len(p.Regions) && p.Regions[r].Outer.End <= span.Start {
			r++
		}
		for s+1 < len(p.Sentences) && p.Sentences[s].Span.End <= span.Start {
			s++
		}
		w := Word{Span: span, Lower: strings.ToLower(span.In(a.Text)), Region: -1, Sent: int32(s)}
		if r < len(p.Regions) && p.Regions[r].Outer.Start <= span.Start {
			w.Region = int32(r)
		}
		c, _ := utf8.DecodeRuneInString(span.In(a.Text))
		w.Upper = unicode.IsUpper(c)
		p.Words[i] = w
	}
	p.First = make([]int, len(p.Sentences)+1)
	for i, s := range p.Sentences {
		p.First[i] = p.WordAt(s.Span.Start)
	}
	p.First[len(p.Sentences)] = len(p.Words)
	p.capitals = make([]int, len(p.Sentences))
	for i := range p.Sentences {
		for _, w := range p.Words[p.First[i]:max(p.First[i], p.First[i+1])] {
			if w.Upper {
				p.capitals[i]++
			}
		}
	}
	return p
}

// unparted names the script of a text whose words are not parted by spaces, or
// returns "". It looks at the first two thousand letters.
func unparted(text string) string {
	scripts := [...]struct {
		name  string
		table *unicode.RangeTable
	}{{"Chinese", unicode.Han}, {"Japanese", unicode.Hiragana}, {"Japanese", unicode.Katakana}, {"Thai", unicode.Thai}, {"Khmer", unicode.Khmer}, {"Lao", unicode.Lao}, {"Burmese", unicode.Myanmar}}
	count, all := [len(scripts)]int{}, 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		if all++; all > 2000 {
			break
		}
		for i := range scripts {
			if r >= 0xe00 && unicode.Is(scripts[i].table, r) {
				count[i]++
			}
		}
	}
	best := 0
	for i := range count {
		if count[i] > count[best] {
			best = i
		}
	}
	if all == 0 || count[best]*2 < all && (count[1]+count[2])*4 < all {
		return ""
	}
	if count[1]+count[2] > all/10 {
		return scripts[1].name
	}
	return scripts[best].name
}

func orUnknown(language string) string {
	if language == "" {
		return "unknown"
	}
	return language
}

// wordAt returns the first word that ends after byte b.
func (p *Page) WordAt(b int) int {
	return sort.Search(len(p.Words), func(i int) bool { return p.Words[i].Span.End > b })
}

// sentenceAt returns the sentence that holds byte b, or the next one.
func (p *Page) SentenceAt(b int) int {
	return min(sort.Search(len(p.Sentences), func(i int) bool { return p.Sentences[i].Span.End > b }), len(p.Sentences)-1)
}

// between returns the text between two bytes without white space around it.
func (p *Page) Between(a, b int) string {
	if a >= b {
		return ""
	}
	return strings.TrimSpace(p.Text[a:b])
}

// LineStart returns where the line of byte b begins.
func (p *Page) LineStart(b int) int {
	i := sort.SearchInts(p.lines, b+1) - 1
	return p.lines[i]
}

// LineEnd returns where the line of byte b ends.
func (p *Page) LineEnd(b int) int {
	i := sort.SearchInts(p.lines, b+1)
	if i == len(p.lines) {
		return len(p.Text)
	}
	return p.lines[i] - 1
}

// regionsIn returns the regions that overlap the span, as a range of indexes.
func (p *Page) RegionsIn(s recount.Span) (from, to int) {
	lo, hi := 0, len(p.Regions)
	for lo < hi {
		if m := (lo + hi) / 2; p.Regions[m].Outer.End <= s.Start {
			lo = m + 1
		} else {
			hi = m
		}
	}
	from, hi = lo, len(p.Regions)
	for lo < hi {
		if m := (lo + hi) / 2; p.Regions[m].Outer.Start < s.End {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return from, lo
}

func (p *Page) SentenceEnd(b int) int { return p.Sentences[p.SentenceAt(b-1)].Span.End }

// contentStart skips a complementiser and marks after a cue.
func (p *Page) ContentStart(b int) int {
	s := lang.Trim(p.Text, recount.Span{Start: b, End: p.LineEnd(b)})
	for s.Start < s.End && strings.ContainsRune(",:-", rune(p.Text[s.Start])) {
		s.Start++
	}
	return lang.Trim(p.Text, s).Start
}

// quoted reports whether byte b lies inside quotation marks that hold more
// than one word: a single word in marks is a name or an odd one.
func (p *Page) Quoted(b int) bool {
	i, j := p.RegionsIn(recount.Span{Start: b, End: b + 1})
	return i < j && strings.Contains(p.Regions[i].Inner.In(p.Text), " ")
}

func Bare(w string) string {
	w = strings.TrimSuffix(w, "'s")
	return strings.TrimSuffix(w, "’s")
}

// bodyStart returns where the first sentence of the body begins.
func (p *Page) BodyStart() int {
	for _, s := range p.Sentences {
		if s.Role == recount.Body {
			return s.Span.Start
		}
	}
	return 0
}

func Lower(w string) string {
	for i := 0; i < len(w); i++ {
		if c := w[i]; c >= 'A' && c <= 'Z' || c >= 0x80 {
			return strings.ToLower(w)
		}
	}
	return w
}
