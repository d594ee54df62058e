package report

import (
	"cmp"
	"fmt"

	"recount"
	"recount/internal/report/bibliography"
	"recount/internal/report/document"
	"recount/internal/report/prose"
)

// This file lists the pages of a study as sources, in the style that the study
// set.
//
// In: the material of a report. Out: blocks of a document, or the list for
// reference managers.

// CitationStyles are the styles in which a study may cite its pages.
func CitationStyles() (out []string) {
	for _, s := range bibliography.Styles {
		out = append(out, string(s))
	}
	return out
}

// styleWords say in which style a report cites.
var styleWords = map[bibliography.Style]string{
	bibliography.News:    "Cited as newsrooms do, by outlet and day.",
	bibliography.APA:     "Cited in the style of the American Psychological Association, 7th edition; titles keep their capitals.",
	bibliography.Chicago: "Cited in the style of the Chicago Manual, 17th edition.",
}

// A Bibliography is the list of sources of a study.
type Bibliography = bibliography.List

// SourceForms are the endings of the files that hold a list of sources.
var SourceForms = bibliography.Forms

// Sources lists the pages of a study: independent originals first, then
// reprints, then pages put together from others, each oldest first.
func Sources(m *Material) *Bibliography { return sourcesOf(NewIndex(m)) }

func sourcesOf(x *Index) *bibliography.List {
	var list []bibliography.Source
	for _, a := range x.ByDate() {
		s := bibliography.Of(a, x.Archived[a.Capture])
		if o := x.OriginalOf[a.Key]; o != nil && o.Spliced {
			s.Note = "Put together from other pages; it counts for nobody."
		} else if o != nil && o.First != "" && o.First != a.Key {
			if f := x.ByKey[o.First]; f != nil {
				s.Note = "A reprint of " + cmp.Or(prose.OneLine(f.Outlet), prose.Title(f)) + ", " + prose.Date(f) + "."
			}
		}
		list = append(list, s)
	}
	return bibliography.NewList(bibliography.Style(x.Citation), list)
}

// sources lists every page that counts, oldest first, with its hash.
func (r *study) sources() []document.Block {
	var out blocks
	list := r.x.ByDate()
	out.say(plain("The pages of this study: independent originals first, then reprints, then pages put together from others, each oldest first and with the SHA-256 of its archived bytes."))
	for i, a := range list[:min(len(list), mostListed)] {
		out = append(out, document.Block{Kind: document.ListItem, Level: 1, Number: fmt.Sprintf("S%d.", i+1), Text: r.source(a)})
	}
	if more := len(list) - mostListed; more > 0 {
		out.note(prose.Plural(more, "page", "pages") + " more, each with a page of the report's site.")
	}
	return out
}

// source cites a page in the list, with what shows that it is the one archived.
func (r *study) source(a *recount.Article) []document.Inline {
	text := r.cited.Entry(a.Key, ArticlePath(a.Key))
	s, _ := r.cited.Find(a.Key)
	if s.Archived.Known() {
		text = append(text, plain(" Archived "+prose.Day(s.Archived.String())+"."))
	}
	if s.Note != "" {
		text = append(text, plain(" "+s.Note))
	}
	if s.Hash != "" {
		text = append(text, plain(" SHA-256: "), document.Inline{Text: s.Hash, Code: true})
	}
	return text
}
