package text

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/lang"
	"recount/internal/text/address"
	"recount/internal/text/document"
	"recount/internal/text/format/mail"
	"recount/internal/text/metadata"
	"recount/internal/text/page"
)

// maxFile is the largest file of any format that is read, in bytes.
const maxFile = 64 << 20

// What a file holds besides articles.
type (
	Left = document.Left
	Lead = document.Lead
)

// Contents is everything that one capture holds, in its order.
type Contents struct {
	Articles []recount.Article
	Leads    []Lead // addresses of pages that it holds no text of
	Listed   int    // how many it lists, which may be more
	Left     []Left // what was not understood
}

// Canonical returns one address for all variants of a page's address.
func Canonical(raw string) string { return address.Canonical(raw) }

// maxText is the longest text of one article, in bytes: that of a long book.
const maxText = 1 << 20

// tooLong is why a text of n bytes in so many blocks is no article, and what to
// do; without a reason it may be one.
func tooLong(n, blocks int) (l Left) {
	switch {
	case n > maxText:
		l.Reason = fmt.Sprintf("a text of %d kB in one piece; the limit is %d kB", (n+1023)>>10, maxText>>10)
	case blocks > maxBlocks:
		l.Reason = fmt.Sprintf("a text of %d paragraphs in one piece; the limit is %d", blocks, maxBlocks)
	}
	l.Hint = "cut it into its articles or chapters and add those"
	return l
}

// maxSentences is how many sentences one article may have: a long book has half as
// many. Reading costs for each more than for its length.
const maxSentences = 20_000

// tooMany is why a text of so many sentences is no article, as tooLong is.
func tooMany(text, language string) (l Left) {
	if len(text) < 2*maxSentences {
		return l
	}
	if n := len(lang.Sentences(text, language)); n > maxSentences {
		l.Reason = fmt.Sprintf("a text of %d sentences in one piece; the limit is %d", n, maxSentences)
		l.Hint = "cut it into its articles or chapters and add those"
	}
	return l
}

// maxLeft is how many pieces of one file are named one by one that were not
// understood; the others are counted.
const maxLeft = 1000

// maxBlocks is how many paragraphs one article may have: a long book has half
// as many.
const maxBlocks = 25_000

// Read returns everything that a capture holds. A text that is too long for an
// article is left. An error wraps recount.ErrRefused and carries a hint.
func Read(payload []byte, o Options) (Contents, error) {
	out, err := read(payload, o)
	if err == nil {
		err = out.bound()
	}
	if o.Counted {
		out.Leads = nil
	}
	for i := range out.Articles {
		a := &out.Articles[i]
		if why := a.Said("truncated"); why != "" {
			a.Notes = append(a.Notes, "the crawler cut the page off ("+why+")")
		}
	}
	return out, err
}

// bound takes out what is too long, and of a long list of what was left the end.
// A file that is one article and nothing else is refused as a whole.
func (c *Contents) bound() error {
	alone := len(c.Articles) == 1 && len(c.Left)+len(c.Leads) == 0 && c.Articles[0].Part == ""
	c.Articles = slices.DeleteFunc(c.Articles, func(a recount.Article) bool {
		long := tooLong(len(a.Text), len(a.Blocks))
		if long.Reason == "" {
			long = tooMany(a.Text, a.Language)
		}
		if long.Reason == "" {
			return false
		}
		long.Where = cmp.Or(a.Part, "text")
		c.Left = append(c.Left, long)
		return true
	})
	if alone && len(c.Articles) == 0 {
		return page.Refuse(c.Left[0].Reason, c.Left[0].Hint)
	}
	if more := len(c.Left) - maxLeft; more > 0 {
		c.Left = append(c.Left[:maxLeft:maxLeft], Left{Where: "more", Reason: fmt.Sprintf("%d more pieces that were not understood: the first %d of a file are listed", more, maxLeft),
			Hint: "look whether the file is whole and of one kind; cut it into smaller ones to see each of them"})
	}
	return nil
}

