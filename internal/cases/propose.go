package cases

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/lang"
)

// A Record is what linking knows of one speaker of one article.
type Record struct {
	Speaker  recount.Speaker
	Article  *recount.Article
	Contents []recount.Span // contents of its statements in Article.Text

	statements []recount.Statement // as they were read; none: Contents are no direct speech
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
	nameOrdinary   = -250 // a lone part that is an ordinary word ("Baker"), or tells only the father ("-dóttir")
	nameCommon     = -100 // for each further full name with this last part
	nameConflict   = -900
	nameKunya      = 200 // an honorific name ("Abu X") or pseudonym: capped, two people may bear it
	quotedLong     = 1300
	quotedShort    = 700
	quotedWhole    = 950 // a short run that is all of what one of the two is quoted with there
	sameJob        = 300 // one occupation by its last word
	sameJobWords   = 500 // by two words and more
	sameOffice     = 950 // one office of one body, which one person holds at a time
	sameNation     = 150
	otherYounger   = -1200 // the one is called junior, the other senior
	mayYounger     = -250  // only one of them says which
	sameGender     = 60
	otherGender    = -700 // a title, a pronoun or a word shows it for both
	doubtGender    = -150 // a first name alone shows it for one
	sameBirth      = 250
	otherBirth     = -500
	farBirth       = -750 // more than eight years apart
	samePlace      = 350
	leastSuggested = -400 // pairs below this weight are not worth a look
)

// reprinted is how long an aligned run must be, in bytes, so that a whole
// statement inside it is the same statement, however short.
const reprinted = 200

// blockCap is the most articles of one block whose people are compared with
// each other. A larger block is a name so common that it proves nothing by
// itself.
const blockCap = 400

// mostBearers is the number of full names with one last part from which more
// of them change nothing.
const mostBearers = 4

// A profile is a person prepared for comparison.
type profile struct {
	*Person
	page    *Page
	name    []token  // empty for people without a name
	kunya   bool     // a pseudonym, or a name like "Abu X"
	surname string   // sound of its last part
	blocks  []uint64 // the blocks under which it meets others, sorted
	last    uint64   // the block of the last part of its name, 0 if there is none
	given   uint64   // the block of its first name and initial, 0 if there is none
	initial bool     // an initial stands in place of the last part: "Vera H."
	also    [][]token
	younger int // 1 if it is the younger of two of one name (Jr), -1 the elder, 0 not said
}

// Propose returns scored pairs of speakers of different articles that may be
// one person, heaviest first, ties by (A, B). Only people are compared, and
// only those that share a block: the sound of the last name, two parts of the
// name, a quotation, or a pseudonym. Every field that says something becomes a
// bar with both values.
func Propose(records []Record, relations []recount.Relation) []recount.Suggestion {
	return ProposePages(pagesOf(records), relations)
}

