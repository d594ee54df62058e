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
		how  Found
	}{
		{"in the same text", was, third, Anchored},
		{"after words that were put before it", page("a.html", "New: "+was.Text), third + 5, Moved},
		{"among its own surroundings when others say the same", page("a.html", "The clerk said no. And: "+was.Text), third + 24, Moved},
		{"not on another page", page("b.html", was.Text), -1, Lost},
		{"not where the words are gone", page("a.html", "Nothing of it."), -1, Lost},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			pl := pagesOf(tt.now).Place(&an)
			if pl.Found != tt.how {
				t.Fatalf("Place = %v, want %v", pl.Found, tt.how)
			}
			if tt.want >= 0 && pl.Spans[0].Start != tt.want {
				t.Errorf("found at %d (%q), want %d", pl.Spans[0].Start, pl.Spans[0].In(tt.now.Text), tt.want)
			}
		})
	}
}

// What stands only in an older text keeps its place and its answer, but points
// at no words of the text that counts.
func TestAnchorIntoAnOlderText(t *testing.T) {
	was := page("a.html", "She left it. She left us all.")
	now := page("a.html", "He said nothing.")
	now.Key = was.Key // one capture, extracted anew
	now.Extractor = "t/2"
	pages := pagesOf(was, now)
	at := func(from int) Placement {
		an := AnchorAt(was, NewCodePoints(was.Text), Span{from, from + 8})
		return pages.Place(&an)
	}
	first, second := at(0), at(13)
	if first.Found != InOld || first.Article != now || len(first.Spans) != 1 || first.Spans[0] != (Span{}) {
		t.Errorf("placed %+v; want the text that counts, no words, found in an old text", first)
	}
	if first.String() == second.String() || first.String() != at(0).String() {
		t.Error("two places of an older text are not told apart, or one is not the same twice")
	}
}

// A forged anchor never reaches outside its text.
func TestAnchorOutsideItsText(t *testing.T) {
	a := page("a.html", "short")
	for _, p := range [][2]int{{0, 99}, {-1, 2}, {4, 2}, {3, 3}} {
		an := Anchor{Page: "a.html", Text: HashText(a.Text), Spans: [][2]int{p}, Exact: []string{"short"}}
		if pl := pagesOf(a).Place(&an); pl.Found != Lost {
			t.Errorf("an anchor at %v is found at %v", p, pl.Spans)
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
		pl := pagesOf(a).Place(&an)
		for i, s := range pl.Spans {
			if s.Start < 0 || s.End > len(a.Text) || a.Text[s.Start:s.End] != an.Exact[i] {
				t.Fatalf("span %v does not hold %q", s, an.Exact[i])
			}
		}
	})
}
