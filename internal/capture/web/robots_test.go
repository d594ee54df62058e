package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/temoto/robotstxt"

	"recount/internal/parallel"
)

func TestRobots(t *testing.T) {
	tests := []struct {
		name, robots string
		allowed      []string
		forbidden    []string
	}{
		{"nothing", "", []string{"/", "/a"}, nil},
		{"all", "User-agent: *\nDisallow: /", []string{"/robots.txt"}, []string{"/", "/a", "/a?b"}},
		{"all, with an empty rule", "User-agent: *\nDisallow:", []string{"/"}, nil},
		{"another program", "User-agent: otherbot\nDisallow: /", []string{"/a"}, nil},
		{"this program", "User-agent: recount\nDisallow: /a\n\nUser-agent: *\nDisallow: /", []string{"/b"}, []string{"/a", "/ab"}},
		{"this program with a version and in capitals", "User-Agent: RECOUNT/1.0\nDisallow: /a", []string{"/b"}, []string{"/a"}},
		{"a program whose name ours begins with", "User-agent: re\nDisallow: /\nUser-agent: recounter\nDisallow: /", []string{"/a"}, nil},
		{"this program may all", "User-agent: recount\nDisallow:\nUser-agent: *\nDisallow: /", []string{"/a"}, nil},
		{"two groups of one program", "User-agent: recount\nDisallow: /a\nUser-agent: *\nDisallow: /c\nUser-agent: recount\nDisallow: /b", []string{"/c"}, []string{"/a", "/b"}},
		{"one group of two programs", "User-agent: otherbot\nUser-agent: recount\nDisallow: /a\nUser-agent: lastbot\nDisallow: /b", []string{"/b"}, []string{"/a"}},
		{"a sitemap between the names", "User-agent: recount\nSitemap: https://x.example/s\nUser-agent: otherbot\nDisallow: /a", []string{"/b"}, []string{"/a"}},
		{"the longest rule", "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c", []string{"/a/b", "/a/bc", "/b"}, []string{"/a", "/a/c", "/a/b/c"}},
		{"equally long rules", "User-agent: *\nDisallow: /a\nAllow: /a", []string{"/a", "/ab"}, nil},
		{"a star", "User-agent: *\nDisallow: /a*c", []string{"/a", "/ab", "/xa-c"}, []string{"/ac", "/abc", "/a/b/c/d"}},
		{"two stars and an end", "User-agent: *\nDisallow: /*a*b$", []string{"/ab/", "/b"}, []string{"/ab", "/xaxbxb", "/a/b"}},
		{"the end", "User-agent: *\nDisallow: /a$\nDisallow: /*.pdf$", []string{"/ab", "/x.pdf?y", "/x.pdfs"}, []string{"/a", "/x.pdf"}},
		{"a dollar in the middle", "User-agent: *\nDisallow: /a$b", []string{"/a"}, []string{"/a$b", "/a$bc"}},
		{"a question", "User-agent: *\nDisallow: /*?print", []string{"/a", "/print"}, []string{"/a?print=1"}},
		{"without a slash", "User-agent: *\nDisallow: a", []string{"/b"}, []string{"/a"}},
		{"percent codes", "User-agent: *\nDisallow: /%61/%7ebc\nDisallow: /x%2fy\nDisallow: /münchen", []string{"/x/y"}, []string{"/a/~bc", "/a/%7Ebc", "/x%2Fy", "/m%C3%BCnchen", "/m%c3%bcnchen/1", "/münchen"}},
		{"comments, spaces, other line ends", "\ufeffUSER-AGENT : * # all\r\n  disallow :  /a # why\rDisallow: /b", []string{"/c"}, []string{"/a", "/b"}},
		{"a bad line", "User-agent: *\nCrawl-delay: often\n<html>\nDisallow /x\nDisallow: /a", []string{"/x"}, []string{"/a"}},
		{"rules of nobody", "Disallow: /a\nUser-agent: *\nDisallow: /b", []string{"/a"}, []string{"/b"}},
		{"a web page", "<!doctype html><p>Disallow: /</p><style>a{b:c}</style>", []string{"/a"}, nil},
		{"no text", "\x00\xff\xfe:\x80", []string{"/a"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := readRobots([]byte(tt.robots), "recount")
			for i, list := range [][]string{tt.allowed, tt.forbidden} {
				for _, path := range list {
					u, err := url.Parse("https://news.example" + path)
					if err != nil {
						t.Fatal(err)
					}
					if r.allows(u) != (i == 0) {
						t.Errorf("allows(%s) = %t", path, i != 0)
					}
				}
			}
		})
	}
	r := readRobots([]byte("Sitemap: https://news.example/a\nUser-agent: *\nSitemap: https://news.example/b"), "recount")
	if want := []string{"https://news.example/a", "https://news.example/b"}; !slices.Equal(r.maps, want) {
		t.Errorf("maps = %q, want %q", r.maps, want)
	}
}

