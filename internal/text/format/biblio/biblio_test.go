package biblio

import (
	"strings"
	"testing"

	"recount"
	"recount/internal/text/document"
)

// show writes a set so that a test can compare it in words.
func show(s document.Set) string {
	var b strings.Builder
	facts := func(list []recount.Candidate) {
		for _, f := range list {
			b.WriteString("  " + f.Field + "=" + f.Value + " (" + f.Origin + ")\n")
		}
	}
	for _, l := range s.Leads {
		b.WriteString("lead " + l.URL + " at " + l.Range)
		if l.File != "" {
			b.WriteString(" file " + l.File)
		}
		b.WriteString("\n")
		facts(l.Facts)
	}
	for _, l := range s.Left {
		b.WriteString("left " + l.Where + ": " + l.Reason + "\n")
	}
	for _, n := range s.Notes {
		b.WriteString("note " + n + "\n")
	}
	return b.String()
}

func TestRead(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"RIS as Zotero writes it",
			"TY  - NEWS\r\nTI  - Ferry late again\r\nAU  - Quill, Ada\r\nAU  - Oar, Ben\r\nT2  - The Harbour Post\r\nAB  - The ferry\r\nwas late.\r\nDA  - 2014/05/14/\r\nPY  - 2014\r\nLA  - en\r\nUR  - https://harbour.news.example/1\r\nY2  - 2020/01/02/09:00:00\r\nL2  - files/12/1.html\r\nL1  - files/13/Quill - 2014.pdf\r\nER  - \r\n\r\n\r\nTY  - NEWS\r\nT1  - On paper only\r\nPY  - 2014///\r\nER  - \r\n",
			`lead https://harbour.news.example/1 at record 1, lines 1-15 file files/12/1.html
  title=Ferry late again (RIS TI)
  byline=Ada Quill and Ben Oar (RIS AU)
  outlet=The Harbour Post (RIS T2)
  published=2014-05-14 (RIS DA)
  collected=2020-01-02 (RIS Y2)
  language=en (RIS LA)
  abstract=The ferry was late. (RIS AB)
  type=NEWS (RIS TY)
  url=https://harbour.news.example/1 (RIS UR)
  file=files/13/Quill - 2014.pdf (RIS attachment)
left record 2, lines 18-21: neither an address nor a file beside it ("On paper only")
`},
		{"BibTeX with strings, accents and Zotero's files",
			`% made by hand
@string{hp = "The {Harbour} Post"}
@comment{jabref-meta: databaseType:bibtex;}
@article{quill_ferry_2014,
	title = {F{\"a}hre zu sp\"at --- \'{e}t\'e, \c{c}a \& {\o}re},
	author = {Quill, Ada and {The Harbour Desk} and Ben {Oar and Sons}},
	journal = hp # { Weekend},
	month = may,
	year = 2014,
	url = {https://harbour.news.example/a\_b?c=1\&d=2},
	urldate = {2020-01-02},
	langid = {ngerman},
	file = {Snapshot:files/12/1.html:text/html;Full Text PDF:files/13/C\:\\x.pdf:application/pdf},
}
@online(nokey1, title = "No {"}address{"}", year = {2014})
@misc{broken, title = {never closed
@misc{last, howpublished = {\url{https://harbour.news.example/last}}, date = {2014-05-14}}
`,
			`lead https://harbour.news.example/a_b?c=1&d=2 at entry 1, lines 4-14 file files/12/1.html
  title=Fähre zu spät — été, ça & øre (BibTeX title)
  byline=Ada Quill, The Harbour Desk and Ben Oar and Sons (BibTeX author)
  outlet=The Harbour Post Weekend (BibTeX journal)
  published=2014-05 (BibTeX year, month and day)
  collected=2020-01-02 (BibTeX urldate)
  language=ngerman (BibTeX langid)
  id=quill_ferry_2014 (BibTeX key)
  type=article (BibTeX type)
  url=https://harbour.news.example/a_b?c=1&d=2 (BibTeX url)
  file=files/13/C:\x.pdf (BibTeX attachment)
lead https://harbour.news.example/last at entry 4, lines 17-17
  published=2014-05-14 (BibTeX date)
  id=last (BibTeX key)
  type=misc (BibTeX type)
  url=https://harbour.news.example/last (BibTeX howpublished)
left entry 2, lines 15-15: neither an address nor a file beside it ("No \"address\"")
left entry 3, line 16: an entry that is not closed, or broken
`},
		{"CSL-JSON",
			`[{"id":"quill2014","type":"article-newspaper","title":"Ferry late","container-title":"The Harbour Post","author":[{"family":"Quill","given":"Ada"},{"literal":"Harbour Desk"}],"issued":{"date-parts":[["2014",5]]},"accessed":{"date-parts":[[2020,1,2]]},"URL":"https://harbour.news.example/1","language":"en"},
			{"type":"webpage","title":"Year only","URL":"https://harbour.news.example/2","issued":{"date-parts":[[2014]]}},
			{"type":"post-weblog","title":"No address","issued":{"raw":"May 2014"}}]`,
			`lead https://harbour.news.example/1 at item 1
  title=Ferry late (CSL-JSON title)
  byline=Ada Quill and Harbour Desk (CSL-JSON author)
  outlet=The Harbour Post (CSL-JSON container-title)
  published=2014-05 (CSL-JSON issued)
  collected=2020-01-02 (CSL-JSON accessed)
  language=en (CSL-JSON language)
  id=quill2014 (CSL-JSON id)
  type=article-newspaper (CSL-JSON type)
  url=https://harbour.news.example/1 (CSL-JSON URL)
lead https://harbour.news.example/2 at item 2
  title=Year only (CSL-JSON title)
  published=2014 (CSL-JSON issued)
  type=webpage (CSL-JSON type)
  url=https://harbour.news.example/2 (CSL-JSON URL)
left item 3: neither an address nor a file beside it ("No address")
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if !Is([]byte(tt.in), "x.txt") {
				t.Error("Is = false")
			}
			set, err := Read([]byte(tt.in), document.Options{})
			if err != nil {
				t.Fatalf("Read: %v", err)
			}
			if got := show(set); got != tt.want {
				t.Errorf("Read:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}
