package study

import (
	"bytes"
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"recount"
	"recount/internal/count"
	"recount/internal/pattern"
	"recount/internal/release"
	"recount/internal/report"
)

// This file writes the files of a public edition: the report in four forms, the
// tables, the words that may be shown, and what describes them.

// notShown stands in a table for a number that is hidden.
const notShown = "not shown"

// A shownWords is a sentence that the edition quotes, of a person who may be shown.
type shownWords struct{ person, number, words, outlet, day, address string }

// rowsFrom is from how many people on their rows are published one by one.
const rowsFrom = 200

// mostForeign is how many words a report may hold in sentences that are not English.
const mostForeign = 30

// peopleTable is how changes name the table with one row a person.
const peopleTable = "the table of people"

// overrides is how many reasons against an edition two people overrode.
type overrides int

func (n overrides) words() string {
	if n == 1 {
		return "Of the reasons that spoke against it two people overrode 1: what it is about may be shown, or was not checked."
	}
	return fmt.Sprintf("Of the reasons that spoke against it two people overrode %d: what they are about may be shown, or was not checked.", n)
}

// overridden counts the reasons that two people override, each once. What it says
// holds of the table of rows too, which is made later and left out where it gives
// people away.
func (e *publicEdition) overridden(reasons []release.Reason) overrides {
	codes := map[string]bool{}
	for i := range reasons {
		if code := reasons[i].Code; len(e.allowed[code]) > 1 {
			codes[code] = true
		}
	}
	return overrides(len(codes))
}

