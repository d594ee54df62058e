package copies

import (
	"slices"
	"strings"
	"testing"

	"recount"
)

func TestOrigins(t *testing.T) {
	ferry := page("ferry", "A", "", "", agencyText)
	night := page("night", "B", "", "", otherText)
	copied := page("copied", "C", "", "", lines(agencyText, 0, 1, 2))
	corpus := []*recount.Article{ferry, night, copied}
	tests := []struct {
		name     string
		sentence string
		origins  []*recount.Article
		altered  bool
	}{
		{"verbatim in one", "The company carried almost a million people last year and is owned by the five island councils.", []*recount.Article{ferry}, false},
		{"verbatim in two", "The Halcyon stopped a mile off Port Aldery on Sunday evening with 611 people on board.", []*recount.Article{ferry, copied}, false},
		{"white space does not count", "Nobody was hurt,  but three passengers were treated\u00a0for the cold.", []*recount.Article{ferry, copied}, false},
		{"a word swapped", "The Halcyon halted a mile off Port Aldery on Sunday evening with 611 people on board.", []*recount.Article{ferry, copied}, true},
		{"quotation marks lost", "We left people in the dark for five hours without telling them why, and there is no excuse for that, Ingrid Tolleson told reporters on the quay.", []*recount.Article{ferry, copied}, true},
		{"the end cut off", "The company carried almost a million people last year.", []*recount.Article{ferry}, true},
		{"two sentences joined", "Tugs brought it in shortly before midnight, while nobody was hurt, but three passengers were treated for the cold.", []*recount.Article{ferry, copied}, true},
		{"clauses turned round", "On Sunday evening with 611 people on board, the Halcyon stopped a mile off Port Aldery.", []*recount.Article{ferry, copied}, true},
		{"told in other words", "The boat came to rest not far from the town while many people were aboard.", nil, false},
		{"something else", "The price of herring fell again.", nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			x := page("x", "X", "", "", tt.sentence)
			for found := range Origins(seq(x), slices.Values(corpus)) {
				if len(found) != 1 {
					t.Fatalf("got %d sentences, want 1", len(found))
				}
				var want []recount.Key
				for _, a := range tt.origins {
					want = append(want, a.Key)
				}
				slices.Sort(want)
				if !slices.Equal(found[0].Origins, want) || found[0].Altered != tt.altered {
					t.Errorf("got %v, altered %t; want %v, altered %t", found[0].Origins, found[0].Altered, want, tt.altered)
				}
			}
		})
	}
}

func TestAnArticleIsNoOriginOfItself(t *testing.T) {
	a := page("a", "A", "", "", agencyText)
	later := page("a", "A", "", "", agencyText)
	later.Key = "later"
	n := 0
	for found := range Origins(seq(a, later), seq(a, later)) {
		n++
		for _, s := range found {
			if len(s.Origins) > 0 {
				t.Errorf("%q comes from %v", s.Sentence.In(agencyText), s.Origins)
			}
		}
	}
	if n != 2 {
		t.Errorf("got %d articles, want 2", n)
	}
}

func TestSentencesOfAnotherStory(t *testing.T) {
	concert := page("concert", "D", "", "", "Sella Marov cancelled her concerts in Vennick and Sorrel on Monday. Her band, the Quiet Hours, will play in Tarn instead. Tickets from Vennick stay valid, said her manager, Jory Pell.")
	ferry := page("ferry", "A", "", "", agencyText)
	x := page("x", "X", "", "", lines(agencyText, 0, 2, 3, 5)+"\nTickets from Vennick stay valid, said her manager, Jory Pell.")
	for found := range Origins(seq(x), seq(ferry, concert)) {
		for _, s := range found {
			want := strings.Contains(s.Sentence.In(x.Text), "Vennick")
			if s.OffTopic != want {
				t.Errorf("%q: off topic is %t", s.Sentence.In(x.Text), s.OffTopic)
			}
		}
	}
}

