// Package document holds a report as headings, paragraphs, tables, drawings and
// citations, and writes it as pages of a site, as a Word file, as Markdown or as
// JSON.
//
// In: a Document. Out: bytes, the same for the same document: HTML; a .docx as
// ECMA-376 describes it (WordprocessingML, transitional), with real headings,
// tables with a head that repeats on each page, and footnotes; CommonMark with
// tables and footnotes as most programs read them; JSON as docs/format.md says.
//
// Limits: a chart is a picture in Word, above the table that it draws, and on the
// site a drawing whose marks are links; Markdown and JSON have the table.
package document

// A Document is a report to be read from top to bottom, or a page of its site.
type Document struct {
	Title    string     `json:"title"`
	Language string     `json:"language,omitempty"` // of the prose, as BCP 47; "" is English
	Program  string     `json:"program,omitempty"`  // that made it
	When     string     `json:"when,omitempty"`     // RFC 3339, of the newest thing in it; nothing else dates the file
	Blocks   []Block    `json:"blocks"`
	Notes    [][]Inline `json:"notes,omitempty"` // footnotes, in the order in which they are referred to
}

// A BlockKind says what a block is.
type BlockKind int

const (
	Paragraph    BlockKind = iota
	Heading                // Level 1 to 4
	ListItem               // Level 1 and deeper; Number is "1." or "" for a bullet
	Quotation              // of the prose
	Code                   // as it is typed
	TableBlock             // a Table
	Flow                   // a Table of stages: what is left at each, and beside it what went out there
	Rule                   // a line across
	PictureBlock           // a Picture
	Section                // Blocks that belong together
	Items                  // Blocks of the kind Item, a numbered list; Level is the first number
	Item                   // Blocks under one number, after Text where there is any
	Citation               // a Quote: words of a page with where they stand
	Notes                  // short remarks on what stands above, each a paragraph of Blocks
	Facts                  // Blocks of the kind Fact
	Fact                   // Text is a name, Blocks what it is
	Fold                   // Blocks that open under Text; without one they open under Label, and stand by themselves on paper
	Links                  // Text leads to the pages or parts of what is shown; Label says of what
)

// A Block is one piece of a document that begins on a line of its own.
type Block struct {
	Kind    BlockKind `json:"kind"`
	Level   int       `json:"level,omitempty"`
	ID      string    `json:"id,omitempty"` // by which links find it
	Number  string    `json:"number,omitempty"`
	Style   string    `json:"style,omitempty"` // how a browser sets it: a class of the style sheet
	Label   string    `json:"label,omitempty"`
	Lang    string    `json:"language,omitempty"` // of an archived text
	Text    []Inline  `json:"text,omitempty"`
	Table   *Table    `json:"table,omitempty"`
	Picture *Picture  `json:"picture,omitempty"`
	Quote   *Quote    `json:"quote,omitempty"`
	Blocks  []Block   `json:"blocks,omitempty"`
	Paper   bool      `json:"-"` // a browser leaves it out: the site has it elsewhere
	Site    bool      `json:"-"` // only a browser has it: it leads around the site
}

// A Picture is drawn twice: as vectors, and in pixels for programs that do not
// know those. A browser has a drawing whose marks are links.
type Picture struct {
	Width  int    `json:"-"` // pixels of 1/96 inch
	Height int    `json:"-"`
	SVG    []byte `json:"-"`
	PNG    []byte `json:"-"`
	Screen []byte `json:"-"`   // HTML
	Alt    string `json:"alt"` // what it shows, in words
	Title  string `json:"-"`   // stands above it in Word
}

// A Table has one line of heads.
type Table struct {
	Caption string   `json:"caption,omitempty"`
	Label   string   `json:"label,omitempty"` // what it is, where it has no caption
	Style   string   `json:"style,omitempty"` // how a browser sets it: "" is "plain"
	Head    []string `json:"head,omitempty"`
	Numeric []bool   `json:"numeric,omitempty"` // columns that hold numbers, set to the right
	Rows    [][]Cell `json:"rows"`
}

// A Cell is one cell of a table.
type Cell struct {
	Text  []Inline `json:"text,omitempty"`
	Deep  bool     `json:"deep,omitempty"`  // moved in: a row below another one
	Heat  int      `json:"heat,omitempty"`  // how dark it is shaded: 0 not at all, 1 to 5
	Style string   `json:"style,omitempty"` // of the first cell: how a browser sets its row, of another: itself
	Whole bool     `json:"whole,omitempty"` // it heads the rows below, across all columns
}

// A Quote is words of a page in their sentence.
type Quote struct {
	Why      string   `json:"why,omitempty"` // what they show
	Language string   `json:"language,omitempty"`
	Before   bool     `json:"before,omitempty"` // the page goes on before them
	After    bool     `json:"after,omitempty"`
	Text     []Inline `json:"text"`
	Outlet   string   `json:"outlet,omitempty"`
	Date     string   `json:"date,omitempty"`
	Title    string   `json:"title"`
	Page     string   `json:"page"`               // of the site, with the place in it
	Supplier string   `json:"supplier,omitempty"` // of the text, where that is not the outlet
}

