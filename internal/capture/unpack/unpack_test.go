package unpack

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"

	"recount"
	"recount/internal/capture/unpack/warc"
)

// A refusal is one that came out, as far as tests look at it.
type refusal struct {
	name, reason string
	within       recount.Within
}

// unpacked is what came out of a file.
type unpacked struct {
	items   []Item
	refused []refusal
	skipped map[string]int
}

func (u unpacked) names() []string {
	var out []string
	for _, i := range u.items {
		out = append(out, i.Name)
	}
	return out
}

// unpack unpacks b. Every refusal must wrap recount.ErrRefused, and carry a
// hint and the place.
func unpack(t testing.TB, b []byte, name string, o Options) unpacked {
	t.Helper()
	u := unpacked{skipped: map[string]int{}}
	o.Skipped = func(reason string) { u.skipped[reason]++ }
	for i, err := range Items(bytes.NewReader(b), int64(len(b)), name, "abc", o) {
		if w := i.Within; w.File != name || w.Hash != "abc" || w.Offset < 0 || w.Length < 0 || w.Offset+w.Length > int64(len(b)) {
			t.Errorf("%s: within %+v of %d bytes", i.Name, w, len(b))
		}
		if i.Name == "" {
			t.Errorf("an item or a refusal without a name: %v", err)
		}
		if err == nil {
			u.items = append(u.items, i)
			continue
		}
		if !errors.Is(err, recount.ErrRefused) || recount.HintOf(err) == "" {
			t.Errorf("%s: the error %q is no refusal with a hint", i.Name, err)
		}
		u.refused = append(u.refused, refusal{i.Name, err.Error(), i.Within})
	}
	return u
}

func sampleFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func sum(b []byte) string { s := sha256.Sum256(b); return hex.EncodeToString(s[:]) }

// truth is the form of testdata/truth.json.
type truth struct {
	Items   []truthItem    `json:"items"`
	Left    []string       `json:"left,omitempty"`
	Skipped map[string]int `json:"skipped,omitempty"`
}

type truthItem struct {
	Name   string `json:"name"`
	URL    string `json:"url,omitempty"`
	SHA256 string `json:"sha256"`
}

// crawlItems is what is in crawl(), written down by hand.
func crawlItems() []truthItem {
	var out []truthItem
	for i := 1; i <= 5; i++ {
		out = append(out, truthItem{storyURI(i), storyURI(i), sum([]byte(story(i)))})
	}
	return append(out, truthItem{"file:///notes/pier.txt", "", sum([]byte("The long pier was built of oak.\n"))},
		truthItem{"https://other.example/a.html", "https://other.example/a.html", sum([]byte(story(9)))})
}

var crawlSkipped = map[string]int{"a picture": 1, "a style sheet": 1, "answered with status 301": 1, "answered with status 404": 1,
	"a conversion of another record": 1, "no page: a note of the crawler, or an answer of another service than the web": 1}

func pileItems(pile string) []truthItem {
	var out []truthItem
	for _, m := range []struct{ name, payload string }{
		{"a.html", story(11)}, {"inner/b.html", story(12)}, {"inner/b~2.html", story(13)}, {"up.html", story(14)}, {"win/dir/c.html", story(15)},
		{"letter.docx", docx()}, {"packed.html.gz", story(16)}, {"stored/inner.zip/d.html", story(17)},
	} {
		out = append(out, truthItem{pile + "/" + m.name, "", sum([]byte(m.payload))})
	}
	return out
}

