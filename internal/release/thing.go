package release

import (
	"maps"
	"slices"
	"strings"
)

// This file asks about sentences that speak of nobody and tell of somebody all the same:
// "An invoice for iron reached them", "The key hung outside".
//
// Method: words that few stories have and that pages of one person who may not be shown
// have together; one thing, with "a", of which a sentence tells what happened; and what
// goes on with a thing behind a sentence about one person.
//
// Limits: what happened to things of which there are many ("Animals were given iron") is
// read as of many, unless the pages have the same words.

// What rare words of the pages of one person weigh: a staple as much as weighs a staple,
// and as much together as leads there. Of many people it takes more.
const (
	weighsStaple = 1
	weighsWord   = 2
	leadsThere   = 2
	ofManyLeads  = 6
)

// echo finds rare words that pages have of one person who may not be shown, in a sentence
// that speaks of nobody.
func (r *reading) echo() *Specific {
	if r.generic() || r.ofOpen() {
		return nil
	}
	words := map[string]string{}
	for i := range r.n {
		word := r.at(i)
		if !Everyday(word) && r.d.printed[Stem(word)] != nil && !r.known(i) {
			words[Stem(word)] = r.raw[i]
		}
	}
	least := leadsThere
	if r.many() {
		least = ofManyLeads
	}
	stems := slices.Sorted(maps.Keys(words))
	for p := range r.d.e.People {
		if r.d.e.Protected != nil && !r.d.e.Protected[p] {
			continue
		}
		var has []string
		weight := 0
		for _, s := range stems {
			if !r.d.printed[s][p] {
				continue
			}
			has = append(has, words[s])
			if weight += weighsWord; staple(strings.ToLower(words[s])) {
				weight += weighsStaple - weighsWord
			}
		}
		if weight >= least {
			return &Specific{Words: has, Pages: true}
		}
	}
	return nil
}

// many reports whether a sentence speaks of many people, or of anybody.
func (r *reading) many() bool {
	for i := range r.n {
		word := r.at(i)
		if many := strings.HasSuffix(word, "s") || word == "people" || word == "women" || word == "men" || word == "children"; in(ofPeople, word) && many && word != "us" || in(strings.Fields("they those some many most others nobody everybody fewer few several both"), word) {
			return true
		}
	}
	return in([]string{"one", "somebody", "someone"}, r.at(0)) && in(perhapsWords, r.at(1))
}

// ofOpen reports whether a sentence names somebody who may be shown.
func (r *reading) ofOpen() bool {
	for i := range r.n {
		for _, name := range r.d.open {
			if r.raw[i] != r.at(i) && len(r.at(i)) >= shortestTrade && r.at(i) == name[len(name)-1] {
				return true
			}
		}
	}
	return false
}

// valued reports whether a value of a column, and not only a trade, begins at a word.
func (r *reading) valued(i int) bool {
	return slices.ContainsFunc(r.d.longest(r.w, i), func(p phraseOf) bool { return !p.trait.role && !p.trait.telling })
}

// generic reports whether a sentence is a general truth about a kind of people or things:
// "A mechanic mends lorries", "Bakers need flour". It tells of no past, has no article but
// at its head, no number, no pronoun, and gives no value.
func (r *reading) generic() bool {
	if r.n < 3 || r.anyPast(0, r.n) {
		return false
	}
	one := in([]string{"a", "an"}, r.at(0))
	verb := false
	for i := range r.n {
		word := r.at(i)
		switch {
		case word == "the" && i == r.n-2 && coarseLists()["land"][strings.TrimSuffix(r.at(i+1), "s")], word == "the" && i == r.n-2 && in(strings.Fields("sick poor old young rich wounded hungry dead"), r.at(i+1)), (word == "a" || word == "an") && i == 3 && one && r.at(2) == "is": // a cello is an instrument
		case i > 0 && in(strings.Fields("a an the this that these those another his her my our now today here there among"), word),
			r.large(i), numeral.MatchString(word), numberWords[word] > 0, in(pronouns, word), r.valued(i), r.w[i].gap != "" && r.stop(i) && i > 0:
			return false
		case i > 0 && in(strings.Fields("is are has have needs need must can may"), word),
			one && i == 2 && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && !in(ofOneLife, word),
			i == 1 && strings.HasSuffix(r.at(0), "s") && !strings.HasSuffix(word, "s") && !coarseLists()["holding"][word] && !in(notPlaces, word):
			verb = true
		}
	}
	return verb && !(one && (in(oneOfPeople, r.at(1)) || kin(r.at(1)) || in(marked, r.at(1))))
}

