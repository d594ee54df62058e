package nexis

import (
	"bytes"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"recount/internal/text/document"
	"recount/internal/text/format/docx"
	"recount/internal/text/format/rtf"
	"recount/internal/text/page"
)

// A carrier is the format of the file around the articles.
type carrier int

const (
	none  carrier = iota
	word          // DOCX
	rich          // RTF
	hyper         // HTML
	plain         // TXT
)

// carrierOf recognises the format of a file.
func carrierOf(payload []byte, name string) carrier {
	switch {
	case bytes.HasPrefix(payload, []byte("PK\x03\x04")):
		if docx.Is(payload, name) {
			return word
		}
		return none
	case rtf.Is(payload, name):
		return rich
	}
	switch page.MediaType(payload, name) {
	case "text/html":
		return hyper
	case "text/plain":
		return plain
	}
	return none
}

// A line is a paragraph of a file, or a line of a TXT file.
type line struct {
	text   string
	path   string // of a paragraph; "" in TXT, where n says it
	n      int    // number of the paragraph, or of the line from 1
	group  int    // lines of one group stand together: no empty line between, one element
	indent int    // columns of white space before it, in TXT
	gap    int    // empty paragraphs before it
}

// A file is a download as lines.
type file struct {
	lines   []line
	unit    string // "paragraphs" or "lines"
	wrapped bool   // lines are broken at a column
	width   int    // columns, if wrapped
	notes   []string
}

// linesOf reduces a file to lines.
func linesOf(payload []byte, kind carrier) (*file, error) {
	f := &file{unit: "paragraphs"}
	switch kind {
	case word:
		paras, facts, err := docx.Paragraphs(payload)
		if err != nil {
			return nil, err
		}
		f.numbered(paras)
		f.notes = notable(facts.Notes)
	case rich:
		paras, facts, err := rtf.Paragraphs(payload)
		if err != nil {
			return nil, err
		}
		f.numbered(rtf.Plain(paras))
		f.notes = notable(facts.Notes)
	case hyper, plain:
		if len(payload) > maxText {
			return nil, page.Refuse("a file of more than 32 MiB", "download the documents in several files")
		}
		src, note := page.Decode(payload, "")
		if note != "" {
			f.notes = append(f.notes, note)
		}
		if kind == plain {
			if err := f.plain(src); err != nil {
				return nil, err
			}
			break
		}
		var doc *html.Node
		if strings.Count(src, "<") <= maxTags {
			doc, _ = page.Parse(src)
		}
		if doc == nil {
			return nil, page.Refuse("HTML that is too large or too deep to be read at once", "download the documents in several files, or as DOCX")
		}
		paths := page.NewPathIndex()
		base, group := "", 0
		for i, p := range page.Pieces(doc) {
			path := p.Path(paths)
			b, _, _ := strings.Cut(path, "#")
			if b != base {
				base = b
				group++
			}
			f.lines = append(f.lines, line{text: p.Text, path: path, n: i + 1, group: group})
		}
	default:
		return nil, page.Refuse("no file of LexisNexis that is read here", "download it as DOCX")
	}
	return f, nil
}

// notable keeps the notes of a file that concern the text of its articles:
// every download has pictures and headers of its own.
func notable(notes []string) []string {
	var out []string
	for _, n := range notes {
		if !strings.Contains(n, "picture") && !strings.Contains(n, "headers") {
			out = append(out, n)
		}
	}
	return out
}

// numbered takes the paragraphs of a document.
func (f *file) numbered(paras []document.Paragraph) {
	last := 0
	for _, p := range paras {
		n := 0
		for _, c := range p.Path[min(2, len(p.Path)):] {
			if c < '0' || c > '9' {
				break
			}
			n = n*10 + int(c-'0')
		}
		f.lines = append(f.lines, line{text: p.Text, path: p.Path, n: n, group: n, gap: max(0, n-last-1)})
		last = n
	}
}

