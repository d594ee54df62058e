package quotes

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"recount"
)

// leastCases is how many of a hundred cases are right at least; which are not is
// logged.
const leastCases = 95

// TestCases reads the cases of testdata/cases: small texts, each of one kind
// that readers of quotations get wrong, with the right value written down first.
// A case is right if all that is asked of its line is.
func TestCases(t *testing.T) {
	data, err := os.ReadFile("testdata/cases/right.txt")
	if err != nil {
		t.Fatal(err)
	}
	readings := map[string][]publicReading{}
	right, wrong := map[string]bool{}, map[string]bool{}
	var order []string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.SplitN(line, " ", 3)
		n, err := strconv.Atoi(f[1])
		if err != nil {
			t.Fatal(err)
		}
		if readings[f[0]] == nil {
			readings[f[0]] = readCases(t, f[0])
			order = append(order, f[0])
		}
		key := f[0] + " " + f[1]
		if why := unmet(readings[f[0]][n-1], f[2]); why != "" {
			wrong[key] = true
			t.Logf("%s: %s", key, why)
		} else {
			right[key] = true
		}
	}
	ok, all, whole := 0, 0, 0
	for _, id := range order {
		good, n := 0, 0
		for key := range right {
			if strings.HasPrefix(key, id+" ") && !wrong[key] {
				good++
			}
		}
		n = len(readings[id])
		ok, all = ok+good, all+n
		if good == n {
			whole++
		}
	}
	t.Logf("%d of %d texts right; %d of %d cases whole", ok, all, whole, len(order))
	if ok*100 < all*leastCases {
		t.Errorf("%d of %d texts right, want %d%%", ok, all, leastCases)
	}
}

// A caseReading is a reading with the text it was read from.
func readCases(t *testing.T, id string) (out []publicReading) {
	t.Helper()
	data, err := os.ReadFile("testdata/cases/" + id + ".jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(data) {
		var g givenArticle
		if err := json.Unmarshal(line, &g); err != nil {
			t.Fatal(err)
		}
		r := publish(g)
		r.text = []rune(g.Text)
		out = append(out, r)
	}
	return out
}

// unmet says what a reading lacks of a right value, or "".
func unmet(r publicReading, want string) string {
	speakers := map[string]publicSpeaker{}
	for _, s := range r.Speakers {
		speakers[s.ID] = s
	}
	content := func(a publicAttribution) string {
		var b strings.Builder
		for _, c := range a.Content {
			b.WriteString(string(r.text[c[0]:c[1]]) + " ")
		}
		return b.String()
	}
	spoken := map[string]bool{}
	var said []publicAttribution
	for _, a := range r.Attributions {
		if a.Speech {
			said = append(said, a)
			if a.Speaker != nil {
				spoken[*a.Speaker] = true
			}
		}
	}
	who := func(a publicAttribution) publicSpeaker {
		if a.Speaker == nil {
			return publicSpeaker{}
		}
		return speakers[*a.Speaker]
	}
	switch {
	case strings.HasPrefix(want, "!!"):
		for _, a := range said {
			if strings.Contains(content(a), want[2:]) {
				return "speech holds " + want[2:]
			}
		}
	case strings.HasPrefix(want, "!"):
		for _, a := range said {
			if strings.Contains(who(a).Name, want[1:]) {
				return want[1:] + " speaks: " + content(a)
			}
		}
	case want[0] == '#' || want[0] == '=':
		n := len(said)
		if want[0] == '=' {
			n = len(spoken)
		}
		if strconv.Itoa(n) != want[1:] {
			return fmt.Sprintf("%d statements or speakers, want %s", n, want)
		}
	default:
		f := strings.Split(want, "|")
		got := []string{}
		ok := slices.ContainsFunc(said, func(a publicAttribution) bool {
			if !strings.Contains(content(a), f[3]) {
				return false
			}
			s := who(a)
			got = append(got, s.Name+"/"+s.Gender+"/"+s.Kind)
			named := s.Name == f[0] || f[0][0] == '~' && strings.Contains(s.Name, f[0][1:])
			return named && (f[1] == "-" || s.Gender == f[1]) && (f[2] == "-" || s.Kind == f[2] || f[2] == string(recount.Named) && s.Kind == string(recount.Pseudonym))
		})
		if !ok {
			return fmt.Sprintf("%s: got %v", want, got)
		}
	}
	return ""
}
