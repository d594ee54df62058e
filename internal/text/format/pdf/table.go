package pdf

import (
	"slices"
	"sort"

	"recount/internal/text/format/pdf/object"
)

// A table says which text the codes of a font stand for (ToUnicode).
type table struct {
	spaces []codeSpace
	single map[uint64]string // by length and code
	ranges []codeRange       // sorted by length and first code
}

type codeSpace struct {
	n      int // bytes
	lo, hi uint32
}

type codeRange struct {
	lo, hi uint64 // length and code, as in single
	text   string // of lo; the last character counts up
}

// maxEntries is how many codes a table may name.
const maxEntries = 200_000

func tableKey(n int, v uint32) uint64 { return uint64(n)<<32 | uint64(v) }

// find returns the text of a code of n bytes.
func (t *table) find(n int, v uint32) (string, bool) {
	if t == nil {
		return "", false
	}
	k := tableKey(n, v)
	if s, ok := t.single[k]; ok {
		return s, true
	}
	i := sort.Search(len(t.ranges), func(i int) bool { return t.ranges[i].lo > k })
	if i == 0 || t.ranges[i-1].hi < k {
		return "", false
	}
	r := t.ranges[i-1]
	u := []rune(r.text)
	if len(u) == 0 {
		return "", true
	}
	u[len(u)-1] += rune(min(k-r.lo, 0xffff))
	return string(u), true
}

// length returns how many bytes the next code of s has.
func (t *table) length(s string) int {
	if t != nil {
		var v uint32
		for n := 1; n <= 4 && n <= len(s); n++ {
			v = v<<8 | uint32(s[n-1])
			for _, c := range t.spaces {
				if c.n == n && c.lo <= v && v <= c.hi {
					return n
				}
			}
		}
	}
	return 2
}

// readTable reads a table; what is not understood in it is skipped.
func readTable(b []byte) *table {
	t := &table{single: map[uint64]string{}}
	x := *object.NewLexer(b)
	var stack []object.Object
	for {
		o := x.Next()
		if o.Kind == object.End {
			break
		}
		if o.Kind != object.Operator {
			if len(stack) < 4096 {
				stack = append(stack, o)
			}
			continue
		}
		switch o.Str {
		case "endcodespacerange":
			for i := 0; i+1 < len(stack); i += 2 {
				lo, hi := stack[i].Str, stack[i+1].Str
				if n := len(lo); n >= 1 && n <= 4 && n == len(hi) && len(t.spaces) < 100 {
					t.spaces = append(t.spaces, codeSpace{n, codeOf(lo), codeOf(hi)})
				}
			}
		case "endbfchar":
			for i := 0; i+1 < len(stack); i += 2 {
				if n := len(stack[i].Str); n >= 1 && n <= 4 && len(t.single) < maxEntries {
					t.single[tableKey(n, codeOf(stack[i].Str))] = target(stack[i+1])
				}
			}
		case "endbfrange":
			for i := 0; i+2 < len(stack); i += 3 {
				t.addRange(stack[i].Str, stack[i+1].Str, stack[i+2])
			}
		}
		stack = stack[:0]
	}
	slices.SortStableFunc(t.ranges, func(a, b codeRange) int {
		switch {
		case a.lo < b.lo:
			return -1
		case a.lo > b.lo:
			return 1
		}
		return 0
	})
	return t
}

func (t *table) addRange(lo, hi string, to object.Object) {
	n := len(lo)
	if n < 1 || n > 4 || n != len(hi) || codeOf(hi) < codeOf(lo) {
		return
	}
	if to.Kind == object.Array {
		for i, o := range to.List() {
			if v := uint64(codeOf(lo)) + uint64(i); v <= uint64(codeOf(hi)) && len(t.single) < maxEntries {
				t.single[tableKey(n, uint32(v))] = target(o)
			}
		}
		return
	}
	if len(t.ranges) < maxEntries {
		t.ranges = append(t.ranges, codeRange{tableKey(n, codeOf(lo)), tableKey(n, codeOf(hi)), target(to)})
	}
}

// target is the text that an entry of a table gives.
func target(o object.Object) string {
	if o.Kind == object.Name {
		return letterOf(o.Str)
	}
	if len(o.Str) == 1 {
		return string(rune(o.Str[0]))
	}
	if len(o.Str) > 64 {
		return ""
	}
	return decode16(o.Str)
}

func codeOf(s string) uint32 {
	var v uint32
	for i := range len(s) {
		v = v<<8 | uint32(s[i])
	}
	return v
}
