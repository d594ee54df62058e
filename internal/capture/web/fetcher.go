// Package web fetches pages of the web, politely and with care.
//
// In: addresses. Out: pages as the servers gave them, unpacked, with all that a
// record of the archive needs; or an error that wraps recount.ErrRefused, says
// the reason in one line and carries the next step.
//
// Method: one request at a time for a host, with a delay after each; robots.txt
// (RFC 9309) is asked first and kept for the run; what a server says about
// coming back later is kept to; a redirect is asked for like any other page.
// Every connection is looked at after the name is resolved and made only to
// addresses of the public internet (see purpose). No cookies leave a host or
// outlive one page, no Referer is sent, no proxy is used, certificates are
// checked.
//
// Limits: http on port 80 and https on 443, and the ports of Options; nothing
// that https leads to is asked for by http; no name and password in the
// address; sizes, times and redirects as in Options; headers of 64 KiB. A page that
// scripts build is fetched as the server sends it.
package web

import (
	"context"
	"crypto/tls"
	"errors"
	"maps"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptrace"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"recount"
)

const (
	dialTime    = 10 * time.Second // to reach a server
	headerBytes = 64 << 10         // of an answer
	addressMost = 8 << 10          // bytes of an address
)

// Options is how pages are fetched. The zero value of a field stands for the
// default beside it.
type Options struct {
	AllowPrivate bool             // also from addresses that are not of the public internet, and from any port
	AllowNAT64   bool             // also from addresses of NAT64 gateways, judged by the IPv4 address in them
	Ports        []int            // besides 80 and 443
	UserAgent    string           // "recount/<version> (+research archive)"
	Contact      string           // e-mail address of who asks, sent as the From header; default none
	MaxBytes     int64            // of a page on the wire: 20 MiB
	MaxInflated  int64            // of a page unpacked, bytes: 50 MiB
	Timeout      time.Duration    // for one request, without waiting its turn: 30 s
	MaxRedirects int              // 5; below 0 none
	Delay        time.Duration    // between two requests to one host: 2 s; below 0 none
	Hosts        int              // asked at once by All: 4
	Now          func() time.Time // what Page.Time and dates in Retry-After are told by: time.Now
}

// A Fetcher fetches pages. It is one run: what it learns of a site it keeps.
// Its methods may be called at once.
type Fetcher struct {
	o         Options
	token     string // the program's name in robots.txt
	dialer    *net.Dialer
	transport *http.Transport

	mu    sync.Mutex // guards the maps
	gates map[string]*hostQueue
	sites map[string]*site
}

// A Page is what a server answered. URL is always filled; the rest as far as
// it is known, also beside an error.
type Page struct {
	URL         string      // as asked
	Final       string      // the address that answered: URL, or the one that redirects lead to
	Redirects   []string    // addresses that redirects lead to, in order; the last is Final
	Status      int         // of the last answer; 0 = none came
	Line        string      // the status line, "HTTP/1.1 200 OK" whatever version was spoken
	Proto       string      // the version that was spoken: "HTTP/2.0"
	Header      http.Header // as sent, but see readBody for packed pages
	Body        []byte      // the payload, unpacked
	Time        time.Time   // when it was asked for; UTC, whole seconds
	NotModified bool        // it is as it was when last fetched; there is no Body
	IP          string      // that answered
	Again       time.Time   // beside an error: when the server wants to be asked again; zero = it does not say
}

// Fetch returns what is kept of an answer, to ask for a newer page later.
func (p *Page) Fetch() *recount.Fetch {
	f := &recount.Fetch{Status: p.Status, ETag: p.Header.Get("Etag"), Modified: p.Header.Get("Last-Modified"), Type: p.Header.Get("Content-Type")}
	if p.Final != p.URL {
		f.Final = p.Final
	}
	return f
}

