package figures

import (
	"strings"

	"recount"
)

// events maps the verbs around a figure to what happened. Two figures of one
// thing may still count different events: cases that were reported in a year
// are not people who left in it.
var events = func() map[string]string {
	m := map[string]string{}
	for _, l := range strings.Split(`reported: reported documented recorded registered logged
took place: happened occurred occur
left: left leave leaving defect defected deserted quit fled escaped departed abandoned defections desertions departures walked
spoke: spoke spoken speak speaking testified interviewed stories told
joined: joined join joining enlisted travelled traveled recruited
returned: returned return returning
entered: entered arrived reached crossed passed enter
died: killed died dead murdered die deaths slain
hurt: injured wounded hurt
held: arrested detained jailed imprisoned charged convicted sentenced
freed: released freed
applied: applied apply
housed: housed sheltered`, "\n") {
		is, list, _ := strings.Cut(l, ":")
		for _, w := range strings.Fields(list) {
			m[w] = is
		}
	}
	return m
}()

// event finds what happened to what is counted: the first verb of the list
// after it in its sentence, before the next figure that is no part of it; else
// the counted noun itself.
func (t *text) event(c *candidate) string {
	if c.fig.Event != "" {
		return c.fig.Event
	}
	stop := len(t.tok)
	for j := range t.found {
		if o := &t.found[j]; o.core > c.core && !(o.fig.Of >= 0 && &t.found[o.fig.Of] == c) && !(t.coordinated(j) && &t.found[j-1] == c) {
			stop = o.first
			break
		}
	}
	s := t.at(c.core).sent
	for k := c.end; k < stop && t.at(k).sent == s; k++ {
		w, n := t.at(k).low, t.low(k+1, k)
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
		case events[w] != "" && !(w == "told" && k == c.end) && k >= c.unitEnd:
			return events[w]
		}
	}
	if e := events[lastWord(c.fig.Unit)]; e != "" {
		return e
	}
	for j := range t.found { // "60% of the cases reported in ... and a third in ..."
		if o := &t.found[j]; o.core < c.core && o.fig.Kind == c.fig.Kind && c.fig.Kind == recount.ShareFigure && o.fig.Of == c.fig.Of && t.at(o.core).sent == s && o.fig.Event != "change" {
			if e := o.fig.Event; e != "" {
				return e
			}
		}
	}
	return ""
}

// stance sets Denied and Guess from the words before the figure.
func (t *text) stance(c *candidate) {
	c.fig.Guess = c.guess
	s := t.at(c.core).sent
	for k := c.first - 1; k >= 0 && t.at(k).sent == s; k-- {
		near := c.first-k <= 5
		switch t.at(k).low {
		case "denied", "denies", "rejected", "disputed":
			if c.first-k <= 12 {
				c.fig.Denied = true
			}
		case "not", "never", "no", "wasn't", "weren't", "isn't", "aren't", "didn't":
			if c.first-k <= 3 {
				c.fig.Denied = true
			}
		case "will", "would", "could", "may", "might", "presumably", "likely", "projected", "forecast":
			if near {
				c.fig.Guess = true
			}
		}
	}
	if c.fig.Qualifier == recount.AtMost {
		c.fig.Denied = false // "no more than"
	}
}
