package corpus

import (
	"os"
	"strings"
	"testing"

	"recount"
)

const header = `kind: court-report
english: Indian
theme: land
title: Missing ledgers
outlet: The Kaveri Sentinel
byline: Meera Pillai
day: 2019-03-04
entities:
  rao | named | woman | Lakshmi Rao
  tribunal | organisation | none | Kaveri Land Tribunal
---
`

func TestParse(t *testing.T) {
	text, faults := Parse("court-report/001.txt", header+`%byline By Meera Pillai

[q1 rao:“I counted them \[twice\],”] [s1:{rao:Lakshmi Rao, 41,}] [c1:told] {tribunal:the tribunal}. [q1:“They were gone.”] [s2:{rao:She}] [c2:added] that [q2 rao:[f count clerk:two clerks] had said “[q3 -:no]” to {rao:her}].
`)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	want := "By Meera Pillai\n“I counted them [twice],” Lakshmi Rao, 41, told the tribunal. “They were gone.” She added that two clerks had said “no” to her."
	if text.Text != want {
		t.Errorf("text %q, want %q", text.Text, want)
	}
	if text.Paragraphs[0].Role != recount.Byline || text.Paragraphs[1].Role != recount.Body {
		t.Errorf("roles %v", text.Paragraphs)
	}
	types := []recount.QuotationType{recount.Direct, recount.Mixed, recount.Indirect}
	for i, st := range text.Statements {
		if st.Type != types[i] {
			t.Errorf("%s is %s, want %s", st.ID, st.Type, types[i])
		}
	}
	if st := text.Statements[2]; st.Inside != 1 || st.Speaker != nobody {
		t.Errorf("nested statement: inside %d, speaker %d", st.Inside, st.Speaker)
	}
	if got := text.Statements[0].Content[1].In(text.Text); got != "“They were gone.”" {
		t.Errorf("second piece %q", got)
	}
	if f := text.Figures[0]; f.Kind != "count" || f.Unit != "clerk" || f.Span.In(text.Text) != "two clerks" {
		t.Errorf("figure %v", f)
	}
}

func TestFaults(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"an unknown entity", "{mona:Mona} and {rao:Lakshmi Rao} at {tribunal:the tribunal}.", "{mona: names no entity"},
		{"a mark left open", "{rao:Lakshmi Rao at {tribunal:the tribunal}.", "{rao: is not closed"},
		{"one that closes nothing", "{rao:Lakshmi Rao}} at {tribunal:it}.", "closes nothing"},
		{"a statement without speaker", "[q1:“So it was,”] {rao:Lakshmi Rao} told {tribunal:it}.", "names its speaker"},
		{"a cue without content", "{rao:Lakshmi Rao} [c1:told] {tribunal:it}.", "no content"},
		{"an entity that is never mentioned", "{rao:Lakshmi Rao} left.", "tribunal is never mentioned"},
		{"an unknown role", "%box {rao:Lakshmi Rao} at {tribunal:it}.", "no role"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, faults := Parse("court-report/001.txt", header+tt.text+"\n")
			all := ""
			for _, f := range faults {
				all += f.What + "\n"
			}
			if !strings.Contains(all, tt.want) {
				t.Errorf("faults %q, want one with %q", all, tt.want)
			}
		})
	}
}

func TestEveryTextKeepsToTheFormat(t *testing.T) {
	texts, err := Load(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range texts {
		data, err := os.ReadFile(x.File)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range Lint(x.File, string(data)) {
			if !f.Note {
				t.Errorf("%s:%d: %s", x.File, f.Line, f.What)
			}
		}
	}
}
