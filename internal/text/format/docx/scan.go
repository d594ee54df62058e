package docx

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"recount/internal/text/page"
)

// An element is the start tag of an XML element, or its name at its end.
type element struct {
	space string // name of its namespace; the prefix where none is declared
	name  string // without the prefix
	attrs []byte // as written
}

// attr returns the attribute of a local name, or "".
func (e *element) attr(local string) string {
	s := e.attrs
	for {
		i := bytes.IndexByte(s, '=')
		if i < 0 {
			return ""
		}
		name := bytes.TrimSpace(s[:i])
		if k := bytes.IndexByte(name, ':'); k >= 0 && !bytes.HasPrefix(name, []byte("xmlns")) {
			name = name[k+1:]
		}
		s = bytes.TrimLeft(s[i+1:], " \t\r\n")
		if len(s) == 0 || s[0] != '"' && s[0] != '\'' {
			return ""
		}
		j := bytes.IndexByte(s[1:], s[0])
		if j < 0 {
			return ""
		}
		if string(name) == local {
			v, err := unescaped(s[1 : j+1])
			if err != nil {
				return ""
			}
			return string(v)
		}
		s = s[j+2:]
	}
}

// A handler is told what stands in a part. start returns false for an element
// that is passed over with all that it holds.
type handler struct {
	start func(*element) bool
	end   func(*element)
	text  func([]byte)
}

// binding is one declaration of a namespace.
type binding struct {
	prefix, space string
	depth         int
}

// scanner reads XML strictly and without copies: tags must match, entities
// beyond the five of XML and a document type declaration are refused.
type scanner struct {
	b     []byte
	i     int
	names [][]byte // of the open elements, as written
	bound []binding
	space map[string]string // of each prefix, until the declarations change
	known map[string]string // interned names
}

// scan tells h what stands in a part.
func scan(b []byte, h handler) error {
	if bytes.HasPrefix(b, []byte{0xfe, 0xff}) || bytes.HasPrefix(b, []byte{0xff, 0xfe}) {
		s, _ := page.Decode(b, "")
		b = []byte(s)
	}
	b = bytes.TrimPrefix(b, []byte{0xef, 0xbb, 0xbf})
	if !utf8.Valid(b) {
		return damaged("its XML is not UTF-8")
	}
	s := scanner{b: b, space: map[string]string{}, known: map[string]string{}}
	over := 0 // depth of the element that is passed over, or 0
	for s.i < len(b) {
		if b[s.i] != '<' {
			j := bytes.IndexByte(b[s.i:], '<')
			if j < 0 {
				j = len(b) - s.i
			}
			t := b[s.i : s.i+j]
			s.i += j
			if over > 0 || len(s.names) == 0 {
				continue
			}
			t, err := unescaped(t)
			if err != nil {
				return err
			}
			h.text(t)
			continue
		}
		rest := b[s.i:]
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			j := bytes.Index(rest[4:], []byte("-->"))
			if j < 0 {
				return damaged("its XML is broken")
			}
			s.i += j + 7
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			j := bytes.Index(rest, []byte("]]>"))
			if j < 0 {
				return damaged("its XML is broken")
			}
			if over == 0 && len(s.names) > 0 {
				h.text(rest[9:j])
			}
			s.i += j + 3
		case bytes.HasPrefix(rest, []byte("<!")):
			return page.Refuse("a document with a document type declaration, which Word never writes", "open it in Word or LibreOffice and save it again as .docx")
		case bytes.HasPrefix(rest, []byte("<?")):
			j := bytes.Index(rest, []byte("?>"))
			if j < 0 {
				return damaged("its XML is broken")
			}
			s.i += j + 2
		case bytes.HasPrefix(rest, []byte("</")):
			j := bytes.IndexByte(rest, '>')
			if j < 0 || len(s.names) == 0 {
				return damaged("its XML is broken")
			}
			name := bytes.TrimRight(rest[2:j], " \t\r\n")
			if !bytes.Equal(name, s.names[len(s.names)-1]) {
				return damaged("its XML is broken")
			}
			s.i += j + 1
			if over == 0 {
				e := s.element(name)
				h.end(&e)
			} else if over == len(s.names) {
				over = 0
			}
			s.leave()
		default:
			if err := s.tag(rest, h, &over); err != nil {
				return err
			}
		}
	}
	if len(s.names) > 0 {
		return damaged("its XML breaks off")
	}
	return nil
}

