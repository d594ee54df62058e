package text

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recount/internal/text/page"
)

const (
	maxButtons = 400     // elements of one kind whose text is looked at
	maxData    = 1 << 20 // bytes of one JSON-LD script
)

// marks is what the markup of a page says of it.
type marks struct {
	doc       *html.Node
	title     string   // in small letters
	headings  []string // h1 and h2, in small letters
	buttons   []string // what stands on buttons, in small letters
	links     []string // and on links, where it is short
	noscript  string   // in small letters
	scripts   int
	password  bool     // a field for one
	article   bool     // the page calls itself an article
	canonical string   // its own address
	declared  bool     // it says that it is not free to read
	sections  []string // selectors of what is not free
	words     int      // as it says of its length
	walls     int      // elements that are named as a wall and have text
}

// readMarks gathers the marks of a page.
func readMarks(doc *html.Node) marks {
	m := marks{doc: doc}
	var looked struct{ headings, buttons, links, walls int }
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Title:
			if m.title == "" && n.Namespace == "" {
				m.title = lower(page.TextOf(n))
			}
		case atom.H1, atom.H2:
			if looked.headings++; looked.headings > 40 {
				break
			}
			if t := page.TextOf(n); t != "" {
				m.headings = append(m.headings, lower(t))
			}
		case atom.Button:
			if looked.buttons++; looked.buttons > maxButtons {
				break
			}
			if t := page.TextOf(n); t != "" && len(t) < 80 {
				m.buttons = append(m.buttons, lower(t))
			}
		case atom.A:
			if looked.links++; looked.links > maxButtons {
				break
			}
			if t := page.TextOf(n); t != "" && len(t) < 40 {
				m.links = append(m.links, lower(t))
			}
		case atom.Input:
			switch strings.ToLower(page.Attr(n, "type")) {
			case "password":
				m.password = true
			case "submit", "button":
				if t := page.Tidy(page.Attr(n, "value")); t != "" && len(t) < 80 && len(m.buttons) < maxButtons {
					m.buttons = append(m.buttons, lower(t))
				}
			}
		case atom.Noscript:
			if n.FirstChild != nil && len(m.noscript) < 2000 {
				m.noscript += " " + lower(markText(n))
			}
		case atom.Meta:
			m.meta(n)
		case atom.Link:
			if strings.EqualFold(page.Attr(n, "rel"), "canonical") && m.canonical == "" {
				m.canonical = page.Attr(n, "href")
			}
		case atom.Script:
			m.scripts++
			if strings.Contains(strings.ToLower(page.Attr(n, "type")), "ld+json") && n.FirstChild != nil && len(n.FirstChild.Data) <= maxData {
				var v any
				if json.Unmarshal([]byte(n.FirstChild.Data), &v) == nil {
					m.data(v, 0)
				}
			}
		}
		if names := page.Names(n); looked.walls < 40 && names != "" && wallNames(names) {
			if looked.walls++; letters(page.TextOf(n)) >= 20 {
				m.walls++
			}
		}
		if p := strings.ToLower(page.Attr(n, "itemprop")); p == "articlebody" || p == "datepublished" {
			m.article = true
		}
	}
	return m
}

func (m *marks) meta(n *html.Node) {
	key := strings.ToLower(page.Attr(n, "property") + page.Attr(n, "name"))
	value := strings.ToLower(strings.TrimSpace(page.Attr(n, "content")))
	switch key {
	case "og:type":
		m.article = m.article || value == "article" || strings.HasPrefix(value, "article:")
	case "article:published_time", "article:published", "datepublished", "parsely-pub-date", "citation_publication_date":
		m.article = m.article || value != ""
	case "og:url":
		if m.canonical == "" {
			m.canonical = page.Attr(n, "content")
		}
	case "article:content_tier":
		m.declared = m.declared || value == "locked"
	}
}

// data reads JSON-LD: that the page is an article, its length, and whether it
// is free to read.
func (m *marks) data(v any, depth int) {
	if depth > 5 {
		return
	}
	switch v := v.(type) {
	case []any:
		for i, e := range v {
			if i < 50 {
				m.data(e, depth+1)
			}
		}
	case map[string]any:
		kinds, _ := v["@type"].([]any)
		if s, ok := v["@type"].(string); ok {
			kinds = []any{s}
		}
		is := false
		for _, k := range kinds {
			s, _ := k.(string)
			is = is || strings.HasSuffix(s, "Article") || strings.HasSuffix(s, "Posting") || s == "Report"
		}
		if is {
			m.article = true
			switch w := v["wordCount"].(type) {
			case float64:
				m.words = int(min(max(w, 0), 1e6))
			case string:
				for _, c := range w {
					if c >= '0' && c <= '9' && m.words < 1e6 {
						m.words = m.words*10 + int(c-'0')
					}
				}
			}
			if denied(v["isAccessibleForFree"]) {
				m.declared = true
			}
			parts, ok := v["hasPart"].([]any)
			if !ok {
				parts = []any{v["hasPart"]}
			}
			for i, p := range parts {
				if part, ok := p.(map[string]any); ok && i < 20 && denied(part["isAccessibleForFree"]) {
					m.declared = true
					list, ok := part["cssSelector"].([]any)
					if !ok {
						list = []any{part["cssSelector"]}
					}
					for _, s := range list {
						if sel, ok := s.(string); ok && len(m.sections) < 20 {
							m.sections = append(m.sections, sel)
						}
					}
				}
			}
		}
		m.data(v["@graph"], depth+1)
		m.data(v["mainEntity"], depth+1)
	}
}

