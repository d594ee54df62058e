// Package storetest is the suite that every engine of the store must pass. In:
// a function that opens an empty store. Method: each test writes records of
// package recount, reads them back and compares them whole. Limits: what only
// one engine has (files, backups, damage) is tested beside the engine.
package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"recount"
	"recount/internal/store"
)

// Run runs the suite. open returns a store with nothing in it, which the test
// closes.
func Run(t *testing.T, open func(t *testing.T) *store.Store) {
	for _, tt := range []struct {
		name string
		run  func(t *testing.T, s *store.Store)
	}{
		{"settings", settings},
		{"captures", captures},
		{"captures are added all or none", captureBatch},
		{"refusals", refusals},
		{"search log", searches},
		{"articles", articles},
		{"many articles come in order while others are written", articlePages},
		{"a capture waits until an extractor has made or refused something of it", unextracted},
		{"an erased text does not come back", eraseText},
		{"decisions", decisions},
		{"a decision keeps every byte that is hashed", decisionBytes},
		{"an erased decision stays erased in any order of arrival", eraseDecision},
		{"readings", readings},
		{"readings and figures of any number of rows", manyRows},
		{"figures", figures},
		{"relations and originals", relations},
		{"suggestions", suggestions},
		{"stamps", stamps},
		{"search", search},
		{"what is derived around a page", derivation},
		{"postings", postings},
		{"derived data can be dropped", dropDerived},
		{"strange text", strangeText},
		{"integrity", integrity},
		{"writers at the same time", writers},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			t.Cleanup(func() {
				if err := s.Close(); err != nil {
					t.Errorf("Close() = %v", err)
				}
			})
			tt.run(t, s)
		})
	}
}

func check(t *testing.T, what string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s differs (-want +got):\n%s", what, d)
	}
}

func all[T any](t *testing.T, what string, seq iter.Seq2[T, error]) (out []T) {
	t.Helper()
	for v, err := range seq {
		check(t, what, err)
		out = append(out, v)
	}
	return out
}

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func capture(name string) recount.Capture {
	hash := recount.HashText("bytes of " + name)
	return recount.Capture{
		Key: recount.CaptureKey(hash, name), Hash: hash, Name: name, Captured: noon, Size: 1 << 33,
		MediaType: "text/html; charset=utf-8", Channel: "file", Search: `"left the order" OR defectors`,
		Origin: recount.Origin{Fetch: &recount.Fetch{Status: 200, ETag: `"a"`}, Hints: []recount.Candidate{{Field: "title", Value: "'\"\n", Origin: "row 2"}}},
		Record: recount.WARCRecord{File: "recount-00001.warc.gz", Offset: 1 << 30, Length: 4321},
	}
}

func article(name, part, extractor string) recount.Article {
	c := capture(name)
	return recount.Article{
		Key: recount.ArticleKey(c.Key, part), Capture: c.Key, Name: name, Part: part, Extractor: extractor,
		URL: "https://news.example/" + name, Title: "Twelve leave the order", Byline: "By Ines Marlow",
		Authors: []string{"Ines Marlow"}, Outlet: "The Harbour Post", Published: "2014-05-14T09:20:00+02:00",
		Precision: recount.ToMinute, DateFlag: "origins disagree",
		Dates:    []recount.Candidate{{Value: "2014-05-14", Origin: "url"}},
		Metadata: []recount.Candidate{{Field: "title", Value: "Twelve leave", Origin: "og:title"}, {}},
		Language: "en", Text: "Twelve leave the order\n\u201cI had to go,\u201d said Ada.",
		Blocks: []recount.Block{
			{Span: recount.Span{Start: 0, End: 22}, Role: recount.Headline, Path: "/html[1]/body[1]/h1[1]"},
			{Span: recount.Span{Start: 23, End: 53}, Role: recount.Body, Path: "/html[1]/body[1]/p[1]"},
		},
		Notes: []string{"two extractors disagree", ""},
	}
}

func settings(t *testing.T, s *store.Store) {
	ctx := t.Context()
	got, err := s.Meta(ctx, "id")
	check(t, "Meta", err)
	same(t, "a setting that was never set", got, "")
	check(t, "SetMeta", s.SetMeta(ctx, "id", "one"))
	check(t, "SetMeta", s.SetMeta(ctx, "id", "two"))
	check(t, "SetMeta", s.SetMeta(ctx, "other", "three"))
	got, err = s.Meta(ctx, "id")
	check(t, "Meta", err)
	same(t, "the setting", got, "two")
}

