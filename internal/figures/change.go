package figures

import (
	"strings"

	"recount"
)

// Words around the size of a rise or fall.
var (
	furtherOf = wordSet("before_a_change")
	compared  = wordSet("after_a_change")
)

// change reports whether a share is the size of a rise or fall, not a part of
// a whole: "climbed 60 percent", "up by a third", "an increase of 20%".
func (t *text) change(c *candidate) bool {
	k := c.First - 1
	for furtherOf[t.Low(k, c.Core)] {
		k--
	}
	p, n := t.Low(k, c.Core), t.Low(c.End, c.Core)
	switch {
	case isMoving(p), p == "of" && changes[t.Low(k-1, c.Core)]:
		return true
	case p == "at" && isMoving(t.Low(k-1, c.Core)):
		return true // "grew at 4% a year"
	case p == "," && t.changeBefore(k):
		return true // "the rise in complaints, 38 per cent"
	case changes[n] || changes[t.Low(c.End+1, c.Core)] && t.At(c.End).Kind == wordToken && !isSmall(n):
		return true // "a 20% increase", "a 5 percent pay rise"
	case t.inHalf(c) && t.movesBefore(k):
		return true // "cut its staff in half"
	case compared[n] || n == "year" && (t.Low(c.End+1, c.Core) == "on" || t.Low(c.End+1, c.Core) == "over" || t.Low(c.End+1, c.Core) == "-"):
		return true
	}
	return t.byChange(c)
}

// inHalf reports whether the number says into what something is cut, not a part
// of something: "in half", but not "in half of the homes".
func (t *text) inHalf(c *candidate) bool {
	if !c.N.Word || c.N.Num != 1 || c.N.Den != 2 || c.End != c.N.End || t.Low(c.Core-1, c.Core) != "in" {
		return false
	}
	n := t.At(c.End)
	if n.Sent != t.At(c.Core).Sent || n.Kind != wordToken {
		return true
	}
	return isSmall(n.Low) && !ofHalf[n.Low]
}

// ofHalf are words between "half" and what it is a part of.
var ofHalf = wordSet("between_half_and_its_whole")

// movesBefore reports whether a word of rising or falling stands before token k
// in the same clause.
func (t *text) movesBefore(k int) bool {
	for n := 1; n <= 6; n++ {
		w := t.At(k - n)
		if w.Sent != t.At(k).Sent || w.Kind == markToken {
			return false
		}
		if isMoving(w.Low) || changes[w.Low] {
			return true
		}
	}
	return false
}

// changeBefore reports whether a word of rising or falling begins the phrase
// that ends at k: "the rise in complaints".
func (t *text) changeBefore(k int) bool {
	for n := 1; n <= 5; n++ {
		switch w := t.At(k - n); {
		case changes[w.Low] && w.Sent == t.At(k).Sent && t.Low(k-n+1, k) == "in":
			return true
		case w.Sent != t.At(k).Sent || w.Kind == markToken || isVerb(w.Low):
			return false
		}
	}
	return false
}

// byChange reports whether the number stands behind "by" and a word of rising
// or falling: "cut its staff by a fifth", "rose by 200".
func (t *text) byChange(c *candidate) bool {
	k := c.First - 1
	for w := t.Low(k, c.Core); w == "a" || w == "an" || w == "another" || w == "further"; w = t.Low(k, c.Core) {
		k--
	}
	if t.Low(k, c.Core) != "by" {
		return false
	}
	for n := 1; n <= 8; n++ {
		w := t.Low(k-n, c.Core)
		if isMoving(w) || changes[w] {
			return true
		}
		if w == "" || w == "," || w == ";" || w == "and" || w == "but" {
			return false
		}
	}
	return false
}

