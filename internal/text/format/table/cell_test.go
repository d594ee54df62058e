package table

import "testing"

func TestAddress(t *testing.T) {
	tests := []struct{ name, cell, want string }{
		{"as it is", " https://a.news.example/1?b=c,d ", "https://a.news.example/1?b=c,d"},
		{"without a scheme", "www.news.example/1", "https://www.news.example/1"},
		{"in a formula", `=HYPERLINK("https://a.news.example/1";"Read")`, "https://a.news.example/1"},
		{"in Markdown", "[Read](https://a.news.example/1)", "https://a.news.example/1"},
		{"in HTML", `<a href="https://a.news.example/1?a=1&amp;b=2">Read</a>`, "https://a.news.example/1?a=1&b=2"},
		{"two of them", "https://a.news.example/1; https://a.news.example/2", "https://a.news.example/1"},
		{"none", "news.example", ""},
		{"another scheme", "ftp://a.news.example/1", ""},
		{"a script", "javascript:alert(1)", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := address(tt.cell); got != tt.want {
				t.Errorf("Address(%q) = %q, want %q", tt.cell, got, tt.want)
			}
		})
	}
}

func TestBlank(t *testing.T) {
	for cell, want := range map[string]bool{"": true, " N/A ": true, "NaN": true, "null": true, "-": true, "0": false, "no": false, "Nan Tern": false} {
		if got := blank(cell); got != want {
			t.Errorf("Blank(%q) = %v", cell, got)
		}
	}
}
