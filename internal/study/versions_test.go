package study

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"recount"
)

const story = `The order lost another twelve of its members in March.
Ada Quist, 24, said she walked to the harbour at night.
"Nobody asked where I was going," she said.
The council did not answer.`

func changeLines(changes []Change) (out []string) {
	for _, c := range changes {
		out = append(out, c.String())
	}
	return out
}

func TestCompare(t *testing.T) {
	tests := []struct {
		name     string
		from, to string // replaced in the story
		want     []string
	}{
		{"nothing", "", "", nil},
		{"an age is corrected", "24", "26", []string{`corrected "24" to "26" in "Ada Quist, 26, said she walked to the harbour at night."`}},
		{"a paragraph is added at the end", "did not answer.", "did not answer.\nThis article was corrected on Monday.",
			[]string{`added "This article was corrected on Monday."`}},
		{"a paragraph is dropped", "\nThe council did not answer.", "", []string{`dropped "The council did not answer."`}},
		{"a word is dropped", "another twelve", "twelve", []string{`dropped "another" in "The order lost twelve of its members in March."`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			to := story
			if tt.from != "" {
				to = strings.Replace(story, tt.from, tt.to, 1)
			}
			got := changeLines(compareVersions(&recount.Article{Text: story}, &recount.Article{Text: to}))
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("Compare (-want +got):\n%s", d)
			}
		})
	}
}

func TestFind(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2014, 5, d, 0, 0, 0, 0, time.UTC) }
	article := func(capture, text string) *recount.Article {
		k := recount.Key(capture)
		return &recount.Article{Key: recount.ArticleKey(k, ""), Capture: k, URL: "https://news.example/a", Title: "Twelve leave", Text: text}
	}
	newest := article("c", strings.Replace(story, "24", "26", 1))
	middle, first := article("b", story), article("a", strings.Replace(story, "twelve", "ten", 1))
	again := article("c", story) // another reading of the newest capture
	got := findVersions([]*recount.Article{newest, article("d", "alone")}, map[recount.Key][]*recount.Article{newest.Key: {first, again, middle}},
		map[recount.Key]time.Time{"a": day(1), "b": day(2), "c": day(3)})
	if len(got) != 1 || len(got[0].Older) != 2 || got[0].Older[0].Article != middle || got[0].Older[1].Article != first {
		t.Fatalf("Find = %+v; want one page with the versions of the second and the first of May", got)
	}
	want := []string{`corrected "24" to "26" in "Ada Quist, 26, said she walked to the harbour at night."`}
	if d := cmp.Diff(want, changeLines(got[0].Older[0].Changes)); d != "" {
		t.Errorf("changes of the second version (-want +got):\n%s", d)
	}
	want = []string{`corrected "ten" to "twelve" in "The order lost another twelve of its members in March."`}
	if d := cmp.Diff(want, changeLines(got[0].Older[1].Changes)); d != "" {
		t.Errorf("changes of the first version (-want +got):\n%s", d)
	}
}

func FuzzCompareVersions(f *testing.F) {
	f.Add(story, strings.ReplaceAll(story, "she", "he"))
	f.Add("", "\n\n")
	f.Fuzz(func(t *testing.T, a, b string) {
		same := compareVersions(&recount.Article{Text: a}, &recount.Article{Text: a})
		if len(same) > 0 {
			t.Fatalf("a text differs from itself: %q", changeLines(same))
		}
		compareVersions(&recount.Article{Text: a}, &recount.Article{Text: b})
	})
}
