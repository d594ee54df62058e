package report

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What no page of a report may say in words of its own: a command, a flag, a month or
// an option as the program writes them, a zero in a sentence, one of a noun in the
// plural.
var unsaid = map[string]*regexp.Regexp{
	"a command":             regexp.MustCompile(`\brecount (?:add|aside|attach|code|count|date|decisions|export|extract|figures|help|import|link|open|owner|page|people|read|recheck|relate|report|reprint|run|sample|scope|speaker|type|versions)\b`),
	"a flag":                regexp.MustCompile(`(?:^| )--[a-z]+`),
	"a month of a machine":  regexp.MustCompile(`(?:^| )(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:[ ,.;]|$)`),
	"the name of an option": regexp.MustCompile(`\b(?:fold_reprints|set_aside_other_stories|first_reported|first_outlet)\b`),
	"a zero in a sentence":  regexp.MustCompile(`(?:^|[.,;:] )0 (?:page|pages|statement|statements|were|was|have|has|decision|decisions|sentences|passages|are|could)\b`),
	"one in the plural":     regexp.MustCompile(`(?:^| )1 (?:counts|shares|sums|pages|people|statements|outlets|originals|reprints|articles|questions|figures|pairs)\b`),
	"two full stops":        regexp.MustCompile(`[a-z]\.\.(?: |$)`),
	"a space before a stop": regexp.MustCompile(`[a-z] [.;,:](?: |$)`),
}

func TestPagesSayNothingOfMachines(t *testing.T) {
	m, tpl, results := sampleStudy()
	own, err := Study(m, tpl, results)
	if err != nil {
		t.Fatal(err)
	}
	pile, err := Pile(newSample())
	if err != nil {
		t.Fatal(err)
	}
	m, _, _ = sampleStudy()
	m.Unjudged = 3
	m.Annex = &Annex{}
	sites := map[string]*Site{"own": own, "pile": pile, "said": standardSite(t, "said", m), "brief": standardSite(t, "brief", m)}
	nobody := newSample()
	nobody.Decisions, nobody.Miss.Drawn, nobody.Miss.Left, nobody.Miss.Read, nobody.Miss.Accepted, nobody.Miss.Statements, nobody.Miss.Missed = nil, 0, nil, nil, nil, 0, 0
	if sites["undecided pile"], err = Pile(nobody); err != nil {
		t.Fatal(err)
	}
	pages := 0
	for kind, s := range sites {
		dir := filepath.Join(t.TempDir(), kind)
		if err := s.Write(dir); err != nil {
			t.Fatal(err)
		}
		err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".html") && path != MarkdownName {
				return err
			}
			pages++
			b, err := os.ReadFile(filepath.Join(dir, path))
			if err != nil {
				return err
			}
			text := string(b)
			if strings.HasSuffix(path, ".html") {
				// A cell or an item is a text of its own.
				text = strings.ReplaceAll(text, `<span class="n">`, "\n") // a line of its own
				text = strings.ReplaceAll(text, `<span class="what"`, "\n<b")
				text = tags.ReplaceAllString(regexp.MustCompile(`</(?:td|th|li|p|h\d|dt|dd|figcaption|title|text|a)>\s*<(?:td|th|li|p|h\d|dt|dd|tr|svg|a|text|div)`).ReplaceAllString(text, "\n<b"), "")
			}
			for what, re := range unsaid {
				for _, line := range strings.Split(text, "\n") {
					if found := re.FindString(strings.TrimSpace(line)); found != "" {
						t.Errorf("%s, %s says %s, %q, in: %.200s", kind, path, what, found, strings.TrimSpace(line))
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if pages < 60 {
		t.Errorf("%d pages were read", pages)
	}
}

// Each of these is what the test above is there to find.
func TestWhatIsUnsaidIsFound(t *testing.T) {
	for text, what := range map[string]string{
		"To bring all back: recount aside.":           "a command",
		"No owner was named (recount owner names).":   "a command",
		"Keep one with --freeze.":                     "a flag",
		"at an even rate from 2014-01 to 2015-08":     "a month of a machine",
		"adds no source (fold_reprints)":              "the name of an option",
		"34 pages were kept, 0 were refused.":         "a zero in a sentence",
		"0 pages state dates that disagree.":          "a zero in a sentence",
		"97 counts, 14 shares, 1 sums of money":       "one in the plural",
		"By the rule: range..":                        "two full stops",
		"It says so .":                                "a space before a stop",
		"Are 1 pages one person?":                     "one in the plural",
		"the whole moves, 0 have no date, and so on.": "a zero in a sentence",
	} {
		if unsaid[what].FindString(text) == "" {
			t.Errorf("%q is not taken for %s", text, what)
		}
	}
	for _, fine := range []string{"recount 0.1.0", "In 2014 to 2015", "10 of 29", "none of 29", "0 of 29", "1 page", "11 pages", "a recount of the votes", "0.0%"} {
		for what, re := range unsaid {
			if found := re.FindString(fine); found != "" {
				t.Errorf("%q is taken for %s: %q", fine, what, found)
			}
		}
	}
}
