package release

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// This file finds names that are not written as they are: inflected, misspelt,
// split, run together, with initials, in another spelling or script.
//
// Method: a text is taken apart into words. Each is set beside the parts of all
// names as it stands, without endings, with one letter wrong (by the strings
// that one deletion leaves), by its sound and by its consonants. A part that
// stands as it is gives a person away alone; one that only resembles a part does
// if it is written like a name, is no ordinary word and nobody else's name, or
// if another part of the same name stands beside it.
//
// Limits: names of fewer than four letters are found beside another part only.
// Chinese and other scripts without a table below are found as they are written.

//go:embed names.txt
var nameWords string

//go:embed called.txt
var calledWords string

var (
	nameLists = sync.OnceValue(func() map[string]map[string]bool { return readLists(nameWords) })
	endings   = nameList("endings")
	particles = nameList("particles")
	titles    = nameList("titles")
	small     = nameList("small")
	signs     = nameList("signs")
	saysName  = nameList("says a name")
	saysWord  = nameList("says a word")
	speaks    = nameList("speaks")
	called    = sync.OnceValue(func() map[string][][]token { return readCalled(calledWords) })
)

// nameList returns what gives a section of names.txt, which is read when it is
// first needed.
func nameList(section string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool { return nameLists()[section] })
}

// readCalled reads forms of one first name, a name a line: of each form the others.
func readCalled(data string) map[string][][]token {
	out := map[string][][]token{}
	for line := range strings.Lines(data) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		forms := nameParts(line)
		for _, f := range forms {
			out[f.word] = append(out[f.word], forms)
		}
	}
	return out
}

// readLists reads sections of words.
func readLists(data string) map[string]map[string]bool {
	out, section := map[string]map[string]bool{}, ""
	for line := range strings.Lines(data) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			section = strings.Trim(line, "[]")
			out[section] = map[string]bool{}
		default:
			for _, w := range strings.Fields(line) {
				out[section][w] = true
			}
		}
	}
	return out
}

// How many letters a part of a name must have.
const (
	letShort  = 3 // to give somebody away by itself, written as names are
	letAlone  = 4 // to give somebody away by itself
	letWrong  = 5 // to be looked for with a letter wrong
	letInside = 6 // to be looked for inside an address or the name of a file
)

// A name is what somebody is called.
type name struct {
	why   string
	parts []part
}

type part struct {
	word  string
	heard string
	bones string // consonants of heard
	given bool   // others are called so too
	small bool   // written small, in a name that is not: "Hassan the baker"
}

// A likeness says how a word resembles a part of a name.
type likeness struct {
	name, part int
	how        int
}

// The likenesses, the surest first.
const (
	asItIs = iota
	inflected
	otherwise // the same letters in another form: digits for letters, ae for ä
	calledSo  // by another form of a first name: Sasha for Aleksandr
	misspelt
	sounding // by its sound
	boned    // by its consonants: says something beside another part only
)

var likenessWords = [...]string{"", "inflected", "in other letters", "by another form", "misspelt", "by its sound", "by its sound"}

// Names finds names in texts.
type names struct {
	all     []name
	exact   map[string][]likeness // as it is
	stems   map[string][]likeness // without a last vowel
	without map[string][]likeness // with one letter left out
	heard   map[string][]likeness
	bones   map[string][]likeness
	forms   map[string][]likeness // other forms of a first name, by their sound
	joined  map[string][]int      // whole names and parts as one string -> names
	whole   map[string]bool       // of joined: the whole name
	begins  map[string]bool       // every beginning of a joined string

	ordinary map[string]int // how much oftener a word is written small than large
	others   map[string]bool
	cache    map[string][]likeness
}

func newNames() *names {
	return &names{exact: map[string][]likeness{}, stems: map[string][]likeness{}, without: map[string][]likeness{}, heard: map[string][]likeness{}, bones: map[string][]likeness{}, forms: map[string][]likeness{},
		joined: map[string][]int{}, whole: map[string]bool{}, begins: map[string]bool{}, ordinary: map[string]int{}, others: map[string]bool{}, cache: map[string][]likeness{}}
}

