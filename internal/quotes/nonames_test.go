package quotes

import (
	"strings"
	"testing"

	"recount"
)

// TestWordsThatAreNoNames reads common nouns that have a capital because they
// begin a sentence: they are nobody's name, and names that are words are.
func TestWordsThatAreNoNames(t *testing.T) {
	const (
		frame = " The harbour closed in May, and the town did not know. "
	)
	for _, tt := range []struct {
		text, name string // name: no person may have it, or with !, a person must
	}{
		{"Management said the boats were safe.", "Management"},
		{"Management told the crews that the boats were safe.", "Management"},
		{"Evidence showed that the boats were old, Ada Marr said.", "Evidence"},
		{"Evidence suggests that the boats were old.", "Evidence"},
		{"Instinct told him that the boats were old.", "Instinct"},
		{"Experience told her that the boats were old.", "Experience"},
		{"According to legend, the boats were safe.", "legend"},
		{"Legend says that the boats were safe.", "Legend"},
		{"Tradition says that boats sail on Monday.", "Tradition"},
		{"Asked about their age, the crews said that the boats were old.", "age"},
		{"Their age said that the boats were old.", "age"},
		{"Rumour said that the boats were old.", "Rumour"},
		{"Critics said that the boats were old.", "Critics"},
		{"Word said that the boats were old.", "Word"},
		{"Conscience told him to leave the boats.", "Conscience"},
		{"History tells us that the boats were old.", "History"},
		{"Research says that the boats were old.", "Research"},
		{"Science tells us that boats sink.", "Science"},
		{"Common sense told her that the boats were old.", "sense"},
		{"Logic says that the boats were old.", "Logic"},
		{"Folklore says that the boats were safe.", "Folklore"},
		{"Gossip said that the boats were old.", "Gossip"},
		{"Intuition told him that the boats were old.", "Intuition"},
		{"Opposition said that the boats were old.", "Opposition"},
		{"Leadership said that the boats were safe.", "Leadership"},
		{"Staff said that the boats were old.", "Staff"},
		{"Advice says that the boats are safe.", "Advice"},
		{"Data says that the boats are old.", "Data"},
		{"According to management, the boats were safe.", "management"},
		{"According to folklore, the boats were safe.", "folklore"},

		{"Faith told him that the boats were safe. She had seen them.", "!Faith"},
		{"“The boats are safe,” Hope said.", "!Hope"},
		{"Justice Okoro said that the boats were safe.", "!Okoro"},
		{"“The boats are safe,” said Grace.", "!Grace"},
		{"Joy, 29, said that the boats were safe.", "!Joy"},
		{"“The boats are safe,” said Will, a pilot.", "!Will"},
		{"Mark told her that the boats were old.", "!Mark"},
		{"Ruth told him that the boats were old.", "!Ruth"},
		{"Rose told the crews that the boats were old.", "!Rose"},
		{"Patience Mbeki said that the boats were safe.", "!Patience"},
		{"Prudence Marr told him that the boats were safe.", "!Prudence"},
		{"Constance said that the boats were safe. Her brother owned them.", "!Constance"},
		{"Evidence Makgopa said that the boats were safe.", "!Makgopa"},
		{"Innocent Kaba told them that the boats were safe.", "!Kaba"},
		{"Frank told him that the boats were old.", "!Frank"},
		{"Grant said that the boats were old. He had seen them.", "!Grant"},
		{"“The boats are safe,” said Dawn.", "!Dawn"},
		{"Bishop Tutani told them that the boats were safe.", "!Tutani"},
		{"Precious Moyo said that the boats were safe.", "!Moyo"},
		{"Goodluck Ade told him that the boats were safe.", "!Ade"},
		{"Destiny Ford said that the boats were safe.", "!Ford"},
		{"Victor told them that the boats were old.", "!Victor"},
	} {
		for _, text := range []string{tt.text, strings.TrimSpace(frame) + "\n\n" + tt.text + frame} {
			found := ""
			for _, s := range Read(&recount.Article{Key: "u", Text: text, Language: "en"}).Speakers {
				if s.Kind == recount.Named || s.Kind == recount.Pseudonym {
					found += "|" + s.Name
				}
			}
			if want, must := strings.CutPrefix(tt.name, "!"); must && !strings.Contains(found, want) {
				t.Errorf("%q: %q, want %s", text, found, want)
			} else if !must && strings.Contains(found, tt.name) {
				t.Errorf("%q: %q, which is no name", text, found)
			}
		}
	}
}
