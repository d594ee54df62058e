package figures

import (
	"recount"
)

// events maps the verbs around a figure to what happened. Two figures of one
// thing may still count different events: cases that were reported in a year
// are not people who left in it.
var events = wordKeys("events")

// event finds what happened to what is counted: the first verb of the list
// after it in its sentence, before the next figure that is no part of it, but
// of a relative clause only if nothing follows it; else the counted noun
// itself.
func (t *text) event(c *candidate) string {
	if c.Fig.Event != "" {
		return c.Fig.Event
	}
	stop := len(t.Tok)
	for j := range t.found {
		if o := &t.found[j]; o.Core > c.Core && !(o.Fig.Of >= 0 && &t.found[o.Fig.Of] == c) && !(t.coordinated(j) && &t.found[j-1] == c) {
			stop = o.First
			break
		}
	}
	s := t.At(c.Core).Sent
	end := min(stop, c.End+maxReach)
	w := t.Low(c.unitEnd, c.Core)
	clause := w == "who" || w == "that" // "miners who left have told their stories": what they did last counts
	found := ""
	for k := c.End; k < end && t.At(k).Sent == s; k++ {
		e := t.eventAt(k, c)
		if e != "" && (!clause || found != "") {
			return e
		}
		if e != "" {
			found = e
		}
	}
	if found != "" {
		return found
	}
	if e := events[lastWord(c.Fig.Unit)]; e != "" {
		return e
	}
	for j := range t.found { // "60% of the cases reported in ... and a third in ..."
		if o := &t.found[j]; o.Core < c.Core && o.Fig.Kind == c.Fig.Kind && c.Fig.Kind == recount.ShareFigure && o.Fig.Of == c.Fig.Of && t.At(o.Core).Sent == s && o.Fig.Event != "change" {
			if e := o.Fig.Event; e != "" {
				return e
			}
		}
	}
	return ""
}

// eventAt returns the event that the word at k names, or "".
func (t *text) eventAt(k int, c *candidate) string {
	w, n := t.At(k).Low, t.Low(k+1, k)
	switch {
	case (w == "took" || w == "taken" || w == "take") && n == "place":
		return "took place"
	case (w == "come" || w == "came") && n == "forward":
		return "spoke"
	case (w == "come" || w == "came") && (n == "back" || n == "home"):
		return "returned"
	case (w == "come" || w == "came") && n == "through":
		return "entered"
	case (w == "slipped" || w == "ran" || w == "run") && n == "away":
		return "left"
	case events[w] != "" && !(w == "told" && k == c.End) && k >= c.unitEnd:
		return events[w]
	}
	return ""
}

var guesses = wordSet("guessing")

// onlyThat reports whether nothing but "that", an article and marks stand from
// token k to end.
func (t *text) onlyThat(k, end int) bool {
	for ; k < end; k++ {
		if w := t.At(k); w.Kind != markToken && w.Low != "that" && w.Low != "at" && w.Low != "a" && w.Low != "there" && w.Low != "were" && w.Low != "had" && w.Low != "been" {
			return false
		}
	}
	return true
}

// stance sets Denied and Guess from the words before the figure.
func (t *text) stance(c *candidate) {
	c.Fig.Guess = c.Guess
	s := t.At(c.Core).Sent
	for k := c.First - 1; k >= 0 && t.At(k).Sent == s && k > c.First-maxReach; k-- {
		near := c.First-k <= 5
		switch t.At(k).Low {
		case "denied", "denies", "rejected", "disputed":
			if c.First-k <= 12 {
				c.Fig.Denied = true
			}
		case "no":
			if c.First-k <= 3 && t.At(k+1).Kind != markToken {
				c.Fig.Denied = true
			}
		case "not", "never", "wasn't", "weren't", "isn't", "aren't", "didn't":
			if c.First-k <= 3 {
				c.Fig.Denied = true
			}
		case "will", "would", "could", "may", "might", "presumably", "likely", "projected", "forecast":
			if near && (t.At(k).Low != "may" || !t.At(k).Upper) { // "in May 40 boats sank"
				c.Fig.Guess = true
			}
		default:
			// Figured hundreds, guessed that "well over a hundred" had; not "the suspected 40 cases".
			if near && guesses[t.At(k).Low] && t.Low(k-1, c.Core) != "the" && t.onlyThat(k+1, c.First) {
				c.Fig.Guess = true
			}
		}
	}
	if c.Fig.Qualifier == recount.AtMost {
		c.Fig.Denied = false // "no more than"
	}
}
