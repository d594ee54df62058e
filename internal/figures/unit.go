package figures

import (
	"strings"

	"recount"
)

// unit finds what is counted, and says whether the number is a figure at all.
func (t *text) unit(c *candidate) bool {
	f := &c.Fig
	c.unitEnd = c.End
	if f.Unit != "" {
		return !isDuration(lastWord(f.Unit))
	}
	if f.Kind == recount.MoneyFigure {
		f.Unit = "money"
		return true
	}
	j := c.End
	if f.Kind == recount.ShareFigure {
		return t.shareUnit(c)
	}
	if n := t.strong(&c.numberPhrase); n > 0 {
		c.End += n
		c.Last = c.End
		f.Unit, c.unitEnd = "people", c.End
		if u := t.NounAt(c.End); u.Text != "" && herds[u.Head] {
			f.Unit, c.unitEnd = u.Head, u.End
		}
		return true
	}
	if t.ballot(c) {
		c.vote, f.Unit = true, "votes"
		if inVotes[t.Low(c.End, c.Core)] {
			c.unitEnd = c.End + 1
		}
		return true
	}
	if c.Part && t.Low(j, c.Core) == "out" && t.Low(j+1, c.Core) == "of" {
		return t.partOf(c, j+1)
	}
	if c.Part && t.Low(j, c.Core) == "," && t.Low(j+1, c.Core) == "out" {
		return t.partOf(c, j+2)
	}
	if t.Low(j, c.Core) == "strong" && isPlural(t.Low(j+1, c.Core)) {
		j++ // "two strong men"
	}
	for w := t.Low(j, c.Core); w == "of" || w == "more" || w == "additional" || w == "other" && t.At(j+1).Low == "such"; w = t.Low(j, c.Core) {
		if w == "of" {
			return t.partOf(c, j)
		}
		if w == "more" && isVerbish(t.Low(j+1, c.Core)) {
			c.End = j + 1 // "eleven more were hurt"
		}
		j++
	}
	if k := t.toldAgain(c); k > 0 {
		return t.beforeBracket(c, k)
	}
	u := t.NounAt(j)
	if !u.Plural && presents[firstWord(u.Text)] {
		u = nounPhrase{End: j} // "seven deny the charges"
	}
	exact := f.Qualifier == recount.Exact
	one := f.Value != nil && f.Value.Compare(recount.Decimal{Digits: 1}) == 0
	switch {
	case one && exact:
		c.bare = t.oneOfFront(c)
		return c.bare
	case u.Head == "money":
		f.Kind, f.Unit = recount.MoneyFigure, "money"
		return true
	case u.Plural:
		if isDuration(u.Head) || isMeasure(u.Head) || isDuration(firstWord(u.Text)) {
			return false
		}
		if u.Head == "times" {
			if w := t.Low(u.End, c.Core); w == "the" || w == "as" || w == "more" || w == "less" || w == "higher" || w == "that" || w == "its" || w == "larger" {
				return false
			}
		}
		f.Unit, c.unitEnd = u.Text, u.End
		return true
	case befallen[firstWord(u.Text)] && !u.Plural && (u.End == j+1 || t.At(j+1).Kind == markToken) && t.At(j+1).Low != "-" && t.fronted(c) == "" && t.Low(c.First-1, c.Core) != "and" && t.wholeOf(c):
		f.Unit, c.unitEnd = firstWord(u.Text), j+1 // "of the 12 accused"
		return true
	case casualties[firstWord(u.Text)] && u.Text != "":
		f.Unit = "people"
		return true
	case f.Qualifier == recount.Vague:
		f.Unit = "people"
		c.bare = true
		return !(u.Text != "" && isDuration(firstWord(u.Text)))
	}
	if one {
		if u.Text == "" || isDuration(u.Head) || isMeasure(u.Head) || isDuration(firstWord(u.Text)) {
			return false
		}
		f.Unit = u.Text
		return true
	}
	if t.Low(c.End, c.Core) == "last" && isDuration(u.Head) && t.levelAfter(c) {
		return true // "doubled to 190 last year"
	}
	if w := firstWord(u.Text); w != "" && (isDuration(w) || isMeasure(w) || isDuration(u.Head) || isMeasure(u.Head)) {
		return false
	}
	p := t.Low(c.First-1, c.Core)
	definite := c.N.Spelt && exact && (p == "the" || p == "those" || p == "these") // "the two admit"
	if u.Text != "" && !isVerbish(firstWord(u.Text)) && strings.Count(u.Text, " ") < 3 && !definite {
		// a noun without a plural: "six Orthodox", "12 aircraft"
		if c.N.Spelt && !t.At(c.Core).Upper || c.N.Scaled && f.Value != nil || !exact || t.near(c, 6) {
			if nounless[u.Head] {
				return false
			}
			f.Unit, c.unitEnd = u.Text, u.End
			return true
		}
		return false
	}
	if unit := t.sharedNoun(c); unit != "" {
		f.Unit = unit
		return true
	}
	if unit := t.parallel(c); unit != "" {
		f.Unit, c.unitEnd = unit, c.End
		return true
	}
	c.bare = true
	return t.bareFigure(c)
}

