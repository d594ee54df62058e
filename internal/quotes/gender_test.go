package quotes

import (
	"strings"
	"testing"

	"recount"
)

// TestReportedGender reads the gender of Marr, ten texts of each kind: a
// pronoun that may mean somebody else tells nothing, one that can mean nobody
// else tells, what contradicts itself is unknown, what the text says goes
// before the name, and a title that is not the name's own tells nothing.
func TestReportedGender(t *testing.T) {
	const woman, man, unknown = recount.Woman, recount.Man, recount.UnknownGender
	tests := []struct {
		kind, text string
		want       recount.Gender
	}{
		{"somebody else's", "Robin Marr met a widow at the quay. She wept. “The boats are safe,” Marr said.", unknown},
		{"somebody else's", "Robin Marr spoke with his mother’s doctor. “The boats are safe,” Marr said.", man},
		{"somebody else's", "Robin Marr drove to the house of a nurse. She had left. “The boats are safe,” Marr said.", unknown},
		{"somebody else's", "Robin Marr and Ketu Sand ran the harbour. He sold boats. “The boats are safe,” said Marr.", unknown},
		{"somebody else's", "Ketu Sand left the harbour to Robin Marr. She died in May. “The boats are safe,” said Marr.", unknown},
		{"somebody else's", "“The boats are safe,” said Robin Marr. The widow wept. Her house had gone.", unknown},
		{"somebody else's", "Ketu Sand and Robin Marr sold the harbour. She wept. “The boats are safe,” said Marr.", unknown},
		{"somebody else's", "Robin Marr buried a daughter in May. She was nine. “The boats are safe,” Marr said.", unknown},
		{"somebody else's", "Robin Marr had answered a fisherman. He was angry. “The boats are safe,” Marr said.", unknown},
		{"somebody else's", "The mayor praised Robin Marr. He was in tears. “The boats are safe,” Marr said.", unknown},

		{"nobody else's", "“The boats are safe,” said Robin Marr. She left soon after.", woman},
		{"nobody else's", "Robin Marr lost his boat in May. “The boats are safe,” Marr said.", man},
		{"nobody else's", "Robin Marr said she had seen the boats.", woman},
		{"nobody else's", "Robin Marr said that he would sail.", man},
		{"nobody else's", "“The boats are safe,” said Robin Marr. “They sail,” he added.", man},
		{"nobody else's", "“The boats are safe,” Robin Marr said, and lifted her hat.", woman},
		{"nobody else's", "Robin Marr, a pilot, keeps his boat in the bay. “The boats are safe,” Marr said.", man},
		{"nobody else's", "Robin Marr ran the harbour for years. She sold it in May. “The boats are safe,” Marr said.", woman},
		{"nobody else's", "“The boats are safe,” said Robin Marr, who runs the harbour with her own hands.", woman},
		{"nobody else's", "Robin Marr called himself a sailor. “The boats are safe,” Marr said.", man},

		{"contradicts itself", "Robin Marr lost his boat in May. “The boats are safe,” Marr said. She smiled.", unknown},
		{"contradicts itself", "Robin Marr said she had seen the boats. He left.", unknown},
		{"contradicts itself", "Robin Marr said that he would sail. She left.", unknown},
		{"contradicts itself", "Robin Marr keeps her boat in the bay. He sails. “The boats are safe,” Marr said.", unknown},
		{"contradicts itself", "“The boats are safe,” said Robin Marr. She left. He came back.", unknown},
		{"contradicts itself", "“The boats are safe,” said Robin Marr. He left. She came back.", unknown},
		{"contradicts itself", "Robin Marr called herself old. He sails. “The boats are safe,” Marr said.", unknown},
		{"contradicts itself", "Robin Marr is a widow. He sails. “The boats are safe,” Marr said.", unknown},
		{"contradicts itself", "Robin Marr, a grandfather, said she had seen the boats.", unknown},
		{"contradicts itself", "Robin Marr, a waitress, said he had seen the boats.", unknown},

		{"before the name", "“The boats are safe,” said Mrs Kevin Marr.", woman},
		{"before the name", "“The boats are safe,” said Mr Susan Marr.", man},
		{"before the name", "Spokeswoman Kevin Marr said the boats were safe.", woman},
		{"before the name", "“The boats are safe,” said Kevin Marr, a grandmother.", woman},
		{"before the name", "“The boats are safe,” said Susan Marr, a father of two.", man},
		{"before the name", "Kevin Marr, a widow, said the boats were safe.", woman},
		{"before the name", "Susan Marr is a grandfather. “The boats are safe,” Marr said.", man},
		{"before the name", "Kevin Marr runs the harbour. She sold her boat in May. “The boats are safe,” Marr said. She smiled.", woman},
		{"before the name", "Susan Marr runs the harbour. He sold his boat in May. “The boats are safe,” Marr said. He smiled.", man},
		{"before the name", "Actress Kevin Marr said the boats were safe.", woman},

		{"a title apart", "Harbour Mom Corners Marr On Boats\n\nMayor Robin Marr said the boats were safe.", unknown},
		{"a title apart", "Grieving Mother Confronts Marr Over Boats\n\nMayor Robin Marr said the boats were safe.", unknown},
		{"a title apart", "Angry Dad Slams Marr Over Boats\n\nMayor Robin Marr said the boats were safe.", unknown},
		{"a title apart", "Fishing Widow Sues Marr\n\nMayor Robin Marr said the boats were safe.", unknown},
		{"a title apart", "Harbour Mum Tells Marr To Go\n\nMayor Robin Marr said the boats were safe.", unknown},
		{"a title apart", "Brave Girl Asks Marr About Boats\n\nMayor Robin Marr said the boats were safe.", unknown},
		{"a title apart", "Local Grandmother Beats Marr At Chess\n\nMayor Robin Marr said the boats were safe.", unknown},
		{"a title apart", "Harbour Father Thanks Marr\n\nMayor Robin Marr said the boats were safe.", unknown},
		{"a title apart", "Old Sailor's Wife Meets Marr\n\nMayor Robin Marr said the boats were safe.", unknown},
		{"a title apart", "Harbour Mom Corners Marr On Boats\n\nMayor Robin Marr said that she would sail.", woman},
	}
	for _, tt := range tests {
		t.Run(tt.kind+"/"+tt.text, func(t *testing.T) {
			for _, s := range Read(&recount.Article{Key: "g", Text: tt.text, Language: "en"}).Speakers {
				if strings.Contains(s.Name, "Marr") {
					if s.Gender != tt.want {
						t.Errorf("%s is %s, want %s", s.Name, s.Gender, tt.want)
					}
					return
				}
			}
			t.Error("Marr is no speaker")
		})
	}
}

