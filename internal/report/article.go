package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"recount"
	"recount/internal/report/cite"
	"recount/internal/report/words"
)

// The parts of an article's page.
type articleView struct {
	Frame
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
	Supplier, Range, Within, Channel, Final  string
	Translations                             []cite.Translation
	Blocks                                   []cite.Block
	Places                                   []placeView
	Statements, Figures, Held                int
}

// channels says how a capture came.
var channels = map[string]string{
	"web": "fetched from the web", "archive": "taken out of a web archive", "hand": "supplied by hand",
}

type relatedView struct{ Href, Title, Words string }

type placeView struct {
	Href, Label, Text string
	Layer             string
}

func (s *Site) articleView(a *recount.Article) articleView {
	x := s.x
	v := articleView{
		Frame: s.Frame("../", words.Title(a)), Outlet: a.Outlet, Byline: a.Byline, Date: words.Date(a),
		DateFlag: words.Dates(a.DateFlag), Language: a.Language, URL: a.URL, Name: a.Name, Part: a.Part,
		Extractor: a.Extractor, TextHash: recount.HashText(a.Text), Precision: a.Precision,
		Dates: a.Dates, Metadata: a.Metadata, Notes: slices.Clone(a.Notes),
		Supplier: a.Supplier(), Range: a.Said("range"), Translations: x.Translations[a.Key],
	}
	if r := x.Readings[a.Key]; r != nil {
		v.Notes = append(v.Notes, r.Notes...)
	}
	for _, field := range a.Decided {
		v.Notes = append(v.Notes, "the "+field+" was decided by a person")
	}
	if c := x.Archived[a.Capture]; c != nil {
		v.Hash, v.Size, v.MediaType, v.Search = c.Hash, words.Size(c.Size), c.MediaType, c.Search
		if !c.Captured.IsZero() {
			v.Captured = c.Captured.UTC().Format(time.RFC3339)
		}
		if c.Record.File != "" {
			v.WARC = fmt.Sprintf("%s, byte %d", c.Record.File, c.Record.Offset)
		}
		if c.Name != a.Name {
			v.Name = c.Name
		}
		v.Channel = channels[c.Channel]
		if w := c.Origin.Within; w != nil && w.File != "" {
			v.Within = w.File
			if w.Length > 0 {
				v.Within += fmt.Sprintf(", bytes %d to %d", w.Offset, w.Offset+w.Length)
			}
		}
		if c.Origin.Fetch != nil {
			v.Final = c.Origin.Fetch.Final
		}
	}
	relate(x, &v, a)
	places := x.Places[a.Key]
	v.Blocks, v.Loose = cite.Flatten(a, places)
	for _, p := range places {
		switch p.Layer {
		case cite.StatementLayer:
			v.Statements++
			if p.Held {
				v.Held++
			}
		case cite.FigureLayer:
			v.Figures++
		default:
			continue
		}
		var pieces []string
		for _, s := range p.Spans {
			pieces = append(pieces, s.In(a.Text))
		}
		text := words.OneLine(strings.Join(pieces, " … "))
		if cut := words.Cut(text, 110); cut != text {
			text = cut + " …"
		}
		v.Places = append(v.Places, placeView{"#" + p.ID, p.Label, text, string(p.Layer)})
	}
	return v
}

// relate fills in what other pages have to do with a.
func relate(x *cite.Index, v *articleView, a *recount.Article) {
	link := func(b *recount.Article, note string) relatedView {
		name := words.Title(b)
		if b.Outlet != "" {
			name = b.Outlet + ": " + name
		}
		return relatedView{"../" + cite.ArticlePath(b.Key), name, note}
	}
	if o := x.OriginalOf[a.Key]; o != nil {
		switch {
		case o.Spliced:
			v.Original = "This page was put together from several others. It counts for nobody."
		case len(o.Members) > 1 && o.First == a.Key:
			v.Original = "This page was probably printed first; the others are reprints of it. Together they count once."
		case len(o.Members) > 1:
			v.Original = "This page is a reprint. Together with its original it counts once."
		}
		if v.Original != "" && o.Reason != "" {
			v.Original += " Why: " + words.Dates(o.Reason) + "."
		}
	}
	kinds := []recount.RelationKind{recount.Copy, recount.Partial, recount.QuoteOnly}
	relations := slices.Clone(x.RelationsOf[a.Key])
	slices.SortStableFunc(relations, func(r, s recount.Relation) int {
		return cmp.Compare(slices.Index(kinds, r.Kind), slices.Index(kinds, s.Kind))
	})
	for _, r := range relations {
		other, own, its := r.B, r.CoverageA, r.CoverageB
		if r.B == a.Key {
			other, own, its = r.A, r.CoverageB, r.CoverageA
		}
		if b := x.ByKey[other]; b != nil && r.Kind != recount.Trace {
			v.Related = append(v.Related, link(b, fmt.Sprintf("%s: %s of this page, %s of that one",
				words.Relation(r.Kind), words.Milli(own), words.Milli(its))))
		}
	}
	for _, b := range x.Versions[cite.PageOf(a)] {
		if b == a {
			continue
		}
		note := "another version of this page"
		if c := x.Archived[b.Capture]; c != nil && !c.Captured.IsZero() {
			note += ", archived " + c.Captured.UTC().Format(time.RFC3339)
		}
		v.Versions = append(v.Versions, link(b, note))
	}
}