func read(payload []byte, o Options) (Contents, error) {
	switch {
	case len(bytes.TrimSpace(payload)) == 0:
		return Contents{}, page.Refuse("an empty file", "save the page again, or remove the file")
	case len(payload) > maxFile:
		return Contents{}, page.Refuse(fmt.Sprintf("a file of %d MiB; the limit is %d MiB", len(payload)>>20, maxFile>>20),
			"cut it into smaller files, or leave its pictures out")
	}
	f := Recognise(payload, o.Name)
	if inside := carried(f); len(inside) > 0 {
		set, err := readCarried(inside, o)
		if err != nil {
			return Contents{}, err
		}
		return contents(set, o), nil
	}
	if f.Format == nil || f.Saved != nil {
		a, err := extractPage(f, o)
		if err != nil {
			return Contents{}, err
		}
		identify(&a, o.Name)
		return Contents{Articles: []recount.Article{a}}, nil
	}
	set, err := f.Format.Read(payload, document.Options{Name: o.Name, MediaType: o.MediaType, Captured: o.Captured, Columns: o.Columns})
	if err != nil {
		return Contents{}, err
	}
	if f.Format.Name == "mail" {
		if err := withoutLists(&set); err != nil {
			return Contents{}, err
		}
	}
	return contents(set, o), nil
}

// withoutLists leaves out the messages that are lists of articles, and asks about
// those that may be. A mail that is nothing else is refused.
func withoutLists(set *document.Set) (err error) {
	set.Drafts = slices.DeleteFunc(set.Drafts, func(d document.Draft) bool {
		n, by := listedText(linesOf(&d))
		if n > 0 {
			err = refuseList(n, by)
			set.Left = append(set.Left, Left{Where: where(&d), Reason: strings.TrimSuffix(err.Error(), ": "+recount.ErrRefused.Error()), Hint: recount.HintOf(err)})
		}
		return n > 0
	})
	for i := range set.Drafts {
		d := &set.Drafts[i]
		if note := maybeListed(linesOf(d)); note != "" {
			d.Notes = append(d.Notes, note)
		}
	}
	if len(set.Drafts) > 0 {
		return nil
	}
	return err
}

func linesOf(d *document.Draft) []string {
	lines := make([]string, len(d.Paragraphs))
	for i, p := range d.Paragraphs {
		lines[i] = p.Text
	}
	return lines
}

// contents makes articles of drafts.
func contents(set document.Set, o Options) Contents {
	out := Contents{Leads: set.Leads, Listed: len(set.Leads) + set.More, Left: set.Left}
	if set.More > 0 {
		out.Left = append(out.Left, Left{Where: "more addresses", Reason: moreLeads(out.Listed), Hint: hintLeads})
	}
	parts := map[string]bool{}
	for i := range set.Drafts {
		d := &set.Drafts[i]
		a := article(d, o)
		if a.Text == "" {
			out.Left = append(out.Left, Left{Where: where(d), Reason: "no text in it", Hint: "supply its text, or leave it out"})
			continue
		}
		if parts[a.Part] {
			out.Left = append(out.Left, Left{Where: where(d), Reason: "a second part " + a.Part + " of one file", Hint: "give it a number of its own"})
			continue
		}
		parts[a.Part] = true
		a.Notes = append(a.Notes, set.Notes...)
		out.Articles = append(out.Articles, a)
	}
	return out
}

// A carriedFile is the export of a news database inside a mail.
type carriedFile struct {
	mail.Carried
	format *Format
}

// carried returns the exports of news databases that a mail brings.
func carried(f *File) (out []carriedFile) {
	if f.Format == nil || f.Format.Name != "mail" || !mail.Mailed(f.Payload) {
		return nil
	}
	for _, c := range mail.Carries(f.Payload) {
		for i := range Formats {
			if g := &Formats[i]; g.Database && g.Is(c.Body, c.Name) {
				out = append(out, carriedFile{c, g})
				break
			}
		}
	}
	return out
}

