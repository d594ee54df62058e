package recount

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestAnchorIsFoundAgain(t *testing.T) {
	was := page("a.html", "The mayor – “Zoë” – said no. He said no twice. The clerk said no.")
	words := "said no"
	third := strings.LastIndex(was.Text, words)
	an := AnchorAt(was, NewCodePoints(was.Text), Span{third, third + len(words)})
	tests := []struct {
		name string
		now  *Article
		want int // offset of the words, -1 if lost
		how  string
	}{
		{"in the same text", was, third, "there"},
		{"after words that were put before it", page("a.html", "New: "+was.Text), third + 5, "moved"},
		{"among its own surroundings when others say the same", page("a.html", "The clerk said no. And: "+was.Text), third + 24, "moved"},
		{"not on another page", page("b.html", was.Text), -1, "lost"},
		{"not where the words are gone", page("a.html", "Nothing of it."), -1, "lost"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			spans, moved, ok := an.Place(tt.now, NewCodePoints(tt.now.Text))
			how := map[[2]bool]string{{true, false}: "there", {true, true}: "moved", {false, false}: "lost", {false, true}: "lost"}[[2]bool{ok, moved}]
			if how != tt.how {
				t.Fatalf("Place = %v, want %v", how, tt.how)
			}
			if tt.want >= 0 && spans[0].Start != tt.want {
				t.Errorf("found at %d (%q), want %d", spans[0].Start, spans[0].In(tt.now.Text), tt.want)
			}
		})
	}
}

// A forged anchor never reaches outside its text.
func TestAnchorOutsideItsText(t *testing.T) {
	a := page("a.html", "short")
	for _, p := range [][2]int{{0, 99}, {-1, 2}, {4, 2}, {3, 3}} {
		an := Anchor{Page: "a.html", Text: HashText(a.Text), Spans: [][2]int{p}, Exact: []string{"short"}}
		if spans, _, ok := an.Place(a, NewCodePoints(a.Text)); ok {
			t.Errorf("an anchor at %v is found at %v", p, spans)
		}
	}
}

func TestCodePoints(t *testing.T) {
	for _, text := range []string{"", "abc", strings.Repeat("aé€😀", 100)} {
		cp := NewCodePoints(text)
		n := 0
		for b := range text {
			if got := cp.Point(b); got != n {
				t.Fatalf("Point(%d) = %d, want %d", b, got, n)
			}
			if got := cp.Byte(n); got != b {
				t.Fatalf("Byte(%d) = %d, want %d", n, got, b)
			}
			n++
		}
		if got := cp.Byte(n); got != len(text) {
			t.Errorf("Byte(%d) = %d, want the end %d", n, got, len(text))
		}
		if got := cp.Byte(n + 1); got != -1 {
			t.Errorf("Byte(%d) = %d, want -1: it is past the end", n+1, got)
		}
		if got := cp.Point(len(text)); got != utf8.RuneCountInString(text) {
			t.Errorf("Point(%d) = %d, want %d", len(text), got, n)
		}
	}
}

func FuzzAnchor(f *testing.F) {
	f.Add("one two three", "two", "", "two")
	f.Fuzz(func(t *testing.T, text, exact, second, old string) {
		a := page("a.html", strings.ToValidUTF8(text, ""))
		an := Anchor{Page: "a.html", Text: HashText(old), Spans: [][2]int{{0, 3}, {4, 5}}, Exact: []string{exact, second}}
		spans, _, _ := an.Place(a, NewCodePoints(a.Text))
		for i, s := range spans {
			if s.Start < 0 || s.End > len(a.Text) || a.Text[s.Start:s.End] != an.Exact[i] {
				t.Fatalf("span %v does not hold %q", s, an.Exact[i])
			}
		}
	})
}
