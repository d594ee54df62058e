package study_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/casebook"
	"recount/internal/release"
	"recount/internal/study"
)

// guarded is the example study in which the person who is called so is protected.
func guarded(t *testing.T, name string) *study.Study {
	t.Helper()
	ctx := context.Background()
	s, _ := demo(t)
	book, err := s.Casebook(ctx)
	if err != nil {
		t.Fatal(err)
	}
	everybody, err := book.Persons(ctx)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(everybody, func(p casebook.Person) bool { return p.Name() == name })
	if at < 0 {
		t.Fatalf("nobody is called %s", name)
	}
	if _, err := s.Decide(ctx, study.By{}, casebook.Draft{Answer: recount.TierBody{Speaker: everybody[at].Members[0].Speaker, Tier: recount.Protected}, Reason: "asked for it"}); err != nil {
		t.Fatal(err)
	}
	return s
}

// forms are ways to write the name of Bram Ostergill: spelt otherwise, in other
// scripts, with letters that look alike, split, with signs that nobody sees.
var forms = map[string]string{
	"plain": "Bram Ostergill", "capitals": "BRAM OSTERGILL", "initial": "B. Ostergill", "turned": "Ostergill, Bram", "possessive": "Ostergill's", "accents": "Brám Østergíll",
	"other spelling": "Bram Ostergil", "look alike": "Вrаm Оstеrgіll", "Cyrillic": "Брам Остергилл", "Greek": "Μπραμ Οστεργκιλ", "spaced": "O s t e r g i l l", "hyphens": "Oster-gill", "soft hyphen": "Oster\u00adgill", "joiner": "Oster\u200bgill",
	"full width": "Ｏｓｔｅｒｇｉｌｌ", "entity": "&#79;stergill", "emphasis": "Oster**gill**", "leet": "0stergill",
}

