package proquest

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"recount"
	"recount/internal/pattern"
	"recount/internal/text/document"
	"recount/internal/text/page"
)

// A segment is one field of a record, or one piece of text that is none.
type segment struct {
	field field  // "" if it is none
	name  string // of the field, as printed
	value string // what follows the name
	text  string // all of it
	path  string // in HTML
	from  int    // first line, from 1, in text
	to    int    // last line
}

// valueOnly marks the path of a paragraph that begins behind the name of a
// field.
const valueOnly = "/value"

var (
	counted  = pattern.New(`^\p{L}{5,10} (\d{1,6}) (?:of|von|sur|de|di|van|из) (\d{1,6})$`)
	noText   = pattern.New(`(?i)^\W*(?:(?:full text )?(?:is )?not ?available|none ?available|nicht verfügbar|no disponible|non disponible|non disponibile|não disponível)\W*$`)
	imprint  = pattern.New(`^([^;\[\]]{1,200}?)\s*(?:;[^\[\]]*)?(?:\[[^\]]*\]\s*)+([^:\[\]]{4,40})(?::|\.?$)`)
	linkLine = pattern.New(`(?i)^(?:https?://\S+|ProQuest (?:document link|-?Dokument-?link)|\S+(?: \S+){0,4} ProQuest)$`)
	trailer  = pattern.New(`(?i)^(?:illustration|photograph|photo|\[?(?:photo|graphic|illustration|image)[^.]{0,20}\]?)$`)
)

// A reader collects the articles of one file.
type reader struct {
	set       document.Set
	seen      int // records met, drafts or not
	announced int // the highest "of 10" in "Document 1 of 10"
	listed    int // titles in a table of contents
	beyond    int // pieces left above mostLeft
	search    string
	cover     string
	unknown   map[string]int // times a field that is not known was met
	first     map[string]string
	order     []string // of unknown, as they came
}

func (r *reader) left(where, reason, next string) {
	if len(r.set.Left) >= mostLeft {
		r.beyond++
		return
	}
	r.set.Left = append(r.set.Left, document.Left{Where: where, Reason: reason, Hint: next})
}

// mostLeft is how many pieces that were not understood are listed one by one.
const mostLeft = 1000

// finish adds what is known only after the last record.
func (r *reader) finish() {
	for _, name := range r.order {
		reason := "a field that is not known: " + strconv.Quote(name)
		if n := r.unknown[name]; n > 1 {
			reason += fmt.Sprintf(", %d times in this file", n)
		}
		r.left(r.first[name], reason, "nothing to do unless it holds what you count; it is kept beside the other fields of its article")
	}
	if n := max(r.announced, r.listed); n > 0 && n != r.seen {
		r.left("the file", fmt.Sprintf("it announces %d documents and holds %d", n, r.seen), "save the search again if documents are missing")
	}
	if r.seen > document.MaxDrafts {
		r.left("document "+strconv.Itoa(document.MaxDrafts+1), fmt.Sprintf("more than %d documents in one file", document.MaxDrafts), hint)
	}
	r.leftBeyond()
	if r.cover != "" {
		r.set.Notes = append(r.set.Notes, "the file's cover says: "+excerpt(r.cover))
	}
	if r.search != "" {
		r.set.Notes = append(r.set.Notes, "the file names its search: "+excerpt(r.search))
	}
	for i := range r.set.Drafts {
		d := &r.set.Drafts[i]
		d.Facts = document.Fact(d.Facts, "search", r.search, "ProQuest search strategy")
		d.Facts = document.Fact(d.Facts, "saved", r.cover, "ProQuest cover page")
	}
}

// A record is one document of a file: its segments, and where among them the
// text begins and ends.
type record struct {
	segs  []segment
	text  int // the segment of the field "full text"; -1 if there is none
	end   int // the first segment below the text
	notes []string
	place string // where it stands in the file
}

// newRecord finds the text among segments.
func newRecord(segs []segment, place string) record {
	rec := record{segs: segs, text: -1, end: len(segs), place: place}
	for i, s := range segs {
		if s.field == fullText {
			rec.text = i
			break
		}
	}
	if rec.text < 0 {
		return rec
	}
	rec.end = blockStart(segs, rec.text)
	kept := 0
	for _, s := range segs[rec.text+1 : rec.end] {
		if s.field != "" && s.field != "caption" {
			if kept++; kept <= 3 {
				rec.notes = append(rec.notes, "text that looks like a field was kept as text: "+strconv.Quote(excerpt(s.text)))
			}
		}
	}
	if rec.end < len(segs) {
		if s := segs[rec.end]; !kindsByField[s.field].sure && sentence(s.value) && s.field != "credit" {
			rec.notes = append(rec.notes, "the last words may belong to the text; they were read as a field: "+strconv.Quote(excerpt(s.text)))
		}
	}
	return rec
}

