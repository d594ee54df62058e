package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"recount"
)

// A town is some hosts without a network: what each answers, and who was asked
// what when.
type town struct {
	mu    sync.Mutex
	start time.Time
	asked []string // "host /path at 2s"
	busy  map[string]int
	most  int // requests at once to one host
	hosts map[string]http.HandlerFunc
}

// listener hands over the connections that the Fetcher makes.
type listener struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func (l *listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}
func (l *listener) Close() error   { l.once.Do(func() { close(l.done) }); return nil }
func (l *listener) Addr() net.Addr { return &net.TCPAddr{} }

// visit runs do with a Fetcher for which only the hosts of a town are there,
// on a clock that only moves while everybody waits.
func visit(t *testing.T, o Options, hosts map[string]http.HandlerFunc, do func(*testing.T, *Fetcher, *town)) {
	synctest.Test(t, func(t *testing.T) {
		w := &town{start: time.Now(), busy: map[string]int{}, hosts: hosts}
		l := &listener{conns: make(chan net.Conn), done: make(chan struct{})}
		s := &http.Server{Handler: w}
		var serving sync.WaitGroup
		serving.Go(func() { s.Serve(l) })
		f := New(o)
		f.transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
			host, _, _ := net.SplitHostPort(address)
			if hosts[host] == nil {
				return nil, &net.DNSError{Name: host, IsNotFound: true}
			}
			here, there := net.Pipe()
			select {
			case l.conns <- there:
				return here, nil
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}
		do(t, f, w)
		f.Close()
		s.Close()
		serving.Wait()
		synctest.Wait()
	})
}

func (w *town) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	host, _, _ := strings.Cut(r.Host, ":")
	w.mu.Lock()
	w.asked = append(w.asked, fmt.Sprintf("%s %s at %s", host, r.URL.RequestURI(), time.Since(w.start)))
	w.busy[host]++
	w.most = max(w.most, w.busy[host])
	w.mu.Unlock()
	defer func() {
		w.mu.Lock()
		w.busy[host]--
		w.mu.Unlock()
	}()
	w.hosts[host](rw, r)
}

// list returns who was asked what when.
func (w *town) list() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.asked)
}

// want compares who was asked what when.
func (w *town) want(t *testing.T, want ...string) {
	t.Helper()
	if got := w.list(); !slices.Equal(got, want) {
		t.Errorf("asked\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

// siteOf serves a page for every path and the robots.txt given.
func siteOf(robots string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			io.WriteString(w, "<p>text</p>")
		} else if robots == "" {
			http.NotFound(w, r)
		} else {
			io.WriteString(w, robots)
		}
	}
}

// answers allows all to robots, and answers in turn; the last stays.
func answers(list ...func(http.ResponseWriter)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close") // so that net/http does not ask again by itself
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		answer := list[0]
		if len(list) > 1 {
			list = list[1:]
		}
		answer(w)
	}
}

func status(n int, header ...string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(n)
	}
}

func silence(w http.ResponseWriter) { panic(http.ErrAbortHandler) }

func refusedWith(t *testing.T, err error, want string) {
	t.Helper()
	if !errors.Is(err, recount.ErrRefused) || !strings.Contains(fmt.Sprint(err), want) || recount.HintOf(err) == "" {
		t.Errorf("%v; want %q with a hint", err, want)
	}
}

func TestOneRequestAtATime(t *testing.T) {
	slow := func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		time.Sleep(time.Second)
	}
	visit(t, Options{}, map[string]http.HandlerFunc{"a.example": slow, "b.example": slow}, func(t *testing.T, f *Fetcher, w *town) {
		var got []string
		for p, err := range f.All(t.Context(), []Request{
			{URL: "http://a.example/1"}, {URL: "http://a.example/2"}, {URL: "http://b.example/1"}, {URL: "http://a.example/1"}, {URL: "http://A.example/3#top"}, {URL: "http://a.example/3"},
		}) {
			if err != nil || p.Status != 200 {
				t.Errorf("%s: %d, %v", p.URL, p.Status, err)
			}
			got = append(got, p.URL)
		}
		w.mu.Lock()
		slices.Sort(w.asked) // two hosts at once
		w.mu.Unlock()
		w.want(t,
			"a.example /1 at 0s", "a.example /2 at 3s", "a.example /3 at 6s", "a.example /robots.txt at 0s",
			"b.example /1 at 0s", "b.example /robots.txt at 0s")
		slices.Sort(got)
		if want := []string{"http://A.example/3#top", "http://a.example/1", "http://a.example/2", "http://a.example/3", "http://b.example/1"}; !slices.Equal(got, want) {
			t.Errorf("All yields %q, want %q", got, want)
		}
		if w.most != 1 {
			t.Errorf("%d requests at once to one host", w.most)
		}
	})
}