func captures(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a, b := capture("pages/a.html"), capture("pages/b.html")
	if b.Key < a.Key {
		a, b = b, a
	}
	check(t, "PutCaptures", s.PutCaptures(ctx, []recount.Capture{b, a}))
	again := a
	again.Captured, again.Search = noon.Add(time.Hour), "another search"
	check(t, "PutCaptures", s.PutCaptures(ctx, []recount.Capture{again}))
	got, err := s.Captures(ctx)
	check(t, "Captures", err)
	same(t, "captures by key, the known one as it was", got, []recount.Capture{a, b})
	one, err := s.Capture(ctx, b.Key)
	check(t, "Capture", err)
	same(t, "one capture", one, b)
	if _, err := s.Capture(ctx, "none"); !errors.Is(err, recount.ErrNotFound) {
		t.Errorf("Capture of an unknown key = %v; want ErrNotFound", err)
	}
	for key, want := range map[recount.Key]bool{a.Key: true, "none": false} {
		has, err := s.HasCapture(ctx, key)
		check(t, "HasCapture", err)
		same(t, "HasCapture", has, want)
	}
}

func captureBatch(t *testing.T, s *store.Store) {
	ctx := t.Context()
	bad := capture("b.html")
	bad.Name = "b\xff.html"
	err := s.PutCaptures(ctx, []recount.Capture{capture("a.html"), bad})
	if !errors.Is(err, recount.ErrInvalid) {
		t.Errorf("PutCaptures with an invalid name = %v; want ErrInvalid", err)
	}
	got, err := s.Captures(ctx)
	check(t, "Captures", err)
	same(t, "captures after a refused batch", len(got), 0)
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if err := s.PutCaptures(ended, []recount.Capture{capture("a.html")}); !errors.Is(err, context.Canceled) {
		t.Errorf("PutCaptures after the end of its context = %v; want context.Canceled", err)
	}
}

func refusals(t *testing.T, s *store.Store) {
	ctx := t.Context()
	empty := recount.Refusal{Name: "b/empty.html", Hash: "e3", Stage: "add", Reason: "an empty file", Hint: "save the page again"}
	closed := recount.Refusal{Name: "a", Stage: "add", Reason: "an unreadable folder", Hint: "allow reading"}
	check(t, "PutRefusals", s.PutRefusals(ctx, []recount.Refusal{empty, closed, empty}))
	later := closed
	later.Reason = "a folder that is gone"
	check(t, "PutRefusals", s.PutRefusals(ctx, []recount.Refusal{later}))
	got, err := s.Refusals(ctx)
	check(t, "Refusals", err)
	same(t, "refusals, each once, with the newest reason", got, []recount.Refusal{later, empty})
	check(t, "PutCaptures", s.PutCaptures(ctx, []recount.Capture{capture("b/empty.html")}))
	got, err = s.Refusals(ctx)
	check(t, "Refusals", err)
	same(t, "refusals after the file was repaired", got, []recount.Refusal{later})
	check(t, "ForgetRefusals", s.ForgetRefusals(ctx, []string{"a", "what was never refused"}))
	got, err = s.Refusals(ctx)
	check(t, "Refusals", err)
	same(t, "refusals after what was refused came in", len(got), 0)

	c := capture("b/empty.html")
	c.Origin.Columns = map[string]string{"text": "Words"}
	c.Record.Offset += 1000
	unread := recount.Refusal{Name: c.Name, Hash: c.Hash, Stage: "extract", Reason: "no column of text"}
	check(t, "PutRefusals", s.PutRefusals(ctx, []recount.Refusal{unread}))
	check(t, "ChangeCaptures", s.ChangeCaptures(ctx, []recount.Capture{c}))
	changed, err := s.Capture(ctx, c.Key)
	check(t, "Capture", err)
	same(t, "a capture of which more is known", changed, c)
	got, err = s.Refusals(ctx)
	check(t, "Refusals", err)
	same(t, "refusals after more is known of it", len(got), 0)
	if err := s.ChangeCaptures(ctx, []recount.Capture{capture("nobody has this.html")}); !errors.Is(err, recount.ErrNotFound) {
		t.Errorf("ChangeCaptures of what is not there = %v; want recount.ErrNotFound", err)
	}
}

