package report

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"recount"
	"recount/internal/pattern"
	"recount/internal/report/prose"
)

// This file writes the report on what came in: one page that says what was
// offered, what was folded, what was refused and why, and what needs a look.
//
// In: what a report may cite, and the search log. Out: one HTML file that
// needs no other file. Method: counting; see steps. Limits: maxIngestRows rows a
// table, and it says how many it leaves out.

// IngestName is the name of the report on what came in, under out/.
const IngestName = "ingest.html"

// Ingest writes the report on what came in.
func Ingest(w io.Writer, m *Material, searches []recount.SearchRun) error {
	if err := ingestTemplate.Execute(w, ingestOf(m, searches)); err != nil {
		return fmt.Errorf("ingest report: %w", err)
	}
	return nil
}

// maxIngestRows is the most rows of one table.
const maxIngestRows = 10_000

//go:embed templates/ingest.html
var ingestHTML string

//go:embed static/ingest.css
var ingestCSS string

var ingestTemplate = template.Must(template.New("ingest.html").Funcs(template.FuncMap{"plural": prose.Plural, "n": prose.Grouped}).Parse(ingestHTML))

// An ingest is what the page shows.
type ingest struct {
	Title, AsOf, Program, StudyID string

	Style     template.CSS
	StyleHash template.HTMLAttr // the policy that allows just this style

	Steps    []ingestStep
	Channels []ingestRow
	Kinds    []ingestRow // by media type
	Searches []recount.SearchRun
	Reasons  []ingestReason
	Pieces   []ingestReason // of files that were read: what in them was not taken
	Files    []ingestRow    // containers, lists and files that hold several articles
	Open     []ingestRow    // open questions about pages, by what is asked
	Look     []ingestLook
	Versions []ingestRow
	Pages    []ingestPage
	MorePage int // rows that Pages leaves out
}

// An ingestStep is one number on the way from what was offered to what counts.
type ingestStep struct {
	N    int
	What string
	Note string
	Out  bool // what left the way here
	Side bool // what was left of files that go on
}

// An ingestRow is one row of a table of counts.
type ingestRow struct {
	Label, Note string
	N           int
}

// An ingestReason is why things were refused, with the things. Reasons that differ
// only in a number or in what they quote are one.
type ingestReason struct {
	Reason string
	Hint   string // what to do next, if it is the same for all
	Stage  string
	Things []ingestThing
	More   int // that Things leaves out
}

// An ingestThing is one that was refused, with what is said of it alone.
type ingestThing struct{ Name, Reason, Hint string }

// An ingestLook is a page that needs one, and why.
type ingestLook struct {
	Title, Name string
	Why         []string
}

// An ingestPage is one article that counts.
type ingestPage struct {
	Title, Outlet, Date, Byline, From, Range, Supplier string
}

// ingestMedia says in words what media types are.
var ingestMedia = map[string]string{
	"text/html": "web pages", "text/plain": "plain text", "text/csv": "tables and lists", "multipart/related": "saved pages (MHTML)",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word and OpenDocument text", "application/rtf": "RTF",
	"application/pdf": "PDF", "message/rfc822": "e-mail", "text/vtt": "transcripts", "application/x-research-info-systems": "bibliographies",
	"application/octet-stream": "not recognised",
}

// ingestChannels says in words how captures came.
var ingestChannels = map[string]string{
	"file": "files", "web": "pages of the web", "feed": "feeds and site maps", "archive": "records of web archives", "hand": "supplied by hand",
}