// sentence reports whether a value reads like a sentence and not like a list
// of terms.
func sentence(s string) bool {
	return len(strings.Fields(s)) >= 5 && !strings.Contains(s, ";") && page.Ended(s)
}

// blockStart returns the first segment of the fields below a text that begins
// at segment text. It goes backwards from the end of the record as long as one
// field follows another, none twice and in the order in which ProQuest prints
// them. Text between two fields is the second paragraph of the upper one as
// long as names have come that do not occur in news by chance; above the title
// of the article there is none. Without a single such name there are no fields.
func blockStart(segs []segment, text int) int {
	const most = 3 // pieces of text between two fields
	start, lowest, sure := len(segs), last+1, 0
	seen := map[field]bool{}
	takes := func(i int) bool {
		if i <= text || segs[i].field == "" {
			return false
		}
		k := kindsByField[segs[i].field]
		return k.rank > 0 && !seen[segs[i].field] && (k.sure || k.rank <= lowest)
	}
	above := func(i int) bool { // of fields whose names do not occur by chance
		for i--; i > text; i-- {
			if takes(i) && kindsByField[segs[i].field].sure {
				return true
			}
		}
		return false
	}
	for i := len(segs) - 1; i > text; i-- {
		if !takes(i) {
			j := i
			for j > text && i-j < most && segs[j].field == "" {
				j--
			}
			unknown := j == i-1 && fieldLike.MatchString(segs[i].text) && !sentence(segs[i].text)
			low := lowest > kindsByField[title].rank && (kindsByField[segs[max(j, text)].field].sure || above(j))
			if segs[i].field != "" || !takes(j) || !unknown && !low {
				break
			}
			i = j
		}
		k := kindsByField[segs[i].field]
		seen[k.field] = true
		lowest = min(lowest, k.rank)
		if k.sure {
			sure++
		}
		start = i
	}
	if sure == 0 && len(seen) < 3 {
		return len(segs)
	}
	return start
}

