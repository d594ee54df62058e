package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recount"
	"recount/internal/text"
)

// readerChild is the argument that makes the test program a child of a Reader.
const readerChild = "reader-test-child"

// readers returns a Reader with children and one that reads in this process.
func readers(t testing.TB) (apart, here *Reader) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	apart, here = NewReader([]string{program, readerChild}, nil), NewReader(nil, nil)
	t.Cleanup(apart.Close)
	return apart, here
}

// files are the readers' own samples: truth files and damaged ones.
func files(t *testing.T) (out []string) {
	t.Helper()
	err := filepath.WalkDir("../text/format", func(p string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.Contains(p, "/testdata/") && !strings.Contains(p, "/fuzz/") {
			out = append(out, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 20 {
		t.Fatalf("%d sample files under internal/text/format", len(out))
	}
	return out
}

// What a child answers is what this process would have made of the file.
func TestReaderGivesTheSameApart(t *testing.T) {
	apart, here := readers(t)
	ctx := context.Background()
	for _, name := range files(t) {
		payload, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		o := text.Options{Name: filepath.Base(name)}
		say := func(v any, err error) string {
			b, _ := json.Marshal(v)
			return fmt.Sprintf("%s %v %q", b, err, recount.HintOf(err))
		}
		for job, do := range map[string]func(r *Reader) string{
			"Look": func(r *Reader) string { v, err := r.Look(ctx, payload, o); return say(v, err) },
			"Read": func(r *Reader) string { v, err := r.Read(ctx, payload, o); return say(v, err) },
			"Feed": func(r *Reader) string {
				v, err := r.Feed(ctx, payload, "", "https://news.example/", true)
				return say(v, err)
			},
		} {
			if got, want := do(apart), do(here); got != want {
				t.Errorf("%s of %s apart:\n%.300s\nhere:\n%.300s", job, name, got, want)
			}
		}
	}
}

// A feed is read, and a page that announces one is followed if that is asked.
func TestReaderFeed(t *testing.T) {
	apart, _ := readers(t)
	ctx := context.Background()
	rss := []byte(`<rss version="2.0"><channel><title>A</title><item><title>B</title><link>https://news.example/b</link></item></channel></rss>`)
	f, err := apart.Feed(ctx, rss, "application/rss+xml", "https://news.example/feed", false)
	if err != nil || len(f.Items) != 1 || f.Items[0].URL != "https://news.example/b" {
		t.Errorf("Feed = %+v, %v", f, err)
	}
	site := []byte(`<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body><p>Hello</p></body></html>`)
	if f, err = apart.Feed(ctx, site, "text/html", "https://news.example/", true); err != nil || len(f.Maps) != 1 || f.Maps[0] != "https://news.example/feed" {
		t.Errorf("Feed of a page that announces one = %+v, %v", f, err)
	}
	if _, err = apart.Feed(ctx, site, "text/html", "https://news.example/", false); err == nil {
		t.Error("a page is read as a feed")
	}
}

// Large files are read within the limits of a child, which grow with them; a
// text that is too long for an article is refused with the same words.
func TestReaderReadsLargeFiles(t *testing.T) {
	apart, _ := readers(t)
	row := "https://news.example/%d,A bell in the harbour,2014-05-14,\"" + strings.Repeat("The crew came ashore and the bell rang twice. ", 60) + "\"\n"
	var b bytes.Buffer
	b.WriteString("url,title,date,text\n")
	for i := 0; b.Len() < 5<<20; i++ {
		fmt.Fprintf(&b, row, i)
	}
	c, err := apart.Read(context.Background(), b.Bytes(), text.Options{Name: "large.csv"})
	if err != nil || len(c.Articles) < 100 {
		t.Errorf("a table of %d MiB: %d articles, %v", b.Len()>>20, len(c.Articles), err)
	}
	line := strings.Repeat("The crew came ashore and the bell rang twice. ", 8) + "\r\n\r\n"
	for _, size := range []int{900 << 10, 5 << 20} {
		mail := "From: a@b.example\r\nTo: c@d.example\r\nSubject: A bell in the harbour\r\nDate: Wed, 14 May 2014 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
			strings.Repeat(line, size/len(line))
		page := "<html><head><title>A bell</title></head><body><h1>A bell in the harbour</h1>" + strings.Repeat("<p>"+line+"</p>", size/(len(line)+7)) + "</body></html>"
		for name, payload := range map[string]string{"large.eml": mail, "large.html": page, "large.txt": mail[strings.Index(mail, "\r\n\r\n")+4:]} {
			got, err := apart.Read(context.Background(), []byte(payload), text.Options{Name: name})
			want, refused := text.Read([]byte(payload), text.Options{Name: name})
			if (refused != nil) != (size > 1<<20) || fmt.Sprint(err) != fmt.Sprint(refused) {
				t.Errorf("%s of %d kB: %v apart, %v here", name, len(payload)>>10, err, refused)
			}
			if refused == nil && fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s of %d kB is read otherwise apart: %.200s, want %.200s", name, len(payload)>>10, fmt.Sprint(got), fmt.Sprint(want))
			}
		}
	}
}

// BenchmarkReaderSmall reads small pages, apart and here: the difference is
// what a child costs a file.
func BenchmarkReaderSmall(b *testing.B) {
	page := []byte("<html><head><title>A bell in the harbour</title></head><body><h1>A bell in the harbour</h1>" +
		strings.Repeat("<p>The crew came ashore at noon and the bell of the harbour rang twice, said the harbour master.</p>", 20) + "</body></html>")
	apart, here := readers(b)
	for name, r := range map[string]*Reader{"apart": apart, "here": here} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := r.Read(context.Background(), page, text.Options{Name: "a.html"}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkReaderStart starts a child for each file, which a Reader does not.
func BenchmarkReaderStart(b *testing.B) {
	program, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r := NewReader([]string{program, readerChild}, nil)
		if _, err := r.Look(context.Background(), []byte("<p>A bell</p>"), text.Options{Name: "a.html"}); err != nil {
			b.Fatal(err)
		}
		r.Close()
	}
}
