package metadata

import (
	"slices"
	"strings"
	"time"

	whatwg "github.com/nlnwa/whatwg-url/url"

	"recount"
	"recount/internal/text/address"
	"recount/internal/text/date"
)

// Complete fills what is known about an article that was made from a file which
// is no web page: facts are what the file, and then lists and feeds, say, as
// printed. a.Text must be there. The first value of a field counts, except for
// dates, which are weighed as those of a web page are: everything the facts say
// is one voice, the address another. A date that two readers read differently
// (03/04/2015) is kept and not used unless its origin says the order, as in
// "column date (day first)".
func Complete(a *recount.Article, facts []recount.Candidate, name string, captured time.Time) {
	var dates []date.Candidate
	said := func(field string) string {
		for _, c := range facts {
			if c.Field == field && strings.TrimSpace(c.Value) != "" {
				return c.Value
			}
		}
		return ""
	}
	for _, c := range facts {
		switch c.Field {
		case "published", "modified":
			if len(dates) <= 100 {
				dates = append(dates, dated(c, date.Structured))
			}
		default:
			a.Metadata = addCandidate(a.Metadata, c.Field, c.Value, c.Origin)
		}
	}
	first := func(field string) string {
		for _, c := range a.Metadata {
			if c.Field == field {
				return c.Value
			}
		}
		return ""
	}
	if a.Title == "" {
		a.Title = first("title")
	}
	a.Byline = first("byline")
	if low := strings.ToLower(a.Byline); webAddress(low) || strings.HasPrefix(low, "www.") || !strings.Contains(low, " ") && strings.Contains(low, "@") {
		a.Byline = "" // an address names nobody
	}
	for _, c := range a.Metadata {
		if c.Field == "author" && !slices.Contains(a.Authors, c.Value) {
			a.Authors = append(a.Authors, c.Value)
		}
	}
	if a.Authors == nil {
		a.Authors = Authors(a.Byline)
	}
	if a.Byline == "" {
		a.Byline = strings.Join(a.Authors, ", ")
	}
	if a.Outlet == "" {
		a.Outlet = first("outlet")
	}
	original, at := source(name)
	if a.URL == "" {
		for _, c := range a.Metadata {
			if c.Field == "url" {
				if a.URL = own(c.Value); a.URL != "" {
					break
				}
			}
		}
	}
	if a.URL == "" && webAddress(original) {
		a.URL = own(original)
	}
	if a.Outlet == "" && a.URL != "" {
		a.Outlet = strings.TrimPrefix(hostOf(a.URL), "www.")
	}
	dates = date.OfAddress(dates, a.URL)
	dates = date.OfAddress(dates, original)
	dates, captured = archived(dates, at, copyAddress, captured)
	a.Language = languageOf(languageCode(said("language")), a.Text)
	a.Metadata = agencyCandidate(a.Metadata, a.Byline)
	a.Byline = byName(a.Byline, a.Language)
	date.Choose(a, common(dates, captured, languageCode(said("language")), a.Language), captured)
}

// dated reads the date of a fact.
func dated(c recount.Candidate, src date.Source) date.Candidate {
	value := strings.TrimRight(strings.TrimSpace(c.Value), "/ ") // "2014///", as RIS writes a year
	d := date.Candidate{Origin: c.Origin, Source: src, Field: c.Field}
	var ok bool
	if d.Moment, ok = date.Parse(value); !ok {
		d.Moment, ok = ordered(value, c.Origin)
	}
	if !ok {
		d.Moment, d.Raw = date.Moment{}, c.Value
	}
	return d
}

