package figures

import (
	"strconv"

	"recount"
)

var (
	voting   = wordSet("voting")
	inVotes  = wordSet("in_votes")
	noVotes  = wordSet("against_votes")
	carried  = wordSet("carried")   // what a vote does to a bill
	tallying = wordSet("tally_led") // what may stand between "voted" and its numbers
)

// hyphens bind the two sides of a vote.
var hyphens = map[string]bool{"-": true, "–": true, "‑": true}

// tally reports whether the number n at token i is one side of a vote whose sides a
// hyphen binds: "voted 64-32", "by a 64-32 vote", "The bill passed the house 64-32".
func (t *text) tally(i int, n numeral) bool {
	first, second := i, i+2
	if t.Joined(i-1) && hyphens[t.At(i-1).Low] {
		first, second = i-2, i
	}
	if !t.sideDigits(first) || !t.sideDigits(second) || !t.Joined(first) || !t.Joined(first+1) || !hyphens[t.At(first+1).Low] ||
		t.Joined(first-1) && t.At(first-1).Kind != markToken || t.Joined(first-1) && hyphens[t.At(first-1).Low] ||
		t.Joined(second) && (t.At(second+1).Kind != markToken || hyphens[t.At(second+1).Low] || t.Percent(second+1) > 0) {
		return false
	}
	if sideOf(t.At(first).Low)+sideOf(t.At(second).Low) == 100 {
		return false // a vote of 52-48 may be told in per cent
	}
	next := t.Low(second+1, first)
	if inVotes[next] { // "a 64-32 vote"
		return true
	}
	if behind := t.At(second + 1); behind.Kind == wordToken && behind.Sent == t.At(first).Sent && behind.Low != singular(behind.Low) {
		return false // "passed 40-50 bills"
	}
	k := first - 1
	for tallying[t.Low(k, first)] {
		k--
	}
	if p := t.Low(k, first); p == "voted" || inVotes[p] || p == "tally" {
		return true
	}
	// "The senate approved the bill 64-32"
	if p := t.At(k); t.Low(first-1, first) == "a" || p.Kind != wordToken || !carried[p.Low] && (labels[p.Low] || labels[singular(p.Low)] || p.Low != singular(p.Low)) {
		return false
	}
	for k := first - 1; k > first-8 && t.At(k).Sent == t.At(first).Sent; k-- {
		if carried[t.At(k).Low] {
			return t.votingSentence(first, false)
		}
	}
	return false
}

// sideDigits reports whether token i can be one side of a vote: a number in digits that
// is no year.
func (t *text) sideDigits(i int) bool {
	k := t.At(i)
	if k.Kind != numberToken || len(k.Low) > 3 || len(k.Low) > 1 && k.Low[0] == '0' {
		return false
	}
	for _, c := range k.Low {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

func sideOf(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// oneSide is the figure of such a side.
func (t *text) oneSide(i int, n numeral) candidate {
	v := n.Value
	c := candidate{numberPhrase: numberPhrase{N: n, Core: i, First: i, Last: n.End, End: n.End}, vote: true}
	c.Fig = recount.ReportedFigure{Kind: recount.CountFigure, Qualifier: recount.Exact, Value: &v, Unit: "votes", Of: -1}
	c.Fig.Span = t.Span(&c.numberPhrase)
	return c
}

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
