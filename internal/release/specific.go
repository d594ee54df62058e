package release

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"recount/internal/pattern"
)

// This file turns the question round. Lists of what gives somebody away are never
// whole; so of a sentence about one person every word is asked about that is not known
// to hold for many.
//
// Method: a sentence that speaks of one person, by "he", "one of them", "a woman", a
// trade, a relative or "the only", may hold words that hold sentences together, words of
// feeling, saying and leaving, words of the study itself, and values of the columns of
// the edition that enough people share. Each other word, each number, day, age, name and
// trade is named. What is said of many, of things, or as a general truth ("a mechanic
// mends lorries") is not asked about.
//
// Limits: English. Of whom a sentence without such a word speaks is not known: "the shop
// sold buttons" tells of her whom the sentence before told of. What is said in general
// words alone can still be known to whoever was there. Safe sentences that tell of one
// person in words of their own are asked about, and two people may allow them.

//go:embed coarse.txt
var coarseWords string

var coarseLists = sync.OnceValue(func() map[string]map[string]bool { return readLists(coarseWords) })

// A Specific is what a sentence says of one person beyond what holds for many.
type Specific struct {
	Who    string   // the words that speak of one person; "" if the sentence speaks of nobody
	Words  []string // what is not known to hold for many, as the text has it
	Quoted bool     // it gives somebody's words
	Pages  bool     // Words are those of pages of one person
}

// String says it in a sentence.
func (s *Specific) String() string {
	words := strings.Join(s.Words, ", ")
	switch {
	case s.Quoted:
		return fmt.Sprintf("gives words of one person (%s) between quotation marks: who was there knows whose they are", s.Who)
	case s.Pages:
		return "has words that few stories have, and together those of somebody who may not be shown: " + words
	case s.Who == "":
		return "tells of one thing or event, which leads to whoever was there: " + words
	}
	return fmt.Sprintf("tells of one person (%s) what is not known to hold for many: %s", s.Who, words)
}

// endsSentence is where a sentence ends and another begins.
var endsSentence = pattern.New(`[.!?…]["”’)\]]*\s+`)

// Specific says what a text tells of one person beyond what holds for many; nil if
// nothing. What goes on with a thing behind a sentence about one person tells of that
// person too.
func (d *Descriptions) Specific(text string, x Around) *Specific {
	if d.e.Protected != nil && !slices.Contains(d.e.Protected, true) {
		return nil
	}
	before := ""
	if n := len(x.Before); n > 0 && !x.Label {
		if r := newReading(d, x.Before[n-1]); r.n > 0 {
			if at := r.one(); at >= 0 {
				before = r.raw[at]
			}
		}
	}
	at := 0
	for _, end := range append(endsSentence.FindAllStringIndex(text, -1), []int{len(text), len(text)}) {
		sentence := text[at:end[1]]
		at = end[1]
		r := newReading(d, sentence)
		who := ""
		if i := r.one(); i >= 0 {
			who = r.raw[i]
		} else if r.goesOn() {
			who = before
		}
		if who != "" {
			if s := r.beyond(who, sentence); s != nil {
				return s
			}
		} else if s := r.echo(); s != nil {
			return s
		} else if s := r.thing(); s != nil && !x.Label {
			return s
		} else if s := r.alone(); s != nil && !x.Label {
			return s
		}
		before = who
	}
	return nil
}

// betweenMarks is what stands between quotation marks.
var betweenMarks = pattern.New(`[“"„«]([^“”"„«»]+)[”"“»]`)

// mostMarked is how many words between quotation marks are a term and not what somebody said.
const mostMarked = 2

