package figures

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"recount/internal/lang"
)

// words is the word file of one language as the reader needs it. All are
// folded as the tokens are.
type words struct {
	code                                                          string
	glued                                                         bool // numbers are written as one word; nouns have capitals
	point                                                         bool // "." parts thousands and "," decimals
	numbers, scales, dozen, collectives, parts, twoParts          map[string]int64
	ordinals, reversed, reversedNumbers                           map[string]int64
	qualifiers, after                                             map[string]string
	percent, percentBefore, half, each, ratio, between, to, and   map[string]bool
	of, by, changes, nouns, money, notCounted, labels, stops      map[string]bool
	joins, vague, toAlone, articles, ofThe, andHalf, aux, several map[string]bool
	months                                                        map[string]int64
	times                                                         map[string]map[string]bool // words of periods, by what they say
	nounBefore                                                    bool                       // "Askerlerin yüzde 7,5'i": what is counted stands before a share
	endings                                                       []string                   // of plurals
	before                                                        []string                   // the same, and none
	prefixes                                                      []string                   // written with the next word
	and1                                                          string                     // the prefix that means "and"
	partsFree                                                     bool
	scaleOrder                                                    []scale
	halfOf, halfMore                                              map[string]bool // "eine halbe Million", "iki buçuk milyon"
	halfEnding                                                    string          // "zweieinhalb"
	noteHeads, noteWords, noteOld, noteSettled, takenBack         []string        // of notes of correction
	noteUnlike                                                    []string
	noteNot, noteNotAfter, noteBut, noteIs                        map[string]bool
	adding, others                                                map[string]bool // before and behind a number that comes to another one
	partOf, wholeFirst, among, askedOf                            map[string]bool // "14 de 61", "de los 61, 14", "61 kişi arasından 14'ü"
	partEndings, toEndings, fromEndings                           map[string]bool // written behind a number and an apostrophe
	wholeEndings, wholeOwners, caseEndings, eachOfEndings         []string        // of nouns
	moved, levelTo, levelFrom, totals, byHalf                     map[string]bool // "verdoppelte sich auf 40"
	employs                                                       map[string]bool
	people, employees                                             string
	scaleParts, partsPlural, partsNumbered                        map[string]int64 // "un quart de million", "ثلاثة أرباع", "одна пятая"
	scalePartSet, eachOf                                          map[string]bool  // "Her üç kadından ikisi"
	compared, befell                                              map[string]bool  // "20 Prozent höher"
	none, nobody, reaches                                         map[string]bool  // "ninguno de los 61", "asciende a 37"
	bareWhole                                                     bool             // "треть 58 опрошенных": nothing stands between
	fewEndings, fewNot, adjectives                                []string
	dozenLike                                                     map[string]string // "ein gutes Dutzend"
	collectivesPlural                                             map[string]int64  // "duas dezenas"
	allBut, except, all, votes, versus, amongFirst                map[string]bool   // "alle bis auf vier", "64 gegen 32 Stimmen"
	exceptBehind, allBehind                                       map[string]bool   // "dördü dışında hepsi"
	ofThemAll                                                     map[string]int64
	andVerbs, ofThem, instead, were                               map[string]bool // "وأصيب 16", "Tatsächlich waren es 37"
	verbEndings                                                   []string
}

type scale struct {
	word  string
	value int64
}

var (
	cache   sync.Map // language -> *words
	unknown = &words{point: true, before: []string{""}, percent: map[string]bool{"%": true, "٪": true}}
)

// wordsOf returns the words of a language; those of a language without a file
// are a percent sign.
func wordsOf(language string) *words {
	n := lang.NumbersOf(language)
	if n == nil {
		return unknown
	}
	code, _, _ := strings.Cut(strings.ToLower(language), "-")
	if w, ok := cache.Load(code); ok {
		return w.(*words)
	}
	w := compile(code, n)
	cache.Store(code, w)
	return w
}

