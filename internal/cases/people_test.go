package cases

import (
	"strconv"
	"testing"

	"recount"
)

// outlet makes the records of one article, as told makes it.
func outlet(key, text string, speakers ...recount.Speaker) []Record {
	a, sps, statements := told(text, speakers...)
	a.Key = recount.Key(key)
	r := &recount.Reading{Statements: statements}
	for i := range sps {
		sps[i].Article, sps[i].ID = a.Key, "s"+strconv.Itoa(i)
		r.Speakers = append(r.Speakers, sps[i])
	}
	return Records(a, r)
}

// likely returns the probability that two of the people in some records are
// one, 0 if they are not suggested.
func likely(records []Record, a, b int) recount.Milli {
	x, y := records[a].Speaker.Key(), records[b].Speaker.Key()
	for _, s := range Propose(records, nil) {
		if s.A == min(x, y) && s.B == max(x, y) {
			return s.Probability
		}
	}
	return 0
}

// Who is one person, and who is not, in articles of our own.
func TestWhoIsOnePerson(t *testing.T) {
	named := func(name string, g recount.Gender) recount.Speaker {
		return recount.Speaker{Name: name, Kind: recount.Named, Gender: g}
	}
	for _, tt := range []struct {
		name  string
		pages [][]Record
		a, b  int // of all records, in order
		one   bool
	}{
		{"one person in three outlets, spelled in two ways", [][]Record{
			outlet("p1", "Yusuf Hadidi, 31, a welder from Lomar, spoke first.", man("Yusuf Hadidi")),
			outlet("p2", "The dock was shut, Youssef Hadidy said.", man("Youssef Hadidy")),
			outlet("p3", "Mr Hadidi, 31, left in March.", man("Hadidi")),
		}, 0, 1, true},
		{"and by the last name alone", [][]Record{
			outlet("p1", "Yusuf Hadidi, 31, a welder from Lomar, spoke first.", man("Yusuf Hadidi")),
			outlet("p2", "The dock was shut, Youssef Hadidy said.", man("Youssef Hadidy")),
			outlet("p3", "Mr Hadidi, 31, left in March.", man("Hadidi")),
		}, 0, 2, true},
		{"two men under one kunya", [][]Record{
			outlet("p1", "Abu Karam said the bread was late.", recount.Speaker{Name: "Abu Karam", Kind: recount.Pseudonym, Gender: recount.Man}),
			outlet("p2", "They left in May, Abu Karam said.", recount.Speaker{Name: "Abu Karam", Kind: recount.Pseudonym, Gender: recount.Man}),
		}, 0, 1, false},
		{"two men under one kunya, in one town", [][]Record{
			outlet("p1", "Abu Karam, a guard from Lomar, said the bread was late.", recount.Speaker{Name: "Abu Karam", Kind: recount.Named, Gender: recount.Man}),
			outlet("p2", "Abu Karam, a teacher from Lomar, left in May.", recount.Speaker{Name: "Abu Karam", Kind: recount.Named, Gender: recount.Man}),
		}, 0, 1, false},
		{"husband and wife", [][]Record{
			outlet("p1", "Mr Torrance said he had seen it.", named("Mr Torrance", recount.Man)),
			outlet("p2", "Mrs Torrance said she had not.", named("Mrs Torrance", recount.Woman)),
		}, 0, 1, false},
		{"father and son", [][]Record{
			outlet("p1", "Karl Voss Sr. said no.", named("Karl Voss Sr.", recount.Man)),
			outlet("p2", "Karl Voss Jr. said yes.", named("Karl Voss Jr.", recount.Man)),
		}, 0, 1, false},
		{"sisters", [][]Record{
			outlet("p1", "Lena Marek said so.", woman("Lena Marek")),
			outlet("p2", "Petra Marek said so.", woman("Petra Marek")),
		}, 0, 1, false},
		{"Daniel and Daniela", [][]Record{
			outlet("p1", "Daniel Orr said so.", man("Daniel Orr")),
			outlet("p2", "Daniela Orr said so.", woman("Daniela Orr")),
		}, 0, 1, false},
		{"namesakes a generation apart", [][]Record{
			outlet("p1", "Ines Ravel, 22, said so.", woman("Ines Ravel")),
			outlet("p2", "Ines Ravel, 58, said so. She was there.", woman("Ines Ravel")),
		}, 0, 1, false},
		{"a woman who took another name", [][]Record{
			outlet("p1", "Vera Lind, a carer from Vik, said so.", woman("Vera Lind")),
			outlet("p2", "Vera Holm, born Vera Lind, said so.", woman("Vera Holm")),
		}, 0, 1, true},
		{"without a name first, with one later", [][]Record{
			outlet("p1", "A nursing student from Pell Sands said so. She was tired.", unnamed("A nursing student", recount.Woman)),
			outlet("p2", "Ilse Branno, a nursing student of Pell Sands, spoke. She was tired.", woman("Ilse Branno")),
		}, 0, 1, true},
		{"two of one trade", [][]Record{
			outlet("p1", "A driver from Lomar said so.", unnamed("A driver", recount.Man)),
			outlet("p2", "Karl Voss, a driver from Lomar, said so.", man("Karl Voss")),
		}, 0, 1, false},
		{"the office that one person holds", [][]Record{
			outlet("p1", "The League's spokesman, Karl Voss, said no.", man("Karl Voss")),
			outlet("p2", "The League's spokesman said no again.", unnamed("The League's spokesman", recount.Man)),
		}, 0, 1, true},
		{"a trade in the lead and the name a paragraph later", [][]Record{
			outlet("p1", "A welder has told how the dock was shut. She is tired.\nVera Holm, 41, left in March. She went home.", unnamed("A welder", recount.Woman), woman("Vera Holm")),
		}, 0, 1, true},
		{"a pseudonym given later", [][]Record{
			outlet("p1", "The man on the stairs does not like lifts.\nHe spoke for an hour.\nThe man on the stairs is called Ivo Lind.", unnamed("The man on the stairs", recount.Man), man("Ivo Lind")),
		}, 0, 1, true},
		{"the first name alone", [][]Record{
			outlet("p1", "Vera Holm left in March. “‹1:I was tired›,” Vera said.", woman("Vera Holm"), woman("Vera")),
		}, 0, 1, true},
		{"brother and sister on one page", [][]Record{
			outlet("p1", "Vera Holm left in March. Karl Holm stayed.", woman("Vera Holm"), man("Karl Holm")),
		}, 0, 1, false},
		{"a neighbour and the next one named", [][]Record{
			outlet("p1", "The dock is shut.\nA neighbour saw the van. It was dark.\nVera Holm was at work.", unnamed("A neighbour", recount.UnknownGender), woman("Vera Holm")),
		}, 0, 1, false},
		{"who calls another something", [][]Record{
			outlet("p1", "The dock is shut.\nThe cook heard it. Ivo Lind called the cook Karl a fool.", unnamed("The cook", recount.Man), man("Ivo Lind")),
		}, 0, 1, false},
		{"a nurse called by her name", [][]Record{
			outlet("p1", "A nurse called Vera opened the door.", unnamed("A nurse", recount.Woman), woman("Vera")),
		}, 0, 1, true},
		{"a reporter's I, and whom he speaks of", [][]Record{
			outlet("p1", "‹0:I have spent a week with him.›\n“‹1:I was late›,” Ivo Lind told me. He was.", recount.Speaker{Name: "I", Kind: recount.Unspecified}, man("Ivo Lind")),
		}, 0, 1, false},
		{"the writer of a letter", [][]Record{
			outlet("p1", "Sir, ‹0:I gave my life to the laundry and left in May.›\nYours, Vera Holm", recount.Speaker{Name: "I", Kind: recount.Unspecified}, woman("Vera Holm")),
		}, 0, 1, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var all []Record
			for _, p := range tt.pages {
				all = append(all, p...)
			}
			got := likely(all, tt.a, tt.b)
			if (got >= 500) != tt.one {
				t.Errorf("%q and %q: probability %d; one person: %t", all[tt.a].Speaker.Name, all[tt.b].Speaker.Name, got, tt.one)
				for _, s := range Propose(all, nil) {
					t.Log(s.Bars)
				}
			}
		})
	}
}