// beyond says what a sentence about one person says beyond what holds for many.
func (r *reading) beyond(who, sentence string) *Specific {
	out := &Specific{Who: who}
	methodical, rule := in(methodic, strings.ToLower(who)) || r.ofStudy(), r.rule()
	for i := 0; i < r.n; {
		took, ok := r.coarse(i)
		if !ok && !(rule && r.ofRule(i)) && !(methodical && coarseLists()["study"][r.at(i)]) && !(r.byName && (r.capital(i) || r.known(i))) { // names are looked for elsewhere
			if words := strings.Join(r.raw[i:i+took], " "); !slices.Contains(out.Words, words) {
				out.Words = append(out.Words, words)
			}
		}
		i += took
	}
	if len(out.Words) > 0 {
		return out
	}
	for _, at := range betweenMarks.FindAllStringSubmatch(sentence, -1) {
		if len(plain(at[1])) > mostMarked {
			return &Specific{Who: who, Quoted: true}
		}
	}
	return nil
}

// ofStudy reports whether a sentence tells how the study was made: its subject is pages,
// codes, translations and the like, and people stand in it only as those by whom it was done.
func (r *reading) ofStudy() bool {
	for i := 0; i < r.n && i < 4; i++ {
		word := r.at(i)
		if coarseLists()["holding"][word] || in(kindsOfThings, word) {
			continue
		}
		if !coarseLists()["study"][word] && !in(things, word) {
			return false
		}
		for j := i + 1; j < r.n; j++ {
			if r.at(j) == "by" && in(strings.Fields("was were is are been"), r.at(j-2)) {
				return true
			}
			if r.person(j) || in(pronouns, r.at(j)) || r.at(j) == "one" {
				return false
			}
		}
		return false
	}
	return false
}

// rule reports whether a sentence says how something is done in a study, whoever it is:
// "A person counts if he or she left", "Where outlets disagree about one person, both are
// kept". What it tells of the past stands behind "if" or "where".
func (r *reading) rule() bool {
	condition := r.n
	method := false
	for i := range r.n {
		word := r.at(i)
		if in(strings.Fields("if where unless whoever"), word) && i < condition {
			condition, method = i, true
		}
		method = method || in(perhapsWords, word) || in(strings.Fields("counts counted kept coded"), word)
	}
	if !method {
		return false
	}
	for i := range min(condition, r.n) {
		if r.past(i) && !in(isNow, r.at(i-1)) && !in(isNow, r.at(i-2)) {
			return false
		}
	}
	return true
}

// ofRule reports whether a word may stand in such a sentence besides: "only", one of those
// who make or check an account, a word of the study, or the name of a body.
func (r *reading) ofRule(i int) bool {
	word := r.at(i)
	return word == "only" && r.at(i-1) != "the" || in(strings.Fields("relative official reporter interviewer reader coder journalist editor researcher"), word) && in(strings.Fields("a an another any"), r.at(i-1)) ||
		coarseLists()["study"][word] || r.large(i) && r.at(i-1) == "the" && len(r.d.longest(r.w, i)) == 0
}

// A reading is a sentence word by word.
type reading struct {
	d   *Descriptions
	w   []spoken
	raw []string // as they are written
	n   int

	byName bool // it speaks of one person by a name alone
}

func newReading(d *Descriptions, text string) *reading {
	r := &reading{d: d, w: speak(text)}
	r.n = len(r.w) - 1
	r.raw = spokenWord.FindAllString(apostrophes.ReplaceAllString(plainCase(text), "$1"), -1)
	if len(r.raw) != r.n { // a letter that is two in capitals
		r.raw = nil
		for _, w := range r.w[:r.n] {
			r.raw = append(r.raw, w.word)
		}
	}
	return r
}

// at is a word, "" outside.
func (r *reading) at(i int) string {
	if i < 0 || i >= r.n {
		return ""
	}
	return r.w[i].word
}

// stop reports whether a sign stands before a word that ends a phrase.
func (r *reading) stop(i int) bool { return strings.ContainsAny(r.w[i].gap, ",.;:()—–/|•*\n?!") }

// large reports whether a word is written as a name is, where it does not have to be.
func (r *reading) large(i int) bool {
	c, _ := utf8.DecodeRuneInString(r.raw[i])
	return unicode.IsUpper(c) && i > 0 && !strings.ContainsAny(r.w[i].gap, ".:?!\n")
}

