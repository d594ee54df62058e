// This file finds what is said without quotation marks because the form of
// the text says so: the turns of a transcript, questions and answers, lines of
// dialogue after a dash, letters, and pieces told in the first person.
//
// In: a page with the roles of its sentences. Out: drafts that fill whole
// lines, each with its part: who asks, who answers, who tells. Method: lines
// are told apart by how they begin and end and by who "I" is outside marks; a
// form is accepted only where enough lines keep to it. Limits: bold type is not
// seen, so a question is known by its mark; who a part belongs to is decided by
// package speakers.

package quotes

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// A line is one line of the body with what tells its form.
type line struct {
	span    recount.Span
	text    string
	words   int
	first   int // words of the first person singular or plural outside marks
	single  int // of the singular
	second  int // "you", "your"
	third   int // "he", "she" and their like outside marks
	quoted  int // words inside marks
	past    bool
	asks    bool // it ends with a question mark
	marked  bool // it begins with a quotation mark
	dash    int  // bytes of the dash that it begins with
	named   turn // of a transcript, if name is not empty
	numbers bool // nothing but a number, a time, or a stage direction
}

// findTurns finds the turns of a page, in order, none of which overlap. Whole
// reports that the page is nothing but turns.
func findTurns(p *page.Page) (found []page.Draft, whole bool) {
	if out, whole := turnsOf(p); out != nil {
		return out, whole
	}
	lines := linesOf(p)
	for _, form := range [...]func(*page.Page, []line) []page.Draft{somebodys, aged, dashes, questions, turnsLetters, told} {
		if found = form(p, lines); len(found) > 0 {
			return found, false
		}
	}
	return append(append(blocks(p, lines), posts(p, lines)...), cards(p, lines)...), false
}

