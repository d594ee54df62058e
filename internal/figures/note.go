package figures

import (
	"maps"
	"slices"
	"strings"

	"recount"
)

// A note of correction takes figures back. Its paragraph begins with one of
// noteHeads or speaks of an earlier version.
var (
	noteHeads = list("note_heads")
	noteWords = list("note_words")
	// takenBack stand in the sentence behind the figure, or in its own.
	takenBack  = list("taken_back")
	claimsBack = list("claims_back")
	// said bring in what is taken back, and settled what stands.
	said    = padded("note_said")
	settled = list("note_settled")
)

// list returns the wordings of a section in order.
func list(section string) []string { return slices.Sorted(maps.Keys(wordKeys(section))) }

// padded returns them with a blank on both sides.
func padded(section string) []string {
	out := list(section)
	for i := range out {
		out[i] = " " + out[i] + " "
	}
	return out
}

// amended are the wordings that an article was changed: "this story has been
// corrected".
var amended = func() (out []string) {
	for _, what := range wordList("notes_on") {
		for _, is := range [...]string{"was", "has been"} {
			for _, done := range wordList("amended") {
				out = append(out, "this "+what+" "+is+" "+done)
			}
		}
	}
	return out
}()

// notes says of every sentence whether it stands in a note of correction.
func (t *text) notes() {
	t.note = make([]bool, len(t.skip))
	for i := 0; i < len(t.Tok); {
		j := i
		for j < len(t.Tok) && t.Tok[j].Low != "\n" {
			j++
		}
		if j > i && isNote(t.Raw[t.Tok[i].Start:t.Tok[j-1].End]) {
			for k := i; k < j; k++ {
				t.note[min(t.Tok[k].Sent, len(t.note)-1)] = true
			}
		}
		i = j + 1
	}
}

// mostNote is the longest paragraph in bytes that is a note of correction.
const mostNote = 3000

func isNote(paragraph string) bool {
	if len(paragraph) > mostNote {
		return false
	}
	p := strings.ReplaceAll(strings.ToLower(strings.TrimLeft(paragraph, " *_•-–—([")), "’", "'")
	for _, h := range noteHeads {
		if rest, ok := strings.CutPrefix(p, h); ok {
			rest = strings.TrimPrefix(strings.TrimPrefix(rest, " and clarifications"), " and clarification")
			if rest = strings.TrimLeft(rest, " "); rest != "" && strings.IndexAny(rest, ":.-(,") == 0 || strings.HasPrefix(rest, "—") || strings.HasPrefix(rest, "–") {
				return true
			}
		}
	}
	return hasAny(p, noteWords) || strings.Contains(p, "this ") && hasAny(p, amended)
}

