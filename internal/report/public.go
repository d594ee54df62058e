package report

// This file writes the prose of a report.md for readers outside the team: the
// same sentences with the numbers that may be shown, without those that may not.
//
// In: a template, and answers to what each of its slots may print. Out: blocks
// of a document. It does no I/O.

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"recount"
	"recount/internal/pattern"
	"recount/internal/report/document"
)

// The parts of a document that others need, under one roof.
type (
	Document      = document.Document
	DocumentBlock = document.Block
	DocumentTable = document.Table
	DocumentCell  = document.Cell
)

// Kinds of blocks.
const (
	Paragraph  = document.Paragraph
	Heading    = document.Heading
	ListItem   = document.ListItem
	Quotation  = document.Quotation
	TableBlock = document.TableBlock
)

// Plain returns text as one inline.
func Plain(s string) []document.Inline { return document.Plain(s) }

// Quiet returns text that is set back.
func Quiet(s string) []document.Inline { return []document.Inline{quiet(s)} }

// A Public says what a report.md may print outside the team.
type Public struct {
	// Number returns what a slot prints; shown is false if the number is not
	// shown, and the sentence is left out with it.
	Number func(verb, name, row string) (text string, shown bool, err error)
	// Table returns the table of a result with what is said under it, or nil if it is left
	// out.
	Table func(name string) []document.Block
	// Results are what the numbers of the slots are of.
	Results map[string]recount.Result
	// Keep reports whether a sentence is kept. It is asked once for each.
	Keep func(s PublicSentence) bool
	// Fold is a text as the eye reads it, by which claims are looked for.
	Fold func(text string) string
	// Left is told of each sentence that is left out, whatever for; nil if nobody asks.
	Left func(s PublicSentence)
	// Link reports whether the address of a link is kept; its words stay.
	Link func(address string) bool
}

// A PublicSentence is a sentence as an edition would print it.
type PublicSentence struct {
	Text  string
	Typed string // what of it somebody typed: "#" stands for the numbers of results
	Claim string // what it claims that its numbers do not carry; "" if nothing
	// Beside is what stands beside it, as it was typed: the sentences before and
	// behind it in its paragraph, or the row and the head of its table.
	Beside string
	Line   int // of report.md, on which it begins
	// Before is what stands before it, as it was typed, in reading order.
	Before []string
	// Row is the row of a table in which it stands, and Head its head.
	Row, Head     []string
	Heading, Item bool // it is a heading, or an item of a list
}

// mostBefore is how many sentences before one are kept.
const mostBefore = 8

// A marked text is a sentence in small letters in which "\x00i\x00" stands for its
// number i.
type marked struct {
	text    string
	numbers []*recount.Result
}

var markedNumber = pattern.New("\x00(\\d+)\x00")

// then is a text with another behind it.
func (m marked) then(o marked) marked {
	shifted := markedNumber.ReplaceAllStringFunc(o.text, func(s string) string {
		n, err := strconv.Atoi(strings.Trim(s, "\x00"))
		if err != nil {
			return " "
		}
		return fmt.Sprintf("\x00%d\x00", n+len(m.numbers))
	})
	return marked{strings.TrimRight(m.text, " :,;-") + " " + shifted, append(slices.Clone(m.numbers), o.numbers...)}
}

// across says what two texts claim together that neither claims alone.
func across(before, now marked) string {
	if strings.TrimSpace(before.text) == "" {
		return ""
	}
	alone := map[string]int{}
	for _, m := range []marked{before, now} {
		for _, x := range unborne(m.text, m.numbers) {
			alone[x.word]++
		}
	}
	both := before.then(now)
	for _, x := range unborne(both.text, both.numbers) {
		if alone[x.word]--; alone[x.word] < 0 {
			return fmt.Sprintf("%q with what stands before it: %s", x.word, x.why)
		}
	}
	return ""
}

