// Package metadata reads what a page says about itself: title, byline, outlet,
// address, language and dates.
//
// In: a parsed page and its pieces. Out: every candidate with its origin, and
// one chosen value per field. Method: JSON-LD, meta elements (Open Graph, Dublin
// Core and others), itemprop and time elements, the address, and the lines
// printed by the headline; no origin of a date wins blindly. Limits: a date that
// two readers read differently (03/04/2015) is kept and not used; names are
// taken out of bylines by their punctuation, without a list of names.
package metadata

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	whatwg "github.com/nlnwa/whatwg-url/url"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recount"
	"recount/internal/text/date"

	"recount/internal/text/page"
)

// maxValue is the longest value that is kept of a metadata field, in bytes.
const maxValue = 2000

// Facts is what a page says about itself.
type Facts struct {
	all      []recount.Candidate // in order of the page, dates apart
	dates    []date.Candidate
	top      *page.Headline
	hosts    []string // of the page's own addresses, the best first
	lang     string
	hints    []recount.Candidate // what others say of the page
	original string              // the address that the capture's name stands for
	copied   time.Time           // of an archived or saved copy: when it was made
	copier   string              // what says so
	title    string              // as FoldTitle writes it
	pictures int                 // looked at so far
	asides   map[*html.Node]bool // what stands in another part of the page than the article
}

func (f *Facts) add(field, value, origin string) {
	f.all = addCandidate(f.all, field, value, origin)
}

// addCandidate adds a value to list unless it is empty or there already.
func addCandidate(list []recount.Candidate, field, value, origin string) []recount.Candidate {
	value = page.Tidy(value)
	if len(value) > maxValue {
		value = strings.ToValidUTF8(value[:maxValue], "")
	}
	c := recount.Candidate{Field: field, Value: value, Origin: origin}
	if value == "" || len(list) > 200 || slices.Contains(list, c) {
		return list
	}
	return append(list, c)
}

// Head writes the address, the outlet and the title into a and returns the
// heading of the page that is the title, if one is. ps are its pieces.
func (f *Facts) Head(a *recount.Article, ps []page.Piece) *html.Node {
	var note string
	name := f.original
	if !webAddress(name) {
		for _, c := range f.hints {
			if c.Field == "url" && strings.HasPrefix(c.Origin, "MHTML") {
				name = c.Value
				break
			}
		}
	}
	if a.URL, note = f.chooseAddress(name); note != "" {
		a.Notes = append(a.Notes, note)
	}
	if a.URL == "" && (f.original != a.Name || name != f.original) {
		a.URL = own(name) // an archived or saved copy is a copy of that page
	}
	if a.URL == "" && !webAddress(name) {
		a.URL = own(f.hint("url"))
	}
	from := a.URL
	if from == "" {
		from = name
	}
	f.host(from)
	for _, c := range f.all {
		if c.Field == "url" {
			original, _ := source(c.Value)
			f.host(original)
		}
	}
	f.top = &page.Headline{First: f.first, Aside: f.aside, Said: f.all, Hosts: f.hosts, Hint: f.hint("outlet"), Host: strings.TrimPrefix(hostOf(from), "www.")}
	a.Outlet = f.top.Outlet(ps)
	if a.Outlet == "" || a.Outlet == f.top.Host {
		if s := credited(ps); s != "" {
			a.Outlet = s
		}
	}
	title, at := f.top.Title(a.Outlet, ps)
	if title == "" {
		title = f.hint("title")
	}
	a.Title, f.title = title, page.FoldTitle(title)
	return at
}

// credited returns the outlet that a line at the foot of the page names with a
// label: "Quelle: Norderholmer Anzeiger". An agency is none.
func credited(ps []page.Piece) string {
	for i := range ps[max(0, len(ps)-10):] {
		text := ps[max(0, len(ps)-10)+i].Text
		label, name, ok := strings.Cut(text, ":")
		if name = strings.TrimSpace(name); ok && plainLabels[strings.ToLower(label)] == "outlet" && len(name) < 60 && names(name, 6) && Agency(name) == "" {
			return name
		}
	}
	return ""
}

// Rest writes the byline, the dates and the language into a, whose text is
// there already. Above must have been called.
func (f *Facts) Rest(a *recount.Article, captured time.Time) {
	said := f.lang
	if said == "" {
		said = f.first("language", "json-ld", "meta")
	}
	if said == "" {
		said = languageCode(f.hint("language"))
	}
	a.Language = languageOf(said, a.Text)
	a.Byline = f.byline(a.Outlet)
	a.Authors = Authors(a.Byline)
	a.Metadata = agencyCandidate(append(f.all, f.hints...), a.Byline)
	a.Byline = byName(a.Byline, a.Language)
	var dates []date.Candidate
	dates, captured = archived(f.dates, f.copied, f.copier, captured)
	dates = common(dates, captured, f.lang, said, a.Language)
	date.Choose(a, dates, captured)
}

