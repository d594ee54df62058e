package quotes

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/linker"
	"recount/internal/quotes/page"
	"recount/internal/quotes/rules"
	"recount/internal/quotes/speakers"
)

// A story is a page with the roles of its sentences.
type story struct{ *page.Page }

// Read finds who says what in an article.
func Read(a *recount.Article) recount.Reading {
	seen, cuts := shown(a)
	r := read(seen)
	if len(cuts) > 0 {
		restore(&r, cuts)
	}
	return r
}

// read is Read for a text of which every character shows something.
func read(a *recount.Article) recount.Reading {
	r := recount.Reading{Article: a.Key}
	p := story{page.New(a)}
	if len(p.Sentences) == 0 {
		r.Notes = p.Notes
		return r
	}
	p.assignRoles()
	m, tagger := linker.Trained(), lang.English()
	trained := p.Lex.Code == "en" && m != nil && tagger != nil
	spoken, whole := findTurns(p.Page)
	var drafts []page.Draft
	switch {
	case trained:
		drafts = rules.Veiled(p.Page, linker.Find(p.Page, m, tagger))
	case !whole:
		drafts = rules.Find(p.Page)
	}
	drafts = merge(drafts, spoken)
	p.fragments()
	p.FindNames()
	slices.SortStableFunc(drafts, func(a, b page.Draft) int { return cmp.Compare(a.Content[0].Start, b.Content[0].Start) })
	drafts = p.withoutPulls(drafts)
	c := speakers.New(p.Page)
	seen := map[string]bool{}
	previous, line := -1, -1
	var speaks []int
	for i := range drafts {
		d := &drafts[i]
		role := p.Sentences[p.SentenceAt(d.Content[0].Start)].Role
		if role == recount.Related || role == recount.Comment || role == recount.Caption || role == recount.PullQuote || role == recount.Headline || role == recount.Subhead || role == recount.Byline {
			continue
		}
		if p.setPhrase(d) || ownName(d) || p.nobody(d) {
			continue
		}
		here := p.LineStart(d.Content[0].Start)
		if d.Floating && line >= 0 && p.LineEnd(line)+3 < here && !p.regionContinues(d) {
			if p.Between(p.LineEnd(line), here) != "" {
				previous = -1 // another paragraph lies between
			}
		}
		y := c.Resolve(d, previous)
		c.Past(d, y)
		st := recount.Statement{Article: a.Key, Confidence: d.Confidence}
		st.Source, st.Cue, st.Speech = d.Source, d.Cue, d.Speech
		if d.Part == page.Tells && i > 0 && drafts[i-1].Part == page.Tells && drafts[i-1].Group == d.Group {
			st.Source = nil // the signature is the source of the first
		}
		st.Type = p.typeOf(d.Content)
		if d.Turn {
			st.Type = recount.Direct
		}
		for _, s := range d.Content {
			for _, s := range p.paragraphs(p.withoutMarks(s)) {
				if s.Within(p.Text) {
					st.Content = append(st.Content, s)
				}
			}
		}
		if len(st.Content) == 0 {
			continue
		}
		st.Key = recount.StatementKey(a.Key, st.Quotation)
		if seen[string(st.Key)] {
			continue
		}
		seen[string(st.Key)] = true
		if y >= 0 {
			c.Parties[y].Speaks = true
			if len(d.Cue) > 0 {
				c.Verb(y, d.Cue[0].In(p.Text))
			}
		}
		if y >= 0 && !d.Inner && !c.Beside {
			previous, line = y, p.LineStart(d.Content[len(d.Content)-1].Start)
		}
		// Who a pronoun means is less sure than who a name means.
		switch {
		case y < 0:
			st.Confidence = st.Confidence * 6 / 10
		case c.Guessed:
			st.Confidence = st.Confidence * 85 / 100
		}
		if a.Care() != "" {
			st.Confidence /= 2
		}
		speaks = append(speaks, y)
		r.Statements = append(r.Statements, st)
	}
	var ids []string
	r.Speakers, ids = c.Speakers(a.Key)
	for i, y := range speaks {
		if y >= 0 {
			r.Statements[i].Speaker = ids[y]
		}
	}
	// A mark that was taken off may have stood before what another begins with.
	slices.SortStableFunc(r.Statements, func(a, b recount.Statement) int { return cmp.Compare(a.Content[0].Start, b.Content[0].Start) })
	r.Sentences, r.Notes = p.Sentences, p.Notes
	return r
}

// leastNested is how sure a statement inside a turn must be to be reported as
// what somebody else said.
const leastNested = 500