// one is the word by which a sentence speaks of one person, -1 if it does not.
func (r *reading) one() int {
	for i := range r.n {
		word := r.at(i)
		switch {
		case in(pronouns, word):
			if !r.eitherOf(i) {
				return i
			}
		case word == "one" && r.onePerson(i), r.picked(i):
			return i
		case word == "someone" || word == "somebody":
			if next := r.at(i + 1); !in(perhapsWords, next) && next != "else" && r.at(0) != "whoever" && (r.anyPast(0, r.n) || !in(asking, r.at(0))) {
				return i
			}
		case r.person(i) && r.meant(i) && (!r.large(i) || r.shouted()):
			return i
		case word == "member" && r.at(i-1) == "former" && !in(perhapsWords, r.at(i+1)) && in(strings.Fields("a one another the this"), r.at(i-2)):
			return i
		case in(fewPeople, word) && !in(notPeople, r.at(i+1)) && r.at(i+1) != "of":
			return i
		case in(household, word) && in([]string{"the", "a", "this", "that"}, r.at(i-1)) && r.anyPast(0, r.n):
			return i
		case (word == "which" || word == "who" || word == "one") && (r.at(i+1) == "of" || r.at(i+1) == "among") && in(ofMany, r.at(i+2)):
			return i
		case i == 0 && r.person(0) && r.n > 2 && strings.HasSuffix(r.at(1), "s") && !strings.HasSuffix(r.at(1), "ss"): // Nurse refuses ...
			return i
		}
	}
	if r.at(0) == "whoever" && r.anyPast(0, r.n) && !slices.ContainsFunc(r.w, func(x spoken) bool { return in(perhapsWords, x.word) }) {
		return 0
	}
	if i := r.speaking(); i >= 0 {
		return i
	}
	at := r.named()
	r.byName = at >= 0
	return at
}

// Open notes the names of those who may be shown: what is said beside such a name alone
// is not asked about.
func (d *Descriptions) Open(names ...string) {
	for _, n := range names {
		if words := plain(n); len(words) > 0 {
			d.open = append(d.open, words)
		}
	}
}

// named is where a sentence says what somebody did who is called by a name that nobody
// knows: "Zora kept bees". Places and outlets of the edition are no such names.
func (r *reading) named() int {
	for i := 0; i < r.n; i++ {
		if !r.capital(i) {
			continue
		}
		to := i + 1
		for to < r.n && r.capital(to) && strings.TrimSpace(r.w[to].gap) == "" {
			to++
		}
		at := i
		i = to - 1
		alone := at == 0 && to == 1
		switch did := r.at(to); {
		case in(notPlaces, r.at(at-1)) && !in(strings.Fields("that when while which as and before after until since"), r.at(at-1)), in(strings.Fields("the a an no this that"), r.at(at-1)):
		case strings.ContainsAny(r.w[to].gap, ".;:!?|") || !in(doneByPeople, did) && (alone || !r.past(to)):
		case strings.HasSuffix(r.at(to-1), "s") && alone || r.isOpen(at, to) || notOf(r.at(to-1)):
		default:
			return at
		}
	}
	return -1
}

// capital reports whether a word may be part of a name: written large, and no word of the
// columns, no outlet, month or day.
func (r *reading) capital(i int) bool {
	c, _ := utf8.DecodeRuneInString(r.raw[i])
	word := r.at(i)
	return unicode.IsUpper(c) && len(word) > 1 && !coarseWord(word) && !IsMonth(word) && !strings.HasSuffix(word, "day") && len(r.d.longest(r.w, i)) == 0 && !numeral.MatchString(word)
}

// isOpen reports whether a name, or a part of it, is of somebody who may be shown.
func (r *reading) isOpen(from, to int) bool {
	for _, name := range r.d.open {
		all := true
		for j := from; j < to; j++ {
			all = all && in(name, r.at(j))
		}
		if all {
			return true
		}
	}
	return false
}

