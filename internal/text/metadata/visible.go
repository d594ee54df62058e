package metadata

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recount/internal/text/date"

	"recount/internal/text/page"
)

// An aboveLine is one short line between the headline and the text.
type aboveLine struct {
	index  int // among the pieces
	text   string
	dates  []date.Span
	rest   string // what is no day and belongs to none
	byline bool   // its place or its opening says so
	name   bool   // its words may be names
}

// Above reads the lines that stand between the title's heading and the first
// long paragraph of the article, which is number first among ps: who wrote it
// and when. It returns the numbers of the pieces that say just that.
func (f *Facts) Above(ps []page.Piece, first int, head *html.Node, outlet string) map[int]bool {
	start := max(0, first-25)
	from := start // behind the heading
	for i := range ps[:min(first, len(ps))] {
		// The line of a table that is the title stands in a cell with others.
		line := head != nil && headed(head, ps[i].At) && page.FoldTitle(ps[i].Text) == page.FoldTitle(page.TextOf(head))
		if head != nil && (ps[i].At == head || headed(ps[i].At, head)) || line {
			start, from = max(0, i-4), i+1
		}
	}
	var lines []aboveLine
	for i := start; i < min(first+1, len(ps)); i++ {
		p := &ps[i]
		if len(p.Text) > 250 || f.aside(p.At) || pictured(p.At) {
			continue
		}
		f.timeElements(p.At)
		l := aboveLine{index: i, text: f.common(p.Text)}
		l.dates = datesIn(l.text)
		l.strip()
		l.byline, l.name = f.bylined(p, l.rest), names(l.rest, 12)
		lines = append(lines, l)
	}
	out := map[int]bool{}
	days := 0
	for i := range lines {
		if len(lines[i].dates) > 0 {
			days++
		}
	}
	if days > 6 { // a calendar, or a list of results
		lines = slices.DeleteFunc(lines, func(l aboveLine) bool { return len(l.dates) > 0 && l.dates[0].Open })
	}
	under := slices.ContainsFunc(lines, func(l aboveLine) bool {
		return l.index >= from && slices.ContainsFunc(l.dates, func(d date.Span) bool { return !d.Open && d.Day() != 0 && d.Field == "published" })
	})
	for i := range lines {
		l := &lines[i]
		if under && l.index < from {
			l.dates = nil // the day on the masthead may be that of the reading
		}
		letters := utf8.RuneCountInString(l.rest)
		// A day in the middle of a sentence is not that of the page.
		if n := len(l.dates); n > 0 && (letters <= 60 && (l.dates[0].Day() != 0 || letters <= 40) || letters <= 120 && l.byline) {
			for _, d := range l.dates {
				if !d.Open && !OfPicture(l.rest) {
					f.dates = append(f.dates, date.Candidate{Moment: date.Moment{Date: d.Date}, Origin: "visible text", Source: date.Printed, Field: d.Field})
				}
			}
			if (letters <= 12 || l.byline || l.name && letters <= 60 && !l.dates[0].Open) && l.index >= from && !page.Ended(strings.TrimRight(l.text, ".")) {
				out[l.index] = true
			}
		}
		if l.rest == "" && l.index >= from && len(l.text) < 60 && page.HeadingLevel(ps[l.index].At) == 0 {
			out[l.index] = true // a time of day, or how long it takes to read
		}
		if l.rest == "" || utf8.RuneCountInString(l.rest) > 120 || l.index < start || ps[l.index].At == head {
			continue
		}
		near := len(l.dates) > 0 || i > 0 && len(lines[i-1].dates) > 0 && lines[i-1].index+1 == l.index || i+1 < len(lines) && len(lines[i+1].dates) > 0 && lines[i+1].index == l.index+1
		byline := trimIdle(strings.Trim(l.rest, " ,;:|／"))
		switch {
		case f.top.SiteName(byline, outlet) || page.SectionName(byline): // says where it stands, not who wrote it
			if l.index >= from && page.HeadingLevel(ps[l.index].At) == 0 {
				out[l.index] = true
			}
		case webAddress(byline) || strings.HasPrefix(byline, "www.") || l.index < from && !f.set(ps[l.index].At):
		case l.byline && (l.name || opened(byline) != ""):
			f.add("byline", byline, "visible text")
			if l.index >= from && len(byline) < 100 {
				out[l.index] = true
			}
		case near && l.name && l.index >= from && page.HeadingLevel(ps[l.index].At) < 4 && page.HeadingLevel(ps[l.index].At) > 0:
		case near && l.index >= from && names(l.rest, 7) && !strings.ContainsAny(l.rest, "/:"):
			f.add("byline", byline, "text by the date")
			if len(byline) < 80 {
				out[l.index] = true
			}
		}
	}
	delete(out, first)
	return out
}

