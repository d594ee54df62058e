package document

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
)

// Single returns the draft of a file that is one plain document: its title is
// the first headline among its paragraphs, else a subhead at the very top, else
// a title that its facts name, else a first line that is short and no sentence.
// The paragraph that is the title becomes a fact.
func Single(paras []Paragraph, facts []recount.Candidate) Draft {
	d := Draft{Facts: facts}
	at, origin := -1, ""
	for i := range min(len(paras), 10) {
		if paras[i].Role == recount.Headline {
			at, origin = i, "title style"
			break
		}
	}
	for i := 0; i < min(len(paras), 3) && at < 0; i++ {
		if paras[i].Role == recount.Subhead {
			at, origin = i, "heading style"
		}
	}
	named := ""
	for _, f := range facts {
		if f.Field == "title" && named == "" {
			named = f.Value
		}
	}
	for i := 0; i < min(len(paras), 3) && at < 0; i++ {
		if named != "" && strings.EqualFold(paras[i].Text, named) {
			at, origin = i, "first line"
		}
	}
	if at < 0 && named == "" && len(paras) > 1 && Short(paras[0].Text) {
		at, origin = 0, "first line"
	}
	if at >= 0 {
		// What the text shows stands before what the properties of the file say.
		d.Facts = append([]recount.Candidate{{Field: "title", Value: paras[at].Text, Origin: origin}}, facts...)
		d.Paragraphs = append(append(d.Paragraphs, paras[:at]...), paras[at+1:]...)
	} else {
		d.Paragraphs = paras
	}
	return d
}

// Short reports whether a line looks like a headline: short, in letters, and
// not closed like a sentence.
func Short(s string) bool {
	n := utf8.RuneCountInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	if n < 3 || n > 160 || strings.ContainsRune(".;,:", last) {
		return false
	}
	return strings.IndexFunc(s, unicode.IsLetter) >= 0
}

// Lines cuts a paragraph at its line breaks and joins lines that a break only
// wraps: the line before is long and open, and the next goes on in lower case.
// White space in each line is as it was.
func Lines(s string) []string {
	if strings.IndexByte(s, '\n') < 0 {
		return []string{s}
	}
	var out []string
	gap := 0
	for _, l := range strings.Split(s, "\n") {
		if strings.TrimSpace(l) == "" {
			gap++
			continue
		}
		if k := len(out) - 1; k >= 0 && gap == 0 && wraps(out[k], l) {
			out[k] += " " + l
		} else {
			out = append(out, l)
		}
		gap = 0
	}
	return out
}

// wraps reports whether a break between two lines stands inside a sentence.
func wraps(before, after string) bool {
	before = strings.TrimRight(before, " \t\u00a0\"'”’»)]」』）")
	if len(before) < 60 {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, " \t\u00a0"))
	return unicode.IsLower(first) && !strings.ContainsRune(".!?:;…。！？", last)
}

// Numbered returns the path of the nth piece, from 1, of paragraph p: "p[12]",
// and "p[12]#2" for the second.
func Numbered(p, nth int) string {
	s := "p[" + strconv.Itoa(p) + "]"
	if nth > 1 {
		s += "#" + strconv.Itoa(nth)
	}
	return s
}
