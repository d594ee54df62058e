package quotes

import (
	"os"
	"strings"
	"testing"

	"recount"
)

// leastWho is how many of ten small texts of a kind are right at least.
const leastWho = 6

// TestWho reads the small texts of testdata/who.txt, each of one kind of failure
// that varied press writing brought up.
func TestWho(t *testing.T) {
	data, err := os.ReadFile("testdata/who.txt")
	if err != nil {
		t.Fatal(err)
	}
	kind, language, right, all := "", "en", 0, 0
	finish := func() {
		if all == 0 {
			return
		}
		t.Logf("%s: %d of %d", kind, right, all)
		if right*10 < all*leastWho {
			t.Errorf("%s: %d of %d right, want %d of ten", kind, right, all, leastWho)
		}
	}
	for block := range strings.SplitSeq(string(data), "\n\n") {
		var text, want []string
		for line := range strings.Lines(block) {
			line = strings.TrimSpace(line)
			switch {
			case strings.HasPrefix(line, "## "):
				finish()
				kind, language, right, all = line[3:], "en", 0, 0
				if name, code, ok := strings.Cut(kind, " ["); ok {
					kind, language = name, strings.TrimSuffix(code, "]")
				}
			case strings.HasPrefix(line, "#"), line == "":
			case strings.HasPrefix(line, "= "):
				want = append(want, line[2:])
			default:
				text = append(text, line)
			}
		}
		if len(want) == 0 {
			continue
		}
		r := Read(&recount.Article{Key: "who", Text: strings.Join(text, "\n"), Language: language})
		all++
		if why := notSaid(strings.Join(text, "\n"), r, want); why == "" {
			right++
		} else {
			t.Logf("%s: %s", kind, why)
		}
	}
	finish()
}

// notSaid says what a reading lacks of "name|gender|words", or "".
func notSaid(text string, r recount.Reading, want []string) string {
	speakers := map[string]recount.Speaker{}
	for _, s := range r.Speakers {
		speakers[s.ID] = s
	}
	for _, w := range want {
		f := strings.Split(w, "|")
		got := "nothing"
		ok := false
		for _, st := range r.Statements {
			words := ""
			for _, s := range st.Content {
				words += s.In(text) + " "
			}
			if !st.Speech || !strings.Contains(words, f[2]) {
				continue
			}
			s := speakers[st.Speaker]
			got = s.Name + ", " + string(s.Gender)
			ok = ok || strings.Contains(s.Name, f[0]) && (f[1] == "-" || string(s.Gender) == f[1])
		}
		if !ok {
			return "want " + w + ", read " + got
		}
	}
	return ""
}
