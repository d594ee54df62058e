package report

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"recount"
	"recount/internal/count"
	"recount/internal/report/document"
)

const head = "---\nresults:\n  people:\n    count: all\n  women:\n    label: women among them\n    share: 'gender == \"woman\"'\n    of: first_reported >= \"2015\"\n" +
	"  months:\n    by: month\n    from: 2014-01\n    to: 2015-08\n  pace:\n    compare: 2015-06 to 2015-08\n    with: 2014-06 to 2014-08\n---\n"

func TestParse(t *testing.T) {
	got, err := ParseTemplate([]byte("\ufeff---\r\ntitle: A title\r\n" + strings.TrimPrefix(head, "---\n") + "# A title\n\nText.\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []count.Query{
		{Name: "people"},
		{Name: "women", Label: "women among them", Where: `gender == "woman"`, Share: true, Of: `first_reported >= "2015"`},
		{Name: "months", By: "month", From: "2014-01", To: "2015-08"},
		{Name: "pace", Versus: &count.Versus{AFrom: "2015-06", ATo: "2015-08", BFrom: "2014-06", BTo: "2014-08"}},
	}
	if d := cmp.Diff(want, got.Queries); d != "" || got.Title != "A title" {
		t.Errorf("title %q, queries:\n%s", got.Title, d)
	}
}

func TestMistakesNameTheirLine(t *testing.T) {
	tests := []struct {
		name, md string
		line     int
		holds    string // in the message or the hint
	}{
		{"a result that does not exist", head + "There are {{wimen}}.", 17, "results are people, women, months, pace"},
		{"the third line of a paragraph", head + "One\ntwo\n{{wimen}}.", 19, `"wimen"`},
		{"braces that do not close", head + "At least {{people", 17, "}}"},
		{"a verb nobody knows", head + "{{square people}}", 17, "is not understood"},
		{"a table of a single number", head + "\n{{table people}}\n", 18, "no rows"},
		{"reported figures beside a result that names none", head + "\n{{beside people}}\n", 18, "add reported:"},
		{"only reported figures, and nothing to count", "---\nresults:\n  x:\n    reported: former members\n---\n", 3, "count: all"},
		{"a table inside a sentence", head + "Look: {{table months}}", 17, "line of its own"},
		{"a row of a single number", head + "{{people: women}}", 17, "no rows"},
		{"a picture from elsewhere", head + "![x](https://tracker.example/x.png)", 17, "tell its site who reads"},
		{"no end of the head", "---\nresults:\n", 1, "three hyphens"},
		{"an unknown key at the top", "---\nresult:\n  x:\n    count: all\n---\n", 2, "title: and results:"},
		{"an unknown key of a result", "---\nresults:\n  x:\n    cuont: all\n---\n", 4, "label, count"},
		{"a name with a capital", "---\nresults:\n  Xx:\n    count: all\n---\n", 3, "small letters"},
		{"two results of one name", "---\nresults:\n  x:\n    count: all\n  x:\n    count: all\n---\n", 0, "x"},
		{"nothing to count", "---\nresults:\n  x:\n---\n", 3, "count: all"},
		{"two things to count", "---\nresults:\n  x:\n    count: kind == \"a\"\n    share: kind == \"b\"\n---\n", 5, "choose one"},
		{"half a comparison", "---\nresults:\n  x:\n    compare: 2015 to 2016\n---\n", 3, "compare:"},
		{"a list for a mapping", "---\nresults:\n  - x\n---\n", 3, "missing"},
		{"broken indentation", "---\nresults:\n  x:\n    count: all\n   y: 1\n---\n", 0, "indent"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParseTemplate([]byte(tt.md))
			if !errors.Is(err, recount.ErrInvalid) {
				t.Fatalf("Parse = %v, want ErrInvalid", err)
			}
			if tt.line > 0 && !strings.Contains(err.Error(), fmt.Sprintf("line %d:", tt.line)) {
				t.Errorf("Parse = %q, want line %d", err, tt.line)
			}
			if !strings.Contains(err.Error()+recount.HintOf(err), tt.holds) {
				t.Errorf("Parse = %q, hint %q; want %q in it", err, recount.HintOf(err), tt.holds)
			}
			if recount.HintOf(err) == "" {
				t.Error("no hint")
			}
		})
	}
}

