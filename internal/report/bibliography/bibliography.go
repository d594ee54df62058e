// Package bibliography cites the pages of a study: in words, as a list of
// sources or a sentence needs it, and as files for reference managers.
//
// In: sources, in the order of the list. Out: text in one of three styles, or
// CSL-JSON, RIS or BibTeX. What pages say of themselves is hostile: it is one
// line of text, and never markup of the file that it stands in.
//
// Limits: titles keep the capitals that they were printed with. Names of writers
// are cut into given and family name by their wording, so a name of which that
// cannot be told stands as printed. No I/O but to the writer.
package bibliography

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/report/document"
	"recount/internal/report/prose"
)

// A Style says how a page is cited.
type Style string

const (
	News    Style = "news"    // as newsrooms do: outlet, day
	APA     Style = "apa"     // American Psychological Association, 7th edition (2020), 10.1 no. 16
	Chicago Style = "chicago" // The Chicago Manual of Style, 17th edition (2017), 14.191: notes and bibliography
)

// Styles are the styles there are, the default first.
var Styles = []Style{News, APA, Chicago}

// A Source is a page as it is cited.
type Source struct {
	Key       recount.Key // of the article
	Byline    string      // as printed, without its "By"
	Authors   []string    // whom it names
	Agency    string      // that wrote it, or ""
	Title     string
	Outlet    string
	URL       string
	Language  string // ISO 639-1, or ""
	Published recount.Date
	Archived  recount.Date // the day on which its bytes were taken
	Hash      string       // SHA-256 of those bytes
	Note      string       // what a reader should know: "A reprint of ..."

	outlets map[string]bool // of the list, in small letters: they are no people
}

// Of takes the parts of a source from an article and its capture, which may be
// nil. Each is one line.
func Of(a *recount.Article, c *recount.Capture) Source {
	s := Source{Key: a.Key, Byline: strings.TrimPrefix(strings.TrimPrefix(prose.OneLine(a.Byline), "By "), "by "), Agency: prose.OneLine(a.Said("agency")), Title: prose.Title(a), Outlet: prose.OneLine(a.Outlet), URL: prose.OneLine(a.URL),
		Language: prose.OneLine(a.Language), Published: a.Date()}
	for _, n := range a.Authors {
		if n = prose.OneLine(n); n != "" {
			s.Authors = append(s.Authors, n)
		}
	}
	if c != nil {
		s.Hash = c.Hash
		if !c.Captured.IsZero() {
			s.Archived = recount.DayOf(c.Captured.UTC())
		}
	}
	return s
}

// A List is the sources of a study in one style. What tells two of them apart
// follows from the whole list.
type List struct {
	Style   Style
	Sources []Source
	at      map[recount.Key]int
	letters []string // behind the year in APA: "a", where two would read alike
}

// NewList makes a list; sources keep their order.
func NewList(style Style, sources []Source) *List {
	sources = slices.Clone(sources)
	outlets := map[string]bool{}
	for _, s := range sources {
		outlets[strings.ToLower(s.Outlet)] = true
	}
	for i := range sources {
		sources[i].outlets = outlets
		sources[i].Authors = sources[i].writers()
	}
	l := &List{Style: cmp.Or(style, News), Sources: sources, at: map[recount.Key]int{}, letters: make([]string, len(sources))}
	alike := map[string][]int{}
	for i := range sources {
		s := &sources[i]
		l.at[s.Key] = i
		k := s.label() + "\x00" + year(s.Published)
		alike[k] = append(alike[k], i)
	}
	for _, list := range alike {
		if len(list) < 2 {
			continue
		}
		slices.SortStableFunc(list, func(a, b int) int {
			return cmp.Or(cmp.Compare(sources[a].Title, sources[b].Title), sources[a].Published.Compare(sources[b].Published), cmp.Compare(sources[a].Key, sources[b].Key))
		})
		for n, i := range list {
			l.letters[i] = letter(n)
		}
	}
	return l
}

// letter returns a, b, ... z, aa, ab.
func letter(n int) string {
	if n < 26 {
		return string(rune('a' + n))
	}
	return letter(n/26-1) + string(rune('a'+n%26))
}

