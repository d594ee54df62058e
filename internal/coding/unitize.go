package coding

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"recount"
)

// A Marked span is a stretch of a text to which a coder gave a value.
type Marked struct {
	Span  recount.Span // in letters of the whole text
	Value string
}

// blank is the value of what nobody marked.
const blank = ""

// partition cuts the whole of a text into what a coder marked and what lies
// between. ok is false if two marks of one coder overlap.
func partition(length int, marks []Marked) (out []Marked, ok bool) {
	marks = slices.Clone(marks)
	slices.SortFunc(marks, func(a, b Marked) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End), strings.Compare(a.Value, b.Value))
	})
	at := 0
	for _, m := range marks {
		if m.Span.Start < at || m.Span.End > length || m.Span.Len() <= 0 {
			return nil, false
		}
		if m.Span.Start > at {
			out = append(out, Marked{recount.Span{Start: at, End: m.Span.Start}, blank})
		}
		out = append(out, m)
		at = m.Span.End
	}
	if at < length {
		out = append(out, Marked{recount.Span{Start: at, End: length}, blank})
	}
	return out, true
}

// shared calls visit with each stretch on which two partitions of one text do
// not change.
func shared(a, b []Marked, visit func(x, y *Marked, letters int64)) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		x, y := &a[i], &b[j]
		visit(x, y, int64(min(x.Span.End, y.Span.End)-max(x.Span.Start, y.Span.Start)))
		if x.Span.End <= y.Span.End {
			i++
		}
		if y.Span.End <= x.Span.End {
			j++
		}
	}
}

// UAlpha returns Krippendorff's u-alpha for how coders cut a text of so many
// letters into passages and what value they gave to each (Krippendorff, Mathet,
// Bouvry & Widlöcher 2016, eq. 1 to 5; nominal): what lies between passages has
// a value of its own. With L the letters that all coders read together, l the
// letters on which two coders coincide, by values and over m-1, and S the
// squares of the lengths of passages and the lengths of what lies between,
// it is 1 - (L - sum l_cc) (L² - S) / (L (L² - sum l_c²)). With one value it is the
// agreement on boundaries alone.
func UAlpha(length int, coders map[string][]Marked) Coefficient {
	c := Coefficient{Name: "Krippendorff's u-alpha", Of: "passage"}
	var parts [][]Marked
	for name := range coders {
		c.Actors = append(c.Actors, name)
	}
	slices.Sort(c.Actors)
	for _, name := range c.Actors {
		p, ok := partition(length, coders[name])
		if !ok {
			c.Note = "a coder gave two values to one stretch of text"
			return c
		}
		parts = append(parts, p)
		c.Units += len(coders[name])
	}
	c.Pairs = len(parts) * (len(parts) - 1) / 2
	switch {
	case len(parts) < 2 || length <= 0:
		c.Note = "no text was read by two coders"
		return c
	case c.Units == 0:
		c.Note = "nobody marked a passage"
		return c
	}
	equal := int64(0) // m-1 times the sum of l_cc
	for i, a := range parts {
		for j, b := range parts {
			if i == j {
				continue
			}
			shared(a, b, func(x, y *Marked, n int64) {
				if x.Value == y.Value {
					equal += n
				}
			})
		}
	}
	letters := map[string]int64{}
	squares := new(big.Int)
	for _, p := range parts {
		for _, m := range p {
			n := int64(m.Span.Len())
			letters[m.Value] += n
			if m.Value == blank {
				squares.Add(squares, big.NewInt(n))
			} else {
				squares.Add(squares, new(big.Int).Mul(big.NewInt(n), big.NewInt(n)))
			}
		}
	}
	m, all := int64(len(parts)), int64(len(parts))*int64(length)
	differ := new(big.Rat).SetFrac64(all*(m-1)-equal, m-1)
	c.finish(differ, all, squares, letters)
	return c
}

// CUAlpha returns Krippendorff's cu-alpha for the values that two coders gave
// where both marked something, however they cut it (the same, eq. 6): only
// stretches that both marked enter, and a passage pairs with itself over as
// many letters as the other coder marked of it.
func CUAlpha(length int, a, b string, coders map[string][]Marked) Coefficient {
	c := Coefficient{Name: "Krippendorff's cu-alpha", Of: "passage", Actors: []string{a, b}}
	x, ok := partition(length, coders[a])
	y, ok2 := partition(length, coders[b])
	if !ok || !ok2 {
		c.Note = "a coder gave two values to one stretch of text"
		return c
	}
	both, equal := int64(0), int64(0)
	letters := map[string]int64{}
	pairable := map[*Marked]int64{}
	shared(x, y, func(p, q *Marked, n int64) {
		if p.Value == blank || q.Value == blank {
			return
		}
		both += n
		if p.Value == q.Value {
			equal += n
		}
		letters[p.Value] += n
		letters[q.Value] += n
		pairable[p] += n
		pairable[q] += n
	})
	c.Units, c.Pairs = len(pairable), 1
	if both == 0 {
		c.Note = "no stretch of text was marked by both"
		return c
	}
	squares := new(big.Int)
	for _, n := range pairable {
		squares.Add(squares, new(big.Int).Mul(big.NewInt(n), big.NewInt(n)))
	}
	c.finish(big.NewRat(2*(both-equal), 1), 2*both, squares, letters)
	return c
}

// finish computes 1 - differ (L² - squares) / (L² - sum of letters²), over L.
func (c *Coefficient) finish(differ *big.Rat, all int64, squares *big.Int, letters map[string]int64) {
	whole := new(big.Int).Mul(big.NewInt(all), big.NewInt(all))
	unlike := new(big.Int).Set(whole)
	for _, n := range letters {
		unlike.Sub(unlike, new(big.Int).Mul(big.NewInt(n), big.NewInt(n)))
	}
	if unlike.Sign() == 0 {
		c.Note = "only one value was ever given, so nothing varies"
		return
	}
	v := new(big.Rat).SetFrac(whole.Sub(whole, squares), unlike)
	v.Mul(v, differ)
	c.Value = oneMinus(v.Quo(v, big.NewRat(all, 1)))
}
