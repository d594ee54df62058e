package web

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/idna"

	"recount"
)

const (
	tries          = 3                // requests for one page at most, the first included
	triesOfSilence = 2                // the same where no answer comes
	retryIn        = 4 * time.Second  // before the second; before the third four times as long
	busyIn         = 15 * time.Second // the same after an answer that says too many requests came
	maxWait        = 2 * time.Minute  // longest wait that a server may ask for within a run
	silences       = 3                // pages in a row without an answer after which a host is left alone
	leftAlone      = 10 * time.Minute
)

// A hostQueue lets one request at a time through to a host.
type hostQueue struct {
	turn chan struct{} // holds one token while a request is made; guards the rest

	next    time.Time // before it no request is made
	until   time.Time // before it requests are refused, with why
	why     error
	again   time.Time // what until is by Options.Now, if the server named a time
	silence int       // pages in a row that got no answer

	mu    sync.Mutex
	delay time.Duration // after each request; guarded by mu
}

// hostOf returns the name under which a host has its queue: ports and spellings
// of the name share it.
func hostOf(u *url.URL) string {
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		return ascii
	}
	return host
}

func (f *Fetcher) hostQueue(u *url.URL) *hostQueue {
	f.mu.Lock()
	defer f.mu.Unlock()
	host := hostOf(u)
	g := f.gates[host]
	if g == nil {
		g = &hostQueue{turn: make(chan struct{}, 1), delay: f.o.Delay}
		f.gates[host] = g
	}
	return g
}

// slow makes the delay of a queue at least d.
func (g *hostQueue) slow(d time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.delay = max(g.delay, d)
}

func (g *hostQueue) pause() time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.delay
}

