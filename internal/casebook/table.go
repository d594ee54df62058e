package casebook

import (
	"hash/maphash"
	"iter"
	"maps"
	"slices"
)

// A table is a map whose copies share what neither of them has changed since.
// A copy costs nothing but its head; the first change of a part after it copies
// that part.
type table[K comparable, V any] struct {
	seed   maphash.Seed
	parts  []part[K, V] // as many as a power of two
	size   int
	owner  *owner // of the parts that only this table has
	shared bool   // another table has the list of parts too
}

type part[K comparable, V any] struct {
	m     map[K]V
	owner *owner
}

// An owner is what may be changed in place, told apart by its address.
type owner struct{ _ byte }

// fullPart is how many keys a part holds on average before there are more of
// them, roomyPart how many it has room for from the start: seven eighths of 64,
// as maps are made.
const (
	fullPart  = 48
	roomyPart = 56
)

func newTable[K comparable, V any]() *table[K, V] {
	return &table[K, V]{seed: maphash.MakeSeed(), parts: make([]part[K, V], 1), owner: new(owner)}
}

func (t *table[K, V]) at(k K) int {
	if len(t.parts) == 1 {
		return 0
	}
	return int(maphash.Comparable(t.seed, k) & uint64(len(t.parts)-1))
}

// of returns what k holds, or nothing.
func (t *table[K, V]) of(k K) V { return t.parts[t.at(k)].m[k] }

func (t *table[K, V]) has(k K) bool {
	_, ok := t.parts[t.at(k)].m[k]
	return ok
}

func (t *table[K, V]) set(k K, v V) {
	m := t.change(t.at(k))
	before := len(m)
	m[k] = v
	if t.size += len(m) - before; t.size > fullPart*len(t.parts) {
		t.grow()
	}
}

func (t *table[K, V]) drop(k K) {
	i := t.at(k)
	if _, ok := t.parts[i].m[k]; ok {
		delete(t.change(i), k)
		t.size--
	}
}

// change returns a part that only this table has.
func (t *table[K, V]) change(i int) map[K]V {
	if t.shared {
		t.parts, t.shared = slices.Clone(t.parts), false
	}
	p := &t.parts[i]
	if p.owner != t.owner {
		p.m, p.owner = maps.Clone(p.m), t.owner
	}
	if p.m == nil {
		p.m = map[K]V{}
	}
	return p.m
}

// grow doubles the number of parts.
func (t *table[K, V]) grow() {
	old := t.parts
	t.parts, t.shared = make([]part[K, V], 2*len(old)), false
	for i := range t.parts {
		t.parts[i] = part[K, V]{make(map[K]V, roomyPart), t.owner}
	}
	for _, p := range old {
		for k, v := range p.m {
			t.parts[t.at(k)].m[k] = v
		}
	}
}

// all yields everything, in no order.
func (t *table[K, V]) all() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for _, p := range t.parts {
			for k, v := range p.m {
				if !yield(k, v) {
					return
				}
			}
		}
	}
}

// copy returns a table with the same in it. From now on each of the two copies
// what it changes.
func (t *table[K, V]) copy() *table[K, V] {
	t.owner, t.shared = new(owner), true
	c := *t
	c.owner = new(owner)
	return &c
}
