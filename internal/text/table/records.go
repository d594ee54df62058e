package table

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Limits of JSON.
const (
	sampledRecords = 1000 // whose keys make the columns
	maxWrapped     = 4    // objects around an array of records
	maxList        = 50   // elements of a list in a cell that are written out
)

// wrappers lists the keys under which services put the array of records.
var wrappers = []string{"articles", "items", "results", "data", "stories", "documents", "docs", "records", "hits", "response", "news", "entries", "feed", "value"}

// A member is one key of a JSON object with its value as written.
type member struct{ key, value string }

// recordsKnown reports whether the first records of JSON have a key for a text
// or an address and are no bibliography, which package biblio reads.
func recordsKnown(payload []byte) bool {
	src := beginning(payload)
	if first, _, _ := strings.Cut(src, "\n"); len(payload) > sampled && src[0] != '[' && !json.Valid([]byte(first)) {
		// One object that goes on behind the sample: look at its first array.
		if at := arrayStart.FindStringIndex(src); at != nil {
			src = src[at[0]:]
		}
	}
	known := false
	n := 0
	shapeOf(src).each(func(_ int, m []member, fault string) bool {
		n++
		keys := make([]string, len(m))
		for i := range m {
			keys[i] = m[i].key
		}
		if bibliographic(keys) {
			known = false
			return false
		}
		known = known || recognised(keys) >= 1
		return n < headerRows && !(known && n > 3)
	})
	return known
}

var arrayStart = regexp.MustCompile(`\[\s*\{`)

// bibliographic reports whether keys are those of CSL-JSON or of Zotero.
func bibliographic(keys []string) bool {
	has := func(k string) bool { return slices.Contains(keys, k) }
	return has("type") && (has("issued") || has("container-title") || has("citation-key")) || has("itemType") || has("CSL")
}

// A shape is how JSON holds its records.
type shape struct {
	src   string
	lines bool     // one object a line
	array string   // else the array of objects
	one   []member // else the only object
}

// shapeOf finds out how JSON holds its records.
func shapeOf(src string) shape {
	s := shape{src: strings.TrimLeft(src, " \t\r\n")}
	if s.lines = lined(s.src); !s.lines {
		s.array, s.one = unwrap(s.src, 0)
	}
	return s
}

// each yields the objects of JSON: the lines of JSON Lines, the elements of an
// array, also inside objects that wrap it, or one object. n is the number of
// the line or of the element. A fault says what is no object.
func (s shape) each(yield func(n int, m []member, fault string) bool) {
	var buf []member
	object := func(n int, raw string) bool {
		m, ok := members(raw, buf[:0])
		buf = m
		if !ok {
			return yield(n, nil, "no JSON object")
		}
		if s, ok := memberOf(m, "_source"); ok && strings.HasPrefix(s, "{") {
			m, _ = members(s, nil)
		}
		return yield(n, m, "")
	}
	if s.lines {
		n := 0
		for line := range strings.Lines(s.src) {
			n++
			if line = strings.TrimSpace(line); line != "" && !object(n, line) {
				return
			}
		}
		return
	}
	array := s.array
	if array == "" {
		fault := ""
		if s.one == nil {
			fault = "no JSON object"
		}
		yield(1, s.one, fault)
		return
	}
	n := 0
	for i := 1; ; {
		i = space(array, i)
		if i >= len(array) || array[i] == ']' {
			return
		}
		if array[i] == ',' {
			i++
			continue
		}
		end := valueEnd(array, i)
		n++
		if end < 0 || end == i {
			yield(n, nil, "the JSON breaks off here")
			return
		}
		if !object(n, array[i:end]) {
			return
		}
		i = end
	}
}

// lined reports whether JSON holds one object a line.
func lined(src string) bool {
	if !strings.HasPrefix(src, "{") {
		return false
	}
	first, rest, _ := strings.Cut(src, "\n")
	rest = strings.TrimLeft(rest, " \t\r\n")
	return rest != "" && (json.Valid([]byte(first)) || rest[0] == '{' && !json.Valid([]byte(src)))
}

// unwrap returns the array of objects in a JSON value, or the object that it
// is itself.
func unwrap(src string, depth int) (array string, one []member) {
	if strings.HasPrefix(src, "[") {
		if i := space(src, 1); i < len(src) && (src[i] == '{' || src[i] == ']') {
			return src, nil
		}
		return "", nil
	}
	if depth == maxWrapped {
		return "", nil
	}
	one, _ = members(src, nil)
	for _, key := range wrappers {
		if v, ok := memberOf(one, key); ok && v != "" && (v[0] == '[' || v[0] == '{') {
			if array, _ := unwrap(v, depth+1); array != "" {
				return array, nil
			}
		}
	}
	return "", one
}

func memberOf(list []member, key string) (string, bool) {
	for _, m := range list {
		if m.key == key {
			return m.value, true
		}
	}
	return "", false
}

