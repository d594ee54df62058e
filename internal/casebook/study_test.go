package casebook_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"recount"
	"recount/internal/casebook"
	"recount/internal/count"
	"recount/internal/store"
)

// A made study is a generated study in a real store.
type made struct {
	t        testing.TB
	store    *store.Store
	articles []*recount.Article
	readings map[recount.Key]*recount.Reading
	salt     int
	oneCode  bool // a statement has one code only
	opened   int  // how often opensSame looked
}

var began = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

var names = []string{"Ana Berg", "Bo Dahl", "Cyra Eng", "Dag Falk", "Eva Grip", "Finn Holt"}

// text is an article in which the first n of names speak, each twice, the
// second time by surname only.
func text(n int, extra string) string {
	var b strings.Builder
	b.WriteString(extra)
	for _, name := range names[:n] {
		_, surname, _ := strings.Cut(name, " ")
		fmt.Fprintf(&b, "%s said the gate was shut at noon. Later %s said nobody had a key.\n", name, surname)
	}
	return b.String()
}

// read is what the program reads out of such an article. With heads the
// surname alone is the fullest mention, as another reader might have it.
func read(a *recount.Article, n int, byHead bool) *recount.Reading {
	r := &recount.Reading{Article: a.Key, Reader: fmt.Sprint("test ", byHead)}
	for i, name := range names[:n] {
		_, surname, _ := strings.Cut(name, " ")
		first := span(a, name, 0)
		head := recount.Span{Start: first.End - len(surname), End: first.End}
		second := span(a, surname, first.End)
		sp := recount.Speaker{Article: a.Key, ID: fmt.Sprint("s", i+1), Name: name, Kind: recount.Named, Gender: recount.UnknownGender, Mention: first, Mentions: []recount.Span{first, second}}
		if byHead {
			sp.Mention, sp.Mentions = head, []recount.Span{head, second}
		}
		r.Speakers = append(r.Speakers, sp)
		for k, words := range []string{"the gate was shut at noon", "nobody had a key"} {
			q := recount.Quotation{Type: recount.Indirect, Content: []recount.Span{span(a, words, first.End)}, Speech: k == 0 || i != 1}
			r.Statements = append(r.Statements, recount.Statement{Key: recount.StatementKey(a.Key, q), Article: a.Key, Quotation: q, Speaker: sp.ID, Confidence: 900})
		}
	}
	for _, line := range strings.SplitAfter(a.Text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			role := recount.Body
			if strings.HasPrefix(line, "Elsewhere") {
				role = recount.OffTopic
			}
			r.Sentences = append(r.Sentences, recount.Sentence{Span: span(a, line, 0), Role: role})
		}
	}
	return r
}

func span(a *recount.Article, words string, from int) recount.Span {
	i := strings.Index(a.Text[from:], words)
	if i < 0 {
		panic("no " + words)
	}
	return recount.Span{Start: from + i, End: from + i + len(words)}
}

