package web

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"recount"
)

const (
	robotsBytes   = 500 << 10        // of a robots.txt that are read (RFC 9309, section 2.5)
	maxCrawlDelay = 30 * time.Second // longer ones are taken as this
	maxMaps       = 1000             // sitemaps of one robots.txt
)

// robots is what a robots.txt (RFC 9309) says to one program.
type robots struct {
	rules []rule
	delay time.Duration // between two requests, 0 if it says nothing
	maps  []string      // sitemaps that it names
	none  error         // why nothing of the site is to be fetched now, or nil
	again time.Time     // beside none: as of Page.Again
}

// A rule allows or forbids the paths that match pattern.
type rule struct {
	pattern string // "*" stands for anything, "$" at the end for the end
	allow   bool
}

// readRobots reads a robots.txt for the program named token. What it cannot
// read it passes over, as the standard asks.
func readRobots(body []byte, token string) *robots {
	body = bytes.TrimPrefix(body[:min(len(body), robotsBytes)], []byte("\xef\xbb\xbf"))
	r := &robots{}
	var ours, all group                     // what is said to this program, and to all
	var named, everyone, agents, found bool // the lines being read are for this program; for all; the last one named a program; any did this one
	for line := range strings.FieldsFuncSeq(string(body), func(c rune) bool { return c == '\n' || c == '\r' }) {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		var said group
		switch key {
		case "user-agent", "useragent", "user agent":
			if !agents {
				named, everyone = false, false
			}
			agents = true
			if value == "*" {
				everyone = true
			} else if strings.EqualFold(product(value), token) {
				named, found = true, true
			}
			continue
		case "sitemap":
			if len(r.maps) < maxMaps {
				r.maps = append(r.maps, value)
			}
			continue
		case "allow", "disallow":
			if value != "" {
				said.rules = []rule{{pathPattern(value), key == "allow"}}
			}
		case "crawl-delay", "crawldelay":
			if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 {
				said.delay = time.Duration(min(s, maxCrawlDelay.Seconds()) * float64(time.Second))
			}
		default:
			continue
		}
		agents = false
		if named {
			ours.add(said)
		}
		if everyone {
			all.add(said)
		}
	}
	if !found {
		ours = all
	}
	r.rules, r.delay = ours.rules, ours.delay
	return r
}

// pathPattern returns the path of a rule as it is compared.
func pathPattern(path string) string {
	if path[0] != '/' && path[0] != '*' {
		path = "/" + path
	}
	return octets(path)
}

// A group is what a robots.txt says to one program.
type group struct {
	rules []rule
	delay time.Duration
}

func (g *group) add(more group) {
	g.rules = append(g.rules, more.rules...)
	if more.delay > 0 {
		g.delay = more.delay
	}
}

// product returns the name of a program without its version: "recount/0.1.0
// (+...)" is recount.
func product(agent string) string {
	for i, c := range []byte(agent) {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '-' && c != '_' {
			return agent[:i]
		}
	}
	return agent
}

// octets returns a path in the one form in which two are compared: letters,
// digits and the other unreserved signs as themselves, percent codes in capitals.
func octets(path string) string {
	const hex = "0123456789ABCDEF"
	b := make([]byte, 0, len(path))
	for i := 0; i < len(path); i++ {
		c := path[i]
		if c == '%' && i+2 < len(path) {
			if n, err := strconv.ParseUint(path[i+1:i+3], 16, 8); err == nil {
				i += 2
				if c = byte(n); !unreserved(c) {
					b = append(b, '%', hex[c>>4], hex[c&15])
					continue
				}
			}
		} else if c <= ' ' || c >= 0x7f {
			b = append(b, '%', hex[c>>4], hex[c&15])
			continue
		}
		b = append(b, c)
	}
	return string(b)
}

func unreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// allows reports whether the page at u may be fetched: the longest rule that
// matches holds, and of two equally long ones the one that allows.
func (r *robots) allows(u *url.URL) bool {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if path == "/robots.txt" {
		return true
	}
	if u.RawQuery != "" || u.ForceQuery {
		path += "?" + u.RawQuery
	}
	path = octets(path)
	longest, allow := -1, true
	for _, rule := range r.rules {
		if n := len(rule.pattern); (n > longest || n == longest && rule.allow) && rule.matches(path) {
			longest, allow = n, rule.allow
		}
	}
	return allow
}

