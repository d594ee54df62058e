package quotes

import (
	"encoding/json"
	"os"
	"sort"
	"strings"
	"testing"
	"unicode"
)

type studyPage struct {
	ID, Title, Outlet string
	Published         string
	Body              []string
	Quotations        []struct {
		At      [][]any
		Type    string
		Speaker string
		Flags   []string
		Content []string
	}
	Speakers []struct {
		ID, Person, Kind string
		Names            []string
	}
}

// TestStudy reads the bodies of the fictional study and scores them as
// score_study.py does: content found, speaker right, women among the speakers.
func TestStudy(t *testing.T) {
	path := needMeasuring(t, "study-order/truth.json")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var truthFile struct {
		Persons []struct{ ID, Gender string }
		Pages   []studyPage
	}
	if err := json.Unmarshal(data, &truthFile); err != nil {
		t.Fatal(err)
	}
	genders := map[string]string{}
	for _, p := range truthFile.Persons {
		genders[p.ID] = p.Gender
	}
	gold, pred, found, right, typed := 0, 0, 0, 0, 0
	var women [2][2]int // gold, predicted; women, men
	for _, page := range truthFile.Pages {
		var offsets []int
		n := 0
		for _, b := range page.Body {
			offsets = append(offsets, n)
			n += len([]rune(b)) + 1
		}
		text := strings.Join(page.Body, "\n")
		r := publish(givenArticle{ID: page.ID, Title: page.Title, Outlet: page.Outlet, Published: page.Published, Text: text})
		type truthQuote struct {
			chars   map[int]bool
			speaker string
			kind    string
			text    string
		}
		var quotes []truthQuote
	quotations:
		for _, q := range page.Quotations {
			for _, f := range q.Flags {
				if f == "offtopic" {
					continue quotations
				}
			}
			tq := truthQuote{chars: map[int]bool{}, speaker: q.Speaker, kind: q.Type, text: strings.Join(q.Content, " | ")}
			for _, at := range q.At {
				if at[0] != "body" {
					continue
				}
				o := offsets[int(at[1].(float64))]
				for i := o + int(at[2].(float64)); i < o+int(at[3].(float64)); i++ {
					tq.chars[i] = true
				}
			}
			if len(tq.chars) > 0 {
				quotes = append(quotes, tq)
			}
		}
		kinds, names := map[string]string{}, map[string][]string{}
		for _, s := range page.Speakers {
			id := s.ID
			if id == "" {
				id = s.Person
			}
			kinds[id], names[id] = s.Kind, s.Names
		}
		speakers := map[string]publicSpeaker{}
		for _, s := range r.Speakers {
			speakers[s.ID] = s
		}
		var said []publicAttribution
		for _, a := range r.Attributions {
			if a.Speech {
				said = append(said, a)
			}
		}
		type pair struct {
			f    float64
			i, j int
		}
		var pairs []pair
		for i, q := range quotes {
			for j, a := range said {
				size, common := 0, 0
				for _, s := range a.Content {
					for k := s[0]; k < s[1]; k++ {
						size++
						if q.chars[k] {
							common++
						}
					}
				}
				if f := 2 * float64(common) / float64(size+len(q.chars)); f >= 0.5 {
					pairs = append(pairs, pair{f, i, j})
				}
			}
		}
		sort.SliceStable(pairs, func(a, b int) bool { return pairs[a].f > pairs[b].f })
		ui, uj := map[int]bool{}, map[int]bool{}
		type match struct {
			q truthQuote
			a publicAttribution
		}
		var matches []match
		for _, p := range pairs {
			if !ui[p.i] && !uj[p.j] {
				ui[p.i], uj[p.j] = true, true
				matches = append(matches, match{quotes[p.i], said[p.j]})
			}
		}
		gold, pred, found = gold+len(quotes), pred+len(said), found+len(matches)
		shared := map[[2]string]int{}
		for _, m := range matches {
			if string(m.a.Type) == m.q.kind {
				typed++
			} else {
				t.Logf("%s TYPE %s want %s: %.90s", page.ID, m.a.Type, m.q.kind, m.q.text)
			}
			if m.a.Speaker != nil {
				shared[[2]string{m.q.speaker, *m.a.Speaker}]++
			}
		}
		var keys [][2]string
		for k := range shared {
			keys = append(keys, k)
		}
		sort.Slice(keys, func(a, b int) bool {
			if shared[keys[a]] != shared[keys[b]] {
				return shared[keys[a]] > shared[keys[b]]
			}
			return keys[a][0]+keys[a][1] < keys[b][0]+keys[b][1]
		})
		mapped, used := map[string]string{}, map[string]bool{}
		for _, k := range keys {
			if _, ok := mapped[k[1]]; !ok && !used[k[0]] {
				mapped[k[1]], used[k[0]] = k[0], true
			}
		}
		for _, m := range matches {
			ok := m.a.Speaker != nil && mapped[*m.a.Speaker] == m.q.speaker
			if ok && kinds[m.q.speaker] == "named" {
				ok = false
				for _, n := range names[m.q.speaker] {
					ok = ok || lastWord(n) == lastWord(speakers[*m.a.Speaker].Name)
				}
			}
			if ok {
				right++
			} else {
				who := ""
				if m.a.Speaker != nil {
					who = speakers[*m.a.Speaker].Name
				}
				t.Logf("%s SPEAKER %q want %s %v: %.90s", page.ID, who, m.q.speaker, names[m.q.speaker], m.q.text)
			}
		}
		for i, q := range quotes {
			if !ui[i] {
				t.Logf("%s MISSED %s: %s", page.ID, q.kind, q.text)
			}
		}
		runes := []rune(text)
		for j, a := range said {
			if !uj[j] {
				var c []string
				for _, s := range append(append([]publicPiece{}, a.Cue...), a.Content...) {
					c = append(c, string(runes[s[0]:s[1]]))
				}
				t.Logf("%s SPURIOUS %s", page.ID, strings.Join(c, " | "))
			}
		}
		speaking := map[string]bool{}
		for _, q := range quotes {
			speaking[q.speaker] = true
		}
		for id := range speaking {
			count(&women[0], kinds[id], genders[id])
		}
		speaking = map[string]bool{}
		for _, a := range said {
			if a.Speaker != nil {
				speaking[*a.Speaker] = true
			}
		}
		for id := range speaking {
			count(&women[1], speakers[id].Kind, speakers[id].Gender)
		}
	}
	f := func(tp int) float64 { return 200 * float64(tp) / float64(gold+pred) }
	t.Logf("content P %.1f R %.1f F1 %.1f; with the right speaker F1 %.1f; right of found %.1f; type right of found %.1f", 100*float64(found)/float64(pred), 100*float64(found)/float64(gold), f(found), f(right), 100*float64(right)/float64(found), 100*float64(typed)/float64(found))
	atLeast(t, "content of the study", f(found), 92)
	atLeast(t, "content with the right speaker", f(right), 87)
	t.Logf("women among the speaking: %.1f%%, want %.1f%% (%v, want %v)", 100*float64(women[1][0])/float64(women[1][0]+women[1][1]), 100*float64(women[0][0])/float64(women[0][0]+women[0][1]), women[1], women[0])
}

func count(women *[2]int, kind, gender string) {
	if kind != "named" && kind != "pseudonym" && kind != "anonymous" {
		return
	}
	switch gender {
	case "woman":
		women[0]++
	case "man":
		women[1]++
	}
}

func lastWord(n string) string {
	w := strings.FieldsFunc(strings.ToLower(n), func(r rune) bool { return !unicode.IsLetter(r) })
	for len(w) > 0 && (w[len(w)-1] == "jr" || w[len(w)-1] == "sr") {
		w = w[:len(w)-1]
	}
	if len(w) == 0 {
		return ""
	}
	return w[len(w)-1]
}