// Find returns a source of the list.
func (l *List) Find(k recount.Key) (s Source, ok bool) {
	i, ok := l.at[k]
	if !ok {
		return s, false
	}
	return l.Sources[i], true
}

// Entry cites a page for a list of sources; its title opens page of the site.
func (l *List) Entry(k recount.Key, page string) []document.Inline {
	i, ok := l.at[k]
	if !ok {
		return nil
	}
	s := &l.Sources[i]
	title := document.Inline{Text: s.Title, Page: page}
	plain := func(t string) document.Inline { return document.Inline{Text: t} }
	outlet := document.Inline{Text: s.Outlet, Emphasis: true}
	var out []document.Inline
	add := func(t ...document.Inline) { out = append(out, t...) }
	switch l.Style {
	case APA:
		when := " (" + dated(s.Published, l.letters[i], monthFirst) + "). "
		if a := s.namesAPA(); a != "" {
			add(plain(stop(a)+when), title, plain(closing(s.Title)+" "))
		} else {
			add(title, plain(closing(s.Title)+when))
		}
		if s.Outlet != "" {
			add(outlet, plain(". "))
		}
		add(plain(s.URL))
	case Chicago:
		title.Text = singled(s.Title)
		switch a := s.namesChicago(); {
		case a != "":
			add(plain(stop(a)+" “"), title, plain(closing(s.Title)+"” "))
			if s.Outlet != "" {
				add(outlet, plain(", "))
			}
		case s.Outlet != "":
			add(outlet, plain(". “"), title, plain(closing(s.Title)+"” "))
		default:
			add(plain("“"), title, plain(closing(s.Title)+"” "))
		}
		add(plain(stop(monthDayYear(s.Published)) + " "))
		if s.URL != "" {
			add(plain(s.URL + "."))
		}
	default:
		var before []string
		for _, b := range []string{s.Byline, s.Outlet} {
			if b != "" {
				before = append(before, b)
			}
		}
		if len(before) > 0 {
			add(plain(strings.Join(before, ", ") + ", "))
		}
		add(title, plain(", "+prose.Day(s.Published.String())))
		if s.URL != "" {
			add(plain(", " + s.URL))
		}
		add(plain("."))
	}
	if out[len(out)-1].Text == "" {
		out = out[:len(out)-1]
	}
	last := &out[len(out)-1]
	last.Text = strings.TrimRight(last.Text, " ")
	return out
}

// InText cites a page behind words that were taken from it. The words for it
// open page.
func (l *List) InText(k recount.Key, page string) []document.Inline {
	i, ok := l.at[k]
	if !ok {
		return nil
	}
	s := &l.Sources[i]
	opens := func(t string) document.Inline { return document.Inline{Text: t, Page: page, Quiet: true} }
	switch l.Style {
	case APA:
		return []document.Inline{opens("(" + s.label() + ", " + cmp.Or(year(s.Published), "n.d.") + l.undated(i) + ")")}
	case Chicago:
		var before []string
		if a := s.inOrder(); a != "" {
			before = append(before, a)
		}
		return []document.Inline{opens(strings.Join(append(before, "“"+singled(s.Title)+comma(s.Title)+"”"), ", ") + " "), {Text: s.Outlet, Page: page, Quiet: true, Emphasis: true},
			opens(map[bool]string{true: ", "}[s.Outlet != ""] + monthDayYear(s.Published))}
	}
	return []document.Inline{opens(cmp.Or(s.Outlet, s.Title) + ", " + prose.Day(s.Published.String()))}
}

// undated is the letter behind a year; behind "n.d." it takes a hyphen.
func (l *List) undated(i int) string {
	if l.letters[i] != "" && !l.Sources[i].Published.Known() {
		return "-" + l.letters[i]
	}
	return l.letters[i]
}

// Plain joins the text of inlines.
func Plain(list []document.Inline) string {
	var b strings.Builder
	for _, t := range list {
		b.WriteString(t.Text)
	}
	return b.String()
}

// A name is somebody who wrote a page; one that cannot be cut has no family name.
type name struct{ given, family, whole string }