// TestTakenUpAgain gives a pronoun to whom "the woman's" has just taken up, not
// to somebody named in between.
func TestTakenUpAgain(t *testing.T) {
	for _, text := range []string{
		"A woman stood at the gate. Ada Marr passed. The woman’s house had gone. “It was home,” she said.",
		"A boy waited at the quay. Ivo Lund sailed. The boy’s boat had gone. “It was mine,” he said.",
		"A widow came to the hall. Ada Marr spoke. The widow’s pension had been cut. “I am cold,” she said.",
		"A man ran to the quay. Ivo Lund watched. The man’s coat was wet. “I fell,” he said.",
		"A girl ran to the quay. Ada Marr watched. The girl’s coat was wet. “I fell,” she said.",
		"A grandmother sat in the hall. Ada Marr spoke. The grandmother’s hands shook. “I am cold,” she said.",
		"A waitress sat in the hall. Ada Marr spoke. The waitress’s wages were late. “I am tired,” she said.",
		"A gentleman sat in the hall. Ivo Lund spoke. The gentleman’s hat was gone. “I want it back,” he said.",
		"A nun sat in the hall. Ada Marr spoke. The nun’s school had closed. “We will go on,” she said.",
		"A grandfather stood at the gate. Ivo Lund passed. The grandfather’s house had gone. “It was home,” he said.",
	} {
		found := false
		for _, s := range Read(&recount.Article{Key: "u", Text: text, Language: "en"}).Speakers {
			found = found || s.Kind == recount.Anonymous
			if s.Kind == recount.Named {
				t.Errorf("%s speaks in %q", s.Name, text)
			}
		}
		if !found {
			t.Errorf("nobody speaks in %q", text)
		}
	}
}
