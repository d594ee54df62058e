package cases

import (
	"strings"
	"testing"

	"recount"
)

// TestAgesInSentences reads ages that stand in sentences, whose they are, and as
// of when: "" is the day of the article.
func TestAgesInSentences(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		// At the age of.
		{"left at the age of", "Ada Marr left the mill at the age of 43.", "43 then"},
		{"at the age of, in front", "At the age of 43, Ada Marr left the mill.", "43 then"},
		{"at the age of, in front, she", "Ada Marr was a weaver. At the age of 43 she left the mill.", "43 then"},
		{"at age", "Ada Marr left the mill at age 43.", "43 then"},
		{"at the age of, in words", "Ada Marr left the mill at the age of forty-three.", "43 then"},
		{"with its year", "Ada Marr left the mill in 2019 at the age of 43.", "43 2019"},
		{"the year behind it", "Ada Marr left the mill at the age of 43 in 2019.", "43 2019"},
		{"at the age of, she", "Ada Marr was a weaver. She left the mill at the age of 43.", "43 then"},
		{"the age of two people", "Ivo Lund and Ada Marr left the mill at the age of 43.", ""},
		{"the age of her mother", "Ada Marr said her mother left the mill at the age of 43.", ""},
		// When she was.
		{"when she was", "Ada Marr left the mill when she was 43.", "43 then"},
		{"when she was, in front", "When she was 43, Ada Marr left the mill.", "43 then"},
		{"when he was, in front: another", "When he was 43, Ada Marr left the mill.", ""},
		{"since she was", "Ada Marr has worked here since she was 19.", "19 then"},
		{"until she was", "Ada Marr lived in Korrin until she was 12.", "12 then"},
		{"by the time she was", "Ada Marr had left by the time she was 43.", "43 then"},
		{"when she was so many years old", "Ada Marr left the mill when she was 43 years old.", "43 then"},
		{"when a year is said", "In 2019, when she was 43, Ada Marr left the mill.", "43 2019"},
		{"when he was: another", "Ada Marr met Ivo Lund when he was 43.", ""},
		{"when it was", "Ada Marr left the mill when it was 43.", ""},
		{"when her son was", "Ada Marr left the mill when her son was 12.", ""},
		// Aged.
		{"aged", "Ada Marr, aged 43, left the mill.", "43"},
		{"aged at the end", "Ada Marr died on Sunday aged 43.", "43"},
		{"then aged", "Ada Marr, then aged 43, left the mill.", "43 then"},
		// Turned.
		{"turned on a day", "Ada Marr turned 43 on Friday.", "43"},
		{"turned last month", "Ada Marr turned 43 last month.", "43"},
		{"who turned", "Ada Marr, who turned 43 in May, left the mill.", "43"},
		{"has turned", "Ada Marr has just turned 43.", "43"},
		{"turned in a year", "Ada Marr turned 43 in 2019.", "43 2019"},
		{"when she turned", "Ada Marr left the mill when she turned 43.", "43 then"},
		{"her son turned", "Ada Marr said her son turned 12 on Friday.", ""},
		// At the time.
		{"at the time", "Ada Marr, 43 at the time, left the mill.", "43 then"},
		{"then", "Ada Marr, then 43, left the mill.", "43 then"},
		{"who was, at the time", "Ada Marr, who was 43 at the time, left the mill.", "43 then"},
		{"was, at the time", "Ada Marr was 43 at the time.", "43 then"},
		{"then a year-old", "Ada Marr, then a 43-year-old weaver, left the mill.", "43 then"},
		{"when", "Ada Marr was 43 when she left the mill.", "43 then"},
		{"when the mill closed", "Ada Marr, 43 when the mill closed, has no work.", "43 then"},
		// In her forties.
		{"is in her forties", "Ada Marr is in her forties.", "forties"},
		{"in her early forties", "Ada Marr, in her early forties, left the mill.", "forties"},
		{"was in her late forties", "Ada Marr was in her late forties.", "forties"},
		{"in her 40s", "Ada Marr, in her 40s, left the mill.", "forties"},
		{"a woman in her forties", "Ada Marr, a woman in her forties, left the mill.", "forties"},
		{"left in her forties", "Ada Marr left the mill in her forties.", "forties then"},
		{"in his forties: another", "Ada Marr met a man in his forties.", ""},

		// No ages.
		{"turned away", "Ada Marr turned 43 away at the gate.", ""},
		{"turned pages", "Ada Marr turned 43 pages.", ""},
		{"the heat turned", "Ada Marr said the day turned 43 in the shade.", ""},
		{"the age of a mill", "Ada Marr left the mill, which closed at the age of 43.", ""},
		{"kilometres", "Ada Marr called when she was 43 kilometres away.", ""},
		{"number", "Ada Marr left when she was number 43.", ""},
		{"forty-third in the queue", "Ada Marr left when she was 43rd in the queue.", ""},
		{"at a house", "Ada Marr lived at 43 Mill Road.", ""},
		{"at a table", "Ada Marr counted 43 at the table.", ""},
		{"so many at the time", "Ada Marr said 43 at the time were ill.", ""},
		{"so many then", "Ada Marr, who counted 43 then, left the mill.", ""},
		{"a whisky", "Ada Marr poured a whisky aged 12.", ""},
		{"months", "Ada Marr has a son aged 18 months.", ""},
		{"the forties", "Ada Marr remembers the forties.", ""},
		{"the 1940s", "Ada Marr left in the 1940s.", ""},
		{"songs", "Ada Marr put her forties records away.", ""},
		{"the age of steam", "Ada Marr lives in the age of steam.", ""},
		{"turned years of service", "Ada Marr turned 43 years of service into a book.", ""},
		{"minutes", "Ada Marr left when she was 43 minutes late.", ""},
		{"the minimum", "Ada Marr said that nobody may drive at the age of 12.", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, speakers, statements := told(tt.text, woman("Ada Marr"))
			var got []string
			for _, x := range Profiles(a, speakers, statements)[0] {
				if x.Field == Age {
					got = append(got, strings.TrimSpace(x.Value+" "+x.AsOf))
				}
			}
			if strings.Join(got, "; ") != tt.want {
				t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

// An age of then is no age of now: it is offered where nothing better stands,
// and says nothing against another age in another article.
func TestAgesOfThen(t *testing.T) {
	offered := func(text string) string {
		a, speakers, statements := told(text, woman("Ada Marr"))
		var got []string
		for _, p := range ProposeValues(a.Text, Profiles(a, speakers, statements)[0], []Variable{{Name: "age"}}) {
			if p.Probability >= sureNearAge && strings.Contains(text, "then") {
				t.Errorf("%q: %d is too sure", text, p.Probability)
			}
			got = append(got, p.Value)
		}
		return strings.Join(got, " ")
	}
	for text, want := range map[string]string{
		"Ada Marr, 61, left the mill when she was 43.": "61",
		"Ada Marr, then 43, left the mill.":            "43",
		"Ada Marr, 61, left the mill.":                 "61",
	} {
		if got := offered(text); got != want {
			t.Errorf("%q: %q is offered, want %q", text, got, want)
		}
	}
	_ = recount.Woman
}