// write puts the files together and adds to the reasons what speaks against the
// prose.
func (e *publicEdition) write(ctx context.Context, x *draftEdition, changes []recount.ReleaseBody) error {
	day := asOf(e.book, nil)
	x.doc = &report.Document{Title: x.shape.Label(titleLabel, cmp.Or(e.template.Title, e.study.config.Title, "Report")), Program: "recount " + recount.Version, When: day[:min(10, len(day))] + "T00:00:00Z"}
	say := func(s string) {
		x.doc.Blocks = append(x.doc.Blocks, report.DocumentBlock{Kind: report.Paragraph, Text: report.Plain(s)})
	}
	point := func(s string) {
		x.doc.Blocks = append(x.doc.Blocks, report.DocumentBlock{Kind: report.ListItem, Level: 1, Text: report.Plain(s)})
	}
	heading := func(s string) {
		x.doc.Blocks = append(x.doc.Blocks, report.DocumentBlock{Kind: report.Heading, Level: 2, Text: report.Plain(s)})
	}
	if q := x.shape.Label(questionLabel, e.study.config.Question); strings.TrimSpace(q) != "" {
		say(q)
	}
	promise := len(x.doc.Blocks)
	say("This is the public edition. It shows groups of people; a number that would single out a few is not shown, nor is anything from which it could be worked out.")
	omit := map[string]bool{}
	for _, c := range changes {
		omit[c.What] = omit[c.What] || c.Op == recount.Omit
	}
	foreign, all := 0, 0 // words of sentences that are not in English, and of all
	var inOther []release.Reason
	var typed []string // every sentence
	x.omitted, x.told, x.toldRead = nil, "", ""
	drawn := map[string]bool{}
	err := e.template.WritePublic(x.doc, report.Public{
		Number: func(verb, name, row string) (string, bool, error) { return e.slot(x, verb, name, row) },
		Table: func(name string) []report.DocumentBlock {
			same := cmp.Or(x.twins[name], name)
			if x.twins[name] != "" && drawn[same] { // its rows stand there already
				return nil
			}
			drawn[same] = true
			return e.table(x, name)
		},
		Left: func(s report.PublicSentence) {
			where := "report.md"
			if s.Line > 0 {
				where = fmt.Sprintf("report.md, line %d", s.Line)
			}
			if hits, err := x.index.SearchFile("", []byte(s.Text)); err == nil && !slices.ContainsFunc(hits, func(h release.Hit) bool { return ofVault(h.Why) }) {
				where += ": " + clip(s.Typed, 160)
			}
			x.omitted = append(x.omitted, where)
		},
		Results: e.results,
		Fold:    release.Bare,
		Keep: func(s report.PublicSentence) bool {
			hash := recount.HashText(s.Text)
			if omit[hash] {
				return false
			}
			typed = append(typed, s.Typed)
			words, other := report.Foreign(s.Typed)
			all += words
			if other {
				foreign += words
				code := "language " + short(hash)
				if len(e.allowed[code]) < 2 {
					where := "report.md"
					if s.Line > 0 {
						where = fmt.Sprintf("report.md, line %d", s.Line)
					}
					inOther = append(inOther, release.Reason{Kind: release.Foreign, Cell: where, Code: code,
						Text:   fmt.Sprintf("a sentence of %s is not in English, in which alone words that claim a number, numbers in words, and facts that tell of one person are looked for", where),
						Change: &recount.ReleaseBody{Op: recount.Omit, What: hash}, Help: "or write it in English, or let two people who read the language override this"})
				}
			}
			around := release.Around{Before: s.Before, Row: s.Row, Head: s.Head, Label: s.Heading, Item: s.Item}
			o := e.objection(x, s.Text, s.Typed, s.Claim, around, s.Beside)
			if o == nil {
				return true
			}
			code := "sentence " + short(hash)
			switch {
			case o.kind == release.Claimed:
				code = "claim " + short(hash)
			case o.rare:
				code = "facts " + short(hash)
			}
			code = readAs(code, o.why)
			where := "report.md"
			if s.Line > 0 {
				where = fmt.Sprintf("report.md, line %d", s.Line)
			}
			text, quote := fmt.Sprintf("a sentence of %s, %s", where, o.words()), ""
			if !ofVault(o.why) { // a sentence with a name of the vault is not repeated
				quote = clip(s.Text, 160)
				text += fmt.Sprintf(": %q", quote)
			}
			x.reasons = append(x.reasons, release.Reason{Kind: o.kind, Cell: where, Detail: o.why, Quote: quote, Code: code, Text: text,
				Change: &recount.ReleaseBody{Op: recount.Omit, What: hash}, Help: o.help("or write it otherwise")})
			return !o.secret && len(e.allowed[code]) > 1
		},
		Link: func(address string) bool {
			hash := recount.HashText(address)
			if omit[hash] {
				return false
			}
			hits, err := x.index.SearchFile("", []byte(address))
			if err == nil && len(hits) == 0 {
				return true
			}
			why := "cannot be checked"
			if err == nil {
				why = "holds " + hits[0].Why
			}
			// The address itself is not repeated: it is what must not be told.
			x.reasons = append(x.reasons, release.Reason{Kind: release.Worded, Cell: "report.md", Detail: why, Code: readAs("link "+short(hash), why), Text: "the address behind a link of report.md " + why,
				Change: &recount.ReleaseBody{Op: recount.Omit, What: hash, To: linkOmitted}, Help: "or leave the link out of report.md"})
			return false
		},
	})
	if err != nil {
		return err
	}
	// A report in another language is one question for those who read it, a sentence in an
	// English one is a question of its own.
	if 2*foreign > all && foreign >= mostForeign {
		x.reasons = append(x.reasons, release.Reason{Kind: release.Foreign, Cell: "report.md", Code: readAs("language", typed...),
			Text: "report.md is not written in English: names, words of people and digits were looked for, but words that claim a number, numbers in words, and facts that tell of one person are looked for in English only",
			Help: "let two people who read its language look for them and override this, or write the public edition in English"})
	} else {
		x.reasons = append(x.reasons, inOther...)
	}
	if x.shown, err = e.quotes(ctx, x); err != nil {
		return err
	}
	if len(x.shown) > 0 {
		heading("Words that were published")
		say("Of people whom the press names, as one article prints them. They are examples, not all that was counted.")
		last := ""
		for _, q := range x.shown {
			if q.number != last {
				x.doc.Blocks = append(x.doc.Blocks, report.DocumentBlock{Kind: report.Heading, Level: 3, Text: report.Plain(q.number)})
				last = q.number
			}
			point(fmt.Sprintf("“%s” %s, %s. %s", q.words, q.outlet, report.Day(q.day), q.address))
		}
	}
	heading("What limits these numbers")
	e.sayLimits(x, point)
	heading("How this edition was made")
	point("A person is counted once, however many articles speak of them.")
	if n := e.overridden(x.reasons); n > 0 {
		x.doc.Blocks[promise].Text = report.Plain("This is the public edition. It shows groups of people. " + n.words())
		point(fmt.Sprintf("Numbers from 1 to %d, and those from which one could be worked out, were looked for over all tables and sentences together and beside earlier editions. %s", e.Rule.Small-1, n.words()))
	} else {
		point(fmt.Sprintf("No number from 1 to %d is shown, and none from which one could be worked out, over all tables and sentences together and beside earlier editions.", e.Rule.Small-1))
	}
	for _, c := range changes {
		if c.Op == recount.Coarsen || c.Op == recount.Merge {
			point("Changed for this edition: " + publicWords(c) + ".")
		}
	}
	if left := leftOut(changes, len(x.omitted)); left != "" {
		point("Left out of this edition: " + left + ".")
	}
	if e.People < rowsFrom {
		point(fmt.Sprintf("Rows of single people are not published: there are fewer than %d.", rowsFrom))
	}
	point("In square brackets stands the range of a number while questions about it are open; " + unsettled + " marks one whose share, row or cells they may still move, of which no range can be printed without saying more than the number.")
	point("Behind each number stands a salted commitment to what it was counted from (manifest.json). Who has access to the study checks it with recount publish --check.")
	point("Words that a newspaper printed can be found with a search engine, whatever is left out here.")
	x.doc.Blocks = withoutEmpty(x.doc.Blocks)
	x.files = map[string][]byte{}
	for name, write := range map[string]func(io.Writer) error{"report.html": x.doc.HTML, "report.docx": x.doc.Word, "report.md": x.doc.Markdown, "report.json": x.doc.JSON} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			return err
		}
		x.files[name] = b.Bytes()
	}
	if err := e.rowsOfPeople(x, changes); err != nil {
		return err
	}
	return e.tables(x)
}