// merge puts turns among the statements that were found without regard to them.
// A statement inside a turn is speech inside speech, and kept where it has a
// word of speech; one that runs over the edge of a turn was a misreading.
func merge(drafts, spoken []page.Draft) []page.Draft {
	if len(spoken) == 0 {
		return drafts
	}
	type piece struct {
		recount.Span
		turn int
	}
	var pieces []piece
	size := make([]int, len(spoken))
	for i, d := range spoken {
		for _, s := range d.Content {
			size[i] += s.Len()
			pieces = append(pieces, piece{s, i})
		}
	}
	slices.SortFunc(pieces, func(a, b piece) int { return cmp.Compare(a.Start, b.Start) })
	var out []page.Draft
	for _, d := range drafts {
		in, all := 0, 0
		holder := -1
		for _, s := range d.Content {
			all += s.Len()
			k, _ := slices.BinarySearchFunc(pieces, s.Start, func(x piece, b int) int { return cmp.Compare(x.End, b+1) })
			for ; k < len(pieces) && pieces[k].Start < s.End; k++ {
				x := pieces[k]
				in += min(s.End, x.End) - max(s.Start, x.Start)
				holder = x.turn
			}
		}
		if in == 0 {
			out = append(out, d)
			continue
		}
		if in < all || all*10 > size[holder]*8 || d.Speech && (d.Floating || len(d.Cue) == 0 || len(d.Source) == 0 || d.Confidence < leastNested) {
			continue
		}
		d.Inner = true
		out = append(out, d)
	}
	return append(out, spoken...)
}

// maxPulls bounds how many lines are looked up as pull quotes.
const maxPulls = 200

// withoutPulls takes away the quotations that fill a line, have no word of
// speech and repeat words of one that does: a pull quote and the quotation are
// one statement. Their sentences get the role.
func (p story) withoutPulls(drafts []page.Draft) []page.Draft {
	var told strings.Builder
	for _, d := range drafts {
		if !p.pulled(&d) {
			for _, s := range d.Content {
				told.WriteString(letters(s.In(p.Text)))
			}
			told.WriteByte('|')
		}
	}
	all, looked := told.String(), 0
	return slices.DeleteFunc(drafts, func(d page.Draft) bool {
		if looked > maxPulls || !p.pulled(&d) {
			return false
		}
		looked++
		words := letters(d.Content[0].In(p.Text))
		if len(words) < leastPull || !strings.Contains(all, words) {
			return false
		}
		for i := p.SentenceAt(d.Content[0].Start); i < len(p.Sentences) && p.Sentences[i].Span.Start < d.Content[0].End; i++ {
			if p.Sentences[i].Role == recount.Body {
				p.Sentences[i].Role = recount.PullQuote
			}
		}
		return true
	})
}

// leastPull is how many letters, in bytes, a pull quote has at least.
const leastPull = 16

// pulled reports whether a quotation stands like a pull quote: in a line of its
// own, without a word of speech, at most with a name after a dash.
func (p story) pulled(d *page.Draft) bool {
	if d.Turn || len(d.Content) != 1 {
		return false
	}
	s := d.Content[0]
	if p.Between(p.LineStart(s.Start), s.Start) != "" {
		return false
	}
	rest := p.Between(s.End, p.LineEnd(s.Start))
	return d.Floating && rest == "" || len(d.Cue) == 1 && d.Cue[0].Start >= s.End && strings.Trim(d.Cue[0].In(p.Text), "-–—―") == ""
}

// letters returns the letters and digits of a text in lower case.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// setPhrase reports whether a draft is "That said, ..." or "according to plan":
// nobody speaks there.
func (p story) setPhrase(d *page.Draft) bool {
	if len(d.Source) != 1 || len(d.Cue) != 1 {
		return false
	}
	source := d.Source[0].In(p.Text)
	if p.Lex.Code == "en" && p.phrase(d) {
		return true
	}
	if strings.EqualFold(d.Cue[0].In(p.Text), "according to") {
		switch source {
		case "plan", "plans", "schedule", "custom", "tradition", "law", "need", "size", "age", "taste", "season", "type", "rank":
			return true
		}
	}
	return strings.EqualFold(source, "that") && d.Cue[0].In(p.Text) == "said"
}