// Plain writes into a what a plain text shows of itself: its address if that
// is its name, what the lines above its text say, and its language.
func Plain(a *recount.Article, h PlainHead, captured time.Time) {
	a.Metadata = addCandidate(a.Metadata, "title", a.Title, "first line")
	a.Language = languageOf("", a.Text)
	original, at := source(a.Name)
	if original != a.Name {
		a.URL = own(original)
	}
	for _, c := range h.facts {
		a.Metadata = addCandidate(a.Metadata, c.Field, c.Value, c.Origin)
		switch {
		case c.Field == "title" && a.Title == "":
			a.Title = c.Value
		case c.Field == "outlet" && a.Outlet == "":
			a.Outlet = c.Value
		case c.Field == "byline" && a.Byline == "":
			a.Byline, a.Authors = c.Value, Authors(c.Value)
		case c.Field == "url" && a.URL == "":
			a.URL = own(c.Value)
		}
	}
	a.Byline = byName(a.Byline, a.Language)
	dates, captured := archived(date.OfAddress(h.dates, original), at, copyAddress, captured)
	dates = common(dates, captured, a.Language)
	date.Choose(a, dates, captured)
}

// Signed adds the initials that stand under the article.
func (f *Facts) Signed(initials string) { f.add("byline", initials, "initials") }

// first returns the first value of a field whose origin starts with one of the
// prefixes, tried in order.
func (f *Facts) first(field string, prefixes ...string) string {
	for _, p := range prefixes {
		for _, c := range f.all {
			if c.Field == field && strings.HasPrefix(c.Origin, p) {
				return c.Value
			}
		}
	}
	return ""
}

// date keeps a date that the page gives for machines; n is the element that
// says it, nil if none does. One that cannot be read may be of another calendar:
// it is kept with what stands beside it until the language is known (Rest).
func (f *Facts) date(field, value, origin string, src date.Source, n *html.Node) {
	value = page.Tidy(value)
	if value == "" || len(value) > 100 || len(f.dates) > 100 {
		return
	}
	c := date.Candidate{Origin: origin, Source: src, Field: field}
	var ok bool
	if c.Moment, ok = date.Parse(date.LatinDigits(value)); !ok || c.Year() < 1980 {
		c.Moment, c.Raw = date.Moment{}, value
		if date.MayBeForeign(value) {
			c.Beside = calendarBeside(n)
		}
	}
	f.dates = append(f.dates, c)
}

// calendarBeside returns what an element and those around it say of the
// calendar of a date: attributes, and a few words.
func calendarBeside(n *html.Node) string {
	var out strings.Builder
	for k, up := n, 0; k != nil && up < 3; k, up = k.Parent, up+1 {
		for _, a := range k.Attr {
			switch key := strings.ToLower(a.Key); {
			case strings.HasPrefix(key, "data-"):
				out.WriteString(" " + key + " " + a.Val)
			case key == "class" || key == "lang" || key == "calendar" || key == "scheme" || key == "title" || key == "aria-label":
				out.WriteString(" " + a.Val)
			}
		}
		if out.Len() > 2000 {
			break
		}
		if text := page.TextOf(k); len(text) <= 160 {
			out.WriteString(" " + text)
		}
	}
	return out.String()
}

// common reads the dates in list that are of other calendars.
func common(list []date.Candidate, captured time.Time, languages ...string) []date.Candidate {
	for i, l := range languages {
		l = strings.ReplaceAll(strings.ToLower(l), "_", "-")
		if base, _, ok := strings.Cut(l, "-"); ok && base != "" {
			languages = append(languages, l) // the region may count years otherwise
			l = base
		}
		languages[i] = l
	}
	out := slices.Clone(list)
	for i := range out {
		out[i] = out[i].Foreign(captured, languages...)
	}
	return out
}

