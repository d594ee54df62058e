package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// How says how an answer came about.
type how int

const (
	accepted  how = iota // as the program suggests it
	corrected            // half right, and put right
	typed                // nothing was suggested
	rejected             // suggested, and wrong
)

// A Tally says how the analyst's work went: what was answered, and how.
type Tally struct {
	answers map[string]*counts
	groups  int
	lost    []string // what could not be entered, and why
}

type counts struct{ singly, inGroups [4]int }

// what is counted, in the order in which it is printed.
var whats = []string{"statement", "speaker", "criterion", "scope", "link", "value", "code", "outlet", "title", "byline", "language", "figure", "date", "reprint", "aside", "screen", "sample"}

func (t *Tally) add(what string, h how, group bool, n int) {
	if t.answers == nil {
		t.answers = map[string]*counts{}
	}
	if n == 0 {
		return
	}
	c := t.answers[what]
	if c == nil {
		c = &counts{}
		t.answers[what] = c
	}
	if group {
		c.inGroups[h] += n
	} else {
		c.singly[h] += n
	}
}

func (t Tally) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-10s %9s %9s %9s %9s   (of them in groups)\n", "decisions", "accepted", "corrected", "typed in", "rejected")
	for _, what := range whats {
		c := t.answers[what]
		if c == nil {
			continue
		}
		fmt.Fprintf(&b, "%-10s", what)
		grouped := 0
		for h := range c.singly {
			fmt.Fprintf(&b, " %9d", c.singly[h]+c.inGroups[h])
			grouped += c.inGroups[h]
		}
		fmt.Fprintf(&b, "   (%d)\n", grouped)
	}
	for _, what := range slices.Sorted(maps.Keys(t.answers)) {
		if !slices.Contains(whats, what) {
			fmt.Fprintf(&b, "%s is not listed\n", what)
		}
	}
	fmt.Fprintf(&b, "groups: %d\n", t.groups)
	for _, l := range t.lost {
		fmt.Fprintf(&b, "not entered: %s\n", l)
	}
	return b.String()
}
