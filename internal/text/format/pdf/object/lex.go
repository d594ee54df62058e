package object

import "math"

// keepLists is how deep arrays and dictionaries may stand in each other in a
// stream of orders; deeper ones are read over.
const keepLists = 20

// A Lexer takes bytes apart. In a file it follows references; in a stream of
// orders there are none.
type Lexer struct {
	b      []byte
	pos    int
	refs   bool // "3 0 R" is a reference
	budget *int // values that may still be read, nil = no limit but the bytes
}

// NewLexer returns a lexer for a stream of orders.
func NewLexer(b []byte) *Lexer { return &Lexer{b: b} }

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

// Next returns the next value or operator.
func (x *Lexer) Next() Object { return x.read(0) }

func (x *Lexer) read(depth int) Object {
	for x.pos < len(x.b) {
		c := x.b[x.pos]
		switch {
		case isSpace(c):
			x.pos++
		case c == '%':
			for x.pos < len(x.b) && x.b[x.pos] != '\n' && x.b[x.pos] != '\r' {
				x.pos++
			}
		case c == '(':
			return Object{Kind: String, Str: x.literal()}
		case c == '/':
			return Object{Kind: Name, Str: x.name()}
		case c == '<':
			if x.pos+1 < len(x.b) && x.b[x.pos+1] == '<' {
				x.pos += 2
				if depth >= maxNesting {
					continue // brackets without end are read over
				}
				return x.dictionary(depth)
			}
			return Object{Kind: String, Str: x.hex()}
		case c == '[':
			x.pos++
			if depth >= maxNesting {
				continue
			}
			return Object{Kind: Array, more: &more{list: x.until("]", depth)}}
		case c == ']':
			x.pos++
			return Object{Kind: Operator, Str: "]"}
		case c == '>':
			x.pos++
			if x.pos < len(x.b) && x.b[x.pos] == '>' {
				x.pos++
			}
			return Object{Kind: Operator, Str: ">"}
		case c == '{' || c == '}' || c == ')':
			x.pos++
		case c == '+' || c == '-' || c == '.' || isDigit(c):
			return x.numeral()
		default:
			at := x.pos
			for x.pos < len(x.b) && !isSpace(x.b[x.pos]) && !isDelimiter(x.b[x.pos]) {
				x.pos++
			}
			switch word := string(x.b[at:x.pos]); word {
			case "true":
				return Object{Kind: Bool, Num: 1}
			case "false":
				return Object{Kind: Bool}
			case "null":
				return Object{}
			default:
				return Object{Kind: Operator, Str: word}
			}
		}
	}
	return Object{Kind: End}
}

// until reads values up to a closing bracket. Operators among them are left
// out: tables of characters have them there by mistake. An object that ends
// before its bracket ends the list.
func (x *Lexer) until(closing string, depth int) []Object {
	var list []Object
	for {
		o := x.read(depth + 1)
		switch {
		case o.Kind == End || o.Kind == Operator && o.Str == closing:
			return list
		case o.Kind == Operator && x.refs && (o.Str == "endobj" || o.Str == "stream" || o.Str == "obj"):
			x.pos -= len(o.Str)
			return list
		case o.Kind == Operator:
		case depth < keepLists || x.refs && depth < maxNesting:
			if x.budget != nil {
				if *x.budget--; *x.budget < 0 {
					x.pos = len(x.b)
					return list
				}
			}
			list = append(list, o)
		}
	}
}

// dictionary reads a dictionary whose opening is read.
func (x *Lexer) dictionary(depth int) Object {
	list := x.until(">", depth)
	dict := make(map[string]Object, len(list)/2)
	for i := 0; i+1 < len(list); i++ {
		if list[i].Kind != Name {
			continue // a key without its value, or a value without its key
		}
		if _, twice := dict[list[i].Str]; !twice {
			dict[list[i].Str] = list[i+1]
		}
		i++
	}
	return Object{Kind: Dict, more: &more{dict: dict}}
}

