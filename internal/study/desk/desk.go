// Package desk is where one person decides over a loaded study.
package desk

import (
	"cmp"
	"fmt"
	"recount/internal/study/config"
	"recount/internal/study/state"
	"slices"
	"strings"

	"recount"
)

// A Desk collects the decisions of one person, to be saved together. An answer
// to a question that the same person answered before replaces that answer.
type Desk struct {
	Round   string
	st      *state.State
	seal    func(recount.Draft) (recount.Decision, error)
	actor   string
	byItem  map[string]*recount.Item
	pending []recount.Decision
	taken   map[string]string // item -> id of the pending answer
}

// New lays a study on the desk of actor. seal fills in what a draft lacks
// (study, time, salt) and seals it.
func New(st *state.State, actor string, seal func(recount.Draft) (recount.Decision, error)) *Desk {
	d := &Desk{st: st, actor: actor, seal: seal, byItem: map[string]*recount.Item{}, taken: map[string]string{}}
	for _, it := range st.Items {
		d.byItem[itemName(it.Kind, it.Place, it.Subject)] = it
	}
	return d
}

func itemName(kind recount.Kind, place, subject string) string {
	return string(kind) + "\x02" + place + "\x02" + subject
}

// Articles returns the counting version of every page, by key.
func (d *Desk) Articles() []*recount.Article { return d.st.Articles }

// Reading returns what was read out of an article, or nil.
func (d *Desk) Reading(article recount.Key) *recount.Reading { return d.st.Readings[article] }

// Suggestions returns the scored pairs of speakers, heaviest first.
func (d *Desk) Suggestions() []recount.Suggestion { return d.st.Suggestions }

// Originals returns the groups of reprints.
func (d *Desk) Originals() []recount.Original { return d.st.Originals }

// Role decides what a passage is for: off_topic sets it aside, body brings it
// back.
func (d *Desk) Role(at recount.Anchor, role recount.Role, reason string) error {
	if err := oneOf("what the passage is", string(role), string(recount.Body), string(recount.OffTopic)); err != nil {
		return err
	}
	return d.decide(recount.KindRole, "", reason, &recount.RoleBody{At: at, Role: role}, &at)
}

// Rule switches a rule on or off, for what is there and what comes later.
func (d *Desk) Rule(name string, on bool, reason string) error {
	if err := oneOf("which rule", name, state.FoldReprints, state.SetAside); err != nil {
		return err
	}
	return d.decide(recount.KindRule, name, reason, &recount.RuleBody{Rule: name, On: on, Standing: true, Params: map[string]string{}, Covered: []string{}})
}

// Rules lists the rules that are on.
func (d *Desk) Rules() []string { return d.st.Rules }

// Figure decides that a reported figure holds, of those that state the same
// quantity. words are the figure as the article prints it.
func (d *Desk) Figure(a *recount.Article, words, reason string) error {
	var known []string
	for _, f := range d.st.Figures[a.Key] {
		if f.Span.In(a.Text) != words {
			known = append(known, f.Span.In(a.Text))
			continue
		}
		at, err := d.Anchor(a.Key, f.Span)
		if err != nil {
			return err
		}
		return d.decide(recount.KindFigure, "", reason, &recount.FigureBody{At: at, Answer: recount.Accepted}, &at)
	}
	hint := "its figures are " + strings.Join(known, ", ")
	if len(known) == 0 {
		hint = "no figure was read there"
	}
	return recount.WithHint(fmt.Errorf("%w: the page reports no figure %q", recount.ErrNotFound, words), hint)
}

// Reprint decides whether a page is a reprint of another.
func (d *Desk) Reprint(page, of *recount.Article, answer, reason string) error {
	if err := oneOf("the reprint", answer, recount.Yes, recount.No); err != nil {
		return err
	}
	if page.Key == of.Key {
		return recount.WithHint(fmt.Errorf("%w: a page is no reprint of itself", recount.ErrInvalid), "name two pages")
	}
	a, b := page.Page(), of.Page()
	subject := a + "\x00" + b
	if b < a {
		subject = b + "\x00" + a
	}
	return d.decide(recount.KindRelation, subject, reason, &recount.RelationBody{Page: a, Of: b, Answer: answer})
}

// Page finds an article by its page, or the end of it.
func (d *Desk) Page(name string) (*recount.Article, error) { return d.st.Page(name) }

