package release

import (
	_ "embed"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"sync"

	"recount/internal/pattern"
)

// This file finds what a text tells of one person by facts: "a former clerk of 19
// from Ardel" needs no name and no words of the person to say who it is.
//
// Method: a text is read as descriptions, each of one person or of a group. Of each
// the values are noted that it gives of the columns of the edition, by the words
// that mean them: values and their other words, wider levels, codes, ages, months
// and years, men and women, and what pages call a person. If two of them or more
// together fit somebody who may not be shown, and fewer people of the study than the
// rule asks for, the text is refused. What fits nobody is about nobody.
//
// Limits: English, and the words above. A description is followed over sentences by
// "he", "she" and "the same", not by names or by sense.

//go:embed trades.txt
var tradeWords string

//go:embed synonyms.txt
var synonymWords string

var (
	tradeLists = sync.OnceValue(func() map[string]map[string]bool { return readLists(tradeWords) })
	synonyms   = sync.OnceValue(func() map[string][]string { return readSynonyms(synonymWords) })
)

// readSynonyms reads words that mean the same, a kind a line.
func readSynonyms(data string) map[string][]string {
	out := map[string][]string{}
	for line := range strings.Lines(data) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		words := strings.Fields(line)
		for _, w := range words {
			out[w] = append(out[w], words...)
		}
	}
	return out
}