// metaFields says which field a meta element, by its name in lower case,
// belongs to.
var metaFields = map[string]string{
	"article:published_time": "published", "og:article:published_time": "published", "og:published_time": "published",
	"article:published": "published", "date": "published", "pubdate": "published", "publishdate": "published",
	"publish-date": "published", "publish_date": "published", "publication_date": "published", "publicationdate": "published",
	"datepublished": "published", "date_published": "published", "dc.date": "published", "dc.date.issued": "published",
	"dc.date.created": "published", "dcterms.date": "published", "dcterms.created": "published", "dcterms.issued": "published",
	"dcterms.available": "published", "parsely-pub-date": "published", "sailthru.date": "published", "bt:pubdate": "published",
	"citation_publication_date": "published", "cxenseparse:recs:publishtime": "published", "cxenseparse:publishtime": "published",
	"article_date_original": "published", "originalpublicationdate": "published", "article.published": "published",
	"published_time_telegram": "published", "published": "published", "displaydate": "published", "created": "published",
	"rnews:datepublished": "published", "vr:published_time": "published",
	"article:modified_time": "modified", "og:updated_time": "modified", "last-modified": "modified", "datemodified": "modified",
	"dc.date.modified": "modified", "dcterms.modified": "modified", "article:modified": "modified", "lastmod": "modified",
	"og:title": "title", "twitter:title": "title", "dc.title": "title", "dcterms.title": "title", "citation_title": "title",
	"parsely-title": "title", "sailthru.title": "title",
	"og:site_name": "outlet", "application-name": "outlet", "dc.publisher": "outlet", "dcterms.publisher": "outlet",
	"author": "byline", "article:author": "byline", "article:author_name": "byline", "dc.creator": "byline",
	"dcterms.creator": "byline", "parsely-author": "byline", "sailthru.author": "byline", "byl": "byline", "citation_author": "byline",
	"og:url": "url", "og:locale": "language", "dc.language": "language", "content-language": "language",
}

// Gather reads what the page says about itself.
func Gather(doc *html.Node, name string) *Facts {
	f := &Facts{asides: map[*html.Node]bool{}}
	f.original, f.copied = source(name)
	f.copier = copyAddress
	for n := range doc.Descendants() {
		if n.Type == html.CommentNode {
			f.savedFrom(n.Data)
		}
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Html:
			f.lang = page.Attr(n, "lang")
			if f.lang == "" {
				f.lang = page.Attr(n, "xml:lang")
			}
		case atom.Title:
			if f.first("title", "title") == "" && n.FirstChild != nil && n.Namespace == "" {
				f.add("title", page.TextOf(n), "title")
			}
		case atom.Meta:
			key := strings.ToLower(strings.TrimSpace(page.Attr(n, "property")))
			if key == "" {
				key = strings.ToLower(strings.TrimSpace(page.Attr(n, "name")))
			}
			if key == "" {
				key = strings.ToLower(page.Attr(n, "itemprop"))
			}
			if key == "" {
				key = strings.ToLower(page.Attr(n, "http-equiv"))
			}
			switch field := metaFields[key]; field {
			case "":
			case "published", "modified":
				f.date(field, page.Attr(n, "content"), "meta "+key, date.Structured, n)
			default:
				f.add(field, page.Attr(n, "content"), "meta "+key)
			}
		case atom.Link:
			if strings.EqualFold(page.Attr(n, "rel"), "canonical") {
				f.add("url", page.Attr(n, "href"), "link canonical")
			}
			if rel := strings.ToLower(page.Attr(n, "rel")); rel == "shortlink" || rel == "amphtml" {
				f.host(page.Attr(n, "href"))
			}
		case atom.H1, atom.H2, atom.H3:
			if alt := headingPicture(n); alt != "" && !f.aside(n) {
				f.add("title", alt, "heading picture")
			}
		case atom.Img:
			f.nameplate(n)
		case 0:
			if n.Data == "amp-img" {
				f.nameplate(n)
			}
		case atom.Script:
			if strings.Contains(strings.ToLower(page.Attr(n, "type")), "ld+json") && n.FirstChild != nil {
				f.linkedData(n.FirstChild.Data)
			}
		}
		f.microformat(n)
		switch prop := page.Attr(n, "itemprop"); {
		case prop == "" || n.DataAtom == atom.Meta || f.aside(n):
		case strings.EqualFold(prop, "datePublished"):
			f.date("published", valueOf(n), "itemprop datePublished", date.Structured, n)
		case strings.EqualFold(prop, "dateModified"):
			f.date("modified", valueOf(n), "itemprop dateModified", date.Structured, n)
		case strings.EqualFold(prop, "url") && n.DataAtom == atom.Link:
			f.add("url", page.Attr(n, "href"), "itemprop url")
		case strings.EqualFold(prop, "author"):
			f.add("byline", page.TextOf(n), "itemprop author")
		case strings.EqualFold(prop, "headline"):
			f.add("title", page.TextOf(n), "itemprop headline")
		}
	}
	for _, c := range f.all {
		if c.Field == "url" {
			original, _ := source(c.Value)
			f.dates = date.OfAddress(f.dates, original)
		}
	}
	f.dates = date.OfAddress(f.dates, f.original)
	return f
}