// Draw logs that the next n pages of the study's random order were drawn, to
// be read to the end, and returns them.
func (d *Desk) Draw(study string, n int) ([]*recount.Article, error) {
	list := d.st.Draw(study, n)
	var body recount.SampleBody
	for _, a := range list {
		body.Pages = append(body.Pages, a.Page())
	}
	if len(list) == 0 {
		return nil, nil
	}
	return list, d.decide(recount.KindSample, strings.Join(body.Pages, " "), "drawn at random to be read to the end", &body)
}

// Read logs that a page was read to the end.
func (d *Desk) Read(page string) error {
	return d.decide(recount.KindRead, page, "read to the end", &recount.ReadBody{Page: page})
}

// Anchor names a place in an article.
func (d *Desk) Anchor(article recount.Key, spans ...recount.Span) (recount.Anchor, error) {
	a := d.st.ByKey[article]
	if a == nil {
		return recount.Anchor{}, fmt.Errorf("article %s: %w", article, recount.ErrNotFound)
	}
	for _, sp := range spans {
		if !sp.Within(a.Text) {
			return recount.Anchor{}, fmt.Errorf("article %s: %w", article, &recount.SpanError{Span: sp, Size: len(a.Text)})
		}
	}
	return recount.AnchorAt(a, d.st.Pages.Points(a), spans...), nil
}

// Ref names a speaker that was read out of an article.
func (d *Desk) Ref(sp *recount.Speaker) (recount.SpeakerRef, error) {
	at, err := d.Anchor(sp.Article, sp.Mention)
	return recount.SpeakerRef{At: at, Name: sp.Name, Kind: sp.Kind, Gender: sp.Gender}, err
}

// decide adds one decision over the item that kind, anchors and subject name.
func (d *Desk) decide(kind recount.Kind, subject, reason string, body any, anchors ...*recount.Anchor) error {
	place := ""
	var at []string
	for _, an := range anchors {
		pl := d.st.Pages.Place(an)
		if pl.Found == recount.Lost {
			return fmt.Errorf("decide %s: %w: its words are not on page %s", kind, recount.ErrInvalid, an.Page)
		}
		at = append(at, pl.String())
	}
	if kind == recount.KindLink {
		slices.Sort(at) // a link has no direction
	}
	for _, p := range at {
		place += p + "\x01"
	}
	name := itemName(kind, place, subject)
	if old := d.taken[name]; old != "" {
		return fmt.Errorf("decide %s: %w: the question was answered twice at once", kind, recount.ErrConflict)
	}
	draft := recount.Draft{Kind: kind, Round: d.Round, Actor: d.actor, Reason: reason, Body: body}
	if it := d.byItem[name]; it != nil {
		for _, a := range it.Answers {
			if a.Decision.Actor == draft.Actor || d.st.Log.Adjudicator(draft.Actor) {
				draft.Replaces = append(draft.Replaces, d.st.Log.Replaced(a.Decision.ID)...)
			}
		}
	}
	if kind == recount.KindCode {
		_, draft.Body.(*recount.CodeBody).Codebook = d.st.Log.StudyFile("codebook.yaml")
		if id := draft.Body.(*recount.CodeBody).Codebook; id != "" {
			draft.Base = append(draft.Base, id)
		}
	}
	dec, err := d.seal(draft)
	if err != nil {
		return err
	}
	d.taken[name] = dec.ID
	d.pending = append(d.pending, dec)
	return nil
}

func oneOf(what, got string, allowed ...string) error {
	if slices.Contains(allowed, got) {
		return nil
	}
	return recount.WithHint(fmt.Errorf("%w: %q is no answer to %s", recount.ErrInvalid, got, what), "answer "+strings.Join(allowed, ", "))
}

// Scope decides whether a speaker counts.
func (d *Desk) Scope(sp recount.SpeakerRef, answer string, criteria map[string]string, reason string) error {
	if err := oneOf("who counts", answer, recount.Yes, recount.No, recount.Unclear); err != nil {
		return err
	}
	if criteria == nil {
		criteria = map[string]string{}
	}
	return d.decide(recount.KindScope, "", reason, &recount.ScopeBody{Speaker: sp, Answer: answer, Criteria: criteria}, &sp.At)
}

// Link decides whether two speakers are one person.
func (d *Desk) Link(a, b recount.SpeakerRef, answer string, bars []recount.Bar, reason string) error {
	if err := oneOf("who is the same", answer, recount.Same, recount.Different, recount.Unsure); err != nil {
		return err
	}
	return d.decide(recount.KindLink, "", reason, &recount.LinkBody{A: a, B: b, Answer: answer, Bars: bars}, &a.At, &b.At)
}

