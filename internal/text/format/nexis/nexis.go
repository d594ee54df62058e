// Package nexis reads what Nexis Uni, Lexis Advance and the older LexisNexis
// wrote: many articles in one file.
//
// In: the bytes of a DOCX, RTF, TXT or HTML download. Out: one draft per
// article, with the values of its fields as they are printed, and what could
// not be understood.
//
// Method: every carrier is first reduced to lines with paths. Two layouts are
// known. The newer one (DOCX and RTF) has a cover with the list of documents,
// and ends every article with "End of Document"; its heading "Body" begins the
// text. The older one (TXT, HTML, also RTF) begins every article with "3 of 10
// DOCUMENTS" and wraps TXT at about 78 columns; wrapped lines are joined. The
// words of both layouts are known in the languages of labels.go. Documents
// without text, error pages in place of a document and a number of documents
// that differs from the announced one are reported, never passed over.
//
// Limits: those of packages docx, rtf and page; maxText for TXT and HTML.
package nexis

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"recount"
	"recount/internal/text/document"
	"recount/internal/text/format/docx"
	"recount/internal/text/format/rtf"
	"recount/internal/text/page"
)

const (
	maxText  = 32 << 20  // bytes of a TXT or HTML file
	maxLines = 600_000   // of a TXT file that are not empty
	maxTags  = 600_000   // of an HTML file
	looked   = 128 << 10 // bytes at either end of a file that tell what it is
)

// Is reports whether payload is a download from LexisNexis.
func Is(payload []byte, name string) bool {
	head := payload[:min(len(payload), looked)]
	switch carrierOf(payload, name) {
	case word:
		b, err := docx.Main(payload)
		return err == nil && telling(markup(ends(b)))
	case rich:
		return telling(controls(ends(payload)))
	case hyper:
		return bytes.Contains(head, []byte("<DOC NUMBER=")) || bytes.Contains(head, []byte("<DOCFULL>")) || bytes.Contains(head, []byte(`NAME="DOC_ID_`))
	case plain:
		// Most text has none of these letters and is not looked at any further.
		e := []byte(ends(payload))
		if bytes.HasPrefix(payload, []byte{0xff, 0xfe}) || bytes.HasPrefix(payload, []byte{0xfe, 0xff}) {
			s, _ := page.Decode(head, "")
			return telling(s)
		}
		for _, w := range [...]string{"DOCUMENT", "ocument", "okument"} {
			if bytes.Contains(e, []byte(w)) {
				s, _ := page.Decode(e, "")
				return telling(s)
			}
		}
	}
	return false
}

// telling reports whether lines show one of the two layouts.
func telling(s string) bool { return newer(s) || older(s) }

// ends returns the beginning and the end of a file, where its layout shows.
func ends(b []byte) string {
	if len(b) <= 2*looked {
		return string(b)
	}
	return string(b[:looked]) + "\n" + string(b[len(b)-looked:])
}

// markup replaces every tag by a line end where a paragraph ends, and drops
// all others.
func markup(s string) string {
	var out strings.Builder
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			out.WriteString(s)
			return out.String()
		}
		out.WriteString(s[:i])
		j := strings.IndexByte(s[i:], '>')
		if j < 0 {
			return out.String()
		}
		switch tag := strings.ToLower(s[i : i+j+1]); {
		case tag == "</w:p>", strings.HasPrefix(tag, "<w:br"):
			out.WriteByte('\n')
		}
		s = s[i+j+1:]
	}
}

// controls drops the control words of RTF.
func controls(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); {
		switch c := s[i]; c {
		case '{', '}', '\r', '\n':
			i++
		case '\\':
			j := i + 1
			for j < len(s) && (s[j] >= 'a' && s[j] <= 'z' || s[j] >= 'A' && s[j] <= 'Z') {
				j++
			}
			w := s[i+1 : j]
			for j < len(s) && (s[j] >= '0' && s[j] <= '9' || s[j] == '-') {
				j++
			}
			switch {
			case w == "par" || w == "pard" || w == "cell" || w == "line" || w == "sect":
				out.WriteByte('\n')
			case w == "" && j < len(s):
				if s[j] == '\'' {
					j += 2
				}
				out.WriteByte(' ')
				j++
			}
			if j < len(s) && s[j] == ' ' && w != "" {
				j++
			}
			i = min(j, len(s))
		default:
			out.WriteByte(c)
			i++
		}
	}
	return out.String()
}

// newer reports whether lines show the newer layout.
func newer(s string) bool {
	end, field, cover := false, false, 0
	for l := range strings.Lines(s) {
		l = page.Tidy(l[:min(len(l), 200)])
		switch f, _, _ := fieldOf(l); {
		case endMark(l):
			end = true
		case f == "words" || f == "loaded":
			field = true
		case f == "job" || f == "requested":
			cover |= 1
		}
		if _, ok := announced(l); ok {
			cover |= 2
		}
	}
	return end && field || cover == 3
}

// older reports whether lines show the older layout.
func older(s string) bool {
	start, field := false, false
	for l := range strings.Lines(s) {
		l = page.Tidy(l[:min(len(l), 200)])
		if _, _, ok := startMark(l); ok {
			start = true
		}
		if f, _, _ := fieldOf(l); start && (f == "words" || f == "loaded" || f == "language" || f == "section") {
			field = true
		}
	}
	return start && field
}

