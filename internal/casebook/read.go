package casebook

import (
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"recount"
	"recount/internal/store"
)

// What the program read of the speakers of a page is held in as few bytes as
// it takes: there are more of them than of anything else. Their names stand in
// the store, and what a key is made of is enough to make it again.

// A readSpeaker is a store.SpeakerRow without what the page says of it.
type readSpeaker struct {
	ID, Kind, Gender word
	Mention          shortSpan
	Until            uint32 // where its mentions end in the list of the page; they begin where those of the one before end
	Inside           uint32
	Elsewhere        uint32
}

// A shortSpan is a recount.Span of a text that is shorter than four gigabytes.
type shortSpan struct{ Start, End uint32 }

func shorten(s recount.Span) shortSpan { return shortSpan{uint32(s.Start), uint32(s.End)} }

func (s shortSpan) span() recount.Span { return recount.Span{Start: int(s.Start), End: int(s.End)} }

// A readPage is the speakers of one page in the order of their first mention.
type readPage struct {
	Speakers []readSpeaker
	Mentions []shortSpan
}

// readSpeakers are those of a page, with the words that they hold.
type readSpeakers struct {
	*readPage
	words *words
}

func (r readSpeakers) len() int {
	if r.readPage == nil {
		return 0
	}
	return len(r.Speakers)
}

func (r readSpeakers) id(i int) string { return r.words.of(r.Speakers[i].ID) }

func (r readSpeakers) kind(i int) recount.SpeakerKind {
	return recount.SpeakerKind(r.words.of(r.Speakers[i].Kind))
}

func (r readSpeakers) gender(i int) recount.Gender {
	return recount.Gender(r.words.of(r.Speakers[i].Gender))
}

// mention is where the fullest name stands.
func (r readSpeakers) mention(i int) recount.Span { return r.Speakers[i].Mention.span() }

// mentions lists every place that speaks of a speaker.
func (r readSpeakers) mentions(i int) []recount.Span {
	ms := r.mentioned(i)
	out := make([]recount.Span, len(ms))
	for j, m := range ms {
		out[j] = m.span()
	}
	return out
}

func (r readSpeakers) mentioned(i int) []shortSpan {
	from := uint32(0)
	if i > 0 {
		from = r.Speakers[i-1].Until
	}
	return r.Mentions[from:r.Speakers[i].Until]
}

// mentionedIn reports whether some place that speaks of a speaker overlaps one.
func (r readSpeakers) mentionedIn(i int, at recount.Span) bool {
	return slices.ContainsFunc(r.mentioned(i), func(m shortSpan) bool { return m.span().Overlaps(at) })
}

// sound reports whether the mentions of each speaker are where it says.
func (r *readPage) sound() bool {
	from := uint32(0)
	for i := range r.Speakers {
		if r.Speakers[i].Until < from {
			return false
		}
		from = r.Speakers[i].Until
	}
	return int64(from) == int64(len(r.Mentions))
}

// key is the key of a speaker that was read.
func (p *page) key(i int) recount.Key {
	s := recount.Speaker{Article: p.Key, Mention: p.speakers.mention(i)}
	return s.Key()
}

// readAs returns which of the page's speakers has a key; -1 if none has.
func (p *page) readAs(key recount.Key) int {
	for i := range p.speakers.len() {
		if p.key(i) == key {
			return i
		}
	}
	return -1
}

// newReadPage keeps rows of the store; nil if there are none.
func newReadPage(rows []store.SpeakerRow, words *words) *readPage {
	if len(rows) == 0 {
		return nil
	}
	n := 0
	for i := range rows {
		n += len(rows[i].Mentions)
	}
	r := &readPage{Speakers: make([]readSpeaker, len(rows)), Mentions: make([]shortSpan, 0, n)}
	for i, x := range rows {
		for _, m := range x.Mentions {
			r.Mentions = append(r.Mentions, shorten(m))
		}
		r.Speakers[i] = readSpeaker{words.number(x.ID), words.number(string(x.Kind)), words.number(string(x.Gender)), shorten(x.Mention),
			uint32(len(r.Mentions)), uint32(x.Inside), uint32(x.Elsewhere)}
	}
	return r
}

// Words are texts of which there are few and that many things hold, each with
// its number. They are for one goroutine while one is added.
type words struct {
	at   map[string]word
	list []string
}

// A word is the number of a text among words.
type word uint32

func newWords() *words { return &words{at: map[string]word{"": 0}, list: []string{""}} }

func (w *words) copy() *words { return &words{maps.Clone(w.at), slices.Clone(w.list)} }

func (w *words) of(n word) string { return w.list[n] }

func (w *words) number(s string) word {
	n, ok := w.at[s]
	if !ok {
		s = strings.Clone(s) // which may be a part of something large
		n = word(len(w.list))
		w.at[s], w.list = n, append(w.list, s)
	}
	return n
}

// A shortKey is a recount.Key in half of the bytes.
type shortKey [16]byte

// shortKeyOf returns a key in short; ok is false for what is no key.
func shortKeyOf(k recount.Key) (s shortKey, ok bool) {
	if len(k) != 2*len(s) {
		return s, false
	}
	_, err := hex.Decode(s[:], []byte(k))
	return s, err == nil && recount.Key(hex.EncodeToString(s[:])) == k
}