// headingPicture returns the words beside the picture that a heading consists
// of, "" if it has words of its own.
func headingPicture(n *html.Node) string {
	alt, seen := "", 0
	for k := range n.Descendants() {
		if seen++; seen > 20 || k.Type == html.TextNode && strings.TrimSpace(k.Data) != "" {
			return ""
		}
		if k.DataAtom == atom.Img && alt == "" {
			alt = page.Attr(k, "alt")
		}
	}
	if len(strings.Fields(alt)) < 2 {
		return ""
	}
	return alt
}

// nameplate takes the words beside a picture that is the name of the site: it
// leads to the front page, its file or class says so, or its words do. Only the
// first pictures of a page can be.
func (f *Facts) nameplate(n *html.Node) {
	if f.pictures++; f.pictures > 8 {
		return
	}
	alt := strings.TrimSpace(page.Attr(n, "alt"))
	words := len(strings.Fields(alt))
	if words == 0 || words > 5 || len(alt) < 4 || page.SectionName(alt) {
		return
	}
	alt = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(alt, " logo"), " Logo"))
	src := strings.ToLower(page.Attr(n, "src"))
	src = src[strings.LastIndexByte(src, '/')+1:]
	sure := strings.Contains(src, "logo") || strings.HasPrefix(src, "mast") || strings.Contains(page.Names(n), "logo")
	for k, up := n.Parent, 0; k != nil && up < 2; k, up = k.Parent, up+1 {
		sure = sure || k.DataAtom == atom.A && page.Home(page.Attr(k, "href")) || strings.Contains(page.Names(k), "logo")
	}
	if sure || words > 1 && f.pictures <= 2 && page.Imprint(strings.ToLower(alt)) >= 0 {
		f.add("outlet", alt, "picture of the name")
	}
}

// microformat takes the days of hAtom and h-entry: abbr and time elements of
// the class published or updated. The first of each is that of the article.
func (f *Facts) microformat(n *html.Node) {
	switch n.DataAtom {
	case atom.Abbr, atom.Time, atom.Span, atom.Data:
	default:
		return
	}
	class := page.Attr(n, "class")
	if class == "" || f.aside(n) {
		return
	}
	for w := range strings.FieldsSeq(strings.ToLower(class)) {
		field := ""
		switch w {
		case "published", "dt-published":
			field = "published"
		case "updated", "dt-updated":
			field = "modified"
		default:
			continue
		}
		origin := "hAtom " + field
		if slices.ContainsFunc(f.dates, func(c date.Candidate) bool { return c.Origin == origin }) {
			return
		}
		value := page.Attr(n, "title")
		if value == "" {
			value = valueOf(n)
		}
		// "published updated": both words stand on one element that never changed.
		if field == "modified" && strings.Contains(strings.ToLower(class), "published") {
			continue
		}
		f.date(field, value, origin, date.Structured, n)
	}
}

// valueOf returns the machine-readable value of an element, else its text.
func valueOf(n *html.Node) string {
	for _, k := range [...]string{"content", "datetime"} {
		if v := page.Attr(n, k); v != "" {
			return v
		}
	}
	return page.TextOf(n)
}

// articleTypes lists the schema.org types that describe the page's article.
var articleTypes = []string{"NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
	"BackgroundNewsArticle", "BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "TechArticle", "ScholarlyArticle",
	"Report", "Review", "AdvertiserContentArticle", "SatiricalArticle", "AskPublicNewsArticle", "ReviewNewsArticle"}

// linkedData reads one JSON-LD script. Broken JSON is common; raw control
// characters inside strings are repaired, anything else is left unread.
func (f *Facts) linkedData(src string) {
	if len(src) > 1<<20 {
		return
	}
	src = strings.TrimSpace(src)
	src = strings.TrimPrefix(strings.TrimSuffix(src, "//]]>"), "//<![CDATA[")
	src = strings.TrimPrefix(strings.TrimSuffix(strings.TrimSpace(src), "-->"), "<!--")
	src = strings.TrimSuffix(strings.TrimSpace(src), ";")
	var v any
	if json.Unmarshal([]byte(src), &v) != nil {
		src = strings.Map(func(r rune) rune {
			if r < ' ' {
				return ' '
			}
			return r
		}, src)
		if json.Unmarshal([]byte(src), &v) != nil {
			return
		}
	}
	f.walkData(v, 0)
}

