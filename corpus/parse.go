package corpus

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
)

var (
	entityID    = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	statementID = regexp.MustCompile(`^[qcsfn][0-9]+$`)
	day         = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
)

// roles are the roles that a line beginning with % gives its paragraph.
var roles = map[string]recount.Role{
	"headline": recount.Headline, "subhead": recount.Subhead, "byline": recount.Byline, "dateline": recount.Dateline,
	"caption": recount.Caption, "pull_quote": recount.PullQuote, "off": recount.OffTopic,
}

// kinds are the kinds of entities; true: of no gender.
var kinds = map[Kind]bool{
	Kind(recount.Named): false, Kind(recount.Pseudonym): false, Kind(recount.Anonymous): false, Kind(recount.Collective): false,
	Kind(recount.Document): true, Kind(recount.Organisation): true, Place: true, Kind(recount.Unspecified): false,
}

// A parser reads one file.
type parser struct {
	t      *Text
	faults []Fault
	line   int
	ids    map[string]int // entity -> index
	states map[string]int // statement -> index
	starts map[string]int // statement -> line of its first piece
	text   strings.Builder
	used   []bool
}

func (p *parser) fault(format string, args ...any) {
	p.faults = append(p.faults, Fault{Line: p.line, What: fmt.Sprintf(format, args...)})
}

// Parse reads one text. The faults are what does not keep to the format; with
// any, the text is not to be used.
func Parse(file, data string) (*Text, []Fault) {
	p := &parser{t: &Text{File: file}, ids: map[string]int{}, states: map[string]int{}, starts: map[string]int{}}
	data = strings.TrimPrefix(data, "\ufeff")
	if !utf8.ValidString(data) {
		p.fault("not valid UTF-8")
		return p.t, p.faults
	}
	lines := strings.Split(strings.TrimRight(data, "\n"), "\n")
	at := p.header(lines)
	blank := true
	for ; at < len(lines); at++ {
		p.line = at + 1
		line := strings.TrimRight(lines[at], " \r")
		if line == "" {
			blank = true
			continue
		}
		if !blank {
			p.fault("two paragraphs without a blank line between them (one paragraph is one line)")
		}
		blank = false
		p.paragraph(line)
	}
	p.t.Text = p.text.String()
	p.finish()
	sortFaults(p.faults)
	return p.t, p.faults
}

// header reads the header and returns the index of the line after it.
func (p *parser) header(lines []string) int {
	fields := map[string]*string{"kind": &p.t.Kind, "english": &p.t.English, "theme": &p.t.Theme, "title": &p.t.Title, "outlet": &p.t.Outlet, "byline": &p.t.Byline, "day": &p.t.Day}
	seen := map[string]bool{}
	entities, i := false, 0
	for ; i < len(lines); i++ {
		p.line = i + 1
		line := strings.TrimSpace(lines[i])
		switch {
		case line == "---":
			p.line = 1
			for _, f := range [...]string{"kind", "english", "theme", "title", "outlet", "byline", "day"} {
				if !seen[f] {
					p.fault("header: no %s", f)
				} else if *fields[f] == "" && f != "byline" {
					p.fault("header: %s is empty", f)
				}
			}
			if d := folder(p.t.File); d != "" && p.t.Kind != "" && d != p.t.Kind {
				p.fault("header: kind %q in the folder %q", p.t.Kind, d)
			}
			if p.t.Day != "" && !day.MatchString(p.t.Day) {
				p.fault("header: day %q is not YYYY-MM-DD", p.t.Day)
			}
			if len(p.t.Entities) == 0 {
				p.fault("header: no entities")
			}
			return i + 1
		case line == "":
		case entities:
			p.entity(line)
		case line == "entities:":
			entities = true
		default:
			name, value, ok := strings.Cut(line, ":")
			f := fields[name]
			if !ok || f == nil {
				p.fault("header: %q is no field", name)
				continue
			}
			*f, seen[name] = strings.TrimSpace(value), true
		}
	}
	p.line = len(lines)
	p.fault("no line --- between header and text")
	return i
}

