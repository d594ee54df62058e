package coding

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode"

	"recount"
)

// A Learner suggests codes for a statement from the words of statements that
// one person coded and from the words of the codebook.
//
// Method: a naive Bayes classifier of one code against the rest over the words
// that a statement has (Lewis 1998, "Naive (Bayes) at Forty"), smoothed towards
// the share that a word has over all codes; only words that speak for a code
// count, so that each suggestion is explained by its words. Weights are whole
// numbers, 65,536 to a bit, computed from counts alone: nothing depends on the
// order in which codings came, and one that is taken back leaves no trace.
type Learner struct {
	codes    []string          // of the codebook, in its order
	book     map[string]*tally // by code: words of its entry
	given    map[string]*tally // by code: words of statements that carry it
	all      map[string]int    // statements that have a word
	entries  map[string]int    // entries of the codebook that have a word
	examples map[string]*example
}

type tally struct {
	n     int
	words map[string]int
}

type example struct {
	words []string
	codes map[string]bool
}

// A CodeSuggestion is a code for a statement with the words that speak for it.
type CodeSuggestion struct {
	Code   string
	Weight int      // 65,536 to a bit; the larger the likelier
	Words  []string // that explain it, as the statement has them, those that say most first
}

// How much an entry of the codebook counts beside a coded statement, how many
// statements the overall share of a word weighs, and how many words explain.
const (
	entryWeight = 2
	smoothing   = 8
	mostWords   = 4
)

// NewLearner starts from a codebook alone.
func NewLearner(book recount.Codebook) *Learner {
	l := &Learner{book: map[string]*tally{}, given: map[string]*tally{}, all: map[string]int{}, entries: map[string]int{}, examples: map[string]*example{}}
	for _, c := range book.Codes {
		l.codes = append(l.codes, c.Code)
		t := &tally{1, map[string]int{}}
		for w := range wordsOf(strings.Join([]string{strings.NewReplacer("_", " ", ".", " ").Replace(c.Code), c.Short, c.Definition, c.UseWhen, c.DoNotUse, c.Example}, " ")) {
			t.words[w] = 1
		}
		l.book[c.Code] = t
	}
	l.weighEntries()
	return l
}

// weighEntries counts the words of the entries of codes that can be suggested:
// a code above others is given by theirs.
func (l *Learner) weighEntries() {
	clear(l.entries)
	for _, c := range l.suggestable() {
		if t := l.book[c]; t != nil {
			for w := range t.words {
				l.entries[w]++
			}
		}
	}
}

// suggestable lists the codes of the codebook that were given, or have none
// below them.
func (l *Learner) suggestable() (out []string) {
	for _, c := range l.codes {
		if l.given[c] != nil || !slices.ContainsFunc(l.codes, func(x string) bool { return strings.HasPrefix(x, c+".") }) {
			out = append(out, c)
		}
	}
	return out
}

// Set says whether a statement carries a code. id names the statement.
func (l *Learner) Set(id, text, code string, carries bool) {
	x := l.examples[id]
	if x == nil {
		if !carries {
			return
		}
		x = &example{codes: map[string]bool{}}
		for w := range wordsOf(text) {
			x.words = append(x.words, w)
			l.all[w]++
		}
		slices.Sort(x.words)
		l.examples[id] = x
	}
	if x.codes[code] == carries {
		return
	}
	t := l.given[code]
	by := 1
	switch {
	case carries:
		if x.codes[code] = true; t == nil {
			t = &tally{words: map[string]int{}}
			l.given[code] = t
			defer l.weighEntries()
		}
	default:
		delete(x.codes, code)
		by = -1
	}
	t.n += by
	for _, w := range x.words {
		if t.words[w] += by; t.words[w] == 0 {
			delete(t.words, w)
		}
	}
	if t.n == 0 {
		delete(l.given, code)
		defer l.weighEntries()
	}
	if len(x.codes) == 0 {
		delete(l.examples, id)
		for _, w := range x.words {
			if l.all[w]--; l.all[w] == 0 {
				delete(l.all, w)
			}
		}
	}
}

// Examples counts the statements that were learned from.
func (l *Learner) Examples() int { return len(l.examples) }

// Suggest lists the likeliest codes of a statement, at most so many, each with
// words that speak for it; a code for which no word speaks is not suggested.
// Every word is weighed, but only those are named as reasons that explains says
// mean something by themselves: there may be none.
func (l *Learner) Suggest(text string, most int, explains func(word string) bool) []CodeSuggestion {
	words := wordsOf(text)
	order := make([]string, 0, len(words))
	for w := range words {
		order = append(order, w)
	}
	slices.Sort(order)
	codes := l.suggestable()
	n := len(l.examples)
	m := n + entryWeight*len(codes)
	var out []CodeSuggestion
	for _, c := range codes {
		given, entry := l.given[c], l.book[c]
		if given == nil {
			given = &tally{}
		}
		s := CodeSuggestion{Code: c, Weight: log2(2*given.n+1) - log2(2*(n+1))}
		type weighed struct {
			word   string
			weight int
		}
		var speak []weighed
		for _, w := range order {
			y := given.words[w] + entryWeight*entry.words[w]
			z := l.all[w] + entryWeight*l.entries[w]
			if z == 0 {
				continue
			}
			// (y + a z/m) / (k + a) beside z/m, where k is what the code has.
			k := given.n + entryWeight
			if x := log2(y*m+smoothing*z) - log2((k+smoothing)*z); x > 0 {
				s.Weight += x
				speak = append(speak, weighed{words[w], x})
			}
		}
		slices.SortStableFunc(speak, func(a, b weighed) int {
			return cmp.Or(cmp.Compare(b.weight, a.weight), strings.Compare(a.word, b.word))
		})
		for _, x := range speak {
			if len(s.Words) < mostWords && explains(x.word) {
				s.Words = append(s.Words, x.word)
			}
		}
		if len(speak) > 0 {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b CodeSuggestion) int { return cmp.Compare(b.Weight, a.Weight) })
	return out[:min(most, len(out))]
}

// log2 returns 65,536 times the logarithm of a positive number to base 2, cut
// to a whole number, by squaring (Knuth, The Art of Computer Programming 1,
// 1.2.2, exercise 25): the same on every machine.
func log2(n int) int {
	if n < 1 {
		return 0
	}
	whole := bits.Len(uint(n)) - 1
	x := uint64(n) << (62 - whole) >> 31 // 1 to 2, with 31 places
	out := whole
	for range 16 {
		x = x * x >> 31
		out <<= 1
		if x >= 1<<32 {
			x >>= 1
			out++
		}
	}
	return out
}

// wordsOf returns the words of a text without their endings, each with the form
// in which it stands first. English endings are taken off; of writing without
// spaces pairs of characters stand for words.
func wordsOf(text string) map[string]string {
	out := map[string]string{}
	put := func(word, form string) {
		if _, ok := out[word]; !ok {
			out[word] = form
		}
	}
	for _, f := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		runes := []rune(strings.ToLower(f))
		if unicode.In(runes[0], unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) {
			for i := range max(1, len(runes)-1) {
				pair := string(runes[i:min(i+2, len(runes))])
				put(pair, pair)
			}
			continue
		}
		if len(runes) < 2 {
			continue
		}
		put(withoutEnding(string(runes)), f)
	}
	return out
}

func withoutEnding(w string) string {
	for _, e := range []string{"ingly", "edly", "ing", "ies", "ied", "ed", "es", "ly", "s"} {
		if base, ok := strings.CutSuffix(w, e); ok && len(base) >= 3 {
			return base
		}
	}
	return w
}