// readCarried reads the exports that a mail brings. Their paths begin with the
// part of the mail.
func readCarried(inside []carriedFile, o Options) (all document.Set, err error) {
	for _, c := range inside {
		set, e := c.format.Read(c.Body, document.Options{Name: c.Name, Captured: o.Captured})
		if e != nil {
			if err == nil {
				err = e
			}
			all.Left = append(all.Left, Left{Where: "part " + c.Number, Reason: strings.TrimSuffix(e.Error(), ": "+recount.ErrRefused.Error()), Hint: recount.HintOf(e)})
			continue
		}
		for _, d := range set.Drafts {
			for i := range d.Paragraphs {
				d.Paragraphs[i].Path = "part[" + c.Number + "]!" + d.Paragraphs[i].Path
			}
			if len(inside) > 1 {
				d.Part = strings.TrimSuffix(c.Number+"/"+d.Part, "/")
			}
			d.Range = strings.TrimSuffix("part "+c.Number+" of the mail, "+d.Range, ", ")
			all.Drafts = append(all.Drafts, d)
		}
		all.Left = append(all.Left, set.Left...)
		for _, l := range set.Leads {
			all.Lead(l)
		}
		all.More += set.More
		all.Notes = append(all.Notes, set.Notes...)
	}
	if len(all.Drafts) > 0 || len(all.Left) > 0 && err == nil {
		err = nil
	}
	return all, err
}

// findCarried returns the text at a path into a file that a mail brings.
func findCarried(f *File, path string) (string, bool) {
	number, rest, ok := strings.Cut(strings.TrimPrefix(path, "part["), "]!")
	if !ok {
		return "", false
	}
	for _, c := range carried(f) {
		if c.Number == number {
			return c.format.Find(c.Body, rest)
		}
	}
	return "", false
}

// identify gives a page of the web that names no address of its own the one
// that all variants of its address share (tracking parameters, AMP, mobile
// hosts, archived copies), so that they are one page. The address as it was
// asked for stays the name of the capture.
func identify(a *recount.Article, name string) {
	low := strings.ToLower(name)
	if !strings.HasPrefix(low, "http://") && !strings.HasPrefix(low, "https://") {
		return
	}
	own := slices.ContainsFunc(a.Metadata, func(c recount.Candidate) bool {
		return c.Field == "url" && (strings.HasPrefix(c.Origin, "link") || strings.HasPrefix(c.Origin, "meta"))
	})
	if a.URL == "" || !own {
		a.URL = address.Canonical(name)
	}
}

func where(d *document.Draft) string {
	if d.Part != "" {
		return d.Part
	}
	return "text"
}

// article makes an article of a draft.
func article(d *document.Draft, o Options) recount.Article {
	a := recount.Article{Name: o.Name, Part: d.Part, Extractor: Extractor, Notes: slices.Clone(d.Notes)}
	w := writer{a: &a}
	for _, p := range d.Paragraphs {
		if p.Text == "" {
			continue
		}
		role := p.Role
		if role == "" {
			role = recount.Body
		}
		w.block(p.Text, role, p.Path)
	}
	w.done()
	facts := document.Fact(slices.Clone(d.Facts), "range", d.Range, "file")
	facts = document.Fact(facts, "supplier", d.Supplier, "file")
	facts = document.Fact(facts, "supplier", o.Supplier, "by hand")
	metadata.Complete(&a, append(facts, o.Hints...), o.Name, o.Captured)
	return a
}

// Leads returns the addresses that a file lists, with what it says of the
// pages, and how many there are; none if it is no list.
func (f *File) Leads(o Options) ([]Lead, int) {
	if f.Format == nil || !f.Format.Lists {
		return nil, 0
	}
	set, err := f.Format.Read(f.Payload, document.Options{Name: o.Name, Columns: o.Columns})
	if err != nil {
		return nil, 0
	}
	return set.Leads, len(set.Leads) + set.More
}

// MoreLeads refuses the end of a list of n addresses, nil if it is taken whole.
func MoreLeads(n int) error {
	if n <= document.MaxLeads {
		return nil
	}
	return page.Refuse(moreLeads(n), hintLeads)
}

func moreLeads(n int) string {
	return fmt.Sprintf("a list of %d addresses: the first %d are taken", n, document.MaxLeads)
}

const hintLeads = "cut the list into several files"
