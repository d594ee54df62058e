package casebook_test

import (
	"slices"
	"testing"

	"recount"
	"recount/internal/casebook"
)

// forms is a study of one page on which somebody counts, and the forms of words
// of one of her statements: says(3, 0) puts words that are three shorter in the
// place of those that were read.
type forms struct {
	*made
	ref, other recount.SpeakerRef
	whole      recount.Span
}

func newForms(t *testing.T) *forms {
	m := newStudy(t, 1, 2)
	m.save(m.seal("ada", file("adjudicators: judge")))
	return &forms{m, m.ref(0, 0, false), m.ref(0, 1, false), m.readings[m.articles[0].Key].Statements[0].Content[0]}
}

func (f *forms) cut(from, to int) recount.Anchor {
	return f.at(0, recount.Span{Start: f.whole.Start + from, End: f.whole.End - to})
}

func (f *forms) says(to int, instead ...int) recount.StatementBody {
	b := recount.StatementBody{Answer: recount.Accepted, At: f.cut(0, to), Type: recount.Indirect, Speaker: &f.ref}
	for _, n := range instead {
		b.Instead = append(b.Instead, f.cut(0, n))
	}
	return b
}

func (f *forms) rejects(to int) recount.StatementBody {
	return recount.StatementBody{Answer: recount.Rejected, At: f.cut(0, to), Type: recount.Indirect, Speaker: &f.ref}
}

func (f *forms) codes(to int, code string) recount.CodeBody {
	return recount.CodeBody{Code: code, At: f.cut(0, to), Speaker: f.ref, Answer: recount.Yes}
}

// half is a second statement that is typed in beside another form: two of one.
func (f *forms) half(instead int) recount.StatementBody {
	return recount.StatementBody{Answer: recount.Accepted, At: f.cut(f.whole.Len()-4, 0), Type: recount.Indirect, Speaker: &f.ref, Typed: true, Instead: []recount.Anchor{f.cut(0, instead)}}
}

func (f *forms) notHalf() recount.StatementBody {
	b := f.half(0)
	b.Answer, b.Instead = recount.Rejected, nil
	return b
}

func typedIn(b recount.StatementBody) recount.StatementBody {
	b.Typed = true
	return b
}

func by(b recount.StatementBody, who recount.SpeakerRef) recount.StatementBody {
	b.Speaker = &who
	return b
}

// An answer of a story; one without an answer takes back the last of who.
type told struct {
	who string
	a   recount.Answer
}

// tell saves a story after somebody counted, and returns the study that was open,
// one that is opened now, and one that got the decisions in the other order.
func (f *forms) tell(steps []told) []*casebook.Casebook {
	f.t.Helper()
	c := f.open()
	f.decides(c, "zoe", recount.ScopeBody{Speaker: f.ref, Answer: recount.Yes}, recount.ScopeBody{Speaker: f.other, Answer: recount.Yes})
	last := map[string]string{}
	for _, s := range steps {
		if s.a != nil {
			last[s.who] = f.decides(c, s.who, s.a)[0].ID
			continue
		}
		d := f.seal(s.who, recount.RetractBody{}, last[s.who])
		if err := c.Save(f.t.Context(), d); err != nil {
			f.t.Fatal(err)
		}
		last[s.who] = d.ID
	}
	all, err := f.store.Decisions(f.t.Context())
	if err != nil {
		f.t.Fatal(err)
	}
	slices.Reverse(all)
	m := newStudy(f.t, 1, 2)
	m.save(all...)
	out := []*casebook.Casebook{c, f.open(), m.open()}
	for i, what := range []string{"a study that is open", "a study that got the answers the other way round"} {
		same(f.t, what, dump(f.t, out[1]), dump(f.t, out[2*i]))
	}
	return out
}

// shows checks how many people have a code and a statement, and that a statement
// which is counted stands under each code that is.
func shows(t *testing.T, c *casebook.Casebook, pay, statements, two string) {
	t.Helper()
	for where, want := range map[string]string{`"pay" in codes`: pay, `statements > 0`: statements, `statements > 1`: two} {
		if got := counted(t, c, where); got != want {
			t.Errorf("%s: %s, want %s", where, got, want)
		}
	}
	for _, m := range c.Members() {
		for _, code := range m.Codes {
			if !slices.ContainsFunc(m.Statements, func(s recount.AcceptedStatement) bool { return slices.Equal(s.At, code.At) }) {
				t.Errorf("%s has the code %s of words under which no statement stands", m.Speaker.Name, code.Code)
			}
		}
	}
}