// ordered reads figures such as 03/04/2015 where the origin says which comes
// first.
func ordered(s, origin string) (date.Moment, bool) {
	low := strings.ToLower(origin)
	dayFirst := strings.Contains(low, "day first") || strings.Contains(low, "dd/mm")
	if !dayFirst && !strings.Contains(low, "month first") && !strings.Contains(low, "mm/dd") {
		return date.Moment{}, false
	}
	head, clock, _ := strings.Cut(strings.TrimSpace(s), " ")
	parts := strings.FieldsFunc(head, func(r rune) bool { return r == '/' || r == '-' || r == '.' })
	if len(parts) != 3 || len(parts[2]) != 4 {
		return date.Moment{}, false
	}
	var v [3]int
	for i, p := range parts {
		n, rest, ok := date.Digits(p, len(p))
		if !ok || rest != "" || len(p) > 4 {
			return date.Moment{}, false
		}
		v[i] = n
	}
	day, month := v[1], v[0]
	if dayFirst {
		day, month = v[0], v[1]
	}
	d, ok := date.Of(v[2], month, day)
	if !ok || month == 0 || day == 0 {
		return date.Moment{}, false
	}
	return date.WithClock(d, clock), true
}

// source returns the address that a capture's name stands for: of an archived
// copy the page that was copied, and when.
func source(name string) (string, time.Time) {
	if original, at, ok := address.Archived(name); ok {
		return original, at
	}
	return name, time.Time{}
}

// copyAddress is the origin of the time in an archive's address.
const copyAddress = "address of the archived copy"

// savedFrom reads the comment that a browser puts into a page that it saves:
// "saved from url=(0026)https://news.example/ferry", and that of SingleFile,
// which also says when.
func (f *Facts) savedFrom(comment string) {
	if len(comment) > 4000 || webAddress(f.original) {
		return
	}
	if _, rest, ok := strings.Cut(comment, "saved from url=("); ok {
		if _, u, ok := strings.Cut(rest, ")"); ok && webAddress(strings.TrimSpace(u)) {
			f.add("url", u, "saved from")
			f.original, f.copied = source(strings.TrimSpace(u))
		}
		return
	}
	if !strings.Contains(comment, "saved with SingleFile") && !strings.Contains(comment, "Archive processed by SingleFile") {
		return
	}
	for line := range strings.SplitSeq(comment, "\n") {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		value = strings.TrimSpace(value)
		switch key {
		case "url":
			if webAddress(value) {
				f.add("url", value, "SingleFile url")
				f.original, f.copied = source(value)
			}
		case "saved date":
			value, _, _ = strings.Cut(value, " (")
			if t, err := time.Parse("Mon Jan 2 2006 15:04:05 GMT-0700", value); err == nil && f.copied.IsZero() {
				f.copied, f.copier = t.UTC(), "SingleFile saved date"
			}
		}
	}
}

// archived adds the time of an archived copy. Nothing in it was published
// later.
func archived(list []date.Candidate, at time.Time, origin string, captured time.Time) ([]date.Candidate, time.Time) {
	if at.IsZero() {
		return list, captured
	}
	c := date.Candidate{Moment: date.WithClock(recount.DayOf(at), at.Format("15:04:05")+"Z"), Origin: origin, Field: "archived"}
	if captured.IsZero() || at.Before(captured) {
		captured = at
	}
	return append(list, c), captured
}

func webAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// suppliers are hosts of databases. An address there is where the database
// keeps its copy, not where the article was published.
var suppliers = []string{"lexis.com", "lexisnexis.com", "nexis.com", "factiva.com", "proquest.com", "ebscohost.com", "newsbank.com", "pressreader.com", "zotero.org", "mediacloud.org"}

// own returns the address of a page as browsers write it, "" for what is none,
// for a front page and for a database's own address. Of an archived copy it is
// the address of the page.
func own(s string) string {
	s, _ = source(strings.TrimSpace(s))
	if !webAddress(s) {
		return ""
	}
	u, err := whatwg.Parse(s)
	if err != nil || u.Pathname() == "/" && u.Query() == "" {
		return ""
	}
	host := u.Hostname()
	if !strings.Contains(host, ".") || strings.HasPrefix(host, "[") || strings.Trim(host, "0123456789.") == "" || strings.HasSuffix(host, ".localhost") {
		return ""
	}
	for _, d := range suppliers {
		if host == d || strings.HasSuffix(host, "."+d) {
			return ""
		}
	}
	return u.Href(true)
}

