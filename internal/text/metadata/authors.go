package metadata

// This file takes the names out of a byline.
//
// In: a byline as printed. Out: names. Method: what a line of that kind holds
// beside names is taken away by its marks and words: rights notices, brackets,
// pictures, days, addresses, buttons, outlets, agencies, places. Limits: no list
// of names; a place that stands alone behind a comma is told from a name by
// being one word.

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount/internal/lang"
	"recount/internal/text/date"
)

var (
	surnameWords = lang.Set(wordsOfLines["surname"])
	leadWords    = wordsOfLines["lead"]
	buttonWords  = lang.Set(wordsOfLines["button"])
	rightsWords  = wordsOfLines["rights"]
	placeWords   = lang.Set(wordsOfLines["place"])
	paperWords   = lang.Set(wordsOfLines["paper"])
	makerWords   = lang.Set(wordsOfLines["maker"])
)

// joiners stand between two names of one line, listers between all else.
var (
	joiners = strings.NewReplacer(" and ", "\x00", " AND ", "\x00", " und ", "\x00", " et ", "\x00", " y ", "\x00", " e ", "\x00", " & ", "\x00", " with ", "\x00")
	listers = strings.NewReplacer(" / ", ",", ";", ",", "|", ",", " - ", ",", " – ", ",", " — ", ",", "•", ",", "·", ",")
)

// Authors takes the names out of a byline.
func Authors(byline string) []string {
	s := strings.Trim(beforeRights(byline), " |•·-–—")
	if i := strings.Index(s, " by "); i > 0 && strings.ContainsAny(s[:i], "0123456789") {
		s = s[i+1:]
	}
	s = strings.TrimLeft(s[len(opened(s)):], ": ")
	s = withoutBrackets(beforeNames(s[:beforePictures(s)]))
	var out []string
	for part := range strings.SplitSeq(listers.Replace(s), ",") {
		for n, p := range strings.Split(joiners.Replace(part), "\x00") {
			p = oneName(beforeNames(strings.TrimSpace(p)))
			words := strings.Fields(p)
			// Behind a name and a comma, one word is a place or an agency.
			if p == "" || len(out) > 0 && n == 0 && (len(words) == 1 && !strings.Contains(part, "\x00") && strings.Contains(out[0], " ") || paperWords[strings.ToLower(words[len(words)-1])]) {
				continue
			}
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// beforeNames takes away the words that open a byline, and what stands before
// "by" if that is no name: "EXCLUSIVE", "Special report by".
func beforeNames(s string) string {
	for range 3 {
		was := s
		s = strings.TrimLeft(s[len(opened(s)):], ": |")
		low := strings.ToLower(s)
		for _, w := range leadWords {
			if strings.HasPrefix(low, w+" ") && len(low) == len(s) {
				s, low = s[len(w)+1:], low[len(w)+1:]
			}
		}
		if i := strings.Index(low, " by "); i > 0 && len(low) == len(s) && !strings.ContainsAny(s[:i], ",;|/") && (s[:i] == strings.ToUpper(s[:i]) || !names(s[:i], 4)) {
			s = s[i+1:]
		}
		if s == was {
			break
		}
	}
	return s
}

// oneName returns the name that a part of a byline begins with, or "".
func oneName(p string) string {
	p = beforeDate(p)
	if low := strings.ToLower(p); slices.ContainsFunc(notNames, func(w string) bool { return strings.Contains(low, w) }) {
		return "" // "Quay Courier staff"
	}
	words := strings.Fields(p)
	loud := len(words) > 2 && p == strings.ToUpper(p) && p != strings.ToLower(p)
	for i, w := range words {
		small := strings.ToLower(strings.Trim(w, ".,"))
		if i > 0 && (loud && placeWords[small] || !strings.ContainsFunc(w, unicode.IsUpper) && strings.ContainsFunc(w, unicode.IsLower) && !surnameWords[small] || placeWords[small] && w == small) {
			if i < 2 {
				return "" // "Print this article"
			}
			words = words[:i]
			break
		}
	}
	if len(words) == 0 {
		return ""
	}
	if last := words[len(words)-1]; len(last) > 3 {
		words[len(words)-1] = strings.TrimRight(last, ".") // an initial and "Jr." keep theirs
	}
	p = strings.Join(words, " ")
	low := strings.ToLower(p)
	first, _ := utf8.DecodeRuneInString(p)
	switch n := utf8.RuneCountInString(p); {
	case n < 3 || n > 60 || strings.ContainsAny(p, "@/0123456789:") || unicode.IsLower(first) || !unicode.IsLetter(first), webAddress(low):
		return ""
	case date.Months[strings.Trim(low, ".")] > 0, noiseWords[low]:
		return ""
	case buttonWords[strings.ToLower(words[0])] && len(words) < 3, words[0] == "The", len(words) > 1 && makerWords[strings.ToLower(words[len(words)-1])], len(words) < 4 && Agency(p) != "":
		return ""
	case strings.Contains(p, ".") && !strings.Contains(p, ". ") && len(words) == 1: // a host
		return ""
	}
	return p
}

// beforeRights cuts a line where a notice about rights begins.
func beforeRights(s string) string {
	low := strings.ToLower(s)
	if len(low) != len(s) {
		return s
	}
	end := len(s)
	for _, w := range rightsWords {
		if i := strings.Index(low, w); i >= 0 && i < end {
			end = i
		}
	}
	if end == len(s) {
		return s
	}
	return strings.TrimRight(s[:end], " .,;|–-")
}

// withoutBrackets takes away what stands in brackets: addresses, days, agencies.
func withoutBrackets(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch r {
		case '(', '[', '<':
			depth++
		case ')', ']', '>':
			depth = max(0, depth-1)
		default:
			if depth == 0 {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// beforePictures returns where the name of who took the pictures begins behind
// those of the writers, len(s) if none does.
func beforePictures(s string) int {
	low := strings.ToLower(s)
	if len(low) != len(s) {
		return len(s)
	}
	best := len(s)
	for w := range picturedWords {
		if i := strings.Index(low, w); i >= 0 && i < best && whole(low, i, i+len(w)) {
			if before := strings.TrimRight(low[:i], " "); before == "" || strings.ContainsAny(before[len(before)-1:], "/|,;.-(") || strings.HasSuffix(before, " and") {
				best = i
			}
		}
	}
	return best
}

// beforeDate cuts a part of a byline where a date, a handle or "on Monday"
// begins.
func beforeDate(p string) string {
	words := strings.Fields(p)
	for i, w := range words {
		low := strings.ToLower(strings.Trim(w, ".,"))
		if w[0] == '@' || '0' <= w[0] && w[0] <= '9' || i > 0 && (date.Months[low] > 0 && i+1 < len(words) || low == "on" || strings.HasSuffix(low, "day") && i+1 < len(words)) {
			return strings.Join(words[:i], " ")
		}
		if at := strings.IndexByte(w, '@'); at > 0 {
			return strings.Join(append(words[:i:i], w[:at]), " ")
		}
	}
	return p
}

// notNames are words of a byline that name a role, a desk or an agency.
var notNames = wordsOfLines["role"]
