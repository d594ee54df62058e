package figures

import (
	"strings"
)

var (
	small         = wordSet("function_words")
	verbs         = wordSet("verbs")
	durations     = wordSet("durations")
	measures      = wordSet("measures")
	months        = values("months")
	currencyWords = wordSet("currency")
)

// isSmall reports whether w is a function word, which ends a noun phrase.
func isSmall(w string) bool { return small[w] }

// isVerb reports whether w is one of the common verbs.
func isVerb(w string) bool { return verbs[w] }

var sayings = wordSet("saying")

// isSaying reports whether w is a verb by which somebody speaks.
func isSaying(w string) bool { return sayings[w] }

var moving = wordSet("moving")

// isMoving reports whether w is a word of rising and falling, or of making
// something rise and fall.
func isMoving(w string) bool { return moving[w] }

// isDuration reports whether w is a unit or point of time, so that a number
// before it counts nothing.
func isDuration(w string) bool { return durations[w] }

// isMeasure reports whether w is a unit of length, weight or the like.
func isMeasure(w string) bool { return measures[w] }

// isCurrency reports whether w names money.
func isCurrency(w string) bool { return currencyWords[w] }

// monthNumber returns the number of a month by its name or short name, or 0.
func monthNumber(w string) int { return int(months[w]) }

// singular drops the plural ending of a noun.
func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case irregular[w] != "":
		return irregular[w]
	case strings.HasSuffix(w, "women") || strings.HasSuffix(w, "men") && len(w) > 3 && w != "specimen":
		return w[:len(w)-2] + "an"
	case strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "shes") || strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "xes"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		return w[:len(w)-1]
	}
	return w
}

var irregular = englishWords["irregular_plurals"]

var notPlural = wordSet("not_plural")

// isPlural reports whether w looks like a plural noun.
func isPlural(w string) bool {
	if irregular[w] != "" && !strings.HasSuffix(w, "s") || strings.HasSuffix(w, "men") && len(w) > 4 ||
		strings.HasSuffix(w, "people") || w == "police" || w == "personnel" || w == "troops" {
		return true
	}
	if len(w) < 3 || !strings.HasSuffix(w, "s") || notPlural[w] {
		return false
	}
	for _, e := range [...]string{"ss", "us", "is", "'s"} {
		if strings.HasSuffix(w, e) {
			return false
		}
	}
	return true
}

// isVerbish reports whether w may be a verb.
func isVerbish(w string) bool {
	return verbs[w] || (strings.HasSuffix(w, "ed") && w != "hundred" || strings.HasSuffix(w, "ing")) && !strings.Contains(w, "-")
}

// A nounPhrase is the noun phrase that says what is counted.
type nounPhrase struct {
	Text   string // in lower case, head last
	Head   string // its last word
	Plural bool   // the head is a plural
	End    int    // first token after it
}

