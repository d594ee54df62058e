package transcript

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/text/page"
)

const (
	maxOffice = 100    // bytes of a name in capitals with an office behind it
	maxName   = 48     // bytes of a speaker's name, as package quotes reads them
	pause     = 3_000  // milliseconds without a caption after which a paragraph begins, where nobody is named
	enough    = 500    // bytes after which the end of a sentence ends a paragraph, where nobody is named
	long      = 1_500  // bytes after which a name that is repeated begins a paragraph
	mostBytes = 20_000 // of one paragraph
)

// A passage is the paragraph that is being collected.
type passage struct {
	text       strings.Builder
	first      int // cue or line
	last       int
	start, end int    // milliseconds
	named      bool   // somebody is named
	name       string // who
}

// turns joins cues into paragraphs.
func (r *reader) turns(cues []cue) {
	var p passage
	flush := func() {
		if p.text.Len() > 0 {
			r.paragraph(p.text.String(), place("cue", p.first, p.last)+"/time["+clock(p.start)+"-"+clock(p.end)+"]", "")
		}
		p = passage{named: p.named}
	}
	for _, c := range cues {
		for j, l := range c.lines {
			if sound(l) {
				flush()
				r.paragraph(l, place("cue", c.number, c.number)+"/time["+clock(c.start)+"-"+clock(c.end)+"]", recount.Fragment)
				continue
			}
			words, opens := opening(l)
			name, said, isName := nameOf(words)
			if !isName {
				name, said = "", words
			}
			switch {
			case isName && name == p.name && p.text.Len() > 0 && (p.text.Len() < long || !page.Ended(p.text.String())):
				// Every caption of one turn may repeat the name.
			case isName || opens && (j == 0 || len(c.lines) > 1):
				flush()
				p.named = isName
			case p.text.Len() > mostBytes && page.Ended(p.text.String()), p.text.Len() > 2*mostBytes:
				flush()
			case !p.named && p.text.Len() > 0 && (c.start-p.end >= pause || p.text.Len() >= enough && page.Ended(p.text.String())):
				flush()
			}
			if p.text.Len() == 0 {
				p.first, p.start, p.name = c.number, c.start, name
				if name != "" {
					p.text.WriteString(name + ":")
				}
			}
			if said != "" {
				if p.text.Len() > 0 {
					p.text.WriteByte(' ')
				}
				p.text.WriteString(said)
			}
			p.last, p.end = c.number, c.end
		}
	}
	flush()
}

func place(unit string, a, b int) string {
	if a == b {
		return unit + "[" + strconv.Itoa(a) + "]"
	}
	return unit + "[" + strconv.Itoa(a) + "-" + strconv.Itoa(b) + "]"
}

// sound reports whether a line is no speech but a note of what is heard:
// "[music]", "(applause)", "♪ ... ♪".
func sound(l string) bool {
	if strings.HasPrefix(l, "♪") || strings.HasPrefix(l, "♫") || strings.HasPrefix(l, "*") && strings.HasSuffix(l, "*") && len(l) > 2 {
		return true
	}
	for _, pair := range [...]string{"[]", "()"} {
		if l[0] == pair[0] && l[len(l)-1] == pair[1] && strings.IndexByte(l, pair[1]) == len(l)-1 {
			return true
		}
	}
	return false
}

// opening cuts the mark that somebody else begins to speak: ">>" or a dash.
func opening(l string) (string, bool) {
	t := strings.TrimLeft(l, "> ")
	if strings.HasPrefix(l, ">>") || strings.HasPrefix(l, "> ") {
		return t, true
	}
	for _, dash := range [...]string{"- ", "– ", "— "} {
		if rest, ok := strings.CutPrefix(l, dash); ok {
			return strings.TrimSpace(rest), true
		}
	}
	if len(l) > 1 && l[0] == '-' && unicode.IsLetter(rune(l[1])) {
		return l[1:], true
	}
	return l, false
}

// nameOf cuts "NAME: " off the front of a line: at most five words that do not
// begin with a small letter, and behind the colon a space or nothing. "Q." and
// "A." are names as well.
func nameOf(l string) (name, said string, ok bool) {
	i := strings.IndexByte(l[:min(len(l), maxName+1)], ':')
	most := 5
	if i < 0 { // "KYRA ATTMORE, HARBOUR TV SECURITY ANALYST:"
		if i = strings.IndexByte(l[:min(len(l), maxOffice+1)], ':'); i > 0 && strings.Contains(l[:i], ", ") && strings.ToUpper(l[:i]) == l[:i] {
			most = 12
		} else {
			i = -1
		}
	} else if strings.Contains(l[:i], ", ") && strings.ToUpper(l[:i]) == l[:i] {
		most = 12
	}
	if i <= 0 || i+1 < len(l) && l[i+1] != ' ' {
		return "", "", false
	}
	name, said = strings.TrimSpace(l[:i]), strings.TrimSpace(l[i+1:])
	words := strings.Fields(name)
	if len(words) == 0 || len(words) > most {
		return "", "", false
	}
	letters := false
	for k, w := range words {
		c, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "(["))
		if unicode.IsLower(c) && (k == 0 || !connector[w]) || strings.ContainsAny(w, "?!;\"“”") || strings.HasSuffix(w, ",") && k == 0 && len(words) > 2 {
			return "", "", false
		}
		letters = letters || unicode.IsLetter(c)
	}
	return name, said, letters
}

// surname returns the part of a speaker's name by which later turns name them:
// "BRIGG" of "DAN BRIGG, HARBOUR TV ANCHOR".
func surname(name string) string {
	name, _, _ = strings.Cut(name, ",")
	if i := strings.LastIndexByte(name, ' '); i > 0 && strings.ToUpper(name) == name {
		return name[i+1:]
	}
	return name
}

// connector lists the small words inside names.
var connector = map[string]bool{"de": true, "del": true, "della": true, "der": true, "den": true, "di": true, "du": true, "da": true,
	"dos": true, "el": true, "al": true, "bin": true, "ibn": true, "la": true, "le": true, "of": true, "ten": true, "ter": true,
	"van": true, "von": true, "y": true, "zu": true, "and": true}
