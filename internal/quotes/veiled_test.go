package quotes

import (
	"strings"
	"testing"

	"recount"
)

// found returns who is read to have said certain words, and whether anybody is.
func found(r recount.Reading, text, words string) (recount.Speaker, bool) {
	at := strings.Index(text, words)
	for _, st := range r.Statements {
		for _, s := range st.Content {
			if s.Start > at || at >= s.End {
				continue
			}
			for _, x := range r.Speakers {
				if x.ID == st.Speaker {
					return x, true
				}
			}
		}
	}
	return recount.Speaker{}, false
}

// TestVeiled: a clause on how somebody is to be called says nothing itself and hides
// nobody who says the rest.
func TestVeiled(t *testing.T) {
	tests := []struct{ text, words, want string }{
		{"A woman who asked not to be named said the gate was locked every night.", "gate was locked", "woman"},
		{"The yard closed in May. A guard who spoke on condition of anonymity said the keys were sold.", "keys were sold", "guard"},
		{"A nurse, who asked that her name not be used, said the ward had no lamps.", "ward had no lamps", "nurse"},
		{"A driver who did not want to be identified said that the road was mined.", "road was mined", "driver"},
		{"One former clerk who declined to give her name said the files were burned.", "files were burned", "clerk"},
		{"A cook, who requested anonymity because he feared reprisals, said the flour had run out.", "flour had run out", "cook"},
		{"A soldier whose name is being withheld for his safety told us the tents were empty.", "tents were empty", "soldier"},
		{"A mechanic, whose name this paper knows, said the trucks had no brakes.", "trucks had no brakes", "mechanic"},
		{"A teacher who wished to remain anonymous said the school had been shut since June.", "school had been shut", "teacher"},
		{"A porter who gave only his first name said the lift was never mended.", "lift was never mended", "porter"},
		{"A man who refused to give his name told the court that the box was empty.", "box was empty", "man"},
		{"A widow who insisted on anonymity said her house had been searched twice.", "house had been searched", "widow"},
		{"A fisherman who agreed to speak only if he was not named said the nets were cut.", "nets were cut", "fisherman"},
		{"“The gate was locked,” a woman who asked not to be named said.", "gate was locked", "woman"},
		{"A guard, speaking on condition of anonymity, said the keys were sold.", "keys were sold", "guard"},
		{"A guard speaking anonymously said the keys were sold.", "keys were sold", "guard"},
		{"A nurse, identified only by her initials, said the beds were wet.", "beds were wet", "nurse"},
		{"A soldier whose name was withheld said the tents were empty.", "tents were empty", "soldier"},
		{"One official, requesting anonymity, said the road was closed on Monday.", "road was closed", "official"},
		{"A clerk, asking not to be named because the matter is before a court, said the files were burned.", "files were burned", "clerk"},
		{"A former prisoner, declining to give his name, told us the cells had no windows.", "cells had no windows", "prisoner"},
		{"A miner speaking under a false name told the Herald that the shaft had flooded.", "shaft had flooded", "miner"},
		{"A tailor, quoted anonymously, said the cloth was never paid for.", "cloth was never paid", "tailor"},
		{"A baker, refusing to be identified, said the ovens were cold.", "ovens were cold", "baker"},
		{"A pilot, giving no name, said the fuel was old.", "fuel was old", "pilot"},
		{"A student, fearing for her family and asking that her name be withheld, said the lists were read aloud.", "lists were read", "student"},
		// What only looks like it.
		{"A guard, speaking loudly, said the keys were sold.", "keys were sold", "guard"},
		{"A woman who asked for water said the gate was locked every night.", "gate was locked", "woman"},
		{"A guard who named the captain said the keys were sold.", "keys were sold", "guard"},
	}
	for _, tt := range tests {
		r := Read(&recount.Article{Key: "u", Text: tt.text, Language: "en"})
		who, ok := found(r, tt.text, tt.words)
		if !ok || !strings.Contains(who.Name, tt.want) || who.Kind != recount.Anonymous {
			t.Errorf("%q is said by %q (%s), want %q, without a name", tt.words, who.Name, who.Kind, tt.want)
		}
		if n := len(r.Statements); n != 1 {
			t.Errorf("%q: %d statements, want 1", tt.text, n)
		}
	}
}

