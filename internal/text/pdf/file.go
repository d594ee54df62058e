package pdf

import (
	"errors"

	"recount/internal/text/page"
	"recount/internal/text/pdf/object"
)

// A file is an open PDF file.
type file struct {
	objects *object.File
	fonts   map[int]*font // by the number of their object
}

// open opens a file.
func open(payload []byte) (*file, error) {
	o, err := object.Open(payload)
	if err == nil {
		err = o.Unlock()
	}
	switch {
	case err == nil:
		return &file{objects: o, fonts: map[int]*font{}}, nil
	case errors.Is(err, object.ErrEncrypted):
		return nil, page.Refuse("encrypted: it opens only with a password", "open it with its password and print it to a new PDF file, or type the text in: recount attach")
	case errors.Is(err, object.ErrSpent):
		return nil, errSpent()
	}
	return nil, page.Refuse("a damaged PDF file", other)
}

func errSpent() error {
	return page.Refuse("reading it costs more than its size allows: it refers to itself, or was made to", other)
}

// stream returns the content of a stream, as much of it as can be read.
func (f *file) stream(v object.Value) ([]byte, error) {
	b, err := f.objects.Stream(v, maxStream)
	if errors.Is(err, object.ErrDamaged) && len(b) > 0 {
		err = nil // a stream that is cut off is read as far as it goes
	}
	return b, err
}

// A leaf is a page of the file with what it inherits.
type leaf struct {
	v         object.Value
	resources object.Value
	box       [4]float64 // left, bottom, right, top, in points
	turn      int        // quarters clockwise
}

// leaves lists the pages of a file in order.
func (f *file) leaves() ([]leaf, error) {
	var out []leaf
	nodes := 0
	var walk func(v object.Value, in leaf, depth int)
	walk = func(v object.Value, in leaf, depth int) {
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
	walk(f.objects.Root().Key("Pages"), leaf{box: [4]float64{0, 0, 612, 792}}, 0)
	if f.objects.Spent() {
		return nil, errSpent()
	}
	if len(out) == 0 {
		return nil, page.Refuse("a PDF file without pages", other)
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
