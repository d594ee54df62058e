package copies

import (
	"cmp"
	"iter"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"recount"

	"recount/internal/lang"
)

const (
	probeWords  = 3       // equal words in a row that make an article a candidate for a sentence
	maxPlaces   = 64      // sentences that share such words before they say too little
	batchWords  = 1 << 21 // words of articles that are looked up in one reading of the corpus
	minTile     = 2       // equal words in a row that count for a sentence
	originMilli = 500     // part of a sentence's words that its origin holds
	maxSentence = 400     // words of a sentence that are looked up
	maxRepeats  = 64      // places of one sentence in an article that are looked at
	nearMilli   = 850     // other origins hold at least this part of what the best one holds
)

// Origins says for every sentence of every article in which articles of corpus
// it stands, verbatim or altered: one slice an article, in the same order. An
// article is no origin of itself nor of another version of its page. Sentences
// are looked up by runs of three words and compared by greedy string tiling, so
// that a clause may move; a paraphrase is not found. corpus is ranged over once
// for every two million words of articles.
func Origins(articles, corpus iter.Seq[*recount.Article]) iter.Seq[[]recount.SentenceOrigin] {
	return func(yield func([]recount.SentenceOrigin) bool) {
		var t tracer
		stopped := false
		flush := func() {
			t.trace(corpus)
			for i := range t.texts {
				if !stopped && !yield(t.result(i)) {
					stopped = true
				}
			}
			t = tracer{}
		}
		for a := range articles {
			t.add(a)
			if len(t.hash) >= batchWords {
				flush()
			}
			if stopped {
				return
			}
		}
		flush()
	}
}

// A tracer looks up the sentences of many articles in one reading of the corpus.
type tracer struct {
	texts     []traced
	sentences []sentence
	hash      []uint32 // words of all sentences
	of        []int32  // the sentence of each word
	head      []int32  // by hash of probeWords words: the last place, plus one
	next      []int32
	mask      uint32
	profiles  map[recount.Key]*profile // of the articles that hold sentences
	wordCount *wordCount
}

// A traced article and its range of sentences.
type traced struct {
	key         recount.Key
	page        string
	first, last int
}

// A sentence that is looked up: words [from, to) of the tracer.
type sentence struct {
	span     recount.Span
	from, to int
	squeezed string // its text without white space
	article  int
	found    []source
	profile  *profile
}

// A source is an article that holds a sentence or much of it.
type source struct {
	key      recount.Key
	score    recount.Milli // part of the sentence's words that it holds
	verbatim bool
}

// add takes the sentences of a.
func (t *tracer) add(a *recount.Article) {
	var w Words
	w.ReadWords(a.Text)
	x := traced{key: a.Key, page: a.Page(), first: len(t.sentences)}
	i := 0
	for _, s := range lang.Sentences(a.Text, a.Language) {
		for i < w.Len() && int(w.Start[i]) < s.Start {
			i++
		}
		from := i
		for i < w.Len() && int(w.End[i]) <= s.End {
			i++
		}
		n := sentence{span: s, from: len(t.hash), squeezed: squeeze(s.In(a.Text)), article: len(t.texts)}
		n.profile = profileOf(&w, a.Text, from, i)
		for _, h := range w.Hash[from:min(i, from+maxSentence)] {
			t.hash = append(t.hash, h)
			t.of = append(t.of, int32(len(t.sentences)))
		}
		n.to = len(t.hash)
		t.sentences = append(t.sentences, n)
	}
	x.last = len(t.sentences)
	t.texts = append(t.texts, x)
}

// squeeze returns s without white space.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func probe(h []uint32) uint32 {
	_ = h[2]
	x := (uint64(h[0])<<32|uint64(h[1]))*mul1 ^ uint64(h[2])*mul2
	x ^= x >> 29
	return uint32(x * mul1 >> 32)
}

// build indexes the sentences.
func (t *tracer) build() {
	size := 64
	for size < 2*len(t.hash) {
		size *= 2
	}
	t.mask = uint32(size - 1)
	t.head = make([]int32, size)
	t.next = make([]int32, len(t.hash))
	for _, s := range t.sentences {
		for p := s.from; p+probeWords <= s.to; p++ {
			k := probe(t.hash[p:]) & t.mask
			t.next[p] = t.head[k]
			t.head[k] = int32(p + 1)
		}
	}
}