// ProposePages is Propose for the people of articles, ordered by key.
func ProposePages(pages []*Page, relations []recount.Relation) []recount.Suggestion {
	byKey := map[recount.Key]*Page{}
	blocks := map[uint64]*block{}
	for n, p := range pages {
		byKey[p.Article] = p
		for _, pr := range p.profiled() {
			for _, b := range pr.blocks {
				if blocks[b] == nil {
					blocks[b] = &block{last: -1}
				}
				blocks[b].add(n, pr)
			}
		}
	}
	bearers := map[uint64]map[string]int{} // by block of the last part, then by its sound
	known := func(p *profile) int {
		b := blocks[p.last]
		if b == nil {
			return 0
		}
		of := bearers[p.last]
		if of == nil {
			of = map[string]int{}
			bearers[p.last] = of
		}
		n, ok := of[p.surname]
		if !ok {
			n = countBearers(p.surname, b.pages, b.members)
			of[p.surname] = n
		}
		return n
	}
	shared := map[[2]*profile]speech{}
	for i := range relations {
		r := &relations[i]
		if a, b := byKey[r.A], byKey[r.B]; a != nil && b != nil && a != b {
			sharedSpeech(shared, a, b, r)
		}
	}
	pairs := map[[2]*profile]bool{}
	for p := range shared {
		pairs[p] = true
	}
	for k, b := range blocks {
		if b.pages > blockCap {
			continue
		}
		for i, x := range b.members {
			for _, y := range b.members[i+1:] {
				if x.page != y.page && x.meets(y, k) {
					pairs[ordered(x, y)] = true
				}
			}
		}
	}
	best := map[[2]recount.Key]recount.Suggestion{}
	for p := range pairs {
		note(best, compare(p[0], p[1], shared[p], known(p[0])))
	}
	for _, p := range pages {
		for _, g := range p.Within {
			note(best, g)
		}
	}
	out := make([]recount.Suggestion, 0, len(best))
	for _, s := range best {
		out = append(out, s)
	}
	slices.SortFunc(out, func(x, y recount.Suggestion) int {
		return cmp.Or(cmp.Compare(y.Weight, x.Weight), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	return out
}

// meets reports whether two people who share a block are to be compared because
// of it: a first name with an initial brings only those together of whom one
// has no more.
func (p *profile) meets(o *profile, block uint64) bool {
	return p.given != block || o.given != block || p.initial || o.initial
}

// A block is the people who share a key.
type block struct {
	members []*profile
	pages   int // articles they are of
	last    int
}

func (b *block) add(page int, p *profile) {
	b.members = append(b.members, p)
	if page != b.last {
		b.pages++
		b.last = page
	}
}

// ordered returns two people with the one first whose key is smaller.
func ordered(x, y *profile) [2]*profile {
	if y.Key < x.Key {
		x, y = y, x
	}
	return [2]*profile{x, y}
}

// note keeps a suggestion that is worth a look. Of two about one pair, as where
// a page names one speaker twice, the heavier one stands.
func note(best map[[2]recount.Key]recount.Suggestion, s recount.Suggestion) {
	if s.Weight < leastSuggested || s.A == s.B {
		return
	}
	k := [2]recount.Key{s.A, s.B}
	old, ok := best[k]
	if !ok || s.Weight > old.Weight || s.Weight == old.Weight && slices.CompareFunc(s.Bars, old.Bars, compareBars) < 0 {
		best[k] = s
	}
}

func compareBars(x, y recount.Bar) int {
	return cmp.Or(cmp.Compare(x.Field, y.Field), cmp.Compare(x.Bits, y.Bits), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
}

func newProfile(page *Page, who *Person) *profile {
	p := &profile{Person: who, page: page}
	if who.Kind != recount.Anonymous && who.Kind != recount.Unspecified {
		p.name = parts(who.Name)
		p.kunya = who.Kind == recount.Pseudonym || kunya(p.name)
		for i := len(p.name) - 1; i >= 0; i-- {
			if !p.name[i].particle {
				p.surname = soundKey(p.name[i])
				break
			}
		}
		p.younger = generation(who.Name)
		for _, n := range who.Also {
			p.also = append(p.also, parts(n))
		}
	}
	p.block()
	return p
}

// generation tells which of two people of one name it is: 1 the younger
// ("Jr", "II"), -1 the elder, 0 if the name does not say.
func generation(name string) int {
	ws := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == ' ' || r == ',' || r == '.' })
	if len(ws) < 2 {
		return 0
	}
	switch ws[len(ws)-1] {
	case "jr", "junior", "ii", "iii", "iv":
		return 1
	case "sr", "senior":
		return -1
	}
	return 0
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

// block sets the blocks of p.
func (p *profile) block() {
	var keys []uint64
	var whole []string
	for _, t := range p.name {
		if !t.particle && len(t.text) > 1 {
			whole = append(whole, soundKey(t))
		}
	}
	switch {
	case p.kunya:
		keys = append(keys, blockOf("kunya "+strings.Join(whole, " ")))
	case p.surname != "":
		p.last = blockOf("last " + p.surname)
		keys = append(keys, p.last)
	}
	for _, also := range p.also {
		if k := len(also) - 1; k >= 0 && !also[k].particle {
			keys = append(keys, blockOf("last "+soundKey(also[k])))
		}
	}
	if p.surname != "" && !p.kunya {
		if rest := withArticle(p.name[len(p.name)-1].text); rest != "" {
			keys = append(keys, blockOf("last "+soundKey(token{text: rest, sound: soundOf(rest)})))
		}
	}
	if p.surname != "" && !p.kunya && slavic(p.name[len(p.name)-1].text) != "" {
		keys = append(keys, blockOf("last "+soundKey(token{text: slavic(p.name[len(p.name)-1].text), sound: soundOf(slavic(p.name[len(p.name)-1].text))})))
	}
	if len(p.name) > 1 && !p.kunya {
		// "Vera H." and "Vera Holm"
		if f, l := p.name[0], p.name[len(p.name)-1]; !f.particle && !l.particle && len(f.text) > 2 {
			p.given, p.initial = blockOf("given "+soundKey(f)+" "+l.text[:1]), len(l.text) == 1
			keys = append(keys, p.given)
		}
	}
	if s := syllableKey(p.name); s != "" && len(p.name) > 1 {
		keys = append(keys, blockOf("syllables "+s)) // pinyin and Wade-Giles
	}
	if len(p.name) == 3 && len(whole) == 3 && !p.kunya {
		// "Kim Min-jun" and "Minjun Kim"
		for i := range 2 {
			pair := []string{whole[2*(1-i)], soundKey(together(p.name[i], p.name[i+1]))}
			slices.Sort(pair)
			keys = append(keys, blockOf("pair "+pair[0]+" "+pair[1]))
		}
	}
	keys = append(keys, p.described()...)
	slices.Sort(whole)
	whole = slices.Compact(whole)
	for i := range whole {
		for j := i + 1; j < len(whole); j++ {
			keys = append(keys, blockOf("pair "+whole[i]+" "+whole[j]))
		}
	}
	slices.Sort(keys)
	p.blocks = slices.Compact(keys)
}

// described returns the blocks of what the article says of somebody: two of
// job, home, country and year of birth.
func (p *profile) described() (keys []uint64) {
	var jobs, homes, births []string
	for _, t := range p.Traits {
		switch t.Field {
		case Occupation:
			if ws := foldWords(t.Value); len(ws) > 0 && len(jobs) < 2 {
				jobs = append(jobs, "job "+stem(ws[len(ws)-1]))
			}
			if ws := foldWords(t.Value); len(ws) > 1 {
				keys = append(keys, blockOf("work "+ws[len(ws)-2]+" "+stem(ws[len(ws)-1])))
			}
			if o := office(t.Value); o != "" {
				keys = append(keys, blockOf("office "+o))
			}
		case Home, Nationality:
			for _, n := range placeNames(t.Value) {
				if k := "home " + n; len(homes) < 4 && !slices.Contains(homes, k) {
					homes = append(homes, k)
				}
			}
		}
	}
	if p.Birth[0] > 0 {
		births = []string{"born " + strconv.Itoa(p.Birth[0]), "born " + strconv.Itoa(p.Birth[1])}
	}
	for _, pair := range [][2][]string{{jobs, homes}, {jobs, births}, {homes, births}} {
		for _, x := range pair[0] {
			for _, y := range pair[1] {
				keys = append(keys, blockOf(x+" "+y))
			}
		}
	}
	return keys
}

// office returns an office of a body, in small letters ("order spokesman"), or
// "" if the words name none: a body's name and a word for an office.
func office(s string) string {
	before, last, ok := strings.Cut(strings.ReplaceAll(s, "’", "'"), "'s ")
	if !ok || before == strings.ToLower(before) {
		return ""
	}
	ws := foldWords(last)
	if len(ws) == 0 || !profileWords().is("offices", ws[len(ws)-1]) && !profileWords().is("voices", strings.Join(ws, " ")) && !profileWords().is("voices", ws[len(ws)-1]) {
		return ""
	}
	b := foldWords(before)
	return b[len(b)-1] + " " + strings.Join(ws, " ")
}

// BlockBits is the size of a block's number.
const BlockBits = 35

// blockOf numbers a key of a block. It is never 0.
func blockOf(key string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(key))
	x := h.Sum64()
	x ^= x >> 32
	x *= 0xD6E8FEB86659FD93
	return max(1, x>>(64-BlockBits))
}

// countBearers counts the different full names that end in one last part, up
// to mostBearers. A surname that several people bear says less; one in more
// articles than a block may have counts as borne by many.
func countBearers(surname string, pages int, members []*profile) int {
	if pages > blockCap {
		return mostBearers
	}
	first := map[string]bool{}
	for _, p := range members {
		if p.surname == surname && len(p.name) > 1 && !p.kunya {
			if first[soundKey(p.name[0])] = true; len(first) == mostBearers {
				break
			}
		}
	}
	return len(first)
}

// speech is the longest run of words that two speakers share in what they say.
type speech struct {
	words int
	whole bool         // all that one of the two is quoted with there
	a, b  recount.Span // in the two articles, that of the smaller speaker key first
}

// alignedSpeech reports whether statements of two pages may stand in the
// passages that they share, and sharedSpeech has anything to read.
func alignedSpeech(a, b *Page, rel *recount.Relation) bool {
	in := func(p *Page, side func(recount.Alignment) recount.Span) bool {
		for _, al := range rel.Spans {
			for i := range p.People {
				for _, c := range p.People[i].Contents {
					if c.Overlaps(side(al)) {
						return true
					}
				}
			}
		}
		return false
	}
	return in(a, func(al recount.Alignment) recount.Span { return al.A }) && in(b, func(al recount.Alignment) recount.Span { return al.B })
}

// sharedSpeech finds the pairs of speakers whose statements were aligned with
// each other. a and b are the articles of the relation.
func sharedSpeech(out map[[2]*profile]speech, a, b *Page, rel *recount.Relation) {
	for _, x := range a.profiled() {
		for _, y := range b.profiled() {
			var best speech
			for _, al := range rel.Spans {
				for _, cx := range x.Contents {
					sx, ok := overlap(cx, al.A, a.Text)
					if !ok {
						continue
					}
					for _, cy := range y.Contents {
						sy, ok := overlap(cy, al.B, b.Text)
						if !ok || !opposite(sx, sy, al) {
							continue
						}
						n := min(len(strings.Fields(sx.In(a.Text))), len(strings.Fields(sy.In(b.Text))))
						if sx == cx && sy == cy && al.A.Len() >= reprinted {
							n = max(n, 12) // a short statement inside a long reprinted passage
						}
						if n > best.words {
							best = speech{n, 10*sx.Len() >= 8*cx.Len() || 10*sy.Len() >= 8*cy.Len(), sx, sy}
						}
					}
				}
			}
			if best.words >= 6 {
				k := ordered(x, y)
				if k[0] != x {
					best.a, best.b = best.b, best.a
				}
				if best.words > out[k].words {
					out[k] = best
				}
			}
		}
	}
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

// compare scores one pair. a has the smaller key; bearers is how many full names
// share the last part of its name.
func compare(a, b *profile, s speech, bearers int) recount.Suggestion {
	out := recount.Suggestion{A: a.Key, B: b.Key}
	add := func(field, x, y string, bits int) {
		out.Bars = append(out.Bars, recount.Bar{Field: field, A: x, B: y, Bits: bits})
		out.Weight += bits
	}
	add("prior", "", "", prior)
	if s.words > 0 {
		bits := quotedShort
		switch {
		case s.words >= 12:
			bits = quotedLong
		case s.whole:
			bits = quotedWhole
		}
		add("shared quotation", cut(a.page.Text, s.a), cut(b.page.Text, s.b), bits)
	}
	level, bits, x, y := nameBar(a, b, bearers)
	if level != "" {
		add(level, x, y, bits)
	}
	switch {
	case a.younger*b.younger < 0:
		add("junior or senior", a.Name, b.Name, otherYounger)
	case a.younger != b.younger && bits > 0:
		add("junior or senior", a.Name, b.Name, mayYounger)
	}
	if x, y := a.Gender, b.Gender; known(x) && known(y) {
		bits := sameGender
		if x != y {
			bits = otherGender
			if evidenced(a.Person) == "" || evidenced(b.Person) == "" {
				bits = doubtGender
			}
		}
		add("gender", string(x), string(y), bits)
	}
	if a.Birth[0] > 0 && b.Birth[0] > 0 {
		switch {
		case a.Birth[0] <= b.Birth[1] && b.Birth[0] <= a.Birth[1]:
			add("age", a.Age, b.Age, sameBirth)
		case a.Birth[0]-b.Birth[1] > 8 || b.Birth[0]-a.Birth[1] > 8:
			add("age", a.Age, b.Age, farBirth)
		case a.Birth[0]-b.Birth[1] > 2 || b.Birth[0]-a.Birth[1] > 2:
			add("age", a.Age, b.Age, otherBirth)
		default:
			add("age", a.Age, b.Age, 0)
		}
	}
	if x, y, ok := sameHome(a.Person, b.Person); ok {
		bits := samePlace
		if len(a.name) > 0 && len(b.name) > 0 {
			bits /= 2 // a family has one home
		}
		add("home", x, y, bits)
	}
	if x, ok := a.trait(Nationality); ok {
		if y, ok := b.trait(Nationality); ok && x.Value == y.Value {
			add("country", x.Value, y.Value, sameNation)
		}
	}
	if x, y, n := sameOccupation(a.Person, b.Person); n > 0 {
		bits := sameJob
		switch {
		case office(x) != "" && office(x) == office(y):
			bits = sameOffice
		case n > 1:
			bits = sameJobWords
		}
		if len(a.name) > 0 && len(b.name) > 0 {
			bits /= 2 // many of one trade have names
		}
		add("occupation", x, y, bits)
	}
	out.Probability = probability(out.Weight)
	return out
}

func known(g recount.Gender) bool { return g == recount.Woman || g == recount.Man }

// nameBar compares two people by their names, and by those that an article
// gives besides: the heaviest agreement holds.
func nameBar(a, b *profile, bearers int) (level string, bits int, x, y string) {
	level, bits = nameLevel(a.name, b.name, a.kunya || b.kunya, a.surname == b.surname, bearers)
	x, y = a.Name, b.Name
	try := func(n, m []token, s, t string) {
		if len(n) == 0 || len(m) == 0 {
			return
		}
		l, k := nameLevel(n, m, kunya(n) || kunya(m), soundKey(n[len(n)-1]) == soundKey(m[len(m)-1]), bearers)
		if l != "" && k > bits && k > 0 {
			level, bits, x, y = "further name", k, s, t
		}
	}
	for i, n := range a.also {
		try(n, b.name, a.Also[i], b.Name)
		for j, m := range b.also {
			try(n, m, a.Also[i], b.Also[j])
		}
	}
	for j, m := range b.also {
		try(a.name, m, a.Name, b.Also[j])
	}
	return level, bits, x, y
}

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
	common := nameCommon * max(0, min(bearers, mostBearers)-1)
	x, y := spoken(a), spoken(b)
	if min(x, y) == 1 && (ordinary(a) || ordinary(b)) {
		common += nameOrdinary
	}
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

// ordinary reports whether the only part of a name says little: a word for
// what people do, or an Icelandic father's name.
func ordinary(ts []token) bool {
	var only token
	for _, t := range ts {
		if t.particle {
			continue
		}
		if only.text != "" {
			return false
		}
		only = t
	}
	w := only.text
	return strings.HasSuffix(w, "dottir") || strings.HasSuffix(w, "sson") || lang.For("en").Nouns[w] != "" || lang.For("en").Stops[w]
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