// members takes a JSON object apart, at most maxColumns keys of it; ok is
// false if raw is no valid JSON object.
func members(raw string, out []member) ([]member, bool) {
	if !strings.HasPrefix(raw, "{") || !json.Valid([]byte(raw)) {
		return nil, false
	}
	for i := 1; len(out) < maxColumns; {
		i = space(raw, i)
		if i >= len(raw) || raw[i] == '}' {
			break
		}
		if raw[i] == ',' {
			i++
			continue
		}
		end := valueEnd(raw, i)
		key := unquote(raw[i:end])
		i = space(raw, end) + 1 // behind the colon
		i = space(raw, i)
		end = valueEnd(raw, i)
		out = append(out, member{key, raw[i:end]})
		i = end
	}
	return out, true
}

func space(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\n' || s[i] == '\r' || s[i] == '\t') {
		i++
	}
	return i
}

// valueEnd returns the end of the JSON value that begins at i, or -1.
func valueEnd(s string, i int) int {
	depth := 0
	for ; i < len(s); i++ {
		switch s[i] {
		case '"':
			for i++; ; i++ {
				j := strings.IndexAny(s[i:], `"\`)
				if j < 0 {
					return -1
				}
				if i += j; s[i] == '"' {
					break
				}
				if i++; i >= len(s) {
					return -1
				}
			}
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',', ' ', '\n', '\r', '\t':
			if depth == 0 {
				return i
			}
		case ':':
			if depth == 0 {
				return -1
			}
		}
	}
	if depth > 0 {
		return -1
	}
	return i
}

// unquote returns the text of a JSON string.
func unquote(raw string) string {
	if len(raw) >= 2 && raw[0] == '"' && strings.IndexByte(raw, '\\') < 0 {
		return raw[1 : len(raw)-1]
	}
	var s string
	if json.Unmarshal([]byte(raw), &s) != nil {
		return ""
	}
	return strings.ReplaceAll(s, "\x00", "")
}

// plain returns a JSON value as the text of a cell: a list as its elements with
// "; " between them, an object as its name or title.
func plain(raw string) string {
	switch {
	case raw == "" || raw == "null":
		return ""
	case raw[0] == '"':
		return unquote(raw)
	case raw[0] == '[':
		var out []string
		for i := 1; len(out) < maxList; {
			i = space(raw, i)
			if i >= len(raw) || raw[i] == ']' {
				break
			}
			if raw[i] == ',' {
				i++
				continue
			}
			end := valueEnd(raw, i)
			if raw[i] == '[' {
				return raw
			}
			if s := plain(raw[i:end]); s != "" {
				out = append(out, s)
			}
			i = end
		}
		return strings.Join(out, "; ")
	case raw[0] == '{':
		m, _ := members(raw, nil)
		for _, key := range []string{"name", "title", "full_name", "value", "text", "url", "$date", "#text", "label", "id"} {
			if v, ok := memberOf(m, key); ok && v != "" && v[0] == '"' {
				return unquote(v)
			}
		}
	}
	return raw
}

// recordGrid reads JSON records. The columns are the keys of the first records
// in alphabetical order, and the cells stand in that order.
func recordGrid(src string) grid {
	shape := shapeOf(src)
	index := map[string]int{}
	seen := 0
	shape.each(func(_ int, m []member, _ string) bool {
		for _, x := range m {
			if len(index) < maxColumns {
				index[x.key] = 0
			}
		}
		seen++
		return seen < sampledRecords
	})
	header := make([]string, 0, len(index))
	for key := range index {
		header = append(header, key)
	}
	slices.Sort(header)
	for i, key := range header {
		index[key] = i
	}
	word := "item"
	if shape.lines {
		word = "line"
	}
	dates := datesAmong(header)
	return grid{
		word:   word,
		header: header,
		each: func(yield func(row) bool) error {
			cells := make([]string, len(header))
			shape.each(func(n int, m []member, fault string) bool {
				clear(cells)
				for _, x := range m {
					i, ok := index[x.key]
					if !ok {
						continue
					}
					if cells[i] = plain(x.value); dates[i] {
						cells[i] = instant(cells[i])
					}
				}
				return yield(row{n: n, cells: cells, fault: fault})
			})
			return nil
		},
	}
}

// datesAmong marks the columns that hold a point in time.
func datesAmong(header []string) []bool {
	out := make([]bool, len(header))
	for i, name := range header {
		if m, ok := meaningOf(name); ok {
			switch fields[m.field].name {
			case "published", "modified", "collected", "seen":
				out[i] = true
			}
		}
	}
	return out
}

// instant writes seconds or milliseconds since 1970 as ISO 8601, and leaves
// everything else as it is.
func instant(s string) string {
	if len(s) != 10 && len(s) != 13 {
		return s
	}
	var n int64
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return s
		}
		n = n*10 + int64(c-'0')
	}
	if len(s) == 13 {
		n /= 1000
	}
	return time.Unix(n, 0).UTC().Format(time.RFC3339)
}
