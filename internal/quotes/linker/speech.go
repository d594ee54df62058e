package linker

// This file says whether a word of speech tells what was said, and cuts the
// source of a quotation to the words that name it.
//
// In: the tree of an English article and a draft. Out: a yes or no, and spans.
// Method: the base form of the word of speech, and the parts of speech around
// it. Limits: English alone.

import (
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// communicates reports whether a quotation whose word of speech is among tokens
// from to to tells what was said: not a request to do something, a promise, an agreement or an offer
// to, a refusal to speak, or a word that only points ("said so").
func communicates(v *page.Tree, c *page.Draft, from, to int) bool {
	quoted, whole := false, true
	size := 0
	first := -1
	for _, s := range c.Content {
		i, j := v.TokenAt(s.Start), v.TokenAt(s.End)
		size += j - i
		if first < 0 && i < len(v.Tokens) {
			first = i
		}
		for ; i < j && i < len(v.Tokens); i++ {
			quoted = quoted || v.Region[i] >= 0
			whole = whole && v.Region[i] >= 0
		}
	}
	for k := from; k < to && !whole; k++ {
		switch page.Lower(v.Tokens[k].Span.In(v.Page.Text)) {
		case "will", "would", "wo", "’ll", "'ll":
			return false // what somebody will or would say is not said
		}
	}
	if quoted {
		return true
	}
	if size < 3 {
		return false
	}
	request := first >= 0 && v.Tokens[first].POS == lang.TO
	for i := first; i >= 0 && i < len(v.Tokens) && i < first+4 && !request; i++ {
		request = v.Tokens[i].POS == lang.TO // "asked her to leave"
	}
	verb := v.At(to - 1)
	passive := verb.POS == lang.VBN && from > 0
	if passive {
		passive = false
		for k := from; k < to; k++ {
			switch page.Lower(v.Tokens[k].Span.In(v.Page.Text)) {
			case "was", "were", "been", "is", "are", "being":
				passive = true
			}
		}
	}
	if t := v.At(first); first >= 0 {
		word := page.Lower(t.Span.In(v.Page.Text))
		switch {
		case word == "nothing" && !clausal(v, first), word == "so", t.POS == lang.WDT, t.POS == lang.WP && word != "what":
			return false // "said nothing", "which she says"
		case (t.POS == lang.PRP || word == "this") && !clausal(v, first):
			return false // "tells it as a joke", "called him the Farrier"
		case c.CueLemma == "call" && t.POS == lang.PRP:
			return false
		}
	}
	if t := v.At(first); first >= 0 && t.POS == lang.VBG {
		switch c.CueLemma {
		case "deny", "admit", "recall", "describe", "report", "recount", "remember", "acknowledge", "regret", "confess":
			return len(c.Source) > 0
		}
	}
	switch c.CueLemma {
	case "ask":
		if w := v.At(first); w.POS == lang.WP || w.POS == wrb || page.Lower(w.Span.In(v.Page.Text)) == "whether" || page.Lower(w.Span.In(v.Page.Text)) == "if" {
			return len(c.Source) > 0 && !passive // a question is what somebody said
		}
		fallthrough
	case "request", "beg", "agree", "offer", "promise", "vow", "pledge", "threaten", "propose", "demand", "swear", "invite", "apologize", "apologise", "thank":
		if request || len(c.Source) == 0 || passive || !clausal(v, first) && c.CueLemma != "demand" && c.CueLemma != "propose" {
			return false
		}
	case "write", "speak", "discuss", "express", "read", "put", "find", "show":
		if passive && c.CueLemma == "show" {
			return false
		}
		return clausal(v, first)
	}
	for k := from; k < to; k++ {
		switch page.Lower(v.Tokens[k].Span.In(v.Page.Text)) {
		case "not", "n't", "n’t", "never", "declined", "refused":
			if c.CueLemma != "deny" && c.CueLemma != "dispute" {
				return false
			}
		}
	}
	return true
}

// wrb is the tag of "how", "why" and "when".
const wrb = 29

// clausal reports whether content begins like a clause: with "that", or with a
// subject and its verb before any preposition.
func clausal(v *page.Tree, first int) bool {
	if first < 0 || first >= len(v.Tokens) {
		return false
	}
	if page.Lower(v.Tokens[first].Span.In(v.Page.Text)) == "that" {
		return true
	}
	for i := first; i < len(v.Tokens) && i < first+8; i++ {
		switch v.Tokens[i].POS {
		case lang.VBD, lang.VBZ, lang.VBP, lang.MD:
			return true
		case lang.IN, wrb:
			return false
		}
	}
	return false
}
