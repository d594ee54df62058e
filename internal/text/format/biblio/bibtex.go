package biblio

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"recount/internal/pattern"
)

// Limits of BibTeX.
const (
	maxEntry  = 1 << 20  // bytes of one entry
	maxJoined = 64 << 10 // bytes of one value that is put together from strings
	maxMacros = 10_000   // @string definitions
	maxBraces = 200      // braces inside each other
)

var bibStart = pattern.New(`^@[A-Za-z]+\s*[{(]\s*[^\s{}(),"=]+\s*[,=]|^@(?i:comment|preamble)\s*[{(]`)

// isBibTeX reports whether text begins with an entry; lines of comment may
// stand before it.
func isBibTeX(src string) bool {
	for strings.HasPrefix(src, "%") {
		_, src, _ = strings.Cut(src, "\n")
		src = strings.TrimLeft(src, " \t\r\n")
	}
	return bibStart.MatchString(src[:min(len(src), 2000)])
}

// A bibScanner reads the entries of BibTeX.
type bibScanner struct {
	src    string
	at     int
	end    int // of what may be read for the entry
	line   int // of lineAt
	lineAt int
	macros map[string]string
	joined int // bytes put together from strings so far
}

// A bibField is one field of an entry, its value as written but for the
// outermost braces or quotation marks.
type bibField struct{ name, value string }

var errBib = errors.New("not closed, or broken")

// lineOf returns the line that a place is in; places only grow.
func (s *bibScanner) lineOf(at int) int {
	s.line += strings.Count(s.src[s.lineAt:at], "\n")
	s.lineAt = at
	return s.line
}

// readBibTeX reads BibTeX and BibLaTeX. What stands between entries is comment.
func (r *reader) readBibTeX(src string) {
	s := &bibScanner{src: src, line: 1, macros: map[string]string{}}
	for i, m := range []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"} {
		s.macros[m] = strconv.Itoa(i + 1)
	}
	wasted := 0
	for {
		i := strings.IndexByte(src[s.at:], '@')
		if i < 0 {
			return
		}
		from := s.at + i
		s.at = from + 1
		// An entry begins a line; an "@" elsewhere is part of a comment.
		if before := strings.TrimRight(src[max(0, from-200):from], " \t"); before != "" && !strings.HasSuffix(before, "\n") && !strings.HasSuffix(before, "}") {
			continue
		}
		if r.full() {
			return
		}
		s.end = min(len(src), from+maxEntry)
		kind, key, fields, err := s.entry()
		if err != nil {
			wasted += s.at - from
			r.records++
			r.left(fmt.Sprintf("entry %d, line %d", r.records, s.lineOf(from)), "an entry that is "+err.Error(), "look for a brace or a comma that is missing")
			s.at = from + 1
			if wasted > maxWasted {
				r.left(fmt.Sprintf("everything after line %d", s.line), "too many entries that are not closed", "export the list again")
				return
			}
			continue
		}
		switch kind {
		case "", "comment", "preamble", "string":
			continue
		}
		r.records++
		first := s.lineOf(from)
		r.entry(fmt.Sprintf("entry %d, lines %d-%d", r.records, first, s.lineOf(s.at)), kind, key, fields)
	}
}

// entry reads one entry behind its "@". kind is "" where no entry begins.
func (s *bibScanner) entry() (kind, key string, fields []bibField, err error) {
	kind = strings.ToLower(s.name())
	s.space()
	if kind == "" || s.at >= s.end || s.src[s.at] != '{' && s.src[s.at] != '(' {
		return "", "", nil, nil
	}
	closing := byte('}')
	if s.src[s.at] == '(' {
		closing = ')'
	}
	switch kind {
	case "comment", "preamble":
		_, err := s.braced()
		return kind, "", nil, err
	case "string":
		s.at++
		s.space()
		name := strings.ToLower(s.name())
		s.space()
		if s.at >= s.end || s.src[s.at] != '=' {
			return kind, "", nil, errBib
		}
		s.at++
		v, err := s.value()
		if err == nil && len(s.macros) < maxMacros {
			s.macros[name] = v
		}
		s.space()
		if err != nil || s.at >= s.end || s.src[s.at] != closing {
			return kind, "", nil, errBib
		}
		s.at++
		return kind, "", nil, nil
	}
	s.at++
	i := strings.IndexAny(s.src[s.at:s.end], ",})\n=")
	if i < 0 {
		return kind, "", nil, errBib
	}
	key = strings.TrimSpace(s.src[s.at : s.at+i])
	if s.src[s.at+i] != '=' {
		s.at += i
	} else {
		key = "" // an entry without a key begins with a field
	}
	for {
		for s.space(); s.at < s.end && s.src[s.at] == ','; s.space() {
			s.at++
		}
		if s.at >= s.end {
			return kind, key, nil, errBib
		}
		if s.src[s.at] == closing {
			s.at++
			return kind, key, fields, nil
		}
		name := strings.ToLower(s.name())
		s.space()
		if name == "" || s.at >= s.end || s.src[s.at] != '=' {
			return kind, key, nil, errBib
		}
		s.at++
		v, err := s.value()
		if err != nil {
			return kind, key, nil, err
		}
		if len(fields) < maxValues {
			fields = append(fields, bibField{name, v})
		}
	}
}

