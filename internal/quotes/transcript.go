package quotes

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// maxTurnName is the longest name before a colon, in bytes.
const maxTurnName = 48

// A turn is one line of a transcript that begins with the name of its speaker.
type turn struct {
	name recount.Span
	said recount.Span
}

// turns reads a transcript: lines that begin with a name and a colon, or Q and
// A. It returns nil unless at least three lines do, two of them by one name,
// and they are at least half of all lines. Lines in between go on with the
// turn; time stamps of subtitle files are skipped.
func turnsOf(p *page.Page) (out []page.Draft, whole bool) {
	var found []turn
	lines := 0
	count := map[string]int{}
	again, timed := false, 0
	for start := 0; start < len(p.Text); {
		end := p.LineEnd(start)
		line := lang.Trim(p.Text, recount.Span{Start: start, End: end})
		start = end + 1
		text := line.In(p.Text)
		if text == "" || strings.Contains(text, "-->") || numeral(text) || text == "WEBVTT" || strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") || strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") {
			continue
		}
		lines++
		if t, ok := turnOf(p.Text, line); ok {
			key := strings.ToLower(t.name.In(p.Text))
			count[key]++
			again = again || count[key] > 1
			found = append(found, t)
			if timeCode(text) > 0 {
				timed++
			}
		} else if n := len(found); n > 0 {
			found = append(found, turn{said: line})
		}
	}
	named := 0
	for _, t := range found {
		if t.name.Len() > 0 {
			named++
		}
	}
	if named < 3 || !again || named*2 < lines {
		return nil, false
	}
	whole = true
	for _, t := range found {
		switch n := len(out); {
		case t.name.Len() > 0 && studio(t.name.In(p.Text)):
			whole = false // what the studio reads is the paper's own voice
		case t.name.Len() > 0:
			out = append(out, page.Draft{Source: []recount.Span{t.name}, Content: []recount.Span{t.said}, Speech: true, Turn: true, Confidence: 900})
		case n > 0 && timed == named:
			whole = false // every message bears its time, so this is none
		case n > 0:
			out[n-1].Content = append(out[n-1].Content, t.said)
		}
	}
	return out, whole
}

// studio reports whether what stands before a colon is the name of a part of a
// script and nobody's.
func studio(name string) bool {
	name = strings.TrimRight(strings.ToUpper(name), " 0123456789")
	switch name {
	case "INTRO", "OUTRO", "OUT", "OUT WORDS", "OUT CUE", "IN", "IN WORDS", "CUE", "LINK", "LEAD", "LEAD-IN", "BACK ANNO", "DURATION", "ENDS", "MUSIC", "SFX", "FX", "STING", "TEASER", "HEADLINE", "SLUG":
		return true
	}
	return false
}