func searches(t *testing.T, s *store.Store) {
	ctx := t.Context()
	one := recount.SearchRun{Time: noon.Add(time.Minute), Actor: "ines", Channel: "file", Query: "defectors",
		Details: recount.SearchDetails{Database: "A database", String: `defect* w/5 "the order"`, Language: "en", Filters: "newspapers", Made: "2026-02-27", Hits: 214},
		Paths:   []string{strings.Repeat("a very long path/", 500)}, Offered: 10, Added: 5, Known: 3, Refused: 2}
	two := recount.SearchRun{Time: noon, Actor: "jo", Channel: "file"}
	check(t, "PutSearch", s.PutSearch(ctx, recount.SearchRun{Time: one.Time, Actor: one.Actor, Channel: one.Channel, Query: one.Query, Paths: one.Paths}))
	check(t, "PutSearch", s.PutSearch(ctx, one))
	check(t, "PutSearch", s.PutSearch(ctx, two))
	got, err := s.Searches(ctx)
	check(t, "Searches", err)
	same(t, "the search log, oldest first", got, []recount.SearchRun{two, one})
}

func articles(t *testing.T, s *store.Store) {
	ctx := t.Context()
	full := article("a.html", "", "recount-2")
	bare := recount.Article{Key: full.Key, Capture: full.Capture, Name: "a.html", Extractor: "recount-1", Authors: []string{}}
	check(t, "PutCaptures", s.PutCaptures(ctx, []recount.Capture{capture("a.html")}))
	check(t, "PutArticles", s.PutArticles(ctx, []recount.Article{full, bare}))
	same(t, "articles by key and extractor", all(t, "Articles", s.Articles(ctx)), []*recount.Article{&bare, &full})
	got, err := s.Article(ctx, full.Key)
	check(t, "Article", err)
	same(t, "the article of the newest extractor", got, &full)
	full.Title, full.Text, full.Blocks = "Better read", "Better read", nil
	check(t, "PutReadings", s.PutReadings(ctx, []recount.Reading{{Article: full.Key, Reader: "r"}}))
	check(t, "PutArticles", s.PutArticles(ctx, []recount.Article{full}))
	got, err = s.Article(ctx, full.Key)
	check(t, "Article", err)
	same(t, "the article read again", got, &full)
	unread, err := s.Unread(ctx, "r")
	check(t, "Unread", err)
	same(t, "articles without a reading of the text they have now", unread, []recount.Key{full.Key})
	if _, err := s.Article(ctx, "none"); !errors.Is(err, recount.ErrNotFound) {
		t.Errorf("Article of an unknown key = %v; want ErrNotFound", err)
	}
}

func articlePages(t *testing.T, s *store.Store) {
	ctx := t.Context()
	var cs []recount.Capture
	var as []recount.Article
	for i := range 100 {
		name := fmt.Sprintf("p/%03d.html", i)
		cs = append(cs, capture(name))
		as = append(as, article(name, "", "recount-1"))
	}
	check(t, "PutCaptures", s.PutCaptures(ctx, cs))
	check(t, "PutArticles", s.PutArticles(ctx, as))
	last, n := recount.Key(""), 0
	for a, err := range s.Articles(ctx) {
		check(t, "Articles", err)
		if a.Key <= last {
			t.Fatalf("article %s after %s", a.Key, last)
		}
		last, n = a.Key, n+1
		check(t, "PutReadings", s.PutReadings(ctx, []recount.Reading{{Article: a.Key, Reader: "r"}}))
		check(t, "SetMeta", s.SetMeta(ctx, "last", string(a.Key)))
	}
	same(t, "number of articles", n, 100)
	same(t, "number of readings", len(all(t, "Readings", s.Readings(ctx))), 100)
	for range s.Articles(ctx) {
		break // leaving early must not lock anything
	}
	check(t, "SetMeta", s.SetMeta(ctx, "last", ""))
}