func truths() map[string]truth {
	web := func(n int, uri string) truthItem { return truthItem{uri, uri, sum([]byte(story(n)))} }
	crawled := truth{crawlItems(), nil, crawlSkipped}
	return map[string]truth{
		"response.warc.gz": crawled, "plain.warc": crawled, "crawl.warc.zst": crawled, "dictionary.warc.zst": crawled, "crawl.wacz": crawled,
		"wget.warc.gz": {[]truthItem{web(1, storyURI(1)), web(2, storyURI(2)), web(3, storyURI(3))}, nil,
			map[string]int{"no page: a note of the crawler, or an answer of another service than the web": 1}},
		"revisit.warc.gz": {[]truthItem{web(1, storyURI(1)), web(1, storyURI(1)), web(1, "https://m.harbour.example/ferry-1.html"),
			web(8, storyURI(8)), web(8, storyURI(8))}, []string{storyURI(7)}, nil},
		"pile.zip":    {pileItems("pile.zip"), nil, map[string]int{"a hidden file": 2}},
		"pile.tar.gz": {pileItems("pile.tar.gz"), nil, map[string]int{"a hidden file": 2, "a link in a container": 1}},
	}
}

func TestEveryPageOfTheSamplesComesOut(t *testing.T) {
	want := truths()
	if *update {
		b, err := json.MarshalIndent(want, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join("testdata", "truth.json"), append(b, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(filepath.Join("testdata", "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var written map[string]truth
	if err := json.Unmarshal(b, &written); err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		t.Run(name, func(t *testing.T) {
			got := unpack(t, sampleFile(t, name), name, Options{})
			var items []truthItem
			for _, i := range got.items {
				e := truthItem{i.Name, "", sum(i.Payload)}
				if strings.HasPrefix(i.Name, "http") {
					e.URL = i.Name
				}
				items = append(items, e)
			}
			var left []string
			for _, r := range got.refused {
				left = append(left, r.name)
			}
			for _, w := range []truth{want[name], written[name]} {
				if !slices.Equal(items, w.Items) {
					t.Errorf("items = %v\nwant %v", items, w.Items)
				}
				if !slices.Equal(left, w.Left) {
					t.Errorf("refused = %v, want %v", got.refused, w.Left)
				}
				if !maps.Equal(got.skipped, w.Skipped) {
					t.Errorf("skipped = %v, want %v", got.skipped, w.Skipped)
				}
			}
		})
	}
}

func TestTheRangeOfAnItemHoldsItsPage(t *testing.T) {
	for name, want := range map[string]bool{"response.warc.gz": true, "plain.warc": true, "crawl.warc.zst": true, "crawl.wacz": true, "revisit.warc.gz": true} {
		b := sampleFile(t, name)
		for _, i := range unpack(t, b, name, Options{}).items {
			part := b[i.Within.Offset : i.Within.Offset+i.Within.Length]
			if warc.CodecOf(part) == warc.Plain && !warc.IsRecord(part) {
				t.Errorf("%s: %s lies at a place where no record begins", name, i.Name)
				continue
			}
			again := unpack(t, part, "part.warc", Options{})
			if len(again.items) == 0 || !bytes.Equal(again.items[0].Payload, i.Payload) != !want {
				t.Errorf("%s: %s cannot be read again from its range: %v", name, i.Name, again.refused)
			}
			if name != "revisit.warc.gz" && len(again.items) != 1 {
				t.Errorf("%s: the range of %s holds %d pages", name, i.Name, len(again.items))
			}
		}
	}
	b := sampleFile(t, "pile.zip")
	for _, i := range unpack(t, b, "pile.zip", Options{}).items[:5] {
		r := flateReader(b[i.Within.Offset : i.Within.Offset+i.Within.Length])
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, i.Payload) {
			t.Errorf("%s cannot be inflated from its range: %v", i.Name, err)
		}
	}
	tar := tarFile(pile()[:3]...)
	for _, i := range unpack(t, tar, "pile.tar", Options{}).items {
		if !bytes.Equal(tar[i.Within.Offset:i.Within.Offset+i.Within.Length], i.Payload) {
			t.Errorf("%s does not lie in its range of the tar file", i.Name)
		}
	}
}

func TestWhatTheServerSaidIsKept(t *testing.T) {
	u := unpack(t, sampleFile(t, "response.warc.gz"), "response.warc.gz", Options{})
	want := recount.Fetch{Status: 200, ETag: `"f1"`, Modified: "Mon, 14 Jun 2021 08:00:00 GMT", Type: "text/html; charset=utf-8"}
	if got := u.items[0]; got.Fetch == nil || *got.Fetch != want || !got.Captured.Equal(sampleDate) || got.MediaType != "text/html; charset=utf-8" {
		t.Errorf("first item: fetch %+v, captured %s, type %q", got.Fetch, got.Captured, got.MediaType)
	}
	if got := u.items[5]; got.Fetch != nil || got.MediaType != "text/plain" {
		t.Errorf("a resource record has fetch %+v and type %q", got.Fetch, got.MediaType)
	}
	u = unpack(t, sampleFile(t, "revisit.warc.gz"), "revisit.warc.gz", Options{})
	if got := u.items[1]; got.Fetch == nil || got.Fetch.ETag != `"again"` || !got.Captured.Equal(sampleDate.Add(24*time.Hour)) {
		t.Errorf("a revisit: fetch %+v, captured %s", got.Fetch, got.Captured)
	}
	if got := u.items[4]; got.Fetch == nil || got.Fetch.Status != 200 || got.Fetch.ETag != `"f8"` {
		t.Errorf("a revisit that was not modified: fetch %+v", got.Fetch)
	}
}

func TestTitlesOfThePageListAreHints(t *testing.T) {
	u := unpack(t, sampleFile(t, "crawl.wacz"), "crawl.wacz", Options{})
	want := recount.Candidate{Field: "title", Value: "Ferry 1, from the page list", Origin: "WACZ page list"}
	if h := u.items[0].Hints; len(h) != 1 || h[0] != want || len(u.items[1].Hints) != 0 {
		t.Errorf("hints = %v and %v", h, u.items[1].Hints)
	}
}

func TestRecordsOfRecountComeInWithTheirOwnName(t *testing.T) {
	origin := `{"fetch":{"etag":"\"x\"","status":200},"hints":[{"field":"title","origin":"feed","value":"Pier"}]}`
	b := members([]string{
		warcRecord("WARC/1.1", "resource", "file:///pile/a%20b.png", sampleDate, "\x89PNG", `Recount-Name: "pile/a b.png"`, "Content-Type: image/png"),
		warcRecord("WARC/1.1", "response", "https://harbour.example/%C3%A9", sampleDate, httpResponse("200 OK", "Content-Type: text/html\nContent-Encoding: gzip", "<p>kept inflated</p>"),
			`Recount-Name: "https://harbour.example/é"`, fmt.Sprintf("Recount-Origin: %q", origin), `Recount-Media-Type: "text/html"`),
		warcRecord("WARC/1.1", "metadata", "https://harbour.example/gone", sampleDate, "erased\r\n", `Recount-Name: "https://harbour.example/gone"`, `Recount-Erased: "asked"`),
		warcRecord("WARC/1.1", "resource", "file:///x", sampleDate, "text", `Recount-Name: not quoted`, "Content-Type: text/plain"),
	})
	u := unpack(t, b, "recount-00001.warc.gz", Options{})
	if got, want := u.names(), []string{"pile/a b.png", "https://harbour.example/é", "file:///x"}; !slices.Equal(got, want) {
		t.Fatalf("names = %q, want %q; %v", got, want, u.refused)
	}
	page := u.items[1]
	if string(page.Payload) != "<p>kept inflated</p>" || page.MediaType != "text/html" || page.Own == nil || len(page.Own.Hints) != 1 || page.Fetch == nil || page.Fetch.ETag != `"x"` {
		t.Errorf("a response of recount: %q, %q, %+v, %+v", page.Payload, page.MediaType, page.Own, page.Fetch)
	}
	if u.skipped["an erased page"] != 1 {
		t.Errorf("skipped = %v", u.skipped)
	}
}

func TestFilters(t *testing.T) {
	tests := []struct {
		name string
		o    Options
		want int
	}{
		{"nothing asked for", Options{}, 7},
		{"one host", Options{Hosts: []string{"harbour.example"}}, 5},
		{"as an address with a path", Options{Hosts: []string{"HTTPS://Harbour.example/news"}}, 5},
		{"a host that ends alike", Options{Hosts: []string{"bour.example"}}, 0},
		{"the domain above", Options{Hosts: []string{"*.example"}}, 6},
		{"two hosts", Options{Hosts: []string{"harbour.example", "other.example"}}, 6},
		{"words of the address", Options{Match: []string{"FERRY-3", "ferry-4"}}, 2},
		{"host and words", Options{Hosts: []string{"other.example"}, Match: []string{"ferry"}}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, name := range []string{"response.warc.gz", "plain.warc", "crawl.warc.zst", "crawl.wacz"} {
				if u := unpack(t, sampleFile(t, name), name, tt.o); len(u.items) != tt.want || len(u.refused) > 0 {
					t.Errorf("%s: %d items %v, %v; want %d", name, len(u.items), u.names(), u.refused, tt.want)
				}
			}
		})
	}
}

func TestHostsOfAddresses(t *testing.T) {
	tests := []struct{ uri, want string }{
		{"https://Harbour.Example./a", "harbour.example"},
		{"http://user:pass@harbour.example:8080/a@b", "harbour.example"},
		{"http://harbour.example?x=@other.example", "harbour.example"},
		{`http://harbour.example\@other.example/`, "harbour.example"},
		{"http://[2001:db8::1]:80/", "[2001:db8::1]"},
		{"http://bücher.example/", "xn--bcher-kva.example"},
		{"urn:pageinfo:x", ""},
		{"", ""},
	}
	for _, tt := range tests {
		if got := hostOf(tt.uri); got != tt.want {
			t.Errorf("hostOf(%q) = %q, want %q", tt.uri, got, tt.want)
		}
	}
}

func TestOfHosts(t *testing.T) {
	tests := []struct {
		uri   string
		hosts []string
		want  bool
	}{
		{"https://harbour.example/a", []string{"harbour.example"}, true},
		{"https://www.harbour.example:443/a", []string{"Harbour.Example."}, true},
		{"https://me:secret@harbour.example/a", []string{"harbour.example"}, true},
		{"https://harbour.example@other.example/a", []string{"harbour.example"}, false},
		{"https://oldharbour.example/a", []string{"harbour.example"}, false},
		{"https://harbour.example.other/a", []string{"harbour.example"}, false},
		{"https://other.example/harbour.example", []string{"harbour.example"}, false},
		{"https://xn--bcher-kva.example/", []string{"bücher.example"}, true},
		{"https://bücher.example/", []string{"http://xn--bcher-kva.example/"}, true},
		{"https://two.example/", []string{"one.example", "*.two.example"}, true},
		{"file.jsonl/12.jsonl", []string{"file.jsonl"}, false},
		{"https://harbour.example/", []string{"Harbour Gazette", ""}, false},
		{"", []string{""}, false},
	}
	for _, tt := range tests {
		if got := OfHosts(tt.uri, HostNames(tt.hosts)); got != tt.want {
			t.Errorf("OfHosts(%q, %q) = %t, want %t", tt.uri, tt.hosts, got, tt.want)
		}
	}
}

// What a study keeps of a page's origin: what recount wrote itself stands before
// what the container says, and what was cut off is said.
func TestOrigin(t *testing.T) {
	hint := func(s string) recount.Candidate { return recount.Candidate{Field: "title", Value: s, Origin: "list"} }
	cut := recount.Candidate{Field: "truncated", Value: "length", Origin: "WARC-Truncated"}
	within, older := recount.Within{File: "a.warc", Offset: 3}, recount.Within{File: "first.warc"}
	own := recount.Origin{Hints: []recount.Candidate{hint("own")}, Columns: map[string]string{"text": "Body"}, Within: &older}
	tests := []struct {
		name string
		item Item
		want recount.Origin
	}{
		{"a file", Item{Within: within}, recount.Origin{Within: &within}},
		{"a page of the web", Item{Within: within, Fetch: &recount.Fetch{Status: 200}}, recount.Origin{Within: &within, Fetch: &recount.Fetch{Status: 200}}},
		{"of a list", Item{Within: within, Hints: []recount.Candidate{hint("x")}}, recount.Origin{Within: &within, Hints: []recount.Candidate{hint("x")}}},
		{"cut off", Item{Within: within, Hints: []recount.Candidate{hint("x")}, Truncated: "length"}, recount.Origin{Within: &within, Hints: []recount.Candidate{hint("x"), cut}}},
		{"recount's own", Item{Within: within, Own: &own, Fetch: &recount.Fetch{Status: 200}}, own},
		{"recount's own, cut off", Item{Within: within, Own: &own, Hints: []recount.Candidate{hint("x")}, Truncated: "length"},
			recount.Origin{Hints: []recount.Candidate{hint("own"), hint("x"), cut}, Columns: own.Columns, Within: &older}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, tt.item.Origin()); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
		if len(own.Hints) != 1 {
			t.Fatalf("%s: the item itself was changed", tt.name)
		}
	}
}

func TestNamesOfMembersAreMadeHarmless(t *testing.T) {
	tests := []struct{ name, raw, want string }{
		{"up and away", "../../etc/passwd", "etc/passwd"},
		{"from the root", "/etc/passwd", "etc/passwd"},
		{"of Windows", `C:\news\a.html`, "news/a.html"},
		{"up in the middle", "a/../../b.html", "a/b.html"},
		{"Latin 1", "caf\xe9.html", "caf%E9.html"},
		{"control characters", "a\x00b\n.html", "a%00b%0A.html"},
		{"nothing", "../..", ""},
		{"UTF-8", "Hafen/Fähre.html", "Hafen/Fähre.html"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := cleanName(tt.raw); got != tt.want {
				t.Errorf("cleanName(%q) = %q, want %q", tt.raw, got, tt.want)
			}
		})
	}
	if n := len(cleanName(strings.Repeat("ä/", 10_000))); n > maxName {
		t.Errorf("a long name is %d bytes", n)
	}
}

func TestKinds(t *testing.T) {
	cut := func(b []byte, n int) []byte { return b[:min(n, len(b))] }
	word := string(docx())
	tests := []struct {
		name string
		b    []byte
		want string
	}{
		{"ZIP", sampleFile(t, "pile.zip"), "zip"},
		{"an empty ZIP", zipFile(), "zip"},
		{"DOCX", []byte(word), ""},
		{"an e-book", zipFile([2]string{"mimetype", "application/epub+zip"}, [2]string{"META-INF/container.xml", "<x/>"}), ""},
		{"OpenDocument", zipFile([2]string{"mimetype", "application/vnd.oasis.opendocument.text"}, [2]string{"content.xml", "<x/>"}), ""},
		{"a ZIP that holds a file called mimetype", zipFile([2]string{"a.html", "x"}, [2]string{"mimetype", "x"}), "zip"},
		{"tar", tarFile(pile()...), "tar"},
		{"tar.gz", sampleFile(t, "pile.tar.gz"), "tar"},
		{"tar.zst", zstded(string(tarFile(pile()...))), "tar"},
		{"WARC", sampleFile(t, "plain.warc"), "warc"},
		{"WARC, gzip", sampleFile(t, "response.warc.gz"), "warc"},
		{"WARC, Zstandard", sampleFile(t, "crawl.warc.zst"), "warc"},
		{"WARC, Zstandard with a dictionary", sampleFile(t, "dictionary.warc.zst"), "warc"},
		{"a gzip file cut off", cut(zipped(story(1)), 60), "gzip"},
		{"a page, gzip", zipped(story(1)), "gzip"},
		{"a page", []byte(story(1)), ""},
		{"nothing", nil, ""},
		{"zeros", make([]byte, 2048), ""},
		{"half a magic number", []byte{0x1f, 0x8b}, ""},
		{"an article on WARC", []byte("WARC/1.0 is a format"), ""},
		{"the word WARC", []byte("WARC"), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := KindAt(bytes.NewReader(tt.b), int64(len(tt.b)), tt.name); got != tt.want {
				t.Errorf("KindAt = %q, want %q", got, tt.want)
			}
			if got := Kind(tt.b, tt.name); got != tt.want {
				t.Errorf("Kind = %q, want %q", got, tt.want)
			}
		})
	}
}

