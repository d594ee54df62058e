package text

import (
	"strings"
	"testing"

	"recount"
)

// A page that shows more than any page of news does is refused, and the refusal
// says how much and the limit; one below it is read as before.
func TestPageThatShowsTooMuch(t *testing.T) {
	line := strings.Repeat("The ferry did not leave on Tuesday. ", 10)
	comments := func(n int) string { return strings.Repeat("<div class=comment><p>"+line+"</p></div>", n) }
	article := "<article><h1>The ferry</h1>" + strings.Repeat("<p>The people on the quay waited for the ferry, and it did not come before the evening.</p>", 20) + "</article>"
	page := func(s string) []byte {
		return []byte("<!DOCTYPE html><html><head><title>The ferry</title></head><body>" + s + "</body></html>")
	}
	if a, err := Extract(page(article+comments(1000)), Options{Name: "a.html"}); err != nil || !strings.Contains(a.Text, "on the quay") {
		t.Errorf("an article under 350 kB of comments: %v", err)
	}
	_, err := Extract(page(article+comments(15_000)), Options{Name: "b.html"})
	if err == nil || !strings.Contains(err.Error(), "kB of text in 15") || !strings.Contains(err.Error(), "the limit is 4096 kB") || recount.HintOf(err) == "" {
		t.Errorf("an article under 5 MB of comments: %v", err)
	}
	if _, err = Extract([]byte(strings.Repeat(line+"\n\n", 4000)), Options{Name: "c.txt"}); err == nil || !strings.Contains(err.Error(), "the limit is 1024 kB") {
		t.Errorf("a text of 1.4 MB: %v", err)
	}
}
