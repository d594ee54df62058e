package metadata

import (
	_ "embed"
	"strings"
	"unicode"
)

//go:embed languages.txt
var languageList string

// A knownLanguage is what is known of one language.
type knownLanguage struct {
	code    string
	letters map[rune]bool // beside a to z, or of its script
}

// tongues are the languages in the order of the list, which decides a tie, and
// speakers the languages of each common word.
var tongues, speakers = func() (list []knownLanguage, of map[string][]int) {
	of = map[string][]int{}
	for line := range strings.SplitSeq(languageList, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		if code, letters, ok := strings.Cut(line, ":"); ok && len(code) == 2 {
			t := knownLanguage{code, map[rune]bool{}}
			for _, r := range letters {
				t.letters[r] = true
			}
			list = append(list, t)
			continue
		}
		i, seen := len(list)-1, map[string]bool{}
		for w := range strings.FieldsSeq(line) {
			if !seen[w] {
				seen[w] = true
				of[w] = append(of[w], i)
			}
		}
	}
	return list, of
}()

// scripts are languages that are the only ones here of their script.
var scripts = []struct {
	table *unicode.RangeTable
	code  string
}{
	{unicode.Hiragana, "ja"}, {unicode.Katakana, "ja"}, {unicode.Hangul, "ko"}, {unicode.Hebrew, "he"}, {unicode.Greek, "el"}, {unicode.Thai, "th"},
	{unicode.Devanagari, "hi"}, {unicode.Bengali, "bn"}, {unicode.Tamil, "ta"}, {unicode.Georgian, "ka"}, {unicode.Armenian, "hy"}, {unicode.Ethiopic, "am"},
	{unicode.Khmer, "km"}, {unicode.Myanmar, "my"}, {unicode.Gujarati, "gu"}, {unicode.Telugu, "te"},
}

// few returns the language of a text of a few words: by its script, else by
// its common words and its letters; "" if two languages fit as well. sure says
// that it is not the language that the page says, if those here tell it at all.
func few(text, said string) (code string, sure bool) {
	letters, han, arabic, persian, urdu := 0, 0, 0, 0, 0
	of := make([]int, len(scripts))
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if r < 0x250 {
			continue
		}
		switch {
		case unicode.Is(unicode.Han, r):
			han++
			continue
		case unicode.Is(unicode.Arabic, r):
			arabic++
			switch r {
			case 'پ', 'چ', 'ژ', 'گ', 'ی', 'ک':
				persian++
			case 'ٹ', 'ڈ', 'ڑ', 'ے', 'ں', 'ہ', 'ھ':
				urdu++
			}
			continue
		}
		for i, s := range scripts {
			if unicode.Is(s.table, r) {
				of[i]++
				break
			}
		}
	}
	if letters == 0 {
		return "", false
	}
	kana := of[0] + of[1]
	switch {
	case kana > 0 && (kana+han)*2 > letters:
		return "ja", true
	case han*2 > letters:
		return "zh", true
	case arabic*2 > letters && urdu > 0:
		return "ur", true
	case arabic*2 > letters && persian*20 >= arabic && persian > 0:
		return "fa", true
	case arabic*2 > letters:
		return "ar", true
	}
	for i, n := range of {
		if n*2 > letters {
			return scripts[i].code, true
		}
	}
	return byWords(text, said)
}

// byWords tells languages of one script apart by their common words, each
// counting the more the fewer languages have it, and by letters.
func byWords(text, said string) (code string, sure bool) {
	score := make([]int, len(tongues))
	low := strings.ToLower(strings.ReplaceAll(text, "’", "'"))
	hits := make([]int, len(tongues))
	for w := range strings.FieldsFuncSeq(low, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		of := speakers[w]
		for _, i := range of {
			score[i] += 60 / len(of)
			hits[i]++
		}
	}
	// A letter that a language does not have speaks against it, one that few
	// have for them.
	marked := map[rune]bool{}
	for _, r := range low {
		if r >= 0x80 && unicode.IsLetter(r) {
			marked[r] = true
		}
	}
	for r := range marked {
		n := 0
		for i := range tongues {
			if tongues[i].letters[r] {
				n++
			}
		}
		for i := range tongues {
			switch {
			case tongues[i].letters[r]:
				score[i] += 60 / max(n, 1)
			case n > 0:
				score[i] -= 40
			}
		}
	}
	best, second := -1, -1
	for i, s := range score {
		if hits[i] == 0 {
			continue
		}
		switch {
		case best < 0 || s > score[best]:
			best, second = i, best
		case second < 0 || s > score[second]:
			second = i
		}
	}
	if best < 0 || score[best] < 40 || second >= 0 && score[second] >= score[best] {
		return "", false
	}
	mine := 0
	for i := range tongues {
		if tongues[i].code == said {
			mine = max(0, score[i])
		}
	}
	return tongues[best].code, score[best] >= 120 && hits[best] >= 2 && score[best] >= 2*mine
}
