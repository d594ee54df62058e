package quotes

import (
	"os"
	"strings"
	"testing"

	"recount"
)

func fictional(t testing.TB) string {
	data, err := os.ReadFile("testdata/long.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// BenchmarkRead reads one long article of our own.
func BenchmarkRead(b *testing.B) {
	a := &recount.Article{Key: "long", Text: fictional(b), Language: "en"}
	Read(a)
	b.SetBytes(int64(len(a.Text)))
	b.ReportAllocs()
	for b.Loop() {
		Read(a)
	}
}

var _ = strings.Repeat
