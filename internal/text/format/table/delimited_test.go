package table

import (
	"fmt"
	"testing"
)

func TestScan(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"quotes, doubled and with a separator", "a,\"b,\"\"c\"\"\"\n", `1["a" "b,\"c\""]`},
		{"a line break in quotes", "\"a\nb\",c\nd,e", `1["a\nb" "c"]2["d" "e"]`},
		{"empty lines count", "a,b\n\n\nc,d\n", `1["a" "b"]4["c" "d"]`},
		{"line ends of Windows", "a,b\r\n\"c\",\"d\"\r\n", `1["a" "b"]2["c" "d"]`},
		{"a quote that is not doubled", "\"a \"b\" c\",d\n", `1["a \"b\" c" "d"]`},
		{"a quote that is never closed", "\"a,b\nc,d\n", `1["\"a" "b"]2["c" "d"]`},
		{"a quote inside a cell", "5\" disk,b\n", `1["5\" disk" "b"]`},
		{"spaces before a quote", "a, \"b,c\" ,d\n", `1["a" "b,c" "d"]`},
		{"a separator at the very end", "a,", `1["a" ""]`},
		{"a quote at the very end", "a,\"", `1["a" "\""]`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			for s := scanDelimited(tt.in, dialect{separator: ',', quote: '"'}); s.Next(); {
				got += fmt.Sprintf("%d%q", s.N, s.Cells)
			}
			if got != tt.want {
				t.Errorf("Scan(%q) = %s, want %s", tt.in, got, tt.want)
			}
		})
	}
}

func TestDetect(t *testing.T) {
	tests := []struct {
		name, in string
		want     dialect
	}{
		{"commas", "a,b\nc,d\n", dialect{',', '"', false, 0}},
		{"semicolons, with commas in numbers", "a;b\n1,5;2\n2,5;3\n", dialect{';', '"', false, 0}},
		{"tabs", "a\tb\nc\td\n", dialect{'\t', '"', false, 0}},
		{"a line that says so", "sep=|\na|b\n", dialect{'|', '"', false, 6}},
		{"backslashes", "a,b\n\"c \\\"d\\\"\",e\n", dialect{',', '"', true, 0}},
		{"single quotation marks", "'a','b'\n'c','d'\n", dialect{',', '\'', false, 0}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := detectDialect(tt.in, func([]string) int { return 0 }); got != tt.want {
				t.Errorf("Detect(%q) = %+v, want %+v", tt.in, got, tt.want)
			}
		})
	}
}