// matches reports whether a path begins with what the pattern stands for. It
// takes the first place for each piece between stars, which finds a match if
// there is one.
func (r rule) matches(path string) bool {
	pattern, whole := strings.CutSuffix(r.pattern, "$")
	first, rest, star := strings.Cut(pattern, "*")
	path, ok := strings.CutPrefix(path, first)
	if !ok {
		return false
	}
	for star {
		var piece string
		piece, rest, star = strings.Cut(rest, "*")
		if !star && whole {
			return strings.HasSuffix(path, piece)
		}
		i := strings.Index(path, piece)
		if i < 0 {
			return false
		}
		path = path[i+len(piece):]
	}
	return !whole || path == ""
}

// A site is one origin with what its robots.txt says; turn guards robots.
type site struct {
	turn   chan struct{}
	robots *robots
}

// robotsOf returns what the robots.txt of the origin of u says. It is asked for
// once a run.
func (f *Fetcher) robotsOf(ctx context.Context, u *url.URL) (*robots, error) {
	origin := u.Scheme + "://" + u.Host
	f.mu.Lock()
	s := f.sites[origin]
	if s == nil {
		s = &site{turn: make(chan struct{}, 1)}
		f.sites[origin] = s
	}
	f.mu.Unlock()

	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-s.turn }()
	if s.robots != nil {
		return s.robots, nil
	}
	r, err := f.askRobots(ctx, &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"})
	if err != nil {
		return nil, err
	}
	s.robots = r
	return r, nil
}

// askRobots fetches the robots.txt at u; the error is that of ctx.
func (f *Fetcher) askRobots(ctx context.Context, u *url.URL) (*robots, error) {
	for i := range robotsRedirects + 1 {
		a, err := f.ask(ctx, u, nil, true)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil && i > 0:
			return &robots{none: recount.WithHint(fmt.Errorf("robots.txt of the site leads on to %s: %w", u, err), recount.HintOf(err))}, nil
		case err != nil:
			return &robots{none: err, again: a.again}, nil
		case a.status == http.StatusTooManyRequests || a.status >= 500:
			return &robots{none: refuse(hintLater, "robots.txt of the site could not be read: the server answered %s", statusName(a.status))}, nil
		case a.status >= 400:
			return &robots{}, nil
		case a.to == nil:
			return readRobots(a.body, f.token), nil
		}
		from := u
		u = a.to
		tidy(u)
		if fit(u, from) != nil {
			break
		}
	}
	// The standard calls a file that hides behind more redirects unavailable,
	// which is as if there were none.
	return &robots{}, nil
}

// robotsRedirects is how many redirects lead to a robots.txt at most (RFC 9309,
// section 2.3.1.2).
const robotsRedirects = 5

// allowed returns nil if robots.txt lets the page at u be fetched, else why not
// and what Page.Again says.
func (f *Fetcher) allowed(ctx context.Context, u *url.URL) (again time.Time, err error) {
	r, err := f.robotsOf(ctx, u)
	if err != nil {
		return time.Time{}, err
	}
	if r.none != nil {
		return r.again, r.none
	}
	if !r.allows(u) {
		return time.Time{}, refuse(hintByHand, "robots.txt of the site asks not to fetch this page")
	}
	if r.delay > 0 {
		f.hostQueue(u).slow(r.delay)
	}
	return time.Time{}, nil
}

// Maps returns the addresses of the sitemaps that robots.txt of the site at
// rawURL names, in its order. Their addresses are as printed there.
func (f *Fetcher) Maps(ctx context.Context, rawURL string) ([]string, error) {
	u, err := address(rawURL)
	if err != nil {
		return nil, err
	}
	r, err := f.robotsOf(ctx, u)
	if err != nil {
		return nil, err
	}
	return slices.Clone(r.maps), r.none
}