// NounAt reads the noun phrase that starts at token j. Without a parser, the
// first plural ends it, with the plurals that follow directly ("teachers
// unions") or after "and" ("generals and admirals").
func (t *tokens) NounAt(j int) nounPhrase {
	first, last := -1, -1
	of := t.At(j - 1).Sent
	k := j
	for q := t.At(k); k == j && (q.Low == `"` || q.Low == "“" || q.Low == "'" || q.Low == "‘" || q.Low == "("); q = t.At(k) {
		k++
	}
	var parts []string
	seen := 0
scan:
	for ; k < len(t.Tok) && seen < 9; k++ {
		w := t.At(k)
		if w.Sent != of {
			break
		}
		switch {
		case w.Kind == markToken:
			if w.Low == "-" && first >= 0 && t.Joined(k-1) && (t.Joined(k) || t.At(k+1).Low == "and") {
				parts[len(parts)-1] += "-"
				if t.Joined(k) && t.Joined(k+1) && t.At(k+2).Low == "-" { // "side-by-side"
					parts[len(parts)-1] += t.At(k+1).Low + "-"
					k += 2
				}
				continue
			}
			if w.Low == "." && t.Joined(k-1) && shortTitle[t.At(k-1).Low] { // "Mr. Orlan's backers"
				continue
			}
			if w.Low == "," && last == k-1 && last >= 0 && t.listed(k+1) {
				continue
			}
			break scan
		case w.Kind == numberToken:
			break scan
		case (w.Low == "and" || w.Low == "or") && first >= 0:
			if t.At(k-1).Low == "-" {
				continue
			}
			if last < 0 && t.followedByPlural(k+1) { // "past and current employees"
				parts = append(parts, w.Low)
				continue
			}
			if last == k-1 && t.followedByPlural(k+1) {
				parts = append(parts, w.Low)
				last = -2 // the phrase goes on to the next plural
				continue
			}
			break scan
		case (small[w.Low] && w.Low != "near" || verbs[w.Low]) && !(t.Joined(k) && t.At(k+1).Low == "-" && t.Joined(k+1)): // but "off-duty guards"
			break scan
		case smallWords[w.Low] > 0 || vagueWords[w.Low]:
			break scan
		}
		if last >= 0 && !isPlural(w.Low) {
			break
		}
		if first < 0 {
			first = k
		}
		seen++
		if n := len(parts); n > 0 && strings.HasSuffix(parts[n-1], "-") && t.Joined(k-1) {
			parts[n-1] += w.Low
		} else {
			parts = append(parts, w.Low)
		}
		if isPlural(w.Low) && !(t.Joined(k) && t.At(k+1).Low == "-") {
			last = k
		}
	}
	if first < 0 {
		return nounPhrase{End: j}
	}
	if last < 0 {
		// no plural: what stands before the boundary, if it is short
		for n := 1; n < len(parts); n++ { // "the electorate voted"
			if isVerbish(parts[n]) {
				parts, k = parts[:n], first+n
				break
			}
		}
		n := len(parts)
		return nounPhrase{Text: strings.Join(parts, " "), Head: parts[n-1], End: k}
	}
	// cut what follows the last plural
	n := len(parts)
	for n > 1 && !isPlural(lastPart(parts[n-1])) {
		n--
	}
	if currencyWords[lastPart(parts[n-1])] {
		return nounPhrase{Text: "money", Head: "money", Plural: true, End: last + 1}
	}
	return nounPhrase{Text: strings.Join(parts[:n], " "), Head: lastPart(parts[n-1]), Plural: true, End: last + 1}
}

// lastPart returns what follows the last hyphen.
func lastPart(s string) string { return s[strings.LastIndexByte(s, '-')+1:] }

// listed reports whether a list of plurals goes on at k: "companies and
// unions".
func (t *tokens) listed(k int) bool {
	for n := 0; n < 6 && isPlural(t.At(k).Low); n++ {
		if t.At(k+1).Low == "and" {
			return t.followedByPlural(k + 2)
		}
		if t.At(k+1).Low != "," {
			return false
		}
		k += 2
	}
	return false
}

// followedByPlural reports whether a plural comes within two words.
func (t *tokens) followedByPlural(k int) bool {
	for n := 0; n < 3; n++ {
		w := t.At(k + n)
		if w.Kind != wordToken || small[w.Low] || verbs[w.Low] || smallWords[w.Low] > 0 || vagueWords[w.Low] || w.Low == "tens" || w.Low == "several" {
			return false
		}
		if isPlural(w.Low) {
			// "residents and sends just 31": a verb
			after := t.At(k + n + 1)
			return !(n == 0 && (after.Kind == numberToken || articleLike[after.Low]))
		}
	}
	return false
}

var (
	shortTitle  = wordSet("short_titles")
	articleLike = wordSet("after_a_verb")
)

// firstWord and LastWord cut a phrase at its first and last blank.
func firstWord(s string) string { w, _, _ := strings.Cut(s, " "); return w }
func lastWord(s string) string  { return s[strings.LastIndexByte(s, ' ')+1:] }

var (
	people    = wordSet("people")
	notPeople = wordSet("not_people")
	caseLike  = wordSet("cases")
)

// isPersonal reports whether a unit counts people.
func isPersonal(unit string) bool {
	h := singular(lastPart(lastWord(unit)))
	if people[h] || strings.HasSuffix(h, "man") || strings.HasSuffix(h, "woman") || strings.HasSuffix(h, "child") {
		return true
	}
	if notPeople[h] || len(h) < 5 {
		return false
	}
	for _, e := range [...]string{"er", "or", "ist", "ian", "ee", "ant", "lander"} {
		if strings.HasSuffix(h, e) {
			return true
		}
	}
	return false
}

// isCaseLike reports whether a unit counts cases, accounts and the like, each of
// which stands for a person.
func isCaseLike(unit string) bool { return caseLike[singular(lastWord(unit))] }
