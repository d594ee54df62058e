package release

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"unicode"
)

// This file plays readers who try to name somebody: they search the pages for
// each string that an edition prints.
//
// In: the pages with what each person says there, and the files of an edition.
// Out: the protected people whom a reader would name. Method: one searches for
// runs of words as they stand, one ranks what people said by the rare words that
// it shares with a string, one looks for the one page that holds all rare words
// of a string, and the one person of whom they are said there. Limits: a search for words and no knowledge of the world; a
// person who knows more finds more.

// A Voice is a person on one page.
type Voice struct {
	Person    string
	Protected bool
	Story     string   // pages with the same text are one
	Text      string   // of the page
	Said      []string // by the person
	About     string   // the paragraphs that name the person or hold what he or she said
}

// Readers are three people with a search box over the pages.
type Readers struct {
	voices  []Voice
	said    []map[string]bool
	about   []map[string]bool
	stories map[string]map[string]bool // word -> stories
	text    map[string]string          // story -> words with blanks around each
	who     map[string][]int           // story -> voices
}

// NewReaders gives the pages to the readers.
func NewReaders(voices []Voice) *Readers {
	r := &Readers{voices: voices, stories: map[string]map[string]bool{}, text: map[string]string{}, who: map[string][]int{}}
	for i, v := range voices {
		said := map[string]bool{}
		for _, s := range v.Said {
			for _, w := range plain(s) {
				said[Stem(w)] = true
			}
		}
		r.said = append(r.said, said)
		about := map[string]bool{}
		for _, w := range plain(v.About) {
			about[Stem(w)] = true
		}
		r.about = append(r.about, about)
		r.who[v.Story] = append(r.who[v.Story], i)
		if _, ok := r.text[v.Story]; ok {
			continue
		}
		words := plain(v.Text)
		r.text[v.Story] = " " + strings.Join(words, " ") + " "
		for _, w := range words {
			w = Stem(w)
			if r.stories[w] == nil {
				r.stories[w] = map[string]bool{}
			}
			r.stories[w][v.Story] = true
		}
	}
	return r
}

// Stem cuts a word to what its forms share, so that other forms are found.
func Stem(w string) string {
	for _, end := range []string{"ings", "ing", "ers", "ed", "er"} {
		if rest, ok := strings.CutSuffix(w, end); ok && len([]rune(rest)) >= letAlone {
			w = rest
			break
		}
	}
	if r := []rune(w); len(r) > 6 {
		return string(r[:6])
	}
	return strings.TrimSuffix(w, "s")
}

const (
	readRun  = 4 // words in a row that are searched for as they stand
	readRare = 3 // a word in so many stories or fewer is rare
	readHits = 3 // rare words that a ranked string must share with what somebody said
)

// Named lists the protected people whom some reader would name from a string.
func (r *Readers) Named(text string) (out []string) {
	put := func(i int) {
		if v := &r.voices[i]; v.Protected && !slices.Contains(out, v.Person) {
			out = append(out, v.Person)
		}
	}
	words := plain(text)
	// As it stands: a run of what somebody said, on one page only.
	for i := 0; i+readRun <= len(words); i++ {
		run := " " + strings.Join(words[i:i+readRun], " ") + " "
		var at []string
		for story, text := range r.text {
			if strings.Contains(text, run) {
				at = append(at, story)
			}
		}
		if len(at) != 1 {
			continue
		}
		for _, v := range r.who[at[0]] {
			if slices.ContainsFunc(r.voices[v].Said, func(s string) bool {
				return strings.Contains(" "+strings.Join(plain(s), " ")+" ", run)
			}) {
				put(v)
			}
		}
	}
	var rare []string
	for _, w := range words {
		if small()[w] || len([]rune(w)) < letAlone && !unicode.IsDigit([]rune(w)[0]) {
			continue
		}
		if w = Stem(w); len(r.stories[w]) > 0 && len(r.stories[w]) <= readRare && !slices.Contains(rare, w) {
			rare = append(rare, w)
		}
	}
	// Ranked: who said most of the rare words, if nobody else said as many.
	best, second, at := 0, 0, -1
	for i := range r.voices {
		n := 0
		for _, w := range rare {
			if r.said[i][w] {
				n++
			}
		}
		switch {
		case n > best:
			best, second, at = n, best, i
		case n > second:
			second = n
		}
	}
	if best >= readHits && best > second {
		put(at)
	}
	// All together: the one page that holds every rare word, and the one person there
	// of whom they are said. A page that merely prints the same year names nobody.
	if len(rare) >= 2 {
		var left []string
		for story := range r.stories[rare[0]] {
			if !slices.ContainsFunc(rare, func(w string) bool { return !r.stories[w][story] }) {
				left = append(left, story)
			}
		}
		if len(left) == 1 {
			who := slices.DeleteFunc(slices.Clone(r.who[left[0]]), func(v int) bool {
				return slices.ContainsFunc(rare, func(w string) bool { return !r.about[v][w] })
			})
			if len(who) == 1 {
				put(who[0])
			}
		}
	}
	slices.Sort(out)
	return out
}

// Printed lists the strings that a file prints: sentences, cells, labels.
func Printed(name string, b []byte) (out []string, err error) {
	left := int64(maxUnpacked)
	err = unpack(name, b, 0, &left, func(_ string, b []byte) {
		text := string(b)
		if s, ok := jsonStrings(b); ok {
			text = s
		}
		text = tags.ReplaceAllString(text, "\n")
		for line := range strings.Lines(text) {
			for s := range strings.FieldsFuncSeq(line, func(r rune) bool { return strings.ContainsRune(",;|.!?\n", r) }) {
				if s = strings.TrimSpace(s); strings.ContainsFunc(s, unicode.IsLetter) && !slices.Contains(out, s) {
					out = append(out, s)
				}
			}
			if s := strings.TrimSpace(line); strings.ContainsFunc(s, unicode.IsLetter) && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	})
	return out, err
}

// jsonStrings lists the strings of JSON, one a line.
func jsonStrings(b []byte) (string, bool) {
	d := json.NewDecoder(bytes.NewReader(b))
	var out strings.Builder
	for {
		t, err := d.Token()
		if err != nil {
			return out.String(), len(b) > 0 && (b[0] == '{' || b[0] == '[') && err == io.EOF
		}
		if s, ok := t.(string); ok {
			out.WriteString(s + "\n")
		}
	}
}
