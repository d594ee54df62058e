package quotes

import (
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"recount"
	"recount/internal/parallel"
)

func fictional(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("testdata/long.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestRead(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"said after the quotation", "Inspectors met on Monday.\n“The hull is cracked,” said Halda Brenn, an inspector.", "direct: Halda Brenn (named, unknown): The hull is cracked,\n"},
		{"a set phrase says nothing", "Inspectors met on Monday.\nThat said, the hull of the ferry is cracked and has been for years.", ""},
		{"a quotation in two pieces", "Inspectors met on Monday.\n“The hull,” Mr. Tamm said, “is cracked.”", "direct: Tamm (named, man): The hull, | is cracked.\n"},
		{"according to", "Eleven ferries have not been lifted for five years, according to the harbour board.", "indirect: the harbour board (organisation, none): Eleven ferries have not been lifted for five years\n"},
		{"a floating quotation goes on", "“The hull is cracked,” said Mr. Tamm.\n“Nobody mended it in all those years.”", "direct: Tamm (named, man): The hull is cracked,\ndirect: Tamm (named, man): Nobody mended it in all those years.\n"},
		{"a document and its pronoun", "A report said on Monday that the hull was cracked. It added: “Nobody mended it.”", "indirect: A report (document, none): that the hull was cracked\ndirect: A report (document, none): Nobody mended it.\n"},
		{"a transcript", "TAMM: Did it sink?\nBRENN: It did.\nTAMM: When?", "direct: TAMM (named, unknown): Did it sink?\ndirect: BRENN (named, unknown): It did.\ndirect: TAMM (named, unknown): When?\n"},
		{"a title with a colon is no speech", "He wrote a book called Harbour: A History of Rust, and it sold well.", ""},
		{"nothing", "", ""},
		{"a lost mark", "“The hull is cracked, Mr. Tamm said.", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := Read(&recount.Article{Key: "a", Text: tt.text, Language: "en"})
			if got := lines(tt.text, r); got != tt.want && tt.name != "a lost mark" {
				t.Errorf("Read(%q):\n%swant:\n%s", tt.text, got, tt.want)
			}
		})
	}
}

func TestAnonymousPeopleStayApart(t *testing.T) {
	text := "A passenger said the floor had gone soft.\nAnother passenger said the crew had shouted at everybody.\nA third passenger said that nobody had listened."
	r := Read(&recount.Article{Key: "a", Text: text, Language: "en"})
	if len(r.Speakers) != 3 {
		t.Errorf("speakers = %d, want 3:\n%s", len(r.Speakers), lines(text, r))
	}
}

func TestPullQuotesAndCommentsAreNotReported(t *testing.T) {
	text := "“The hull is cracked,” said Halda Brenn.\n“The hull is cracked”\n“I never liked that boat,” said somebody below."
	ends := strings.SplitAfter(text, "\n")
	a := &recount.Article{Key: "a", Text: text, Language: "en"}
	at := 0
	for i, role := range []recount.Role{recount.Body, recount.PullQuote, recount.Comment} {
		a.Blocks = append(a.Blocks, recount.Block{Span: recount.Span{Start: at, End: at + len(strings.TrimRight(ends[i], "\n"))}, Role: role})
		at += len(ends[i])
	}
	if r := Read(a); len(r.Statements) != 1 {
		t.Errorf("statements = %d, want 1:\n%s", len(r.Statements), lines(text, r))
	}
}

func TestReadIsTheSameEveryTime(t *testing.T) {
	a := &recount.Article{Key: "a", Text: fictional(t)}
	want := Read(a)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if got := Read(a); !reflect.DeepEqual(got, want) {
				t.Error("two readings of one article differ")
			}
		})
	}
	wg.Wait()
	if len(want.Statements) < 30 || len(want.Speakers) < 12 {
		t.Errorf("statements = %d and speakers = %d, want at least 30 and 12", len(want.Statements), len(want.Speakers))
	}
}

