package quotes

import (
	"testing"

	"recount"
)

// TestAskedToBeCalled reads how articles give a name that somebody asked for, and
// names that nobody did.
func TestAskedToBeCalled(t *testing.T) {
	for _, tt := range []struct {
		text, name string
		want       recount.SpeakerKind
	}{
		{"“I was sold a dream,” quipped Ruth, as she asked to be called, at her mother's homestead in Ahero last week.", "Ruth", recount.Pseudonym},
		{"Ruth, as she asked to be called, left in May. “I was sold a dream,” Ruth said.", "Ruth", recount.Pseudonym},
		{"“The gate was open,” said Martin, as he asked to be known.", "Martin", recount.Pseudonym},
		{"“They wrote him down as fed,” said Anna – as she wants to be called – over tea in Leeds.", "Anna", recount.Pseudonym},
		{"A cleaner who asked to be called Dora said the taps were dry. “Nobody came,” Dora said.", "Dora", recount.Pseudonym},
		{"Viktor, as he wished to be called, drove the van. “I saw the list,” Viktor said.", "Viktor", recount.Pseudonym},
		{"“We sat in the dark,” said Helen, as she prefers to be called in print.", "Helen", recount.Pseudonym},
		{"Peter, the name he asked to be known by, kept the keys. “They were never asked for,” Peter said.", "Peter", recount.Pseudonym},
		{"“I have a daughter there,” said Clara (not her real name).", "Clara", recount.Pseudonym},
		{"Ivo, whose name has been changed, works nights. “The bell is off,” Ivo said.", "Ivo", recount.Pseudonym},
		{"“I was asked to be quiet,” said Ruth Marr, as she asked to be seated.", "Ruth Marr", recount.Named},
		{"Tom Hale asked to be called at six. “The phone never rang,” said Tom Hale.", "Tom Hale", recount.Named},
		{"Eva Lund said she had asked to be moved. “They laughed,” Eva Lund said.", "Eva Lund", recount.Named},
	} {
		r := Read(&recount.Article{Key: "a", Text: tt.text, Language: "en"})
		found := false
		for _, s := range r.Speakers {
			if s.Name == tt.name {
				found = true
				if s.Kind != tt.want {
					t.Errorf("%s\n%s is read as %s, want %s", tt.text, s.Name, s.Kind, tt.want)
				}
			}
		}
		if !found {
			t.Errorf("%s\n%s is no speaker: %v", tt.text, tt.name, r.Speakers)
		}
	}
}
