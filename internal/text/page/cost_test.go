package page

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"recount"
)

func TestParseRefusesWhatWouldGrow(t *testing.T) {
	open := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "<b a=%d>", i)
		}
		return b.String()
	}
	tests := []struct {
		name, src string
		refused   bool
	}{
		{"400 open elements before 10,000 paragraphs", "<body><p>" + open(400) + strings.Repeat("<p>x", 10_000), true},
		{"closed at the very end", "<body><p>" + open(400) + strings.Repeat("<p>x", 10_000) + strings.Repeat("</b>", 400), true},
		{"the same element left open again and again", strings.Repeat("<p><b class=x>word", 20_000), false},
		{"formatting that is closed", strings.Repeat("<p><b>word</b> <i>word</i> <a href=x>word</a>", 20_000), false},
		{"a few left open", "<body>" + open(20) + strings.Repeat("<p>x", 5_000), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Parse(tt.src); errors.Is(err, recount.ErrRefused) != tt.refused {
				t.Errorf("Parse = %v; want it refused: %v", err, tt.refused)
			}
		})
	}
}