func newStudy(t testing.TB, pages, speakers int) *made {
	t.Helper()
	s, err := store.Open(context.Background(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	m := &made{t: t, store: s, readings: map[recount.Key]*recount.Reading{}}
	for i := range pages {
		m.add(i, speakers, "")
	}
	m.derive(false)
	return m
}

// add puts an article into the study: page i, as it was captured on day i.
func (m *made) add(i, speakers int, extra string) *recount.Article {
	name := fmt.Sprintf("p%03d.html", i)
	body := text(speakers, extra)
	c := recount.Capture{Key: recount.CaptureKey(recount.HashText(body), name), Hash: recount.HashText(body), Name: name, Captured: began.AddDate(0, 0, len(m.articles)), Channel: "file"}
	a := &recount.Article{Key: recount.ArticleKey(c.Key, ""), Capture: c.Key, Name: name, Extractor: "x/1", Outlet: fmt.Sprint("Outlet ", i%7),
		Published: fmt.Sprintf("2014-%02d-%02d", 1+i%12, 1+i%28), Precision: recount.ToDay, Text: body, Language: "en"}
	if i%5 == 3 {
		a.DateFlag, a.Dates = "origins disagree", []recount.Candidate{{Field: "published", Value: a.Published}, {Field: "published", Value: "2015-01-01"}}
	}
	ctx := context.Background()
	if err := m.store.PutCaptures(ctx, []recount.Capture{c}); err != nil {
		m.t.Fatal(err)
	}
	if err := m.store.PutArticles(ctx, []recount.Article{*a}); err != nil {
		m.t.Fatal(err)
	}
	m.articles = append(m.articles, a)
	m.readings[a.Key] = read(a, speakers, false)
	return a
}

// derive keeps readings, originals and suggestions. Every fourth page is a
// reprint of the one before it.
func (m *made) derive(byHead bool) {
	ctx := context.Background()
	var rs []recount.Reading
	for _, a := range m.articles {
		if byHead {
			m.readings[a.Key] = read(a, len(m.readings[a.Key].Speakers), true)
		}
		rs = append(rs, *m.readings[a.Key])
	}
	if err := m.store.PutReadings(ctx, rs); err != nil {
		m.t.Fatal(err)
	}
	var relations []recount.Relation
	var originals []recount.Original
	byPage := map[string]*recount.Article{}
	for _, a := range m.articles {
		byPage[a.Name] = a // the newest version
	}
	var pages []string
	for p := range byPage {
		pages = append(pages, p)
	}
	slices.Sort(pages)
	for i, p := range pages {
		a := byPage[p]
		if i%4 == 3 {
			b := byPage[pages[i-1]]
			relations = append(relations, recount.Relation{A: min(a.Key, b.Key), B: max(a.Key, b.Key), Kind: recount.Copy, CoverageA: 1000, CoverageB: 1000, First: b.Key})
			o := &originals[len(originals)-1]
			o.Members = append(o.Members, a.Key)
			slices.Sort(o.Members)
			o.Key = o.Members[0]
			continue
		}
		originals = append(originals, recount.Original{Key: a.Key, Members: []recount.Key{a.Key}, First: a.Key})
	}
	if err := m.store.ReplaceRelations(ctx, relations, originals); err != nil {
		m.t.Fatal(err)
	}
	var suggestions []recount.Suggestion
	for i := 1; i < len(pages); i++ {
		x, y := m.readings[byPage[pages[i-1]].Key], m.readings[byPage[pages[i]].Key]
		k := i % len(x.Speakers)
		if k < len(y.Speakers) {
			a, b := x.Speakers[k].Key(), y.Speakers[k].Key()
			suggestions = append(suggestions, recount.Suggestion{A: min(a, b), B: max(a, b), Weight: 100 * i, Probability: recount.Milli(400 + 150*(i%4))})
		}
	}
	if err := m.store.ReplaceSuggestions(ctx, suggestions); err != nil {
		m.t.Fatal(err)
	}
}

func adjudicators(content string) []string {
	_, list, _ := strings.Cut(content, "adjudicators: ")
	return strings.Fields(list)
}

var settings = casebook.Settings{Study: "s", Link: 500, Criteria: []string{"left", "speaks"}, Names: []string{"country"},
	Variables: map[string][]string{"country": nil}, Codes: []string{"fear", "fear.night", "pay"}, Adjudicators: adjudicators}

func (m *made) settings() casebook.Settings {
	s := settings
	s.OneCode = m.oneCode
	return s
}

func (m *made) open() *casebook.Casebook {
	m.t.Helper()
	c, err := casebook.Open(context.Background(), m.store, m.settings())
	if err != nil {
		m.t.Fatal(err)
	}
	return c
}

// ref names speaker k of page i as the reader of that time had it.
func (m *made) ref(i, k int, byHead bool) recount.SpeakerRef {
	a := m.articles[i]
	r := read(a, len(m.readings[a.Key].Speakers), byHead)
	sp := r.Speakers[k]
	return recount.SpeakerRef{At: m.at(i, sp.Mention), Name: sp.Name, Kind: sp.Kind, Gender: sp.Gender}
}

func (m *made) at(i int, spans ...recount.Span) recount.Anchor {
	a := m.articles[i]
	return recount.AnchorAt(a, recount.NewCodePoints(a.Text), spans...)
}

// seal makes a decision of an answer.
func (m *made) seal(actor string, a recount.Answer, replaces ...string) recount.Decision {
	m.t.Helper()
	m.salt++
	d, err := recount.Seal(recount.Draft{Kind: a.Kind(), Study: "s", Actor: actor, Time: began.Add(time.Duration(m.salt) * time.Minute), Salt: fmt.Sprint("salt", m.salt),
		Replaces: replaces, Reason: "because", Body: a})
	if err != nil {
		m.t.Fatal(err)
	}
	return d
}

func (m *made) save(ds ...recount.Decision) {
	m.t.Helper()
	if _, err := m.store.PutDecisions(context.Background(), ds); err != nil {
		m.t.Fatal(err)
	}
}

// dump writes everything that a casebook says.
func dump(t testing.TB, c *casebook.Casebook) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(dumpView(t, c.View))
	enc := json.NewEncoder(&b)
	put := func(what string, v any) {
		b.WriteString(what + " ")
		if err := enc.Encode(v); err != nil {
			t.Fatal(err)
		}
	}
	for _, g := range c.Groups() {
		put("group", []any{g.Key, g.Members, g.Links})
	}
	for _, q := range []count.Query{{Name: "people"}, {Name: "women", Where: `gender == "woman"`, Share: true}, {Name: "by", By: "country"}} {
		p := &count.Problem{Variables: []string{"country"}}
		tally, err := c.Tally(q.Name, p, q)
		if err != nil {
			t.Fatal(err)
		}
		kept, err := tally.Result()
		if err != nil {
			t.Fatal(err)
		}
		p.Members, p.Links = c.Members(), c.Links()
		fresh, err := p.Result(q)
		if err != nil {
			t.Fatal(err)
		}
		put("result", fresh)
		if d := cmp.Diff(fresh, kept); d != "" {
			t.Fatalf("a count that was kept up to date differs (-fresh +kept):\n%.800s", d)
		}
	}
	put("hash", c.Hash())
	return b.String()
}

// dumpView writes everything that a view says.
func dumpView(t testing.TB, c *casebook.View) string {
	t.Helper()
	var b strings.Builder
	enc := json.NewEncoder(&b)
	put := func(what string, v any) {
		b.WriteString(what + " ")
		if err := enc.Encode(v); err != nil {
			t.Error(err)
		}
	}
	for _, x := range c.Members() {
		put("member", x)
	}
	for _, x := range c.Links() {
		put("link", x)
	}
	for _, x := range c.Statements() {
		who := ""
		if x.Speaker != nil {
			who = string(x.Speaker.Key)
		}
		put("statement", []any{x.AcceptedStatement, x.Mode, who})
	}
	for v, err := range c.Voices(context.Background(), casebook.Filter{}) {
		if err != nil {
			t.Error(err)
			break
		}
		put("voice", []any{v.ID, v.Name, v.Kind, v.Gender, v.Scope, v.Criteria, v.Utterances})
	}
	put("outlets", c.Outlets())
	pairs, err := c.Pairs(context.Background(), true)
	if err != nil {
		t.Error(err)
	}
	for _, x := range pairs {
		put("pair", []any{x.Suggestion, x.A.ID, x.B.ID, x.Answer, x.Implied, x.Within})
	}
	for _, x := range c.Findings() {
		put("finding", x)
	}
	for _, x := range c.Pages() {
		put("page", []any{x.Article, x.Screened, x.Original, x.First})
	}
	put("coded", c.Coded())
	n, by := c.Undecided()
	put("undecided", []any{n, by})
	put("rules", c.Rules())
	return b.String()
}

// random makes n decisions of every kind about the study, by several people,
// with changed minds, retractions of retractions and disagreements.
func (m *made) random(rnd *rand.Rand, n int) []recount.Decision {
	actors := []string{"ada", "ben", "cy", "judge"}
	out := []recount.Decision{
		m.seal("init", recount.RuleBody{Rule: recount.FoldReprints, On: true, Standing: true, Params: map[string]string{}, Covered: []string{}}),
		m.seal("init", recount.RuleBody{Rule: recount.SetAside, On: true, Standing: true, Params: map[string]string{}, Covered: []string{}}),
		m.seal("ada", file("adjudicators: judge")),
	}
	out = append(out, m.differing(len(m.articles)-1)...)
	pick := func(s ...string) string { return s[rnd.IntN(len(s))] }
	for len(out) < n {
		actor := pick(actors...)
		i := rnd.IntN(len(m.articles))
		page := m.articles[i].Name
		r := m.readings[m.articles[i].Key]
		k := rnd.IntN(len(r.Speakers))
		ref := m.ref(i, k, rnd.IntN(4) == 0)
		ref.Apart = m.salt%5 == 0 // of somebody who was set apart there, or once was
		st := r.Statements[2*k+rnd.IntN(2)]
		content := m.at(i, st.Content...)
		j := rnd.IntN(len(m.articles))
		var a recount.Answer
		other := m.ref(i, rnd.IntN(len(r.Speakers)), false) // who may be meant instead
		switch rnd.IntN(32) {
		case 0, 1, 2:
			a = recount.ScopeBody{Speaker: ref, Answer: recount.YesNo(pick("yes", "yes", "yes", "no", "unclear")), Criteria: map[string]string{}}
		case 3:
			a = recount.CriterionBody{Speaker: ref, Criterion: pick("left", "speaks"), Answer: recount.YesNo(pick("yes", "no", "unclear"))}
		case 4, 5:
			a = recount.LinkBody{A: ref, B: m.ref(j, rnd.IntN(len(m.readings[m.articles[j].Key].Speakers)), false), Answer: recount.Sameness(pick("same", "same", "different", "unsure"))}
		case 6, 7:
			a = recount.StatementBody{Answer: recount.Acceptance(pick("accepted", "accepted", "rejected")), At: content, Type: recount.Indirect, Speaker: &ref, Typed: rnd.IntN(2) == 0, Mode: recount.Mode(pick("", "", "speech", "thought"))}
		case 22: // somebody else says it
			a = recount.StatementBody{Answer: recount.Accepted, At: content, Type: recount.Indirect, Speaker: &other}
		case 23: // a few statements, on which many have a word
			j := i % 3
			at, who := m.at(j, m.readings[m.articles[j].Key].Statements[0].Content...), m.ref(j, rnd.IntN(2), false)
			a = recount.StatementBody{Answer: recount.Acceptance(pick("accepted", "accepted", "accepted", "rejected")), At: at, Type: recount.Indirect, Speaker: &who, Mode: recount.Mode(pick("speech", "thought"))}
		case 24:
			j := i % 3
			who := m.ref(j, 0, false)
			a = recount.CodeBody{Code: pick("fear", "fear.night", "pay"), At: m.at(j, m.readings[m.articles[j].Key].Statements[0].Content...), Speaker: who, Answer: recount.YesNo(pick("yes", "yes", "no"))}
		case 25: // one sentence states a value of one or of another
			j := i % 3
			at := m.at(j, m.readings[m.articles[j].Key].Statements[0].Content...)
			a = recount.ValueBody{Speaker: m.ref(j, rnd.IntN(2), false), Variable: "country", Value: pick("Orlund", "Sudrecia"), Evidence: &at}
		case 26:
			a = recount.TierBody{Speaker: ref, Tier: recount.Tiers[rnd.IntN(len(recount.Tiers))]}
			if rnd.IntN(2) == 0 {
				a = recount.SpokenBody{Speaker: ref, Circumstance: recount.Circumstances[rnd.IntN(len(recount.Circumstances))], Answer: recount.YesNo(pick("yes", "no")), Evidence: &content}
			}
		case 31:
			if a = (recount.DrawBody{A: ref, B: m.ref(j, rnd.IntN(len(m.readings[m.articles[j].Key].Speakers)), false)}); a.Check() != nil {
				continue // a person beside herself
			}
		case 28, 29:
			a = recount.ScopeBody{Speaker: m.ref(i%3, rnd.IntN(2), false), Answer: recount.Yes, Criteria: map[string]string{}}
		case 30:
			who := m.ref(i%3, rnd.IntN(2), false)
			who.Gender = recount.Gender(pick("woman", "man"))
			a = recount.SpeakerBody{Answer: recount.Accepted, Speaker: who}
		case 27:
			a = recount.OwnerBody{Outlet: fmt.Sprint("Outlet ", i%7), Owner: pick("A", "B", "")}
		case 8:
			part := st.Content[0]
			if part.End -= 3; rnd.IntN(2) == 0 {
				part.End -= 5
			}
			a = recount.StatementBody{Answer: recount.Accepted, At: m.at(i, part), Type: recount.Indirect, Speaker: &ref, Instead: []recount.Anchor{content}, Mode: recount.Mode(pick("", "speech", "thought"))}
		case 9, 10:
			a = recount.CodeBody{Code: pick("fear", "fear.night", "pay"), At: content, Speaker: ref, Answer: recount.YesNo(pick("yes", "yes", "no"))}
		case 11:
			a = recount.PassageBody{Code: pick("fear", "pay"), At: content, Speaker: &ref, Answer: recount.Yes}
		case 12:
			b := recount.ValueBody{Speaker: ref, Variable: "country", Value: pick("Orlund", "Sudrecia")}
			if rnd.IntN(2) == 0 {
				b.Evidence = &content
				if rnd.IntN(2) == 0 { // another page states it
					other := m.at(j, m.readings[m.articles[j].Key].Statements[0].Content...)
					b.Evidence = &other
				}
			}
			a = b
		case 13:
			a = recount.DateBody{Page: page, Published: pick("2014-02", "2014-05-14", "2015")}
		case 14:
			if page == m.articles[j].Name { // perhaps of another version
				continue
			}
			a = recount.RelationBody{Page: page, Of: m.articles[j].Name, Answer: recount.YesNo(pick("yes", "no"))}
		case 15:
			a = recount.RoleBody{At: m.at(i, r.Sentences[rnd.IntN(len(r.Sentences))].Span), Role: recount.Role(pick("body", "off_topic"))}
		case 16:
			a = recount.PageBody{Page: page, Field: recount.PageField(pick("title", "outlet", "byline", "language")), Value: pick("A", "B")}
		case 17:
			a = recount.ScreenBody{Page: page, Answer: recount.YesNo(pick("yes", "no", "unclear"))}
		case 18:
			b := recount.SpeakerBody{Answer: recount.Acceptance(pick("accepted", "accepted", "rejected")), Speaker: ref, Apart: rnd.IntN(4) == 0, Typed: rnd.IntN(2) == 0}
			b.Speaker.Gender = recount.Gender(pick("woman", "man"))
			if rnd.IntN(2) == 0 {
				b.Mentions = []recount.Anchor{m.at(i, r.Speakers[rnd.IntN(len(r.Speakers))].Mentions[1])}
				if m.salt%3 == 0 {
					b.ApartMentions = []int{0}
				}
			}
			a = b
		case 19:
			a = recount.RuleBody{Rule: recount.RuleName(pick(recount.FoldReprints, recount.SetAside)), On: rnd.IntN(2) == 0, Standing: true, Params: map[string]string{}, Covered: []string{}}
		case 20:
			a = recount.CodebookBody{Op: recount.CodebookOp(pick("move", "merge")), Code: pick("fear", "pay"), To: []string{pick("fear.night", "x")}}
		case 21:
			// A retraction, perhaps of a retraction.
			d := out[rnd.IntN(len(out))]
			if d.Kind == recount.KindFile {
				continue
			}
			retract, err := recount.Seal(recount.Draft{Kind: recount.KindRetract, Study: "s", Actor: d.Actor, Time: began.Add(time.Duration(m.salt) * time.Minute),
				Salt: fmt.Sprint("retract", m.salt), Base: []string{d.ID}, Replaces: []string{d.ID}, Body: recount.RetractBody{}})
			if err != nil {
				m.t.Fatal(err)
			}
			m.salt++
			out = append(out, retract)
			continue
		}
		if b, ok := a.(recount.LinkBody); ok && reflect.DeepEqual(b.A.At, b.B.At) {
			continue // nobody asks whether a speaker is himself
		}
		if err := a.Check(); err != nil {
			m.t.Fatal(err)
		}
		var replaces []string
		if rnd.IntN(4) == 0 { // a changed mind, of this person or another
			replaces = []string{out[rnd.IntN(len(out))].ID}
		}
		out = append(out, m.seal(actor, a, replaces...))
	}
	return out
}

// differing is what two people say of the speakers of two pages, on which they
// differ in every way, as they seldom do by chance.
func (m *made) differing(i int) (out []recount.Decision) {
	who, other := m.ref(i, 0, false), m.ref(i, 1, false)
	r := m.readings[m.articles[i].Key]
	first, second := m.at(i, r.Statements[0].Content...), m.at(i, r.Statements[2].Content...)
	for k, actor := range []string{"ada", "ben"} {
		who.Gender = []recount.Gender{recount.Woman, recount.Man}[k]
		for _, a := range []recount.Answer{
			recount.ScopeBody{Speaker: who, Answer: recount.Yes, Criteria: map[string]string{}},
			recount.ScopeBody{Speaker: other, Answer: recount.Yes, Criteria: map[string]string{}},
			recount.SpeakerBody{Speaker: who, Answer: recount.Accepted},
			recount.CodeBody{Code: []string{"fear", "pay"}[k], At: first, Speaker: who, Answer: recount.Yes},
			recount.CodeBody{Code: "pay", At: second, Speaker: other, Answer: []recount.YesNo{recount.Yes, recount.No}[k]},
			recount.ValueBody{Speaker: who, Variable: "country", Value: []string{"Orlund", "Sudrecia"}[k]},
		} {
			out = append(out, m.seal(actor, a))
		}
	}
	i -= 2 // another page that is no reprint
	r = m.readings[m.articles[i].Key]
	at := func(n int) recount.Anchor { return m.at(i, r.Statements[n].Content...) }
	part := r.Statements[2].Content[0]
	part.End -= 3
	for k, actor := range []string{"ada", "ben"} {
		for n := range r.Speakers {
			out = append(out, m.seal(actor, recount.ScopeBody{Speaker: m.ref(i, n, false), Answer: recount.Yes, Criteria: map[string]string{}}))
		}
		evidence, who := at(0), m.ref(i, k, false)
		of := func(n int) *recount.SpeakerRef { x := m.ref(i, n, false); return &x }
		words := recount.StatementBody{Answer: recount.Accepted, At: at(2), Type: recount.Indirect, Speaker: of(1)}
		if k == 1 {
			words.At, words.Instead = m.at(i, part), []recount.Anchor{at(2)}
		}
		for _, a := range []recount.Answer{
			recount.ValueBody{Speaker: who, Variable: "country", Value: "Varn", Evidence: &evidence},
			recount.PageBody{Page: m.articles[i].Name, Field: recount.OutletField, Value: []string{"A", "B"}[k]},
			recount.StatementBody{Answer: recount.Accepted, At: at(1), Type: recount.Indirect, Speaker: &who},
			words,
			recount.StatementBody{Answer: recount.Accepted, At: at(4), Type: recount.Indirect, Speaker: of(2), Mode: []recount.Mode{recount.Speech, recount.Thought}[k]},
			recount.StatementBody{Answer: []recount.Acceptance{recount.Accepted, recount.Rejected}[k], At: at(6), Type: recount.Indirect, Speaker: of(3)},
		} {
			out = append(out, m.seal(actor, a))
		}
	}
	return out
}

func file(content string) recount.FileBody {
	return recount.FileBody{Name: "study.yaml", Hash: recount.HashText(content), Content: content}
}

// sealed is seal of a draft.
func (m *made) sealed(d recount.Draft) (recount.Decision, error) {
	m.salt++
	d.Study, d.Time, d.Salt = "s", began.Add(time.Duration(m.salt)*time.Minute), fmt.Sprint("salt", m.salt)
	return recount.Seal(d)
}
