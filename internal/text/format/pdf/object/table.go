package object

import (
	"bytes"
)

// readTables reads the tables of objects from the last to the first, and
// reports whether all could be read.
func (f *File) readTables() bool {
	tail := f.b[max(0, len(f.b)-2048):]
	i := bytes.LastIndex(tail, []byte("startxref"))
	if i < 0 {
		// Bytes behind the end push it out of the tail.
		if i = bytes.LastIndex(f.b, []byte("startxref")); i < 0 {
			return false
		}
		tail = f.b
	}
	x := &Lexer{b: tail, pos: i + len("startxref")}
	o := x.Next()
	if o.Kind != Number {
		return false
	}
	next := []int{int(min(o.Num, 1e15))}
	seen := map[int]bool{}
	for n := 0; len(next) > 0; n++ {
		at := next[0]
		next = next[1:]
		if seen[at] {
			continue
		}
		seen[at] = true
		if n > maxSections || at < 0 || at >= len(f.b) {
			return false
		}
		t, ok := f.readSection(at)
		if !ok {
			return false
		}
		if f.trailer.Kind == Null {
			f.trailer = t
			f.trailer.Kind = Dict
		}
		for _, key := range [...]string{"XRefStm", "Prev"} {
			if p := t.Entry(key); p.Kind == Number {
				next = append(next, int(max(-1, min(p.Num, 1e15))))
			}
		}
	}
	return f.trailer.Entry("Root").Kind == reference
}

// add notes where an object is, unless a later table has said so.
func (f *File) add(num int, e entry) bool {
	if num < 0 || len(f.entries) >= maxObjects {
		return false
	}
	if _, ok := f.entries[num]; !ok {
		f.entries[num] = e
	}
	return true
}

// readSection reads one table, of either form, and returns its trailer.
func (f *File) readSection(at int) (Object, bool) {
	x := &Lexer{b: f.b, pos: at, refs: true, budget: &f.elements}
	if w := x.Next(); w.Kind != Operator || w.Str != "xref" {
		return f.readStreamSection(at)
	}
	for {
		x.refs = false
		o := x.Next()
		if o.Kind == Operator && o.Str == "trailer" {
			x.refs = true
			t := x.Next()
			return t, t.Kind == Dict
		}
		n := x.Next()
		if o.Kind != Number || n.Kind != Number || o.Num < 0 || o.Num > 1e9 || n.Num > maxObjects {
			return Object{}, false
		}
		for i := range int(n.Num) {
			off, gen, use := x.Next(), x.Next(), x.Next()
			if off.Kind != Number || gen.Kind != Number || use.Kind != Operator {
				return Object{}, false
			}
			if use.Str == "n" && off.Num > 0 && off.Num < float64(len(f.b)) {
				if !f.add(int(o.Num)+i, entry{at: int(off.Num), gen: int(min(gen.Num, 65535))}) {
					return Object{}, false
				}
			}
		}
	}
}

// readStreamSection reads a cross-reference stream.
func (f *File) readStreamSection(at int) (Object, bool) {
	o, _, ok := f.objectAt(at, 0)
	if !ok || o.Kind != Stream || o.Entry("Type").Str != "XRef" {
		return Object{}, false
	}
	b, err := f.Stream(Value{f: f, o: o}, maxInflated)
	if err != nil && len(b) == 0 {
		return Object{}, false
	}
	var w [3]int
	widths := o.Entry("W").List()
	if len(widths) < 3 {
		return Object{}, false
	}
	for i := range w {
		if w[i] = int(widths[i].Num); widths[i].Kind != Number || w[i] < 0 || w[i] > 8 {
			return Object{}, false
		}
	}
	row := w[0] + w[1] + w[2]
	if row == 0 {
		return Object{}, false
	}
	index := o.Entry("Index").List()
	if len(index) == 0 {
		index = []Object{{Kind: Number}, {Kind: Number, Num: 1e9}}
	}
	field := func(b []byte) int {
		n := 0
		for _, c := range b {
			n = n<<8 | int(c)
		}
		return n
	}
	for i := 0; i+1 < len(index); i += 2 {
		first, n := int(max(-1, min(index[i].Num, 1e9))), int(max(0, min(index[i+1].Num, 1e9)))
		for k := 0; k < n && len(b) >= row; k++ {
			kind := 1
			if w[0] > 0 {
				kind = field(b[:w[0]])
			}
			second, third := field(b[w[0]:w[0]+w[1]]), field(b[w[0]+w[1]:row])
			b = b[row:]
			e := entry{at: second, gen: third & 0xffff}
			switch kind {
			case 1:
				if second <= 0 || second >= len(f.b) {
					continue
				}
			case 2:
				if second <= 0 || second > 1e9 {
					continue
				}
				e = entry{in: second}
			default:
				continue
			}
			if !f.add(first+k, e) {
				return Object{}, false
			}
		}
	}
	return o, true
}