// TestRobotsAgree compares with temoto/robotstxt on files that it reads as the
// standard says: without stars, which it does not tie to the beginning of the
// path, and without equally long rules.
func TestRobotsAgree(t *testing.T) {
	paths := []string{"/", "/a", "/a/b", "/a/b/c", "/b", "/c/a", "/index.html", "/a?x=1"}
	n := 0
	for i := range 3000 {
		var b strings.Builder
		x := uint32(i)*2654435761 + 1
		next := func(n int) int {
			x ^= x << 13
			x ^= x >> 17
			x ^= x << 5
			return int(x % uint32(n))
		}
		for range 1 + next(3) {
			for range 1 + next(2) {
				fmt.Fprintf(&b, "User-agent: %s\n", []string{"*", "recount", "otherbot"}[next(3)])
			}
			for _, p := range []string{"/", "/a", "/a/b", "/a/b/", "/c", "/index"} {
				if next(3) == 0 {
					fmt.Fprintf(&b, "%s: %s\n", []string{"Allow", "Disallow"}[next(2)], p)
				}
			}
			if next(4) == 0 {
				fmt.Fprintf(&b, "Crawl-delay: %d\n", 1+next(9))
			}
			b.WriteString("\n")
		}
		peer, err := robotstxt.FromString(b.String())
		if err != nil {
			t.Fatal(err)
		}
		group := peer.FindGroup("recount")
		r := readRobots([]byte(b.String()), "recount")
		for _, p := range paths {
			u, _ := url.Parse("https://news.example" + p)
			if r.allows(u) != group.Test(p) && !ambiguous(b.String()) {
				t.Errorf("allows(%s) = %t of\n%s", p, r.allows(u), b.String())
			}
			n++
		}
		if r.delay != group.CrawlDelay && !ambiguous(b.String()) {
			t.Errorf("delay = %s, want %s of\n%s", r.delay, group.CrawlDelay, b.String())
		}
	}
	t.Logf("%d answers compared", n)
}

// ambiguous reports whether a file allows and forbids the same path, or names a
// program without saying anything to it.
func ambiguous(robots string) bool {
	for _, p := range []string{"/", "/a", "/a/b", "/a/b/", "/c", "/index"} {
		if strings.Contains(robots, "Allow: "+p+"\n") && strings.Contains(robots, "Disallow: "+p+"\n") {
			return true
		}
	}
	for part := range strings.SplitSeq(strings.TrimSpace(robots), "\n\n") {
		if lines := strings.Split(part, "\n"); strings.HasPrefix(lines[len(lines)-1], "User-agent") {
			return true
		}
	}
	return false
}

