package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"recount"
)

// perPage is how many items one page of evidence shows.
const perPage = 200

// An evidence is what one printed number was counted from.
type evidence struct {
	id     string // file name without its ending: "statements"
	label  string // what is counted: "statements, reprints folded"
	counts string // how it is counted, in one sentence
	number string // as printed: "4 of 29 (13.8%)"
	rng    string // the range in words, or ""
	total  int    // how many of the items the number counts
	items  []item
	asked  []questionView  // open questions that move it
	empty  string          // said instead of a list
	result *recount.Result // nil if it is no result of a study
	row    int             // number of the row in its table, 0 for the result itself
}

// An item is one thing that a number counts, with what shows it.
type item struct {
	section string // heading under which it stands, if it changes
	title   string
	path    string // of the page about it, from the top of the site, or ""
	plain   string // words to highlight where no archived text can be cited
	notes   []string
	cites   []cite
}

func (e *evidence) pageCount() int { return max(1, (len(e.items)+perPage-1)/perPage) }

// path returns the file of the n-th page of the evidence, from the top of the
// site.
func (e *evidence) path(n int) string {
	if n == 0 {
		return "numbers/" + e.id + ".html"
	}
	return fmt.Sprintf("numbers/%s.%d.html", e.id, n+1)
}

// A numberView is one printed number.
type numberView struct {
	Href  string
	Text  string
	Label string
}

type itemView struct {
	Section string
	Title   string
	Href    string
	Plain   string
	Notes   []string
	Quotes  []quoteView
}

type pageLink struct {
	Href    string
	Text    string
	Current bool
}

type evidenceView struct {
	frame
	Label     string
	Counts    string
	Number    string
	Range     string
	Empty     string
	First     int // number of the first item on this page, counted from one
	Items     []itemView
	Pages     []pageLink
	Questions []questionView
}

func (x *index) evidenceView(kind string, e *evidence, n int) evidenceView {
	const root = "../"
	v := evidenceView{
		frame: x.frame(kind, root, e.number+" "+e.label),
		Label: e.label, Counts: e.counts, Number: e.number, Range: e.rng, Empty: e.empty,
		First: n*perPage + 1,
	}
	section := ""
	for _, it := range e.items[n*perPage : min(len(e.items), (n+1)*perPage)] {
		iv := itemView{Title: it.title, Plain: it.plain, Notes: it.notes}
		if it.section != section {
			section = it.section
			iv.Section = section
		}
		if it.path != "" {
			iv.Href = root + it.path
		}
		for _, c := range it.cites {
			iv.Quotes = append(iv.Quotes, x.quote(c, root))
		}
		v.Items = append(v.Items, iv)
	}
	for i := range e.pageCount() {
		if e.pageCount() > 1 {
			v.Pages = append(v.Pages, pageLink{root + e.path(i),
				fmt.Sprintf("%s–%s", grouped(i*perPage+1), grouped(min(len(e.items), (i+1)*perPage))), i == n})
		}
	}
	for _, q := range e.asked {
		q.Href = root + q.Href
		v.Questions = append(v.Questions, q)
	}
	return v
}

// The parts of an article's page.
type articleView struct {
	frame
	Outlet, Byline, Date, DateFlag, Language string
	URL, Name, Part                          string
	Hash, Captured, Size, MediaType, Search  string
	WARC, Extractor, TextHash                string
	Precision                                recount.Precision
	Dates, Metadata                          []recount.Candidate
	Notes                                    []string
	Original                                 string
	Related                                  []relatedView
	Versions                                 []relatedView
	Loose                                    []string
	Blocks                                   []blockView
	Places                                   []placeView
	Statements, Figures                      int
}

type relatedView struct{ Href, Title, Words string }

type placeView struct {
	Href, Label, Text string
	Layer             string
}

func (x *index) articleView(kind string, a *recount.Article) articleView {
	const root = "../"
	v := articleView{
		frame: x.frame(kind, root, title(a)), Outlet: a.Outlet, Byline: a.Byline, Date: dateWords(a),
		DateFlag: a.DateFlag, Language: a.Language, URL: a.URL, Name: a.Name, Part: a.Part,
		Extractor: a.Extractor, TextHash: recount.HashText(a.Text), Precision: a.Precision,
		Dates: a.Dates, Metadata: a.Metadata, Notes: slices.Clone(a.Notes),
	}
	if r := x.Readings[a.Key]; r != nil {
		v.Notes = append(v.Notes, r.Notes...)
	}
	if c := x.capture[a.Capture]; c != nil {
		v.Hash, v.Size, v.MediaType, v.Search = c.Hash, sizeWords(c.Size), c.MediaType, c.Search
		if !c.Captured.IsZero() {
			v.Captured = c.Captured.UTC().Format(time.RFC3339)
		}
		if c.Record.File != "" {
			v.WARC = fmt.Sprintf("%s, byte %d", c.Record.File, c.Record.Offset)
		}
		if c.Name != a.Name {
			v.Name = c.Name
		}
	}
	x.relate(&v, a, root)
	places := x.places[a.Key]
	v.Blocks, v.Loose = flatten(a, places)
	for _, p := range places {
		switch p.layer {
		case statementLayer:
			v.Statements++
		case figureLayer:
			v.Figures++
		default:
			continue
		}
		var words []string
		for _, s := range p.spans {
			words = append(words, s.In(a.Text))
		}
		text := oneLine(strings.Join(words, " … "))
		if cut := cutAt(text, 110); cut != text {
			text = cut + " …"
		}
		v.Places = append(v.Places, placeView{"#" + p.id, p.label, text, string(p.layer)})
	}
	return v
}

// relate fills in what other pages have to do with a.
func (x *index) relate(v *articleView, a *recount.Article, root string) {
	link := func(b *recount.Article, words string) relatedView {
		name := title(b)
		if b.Outlet != "" {
			name = b.Outlet + ": " + name
		}
		return relatedView{root + articlePath(b.Key), name, words}
	}
	if o := x.original[a.Key]; o != nil {
		switch {
		case o.Spliced:
			v.Original = "This page was put together from several others. It counts for nobody."
		case len(o.Members) > 1 && o.First == a.Key:
			v.Original = "This page was probably printed first; the others are reprints of it. Together they count once."
		case len(o.Members) > 1:
			v.Original = "This page is a reprint. Together with its original it counts once."
		}
		if v.Original != "" && o.Reason != "" {
			v.Original += " Why: " + o.Reason + "."
		}
	}
	for _, r := range x.Relations {
		other, own, its := r.B, r.CoverageA, r.CoverageB
		if r.B == a.Key {
			other, own, its = r.A, r.CoverageB, r.CoverageA
		} else if r.A != a.Key {
			continue
		}
		if b := x.article[other]; b != nil && r.Kind != recount.Trace {
			v.Related = append(v.Related, link(b, fmt.Sprintf("%s; %s of this page and %s of that one stand in both",
				relationWords(r.Kind), milliWords(own), milliWords(its))))
		}
	}
	for _, b := range x.every {
		if b != a && b.Page() == a.Page() && b.Part == a.Part {
			words := "another version of this page"
			if c := x.capture[b.Capture]; c != nil && !c.Captured.IsZero() {
				words += ", archived " + c.Captured.UTC().Format(time.RFC3339)
			}
			v.Versions = append(v.Versions, link(b, words))
		}
	}
}

func relationWords(k recount.RelationKind) string {
	switch k {
	case recount.Copy:
		return "reprint"
	case recount.Partial:
		return "shares passages"
	case recount.QuoteOnly:
		return "shares a quotation"
	}
	return string(k)
}
