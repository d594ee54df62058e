// Package document holds a report as headings, paragraphs, tables and notes,
// and writes it as a Word file, as Markdown or as a piece of a web page.
//
// In: a Document. Out: bytes, the same for the same document: a .docx as ECMA-376
// describes it (WordprocessingML, transitional), with real headings, tables with
// a head that repeats on each page, and footnotes; or CommonMark with tables and
// footnotes as most programs read them.
//
// Limits: a chart is a picture in Word, above the table that it draws, and on the
// site a drawing whose marks are links; Markdown has the table.
package document

// A Document is a report to be read from top to bottom.
type Document struct {
	Title    string
	Language string // of the prose, as BCP 47; "" is English
	Program  string // that made it
	When     string // RFC 3339, of the newest thing in it; nothing else dates the file
	Blocks   []Block
	Notes    [][]Inline // footnotes, in the order in which they are referred to
}

// A BlockKind says what a block is.
type BlockKind int

const (
	Paragraph BlockKind = iota
	Heading             // Level 1 to 4
	ListItem            // Level 1 and deeper; Number is "1." or "" for a bullet
	Quotation
	Code
	TableBlock
	Flow // a Table of stages: what is left at each, and beside it what went out there
	Rule
	PictureBlock
)

// A Block is one piece of a document that begins on a line of its own.
type Block struct {
	Kind    BlockKind
	Level   int
	ID      string // of a heading, by which links find it
	Number  string
	Text    []Inline
	Table   *Table
	Picture *Picture
	Screen  []byte // what a browser shows in place of the block: a drawing whose marks are links, a table that folds
	Paper   bool   // a browser leaves it out: the block before it says it
}

// A Picture is drawn twice: as vectors, and in pixels for programs that do not
// know those.
type Picture struct {
	Width, Height int // pixels of 1/96 inch
	SVG, PNG      []byte
	Alt           string // what it shows, in words
}

// A Table has one line of heads.
type Table struct {
	Caption string
	Head    []string
	Numeric []bool // columns that hold numbers, set to the right
	Rows    [][]Cell
}

// A Cell is one cell of a table.
type Cell struct {
	Text []Inline
	Deep bool // moved in: a row below another one
	Heat int  // how dark it is shaded: 0 not at all, 1 to 5
}

// An Inline is a stretch of text of one kind.
type Inline struct {
	Text     string
	Strong   bool
	Emphasis bool
	Code     bool
	Quiet    bool   // set back: a range beside its number
	Address  string // of a link that an author wrote; the text of the news is never one
	Page     string // of the site, which holds what a number counts; only HTML leads there
	Number   bool   // Page is the evidence of this number
	Says     bool   // Page is the evidence of this sentence
	Local    string // a picture of the site; Text says what it shows
	Note     int    // a reference to Notes[Note-1]; Text is empty
	Evidence bool   // the note shows what a number counts: on the site the number leads there
	Break    bool   // a new line
}

// Plain returns text as one inline.
func Plain(s string) []Inline { return []Inline{{Text: s}} }

// Linked returns a text that opens a page of the site.
func Linked(s, page string) []Inline { return []Inline{{Text: s, Page: page}} }