// A reading is what was read of a report.md before the sentence at hand.
type reading struct {
	before  []string // sentences as they were typed
	list    []string // what leads to a list, and its items so far
	lead    marked   // a heading or the beginning of a sentence that goes on in a list
	open    marked   // the last piece, if it did not end as a sentence
	heads   []marked // of a table
	row     marked   // cells of the row before this one
	started bool     // a list
}

var ended = pattern.New(`[.!?…]["'”’»)\]]*\s*$`)

// around gives a sentence what stands around it.
func (r *reading) around(s *PublicSentence, w *proseWriter) {
	switch {
	case w.cells != nil:
		s.Row, s.Head = w.cells.row, w.cells.head
	case w.kind == document.ListItem:
		s.Item, s.Before = true, slices.Clone(r.list)
	case w.kind == document.Heading:
		s.Heading = true
	default:
		s.Before = slices.Clone(r.before)
	}
}

// claims says what the first sentence of a block claims with what stands before it.
func (r *reading) claims(now marked, w *proseWriter) string {
	if c := w.cells; c != nil {
		why := ""
		if c.column > 0 {
			why = across(r.row, now)
		}
		if why == "" && c.column < len(r.heads) && !slices.Equal(c.row, c.head) {
			why = across(r.heads[c.column], now)
		}
		return why
	}
	why := across(r.open, now)
	if why == "" && w.kind == document.ListItem && r.started {
		why = across(r.lead, now)
	}
	return why
}

// next takes a block that was read over: its sentences as they were typed, and its
// last one.
func (r *reading) next(typed []string, last marked, w *proseWriter) {
	if c := w.cells; c != nil {
		if slices.Equal(c.row, c.head) {
			if c.column == 0 {
				r.heads = nil
			}
			r.heads = append(r.heads, last)
		}
		if c.column == 0 {
			r.row = last
		} else {
			r.row = r.row.then(last)
		}
		r.open, r.before, r.list, r.started = marked{}, nil, nil, false
		return
	}
	end := ""
	if len(typed) > 0 {
		end = typed[len(typed)-1]
	}
	switch w.kind {
	case document.Heading:
		r.before, r.list, r.lead, r.started = slices.Clone(typed), slices.Clone(typed), last, false
	case document.ListItem:
		r.started = true
		r.list = append(r.list, typed...)
		r.before = append(r.before, typed...)
	default:
		r.before = append(r.before, typed...)
		r.list, r.lead, r.started = nil, marked{}, false
		if strings.HasSuffix(strings.TrimSpace(end), ":") {
			r.list, r.lead = []string{end}, last
		}
	}
	r.before = r.before[max(0, len(r.before)-mostBefore):]
	r.open = marked{}
	if !ended.MatchString(end) {
		r.open = last
	}
}