// add notes a name. It reports whether it has a part that can be looked for.
func (x *names) add(words, why string) {
	n := name{why: why}
	id := len(x.all)
	tokens := nameParts(words)
	for i, t := range tokens {
		if len([]rune(t.word)) < 2 || particles()[t.word] && len(tokens) > 1 {
			continue
		}
		p := part{word: t.word, heard: t.heard, bones: bones(t.heard), given: i == 0 && len(tokens) > 1, small: !t.capital && tokens[0].capital}
		at := len(n.parts)
		n.parts = append(n.parts, p)
		put := func(m map[string][]likeness, key string, how int) {
			if key != "" && !slices.ContainsFunc(m[key], func(l likeness) bool { return l.name == id && l.part == at }) {
				m[key] = append(m[key], likeness{id, at, how})
			}
		}
		put(x.exact, p.word, asItIs)
		put(x.exact, t.alt, otherwise)
		put(x.exact, confused(p.word), otherwise)
		if at == 0 || i+1 < len(tokens) { // a last name has no other forms
			for _, forms := range called()[p.word] {
				for _, f := range forms {
					put(x.exact, f.word, calledSo)
					put(x.forms, f.heard, calledSo)
				}
			}
		}
		letters := []rune(p.word)
		if len(letters) >= letAlone {
			if last := letters[len(letters)-1]; vowel(last) && len(letters) > letAlone {
				put(x.stems, string(letters[:len(letters)-1]), inflected)
			}
			put(x.stems, p.word, inflected)
		}
		if len(letters) >= letAlone {
			put(x.without, p.word, misspelt)
			for i := range letters {
				put(x.without, string(letters[:i])+string(letters[i+1:]), misspelt)
			}
		}
		if len([]rune(p.heard)) >= 3 {
			put(x.heard, p.heard, sounding)
		}
		if len(p.bones) >= 2 {
			put(x.bones, p.bones, boned)
		}
	}
	x.all = append(x.all, n)
	join := func(s string, whole bool) {
		if len([]rune(s)) < letWrong || slices.Contains(x.joined[s], id) {
			return
		}
		x.joined[s] = append(x.joined[s], id)
		x.whole[s] = x.whole[s] || whole
		for i := range s {
			x.begins[s[:i]] = true
		}
		x.begins[s] = true
	}
	var there, back []string
	for _, p := range n.parts {
		there, back = append(there, p.word), append([]string{p.word}, back...)
	}
	if len(n.parts) > 1 {
		join(strings.Join(there, ""), true)
		join(strings.Join(back, ""), true)
		var every []string // with particles
		for _, t := range tokens {
			every = append(every, t.word)
		}
		join(strings.Join(every, ""), true)
	}
	for _, p := range n.parts {
		if !p.given {
			join(p.word, len(n.parts) == 1)
		}
	}
}

// IsName reports whether a mention is a name and not a description: each word of
// it is written large but for those that stand in names.
func IsName(mention string) bool {
	large := false
	for i, w := range strings.Fields(mention) {
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "'’\"“(-"))
		switch word := strings.ToLower(w); {
		case small()[word] || i == 0 && (word == "the" || word == "a" || word == "an"):
			return false
		case unicode.IsUpper(first) || !unicode.IsLower(first) && unicode.IsLetter(first):
			large = true
		case !particles()[word]:
			return false
		}
	}
	return large
}

// A token is one word of a text.
type token struct {
	word    string // letters made plain
	alt     string // with ä as ae; "" if that is the same
	stem    string // before an apostrophe; "" if there is none
	heard   string // as it sounds, in Latin letters
	foreign bool   // in letters of another script
	greek   bool
	capital bool
	upper   bool // so is its second letter
	starts  bool // it begins a sentence, or a piece of markup
	inside  bool // of an address, the name of a file, or another name of a thing
	apart   bool // a blank stands before it
	asked   bool // the sentence that it stands in ends as a question
	at      int  // where it begins, in bytes of the text as NFC
}

// nameParts takes a name apart: at blanks and hyphens only.
func nameParts(words string) []token {
	all := tokens(words, false)
	var out []token
	for _, t := range all {
		if t.word != "" {
			out = append(out, t)
		}
	}
	return out
}

// expanded are letters that some write as two.
var expanded = map[rune]string{'ä': "ae", 'ö': "oe", 'ü': "ue", 'å': "aa", 'ø': "oe", 'æ': "ae", 'œ': "oe", 'ñ': "ny", 'ş': "sh", 'š': "sh", 'ç': "ch", 'č': "ch", 'ž': "zh", 'ł': "w", 'đ': "dj", 'ģ': "g"}

