package text

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount/internal/pattern"
	"recount/internal/text/metadata"
	"recount/internal/text/page"
)

// A list of articles whose heads name no outlet is told by the form of its
// heads: each part of the file, from its first line on, begins with the same
// kinds of lines, a title and a day, a place or a writer. An article that goes by
// days or places has a headline above, so its first head is of another form.

// Kinds of the lines of a head.
const (
	titleLine  = 't'
	dayLine    = 'd' // with a name or a place, if there is one
	writerLine = 'b'
	placeLine  = 'l' // or an outlet alone
	agencyLine = 'a' // the text begins with a place and an agency
	countLine  = 'n' // how many words, which page
	otherLine  = 'x'
)

var (
	wireOpening = pattern.New(`^\p{Lu}[\p{L} .'’-]{1,30}(?:, [^()—–]{1,24})? \(\p{Lu}?[\p{L} /.-]{1,24}\) ?[—–-]`)
	countOf     = pattern.New(`(?i)^\d{2,5} (?:words|wörter|mots|palabras|parole|palavras|woorden|слов|字)$|^(?:pp?|pg|page|seite|s|pág|página|pagina|стр|с)\. ?\d{1,3}$`)
)

// formedHeads counts the heads of one form in a text, 0 if it is no list. Two heads
// that hold little may also be parts of one article: then it is not sure.
func formedHeads(lines []string) (n int, sure bool) {
	type part struct {
		form  string
		text  string
		prose int
	}
	var parts []part
	open := false // the last line was one of a head
	for _, l := range lines {
		l = strings.Trim(l, "#*_ ")
		n := utf8.RuneCountInString(l)
		switch {
		case l == "" || strings.HasPrefix(l, "http") && !strings.Contains(l, " "):
			continue // an address belongs to what is above it
		case n >= 80 && page.Ended(l) || n > 160 || page.Ended(l) && countOf.FindString(l) == "":
			if len(parts) == 0 {
				return 0, false // running text first
			}
			p := &parts[len(parts)-1]
			if open && wireOpening.MatchString(l) {
				p.form += string(agencyLine)
			}
			if n >= 80 {
				p.prose++
			}
			open = false
		default:
			if !open {
				parts = append(parts, part{})
				open = true
			}
			p := &parts[len(parts)-1]
			if len(p.form) > headLines {
				return 0, false
			}
			p.form += formOf(l)
			p.text += "\n" + strings.ToLower(l)
		}
		if len(parts) > 5000 {
			break // the beginning of a long list is enough
		}
	}
	if len(parts) < leastListed {
		return 0, false
	}
	form, seen := parts[0].form, map[string]bool{}
	least := 3
	if strings.ContainsRune(form, writerLine) && strings.ContainsRune(form, dayLine) || strings.ContainsRune(form, agencyLine) {
		least = leastListed
	}
	if !strings.ContainsRune(form, titleLine) || len(form) < 2 || strings.ContainsRune(form, otherLine) ||
		slices.ContainsFunc(runningWords, func(w string) bool { return strings.Contains(parts[0].text, w) }) {
		return 0, false
	}
	prose := 0
	for i, p := range parts {
		switch {
		case p.form == form:
			if i > 0 && prose < 2 || seen[p.text] {
				return 0, false
			}
			seen[p.text] = true
			n, prose = n+1, p.prose
		case p.form == string(titleLine) && n > 0: // a subhead
			prose += p.prose
		default:
			return 0, false
		}
	}
	if prose < 2 || n < leastListed {
		return 0, false
	}
	return n, n >= least
}

// maybeListed is a note on a text that may be a list of n articles, "" if nothing
// says so.
func maybeListed(lines []string) string {
	if n, sure := formedHeads(lines); n > 0 && !sure {
		return fmt.Sprintf("it may hold %d articles under one title: parts of it begin with a title and lines of one form; if it does, cut the file and add the parts", n)
	}
	return ""
}

// formOf returns the kinds of a line of a head.
func formOf(l string) string {
	if hourly.MatchString(l) || len(l) > 200 {
		return string(otherLine)
	}
	if countOf.MatchString(l) {
		return string(countLine)
	}
	if holdsYear(l) {
		day, rest := metadata.DayIn(l)
		name, _, _ := strings.Cut(rest, ",")
		switch {
		case day == "":
			return string(otherLine)
		case isTitle(name):
			return string(titleLine) + string(dayLine)
		}
		return string(dayLine)
	}
	words := strings.Fields(l)
	switch {
	case outlet(l) && len(words) < 4:
		return string(placeLine)
	case metadata.IsByline(l):
		return string(writerLine)
	case isTitle(l):
		return string(titleLine)
	case len(words) <= 3 && (l == strings.ToUpper(l) || len(words) == 1) && !strings.ContainsAny(l, "0123456789:?!") && capital(l):
		return string(placeLine)
	}
	return string(otherLine)
}

// isTitle reports whether a line may be the title of an article: three words or
// more, not all in capitals like a name's, and no question or label.
func isTitle(l string) bool {
	words := strings.Fields(l)
	if len(words) < 3 || len(words) > 25 || strings.HasSuffix(l, "?") || strings.HasSuffix(l, ":") {
		return false
	}
	small := 0
	for _, w := range words[1:] {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLetter(r) && !unicode.IsUpper(r) {
			small++
		}
	}
	return small > 0 || len(words) > 3
}

func capital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || unicode.IsLetter(r) && !unicode.IsLower(r)
}
