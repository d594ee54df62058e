package figures

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"recount/internal/lang"
)

// englishWords holds the word lists of English numbers: lang/en/numbers.txt.
var englishWords = lang.NumbersOf("en")

// wordSet returns the words of a section of the list.
func wordSet(section string) map[string]bool {
	m := map[string]bool{}
	for w := range englishWords[section] {
		m[w] = true
	}
	return m
}

// wordList returns the words of a section, sorted.
func wordList(section string) []string { return slices.Sorted(maps.Keys(englishWords[section])) }

// wordKeys returns the words of a section, each with the key of its line.
func wordKeys(section string) map[string]string { return englishWords[section] }

// values returns the words of a section, each with the number of its line.
func values(section string) map[string]int64 {
	m := map[string]int64{}
	for w, v := range englishWords[section] {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			panic("lang/en/numbers.txt: [" + section + "] " + w + ": " + err.Error())
		}
		m[w] = n
	}
	return m
}

// ratios returns the words of a section whose lines are ratios: "3/4".
func ratios(section string) map[string][2]int64 {
	m := map[string][2]int64{}
	for w, v := range englishWords[section] {
		a, b, _ := strings.Cut(v, "/")
		num, err := strconv.ParseInt(a, 10, 64)
		den, err2 := strconv.ParseInt(b, 10, 64)
		if err != nil || err2 != nil || den == 0 {
			panic("lang/en/numbers.txt: [" + section + "] " + w + " is no ratio")
		}
		m[w] = [2]int64{num, den}
	}
	return m
}