func hasAny(s string, list []string) bool {
	for _, w := range list {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// noted accepts a number without a noun in a note of correction: "gave the
// number of conscripts as 85", "it is 58, not 85".
func (t *text) noted(c *candidate) bool {
	s := t.At(c.Core).Sent
	if !t.note[min(s, len(t.note)-1)] {
		return false
	}
	p := t.Low(c.First-1, c.Core)
	if t.Low(c.End, c.Core) == "," { // "nine, not 19, nurses resigned"
		k := c.End + 1
		if t.Low(k, c.Core) == "not" {
			if m, ok := t.NumeralAt(k + 1); ok && t.Low(m.End, c.Core) == "," {
				k = m.End + 1
			}
		}
		if u := t.NounAt(k); u.Plural && (p == "not" || k > c.End+1) {
			c.Fig.Unit = u.Text
			return true
		}
	}
	switch p {
	case "as", "not", "is", "was", "than", "of", "from", "to", "at", "had", "said", "gave", "were", "are", "has":
	default:
		return false
	}
	for k := c.First - 1; k >= 0 && c.First-k < 60 && t.note[min(t.At(k).Sent, len(t.note)-1)]; k-- {
		if t.At(k).Low == "number" && t.At(k+1).Low == "of" {
			if u := t.NounAt(k + 2); u.Plural {
				c.Fig.Unit = u.Text
				return true
			}
		}
	}
	if o := t.previous(); o != nil && o.Fig.Kind == recount.CountFigure && t.note[min(t.At(o.Core).Sent, len(t.note)-1)] && s-t.At(o.Core).Sent <= 1 && p == "was" && t.Low(c.First-2, c.Core) == "it" {
		c.Fig.Unit = o.Fig.Unit // "said 85 conscripts fled. It was 58."
	}
	return true
}

// withdraw marks the figures that a note takes back, and says which figure
// stands in their place.
func (t *text) withdraw() {
	for i := 0; i < len(t.found); {
		s := t.At(t.found[i].Core).Sent
		j := i
		for j < len(t.found) && t.At(t.found[j].Core).Sent == s {
			j++
		}
		from, end := t.sentence(t.found[i].Core)
		text := " " + strings.ReplaceAll(strings.ToLower(t.Raw[from:end]), "’", "'") + " "
		next := ""
		if k := t.after(t.found[j-1].Core); k >= 0 {
			a, b := t.sentence(k)
			next = strings.ReplaceAll(strings.ToLower(t.Raw[a:b]), "’", "'")
		}
		all := hasAny(next, takenBack) || hasAny(text, takenBack) || hasAny(text, claimsBack)
		note := t.note[min(s, len(t.note)-1)]
		for x := i; x < j; x++ {
			t.found[x].Fig.Withdrawn = all || note && t.takesBack(text, next, t.found[x].Fig.Span.Start-from+1, &t.found[x])
		}
		i = j
	}
	for i := range t.found {
		if t.found[i].Fig.Withdrawn {
			t.found[i].replaced = t.stands(i)
		}
	}
}

// takesBack reports whether the sentence of a note takes back the figure at
// byte at of it.
func (t *text) takesBack(sentence, next string, at int, c *candidate) bool {
	p, q := t.Low(c.First-1, c.Core), t.Low(c.First-2, c.Core)
	instead := p == "not" || p == "than" && q == "rather" || p == "of" && q == "instead"
	if p == "from" && t.Low(c.unitEnd, c.Core) == "to" {
		return true
	}
	before := sentence[:min(at, len(sentence))]
	last := -1
	for _, w := range said {
		last = max(last, strings.LastIndex(before, w))
	}
	old := last >= 0 && (strings.Contains(before, "version") || strings.Contains(before, "first ") || strings.Contains(before, "originally") || strings.Contains(before, "initially") || settles(next) ||
		hasAny(before, saidBefore))
	if old && !hasAny(before[last:], settled) {
		return !instead // "reported 600 instead of 60": there the 60 stands
	}
	return instead // "it is 58, not 85"
}

// What a note says of the number that it takes back, and how it begins to say
// what stands.
var (
	saidBefore = wordList("said_before")
	settling   = wordList("settling")
)

// settles reports whether a sentence begins with what stands.
func settles(sentence string) bool {
	for _, w := range settling {
		if strings.HasPrefix(sentence, w) {
			return true
		}
	}
	return false
}

// stands returns the figure that replaces the withdrawn figure i: one of the
// same note, else one of the article that counts the same; -1 if there is none.
func (t *text) stands(i int) int {
	w := &t.found[i]
	s := t.At(w.Core).Sent
	best, at := 0, -1
	for j := range t.found {
		o := &t.found[j]
		if j == i || o.Fig.Withdrawn || o.Fig.Kind != w.Fig.Kind || o.Fig.Value == nil {
			continue
		}
		d := t.At(o.Core).Sent - s
		if w.Fig.Value != nil && *o.Fig.Value == *w.Fig.Value && (d <= 0 || o.Fig.Qualifier == w.Fig.Qualifier) {
			continue // no number stands in its own place, unless behind it with another measure: "200 a week", "about 200 a year"
		}
		n := 0
		switch near := max(d, -d); {
		case near <= 2 && t.note[min(t.At(o.Core).Sent, len(t.note)-1)] || near == 0, d > 0 && d <= 2 && !t.note[min(s, len(t.note)-1)]:
			n = 3
		case sameHead(o.Fig.Unit, w.Fig.Unit):
			n = 2
		}
		if n > best {
			best, at = n, j
		}
	}
	return at
}

// sentence returns the bytes from the first token of the sentence of token k to
// its last, within maxReach tokens.
func (t *text) sentence(k int) (from, end int) {
	i, j := k, k
	for i > 0 && t.At(i-1).Sent == t.At(k).Sent && k-i < maxReach {
		i--
	}
	for j+1 < len(t.Tok) && t.At(j+1).Sent == t.At(k).Sent && j-k < maxReach {
		j++
	}
	return t.At(i).Start, t.At(j).End
}

// after returns a token of the sentence behind that of token k, or -1.
func (t *text) after(k int) int {
	for j := k + 1; j < len(t.Tok) && j-k < maxReach; j++ {
		if t.At(j).Sent != t.At(k).Sent && t.At(j).Kind != markToken {
			return j
		}
	}
	return -1
}

// corrected links what was withdrawn to the key of what replaces it, once all have keys.
func (t *text) corrected(figs []recount.ReportedFigure) {
	for i := range t.found {
		if r := t.found[i].replaced; r >= 0 && figs[i].Withdrawn {
			figs[i].CorrectedBy = figs[r].Key
		}
	}
}