// tokens takes a text apart. In texts a capital in the middle and digits begin a
// new word; in names they do not.
func tokens(text string, cut bool) []token {
	var out []token
	var word, alt, heard, stem strings.Builder
	var now token
	differs, apostrophe := false, false
	starts, apart := true, true
	hyphen := false
	before := rune(0) // the letter before
	at := 0
	end := func() {
		if word.Len() > 0 {
			now.word = word.String()
			if differs {
				now.alt = alt.String()
			}
			if apostrophe && stem.Len() > 0 && stem.Len() < word.Len() {
				now.stem = stem.String()
			}
			now.heard = hear(heard.String())
			out = append(out, now)
			apart, starts = false, false
		}
		word.Reset()
		alt.Reset()
		heard.Reset()
		stem.Reset()
		now, differs, apostrophe, before = token{}, false, false, 0
	}
	letter := func(r rune) {
		if len([]rune(word.String())) == 1 {
			now.upper = unicode.IsUpper(r)
		}
		if word.Len() == 0 {
			now.capital, now.starts, now.apart, now.at = unicode.IsUpper(r), starts, apart, at
		}
		r = unicode.ToLower(r)
		sound, foreign := latinOf(r)
		if foreign {
			if now.foreign = true; unicode.Is(unicode.Greek, r) {
				now.greek = true
				if (r == 'υ' || r == 'ύ') && before == 'ο' {
					sound = "u"
				}
			}
			heard.WriteString(sound)
		}
		if e, ok := expanded[r]; ok {
			differs = true
			alt.WriteString(e)
		}
		for _, d := range norm.NFKD.String(string(r)) {
			if unseen(d) {
				continue
			}
			d = unicode.ToLower(d)
			s := string(d)
			if a, ok := alike[d]; ok {
				s = a
			}
			word.WriteString(s)
			if _, ok := expanded[r]; !ok {
				alt.WriteString(s)
			}
			if !foreign {
				heard.WriteString(s)
			}
			if !apostrophe {
				stem.WriteString(s)
			}
		}
		before = r
	}
	last := rune(0)
	for i, r := range norm.NFC.String(text) {
		at = i
		if unseen(r) {
			continue
		}
		switch {
		case r == '\'' || r == '’' || r == 'ʼ' || r == '`':
			if word.Len() > 0 {
				apostrophe = true
			}
			continue
		case unicode.IsLetter(r) || small1(r) != 0:
			if cut && word.Len() > 0 && (unicode.IsDigit(last) || unicode.IsUpper(r) && unicode.IsLower(last) && len([]rune(word.String())) >= 3) {
				end()
			}
			if s := small1(r); s != 0 {
				r = s
			}
			letter(r)
		case unicode.IsDigit(r):
			if cut && word.Len() > 0 && !unicode.IsDigit(last) {
				end()
			}
			letter(r)
		default:
			end()
			switch {
			case r == '-' || r == '‐' || r == '‑':
				hyphen = true
			case unicode.IsSpace(r):
				apart = apart || !hyphen || r != '\n'
				if r == '\n' && !hyphen || strings.ContainsRune(".!?:", last) {
					starts = true
				}
				if r != '\n' {
					hyphen = false
				}
			case r == '<' || r == '>' || r == '"' || r == '“' || r == '|' || r == '•':
				starts = true
				apart = true
			default:
				hyphen = false
			}
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			hyphen = false
		}
		last = r
	}
	end()
	return out
}

// small1 is the letter that a sign stands for which Unicode calls a letter of its
// own and takes apart nowhere: small capitals and letters in black squares.
func small1(r rune) rune {
	switch {
	case r >= '🅰' && r <= '🆉':
		return 'a' + r - '🅰'
	case r >= '🅐' && r <= '🅩':
		return 'a' + r - '🅐'
	case r >= '🇦' && r <= '🇿':
		return 'a' + r - '🇦'
	}
	return 0
}

// confused makes signs one that the eye takes for one another.
func confused(word string) string {
	return strings.NewReplacer("0", "o", "1", "l", "i", "l", "3", "e", "4", "a", "5", "s", "7", "t", "8", "b", "rn", "m", "vv", "w", "cl", "d").Replace(word)
}

func vowel(r rune) bool { return strings.ContainsRune("aeiouy", r) }

