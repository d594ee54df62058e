package page

// This file finds what is printed on top of a page: its headline, and the name
// of the outlet.
//
// In: the pieces of a page, and what it says of itself to machines. Out: the
// title with the element that prints it, and the outlet. Method: every line
// above the text that is set as a heading is a candidate, scored by how it is
// set, where it stands and how far the page's own words bear it out; names of
// sites, told by their hosts, and of sections (sections.txt) are none. The
// outlet is the words that spell the host. Limits: a headline that is a
// picture is read by the words beside it; a host whose letters no line spells stays a host.

import (
	"cmp"
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"recount"
	"recount/internal/lang"
	"recount/internal/text/date"
)

//go:embed sections.txt
var sectionList string

// sections holds the names of sections of news sites, folded.
var sections = func() map[string]bool {
	m := map[string]bool{}
	for _, name := range lang.Lists(sectionList)[""] {
		m[FoldTitle(name)] = true
	}
	return m
}()

//go:embed names.txt
var nameList string

// Words of class names and of outlets, by what they are for.
var (
	nameWords       = lang.Lists(nameList)
	headlineNames   = nameWords["headline"]
	secondNames     = nameWords["second"]
	standfirstNames = nameWords["standfirst"]
	siteNames       = nameWords["site"]
	imprintWords    = nameWords["imprint"]
)

// Imprint returns where a word of the names of outlets begins in s, which is
// in lower case, -1 if none does.
func Imprint(s string) int {
	for _, w := range imprintWords {
		if i := strings.Index(s, w); i >= 0 && (w != "the" || strings.HasPrefix(s, "the ")) && (i == 0 || s[i-1] == ' ' || len(w) > 5) {
			return i
		}
	}
	return -1
}

// Standfirst reports whether an element is set as the lines that sum up an
// article under its headline.
func Standfirst(n *html.Node) bool {
	for _, w := range strings.FieldsFunc(Names(n), func(r rune) bool { return r == ' ' || r == '_' }) {
		for _, k := range standfirstNames {
			if w == k || strings.HasSuffix(w, "-"+k) || strings.HasPrefix(w, k+"-") {
				return true
			}
		}
	}
	return false
}

// separators stand between a headline and the name of the outlet in a title.
var separators = [...]string{" | ", " – ", " — ", " - ", " :: ", " » ", " « ", " • ", " · ", " : ", " / ", " > ", " › ", " ‹ ", " ~ ", " ● "}

// A Headline is what is known of a page beside its pieces.
type Headline struct {
	First func(field string, prefixes ...string) string // the first value that the page gives machines, by its origin
	Aside func(*html.Node) bool                         // an element is about other things than the article
	Said  []recount.Candidate                           // everything that the page gives machines
	Hosts []string                                      // of the page's own addresses, the best first
	Host  string                                        // the name of the outlet where nothing else is known
	Hint  string                                        // the outlet as others name it
}

// SectionName reports whether s is the name of a section of a news site.
func SectionName(s string) bool { return sections[FoldTitle(s)] }

