package figures

import "recount"

var (
	voting  = wordSet("voting")
	inVotes = wordSet("in_votes")
	noVotes = wordSet("against_votes")
)

// ballot reports whether the number is one side of a vote of which the sentence
// speaks: "The motion passed, 64 against 32", "64 votes to 32", "64 in favour and 32
// against".
func (t *text) ballot(c *candidate) bool {
	f := &c.Fig
	if f.Kind != recount.CountFigure || f.Value == nil || f.Value.Places > 0 {
		return false
	}
	i := c.Core
	if u := t.NounAt(c.End); u.Plural && !inVotes[u.Head] {
		return false // "and 5 abstentions"
	}
	if p := t.previous(); p != nil && p.vote && t.At(p.Core).Sent == t.At(i).Sent && p.End <= c.First && c.First-p.End <= 5 && t.ballotLink(p.End, c.First) {
		return true
	}
	j := t.side(c.End, i)
	if t.Low(j, i) == "," {
		j++
	}
	// "64 for and 32 against", "64 in favour, 32 against"
	k := j
	if t.Low(k, i) == "and" || t.Low(k, i) == "with" {
		k++
	}
	if m, ok := t.NumeralAt(k); ok && !m.Vague && !m.Word && j > c.End && t.At(k).Sent == t.At(i).Sent && noVotes[t.Low(t.side(m.End, i), i)] {
		return t.votingSentence(i, false)
	}
	w := t.Low(j, i)
	if w != "against" && w != "to" {
		return false
	}
	m, ok := t.NumeralAt(j + 1)
	if !ok || m.Vague || m.Word || m.Value.Places > 0 || t.Percent(m.End) > 0 || t.At(j+1).Sent != t.At(i).Sent {
		return false
	}
	if u := t.NounAt(m.End); u.Text != "" && t.At(m.End).Kind == wordToken && !inVotes[u.Head] && !isVerbish(firstWord(u.Text)) {
		return false // "64 to 32 Mill Lane"
	}
	if p := t.Low(c.First-1, i); p == "from" || isMoving(p) || p == "at" {
		return false
	}
	return t.votingSentence(i, w == "to" && j == c.End)
}

// side returns the token behind "votes", "votes in favour", "for" and the like at j.
func (t *text) side(j, of int) int {
	if inVotes[t.Low(j, of)] {
		j++
	}
	switch w := t.Low(j, of); {
	case w == "in" && (t.Low(j+1, of) == "favour" || t.Low(j+1, of) == "favor"):
		j += 2
	case w == "for" || w == "yes" || w == "ayes":
		j++
	}
	return j
}

// ballotLink reports whether nothing but the words of a vote stands between two
// numbers.
func (t *text) ballotLink(i, end int) bool {
	seen := false
	for ; i < end; i++ {
		switch w := t.At(i).Low; {
		case w == "against" || w == "to" || w == "and" || w == ",":
			seen = true
		case inVotes[w], w == "in", w == "favour", w == "favor", w == "for", w == "with", w == "yes", w == "ayes":
		default:
			return false
		}
	}
	return seen
}

// votingSentence reports whether the sentence of token i speaks of a vote; strict
// asks for the word itself.
func (t *text) votingSentence(i int, strict bool) bool {
	s := t.At(i).Sent
	for _, step := range [...]int{-1, 1} {
		for k := i; t.At(k).Sent == s && k > i-maxReach && k < i+maxReach; k += step {
			if w := t.At(k).Low; inVotes[w] || w == "voted" || voting[w] && !strict {
				return true
			}
		}
	}
	return false
}
