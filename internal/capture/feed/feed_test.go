package feed

import "testing"

func TestParse(t *testing.T) {
	f, err := Parse([]byte(`<?xml version="1.0" encoding="iso-8859-1"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Harbour Post</title>
<item><title>Bridge &amp;amp; ferry “open”</title><link>/news/1?a=1&amp;b=2</link><pubDate>Mo, 3 Mär 2025 10:00:00 +0100</pubDate><dc:creator>Ada Quill</dc:creator><guid isPermaLink="false">x1</guid></item>
<item><title>No link</title></item>
<item><title>Again</title><link>/news/1?a=1&amp;b=2#c</link></item>
</channel></rss>`), "", "https://post.example/feed")
	t.Logf("%+v %v", f, err)
	f, err = Parse([]byte(`<urlset xmlns:news="n"><url><loc>https://post.example/a</loc><news:news><news:publication><news:name>Post</news:name></news:publication><news:publication_date>2025-01-02</news:publication_date><news:title>T</news:title></news:news></url></urlset>`), "", "")
	t.Logf("%+v %v", f, err)
}
