package cases

import (
	"cmp"
	"slices"
	"strings"

	"recount"
)

// A Record is what linking knows of one speaker of one article.
type Record struct {
	Speaker  recount.Speaker
	Article  *recount.Article
	Original recount.Key    // the original its article belongs to
	Contents []recount.Span // contents of its statements in Article.Text
}

// The weights, in hundredths of a bit: log2(m/u) of each level, fixed, because
// a study of some dozen people is too small to estimate them. The name levels
// were set on development pairs of people in news (docs/measurements.md).
const (
	prior          = -900 // one pair in about 500 that share a block is one person
	nameFull       = 1300 // two parts or more agree
	namePart       = 1100 // agree as far as they go, with an initial or a part missing
	nameSurname    = 950  // one bears only the other's last part
	nameOnly       = 1100 // both bear the same single part
	nameCommon     = -100 // for each further full name with this last part
	nameConflict   = -900
	nameKunya      = 200 // an honorific name ("Abu X") or pseudonym: capped, two people may bear it
	quotedLong     = 1300
	quotedShort    = 700
	sameGender     = 60
	otherGender    = -700
	sameBirth      = 250
	otherBirth     = -500
	samePlace      = 200
	leastSuggested = -400 // pairs below this weight are not worth a look
)

// reprinted is how long an aligned run must be, in bytes, so that a whole
// statement inside it is the same statement, however short.
const reprinted = 200

// blockCap is the most records of one block that are compared with each other.
// A larger block is a name so common that it proves nothing by itself.
const blockCap = 400

// A profile is a record prepared for comparison.
type profile struct {
	rec     *Record
	key     recount.Key
	name    []token // empty for people without a name
	kunya   bool    // a pseudonym, or a name like "Abu X"
	surname string  // sound of its last part
	birth   [2]int  // years of birth that are possible; zero if unknown
	age     string  // as printed
	place   string  // "from X", as printed
}