// parallel returns the noun of a number whose clause goes on as that of the one before
// does, without noun and verb: "14 farmers came from Sand, 22 from Lohn". The small
// word before the place is the same.
func (t *text) parallel(c *candidate) string {
	p, w := t.previous(), t.At(c.End)
	if p == nil || p.Fig.Kind != recount.CountFigure || p.Fig.Of >= 0 || p.Fig.Value == nil || p.Fig.Unit == "" || p.vote || p.bare || c.N.Vague || c.Fig.Kind != recount.CountFigure ||
		w.Kind != wordToken || w.Upper || !t.At(c.End+1).Upper || t.At(p.Core).Sent != t.At(c.Core).Sent {
		return ""
	}
	if sep := t.Low(c.First-1, c.Core); sep != "," && sep != "and" && sep != ";" {
		return ""
	}
	for k := c.First - 2; k >= p.End && k > c.First-maxReach; k-- {
		if t.At(k).Low == w.Low && t.At(k).Kind == wordToken {
			if !t.At(k + 1).Upper {
				return ""
			}
			return p.Fig.Unit
		}
	}
	return ""
}

// sharedNoun returns the noun that a number shares with those behind it: "14
// and 22 houses", "three, four and nine boats".
func (t *text) sharedNoun(c *candidate) string {
	if c.Fig.Value == nil || c.Fig.Value.Places > 0 || c.N.Word {
		return ""
	}
	j, last := c.End, false
	for range 5 {
		switch w := t.Low(j, c.Core); {
		case w == "and" || w == "or":
			last = true
		case w == "," && (t.Low(j+1, c.Core) == "and" || t.Low(j+1, c.Core) == "or"):
			last = true
			j++
		case w != ",":
			return ""
		}
		m, ok := t.NumeralAt(j + 1)
		if !ok || m.Vague || m.Word || m.Spelt != c.N.Spelt || t.At(j+1).Sent != t.At(c.Core).Sent {
			return ""
		}
		u := t.NounAt(m.End)
		if u.Plural {
			if !last || isDuration(u.Head) || isMeasure(u.Head) || u.Head == "money" || isDuration(firstWord(u.Text)) {
				return ""
			}
			return u.Text
		}
		j = m.End
	}
	return ""
}

// nounless words after a number show that it counts nothing.
var nounless = wordSet("nounless")

// near reports whether another count stands within n tokens before c.
func (t *text) near(c *candidate, n int) bool {
	p := t.previous()
	return p != nil && t.At(p.Core).Sent == t.At(c.Core).Sent && c.First-p.End <= n && p.Fig.Kind == recount.CountFigure
}

func (t *text) previous() *candidate {
	if len(t.found) == 0 {
		return nil
	}
	return &t.found[len(t.found)-1]
}

