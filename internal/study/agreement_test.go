package study_test

import (
	"context"
	"strings"
	"testing"

	"recount"
	"recount/internal/casebook"
	"recount/internal/coding"
	"recount/internal/study"
	"recount/internal/text"
)

// TestAgreementOnCuts: two coders mark passages of one article, and one of them
// a second article that the other did not read; u-alpha is that of the first.
func TestAgreementOnCuts(t *testing.T) {
	s, _ := demo(t)
	ctx := context.Background()
	persons, _, err := s.Persons(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var articles []*recount.Article
	for _, p := range persons {
		a, err := s.Text(ctx, p.Members[0].Article, text.Extractor)
		if err != nil {
			t.Fatal(err)
		}
		if len(articles) == 0 || articles[0].Key != a.Key {
			articles = append(articles, a)
		}
		if len(articles) == 2 {
			break
		}
	}
	mark := func(actor string, a *recount.Article, code string, start, end int) {
		t.Helper()
		cp := recount.NewCodePoints(a.Text)
		_, err := s.Decide(ctx, study.By{Actor: actor}, casebook.Draft{Answer: recount.PassageBody{Code: code, At: recount.AnchorAt(a, cp, recount.Span{Start: start, End: end}), Answer: recount.Yes}})
		if err != nil {
			t.Fatal(err)
		}
	}
	bytesTo := func(a *recount.Article, letter int) int { return len(string([]rune(a.Text)[:letter])) }
	a := articles[0]
	for _, x := range []struct {
		actor, code string
		start, end  int
	}{{"ada", "brutality", 100, 200}, {"ada", "corruption", 300, 360}, {"bob", "brutality", 120, 220}, {"bob", "brutality", 310, 360}} {
		mark(x.actor, a, x.code, bytesTo(a, x.start), bytesTo(a, x.end))
	}
	mark("ada", articles[1], "brutality", 0, bytesTo(articles[1], 50))
	list, err := s.Agreement(ctx, recount.KindPassage, "")
	if err != nil {
		t.Fatal(err)
	}
	span := func(code string, start, end int) coding.Marked {
		return coding.Marked{Span: recount.Span{Start: start, End: end}, Value: code}
	}
	length := len([]rune(a.Text))
	marks := map[string][]coding.Marked{"ada": {span("brutality", 100, 200), span("corruption", 300, 360)}, "bob": {span("brutality", 120, 220), span("brutality", 310, 360)}}
	one := map[string][]coding.Marked{"ada": marks["ada"][:1], "bob": marks["bob"]}
	want := map[string][]coding.Coefficient{"": {coding.UAlpha(length, marks), coding.CUAlpha(length, "ada", "bob", marks)}, "brutality": {coding.UAlpha(length, one)}}
	for _, x := range list {
		var got []coding.Coefficient
		for _, c := range x.Coefficients {
			if c.Of == "passage" {
				got = append(got, c)
			}
		}
		for i, w := range want[x.Subject] {
			if i >= len(got) || got[i].String() != w.String() || got[i].Value != w.Value || strings.Join(got[i].Actors, " ") != "ada bob" {
				t.Errorf("%q: %v, want %v", x.Subject, got, want[x.Subject])
			}
		}
		delete(want, x.Subject)
	}
	if len(want) > 0 {
		t.Errorf("nothing is said of %v", want)
	}
}
