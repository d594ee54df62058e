package lang

import (
	"slices"
	"strings"
	"testing"

	"recount"
)

func texts(text string, spans []recount.Span) []string {
	var out []string
	for _, s := range spans {
		out = append(out, s.In(text))
	}
	return out
}

func TestSentences(t *testing.T) {
	tests := []struct {
		name, language, text string
		want                 []string
	}{
		{"two plain sentences", "en", "It rained. We left.", []string{"It rained.", "We left."}},
		{"a title is no end", "en", "Dr. Brenn left. Nobody saw it.", []string{"Dr. Brenn left.", "Nobody saw it."}},
		{"initials are no end", "en", "We met G.K. Tamm and A. Vane there.", []string{"We met G.K. Tamm and A. Vane there."}},
		{"a question inside marks goes on", "en", "“Why now?” she asked.", []string{"“Why now?” she asked."}},
		{"the closing mark stays", "en", "“We left.” He sat down.", []string{"“We left.”", "He sat down."}},
		{"a line end is an end", "en", "A headline\nA sentence.", []string{"A headline", "A sentence."}},
		{"Arabic question mark", "ar", "هل جاء؟ نعم جاء.", []string{"هل جاء؟", "نعم جاء."}},
		{"French abbreviation", "fr", "M. Dahl est parti. Il pleut.", []string{"M. Dahl est parti.", "Il pleut."}},
		{"nothing but space", "en", " \n \n", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := texts(tt.text, Sentences(tt.text, tt.language)); !slices.Equal(got, tt.want) {
				t.Errorf("Sentences(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestWords(t *testing.T) {
	text := "“Don’t go,” said Ms Oake; 3.5 tonnes!"
	want := []string{"Don’t", "go", "said", "Ms", "Oake", "3.5", "tonnes"}
	if got := texts(text, Words(text)); !slices.Equal(got, want) {
		t.Errorf("Words(%q) = %q, want %q", text, got, want)
	}
}

func TestTokensCutClitics(t *testing.T) {
	text := "They don't read Tamm’s well-known U.S. letters."
	want := []string{"They", "do", "n't", "read", "Tamm", "’s", "well-known", "U.S.", "letters", "."}
	var got []string
	for _, x := range Tokens(text, "en", Sentences(text, "en")) {
		got = append(got, x.Span.In(text))
	}
	if !slices.Equal(got, want) {
		t.Errorf("Tokens(%q) = %q, want %q", text, got, want)
	}
}

func TestTaggerKnowsPlainEnglish(t *testing.T) {
	g := English()
	if g == nil {
		t.Fatal("the model of the tagger does not load")
	}
	text := "The old inspector said that Halda Brenn wrote the letter."
	tokens := Tokens(text, "en", Sentences(text, "en"))
	g.Tag(tokens)
	var tags []string
	for _, x := range tokens {
		tags = append(tags, Tags[x.POS])
	}
	want := []string{"DT", "JJ", "NN", "VBD", "IN", "NNP", "NNP", "VBD", "DT", "NN", "."}
	if !slices.Equal(tags, want) {
		t.Errorf("tags = %v, want %v", tags, want)
	}
	if tokens[2].Head != 3 || tokens[2].Label != LabelSubject {
		t.Errorf("head of inspector = %d (%s), want 3 (nsubj)", tokens[2].Head, Labels[tokens[2].Label])
	}
}

func TestGuess(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"English", "The ferry sank and the crew was pulled out of the water.", "en"},
		{"French", "Le bac a coulé et les marins ont été tirés de l'eau par des pêcheurs.", "fr"},
		{"German", "Die Fähre ist gesunken und die Mannschaft wurde aus dem Wasser gezogen.", "de"},
		{"Spanish", "El barco se hundió y los marineros fueron sacados del agua por un pescador.", "es"},
		{"Russian", "Паром затонул, и все они были в воде, но их спасли рыбаки, и это было чудо.", "ru"},
		{"Turkish", "Gemi battı ve mürettebat için çok kötü bir gece oldu ama herkes kurtuldu.", "tr"},
		{"Arabic", "غرقت السفينة في البحر و كان على متنها كل من في القرية.", "ar"},
		{"a language without a lexicon", "Lautta upposi ja miehistö pelastettiin merestä.", ""},
		{"no words", "12 34 56", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Guess(tt.text); got != tt.want {
				t.Errorf("Guess(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestExpIsCloseEnough(t *testing.T) {
	for _, tt := range []struct{ x, want float32 }{{0, 1}, {1, 2.7182817}, {-2, 0.13533528}, {-50, 0}, {10, 22026.465}} {
		if got := Exp(tt.x); got < tt.want*0.99999 || got > tt.want*1.00001 {
			t.Errorf("Exp(%v) = %v, want %v", tt.x, got, tt.want)
		}
	}
}

func FuzzSentences(f *testing.F) {
	f.Add("Dr. Brenn left. “Why?” she asked.\nA line", "en")
	f.Add("\"\"\"''`` . . . …", "de")
	f.Add("a.\xff\xfe.b\u2028c", "")
	f.Fuzz(func(t *testing.T, text, language string) {
		last := 0
		for _, s := range Sentences(text, language) {
			if s.Start < last || s.End > len(text) || s.Start >= s.End || strings.Contains(s.In(text), "\n") {
				t.Fatalf("sentence %v after %d in %q", s, last, text)
			}
			last = s.End
		}
		last = 0
		for _, x := range Tokens(text, language, Sentences(text, language)) {
			if x.Span.Start < last || x.Span.End > len(text) || x.Span.Start >= x.Span.End {
				t.Fatalf("token %v after %d in %q", x.Span, last, text)
			}
			last = x.Span.End
		}
	})
}

func BenchmarkTag(b *testing.B) {
	text := strings.Repeat("The old inspector said on Tuesday that Halda Brenn, who wrote the letter, had not been heard by the board. ", 50)
	sentences := Sentences(text, "en")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		English().Tag(Tokens(text, "en", sentences))
	}
}
