package report

import (
	"strings"
	"testing"

	"recount"
)

// TestChoose takes statements of different people, outlets and years before it
// takes those whose length reads best, and nobody twice.
func TestChoose(t *testing.T) {
	q := func(who, outlet, day string, length int) quotable {
		return quotable{who: &recount.Case{ID: who}, article: &recount.Article{Key: recount.Key(who + outlet + day), Outlet: outlet, Published: day}, length: length,
			said: recount.AcceptedStatement{At: []recount.Span{{Start: length, End: 2 * length}}}}
	}
	tests := []struct {
		name string
		all  []quotable
		most int
		want string
	}{
		{"nobody", nil, 4, ""},
		{"one", []quotable{q("a", "Mail", "2014", 99)}, 4, "a"},
		{"nobody twice", []quotable{q("a", "Mail", "2014", 140), q("a", "Post", "2015", 140)}, 4, "a"},
		{"the best length first", []quotable{q("a", "Mail", "2014", 290), q("b", "Mail", "2014", 141)}, 1, "b"},
		{"another outlet before a better length", []quotable{q("a", "Mail", "2014", 140), q("b", "Mail", "2014", 141), q("c", "Post", "2014", 299)}, 2, "a c"},
		{"another year before a better length", []quotable{q("a", "Mail", "2014", 140), q("b", "Mail", "2014", 141), q("c", "Mail", "2015", 299)}, 2, "a c"},
		{"another outlet before another year", []quotable{q("a", "Mail", "2014", 140), q("b", "Mail", "2015", 141), q("c", "Post", "2014", 299)}, 2, "a c"},
		{"all there are", []quotable{q("a", "Mail", "2014", 140), q("b", "Mail", "2014", 141)}, 4, "a b"},
		{"in order of time", []quotable{q("a", "Mail", "2016", 140), q("b", "Post", "2014", 141)}, 4, "b a"},
		{"no more than wanted", []quotable{q("a", "A", "2014", 140), q("b", "B", "2014", 140), q("c", "C", "2014", 140)}, 2, "a b"},
	}
	for _, tt := range tests {
		var got []string
		for _, x := range choose(tt.all, tt.most) {
			got = append(got, x.who.ID)
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, s, tt.want)
		}
	}
}

func TestQuoteMarks(t *testing.T) {
	for in, want := range map[string]string{
		`I left.`: "“I left.”", `“I left,”`: "“I left”", `"I left."`: "“I left.”", `“I left.”`: "“I left.”", `He said “go”, and I went.`: "“He said ‘go’, and I went.”",
		` «Je suis parti» `: "“Je suis parti”", `I didn’t.`: "“I didn’t.”", `"I left`: "“I left”", `a "b" c`: "“a \"b\" c”", ``: "“”", `“‘No,’ he said.”`: "“‘No,’ he said.”",
	} {
		if got := quoteMarks(in); got != want {
			t.Errorf("quoteMarks(%q) = %q, want %q", in, got, want)
		}
	}
}
