package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
)

// A mark is a place in a text that belongs to somebody or something of the
// lists under it.
type mark struct {
	recount.Span
	open, close string
}

// A marked text is an article with its speakers, as A, B and so on, and its
// statements, numbered in the order of the text.
type markedText struct {
	speakers   []*casebook.Voice
	statements []markedStatement
	marks      []mark
}

type markedStatement struct {
	casebook.Utterance
	by string // letters of the speaker, "-" if the text names nobody
}

// markText numbers what was read and entered on a page.
func markText(r *runner, b *casebook.Casebook, p *part) (*markedText, error) {
	t := &markedText{}
	listed := map[recount.Key]bool{}
	for v, err := range b.Voices(r.Ctx, casebook.Filter{All: true, Page: p.page.Key}) {
		if err != nil {
			return nil, err
		}
		name := letters(len(t.speakers))
		t.speakers = append(t.speakers, v)
		for _, sp := range append([]recount.Span{v.At}, v.Spans...) {
			t.marks = append(t.marks, mark{sp, "{" + name + ": ", "}"})
		}
		for _, u := range v.Utterances {
			t.statements, listed[u.Key] = append(t.statements, markedStatement{u, name}), true
		}
	}
	for i := range p.reading.Statements {
		if x := &p.reading.Statements[i]; x.Speaker == "" && !listed[x.Key] {
			u := casebook.Utterance{Key: x.Key, At: x.Content, Type: x.Type, Mode: recount.Speech}
			if !x.Speech {
				u.Mode = recount.Thought
			}
			t.statements = append(t.statements, markedStatement{u, "-"})
		}
	}
	slices.SortStableFunc(t.statements, func(a, b markedStatement) int { return slices.CompareFunc(a.At, b.At, compareSpans) })
	for i, x := range t.statements {
		for _, sp := range x.At {
			if x.Old == nil {
				t.marks = append(t.marks, mark{sp, fmt.Sprintf("[%d: ", i+1), "]"})
			}
		}
	}
	for _, s := range p.reading.Sentences {
		if s.Role == recount.OffTopic {
			t.marks = append(t.marks, mark{s.Span, "(aside: ", ")"})
		}
	}
	t.marks = slices.DeleteFunc(t.marks, func(m mark) bool { return m.Len() <= 0 || !m.Within(p.article.Text) })
	slices.SortStableFunc(t.marks, func(a, b mark) int { return cmp.Or(compareSpans(a.Span, b.Span), strings.Compare(a.open, b.open)) })
	t.marks = slices.CompactFunc(t.marks, func(a, b mark) bool { return a == b })
	return t, nil
}

// compareSpans puts what begins first before, of what begins together the
// longer.
func compareSpans(a, b recount.Span) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
}

// letters numbers as A to Z, AA, AB and so on.
func letters(n int) string {
	s := string(rune('A' + n%26))
	if n >= 26 {
		s = letters(n/26-1) + s
	}
	return s
}

// in writes a stretch of the text with its marks, where one ends before others
// begin.
func (t *markedText) in(text string, at recount.Span) string {
	type event struct {
		at    int
		close bool
		words string
		n     int // of two that close together the one that began last closes first
	}
	var events []event
	for i, m := range t.marks {
		if m.Overlaps(at) {
			events = append(events, event{max(m.Start, at.Start), false, m.open, i}, event{min(m.End, at.End), true, m.close, -i})
		}
	}
	slices.SortStableFunc(events, func(a, b event) int {
		if c := cmp.Compare(a.at, b.at); c != 0 {
			return c
		}
		if a.close != b.close {
			if a.close {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.n, b.n)
	})
	var out strings.Builder
	from := at.Start
	for _, e := range events {
		out.WriteString(text[from:e.at])
		out.WriteString(e.words)
		from = e.at
	}
	out.WriteString(text[from:at.End])
	return out.String()
}

// print writes the article with its marks, and under it who they are. Each line
// of the text is set in, so that it cannot pass for one of ours.
func (t *markedText) print(r *runner, p *part) {
	blocks := p.article.Blocks
	if len(blocks) == 0 {
		blocks = []recount.Block{{Span: recount.Span{End: len(p.article.Text)}, Role: recount.Body}}
	}
	for _, x := range blocks {
		role := ""
		if x.Role != recount.Body {
			role = string(x.Role) + ": "
		}
		r.Printf("\n")
		for line := range strings.SplitSeq(t.in(p.article.Text, x.Span), "\n") {
			r.Printf("  | %s%s\n", role, line)
		}
	}
	r.Printf("\nspeakers\n")
	for i, v := range t.speakers {
		answer := string(v.Scope)
		switch {
		case v.Rejected:
			answer = "nobody"
		case answer == "":
			answer = "-"
		}
		r.Printf("  %-3s %.12s  %-7s  %s (%s, %s)\n", letters(i), v.ID, answer, Cell(v.Name), v.Kind, cmp.Or(v.Gender, recount.UnknownGender))
	}
	r.Printf("statements\n")
	for i, x := range t.statements {
		r.Printf("  %-3d %.12s  %-3s %s: %s%s\n", i+1, x.Key, x.by, x.Type, clip(strings.Join(x.Words(p.article.Text), " ... ")), marks(x.Utterance))
	}
}
