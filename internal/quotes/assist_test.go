package quotes

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"recount"
)

const ferry = "The ferry that never came\n" +
	"“We were told nothing,” said Maria Holt. “Not a word.”\n" +
	"Two of the\u00a0boats are in the yard,\nsaid Peter Lund, the engineer. Annual fares rise.\n" +
	"“We’ll swim,” the mayor’s clerk said, “if we must.” Ann laughed.\n" +
	"“The winter is long.\n“The pier is longer.” Nobody knows who wrote this. “We’ll swim,” they sang."

func article() *recount.Article { return &recount.Article{Key: "k", Text: ferry} }

func list(t *testing.T, offers ...offer) string {
	t.Helper()
	b, err := json.Marshal(offers)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestReadTakesOnlyWhatStandsInTheArticle(t *testing.T) {
	at := strings.Index(ferry, "We were told nothing")
	known := []recount.Span{{Start: at, End: at + len("We were told nothing")}}
	tests := []struct {
		name    string
		offer   offer
		words   []string // nil if it is rejected
		speaker string
		typ     recount.QuotationType
		counted AssistCounts // besides Offered
	}{
		{"words and speaker letter by letter", offer{"if we must", "Maria Holt", "direct"}, []string{"if we must"}, "Maria Holt", recount.Direct, AssistCounts{New: 1}},
		{"nobody named", offer{"Not a word", "", "direct"}, []string{"Not a word"}, "", recount.Direct, AssistCounts{New: 1}},
		{"white space folded, over the end of a line", offer{"Two of the boats are  in the yard, said", "Peter Lund", "indirect"},
			[]string{"Two of the\u00a0boats are in the yard,", "said"}, "Peter Lund", recount.Indirect, AssistCounts{New: 1}},
		{"marks around the whole", offer{`"Not a word."`, "", "direct"}, []string{"Not a word."}, "", recount.Direct, AssistCounts{New: 1}},
		{"two paragraphs", offer{"The winter is long.\n“The pier is longer.", "", "direct"}, []string{"The winter is long.", "“The pier is longer."}, "", recount.Direct, AssistCounts{New: 1}},
		{"no type, in marks", offer{"We’ll swim,", "", ""}, []string{"We’ll swim,"}, "", recount.Direct, AssistCounts{New: 1}},
		{"a type that is none, without marks", offer{"Nobody knows", "", "shouted"}, []string{"Nobody knows"}, "", recount.Indirect, AssistCounts{New: 1}},
		{"another apostrophe", offer{"We'll swim", "", "direct"}, nil, "", "", AssistCounts{NotVerbatim: 1}},
		{"another case", offer{"not a word", "", "direct"}, nil, "", "", AssistCounts{NotVerbatim: 1}},
		{"invented words", offer{"We will sue", "Maria Holt", "direct"}, nil, "", "", AssistCounts{NotVerbatim: 1}},
		{"marks alone", offer{"“”", "", "direct"}, nil, "", "", AssistCounts{NotVerbatim: 1}},
		{"the inside of a word", offer{"wim", "", "direct"}, nil, "", "", AssistCounts{NotVerbatim: 1}},
		{"an invented speaker", offer{"Not a word", "Ada Stone", "direct"}, nil, "", "", AssistCounts{NoSuchSpeaker: 1}},
		{"half a name", offer{"Not a word", "Mari", "direct"}, nil, "", "", AssistCounts{NoSuchSpeaker: 1}},
		{"what the program has", offer{"We were told nothing", "Maria Holt", "direct"}, nil, "", "", AssistCounts{Known: 1}},
		{"more of what the program has", offer{"We were told nothing,” said Maria", "", "mixed"}, nil, "", "", AssistCounts{Known: 1}},
		{"mostly what it has not", offer{"told nothing,” said Maria Holt. “Not a word", "", "mixed"}, []string{"told nothing,” said Maria Holt. “Not a word"}, "", recount.Mixed, AssistCounts{New: 1}},
		{"no words", offer{" ", "Maria Holt", "direct"}, nil, "", "", AssistCounts{Unreadable: 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, n, err := ReadAssist(article(), known, list(t, tt.offer))
			if err != nil {
				t.Fatal(err)
			}
			tt.counted.Offered = 1
			if n != tt.counted {
				t.Errorf("Read counts %+v, want %+v", n, tt.counted)
			}
			if tt.words == nil {
				if len(got) != 0 {
					t.Errorf("Read suggests %+v, want nothing", got)
				}
				return
			}
			if len(got) != 1 {
				t.Fatalf("Read = %d suggestions, want 1", len(got))
			}
			var words []string
			for _, w := range got[0].Words {
				words = append(words, w.In(ferry))
			}
			if !slices.Equal(words, tt.words) || got[0].Speaker.In(ferry) != tt.speaker || got[0].Type != tt.typ {
				t.Errorf("Read = %q by %q, %s; want %q by %q, %s", words, got[0].Speaker.In(ferry), got[0].Type, tt.words, tt.speaker, tt.typ)
			}
		})
	}
}

func TestReadCountsEveryOfferOnce(t *testing.T) {
	reply := list(t, offer{"Not a word", "Maria Holt", "direct"}, offer{"Not a word.", "", "direct"}, offer{"if we must", "", ""}, offer{"Nothing", "", ""}, offer{})
	got, n, err := ReadAssist(article(), nil, reply)
	want := AssistCounts{Offered: 5, Unreadable: 1, NotVerbatim: 1, Repeated: 1, New: 2}
	if err != nil || n != want || len(got) != 2 {
		t.Errorf("Read = %d suggestions, %+v, %v; want 2, %+v", len(got), n, err, want)
	}
}

// Whoever copies the words into `recount type` must come to the same place.
func TestReadSaysWhereTheWordsStandEarlier(t *testing.T) {
	for _, tt := range []struct {
		name  string
		offer offer
		first bool
	}{
		{"the first of two places", offer{"We’ll swim", "Maria Holt", ""}, true},
		{"a name inside an earlier word", offer{"We’ll swim", "Ann", ""}, false},
		{"words inside an earlier word", offer{"the", "", ""}, true},
		{"words that end an earlier word", offer{"ever", "", ""}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := article()
			a.Text += " “Hardly ever.”"
			got, _, err := ReadAssist(a, nil, list(t, tt.offer))
			if err != nil || len(got) != 1 || got[0].First != tt.first {
				t.Errorf("Read = %+v, %v; want one suggestion with First %v", got, err, tt.first)
			}
		})
	}
}