// TestNamesInEveryPlaceOfAnEdition writes a protected name in every way into every
// place of report.md, study.yaml and codebook.yaml that an edition prints. Each is
// a reason with a change that can be made, and nothing is printed of it.
func TestNamesInEveryPlaceOfAnEdition(t *testing.T) {
	ctx := context.Background()
	s := guarded(t, "Bram Ostergill")
	if _, err := s.Publish(ctx, study.Publish{All: true}); err != nil {
		t.Fatal(err)
	}
	places := []struct{ name, prose string }{
		{"sentence", "It began with %s in the winter."}, {"heading", "## What %s began"}, {"list", "- first\n- then %s"}, {"quotation", "> Then %s left."}, {"table", "| who | what |\n|---|---|\n| %s | left |"},
		{"head of a table", "| %s | what |\n|---|---|\n| one | left |"}, {"footnote", "It began.[^%[2]d]\n\n[^%[2]d]: With %[1]s."}, {"link", "It [began with %s](https://example.org/) then."}, {"code", "It is `%s` here."},
		{"block of code", "```\n%s\n```"}, {"markup", "<p>Then %s left.</p>"}, {"comment", "<!-- %s -->"}, {"picture", "![%s](x.png)"}, {"emphasis", "Then *%s* left."},
	}
	var prose strings.Builder
	wanted := 0
	for _, p := range places {
		for _, form := range sortedForms() {
			text := fmt.Sprintf(p.prose, forms[form], wanted)
			prose.WriteString(strings.ReplaceAll(text, "%!(EXTRA int="+fmt.Sprint(wanted)+")", "") + "\n\n")
			wanted++
		}
	}
	head := "---\ntitle: 'After %[1]s'\nresults:\n  people:\n    count: all\n  women:\n    label: 'beside %[1]s'\n    share: gender == \"woman\"\n  reasons:\n    label: reasons\n    by: code\n---\n\n{{people}} people spoke, {{label women}}.\n\n{{table reasons}}\n\n"
	book := read(t, s, "codebook.yaml")
	config := read(t, s, "study.yaml")
	last := len(forms) - 1
	for i, form := range sortedForms() {
		// Quoted in YAML, where ' is two.
		name := strings.ReplaceAll(forms[form], "'", "''")
		if strings.Contains(name, "*") { // a mark of Markdown is a sign in a label
			name = strings.ReplaceAll(name, "*", "")
		}
		text := ""
		if i == last {
			text = prose.String() // once for all forms
		}
		write(t, s, "report.md", fmt.Sprintf(head, name)+text)
		write(t, s, "codebook.yaml", strings.Replace(book, "short: Cruelty to people in the power of the Order.", "short: 'What "+name+" saw.'", 1))
		write(t, s, "study.yaml", strings.Replace(config, `question: "Who are`, "question: 'What of "+name+"?' #", 1))
		found, err := s.Publish(ctx, study.Publish{})
		if err != nil {
			t.Fatal(err)
		}
		for _, place := range []string{"the title", "the question of the study", `the label of "women"`, `the label of the row "reasons: brutality"`} {
			if !slices.ContainsFunc(found.Reasons, func(r release.Reason) bool {
				return strings.HasPrefix(r.Text, place+" holds the name of a protected person") && r.Change != nil
			}) {
				t.Errorf("%s in %s is no reason", form, place)
			}
		}
		for _, r := range found.Reasons {
			if r.Change == nil {
				t.Errorf("%s: no change can be made for %s", form, r.Text)
			}
		}
		if i < last {
			continue
		}
		dir := filepath.Join(t.TempDir(), "edition")
		out, err := s.Publish(ctx, study.Publish{All: true, Dir: dir})
		if err != nil || len(out.Reasons) > 0 {
			t.Fatalf("with all changes made: %v, %v", err, out.Reasons)
		}
		// A second look, that knows nothing of the index: no form stands there as it is.
		err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			for form, name := range forms {
				if bytes.Contains(b, []byte(name)) {
					t.Errorf("%s stands in %s", form, filepath.Base(path))
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func sortedForms() (out []string) {
	for f := range forms {
		out = append(out, f)
	}
	slices.Sort(out)
	return out
}

func read(t *testing.T, s *study.Study, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(s.Dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func write(t *testing.T, s *study.Study, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(s.Dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestWhatACodebookClaims: the words of a code of people, of a result, of a title
// that claim what no number carries are reasons, as are numbers that somebody typed
// there; what a code says that people said is none.
func TestWhatACodebookClaims(t *testing.T) {
	ctx := context.Background()
	s, _ := demo(t)
	if _, err := s.Publish(ctx, study.Publish{All: true}); err != nil {
		t.Fatal(err)
	}
	head := "---\ntitle: '%s'\nresults:\n  people:\n    count: all\n  women:\n    label: '%s'\n    share: gender == \"woman\"\n  reasons:\n    label: reasons\n    by: code\n---\n\n{{people}} people spoke.\n\n{{table reasons}}\n"
	book := read(t, s, "codebook.yaml")
	for _, tt := range []struct {
		title, label, code string
		want               []string // begins of reasons
	}{
		{"Who left", "women among them", "Violence increased, and pay fell.", nil},
		{"Did their number increase?", "women", "Most things were taken.", nil},
		{"Their number increased", "women", "Prisoners.", []string{"the title claims"}},
		{"Most left in summer", "women", "Prisoners.", []string{"the title claims"}},
		{"Who left", "the majority: women", "Prisoners.", []string{`the label of "women" claims`}},
		{"Who left", "at least 30 women", "Prisoners.", []string{`the label of "women" says 30`}},
		{"Who left", "four women", "Prisoners.", []string{`the label of "women" says 4`}},
		{"Who left", "women", "A reason outside the four groups.", nil},
		{"Who left", "women", "One of the four kinds, told in four chapters.", nil},
		{"Four women and others", "women", "Prisoners.", []string{"the title says 4"}},
		{"Who left", "women", "The majority of the fighters.", []string{`the label of the row "reasons: brutality" claims`}},
		{"Who left", "women", "A rising number of deserters.", []string{`the label of the row "reasons: brutality" claims`}},
		{"Who left", "women", "Complaints doubled in 2015.", []string{`the label of the row "reasons: brutality" claims`}},
		{"Accounts in\u00adcreased", "women", "Prisoners.", []string{"the title claims"}},
		{"Accounts іncreased", "women", "Prisoners.", []string{"the title claims"}},
		{"Accounts ｉｎｃｒｅａｓｅｄ", "women", "Prisoners.", []string{"the title claims"}},
		{"Who left", "a gro\u200bwing number", "Prisoners.", []string{`the label of "women" claims`}},
		{"Who left", "women", "Four women were held.", []string{`the label of the row "reasons: brutality" says 4`}},
	} {
		write(t, s, "report.md", fmt.Sprintf(head, tt.title, tt.label))
		write(t, s, "codebook.yaml", strings.Replace(book, "Cruelty to people in the power of the Order.", tt.code, 1))
		out, err := s.Publish(ctx, study.Publish{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range out.Reasons {
			got = append(got, r.Text)
			if r.Change == nil {
				t.Errorf("%v: no change for %s", tt, r.Text)
			}
		}
		if len(got) != len(tt.want) || len(got) > 0 && !strings.HasPrefix(got[0], tt.want[0]) {
			t.Errorf("%q, %q, %q: %q; want %q", tt.title, tt.label, tt.code, got, tt.want)
		}
	}
}
