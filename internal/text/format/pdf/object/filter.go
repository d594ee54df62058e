package object

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"fmt"
	"io"
)

// Stream returns the content of a stream, at most limit bytes of it. Of a
// stream that is damaged or longer it returns the beginning with an error.
func (f *File) Stream(v Value, limit int) ([]byte, error) {
	if v.o.Kind != Stream {
		return nil, fmt.Errorf("%w: not a stream", ErrDamaged)
	}
	if f.spent {
		return nil, ErrSpent
	}
	b := f.raw(v)
	if f.crypt != nil && v.num > 0 && v.o.Entry("Type").Str != "XRef" && !f.plain[v.num] {
		b = f.crypt.decrypt(v.num, f.generation(v.num), bytes.Clone(b), true)
	}
	filters, params := v.Key("Filter"), v.Key("DecodeParms")
	list := []string{}
	if n := filters.Name(); n != "" {
		list = append(list, n)
	}
	for i := range filters.Len() {
		list = append(list, filters.Index(i).Name())
	}
	if len(list) > maxFilters {
		return nil, fmt.Errorf("%w: %d filters on a stream", ErrDamaged, len(list))
	}
	var failed error
	for i, name := range list {
		p := params
		if params.Kind() == Array {
			p = params.Index(i)
		}
		out, err := f.filter(name, p, b, limit)
		if f.inflated += len(out); f.inflated > maxInflated {
			f.spent = true
			return nil, ErrSpent
		}
		if err != nil {
			failed = err
			if len(out) == 0 {
				return nil, err
			}
		}
		b = out
	}
	if len(b) > limit {
		return b[:limit], fmt.Errorf("a stream of more than %d MB", limit>>20)
	}
	return b, failed
}

// raw returns the bytes of a stream as they stand in the file.
func (f *File) raw(v Value) []byte {
	b := f.b[min(v.o.more.at, len(f.b)):]
	n := -1
	if l := v.Key("Length"); l.Kind() == Number {
		n = l.Int()
	}
	if n >= 0 && n <= len(b) {
		rest := b[n:]
		for k := 0; k < 3 && len(rest) > 0 && isSpace(rest[0]); k++ {
			rest = rest[1:]
		}
		if bytes.HasPrefix(rest, []byte("endstream")) || bytes.HasPrefix(rest, []byte("endobj")) {
			return b[:n]
		}
	}
	// The length is wrong: the stream goes on to its end word.
	i := bytes.Index(b, []byte("endstream"))
	if f.searched += len(b); i >= 0 {
		f.searched += i - len(b)
	}
	if f.searched > maxSearch {
		f.spent = true
		return nil
	}
	switch {
	case i >= 0:
		b = b[:i]
		if len(b) > 0 && b[len(b)-1] == '\n' {
			b = b[:len(b)-1]
		}
		if len(b) > 0 && b[len(b)-1] == '\r' {
			b = b[:len(b)-1]
		}
		return b
	case n >= 0 && n <= len(b):
		return b[:n]
	}
	return b
}

// filter undoes one filter.
func (f *File) filter(name string, p Value, b []byte, limit int) ([]byte, error) {
	var out []byte
	var err error
	switch name {
	case "FlateDecode", "Fl":
		out, err = f.inflate(b, limit)
	case "LZWDecode", "LZW":
		early := 1
		if e := p.Key("EarlyChange"); e.Kind() == Number {
			early = e.Int()
		}
		out, err = unLZW(b, early, limit)
	case "ASCII85Decode", "A85":
		return un85(b), nil
	case "ASCIIHexDecode", "AHx":
		x := Lexer{b: append([]byte("<"), b...)}
		return []byte(x.hex()), nil
	case "RunLengthDecode", "RL":
		return unRun(b, limit), nil
	case "Crypt":
		return b, nil
	default:
		return nil, fmt.Errorf("a picture or an unknown filter, %.40q", name)
	}
	if k := p.Key("Predictor").Int(); k > 1 {
		return unpredict(out, k, p), err
	}
	return out, err
}

