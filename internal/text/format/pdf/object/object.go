// Package object reads the objects of PDF files: dictionaries, arrays, strings
// and streams, with what refers to what.
//
// In: bytes. Out: values that follow references by themselves. Method: the
// cross-reference tables and streams are read from the end of the file; where
// they are damaged, the objects are looked for in the bytes themselves, as
// readers on the screen do. Objects and object streams are kept once they are
// read. Files that open without a password are decrypted.
//
// Limits: the constants below hold for one file and are checked while reading,
// so that no file, whatever it refers to, costs more than they say; a reference
// in a circle is null.
package object

import (
	"errors"
	"math"
)

// What reading one file may cost.
const (
	maxObjects  = 1_000_000 // entries of the tables
	maxElements = 1_000_000 // values in all objects that are read
	maxNesting  = 100       // arrays and dictionaries in each other
	maxLoading  = 40        // objects that are needed to read an object
	maxInflated = 512 << 20 // bytes of all streams together
	maxPacked   = 64 << 20  // bytes of object streams that are kept
	maxSearch   = 1 << 30   // bytes that are searched for the ends of streams
	maxSections = 1_000     // tables in a row
	maxFilters  = 8         // filters on a stream
	maxRow      = 1 << 20   // bytes of a row of a predictor
)

// The ways in which a file is not to be read.
var (
	ErrDamaged   = errors.New("damaged")
	ErrEncrypted = errors.New("encrypted")
	ErrSpent     = errors.New("it costs more to read than its size allows")
)

// A Kind says what a value is.
type Kind byte

// The kinds of values. Operator and End are only met in streams of orders.
const (
	Null Kind = iota
	Bool
	Number
	String
	Name
	Array
	Dict
	Stream
	Operator
	End
	reference
)

// An Object is a value as it is written. References in it are not followed.
type Object struct {
	Kind Kind
	Num  float64 // of a number; 1 of true; the number of the object of a reference
	Str  string  // of a string, a name or an operator
	more *more
}

// more is what only arrays, dictionaries and streams have.
type more struct {
	list []Object
	dict map[string]Object
	at   int // of a stream: where its data begin
}

// List returns the elements of an array.
func (o Object) List() []Object {
	if o.more == nil {
		return nil
	}
	return o.more.list
}

// Entry returns the value of a key of a dictionary.
func (o Object) Entry(key string) Object {
	if o.more == nil {
		return Object{}
	}
	return o.more.dict[key]
}

// A Value is an object of a file. The zero Value is null.
type Value struct {
	f   *File
	o   Object
	num int // of the object around it, 0 = none
	own bool
}

// Kind returns what v is.
func (v Value) Kind() Kind { return v.o.Kind }

// Number returns the number of the object that v is, or 0 if v stands inside
// another.
func (v Value) Number() int {
	if v.own {
		return v.num
	}
	return 0
}

// Key returns the value of a key of a dictionary or stream.
func (v Value) Key(key string) Value {
	o := v.o.Entry(key)
	if o.Kind == Null {
		return Value{}
	}
	return v.f.resolve(o, v.num)
}

// Index returns an element of an array.
func (v Value) Index(i int) Value {
	list := v.o.List()
	if i < 0 || i >= len(list) {
		return Value{}
	}
	return v.f.resolve(list[i], v.num)
}

// Len returns the length of an array, 0 of anything else.
func (v Value) Len() int { return len(v.o.List()) }

// Name returns a name without its slash, "" of anything else.
func (v Value) Name() string {
	if v.o.Kind != Name {
		return ""
	}
	return v.o.Str
}

// Text returns the bytes of a string, decrypted, "" of anything else.
func (v Value) Text() string {
	if v.o.Kind != String {
		return ""
	}
	if v.f != nil && v.f.crypt != nil && !v.f.plain[v.num] {
		return string(v.f.crypt.decrypt(v.num, v.f.generation(v.num), []byte(v.o.Str), false))
	}
	return v.o.Str
}

// Float returns a number that no sum of a few such numbers takes out of range,
// 0 of anything else.
func (v Value) Float() float64 {
	if v.o.Kind != Number {
		return 0
	}
	return max(-1e9, min(1e9, v.o.Num))
}

// Int returns a whole number, 0 of anything else.
func (v Value) Int() int { return int(math.Trunc(v.Float())) }

// True reports whether v is the value true.
func (v Value) True() bool { return v.o.Kind == Bool && v.o.Num == 1 }
