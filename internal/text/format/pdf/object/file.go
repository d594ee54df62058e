package object

import (
	"bytes"
	"fmt"
	"io"
)

// A File is an open file.
type File struct {
	b       []byte
	entries map[int]entry
	trailer Object
	crypt   *crypt
	plain   map[int]bool // objects out of object streams: their strings are not encrypted by themselves

	kept     map[int]Object
	loading  map[int]bool
	packs    map[int]*pack
	packed   int           // bytes of packs
	elements int           // values that may still be read
	z        io.ReadCloser // used again for each stream
	inflated int           // bytes
	searched int           // bytes
	spent    bool
	rebuilt  bool
}

// An entry says where an object is.
type entry struct {
	at  int // offset, or place in its object stream
	in  int // number of its object stream, 0 = none
	gen int
}

// A pack is an object stream, inflated.
type pack struct {
	b  []byte
	at map[int]int
}

// Open opens a file. The bytes may begin before the header and go on behind
// the end. The error wraps ErrDamaged, ErrEncrypted or ErrSpent.
func Open(b []byte) (*File, error) {
	head := bytes.Index(b[:min(len(b), 1024)], []byte("%PDF-"))
	if head < 0 {
		return nil, fmt.Errorf("%w: no header", ErrDamaged)
	}
	f := newFile(b[head:])
	if !f.readTables() || !f.sound() {
		whole := head > 0 // some programs count offsets from the first byte, whatever it is
		if whole {
			f = newFile(b)
			whole = f.readTables() && f.sound()
		}
		if !whole {
			f = newFile(b[head:])
			if f.rebuild(); !f.sound() {
				if f.spent {
					return nil, ErrSpent
				}
				return nil, fmt.Errorf("%w: no pages", ErrDamaged)
			}
		}
	}
	return f, nil
}

func newFile(b []byte) *File {
	return &File{b: b, entries: map[int]entry{}, plain: map[int]bool{}, kept: map[int]Object{}, loading: map[int]bool{}, packs: map[int]*pack{}, elements: maxElements}
}

// sound reports whether the file has a catalogue with pages, or is encrypted.
func (f *File) sound() bool {
	if f.trailer.Entry("Encrypt").Kind != Null {
		return true
	}
	return f.Root().Key("Pages").Kind() == Dict
}

// Unlock prepares the reading of an encrypted file. It fails with ErrEncrypted
// if the file asks for a password.
func (f *File) Unlock() error {
	if f.trailer.Entry("Encrypt").Kind == Null {
		return nil
	}
	e := f.Trailer().Key("Encrypt")
	c, ok := newCrypt(e, f.Trailer().Key("ID").Index(0).o.Str)
	if !ok {
		return ErrEncrypted
	}
	f.kept, f.packs = map[int]Object{}, map[int]*pack{}
	f.crypt = c
	if n := e.Number(); n > 0 {
		f.plain[n] = true
	}
	if f.Root().Key("Pages").Kind() != Dict {
		if !f.rebuilt {
			f.rebuild()
		}
		if f.Root().Key("Pages").Kind() != Dict {
			return fmt.Errorf("%w: no pages", ErrDamaged)
		}
	}
	return nil
}

// Trailer returns the trailer dictionary.
func (f *File) Trailer() Value { return Value{f: f, o: f.trailer} }

// Root returns the catalogue.
func (f *File) Root() Value { return f.Trailer().Key("Root") }

// Spent reports whether a limit of the whole file has been reached.
func (f *File) Spent() bool { return f.spent }

func (f *File) generation(num int) int { return f.entries[num].gen }

// resolve follows a reference. in is the object that o stands in.
func (f *File) resolve(o Object, in int) Value {
	own := false
	for range maxLoading {
		if o.Kind != reference {
			return Value{f: f, o: o, num: in, own: own}
		}
		in, own = int(o.Num), true
		o = f.load(in)
	}
	return Value{}
}

// load returns an object by its number, null if there is none. While an object
// is being read it is null to itself.
func (f *File) load(num int) Object {
	if o, ok := f.kept[num]; ok {
		return o
	}
	e, ok := f.entries[num]
	if !ok || f.loading[num] || f.spent {
		return Object{}
	}
	if len(f.loading) > maxLoading {
		return Object{}
	}
	f.loading[num] = true
	defer delete(f.loading, num)
	var o Object
	if e.in > 0 {
		o = f.unpack(num, e)
		f.plain[num] = true
	} else {
		o, _, ok = f.objectAt(e.at, num)
		if !ok && !f.rebuilt {
			// The table is wrong here; what it says elsewhere is no better.
			f.rebuild()
			if again, found := f.entries[num]; found && again.in == 0 {
				o, _, _ = f.objectAt(again.at, num)
			}
		}
	}
	if f.elements < 0 {
		f.spent = true
	}
	f.kept[num] = o
	return o
}

// objectAt reads "num gen obj ..." and returns the object and where it ends.
func (f *File) objectAt(at, num int) (Object, int, bool) {
	if at < 0 || at >= len(f.b) {
		return Object{}, 0, false
	}
	x := &Lexer{b: f.b, pos: at, refs: true, budget: &f.elements}
	n, g, word := x.Next(), x.Next(), x.Next()
	if n.Kind != Number || g.Kind != Number || word.Kind != Operator || word.Str != "obj" || num > 0 && int(n.Num) != num {
		return Object{}, 0, false
	}
	o := x.Next()
	if o.Kind == Operator || o.Kind == End {
		return Object{}, x.pos, true
	}
	if o.Kind == Dict {
		end := x.pos
		if w := x.Next(); w.Kind == Operator && w.Str == "stream" {
			o.Kind = Stream
			p := x.pos
			if p < len(f.b) && f.b[p] == '\r' {
				p++
			}
			if p < len(f.b) && f.b[p] == '\n' {
				p++
			}
			o.more.at = p
			return o, p, true
		}
		x.pos = end
	}
	return o, x.pos, true
}

// unpack returns an object out of an object stream.
func (f *File) unpack(num int, e entry) Object {
	p, ok := f.packs[e.in]
	if !ok {
		p = f.openPack(e.in)
		f.packs[e.in] = p
	}
	at, ok := p.at[num]
	if !ok {
		return Object{}
	}
	x := &Lexer{b: p.b, pos: at, refs: true, budget: &f.elements}
	o := x.Next()
	if o.Kind == Operator || o.Kind == End {
		return Object{}
	}
	return o
}

// openPack inflates an object stream and reads its head.
func (f *File) openPack(num int) *pack {
	p := &pack{at: map[int]int{}}
	if e := f.entries[num]; e.in != 0 {
		return p // an object stream in an object stream: the format forbids it
	}
	v := f.resolve(Object{Kind: reference, Num: float64(num)}, 0)
	if v.Kind() != Stream || f.packed > maxPacked {
		return p
	}
	b, err := f.Stream(v, maxPacked)
	if err != nil && len(b) == 0 {
		return p
	}
	f.packed += len(b)
	first, n := v.Key("First").Int(), v.Key("N").Int()
	x := &Lexer{b: b}
	for range min(n, maxObjects) {
		id, off := x.Next(), x.Next()
		if id.Kind != Number || off.Kind != Number {
			break
		}
		if at := first + int(off.Num); at >= 0 && at < len(b) && id.Num < 1e9 {
			p.at[int(id.Num)] = at
		}
	}
	p.b = b
	return p
}