// tag reads a start tag, or the tag of an empty element.
func (s *scanner) tag(rest []byte, h handler, over *int) error {
	j, quote := 1, byte(0)
	for ; j < len(rest); j++ {
		c := rest[j]
		if quote != 0 {
			if k := bytes.IndexByte(rest[j:], quote); k >= 0 {
				j += k
				quote = 0
				continue
			}
			return damaged("its XML is broken")
		}
		if c == '>' {
			break
		}
		switch c {
		case '"', '\'':
			quote = c
		case '<':
			return damaged("its XML is broken")
		}
	}
	if j >= len(rest) {
		return damaged("its XML is broken")
	}
	inside := rest[1:j]
	s.i += j + 1
	empty := len(inside) > 0 && inside[len(inside)-1] == '/'
	if empty {
		inside = inside[:len(inside)-1]
	}
	k := bytes.IndexAny(inside, " \t\r\n")
	if k < 0 {
		k = len(inside)
	}
	name, attrs := inside[:k], inside[k:]
	if len(name) == 0 {
		return damaged("its XML is broken")
	}
	s.names = append(s.names, name)
	if len(s.names) > maxDepth {
		return page.Refuse(fmt.Sprintf("a document with more than %d elements inside each other", maxDepth), "open it in Word or LibreOffice and save it again as .docx")
	}
	if bytes.Contains(attrs, []byte("xmlns")) {
		if err := s.bind(attrs); err != nil {
			return err
		}
	}
	if *over == 0 {
		e := s.element(name)
		e.attrs = attrs
		switch taken := h.start(&e); {
		case taken && empty:
			h.end(&e)
		case !taken && !empty:
			*over = len(s.names)
		}
	}
	if empty {
		s.leave()
	}
	return nil
}

// leave ends the innermost element.
func (s *scanner) leave() {
	for k := len(s.bound); k > 0 && s.bound[k-1].depth == len(s.names); k-- {
		s.bound = s.bound[:k-1]
		clear(s.space)
	}
	s.names = s.names[:len(s.names)-1]
}

// bind notes the namespaces that a start tag declares.
func (s *scanner) bind(attrs []byte) error {
	for {
		i := bytes.Index(attrs, []byte("xmlns"))
		if i < 0 {
			return nil
		}
		attrs = attrs[i+5:]
		eq := bytes.IndexByte(attrs, '=')
		if eq < 0 {
			return nil
		}
		prefix := string(bytes.TrimSpace(bytes.TrimPrefix(attrs[:min(eq, 100)], []byte(":"))))
		attrs = bytes.TrimLeft(attrs[eq+1:], " \t\r\n")
		if len(attrs) == 0 || attrs[0] != '"' && attrs[0] != '\'' {
			return damaged("its XML is broken")
		}
		end := bytes.IndexByte(attrs[1:], attrs[0])
		if end < 0 {
			return damaged("its XML is broken")
		}
		if len(s.bound) >= maxBound {
			return damaged("it declares more than " + strconv.Itoa(maxBound) + " namespaces")
		}
		clear(s.space)
		s.bound = append(s.bound, binding{prefix, string(attrs[1:min(end+1, 200)]), len(s.names)})
		attrs = attrs[end+2:]
	}
}

// element returns the name of an element in its namespace.
func (s *scanner) element(name []byte) element {
	prefix, local := "", name
	if k := bytes.IndexByte(name, ':'); k >= 0 {
		prefix, local = s.intern(name[:k]), name[k+1:]
	}
	space, ok := s.space[prefix]
	if !ok {
		space = prefix
		for k := len(s.bound) - 1; k >= 0; k-- {
			if s.bound[k].prefix == prefix {
				space = s.bound[k].space
				break
			}
		}
		if len(s.space) < 100 {
			s.space[prefix] = space
		}
	}
	return element{space: space, name: s.intern(local)}
}

// intern returns a string for a name without making one for every element.
func (s *scanner) intern(b []byte) string {
	if v, ok := s.known[string(b)]; ok {
		return v
	}
	v := string(b)
	if len(s.known) < 2000 {
		s.known[v] = v
	}
	return v
}

// unescaped returns text with its entities replaced.
func unescaped(b []byte) ([]byte, error) {
	i := bytes.IndexByte(b, '&')
	if i < 0 {
		return b, nil
	}
	out := make([]byte, 0, len(b))
	for {
		out = append(out, b[:i]...)
		b = b[i:]
		j := bytes.IndexByte(b[:min(len(b), 12)], ';')
		if j < 0 {
			return nil, damaged("its XML is broken")
		}
		switch name := string(b[1:j]); name {
		case "amp":
			out = append(out, '&')
		case "lt":
			out = append(out, '<')
		case "gt":
			out = append(out, '>')
		case "quot":
			out = append(out, '"')
		case "apos":
			out = append(out, '\'')
		default:
			digits, ok := strings.CutPrefix(name, "#")
			base := 10
			if hex, is := strings.CutPrefix(digits, "x"); is {
				digits, base = hex, 16
			}
			v, err := strconv.ParseUint(digits, base, 32)
			if !ok || err != nil || v == 0 || v > utf8.MaxRune {
				return nil, damaged("its XML names something that it does not hold")
			}
			out = utf8.AppendRune(out, rune(v))
		}
		b = b[j+1:]
		if i = bytes.IndexByte(b, '&'); i < 0 {
			return append(out, b...), nil
		}
	}
}
