package bibliography

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"recount"
)

// Forms are the endings of the files that reference managers read: CSL-JSON, RIS
// and BibTeX.
var Forms = []string{".json", ".ris", ".bib"}

// Write writes the list in the form of a file's ending.
func (l *List) Write(w io.Writer, form string) error {
	b := bufio.NewWriter(w)
	var err error
	switch form {
	case ".json":
		err = l.csl(b)
	case ".ris":
		l.ris(b)
	case ".bib":
		l.bibtex(b)
	default:
		err = fmt.Errorf("sources: %w: no form %q", recount.ErrInvalid, form)
	}
	if err != nil {
		return err
	}
	return b.Flush()
}

// id names a source in a file: outlet and year for people, and the beginning of
// its key, so that it stays when others come. It holds ASCII letters, digits
// and a hyphen only.
func (s *Source) id() string {
	var b strings.Builder
	for _, r := range strings.ToLower(s.Outlet) {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) && b.Len() < 24 {
			b.WriteRune(r)
		}
	}
	return b.String() + year(s.Published) + "-" + string(s.Key[:min(12, len(s.Key))])
}

// note says what no field of a file holds.
func (s *Source) note() string {
	var parts []string
	if s.Note != "" {
		parts = append(parts, strings.TrimSuffix(s.Note, "."))
	}
	if s.Hash != "" {
		parts = append(parts, "SHA-256 of the archived bytes: "+s.Hash)
	}
	return strings.Join(parts, ". ")
}

type cslName struct {
	Family  string `json:"family,omitempty"`
	Given   string `json:"given,omitempty"`
	Literal string `json:"literal,omitempty"`
}

type cslDate struct {
	Parts [][]int `json:"date-parts"`
}

// A cslItem is an entry as the schema of CSL 1.0.2 has it.
type cslItem struct {
	ID       string    `json:"id"`
	Type     string    `json:"type"`
	Title    string    `json:"title"`
	Author   []cslName `json:"author,omitempty"`
	Outlet   string    `json:"container-title,omitempty"`
	Issued   *cslDate  `json:"issued,omitempty"`
	Accessed *cslDate  `json:"accessed,omitempty"`
	URL      string    `json:"URL,omitempty"`
	Language string    `json:"language,omitempty"`
	Note     string    `json:"note,omitempty"`
}

func cslOf(d recount.Date) *cslDate {
	if !d.Known() {
		return nil
	}
	parts := []int{d.Year()}
	if d.Month() > 0 {
		parts = append(parts, d.Month())
	}
	if d.Day() > 0 {
		parts = append(parts, d.Day())
	}
	return &cslDate{[][]int{parts}}
}

func (l *List) csl(w io.Writer) error {
	list := []cslItem{}
	for i := range l.Sources {
		s := &l.Sources[i]
		x := cslItem{ID: s.id(), Type: "article-newspaper", Title: s.Title, Outlet: s.Outlet, Issued: cslOf(s.Published), Accessed: cslOf(s.Archived), URL: s.URL, Language: s.Language, Note: s.note()}
		for _, n := range s.names() {
			if n.family == "" {
				x.Author = append(x.Author, cslName{Literal: n.whole})
			} else {
				x.Author = append(x.Author, cslName{Family: n.family, Given: n.given})
			}
		}
		list = append(list, x)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(list)
}

// ris writes lines of a tag and a value. Values are one line, so none begins a
// field of its own.
func (l *List) ris(w io.Writer) {
	for i := range l.Sources {
		s := &l.Sources[i]
		put := func(tag, value string) {
			if value != "" {
				fmt.Fprintf(w, "%s  - %s\r\n", tag, value)
			}
		}
		put("TY", "NEWS")
		put("ID", s.id())
		for _, n := range s.names() {
			if n.family == "" {
				put("AU", strings.NewReplacer(",", " ", ";", " ", "*", " ").Replace(n.whole)) // a comma would begin the given name
			} else {
				put("AU", n.family+", "+n.given)
			}
		}
		put("TI", s.Title)
		put("T2", s.Outlet)
		put("PY", year(s.Published))
		put("DA", slashed(s.Published))
		put("UR", s.URL)
		put("Y2", slashed(s.Archived))
		put("LA", s.Language)
		put("N1", s.note())
		fmt.Fprint(w, "ER  - \r\n\r\n")
	}
}

// slashed writes a date as RIS does: "2014/05/14", "2014/05/", "2014//".
func slashed(d recount.Date) string {
	switch d.Precision() {
	case recount.ToDay:
		return fmt.Sprintf("%s/%02d/%02d", year(d), d.Month(), d.Day())
	case recount.ToMonth:
		return fmt.Sprintf("%s/%02d/", year(d), d.Month())
	case recount.ToYear:
		return year(d) + "//"
	}
	return ""
}

// bibtex writes entries that BibTeX and BibLaTeX read.
func (l *List) bibtex(w io.Writer) {
	for i := range l.Sources {
		s := &l.Sources[i]
		fmt.Fprintf(w, "@article{%s,\n", s.id())
		put := func(field, value string) {
			if value != "" {
				fmt.Fprintf(w, "  %s = {%s},\n", field, value)
			}
		}
		var names []string
		for _, n := range s.names() {
			if n.family == "" {
				names = append(names, "{"+tex(n.whole)+"}")
			} else {
				names = append(names, tex(n.family)+", "+tex(n.given))
			}
		}
		put("author", strings.Join(names, " and "))
		put("title", "{"+tex(s.Title)+"}") // so that its capitals stay
		if s.Outlet != "" {
			put("journal", "{"+tex(s.Outlet)+"}")
		}
		put("year", year(s.Published))
		if m := s.Published.Month(); m > 0 {
			fmt.Fprintf(w, "  month = %s,\n", strings.ToLower(months[m-1][:3]))
		}
		if d := s.Published.Day(); d > 0 {
			put("day", fmt.Sprint(d))
		}
		put("url", braceless(s.URL))
		put("urldate", s.Archived.String())
		put("language", tex(s.Language))
		put("note", tex(s.note()))
		fmt.Fprint(w, "}\n\n")
	}
}

// texts are characters that LaTeX reads as commands. BibTeX counts braces even
// behind a backslash, so that none may stand in a value.
var texts = strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\textbraceleft{}`, "}", `\textbraceright{}`, "$", `\$`, "&", `\&`, "#", `\#`, "%", `\%`, "_", `\_`,
	"^", `\textasciicircum{}`, "~", `\textasciitilde{}`)

func tex(s string) string { return texts.Replace(s) }

// braceless keeps what would end the value of a field out of an address.
func braceless(url string) string {
	return strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C", " ", "%20").Replace(url)
}
