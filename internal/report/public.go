package report

// This file writes the prose of a report.md for readers outside the team: the
// same sentences with the numbers that may be shown, without those that may not.
//
// In: a template, and answers to what each of its slots may print. Out: blocks
// of a document. It does no I/O.

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"recount"
	"recount/internal/report/document"
)

// The parts of a document that others need, under one roof.
type (
	Document      = document.Document
	DocumentBlock = document.Block
	DocumentTable = document.Table
	DocumentCell  = document.Cell
)

// Kinds of blocks.
const (
	Paragraph  = document.Paragraph
	Heading    = document.Heading
	ListItem   = document.ListItem
	Quotation  = document.Quotation
	TableBlock = document.TableBlock
)

// Plain returns text as one inline.
func Plain(s string) []document.Inline { return document.Plain(s) }

// A Public says what a report.md may print outside the team.
type Public struct {
	// Number returns what a slot prints; shown is false if the number is not
	// shown, and the sentence is left out with it.
	Number func(verb, name, row string) (text string, shown bool, err error)
	// Table returns the table of a result, or nil if it is left out.
	Table func(name string) *document.Table
	// Results are what the numbers of the slots are of.
	Results map[string]recount.Result
	// Keep reports whether a sentence is kept. It is asked once for each.
	Keep func(s PublicSentence) bool
	// Fold is a text as the eye reads it, by which claims are looked for.
	Fold func(text string) string
	// Link reports whether the address of a link is kept; its words stay.
	Link func(address string) bool
}

// A PublicSentence is a sentence as an edition would print it.
type PublicSentence struct {
	Text  string
	Typed string // what of it somebody typed: "#" stands for the numbers of results
	Claim string // what it claims that its numbers do not carry; "" if nothing
	// Beside is what stands beside it, as it was typed: the sentences before and
	// behind it in its paragraph, or the row and the head of its table.
	Beside string
}

// WritePublic appends the prose to a document.
func (t *Template) WritePublic(out *document.Document, x Public) error {
	w := t.writer(out)
	var failed error
	byName := map[string]*recount.Result{}
	for name, r := range x.Results {
		byName[name] = &r
	}
	var slots []slot // that were filled
	w.inText = func(s slot, like document.Inline) []document.Inline {
		if s.err != nil {
			failed = cmp.Or(failed, s.err)
			return nil
		}
		text, shown, err := x.Number(s.Verb, s.Name, s.Row)
		failed = cmp.Or(failed, err)
		if !shown {
			text = notShown
		}
		like.Text = filled + strconv.Itoa(len(slots)) + filledWith + text + filled
		slots = append(slots, s)
		return []document.Inline{like}
	}
	w.alone = func(s slot) {
		if s.Name == "" || s.Verb == "beside" {
			return // open questions and what outlets print lead to people
		}
		if table := x.Table(s.Name); table != nil {
			w.add(document.Block{Kind: document.TableBlock, Table: table})
		}
	}
	w.said = func(text []document.Inline) []document.Inline {
		var out []document.Inline
		cut := inlineSentences(text)
		claims := make([]string, len(cut))
		if !w.quoting {
			claims = claimsOf(cut, slots, byName, x.Fold)
		}
		typed := make([]string, len(cut))
		for i, sentence := range cut {
			typed[i] = strings.TrimSpace(filledText.ReplaceAllString(plainText(sentence), "#"))
		}
		for i, sentence := range cut {
			plain := plainText(sentence)
			beside := w.around
			if i > 0 {
				beside += "\n" + typed[i-1]
			}
			if i+1 < len(cut) {
				beside += "\n" + typed[i+1]
			}
			if strings.Contains(plain, notShown) || !x.Keep(PublicSentence{strings.TrimSpace(unfilled(plain)), typed[i], claims[i], beside}) {
				continue
			}
			for _, in := range sentence {
				if in.Address != "" && !x.Link(in.Address) {
					in.Address = ""
				}
				in.Text = unfilled(in.Text)
				out = append(out, in)
			}
		}
		return out
	}
	w.blocks(w.parsed)
	return failed
}

// claimsOf says of each sentence of a paragraph what it claims that its numbers do
// not carry. A quotation that goes on over several sentences is nobody's claim here.
func claimsOf(cut [][]document.Inline, slots []slot, byName map[string]*recount.Result, fold func(string) string) []string {
	var whole strings.Builder
	var ends []int
	for _, sentence := range cut {
		for _, in := range sentence {
			text := in.Text
			if in.Code {
				text = "`" + strings.ReplaceAll(text, "`", " ") + "`"
			}
			whole.WriteString(text)
			if in.Break {
				whole.WriteByte(' ')
			}
		}
		ends = append(ends, whole.Len())
	}
	text := quoted.ReplaceAllStringFunc(whole.String(), func(s string) string { return strings.Repeat(" ", len(s)) })
	out := make([]string, len(cut))
	from := 0
	for i, end := range ends {
		var numbers []*recount.Result
		marked := filledText.ReplaceAllStringFunc(text[from:end], func(s string) string {
			at, _, _ := strings.Cut(strings.TrimPrefix(s, filled), filledWith)
			n, err := strconv.Atoi(at)
			if err != nil || n >= len(slots) {
				return " "
			}
			r := resultOf(slots[n], byName)
			if r == nil {
				return " "
			}
			numbers = append(numbers, r)
			return fmt.Sprintf("\x00%d\x00", len(numbers)-1)
		})
		out[i] = firstClaim(spoken(fold(marked)), numbers)
		from = end
	}
	return out
}

// spoken is a text in small letters with one blank between its words, without code.
func spoken(text string) string {
	return strings.Join(strings.Fields(strings.ToLower(codeText.ReplaceAllString(text, " "))), " ")
}

// notShown stands for a number while a sentence is put together; no text holds it.
// filled stands around what a slot printed, behind the number of the slot.
const (
	notShown   = "\x00"
	filled     = "\x01"
	filledWith = "\x02"
)

var (
	codeText    = regexp.MustCompile("`[^`]*`")
	filledText  = regexp.MustCompile(filled + `[^` + filled + `]*` + filled)
	filledStart = regexp.MustCompile(filled + `\d+` + filledWith)
)

// unfilled is a text without the marks around what slots printed.
func unfilled(text string) string {
	return strings.ReplaceAll(filledStart.ReplaceAllString(text, ""), filled, "")
}

func plainText(text []document.Inline) string {
	var b strings.Builder
	for _, x := range text {
		b.WriteString(x.Text)
		if x.Break {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// inlineSentences cuts text into sentences, each with the blank behind it.
func inlineSentences(text []document.Inline) (out [][]document.Inline) {
	var now []document.Inline
	for _, x := range text {
		for rest := x.Text; ; {
			at := sentenceEnd.FindStringIndex(rest)
			if at == nil || x.Code {
				x.Text = rest
				break
			}
			piece := x
			piece.Text = rest[:at[1]]
			out, now, rest = append(out, append(now, piece)), nil, rest[at[1]:]
		}
		if x.Text != "" || x.Note > 0 || x.Break {
			now = append(now, x)
		}
	}
	if len(now) > 0 {
		out = append(out, now)
	}
	return out
}