// TestPseudonyms: a name that the article says is none is a pseudonym, of the person
// whom the sentence describes; a name beside a nickname, an insult or a summons is one.
func TestPseudonyms(t *testing.T) {
	tests := []struct {
		text, words, want string
		kind              recount.SpeakerKind
	}{
		{"A guard, whom we will call Ivo, left in May. “The keys were sold,” Ivo said.", "keys were sold", "Ivo", recount.Pseudonym},
		{"A woman who asked to be called Mina left in May. “The gate was shut,” Mina said.", "gate was shut", "Mina", recount.Pseudonym},
		{"Mina (not her real name) left in May. “The gate was shut,” Mina said.", "gate was shut", "Mina", recount.Pseudonym},
		{"“The gate was shut,” said Mina, whose name has been changed.", "gate was shut", "Mina", recount.Pseudonym},
		{"A fighter known as Abu Bakr said the pay had stopped in March.", "pay had stopped", "Abu Bakr", recount.Pseudonym},
		{"A driver who goes by the name Zoran said the road was mined.", "road was mined", "Zoran", recount.Pseudonym},
		{"A clerk using the pseudonym Lena said the files were burned.", "files were burned", "Lena", recount.Pseudonym},
		{"A nurse, identified only as Dr Samir, said the ward had no lamps.", "ward had no lamps", "Samir", recount.Pseudonym},
		{"A driver named only as Omar said the flour was out.", "flour was out", "Omar", recount.Named},
		{"A cook, who asked that he be identified as Karim, said the flour had run out.", "flour had run out", "Karim", recount.Pseudonym},
		{"A nurse whom this newspaper is calling Rosa said the beds were wet.", "beds were wet", "Rosa", recount.Pseudonym},
		{"“The trucks came at night,” said Salma, a pseudonym.", "trucks came at night", "Salma", recount.Pseudonym},
		{"“The trucks came at night,” said a girl who wanted to be known only as Salma.", "trucks came at night", "Salma", recount.Pseudonym},
		// What only looks like it.
		{"Kelly-Ann Holt, known as Kez, left in May. “The gate was shut,” Kelly-Ann Holt said.", "gate was shut", "Kelly-Ann Holt", recount.Named},
		{"The union is calling Ada Holt a liar. “The gate was shut,” Ada Holt said.", "gate was shut", "Ada Holt", recount.Named},
		{"The guard will be called to testify, Ada Holt said.", "guard will be called", "Ada Holt", recount.Named},
		{"The lawyers will be called Monday. “The gate was shut,” Ada Holt said.", "gate was shut", "Ada Holt", recount.Named},
		{"Abu Hamza, a pseudonym, was the cook. Karen Holt said the cook had left in May.", "cook had left", "Karen Holt", recount.Named},
		{"A dog known as Rex ran off. “He was quick,” said Ada Holt.", "He was quick", "Ada Holt", recount.Named},
		{"The plan, known as Dawn, was shelved. “It cost too much,” said Ada Holt.", "cost too much", "Ada Holt", recount.Named},
		{"A singer known as Kez, whose real name is Kelly-Ann Holt, left in May. “I was tired,” said Kelly-Ann Holt.", "I was tired", "Kelly-Ann Holt", recount.Named},
	}
	for _, tt := range tests {
		r := Read(&recount.Article{Key: "u", Text: tt.text, Language: "en"})
		who, ok := found(r, tt.text, tt.words)
		if !ok || !strings.Contains(who.Name, tt.want) || who.Kind != tt.kind {
			t.Errorf("%q is said by %q (%s), want %q (%s)", tt.words, who.Name, who.Kind, tt.want, tt.kind)
		}
	}
}