// An Inline is a stretch of text of one kind.
type Inline struct {
	Text     string   `json:"text,omitempty"`
	Strong   bool     `json:"strong,omitempty"`
	Emphasis bool     `json:"emphasis,omitempty"`
	Code     bool     `json:"code,omitempty"`
	Quiet    bool     `json:"quiet,omitempty"`    // set back: a range beside its number
	Style    string   `json:"-"`                  // how a browser sets it: a class of the style sheet
	Marks    string   `json:"marks,omitempty"`    // words of a page that are marked, and as what
	ID       string   `json:"id,omitempty"`       // by which links find it
	Also     []string `json:"also,omitempty"`     // further such names
	Address  string   `json:"address,omitempty"`  // of a link that an author wrote; the text of the news is never one
	Page     string   `json:"page,omitempty"`     // of the site, from its top; only HTML leads there
	Number   bool     `json:"number,omitempty"`   // Page is the evidence of this number
	Says     bool     `json:"says,omitempty"`     // Page is the evidence of this sentence
	Local    string   `json:"local,omitempty"`    // a picture of the site; Text says what it shows
	Note     int      `json:"note,omitempty"`     // a reference to Notes[Note-1]; Text is empty
	Evidence bool     `json:"evidence,omitempty"` // the note shows what a number counts: on the site the number leads there
	Break    bool     `json:"break,omitempty"`    // a new line
	Drawn    bool     `json:"-"`                  // it speaks of a drawing, which Markdown has as its table
	Paper    bool     `json:"paper,omitempty"`    // a browser leaves it out, as a block
	Site     bool     `json:"site,omitempty"`     // only a browser has it
}

// Plain returns text as one inline.
func Plain(s string) []Inline { return []Inline{{Text: s}} }

// Linked returns a text that opens a page of the site.
func Linked(s, page string) []Inline { return []Inline{{Text: s, Page: page}} }

// Words returns text without its marks.
func Words(list []Inline) string {
	n := 0
	for i := range list {
		n += len(list[i].Text)
	}
	b := make([]byte, 0, n)
	for i := range list {
		b = append(b, list[i].Text...)
	}
	return string(b)
}

// Flat lists blocks as they are read on paper: without those that only a browser
// has, and without what holds others together.
func Flat(blocks []Block) []Block { return flat(nil, blocks) }

func flat(out []Block, blocks []Block) []Block {
	for i := range blocks {
		b := &blocks[i]
		if b.Site {
			continue
		}
		switch b.Kind {
		case Section, Items, Facts:
			out = flat(out, b.Blocks)
		case Fold:
			if len(b.Text) > 0 {
				out = append(out, Block{Kind: Paragraph, Text: strong(b.Text)})
			}
			out = flat(out, b.Blocks)
		case Item:
			if len(b.Text) > 0 {
				out = append(out, Block{Kind: ListItem, Level: 1, Number: b.Number, Text: b.Text})
			}
			for _, in := range Flat(b.Blocks) {
				if in.Kind == Heading && in.Level > 2 { // it names one of many
					in = Block{Kind: Paragraph, Text: strong(in.Text)}
				}
				out = append(out, in)
			}
		case Fact:
			// What is said in one line stands behind the name.
			text := append(strong(b.Text), Inline{Text: ". ", Strong: true})
			rest := Flat(b.Blocks)
			if len(rest) > 0 && rest[0].Kind == Paragraph {
				text, rest = append(text, rest[0].Text...), rest[1:]
			}
			out = append(out, Block{Kind: ListItem, Level: 1, Text: text})
			for _, r := range rest {
				if r.Kind == Paragraph || r.Kind == ListItem {
					r.Kind, r.Level = ListItem, 2
				}
				out = append(out, r)
			}
		case Notes:
			var text []Inline
			for j, n := range b.Blocks {
				if j > 0 {
					text = append(text, Inline{Text: " · ", Quiet: true})
				}
				for _, t := range n.Text {
					t.Quiet = true
					text = append(text, t)
				}
			}
			out = append(out, Block{Kind: Paragraph, Text: text})
		case Citation:
			out = append(out, Block{Kind: Quotation, Text: b.Quote.cited()})
		case Links:
		default:
			out = append(out, *b)
		}
	}
	return out
}

func strong(text []Inline) (out []Inline) {
	for _, t := range text {
		t.Strong = true
		out = append(out, t)
	}
	return out
}

// cited is a quotation with its source in one paragraph.
func (q *Quote) cited() []Inline {
	var out []Inline
	if q.Why != "" {
		out = append(out, Inline{Text: q.Why + ": ", Strong: true})
	}
	if q.Before {
		out = append(out, Inline{Text: "… "})
	}
	out = append(out, q.Text...)
	if q.After {
		out = append(out, Inline{Text: " …"})
	}
	source := q.Date + ". "
	if q.Outlet != "" {
		source = q.Outlet + ", " + source
	}
	out = append(out, Inline{Text: " – " + source}, Inline{Text: q.Title, Page: q.Page})
	if q.Supplier != "" {
		out = append(out, Inline{Text: " Text as supplied: " + q.Supplier + ".", Strong: true})
	}
	return out
}
