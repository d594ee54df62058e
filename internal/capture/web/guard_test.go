package web

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"recount"
)

// none is a list of addresses that no page is fetched from, with at least one
// for each block of the registries and each way to write another address in.
var none = []string{
	"0.0.0.0", "0.1.2.3", "0.255.255.255",
	"10.0.0.1", "10.255.255.255",
	"100.64.0.1", "100.100.100.200", "100.127.255.255",
	"127.0.0.1", "127.1.2.3", "127.255.255.254",
	"169.254.0.1", "169.254.169.254", "169.254.170.2",
	"172.16.0.1", "172.31.255.255",
	"192.0.0.1", "192.0.0.8", "192.0.0.9", "192.0.0.10", "192.0.0.170", "192.0.0.192",
	"192.0.2.1", "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.88.99.2",
	"192.168.0.1", "192.168.255.255", "192.175.48.1",
	"198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9",
	"224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
	"168.63.129.16",
	"::", "::1", "::2", "::7f00:1", "::10.0.0.1",
	"::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1", "::ffff:0:8.8.8.8",
	"64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b::", "64:ff9b:1::1", "64:ff9b:1::8.8.8.8",
	"100::1", "100:0:0:1::1", "200::1", "1000::1",
	"2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:1::1", "2001:1::2", "2001:1::3", "2001:2::1", "2001:3::1",
	"2001:4:112::1", "2001:5::1", "2001:10::1", "2001:20::1", "2001:30::1", "2001:1ff:ffff::1",
	"2001:db8::1", "2001:db8:ffff::1", "2002:7f00:1::", "2002:a00:1::1", "2002:808:808::1",
	"2620:4f:8000::1", "3ffe::1", "3fff::1", "3fff:fff::1", "4000::1", "5f00::1", "8000::1",
	"fc00::1", "fd00:ec2::254", "fd20:ce::254", "fdff::1",
	"fe00::1", "fe80::1", "fe80::1%lo", "febf::1", "fec0::1", "feff::1", "ff02::1", "ff0e::1",
	"2606:2800:220:1::1%eth0", "::1%lo", "::ffff:127.0.0.1%lo",
}

// public is a list of addresses of the public internet, next to the blocks that
// are not.
var public = []string{
	"1.0.0.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1",
	"168.63.129.15", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.1", "192.0.3.1", "192.88.98.1",
	"192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "198.51.101.1", "203.0.112.255", "203.0.114.0", "223.255.255.255",
	"2000::1", "2001:200::1", "2001:4860:4860::8888", "2001:db7:ffff::1", "2001:db9::1", "2003::1", "2606:2800:220:1::1", "2a00:1450::1", "3ffd::1", "3fff:1000::1",
	"::ffff:8.8.8.8",
}

func TestGuard(t *testing.T) {
	if len(none) < 60 {
		t.Errorf("%d addresses", len(none))
	}
	f, gateway := New(Options{}), New(Options{AllowNAT64: true})
	for _, s := range none {
		a := netip.MustParseAddr(s)
		if purpose(a, true) == "" {
			t.Errorf("purpose(%s) = \"\"", s)
		}
		for _, network := range []string{"tcp4", "tcp6"} {
			var e *privateError
			if err := gateway.guard(t.Context(), network, netip.AddrPortFrom(a, 443).String(), nil); !errors.As(err, &e) {
				t.Errorf("guard(%s) = %v", s, err)
			}
		}
	}
	for _, s := range public {
		a := netip.MustParseAddr(s)
		if p := purpose(a, false); p != "" {
			t.Errorf("purpose(%s) = %q", s, p)
		}
		if err := f.guard(t.Context(), "tcp6", netip.AddrPortFrom(a, 443).String(), nil); err != nil {
			t.Errorf("guard(%s) = %v", s, err)
		}
		if !a.Is4() {
			continue
		}
		b := a.As4()
		behind := netip.AddrFrom16([16]byte{0: 0, 1: 0x64, 2: 0xff, 3: 0x9b, 12: b[0], 13: b[1], 14: b[2], 15: b[3]})
		if purpose(behind, false) != nat64Use || purpose(behind, true) != "" {
			t.Errorf("purpose(%s) = %q, %q where there is a gateway", behind, purpose(behind, false), purpose(behind, true))
		}
	}
	for port, want := range map[int]bool{80: true, 443: true, 8080: true, 0: false, 1: false, 22: false, 25: false, 81: false, 444: false, 6379: false, 8081: false, 8443: false, 9200: false, 65535: false} {
		named := New(Options{Ports: []int{8080}})
		if err := named.guard(t.Context(), "tcp4", fmt.Sprintf("8.8.8.8:%d", port), nil); (err == nil) != want {
			t.Errorf("guard(port %d) = %v", port, err)
		}
	}
	for _, tt := range []struct{ network, address string }{{"tcp4", ""}, {"tcp4", "8.8.8.8"}, {"tcp4", "example.org:80"}, {"tcp4", "0177.0.0.1:80"}, {"udp4", "8.8.8.8:80"}, {"unix", "/run/x"}} {
		if f.guard(t.Context(), tt.network, tt.address, nil) == nil {
			t.Errorf("guard(%s, %s) = nil", tt.network, tt.address)
		}
	}
}

