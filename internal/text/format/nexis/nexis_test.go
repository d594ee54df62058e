package nexis

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"recount"
	"recount/internal/text/document"
)

// said returns the first value of a field.
func said(d document.Draft, field string) string {
	for _, f := range d.Facts {
		if f.Field == field {
			return f.Value
		}
	}
	return ""
}

func TestSamplesAreReadAsTheirTruth(t *testing.T) {
	files, truths := samples(t)
	for name, payload := range files {
		t.Run(name, func(t *testing.T) {
			if !Is(payload, name) {
				t.Fatal("Is = false")
			}
			if strings.HasSuffix(name, ".docx") != (carrierOf(payload, "") == word) {
				t.Error("the carrier is not told by content")
			}
			set, err := Read(payload, document.Options{Name: name})
			if err != nil {
				t.Fatal(err)
			}
			want := truths[name]
			got := truth{Articles: []truthArticle{}, Left: []string{}, Leads: []string{}}
			list := english
			if strings.Contains(name, "german") {
				list = german
			}
			for _, l := range set.Left {
				got.Left = append(got.Left, strings.Join(strings.Fields(l.Where)[:2], " "))
				if l.Reason == "" || l.Hint == "" {
					t.Errorf("left without reason or hint: %+v", l)
				}
			}
			for i, d := range set.Drafts {
				if i >= len(want.Articles) {
					t.Fatalf("%d articles, want %d", len(set.Drafts), len(want.Articles))
				}
				var n int
				fmt.Sscan(d.Part, &n)
				p := list[n-1]
				if d := said(d, "published"); d != p.date {
					t.Errorf("article %d: published %q, want %q", n, d, p.date)
				}
				var texts []string
				for _, q := range d.Paragraphs {
					texts = append(texts, q.Text)
					if s, ok := Find(payload, q.Path); !ok || s != q.Text {
						t.Errorf("Find(%s) = %q, %v; want %q", q.Path, s, ok, q.Text)
					}
				}
				wantTexts := append([]string{}, p.text...)
				if p.caption != "" {
					wantTexts = append(wantTexts, p.caption)
				}
				if diff := cmp.Diff(wantTexts, texts); diff != "" {
					t.Errorf("article %d, text: (-want +got)\n%s", n, diff)
				}
				for _, f := range [][2]string{{"section", p.section}, {"words", p.words}, {"highlight", p.highlight}, {"dateline", p.dateline}, {"language", p.language}, {"loaded", p.loaded}, {"edition", p.edition}} {
					if v := said(d, f[0]); v != f[1] {
						t.Errorf("article %d: %s %q, want %q", n, f[0], v, f[1])
					}
				}
				if s := said(d, "search"); !strings.HasPrefix(s, searched) && name != "nexis-single.docx" {
					t.Errorf("article %d: search %q, want %q", n, s, searched)
				}
				f, l := strings.Fields(d.Paragraphs[0].Text), strings.Fields(d.Paragraphs[len(d.Paragraphs)-1].Text)
				got.Articles = append(got.Articles, truthArticle{Part: d.Part, Title: said(d, "title"), Outlet: said(d, "outlet"), Published: p.published, Byline: said(d, "byline"),
					First: strings.Join(f[:min(6, len(f))], " "), Last: strings.Join(l[max(0, len(l)-4):], " ")})
				if len(d.Notes) > 0 {
					t.Errorf("article %d: notes %q, want none", n, d.Notes)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// summary writes a set on one line per article and per piece that was left.
func summary(set document.Set) []string {
	var out []string
	for _, d := range set.Drafts {
		out = append(out, strings.Join([]string{d.Part, said(d, "title"), said(d, "outlet"), said(d, "published"), said(d, "byline")}, " | "))
		for _, p := range d.Paragraphs {
			s := "  " + p.Text
			if p.Role != "" {
				s += " (" + string(p.Role) + ")"
			}
			out = append(out, s)
		}
	}
	for _, l := range set.Left {
		out = append(out, "left "+l.Where+": "+l.Reason)
	}
	return out
}

func TestNewerLayoutOfOneFeatureEach(t *testing.T) {
	article := func(title string) []string {
		return []string{title, "Coast Courier", "July 3, 2019 Wednesday", "", "Copyright 2019 X", "", "Length:\u00a05 words", "Byline:\u00a0Per Lund", "", "Body", "", "The pier holds.", "", "Load-Date:\u00a0July 3, 2019", "", "End of Document"}
	}
	read := func(title string) []string {
		return []string{"1 | " + title + " | Coast Courier | July 3, 2019 Wednesday | Per Lund", "  The pier holds."}
	}
	list := func(lines ...[]string) (out []string) {
		for _, l := range lines {
			out = append(out, l...)
		}
		return out
	}
	tests := []struct {
		name  string
		lines []string
		want  []string
	}{
		{"a cover that announces more than there is", list([]string{"Job Number:\u00a01", "Documents (2)", "1. Pier holds", "Client/Matter:\u00a0-None-", "2. Pier falls", "Client/Matter:\u00a0-None-", "", "", ""}, article("Pier holds")),
			list(read("Pier holds"), []string{"left the cover: it announces 2 documents, 1 were found; no article has the title \"Pier falls\""})},
		{"an error page", list(article("Pier holds"), []string{"We are sorry but there is an error in this document and it is not possible to display it.", "End of Document"}),
			list(read("Pier holds"), []string{"left document 2: LexisNexis shows an error page in its place"})},
		{"text after the last mark", list(article("Pier holds"), []string{"Some words of nobody."}),
			list(read("Pier holds"), []string{"left paragraphs 17-17: text after the last article that is none of its own"})},
		{"no mark at the end", list(article("Pier holds"), article("Pier falls")[:12]),
			list(read("Pier holds"), []string{"2 | Pier falls | Coast Courier | July 3, 2019 Wednesday | Per Lund", "  The pier holds."})},
		{"a cover without articles", []string{"Date and Time:\u00a0Monday", "Job Number:\u00a01", "Documents (2)", "1. Pier holds", "Client/Matter:\u00a0-None-", "2. Pier falls", "Client/Matter:\u00a0-None-", "Narrowed by:", "Content Type", "News"},
			[]string{"left the list: a list of 2 documents without the documents"}},
		{"a cover whose titles are cut short", list([]string{"Job Number:\u00a01", "Document (1)", "1. Pier ho...", "Client/Matter:\u00a0-None-", "Search Terms:\u00a0pier", "Narrowed by:", "Content Type", "News", "", "", ""}, article("Pier holds")), read("Pier holds")},
		{"a headline of two paragraphs, one of them on the cover", list([]string{"Job Number:\u00a01", "Document (1)", "1. Pier holds: engineer glad", "Client/Matter:\u00a0-None-", "Narrowed by:", "News", "", "Pier holds:"}, article("engineer glad")), read("Pier holds: engineer glad")},
		{"a line between outlet and date", list([]string{"Job Number:\u00a01", "Document (1)", "1. Pier holds", "Client/Matter:\u00a0-None-", "", "", ""}, article("Pier holds")[:2], []string{"Northport edition"}, article("Pier holds")[2:]), read("Pier holds")},
		{"a headline that names a date", article("July 4, 2019: a day at the pier"), read("July 4, 2019: a day at the pier")},
		{"a headline that looks like a field", article("Update: the pier holds"), read("Update: the pier holds")},
		{"a text that names its source", list([]string{"Job Number:\u00a01", "Document (1)", "1. Pier holds", "Client/Matter:\u00a0-None-", "", "", ""}, article("Pier holds")[:12], []string{"Source: AFP"}, article("Pier holds")[12:]), append(read("Pier holds"), "  Source: AFP")},
		{"a number and its title in two cells", list([]string{"Job Number:\u00a01", "Document (1)", "1.", "Pier holds", "Client/Matter:\u00a0-None-", "", "______________"}, article("Pier holds")), read("Pier holds")},
		{"who distributes it", list(article("Pier holds")[:5], []string{"Distributed by Northport Wire"}, article("Pier holds")[5:]), read("Pier holds")},
		{"no headline", article("No Headline In Original"), read("")},
		{"no heading of the text in any article", list(article("Pier holds")[:9], article("Pier holds")[11:]), read("Pier holds")},
		{"fields in capitals", []string{"Pier holds", "Coast Courier", "July 3, 2019 Wednesday", "LENGTH: 5 words", "BYLINE: Per Lund", "Body", "The pier holds.", "LOAD-DATE: July 3, 2019", "End of Document"}, read("Pier holds")},
		{"a byline of two lines", []string{"Pier holds", "Coast Courier", "July 3, 2019 Wednesday", "Length:\u00a05 words", "Byline:\u00a0Per", "Lund", "Body", "The pier holds.", "End of Document"}, read("Pier holds")},
		{"a label with its value on the next line", []string{"Pier holds", "Coast Courier", "July 3, 2019 Wednesday", "Length:\u00a05 words", "Byline:", "Per Lund", "Body", "The pier holds.", "End of Document"}, read("Pier holds")},
		{"a caption under its heading", list(article("Pier holds")[:12], []string{"Graphic", "The pier.", "Link to Image"}, article("Pier holds")[12:]), append(read("Pier holds"), "  The pier. (caption)")},
	}
	for _, tt := range tests {
		for _, carrier := range []string{"docx", "rtf", "txt"} {
			t.Run(tt.name+", in "+carrier, func(t *testing.T) {
				payload := rtfOf(tt.lines)
				switch carrier {
				case "docx":
					payload = docxOf(t, tt.lines)
				case "txt":
					payload = []byte(strings.Join(tt.lines, "\n\n"))
					for i, s := range tt.want {
						tt.want[i] = strings.Replace(s, "paragraphs 17-17", "lines 33-33", 1)
					}
				}
				if !Is(payload, "x") {
					t.Error("Is = false")
				}
				set, err := Read(payload, document.Options{})
				if err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(tt.want, summary(set)); d != "" {
					t.Errorf("(-want +got)\n%s", d)
				}
			})
		}
	}
}

func TestNewerLayoutInOtherLanguages(t *testing.T) {
	tests := []struct{ name, date, length, byline, section, body, loaded, end string }{
		{"German", "3. Juli 2019 Mittwoch", "Länge:", "Autor:", "Rubrik:", "Text", "Ladedatum:", "Ende des Dokuments"},
		{"French", "mercredi 3 juillet 2019", "Longueur:", "Auteur:", "Rubrique:", "Corps", "Date de chargement:", "Fin du document"},
		{"Spanish", "3 de julio de 2019 miércoles", "Longitud:", "Autor:", "Sección:", "Cuerpo", "Fecha de carga:", "Fin del documento"},
		{"Dutch", "3 juli 2019 woensdag 12:00 AM GMT", "Lengte:", "Auteur:", "Rubriek:", "Hoofdtekst", "Laaddatum:", "Einde van document"},
		{"Italian", "3 luglio 2019 mercoledì", "Lunghezza:", "Autore:", "Sezione:", "Corpo", "Data di caricamento:", "Fine del documento"},
		{"Portuguese", "3 de julho de 2019 quarta-feira", "Extensão:", "Autor:", "Seção:", "Corpo", "Data de carregamento:", "Fim do documento"},
		{"French with its capitals", "3 juillet 2019 mercredi", "LONGUEUR:", "AUTEUR:", "RUBRIQUE:", "Corps du texte", "DATE-CHARGEMENT:", "Fin du document"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			payload := docxOf(t, []string{"Pier holds", "Coast Courier", tt.date, "Copyright 2019 X", tt.section + "\u00a0LOCAL", tt.length + "\u00a05 words", tt.byline + "\u00a0Per Lund", tt.body, "The pier holds.", tt.loaded + "\u00a0" + tt.date, tt.end})
			if !Is(payload, "x") {
				t.Error("Is = false")
			}
			set, err := Read(payload, document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff([]string{"1 | Pier holds | Coast Courier | " + tt.date + " | Per Lund", "  The pier holds."}, summary(set)); d != "" {
				t.Fatalf("(-want +got)\n%s", d)
			}
			for field, want := range map[string]string{"section": "LOCAL", "words": "5 words", "loaded": tt.date} {
				if got := said(set.Drafts[0], field); got != want {
					t.Errorf("%s = %q, want %q", field, got, want)
				}
			}
		})
	}
}

func TestOlderLayoutOfOneFeatureEach(t *testing.T) {
	article := func(start, title string) string {
		return centre(start) + "\n\n\n" + centre("Coast Courier") + "\n\n" + centre("July 3, 2019 Wednesday") + "\n\n" + title + "\n\nBYLINE: Per Lund\n\nLENGTH: 5 words\n\nThe pier holds.\n\nLOAD-DATE: July 3, 2019\n\nLANGUAGE: ENGLISH\n\n" + centre("Copyright 2019 X") + "\n\n"
	}
	read := func(part, title string) []string {
		return []string{part + " | " + title + " | Coast Courier | July 3, 2019 Wednesday | Per Lund", "  The pier holds."}
	}
	list := func(lines ...[]string) (out []string) {
		for _, l := range lines {
			out = append(out, l...)
		}
		return out
	}
	long := "The old pier of Northport can carry the weight of twenty boats at once, an engineer of the county has found after two days of measuring."
	tests := []struct {
		name, text string
		want       []string
	}{
		{"one document", article("1 of 1 DOCUMENT", "Pier holds"), read("1", "Pier holds")},
		{"a headline of two lines", article("1 of 1 DOCUMENT", wrap(long, 78)), read("1", long)},
		{"a document that is missing", article("1 of 3 DOCUMENTS", "Pier holds") + article("3 of 3 DOCUMENTS", "Pier falls"),
			list(read("1", "Pier holds"), read("2", "Pier falls"), []string{"left the cover: it announces 3 documents, 2 were found"})},
		{"two downloads one after the other", article("1 of 1 DOCUMENTS", "Pier holds") + article("1 of 1 DOCUMENTS", "Pier falls"), list(read("1", "Pier holds"), read("2", "Pier falls"))},
		{"the layout of 2005", centre("1 of 1 DOCUMENTS") + "\n\n" + centre("Copyright 2005 X") + "\n" + centre("All Rights Reserved") + "\n" + centre("Coast Courier") + "\n\n" + centre("January 2, 2005 Sunday") + "\n" + centre("Late Edition - Final") +
			"\n\nSECTION: Section 1; Column 1; National Desk; Pg. 1\n\nLENGTH: 52 words\n\nHEADLINE: Pier holds\n\nBYLINE: By PER LUND\n\nDATELINE: NORTHPORT, Jan. 1\n\nBODY:\n   The pier holds, an engineer said\non Sunday.\n   It did so before.\n\nURL: http://news.example/pier\n\nLOAD-DATE: January 2, 2005\n",
			[]string{"1 | Pier holds | Coast Courier | January 2, 2005 Sunday | By PER LUND", "  The pier holds, an engineer said on Sunday.", "  It did so before."}},
		{"text on the line of its label", strings.Replace(article("1 of 1 DOCUMENTS", "Pier holds"), "The pier holds.", "BODY: "+wrap(long, 72)+"\n\nThe pier holds.", 1),
			[]string{"1 | Pier holds | Coast Courier | July 3, 2019 Wednesday | Per Lund", "  " + long, "  The pier holds."}},
		{"a byline of two lines", strings.Replace(article("1 of 1 DOCUMENTS", "Pier holds"), "BYLINE: Per Lund", "BYLINE: Per\nLund", 1), read("1", "Pier holds")},
		{"capitals before a colon inside the text", strings.Replace(article("1 of 1 DOCUMENTS", "Pier holds"), "The pier holds.", "NOTE: read on.\n\nHe said so.\n\nThen she did.\n\nThe pier holds.", 1),
			[]string{"1 | Pier holds | Coast Courier | July 3, 2019 Wednesday | Per Lund", "  NOTE: read on.", "  He said so.", "  Then she did.", "  The pier holds."}},
		{"lines that are not wrapped", strings.Replace(article("1 of 1 DOCUMENTS", "Pier holds"), "The pier holds.", long+"\n"+long+"\nThe pier holds.", 1),
			[]string{"1 | Pier holds | Coast Courier | July 3, 2019 Wednesday | Per Lund", "  " + long, "  " + long, "  The pier holds."}},
		{"a headline that looks like a field", article("1 of 1 DOCUMENTS", "Update: pier holds"), read("1", "Update: pier holds")},
		{"a picture", strings.Replace(article("1 of 1 DOCUMENTS", "Pier holds"), "The pier holds.\n\n", "GRAPHIC: The pier.\n\n", 1), []string{"left document 1 (Pier holds): it has no text: a picture, a table or a graphic only"}},
		{"French", "                             Document 1 de 1\n\n" + centre("Le Quai") + "\n\n" + centre("mercredi 3 juillet 2019") + "\n\nLa jetée tient\n\nAUTEUR: Per Lund\n\nRUBRIQUE: Local\n\nLONGUEUR: 4 mots\n\nLa jetée tient.\n\nDATE-CHARGEMENT: 3 juillet 2019\n\nLANGUE: FRANÇAIS; FRENCH\n",
			[]string{"1 | La jetée tient | Le Quai | mercredi 3 juillet 2019 | Per Lund", "  La jetée tient."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			payload := []byte(tt.text)
			if !Is(payload, "x.txt") {
				t.Error("Is = false")
			}
			set, err := Read(payload, document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, summary(set)); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
			for _, d := range set.Drafts {
				for _, p := range d.Paragraphs {
					if s, ok := Find(payload, p.Path); !ok || s != p.Text {
						t.Errorf("Find(%s) = %q, %v; want %q", p.Path, s, ok, p.Text)
					}
				}
			}
		})
	}
	t.Run("Windows-1252", func(t *testing.T) {
		text := strings.Replace(article("1 of 1 DOCUMENTS", "Pier holds"), "The pier holds.", "\x93The pier holds,\x94 said Ren\xe9e.", 1)
		set, err := Read([]byte(text), document.Options{})
		if err != nil || len(set.Drafts) != 1 || set.Drafts[0].Paragraphs[0].Text != "“The pier holds,” said Renée." {
			t.Errorf("%q, %v", summary(set), err)
		}
	})
	t.Run("UTF-16", func(t *testing.T) {
		payload := []byte{0xff, 0xfe}
		for _, u := range utf16.Encode([]rune(article("1 of 1 DOCUMENTS", "Pier holds"))) {
			payload = append(payload, byte(u), byte(u>>8))
		}
		set, err := Read(payload, document.Options{})
		if d := cmp.Diff(read("1", "Pier holds"), summary(set)); err != nil || d != "" || !Is(payload, "x.txt") {
			t.Errorf("%v (-want +got)\n%s", err, d)
		}
	})
	t.Run("RTF", func(t *testing.T) {
		var lines []string
		for _, l := range strings.Split(article("1 of 1 DOCUMENTS", "Pier holds"), "\n") {
			lines = append(lines, strings.TrimSpace(l))
		}
		payload := rtfOf(lines)
		set, err := Read(payload, document.Options{})
		if d := cmp.Diff(read("1", "Pier holds"), summary(set)); err != nil || d != "" || !Is(payload, "x.rtf") {
			t.Errorf("%v (-want +got)\n%s", err, d)
		}
	})
}

func TestOtherFilesAreNone(t *testing.T) {
	for name, payload := range map[string][]byte{
		"a Word file":            docxOf(t, []string{"Pier holds", "The pier holds.", "End of Document"}),
		"an RTF file":            rtfOf([]string{"Pier holds", "The pier holds, see Document 1 of 2."}),
		"text about documents":   []byte("1 of 10 DOCUMENTS\n\nwere lost.\n"),
		"a page":                 []byte("<html><body><p>LENGTH: 5 words</p></body></html>"),
		"a page of another kind": []byte("<html><body><p>End of Document</p></body></html>"),
		"nothing":                nil,
	} {
		if Is(payload, "x") {
			t.Errorf("%s is taken for a download from LexisNexis", name)
		}
	}
}

// many returns n articles of some length.
func many(n int) []piece {
	var out []piece
	for i := range n {
		p := english[i%2]
		p.title = fmt.Sprintf("%s (%d)", p.title, i)
		p.text = nil
		for range 6 {
			p.text = append(p.text, english[0].text[:3]...)
		}
		out = append(out, p)
	}
	return out
}

func BenchmarkRead(b *testing.B) {
	list := many(500)
	for _, f := range []struct {
		name    string
		payload []byte
	}{
		{"500 articles in DOCX", docxOf(b, newerLines(list, inEnglish, true))},
		{"500 articles in RTF", rtfOf(newerLines(list, inEnglish, true))},
		{"500 articles in TXT", txtOf(list, inEnglish)},
		{"500 articles in HTML", htmlOf(list)},
	} {
		b.Run(f.name, func(b *testing.B) {
			b.SetBytes(int64(len(f.payload)))
			b.ReportAllocs()
			for b.Loop() {
				set, err := Read(f.payload, document.Options{})
				if err != nil || len(set.Drafts) != 500 {
					b.Fatal(len(set.Drafts), err)
				}
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	files, _ := samples(f)
	f.Add(files["nexis-german.txt"], false)
	f.Add(rtfOf(newerLines(german[1:], inGerman, false)), false)
	f.Add(htmlOf(english[3:]), false)
	f.Add([]byte(strings.Join(newerLines(german, inGerman, true), "\r")), true)
	f.Add([]byte("1 of 2 DOCUMENTS\n\nA\n\nJuly 3, 2019\n\nHEADLINE: B\n\nBODY: c\nd\n\nGRAPHIC: e\n\nf\n\nLOAD-DATE: g\n"), false)
	f.Fuzz(func(t *testing.T, b []byte, docx bool) {
		if docx {
			// The lines, cut at CR, become the paragraphs of a Word file.
			b = docxOf(t, strings.Split(strings.ToValidUTF8(strings.Map(func(r rune) rune {
				if r < ' ' && r != '\r' && r != '\n' {
					return -1
				}
				return r
			}, string(b)), "?"), "\r"))
		}
		Is(b, "x")
		set, err := Read(b, document.Options{})
		if err != nil {
			if !errors.Is(err, recount.ErrRefused) || recount.HintOf(err) == "" {
				t.Fatalf("an error that is no refusal with a hint: %v", err)
			}
			return
		}
		parts := map[string]bool{}
		for _, d := range set.Drafts {
			if parts[d.Part] || d.Part == "" || d.Range == "" || len(d.Paragraphs) == 0 {
				t.Fatalf("draft %q, %q of %d paragraphs", d.Part, d.Range, len(d.Paragraphs))
			}
			parts[d.Part] = true
			for i, p := range d.Paragraphs {
				if p.Text == "" || strings.ContainsAny(p.Text, "\n\x00") {
					t.Fatalf("paragraph %+v", p)
				}
				if i < 3 && len(parts) < 3 {
					if s, ok := Find(b, p.Path); !ok || s != p.Text {
						t.Fatalf("Find(%s) = %q, %v; want %q", p.Path, s, ok, p.Text)
					}
				}
			}
		}
	})
}
