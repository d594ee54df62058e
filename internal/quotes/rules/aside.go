package rules

import (
	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// Asides reads English sentences that say between commas, or behind the last one,
// whose words they are ("The boats were, by Marr's telling, sold", "..., to judge by
// the report"), and those that open with it without a comma ("By his own reckoning
// four thousand people slept there"). Taken reports whether a sentence is explained.
func Asides(p *page.Page, taken func(s int) bool) (out []page.Draft) {
	v := p.Tree
	for s := range p.Sentences {
		from, to := v.First[s], v.First[s+1]
		if to-from < 6 || to-from > 120 || taken(s) || v.Region[from] >= 0 {
			continue
		}
		sentence := trimStop(p.Text, p.Sentences[s].Span)
		begin := from // of the clause
		for i := from; i < to; i++ {
			w := wordAt(p, i, from, to)
			if w == ";" {
				begin = i + 1
			}
			if i > begin+1 && w != "," && w != "–" && w != "—" || i == begin && begin > from {
				continue
			}
			start, end, headless := i+1, 0, i == from
			if headless {
				start = from
				end = headEnd(p, from, to)
			} else {
				end = start
				for end < to && !parts(p, v.At(end)) && !stop(p, v.At(end)) && end-start <= longestAside {
					end++
				}
			}
			if end <= start+1 || end-start > longestAside || v.Region[start] >= 0 {
				continue
			}
			source, cue, ok := aside(p, start, end)
			if !ok {
				continue
			}
			var content []recount.Span
			add := func(a, b int) {
				if x := trimClause(p.Text, recount.Span{Start: a, End: b}); x.Len() > 5 && x.Within(p.Text) {
					content = append(content, x)
				}
			}
			quoted := func(k int) (recount.Span, bool) { // the words in marks at token k
				if k < from || k >= to || v.Region[k] < 0 {
					return recount.Span{}, false
				}
				return p.Regions[v.Region[k]].Outer, true
			}
			behind := end
			if behind < to && parts(p, v.At(behind)) {
				behind++
			}
			if x, ok := quoted(behind); ok && v.Tokens[behind].Span.Start <= x.Start+4 {
				content = append(content, x) // "in her own phrase, “a look for parking”"
			} else if x, ok := quoted(i - 1); ok && !headless {
				content = append(content, x)
			}
			if len(content) > 0 {
				out = append(out, page.Draft{Source: []recount.Span{source}, Cue: []recount.Span{cue}, CueLemma: "according", Content: content, Speech: true, Confidence: 550})
				break
			}
			leads := false // "so dry that, in the words of the mayor, ..."
			if !headless {
				switch wordAt(p, i-1, from, to) {
				case "that", "and", "but", "because", "so", "where", "as":
					leads = true
				}
			}
			if !headless && !leads {
				add(v.Tokens[begin].Span.Start, v.Tokens[i].Span.Start)
				if len(content) == 0 || !clauseIn(p, begin, i) && !(end < to && clauseIn(p, end, to)) {
					continue
				}
			}
			switch {
			case headless:
				add(v.Tokens[end].Span.Start, sentence.End)
			case end < to && wordAt(p, end, from, to) != ";" && parts(p, v.At(end)):
				add(v.Tokens[end].Span.End, sentence.End)
			}
			size := 0
			for _, x := range content {
				size += x.Len()
			}
			if size < 16 {
				continue
			}
			out = append(out, page.Draft{Source: []recount.Span{source}, Cue: []recount.Span{cue}, CueLemma: "according", Content: content, Speech: true, Confidence: 550})
			break
		}
	}
	return out
}

// longestAside is the most words that say between commas whose words a sentence tells.
const longestAside = 14

// headEnd returns the token behind a phrase that says at the head of a sentence, and
// without a comma, whose words it tells, or -1: behind it stands a subject.
func headEnd(p *page.Page, from, to int) int {
	v := p.Tree
	end := -1
	switch wordAt(p, from, from, to) {
	case "by", "in", "on":
		for i := from + 2; i < to && i < from+8; i++ {
			if t := &v.Tokens[i-1]; views[wordAt(p, i, from, to)] && (t.POS == lang.POS || t.POS == lang.PRPS || wordAt(p, i-1, from, to) == "own") {
				end = i + 1 // and aside says whether it is one
				break
			}
			if parts(p, &v.Tokens[i]) || finite(&v.Tokens[i]) {
				break
			}
		}
		if end < 0 && wordAt(p, from+1, from, to) == "the" && views[wordAt(p, from+2, from, to)] && wordAt(p, from+3, from, to) == "of" {
			end = phraseEnd(p, from+4, to)
		}
	case "according":
		if wordAt(p, from+1, from, to) == "to" {
			end = phraseEnd(p, from+2, to)
		}
	}
	if end < 0 || end+3 >= to || v.Region[end] >= 0 {
		return -1
	}
	switch t := &v.Tokens[end]; {
	case t.POS == lang.DT, t.POS == lang.PRP, t.POS == lang.PRPS, t.POS == lang.CD, t.POS == lang.JJ, page.Noun(t):
	default:
		return -1
	}
	for i := end; i < to && i < end+12; i++ {
		if parts(p, &v.Tokens[i]) {
			return -1
		}
		if finite(&v.Tokens[i]) {
			return end
		}
	}
	return -1
}

// phraseEnd returns the token behind a short noun phrase that another one follows
// ("the court | the letter was never sent"), or -1.
func phraseEnd(p *page.Page, from, to int) int {
	v := p.Tree
	noun := false
	for i := from; i < to && i < from+7; i++ {
		t := &v.Tokens[i]
		switch {
		case i > from && noun && (t.POS == lang.DT || t.POS == lang.PRP || t.POS == lang.PRPS || t.POS == lang.CD):
			return i
		case page.Noun(t):
			noun = true
		case t.POS == lang.DT, t.POS == lang.PRPS, t.POS == lang.JJ, t.POS == lang.POS:
		default:
			return -1
		}
	}
	return -1
}

// aside reads tokens from to end as whose words a sentence tells.
func aside(p *page.Page, from, end int) (source, cue recount.Span, ok bool) {
	v := p.Tree
	word := func(i int) string { return wordAt(p, i, from, end) }
	span := func(i, j int) recount.Span {
		return recount.Span{Start: v.Tokens[i].Span.Start, End: v.Tokens[j-1].Span.End}
	}
	last := from // of the phrase, without a clause about the speaker
	for last < end && !(last > from+1 && (v.Tokens[last].POS == lang.WP || v.Tokens[last].POS == lang.WDT)) {
		last++
	}
	paper := func(who int) bool { // "the county's own register"
		return who < last && speaker(p, who, last) && p.Lex.Nouns[word(last-1)] == "document"
	}
	switch first := word(from); {
	case first == "per" || first == "as" && word(from+1) == "per":
		who := from + 1
		if first == "as" {
			who++
		}
		if who < last && speaker(p, who, last) && (plural(p, word(last-1)) || page.Proper(&v.Tokens[last-1]) || data[word(last-1)]) {
			return span(who, last), span(from, who), true
		}
	case (first == "to" && (word(from+1) == "judge" || word(from+1) == "go") || first == "judging" || first == "going") && (word(from+1) == "by" || word(from+2) == "by"):
		who := from + 2
		if first == "to" {
			who++
		}
		if paper(who) || who < last && data[word(last-1)] {
			return span(who, last), span(from, who), true
		}
	case first == "if":
		k := last
		switch {
		case word(k-1) == "believed" && word(k-2) == "be" && word(k-3) == "to" && k-4 > from+1:
			k -= 4
		case word(k-1) == "right" && k-2 > from+1:
			k -= 2
		default:
			return
		}
		if b := word(k); (b == "is" || b == "are") && speaker(p, from+1, k) {
			return span(from+1, k), span(k, last), true
		}
	case (first == "as" || first == "the" && word(from+1) == "way") && word(last-1) == "it" && last-from > 3:
		who := from + 1
		if first == "the" {
			who++
		}
		if told[word(last-2)] && who < last-2 && speaker(p, who, last-2) {
			return span(who, last-2), span(last-2, last), true
		}
	case first == "to" && word(from+1) == "hear" && word(last-1) == "it" && word(last-2) == "tell" && from+2 < last-2:
		if speaker(p, from+2, last-2) {
			return span(from+2, last-2), span(last-2, last), true
		}
	case first == "by" || first == "in" || first == "on":
		if word(from+1) == "the" && views[word(from+2)] && word(from+3) == "of" && from+4 < last {
			return span(from+4, last), span(from, from+4), speaker(p, from+4, last)
		}
		if first == "by" && word(last-2) == "own" && (paper(from+1) || data[word(last-1)]) {
			return span(from+1, last), span(from, from+1), speaker(p, from+1, last)
		}
		noun := last - 1
		if !views[word(noun)] || noun <= from+1 || first == "on" && word(noun) == "account" && word(noun-1) != "own" {
			return
		}
		who := noun
		for who > from+1 && (word(who-1) == "own" || v.Tokens[who-1].POS == lang.JJ || v.Tokens[who-1].POS == lang.CD) {
			who--
		}
		switch t := &v.Tokens[who-1]; {
		case t.POS == lang.POS && who-1 > from+1:
			return span(from+1, who-1), span(who, last), speaker(p, from+1, who-1)
		case t.POS == lang.PRPS && who-1 == from+1 && word(who-1) != "my" && word(who-1) != "our" && word(who-1) != "your":
			return span(from+1, who), span(who, last), true
		}
	}
	return recount.Span{}, recount.Span{}, false
}

// views are nouns for what somebody holds, by which a phrase tells whose words a
// sentence is ("by her own account", "in the view of"); "on her account" and "in his
// case" tell nothing of the kind.
var views = words(`account accounts admission assessment calculation calculations count description estimate estimates estimation
	judgement judgment opinion phrase recollection reckoning telling version view words`)

// data are nouns for what somebody has counted or noted, where no noun for a paper
// stands ("as per its data", "by the county's own figures").
var data = words(`data figures numbers records register ledger books logbook list tally statistics minutes accounts`)
