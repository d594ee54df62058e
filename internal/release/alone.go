package release

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// This file asks about each sentence that speaks of nobody and has a word of its own:
// "A cello case turned out to be large enough", "Chess at the checkpoint". Whose story
// that is, those know who were there.
//
// Method: as of a sentence about one person, each word is asked about that a report does
// not need: general.txt has those of method, and of what a state, a war and a society do.
// Words pass that stand together in so many stories, of so many people, as the rule asks
// for. People in the plural are many, and so is one thing in the plural of which nothing
// else is said. A general truth in the present, without "the", passes with the things it
// is about.
//
// Limits: English. A story told in general words alone passes ("A careful count each
// night is what one account comes back to"), and so does one in words that many stories
// have together.

//go:embed general.txt
var generalWords string

var generalLists = sync.OnceValue(func() map[string]map[string]bool { return readLists(generalWords) })

// countries are names of countries that are one word.
var countries = sync.OnceValue(func() map[string]bool { return generalLists()["countries"] })

// ofMostPeople is how many words of its own a sentence about many people needs to be asked
// about: "They spoke of windmills and bread" tells of none of them.
const ofMostPeople = 2

// leastOfSign is how many letters a word has that is no sign or abbreviation.
const leastOfSign = 3

// alone finds the words of a sentence about nobody that a report does not need.
func (r *reading) alone() *Specific {
	if r.ofOpen() || r.generic() || r.defines() || r.keyword() {
		return nil
	}
	out := &Specific{}
	var own []int
	many := r.many() && !r.pointed()
	for i := range r.n { // "Guards took money at the gates"
		many = many || r.people(i)
	}
	kind := r.n > 0 && !r.needed(0) && r.ofKind([]int{0})
	for i := range r.n {
		if !r.needed(i) && !((many || kind) && r.past(i)) {
			out.Words = append(out.Words, r.raw[i])
			own = append(own, i)
		}
	}
	switch {
	case len(own) > 0 && (r.shared(own) || r.ofKind(own)):
		return r.twoThings()
	case len(out.Words) >= ofMostPeople, len(out.Words) > 0 && !many:
		return out
	case !many:
		return r.twoThings()
	}
	return nil
}

// pointed reports whether "those" and "both" point at things: "Those kettles boiled".
func (r *reading) pointed() bool {
	for i := range r.n - 1 {
		if in(strings.Fields("those both few several"), r.at(i)) && !r.needed(i+1) {
			return true
		}
	}
	return false
}

// shared reports whether words stand together in so many stories that they lead to none,
// and in those of so many people.
func (r *reading) shared(own []int) bool {
	least := r.d.e.Rule.Small
	people, stories := map[int]bool{}, 0
	for i := range r.d.e.Stories {
		if story := &r.d.e.Stories[i]; !slices.ContainsFunc(own, func(j int) bool { return !story.Words[Stem(r.at(j))] }) {
			stories++
			for _, p := range story.People {
				people[p] = true
			}
		}
	}
	return stories >= least && len(people) >= least
}

// ofKind reports whether the one word that a report does not need is for things of a kind,
// which are many: "Dogs barked at night", and not "the dogs" or "two dogs".
func (r *reading) ofKind(own []int) bool {
	if len(own) != 1 {
		return false
	}
	i := own[0]
	one, many := strings.CutSuffix(r.at(i), "s")
	if !many || strings.HasSuffix(one, "s") || strings.HasSuffix(one, "u") || strings.HasSuffix(one, "i") {
		return false
	}
	for j := i - 1; j >= 0 && j >= i-3 && !r.stop(j+1) && !in(notPlaces, r.at(j)); j-- {
		if in(strings.Fields("a an the this that these those another its two three four five six seven eight nine ten"), r.at(j)) || numeral.MatchString(r.at(j)) {
			return false
		}
	}
	past := r.anyPast(0, r.n)
	for j := range r.n { // of one occasion, or of one place
		if r.at(j) == "a" || r.at(j) == "an" || past && r.at(j) == "the" && !in(wholes, r.at(j+1)) {
			return false
		}
	}
	return past || i == 0 || in(strings.Fields("tells tell speaks speak"), r.at(i-2))
}

// wholes are what a whole country has one of.
var wholes = strings.Fields("war siege truce ceasefire blockade fighting famine drought frost winter summer spring autumn year years north south east west front country region countryside period time weather")