// goesOn reports whether a sentence goes on with what the one before told of: "It made no
// sound", "The door was green".
func (r *reading) goesOn() bool {
	if r.n < 2 || !r.anyPast(0, r.n) {
		return false
	}
	switch r.at(0) {
	case "it", "there", "this", "that", "then", "inside", "outside", "everything", "nothing":
		return true
	case "the":
		return !r.known(1)
	}
	return false
}

// thing finds one thing, or one unknown, of which a sentence tells what happened: "An
// invoice for iron came", "On a sill there is a cup".
func (r *reading) thing() *Specific {
	there := false
	for i := range r.n {
		there = there || r.at(i) == "there" && in(strings.Fields("is stands lies hangs sits was were stood hung lay"), r.at(i+1))
	}
	if r.ofOpen() {
		return nil
	}
	if s := r.deed(); s != nil {
		return s
	}
	if !there && !r.anyPast(0, r.n) && !r.verbless() {
		return r.now()
	}
	for i := range r.n {
		if n, took := numberAt(r.w, i); took > 0 && n > 1 && n < mostOfThings && r.at(i+took) != "" && !r.needed(i+took) && !r.joined(i+took) && !r.many() {
			return &Specific{Words: []string{strings.Join(r.raw[i:i+took+1], " ")}}
		}
		if !in([]string{"a", "an", "another"}, r.at(i)) {
			continue
		}
		head := i
		for j := i + 1; j < r.n && j <= i+4; j++ {
			word := r.at(j)
			if j > i+1 && (r.stop(j) || in(notPlaces, word) || in(linking, word) || r.past(j) || in(perhapsWords, word) || coarseLists()["holding"][word]) {
				break
			}
			head = j
		}
		if head == i || r.needed(head) || in(singlesOut, r.at(head)) || slices.Contains(partWords, r.at(head)) {
			continue
		}
		if next := r.at(head + 1); i == 0 && !there && (next == "is" || next == "has" || in(perhapsWords, next) || !r.anyPast(0, r.clauseFrom(i))) { // A mayor is elected
			continue
		}
		if r.many() {
			return nil
		}
		return r.unknown(leastOfThing, false)
	}
	if s := r.unknown(leastOfThing, false); s != nil && r.happened() && !r.generic() && !r.many() && !in(asking, r.at(0)) {
		own := 0
		for _, w := range s.Words {
			if !staple(strings.ToLower(w)) {
				own++
			}
		}
		if own >= leastOfThing {
			return s
		}
	}
	return nil
}

// happened reports whether a verb of a sentence tells of the past, and not of how things
// are made.
func (r *reading) happened() bool {
	for i := range r.n {
		if r.past(i) && !in(isNow, r.at(i-1)) && !in(isNow, r.at(i-2)) {
			return true
		}
	}
	return false
}

// deeds are what one person does once.
var deeds = strings.Fields("escape flight departure getaway crossing capture arrest surrender desertion defection")