// changed returns what rises or falls: the noun behind "increase in", the
// subject of the sentence, or "".
func (t *text) changed(c *candidate) string {
	s := t.At(c.Core).Sent
	for k := c.End; k < c.End+4 && t.At(k).Sent == s; k++ {
		if w := t.Low(k, c.Core); w == "in" || w == "of" || w == "more" || w == "fewer" || w == "less" {
			if u := t.NounAt(k + 1); u.Text != "" && !isDuration(u.Head) && !isVerbish(firstWord(u.Text)) && t.Low(k+1, c.Core) != "the" && monthNumber(u.Head) == 0 {
				return u.Text
			}
		}
	}
	for k := c.First - 1; k >= 0 && t.At(k).Sent == s && c.First-k < 12; k-- {
		if !isMoving(t.At(k).Low) {
			continue
		}
		if w := t.Low(k+1, c.Core); changes[t.At(k).Low] && w == "in" && !t.inHalf(c) { // "the rise in complaints, 38 per cent"
			if u := t.NounAt(k + 2); u.Text != "" {
				return u.Text
			}
		}
		return t.subject(k)
	}
	return ""
}

// made are verbs of rising and falling that have what changes as their object.
var made = wordSet("made_to_change")

// totals stand for the people that they count.
var totals = wordSet("totals")

// subject returns what the verb at k moves: its object, "cut its staff by", or
// the noun phrase before it, as far as a function word: "Complaints rose", "the
// number of deserters has grown".
func (t *text) subject(k int) string {
	s := t.At(k).Sent
	phrase := func(from, end int) string {
		var words []string
		for ; from < end; from++ {
			words = append(words, t.At(from).Low)
		}
		if len(words) > 0 && totals[words[len(words)-1]] {
			return "people"
		}
		return strings.Join(words, " ")
	}
	open := func(k int) bool {
		w := t.At(k)
		return w.Sent == s && w.Kind == wordToken && !isSmall(w.Low) && !isVerb(w.Low) && !isMoving(w.Low) && smallNumber(w.Low) == 0
	}
	if made[t.At(k).Low] {
		from := k + 1
		for w := t.Low(from, k); w == "the" || w == "its" || w == "their" || w == "his" || w == "her"; w = t.Low(from, k) {
			from++
		}
		end := from
		for end-from < 4 && open(end) {
			end++
		}
		if end > from {
			return phrase(from, end)
		}
	}
	for k--; k >= 0 && t.At(k).Sent == s && (isVerb(t.At(k).Low) || isMoving(t.At(k).Low) || besideChange[t.At(k).Low]); k-- {
	}
	begin := func(end int) int {
		from := end
		for end-from < 4 && from > 0 && open(from-1) {
			from--
		}
		return from
	}
	end := k + 1
	from := begin(end)
	for j, n := from, 0; n < 3; n++ { // "complaints to the inspectorate were up": the complaints
		j--
		for w := t.Low(j, k); w == "the" || w == "its" || w == "their" || w == "a" || w == "an" || w == "his" || w == "her"; w = t.Low(j, k) {
			j--
		}
		if t.At(j).Sent != s || !goesOn[t.At(j).Low] || !open(j-1) {
			break
		}
		if w := t.At(j - 1).Low; isPlural(w) && !totals[w] && !vagueWords[w] {
			end, from = j, begin(j)
		}
		j = begin(j)
	}
	return phrase(from, end)
}

// besideChange are small words between a subject and its verb of change.
var besideChange = wordSet("beside_a_change")

var goesOn = wordSet("goes_on")

// levelAfter reports whether the number is where a rise or fall led to or came
// from: "rose by 38 per cent, to 212", "halved from 80". What is counted is then
// what rose.
func (t *text) levelAfter(c *candidate) bool {
	p := t.Low(c.First-1, c.Core)
	if p != "to" && p != "from" || c.Fig.Kind != recount.CountFigure || c.Fig.Value == nil {
		return false
	}
	s := t.At(c.Core).Sent
	if n := t.At(c.End); n.Kind == wordToken && n.Sent == s && !isSmall(n.Low) && !(n.Low == "last" && isDuration(t.At(c.End+1).Low)) {
		return false
	}
	for k := c.First - 2; k >= 0 && t.At(k).Sent == s && c.First-k < 10; k-- {
		w := t.At(k).Low
		if p == "from" && (k < c.First-2 || w == "up" || w == "down" || isYear(t.At(c.Core).Low)) {
			return false
		}
		if isMoving(w) && w != "up" && w != "down" {
			c.Fig.Unit = t.subject(k)
			return c.Fig.Unit != ""
		}
	}
	return false
}
