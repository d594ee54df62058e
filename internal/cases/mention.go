package cases

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
)

// A Mention is one place that speaks of a person, as the annotation of an
// article gives it.
type Mention struct {
	Text string `json:"text"`
	Sent int    `json:"sent"` // number of its sentence
}

// A MentionRecord is one person of one article, known by mentions alone.
type MentionRecord struct {
	Doc      string    `json:"doc"`
	Local    string    `json:"local"` // the person's name within the article
	Mentions []Mention `json:"mentions"`
}

// A MentionSuggestion is a scored pair of MentionRecords of different articles.
type MentionSuggestion struct {
	A, B        int // indexes in the records, A < B
	Weight      int // hundredths of a bit, prior included
	Probability recount.Milli
	Bars        []recount.Bar
}

// Weights of what mentions without the article offer, in hundredths of a bit.
const (
	mentionPrior   = -900
	noneInCommon   = -300 // the articles share nothing else
	otherNumber    = -600 // one person, several people
	otherKind      = -400 // a man, a woman
	companyCap     = 600
	describedLeast = 100
)

// pronouns tell gender and number, and name nobody.
var pronouns = map[string]string{"he": "man", "him": "man", "his": "man", "himself": "man", "she": "woman", "her": "woman", "hers": "woman",
	"herself": "woman", "they": "several", "them": "several", "their": "several", "themselves": "several", "we": "several", "us": "several", "our": "several",
	"i": "", "me": "", "my": "", "you": "", "your": "", "it": "", "its": "", "who": "", "whom": "", "whose": "", "that": "", "which": "", "this": "", "one": "", "all": "several", "both": "several",
	"those": "several", "these": "several", "others": "several", "other": "", "some": "several", "any": "", "each": "", "two": "several", "three": "several", "many": "several"}

// gendered words tell it too.
var gendered = map[string]string{"man": "man", "boy": "man", "father": "man", "son": "man", "husband": "man", "brother": "man", "gunman": "man", "actor": "man", "king": "man",
	"mr": "man", "woman": "woman", "girl": "woman", "mother": "woman", "daughter": "woman", "wife": "woman", "sister": "woman", "actress": "woman",
	"mrs": "woman", "ms": "woman", "queen": "woman", "men": "several", "women": "several", "people": "several", "police": "several"}

type mentioned struct {
	name   []token // the fullest name, empty if there is none
	print  string  // as printed
	last   string
	words  []string // descriptions: heads of the mentions that are no names, sorted
	gender string   // man, woman or ""
	number string   // "several" or ""
}