// plain takes the lines of a TXT file.
func (f *file) plain(src string) error {
	f.unit = "lines"
	group, empty, longest, long := 0, 0, 0, 0
	for n, l := range each(src) {
		t := page.Tidy(l)
		if t == "" {
			empty++
			continue
		}
		if len(f.lines) == maxLines {
			return page.Refuse(fmt.Sprintf("a file of more than %d lines", maxLines), "download the documents in several files")
		}
		if empty > 0 {
			group++
		}
		indent := len(l) - len(strings.TrimLeft(l, " \t\f"))
		f.lines = append(f.lines, line{text: t, n: n, group: group, indent: indent, gap: empty})
		empty = 0
		if indent == 0 {
			if n := utf8.RuneCountInString(t); n > 100 {
				long++
			} else {
				longest = max(longest, n)
			}
		}
	}
	f.wrapped = long*20 < len(f.lines)
	f.width = max(60, min(longest, 80))
	return nil
}

// each returns the lines of a text with their numbers, from 1. A line ends with
// LF, CR LF or CR.
func each(src string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for n := 1; src != ""; n++ {
			i := strings.IndexAny(src, "\r\n")
			l, rest := src, ""
			if i >= 0 {
				l, rest = src[:i], src[i+1:]
				if src[i] == '\r' {
					rest = strings.TrimPrefix(rest, "\n")
				}
			}
			if !yield(n, l) {
				return
			}
			src = rest
		}
	}
}

// join makes one paragraph of lines first to last of a file.
func (f *file) join(lines []line) document.Paragraph {
	if len(lines) == 1 && lines[0].path != "" {
		return document.Paragraph{Text: lines[0].text, Path: lines[0].path}
	}
	var s strings.Builder
	for i, l := range lines {
		if i > 0 {
			s.WriteByte(' ')
		}
		s.WriteString(l.text)
	}
	path := fmt.Sprintf("line[%d-%d]", lines[0].n, lines[len(lines)-1].n)
	if len(lines) == 1 {
		path = fmt.Sprintf("line[%d]", lines[0].n)
	}
	return document.Paragraph{Text: s.String(), Path: path}
}

// findLines returns the text of "line[40-44]" in a TXT file.
func findLines(payload []byte, path string) (string, bool) {
	s, ok := strings.CutPrefix(path, "line[")
	s, ok2 := strings.CutSuffix(s, "]")
	if !ok || !ok2 || len(payload) > maxText {
		return "", false
	}
	from, to, ranged := strings.Cut(s, "-")
	if !ranged {
		to = from
	}
	a, err1 := strconv.Atoi(from)
	b, err2 := strconv.Atoi(to)
	if err1 != nil || err2 != nil || a < 1 || b < a {
		return "", false
	}
	src, _ := page.Decode(payload, "")
	var out []string
	for n, l := range each(src) {
		if n > b {
			break
		}
		if n >= a {
			out = append(out, l)
		}
	}
	t := page.Tidy(strings.Join(out, " "))
	return t, t != "" && len(out) == b-a+1
}

// paragraphs joins the lines of running text.
func (f *file) paragraphs(lines []line) []document.Paragraph {
	var out []document.Paragraph
	for i := 0; i < len(lines); {
		j := i + 1
		for f.wrapped && j < len(lines) && lines[j].group == lines[i].group && !f.broken(lines[j-1], lines[j]) {
			j++
		}
		out = append(out, f.join(lines[i:j]))
		i = j
	}
	return out
}

// broken reports whether the writer, not the column, ended line a: the next is
// indented, or its first word would have had room and it begins anew.
func (f *file) broken(a, b line) bool {
	if b.indent >= 2 && b.indent > a.indent {
		return true
	}
	first, _, _ := strings.Cut(b.text, " ")
	room := f.width - utf8.RuneCountInString(a.text) - 1 - utf8.RuneCountInString(first)
	return room >= 15 && !lower(b.text)
}

// span says in words which lines of the file an article covers.
func (f *file) span(lines []line) string {
	if len(lines) == 0 {
		return ""
	}
	return fmt.Sprintf("%s %d-%d", f.unit, lines[0].n, lines[len(lines)-1].n)
}