// WritePublic appends the prose to a document.
func (t *Template) WritePublic(out *document.Document, x Public) error {
	w := t.writer(out)
	var failed error
	byName := map[string]*recount.Result{}
	for name, r := range x.Results {
		byName[name] = &r
	}
	var slots []slot // that were filled
	var so reading
	gone := behind{block: map[int]bool{}, item: map[int]bool{}, line: map[string]int{}}
	left := func(s PublicSentence) {
		if x.Left != nil {
			x.Left(s)
		}
	}
	w.inText = func(s slot, like document.Inline) []document.Inline {
		if s.err != nil {
			failed = cmp.Or(failed, s.err)
			return nil
		}
		text, shown, err := x.Number(s.Verb, s.Name, s.Row)
		failed = cmp.Or(failed, err)
		if !shown {
			text = notShown
		}
		like.Text = filled + strconv.Itoa(len(slots)) + filledWith + text + filled
		slots = append(slots, s)
		return []document.Inline{like}
	}
	w.alone = func(s slot) {
		var table []document.Block
		if s.Name != "" && s.Verb != "beside" { // open questions and what outlets print lead to people
			table = x.Table(s.Name)
		}
		if table == nil {
			gone.block[len(w.out.Blocks)] = true
			return
		}
		gone.last = false
		for _, b := range table {
			w.add(b)
		}
	}
	w.said = func(text []document.Inline) []document.Inline {
		var out []document.Inline
		cut := inlineSentences(text)
		marks := markedOf(cut, slots, byName, x.Fold)
		claims := make([]string, len(cut))
		for i := range cut {
			if w.quoting {
				break
			}
			if claims[i] = firstClaim(marks[i].text, marks[i].numbers); i == 0 && claims[0] == "" {
				claims[0] = so.claims(marks[0], w)
			}
		}
		typed := make([]string, len(cut))
		for i, sentence := range cut {
			typed[i] = strings.TrimSpace(filledText.ReplaceAllString(plainText(sentence), "#"))
		}
		at := t.linesOf(text, cut, w.at)
		for i, sentence := range cut {
			plain := plainText(sentence)
			s := PublicSentence{Text: strings.TrimSpace(unfilled(plain)), Typed: typed[i], Claim: claims[i], Line: at[i]}
			so.around(&s, w)
			s.Before = append(s.Before, typed[:i]...)
			if w.cells != nil {
				s.Beside = strings.Join(append(slices.Clone(w.cells.head), w.cells.row...), "\n")
			}
			if i > 0 {
				s.Beside += "\n" + typed[i-1]
			}
			if i+1 < len(cut) {
				s.Beside += "\n" + typed[i+1]
			}
			gone.line[s.Text] = s.Line
			// What points back at a sentence that is gone would speak of another one.
			follows := gone.last && w.cells == nil && w.kind != document.Heading && pointsBack.MatchString(s.Typed)
			// What speaks against it is said all the same.
			if gone.last = strings.Contains(plain, notShown) || !x.Keep(s) || follows; gone.last {
				left(s)
				continue
			}
			for _, in := range sentence {
				if in.Address != "" && !x.Link(in.Address) {
					in.Address = ""
				}
				in.Page, in.Local = "", "" // an edition has no pages and pictures beside it
				in.Text = unfilled(in.Text)
				out = append(out, in)
			}
		}
		switch {
		case len(out) > 0 || len(cut) == 0 || w.cells != nil:
		case w.kind == document.ListItem:
			gone.item[len(w.out.Blocks)] = true
		default:
			gone.block[len(w.out.Blocks)] = true
		}
		if w.cells != nil || w.kind == document.Heading {
			gone.last = false
		}
		last := marked{}
		if len(marks) > 0 && !w.quoting {
			last = marks[len(marks)-1]
		}
		so.next(typed, last, w)
		return out
	}
	from := len(out.Blocks)
	w.blocks(w.parsed)
	out.Blocks = slices.Concat(out.Blocks[:from], gone.led(out.Blocks[from:], from, left))
	for i := range out.Blocks[from:] {
		out.Blocks[from+i].ID = "" // it holds the words of the heading, those too that were left out
	}
	return failed
}

// pointsBack finds a sentence that says nothing without the one before it. A number that
// a slot prints is "#".
var pointsBack = pattern.New(`(?i)^["'“‘(*_]*(?:neither|they|these|those|both|it|its|this|that|such|he|she|their|his|her|therefore|thus|hence|` +
	`the (?:latter|former|same|others?|rest)|(?:[\w#]+ )?(?:in|by|for|with|from|after|before|among|of|to) (?:them|these|those|both|this|that|it|all of them))\b`)

// What of a prose was left out, by the block before which it stood.
type behind struct {
	block, item map[int]bool   // a table or a paragraph, an item of a list
	line        map[string]int // of each sentence
	last        bool           // the last sentence that was read over
}

