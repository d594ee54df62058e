package quotes

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"recount"
	"recount/internal/pattern"
	"recount/internal/quotes/page"
)

// minParagraphs is how many paragraphs an article needs before one of them can
// be called foreign to the rest.
const minParagraphs = 5

// A topic is what one paragraph shares with the article.
type topic struct {
	span     recount.Span
	names    []string // capitalised words, not first in their sentence
	stems    []string // other words that carry meaning
	pointing bool     // it begins by pointing back ("He", "The report")
}

// setAside marks the sentences of paragraphs that belong to another story:
// they name somebody or something, and neither their names nor their words
// stand in the rest of the article or in its title.
func (p story) setAside() {
	if p.Language != "en" {
		return
	}
	topics := p.topics()
	if len(topics) < minParagraphs {
		return
	}
	names, stems := map[string]int{}, map[string]int{}
	for _, t := range topics {
		for _, w := range t.names {
			names[w]++
		}
		for _, w := range t.stems {
			stems[w]++
		}
	}
	for _, w := range strings.Fields(strings.ToLower(p.Article.Title)) {
		w = strings.Trim(w, ".,:;!?'\"“”‘’()")
		names[page.Bare(w)] += 2
		stems[stem(page.Bare(w))] += 2
	}
	foreign := make([]bool, len(topics))
	why := make([]string, len(topics))
	for n, t := range topics {
		shared, known := 0, 0
		for _, w := range t.names {
			if names[w]-1+stems[stem(w)] > 0 {
				shared++
			}
		}
		for _, w := range t.stems {
			if c := stems[w] - 1 + names[w]; c >= 2 {
				known += 2
			} else if c == 1 {
				known++
			}
		}
		// Up to one name in four and one word in six may be common ground.
		foreign[n] = (!t.pointing || p.announces(t.span)) && len(t.names) > 0 && len(t.names)+len(t.stems) >= 6 &&
			shared*4 <= len(t.names) && known*6 <= len(t.stems)
		why[n] = "it shares " + strconv.Itoa(shared) + " of its " + strconv.Itoa(len(t.names)) + " names with the rest of the article, and hardly a word"
	}
	// A paragraph of the story itself may bring new people and new words, so
	// that alone sets nothing aside: it must also announce other news, or stand
	// with another such paragraph at the very end, of an article that is long or
	// that is parted there.
	end := len(topics)
	for end > 0 && foreign[end-1] {
		end--
	}
	tail := len(topics) - end
	other := tail >= 2 && tail <= maxTail && (end >= tail*restOfTail || p.parted(topics[end-1].span, topics[end].span))
	for n, t := range topics {
		if !foreign[n] || !p.announces(t.span) && (n < end || !other) {
			continue
		}
		for i := p.SentenceAt(t.span.Start); i < len(p.Sentences) && p.Sentences[i].Span.Start < t.span.End; i++ {
			if p.Sentences[i].Role == recount.Body {
				p.Sentences[i].Role, p.Sentences[i].Reason = recount.OffTopic, why[n]
			}
		}
	}
}

// maxTail is how many paragraphs at the end may be another story: more of them
// are a turn that the story itself takes.
const maxTail = 3

// restOfTail is how many paragraphs of the story must stand before each of
// these: in a short article the last ones often turn to somebody new.
const restOfTail = 4

// parted reports whether something stands between two paragraphs that parts
// stories: a line that is no body, another element of the page around the
// second, or a dateline at its beginning.
func (p story) parted(a, b recount.Span) bool {
	if dateline.MatchString(b.In(p.Text)) {
		return true
	}
	var around [2]string
	for _, block := range p.Article.Blocks {
		s := block.Span
		if s.Start >= a.End && s.End <= b.Start && (block.Role == recount.Subhead || block.Role == recount.Headline || block.Role == recount.Related) {
			return true
		}
		for i, paragraph := range [2]recount.Span{a, b} {
			if s.Contains(paragraph) {
				around[i] = block.Path[:max(0, strings.LastIndexByte(block.Path, '/'))]
			}
		}
	}
	return around[0] != around[1]
}

// dateline is a place in capitals and a day or a dash: "HARWICK, 12 May -".
var dateline = pattern.New(`^\p{Lu}{3}[\p{Lu} .'-]*(?:,[^.!?–—-]{1,40}|\([^)]{1,40}\) ?)?\s*[–—:-]`)

// leads are how an article announces that other news follow.
var leads = [...]string{"in other news", "elsewhere", "more news", "also in the news", "other news", "in brief", "meanwhile, elsewhere", "read also", "also today"}

// announces reports whether a paragraph begins by saying that it is other
// news.
func (p story) announces(s recount.Span) bool {
	start := strings.ToLower(strings.TrimLeft(p.Article.Text[s.Start:min(s.End, s.Start+40)], " \"“'"))
	for _, l := range leads {
		if strings.HasPrefix(start, l) {
			return true
		}
	}
	return false
}

// topics lists the paragraphs of the body with their words.
func (p story) topics() []topic {
	var out []topic
	for s := 0; s < len(p.Sentences); s++ {
		span := p.Sentences[s].Span
		line := recount.Span{Start: p.LineStart(span.Start), End: p.LineEnd(span.Start)}
		t := topic{span: line}
		if p.Sentences[s].Role != recount.Body {
			continue
		}
		seen, named := map[string]bool{}, false
		for i := p.First[s]; i < len(p.Words) && p.Words[i].Span.Start < line.End; i++ {
			w := p.Words[i]
			lower := page.Bare(w.Lower)
			// "He", "his" with nobody named before points back to the story.
			switch lower {
			case "he", "him", "his", "she", "her", "hers":
				t.pointing = t.pointing || !named
			}
			named = named || p.namesSomebody(i)
			begins := w.Span.Start == p.Sentences[w.Sent].Span.Start
			if begins && i == p.First[s] {
				_, pronoun := p.Lex.Pronouns[lower]
				t.pointing = pronoun || lower == "this" || lower == "these" || lower == "those" || lower == "such"
			}
			if p.Lex.Stops[lower] || utf8.RuneCountInString(lower) < 3 || p.Lex.Cues[lower] != "" || seen[lower] {
				continue
			}
			seen[lower] = true
			if w.Upper && !begins {
				t.names = append(t.names, lower)
			} else if utf8.RuneCountInString(lower) >= 4 {
				t.stems = append(t.stems, stem(lower))
			}
		}
		out = append(out, t)
		for s+1 < len(p.Sentences) && p.Sentences[s+1].Span.Start < line.End {
			s++
		}
	}
	return out
}

// namesSomebody reports whether word i may name a person: a capital inside a
// sentence without "the" before it, or at its beginning before a cue or another
// capital.
func (p story) namesSomebody(i int) bool {
	w := p.Words[i]
	if !w.Upper || p.Lex.Stops[page.Bare(w.Lower)] {
		return false
	}
	if w.Span.Start > p.Sentences[w.Sent].Span.Start {
		return i == 0 || p.Words[i-1].Lower != "the"
	}
	if i+1 >= len(p.Words) || p.Words[i+1].Sent != w.Sent {
		return false
	}
	return p.Words[i+1].Upper || p.Lex.Cues[p.Words[i+1].Lower] != ""
}

// stem cuts a word to its first six code points, so that its forms agree.
func stem(w string) string {
	n := 0
	for i := range w {
		if n == 6 {
			return w[:i]
		}
		n++
	}
	return w
}