var (
	asking       = strings.Fields("what who how whether if when where whoever")
	perhapsWords = strings.Fields("may might can must cannot should")
	household    = strings.Fields("family household couple parents relatives pair newborn")
	fewPeople    = strings.Fields("twins siblings newlyweds spouses")
	// offices are held by people of whom everybody knows, methodic words by those who made
	// the study or the pages.
	offices = strings.Fields("spokesman spokeswoman spokesperson president minister king queen pope emperor chancellor premier sultan coder coders reader readers reporter reporters author authors editor editors translator interviewer interviewers journalist journalists correspondent researcher researchers publisher user users observer analyst newsreader member partner")
	notOne  = strings.Fields("easter over under after never ever other another rather whether water paper power order number matter letter winter summer corner river border user offer computer register chapter counter better later earlier former latter prior error floor door labour labor color colour factor sector motor tumor rumor rumour terror horror favour flavour humour honour harbour harbor neighbourhood war car bar far star year fear near clear appear bear hear wear tear for or nor sister brother mother father daughter per her der master layer buyer paper shelter trailer container discover consider remember answer suffer enter gather cover differ prefer refer transfer finger shoulder powder thunder wonder murder folder header footer mirror editor monitor indicator calculator generator tractor doctor trigger tower flower shower lower higher deeper lighter weather leather feather bitter litter butter filter centre center theater theatre meter metre liter litre centimeter kilometer quarter poster sticker newsletter cluster disaster register semester chamber timber december november october september member number lumber cucumber list exist resist persist assist consist insist twist wrist mist fist artist mist twist checklist shortlist wishlist tourist fee coffee tree three free see degree agree guarantee committee knee bee flee want plant grant instant distant constant important significant relevant elegant reluctant variant infant restaurant merchant servant tenant giant elephant ian christian civilian italian russian asian indian persian syrian egyptian librarian pedestrian guardian barbarian caucasian version media median dictator hunger danger stranger manager passenger messenger ranger larger longer stronger younger finger anger hanger proper upper paper copper pepper supper slipper zipper helicopter laser user closer freezer blazer cancer dancer officer grocer spacer saucer remainder order border ladder bladder spider cinder tender gender reminder slaughter laughter together altogether either neither further farther whatsoever however moreover whenever wherever forever fever lever silver clever river liver driver cover whatever whichever quiver shiver easier harder older wider colder faster slower newer fewer smaller bigger richer poorer weaker safer nicer closer sharper shorter darker thicker thinner warmer cooler heavier cheaper dearer narrower broader greater simpler clearer nearer")
)

// person reports whether a word is one for a person.
func (r *reading) person(i int) bool {
	word := r.at(i)
	switch {
	case word == "" || in(offices, word):
		return false
	case in(oneOfPeople, word), tradeLists()["trades"][word], kin(word) && !strings.HasSuffix(word, "s"), in(alsoOne, word):
		return true
	case in(marked, word):
		return true
	case in(endSo, word) || in(notOne, word):
		return false
	}
	for _, end := range []string{"man", "woman", "maid", "smith", "wright", "monger", "keeper", "herd", "maker", "worker", "ess"} {
		if strings.HasSuffix(word, end) && len(word) > len(end)+2 && !in(endNot, word) {
			return true
		}
	}
	if len(word) > 5 {
		for _, end := range []string{"er", "or", "ist", "ian", "eer", "ee"} {
			if strings.HasSuffix(word, end) && !coarseWord(word) {
				return true
			}
		}
	}
	return false
}

var (
	alsoOne = strings.Fields("girl boy lad lass lady gentleman child kid teen youngster grandmother grandfather grandson granddaughter stepfather stepmother stepson stepdaughter mother father son daughter aunt uncle bride groom widow widower orphan convert foreigner stranger immigrant emigrant migrant exile returnee hostage prisoner inmate captive convict patient student pupil apprentice trainee graduate veteran amputee survivor victim passenger tenant servant monk nun priest imam rabbi bishop deacon vicar mayor judge senator governor sheikh chief clerk cook guard vet nurse pilot guide spy thief heir usher tutor coach poet duke prince princess baron colonel general sergeant corporal private lieutenant major captain admiral marshal soldier conscript nomad hermit pilgrim dwarf giant genius drunk gypsy traveller refugee citizen native national neighbour villager islander townsman farmhand cousin nephew niece fiance fiancee husband wife brother sister twin spouse parent grandparent guardian")
	marked  = strings.Fields("pensioner amputee albino diabetic epileptic hunchback octogenarian septuagenarian leper")
	endNot  = strings.Fields("easter human german woman roman ottoman business witness illness darkness weakness process success address access progress congress excess loss press stress dress unless less princess express possess kindness happiness sadness readiness awareness forgiveness sickness fitness madness hardness wilderness loneliness homesickness impress confess assess bless mess guess talisman shaman")
)

