package wording

import (
	"strings"
)

var (
	small         = Set("function_words")
	verbs         = Set("verbs")
	durations     = Set("durations")
	measures      = Set("measures")
	months        = values("months")
	currencyWords = Set("currency")
)

// Small reports whether w is a function word, which ends a noun phrase.
func Small(w string) bool { return small[w] }

// Verb reports whether w is one of the common verbs.
func Verb(w string) bool { return verbs[w] }

var sayings = Set("saying")

// Saying reports whether w is a verb by which somebody speaks.
func Saying(w string) bool { return sayings[w] }

var moving = Set("moving")

// Moving reports whether w is a word of rising and falling, or of making
// something rise and fall.
func Moving(w string) bool { return moving[w] }

// Duration reports whether w is a unit or point of time, so that a number
// before it counts nothing.
func Duration(w string) bool { return durations[w] }

// Measure reports whether w is a unit of length, weight or the like.
func Measure(w string) bool { return measures[w] }

// Currency reports whether w names money.
func Currency(w string) bool { return currencyWords[w] }

// Month returns the number of a month by its name or short name, or 0.
func Month(w string) int { return int(months[w]) }

// VagueWord reports whether w is "dozens", "hundreds" and so on.
func VagueWord(w string) bool { return vagueWords[w] }

// Singular drops the plural ending of a noun.
func Singular(w string) string {
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

var irregular = english["irregular_plurals"]

var notPlural = Set("not_plural")

// Plural reports whether w looks like a plural noun.
func Plural(w string) bool {
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

// Verbish reports whether w may be a verb.
func Verbish(w string) bool {
	return verbs[w] || (strings.HasSuffix(w, "ed") && w != "hundred" || strings.HasSuffix(w, "ing")) && !strings.Contains(w, "-")
}

// A Noun is the noun phrase that says what is counted.
type Noun struct {
	Text   string // in lower case, head last
	Head   string // its last word
	Plural bool   // the head is a plural
	End    int    // first token after it
}

// NounAt reads the noun phrase that starts at token j. Without a parser, the
// first plural ends it, with the plurals that follow directly ("teachers
// unions") or after "and" ("generals and admirals").
func (t *Text) NounAt(j int) Noun {
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
		case w.Kind == Mark:
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
		case w.Kind == Number:
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
		if last >= 0 && !Plural(w.Low) {
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
		if Plural(w.Low) && !(t.Joined(k) && t.At(k+1).Low == "-") {
			last = k
		}
	}
	if first < 0 {
		return Noun{End: j}
	}
	if last < 0 {
		// no plural: what stands before the boundary, if it is short
		for n := 1; n < len(parts); n++ { // "the electorate voted"
			if Verbish(parts[n]) {
				parts, k = parts[:n], first+n
				break
			}
		}
		n := len(parts)
		return Noun{Text: strings.Join(parts, " "), Head: parts[n-1], End: k}
	}
	// cut what follows the last plural
	n := len(parts)
	for n > 1 && !Plural(LastPart(parts[n-1])) {
		n--
	}
	if currencyWords[LastPart(parts[n-1])] {
		return Noun{Text: "money", Head: "money", Plural: true, End: last + 1}
	}
	return Noun{Text: strings.Join(parts[:n], " "), Head: LastPart(parts[n-1]), Plural: true, End: last + 1}
}

// LastPart returns what follows the last hyphen.
func LastPart(s string) string { return s[strings.LastIndexByte(s, '-')+1:] }

// listed reports whether a list of plurals goes on at k: "companies and
// unions".
func (t *Text) listed(k int) bool {
	for n := 0; n < 6 && Plural(t.At(k).Low); n++ {
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
func (t *Text) followedByPlural(k int) bool {
	for n := 0; n < 3; n++ {
		w := t.At(k + n)
		if w.Kind != Word || small[w.Low] || verbs[w.Low] || smallWords[w.Low] > 0 || vagueWords[w.Low] || w.Low == "tens" {
			return false
		}
		if Plural(w.Low) {
			// "residents and sends just 31": a verb
			after := t.At(k + n + 1)
			return !(n == 0 && (after.Kind == Number || articleLike[after.Low]))
		}
	}
	return false
}

var (
	shortTitle  = Set("short_titles")
	articleLike = Set("after_a_verb")
)

// FirstWord and LastWord cut a phrase at its first and last blank.
func FirstWord(s string) string { w, _, _ := strings.Cut(s, " "); return w }
func LastWord(s string) string  { return s[strings.LastIndexByte(s, ' ')+1:] }

var (
	people    = Set("people")
	notPeople = Set("not_people")
	caseLike  = Set("cases")
)

// Personal reports whether a unit counts people.
func Personal(unit string) bool {
	h := Singular(LastPart(LastWord(unit)))
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

// CaseLike reports whether a unit counts cases, accounts and the like, each of
// which stands for a person.
func CaseLike(unit string) bool { return caseLike[Singular(LastWord(unit))] }
