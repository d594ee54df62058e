package pdf

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount/internal/text/page"
)

// A segment is a run of words on one baseline without a wide gap in it.
type segment struct {
	text   string
	x0, x1 int // hundredths of a point, as all measures here
	y      int
	size   int
	bold   bool
}

// A line is one line of a column.
type line struct {
	segment
	page, number int // counted from 1
	column       int // of the page, counted from 0
	left, right  int // edges of its column
}

// A layout is a page before its lines are put in order.
type layout struct {
	segments      []segment
	width, height int
	image         bool
	artifacts     []string // lines marked as running heads and the like, left out
}

// The gaps between letters, in hundredths of the size.
const (
	wordGap    = 16 // and wider: a space
	segmentGap = 65 // and wider: another segment, if no space stands there
	spaceGap   = 110
)

// newLayout joins the glyphs of a page to segments. Marks that say what is no
// part of the text are heeded unless most of the text bears them.
func newLayout(c *canvas) layout {
	l := layout{width: c.Width, height: c.Height, image: c.Image}
	marked := 0
	for _, g := range c.Glyphs {
		if g.Artifact {
			marked++
		}
	}
	own := c.Glyphs
	var aside []glyph
	if marked > 0 && marked*2 < len(c.Glyphs) {
		own = nil
		for _, g := range c.Glyphs {
			if g.Artifact {
				aside = append(aside, g)
			} else {
				own = append(own, g)
			}
		}
	}
	l.segments = distinct(segments(own))
	for _, s := range segments(aside) {
		l.artifacts = append(l.artifacts, s.text)
	}
	return l
}

// size is about the memory that the text of a page takes, in bytes.
func (l *layout) size() int {
	n := 0
	for _, s := range l.segments {
		n += len(s.text) + 80
	}
	return n
}

// segments joins glyphs in the order in which they are drawn.
func segments(glyphs []glyph) []segment {
	var out []segment
	var b strings.Builder
	var cur segment
	var last glyph
	open, space := false, false
	end := func() {
		if open {
			if cur.text = page.Tidy(keepSoft(b.String())); cur.text != "" {
				out = append(out, cur)
			}
		}
		b.Reset()
		open, space = false, false
	}
	for _, g := range glyphs {
		if strings.TrimSpace(g.Text) == "" {
			space = space || open
			continue
		}
		if open {
			big := max(cur.size, g.Size)
			gap, dy := g.X0-last.X1, abs(g.Y-cur.y)
			same := dy*100 <= 30*big
			if small := min(cur.size, g.Size); small*100 <= 85*big {
				same = dy*100 <= 55*big // raised and lowered figures
			}
			wide := segmentGap
			if space {
				wide = spaceGap
			}
			if g.Text == last.Text && abs(g.X0-last.X0)*4 < last.X1-last.X0 && abs(g.Y-last.Y)*10 < big {
				continue // drawn twice to look bold
			}
			if !same || gap*100 > wide*big || gap*100 < -60*big {
				end()
			}
		}
		if !open {
			cur = segment{x0: g.X0, x1: g.X1, y: g.Y, size: g.Size, bold: g.Bold}
			open = true
		} else if space || (g.X0-last.X1)*100 >= wordGap*max(last.Size, g.Size) {
			b.WriteByte(' ')
		}
		space = false
		b.WriteString(g.Text)
		cur.x0, cur.x1 = min(cur.x0, g.X0), max(cur.x1, g.X1)
		if g.Size > cur.size {
			cur.size, cur.y = g.Size, g.Y
		}
		cur.bold = cur.bold && g.Bold
		last = g
	}
	end()
	return out
}

// softHyphen stands for a soft hyphen at the end of a line until lines are
// joined: page.Tidy drops the character itself.
const softHyphen = "\u2060"

func keepSoft(s string) string {
	if t := strings.TrimRight(s, " "); strings.HasSuffix(t, "\u00ad") {
		return strings.TrimSuffix(t, "\u00ad") + softHyphen
	}
	return s
}

// distinct drops segments that are drawn a second time at the same place.
func distinct(list []segment) []segment {
	seen := map[string][]int{}
	out := list[:0]
	for _, s := range list {
		again := false
		at := seen[s.text]
		for _, k := range at[:min(len(at), 50)] {
			o := out[k]
			again = again || abs(o.x0-s.x0)*100 < 20*s.size && abs(o.y-s.y)*100 < 20*s.size
		}
		if !again {
			seen[s.text] = append(at, len(out))
			out = append(out, s)
		}
	}
	return out
}

func abs(x int) int { return max(x, -x) }