func unextracted(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a, b, c := capture("a.html"), capture("b.html"), capture("c.html")
	check(t, "PutCaptures", s.PutCaptures(ctx, []recount.Capture{a, b, c}))
	check(t, "PutArticles", s.PutArticles(ctx, []recount.Article{article("a.html", "1", "recount-1"), article("a.html", "2", "recount-1")}))
	refused := recount.Refusal{Name: b.Name, Hash: b.Hash, Stage: "extract", Reason: "no text", Extractor: "recount-1"}
	check(t, "PutRefusals", s.PutRefusals(ctx, []recount.Refusal{refused, {Name: c.Name, Hash: c.Hash, Stage: "add"}}))
	waiting := func(extractor string, want ...string) {
		t.Helper()
		got, err := s.Unextracted(ctx, extractor)
		check(t, "Unextracted", err)
		names := map[string]bool{}
		for i, c := range got {
			names[c.Name] = true
			if i > 0 && c.Key <= got[i-1].Key {
				t.Errorf("Unextracted is not in the order of the keys")
			}
		}
		wanted := map[string]bool{}
		for _, n := range want {
			wanted[n] = true
		}
		same(t, "captures that wait for "+extractor, names, wanted)
	}
	waiting("recount-1", "c.html")
	waiting("recount-2", "a.html", "b.html", "c.html")
	check(t, "PutArticles", s.PutArticles(ctx, []recount.Article{article("b.html", "", "recount-2")}))
	unread, err := s.NeverExtracted(ctx)
	check(t, "NeverExtracted", err)
	same(t, "captures that nobody read", len(unread) == 1 && unread[0].Name == "c.html", true)
	got, err := s.Refusals(ctx)
	check(t, "Refusals", err)
	same(t, "refusals after a better extractor", len(got), 1)
}

func eraseText(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a := article("a.html", "", "recount-1")
	check(t, "PutCaptures", s.PutCaptures(ctx, []recount.Capture{capture("a.html")}))
	check(t, "PutArticles", s.PutArticles(ctx, []recount.Article{a}))
	check(t, "PutReadings", s.PutReadings(ctx, []recount.Reading{{Article: a.Key, Reader: "r"}}))
	check(t, "EraseText", s.EraseText(ctx, a.Key))
	again := article("a.html", "", "recount-2")
	check(t, "PutArticles", s.PutArticles(ctx, []recount.Article{again}))
	got := all(t, "Articles", s.Articles(ctx))
	same(t, "number of articles", len(got), 2)
	for _, g := range got {
		if g.Text != "" || g.Title != "" || g.Byline != "" || g.Authors != nil || g.Metadata != nil || g.Blocks != nil {
			t.Errorf("article of %s still has its words: %+v", g.Extractor, g)
		}
		if g.URL != a.URL || g.Published != a.Published || len(g.Notes) != 1 {
			t.Errorf("article of %s does not say what was there: %+v", g.Extractor, g)
		}
	}
	same(t, "number of readings", len(all(t, "Readings", s.Readings(ctx))), 0)
	if err := s.EraseText(ctx, "none"); !errors.Is(err, recount.ErrNotFound) {
		t.Errorf("EraseText of an unknown key = %v; want ErrNotFound", err)
	}
}

func decide(t *testing.T, n int, body any) recount.Decision {
	t.Helper()
	d, err := recount.Seal(recount.Draft{Kind: recount.KindDate, Study: "study", Round: "pilot", Actor: "ines",
		Time: noon.Add(time.Duration(n) * time.Second), Base: []string{"b1", "b2"}, Reason: "because \u2026 \"so\"",
		Salt: fmt.Sprintf("%032d", n), Body: body})
	check(t, "Seal", err)
	return d
}

func decisions(t *testing.T, s *store.Store) {
	ctx := t.Context()
	var ds []recount.Decision
	for n := range 20 {
		ds = append(ds, decide(t, n, recount.DateBody{Page: "p", Published: fmt.Sprint(2000 + n)}))
	}
	added, err := s.PutDecisions(ctx, ds[10:])
	check(t, "PutDecisions", err)
	same(t, "decisions added", added, 10)
	added, err = s.PutDecisions(ctx, append(ds, ds[0]))
	check(t, "PutDecisions", err)
	same(t, "decisions added the second time", added, 10)
	got, err := s.Decisions(ctx)
	check(t, "Decisions", err)
	same(t, "number of decisions", len(got), 20)
	byID := map[string]recount.Decision{}
	for _, d := range ds {
		byID[d.ID] = d
	}
	for i, d := range got {
		if i > 0 && d.ID <= got[i-1].ID {
			t.Errorf("decision %s after %s", d.ID, got[i-1].ID)
		}
		check(t, "Check", d.Check())
		same(t, "a decision", d, byID[d.ID])
	}
}

func decisionBytes(t *testing.T, s *store.Store) {
	ctx := t.Context()
	for n, page := range []string{"", "a\x00b", "\xff\xfe", "<&>\u2028\"\\", "\U0001F600 e\u0301 \uFEFF", "line\nline\r\n\ttab", "'; DROP TABLE answer; --", strings.Repeat("x", 1<<20)} {
		d := decide(t, n, recount.DateBody{Page: page})
		_, err := s.PutDecisions(ctx, []recount.Decision{d})
		check(t, fmt.Sprintf("PutDecisions with %.20q", page), err)
	}
	got, err := s.Decisions(ctx)
	check(t, "Decisions", err)
	same(t, "number of decisions", len(got), 8)
	for _, d := range got {
		check(t, "Check", d.Check())
	}
}