// recorded reports whether what stands before brackets is the name of a recording,
// whose speaker the brackets name ("CLIP 2 (ADA MARR):").
func recorded(name string) bool {
	name = strings.TrimRight(strings.ToUpper(strings.TrimSpace(name)), " 0123456789")
	switch name {
	case "CLIP", "SOT", "SOUNDBITE", "BITE", "ACTUALITY", "ACT", "ACTS", "INSERT", "TAPE", "AUDIO", "VOX", "VT", "VOICE", "SYNC", "GRAB", "CUT", "EXTRACT":
		return true
	}
	return false
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

func numeral(s string) bool {
	for _, r := range s {
		if !unicode.IsDigit(r) {
			return false
		}
	}
	return true
}

// turnOf splits a line into the name of a speaker and what is said.
func turnOf(text string, line recount.Span) (turn, bool) {
	s := line
	for s.Start < s.End && strings.ContainsRune("->–", rune(text[s.Start])) {
		s.Start++
	}
	s = lang.Trim(text, s)
	if rest, ok := strings.CutPrefix(s.In(text), "<v "); ok {
		i := strings.IndexByte(rest, '>')
		if i <= 0 || i > maxTurnName {
			return turn{}, false
		}
		t := turn{name: recount.Span{Start: s.Start + 3, End: s.Start + 3 + i}, said: lang.Trim(text, recount.Span{Start: s.Start + 4 + i, End: s.End})}
		t.said.End -= len("</v>") * strings.Count(suffix(t.said.In(text), 4), "</v>")
		t.name = lang.Trim(text, t.name)
		return t, t.said.Len() > 0 && t.name.Len() > 0
	}
	s.Start += timeCode(s.In(text))
	s = lang.Trim(text, s)
	if rest := s.In(text); len(rest) > 3 && (rest[0] == 'Q' || rest[0] == 'A') && rest[1] == '.' && rest[2] == ' ' {
		return turn{recount.Span{Start: s.Start, End: s.Start + 1}, lang.Trim(text, recount.Span{Start: s.Start + 2, End: s.End})}, true
	}
	i := strings.IndexByte(prefix(s.In(text), maxTurnHead), ':')
	if i <= 0 || i+1 < s.Len() && s.In(text)[i+1] == '/' || i+1 < s.Len() && digit(s.In(text)[i-1]) && digit(s.In(text)[i+1]) {
		return turn{}, false // "TUESDAY, 2:05 p.m."
	}
	t := turn{name: recount.Span{Start: s.Start, End: s.Start + i}, said: lang.Trim(text, recount.Span{Start: s.Start + i + 1, End: s.End})}
	if t.said.Len() == 0 {
		return turn{}, false
	}
	for t.name.Start < t.name.End && strings.ContainsRune("\"'*", rune(text[t.name.Start])) {
		t.name.Start++
	}
	// An office behind the name ("ADA MARR, MAYOR (ON THE LINE):") is not the
	// name, unless nothing else shows that this is one.
	if k := strings.IndexAny(t.name.In(text), ",("); k > 0 {
		if turnsTally(t.name.In(text)[k:]) {
			return turn{}, false
		}
		if shut := strings.LastIndexByte(t.name.In(text), ')'); t.name.In(text)[k] == '(' && shut > k+1 && recorded(t.name.In(text)[:k]) {
			t.name = recount.Span{Start: t.name.Start + k + 1, End: t.name.Start + shut}
			if i := strings.IndexByte(t.name.In(text), ','); i > 0 {
				t.name.End = t.name.Start + i
			}
			return t, true
		}
		head := strings.TrimSpace(t.name.In(text)[:k])
		if strings.ToUpper(head) != head && (i > maxTurnName || strings.Count(head, " ") > 3) {
			return turn{}, false
		}
		t.name = lang.Trim(text, recount.Span{Start: t.name.Start, End: t.name.Start + k})
	} else if t.name.Len() > maxTurnName {
		return turn{}, false
	}
	words := strings.Fields(t.name.In(text))
	if len(words) == 0 || len(words) > 5 {
		return turn{}, false
	}
	if len(words) > 1 && numeral(words[0]) && page.Month(strings.ToLower(words[1])) {
		return turn{}, false // "11 February: rain"
	}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "(["))
		if !unicode.IsUpper(r) && !page.Connector(w) && unicode.IsLower(r) {
			return turn{}, false
		}
	}
	return t, true
}

// turnsTally reports whether brackets behind a name hold what a side has won and lost
// ("Rockledge (1-0): Baker 6 points"): a list of results, where nobody speaks.
func turnsTally(s string) bool {
	s = strings.TrimSpace(s)
	if len(s) < 3 || s[0] != '(' || s[len(s)-1] != ')' {
		return false
	}
	s = s[1 : len(s)-1]
	if s == "NR" {
		return true
	}
	numbers := 0
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("-–, ", r) }) {
		if !numeral(part) {
			return false
		}
		numbers++
	}
	return numbers > 1
}

// maxTurnHead is the longest name before a colon with the office behind it.
const maxTurnHead = 120

// timeCode returns how many bytes at the beginning of a line give a time:
// "[00:12:04]", "(12:31)", "14:05 –".
func timeCode(s string) int {
	i := 0
	if i < len(s) && (s[i] == '[' || s[i] == '(') {
		i++
	}
	digits, colons := 0, 0
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == ':' || s[i] == '.') {
		if s[i] == ':' {
			colons++
		} else if s[i] != '.' {
			digits++
		}
		i++
	}
	if colons == 0 || digits < 2 {
		return 0
	}
	for i < len(s) && (s[i] == ']' || s[i] == ')' || s[i] == ' ') {
		i++
	}
	for _, dash := range [...]string{"– ", "— ", "- "} {
		if strings.HasPrefix(s[i:], dash) {
			i += len(dash)
		}
	}
	return i
}

func prefix(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return s[:n]
}

func suffix(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return s[len(s)-n:]
}