// parts cuts a title at everything that stands between a headline and what a
// publishing system adds to it.
func parts(s string) []string {
	for _, sep := range separators {
		s = strings.ReplaceAll(s, sep, "\x00")
	}
	var out []string
	for p := range strings.SplitSeq(s, "\x00") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// A headline is a line that may be the one which readers see as the title.
type headline struct {
	text  string
	at    *html.Node
	score int
	index int // of its first piece
}

// Title chooses the title. The headline that is printed above the text is
// what readers saw; what the page says to machines settles which of several
// headings that is, and stands in where none is printed.
func (f *Headline) Title(outlet string, ps []Piece) (title string, at *html.Node) {
	full := f.First("title", "title")
	og := f.cutSite(f.First("title", "meta og:title", "meta twitter:title", "meta dc", "meta"), outlet)
	ld := f.cutSite(f.First("title", "json-ld", "itemprop"), outlet)
	cut := f.cutSite(full, outlet)
	for _, s := range [...]*string{&ld, &og, &cut} {
		if f.SiteName(*s, outlet) || sections[FoldTitle(*s)] {
			*s = ""
		}
	}
	var known []string
	for _, s := range [...]string{ld, og, full, cut} {
		if s != "" && !f.SiteName(s, outlet) {
			known = append(known, FoldTitle(s))
		}
	}
	for _, p := range parts(full) {
		if !f.SiteName(p, outlet) && !sections[FoldTitle(p)] && utf8.RuneCountInString(p) >= 8 {
			known = append(known, FoldTitle(p))
		}
	}
	lead := f.lead(ps)
	best := headline{score: -1}
	list := f.headlines(ps, lead, outlet)
	// A line that begins as the title element does is printed as the headline,
	// however it is set.
	set := slices.ContainsFunc(list, func(h headline) bool { return h.score >= 40 && h.index <= lead })
	for i := max(0, lead-12); i < min(lead, len(ps)) && !set; i++ {
		t := FoldTitle(ps[i].Text)
		if f.siteHeading(ps[i].At, ps[i].Text, outlet) || utf8.RuneCountInString(t) < 12 || len(ps[i].Text) > 250 || ps[i].Links*2 > len(ps[i].Text) || slices.ContainsFunc(list, func(h headline) bool { return h.index == i }) {
			continue
		}
		for _, k := range known {
			if len(k) >= 12 && (strings.HasPrefix(t, k) || strings.HasPrefix(k, t) && len(t)*2 > len(k)) {
				list = append(list, headline{ps[i].Text, ps[i].At, 20, i})
				break
			}
		}
	}
	slices.SortStableFunc(list, func(a, b headline) int { return cmp.Compare(a.index, b.index) })
	// A headline of two lines, set in two elements, that the page names as one.
	for i := 1; i < len(list); i++ {
		for _, s := range [...]string{ld, og, cut} {
			if s != "" && list[i].index <= list[i-1].index+2 && FoldTitle(list[i-1].text)+FoldTitle(list[i].text) == FoldTitle(s) {
				return s, list[i-1].at
			}
		}
	}
	for i := range list {
		h := &list[i]
		h.score += agreement(h.text, known, ld, og, cut)
		if h.score > best.score {
			best = *h
		}
	}
	said := firstOf(og, ld, cut)
	if fileName(said) {
		said = ""
	}
	if best.score < 60 {
		if s := f.First("title", "heading picture"); s != "" && !f.SiteName(s, outlet) {
			return s, nil // a heading that is a picture says its words beside it
		}
	}
	// A line set large right above the text is what readers saw, whatever the
	// title element alone says.
	over := (best.score >= 40 || best.score >= 20 && f.plate(outlet, ps)) && og == "" && ld == "" && best.index < lead && best.index+8 >= lead
	if best.score >= 60 || best.score >= 20 && said == "" || over {
		title, at = best.text, best.at
		for _, s := range [...]string{ld, og, cut} {
			if s != "" && kicked(at, title, s) {
				return s, at
			}
		}
		return title, at
	}
	return firstOf(said, f.First("title", "meta og:title", "json-ld", "itemprop"), full), nil
}

// fileName reports whether a title is the name of a file.
func fileName(s string) bool {
	return !strings.Contains(s, " ") && (strings.HasSuffix(s, ".html") || strings.HasSuffix(s, ".htm") || strings.HasSuffix(s, ".txt") || strings.HasSuffix(s, ".php"))
}

func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// agreement is how far a heading agrees with what the page says to machines.
func agreement(text string, known []string, said ...string) int {
	t := FoldTitle(text)
	best := 0
	for _, k := range known {
		n, m := utf8.RuneCountInString(t), utf8.RuneCountInString(k)
		switch {
		case k == t:
			best = max(best, 60)
		case n >= 8 && strings.Contains(k, t) && n*2 > m, m >= 8 && strings.Contains(t, k):
			best = max(best, 50)
		}
	}
	for _, s := range said {
		if s != "" && SameTitle(text, s) {
			best = max(best, 30)
		}
	}
	return best
}

// kicked reports whether a heading is a short line in an element of its own and
// the headline s after it: "Opinion" over it, or "Live".
func kicked(h *html.Node, text, s string) bool {
	if h == nil || h.FirstChild == nil {
		return false
	}
	t, k := FoldTitle(text), FoldTitle(s)
	if len(t) <= len(k) || !strings.HasSuffix(t, k) {
		return false
	}
	extra := t[:len(t)-len(k)]
	for c := h.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			return FoldTitle(TextOf(c)) == extra && utf8.RuneCountInString(extra) <= 30
		}
		if strings.TrimSpace(c.Data) != "" {
			return false
		}
	}
	return false
}