func eraseDecision(t *testing.T, s *store.Store) {
	ctx := t.Context()
	whole, other := decide(t, 1, recount.DateBody{Page: "p"}), decide(t, 2, recount.DateBody{Page: "q"})
	erased, otherErased := whole, other
	erased.Erasable, otherErased.Erasable = nil, nil
	_, err := s.PutDecisions(ctx, []recount.Decision{whole, other})
	check(t, "PutDecisions", err)
	check(t, "EraseDecision", s.EraseDecision(ctx, whole.ID))
	added, err := s.PutDecisions(ctx, []recount.Decision{whole, otherErased, other})
	check(t, "PutDecisions", err)
	same(t, "decisions added", added, 0)
	got, err := s.Decisions(ctx)
	check(t, "Decisions", err)
	want := []recount.Decision{erased, otherErased}
	if want[1].ID < want[0].ID {
		want[0], want[1] = want[1], want[0]
	}
	same(t, "erased decisions", got, want)
	if err := s.EraseDecision(ctx, "none"); !errors.Is(err, recount.ErrNotFound) {
		t.Errorf("EraseDecision of an unknown id = %v; want ErrNotFound", err)
	}
}

func reading(article recount.Key) recount.Reading {
	q := recount.Quotation{Type: recount.Mixed, Source: []recount.Span{{Start: 40, End: 43}}, Cue: []recount.Span{{Start: 35, End: 39}},
		Content: []recount.Span{{Start: 1, End: 9}, {Start: 12, End: 20}}, Speech: true}
	return recount.Reading{
		Article: article, Reader: "reader-1",
		Statements: []recount.Statement{{Key: recount.StatementKey(article, q), Article: article, Quotation: q, Speaker: "s1", Confidence: 750}},
		Speakers: []recount.Speaker{{Article: article, ID: "s1", Name: "Ada <Quist>", Kind: recount.Named, Gender: recount.Woman,
			Mention: recount.Span{Start: 40, End: 43}, Mentions: []recount.Span{{Start: 40, End: 43}}}},
		Sentences: []recount.Sentence{{Span: recount.Span{Start: 0, End: 43}, Role: recount.OffTopic, Reason: "another story"}},
		Notes:     []string{"no lexicon"},
	}
}

func readings(t *testing.T, s *store.Store) {
	ctx := t.Context()
	check(t, "PutCaptures", s.PutCaptures(ctx, []recount.Capture{capture("a.html"), capture("b.html")}))
	a, b := article("a.html", "", "recount-1"), article("b.html", "", "recount-1")
	if b.Key < a.Key {
		a, b = b, a
	}
	check(t, "PutArticles", s.PutArticles(ctx, []recount.Article{a, b}))
	ra, rb := reading(a.Key), recount.Reading{Article: b.Key, Reader: "reader-1"}
	check(t, "PutReadings", s.PutReadings(ctx, []recount.Reading{rb, {Article: a.Key, Reader: "reader-0"}}))
	unread, err := s.Unread(ctx, "reader-1")
	check(t, "Unread", err)
	same(t, "articles not read by this reader", unread, []recount.Key{a.Key})
	check(t, "PutReadings", s.PutReadings(ctx, []recount.Reading{ra}))
	unread, err = s.Unread(ctx, "reader-1")
	check(t, "Unread", err)
	same(t, "articles not read", len(unread), 0)
	same(t, "readings by article", all(t, "Readings", s.Readings(ctx)), []*recount.Reading{&ra, &rb})
	spoken, noted := ra, recount.Reading{Article: ra.Article, Reader: ra.Reader, Notes: ra.Notes}
	spoken.Sentences = nil
	if len(ra.Sentences) == 0 || len(ra.Statements) == 0 || len(ra.Speakers) == 0 || len(ra.Notes) == 0 {
		t.Fatalf("a reading to tell parts apart by lacks one: %+v", ra)
	}
	same(t, "readings without sentences", all(t, "ReadingsSpoken", s.ReadingsSpoken(ctx)), []*recount.Reading{&spoken, &rb})
	same(t, "notes of readings", all(t, "ReadingsNoted", s.ReadingsNoted(ctx)), []*recount.Reading{&noted, &rb})
}

