// Package rtf reads RTF files.
//
// In: the bytes of the file. Out: its paragraphs, each with a path ("p[12]"
// counts every paragraph and table cell of the text, the empty ones too;
// "p[12]#2" is what follows a line break in it), and what the information group
// says of the file.
//
// Method: one pass over the bytes with a stack of groups. Characters are read
// by code page (\ansicpg, the charset of the font) or as Unicode (\u, skipping
// what \uc says). Destinations that hold no text of the document are passed
// over: pictures, objects, headers, footers, footnotes, comments, hidden and
// deleted text; a note names what a reader may miss. Tables are read cell by
// cell, text boxes once.
//
// Limits: maxPayload and maxDepth; above them the file is refused. Time and
// memory grow with the size of the file and no faster.
package rtf

import (
	"bytes"
	"fmt"
	"strings"

	"recount"
	"recount/internal/text/document"
	"recount/internal/text/page"
)

const (
	maxPayload = 64 << 20 // bytes of a file
	maxDepth   = 500      // groups inside each other
	maxWord    = 32       // letters of a control word

	maxParagraphs = 500_000
	maxText       = 32 << 20 // bytes of text
)

// A Paragraph is one paragraph or table cell of an RTF file.
type Paragraph struct {
	document.Paragraph
	Bold bool // all its letters are
	Cell bool // it is a cell of a table
}

// Facts is what a file says of itself besides its text.
type Facts struct {
	Candidates []recount.Candidate // title, creator, created and modified, as the information group gives them
	Notes      []string            // what was left out
}

// Is reports whether payload is an RTF file.
func Is(payload []byte, _ string) bool {
	return bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(payload, []byte("\xef\xbb\xbf")), " \t\r\n"), []byte(`{\rtf`))
}

// Paragraphs returns the text of a file. A paragraph whose style is a heading
// has the role Subhead, a title Headline; most files name no styles.
func Paragraphs(payload []byte) ([]Paragraph, Facts, error) {
	switch {
	case !Is(payload, ""):
		return nil, Facts{}, page.Refuse("no RTF file", "save the document again as RTF")
	case len(payload) > maxPayload:
		return nil, Facts{}, page.Refuse("an RTF file of more than 64 MiB", "save it without its pictures, or as .docx")
	}
	r := newReader(payload)
	if err := r.read(); err != nil {
		return nil, Facts{}, err
	}
	return r.out, r.facts(), nil
}

// Plain returns the paragraphs without what only an RTF file says of them.
func Plain(list []Paragraph) []document.Paragraph {
	out := make([]document.Paragraph, len(list))
	for i, p := range list {
		out[i] = p.Paragraph
	}
	return out
}

// Read returns the one article of a plain document.
func Read(payload []byte, _ document.Options) (document.Set, error) {
	list, facts, err := Paragraphs(payload)
	if err != nil {
		return document.Set{}, err
	}
	if len(list) == 0 {
		return document.Set{}, page.Refuse("an RTF file without text", "save the document again; its text may be inside its pictures")
	}
	d := document.Single(Plain(list), facts.Candidates)
	d.Range = Range(list)
	d.Notes = facts.Notes
	return document.Set{Drafts: []document.Draft{d}}, nil
}

// Range says in words which paragraphs of the file a list of them covers.
func Range(list []Paragraph) string {
	if len(list) == 0 {
		return ""
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(list[0].Path, "p["), "]")
	last, _, _ := strings.Cut(strings.TrimPrefix(list[len(list)-1].Path, "p["), "]")
	return fmt.Sprintf("paragraphs %s-%s", first, last)
}

// Find returns the text of the paragraph at path.
func Find(payload []byte, path string) (string, bool) {
	list, _, err := Paragraphs(payload)
	if err != nil {
		return "", false
	}
	for _, p := range list {
		if p.Path == path {
			return p.Text, true
		}
	}
	return "", false
}