// eitherOf reports whether "he" stands in "he or she".
func (r *reading) eitherOf(i int) bool {
	return (r.at(i+1) == "or" || r.at(i+1) == "and") && in(pronouns, r.at(i+2)) || (r.at(i-1) == "or" || r.at(i-1) == "and") && in(pronouns, r.at(i-2))
}

// onePerson reports whether "one" is a person.
func (r *reading) onePerson(i int) bool {
	next := r.at(i + 1)
	if r.at(i+2) != "" && in(perhapsWords, next) || in(notPeople, next) || next == "another" {
		return false
	}
	switch {
	case i > 0 && r.at(i-1) == "the" && (in(strings.Fields("who whose whom"), next) || r.w[i+1].gap != "" && next == ""):
		return true
	case next == "of":
		for j := i + 2; j < r.n && j <= i+6; j++ {
			if r.stop(j) {
				break
			}
			if in(ofMany, r.at(j)) || in(ofPeople, r.at(j)) || r.person(j) || r.person1(j) {
				return true
			}
			if in(notPeople, r.at(j)) {
				return false
			}
		}
		return false
	case i > 0 && in(strings.Fields("with without from aged whose"), next) && (r.stop(i) || r.at(i-1) == "and"):
		return true
	case r.person(i + 1), r.person(i+2) && !r.stop(i+2) && !coarseNoun(r.at(i+1)):
		return true
	case i == 0 && next != "" && (strings.Contains(r.w[1].gap, ",") || strings.Contains(r.w[1].gap, "(")):
		return true
	case next != "" && !r.stop(i+1) && !in(ofNobody, next) && (r.past(i+1) || in(ofSomebody, next) || in(strings.Fields("who whose whom has is"), next) || in(ofOneLife, next)):
		return i == 0 || in(strings.Fields("that and but said only when where the"), r.at(i-1)) || r.stop(i)
	}
	return false
}

// person1 reports whether a word is one for several people.
func (r *reading) person1(i int) bool {
	word := r.at(i)
	one, ok := strings.CutSuffix(word, "s")
	if !ok {
		return false
	}
	x := reading{d: r.d, w: []spoken{{one, ""}, {"", ""}}, raw: []string{one}, n: 1}
	return x.person(0)
}

// picked reports whether "the only", "the youngest" picks one of several people.
func (r *reading) picked(i int) bool {
	if !in(singlesOut, r.at(i)) && !superlative(r.at(i)) || !in([]string{"the", "their", "our", "its"}, r.at(i-1)) {
		return false
	}
	for j := i + 1; j < r.n && j <= i+5; j++ {
		word := r.at(j)
		switch {
		case r.stop(j):
			return false
		case j == i+1 && word == "to" && !in(notPeople, r.at(i-2)):
			return in(singlesOut, r.at(i))
		case word == "among" && (in(ofMany, r.at(j+1)) || r.at(j+1) == "the"), word == "of" && (in(ofMany, r.at(j+1)) || r.at(j+1) == "the" && r.person1(j+2)), word == "in" && in(ofMany, r.at(j+2)):
			return !slices.ContainsFunc(r.w[i:j], func(x spoken) bool { return in(notPeople, x.word) || in(timesAndParts, x.word) })
		case r.person(j):
			return true
		case in(notPeople, word) || in(timesAndParts, word):
			return false
		}
	}
	return false
}