// lines puts the segments of a page in reading order and joins them to lines.
func (l *layout) lines(known []int) []line {
	var out []line
	for i, column := range columns(l.segments, known, 0) {
		var of []line
		for _, s := range joinRows(initials(column)) {
			of = append(of, line{segment: s, column: i})
		}
		left, right := edges(of)
		for k := range of {
			of[k].left, of[k].right = left, right
		}
		out = append(out, of...)
	}
	return out
}

// edges returns where most lines of a column begin and where the longest end.
func edges(lines []line) (left, right int) {
	if len(lines) == 0 {
		return 0, 0
	}
	left, right = lines[0].x0, lines[0].x1
	for _, l := range lines {
		left, right = min(left, l.x0), max(right, l.x1)
	}
	return left, right
}

// joinRows joins the segments that share a baseline, from left to right, and
// orders the rows from the top.
func joinRows(list []segment) []segment {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b segment) int { return cmp.Or(cmp.Compare(b.y, a.y), cmp.Compare(a.x0, b.x0)) })
	var out []segment
	for i := 0; i < len(list); {
		j := i + 1
		for j < len(list) && (list[i].y-list[j].y)*100 <= 30*max(list[i].size, list[j].size) {
			j++
		}
		row := list[i:j]
		slices.SortStableFunc(row, func(a, b segment) int { return cmp.Compare(a.x0, b.x0) })
		s := row[0]
		widest := s.x1 - s.x0
		var b strings.Builder
		b.WriteString(s.text)
		for _, t := range row[1:] {
			if (t.x0-s.x1)*100 >= wordGap*max(s.size, t.size) {
				b.WriteByte(' ')
			}
			b.WriteString(t.text)
			s.x1 = max(s.x1, t.x1)
			if w := t.x1 - t.x0; w > widest {
				widest = w
				s.y, s.size = t.y, t.size
			}
			s.bold = s.bold && t.bold
		}
		s.text = b.String()
		out = append(out, s)
		i = j
	}
	return out
}

// maxInitials is how many single letters of a column are tried.
const maxInitials = 60

// initials puts the large first letter of a paragraph, which stands lower than
// its line, before that line.
func initials(list []segment) []segment {
	var out []segment
	tried := 0
	for i, big := range list {
		best := -1
		if r := first(big.text); tried < maxInitials && utf8.RuneCountInString(big.text) <= 2 && (unicode.IsUpper(r) || strings.ContainsRune("“\"‘«„", r)) {
			tried++
			for k := range list {
				o := list[k]
				if k != i && o.size*17 <= big.size*10 && o.x0 >= big.x0 && o.x0-big.x1 < 2*o.size && o.y > big.y+o.size/4 && o.y < big.y+big.size &&
					(best < 0 || o.y > list[best].y) {
					best = k
				}
				if k > 20_000 {
					break
				}
			}
		}
		if best < 0 {
			out = append(out, big)
			continue
		}
		list[best].text = big.text + list[best].text
		if best < i { // it is in out already
			for k := len(out) - 1; k >= 0; k-- {
				if out[k].y == list[best].y && out[k].x1 == list[best].x1 {
					out[k] = list[best]
					break
				}
			}
		}
	}
	return out
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// The limits of the search for columns.
const (
	maxRows    = 1_000
	maxBins    = 1_000
	maxCuts    = 8 // columns beside and in each other
	minSplits  = 4 // rows with text on both sides of a strip that is empty
	minLetters = 12
)

// columns cuts the segments of a page into columns, in reading order: what
// stands over several columns, then each of them from the left.
// known lists where other pages of the file have strips between columns.
func columns(list []segment, known []int, depth int) [][]segment {
	if len(list) == 0 {
		return nil
	}
	if depth >= maxCuts {
		return [][]segment{list}
	}
	at, ok := gutter(list)
	few := !ok
	for _, k := range known {
		if !ok && lastRows(list, k) {
			at, ok = k, true
		}
	}
	if !ok {
		return [][]segment{list}
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b segment) int { return cmp.Or(cmp.Compare(b.y, a.y), cmp.Compare(a.x0, b.x0)) })
	var out [][]segment
	var over, left, right []segment
	flushOver := func() {
		if len(over) > 0 && len(over) < len(list) {
			out = append(out, columns(over, known, depth+1)...)
		} else if len(over) > 0 {
			out = append(out, over)
		}
		over = nil
	}
	flushBand := func() {
		if isColumn(left, few) && isColumn(right, few) {
			flushOver()
			out = append(out, columns(left, known, depth+1)...)
			out = append(out, columns(right, known, depth+1)...)
		} else {
			over = append(over, left...)
			over = append(over, right...)
		}
		left, right = nil, nil
	}
	for _, s := range list {
		switch {
		case s.x0 < at && s.x1 > at:
			flushBand()
			over = append(over, s)
		case s.x1 <= at:
			left = append(left, s)
		default:
			right = append(right, s)
		}
	}
	flushBand()
	flushOver()
	return out
}

