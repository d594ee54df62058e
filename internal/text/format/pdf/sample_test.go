package pdf

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSamples reads the files of testdata and compares them with the truth
// that was written by hand beside them. UPDATE=1 writes those of the files that
// the tests make.
func TestSamples(t *testing.T) {
	if os.Getenv("UPDATE") != "" {
		m := &maker{}
		im := m.stream("/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8", []byte(strings.Repeat("\x00\xff", 32)), true)
		scan := m.bytes([]int{m.page(fmt.Sprintf("/Resources<</XObject<</I %d 0 R>>>>", im), []byte("q 595 0 0 842 0 0 cm /I Do Q"))})
		columns := compose(setting{columns: 3, indent: 9, justify: true, hyphenate: true, style: "kern", furniture: true, packed: true, size: 9, leading: 1.2},
			"Low-speed channel recommended for ferries along the breakwater", "By Tove Hallgren", "19 June 2014", append(append([]string{
				"A report on the night ferry recommends a low-speed channel along the breakwater, and it names the price of not having one: nineteen complaints a night."},
				article(randFor(11), 60)...), "The council will hear the authors on Thursday, and the residents after them."))
		for name, b := range map[string][]byte{"scan.pdf": scan, "columns.pdf": columns} {
			if err := os.WriteFile(filepath.Join("testdata", name), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	b, err := os.ReadFile("testdata/truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var truth map[string]struct {
		Articles []struct{ Title, Published, Byline, First, Last string }
		Left     []string
	}
	if err := json.Unmarshal(b, &truth); err != nil {
		t.Fatal(err)
	}
	for name, want := range truth {
		payload, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		set, err := Read(payload, documentOptions)
		if len(want.Articles) == 0 {
			if err == nil || len(want.Left) != 1 || !strings.Contains(err.Error(), want.Left[0]) {
				t.Errorf("%s: Read = %v, want a refusal with %q", name, err, want.Left)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		d, a := set.Drafts[0], want.Articles[0]
		if got := fact(d.Facts, "title"); got != a.Title {
			t.Errorf("%s: title = %q, want %q", name, got, a.Title)
		}
		if got := fact(d.Facts, "byline"); got != a.Byline {
			t.Errorf("%s: byline = %q, want %q", name, got, a.Byline)
		}
		if fact(d.Facts, "published") == "" {
			t.Errorf("%s: no date", name)
		}
		var text []string
		for _, p := range d.Paragraphs {
			if p.Role == "" {
				text = append(text, p.Text)
			}
		}
		all := strings.Join(text, "\n")
		if !strings.HasPrefix(all, a.First) || !strings.HasSuffix(all, a.Last) {
			t.Errorf("%s: text = %.60q ... %q, want %q ... %q", name, all, all[max(0, len(all)-60):], a.First, a.Last)
		}
	}
}
