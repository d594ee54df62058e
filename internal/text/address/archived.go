package address

import (
	"net/url"
	"strings"
	"time"

	"recount"
)

// archiveHosts lists archives whose addresses may show a shortened time, or
// none, before the address of the page.
var archiveHosts = map[string]bool{
	"web.archive.org": true, "archive.org": true, "www.archive.org": true, "wayback.archive.org": true, "liveweb.archive.org": true,
	"arquivo.pt": true, "archive.today": true, "archive.is": true, "archive.ph": true, "archive.li": true, "archive.vn": true,
	"archive.fo": true, "archive.md": true, "timetravel.mementoweb.org": true, "ghostarchive.org": true,
}

// unwrap returns the page that an address wraps: of an archived copy, or in
// the AMP cache of a search engine.
func unwrap(s string) (string, bool) {
	if original, _, ok := Archived(s); ok {
		return original, true
	}
	u, ok := parse(s)
	if !ok {
		return s, false
	}
	host, path := strings.TrimPrefix(u.Hostname(), "www."), u.Pathname()
	var rest string
	switch {
	case host == "cdn.ampproject.org" || strings.HasSuffix(host, ".cdn.ampproject.org") || host == "bing-amp.com" || strings.HasSuffix(host, ".bing-amp.com"):
		// /c/s/HOST/PATH: c is a page, v its viewer, wp a package; s says https.
		kind, r, ok := strings.Cut(strings.TrimPrefix(path, "/"), "/")
		if !ok || kind != "c" && kind != "v" && kind != "wp" {
			return s, false
		}
		rest = r
	case (host == "google.com" || strings.HasPrefix(host, "google.") || host == "bing.com") && strings.HasPrefix(path, "/amp/"):
		rest = path[len("/amp/"):]
	default:
		return s, false
	}
	rest = strings.TrimPrefix(rest, "s/")
	h, _, _ := strings.Cut(rest, "/")
	if !strings.Contains(h, ".") || strings.ContainsAny(h, "@%") {
		return s, false
	}
	inner := "https://" + rest
	if q := u.Query(); q != "" {
		inner += "?" + q
	}
	return inner, true
}

// Archived reads the address of an archived copy: the page that it is a copy
// of, as the archive writes it, and when it was made (UTC, whole seconds; zero
// if the address does not say it to the day). ok is false for every other
// address, an archive's list of copies among them.
func Archived(raw string) (original string, at time.Time, ok bool) {
	raw = strings.TrimSpace(raw)
	if len(raw) > maxLength {
		return "", time.Time{}, false
	}
	u, ok := parse(raw)
	if !ok {
		return "", time.Time{}, false
	}
	host := u.Hostname()
	known := archiveHosts[host] || archiveHosts[strings.TrimPrefix(host, "www.")]
	switch strings.TrimPrefix(host, "www.") {
	case "webcitation.org":
		return cited(u.Query(), "url", "date")
	case "webcache.googleusercontent.com":
		return cached(u.Query())
	}
	// Everything behind the host as it was written: the parser would treat
	// "?" and "#" of the page as the archive's own.
	rest := raw[strings.Index(raw, "//")+2:]
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		rest = rest[i:]
	} else {
		return "", time.Time{}, false
	}
	for from := 0; from < len(rest) && from < 200; {
		step, after, more := strings.Cut(rest[from+1:], "/")
		if !more {
			break
		}
		stamp, isStamp := stampOf(step)
		if isStamp && (len(stamp) == 14 || known) || known && (step == "newest" || step == "oldest") {
			if page, isPage := pageOf(after, known); isPage {
				return page, moment(stamp), true
			}
		}
		if strings.HasSuffix(step, ":") { // the page's own address begins here
			break
		}
		from += 1 + len(step)
	}
	return "", time.Time{}, false
}

// stampOf reads "20140514092000", with a mark of the form "id_" behind it, and
// "2014.05.14-092000".
func stampOf(step string) (string, bool) {
	step = strings.TrimSuffix(step, "*")
	if n := len(step); n > 3 && step[n-1] == '_' {
		step = strings.TrimRight(step[:n-1], "abcdefghijklmnopqrstuvwxyz")
	}
	if len(step) == len("2014.05.14-092000") && step[4] == '.' && step[7] == '.' && step[10] == '-' {
		step = step[:4] + step[5:7] + step[8:10] + step[11:]
	}
	if len(step) < 1 || len(step) > 14 || strings.Trim(step, "0123456789") != "" {
		return "", false
	}
	return step, len(step) >= 4 || step == "2" || step == "0"
}

// moment reads a stamp that says at least the day.
func moment(stamp string) time.Time {
	if len(stamp) < 8 {
		return time.Time{}
	}
	stamp += "00000000000000"[len(stamp):]
	t, err := time.Parse("20060102150405", stamp)
	if err != nil || t.Year() < 1990 || t.Year() > 2100 {
		return time.Time{}
	}
	return t
}

// pageOf returns the address of the page behind a stamp: with its scheme, with
// one slash lost, escaped, or, in a known archive, without its scheme.
func pageOf(s string, known bool) (string, bool) {
	if low := strings.ToLower(s[:min(len(s), 16)]); strings.HasPrefix(low, "http%3a") || strings.HasPrefix(low, "https%3a") {
		if d, err := url.QueryUnescape(s); err == nil {
			s = d
		}
	}
	for _, scheme := range [...]string{"https:/", "http:/"} {
		if len(s) > len(scheme) && strings.EqualFold(s[:len(scheme)], scheme) {
			s = scheme + "/" + strings.TrimLeft(s[len(scheme):], "/")
			_, ok := parse(s)
			return s, ok
		}
	}
	host, _, _ := strings.Cut(s, "/")
	host, _, _ = strings.Cut(host, "?")
	if host, _, _ = strings.Cut(host, ":"); !known || !strings.Contains(host, ".") || !registered(strings.ToLower(host)) {
		return "", false
	}
	s = "http://" + s
	_, ok := parse(s)
	return s, ok
}

// cited reads the page and the day out of a query.
func cited(query, page, day string) (string, time.Time, bool) {
	q, err := url.ParseQuery(query)
	if err != nil || !webScheme(q.Get(page)) {
		return "", time.Time{}, false
	}
	var at time.Time
	if d := recount.DateOf(q.Get(day)); d.Precision() == recount.ToDay {
		at, _, _ = recount.TimeSpan(d.String())
	}
	return q.Get(page), at, true
}

// cached reads "q=cache:ID:http://page+words".
func cached(query string) (string, time.Time, bool) {
	q, err := url.ParseQuery(query)
	v, ok := strings.CutPrefix(q.Get("q"), "cache:")
	if err != nil || !ok {
		return "", time.Time{}, false
	}
	v, _, _ = strings.Cut(v, " ")
	if id, rest, ok := strings.Cut(v, ":"); ok && !strings.HasPrefix(rest, "//") && id != "" {
		v = rest
	}
	page, ok := pageOf(v, true)
	return page, time.Time{}, ok
}