// denied reports whether a value says no in one of the ways pages write it.
func denied(v any) bool {
	switch v := v.(type) {
	case bool:
		return !v
	case string:
		return strings.EqualFold(v, "false") || strings.EqualFold(v, "no") || strings.HasSuffix(strings.ToLower(v), "schema.org/false")
	}
	return false
}

// section returns the letters in the elements that the page says are not free,
// and whether it names any that can be looked up.
func (m *marks) section() (n int, named bool) {
	want := map[string]bool{}
	for _, s := range m.sections {
		for one := range strings.SplitSeq(s, ",") {
			fields := strings.FieldsFunc(one, func(r rune) bool { return r == ' ' || r == '>' })
			if len(fields) == 0 {
				continue
			}
			last := fields[len(fields)-1]
			if i := strings.LastIndexAny(last, ".#"); i >= 0 && i+1 < len(last) {
				want[last[i:]] = true
			}
		}
	}
	if len(want) == 0 {
		return 0, false
	}
	most := 100 // elements
	for k := range m.doc.Descendants() {
		if k.Type != html.ElementNode {
			continue
		}
		hit := want["#"+page.Attr(k, "id")]
		for c := range strings.FieldsSeq(page.Attr(k, "class")) {
			hit = hit || want["."+c]
		}
		if hit {
			n += letters(page.TextOf(k))
			if most--; most == 0 {
				break
			}
		}
	}
	return n, true
}

// markText returns the raw text in an element; inside noscript the parser leaves
// markup as it is.
func markText(n *html.Node) string {
	var b strings.Builder
	for k := range n.Descendants() {
		if k.Type == html.TextNode && b.Len() < 2000 {
			b.WriteString(k.Data[:min(len(k.Data), 2000)])
		}
	}
	return b.String()
}

// wallNames reports whether an element's class or id calls it a paywall.
func wallNames(names string) bool {
	for _, w := range [...]string{"paywall", "pay-wall", "regwall", "subscriber-wall", "subscription-wall", "piano-offer", "tp-container-inner",
		"subscribe-wall", "premium-wall", "barrier", "gateway", "paid-content", "plus-wall", "article-gate", "reg-gate", "metered"} {
		if strings.Contains(names, w) {
			return true
		}
	}
	return false
}

// vendorMarks lists what the pages of services against robots carry, and only
// those: scripts that ordinary pages load as well are left out.
var vendorMarks = phrases("captcha-delivery.com", "px-captcha", "perimeterx", "_incapsula_resource", "incap_ses", "distil_r_captcha", "distilcaptcha",
	"cf-browser-verification", "cf_chl_opt", "cf-challenge", "challenge-form", "cf-error-details", "cf-wrapper", "errors.edgesuite.net", "ak-challenge",
	"sec-if-cpt", "awswafintegration", "awswafcookiedomainlist", "token.awswaf.com", "kpsdk", "sucuri_cloudproxy", "sucuri-firewall", "ddos-guard",
	"wfwaf", "anubis_challenge", "/.within.website/", "geetest", "validate.perfdrive.com", "shieldsquare", "friendly-challenge", "sorry/index", "queue-it.net",
	"/recaptcha/challengepage", "captcha-form", "ct_anti_ddos", "bunkerweb", "radware")

// vendor returns the first mark of a service against robots in a page, or "".
func vendor(doc *html.Node) string {
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		s := page.Names(n)
		switch n.DataAtom {
		case atom.Script:
			s += " " + page.Attr(n, "src")
			if n.FirstChild != nil {
				d := n.FirstChild.Data
				s += " " + d[:min(len(d), 20_000)]
			}
		case atom.Iframe, atom.Form:
			s += " " + page.Attr(n, "src") + " " + page.Attr(n, "action")
		}
		if len(s) < 5 {
			continue
		}
		if v := contains(strings.ToLower(s), vendorMarks); v != "" {
			return v
		}
	}
	return ""
}
