package address

import (
	"strings"
	"testing"
	"time"
)

func TestCanonical(t *testing.T) {
	const page = "https://news.example/2014/05/ferry"
	tests := []struct{ name, raw, want string }{
		{"as it is", "https://news.example/2014/05/ferry", page},
		{"white space around", " https://news.example/2014/05/ferry\n", page},
		{"http", "http://news.example/2014/05/ferry", page},
		{"no scheme", "//news.example/2014/05/ferry", page},
		{"capitals in scheme and host", "HTTPS://News.Example/2014/05/ferry", page},
		{"capitals in the path stay", "https://news.example/2014/05/Ferry", "https://news.example/2014/05/Ferry"},
		{"the port of https", "https://news.example:443/2014/05/ferry", page},
		{"the port of http", "http://news.example:80/2014/05/ferry", page},
		{"another port", "http://news.example:8080/a", "https://news.example:8080/a"},
		{"a full stop behind the host", "https://news.example./2014/05/ferry", page},
		{"user and password", "https://a:b@news.example/2014/05/ferry", page},
		{"www", "https://www.news.example/2014/05/ferry", page},
		{"www2", "https://www2.news.example/2014/05/ferry", page},
		{"m", "https://m.news.example/2014/05/ferry", page},
		{"mobile", "https://mobile.news.example/2014/05/ferry", page},
		{"www and m", "https://www.m.news.example/2014/05/ferry", page},
		{"amp host", "https://amp.news.example/2014/05/ferry", page},
		{"m behind the language", "https://en.m.news.example/a", "https://en.news.example/a"},
		{"a host that is called m", "https://m.com/a", "https://m.com/a"},
		{"a host that is called amp", "https://amp.co.uk/a", "https://amp.co.uk/a"},
		{"www before a public suffix", "https://www.co.uk/a", "https://www.co.uk/a"},
		{"another host stays", "https://blog.news.example/a", "https://blog.news.example/a"},
		{"slash at the end", "https://news.example/2014/05/ferry/", page},
		{"two slashes", "https://news.example//2014/05//ferry", page},
		{"the front page", "https://news.example", "https://news.example/"},
		{"index file", "https://news.example/2014/05/ferry/index.html", page},
		{"index file with a question", "https://news.example/index.php?id=7", "https://news.example/?id=7"},
		{"default.aspx", "https://news.example/2014/05/ferry/Default.aspx", page},
		{"dots in the path", "https://news.example/2014/./x/../05/ferry", page},
		{"session in the path", "https://news.example/2014/05/ferry;jsessionid=AB12?b=1", page + "?b=1"},
		{"fragment", "https://news.example/2014/05/ferry#comments", page},
		{"fragment that is a page", "https://news.example/#!/2014/ferry", "https://news.example/#!/2014/ferry"},
		{"an empty one", "https://news.example/#!", "https://news.example/"},
		{"words to jump to", "https://news.example/2014/05/ferry#:~:text=hull", page},
		{"utm", "https://news.example/2014/05/ferry?utm_source=x&utm_medium=y&utm_campaign=z", page},
		{"UTM in capitals", "https://news.example/2014/05/ferry?UTM_Source=x", page},
		{"fbclid", "https://news.example/2014/05/ferry?fbclid=IwAR0", page},
		{"gclid", "https://news.example/2014/05/ferry?gclid=Cj0", page},
		{"Mailchimp", "https://news.example/2014/05/ferry?mc_cid=1&mc_eid=2", page},
		{"Matomo", "https://news.example/2014/05/ferry?pk_campaign=a&mtm_kwd=b", page},
		{"HubSpot", "https://news.example/2014/05/ferry?_hsenc=a&_hsmi=b", page},
		{"AT Internet", "https://news.example/2014/05/ferry?xtor=RSS-3208", page},
		{"smid", "https://news.example/2014/05/ferry?smid=tw-share", page},
		{"escaped twice", "https://news.example/2014/05/ferry?a=1&amp;utm_source=x", page + "?a=1"},
		{"a parameter among trackers", "https://news.example/a?utm_source=x&id=7&fbclid=y", "https://news.example/a?id=7"},
		{"order of parameters is kept", "https://news.example/a?b=2&a=1", "https://news.example/a?b=2&a=1"},
		{"an empty question", "https://news.example/2014/05/ferry?", page},
		{"an empty parameter", "https://news.example/a?&&id=7&", "https://news.example/a?id=7"},
		{"a search for amp", "https://news.example/?s=amp", "https://news.example/?s=amp"},
		{"amp at the end", "https://news.example/2014/05/ferry/amp", page},
		{"amp with a slash", "https://news.example/2014/05/ferry/amp/", page},
		{"amp at the beginning", "https://news.example/amp/2014/05/ferry", page},
		{"amp in the middle, before a number", "https://news.example/world/amp/europe-27426771", "https://news.example/world/europe-27426771"},
		{"amp in the middle, before words", "https://news.example/music/amp/review", "https://news.example/music/amp/review"},
		{"amp as parameter", "https://news.example/2014/05/ferry?amp=1", page},
		{"amp as bare parameter", "https://news.example/2014/05/ferry?amp", page},
		{"outputType=amp", "https://news.example/2014/05/ferry?outputType=amp", page},
		{"another output", "https://news.example/a?output=rss", "https://news.example/a?output=rss"},
		{".amp", "https://news.example/2014/05/ferry.amp", page},
		{".amp.html", "https://news.example/2014/05/ferry.amp.html", "https://news.example/2014/05/ferry.html"},
		{"a page about amps", "https://news.example/amp", "https://news.example/amp"},
		{"Google's AMP viewer", "https://www.google.com/amp/s/www.news.example/2014/05/ferry/amp/", page},
		{"Google's AMP viewer, http", "https://www.google.co.uk/amp/news.example/2014/05/ferry", page},
		{"AMP cache", "https://news-example.cdn.ampproject.org/c/s/news.example/2014/05/ferry?usqp=mq331AQ", page},
		{"AMP cache, old host", "https://cdn.ampproject.org/v/s/news.example/2014/05/ferry?amp_js_v=0.1", page},
		{"AMP cache, packaged", "https://news-example.cdn.ampproject.org/wp/s/news.example/2014/05/ferry", page},
		{"Wayback", "https://web.archive.org/web/20140514092000/http://www.news.example:80/2014/05/ferry", page},
		{"Wayback of AMP", "https://web.archive.org/web/20140514092000id_/https://amp.news.example/2014/05/ferry?amp=1", page},
		{"escapes of letters", "https://news.example/%66erry", "https://news.example/ferry"},
		{"escapes in capitals", "https://news.example/caf%c3%a9", "https://news.example/caf%C3%A9"},
		{"letters that need escapes", "https://news.example/café", "https://news.example/caf%C3%A9"},
		{"a host in another script", "https://Bücher.example/a", "https://xn--bcher-kva.example/a"},
		{"an IP address", "http://192.0.2.7/a", "https://192.0.2.7/a"},
		{"an IPv6 address", "http://[2001:DB8::1]/a", "https://[2001:db8::1]/a"},
		{"a file name", "pages/p01.html", "pages/p01.html"},
		{"mail", "mailto:desk@news.example", "mailto:desk@news.example"},
		{"another scheme", "ftp://news.example/a", "ftp://news.example/a"},
		{"no host", "https://", "https://"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Canonical(tt.raw)
			if got != tt.want {
				t.Errorf("Canonical(%q) = %q, want %q", tt.raw, got, tt.want)
			}
			if again := Canonical(got); again != got {
				t.Errorf("Canonical(%q) = %q, no key of its own", got, again)
			}
		})
	}
}