// leftOut counts what changes take out, and sentences. It names none of them: that
// something is too small to be shown is said of nobody.
func leftOut(changes []recount.ReleaseBody, sentences int) string {
	results, numbers := 0, 0
	for _, c := range changes {
		switch c.Op {
		case recount.Drop:
			results += max(1, len(c.Values))
		case recount.Hide:
			numbers += max(1, len(c.Values))
		}
	}
	var out []string
	for _, x := range []struct {
		n         int
		one, many string
	}{{results, "1 result of the study", "results of the study"}, {numbers, "1 number", "numbers"}, {sentences, "1 sentence", "sentences"}} {
		switch {
		case x.n == 1:
			out = append(out, x.one)
		case x.n > 1:
			out = append(out, fmt.Sprintf("%d %s", x.n, x.many))
		}
	}
	return strings.Join(out, ", ")
}

// publicWords says what a change does, without the values that it merged: that
// each of them has somebody would narrow down how many.
func publicWords(c recount.ReleaseBody) string {
	if c.Op == recount.Merge {
		return fmt.Sprintf("values of %s that few people have are shown together as %q", strings.ReplaceAll(c.What, "_", " "), c.To)
	}
	return ChangeWords(c)
}

// withoutEmpty takes out headings under which nothing stands any more.
func withoutEmpty(blocks []report.DocumentBlock) (out []report.DocumentBlock) {
	for i, b := range blocks {
		if b.Kind == report.Heading && (i+1 == len(blocks) || blocks[i+1].Kind == report.Heading && blocks[i+1].Level <= b.Level) {
			continue
		}
		out = append(out, b)
	}
	return out
}

// periodWords writes a year, month, quarter or half year in words; where the
// study begins or ends within it, as far as the study goes.
func (p Period) words(label string) string {
	year, n, part := strings.Cut(label, "-")
	if y, err := strconv.Atoi(year); err != nil || len(year) != 4 || y < 1 {
		return label
	}
	first, last, ok := 1, 12, true
	if part {
		k, err := strconv.Atoi(strings.TrimLeft(n, "QH"))
		switch {
		case err != nil:
			ok = false
		case n[0] == 'Q' && k <= 4:
			first, last = 3*k-2, 3*k
		case n[0] == 'H' && k <= 2:
			first, last = 6*k-5, 6*k
		case len(n) == 2 && n[0] <= '9' && k <= 12:
			first, last = k, k
		default:
			ok = false
		}
		ok = ok && k >= 1
	}
	if !ok {
		return label
	}
	whole := last - first
	if d := recount.DateOf(p.From); d.Known() && fmt.Sprintf("%04d", d.Year()) == year {
		first = max(first, d.First().Month())
	}
	if d := recount.DateOf(p.To); d.Known() && fmt.Sprintf("%04d", d.Year()) == year {
		last = min(last, d.Last().Month())
	}
	switch {
	case first > last || !part && last-first == whole:
		return label
	case first == last:
		return time.Month(first).String() + " " + year
	}
	return time.Month(first).String() + " to " + time.Month(last).String() + " " + year
}

// levelWords are the levels of days, as a caption calls them.
var levelWords = map[string]string{"": "day", "month": "month", "quarter": "quarter", "half": "half year", "year": "year"}

// caption is what a table is called: by the level that its rows are shown at,
// which may be wider than the one that its label names.
func (e *publicEdition) caption(x *draftEdition, r *release.Result) string {
	label := x.shape.Label(r.Name, cmp.Or(r.Label, r.Name))
	if x.shape.Renamed(r.Name) {
		return label
	}
	for _, w := range e.Widened(r, x.shape) {
		was, is := levelWords[w[0]], cmp.Or(levelWords[w[1]], strings.ReplaceAll(w[1], "_", " "))
		if width, ok := strings.CutPrefix(w[1], "band"); ok {
			is = "bands of " + width
		}
		if old := regexp.MustCompile(`(?i)\b` + was + `s?\b`); w[0] != "" && old.MatchString(label) {
			label = old.ReplaceAllStringFunc(label, func(s string) string {
				if strings.HasSuffix(s, "s") {
					return is + "s"
				}
				return is
			})
			continue
		}
		label += ", by " + is
	}
	return label
}

// captionOf is the caption of a result by its name.
func (e *publicEdition) captionOf(x *draftEdition, name string) string {
	for i := range e.Results {
		if e.Results[i].Name == name {
			return e.caption(x, &e.Results[i])
		}
	}
	return x.shape.Label(name, cmp.Or(e.results[name].Label, name))
}

// number finds a number of the edition by a result and a row, as it was asked for.
func (x *draftEdition) number(name, row string) *release.Number {
	for i := range x.numbers {
		if n := &x.numbers[i]; n.Result == name && n.Cell == "" && (n.Row == row || row != "" && (strings.EqualFold(n.Row, row) || strings.EqualFold(n.Label, strings.TrimSuffix(row, ".")))) {
			return n
		}
	}
	return nil
}

