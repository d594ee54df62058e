package metadata

// This file takes the names out of a byline.
//
// In: a byline as printed. Out: names. Method: what a line of that kind holds
// beside names is taken away by its marks and words: rights notices, brackets,
// pictures, days, addresses, buttons, outlets, agencies, places. Limits: no list
// of names; a place beside a name or a role is told from a name by being one
// word, or by the words with which names of places begin and end.

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount/internal/lang"
	"recount/internal/text/date"
	"recount/internal/text/page"
)

var (
	surnameWords = lang.Set(wordsOfLines["surname"])
	leadWords    = wordsOfLines["lead"]
	buttonWords  = lang.Set(wordsOfLines["button"])
	rightsWords  = wordsOfLines["rights"]
	placeWords   = lang.Set(wordsOfLines["place"])
	paperWords   = lang.Set(wordsOfLines["paper"])
	makerWords   = lang.Set(wordsOfLines["maker"])
	roleWords    = lang.Set(wordsOfLines["role"])
	placeFirst   = lang.Set(wordsOfLines["place.first"])
	placeLast    = lang.Set(wordsOfLines["place.last"])
	placeSaint   = lang.Set(wordsOfLines["place.saint"])
)

// joiners stand between two names of one line, listers between all else.
var (
	joiners = strings.NewReplacer(" and ", "\x00", " AND ", "\x00", " und ", "\x00", " et ", "\x00", " y ", "\x00", " e ", "\x00", " & ", "\x00", " with ", "\x00")
	listers = strings.NewReplacer(" / ", ",", ";", ",", "|", ",", " - ", ",", " – ", ",", " — ", ",", "•", ",", "·", ",")
)

// byName returns a byline without the words before it that say no more than that
// somebody wrote: "Von Anna Huber", "Текст: Ада Брунн". "Interview by" and "as told
// to" say more and stay. lang is the language of the article.
func byName(s, lang string) string {
	for range 2 { // "Text: Von Anna Huber"
		low := strings.ToLower(s)
		if len(low) != len(s) {
			return s
		}
		cut := 0
		for _, w := range wordsOfLines["writer"] {
			if n := behindWriter(low, w); n > cut {
				cut = n
			}
		}
		if cut == 0 {
			for _, w := range wordsOfLines["writer."+lang] {
				if n := behindWriter(low, w); n > 0 && (low[n-1] == ':' || twoNames(s[n:])) {
					cut = n
				}
			}
		}
		rest := strings.TrimLeft(s[cut:], " :：")
		if cut == 0 || rest == "" || strings.IndexFunc(rest, unicode.IsLetter) < 0 {
			return s
		}
		s = rest
	}
	return s
}

// behindWriter returns where the rest of a line begins that opens with w and a
// colon or a space, 0 if it does not.
func behindWriter(low, w string) int {
	if rest, ok := strings.CutPrefix(low, w); ok {
		for _, mark := range [...]string{":", "：", " :", " "} {
			if strings.HasPrefix(rest, mark) {
				return len(w) + len(mark)
			}
		}
	}
	return 0
}

// twoNames reports whether a line begins with two words in capitals, neither of
// them a particle, or with one in small letters that is none: "Anna Huber", "dpa",
// and not "Trapp, Maria" or "der Leyen".
func twoNames(s string) bool {
	head, _, _ := strings.Cut(strings.TrimSpace(s), ",")
	words := strings.Fields(head)
	if len(words) == 0 || particles[strings.ToLower(words[0])] {
		return false
	}
	if unicode.IsLower(firstRune(words[0])) {
		return true
	}
	return len(words) > 1 && (!unicode.IsLower(firstRune(words[1])) || particles[words[1]] || len(words) > 2)
}

// Authors takes the names out of a byline.
func Authors(byline string) []string {
	s := strings.Trim(beforeRights(byline), " |•·-–—")
	if i := strings.Index(s, " by "); i > 0 && strings.ContainsAny(s[:i], "0123456789") {
		s = s[i+1:]
	}
	by := opened(s) != "" // then a name comes first
	s = strings.TrimLeft(s[len(opened(s)):], ": ")
	s = withoutBrackets(beforeNames(s[:beforePictures(s)]))
	if strings.Count(s, ": ") == 1 {
		s = strings.Replace(s, ": ", ", ", 1) // "Harwick: Nils Amark"
	}
	var found []author
	role, whole := false, false // a part says what somebody is; a part is a name of several words
	for i, part := range strings.Split(listers.Replace(s), ",") {
		for n, p := range strings.Split(joiners.Replace(part), "\x00") {
			p = beforeNames(strings.TrimSpace(p))
			if page.SectionName(p) || len(strings.Fields(p)) < 4 && Agency(p) != "" {
				role = true
				continue
			}
			if rest, ok := behindRole(p); ok {
				role, p = true, rest
			}
			if a := (author{words: strings.Fields(oneName(p)), own: n == 0 && (i > 0 || !by), first: i+n == 0}); len(a.words) > 0 {
				found = append(found, a)
				whole = whole || len(a.words) > 1 && !a.place(false)
			}
		}
	}
	var out []string
	for _, a := range found {
		name := strings.Join(a.words, " ")
		switch {
		// Beside a role or a name, one word that stands by itself is a place or an agency.
		case len(a.words) == 1 && (role && !(by && a.first) || whole && a.own):
		case a.place(role || len(out) > 0):
		case a.own && len(out) > 0 && paperWords[strings.ToLower(a.words[len(a.words)-1])], slices.Contains(out, name):
		default:
			out = append(out, name)
		}
	}
	return out
}

// An author is a part of a byline that may be a name.
type author struct {
	words []string
	own   bool // it stands before or behind a comma or a bar, not behind "by" or "and"
	first bool // nothing stands before it
}

// place reports whether the words of a are those of a place. behind says that
// it stands behind a name or a role, where "San Felipe" is one as well.
func (a author) place(behind bool) bool {
	n := len(a.words)
	first, last := strings.ToLower(strings.Trim(a.words[0], ".")), strings.ToLower(a.words[n-1])
	return n > 1 && n < 4 && (placeFirst[first] || placeLast[last] || behind && placeSaint[first])
}

// placeName reports whether s is the name of a place and nothing else.
func placeName(s string) bool {
	a := author{words: strings.Fields(s)}
	return len(a.words) > 0 && a.place(false)
}

// behindRole returns the name behind the last word for a role, "" if none of
// two words or more follows. ok is false if no word names a role.
func behindRole(p string) (rest string, ok bool) {
	words := strings.Fields(p)
	for i := len(words) - 1; i >= 0; i-- {
		w, _, _ := strings.Cut(strings.ToLower(strings.Trim(words[i], ".,'’")), "-") // "Editor-at-large"
		if !roleWords[w] {
			continue
		}
		rest := words[i+1:]
		if len(rest) < 2 || !unicode.IsUpper(firstRune(rest[0])) || !unicode.IsUpper(firstRune(rest[len(rest)-1])) {
			rest = nil
		}
		return strings.Join(rest, " "), true
	}
	return "", false
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
