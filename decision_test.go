package recount

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

// page is an article in which Ana and Bo speak.
func page(name, text string) *Article {
	return &Article{Key: KeyOf(name, text), Name: name, Text: text, Extractor: "t/1"}
}

// say seals a decision for tests.
func say(t testing.TB, kind Kind, actor string, minute int, body any, replaces ...string) Decision {
	t.Helper()
	d, err := Seal(Draft{Kind: kind, Study: "s", Actor: actor, Time: noon.Add(time.Duration(minute) * time.Minute), Salt: fmt.Sprint("salt", minute), Replaces: replaces, Body: body})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func ref(a *Article, words string) SpeakerRef {
	i := strings.Index(a.Text, words)
	return SpeakerRef{At: AnchorAt(a, NewCodePoints(a.Text), Span{i, i + len(words)}), Name: words, Kind: Named, Gender: UnknownGender}
}

func nobody(string) []string { return nil }

// live lists the ids that hold, sorted.
func live(l *Log) (out []string) {
	for _, d := range l.All() {
		if l.Live(d.ID) {
			out = append(out, d.ID)
		}
	}
	return out
}

func TestSealedDecisionChecks(t *testing.T) {
	a := page("a.html", "Ana said no.")
	d := say(t, KindScope, "ana", 1, ScopeBody{Speaker: ref(a, "Ana"), Answer: Yes})
	if err := d.Check(); err != nil {
		t.Fatalf("Check of a sealed decision: %v", err)
	}
	line, err := d.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	var back Decision
	if err := json.Unmarshal(line, &back); err != nil || back.Check() != nil {
		t.Fatalf("a decision that was written and read does not check: %v, %v", err, back.Check())
	}
	// Every flipped character of the line either breaks the JSON or is found.
	for i := range line {
		flipped := slices.Clone(line)
		flipped[i] ^= 1
		var bad Decision
		if json.Unmarshal(flipped, &bad) != nil {
			continue
		}
		if bad.Check() == nil {
			again, err := bad.MarshalJSON()
			if err == nil && string(again) == string(line) {
				continue // the flip changed nothing that is read
			}
			t.Errorf("flipping byte %d of the line is not found: %s", i, flipped)
		}
	}
}

func TestCommitmentSurvivesErasure(t *testing.T) {
	d := say(t, KindRule, "ana", 1, RuleBody{Rule: "x", On: true})
	was := d.Erasable
	d.Erasable = nil
	if err := d.Check(); err != nil {
		t.Errorf("Check of an erased decision: %v", err)
	}
	c, err := was.Commit()
	if err != nil || c != d.Commitment {
		t.Errorf("the commitment %s does not fit what was erased (%s, %v)", d.Commitment, c, err)
	}
	other := &Erasable{Salt: was.Salt, Reason: "another", Body: was.Body}
	if c, _ := other.Commit(); c == d.Commitment {
		t.Error("another reason has the same commitment")
	}
}

func TestReplayLiveness(t *testing.T) {
	a := page("a.html", "Ana said no.")
	body := func(answer YesNo) ScopeBody { return ScopeBody{Speaker: ref(a, "Ana"), Answer: answer} }
	yes := say(t, KindScope, "ana", 1, body(Yes))
	no := say(t, KindScope, "ana", 2, body(No), yes.ID)
	undo := say(t, KindRetract, "ana", 3, struct{}{}, no.ID)
	foreign := say(t, KindScope, "bo", 4, body(No), yes.ID)
	study := say(t, KindFile, "ana", 5, FileBody{Name: "study.yaml", Hash: HashText("settles: cy"), Content: "settles: cy"})
	settled := say(t, KindScope, "cy", 6, body(Unclear), yes.ID)
	tests := []struct {
		name string
		set  []Decision
		live []Decision
	}{
		{"one answer holds", []Decision{yes}, []Decision{yes}},
		{"a changed mind replaces", []Decision{yes, no}, []Decision{no}},
		{"taking the change back brings the first answer back", []Decision{yes, no, undo}, []Decision{yes, undo}},
		{"somebody else replaces nothing", []Decision{yes, foreign}, []Decision{yes, foreign}},
		{"an adjudicator does", []Decision{yes, study, settled}, []Decision{study, settled}},
		{"who is not named as one does not", []Decision{yes, settled}, []Decision{yes, settled}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := Replay("s", tt.set, func(content string) []string {
				return strings.Fields(strings.TrimPrefix(content, "settles: "))
			})
			var want []string
			for _, d := range tt.live {
				want = append(want, d.ID)
			}
			slices.Sort(want)
			got := live(l)
			if !slices.Equal(got, want) {
				t.Errorf("live decisions: got %.8v, want %.8v", got, want)
			}
		})
	}
}

