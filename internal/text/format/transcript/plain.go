package transcript

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/pattern"
	"recount/internal/text/metadata"
	"recount/internal/text/page"
)

var (
	stamp = pattern.New(`^[\[(]?(\d{1,2}:)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?[\])]?(?:\s+-)?(?:\s+|$)`)
	// "Ada Tamm  00:12", as transcription services put above what is said.
	nameAndStamp = pattern.New(`^(\S[^:]{0,46}?)\s*[\s(\[](\d{1,2}:)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?[\])]?:?$`)
)

// isPlain reports whether a text is a transcript as package quotes reads one:
// at least three lines begin with a name and a colon, two of them with one name,
// and they are at least half of all lines. Names must be in capitals, or be
// one of few that come again and again.
func isPlain(src string) bool {
	lines, named, capitals := 0, 0, 0
	count := map[string]int{}
	headed := 0
	for l := range strings.SplitSeq(src, "\n") {
		l = page.Tidy(l)
		if l == "" || sound(l) {
			continue
		}
		lines++
		if m := headingOf(l); m != nil {
			if _, _, ok := nameOf(m[1] + ":"); ok {
				headed++
				count[m[1]]++
			}
			continue
		}
		l, _, _ = stampOf(l)
		l, _ = opening(l)
		name, _, ok := nameOf(l)
		if !ok || headerFields[strings.ToLower(name)] != "" {
			continue
		}
		named++
		count[surname(name)]++
		if strings.ToUpper(name) == name {
			capitals++
		}
	}
	again := 0
	for _, n := range count {
		if n > 1 {
			again += n
		}
	}
	switch {
	case headed >= 2 && headed*3 >= lines && again >= 2:
		return true
	case named < 3 || again < 2 || named*2 < lines:
		return false
	}
	return capitals*10 >= named*8 || len(count)*3 <= named+3 && again*10 >= named*7
}

// headingOf reads a name and a time that stand above what is said.
func headingOf(l string) []string {
	if len(l) > 80 || !strings.Contains(l, ":") {
		return nil
	}
	return nameAndStamp.FindStringSubmatch(l)
}

// stampOf cuts a time off the front of a line.
func stampOf(l string) (rest string, ms int, ok bool) {
	if l == "" || !strings.ContainsAny(l[:1], "[(0123456789") {
		return l, 0, false
	}
	m := stamp.FindStringSubmatch(l)
	if m == nil {
		return l, 0, false
	}
	return strings.TrimSpace(l[len(m[0]):]), millis([]string{m[1], m[2], m[3], m[4]}), true
}

// plain reads lines that begin with names. What stands above the first of them
// is the header.
func (r *reader) plain(lines []string) error {
	if len(lines) > maxUnits {
		return page.Refuse(fmt.Sprintf("a transcript of more than %d lines", maxUnits), "cut the file into parts and add those")
	}
	var text strings.Builder
	first, last, at, timed, begun, pending := 0, 0, 0, false, false, ""
	flush := func() {
		if text.Len() > 0 {
			path := place("line", first, last)
			if timed {
				path += "/time[" + clock(at) + "]"
			}
			r.paragraph(text.String(), path, "")
		}
		text.Reset()
		timed = false
	}
	blank := false
	for i, raw := range lines {
		l := page.Tidy(raw)
		if l == "" {
			blank = true
			continue
		}
		if sound(l) {
			flush()
			r.paragraph(l, place("line", i+1, i+1), recount.Fragment)
			continue
		}
		if m := headingOf(l); m != nil {
			if _, _, ok := nameOf(m[1] + ":"); ok {
				flush()
				begun, blank = true, false
				pending = strings.TrimSpace(m[1])
				first, last, at, timed = i+1, i+1, millis(m[2:6]), true
				continue
			}
		}
		rest, ms, hasTime := stampOf(l)
		words, opens := opening(rest)
		name, said, isName := nameOf(words)
		if !begun {
			if r.fact(l, "header") {
				continue
			}
			if !isName {
				if day, line := metadata.SaysWhoOrWhen(l); day && line {
					r.draft.Facts = append(r.draft.Facts, recount.Candidate{Field: "published", Value: l, Origin: fmt.Sprintf("line %d", i+1)})
					r.paragraph(l, place("line", i+1, i+1), recount.Byline)
				} else if low := strings.ToLower(l); strings.Contains(low, "transcript") && len(l) < 200 && (strings.Contains(low, "rush") || strings.Contains(low, "final form") || strings.Contains(low, "errors") || strings.Contains(low, "updated")) {
					r.paragraph(l, place("line", i+1, i+1), recount.Byline)
				} else if !r.has("title") && headline(l) {
					r.draft.Facts = append(r.draft.Facts, recount.Candidate{Field: "title", Value: l, Origin: "first line"})
				} else {
					r.paragraph(l, place("line", i+1, i+1), "")
				}
				continue
			}
		}
		switch {
		case isName:
			flush()
			begun, pending = true, ""
			words = name + ":"
			if said != "" {
				words += " " + said
			}
		case pending != "":
			words = pending + ": " + words
			pending = ""
			if text.Len() == 0 {
				text.WriteString(words)
				last, blank = i+1, false
				continue
			}
		case opens, blank && endsTurn(&text):
			flush()
		case text.Len() > 2*mostBytes:
			flush()
		}
		if text.Len() == 0 {
			first, at, timed = i+1, ms, hasTime
		} else {
			text.WriteByte(' ')
		}
		text.WriteString(words)
		last, blank = i+1, false
	}
	flush()
	if n := len(lines); n > 0 {
		r.draft.Range = fmt.Sprintf("lines 1-%d", n)
	}
	return nil
}

// endsTurn reports whether an empty line after this text begins a paragraph:
// it does not where a sentence, or a name alone, waits to go on.
func endsTurn(b *strings.Builder) bool {
	s := b.String()
	return s != "" && page.Ended(s) && !strings.HasSuffix(s, ":")
}

func (r *reader) has(field string) bool {
	for _, f := range r.draft.Facts {
		if f.Field == field {
			return true
		}
	}
	return false
}

// headline reports whether a first line looks like a headline: short, in
// letters, and not closed like a sentence.
func headline(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= 3 && n <= 160 && !strings.ContainsRune(".;,:", page.LastRune(strings.TrimRight(s, "\"'”’»“"))) && strings.IndexFunc(s, unicode.IsLetter) >= 0
}