// keyword reports whether a text is a word or two, or words with "and" between them, of
// which nothing is said.
func (r *reading) keyword() bool {
	said := 0
	for i := range r.n {
		if word := r.at(i); word == "a" || word == "an" || word == "the" || r.past(i) {
			return false
		} else if !coarseLists()["holding"][word] {
			said++
		}
	}
	return said <= 2 && r.n <= 3
}

// mostOfDefinition is how many words a sentence has that only says what something is.
const mostOfDefinition = 8

// defines reports whether a sentence says of what kind something is: "Carnival is a feast".
func (r *reading) defines() bool {
	if r.n < 4 || r.n > mostOfDefinition || coarseLists()["holding"][r.at(0)] || r.stop(r.n-1) {
		return false
	}
	for i := 1; i <= 2; i++ {
		if r.at(i) == "is" {
			kind := in(strings.Fields("kind sort type form"), r.at(i+2)) && r.at(i+3) == "of"
			return (r.at(i+1) == "a" || r.at(i+1) == "an") && (i+2 >= r.n-2 || kind && i+4 >= r.n-2) && !r.person(r.n-1)
		}
	}
	return false
}

// needed reports whether a word may stand in a report where it speaks of nobody: one of a
// report, one for people, a sign, or a name that may be shown.
func (r *reading) needed(i int) bool {
	word := r.at(i)
	return r.known(i) || r.person(i) && !r.thingly(word) || r.people(i) || staple(word) || len([]rune(word)) < leastOfSign || !plainWord(r.raw[i]) || i > 0 && r.past(i) && !strings.HasSuffix(word, "ed") ||
		r.inAddress(i) || r.idiom(i) || i == 0 && countries()[word] || r.isOpen(i, i+1) || slices.Contains(partWords, word) || generalWord(word)
}

// idiom reports whether a word is part of a saying in which it is no thing: "by hand".
func (r *reading) idiom(i int) bool {
	return in(idioms[r.at(i)], r.at(i-1)) && !in([]string{"the", "his", "her"}, r.at(i-2)) || r.at(i) == "hand" && r.at(i-1) == "other" && r.at(i-2) == "the" && r.at(i-3) == "on"
}

var idioms = map[string][]string{
	"hand": {"by", "at", "first", "second"}, "foot": {"on"}, "large": {"at"}, "length": {"at"}, "hands": {"many", "changed", "change"},
	"mouth": {"of"}, "heart": {"at"}, "face": {"at"}, "turn": {"in"}, "bulk": {"in"}, "stake": {"at"}, "odds": {"at"}, "eye": {"naked"},
}

// people reports whether a word is for several people, and not for scissors or containers.
func (r *reading) people(i int) bool {
	word := r.at(i)
	return r.person1(i) && !r.thingly(strings.TrimSuffix(word, "s"))
}

// thingly reports whether a word ends as words for people do, and is built on nothing that
// people in a study are known to do: a razor, a container.
func (r *reading) thingly(word string) bool {
	if in(oneOfPeople, word) || tradeLists()["trades"][word] || kin(word) || in(alsoOne, word) || in(marked, word) {
		return false
	}
	for _, end := range []string{"er", "or"} {
		if stem, ok := strings.CutSuffix(word, end); ok {
			return !coarseLists()["verbs"][stem] && !coarseLists()["verbs"][stem+"e"] && !(len(stem) > 2 && coarseLists()["verbs"][stem[:len(stem)-1]]) && !generalWord(word)
		}
	}
	return false
}

// plainWord reports whether a word is written as words are: no digit, no capital inside.
func plainWord(raw string) bool {
	for i, c := range raw {
		if unicode.IsDigit(c) || i > 0 && unicode.IsUpper(c) {
			return false
		}
	}
	return true
}

// inAddress reports whether a word is part of an address, of the name of a file, of markup
// or of what is encoded.
func (r *reading) inAddress(i int) bool {
	if r.inTag(i) || r.joined(i) || r.joined(i+1) {
		return true
	}
	sign := false // a word of a chain that no word is
	chain := func(i int) bool {
		return i > 0 && i < r.n && r.w[i].gap != "" && strings.Trim(r.w[i].gap, "-+~%") == ""
	}
	for j := i; j >= 0; j-- {
		sign = sign || !plainWord(r.raw[j]) || chain(j) && len(r.w[j].gap) > 1
		if !chain(j) {
			break
		}
	}
	for j := i + 1; chain(j); j++ {
		sign = sign || !plainWord(r.raw[j]) || len(r.w[j].gap) > 1
	}
	return sign
}

