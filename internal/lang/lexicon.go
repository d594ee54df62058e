package lang

import (
	"embed"
	"io/fs"
	"strings"
	"sync"
	"unicode"
)

//go:embed */lexicon.txt
var lexiconFiles embed.FS

// A Lexicon is what the program knows by hand about one language: one text
// file with sections of words. Words are in lower case.
type Lexicon struct {
	Code string // ISO 639-1, or "" for the empty lexicon

	// Cues maps each form of a word of speech to its base form: "said" to "say".
	Cues map[string]string
	// Speech maps more forms of words of speech to their base form: they tell
	// that somebody speaks, and are no features of the models.
	Speech map[string]string
	// Thoughts maps words of thinking, wanting and feeling to their base form.
	Thoughts map[string]string
	// According holds what stands before a source without a verb: "according to".
	According []string
	// Pronouns maps pronouns that may speak to "m", "f", "n" (thing), "p"
	// (several), "1" (I, we) or "?" (some person).
	Pronouns map[string]string
	// Titles maps titles before a name to "m", "f" or "?".
	Titles map[string]string
	// Called maps titles, without their stops, to what somebody who bears one is
	// called as well: "cllr" to "councillor".
	Called map[string][]string
	// Bodies are last words of the names of bodies: "plc", "railways".
	Bodies map[string]bool
	// Halls are more of them, which nothing has been learned with: "wharf", "towers".
	Halls map[string]bool
	// Families are last names that stand before the first name: "nguyen", "wong".
	Families map[string]bool
	// Nouns maps head nouns of sources to a class: "person", "woman", "man",
	// "document", "organisation", "collective".
	Nouns map[string]string
	// Things are nouns that speak without being anybody ("experience told her"),
	// or for a body ("management said"): with the capital of a sentence they are
	// no names.
	Things map[string]bool
	// Audience holds nouns for those who write in, ring in, ask or answer: with a
	// capital as well they describe somebody and are no name.
	Audience map[string]bool
	// Stops are words that carry no topic and begin no name.
	Stops map[string]bool
	// Fillers are other words that tell a reader nothing where they stand by
	// themselves: "pm", "going", "Tuesday".
	Fillers map[string]bool

	abbreviations map[string]bool
}

// Explains reports whether a word tells a reader something where it stands by
// itself: no stop word, pronoun, filler, single letter or number does. Of a
// language without a lexicon only letters and figures are known not to.
func (l *Lexicon) Explains(word string) bool {
	w := strings.ToLower(word)
	letters, sign := 0, false // a Chinese character may be a word
	for _, r := range w {
		if unicode.IsDigit(r) {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
			sign = sign || unicode.Is(unicode.Han, r)
		}
	}
	if letters < 2 && !sign || l.Stops[w] || l.Fillers[w] || l.Pronouns[w] != "" {
		return false
	}
	if !l.Known() {
		return true
	}
	numbers := NumbersOf(l.Code)
	return numbers["numbers"][w] == "" && numbers["scales"][w] == ""
}

// Person reports whether a word is a noun for one person, a man or a woman.
func (l *Lexicon) Person(word string) bool { return Somebody(l.Nouns[word]) }

// Somebody reports whether nouns of a class are for one person, a man or a woman.
func Somebody(class string) bool { return class == "person" || class == "man" || class == "woman" }

// Known reports whether there is a lexicon for this language.
func (l *Lexicon) Known() bool { return l.Code != "" }

// For returns the lexicon of a language by its ISO 639-1 code. A language
// without one gets the empty lexicon.
func For(language string) *Lexicon {
	if i := strings.IndexAny(language, "-_"); i >= 0 {
		language = language[:i]
	}
	if l := lexicons()[strings.ToLower(language)]; l != nil {
		return l
	}
	return lexicons()[""]
}

var lexicons = sync.OnceValue(func() map[string]*Lexicon {
	all := map[string]*Lexicon{"": parseLexicon("", "")}
	names, _ := fs.Glob(lexiconFiles, "*/lexicon.txt")
	for _, name := range names {
		data, _ := lexiconFiles.ReadFile(name)
		code := strings.TrimSuffix(name, "/lexicon.txt")
		all[code] = parseLexicon(code, string(data))
	}
	return all
})

// parseLexicon reads a lexicon file. A line "[name]" begins a section, "#" a
// comment; every other line is "base: form form" in sections that map words,
// or plain words. An underscore stands for a space inside an entry.
func parseLexicon(code, data string) *Lexicon {
	l := &Lexicon{
		Code: code, Cues: map[string]string{}, Speech: map[string]string{}, Thoughts: map[string]string{}, Called: map[string][]string{}, Bodies: map[string]bool{}, Halls: map[string]bool{}, Families: map[string]bool{}, Pronouns: map[string]string{}, Titles: map[string]string{},
		Nouns: map[string]string{}, Things: map[string]bool{}, Audience: map[string]bool{}, Stops: map[string]bool{}, Fillers: map[string]bool{}, abbreviations: map[string]bool{},
	}
	section := ""
	for line := range strings.Lines(data) {
		if i := strings.IndexByte(line, '#'); i >= 0 {
			line = line[:i]
		}
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if line[0] == '[' {
			section = strings.Trim(line, "[]")
			continue
		}
		key, rest, mapped := strings.Cut(line, ":")
		if !mapped {
			rest = line
		}
		for _, w := range strings.Fields(rest) {
			w = strings.ReplaceAll(w, "_", " ")
			switch section {
			case "cues":
				l.Cues[w] = key
			case "speech":
				l.Speech[w] = key
			case "thoughts":
				l.Thoughts[w] = key
			case "according":
				l.According = append(l.According, w)
			case "pronouns":
				l.Pronouns[w] = key
			case "titles":
				if _, ok := l.Titles[w]; !ok {
					l.Titles[w] = key
				}
			case "called":
				l.Called[key] = append(l.Called[key], w)
			case "bodies":
				l.Bodies[w] = true
			case "halls":
				l.Halls[w] = true
			case "families":
				l.Families[w] = true
			case "nouns":
				if _, ok := l.Nouns[w]; !ok {
					l.Nouns[w] = key
				}
			case "things":
				l.Things[w] = true
			case "audience":
				l.Audience[w] = true
			case "stops":
				l.Stops[w] = true
			case "fillers":
				l.Fillers[w] = true
			case "abbreviations":
				l.abbreviations[w] = true
			}
		}
	}
	return l
}
