package quotes

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/corpus"
)

// TestWrongSpeakers prints, for our own corpus, what kinds of sources the
// statements have whose speaker was read wrongly, and what was wrong. With
// RECOUNT_SHOW it prints each of them.
func TestWrongSpeakers(t *testing.T) {
	if !testing.Verbose() {
		t.Skip("printed with -v")
	}
	texts, err := corpus.Load(os.DirFS("../../corpus"))
	if err != nil {
		t.Fatal(err)
	}
	if only := os.Getenv("RECOUNT_ONLY"); only != "" {
		texts = slices.DeleteFunc(texts, func(x *corpus.Text) bool { return !slices.Contains(strings.Split(only, ","), x.Kind) })
	}
	counts := map[[2]string]int{}
	found := map[string]int{}
	rows, columns := map[string]bool{}, map[string]bool{}
	for _, x := range texts {
		for _, w := range judge(x) {
			found[w.source]++
			if w.fault == "" {
				continue
			}
			rows[w.source], columns[w.fault] = true, true
			counts[[2]string{w.source, w.fault}]++
			if os.Getenv("RECOUNT_SHOW") != "" {
				t.Logf("%s %s/%s: %s", x.File, w.source, w.fault, w.line)
			}
		}
	}
	sorted := func(m map[string]bool) (out []string) {
		for k := range m {
			out = append(out, k)
		}
		slices.Sort(out)
		return out
	}
	for _, r := range sorted(rows) {
		line := fmt.Sprintf("%-12s of %4d", r, found[r])
		for _, c := range sorted(columns) {
			line += fmt.Sprintf("  %s %d", c, counts[[2]string{r, c}])
		}
		t.Log(line)
	}
}

// A verdict is what was made of one statement that was found.
type verdict struct {
	source string // of the reading: name, pronoun, description, none, turn
	fault  string // "" if the speaker is right
	line   string
}

// judge says of each statement of a text that was found what its source is and
// what is wrong with its speaker.
func judge(x *corpus.Text) (out []verdict) {
	r := Read(x.Article())
	m := match(x, r)
	// Which entity each speaker is by its mentions.
	whose := map[string]string{}
	has := map[string]map[string]bool{}
	for _, s := range r.Speakers {
		votes := map[int]int{}
		has[s.ID] = map[string]bool{}
		for _, span := range s.Mentions {
			best, size := -1, 1<<30
			for _, e := range x.Mentions {
				if e.Span.Start <= span.Start && span.Start < e.Span.End && e.Span.Len() < size {
					best, size = e.Entity, e.Span.Len()
				}
			}
			if best >= 0 {
				votes[best]++
				has[s.ID][x.Entities[best].ID] = true
			}
		}
		top := -1
		for e := range x.Entities {
			if votes[e] > 0 && (top < 0 || votes[e] > votes[top]) {
				top = e
			}
		}
		if top >= 0 {
			whose[s.ID] = x.Entities[top].ID
		}
	}
	for g, k := range m.toRead {
		if m.gold[g].nested {
			continue
		}
		st := m.read[k].statement
		v := verdict{source: "none"}
		src := ""
		if len(st.Source) > 0 {
			src = st.Source[0].In(x.Text)
			first, _, _ := strings.Cut(strings.ToLower(src), " ")
			v.source = "description"
			switch {
			case first == "he" || first == "she" || first == "they" || first == "it" || first == "who" || first == "i" || first == "we" || first == "his" || first == "her":
				v.source = "pronoun"
			case strings.ToLower(src[:1]) != src[:1] && first != "the" && first != "a" && first != "an" && first != "one" && first != "another":
				v.source = "name"
			}
		}
		id := m.read[k].speaker
		want := m.gold[g].speaker
		name := ""
		for _, s := range r.Speakers {
			if s.ID == id {
				name = s.Name
			}
		}
		switch {
		case id == "":
			v.fault = "nobody"
		case m.of[id] == want && namedAs(x, want, finalWord(name)):
		case m.of[id] == want:
			v.fault = "misnamed"
		case whose[id] == want:
			v.fault = "split"
		case has[id][want]:
			v.fault = "merged"
		case whose[id] == "":
			v.fault = "newcomer"
		default:
			v.fault = "another"
		}
		if v.fault != "" {
			s := m.gold[g].spans[0]
			full := ""
			for _, e := range x.Entities {
				if e.ID == want {
					full = e.Name + " (" + string(e.Kind) + ")"
				}
			}
			a := max(0, s.Start-170)
			for a > 0 && x.Text[a]&0xC0 == 0x80 {
				a--
			}
			b := min(len(x.Text), s.End+110)
			for b < len(x.Text) && x.Text[b]&0xC0 == 0x80 {
				b++
			}
			words := s.In(x.Text)
			if len(words) > 100 {
				words = strings.ToValidUTF8(words[:100], "") + "..."
			}
			v.line = fmt.Sprintf("want %s=%s, read %s=%q (%s), source %q\n     %s[[%s]]%s", want, full, id, name, whose[id], src,
				strings.ReplaceAll(x.Text[a:s.Start], "\n", " / "), words, strings.ReplaceAll(x.Text[s.End:b], "\n", " / "))
		}
		out = append(out, v)
	}
	return out
}

var _ = recount.Body