// common returns a line with Latin digits and days of the common calendar.
func (f *Facts) common(s string) string {
	lang := strings.ToLower(f.lang)
	return date.Common(date.LatinDigits(s), s, lang[:min(2, len(lang))])
}

// trimIdle drops the words at both ends of a byline that belong to a day.
func trimIdle(s string) string {
	words := strings.Fields(s)
	idle := func(w string) bool {
		w = strings.Trim(w, ",.:;|")
		low := strings.ToLower(w)
		switch {
		case !noiseWords[low] && low != "on":
			return false
		case w == low, w == strings.ToUpper(w) && len(w) >= 3 && low != "today": // "at", "PST"
			return true
		}
		return strings.HasSuffix(low, "day") && len(w) > 5 && low != "today"
	}
	for len(words) > 1 && idle(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	for len(words) > 1 && idle(words[0]) && !openers[strings.ToLower(words[0])] {
		words = words[1:]
	}
	return strings.Trim(strings.Join(words, " "), " ,;:|")
}

// headed reports whether n stands inside head.
func headed(n, head *html.Node) bool {
	for k := 0; n != nil && k < 3; n, k = n.Parent, k+1 {
		if n == head {
			return true
		}
	}
	return false
}

// OfPicture reports whether a line is about a picture: "File photo, 27 June".
func OfPicture(rest string) bool {
	low := strings.ToLower(rest)
	for w := range pictureWords {
		if strings.HasPrefix(low, w) && whole(low, 0, len(w)) {
			return true
		}
	}
	return false
}

// pictured reports whether n stands under a picture: its day is not that of
// the page.
func pictured(n *html.Node) bool {
	for k := 0; n != nil && k < 5; n, k = n.Parent, k+1 {
		if n.DataAtom == atom.Figure || page.OwnZone(n) == page.Captioned {
			return true
		}
	}
	return false
}

// opened returns the words of a byline that come before the names, "" if none
// do.
func opened(s string) string {
	low := strings.ToLower(s)
	if len(low) != len(s) {
		return ""
	}
	best := ""
	for w := range openers {
		if len(w) > len(best) && strings.HasPrefix(low, w) && len(low) > len(w) && (low[len(w)] == ' ' || low[len(w)] == ':') {
			best = w
		}
	}
	// "le" and "di" are words of many languages: a name must follow.
	if best != "" && !unicode.IsUpper(firstRune(strings.TrimLeft(s[len(best):], " :"))) && unicode.Is(unicode.Latin, firstRune(s)) && best != "by" {
		return ""
	}
	return s[:len(best)]
}

// particles are small words inside names.
var particles = map[string]bool{"de": true, "of": true, "van": true, "von": true, "der": true, "den": true, "di": true, "da": true, "do": true, "dos": true, "del": true, "la": true, "le": true,
	"and": true, "und": true, "et": true, "y": true, "e": true, "in": true, "for": true, "the": true, "al": true, "el": true, "bin": true, "ibn": true, "to": true, "by": true, "with": true, "en": true, "og": true, "och": true, "as": true, "told": true, "portrait": true}

// names reports whether a line may be names, or the name of a desk: a few
// words, all of them in capitals but small ones, and no sentence.
func names(s string, most int) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > most || strings.ContainsAny(s, "?!@\"“”«»{}<>=") || webAddress(s) {
		return false
	}
	upper, lower, letters, caseless, loud := 0, 0, 0, 0, 0
	for _, w := range words {
		w = strings.Trim(w, ",;:|&/.()-")
		r := firstRune(w)
		low := strings.ToLower(w)
		switch {
		case w == "" || particles[low]:
		case staffWords[low]:
			upper++
		case !unicode.IsLetter(r):
			return false
		case unicode.IsLower(r):
			lower++
		default:
			upper++
			if !unicode.IsUpper(r) {
				caseless++
			} else if w == strings.ToUpper(w) && utf8.RuneCountInString(w) > 3 {
				loud++
			}
		}
		letters += utf8.RuneCountInString(w)
	}
	if letters < 4 || lower > 0 && lower*3 > upper {
		return false
	}
	if staffWords[strings.ToLower(strings.Trim(words[len(words)-1], ",.|"))] || opened(s) != "" {
		return true
	}
	if caseless > 0 && (len(words) > 4 || letters > 14) || loud > 3 {
		return false
	}
	return upper >= 2
}

