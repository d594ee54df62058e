package lang

import (
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"recount"
)

//go:embed */names.txt
var nameFiles embed.FS

// A firstName is what the lists of first names hold about one word.
type firstName uint8

const (
	womansName firstName = 1 << iota
	mansName
	lastName // it is common as a last name too
)

// FirstNames is what lists of first names hold about words in lower case.
type FirstNames map[string]firstName

// FirstName returns whose first name a word in lower case commonly is, in any
// of the languages that have a list; UnknownGender if no list holds it, or if
// two contradict each other. Surname reports that the word is a common last
// name as well, so that alone it tells nothing.
func FirstName(word string) (gender recount.Gender, surname bool) { return AllNames().Of(word) }

// BothBear reports whether women and men bear a first name, so that not even its
// letters tell.
func BothBear(word string) bool { return AllNames().BothBear(word) }

// Of is FirstName in some of the lists.
func (l FirstNames) Of(word string) (gender recount.Gender, surname bool) {
	n := l[word]
	switch n & (womansName | mansName) {
	case womansName:
		return recount.Woman, n&lastName != 0
	case mansName:
		return recount.Man, n&lastName != 0
	}
	return recount.UnknownGender, n&lastName != 0
}

// BothBear is the function of that name in some of the lists.
func (l FirstNames) BothBear(word string) bool {
	const both = womansName | mansName
	return l[word]&both == both
}

// AllNames returns all lists of first names.
var AllNames = sync.OnceValue(func() FirstNames { return NamesWithout() })

// NamesWithout returns the lists of first names of all languages but some.
func NamesWithout(languages ...string) FirstNames {
	all := make(FirstNames, 4096)
	files, _ := fs.Glob(nameFiles, "*/names.txt")
	for _, file := range files {
		if slices.Contains(languages, path.Dir(file)) {
			continue
		}
		data, _ := nameFiles.ReadFile(file)
		var of firstName
		for line := range strings.Lines(string(data)) {
			line = strings.TrimSpace(line)
			switch line {
			case "[women]":
				of = womansName
				continue
			case "[men]":
				of = mansName
				continue
			case "[surnames]":
				of = lastName
				continue
			case "[both]":
				of = womansName | mansName
				continue
			}
			if strings.HasPrefix(line, "#") {
				continue
			}
			for _, w := range strings.Fields(line) {
				all[w] |= of
				all[plain(w)] |= of
			}
		}
	}
	return all
}

// plain returns a name as it is printed without the accents of its language.
func plain(name string) string {
	if strings.IndexFunc(name, func(r rune) bool { return r >= 0x80 }) < 0 {
		return name
	}
	return accents.Replace(name)
}

var accents = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ä", "a", "ã", "a", "å", "a", "ą", "a", "ç", "c", "ć", "c", "č", "c", "é", "e", "è", "e", "ê", "e", "ë", "e", "ě", "e", "ę", "e", "ð", "d", "ğ", "g", "í", "i", "î", "i", "ï", "i", "ı", "i", "ł", "l", "ñ", "n", "ň", "n", "ń", "n",
	"ó", "o", "ò", "o", "ô", "o", "ö", "o", "õ", "o", "ø", "o", "ř", "r", "ş", "s", "š", "s", "ś", "s", "ß", "ss", "ť", "t", "ú", "u", "ù", "u", "û", "u", "ü", "u", "ů", "u", "ý", "y", "ž", "z", "ż", "z", "ź", "z", "æ", "ae", "œ", "oe")