// inTag reports whether a word stands in the tag of an element, and not as its text.
func (r *reading) inTag(i int) bool {
	open := false
	for j := 0; j <= i; j++ {
		gap := r.w[j].gap
		open = open && !strings.Contains(gap, ">") || strings.HasSuffix(gap, "<") || strings.HasSuffix(gap, "</")
	}
	return open && slices.ContainsFunc(r.w[i+1:], func(w spoken) bool { return strings.Contains(w.gap, ">") })
}

// joined reports whether a sign of an address, without a blank, joins a word to the one before.
func (r *reading) joined(i int) bool {
	return i > 0 && i < r.n && r.w[i].gap != "" && strings.Trim(r.w[i].gap, ".:/@&%=_\\#?") == ""
}

// twoThings finds two things that are told of as news: "A hearing aid was taken for a
// radio".
func (r *reading) twoThings() *Specific {
	if !r.happened() || r.ofStudy() {
		return nil
	}
	out := &Specific{}
	for i := range r.n - 1 {
		if in([]string{"a", "an", "another"}, r.at(i)) && ofThing(r.at(i+1)) {
			out.Words = append(out.Words, strings.Join(r.raw[i:i+2], " "))
		}
	}
	if len(out.Words) < 2 {
		return nil
	}
	return out
}

// generalWord reports whether a word, or what it is made of, is one of a report.
func generalWord(word string) bool {
	if coarseWord(word) || inForms(word, inReports) {
		return true
	}
	for _, before := range []string{"un", "re", "mis", "non", "over", "under", "in", "dis", "pre", "co", "self", "sub", "inter", "anti", "counter"} {
		if stem, found := strings.CutPrefix(word, before); found && len(stem) > 3 && inForms(stem, inReports) {
			return true
		}
	}
	return false
}

// inReports reports whether a word stands in one of the lists as it is.
func inReports(word string) bool {
	for _, lists := range []map[string]map[string]bool{generalLists(), coarseLists()} {
		for section, words := range lists {
			if section != "countries" && words[word] {
				return true
			}
		}
	}
	return false
}

// ofThing reports whether a word is no general one, nor one of a study.
func ofThing(word string) bool {
	return !generalLists()["method"][word] && !slices.ContainsFunc([]string{"holding", "nouns", "others", "study", "who"}, func(section string) bool { return coarseLists()[section][word] })
}

// inForms reports whether a word or a first form of it is known.
func inForms(word string, known func(string) bool) bool {
	if known(word) {
		return true
	}
	for _, end := range [][2]string{{"s", ""}, {"es", ""}, {"ies", "y"}, {"ed", ""}, {"ed", "e"}, {"ied", "y"}, {"ing", ""}, {"ing", "e"}, {"ly", ""}, {"ily", "y"}, {"ally", ""}, {"d", ""}, {"ment", ""}, {"ments", ""}, {"ness", ""}, {"iness", "y"}, {"iest", "y"}, {"ier", "y"}, {"ity", ""}, {"ity", "e"}, {"er", ""}, {"er", "e"}, {"ers", ""}, {"ers", "e"}, {"est", ""}, {"est", "e"}, {"able", ""}, {"able", "e"}, {"less", ""}, {"ful", ""}, {"al", ""}, {"ation", "e"}, {"ations", "e"}, {"ation", ""}, {"ion", ""}, {"ions", ""}, {"ion", "e"}, {"ise", ""}, {"ised", ""}, {"ize", "ise"}, {"ized", "ise"}, {"ization", "isation"}, {"our", "or"}} {
		stem, found := strings.CutSuffix(word, end[0])
		if !found || len(stem) < 3 {
			continue
		}
		if known(stem+end[1]) && !coarseLists()["holding"][stem+end[1]] {
			return true
		}
		if n := len(stem); n > 3 && stem[n-1] == stem[n-2] && end[1] == "" && known(stem[:n-1]) {
			return true
		}
	}
	return false
}