// trace reads the corpus and notes the sources of every sentence.
func (t *tracer) trace(corpus iter.Seq[*recount.Article]) {
	if len(t.hash) == 0 {
		return
	}
	t.build()
	t.profiles = map[recount.Key]*profile{}
	t.wordCount = newWordCount()
	workers := min(runtime.GOMAXPROCS(0), 16)
	batches := make(chan []*recount.Article, workers)
	var wg sync.WaitGroup
	var mu sync.Mutex
	for range workers {
		wg.Go(func() {
			l := searcher{t: t, hits: make([][]hit, len(t.sentences)), wordCount: newWordCount()}
			for batch := range batches {
				for _, a := range batch {
					found := l.look(a)
					if len(found) == 0 {
						continue
					}
					p := profileOf(&l.w, a.Text, 0, l.w.Len())
					mu.Lock()
					t.profiles[a.Key] = p
					for _, f := range found {
						s := &t.sentences[f.sentence]
						s.found = append(s.found, f.source)
					}
					mu.Unlock()
				}
			}
			mu.Lock()
			t.wordCount.merge(l.wordCount)
			mu.Unlock()
		})
	}
	var batch []*recount.Article
	for a := range corpus {
		if batch = append(batch, a); len(batch) == batchSize {
			batches <- batch
			batch = nil
		}
	}
	batches <- batch
	close(batches)
	wg.Wait()
}

// A hit is a place where an article of the corpus and a sentence share
// probeWords words: word at of the article, word p of the tracer.
type hit struct{ at, p int32 }

// A searcher looks up articles of the corpus; each worker has its own.
type searcher struct {
	t         *tracer
	w         Words
	hits      [][]hit // by sentence
	touched   []int32
	tiler     tiler
	wordCount *wordCount
}

type finding struct {
	sentence int32
	source
}

// look returns the sentences that a holds, or much of them.
func (l *searcher) look(a *recount.Article) (found []finding) {
	l.w.ReadWords(a.Text)
	l.wordCount.add(&l.w)
	t, h := l.t, l.w.Hash
	for j := 0; j+probeWords <= len(h); j++ {
		places := 0
		for p := t.head[probe(h[j:])&t.mask]; p != 0 && places < maxPlaces; p = t.next[p-1] {
			i := p - 1
			if t.hash[i] != h[j] || t.hash[i+1] != h[j+1] || t.hash[i+2] != h[j+2] {
				continue
			}
			places++
			s := t.of[i]
			if len(l.hits[s]) == 0 {
				l.touched = append(l.touched, s)
			}
			if len(l.hits[s]) < maxWords {
				l.hits[s] = append(l.hits[s], hit{int32(j), i})
			}
		}
	}
	slices.Sort(l.touched)
	var borders *borders
	page := a.Page()
	for _, n := range l.touched {
		s := &t.sentences[n]
		hits := l.hits[n]
		l.hits[n] = hits[:0]
		x := &t.texts[s.article]
		if x.key == a.Key || x.page == page && page != "" {
			continue
		}
		size := s.to - s.from
		if len(hits) < 2 && size > probeWords+2 {
			continue
		}
		lo, hi := window(hits, size, len(h))
		score := l.tiler.cover(t.hash[s.from:s.to], h[lo:hi])
		if score < originMilli {
			continue
		}
		f := finding{n, source{key: a.Key, score: score}}
		if score >= 900 {
			if borders == nil {
				borders = newBorders(a)
			}
			f.verbatim = borders.holds(s.squeezed)
		}
		found = append(found, f)
	}
	l.touched = l.touched[:0]
	return found
}

// window returns the stretch of words around most of the hits, a little longer
// than the sentence.
func window(hits []hit, size, end int) (lo, hi int) {
	width := int32(size + size/2 + 4)
	best, from := 0, 0
	at := 0
	for i := range hits {
		for hits[i].at-hits[from].at > width {
			from++
		}
		if n := i - from + 1; n > best {
			best, at = n, from
		}
	}
	return max(0, int(hits[at].at)-size/2), min(end, int(hits[at].at)+int(width)+size/2)
}

