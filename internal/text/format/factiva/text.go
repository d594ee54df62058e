package factiva

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"recount/internal/pattern"
	"recount/internal/text/page"
)

const (
	maxTextLines = 400_000
	lookedText   = 4 << 20 // bytes of plain text that are searched for the number that ends an article
)

// mailHeader matches the first line of a mail.
var mailHeader = pattern.New(`(?i)^(?:from |(?:from|to|cc|date|subject|received|return-path|message-id|mime-version|delivered-to|reply-to|sender|content-type|x-[a-z-]+):)`)

// Numbered counts the lines that end an article: those that hold the number of
// a document and no more.
func Numbered(lines []string) (n int) {
	for _, l := range lines {
		if len(l) < 120 {
			if _, ok := number(l); ok {
				n++
			}
		}
	}
	return n
}

// plainText reports whether payload is articles as plain text: above a line
// that ends one stands the number of words, or the code of a headline.
func plainText(b []byte) bool {
	if bytes.HasPrefix(b, []byte("<")) || bytes.HasPrefix(b, []byte("{")) || bytes.IndexByte(b[:min(len(b), 8<<10)], 0) >= 0 {
		return false
	}
	headed, first := false, true
	for l := range bytes.Lines(b[:min(len(b), lookedText)]) {
		if l = bytes.TrimSpace(l); len(l) == 0 || len(l) > 120 {
			continue
		}
		if c := l[0]; !first && !headed && c < utf8.RuneSelf && c != 'H' && !strings.ContainsRune("0123456789.,'", rune(c)) {
			continue // most lines
		}
		s := page.Tidy(string(l))
		if first && mailHeader.MatchString(s) {
			return false // its parts are looked at
		}
		first = false
		headed = headed || counts(s) || s == "HD" || strings.HasPrefix(s, "HD ")
		if headed {
			if _, ok := lineNumber(line{piece: piece{text: s}}); ok {
				return true
			}
		}
	}
	return false
}

func (r *reader) readText(payload []byte) error {
	src, _ := page.Decode(payload, "")
	var lines []line
	n := 0
	for l := range strings.Lines(src) {
		n++
		t := page.Tidy(l)
		if t == "" {
			continue
		}
		if len(lines) == maxTextLines {
			return page.Refuse(fmt.Sprintf("a file of more than %d lines", maxTextLines), hint)
		}
		code := isCode(t) && (factOf[t] != "" || bodyCodes[t]) // alone on its line, as a cell is
		lines = append(lines, line{piece: piece{t, "line[" + strconv.Itoa(n) + "]"}, cell: code})
	}
	r.readLines(lines)
	return nil
}

// findText returns the text of "line[12]", without the code before it if the
// path says so.
func findText(payload []byte, path string) (string, bool) {
	at, cut := strings.CutSuffix(path, afterCode)
	k, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(at, "line["), "]"))
	if err != nil {
		return "", false
	}
	src, _ := page.Decode(payload, "")
	n := 0
	for l := range strings.Lines(src) {
		if n++; n == k {
			s := page.Tidy(l)
			if cut {
				_, s, _ = strings.Cut(s, " ")
				s = strings.TrimSpace(s)
			}
			return s, s != ""
		}
	}
	return "", false
}