// Many rows go with one statement, and what is left over one by one: each number
// around those of a statement comes back whole and in order.
func manyRows(t *testing.T, s *store.Store) {
	ctx := t.Context()
	var want []*recount.Reading
	var figs []*store.ArticleFigures
	for i, n := range []int{0, 1, 49, 50, 51, 99, 100, 101, 350} {
		r := reading(recount.Key(fmt.Sprintf("article-%02d", i)))
		statement, speaker, sentence := r.Statements[0], r.Speakers[0], r.Sentences[0]
		r.Statements, r.Speakers, r.Sentences = nil, nil, nil
		f := &store.ArticleFigures{Article: r.Article}
		for k := range n {
			at := recount.Span{Start: 10 * k, End: 10*k + 9}
			statement.Content = []recount.Span{at}
			statement.Key = recount.StatementKey(r.Article, statement.Quotation)
			speaker.ID, speaker.Mention, speaker.Mentions = fmt.Sprint("s", k), at, []recount.Span{at}
			sentence.Span, sentence.Reason = at, fmt.Sprint("story ", k)
			r.Statements, r.Speakers, r.Sentences = append(r.Statements, statement), append(r.Speakers, speaker), append(r.Sentences, sentence)
			f.Figures = append(f.Figures, recount.ReportedFigure{Key: recount.Key(fmt.Sprint("figure ", k)), Article: r.Article, Span: at,
				Kind: recount.CountFigure, Value: &recount.Decimal{Digits: int64(k)}, Unit: "boats", Of: -1})
		}
		want = append(want, &r)
		if n > 0 {
			figs = append(figs, f)
		}
	}
	var rs []recount.Reading
	for _, r := range want {
		rs = append(rs, *r)
	}
	for range 2 { // the second time in place of the first
		check(t, "PutReadings", s.PutReadings(ctx, rs))
		for _, f := range figs {
			check(t, "PutFigures", s.PutFigures(ctx, f.Article, f.Figures))
		}
	}
	same(t, "readings by article", all(t, "Readings", s.Readings(ctx)), want)
	same(t, "figures by article", all(t, "Figures", s.Figures(ctx)), figs)
}

func figures(t *testing.T, s *store.Store) {
	ctx := t.Context()
	figs := []recount.ReportedFigure{
		{Key: "k2", Article: "a", Span: recount.Span{Start: 5, End: 9}, Kind: recount.CountFigure, Value: &recount.Decimal{Digits: 58},
			Qualifier: recount.About, Unit: "defectors", Of: -1, SaidBy: "s1", From: "2014-01-01", To: "2015-08-31"},
		{Key: "k1", Article: "a", Kind: recount.ShareFigure, Low: &recount.Decimal{Digits: 61, Places: 2}, Qualifier: recount.AtLeast, Of: 0, Withdrawn: true, CorrectedBy: "k2"},
	}
	check(t, "PutFigures", s.PutFigures(ctx, "b", nil))
	check(t, "PutFigures", s.PutFigures(ctx, "a", figs[:1]))
	check(t, "PutFigures", s.PutFigures(ctx, "a", figs))
	same(t, "figures by article, in their order", all(t, "Figures", s.Figures(ctx)), []*store.ArticleFigures{{Article: "a", Figures: figs}})
	of, err := s.FiguresOf(ctx, "a")
	check(t, "FiguresOf", err)
	same(t, "figures of one article", of, figs)
}

func relations(t *testing.T, s *store.Store) {
	ctx := t.Context()
	rs := []recount.Relation{
		{A: "a", B: "b", Kind: recount.Copy, CoverageA: 990, CoverageB: 1000, First: "a", Reason: "it names its agency",
			Spans: []recount.Alignment{{A: recount.Span{Start: 1, End: 2}, B: recount.Span{Start: 3, End: 4}}}},
		{A: "a", B: "c", Kind: recount.Trace},
	}
	os := []recount.Original{
		{Key: "o1", Members: []recount.Key{"a", "b"}, First: "a", Reason: "earliest", Spliced: false},
		{Key: "o2", Members: []recount.Key{"c"}, Spliced: true},
	}
	check(t, "ReplaceRelations", s.ReplaceRelations(ctx, []recount.Relation{{A: "x", B: "y"}}, []recount.Original{{Key: "z"}}))
	check(t, "ReplaceRelations", s.ReplaceRelations(ctx, []recount.Relation{rs[1], rs[0]}, []recount.Original{os[1], os[0]}))
	gotR, err := s.Relations(ctx)
	check(t, "Relations", err)
	same(t, "relations by pair", gotR, rs)
	gotO, err := s.Originals(ctx)
	check(t, "Originals", err)
	same(t, "originals by key", gotO, os)
}