// Read returns the articles of a download.
func Read(payload []byte, o document.Options) (document.Set, error) {
	kind := carrierOf(payload, o.Name)
	f, err := linesOf(payload, kind)
	if err != nil {
		return document.Set{}, err
	}
	var set document.Set
	starts, finishes := 0, 0
	for _, l := range f.lines {
		if endMark(l.text) {
			finishes++
		} else if _, _, ok := startMark(l.text); ok {
			starts++
		}
	}
	if max(starts, finishes) > document.MaxDrafts {
		return set, page.Refuse("more than "+strconv.Itoa(document.MaxDrafts)+" articles in one file", "download them in several files")
	}
	if starts > finishes {
		set = f.readOlder()
	} else {
		set = f.readNewer()
	}
	set.Notes = append(set.Notes, f.notes...)
	if len(set.Drafts) == 0 && len(set.Left) == 0 {
		return set, page.Refuse("a download from LexisNexis without articles", "download it again with the full documents, as DOCX")
	}
	return set, nil
}

// Find returns the text of the paragraph at path.
func Find(payload []byte, path string) (string, bool) {
	where, value := strings.CutSuffix(path, "/value")
	s, ok := find(payload, where)
	if ok && value {
		_, s, ok = strings.Cut(s, ":")
		s = page.Tidy(s)
	}
	return s, ok
}

func find(payload []byte, path string) (string, bool) {
	switch carrierOf(payload, "") {
	case word:
		return docx.Find(payload, path)
	case rich:
		return rtf.Find(payload, path)
	case hyper:
		src, _ := page.Decode(payload, "")
		doc, err := page.Parse(src)
		if err != nil {
			return "", false
		}
		s, err := page.Find(doc, path)
		return s, err == nil
	}
	return findLines(payload, path)
}

// An article is one document that is being read.
type article struct {
	number int // in the file, from 1
	lines  []line
	facts  []recount.Candidate
	open   []string          // lines that go on with the value of the last fact
	bare   recount.Candidate // a field whose label stands alone on its line, until its value comes
	paras  []document.Paragraph
	notes  []string
	listed string // its title in the list on the cover, or ""

	captions []document.Paragraph
	amends   [][]line // fields that say what is wrong in the text, each with the lines of its value
	stray    []string // lines before or behind the text that were not understood
	amending bool
	owned    bool // a notice of rights is among the facts
}

// rights keeps the first line of a notice of rights.
func (a *article) rights(s string) {
	a.amending = false
	if !a.owned {
		a.fact("rights", s, "Nexis copyright line")
	}
	a.owned = true
}

// fact adds a fact unless it has no value.
func (a *article) fact(field, value, origin string) {
	if value = page.Tidy(value); value != "" {
		a.close()
		a.facts = append(a.facts, recount.Candidate{Field: field, Value: value, Origin: origin})
	}
}

// appendices are lines that say that the article was corrected. They stand
// where the outlet does.
var appendices = map[string]bool{"correction appended": true, "corrections appended": true, "correction": true, "clarification appended": true, "clarification": true,
	"editors' note appended": true, "editors’ note appended": true, "editor's note appended": true, "editor’s note appended": true, "obituary correction appended": true,
	"retraction appended": true, "note appended": true, "berichtigung": true, "korrektur": true, "richtigstellung": true, "rectificatif": true, "corrección": true, "correctie": true, "rettelse": true}

// corrected takes such lines out of the head of an article.
func (a *article) corrected(lines []line) []line {
	for i, l := range lines[:min(len(lines), 12)] {
		if heading(l.text, "body") {
			break
		}
		if i > 0 || len(lines) > 1 {
			if appendices[strings.ToLower(strings.Trim(l.text, " *.:()[]"))] {
				a.fact("correction", l.text, "Nexis line in the head")
				return append(append([]line(nil), lines[:i]...), a.corrected(lines[i+1:])...)
			}
		}
	}
	return lines
}

// amend begins or goes on with a field that says what is wrong in the text; l
// is a line of it.
func (a *article) amend(field string, l line) {
	switch k := len(a.amends) - 1; {
	case field == "correction" || field == "note":
		a.amends, a.amending = append(a.amends, []line{l}), true
	case field != "":
		a.amending = false
	case a.amending:
		a.amends[k] = append(a.amends[k], l)
	}
}

// amendments are the paragraphs of those fields: a correction is part of what
// the article says. A day alone is none.
func (f *file) amendments(a *article) (out []document.Paragraph) {
	for _, lines := range a.amends {
		_, _, value := fieldOf(lines[0].text)
		if len(lines) == 1 && (value == "" || len(value) < 60 && document.Dated(value)) {
			continue
		}
		out = append(out, f.paragraphs(lines)...)
	}
	return out
}

// add adds the value of a field that has a label.
func (a *article) add(field, label, value string) {
	a.bare = recount.Candidate{}
	if page.Tidy(value) == "" {
		a.bare = recount.Candidate{Field: field, Origin: "Nexis field " + label}
	}
	a.fact(field, value, "Nexis field "+label)
}

// more says that a line goes on with the value of the last field.
func (a *article) more(value string) {
	if a.bare.Field != "" {
		a.fact(a.bare.Field, value, a.bare.Origin)
		a.bare = recount.Candidate{}
		return
	}
	a.open = append(a.open, value)
}

// close ends the value of the last fact.
func (a *article) close() {
	if k := len(a.facts) - 1; k >= 0 && len(a.open) > 0 {
		a.facts[k].Value += " " + strings.Join(a.open, " ")
	}
	a.open = a.open[:0]
}

// beside notes the lines before and behind the text that were not understood.
func (a *article) beside() {
	switch n := len(a.stray); {
	case n == 1:
		a.notes = append(a.notes, "a line beside the text was not understood: "+short(a.stray[0]))
	case n > 1:
		a.notes = append(a.notes, fmt.Sprintf("%d lines beside the text were not understood, the first of them: %s", n, short(a.stray[0])))
	}
}

func (a *article) name() string { return "document " + strconv.Itoa(a.number) }
