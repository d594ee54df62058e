package corpus

import (
	"math"
	"os"
	"strings"
	"testing"
)

func annotated(t *testing.T, entities, text string) *Text {
	t.Helper()
	head, _, _ := strings.Cut(header, "  rao")
	out, faults := Parse("court-report/001.txt", head+entities+"---\n"+text+"\n")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return out
}

func TestAgreement(t *testing.T) {
	first := annotated(t, "  rao | named | woman | Lakshmi Rao\n  court | organisation | none | the court\n",
		`[q1 rao:“[f count times:Twice],”] [s1:{rao:Lakshmi Rao, 41,}] [c1:told] {court:the court}. [s2:{rao:She}] [c2:thinks] [q2 rao thought:it was enough].

%off {court:It} sits on Monday.`)
	if err := new(Agreement).Add(first, annotated(t, "  rao | named | woman | Lakshmi Rao\n", "{rao:She} left.")); err == nil {
		t.Error("another text was compared")
	}
	second := annotated(t, "  woman | named | unknown | Lakshmi Rao\n  other | anonymous | woman | She\n  court | organisation | none | the court\n",
		`[q1 woman:“Twice,”] [s1:{woman:Lakshmi Rao}, 41,] [c1:told {court:the court}]. [s2:{other:She}] [c2:thinks] it was [q2 other:enough].

[q3 court:It sits on Monday].`)
	var differ []string
	a := &Agreement{Differ: func(_ *Text, _ int, what string) { differ = append(differ, what) }}
	if err := a.Add(first, second); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name      string
		got, want Found
	}{
		{"statements of the same words", a.Exact, Found{2, 3, 1}},
		{"statements: 'enough' is half of 'it was enough'", a.Statements, Found{2, 3, 2}},
		{"words of statements", a.Words, Found{4, 6, 2}},
		{"cues", a.Cue, Found{2, 2, 1}},
		{"sources", a.Source, Found{2, 2, 2}},
		{"mentions of the same words", a.Mentions, Found{4, 3, 2}},
		{"mentions that share a word", a.Overlap, Found{4, 3, 3}},
		{"pairs of mentions of one entity", a.Links, Found{1, 0, 0}},
		{"figures", a.Figures, Found{1, 0, 0}},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, tt.got, tt.want)
		}
	}
	if same, of := a.Speaker.Same(); same != 1 || of != 2 {
		t.Errorf("speaker the same in %d of %d, want 1 of 2", same, of)
	}
	if same, of := a.Thought.Same(); same != 1 || of != 2 {
		t.Errorf("thought the same in %d of %d, want 1 of 2", same, of)
	}
	if same, of := a.Gender.Same(); same != 1 || of != 2 {
		t.Errorf("gender the same in %d of %d, want 1 of 2", same, of)
	}
	if same, of := a.Off.Same(); same != 1 || of != 2 {
		t.Errorf("other story the same in %d of %d paragraphs, want 1 of 2", same, of)
	}
	// Of three mentions both have, the first takes two to be one person: precision
	// (1/2+1/2+1)/3, recall 1.
	if got, want := a.B3(), 0.8; math.Abs(got-want) > 1e-9 {
		t.Errorf("B3 %v, want %v", got, want)
	}
	if all := strings.Join(differ, "\n"); !strings.Contains(all, "speaker of q2: rao, other") || !strings.Contains(all, `statement only in 2: q3 court "It sits on Monday"`) {
		t.Errorf("differences:\n%s", all)
	}
}

// The table of Cohen 1960, as in Fleiss, Levin & Paik 2003, 18.1: psychosis,
// neurosis, organic; kappa .68.
func TestKappa(t *testing.T) {
	l := Labels{
		{"p", "p"}: 75, {"p", "n"}: 1, {"p", "o"}: 4,
		{"n", "p"}: 5, {"n", "n"}: 4, {"n", "o"}: 1,
		{"o", "o"}: 10,
	}
	if got := l.Kappa(); math.Abs(got-0.676) > 5e-4 {
		t.Errorf("kappa %.4f, want .676", got)
	}
	if got := (Labels{{"p", "p"}: 3}).Kappa(); got != 1 {
		t.Errorf("one label, always the same: kappa %v, want 1", got)
	}
	if got := (Labels{{"p", "n"}: 2, {"n", "p"}: 2}).Kappa(); got != -1 {
		t.Errorf("never the same: kappa %v, want -1", got)
	}
}

func TestBare(t *testing.T) {
	text := annotated(t, "  rao | named | woman | Lakshmi Rao\n", `%headline {rao:Lakshmi Rao} \[speaks\]

%off [q1 rao thought:[f count times:Once]] {rao:she} left.`)
	_, body, _ := strings.Cut(text.Bare(), "entities:\n")
	if want := "---\n%headline Lakshmi Rao \\[speaks\\]\n\nOnce she left.\n"; body != want {
		t.Errorf("bare %q, want %q", body, want)
	}
}

func TestTwiceAnnotatedAreTextsOfTheCorpus(t *testing.T) {
	texts := map[string]string{}
	ours, err := Load(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range ours {
		texts[x.File] = x.Text
	}
	for _, dir := range [...]string{"twice/first", "twice/second"} {
		twice, err := Load(os.DirFS(dir))
		if err != nil {
			t.Fatal(err)
		}
		if len(twice) == 0 {
			t.Errorf("%s has no texts", dir)
		}
		for _, x := range twice {
			if texts[x.File] != x.Text {
				t.Errorf("%s/%s is not the text of the corpus", dir, x.File)
			}
		}
	}
}
