package cases

import (
	"strings"
	"testing"

	"recount"
)

// record makes a record of one speaker whose name stands in text, and whose
// statement is the part of it between the marks ‹ and ›.
func record(key, text, name string, kind recount.SpeakerKind, gender recount.Gender) Record {
	open := strings.Index(text, "‹")
	text = strings.Replace(text, "‹", "", 1)
	shut := strings.Index(text, "›")
	text = strings.Replace(text, "›", "", 1)
	at := strings.Index(text, name)
	m := recount.Span{Start: at, End: at + len(name)}
	return Record{
		Article:  &recount.Article{Key: recount.Key(key), Text: text, Published: "2031-05-02"},
		Speaker:  recount.Speaker{Article: recount.Key(key), ID: "s1", Name: name, Kind: kind, Gender: gender, Mention: m, Mentions: []recount.Span{m}},
		Contents: []recount.Span{{Start: open, End: shut}},
	}
}

func TestPropose(t *testing.T) {
	const said = "‹We carried the boats over the ridge in the dark and nobody asked us why›"
	tests := []struct {
		name      string
		a, b      Record
		aligned   bool // their statements were aligned by package copies
		least     int  // weight, in hundredths of a bit
		most      int
		mustShow  string
		suggested bool
	}{
		{
			name:      "one full name in two spellings, and the same words",
			a:         record("a", said+", said Yusuf Hadidi, 31, from Lomar.", "Yusuf Hadidi", recount.Named, recount.Man),
			b:         record("b", said+", Youssef Hadidy, 31, from Lomar told us.", "Youssef Hadidy", recount.Named, recount.Man),
			aligned:   true,
			suggested: true, least: 1500, most: 3000, mustShow: "shared quotation",
		},
		{
			name:      "a shared pseudonym alone never makes a case",
			a:         record("a", "‹I left in May›, said Abu Karam.", "Abu Karam", recount.Pseudonym, recount.Man),
			b:         record("b", "‹The bread was late›, said Abu Karam.", "Abu Karam", recount.Pseudonym, recount.Man),
			suggested: false,
		},
		{
			name:      "brothers",
			a:         record("a", "‹I left in May›, said Sami Dali.", "Sami Dali", recount.Named, recount.Man),
			b:         record("b", "‹I left in May›, said Omar Dali.", "Omar Dali", recount.Named, recount.Man),
			suggested: false,
		},
		{
			name:      "a woman without a name in two outlets, by her words",
			a:         record("a", said+", said one former medic.", "one former medic", recount.Anonymous, recount.Woman),
			b:         record("b", said+", a woman said.", "a woman", recount.Anonymous, recount.Woman),
			aligned:   true,
			suggested: true, least: 300, most: 1000, mustShow: "shared quotation",
		},
		{
			name:      "one name, but ages a generation apart",
			a:         record("a", "‹I left in May›, said Ines Ravel, 22.", "Ines Ravel", recount.Named, recount.Woman),
			b:         record("b", "‹I left in June›, said Ines Ravel, 58.", "Ines Ravel", recount.Named, recount.Woman),
			suggested: true, least: -300, most: 100, mustShow: "age",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var rels []recount.Relation
			if tt.aligned {
				rels = []recount.Relation{{A: "a", B: "b", Kind: recount.QuoteOnly, Spans: []recount.Alignment{{A: tt.a.Contents[0], B: tt.b.Contents[0]}}}}
			}
			got := Propose([]Record{tt.a, tt.b}, rels)
			if !tt.suggested {
				if len(got) > 0 && got[0].Probability > 50 {
					t.Errorf("suggested with probability %d: %v", got[0].Probability, got[0].Bars)
				}
				return
			}
			if len(got) != 1 {
				t.Fatalf("%d suggestions, want 1", len(got))
			}
			s := got[0]
			sum, shown := 0, false
			for _, b := range s.Bars {
				sum += b.Bits
				shown = shown || b.Field == tt.mustShow && b.A != "" && b.B != ""
			}
			if sum != s.Weight || s.Weight < tt.least || s.Weight > tt.most || !shown || s.A >= s.B {
				t.Errorf("weight %d (bars sum to %d), want %d to %d with a bar for %s: %v", s.Weight, sum, tt.least, tt.most, tt.mustShow, s.Bars)
			}
		})
	}
}

func TestProbability(t *testing.T) {
	for weight, want := range map[int]recount.Milli{0: 500, 100: 667, -100: 333, 332: 909, 1000: 999, -1000: 1, 99999: 1000, -99999: 0} {
		if got := probability(weight); got != want {
			t.Errorf("probability(%d) = %d, want %d", weight, got, want)
		}
	}
}

func BenchmarkPropose(b *testing.B) {
	first := strings.Fields("Ines Omar Sami Taras Yusuf Lena Marta Ivo Petra Dario")
	last := strings.Fields("Ravel Dali Hadidi Boiko Ostrow Kessler Voss Torrance Malik Sorin Halden Marek Pavlin Oru Brandt Lys Tamm Rask Vey Quill")
	var rs []Record
	for i := range 2000 {
		name := first[i*7%len(first)] + " " + last[i*13%len(last)] + string(rune('a'+i%23))
		rs = append(rs, record(string(recount.KeyOf("bench", name, string(rune(i)))), "‹We left.› "+name+" said.", name, recount.Named, recount.UnknownGender))
	}
	for b.Loop() {
		Propose(rs, nil)
	}
}

// One place that two records name is one speaker: the store takes each pair of
// places once.
func TestProposeOnce(t *testing.T) {
	const said = "‹We carried the boats over the ridge in the dark›"
	a := record("a", said+", said Yusuf Hadidi.", "Yusuf Hadidi", recount.Named, recount.Man)
	b := record("b", said+", said Yusuf Hadidi.", "Yusuf Hadidi", recount.Named, recount.Man)
	twice := a
	twice.Speaker.ID = "s2"
	if got := Propose([]Record{a, twice, b}, nil); len(got) != 1 {
		t.Errorf("%d suggestions for one pair of places, want 1: %+v", len(got), got)
	}
}
