package release

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"recount/internal/pattern"
)

// This file reads shares that somebody wrote in words, and numbers that stand before
// what people do: "a seventh of them", "two in three", "every fifth woman", "0.21 of
// the people", "twice as many women", "six came from Tarn". A whole of few people and
// a share of it give the count back.

const (
	parts  = `half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|elevenths?|twelfths?|thirteenths?|fifteenths?|twentieths?|thirtieths?|fortieths?|fiftieths?|hundredths?`
	digits = `\d+(?:[.,]\d+)?`
	spelt  = `(?:` + tens + `)(?:[- ](?:` + units + `))?|` + units + `|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|a hundred|hundred`
)

var (
	shareOf  = pattern.New(`\b(?:(?:an?|one|` + spelt + `|\d+)[ -](?:` + parts + `)|half)\b(?: +of)?(?: +(?:the|all|our|these|those|former|young)\b)*(?: +(\w+))?`)
	ofSome   = pattern.New(`\b(` + spelt + `|\d+) +(in every|out of every|of every|for every|out of|in|of|to) +(?:the +|these +|those +|all +)?(` + spelt + `|\d+)\b(?: +(\w+))?`)
	everyNth = pattern.New(`\bevery (?:second|other|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twentieth|\d+(?:st|nd|rd|th)) (\w+)`)
	asMany   = pattern.New(`\b(?:twice|thrice|double|triple|treble|half|(?:` + spelt + `|\d+) times)(?: as many| the number of| as often)?\b((?: +\w+){0,4})`)
	ratios   = pattern.New(`\b(?:\d+ ?: ?\d+|(?:` + spelt + `) to (?:` + spelt + `))\b`)
	decimals = pattern.New(`(?:^|[^\d.,\pL])(0?[.,]\d+)\b((?: +\w+){0,5})`)
	perOther = pattern.New(`(\d+(?:[.,]\d+)?) ?(?:pct\b|pc\b|p\.c\.|٪|‰|per mille\b|percentage points?\b|in (?:a|one) hundred\b)`)
	didThat  = pattern.New(`(?:^|[^\d.,\pL-])(` + spelt + `|\d+) +(\w+)`)
	ofRatio  = pattern.New(`\b(?:ratio|proportion|odds|outnumber(?:ed|s|ing)?|for every)\b`)
	isShare  = pattern.New(`\b(?:share|proportion|fraction|rate|ratio)\b`)
)

// doing are what people do, and nothing else that a report counts.
var doing = strings.Fields("came spoke said told fled lived worked complained knew feared named returned arrived escaped defected deserted refused cited left gave wept begged died survived surrendered stayed walked joined married studied served fought")

// verbsOfShare follow a share of people who are not named again: "a third came".
var verbsOfShare = append(strings.Fields("were are have had did"), doing...)

// worth is the value of a number in words or digits; -1 if it is none.
func worth(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	n := 0
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' }) {
		if w == "a" {
			continue
		}
		v, ok := numberWords[w]
		if !ok {
			return -1
		}
		n += v
	}
	return n
}

// shares says what shares and numbers before what people do a text gives away; "" if
// none. A share of which a number is printed, of the same whole, passes.
func (e *Edition) shares(numbers []Number, sentence string, printed map[int]bool, wholes []int) string {
	given := func(n, of int) bool {
		return slices.ContainsFunc(numbers, func(x Number) bool { return !x.Hidden && x.N == n && (x.Of == of || of == e.People) })
	}
	says := func(what string) string {
		return fmt.Sprintf("says %q of people, which no result prints as such", strings.TrimSpace(what))
	}
	for _, at := range shareOf.FindAllStringSubmatch(sentence, -1) {
		if at[1] != "a" && (slices.Contains(ofPeople, at[1]) || slices.Contains(verbsOfShare, at[1])) {
			return says(at[0])
		}
	}
	for _, at := range ofSome.FindAllStringSubmatch(sentence, -1) {
		n, of, next := worth(at[1]), worth(at[3]), at[4]
		switch {
		case n < 0 || of < 2 || n > of || of >= 1900 || slices.Contains(notPeople, next) || at[2] == "to" && !ofRatio.MatchString(sentence) || at[2] == "in" && slices.Contains(monthNames, next):
		case (at[2] == "of" || at[2] == "in") && next != "" && !slices.Contains(ofPeople, next) && !slices.Contains(verbsOfShare, next):
		case slices.Contains(wholes, of) && given(n, of):
		default:
			return says(at[0])
		}
	}
	for _, at := range everyNth.FindAllStringSubmatch(sentence, -1) {
		if slices.Contains(ofPeople, at[1]) || at[1] == "one" || slices.Contains(doing, at[1]) {
			return says(at[0])
		}
	}
	for _, at := range asMany.FindAllStringSubmatch(sentence, -1) {
		many := strings.Contains(at[0], "as many") || strings.Contains(at[0], "number of")
		if many && slices.ContainsFunc(strings.Fields(at[1]), func(w string) bool { return slices.Contains(ofPeople, w) }) {
			return says(at[0])
		}
	}
	if ofRatio.MatchString(sentence) {
		if r := ratios.FindString(sentence); r != "" {
			return says(r)
		}
	}
	for _, at := range decimals.FindAllStringSubmatch(sentence, -1) {
		if isShare.MatchString(sentence) || slices.ContainsFunc(strings.Fields(at[2]), func(w string) bool { return slices.Contains(ofPeople, w) }) {
			return says(at[1])
		}
	}
	if at := perOther.FindString(sentence); at != "" {
		return says(at)
	}
	for _, at := range didThat.FindAllStringSubmatch(sentence, -1) {
		if n := worth(at[1]); n > 1 && slices.Contains(doing, at[2]) && !printed[n] && !slices.Contains(wholes, n) && n < 1900 {
			return fmt.Sprintf("says %d of people, which no result prints", n)
		}
	}
	return ""
}
