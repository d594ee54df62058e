package study_test

import (
	"context"
	"slices"
	"testing"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// names lists pages by name.
func names(pages []casebook.Page) (out []string) {
	for _, p := range pages {
		out = append(out, p.Article.Page())
	}
	return out
}

// filled is a study of the example's pages without decisions.
func filled(t *testing.T) *study.Study {
	t.Helper()
	ctx := context.Background()
	s := fresh(t)
	if _, err := s.Add(ctx, study.Offer{Paths: []string{pagesOf(t)}, Search: "the example pages"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Extract(ctx, false); err != nil {
		t.Fatal(err)
	}
	return s
}

// Pages are drawn in an order that nobody chooses and everybody can repeat: of
// every original the first print, and the next draw goes on where the last
// ended.
func TestDraw(t *testing.T) {
	ctx := context.Background()
	s := filled(t)
	b, err := s.Casebook(ctx)
	if err != nil {
		t.Fatal(err)
	}
	first := map[string]bool{}
	for _, o := range b.Originals() {
		if p, ok := b.Page(o.First); ok && !o.Spliced {
			first[p.Article.Page()] = true
		}
	}
	one, err := s.Sample(ctx, 3)
	if err != nil || len(one) != 3 {
		t.Fatalf("drew %v, %v; want 3 pages", names(one), err)
	}
	rest, err := s.Sample(ctx, 1000)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(one) + len(rest); n != len(first) {
		t.Errorf("drew %d pages in all, want the first prints of all %d originals", n, len(first))
	}
	for _, p := range append(names(one), names(rest)...) {
		if !first[p] {
			t.Errorf("drew %s, which is no first print, or twice", p)
		}
		delete(first, p)
	}
	if none, err := s.Sample(ctx, 3); err != nil || len(none) != 0 {
		t.Errorf("drew %v from nothing left", names(none))
	}
	again, err := filled(t).Sample(ctx, 1000)
	if err != nil || !slices.Equal(names(again), append(names(one), names(rest)...)) {
		t.Error("the same study draws in another order")
	}
}

// The miss rate is over the pages that were drawn and read to the end: what was
// typed in, of what was accepted there.
func TestMiss(t *testing.T) {
	ctx := context.Background()
	s := filled(t)
	drawn, err := s.Sample(ctx, 2)
	if err != nil {
		t.Fatal(err)
	}
	check := func(what string, want recount.Miss) {
		t.Helper()
		got, _, err := s.Miss(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if got.Drawn != want.Drawn || !slices.Equal(got.Read, want.Read) || len(got.Accepted) != want.Statements || got.Statements != want.Statements+len(got.Unanswered) || got.Missed != want.Missed {
			t.Errorf("%s: drawn %d, read %v, %d statements, %d missed; want %d, %v, %d, %d", what, got.Drawn, got.Read, len(got.Accepted), got.Missed,
				want.Drawn, want.Read, want.Statements, want.Missed)
		}
	}
	// accept says that the first words of each of n sentences of a page are a
	// statement, the first typed of them typed in.
	accept := func(p casebook.Page, n, typed int) {
		t.Helper()
		b, err := s.Casebook(ctx)
		if err != nil {
			t.Fatal(err)
		}
		r, err := b.Reading(ctx, p.Key)
		if err != nil || len(r.Sentences) < n {
			t.Fatalf("page %s has %d sentences: %v", p.Article.Page(), len(r.Sentences), err)
		}
		for i := range n {
			at, err := b.Anchor(ctx, p.Key, r.Sentences[i].Span)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Decide(ctx, study.By{}, casebook.Draft{Answer: recount.StatementBody{Answer: recount.Accepted, At: at, Type: recount.Indirect, Typed: i < typed}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	check("drawn, not read", recount.Miss{Drawn: 2})
	accept(drawn[0], 4, 1)
	accept(drawn[1], 2, 2)
	check("accepted on pages that nobody read to the end", recount.Miss{Drawn: 2})
	if _, err := s.ReadToTheEnd(ctx, drawn[0].Article.Page()); err != nil {
		t.Fatal(err)
	}
	check("one of two read", recount.Miss{Drawn: 2, Read: []recount.Key{drawn[0].Key}, Statements: 4, Missed: 1})
	b, err := s.Casebook(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range b.Pages() {
		if n := p.Article.Page(); n != drawn[0].Article.Page() && n != drawn[1].Article.Page() {
			accept(p, 2, 2)
			if _, err := s.ReadToTheEnd(ctx, n); err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	check("read without being drawn says nothing", recount.Miss{Drawn: 2, Read: []recount.Key{drawn[0].Key}, Statements: 4, Missed: 1})

	// The whole is what the page holds: what the program read there and nobody
	// answered is part of it, until somebody rejects it.
	before, _, err := s.Miss(ctx)
	if err != nil || len(before.Unanswered) == 0 {
		t.Fatalf("%d statements are read and not answered: %v", len(before.Unanswered), err)
	}
	b, err = s.Casebook(ctx)
	if err != nil {
		t.Fatal(err)
	}
	at, err := b.Anchor(ctx, drawn[0].Key, before.Unanswered[0].At...)
	if err != nil {
		t.Fatal(err)
	}
	for _, answer := range []recount.Acceptance{recount.Rejected, recount.Accepted} {
		if _, err := s.Decide(ctx, study.By{}, casebook.Draft{Answer: recount.StatementBody{Answer: answer, At: at, Type: before.Unanswered[0].Type}}); err != nil {
			t.Fatal(err)
		}
		after, _, err := s.Miss(ctx)
		if err != nil {
			t.Fatal(err)
		}
		whole := before.Statements
		if answer == recount.Rejected {
			whole--
		}
		if after.Statements != whole || len(after.Unanswered) != len(before.Unanswered)-1 || after.Missed != before.Missed {
			t.Errorf("%s: %d statements, %d not answered, %d missed; before %d, %d, %d", answer, after.Statements, len(after.Unanswered), after.Missed, before.Statements, len(before.Unanswered), before.Missed)
		}
	}
}