// partOf reads what follows "two of": a pronoun, or the whole.
func (t *text) partOf(c *candidate, j int) bool {
	f := &c.Fig
	one := f.Value != nil && f.Value.Compare(recount.Decimal{Digits: 1}) == 0 && f.Qualifier == recount.Exact
	switch w := t.Low(j+1, c.Core); {
	case one && !(c.Part && t.oneCounts(c, j)):
		return false
	case w == "them" || w == "whom" || (w == "these" || w == "those") && t.NounAt(j+2).Text == "" && t.At(j+2).Kind != numberToken || w == "us":
		c.them = true
		c.Last, c.unitEnd = j+2, j+2
		if u := t.NounAt(j + 2); u.Text != "" && !isVerbish(firstWord(u.Text)) && w == "them" && t.At(j+2).Kind == wordToken {
			f.Unit, c.unitEnd = u.Text, u.End
			return true
		}
		c.bare = true
		return true
	}
	j++
	for n := 0; n < 3; n++ {
		switch t.Low(j, c.Core) {
		case "the", "his", "her", "its", "their", "our", "these", "those", "all", "my", "your":
			j++
		}
	}
	for c.Part && isRough(t.Low(j, c.Core)) {
		j++
	}
	if c.Part { // "of the 15": what stands after the whole
		if m, ok := t.NumeralAt(j); ok {
			j = m.End
		}
	}
	u := t.NounAt(j)
	if strings.HasSuffix(u.Head, "'s") || strings.HasSuffix(u.Head, "s'") { // "seven of the region's 44 delegates"
		if m, ok := t.NumeralAt(u.End); ok && !m.Vague && !m.Word {
			c.Part, c.Total = true, m.Value.Digits
			u = t.NounAt(m.End)
		}
	}
	if c.Part && !u.Plural && !isPersonal(u.Text) {
		f.Unit = "people"
		return true
	}
	if u.Text == "" {
		c.bare = true
		return c.Part || f.Qualifier == recount.Vague
	}
	if isDuration(u.Head) || isDuration(firstWord(u.Text)) || isMeasure(u.Head) {
		return false
	}
	if w := firstWord(u.Text); !u.Plural && befallen[w] { // "seven of the accused deny it"
		u = nounPhrase{Text: w, Head: w, End: u.End - strings.Count(u.Text, " ")}
	}
	f.Unit, c.unitEnd = u.Text, u.End
	return true
}

// wholeOf reports whether the number stands as the whole at the head of a sentence
// or behind "of the".
func (t *text) wholeOf(c *candidate) bool {
	k := c.First - 1
	for ownWords[t.Low(k, c.Core)] {
		k--
	}
	w := t.Low(k, c.Core)
	return w == "of" || w == "among"
}

// befallen are words for people by what befell them, and presents are verbs as they
// stand behind such people.
var befallen, presents = wordSet("befallen"), wordSet("presents")

// oneCounts tells "only one of the 61 members voted yes", a count, from "one of
// the 61 members, Ann Holt, said", which picks somebody out. of is the place of
// "of".
func (t *text) oneCounts(c *candidate, of int) bool {
	switch t.Low(c.First-1, c.Core) {
	case "only", "just", "but", "exactly", "precisely":
		return true
	}
	j := of + 1
	for t.Low(j, c.Core) == "the" || t.Low(j, c.Core) == "those" || t.Low(j, c.Core) == "all" {
		j++
	}
	m, ok := t.NumeralAt(j)
	if !ok || c.Fig.Qualifier != recount.Exact {
		return ok
	}
	u := t.NounAt(m.End)
	w := t.Low(u.End, c.Core)
	return u.Plural && isVerbish(w) && !isSaying(w)
}

