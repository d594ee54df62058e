package derive

import (
	"testing"

	"recount"
	"recount/internal/quotes"
)

func TestOnePlaceOneSpeaker(t *testing.T) {
	at := func(id string, start, end int) recount.Speaker {
		return recount.Speaker{Article: "a", ID: id, Name: id, Mention: recount.Span{Start: start, End: end}}
	}
	r := recount.Reading{
		Speakers:   []recount.Speaker{at("s1", 0, 6), at("s2", 0, 6), at("s3", 10, 16), at("s4", 0, 6), at("s5", 0, 0), at("s6", 0, 0)},
		Statements: []recount.Statement{{Speaker: "s1"}, {Speaker: "s2"}, {Speaker: "s3"}, {Speaker: "s4"}, {Speaker: ""}, {Speaker: "s6"}},
	}
	onePlaceOneSpeaker(&r)
	var ids, of string
	for _, s := range r.Speakers {
		ids += s.ID + " "
	}
	for _, s := range r.Statements {
		of += s.Speaker + " "
	}
	if ids != "s1 s3 s5 s6 " || of != "s1 s1 s3 s1  s6 " {
		t.Errorf("speakers %q, statements by %q; want one speaker for the place 0 to 6, and those without a place as they are", ids, of)
	}
}

// A reading that breaks off is the fault of one article, and says so.
func TestFault(t *testing.T) {
	a := &recount.Article{Key: "a", Text: "The ferry left.", Blocks: []recount.Block{{Span: recount.Span{Start: 0, End: 15}, Role: recount.Body}}}
	r, found := readOne(a, func(*recount.Article) recount.Reading { panic("no such word") })
	if Fault(&r) != "what this article says could not be read: no such word" || found != nil || r.Article != "a" || r.Reader != reader {
		t.Errorf("a reading that breaks off: %+v, %d figures; want a fault of this article and no figure", r, len(found))
	}
	if r, _ := readOne(a, quotes.Read); Fault(&r) != "" {
		t.Errorf("fault %q in an article that is in order", Fault(&r))
	}
}