// New returns a Fetcher. Close it.
func New(o Options) *Fetcher {
	orInt := func(v *int64, d int64) {
		if *v <= 0 {
			*v = d
		}
	}
	orInt(&o.MaxBytes, 20<<20)
	orInt(&o.MaxInflated, 50<<20)
	orInt((*int64)(&o.Timeout), int64(30*time.Second))
	if o.MaxRedirects == 0 {
		o.MaxRedirects = 5
	}
	if o.Delay == 0 {
		o.Delay = 2 * time.Second
	}
	o.Delay = max(o.Delay, 0)
	if o.Hosts <= 0 {
		o.Hosts = 4
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Contact = printable(o.Contact)
	if o.UserAgent = printable(o.UserAgent); o.UserAgent == "" {
		o.UserAgent = "recount/" + recount.Version + " (+research archive)"
		if o.Contact != "" {
			o.UserAgent = "recount/" + recount.Version + " (+research archive; contact in header From)"
		}
	}
	f := &Fetcher{o: o, token: product(o.UserAgent), gates: map[string]*hostQueue{}, sites: map[string]*site{}}
	f.dialer = &net.Dialer{Timeout: dialTime}
	if !o.AllowPrivate {
		f.dialer.ControlContext = f.guard
	}
	f.transport = &http.Transport{
		Proxy:                  nil, // not from the environment either
		DialContext:            f.dialer.DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    dialTime,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // readBody unpacks, and counts
		MaxResponseHeaderBytes: headerBytes,
		MaxIdleConnsPerHost:    1,
		IdleConnTimeout:        time.Minute,
	}
	return f
}

// Close ends the connections that wait for more.
func (f *Fetcher) Close() error {
	f.transport.CloseIdleConnections()
	return nil
}

// printable returns s without what must not stand in a header.
func printable(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s))
}

// address reads an address as given by a person or a file.
func address(s string) (*url.URL, error) {
	s = strings.TrimSpace(s)
	if len(s) > addressMost {
		return nil, refuse("look whether something else was pasted", "the address is longer than %s", size(addressMost))
	}
	u, err := url.Parse(s)
	if err != nil {
		var e *url.Error
		if errors.As(err, &e) {
			err = e.Err
		}
		return nil, refuse("copy the address from a browser", "no address of the web: %w", err)
	}
	tidy(u)
	return u, fit(u, nil)
}

// tidy takes off what is not sent, and makes the name of the server the one
// that all its spellings share.
func tidy(u *url.URL) {
	u.Fragment, u.RawFragment = "", ""
	u.Host = strings.ToLower(u.Host)
}

// fit returns an error unless u is one that may be asked for, after from if a
// redirect leads to it.
func fit(u, from *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		if u.Scheme == "" {
			return refuse("write it in full: https://"+strings.TrimPrefix(u.String(), "//"), "the address does not begin with https:// or http://")
		}
		return refuse("only addresses that begin with https:// or http:// are fetched; save the page and add the file", "the address begins with %.20s:", u.Scheme)
	case u.Hostname() == "":
		return refuse("copy the address from a browser", "the address names no server")
	case u.User != nil:
		return refuse("leave name and password out of the address; save a page that needs them in a browser and add the file", "the address holds a name or password")
	case len(u.String()) > addressMost:
		return refuse(hintByHand, "the address is longer than %s", size(addressMost))
	case from != nil && from.Scheme == "https" && u.Scheme == "http":
		return refuse("on the way anybody could change such a page; if it may be taken all the same, add the address that it leads to", "https leads on to http")
	}
	return nil
}

// serves reports whether pages are fetched from a port.
func (f *Fetcher) serves(port int) bool {
	return port == 80 || port == 443 || f.o.AllowPrivate && port > 0 && port < 1<<16 || slices.Contains(f.o.Ports, port)
}

// Get fetches one page. since is what is known of it from an earlier fetch, or
// nil: a server may then say that nothing changed. An error that does not wrap
// recount.ErrRefused is that of ctx.
func (f *Fetcher) Get(ctx context.Context, rawURL string, since *recount.Fetch) (Page, error) {
	p := Page{URL: rawURL}
	u, err := address(rawURL)
	if err != nil {
		return p, err
	}
	first := u.String()
	p.Final = rawURL
	c := chain{since: since, jars: map[string]*cookiejar.Jar{}}
	for {
		at := u.String()
		if len(p.Redirects) > 0 {
			p.Final = at
		}
		var a answer
		if p.Again, err = f.allowed(ctx, u); err == nil {
			h := c.header(u, at == first)
			a, err = f.ask(ctx, u, h, false)
			p.fill(&a)
			c.keep(u, a.header)
		}
		switch {
		case ctx.Err() != nil:
			return p, ctx.Err()
		case err != nil && len(p.Redirects) > 0:
			return p, recount.WithHint(sentOn(at, err), recount.HintOf(err))
		case err != nil:
			return p, err
		case a.to == nil:
			if err := f.judge(&p, c.asked); err != nil {
				return p, err
			}
			return p, nil
		}
		if len(p.Redirects) >= f.o.MaxRedirects {
			return p, refuse(hintByHand, "the address leads on more than %d times", max(f.o.MaxRedirects, 0))
		}
		from := u
		u = a.to
		tidy(u)
		p.Redirects = append(p.Redirects, u.String())
		if err := fit(u, from); err != nil {
			return p, recount.WithHint(sentOn(u.Redacted(), err), recount.HintOf(err))
		}
	}
}

