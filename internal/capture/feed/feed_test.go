package feed

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"recount"
	"recount/internal/parallel"
)

func zipped(t testing.TB, text []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	w.Close()
	return b.Bytes()
}

const rssHead = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><title>The Harbour Post</title><atom:link href="https://post.example/feed" rel="self"/><link>https://post.example/</link>`

func TestParse(t *testing.T) {
	tests := []struct {
		name, feed string
		want       Feed
	}{
		{"RSS", rssHead + `
<item><title>Ferry &amp; bridge &#8220;open&#8221;</title><link>https://post.example/1?a=1&amp;b=2</link><pubDate>Mon, 03 Mar 2025 10:00:00 +0100</pubDate><author>ada@post.example (Ada Quill)</author><guid isPermaLink="false">tag:1</guid><description><![CDATA[<p>text</p>]]></description></item>
<item><title><![CDATA[Two <b>bold</b>
  words]]></title><link>
   /2
</link><pubDate>Lun., 3 mars 2025</pubDate><dc:creator>Ada Quill</dc:creator><dc:creator>Ben Tarn</dc:creator><source url="https://gazette.example/feed">The Low Haven Gazette</source></item>
<item><guid>https://post.example/3</guid><dc:date>2025-03-03</dc:date></item>
<item><link>https://count.example/~r/4</link><feedburner:origLink>https://post.example/4</feedburner:origLink></item>
<item><title>An item without a link</title></item>
<item><title>An item without a link</title><guid isPermaLink="false">https://post.example/5</guid></item>
<item><title>A mail</title><link>mailto:news@post.example</link></item>
<item><title>A script</title><link>javascript:alert(1)</link></item>
<item><title>The first again</title><link>https://post.example/1?a=1&amp;b=2#comments</link></item>
</channel></rss>`, Feed{
			Kind: RSS, Title: "The Harbour Post",
			Items: []Item{
				{URL: "https://post.example/1?a=1&b=2", Title: "Ferry & bridge “open”", Published: "Mon, 03 Mar 2025 10:00:00 +0100", Byline: "ada@post.example (Ada Quill)", GUID: "tag:1"},
				{URL: "https://post.example/2", Title: "Two bold words", Published: "Lun., 3 mars 2025", Byline: "Ada Quill, Ben Tarn", Outlet: "The Low Haven Gazette"},
				{URL: "https://post.example/3", Published: "2025-03-03", GUID: "https://post.example/3"},
				{URL: "https://post.example/4"},
			},
			Left: []Left{{noLink, 2, hintItems}, {noWeb, 2, hintItems}, {twice, 1, hintTwice}},
		}},
		{"RSS 1.0", `<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://post.example/"><title>Post</title></channel><item rdf:about="https://post.example/1"><title>One</title><link>https://post.example/1</link><dc:date>2025-03-03T10:00Z</dc:date><dc:publisher>The Harbour Post</dc:publisher></item></rdf:RDF>`,
			Feed{Kind: RSS, Title: "Post", Items: []Item{{URL: "https://post.example/1", Title: "One", Published: "2025-03-03T10:00Z", Outlet: "The Harbour Post"}}}},
		{"Atom", `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://post.example/blog/"><title type="html">Harbour &amp;amp; Haven</title><author><name>The Desk</name></author>
<entry><id>urn:1</id><title type="html">One &lt;em&gt;word&lt;/em&gt;</title><link rel="edit" href="/edit/1"/><link rel="alternate" type="application/pdf" href="1.pdf"/><link href="1.html"/><published>2025-03-03T10:00:00+01:00</published><updated>2025-03-04T10:00:00Z</updated><author><name>Ada Quill</name><email>a@post.example</email></author><author><name>Ben Tarn</name></author><source><title>Gazette</title></source></entry>
<entry><id>https://post.example/2</id><updated>2025-03-04</updated></entry>
<entry><id>urn:3</id><link rel="enclosure" href="https://post.example/3.mp3"/></entry></feed>`,
			Feed{Kind: Atom, Title: "Harbour & Haven", Items: []Item{
				{URL: "https://post.example/blog/1.html", Title: "One word", Published: "2025-03-03T10:00:00+01:00", Modified: "2025-03-04T10:00:00Z", Byline: "Ada Quill, Ben Tarn", Outlet: "Gazette", GUID: "urn:1"},
				{URL: "https://post.example/2", Modified: "2025-03-04", GUID: "https://post.example/2"},
			}, Left: []Left{{noLink, 1, hintItems}}}},
		{"JSON feed", `{"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": [
{"id": 7, "url": "/7", "title": "Seven", "date_published": "2025-03-03", "date_modified": "2025-03-04", "author": {"name": "Old"}, "authors": [{"name": "Ada Quill"}, null, {"name": "Ben Tarn"}]},
{"id": "https://post.example/8", "author": {"name": "Ada Quill"}}, {"id": "9", "content_text": "no link"}, null]}`,
			Feed{Kind: JSON, Title: "Post", Items: []Item{
				{URL: "https://post.example/7", Title: "Seven", Published: "2025-03-03", Modified: "2025-03-04", Byline: "Ada Quill, Ben Tarn", GUID: "7"},
				{URL: "https://post.example/8", Byline: "Ada Quill", GUID: "https://post.example/8"},
			}, Left: []Left{{noLink, 2, hintItems}}}},
		{"a sitemap with news", `<?xml version="1.0" encoding="UTF-8"?><!-- made by hand --><!DOCTYPE urlset><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://post.example/1?a=1&amp;b=2 </loc><lastmod>2025-03-04</lastmod><n:news><n:publication><n:name>The Harbour Post</n:name><n:language>en</n:language></n:publication><n:publication_date>2025-03-03T10:00:00+01:00</n:publication_date><n:title>Ferry &amp;amp; <![CDATA[bridge]]></n:title></n:news><image:image><image:loc>https://post.example/1.jpg</image:loc><image:title>A ferry</image:title></image:image></url>
<url><loc>https://post.example/2</loc></url><url><lastmod>2025</lastmod></url><url><loc>/3</loc></url><url><loc>https://post.example/2</loc></url></urlset>`,
			Feed{Kind: Sitemap, Items: []Item{
				{URL: "https://post.example/1?a=1&b=2", Title: "Ferry & bridge", Published: "2025-03-03T10:00:00+01:00", Modified: "2025-03-04", Outlet: "The Harbour Post"},
				{URL: "https://post.example/2"}, {URL: "https://post.example/3"},
			}, Left: []Left{{noLink, 1, hintItems}, {twice, 1, hintTwice}}}},
		{"an index of sitemaps", `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://post.example/news.xml.gz</loc><lastmod>2025-03-03</lastmod></sitemap><sitemap><loc>/old.xml</loc></sitemap><sitemap></sitemap><sitemap><loc>file:///etc/passwd</loc></sitemap><sitemap><loc>/old.xml</loc></sitemap></sitemapindex>`,
			Feed{Kind: SitemapIndex, Maps: []string{"https://post.example/news.xml.gz", "https://post.example/old.xml"},
				Left: []Left{{mapNoLink, 1, hintItems}, {mapNoWeb, 1, hintItems}, {mapTwice, 1, hintTwice}}}},
		{"a sitemap that breaks off", `<urlset><url><loc>https://post.example/1</loc></url><url><loc>https://post.exa`,
			Feed{Kind: Sitemap, Items: []Item{{URL: "https://post.example/1"}}, Left: []Left{{brokenMap, 1, hintBroken}}}},
		{"a sitemap with a bare &", `<urlset><url><loc>https://post.example/1</loc></url><url><loc>https://post.example/?a&b</loc></url></urlset>`,
			Feed{Kind: Sitemap, Items: []Item{{URL: "https://post.example/1"}}, Left: []Left{{brokenMap, 1, hintBroken}}}},
		{"a feed with nothing in it", `<rss><channel><title>Quiet</title></channel></rss>`, Feed{Kind: RSS, Title: "Quiet"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, packed := range []bool{false, true} {
				payload := []byte(tt.feed)
				if packed {
					payload = zipped(t, payload)
				}
				got, err := Parse(payload, "text/xml", "https://post.example/feed")
				if err != nil {
					t.Fatal(err)
				}
				if !Is(payload) {
					t.Error("Is = false")
				}
				if d := cmp.Diff(tt.want, got); d != "" {
					t.Error(d)
				}
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct{ name, feed, want string }{
		{"nothing", "", "no feed and no sitemap"},
		{"white space", " \n", "no feed and no sitemap"},
		{"text", "The ferry sails.", "no feed and no sitemap"},
		{"a web page", "<!doctype html><html><head><title>x</title></head></html>", "a web page, and no feed"},
		{"other XML", `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`, `XML of another kind ("svg")`},
		{"other JSON", `{"name": "x"}`, "JSON, and no feed"},
		{"broken JSON", `{"items": [`, "JSON that cannot be read"},
		{"a broken RSS feed", `<rss><channel><item`, "an RSS feed that cannot be read"},
		{"a broken Atom feed", `<feed><entry><`, "an Atom feed that cannot be read"},
		{"a broken sitemap", `<urlset><url></loc></url>`, "a sitemap that cannot be read: elements that do not close each other"},
		{"a sitemap with a tag without end", "<urlset " + strings.Repeat("a='' ", maxMapTag), "a sitemap that cannot be read: it breaks off or is too large"},
		{"a sitemap nested too deep", "<urlset>" + strings.Repeat("<a>", 100), "nested more than"},
		{"an entity of its own", `<!DOCTYPE urlset [<!ENTITY e SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://post.example/&e;</loc></url></urlset>`, "a sitemap that cannot be read"},
		{"broken gzip", "\x1f\x8b\x08", "cannot be unpacked"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, err := Parse([]byte(tt.feed), "", "https://post.example/")
			if !errors.Is(err, recount.ErrRefused) || !strings.Contains(fmt.Sprint(err), tt.want) || recount.HintOf(err) == "" {
				t.Errorf("Parse = %+v, %v; want %q with a hint", f, err, tt.want)
			}
		})
	}
}

func TestIs(t *testing.T) {
	for _, s := range []string{"", " ", "{}", `{"items": []}`, "text", "<p>a page</p>", "<!doctype html><title>rss</title>", "<svg/>", "\x1f\x8b", "\x00\x01", "<", "<!--"} {
		if Is([]byte(s)) {
			t.Errorf("Is(%q)", s)
		}
	}
	if long := "<?xml version='1.0'?>" + "<!-- " + strings.Repeat("x", 10_000) + " -->\n<rss>"; !Is([]byte(long)) {
		t.Error("a feed behind a long comment is not recognised")
	}
}

func TestEncodings(t *testing.T) {
	body := "<rss><channel><item><title>Fähre – „Hafen“</title><link>https://post.example/1</link></item></channel></rss>"
	in := func(name string, e interface{ Bytes([]byte) ([]byte, error) }, head string) []byte {
		out, err := e.Bytes([]byte(head + body))
		if err != nil {
			t.Fatal(name, err)
		}
		return out
	}
	tests := []struct {
		name, mediaType string
		feed            []byte
	}{
		{"UTF-8", "", []byte(body)},
		{"UTF-8 with a byte order mark", "", []byte("\xef\xbb\xbf" + body)},
		{"UTF-8 under a false declaration", "", []byte(`<?xml version="1.0" encoding="ISO-8859-1"?>` + body)},
		{"UTF-8 under a false header", "text/xml; charset=iso-8859-1", []byte(body)},
		{"windows-1252 as declared", "", in("1252", charmap.Windows1252.NewEncoder(), `<?xml version="1.0" encoding='windows-1252'?>`)},
		{"windows-1252 under its usual false name", "", in("1252", charmap.Windows1252.NewEncoder(), `<?xml version="1.0" encoding="ISO-8859-1"?>`)},
		{"windows-1252 in the header", "text/xml; charset=windows-1252", in("1252", charmap.Windows1252.NewEncoder(), "")},
		{"windows-1252 without a word", "", in("1252", charmap.Windows1252.NewEncoder(), "")},
		{"UTF-16 of either order", "", in("16", unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder(), `<?xml version="1.0" encoding="UTF-16"?>`)},
		{"UTF-16 of the other order", "", in("16", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder(), `<?xml version="1.0" encoding="UTF-16"?>`)},
	}
	if f, err := Parse([]byte("<?xml version=\"1.0\" encoding=\"iso-2022-jp\"?><rss><channel><title>\x1b$B9A\x1b(B</title></channel></rss>"), "", ""); err != nil || f.Title != "港" {
		t.Errorf("ISO-2022-JP: %+v, %v", f, err)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, err := Parse(tt.feed, tt.mediaType, "")
			if err != nil || len(f.Items) != 1 || f.Items[0].Title != "Fähre – „Hafen“" {
				t.Errorf("Parse = %+v, %v", f, err)
			}
		})
	}
}

func TestBase(t *testing.T) {
	feed := []byte(`<rss><channel><item><link>/a</link></item><item><link>//other.example/b</link></item><item><link>?c</link></item></channel></rss>`)
	f, err := Parse(feed, "", "https://post.example/x/feed")
	if err != nil || len(f.Items) != 3 || f.Items[0].URL != "https://post.example/a" || f.Items[1].URL != "https://other.example/b" || f.Items[2].URL != "https://post.example/x/feed?c" {
		t.Errorf("Parse = %+v, %v", f, err)
	}
	if f, err = Parse(feed, "", ""); err != nil || len(f.Items) != 0 || len(f.Left) != 1 || f.Left[0].Count != 3 {
		t.Errorf("without a base: %+v, %v", f, err)
	}
}

// TestHostileFeeds reads what is made to be slow or large.
func TestHostileFeeds(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a gigabyte")
	}
	var spaces strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&spaces, ` xmlns:n%d="u%d"`, i, i)
	}
	long := func(head, piece, tail string, size int) func() []byte {
		return func() []byte { return []byte(head + strings.Repeat(piece, size/len(piece)) + tail) }
	}
	tests := []struct {
		name string
		feed func() []byte // made when its turn comes, so that only one is in memory
	}{
		{"open elements without end", long("<rss><channel>", "<a>", "", maxFeed)},
		{"open elements of a sitemap", long("<urlset>", "<a>", "", maxSitemap)},
		{"empty elements", long(`<rss><channel xmlns:x="y">`, "<x:a/>", "</channel></rss>", maxFeed-100)},
		{"empty items", long("<rss><channel>", "<item/>", "</channel></rss>", maxFeed-100)},
		{"empty items up to the limit", long("<rss><channel>", "<item/>", "</channel></rss>", 7*maxElements-100)},
		{"unknown elements up to the limit", long(`<rss><channel xmlns:x="y">`, "<x:a/>", "</channel></rss>", 6*(maxElements-10))},
		{"empty entries", long(`<feed xmlns="http://www.w3.org/2005/Atom">`, "<entry/>", "</feed>", maxFeed-100)},
		{"empty pages", long("<urlset>", "<url/>", "</urlset>", maxSitemap-100)},
		{"pages of a sitemap", long("<urlset>", "<url><loc>a</loc></url>", "</urlset>", maxSitemap-100)},
		{"attributes", long("<rss><channel a='' ", "b='' ", "/></rss>", maxFeed-100)},
		{"attributes up to the limit", long(`<rss><channel><x:y xmlns:x="z" `, "b='' ", "/></channel></rss>", 5*(maxAttributes-10))},
		{"attributes of a sitemap", long("<urlset ", "b='' ", "/>", maxSitemap-100)},
		{"namespaces", long("<rss"+spaces.String()+"><channel>", "<x/>", "</channel></rss>", maxFeed-len(spaces.String())-100)},
		{"namespaces nested", long("<rss><channel>", "<a xmlns:b='c'>", "", maxFeed-100)},
		{"a text in pieces", long(`<rss><channel><x:y xmlns:x="z">`, "<![CDATA[a]]>", "</x:y></channel></rss>", maxFeed-100)},
		{"a text between elements", long(`<feed xmlns:x="z"><x:y>`, "<b/>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "</x:y></feed>", maxFeed-100)},
		{"a text between comments", long(`<rss><channel><item><x:y xmlns:x="z">`, "a<!---->", "</x:y></item></channel></rss>", maxFeed-100)},
		{"a long text", long("<rss><channel><title>", "abcdefg ", "</title></channel></rss>", maxFeed-100)},
		{"a text of codes", long("<rss><channel><item><title>", "&amp;amp;", "</title></item></channel></rss>", maxFeed-100)},
		{"a text of bare &", long("<rss><channel><item><title>", "& ", "</title></item></channel></rss>", maxFeed-100)},
		{"a text of tags", long("<rss><channel><item><title><![CDATA[", "<b ", "]]></title></item></channel></rss>", maxFeed-100)},
		{"a long text of a sitemap", long("<urlset><url><loc>", "a", "</loc></url></urlset>", maxSitemap-100)},
		{"dates that none can read", long("<rss><channel>", "<item><pubDate>Mon, 3 Mar 2025 10:00:00 Harbour</pubDate></item>", "</channel></rss>", 60*(maxDates/67-10))},
		{"dates of entries", long(`<feed xmlns="http://www.w3.org/2005/Atom">`, "<entry><updated>Mon, 3 Mar 2025 x</updated><published>Mon, 3 Mar 2025 x</published></entry>", "</feed>", 80*(maxDates/100-10))},
		{"long dates", long("<rss><channel>", "<item><pubDate>"+strings.Repeat("1", 400)+"</pubDate></item>", "</channel></rss>", 438*(maxDates/440))},
		{"a long base", long(`<feed xml:base="https://post.example/`+strings.Repeat("a/", 1<<20)+`">`, `<entry xml:base="b"><link href="c"/></entry>`, "</feed>", 5<<20)},
		{"a base up to the limit", long(`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://post.example/`+strings.Repeat("a/", 400)+`">`, `<entry xml:base="b"><link href="c"/></entry>`, "</feed>", 43*30_000)},
		{"bases in each other", long(strings.Repeat(`<feed xml:base="`+strings.Repeat("a/", 2000)+`">`, 150), `<entry xml:base="b"><link href="c"/></entry>`, "", 5<<20)},
		{"comments without an end", long("<rss>", "<!--", "", maxFeed)},
		{"instructions", long("", "<?a?>", "<rss/>", maxSitemap-100)},
		{"less-than signs", long("", "<", "", maxSitemap)},
		{"zeros, packed", func() []byte { return zipped(t, make([]byte, 300<<20)) }},
		{"JSON, nested", long(`{"version":"https://jsonfeed.org/version/1","items":`, "[", "", maxFeed-100)},
		{"JSON, empty items", long(`{"version":"https://jsonfeed.org/version/1","items":[{}`, ",{}", "]}", maxFeed-100)},
		{"JSON, empty items up to the limit", long(`{"version":"https://jsonfeed.org/version/1","items":[{}`, ",{}", "]}", 3*(maxObjects-10))},
		{"JSON, no items", long(`{"version":"https://jsonfeed.org/version/1","items":[null`, ",null", "]}", maxFeed-100)},
		{"JSON, empty authors", long(`{"version":"https://jsonfeed.org/version/1","items":[{"authors":[{}`, ",{}", "]}]}", maxFeed-100)},
		{"JSON, a feed of strings", long(`{"version":"https://jsonfeed.org/version/1","items":[{"tags":[""`, `,""`, "]}]}", maxFeed-100)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if os.Getenv("RECOUNT_BARS") == "" && crc32.ChecksumIEEE([]byte(tt.name))%4 != 0 {
				t.Skip("a quarter of them is enough for every day: RECOUNT_BARS=1")
			}
			payload := tt.feed()
			runtime.GC()
			stop, most := make(chan struct{}), make(chan uint64)
			go func() {
				var peak uint64
				var m runtime.MemStats
				for {
					runtime.ReadMemStats(&m)
					peak = max(peak, m.HeapInuse)
					select {
					case <-stop:
						most <- peak
						return
					case <-time.After(20 * time.Millisecond):
					}
				}
			}()
			var before runtime.MemStats
			runtime.ReadMemStats(&before)
			start := parallel.Used()
			f, err := Parse(payload, "", "https://post.example/")
			took := parallel.Used() - start
			close(stop)
			peak := (<-most - min(before.HeapInuse-uint64(len(payload)), before.HeapInuse)) >> 20
			t.Logf("%d MiB: %s, %d MiB; %d items, %v", len(payload)>>20, took.Round(time.Millisecond), peak, len(f.Items), err)
			if took > 10*time.Second || peak > 256 { // far above the bar of 2 s, for other work on the same machine
				t.Errorf("%s, %d MiB", took, peak)
			}
			if len(f.Items) > maxItems {
				t.Errorf("%d items", len(f.Items))
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(rssHead+`<item><title>A &amp; B</title><link>/1</link><guid isPermaLink="true">x</guid></item></channel></rss>`), "text/xml")
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/a/"><entry><link href="1"/><author><name>x</name></author></entry></feed>`), "")
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"url":"/1","authors":[{"name":"x"}]}]}`), "")
	f.Add([]byte(`<urlset><url><loc>/1</loc><n:news><n:title>x</n:title></n:news></url></urlset>`), "")
	f.Add([]byte(`<sitemapindex><sitemap><loc>/1</loc></sitemap></sitemapindex>`), "text/xml; charset=koi8-r")
	f.Add([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"), "")
	f.Add([]byte("\xff\xfe<\x00r\x00"), "")
	f.Add([]byte(`<?xml version="1.0" encoding="shift_jis"?><rdf:RDF><item><link>`+"\x83\x65</link></item></rdf:RDF>"), "")
	f.Fuzz(func(t *testing.T, payload []byte, mediaType string) {
		got, err := Parse(payload, mediaType, "https://post.example/feed")
		if err != nil {
			if !errors.Is(err, recount.ErrRefused) || recount.HintOf(err) == "" || strings.Contains(err.Error(), "its parser fails") {
				t.Errorf("Parse = %v", err)
			}
			return
		}
		seen := map[string]bool{}
		for _, i := range got.Items {
			u, _, _ := strings.Cut(i.URL, "#")
			if !strings.HasPrefix(u, "http://") && !strings.HasPrefix(u, "https://") || seen[u] {
				t.Errorf("URL %q", i.URL)
			}
			seen[u] = true
			for _, s := range []string{i.Title, i.Published, i.Modified, i.Byline, i.Outlet, i.GUID} {
				if len(s) > maxText || strings.ContainsAny(s, "\r\n\t") {
					t.Errorf("%q", s)
				}
			}
		}
		again, err := Parse(payload, mediaType, "https://post.example/feed")
		if d := cmp.Diff(got, again); err != nil || d != "" {
			t.Errorf("a second reading differs: %v %s", err, d)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	var r, s strings.Builder
	r.WriteString(rssHead)
	s.WriteString(`<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">`)
	for i := range 100 {
		fmt.Fprintf(&r, "<item><title>The ferry to Low Haven sails again, day %d</title><link>https://post.example/%d</link><pubDate>Mon, 03 Mar 2025 10:00:00 +0100</pubDate><dc:creator>Ada Quill</dc:creator><guid>https://post.example/%d</guid><description><![CDATA[<p>%s</p>]]></description></item>", i, i, i, strings.Repeat("The harbour master said the ferry sails again. ", 12))
		fmt.Fprintf(&s, "<url><loc>https://post.example/%d</loc><lastmod>2025-03-03</lastmod><n:news><n:publication><n:name>The Harbour Post</n:name><n:language>en</n:language></n:publication><n:publication_date>2025-03-03</n:publication_date><n:title>The ferry to Low Haven sails again</n:title></n:news></url>", i)
	}
	r.WriteString("</channel></rss>")
	s.WriteString("</urlset>")
	for name, text := range map[string]string{"RSS": r.String(), "sitemap": s.String()} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if f, err := Parse([]byte(text), "", ""); err != nil || len(f.Items) != 100 {
					b.Fatal(err)
				}
			}
		})
	}
}