// updated reports whether a line speaks of a later change.
func updated(low string) bool { return lastWord(low, changedWords) >= 0 }

// timeElements adds the dates that time elements under n carry for machines.
// They come out of the publishing system as JSON-LD does, and are no voice of
// their own.
func (f *Facts) timeElements(n *html.Node) {
	seen := 0
	for k := range n.Descendants() {
		if seen++; seen > 50 {
			return
		}
		if k.DataAtom != atom.Time || page.Attr(k, "datetime") == "" || page.Attr(k, "itemprop") != "" || pictured(k) {
			continue
		}
		field := "published"
		if changed(k) {
			field = "modified"
		}
		f.date(field, page.Attr(k, "datetime"), "time[datetime]", date.Structured)
	}
}

// changed reports whether a time element is that of a later change: its class,
// or the words before it in the same line, say so.
func changed(k *html.Node) bool {
	for _, w := range [...]string{"updated", "modified", "dt-updated", "update"} {
		if strings.Contains(page.Names(k), w) && !strings.Contains(page.Names(k), "published") {
			return true
		}
	}
	if updated(strings.ToLower(page.TextOf(k))) {
		return true
	}
	before := ""
	for b, n := k.PrevSibling, 0; b != nil && n < 6; b, n = b.PrevSibling, n+1 {
		if b.Type == html.TextNode {
			before = b.Data + before
		} else if b.Type == html.ElementNode {
			if b.DataAtom == atom.Time {
				break
			}
			before = page.TextOf(b) + " " + before
		}
	}
	if strings.TrimSpace(before) == "" && k.Parent != nil && k.Parent.DataAtom == atom.Span {
		if b := k.Parent.PrevSibling; b != nil && b.Type == html.TextNode {
			before = b.Data
		}
	}
	low := strings.ToLower(before)
	return lastWord(low, changedWords) > lastWord(low, publishedWords)
}

// byline returns the best of the bylines that name somebody, without the day
// that stands beside it: no address, no button, no outlet.
func (f *Facts) byline(outlet string) string {
	for _, prefix := range [...]string{"visible", "itemprop", "json-ld", "text by", "meta", "signature"} {
		for _, c := range f.all {
			if c.Field == "byline" && strings.HasPrefix(c.Origin, prefix) {
				if s := f.writer(c.Value, outlet); s != "" {
					return s
				}
			}
		}
	}
	return f.writer(f.hint("byline"), outlet)
}

// writer returns a byline without the day in it, "" if it names nobody.
func (f *Facts) writer(s, outlet string) string {
	low := strings.ToLower(s)
	switch {
	case webAddress(low), strings.HasPrefix(low, "www."), strings.Contains(s, "{{"), strings.Contains(s, "[["), strings.Contains(s, "<"):
		return ""
	case !strings.Contains(strings.TrimSpace(s), " ") && strings.ContainsAny(s, "@/"):
		return ""
	case f.top.SiteName(s, outlet), page.SectionName(s), idle(s):
		return ""
	}
	l := aboveLine{text: date.LatinDigits(s)}
	if l.dates = datesIn(l.text); len(l.dates) == 0 {
		return s
	}
	l.strip()
	return trimIdle(l.rest)
}

// bylined reports whether a line above the text is set or begins as a byline.
func (f *Facts) bylined(p *page.Piece, rest string) bool {
	return opened(rest) != "" || f.set(p.At)
}

// set reports whether the names of an element or of what is around it are
// those of a byline.
func (f *Facts) set(at *html.Node) bool {
	for n, k := at, 0; n != nil && k < 3; n, k = n.Parent, k+1 {
		if n.DataAtom == atom.Address || strings.EqualFold(page.Attr(n, "rel"), "author") || strings.EqualFold(page.Attr(n, "itemprop"), "author") {
			return true
		}
		if page.OwnZone(n) == page.Bylined {
			return true
		}
		if k > 1 {
			continue
		}
		for _, w := range strings.FieldsFunc(page.Names(n), func(r rune) bool { return r == ' ' || r == '-' || r == '_' }) {
			switch w {
			case "by", "byl", "autor", "auteur", "autore", "sig", "signature", "firma", "credit", "credits", "submitted", "writer", "reporter", "verfasser", "forfatter", "skribent", "autorzy", "yazar":
				return true
			}
		}
	}
	return false
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
