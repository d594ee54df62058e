package recount_test

import (
	"fmt"
	"time"

	"recount"
)

// A place that a decision names is found again in a text that was extracted
// anew, by its words.
func ExampleAnchor() {
	old := &recount.Article{URL: "https://harbour.example/bell", Text: "“The bell rang twice”, said Ilse Okoro."}
	anchor := recount.AnchorAt(old, recount.NewCodePoints(old.Text), recount.Span{Start: 3, End: 22})
	again := &recount.Article{URL: old.URL, Text: "A bell in the harbour\n" + old.Text}
	spans, moved, ok := anchor.Place(again, recount.NewCodePoints(again.Text))
	fmt.Printf("%q moved=%t found=%t\n", spans[0].In(again.Text), moved, ok)
	// Output: "The bell rang twice" moved=true found=true
}

// The keys of derived things follow from what they are made of, so that they
// outlive a rebuild.
func ExampleArticleKey() {
	capture := recount.CaptureKey(recount.HashText("<p>The bell rang.</p>"), "bell.html")
	again := recount.CaptureKey(recount.HashText("<p>The bell rang.</p>"), "bell.html")
	fmt.Println(recount.ArticleKey(capture, "") == recount.ArticleKey(again, ""), recount.ArticleKey(capture, "row 2") == recount.ArticleKey(capture, "row 3"))
	// Output: true false
}

// Which decisions hold does not depend on the order in which they arrive.
func ExampleReplay() {
	day := func(date, reason string, replaces ...string) recount.Decision {
		d, err := recount.Seal(recount.Draft{Kind: recount.KindDate, Study: "harbour", Actor: "ann", Reason: reason, Replaces: replaces,
			Time: time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC), Salt: "00", Body: recount.DateBody{Page: "https://harbour.example/bell", Published: date}})
		if err != nil {
			panic(err)
		}
		return d
	}
	first := day("2014-05-14", "the line below the headline")
	second := day("2014-05-15", "the archive of the outlet", first.ID)
	for _, arrival := range [][]recount.Decision{{first, second}, {second, first}} {
		log := recount.Replay("harbour", arrival, func(string) []string { return nil })
		fmt.Println(log.Live(first.ID), log.Live(second.ID))
	}
	// Output:
	// false true
	// false true
}

// A date is known as far as it is known.
func ExampleParseDate() {
	for _, s := range []string{"2014-05-14", "2014-05", "2014-02-30"} {
		d, err := recount.ParseDate(s)
		fmt.Println(d, err != nil, recount.HintOf(err) != "")
	}
	// Output:
	// 2014-05-14 false false
	// 2014-05 false false
	//  true true
}