// rebuild looks for the objects in the bytes of the file. The last object of a
// number counts.
func (f *File) rebuild() {
	f.rebuilt = true
	f.entries, f.kept, f.packs = map[int]entry{}, map[int]Object{}, map[int]*pack{}
	old := f.trailer
	f.trailer = Object{}
	var packs []int
	root := 0
	for at := 0; ; {
		i := bytes.Index(f.b[at:], []byte("obj"))
		if i < 0 {
			break
		}
		i += at
		at = i + 3
		num, gen, start, ok := headBefore(f.b, i)
		if !ok || num > 1e8 {
			continue
		}
		if _, known := f.entries[num]; !known && len(f.entries) >= maxObjects {
			break
		}
		f.entries[num] = entry{at: start, gen: gen}
		head := f.b[at:min(len(f.b), at+400)]
		if e := bytes.Index(head, []byte("stream")); e >= 0 {
			head = head[:e]
		}
		switch {
		case bytes.Contains(head, []byte("/ObjStm")):
			packs = append(packs, num)
		case bytes.Contains(head, []byte("/XRef")):
			if o, _, ok := f.objectAt(start, num); ok && o.Entry("Root").Kind == reference {
				f.trailer = o
				f.trailer.Kind = Dict
			}
		case bytes.Contains(head, []byte("/Catalog")):
			root = num
		}
	}
	for at := 0; ; {
		i := bytes.Index(f.b[at:], []byte("trailer"))
		if i < 0 {
			break
		}
		at += i + len("trailer")
		x := &Lexer{b: f.b, pos: at, refs: true, budget: &f.elements}
		if t := x.Next(); t.Kind == Dict && t.Entry("Root").Kind == reference {
			f.trailer = t
		}
		if f.elements < 0 {
			f.spent = true
			return
		}
	}
	if f.trailer.Kind != Dict {
		f.trailer = old
	}
	if e := f.trailer.Entry("Encrypt"); e.Kind == Null {
		f.adopt(packs, &root)
	} else if f.crypt != nil {
		f.adopt(packs, &root)
	}
	if f.trailer.Entry("Root").Kind != reference || f.Root().Kind() != Dict {
		if root == 0 {
			return
		}
		f.trailer = Object{Kind: Dict, more: &more{dict: map[string]Object{"Root": {Kind: reference, Num: float64(root)},
			"Encrypt": f.trailer.Entry("Encrypt"), "ID": f.trailer.Entry("ID"), "Info": f.trailer.Entry("Info")}}}
	}
}

// adopt adds the objects of object streams that no table names.
func (f *File) adopt(packs []int, root *int) {
	for _, n := range packs {
		p := f.openPack(n)
		f.packs[n] = p
		for num := range p.at {
			if _, ok := f.entries[num]; ok || len(f.entries) >= maxObjects {
				continue
			}
			f.entries[num] = entry{in: n}
		}
		if *root == 0 && bytes.Contains(p.b, []byte("/Catalog")) {
			for num := range p.at {
				if o := f.load(num); o.Kind == Dict && o.Entry("Type").Str == "Catalog" && num > *root {
					*root = num
				}
			}
		}
	}
}

// headBefore reads "num gen " backwards from the "obj" at i.
func headBefore(b []byte, i int) (num, gen, start int, ok bool) {
	back := func(p int) (value, at int, ok bool) {
		for p > 0 && isSpace(b[p-1]) {
			p--
		}
		end := p
		for p > 0 && isDigit(b[p-1]) && end-p < 10 {
			p--
		}
		for _, c := range b[p:end] {
			value = value*10 + int(c-'0')
		}
		return value, p, p < end
	}
	gen, p, ok := back(i)
	if !ok || i == 0 || p == 0 || !isSpace(b[p-1]) {
		return 0, 0, 0, false
	}
	num, start, ok = back(p)
	return num, min(gen, 65535), start, ok && num > 0
}