func suggestions(t *testing.T, s *store.Store) {
	ctx := t.Context()
	want := []recount.Suggestion{
		{A: "b", B: "c", Weight: 1200, Probability: 998, Bars: []recount.Bar{{Field: "name", A: "Ada Quist", B: "A. Quist", Bits: 812}}},
		{A: "a", B: "b", Weight: -300, Probability: 12},
		{A: "a", B: "c", Weight: -300, Probability: 12},
	}
	check(t, "ReplaceSuggestions", s.ReplaceSuggestions(ctx, []recount.Suggestion{{A: "x", B: "y"}}))
	check(t, "ReplaceSuggestions", s.ReplaceSuggestions(ctx, []recount.Suggestion{want[2], want[0], want[1]}))
	got, err := s.Suggestions(ctx)
	check(t, "Suggestions", err)
	same(t, "suggestions, heaviest first", got, want)
	if err := s.ReplaceSuggestions(ctx, []recount.Suggestion{want[0], want[0]}); err == nil {
		t.Errorf("ReplaceSuggestions takes one pair twice")
	}
	got, err = s.Suggestions(ctx)
	check(t, "Suggestions", err)
	same(t, "suggestions after a refused replacement", got, want)
}

func stamps(t *testing.T, s *store.Store) {
	ctx := t.Context()
	for _, v := range []string{"", "one", "two"} {
		got, err := s.Stamp(ctx, "copies")
		check(t, "Stamp", err)
		if v == "" {
			same(t, "a stamp that was never set", got, "")
		}
		check(t, "SetStamp", s.SetStamp(ctx, "copies", v))
	}
	got, err := s.Stamp(ctx, "copies")
	check(t, "Stamp", err)
	same(t, "the stamp", got, "two")
}

func dropDerived(t *testing.T, s *store.Store) {
	ctx := t.Context()
	check(t, "PutReadings", s.PutReadings(ctx, []recount.Reading{reading("a")}))
	check(t, "PutFigures", s.PutFigures(ctx, "a", nil))
	check(t, "ReplaceRelations", s.ReplaceRelations(ctx, []recount.Relation{{A: "a", B: "b"}}, []recount.Original{{Key: "o"}}))
	check(t, "ReplaceSuggestions", s.ReplaceSuggestions(ctx, []recount.Suggestion{{A: "a", B: "b"}}))
	check(t, "SetStamp", s.SetStamp(ctx, "copies", "x"))
	check(t, "SetMeta", s.SetMeta(ctx, "id", "kept"))
	check(t, "DropDerived", s.DropDerived(ctx))
	rs, err := s.Relations(ctx)
	check(t, "Relations", err)
	os, err := s.Originals(ctx)
	check(t, "Originals", err)
	gs, err := s.Suggestions(ctx)
	check(t, "Suggestions", err)
	stamp, err := s.Stamp(ctx, "copies")
	check(t, "Stamp", err)
	n := len(rs) + len(os) + len(gs) + len(stamp) + len(all(t, "Readings", s.Readings(ctx))) + len(all(t, "Figures", s.Figures(ctx)))
	same(t, "what is left of the derived data", n, 0)
	id, err := s.Meta(ctx, "id")
	check(t, "Meta", err)
	same(t, "the study's own data", id, "kept")
}

func strangeText(t *testing.T, s *store.Store) {
	ctx := t.Context()
	check(t, "PutCaptures", s.PutCaptures(ctx, []recount.Capture{capture("a.html")}))
	a := article("a.html", "", "recount-1")
	a.Title, a.Byline, a.Outlet, a.Authors = "t\x00\xff\xfe", "\xed\xa0\x80", "o\x00", []string{"n\x00", "m\xff"}
	check(t, "PutArticles", s.PutArticles(ctx, []recount.Article{a}))
	got, err := s.Article(ctx, a.Key)
	check(t, "Article", err)
	same(t, "title", got.Title, "t\uFFFD\uFFFD\uFFFD")
	same(t, "byline", got.Byline, "\uFFFD\uFFFD\uFFFD")
	same(t, "outlet", got.Outlet, "o\uFFFD")
	same(t, "authors", got.Authors, []string{"n\x00", "m\uFFFD"})
	for _, text := range []string{"a\x00b", "a\xffb"} {
		a.Text = text
		if err := s.PutArticles(ctx, []recount.Article{a}); !errors.Is(err, recount.ErrInvalid) {
			t.Errorf("PutArticles with text %q = %v; want ErrInvalid", text, err)
		}
	}
	check(t, "PutRefusals", s.PutRefusals(ctx, []recount.Refusal{{Name: "n\xff\x00", Stage: "add", Reason: "r\x00"}}))
}