func compile(code string, n lang.Numbers) *words {
	w := &words{code: code}
	fold := func(s string) string { return folded(s, code) }
	set := func(name string) map[string]bool {
		m := map[string]bool{}
		for k := range n[name] {
			m[fold(k)] = true
		}
		return m
	}
	values := func(name string) map[string]int64 {
		m := map[string]int64{}
		for k, v := range n[name] {
			if x, err := strconv.ParseInt(v, 10, 64); err == nil {
				m[fold(k)] = x
			}
		}
		return m
	}
	keys := func(name string) map[string]string {
		m := map[string]string{}
		for k, v := range n[name] {
			m[fold(k)] = v
		}
		return m
	}
	for k, v := range n["format"] {
		switch v {
		case "glued":
			w.glued = true
		case "thousands":
			w.point = w.point || k == "."
		case "and":
			w.and1 = fold(k)
		case "half_ending":
			w.halfEnding = fold(k)
		case "noun_before":
			w.nounBefore = true
		case "prefixes":
			w.prefixes = append(w.prefixes, fold(k))
		}
	}
	if w.and1 != "" {
		w.prefixes = append(w.prefixes, w.and1)
	}
	slices.Sort(w.prefixes)
	w.before = append([]string{""}, w.prefixes...)
	w.numbers, w.scales, w.dozen, w.collectives = values("numbers"), values("scales"), values("dozen"), values("collectives")
	for k, v := range w.dozen {
		w.collectives[k] = v
	}
	w.parts, w.twoParts, w.ordinals = values("parts"), values("two_parts"), values("ordinals")
	w.partsNumbered = values("parts_numbered")
	w.scaleParts, w.partsPlural, w.scalePartSet, w.eachOf = values("scale_parts"), values("parts_plural"), map[string]bool{}, set("each_of")
	for _, m := range [...]map[string]int64{w.parts, w.partsPlural} {
		for k, v := range m {
			if v > 2 {
				w.scaleParts[k] = v
			}
		}
	}
	w.compared, w.befell = set("compared"), set("befell")
	for k := range w.scaleParts {
		w.scalePartSet[k] = true
	}
	w.reversed, w.reversedNumbers = values("reversed"), values("reversed_numbers")
	w.qualifiers, w.after = keys("qualifiers"), keys("after")
	w.percent, w.percentBefore, w.half, w.each = set("percent"), set("percent_before"), set("half"), set("each")
	w.ratio, w.between, w.to, w.and = set("ratio"), set("between"), set("to"), set("and")
	if len(w.and) == 0 {
		w.and = set("joins")
	}
	w.of, w.by, w.changes, w.nouns = set("of"), set("by"), set("changes"), set("nouns")
	w.money, w.notCounted, w.labels, w.stops = set("money"), set("not_counted"), set("labels"), set("stops")
	w.joins, w.vague = set("joins"), set("vague")
	w.adding, w.others = set("adding"), set("others")
	w.articles, w.ofThe, w.andHalf, w.aux, w.several = set("articles"), set("of_the"), set("and_half"), set("aux"), set("several")
	w.months, w.times = values("months"), map[string]map[string]bool{}
	for _, name := range timeWords {
		w.times[name] = set(name)
	}
	w.halfOf, w.halfMore = set("half_of"), set("half_more")
	w.none, w.nobody, w.reaches = set("none"), set("nobody"), set("reaches")
	w.bareWhole = len(n["bare_whole"]) > 0
	w.noteNot, w.noteNotAfter, w.noteBut, w.noteIs = set("note_not"), set("note_not_after"), set("note_but"), set("note_is")
	list := func(name string) []string { return slices.Sorted(maps.Keys(set(name))) }
	w.noteHeads, w.noteWords, w.noteOld, w.noteSettled = list("note_heads"), list("note_words"), list("note_old"), list("note_settled")
	w.takenBack, w.noteUnlike = list("taken_back"), list("note_unlike")
	w.partOf, w.wholeFirst, w.among, w.partEndings = set("part_of"), set("whole_first"), set("among"), set("part_endings")
	w.askedOf = set("asked_of")
	w.wholeEndings, w.caseEndings, w.eachOfEndings = list("whole_endings"), list("case_endings"), list("each_of_endings")
	w.wholeOwners = list("whole_owners")
	w.toEndings, w.fromEndings, w.levelTo, w.levelFrom = set("level_to_endings"), set("level_from_endings"), set("level_to"), set("level_from")
	w.moved, w.totals, w.byHalf, w.employs = set("doubled"), set("totals"), set("by_half"), set("employs")
	maps.Copy(w.moved, w.changes)
	w.dozenLike, w.collectivesPlural, w.verbEndings = keys("dozen_like"), values("collectives_plural"), list("verb_endings")
	w.allBut, w.except, w.all, w.votes, w.versus, w.amongFirst = set("all_but"), set("except"), set("all"), set("votes"), set("versus"), set("among_first")
	w.exceptBehind, w.allBehind, w.ofThemAll = set("except_behind"), set("all_behind"), values("so_many_of_them")
	w.andVerbs, w.ofThem, w.instead, w.were = set("and_verbs"), set("of_them"), set("instead"), set("were")
	w.fewEndings, w.fewNot, w.adjectives = list("few_endings"), list("few_not"), list("adjective_endings")
	w.people, w.employees = strings.Join(list("people"), " "), strings.Join(list("employees"), " ")
	w.toAlone = map[string]bool{}
	for k := range w.to {
		if len(k) <= 2 {
			w.toAlone[k] = true
		}
	}
	for k := range n["plural"] {
		w.endings = append(w.endings, k)
	}
	slices.Sort(w.endings)
	w.partsFree = len(n["parts_free"]) > 0
	for k, v := range w.scales {
		w.scaleOrder = append(w.scaleOrder, scale{k, v})
	}
	slices.SortFunc(w.scaleOrder, func(a, b scale) int {
		return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(len(b.word), len(a.word)), cmp.Compare(a.word, b.word))
	})
	return w
}