func (p *parser) entity(line string) {
	c := strings.SplitN(line, "|", 4)
	if len(c) != 4 {
		p.fault("entity: want id | kind | gender | name, got %q", line)
		return
	}
	for i := range c {
		c[i] = strings.TrimSpace(c[i])
	}
	e := Entity{c[0], Kind(c[1]), recount.Gender(c[2]), c[3]}
	bodiless, known := kinds[e.Kind]
	switch {
	case !entityID.MatchString(e.ID) || statementID.MatchString(e.ID):
		p.fault("entity: %q is no id (lower case a-z, 0-9, _; not q1, c1, s1, f1, n1)", e.ID)
	case !known:
		p.fault("entity %s: unknown kind %q", e.ID, c[1])
	case e.Gender != recount.Woman && e.Gender != recount.Man && e.Gender != recount.UnknownGender && e.Gender != recount.NoGender:
		p.fault("entity %s: gender %q is not woman, man, unknown or none", e.ID, c[2])
	case bodiless && e.Gender != recount.NoGender:
		p.fault("entity %s: a %s has gender none", e.ID, e.Kind)
	case e.Kind.Person() && e.Gender == recount.NoGender:
		p.fault("entity %s: a person's gender is woman, man or unknown", e.ID)
	case e.Name == "":
		p.fault("entity %s: no name", e.ID)
	}
	if _, ok := p.ids[e.ID]; ok {
		p.fault("entity %s stands twice", e.ID)
	}
	p.ids[e.ID] = len(p.t.Entities)
	p.t.Entities = append(p.t.Entities, e)
	p.used = append(p.used, false)
}

// An open mark waits for its closing bracket.
type open struct {
	close byte
	what  string // as written, for messages
	start int    // in the clean text
	end   func(recount.Span)
	state int // index of a content's statement, or -1
}