// writers are whom a byline names, without the outlet itself behind others and
// without the place that stands behind an agency ("TPA, Korrin").
func (s *Source) writers() (out []string) {
	for i, a := range s.Authors {
		agency := i > 0 && (strings.EqualFold(s.Authors[i-1], s.Agency) || abbreviated(s.Authors[i-1]))
		if agency && !strings.Contains(a, " ") && !abbreviated(a) || len(s.Authors) > 1 && strings.EqualFold(a, s.Outlet) {
			continue
		}
		out = append(out, a)
	}
	return out
}

// abbreviated reports whether a name is one word of a few capitals, as agencies sign.
func abbreviated(n string) bool {
	return utf8.RuneCountInString(n) <= 5 && strings.ToUpper(n) == n && strings.ToLower(n) != n && !strings.ContainsAny(n, " .")
}

// particles are small words with which a family name begins.
var particles = map[string]bool{"van": true, "von": true, "de": true, "der": true, "den": true, "del": true, "della": true, "di": true, "da": true, "dos": true, "du": true,
	"la": true, "le": true, "ter": true, "ten": true, "bin": true, "ibn": true, "bint": true, "al": true, "el": true, "an": true, "zu": true, "zum": true, "af": true, "av": true}

// irish are words that are a part of a family name and have a capital.
var irish = map[string]bool{"ó": true, "ní": true, "nic": true, "mac": true, "ua": true, "uí": true, "mhic": true}

// cut takes a name apart: the family name is the last word with the particles
// before it. What is no name of a person in Latin, Greek or Cyrillic letters
// stays whole: an agency, an outlet, a word alone.
func (s *Source) cut(n string) name {
	out := name{whole: n}
	ws := strings.Fields(n)
	if len(ws) < 2 || len(ws) > 5 || strings.EqualFold(n, s.Agency) || s.outlets[strings.ToLower(n)] || strings.EqualFold(n, s.Outlet) || strings.ContainsAny(n, "0123456789/@&,;:()|") {
		return out
	}
	upper := strings.ToUpper(n) == n
	for i, w := range ws {
		first, _ := utf8.DecodeRuneInString(w)
		switch {
		case !unicode.In(first, unicode.Latin, unicode.Greek, unicode.Cyrillic):
			return out
		case !upper && strings.ToUpper(w) == w && utf8.RuneCountInString(w) > 1 && !strings.Contains(w, "."): // BBC News
			return out
		case unicode.IsLower(first) && (i == 0 || i == len(ws)-1 || !particles[w]) && !(i == len(ws)-1 && i > 0 && capitalInside(w)):
			return out
		}
	}
	at := len(ws) - 1
	for i := 1; i < len(ws)-1; i++ {
		if first, _ := utf8.DecodeRuneInString(ws[i]); unicode.IsLower(first) || irish[strings.ToLower(ws[i])] {
			at = i
			break
		}
	}
	out.given, out.family = strings.Join(ws[:at], " "), strings.Join(ws[at:], " ")
	return out
}

// capitalInside reports whether the capital of a word stands behind a small letter: "tSaoi".
func capitalInside(w string) bool {
	_, n := utf8.DecodeRuneInString(w)
	second, _ := utf8.DecodeRuneInString(w[n:])
	return unicode.IsUpper(second)
}

func (s *Source) names() (out []name) {
	for _, a := range s.Authors {
		out = append(out, s.cut(a))
	}
	return out
}

// initials writes "Jean-Luc Maria" as "J.-L. M.".
func initials(given string) string {
	var out []string
	for _, w := range strings.Fields(given) {
		var parts []string
		for p := range strings.SplitSeq(w, "-") {
			if r, _ := utf8.DecodeRuneInString(p); unicode.IsLetter(r) {
				parts = append(parts, string(unicode.ToUpper(r))+".")
			}
		}
		out = append(out, strings.Join(parts, "-"))
	}
	return strings.Join(out, " ")
}

// mostAPA is how many writers a reference of APA names before it leaves some
// out; mostChicago and fewChicago are those of Chicago.
const (
	mostAPA     = 20
	mostChicago = 10
	fewChicago  = 7
)

