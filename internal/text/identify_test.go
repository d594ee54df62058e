package text

import "testing"

func TestVariantsOfAnAddressAreOnePage(t *testing.T) {
	body := story("", "")
	pages := map[string]bool{}
	for _, name := range []string{
		"https://news.example/quay/twelve-leave?utm_source=feed&utm_medium=rss",
		"https://www.news.example/quay/twelve-leave",
		"http://m.news.example/quay/twelve-leave#comments",
		"https://news.example/quay/twelve-leave/amp",
		"https://web.archive.org/web/20140514092000/https://news.example/quay/twelve-leave",
	} {
		c, err := Read([]byte(body), Options{Name: name})
		if err != nil || len(c.Articles) != 1 {
			t.Fatalf("Read(%s) = %d articles, %v", name, len(c.Articles), err)
		}
		pages[c.Articles[0].Page()] = true
	}
	if len(pages) != 1 {
		t.Errorf("the variants of one address are %d pages: %v", len(pages), pages)
	}
}
