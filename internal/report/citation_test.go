package report

import (
	"strings"
	"testing"

	"recount"
)

// FuzzFlatten cuts any text at any places: no letter may be lost, doubled or
// moved, and every place begins once.
func FuzzFlatten(f *testing.F) {
	f.Add("Headline\nA first sentence. “Quoted,” she said.\n\nمرحبا بالعالم", []byte{0, 8, 9, 20, 12, 40, 50, 60, 9, 20}, []byte{0, 8, 9, 45})
	f.Add("", []byte{0, 1}, []byte{0, 1})
	f.Add("abc", []byte{0, 3, 1, 2, 1, 1, 2, 9}, []byte{1, 2})
	f.Fuzz(func(t *testing.T, text string, spans, blocks []byte) {
		a := &recount.Article{Text: text}
		for i := 0; i+1 < len(blocks); i += 2 {
			a.Blocks = append(a.Blocks, recount.Block{Span: recount.Span{Start: int(blocks[i]), End: int(blocks[i+1])}, Role: recount.Body})
		}
		layers := []Layer{StatementLayer, FigureLayer, ValueLayer, MentionLayer, AsideLayer, LeadLayer}
		var places []Place
		ids := map[string]int{}
		for i := 0; i+1 < len(spans); i += 2 {
			s := recount.Span{Start: int(spans[i]), End: int(spans[i+1])}
			if !s.Within(text) {
				continue
			}
			p := newPlace("a", layers[i/2%len(layers)], "", s)
			if ids[p.ID] == 0 {
				ids[p.ID] = 1
				places = append(places, p)
			}
		}
		got, loose := Flatten(a, places)
		var b strings.Builder
		found := map[string]int{}
		for _, id := range loose {
			found[id]++
		}
		for _, block := range got {
			for _, r := range block.Runs {
				b.WriteString(r.Text)
				if r.ID != "" {
					found[r.ID]++
				}
				for _, id := range r.Also {
					found[id]++
				}
			}
		}
		// White space between the blocks is what separates them.
		bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if bare(b.String()) != bare(text) {
			t.Errorf("Flatten gives %q, want %q", b.String(), text)
		}
		for id := range ids {
			if found[id] != 1 {
				t.Errorf("place %s begins %d times", id, found[id])
			}
		}
	})
}

// FuzzQuote shows any place in its sentence: what is marked are its words.
func FuzzQuote(f *testing.F) {
	f.Add("One. Two three, four. Five.", 5, 8, 10, 15)
	f.Add("é\nü", 0, 2, 3, 5)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d int) {
		art := &recount.Article{Key: "a", Text: text}
		x := NewIndex(&Material{Articles: []*recount.Article{art}})
		cit, ok := x.Cite("a", StatementLayer, "", recount.Span{Start: a, End: b}, recount.Span{Start: c, End: d})
		if !ok {
			return
		}
		var marked int
		for _, r := range x.Quote(cit, "").Runs {
			if r.Marks != "" {
				marked += len(r.Text)
				if !strings.Contains(text, strings.TrimSuffix(r.Text, " …")) {
					t.Errorf("%q is not in the text", r.Text)
				}
			}
		}
		if marked == 0 {
			t.Error("nothing is marked")
		}
	})
}

// What was offered counts once, whatever became of it and in however many runs.
func TestOffered(t *testing.T) {
	captures := func(names ...string) (out []recount.Capture) {
		for _, n := range names {
			out = append(out, recount.Capture{Name: n})
		}
		return out
	}
	at := func(stage string, names ...string) (out []recount.Refusal) {
		for _, n := range names {
			out = append(out, recount.Refusal{Name: n, Stage: stage, Reason: "no text"})
		}
		return out
	}
	tests := []struct {
		name             string
		m                Material
		offered, refused int
	}{
		{"nothing", Material{}, 0, 0},
		{"what came in", Material{Captures: captures("a", "b")}, 2, 0},
		{"what could not be taken", Material{Refusals: at("add", "c")}, 1, 1},
		{"both", Material{Captures: captures("a", "b"), Refusals: at("add", "c", "d")}, 4, 2},
		{"taken, and no article in it", Material{Captures: captures("a"), Refusals: at("extract", "a")}, 1, 0},
		{"a piece of a file that was taken", Material{Captures: captures("a.zip"), Refusals: at("extract", "a.zip#1")}, 1, 0},
		{"two runs that offered the same", Material{Captures: captures("a"), Annex: &Annex{Searches: []recount.SearchRun{{Offered: 1, Added: 1}, {Offered: 1, Known: 1}}}}, 1, 0},
		{"a run that offered nothing new", Material{Captures: captures("a", "b"), Annex: &Annex{Searches: []recount.SearchRun{{Offered: 2, Added: 2}, {}}}}, 2, 0},
		{"refused in two stages", Material{Captures: captures("a"), Refusals: append(at("add", "b"), at("extract", "a")...)}, 2, 1},
	}
	for _, tt := range tests {
		if offered, refused := tt.m.Offered(); offered != tt.offered || refused != tt.refused {
			t.Errorf("%s: %d offered, %d refused; want %d and %d", tt.name, offered, refused, tt.offered, tt.refused)
		}
	}
}