// paragraph reads one line.
func (p *parser) paragraph(line string) {
	role := recount.Body
	if strings.HasPrefix(line, "%") {
		name, rest, _ := strings.Cut(line[1:], " ")
		r, ok := roles[name]
		if !ok {
			p.fault("%%%s is no role", name)
		}
		role, line = r, strings.TrimSpace(rest)
		if line == "" {
			p.fault("an empty paragraph")
		}
	}
	if p.text.Len() > 0 {
		p.text.WriteByte('\n')
	}
	start := p.text.Len()
	var stack []open
	for i := 0; i < len(line); {
		switch ch := line[i]; ch {
		case '\\':
			if i+1 < len(line) && strings.IndexByte(`[]{}\`, line[i+1]) >= 0 {
				i++
			}
			p.text.WriteByte(line[i])
			i++
		case '[', '{':
			colon := strings.IndexByte(line[i:], ':')
			if colon < 0 {
				p.fault("%q has no colon", head(line[i:]))
				i++
				continue
			}
			o := p.openMark(line[i:i+colon+1], stack)
			stack = append(stack, o)
			i += colon + 1
		case ']', '}':
			i++
			if len(stack) == 0 {
				p.fault("%q closes nothing, after %q", string(ch), tail(p.text.String()))
				continue
			}
			o := stack[len(stack)-1]
			if o.close != ch {
				p.fault("%q closes %s, after %q", string(ch), o.what, tail(p.text.String()))
			}
			stack = stack[:len(stack)-1]
			s := recount.Span{Start: o.start, End: p.text.Len()}
			if strings.TrimSpace(p.text.String()[s.Start:s.End]) == "" {
				p.fault("%s is empty", o.what)
				continue
			}
			s = trim(p.text.String(), s)
			o.end(s)
		default:
			p.text.WriteByte(ch)
			i++
		}
	}
	for _, o := range stack {
		p.fault("%s is not closed in its paragraph", o.what)
	}
	p.t.Paragraphs = append(p.t.Paragraphs, Paragraph{recount.Span{Start: start, End: p.text.Len()}, role, p.line})
}

// openMark reads the head of a mark: "{rao:", "[q1 rao:", "[c1:", "[f count nurse:".
func (p *parser) openMark(mark string, stack []open) open {
	o := open{what: mark, start: p.text.Len(), end: func(recount.Span) {}, state: -1}
	words := strings.Fields(mark[1 : len(mark)-1])
	if mark[0] == '{' {
		o.close = '}'
		e := -1
		if len(words) == 1 {
			if k, ok := p.ids[words[0]]; ok {
				e = k
			}
		}
		if e < 0 {
			p.fault("%s names no entity of the header", mark)
			return o
		}
		p.used[e] = true
		at := len(p.t.Mentions)
		p.t.Mentions = append(p.t.Mentions, Mention{e, recount.Span{}})
		o.end = func(s recount.Span) { p.t.Mentions[at].Span = s }
		return o
	}
	o.close = ']'
	if len(words) == 0 {
		p.fault("%s has no id", mark)
		return o
	}
	if words[0] == "f" {
		if len(words) != 3 || words[1] != "count" && words[1] != "share" && words[1] != "money" {
			p.fault("%s: a figure is [f count|share|money unit:...]", mark)
			return o
		}
		f := Figure{Kind: words[1], Unit: strings.ReplaceAll(words[2], "_", " ")}
		if f.Unit == "-" {
			f.Unit = ""
		}
		at := len(p.t.Figures)
		p.t.Figures = append(p.t.Figures, f)
		o.end = func(s recount.Span) { p.t.Figures[at].Span = s }
		return o
	}
	if !statementID.MatchString(words[0]) || words[0][0] == 'f' || words[0][0] == 'n' {
		p.fault("%s: %q is not q1, c1, s1 or f", mark, words[0])
		return o
	}
	id := "q" + words[0][1:]
	k, ok := p.states[id]
	if !ok {
		k = len(p.t.Statements)
		p.states[id], p.starts[id] = k, p.line
		p.t.Statements = append(p.t.Statements, Statement{ID: id, Speaker: unset, Inside: -1})
	}
	switch words[0][0] {
	case 'q':
		p.content(k, mark, words[1:], stack)
		o.state = k
		o.end = func(s recount.Span) { p.t.Statements[k].Content = append(p.t.Statements[k].Content, s) }
	case 'c':
		if len(words) > 1 {
			p.fault("%s: a cue has no more than its id", mark)
		}
		o.end = func(s recount.Span) { p.t.Statements[k].Cue = append(p.t.Statements[k].Cue, s) }
	case 's':
		if len(words) > 1 {
			p.fault("%s: a source has no more than its id", mark)
		}
		o.end = func(s recount.Span) { p.t.Statements[k].Source = append(p.t.Statements[k].Source, s) }
	}
	return o
}

// unset is the speaker of a statement whose content has not been met, and
// nobody of one whose text does not say who.
const (
	nobody = -1
	unset  = -2
)

// content reads what stands behind the id of a piece of content.
func (p *parser) content(k int, mark string, words []string, stack []open) {
	st := &p.t.Statements[k]
	for _, o := range stack {
		if o.state >= 0 && o.state != k && st.Inside < 0 {
			st.Inside = o.state
		}
	}
	for i := len(stack) - 1; i >= 0; i-- {
		if stack[i].state >= 0 && stack[i].state != k {
			st.Inside = stack[i].state // the innermost
			break
		}
	}
	for _, w := range words {
		switch w {
		case "thought":
			st.Thought = true
		case "first":
			st.First, st.Type, st.flagged = true, recount.Direct, true
		case "direct", "indirect", "mixed":
			st.Type, st.flagged = recount.QuotationType(w), true
		case "nested":
		case "-":
			st.Speaker = nobody
		default:
			e, ok := p.ids[w]
			switch {
			case !ok:
				p.fault("%s: %q is no entity of the header and no flag", mark, w)
			case st.Speaker >= 0 && st.Speaker != e:
				p.fault("%s: the speaker was %s before", mark, p.t.Entities[st.Speaker].ID)
			default:
				st.Speaker, p.used[e] = e, true
			}
		}
	}
	if st.Speaker == unset {
		p.fault("%s: the first piece of a statement names its speaker ([%s rao:...], or - if the text does not say who)", mark, st.ID)
		st.Speaker = nobody
	}
}

// finish derives types and checks what needs the whole text.
func (p *parser) finish() {
	t := p.t
	p.line = 1
	if len(t.Paragraphs) == 0 {
		p.fault("no text")
		return
	}
	for i, e := range t.Entities {
		if !p.used[i] {
			p.fault("entity %s is never mentioned", e.ID)
		}
	}
	for k := range t.Statements {
		st := &t.Statements[k]
		p.line = p.starts[st.ID]
		if len(st.Content) == 0 {
			p.fault("%s has a cue or a source and no content", st.ID)
			continue
		}
		if len(st.Cue) > 1 {
			p.fault("%s has %d cues", st.ID, len(st.Cue))
		}
		byStart := func(a, b recount.Span) int { return cmp.Compare(a.Start, b.Start) }
		slices.SortFunc(st.Content, byStart)
		slices.SortFunc(st.Source, byStart)
		if !st.flagged {
			st.Type = typeOf(t.Text, st.Content)
		}
	}
	for _, m := range t.Mentions {
		if !m.Span.Within(t.Text) || m.Span.Len() == 0 {
			return
		}
	}
	// Statements stand in order of the text; what points into the list follows.
	order := make([]int, len(t.Statements))
	for i := range order {
		order[i] = i
	}
	first := func(k int) recount.Span {
		if c := t.Statements[k].Content; len(c) > 0 {
			return c[0]
		}
		return recount.Span{}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(first(a).Start, first(b).Start), cmp.Compare(first(b).End, first(a).End))
	})
	to := make([]int, len(order))
	sorted := make([]Statement, len(order))
	for at, k := range order {
		to[k], sorted[at] = at, t.Statements[k]
	}
	for i := range sorted {
		if sorted[i].Inside >= 0 {
			sorted[i].Inside = to[sorted[i].Inside]
		}
	}
	t.Statements = sorted
}

// typeOf tells by the marks in its pieces what type a content is: direct if
// each piece begins with an opening mark, and what it opens is not closed
// before its end.
func typeOf(text string, content []recount.Span) recount.QuotationType {
	direct, marks := true, false
	for _, s := range content {
		in := s.In(text)
		r, n := utf8.DecodeRuneInString(in)
		open := isOpening(r)
		direct = direct && open
		if open {
			// Words outside the marks make it mixed.
			rest, depth := in[n:], 1
			for i, c := range rest {
				if isClosing(c, rest[:i], rest[i+utf8.RuneLen(c):]) && closes(r, c) {
					depth--
				} else if c == r && depth == 0 {
					depth = 1
				} else if depth <= 0 && unicode.IsLetter(c) {
					direct = false
					break
				}
			}
		}
		marks = marks || strings.ContainsAny(in, "“”\"«»„") || open || strings.Contains(in, " ‘")
	}
	switch {
	case direct:
		return recount.Direct
	case marks:
		return recount.Mixed
	}
	return recount.Indirect
}

func isOpening(r rune) bool { return strings.ContainsRune("“\"‘'«„", r) }

func closes(open, c rune) bool {
	switch open {
	case '“', '„':
		return c == '”' || c == '“' && open == '„'
	case '‘':
		return c == '’'
	case '«':
		return c == '»'
	}
	return c == open
}

// isClosing reports whether a mark closes: an apostrophe inside or at the end
// of a word does only where a stop stands before it or nothing behind it.
func isClosing(c rune, before, after string) bool {
	switch c {
	case '”', '"', '»', '“':
		return true
	case '’', '\'':
		if after == "" {
			return true
		}
		r, _ := utf8.DecodeLastRuneInString(before)
		return strings.ContainsRune(",.?!", r)
	}
	return false
}

func trim(text string, s recount.Span) recount.Span {
	for s.Start < s.End && text[s.Start] == ' ' {
		s.Start++
	}
	for s.End > s.Start && text[s.End-1] == ' ' {
		s.End--
	}
	return s
}

func head(s string) string { return s[:cut(s, 24)] }

func tail(s string) string {
	at := max(0, len(s)-24)
	for at < len(s) && !utf8.RuneStart(s[at]) {
		at++
	}
	return s[at:]
}

// cut returns the largest boundary of a rune in s up to n.
func cut(s string, n int) int {
	n = min(n, len(s))
	for n > 0 && n < len(s) && !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}
