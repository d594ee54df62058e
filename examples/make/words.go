package main

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
)

// folded is a text with its white space collapsed, and for each of its bytes
// the byte it comes from.
type folded struct {
	text string
	from []int
}

func fold(s string) folded {
	var f folded
	var b strings.Builder
	space := false
	for i, r := range s {
		if unicode.IsSpace(r) {
			if !space {
				b.WriteByte(' ')
				f.from = append(f.from, i)
			}
			space = true
			continue
		}
		space = false
		b.WriteRune(r)
		for k := range utf8.RuneLen(r) {
			f.from = append(f.from, i+k)
		}
	}
	f.text = b.String()
	f.from = append(f.from, len(s))
	return f
}

// find returns where words stand in f at or after a byte of the folded text,
// in the original's bytes, and where to go on.
func (f folded) find(words string, from int) (recount.Span, int, bool) {
	w := strings.TrimSpace(fold(words).text)
	i := strings.Index(f.text[from:], w)
	if i < 0 || w == "" {
		return recount.Span{}, from, false
	}
	i += from
	return recount.Span{Start: f.from[i], End: f.from[i+len(w)-1] + 1}, i + len(w), true
}

// all returns every place where words stand that are not cut out of longer
// ones.
func (f folded) all(text, words string) (out []recount.Span) {
	for from := 0; ; {
		sp, next, ok := f.find(words, from)
		if !ok {
			return out
		}
		if whole(text, sp) {
			out = append(out, sp)
		}
		from = next
	}
}

// whole reports whether a span begins and ends between two words: a person
// copies whole words.
func whole(text string, sp recount.Span) bool {
	inside := func(i int) bool {
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i:])
		word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
		return word(before) && word(after)
	}
	return !inside(sp.Start) && !inside(sp.End)
}

// overlap is twice the shared bytes over the sum of both, in thousandths.
func overlap(a, b []recount.Span) int {
	n, shared := 0, 0
	for _, x := range a {
		n += x.Len()
		for _, y := range b {
			if x.Overlaps(y) {
				shared += min(x.End, y.End) - max(x.Start, y.Start)
			}
		}
	}
	for _, y := range b {
		n += y.Len()
	}
	if n == 0 {
		return 0
	}
	return 2000 * shared / n
}

func overlapping(a, b []recount.Span) bool {
	return slices.ContainsFunc(a, func(x recount.Span) bool { return slices.ContainsFunc(b, x.Overlaps) })
}

// alike reports whether a name that was read is one of those that the page has
// for a person, or part of one.
func alike(got string, names []string) bool {
	clean := func(s string) string {
		return strings.ToLower(strings.Trim(strings.TrimSpace(fold(s).text), "“”‘’\"'() "))
	}
	got = clean(got)
	return slices.ContainsFunc(names, func(name string) bool {
		want := clean(name)
		return want != "" && got != "" && (strings.Contains(got, want) || strings.Contains(want, got))
	})
}
