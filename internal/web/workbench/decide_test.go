package workbench

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"recount"
	"recount/internal/casebook"
)

// spoken returns the first statement of a speaker that is open.
func spoken(t *testing.T, sp speaker) statement {
	t.Helper()
	for _, st := range sp.Statements {
		if st.State == "" && !st.Aside && st.Mode == "speech" {
			return st
		}
	}
	t.Fatalf("%s has no open statement", sp.Name)
	return statement{}
}

// talkative returns an article with at least two people who speak, and them.
func talkative(t *testing.T, b *tab) (article, []speaker) {
	t.Helper()
	for _, r := range ask[articleList](b, "GET", "/articles", nil).Items {
		if r.ReprintOf != "" {
			continue
		}
		a, _ := b.article(r.Key)
		var out []speaker
		for _, sp := range a.Speakers {
			open := slices.ContainsFunc(sp.Statements, func(s statement) bool { return s.State == "" && !s.Aside && s.Mode == "speech" })
			if recount.SpeakerKind(sp.Kind).Person() && open && len(sp.Spans) > 1 && slices.ContainsFunc(a.Queue, func(q queueItem) bool { return q.Item == "speaker" && q.Key == sp.Key }) {
				out = append(out, sp)
			}
		}
		if len(out) >= 2 {
			return a, out
		}
	}
	t.Fatal("no article with two people who speak")
	return article{}, nil
}