// led takes out what leads to nothing any more: "Set beside each other:" before the next
// heading or before a table that was left out, and all that stands under a heading if it
// leads to what was left out alone.
func (g *behind) led(blocks []document.Block, from int, left func(PublicSentence)) (out []document.Block) {
	tell := func(text []document.Inline) {
		for _, cut := range inlineSentences(text) {
			s := strings.TrimSpace(plainText(cut))
			left(PublicSentence{Text: s, Typed: s, Line: g.line[s]})
		}
	}
	var leads []bool // which of out led to what was left out
	for i, b := range blocks {
		next := document.Heading
		if i+1 < len(blocks) {
			next = blocks[i+1].Kind
		}
		cut := b.Kind == document.Paragraph && strings.HasSuffix(strings.TrimSpace(plainText(b.Text)), ":") &&
			(next == document.Heading || next != document.ListItem && (g.block[from+i+1] || g.item[from+i+1]))
		if cut {
			all := inlineSentences(b.Text)
			tell(all[len(all)-1])
			if b.Text = slices.Concat(all[:len(all)-1]...); strings.TrimSpace(plainText(b.Text)) == "" {
				continue
			}
		}
		out, leads = append(out, b), append(leads, cut)
	}
	blocks, out = out, nil
	for i := 0; i < len(blocks); i++ {
		out = append(out, blocks[i])
		end := i + 1
		for end < len(blocks) && blocks[end].Kind != document.Heading && leads[end] {
			end++
		}
		if blocks[i].Kind == document.Heading && (end == len(blocks) || blocks[end].Kind == document.Heading) {
			for ; i+1 < end; i++ {
				tell(blocks[i+1].Text)
			}
		}
	}
	return out
}

// Foreign counts the words of a sentence, and reports whether it is in another language
// than English: by letters that English does not write, by words that hold sentences of
// other languages together or stand there for people and numbers, or, of eight words or
// more, by how few hold it together. What it quotes is not looked at.
func Foreign(sentence string) (words int, other bool) {
	held, too, strange, unwritten, small := 0, 0, 0, 0, 0
	for _, at := range letters.FindAllString(quoted.ReplaceAllString(sentence, " "), -1) {
		w := strings.ToLower(at)
		if unspacedWord(w) { // a script without blanks: two signs are a word
			words, unwritten = words+(len([]rune(w))+1)/2, unwritten+(len([]rune(w))+1)/2
			continue
		}
		if len([]rune(w)) == 1 && w != "a" && w != "i" { // initials, words that are spaced out
			continue
		}
		words++
		if w == at {
			small++
		}
		switch {
		case !strings.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Latin, r) }):
			unwritten++
		case english[w]:
			held++
		case englishToo[w]:
			too++
		case foreignWords[w] && (w == at || peopleElsewhere[w]): // a small word written large is part of a name
			strange++
		}
	}
	switch {
	case words == 0:
		return 0, false
	case 2*unwritten >= words && unwritten > 1: // one word may be a name
		return words, true
	case strange > held:
		return words, true
	}
	return words, words >= 8 && 7*(held+too) < words && 2*small > words
}

// unspacedWord reports whether a run of letters is of a script that sets no blanks.
func unspacedWord(w string) bool {
	return strings.ContainsFunc(w, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Khmer, unicode.Lao, unicode.Myanmar)
	})
}

var letters = pattern.New(`\pL+`)

//go:embed languages.txt
var languageWords string

// english are words that hold English sentences together and englishToo such as stand in
// other languages too, foreignWords those of other
// languages with their words for people, which are peopleElsewhere too.
var english, englishToo, foreignWords, peopleElsewhere = func() (english, either, other, people map[string]bool) {
	english, either, other, people = map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	into := other
	for line := range strings.Lines(languageWords) {
		switch line = strings.TrimSpace(line); {
		case strings.HasPrefix(line, "#"):
		case line == "[english]":
			into = english
		case line == "[english and others]":
			into = either
		case strings.HasPrefix(line, "[people"):
			into = people
		case strings.HasPrefix(line, "["):
			into = other
		default:
			for _, w := range strings.Fields(line) {
				into[w] = true
			}
		}
	}
	for w := range people {
		other[w] = true
	}
	for _, list := range []map[string]bool{english, either} {
		for w := range list {
			delete(other, w)
			delete(people, w)
		}
	}
	return english, either, other, people
}()