// shareUnit finds of what a share is a share.
func (t *text) shareUnit(c *candidate) bool {
	f := &c.Fig
	j := c.End
	w := t.Low(j, c.Core)
	if possessive[w] && c.N.Word {
		w = "the"
	}
	if v := t.Low(j+1, c.Core); (w == "over" || w == "below" || w == "above" || w == "under") && v != "" && !c.N.Word {
		if v == "the" || v == "a" || t.At(j+1).Kind == numberToken {
			j++
		}
		if u := t.NounAt(j + 1); u.Text != "" {
			f.Unit, c.unitEnd = u.Text, u.End
			return true
		}
	}
	if w == "of" || w == "the" && c.N.Word {
		j++
		for n := 0; n < 3; n++ {
			switch l := t.Low(j, c.Core); l {
			case "them", "whom", "us":
				c.them, c.bare = true, true
				c.Last, c.unitEnd = j+1, j+1
				if u := t.NounAt(j + 1); u.Text != "" && !isVerbish(firstWord(u.Text)) && l == "them" && t.At(j+1).Kind == wordToken && w == "of" {
					c.unitEnd = u.End
				}
				return true
			case "those", "these":
				if v := t.Low(j+1, c.Core); v != "" && (strings.HasSuffix(v, "ing") || strings.HasSuffix(v, "ed") || v == "polled") {
					f.Unit, c.unitEnd = l+" "+v, j+2
					return true
				}
				if v := t.Low(j+1, c.Core); v == "with" || v == "who" {
					c.bare, c.them = true, true
					return true
				}
				j++
			case "the", "his", "her", "its", "their", "our", "all", "my", "your", "a", "an", "this", "that", "some":
				j++
			}
		}
		if m, ok := t.NumeralAt(j); ok && w == "of" && !m.Word && !m.Vague {
			c.Part, c.Total = true, m.Value.Digits
			j = m.End
		}
		u := t.NounAt(j)
		if isDuration(u.Head) && u.Head != "" || isCurrency(u.Head) {
			return false
		}
		if c.Part && !u.Plural && strings.HasSuffix(u.Head, "ed") {
			u = nounPhrase{} // "most of the 58 stayed"
		}
		f.Unit, c.unitEnd = u.Text, u.End
		c.bare = u.Text == ""
		if c.bare && c.Part {
			f.Unit = "people"
		}
		return true
	}
	if !c.N.Word || c.N.End != c.End || c.N.Den > 0 && t.ratioWords(c) {
		u := t.NounAt(j)
		if shareHeads[w] {
			u = nounPhrase{Text: w, Head: w, End: j + 1}
		} else if !u.Plural && shareNouns[u.Head] && strings.Count(u.Text, " ") < 3 {
			f.Unit, c.unitEnd = u.Text, u.End
			return true
		} else if !u.Plural && (strings.Count(u.Text, " ") != 1 && !shareNouns[u.Text] || t.At(j).Upper || t.At(j+1).Upper) {
			u = nounPhrase{}
		}
		if u.Text != "" && (shareHeads[w] || !isVerbish(firstWord(u.Text))) && !(c.Fig.Value != nil && f.Value.Compare(recount.Decimal{Digits: 1}) == 0) {
			if isDuration(u.Head) {
				return true
			}
			if shareHeads[u.Head] || changes[u.Head] {
				if a := t.Low(u.End, c.Core); a == "among" || a == "of" || a == "from" {
					k := u.End + 1
					if t.Low(k, c.Core) == "the" {
						k++
					}
					if v := t.NounAt(k); v.Text != "" {
						u = v
					}
				} else {
					c.bare = true
					return true
				}
			}
			f.Unit, c.unitEnd = u.Text, u.End
			return true
		}
	}
	c.bare = true
	if p := t.Low(c.First-2, c.Core); t.Low(c.First-1, c.Core) == "of" && (shareNouns[p] || p == "population" || p == "average") {
		f.Unit = p // "an unemployment rate of 4.9 percent"
		if q := t.Low(c.First-3, c.Core); q != "" && !isSmall(q) && t.At(c.First-3).Kind == wordToken {
			f.Unit = q + " " + p
		}
	}
	return !c.N.Word || t.wholeNearby(c)
}

var (
	shareHeads = wordSet("share_heads")
	shareNouns = wordSet("share_nouns")
	changes    = wordSet("changes")
	possessive = wordSet("possessive")
)

// ratioWords reports whether the share was written as a ratio, so that a noun
// may follow it.
func (t *text) ratioWords(c *candidate) bool { return c.N.Den > 0 && c.End > c.Core+2 }

