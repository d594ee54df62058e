package casebook

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
)

// A codec writes values of Go types as bytes and reads them again: one list of
// strings, each once, then numbers. The same value gives the same bytes. Strings
// that are read are parts of one, so that a block costs few allocations.
// Numbers are unsigned, in LEB128; signed ones are folded (0, -1, 1, -2, ...).
//
// A codec is for one goroutine at a time.
type codec struct {
	words *words // a word is written as the text that it stands for
	plans map[reflect.Type]*plan
	union map[string]reflect.Type // types that an interface may hold, by name
	names map[reflect.Type]string
}

// A plan says how one type is written.
type plan struct {
	write func(*writer, reflect.Value)
	read  func(*reader, reflect.Value)
}

// newCodec returns a codec for types that hold an interface only where one of
// these values may stand.
func newCodec(words *words, union map[string]any) *codec {
	c := &codec{words: words, plans: map[reflect.Type]*plan{}, union: map[string]reflect.Type{}, names: map[reflect.Type]string{}}
	for name, v := range union {
		t := reflect.TypeOf(v)
		c.union[name], c.names[t] = t, name
	}
	return c
}

type writer struct {
	at      map[string]uint64
	strings []byte
	lengths []byte
	body    []byte
}

func (w *writer) number(n uint64) { w.body = binary.AppendUvarint(w.body, n) }

func (w *writer) text(s string) {
	i, ok := w.at[s]
	if !ok {
		i = uint64(len(w.at))
		w.at[s] = i
		w.strings = append(w.strings, s...)
		w.lengths = binary.AppendUvarint(w.lengths, uint64(len(s)))
	}
	w.number(i)
}

var errPacked = errors.New("a packed block does not hold what it says")

type reader struct {
	strings []string
	rest    []byte
	err     error
}

func (r *reader) number() uint64 {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.rest = r.rest[size:]
	return n
}

func (r *reader) fail() { r.rest, r.err = nil, errPacked }

func (r *reader) text() string {
	i := r.number()
	if i >= uint64(len(r.strings)) {
		r.fail()
		return ""
	}
	return r.strings[i]
}

// pack writes the value that v points to.
func (c *codec) pack(v any) []byte {
	x := reflect.ValueOf(v).Elem()
	w := &writer{at: map[string]uint64{}}
	c.plan(x.Type()).write(w, x)
	out := binary.AppendUvarint(nil, uint64(len(w.at)))
	out = append(out, w.lengths...)
	out = append(out, w.strings...)
	return append(out, w.body...)
}

// unpack reads what pack wrote into the value that v points to. Bytes that
// pack did not write give an error, or some value; they cost no more than a
// fixed number of times their length.
func (c *codec) unpack(b []byte, v any) error {
	r := &reader{rest: b}
	n := r.number()
	if n > uint64(len(r.rest)) {
		return errPacked
	}
	ends := make([]uint64, n)
	total := uint64(0)
	for i := range ends {
		size := r.number()
		if size > uint64(len(b)) {
			return errPacked
		}
		total += size
		ends[i] = total
	}
	if r.err != nil || total > uint64(len(r.rest)) {
		return errPacked
	}
	all := string(r.rest[:total])
	r.rest = r.rest[total:]
	r.strings = make([]string, n)
	from := uint64(0)
	for i, to := range ends {
		r.strings[i] = all[from:to]
		from = to
	}
	x := reflect.ValueOf(v).Elem()
	c.plan(x.Type()).read(r, x)
	if r.err == nil && len(r.rest) > 0 {
		return errPacked
	}
	return r.err
}

// plan returns how a type is written, and makes the plan when it is first
// asked for. A type that cannot be written is a mistake of the program.
func (c *codec) plan(t reflect.Type) *plan {
	if p := c.plans[t]; p != nil {
		return p
	}
	p := &plan{}
	c.plans[t] = p // before it is whole, since a type may hold itself
	*p = c.make(t)
	return p
}

