package report

import (
	"slices"
	"strings"
	"testing"

	"recount"
)

// The numbers of the tests: 29 people of whom 27 are certain, shares on either
// side of the marks, and comparisons that can and cannot be told apart.
func lintSample(t *testing.T) (head string, results []recount.Result) {
	t.Helper()
	exact := func(low, high int) recount.IntRange { return recount.IntRange{Low: low, High: high, Exact: true} }
	share := func(name string, n, of, lowN, lowOf, highN, highOf int) recount.Result {
		return recount.Result{Name: name, Label: name, Kind: "share", N: n, Of: of, Range: exact(min(n, lowN, highN), max(n, lowN, highN)), OfRange: exact(min(of, lowOf, highOf), max(of, lowOf, highOf)),
			ShareRange: recount.ShareRange{LowN: lowN, LowOf: lowOf, HighN: highN, HighOf: highOf, Exact: true}}
	}
	ratio := func(name string, n, units, than, thanUnits int, low, high float64) recount.Result {
		return recount.Result{Name: name, Label: name, Kind: "ratio", Ratio: &recount.Ratio{N: n, Units: units, Than: than, ThanUnits: thanUnits, Unit: "months"},
			Interval: &recount.Interval{Method: "95% exact conditional", Low: low, High: high}}
	}
	results = []recount.Result{
		{Name: "people", Label: "people", Kind: "count", N: 29, Range: exact(27, 29)},
		{Name: "sure", Label: "sure", Kind: "count", N: 12, Range: exact(12, 14)},
		share("some", 4, 29, 4, 29, 4, 27), share("half", 14, 29, 14, 29, 14, 29), share("edge", 15, 29, 14, 29, 15, 29), share("many", 20, 29, 19, 29, 20, 27),
		share("spread", 13, 21, 13, 24, 13, 21), share("loose", 14, 28, 13, 28, 14, 28), share("exactly", 14, 28, 14, 28, 14, 28), share("near", 13, 28, 13, 28, 13, 27),
		share("sixty", 17, 29, 17, 29, 17, 29), share("all", 28, 29, 28, 29, 28, 29),
		ratio("unclear", 17, 8, 12, 12, .96, 4.88), ratio("up", 40, 8, 20, 12, 1.7, 5.4), ratio("down", 5, 12, 20, 12, .1, .7), ratio("slight", 60, 12, 40, 12, 1.01, 2.3),
	}
	var b strings.Builder
	b.WriteString("---\nresults:\n")
	for _, r := range results {
		b.WriteString("  " + r.Name + ":\n    count: all\n")
	}
	b.WriteString("---\n\n")
	return b.String(), results
}