// fill takes an answer over into a page.
func (p *Page) fill(a *answer) {
	p.Time, p.IP, p.Again = a.time, a.ip, a.again
	p.Status, p.Line, p.Proto, p.Header, p.Body = a.status, a.line, a.proto, a.header, a.body
}

// judge returns why an answer is no page, or nil.
func (f *Fetcher) judge(p *Page, asked bool) error {
	switch {
	case p.Status == http.StatusNotModified && asked:
		p.NotModified, p.Body = true, nil
		return nil
	case p.Status == http.StatusOK || p.Status == http.StatusNonAuthoritativeInfo:
		return nil
	}
	return refuse(statusHint(p.Status), "the server answered %s", statusName(p.Status))
}

// A chain is one page with the redirects that lead to it.
type chain struct {
	since *recount.Fetch
	asked bool                      // the last request asked whether there is a newer page
	jars  map[string]*cookiejar.Jar // by host; some sites set a cookie and send the browser back to the same page
}

// header returns what is sent with the next request.
func (c *chain) header(u *url.URL, first bool) http.Header {
	h := http.Header{}
	c.asked = false
	if s := c.since; s != nil && (s.Final == u.String() || s.Final == "" && first) {
		if tag := printable(s.ETag); tag != "" {
			h.Set("If-None-Match", tag)
			c.asked = true
		}
		if day := printable(s.Modified); day != "" {
			h.Set("If-Modified-Since", day)
			c.asked = true
		}
	}
	if jar := c.jars[hostOf(u)]; jar != nil {
		var pairs []string
		for _, k := range jar.Cookies(u) {
			pairs = append(pairs, k.Name+"="+k.Value)
		}
		if len(pairs) > 0 {
			h.Set("Cookie", strings.Join(pairs, "; "))
		}
	}
	return h
}

// keep keeps the cookies of an answer for the same host in the same chain.
func (c *chain) keep(u *url.URL, h http.Header) {
	cookies := (&http.Response{Header: h}).Cookies()
	if len(cookies) == 0 {
		return
	}
	host := hostOf(u)
	if c.jars[host] == nil {
		c.jars[host], _ = cookiejar.New(nil) // never fails without options
	}
	c.jars[host].SetCookies(u, cookies)
}

// An answer is what came of one request.
type answer struct {
	status int
	line   string
	proto  string
	header http.Header
	body   []byte
	to     *url.URL // of a redirect, else nil
	time   time.Time
	ip     string
	again  time.Time
}

// once makes one request. header is added to what is always sent; cut is that
// of readBody. The error is not yet put in words.
func (f *Fetcher) once(ctx context.Context, u *url.URL, header http.Header, cut int64) (a answer, err error) {
	ctx, stop := context.WithTimeout(ctx, f.o.Timeout)
	defer stop()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(i httptrace.GotConnInfo) {
		if host, _, err := net.SplitHostPort(i.Conn.RemoteAddr().String()); err == nil {
			a.ip = host
		}
	}})
	req, err := http.NewRequestWithContext(traced, http.MethodGet, u.String(), nil)
	if err != nil {
		return a, refuse("copy the address from a browser", "no address of the web: %w", err)
	}
	req.Header.Set("User-Agent", f.o.UserAgent)
	if f.o.Contact != "" {
		req.Header.Set("From", f.o.Contact)
	}
	req.Header.Set("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
	req.Header.Set("Accept-Encoding", acceptEncoding)
	maps.Copy(req.Header, header)

	a.time = f.o.Now().UTC().Truncate(time.Second)
	resp, err := f.transport.RoundTrip(req)
	if err != nil {
		return a, cause(ctx, err)
	}
	defer resp.Body.Close()
	a.status, a.proto, a.header = resp.StatusCode, resp.Proto, resp.Header
	a.line = "HTTP/1.1 " + resp.Status
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		if to, err := u.Parse(resp.Header.Get("Location")); err == nil && resp.Header.Get("Location") != "" {
			a.to = to
			return a, nil
		}
	}
	if a.body, err = f.readBody(resp, cut, cancel); err != nil && resp.StatusCode < 400 {
		return a, cause(ctx, err)
	}
	return a, nil // what is wrong with the page of an error matters less than the error
}

// cause returns why ctx ended a request, if it did, else err.
func cause(ctx context.Context, err error) error {
	if c := context.Cause(ctx); c != nil && !errors.Is(err, recount.ErrRefused) {
		return c
	}
	return err
}
