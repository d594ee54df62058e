package casebook

import (
	"fmt"
	"strings"
	"testing"

	"recount"
)

// Texts that are asked for again are kept up to a number of bytes, those asked
// for last the longest.
func TestTextsAreKeptUpToABound(t *testing.T) {
	x := newTexts(100)
	name := func(i int) textName { return textName{recount.Key(fmt.Sprint(i)), "e"} }
	put := func(i, size int) {
		n := name(i)
		x.put(n, &located{Article: &recount.Article{Key: n.article, Extractor: "e", Text: strings.Repeat("x", size)}})
	}
	kept := func() (out string) {
		for i := range 10 {
			if e := x.at[name(i)]; e != nil {
				out += fmt.Sprint(i)
			}
		}
		return out
	}
	steps := []struct {
		do   func()
		want string
	}{
		{func() { put(1, 40); put(2, 40) }, "12"},
		{func() { put(3, 40) }, "23"},
		{func() { x.get(name(2)); put(4, 40) }, "24"},
		{func() { put(5, 101) }, "24"}, // larger than all room
		{func() { put(6, 100) }, "6"},
		{func() { put(7, 0); put(6, 100) }, "67"}, // known
		{func() { put(8, 1) }, "78"},
	}
	for i, s := range steps {
		s.do()
		if got := kept(); got != s.want {
			t.Fatalf("after step %d the texts %s are kept; want %s", i+1, got, s.want)
		}
		total := 0
		for e := x.order.Front(); e != nil; e = e.Next() {
			total += len(e.Value.(*located).Text)
		}
		if total != x.size || total > 100 || len(x.at) != x.order.Len() {
			t.Fatalf("after step %d: %d bytes in %d texts, noted as %d in %d", i+1, total, x.order.Len(), x.size, len(x.at))
		}
	}
}
