package quotes

import (
	"fmt"
	"strings"
	"testing"

	"recount"
)

// nothing is what shows nothing in a name.
var nothing = []struct {
	name string
	r    rune
}{
	{"a soft hyphen", '\u00ad'}, {"a joiner of graphemes", '\u034f'}, {"an Arabic letter mark", '\u061c'}, {"a Mongolian vowel separator", '\u180e'},
	{"a blank without width", '\u200b'}, {"a non-joiner", '\u200c'}, {"a joiner", '\u200d'},
	{"a left-to-right mark", '\u200e'}, {"a right-to-left mark", '\u200f'},
	{"an embedding", '\u202a'}, {"an embedding to the left", '\u202b'}, {"the end of an embedding", '\u202c'}, {"an override", '\u202d'}, {"an override to the left", '\u202e'},
	{"a word joiner", '\u2060'}, {"an invisible times", '\u2062'}, {"an isolate", '\u2066'}, {"an isolate to the left", '\u2067'}, {"an isolate of the first", '\u2068'}, {"the end of an isolate", '\u2069'},
	{"a byte order mark", '\ufeff'}, {"a text selector", '\ufe0e'}, {"a picture selector", '\ufe0f'}, {"the first selector", '\ufe00'}, {"a selector of Han", '\U000e0100'}, {"a tag", '\U000e0061'},
	{"a Hangul filler", '\u3164'},
}

// What shows nothing makes nobody a second person, wherever it stands in a name,
// and every place is one of the page as it is.
func TestNothingShown(t *testing.T) {
	const text = "The ferry between Sandwick and the mainland stopped on Monday. The harbour was empty in the afternoon.\n\n" +
		"\u201cWe were told nothing at all about it,\u201d said Maria Holt. \u201cI have sold tickets here for eleven years.\u201d\n\n" +
		"The company has three boats and forty workers. Two of the boats are in the yard for repairs.\n\n" +
		"\u201cThe engine room was under wa\x00ter twice before anybody came,\u201d said \x00Ma\x00ria\x00 \x00Ho\x00lt\x00. \u201cNobody listened to us.\u201d\n\n" +
		"\u201cI will not come back to the harbour again,\u201d \x00Ho\x00lt\x00 said on Tuesday.\n"
	marks := strings.Count(text, "\x00")
	bare := strings.ReplaceAll(text, "\x00", "")
	want := Read(&recount.Article{Key: "a", Language: "en", Text: bare})
	if len(want.Speakers) != 1 || want.Speakers[0].Name != "Maria Holt" || len(want.Statements) != 3 {
		t.Fatalf("without them: %+v", want)
	}
	for _, tt := range nothing {
		for only := -1; only < marks; only++ { // all of them at once, then each alone
			n := -1
			var b strings.Builder
			for _, r := range text {
				if r != 0 {
					b.WriteRune(r)
					continue
				}
				if n++; only < 0 || n == only {
					b.WriteRune(tt.r)
				}
			}
			a := &recount.Article{Key: "a", Language: "en", Text: b.String(), Blocks: []recount.Block{{Span: recount.Span{Start: 0, End: b.Len()}, Role: recount.Body}}}
			r := Read(a)
			if len(r.Speakers) != 1 || r.Speakers[0].Name != "Maria Holt" || len(r.Speakers[0].Mentions) != len(want.Speakers[0].Mentions) {
				t.Errorf("%s at %d: speakers %+v", tt.name, only, r.Speakers)
				continue
			}
			if len(r.Statements) != len(want.Statements) || len(r.Sentences) != len(want.Sentences) {
				t.Errorf("%s at %d: %d statements, %d sentences; want %d, %d", tt.name, only, len(r.Statements), len(r.Sentences), len(want.Statements), len(want.Sentences))
				continue
			}
			words := func(text string, spans ...recount.Span) (out []string) {
				for _, s := range spans {
					if !s.Within(text) {
						t.Fatalf("%s at %d: %v is no place of the page", tt.name, only, s)
					}
					out = append(out, recount.Shown(s.In(text)))
				}
				return out
			}
			var is, was []string
			for i := range r.Statements {
				got, old := r.Statements[i], want.Statements[i]
				is = append(is, words(a.Text, append(append(got.Content, got.Source...), got.Cue...)...)...)
				was = append(was, words(bare, append(append(old.Content, old.Source...), old.Cue...)...)...)
				if got.Key != recount.StatementKey("a", got.Quotation) {
					t.Errorf("%s at %d: the key is of other places", tt.name, only)
				}
			}
			for i := range r.Sentences {
				is, was = append(is, words(a.Text, r.Sentences[i].Span)...), append(was, words(bare, want.Sentences[i].Span)...)
			}
			is, was = append(is, words(a.Text, r.Speakers[0].Mentions...)...), append(was, words(bare, want.Speakers[0].Mentions...)...)
			if fmt.Sprint(is) != fmt.Sprint(was) {
				t.Errorf("%s at %d:\n%q\n%q", tt.name, only, is, was)
			}
		}
	}
}

// A joiner in a script that is joined is part of the word and of the name, and no
// other person's name.
func TestJoinersInNames(t *testing.T) {
	const with = "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627" // Alireza, as Persian writes it with care
	if got := recount.Shown(with); got != with {
		t.Errorf("it is shown as %+q", got)
	}
	if got := recount.BareName(with); got != strings.ReplaceAll(with, "\u200c", "") {
		t.Errorf("it is compared as %+q", got)
	}
	for in, want := range map[string]string{"Ma\u200cria": "Maria", "\u200dMaria\u200d": "Maria", "\u041c\u200c\u0430": "\u041c\u0430", "\u0915\u094d\u200d\u0937": "\u0915\u094d\u200d\u0937"} {
		if got := recount.Shown(in); got != want {
			t.Errorf("%+q is shown as %+q, want %+q", in, got, want)
		}
	}
}

// A place of a page that shows everything is the same place, and one of a page that
// does not is found again.
func TestPlacesAreFoundAgain(t *testing.T) {
	text := "\ufeff\u200fMa\u00adria\u200b\u200b Holt\u200e"
	a, cuts := shown(&recount.Article{Text: text})
	if a.Text != "Maria Holt" {
		t.Fatalf("%q", a.Text)
	}
	for _, tt := range []struct{ words, on string }{
		{"Maria Holt", "Ma\u00adria\u200b\u200b Holt"}, {"Maria", "Ma\u00adria"}, {"Ma", "Ma"}, {"ria", "ria"}, {"Holt", "Holt"}, {" ", " "},
	} {
		i := strings.Index(a.Text, tt.words)
		s := back(cuts, recount.Span{Start: i, End: i + len(tt.words)})
		if got := s.In(text); got != tt.on {
			t.Errorf("%q stands at %q, want %q", tt.words, got, tt.on)
		}
		if w := without(cuts, s.Start); w != i {
			t.Errorf("%q: byte %d is %d again, want %d", tt.words, s.Start, w, i)
		}
	}
	if got := without(cuts, len(text)); got != len(a.Text) {
		t.Errorf("the end is %d, want %d", got, len(a.Text))
	}
}