// deed finds what a sentence tells of one such deed, of "they" who live now, of one place
// among few, or of whom something is known: "Salt covered the escape", "They are thinking
// of moving to where the donkeys are", "Number two of three was read out", "The estate
// knows who it was".
func (r *reading) deed() *Specific {
	one := r.at(0) == "they" && r.at(1) == "are"
	for i := range r.n {
		switch {
		case r.at(i) == "all" && r.at(i+1) == "that" && in(isNow, r.at(i+2)) && in(strings.Fields("told said known"), r.at(i+3)):
			one = true
		case in(strings.Fields("knows know knew remembers"), r.at(i)) && in(strings.Fields("who whom whose"), r.at(i+1)):
			one = true
		case r.at(i) == "number" && numberWords[r.at(i+1)] > 0 && r.at(i+2) == "of" && numberWords[r.at(i+3)] > 0:
			return &Specific{Words: r.raw[i : i+4]}
		}
		one = one || in(deeds, r.at(i)) && r.at(i-1) == "the" && r.at(i+1) != "of" && r.anyPast(0, r.n)
	}
	if !one {
		return nil
	}
	return r.unknown(1, true)
}

// now finds things of which a sentence tells how they are now, and that is no general
// truth: "Crosses in a register stand for the missing".
func (r *reading) now() *Specific {
	if r.generic() || r.many() || in(asking, r.at(0)) {
		return nil
	}
	for i := 1; i+1 < r.n; i++ {
		if in(strings.Fields("a an the"), r.at(i)) && !r.known(i+1) && in(strings.Fields("for of in at on with from to near by under behind beside"), r.at(i-1)) {
			return r.unknown(leastOfThing, false)
		}
	}
	return nil
}

// unknown lists the words of a sentence that may not stand in one about nobody, with
// staples or without, if there are so many.
func (r *reading) unknown(least int, staples bool) *Specific {
	out := &Specific{}
	var own []int
	for i := range r.n {
		if i > 0 && r.past(i) {
			continue
		}
		if (!r.needed(i) || staples && staple(r.at(i))) && !slices.Contains(out.Words, r.raw[i]) {
			out.Words = append(out.Words, r.raw[i])
			own = append(own, i)
		}
	}
	if len(out.Words) < least || !staples && r.shared(own) {
		return nil
	}
	return out
}

// staple reports whether a word is for what everybody needs.
func staple(word string) bool { return coarseLists()["staples"][strings.TrimSuffix(word, "s")] }

// verbless reports whether a text tells of something without a verb: "Nine signatures, then
// none".
func (r *reading) verbless() bool {
	for i := range r.n {
		word := r.at(i)
		if r.past(i) || in(isNow, word) || in(perhapsWords, word) || word == "has" || word == "have" || coarseLists()["verbs"][strings.TrimSuffix(word, "s")] || i > 0 && strings.HasSuffix(word, "s") && r.known(i) {
			return false
		}
	}
	return true
}

// mostOfThings is how many things are counted as one counts what one has seen.
const mostOfThings = 100

// leastOfThing is how many words that not everything has make a thing one of its own.
const leastOfThing = 2

// partWords are words for a part of something.
var partWords = strings.Fields("fourth fifth sixth seventh eighth ninth tenth quarter dozen hundred thousand few little")

// clauseFrom is where the clause ends that a word begins.
func (r *reading) clauseFrom(i int) int {
	for i++; i < r.n && !r.stop(i); {
		i++
	}
	return i
}

// known reports whether a word may stand in a sentence about nobody: a general one, one
// of the land and its war, of the study, or a name or a number, which are looked at
// elsewhere.
func (r *reading) known(i int) bool {
	word := r.at(i)
	for _, w := range []string{word, strings.TrimSuffix(word, "s"), strings.TrimSuffix(word, "es")} {
		if coarseLists()["land"][w] || coarseLists()["study"][w] {
			return true
		}
	}
	return coarseWord(word) || r.raw[i] != strings.ToLower(r.raw[i]) && i > 0 || len(word) == 1 || in(offices, word) || in(notPeople, word) || in(monthNames, word) || numeral.MatchString(word) || numberWords[word] > 0 || len(r.d.longest(r.w, i)) > 0
}