// A book is a name server: what it answers for a name, in turn.
type book struct {
	mu      sync.Mutex
	entries map[string][]string // name -> addresses; each question takes the next, the last stays
}

func (b *book) dial(context.Context, string, string) (net.Conn, error) {
	here, there := net.Pipe()
	go func() {
		defer there.Close()
		for {
			var length [2]byte
			if _, err := io.ReadFull(there, length[:]); err != nil {
				return
			}
			question := make([]byte, binary.BigEndian.Uint16(length[:]))
			if _, err := io.ReadFull(there, question); err != nil {
				return
			}
			answer := b.answer(question)
			if _, err := there.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(answer))), answer...)); err != nil {
				return
			}
		}
	}()
	return here, nil
}

func (b *book) answer(question []byte) []byte {
	var p dnsmessage.Parser
	h, err := p.Start(question)
	if err != nil {
		return nil
	}
	q, err := p.Question()
	if err != nil {
		return nil
	}
	name := strings.TrimSuffix(q.Name.String(), ".")
	b.mu.Lock()
	defer b.mu.Unlock()
	list, known := b.entries[name]
	h.Response, h.RecursionAvailable = true, true
	if !known {
		h.RCode = dnsmessage.RCodeNameError
	}
	m := dnsmessage.NewBuilder(nil, h)
	m.StartQuestions()
	m.Question(q)
	m.StartAnswers()
	if known {
		a := netip.MustParseAddr(list[0])
		rh := dnsmessage.ResourceHeader{Name: q.Name, Class: dnsmessage.ClassINET}
		switch {
		case q.Type == dnsmessage.TypeA && a.Is4():
			m.AResource(rh, dnsmessage.AResource{A: a.As4()})
		case q.Type == dnsmessage.TypeAAAA && a.Is6():
			m.AAAAResource(rh, dnsmessage.AAAAResource{AAAA: a.As16()})
		}
		if len(list) > 1 && q.Type == dnsmessage.TypeA {
			b.entries[name] = list[1:]
		}
	}
	out, _ := m.Finish()
	return out
}

var errStub = errors.New("stands for a connection to a public address")

// named returns a Fetcher whose names are those of a book and that connects to
// nothing: an address that the guard lets through ends in errStub.
func named(t *testing.T, entries map[string][]string, ports ...int) *Fetcher {
	f := New(Options{Delay: -1, AllowNAT64: true, Ports: ports})
	t.Cleanup(func() { f.Close() })
	b := &book{entries: entries}
	f.dialer.Resolver = &net.Resolver{PreferGo: true, Dial: b.dial}
	f.dialer.ControlContext = func(ctx context.Context, network, address string, c syscall.RawConn) error {
		if err := f.guard(ctx, network, address, c); err != nil {
			return err
		}
		return errStub
	}
	return f
}

func TestNoNameLeadsInside(t *testing.T) {
	var taken atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { taken.Add(1) }))
	defer s.Close()
	port := s.URL[strings.LastIndexByte(s.URL, ':'):]
	n, _ := strconv.Atoi(port[1:])

	f := named(t, map[string][]string{
		"public.example":  {"8.8.8.8"},
		"public6.example": {"2606:2800:220:1::1"},
		"inside.example":  {"10.0.0.1"},
		"meta.example":    {"169.254.169.254"},
		"mapped.example":  {"::ffff:127.0.0.1"},
		"nat.example":     {"64:ff9b::7f00:1"},
	}, n, 8443)
	tests := []struct {
		url     string
		private bool
	}{
		{"http://127.0.0.1" + port, true}, {"http://localhost" + port, true}, {"http://[::1]" + port, true}, {"http://[::ffff:169.254.169.254]/", true},
		{"http://100.64.0.1/", true}, {"http://[64:ff9b::7f00:1]/", true}, {"https://inside.example/", true}, {"http://meta.example/latest", true},
		{"http://mapped.example" + port, true}, {"http://nat.example/", true}, {"http://①②⑦.⓪.⓪.①" + port, true}, {"http://[fe80::1%25lo]/", true}, {"http://0.0.0.0" + port, true},
		{"http://168.63.129.16/", true}, {"http://INSIDE.example./", true},
		{"http://public.example/", false}, {"https://public6.example:8443/", false}, {"http://8.8.8.8/", false},
	}
	for _, tt := range tests {
		_, err := f.Get(t.Context(), tt.url, nil)
		private := errors.Is(err, recount.ErrRefused) && strings.Contains(err.Error(), "the address leads to") && recount.HintOf(err) == hintPrivate
		if private != tt.private || !private && !errors.Is(err, errStub) {
			t.Errorf("Get(%s) = %v", tt.url, err)
		}
	}
	for _, u := range []string{"http://nobody.example/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/", "http://0/"} {
		if _, err := f.Get(t.Context(), u, nil); !errors.Is(err, recount.ErrRefused) || errors.Is(err, errStub) {
			t.Errorf("Get(%s) = %v", u, err)
		}
	}
	if taken.Load() != 0 {
		t.Errorf("%d connections were made", taken.Load())
	}
}