func (s *Source) namesAPA() string {
	var list []string
	for _, n := range s.names() {
		if n.family == "" {
			list = append(list, n.whole)
		} else {
			list = append(list, n.family+", "+initials(n.given))
		}
	}
	switch n := len(list); {
	case n < 2:
		return strings.Join(list, "")
	case n > mostAPA:
		return strings.Join(list[:mostAPA-1], ", ") + ", . . . " + list[n-1]
	default:
		return strings.Join(list[:n-1], ", ") + ", & " + list[n-1]
	}
}

func (s *Source) namesChicago() string {
	var list []string
	for i, n := range s.names() {
		if i == 0 && n.family != "" {
			list = append(list, n.family+", "+n.given)
		} else {
			list = append(list, n.whole)
		}
	}
	switch n := len(list); {
	case n < 2:
		return strings.Join(list, "")
	case n > mostChicago:
		return strings.Join(list[:fewChicago], ", ") + ", et al."
	default:
		return strings.Join(list[:n-1], ", ") + ", and " + list[n-1]
	}
}

// inOrder names the writers as a note of Chicago does: up to three, else the
// first.
func (s *Source) inOrder() string {
	switch n := len(s.Authors); {
	case n > 3:
		return s.Authors[0] + " et al."
	case n > 2:
		return strings.Join(s.Authors[:n-1], ", ") + ", and " + s.Authors[n-1]
	default:
		return strings.Join(s.Authors, " and ")
	}
}

// mostShort is how many words of a title stand for it in the text.
const mostShort = 6

// label is what stands for a source in the text in APA: the family names of its
// writers, else its title in short.
func (s *Source) label() string {
	var list []string
	for _, n := range s.names() {
		list = append(list, cmp.Or(n.family, n.whole))
	}
	switch len(list) {
	case 0:
		ws := strings.Fields(singled(s.Title))
		if len(ws) > mostShort {
			return "“" + strings.Join(ws[:mostShort], " ") + " …”"
		}
		return "“" + strings.Join(ws, " ") + "”"
	case 1, 2:
		return strings.Join(list, " & ")
	}
	return list[0] + " et al."
}

// singled writes quotation marks inside a title as single ones.
func singled(s string) string {
	s = strings.NewReplacer("« ", "‘", "«\u00a0", "‘", "«\u202f", "‘", " »", "’", "\u00a0»", "’", "\u202f»", "’", "“", "‘", "”", "’", "«", "‘", "»", "’", "„", "‘").Replace(s)
	open := true
	return strings.Map(func(r rune) rune {
		if r != '"' {
			return r
		}
		open = !open
		if open {
			return '’'
		}
		return '‘'
	}, s)
}

// ends reports whether text ends a sentence by itself.
func ends(s string) bool {
	s = strings.TrimRight(s, "”’\"'»)")
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "…")
}

func closing(title string) string {
	if ends(title) {
		return ""
	}
	return "."
}

func comma(title string) string {
	if ends(title) && !strings.HasSuffix(title, ".") {
		return ""
	}
	return ","
}

func stop(s string) string { return s + closing(s) }

func year(d recount.Date) string {
	if !d.Known() {
		return ""
	}
	return d.String()[:4]
}

var months = [...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

// monthFirst writes month and day as America does: "May 14".
func monthFirst(d recount.Date) string {
	switch d.Precision() {
	case recount.ToDay:
		return fmt.Sprintf("%s %d", months[d.Month()-1], d.Day())
	case recount.ToMonth:
		return months[d.Month()-1]
	}
	return ""
}

// dated writes "2014a, May 14", or "n.d.".
func dated(d recount.Date, letter string, rest func(recount.Date) string) string {
	switch {
	case !d.Known() && letter != "":
		return "n.d.-" + letter
	case !d.Known():
		return "n.d."
	}
	s := year(d) + letter
	if r := rest(d); r != "" {
		s += ", " + r
	}
	return s
}

// monthDayYear writes "May 14, 2014", "May 2014", "2014" or "n.d.".
func monthDayYear(d recount.Date) string {
	switch d.Precision() {
	case recount.ToDay:
		return monthFirst(d) + ", " + year(d)
	case recount.ToMonth:
		return monthFirst(d) + " " + year(d)
	}
	return cmp.Or(year(d), "n.d.")
}
