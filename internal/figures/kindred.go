package figures

// This file keeps apart what only has a number in common: counts of other wholes
// ("58 sailors of the union", "58 delegates of the party") and shares of one whole
// that say other things of it ("half were born abroad", "62% are women").
//
// Method: words that two sentences share beside what is counted, names that two
// articles share, and the words that say what the share is of. Limits: English.

import (
	"strings"

	"recount"
)

// kin reports whether two equal counts may be of one whole: the same event, words
// that their sentences share beside the unit, or a name that both articles hold.
// Other nouns need shared words in the sentences, unless one is a general word.
func (r *reconciler) kin(x, y *item) bool {
	if x.f.Event != "" && family(x.f.Event) == family(y.f.Event) {
		return true
	}
	common := 0
	u, v := singular(lastWord(x.f.Unit)), singular(lastWord(y.f.Unit))
	for w := range x.words {
		if y.words[w] && w != u && w != v && says(w) {
			common++
		}
	}
	if common > 0 {
		return true
	}
	if u != v && !generic[u] && !generic[v] {
		return false
	}
	a, b := r.namesOf(x.art, x.a), r.namesOf(y.art, y.a)
	return len(a) == 0 && len(b) == 0 || overlap(a, b) > 0
}

// calendarWord reports whether w names a day or month: every article has some.
func calendarWord(w string) bool {
	return monthNumber(w) > 0 || isDuration(w) || strings.HasSuffix(w, "day")
}

// says reports whether a word of a sentence tells what it is about.
func says(w string) bool { return !auxiliary[w] && !calendarWord(w) }

var auxiliary = map[string]bool{"are": true, "was": true, "were": true, "has": true, "have": true, "had": true, "been": true, "being": true, "will": true, "wa": true, "ha": true}

// namesOf returns the names in an article, kept for the next pair.
func (r *reconciler) namesOf(art int, a *recount.Article) map[string]bool {
	if m, ok := r.names[art]; ok {
		return m
	}
	m := namesIn(a.Text, recount.Span{End: min(len(a.Text), maxNamed)})
	for w := range m {
		if calendarWord(w) {
			delete(m, w)
		}
	}
	r.names[art] = m
	return m
}

// maxNamed is how far an article is read for names, in bytes.
const maxNamed = 4000

// sameSaid reports whether two shares of one whole may say one thing of it. They do
// not if each is followed by its own words and none is shared: "half were born
// abroad", "62% are women".
func sameSaid(x, y *item) bool {
	a, b := x.said(), y.said()
	return len(a) == 0 || len(b) == 0 || overlap(stems(a), stems(b)) > 0
}

// said returns the words that follow a share in its clause, without what is
// counted.
func (it *item) said() map[string]bool {
	rest := it.a.Text[it.f.Span.End:max(it.f.Span.End, it.sentence.End)]
	if k := strings.IndexAny(rest, ",;:()—"); k >= 0 {
		rest = rest[:k]
	}
	m := content(rest)
	for _, w := range strings.Fields(it.f.Unit) {
		delete(m, singular(w))
	}
	for w := range m {
		if !says(w) || generic[w] {
			delete(m, w)
		}
	}
	return m
}

// stems cuts words to what their forms share.
func stems(m map[string]bool) map[string]bool {
	out := map[string]bool{}
	for w := range m {
		out[w[:min(len(w), 5)]] = true
	}
	return out
}