// bones are the consonants of a word as it sounds; h and half vowels say little.
func bones(heard string) string {
	var b strings.Builder
	last := rune(0)
	for _, r := range heard {
		if !strings.ContainsRune("aeiouyjvw", r) && r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// like lists the parts of names that a token resembles.
func (x *names) like(t *token, near bool) []likeness {
	key := t.word + "\x00" + t.alt + "\x00" + t.stem
	if t.foreign {
		key += "\x00" + t.heard
	}
	if near {
		key += "+"
	}
	if l, ok := x.cache[key]; ok {
		return l
	}
	var out []likeness
	put := func(list []likeness, how int) {
		for _, l := range list {
			l.how = how
			if !slices.ContainsFunc(out, func(o likeness) bool { return o.name == l.name && o.part == l.part }) {
				out = append(out, l)
			}
		}
	}
	for _, l := range x.exact[t.word] {
		put([]likeness{l}, l.how)
	}
	for _, w := range []string{t.alt, t.stem} {
		if w != "" {
			put(x.exact[w], inflected)
		}
	}
	if near {
		x.resembling(t, put)
	}
	if len(x.cache) < 1<<20 {
		x.cache[key] = out
	}
	return out
}

// resembling puts the parts that a token only resembles.
func (x *names) resembling(t *token, put func([]likeness, int)) {
	letters := []rune(t.word)
	for e := 1; e <= 4 && len(letters)-e >= letAlone; e++ {
		if ending := string(letters[len(letters)-e:]); endings()[ending] {
			how := misspelt
			if ending == "s" || ending == "es" {
				how = inflected
			}
			stem := string(letters[:len(letters)-e])
			for _, l := range x.stems[stem] {
				if x.all[l.name].parts[l.part].word != stem {
					put([]likeness{l}, misspelt)
				} else {
					put([]likeness{l}, how)
				}
			}
		}
	}
	put(x.exact[confused(t.word)], misspelt)
	if t.foreign {
		put(x.forms[t.heard], calledSo)
	}
	if len(letters) >= letAlone-1 {
		check := func(key string) {
			for _, l := range x.without[key] {
				if oneWrong(t.word, x.all[l.name].parts[l.part].word) {
					put([]likeness{l}, misspelt)
				}
			}
		}
		check(t.word)
		for i := range letters {
			check(string(letters[:i]) + string(letters[i+1:]))
		}
	}
	if len([]rune(t.heard)) >= 3 {
		put(x.heard[t.heard], sounding)
		if !t.foreign {
			put(x.heard[hear(german.Replace(t.word))], sounding)
		}
		if t.greek { // which writes b, d and g of other languages as two letters
			heard := foreignPairs.Replace(t.heard)
			put(x.heard[heard], sounding)
			if f, ok := strings.CutSuffix(heard, "f"); ok { // of Russian names
				put(x.heard[f+"v"], sounding)
			}
		}
		if heard := []rune(t.heard); t.foreign { // with the ending of a case
			for e := 1; e <= 3 && len(heard)-e >= letAlone; e++ {
				put(x.heard[string(heard[:len(heard)-e])], sounding)
			}
		}
	}
	if b := bones(t.heard); len(b) >= 2 {
		put(x.bones[b], boned)
	}
}

// oneWrong reports whether two words differ by one letter that is wrong, missing
// or too many, or by two that changed places.
func oneWrong(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	switch len(y) - len(x) {
	case 0:
		if i == len(x) || slices.Equal(x[i+1:], y[i+1:]) {
			return true
		}
		return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && slices.Equal(x[i+2:], y[i+2:])
	case 1:
		return slices.Equal(x[i:], y[i+1:])
	}
	return false
}

// A naming is a name that a text holds.
type naming struct {
	name int
	form string
	near bool // the text only resembles it
}

// find lists the names that a text holds. file says that it is the name of a
// file; near that what only resembles a name counts too.
func (x *names) find(text string, file, near bool) []naming {
	if len(x.all) == 0 {
		return nil
	}
	t := tokens(text, true)
	x.place(text, t, file)
	ask(text, t)
	var out []naming
	put := func(n int, form string, near bool) {
		v := naming{n, form, near}
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	found := make([][]likeness, len(t))
	for i := range t {
		found[i] = x.like(&t[i], near)
	}
	for i := range t {
		for _, l := range found[i] {
			x.alone(t, found, i, l, near, put)
			x.beside(t, found, i, l, put)
		}
		x.split(t, i, put)
		x.within(&t[i], put)
		x.backwards(&t[i], put)
	}
	x.initials(text, put)
	x.digits(text, put)
	if near {
		x.masked(text, put)
	}
	return out
}

// ask says of each token whether its sentence ends as a question.
func ask(text string, t []token) {
	if !strings.Contains(text, "?") {
		return
	}
	text = norm.NFC.String(text)
	for i := range t {
		if end := strings.IndexAny(text[t[i].at:], ".!?\n"); end >= 0 {
			t[i].asked = text[t[i].at+end] == '?'
		}
	}
}

// place says of each token whether it stands inside the name of a thing.
func (x *names) place(text string, t []token, file bool) {
	if file {
		for i := range t {
			t[i].inside = true
		}
		return
	}
	text = norm.NFC.String(text)
	from, i := 0, 0
	chunk := func(to int) {
		thing := thingName(text[from:to])
		for ; i < len(t) && t[i].at < to; i++ {
			t[i].inside = thing
		}
	}
	last := rune(0)
	for at, r := range text {
		next, _ := utf8.DecodeRuneInString(text[min(at+utf8.RuneLen(r), len(text)):])
		inWord := (r == '\'' || r == '’') && unicode.IsLetter(last) && unicode.IsLetter(next)
		if unicode.IsSpace(r) || !inWord && strings.ContainsRune("<>\"'“”‘’(),;[]{}|=", r) {
			chunk(at)
			from = at + utf8.RuneLen(r)
		}
		last = r
	}
	chunk(len(text))
}

// thingName reports whether a word is an address, the name of a file or a handle.
func thingName(chunk string) bool {
	chunk = strings.Trim(chunk, ".!?:…")
	if strings.ContainsAny(chunk, "/_@\\#") || strings.Count(chunk, "-") > 1 {
		return len(chunk) > 1
	}
	for i, r := range chunk {
		if r == '.' && i > 1 && i+1 < len(chunk) {
			next, _ := utf8.DecodeRuneInString(chunk[i+1:])
			return unicode.IsLetter(next)
		}
	}
	return false
}

func (x *names) isOrdinary(w string) bool { return x.ordinary[w] > 0 || small()[w] || titles()[w] }

// namelike reports whether a token that only resembles a name can be one: it is
// written like a name or stands in the name of a thing, and is no ordinary word.
func (x *names) namelike(t *token) bool {
	return (t.capital || t.inside || t.foreign) && !x.isOrdinary(t.word) && !x.others[t.word]
}

// alone finds a part that gives the person away by itself.
func (x *names) alone(t []token, found [][]likeness, i int, l likeness, near bool, put func(int, string, bool)) {
	n := &x.all[l.name]
	p := &n.parts[l.part]
	letters := len([]rune(p.word))
	switch {
	case letters < letAlone:
		if l.how != asItIs || !near || !x.shortName(t, i, p) {
			return
		}
	case l.how == boned:
		// In a script without vowels the consonants are the name, if there are enough.
		if !t[i].foreign || len(p.bones) < letAlone || !x.namelike(&t[i]) {
			return
		}
	case l.how <= otherwise:
		// A name that is a word, written small in a sentence, is the word, and so is one
		// that begins a sentence before words that stand behind no name.
		if (x.isOrdinary(t[i].word) || p.small) && !t[i].inside && (!t[i].capital && !x.saidAName(t, i) || t[i].capital && x.saidAWord(t, i)) {
			return
		}
	case l.how == calledSo:
		if len([]rune(t[i].word)) < letShort || !x.namelike(&t[i]) || t[i].upper && len([]rune(t[i].word)) == letShort {
			return
		}
	default:
		if letters < letWrong && !(l.how == misspelt && x.ending(t[i].word, p.word)) && !(l.how == sounding && p.given) || !x.namelike(&t[i]) || x.somebodyElse(t, found, i, l) {
			return
		}
	}
	if p.given {
		if l.how > otherwise && l.how != calledSo && l.how < sounding && !t[i].inside {
			return // a first name that resembles one is another, but for one that sounds the same
		}
		shouted := i+1 < len(t) && t[i].upper && t[i+1].upper // where all is large nobody sees what a name is
		if i+1 < len(t) && t[i+1].apart && !t[i+1].starts && t[i+1].capital && !shouted && len(t[i+1].word) > 1 && !x.isOrdinary(t[i+1].word) && !resembles(found[i+1], l.name) {
			return // somebody else with this first name
		}
	}
	form := likenessWords[l.how]
	if t[i].foreign && l.how >= sounding {
		form = "in another script"
	}
	put(l.name, form, l.how >= calledSo)
}

// shortName reports whether a token of two or three letters is written like a name and
// nothing else that a text writes so.
func (x *names) shortName(t []token, i int, p *part) bool {
	w := &t[i]
	long := len([]rune(p.word)) == letShort
	switch {
	case w.inside || x.others[w.word] || particles()[w.word] || titles()[w.word]:
		return false
	case small()[w.word] || !w.capital:
		return x.saidAName(t, i)
	case x.isOrdinary(w.word) && (!long || x.saidAWord(t, i)):
		return false
	case w.upper:
		return long && !signs()[w.word]
	}
	return long || !w.starts
}

// saidAName reports whether the words around a token that is written small say that it
// is a name: "called rose", "rose, 33,", "rose told us".
func (x *names) saidAName(t []token, i int) bool {
	word := func(j int) string {
		if j < 0 || j >= len(t) || j > i && t[j].starts {
			return ""
		}
		return t[j].word
	}
	if i > 0 && !t[i].starts && (saysName()[word(i-1)] || titles()[word(i-1)] && word(i-1) != "family" || slices.Contains(linking, word(i-1)) && word(i-2) == "name") {
		return true
	}
	next := word(i + 1)
	return speaks()[next] || len(next) == 2 && numeral.MatchString(next)
}

// aroundMonth are words before a month, besides beforeMonth.
var aroundMonth = strings.Fields("between by before after during last next this through")

// saidAWord reports whether what stands around a token that is written large says that
// it is an ordinary word: "Will they come", "Hope of change", "in May 2014".
func (x *names) saidAWord(t []token, i int) bool {
	next, after := token{starts: true}, token{starts: true}
	if i+1 < len(t) {
		next = t[i+1]
	}
	if i+2 < len(t) {
		after = t[i+2]
	}
	month := slices.Contains(monthNames, t[i].word)
	switch {
	case month && !next.starts && len(next.word) <= 4 && numeral.MatchString(next.word):
		return true
	case month && i > 0 && (slices.Contains(beforeMonth, t[i-1].word) || slices.Contains(aroundMonth, t[i-1].word) || i > 1 && slices.Contains(monthNames, t[i-2].word) || slices.Contains(monthNames, t[i-1].word) || len(t[i-1].word) <= 2 && numeral.MatchString(t[i-1].word)):
		return true
	case t[i].starts && t[i].asked && (t[i].word == "will" || t[i].word == "may") && !next.starts && !speaks()[next.word]:
		return true // "Will the minister come?"
	case !t[i].starts || next.starts || next.capital:
		return false
	case saysWord()[next.word]:
		return true
	case !next.apart && next.word != t[i].word && len(next.word) > 1: // "Cross-examined"
		return true
	case (next.word == "after" || next.word == "by") && after.word == t[i].word: // "Page after page"
		return true
	}
	return (next.word == "of" || next.word == "for" || next.word == "and" || next.word == "or" || next.word == "in" || next.word == "to") &&
		!after.starts && !after.capital && !small()[after.word] && !slices.Contains(pronouns, after.word) && !particles()[after.word]
}

// ending reports whether a word is another with the ending of a case.
func (x *names) ending(word, stem string) bool {
	rest, ok := strings.CutPrefix(word, stem)
	return ok && endings()[rest]
}

func resembles(list []likeness, name int) bool {
	return slices.ContainsFunc(list, func(l likeness) bool { return l.name == name })
}

// somebodyElse reports whether a first name that is not the person's stands
// before a word that resembles the last name.
func (x *names) somebodyElse(t []token, found [][]likeness, i int, l likeness) bool {
	if i == 0 || !t[i].apart || t[i].starts || !t[i-1].capital || x.isOrdinary(t[i-1].word) || len(t[i-1].word) == 1 {
		return false
	}
	if t[i-1].starts && !x.others[t[i-1].word] {
		return false // the first word of a sentence may be any word
	}
	return !resembles(found[i-1], l.name)
}

// beside finds two parts of one name that stand together, and a part with the
// initial of another.
func (x *names) beside(t []token, found [][]likeness, i int, l likeness, put func(int, string, bool)) {
	n := &x.all[l.name]
	// Behind it, with initials and particles between.
	for j := i + 1; j < len(t) && j <= i+3; j++ {
		if t[j].starts && !t[i].inside && len(t[j-1].word) > 1 {
			break
		}
		for _, o := range found[j] {
			if o.name != l.name || o.part == l.part {
				continue
			}
			worst, bone := max(l.how, o.how), len(n.parts[l.part].bones)+len(n.parts[o.part].bones)
			if worst >= misspelt && (!x.namelike(&t[i]) && l.how >= misspelt || !x.namelike(&t[j]) && o.how >= misspelt) {
				continue
			}
			if l.how >= misspelt && !t[i].capital && !t[i].inside && !t[i].foreign || worst == boned && bone < 4 {
				continue
			}
			form := likenessWords[worst]
			if (t[i].foreign || t[j].foreign) && worst >= sounding {
				form = "in another script"
			}
			put(l.name, form, worst >= misspelt)
		}
		if len([]rune(t[j].word)) > 1 && !particles()[t[j].word] {
			break
		}
	}
	initial := func(j int, of func(*part) bool) bool {
		if j < 0 || j >= len(t) || len([]rune(t[j].word)) != 1 || !t[j].capital && !t[j].inside {
			return false
		}
		return slices.ContainsFunc(n.parts, func(p part) bool { return of(&p) && strings.HasPrefix(p.word, t[j].word) })
	}
	p := &n.parts[l.part]
	switch {
	case p.given && l.how <= inflected && (t[i].capital || t[i].inside):
		if initial(i+1, func(o *part) bool { return !o.given }) && !(i+2 < len(t) && t[i+2].capital && t[i+2].apart && len(t[i+2].word) > 1 && !x.isOrdinary(t[i+2].word) && !resembles(found[i+2], l.name)) {
			put(l.name, "with an initial", false)
		}
	case !p.given && l.how <= misspelt && (l.how < misspelt || x.namelike(&t[i])):
		other := func(o *part) bool { return o.word != p.word }
		if initial(i-1, other) || initial(i-2, other) && len([]rune(t[i-1].word)) == 1 || t[i].capital && initial(i+1, func(o *part) bool { return o.given }) {
			put(l.name, "with an initial", l.how >= misspelt)
		}
	}
}

// split finds names that blanks, hyphens or markup run through.
func (x *names) split(t []token, i int, put func(int, string, bool)) {
	word, ordinary, tight, crossed := "", true, t[i].capital || t[i].inside, false
	for j := i; j < len(t) && j < i+40; j++ {
		// Over cells, items and sentences a name runs that is written large and whose
		// pieces are no words.
		if j > i && t[j].starts && t[j].apart && len([]rune(t[j].word)) > 1 && len([]rune(t[j-1].word)) > 1 {
			crossed = true
		}
		if j > i && !x.begins[word] {
			return
		}
		ordinary = ordinary && x.isOrdinary(t[j].word) && len([]rune(t[j].word)) > 1
		word += t[j].word
		tight = tight && (j == i || !t[j].apart)
		if j == i || ordinary && !tight {
			continue
		}
		if crossed && (!t[i].capital || x.isOrdinary(t[i].word) || x.isOrdinary(t[j].word) || x.others[t[i].word] || x.others[t[j].word]) {
			continue
		}
		for _, w := range []string{word, strings.TrimSuffix(word, "s")} {
			for _, n := range x.joined[w] {
				put(n, "split", false)
			}
		}
	}
}

// within finds names inside of one word.
func (x *names) within(t *token, put func(int, string, bool)) {
	if len(t.word) < letWrong || x.isOrdinary(t.word) {
		return
	}
	for k := range t.word {
		for e := k + 1; e <= len(t.word) && x.begins[t.word[k:e]]; e++ {
			w := t.word[k:e]
			if k == 0 && e == len(t.word) && !x.whole[w] {
				continue // the word is the part
			}
			for _, id := range x.joined[w] {
				rest := t.word[:k] + t.word[e:]
				switch {
				case x.whole[w] && len(x.all[id].parts) > 1:
					put(id, "run together", false)
				case rest == "" || e-k < letWrong:
				case len(rest) == 1 && slices.ContainsFunc(x.all[id].parts, func(p part) bool { return p.word != w && strings.HasPrefix(p.word, rest) }):
					put(id, "with an initial", false)
				case t.inside && e-k >= letInside && (k == 0 || e == len(t.word)):
					put(id, "run together", false)
				}
			}
		}
	}
}

// initials finds the initials of a whole name, each with its dot.
func (x *names) initials(text string, put func(int, string, bool)) {
	runes := []rune(text)
	for i := 0; i+3 < len(runes); i++ {
		if i > 0 && (unicode.IsLetter(runes[i-1]) || runes[i-1] == '.') || !unicode.IsUpper(runes[i]) {
			continue
		}
		letters, j := "", i
		for j+1 < len(runes) && unicode.IsUpper(runes[j]) && runes[j+1] == '.' {
			letters += strings.Join(plain(string(runes[j])), "")
			j += 2
			if j < len(runes) && runes[j] == ' ' && j+2 < len(runes) && unicode.IsUpper(runes[j+1]) && runes[j+2] == '.' {
				j++
			}
		}
		if len(letters) < 2 || signs()[letters] {
			continue
		}
		// Before a last name they are somebody else's.
		k := j
		for k < len(runes) && runes[k] == ' ' {
			k++
		}
		if k > j && k+1 < len(runes) && unicode.IsUpper(runes[k]) && unicode.IsLower(runes[k+1]) && !x.isOrdinary(firstWord(string(runes[k:min(len(runes), k+40)]))) {
			continue
		}
		for id := range x.all {
			own := ""
			for _, p := range x.all[id].parts {
				own += string([]rune(p.word)[:1])
			}
			if own == letters {
				put(id, "by initials", true)
			}
		}
	}
}

func firstWord(s string) string {
	if w := plain(s); len(w) > 0 {
		return w[0]
	}
	return ""
}

// digits finds names in which digits stand for letters.
func (x *names) digits(text string, put func(int, string, bool)) {
	for chunk := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		digit, letter := false, false
		for _, r := range chunk {
			digit, letter = digit || unicode.IsDigit(r), letter || unicode.IsLetter(r)
		}
		if !digit || !letter {
			continue
		}
		w := confused(strings.Join(plain(chunk), ""))
		for _, l := range x.exact[w] {
			if len(w) >= letWrong {
				put(l.name, likenessWords[otherwise], false)
			}
		}
	}
}

// backwards finds names that are written from their end.
func (x *names) backwards(t *token, put func(int, string, bool)) {
	letters := []rune(t.word)
	if len(letters) < letWrong || x.isOrdinary(t.word) || x.others[t.word] {
		return
	}
	slices.Reverse(letters)
	for _, l := range x.exact[string(letters)] {
		if l.how <= otherwise {
			put(l.name, "backwards", false)
		}
	}
	for _, n := range x.joined[string(letters)] {
		put(n, "backwards", false)
	}
}

// covers are signs that somebody puts in the place of letters.
const covers = "*•_…·#?"

// masked finds names of which some letters are covered: "Br*nno", "B****o", "Bra(n)no".
func (x *names) masked(text string, put func(int, string, bool)) {
	if !strings.ContainsAny(text, covers+"()[]—–.") {
		return
	}
	for chunk := range strings.FieldsSeq(text) {
		chunk = strings.TrimFunc(chunk, func(r rune) bool { return !unicode.IsLetter(r) })
		if chunk = strings.NewReplacer("...", "…", "--", "—").Replace(chunk); len(chunk) > 60 || !strings.ContainsFunc(chunk, func(r rune) bool { return !unicode.IsLetter(r) }) {
			continue
		}
		// The pieces that are left, and how many letters are covered between them.
		var pieces []string
		var gaps []int
		dash, bracket, plainSigns := false, false, true
		for _, r := range chunk {
			switch {
			case unicode.IsLetter(r) || unicode.IsDigit(r):
				if len(pieces) == len(gaps) {
					pieces = append(pieces, "")
				}
				pieces[len(pieces)-1] += strings.Join(plain(string(r)), "")
			case strings.ContainsRune(covers+"—–", r):
				dash = dash || r == '—' || r == '–' || r == '…'
				if len(gaps) < len(pieces) {
					gaps = append(gaps, 0)
				}
				gaps[len(gaps)-1]++
			case strings.ContainsRune("()[]", r):
				bracket = true
			case unseen(r):
			default:
				plainSigns = false
			}
		}
		if !plainSigns || len(pieces) == 0 {
			continue
		}
		if bracket && len(pieces) == 1 {
			for _, l := range x.exact[pieces[0]] {
				if len([]rune(pieces[0])) >= letAlone && l.how <= otherwise && !x.isOrdinary(pieces[0]) {
					put(l.name, "with signs in it", false)
				}
			}
			continue
		}
		if len(gaps) == 0 || len(gaps) < len(pieces)-1 {
			continue
		}
		shown := len([]rune(strings.Join(pieces, "")))
		for id := range x.all {
			for _, p := range x.all[id].parts {
				if len([]rune(p.word)) >= letAlone && !p.small && shown >= 2 && (!dash || shown > 2) && 3*shown >= len([]rune(p.word)) && covered(p.word, pieces, gaps) {
					put(id, "with letters covered", true)
				}
			}
		}
	}
}

// covered reports whether a word has these pieces in this order, the first at its
// beginning, the last at its end unless signs stand behind it, and as many letters
// between them as signs, or any number for one sign.
func covered(word string, pieces []string, gaps []int) bool {
	rest, ok := strings.CutPrefix(word, pieces[0])
	if !ok {
		return false
	}
	for i, gap := range gaps {
		next := ""
		if i+1 < len(pieces) {
			next = pieces[i+1]
		}
		letters := []rune(rest)
		if gap > 1 {
			if len(letters) < gap || !strings.HasPrefix(string(letters[gap:]), next) {
				return false
			}
			rest = string(letters[gap:])[len(next):]
			continue
		}
		at := -1
		for j := 1; j <= len(letters); j++ {
			tail := string(letters[j:])
			if strings.HasPrefix(tail, next) && (i+1 < len(gaps) || tail == next) {
				at = j
				break
			}
		}
		if at < 0 {
			return false
		}
		rest = string(letters[at:])[len(next):]
	}
	return rest == ""
}
