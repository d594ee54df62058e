package pdf

// This file places the letters of the pages of a PDF file.
//
// In: bytes. Out: for each page its letters with place and size, in the order
// in which they are drawn. Method: the drawing orders of a page are carried
// out as far as they concern text; fonts say by their tables which letters
// their codes stand for. Limits: the constants below; letters without a table
// or a known name are the replacement character; vertical writing is not
// known.

import (
	"errors"

	"recount/internal/text/format/pdf/object"
	"recount/internal/text/page"
)

// A drawing is an open PDF file.
type drawing struct {
	objects *object.File
	fonts   map[int]*font // by the number of their object
}

// What a file may cost.
const (
	maxPages      = 5_000
	maxGlyphs     = 200_000   // of a page
	maxStream     = 32 << 20  // bytes of a stream of drawing orders, inflated
	maxOperations = 3_000_000 // drawing orders of a page
	maxForms      = 10        // drawings inside drawings
	maxDepth      = 40        // of the tree of pages
	maxNodes      = 50_000    // of the tree of pages
)

// Other is what a person can do about a file that cannot be read.
const Other = "save the article as a web page or print it to PDF again, or type the text in: recount attach"

// openDrawing opens a file.
func openDrawing(payload []byte) (*drawing, error) {
	o, err := object.Open(payload)
	if err == nil {
		err = o.Unlock()
	}
	switch {
	case err == nil:
		return &drawing{objects: o, fonts: map[int]*font{}}, nil
	case errors.Is(err, object.ErrEncrypted):
		return nil, page.Refuse("encrypted: it opens only with a password", "open it with its password and print it to a new PDF file, or type the text in: recount attach")
	case errors.Is(err, object.ErrSpent):
		return nil, errSpent()
	}
	return nil, page.Refuse("a damaged PDF file", Other)
}

// errSpent is the refusal of a file that is made to cost much.
func errSpent() error {
	return page.Refuse("reading it costs more than its size allows: it refers to itself, or was made to", Other)
}

// Root returns the catalogue of the file.
func (f *drawing) Root() object.Value { return f.objects.Root() }

// Info returns the information dictionary.
func (f *drawing) Info() object.Value { return f.objects.Trailer().Key("Info") }

// Spent reports whether a limit of the whole file has been reached.
func (f *drawing) Spent() bool { return f.objects.Spent() }

// Stream returns the content of a stream, as much of it as can be read.
func (f *drawing) Stream(v object.Value) ([]byte, error) {
	b, err := f.objects.Stream(v, maxStream)
	if errors.Is(err, object.ErrDamaged) && len(b) > 0 {
		err = nil // a stream that is cut off is read as far as it goes
	}
	return b, err
}

// A pageNode is a page of the file with what it inherits.
type pageNode struct {
	v         object.Value
	resources object.Value
	box       [4]float64 // left, bottom, right, top, in points
	turn      int        // quarters clockwise
}

// Pages lists the pages of a file in order.
func (f *drawing) Pages() ([]pageNode, error) {
	var out []pageNode
	nodes := 0
	var walk func(v object.Value, in pageNode, depth int)
	walk = func(v object.Value, in pageNode, depth int) {
		if nodes++; nodes > maxNodes || depth > maxDepth || v.Kind() != object.Dict || len(out) > maxPages {
			return
		}
		if r := v.Key("Resources"); r.Kind() == object.Dict {
			in.resources = r
		}
		for _, key := range [...]string{"MediaBox", "CropBox"} {
			if b := v.Key(key); b.Len() == 4 {
				in.box = box(b)
			}
		}
		if r := v.Key("Rotate"); r.Kind() == object.Number {
			in.turn = ((r.Int()/90)%4 + 4) % 4
		}
		kids := v.Key("Kids")
		if kids.Kind() != object.Array {
			in.v = v
			out = append(out, in)
			return
		}
		for i := range kids.Len() {
			walk(kids.Index(i), in, depth+1)
		}
	}
	walk(f.objects.Root().Key("Pages"), pageNode{box: [4]float64{0, 0, 612, 792}}, 0)
	if f.objects.Spent() {
		return nil, errSpent()
	}
	if len(out) == 0 {
		return nil, page.Refuse("a PDF file without pages", Other)
	}
	return out, nil
}

func box(v object.Value) [4]float64 {
	var b [4]float64
	for i := range b {
		b[i] = within(v.Index(i).Float())
	}
	return [4]float64{min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3])}
}

// within keeps a number inside what a page can need, so that no later sum of
// such numbers overflows.
func within(x float64) float64 {
	if x != x {
		return 0
	}
	return max(-1e6, min(1e6, x))
}