func TestNoNameIsSafeTwice(t *testing.T) {
	// The name stands for a public address when it is first looked up, and for
	// this computer ever after.
	var taken atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { taken.Add(1) }))
	defer s.Close()
	port := s.URL[strings.LastIndexByte(s.URL, ':'):]
	n, _ := strconv.Atoi(port[1:])
	for range 200 {
		f := named(t, map[string][]string{"rebind.example": {"8.8.8.8", "127.0.0.1", "8.8.8.8", "127.0.0.1"}}, n)
		for range 5 {
			f.gates, f.sites = map[string]*hostQueue{}, map[string]*site{}
			if _, err := f.Get(t.Context(), "http://rebind.example"+port+"/", nil); !errors.Is(err, recount.ErrRefused) {
				t.Fatalf("Get = %v", err)
			}
		}
	}
	if taken.Load() != 0 {
		t.Errorf("%d connections were made", taken.Load())
	}
}

func TestNoRedirectLeadsInside(t *testing.T) {
	var taken atomic.Int32
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { taken.Add(1) }))
	defer inside.Close()
	port := inside.URL[strings.LastIndexByte(inside.URL, ':'):]
	tests := []struct{ to, want string }{
		{"http://localhost" + port + "/", "leads to this computer"},
		{"http://127.0.0.1" + port + "/", "leads to this computer"},
		{"//[::ffff:127.0.0.1]" + port + "/", "leads to this computer"},
		{"http://169.254.169.254/latest", "leads to a private network (169.254.169.254)"},
		{"file:///etc/passwd", "begins with file:"},
		{"gopher://127.0.0.1/", "begins with gopher:"},
		{"http://user:secret@public.example/", "holds a name or password"},
		{"http:///x", "names no server"},
		{"http://8.8.8.8:22/", "names port 22"},
		{"https://8.8.8.8:8443/", "names port 8443"},
	}
	for _, tt := range tests {
		n, _ := strconv.Atoi(port[1:])
		f := New(Options{Delay: -1, Ports: []int{n}})
		f.transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
			if address != "news.example:80" {
				return f.dialer.DialContext(ctx, network, address)
			}
			here, there := net.Pipe()
			go func() {
				defer there.Close()
				buf := make([]byte, 4096)
				there.Read(buf)
				if strings.HasPrefix(string(buf), "GET /robots.txt") {
					io.WriteString(there, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
				} else {
					io.WriteString(there, "HTTP/1.1 302 Found\r\nLocation: "+tt.to+"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
				}
			}()
			return here, nil
		}
		p, err := f.Get(t.Context(), "http://news.example/1", nil)
		if !errors.Is(err, recount.ErrRefused) || !strings.Contains(err.Error(), tt.want) || recount.HintOf(err) == "" || p.URL != "http://news.example/1" || len(p.Redirects) != 1 {
			t.Errorf("a redirect to %s: %+v, %v", tt.to, p, err)
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("the error tells a password: %v", err)
		}
		f.Close()
	}
	if taken.Load() != 0 {
		t.Errorf("%d connections were made", taken.Load())
	}
}

