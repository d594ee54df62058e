package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
)

// A region is one stretch of text inside quotation marks, never crossing a
// line end. Nested regions are not kept.
type region struct {
	Outer     recount.Span // with the marks
	Inner     recount.Span // without
	Open      bool         // no closing mark; it ends with its line
	Continued bool         // it goes on from the open region of an earlier line
}

// A mark is one quotation mark with the direction its place suggests.
type mark struct {
	at, end int
	opens   bool
	closes  bool
	low     bool // a mark that German and its neighbours open with
}

// maxDepth bounds how deep marks may nest before they are read as noise.
const maxDepth = 8

// regionsOf pairs the quotation marks of text, line by line. A region left
// open at the end of its line goes on in the next line with text if that line
// begins with an opening mark, or closes a mark that it never opened.
func regionsOf(text string) []region {
	var out []region
	open := false // the last line with text ended inside a region
	for start := 0; start < len(text); {
		end := strings.IndexByte(text[start:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += start
		}
		line := recount.Span{Start: start, End: end}
		if strings.TrimSpace(line.In(text)) != "" {
			n := len(out)
			out = LineRegions(out, text, line, open)
			open = len(out) > n && out[len(out)-1].Open
		}
		start = end + 1
	}
	return out
}

// lineRegions appends the regions of one line.
func LineRegions(out []region, text string, line recount.Span, continues bool) []region {
	marks := doubleMarks(text, line)
	first := len(out)
	if len(marks) > 0 {
		var nested bool
		out, nested = pair(out, text, line, marks, continues, maxDepth)
		if n := len(out); nested && n > first && out[n-1].Open {
			// Something was closed inside, but not the outermost mark: read
			// the line again without nesting, so that one lost mark does not
			// swallow the rest of the line.
			if !startsOpen(text, line.End) {
				out, _ = pair(out[:first], text, line, marks, continues, 1)
			}
		}
	}
	out = singleRegions(out, first, text, line)
	if continues && len(out) > first && strings.TrimSpace(text[line.Start:out[first].Outer.Start]) == "" {
		out[first].Continued = true
	}
	kept := out[:first]
	for _, r := range out[first:] {
		if r.Inner.End > r.Inner.Start && !insideName(text, r) {
			kept = append(kept, r)
		}
	}
	return kept
}

// insideName reports whether marks hold a nickname inside a name: one or two
// words with capitals, between two others ("Robert “Bud” Kestrel").
func insideName(text string, r region) bool {
	in := r.Inner.In(text)
	if r.Open || len(in) > 24 || strings.Count(in, " ") > 1 || strings.ContainsAny(in, ",.!?") {
		return false
	}
	first, _ := utf8.DecodeRuneInString(in)
	before, ok := strings.CutSuffix(text[max(0, r.Outer.Start-40):r.Outer.Start], " ")
	after, ok2 := strings.CutPrefix(text[r.Outer.End:], " ")
	if !ok || !ok2 || !unicode.IsUpper(first) {
		return false
	}
	word := before[strings.LastIndexAny(before, " \n")+1:]
	a, _ := utf8.DecodeRuneInString(word)
	b, n := utf8.DecodeRuneInString(after)
	c, _ := utf8.DecodeRuneInString(after[n:])
	last, _ := utf8.DecodeLastRuneInString(word)
	return unicode.IsUpper(a) && unicode.IsLetter(last) && unicode.IsUpper(b) && unicode.IsLower(c)
}

// pair matches marks as brackets up to a depth and appends the outermost
// regions. It reports whether the region left open, if any, held a nested one.
func pair(out []region, text string, line recount.Span, marks []mark, continues bool, limit int) ([]region, bool) {
	out = slices.Grow(out, (len(marks)+1)/2)
	depth, begin, nested := 0, mark{}, false
	for i, m := range marks {
		opens := m.opens && !m.closes
		if m.opens == m.closes { // no direction
			opens = depth == 0
		}
		if i == 0 && continues && text[m.at:m.end] == "»" && strings.TrimSpace(text[line.Start:m.at]) == "" {
			opens = true // a French paragraph that goes on begins so
		}
		if depth > 0 && begin.low && limit == 1 && !m.low {
			opens = false
		}
		switch {
		case opens && depth == 0:
			depth, begin, nested = 1, m, false
		case opens && depth < limit:
			depth++
		case opens:
		case depth > 1:
			depth--
			nested = true
		case depth == 1:
			depth = 0
			out = append(out, region{
				Outer: recount.Span{Start: begin.at, End: m.end},
				Inner: lang.Trim(text, recount.Span{Start: begin.end, End: m.at}),
			})
		case i == 0 && continues:
			out = append(out, region{
				Outer:     recount.Span{Start: line.Start, End: m.end},
				Inner:     lang.Trim(text, recount.Span{Start: line.Start, End: m.at}),
				Continued: true,
			})
		}
	}
	if depth > 0 {
		out = append(out, region{
			Outer: recount.Span{Start: begin.at, End: line.End},
			Inner: lang.Trim(text, recount.Span{Start: begin.end, End: line.End}),
			Open:  true,
		})
	}
	return out, nested
}

// startsOpen reports whether the next line with text after byte i begins with
// an opening mark.
func startsOpen(text string, i int) bool {
	for _, r := range text[i:] {
		if unicode.IsSpace(r) {
			continue
		}
		return strings.ContainsRune("“„\"«»‘「『", r)
	}
	return false
}

// opensSingle reports whether the next line with text after byte i begins with a
// single opening mark.
func opensSingle(text string, i int) bool {
	return strings.HasPrefix(strings.TrimLeftFunc(text[i:min(len(text), i+64)], unicode.IsSpace), "‘")
}

// doubleMarks lists the double marks of a line, with the direction that the
// glyph and its neighbours give.
func doubleMarks(text string, line recount.Span) []mark {
	// A list that grows holds twice what it needs, and a line may be of marks alone.
	most := 0
	for _, r := range text[line.Start:line.End] {
		switch r {
		case '“', '「', '『', '„', '”', '」', '』', '«', '‹', '»', '›', '"', '＂', '‟', '`', '\'':
			most++
		}
	}
	if most == 0 {
		return nil
	}
	out := make([]mark, 0, most)
	low := false
	before := rune(0)
	for i := line.Start; i < line.End; {
		r, n := utf8.DecodeRuneInString(text[i:line.End])
		size := n
		kind := byte(0)
		switch r {
		case '“', '「', '『':
			kind = 'o'
			if r == '“' && low {
				kind = 'c'
			}
		case '„':
			kind, low = 'o', true
		case '”', '」', '』':
			kind = 'c'
		case '«', '‹':
			kind = 'g'
		case '»', '›':
			kind = 'h'
		case '"', '＂', '‟':
			kind = 's'
		case '`', '\'':
			if i+1 < line.End && text[i+1] == byte(r) {
				size, kind = 2, 'o'
				if r == '\'' {
					kind = 's'
				}
			}
		}
		if kind != 0 {
			after, _ := utf8.DecodeRuneInString(text[i+size : line.End])
			if i+size >= line.End {
				after = 0
			}
			m := mark{at: i, end: i + size, low: r == '„'}
			left, right := opensHere(before, after), closesHere(before, after)
			switch kind {
			case 'o':
				m.opens = true
				if right && !left { // “ used on both sides
					m.opens, m.closes = false, true
				}
			case 'c':
				m.closes = true
				if left && !right && r == '”' { // ” used on both sides
					m.closes, m.opens = false, true
				}
				low = false
			case 'g': // « opens, except in »this« style
				m.opens = true
				if right && !left {
					m.opens, m.closes = false, true
				}
			case 'h':
				m.closes = true
				if left && !right && (unicode.IsLetter(after) || unicode.IsDigit(after)) && (before == 0 || unicode.IsSpace(before)) {
					m.closes, m.opens = false, true
				}
			case 's':
				m.opens, m.closes = left && !right, right && !left
			}
			out = append(out, m)
		}
		before = r
		i += size
	}
	return out
}

// opensHere reports whether a mark between these runes looks like an opening one.
func opensHere(before, after rune) bool {
	return (before == 0 || unicode.IsSpace(before) || strings.ContainsRune("([{—–-/:‘'“\"", before)) && after != 0 && !unicode.IsSpace(after)
}

// closesHere reports whether a mark between these runes looks like a closing one.
func closesHere(before, after rune) bool {
	return (after == 0 || unicode.IsSpace(after) || strings.ContainsRune(".,;:!?)]}—–-/’'”\"…", after)) && before != 0 && !unicode.IsSpace(before)
}

// singleRegions adds the regions in single marks that lie outside the others.
// An apostrophe is not a mark: a closing one stands after a letter or a stop
// and before none, and between the marks there are at least two words.
func singleRegions(out []region, first int, text string, line recount.Span) []region {
	segment := text[line.Start:line.End]
	if !strings.ContainsAny(segment, "‘'‚") {
		return out
	}
	doubles := out[first:]
	var found []region
	next := 0      // first double region that ends after i
	begin := -1    // outer start of the open single region
	content := 0   // its inner start
	fallback := -1 // a closing candidate that may be a plural possessive
	before := rune(0)
	for i := line.Start; i < line.End; {
		for next < len(doubles) && doubles[next].Outer.End <= i {
			next++
		}
		if next < len(doubles) && doubles[next].Outer.Start <= i {
			i = doubles[next].Outer.End
			before = '"'
			begin = -1
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:line.End])
		if r == '‘' || r == '\'' || r == '’' || r == '‚' {
			after, _ := utf8.DecodeRuneInString(text[i+n : line.End])
			if i+n >= line.End {
				after = 0
			}
			switch {
			case begin < 0 && r != '’' && opensHere(before, after) && !unicode.IsDigit(after):
				begin, content, fallback = i, i+n, -1
			case begin >= 0 && r != '‚' && closesHere(before, after):
				if before == 's' && unicode.IsSpace(after) {
					fallback = i // "the dogs' tails", or the end of the quotation
				} else if strings.Contains(text[content:i], " ") || i > content+1 && strings.ContainsRune(",?!.", before) {
					found = append(found, region{Outer: recount.Span{Start: begin, End: i + n}, Inner: lang.Trim(text, recount.Span{Start: content, End: i})})
					begin = -1
				} else {
					begin = -1
				}
			}
		}
		before = r
		i += n
	}
	if begin >= 0 && strings.TrimSpace(text[line.Start:begin]) == "" && opensSingle(text, line.End) && text[begin] != '\'' {
		// A paragraph that opens with a mark, closes none and is followed by
		// another such: the quotation goes on.
		if fallback < 0 || fallback+len("’") < line.End {
			found = append(found, region{Outer: recount.Span{Start: begin, End: line.End}, Inner: lang.Trim(text, recount.Span{Start: content, End: line.End}), Open: true})
			begin = -1
		}
	}
	if begin >= 0 && fallback > 0 && strings.Contains(text[content:fallback], " ") {
		_, n := utf8.DecodeRuneInString(text[fallback:])
		found = append(found, region{Outer: recount.Span{Start: begin, End: fallback + n}, Inner: lang.Trim(text, recount.Span{Start: content, End: fallback})})
	}
	if len(found) == 0 {
		return out
	}
	// Merge the two sorted lists.
	merged := make([]region, 0, len(doubles)+len(found))
	i := 0
	for _, f := range found {
		for i < len(doubles) && doubles[i].Outer.Start < f.Outer.Start {
			merged = append(merged, doubles[i])
			i++
		}
		merged = append(merged, f)
	}
	merged = append(merged, doubles[i:]...)
	return append(out[:first], merged...)
}

const allMarks = "“”„«»\"＂‟‘’'‚‹›「」『』"

// markBefore returns the length of the quotation mark that ends text, or 0.
func MarkBefore(text string) int {
	if strings.HasSuffix(text, "``") || strings.HasSuffix(text, "''") {
		return 2
	}
	r, n := utf8.DecodeLastRuneInString(text)
	if n > 0 && strings.ContainsRune(allMarks, r) {
		return n
	}
	return 0
}

// markAfter returns the length of the quotation mark that begins text, or 0.
func MarkAfter(text string) int {
	if strings.HasPrefix(text, "''") {
		return 2
	}
	r, n := utf8.DecodeRuneInString(text)
	if n > 0 && strings.ContainsRune(allMarks, r) {
		return n
	}
	return 0
}
