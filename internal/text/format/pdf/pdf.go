// Package pdf reads the text layer of PDF files.
//
// In: bytes. Out: one draft with its paragraphs, each with the page and the
// lines that it stands on. Method: package object reads the objects; the glyphs
// of a page are placed by an interpreter of its own, joined to words by the gaps
// between them, to lines by their baselines, to columns by the strips
// that stay empty over several lines, and to paragraphs by indents, gaps and
// short last lines. Lines that repeat at the head or foot of pages are left out
// and named.
//
// Limits: see the constants; text from right to left is not put in order;
// tables are read row by row where their cells are short; letters that a font
// draws without saying which they are stay unknown.
package pdf

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"recount"
	"recount/internal/text/document"
	"recount/internal/text/page"
)

// What a file may cost. Above a limit it is refused, or the rest is listed as
// left.
const (
	maxBytes = 256 << 20 // bytes of a file
	maxText  = 32 << 20  // bytes of all lines of a file
)

// Is reports whether payload is a PDF file. Bytes before its header are
// common and allowed.
func Is(payload []byte, _ string) bool {
	return bytes.Contains(payload[:min(len(payload), 1024)], []byte("%PDF-"))
}

// Read reads a PDF file.
func Read(payload []byte, o document.Options) (document.Set, error) {
	d, err := load(payload)
	if err != nil {
		return document.Set{}, err
	}
	return d.set(o), nil
}

// Find returns the text that stands at path, "page[2]/line[3-9]".
func Find(payload []byte, path string) (string, bool) {
	spots, ok := parsePath(path)
	if !ok {
		return "", false
	}
	d, err := load(payload)
	if err != nil {
		return "", false
	}
	var lines []*line
	for _, s := range spots {
		if s.page > len(d.pages) || s.last > len(d.pages[s.page-1].lines) {
			return "", false
		}
		for i := s.first; i <= s.last; i++ {
			lines = append(lines, &d.pages[s.page-1].lines[i-1])
		}
	}
	return d.words.join(lines), true
}

// A spot is a run of lines of one page. Pages and lines are counted from 1.
type spot struct{ page, first, last int }

// pathOf returns the path of lines, which stand in reading order.
func pathOf(lines []*line) string {
	var spots []spot
	for _, l := range lines {
		if n := len(spots); n > 0 && spots[n-1].page == l.page && spots[n-1].last == l.number-1 {
			spots[n-1].last = l.number
		} else {
			spots = append(spots, spot{l.page, l.number, l.number})
		}
	}
	var b strings.Builder
	for i, s := range spots {
		if i > 0 {
			b.WriteByte('+')
		}
		if s.first == s.last {
			fmt.Fprintf(&b, "page[%d]/line[%d]", s.page, s.first)
		} else {
			fmt.Fprintf(&b, "page[%d]/line[%d-%d]", s.page, s.first, s.last)
		}
	}
	return b.String()
}

// parsePath takes a path apart.
func parsePath(path string) ([]spot, bool) {
	if len(path) > 100_000 {
		return nil, false
	}
	var out []spot
	for part := range strings.SplitSeq(path, "+") {
		p, ok := strings.CutPrefix(part, "page[")
		if !ok {
			return nil, false
		}
		p, ok = strings.CutSuffix(p, "]")
		if !ok {
			return nil, false
		}
		number, lines, ok := strings.Cut(p, "]/line[")
		if !ok {
			return nil, false
		}
		first, last, many := strings.Cut(lines, "-")
		if !many {
			last = first
		}
		var s spot
		var e1, e2, e3 error
		s.page, e1 = strconv.Atoi(number)
		s.first, e2 = strconv.Atoi(first)
		s.last, e3 = strconv.Atoi(last)
		if e1 != nil || e2 != nil || e3 != nil || s.page < 1 || s.first < 1 || s.last < s.first {
			return nil, false
		}
		out = append(out, s)
	}
	return out, len(out) > 0
}

// A text is the text of a file, placed.
type text struct {
	pages   []sheet
	words   vocabulary
	body    int // size that most letters have, in hundredths of a point
	dropped []string
	left    []document.Left
	notes   []string
	facts   []recount.Candidate // of the information dictionary and the XMP packet
	urls    []string            // printed at the head or foot of pages
}

// A sheet is one page.
type sheet struct {
	lines  []line // in reading order
	height int    // hundredths of a point
	image  bool   // it shows a picture
}

// load reads the lines of a file.
func load(payload []byte) (*text, error) {
	if len(payload) > maxBytes {
		return nil, page.Refuse(fmt.Sprintf("a PDF file of more than %d MB", maxBytes>>20), "split the file and add the parts")
	}
	f, err := openDrawing(payload)
	if err != nil {
		return nil, err
	}
	d := &text{}
	leaves, err := f.Pages()
	if err != nil {
		return nil, err
	}
	if len(leaves) > maxPages {
		d.left = append(d.left, document.Left{Where: fmt.Sprintf("pages %d-%d", maxPages+1, len(leaves)),
			Reason: fmt.Sprintf("more than %d pages", maxPages), Hint: "split the file and add the parts"})
		leaves = leaves[:maxPages]
	}
	var layouts []layout
	size := 0
	var tally tally
	for i, pageNode := range leaves {
		c, err := f.Draw(pageNode)
		if err != nil {
			d.left = append(d.left, document.Left{Where: fmt.Sprintf("page %d", i+1), Reason: err.Error(), Hint: attach})
			if f.Spent() {
				return nil, errSpent()
			}
		}
		tally.add(c)
		l := newLayout(c)
		if size += l.size(); size > maxText {
			d.left = append(d.left, document.Left{Where: fmt.Sprintf("pages %d-%d", i+1, len(leaves)),
				Reason: fmt.Sprintf("more than %d MB of text", maxText>>20), Hint: "split the file and add the parts"})
			break
		}
		layouts = append(layouts, l)
	}
	if err := tally.verdict(len(leaves), d); err != nil {
		return nil, err
	}
	d.dropped, d.urls = dropFurniture(layouts)
	d.body = bodySize(layouts)
	known := gutters(layouts)
	for i, l := range layouts {
		s := sheet{lines: l.lines(known), height: l.height, image: l.image}
		for k := range s.lines {
			s.lines[k].page, s.lines[k].number = i+1, k+1
		}
		if len(s.lines) == 0 && l.image {
			d.left = append(d.left, document.Left{Where: fmt.Sprintf("page %d", i+1), Reason: "no text layer: a picture of a page", Hint: attach})
		}
		d.pages = append(d.pages, s)
	}
	d.words = newVocabulary(d.pages)
	d.facts = ofFile(f)
	return d, nil
}

// attach is what a person can do about a page that holds no text.
const attach = "type the text in: recount attach"