// wholeNearby refuses "half" and the like where they divide time or space, or
// are part of an idiom.
func (t *text) wholeNearby(c *candidate) bool {
	n := t.Low(c.End, c.Core)
	if c.N.Den == 2 && c.N.Num == 1 && t.At(c.Core).Low == "half" {
		if n == "past" || n == "way" || n == "time" || n == "an" || n == "a" || n == "brother" || n == "sister" || n == "hour" {
			return false
		}
	}
	return n == "" || t.At(c.End).Kind != wordToken || isSmall(n) || isVerbish(n)
}

// bareFigure says whether a number without a noun is a quantity all the same.
func (t *text) bareFigure(c *candidate) bool {
	f := &c.Fig
	p, n := t.Low(c.First-1, c.Core), t.Low(c.End, c.Core)
	nextMark := t.At(c.End).Kind == markToken
	exact := f.Qualifier == recount.Exact
	modest := f.Value != nil && f.Value.Digits < 1000 && !c.N.Scaled
	if o := t.previous(); o != nil && o.Part && p == "of" && t.Low(c.First-2, c.Core) == "out" && f.Value != nil && f.Value.Places == 0 && o.Total == f.Value.Digits {
		f.Unit = o.Fig.Unit // "14 members out of 58"
		return true
	}
	if exact && p == "the" && t.Low(c.First-2, c.Core) == "of" && t.Low(c.End, c.Core) == "," && (t.Low(c.First-3, c.Core) == "" || t.Low(c.First-3, c.Core) == "out" && t.Low(c.First-4, c.Core) == "") {
		return true // "Of the fifty-eight, fourteen left"
	}
	switch {
	case t.instead(c):
		return true
	case exact && t.fronted(c) != "" && (nextMark || isVerbish(n) || isVerbish(p) || presents[n]):
		return true // "Of the deserters, the colonel counted forty-one."
	case exact && t.follows(c) && (isVerbish(n) && (t.At(c.First-1).Kind == markToken || p == "and" || p == "but" || p == "while") ||
		isVerbish(p) && (nextMark || isSmall(n))):
		return true // "took 70 villagers and freed 22 on Sunday", "Of 90 recruits, 31 deserted"
	case employing[p], employedBefore[t.Low(c.First-2, c.Core)+" "+p]:
		f.Unit = "employees" // "I employ four thousand"
		return f.Kind == recount.CountFigure
	case p == "of" && employed[t.Low(c.First-2, c.Core)] && !strings.HasSuffix(t.Low(c.First-2, c.Core), "s"):
		f.Unit = t.Low(c.First-2, c.Core) // "a workforce of 340"
		return f.Kind == recount.CountFigure
	case exact && (p == "killed" || p == "wounded" || p == "injured") && (nextMark || isSmall(n)):
		f.Unit = "people" // "the fire killed nine"
		return f.Kind == recount.CountFigure
	case adding[p] && f.Kind == recount.CountFigure:
		return nextMark || n == "" || isVerbish(n) || isSmall(n) // "another 30 were hurt"
	case t.rate(c), exact && (t.levelAfter(c) || t.noted(c) || t.called(c)):
		return true
	case f.Qualifier == recount.Between:
		return c.N.Spelt && !modest || n == "a" || n == "of" || isVerb(n)
	case !exact && (f.Qualifier != recount.About || !modest || isVerb(n)):
		return !nextMark || !modest || f.Qualifier == recount.AtLeast && t.At(c.End).Low == ","
	case c.N.Scaled:
		return true
	case (p == "of" || p == "to") && (t.Low(c.First-2, c.Core) == "mother" || t.Low(c.First-2, c.Core) == "father"):
		f.Unit = "children"
		return true
	case ownWords[p] && t.Low(c.First-2, c.Core) == "of" && t.previous() != nil && t.previous().Part && (t.previous().End >= c.First-2 || t.Low(c.First-3, c.Core) == "out" && t.previous().End >= c.First-3):
		f.Unit = "people"
		return true
	case (p == "the" || p == "those" || p == "these" || p == "all") && c.N.Spelt:
		return n != "" && (!nextMark || p != "the") || p == "those"
	case (p == "than" || strings.HasSuffix(p, "'s")) && t.previous() != nil && t.previous().Fig.Kind == recount.CountFigure && t.At(t.previous().Core).Sent == t.At(c.Core).Sent:
		return true
	case p == "is" || p == "was" || p == "to":
		for k := 2; k < 6; k++ {
			switch t.Low(c.First-k, c.Core) {
			case "sample":
				if u := t.Low(c.First-k-1, c.Core); u != "" && !isSmall(u) {
					f.Unit = u + "s"
				}
				return true
			case "total", "toll", "figure", "tally", "number":
				return true
			}
		}
		return false
	}
	// "ten from my company have left"
	if n == "from" && c.N.Spelt {
		for k := c.End + 2; k < c.End+7; k++ {
			switch t.Low(k, c.Core) {
			case "have", "had", "were", "are", "has":
				return true
			}
		}
	}
	// the subject of a clause: "two were British"
	if (isVerb(n) && n != "is" && n != "was" || c.N.Spelt && strings.HasSuffix(n, "ed") && len(n) > 4) && n != "die" {
		before := t.At(c.First - 1)
		return before.Kind == markToken && before.Low != "-" || before.Sent != t.At(c.Core).Sent || p == "and" || p == "but" || p == "while" || p == "only" || p == "just" || p == "whom"
	}
	return false
}