// add makes a draft of a record with its paragraphs, or says why there is none.
func (r *reader) add(rec record, paragraphs []document.Paragraph) {
	if r.seen++; r.seen > document.MaxDrafts {
		return
	}
	part := strconv.Itoa(r.seen)
	where := "document " + part
	d := document.Draft{Part: part, Range: rec.place, Supplier: "ProQuest", Paragraphs: paragraphs, Notes: rec.notes}
	got := map[field]string{}
	say := func(f field, value, origin string) {
		if value = page.Tidy(value); value == "" {
			return
		}
		if got[f] == "" {
			got[f] = value
		} else if got[f] == value {
			return
		}
		d.Facts = document.Fact(d.Facts, string(f), value, origin)
	}
	top, summary := "", ""
	var above, below []string
	lastField := field("")
	for i, s := range rec.segs {
		if rec.text >= 0 && i >= rec.text && i < rec.end {
			lastField = ""
			continue
		}
		if m := counted.FindStringSubmatch(s.text); m != nil && s.field == "" {
			n, _ := strconv.Atoi(m[2])
			r.announced = max(r.announced, n)
			continue
		}
		if s.field == "" {
			switch m := fieldLike.FindStringSubmatch(s.text); {
			case linkLine.MatchString(s.text):
				if strings.HasPrefix(strings.ToLower(s.text), "http") {
					say(address, s.text, "ProQuest link")
				}
			case lastField == abstract:
				summary += " " + s.text
			case top == "" && (rec.text < 0 || i < rec.text):
				top = s.text
			case i >= rec.end && m != nil:
				name := m[1]
				r.strange(name, where)
				_, value, _ := strings.Cut(s.text, ":")
				say(field(strings.ToLower(name)), value, "ProQuest field "+name)
			case lastField == links:
			case i >= rec.end:
				below = append(below, s.text)
			default:
				above = append(above, s.text)
			}
			continue
		}
		lastField = s.field
		switch s.field {
		case abstract:
			summary += " " + s.value
		case links, fullText:
		case outlet:
			name, place, cut := strings.Cut(s.value, ";")
			say(outlet, name, "ProQuest field "+s.name)
			if cut {
				say("outlet's place", place, "ProQuest field "+s.name)
			}
		default:
			say(s.field, s.value, "ProQuest field "+s.name)
		}
	}
	if got[title] == "" || top != "" && top != got[title] {
		d.Facts = document.Fact(d.Facts, string(title), top, "ProQuest, line above the record")
	}
	if got[title] == "" {
		got[title] = top
	}
	if m := imprint.FindStringSubmatch(got[info]); m != nil {
		if got[outlet] == "" {
			say(outlet, m[1], "ProQuest field Publication info")
		}
		if got[date] == "" {
			say(date, m[2], "ProQuest field Publication info")
		}
	}
	for _, f := range []field{"publication year", "year"} {
		if got[date] == "" && got[f] != "" {
			say(date, got[f], "ProQuest "+string(f))
		}
	}
	for _, name := range people(got[author]) {
		d.Facts = document.Fact(d.Facts, "author", name, "ProQuest field Author, surname put last")
	}
	if noText.MatchString(summary) {
		summary = ""
	}
	say(abstract, summary, "ProQuest abstract")
	if got[database] != "" {
		d.Supplier = "ProQuest (" + got[database] + ")"
	}
	label := strconv.Quote(excerpt(got[title]))
	if got[id_] != "" {
		label += " (" + got[id_] + ")"
	}
	empty := true
	for _, p := range paragraphs {
		if p.Role != recount.Caption && !noText.MatchString(p.Text) {
			empty = false
		}
	}
	switch {
	case empty && got[abstract] != "":
		r.left(where, "only an abstract, which is not the article: "+label, "save it with its full text, or attach the article from another place")
		return
	case empty:
		r.left(where, "a document without text: "+label, "look it up by its number in ProQuest; it may be a scan or a picture")
		return
	}
	for _, p := range paragraphs {
		if strings.HasPrefix(p.Text, "CORRECTION: ") {
			d.Notes = append(d.Notes, "the text holds a correction: "+excerpt(p.Text))
		}
	}
	if got[title] == "" {
		d.Notes = append(d.Notes, "no title in the file")
	}
	for _, s := range [][]string{above, below} {
		if t := strings.Join(s, " "); t != "" {
			r.left(where, "text beside the fields: "+excerpt(t), "look whether it belongs to the article")
		}
	}
	r.set.Drafts = append(r.set.Drafts, d)
}

// people returns the names of "Quill, Marta; Tarr, Owen" as they are spoken. If
// one of them is written otherwise there are none, so that nobody is cut in two.
func people(byline string) []string {
	var out []string
	for p := range strings.SplitSeq(byline, ";") {
		family, given, ok := strings.Cut(strings.TrimSpace(p), ", ")
		given = strings.TrimSuffix(strings.TrimSpace(given), ".")
		if !ok || family == "" || given == "" || strings.Contains(given, ",") || len(strings.Fields(given)) > 3 || strings.ContainsAny(p, "0123456789@:/()") {
			return nil
		}
		if n := len(given); strings.LastIndex(given, " ") == n-2 || n == 1 {
			given += "." // an initial lost its stop above
		}
		out = append(out, given+" "+family)
	}
	return out
}

// mostStrange is how many different fields that are not known are listed.
const mostStrange = 50

// strange remembers a field that is not known.
func (r *reader) strange(name, where string) {
	if r.unknown == nil {
		r.unknown, r.first = map[string]int{}, map[string]string{}
	}
	if r.unknown[name] == 0 {
		if len(r.order) >= mostStrange {
			return
		}
		r.order = append(r.order, name)
		r.first[name] = where
	}
	r.unknown[name]++
}

// role says what a paragraph of a text is for.
func role(text string) recount.Role {
	if f, _, _ := label(text); f == "caption" || trailer.MatchString(text) {
		return recount.Caption
	}
	return ""
}

// leftBeyond says how many pieces are not listed.
func (r *reader) leftBeyond() {
	if r.beyond > 0 {
		r.set.Left = append(r.set.Left, document.Left{Where: "the file", Reason: fmt.Sprintf("%d more pieces were not understood", r.beyond), Hint: hint})
	}
}

// excerpt shortens s for a message.
func excerpt(s string) string {
	const most = 120 // characters
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "..."
		}
	}
	return s
}