// plural reports whether a word looks like a plural of the language.
func (w *words) plural(s string) bool {
	if len(s) < 4 || slices.ContainsFunc(w.fewNot, func(e string) bool { return strings.HasSuffix(s, e) }) {
		return false
	}
	for _, e := range w.endings {
		if strings.HasSuffix(s, e) && len(s) > len(e)+2 {
			return true
		}
	}
	return false
}

// adjective reports whether a word has an ending that adjectives have behind a
// number.
func (w *words) adjective(s string) bool {
	return len(s) > 6 && slices.ContainsFunc(w.adjectives, func(e string) bool { return strings.HasSuffix(s, e) })
}

// Endings that Arabic writes with a word, and what stands before it.
var arabicSuffixes = []string{"هم", "هن", "ها", "ه"}

// stripped takes a possessive ending off.
func (w *words) stripped(s string) string {
	if w.and1 == "" {
		return s
	}
	for _, e := range arabicSuffixes {
		if r, ok := strings.CutSuffix(s, e); ok && len(r) >= 6 {
			return r
		}
	}
	return s
}

// bare takes prefixes off a word until it is in the set: "والجنود" is "جنود".
func (w *words) bare(set map[string]bool, s string) string {
	if set[s] || w.and1 == "" {
		return s
	}
	for _, p := range append([]string{"ال", "وال", "بال", "لل"}, w.prefixes...) {
		if r, ok := strings.CutPrefix(s, p); ok && set[r] {
			return r
		}
	}
	return s
}

func (w *words) stemOf(set map[string]bool, s string) bool {
	for _, e := range w.caseEndings { // "kişiden" is "kişi"
		if r, ok := strings.CutSuffix(s, e); ok && set[r] {
			return true
		}
	}
	return w.and1 != "" && set[w.bare(set, s)]
}

// longestPhrase is how many words an entry of a word file may have.
const longestPhrase = 4

// phrase returns how many tokens from i on make the longest entry of a set.
func (r *reader) phrase(set map[string]bool, i int) int {
	if i < 0 || len(set) == 0 {
		return 0
	}
	p := r.runsAt(i)
	for n := p.n; n >= 1; n-- {
		if set[string(p.words[:p.ends[n]])] {
			return n
		}
	}
	return 0
}

// longest returns how many tokens from i on make the longest entry, and its
// value.
func (r *reader) longest(m map[string]int64, i int) (int, int64) {
	if i < 0 || len(m) == 0 {
		return 0, 0
	}
	p := r.runsAt(i)
	for n := p.n; n >= 1; n-- {
		if v, ok := m[string(p.words[:p.ends[n]])]; ok {
			return n, v
		}
	}
	return 0, 0
}

// The runs of words at a token: up to n tokens with blanks between them, of which n
// end at ends[n].
type runsOfWords struct {
	n     int
	at    int
	words []byte
	ends  [longestPhrase + 1]int
}

// runsAt returns the runs that begin at token i; those of the last token
// that was asked for are kept.
func (r *reader) runsAt(i int) *runsOfWords {
	p := &r.last
	if p.n > 0 && p.at == i {
		return p
	}
	p.at, p.n, p.words = i, 0, p.words[:0]
	for p.n < longestPhrase && i+p.n < len(r.tok) {
		if p.n > 0 {
			p.words = append(p.words, ' ')
		}
		p.words = append(p.words, r.tok[i+p.n].low...)
		p.n++
		p.ends[p.n] = len(p.words)
	}
	return p
}

// join returns tokens [i, end) with blanks between them.
func (r *reader) join(i, end int) string {
	if end == i+1 {
		return r.tok[i].low
	}
	var b strings.Builder
	for k := i; k < end; k++ {
		if k > i {
			b.WriteByte(' ')
		}
		b.WriteString(r.tok[k].low)
	}
	return b.String()
}
