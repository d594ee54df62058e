package feed

import (
	"slices"
	"strings"
	"testing"
	"time"

	"recount/internal/parallel"
)

func TestFind(t *testing.T) {
	tests := []struct {
		name, page string
		want       []string
	}{
		{"none", "<p>text", nil},
		{"two in the order of the page", `<!doctype html><head><LINK REL="Alternate" type="application/rss+xml" href="/feed?a=1&amp;b=2" title="News"><link rel=alternate type='application/atom+xml; charset=utf-8' href='https://other.example/atom'/>`,
			[]string{"https://post.example/feed?a=1&b=2", "https://other.example/atom"}},
		{"one twice", `<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" type="application/rss+xml" href="/feed#x">`, []string{"https://post.example/feed"}},
		{"JSON feeds, and JSON that is none", `<link rel="alternate" type="application/feed+json" href="/feed.json"><link rel="alternate" type="application/json" href="/wp-json/1">`, []string{"https://post.example/feed.json"}},
		{"other alternates", `<link rel="alternate" hreflang="de" href="/de"><link rel="alternate stylesheet" type="text/css" href="/x.css"><link rel="alternate" type="text/xml+oembed" href="/o">`, nil},
		{"a base", `<base href="/en/"><base href="/de/"><link rel="alternate" type="application/rss+xml" href="feed">`, []string{"https://post.example/en/feed"}},
		{"what is no address of the web", `<link rel="alternate" type="application/rss+xml" href="javascript:x"><link rel="alternate" type="application/rss+xml" href="file:///x"><link rel="alternate" type="application/rss+xml"><link rel="alternate" type="application/rss+xml" href="feed://post.example/f"><link rel="alternate" type="application/rss+xml" href="feed:https://post.example/g">`,
			[]string{"http://post.example/f", "https://post.example/g"}},
		{"in a comment and in a script", `<!-- <link rel="alternate" type="application/rss+xml" href="/a"> --><script>'<link rel="alternate" type="application/rss+xml" href="/b">'</script>`, nil},
		{"rel=feed", `<link rel="feed" href="/f">`, []string{"https://post.example/f"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Find([]byte(tt.page), "https://post.example/news/page.html"); !slices.Equal(got, tt.want) {
				t.Errorf("Find = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestFindIsFast(t *testing.T) {
	if testing.Short() {
		t.Skip("reads some hundred megabytes")
	}
	for _, piece := range []string{`<link rel="alternate" type="application/rss+xml" href="javascript:">`, "<", "<a ", "<link ", "<!--", "<script>", "a='", "<base href=/a/>"} {
		start := parallel.Used()
		Find([]byte(strings.Repeat(piece, (20<<20)/len(piece))), "https://post.example/")
		Find([]byte("<link "+strings.Repeat(piece, (20<<20)/len(piece))), "https://post.example/")
		if d := parallel.Used() - start; d > 10*time.Second { // far above the bar of 2 s, for other work on the same machine
			t.Errorf("%q: %s", piece, d)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add([]byte(`<base href="/en/"><link rel="alternate" type="application/rss+xml" href="feed">`), "https://post.example/")
	f.Add([]byte(`<link rel=feed href=feed:x>`), "")
	f.Fuzz(func(t *testing.T, page []byte, base string) {
		for _, u := range Find(page, base) {
			if !strings.HasPrefix(u, "http://") && !strings.HasPrefix(u, "https://") {
				t.Errorf("%q", u)
			}
		}
	})
}