// space skips white space.
func (s *bibScanner) space() {
	for s.at < s.end && strings.IndexByte(" \t\r\n", s.src[s.at]) >= 0 {
		s.at++
	}
}

// name reads the name of a type, field or string.
func (s *bibScanner) name() string {
	from := s.at
	for s.at < s.end && strings.IndexByte(" \t\r\n{}(),=#\"%@\\", s.src[s.at]) < 0 {
		s.at++
	}
	return s.src[from:s.at]
}

// value reads pieces with "#" between them: {...}, "...", a number or a string.
func (s *bibScanner) value() (string, error) {
	out := ""
	for n := 0; ; n++ {
		s.space()
		if s.at >= s.end {
			return "", errBib
		}
		piece := ""
		switch c := s.src[s.at]; c {
		case '{':
			p, err := s.braced()
			if err != nil {
				return "", err
			}
			piece = p
		case '"':
			depth := 0
			from := s.at + 1
			i := from
			for ; i < s.end && (s.src[i] != '"' || depth > 0); i++ {
				switch s.src[i] {
				case '\\':
					i++
				case '{':
					depth++
				case '}':
					depth--
				}
			}
			if i >= s.end {
				s.at = s.end
				return "", errBib
			}
			piece = s.src[from:i]
			s.at = i + 1
		default:
			name := s.name()
			if name == "" {
				return "", errBib
			}
			piece = name
			if m, ok := s.macros[strings.ToLower(name)]; ok {
				piece = m
			}
		}
		if n == 0 {
			out = piece
		} else if len(out)+len(piece) <= maxJoined && s.joined < maxWasted {
			out += piece
			s.joined += len(out)
		}
		s.space()
		if s.at >= s.end || s.src[s.at] != '#' {
			return out, nil
		}
		s.at++
	}
}

// braced reads what stands between a brace, or a parenthesis, and its partner.
func (s *bibScanner) braced() (string, error) {
	open, closing := s.src[s.at], byte('}')
	if open == '(' {
		closing = ')'
	}
	depth := 0
	from := s.at + 1
	for i := s.at; i < s.end; i++ {
		switch s.src[i] {
		case '\\':
			i++
		case open:
			if depth++; depth > maxBraces {
				s.at = i
				return "", errBib
			}
		case closing:
			if depth--; depth == 0 {
				s.at = i + 1
				return s.src[from:i], nil
			}
		}
	}
	s.at = s.end
	return "", errBib
}

// entry adds one record.
func (r *reader) entry(where, kind, key string, fields []bibField) {
	rec := &record{where: where, format: "BibTeX"}
	get := func(name string) string {
		for _, f := range fields {
			if f.name == name {
				return f.value
			}
		}
		return ""
	}
	fact := func(field string, names ...string) {
		for _, n := range names {
			rec.fact(field, latex(get(n)), n)
		}
	}
	title := latex(get("title"))
	if sub := latex(get("subtitle")); sub != "" && title != "" {
		title += ": " + sub
	}
	rec.fact("title", title, "title")
	for _, n := range []string{"author", "editor"} {
		if v := get(n); v != "" {
			rec.byline(bibNames(v), n)
			break
		}
	}
	fact("outlet", "journaltitle", "journal", "newspaper", "publication", "booktitle", "maintitle", "organization", "publisher")
	if h := get("howpublished"); !strings.Contains(h, "url") && !strings.Contains(h, "http") {
		rec.fact("outlet", latex(h), "howpublished")
	}
	rec.published(latex(get("date")), "date")
	if y, err := strconv.Atoi(latex(get("year"))); err == nil {
		m, d := bibMonth(get("month"))
		if day, err := strconv.Atoi(latex(get("day"))); err == nil {
			d = day
		}
		rec.published(isoOf(y, m, d), "year, month and day")
	} else {
		rec.published(latex(get("year")), "year")
	}
	fact("collected", "urldate", "lastchecked", "accessed", "timestamp")
	fact("language", "langid", "language")
	fact("section", "section", "rubric")
	fact("page", "pages")
	fact("abstract", "abstract")
	fact("kind", "entrysubtype")
	fact("doi", "doi")
	rec.fact("id", key, "key")
	rec.fact("type", kind, "type")
	for _, n := range []string{"url", "link", "howpublished", "note", "bdsk-url-1", "ee"} {
		if v := bibAddress(get(n)); v != "" {
			rec.urls = append(rec.urls, value{v, n})
		}
	}
	for _, n := range []string{"file", "local-url", "pdf"} {
		for _, f := range bibFiles(get(n)) {
			if webAddress(f) {
				rec.urls = append(rec.urls, value{f, n})
			} else {
				rec.files = append(rec.files, f)
			}
		}
	}
	r.add(rec)
}