var insteads = wordKeys("instead")

// instead reads a number that is told in place of the one of the sentence before:
// "Police said 30 miners had fled. In fact 37 did."
func (t *text) instead(c *candidate) bool {
	n := t.Low(c.End, c.Core)
	o := t.previous()
	if c.Fig.Value == nil || c.Fig.Value.Places > 0 || o == nil || o.Fig.Kind != recount.CountFigure || o.Fig.Value == nil || o.Fig.Unit == "" || t.At(c.Core).Sent-t.At(o.Core).Sent != 1 {
		return false
	}
	if !isVerbish(n) || n == "is" || n == "was" || t.Low(c.End+1, c.Core) == "not" {
		return false
	}
	k := c.First - 1
	if w := t.Low(k, c.Core); w == "only" || w == "just" {
		k--
	}
	if t.Low(k, c.Core) == "," {
		k--
	}
	w := t.Low(k, c.Core)
	if w == "" {
		return false
	}
	for n := 1; n <= 3; n++ {
		if _, ok := insteads[w]; ok && t.At(k-n).Sent != t.At(c.Core).Sent {
			c.Fig.Unit = o.Fig.Unit
			return true
		}
		w = t.Low(k-n, c.Core) + " " + w
	}
	return false
}

// follows reports whether a count of people stands before c in its sentence.
func (t *text) follows(c *candidate) bool {
	if v := c.Fig.Value; v == nil || v.Places > 0 || v.Digits < 2 {
		return false
	}
	for j := len(t.found) - 1; j >= 0 && t.At(t.found[j].Core).Sent == t.At(c.Core).Sent; j-- {
		if o := &t.found[j].Fig; o.Kind == recount.CountFigure && o.Value != nil && isPersonal(o.Unit) && !t.aside(j) {
			return true
		}
	}
	return false
}

// aside reports whether figure j stands in passing: "including two children",
// "among them three teachers".
func (t *text) aside(j int) bool {
	c := &t.found[j]
	p, q := t.Low(c.First-1, c.Core), t.Low(c.First-2, c.Core)
	if p == "were" || p == "was" || p == "are" { // "among whom were six officers"
		p, q = q, t.Low(c.First-3, c.Core)
	}
	return p == "including" || (p == "them" || p == "whom") && (q == "among" || q == "of") || c.them
}