// linesOf says on which line of report.md each sentence of a block begins, from where
// its inlines stand in the source.
func (t *Template) linesOf(text []document.Inline, cut [][]document.Inline, at []int) []int {
	out := make([]int, len(cut))
	from, i, begins := 0, 0, 0 // where the sentence and the inline begin in the block
	for n, sentence := range cut {
		for i+1 < len(text) && begins+len(text[i].Text) <= from {
			begins += len(text[i].Text)
			i++
		}
		if i < len(at) {
			out[n] = t.line + bytes.Count(t.text[:min(at[i], len(t.text))], []byte("\n"))
		}
		for _, piece := range sentence {
			from += len(piece.Text)
		}
	}
	return out
}

// markedOf makes each sentence of a paragraph ready for looking for claims. A quotation
// that goes on over several sentences is nobody's claim here.
func markedOf(cut [][]document.Inline, slots []slot, byName map[string]*recount.Result, fold func(string) string) []marked {
	var whole strings.Builder
	var ends []int
	for _, sentence := range cut {
		for _, in := range sentence {
			text := in.Text
			if in.Code {
				text = "`" + strings.ReplaceAll(text, "`", " ") + "`"
			}
			whole.WriteString(text)
			if in.Break {
				whole.WriteByte(' ')
			}
		}
		ends = append(ends, whole.Len())
	}
	text := quoted.ReplaceAllStringFunc(whole.String(), func(s string) string { return strings.Repeat(" ", len(s)) })
	out := make([]marked, len(cut))
	from := 0
	for i, end := range ends {
		var numbers []*recount.Result
		filled := filledText.ReplaceAllStringFunc(text[from:end], func(s string) string {
			at, _, _ := strings.Cut(strings.TrimPrefix(s, filled), filledWith)
			n, err := strconv.Atoi(at)
			if err != nil || n >= len(slots) {
				return " "
			}
			r := resultOf(slots[n], byName)
			if r == nil {
				return " "
			}
			numbers = append(numbers, r)
			return fmt.Sprintf("\x00%d\x00", len(numbers)-1)
		})
		out[i] = marked{spoken(fold(filled)), numbers}
		from = end
	}
	return out
}

// spoken is a text in small letters with one blank between its words, without code.
func spoken(text string) string {
	return strings.Join(strings.Fields(strings.ToLower(codeText.ReplaceAllString(text, " "))), " ")
}

// notShown stands for a number while a sentence is put together; no text holds it.
// filled stands around what a slot printed, behind the number of the slot.
const (
	notShown   = "\x00"
	filled     = "\x01"
	filledWith = "\x02"
)

var (
	codeText    = pattern.New("`[^`]*`")
	filledText  = pattern.New(filled + `[^` + filled + `]*` + filled)
	filledStart = pattern.New(filled + `\d+` + filledWith)
)

// unfilled is a text without the marks around what slots printed.
func unfilled(text string) string {
	return strings.ReplaceAll(filledStart.ReplaceAllString(text, ""), filled, "")
}

func plainText(text []document.Inline) string {
	var b strings.Builder
	for _, x := range text {
		b.WriteString(x.Text)
		if x.Break {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// inlineSentences cuts text into sentences, each with the blank behind it.
func inlineSentences(text []document.Inline) (out [][]document.Inline) {
	var now []document.Inline
	for _, x := range text {
		for rest := x.Text; ; {
			at := sentenceEnd.FindStringIndex(rest)
			if at == nil || x.Code {
				x.Text = rest
				break
			}
			piece := x
			piece.Text = rest[:at[1]]
			out, now, rest = append(out, append(now, piece)), nil, rest[at[1]:]
		}
		if x.Text != "" || x.Note > 0 || x.Break {
			now = append(now, x)
		}
	}
	if len(now) > 0 {
		out = append(out, now)
	}
	return out
}
