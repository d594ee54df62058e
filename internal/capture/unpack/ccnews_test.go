package unpack

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
)

// newsPage returns a page of a large news site: a text of its own in a frame
// of menus and scripts, about 60 kB.
func newsPage(site, n int) string {
	words := strings.Fields("harbour ferry council market school winter budget river bridge engineer nurse captain mayor festival museum weather train vote storm garden union strike court hospital")
	seed := uint64(site)*7919 + uint64(n)*104729 + 1
	next := func(m int) int {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int(seed >> 33 % uint64(m))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "<!DOCTYPE html><html lang=\"en\"><head><title>Story %d of site %d</title>", n, site)
	for i := range 120 {
		fmt.Fprintf(&b, "<link rel=\"preload\" href=\"https://static%d.example/assets/%x/%x.js\" as=\"script\">\n", site, next(1<<30), i)
	}
	b.WriteString("</head><body>")
	for i := range 200 {
		fmt.Fprintf(&b, "<li class=\"menu-item menu-item-%d\"><a href=\"/section/%s/%d\">%s %s</a></li>\n", i, words[next(len(words))], next(1<<20), words[next(len(words))], words[next(len(words))])
	}
	for range 30 {
		b.WriteString("<p>")
		for range 90 {
			b.WriteString(words[next(len(words))])
			b.WriteByte(' ')
			if next(9) == 0 {
				b.WriteString(strconv.Itoa(next(10000)) + " ")
			}
		}
		b.WriteString("</p>\n")
	}
	b.WriteString("</body></html>")
	return b.String()
}

// writeNews writes a WARC file like those of CC-NEWS to path: for each page a
// request and a response with its digests, one gzip member each, from 50
// sites, of inflated bytes in all. It returns how many pages are of site 7.
func writeNews(path string, inflated int64) (wanted int, written int64, err error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	z, err := gzip.NewWriterLevel(w, 6)
	if err != nil {
		return 0, 0, err
	}
	// A page takes long to make up and to compress, so 300 are made, and each
	// comes many times under other addresses.
	type page struct{ site, n int }
	var blocks []string
	for i := range 300 {
		p := page{i % 50, i}
		blocks = append(blocks, httpResponse("200 OK", "Content-Type: text/html; charset=UTF-8\nX-Crawl-Content-Encoding: gzip\nServer: fictional", newsPage(p.site, p.n)))
	}
	record := func(s string) error {
		z.Reset(w)
		written += int64(len(s))
		if _, err := z.Write([]byte(s)); err != nil {
			return err
		}
		return z.Close()
	}
	if err := record(warcRecord("WARC/1.0", "warcinfo", "", sampleDate, "software: fictional\r\n", "Content-Type: application/warc-fields")); err != nil {
		return 0, 0, err
	}
	for n := 0; written < inflated; n++ {
		block, site := blocks[n%len(blocks)], n%50
		_, body, _ := strings.Cut(block, "\r\n\r\n")
		uri := fmt.Sprintf("https://www.site%d.example/2021/06/14/story-%d.html", site, n)
		date := sampleDate.Add(time.Duration(n) * time.Second)
		if err := record(warcRecord("WARC/1.0", "request", uri, date, "GET / HTTP/1.1\r\nHost: www.example\r\n\r\n", "Content-Type: application/http; msgtype=request")); err != nil {
			return 0, 0, err
		}
		if err := record(warcRecord("WARC/1.0", "response", uri, date, block,
			"WARC-Block-Digest: "+sha1Digest([]byte(block)), "WARC-Payload-Digest: "+sha1Digest([]byte(body)))); err != nil {
			return 0, 0, err
		}
		if site == 7 {
			wanted++
		}
	}
	return wanted, written, w.Flush()
}

// newsSize is the inflated size in MB of the file that is read: RECOUNT_NEWS_MB,
// or 64.
func newsSize() int64 {
	if n, err := strconv.ParseInt(os.Getenv("RECOUNT_NEWS_MB"), 10, 64); err == nil && n > 0 {
		return n
	}
	return 64
}

// peak returns the most memory the process has had, in MB; 0 if the system
// does not say.
func peak() float64 {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb / 1000
		}
	}
	return 0
}

// BenchmarkCCNews reads a WARC file like those of CC-NEWS, once with a filter
// for one host of fifty and once whole. It reports inflated bytes per second
// and the memory of the whole process, the making of the file included.
func BenchmarkCCNews(b *testing.B) {
	path := filepath.Join(b.TempDir(), "CC-NEWS-20210614000000-00001.warc.gz")
	wanted, size, err := writeNews(path, newsSize()*1_000_000)
	if err != nil {
		b.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	for _, bb := range []struct {
		name string
		o    Options
	}{{"one host of fifty", Options{Hosts: []string{"site7.example"}}}, {"every page", Options{}}} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(size)
			for b.Loop() {
				n := 0
				for _, err := range Items(f, info.Size(), "news.warc.gz", "", bb.o) {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
				if len(bb.o.Hosts) > 0 && n != wanted {
					b.Fatalf("%d pages, want %d", n, wanted)
				}
			}
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			b.ReportMetric(peak(), "peak-MB")
			b.ReportMetric(float64(m.Sys)/1e6, "go-MB")
			b.ReportMetric(float64(info.Size())/1e6, "packed-MB")
		})
	}
}
