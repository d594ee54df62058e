package pdf

// An operand is a value in a stream of drawing orders or in a table of
// characters.
type operand struct {
	kind kind
	num  float64
	str  string
	list []operand // of an array; of a dictionary key, value, key, value
}

type kind byte

const (
	nothing kind = iota
	numeral
	letters // a string
	named   // a name
	array
	dictionary
	operator
	end // of the input
)

// maxNesting is how deep arrays and dictionaries may stand in each other.
const maxNesting = 20

// A lexer takes a stream apart.
type lexer struct {
	b   []byte
	pos int
}

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

// next returns the next operand or operator.
func (x *lexer) next() operand { return x.read(0) }

func (x *lexer) read(depth int) operand {
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
			return operand{kind: letters, str: x.literal()}
		case c == '/':
			return operand{kind: named, str: x.name()}
		case c == '<':
			if x.pos+1 < len(x.b) && x.b[x.pos+1] == '<' {
				x.pos += 2
				return operand{kind: dictionary, list: x.until('>', depth)}
			}
			return operand{kind: letters, str: x.hex()}
		case c == '[':
			x.pos++
			return operand{kind: array, list: x.until(']', depth)}
		case c == ']':
			x.pos++
			return operand{kind: operator, str: "]"}
		case c == '>':
			x.pos++
			if x.pos < len(x.b) && x.b[x.pos] == '>' {
				x.pos++
			}
			return operand{kind: operator, str: ">"}
		case c == '{' || c == '}' || c == ')':
			x.pos++
		case c == '+' || c == '-' || c == '.' || isDigit(c):
			return operand{kind: numeral, num: x.number()}
		default:
			at := x.pos
			for x.pos < len(x.b) && !isSpace(x.b[x.pos]) && !isDelimiter(x.b[x.pos]) {
				x.pos++
			}
			return operand{kind: operator, str: string(x.b[at:x.pos])}
		}
	}
	return operand{kind: end}
}

// until reads operands up to a closing bracket. Operators among them are left
// out: tables of characters have them there by mistake.
func (x *lexer) until(closing byte, depth int) []operand {
	var list []operand
	for {
		o := x.read(depth + 1)
		switch {
		case o.kind == end || o.kind == operator && o.str == string(closing):
			return list
		case o.kind == operator:
			if o.str == "true" || o.str == "false" || o.str == "null" {
				list = append(list, operand{})
			}
		case depth < maxNesting:
			list = append(list, o)
		}
	}
}

// number reads a number. What no number can hold is read as far as it goes.
func (x *lexer) number() float64 {
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

func (x *lexer) name() string {
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

func (x *lexer) hex() string {
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

func (x *lexer) literal() string {
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

// inlineImage skips the data of a picture in the stream: up to EI between
// white space, with no sign of binary data shortly behind it.
func (x *lexer) inlineImage() {
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