func TestAddresses(t *testing.T) {
	f := named(t, map[string][]string{"ports.example": {"8.8.8.8"}})
	tests := []struct{ url, want string }{
		{"", "does not begin with https://"},
		{"news.example/1", "does not begin with https://"},
		{"//news.example/1", "does not begin with https://"},
		{"file:///etc/passwd", "begins with file:"},
		{"javascript:alert(1)", "begins with javascript:"},
		{"data:text/html,x", "begins with data:"},
		{"ftp://news.example/", "begins with ftp:"},
		{"http://", "names no server"},
		{"http://:80/", "names no server"},
		{"http://ports.example:8080/", "names port 8080"},
		{"https://ports.example:22/", "names port 22"},
		{"http://8.8.4.4:8000/", "names port 8000"},
		{"http://8.8.8.8:443/", "stands for a connection"},
		{"https://news.example:0443/", "there is no server named"},
		{"https://ports.example:99999/", "could not be understood"},
		{"https://ports.example:0/", "names port 0"},
		{"http://news.example:-1/", "no address of the web"},
		{"http://user@127.0.0.1:22/", "holds a name or password"},
		{"http://user:pass@news.example/", "holds a name or password"},
		{"http://news.example/%zz", "no address of the web"},
		{"http://news.example:port/", "no address of the web"},
		{"http://new s.example/", "no address of the web"},
		{"http://news.example/\n", "there is no server named news.example"},
		{"http://news.example/\x01", "no address of the web"},
		{"http://news.example/" + strings.Repeat("a", addressMost), "is longer than"},
	}
	for _, tt := range tests {
		p, err := f.Get(t.Context(), tt.url, nil)
		if !errors.Is(err, recount.ErrRefused) || !strings.Contains(err.Error(), tt.want) || recount.HintOf(err) == "" || p.URL != tt.url {
			t.Errorf("Get(%.40q) = %v; want %q", tt.url, err, tt.want)
		}
	}
}

// TestNothingByHTTPThatHTTPSLeadsTo: who is on the way may not choose the page.
func TestNothingByHTTPThatHTTPSLeadsTo(t *testing.T) {
	var taken atomic.Int32
	plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			http.NotFound(w, r)
		case "/up":
			http.Redirect(w, r, r.URL.Query().Get("to"), http.StatusMovedPermanently)
		default:
			taken.Add(1)
		}
	}))
	defer plain.Close()
	var secure *httptest.Server
	secure = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			http.NotFound(w, r)
		case "/down":
			http.Redirect(w, r, plain.URL+"/page", http.StatusFound)
		case "/slashes":
			w.Header().Set("Location", plain.URL[len("http:"):]+"/page") // keeps the scheme
			w.WriteHeader(http.StatusFound)
		case "/twice":
			http.Redirect(w, r, secure.URL+"/down", http.StatusFound)
		case "/same":
			http.Redirect(w, r, "/page", http.StatusFound)
		}
	}))
	defer secure.Close()
	tests := []struct {
		url  string
		want string // "" = the page is fetched
	}{
		{secure.URL + "/down", "https leads on to http"},
		{secure.URL + "/twice", "https leads on to http"},
		{secure.URL + "/slashes", "does not answer in https"},
		{plain.URL + "/up?to=" + secure.URL + "/down", "https leads on to http"},
		{plain.URL + "/up?to=" + secure.URL + "/page", ""},
		{secure.URL + "/same", ""},
	}
	for _, tt := range tests {
		f := local(t, Options{})
		f.transport.TLSClientConfig = secure.Client().Transport.(*http.Transport).TLSClientConfig
		_, err := f.Get(t.Context(), tt.url, nil)
		if tt.want == "" && err != nil || tt.want != "" && (!errors.Is(err, recount.ErrRefused) || !strings.Contains(err.Error(), tt.want) || recount.HintOf(err) == "") {
			t.Errorf("Get(%s) = %v; want %q", tt.url, err, tt.want)
		}
	}
	if taken.Load() != 0 {
		t.Errorf("%d pages were fetched by http", taken.Load())
	}
}

func FuzzPurpose(f *testing.F) {
	web := New(Options{})
	for _, s := range append(none, public...) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := netip.ParseAddr(s)
		if err != nil {
			if web.guard(t.Context(), "tcp4", s+":80", nil) == nil {
				if _, err := netip.ParseAddrPort(s + ":80"); err != nil {
					t.Fatalf("guard(%q) = nil", s)
				}
			}
			return
		}
		u := a.Unmap()
		ip := net.IP(u.AsSlice())
		inside := ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsMulticast() || ip.IsUnspecified() || a.Zone() != "" && u.Is6()
		if inside && purpose(a, true) == "" {
			t.Errorf("purpose(%q) = \"\"", s)
		}
		if u.Is4() {
			b := u.As4()
			for _, prefix := range []string{"::ffff:0:0", "64:ff9b::"} {
				wide := netip.MustParseAddr(prefix).As16()
				copy(wide[12:], b[:])
				if (purpose(netip.AddrFrom16(wide), true) == "") != (purpose(u, true) == "") {
					t.Errorf("purpose(%s) is not that of %s", netip.AddrFrom16(wide), u)
				}
			}
		}
	})
}