// What the head leaves open, the directory of a ZIP settles.
func TestKindsThatTheDirectorySettles(t *testing.T) {
	for name, b := range map[string][]byte{"wacz": sampleFile(t, "crawl.wacz"),
		"": zipFile([2]string{"customXml/item1.xml", "<x/>"}, [2]string{"[Content_Types].xml", "<x/>"}, [2]string{"word/document.xml", "<x/>"})} {
		if got := KindAt(bytes.NewReader(b), int64(len(b)), "x"); got != name || Kind(b, "x") != "zip" {
			t.Errorf("KindAt = %q, want %q; by the head %q", got, name, Kind(b, "x"))
		}
	}
}

func TestAFileThatIsNoContainerIsRefused(t *testing.T) {
	if u := unpack(t, []byte(story(1)), "a.html", Options{}); len(u.items) != 0 || len(u.refused) != 1 {
		t.Errorf("%d items, refused %v", len(u.items), u.refused)
	}
}

func TestTheWalkCanBeLeftAtAnyItem(t *testing.T) {
	for name := range truths() {
		b := sampleFile(t, name)
		whole := len(unpack(t, b, name, Options{}).items)
		for stop := 1; stop <= whole; stop++ {
			n := 0
			for _, err := range Items(bytes.NewReader(b), int64(len(b)), name, "", Options{}) {
				if err == nil {
					n++
				}
				if n == stop {
					break
				}
			}
			if n != stop {
				t.Errorf("%s: left at item %d of %d", name, n, stop)
			}
		}
	}
}

