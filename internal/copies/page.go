package copies

import (
	"hash/fnv"
	"slices"

	"recount"
)

// A Mark is what says of two pages that share a feature whether they are worth
// comparing.
type Mark struct {
	Number uint32 // in the index; a page has another after its text changed
	Key    recount.Key
	Outlet uint64 // hash of the name, 0 if unknown
	Site   uint64 // hash of the address: two versions of one page share it
}

// A Head is what is known of a page without its words, and what was last found
// out about it.
type Head struct {
	Mark
	Published string
	Size      int // bytes of the text

	Copied    recount.Key // smallest article of those that copies join to it
	Grouped   recount.Key // the same, without the pages that join two stories
	Composite bool        // put together from passages of others
	Original  recount.Key // recount.Original.Key
}

// A Page is an article as copies looks at it: its words as numbers, and whom it
// credits. It is a function of the article alone.
type Page struct {
	Head
	record
	shingles []uint64
	phrases  []uint64
	cut      [][2]int
}

// ReadPage reads an article.
func ReadPage(a *recount.Article) *Page {
	p := &Page{Head: Head{Mark: Mark{Key: a.Key}, Published: a.Published, Size: len(a.Text)}}
	if a.Outlet != "" {
		p.Outlet = hashOf(a.Outlet)
	}
	if s := a.Page(); s != "" {
		p.Site = hashOf(s)
	}
	p.record.read(a)
	return p
}

func (r *record) read(a *recount.Article) {
	r.ReadArticle(a)
	r.FrameSpeech()
	r.credit = creditOf(a)
}

// hashOf is never 0.
func hashOf(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64() | 1
}

// Form names what Page.Words writes and what is found in it, so that what
// another program wrote is not read.
const Form = "words/2"

// Words writes the words and the credit of p, for DecodePage.
func (p *Page) Words() []byte { return p.record.encode(nil) }

// DecodePage reads what Words wrote.
func DecodePage(h *Head, words []byte) (*Page, error) {
	p := &Page{Head: *h}
	if !p.record.decode(words) {
		return nil, recount.ErrTampered
	}
	return p, nil
}

// A Feature is a run of words under which pages are found.
type Feature int

const (
	// Shingles are runs of five words: a quarter of all, and those that are
	// mostly speech. Pages that share some are aligned.
	Shingles Feature = iota + 1
	// Phrases are runs of three words, half of all. Pages that share some may
	// hold one another's sentences.
	Phrases
)

// Features returns the hashes of the page's features, sorted, in 35 bits.
func (p *Page) Features(f Feature) []uint64 {
	at := &p.shingles
	if f == Phrases {
		at = &p.phrases
	}
	if *at == nil {
		var v []uint64
		if f == Phrases {
			v = appendPhrases(nil, &p.record.Words, 0)
		} else {
			v = appendKept(nil, &p.record.Words, 0)
		}
		for i := range v {
			v[i] >>= lowBits
		}
		slices.Sort(v)
		*at = append([]uint64{}, slices.Compact(v)...)
	}
	return *at
}

// sentences returns the sentences of the page, as ranges of its words.
func (p *Page) sentences() [][2]int {
	if p.cut == nil {
		p.cut = cutSentences(&p.record.Words)
	}
	return p.cut
}

const (
	phraseWords = 3
	phraseMask  = 1 // one phrase in two is kept
)

// appendPhrases appends the postings of the kept phrases of w.
func appendPhrases(to []uint64, w *Words, number uint32) []uint64 {
	for i := 0; i+phraseWords <= len(w.Hash); i++ {
		h := (uint64(w.Hash[i])<<32|uint64(w.Hash[i+1]))*mul1 ^ uint64(w.Hash[i+2])*mul2
		h ^= h >> 29
		h *= mul1
		h ^= h >> 32
		if h&phraseMask == 0 {
			to = append(to, h&^(maxArticles-1)|uint64(number))
		}
	}
	return to
}

// limits say when pages that share a feature are compared.
type limits struct {
	shared      int // features that two pages share before they are compared
	common      int // pages that share a feature before only the first of them is compared with the others
	most        int // pages that share it before it says nothing
	boilerplate int // pages before a feature may be boilerplate of one outlet
}

func (f Feature) limits() limits {
	if f == Phrases {
		return limits{shared: 2, common: 32, most: 1024, boilerplate: boilerplate}
	}
	return limits{shared: minShared, common: maxCommon, most: maxArticles, boilerplate: boilerplate}
}
