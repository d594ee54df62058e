package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	pdf "github.com/ledongthuc/pdf"

	"recount/internal/text/page"
)

// errSpent says that the library asks for far more bytes than the file has.
var errSpent = errors.New("more reading than the file is worth")

// readBudget is how many bytes the library may read again and again: objects
// are read anew each time that they are asked for.
const readBudget = 1 << 30

// A source hands bytes to the library and counts them, so that references in a
// circle come to an end.
type source struct {
	b    []byte
	left int64 // bytes
}

func (s *source) ReadAt(p []byte, off int64) (int, error) {
	if s.left -= int64(len(p)) + 1024; s.left < 0 {
		panic(errSpent)
	}
	if off < 0 || off >= int64(len(s.b)) {
		return 0, io.EOF
	}
	n := copy(p, s.b[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// A file is an open PDF file.
type file struct {
	src      *source
	r        *pdf.Reader
	inflated int64 // bytes of streams read so far
	fonts    map[string]*font
}

func (f *file) spent() bool { return f.src.left < 0 || f.inflated > maxInflated }

// open opens a file, after it has made it what the library wants to see.
func open(payload []byte) (*file, error) {
	at := bytes.Index(payload[:min(len(payload), 1024)], []byte("%PDF-"))
	if at < 0 {
		return nil, page.Refuse("not a PDF file", "save the file again")
	}
	whole := payload
	payload = payload[at:]
	if i := bytes.LastIndex(payload, []byte("%%EOF")); i >= 0 {
		payload = payload[:i+5]
	}
	f, err := try(modern(payload))
	if err != nil && at > 0 && !encrypted(err) {
		// Some programs count offsets from the first byte, whatever it is.
		padded := bytes.Clone(whole[:at+len(payload)])
		copy(padded, "%PDF-1.7\n%")
		if f, again := try(padded); again == nil {
			return f, nil
		}
	}
	if err == nil {
		return f, nil
	}
	if encrypted(err) {
		return nil, page.Refuse("encrypted: it opens only with a password", "open it with its password and print it to a new PDF file, or type the text in: recount attach")
	}
	if errors.Is(err, errSpent) {
		return nil, page.Refuse("reading it costs more than its size allows: it refers to itself, or was made to", other)
	}
	if mended, ok := mend(payload); ok {
		if f, again := try(mended); again == nil {
			return f, nil
		}
	}
	return nil, page.Refuse("a damaged PDF file", other)
}

// modern returns the bytes with a header that the library knows: it refuses
// PDF 2.0, whose files it can read.
func modern(b []byte) []byte {
	if len(b) > 9 && bytes.HasPrefix(b, []byte("%PDF-1.")) && '0' <= b[7] && b[7] <= '7' && (b[8] == '\r' || b[8] == '\n') {
		return b
	}
	b = bytes.Clone(b)
	copy(b, "%PDF-1.7\n")
	return b
}

func encrypted(err error) bool {
	return errors.Is(err, pdf.ErrInvalidPassword) || strings.Contains(err.Error(), "encrypt")
}

// try opens a file as it is.
func try(b []byte) (f *file, err error) {
	defer recoverTo(&err)
	if tooLarge(b) {
		return nil, errors.New("tables larger than the file allows")
	}
	src := &source{b: b, left: readBudget + 16*int64(len(b))}
	r, err := pdf.NewReader(src, int64(len(b)))
	if err != nil {
		return nil, err
	}
	if circular(r) {
		return nil, errors.New("object streams inside object streams")
	}
	f = &file{src: src, r: r, fonts: map[string]*font{}}
	if r.Trailer().Key("Root").Kind() != pdf.Dict {
		return nil, errors.New("no catalogue")
	}
	return f, nil
}

// recoverTo turns a panic of the library into an error.
func recoverTo(err *error) {
	switch x := recover().(type) {
	case nil:
	case error:
		*err = x
	default:
		*err = fmt.Errorf("%v", x)
	}
}

// tooLarge reports whether a number that the library makes a table of is larger
// than any table of this file can be.
func tooLarge(b []byte) bool {
	for _, key := range [...]string{"/Size", "/Columns", "/W"} {
		rest := b
		for {
			i := bytes.Index(rest, []byte(key))
			if i < 0 {
				break
			}
			rest = rest[i+len(key):]
			digits := 0
			for k, c := range rest[:min(len(rest), 80)] {
				if '0' <= c && c <= '9' {
					if digits++; digits > 7 {
						return true
					}
					continue
				}
				digits = 0
				if key != "/W" && k > 0 && c != ' ' && c != '\n' && c != '\r' && c != '\t' || c == ']' || c == '/' || c == '>' {
					break
				}
			}
		}
	}
	return false
}

// circular reports whether an object is said to lie in an object stream that
// itself lies in one. The format forbids it, and the library would call itself
// without end. Its table is looked at by reflection, because it does not show
// it; TestTheLibraryStillHasItsTable says when that stops working.
func circular(r *pdf.Reader) bool {
	table := reflect.ValueOf(r).Elem().FieldByName("xref")
	if !table.IsValid() {
		return false
	}
	n := table.Len()
	for i := range n {
		e := table.Index(i)
		if !e.FieldByName("inStream").Bool() {
			continue
		}
		id := e.FieldByName("stream").FieldByName("id").Uint()
		if id < uint64(n) && table.Index(int(id)).FieldByName("inStream").Bool() {
			return true
		}
	}
	return false
}

// mend writes a new table of objects behind a file whose own is broken, as
// readers on the screen do: it looks for the objects themselves.
func mend(b []byte) ([]byte, bool) {
	type place struct{ at, gen int }
	where := map[int]place{}
	last, root := 0, ""
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte(" obj"))
		if i < 0 {
			break
		}
		i += at
		at = i + 4
		j := i
		for j > 0 && isDigit(b[j-1]) {
			j--
		}
		if j == i || j == 0 || b[j-1] != ' ' {
			continue
		}
		k := j - 1
		for k > 0 && isDigit(b[k-1]) {
			k--
		}
		if k == j-1 || j-1-k > 7 || i-j > 5 {
			continue
		}
		id, gen := number(b[k:j-1]), number(b[j:i])
		where[id] = place{k, gen}
		last = max(last, id)
		head := b[at:min(len(b), at+300)]
		if e := bytes.Index(head, []byte("endobj")); e >= 0 {
			head = head[:e]
		}
		if bytes.Contains(head, []byte("/Catalog")) {
			root = fmt.Sprintf("%d %d R", id, gen)
		}
	}
	if root == "" || last > 1_000_000 {
		return nil, false
	}
	out := bytes.NewBuffer(bytes.Clone(b))
	out.WriteString("\n")
	start := out.Len()
	fmt.Fprintf(out, "xref\n0 %d\n0000000000 65535 f \n", last+1)
	for id := 1; id <= last; id++ {
		if p, ok := where[id]; ok {
			fmt.Fprintf(out, "%010d %05d n \n", p.at, p.gen)
		} else {
			out.WriteString("0000000000 65535 f \n")
		}
	}
	fmt.Fprintf(out, "trailer\n<</Size %d/Root %s>>\nstartxref\n%d\n%%%%EOF\n", last+1, root, start)
	return out.Bytes(), true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func number(b []byte) int {
	n := 0
	for _, c := range b {
		n = n*10 + int(c-'0')
	}
	return n
}

// stream returns the content of a stream, as much of it as can be read.
func (f *file) stream(v pdf.Value) (out []byte, err error) {
	defer func() {
		var caught error
		recoverTo(&caught)
		if caught != nil && err == nil {
			err = caught
		}
	}()
	if v.Kind() != pdf.Stream {
		return nil, errors.New("not a stream")
	}
	if f.spent() {
		return nil, errSpent
	}
	params := v.Key("DecodeParms")
	for i := range max(1, params.Len()) {
		p := params
		if params.Kind() == pdf.Array {
			p = params.Index(i)
		}
		if c := p.Key("Columns").Int64(); c < 0 || c > 1<<20 {
			return nil, errors.New("a filter with rows of more than a million bytes")
		}
	}
	var b bytes.Buffer
	_, err = io.Copy(&b, io.LimitReader(v.Reader(), maxStream+1))
	f.inflated += int64(b.Len()) + 1024
	if b.Len() > maxStream {
		return nil, fmt.Errorf("drawing orders of more than %d MB", maxStream>>20)
	}
	if b.Len() > 0 {
		err = nil // a stream that is cut off is read as far as it goes
	}
	return b.Bytes(), err
}

// A leaf is a page of the file with what it inherits.
type leaf struct {
	v         pdf.Value
	resources pdf.Value
	box       [4]float64 // left, bottom, right, top, in points
	turn      int        // quarters clockwise
}

// leaves lists the pages of a file in order.
func (f *file) leaves() (out []leaf, err error) {
	defer func() {
		var caught error
		if recoverTo(&caught); caught != nil {
			if len(out) > 0 {
				return // what was found before the damage
			}
			err = page.Refuse("a damaged PDF file", other)
			if errors.Is(caught, errSpent) {
				err = page.Refuse("reading it costs more than its size allows: it refers to itself, or was made to", other)
			}
		}
	}()
	nodes := 0
	var walk func(v pdf.Value, in leaf, depth int)
	walk = func(v pdf.Value, in leaf, depth int) {
		if nodes++; nodes > maxNodes || depth > maxDepth || v.Kind() != pdf.Dict || len(out) > maxPages {
			return
		}
		if r := v.Key("Resources"); r.Kind() == pdf.Dict {
			in.resources = r
		}
		for _, key := range [...]string{"MediaBox", "CropBox"} {
			if b := v.Key(key); b.Len() == 4 {
				in.box = box(b)
			}
		}
		if r := v.Key("Rotate"); r.Kind() == pdf.Integer {
			in.turn = int(((r.Int64()/90)%4 + 4) % 4)
		}
		kids := v.Key("Kids")
		if kids.Kind() != pdf.Array {
			in.v = v
			out = append(out, in)
			return
		}
		for i := range kids.Len() {
			walk(kids.Index(i), in, depth+1)
		}
	}
	walk(f.r.Trailer().Key("Root").Key("Pages"), leaf{box: [4]float64{0, 0, 612, 792}}, 0)
	if len(out) == 0 {
		return nil, page.Refuse("a PDF file without pages", other)
	}
	return out, nil
}

func box(v pdf.Value) [4]float64 {
	var b [4]float64
	for i := range b {
		b[i] = within(v.Index(i).Float64())
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