func TestRobotsOfASite(t *testing.T) {
	page := func(robots http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				robots(w, r)
			}
		}
	}
	to := func(where string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, where, http.StatusMovedPermanently) }
	}
	long := func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "User-agent: *\nDisallow: /near\n%s\nDisallow: /far\n", strings.Repeat("# nothing\n", robotsBytes/10))
	}
	hosts := map[string]http.HandlerFunc{
		"none.example":   siteOf(""),
		"all.example":    siteOf("User-agent: *\nDisallow: /"),
		"maps.example":   siteOf("Sitemap: http://maps.example/news.xml"),
		"gone.example":   page(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(410) }),
		"closed.example": page(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(403) }),
		"down.example":   page(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(503) }),
		"busy.example":   page(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(429) }),
		"later.example": page(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(503)
		}),
		"mute.example":  page(func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) }),
		"leads.example": page(to("http://all.example/robots.txt")),
		"round.example": page(to("/robots.txt")),
		"odd.example":   page(to("file:///robots.txt")),
		"long.example":  page(long),
		"hop.example": func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/robots.txt" {
				to("http://all.example/page")(w, r)
			}
		},
	}
	tests := []struct{ url, refused string }{
		{"http://none.example/a", ""},
		{"http://all.example/a", "robots.txt of the site asks not to fetch this page"},
		{"http://gone.example/a", ""},
		{"http://closed.example/a", ""},
		{"http://down.example/a", "robots.txt of the site could not be read: the server answered 503"},
		{"http://busy.example/a", "robots.txt of the site could not be read: the server answered 429"},
		{"http://mute.example/a", "broke off"},
		{"http://leads.example/a", "asks not to fetch"},
		{"http://round.example/a", ""},
		{"http://odd.example/a", ""},
		{"http://long.example/near", "asks not to fetch"},
		{"http://long.example/far", ""},
		{"http://hop.example/a", "the address leads on to http://all.example/page: robots.txt of the site asks not to fetch this page"},
		{"http://absent.example/a", "there is no server named absent.example"},
	}
	visit(t, Options{}, hosts, func(t *testing.T, f *Fetcher, w *town) {
		for range 2 {
			for _, tt := range tests {
				if _, err := f.Get(t.Context(), tt.url, nil); tt.refused != "" {
					refusedWith(t, err, tt.refused)
				} else if err != nil {
					t.Errorf("Get(%s) = %v", tt.url, err)
				}
			}
		}
		if maps, err := f.Maps(t.Context(), "http://maps.example/any"); err != nil || !slices.Equal(maps, []string{"http://maps.example/news.xml"}) {
			t.Errorf("Maps = %q, %v", maps, err)
		}
		if p, err := f.Get(t.Context(), "http://later.example/a", nil); err == nil || p.Again.IsZero() {
			t.Errorf("Get = %+v, %v", p, err)
		}
		if _, err := f.Maps(t.Context(), "http://down.example/"); err == nil {
			t.Error("Maps of a robots.txt that cannot be read")
		}
		n := map[string]int{}
		for _, a := range w.list() {
			if host, rest, _ := strings.Cut(a, " "); strings.HasPrefix(rest, "/robots.txt") {
				n[host]++
			}
		}
		if n["none.example"] != 1 || n["long.example"] != 1 || n["down.example"] != tries {
			t.Errorf("robots.txt asked for %v", n)
		}
	})
}

func FuzzRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /a*b$\nCrawl-delay: 3\n"), "/a/b")
	f.Add([]byte("user-agent: recount\nallow: /%zz*\n\nSitemap: x"), "/%7E?x")
	f.Add([]byte("\xef\xbb\xbfUser-agent:*\rDisallow:*$"), "/")
	f.Add([]byte("User-agent: *\nDisallow: "+strings.Repeat("*a", 500)+"$"), strings.Repeat("/a", 500))
	f.Fuzz(func(t *testing.T, body []byte, path string) {
		r := readRobots(body, "recount")
		if r.delay < 0 || r.delay > maxCrawlDelay {
			t.Errorf("delay = %s", r.delay)
		}
		u, err := url.Parse("https://news.example/" + strings.TrimPrefix(path, "/"))
		if err != nil {
			return
		}
		r.allows(u)
		if o := octets(path); octets(o) != o {
			// What is unreserved may appear by decoding once; a percent sign does not.
			t.Errorf("octets(%q) = %q, and of that %q", path, o, octets(o))
		}
	})
}

func TestRobotsAreFast(t *testing.T) {
	start := parallel.Used()
	r := readRobots([]byte("User-agent: *\n"+strings.Repeat("Disallow: /*a*a*a*a*b\n", 20_000)), "recount")
	u, _ := url.Parse("https://news.example/" + strings.Repeat("a", addressMost-100))
	r.allows(u)
	if d := parallel.Used() - start; d > 10*time.Second {
		t.Errorf("%s", d)
	}
}