// phrase reports whether a draft is a phrase of whoever writes, which nobody is told to
// say: "it must be said", "need I say", "God rest him", "it bears repeating".
func (p story) phrase(d *page.Draft) bool {
	source, cue := strings.ToLower(d.Source[0].In(p.Text)), strings.ToLower(d.Cue[0].In(p.Text))
	switch source {
	case "it", "this":
		first, rest, _ := strings.Cut(cue, " ")
		switch first {
		case "must", "should", "may", "might", "can", "could", "has", "needs":
			last := cue[strings.LastIndexByte(cue, ' ')+1:]
			return (p.Lex.Cues[last] != "" || p.Lex.Speech[last] != "") && strings.Contains(rest, "be ") && source == "it" && (first != "has" && first != "needs" || strings.HasPrefix(rest, "to be "))
		case "bears":
			return true
		}
	case "i":
		return strings.HasSuffix(strings.ToLower(p.Text[:d.Source[0].Start]), "need ") && d.Cue[0].Start > d.Source[0].End
	case "one":
		return cue == "may note" || cue == "might add" || cue == "may add" || cue == "might say"
	case "god":
		return cue == "rest" || cue == "bless" || cue == "forbid" || cue == "help"
	}
	return false
}

// nobody reports whether a draft is not speech and its source is "nobody" or its like:
// nobody is no speaker.
func (p story) nobody(d *page.Draft) bool {
	if d.Speech || len(d.Source) != 1 || p.Lex.Code != "en" {
		return false
	}
	switch strings.ToLower(d.Source[0].In(p.Text)) {
	case "nobody", "no one", "none", "neither", "anybody", "anyone", "everybody", "everyone", "nothing", "no":
		return true
	}
	return false
}

// ownName reports whether what would be said is the name of who says it: "“The
// Harbour Post” wrote".
func ownName(d *page.Draft) bool {
	for _, c := range d.Content {
		for _, s := range d.Source {
			if c.Overlaps(s) {
				return !d.Turn && d.Part == page.Plain
			}
		}
	}
	return false
}

func (p story) regionContinues(d *page.Draft) bool {
	i, j := p.RegionsIn(d.Content[0])
	return i < j && p.Regions[i].Continued
}

// typeOf tells a quotation's type by how many of its words stand inside marks.
func (p story) typeOf(content []recount.Span) recount.QuotationType {
	in, all := 0, 0
	for _, s := range content {
		for i := p.WordAt(s.Start); i < len(p.Words) && p.Words[i].Span.Start < s.End; i++ {
			all++
			if p.Words[i].Region >= 0 {
				in++
			}
		}
	}
	switch {
	case in == 0:
		return recount.Indirect
	case in == all:
		return recount.Direct
	}
	return recount.Mixed
}

// withoutMarks takes the outer quotation marks off a piece of content.
func (p story) withoutMarks(s recount.Span) recount.Span {
	// A comma after the closing mark is the article's.
	for k := s.End - 1; k > s.Start && (p.Text[k] == ',' || p.Text[k] == ';') && page.MarkBefore(p.Text[:k]) > 0; k-- {
		s.End = k
	}
	i, j := p.RegionsIn(s)
	if i == j {
		return lang.Trim(p.Text, s)
	}
	if g := p.Regions[i]; g.Outer.Start == s.Start && (g.Outer.End >= s.End || j > i && p.Regions[j-1].Outer.End == s.End && p.allQuoted(s, i, j)) {
		s.Start = g.Inner.Start
	}
	if g := p.Regions[j-1]; g.Outer.End == s.End && s.Start >= g.Inner.Start {
		s.End = g.Inner.End
	} else if g.Outer.End == s.End && p.allQuoted(s, i, j) {
		s.End = g.Inner.End
	}
	return lang.Trim(p.Text, s)
}

// paragraphs parts a piece of content that goes on over paragraphs, so that the
// marks with which each begins again are no words of it.
func (p story) paragraphs(s recount.Span) (out []recount.Span) {
	i, j := p.RegionsIn(s)
	for k := i + 1; k < j; k++ {
		before, next := p.Regions[k-1], p.Regions[k]
		if next.Continued && before.Inner.End > s.Start && next.Inner.Start < s.End && p.Between(before.Outer.End, next.Outer.Start) == "" {
			out = append(out, recount.Span{Start: s.Start, End: before.Inner.End})
			s.Start = next.Inner.Start
		}
	}
	return append(out, s)
}

// allQuoted reports whether nothing of s lies outside regions i to j.
func (p story) allQuoted(s recount.Span, i, j int) bool {
	at := s.Start
	for ; i < j; i++ {
		if p.Between(at, p.Regions[i].Outer.Start) != "" {
			return false
		}
		at = p.Regions[i].Outer.End
	}
	return p.Between(at, s.End) == ""
}

// WithMarks returns content spans widened by the quotation marks that stand
// right at their ends. The gold files count the marks as content (PARC 3), the
// statements do not.
func WithMarks(text string, content []recount.Span) []recount.Span {
	out := make([]recount.Span, len(content))
	for i, s := range content {
		out[i] = recount.Span{Start: s.Start - page.MarkBefore(text[:s.Start]), End: s.End + page.MarkAfter(text[s.End:])}
	}
	return out
}