// superlative reports whether a word says that nobody is more so.
func superlative(word string) bool {
	return strings.HasSuffix(word, "est") && len(word) > 5 && !in(strings.Fields("forest harvest interest request arrest protest suggest honest modest invest digest conquest manifest protest contest"), word)
}

// meant reports whether a word for a person is said of one: with an article, or alone
// at the head of a label. "No woman" and "every woman" are nobody.
func (r *reading) meant(i int) bool {
	for j := i - 1; j >= -1 && j >= i-5; j-- {
		if r.stop(j + 1) {
			// Woman, 34, from the hills
			if j+1 != i {
				return false
			}
			if r.w[i].gap != "" && !strings.ContainsAny(r.w[i].gap, "(:") {
				return false
			}
			return r.labelled(i)
		}
		if j < 0 {
			return j+1 == i && r.labelled(i)
		}
		switch word := r.at(j); {
		case in(strings.Fields("no every each any neither nobody none whoever which what whose"), word):
			return false
		case in(strings.Fields("a an one another same this that former some"), word) || word == "the":
			if word == "some" && j != i-1 {
				return false
			}
			return !r.general(i)
		case in(pronouns, word):
			return true
		case in(notPlaces, word) || in(linking, word) && word != "then" && word != "once" && word != "formerly":
			return false
		}
	}
	return false
}

// labelled reports whether a word for a person at the head of a label is one: Speaker 7,
// "Woman from the hills".
func (r *reading) labelled(i int) bool {
	next := r.at(i + 1)
	if next == "" {
		return r.n > 1 && i > 0
	}
	return numeral.MatchString(next) || strings.ContainsAny(r.w[i+1].gap, "(,") || in(strings.Fields("from with of who whose aged in"), next)
}

// general reports whether what is said of a person is a general truth: "a baker needs
// flour", "a guard may have been present".
func (r *reading) general(i int) bool {
	from, to := i, i
	for from > 0 && !r.stop(from) {
		from--
	}
	for to++; to < r.n && !r.stop(to); {
		to++
	}
	for j := range r.n {
		if in(pronouns, r.at(j)) && !r.eitherOf(j) {
			return false
		}
	}
	article := false
	for j := max(from, i-4); j < i; j++ {
		article = article || in([]string{"a", "an", "any", "some"}, r.at(j))
		if in([]string{"the", "this", "that", "same", "another", "former"}, r.at(j)) && !in(methodic, r.at(i)) {
			return false
		}
	}
	for j := i + 1; j < to; j++ { // a guard may, a person can
		if in(perhapsWords, r.at(j)) {
			return true
		}
		if r.past(j) {
			break
		}
	}
	asks := (in(asking, r.at(from)) || in([]string{"as", "in"}, r.at(from))) && !r.anyPast(from, to)
	if !article {
		return false
	}
	if r.anyPast(from, to) && !in(strings.Fields("is are"), r.at(i+1)) {
		return false
	}
	for j := from; j < to; j++ {
		if in([]string{"the", "this", "that", "these", "those", "my", "our"}, r.at(j)) && !in(strings.Fields("sick poor old young rich wounded hungry dead"), r.at(j+1)) || r.large(j) && j > from {
			return false
		}
	}
	next := r.at(i + 1)
	if asks {
		return true
	}
	if in([]string{"now", "today", "since"}, r.at(to-1)) || in([]string{"now", "today"}, next) {
		return false
	}
	does := next == "is" || next == "has" || strings.HasSuffix(next, "s") && !strings.HasSuffix(next, "ss") && next != "as" && next != "was" && next != "his"
	switch {
	case !does || i+2 >= to:
		return false
	case in(methodic, r.at(i)), next == "is" && in(strings.Fields("not counted quoted coded named"), r.at(i+2)):
		return true
	case in(ofOneLife, next) || next == "has":
		return false
	}
	return !in(oneOfPeople, r.at(i)) && !kin(r.at(i)) && !in(marked, r.at(i))
}

