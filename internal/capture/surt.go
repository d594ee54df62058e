package capture

import (
	"net/url"
	"slices"
	"strings"
)

// surt returns the key under which an address is sorted and found in a CDXJ
// index: "Sort-friendly URI Reordering Transform", in the form that pywb and
// wabac.js use. Scheme, user, a leading "www", the usual port and the fragment
// are left out, the labels of the host reversed, the parameters sorted, and all
// of it written in lower case: "example,news)/a?b=1". An address without a
// host is its own key.
func surt(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return strings.Map(graphic, strings.ToLower(uri))
	}
	labels := strings.Split(strings.Trim(withoutWWW(u.Hostname()), "."), ".")
	slices.Reverse(labels)
	var b strings.Builder
	b.WriteString(strings.Join(labels, ","))
	if p := u.Port(); p != "" && !(u.Scheme == "http" && p == "80") && !(u.Scheme == "https" && p == "443") {
		b.WriteString(":" + p)
	}
	b.WriteByte(')')
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	b.WriteString(path)
	if u.RawQuery != "" {
		pairs := strings.Split(u.RawQuery, "&")
		slices.Sort(pairs)
		b.WriteString("?" + strings.Join(pairs, "&"))
	}
	return strings.Map(graphic, strings.ToLower(b.String()))
}

// withoutWWW returns a host without "www." or "www2." before it.
func withoutWWW(host string) string {
	host = strings.ToLower(host)
	if rest, ok := strings.CutPrefix(host, "www"); ok {
		if rest = strings.TrimLeft(rest, "0123456789"); strings.HasPrefix(rest, ".") && len(rest) > 1 {
			return rest[1:]
		}
	}
	return host
}

// graphic drops what would end a key: an index line is cut at its spaces.
func graphic(r rune) rune {
	if r <= ' ' || r == 0x7f {
		return -1
	}
	return r
}
