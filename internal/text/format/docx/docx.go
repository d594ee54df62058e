// Package docx reads Word files (DOCX) and, at the level of paragraphs, ODT.
//
// In: the bytes of the file. Out: its paragraphs in the order of the file,
// each with a path ("p[12]" counts every w:p of word/document.xml that is read,
// the empty ones too; "p[12]#2" is what follows a line break in it), and what
// the properties of the file say of it.
//
// Method: the part that the package names as its document is read once, token
// by token. Inserted text is kept and deleted text dropped, text boxes are read
// once, tables cell by cell, headings are told by their style. Footnotes,
// headers, footers, comments, hidden text and pictures are left out, and a note
// says so.
//
// Limits: maxPayload, maxInflated, maxParts and maxDepth; above them, and for
// files with a password, old .doc files and files with a document type
// declaration, the file is refused.
package docx

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"recount"
	"recount/internal/text/document"
	"recount/internal/text/page"
)

// Is reports whether payload is a Word file or an OpenDocument text. An old or
// encrypted Word file is one too, so that Read can say what to do with it.
func Is(payload []byte, name string) bool {
	if bytes.HasPrefix(payload, ole) {
		ext := strings.ToLower(path.Ext(name))
		return bytes.Contains(payload, wide("WordDocument")) || ext == ".doc" || ext == ".docx"
	}
	p, err := open(payload)
	return err == nil && (p.word() || p.odt())
}

// Facts is what a file says of itself besides its text.
type Facts struct {
	Candidates []recount.Candidate // title, creator, created and modified, as the properties of the file give them
	Notes      []string            // what was left out
	Left       []document.Left     // parts that could not be read
}

// Paragraphs returns the text of a file. Titles have the role Headline,
// headings Subhead, captions Caption.
func Paragraphs(payload []byte) ([]document.Paragraph, Facts, error) {
	if bytes.HasPrefix(payload, ole) {
		return nil, Facts{}, refuseOLE(payload)
	}
	p, err := open(payload)
	if err != nil {
		return nil, Facts{}, err
	}
	if p.odt() {
		return p.readODT()
	}
	return p.readWord()
}

// Read returns the one article of a plain document.
func Read(payload []byte, _ document.Options) (document.Set, error) {
	paras, facts, err := Paragraphs(payload)
	if err != nil {
		return document.Set{}, err
	}
	if len(paras) == 0 {
		hint := "save the document again as .docx"
		for _, n := range facts.Notes {
			if strings.Contains(n, "picture") {
				hint = "its text may be inside its pictures: type it in, or ask for the text"
			}
		}
		return document.Set{}, page.Refuse("a document without text", hint)
	}
	d := document.Single(paras, facts.Candidates)
	d.Range = Range(paras)
	d.Notes = facts.Notes
	return document.Set{Drafts: []document.Draft{d}, Left: facts.Left}, nil
}

// Range says in words which paragraphs of the file a list of them covers.
func Range(paras []document.Paragraph) string {
	if len(paras) == 0 {
		return ""
	}
	return fmt.Sprintf("paragraphs %d-%d", number(paras[0].Path), number(paras[len(paras)-1].Path))
}

// number returns 12 for "p[12]" and "p[12]#2".
func number(path string) int {
	n := 0
	for _, c := range path {
		if '0' <= c && c <= '9' {
			n = n*10 + int(c-'0')
		} else if c == ']' {
			break
		}
	}
	return n
}

// Find returns the text of the paragraph at path.
func Find(payload []byte, path string) (string, bool) {
	paras, _, err := Paragraphs(payload)
	if err != nil {
		return "", false
	}
	for _, p := range paras {
		if p.Path == path {
			return p.Text, true
		}
	}
	return "", false
}

// Main returns the part of a Word file that holds its text, inflated, so that
// a caller can look for a mark in it without reading it.
func Main(payload []byte) ([]byte, error) {
	p, err := open(payload)
	if err != nil {
		return nil, err
	}
	if !p.word() {
		return nil, page.Refuse("no Word file", "save the document again as .docx")
	}
	return p.part(p.main())
}
