package pdf

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"recount/internal/text/page"
)

// The head and the foot of a page, in hundredths of its height, and how many
// rows of either are looked at.
const (
	headPart = 14
	footPart = 12
	edgeRows = 4
)

// dropFurniture takes out of pages what repeats at their head or foot, and page
// numbers. It returns what it took in words for the reader, and the addresses
// printed there.
func dropFurniture(pages []layout) (notes, urls []string) {
	type key struct {
		text string
		y    int // hundredths of a point, in steps of 6 points
		foot bool
	}
	count := map[key]int{}
	sample := map[key]string{}
	var order []key
	rows := make([][]edgeRow, len(pages))
	for i := range pages {
		rows[i] = edgesOf(&pages[i])
		for _, r := range rows[i] {
			for _, y := range [...]int{r.y / 600, r.y/600 + 1} {
				k := key{r.pattern, y, r.foot}
				if count[k]++; count[k] == 1 {
					sample[k] = r.text
					order = append(order, k)
				}
			}
		}
	}
	need := max(2, len(pages)*2/5)
	drop := map[key]bool{}
	for _, k := range order {
		drop[k] = count[k] >= need
	}
	told := map[string]int{}
	var texts []string
	say := func(text string) {
		if told[text]++; told[text] == 1 {
			texts = append(texts, text)
		}
	}
	for i := range pages {
		for _, text := range pages[i].artifacts {
			say(text)
			urls = addURL(urls, text)
		}
		gone := map[int]bool{}
		for _, r := range rows[i] {
			if k := (key{r.pattern, r.y / 600, r.foot}); drop[k] || drop[key{k.text, k.y + 1, k.foot}] || pageNumber(r.text) {
				for _, s := range r.segments {
					gone[s] = true
				}
				shown := r.text
				if s := sample[k]; s != "" && !pageNumber(r.text) {
					shown = s
				}
				if pageNumber(r.text) {
					shown = "page numbers"
				}
				say(shown)
				urls = addURL(urls, r.text)
			}
		}
		if len(gone) == 0 {
			continue
		}
		kept := pages[i].segments[:0]
		for k, s := range pages[i].segments {
			if !gone[k] {
				kept = append(kept, s)
			}
		}
		pages[i].segments = kept
	}
	for _, t := range texts[:min(len(texts), 12)] {
		if t == "page numbers" {
			notes = append(notes, fmt.Sprintf("page numbers are left out (%d)", told[t]))
			continue
		}
		notes = append(notes, fmt.Sprintf("left out at the head or foot of %d pages: %q", told[t], short(t)))
	}
	if n := len(texts) - 12; n > 0 {
		notes = append(notes, fmt.Sprintf("%d more lines at the head or foot of pages are left out", n))
	}
	return notes, urls
}

func short(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:77]) + "..."
	}
	return s
}

// An edgeRow is a row of text at the head or foot of a page.
type edgeRow struct {
	text     string
	pattern  string // with figures as #
	y        int    // from the near edge
	foot     bool
	segments []int
}

// edgesOf returns the rows at the head and foot of a page.
func edgesOf(l *layout) []edgeRow {
	index := make([]int, len(l.segments))
	for i := range index {
		index[i] = i
	}
	slices.SortStableFunc(index, func(a, b int) int {
		s, t := l.segments[a], l.segments[b]
		return cmp.Or(cmp.Compare(t.y, s.y), cmp.Compare(s.x0, t.x0))
	})
	var rows []edgeRow
	for i := 0; i < len(index); {
		j := i + 1
		for j < len(index) && (l.segments[index[i]].y-l.segments[index[j]].y)*100 <= 30*l.segments[index[i]].size {
			j++
		}
		of := slices.Clone(index[i:j])
		slices.SortStableFunc(of, func(a, b int) int { return cmp.Compare(l.segments[a].x0, l.segments[b].x0) })
		var words []string
		for _, k := range of {
			words = append(words, l.segments[k].text)
		}
		rows = append(rows, edgeRow{text: strings.Join(words, " "), y: l.segments[index[i]].y, segments: of})
		i = j
	}
	var out []edgeRow
	for i, r := range rows {
		head := i < edgeRows && (l.height-r.y)*100 < headPart*l.height
		foot := i >= len(rows)-edgeRows && r.y*100 < footPart*l.height
		if !head && !foot {
			continue
		}
		if r.foot = foot; !foot {
			r.y = l.height - r.y
		}
		r.pattern = strings.Map(func(c rune) rune {
			if unicode.IsDigit(c) {
				return '#'
			}
			return unicode.ToLower(c)
		}, r.text)
		for strings.Contains(r.pattern, "##") {
			r.pattern = strings.ReplaceAll(r.pattern, "##", "#")
		}
		out = append(out, r)
	}
	return out
}

// pageNumber reports whether a row is a page number and nothing else.
func pageNumber(s string) bool {
	s = strings.ToLower(strings.Trim(s, " -–—·•|[]()"))
	for _, word := range [...]string{"page", "seite", "página", "pagina", "p.", "s."} {
		s = strings.TrimPrefix(s, word)
	}
	s = strings.TrimSpace(s)
	if s != "" && len(s) <= 6 && strings.Trim(s, "ivx") == "" {
		return true
	}
	digits := 0
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '/' }) {
		switch {
		case w == "of" || w == "von" || w == "de" || w == "di" || w == "sur":
		case len(w) <= 4 && strings.IndexFunc(w, func(r rune) bool { return r < '0' || r > '9' }) < 0:
			digits++
		default:
			return false
		}
	}
	return digits == 1 || digits == 2 && strings.ContainsAny(s, "/o dvs")
}

// addURL adds the address in a line to a list.
func addURL(urls []string, text string) []string {
	for w := range strings.FieldsSeq(text) {
		if (strings.HasPrefix(w, "http://") || strings.HasPrefix(w, "https://")) && len(w) > 12 && len(w) < 2000 && !slices.Contains(urls, w) && len(urls) < 5 {
			urls = append(urls, page.Tidy(w))
		}
	}
	return urls
}
