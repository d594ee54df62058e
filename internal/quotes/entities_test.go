package quotes

import (
	"strings"
	"testing"

	"recount"
)

// TestWhoSaidIt reads small texts of the kinds that went wrong in varied writing
// and looks at who is said to have spoken certain words.
func TestWhoSaidIt(t *testing.T) {
	tests := []struct {
		name, text, words, want string
	}{
		// Somebody named right behind a quotation by a verb that no list holds.
		{"a verb without a list", "The lamp was out. “Nobody asked me,” burbled Ada Marr. The hall was cold.", "Nobody asked me", "Ada Marr"},
		{"before a verb without a list", "The lamp was out. “I carried it up the hill myself,” Ivo Lund glowered. The hall was cold.", "I carried it", "Ivo Lund"},
		{"what was somebody's", "Tempers rose in the hall. Ada Marr kept the books. “You wrote the word some in red,” was Ivo Lund’s answer.", "You wrote the word", "Ivo Lund"},
		// A description, then the name.
		{"is called", "The man on the stairs mends the lifts. “It was the radiators,” he says. The man on the stairs is called Osric Tamm.", "It was the radiators", "Osric Tamm"},
		{"his name is", "“It was dark,” says the man in the yellow coat. His name is Tomas Birk. “I counted the waves,” he says.", "It was dark", "Tomas Birk"},
		{"an office before the name", "The chairman of the board, Ada Marr, said she would not resign. “I was elected,” the chairman said.", "I was elected", "Ada Marr"},
		// A description that takes up somebody.
		{"an age that fits", "Ivo Lund, 43, walked out in May. Piet Voss, 61, stayed. “I had enough,” the 43-year-old said.", "I had enough", "Ivo Lund"},
		{"an age of a teenager", "The third, a 17-year-old from the coast, waited at the gate. “I am not against it,” the teenager said.", "I am not against", "teenager"},
		{"more said of one person", "The guard, a man of 40, spoke in a barn. “I got a pole,” the guard said.", "I got a pole", "guard"},
		// Who asks and who answers.
		{"a lawyer asks", "Leila Sen KC called Ada Marr, a porter, to the stand.\nQ: “What did it look like that day?”\nA: “It was grey and it was cold.”\nQ: “Who gave it to you?”\nA: “The cook gave it to me.”", "What did it look", "Leila Sen"},
		{"a witness answers", "Leila Sen KC called Ada Marr, a porter, to the stand.\nQ: “What did it look like that day?”\nA: “It was grey and it was cold.”\nQ: “Who gave it to you?”\nA: “The cook gave it to me.”", "It was grey", "Ada Marr"},
		// A handle.
		{"a handle of a named person", "Ivo Lund, a porter, posts as @lund_ivo and minces no words. “They gave us one glove each,” @lund_ivo chimed in.", "They gave us one glove", "Ivo Lund"},
		// Parts of names.
		{"a small word before the last name", "Hussein al-Khatib wrote to the board. “I was a physician,” Mr al-Khatib said.", "I was a physician", "Hussein al-Khatib"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := Read(&recount.Article{Key: "u", Text: tt.text, Language: "en"})
			if got := sayer(r, tt.text, tt.words); !strings.Contains(got, tt.want) {
				t.Errorf("%q is said by %q, want %q", tt.words, got, tt.want)
			}
		})
	}
}

// TestWhoSaidItElsewhere is the same in languages that are read by rules.
func TestWhoSaidItElsewhere(t *testing.T) {
	tests := []struct {
		name, language, text, words, want string
	}{
		{"French: a small word in the name", "fr", "Joris van de Velde a quitté la maison en décembre. « Non, une prime de mille livres », ironise M. van de Velde.", "Non, une prime", "Velde"},
		{"French: the trade", "fr", "Joris van de Velde a quitté la maison en décembre. « Elle pleurait en faisant le nœud », raconte le kinésithérapeute.", "Elle pleurait", "Joris van de Velde"},
		{"Spanish: a verb alone", "es", "Carmen Ruiz Santolaya trabajaba en la planta de noche. «La lavaban en el fregadero de los vasos», asegura.", "La lavaban", "Carmen Ruiz Santolaya"},
		{"Spanish: a reflexive verb", "es", "Carmen Ruiz Santolaya volvió en mayo. «Mi hija volvió con la espalda de una vieja», se lamenta su padre, Eusebio Ruiz Tejedor.", "Mi hija volvió", "Eusebio Ruiz Tejedor"},
		{"German: announced before a colon", "de", "Annegret Lohmüller kam im Mai zurück. Ihr Bruder Ruprecht Lohmüller hält die Heimkehr für überfällig: „Die hat am Telefon nur noch geflüstert.“", "Die hat am Telefon", "Ruprecht Lohmüller"},
		{"German: the trade", "de", "Annegret Lohmüller kam im Mai zurück. „Man riecht es, bevor man es weiß“, sagt die 52-jährige Altenpflegerin.", "Man riecht es", "Annegret Lohmüller"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := Read(&recount.Article{Key: "u", Text: tt.text, Language: tt.language})
			if got := sayer(r, tt.text, tt.words); !strings.Contains(got, tt.want) {
				t.Errorf("%q is said by %q, want %q", tt.words, got, tt.want)
			}
		})
	}
}

// sayer returns the name of who is read to have said certain words.
func sayer(r recount.Reading, text, words string) string {
	who, _ := found(r, text, words)
	return who.Name
}

// TestAudience: who is described by writing in, ringing in, asking or answering is a
// person without a name, whatever the capitals.
func TestAudience(t *testing.T) {
	tests := []struct{ text, words string }{
		{"Reader Who Says She Is Tired wrote in. “I am tired of bells,” said Reader Who Says She Is Tired.", "tired of bells"},
		{"A caller who gave no name rang the studio. “The lights are out,” said a caller who gave no name.", "lights are out"},
		{"A reader who says he has never owned a car asked about the fares. “I walk to work,” the reader wrote.", "I walk to work"},
		{"First Caller said the bins had not been emptied. Second Caller said his had.", "had not been emptied"},
		{"A Listener In Ryme told the programme: “It floods every March.”", "floods every March"},
		{"A Reader Who Says He Fished There For Forty Years said the eels were gone.", "eels were gone"},
		{"Letter Writer of the week says: “Mend the wall.”", "Mend the wall"},
		{"A viewer who called herself tired said: “We saw nothing at all.”", "saw nothing"},
		{"Our Reader asks whether the pool will open. Our Reader said it was cold.", "it was cold"},
		{"“I have paid twice,” writes a reader from Harlow who says she is 80.", "paid twice"},
	}
	for _, tt := range tests {
		r := Read(&recount.Article{Key: "u", Text: tt.text, Language: "en"})
		name := sayer(r, tt.text, tt.words)
		found := false
		for _, s := range r.Speakers {
			if s.Name == name {
				found = true
				if s.Kind != recount.Anonymous {
					t.Errorf("%q is %s, want anonymous", s.Name, s.Kind)
				}
			}
		}
		if !found {
			t.Errorf("nobody says %q", tt.words)
		}
	}
	r := Read(&recount.Article{Key: "u", Text: "Mr Reader keeps the shop. “We sell thread,” Mr Reader said.", Language: "en"})
	if len(r.Speakers) != 1 || r.Speakers[0].Kind != recount.Named {
		t.Errorf("Mr Reader is read as %+v, want a person with a name", r.Speakers)
	}
}