// A file of many members of which each was left in the middle must not hold
// the goroutine that inflates ahead.
func TestLeavingALargeFileStopsTheReader(t *testing.T) {
	var records []string
	for i := range 3000 {
		records = append(records, responseRecord(storyURI(i), sampleDate, "200 OK", "Content-Type: text/html", story(i)))
	}
	b := members(records)
	read := &readings{r: bytes.NewReader(b)}
	for _, err := range Items(read, int64(len(b)), "x.warc.gz", "", Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		break
	}
	before := read.n
	time.Sleep(20 * time.Millisecond)
	if read.n != before || before == int64(len(b)) {
		t.Errorf("%d bytes were read, then %d more after the walk was left", before, read.n-before)
	}
}

// A file that is large enough is inflated by a second goroutine.
func TestALargeFileComesOutWhole(t *testing.T) {
	// What cannot be compressed makes a file large.
	noisy := func(n int) string {
		out := story(n)
		for i := range 25 {
			out += "<!-- " + sha1Digest([]byte(out[i:])) + " -->"
		}
		return out
	}
	var records []string
	for i := range 1500 {
		records = append(records, responseRecord(storyURI(i), sampleDate, "200 OK", "Content-Type: text/html", noisy(i)))
	}
	records = append(records, warcRecord("WARC/1.1", "revisit", storyURI(9999), sampleDate, httpResponse("200 OK", "Content-Type: text/html", ""),
		"WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest", "WARC-Payload-Digest: "+sha1Digest([]byte(noisy(3)))))
	for name, b := range map[string][]byte{"x.warc.gz": members(records), "x.warc": []byte(strings.Join(records, "")), "x.warc.zst": withDictionary(records)} {
		if len(b) < 1<<20 {
			t.Fatalf("%s holds %d bytes only", name, len(b))
		}
		u := unpack(t, b, name, Options{})
		if len(u.items) != 1501 || len(u.refused) > 0 {
			t.Fatalf("%s: %d items, refused %v", name, len(u.items), u.refused)
		}
		for i, item := range u.items[:1500] {
			if item.Name != storyURI(i) || string(item.Payload) != noisy(i) {
				t.Fatalf("%s: item %d is %s", name, i, item.Name)
			}
		}
		if last := u.items[1500]; last.Name != storyURI(9999) || string(last.Payload) != noisy(3) {
			t.Errorf("%s: the revisit is %s, %.40q", name, last.Name, last.Payload)
		}
	}
}