// numeral reads a number or a reference.
func (x *Lexer) numeral() Object {
	o := Object{Kind: Number, Num: x.number()}
	if !x.refs || o.Num < 0 || o.Num > 1e8 || o.Num != math.Trunc(o.Num) {
		return o
	}
	// "3 0 R": look ahead over white space, digits, white space.
	p := x.pos
	skip := func() bool {
		from := p
		for p < len(x.b) && isSpace(x.b[p]) {
			p++
		}
		return p > from
	}
	if !skip() {
		return o
	}
	digits := p
	for p < len(x.b) && isDigit(x.b[p]) {
		p++
	}
	if p == digits || p-digits > 5 || !skip() {
		return o
	}
	if p < len(x.b) && x.b[p] == 'R' && (p+1 == len(x.b) || isSpace(x.b[p+1]) || isDelimiter(x.b[p+1])) {
		x.pos = p + 1
		return Object{Kind: reference, Num: o.Num}
	}
	return o
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// number reads a number. What no number can hold is read as far as it goes.
func (x *Lexer) number() float64 {
	neg := false
	for x.pos < len(x.b) && (x.b[x.pos] == '+' || x.b[x.pos] == '-') {
		neg = neg || x.b[x.pos] == '-'
		x.pos++
	}
	var whole, scale int64 = 0, 0
	for ; x.pos < len(x.b); x.pos++ {
		c := x.b[x.pos]
		if c == '.' && scale == 0 {
			scale = 1
			continue
		}
		if c == '-' { // "12-34" is what some programs write for 12
			continue
		}
		if !isDigit(c) {
			break
		}
		if whole < 1e15 {
			whole = whole*10 + int64(c-'0')
			if scale > 0 {
				scale *= 10
			}
		}
	}
	v := float64(whole) / float64(max(scale, 1))
	if neg {
		v = -v
	}
	return v
}

func (x *Lexer) name() string {
	x.pos++
	var out []byte
	for x.pos < len(x.b) && !isSpace(x.b[x.pos]) && !isDelimiter(x.b[x.pos]) {
		c := x.b[x.pos]
		if c == '#' && x.pos+2 < len(x.b) {
			hi, lo := unhex(x.b[x.pos+1]), unhex(x.b[x.pos+2])
			if hi >= 0 && lo >= 0 {
				c = byte(hi<<4 | lo)
				x.pos += 2
			}
		}
		out = append(out, c)
		x.pos++
	}
	return string(out)
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func (x *Lexer) hex() string {
	x.pos++
	var out []byte
	half := -1
	for x.pos < len(x.b) {
		c := x.b[x.pos]
		x.pos++
		if c == '>' {
			break
		}
		h := unhex(c)
		switch {
		case h < 0:
		case half < 0:
			half = h
		default:
			out = append(out, byte(half<<4|h))
			half = -1
		}
	}
	if half >= 0 {
		out = append(out, byte(half<<4))
	}
	return string(out)
}

func (x *Lexer) literal() string {
	x.pos++
	var out []byte
	depth := 1
	for x.pos < len(x.b) {
		c := x.b[x.pos]
		x.pos++
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return string(out)
			}
		case '\\':
			if x.pos >= len(x.b) {
				return string(out)
			}
			c = x.b[x.pos]
			x.pos++
			switch c {
			case 'n':
				c = '\n'
			case 'r':
				c = '\r'
			case 't':
				c = '\t'
			case 'b':
				c = '\b'
			case 'f':
				c = '\f'
			case '\r':
				if x.pos < len(x.b) && x.b[x.pos] == '\n' {
					x.pos++
				}
				continue
			case '\n':
				continue
			default:
				if '0' <= c && c <= '7' {
					v := int(c - '0')
					for range 2 {
						if x.pos < len(x.b) && '0' <= x.b[x.pos] && x.b[x.pos] <= '7' {
							v = v*8 + int(x.b[x.pos]-'0')
							x.pos++
						} else {
							break
						}
					}
					c = byte(v)
				}
			}
		}
		out = append(out, c)
	}
	return string(out)
}

// SkipImage skips the data of a picture in the stream: up to EI between
// white space, with no sign of binary data shortly behind it.
func (x *Lexer) SkipImage() {
	for x.pos+2 < len(x.b) {
		if x.b[x.pos] == 'E' && x.b[x.pos+1] == 'I' && isSpace(x.b[x.pos+2]) && x.pos > 0 && isSpace(x.b[x.pos-1]) {
			plain := true
			for _, c := range x.b[x.pos+2 : min(len(x.b), x.pos+12)] {
				plain = plain && c < 0x80 && (c >= ' ' || isSpace(c))
			}
			if plain {
				x.pos += 2
				return
			}
		}
		x.pos++
	}
	x.pos = len(x.b)
}