// TestLint sets ten sentences or more for each kind of word: those that the
// numbers carry pass, the others are named with their line.
func TestLint(t *testing.T) {
	head, results := lintSample(t)
	tests := []struct {
		kind   string
		text   string
		wanted string // part of the warning; "" if the sentence holds
	}{
		{"at least", "At least {{people}} people left.", "the floor of its range is 27"},
		{"at least", "at least {{sure}} left.", ""},
		{"at least", "There were at least {{many}} of them.", "the floor of its range is 19"},
		{"at least", "At least {{half}} spoke.", ""},
		{"at least", "At least 40 left.", "was typed"},
		{"at least", "At least twenty left, {{people}} in all.", "was typed"},
		{"at least", "They were named at least once ({{half}}).", ""},
		{"at least", "The paper says “at least 21”.", ""},
		{"at least", "No fewer than {{people}} spoke.", "the floor"},
		{"at least", "Somewhere, at least\n{{people}} spoke.", "the floor"},
		{"at least", "`at least {{people}}` is how it is written.", ""},
		{"at least a share", "At least {{spread}} of them are women.", "the share beside it is 61.9%, and may be as low as 54.2%"},
		{"at least a share", "At least {{share spread}} of them are women.", "may be as low as 54.2%"},
		{"at least a share", "At least {{count spread}} of them are women.", ""},
		{"at least a share", "At least {{part spread}} are women.", ""},
		{"at least a share", "At least {{words spread}} are women.", ""},
		{"at least a share", "At least {{share half}} are women.", ""},
		{"at least a share", "At least {{share many}} of them.", "may be as low as 65.5%"},
		{"at least a share", "No fewer than {{spread}} of them.", "as low as 54.2%"},
		{"at least a share", "A minimum of {{share edge}} of them.", "as low as 48.3%"},
		{"at least a share", "At least {{share some}} of them.", ""},
		{"at least a share", "At least {{of many}} people.", "the floor of its range is 27"},
		{"at least a share", "At least {{range spread}} of them.", "say it alone"},
		{"at least a share", "At least {{words people}} left.", "say it alone"},
		{"at most", "At most {{people}} people left.", ""},
		{"at most", "At most {{sure}} left.", "the ceiling of its range is 14"},
		{"at most", "No more than {{sure}} left.", "the ceiling of its range is 14"},
		{"at most", "Up to {{sure}} left.", "the ceiling of its range is 14"},
		{"at most", "At most {{some}} are women.", "the share beside it is 13.8%, and may be as high as 14.8%"},
		{"at most", "At most {{share many}} spoke.", "may be as high as 74.1%"},
		{"at most", "At most {{count many}} spoke.", ""},
		{"at most", "At most {{half}} spoke.", ""},
		{"at most", "Not more than {{share some}} are women.", "as high as 14.8%"},
		{"at most", "At most {{spread}} are women.", ""},
		{"at most", "At most 40 left.", "was typed"},
		{"at most", "At most once did anybody ask ({{half}}).", ""},
		{"at most", "Up to a point that is so ({{half}}).", ""},
		{"more than", "More than {{people}} left.", "is exact"},
		{"more than", "More than {{share many}} left.", "is exact"},
		{"more than", "More than 60% ({{sixty}}) left.", "was typed"},
		{"more than", "Fewer than {{some}} are women.", "is exact"},
		{"more than", "More than twenty left.", "was typed"},
		{"more than", "More than a third ({{some}}) left.", "was typed"},
		{"more than", "More than half ({{loose}}) left.", "above one half"},
		{"more than", "More than half ({{sixty}}) left.", ""},
		{"more than", "More than the others, she spoke of pay ({{some}}).", ""},
		{"more than", "Less than {{half}} spoke.", "is exact"},
		{"more than", "In more than two years {{some}} left.", ""},
		{"half", "Half of them ({{exactly}}) are women.", ""},
		{"half", "Half of them ({{loose}}) are women.", "just that"},
		{"half", "Half of the people ({{half}}) are women.", "just that"},
		{"half", "Half the women ({{exactly}}) spoke.", ""},
		{"half", "Half were women ({{near}}).", "just that"},
		{"half", "About half of them ({{half}}) are women.", ""},
		{"half", "Roughly half of them ({{some}}) are women.", "within five points"},
		{"half", "Around half spoke ({{near}}).", ""},
		{"half", "A third of them ({{some}}) are women.", "just that"},
		{"half", "One in three ({{some}}) is a woman.", "just that"},
		{"half", "Half of them are women.", "just that"},
		{"half", "Half an hour later {{some}} had left.", ""},
		{"half", "In the second half of the period {{some}} left.", ""},
		{"half", "Half of the pages were read ({{some}}).", ""},
		{"half", "One quarter of the people ({{some}}) left.", "just that"},
		{"increased", "The number increased to {{people}}.", "no comparison of two periods"},
		{"increased", "It increased {{unclear}} times.", "do not bear a rise"},
		{"increased", "It increased {{up}} times.", ""},
		{"increased", "The pace grew; {{half}} came in summer.", "no comparison"},
		{"increased", "The pace grew {{up}} times.", ""},
		{"increased", "Accounts rose ({{slight}}).", ""},
		{"increased", "Accounts rose ({{down}}).", "do not bear a rise"},
		{"increased", "People came forward more often ({{unclear}}).", "do not bear"},
		{"increased", "“It increased,” said one of {{people}}.", ""},
		{"increased", "It increased. {{up}} is another matter.", "no comparison"},
		{"increased", "A growing number spoke.", "no comparison"},
		{"decreased", "It fell {{down}} times.", ""},
		{"decreased", "It fell {{up}} times.", "do not bear a fall"},
		{"decreased", "It declined.", "no comparison"},
		{"decreased", "It dropped ({{unclear}}).", "do not bear a fall"},
		{"decreased", "It decreased ({{down}}).", ""},
		{"decreased", "Reports were falling, {{some}} of them.", "no comparison"},
		{"decreased", "It went down ({{slight}}).", "do not bear"},
		{"decreased", "Fewer and fewer came ({{down}}).", ""},
		{"decreased", "It shrank.", "no comparison"},
		{"decreased", "Someone spoke less often ({{people}}).", "no comparison"},
		{"majority", "A majority ({{many}}) spoke of pay.", ""},
		{"majority", "A majority ({{edge}}) spoke of pay.", "above one half"},
		{"majority", "The majority ({{half}}) spoke.", "above one half"},
		{"majority", "The majority spoke.", "no share"},
		{"majority", "The majority of {{people}} spoke.", "no share"},
		{"majority", "More than half ({{sixty}}) spoke.", ""},
		{"majority", "Over half ({{some}}) spoke.", "above one half"},
		{"majority", "“The majority left,” he said.", ""},
		{"majority", "> The majority left.", ""},
		{"majority", "```\nThe majority left.\n```", ""},
		{"majority", "A majority ({{some}}, {{many}}) spoke.", ""},
		{"most", "Most people ({{many}}) spoke.", ""},
		{"most", "Most of them ({{some}}) spoke.", "above one half"},
		{"most", "Most left.", "no share"},
		{"most", "The most recent account is of {{people}}.", ""},
		{"most", "At most {{people}} spoke.", ""},
		{"most", "They were mostly young ({{half}}).", "above one half"},
		{"most", "What is most often said ({{some}}) is this.", ""},
		{"most", "Almost nobody is most important.", ""},
		{"most", "Most ({{edge}}) left in spring.", "above one half"},
		{"most", "It is their most ({{some}}).", ""},
		{"most", "In most cases ({{sixty}}) a name is given.", ""},
		{"doubled", "The pace doubled ({{up}}).", ""},
		{"doubled", "The pace doubled ({{unclear}}).", "does not bear it"},
		{"doubled", "The pace doubled ({{slight}}).", "does not bear it"},
		{"doubled", "It doubled to {{people}}.", "no comparison"},
		{"doubled", "It tripled ({{up}}).", ""},
		{"doubled", "It quadrupled ({{up}}).", "does not bear it"},
		{"doubled", "It halved ({{down}}).", ""},
		{"doubled", "It halved ({{slight}}).", "does not bear it"},
		{"doubled", "Twice as many came ({{up}}).", ""},
		{"doubled", "Twice as often as before ({{unclear}}).", "does not bear it"},
		{"doubled", "Half as many came ({{down}}).", ""},
		{"almost", "Almost {{people}} spoke.", "is exact"},
		{"almost", "Almost half ({{half}}) spoke.", ""},
		{"almost", "Nearly half ({{edge}}) spoke.", "just below it"},
		{"almost", "Almost 60% ({{sixty}}) came in summer.", ""},
		{"almost", "Almost 70 per cent ({{sixty}}) came.", "just below it"},
		{"almost", "Nearly all ({{all}}) came.", ""},
		{"almost", "Nearly all ({{many}}) came.", "just below it"},
		{"almost", "Almost half spoke.", "no share"},
		{"almost", "Just under a third ({{some}}) spoke.", "just below it"},
		{"almost", "Close to 30 spoke.", "was typed"},
		{"almost", "They almost drowned ({{some}}).", ""},
	}
	perKind := map[string]int{}
	for _, tt := range tests {
		perKind[tt.kind]++
		tpl, err := ParseTemplate([]byte(head + "First line.\n\n" + tt.text + "\n"))
		if err != nil {
			t.Fatalf("%s: %v", tt.text, err)
		}
		// What kind a result is of stands in results, not in the head.
		got := tpl.Lint(results)
		switch {
		case tt.wanted == "" && len(got) > 0:
			t.Errorf("%s\n\t%v; want nothing", tt.text, got)
		case tt.wanted != "" && (len(got) != 1 || !strings.Contains(got[0].Text, tt.wanted)):
			t.Errorf("%s\n\t%v; want %q", tt.text, got, tt.wanted)
		case tt.wanted != "":
			// The word stands in the first line of the sentence.
			if want := strings.Count(head, "\n") + 3; got[0].Line != want {
				t.Errorf("%s\n\tline %d, want %d", tt.text, got[0].Line, want)
			}
		}
	}
	for kind, n := range perKind {
		if n < 10 {
			t.Errorf("%s has %d cases; ten are wanted", kind, n)
		}
	}
}

