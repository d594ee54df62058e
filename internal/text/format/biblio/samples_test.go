package biblio

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"recount"
	"recount/internal/text/document"
)

// TestSamples compares a sample of each form with a truth made by hand.
func TestSamples(t *testing.T) {
	type lead struct{ URL, File, Title, Outlet, Published, Byline string }
	var truth map[string]struct {
		Records     []lead
		Left, Leads []string
	}
	b, err := os.ReadFile("testdata/truth.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &truth); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob("testdata/*.*")
	for _, path := range files {
		name := filepath.Base(path)
		if name == "truth.json" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			want, ok := truth[name]
			if !ok {
				t.Fatal("the truth does not name this file")
			}
			payload, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !Is(payload, "unnamed") {
				t.Error("Is = false")
			}
			set, err := Read(payload, document.Options{Name: name})
			if err != nil {
				t.Fatal(err)
			}
			var leads, left []string
			var got []lead
			for _, l := range set.Leads {
				leads = append(leads, l.URL)
				got = append(got, lead{l.URL, l.File, said(l, "title"), said(l, "outlet"), said(l, "published"), said(l, "byline")})
			}
			for _, l := range set.Left {
				left = append(left, l.Where+": "+l.Reason)
			}
			if !slices.Equal(got, want.Records) {
				t.Errorf("records:\n%q\nwant\n%q", got, want.Records)
			}
			if !slices.Equal(leads, want.Leads) || !slices.Equal(left, want.Left) {
				t.Errorf("leads %q, left %q; want %q, %q", leads, left, want.Leads, want.Left)
			}
		})
	}
}

func said(l document.Lead, field string) string {
	i := slices.IndexFunc(l.Facts, func(c recount.Candidate) bool { return c.Field == field })
	if i < 0 {
		return ""
	}
	return l.Facts[i].Value
}

func TestIsNoBibliography(t *testing.T) {
	tests := map[string]string{
		"prose with a tag in it":   "The file began with a line\nTY  - NEWS\nand then went on.\n\n\n\n\n\n",
		"prose":                    "The ferry was late, again.\n",
		"an e-mail address":        "ada@news.example wrote: the ferry was late\n",
		"a handle":                 "@ada_quill {late again}, she wrote\n",
		"a mention at the start":   "@article readers: {this} is no reference\n",
		"a list with hyphens":      "AB  - one\nCD  - two\n",
		"articles in JSON":         `[{"title":"Ferry","url":"https://a.news.example/1","text":"It was late."}]`,
		"settings in JSON":         `{"type":"module","name":"thing"}`,
		"structured data in JSON":  `{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ferry"}`,
		"a table":                  "TY,TI\nNEWS,Ferry\n",
		"a style sheet":            "@media print { body { color: black } }\n",
		"another style sheet":      "@import url(\"a.css\");\n@font-face {font-family: a}\n",
		"a program with decorator": "@dataclass\nclass A:\n    pass\n",
		"RTF":                      `{\rtf1\ansi TY  - NEWS}`,
		"nothing":                  "",
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			for _, file := range []string{"x.txt", "x.ris", "x.bib", "x.json"} {
				if Is([]byte(text), file) {
					t.Errorf("Is(%q) = true", file)
				}
			}
		})
	}
}

func TestDialects(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"RIS: an outlet in JO, a date with words, an address over two fields, no ER",
			"TY - NEWS\nT1 - Ferry\nJO - Post\nDA - 2015 Sep 21\nL2 - https://a.news.example/full\nTY - NEWS\nTI - Pier\nL1 - internal-pdf://pier.pdf\n",
			`lead https://a.news.example/full at record 1, lines 1-5
  title=Ferry (RIS T1)
  outlet=Post (RIS JO)
  published=2015 Sep 21 (RIS DA)
  type=NEWS (RIS TY)
  url=https://a.news.example/full (RIS L2)
lead  at record 2, lines 6-8 file internal-pdf://pier.pdf
  title=Pier (RIS TI)
  type=NEWS (RIS TY)
`},
		{"RIS: several addresses in one field, a season in the date",
			"TY  - WEB\nTI  - Ferry\nPY  - 2014/05//Spring\nUR  - https://a.news.example/1; https://a.news.example/2\nER  - \n",
			`lead https://a.news.example/1 at record 1, lines 1-5
  title=Ferry (RIS TI)
  published=2014-05 (RIS PY)
  type=WEB (RIS TY)
  url=https://a.news.example/1 (RIS UR)
  url=https://a.news.example/2 (RIS UR)
`},
		{"BibLaTeX: names in the longer form, a path with a drive, dollars",
			"@online{a,\n author={family=Quill, given=Ada and Tern, Jr., Maud},\n title={The \\$5 ferry costs $6},\n file={C:\\\\Users\\\\ada\\\\a.html},\n date={2014}\n}\n",
			`lead  at entry 1, lines 1-6 file C:\Users\ada\a.html
  title=The $5 ferry costs $6 (BibTeX title)
  byline=Ada Quill and Maud Tern Jr. (BibTeX author)
  published=2014 (BibTeX date)
  id=a (BibTeX key)
  type=online (BibTeX type)
`},
		{"Zotero's JSON with an attachment",
			`{"config":{},"items":[{"itemType":"newspaperArticle","title":"Ferry","publicationTitle":"Post","date":"May 4, 2021","creators":[{"firstName":"Ada","lastName":"Quill","creatorType":"author"},{"name":"Someone","creatorType":"editor"}],"attachments":[{"path":"files/9/a.pdf"},{"path":"files/8/a.html"}],"citationKey":"q"},{"itemType":"note","note":"x"}]}`,
			`lead  at item 1 file files/8/a.html
  title=Ferry (Zotero title)
  byline=Ada Quill (Zotero creators)
  outlet=Post (Zotero publicationTitle)
  published=May 4, 2021 (Zotero date)
  type=newspaperArticle (Zotero type)
  file=files/9/a.pdf (Zotero attachment)
left item 2: a note without a record
`},
		{"CSL-JSON that breaks off",
			`[{"id":1,"type":"webpage","title":"Ferry","URL":"https://a.news.example/1","issued":{"literal":"spring 2014"}},{"id":2,"type":`,
			`lead https://a.news.example/1 at item 1
  title=Ferry (CSL-JSON title)
  published=spring 2014 (CSL-JSON issued)
  id=1 (CSL-JSON id)
  type=webpage (CSL-JSON type)
  url=https://a.news.example/1 (CSL-JSON URL)
left item 2 and what follows: the JSON breaks off here
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if !Is([]byte(tt.in), "") {
				t.Error("Is = false")
			}
			set, err := Read([]byte(tt.in), document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := show(set); got != tt.want {
				t.Errorf("Read:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}

func TestLatex(t *testing.T) {
	tests := []struct{ in, want string }{
		{`plain text`, "plain text"},
		{`{\"a}\"o\"{u}{\ss}`, "äöüß"},
		{`\'{e}\` + "`" + `e\^e\~n\c{c}\c c\v{s}\u{g}\k{a}\H{o}\r{a}\.z\=a`, "éèêñççšğąőåżā"},
		{`\'{\i}\'\i{}`, "íí"},
		{`{\AE}sop \o{} {\L}\'od\'z \aa`, "Æsop ø Łódź å"},
		{"``quoted'' -- and --- on", "“quoted” – and — on"},
		{`50\% of A\&B~C\_D \#1`, "50% of A&B C_D #1"},
		{`\emph{said} {T}he {\textit{Post}}`, "said The Post"},
		{`\unknown{kept} \~{} \textasciitilde`, "kept ~ ~"},
		{`\`, `\`},
		{`\'`, `'`},
		{`{{{`, ``},
	}
	for _, tt := range tests {
		if got := latex(tt.in); got != tt.want {
			t.Errorf("latex(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
