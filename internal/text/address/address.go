// Package address gives every page of the web one key, however it was linked
// to, and knows the addresses of archived copies.
//
// In: addresses as people, feeds and pages write them. Out: the same string for
// the addresses of one page (Canonical), and what an archive's address says of
// the page and of the time of its copy (Archived).
//
// Method: the address is parsed as browsers parse it; then what does not change
// the page is taken off, by the rules and lists in this package. Limits: nothing
// is looked up, so a shortened address (t.co) and an archive's short form
// (archive.ph/AbCdE) stay what they are; a key is no address to fetch from,
// because http and https, www and mobile hosts become one. Callers keep the
// original.
package address

import (
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"
	"golang.org/x/net/publicsuffix"
)

// maxLength is the longest address that is read, in bytes. Longer ones are
// their own key.
const maxLength = 8 << 10

// maxWraps is how many addresses may be wrapped in each other (an AMP copy of
// an archived copy of ...).
const maxWraps = 8

// Canonical returns one key for one page. What is no http or https address
// comes back as it is, without white space around it.
func Canonical(raw string) string {
	raw = strings.TrimSpace(raw)
	if len(raw) > maxLength {
		return raw
	}
	s := raw
	for range 2 * maxWraps {
		if inner, wrapped := unwrap(s); wrapped {
			s = inner
			continue
		}
		next, ok := settle(s)
		if !ok {
			return raw
		}
		if next == s {
			return s
		}
		s = next // which may show an address that was wrapped in a strange form
	}
	return raw
}

// settle applies the rules until nothing changes, so that a key is its own
// key. Every round after the first shortens the address.
func settle(s string) (string, bool) {
	for range len(s) + 2 {
		next, ok := plain(s)
		if !ok {
			return "", false
		}
		if next == s {
			return s, true
		}
		s = next
	}
	return "", false
}

// plain applies each rule once; ok is false for what is no web address.
func plain(s string) (string, bool) {
	u, ok := parse(s)
	if !ok {
		return "", false
	}
	host := hostOf(u)
	path, query := u.Pathname(), u.Query()
	path = cleanPath(path)
	query = cleanQuery(query)
	out := "https://" + host
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		out += ":" + p
	}
	out += path
	if query != "" {
		out += "?" + query
	}
	if f := u.Fragment(); strings.HasPrefix(f, "!") && len(f) > 1 {
		out += "#" + f
	}
	return out, true
}

// parse reads an http or https address, also one without its scheme ("//a.example/").
func parse(s string) (*whatwg.Url, bool) {
	if strings.HasPrefix(s, "//") {
		s = "https:" + s
	}
	if !webScheme(s) {
		return nil, false
	}
	u, err := whatwg.Parse(s)
	if err != nil || u.Hostname() == "" {
		return nil, false
	}
	return u, true
}

func webScheme(s string) bool {
	low := strings.ToLower(s[:min(len(s), len("https://"))])
	return strings.HasPrefix(low, "http://") || strings.HasPrefix(low, "https://")
}

// hostOf returns the host without what only says for which device it is.
func hostOf(u *whatwg.Url) string {
	h := u.Hostname()
	if u.IsIPv4() || u.IsIPv6() {
		return h
	}
	h = strings.TrimRight(h, ".")
	for {
		first, rest, ok := strings.Cut(h, ".")
		if !ok || !deviceLabel[first] || !registered(rest) {
			break
		}
		h = rest
	}
	// en.m.news.example: the device stands behind the language.
	if l := strings.Split(h, "."); len(l) >= 4 && (l[1] == "m" || l[1] == "amp") {
		if rest := l[0] + "." + strings.Join(l[2:], "."); registered(rest) {
			h = rest
		}
	}
	return h
}

// deviceLabel lists the first labels of hosts that serve the same pages as the
// host behind them.
var deviceLabel = map[string]bool{"www": true, "www2": true, "m": true, "mobile": true, "amp": true, "wap": true, "touch": true}

// registered reports whether h is a name that somebody can hold, no bare
// suffix such as "co.uk".
func registered(h string) bool {
	_, err := publicsuffix.EffectiveTLDPlusOne(h)
	return err == nil
}

// indexNames are the files that a server sends for a folder.
var indexNames = map[string]bool{
	"index.html": true, "index.htm": true, "index.shtml": true, "index.php": true, "index.asp": true, "index.aspx": true,
	"index.jsp": true, "index.cfm": true, "default.html": true, "default.htm": true, "default.asp": true, "default.aspx": true,
}

// cleanPath takes off session numbers, AMP forms, index files and the slash at
// the end, and writes escapes in one way.
func cleanPath(p string) string {
	if i := strings.Index(strings.ToLower(p), ";jsessionid="); i >= 0 {
		end := strings.IndexByte(p[i:], '/')
		if end < 0 {
			end = len(p) - i
		}
		p = p[:i] + p[i+end:]
	}
	segs := strings.Split(escapes(p), "/")
	kept := segs[:0]
	for _, s := range segs {
		if s != "" {
			kept = append(kept, s)
		}
	}
	segs = kept
	if n := len(segs); n > 0 && indexNames[strings.ToLower(segs[n-1])] {
		segs = segs[:n-1]
	}
	segs = withoutAMP(segs)
	if len(segs) == 0 {
		return "/"
	}
	return "/" + strings.Join(segs, "/")
}

// withoutAMP takes the mark of an AMP page out of a path: its first or last
// step, or one in the middle before a step with a number in it, or ".amp"
// before the ending.
func withoutAMP(segs []string) []string {
	n := len(segs)
	if n == 0 {
		return segs
	}
	last := strings.ToLower(segs[n-1])
	if rest, ok := strings.CutSuffix(last, ".amp"); ok && rest != "" {
		segs[n-1] = segs[n-1][:len(rest)]
	} else if rest, ok := strings.CutSuffix(last, ".amp.html"); ok && rest != "" {
		segs[n-1] = segs[n-1][:len(rest)] + segs[n-1][len(rest)+len(".amp"):]
	}
	if n < 2 {
		return segs
	}
	if ampStep(segs[n-1]) {
		return segs[:n-1]
	}
	if ampStep(segs[0]) {
		return segs[1:]
	}
	if strings.ContainsAny(segs[n-1], "0123456789") {
		for i := 1; i < n-1; i++ {
			if ampStep(segs[i]) {
				return append(segs[:i], segs[i+1:]...)
			}
		}
	}
	return segs
}

func ampStep(s string) bool {
	return strings.EqualFold(s, "amp") || strings.EqualFold(s, "amp.html")
}

// escapes writes percent escapes in one way: letters, digits, "-", "_" and "~"
// plainly, everything else with capitals. A full stop stays escaped as it is,
// because "%2e%2e" would lead elsewhere.
func escapes(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '%' || i+2 >= len(s) || !hex(s[i+1]) || !hex(s[i+2]) {
			b.WriteByte(s[i])
			continue
		}
		c := unhex(s[i+1])<<4 | unhex(s[i+2])
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_' || c == '~' {
			b.WriteByte(c)
		} else {
			b.WriteString(strings.ToUpper(s[i : i+3]))
		}
		i += 2
	}
	return b.String()
}

func hex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}