func TestEveryKindOfDecision(t *testing.T) {
	s := serve(t, folder(t, "fresh"))
	b := newTab(t, s, "ada", "1")
	a, people := talkative(t, b)
	first, second := people[0], people[1]
	st := spoken(t, first)
	key := a.Row.Key
	now := func() article { x, _ := b.article(key); return x }
	speakerNow := func(key string) speaker {
		for _, sp := range now().Speakers {
			if sp.Key == key {
				return sp
			}
		}
		t.Fatalf("speaker %s is gone", key)
		return speaker{}
	}
	statementNow := func(key string) statement {
		for _, sp := range now().Speakers {
			for _, st := range sp.Statements {
				if st.Key == key {
					return st
				}
			}
		}
		return statement{}
	}
	list := ask[articleList](b, "GET", "/articles", nil).Items
	other := list[0].Key
	if other == key {
		other = list[1].Key
	}
	set := 0 // the last paragraph of the story itself
	for i, x := range a.Blocks {
		if x.Aside == "" && x.Kind == "paragraph" {
			set = i
		}
	}
	last := a.Blocks[set]
	short := second.Spans[0] // the shortest mention is not the fullest name
	for _, x := range second.Spans {
		if x[1]-x[0] < short[1]-short[0] {
			short = x
		}
	}
	middle := func(s span) span { // to the end of a word
		end := s[0] + max(1, (s[1]-s[0])/2)
		for end < s[1] && a.words(span{end, end + 1}) != " " {
			end++
		}
		return span{s[0], end}
	}
	word := last.Span
	for word[1] = word[0]; a.words(span{word[1], word[1] + 1}) != " "; word[1]++ {
	}
	tests := []struct {
		name   string
		drafts []draft
		check  func(r decisionsReply) error
	}{
		{"a speaker counts, and the article comes back", []draft{{Do: "scope", Speaker: first.Key, Answer: "yes"}}, func(r decisionsReply) error {
			if x := speakerNow(first.Key); x.Scope != "yes" || x.Person == nil {
				return fmt.Errorf("scope %q, person %v", x.Scope, x.Person)
			}
			if r.Headline[0].Value != 1 || len(r.Moved) == 0 || r.Moved[0].Before.Value != 0 || r.Moved[0].After.Value != 1 {
				return fmt.Errorf("headline %+v, moved %+v", r.Headline[0], r.Moved)
			}
			if r.Articles[key].Row.People != 1 || r.Undo == "" || len(r.Changed.People) != 1 {
				return fmt.Errorf("reply %+v", r)
			}
			return nil
		}},
		{"another does not, for one criterion", []draft{{Do: "scope", Speaker: second.Key, Answer: "no", Criteria: map[string]string{"left": "no"}, Reason: "an official"}}, func(decisionsReply) error {
			if x := speakerNow(second.Key); x.Scope != "no" || x.Criteria["left"] != "no" {
				return fmt.Errorf("scope %q, criteria %v", x.Scope, x.Criteria)
			}
			return nil
		}},
		{"accept", []draft{{Do: "accept", Statement: st.Key}}, func(decisionsReply) error { return state(statementNow(st.Key), "accepted") }},
		{"type", []draft{{Do: "type", Statement: st.Key, Type: "mixed", Mode: "speech"}}, func(decisionsReply) error {
			if x := statementNow(st.Key); x.Type != "mixed" {
				return fmt.Errorf("type %q", x.Type)
			}
			return nil
		}},
		{"a code", []draft{{Do: "code", Statement: st.Key, Code: "corruption", Answer: "yes"}}, func(decisionsReply) error {
			if x := statementNow(st.Key); len(x.Codes) != 1 || x.Codes[0].ID != "corruption" || x.Codes[0].By != "ada" {
				return fmt.Errorf("codes %v", x.Codes)
			}
			return nil
		}},
		{"no code", []draft{{Do: "code", Statement: st.Key, Code: "corruption", Answer: "no"}}, func(decisionsReply) error {
			if x := statementNow(st.Key); len(x.Codes) != 1 || x.Codes[0].State != "no" {
				return fmt.Errorf("codes %v", x.Codes)
			}
			return nil
		}},
		{"a coded passage", []draft{{Do: "code", Passage: &passage{key, []span{last.Span}}, Code: "brutality", Speaker: first.Key}}, func(r decisionsReply) error { return saved(r, 1) }},
		{"the speaker of a statement", []draft{{Do: "speaker_of", Statement: st.Key, Speaker: second.Key}}, func(decisionsReply) error {
			for _, x := range speakerNow(second.Key).Statements {
				if x.Key == st.Key {
					return nil
				}
			}
			return fmt.Errorf("the statement did not move")
		}},
		{"and back", []draft{{Do: "speaker_of", Statement: st.Key, Speaker: first.Key}}, func(r decisionsReply) error { return saved(r, 1) }},
		{"a value with its words", []draft{{Do: "value", Speaker: first.Key, Variable: "age", Value: "29", Span: &st.Spans[0]}}, func(decisionsReply) error {
			for _, v := range speakerNow(first.Key).Values {
				if v.Variable == "age" && v.Value == "29" && v.State == "accepted" && v.Span != nil && *v.Span == st.Spans[0] && v.Sentence != "" {
					return nil
				}
			}
			return fmt.Errorf("values %+v", speakerNow(first.Key).Values)
		}},
		{"a value that nobody states", []draft{{Do: "value", Speaker: first.Key, Variable: "country", Value: "not stated"}}, func(decisionsReply) error {
			for _, q := range now().Queue {
				if q.Item == "value" && q.Key == "country" && q.Speaker == first.Key {
					return fmt.Errorf("the country is still asked for")
				}
			}
			return nil
		}},
		{"bounds", []draft{{Do: "bounds", Statement: st.Key, Spans: []span{middle(st.Spans[0])}}}, func(decisionsReply) error {
			for _, x := range speakerNow(first.Key).Statements {
				if x.State == "accepted" && x.Spans[0] == middle(st.Spans[0]) {
					return nil
				}
			}
			return fmt.Errorf("no statement has the new bounds")
		}},
		{"a statement that was missed", []draft{{Do: "say", Article: key, Spans: []span{middle(last.Span)}, Speaker: first.Key, Type: "indirect"}}, func(decisionsReply) error {
			for _, x := range speakerNow(first.Key).Statements {
				if x.Typed && x.State == "accepted" && x.Spans[0] == middle(last.Span) {
					return nil
				}
			}
			return fmt.Errorf("it is not there")
		}},
		{"a person who was missed", []draft{{Do: "person", Article: key, Span: &word, Name: "The quiet one", Kind: "anonymous", Silent: true}}, func(decisionsReply) error {
			_, by := b.article(key)
			if x, ok := by["The quiet one"]; !ok || !x.Silent || !x.Typed {
				return fmt.Errorf("%+v", x)
			}
			return nil
		}},
		{"another name", []draft{{Do: "rename", Speaker: first.Key, Name: "Somebody Else", Gender: "woman"}}, func(decisionsReply) error {
			if x := speakerNow(first.Key); x.Name != "Somebody Else" || x.Gender != "woman" {
				return fmt.Errorf("%q, %q", x.Name, x.Gender)
			}
			return nil
		}},
		{"the same name in Arabic, in code points", []draft{{Do: "rename", Speaker: first.Key, Name: "توماس"}}, func(decisionsReply) error {
			if x := speakerNow(first.Key); x.Name != "توماس" {
				return fmt.Errorf("%q", x.Name)
			}
			return nil
		}},
		{"one speaker is two", []draft{{Do: "split", Speaker: second.Key, Spans: []span{short}, Name: "The second"}}, func(decisionsReply) error {
			_, by := b.article(key)
			if _, ok := by["The second"]; !ok {
				return fmt.Errorf("nobody of that name")
			}
			return nil
		}},
		{"a paragraph set aside", []draft{{Do: "aside", Article: key, Span: &last.Span, Answer: "yes"}}, func(decisionsReply) error {
			if x := now().Blocks; x[set].Aside != "another story" {
				return fmt.Errorf("%+v", x[set])
			}
			return nil
		}},
		{"and brought back", []draft{{Do: "aside", Article: key, Block: ptr(set), Answer: "no"}}, func(decisionsReply) error {
			if x := now().Blocks; x[set].Aside != "" {
				return fmt.Errorf("%+v", x[set])
			}
			return nil
		}},
		{"read to the end", []draft{{Do: "read", Article: key}}, func(decisionsReply) error {
			if !now().Row.Read {
				return fmt.Errorf("it is not read")
			}
			return nil
		}},
		{"the day", []draft{{Do: "page", Article: key, Field: "date", Value: "2014-06-01"}}, func(decisionsReply) error {
			if r := now().Row; r.Date != "2014-06-01" || r.DateDoubtful {
				return fmt.Errorf("%+v", r)
			}
			return nil
		}},
		{"the outlet", []draft{{Do: "page", Article: key, Field: "outlet", Value: "The Lantern"}}, func(decisionsReply) error {
			if r := now().Row; r.Outlet != "The Lantern" {
				return fmt.Errorf("%+v", r)
			}
			return nil
		}},
		{"assigned to two", []draft{{Do: "assign", Article: key, To: "ben"}, {Do: "assign", Article: key, To: "cem"}}, func(r decisionsReply) error {
			if x := now().Row; x.Assigned != "ben, cem" {
				return fmt.Errorf("%q", x.Assigned)
			}
			return saved(r, 2)
		}},
		{"a reprint", []draft{{Do: "reprint", A: key, B: other}}, func(decisionsReply) error {
			if x := now().Row; x.Reprints == 0 {
				return fmt.Errorf("%+v", x)
			}
			return nil
		}},
		{"and none", []draft{{Do: "reprint", A: key, B: other, Answer: "no"}}, func(r decisionsReply) error { return saved(r, 1) }},
		{"screened out", []draft{{Do: "screen", Article: other, Answer: "no", Reason: "another war"}}, func(decisionsReply) error {
			x, _ := b.article(other)
			if x.Row.Screened != "no" {
				return fmt.Errorf("%+v", x.Row)
			}
			return nil
		}},
		{"a memo on words", []draft{{Do: "memo", On: &topic{Article: key, Span: &st.Spans[0]}, Text: "look again"}}, func(decisionsReply) error {
			m := now().Memos
			if len(m) != 1 || m[0].Text != "look again" || m[0].On.Span == nil || *m[0].On.Span != st.Spans[0] {
				return fmt.Errorf("%+v", m)
			}
			return nil
		}},
		{"a note", []draft{{Do: "note", On: &topic{Speaker: first.Key}, Text: "may we name her?"}}, func(decisionsReply) error {
			m := now().Memos
			if len(m) != 2 || !slices.ContainsFunc(m, func(x memo) bool { return x.Kind == "note" && x.State == "open" && x.On.Span != nil }) {
				return fmt.Errorf("%+v", m)
			}
			return nil
		}},
		{"the owner of an outlet", []draft{{Do: "owner", Outlet: "The Lantern", Owner: "North Press"}}, func(r decisionsReply) error { return saved(r, 1) }},
		{"one code becomes another", []draft{{Do: "codes", Op: "merge", Code: "corruption", To: "brutality"}}, func(r decisionsReply) error { return saved(r, 1) }},
		{"a rule is switched off", []draft{{Do: "rule", Rule: "fold_reprints", Answer: "no"}}, func(r decisionsReply) error { return saved(r, 1) }},
		{"reject", []draft{{Do: "reject", Statement: spoken(t, second).Key}}, func(decisionsReply) error { return state(statementNow(spoken(t, second).Key), "rejected") }},
		{"nobody speaks there", []draft{{Do: "nobody", Speaker: second.Key}}, func(decisionsReply) error {
			if x := speakerNow(second.Key); x.Scope != "nobody" {
				return fmt.Errorf("%q", x.Scope)
			}
			return nil
		}},
	}
	tried := map[string]bool{}
	var tokens []string
	start := b.session()
	for _, tt := range tests {
		r := b.decide(b.session().Version, tt.drafts...)
		for _, d := range tt.drafts {
			tried[d.Do] = true
		}
		tokens = append(tokens, r.Undo)
		if err := tt.check(r); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	for _, do := range []string{"link", "figure", "join", "draw", "keep", "move", "outlet", "tier", "weights"} {
		tried[do] = true // tests of their own
	}
	for do := range asks {
		if !tried[do] {
			t.Errorf("no test decides %q", do)
		}
	}
	// Undo has no limit: every answer is taken back, the newest first.
	for i := range tokens {
		r := ask[decisionsReply](b, "POST", "/undo", undoRequest{})
		if want := tokens[len(tokens)-1-i]; r.Undo != want {
			t.Fatalf("undo %d took back %s, want %s", i, r.Undo, want)
		}
	}
	if got := b.session().Headline[0]; got.Value != start.Headline[0].Value || got.Open != start.Headline[0].Open {
		t.Errorf("after everything was undone the headline is %+v, before it was %+v", got, start.Headline[0])
	}
	if x := now(); len(x.Queue) != len(a.Queue) || len(x.Memos) != 0 || x.Row.Date != a.Row.Date {
		t.Errorf("after everything was undone the article is another: queue %d, want %d", len(x.Queue), len(a.Queue))
	}
	refused(b, http.StatusNotFound, "POST", "/undo", undoRequest{})
	// Redo gives it again in the order in which it was given.
	for i := range tokens {
		if r := ask[decisionsReply](b, "POST", "/redo", undoRequest{}); r.Undo != tokens[i] {
			t.Fatalf("redo %d gave %s, want %s", i, r.Undo, tokens[i])
		}
	}
	refused(b, http.StatusNotFound, "POST", "/redo", undoRequest{})
	for _, tt := range tests[len(tests)-1:] {
		if err := tt.check(decisionsReply{}); err != nil {
			t.Errorf("after redo: %v", err)
		}
	}
}

func ptr[T any](v T) *T { return &v }

func state(st statement, want string) error {
	if st.State != want {
		return fmt.Errorf("state %q, want %q", st.State, want)
	}
	return nil
}

func saved(r decisionsReply, n int) error {
	if len(r.Saved) != n || r.Undo == "" {
		return fmt.Errorf("%d saved, want %d", len(r.Saved), n)
	}
	return nil
}

func TestAnswersThatAreRefused(t *testing.T) {
	b := newTab(t, serve(t, folder(t, "fresh")), "ada", "1")
	a, people := talkative(t, b)
	st := spoken(t, people[0])
	v := a.Version
	inWord := span{} // the first letters of a word that stands nowhere alone
	for from := range a.Blocks[len(a.Blocks)-1].Span[1] - 8 {
		if w := a.words(span{from, from + 8}); inWord[1] == 0 && !strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) }) {
			inWord = span{from + 1, from + 7}
		}
	}
	if inWord[1] == 0 {
		t.Fatal("the article has no long word")
	}
	tests := []struct {
		name   string
		status int
		field  string
		drafts []draft
	}{
		{"nothing", 400, "drafts", []draft{}},
		{"an unknown kind", 400, "do", []draft{{Do: "guess"}}},
		{"no speaker", 400, "speaker", []draft{{Do: "scope", Answer: "yes"}}},
		{"a speaker nobody knows", 404, "speaker", []draft{{Do: "scope", Speaker: "ffffffffffffffffffffffffffffffff", Answer: "yes"}}},
		{"no answer", 400, "answer", []draft{{Do: "scope", Speaker: people[0].Key}}},
		{"a wrong answer", 400, "", []draft{{Do: "scope", Speaker: people[0].Key, Answer: "perhaps"}}},
		{"a criterion the study does not have", 404, "", []draft{{Do: "scope", Speaker: people[0].Key, Criteria: map[string]string{"tall": "yes"}}}},
		{"a statement nobody knows", 404, "statement", []draft{{Do: "accept", Statement: "ffffffffffffffffffffffffffffffff"}}},
		{"a code the study does not have", 404, "", []draft{{Do: "code", Statement: st.Key, Code: "boredom"}}},
		{"no code", 400, "code", []draft{{Do: "code", Statement: st.Key}}},
		{"a variable the study does not have", 404, "", []draft{{Do: "value", Speaker: people[0].Key, Variable: "height", Value: "2"}}},
		{"a value that is none", 400, "", []draft{{Do: "value", Speaker: people[0].Key, Variable: "country", Value: "Atlantis"}}},
		{"a span outside the text", 400, "spans", []draft{{Do: "say", Article: a.Row.Key, Spans: []span{{0, 1 << 30}}}}},
		{"a span that ends before it begins", 400, "spans", []draft{{Do: "say", Article: a.Row.Key, Spans: []span{{9, 3}}}}},
		{"a negative span", 400, "spans", []draft{{Do: "say", Article: a.Row.Key, Spans: []span{{-9, 3}}}}},
		{"spans out of order", 400, "spans", []draft{{Do: "say", Article: a.Row.Key, Spans: []span{{20, 30}, {0, 10}}}}},
		{"words that are not there", 400, "words", []draft{{Do: "say", Article: a.Row.Key, Words: "zzz qqq"}}},
		{"no place", 400, "spans", []draft{{Do: "say", Article: a.Row.Key}}},
		{"an article nobody knows", 404, "article", []draft{{Do: "read", Article: "ffffffffffffffffffffffffffffffff"}}},
		{"a block that is not there", 400, "block", []draft{{Do: "aside", Article: a.Row.Key, Block: ptr(999)}}},
		{"one speaker twice", 400, "b", []draft{{Do: "link", A: people[0].Key, B: people[0].Key, Answer: "same"}}},
		{"a field that no page has", 400, "", []draft{{Do: "page", Article: a.Row.Key, Field: "weather", Value: "wet"}}},
		{"a day that is none", 400, "", []draft{{Do: "page", Article: a.Row.Key, Field: "date", Value: "yesterday"}}},
		{"one question twice", 409, "", []draft{{Do: "scope", Speaker: people[0].Key, Answer: "yes"}, {Do: "scope", Speaker: people[0].Key, Answer: "no"}}},
		{"an empty memo", 400, "text", []draft{{Do: "memo", Text: " "}}},
		{"a memo without a word", 400, "text", []draft{{Do: "memo"}}},
		{"an empty note", 400, "text", []draft{{Do: "note", Text: "\n\t"}}},
		{"a memo that rings", 400, "text", []draft{{Do: "memo", Text: "a\x07b"}}},
		{"a memo that is a book", 400, "text", []draft{{Do: "memo", Text: strings.Repeat("a", longestText+1)}}},
		{"a reason that rings", 400, "reason", []draft{{Do: "scope", Speaker: people[0].Key, Answer: "yes", Reason: "\x1b[2J"}}},
		{"a statement inside a word", 400, "spans", []draft{{Do: "say", Article: a.Row.Key, Spans: []span{inWord}}}},
		{"a person inside a word", 400, "span", []draft{{Do: "person", Article: a.Row.Key, Span: &inWord, Name: "x"}}},
		{"a passage inside a word", 400, "passage", []draft{{Do: "code", Passage: &passage{a.Row.Key, []span{inWord}}, Code: "brutality"}}},
		{"bounds inside a word", 400, "spans", []draft{{Do: "bounds", Statement: st.Key, Spans: []span{inWord}}}},
		{"a value inside a word", 400, "span", []draft{{Do: "value", Speaker: people[0].Key, Variable: "age", Value: "29", Span: &inWord}}},
		{"two speakers inside a word", 400, "spans", []draft{{Do: "split", Speaker: people[0].Key, Spans: []span{inWord}}}},
		{"set aside inside a word", 400, "span", []draft{{Do: "aside", Article: a.Row.Key, Span: &inWord}}},
		{"half a word", 400, "words", []draft{{Do: "say", Article: a.Row.Key, Words: a.words(inWord)}}},
		{"an empty name", 400, "name", []draft{{Do: "rename", Speaker: people[0].Key, Name: " "}}},
		{"no name", 400, "name", []draft{{Do: "rename", Speaker: people[0].Key}}},
		{"a name on two lines", 400, "name", []draft{{Do: "rename", Speaker: people[0].Key, Name: "a\nb"}}},
		{"a name that turns what follows", 400, "name", []draft{{Do: "rename", Speaker: people[0].Key, Name: "a\u202eb"}}},
		{"a name that is too long", 400, "name", []draft{{Do: "rename", Speaker: people[0].Key, Name: strings.Repeat("é", 1001)}}},
		{"a new person's name that is too long", 400, "new", []draft{{Do: "speaker_of", Statement: st.Key, New: &newSpeaker{Name: strings.Repeat("a", 1001)}}}},
		{"an empty title", 400, "value", []draft{{Do: "page", Article: a.Row.Key, Field: "title"}}},
		{"a title of spaces", 400, "value", []draft{{Do: "page", Article: a.Row.Key, Field: "title", Value: "  "}}},
		{"a title with a zero", 400, "value", []draft{{Do: "page", Article: a.Row.Key, Field: "title", Value: "a\x00b"}}},
		{"a title that is too long", 400, "value", []draft{{Do: "page", Article: a.Row.Key, Field: "title", Value: strings.Repeat("a", 1001)}}},
		{"an empty outlet", 400, "value", []draft{{Do: "page", Article: a.Row.Key, Field: "outlet"}}},
		{"a language that is none", 400, "value", []draft{{Do: "page", Article: a.Row.Key, Field: "language", Value: "qq"}}},
		{"a language by its name", 400, "value", []draft{{Do: "page", Article: a.Row.Key, Field: "language", Value: "English"}}},
		{"a language in capitals", 400, "value", []draft{{Do: "page", Article: a.Row.Key, Field: "language", Value: "EN"}}},
		{"an outlet nobody knows", 404, "", []draft{{Do: "owner", Outlet: "Nowhere Times", Owner: "x"}}},
		{"one that can be said and one that cannot: neither is saved", 400, "do", []draft{{Do: "scope", Speaker: people[0].Key, Answer: "yes"}, {Do: "guess"}}},
	}
	for _, tt := range tests {
		p := refused(b, tt.status, "POST", "/decisions", decisionsRequest{Version: v, Drafts: tt.drafts})
		if p.Field != tt.field {
			t.Errorf("%s: field %q, want %q (%s)", tt.name, p.Field, tt.field, p.Error)
		}
	}
	if got := b.session().Version; got != v {
		t.Errorf("the version is %d after refusals, want %d", got, v)
	}
}

