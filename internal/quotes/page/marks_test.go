package page

import (
	"slices"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/parallel"
)

func TestRegions(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"straight", `He said "it sank" and left.`, []string{"it sank"}},
		{"curly", "He said “it sank” and left.", []string{"it sank"}},
		{"nested in other marks", "“He said ‘go home’ and left,” she said.", []string{"He said ‘go home’ and left,"}},
		{"nested in the same marks", "“They had “selfish” reasons and left”, it said.", []string{"They had “selfish” reasons and left"}},
		{"nested straight marks", `"They had "selfish" reasons and left", it said.`, []string{`They had "selfish" reasons and left`}},
		{"French", "« Il pleut », dit-elle.", []string{"Il pleut"}},
		{"German", "„Es regnet“, sagte sie.", []string{"Es regnet"}},
		{"German, turned inwards", "»Es regnet«, sagte sie.", []string{"Es regnet"}},
		{"Swedish", "”Det regnar”, sade hon.", []string{"Det regnar"}},
		{"TeX", "He said ``it sank'' and left.", []string{"it sank"}},
		{"single", "He called it ‘a slow boat’ twice.", []string{"a slow boat"}},
		{"single straight", "He called it 'a slow boat' twice.", []string{"a slow boat"}},
		{"an apostrophe is no mark", "The crew's boat and the sailors' coats weren't there.", nil},
		{"a lost closing mark", "“It sank, he said.", []string{"It sank, he said."}},
		{"a lost closing mark with another inside", "“It “sank” fast, he said.\nNobody saw it.", []string{"It “sank"}},
		{"two in one line", "“It sank,” he said. “We swam.”", []string{"It sank,", "We swam."}},
		{"over paragraphs, reopened", "“It sank.\n“We swam,” he said.", []string{"It sank.", "We swam,"}},
		{"over paragraphs, not reopened", "“It sank.\nWe swam,” he said.", []string{"It sank.", "We swam,"}},
		{"empty marks", "“” and \"\"", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, r := range regionsOf(tt.text) {
				got = append(got, r.Inner.In(tt.text))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("regionsOf(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func FuzzRegions(f *testing.F) {
	f.Add("“a “b” c” 'd e' «f» „g“ ``h'' \"i\"")
	f.Add("\"\"\"''''``“”„«»‹›‘’\n\n\"")
	f.Add("»a« ”b” ‚c d’ \xff\"\xfe")
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		last := 0
		for _, r := range regionsOf(text) {
			if r.Outer.Start < last || !r.Outer.Within(text) || !r.Inner.Within(text) || !r.Outer.Contains(r.Inner) {
				t.Fatalf("region %v after %d in %q", r, last, text)
			}
			last = r.Outer.End
		}
	})
}

func TestManyMarksAreReadInLinearTime(t *testing.T) {
	for _, mark := range []string{`"`, "“", "”", "'", "‘ a", "« ", "„", "“a\n"} {
		start := parallel.Used()
		text := strings.Repeat(mark, (1<<20)/len(mark))
		New(&recount.Article{Text: text, Language: "en"})
		if d := parallel.Used() - start; d > 20*time.Second {
			t.Errorf("1 MB of %q took %v", mark, d)
		}
	}
}
