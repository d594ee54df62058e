package quotes

import (
	"strings"
	"testing"

	"recount"
)

// TestWritings reads what one person wrote as what that person says, and what a
// body or several wrote, and reports, as the words of a document or of a body.
func TestWritings(t *testing.T) {
	for _, tt := range []struct {
		text, who string
		kind      recount.SpeakerKind
	}{
		{"“I wrote the truth,” reads the statement of one of them, a nurse from Jordan.", "one of them", recount.Anonymous},
		{"“We ate in our coats,” says the letter of a former cook.", "a former cook", recount.Anonymous},
		{"The testimony of Anna Moreau says that the doors were locked.", "Anna Moreau", recount.Named},
		{"According to the affidavit of Marcus Dell, a porter, the alarm never rang.", "Marcus Dell", recount.Named},
		{"“Nobody came,” the nurse's statement said.", "the nurse", recount.Anonymous},
		{"The account of another, a driver from Lahore, says the lorries left at night.", "another", recount.Anonymous},
		{"“It was cold,” read a message from Ruth Okello, who worked there.", "Ruth Okello", recount.Named},
		{"“Nobody came,” said a note from the manager.", "the manager", recount.Anonymous},
		{"Ruth Okello wrote to the board. “It was cold,” her letter said.", "Okello", recount.Named},
		{"Ruth Okello was a cook. Okello's diary says nobody came.", "Okello", recount.Named},
		{"“I was told to wait,” reads the deposition of a widow.", "a widow", recount.Anonymous},
		{"A statement by the sergeant said that nobody came.", "the sergeant", recount.Anonymous},

		{"The report of the inspectorate says that records were faked.", "report", recount.Document},
		{"A statement from the company said it was sorry.", "statement", recount.Document},
		{"The letter of the three clerks says that nobody came.", "letter", recount.Document},
		{"“We were told to wait,” a letter by two sisters said.", "letter", recount.Document},
		{"The letter from the ministry says the school will close.", "letter", recount.Document},
		{"“Nobody came,” said the study of the nurse.", "study", recount.Document},
		{"The letter says the school will close.", "letter", recount.Document},
		{"The statement of accounts says that revenue fell.", "statement", recount.Document},
		{"The message of the film, the critics say, is that nobody came.", "critics", recount.Collective},
	} {
		r := Read(&recount.Article{Key: "writings", Text: tt.text, Language: "en"})
		var got *recount.Speaker
		for _, st := range r.Statements {
			for i := range r.Speakers {
				if r.Speakers[i].ID == st.Speaker {
					got = &r.Speakers[i]
				}
			}
		}
		switch {
		case got == nil:
			t.Errorf("%s: nobody speaks, want %s", tt.text, tt.who)
		case !strings.Contains(got.Name, tt.who) || got.Kind != tt.kind:
			t.Errorf("%s: %s, %s; want %s, %s", tt.text, got.Name, got.Kind, tt.who, tt.kind)
		}
	}
}

// TestWhoComesFromSomewhere reads who is described with where he or she is from,
// also where the source is read as the place alone.
func TestWhoComesFromSomewhere(t *testing.T) {
	for _, tt := range []struct {
		text, who string
		kind      recount.SpeakerKind
	}{
		{"SAXONBY, England — A night orderly from Poland has said he was told to initial charts for elderly residents he had never touched.", "A night orderly", recount.Anonymous},
		{"A nurse from Jordan said the doors were locked.", "A nurse", recount.Anonymous},
		{"The driver from Kenya said nobody came.", "The driver", recount.Anonymous},
		{"“Nobody came,” said a baker from Aleppo.", "a baker", recount.Anonymous},
		{"A 34-year-old welder from Portugal says he was never paid.", "A 34-year-old welder", recount.Anonymous},
		{"A spokesman from Berlin said the plan had changed.", "A spokesman", recount.Anonymous},
		{"Two nurses from Jordan said the doors were locked.", "Two nurses", recount.Collective},
		{"Poland said it would return.", "Poland", recount.Organisation},
	} {
		r := Read(&recount.Article{Key: "from", Text: tt.text, Language: "en"})
		var got []recount.Speaker
		for _, st := range r.Statements {
			for _, s := range r.Speakers {
				if s.ID == st.Speaker {
					got = append(got, s)
				}
			}
		}
		if len(got) != 1 || !strings.HasPrefix(got[0].Name, tt.who) || got[0].Kind != tt.kind {
			t.Errorf("%s: %v; want %s, %s", tt.text, got, tt.who, tt.kind)
		}
	}
}