var (
	methodic  = strings.Fields("person speaker interviewee respondent witness leaver deserter defector prisoner guard")
	ofOneLife = strings.Fields("says tells speaks recalls remembers weeps laughs walks limps lives comes misses wears carries keeps sleeps describes explains claims admits denies asks cries sings regrets hopes fears dreams writes flees leaves goes runs hides crosses escapes returns begs stammers stands sits waits loses wins sees hears finds joins swims jumps prays swears speaks shows testifies")
)

// anyPast reports whether a word of a phrase tells of the past.
func (r *reading) anyPast(from, to int) bool {
	for j := from; j < to; j++ {
		if r.past(j) && !(strings.HasSuffix(r.at(j), "ed") && (in(isNow, r.at(j-1)) || in(isNow, r.at(j-2)) && coarseLists()["holding"][r.at(j-1)])) {
			return true
		}
	}
	return false
}

// past reports whether a word tells of the past.
func (r *reading) past(i int) bool {
	word := r.at(i)
	if in(pastWords, word) {
		return true
	}
	return strings.HasSuffix(word, "ed") && len(word) > 4 && !in(strings.Fields("indeed hundred speed breed bleed exceed proceed succeed seed feed weed greed sacred naked wicked"), word)
}

// isNow are words behind which "-ed" tells of no past: "is counted".
var isNow = strings.Fields("is are be being")

var pastWords = strings.Fields("was were had did said told spoke wept went came left ran knew saw heard took gave got made found lost won met sold bought brought fought taught thought wrote drove sang slept wore fell fled hid held led rode swam swore stole stood sat rang kept built burnt dug drew drank ate flew froze grew hung bore beat began broke caught chose dealt dreamt felt forgot forgave lay lent lit meant paid put rose sent shot shook slid spent spun stuck struck swept threw woke wound wove read cut hit let set shut quit bet cast cost hurt bled fed could would learnt learned gone been done born")

// speaking reports whether a sentence begins with somebody unknown who did what people
// do: "An usher at the opera spoke of a list", "A Quaker refused".
func (r *reading) speaking() int {
	for i := 0; i+2 < r.n; i++ {
		if !in(strings.Fields("a an the this another"), r.at(i)) || i > 0 && !r.stop(i) && !in(strings.Fields("that and but when where by with"), r.at(i-1)) {
			continue
		}
		for j := i + 1; j < r.n && j <= i+8; j++ {
			if j > i+1 && r.stop(j) {
				break
			}
			word := r.at(j)
			if j > i+1 && in(doneByPeople, word) {
				head := j - 1
				for k := i + 1; k < j; k++ { // the opera: an usher at the opera
					if in(notPlaces, r.at(k)) {
						head = k - 1
						break
					}
				}
				if noun := r.at(head); head > i && !notOf(noun) && !strings.HasSuffix(noun, "s") && !in(notPlaces, noun) {
					return head
				}
				break
			}
			if r.large(j) && j == i+1 && r.at(i) != "the" && (in(strings.Fields("among who whose"), r.at(j+1)) || r.past(j+1)) && len(r.d.longest(r.w, j)) == 0 {
				return j
			}
			if word == "among" && in(ofMany, r.at(j+1)) {
				return j - 1
			}
		}
	}
	return -1
}

// notOf reports whether a word that speaks or refuses is no person.
func notOf(noun string) bool {
	return coarseNoun(noun) || in(notPeople, noun) || in(offices, noun) || in(bodiesThatSpeak, noun) || in(endNot, noun)
}

var (
	doneByPeople    = strings.Fields("said told spoke wept heard explained refused remembered recalled knelt prayed laughed cried whispered shouted begged confessed swore walked ran hid slept married kissed joked stammered limped sang wrote drew fled swam testified believed hoped feared thought knew dreamt dreamed forgot regretted thanked smiled asked answered admitted denied claimed described")
	bodiesThatSpeak = strings.Fields("bank union court company firm ministry council commission committee parliament senate church mosque school university hospital police embassy station radio channel agency board office department club team crowd mob village city law bill treaty constitution poll survey letter book film song")
)