func integrity(t *testing.T, s *store.Store) {
	check(t, "Integrity", s.Integrity(t.Context()))
}

func writers(t *testing.T, s *store.Store) {
	ctx := t.Context()
	done := make(chan error)
	for n := range 8 {
		d := decide(t, n, recount.DateBody{Page: "p"})
		go func() {
			_, err := s.PutDecisions(ctx, []recount.Decision{d})
			for _, e := range s.Articles(ctx) {
				err = errors.Join(err, e)
			}
			done <- errors.Join(err, s.SetStamp(ctx, "copies", d.ID))
		}()
	}
	for range 8 {
		check(t, "a writer", <-done)
	}
	got, err := s.Decisions(ctx)
	check(t, "Decisions", err)
	same(t, "number of decisions", len(got), 8)
	var body recount.DateBody
	check(t, "body", json.Unmarshal(got[0].Erasable.Body, &body))
}

func search(t *testing.T, s *store.Store) {
	ctx := context.Background()
	known, err := s.Searchable(ctx)
	check(t, "Searchable", err)
	if len(known) != 0 {
		t.Errorf("Searchable() of a new study = %v", known)
	}
	check(t, "PutSearchable", s.PutSearchable(ctx, []store.SearchText{
		{Article: "a", Stamp: "1", Title: "The ferry", Text: "Nobody saw the ferry leave. Élodie waited."},
		{Article: "b", Stamp: "1", Title: "A bridge", Text: "It was closed. قال الرجل إنه انتظر طويلا."},
		{Article: "c", Stamp: "1", Title: "\"Quotes\" & 'marks' OR NOT *", Text: "Ferries are slow."},
	}, nil))
	find := func(q string) string {
		t.Helper()
		hits, err := s.Search(ctx, q, 10)
		check(t, "Search", err)
		var out []string
		for _, h := range hits {
			if !strings.Contains(h.Snippet, "\x02") || !strings.Contains(h.Snippet, "\x03") {
				t.Errorf("Search(%q): no hit is marked in %q", q, h.Snippet)
			}
			out = append(out, string(h.Article))
		}
		return strings.Join(out, " ")
	}
	for _, tt := range []struct{ name, query, want string }{
		{"a word", "bridge ", "b"},
		{"in any case", "BRIDGE", "b"},
		{"all words", "ferry leave", "a"},
		{"the beginning of the last word", "ferr", "c a"},
		{"a whole word is no beginning", "ferr ", ""},
		{"Arabic", "الرجل", "b"},
		{"what the engine means something by is text", "OR NOT", "c"},
		{"quotation marks", "\"quotes\" 'marks'", "c"},
		{"no words", " * \" ", ""},
		{"nothing", "", ""},
		{"none", "tramway", ""},
	} {
		got := find(tt.query)
		if tt.query == "ferr" {
			if !strings.Contains(got, "a") || !strings.Contains(got, "c") {
				t.Errorf("%s: Search(%q) = %q", tt.name, tt.query, got)
			}
			continue
		}
		if got != tt.want {
			t.Errorf("%s: Search(%q) = %q, want %q", tt.name, tt.query, got, tt.want)
		}
	}
	check(t, "PutSearchable", s.PutSearchable(ctx, []store.SearchText{{Article: "b", Stamp: "2", Title: "A bridge", Text: "It is open."}}, []recount.Key{"a"}))
	if got := find("closed"); got != "" {
		t.Errorf("words of an older text are found in %q", got)
	}
	if got := find("leave"); got != "" {
		t.Errorf("words of an article that was taken out are found in %q", got)
	}
	known, err = s.Searchable(ctx)
	check(t, "Searchable", err)
	if len(known) != 2 || known["b"] != "2" {
		t.Errorf("Searchable() = %v", known)
	}
	check(t, "DropDerived", s.DropDerived(ctx))
	if got := find("open"); got != "" {
		t.Errorf("after everything derived was dropped %q is found", got)
	}
}
