package quotes

import (
	"strings"
	"testing"

	"recount"
)

// TestNoPerson reads small texts with names that no person bears, and with people
// whose names look like them. Each was written before the program read it.
func TestNoPerson(t *testing.T) {
	type named struct {
		text, name string // with a star before it, it is a person's
	}
	kinds := []struct {
		kind  string
		texts []named
	}{
		{"firms of two names", []named{
			{"Harker & Moss, the last maker of brass bells in Kent, has shut its foundry. Harker & Moss said the roof leaked.", "Moss"},
			{"Merrick Poole, the auditors, signed the books in May. Merrick Poole said the stock was there.", "Poole"},
			{"Tansy Grove, which carries the jam in 60 shops, confirmed that the jars were withdrawn.", "Grove"},
			{"Corwin Gold lost $19m in the third quarter. Corwin Gold said it was disciplined.", "Corwin"},
			{"The audit was done by Ellery Vance, an accountancy firm. Ellery Vance declined to say what it found.", "Vance"},
			{"DriveOn, the courier, blamed the shop. DriveOn said the label was wrong.", "DriveOn"},
			{"Bhor Shikhar Towers, in a letter, asserts that the smoke is thin.", "Shikhar"},
			{"A betting firm, Happy Tom Daniels, has made an offer. Happy Tom Daniels says it is fair.", "Daniels"},
			{"Ludlow Stone rose 4 per cent after its results. Ludlow Stone said orders had doubled.", "Stone"},
			{"Shares in Marlow Finch fell. Marlow Finch warned that sales were slow.", "Finch"},
			{"Ada Finch, the auditor, signed the books in May. Ada Finch said the stock was there.", "*Finch"},
			{"Tom Stone, who carries the post, confirmed that the jars were withdrawn.", "*Stone"},
		}},
		{"schools, halls and saints", []named{
			{"St Kevin's stood on the island until 1960. St Kevin's said the roof had gone.", "Kevin"},
			{"Queen Amina Hall has 1,200 girls and two taps. Queen Amina Hall said a third was coming.", "Amina"},
			{"Wexford State has nineteen thousand students. Wexford State said it was sorry.", "Wexford"},
			{"The Bakers' and Confectioners' Union asked for a rise. It said the ovens were hot.", "Confectioner"},
			{"Jubilee Wharf was sold in March. Jubilee Wharf said in a notice that the gate was shut.", "Jubilee"},
			{"In a report on Monday, Haro Lakes Watch accuses officers of taking nets. Haro Lakes Watch says 31 were taken.", "Haro"},
			{"Fairlight Divest had held the floor since May. Fairlight Divest said it would stay.", "Divest"},
			{"St Attracta's Hospital has a key. St Attracta's Hospital said it was lost.", "Attracta"},
			{"Mr Kevin Hall has a key. Mr Hall said it was lost.", "*Hall"},
			{"Amina Watch, 41, keeps goats. Watch said they were well.", "*Watch"},
		}},
		{"amounts and dates", []named{
			{"Commuters paid the operator R9.50 for the journey. The taxi costs R27, the driver said.", "R9"},
			{"The fare rose to N120 in May. Drivers said it was fair.", "N120"},
			{"KSH400 was asked for a bag of maize. The trader said it was cheap.", "KSH"},
			{"RM35 says a lot about the fish, the cook joked.", "RM35"},
			{"Rs4,500 is what the tanker costs now. The driver said he had no choice.", "Rs"},
			{"Sh71 was the price. The baker said flour was dear.", "Sh71"},
			{"11 February: rain. The warden said the river was up.", "February"},
			{"Wednesday, and the well is dry. The warden said the river was down.", "Wednesday"},
			{"EUR 40 was taken from the box. The priest said nobody was to blame.", "EUR"},
			{"PLN 200 buys a ticket, the guard said.", "PLN"},
			{"June Marsh paid the operator. June Marsh said the fare was high.", "*Marsh"},
			{"April, 43, keeps the shop. April said the fare was high.", "*April"},
		}},
		{"offices of a meeting and what opens a line", []named{
			{"QUESTION: Who had the key?\nANSWER: Nobody had the key that night.\nQUESTION: Why not?\nANSWER: It was lost.", "uestion"},
			{"MEDIA MANAGER: Captain first, please.\nCAPTAIN: We lost the toss and that was that.\nMEDIA MANAGER: Next question.", "Media"},
			{"REPORTER: Do you believe there is a raft?\nMARSH: I believe him.\nREPORTER: Why?\nMARSH: He is my brother.", "Reporter"},
			{"“Mr Speaker,” said Ada Marr, “the roof is gone.” Mr Speaker asked her to sit.", "Speaker"},
			{"AL-WADI CAMP — He is known by two names. “I am tired,” he said.", "WADI"},
			{"HARBOUR TOWN: Dockers called off a strike on Thursday, the union said.", "HARBOUR"},
			{"NARRATOR: The boat was late.\nMARSH: It was always late.\nNARRATOR: And the rain fell.", "Narrator"},
			{"A: Who had the key?\nB: I had it that night.\nA: And then?\nB: I lost it.", "A:"},
			{"INTERVIEWER: Who had the key?\nMARSH: I had it that night.\nINTERVIEWER: And then?\nMARSH: I lost it.", "Interviewer"},
			{"CHAIR: Order.\nCLLR MARSH: The roof is gone.\nCHAIR: Noted.", "Chair"},
		}},
		{"words of other languages that begin a sentence", []named{
			{"Faux, rétorque l’entreprise, jointe à Lille : « Aucune plainte ne nous est parvenue. »", "Faux"},
			{"Domicile : Gand. Signe particulier : il rit. « J’avais huit minutes », dit-il.", "Domicile"},
			{"Die Firma teilte auf Anfrage mit, sie habe nichts gewusst.", "Anfrage"},
			{"Auf Nachfrage sagte der Sprecher, das Haus sei zu.", "Nachfrage"},
			{"Vrai, répond le maire : « Le pont est fermé. »", "Vrai"},
			{"Falso, responde el alcalde: «El puente está cerrado».", "Falso"},
			{"El Colegio de Médicos dijo que faltan camas.", "Colegio"},
			{"El Consulado dijo que no sabía nada.", "Consulado"},
			{"Laut Mitteilung sagte die Firma, sie habe nichts gewusst.", "Mitteilung"},
			{"Exact, confirme la directrice : « Nous avons fermé. »", "Exact"},
		}},
	}
	for _, k := range kinds {
		right := 0
		for _, tt := range k.texts {
			language := "en"
			switch {
			case !strings.HasPrefix(k.kind, "words of other"):
			case strings.HasPrefix(tt.text, "El ") || strings.HasPrefix(tt.text, "Falso"):
				language = "es"
			case strings.Contains(tt.text, "«"):
				language = "fr"
			default:
				language = "de"
			}
			name, person := strings.CutPrefix(tt.name, "*")
			r := Read(&recount.Article{Key: "no-person", Text: tt.text, Language: language})
			is := false // also somebody without a name, where the words are no description
			for _, s := range r.Speakers {
				is = is || s.Kind.Person() && s.Kind != recount.Anonymous && strings.Contains(strings.ToLower(s.Name), strings.ToLower(name)) || s.Kind == recount.Anonymous && language != "en" && strings.Contains(s.Name, name)
			}
			if is == person {
				right++
			} else {
				t.Logf("%s: %s: a person called %s %v, want %v", k.kind, tt.text, name, is, person)
			}
		}
		t.Logf("%s: %d of %d", k.kind, right, len(k.texts))
		if right*4 < len(k.texts)*3 {
			t.Errorf("%s: %d of %d right", k.kind, right, len(k.texts))
		}
	}
}
