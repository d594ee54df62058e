package quotes

import (
	"strings"
	"testing"

	"recount"
)

// TestOverParagraphs reads quotations that go on over paragraphs: what is printed
// of them holds every word and no mark that only opens or closes a paragraph.
func TestOverParagraphs(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       string // all content, pieces parted by a bar
	}{
		{"the second half of an interrupted one", "“We left in May,” said Ada Marr. “Nobody had told us why.\n“And nobody asked us.”\nThe mill closed.", "We left in May,|Nobody had told us why.|And nobody asked us."},
		{"announced", "Ada Marr said: “We left in May. Nobody had told us why.\n“And nobody asked us.\n“We had no flour.”\nThe mill closed.", "We left in May. Nobody had told us why.|And nobody asked us.|We had no flour."},
		{"a speaker at the end", "“We left in May. Nobody had told us why.\n“And nobody asked us,” said Ada Marr.\nThe mill closed.", "We left in May. Nobody had told us why.|And nobody asked us,"},
		{"straight marks", "\"We left in May,\" said Ada Marr. \"Nobody had told us why.\n\"And nobody asked us.\"\nThe mill closed.", "We left in May,|Nobody had told us why.|And nobody asked us."},
		{"three paragraphs", "“We left in May,” said Ada Marr. “Nobody had told us why.\n“And nobody asked us.\n“We had no flour.”\nThe mill closed.", "We left in May,|Nobody had told us why.|And nobody asked us.|We had no flour."},
		{"an empty line between", "“We left in May,” said Ada Marr. “Nobody had told us why.\n\n“And nobody asked us.”\n\nThe mill closed.", "We left in May,|Nobody had told us why.|And nobody asked us."},
		{"words inside single marks at the end", "Ada Marr said: “We left in May. Nobody had told us ‘why’.\n“And nobody asked us ‘how’.”\nThe mill closed.", "We left in May. Nobody had told us ‘why’.|And nobody asked us ‘how’."},
		{"German", "„Wir gingen im Mai“, sagte Ada Marr. „Niemand hat es uns gesagt.\n„Und niemand hat gefragt.“\nDie Mühle ist zu.", "Wir gingen im Mai|Niemand hat es uns gesagt.|Und niemand hat gefragt."},
		{"French", "« Nous sommes partis en mai. Personne ne nous a rien dit.\n» Et personne n’a demandé », a dit Ada Marr.\nLe moulin est fermé.", "Nous sommes partis en mai. Personne ne nous a rien dit.|Et personne n’a demandé"},
		{"one that does not open again", "Ada Marr said: “We left in May. Nobody had told us why.\nAnd nobody asked us.”\nThe mill closed.", "We left in May. Nobody had told us why.|And nobody asked us."},
		{"two that are whole", "“We left in May. Nobody had told us why.”\n“And nobody asked us,” said Ada Marr.\nThe mill closed.", "We left in May. Nobody had told us why.|And nobody asked us,"},
		{"a quoted word at the end", "Ada Marr said: “We left in May. They called us “leavers”.\n“And nobody asked us.”\nThe mill closed.", "We left in May. They called us “leavers”.|And nobody asked us."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range Read(&recount.Article{Key: "u", Text: tt.text}).Statements {
				for _, c := range s.Content {
					got = append(got, c.In(tt.text))
				}
			}
			if s := strings.Join(got, "|"); s != tt.want {
				t.Errorf("content %q, want %q", s, tt.want)
			}
		})
	}
}