type readings struct {
	r io.ReaderAt
	n int64
}

func (r *readings) ReadAt(p []byte, at int64) (int, error) {
	n, err := r.r.ReadAt(p, at)
	r.n += int64(n)
	return n, err
}

// Whatever is cut off a file, what comes before the cut comes out, and the
// rest is said to be missing.
func TestFilesThatWereCutOff(t *testing.T) {
	for _, name := range []string{"response.warc.gz", "plain.warc", "crawl.warc.zst", "wget.warc.gz", "pile.tar.gz", "pile.zip"} {
		b := sampleFile(t, name)
		whole := unpack(t, b, name, Options{})
		for cut := len(b) - 1; cut > 1500 && cut > len(b)/4; cut -= 37 {
			got := unpack(t, b[:cut], name, Options{})
			if len(got.items) > len(whole.items) {
				t.Fatalf("%s cut at %d: %d items of %d", name, cut, len(got.items), len(whole.items))
			}
			missing := len(whole.items) - len(got.items)
			if name == "response.warc.gz" || name == "plain.warc" || name == "crawl.warc.zst" {
				for k, i := range got.items {
					if !bytes.Equal(i.Payload, whole.items[k].Payload) {
						t.Fatalf("%s cut at %d: item %d differs", name, cut, k)
					}
				}
				expect := 0
				for _, i := range whole.items {
					if i.Within.Offset+i.Within.Length <= int64(cut) {
						expect++
					}
				}
				if len(got.items) < expect {
					t.Errorf("%s cut at %d: %d items where %d are whole: %v", name, cut, len(got.items), expect, got.refused)
				}
			}
			// A WARC file that ends between two records does not say so.
			if missing > 0 && len(got.refused) == 0 && (name == "wget.warc.gz" || strings.HasPrefix(name, "pile")) {
				t.Errorf("%s cut at %d: %d items are missing, and nothing says so", name, cut, missing)
			}
		}
	}
}

