package linker

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// told reports whether a quotation tells what somebody said, and the base form
// of its word of speech. A word that the lexicon lists for speech is asked how
// it stands (Communicates). Any other one tells of speech if the words stand in
// marks and read like something said, unless it is a word of thinking; without
// marks it must be listed.
func told(v *page.Tree, d *page.Draft, from, to int) (string, bool) {
	p := v.Page
	lemma, listed, thought := "", false, false
	for i := from; i < to; i++ {
		w := page.Lower(v.Tokens[i].Span.In(p.Text))
		if base := p.Lex.Cues[w]; base != "" {
			lemma, listed = base, false
		} else if base := p.Lex.Speech[w]; base != "" && lemma == "" && verbal(&v.Tokens[i]) {
			lemma, listed = base, true
		}
		thought = thought || p.Lex.Thoughts[w] != ""
	}
	if strings.EqualFold(d.Cue[0].In(p.Text), "according to") {
		lemma = "according"
	}
	d.CueLemma = lemma
	if unmade(v, from, to) || ofNobody(v, d, from, to) {
		return lemma, false
	}
	marks := marked(v, d)
	switch {
	case lemma == "" || listed:
		if thought && marks != whole {
			return lemma, false
		}
		switch marks {
		case whole:
			if !saying(p, d) && !(listed && !thought) {
				return lemma, false
			}
			return lemma, !thought || quotedAside(v, d)
		case some:
			if listed || clausal(v, first(v, d)) {
				return lemma, communicates(v, d, from, to)
			}
			return lemma, false
		}
		return lemma, listed && (clausal(v, first(v, d)) || undertakes(lemma) && requests(v, d)) && communicates(v, d, from, to)
	}
	return lemma, communicates(v, d, from, to)
}

// undertakes reports whether a word of speech stands with an infinitive: it
// tells somebody to do something, or says that one will.
func undertakes(lemma string) bool {
	switch lemma {
	case "undertake", "instruct", "order", "implore", "entreat", "exhort", "petition", "direct", "beseech", "counsel", "admonish", "resolve":
		return true
	}
	return false
}

// requests reports whether a content begins with an infinitive, whoever is
// named before it.
func requests(v *page.Tree, d *page.Draft) bool {
	f := first(v, d)
	for i := f; i >= 0 && i < len(v.Tokens) && i < f+5; i++ {
		if v.Tokens[i].POS == lang.TO {
			return true
		}
	}
	return false
}

// ofNobody reports whether nobody speaks: "nobody said", "is said to".
func ofNobody(v *page.Tree, d *page.Draft, from, to int) bool {
	for _, s := range d.Source {
		switch w := strings.ToLower(strings.SplitN(s.In(v.Page.Text), " ", 2)[0]); w {
		case "nobody", "neither", "none":
			return true
		case "no":
			return strings.HasPrefix(strings.ToLower(s.In(v.Page.Text)), "no one")
		}
	}
	f := first(v, d)
	next := v.At(to)
	return d.CueLemma == "say" && v.At(to-1).POS == lang.VBN && (next.POS == lang.TO || f >= 0 && v.Tokens[f].POS == lang.TO) && to-from > 1
}

func verbal(t *lang.Token) bool {
	switch t.POS {
	case lang.VB, lang.VBD, lang.VBZ, lang.VBP, lang.VBG, lang.VBN:
		return true
	}
	return false
}

// How much of a content stands in quotation marks.
const (
	none = iota
	some
	whole
)

func marked(v *page.Tree, d *page.Draft) int {
	in, all := 0, 0
	for _, s := range d.Content {
		for i := v.TokenAt(s.Start); i < len(v.Tokens) && v.Tokens[i].Span.Start < s.End; i++ {
			if t := &v.Tokens[i]; t.Shape == lang.ShapeMark || t.Shape == lang.ShapeQuote {
				continue
			}
			all++
			if v.Region[i] >= 0 {
				in++
			}
		}
	}
	switch {
	case in == 0:
		return none
	case in == all:
		return whole
	}
	return some
}