// bibMonth reads "5", "may", "May" and "14 may"; day is 0 if there is none.
func bibMonth(s string) (month, day int) {
	for f := range strings.FieldsSeq(strings.NewReplacer("~", " ", ".", " ", ",", " ").Replace(latex(s))) {
		if n, err := strconv.Atoi(f); err == nil {
			if month == 0 && n <= 12 && day == 0 {
				month = n
			} else {
				day = n
			}
			continue
		}
		if len(f) >= 3 {
			if i := strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(f[:3])); i >= 0 && i%3 == 0 {
				if month > 0 && day == 0 {
					day = month
				}
				month = i/3 + 1
			}
		}
	}
	return month, day
}

// bibNames splits names at " and " outside braces, and puts each into the order
// of speech. A name in braces is one name as it stands.
func bibNames(s string) []string {
	var out []string
	add := func(name string) {
		name = strings.TrimSpace(name)
		if name == "" || name == "others" || len(out) >= maxValues {
			return
		}
		if strings.HasPrefix(name, "{") && strings.HasSuffix(name, "}") && !strings.Contains(name[1:len(name)-1], "{") {
			out = append(out, latex(name))
			return
		}
		if strings.Contains(name, "family=") || strings.Contains(name, "given=") {
			out = append(out, bibName(name))
			return
		}
		if parts := strings.SplitN(latex(name), ",", 3); len(parts) == 3 { // BibTeX has "Tern, Jr., Maud"
			name = parts[0] + "," + parts[2] + "," + parts[1]
		} else {
			name = latex(name)
		}
		out = append(out, natural(name))
	}
	s = strings.Join(strings.Fields(s), " ")
	depth, from := 0, 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			depth--
		case ' ':
			if depth <= 0 && len(s)-i >= 5 && strings.EqualFold(s[i:i+5], " and ") {
				add(s[from:i])
				from = i + 5
				i += 3
			}
		}
	}
	add(s[from:])
	return out
}

// bibName reads a name in BibLaTeX's longer form: "family=Quill, given=Ada".
func bibName(s string) string {
	part := map[string]string{}
	for f := range strings.SplitSeq(s, ",") {
		if k, v, ok := strings.Cut(f, "="); ok {
			part[strings.TrimSpace(k)] = strings.TrimSpace(latex(v))
		}
	}
	return strings.Join(strings.Fields(part["given"]+" "+part["prefix"]+" "+part["family"]+" "+part["suffix"]), " ")
}

var bibURL = pattern.New(`https?://[^\s{}<>"]+`)

// bibAddress returns the first web address of a field, its escapes undone.
func bibAddress(s string) string {
	if s == "" || !strings.Contains(s, "http") && !strings.HasPrefix(s, "www.") {
		return ""
	}
	s = strings.NewReplacer(`{\_}`, "_", `\_`, "_", `{\%}`, "%", `\%`, "%", `{\&}`, "&", `\&`, "&", `{\#}`, "#", `\#`, "#", `{\$}`, "$", `\$`, "$",
		`{\textasciitilde}`, "~", `\textasciitilde{}`, "~", `\textasciitilde `, "~", `\textasciitilde`, "~", `{\~{}}`, "~", `\~{}`, "~", `$\sim$`, "~", `\{`, "%7B", `\}`, "%7D").Replace(s)
	if strings.HasPrefix(s, "www.") {
		s = "https://" + s
	}
	return strings.TrimRight(bibURL.FindString(s), ".,;)")
}

// bibFiles returns the paths in a file field: "path", "title:path:type" and
// several of them with ";" between, a backslash before each sign that is meant.
func bibFiles(s string) []string {
	if s == "" {
		return nil
	}
	var out []string
	var parts []string
	var cur strings.Builder
	entry := func() {
		parts = append(parts, cur.String())
		cur.Reset()
		path := ""
		switch n := len(parts); {
		case n == 1:
			path = parts[0]
		case n == 2 && len(parts[0]) == 1: // a drive letter
			path = parts[0] + ":" + parts[1]
		case n == 2:
			path = parts[1]
		default:
			path = strings.Join(parts[1:n-1], ":")
		}
		if path = strings.TrimSpace(path); path != "" && len(path) <= maxAddress && len(out) < maxValues {
			out = append(out, path)
		}
		parts = parts[:0]
	}
	if webAddress(s) {
		return []string{s}
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && strings.IndexByte(`:;\{}_&%#$ `, s[i+1]) >= 0:
			i++
			cur.WriteByte(s[i])
		case c == ':':
			parts = append(parts, cur.String())
			cur.Reset()
		case c == ';':
			entry()
		case c == '{' || c == '}':
		default:
			cur.WriteByte(c)
		}
	}
	entry()
	return out
}
