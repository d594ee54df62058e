package document

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"recount"
)

func TestSingle(t *testing.T) {
	p := func(texts ...string) (out []Paragraph) {
		for i, s := range texts {
			out = append(out, Paragraph{Text: s, Path: Numbered(i+1, 1)})
		}
		return out
	}
	named := []recount.Candidate{{Field: "title", Value: "port opens", Origin: "core"}}
	tests := []struct {
		name  string
		paras []Paragraph
		facts []recount.Candidate
		want  []string // field=value of each fact, then the text of each paragraph
	}{
		{"a short first line is the title", p("Port opens", "The port opened."), nil, []string{"title=Port opens", "The port opened."}},
		{"byline and date under it", p("Port opens", "By Ada Quill", "1 July 2019", "The port opened."), nil, []string{"title=Port opens", "byline=By Ada Quill", "published=1 July 2019", "The port opened."}},
		{"a sentence that begins like a byline", p("Port opens", "By Monday the port was open", "It stayed so."), nil, []string{"title=Port opens", "By Monday the port was open", "It stayed so."}},
		{"a paragraph that begins with a date", p("Port opens", "March 2019 brought storms", "It stayed so."), nil, []string{"title=Port opens", "March 2019 brought storms", "It stayed so."}},
		{"a sentence at once", p("The port opened.", "It stayed so."), nil, []string{"The port opened.", "It stayed so."}},
		{"a title in the properties", p("PORT OPENS", "The port opened."), named, []string{"title=PORT OPENS", "title=port opens", "The port opened."}},
		{"a title in the properties alone", p("Kicker", "The port opened."), named, []string{"title=port opens", "Kicker", "The port opened."}},
		{"one line", p("Port opens"), nil, []string{"Port opens"}},
		{"nothing", nil, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := Single(tt.paras, tt.facts)
			var got []string
			for _, f := range d.Facts {
				got = append(got, f.Field+"="+f.Value)
			}
			for _, q := range d.Paragraphs {
				got = append(got, q.Text)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestPropertyTitles sets what the properties of a file call it beside what it
// shows: what a template, a program or an author's file is called is no title,
// and the headline that a reader sees stands before any other.
func TestPropertyTitles(t *testing.T) {
	const ferry = "Ferry crews stay ashore"
	body := []string{"The crews of the island ferries stayed ashore for an eighth day on Monday, and the queue of lorries reached the old customs house.", "Nobody wants this to last, said Ada Brunn."}
	above := func(lines ...string) []string { return append(lines, body...) }
	tests := []struct {
		name, said string
		paras      []string
		want       string
		first      int // paragraphs above the text that stay in it
	}{
		{"a program and a number", "Microsoft Word - Document1", above(ferry), ferry, 0},
		{"a program and a file", "Microsoft Word - ferry strike final.doc", above(ferry), ferry, 0},
		{"untitled", "untitled", above(ferry), ferry, 0},
		{"a document's number", "Document1", above(ferry), ferry, 0},
		{"the same in German", "Dokument3", above(ferry), ferry, 0},
		{"the same in French", "Sans titre", above(ferry), ferry, 0},
		{"the same in Russian", "Документ1", above(ferry), ferry, 0},
		{"the same in Arabic", "مستند جديد", above(ferry), ferry, 0},
		{"a file of the author", "ferry_strike_v2", above(ferry), ferry, 0},
		{"a file with a day", "20140514 ferry", above(ferry), ferry, 0},
		{"a path", `C:\Texts\ferry`, above(ferry), ferry, 0},
		{"a template", "Press release template", above(ferry), ferry, 0},
		{"the name of the field", "Title", above(ferry), ferry, 0},
		{"another article, from which the file was made", "Bakers leave the upper town", above(ferry), ferry, 0},
		{"the outlet", "The Quay Post", above(ferry), ferry, 0},
		{"the headline below the outlet", "Document1", above("The Quay Post", ferry), ferry, 1},
		{"the headline below the outlet and the day", "Bakers leave the upper town", above("The Quay Post", "14 May 2014", ferry), ferry, 1},
		{"the headline with the outlet behind it", "Ferry crews stay ashore - The Quay Post", above(ferry), ferry, 0},
		{"the headline in capitals", "Ferry crews stay ashore", above("FERRY CREWS STAY ASHORE"), "FERRY CREWS STAY ASHORE", 0},
		{"a kicker over the text, the title in the properties", ferry, above("Strike"), ferry, 1},
		{"the outlet over the text, the title in the properties", ferry, above("The Quay Post"), ferry, 1},
		{"no headline is shown", ferry, above(), ferry, 0},
		{"no headline is shown, and the properties say nothing", "Document1", above(), "", 0},
		{"a byline over the text", ferry, above("By Ada Brunn"), ferry, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var paras []Paragraph
			for i, s := range tt.paras {
				paras = append(paras, Paragraph{Text: s, Path: Numbered(i+1, 1)})
			}
			d := Single(paras, []recount.Candidate{{Field: "title", Value: tt.said, Origin: "core"}})
			title := ""
			for _, f := range d.Facts {
				if f.Field == "title" && title == "" {
					title = f.Value
				}
			}
			if title != tt.want || len(d.Paragraphs) != tt.first+len(body) {
				t.Errorf("title %q, %d paragraphs; want %q, %d", title, len(d.Paragraphs), tt.want, tt.first+len(body))
			}
		})
	}
}

func TestDated(t *testing.T) {
	for s, want := range map[string]bool{
		"July 1, 2019 Monday 9:20 AM GMT":  true,
		"1. Juli 2019 Montag":              true,
		"lundi 1 juillet 2019":             true,
		"1er juillet 2019":                 true,
		"3 de julio de 2019 miércoles":     true,
		"2019-07-01":                       true,
		"01.07.2019":                       true,
		"July 2019":                        true,
		"Harbour to close on July 1, 2019": false,
		"3 boats sank in July":             false,
		"2019":                             false,
		"12 people, 2019":                  false,
		"":                                 false,
	} {
		if got := Dated(s); got != want {
			t.Errorf("Dated(%q) = %v, want %v", s, got, want)
		}
	}
}

func TestLines(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
	}{
		{"no break", "a b", []string{"a b"}},
		{"breaks between short lines", "a\nb\n\nc", []string{"a", "b", "c"}},
		{"a wrap inside a sentence", "The harbour will close for three weeks while the cranes are being\nmended by a crew\nfrom elsewhere.\nThen it opens.",
			[]string{"The harbour will close for three weeks while the cranes are being mended by a crew from elsewhere.", "Then it opens."}},
		{"nothing", " \n ", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, slices.Collect(Lines(tt.in))); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}
