package feed

import (
	"bytes"
	"strings"
)

// Limits of a feed. They stand far above any feed that people make
// and bound what gofeed's parsers may cost: those keep every element and
// attribute that they do not know, copy the names of all namespaces for every
// element, and join the pieces of a text one to the other.
const (
	maxDepth      = 200     // of elements
	maxElements   = 200_000 //
	maxAttributes = 500_000 //
	maxDates      = 2 << 20 // bytes of dates, and dateBytes for each: it is tried against some hundred forms
	dateBytes     = 32
	maxScope      = 5_000_000 // namespaces in scope, summed over all elements
	maxObjects    = 100_000   // of JSON, with lists
	maxValues     = 500_000   // of JSON
	maxJoined     = 256 << 20 // bytes copied when the pieces of each text are joined one to the other
	maxBases      = 64 << 20  // bytes of the addresses that links are relative to, summed over all elements
)

// Kinds of markup.
const (
	words  = iota // text between tags
	opens         // <a>
	empty         // <a/>
	closes        // </a>
	other         // a comment, an instruction, a declaration, CDATA
)

// markup returns the length and kind of the piece of XML that text begins
// with, and the name of its element.
func markup(text []byte) (n, kind int, name []byte) {
	if text[0] != '<' {
		if n = bytes.IndexByte(text, '<'); n < 0 {
			n = len(text)
		}
		return n, words, nil
	}
	for _, s := range [...]struct{ from, to string }{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}} {
		if bytes.HasPrefix(text, []byte(s.from)) {
			return within(text, s.from, s.to), other, nil
		}
	}
	if bytes.HasPrefix(text, []byte("<!")) {
		return directive(text), other, nil
	}
	kind = opens
	i := 1
	if i < len(text) && text[i] == '/' {
		kind = closes
		i++
	}
	start := i
	for i < len(text) && !bytes.ContainsRune([]byte(" \t\r\n/>"), rune(text[i])) {
		i++
	}
	name = text[start:i]
	var quote byte
	for ; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			if kind == opens && text[i-1] == '/' {
				kind = empty
			}
			return i + 1, kind, name
		}
	}
	return len(text), kind, name
}

// within returns the length of the piece of text that begins with from and ends
// with to.
func within(text []byte, from, to string) int {
	if i := bytes.Index(text[len(from):], []byte(to)); i >= 0 {
		return len(from) + i + len(to)
	}
	return len(text)
}

// directive returns the length of the declaration that text begins with. It
// ends it where encoding/xml does.
func directive(text []byte) int {
	depth := 0
	var quote byte
	for i := 2; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>' && depth == 0:
			return i + 1
		case c == '>':
			depth--
		case bytes.HasPrefix(text[i:], []byte("<!--")):
			i += within(text[i:], "<!--", "-->") - 1
		case c == '<':
			depth++
		}
	}
	return len(text)
}

// measureJSON returns an error if a feed in JSON holds more than parsers should
// make objects of.
func measureJSON(text []byte) error {
	objects, values, quoted := 0, 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			objects++
		case c == ',':
			values++
		}
	}
	if objects > maxObjects || values > maxValues {
		return refuse(hintBroken, "a feed of more than %d objects or %d values", maxObjects, maxValues)
	}
	return nil
}

// dated reports whether an element is one that gofeed reads as a date.
func dated(name []byte) bool {
	for _, s := range [...]string{"pubdate", "lastbuilddate", "published", "updated", "issued", "modified", "created"} {
		if len(name) >= len(s) && strings.EqualFold(string(name[len(name)-len(s):]), s) {
			return true
		}
	}
	return false
}

// measure returns an error if the XML of a feed goes beyond the limits.
func measure(text []byte) error {
	type element struct {
		spaces int // namespaces in scope
		length int // bytes of its own text
		base   int // bytes of the tags that may say what links in it are relative to
		lists  bool
		date   bool
	}
	stack := []element{{}}
	elements, attributes, dates, scope, joined, bases := 0, 0, 0, 0, 0, 0
	for i := 0; i < len(text); {
		n, kind, name := markup(text[i:])
		top := &stack[len(stack)-1]
		switch kind {
		case words, other:
			if top.date {
				dates += n
			}
			if !top.lists {
				top.length += n
				joined += top.length
			}
		case closes:
			if len(stack) > 1 {
				stack = stack[:len(stack)-1]
			}
		default:
			tag := text[i : i+n]
			spaces := top.spaces + bytes.Count(tag, []byte("xmlns"))
			elements++
			date := dated(name)
			if date {
				dates += dateBytes
			}
			attributes += bytes.Count(tag, []byte("="))
			scope += spaces
			base := top.base
			if bytes.Contains(tag, []byte("base")) {
				base += n
			}
			bases += base
			if kind == opens {
				stack = append(stack, element{spaces: spaces, base: base, date: date, lists: len(stack) == 1 || len(stack) == 2 && string(name) == "channel"})
			}
		}
		switch {
		case len(stack) > maxDepth:
			return refuse(hintBroken, "a feed nested more than %d deep", maxDepth)
		case elements > maxElements:
			return refuse(hintBroken, "a feed of more than %d elements", maxElements)
		case attributes > maxAttributes:
			return refuse(hintBroken, "a feed of more than %d attributes", maxAttributes)
		case dates > maxDates:
			return refuse(hintBroken, "a feed of more dates than %d MiB hold", maxDates>>20)
		case scope > maxScope, joined > maxJoined, bases > maxBases:
			return refuse(hintBroken, "a feed that is built to be slow to read")
		}
		i += n
	}
	return nil
}