// ProposeMentions returns scored pairs of people of different articles who may
// be one, heaviest first, ties by index. It sees names, descriptions ("the
// gunman"), pronouns, and which other people the two articles mention.
func ProposeMentions(docs []MentionRecord) []MentionSuggestion {
	ps := make([]mentioned, len(docs))
	common := lowerWords(docs)
	for i := range docs {
		ps[i] = newMentioned(&docs[i], common)
	}
	// how rare a word is among the articles, in hundredths of a bit
	byDoc := map[string]map[string]bool{}
	for i := range docs {
		d := byDoc[docs[i].Doc]
		if d == nil {
			d = map[string]bool{}
			byDoc[docs[i].Doc] = d
		}
		for _, w := range ps[i].words {
			d[w] = true
		}
		if ps[i].last != "" {
			d["name "+ps[i].last] = true
		}
	}
	frequency := map[string]int{}
	for _, d := range byDoc {
		for w := range d {
			frequency[w]++
		}
	}
	rarity := func(w string) int { return log2(len(byDoc)) - log2(frequency[w]) }
	// blocks
	blocks := map[string][]int{}
	for i := range ps {
		p := &ps[i]
		seen := map[string]bool{}
		put := func(k string) {
			if !seen[k] {
				seen[k] = true
				blocks[k] = append(blocks[k], i)
			}
		}
		for _, t := range p.name {
			if !t.particle && len(t.text) > 1 {
				put("name " + soundKey(t))
			}
		}
		for _, w := range p.words {
			put(w)
		}
	}
	pairs := map[[2]int]bool{}
	for _, members := range blocks {
		if len(members) > 3*blockCap {
			continue
		}
		for x, i := range members {
			for _, j := range members[x+1:] {
				if docs[i].Doc != docs[j].Doc {
					pairs[[2]int{min(i, j), max(i, j)}] = true
				}
			}
		}
	}
	company := map[[2]string]int{}
	bearers := map[string]int{}
	{
		first := map[string]map[string]bool{}
		for i := range ps {
			if p := &ps[i]; len(p.name) > 1 {
				if first[p.last] == nil {
					first[p.last] = map[string]bool{}
				}
				first[p.last][soundKey(p.name[0])] = true
			}
		}
		for k, v := range first {
			bearers[k] = len(v)
		}
	}
	out := make([]MentionSuggestion, 0, len(pairs))
	for p := range pairs {
		a, b := &ps[p[0]], &ps[p[1]]
		da, db := docs[p[0]].Doc, docs[p[1]].Doc
		k := [2]string{min(da, db), max(da, db)}
		all, ok := company[k]
		if !ok {
			for w := range byDoc[da] {
				if byDoc[db][w] {
					all += rarity(w)
				}
			}
			company[k] = all
		}
		// an article that mentions hardly anybody else cannot share company
		lonely := min(len(byDoc[da]), len(byDoc[db])) <= 3
		s := compareMentions(a, b, all, lonely, rarity, bearers)
		if s.Weight < leastSuggested {
			continue
		}
		s.A, s.B = p[0], p[1]
		out = append(out, s)
	}
	slices.SortFunc(out, func(x, y MentionSuggestion) int {
		return cmp.Or(cmp.Compare(y.Weight, x.Weight), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	return out
}

// lowerWords returns the words that mentions write in lower case at least half
// as often as with a capital. They are descriptions even where a headline
// capitalises them.
func lowerWords(docs []MentionRecord) map[string]bool {
	lower, upper := map[string]int{}, map[string]int{}
	for i := range docs {
		for _, n := range docs[i].Mentions {
			for _, w := range strings.Fields(n.Text) {
				if w == strings.ToLower(w) {
					lower[clean(w)]++
				} else {
					upper[clean(w)]++
				}
			}
		}
	}
	m := map[string]bool{}
	for w, n := range lower {
		m[w] = 2*n >= upper[w]
	}
	return m
}

func clean(w string) string {
	w = strings.TrimFunc(strings.ToLower(w), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")
}

func newMentioned(d *MentionRecord, common map[string]bool) mentioned {
	var p mentioned
	best := 0
	seen := map[string]bool{}
	for i, m := range d.Mentions {
		if i == 200 {
			break
		}
		ws := strings.Fields(m.Text)
		if len(ws) == 0 {
			continue
		}
		if len(ws) == 1 {
			if g, ok := pronouns[clean(ws[0])]; ok {
				p.note(g)
				continue
			}
		}
		// a name: the capitalised words that end it, one of them at least no
		// common word; what stands before describes
		named, rare, from := 0, 0, len(ws)
		for k := len(ws) - 1; k >= 0; k-- {
			c := clean(ws[k])
			first, _ := utf8.DecodeRuneInString(strings.TrimLeft(ws[k], `"'“‘(`))
			if !unicode.IsUpper(first) && !particles[c] && c != "" || pronouns[c] != "" || gendered[c] != "" && k < len(ws)-1 {
				break
			}
			from = k
			if c == "" || particles[c] || titles[c] || suffixes[c] {
				continue
			}
			named++
			if !common[c] && gendered[c] == "" {
				rare++
			}
		}
		if rare == 0 || named == 1 && common[clean(ws[len(ws)-1])] {
			named = 0
		}
		head := clean(ws[len(ws)-1])
		if named > 0 {
			if named > best {
				best, p.print = named, strings.Join(ws[from:], " ")
				p.name = parts(p.print)
			}
			continue
		}
		if head == "" {
			continue
		}
		p.note(gendered[head])
		if len(head) > 3 && strings.HasSuffix(head, "s") && !strings.HasSuffix(head, "ss") {
			p.number = "several"
			head = strings.TrimSuffix(head, "s")
		}
		if !seen[head] {
			seen[head] = true
			p.words = append(p.words, head)
		}
	}
	slices.Sort(p.words)
	for i := len(p.name) - 1; i >= 0; i-- {
		if !p.name[i].particle {
			p.last = soundKey(p.name[i])
			break
		}
	}
	if len(p.name) > 0 {
		p.number = ""
	}
	return p
}

func (p *mentioned) note(g string) {
	switch g {
	case "several":
		p.number = g
	case "man", "woman":
		p.gender = g
	}
}

// log2 returns the logarithm of n in hundredths, linear between powers of two.
func log2(n int) int {
	if n <= 1 {
		return 0
	}
	k := bits.Len(uint(n)) - 1
	return 100*k + (n-1<<k)*100>>k
}

func compareMentions(a, b *mentioned, all int, lonely bool, rarity func(string) int, bearers map[string]int) MentionSuggestion {
	var s MentionSuggestion
	add := func(field, x, y string, n int) {
		s.Bars = append(s.Bars, recount.Bar{Field: field, A: x, B: y, Bits: n})
		s.Weight += n
	}
	add("prior", "", "", mentionPrior)
	own := 0 // what the two themselves contribute to what their articles share
	if len(a.name) > 0 && len(b.name) > 0 {
		if f, n := nameLevel(a.name, b.name, false, a.last == b.last, bearers[a.last]); f != "" {
			add(f, a.print, b.print, n)
		}
		if a.last == b.last {
			own += rarity("name " + a.last)
		}
	}
	words, said := 0, ""
	for _, w := range a.words {
		if _, ok := slices.BinarySearch(b.words, w); ok {
			r := rarity(w)
			own += r
			if r > words {
				words, said = r, w
			}
		}
	}
	if said != "" && (len(a.name) == 0 || len(b.name) == 0) {
		add("description", said, said, max(describedLeast, words))
	} else if said != "" {
		add("description", said, said, words/4)
	}
	if a.gender != "" && b.gender != "" && a.gender != b.gender {
		add("gender", a.gender, b.gender, otherKind)
	}
	if a.number != b.number {
		add("number", a.number, b.number, otherNumber)
	}
	if rest := all - own; rest <= 0 {
		if !lonely {
			add("company", "", "", noneInCommon)
		}
	} else {
		add("company", "", "", min(companyCap, rest/2))
	}
	s.Probability = probability(s.Weight)
	return s
}