// converted is the prose as a page has it, with the name of each slot in its place.
func converted(t *testing.T, tmpl *Template, each func(slot)) string {
	t.Helper()
	w := tmpl.writer(&document.Document{})
	named := func(s slot) []document.Inline {
		each(s)
		return document.Plain(fmt.Sprintf("(%s|%s|%s)", s.Verb, s.Name, s.Row))
	}
	w.inText = func(s slot, _ document.Inline) []document.Inline { return named(s) }
	w.alone = func(s slot) {
		w.add(document.Block{Kind: document.PictureBlock, Picture: &document.Picture{Screen: []byte(named(s)[0].Text)}})
	}
	w.blocks(w.parsed)
	var b strings.Builder
	if err := document.HTML(&b, "", w.out.Blocks, w.out.Notes); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestConvert(t *testing.T) {
	tmpl, err := ParseTemplate([]byte(head + "# Title\n\nA {{women}} of `{{x}}` \\{{x}}.\n\n{{timeline months}}\n\n- {{share women}}\n\n<b onclick=x>raw</b> [x](javascript:alert(1))\n\n<script>\nalert(1)\n</script>\n"))
	if err != nil {
		t.Fatal(err)
	}
	got := converted(t, tmpl, func(slot) {})
	for _, want := range []string{"A (|women|) of <code>{{x}}</code> {{x}}.", "(timeline|months|)", `<li dir="auto">(share|women|)</li>`, "&lt;b onclick=x&gt;raw&lt;/b&gt;", "&lt;script&gt;"} {
		if !strings.Contains(got, want) {
			t.Errorf("Convert = %s\nwant %q in it", got, want)
		}
	}
	for _, not := range []string{"<h1", "<script", "<b ", "javascript:", "<p>(timeline"} {
		if strings.Contains(got, not) {
			t.Errorf("Convert = %s\nwant no %q in it", got, not)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(head + "{{people}} and {{table months}}\n\n{{table months}}\n")
	f.Add("---\nresults: {x: {count: all}}\n---\n{{x}}")
	f.Add("---\n---\n{{questions}}\n\n{{ x : y }}")
	f.Add("---\nresults:\n  x: &a\n    count: *a\n---\n")
	f.Fuzz(func(t *testing.T, md string) {
		tmpl, err := ParseTemplate([]byte(md))
		if err != nil {
			if recount.HintOf(err) == "" {
				t.Errorf("no hint in %q", err)
			}
			return
		}
		converted(t, tmpl, func(slot) {})
	})
}

// A result may have the name of a part of the report: the part is meant where
// the slot stands alone, which is said with its line, and the result elsewhere.
func TestPartAndResultOfOneName(t *testing.T) {
	const both = "---\nresults:\n  people:\n    count: all\n  sources:\n    by: gender\n  questions:\n    count: all\n---\n"
	tests := []struct {
		name, md string
		parts    string // that are meant
		lines    []int  // that are named
		err      string
	}{
		{"alone", both + "{{people}}\n", "people", []int{10}, ""},
		{"in a sentence", both + "There are {{people}}.\n", "", nil, ""},
		{"alone, after a heading", both + "## Who\n\n{{people}}\n", "people", []int{12}, ""},
		{"in a heading", both + "## {{people}}\n", "", nil, ""},
		{"in a list", both + "- {{people}}\n", "", nil, ""},
		{"in a table", both + "| a | b |\n|---|---|\n| {{people}} | x |\n", "", nil, ""},
		{"in bold", both + "**{{people}}**\n", "", nil, ""},
		{"both on one page", both + "Of {{people}}:\n\n{{people}}\n", "people", []int{12}, ""},
		{"two parts", both + "{{people}}\n\n{{sources}}\n\n{{questions}}\n", "people sources questions", []int{10, 12, 14}, ""},
		{"with a verb", both + "{{words people}}\n", "", nil, ""},
		{"a table of the result", both + "{{table sources}}\n", "", nil, ""},
		{"a row of the result", both + "{{sources: woman}}\n", "", nil, ""},
		{"no result of this name", "{{people}}\n", "people", nil, ""},
		{"a row of a part", "{{people: woman}}\n", "", nil, "has no rows to name"},
	}
	for _, tt := range tests {
		parsed, err := ParseTemplate([]byte(tt.md))
		if tt.err != "" {
			if err == nil || !strings.Contains(err.Error(), tt.err) {
				t.Errorf("%s: %v, want %q", tt.name, err, tt.err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var parts []string
		var lines []int
		converted(t, parsed, func(s slot) {
			if s.Name == "" {
				parts = append(parts, s.Verb)
			}
		})
		for _, w := range parsed.Lint(nil) {
			lines = append(lines, w.Line)
		}
		if got := strings.Join(parts, " "); got != tt.parts || fmt.Sprint(lines) != fmt.Sprint(tt.lines) {
			t.Errorf("%s: parts %q, lines %v; want %q, %v", tt.name, got, lines, tt.parts, tt.lines)
		}
	}
}

// The prose of the page is a rendering of the document, and keeps what an author
// can write in Markdown; Word and Markdown have the same words.
func TestProseOfThePageAndOfTheDocument(t *testing.T) {
	tests := []struct {
		name, md, page, markdown string
	}{
		{"an escaped star", `five \* six`, "<p dir=\"auto\">five * six</p>", `five \* six`},
		{"an escaped slot", `\{{women}}`, "<p dir=\"auto\">{{women}}</p>", "{{women}}"},
		{"a reference", "Fish &amp; chips &#x2014; &eacute;", "<p dir=\"auto\">Fish &amp; chips — é</p>", `Fish \& chips — é`},
		{"code as it is", "`\\* &amp;`", "<p dir=\"auto\"><code>\\* &amp;amp;</code></p>", "`\\* &amp;`"},
		{"a heading that links find", "## Who they are\n\n[there](#who-they-are)", `<h2 id="who-they-are" dir="auto">Who they are</h2>`, "## Who they are"},
		{"a link within", "[the questions](questions.html)", `<a href="questions.html">the questions</a>`, "the questions"},
		{"a link outside", "[a site](https://a.example/x)", `<a rel="noreferrer" href="https://a.example/x">a site</a>`, "[a site](https://a.example/x)"},
		{"a link that runs", "[x](javascript:alert(1))", "<p dir=\"auto\">x</p>", "x"},
		{"a picture", "![a map](map.png)", `<img src="map.png" alt="a map">`, "a map"},
		{"a footnote", "One[^a] and two[^a].\n\n[^a]: Said *once*.", `<section class="footnotes" role="doc-endnotes" aria-label="Notes"><ol>
<li id="note1" dir="auto">Said <em>once</em>.</li>`, "Said *once*."},
		{"a table", "| a | b |\n|---|--:|\n| x | {{women}} |", `aria-label="Table"`, `| x | (\|women\|) |`},
		{"lists in lists", "- a\n  - b\n- c", "<ul>\n<li dir=\"auto\">a<ul>\n<li dir=\"auto\">b</li></ul>\n</li>\n<li dir=\"auto\">c</li></ul>", "- a\n    - b\n- c"},
		{"a numbered list", "3. a\n4. b", `<span class="no">3.</span> a`, "3. a\n4. b"},
		{"a quotation", "> said", "<blockquote dir=\"auto\">said</blockquote>", "> said"},
		{"markup", "a <b>b</b>", "a &lt;b&gt;b&lt;/b&gt;", `a \<b\>b\</b\>`},
	}
	for _, tt := range tests {
		tmpl, err := ParseTemplate([]byte(head + tt.md + "\n"))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := converted(t, tmpl, func(slot) {}); !strings.Contains(got, tt.page) {
			t.Errorf("%s: the page has\n%s\nwant in it\n%s", tt.name, got, tt.page)
		}
		w := tmpl.writer(&document.Document{Title: "x"})
		w.inText = func(s slot, _ document.Inline) []document.Inline {
			return document.Plain(fmt.Sprintf("(%s|%s|%s)", s.Verb, s.Name, s.Row))
		}
		w.blocks(w.parsed)
		var b strings.Builder
		if err := w.out.Markdown(&b); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), tt.markdown) {
			t.Errorf("%s: the Markdown has\n%s\nwant in it\n%s", tt.name, b.String(), tt.markdown)
		}
	}
}