// lead returns the number of the piece with which the prose of the page
// begins, len(ps) if there is none.
func (f *Headline) lead(ps []Piece) int {
	only := len(ps)
	for i := range ps {
		if !f.prose(&ps[i]) {
			continue
		}
		if only == len(ps) {
			only = i
		}
		for j := i + 1; j < min(len(ps), i+7); j++ {
			if f.prose(&ps[j]) {
				return i
			}
		}
	}
	return only
}

// prose reports whether a piece is a sentence or more of running text.
func (f *Headline) prose(p *Piece) bool {
	return len(p.Text) >= 100 && Ended(p.Text) && p.Links*10 < len(p.Text)*3 && HeadingLevel(p.At) == 0 && !f.Aside(p.At)
}

// HeadingLevel returns 1 to 6 for the headings of HTML, else 0.
func HeadingLevel(n *html.Node) int {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return int(n.Data[1] - '0')
	}
	return 0
}

// named reports whether a class or id of n holds one of words.
func named(n *html.Node, words []string) bool {
	s := Names(n)
	if s == "" {
		s = strings.ToLower(Attr(n, "data-component") + Attr(n, "data-testid"))
	}
	for _, w := range words {
		if s != "" && strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// headlines lists the lines that may be the printed headline, with a score for
// how they are set and where they stand.
func (f *Headline) headlines(ps []Piece, lead int, outlet string) (out []headline) {
	seen := map[*html.Node]bool{}
	for i := range ps {
		if len(out) >= 60 {
			break
		}
		at, base := f.heading(&ps[i])
		if at == nil && i < lead && i+12 >= lead {
			at, base = large(&ps[i])
		}
		if at == nil || seen[at] {
			continue
		}
		seen[at] = true
		text := TextOf(at)
		if base < 0 { // one line of a cell that holds more
			text, base = ps[i].Text, -base
		}
		n := utf8.RuneCountInString(text)
		if n < 2 || n > 300 || f.siteHeading(at, text, outlet) {
			continue
		}
		if _, letters, dated := date.Find(text); dated && letters <= 25 {
			continue // the day over the entries of a diary
		}
		switch {
		case i > lead:
			base -= 45
		case i+25 < lead:
			base -= 10
		}
		switch words := strings.Fields(text); {
		case f.Aside(at) || sections[FoldTitle(text)]:
			base -= 40
		case len(words) <= 3 && (sections[FoldTitle(words[0])] || sections[FoldTitle(words[len(words)-1])]):
			base -= 20 // "Harbour news"
		}
		if up := at.Parent; named(at, secondNames) || up != nil && up.DataAtom != atom.Body && up.DataAtom != atom.Article && up.DataAtom != atom.Main && named(up, []string{"standfirst", "kicker", "eyebrow", "deck", "subtitle", "subhead"}) {
			base -= 25
		}
		out = append(out, headline{text, at, base, i})
	}
	return out
}

// heading returns the element that sets a piece as a heading, and how much it
// looks like that of the article.
func (f *Headline) heading(p *Piece) (*html.Node, int) {
	for n, k := p.At, 0; n != nil && k < 3; n, k = n.Parent, k+1 {
		if strings.EqualFold(Attr(n, "itemprop"), "headline") || strings.EqualFold(Attr(n, "itemprop"), "name") && HeadingLevel(n) > 0 {
			return n, 60
		}
		switch HeadingLevel(n) {
		case 1:
			return n, 60
		case 2:
			return n, 40
		case 3:
			if titled(n) {
				return n, 50
			}
			return n, 20
		case 4, 5, 6:
			if titled(n) {
				return n, 40
			}
			return nil, 0
		}
		if k == 0 && (n.DataAtom == atom.Div || n.DataAtom == atom.P || n.DataAtom == atom.Header || n.DataAtom == atom.Section || n.DataAtom == atom.Td || n.DataAtom == atom.Center) &&
			len(p.Text) < 300 && titled(n) && !named(n, []string{"section-title", "widget", "site-title", "block-title"}) {
			return n, 45
		}
	}
	return nil, 0
}

// titled reports whether a word of the names of an element is that of a
// headline, alone or before or behind a hyphen.
func titled(n *html.Node) bool {
	for _, w := range strings.FieldsFunc(Names(n), func(r rune) bool { return r == ' ' || r == '-' || r == '_' }) {
		for _, h := range headlineNames {
			if w == h || strings.HasSuffix(w, h) && len(w) <= len(h)+8 {
				return true
			}
		}
	}
	return false
}

// large returns the element that sets a whole piece larger or bolder than the
// text, as pages did that are laid out by tables. The score is negative if the
// piece is but one line of that element.
func large(p *Piece) (*html.Node, int) {
	words := len(strings.Fields(p.Text))
	if len(p.Text) > 250 || words < 2 || strings.HasSuffix(p.Text, ".") && words < 4 || p.Links*2 > len(p.Text) {
		return nil, 0
	}
	if p.At.DataAtom == atom.Pre && p.Text == strings.ToUpper(p.Text) && strings.IndexFunc(p.Text, unicode.IsUpper) >= 0 {
		return p.At, -45 // capitals, where nothing can be set large
	}
	seen := 0
	for k := range p.At.Descendants() {
		if seen++; seen > Glance {
			break
		}
		score := 0
		switch k.DataAtom {
		case atom.Font:
			if size := Attr(k, "size"); size != "" {
				v, err := strconv.Atoi(strings.TrimPrefix(size, "+"))
				if err == nil && (v >= 4 || size[0] == '+' && v >= 1) {
					score = 45
				}
			}
		case atom.Big:
			score = 40
		case atom.B, atom.Strong:
			score = 25
		case atom.Span:
			if style := strings.ToLower(Attr(k, "style")); strings.Contains(style, "font-size") {
				score = 25
			}
			if titled(k) {
				score = 45
			}
		}
		if score > 0 && FoldTitle(TextOf(k)) == FoldTitle(p.Text) {
			return k, score
		}
	}
	return nil, 0
}

// siteHeading reports whether a heading is the name of the site.
func (f *Headline) siteHeading(n *html.Node, text, outlet string) bool {
	if f.SiteName(text, outlet) {
		return true
	}
	if len(strings.Fields(text)) > 6 {
		return false
	}
	for k, up := n, 0; k != nil && up < 3; k, up = k.Parent, up+1 {
		if named(k, siteNames) && k.DataAtom != atom.Body && k.DataAtom != atom.Html {
			return true
		}
		if k.DataAtom == atom.A && Home(Attr(k, "href")) {
			return true
		}
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.DataAtom == atom.A && Home(Attr(k, "href")) {
			return true
		}
	}
	return false
}

// Home reports whether an address is that of a front page.
func Home(href string) bool {
	href = strings.TrimSpace(href)
	if _, rest, ok := strings.Cut(href, "://"); ok {
		_, path, _ := strings.Cut(rest, "/")
		return path == ""
	}
	return href == "/" || href == "index.html" || href == "/index.html" || href == "./"
}

// SiteName reports whether s is the name of the site and no headline.
func (f *Headline) SiteName(s, outlet string) bool {
	t := FoldTitle(s)
	if t == "" {
		return true
	}
	if o := FoldTitle(outlet); o != "" && (t == o || "the"+t == o || t == "the"+o) {
		return true
	}
	if len(strings.Fields(s)) > 6 {
		return false
	}
	for _, h := range f.Hosts {
		if name := spelled(h, s); name != "" && FoldTitle(name) == t && capitals(s) {
			return true
		}
		if label(h) == headlineAscii(t) || label(h) == headlineAscii("the"+t) {
			return true
		}
	}
	return false
}

// cutSite drops the name of the outlet and of the section from the end and from
// the beginning of a title.
func (f *Headline) cutSite(s, outlet string) string {
	s = cutOutlet(s, outlet)
	if rest, ok := strings.CutPrefix(s, outlet+": "); ok && outlet != "" {
		s = strings.TrimSpace(rest) // "Notes from the Lock: Water, again"
	}
	for range 4 {
		ps := parts(s)
		if len(ps) < 2 {
			return s
		}
		first, last := ps[0], ps[len(ps)-1]
		switch {
		case f.SiteName(last, outlet) || sections[FoldTitle(last)]:
			s = strings.TrimRight(strings.TrimSuffix(s, last), " |–—-:»«•·/>›‹~●")
		case f.SiteName(first, outlet) || sections[FoldTitle(first)]:
			s = strings.TrimLeft(strings.TrimPrefix(s, first), " |–—-:»«•·/>›‹~●")
		default:
			return s
		}
	}
	return s
}

// label returns the letters and digits of the name in a host: "lavozdelparamo"
// of "www.lavozdelparamo.example".
func label(host string) string {
	s := SiteName(host)
	if i := strings.IndexByte(s, '.'); i > 0 {
		s = s[:i]
	}
	return FoldTitle(s)
}

// headlineAscii drops the marks from letters, so that a name can be compared with how a
// host spells it.
func headlineAscii(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

// articles are words before a name that a host leaves out.
var articles = map[string]bool{"the": true, "le": true, "la": true, "les": true, "el": true, "los": true, "der": true, "die": true, "das": true, "il": true, "o": true, "de": true, "het": true}

// spelled returns the words of s that spell the name of a host, "" if they do
// not: "The Sunday Beacon" of "The Sunday Beacon Magazine" for
// sundaybeacon.example, "Saxonby Evening Post" for saxonbypost.example.
func spelled(host, s string) string {
	want := label(host)
	if len(want) < 4 || len(s) > 120 {
		return ""
	}
	words := strings.Fields(s)
	if len(words) > 12 {
		return ""
	}
	for i := range words {
		rest, last, took := want, -1, 0
		for j := i; j < len(words) && j < i+6; j++ {
			w := headlineAscii(FoldTitle(words[j]))
			if w != "" && strings.HasPrefix(rest, w) {
				rest, last = rest[len(w):], j
				took++
			} else if j == i || !unicode.IsUpper(firstRune(words[j])) && len(w) > 3 {
				break
			}
			if rest == "" {
				break
			}
		}
		if rest != "" || last < 0 || took == 1 && len(want) < 5 {
			continue
		}
		if took == 1 && i <= 1 && len(words) <= 4 && capitals(s) {
			last = len(words) - 1 // a host may spell but the first word of a name
		}
		from := i
		if from > 0 && articles[strings.ToLower(words[from-1])] {
			from--
		}
		return strings.Trim(strings.Join(words[from:last+1], " "), " ,.|:©")
	}
	return ""
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// Outlet chooses who published: the name the page gives itself, else what
// its title or its masthead prints of the host's name, else what stands behind
// the headline in its title, else its domain.
func (f *Headline) Outlet(ps []Piece) string {
	if s := strings.TrimPrefix(f.First("outlet", "meta og:site_name", "json-ld", "meta"), "@"); s != "" && !strings.Contains(s, "://") {
		return s
	}
	full := f.First("title", "title")
	cut := parts(full)
	for _, h := range f.Hosts {
		for i := range cut {
			if name := spelled(h, cut[len(cut)-1-i]); name != "" {
				return name
			}
		}
		if name := f.masthead(h, ps); name != "" {
			return name
		}
	}
	if i := strings.LastIndex(full, " | "); i > 0 && len(strings.Fields(full[i:])) <= 6 {
		name := strings.TrimSpace(full[i+3:])
		first := len(cut) > 1 && len(strings.Fields(cut[0])) <= 5
		if f.plate(name, ps) && Imprint(strings.ToLower(cut[0])) < 0 {
			return name // "Eels | The Ardmore Times", the name in h1 over the headline
		}
		if !(f.headed(name, ps) && first && !sections[FoldTitle(cut[0])] && !f.headed(cut[0], ps)) {
			if sections[FoldTitle(name)] && first {
				name = cut[0]
			}
			return name
		}
		return cut[0] // "Quay Courier | The ferry strike"
	}
	if s := f.Hint; s != "" {
		return s
	}
	if s := f.beside(cut, ps); s != "" {
		return s
	}
	if s := f.banner(ps); s != "" {
		return s
	}
	if s := f.nameplate(ps); s != "" {
		return s
	}
	return f.Host
}

// plate reports whether a name stands as the first heading of the page over
// another one, behind which the text begins, and ends as the names of papers do.
func (f *Headline) plate(name string, ps []Piece) bool {
	low := strings.TrimPrefix(strings.ToLower(name), "the ")
	if Imprint(low) <= 0 || len(strings.Fields(name)) > 5 || !capitals(name) {
		return false
	}
	lead := f.lead(ps)
	list := f.headlines(ps, lead, "")
	return len(list) > 1 && HeadingLevel(list[0].at) == 1 && FoldTitle(list[0].text) == FoldTitle(name) &&
		list[1].index < lead && HeadingLevel(list[1].at) > 0 && !Standfirst(list[1].at) && len(strings.Fields(list[1].text)) > 2
}

// beside returns the part of the title element that is not the headline which
// the page prints, but a name that it prints above it or that stands alone
// beside the headline.
func (f *Headline) beside(cut []string, ps []Piece) string {
	if len(cut) < 2 {
		return ""
	}
	lead := f.lead(ps)
	list := f.headlines(ps, lead, "")
	names := func(s string) bool {
		s, _, _ = strings.Cut(s, ", ")
		return len(strings.Fields(s)) <= 6 && utf8.RuneCountInString(s) >= 3 && capitals(s) && !sections[FoldTitle(s)] && !strings.ContainsAny(s, "?!")
	}
	var spoken, other []string // the parts that a heading says, and the others
	for _, p := range cut {
		told := false
		for _, h := range list {
			if h.index < lead+1 && h.score >= 20 && (FoldTitle(h.text) == FoldTitle(p) || utf8.RuneCountInString(p) >= 8 && strings.Contains(FoldTitle(h.text), FoldTitle(p)) || SameTitle(h.text, p)) {
				told = true
			}
		}
		if told {
			spoken = append(spoken, p)
		} else if names(p) {
			other = append(other, p)
		}
	}
	if len(spoken) == 1 && len(other) > 0 && !(names(spoken[0]) && Imprint(strings.ToLower(spoken[0])) >= 0 && Imprint(strings.ToLower(other[len(other)-1])) < 0) {
		name, _, _ := strings.Cut(other[len(other)-1], ", ") // "Fell Quarterly, Issue 12"
		return name
	}
	for i := range ps[:min(len(ps), max(lead, 1), 30)] {
		for _, p := range cut {
			if names(p) && (ps[i].Text == p || strings.HasPrefix(ps[i].Text, p+" ") && len(ps[i].Text) < len(p)+12) && (Imprint(strings.ToLower(p)) >= 0 || i < 4) {
				return p
			}
		}
	}
	return ""
}

// nameplate returns the name of the site as it stands above the headline: a
// short line that leads to the front page or is set as its name, or what is
// said beside the picture that stands there.
func (f *Headline) nameplate(ps []Piece) string {
	lead := f.lead(ps)
	for i := range ps[:min(len(ps), lead, 30)] {
		p := &ps[i]
		text := p.Text
		_, _, dated := date.Find(text)
		if k := p.At.FirstChild; dated && k != nil && k.Type == html.ElementNode && strings.HasPrefix(text, TextOf(k)) { // the day of the reading beside it
			text = TextOf(k)
			_, _, dated = date.Find(text)
		}
		words := strings.Fields(text)
		if len(words) > 6 || utf8.RuneCountInString(text) < 3 || sections[FoldTitle(text)] || dated || HeadingLevel(p.At) > 1 || unicode.IsLower(firstRune(text)) || strings.ContainsAny(text, "?!:") {
			continue
		}
		if f.siteHeading(p.At, text, "") || capitals(text) && (p.At.DataAtom == atom.Header && i < 3 || i == 0 && Imprint(strings.ToLower(text)) >= 0 && p.Links == 0) {
			return text
		}
	}
	return f.First("outlet", "picture")
}

// headed reports whether a part of the title is a heading of the page, or what
// it gives machines for its headline.
func (f *Headline) headed(part string, ps []Piece) bool {
	t := FoldTitle(part)
	for _, c := range f.Said {
		if c.Field == "title" && c.Origin != "title" && FoldTitle(c.Value) == t {
			return true
		}
	}
	for i := range ps[:min(len(ps), 200)] {
		if HeadingLevel(ps[i].At) > 0 && FoldTitle(ps[i].Text) == t || len(ps[i].Text) == len(part) && titled(ps[i].At) && ps[i].Text == part {
			return true
		}
	}
	return false
}

// masthead returns the name that a short line at the top or the foot of the
// page spells out of its host.
func (f *Headline) masthead(host string, ps []Piece) string {
	try := func(p Piece) string {
		if len(p.Text) > 120 {
			return ""
		}
		for _, part := range parts(p.Text) {
			if name := spelled(host, part); name != "" {
				return name
			}
		}
		return ""
	}
	for i := range ps[:min(30, len(ps))] {
		if name := try(ps[i]); name != "" {
			return name
		}
	}
	if name := spelled(host, f.First("outlet", "picture")); name != "" {
		return name
	}
	for i := range ps[max(0, len(ps)-15):] {
		if name := try(ps[max(0, len(ps)-15)+i]); name != "" {
			return name
		}
	}
	return ""
}

// banner returns the short line that a page without an address of its own
// prints above everything, as the heading of the site.
func (f *Headline) banner(ps []Piece) string {
	lead := f.lead(ps)
	list := f.headlines(ps, lead, "")
	for i := range list {
		if list[i].index > lead {
			list = list[:i]
			break
		}
	}
	if len(list) < 2 {
		return ""
	}
	first, next := list[0], list[1]
	n := len(strings.Fields(first.text))
	cut := f.cutSite(f.First("title", "title"), "")
	said := agreement(first.text, []string{FoldTitle(cut)}) > 0
	// A heading that the title element bears out is the headline, unless it is
	// no heading but a line set large over another such line.
	large := HeadingLevel(first.at) == 0
	if n < 2 || n > 5 || !capitals(first.text) || sections[FoldTitle(first.text)] || HeadingLevel(first.at) > 1 {
		return ""
	}
	if Imprint(strings.ToLower(first.text)) > 0 && FoldTitle(first.text) == FoldTitle(cut) && next.index < lead && HeadingLevel(next.at) > 0 {
		return first.text // "Oldbury Parish Gazette" over "The weir is gone"
	}
	if len(strings.Fields(next.text)) <= n || HeadingLevel(next.at) > 2 || said && !large {
		return ""
	}
	return first.text
}

// capitals reports whether every longer word of s begins with a capital.
func capitals(s string) bool {
	for _, w := range strings.Fields(s) {
		if r := firstRune(w); utf8.RuneCountInString(w) > 3 && unicode.IsLower(r) {
			return false
		}
	}
	return true
}

// cutOutlet drops the name of the outlet from the end of a title.
func cutOutlet(s, outlet string) string {
	for {
		best := -1
		for _, sep := range separators {
			if i := strings.LastIndex(s, sep); i > best {
				best = i
			}
		}
		if best <= 0 {
			return s
		}
		head, tail := s[:best], FoldTitle(strings.TrimLeft(s[best:], " |–—-:»•·"))
		o := FoldTitle(outlet)
		if tail == "" || o != "" && (strings.Contains(tail, o) || strings.Contains(o, tail)) ||
			strings.HasPrefix(s[best:], " | ") && utf8.RuneCountInString(head) > 20 && len(strings.Fields(s[best:])) <= 6 {
			s = strings.TrimSpace(head)
			continue
		}
		return s
	}
}

// FoldTitle returns the letters and digits of s in lower case.
func FoldTitle(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			b.WriteByte(byte(r))
		case 'A' <= r && r <= 'Z':
			b.WriteByte(byte(r) + 'a' - 'A')
		case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// SameTitle reports whether two headings share at least half of their words.
func SameTitle(a, b string) bool {
	words := map[string]bool{}
	for _, w := range strings.Fields(strings.ToLower(a)) {
		words[w] = true
	}
	shared, n := 0, 0
	for _, w := range strings.Fields(strings.ToLower(b)) {
		n++
		if words[w] {
			shared++
		}
	}
	return shared*2 >= max(n, len(words))
}

// SiteName returns the last two labels of a host, three where the last but one is
// as short as in "co.uk".
func SiteName(host string) string {
	l := strings.Split(host, ".")
	n := 2
	if len(l) > 2 && len(l[len(l)-2]) <= 3 && len(l[len(l)-1]) == 2 {
		n = 3
	}
	return strings.Join(l[max(0, len(l)-n):], ".")
}
