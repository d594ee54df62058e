package figures

import (
	"fmt"
	"testing"

	"recount"
)

// A share in brackets behind a count is never a share of that count: it is one of
// the whole that the clause names, or of nothing that the text states.
func TestShareInBrackets(t *testing.T) {
	for _, tt := range []struct {
		text, share string
		of          string // the whole as printed with its unit, "" if there is none
		stated      bool
	}{
		{"There were 22 children (38%) among the 58 passengers of the ferry.", "38%", "58 passengers", true},
		{"Police found 19 women (33%) among the 57 migrants in the lorry.", "33%", "57 migrants", true},
		{"There were 35 children (60%) among the 58 passengers.", "60%", "58 passengers", true},
		{"Of the 58 passengers, 22 children (38%) died.", "38%", "58 passengers", true},
		{"22 (38%) of the 58 passengers were children.", "38%", "58 passengers", true},
		{"Of the 58 passengers, 35 (60%) were children and 23 (40%) were women.", "40%", "58 passengers", true},
		{"Some 22 children (almost 40%) were among the 58 passengers.", "almost 40%", "58 passengers", true},
		{"Police held 14 men (or 24%) out of the 58 protesters.", "24%", "58 protesters", true},
		{"There were 22 children (38%) and 19 women (33%) among the 58 passengers.", "38%", "58 passengers", true},
		{"There were 22 children (38%) and 19 women (33%) among the 58 passengers.", "33%", "58 passengers", true},
		{"Ten of the 40 miners (25 per cent) were deaf.", "25 per cent", "40 miners", true},
		{"The union counts 58 members (61% of them women).", "61% of them", "58 members", true},
		{"There were 22 children (38%) on board.", "38%", "", false},
		{"The list names 40 guards (61%) and 22 cooks.", "61%", "", false},
		{"The school has 19 teachers (33% of the staff).", "33%", "", false},
		{"A bus with 22 children (38%) fell, and 30 of the 58 sailors swam.", "38%", "", false},
	} {
		a := &recount.Article{Key: "a", Text: tt.text, Language: "en"}
		found := Find(a, nil)
		seen := false
		for i, f := range found {
			if f.Span.In(a.Text) != tt.share {
				continue
			}
			seen = true
			of := ""
			if f.Of >= 0 {
				of = fmt.Sprint(found[f.Of].Value, " ", found[f.Of].Unit)
			}
			if stated := BaseStated(a.Text, found, i); of != tt.of || stated != tt.stated {
				t.Errorf("%s: %s is of %q, stated %v; want %q, %v", tt.text, tt.share, of, stated, tt.of, tt.stated)
			}
		}
		if !seen {
			t.Errorf("%s: no figure %q", tt.text, tt.share)
		}
	}
}

// A count without a noun, told again as a share in brackets, is a count.
func TestCountBeforeBracket(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string // every count, with its unit
	}{
		{"Of the 58 passengers, 35 (60%) were children and 23 (40%) were women.", []string{"58 passengers", "35 passengers", "23 passengers"}},
		{"Among the 58 patients, 35 (60%) were children and 23 (40%) adults.", []string{"58 patients", "35 patients", "23 adults"}},
		{"22 (38%) of the 58 passengers were children.", []string{"22 passengers", "58 passengers"}},
		{"In all, 35 (60%) children and 23 (40%) adults were saved.", []string{"35 children", "23 adults"}},
		{"Of the 90 recruits, 31 (34 per cent) deserted.", []string{"90 recruits", "31 recruits"}},
		{"Of 90 recruits, 45 [50%] deserted.", []string{"90 recruits", "45 recruits"}},
		{"The study asked 40 nurses; 30 (75%) said that they were tired.", []string{"40 nurses", "30 nurses"}},
		{"Of the 61 skippers, one has died.", []string{"61 skippers", "1 skippers"}},
		{"Of the 61 skippers, one was fined.", []string{"61 skippers", "1 skippers"}},
		{"Of the 61 skippers, one said that he was tired.", []string{"61 skippers"}},
		{"Ann Holt, 35 (her sister is 40), left.", nil},
		{"The road is 35 (60%) kilometres long.", nil},
	} {
		var got []string
		for _, f := range Find(&recount.Article{Key: "a", Text: tt.text, Language: "en"}, nil) {
			if f.Kind == recount.CountFigure {
				got = append(got, fmt.Sprint(f.Value, " ", f.Unit))
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("%s: %q, want %q", tt.text, got, tt.want)
		}
	}
}