// No flipped bit of a WARC file whose records carry digests changes a page
// without being noticed.
func TestAFlippedBitIsNeverReadAsThePage(t *testing.T) {
	for _, name := range []string{"response.warc.gz", "plain.warc", "crawl.warc.zst"} {
		b := sampleFile(t, name)
		known := map[string]bool{}
		for _, i := range unpack(t, b, name, Options{}).items {
			known[sum(i.Payload)] = true
		}
		step := 11
		if testing.Short() {
			step = 101
		}
		for at := 0; at < len(b); at += step {
			flipped := bytes.Clone(b)
			flipped[at] ^= 1 << (at % 8)
			for _, i := range unpack(t, flipped, name, Options{}).items {
				// The resource record carries no digest.
				if !known[sum(i.Payload)] && i.Name != "file:///notes/pier.txt" && !strings.Contains(string(b[max(0, at-60):min(len(b), at+60)]), "igest") {
					t.Errorf("%s: with a flipped bit at %d, %s is read as\n%q", name, at, i.Name, i.Payload)
				}
			}
		}
	}
}

// What lies behind a damaged record of a gzip file is read.
func TestAWARCFileGoesOnBehindADamagedRecord(t *testing.T) {
	b := sampleFile(t, "response.warc.gz")
	items := unpack(t, b, "x.warc.gz", Options{}).items
	second := items[1].Within
	for at := second.Offset; at < second.Offset+second.Length; at += 7 {
		broken := bytes.Clone(b)
		for i := at; i < min(at+20, second.Offset+second.Length); i++ {
			broken[i] ^= 0x55
		}
		got := unpack(t, broken, "x.warc.gz", Options{})
		if len(got.items) != len(items)-1 || len(got.refused) != 1 || got.refused[0].within.Offset != second.Offset {
			t.Errorf("damaged at %d: %d items of %d, refused %v", at, len(got.items), len(items), got.refused)
		}
	}
}