func (c *codec) make(t reflect.Type) plan {
	if t == reflect.TypeFor[word]() {
		return plan{func(w *writer, v reflect.Value) { w.text(c.words.of(word(v.Uint()))) }, func(r *reader, v reflect.Value) { v.SetUint(uint64(c.words.number(r.text()))) }}
	}
	switch t.Kind() {
	case reflect.String:
		return plan{func(w *writer, v reflect.Value) { w.text(v.String()) }, func(r *reader, v reflect.Value) { v.SetString(r.text()) }}
	case reflect.Bool:
		return plan{func(w *writer, v reflect.Value) {
			if v.Bool() {
				w.number(1)
			} else {
				w.number(0)
			}
		}, func(r *reader, v reflect.Value) { v.SetBool(r.number() != 0) }}
	case reflect.Int, reflect.Int64:
		return plan{func(w *writer, v reflect.Value) { n := v.Int(); w.number(uint64(n<<1) ^ uint64(n>>63)) },
			func(r *reader, v reflect.Value) { n := r.number(); v.SetInt(int64(n>>1) ^ -int64(n&1)) }}
	case reflect.Uint32:
		return plan{func(w *writer, v reflect.Value) { w.number(v.Uint()) }, func(r *reader, v reflect.Value) {
			n := r.number()
			if n > math.MaxUint32 {
				r.fail()
			}
			v.SetUint(n)
		}}
	case reflect.Slice:
		return c.slice(t)
	case reflect.Array:
		element := c.plan(t.Elem())
		return plan{func(w *writer, v reflect.Value) {
			for i := range t.Len() {
				element.write(w, v.Index(i))
			}
		}, func(r *reader, v reflect.Value) {
			for i := range t.Len() {
				element.read(r, v.Index(i))
			}
		}}
	case reflect.Map:
		return c.table(t)
	case reflect.Pointer:
		element := c.plan(t.Elem())
		return plan{func(w *writer, v reflect.Value) {
			if v.IsNil() {
				w.number(0)
				return
			}
			w.number(1)
			element.write(w, v.Elem())
		}, func(r *reader, v reflect.Value) {
			if r.number() != 0 {
				v.Set(reflect.New(t.Elem()))
				element.read(r, v.Elem())
			}
		}}
	case reflect.Struct:
		fields := make([]*plan, t.NumField())
		for i := range fields {
			if !t.Field(i).IsExported() {
				panic(fmt.Sprintf("%s.%s cannot be packed", t, t.Field(i).Name))
			}
			fields[i] = c.plan(t.Field(i).Type)
		}
		return plan{func(w *writer, v reflect.Value) {
			for i, f := range fields {
				f.write(w, v.Field(i))
			}
		}, func(r *reader, v reflect.Value) {
			for i, f := range fields {
				if r.err != nil {
					return
				}
				f.read(r, v.Field(i))
			}
		}}
	case reflect.Interface:
		return plan{func(w *writer, v reflect.Value) {
			if v.IsNil() {
				w.text("")
				return
			}
			name := c.names[v.Elem().Type()]
			if name == "" {
				panic(fmt.Sprintf("%s cannot be packed", v.Elem().Type()))
			}
			w.text(name)
			c.plan(v.Elem().Type()).write(w, v.Elem())
		}, func(r *reader, v reflect.Value) {
			name := r.text()
			if name == "" {
				return
			}
			is := c.union[name]
			if is == nil {
				r.fail()
				return
			}
			x := reflect.New(is).Elem()
			c.plan(is).read(r, x)
			v.Set(x)
		}}
	}
	panic(fmt.Sprintf("%s cannot be packed", t))
}

// atOnce is how many elements are made room for before the first is read.
const atOnce = 1024

func (c *codec) slice(t reflect.Type) plan {
	if t.Elem().Kind() == reflect.Uint8 {
		return plan{func(w *writer, v reflect.Value) { w.text(string(v.Bytes())) }, func(r *reader, v reflect.Value) {
			if s := r.text(); s != "" {
				v.SetBytes([]byte(s))
			}
		}}
	}
	element := c.plan(t.Elem())
	return plan{func(w *writer, v reflect.Value) {
		if v.IsNil() {
			w.number(0)
			return
		}
		w.number(uint64(v.Len()) + 1)
		for i := range v.Len() {
			element.write(w, v.Index(i))
		}
	}, func(r *reader, v reflect.Value) {
		n := r.number()
		if n == 0 {
			return
		}
		n--
		if n > uint64(len(r.rest)) { // each takes a byte
			r.fail()
			return
		}
		v.Set(reflect.MakeSlice(t, 0, int(min(n, atOnce))))
		for i := 0; i < int(n) && r.err == nil; i++ {
			if i == v.Cap() {
				v.Grow(1)
			}
			v.SetLen(i + 1)
			element.read(r, v.Index(i))
		}
	}}
}

// table is for maps from strings.
func (c *codec) table(t reflect.Type) plan {
	key, element := c.plan(t.Key()), c.plan(t.Elem())
	empty := reflect.MakeMap(t) // one for all: what was read is not changed
	return plan{func(w *writer, v reflect.Value) {
		if v.IsNil() {
			w.number(0)
			return
		}
		w.number(uint64(v.Len()) + 1)
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, k := range keys {
			key.write(w, k)
			element.write(w, v.MapIndex(k))
		}
	}, func(r *reader, v reflect.Value) {
		n := r.number()
		if n == 0 {
			return
		}
		if n == 1 {
			v.Set(empty)
			return
		}
		v.Set(reflect.MakeMap(t))
		for range n - 1 {
			if r.err != nil {
				return
			}
			k, x := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
			key.read(r, k)
			element.read(r, x)
			v.SetMapIndex(k, x)
		}
	}}
}

// form names how a type is written: two programs that give the same name read
// each other's bytes.
func (c *codec) form(t reflect.Type) string {
	var b strings.Builder
	seen := map[reflect.Type]bool{}
	var add func(t reflect.Type)
	add = func(t reflect.Type) {
		b.WriteString(t.String() + " " + t.Kind().String())
		if seen[t] {
			return
		}
		seen[t] = true
		switch t.Kind() {
		case reflect.Array:
			fmt.Fprint(&b, t.Len())
			fallthrough
		case reflect.Slice, reflect.Pointer:
			add(t.Elem())
		case reflect.Map:
			add(t.Key())
			add(t.Elem())
		case reflect.Struct:
			for i := range t.NumField() {
				b.WriteString(" " + t.Field(i).Name + " ")
				add(t.Field(i).Type)
			}
		case reflect.Interface:
			for _, name := range slices.Sorted(maps.Keys(c.union)) {
				b.WriteString(" " + name + " ")
				add(c.union[name])
			}
		}
		b.WriteByte(';')
	}
	add(t)
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:])
}