// Hint adds what a list, a feed or a database said of a page, and where a saved
// page says that it came from. None of it wins over what the page says of
// itself; a date counts as one more voice.
func (f *Facts) Hint(hints []recount.Candidate) {
	for _, c := range hints {
		switch c.Field {
		case "published", "modified":
			if len(f.dates) <= 100 {
				f.dates = append(f.dates, dated(c, date.Listed))
			}
		default:
			f.hints = addCandidate(f.hints, c.Field, c.Value, c.Origin)
		}
	}
}

// hint returns the first hint of a field, or "".
func (f *Facts) hint(field string) string {
	for _, c := range f.hints {
		if c.Field == field {
			return c.Value
		}
	}
	return ""
}

// agencies lists news agencies by the names under which bylines and credits
// print them. Short forms count only as words of their own, in capitals.
var agencies = []struct{ name, names string }{
	{"Associated Press", "associated press|the ap"},
	{"Reuters", "reuters|thomson reuters"},
	{"Agence France-Presse", "agence france-presse|agence france presse"},
	{"Deutsche Presse-Agentur", "deutsche presse-agentur|dpa-afx"},
	{"EFE", "agencia efe|efe news"},
	{"ANSA", "agenzia ansa"},
	{"Press Association", "press association|pa media|pa news agency"},
	{"United Press International", "united press international"},
	{"Bloomberg News", "bloomberg news"},
	{"Xinhua", "xinhua"},
	{"TASS", "itar-tass|tass news"},
	{"Interfax", "interfax"},
	{"Kyodo News", "kyodo"},
	{"Yonhap", "yonhap"},
	{"Anadolu Agency", "anadolu agency|anadolu ajansı"},
	{"Press Trust of India", "press trust of india"},
	{"Asian News International", "asian news international"},
	{"IANS", "indo-asian news service"},
	{"Canadian Press", "canadian press|la presse canadienne"},
	{"Australian Associated Press", "australian associated press"},
	{"Austria Presse Agentur", "austria presse agentur"},
	{"Keystone-SDA", "keystone-sda"},
	{"Belga", "belga news|agence belga"},
	{"Lusa", "agência lusa"},
	{"Ritzau", "ritzau"},
	{"NTB", "norsk telegrambyrå"},
	{"Tidningarnas Telegrambyrå", "tidningarnas telegrambyrå"},
}

// shortNames are the short forms of agencies.
var shortNames = map[string]string{"AP": "Associated Press", "AFP": "Agence France-Presse", "DPA": "Deutsche Presse-Agentur", "dpa": "Deutsche Presse-Agentur",
	"EFE": "EFE", "ANSA": "ANSA", "PA": "Press Association", "UPI": "United Press International", "TASS": "TASS", "PTI": "Press Trust of India", "ANI": "Asian News International",
	"IANS": "IANS", "AAP": "Australian Associated Press", "APA": "Austria Presse Agentur", "SDA": "Keystone-SDA", "ATS": "Keystone-SDA", "NTB": "NTB", "TT": "Tidningarnas Telegrambyrå", "ANP": "ANP", "MTI": "MTI", "PAP": "PAP", "CNS": "Catholic News Service"}

// Agency returns the news agency that a byline names, or "".
func Agency(byline string) string {
	low := " " + strings.ToLower(byline) + " "
	for _, a := range agencies {
		for n := range strings.SplitSeq(a.names, "|") {
			if i := strings.Index(low, n); i > 0 && !wordByte(low[i-1]) && (i+len(n) >= len(low) || !wordByte(low[i+len(n)])) {
				return a.name
			}
		}
	}
	for _, w := range strings.FieldsFunc(byline, func(r rune) bool { return strings.ContainsRune(" /,;()|-–—:.", r) }) {
		if n := shortNames[w]; n != "" {
			return n
		}
	}
	return ""
}

func wordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c >= 0x80
}

// agencyCandidate adds the agency that a byline names. Package copies reads
// the credits in the text itself.
func agencyCandidate(list []recount.Candidate, byline string) []recount.Candidate {
	if n := Agency(byline); n != "" {
		list = addCandidate(list, "agency", n, "byline")
	}
	return list
}