func TestArchived(t *testing.T) {
	const page = "http://news.example/ferry"
	at := time.Date(2014, 5, 14, 9, 20, 0, 0, time.UTC)
	day := time.Date(2014, 5, 14, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		name, raw, page string
		at              time.Time
		ok              bool
	}{
		{"Wayback", "https://web.archive.org/web/20140514092000/" + page, page, at, true},
		{"Wayback, as captured", "https://web.archive.org/web/20140514092000id_/" + page, page, at, true},
		{"Wayback, a frame", "http://web.archive.org/web/20140514092000if_/" + page, page, at, true},
		{"Wayback, no scheme", "web.archive.org/web/20140514092000/" + page, "", time.Time{}, false},
		{"Wayback, a day", "https://web.archive.org/web/20140514/" + page, page, day, true},
		{"Wayback, a year", "https://web.archive.org/web/2014/" + page, page, time.Time{}, true},
		{"Wayback, the newest", "https://web.archive.org/web/2/" + page, page, time.Time{}, true},
		{"Wayback, list of copies", "https://web.archive.org/web/*/" + page, "", time.Time{}, false},
		{"Wayback, a slash lost", "https://web.archive.org/web/20140514092000/http:/news.example/ferry", page, at, true},
		{"Wayback, no scheme of the page", "https://web.archive.org/web/20140514092000/news.example/ferry", page, at, true},
		{"Wayback, escaped", "https://web.archive.org/web/20140514092000/http%3A%2F%2Fnews.example%2Fferry", page, at, true},
		{"Wayback, question and fragment of the page", "https://web.archive.org/web/20140514092000/" + page + "?a=1&b=2#c", page + "?a=1&b=2#c", at, true},
		{"Wayback, no such time", "https://web.archive.org/web/20141314092000/" + page, page, time.Time{}, true},
		{"archive.today", "https://archive.ph/20140514092000/" + page, page, at, true},
		{"archive.today, with dashes", "https://archive.is/2014.05.14-092000/" + page, page, at, true},
		{"archive.today, newest", "https://archive.today/newest/" + page, page, time.Time{}, true},
		{"archive.today, short form", "https://archive.ph/AbC12", "", time.Time{}, false},
		{"Arquivo.pt", "https://arquivo.pt/wayback/20140514092000/" + page, page, at, true},
		{"Arquivo.pt, without frame", "https://arquivo.pt/noFrame/replay/20140514092000/" + page, page, at, true},
		{"a national archive", "https://webarchive.nationalarchives.gov.uk/ukgwa/20140514092000/" + page, page, at, true},
		{"a library", "https://www.webarchive.org.uk/wayback/archive/20140514092000mp_/" + page, page, at, true},
		{"Archive-It", "https://wayback.archive-it.org/1234/20140514092000/" + page, page, at, true},
		{"WebCite", "http://www.webcitation.org/query?url=http%3A%2F%2Fnews.example%2Fferry&date=2014-05-14", page, day, true},
		{"WebCite, short form", "http://www.webcitation.org/6PYzAbC", "", time.Time{}, false},
		{"Google's cache", "https://webcache.googleusercontent.com/search?q=cache:AbC-12:http://news.example/ferry+hull&hl=en", page, time.Time{}, true},
		{"a page with a long number", "https://news.example/20140514092000/ferry", "", time.Time{}, false},
		{"a page with a year", "https://news.example/2014/http://other.example/", "", time.Time{}, false},
		{"a redirect", "https://news.example/go/http://other.example/20140514092000/http://third.example/", "", time.Time{}, false},
		{"a page of the archive itself", "https://archive.org/details/20140514", "", time.Time{}, false},
		{"nothing", "", "", time.Time{}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page, when, ok := Archived(tt.raw)
			if page != tt.page || !when.Equal(tt.at) || ok != tt.ok {
				t.Errorf("Archived(%q) = %q, %v, %v; want %q, %v, %v", tt.raw, page, when, ok, tt.page, tt.at, tt.ok)
			}
		})
	}
}

