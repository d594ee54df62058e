package rules

import (
	"slices"
	"strings"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// longestFrame is the most words that say whose words a sentence tells, before its comma.
const longestFrame = 12

// Frames reads English sentences that open with whose words they tell ("According
// to the clerk, ...", "By her own account, ...", "As Marr tells it, ...") or say it
// by a noun ("The inspector's verdict was that ..."), where nobody is quoted yet.
func Frames(p *page.Page, quoted []bool) (out []page.Draft) {
	v := p.Tree
	for s := range p.Sentences {
		from, to := v.First[s], v.First[s+1]
		if to-from < 6 || to-from > 120 || quoted[s] {
			continue
		}
		source, cue, content, ok := opening(p, from, to)
		if !ok {
			source, cue, content, ok = predicate(p, from, to)
		}
		sentence := trimStop(p.Text, p.Sentences[s].Span)
		if !ok {
			last := 0
			if source, cue, content, last, ok = sayings(p, from, to); ok && last < to {
				sentence = trimClause(p.Text, recount.Span{Start: sentence.Start, End: v.Tokens[last].Span.Start})
			}
		}
		if !ok {
			continue
		}
		rest := lang.Trim(p.Text, recount.Span{Start: v.Tokens[content].Span.Start, End: sentence.End})
		if rest.Len() < 12 {
			continue
		}
		out = append(out, page.Draft{Source: []recount.Span{source}, Cue: []recount.Span{cue}, CueLemma: "according", Content: []recount.Span{rest}, Speech: true, Confidence: 600})
	}
	return out
}

// opening reads the tokens before the first comma of a sentence as a frame, and
// returns the token behind it.
func opening(p *page.Page, from, to int) (source, cue recount.Span, content int, ok bool) {
	v := p.Tree
	word := func(i int) string {
		if i < from || i >= to {
			return ""
		}
		return page.Lower(v.Tokens[i].Span.In(p.Text))
	}
	comma := from
	for comma < to && word(comma) != "," && comma-from <= longestFrame {
		if stop(p, &v.Tokens[comma]) {
			return
		}
		comma++
	}
	if word(comma) != "," {
		return
	}
	end := comma // of the frame, where a clause or an age about the speaker stands behind it
	for next := comma + 1; next < to && comma-from <= 2*longestFrame; {
		t := &v.Tokens[next]
		if t.POS != lang.WP && t.POS != lang.WDT && !(t.POS == lang.CD && word(next+1) == ",") {
			break
		}
		for next < to && word(next) != "," {
			next++
		}
		if next == to {
			return
		}
		comma, next = next, next+1
	}
	span := func(i, j int) recount.Span {
		return recount.Span{Start: v.Tokens[i].Span.Start, End: v.Tokens[j-1].Span.End}
	}
	content = comma + 1
	if content >= to {
		return
	}
	first := word(from)
	switch {
	case first == "according" && word(from+1) == "to" && from+2 < end:
		return span(from+2, end), span(from, from+2), content, speaker(p, from+2, end)
	case first == "per" && from+1 < end && (v.Tokens[from+1].POS == lang.DT || v.Tokens[from+1].POS == lang.PRPS || page.Proper(&v.Tokens[from+1])):
		return span(from+1, end), span(from, from+1), content, speaker(p, from+1, end)
	case (first == "in" || first == "on" || first == "by") && word(from+1) == "the" && said[word(from+2)] && word(from+3) == "of" && from+4 < end:
		return span(from+4, end), span(from, from+4), content, speaker(p, from+4, end)
	case (first == "in" || first == "on" || first == "by" || first == "going" && word(from+1) == "by" || first == "from") && said[word(end-1)]:
		who, last := from+1, end-1
		if word(who) == "by" {
			who++
		}
		for last > who && (word(last-1) == "own" || v.Tokens[last-1].POS == lang.JJ || v.Tokens[last-1].POS == lang.CD) {
			last--
		}
		if last <= who {
			return
		}
		if v.Tokens[last-1].POS == lang.POS {
			return span(who, last-1), span(last, end), content, speaker(p, who, last-1)
		}
		if v.Tokens[last-1].POS == lang.PRPS && last-who == 1 && word(who) != "my" && word(who) != "our" && word(who) != "your" {
			return span(who, last), span(last, end), content, true
		}
	case (first == "as" || first == "the" && word(from+1) == "way") && word(end-1) == "it" && end-from > 3:
		who := from + 1
		if first == "the" {
			who++
		}
		return span(who, end-2), span(end-2, end), content, told[word(end-2)] && who < end-2 && speaker(p, who, end-2)
	case first == "to" && word(from+1) == "hear" && word(end-1) == "it" && word(end-2) == "tell" && from+2 < end-2:
		return span(from+2, end-2), span(end-2, end), content, speaker(p, from+2, end-2)
	case first == "if" && (word(end-1) == "believed" && word(end-2) == "be" && word(end-3) == "to" || word(end-1) == "right"):
		last := end - 1
		for last > from && word(last-1) != "is" && word(last-1) != "are" {
			last--
		}
		if last-1 > from+1 {
			return span(from+1, last-1), span(last-1, end), content, speaker(p, from+1, last-1)
		}
	}
	return source, cue, content, false
}

// predicate reads "Marr's verdict was that ...", "the ministry's line is that ...",
// "Marr is of the opinion that ..." and "word came from Marr that ...", and
// returns the token of what is said.
func predicate(p *page.Page, from, to int) (source, cue recount.Span, content int, ok bool) {
	v := p.Tree
	word := func(i int) string {
		if i < from || i >= to {
			return ""
		}
		return page.Lower(v.Tokens[i].Span.In(p.Text))
	}
	that := from
	for that < to && word(that) != "that" && that-from <= longestFrame {
		if t := &v.Tokens[that]; stop(p, t) || parts(p, t) {
			return
		}
		that++
	}
	if word(that) != "that" || that+2 >= to || v.Tokens[that].POS == lang.WDT || v.Tokens[that].POS == lang.DT {
		return
	}
	span := func(i, j int) recount.Span {
		return recount.Span{Start: v.Tokens[i].Span.Start, End: v.Tokens[j-1].Span.End}
	}
	content = that + 1
	switch b := word(that - 1); {
	case (b == "was" || b == "is" || b == "were" || b == "are") && said[word(that-2)]:
		n := that - 2
		last := n
		for last > from && (v.Tokens[last-1].POS == lang.JJ || v.Tokens[last-1].POS == lang.NN || word(last-1) == "own" || word(last-1) == "only" || word(last-1) == "first") {
			last--
		}
		if last == from {
			return
		}
		if v.Tokens[last-1].POS == lang.POS && last-1 > from {
			return span(from, last-1), span(last, that), content, speaker(p, from, last-1)
		}
		if v.Tokens[last-1].POS == lang.PRPS && last-1 == from && word(from) != "my" && word(from) != "our" && word(from) != "your" {
			return span(from, last), span(last, that), content, true
		}
	case said[b] && word(that-2) == "the" && word(that-3) == "of" && (word(that-4) == "is" || word(that-4) == "was" || word(that-4) == "are" || word(that-4) == "were") && that-4 > from:
		return span(from, that-4), span(that-4, that), content, speaker(p, from, that-4)
	case word(from) == "word" && (word(from+1) == "came" || word(from+1) == "comes") && word(from+2) == "from" && from+3 < that:
		return span(from+3, that), span(from, from+3), content, speaker(p, from+3, that)
	case (b == "it" && (word(that-2) == "has" || word(that-2) == "had") || b == "slip" && (word(that-2) == "let" || word(that-2) == "lets")) && that-2 > from:
		return span(from, that-2), span(that-2, that), content, speaker(p, from, that-2)
	}
	return source, cue, content, false
}

// speaker reports whether tokens may name who speaks: they hold a noun or a name
// or are one pronoun, and no verb.
func speaker(p *page.Page, from, to int) bool {
	v := p.Tree
	if t := &v.Tokens[from]; t.POS == lang.NN && p.Lex.Nouns[page.Lower(t.Span.In(p.Text))] == "" {
		return false // "according to plan"
	}
	noun := false
	for i := from; i < to; i++ {
		t := &v.Tokens[i]
		switch t.POS {
		case lang.VBD, lang.VBZ, lang.VBP, lang.MD:
			return false
		case lang.PRP:
			switch page.Lower(t.Span.In(p.Text)) {
			case "he", "she", "they", "him", "her", "them":
				return to-from == 1
			}
			return false
		}
		noun = noun || page.Noun(t)
	}
	return noun && !slices.Contains([]string{"this", "that", "some"}, page.Lower(v.Tokens[from].Span.In(p.Text)))
}

// said are nouns for what somebody says or holds.
var said = words(`account accounts admission advice allegation answer argument assertion assessment belief case charge claim complaint
	conclusion confession contention count defence defense description estimate estimation evidence excuse explanation finding
	guess judgement judgment line memory message objection opinion plea point position reading reasoning recollection reckoning
	reply report response retort ruling story submission suggestion tally telling testimony theory verdict version view warning words`)

// told are verbs of "as she tells it".
var told = words(`tells told remembers remembered recalls recalled sees saw has had put puts describes described explains explained hears heard relates related recounts recounted`)

func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}
