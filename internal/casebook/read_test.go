package casebook

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"recount"
	"recount/internal/store"
)

// What is held of speakers says what the rows said, and their keys are those
// that the program gave them.
func TestReadSpeakersSayWhatRowsSay(t *testing.T) {
	words := newWords()
	row := func(id string, kind recount.SpeakerKind, g recount.Gender, inside, elsewhere int, mention recount.Span, mentions ...recount.Span) store.SpeakerRow {
		s := recount.Speaker{Article: "a", Mention: mention}
		return store.SpeakerRow{Article: "a", Key: s.Key(), ID: id, Kind: kind, Gender: g, Mention: mention, Mentions: mentions, Inside: inside, Elsewhere: elsewhere}
	}
	at := func(from, to int) recount.Span { return recount.Span{Start: from, End: to} }
	pages := map[string][]store.SpeakerRow{
		"nobody":                  nil,
		"one":                     {row("s1", recount.Named, recount.Woman, 2, 0, at(3, 9), at(3, 9))},
		"mentioned nowhere":       {row("s1", recount.Collective, recount.NoGender, 0, 0, at(0, 0))},
		"the second of three so":  {row("s1", recount.Named, recount.Man, 1, 1, at(3, 9), at(3, 9), at(20, 22)), row("s2", recount.Document, "", 0, 4, at(30, 31)), row("s3", recount.Anonymous, recount.UnknownGender, 7, 0, at(40, 44), at(40, 44))},
		"a kind of another time":  {row("speaker one", "oracle", "she", 1, 0, at(1, 2), at(1, 2))},
		"far into a long text":    {row("s9", recount.Pseudonym, recount.Man, 1<<31, 0, at(1<<31, 1<<31+5), at(7, 8), at(1<<31, 1<<31+5))},
		"two of one name and age": {row("s1", recount.Named, recount.Woman, 1, 0, at(3, 9), at(3, 9)), row("s2", recount.Named, recount.Woman, 1, 0, at(50, 56), at(50, 56))},
	}
	for name, rows := range pages {
		p := &page{Head: &store.Head{Key: "a"}, speakers: readSpeakers{newReadPage(rows, words), words}}
		if p.speakers.len() != len(rows) {
			t.Errorf("%s: %d speakers; want %d", name, p.speakers.len(), len(rows))
			continue
		}
		for i, want := range rows {
			r := p.speakers.Speakers[i]
			got := store.SpeakerRow{Article: "a", Key: p.key(i), ID: p.speakers.id(i), Kind: p.speakers.kind(i), Gender: p.speakers.gender(i), Mention: p.speakers.mention(i),
				Mentions: p.speakers.mentions(i), Inside: int(r.Inside), Elsewhere: int(r.Elsewhere)}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s: speaker %d is held as\n%v; want\n%v", name, i, got, want)
			}
			if p.readAs(want.Key) != i {
				t.Errorf("%s: speaker %d is found as %d by its key", name, i, p.readAs(want.Key))
			}
		}
		if len(rows) > 0 && !p.speakers.sound() {
			t.Errorf("%s: its mentions are not where it says", name)
		}
	}
	if (&readPage{Speakers: []readSpeaker{{Until: 2}, {Until: 1}}, Mentions: make([]shortSpan, 1)}).sound() || (&readPage{Mentions: make([]shortSpan, 1)}).sound() {
		t.Error("mentions that belong to nobody were taken for sound")
	}
}

// Places are in an order in which those are equal that have one name.
func TestPlacesOfOneNameAreEqual(t *testing.T) {
	p := &page{Head: &store.Head{Key: "a"}, id: pageID("p.html", "")}
	at := func(n ...int) (out []recount.Span) {
		for i := 0; i < len(n); i += 2 {
			out = append(out, recount.Span{Start: n[i], End: n[i+1]})
		}
		return out
	}
	var all []Placement
	for _, spans := range [][]recount.Span{at(1, 2), at(1, 12), at(1, 2, 5, 6), at(11, 12), at(2, 12), at(1, 2), at(1, 2, 5, 6)} {
		all = append(all, p.placement(Anchored, spans, ""), p.placement(Moved, spans, ""), p.placement(InOlder, spans, "x"), p.placement(InOlder, spans, "y"))
	}
	for i := range all {
		for j := range all {
			if same := all[i].name() == all[j].name(); same != (all[i].compare(&all[j]) == 0) {
				t.Errorf("%q and %q compare as %d", all[i].name(), all[j].name(), all[i].compare(&all[j]))
			}
			if cmp.Compare(all[i].compare(&all[j]), 0) != -cmp.Compare(all[j].compare(&all[i]), 0) {
				t.Errorf("%q and %q are in no order", all[i].name(), all[j].name())
			}
		}
	}
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b Placement) int { return a.compare(&b) })
	for i := range sorted[1:] {
		if sorted[i].compare(&sorted[i+1]) > 0 {
			t.Errorf("%q stands before %q", sorted[i].name(), sorted[i+1].name())
		}
	}
}
