package copies

import (
	"slices"
	"strings"
	"testing"

	"recount"
)

func TestAlignGrowsOverEdits(t *testing.T) {
	const text = "the harbour board met on friday to hear why the dredger had lain idle since the middle of may"
	tests := []struct {
		name string
		from string
		to   string
		want string // the piece of the second text that is aligned, "" if none
	}{
		{"word for word", text, text, text},
		{"a word replaced", text, strings.Replace(text, "hear", "learn", 1), strings.Replace(text, "hear", "learn", 1)},
		{"a word dropped", text, strings.Replace(text, "idle ", "", 1), strings.Replace(text, "idle ", "", 1)},
		{"two words added", text, strings.Replace(text, "dredger", "big old dredger", 1), strings.Replace(text, "dredger", "big old dredger", 1)},
		{"words joined and damaged", text, strings.NewReplacer("on friday", "onfriday", "dredger", "dredqer").Replace(text),
			strings.NewReplacer("on friday", "onfriday", "dredger", "dredqer").Replace(text)},
		{"case and marks do not count", text, "“" + strings.ToUpper(text) + "!”", strings.ToUpper(text)},
		{"five words are too few", "we met on friday to hear it", "they met on friday to listen", ""},
		{"other words around", "a b c d e f g h", "z y a b c d e f g h x w", "a b c d e f g h"},
		{"letters of a script without spaces", "港口委员会周五开会", "昨天港口委员会周五开会了", "港口委员会周五开会"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var x, y Words
			x.ReadText(tt.from)
			y.ReadText(tt.to)
			var l aligner
			l.Set(&x)
			got := ""
			for _, r := range l.Align(&y) {
				got += y.Span(r.B0, r.B1).In(tt.to)
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
		want     []changeKind
	}{
		{"nothing", "The tide was late.", "The tide was late.", nil},
		{"case and a comma", "The tide, was late.", "THE TIDE WAS LATE", nil},
		{"a word swapped", "The boats came home on Friday.", "The ships came home on Friday.", []changeKind{wordsSwapped}},
		{"a word dropped", "The two boats came home at last.", "The two boats came home at.", []changeKind{wordsDropped}},
		{"a word added", "The boats came home.", "The old boats came home.", []changeKind{wordsAdded}},
		{"a clause dropped", "The boats came home, because the storm had passed at noon.", "The boats came home.", []changeKind{clauseDropped}},
		{"a clause added", "The boats came home.", "The boats came home after the storm had passed.", []changeKind{clauseAdded}},
		{"the speaker in front", "The pump had failed on Sunday, the investigator said.", "The investigator said the pump had failed on Sunday.", []changeKind{partMoved}},
		{"active to passive", "The tug towed the old ferry into the harbour.", "The old ferry was towed into the harbour by the tug.", []changeKind{partMoved, voiceChanged}},
		{"British to American", "They realised the harbour was grey and defence costly.", "They realized the harbor was gray and defense costly.",
			[]changeKind{spellingChanged, spellingChanged, spellingChanged, spellingChanged}},
		{"per cent", "Of these 40 per cent left.", "Of these 40 percent left.", []changeKind{spellingChanged}},
		{"a number in words", "Some 12 boats came.", "Some twelve boats came.", []changeKind{numberRewritten}},
		{"a number with a comma", "Some 4,200 people came.", "Some 4200 people came.", []changeKind{numberRewritten}},
		{"millions", "It cost 5 million crowns.", "It cost 5m crowns.", []changeKind{numberRewritten}},
		{"another number", "Some 58 people left.", "Some 85 people left.", []changeKind{numberChanged}},
		{"another number in words", "The two brothers left.", "The three brothers left.", []changeKind{numberChanged}},
		{"an ordinal", "On the 7th day she left.", "On the seventh day she left.", []changeKind{numberRewritten}},
		{"marks lost around a word", "They called him 'selfish' and went home.", "They called him selfish and went home.", []changeKind{marksLost}},
		{"marks lost around one of two", "“I saw him,” she said. “He was late.”", "“I saw him,” she said. He was late.", []changeKind{marksLost}},
		{"marks added", "She said the board was blind.", "She said the board was “blind”.", []changeKind{marksAdded}},
		{"a mark moved", "She said “the board was blind” again.", "She said the board “was blind” again.", []changeKind{marksMoved}},
		{"other marks, same words", "She said “the board was blind”.", "She said \"the board was blind\".", nil},
		{"two similar utterances", "Nobody here claims that every sailor is honest.", "Not all seamen can be trusted, he says.", []changeKind{wordsSwapped}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []changeKind
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