// A rejection of corrected words says that nobody made the statement whose form
// they are, however it is said.
func TestRejectedForm(t *testing.T) {
	f := newForms(t)
	first, none := told{"ada", f.codes(0, "pay")}, "0 of 0"
	for _, tt := range []struct {
		name                 string
		steps                []told
		pay, statements, two string
	}{
		{"corrected and rejected", []told{first, {"ada", f.says(3, 0)}, {"ada", f.rejects(3)}}, none, none, none},
		{"accepted before", []told{{"ada", f.says(0)}, first, {"ada", f.says(3, 0)}, {"ada", f.rejects(3)}}, none, none, none},
		{"coded after the correction, by the old words", []told{{"ada", f.says(3, 0)}, first, {"ada", f.rejects(3)}}, none, none, none},
		{"another corrected and rejects", []told{first, {"bob", f.says(3, 0)}, {"bob", f.rejects(3)}}, none, none, none},
		{"an adjudicator rejects", []told{first, {"bob", f.says(3, 0)}, {"judge", f.rejects(3)}}, none, none, none},
		{"an adjudicator rejects what two accept", []told{first, {"ada", f.says(0)}, {"bob", f.says(3, 0)}, {"judge", f.rejects(3)}}, none, none, none},
		{"typed in instead and rejected", []told{first, {"ada", typedIn(f.says(3, 0))}, {"ada", typedIn(f.rejects(3))}}, none, none, none},
		{"the third form", []told{first, {"ada", f.says(3, 0)}, {"ada", f.says(5, 3)}, {"ada", f.rejects(5)}}, none, none, none},
		{"a chain of two people", []told{first, {"ada", f.says(3, 0)}, {"bob", f.says(5, 3)}, {"ada", f.rejects(3)}, {"bob", f.rejects(5)}}, none, none, none},
		{"a chain of two people, by an adjudicator", []told{first, {"ada", f.says(3, 0)}, {"bob", f.says(5, 3)}, {"judge", f.rejects(5)}}, none, none, none},
		{"corrected and back, then rejected", []told{first, {"ada", f.says(3, 0)}, {"ada", f.says(0, 3)}, {"ada", f.rejects(0)}}, none, none, none},
		{"rejected twice", []told{first, {"ada", f.says(3, 0)}, {"ada", f.rejects(3)}, {"ada", f.rejects(3)}}, none, none, none},
		{"the rejection taken back", []told{first, {"ada", f.says(3, 0)}, {"ada", f.rejects(3)}, {"ada", nil}}, "1 of 1", "1 of 1", none},
		{"and given again", []told{first, {"ada", f.says(3, 0)}, {"ada", f.rejects(3)}, {"ada", nil}, {"ada", nil}}, none, none, none},
		{"what was read was right after all", []told{first, {"ada", f.says(3, 0)}, {"ada", f.rejects(3)}, {"ada", f.says(0)}}, "1 of 1", "1 of 1", none},
		{"the form was right after all", []told{first, {"ada", f.says(3, 0)}, {"ada", f.rejects(3)}, {"ada", f.says(3)}}, "1 of 1", "1 of 1", none},
		{"other words were right", []told{first, {"ada", f.says(3, 0)}, {"ada", f.rejects(3)}, {"ada", f.says(5, 0)}}, "1 of 1", "1 of 1", none},
		{"another rejects it", []told{first, {"ada", f.says(3, 0)}, {"bob", f.rejects(3)}}, "0 of 0 to 1, statement", "0 of 0 to 1, statement", none},
		{"another accepted what was read", []told{first, {"bob", f.says(0)}, {"ada", f.says(3, 0)}, {"ada", f.rejects(3)}}, "0 of 0 to 1, statement", "0 of 0 to 1, statement", none},
		{"two of one, and one is none", []told{first, {"ada", f.says(8, 0)}, {"ada", f.half(0)}, {"ada", f.notHalf()}}, "1 of 1", "1 of 1", none},
		{"two of one, and both are none", []told{first, {"ada", f.says(8, 0)}, {"ada", f.half(0)}, {"ada", f.notHalf()}, {"ada", f.rejects(8)}}, none, none, none},
		{"two who code it for different speakers", []told{first, {"bob", recount.CodeBody{Code: "pay", At: f.cut(0, 0), Speaker: f.other, Answer: recount.Yes}}, {"ada", f.says(3, 0)}, {"ada", f.rejects(3)}}, none, none, none},
		{"what was read is rejected, and coded for different speakers", []told{first, {"bob", recount.CodeBody{Code: "pay", At: f.cut(0, 0), Speaker: f.other, Answer: recount.Yes}}, {"ada", f.rejects(0)}}, none, none, none},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, c := range newForms(t).tell(tt.steps) {
				shows(t, c, tt.pay, tt.statements, tt.two)
			}
		})
	}
}

