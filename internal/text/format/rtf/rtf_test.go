package rtf

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"recount"
	"recount/internal/text/document"
)

func TestParagraphsOfOneFeatureEach(t *testing.T) {
	tests := []struct {
		name string
		in   string
		want []string
	}{
		{"two paragraphs", `{\rtf1\ansi First.\par Second.\par}`, []string{"First.", "Second."}},
		{"the last without its end", `{\rtf1\ansi First.\par Second.}`, []string{"First.", "Second."}},
		{"a code page of the file", `{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8\'e2\'e5\'f2}`, []string{"Привет"}},
		{"a code page of the font", `{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\f1 \'cf\'f0\'e8\f0  caf\'e9}`, []string{"При café"}},
		{"two bytes a character, the second of them plain", "{\\rtf1\\ansi\\ansicpg932 \\'83A\\'82\\'a0}", []string{"アあ"}},
		{"Unicode with a stand-in", `{\rtf1\ansi\uc1 It\u8217's \u8220\'93so\u8221\'94}`, []string{"It’s “so”"}},
		{"Unicode without a stand-in", `{\rtf1\ansi\uc0 It\u8217 s}`, []string{"It’s"}},
		{"a stand-in that is missing before a paragraph", `{\rtf1\ansi A\u8217\par B}`, []string{"A’", "B"}},
		{"a negative number and a pair", `{\rtf1\ansi\uc1 \u-255?\u-10179?\u-8704?}`, []string{"！😀"}},
		{"quotes and dashes by name", `{\rtf1 \ldblquote Yes\rdblquote\emdash no\endash\lquote a\rquote\~b\_c\-d}`, []string{"“Yes”—no–‘a’ b-cd"}},
		{"a line break and a wrap", `{\rtf1 The harbour will close for three weeks while the cranes are repaired\line by a new crew.\line Then it opens.}`,
			[]string{"The harbour will close for three weeks while the cranes are repaired by a new crew.", "Then it opens."}},
		{"a table", `{\rtf1 \trowd\cellx1\cellx2 HD\cell Port opens\cell\row \trowd BY\cell Ann\cell\row\pard After\par}`, []string{"HD", "Port opens", "BY", "Ann", "After"}},
		{"a picture, a header and a footnote", `{\rtf1{\header Page 1\par}Text{\footnote Note} goes{\pict\pngblip 89504e47} on.\par}`, []string{"Text goes on."}},
		{"a link", `{\rtf1 See {\field{\*\fldinst HYPERLINK "http://news.example/"}{\fldrslt\ul the page}}.}`, []string{"See the page."}},
		{"binary data that look like groups", "{\\rtf1 A{\\pict\\bin5 }}}}}} B}", []string{"A B"}},
		{"a text box once", `{\rtf1 Before {\shp{\*\shpinst\shpleft0{\sp{\sn x}{\sv 1}}{\shptxt\pard In the box.\par}}{\shprslt{\*\do{\dptxbxtext In the box.\par}}}}after.\par}`,
			[]string{"In the box.", "Before after."}},
		{"hidden and deleted text", `{\rtf1 A{\v secret} B{\deleted old}{\revised new}}`, []string{"A Bnew"}},
		{"a paragraph in a group of its own", `{\rtf1{\pard First.\par}{\pard Second.\par}}`, []string{"First.", "Second."}},
		{"the end of a paragraph in a group of its own", `{\rtf1{First.}{\par}{Second.}{\par }}`, []string{"First.", "Second."}},
		{"groups in groups inside a word", `{\rtf1{\b{\i Fir}st}.\par{{Sec{ond}.}}\par}`, []string{"First.", "Second."}},
		{"a brace too many", `{\rtf1 First.\par}} Second.\par Third.\par}`, []string{"First.", "Second.", "Third."}},
		{"two documents, one behind the other", "{\\rtf1 First.\\par}\n{\\rtf1{\\fonttbl{\\f0 A;}} Second.\\par}", []string{"First.", "Second."}},
		{"bytes behind the end", "{\\rtf1 First.\\par}\x00\x00 and nothing", []string{"First."}},
		{"a word in two forms", `{\rtf1 A {\upr{caf?}{\*\ud{caf\u233?}}} by the quay.\par}`, []string{"A café by the quay."}},
		{"the number of a list", `{\rtf1{\listtext\tab 1.\tab}First.\par{\pntext 2.\tab}Second.\par}`, []string{"First.", "Second."}},
		{"marks of a word processor between letters", `{\rtf1 Fir{\*\bkmkstart a}st{\*\bkmkend a}.\par}`, []string{"First."}},
		{"an escape of each kind", `{\rtf1 a\\b\{c\}}`, []string{`a\b{c}`}},
		{"UTF-8 that should not be there", "{\\rtf1 caf\u00e9}", []string{"café"}},
		{"a file that breaks off", `{\rtf1 One.\par {\b Two`, []string{"One.", "Two"}},
		{"a newline after a backslash", "{\\rtf1 One.\\\nTwo.}", []string{"One.", "Two."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list, _, err := Paragraphs([]byte(tt.in))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range list {
				got = append(got, p.Text)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("Paragraphs(%q): (-want +got)\n%s", tt.in, d)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	for name, in := range map[string]string{
		"no RTF at all":                        "Port opens",
		"a file without text":                  `{\rtf1\ansi{\pict 00}}`,
		"groups inside each other without end": `{\rtf1 ` + strings.Repeat("{", 5000),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read([]byte(in), document.Options{})
			if !errors.Is(err, recount.ErrRefused) || recount.HintOf(err) == "" {
				t.Errorf("Read: %v; want a refusal with a hint", err)
			}
		})
	}
}

func BenchmarkParagraphs(b *testing.B) {
	payload := []byte(`{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}}` +
		strings.Repeat(`\pard\plain\f0\fs20 The harbour will close for three weeks while the cranes are repaired, the mayor said on Monday, and \u8220\'93nobody\u8221\'94 will lose a day.\par`+"\n", 15_000) + "}")
	b.SetBytes(int64(len(payload)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Paragraphs(payload); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzParagraphs(f *testing.F) {
	for _, s := range []string{
		`{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}{\info{\title T}{\creatim\yr2019\mo7\dy1}}\f1\'cf\f0 \u8217?s\par}`,
		`{\rtf1 \trowd\cellx1 HD\cell\row{\footnote x}{\*\shppict{\pict 00}}{\shp{\*\shpinst{\shptxt a\par}}{\shprslt b}}}`,
		`{\rtf1{\stylesheet{\s1 heading 1;}}\s1\b T\b0\par{\v h}{\deleted d}{\upr{a}{\*\ud b}}{\object{\result r}}\bin3 }}}`,
		"{\\rtf1\\ansicpg932 \\'83A\\'82\\'a0\\\n\\line\\tab\\emdash\\~\\_\\-}",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		list, _, err := Paragraphs(b)
		if err != nil {
			if !errors.Is(err, recount.ErrRefused) {
				t.Fatalf("an error that is no refusal: %v", err)
			}
			return
		}
		seen := map[string]bool{}
		for i, p := range list {
			if p.Text == "" || seen[p.Path] || strings.ContainsAny(p.Text, "\n\x00") {
				t.Fatalf("paragraph %+v is empty, has more than one line or a path that another has", p)
			}
			seen[p.Path] = true
			if i < 3 {
				if s, ok := Find(b, p.Path); !ok || s != p.Text {
					t.Fatalf("Find(%s) = %q, %v; want %q", p.Path, s, ok, p.Text)
				}
			}
		}
	})
}

// TestSamples reads the files in testdata as truth.json says.
func TestSamples(t *testing.T) {
	b, err := os.ReadFile("testdata/truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var truth map[string]struct {
		Articles []struct{ Title, Published, Byline, First, Last string }
	}
	if err := json.Unmarshal(b, &truth); err != nil {
		t.Fatal(err)
	}
	for name, want := range truth {
		t.Run(name, func(t *testing.T) {
			payload, err := os.ReadFile("testdata/" + name)
			if err != nil {
				t.Fatal(err)
			}
			set, err := Read(payload, document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			d, a := set.Drafts[0], want.Articles[0]
			said := map[string]string{}
			for _, f := range d.Facts {
				if said[f.Field] == "" {
					said[f.Field] = f.Value
				}
			}
			if said["title"] != a.Title || said["byline"] != a.Byline || (said["published"] != "") != (a.Published != "") {
				t.Errorf("facts %+v, want %+v", d.Facts, a)
			}
			if p := d.Paragraphs; !strings.HasPrefix(p[0].Text, a.First) || !strings.HasSuffix(p[len(p)-1].Text, a.Last) {
				t.Errorf("text from %q to %q, want %+v", p[0].Text, p[len(p)-1].Text, a)
			}
			for _, p := range d.Paragraphs {
				if s, ok := Find(payload, p.Path); !ok || s != p.Text {
					t.Errorf("Find(%s) = %q, %v; want %q", p.Path, s, ok, p.Text)
				}
			}
		})
	}
}

func TestBoldAndCells(t *testing.T) {
	list, _, err := Paragraphs([]byte(`{\rtf1\trowd{\b HD}\cell Port opens\cell\row\pard{\b All bold} here\par\b Bold\b0\par}`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range list {
		got = append(got, fmt.Sprintf("%s bold=%v cell=%v", p.Text, p.Bold, p.Cell))
	}
	want := []string{"HD bold=true cell=true", "Port opens bold=false cell=true", "All bold here bold=false cell=false", "Bold bold=true cell=false"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}