// enter waits for its turn.
func (g *hostQueue) enter(ctx context.Context) error {
	select {
	case g.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

func (g *hostQueue) leave() { <-g.turn }

// wait waits until the next request may be made. The caller holds the turn.
func (g *hostQueue) wait(ctx context.Context) error {
	if time.Now().Before(g.until) {
		return g.why
	}
	d := time.Until(g.next)
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// ask makes a request when its turn has come, and again where that may help.
// It holds the host's turn until it is done. Of a redirect it returns where it
// leads; it does not follow. For robots.txt there is no delay afterwards:
// the page that it is read for comes next.
func (f *Fetcher) ask(ctx context.Context, u *url.URL, header http.Header, forRobots bool) (answer, error) {
	g := f.hostQueue(u)
	if err := g.enter(ctx); err != nil {
		return answer{}, err
	}
	defer g.leave()
	var cut int64
	if forRobots {
		cut = robotsBytes
	}
	for try := 1; ; try++ {
		if err := g.wait(ctx); err != nil {
			return answer{again: g.again}, err
		}
		g.again = time.Time{}
		a, err := f.once(ctx, u, header, cut)
		g.next = time.Now().Add(g.pause())
		if ctx.Err() != nil {
			return a, ctx.Err()
		}
		if forRobots && err == nil && a.to == nil {
			g.next = time.Time{}
		}
		pause, again, told := time.Duration(0), false, false
		if err != nil {
			err, again = unreached(err)
			pause = retryIn
		} else {
			pause, again, told = f.comeBack(&a, try)
		}
		if !again {
			if err == nil {
				g.silence = 0
			}
			return a, err
		}
		if told && (pause > maxWait || try == tries) {
			a.again = f.o.Now().Add(pause).UTC().Truncate(time.Second)
			err = refuse("add it again after that time", "the server answered %s and asks to come back after %s", statusName(a.status), a.again.Format("2006-01-02 15:04 UTC"))
			g.until, g.why, g.again = time.Now().Add(pause), err, a.again
			return a, err
		}
		if try == tries || err != nil && try == triesOfSilence {
			if err != nil || a.status != http.StatusInternalServerError { // that one may be the fault of one page
				g.miss(hostOf(u))
			}
			return a, err
		}
		if t := time.Now().Add(pause); t.After(g.next) {
			g.next = t
		}
	}
}

// miss notes that a page got no answer. After some in a row the host is left
// alone for a while.
func (g *hostQueue) miss(host string) {
	if g.silence++; g.silence >= silences {
		g.silence = 0
		g.until = time.Now().Add(leftAlone)
		g.why = refuse(hintLater, "%s gave no answer %d times in a row and is left alone now", host, silences)
	}
}

// comeBack reports whether to ask again after an answer, after how long, and
// whether the server named that time.
func (f *Fetcher) comeBack(a *answer, try int) (pause time.Duration, again, told bool) {
	switch a.status {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		if d, ok := f.retryAfter(a.header); ok {
			return d, true, true
		}
		if a.status == http.StatusTooManyRequests {
			return busyIn << (2 * (try - 1)), true, false
		}
	case http.StatusInternalServerError, http.StatusBadGateway, http.StatusGatewayTimeout:
	default:
		return 0, false, false
	}
	return retryIn << (2 * (try - 1)), true, false
}

// retryAfter reads a Retry-After header: seconds or a date. A date is told by
// the server's own clock where it sends one.
func (f *Fetcher) retryAfter(h http.Header) (time.Duration, bool) {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if n, err := strconv.ParseUint(v, 10, 31); err == nil {
		return time.Duration(n) * time.Second, true
	}
	when, err := http.ParseTime(v)
	if err != nil {
		return 0, false
	}
	now := f.o.Now()
	if t, err := http.ParseTime(h.Get("Date")); err == nil {
		now = t
	}
	return max(when.Sub(now), 0), true
}

// sentOn says at which address of a chain of redirects something went wrong.
func sentOn(at string, err error) error {
	return fmt.Errorf("the address leads on to %s: %w", at, err)
}

// A Request is one page to be fetched.
type Request struct {
	URL   string
	Since *recount.Fetch // as of Get
}

// All fetches pages and yields each with the error that Get returns, as they
// come in: those of one host in the order given, hosts beside each other. An
// address given twice is yielded once; two that differ in nothing that is sent
// to the server are asked for once and each yielded. When ctx ends no more is
// yielded. What is not asked for when the loop over All is left is not asked
// for later.
func (f *Fetcher) All(ctx context.Context, list []Request) iter.Seq2[Page, error] {
	return func(yield func(Page, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		type result struct {
			page Page
			err  error
		}
		queues := queue(list)
		todo := make(chan []sharedRequest)
		done := make(chan result)
		var workers sync.WaitGroup
		for range min(f.o.Hosts, len(queues)) {
			workers.Go(func() {
				for errands := range todo {
					for _, e := range errands {
						page, err := f.Get(ctx, e.urls[0], e.since)
						for _, u := range e.urls {
							same := page
							if same.Final == page.URL {
								same.Final = u
							}
							same.URL = u
							select {
							case done <- result{same, err}:
							case <-ctx.Done():
								return
							}
						}
					}
				}
			})
		}
		go func() {
			defer close(done)
			defer workers.Wait()
			defer close(todo)
			for _, q := range queues {
				select {
				case todo <- q:
				case <-ctx.Done():
					return
				}
			}
		}()
		defer func() {
			cancel()
			for range done { // the workers end
			}
		}()
		for r := range done {
			if ctx.Err() != nil || !yield(r.page, r.err) {
				return
			}
		}
	}
}

// A sharedRequest is one request for all addresses that it answers.
type sharedRequest struct {
	urls  []string // as given
	since *recount.Fetch
}

// queue puts requests in order: one queue for each host, in the order in which
// the hosts are first named.
func queue(list []Request) [][]sharedRequest {
	type place struct{ queue, sharedRequest int }
	var out [][]sharedRequest
	hosts := map[string]int{}
	given := map[string]bool{}
	sent := map[string]place{}
	for _, r := range list {
		if given[r.URL] {
			continue
		}
		given[r.URL] = true
		host, wire := "", r.URL
		if u, err := address(r.URL); err == nil {
			host, wire = hostOf(u), u.String()
		}
		if at, ok := sent[wire]; ok {
			e := &out[at.queue][at.sharedRequest]
			e.urls = append(e.urls, r.URL)
			continue
		}
		q, ok := hosts[host]
		if !ok {
			q = len(out)
			hosts[host] = q
			out = append(out, nil)
		}
		sent[wire] = place{q, len(out[q])}
		out[q] = append(out[q], sharedRequest{[]string{r.URL}, r.Since})
	}
	return out
}
