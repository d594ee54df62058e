package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"recount"
	"recount/internal/report/document"
	"recount/internal/report/prose"
)

// channels says how a capture came.
var channels = map[string]string{
	"web": "fetched from the web", "archive": "taken out of a web archive", "hand": "supplied by hand",
}

// articleBlocks show one archived article as plain text, its places marked.
func articleBlocks(x *Index, a *recount.Article) []document.Block {
	var out blocks
	out.trail("archived page")
	out.section("article", "", articleHead(x, a))
	places := x.Places[a.Key]
	statements, held, figures := 0, 0, 0
	for _, p := range places {
		switch p.Layer {
		case StatementLayer:
			statements++
			if p.Held {
				held++
			}
		case FigureLayer:
			figures++
		}
	}
	like := func(marks string) document.Inline { return document.Inline{Text: "like this", Marks: marks} }
	legend := []document.Inline{plain("Marked here: " + prose.Plural(statements, "statement", "statements") + " "), like("statement")}
	if held > 0 {
		legend = append(legend, plain(", of which "+prose.Plural(held, "was", "were")+" accepted by a person "), like("statement accepted"))
	}
	legend = append(legend, plain(", and "+prose.Plural(figures, "reported figure", "reported figures")+" "), like("figure"), plain("; what was set aside, "), like("aside"),
		plain("; where a value or a name stands, "), like("value"), plain(" or "), like("mention"), plain(". The text is shown as plain text, as it was taken out of the archived page."))
	out.styled("legend", legend...)
	text, loose := Flatten(a, places)
	if len(loose) > 0 {
		anchors := document.Block{Kind: document.Paragraph, Style: "anchors", Site: true}
		for _, id := range loose {
			anchors.Text = append(anchors.Text, document.Inline{ID: id})
		}
		out.add(anchors)
	}
	var body blocks
	for _, b := range text {
		words := document.Block{Kind: document.Paragraph, Style: "block", Text: runs(b.Runs)}
		if b.Words == "" {
			body.add(words)
			continue
		}
		style := "block " + string(b.Role)
		list := []document.Block{{Kind: document.Paragraph, Style: "role", Text: document.Plain(b.Words)}, words}
		if b.Again {
			style, list = style+" again", list[1:]
		}
		words.Style = ""
		list[len(list)-1] = words
		body.section(style, "", list)
	}
	if len(text) == 0 {
		body.styled("empty", plain("No article text was found on this page."))
	}
	out.add(document.Block{Kind: document.Section, Style: "archived", Lang: a.Language, Blocks: body})
	for _, t := range x.Translations[a.Key] {
		var b blocks
		b.heading(2, "Translation")
		by := "Translated by "
		if t.Machine {
			by = "Translated by a machine, supplied by "
		}
		by += t.By + ", " + prose.Day(t.Day)
		if t.Checked != "" {
			by += "; compared with the original by " + t.Checked
		} else {
			by += "; nobody has compared it with the original"
		}
		b.styled("flag", plain(by+". Nothing is counted from it."))
		b.styled("block", plain(t.Text))
		out.section("translation", "", b)
	}
	if statements+figures > 0 {
		out.heading(2, "What was found in it")
		list := document.Block{Kind: document.Items, Style: "places"}
		for _, p := range places {
			if p.Layer != StatementLayer && p.Layer != FigureLayer {
				continue
			}
			var pieces []string
			for _, s := range p.Spans {
				pieces = append(pieces, s.In(a.Text))
			}
			text := prose.OneLine(strings.Join(pieces, " … "))
			if cut := prose.Cut(text, 110); cut != text {
				text = cut + " …"
			}
			list.Blocks = append(list.Blocks, document.Block{Kind: document.Item, Style: string(p.Layer), Text: []document.Inline{{Text: p.Label, Page: "#" + p.ID}, plain(": " + text)}})
		}
		out.add(list)
	}
	out = append(out, related(x, a)...)
	out.heading(2, "Where it comes from")
	return append(out, origin(x, a)...)
}

// articleHead says who published an article and when, and what is to be known of it.
func articleHead(x *Index, a *recount.Article) []document.Block {
	var out blocks
	date := prose.Date(a)
	if a.Precision != "" {
		date += " (known to the " + string(a.Precision) + ")"
	}
	out.styled("outlet", plain(cmp.Or(a.Outlet, "Unknown outlet")+" · "+date))
	out.heading(1, prose.Title(a))
	if a.Byline != "" {
		out.styled("byline", plain(a.Byline))
	}
	if s := a.Supplier(); s != "" {
		out.styled("flag", document.Inline{Text: "Not the outlet's own page.", Strong: true}, plain(" Text as supplied: "+s+"."))
	}
	flags := []string{}
	if a.DateFlag != "" {
		flags = append(flags, "The date needs a look: "+prose.Dates(a.DateFlag)+".")
	}
	if o := originalWords(x, a); o != "" {
		flags = append(flags, o)
	}
	flags = append(flags, a.Notes...)
	if r := x.Readings[a.Key]; r != nil {
		flags = append(flags, r.Notes...)
	}
	for _, field := range a.Decided {
		flags = append(flags, "the "+field+" was decided by a person")
	}
	for _, f := range flags {
		out.styled("flag", plain(f))
	}
	return out
}