// aged finds the lines in which passers-by are asked ("Oscar, 8: ...", "Leilani (9):
// ..."): at least two that begin with a name and an age, and have no marks.
func aged(p *page.Page, lines []line) []page.Draft {
	var out []page.Draft
	for _, l := range lines {
		if l.named.name.Len() == 0 || page.MarkAfter(l.named.said.In(p.Text)) > 0 {
			continue
		}
		behind := strings.TrimLeft(p.Text[l.named.name.End:l.named.said.Start], ", (")
		age := strings.TrimRight(behind, " ):")
		if i := strings.IndexByte(age, ','); i > 0 {
			age = age[:i]
		}
		if age == "" || len(age) > 2 || !numeral(age) || age == "0" {
			continue
		}
		out = append(out, page.Draft{Source: []recount.Span{l.named.name}, Content: []recount.Span{l.named.said}, Speech: true, Turn: true, Confidence: 800})
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// longestCard is the most words that say who somebody is above what is quoted.
const longestCard = 14

// cards finds quotations that fill their line, each under or over a line that says
// who speaks ("Bernie Gallagher, 61, net mender" and what she says). At least two
// of them must stand so, for one may be a heading.
func cards(p *page.Page, lines []line) []page.Draft {
	var heads, feet []page.Draft
	whole := func(l line) bool { return l.marked && l.words > 2 && l.quoted*10 >= l.words*9 }
	for i, l := range lines {
		if !whole(l) {
			continue
		}
		if i > 0 && !whole(lines[i-1]) {
			if s := cardName(p, lines[i-1]); s.Len() > 0 {
				heads = append(heads, page.Draft{Source: []recount.Span{s}, Content: []recount.Span{l.span}, Speech: true, Turn: true, Confidence: 800})
			}
		}
		if i+1 < len(lines) && !whole(lines[i+1]) {
			if s := cardName(p, lines[i+1]); s.Len() > 0 {
				feet = append(feet, page.Draft{Source: []recount.Span{s}, Content: []recount.Span{l.span}, Speech: true, Turn: true, Confidence: 800})
			}
		}
	}
	if len(heads) < len(feet) {
		heads = feet
	}
	if len(heads) < 2 {
		return nil
	}
	return heads
}

// cardName returns the name, or the words for somebody, that a line begins with
// which does nothing but say who somebody is.
func cardName(p *page.Page, l line) recount.Span {
	r, _ := utf8.DecodeRuneInString(l.text)
	if l.words == 0 || l.words > longestCard || !unicode.IsUpper(r) || l.named.name.Len() > 0 || strings.ContainsAny(l.text[len(l.text)-1:], ".?!:;") {
		return recount.Span{}
	}
	s := l.span
	if i := strings.IndexAny(l.text, ",(|–—"); i > 0 {
		s.End = s.Start + i
	} else if l.words > 4 {
		return recount.Span{}
	}
	s = lang.Trim(p.Text, s)
	i, j := p.WordAt(s.Start), p.WordAt(s.End-1)+1
	if j-i > 6 {
		return recount.Span{}
	}
	if p.Tree != nil {
		for k := p.Tree.TokenAt(s.Start); k < len(p.Tree.Tokens) && p.Tree.Tokens[k].Span.Start < s.End; k++ {
			switch p.Tree.Tokens[k].POS {
			case lang.VBD, lang.VBZ, lang.MD:
				return recount.Span{}
			}
		}
	}
	for k := i; k < j; k++ {
		if k == i && p.Lex.Stops[p.Words[k].Lower] || p.Lex.Pronouns[p.Words[k].Lower] != "" {
			return recount.Span{}
		}
	}
	return s
}

// posts finds posts that a page shows: a line of words, and one with a dash, the
// name and the handle of who wrote them ("— Siri Aune (@siriaune) May 13").
func posts(p *page.Page, lines []line) []page.Draft {
	var out []page.Draft
	for i := 1; i < len(lines); i++ {
		l, said := lines[i], lines[i-1]
		at := strings.Index(l.text, "(@")
		if l.dash == 0 || at <= l.dash || at > 80 || said.marked || said.dash > 0 || said.words < 2 {
			continue
		}
		name := lang.Trim(p.Text, recount.Span{Start: l.span.Start + l.dash, End: l.span.Start + at})
		if name.Len() == 0 {
			continue
		}
		out = append(out, page.Draft{Source: []recount.Span{name}, Content: []recount.Span{said.span}, Speech: true, Turn: true, Confidence: 800})
	}
	return out
}

// linesOf lists the lines of the body.
func linesOf(p *page.Page) []line {
	var out []line
	for start := 0; start < len(p.Text); {
		end := p.LineEnd(start)
		s := lang.Trim(p.Text, recount.Span{Start: start, End: end})
		start = end + 1
		if s.Len() == 0 || len(p.Sentences) == 0 {
			continue
		}
		switch p.Sentences[p.SentenceAt(s.Start)].Role {
		case recount.Body, recount.Fragment, recount.Dateline, recount.OffTopic:
		default:
			continue
		}
		out = append(out, lineOf(p, s))
	}
	return out
}

func lineOf(p *page.Page, s recount.Span) line {
	l := line{span: s, text: s.In(p.Text)}
	r, n := utf8.DecodeRuneInString(l.text)
	switch r {
	case '–', '—', '―', '-', '‒':
		if rest := strings.TrimLeft(l.text[n:], " \u00a0"); rest != "" && len(rest) < len(l.text[n:]) {
			l.dash = len(l.text) - len(rest)
		}
	}
	l.marked = page.MarkAfter(l.text) > 0
	tail := strings.TrimRight(l.text, "”’\"') ")
	l.asks = strings.HasSuffix(tail, "?")
	l.numbers = numeral(l.text) || strings.HasPrefix(l.text, "(") && strings.HasSuffix(l.text, ")") || strings.HasPrefix(l.text, "[") && strings.HasSuffix(l.text, "]")
	for i := p.WordAt(s.Start); i < len(p.Words) && p.Words[i].Span.Start < s.End; i++ {
		w := p.Words[i]
		l.words++
		if w.Region >= 0 && strings.Contains(p.Regions[w.Region].Inner.In(p.Text), " ") {
			l.quoted++
			continue
		}
		lower := strings.ReplaceAll(w.Lower, "’", "'")
		switch lower {
		case "i", "me", "my", "mine", "myself":
			l.first++
			l.single++
		case "we", "us", "our", "ours", "ourselves":
			l.first++
		case "you", "your", "yours", "yourself":
			l.second++
		case "he", "she", "him", "her", "his", "they", "them", "their":
			l.third++
		case "was", "were", "had", "did", "went", "came", "left", "told", "took", "got", "knew", "saw", "found", "began", "made", "gave", "kept", "stood", "heard", "felt", "thought", "said", "ran", "sat", "wrote", "rang", "brought", "could", "would":
			l.past = true
		default:
			if strings.HasPrefix(lower, "i'") {
				l.first++
				l.single++
			} else if strings.HasPrefix(lower, "we'") {
				l.first++
			}
			l.past = l.past || len(lower) > 4 && strings.HasSuffix(lower, "ed")
		}
	}
	if t, ok := turnOf(p.Text, s); ok {
		l.named = t
	}
	return l
}

// somebodys finds a few turns of a transcript in a page that is none: the lines
// of Q and A, or of names that each begin several lines, none of them in marks.
func somebodys(p *page.Page, lines []line) []page.Draft {
	count := map[string]int{}
	for _, l := range lines {
		if l.named.name.Len() > 0 && page.MarkAfter(l.named.said.In(p.Text)) == 0 {
			count[key(p, l.named.name)]++
		}
	}
	letters := count["q"] > 0 && count["a"] > 0
	total, names := 0, 0
	for _, n := range count {
		if n > 1 {
			total += n
			names++
		}
	}
	if !letters && (names < 2 || total < 4) {
		return lettered(p, lines)
	}
	var out []page.Draft
	open := false
	for i, l := range lines {
		k := ""
		if l.named.name.Len() > 0 {
			k = key(p, l.named.name)
		}
		switch {
		case k == "" && open && l.first > 0 && !l.marked && l.third <= l.first:
			n := len(out) - 1
			out[n].Content = append(out[n].Content, l.span)
		case k == "" || letters && k != "q" && k != "a" || !letters && count[k] < 2 && !(i > 0 && open):
			open = false
		default:
			out = append(out, page.Draft{Source: []recount.Span{l.named.name}, Content: []recount.Span{l.named.said}, Speech: true, Turn: true, Confidence: 850})
			open = true
		}
	}
	return out
}

// lettered finds questions and answers that begin with Q and A and have their
// words in marks, as court reports print them.
func lettered(p *page.Page, lines []line) []page.Draft {
	var out []page.Draft
	q, a := 0, 0
	for _, l := range lines {
		if l.named.name.Len() == 0 {
			continue
		}
		switch key(p, l.named.name) {
		case "q":
			q++
		case "a":
			a++
		default:
			continue
		}
		out = append(out, page.Draft{Source: []recount.Span{l.named.name}, Content: []recount.Span{l.named.said}, Speech: true, Turn: true, Confidence: 850})
	}
	if q == 0 || a == 0 {
		return nil
	}
	return out
}

func key(p *page.Page, name recount.Span) string {
	return strings.Trim(strings.ToLower(name.In(p.Text)), ". ")
}

// dashes finds lines of dialogue that begin with a dash. Those that ask are one
// person's, the others another's, if every other line asks; else nobody says
// who speaks.
func dashes(p *page.Page, lines []line) []page.Draft {
	n, ask := 0, 0
	for _, l := range lines {
		if l.dash > 0 && l.words > 0 {
			n++
			if l.asks {
				ask++
			}
		}
	}
	if n < 2 || ask == 0 || n == 2 && p.Language == "en" {
		return nil
	}
	var out []page.Draft
	part := page.Asks
	for i, l := range lines {
		if l.dash == 0 || l.words == 0 {
			continue
		}
		begins := i == 0 || lines[i-1].dash == 0
		switch {
		case begins || l.asks && part == page.Answers:
			part = page.Asks
		case part == page.Asks:
			part = page.Answers
		default:
			part = page.Asks
		}
		s := recount.Span{Start: l.span.Start + l.dash, End: l.span.End}
		out = append(out, page.Draft{Content: []recount.Span{s}, Speech: true, Turn: true, Part: part, Confidence: 800})
	}
	return out
}

// Bounds of a page of questions and answers.
const (
	longestQuestion = 60 // words
	longestRemark   = 30
	fewestQuestions = 3
)

// questions finds a conversation whose questions stand in lines of their own
// and whose answers, in the lines after each, are told by "I" without marks.
func questions(p *page.Page, lines []line) []page.Draft {
	isQuestion := func(i int) bool {
		l := lines[i]
		if !l.asks && i > 0 && i+1 < len(lines) {
			// A remark to "you" between answers asks too.
			return l.words <= longestRemark && l.first == 0 && l.quoted == 0 && l.second > 0 && lines[i+1].first > 0 && !lines[i+1].asks && !lines[i-1].asks && lines[i-1].first > 0
		}
		return l.asks && l.words <= longestQuestion && !l.marked && l.quoted*2 <= l.words && i+1 < len(lines)
	}
	begin, n, answers, first := -1, 0, 0, 0
	for i := range lines {
		switch {
		case isQuestion(i):
			if begin < 0 {
				begin = i
			}
			n++
		case begin >= 0:
			answers++
			if lines[i].first > 0 || lines[i].quoted == 0 && lines[i].third == 0 {
				first++
			}
		}
	}
	if n < fewestQuestions || begin > len(lines)/2 || answers < n-1 || answers > 6*n || first*3 < answers*2 {
		return nil
	}
	var out []page.Draft
	last := page.Plain
	for i := begin; i < len(lines); i++ {
		l := lines[i]
		if l.numbers {
			continue
		}
		part := page.Answers
		if isQuestion(i) && (last != page.Asks || i+1 < len(lines) && !isQuestion(i+1)) {
			part = page.Asks
		} else if i+1 == len(lines) && signature(p, l) {
			continue
		}
		last = part
		out = append(out, page.Draft{Content: []recount.Span{l.span}, Speech: true, Turn: true, Part: part, Confidence: 800})
	}
	return out
}

// signature reports whether a line says who wrote, talked or asked: it has no
// first person and begins with a name, "By", "Interview" or "As told to".
func signature(p *page.Page, l line) bool {
	lower := strings.ToLower(l.text)
	for _, s := range [...]string{"as told to", "interview by", "interview:", "by ", "told to", "words:", "this interview", "the interview was", "this conversation", "edited by", "name and address", "name supplied", "name withheld", "the writer"} {
		if strings.HasPrefix(lower, s) {
			return true
		}
	}
	r, _ := utf8.DecodeRuneInString(l.text)
	if l.first > 0 || l.words > 40 || l.quoted > 0 || !unicode.IsUpper(r) {
		return false
	}
	caps := 0
	for i := p.WordAt(l.span.Start); i < len(p.Words) && p.Words[i].Span.Start < l.span.End && caps < 2; i++ {
		if !p.Words[i].Upper && !page.Connector(p.Words[i].Lower) {
			break
		}
		if p.Words[i].Upper && !p.Lex.Stops[p.Words[i].Lower] {
			caps++
		}
	}
	return caps >= 2
}

// name cuts a signature behind the name that it begins with.
func name(p *page.Page, s recount.Span) recount.Span {
	if text := s.In(p.Text); strings.HasPrefix(strings.ToLower(text), "yours") {
		if i := strings.IndexByte(text, ','); i > 0 && i < 40 {
			s.Start += i + 1
		}
	}
	s = lang.Trim(p.Text, s)
	from, caps := p.WordAt(s.Start), 0
	for i := from; i < len(p.Words) && p.Words[i].Span.Start < s.End; i++ {
		w := p.Words[i]
		_, titled := p.Lex.Titles[w.Lower]
		if i > from && caps > 0 && (strings.ContainsAny(p.Text[p.Words[i-1].Span.End:w.Span.Start], ",;(") || !w.Upper && !page.Connector(w.Lower)) {
			s.End = p.Words[i-1].Span.End
			break
		}
		if !titled {
			caps++
		}
	}
	return lang.Trim(p.Text, s)
}

// salutations begin a letter to a paper.
var salutations = [...]string{"sir –", "sir,", "sir —", "sir -", "sir:", "madam –", "madam,", "sir/madam", "dear sir", "dear editor", "dear madam", "editor –", "editor,", "to the editor", "dear "}

func salutation(text string) int {
	lower := strings.ToLower(text[:min(len(text), 60)])
	for _, s := range salutations {
		if strings.HasPrefix(lower, s) {
			if s == "dear " || strings.HasPrefix(s, "dear") || strings.HasPrefix(s, "to the") {
				i := strings.IndexAny(lower, ",:–—")
				if i < 0 || i > 40 {
					return 0
				}
				_, n := utf8.DecodeRuneInString(lower[i:])
				return i + n
			}
			return len(s)
		}
	}
	return 0
}

// turnsLetters finds letters to a paper: each begins with a salutation and ends with
// a name. What its writer tells of himself or herself is a statement.
func turnsLetters(p *page.Page, lines []line) []page.Draft {
	var begins []int
	for i, l := range lines {
		if salutation(l.text) > 0 {
			begins = append(begins, i)
		}
	}
	if len(begins) == 0 || len(begins) == 1 && begins[0] > 1 {
		return nil
	}
	var out []page.Draft
	for n, from := range begins {
		to := len(lines)
		if n+1 < len(begins) {
			to = begins[n+1]
		}
		sign := recount.Span{}
		end := to
		if end-from > 1 && signature2(p, lines[end-1]) {
			end--
			sign = lines[end].span
		}
		for i := from; i < end; i++ {
			s := lines[i].span
			if i == from {
				s.Start += salutation(lines[i].text)
				s = lang.Trim(p.Text, s)
			}
			if i+1 == end && sign.Len() == 0 {
				if cut := signed(p, s); cut.Len() > 0 {
					sign = cut
					s = lang.Trim(p.Text, recount.Span{Start: s.Start, End: cut.Start})
				}
			}
			if s.Len() == 0 || lines[i].first == 0 && len(begins) > 1 {
				continue
			}
			d := page.Draft{Content: []recount.Span{s}, Speech: true, Turn: true, Part: page.Tells, Group: n + 1, Confidence: 700}
			out = append(out, d)
		}
		for k := range out {
			if out[k].Group == n+1 && sign.Len() > 0 {
				out[k].Source = []recount.Span{name(p, sign)}
			}
		}
	}
	return out
}

// signature2 reports whether the last line of a letter is its signature: short,
// without a verb in the first person, after "Yours" or with capitals.
func signature2(p *page.Page, l line) bool {
	lower := strings.ToLower(l.text)
	return strings.HasPrefix(lower, "yours") || l.words <= 14 && l.first == 0 && (signature(p, l) || strings.HasPrefix(lower, "(") || strings.HasPrefix(lower, "name"))
}

// signed returns the signature that ends the last line of a letter behind its
// last sentence ("... Pray print that. R. G. Haswell").
func signed(p *page.Page, s recount.Span) recount.Span {
	text := s.In(p.Text)
	if i := strings.LastIndex(text, "Name and address"); i > 0 {
		return recount.Span{Start: s.Start + i, End: s.End}
	}
	// The last run of capitals behind a stop.
	for i := len(text) - 2; i > 0 && len(text)-i < 80; i-- {
		if text[i] != ' ' || !strings.ContainsRune(".?!”’", rune(lastRune(text[:i]))) {
			continue
		}
		rest := strings.TrimSpace(text[i:])
		words := strings.Fields(rest)
		if len(words) < 2 || len(words) > 10 {
			continue
		}
		caps := true
		for k, w := range words {
			r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "("))
			if k < 2 && !unicode.IsUpper(r) {
				caps = false
			}
		}
		before := text[:i]
		if j := strings.LastIndexByte(before, ' '); caps && len(before)-j > 4 {
			return lang.Trim(p.Text, recount.Span{Start: s.Start + i, End: s.End})
		}
	}
	return recount.Span{}
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// told finds a piece that somebody tells in the first person: "I" stands outside
// the marks in most of its lines, and hardly anybody else is quoted. Each line
// that tells what was seen or done is a statement.
func told(p *page.Page, lines []line) []page.Draft {
	i, singular, mine, quotes, words := 0, 0, 0, 0, 0
	for _, l := range lines {
		mine += l.single
		if l.single > 0 {
			singular++
		}
		if l.first > 0 {
			i++
		}
		quotes += l.quoted
		words += l.words
	}
	n := len(lines)
	// A reporter says "I" too, and less often than who tells of himself.
	if n < 3 || singular*2 < n || i*5 < n*3 || quotes*4 > words || mine*100 < (words-quotes)*leastMine {
		return nil
	}
	sign := recount.Span{}
	end := n
	if signature(p, lines[n-1]) {
		end--
		sign = lines[end].span
	}
	begin := 0
	for begin < end && lines[begin].first == 0 && (signature(p, lines[begin]) || lines[begin].third > 0) {
		begin++
	}
	var out []page.Draft
	for k := begin; k < end; k++ {
		l := lines[k]
		if l.first == 0 && begin > 0 || l.first == 0 && !l.past || l.words < 6 {
			continue
		}
		if !l.past && l.single == 0 {
			continue
		}
		d := page.Draft{Content: []recount.Span{l.span}, Speech: true, Turn: true, Part: page.Tells, Group: 1, Confidence: 650}
		if sign.Len() > 0 {
			d.Source = []recount.Span{name(p, sign)}
		}
		out = append(out, d)
	}
	return out
}

// leastMine is how many of a hundred words outside marks are "I", "me" or "my"
// at least in a piece that somebody tells.
const leastMine = 3

// writes says that what stands in the next line is somebody's.
var writes = [...]string{"writes", "wrote", "says", "said", "posted", "posts", "tweeted", "messaged", "emails", "emailed", "texts", "texted", "adds", "added", "replied", "replies", "responded", "responds", "commented", "comments", "reads", "read", "statement"}

// blocks finds words that stand without marks in the line after one that
// announces them ("From a reader who cooked there:").
func blocks(p *page.Page, lines []line) []page.Draft {
	var out []page.Draft
	for i := 0; i+1 < len(lines); i++ {
		l, next := lines[i], lines[i+1]
		if !strings.HasSuffix(l.text, ":") || next.marked || next.words < 4 || next.dash > 0 || strings.HasSuffix(next.text, ":") || l.words > 40 {
			continue
		}
		lower := strings.ToLower(l.text)
		ok := strings.HasPrefix(lower, "from ") || strings.HasPrefix(lower, "and from ")
		from := 0
		if ok {
			from = strings.Index(lower, "from ") + 5
		}
		last := strings.Fields(strings.TrimSuffix(lower, ":"))
		for k := len(last) - 1; k >= 0 && k >= len(last)-5 && !ok; k-- {
			for _, w := range writes {
				ok = ok || last[k] == w
			}
		}
		if !ok || next.first == 0 && from == 0 {
			continue
		}
		s := recount.Span{Start: l.span.Start + from, End: l.span.End - 1}
		d := page.Draft{Content: []recount.Span{next.span}, Speech: true, Turn: true, Part: page.Plain, Confidence: 700, Block: true}
		if from > 0 {
			d.Source = []recount.Span{lang.Trim(p.Text, s)}
			d.Cue = []recount.Span{{Start: l.span.Start, End: l.span.Start + from - 1}}
		} else {
			d.Lead = l.span
		}
		out = append(out, d)
	}
	return out
}