// coarse reports whether what begins at a word is known to hold for many, and how many
// words it takes.
func (r *reading) coarse(i int) (took int, ok bool) {
	word := r.at(i)
	if numeral.MatchString(word) || numberWords[word] > 0 && word != "one" && word != "both" && word != "single" {
		return r.number(i)
	}
	if longest := r.d.longest(r.w, i); len(longest) > 0 {
		many, few := false, false
		for _, p := range longest {
			n, hidden := r.d.fits([]trait{p.trait})
			if n >= r.d.e.Rule.Small {
				many = true
			} else if n > 0 && hidden {
				few = true
			}
		}
		if many && !few || !few && coarseWord(word) || coarseLists()["who"][word] {
			return len(longest[0].words), true
		}
		return len(longest[0].words), false
	}
	if in(singlesOut, word) && !(r.at(i-1) == "at" || r.at(i+1) == "of" && r.at(i+2) == "all") {
		return 1, in(notPeople, r.at(i+1)) || in(timesAndParts, r.at(i+1))
	}
	if len(word) == 1 || word == "" {
		return 1, !unicode.IsLetter([]rune(word + " ")[0]) || !r.large(i) || word == "i"
	}
	if r.large(i) && !(coarseWord(word) && r.shouted()) && word != "i" {
		return 1, false
	}
	if r.person(i) && !coarseLists()["who"][word] {
		return 1, r.general(i)
	}
	return 1, coarseWord(word)
}

// shouted reports whether most words are written large, as in a title.
func (r *reading) shouted() bool {
	n := 0
	for i := range r.n {
		if r.large(i) {
			n++
		}
	}
	return 2*n > r.n
}

// number reports whether a number tells of one person: not if it counts reasons or pages.
func (r *reading) number(i int) (took int, ok bool) {
	n, took := numberAt(r.w, i)
	took = max(took, 1)
	next := r.at(i + took)
	switch {
	case in(notPeople, next) && !in(strings.Fields("months month years year weeks week days day hours hour minutes kilometres km miles euros dollars children"), next):
		return took, true
	case took == 1 && n >= 1900 && n < 2100: // a year in which many were first reported
		ok := false
		r.d.atDay(r.w, i, func(t trait) {
			if c, _ := r.d.fits([]trait{t}); c >= r.d.e.Rule.Small {
				ok = true
			}
		})
		return took, ok
	}
	return took, false
}

// coarseNoun reports whether a word is a general noun.
func coarseNoun(word string) bool { return coarseLists()["nouns"][word] }

// formEndings are those of the forms of words of a section, with what stands in their place in
// the first form: "wed" is no form of "we", nor "ford" of "for".
var formEndings = map[string][][2]string{
	"verbs":   {{"s", ""}, {"es", ""}, {"ies", "y"}, {"ed", ""}, {"ed", "e"}, {"ied", "y"}, {"ing", ""}, {"ing", "e"}, {"nt", ""}, {"nt", "not"}},
	"nouns":   {{"s", ""}, {"es", ""}, {"ies", "y"}, {"ed", ""}, {"ed", "e"}, {"ing", ""}, {"ing", "e"}, {"ly", ""}},
	"others":  {{"ly", ""}, {"ily", "y"}, {"er", ""}, {"er", "e"}, {"ed", ""}, {"ing", ""}},
	"who":     {{"s", ""}},
	"holding": {{"nt", ""}, {"nt", "not"}},
}

// coarseWord reports whether a word, or the first form of it, is known to hold for many.
func coarseWord(word string) bool {
	for section, ends := range formEndings {
		words := coarseLists()[section]
		if words[word] {
			return true
		}
		for _, end := range ends {
			stem, found := strings.CutSuffix(word, end[0])
			if !found || len(stem) < 2 {
				continue
			}
			if words[stem+end[1]] {
				return true
			}
			if n := len(stem); n > 3 && stem[n-1] == stem[n-2] && end[1] == "" && (end[0] == "ed" || end[0] == "ing") && words[stem[:n-1]] { // stopped
				return true
			}
		}
	}
	return false
}