// A tiler covers a sentence with pieces of another text.
type tiler struct {
	usedA, usedB []bool
	tiles        [][3]int // i, j, n
}

// cover returns the part of the words of a, in thousandths, that stand in b in
// runs of at least minTile words, the longest taken first (greedy string
// tiling, Wise 1993). The order of the runs does not matter: a clause may move.
func (t *tiler) cover(a, b []uint32) recount.Milli {
	if len(a) == 0 {
		return 0
	}
	t.tiles = t.tiles[:0]
	for i := range a {
		for j := range b {
			if a[i] != b[j] || i > 0 && j > 0 && a[i-1] == b[j-1] {
				continue
			}
			n := 1
			for i+n < len(a) && j+n < len(b) && a[i+n] == b[j+n] {
				n++
			}
			if n >= minTile || n == len(a) {
				t.tiles = append(t.tiles, [3]int{i, j, n})
			}
		}
		if len(t.tiles) > 1<<16 {
			break
		}
	}
	slices.SortFunc(t.tiles, func(x, y [3]int) int {
		return cmp.Or(cmp.Compare(y[2], x[2]), cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1]))
	})
	t.usedA = slices.Grow(t.usedA[:0], len(a))[:len(a)]
	t.usedB = slices.Grow(t.usedB[:0], len(b))[:len(b)]
	clear(t.usedA)
	clear(t.usedB)
	covered := 0
	for _, x := range t.tiles {
		i, j, n := x[0], x[1], x[2]
		for n > 0 && (t.usedA[i] || t.usedB[j]) {
			i, j, n = i+1, j+1, n-1
		}
		k := 0
		for k < n && !t.usedA[i+k] && !t.usedB[j+k] {
			k++
		}
		if k < minTile && k != len(a) {
			continue
		}
		for m := range k {
			t.usedA[i+m], t.usedB[j+m] = true, true
		}
		covered += k
	}
	return recount.Milli(1000 * covered / len(a))
}

// borders is a text without white space, and where its sentences begin and end.
type borders struct {
	text string
	at   []bool // by byte offset in text
}

func newBorders(a *recount.Article) *borders {
	text := a.Text
	edge := make([]bool, len(text)+1)
	for _, s := range lang.Sentences(text, a.Language) {
		edge[s.Start], edge[s.End] = true, true
	}
	var b borders
	var out strings.Builder
	out.Grow(len(text))
	b.at = make([]bool, 0, len(text)+1)
	pending := true // an edge since the last byte that was kept
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		pending = pending || edge[i]
		if !unicode.IsSpace(r) {
			for k := range n {
				b.at = append(b.at, pending && k == 0)
			}
			pending = false
			out.WriteString(text[i : i+n])
		}
		i += n
	}
	b.at = append(b.at, true)
	b.text = out.String()
	return &b
}

// holds reports whether s, squeezed, stands in the text from where a sentence
// begins to where one ends.
func (b *borders) holds(s string) bool {
	if s == "" {
		return false
	}
	for n, from := 0, 0; n < maxRepeats; n++ {
		i := strings.Index(b.text[from:], s)
		if i < 0 {
			return false
		}
		i += from
		if b.at[i] && b.at[i+len(s)] {
			return true
		}
		from = i + 1
	}
	return false
}

// result returns the origins of the sentences of article i.
func (t *tracer) result(i int) []recount.SentenceOrigin {
	x := t.texts[i]
	out := make([]recount.SentenceOrigin, 0, x.last-x.first)
	for _, s := range t.sentences[x.first:x.last] {
		o := recount.SentenceOrigin{Article: x.key, Sentence: s.span}
		best, verbatim := recount.Milli(0), false
		for _, f := range s.found {
			best = max(best, f.score)
			verbatim = verbatim || f.verbatim
		}
		for _, f := range s.found {
			if 1000*f.score >= nearMilli*best {
				o.Origins = append(o.Origins, f.key)
			}
		}
		slices.Sort(o.Origins)
		o.Altered = len(o.Origins) > 0 && !verbatim
		out = append(out, o)
	}
	t.offTopic(t.sentences[x.first:x.last], out)
	return out
}