// What lies behind a broken record of a file that is not compressed is read
// too, whatever is wrong with the record.
func TestAPlainWARCFileGoesOnBehindABrokenRecord(t *testing.T) {
	const n = 301
	records := make([]string, n)
	for i := range records {
		records[i] = responseRecord(storyURI(i), sampleDate, "200 OK", "Content-Type: text/html", fmt.Sprintf("<p>The ferry came back %d times.</p>", i))
	}
	length := regexp.MustCompile(`(?m)^Content-Length: (\d+)`)
	longer := func(by int) func(string) string {
		return func(r string) string {
			first := true
			return length.ReplaceAllStringFunc(r, func(l string) string {
				if !first {
					return l
				}
				first = false
				k, _ := strconv.Atoi(strings.TrimPrefix(l, "Content-Length: "))
				return fmt.Sprintf("Content-Length: %d", k+by)
			})
		}
	}
	tests := []struct {
		name    string
		breaks  func(record string) string
		missing int // pages
	}{
		{"a length that is too small", longer(-20), 1},
		{"a length that is 3 too large", longer(3), 1},
		{"a length that ends in the next record", longer(500), 1},
		{"a length that ends many records on", longer(20_000), 1},
		{"a length beyond the end of the file", longer(1 << 30), 1},
		{"a length larger than any payload", longer(1 << 40), 1},
		{"a negative length", longer(-1_000_000), 1},
		{"a length that is no number", func(r string) string { return strings.Replace(r, "Content-Length: ", "Content-Length: x", 1) }, 1},
		{"no length", func(r string) string { return strings.Replace(r, "Content-Length: ", "Content-Size: ", 1) }, 1},
		{"a version that is none", func(r string) string { return strings.Replace(r, "WARC/1.1", "WARC 1.1", 1) }, 1},
		{"junk before it", func(r string) string { return "junk\r\nthat\x00is no record\r\n" + r }, 0},
		{"junk behind it", func(r string) string { return r + "<html>no record</html>\n" }, 0},
		{"its second half is gone", func(r string) string { return r[:len(r)/2] }, 1},
	}
	for _, tt := range tests {
		for _, at := range []int{0, 1, 150, n - 1} {
			t.Run(fmt.Sprintf("%s, record %d", tt.name, at), func(t *testing.T) {
				broken := slices.Clone(records)
				broken[at] = tt.breaks(records[at])
				got := unpack(t, []byte(strings.Join(broken, "")), "x.warc", Options{})
				if at == 0 && !strings.HasPrefix(broken[0], "WARC/1.1") {
					return // it is not recognised as a WARC file
				}
				if len(got.items) < n-tt.missing-1 || len(got.items) > n || len(got.refused) == 0 && len(got.items) < n {
					t.Fatalf("%d pages of %d, refused: %v", len(got.items), n, got.refused)
				}
				for _, i := range got.items {
					if i.Name != storyURI(at) && !strings.Contains(string(i.Payload), "The ferry came back") {
						t.Errorf("%s is read as %q", i.Name, i.Payload)
					}
				}
			})
		}
	}
}

// A file of records that all lie about their length does not keep the reader.
func TestAPlainWARCFileOfLiesEnds(t *testing.T) {
	var b strings.Builder
	const n = 4000
	for i := range n {
		fmt.Fprintf(&b, "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: file:///%d\r\nContent-Length: %d\r\n\r\nx", i, (n-i)*90)
	}
	looked := &readings{r: strings.NewReader(b.String())}
	for range Items(looked, int64(b.Len()), "x.warc", "", Options{MaxPayload: 64 << 20}) {
	}
	if looked.n > int64(40*b.Len()) {
		t.Errorf("%d bytes were read of a file of %d", looked.n, b.Len())
	}
}

func TestReaders(t *testing.T) {
	z, err := gzip.NewReader(bytes.NewReader(zipped("x")))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := warc.ReadAtMost(z, 0, 0); !errors.Is(err, warc.ErrTooMuch) {
		t.Errorf("a byte past the limit gives %v", err)
	}
	for _, n := range []int{0, 1, 511, 512, 513, 5000} {
		b, err := warc.ReadAtMost(bytes.NewReader(make([]byte, n)), int64(n), 0)
		if err != nil || len(b) != n {
			t.Errorf("%d bytes read as %d, %v", n, len(b), err)
		}
	}
}
