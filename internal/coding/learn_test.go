package coding

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"recount"
)

func TestLog2(t *testing.T) {
	for _, n := range []int{1, 2, 3, 5, 7, 10, 1023, 1024, 1025, 1 << 40, 1<<62 - 1} {
		if got, want := float64(log2(n))/65536, math.Log2(float64(n)); math.Abs(got-want) > 1.0/65536+1e-9 {
			t.Errorf("log2(%d) = %f, want %f", n, got, want)
		}
	}
}

var learned = recount.Codebook{Codes: []recount.Code{{Code: "pay", Short: "Wages"}, {Code: "fear", Short: "Fear"}, {Code: "fear.arrest", Parent: "fear", Short: "Of arrest"}, {Code: "law"}}}

func every(string) bool { return true }

// TestSuggestByHand checks one weight against the formula, and the words that
// explain it.
func TestSuggestByHand(t *testing.T) {
	l := NewLearner(learned)
	if got := l.Suggest("Nothing", 3, every); len(got) != 0 {
		t.Errorf("nothing speaks for anything: %v", got)
	}
	l.Set("1", "They owed us salaries", "pay", true)
	l.Set("2", "The salary never came", "pay", true)
	l.Set("3", "Police came at night", "fear.arrest", true)
	got := l.Suggest("No salaries, no wages, no police!", 3, every)
	if len(got) != 2 || got[0].Code != "pay" || got[1].Code != "fear.arrest" || !reflect.DeepEqual(got[0].Words, []string{"salaries", "wages"}) || !reflect.DeepEqual(got[1].Words, []string{"police"}) {
		t.Fatalf("suggested %+v", got)
	}
	// police: y 1, z 1; three statements, three codes that can be suggested of
	// weight 2: m 9; k 1 + 2. (1*9 + 8*1) / ((3+8)*1) = 17/11. Before it 3/8.
	if want := log2(17) - log2(11) + log2(3) - log2(8); got[1].Weight != want {
		t.Errorf("weight %d, want %d", got[1].Weight, want)
	}
}

// TestReasonsThatExplain weighs all words, and names only those as reasons that
// explain: the codes, their order and their weights stay.
func TestReasonsThatExplain(t *testing.T) {
	l := NewLearner(learned)
	l.Set("1", "At nine pm in the office they owed us salaries", "pay", true)
	l.Set("2", "In the office at nine pm the salary never came", "pay", true)
	l.Set("3", "Police came at night from the room", "fear.arrest", true)
	l.Set("4", "It was in a court at noon", "law", true)
	empty := map[string]bool{"at": true, "in": true, "the": true, "pm": true, "nine": true, "us": true, "they": true, "it": true, "was": true, "from": true}
	explains := func(w string) bool { return !empty[strings.ToLower(w)] }
	tests := []struct {
		name, text string
		want       map[string]string
	}{
		{"words that explain stand behind others", "At nine pm in the office", map[string]string{"pay": "office"}},
		{"they keep their order", "The office at nine pm owed salaries", map[string]string{"pay": "office, owed, salaries"}},
		{"at most so many", "In the office at nine pm salaries they owed never wages", map[string]string{"pay": "never, office, owed, salaries"}},
		{"capitals", "AT NINE PM IN THE OFFICE", map[string]string{"pay": "OFFICE"}},
		{"none explains", "At nine pm in", map[string]string{"pay": ""}},
		{"each code its own", "From the room, at nine pm: police, the court", map[string]string{"pay": "", "fear.arrest": "police, room", "law": "court"}},
		{"nothing that was learned", "Nothing like this", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			all, got := l.Suggest(tt.text, 9, every), l.Suggest(tt.text, 9, explains)
			if len(all) != len(got) {
				t.Fatalf("with reasons that explain %d codes are suggested, else %d", len(got), len(all))
			}
			reasons := map[string]string{}
			for i, s := range got {
				if s.Code != all[i].Code || s.Weight != all[i].Weight {
					t.Errorf("suggestion %d is %s with %d, else %s with %d", i, s.Code, s.Weight, all[i].Code, all[i].Weight)
				}
				reasons[s.Code] = strings.Join(s.Words, ", ")
			}
			for code, want := range tt.want {
				if got, ok := reasons[code]; !ok || got != want {
					t.Errorf("%s because of %q, want %q (all: %v)", code, got, want, reasons)
				}
			}
			if tt.want == nil && len(got) > 0 {
				t.Errorf("suggested %v, want nothing", reasons)
			}
		})
	}
}