// Statement accepts, rejects or (typed) adds a statement. speaker is nil if
// the text names nobody.
func (d *Desk) Statement(at recount.Anchor, typ recount.QuotationType, speaker *recount.SpeakerRef, answer string, typed bool, reason string) error {
	if err := oneOf("the statement", answer, recount.Accepted, recount.Rejected); err != nil {
		return err
	}
	return d.decide(recount.KindStatement, "", reason, &recount.StatementBody{Answer: answer, At: at, Type: typ, Speaker: speaker, Typed: typed}, &at)
}

// Code decides whether a code applies to a statement.
func (d *Desk) Code(at recount.Anchor, speaker recount.SpeakerRef, code, answer, reason string) error {
	if err := oneOf("the code", answer, recount.Yes, recount.No); err != nil {
		return err
	}
	if !slices.ContainsFunc(d.st.Codebook.Codes, func(c recount.Code) bool { return c.Code == code }) {
		var known []string
		for _, c := range d.st.Codebook.Codes {
			known = append(known, c.Code)
		}
		hint := "codes are " + strings.Join(known, ", ")
		if len(known) == 0 {
			hint = "the study has no codebook yet; write codebook.yaml (docs/format.md)"
		}
		return recount.WithHint(fmt.Errorf("%w: no code named %q", recount.ErrNotFound, code), hint)
	}
	return d.decide(recount.KindCode, code, reason, &recount.CodeBody{Code: code, At: at, Speaker: speaker, Answer: answer}, &at)
}

// Value records a value of a variable of a speaker; evidence is nil if no
// sentence states it.
func (d *Desk) Value(sp recount.SpeakerRef, name, value string, evidence *recount.Anchor, reason string) error {
	i := slices.IndexFunc(d.st.Config.Variables, func(v config.Variable) bool { return v.Name == name })
	if i < 0 {
		hint := "variables are " + strings.Join(d.st.Config.Names(), ", ")
		if len(d.st.Config.Variables) == 0 {
			hint = "study.yaml names no variables yet; write them under variables: (docs/format.md)"
		}
		return recount.WithHint(fmt.Errorf("%w: no variable named %q", recount.ErrNotFound, name), hint)
	}
	if allowed := d.st.Config.Variables[i].Values; len(allowed) > 0 && !slices.Contains(allowed, value) {
		return recount.WithHint(fmt.Errorf("%w: %q is no value of %s", recount.ErrInvalid, value, name), "values are "+strings.Join(allowed, ", "))
	}
	anchors := []*recount.Anchor{&sp.At}
	if evidence != nil {
		anchors = append(anchors, evidence)
	}
	return d.decide(recount.KindValue, name, reason, &recount.ValueBody{Speaker: sp, Variable: name, Value: value, Evidence: evidence}, anchors...)
}

// Date decides when a page was published.
func (d *Desk) Date(page, published, reason string) error {
	if !config.ISODate.MatchString(published[:min(10, len(published))]) {
		return recount.WithHint(fmt.Errorf("%w: %q is no date", recount.ErrInvalid, published), "write it as 2014, 2014-05 or 2014-05-14")
	}
	if !slices.ContainsFunc(d.st.Articles, func(a *recount.Article) bool { return a.Page() == page }) {
		return recount.WithHint(fmt.Errorf("%w: no page %q in the study", recount.ErrNotFound, page), "`recount date` lists the pages whose dates disagree")
	}
	return d.decide(recount.KindDate, page, reason, &recount.DateBody{Page: page, Published: published})
}

// Pending returns the collected decisions and clears the desk of them.
func (d *Desk) Pending() []recount.Decision {
	out := d.pending
	d.pending = nil
	return out
}

// Speaker finds a speaker by the first digits of its key.
func (d *Desk) Speaker(prefix string) (*recount.Speaker, error) {
	var hits []*recount.Speaker
	for k, sp := range d.st.Speakers {
		if len(prefix) >= 4 && strings.HasPrefix(string(k), prefix) {
			hits = append(hits, sp)
		}
	}
	switch len(hits) {
	case 1:
		return hits[0], nil
	case 0:
		return nil, recount.WithHint(fmt.Errorf("speaker %s: %w", prefix, recount.ErrNotFound), "give the first 4 digits of a key or more; `recount scope` lists the speakers")
	}
	return nil, recount.WithHint(fmt.Errorf("speaker %s: %w: several begin like this", prefix, recount.ErrInvalid), "give more digits")
}