// Of people who differ on the words of a statement each says that it was made:
// what is open is in which words. A statement stands under what is counted, and
// where a count turns on the words it has a range.
func TestWordsOnWhichPeopleDiffer(t *testing.T) {
	f := newForms(t)
	first, none, one := told{"ada", f.codes(0, "pay")}, "0 of 0", "1 of 1"
	kept := told{"ada", f.says(0)}
	for _, tt := range []struct {
		name                 string
		steps                []told
		pay, statements, two string
	}{
		{"one codes it, another corrects it", []told{kept, first, {"bob", f.says(3, 0)}}, one, one, none},
		{"the other way round", []told{{"bob", f.says(3, 0)}, kept, first}, one, one, none},
		{"two correct it, a third coded it", []told{{"cy", f.codes(0, "pay")}, {"ada", f.says(3, 0)}, {"bob", f.says(5, 0)}}, one, one, none},
		{"each codes his own form", []told{{"ada", f.says(3, 0)}, {"ada", f.codes(3, "pay")}, {"bob", f.says(5, 0)}, {"bob", f.codes(5, "pay")}}, one, one, none},
		{"the second codes his form", []told{{"ada", f.says(3, 0)}, {"bob", f.says(5, 0)}, {"bob", f.codes(5, "pay")}}, one, one, none},
		{"a chain", []told{kept, first, {"bob", f.says(3, 0)}, {"cy", f.says(5, 3)}}, one, one, none},
		{"they name different speakers", []told{kept, first, {"bob", by(f.says(3, 0), f.other)}}, one, one, none},
		{"one makes two of it", []told{kept, first, {"bob", f.says(8, 0)}, {"bob", f.half(0)}}, one, one, "0 of 0 to 1, words"},
		{"two of one is older", []told{{"bob", f.says(8, 0)}, {"bob", f.half(0)}, kept, first}, one, one, "1 of 0 to 1, words"},
		{"a third rejects what was read", []told{kept, first, {"bob", f.says(3, 0)}, {"cy", f.rejects(0)}}, "0 of 0 to 1, statement", "0 of 0 to 1, statement", none},
		{"a third rejects the form", []told{kept, first, {"bob", f.says(3, 0)}, {"cy", f.rejects(3)}}, "0 of 0 to 1, statement", "0 of 0 to 1, statement", none},
		{"one rejects what another corrects", []told{first, {"bob", f.says(3, 0)}, {"cy", f.rejects(0)}}, "0 of 0 to 1, statement", "0 of 0 to 1, statement", none},
		{"one rejects what another coded", []told{kept, first, {"bob", f.rejects(0)}}, "0 of 0 to 1, statement", "0 of 0 to 1, statement", none},
		{"who keeps the words rejects the others", []told{kept, first, {"bob", f.says(3, 0)}, {"ada", f.rejects(3)}}, one, one, none},
		{"an adjudicator says which", []told{kept, first, {"bob", f.says(3, 0)}, {"judge", f.says(3)}}, one, one, none},
		{"an adjudicator keeps what was read", []told{kept, first, {"bob", f.says(3, 0)}, {"judge", f.says(0)}}, one, one, none},
		{"an adjudicator rejects it", []told{kept, first, {"bob", f.says(3, 0)}, {"judge", f.rejects(0)}}, none, none, none},
		{"one comes round", []told{kept, first, {"bob", f.says(3, 0)}, {"ada", f.says(3)}}, one, one, none},
		{"one takes it back", []told{kept, first, {"bob", f.says(3, 0)}, {"bob", nil}}, one, one, none},
		{"they differ on the code too", []told{kept, first, {"bob", f.says(3, 0)}, {"bob", recount.CodeBody{Code: "pay", At: f.cut(0, 3), Speaker: f.ref, Answer: recount.No}}}, "0 of 0 to 1, code", one, none},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, c := range newForms(t).tell(tt.steps) {
				shows(t, c, tt.pay, tt.statements, tt.two)
			}
		})
	}
}

// The words that people differ on are found by their key, so that somebody can
// answer about each of them.
func TestWordsInDisputeAreFound(t *testing.T) {
	f := newForms(t)
	for _, steps := range [][]told{
		{{"ada", f.says(0)}, {"bob", f.says(3, 0)}},
		{{"bob", f.says(3, 0)}, {"ada", f.says(0)}},
		{{"ada", f.says(5, 0)}, {"bob", f.says(3, 0)}},
		{{"bob", f.says(3, 0)}, {"ada", f.rejects(3)}},
		{{"bob", f.says(3, 0)}, {"ada", f.rejects(0)}},
	} {
		for _, c := range newForms(t).tell(steps) {
			key := recount.StatementKey(f.articles[0].Key, recount.Quotation{Content: []recount.Span{{Start: f.whole.Start, End: f.whole.End - 3}}})
			v, u, err := c.FindStatement(t.Context(), string(key))
			if err != nil || v.Name != f.ref.Name || u.State != "" {
				t.Errorf("%v: found %v, %v, %v", steps, v, u, err)
			}
		}
	}
}