func TestDecisionWaitsForItsBase(t *testing.T) {
	first := say(t, KindRule, "ana", 1, RuleBody{Rule: "x", On: true})
	seal := func(base string, n int) Decision {
		d, err := Seal(Draft{Kind: KindRule, Study: "s", Actor: "ana", Time: noon, Salt: fmt.Sprint(n), Base: []string{base}, Body: RuleBody{Rule: RuleName(fmt.Sprint(n))}})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	second := seal(first.ID, 2)
	third := seal(second.ID, 3)
	l := Replay("s", []Decision{second, third}, nobody)
	if len(live(l)) != 0 || len(l.Waiting()) != 2 {
		t.Errorf("without its base: %d live, %d waiting; want 0 and 2, for what builds on one that waits waits too", len(live(l)), len(l.Waiting()))
	}
	l = Replay("s", []Decision{third, second, first}, nobody)
	if len(live(l)) != 3 || len(l.Waiting()) != 0 {
		t.Errorf("with its base: %d live, %d waiting; want 3 and 0", len(live(l)), len(l.Waiting()))
	}
}

// The state is a function of the set: any order of arrival, and any decision
// twice, gives the same.
func TestReplayIsAFunctionOfTheSet(t *testing.T) {
	a := page("a.html", "Ana said no. Bo said yes. Cy said nothing.")
	rnd := rand.New(rand.NewPCG(1, 2))
	var set []Decision
	for i := range 60 {
		var replaces []string
		if len(set) > 0 && rnd.IntN(2) == 0 {
			replaces = []string{set[rnd.IntN(len(set))].ID}
		}
		who := []string{"Ana", "Bo", "Cy"}[rnd.IntN(3)]
		set = append(set, say(t, KindScope, []string{"x", "y"}[rnd.IntN(2)], i, ScopeBody{Speaker: ref(a, who), Answer: []YesNo{Yes, No, Unclear}[rnd.IntN(3)]}, replaces...))
	}
	want := live(Replay("s", set, nobody))
	for range 50 {
		shuffled := append(slices.Clone(set), set[rnd.IntN(len(set))])
		rnd.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if got := live(Replay("s", shuffled, nobody)); !slices.Equal(got, want) {
			t.Fatalf("another order of arrival: %.8v hold, want %.8v", got, want)
		}
		// One by one, each says which others it changes.
		l, held := NewLog("s", nobody), map[string]bool{}
		for _, d := range shuffled {
			for _, c := range l.Add(d) {
				if held[c.ID] == l.Live(c.ID) {
					t.Fatalf("Add says that %.8s changed, and it did not", c.ID)
				}
				held[c.ID] = l.Live(c.ID)
			}
		}
		if got := live(l); !slices.Equal(got, want) {
			t.Fatalf("one by one: %.8v hold, want %.8v", got, want)
		}
		for _, id := range want {
			if !held[id] {
				t.Fatalf("nobody said that %.8s holds", id)
			}
		}
	}
}

func TestForeignDecisionsDoNotHold(t *testing.T) {
	d := say(t, KindRule, "ana", 1, RuleBody{Rule: "x", On: true})
	if l := Replay("another", []Decision{d}, nobody); len(live(l)) != 0 || !slices.Equal(l.Foreign(), []string{d.ID}) {
		t.Errorf("a decision of another study: live %v, foreign %v", live(l), l.Foreign())
	}
}

func TestErasedTwinErases(t *testing.T) {
	d := say(t, KindRule, "ana", 1, RuleBody{Rule: "x", On: true})
	gone := d
	gone.Erasable = nil
	for _, set := range [][]Decision{{d, gone}, {gone, d}} {
		if l := Replay("s", set, nobody); len(l.All()) != 1 || l.All()[0].Erasable != nil {
			t.Error("a decision and its erased twin: the answer is still there")
		}
	}
}

func TestDecisionOfNewerFormat(t *testing.T) {
	d := say(t, KindRule, "ana", 1, RuleBody{Rule: "x"})
	d.V = 2
	if err := d.Check(); !errors.Is(err, ErrNewer) {
		t.Errorf("Check of format 2 = %v; want ErrNewer", err)
	}
}

// Though its hashes fit, a decision may say what no honest program writes.
func TestSealedNonsenseIsRefused(t *testing.T) {
	body := DateBody{Page: "p", Published: "2020"}
	tests := []struct {
		name string
		ok   bool
		do   func(h *Header, e *Erasable)
	}{
		{"as it is made", true, func(h *Header, e *Erasable) {}},
		{"a reason in another script", true, func(h *Header, e *Erasable) { e.Reason = "\u05d0\u05d1 \U0001F600" }},
		{"a time in another zone", false, func(h *Header, e *Erasable) { h.Time = "2026-11-29T12:00:00+05:00" }},
		{"a time that names UTC as +00:00", false, func(h *Header, e *Erasable) { h.Time = "2026-11-29T12:00:00+00:00" }},
		{"parts of a second", false, func(h *Header, e *Erasable) { h.Time = "2026-11-29T12:00:00.5Z" }},
		{"a day that the calendar does not have", false, func(h *Header, e *Erasable) { h.Time = "2026-02-30T12:00:00Z" }},
		{"no time", false, func(h *Header, e *Erasable) { h.Time = "" }},
		{"a NUL in the reason", false, func(h *Header, e *Erasable) { e.Reason = "x\x00y" }},
		{"a NUL in the salt", false, func(h *Header, e *Erasable) { e.Salt = "\x00" }},
		{"a reason that is no UTF-8", false, func(h *Header, e *Erasable) { e.Reason = "x\xff" }},
		{"a salt that is no UTF-8", false, func(h *Header, e *Erasable) { e.Salt = "\xc3" }},
		{"nobody", false, func(h *Header, e *Erasable) { h.Actor = "  " }},
		{"a name that nobody sees", false, func(h *Header, e *Erasable) { h.Actor = "\u200b\u2060" }},
		{"a name with a character that nobody sees", false, func(h *Header, e *Erasable) { h.Actor = "ana\u200b" }},
		{"a name of braille cells without dots", false, func(h *Header, e *Erasable) { h.Actor = "\u2800\u2800" }},
		{"a name of a Hangul filler", false, func(h *Header, e *Erasable) { h.Actor = "\u3164" }},
		{"a name of a filler of a first letter", false, func(h *Header, e *Erasable) { h.Actor = "\u115f" }},
		{"a name of a filler of a vowel", false, func(h *Header, e *Erasable) { h.Actor = "\u1160" }},
		{"a name of a filler of half width", false, func(h *Header, e *Erasable) { h.Actor = "\uffa0" }},
		{"a name of joiners only", false, func(h *Header, e *Erasable) { h.Actor = "\u200c\u200d" }},
		{"a name of a selector of a variant only", false, func(h *Header, e *Erasable) { h.Actor = "\ufe0f" }},
		{"a name of a joiner of graphemes", false, func(h *Header, e *Erasable) { h.Actor = "ana\u034f" }},
		{"a name of a braille cell beside letters", false, func(h *Header, e *Erasable) { h.Actor = "ana\u2800" }},
		{"a name of a filler beside letters", false, func(h *Header, e *Erasable) { h.Actor = "ana\u3164" }},
		{"a name of a tag", false, func(h *Header, e *Erasable) { h.Actor = "ana\U000e0061" }},
		{"a name of a vowel that is not shown", false, func(h *Header, e *Erasable) { h.Actor = "ana\u17b4" }},
		{"a name of a separator of Mongolian vowels", false, func(h *Header, e *Erasable) { h.Actor = "ana\u180e" }},
		{"a name of a note without a head", false, func(h *Header, e *Erasable) { h.Actor = "\U0001d159" }},
		{"a name of an operator that is not shown", false, func(h *Header, e *Erasable) { h.Actor = "ana\u2062" }},
		{"a name in braille", true, func(h *Header, e *Erasable) { h.Actor = "\u2801\u281d\u2801" }},
		{"a name in Hangul", true, func(h *Header, e *Erasable) { h.Actor = "\uae40\uc544\ub098" }},
		{"a name with a variant of a letter", true, func(h *Header, e *Erasable) { h.Actor = "\u9089\U000e0100" }},
		{"a name that turns the line", false, func(h *Header, e *Erasable) { h.Actor = "\u202eana" }},
		{"a name that colours the terminal", false, func(h *Header, e *Erasable) { h.Actor = "a\x1b[31mna" }},
		{"a name of two lines", false, func(h *Header, e *Erasable) { h.Actor = "ana\nbob" }},
		{"a name of a megabyte", false, func(h *Header, e *Erasable) { h.Actor = strings.Repeat("a", 1<<20) }},
		{"a round with a line end", false, func(h *Header, e *Erasable) { h.Round = "1\n2" }},
		{"a group with a NUL", false, func(h *Header, e *Erasable) { h.Group = "\x00" }},
		{"an answer by init", false, func(h *Header, e *Erasable) { h.Actor = DefaultActor }},
		{"a Persian name with a joiner", true, func(h *Header, e *Erasable) { h.Actor = "\u0645\u06cc\u200c\u0622" }},
		{"a name from right to left", true, func(h *Header, e *Erasable) { h.Actor = "\u05d3\u05d5\u05d3 \u05db\u05d4\u05df" }},
		{"no study", false, func(h *Header, e *Erasable) { h.Study = "" }},
		{"another format", false, func(h *Header, e *Erasable) { h.V = 0 }},
		{"a time before there were programs", false, func(h *Header, e *Erasable) { h.Time = "1969-12-31T23:59:59Z" }},
		{"the year 0", false, func(h *Header, e *Erasable) { h.Time = "0000-01-01T00:00:00Z" }},
		{"a round that nobody sees", false, func(h *Header, e *Erasable) { h.Round = "pilot\u200b1" }},
		{"a round with a tab", false, func(h *Header, e *Erasable) { h.Round = "pilot\t1" }},
		{"no salt", false, func(h *Header, e *Erasable) { e.Salt = "" }},
		{"a salt of ten digits", false, func(h *Header, e *Erasable) { e.Salt = "0123456789" }},
		{"a salt of 31 digits", false, func(h *Header, e *Erasable) { e.Salt = strings.Repeat("a", 31) }},
		{"a salt that is no number", false, func(h *Header, e *Erasable) { e.Salt = strings.Repeat("z", 32) }},
		{"a salt in capitals", false, func(h *Header, e *Erasable) { e.Salt = strings.Repeat("AB", 16) }},
		{"a salt with a line end", false, func(h *Header, e *Erasable) { e.Salt = strings.Repeat("ab", 16) + "\n" }},
		{"a long salt", true, func(h *Header, e *Erasable) { e.Salt = strings.Repeat("ab", 64) }},
		{"a name with a blank before it", false, func(h *Header, e *Erasable) { h.Actor = " ana" }},
		{"a name with two blanks", false, func(h *Header, e *Erasable) { h.Actor = "ana  berg" }},
		{"no program", false, func(h *Header, e *Erasable) { h.Program = "" }},
		{"a program of a blank", false, func(h *Header, e *Erasable) { h.Program = " " }},
		{"a program with a blank behind it", false, func(h *Header, e *Erasable) { h.Program = "0.1.0 " }},
		{"a program with its name", false, func(h *Header, e *Erasable) { h.Program = "recount 0.1.0" }},
		{"a program with a letter before it", false, func(h *Header, e *Erasable) { h.Program = "v0.1.0" }},
		{"a program that is a name alone", false, func(h *Header, e *Erasable) { h.Program = "recount" }},
		{"a program of two numbers", false, func(h *Header, e *Erasable) { h.Program = "0.1" }},
		{"a program of four numbers", false, func(h *Header, e *Erasable) { h.Program = "0.1.0.0" }},
		{"a program without a number between", false, func(h *Header, e *Erasable) { h.Program = "0..1" }},
		{"a program that begins with nought", false, func(h *Header, e *Erasable) { h.Program = "00.1.0" }},
		{"a program in other digits", false, func(h *Header, e *Erasable) { h.Program = "\u0660.\u0661.\u0660" }},
		{"a program with a dash and nothing", false, func(h *Header, e *Erasable) { h.Program = "0.1.0-" }},
		{"a program with a tag in capitals", false, func(h *Header, e *Erasable) { h.Program = "0.1.0-DEV" }},
		{"a later program", true, func(h *Header, e *Erasable) { h.Program = "1.10.0" }},
		{"a program before its release", true, func(h *Header, e *Erasable) { h.Program = "0.2.0-rc.1" }},
		{"a program of a megabyte", false, func(h *Header, e *Erasable) { h.Program = strings.Repeat("1", 1<<20) }},
		{"a field twice", false, func(h *Header, e *Erasable) { e.Body = []byte(`{"page":"p","page":"q","published":"2020"}`) }},
		{"a field in other letters", false, func(h *Header, e *Erasable) { e.Body = []byte(`{"PAGE":"p","published":"2020"}`) }},
		{"a field in other letters too", false, func(h *Header, e *Erasable) { e.Body = []byte(`{"page":"p","Page":"q","published":"2020"}`) }},
		{"a place of a text", true, func(h *Header, e *Erasable) {
			h.Kind, e.Body = KindRole, []byte(`{"at":{"after":"","before":"","exact":["x"],"page":"p","part":"","spans":[[0,1]],"text":"`+strings.Repeat("0", 64)+`"},"role":"body"}`)
		}},
		{"a place of no text", false, func(h *Header, e *Erasable) {
			h.Kind, e.Body = KindRole, []byte(`{"at":{"after":"","before":"","exact":["x"],"page":"p","part":"","spans":[[1,2]],"text":"zz"},"role":"body"}`)
		}},
		{"a place with a field twice", false, func(h *Header, e *Erasable) {
			h.Kind, e.Body = KindRole, []byte(`{"at":{"after":"","before":"","exact":["x"],"page":"p","page":"q","part":"","spans":[[1,2]],"text":"`+strings.Repeat("0", 64)+`"},"role":"body"}`)
		}},
		{"a place with a page beside its words", false, func(h *Header, e *Erasable) {
			h.Kind, e.Body = KindRole, []byte(`{"at":{"after":"","before":"`+strings.Repeat("a", 33)+`","exact":["x"],"page":"p","part":"","spans":[[1,2]],"text":"`+strings.Repeat("0", 64)+`"},"role":"body"}`)
		}},
		{"a speaker whose name acts on the terminal", false, func(h *Header, e *Erasable) {
			h.Kind, e.Body = KindScope, []byte(`{"answer":"yes","criteria":{},"speaker":{"at":{"after":"","before":"","exact":["x"],"page":"p","part":"","spans":[[1,2]],"text":"`+strings.Repeat("0", 64)+`"},"gender":"woman","kind":"named","name":"A\u001b[31m"}}`)
		}},
		{"a speaker with a name of a megabyte", false, func(h *Header, e *Erasable) {
			h.Kind, e.Body = KindScope, []byte(`{"answer":"yes","criteria":{},"speaker":{"at":{"after":"","before":"","exact":["x"],"page":"p","part":"","spans":[[1,2]],"text":"`+strings.Repeat("0", 64)+`"},"gender":"woman","kind":"named","name":"`+strings.Repeat("a", 1<<20)+`"}}`)
		}},
		{"a speaker who counts", true, func(h *Header, e *Erasable) {
			h.Kind, e.Body = KindScope, []byte(`{"answer":"yes","criteria":{},"speaker":{"at":{"after":"","before":"","exact":["x"],"page":"p","part":"","spans":[[0,1]],"text":"`+strings.Repeat("0", 64)+`"},"gender":"woman","kind":"named","name":"A"}}`)
		}},
		{"a place of three numbers", false, func(h *Header, e *Erasable) {
			h.Kind = KindRole
			e.Body = []byte(`{"at":{"exact":["x"],"page":"p","prefix":[""],"spans":[[1,2,3]],"suffix":[""],"text":"t"},"role":"body"}`)
		}},
		{"a place of one number", false, func(h *Header, e *Erasable) {
			h.Kind = KindRole
			e.Body = []byte(`{"at":{"exact":["x"],"page":"p","prefix":[""],"spans":[[1]],"suffix":[""],"text":"t"},"role":"body"}`)
		}},
		{"a second place of three numbers", false, func(h *Header, e *Erasable) {
			h.Kind = KindRole
			e.Body = []byte(`{"at":{"exact":["x","y"],"page":"p","prefix":["",""],"spans":[[1,2],[3,4,5]],"suffix":["",""],"text":"t"},"role":"body"}`)
		}},
		{"a day with a time that is none", false, func(h *Header, e *Erasable) { e.Body = []byte(`{"page":"p","published":"2014-05-14T25:00"}`) }},
		{"a day with words", false, func(h *Header, e *Erasable) { e.Body = []byte(`{"page":"p","published":"2014-05-14 or so"}`) }},
		{"a day and a blank", false, func(h *Header, e *Erasable) { e.Body = []byte(`{"page":"p","published":"2014-05-14 "}`) }},
		{"a round of a blank", false, func(h *Header, e *Erasable) { h.Round = " " }},
		{"a round with a blank before it", false, func(h *Header, e *Erasable) { h.Round = " a" }},
		{"a round with two blanks in it", false, func(h *Header, e *Erasable) { h.Round = "a  b" }},
		{"a round of two words", true, func(h *Header, e *Erasable) { h.Round = "round two" }},
		{"a round with a variation selector", false, func(h *Header, e *Erasable) { h.Round = "x\ufe0f" }},
		{"a round with a Mongolian one", false, func(h *Header, e *Erasable) { h.Round = "x\u180b" }},
		{"a round with one of the supplement", false, func(h *Header, e *Erasable) { h.Round = "x\U000e0100" }},
		{"a round of a variation selector", false, func(h *Header, e *Erasable) { h.Round = "\ufe0f" }},
		{"a name with a variation selector", false, func(h *Header, e *Erasable) { h.Actor = "ana\ufe0f" }},
		{"a name with a joiner that joins nothing", false, func(h *Header, e *Erasable) { h.Actor = "ana\u200d" }},
		{"a name with a joiner in it that joins nothing", false, func(h *Header, e *Erasable) { h.Actor = "a\u200cna" }},
		{"a Persian name with a joiner", true, func(h *Header, e *Erasable) { h.Actor = "\u0645\u06cc\u200c\u062e" }},
		{"a group with a variation selector", false, func(h *Header, e *Erasable) { h.Group = "g\ufe0e" }},
		{"a reason of 64 KiB", true, func(h *Header, e *Erasable) { e.Reason = strings.Repeat("x", 64<<10) }},
		{"a reason of 1 MiB", false, func(h *Header, e *Erasable) { e.Reason = strings.Repeat("x", 1<<20) }},
		{"a salt of 1 MiB", false, func(h *Header, e *Erasable) { e.Salt = strings.Repeat("0f", 1<<19) }},
		{"a day and its time", true, func(h *Header, e *Erasable) { e.Body = []byte(`{"page":"p","published":"2014-05-14T23:00:00Z"}`) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := Seal(Draft{Kind: KindDate, Study: "s", Actor: "ana", Time: time.Unix(1, 0), Salt: strings.Repeat("0f", 16), Body: body})
			if err != nil {
				t.Fatal(err)
			}
			tt.do(&d.Header, d.Erasable)
			if d.Commitment, err = d.Erasable.Commit(); err != nil {
				t.Fatal(err)
			}
			if d.ID, err = d.Sum(); err != nil {
				t.Fatal(err)
			}
			if err := d.Check(); err != nil {
				t.Fatalf("Check = %v; want it well sealed", err)
			}
			if err := d.CheckMeaning(); tt.ok != (err == nil) || err != nil && !errors.Is(err, ErrInvalid) {
				t.Errorf("CheckMeaning = %v; want it taken: %v", err, tt.ok)
			}
		})
	}
}

// Though it can be meant, an answer may say what this program never writes: no
// import takes it, and a study that holds one opens all the same.
func TestWhatNoProgramMade(t *testing.T) {
	hash := strings.Repeat("0", 64)
	long := strings.Repeat("a", 200_000)
	const place = `{"after":"","before":"was ","exact":["said so"],"page":"p","part":"","spans":[[4,11]],"text":"HASH"}`
	const who = `{"at":PLACE,"gender":"woman","kind":"named","name":"Ada B."}`
	const scope = `{"answer":"yes","criteria":{},"speaker":WHO}`
	whole := func(body string) string {
		return strings.NewReplacer("HASH", hash).Replace(strings.NewReplacer("PLACE", place).Replace(strings.NewReplacer("WHO", who).Replace(body)))
	}
	at := func(old, now string) string { return strings.Replace(whole(scope), old, now, 1) }
	tests := []struct {
		name string
		kind Kind
		body string
		ok   bool
	}{
		{"a scope", KindScope, whole(scope), true},
		// Places.
		{"no text", KindScope, at(hash, ""), false},
		{"a text by half its hash", KindScope, at(hash, hash[:32]), false},
		{"a text by a hash in capitals", KindScope, at(hash, strings.Repeat("A", 64)), false},
		{"a text by a word", KindScope, at(hash, "the text of the page"), false},
		{"a text of 200,000 letters", KindScope, at(hash, long), false},
		{"a text that acts on a terminal", KindScope, at(hash, `\u001b[2J`), false},
		{"words that are longer than their place", KindScope, at(`said so`, `said so again`), false},
		{"words that are shorter than their place", KindScope, at(`said so`, `said`), false},
		{"words of 200,000 letters", KindScope, at(`said so`, long), false},
		{"words in two letters for each", KindScope, at(`said so`, `sa\u0301id so`), false},
		{"as many letters in another script", KindScope, at(`said so`, `אמרה כך`), true},
		{"less before the words than there is", KindScope, at(`"was "`, `"as "`), false},
		{"nothing before the words", KindScope, at(`"was "`, `""`), false},
		{"more before the words than there is", KindScope, at(`"was "`, `"he was "`), false},
		{"33 letters before the words", KindScope, strings.Replace(at(`"was "`, `"`+strings.Repeat("a", 33)+`"`), `[[4,11]]`, `[[40,47]]`, 1), false},
		{"32 letters before the words", KindScope, strings.Replace(at(`"was "`, `"`+strings.Repeat("a", 32)+`"`), `[[4,11]]`, `[[40,47]]`, 1), true},
		{"33 letters behind the words", KindScope, at(`"after":""`, `"after":"`+strings.Repeat("é", 33)+`"`), false},
		{"32 letters behind the words", KindScope, at(`"after":""`, `"after":"`+strings.Repeat("é", 32)+`"`), true},
		{"a place beyond every text", KindScope, at(`[[4,11]]`, `[[4,1099511627776]]`), false},
		{"a page of 200,000 letters", KindScope, at(`"page":"p"`, `"page":"`+long+`"`), false},
		{"a part of 200,000 letters", KindScope, at(`"part":""`, `"part":"`+long+`"`), false},
		{"a source of no text", KindStatement, whole(`{"answer":"accepted","at":PLACE,"source":` + strings.Replace(place, "HASH", "x", 1) + `,"type":"direct","typed":true}`), false},
		{"a cue with other words", KindStatement, whole(`{"answer":"accepted","at":PLACE,"cue":` + strings.Replace(place, "said so", "said", 1) + `,"type":"direct","typed":true}`), false},
		{"a mention of no text", KindSpeaker, whole(`{"answer":"accepted","mentions":[` + strings.Replace(place, "HASH", "x", 1) + `],"speaker":WHO,"typed":true}`), false},
		{"what a memo is on, of no text", KindMemo, whole(`{"on":{"at":` + strings.Replace(place, "HASH", "x", 1) + `},"text":"x"}`), false},
		// Speakers.
		{"a speaker without a name", KindScope, at(`"Ada B."`, `""`), false},
		{"a speaker of a blank", KindScope, at(`"Ada B."`, `" "`), false},
		{"a speaker whom nobody sees", KindScope, at(`"Ada B."`, `"\u200b"`), false},
		{"a speaker of a filler", KindScope, at(`"Ada B."`, `"\u3164"`), false},
		{"a speaker who turns the line", KindScope, at(`"Ada B."`, `"Ada \u202eB."`), false},
		{"a speaker of two paragraphs", KindScope, at(`"Ada B."`, `"Ada\u2029B."`), false},
		{"a speaker who isolates the line", KindScope, at(`"Ada B."`, `"Ada \u2067B."`), false},
		{"a speaker who acts on a terminal", KindScope, at(`"Ada B."`, `"Ada\u009b2J"`), false},
		{"a speaker of 200,000 letters", KindScope, at(`Ada B.`, long), false},
		{"a speaker of no kind", KindScope, at(`"named"`, `""`), false},
		{"a speaker whose kind is left out", KindScope, at(`"kind":"named",`, ``), false},
		{"a speaker of a kind that is none", KindScope, at(`"named"`, `"Named"`), false},
		{"a speaker of no gender", KindScope, at(`"woman"`, `""`), false},
		{"a speaker whose gender is null", KindScope, at(`"woman"`, `null`), false},
		{"a Persian speaker", KindScope, at(`Ada B.`, `می\u200cخ`), true},
		{"the second of two without a name", KindLink, whole(`{"a":WHO,"answer":"same","b":{"at":` + strings.Replace(place, `"p"`, `"q"`, 1) + `,"gender":"man","kind":"named","name":""}}`), false},
		{"who says it without a name", KindStatement, whole(`{"answer":"accepted","at":PLACE,"speaker":` + strings.Replace(who, "Ada B.", "", 1) + `,"type":"direct","typed":true}`), false},
		// Fields.
		{"a field in capitals", KindScope, at(`"answer"`, `"ANSWER"`), false},
		{"a field of a speaker in capitals", KindScope, at(`"name"`, `"Name"`), false},
		{"a field of a place in capitals", KindScope, at(`"page"`, `"PAGE"`), false},
		{"a field with a long s", KindScope, at(`"spans"`, `"\u017fpans"`), false},
		{"a field with a sign of Kelvin", KindScope, at(`"kind"`, `"\u212aind"`), false},
		{"a name twice", KindScope, at(`"name":"Ada B."`, `"name":"Ada B.","name":"Bob"`), false},
		{"a name twice in two ways", KindScope, at(`"name":"Ada B."`, `"name":"Ada B.","Name":"Bob"`), false},
		{"a name twice by an escape", KindScope, at(`"name":"Ada B."`, `"name":"Ada B.","n\u0061me":"Ada B."`), false},
		{"a page twice in a place", KindScope, at(`"page":"p"`, `"page":"p","page":"p"`), false},
		{"a criterion twice", KindScope, at(`"criteria":{}`, `"criteria":{"worked":"yes","worked":"no"}`), false},
		{"two criteria", KindScope, at(`"criteria":{}`, `"criteria":{"worked":"yes","Worked":"no"}`), true},
		{"a bar twice", KindLink, whole(`{"a":WHO,"answer":"same","b":{"at":` + strings.Replace(place, `"p"`, `"q"`, 1) + `,"gender":"man","kind":"named","name":"B"},"bars":[{"Field":"name","A":"x","B":"y","Bits":1,"Bits":900}]}`), false},
		{"a bar in small letters", KindLink, whole(`{"a":WHO,"answer":"same","b":{"at":` + strings.Replace(place, `"p"`, `"q"`, 1) + `,"gender":"man","kind":"named","name":"B"},"bars":[{"Field":"name","A":"x","B":"y","bits":1}]}`), false},
		{"bars", KindLink, whole(`{"a":WHO,"answer":"same","b":{"at":` + strings.Replace(place, `"p"`, `"q"`, 1) + `,"gender":"man","kind":"named","name":"B"},"bars":[{"Field":"name","A":"x","B":"y","Bits":1}]}`), true},
		{"a state twice", KindNote, `{"on":{},"text":"x","state":"open","state":"done"}`, false},
		// Words.
		{"a code that acts on a terminal", KindCode, whole(`{"answer":"yes","at":PLACE,"code":"a\u001b[2J","codebook":"","speaker":WHO}`), false},
		{"a code with a letter of no width", KindCode, whole(`{"answer":"yes","at":PLACE,"code":"dan\u200bger","codebook":"","speaker":WHO}`), false},
		{"a code with a blank before it", KindCode, whole(`{"answer":"yes","at":PLACE,"code":" danger","codebook":"","speaker":WHO}`), false},
		{"a codebook that is none", KindCode, whole(`{"answer":"yes","at":PLACE,"code":"danger","codebook":"mine","speaker":WHO}`), false},
		{"a code", KindCode, whole(`{"answer":"yes","at":PLACE,"code":"danger","codebook":"HASH","speaker":WHO}`), true},
		{"a criterion of two lines", KindCriterion, whole(`{"answer":"yes","criterion":"a\nb","speaker":WHO}`), false},
		{"a variable that turns the line", KindValue, whole(`{"speaker":WHO,"value":"x","variable":"a\u202eb"}`), false},
		{"a value that acts on a terminal", KindValue, whole(`{"speaker":WHO,"value":"x\u001b[2J","variable":"left"}`), false},
		{"a value of 200,000 letters", KindValue, whole(`{"speaker":WHO,"value":"` + long + `","variable":"left"}`), false},
		{"an outlet with two blanks", KindOwner, `{"outlet":"The  Post","owner":"x"}`, false},
		{"an owner of two lines", KindOwner, `{"outlet":"The Post","owner":"x\ny"}`, false},
		{"an owner", KindOwner, `{"outlet":"The Post","owner":"Smith & Sons"}`, true},
		{"a title of 200,000 letters", KindPage, `{"field":"title","page":"p","part":"","value":"` + long + `"}`, false},
		{"a page of 200,000 letters that is dated", KindDate, `{"page":"` + long + `","published":"2020"}`, false},
		{"a page that is drawn twice", KindSample, `{"pages":["p","p"]}`, false},
		{"a page without a name that is drawn", KindSample, `{"pages":["p",""]}`, false},
		{"a memo of nothing that is seen", KindMemo, `{"on":{},"text":"\u001b\u200b\u0007"}`, false},
		{"a memo of variation selectors", KindMemo, `{"on":{},"text":"\ufe0f\ufe0e"}`, false},
		{"a memo of blanks", KindMemo, `{"on":{},"text":" \u00a0\u3000\n"}`, false},
		{"a memo of 2 MiB", KindMemo, `{"on":{},"text":"` + strings.Repeat("a", 2<<20) + `"}`, false},
		{"a note of 2 MiB", KindNote, `{"on":{},"state":"open","text":"` + strings.Repeat("a", 2<<20) + `"}`, false},
		{"a memo of 200,000 letters", KindMemo, `{"on":{},"text":"` + long + `"}`, true},
		{"a memo on a code that nobody sees", KindMemo, `{"on":{"code":"a\u200b"},"text":"x"}`, false},
		{"a report by a word", KindPublish, `{"manifest":"mine"}`, false},
		{"a capture by a word", KindRemove, `{"id":"x","what":"capture"}`, false},
		{"a capture", KindRemove, `{"id":"` + hash[:32] + `","what":"capture"}`, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := Decision{Header{V: 1, Kind: tt.kind, Study: "s", Actor: "ana", Time: "2026-01-30T12:00:00Z", Program: "0.1.0", Base: []string{}, Replaces: []string{}},
				&Erasable{Salt: strings.Repeat("0f", 16), Body: []byte(tt.body)}}
			var err error
			if d.Commitment, err = d.Erasable.Commit(); err != nil {
				t.Fatal(err)
			}
			if d.ID, err = d.Sum(); err != nil {
				t.Fatal(err)
			}
			if err := d.CheckMeaning(); tt.ok != (err == nil) || err != nil && !errors.Is(err, ErrInvalid) {
				t.Errorf("CheckMeaning = %v; want it taken: %v", err, tt.ok)
			}
		})
	}
}