// FuzzCanonical holds that a key is its own key, and that the page of an
// archived copy is an address.
func FuzzCanonical(f *testing.F) {
	for _, s := range []string{"https://www.news.example:443/amp/a/index.html?utm_source=x&id=7#c", "https://web.archive.org/web/20140514092000id_/http:/news.example/a",
		"https://www.google.com/amp/s/news.example/a/amp/", "https://news-example.cdn.ampproject.org/c/s/news.example/a", "//m.news.example/%2e%2e/%7Ea;jsessionid=1/b",
		"http://www.webcitation.org/query?url=http%3A%2F%2Fnews.example&date=2014-05-14", "https://en.m.news.example/#!/a", "http://[::1]/amp/amp/", "https://a.b/%", "https://a.b/?&amp;amp;utm_x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		key := Canonical(raw)
		if again := Canonical(key); again != key {
			t.Errorf("Canonical(%q) = %q, whose key is %q", raw, key, again)
		}
		if page, at, ok := Archived(raw); ok && (page == "" || !strings.HasPrefix(page, "http") || at.Year() > 2100) {
			t.Errorf("Archived(%q) = %q, %v", raw, page, at)
		}
	})
}

func BenchmarkCanonical(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Canonical("https://web.archive.org/web/20140514092000id_/https://www.news.example/2014/05/ferry/amp/?utm_source=x&id=7&fbclid=y")
	}
}
