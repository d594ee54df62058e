package report

// This file writes the prose of a report.md for readers outside the team: the
// same sentences with the numbers that may be shown, without those that may not.
//
// In: a template, and answers to what each of its slots may print. Out: blocks
// of a document. It does no I/O.

import (
	"cmp"
	"regexp"
	"strings"

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
	// Keep reports whether a sentence is kept. It is asked once for each, with
	// what of it somebody typed: without the numbers of results.
	Keep func(sentence, typed string) bool
	// Link reports whether the address of a link is kept; its words stay.
	Link func(address string) bool
}

// WritePublic appends the prose to a document.
func (t *Template) WritePublic(out *document.Document, x Public) error {
	w := t.writer(out)
	var failed error
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
		like.Text = filled + text + filled
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
		for _, sentence := range inlineSentences(text) {
			plain := plainText(sentence)
			whole, typed := strings.ReplaceAll(plain, filled, ""), filledText.ReplaceAllString(plain, "#")
			if strings.Contains(plain, notShown) || !x.Keep(strings.TrimSpace(whole), strings.TrimSpace(typed)) {
				continue
			}
			for _, in := range sentence {
				if in.Address != "" && !x.Link(in.Address) {
					in.Address = ""
				}
				in.Text = strings.ReplaceAll(in.Text, filled, "")
				out = append(out, in)
			}
		}
		return out
	}
	w.blocks(w.parsed)
	return failed
}

// notShown stands for a number while a sentence is put together; no text holds it.
// filled stands around what a slot printed.
const (
	notShown = "\x00"
	filled   = "\x01"
)

var filledText = regexp.MustCompile(filled + `[^` + filled + `]*` + filled)

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
