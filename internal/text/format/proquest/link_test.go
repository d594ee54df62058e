package proquest

import (
	"strings"
	"testing"
	"time"

	"recount/internal/parallel"
)

// The address of a document is found wherever it stands, and a text full of
// what begins an address costs no more for it.
func TestLinksDocument(t *testing.T) {
	for _, tt := range []struct {
		text string
		want bool
	}{
		{"https://www.proquest.com/docview/1524", true},
		{"see HTTP://search.proquest.com/newspapers/docview/15 there", true},
		{"x https://a.example/ <https://www.proquest.com/docview/9>", true},
		{"https://www-proquest.com.library.example/docview/9", false},
		{"https://www.proquest.com/docview/x", false},
		{"https://www.proquest.com/ docview/9", false},
		{"ftp://www.proquest.com/docview/9", false},
		{"://www.proquest.com/docview/9", false},
		{"https://https://www.proquest.com/docview/9", true},
		{"https://www.proquest.com/\"docview/9", false},
		{"", false},
	} {
		if got := linksDocument([]byte(tt.text)); got != tt.want || got != docLink.MatchString(tt.text) {
			t.Errorf("linksDocument(%q) = %v; its form says %v", tt.text, got, docLink.MatchString(tt.text))
		}
	}
	before := parallel.Used()
	if linksDocument([]byte(strings.Repeat("https://", 60_000))) {
		t.Error("an address without a document is one")
	}
	if used := parallel.Used() - before; used > 2*time.Second {
		t.Errorf("60,000 beginnings of an address cost %v", used)
	}
}