func (f *File) inflate(b []byte, limit int) ([]byte, error) {
	var err error
	if again, ok := f.z.(zlib.Resetter); ok {
		err = again.Reset(bytes.NewReader(b), nil)
	} else {
		f.z, err = zlib.NewReader(bytes.NewReader(b))
	}
	var r io.Reader = f.z
	if err != nil {
		// A broken head: what follows may be whole.
		r = flate.NewReader(bytes.NewReader(b[min(2, len(b)):]))
	}
	var out bytes.Buffer
	_, err = io.Copy(&out, io.LimitReader(r, int64(limit)+1))
	if err != nil {
		err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return out.Bytes(), err
}

// unLZW undoes LZW as the format has it: codes of 9 to 12 bits, high bit first.
func unLZW(b []byte, early, limit int) ([]byte, error) {
	type link struct {
		before int32
		c      byte
		n      int32 // length
	}
	table := make([]link, 258, 4097)
	for i := range 256 {
		table[i] = link{-1, byte(i), 1}
	}
	var out []byte
	var acc uint32
	bits, width := 0, 9
	last := int32(-1)
	put := func(code int32) {
		n := int(table[code].n)
		at := len(out)
		out = append(out, make([]byte, n)...)
		for k := n - 1; k >= 0; k-- {
			out[at+k] = table[code].c
			code = table[code].before
		}
	}
	for _, c := range b {
		acc = acc<<8 | uint32(c)
		for bits += 8; bits >= width; {
			bits -= width
			code := int32(acc >> bits & (1<<width - 1))
			switch {
			case code == 257:
				return out, nil
			case code == 256:
				table, width, last = table[:258], 9, -1
				continue
			case int(code) < len(table) && code != 256:
				at := len(out)
				put(code)
				if last >= 0 && len(table) < 4096 {
					table = append(table, link{last, out[at], table[last].n + 1})
				}
			case int(code) == len(table) && last >= 0 && len(table) < 4096:
				at := len(out)
				put(last)
				table = append(table, link{last, out[at], table[last].n + 1})
				out = append(out, out[at])
			default:
				return out, fmt.Errorf("%w: LZW", ErrDamaged)
			}
			last = code
			if len(out) > limit {
				return out, fmt.Errorf("a stream of more than %d MB", limit>>20)
			}
			switch n := len(table) + early; {
			case n >= 2048:
				width = 12
			case n >= 1024:
				width = 11
			case n >= 512:
				width = 10
			}
		}
	}
	return out, nil
}

func un85(b []byte) []byte {
	var out []byte
	var group [5]byte
	n := 0
	flush := func(k int) {
		var v uint32
		for i := range 5 {
			c := byte(84)
			if i < k {
				c = group[i]
			}
			v = v*85 + uint32(c)
		}
		four := [4]byte{byte(v >> 24), byte(v >> 16), byte(v >> 8), byte(v)}
		out = append(out, four[:k-1]...)
	}
	for _, c := range b {
		switch {
		case c == '~':
			if n > 1 {
				flush(n)
			}
			return out
		case c == 'z' && n == 0:
			out = append(out, 0, 0, 0, 0)
		case c >= '!' && c <= 'u':
			group[n] = c - '!'
			if n++; n == 5 {
				flush(5)
				n = 0
			}
		}
	}
	if n > 1 {
		flush(n)
	}
	return out
}

func unRun(b []byte, limit int) []byte {
	var out []byte
	for len(b) > 1 && len(out) <= limit {
		n := int(b[0])
		b = b[1:]
		switch {
		case n == 128:
			return out
		case n < 128:
			n = min(n+1, len(b))
			out = append(out, b[:n]...)
			b = b[n:]
		default:
			out = append(out, bytes.Repeat(b[:1], 257-n)...)
			b = b[1:]
		}
	}
	return out
}

// unpredict undoes a predictor: each row is written as its difference from the
// one before.
func unpredict(b []byte, kind int, p Value) []byte {
	get := func(key string, otherwise int) int {
		if v := p.Key(key); v.Kind() == Number {
			return v.Int()
		}
		return otherwise
	}
	colors, bits, columns := get("Colors", 1), get("BitsPerComponent", 8), get("Columns", 1)
	if colors < 1 || colors > 32 || bits < 1 || bits > 16 || columns < 1 || columns > maxRow {
		return nil
	}
	row, pixel := (colors*bits*columns+7)/8, max(1, colors*bits/8)
	if row > maxRow {
		return nil
	}
	if kind == 2 {
		if bits == 8 {
			for i := range b {
				if i%row >= pixel {
					b[i] += b[i-pixel]
				}
			}
		}
		return b
	}
	out := make([]byte, 0, len(b))
	before := make([]byte, row)
	for len(b) > 1 {
		filter := b[0]
		n := min(row, len(b)-1)
		cur := make([]byte, row)
		copy(cur, b[1:1+n])
		b = b[1+n:]
		for i := range cur {
			var left, up, corner int
			up = int(before[i])
			if i >= pixel {
				left, corner = int(cur[i-pixel]), int(before[i-pixel])
			}
			switch filter {
			case 1:
				cur[i] += byte(left)
			case 2:
				cur[i] += byte(up)
			case 3:
				cur[i] += byte((left + up) / 2)
			case 4:
				e := left + up - corner
				switch a, b, c := abs(e-left), abs(e-up), abs(e-corner); {
				case a <= b && a <= c:
					cur[i] += byte(left)
				case b <= c:
					cur[i] += byte(up)
				default:
					cur[i] += byte(corner)
				}
			}
		}
		out = append(out, cur[:n]...)
		before = cur
	}
	return out
}

func abs(x int) int { return max(x, -x) }