// checkSpans fails if a span of a reading lies outside the text.
func checkSpans(t *testing.T, text string, r recount.Reading) {
	t.Helper()
	ids := map[string]bool{"": true}
	for _, s := range r.Speakers {
		ids[s.ID] = true
		for _, m := range append(s.Mentions, s.Mention) {
			if !m.Within(text) {
				t.Fatalf("mention %v of %q outside the text", m, s.Name)
			}
		}
	}
	last := 0
	for _, s := range r.Statements {
		if len(s.Content) == 0 || !ids[s.Speaker] || s.Confidence < 0 || s.Confidence > 1000 {
			t.Fatalf("statement %+v", s)
		}
		if s.Content[0].Start < last {
			t.Fatalf("statement at %d after %d", s.Content[0].Start, last)
		}
		last = s.Content[0].Start
		for _, group := range [][]recount.Span{s.Source, s.Cue, s.Content, WithMarks(text, s.Content)} {
			for _, x := range group {
				if !x.Within(text) {
					t.Fatalf("span %v outside the text", x)
				}
			}
		}
	}
	for _, s := range r.Sentences {
		if !s.Span.Within(text) {
			t.Fatalf("sentence %v outside the text", s.Span)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("“The hull,” said Mr. Tamm, “is ‘cracked’.” He added: it sank.", "en")
	f.Add("« Il pleut », dit-elle. Selon Tamm, « oui ».", "fr")
	f.Add("\"\"'' “ said ” he . \n\n: \"said\" said said, said", "")
	f.Add("Q: a\nA: b\nQ: c", "en")
	f.Add("İ said İ told “Ⱥ” K’s İİİ", "en")
	f.Fuzz(func(t *testing.T, text, language string) {
		text = strings.ToValidUTF8(text, "?")
		checkSpans(t, text, Read(&recount.Article{Key: "f", Text: text, Language: language}))
	})
}

func TestMarksAreReadInLinearTime(t *testing.T) {
	if testing.Short() {
		t.Skip("several megabytes are read")
	}
	for _, piece := range []string{"\"", "“", "‘a ", "“a” said b. ", "“A,” said B. ", "said ", "A: b\n", "He said that ", "A man said. ", "“A b c d.” ", "“I said, ‘go home.’” ", "“A b c,” Marr said. “D e f g.” "} {
		size := 1 << 20
		if strings.Contains(piece, "a") {
			size = 1 << 18 // words cost more than marks
		}
		text := strings.Repeat(piece, size/len(piece))
		for _, language := range []string{"en", "fr"} {
			start := parallel.Used()
			r := Read(&recount.Article{Key: "m", Text: text, Language: language})
			checkSpans(t, text, r)
			if d := parallel.Used() - start; d > time.Minute {
				t.Errorf("%d bytes of %q in %s took %v", size, piece, language, d)
			}
		}
	}
}

// BenchmarkRead reads one long article of our own.
func BenchmarkRead(b *testing.B) {
	a := &recount.Article{Key: "long", Text: fictional(b), Language: "en"}
	Read(a)
	b.SetBytes(int64(len(a.Text)))
	b.ReportAllocs()
	for b.Loop() {
		Read(a)
	}
}

// TestQuotationsAreWhole reads what stands in one pair of marks as one, gives
// the second half of an interrupted quotation to its speaker, and reports a
// pull quote once.
func TestQuotationsAreWhole(t *testing.T) {
	tests := []struct{ name, text, piece string }{
		{"a report inside the marks", "Ada Marr, a pilot who sailed with him, recalled, “Out of nowhere, he said, ‘The harbour is closed to us all.’”", "‘The harbour is closed to us all.’"},
		{"an interrupted quotation", "“Every time you say that,” Marr said, pointing at the door, “you give the owners one more reason to sell the boats.”", "you give the owners one more reason to sell the boats."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, s := range Read(&recount.Article{Key: "w", Text: tt.text, Language: "en"}).Statements {
				for _, c := range s.Content {
					if strings.HasSuffix(c.In(tt.text), tt.piece) && strings.Contains(pieces(tt.text, s.Source), "Marr") {
						return
					}
				}
			}
			t.Errorf("no statement of Marr ends with %q", tt.piece)
		})
	}
	text := "The harbour was closed on Monday, and the boats lay still.\n\n“Nobody asked the people who work on the boats.”\n\n“Nobody asked the people who work on the boats,” said Ada Marr, a pilot. She left soon after."
	n := 0
	for _, s := range Read(&recount.Article{Key: "p", Text: text, Language: "en"}).Statements {
		if s.Type == recount.Direct {
			n++
		}
	}
	if n != 1 {
		t.Errorf("a pull quote and its quotation are %d statements, want 1", n)
	}
}

// TestGenderOfSpeakers reads who is a woman from the text before the name.
func TestGenderOfSpeakers(t *testing.T) {
	tests := []struct {
		name, text string
		want       recount.Gender
	}{
		{"a common first name", "“The boats are safe,” said Kevin Marr.", recount.Man},
		{"a title goes before the name", "“The boats are safe,” said Mrs Kevin Marr.", recount.Woman},
		{"a name that both bear", "“The boats are safe,” said Robin Marr.", recount.UnknownGender},
		{"pronouns go before the name", "Kevin Marr sails alone, and she likes it. She left in May. Marr came back in June and mended her boat. “The boats are safe,” Marr said. She smiled.", recount.Woman},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, s := range Read(&recount.Article{Key: "g", Text: tt.text, Language: "en"}).Speakers {
				if strings.Contains(s.Name, "Marr") {
					if s.Gender != tt.want {
						t.Errorf("gender of %s = %s, want %s", s.Name, s.Gender, tt.want)
					}
					return
				}
			}
			t.Error("Marr is no speaker")
		})
	}
}

// TestBodiesAreNoWomen keeps pronouns off a body that is called like a person,
// and reads the clause that describes somebody without a name.
func TestBodiesAreNoWomen(t *testing.T) {
	text := "Ada Marr left her company, Big Harbour, in May. It was a big step. “She may sail,” Big Harbour said. The third, a 19-year-old from the coast who did not want his name printed, said the boats were gone."
	for _, s := range Read(&recount.Article{Key: "b", Text: text, Language: "en"}).Speakers {
		if s.Name == "Big Harbour" && s.Gender != recount.NoGender || s.Gender == recount.Woman {
			t.Errorf("%s is %s, %s", s.Name, s.Kind, s.Gender)
		}
	}
}

// TestLikeNamedBodiesStayApart keeps two institutes apart that share a noun.
func TestLikeNamedBodiesStayApart(t *testing.T) {
	text := "The Harbour Institute said the boats were safe to sail. The Granite Institute said the boats were not safe at all. The town waits."
	names := map[string]bool{}
	for _, s := range Read(&recount.Article{Key: "b", Text: text, Language: "en"}).Statements {
		names[s.Speaker] = true
	}
	if len(names) != 2 {
		t.Errorf("%d speakers, want 2", len(names))
	}
}

// TestAnswersHaveTheirSpeaker gives the letter of a page of questions and
// answers to the one person that the page names before them.
func TestAnswersHaveTheirSpeaker(t *testing.T) {
	text := "We spoke with Ada Marr about the harbour.\nQ: Are the boats safe?\nA: They are, for now.\nQ: And in winter?\nA: We will see."
	r := Read(&recount.Article{Key: "q", Text: text, Language: "en"})
	for _, s := range r.Speakers {
		if s.Name == "Ada Marr" {
			return
		}
	}
	t.Errorf("speakers %v, want Ada Marr among them", r.Speakers)
}
