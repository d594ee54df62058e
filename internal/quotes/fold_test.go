package quotes

import (
	"testing"

	"recount"
)

func TestFoldSpeakers(t *testing.T) {
	at := func(id string, start, end int) recount.Speaker {
		return recount.Speaker{Article: "a", ID: id, Name: id, Mention: recount.Span{Start: start, End: end}}
	}
	r := recount.Reading{
		Speakers:   []recount.Speaker{at("s1", 0, 6), at("s2", 0, 6), at("s3", 10, 16), at("s4", 0, 6), at("s5", 0, 0), at("s6", 0, 0)},
		Statements: []recount.Statement{{Speaker: "s1"}, {Speaker: "s2"}, {Speaker: "s3"}, {Speaker: "s4"}, {Speaker: ""}, {Speaker: "s6"}},
	}
	FoldSpeakers(&r)
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