func TestCrawlDelay(t *testing.T) {
	tests := []struct {
		robots string
		second string
	}{
		{"User-agent: *\nCrawl-delay: 7", "7s"},
		{"User-agent: *\nCrawl-delay: 0.5", "2s"},
		{"User-agent: *\nCrawl-delay: 86400", "30s"},
		{"User-agent: *\nCrawl-delay: 1e300", "30s"},
		{"User-agent: *\nCrawl-delay: NaN", "2s"},
		{"User-agent: *\nCrawl-delay: soon", "2s"},
		{"User-agent: *\nCrawl-delay: 9\nUser-agent: Recount\nCrawl-delay: 3", "3s"},
	}
	for _, tt := range tests {
		visit(t, Options{}, map[string]http.HandlerFunc{"a.example": siteOf(tt.robots)}, func(t *testing.T, f *Fetcher, w *town) {
			for range f.All(t.Context(), []Request{{URL: "http://a.example/1"}, {URL: "http://a.example/2"}}) {
			}
			w.want(t, "a.example /robots.txt at 0s", "a.example /1 at 0s", "a.example /2 at "+tt.second)
		})
	}
}

func TestRetry(t *testing.T) {
	ok := status(200)
	tests := []struct {
		name    string
		answers []func(http.ResponseWriter)
		refused string // "" = the page comes
		asked   []string
	}{
		{"a server that stumbles once", []func(http.ResponseWriter){status(502), ok}, "", []string{"0s", "4s"}},
		{"a server that stumbles twice", []func(http.ResponseWriter){status(500), status(504), ok}, "", []string{"0s", "4s", "20s"}},
		{"a server that is down", []func(http.ResponseWriter){status(500)}, "the server answered 500 (internal server error)", []string{"0s", "4s", "20s"}},
		{"a mistake of ours", []func(http.ResponseWriter){status(400)}, "the server answered 400 (bad request)", []string{"0s"}},
		{"a page that is not there", []func(http.ResponseWriter){status(404), ok}, "the server answered 404 (not found)", []string{"0s"}},
		{"a page that is not implemented", []func(http.ResponseWriter){status(501), ok}, "the server answered 501 (not implemented)", []string{"0s"}},
		{"nothing in it", []func(http.ResponseWriter){status(204)}, "the server answered 204 (no content)", []string{"0s"}},
		{"a status of its own", []func(http.ResponseWriter){status(299)}, "the server answered 299", []string{"0s"}},
		{"not modified unasked", []func(http.ResponseWriter){status(304)}, "the server answered 304 (not modified)", []string{"0s"}},
		{"a connection that breaks", []func(http.ResponseWriter){silence, ok}, "", []string{"0s", "4s"}},
		{"connections that break", []func(http.ResponseWriter){silence}, "broke off", []string{"0s", "4s"}},
		{"too many requests", []func(http.ResponseWriter){status(429), ok}, "", []string{"0s", "15s"}},
		{"come back in a minute", []func(http.ResponseWriter){status(429, "Retry-After", "60"), ok}, "", []string{"0s", "1m0s"}},
		{"come back at a time", []func(http.ResponseWriter){status(503, "Retry-After", "Sat, 01 Jan 2000 00:01:30 GMT"), ok}, "", []string{"0s", "1m30s"}},
		{"come back at a time by another clock", []func(http.ResponseWriter){status(503, "Retry-After", "Wed, 01 Jan 2020 00:01:30 GMT", "Date", "Wed, 01 Jan 2020 00:01:00 GMT"), ok}, "", []string{"0s", "30s"}},
		{"come back at once", []func(http.ResponseWriter){status(503, "Retry-After", "0"), ok}, "", []string{"0s", "2s"}},
		{"come back yesterday", []func(http.ResponseWriter){status(503, "Retry-After", "Fri, 31 Dec 1999 00:00:00 GMT"), ok}, "", []string{"0s", "2s"}},
		{"come back tomorrow", []func(http.ResponseWriter){status(503, "Retry-After", "86400"), ok}, "the server answered 503 (service unavailable) and asks to come back after 2000-01-02 00:00 UTC", []string{"0s"}},
		{"come back soon", []func(http.ResponseWriter){status(503, "Retry-After", "soon"), ok}, "", []string{"0s", "4s"}},
		{"come back in a minute, three times", []func(http.ResponseWriter){status(429, "Retry-After", "60")}, "asks to come back after 2000-01-01 00:03 UTC", []string{"0s", "1m0s", "2m0s"}},
		{"too many requests, three times", []func(http.ResponseWriter){status(429)}, "the server answered 429 (too many requests)", []string{"0s", "15s", "1m15s"}},
		{"come back in ages", []func(http.ResponseWriter){status(429, "Retry-After", "2000000000"), ok}, "come back after 2063-05-18", []string{"0s"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			visit(t, Options{}, map[string]http.HandlerFunc{"a.example": answers(tt.answers...)}, func(t *testing.T, f *Fetcher, w *town) {
				p, err := f.Get(t.Context(), "http://a.example/1", nil)
				if tt.refused == "" && (err != nil || p.Status != 200) {
					t.Errorf("Get = %d, %v", p.Status, err)
				} else if tt.refused != "" {
					refusedWith(t, err, tt.refused)
				}
				want := []string{"a.example /robots.txt at 0s"}
				for _, at := range tt.asked {
					want = append(want, "a.example /1 at "+at)
				}
				w.want(t, want...)
			})
		})
	}
}

