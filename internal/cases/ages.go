package cases

import (
	"cmp"
	"strings"

	"recount"
)

// This file reads ages that sentences tell: "is 28", "aged 43", "at the age of
// 43", "when she was 43", "turned 43", "43 at the time", "in her forties". An age
// is of now, of the day of the article, unless it is told of something that
// happened before: then it is kept with the year that the sentence says, or as
// an age of then.

// readAge reads an age at token i of a sentence [first, end).
func (s *story) readAge(i, first, end int) {
	w := s.low[i]
	switch {
	case (w == "is" || w == "was" || w == "'m" || w == "am" || w == "'s") && i+1 < end:
		s.ageIs(i, first, end)
	case w == "aged" && s.speech[i] == 0 && i > first && i+1 < end && s.closes(i+2, end) && s.low[i-1] != "then" && !s.matter(i-1):
		if age, ok := s.number(i + 1); ok {
			s.put(s.actor(i, first), Age, age, s.span(i+1, i+2), sureNearAge)
		}
	case w == "at" && s.speech[i] == 0:
		k := i + 1
		if k+2 < end && s.low[k] == "the" && s.low[k+1] == "age" && s.low[k+2] == "of" {
			k += 3
		} else if k < end && s.low[k] == "age" {
			k++
		} else {
			return
		}
		if age, ok := s.numberAt(k, end); ok && s.timed(k+1, end) {
			who := s.actor(i, first)
			if i == first {
				who = s.next(k+1, end)
			} else if n := s.verbBefore(i, first); n <= first || s.low[n-1] == "which" || s.subject(n, first) != who {
				return // "her mother left", "nobody may drive"
			}
			s.putThen(who, age, i, k+1, end)
		}
	case (w == "turned" || w == "turns") && s.verb(i) && s.speech[i] == 0: // what people say of themselves may be of any year
		who := s.subject(i, first)
		if who == nobody && i > first && s.low[i-1] == "just" {
			who = s.subject(i-1, first)
		}
		if age, ok := s.numberAt(i+1, end); ok && s.timed(i+2, end) && who != nobody {
			at := s.span(i, i+2)
			if s.clause(i, first) {
				s.putThen(who, age, i, i+2, end)
			} else if value, _, ok := s.when(i, i+2, first, end); ok && len(value) == 4 && value < published(s.a).String() {
				s.found[who] = append(s.found[who], Attribute{Age, age, at, sureThen, value})
			} else {
				s.put(who, Age, age, at, sureNearAge)
			}
		}
	case w == "in" && i+2 < end && s.speech[i] == 0 && (s.low[i+1] == "his" || s.low[i+1] == "her" || s.low[i+1] == "their"):
		k := i + 2
		if decade(s.low[k]) == "" {
			k++
		}
		if k >= end || decade(s.low[k]) == "" || k+1 < end && s.noun(k+1) {
			return
		}
		switch v := s.verbBefore(i, first); {
		case v < first || i > first && s.noun(i-1) && !s.title(i-1) && s.class(s.low[i-1]) != "":
			// described: "a woman in her forties"
		case s.low[i-1] == "is" || s.low[i-1] == "was" || s.low[i-1] == "'s":
			s.put(s.subject(i-1, first), Age, decade(s.low[k]), s.span(i, k+1), sureAge)
		default:
			if who := s.subject(v, first); who != nobody && who == s.actor(i, first) {
				s.putThen(who, decade(s.low[k]), i, k+1, end)
			}
		}
	}
}

// ageIs reads an age behind a form of to be: "is 28", "I'm 29", "was 43 at the
// time", "when she was 43".
func (s *story) ageIs(i, first, end int) {
	age, ok := s.number(i + 1)
	to := i + 2
	if a, after, years := s.yearOld(i + 1); years {
		age, to, ok = a, after, true
	}
	if !ok {
		return
	}
	past := s.pastBehind(to, end)
	if !s.closes(to, end) && past == to {
		return
	}
	who := s.subject(i, first)
	if who == nobody && s.low[i] == "was" && (s.low[max(first, i-1)] == "she" || s.low[max(first, i-1)] == "he") && s.actor(i-1, first) == nobody && s.clause(i, first) {
		who = s.next(to, end) // "When she was 43, Ada Marr left"
		if who != nobody && known(s.speakers[who].Gender) && (s.speakers[who].Gender == recount.Woman) != (s.low[i-1] == "she") {
			who = nobody
		}
	}
	switch {
	case who == nobody:
	case s.speech[i] == 0 && (past > to || s.low[i] == "was" && s.clause(i, first)):
		s.putThen(who, age, i+1, max(to, past), end)
	case to == i+2:
		s.put(who, Age, age, s.span(i+1, i+2), sureAge)
		if s.speech[i] == 0 {
			s.describe(i+2, end, who, false)
		}
	}
}