// unsettled is the mark of a number that open questions may still move.
const unsettled = "†"

// moves reports whether open questions may move a number, or the share that it is
// of its whole. Rows that were merged move if one of the result's rows does.
func (e *publicEdition) moves(n *release.Number) bool {
	r := e.results[n.Result]
	if n.Row == "" {
		return report.Moves(r)
	}
	for i := range r.Rows {
		if r.Rows[i].Name == n.Row {
			return report.Moves(r.Rows[i])
		}
	}
	return slices.ContainsFunc(r.Rows, report.Moves)
}

// slot says what a slot prints.
func (e *publicEdition) slot(x *draftEdition, verb, name, row string) (string, bool, error) {
	r, ok := e.results[name]
	if !ok {
		return "", false, fmt.Errorf("publish: result %s was not counted: %w", name, recount.ErrNotFound)
	}
	if x.shape.Dropped(name) {
		return "", false, nil
	}
	if verb == "label" {
		return e.captionOf(x, name), true, nil
	}
	if r.Ratio != nil {
		for i := range x.numbers {
			if x.numbers[i].Result == name && x.numbers[i].Hidden {
				return "", false, nil
			}
		}
		said := count.RatioText(r.Ratio)
		if report.Moves(r) {
			said += unsettled
		}
		// Both periods are printed, so that the interval says nothing more.
		if beside := report.Beside(r); beside != "" && verb == "" {
			said += " [" + beside + "]"
		}
		return said, true, nil
	}
	n := x.number(name, row)
	if n == nil && row == "" && len(r.Rows) > 0 {
		return e.whole(x, verb, name)
	}
	if n == nil || n.Hidden {
		return "", false, nil
	}
	open := ""
	if row == "" && r.Range.High > r.Range.Low {
		open = fmt.Sprintf("%d to %d", r.Range.Low, r.Range.High)
	}
	if verb == "range" {
		return open, open != "", nil
	}
	mark := ""
	if open == "" && e.moves(n) {
		mark = unsettled
	}
	base := e.base(x, &r, n)
	if base != "" {
		base = " [" + base + "]"
	}
	switch verb {
	case "count":
		return strconv.Itoa(n.N) + base, true, nil
	case "of":
		return strconv.Itoa(n.Of) + base, true, nil
	case "share":
		return count.Percent(n.N, n.Of) + base, true, nil
	case "machine", "sentence": // what nobody looked at; rates and intervals of a trend
		return "", false, nil
	}
	// Words may follow no range that is in no check: that of a row, or of the whole.
	said := recount.Result{N: n.N, Of: n.Of, Unit: r.Unit}
	if row == "" {
		said.Range = r.Range
	}
	if text := report.Say(verb, said); text != "" {
		if verb != "words" && verb != "amount" && verb != "part" {
			base = ""
		}
		return text + base, true, nil
	}
	text := strconv.Itoa(n.N)
	if n.Of > 0 {
		text = fmt.Sprintf("%d of %d (%s)", n.N, n.Of, count.Percent(n.N, n.Of))
	}
	var beside []string
	for _, b := range []string{open, report.Beside(recount.Result{Interval: e.interval(n)}), strings.Trim(base, " []")} {
		if b != "" {
			beside = append(beside, b)
		}
	}
	if text += mark; len(beside) > 0 {
		text += " [" + strings.Join(beside, "; ") + "]"
	}
	return text, true, nil
}

// base says of a number that looks at codes of how many people anything was coded, and of
// one that looks at genders how they were read, each time that it is another one than
// before; "" if it is the same.
func (e *publicEdition) base(x *draftEdition, r *recount.Result, n *release.Number) string {
	if n.Row == count.NotCoded {
		return ""
	}
	var out []string
	if coded := e.codedWords(*r); coded != "" && x.told != fmt.Sprint(coded, n.Of) {
		x.told = fmt.Sprint(coded, n.Of)
		out = append(out, coded)
	}
	i := slices.IndexFunc(e.Results, func(r release.Result) bool { return r.Name == n.Result })
	if read := e.readWords(x, n.Result, len(e.Results[i].Of) == 0); read != "" && x.toldRead != read {
		x.toldRead = read
		out = append(out, "the"+strings.TrimSuffix(strings.TrimPrefix(read, "The"), "."))
	}
	return strings.Join(out, "; ")
}

// whole says what a slot prints of a table as a whole: of how many people it is, if a
// row prints that.
func (e *publicEdition) whole(x *draftEdition, verb, name string) (string, bool, error) {
	i := slices.IndexFunc(e.Results, func(r release.Result) bool { return r.Name == name })
	where := release.Number{Where: e.Results[i].Where}
	of := -1
	if len(where.Where) == 0 {
		of = e.People
	}
	for j := range x.numbers {
		n := &x.numbers[j]
		base := release.Number{Where: n.OfWhere}
		if n.Result == name && !n.Hidden && n.Of > 0 && slices.Equal(base.Keys(), where.Keys()) {
			of = n.Of
		}
	}
	if of < 0 || verb == "share" || verb == "of" || verb == "range" || verb == "machine" || verb == "sentence" || e.Results[i].Share {
		return "", false, nil
	}
	r := e.results[name]
	said := recount.Result{N: of, Unit: r.Unit, Range: r.Range}
	if text := report.Say(verb, said); text != "" {
		return text, true, nil
	}
	text := strconv.Itoa(of)
	if verb == "" && r.Range.High > r.Range.Low {
		text += fmt.Sprintf(" [%d to %d]", r.Range.Low, r.Range.High)
	}
	return text, true, nil
}