// Trades lists what a sentence of a page that is about somebody calls that person or
// says can be seen of him or her: words for trades and marks, in small letters, with
// those that mean the same and the wider ones that they are built on.
func Trades(sentence string) (out []string) {
	put := func(words ...string) {
		for _, w := range words {
			if !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	for _, w := range speak(sentence) {
		if strings.HasSuffix(w.word, "ing") { // a nursing student
			for _, trade := range tradesOf(w.word) {
				put(trade)
				put(synonyms()[trade]...)
			}
		}
		for _, word := range []string{w.word, strings.TrimSuffix(w.word, "s")} {
			if !tradeLists()["trades"][word] && !tradeLists()["marks"][word] && synonyms()[word] == nil {
				continue
			}
			put(word)
			put(synonyms()[word]...)
			for i := 3; i+shortestTrade <= len(word); i++ {
				if tradeLists()["trades"][word[i:]] { // a schoolteacher is a teacher
					put(word[i:])
				}
			}
		}
	}
	return out
}

// didTrade are trades by what somebody did, where the word for it is built otherwise.
var didTrade = map[string]string{"taught": "teacher", "teaches": "teacher", "drove": "driver", "drives": "driver", "wove": "weaver", "sang": "singer", "wrote": "writer", "built": "builder", "flew": "pilot", "fished": "fisherman", "fishing": "fisherman", "sewed": "seamstress", "sewing": "seamstress", "studied": "student", "studying": "student", "training": "student", "apprenticed": "apprentice", "repaired": "mechanic", "repairing": "mechanic", "cured": "doctor", "soldiered": "soldier"}

// tradesOf lists the trades of whoever does or did what a word says: "nursing", "baked".
func tradesOf(w string) (out []string) {
	if trade := didTrade[w]; trade != "" {
		out = append(out, trade)
	}
	for _, end := range []string{"ing", "ed", "es", "s"} {
		stem, ok := strings.CutSuffix(w, end)
		if !ok || len(stem) < 3 || noTrade[w] {
			continue
		}
		for _, behind := range []string{"er", "e", "or", "r"} {
			if trade := stem + behind; tradeLists()["trades"][trade] && !slices.Contains(out, trade) {
				out = append(out, trade)
			}
		}
	}
	return out
}

// noTrade are such words that are mostly something else.
var noTrade = map[string]bool{"building": true, "buildings": true, "painting": true, "paintings": true, "leading": true, "founding": true, "leads": true, "leaded": true, "ruling": true, "rules": true, "ruled": true, "prints": true, "printed": true, "printing": true, "readed": true, "reads": true, "reading": true, "reports": true, "reported": true, "reporting": true, "speaking": true, "speaks": true, "edited": true, "edits": true, "posted": true, "fitted": true, "directed": true, "designed": true, "produced": true, "produces": true, "governing": true, "governed": true, "founded": true, "managed": true, "writing": true}

// sameTrade reports whether two words are of one trade: they begin with the same four
// letters or more, and end as words for those who do something end.
func sameTrade(a, b string) bool {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n >= shortestTrade && endsTrade[a[n:]] && endsTrade[b[n:]]
}

var endsTrade = map[string]bool{"": true, "e": true, "er": true, "r": true, "ers": true, "es": true, "s": true, "ing": true, "or": true, "ess": true, "man": true, "woman": true, "ery": true, "ry": true, "y": true, "o": true, "ist": true, "ists": true, "eress": true, "ress": true, "maid": true}

var workplace = pattern.New(`\b(?:work(?:ed|s|ing)?|employed|employee|job|apprenticed|trained|served|clerked|cleaned)\b(?: \p{Ll}+){0,2}? (?:at|in|for|on|with) (?:an?|the|his|her|their) ((?:\p{Ll}+[ -]){0,2}\p{Ll}+)`)

// Workplaces lists where a sentence of a page that is about somebody says that the person
// worked: "the bus depot".
func Workplaces(sentence string) (out []string) {
	for _, at := range workplace.FindAllStringSubmatch(sentence, -1) {
		words := strings.Fields(at[1])
		if i := slices.IndexFunc(words, func(w string) bool { return small()[w] || holding()[w] || in(notPlaces, w) }); i >= 0 {
			words = words[:i]
		}
		if place := strings.Join(words, " "); len(words) > 1 {
			out = append(out, place)
		}
	}
	return out
}

// notPlaces end the name of a place of work.
var notPlaces = strings.Fields("for of in at on with and or as when before after until while since from to who that which near by said says told but then")

// shortestTrade is how many letters the word has that another one is built on.
const shortestTrade = 4

// Said is what pages say of people besides the values that were decided: the
// town in the sentence that states a country, the trade behind a name.
type Said struct {
	Column string
	Of     [][]string // of each person, in small letters
}

// A Rare is a combination of facts that few people share.
type Rare struct {
	Words []string // as the text has them
	Fits  int      // how many people of the study have all of them
	Told  bool     // one word, which pages have of few people
	// Without is the one without which at least as many people fit as the rule asks
	// for; "" if leaving one out is not enough.
	Without string
}

// String says it in a sentence.
func (r *Rare) String() string {
	if r.Told {
		return fmt.Sprintf("tells of one person with a word that few stories have, and one of them of somebody who may not be shown: %s", r.Words[0])
	}
	if len(r.Words) == 1 {
		return fmt.Sprintf("tells of somebody who may not be shown where one person alone comes from or worked: %s", r.Words[0])
	}
	return fmt.Sprintf("tells of somebody who may not be shown by facts that together fit only %s of the study: %s", people(r.Fits), strings.Join(r.Words, ", "))
}

// A trait is a value of one column that a text gives.
type trait struct {
	column    string
	word      string
	has       []bool
	sensitive bool
	gender    bool
	role      bool // what somebody is or does: a noun for people
	telling   bool // a word of what pages tell of a few people
	weak      bool // tells of nobody without another fact: a relative, an outlet
	at        int  // the word of the text
	from      bool // somebody is said to come from there, or to have worked there
}

// A description is what a text says of a person or a group.
type description struct {
	traits []trait
	single bool   // of one person
	picked string // "the first", "the only": which one of several
	fresh  bool   // who was not spoken of before
	refers bool   // who was
	number bool   // a number of a result stands in it
	people bool   // a word for people stands in it
}

// Descriptions reads texts for what they say of people.
type Descriptions struct {
	e       *Edition
	phrases map[string][]phraseOf
	told    map[string][]bool // what pages tell of a few people, by the beginnings of rare words
	printed map[string][]bool // and what else stands on a page on which nobody else of the study speaks
	ages    [][2]int          // of each person, from and to; from -1 if nothing is known
	ageName string
	born    []int // the year in which the person was first reported
	days    map[string][][2]string
	open    [][]string // names of those who may be shown
}

type phraseOf struct {
	words []string
	trait trait
}

// unsaid are values that say nothing of anybody.
var unsaid = map[string]bool{"": true, "unknown": true, "other": true, "other or unknown": true, "none": true, "not": true, "no": true, "false": true, "n/a": true, "0": true, "-": true}

var agesColumn = pattern.New(`(?i)(?:^|[_ .-])(?:age|ages|old)(?:$|[_ .-])`)

// NewDescriptions prepares reading of texts about the people of an edition.
func NewDescriptions(e *Edition) *Descriptions {
	d := &Descriptions{e: e, phrases: map[string][]phraseOf{}, told: map[string][]bool{}, printed: map[string][]bool{}, days: map[string][][2]string{}}
	note := func(into map[string][]bool, of [][]string) {
		for i, words := range of {
			for _, w := range words {
				if into[w] == nil {
					into[w] = make([]bool, e.People)
				}
				into[w][i] = true
			}
		}
	}
	note(d.told, e.Told)
	note(d.printed, e.Told)
	note(d.printed, e.Printed)
	for _, c := range e.Columns {
		switch {
		case strings.HasPrefix(c.Name, "filter:") || c.Name == "first_outlet" || len(c.Of) != e.People:
		case c.Name == "gender":
		case c.Name == "kind":
			for word, value := range map[string]string{"nameless": "anonymous", "unnamed": "anonymous", "anonymous": "anonymous", "under another name": "pseudonym", "under a false name": "pseudonym", "pseudonym": "pseudonym", "pseudonymous": "pseudonym", "by name": "named"} {
				d.add(word, d.trait(c, word, func(v string) bool { return v == value }))
			}
		case strings.HasPrefix(c.Name, "code:"):
			code := c.Name[strings.LastIndexAny(c.Name, ":.")+1:]
			for _, w := range append([]string{strings.ReplaceAll(code, "_", " ")}, c.Words["1"]...) {
				if key := strings.Join(plain(w), " "); len(plain(w)) > 3 || unsaid[key] || len(key) < 4 {
					continue
				}
				t := d.trait(c, w, func(v string) bool { return v == "1" })
				t.sensitive = true
				d.add(w, t)
			}
		case agesColumn.MatchString(c.Name):
			d.readAges(c)
		default:
			d.column(c)
		}
	}
	for _, s := range e.Said {
		words := map[string]bool{}
		for _, of := range s.Of {
			for _, w := range of {
				words[w] = true
			}
		}
		for w := range words {
			if len([]rune(w)) < 4 || unsaid[w] || in(monthNames, w) {
				continue
			}
			t := trait{column: s.Column, word: w, has: make([]bool, e.People), role: e.Column(s.Column) == nil}
			if !t.role { // a town says more than the country that it stands for
				t.column += " as pages have it"
			}
			for i, of := range s.Of {
				t.has[i] = slices.Contains(of, w)
			}
			d.add(w, t)
		}
	}
	for i, outlets := range e.SpeakIn {
		for _, o := range outlets {
			words := strings.TrimPrefix(strings.Join(plain(o), " "), "the ")
			if len(words) < letAlone {
				continue
			}
			t := trait{column: "outlet", word: o, has: make([]bool, e.People), telling: true, weak: true}
			t.has[i] = true
			d.add(words, t)
		}
	}
	for w := range d.phrases {
		slices.SortFunc(d.phrases[w], func(a, b phraseOf) int {
			return strings.Compare(strings.Join(a.words, " ")+"\x00"+a.trait.column, strings.Join(b.words, " ")+"\x00"+b.trait.column)
		})
	}
	return d
}

func (d *Descriptions) trait(c *Column, word string, is func(value string) bool) trait {
	t := trait{column: c.Name, word: word, has: make([]bool, d.e.People)}
	for i, v := range c.Of {
		t.has[i] = is(v)
	}
	return t
}

// add notes words that give a trait. The same words of the same column give either.
func (d *Descriptions) add(word string, t trait) {
	words := plain(word)
	if len(words) == 0 {
		return
	}
	list := d.phrases[words[0][:1]]
	for i := range list {
		if list[i].trait.column == t.column && slices.Equal(list[i].words, words) {
			for p := range t.has {
				list[i].trait.has[p] = list[i].trait.has[p] || t.has[p]
			}
			return
		}
	}
	d.phrases[words[0][:1]] = append(list, phraseOf{words, t})
}

// column notes the values of a column: as they are, by the words that mean them, at
// wider levels, and by the word that the value is built on.
func (d *Descriptions) column(c *Column) {
	days := make([][2]string, d.e.People)
	dated := 0
	for i, v := range c.Of {
		if from, to, ok := span(v); ok {
			days[i] = [2]string{from, to}
			dated++
		}
	}
	if dated > 0 {
		d.days[c.Name] = days
		return
	}
	at := func(word, value string) {
		if key := strings.Join(plain(word), " "); len(key) >= shortestKept && !unsaid[key] && !numeral.MatchString(key) {
			t := d.trait(c, word, func(v string) bool { return v == value })
			t.role = word == strings.ToLower(word)
			d.add(word, t)
		}
	}
	for _, v := range slices.Compact(slices.Sorted(slices.Values(c.Of))) {
		if slices.Contains([]string{"yes", "true", "1"}, v) {
			d.add(strings.ReplaceAll(c.Name, "_", " "), d.trait(c, c.Name, func(w string) bool { return w == v }))
			continue
		}
		at(v, v)
		if head := headOf(v); head != "" {
			at(head, v)
		}
		for _, w := range c.Words[v] {
			at(w, v)
		}
		if n, err := strconv.Atoi(v); err == nil && n > 0 { // three children
			for _, spelt := range append([]string{v}, spelling(n)...) {
				d.add(spelt+" "+strings.ReplaceAll(c.Name, "_", " "), d.trait(c, v+" "+c.Name, func(w string) bool { return w == v }))
			}
		}
	}
	for _, l := range c.Levels {
		for _, v := range slices.Compact(slices.Sorted(slices.Values(c.Of))) {
			if wide := c.at(v, l.Name); wide != v && !unsaid[v] {
				if key := strings.Join(plain(wide), " "); len(key) >= shortestKept && !unsaid[key] && !numeral.MatchString(key) {
					d.add(wide, d.trait(c, wide, func(w string) bool { return c.at(w, l.Name) == wide }))
				}
			}
		}
	}
}

var numeral = pattern.New(`^[\d ]+$`)

// headOf is the word that a value of several is built on: "clerk" of "tax clerk" and of
// "clerk in the tax office". It is "" for names.
func headOf(value string) string {
	if value != strings.ToLower(value) {
		return ""
	}
	words := plain(value)
	for i, w := range words {
		if i > 0 && slices.Contains(strings.Fields("in of at for from with on to by"), w) {
			words = words[:i]
			break
		}
	}
	if len(words) == 0 || len(words[len(words)-1]) < 4 {
		return ""
	}
	return words[len(words)-1]
}

// spelling writes a number below twenty in words.
func spelling(n int) (out []string) {
	for w, v := range numberWords {
		if v == n && !slices.Contains(onlyOfPeople, w) {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return out
}

var (
	dayValue = pattern.New(`^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$`)
	ageValue = pattern.New(`\d{1,3}`)
)

// span is from which day to which a value says; a day, a month or a year.
func span(v string) (from, to string, ok bool) {
	m := dayValue.FindStringSubmatch(v)
	switch {
	case m == nil || m[1] < "1900" || m[1] > "2199":
		return "", "", false
	case m[3] != "":
		return v, v, true
	case m[2] != "":
		return v + "-01", v + "-31", true
	}
	return v + "-01-01", v + "-12-31", true
}

// readAges takes a column for that of ages.
func (d *Descriptions) readAges(c *Column) {
	d.ageName = c.Name
	for i, v := range c.Of {
		age := [2]int{-1, -1}
		if n := ageValue.FindAllString(v, 2); len(n) > 0 {
			age[0], _ = strconv.Atoi(n[0])
			age[1], _ = strconv.Atoi(n[len(n)-1])
			if strings.HasSuffix(v, "s") && age[0]%10 == 0 { // 30s
				age[1] = age[0] + 9
			}
			if strings.HasSuffix(v, "+") {
				age[1] = 120
			}
		}
		d.ages = append(d.ages, age)
		year := 0
		if day := d.e.Column("first_reported"); day != nil && len(day.Of[i]) >= 4 {
			year, _ = strconv.Atoi(day.Of[i][:4])
		}
		d.born = append(d.born, year)
	}
}

// aged is the trait of being so old.
func (d *Descriptions) aged(word string, from, to int) (trait, bool) {
	t := trait{column: d.ageName, word: word, has: make([]bool, d.e.People)}
	for i, a := range d.ages {
		t.has[i] = a[0] >= 0 && a[0] <= to && a[1] >= from
	}
	return t, d.ageName != "" && from <= to
}

// Words by which a text speaks of one person, and of men and women.
var (
	oneOfPeople = strings.Fields("person man woman boy girl child teenager adolescent minor recruit fighter deserter defector leaver member detainee prisoner refugee worker soldier officer speaker witness interviewee respondent someone somebody youth pensioner widow widower mother father son daughter wife husband brother sister")
	men         = strings.Fields("man men boy boys he him his himself father fathers son sons husband husbands brother brothers widower male males")
	women       = strings.Fields("woman women girl girls she her hers herself mother mothers daughter daughters wife wives sister sisters widow female females")
	pronouns    = strings.Fields("he she him her his hers himself herself")
	firstSaid   = strings.Fields("a an one another some")
	saidBefore  = strings.Fields("the this that same his her")
	negations   = strings.Fields("no not none neither nor never nobody without")
	monthNames  = strings.Fields("january february march april may june july august september october november december")
	linking     = strings.Fields("was is as been became become being once formerly then")
	saysAge     = strings.Fields("aged age turned")
	ageBelow    = strings.Fields("under below")
	noAge       = strings.Fields("out total number sum rest all each any none one two three four half most some majority group only")
	beforeAge   = strings.Fields("was is at barely just only nearly then now")
	behindAge   = strings.Fields("and when who years from in at but then")
	beforeMonth = strings.Fields("in since until from early late mid")
	seasons     = map[string][2]string{"spring": {"03", "05"}, "summer": {"06", "08"}, "autumn": {"09", "11"}, "winter": {"12", "12"}}
	decades     = map[string]int{"teens": 10, "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80}
)

// A spoken is one word of a text with what stands before it.
type spoken struct{ word, gap string }

var spokenWord = pattern.New(`[\p{L}\p{N}]+`)

func speak(text string) (out []spoken) {
	text = apostrophes.ReplaceAllString(strings.ToLower(Bare(text)), "$1")
	at := 0
	for _, m := range spokenWord.FindAllStringIndex(text, -1) {
		out = append(out, spoken{text[m[0]:m[1]], text[at:m[0]]})
		at = m[1]
	}
	return append(out, spoken{"", text[at:]})
}

var apostrophes = pattern.New(`(\pL)['’ʼ]s?\b`)

// numberAt reads a number in digits or words, and says how many words it takes.
func numberAt(w []spoken, i int) (n, took int) {
	if i >= len(w) {
		return -1, 0
	}
	if v, err := strconv.Atoi(w[i].word); err == nil && len(w[i].word) <= 4 {
		return v, 1
	}
	v, ok := numberWords[w[i].word]
	if !ok || slices.Contains(onlyOfPeople, w[i].word) && w[i].word != "one" || v > 90 || v == 12 && w[i].word != "twelve" {
		return -1, 0
	}
	if v >= 20 && i+1 < len(w) {
		if u := numberWords[w[i+1].word]; u >= 1 && u <= 9 && strings.Trim(w[i+1].gap, " -") == "" {
			return v + u, 2
		}
	}
	return v, 1
}

func in(list []string, w string) bool { return slices.Contains(list, w) }

// read takes a text apart into descriptions.
func (d *Descriptions) read(text string) (out []description) {
	w := speak(text)
	now := description{}
	// What may be of anybody is told of nobody.
	has := func(words ...string) bool {
		return slices.ContainsFunc(w, func(x spoken) bool { return in(words, x.word) })
	}
	perhaps := has("may", "might", "whoever") && !has("he", "she", "his", "her", "him") && w[0].word != "one"
	headed := ""                // the noun for the one whom the description is about
	genders := map[string]int{} // where a word for a man or a woman stands last
	// flush ends a description before a word; what stands behind it is the next one's.
	flush := func(at int) {
		next, later := description{}, map[string]int{}
		now.traits = slices.DeleteFunc(now.traits, func(t trait) bool {
			if t.at >= at {
				next.traits = append(next.traits, t)
			}
			return t.at >= at
		})
		for g, i := range genders {
			if i >= at {
				later[g] = i
				delete(genders, g)
			}
		}
		now.people = now.people || len(genders) > 0
		if len(genders) == 2 && now.single { // "she", and men
			for value, i := range genders {
				if many := w[i].word == "men" || w[i].word == "women" || strings.HasSuffix(w[i].word, "s") && w[i].word != "his" && w[i].word != "hers"; many {
					delete(genders, value)
					break
				}
			}
		}
		if len(genders) == 1 {
			for value := range genders {
				if c := d.e.Column("gender"); c != nil {
					t := d.trait(c, value, func(v string) bool { return v == value })
					t.gender = true
					now.traits = append(now.traits, t)
				}
			}
		}
		if len(now.traits) > 0 || now.single || now.number {
			out = append(out, now)
		}
		now, headed, genders = next, "", later
	}
	put := func(i int, t trait, ok bool) {
		for j := i - 1; ok && j >= 0 && j >= i-2; j-- {
			if in(negations, w[j].word) && !strings.ContainsAny(w[j+1].gap, ",.;:") {
				ok = false
			}
		}
		if ok {
			t.at = i
			now.traits = append(now.traits, t)
		}
	}
	// determiner is the article of the noun at i, in the same phrase, and where it stands.
	determiner := func(i int) (string, int) {
		for j := i - 1; j >= 0 && j >= i-5; j-- {
			if strings.ContainsAny(w[j+1].gap, ".;:()#") || w[j].word == "from" || w[j].word == "to" {
				break
			}
			if in(firstSaid, w[j].word) || in(saidBefore, w[j].word) {
				return w[j].word, j
			}
			if strings.Contains(w[j+1].gap, ",") {
				break
			}
		}
		return "", i
	}
	head := func(i int, alone bool) {
		a, from := determiner(i)
		fresh := in(firstSaid, a) || alone && !in(saidBefore, a)
		if a == "" && !alone {
			return
		}
		_, male := genders["man"]
		_, female := genders["woman"]
		other := in(men, w[i].word) && female || in(women, w[i].word) && male || w[i].word == headed
		if fresh && headed != "" && (other || !appositive(w, i)) {
			flush(from)
		}
		headed, now.single = w[i].word, true
		now.fresh = now.fresh || fresh
		now.refers = now.refers || in(saidBefore, a)
	}
	for i := 0; i < len(w); i++ {
		if strings.Contains(w[i].gap, "#") {
			now.number = true
			flush(i)
			now.number = true
		}
		word := w[i].word
		if word == "" {
			break
		}
		if i == 0 && (oneDid(w) || d.begins(w)) {
			now.single, now.fresh = true, true
		}
		if d.picks(w, i) {
			if now.single && headed != "" {
				flush(i - 1)
			}
			now.single, now.picked = true, "the "+word
		}
		switch {
		case in(pronouns, word):
			now.single, now.refers = true, true
		case word == "someone" || word == "somebody":
			head(i, true)
		case in(oneOfPeople, word):
			head(i, false)
		case word == "old" && i >= 2 && (w[i-1].word == "year" || w[i-1].word == "years"):
			head(i, false)
		}
		if now.single { // a number printed for a group is not about one person
			now.number = false
		}
		now.people = now.people || in(ofPeople, word) && word != "others" && word != "us" || word == "they" || word == "those"
		if !in(negations, before(w, i)) {
			if in(men, word) {
				genders["man"] = i
			} else if in(women, word) {
				genders["woman"] = i
			}
		}
		d.atAge(w, i, func(t trait, ok, single bool) {
			if put(i, t, ok); ok && single {
				if !now.single && strings.Contains(w[i].gap, "of") {
					now.fresh = true
				}
				now.single = true
			}
		})
		d.atDay(w, i, func(t trait) { put(i, t, true) })
		if longest := d.longest(w, i); len(longest) > 0 {
			role := false
			from := comesFrom(w, i)
			for _, p := range longest {
				p.trait.from = from && !p.trait.sensitive
				put(i, p.trait, true)
				role = role || p.trait.role && !from && w[i+len(p.words)-1].word == p.words[len(p.words)-1]
				now.people = now.people || p.trait.role
			}
			last := i + len(longest[0].words) - 1
			now.people = now.people || w[last].word != longest[0].words[len(longest[0].words)-1] // Orlunders
			if role {
				head(last, false)
			}
			i = last
			continue
		}
		if tradeLists()["trades"][word] && in(firstSaid, before(w, i)) && headed == "" {
			now.single, now.fresh = true, true // a trade of nobody whom the study knows
		}
		before := len(now.traits)
		for _, trade := range append(tradesOf(word), word) {
			for _, p := range d.phrases[word[:1]] {
				if len(p.words) == 1 && p.trait.role && (p.words[0] == trade || sameTrade(p.words[0], trade)) {
					put(i, p.trait, true)
				}
			}
			for _, p := range d.phrases[trade[:1]] {
				if trade != word && trade[:1] != word[:1] && len(p.words) == 1 && p.trait.role && p.words[0] == trade {
					put(i, p.trait, true)
				}
			}
		}
		if len(now.traits) == before && !perhaps && !Everyday(word) && !coarseWord(word) {
			if has := d.toldOf(word); has != nil {
				put(i, trait{column: "told " + Stem(word), word: word, has: has, telling: true, weak: kin(word)}, true)
			}
		}
	}
	flush(len(w))
	return out
}

// toldOf says of whom pages tell something rare by a word, or by that on which the word
// for a trade is built: of whom with a cello is told in "a cellist".
func (d *Descriptions) toldOf(word string) []bool {
	if has := d.told[Stem(word)]; has != nil || !tradeLists()["trades"][word] {
		return has
	}
	for n := len(word) - 1; n >= shortestTrade; n-- {
		for _, end := range slices.Sorted(maps.Keys(endsTrade)) {
			if has := d.told[Stem(word[:n]+end)]; has != nil && sameTrade(word, word[:n]+end) {
				return has
			}
		}
	}
	return nil
}

// oneDid reports whether a sentence begins with "One" for a person: "One kept two books",
// "One of them left".
func oneDid(w []spoken) bool {
	if len(w) < 3 || w[0].word != "one" || strings.ContainsAny(w[1].gap, ".:)-") {
		return false
	}
	next := w[1].word
	switch {
	case next == "of":
		return in(ofMany, w[2].word) || len(w) > 3 && (w[2].word == "the" || w[2].word == "these" || w[2].word == "those") && in(ofPeople, w[3].word)
	case in(notPeople, next), in(ofNobody, next):
		return false
	}
	return in(ofSomebody, next) || strings.HasSuffix(next, "ed") || strings.HasSuffix(next, "s") && !strings.HasSuffix(next, "ss") && len(next) > 3
}

// begins reports whether a sentence begins with somebody of whom it goes on to tell what
// he or she did: "A former passport holder of Orlund saw ...".
func (d *Descriptions) begins(w []spoken) bool {
	if len(w) < 4 || w[0].word != "a" && w[0].word != "an" {
		return false
	}
	for i := 1; i < len(w) && i <= 4; i++ {
		word := w[i].word
		if in(notPeople, word) || strings.ContainsAny(w[i].gap, ",.;:") {
			return false
		}
		for _, end := range []string{"er", "or", "ist", "ian", "ee", "ant"} {
			if strings.HasSuffix(word, end) && len(word) > 5 && !in(endSo, word) {
				return true
			}
		}
	}
	return false
}

// endSo are words that end as words for people do, and are none.
var endSo = strings.Fields("number letter winter summer computer border answer matter chapter dinner weather corner danger shower flower quarter member ladder hammer folder header footer mirror factor sector author editor reporter reader another former earlier further either neither rather together however whether larger smaller longer shorter higher deeper younger bigger narrower proper bitter silver copper leather father mother brother sister master monster disaster register ledger carrier barrier frontier partner prayer harbour harbor degree coffee guarantee committee distant constant instant important different relevant significant elegant brilliant reluctant exterior interior superior")

var (
	ofMany        = strings.Fields("them those these us whom")
	ofNobody      = strings.Fields("hopes reads sees needs knows finds counts asks thinks says must may can might should could would cannot needed wants always others does")
	ofSomebody    = strings.Fields("was is has had who whom whose went got kept said told spoke saw came took gave ran read left lost found sold bought brought fought taught wrote drove sang slept wore fell fled hid held heard knew made met paid put rode sat sent shot stood stole swore threw tore spent won built burnt dug grew led let cut lay led a an the")
	singlesOut    = strings.Fields("first second third fourth fifth last only sole youngest oldest eldest latest earliest")
	timesAndParts = strings.Fields("quarter half third part parts time times place step stage line word words name names number numbers study count table row cell rule code")
	behindPick    = append(strings.Fields("from of to who whom heard named counted one among in with without other"), oneOfPeople...)
)

// picks reports whether a word says which of several people is meant: "the first from
// Orlund", "the only woman", "the last of them".
func (d *Descriptions) picks(w []spoken, i int) bool {
	if !in(singlesOut, w[i].word) || i == 0 || i+1 >= len(w) || !in([]string{"the", "their", "our", "its"}, w[i-1].word) {
		return false
	}
	if in(behindPick, w[i+1].word) { // "the last of them", and not "the last of the reports"
		for j := i + 2; w[i+1].word == "of" && j < len(w) && j <= i+4; j++ {
			if in(notPeople, w[j].word) {
				return false
			}
		}
		return true
	}
	for j := i + 1; j < len(w) && j <= i+3; j++ {
		switch {
		case in(notPeople, w[j].word), in(notPlaces, w[j].word), in(timesAndParts, w[j].word):
			return false
		case in(oneOfPeople, w[j].word), tradeLists()["trades"][w[j].word], w[j].word == "citizen" || w[j].word == "national" || w[j].word == "native":
			return true
		case len(d.longest(w, j)) > 0:
			return true
		}
	}
	return false
}

// comesFrom reports whether what begins at a word is where somebody comes from, lived or
// worked: "from Tarn", "born near Tarn", "worked at a bus depot".
func comesFrom(w []spoken, i int) bool {
	j := i - 1
	for j >= 0 && (in(firstSaid, w[j].word) || in(saidBefore, w[j].word) || in(ofPlace, w[j].word) || in(besidePlace, w[j].word) && (before(w, j) == "from" || in(ofPlace, before(w, j)))) {
		j--
	}
	if j < 0 {
		return false
	}
	if w[j].word == "from" && before(w, j) != "far" {
		return true
	}
	if j+1 < i && i+1 < len(w) && in(homes, w[i+1].word) { // on a Lowmoor estate
		return true
	}
	if !in(atPlace, w[j].word) {
		return false
	}
	for k := j - 1; k >= 0 && k >= j-3; k-- {
		if in(livedThere, w[k].word) {
			return true
		}
	}
	return false
}

var (
	ofPlace     = strings.Fields("town village city port island district suburb valley hamlet")
	besidePlace = strings.Fields("of near outside")
	atPlace     = strings.Fields("in at near of for by on outside")
	homes       = strings.Fields("estate street house home flat farm shop lane man woman boy girl family father mother")
	livedThere  = strings.Fields("born raised grew up lived lives living native resident inhabitant citizen son daughter worked works working employed job came people person man woman nurse somebody someone one")
)

// appositive reports whether a noun with its article says more of the person before
// it: "Anton, a clerk", "who was a clerk", "as a clerk".
func appositive(w []spoken, i int) bool {
	for j := i; j > 0 && j >= i-5; j-- {
		if in(firstSaid, w[j].word) {
			return strings.Contains(w[j].gap, ",") || in(linking, w[j-1].word)
		}
	}
	return false
}

func before(w []spoken, i int) string {
	if i == 0 {
		return ""
	}
	return w[i-1].word
}

// longest lists the phrases with most words that begin at a word.
func (d *Descriptions) longest(w []spoken, i int) (out []phraseOf) {
	if w[i].word == "" {
		return nil
	}
	for _, p := range d.phrases[w[i].word[:1]] {
		n := len(p.words)
		if i+n >= len(w) || n < sizeOf(out) {
			continue
		}
		same := true
		for j := range n - 1 {
			same = same && w[i+j].word == p.words[j]
		}
		if !same || !ending(w[i+n-1].word, p.words[n-1]) {
			continue
		}
		if n > sizeOf(out) {
			out = nil
		}
		out = append(out, p)
	}
	return out
}

func sizeOf(p []phraseOf) int {
	if len(p) == 0 {
		return 0
	}
	return len(p[0].words)
}

// atAge reads an age that begins at a word. single says that it is one person's.
func (d *Descriptions) atAge(w []spoken, i int, put func(t trait, ok, single bool)) {
	if d.ageName == "" {
		return
	}
	at := func(j int) string {
		if j < 0 || j >= len(w) {
			return ""
		}
		return w[j].word
	}
	give := func(from, to int, single bool) {
		t, ok := d.aged("age "+strconv.Itoa(from), from, to)
		if from != to {
			t.word = fmt.Sprintf("age %d to %d", from, to)
		}
		put(t, ok && to > 0, single)
	}
	switch word := w[i].word; word {
	case "teenager", "teenage", "adolescent", "teenagers", "teens", "adolescents":
		give(13, 19, false)
		return
	case "minor", "minors", "underage":
		give(0, 17, false)
		return
	case "elderly", "pensioner", "pensioners":
		give(60, 120, false)
		return
	case "youngest", "oldest", "eldest":
		low, high := 200, -1
		for _, a := range d.ages {
			if a[0] >= 0 {
				low, high = min(low, a[0]), max(high, a[1])
			}
		}
		if word == "youngest" {
			high = low
		} else {
			low = high
		}
		if t, ok := d.aged("the "+word, low, high); high >= 0 {
			put(t, ok, true)
		}
		return
	case "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties":
		from, to := decades[word], decades[word]+9
		switch at(i - 1) {
		case "early":
			to = from + 4
		case "mid":
			from, to = from+3, from+7
		case "late":
			from += 5
		}
		give(from, to, false)
		return
	case "born":
		if year, _ := numberAt(w, i+2); at(i+1) == "in" && year > 1900 {
			t := trait{column: d.ageName, word: "born in " + strconv.Itoa(year), has: make([]bool, d.e.People)}
			for p, a := range d.ages {
				for age := a[0]; a[0] >= 0 && age <= a[1]; age++ {
					t.has[p] = t.has[p] || d.born[p] > 0 && (d.born[p]-year == age || d.born[p]-year == age+1)
				}
			}
			put(t, true, true)
		}
		return
	}
	n, took := numberAt(w, i)
	if took == 0 || n < 5 || n > 110 || i > 0 && took == 1 && n < 10 && numberWords[at(i-1)] >= 20 {
		return
	}
	next, prev := at(i+took), at(i-1)
	if w[i].gap != "" && strings.Contains(w[i].gap, "-") && prev == "mid" {
		return
	}
	to := n
	after := i + took
	if m, more := numberAt(w, after+1); more > 0 && (next == "to" || next == "and" && at(i-1) == "between") && m > n { // 18 to 25
		to, after = m, after+1+more
		next = at(after)
	} else if m, more := numberAt(w, after); more > 0 && strings.Trim(w[after].gap, " ") == "-" && m > n {
		to, after = m, after+more
		next = at(after)
	}
	isAge := false
	switch {
	case strings.HasPrefix(next, "year") && (at(after+1) == "old" || at(after+1) == "olds" || at(after+1) == "of" && at(after+2) == "age"), next == "yearold":
		give(n, to, at(after+1) == "old")
		return
	case in(saysAge, prev) || prev == "of" && at(i-2) == "age":
		isAge = true
	case in(ageBelow, prev) || prev == "than" && at(i-2) == "younger":
		if !in(notPeople, next) && !in(ofPeople, next) && !strings.Contains(w[after].gap, "%") {
			give(0, n-1, false)
		}
		return
	case prev == "over" && !in(ofPeople, next) && !in(notPeople, next) || prev == "than" && at(i-2) == "older":
		if !strings.Contains(w[after].gap, "%") {
			give(n+1, 120, false)
		}
		return
	case in(notPeople, next) || in(ofPeople, next) || strings.Contains(w[after].gap, "%") || next == "per" || n < 10:
		return
	case prev == "between" && to > n:
		isAge = true
	case prev == "of" && i >= 2 && strings.TrimSpace(w[i].gap) == "" && !in(noAge, at(i-2)) && numberWords[at(i-2)] == 0 && !numeral.MatchString(at(i-2)):
		isAge = true
	case strings.HasSuffix(strings.TrimRight(w[i].gap, " "), ",") && strings.HasPrefix(w[after].gap, ","), strings.HasSuffix(strings.TrimRight(w[i].gap, " "), "(") && strings.HasPrefix(w[after].gap, ")"):
		isAge = true
	case in(beforeAge, prev) && (strings.ContainsAny(w[after].gap, ",.;:)!?—-") || next == "" || in(behindAge, next)):
		isAge = true
	}
	if isAge {
		give(n, to, to == n)
	}
}

// atDay reads a month or a year that begins at a word: of each column of days.
func (d *Descriptions) atDay(w []spoken, i int, put func(t trait)) {
	if len(d.days) == 0 {
		return
	}
	from, to, name := "", "", ""
	year := func(j int) string {
		if j >= 0 && j < len(w) && len(w[j].word) == 4 && w[j].word >= "1900" && w[j].word < "2100" && numeral.MatchString(w[j].word) {
			return w[j].word
		}
		return ""
	}
	skip := func(j int) int { // over "of", "the", a day
		for j < len(w) && (w[j].word == "of" || len(w[j].word) <= 2 && numeral.MatchString(w[j].word)) {
			j++
		}
		return j
	}
	switch m := slices.Index(monthNames, w[i].word); {
	case m >= 0 && (w[i].word != "may" && w[i].word != "march" || year(skip(i+1)) != "" || in(beforeMonth, before(w, i))):
		y := year(skip(i + 1))
		name = strings.TrimSpace(w[i].word + " " + y)
		month := fmt.Sprintf("-%02d-", m+1)
		if y == "" {
			for _, col := range d.sortedDays() {
				t := trait{column: col, word: name, has: make([]bool, d.e.People)}
				for p, day := range d.days[col] {
					t.has[p] = day[0] != "" && day[0][4:8] == month && day[1][4:8] == month
				}
				put(t)
			}
			return
		}
		from, to = y+month+"01", y+month+"31"
	case seasons[w[i].word] != [2]string{} && year(skip(i+1)) != "":
		y, s := year(skip(i+1)), seasons[w[i].word]
		from, to, name = y+"-"+s[0]+"-01", y+"-"+s[1]+"-31", w[i].word+" "+y
	case year(i) != "" && !(i > 0 && (in(monthNames, w[i-1].word) || seasons[w[i-1].word] != [2]string{} || w[i-1].word == "of" || len(w[i-1].word) <= 2 && numeral.MatchString(w[i-1].word) && i > 1 && in(monthNames, w[i-2].word))) && !(i > 0 && w[max(0, i-2)].word == "born"):
		from, to, name = year(i)+"-01-01", year(i)+"-12-31", year(i)
	default:
		return
	}
	for _, col := range d.sortedDays() {
		t := trait{column: col, word: name, has: make([]bool, d.e.People)}
		for p, day := range d.days[col] {
			t.has[p] = day[0] != "" && day[0] <= to && day[1] >= from
		}
		put(t)
	}
}

func (d *Descriptions) sortedDays() (out []string) {
	for c := range d.days {
		out = append(out, c)
	}
	slices.Sort(out)
	return out
}

// Around says what stands around a text.
type Around struct {
	// Before is what stands before, in reading order: headings, sentences, items.
	Before []string
	// Row is the row of a table in which it stands, and Head its head.
	Row, Head []string
	Label     bool // the text names a number or a part: only one person is somebody
	Item      bool // the text is an item of a list
}

// Rare says by what facts together a text gives somebody away; nil if by none.
func (d *Descriptions) Rare(text string, x Around) *Rare {
	var all []description
	if len(x.Row) > 0 && !strings.Contains(strings.Join(x.Row, " "), "#") {
		all = append(all, d.row(x.Head, x.Row))
	}
	var who *description // of whom was spoken before
	follow := func(text string, item bool) (out []description) {
		for _, now := range d.read(text) {
			if who != nil && !now.number && (now.refers && now.single && !now.fresh || item && !now.fresh && len(now.traits) > 0) {
				now.traits = append(slices.Clone(who.traits), now.traits...)
				now.single = true
			}
			if now.single && !now.number {
				copied := now
				who = &copied
			}
			out = append(out, now)
		}
		return out
	}
	for _, b := range x.Before {
		follow(b, x.Item)
	}
	if !newReading(d, text).generic() { // what is true of every mechanic tells of none
		all = append(all, follow(text, x.Item)...)
	}
	for i := range all {
		if !all[i].single && (x.Label || !all[i].people) {
			continue
		}
		if r := d.rare(&all[i]); r != nil {
			return r
		}
	}
	return nil
}

// row reads a row of a table as one description: a number stands under its head.
func (d *Descriptions) row(head, row []string) (out description) {
	male, female := false, false
	for i, cell := range row {
		text := cell
		if _, err := strconv.Atoi(strings.TrimSpace(Bare(cell))); err == nil && i < len(head) && agesColumn.MatchString(strings.TrimSpace(Bare(head[i]))) {
			text = "aged " + cell
		}
		for _, x := range d.read(text) {
			for _, t := range x.traits {
				if t.gender {
					male, female = male || t.word == "man", female || t.word == "woman"
				}
			}
			out.traits = append(out.traits, x.traits...)
		}
	}
	if male && female {
		out.traits = slices.DeleteFunc(out.traits, func(t trait) bool { return t.gender })
	}
	out.single = true
	return out
}

// mostTraits bounds how many columns are set beside one another.
const mostTraits = 8

// rare sets the traits of a description beside one another: of one person each value
// that it gives, of a group all values of a column together.
func (d *Descriptions) rare(x *description) *Rare {
	var columns []string
	by := map[string][]trait{}
	for _, t := range x.traits {
		if t.telling && !x.single { // of a group they tell of nobody
			continue
		}
		if x.single && t.role && d.e.Column(t.column) == nil { // of one person each is a fact: a baker and a widow
			t.column += " " + t.word
		}
		if by[t.column] == nil {
			if len(columns) == mostTraits {
				continue
			}
			columns = append(columns, t.column)
		}
		if !slices.ContainsFunc(by[t.column], func(o trait) bool { return slices.Equal(o.has, t.has) }) {
			by[t.column] = append(by[t.column], t)
		}
	}
	if len(columns) < 2 {
		return d.alone(x)
	}
	slices.Sort(columns)
	if !x.single {
		for _, c := range columns {
			all := by[c][0]
			all.has = slices.Clone(all.has)
			for _, t := range by[c][1:] {
				all.word += " or " + t.word
				for i := range t.has {
					all.has[i] = all.has[i] || t.has[i]
				}
			}
			by[c] = []trait{all}
		}
	}
	var best *Rare
	var pick func(i int, chosen []trait)
	sizes := func(chosen []trait) {
		for set := 1; set < 1<<len(chosen); set++ {
			if bits.OnesCount(uint(set)) < 2 {
				continue
			}
			var part []trait
			words := map[string]bool{}
			quasi := false
			for j, t := range chosen {
				if set&(1<<j) != 0 {
					part = append(part, t)
					words[strings.ToLower(t.word)] = true
					quasi = quasi || !t.sensitive
				}
			}
			// The same words in two columns are one fact.
			if !quasi || len(words) < len(part) {
				continue
			}
			n, hidden := d.fits(part)
			if n == 0 || n >= d.e.Rule.Small || !hidden {
				continue
			}
			if best == nil || len(part) > len(best.Words) {
				best = &Rare{Fits: n, Without: d.without(part)}
				for _, t := range part {
					best.Words = append(best.Words, t.word)
				}
			}
		}
	}
	tries := 0
	pick = func(i int, chosen []trait) {
		if tries > 256 {
			return
		}
		if i == len(columns) {
			tries++
			sizes(chosen)
			return
		}
		for _, t := range by[columns[i]] {
			pick(i+1, append(chosen, t))
		}
	}
	pick(0, nil)
	if best == nil {
		return d.alone(x)
	}
	return best
}

// alone finds where one person alone comes from or worked, in what a text says of one.
func (d *Descriptions) alone(x *description) *Rare {
	for _, t := range x.traits {
		n, hidden := d.fits([]trait{t})
		switch {
		case x.single && t.from && n == 1 && hidden:
			return &Rare{Words: []string{t.word}, Fits: n}
		case x.single && t.telling && !t.weak && n > 0 && n < d.e.Rule.Small && hidden:
			return &Rare{Words: []string{t.word}, Fits: n, Told: true}
		case x.single && x.picked != "" && x.picked != t.word && !t.sensitive && n > 0 && n < d.e.Rule.Small && hidden:
			return &Rare{Words: []string{x.picked, t.word}, Fits: n}
		}
	}
	return nil
}

// kin reports whether a word is for a relative: common, and of one person a fact.
func kin(word string) bool { return in(relatives, strings.TrimSuffix(word, "s")) }

var relatives = strings.Fields("husband wife brother sister cousin uncle aunt nephew niece twin grandchild grandchildren grandson granddaughter grandfather grandmother stepfather stepmother stepson stepdaughter fiance fiancee bride groom orphan")

// letTell is how many letters a word has that tells of somebody.
const letTell = 3

// Everyday reports whether a word is one that any text may have.
func Everyday(word string) bool {
	if kin(word) {
		return false
	}
	return len([]rune(word)) < letTell || small()[word] || holding()[word] || commonStems()[Stem(word)] || numberWords[word] > 0 || numeral.MatchString(word) || in(notPeople, word) || in(generalPeople, word) || in(men, word) || in(women, word) || in(monthNames, word) || decades[word] > 0
}

// generalPeople are words for whoever is counted in a study of people who left something.
var generalPeople = strings.Fields("people person persons them us others who defector defectors deserter deserters leaver leavers interviewee interviewees respondent respondents recruit recruits fighter fighters speaker speakers witness witnesses member members someone somebody adolescent adolescents relative relatives official officials reporter reporters family families neighbour neighbours leader leaders civilian civilians")

//go:embed common.txt
var commonWords string

// commonStems are the beginnings of words that many of our own texts have.
var commonStems = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for line := range strings.Lines(commonWords) {
		if !strings.HasPrefix(line, "#") {
			for _, w := range strings.Fields(line) {
				out[w] = true
			}
		}
	}
	return out
})

// fits counts whom all traits fit; hidden says that one of them may not be shown.
func (d *Descriptions) fits(part []trait) (n int, hidden bool) {
	for p := range d.e.People {
		if !slices.ContainsFunc(part, func(t trait) bool { return !t.has[p] }) {
			n++
			hidden = hidden || d.e.Protected == nil || d.e.Protected[p]
		}
	}
	return n, hidden
}

// without is the fact that has to be left out so that enough people fit what is left.
func (d *Descriptions) without(part []trait) string {
	most, word := 0, ""
	for i := range part {
		n, _ := d.fits(slices.Delete(slices.Clone(part), i, i+1))
		if n >= d.e.Rule.Small && n > most {
			most, word = n, part[i].word
		}
	}
	return word
}