// first returns the first token of a content that is a word, or -1.
func first(v *page.Tree, d *page.Draft) int {
	for _, s := range d.Content {
		for i := v.TokenAt(s.Start); i < len(v.Tokens) && v.Tokens[i].Span.Start < s.End; i++ {
			if t := &v.Tokens[i]; t.Shape != lang.ShapeMark && t.Shape != lang.ShapeQuote {
				return i
			}
		}
	}
	return -1
}

// saying reports whether what stands in marks reads like something said and
// not like a title, a nickname or a word held at arm's length: it ends with a
// stop inside its marks, or it is long, or it has a finite verb.
func saying(p *page.Page, d *page.Draft) bool {
	v := p.Tree
	for _, s := range d.Content {
		i, j := p.RegionsIn(s)
		for ; i < j; i++ {
			in := p.Regions[i].Inner.In(p.Text)
			words := strings.Count(in, " ") + 1
			r, _ := utf8.DecodeLastRuneInString(in)
			if strings.ContainsRune(".,?!…—–", r) && (words > 1 || r != ',') {
				return true
			}
			a, b := v.TokenAt(p.Regions[i].Inner.Start), v.TokenAt(p.Regions[i].Inner.End)
			finite := false
			for k := a; k < b && k < len(v.Tokens); k++ {
				switch v.Tokens[k].POS {
				case lang.VBD, lang.VBZ, lang.VBP, lang.MD:
					finite = true
				}
			}
			f, _ := utf8.DecodeRuneInString(in)
			if words >= 4 && finite || words >= 7 && !unicode.IsUpper(f) || words >= 12 {
				return true
			}
		}
	}
	return false
}

// quotedAside reports whether words in marks stand like speech beside a word of
// thinking: a whole sentence that ends with a stop before "he wonders" is said
// as often as thought, and the text that marks it shows it as said.
func quotedAside(v *page.Tree, d *page.Draft) bool {
	return len(d.Content) > 1 || d.Content[0].Len() > 60 && d.Cue[0].Start >= d.Content[0].End
}

// unmade reports whether the act of speech did not take place: somebody has yet
// to speak, stops short of it, is asked or wanted to speak, or would.
func unmade(v *page.Tree, from, to int) bool {
	p := v.Page
	word := func(i int) string {
		if i < 0 || i >= len(v.Tokens) || v.Tokens[i].Sentence != v.Tokens[from].Sentence {
			return ""
		}
		return page.Lower(v.Tokens[i].Span.In(p.Text))
	}
	head := to - 1
	for head > from && !verbal(&v.Tokens[head]) {
		head--
	}
	before := word(head - 1)
	if before == "to" {
		switch word(head - 2) {
		case "yet", "wants", "want", "wanted", "refused", "refuses", "refusing", "declined", "declines", "fail", "failed", "fails", "unable", "free", "likely", "expected", "supposed", "reluctant", "unwilling", "due", "ordered", "asked", "told", "forbidden", "allowed", "afraid":
			return true
		}
		// "wants the minister to say"
		for i := head - 3; i >= head-8; i-- {
			switch word(i) {
			case "want", "wants", "wanted", "urge", "urged", "urges", "ask", "asked", "asks", "begged", "press", "pressed", "call", "called", "expect", "expected", "expects":
				return true
			case "said", "says", "", ",":
				return false
			}
		}
	}
	if strings.HasSuffix(before, "of") && word(head-2) == "short" || before == "without" || before == "from" && v.Tokens[head].POS == lang.VBG {
		return true
	}
	// "if she says", "were he to say", "until somebody says"
	for i := head - 1; i >= head-5; i-- {
		switch word(i) {
		case "if", "unless", "until", "whether":
			return v.Tokens[head].POS != lang.VBD || word(i) != "whether" && word(i) != "until"
		case ",", ";", ":", "":
			return false
		}
	}
	return false
}