// Propose returns scored pairs of speakers of different articles that may be
// one person, heaviest first, ties by (A, B). Only people are compared, and
// only those that share a block: the sound of the last name, two parts of the
// name, a quotation, or a pseudonym. Every field that says something becomes a
// bar with both values.
func Propose(records []Record, relations []recount.Relation) []recount.Suggestion {
	var ps []profile
	byArticle := map[recount.Key][]int{}
	seen := map[recount.Key]bool{}
	for i := range records {
		r := &records[i]
		// Two records of one place are one speaker: a pair is suggested once.
		if r.Article == nil || !r.Speaker.Kind.Person() || seen[r.Speaker.Key()] {
			continue
		}
		seen[r.Speaker.Key()] = true
		byArticle[r.Article.Key] = append(byArticle[r.Article.Key], len(ps))
		ps = append(ps, newProfile(r))
	}
	shared := sharedSpeech(ps, byArticle, relations)
	blocks := map[string][]int{}
	for i := range ps {
		for _, k := range ps[i].blocks() {
			blocks[k] = append(blocks[k], i)
		}
	}
	pairs := map[[2]int]bool{}
	for p := range shared {
		pairs[p] = true
	}
	for _, members := range blocks {
		if len(members) > blockCap {
			continue
		}
		for x, i := range members {
			for _, j := range members[x+1:] {
				if i != j && ps[i].rec.Article.Key != ps[j].rec.Article.Key {
					pairs[[2]int{min(i, j), max(i, j)}] = true
				}
			}
		}
	}
	bearers := fullNames(ps)
	var out []recount.Suggestion
	for p := range pairs {
		a, b := &ps[p[0]], &ps[p[1]]
		if b.key < a.key {
			a, b = b, a
		}
		s := compare(a, b, shared[p], bearers)
		if s.Weight >= leastSuggested && s.A != s.B {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(x, y recount.Suggestion) int {
		return cmp.Or(cmp.Compare(y.Weight, x.Weight), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	return out
}

func newProfile(r *Record) profile {
	p := profile{rec: r, key: r.Speaker.Key()}
	if r.Speaker.Kind != recount.Anonymous {
		p.name = parts(r.Speaker.Name)
		p.kunya = r.Speaker.Kind == recount.Pseudonym || kunya(p.name)
		for i := len(p.name) - 1; i >= 0; i-- {
			if !p.name[i].particle {
				p.surname = soundKey(p.name[i])
				break
			}
		}
	}
	p.age, p.birth = ageNear(r)
	p.place = placeNear(r)
	return p
}

// kunya reports whether a name is of the form "Abu X" or "Umm X", which many
// people share.
func kunya(name []token) bool {
	return len(name) > 0 && (name[0].text == "abu" || name[0].text == "abou" || name[0].text == "umm" || name[0].text == "um" || name[0].text == "oum")
}

// soundKey is the consonants of a name part, so that spellings of one name
// share a block.
func soundKey(t token) string {
	if t.foreign || t.sound == "" {
		return t.text
	}
	var b strings.Builder
	for i := range len(t.sound) {
		switch c := t.sound[i]; {
		case vowel(c) > 0 || c == 'h':
		case c == 'z':
			b.WriteByte('s')
		case c == 'd':
			b.WriteByte('t')
		case c == 'f':
			b.WriteByte('b')
		default:
			b.WriteByte(c)
		}
	}
	if b.Len() == 0 {
		return t.sound
	}
	return b.String()
}

// blocks returns the keys under which p meets others.
func (p *profile) blocks() []string {
	var keys []string
	var whole []string
	for _, t := range p.name {
		if !t.particle && len(t.text) > 1 {
			whole = append(whole, soundKey(t))
		}
	}
	switch {
	case p.kunya:
		keys = append(keys, "kunya "+strings.Join(whole, " "))
	case p.surname != "":
		keys = append(keys, "last "+p.surname)
	}
	slices.Sort(whole)
	whole = slices.Compact(whole)
	for i := range whole {
		for j := i + 1; j < len(whole); j++ {
			keys = append(keys, "pair "+whole[i]+" "+whole[j])
		}
	}
	return keys
}

// fullNames counts the different full names that share a last part. A surname
// that several people bear says less.
func fullNames(ps []profile) map[string]int {
	first := map[string]map[string]bool{}
	for i := range ps {
		if p := &ps[i]; len(p.name) > 1 && !p.kunya {
			if first[p.surname] == nil {
				first[p.surname] = map[string]bool{}
			}
			first[p.surname][soundKey(p.name[0])] = true
		}
	}
	n := map[string]int{}
	for k, v := range first {
		n[k] = len(v)
	}
	return n
}

// speech is the longest run of words that two speakers share in what they say.
type speech struct {
	words int
	a, b  recount.Span // in the two articles; a belongs to the lower profile
}

// sharedSpeech finds the pairs of speakers whose statements were aligned with
// each other.
func sharedSpeech(ps []profile, byArticle map[recount.Key][]int, relations []recount.Relation) map[[2]int]speech {
	out := map[[2]int]speech{}
	for _, rel := range relations {
		for _, i := range byArticle[rel.A] {
			for _, j := range byArticle[rel.B] {
				if i == j {
					continue
				}
				var best speech
				for _, al := range rel.Spans {
					for _, ca := range ps[i].rec.Contents {
						sa, ok := overlap(ca, al.A, ps[i].rec.Article.Text)
						if !ok {
							continue
						}
						for _, cb := range ps[j].rec.Contents {
							sb, ok := overlap(cb, al.B, ps[j].rec.Article.Text)
							if !ok || !opposite(sa, sb, al) {
								continue
							}
							n := min(len(strings.Fields(sa.In(ps[i].rec.Article.Text))), len(strings.Fields(sb.In(ps[j].rec.Article.Text))))
							if sa == ca && sb == cb && al.A.Len() >= reprinted {
								n = max(n, 12) // a short statement inside a long reprinted passage
							}
							if n > best.words {
								best = speech{n, sa, sb}
							}
						}
					}
				}
				if best.words >= 6 {
					k := [2]int{i, j}
					if j < i {
						k, best.a, best.b = [2]int{j, i}, best.b, best.a
					}
					if best.words > out[k].words {
						out[k] = best
					}
				}
			}
		}
	}
	return out
}

func overlap(a, b recount.Span, text string) (recount.Span, bool) {
	s := recount.Span{Start: max(a.Start, b.Start), End: min(a.End, b.End)}
	return s, s.Within(text)
}

// opposite reports whether two pieces of one aligned run stand at the same
// place in it, in proportion to its two lengths.
func opposite(a, b recount.Span, al recount.Alignment) bool {
	la, lb := int64(al.A.Len()), int64(al.B.Len())
	if la <= 0 || lb <= 0 {
		return false
	}
	middle := int64(a.Start+a.End)/2 - int64(al.A.Start)
	at := int64(al.B.Start) + middle*lb/la
	return int64(b.Start) <= at && at < int64(b.End)
}

// compare scores one pair. a has the smaller key; s was found with the lower
// profile first, so its two sides are put right by their articles.
func compare(a, b *profile, s speech, bearers map[string]int) recount.Suggestion {
	out := recount.Suggestion{A: a.key, B: b.key}
	add := func(field, x, y string, bits int) {
		out.Bars = append(out.Bars, recount.Bar{Field: field, A: x, B: y, Bits: bits})
		out.Weight += bits
	}
	add("prior", "", "", prior)
	if s.words > 0 {
		bits := quotedShort
		if s.words >= 12 {
			bits = quotedLong
		}
		x, y := cut(a.rec.Article.Text, s.a), cut(b.rec.Article.Text, s.b)
		if !s.a.Within(a.rec.Article.Text) || !holds(a.rec.Contents, s.a) {
			x, y = cut(a.rec.Article.Text, s.b), cut(b.rec.Article.Text, s.a)
		}
		add("shared quotation", x, y, bits)
	}
	if level, bits := nameLevel(a.name, b.name, a.kunya || b.kunya, a.surname == b.surname, bearers[a.surname]); level != "" {
		add(level, a.rec.Speaker.Name, b.rec.Speaker.Name, bits)
	}
	if x, y := a.rec.Speaker.Gender, b.rec.Speaker.Gender; known(x) && known(y) {
		bits := sameGender
		if x != y {
			bits = otherGender
		}
		add("gender", string(x), string(y), bits)
	}
	if a.birth[0] > 0 && b.birth[0] > 0 {
		switch {
		case a.birth[0] <= b.birth[1] && b.birth[0] <= a.birth[1]:
			add("age", a.age, b.age, sameBirth)
		case a.birth[0]-b.birth[1] > 2 || b.birth[0]-a.birth[1] > 2:
			add("age", a.age, b.age, otherBirth)
		default:
			add("age", a.age, b.age, 0)
		}
	}
	if a.place != "" && strings.EqualFold(a.place, b.place) {
		add("place", a.place, b.place, samePlace)
	}
	out.Probability = probability(out.Weight)
	return out
}

func holds(contents []recount.Span, s recount.Span) bool {
	return slices.ContainsFunc(contents, func(c recount.Span) bool { return c.Contains(s) })
}

func known(g recount.Gender) bool { return g == recount.Woman || g == recount.Man }

// cut returns the text of s, or its beginning if it is long.
func cut(text string, s recount.Span) string {
	if !s.Within(text) {
		return ""
	}
	v := []rune(s.In(text))
	if len(v) > 120 {
		return string(v[:120]) + "…"
	}
	return string(v)
}

// nameLevel compares two names. An empty field says that a name is missing and
// nothing can be said.
func nameLevel(a, b []token, pseudonym, sameLast bool, bearers int) (field string, bits int) {
	if len(a) == 0 || len(b) == 0 {
		return "", 0
	}
	_, same, p := matchPairs(a, b)
	if pseudonym {
		// A different pseudonym says nothing, because people use several; an
		// equal one says little, because others use it too.
		if same {
			return "pseudonym", nameKunya
		}
		return "", 0
	}
	common := nameCommon * max(0, min(bearers, 4)-1)
	x, y := spoken(a), spoken(b)
	switch {
	case same && p.solid >= 2 && p.openX == 0 && p.openY == 0:
		return "name", nameFull
	case same && p.solid >= 2:
		return "name", nameFull - 150*(p.openX+p.openY)
	case same && x == 1 && y == 1:
		return "name", nameOnly + common
	case same:
		return "name", namePart + common
	case p.solid >= 1 && (p.openX == 0 || p.openY == 0) && min(x, y) == 1 && sameLast:
		return "surname", nameSurname + common
	case p.solid >= 1 && (p.openX == 0 || p.openY == 0) && min(x, y) == 1:
		return "first name", nameSurname - 400 + common
	case p.openX > 0 && p.openY > 0:
		return "name", nameConflict
	}
	return "name", 0
}

// spoken counts the parts of a name that are not particles.
func spoken(ts []token) int {
	n := 0
	for _, t := range ts {
		if !t.particle {
			n++
		}
	}
	return n
}

// probability turns a weight in hundredths of a bit into thousandths, in whole
// numbers only.
func probability(weight int) recount.Milli {
	w := min(max(weight, -3000), 3000)
	n := w
	if n < 0 {
		n = -n
	}
	// 2^(n/100) in millionths, by repeated multiplication with 2^(1/100)
	odds := int64(1_000_000)
	for range n / 100 {
		odds *= 2
	}
	for range n % 100 {
		odds = odds / 1000 * 1_006_956 / 1000
	}
	p := recount.Milli((odds/1000*1000 + (odds/1000+1000)/2) / (odds/1000 + 1000))
	if w < 0 {
		return 1000 - p
	}
	return p
}