func TestReadForms(t *testing.T) {
	one := `{"quote": "Not a word", "speaker": null, "type": "direct"}`
	for _, tt := range []struct {
		name, reply string
		offered     int // -1: an error
	}{
		{"a list", "[" + one + "]", 1},
		{"an empty list", "[]", 0},
		{"a code fence", "```json\n[" + one + "]\n```", 1},
		{"a code fence after words", "Here they are:\n```\n[" + one + "]\n```\nAnything else?", 1},
		{"thoughts first", "<think>[is this one?]</think>\n[" + one + "]", 1},
		{"the only list of an object", `{"count": 1, "quotations": [` + one + `]}`, 1},
		{"one quotation and no list", one, 1},
		{"an entry that is none", "[" + one + `, "Not a word", 7, {"quote": ["a"]}, null]`, 5},
		{"two lists", `{"a": [` + one + `], "b": []}`, -1},
		{"no JSON", "I found no quotations.", -1},
		{"cut off", "[" + one + `, {"quote": "We w`, -1},
		{"words after the list", "[" + one + "] and so on", -1},
		{"nothing", "", -1},
		{"null", "null", -1},
		{"too many", "[" + strings.Repeat(one+",", mostItems) + one + "]", -1},
		{"too long", "[" + strings.Repeat(" ", MostAssist) + "]", -1},
		{"deep", strings.Repeat("[", 100000), -1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, n, err := ReadAssist(article(), nil, tt.reply)
			if tt.offered < 0 {
				if err == nil {
					t.Errorf("Read = %+v, want an error", n)
				}
				return
			}
			if err != nil || n.Offered != tt.offered {
				t.Errorf("Read = %+v, %v; want %d offered", n, err, tt.offered)
			}
		})
	}
}