func TestAHostThatWantsToBeLeftAlone(t *testing.T) {
	visit(t, Options{}, map[string]http.HandlerFunc{"a.example": answers(status(429, "Retry-After", "3600"), status(200))}, func(t *testing.T, f *Fetcher, w *town) {
		for range 3 {
			p, err := f.Get(t.Context(), "http://a.example/1", nil)
			refusedWith(t, err, "asks to come back after 2000-01-01 01:00 UTC")
			if p.Again.Format(time.DateTime) != "2000-01-01 01:00:00" {
				t.Errorf("Again = %s", p.Again)
			}
		}
		time.Sleep(time.Hour)
		if p, err := f.Get(t.Context(), "http://a.example/1", nil); err != nil || !p.Again.IsZero() {
			t.Errorf("Get = %+v, %v", p, err)
		}
		w.want(t, "a.example /robots.txt at 0s", "a.example /1 at 0s", "a.example /1 at 1h0m0s")
	})
}

func TestAHostThatIsGone(t *testing.T) {
	// Ten thousand pages of a host that gives no answer do not take a month.
	visit(t, Options{}, map[string]http.HandlerFunc{"a.example": answers(silence)}, func(t *testing.T, f *Fetcher, w *town) {
		var list []Request
		for i := range 1000 {
			list = append(list, Request{URL: fmt.Sprintf("http://a.example/%d", i)})
		}
		n := 0
		for _, err := range f.All(t.Context(), list) {
			n++
			if !errors.Is(err, recount.ErrRefused) {
				t.Fatal(err)
			}
		}
		if n != len(list) || len(w.list()) != 1+silences*triesOfSilence || time.Since(w.start) > time.Minute {
			t.Errorf("%d pages, %d requests in %s", n, len(w.list()), time.Since(w.start))
		}
	})
}

func TestSlowServers(t *testing.T) {
	drip := func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		for range 1000 {
			if _, err := io.WriteString(w, "a"); err != nil {
				return
			}
			w.(http.Flusher).Flush()
			select {
			case <-time.After(5 * time.Second):
			case <-r.Context().Done():
				return
			}
		}
	}
	stall := func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		io.WriteString(w, "a")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}
	mute := func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	hosts := map[string]http.HandlerFunc{"drip.example": drip, "stall.example": stall, "mute.example": mute}
	visit(t, Options{}, hosts, func(t *testing.T, f *Fetcher, w *town) {
		_, err := f.Get(t.Context(), "http://drip.example/", nil)
		refusedWith(t, err, "did not answer in time")
		_, err = f.Get(t.Context(), "http://stall.example/", nil)
		refusedWith(t, err, "stopped in the middle of its answer")
		_, err = f.Get(t.Context(), "http://mute.example/", nil)
		refusedWith(t, err, "did not answer in time")
		w.want(t, "drip.example /robots.txt at 0s", "drip.example / at 0s", "drip.example / at 34s",
			"stall.example /robots.txt at 1m4s", "stall.example / at 1m4s", "stall.example / at 1m18s",
			"mute.example /robots.txt at 1m28s", "mute.example /robots.txt at 2m2s")
	})
}

func TestLeavingAll(t *testing.T) {
	hosts := map[string]http.HandlerFunc{"a.example": siteOf(""), "b.example": siteOf(""), "c.example": siteOf("")}
	var list []Request
	for i := range 20 {
		for host := range hosts {
			list = append(list, Request{URL: fmt.Sprintf("http://%s/%d", host, i)})
		}
	}
	t.Run("by a break", func(t *testing.T) {
		visit(t, Options{Hosts: 2}, hosts, func(t *testing.T, f *Fetcher, w *town) {
			for range f.All(t.Context(), list) {
				break
			}
			synctest.Wait() // the servers write down what is under way
			n := len(w.list())
			time.Sleep(time.Hour)
			if len(w.list()) != n || n > 4 {
				t.Errorf("%d requests, then %d", n, len(w.list()))
			}
		})
	})
	t.Run("by the end of its context", func(t *testing.T) {
		visit(t, Options{Hosts: 2}, hosts, func(t *testing.T, f *Fetcher, w *town) {
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			n := 0
			for _, err := range f.All(ctx, list) {
				if n++; err != nil {
					t.Error(err)
				}
			}
			if n != 6 {
				t.Errorf("%d pages", n)
			}
			if _, err := f.Get(ctx, "http://a.example/new", nil); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, recount.ErrRefused) {
				t.Errorf("Get = %v", err)
			}
		})
	})
	t.Run("with nothing to do", func(t *testing.T) {
		visit(t, Options{}, hosts, func(t *testing.T, f *Fetcher, w *town) {
			for range f.All(t.Context(), nil) {
				t.Error("a page of nothing")
			}
		})
	})
}