func (f *Facts) walkData(v any, depth int) {
	if depth > 5 {
		return
	}
	switch v := v.(type) {
	case []any:
		for i, e := range v {
			if i < 50 {
				f.walkData(e, depth+1)
			}
		}
	case map[string]any:
		if slices.ContainsFunc(texts(v["@type"]), func(t string) bool {
			return slices.Contains(articleTypes, strings.TrimPrefix(strings.TrimPrefix(t, "http://schema.org/"), "https://schema.org/"))
		}) {
			f.article(v)
		}
		f.walkData(v["@graph"], depth+1)
		if m, ok := v["mainEntity"].(map[string]any); ok {
			f.walkData(m, depth+1)
		}
	}
}

// article takes the fields of a JSON-LD article.
func (f *Facts) article(v map[string]any) {
	get := func(key, sub string) []string {
		var out []string
		list, ok := v[key].([]any)
		if !ok {
			list = []any{v[key]}
		}
		for _, e := range list {
			if m, ok := e.(map[string]any); ok {
				out = append(out, texts(m[sub])...)
			} else {
				out = append(out, texts(e)...)
			}
		}
		return out
	}
	for _, s := range get("headline", "@value") {
		f.add("title", html.UnescapeString(s), "json-ld headline")
	}
	for _, s := range get("datePublished", "@value") {
		f.date("published", s, "json-ld datePublished", date.Structured, nil)
	}
	for _, s := range get("dateModified", "@value") {
		f.date("modified", s, "json-ld dateModified", date.Structured, nil)
	}
	if names := get("author", "name"); len(names) > 0 {
		f.add("byline", html.UnescapeString(strings.Join(names, ", ")), "json-ld author")
	}
	for _, s := range get("publisher", "name") {
		f.add("outlet", html.UnescapeString(s), "json-ld publisher")
	}
	for _, key := range [...]string{"mainEntityOfPage", "url"} {
		for _, s := range get(key, "@id") {
			f.add("url", s, "json-ld "+key)
		}
	}
	for _, s := range get("inLanguage", "alternateName") {
		f.add("language", s, "json-ld inLanguage")
	}
}

// texts returns v as strings: one, or each of an array.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, e := range v {
			if s, ok := e.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// host remembers the host of an address that is one of the page's own.
func (f *Facts) host(addr string) {
	if h := hostOf(addr); h != "" && strings.Contains(h, ".") && len(f.hosts) < 8 && !slices.Contains(f.hosts, h) {
		f.hosts = append(f.hosts, h)
	}
}

func hostOf(addr string) string {
	u, err := whatwg.Parse(addr)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// address chooses the canonical URL: absolute, not the front page, and of the
// site that the page came from if that is known. A canonical link to another
// site would make two outlets one article.
func (f *Facts) chooseAddress(name string) (addr, note string) {
	from := ""
	if webAddress(name) {
		from = hostOf(name)
	}
	for _, c := range f.all {
		if c.Field != "url" || !strings.HasPrefix(c.Origin, "link") && !strings.HasPrefix(c.Origin, "meta") {
			continue
		}
		value, _ := source(c.Value)
		if !webAddress(value) {
			continue
		}
		u, err := whatwg.Parse(value)
		if err != nil || u.Pathname() == "/" && u.Query() == "" {
			continue
		}
		host := u.Hostname()
		if !strings.Contains(host, ".") || strings.HasPrefix(host, "[") || strings.Trim(host, "0123456789.") == "" || strings.HasSuffix(host, ".localhost") {
			continue
		}
		if from != "" && page.SiteName(from) != page.SiteName(host) {
			note = "the page names an address on another site as its own: " + c.Value
			continue
		}
		return u.Href(true), note
	}
	return "", note
}

// aside reports whether n stands in a part of the page that is about other
// things than its article, and remembers it.
func (f *Facts) aside(n *html.Node) bool {
	if n == nil || n.DataAtom == atom.Body {
		return false
	}
	if v, ok := f.asides[n]; ok {
		return v
	}
	v := n.DataAtom == atom.Aside || f.aside(n.Parent)
	if !v {
		switch page.OwnZone(n) {
		case page.Comments, page.Related, page.Chrome:
			v = n.DataAtom != atom.Form || !page.Prosaic(n) // old systems set a form around the page
		}
	}
	f.asides[n] = v
	return v
}
