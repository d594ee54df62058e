package release

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// This file finds words that say something of a whole group: "all women spoke of
// cruelty" needs no number, and who knows that a woman is among so few knows the rest.

var (
	// wholly are words before a group that say something of everybody in it, or nobody.
	wholly = strings.Fields("all each every none no both neither any everybody everyone everything nobody noone whoever anybody anyone any only solely exclusively just but except without")
	// whollyBehind are such words behind it.
	whollyBehind = strings.Fields("alone only all both each never always unanimously exclusively invariably")
	// solely are those of them that speak of whoever is not in the group.
	solely = strings.Fields("only solely exclusively just but except alone")
	// joins may stand between such a word and the group.
	joins = strings.Fields("of the these those our them us one single who that had has have came come comes coming is are was were be been being lived lives from in out people persons person speakers witnesses members accounts account interviewees former young younger old older other remaining few named nameless unnamed first last with under among same very two three four")
	// ofReport follow where it is said what the report does, and nothing of anybody.
	ofReport = strings.Fields("named shown identified quoted listed printed")
)

var genderWords = map[string]string{"woman": "woman", "women": "woman", "female": "woman", "females": "woman", "girl": "woman", "girls": "woman", "lady": "woman", "ladies": "woman", "man": "man", "men": "man", "male": "man", "males": "man", "boy": "man", "boys": "man"}

// A groupOf is how a text may call some people of the study.
type groupOf struct {
	words       []string
	small       bool // they are few, or the edition does not show them
	othersSmall bool // whoever is not one of them is
}

// groups lists what some people of the study are called.
func (e *Edition) groups(s *Shape, kept Kept) (out []groupOf) {
	few := func(n int) bool { return n > 0 && n < e.Rule.Small }
	put := func(words []string, n int) {
		if g := (groupOf{words, few(n), few(e.People - n)}); strings.ContainsFunc(strings.Join(words, ""), unicode.IsLetter) && (g.small || g.othersSmall) {
			out = append(out, g) // a day is no group
		}
	}
	for _, c := range e.Columns {
		n := map[string]int{}
		for _, v := range c.Of {
			n[v]++
		}
		switch {
		case c.Opaque || s.ClassOf(c) == Sensitive || s.ClassOf(c) == Safe || s.ClassOf(c) == Evidence || c.Name == "kind":
		case c.Name == "gender":
			for _, w := range slices.Sorted(maps.Keys(genderWords)) {
				put([]string{w}, n[genderWords[w]])
			}
		default:
			for _, v := range slices.Sorted(maps.Keys(n)) {
				if words := plain(v); !unsaid[strings.ToLower(v)] && len(strings.Join(words, "")) >= shortestKept {
					put(words, n[v])
				}
			}
		}
	}
	for _, names := range kept {
		if len(names) == 1 && strings.ContainsFunc(strings.Join(names[0], ""), unicode.IsLetter) {
			out = append(out, groupOf{words: names[0], small: true})
		}
	}
	return out
}

// Wholly says which group of few people, or of people who are not shown, a text says
// something of as a whole; "" if none.
func (e *Edition) Wholly(s *Shape, kept Kept, text string) string {
	lower := strings.NewReplacer("no one", "noone", "every one", "each").Replace(strings.ToLower(Bare(text)))
	if !slices.ContainsFunc(word.FindAllString(lower, -1), func(w string) bool { return slices.Contains(wholly, w) || slices.Contains(whollyBehind, w) }) {
		return ""
	}
	groups := e.groups(s, kept)
	for clause := range strings.FieldsFuncSeq(lower, func(r rune) bool { return strings.ContainsRune(".;:?!()", r) }) {
		words := plain(clause)
		for _, g := range groups {
			for i := 0; i+len(g.words) <= len(words); i++ {
				last := i + len(g.words) - 1
				if !slices.Equal(words[i:last], g.words[:len(g.words)-1]) || !ending(words[last], g.words[len(g.words)-1]) {
					continue
				}
				if q := around(words, i, last+1); q != "" && (g.small || g.othersSmall && slices.Contains(solely, q)) {
					return fmt.Sprintf("says with %q something of everybody who is called %q, or of everybody else: they are few, or the edition does not show them", q, strings.Join(words[i:last+1], " "))
				}
			}
		}
	}
	return ""
}

// around is the word that says something of the whole group that stands between two
// places of a clause; "" if there is none.
func around(words []string, from, to int) string {
	for i := from - 1; i >= 0; i-- {
		switch {
		case slices.Contains(wholly, words[i]):
			if i > 0 && words[i-1] == "not" {
				return ""
			}
			about := words[to:min(len(words), to+3)]
			if slices.Contains([]string{"nobody", "noone", "none", "no"}, words[i]) && slices.ContainsFunc(about, func(w string) bool { return slices.Contains(ofReport, w) }) {
				return ""
			}
			return words[i]
		case !slices.Contains(joins, words[i]):
			i = 0
		}
	}
	for i := to; i < min(len(words), to+4); i++ {
		switch {
		case slices.Contains(whollyBehind, words[i]) && words[i-1] == "of": // "women of all"
			return ""
		case slices.Contains(whollyBehind, words[i]):
			return words[i]
		case !slices.Contains(joins, words[i]) && i > to:
			return ""
		}
	}
	return ""
}
