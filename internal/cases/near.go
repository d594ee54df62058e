package cases

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// window is how far after a mention a speaker's age and place are looked for,
// in bytes.
const window = 120

// after returns the text that follows each mention of the speaker, up to the
// end of the sentence or the window.
func after(r *Record) []string {
	var out []string
	text := r.Article.Text
	for i, m := range r.Speaker.Mentions {
		if i == 20 {
			break
		}
		if !m.Within(text) {
			continue
		}
		end := min(len(text), m.End+window)
		for end < len(text) && !utf8.RuneStart(text[end]) {
			end++
		}
		s := text[m.End:end]
		if k := strings.IndexAny(s, "\n”\""); k >= 0 {
			s = s[:k]
		}
		out = append(out, s)
	}
	return out
}

// ageNear reads ", 29,", "aged 29" or ", a 29-year-old" after a mention, and returns the years of
// birth that it allows on the day of publication.
func ageNear(r *Record) (printed string, years [2]int) {
	published := r.Article.Date()
	if !published.Known() {
		return "", years
	}
	year := published.Year()
	for _, s := range after(r) {
		s = strings.TrimLeft(s, ", (")
		s = strings.TrimPrefix(s, "aged ")
		s = strings.TrimPrefix(s, "who is ")
		s = strings.TrimPrefix(s, "a ")
		n := 0
		for n < len(s) && s[n] >= '0' && s[n] <= '9' {
			n++
		}
		if n == 0 || n > 2 {
			continue
		}
		if rest := s[n:]; rest != "" && !strings.HasPrefix(rest, ",") && !strings.HasPrefix(rest, ".") && !strings.HasPrefix(rest, ")") && !strings.HasPrefix(rest, "-year-old") {
			continue
		}
		if age, _ := strconv.Atoi(s[:n]); age >= 5 {
			return s[:n], [2]int{year - age - 1, year - age}
		}
	}
	return "", years
}

// placeNear reads "from X" after a mention, X being capitalised.
func placeNear(r *Record) string {
	for _, s := range after(r) {
		k := strings.Index(s, " from ")
		if k < 0 {
			continue
		}
		if dot := strings.Index(s, ". "); dot >= 0 && dot < k {
			continue
		}
		s = s[k+len(" from "):]
		end := 0
		for _, w := range strings.SplitAfter(s, " ") {
			first, _ := utf8.DecodeRuneInString(w)
			if !unicode.IsUpper(first) {
				break
			}
			end += len(w)
			if strings.ContainsAny(w, ",.;") {
				break
			}
		}
		if p := strings.Trim(s[:end], " ,.;"); p != "" {
			return p
		}
	}
	return ""
}
