package biblio

import (
	"testing"

	"recount/internal/text/document"
)

// TestAuthors reads the authors of records as the three forms write them: they
// are the byline of the page, in the order of speech.
func TestAuthors(t *testing.T) {
	ris := func(lines string) string {
		return "TY  - NEWS\r\nTI  - Ferry late\r\n" + lines + "UR  - https://harbour.news.example/1\r\nER  - \r\n"
	}
	bib := func(author string) string {
		return "@article{a,\n title = {Ferry late},\n " + author + ",\n url = {https://harbour.news.example/1},\n}\n"
	}
	csl := func(author string) string {
		return `[{"id":"a","type":"article-newspaper","title":"Ferry late",` + author + `"issued":{"date-parts":[[2014]]},"URL":"https://harbour.news.example/1"}]`
	}
	for _, tt := range []struct{ name, in, want string }{
		{"RIS: one", ris("AU  - Quill, Ada\r\n"), "Ada Quill"},
		{"RIS: three", ris("AU  - Quill, Ada\r\nAU  - Oar, Ben\r\nAU  - Holt, Rosa\r\n"), "Ada Quill, Ben Oar and Rosa Holt"},
		{"RIS: A1", ris("A1  - Quill, Ada\r\n"), "Ada Quill"},
		{"RIS: the order of speech", ris("AU  - Ada Quill\r\n"), "Ada Quill"},
		{"RIS: a generation", ris("AU  - Oar, Ben, Jr.\r\n"), "Ben Oar Jr."},
		{"RIS: a particle", ris("AU  - van der Merwen, Pieter\r\n"), "Pieter van der Merwen"},
		{"RIS: a particle behind", ris("AU  - Merwen, Pieter van der\r\n"), "Pieter van der Merwen"},
		{"RIS: a desk", ris("AU  - Harbour Desk\r\n"), "Harbour Desk"},
		{"RIS: initials", ris("AU  - Quill, A. M.\r\n"), "A. M. Quill"},
		{"RIS: another script", ris("AU  - العلي, رنا\r\n"), "رنا العلي"},
		{"RIS: nobody", ris(""), ""},

		{"BibTeX: one", bib("author = {Quill, Ada}"), "Ada Quill"},
		{"BibTeX: two", bib("author = {Quill, Ada and Ben Oar}"), "Ada Quill and Ben Oar"},
		{"BibTeX: quotation marks", bib(`author = "Ada Quill"`), "Ada Quill"},
		{"BibTeX: a body in braces", bib("author = {{Harbour and Sons}}"), "Harbour and Sons"},
		{"BibTeX: accents", bib(`author = {Br{\"u}nn, Ad{\'e}}`), "Adé Brünn"},
		{"BibTeX: a particle", bib("author = {van der Merwen, Pieter}"), "Pieter van der Merwen"},
		{"BibTeX: a generation", bib("author = {Oar, Jr., Ben}"), "Ben Oar Jr."},
		{"BibTeX: and others", bib("author = {Quill, Ada and others}"), "Ada Quill"},
		{"BibTeX: over two lines", bib("author = {Quill, Ada and\n   Oar, Ben}"), "Ada Quill and Ben Oar"},
		{"BibTeX: capitals of the field", bib("AUTHOR = {Quill, Ada}"), "Ada Quill"},
		{"BibTeX: nobody", bib("note = {none}"), ""},

		{"CSL: one", csl(`"author":[{"family":"Quill","given":"Ada"}],`), "Ada Quill"},
		{"CSL: two", csl(`"author":[{"family":"Quill","given":"Ada"},{"family":"Oar","given":"Ben"}],`), "Ada Quill and Ben Oar"},
		{"CSL: literal", csl(`"author":[{"literal":"Harbour Desk"}],`), "Harbour Desk"},
		{"CSL: a particle that stays", csl(`"author":[{"family":"Merwen","given":"Pieter","non-dropping-particle":"van der"}],`), "Pieter van der Merwen"},
		{"CSL: a particle that drops", csl(`"author":[{"family":"Humboldt","given":"Ada","dropping-particle":"von"}],`), "Ada von Humboldt"},
		{"CSL: a suffix", csl(`"author":[{"family":"Oar","given":"Ben","suffix":"Jr."}],`), "Ben Oar Jr."},
		{"CSL: a family name alone", csl(`"author":[{"family":"Quill"}],`), "Quill"},
		{"CSL: a string", csl(`"author":"Ada Quill",`), "Ada Quill"},
		{"CSL: one object", csl(`"author":{"family":"Quill","given":"Ada"},`), "Ada Quill"},
		{"CSL: creators of Zotero", `[{"itemType":"newspaperArticle","title":"Ferry late","creators":[{"firstName":"Ada","lastName":"Quill","creatorType":"author"},{"firstName":"Ben","lastName":"Oar","creatorType":"editor"}],"url":"https://harbour.news.example/1"}]`, "Ada Quill"},
		{"CSL: nobody", csl(``), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := Read([]byte(tt.in), document.Options{})
			if err != nil || len(s.Leads) != 1 {
				t.Fatalf("%d leads, %v", len(s.Leads), err)
			}
			got := ""
			for _, f := range s.Leads[0].Facts {
				if f.Field == "byline" {
					got = f.Value
				}
			}
			if got != tt.want {
				t.Errorf("byline %q, want %q", got, tt.want)
			}
		})
	}
}