func TestMessages(t *testing.T) {
	system, user, err := AssistMessages(article())
	if err != nil || !strings.Contains(system, "JSON only") || !strings.HasSuffix(user, ferry) {
		t.Errorf("Messages = %q, %q, %v", system, user, err)
	}
	for _, text := range []string{" \n", strings.Repeat("long ", mostText)} {
		if _, _, err := AssistMessages(&recount.Article{Text: text}); !errors.Is(err, recount.ErrRefused) {
			t.Errorf("Messages of %d bytes: %v, want a refusal", len(text), err)
		}
	}
}

// What must not reach a command line splits the words.
func TestPiecesHoldNoControls(t *testing.T) {
	a := &recount.Article{Text: "He said: we \x1b[31m stay \u202ehere\u202c now."}
	got, _, err := ReadAssist(a, nil, list(t, offer{Quote: "we \x1b[31m stay \u202ehere\u202c now"}))
	if err != nil || len(got) != 1 {
		t.Fatalf("Read = %+v, %v", got, err)
	}
	var words []string
	for _, w := range got[0].Words {
		words = append(words, w.In(a.Text))
	}
	if want := []string{"we", "[31m stay", "here", "now"}; !slices.Equal(words, want) {
		t.Errorf("pieces %q, want %q", words, want)
	}
}

func FuzzReply(f *testing.F) {
	f.Add(ferry, `[{"quote":"Not a word","speaker":"Maria Holt","type":"direct"}]`, 3, 20)
	f.Add("a\u0301 b\u00a0\n a\u0301", "```\n{\"x\":[{\"quote\":\"a\u0301 b\"}]}\n```", 0, 2)
	f.Add("語 語", `{"quote":"語"}`, -4, 99)
	f.Fuzz(func(t *testing.T, text, reply string, start, end int) {
		text = strings.ToValidUTF8(text, "")
		known := []recount.Span{{Start: start, End: end}}
		if !known[0].Within(text) {
			known = nil
		}
		check(t, text, reply, known)
		// The text itself as a quotation and as a speaker is verbatim.
		b, err := json.Marshal([]offer{{text, text, ""}, {reply, reply, "direct"}})
		if err != nil {
			t.Fatal(err)
		}
		check(t, text, string(b), known)
	})
}

func check(t *testing.T, text, reply string, known []recount.Span) {
	t.Helper()
	got, n, err := ReadAssist(&recount.Article{Text: text}, known, reply)
	if err != nil {
		return
	}
	if n.Offered != n.Unreadable+n.NotVerbatim+n.NoSuchSpeaker+n.Known+n.Repeated+n.New || n.New != len(got) {
		t.Fatalf("%d suggestions, counted as %+v", len(got), n)
	}
	for _, s := range got {
		for i, w := range s.Words {
			if !w.Within(text) || strings.TrimSpace(w.In(text)) != w.In(text) || strings.ContainsAny(w.In(text), "\n\x1b") || i > 0 && w.Start < s.Words[i-1].End {
				t.Fatalf("pieces %v of %d bytes", s.Words, len(text))
			}
		}
		if s.Speaker != (recount.Span{}) && !s.Speaker.Within(text) {
			t.Fatalf("speaker %v of %d bytes", s.Speaker, len(text))
		}
	}
}

// A reply that offers the same letter over and over, of a text that holds
// nothing else, is done in moments.
func BenchmarkHostileReply(b *testing.B) {
	text := strings.Repeat("aa ", mostText/3)
	reply := "[" + strings.TrimSuffix(strings.Repeat(`{"quote":"aa aa aa"},{"quote":"a"},`, mostItems/2), ",") + "]"
	a := &recount.Article{Text: text}
	b.SetBytes(int64(len(reply)))
	for b.Loop() {
		if _, _, err := ReadAssist(a, nil, reply); err != nil {
			b.Fatal(err)
		}
	}
}
