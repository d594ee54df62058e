package corpus

import (
	"regexp"
	"slices"
	"strings"

	"recount"
)

var (
	firstPerson = regexp.MustCompile(`\b(I|I'm|I’m|my|me|we|our)\b`)
	pronoun     = regexp.MustCompile(`\b([Hh]e|[Ss]he|[Hh]im|[Hh]er|[Hh]is|[Hh]ers)\b`)
	longQuote   = regexp.MustCompile(`[“"]([^“”"]*)[”"]`)
)

// Lint checks one file: what does not keep to the format, and, as notes, what
// a writer may have forgotten.
func Lint(file, data string) []Fault {
	t, faults := Parse(file, data)
	if len(faults) > 0 {
		return faults
	}
	add := func(at int, note bool, what string) {
		faults = append(faults, Fault{Line: t.lineAt(at), What: what, Note: note})
	}
	for _, e := range t.Entities {
		if (e.Kind == Kind(recount.Named) || e.Kind == Kind(recount.Pseudonym)) && !strings.Contains(t.Text, e.Name) {
			add(0, false, "entity "+e.ID+": its fullest name is not printed in the text: "+e.Name)
		}
	}
	for _, st := range t.Statements {
		in := st.Content[0].In(t.Text)
		if st.Type == recount.Indirect && !st.flagged && st.Inside < 0 && firstPerson.MatchString(in) {
			add(st.Content[0].Start, true, st.ID+" speaks of I or we without marks: direct or first?")
		}
		if st.Speaker >= 0 && t.Entities[st.Speaker].Kind == Place {
			add(st.Content[0].Start, true, st.ID+" is spoken by a place: an organisation?")
		}
		for _, s := range st.Source {
			if st.Speaker >= 0 && !t.mentioned(st.Speaker, s) {
				add(s.Start, true, st.ID+": no mention of "+t.Entities[st.Speaker].ID+" in its source "+s.In(t.Text))
			}
		}
	}
	for _, p := range t.Paragraphs {
		if p.Role != recount.Body && p.Role != recount.OffTopic {
			continue
		}
		in := p.Span.In(t.Text)
		for _, m := range pronoun.FindAllStringIndex(in, -1) {
			s := recount.Span{Start: p.Span.Start + m[0], End: p.Span.Start + m[1]}
			if p.Role == recount.Body && !slices.ContainsFunc(t.Mentions, func(x Mention) bool { return x.Span == s }) {
				add(s.Start, true, "“"+s.In(t.Text)+"” is no mention of anybody")
			}
		}
		for _, m := range longQuote.FindAllStringIndex(in, -1) {
			s := recount.Span{Start: p.Span.Start + m[0], End: p.Span.Start + m[1]}
			if strings.Count(s.In(t.Text), " ") >= 4 && p.Role == recount.Body && !t.inStatement(s) {
				add(s.Start, true, "marked words in no statement: "+head(s.In(t.Text))+"…")
			}
		}
	}
	sortFaults(faults)
	return faults
}

// lineAt returns the line of the file that holds byte b of the text.
func (t *Text) lineAt(b int) int {
	for _, p := range t.Paragraphs {
		if b <= p.Span.End {
			return p.Line
		}
	}
	return 1
}

// mentioned reports whether a mention of an entity lies in a span, or around it.
func (t *Text) mentioned(e int, s recount.Span) bool {
	return slices.ContainsFunc(t.Mentions, func(m Mention) bool {
		return m.Entity == e && m.Span.Start < s.End && s.Start < m.Span.End
	})
}

func (t *Text) inStatement(s recount.Span) bool {
	return slices.ContainsFunc(t.Statements, func(st Statement) bool {
		return slices.ContainsFunc(st.Content, func(c recount.Span) bool { return c.Start < s.End && s.Start < c.End })
	})
}
