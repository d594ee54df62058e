package study

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"recount"
	"recount/internal/capture"
	"recount/internal/capture/web"
)

// Web says how pages are fetched.
type Web struct {
	AllowPrivate bool          // addresses of this machine and of private networks too, on any port
	AllowNAT64   bool          // addresses of NAT64 gateways too
	Ports        []int         // besides 80 and 443
	Contact      string        // an e-mail address for those who are asked, or ""
	Delay        time.Duration // between two requests to one host; 0 = the fetcher's own
}

func (w Web) fetcher(now func() time.Time) *web.Fetcher {
	return web.New(web.Options{AllowPrivate: w.AllowPrivate, AllowNAT64: w.AllowNAT64, Ports: w.Ports, Contact: w.Contact, Delay: w.Delay, MaxInflated: capture.MaxPayload, Now: now})
}

// An pageRequest is one page to fetch, with what is known of it.
type pageRequest struct {
	URL    string
	Hints  []recount.Candidate
	Within *recount.Within // the list or feed that names it
}

// fetch takes pages of the web. Each is on the disk before the next is taken.
func (h *taker) fetch(asks []pageRequest) error {
	f := h.offer.Web.fetcher(h.Now)
	defer f.Close()
	by := map[string]pageRequest{}
	var requests []web.Request
	for _, a := range asks {
		if _, twice := by[a.URL]; twice {
			continue
		}
		by[a.URL] = a
		requests = append(requests, web.Request{URL: a.URL})
	}
	done := 0
	for p, err := range f.All(h.context, requests) {
		if err := h.context.Err(); err != nil {
			return err
		}
		h.out.Offered++
		done++
		if err != nil {
			if !errors.Is(err, recount.ErrRefused) {
				return err
			}
			h.refuse(p.URL, err)
		} else if err := h.take(page(p, by[p.URL], fromWeb)); err != nil {
			return err
		}
		if err := h.flush(); err != nil {
			return err
		}
		h.Progress("fetch", done, len(requests))
	}
	return h.context.Err() // what is stopped yields no more
}

// page makes an item of what a server sent.
func page(p web.Page, a pageRequest, channel string) item {
	return item{name: p.URL, data: p.Body, head: head(p), captured: p.Time, channel: channel,
		origin: recount.Origin{Hints: a.Hints, Within: a.Within, Fetch: p.Fetch()}}
}

// head returns the status line and the header of an answer, as HTTP/1.1.
// Cookies are left out: they belong to whoever asked.
func head(p web.Page) []byte {
	var b bytes.Buffer
	b.WriteString(p.Line + "\r\n")
	names := make([]string, 0, len(p.Header))
	for n := range p.Header {
		switch n {
		case "Set-Cookie", "Transfer-Encoding", "Content-Length":
		default:
			names = append(names, n)
		}
	}
	slices.Sort(names)
	oneLine := strings.NewReplacer("\r", " ", "\n", " ")
	for _, n := range names {
		for _, v := range p.Header[n] {
			fmt.Fprintf(&b, "%s: %s\r\n", n, oneLine.Replace(v))
		}
	}
	fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n", len(p.Body))
	return b.Bytes()
}