// row is the label of a row or a cell, in words.
func (e *publicEdition) row(n *release.Number) string {
	return e.labelled(cmp.Or(n.Own, n.Label))
}

func (e *publicEdition) labelled(label string) string {
	return report.Label(recount.Result{Name: e.study.config.Period.words(label)})
}

// words says what a number is, without the result that it is of: its row, and its cell.
func (e *publicEdition) words(n *release.Number) string {
	if n.Cell == "" {
		return e.labelled(n.Label)
	}
	return e.labelled(strings.TrimSuffix(n.Label, ", "+n.Own)) + ", " + e.row(n)
}

// table is one result as a table with what is to be said under it, or nil if it is left
// out.
func (e *publicEdition) table(x *draftEdition, name string) []report.DocumentBlock {
	if x.shape.Dropped(name) {
		return nil
	}
	cross, apart, two := false, false, false
	all := 0 // of whom those are a part whom nobody has coded
	for i := range e.Results {
		if r := &e.Results[i]; r.Name == name {
			cross, apart, two = len(r.Dims) > 1, r.Apart, len(r.Base) > 0
		}
	}
	for i := range x.numbers {
		if n := &x.numbers[i]; two && n.Result == name && n.Row == count.NotCoded && !n.Hidden {
			all = n.Of
		}
	}
	uncoded := 0 // of a cross table by code: of whom nothing was coded
	for i := range x.numbers {
		if n := &x.numbers[i]; cross && n.Result == name && n.Row == count.NotCoded && n.Cell == "" && !n.Hidden {
			uncoded = n.N
		}
	}
	t := &report.DocumentTable{Caption: report.Caption(e.captionOf(x, name)), Head: []string{""}, Numeric: []bool{false}}
	column := func(head string) { t.Head, t.Numeric = append(t.Head, head), append(t.Numeric, true) }
	switch {
	case cross:
		// The cells come first, as in the report of the team.
	case apart:
		column("people")
	case all > 0:
		column("people")
		column("share of those coded")
		column("share of all")
	case two:
		column("people")
		column("share of those coded")
	default:
		column("people")
		column("share")
	}
	if !cross && e.study.config.Sample {
		column("interval")
	}
	cell := func(s string) report.DocumentCell { return report.DocumentCell{Text: report.Plain(s)} }
	var number report.DocumentCell // of the row, where its cells come first
	end := func() {
		if cross && len(t.Rows) > 0 {
			last := &t.Rows[len(t.Rows)-1]
			*last = append(*last, number)
		}
	}
	for i := range x.numbers {
		n := &x.numbers[i]
		if n.Result != name || n.Row == "" {
			continue
		}
		value := notShown
		if !n.Hidden {
			value = strconv.Itoa(n.N)
		}
		if n.Cell != "" {
			if len(t.Rows) == 1 {
				column(e.row(n))
			}
			last := &t.Rows[len(t.Rows)-1]
			*last = append(*last, cell(value))
			continue
		}
		end()
		share, ofAll, interval := "", "", ""
		if !n.Hidden {
			if n.Of > 0 {
				value, share = fmt.Sprintf("%d of %d", n.N, n.Of), count.Percent(n.N, n.Of)
			}
			if e.moves(n) {
				value += unsettled
			}
			if all > 0 && n.Of > 0 {
				ofAll = count.Percent(n.N, all)
			}
			if two && n.Row == count.NotCoded {
				value, share = value+" in all", ""
			} else if two {
				value += " coded"
			} else if r := e.results[name]; cross && r.CodedOf > 0 && n.Of > r.Coded {
				// As in the report of the team the rows of codes are of the people coded, where
				// the edition says how many were not.
				if n.Row != count.NotCoded && uncoded > 0 {
					value = fmt.Sprintf("%d of %d", n.N, n.Of-uncoded)
					if e.moves(n) {
						value += unsettled
					}
					value += " coded"
				} else {
					value += " in all"
				}
			}
			interval = report.Interval(recount.Result{Interval: e.interval(n)})
		}
		row := []report.DocumentCell{cell(e.row(n))}
		row[0].Deep = e.deep(x, n)
		if number = cell(value); !cross {
			row = append(row, number)
			if !apart {
				row = append(row, cell(share))
			}
			if all > 0 {
				row = append(row, cell(ofAll))
			}
			if e.study.config.Sample {
				row = append(row, cell(interval))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	if end(); cross {
		column("all")
	}
	out := []report.DocumentBlock{{Kind: report.TableBlock, Table: t}}
	if said := strings.Join(e.remarks(x, name, all > 0 && !cross), " "); said != "" {
		out = append(out, report.DocumentBlock{Kind: report.Paragraph, Style: "footnote", Text: report.Quiet(said)})
	}
	return out
}

// deep reports whether a row is that of a code below another one of the table.
func (e *publicEdition) deep(x *draftEdition, n *release.Number) bool {
	d := dimensionOf(e.Results, n)
	return d != nil && slices.ContainsFunc(d.Rows, func(r release.Row) bool { return r.Name == n.Row && r.Under != "" })
}

// tables writes the results as CSV, as one workbook and as a data package.
func (e *publicEdition) tables(x *draftEdition) error {
	type resource struct {
		Name     string           `json:"name"`
		Title    string           `json:"title,omitempty"`
		Path     string           `json:"path"`
		Format   string           `json:"format"`
		Media    string           `json:"mediatype"`
		Encoding string           `json:"encoding"`
		Schema   map[string][]any `json:"schema"`
	}
	fields := func(t *Table) map[string][]any {
		var out []any
		for i, c := range t.Columns {
			kind := "string"
			if t.numbers[i] {
				kind = "integer"
			}
			out = append(out, map[string]string{"name": c, "type": kind})
		}
		return map[string][]any{"fields": out, "missingValues": {"", notShown}}
	}
	var resources []resource
	book := excelize.NewFile()
	defer book.Close()
	put := func(name, title string, t *Table) error {
		var b bytes.Buffer
		if err := t.CSV(&b); err != nil {
			return err
		}
		path := "tables/" + name + ".csv"
		x.files[path] = b.Bytes()
		resources = append(resources, resource{strings.ReplaceAll(name, "_", "-"), title, path, "csv", "text/csv", "utf-8", fields(t)})
		sheet := name[:min(31, len(name))]
		if _, err := book.NewSheet(sheet); err != nil {
			return err
		}
		return t.sheet(book, sheet)
	}
	for i := range e.Results {
		r := &e.Results[i]
		if x.shape.Dropped(r.Name) || x.twins[r.Name] != "" {
			continue
		}
		t := &Table{Columns: []string{"row", "label", "column", "people", "of", "unsettled"}, numbers: map[int]bool{3: true, 4: true}}
		for j := range x.numbers {
			n := &x.numbers[j]
			if n.Result != r.Name {
				continue
			}
			value, of, mark := notShown, "", ""
			if !n.Hidden {
				value = strconv.Itoa(n.N)
				if n.Of > 0 {
					of = strconv.Itoa(n.Of)
				}
				if e.moves(n) {
					mark = unsettled
				}
			}
			t.Rows = append(t.Rows, []string{cmp.Or(n.Row, n.Label), e.words(n), n.Cell, value, of, mark})
		}
		if err := put(r.Name, e.caption(x, r), t); err != nil {
			return err
		}
	}
	if len(x.shown) > 0 {
		t := &Table{Columns: []string{"number", "words", "outlet", "day", "address"}, numbers: map[int]bool{}}
		for _, q := range x.shown {
			t.Rows = append(t.Rows, []string{q.number, q.words, q.outlet, q.day, q.address})
		}
		if err := put("evidence", "Words that were published, of people whom the press names", t); err != nil {
			return err
		}
	}
	if err := book.DeleteSheet("Sheet1"); err != nil {
		return err
	}
	if err := book.SetDocProps(&excelize.DocProperties{Creator: "recount " + recount.Version, Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z"}); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		return err
	}
	x.files["results.xlsx"] = b.Bytes()
	if x.people != nil {
		resources = append(resources, resource{"people", "One row a person, in no order", peopleFile, "csv", "text/csv", "utf-8", fields(x.people)})
	}
	var err error
	x.files["datapackage.json"], err = indented(map[string]any{"profile": "tabular-data-package", "name": "recount-public-edition", "title": x.doc.Title,
		"description": "Counts of people in published accounts; a cell that says \"" + notShown + "\" would single out a few.", "resources": resources})
	return err
}

const peopleFile = "tables/rows_of_people.csv"

// rowsOfPeople makes the table with one row a person, if there are enough people
// and nothing in it singles anybody out.
func (e *publicEdition) rowsOfPeople(x *draftEdition, changes []recount.ReleaseBody) error {
	if e.People < rowsFrom || x.shape.Dropped(peopleTable) {
		return nil
	}
	var quasi, sensitive []*release.Column
	for _, name := range e.asked() {
		c := e.Column(name)
		switch class := x.shape.ClassOf(c); {
		case strings.HasPrefix(name, "filter:") || name == codedColumn: // of codes nothing stands for who was not coded
		case class == release.Sensitive:
			sensitive = append(sensitive, c)
		case class == release.Quasi || class == release.Safe:
			quasi = append(quasi, c)
		}
	}
	t := &Table{Columns: []string{"id"}, numbers: map[int]bool{}}
	keys := make(release.Keys, e.People)
	for _, c := range quasi {
		t.Columns = append(t.Columns, c.Name)
	}
	for _, c := range sensitive {
		t.Columns = append(t.Columns, c.Name)
	}
	for i := range e.People {
		row := []string{""}
		for _, c := range quasi {
			v := e.ShownAs(x.shape, c, i)
			keys[i] = append(keys[i], v)
			row = append(row, v)
		}
		for _, c := range sensitive {
			v := flag(c.Of[i] == "1")
			if c.Of[i] == notCoded {
				v = ""
			}
			row = append(row, v)
		}
		t.Rows = append(t.Rows, row)
	}
	why := ""
	fk, err := release.Frequencies(keys)
	if err == nil && slices.Min(fk) < e.Rule.Small {
		why = fmt.Sprintf("%d people share their values with fewer than %d", len(slices.DeleteFunc(slices.Clone(fk), func(n int) bool { return n >= e.Rule.Small })), e.Rule.Small)
	}
	if err == nil && why == "" {
		var special *release.Special
		if special, err = release.Uniques(keys); err == nil && slices.Max(special.Score) > 0 {
			why = "somebody is picked out by few columns"
		}
	}
	for i, c := range sensitive {
		if err != nil || why != "" {
			break
		}
		values := make([]string, e.People)
		for j := range t.Rows {
			values[j] = t.Rows[j][1+len(quasi)+i]
		}
		var d []release.Diversity
		if d, err = release.Diversities(keys, values); err == nil && slices.ContainsFunc(d, func(d release.Diversity) bool { return d.Distinct < 2 }) {
			why = fmt.Sprintf("for %s everybody of some group is alike, so that to know the group is to know it", c.Name)
		}
	}
	if err != nil { // a measure that cannot be computed refuses
		why = err.Error()
	}
	if why != "" {
		x.reasons = append(x.reasons, release.Reason{Kind: release.Rows, Cell: peopleTable, Detail: why, Code: readAs("people", why), Text: "the table with one row a person gives people away: " + why, Change: &recount.ReleaseBody{Op: recount.Drop, What: peopleTable}})
		return nil
	}
	x.people = t
	return nil
}

// pseudonymBytes is how much of a keyed hash stands for a person.
const pseudonymBytes = 8

// pseudonyms gives the rows of people ids that are random in each edition, and the
// order of these ids.
func (x *draftEdition) pseudonyms(e *publicEdition, seed string) ([]byte, error) {
	key, err := hex.DecodeString(seed)
	if err != nil {
		return nil, err
	}
	t := &Table{Columns: x.people.Columns, numbers: x.people.numbers}
	for i, row := range x.people.Rows {
		h := hmac.New(sha256.New, key)
		h.Write([]byte("person " + e.people[i].ID))
		row = slices.Clone(row)
		row[0] = "p" + hex.EncodeToString(h.Sum(nil)[:pseudonymBytes])
		t.Rows = append(t.Rows, row)
	}
	slices.SortFunc(t.Rows, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	var b bytes.Buffer
	err = t.CSV(&b)
	return b.Bytes(), err
}

// mostQuoted is how many people a number quotes.
const mostQuoted = 2

// quotes chooses words that may be shown beside the numbers that are: of people
// who may be shown, from pages on which nobody speaks who may not.
func (e *publicEdition) quotes(ctx context.Context, x *draftEdition) (out []shownWords, err error) {
	closed := map[recount.Key]bool{} // originals of which a page must not be named
	tier := map[string]bool{}
	for _, c := range slices.Concat(e.cases, e.gone) {
		tier[c.ID] = c.Tier().Shown() && !c.Held()
		for _, m := range c.Everywhere() {
			if !tier[c.ID] {
				closed[cmp.Or(m.Original, m.Article)] = true
			}
		}
	}
	once := map[string]bool{}
	for i := range x.numbers {
		n := &x.numbers[i]
		code := ""
		for _, c := range n.Where {
			code = cmp.Or(code, strings.TrimPrefix(c.Column, codePrefix))
			if !strings.HasPrefix(c.Column, codePrefix) {
				code = ""
				break
			}
		}
		if n.Hidden || n.Cell != "" || code == "" || once[code] {
			continue
		}
		once[code] = true
		quoted := 0
		for p := range e.people {
			if quoted == mostQuoted || !tier[e.people[p].ID] || !e.Counts(n.Where, p) {
				continue
			}
			q, ok, err := e.quote(ctx, x, &recount.Case{Members: e.people[p].Members}, code, closed)
			if err != nil {
				return nil, err
			}
			if ok {
				q.person, q.number = e.people[p].ID, n.Label
				out, quoted = append(out, q), quoted+1
			}
		}
	}
	return out, nil
}

// quote finds words of a person that carry a code, if they may be shown.
func (e *publicEdition) quote(ctx context.Context, x *draftEdition, c *recount.Case, code string, closed map[recount.Key]bool) (shownWords, bool, error) {
	for i := range c.Members {
		m := &c.Members[i]
		if closed[cmp.Or(m.Original, m.Article)] {
			continue
		}
		for _, co := range m.Codes {
			if co.Code != code && !strings.HasPrefix(co.Code, code+".") {
				continue
			}
			a, err := e.book.Article(ctx, co.Article)
			if err != nil {
				return shownWords{}, false, err
			}
			var words []string
			for _, sp := range co.At {
				if sp.Within(a.Text) {
					words = append(words, sp.In(a.Text))
				}
			}
			q := shownWords{words: strings.Join(strings.Fields(strings.Join(words, " ... ")), " "), outlet: a.Outlet, day: a.When(), address: a.URL}
			hits, err := x.index.SearchFile("", []byte(q.words+"\n"+q.outlet+"\n"+q.address))
			if err != nil {
				return shownWords{}, false, err
			}
			if q.words != "" && len(hits) == 0 {
				return q, true, nil
			}
		}
	}
	return shownWords{}, false, nil
}

// An objection is what speaks against a text.
type objection struct {
	kind   release.Kind
	why    string
	secret bool // it holds what must not leave, whoever allows it

	rare     bool     // it tells of somebody by few facts together
	specific bool     // it tells of one person what is not known to hold for many
	without  []string // those of them that are too many
}

// mostWithout is how many words a reason names at most that are too many.
const mostWithout = 5

// help says what else can be done about the text.
func (o *objection) help(or string) string {
	if len(o.without) == 0 {
		return or
	}
	quoted := make([]string, 0, mostWithout)
	for _, w := range o.without[:min(len(o.without), mostWithout)] {
		quoted = append(quoted, strconv.Quote(w))
	}
	return "or write it without " + strings.Join(quoted, ", ") + map[bool]string{true: " and the like"}[len(o.without) > mostWithout] + map[bool]string{true: ", or of many people"}[o.specific]
}

// words are what a reason says of the text.
func (o *objection) words() string {
	if o.kind == release.Claimed {
		return "claims what its numbers do not carry (" + o.why + ")"
	}
	return o.why
}

// objection says what speaks against a text, of which somebody typed a part: what
// it holds, numbers, also of what stands beside it, facts that together tell of one
// person, and what it claims. It is nil if nothing does.
func (e *publicEdition) objection(x *draftEdition, text, typed, claim string, around release.Around, beside ...string) *objection {
	if hits, err := x.index.SearchFile("", []byte(text)); err != nil {
		return &objection{kind: release.Worded, why: "cannot be checked", secret: true}
	} else if len(hits) > 0 {
		return &objection{kind: release.Worded, why: "holds " + hits[0].Why, secret: true}
	}
	for _, why := range []string{x.index.Clue(withInitials(text, around)), e.leads.In(text, around)} {
		if why != "" {
			return &objection{kind: release.Worded, why: why}
		}
	}
	if why := e.Typed(x.numbers, x.kept, typed, beside...); why != "" {
		return &objection{kind: release.Worded, why: why}
	}
	if why := e.Wholly(x.shape, x.kept, typed); why != "" {
		return &objection{kind: release.Worded, why: why}
	}
	if r := e.descriptions.Rare(typed, around); r != nil {
		return &objection{kind: release.Worded, why: r.String(), rare: true, without: slices.DeleteFunc([]string{r.Without}, func(w string) bool { return w == "" })}
	}
	// What is not English is a question of its own.
	_, foreign := report.Foreign(typed)
	if s := e.descriptions.Specific(typed, around); s != nil && !foreign {
		return &objection{kind: release.Worded, why: s.String(), rare: true, specific: true, without: s.Words}
	}
	if claim != "" {
		return &objection{kind: release.Claimed, why: claim}
	}
	return nil
}

// endsInitial is the end of a sentence that is none: "I. B. said" is taken apart in two.
var endsInitial = pattern.New(`(?:^|\s)\p{Lu}\.$`)

// withInitials is a text with the initials before it that were taken for a sentence.
func withInitials(text string, around release.Around) string {
	for i := len(around.Before) - 1; i >= 0 && endsInitial.MatchString(around.Before[i]); i-- {
		text = around.Before[i] + " " + text
	}
	return text
}

// blankEdition is an edition of nothing: what recount writes itself.
func blankEdition() (map[string][]byte, error) {
	doc := &report.Document{Title: "0", Program: "recount " + recount.Version, When: "2000-01-01T00:00:00Z"}
	one := report.Plain("0")
	table := &report.DocumentTable{Caption: "0", Head: []string{"0", "0"}, Numeric: []bool{false, true}, Rows: [][]report.DocumentCell{{{Text: one}, {Text: one}}}}
	doc.Blocks = []report.DocumentBlock{{Kind: report.Heading, Level: 2, Text: one}, {Kind: report.Paragraph, Text: one}, {Kind: report.ListItem, Level: 1, Text: one}, {Kind: report.Quotation, Text: one}, {Kind: report.TableBlock, Table: table}}
	out := map[string][]byte{}
	for name, write := range map[string]func(io.Writer) error{"report.html": doc.HTML, "report.docx": doc.Word, "report.md": doc.Markdown, "report.json": doc.JSON} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			return nil, err
		}
		out[name] = b.Bytes()
	}
	book := excelize.NewFile()
	defer book.Close()
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		return nil, err
	}
	out["results.xlsx"] = b.Bytes()
	return out, nil
}