// rate reads "losing carers at a rate of 200 a week": what is counted stands
// before it.
func (t *text) rate(c *candidate) bool {
	if w := t.Low(c.End, c.Core); w != "a" && w != "per" && w != "each" && w != "every" || !isDuration(t.Low(c.End+1, c.Core)) {
		return false
	}
	k := c.First - 1
	if t.Low(k, c.Core) == "of" && t.Low(k-1, c.Core) == "rate" {
		k -= 2
		for l := t.Low(k, c.Core); l == "a" || l == "the" || l == "at"; l = t.Low(k, c.Core) {
			k--
		}
		for n := t.At(k); n.Sent == t.At(c.Core).Sent && n.Kind == markToken && n.Low != "."; n = t.At(k) {
			k-- // “losing carers “at a rate of 200 a week””
			for l := t.Low(k, c.Core); l == "at"; l = t.Low(k, c.Core) {
				k--
			}
		}
		if w := t.Low(k, c.Core); isPlural(w) {
			c.Fig.Unit, c.rate = w, true
			return true
		}
	}
	for j := len(t.found) - 1; j >= 0 && t.At(c.Core).Sent-t.At(t.found[j].Core).Sent <= 2; j-- { // "it lost about 200 a year"
		if o := &t.found[j]; o.rate {
			c.Fig.Unit = o.Fig.Unit
			return true
		}
	}
	return false
}

var bounds = wordKeys("called")

// called reads what is said of a number as a number: "forty-one was a floor,
// not a count". What it counts is what the same number counted before.
func (t *text) called(c *candidate) bool {
	if c.Fig.Value == nil || c.Fig.Value.Places > 0 || c.Fig.Value.Digits < 2 {
		return false
	}
	switch p := t.At(c.First - 1); {
	case p.Sent != t.At(c.Core).Sent, p.Kind == markToken, p.Low == "that", p.Low == "and", p.Low == "but", p.Low == "the", isSaying(p.Low):
	default:
		return false
	}
	k := c.End
	switch t.Low(k, c.Core) {
	case "is", "was", "are", "were", "being":
		k++
	default:
		return false
	}
	for n := 0; n < 4; n++ {
		is, two := bounds[t.Low(k, c.Core)], bounds[t.Low(k, c.Core)+" "+t.Low(k+1, c.Core)]
		if two != "" {
			is = two
			k++
		}
		if is != "" {
			if w := t.Low(k+1, c.Core); w != "" && t.At(k+1).Kind == wordToken && w != "and" && w != "but" && w != "not" && !isSaying(w) {
				return false // "Forty is the minimum age", "the floor on which he lived"
			}
			for j := range t.found {
				if o := &t.found[j].Fig; o.Kind == recount.CountFigure && o.Value != nil && *o.Value == *c.Fig.Value && o.Unit != "" {
					c.Fig.Unit = o.Unit
				}
			}
			if c.Fig.Unit == "" && len(t.found) == 0 {
				c.Fig.Unit = "people"
			}
			c.Fig.Qualifier = recount.Qualifier(is)
			switch c.Fig.Qualifier {
			case recount.AtLeast:
				c.Fig.Low = c.Fig.Value
			case recount.AtMost:
				c.Fig.High = c.Fig.Value
			}
			return true
		}
		switch t.Low(k, c.Core) {
		case "a", "an", "the", "only", "just", "at", "best", "merely", "probably", "no", "more", "than", "absolute", "very", "conservative":
			k++
		default:
			return false
		}
	}
	return false
}

// strong reads "a 4,000-strong group" and "the group, 4,000 strong": people, or
// what the noun behind it names as one. It returns the tokens that it takes.
func (t *tokens) strong(c *numberPhrase) int {
	k := c.End
	if t.At(k).Low == "-" && t.Joined(k-1) && t.Joined(k) {
		k++
	}
	if t.At(k).Low != "strong" || t.At(k).Sent != t.At(c.Core).Sent || c.Fig.Kind != recount.CountFigure || c.Fig.Value == nil || c.Fig.Value.Places > 0 {
		return 0
	}
	if after := t.At(k + 1); k == c.End && after.Kind == wordToken && after.Sent == t.At(k).Sent && !isSmall(after.Low) {
		return 0 // "two strong men"
	}
	return k + 1 - c.End
}

var herds = wordSet("herds")

// adding stands before a number that is added to another one.
var adding = wordSet("adding")

// employed are those whom somebody employs, and employing the verbs of it.
var employed, employing = wordSet("employed"), wordSet("employing")

// Phrases before and behind a number of people that say the same: "gives work
// to 340", "340 people work for the mill".
var employedBefore, employedAfter = wordSet("employed_before"), wordSet("employed_after")

// casualties say what happened to people whom the text does not name again.
var casualties = wordSet("casualties")
