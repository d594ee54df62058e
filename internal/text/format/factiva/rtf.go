package factiva

import (
	"slices"
	"strings"
	"unicode/utf8"

	"recount/internal/pattern"
	"recount/internal/text/format/rtf"
)

// bodyCodes are the fields that hold text.
var bodyCodes = map[string]bool{"LP": true, "TD": true, "ART": true}

// A line is one paragraph of an RTF file.
type line struct {
	piece
	bold, cell bool
}

func (r *reader) readRTF(payload []byte) error {
	list, facts, err := rtf.Paragraphs(payload)
	if err != nil {
		return err
	}
	r.set.Notes = append(r.set.Notes, facts.Notes...)
	var lines []line
	for _, p := range list {
		if p.Text != "" {
			lines = append(lines, line{piece{p.Text, p.Path}, p.Bold, p.Cell})
		}
	}
	r.readLines(lines)
	return nil
}

// readLines reads articles that each end with the number of a document.
func (r *reader) readLines(lines []line) {
	for len(lines) > 0 {
		end := slices.IndexFunc(lines, func(l line) bool { _, ok := lineNumber(l); return ok })
		if end < 0 {
			break
		}
		r.readRun(lines[:end+1])
		lines = lines[end+1:]
	}
	var rest []piece
	for _, l := range lines {
		rest = append(rest, l.piece)
	}
	r.rest(rest)
}

// paragraph returns the number of the paragraph of a line: 12 of "p[12]#2".
func paragraph(l line) string {
	n, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(l.path, "p["), "line["), "]")
	return n
}

// lineNumber returns the number of a document if a line ends an article.
func lineNumber(l line) (string, bool) { return number(strings.TrimPrefix(l.text, "AN ")) }

// readRun reads the lines up to and with the number of a document.
func (r *reader) readRun(lines []line) {
	unit := "paragraphs "
	if strings.HasPrefix(lines[0].path, "line[") {
		unit = "lines "
	}
	place := unit + paragraph(lines[0]) + "-" + paragraph(lines[len(lines)-1])
	if first := slices.IndexFunc(lines, func(l line) bool {
		code, _ := leadingCode(l, "")
		return code == "HD" || code == "SE" || code == "CLM"
	}); first >= 0 && coded(lines[first:]) {
		r.add(place, r.codedRun(lines, first))
		return
	}
	r.add(place, r.plainRun(lines))
}

// coded reports whether lines hold the codes that every article has.
func coded(lines []line) bool {
	have := map[string]bool{}
	for _, l := range lines {
		code, _ := leadingCode(l, "")
		have[code] = true
	}
	return have["HD"] && (have["PD"] || have["SN"])
}

// leadingCode returns the code that a line is or begins with, and what follows.
// Inside text (in is LP or TD), a line that begins with a code and goes on is
// only taken for a field if it goes on like one: "IN THE BEGINNING" is text.
func leadingCode(l line, in string) (code, rest string) {
	code, rest, _ = strings.Cut(l.text, " ")
	if !isCode(code) || factOf[code] == "" && !bodyCodes[code] {
		return "", ""
	}
	rest = strings.TrimSpace(rest)
	switch {
	case rest == "" && (l.cell || l.bold || in == ""):
	case rest == "":
		return "", ""
	case bodyCodes[in]:
		if _, ok := number(rest); !ok && code != "LP" && code != "TD" && !strings.Contains(rest, " : ") && !strings.Contains(rest, " | ") {
			return "", ""
		}
	}
	return code, rest
}

// codedRun reads an article whose fields have codes; first is its first field.
func (r *reader) codedRun(lines []line, first int) []entry {
	r.above(lines[:first])
	var fields []entry
	in := ""
	for _, l := range lines[first:] {
		code, rest := leadingCode(l, in)
		if code == "" && l.cell && isCode(l.text) && l.bold {
			code = l.text // a code that is not known
		}
		if n, ok := lineNumber(l); ok && code == "" {
			fields = append(fields, entry{"AN", "Factiva document line", []piece{{n, l.path}}})
			continue
		}
		if code == "" {
			if n := len(fields); n > 0 {
				fields[n-1].pieces = append(fields[n-1].pieces, l.piece)
			}
			continue
		}
		in = code
		e := entry{code: code, origin: "Factiva field " + code}
		if rest != "" {
			p := piece{rest, l.path}
			if bodyCodes[code] {
				p.path += afterCode
			}
			e.pieces = append(e.pieces, p)
		}
		fields = append(fields, e)
	}
	return fields
}