func TestSource(t *testing.T) {
	a := page("ferry", "A", "", "", agencyText)
	tests := []struct {
		name, passage, want string
	}{
		{"a word swapped", "Tugs towed it in shortly before midnight.", "Tugs brought it in shortly before midnight."},
		{"the end cut off", "The company carried almost a million people last year.", "The company carried almost a million people last year and is owned by the five island councils."},
		{"two joined", "Tugs brought it in shortly before midnight; nobody was hurt, but three passengers were treated for the cold.",
			"Tugs brought it in shortly before midnight. Nobody was hurt, but three passengers were treated for the cold."},
		{"nothing of it", "The price of herring fell again on the quay at Sorrel.", ""},
		{"no words", "...", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			if s, ok := Source(tt.passage, a); ok {
				got = s.In(a.Text)
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestDiff(t *testing.T) {
	tests := []struct {
		name     string
		from, to string
		want     []ChangeKind
	}{
		{"nothing", "The tide was late.", "The tide was late.", nil},
		{"case and a comma", "The tide, was late.", "THE TIDE WAS LATE", nil},
		{"a word swapped", "The boats came home on Friday.", "The ships came home on Friday.", []ChangeKind{WordsSwapped}},
		{"a word dropped", "The two boats came home at last.", "The two boats came home at.", []ChangeKind{WordsDropped}},
		{"a word added", "The boats came home.", "The old boats came home.", []ChangeKind{WordsAdded}},
		{"a clause dropped", "The boats came home, because the storm had passed at noon.", "The boats came home.", []ChangeKind{ClauseDropped}},
		{"a clause added", "The boats came home.", "The boats came home after the storm had passed.", []ChangeKind{ClauseAdded}},
		{"the speaker in front", "The pump had failed on Sunday, the investigator said.", "The investigator said the pump had failed on Sunday.", []ChangeKind{PartMoved}},
		{"active to passive", "The tug towed the old ferry into the harbour.", "The old ferry was towed into the harbour by the tug.", []ChangeKind{PartMoved, VoiceChanged}},
		{"British to American", "They realised the harbour was grey and defence costly.", "They realized the harbor was gray and defense costly.",
			[]ChangeKind{SpellingChanged, SpellingChanged, SpellingChanged, SpellingChanged}},
		{"per cent", "Of these 40 per cent left.", "Of these 40 percent left.", []ChangeKind{SpellingChanged}},
		{"a number in words", "Some 12 boats came.", "Some twelve boats came.", []ChangeKind{NumberRewritten}},
		{"a number with a comma", "Some 4,200 people came.", "Some 4200 people came.", []ChangeKind{NumberRewritten}},
		{"millions", "It cost 5 million crowns.", "It cost 5m crowns.", []ChangeKind{NumberRewritten}},
		{"another number", "Some 58 people left.", "Some 85 people left.", []ChangeKind{NumberChanged}},
		{"another number in words", "The two brothers left.", "The three brothers left.", []ChangeKind{NumberChanged}},
		{"an ordinal", "On the 7th day she left.", "On the seventh day she left.", []ChangeKind{NumberRewritten}},
		{"marks lost around a word", "They called him 'selfish' and went home.", "They called him selfish and went home.", []ChangeKind{MarksLost}},
		{"marks lost around one of two", "“I saw him,” she said. “He was late.”", "“I saw him,” she said. He was late.", []ChangeKind{MarksLost}},
		{"marks added", "She said the board was blind.", "She said the board was “blind”.", []ChangeKind{MarksAdded}},
		{"a mark moved", "She said “the board was blind” again.", "She said the board “was blind” again.", []ChangeKind{MarksMoved}},
		{"other marks, same words", "She said “the board was blind”.", "She said \"the board was blind\".", nil},
		{"two similar utterances", "Nobody here claims that every sailor is honest.", "Not all seamen can be trusted, he says.", []ChangeKind{WordsSwapped}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []ChangeKind
			for _, c := range Diff(tt.from, tt.to) {
				got = append(got, c.Kind)
			}
			slices.Sort(got)
			slices.Sort(tt.want)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestSpeech(t *testing.T) {
	tests := []struct {
		name string
		text string
		want string // the speech found, with bars between the pieces
	}{
		{"double marks", `She said "come in" and left.`, "come in"},
		{"curly marks", "She said “come in” and left.", "come in"},
		{"low and high marks", "Sie sagte „komm herein“ und ging.", "komm herein"},
		{"angled marks", "Elle a dit « entrez » et partit.", " entrez "},
		{"single marks", "He called it 'a bad day' and left.", "a bad day"},
		{"an apostrophe is no mark", "It's the captain's own 'bad day', isn't it?", "bad day"},
		{"marks inside marks", "“He said ‘no’ twice,” she said.", "He said ‘no’ twice,"},
		{"two pieces", `"No," he said, "never."`, "No,|never."},
		{"over two lines", "“It was dark.\nIt was cold,” she said.", "It was dark.\nIt was cold,"},
		{"over two paragraphs, each with its mark", "“It was dark.\n“It was cold,” she said.", "It was dark.|It was cold,"},
		{"nobody closes it", "She said “it was dark.\nThe mayor laughed.\nAnd went home.", "it was dark."},
		{"nobody opened it", "It was dark,” she said.", ""},
		{"spaces moved by a tokeniser", `"It was dark, "she said. "And cold. "`, "It was dark, |And cold. "},
		{"inches are no speech", `He was 6'2 tall.`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			eachSpeech(tt.text, func(s recount.Span) { got = append(got, s.In(tt.text)) })
			if strings.Join(got, "|") != tt.want {
				t.Errorf("got %q, want %q", strings.Join(got, "|"), tt.want)
			}
		})
	}
}

func TestDirection(t *testing.T) {
	tests := []struct {
		name string
		a, b *recount.Article
		want int
		why  string
	}{
		{"the other names its outlet", page("a", "Aldery Post", "2031-03-05", "", "x"), page("b", "B", "2031-03-04", "From the Aldery Post", "x"), -1, "the other credits Aldery Post"},
		{"published by the agency", page("a", "A", "2031-03-04", "", "x"), page("b", "Reuters", "2031-03-05", "", "x"), 1, "published by the agency Reuters"},
		{"the earlier minute", page("a", "A", "2031-03-04T10:00:00Z", "", "x"), page("b", "B", "2031-03-04T09:00:00-03:00", "", "x"), -1, "published 2031-03-04T10:00:00Z, the other 2031-03-04T09:00:00-03:00"},
		{"the same day, one credits an agency", page("a", "A", "2031-03-04", "", "x"), page("b", "B", "2031-03-04T09:00:00Z", "AFP", "x"), 1, "credits Agence France-Presse, the other credits no agency"},
		{"a dateline with an agency", page("a", "A", "", "", "PORT ALDERY (AP) - The ferry stopped."), page("b", "B", "", "", "The ferry stopped."), -1, "credits The Associated Press, the other credits no agency"},
		{"a state is no agency", page("a", "A", "", "", "SCRANTON, PA - The ferry stopped."), page("b", "B", "", "", "The ferry stopped."), -1, "the longer text: 5 words, the other has 3"},
		{"a name is no agency", page("a", "A", "", "SANA FELL", "x"), page("b", "B", "", "", "x"), 0, ""},
		{"only the length differs", page("a", "A", "", "", "one two three"), page("b", "B", "", "", "one two"), -1, "the longer text: 3 words, the other has 2"},
		{"nothing differs", page("a", "A", "", "", "one two"), page("b", "B", "", "", "one two"), 0, ""},
		{"a month against a day inside it", page("a", "A", "2031-03", "", "x"), page("b", "B", "2031-03-04", "", "x"), 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var a, b record
			a.readArticle(tt.a)
			b.readArticle(tt.b)
			a.credit, b.credit = creditOf(tt.a), creditOf(tt.b)
			got, why := direction(&a, &b)
			if got != tt.want || why != tt.why {
				t.Errorf("got %d (%s), want %d (%s)", got, why, tt.want, tt.why)
			}
			if back, _ := direction(&b, &a); back != -got {
				t.Errorf("the other way round: got %d, want %d", back, -got)
			}
		})
	}
}