// ingestOf counts what came in.
func ingestOf(m *Material, searches []recount.SearchRun) *ingest {
	x := NewIndex(m)
	sum := sha256.Sum256([]byte(ingestCSS))
	v := &ingest{Title: m.Title, AsOf: prose.Day(m.AsOf), Program: m.Program, StudyID: m.StudyID, Searches: searches,
		Style: template.CSS(ingestCSS), StyleHash: template.HTMLAttr(`content="default-src 'none'; style-src 'sha256-` + base64.StdEncoding.EncodeToString(sum[:]) + `'"`)}
	v.steps(m)
	maybe := map[recount.Key]bool{}
	for _, k := range m.Maybe {
		maybe[k] = true
	}
	open := map[string]int{}
	byChannel, byKind, files, versions := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for i := range m.Captures {
		c := &m.Captures[i]
		byChannel[cmp.Or(ingestChannels[c.Channel], c.Channel)]++
		kind, _, _ := strings.Cut(c.MediaType, ";")
		byKind[cmp.Or(ingestMedia[kind], kind)]++
		if w := c.Origin.Within; w != nil && w.File != "" {
			files[w.File]++
		}
		if n := len(x.From[c.Key]); n > 1 {
			files[c.Name] += n
		}
	}
	v.Channels, v.Kinds, v.Files = ingestRows(byChannel), ingestRows(byKind), ingestRows(files)
	for _, a := range m.Articles {
		if n := len(m.Older[a.Key]); n > 0 {
			versions[a.Page()] += n
		}
		var why []string
		if a.DateFlag != "" {
			why = append(why, "dates: "+prose.Dates(a.DateFlag))
		}
		if a.Published == "" {
			why = append(why, "no date of publication")
		}
		if maybe[a.Key] {
			why = append(why, "it runs the text of another page and has a speaker, a name or numbers of its own, so a person has to say whether both count once")
		}
		why = append(why, a.Notes...)
		if r := m.Readings[a.Key]; r != nil {
			why = append(why, r.Notes...)
		}
		asked := map[string]bool{}
		for _, w := range why {
			if q := question(w); !asked[q] {
				asked[q] = true
				open[q]++
			}
		}
		if len(why) > 0 && len(v.Look) < maxIngestRows {
			v.Look = append(v.Look, ingestLook{prose.Title(a), a.Page(), why})
		}
		if len(v.Pages) == maxIngestRows {
			v.MorePage++
			continue
		}
		from := a.Name
		if c := x.Archived[a.Capture]; c != nil && c.Origin.Within != nil && c.Origin.Within.File != "" {
			from += " in " + c.Origin.Within.File
		}
		v.Pages = append(v.Pages, ingestPage{prose.Title(a), a.Outlet, prose.Date(a), a.Byline, from, a.Said("range"), a.Supplier()})
	}
	v.Versions, v.Open = ingestRows(versions), ingestRows(open)
	return v
}

// question returns what a note asks, without what is particular to one page:
// numbers, words of the page, days.
func question(note string) string {
	if strings.HasPrefix(note, recount.HoldsLittle) {
		return "the article holds less than half of the running text on its page"
	}
	note, _, _ = strings.Cut(note, ": ")
	return particular.ReplaceAllString(note, "…")
}

// steps counts the way from what was offered to what counts, as flow diagrams
// of systematic reviews do (PRISMA 2020, Page et al. 2021, fig. 1).
func (v *ingest) steps(m *Material) {
	names := map[string]bool{}
	for i := range m.Captures {
		names[m.Captures[i].Name] = true
	}
	whole, left := recount.Pieces(m.Refusals, func(name string) bool { return names[name] })
	offered, atAdd := m.Offered()
	pieces, feeds, unread := len(left), 0, 0
	v.Reasons, v.Pieces = ingestReasons(whole), ingestReasons(left)
	texts := map[recount.Key]bool{}
	older := 0
	for _, a := range m.Articles {
		texts[a.Capture] = true
		for _, o := range m.Older[a.Key] {
			texts[o.Capture] = true
			older++
		}
	}
	for i := range m.Captures {
		switch c := &m.Captures[i]; {
		case c.Channel == "feed":
			feeds++
		case !texts[c.Key]:
			unread++
		}
	}
	reprints, spliced := 0, 0
	for _, o := range m.Originals {
		reprints += len(o.Members) - 1
		if o.Spliced {
			spliced++
		}
	}
	v.Steps = []ingestStep{
		{N: offered, What: "offered", Note: "files, pages and records, each once however often it was offered"},
		{N: atAdd, What: "could not be taken", Note: "listed below", Out: true},
		{N: len(m.Captures), What: "archived", Note: "kept as they were, with hash and time"},
	}
	if feeds > 0 {
		v.Steps = append(v.Steps, ingestStep{N: feeds, What: "feeds", Note: "evidence of what was announced, and no pages", Out: true})
	}
	if unread > 0 {
		v.Steps = append(v.Steps, ingestStep{N: unread, What: "gave no article", Note: "lists of addresses, what was refused, what was supplied to type from, translations", Out: true})
	}
	v.Steps = append(v.Steps, ingestStep{N: len(m.Articles) + older, What: "articles", Note: "one file may hold many"})
	if pieces > 0 {
		v.Steps = append(v.Steps, ingestStep{N: pieces, What: plural(pieces, "piece of these files was not taken", "pieces of these files were not taken"), Note: "listed below", Side: true})
	}
	v.Steps = append(v.Steps,
		ingestStep{N: older, What: "older versions of the same page", Note: "kept, and never counted as further sources", Out: true},
		ingestStep{N: len(m.Articles), What: "pages"},
		ingestStep{N: reprints, What: "reprints", Note: "the same text under another masthead", Out: true})
	if spliced > 0 {
		v.Steps = append(v.Steps, ingestStep{N: spliced, What: "put together from others", Note: "they report nothing of their own", Out: true})
	}
	v.Steps = append(v.Steps, ingestStep{N: len(m.Articles) - reprints - spliced, What: "independent originals"})
}