// A line of a file that another reader would read as another decision is refused.
func TestALineIsOneDecision(t *testing.T) {
	d, err := Seal(Draft{Kind: KindDate, Study: "s", Actor: "ana", Time: time.Unix(1, 0), Salt: strings.Repeat("0f", 16), Body: DateBody{Page: "p", Published: "2020"}})
	if err != nil {
		t.Fatal(err)
	}
	line, err := d.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		old, now string
		ok       bool
	}{
		{`{`, `{`, true}, {`"v":1`, `"v" : 1`, true},
		{`"actor":"ana"`, `"actor":"eve","actor":"ana"`, false}, {`"actor":"ana"`, `"Actor":"eve","actor":"ana"`, false}, {`"actor":"ana"`, `"ACTOR":"ana"`, false},
		{`"kind"`, `"\u212aind"`, false}, {`"base":[]`, `"base":[],"Base":[]`, false}, {`"time"`, `"Time"`, false}, {`"study":"s"`, `"study":"t","study":"s"`, false},
		{`"salt"`, `"SALT"`, false}, {`"reason":""`, `"reason":"eve","reason":""`, false}, {`"erasable":{`, `"erasable":null,"erasable":{`, false}, {`"body"`, `"Body"`, false}, {`"id"`, `"ID"`, false},
	} {
		changed := strings.Replace(string(line), tt.old, tt.now, 1)
		var x Decision
		if err := x.UnmarshalJSON([]byte(changed)); err != nil {
			t.Fatalf("%s: %v", tt.now, err)
		}
		if err := x.Check(); err != nil {
			t.Fatalf("%s: %v; want it to fit its hashes", tt.now, err)
		}
		if err := x.CheckLine([]byte(changed)); tt.ok != (err == nil) || err != nil && !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v; want it taken: %v", tt.now, err, tt.ok)
		}
	}
}

// Who gives a day and who gives the day with its time say the same.
func TestADayIsADay(t *testing.T) {
	for _, tt := range [][2]string{{"2014-05-14", "2014-05-14T23:00:00Z"}, {"2014-05-14T01:00:00Z", "2014-05-14T02:00:00+01:00"}} {
		if a, b := (DateBody{Published: tt[0]}).Says(), (DateBody{Published: tt[1]}).Says(); a != b {
			t.Errorf("%s says %q and %s says %q", tt[0], a, tt[1], b)
		}
	}
}
