package text

import (
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/parallel"
	"recount/internal/text/page"
)

// TestGateHostile holds that no page takes long to judge.
func TestGateHostile(t *testing.T) {
	tests := []struct{ name, html string }{
		{"a wall inside a wall", strings.Repeat("<div class=paywall>to continue reading ", 400) + strings.Repeat("<b class=paywall>x</b>", 90_000)},
		{"sections that are not free", `<script type="application/ld+json">{"@type":"Article","hasPart":{"isAccessibleForFree":false,"cssSelector":".b"}}</script>` + strings.Repeat("<div class=b>", 400) + strings.Repeat("<i class=b>x</i>", 90_000)},
		{"100,000 links", strings.Repeat("<a href=x>sign in to continue</a>", 90_000)},
		{"60,000 headings", strings.Repeat("<h2>404 page not found</h2>", 60_000)},
		{"60,000 short lines", strings.Repeat("<p>we and our partners use cookies, and", 60_000)},
		{"a long script", "<script>" + strings.Repeat("cf-", 5_000_000) + "</script>"},
		{"deep data", `<script type="application/ld+json">` + strings.Repeat(`[`, 9_000) + strings.Repeat(`]`, 9_000) + "</script>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := page.Parse(tt.html)
			if err != nil {
				t.Fatal(err)
			}
			ps := page.Pieces(doc)
			start := parallel.Used()
			judge(doc, ps, nil, recount.Fetch{}, "")
			if took := parallel.Used() - start; took > time.Minute {
				t.Errorf("took %v", took)
			}
		})
	}
}