// TestLintLines holds the line of each warning: words that stand several times
// in a sentence, phrases that are broken over a line end, and letters whose
// small form is longer.
func TestLintLines(t *testing.T) {
	head, results := lintSample(t)
	tests := []struct {
		text  string
		lines []int // of the warnings, the first line of the text is 1
	}{
		{"Most spoke, and most left, and most came back.", []int{1, 1, 1}},
		{"Most spoke,\nand most left,\nand most came back.", []int{1, 2, 3}},
		{"It rose,\nit rose,\n\nand it rose.", []int{1, 2, 4}},
		{"The most recent said so,\nand most left,\nand most came back.", []int{2, 3}},
		{"“Most” spoke,\nand most left.", []int{2}},
		{"Here \"most\"\nand `most`\nand most left.", []int{3}},
		{"There are at\nleast {{people}} of them.", []int{1}},
		{"One.\nTwo are at\nleast {{people}} of them.", []int{2}},
		{"No\nfewer\nthan {{people}} spoke.", []int{1}},
		{"In all\nthe months it went\nup.", []int{2}},
		{"Three times\nas many\nspoke as before,\ntwice  as\nmany left.", []int{1, 4}},
		{"Just\nunder 30 spoke.", []int{1}},
		{"A word,\nat \tleast {{people}},\nand at  least {{people}}.", []int{2, 3}},
		{"ȺȺȺȺȺȺȺȺ most ȺȺȺȺȺ\nmost.", []int{1, 2}},
		{"ȺȾ{{people}}ȺȾ\nȺȾ\nmost left.", []int{3}},
		{"İİİİİİ ẞẞẞ K K K K\nincreased\nK increased.", []int{2, 3}},
		{"\xff\xff at\nleast \xff {{people}},\nat least {{people}}.", []int{3}},
		{"First.\n\n- Most spoke\n- and\n  most left", []int{3, 5}},
		{"He said: “it rose\nand rose\nand rose”, and most\nleft.", []int{3}},
	}
	for _, tt := range tests {
		tpl, err := ParseTemplate([]byte(head + tt.text + "\n"))
		if err != nil {
			t.Fatalf("%q: %v", tt.text, err)
		}
		var got []int
		for _, w := range tpl.Lint(results) {
			got = append(got, w.Line-strings.Count(head, "\n"))
		}
		if !slices.Equal(got, tt.lines) {
			t.Errorf("%q: warnings on lines %v, want %v", tt.text, got, tt.lines)
		}
	}
}

func FuzzLint(f *testing.F) {
	f.Add("At least {{people}} people. Most\nof them ({{ half }}) increased.")
	f.Add("almost {{")
	f.Fuzz(func(t *testing.T, s string) {
		head, results := lintSample(t)
		tpl, err := ParseTemplate([]byte(head + s))
		if err != nil {
			return
		}
		lines := strings.Count(head+s, "\n") + 1
		for _, w := range tpl.Lint(results) {
			if w.Line < 1 || w.Line > lines {
				t.Errorf("%q: line %d of %d", s, w.Line, lines)
			}
		}
	})
}