// TestLearnedInAnyOrder gives and takes back codings in any order: what is
// suggested follows from what holds at the end.
func TestLearnedInAnyOrder(t *testing.T) {
	type coding struct {
		id, text, code string
	}
	var all []coding
	words := strings.Fields("salary wages police night came never owed law court afraid of the and they us paid late 給料 を 払わない")
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 60 {
		var text []string
		for range 6 {
			text = append(text, words[r.IntN(len(words))])
		}
		for _, c := range learned.Codes {
			if r.IntN(3) == 0 {
				all = append(all, coding{fmt.Sprint(i), strings.Join(text, " "), c.Code})
			}
		}
	}
	text := map[string]string{}
	for i := range all { // one statement has one text
		if text[all[i].id] == "" {
			text[all[i].id] = all[i].text
		}
		all[i].text = text[all[i].id]
	}
	keep := func(c coding) bool { return len(c.id)%2 == 0 || c.code == "law" }
	want := NewLearner(learned)
	for _, c := range all {
		if keep(c) {
			want.Set(c.id, c.text, c.code, true)
		}
	}
	for range 20 {
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		got := NewLearner(learned)
		for _, c := range all {
			got.Set(c.id, c.text, c.code, true)
			got.Set(c.id, c.text, c.code, true)
		}
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for _, c := range all {
			got.Set(c.id, c.text, c.code, keep(c))
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatal("what was learned depends on the order, or on what was taken back")
		}
	}
}

// A spoken statement of a study with known codes.
type spoken struct {
	person, text string
	codes        []string
}

// known reads a study of the measuring data beside the checkout.
func known(t *testing.T, name string) (recount.Codebook, []spoken) {
	t.Helper()
	dir := filepath.Join("../../../shared", "study-"+name)
	b, err := os.ReadFile(filepath.Join(dir, "truth.json"))
	if err != nil {
		t.Skipf("NOT MEASURED: the study %s is not beside the checkout (%v)", name, err)
	}
	var truth struct {
		Pages []struct {
			Quotations []struct {
				Content json.RawMessage
				Speaker json.RawMessage
				Codes   []string
			}
		}
	}
	if err := json.Unmarshal(b, &truth); err != nil {
		t.Fatal(err)
	}
	codes, err := os.ReadFile(filepath.Join(dir, "codebook.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{"sub": "subcodes", "full": "definition", "not_when": "do_not_use_when"} {
		codes = regexp.MustCompile(`(?m)^( +)`+from+`:`).ReplaceAll(codes, []byte("${1}"+to+":"))
	}
	book, err := ParseCodebook(codes)
	if err != nil {
		t.Fatal(err)
	}
	by := map[[2]string]map[string]bool{} // a reprint is the same words again
	for _, p := range truth.Pages {
		for _, q := range p.Quotations {
			var pieces []string
			if err := json.Unmarshal(q.Content, &pieces); err != nil {
				var one string
				if err := json.Unmarshal(q.Content, &one); err != nil {
					t.Fatal(err)
				}
				pieces = []string{one}
			}
			if len(q.Codes) == 0 {
				continue
			}
			k := [2]string{string(q.Speaker), strings.Join(pieces, " … ")}
			if by[k] == nil {
				by[k] = map[string]bool{}
			}
			for _, c := range q.Codes {
				by[k][c] = true
			}
		}
	}
	var out []spoken
	for _, k := range slices.SortedFunc(maps.Keys(by), func(a, b [2]string) int { return strings.Compare(a[0]+"\x00"+a[1], b[0]+"\x00"+b[1]) }) {
		out = append(out, spoken{k[0], k[1], slices.Sorted(maps.Keys(by[k]))})
	}
	return book, out
}

// TestSuggestedCodesOfTheStudies leaves each person out in turn, learns from
// all others and counts how often a code of the truth is among the first three
// suggested, beside the three codes that were given most often.
func TestSuggestedCodesOfTheStudies(t *testing.T) {
	for _, name := range []string{"order", "mill"} {
		book, all := known(t, name)
		people := map[string]bool{}
		for _, s := range all {
			people[s.person] = true
		}
		hit, base, alone, of := 0, 0, 0, 0
		none := NewLearner(book)
		for _, p := range slices.Sorted(maps.Keys(people)) {
			l := NewLearner(book)
			given := map[string]int{}
			for i, s := range all {
				if s.person == p {
					continue
				}
				for _, c := range s.codes {
					l.Set(fmt.Sprint(i), s.text, c, true)
					given[c]++
				}
			}
			often := slices.SortedFunc(maps.Keys(given), func(a, b string) int {
				if given[a] != given[b] {
					return given[b] - given[a]
				}
				return strings.Compare(a, b)
			})[:3]
			for _, s := range all {
				if s.person != p {
					continue
				}
				has := func(list []CodeSuggestion, c string) bool {
					return slices.ContainsFunc(list, func(x CodeSuggestion) bool { return x.Code == c })
				}
				first, book := l.Suggest(s.text, 3, every), none.Suggest(s.text, 3, every)
				for _, c := range s.codes {
					of++
					if has(first, c) {
						hit++
					}
					if has(book, c) {
						alone++
					}
					if slices.Contains(often, c) {
						base++
					}
				}
			}
		}
		t.Logf("study-%s: %d statements of %d people, %d codes: among the first three %d (%.1f%%); of the codebook's words alone %d (%.1f%%); the three codes given most often %d (%.1f%%)",
			name, len(all), len(people), of, hit, 100*float64(hit)/float64(of), alone, 100*float64(alone)/float64(of), base, 100*float64(base)/float64(of))
		if hit <= base {
			t.Errorf("study-%s: the suggestions are no better than the codes given most often", name)
		}
	}
}
