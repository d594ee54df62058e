package study

// This file compares the captures of one page: what an outlet changed in an
// article after it was captured before.
//
// In: the version of each page that counts and the older ones. Out: for each
// page with several, the changes from each version to the next, as words.
// Method: paragraphs that are the same are matched (longest common
// subsequence, Hunt & McIlroy 1976); in what is left, paragraphs that share
// half of their words are one paragraph that was changed, and their words are
// compared (copies.Diff). Limits: maxParagraphs a version, maxMoved between a
// paragraph and its changed form.

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"recount"
	"recount/internal/copies"
)

// maxParagraphs is how many paragraphs of a version are compared.
const maxParagraphs = 2000

// maxMoved is how many paragraphs further on a changed one is looked for.
const maxMoved = 50

// A VersionedPage is a page of which the study has several versions.
type VersionedPage struct {
	Article  *recount.Article // the version that counts
	Captured time.Time
	Older    []Version // newest first
}

// A Version is an older capture of a page, with what was changed in it
// afterwards.
type Version struct {
	Article  *recount.Article
	Captured time.Time
	Changes  []Change // from this version to the one after it
}

// A Change is one difference between a version and the one after it.
type Change struct {
	What   string // "corrected", "added", "dropped", "moved", "title", "date"
	From   string // words of the older one; empty if added
	To     string // words of the newer one; empty if dropped
	Around string // the paragraph as it is now, cut
}

// String says what was changed: corrected "24" to "26" in "...".
func (c Change) String() string {
	switch {
	case c.From == "":
		return fmt.Sprintf("added %q%s", c.To, c.in())
	case c.To == "":
		return fmt.Sprintf("dropped %q%s", c.From, c.in())
	case c.What == "title", c.What == "date":
		return fmt.Sprintf("%s %q is now %q", c.What, c.From, c.To)
	}
	return fmt.Sprintf("%s %q to %q%s", c.What, c.From, c.To, c.in())
}

func (c Change) in() string {
	if c.Around == "" {
		return ""
	}
	return fmt.Sprintf(" in %q", c.Around)
}

// findVersions returns the pages with several versions, in order of the articles.
// captured says when a capture was made.
func findVersions(articles []*recount.Article, older map[recount.Key][]*recount.Article, captured map[recount.Key]time.Time) (out []VersionedPage) {
	for _, a := range articles {
		p := VersionedPage{Article: a, Captured: captured[a.Capture]}
		seen := map[recount.Key]bool{a.Capture: true}
		for _, o := range older[a.Key] {
			// Another text of one capture is another reading of it and no version.
			if !seen[o.Capture] && o.Part == a.Part {
				seen[o.Capture] = true
				p.Older = append(p.Older, Version{Article: o, Captured: captured[o.Capture]})
			}
		}
		if len(p.Older) == 0 {
			continue
		}
		slices.SortStableFunc(p.Older, func(x, y Version) int {
			if c := y.Captured.Compare(x.Captured); c != 0 {
				return c
			}
			return strings.Compare(string(x.Article.Key), string(y.Article.Key))
		})
		next := a
		for i := range p.Older {
			p.Older[i].Changes = compareVersions(p.Older[i].Article, next)
			next = p.Older[i].Article
		}
		out = append(out, p)
	}
	return out
}

// compareVersions returns what was changed from one version of an article to the next.
func compareVersions(from, to *recount.Article) (out []Change) {
	if from.Title != to.Title {
		out = append(out, Change{What: "title", From: from.Title, To: to.Title})
	}
	if from.Published != to.Published {
		out = append(out, Change{What: "date", From: from.Published, To: to.Published})
	}
	a, b := paragraphs(from.Text), paragraphs(to.Text)
	if slices.Equal(a, b) {
		return out
	}
	i, j := 0, 0
	for _, m := range append(common(a, b), [2]int{len(a), len(b)}) {
		out = append(out, between(a[i:m[0]], b[j:m[1]])...)
		i, j = m[0]+1, m[1]+1
	}
	return out
}

func paragraphs(text string) []string {
	p := strings.Split(text, "\n")
	return p[:min(len(p), maxParagraphs)]
}

// common returns the pairs of equal paragraphs of a longest common subsequence.
func common(a, b []string) (out [][2]int) {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		out = append(out, [2]int{head, head})
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	x, y := a[head:len(a)-tail], b[head:len(b)-tail]
	length := make([][]int32, len(x)+1)
	for i := range length {
		length[i] = make([]int32, len(y)+1)
	}
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i] == y[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] == y[j]:
			out = append(out, [2]int{head + i, head + j})
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	for k := tail; k > 0; k-- {
		out = append(out, [2]int{len(a) - k, len(b) - k})
	}
	return out
}

// between compares the paragraphs between two that are the same.
func between(a, b []string) (out []Change) {
	split := make([][]string, len(b))
	for k, p := range b {
		split[k] = fields(p)
	}
	j := 0
	for _, old := range a {
		at := -1
		x := fields(old)
		for k := j; k < min(len(b), j+maxMoved) && at < 0; k++ {
			if alike(x, split[k]) {
				at = k
			}
		}
		if at < 0 {
			out = append(out, Change{What: "dropped", From: cut(old)})
			continue
		}
		for ; j < at; j++ {
			out = append(out, Change{What: "added", To: cut(b[j])})
		}
		out = append(out, words(old, b[at])...)
		j = at + 1
	}
	for ; j < len(b); j++ {
		out = append(out, Change{What: "added", To: cut(b[j])})
	}
	return out
}

// alike reports whether two paragraphs, as words, share half of the words of
// the shorter.
func alike(x, y []string) bool {
	have := map[string]int{}
	for _, w := range x {
		have[w]++
	}
	shared := 0
	for _, w := range y {
		if have[w] > 0 {
			have[w]--
			shared++
		}
	}
	return shared > 0 && 2*shared >= min(len(x), len(y))
}

func fields(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// words compares two wordings of one paragraph.
func words(a, b string) (out []Change) {
	for _, c := range copies.Diff(a, b) {
		ch := Change{What: "corrected", From: cut(c.From.In(a)), To: cut(c.To.In(b)), Around: around(b, c.To)}
		switch {
		case ch.From == "" && ch.To == "":
			continue
		case ch.From == "":
			ch.What = "added"
		case ch.To == "":
			ch.What = "dropped"
		case ch.From == ch.To:
			ch.What = "moved"
		}
		out = append(out, ch)
	}
	return out
}

const (
	maxWords  = 160 // bytes of a change that are shown
	maxAround = 40  // bytes on either side of a change that are shown
)

// around returns a change with the words on either side of it.
func around(s string, at recount.Span) string {
	from, to := max(0, at.Start-maxAround), min(len(s), at.End+maxAround)
	for from > 0 && s[from-1] != ' ' {
		from--
	}
	for to < len(s) && s[to] != ' ' {
		to++
	}
	out := s[from:to]
	if from > 0 {
		out = "... " + strings.TrimSpace(out)
	}
	if to < len(s) {
		out = strings.TrimSpace(out) + " ..."
	}
	return out
}

func cut(s string) string {
	s = strings.TrimSpace(s)
	if len(s) <= maxWords {
		return s
	}
	i := maxWords
	for i > 0 && s[i] != ' ' {
		i--
	}
	if i == 0 {
		return strings.ToValidUTF8(s[:maxWords], "") + " ..."
	}
	return s[:i] + " ..."
}
