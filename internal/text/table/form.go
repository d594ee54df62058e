package table

import (
	"bytes"
	"strings"

	"recount/internal/text/page"
)

// A form is one way to write a table.
type form int

const (
	none form = iota
	delimited
	workbook
	records // JSON
	gkg
	addresses
	openDocument
	oldWorkbook
)

// formOf tells the form of a payload by its content. Any text that is nothing
// else counts as delimited.
func formOf(payload []byte) form {
	switch {
	case bytes.HasPrefix(payload, []byte("PK\x03\x04")):
		return zipped(payload)
	case bytes.HasPrefix(payload, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return oldWorkbook
	case len(bytes.TrimSpace(payload[:min(len(payload), sampled)])) == 0, page.Binary(payload):
		return none
	}
	if lead := bytes.TrimLeft(payload[:min(len(payload), 512)], "\xef\xbb\xbf \t\r\n"); len(lead) > 0 && lead[0] == '<' {
		return none // a page, as most files are
	}
	src := beginning(payload)
	start := strings.TrimLeft(src, " \t\r\n")
	if start == "" {
		return none
	}
	switch after := strings.TrimLeft(start[1:], " \t\r\n"); {
	case start[0] == '<' || strings.HasPrefix(start, "%PDF") || strings.HasPrefix(start, "WARC/1."):
		return none
	case start[0] == '{' && (after == "" || after[0] == '"' || after[0] == '}'),
		start[0] == '[' && (after == "" || after[0] == '{' || after[0] == ']'):
		return records
	case start[0] == '{' && strings.HasPrefix(after, `\rtf`):
		return none
	case isGKG(src):
		return gkg
	case isAddresses(src):
		return addresses
	}
	return delimited
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
	case workbook:
		return openWorkbook(payload)
	case openDocument:
		return nil, nil, page.Refuse("an OpenDocument spreadsheet", "save it as .xlsx or .csv and add that")
	case oldWorkbook:
		return nil, nil, page.Refuse("a workbook in Excel's binary form, or one that a password locks", "save it as .xlsx or .csv without a password and add that")
	case none:
		return nil, nil, page.Refuse("no table that can be read here", "save it as .xlsx, .csv or .jsonl and add that")
	}
	src, note := page.Decode(payload, "")
	var notes []string
	if note != "" {
		notes = append(notes, note)
	}
	var g grid
	switch kind {
	case records:
		g = recordGrid(src)
	case gkg:
		g = gkgGrid(src)
	case addresses:
		g = addressGrid(src)
	default:
		g = delimitedGrid(src)
	}
	return []grid{g}, notes, nil
}