// originalWords says whether an article is a reprint, or "".
func originalWords(x *Index, a *recount.Article) string {
	o := x.OriginalOf[a.Key]
	if o == nil {
		return ""
	}
	s := ""
	switch {
	case o.Spliced:
		s = "This page was put together from several others. It counts for nobody."
	case len(o.Members) > 1 && o.First == a.Key:
		s = "This page was probably printed first; the others are reprints of it. Together they count once."
	case len(o.Members) > 1:
		s = "This page is a reprint. Together with its original it counts once."
	}
	if s != "" && o.Reason != "" {
		s += " Why: " + prose.Dates(o.Reason) + "."
	}
	return s
}

// related lists what other pages have to do with an article.
func related(x *Index, a *recount.Article) []document.Block {
	var out blocks
	point := func(list *blocks, b *recount.Article, note string) {
		name := prose.Title(b)
		if b.Outlet != "" {
			name = b.Outlet + ": " + name
		}
		list.point(document.Inline{Text: name, Page: ArticlePath(b.Key)}, document.Inline{Text: " " + note, Quiet: true})
	}
	kinds := []recount.RelationKind{recount.Copy, recount.Partial, recount.QuoteOnly}
	relations := slices.Clone(x.RelationsOf[a.Key])
	slices.SortStableFunc(relations, func(r, s recount.Relation) int {
		return cmp.Compare(slices.Index(kinds, r.Kind), slices.Index(kinds, s.Kind))
	})
	var same, versions blocks
	for _, r := range relations {
		other, own, its := r.B, r.CoverageA, r.CoverageB
		if r.B == a.Key {
			other, own, its = r.A, r.CoverageB, r.CoverageA
		}
		if b := x.ByKey[other]; b != nil && r.Kind != recount.Trace {
			point(&same, b, fmt.Sprintf("%s: %s of this page, %s of that one", prose.Relation(r.Kind), prose.Milli(own), prose.Milli(its)))
		}
	}
	for _, b := range x.Versions[PageOf(a)] {
		if b == a {
			continue
		}
		note := "another version of this page"
		if c := x.Archived[b.Capture]; c != nil && !c.Captured.IsZero() {
			note += ", archived " + c.Captured.UTC().Format(time.RFC3339)
		}
		point(&versions, b, note)
	}
	if len(same) > 0 {
		out.heading(2, "Other pages with the same text")
		out = append(out, same...)
	}
	if len(versions) > 0 {
		out.heading(2, "Other versions of this page")
		out = append(out, versions...)
	}
	return out
}

// origin says where an article comes from: its capture, its hashes, what the page
// says of itself.
func origin(x *Index, a *recount.Article) []document.Block {
	var out, facts blocks
	fact := func(name string, text ...document.Inline) {
		if document.Words(text) != "" {
			facts.fact(name, para(text...))
		}
	}
	code := func(s string) document.Inline { return document.Inline{Text: s, Code: true} }
	if a.URL != "" {
		fact("Address", plain(a.URL), document.Inline{Text: " (shown as text: to follow it would tell the site who reads)", Quiet: true})
	}
	c := x.Archived[a.Capture]
	name := a.Name
	if c != nil && c.Name != a.Name {
		name = c.Name
	}
	if a.Part != "" {
		name += ", part " + a.Part
	}
	fact("File", plain(name))
	fact("Place in the file", plain(a.Said("range")))
	if c != nil {
		if w := c.Origin.Within; w != nil && w.File != "" {
			within := w.File
			if w.Length > 0 {
				within += fmt.Sprintf(", bytes %d to %d", w.Offset, w.Offset+w.Length)
			}
			fact("Taken out of", plain(within))
		}
		if f := c.Origin.Fetch; f != nil {
			fact("Led to", plain(f.Final))
		}
		fact("How it came", plain(channels[c.Channel]))
		if !c.Captured.IsZero() {
			fact("Archived", plain(c.Captured.UTC().Format(time.RFC3339)))
		}
		fact("SHA-256 of the page", code(c.Hash))
	}
	fact("SHA-256 of this text", code(recount.HashText(a.Text)))
	if c != nil {
		if c.MediaType != "" {
			fact("Kind and size", plain(c.MediaType+", "+prose.Size(c.Size)))
		}
		if c.Record.File != "" {
			fact("Record", code(fmt.Sprintf("%s, byte %d", c.Record.File, c.Record.Offset)))
		}
		fact("Found by", plain(c.Search))
	}
	fact("Text taken out by", plain(a.Extractor))
	fact("Language", plain(a.Language))
	out.add(document.Block{Kind: document.Facts, Blocks: facts})
	if len(a.Dates) > 0 {
		out.heading(3, "Dates on the page")
		g := newGrid("", "Date", "Where it stands")
		g.Label = "Dates on the page"
		for _, d := range a.Dates {
			g.row(d.Value, []document.Inline{code(d.Origin)})
		}
		out.table(g)
	}
	if len(a.Metadata) > 0 {
		g := newGrid("", "Field", "Value", "Where it stands")
		g.Label = "Other values"
		for _, m := range a.Metadata {
			g.row(m.Field, m.Value, []document.Inline{code(m.Origin)})
		}
		var b blocks
		b.table(g)
		out.add(document.Block{Kind: document.Fold, Text: document.Plain("Other values the page offers"), Blocks: b})
	}
	return out
}
