package table

import (
	"bytes"
	"fmt"
	"strings"

	"recount/internal/text/page"
)

// A form is one way to write a table.
type form int

const (
	isNone form = iota
	isDelimited
	isWorkbook
	isRecords // JSON
	isKnowledgeGraph
	isList // of addresses
	isOpenDocument
	isOldWorkbook
)

// sampled is how many bytes decide on the form.

// formOf tells the form of a payload by its content. Any text that is nothing
// else counts as delimited.
func formOf(payload []byte) form {
	switch {
	case bytes.HasPrefix(payload, []byte("PK\x03\x04")):
		switch {
		case holdsWorkbook(payload):
			return isWorkbook
		case holdsOpenDocument(payload):
			return isOpenDocument
		}
		return isNone
	case bytes.HasPrefix(payload, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return isOldWorkbook
	case len(bytes.TrimSpace(payload[:min(len(payload), sampled)])) == 0, page.Binary(payload):
		return isNone
	}
	if lead := bytes.TrimLeft(payload[:min(len(payload), 512)], "\xef\xbb\xbf \t\r\n"); len(lead) > 0 && lead[0] == '<' {
		return isNone // a page, as most files are
	}
	src := beginning(payload)
	start := strings.TrimLeft(src, " \t\r\n")
	if start == "" {
		return isNone
	}
	switch after := strings.TrimLeft(start[1:], " \t\r\n"); {
	case start[0] == '<' || strings.HasPrefix(start, "%PDF") || strings.HasPrefix(start, "WARC/1."):
		return isNone
	case start[0] == '{' && (after == "" || after[0] == '"' || after[0] == '}'),
		start[0] == '[' && (after == "" || after[0] == '{' || after[0] == ']'):
		return isRecords
	case start[0] == '{' && strings.HasPrefix(after, `\rtf`):
		return isNone
	case isGKG(src):
		return isKnowledgeGraph
	case isAddresses(src):
		return isList
	}
	return isDelimited
}

// beginning returns the first lines of a payload as text.
func beginning(payload []byte) string {
	head := payload
	if len(head) > sampled {
		head = head[:sampled]
		if i := bytes.LastIndexByte(head, '\n'); i > 0 && !bytes.HasPrefix(head, []byte{0xff, 0xfe}) && !bytes.HasPrefix(head, []byte{0xfe, 0xff}) {
			head = head[:i+1]
		}
	}
	src, _ := page.Decode(head, "")
	return src
}

// gridsOf returns the tables of a payload, and what a reader should know.
func gridsOf(payload []byte) ([]grid, []string, error) {
	kind := formOf(payload)
	switch kind {
	case isWorkbook:
		return sheetGrids(payload)
	case isOpenDocument:
		return nil, nil, page.Refuse("an OpenDocument spreadsheet", "save it as .xlsx or .csv and add that")
	case isOldWorkbook:
		return nil, nil, page.Refuse("a workbook in Excel's binary form, or one that a password locks", "save it as .xlsx or .csv without a password and add that")
	case isNone:
		return nil, nil, page.Refuse("no table that can be read here", "save it as .xlsx, .csv or .jsonl and add that")
	}
	src, note := page.Decode(payload, "")
	var notes []string
	if note != "" {
		notes = append(notes, note)
	}
	var g grid
	switch kind {
	case isRecords:
		g = recordGrid(src)
	case isKnowledgeGraph:
		g = gkgGrid(src)
	case isList:
		g = addressGrid(src)
	default:
		g = delimitedGrid(src)
	}
	return []grid{g}, notes, nil
}

// sheetGrids returns the sheets of a workbook.
func sheetGrids(payload []byte) ([]grid, []string, error) {
	sheets, err := openWorkbook(payload)
	if err != nil {
		return nil, nil, err
	}
	hidden := 0
	out := make([]grid, len(sheets))
	for i, s := range sheets {
		if s.Hidden {
			hidden++
		}
		out[i] = grid{sheet: s.Name, word: "row", each: func(yield func(row) bool) error {
			return s.Rows(func(r workbookRow) bool { return yield(row{n: r.N, cells: r.Cells, links: r.Links}) })
		}}
		if len(sheets) > 1 {
			out[i].number = i + 1
		}
	}
	if hidden == 0 {
		return out, nil, nil
	}
	return out, []string{fmt.Sprintf("%d hidden sheets were read too", hidden)}, nil
}