func TestBadRequests(t *testing.T) {
	b := newTab(t, serve(t, folder(t, "fresh")), "ada", "1")
	raw := func(body string) int {
		r := newRequest("POST", "/api/v1/decisions", body)
		r.Header.Set(headerSign, shows(b.s))
		r.AddCookie(b.cookie)
		return do(b.s, r).Code
	}
	for _, tt := range []struct {
		name, body string
		want       int
	}{
		{"no JSON", "x", 400}, {"nothing", "", 400}, {"a field nobody knows", `{"version":1,"draft":[]}`, 400}, {"two values", `{"drafts":[]}{}`, 400},
		{"a number for a text", `{"drafts":[{"do":1}]}`, 400}, {"too much", `{"group":"` + strings.Repeat("x", longestBody) + `"}`, 413},
	} {
		if got := raw(tt.body); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
}

// Two windows of one person answer one question: the second is told, and
// nothing is overwritten. Another person's answer is no conflict.
func TestConflicts(t *testing.T) {
	s := serve(t, folder(t, "fresh"))
	one, two, ben := newTab(t, s, "ada", "1"), newTab(t, s, "ada", "2"), newTab(t, s, "ben", "3")
	a, people := talkative(t, one)
	v := a.Version
	sp := people[0]
	scope := func(answer string) draft { return draft{Do: "scope", Speaker: sp.Key, Answer: answer} }
	r := one.decide(v, scope("yes"))
	p := refused(two, 409, "POST", "/decisions", decisionsRequest{Version: v, Drafts: []draft{scope("no")}})
	if p.Current == nil || p.Current.ID != r.Saved[0] || p.Current.Actor != "ada" || !strings.Contains(p.Current.Words, "yes") {
		t.Errorf("conflict: %+v", p)
	}
	// Who answers about something else is not disturbed.
	two.decide(v, draft{Do: "scope", Speaker: people[1].Key, Answer: "no"})
	ben.decide(v, scope("no"))
	x, _ := one.article(a.Row.Key)
	for _, y := range x.Speakers {
		if y.Key == sp.Key && (y.Scope != "disputed" || len(y.Conflicts) != 2) {
			t.Errorf("two people differ: %+v", y)
		}
	}
	// With the version of now the same person changes his or her mind.
	two.decide(two.session().Version, scope("no"))
	// What was undone in one window is not answered over blindly in another.
	v = one.session().Version
	ask[decisionsReply](two, "POST", "/undo", undoRequest{})
	refused(one, 409, "POST", "/decisions", decisionsRequest{Version: v, Drafts: []draft{scope("unclear")}})
	// Undo is of this window, and of one's own.
	refused(ben, 409, "POST", "/undo", undoRequest{Token: r.Undo})
	if got := ask[decisionsReply](one, "POST", "/undo", undoRequest{}); got.Undo != r.Undo {
		t.Errorf("undo took back %s, want %s", got.Undo, r.Undo)
	}
	refused(one, 404, "POST", "/undo", undoRequest{})
}

func TestLink(t *testing.T) {
	s := serve(t, folder(t, "fresh"))
	b := newTab(t, s, "ada", "1")
	// Three people of three articles who all count.
	var keys []string
	for _, r := range ask[articleList](b, "GET", "/articles", nil).Items {
		if r.ReprintOf != "" || len(keys) == 3 {
			continue
		}
		a, _ := b.article(r.Key)
		for _, q := range a.Queue {
			if q.Item == "speaker" {
				keys = append(keys, q.Speaker)
				b.decide(a.Version, draft{Do: "scope", Speaker: q.Speaker, Answer: "yes"})
				break
			}
		}
	}
	if got := b.session().Headline[0].Value; got != 3 {
		t.Fatalf("%d people, want 3", got)
	}
	link := func(a, b, answer string) draft { return draft{Do: "link", A: a, B: b, Answer: answer} }
	if got := ask[effectReply](b, "POST", "/effect", effectRequest{Drafts: []draft{link(keys[0], keys[1], "same")}}); got.Most != 1 {
		t.Errorf("joining two moves the count by at most %d, want 1", got.Most)
	}
	r := b.decide(b.session().Version, link(keys[0], keys[1], "same"))
	if r.Headline[0].Value != 2 || len(r.Moved) == 0 || r.Moved[0].Before.Value != 3 || r.Moved[0].After.Value != 2 {
		t.Errorf("after joining two: %+v, %+v", r.Headline[0], r.Moved)
	}
	b.decide(b.session().Version, link(keys[1], keys[2], "different"))
	p := refused(b, 409, "POST", "/decisions", decisionsRequest{Version: b.session().Version, Drafts: []draft{link(keys[0], keys[2], "same")}})
	if !strings.Contains(p.Error, "=") || !strings.Contains(p.Error, "≠") {
		t.Errorf("a merge of people called different shows no chains: %q", p.Error)
	}
}

// What another program saves is noticed and told.
func TestOthersDecisionsAreNoticed(t *testing.T) {
	dir := folder(t, "fresh")
	mine, theirs := serve(t, dir), serve(t, dir)
	b, other := newTab(t, mine, "ada", "1"), newTab(t, theirs, "ben", "1")
	ch, _ := mine.hub.join("x")
	defer mine.hub.leave(ch)
	a, people := talkative(t, other)
	v := b.session().Version
	other.decide(a.Version, draft{Do: "scope", Speaker: people[0].Key, Answer: "yes"})
	x := b.session()
	if x.Version <= v || x.Headline[0].Value != 1 || !slices.Contains(x.Actors, "ben") {
		t.Errorf("session after another program decided: %+v", x)
	}
	select {
	case e := <-ch:
		if !strings.Contains(string(e), `"actor":"ben"`) || !strings.Contains(string(e), a.Row.Key) {
			t.Errorf("event %s", e)
		}
	default:
		t.Error("nobody was told")
	}
}

// The example study's analyst and the API mean the same by an answer: every
// scope and link answer of the example, given through the API to a fresh
// study, gives the same headline.
func TestAnswersOfTheExampleGiveItsCount(t *testing.T) {
	decided, s := serve(t, folder(t, "decided")), serve(t, folder(t, "fresh"))
	b, ctx := newTab(t, s, "ada", "1"), context.Background()
	type step struct {
		kind   recount.Kind
		page   [2]string
		at     [2]recount.Anchor
		names  [2]string
		answer string
	}
	var steps []step
	if err := decided.hold(ctx, "", func(book *casebook.Casebook) error {
		for _, d := range book.Holding(recount.KindScope) {
			x := d.Answer.(recount.ScopeBody)
			steps = append(steps, step{recount.KindScope, [2]string{x.Speaker.At.Page}, [2]recount.Anchor{x.Speaker.At}, [2]string{x.Speaker.Name}, string(x.Answer)})
		}
		for _, d := range book.Holding(recount.KindCriterion) {
			x := d.Answer.(recount.CriterionBody)
			steps = append(steps, step{recount.KindCriterion, [2]string{x.Criterion}, [2]recount.Anchor{x.Speaker.At}, [2]string{x.Speaker.Name}, string(x.Answer)})
		}
		for _, d := range book.Holding(recount.KindDate) {
			x := d.Answer.(recount.DateBody)
			steps = append(steps, step{kind: recount.KindDate, page: [2]string{x.Page}, answer: x.Published})
		}
		for _, d := range book.Holding(recount.KindLink) {
			x := d.Answer.(recount.LinkBody)
			steps = append(steps, step{recount.KindLink, [2]string{x.A.At.Page, x.B.At.Page}, [2]recount.Anchor{x.A.At, x.B.At}, [2]string{x.A.Name, x.B.Name}, string(x.Answer)})
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	keyAt := func(an recount.Anchor, name string) (key string) {
		err := s.hold(ctx, "", func(book *casebook.Casebook) error {
			v, err := book.SpeakerAt(ctx, an)
			if v != nil {
				key = string(v.ID)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if key != "" {
			return key
		}
		// The program missed this person: enter him or her first.
		var article string
		if err := s.hold(ctx, "", func(book *casebook.Casebook) error {
			p, _ := book.PageNamed(an.Page, an.Part)
			article = string(p.Key)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		at := span(an.Spans[0])
		b.decide(b.session().Version, draft{Do: "person", Article: article, Span: &at, Name: name})
		_, by := b.article(article)
		return by[name].Key
	}
	for _, st := range steps {
		var d draft
		switch st.kind {
		case recount.KindScope:
			d = draft{Do: "scope", Speaker: keyAt(st.at[0], st.names[0]), Answer: st.answer}
		case recount.KindCriterion:
			d = draft{Do: "scope", Speaker: keyAt(st.at[0], st.names[0]), Criteria: map[string]string{st.page[0]: st.answer}}
		case recount.KindDate:
			if err := s.hold(ctx, "", func(book *casebook.Casebook) error {
				p, _ := book.PageNamed(st.page[0], "")
				d = draft{Do: "page", Article: string(p.Key), Field: "date", Value: st.answer}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		case recount.KindLink:
			d = draft{Do: "link", A: keyAt(st.at[0], st.names[0]), B: keyAt(st.at[1], st.names[1]), Answer: st.answer}
		}
		b.decide(b.session().Version, d)
	}
	want, got := newTab(t, decided, "", "").session().Headline[0], b.session().Headline[0]
	if got.Value != want.Value || got.Low != want.Low || got.High != want.High {
		t.Errorf("the answers of the example through the API count %d (%d to %d), want %d (%d to %d)", got.Value, got.Low, got.High, want.Value, want.Low, want.High)
	}
}

// Of several reported figures a person says which holds; the page shows it at
// once, and no more after it was taken back.
func TestFigureThatHolds(t *testing.T) {
	b := newTab(t, serve(t, folder(t, "decided")), "analyst", "1")
	var key string
	for _, q := range ask[figureReply](b, "GET", "/figures", nil).Items {
		for _, r := range q.Rows {
			if !r.Holds && key == "" {
				key = r.Key
			}
		}
	}
	if key == "" {
		t.Fatal("the example reports no figures")
	}
	held := func() (n int) {
		for _, q := range ask[figureReply](b, "GET", "/figures", nil).Items {
			for _, r := range q.Rows {
				if r.Key == key && r.Holds {
					n++
				}
			}
		}
		return n
	}
	b.decide(b.session().Version, draft{Do: "figure", Figure: key, Answer: "yes"})
	if held() != 1 {
		t.Errorf("the figure holds in %d rows, want 1", held())
	}
	ask[decisionsReply](b, "POST", "/undo", undoRequest{})
	if held() != 0 {
		t.Errorf("after undo the figure holds in %d rows", held())
	}
	refused(b, 404, "POST", "/decisions", decisionsRequest{Drafts: []draft{{Do: "figure", Figure: "none", Answer: "yes"}}})
}

// An item says who answered what about it, and when.
func TestWhoAnswered(t *testing.T) {
	s := serve(t, folder(t, "fresh"))
	ada, ben := newTab(t, s, "ada", "1"), newTab(t, s, "ben", "2")
	a, people := talkative(t, ada)
	who, st := people[0].Key, spoken(t, people[0]).Key
	of := func() (speaker, statement) {
		now, _ := ada.article(a.Row.Key)
		for _, sp := range now.Speakers {
			if sp.Key == who {
				for _, x := range sp.Statements {
					if x.Key == st {
						return sp, x
					}
				}
			}
		}
		t.Fatal("the speaker is gone")
		return speaker{}, statement{}
	}
	if sp, x := of(); len(sp.Given)+len(x.Given) != 0 {
		t.Fatalf("before anybody answered: %v %v", sp.Given, x.Given)
	}
	ada.decide(ada.session().Version, draft{Do: "scope", Speaker: who, Answer: "yes"})
	ben.decide(ben.session().Version, draft{Do: "scope", Speaker: who, Answer: "no"})
	ada.decide(ada.session().Version, draft{Do: "scope", Speaker: who, Answer: "unclear"}) // in the place of her first
	ada.decide(ada.session().Version, draft{Do: "accept", Statement: st})
	ben.decide(ben.session().Version, draft{Do: "code", Statement: st, Code: "corruption", Answer: "yes"})
	at := began.Format(time.RFC3339)
	sp, x := of()
	byName := func(l []given) []given {
		slices.SortFunc(l, func(a, b given) int { return strings.Compare(a.Actor, b.Actor) })
		return l
	}
	if want := []given{{Actor: "ada", Time: at, Kind: "scope", Answer: "unclear"}, {Actor: "ben", Time: at, Kind: "scope", Answer: "no"}}; !slices.Equal(byName(sp.Given), want) {
		t.Errorf("of the speaker: %v, want %v", sp.Given, want)
	}
	if want := []given{{Actor: "ada", Time: at, Kind: "statement", Answer: "accepted"}, {Actor: "ben", Time: at, Kind: "code", Subject: "corruption", Answer: "yes"}}; !slices.Equal(byName(x.Given), want) {
		t.Errorf("of the statement: %v, want %v", x.Given, want)
	}
}

// A code that somebody gave to a statement stands on it, whether or not the
// speaker counts; on one that was rejected none holds.
func TestCodeStandsOnItsStatement(t *testing.T) {
	for _, tt := range []struct {
		name   string
		drafts []draft
		want   bool
	}{
		{"nobody was asked whether the speaker counts", nil, true},
		{"the speaker counts", []draft{{Do: "scope", Answer: "yes"}}, true},
		{"the speaker does not count", []draft{{Do: "scope", Answer: "no"}}, true},
		{"it is unclear whether the speaker counts", []draft{{Do: "scope", Answer: "unclear"}}, true},
		{"accepted, of somebody who counts", []draft{{Do: "scope", Answer: "yes"}, {Do: "accept"}}, true},
		{"accepted, of somebody who does not", []draft{{Do: "scope", Answer: "no"}, {Do: "accept"}}, true},
		{"accepted, of somebody who may count", []draft{{Do: "scope", Answer: "unclear"}, {Do: "accept"}}, true},
		{"of another type", []draft{{Do: "scope", Answer: "no"}, {Do: "type", Type: "mixed", Mode: "speech"}}, true},
		{"a thought", []draft{{Do: "scope", Answer: "no"}, {Do: "type", Type: "indirect", Mode: "thought"}}, true},
		{"rejected", []draft{{Do: "scope", Answer: "no"}, {Do: "reject"}}, false},
		{"rejected, of somebody who counts", []draft{{Do: "scope", Answer: "yes"}, {Do: "reject"}}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newTab(t, serve(t, folder(t, "fresh")), "ada", "1")
			a, people := talkative(t, b)
			who, st := people[0].Key, spoken(t, people[0]).Key
			give := func(d draft) {
				if d.Do == "scope" {
					d.Speaker = who
				} else {
					d.Statement = st
				}
				b.decide(b.session().Version, d)
			}
			for _, d := range tt.drafts {
				give(d)
			}
			give(draft{Do: "code", Code: "corruption", Answer: "yes"})
			if last := len(tt.drafts) - 1; last >= 0 && tt.drafts[last].Do == "reject" {
				give(tt.drafts[last]) // a code takes it in again
			}
			now, _ := b.article(a.Row.Key)
			for _, sp := range now.Speakers {
				for _, x := range sp.Statements {
					if x.Key == st {
						if got := slices.ContainsFunc(x.Codes, func(c codeGiven) bool { return c.ID == "corruption" && c.State == recount.Yes && c.By == "ada" }); got != tt.want {
							t.Errorf("the code stands on it: %v, want %v: %v", got, tt.want, x.Codes)
						}
						return
					}
				}
			}
			t.Fatal("the statement is gone")
		})
	}
}