// ingestReasons groups what was refused. Of many things with one reason some are named,
// and one of each further folder or file that holds such: a file with thousands of
// empty pieces does not keep another one from being named.
func ingestReasons(list []recount.Refusal) (out []ingestReason) {
	const most = 500 // names a reason, and as many of further folders
	type group struct{ stage, reason string }
	type within struct {
		group
		folder string
	}
	at, named := map[group]int{}, map[within]bool{}
	for _, r := range list {
		r.Hint = prose.Advice(r.Hint)
		g := group{r.Stage, particular.ReplaceAllString(r.Reason, "…")}
		i, ok := at[g]
		if !ok {
			i = len(out)
			at[g] = i
			out = append(out, ingestReason{Reason: r.Reason, Hint: r.Hint, Stage: r.Stage})
		}
		x := &out[i]
		if x.Reason != r.Reason {
			x.Reason = g.reason
		}
		if x.Hint != r.Hint {
			x.Hint = ""
		}
		in := within{g, r.Name[:max(0, strings.LastIndexAny(r.Name, "/#"))]}
		if len(x.Things) >= most && (named[in] || len(x.Things) == 2*most) {
			x.More++
			continue
		}
		named[in] = true
		x.Things = append(x.Things, ingestThing{r.Name, r.Reason, r.Hint})
	}
	for i := range out {
		x := &out[i]
		for j := range x.Things { // what is said above all is not said again
			t := &x.Things[j]
			if t.Reason == x.Reason {
				t.Reason = ""
			}
			if t.Hint == x.Hint {
				t.Hint = ""
			}
		}
	}
	slices.SortStableFunc(out, func(a, b ingestReason) int {
		return cmp.Or(cmp.Compare(b.N(), a.N()), strings.Compare(a.Reason, b.Reason), strings.Compare(a.Stage, b.Stage))
	})
	return out
}

// particular is what differs between reasons that are one: numbers, and what
// is quoted or stands in parentheses behind it.
var particular = pattern.New(`"[^"]*"( \([^()]*\))?|“[^”]*”|[0-9]+`)

// N returns how many things were refused for the reason.
func (r ingestReason) N() int { return len(r.Things) + r.More }

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// ingestRows returns counts, the largest first.
func ingestRows(counts map[string]int) (out []ingestRow) {
	for label, n := range counts {
		out = append(out, ingestRow{Label: label, N: n})
	}
	slices.SortFunc(out, func(a, b ingestRow) int { return cmp.Or(cmp.Compare(b.N, a.N), strings.Compare(a.Label, b.Label)) })
	if len(out) > maxIngestRows {
		out = append(out[:maxIngestRows], ingestRow{Label: "further ones", N: len(out) - maxIngestRows})
	}
	return out
}