// isColumn reports whether segments on one side of a strip look like a column
// of text and not like the cells of a table. Where other pages have columns,
// few rows will do.
func isColumn(list []segment, few bool) bool {
	rows := joinRows(list)
	letters := 0
	for _, r := range rows {
		letters += utf8.RuneCountInString(r.text)
	}
	if few {
		return len(rows) >= 1
	}
	return len(rows) >= 2 && letters >= minLetters*len(rows)
}

// lastRows reports whether the segments end with columns on both sides of at
// that are too short to be found by themselves, as on the last page of an
// article: something begins right behind the strip, and nothing crosses it
// beside that.
func lastRows(list []segment, at int) bool {
	top, bottom, left := 0, 0, false
	for _, s := range list {
		if s.x0 >= at && s.x0-at < 2*s.size {
			if top == 0 && bottom == 0 {
				top, bottom = s.y, s.y
			}
			top, bottom = max(top, s.y), min(bottom, s.y)
		}
	}
	if top == 0 && bottom == 0 {
		return false
	}
	for _, s := range list {
		if s.y > top+s.size/2 || s.y < bottom-s.size/2 {
			continue
		}
		if s.x0 < at && s.x1 > at {
			return false
		}
		left = left || s.x1 <= at
	}
	return left
}

// gutters returns where the pages of a file have strips between columns.
func gutters(pages []layout) []int {
	var out []int
	for i := range pages {
		list := pages[i].segments
		for range 4 {
			if len(list) == 0 {
				break
			}
			at, ok := gutter(list)
			if !ok {
				break
			}
			if !slices.ContainsFunc(out, func(o int) bool { return abs(o-at) < 600 }) && len(out) < 12 {
				out = append(out, at)
			}
			// What is to the right of it may hold another.
			var right []segment
			for _, s := range list {
				if s.x0 >= at {
					right = append(right, s)
				}
			}
			if len(right) == len(list) {
				break
			}
			list = right
		}
	}
	return out
}

// gutter looks for an upright strip that stays empty over several rows with
// text on both sides of it, and returns its middle.
func gutter(list []segment) (int, bool) {
	x0, x1, top, bottom := list[0].x0, list[0].x1, list[0].y, list[0].y
	sizes := make([]int, 0, len(list))
	for _, s := range list {
		x0, x1, top, bottom = min(x0, s.x0), max(x1, s.x1), max(top, s.y), min(bottom, s.y)
		sizes = append(sizes, s.size)
	}
	slices.Sort(sizes)
	size := max(sizes[len(sizes)/2], 100)
	bin := max(100, (x1-x0)/maxBins+1)
	pitch := max(size*12/10, (top-bottom)/maxRows+1)
	bins, rows := (x1-x0)/bin+1, (top-bottom)/pitch+1
	// What stands in each row.
	covered := make([][]bool, rows)
	for _, s := range list {
		r := (top - s.y) / pitch
		if covered[r] == nil {
			covered[r] = make([]bool, bins)
		}
		for i := (s.x0 - x0) / bin; i <= min((s.x1-x0)/bin, bins-1); i++ {
			covered[r][i] = true
		}
	}
	// For each bin, the most rows in a run that have text on both sides of it
	// and none on it.
	score := make([]int, bins)
	run := make([]int, bins)
	for _, row := range covered {
		if row == nil {
			continue
		}
		first, last := 0, bins-1
		for !row[first] {
			first++
		}
		for !row[last] {
			last--
		}
		for i, is := range row {
			switch {
			case is:
				run[i] = 0
			case i > first && i < last:
				run[i]++
				score[i] = max(score[i], run[i])
			}
		}
	}
	best := slices.Max(score)
	if best < minSplits {
		return 0, false
	}
	// The widest strip that is nearly as empty.
	from, width := 0, 0
	for i := 0; i < bins; {
		j := i
		for j < bins && score[j]*10 >= best*7 {
			j++
		}
		if j-i > width {
			from, width = i, j-i
		}
		i = j + 1
	}
	if width*bin*100 < 50*size {
		return 0, false
	}
	return x0 + (2*from+width)*bin/2, true
}

// bodySize returns the size that most letters of a file have.
func bodySize(ls []layout) int {
	letters := map[int]int{}
	for _, l := range ls {
		for _, s := range l.segments {
			letters[(s.size+25)/50] += len(s.text)
		}
	}
	best := 0
	for size, n := range letters {
		if n > letters[best] || n == letters[best] && size < best {
			best = size
		}
	}
	return best * 50
}
