package text

import (
	"slices"
	"strings"
	"testing"

	"recount"
)

// TestShortSentences reads pages in which sentences of an article are too short
// for an extractor. Each must be in the body.
func TestShortSentences(t *testing.T) {
	const (
		long  = "A court in Ardmore on Friday freed seven fishermen who had been accused of selling eels without a licence to a buyer from the south."
		next  = "The prosecutor said that the state would appeal to the high court before the end of the month, and asked for time."
		third = "The river has had no eels since the mill closed its sluice in the spring of last year, and nobody has asked the miller why."
	)
	p := func(list ...string) string { return "<p>" + strings.Join(list, "</p><p>") + "</p>" }
	div := func(list ...string) string { return "<div>" + p(list...) + "</div>" }
	tests := []struct {
		name, html string
		want       []string
	}{
		{"denials behind one paragraph", p(long, "Per Dahl denied it.", "Ida Krog denied it."), []string{long, "Per Dahl denied it.", "Ida Krog denied it."}},
		{"four denials", p(long, "Dahl denied it.", "Krog denied it.", "Moe denied it.", "Lund denied it."), []string{long, "Dahl denied it.", "Krog denied it.", "Moe denied it.", "Lund denied it."}},
		{"above one paragraph", p("Per Dahl denied it.", long), []string{"Per Dahl denied it.", long}},
		{"above a correction that is longer", p("Fourteen boats burned in Brandal on Sunday.", "Correction: An earlier version misstated the number of boats as 41; it is 14."), []string{"Fourteen boats burned in Brandal on Sunday.", "Correction: An earlier version misstated the number of boats as 41; it is 14."}},
		{"in a div behind", div(long, next) + div("Dahl called the ruling a joke.", "“I am glad,” said Ida Krog."), []string{long, next, "Dahl called the ruling a joke.", "“I am glad,” said Ida Krog."}},
		{"in a div above", div("Dahl denied that he sold eels.", "“I was asleep,” he said.", "Krog denied it too.") + div(long, next, third), []string{"Dahl denied that he sold eels.", "“I was asleep,” he said.", "Krog denied it too.", long, next, third}},
		{"behind an advertisement", div(long, next) + `<div class="ad">Advertisement</div>` + div("Dahl denied that he had sold eels."), []string{long, next, "Dahl denied that he had sold eels."}},
		{"in sections", `<section>` + p(long, next) + `</section><section><h2>The denial</h2>` + p("Dahl denied it again.", "Krog did not answer.") + `</section>`, []string{long, next, "Dahl denied it again.", "Krog did not answer."}},
		{"paragraphs in divs", `<div>` + long + `</div><div>Per Dahl denied it.</div><div>` + next + `</div><div>Ida Krog denied it.</div>`, []string{long, "Per Dahl denied it.", next, "Ida Krog denied it."}},
		{"a quotation alone", p(long, next, "“We sold no eels.”"), []string{long, next, "“We sold no eels.”"}},
		{"a figure first", p(long, "14 boats were sold.", "41 were not."), []string{long, "14 boats were sold.", "41 were not."}},
		{"in Russian", p("Суд в Ардморе в пятницу освободил семерых рыбаков, которых обвиняли в продаже угрей без лицензии.", "Даль это отрицает.", "Круг это отрицает."), []string{"Суд в Ардморе в пятницу освободил семерых рыбаков, которых обвиняли в продаже угрей без лицензии.", "Даль это отрицает.", "Круг это отрицает."}},
		{"in Arabic", p("أفرجت محكمة في أردمور يوم الجمعة عن سبعة صيادين اتهموا ببيع ثعابين السمك من دون رخصة.", "نفى دال ذلك أمس.", "نفت كروغ ذلك أيضا."), []string{"أفرجت محكمة في أردمور يوم الجمعة عن سبعة صيادين اتهموا ببيع ثعابين السمك من دون رخصة.", "نفى دال ذلك أمس.", "نفت كروغ ذلك أيضا."}},

		// What only looks like one.
		{"offers and rights", p(long, next, "Subscribe for $3.50 a week.", "Copyright 2014 Quay Courier. All rights reserved.", "Sign up for our newsletter."), []string{long, next}},
		{"of the site", div(long, next, third) + div("This page requires JavaScript.", "Thank you for reading."), []string{long, next, third}},
		{"a link", p(long, next) + `<p><a href="/x">Two men lost at sea.</a></p>`, []string{long, next}},
		{"teasers", p(long, next) + `<div class="more">` + strings.Repeat(`<div><h3><a href="/x">Choir sings</a></h3><p>The choir sang on.</p></div>`, 4) + `</div>`, []string{long, next}},
		{"in a box beside", p(long, next) + `<aside>` + p("The choir sang on.") + `</aside>`, []string{long, next}},
		{"below another headline", p(long, next, third) + `</article><article><h1>The choir sings</h1>` + p("The choir of the upper town sang for an hour on Friday before anybody noticed that the hall was empty.", "The choir sang on.", "The caretaker said that she had locked the door at six and that nobody had told her of a concert."), []string{long, next, third}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := `<html><head><title>Seven freed</title></head><body><article><h1>Seven freed</h1>` + tt.html + `</article></body></html>`
			a := extract(t, src, Options{Name: "p.html"})
			got := blocksOf(a, recount.Body)
			if !slices.Equal(got, tt.want) {
				t.Errorf("body is %q; want %q; notes %q", got, tt.want, a.Notes)
			}
			resolve(t, []byte(src), a)
		})
	}
}

// TestShortSentencesAreNoted reads pages with short sentences that may be of
// the article and may not. The reader is told.
func TestShortSentencesAreNoted(t *testing.T) {
	tests := []struct {
		name, html string
		noted      string
	}{
		{"in a div of another class", `<div class="x"><p>Per Dahl denied it.</p></div>`, "a short sentence inside the element of the article was left out, the first reads “Per Dahl denied it.”"},
		{"two of them", `<div class="x"><div class="y"><p>Per Dahl denied it.</p><p>Ida Krog denied it.</p></div></div>`, "2 short sentences inside the element of the article were left out, the first reads “Per Dahl denied it.”"},
		{"with a link in it", `<div><p>The list of boats is <a href="/x">here</a>.</p></div>`, "a short sentence inside the element of the article was left out, the first reads “The list of boats is here.”"},
		{"a paragraph of another class", `<div><p class="b">Per Dahl denied it.</p></div>`, "a short sentence inside the element of the article was left out, the first reads “Per Dahl denied it.”"},
		{"none", ``, ""},
		{"a label", `<div class="x"><p>Advertisement</p></div>`, ""},
		{"of the site", `<div class="x"><p>This page requires JavaScript.</p></div>`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := extract(t, `<html><head><title>Ferry strike</title></head><body><article><h1>Ferry strike</h1><div><p>`+strings.Join(tale, "</p><p>")+`</p></div>`+tt.html+`</article></body></html>`, Options{Name: "p.html"})
			if got := strings.Join(a.Notes, "; "); got != tt.noted || !slices.Equal(blocksOf(a, recount.Body), tale) {
				t.Errorf("notes %q, body %q; want %q", got, blocksOf(a, recount.Body), tt.noted)
			}
		})
	}
}