// Said finds a machine-read statement by the first digits of its key.
func (d *Desk) Said(prefix string) (*recount.Statement, error) {
	var hits []*recount.Statement
	for _, r := range d.st.Readings {
		for i := range r.Statements {
			if len(prefix) >= 4 && strings.HasPrefix(string(r.Statements[i].Key), prefix) {
				hits = append(hits, &r.Statements[i])
			}
		}
	}
	switch len(hits) {
	case 1:
		return hits[0], nil
	case 0:
		return nil, recount.WithHint(fmt.Errorf("statement %s: %w", prefix, recount.ErrNotFound), "give the first 4 digits of a key or more; `recount code` lists the statements")
	}
	return nil, recount.WithHint(fmt.Errorf("statement %s: %w: several begin like this", prefix, recount.ErrInvalid), "give more digits")
}

// A Voice is one machine-read speaker as the lists show it.
type Voice struct {
	*recount.Speaker
	Article    *recount.Article
	Statements []*recount.Statement
	Answer     string // of the scope decision about it, or ""
}

// Voices lists the speakers that are people and speak, reprints folded, in
// order of the day and the text.
func (d *Desk) Voices() []Voice {
	open := map[recount.Key]bool{}
	for _, sp := range d.st.Undecided() {
		open[sp.Key()] = true
	}
	var out []Voice
	for _, a := range d.st.Articles {
		r := d.st.Readings[a.Key]
		if r == nil {
			continue
		}
		for i := range r.Speakers {
			sp := &r.Speakers[i]
			v := Voice{Speaker: sp, Article: a, Answer: d.scopeOf(sp)}
			if v.Answer == "" && !open[sp.Key()] {
				continue
			}
			for j := range r.Statements {
				if r.Statements[j].Speaker == sp.ID {
					v.Statements = append(v.Statements, &r.Statements[j])
				}
			}
			out = append(out, v)
		}
	}
	slices.SortStableFunc(out, func(a, b Voice) int {
		return cmp.Or(cmp.Compare(a.Article.Published, b.Article.Published), cmp.Compare(a.Article.Key, b.Article.Key), cmp.Compare(a.Mention.Start, b.Mention.Start))
	})
	return out
}

// scopeOf returns the answer of the scope decision about a speaker, or "".
func (d *Desk) scopeOf(sp *recount.Speaker) string {
	for _, it := range d.st.Items {
		if it.Kind != recount.KindScope || it.At[0].Article.Key != sp.Article {
			continue
		}
		at := it.At[0].Spans[0]
		if sp.Mention.Overlaps(at) || slices.ContainsFunc(sp.Mentions, at.Overlaps) {
			if a, ok := it.Settled(d.st.Log); ok {
				return a.Value
			}
			return recount.Unclear
		}
	}
	return ""
}

// A Pair is a suggestion with its two speakers.
type Pair struct {
	recount.Suggestion
	A, B   Voice
	Answer string // of the link decision about it, or ""
}

// Pairs lists the suggestions, heaviest first. While reprints are folded, two
// speakers of one original are no question.
func (d *Desk) Pairs() ([]Pair, error) {
	original := map[recount.Key]recount.Key{}
	if d.st.On(state.FoldReprints) {
		for _, o := range d.st.Originals {
			for _, m := range o.Members {
				original[m] = o.Key
			}
		}
	}
	var out []Pair
	for _, s := range d.st.Suggestions {
		a, b := d.st.Speakers[s.A], d.st.Speakers[s.B]
		if a == nil || b == nil || original[a.Article] != "" && original[a.Article] == original[b.Article] {
			continue
		}
		p := Pair{Suggestion: s, A: Voice{Speaker: a, Article: d.st.ByKey[a.Article]}, B: Voice{Speaker: b, Article: d.st.ByKey[b.Article]}}
		ra, err := d.Ref(a)
		if err != nil {
			return nil, err
		}
		rb, err := d.Ref(b)
		if err != nil {
			return nil, err
		}
		at := []string{d.st.Pages.Place(&ra.At).String(), d.st.Pages.Place(&rb.At).String()}
		slices.Sort(at)
		if it := d.byItem[itemName(recount.KindLink, at[0]+"\x01"+at[1]+"\x01", "")]; it != nil {
			if ans, ok := it.Settled(d.st.Log); ok {
				p.Answer = ans.Value
			}
		}
		out = append(out, p)
	}
	return out, nil
}
