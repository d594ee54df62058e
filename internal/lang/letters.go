package lang

import (
	_ "embed"
	"maps"
	"slices"
	"strconv"
	"sync"
)

//go:embed letters.txt
var letterList string

// Letters says of languages, in order of their codes, how often a letter in lower case
// stands in running text, in thousandths; what is not listed is no letter of
// theirs.
var Letters = sync.OnceValue(func() []map[rune]int {
	sections := parseNumbers(letterList)
	var out []map[rune]int
	for _, code := range slices.Sorted(maps.Keys(sections)) {
		of := map[rune]int{}
		for letter, often := range sections[code] {
			n, err := strconv.Atoi(often)
			if err != nil {
				continue
			}
			for _, r := range letter {
				of[r] = n
			}
		}
		out = append(out, of)
	}
	return out
})
