package study

import (
	"testing"

	"recount"
	"recount/internal/quotes"
)

// A reading that breaks off is the fault of one article, and says so.
func TestFault(t *testing.T) {
	a := &recount.Article{Key: "a", Text: "The ferry left.", Blocks: []recount.Block{{Span: recount.Span{Start: 0, End: 15}, Role: recount.Body}}}
	r, found := readOne(a, func(*recount.Article) recount.Reading { panic("no such word") })
	if readingFault(&r) != "what this article says could not be read: no such word" || found != nil || r.Article != "a" || r.Reader != reader {
		t.Errorf("a reading that breaks off: %+v, %d figures; want a fault of this article and no figure", r, len(found))
	}
	if r, _ := readOne(a, quotes.Read); readingFault(&r) != "" {
		t.Errorf("fault %q in an article that is in order", readingFault(&r))
	}
}