// clause reports whether the verb at a token stands in a clause that says when
// something was: "when she was", "by the time he turned".
func (s *story) clause(verb, first int) bool {
	for k := verb - 1; k >= max(first, verb-4); k-- {
		switch s.low[k] {
		case "when", "since", "until", "till", "before", "after", "once", "time":
			return true
		}
	}
	return false
}

// pastBehind returns the token after words behind an age that say it was one of
// then: "at the time", "then", "when she left"; to itself if there are none.
func (s *story) pastBehind(to, end int) int {
	switch {
	case to+2 < end && s.low[to] == "at" && (s.low[to+1] == "the" || s.low[to+1] == "that") && s.low[to+2] == "time" && s.closes(to+3, end):
		return to + 3
	case to < end && s.low[to] == "then" && s.closes(to+1, end):
		return to + 1
	case to < end && s.low[to] == "when":
		return to + 1
	}
	return to
}

// ageThen reads ", then 43" and ", then a 43-year-old weaver" at the word then,
// and returns the token after it, i if there is no age.
func (s *story) ageThen(i, end, who int) int {
	k := i + 1
	if s.low[k] == "aged" || s.low[k] == "a" || s.low[k] == "an" {
		k++
	}
	if k >= end {
		return i
	}
	if age, to, ok := s.yearOld(k); ok {
		s.putThen(who, age, i, to, end)
		return to
	}
	if age, ok := s.number(k); ok && s.closes(k+1, end) {
		s.putThen(who, age, i, k+1, end)
		return k + 1
	}
	return i
}

// putThen keeps an age of then, with the year or month that its sentence says.
func (s *story) putThen(who int, age string, from, to, end int) {
	if who < 0 || !s.speakers[who].Kind.Person() {
		return
	}
	as := then
	first := s.first[s.sentence(from)]
	if value, _, ok := s.when(from, to, first, end); ok {
		as = value
	}
	s.found[who] = append(s.found[who], Attribute{Age, age, s.span(from, to), sureThen, as})
}

// numberAt is number where a token may not be there.
func (s *story) numberAt(i, end int) (string, bool) {
	if i >= end {
		return "", false
	}
	return s.number(i)
}

// timed reports whether an age before this token stands alone, or a time follows.
func (s *story) timed(i, end int) bool {
	if s.closes(i, end) {
		return true
	}
	switch s.low[i] {
	case "in", "on":
		return i+1 < end && (isYear(s, i+1, end) || s.month(i+1) > 0 || strings.HasSuffix(s.low[i+1], "day"))
	case "last", "this", "next", "today", "yesterday", "earlier", "years":
		return s.low[i] != "years" || i+1 < end && s.low[i+1] == "old"
	}
	return s.over[i] != 0 // "At the age of 43 she left"
}

// next returns the person whom a sentence names right behind token i, past a comma.
func (s *story) next(i, end int) int {
	if i < end && s.low[i] == "," {
		i++
	}
	if i < end && s.over[i] != 0 {
		return s.anchors[s.over[i]-1].who
	}
	return nobody
}

// verbBefore returns the last finite verb before a token of its sentence, first-1
// if there is none.
func (s *story) verbBefore(i, first int) int {
	for k := i - 1; k >= first; k-- {
		if s.verb(k) && s.pos(k) != "VBG" && s.over[k] == 0 {
			return k
		}
	}
	return first - 1
}

// matter reports whether the token is a thing that has an age: "a whisky aged 12".
func (s *story) matter(i int) bool {
	return i >= 0 && (s.noun(i) || s.pos(i) == "JJ" || i > 0 && s.pos(i-1) == "DT") && !s.title(i) && s.over[i] == 0 && !strings.Contains("person man woman", cmp.Or(s.class(s.low[i]), "thing")) && i > 0 && (s.pos(i-1) == "DT" || s.pos(i-1) == "JJ")
}

// decade returns the decade of a life that a word names, "" if it names none.
func decade(w string) string {
	for i, d := range decades {
		if w == d || i < 8 && (w == string(rune('2'+i))+"0s") {
			return d
		}
	}
	return ""
}
