package quotes

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"recount/corpus"
)

// TestUnlike reads small pages in ways of writing that neither the studies nor
// our own corpus has. They were written, with what is right, before the program
// read any of them. The causes of what is wrong were looked for in those of
// "looked"; those of "apart" show whether what was mended holds elsewhere, and
// what was read wrongly there is not printed. Nothing learns from either. The
// bars are what was measured last.
func TestUnlike(t *testing.T) {
	for _, of := range []struct {
		dir  string
		last tally // gold, read, found, right
	}{
		{"looked", tally{gold: 139, read: 117, found: 108, right: 96}},
		{"apart", tally{gold: 71, read: 49, found: 44, right: 34}},
	} {
		texts, err := corpus.Load(os.DirFS("testdata/unlike/" + of.dir))
		if err != nil {
			t.Fatal(err)
		}
		if len(texts) < 10 {
			t.Fatalf("%s: %d texts", of.dir, len(texts))
		}
		var all tally
		for _, x := range texts {
			n := tallyOf(x)
			all.add(n)
			if os.Getenv("RECOUNT_TEXTS") != "" {
				t.Logf("text %s gold %d read %d found %d right %d", x.File, n.gold, n.read, n.found, n.right)
			}
			if os.Getenv("RECOUNT_SHOW") != "" && of.dir == "looked" {
				t.Log(wrongIn(x))
			}
		}
		t.Logf("%s %d: content %.1f  with the right speaker %.1f  right of found %.1f", of.dir, all.gold, all.content(), all.linked(), all.speaker())
		t.Logf("%s: gold %d read %d found %d right %d", of.dir, all.gold, all.read, all.found, all.right)
		atLeast(t, of.dir+": content", all.content(), of.last.content())
		atLeast(t, of.dir+": content with the right speaker", all.linked(), of.last.linked())
		atLeast(t, of.dir+": right speaker of found", all.speaker(), of.last.speaker())
	}
}

// wrongIn lists what was read wrongly in a text: what was lost, what nobody said,
// and whose speaker is wrong.
func wrongIn(x *corpus.Text) string {
	var b strings.Builder
	r := Read(x.Article())
	m := match(x, r)
	fmt.Fprintf(&b, "%s:", x.File)
	for _, s := range r.Speakers {
		fmt.Fprintf(&b, " %s=%s/%s/%s", s.ID, s.Name, s.Kind, s.Gender)
	}
	show := func(e entry) string {
		var out []string
		for _, s := range e.spans {
			out = append(out, s.In(x.Text))
		}
		return strings.Join(out, " ... ")
	}
	taken := map[int]bool{}
	for g, e := range m.gold {
		k, ok := m.toRead[g]
		if !ok {
			if !e.nested {
				fmt.Fprintf(&b, "\n  lost %s: %s", e.speaker, show(e))
				for _, st := range r.Statements {
					if agreement(e.spans, st.Content) > 0 {
						fmt.Fprintf(&b, "\n     near (speech %v): %s", st.Speech, show(entry{spans: st.Content}))
					}
				}
			}
			continue
		}
		taken[k] = true
		_ = k
	}
	for k, e := range m.read {
		if !taken[k] {
			fmt.Fprintf(&b, "\n  false %s: %s", e.speaker, show(e))
		}
	}
	for _, v := range judge(x) {
		if v.fault != "" {
			fmt.Fprintf(&b, "\n  %s/%s: %s", v.source, v.fault, v.line)
		}
	}
	return b.String()
}
