package unpack

import (
	"crypto/sha256"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"recount/internal/capture/unpack/warc"
)

// maxName is the longest name of a member, in bytes, as a study keeps none
// that is much longer.
const maxName = 4 << 10

// cleanName returns the name of a member as a relative path with slashes: no
// way up, no root, no drive, no backslash. Bytes that are not UTF-8, and
// control characters, are written as %XX, so that different names stay
// different.
func cleanName(raw string) string {
	var kept []string
	for _, part := range strings.Split(strings.ReplaceAll(raw, `\`, "/"), "/") {
		if len(kept) == 0 && len(part) == 2 && part[1] == ':' {
			continue // a drive
		}
		if part != "" && part != "." && part != ".." {
			kept = append(kept, warc.ValidName(part))
		}
	}
	name := strings.Join(kept, "/")
	if len(name) > maxName {
		cut := maxName
		for !utf8.RuneStart(name[cut]) {
			cut--
		}
		name = name[:cut]
	}
	return name
}

// A nameKey stands for a name, so that the names of a large file need not all
// be held.
type nameKey [16]byte

func keyOf(name string) nameKey {
	sum := sha256.Sum256([]byte(name))
	return nameKey(sum[:16])
}

// unique returns name, or if a member before was called so, name with a
// number before its ending: "a~2.html".
func (w *unpacking) unique(name string) string {
	key := keyOf(name)
	if w.names[key] == 0 {
		w.names[key] = 1
		return name
	}
	ending := path.Ext(name)
	stem := strings.TrimSuffix(name, ending)
	for {
		w.names[key]++
		other := fmt.Sprintf("%s~%d%s", stem, w.names[key], ending)
		if k := keyOf(other); w.names[k] == 0 {
			w.names[k] = 1
			return other
		}
	}
}

// hidden reports whether a member is one that systems add for themselves, or
// begins with a dot, as capture.Files passes over those too.
func hidden(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") || part == "__MACOSX" || part == "Thumbs.db" || part == "desktop.ini" {
			return true
		}
	}
	return false
}

// HostNames returns hosts as they are compared.
func HostNames(hosts []string) []string {
	var out []string
	for _, h := range hosts {
		h = strings.ToLower(strings.TrimSpace(h))
		if _, rest, ok := strings.Cut(h, "://"); ok {
			h = rest
		}
		h, _, _ = strings.Cut(h, "/")
		h = strings.Trim(strings.TrimPrefix(h, "*."), ".")
		if h != "" {
			out = append(out, asciiHost(h))
		}
	}
	return out
}

// asciiHost returns a host in the form that is sent over the wire.
func asciiHost(h string) string {
	for i := range len(h) {
		if h[i] >= utf8.RuneSelf {
			if a, err := idna.Lookup.ToASCII(h); err == nil {
				return a
			}
			break
		}
	}
	return h
}

func lower(in []string) []string {
	var out []string
	for _, s := range in {
		if s != "" {
			out = append(out, strings.ToLower(s))
		}
	}
	return out
}

// OfHosts reports whether an address is of one of the hosts, which HostNames
// returned, or of a subdomain.
func OfHosts(uri string, hosts []string) bool {
	host := hostOf(uri)
	for _, h := range hosts {
		if host == h || len(host) > len(h) && host[len(host)-len(h)-1] == '.' && strings.HasSuffix(host, h) {
			return true
		}
	}
	return false
}

// hostOf returns the host of an address, without user and port.
func hostOf(uri string) string {
	_, rest, ok := strings.Cut(uri, "://")
	if !ok {
		return ""
	}
	if i := strings.IndexAny(rest, "/?#\\"); i >= 0 {
		rest = rest[:i]
	}
	if i := strings.LastIndexByte(rest, '@'); i >= 0 {
		rest = rest[i+1:]
	}
	if i := strings.LastIndexByte(rest, ':'); i >= 0 && !strings.HasSuffix(rest, "]") {
		rest = rest[:i]
	}
	return asciiHost(strings.TrimSuffix(strings.ToLower(rest), "."))
}

// wanted returns "" if the filters let an address in, else the reason.
func (w *unpacking) wanted(uri string) string {
	if len(w.hosts) > 0 && !OfHosts(uri, w.hosts) {
		return "of another host"
	}
	if len(w.match) > 0 {
		u, ok := strings.ToLower(uri), false
		for _, m := range w.match {
			if strings.Contains(u, m) {
				ok = true
				break
			}
		}
		if !ok {
			return "an address without the words that were asked for"
		}
	}
	return ""
}
