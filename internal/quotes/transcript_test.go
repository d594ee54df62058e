package quotes

import (
	"strings"
	"testing"

	"recount"
	"recount/internal/quotes/page"
)

func TestTurns(t *testing.T) {
	tests := []struct {
		name, text string
		want       string // name>said, parted by |
	}{
		{"capitals", "TAMM: Good evening.\nBRENN: Good evening.\nTAMM: You wrote a letter.", "TAMM>Good evening.|BRENN>Good evening.|TAMM>You wrote a letter."},
		{"question and answer", "Q: Did it sink?\nA: It did.\nQ: When?\nA: At four.", "Q>Did it sink?|A>It did.|Q>When?|A>At four."},
		{"a turn over two lines", "Q: Did it sink?\nA: It did.\nIn the night.\nQ: When?", "Q>Did it sink?|A>It did.+In the night.|Q>When?"},
		{"stage directions are not said", "Q: Did it sink?\nA: It did.\n(He pauses.)\nQ: When?", "Q>Did it sink?|A>It did.|Q>When?"},
		{"WebVTT voices", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada Tamm>It sank.</v>\n\n00:03.000 --> 00:04.000\n<v Ivo Oake>When?\n\n00:05.000 --> 00:06.000\n<v Ada Tamm>At four.", "Ada Tamm>It sank.|Ivo Oake>When?|Ada Tamm>At four."},
		{"SRT with dashes", "1\n00:00:01,000 --> 00:00:02,000\n- TAMM: It sank.\n\n2\n00:00:02,000 --> 00:00:03,000\n- OAKE: When?\n\n3\n00:00:03,000 --> 00:00:04,000\n- TAMM: At four.", "TAMM>It sank.|OAKE>When?|TAMM>At four."},
		{"a title with a colon is no turn", "Harbour: a history\nThe boat sank in the night.\nNobody saw it.", ""},
		{"one quotation with a colon is no transcript", "Tamm: It sank.\nThe boat sank in the night.\nNobody saw it.", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			turns, _ := turnsOf(page.New(&recount.Article{Text: tt.text, Language: "en"}))
			for _, d := range turns {
				var said []string
				for _, s := range d.Content {
					said = append(said, s.In(tt.text))
				}
				got = append(got, d.Source[0].In(tt.text)+">"+strings.Join(said, "+"))
			}
			if s := strings.Join(got, "|"); s != tt.want {
				t.Errorf("Turns(%q) = %q, want %q", tt.text, s, tt.want)
			}
		})
	}
}

func FuzzTurns(f *testing.F) {
	f.Add("Q: a\nA: b\nQ: c")
	f.Add("<v >a\n<v x>b</v>\n- :\n>> A:: b")
	f.Add("<v </v>></v>\nA: </v></v></v>\nA: b\nA: c")
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		turns, _ := turnsOf(page.New(&recount.Article{Text: text, Language: "en"}))
		for _, d := range turns {
			for _, s := range append(d.Content, d.Source...) {
				if s.Start < 0 || s.End > len(text) || s.Start > s.End {
					t.Fatalf("span %v in %q", s, text)
				}
			}
		}
	})
}

// TestResults: lists of results look like transcripts, and nobody speaks in them.
func TestResults(t *testing.T) {
	tests := []struct {
		line  string
		turns bool
	}{
		{"Rockledge (1-0): Baker 6 points. Brown 4 points.", false},
		{"Palm Bay (1-0-2): Noah Jackson 1 goal, 1 assist.", false},
		{"Harbour (NR): Ivo Lund 7 saves.", false},
		{"Ryme Town (12–3): Marr 2 goals.", false},
		{"St Osyth (0-1): Pugh 15 points.", false},
		{"Larkfield (3-0, 1-0): Sole 6 steals.", false},
		{"Ada Marr (Harbour Bay): We shall see.", true},
		{"Ada Marr (43): We shall see.", true},
		{"Ada Marr (on the line): We shall see.", true},
		{"ADA MARR: We shall see.", true},
		{"Ada Marr (D-3rd): We shall see.", true},
	}
	for _, tt := range tests {
		if _, ok := turnOf(tt.line, recount.Span{End: len(tt.line)}); ok != tt.turns {
			t.Errorf("%q is a turn: %v, want %v", tt.line, ok, tt.turns)
		}
	}
}
