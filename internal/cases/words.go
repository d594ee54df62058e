package cases

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed words/profile.txt
var profileFile string

// A lexicon is the hand-written words about people: sections of lines, each
// with the key before its colon, or without one.
type lexicon struct {
	sections map[string]map[string]string // section -> word or phrase -> key of its line
	begins   map[string]map[string]int    // section -> first word of a phrase -> words of the longest phrase
	named    map[string]bool              // countries
}

var profileWords = sync.OnceValue(func() *lexicon { return readLexicon(profileFile) })

func readLexicon(file string) *lexicon {
	l := &lexicon{sections: map[string]map[string]string{}, begins: map[string]map[string]int{}, named: map[string]bool{}}
	name := ""
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if strings.HasPrefix(line, "[") {
			name = strings.Trim(line, "[]")
			l.sections[name], l.begins[name] = map[string]string{}, map[string]int{}
			continue
		}
		key, words, ok := strings.Cut(line, ": ")
		if !ok {
			key, words = "", line
		}
		for _, w := range strings.Fields(words) {
			w = strings.ReplaceAll(w, "_", " ")
			l.sections[name][w] = strings.ReplaceAll(key, "_", " ")
			first := strings.TrimPrefix(strings.Fields(w)[0], "!")
			l.begins[name][first] = max(l.begins[name][first], len(strings.Fields(w)))
			if name == "countries" {
				l.named[l.sections[name][w]] = true
			}
		}
	}
	return l
}

// has returns the key of a word in a section.
func (l *lexicon) has(section, word string) (key string, ok bool) {
	key, ok = l.sections[section][word]
	return key, ok
}

func (l *lexicon) is(section, word string) bool {
	_, ok := l.sections[section][word]
	return ok
}