// afterCode marks the path of a paragraph that begins behind a code on the
// same line.
const afterCode = "/text"

// above lists lines above an article that are no part of it.
func (r *reader) above(lines []line) {
	var s []string
	for _, l := range lines {
		s = append(s, l.text)
	}
	if t := strings.Join(s, " "); t != "" && !strings.EqualFold(t, "factiva") && !strings.EqualFold(t, "dow jones factiva") {
		r.left("above article "+r.next(), "text outside the articles: "+excerpt(t), "look whether an article is missing")
	}
}

// plainRun reads an article whose lines are not labelled: section, headline in
// bold, the lines of the heading, text, number of the document.
func (r *reader) plainRun(lines []line) []entry {
	id, _ := lineNumber(lines[len(lines)-1])
	last := entry{"AN", "Factiva document line", []piece{{id, lines[len(lines)-1].path}}}
	lines = lines[:len(lines)-1]
	anchor := slices.IndexFunc(lines[:min(far, len(lines))], func(l line) bool { return wordCount.MatchString(l.text) })
	if anchor < 0 {
		anchor = slices.IndexFunc(lines[:min(far, len(lines))], func(l line) bool { _, ok := isoDay(l.text); return ok })
	}
	if anchor < 0 {
		r.left("article "+r.next(), "no heading with words or date was found", "look at its text; the first lines may not belong to it")
		anchor = min(1, len(lines))
	}
	from := max(slices.IndexFunc(lines[:anchor], func(l line) bool { return l.bold }), 0)
	to := from
	for to < anchor && (to == from || lines[from].bold && lines[to].bold) {
		to++
	}
	var fields []entry
	if from > 0 {
		fields = append(fields, entry{"SE", "Factiva line above the headline", []piece{lines[from-1].piece}})
		r.above(lines[:from-1])
	}
	if to > from {
		fields = append(fields, entry{"HD", "Factiva headline, in bold", pieces(lines[from:to])})
	}
	end := anchor + headingEnd(pieces(lines[anchor:]))
	known, strange := heading(pieces(lines[to:end]))
	fields = append(fields, known...)
	for _, s := range strange {
		r.left("article "+r.next(), "a line above the text that is none of the known fields: "+excerpt(s.text), "look whether it belongs to the article")
	}
	text := pieces(lines[end:])
	if n := len(text); n > 1 && publisher(text[n-1].text, fields) {
		fields = append(fields, entry{"PUB", "Factiva line above the number, known by its shape", text[n-1:]})
		text = text[:n-1]
	}
	return append(fields, entry{"TD", "Factiva paragraphs", text}, last)
}

// firm matches a name that ends like that of a company.
var firm = pattern.New(`(?i)(?:^|[\s.,&-])(?:gmbh|mbh|ag|kg|se|ltd|limited|inc|llc|lp|plc|pty|corp|corporation|company|co|group|press|media|s\.?a\.?|s\.?r\.?l\.?|s\.?p\.?a\.?|s\.?l\.?|b\.?v\.?|n\.?v\.?|a/s|ab|oy|sas|ltda|verlag|publishing|publications|newspapers|agency)\.?(?:\s?\([^)]{1,20}\))?$`)

// publisher reports whether the last line of an article names its publisher:
// it is short, no sentence, and the copyright names it too or it ends like the
// name of a company.
func publisher(s string, fields []entry) bool {
	if utf8.RuneCountInString(s) > 100 || strings.ContainsAny(s, "\"“”„«»!?:;") || len(strings.Fields(s)) > 12 {
		return false
	}
	for _, f := range fields {
		if f.code == "CY" && len(s) > 3 && strings.Contains(f.value(), s) {
			return true
		}
	}
	return firm.MatchString(s)
}

func pieces(lines []line) []piece {
	out := make([]piece, len(lines))
	for i, l := range lines {
		out[i] = l.piece
	}
	return out
}

func findRTF(payload []byte, path string) (string, bool) {
	at, cut := strings.CutSuffix(path, afterCode)
	s, ok := rtf.Find(payload, at)
	if ok && cut {
		_, s, ok = strings.Cut(s, " ")
		s = strings.TrimSpace(s)
	}
	return s, ok
}
