package cli

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// decide opens the study, asks f for answers and saves them together.
func decide(r *runner, f func(b *casebook.Casebook) ([]casebook.Draft, error)) error {
	return decideBy(r, func(b *casebook.Casebook) (bool, []casebook.Draft, error) {
		drafts, err := f(b)
		return false, drafts, err
	})
}

// decideBy is decide for answers that may be one group: one retraction undoes
// all of them.
func decideBy(r *runner, f func(b *casebook.Casebook) (group bool, drafts []casebook.Draft, err error)) error {
	return decideIn(r, func(_ *study.Study, b *casebook.Casebook) (bool, []casebook.Draft, error) { return f(b) })
}

// decideIn is decideBy with the study itself.
func decideIn(r *runner, f func(s *study.Study, b *casebook.Casebook) (group bool, drafts []casebook.Draft, err error)) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	b, err := s.Casebook(r.Ctx)
	if err != nil {
		return err
	}
	group, drafts, err := f(s, b)
	if err != nil {
		return err
	}
	if len(drafts) == 0 {
		return nothingRead(r, s, b)
	}
	return save(r, s, group, drafts)
}

// nothingRead says why a list is empty where no page was read.
func nothingRead(r *runner, s *study.Study, b *casebook.Casebook) error {
	if r.Opts.Notice == nil || len(b.Dated()) > 0 {
		return nil
	}
	captures, err := s.Captures(r.Ctx)
	switch {
	case err != nil:
		return err
	case len(captures) == 0:
		r.Opts.Notice("the study holds no page, so there is nothing to list; `recount add PATH` takes pages in, and `recount extract` reads them")
	default:
		r.Opts.Notice(fmt.Sprintf("no page was read yet, so there is nothing to list; `recount extract` reads what was added: %s", Plural(len(captures), "file", "files")))
	}
	return nil
}

// save keeps answers that were given singly or, as a group, over a list, and
// says how to take them back.
func save(r *runner, s *study.Study, group bool, drafts []casebook.Draft) error {
	by := study.By{Round: r.Round}
	if group {
		var err error
		if by.Group, err = s.NewGroup(); err != nil {
			return err
		}
	}
	others, err := unnamed(r, s)
	if err != nil {
		return err
	}
	saved, err := s.Decide(r.Ctx, by, drafts...)
	if err != nil {
		return err
	}
	if len(others) > 0 && r.Opts.Notice != nil {
		r.Opts.Notice(fmt.Sprintf("no name was given, so this is an answer of %q, a coder beside %s; say who you are with --as NAME, or in RECOUNT_AS", anybody, strings.Join(others, ", ")))
	}
	r.Printf("%s saved", Plural(len(saved), "decision", "decisions"))
	if group {
		r.Printf(" as group %s; `recount decisions retract --group %s` takes all of them back", by.Group, by.Group)
	}
	r.Printf("\n")
	return nil
}

// unnamed lists who decided in a study in which somebody who gave no name is
// about to decide for the first time.
func unnamed(r *runner, s *study.Study) ([]string, error) {
	if !r.Unnamed {
		return nil, nil
	}
	coders, err := s.Coders(r.Ctx)
	if err != nil || slices.Contains(coders, anybody) {
		return nil, err
	}
	return coders, nil
}

// one is a single draft.
func one(a recount.Answer, reason string) []casebook.Draft {
	return []casebook.Draft{{Answer: a, Reason: reason}}
}

type scopeCmd struct {
	Speaker   string   `arg:"" optional:"" help:"Key of a speaker, or its first digits."`
	Answer    string   `arg:"" optional:"" help:"yes, no or unclear."`
	Criterion []string `help:"Answer one criterion of study.yaml: NAME=yes, NAME=no or NAME=unclear." placeholder:"NAME=ANSWER"`
	Words     string   `help:"The words of the same article that show it, with one --criterion." placeholder:"WORDS"`
	Nth       int      `help:"Which of several places where the words stand." placeholder:"N"`
	voices
	Classes bool   `help:"List by class: who may be a case, officials, experts, relatives, companies and outlets, others; each with the reason."`
	Class   string `help:"Only those of this class: case, official, expert, relative, company or other." placeholder:"CLASS"`
	Learn   bool   `help:"Sort also by what was answered so far, for this list alone."`
	Each    string `help:"Answer for everybody whom the list shows: yes, no or unclear." placeholder:"ANSWER"`
	Save    bool   `help:"Save what --each lists."`
	Reason  string `help:"Why." placeholder:"WORDS"`

	study *study.Study
}

// voices choose speakers.
type voices struct {
	All   bool   `help:"List everybody who was read: bodies, documents, those of reprints, those who only think."`
	Page  string `help:"Only those of this page." placeholder:"PAGE"`
	Kind  string `help:"Only those of this kind: named, pseudonym, anonymous, collective, document, organisation or unspecified." placeholder:"KIND"`
	State string `help:"Only those with this answer: open, yes, no or unclear." placeholder:"STATE"`
	Name  string `help:"Only those whose name holds these letters." placeholder:"LETTERS"`
}

// list calls f for each speaker that is chosen.
func (c *voices) list(r *runner, b *casebook.Casebook, f func(v *casebook.Voice) error) error {
	filter := casebook.Filter{All: c.All || c.Kind != ""}
	if c.Kind != "" && !slices.Contains(recount.SpeakerKinds[:], recount.SpeakerKind(c.Kind)) {
		return recount.WithHint(fmt.Errorf("%w: no kind of speaker named %q", recount.ErrInvalid, c.Kind), "kinds are named, pseudonym, anonymous, collective, document, organisation and unspecified")
	}
	if !slices.Contains([]string{"", "open", recount.Yes, recount.No, recount.Unclear}, c.State) {
		return recount.WithHint(fmt.Errorf("%w: no state named %q", recount.ErrInvalid, c.State), "states are open, yes, no and unclear")
	}
	if c.Page != "" {
		p, err := b.FindPage(c.Page)
		if err != nil {
			return err
		}
		filter.Page = p.Key
	}
	for v, err := range b.Voices(r.Ctx, filter) {
		if err != nil {
			return err
		}
		if c.Kind != "" && v.Kind != recount.SpeakerKind(c.Kind) || c.Name != "" && !strings.Contains(strings.ToLower(v.Name), strings.ToLower(c.Name)) {
			continue
		}
		if c.State != "" && (c.State == "open") != (v.Scope == "" && !v.Follows) || c.State != "" && c.State != "open" && string(v.Scope) != c.State {
			continue
		}
		if err := f(v); err != nil {
			return err
		}
	}
	return nil
}

// scoped prints one line about a speaker.
func scoped(r *runner, v *casebook.Voice) {
	answer := scopeOf(v)
	r.Printf("%.12s  %-7s  %-10s  %s (%s, %s), %s\n", v.ID, answer, v.Page.When(), v.Name, v.Kind, cmp.Or(v.Page.Outlet, v.Page.Page()), Plural(spoken(v), "statement", "statements"))
	if care := v.Page.Care(); care != "" {
		r.Printf("    read with care: %s\n", care)
	}
	for _, name := range slices.Sorted(maps.Keys(v.Criteria)) {
		r.Printf("    %s: %s\n", name, v.Criteria[name])
	}
}

// scopeOf is the answer whether a speaker counts, as lists show it.
func scopeOf(v *casebook.Voice) string {
	switch {
	case v.Rejected:
		return "nobody"
	case v.Follows:
		return "(yes)"
	}
	return cmp.Or(string(v.Scope), "-")
}

func (c *scopeCmd) Run(r *runner) error {
	return decideIn(r, func(s *study.Study, b *casebook.Casebook) (bool, []casebook.Draft, error) {
		c.study = s
		switch {
		case c.Each != "":
			drafts, err := c.each(r, b)
			return true, drafts, err
		case c.Speaker == "" && c.Classes:
			return false, nil, c.byClass(r, b)
		case c.Speaker == "":
			return false, nil, c.list(r, b, func(v *casebook.Voice) error { scoped(r, v); return nil })
		}
		vs, err := accounts(r, b, c.Speaker)
		if err != nil {
			return false, nil, err
		}
		if len(c.Criterion) == 0 { // of a person each account is answered for
			var drafts []casebook.Draft
			for _, v := range vs {
				ref, err := b.Ref(r.Ctx, v)
				if err != nil {
					return false, nil, err
				}
				drafts = append(drafts, one(recount.ScopeBody{Speaker: ref, Answer: recount.YesNo(c.Answer), Criteria: map[string]string{}}, c.Reason)...)
			}
			return len(drafts) > 1, drafts, nil
		}
		v := vs[0]
		ref, err := b.Ref(r.Ctx, v)
		if err != nil {
			return false, nil, err
		}
		if c.Answer != "" {
			return false, nil, recount.WithHint(fmt.Errorf("%w: an answer beside --criterion", recount.ErrInvalid), "give the answer with the criterion: --criterion NAME=yes")
		}
		var evidence *recount.Anchor
		if c.Words != "" {
			p, err := openPage(r, b, v.Page)
			if err != nil {
				return false, nil, err
			}
			at, err := p.anchor(r, b, shown, c.Words, c.Nth)
			if err != nil {
				return false, nil, err
			}
			evidence = &at
		}
		var drafts []casebook.Draft
		for _, x := range c.Criterion {
			name, answer, _ := strings.Cut(x, "=")
			drafts = append(drafts, casebook.Draft{Answer: recount.CriterionBody{Speaker: ref, Criterion: name, Answer: recount.YesNo(answer), Evidence: evidence}, Reason: c.Reason})
		}
		return false, drafts, nil
	})
}

// classes are the names of the classes for --class, in the order of the lists.
var classes = [][2]string{{"case", "may be a case"}, {"official", "official"}, {"expert", "expert"}, {"relative", "relative"}, {"company", "company or outlet"}, {"other", "other"}}

// list is that of the flags, of one class if it is asked for.
func (c *scopeCmd) list(r *runner, b *casebook.Casebook, f func(v *casebook.Voice) error) error {
	if c.Class == "" {
		return c.voices.list(r, b, f)
	}
	i := slices.IndexFunc(classes, func(x [2]string) bool { return x[0] == c.Class })
	if i < 0 {
		return recount.WithHint(fmt.Errorf("%w: no class named %q", recount.ErrInvalid, c.Class), "classes are case, official, expert, relative, company and other")
	}
	return c.sorted(r, b, func(v *casebook.Voice, class, _ string) error {
		if class != classes[i][1] {
			return nil
		}
		return f(v)
	})
}

// sorted calls f for each speaker that is chosen, with the class and its reason.
func (c *scopeCmd) sorted(r *runner, b *casebook.Casebook, f func(v *casebook.Voice, class, reason string) error) error {
	var vs []*casebook.Voice
	if err := c.voices.list(r, b, func(v *casebook.Voice) error { vs = append(vs, v); return nil }); err != nil {
		return err
	}
	sorted, err := c.study.Triage(r.Ctx, vs)
	if err != nil {
		return err
	}
	if c.Learn {
		rates, err := c.study.Taught(r.Ctx, vs, sorted)
		if err != nil {
			return err
		}
		for _, l := range rates {
			r.Printf("%s: %d answered yes, %d no\n", l.Word, l.Yes, l.No)
		}
	}
	for i, v := range vs {
		if err := f(v, string(sorted[i].Class), sorted[i].Reason); err != nil {
			return err
		}
	}
	return nil
}

// byClass lists speakers class by class.
func (c *scopeCmd) byClass(r *runner, b *casebook.Casebook) error {
	type one struct {
		v      *casebook.Voice
		reason string
	}
	of := map[string][]one{}
	if err := c.sorted(r, b, func(v *casebook.Voice, class, reason string) error {
		of[class] = append(of[class], one{v, reason})
		return nil
	}); err != nil {
		return err
	}
	for _, k := range classes {
		if c.Class != "" && c.Class != k[0] || len(of[k[1]]) == 0 {
			continue
		}
		r.Printf("%s: %d\n", k[1], len(of[k[1]]))
		for _, x := range of[k[1]] {
			scoped(r, x.v)
			r.Printf("    %s\n", x.reason)
		}
	}
	return nil
}

// each answers for everybody who is listed, as one group.
func (c *scopeCmd) each(r *runner, b *casebook.Casebook) ([]casebook.Draft, error) {
	var drafts []casebook.Draft
	err := c.list(r, b, func(v *casebook.Voice) error {
		if string(v.Scope) == c.Each || v.Rejected {
			return nil
		}
		scoped(r, v)
		ref, err := b.Ref(r.Ctx, v)
		if err == nil {
			drafts = append(drafts, casebook.Draft{Answer: recount.ScopeBody{Speaker: ref, Answer: recount.YesNo(c.Each), Criteria: map[string]string{}}, Reason: c.Reason})
		}
		return err
	})
	if err != nil || c.Save {
		return drafts, err
	}
	r.Printf("%s would be answered %q; nothing is saved. Look at the list, then say --save\n", Plural(len(drafts), "speaker", "speakers"), c.Each)
	return nil, nil
}

// spoken counts the statements of a speaker that nobody rejected.
func spoken(v *casebook.Voice) (n int) {
	for _, u := range v.Utterances {
		if u.State != recount.Rejected {
			n++
		}
	}
	return n
}

func refOf(r *runner, b *casebook.Casebook, key string) (recount.SpeakerRef, error) {
	v, err := whom(r, b, key)
	if err != nil {
		return recount.SpeakerRef{}, err
	}
	return b.Ref(r.Ctx, v)
}

type linkCmd struct {
	A        string `arg:"" optional:"" help:"Key of a speaker, or its first digits."`
	B        string `arg:"" optional:"" help:"Key of another."`
	Answer   string `arg:"" optional:"" help:"same, different or unsure."`
	Asked    bool   `help:"List only pairs that are still a question."`
	Least    int    `help:"List only pairs at least this probable." placeholder:"PERCENT"`
	SameName bool   `help:"List only pairs whose names are equal." name:"same-name"`
	Within   string `help:"List only pairs inside one page or one original (the page and its reprints)." enum:"page,original," default:"" placeholder:"page|original"`
	People   bool   `help:"List speakers whom open suggestions would make one person, each group as one question."`
	Drawn    bool   `help:"List only pairs that were drawn at random (recount sample --pairs)."`
	Of       string `help:"Only the group of this speaker, with --people: key, or its first digits." placeholder:"KEY"`
	Near     string `help:"List the five who are most like this speaker, suggested or not: key, or its first digits." placeholder:"KEY"`
	Each     string `help:"Answer for every pair that the list shows: same, different or unsure." placeholder:"ANSWER"`
	Weights  bool   `help:"List what each outcome of comparing two people weighs."`
	Learn    bool   `help:"Show what the study's own answers would make of the weights, and which pairs would move."`
	Save     bool   `help:"Save what --each or --learn lists."`
	Reason   string `help:"Why." placeholder:"WORDS"`
}

// chosen reports whether a pair is one that the flags ask for.
func (c *linkCmd) chosen(p *casebook.Pair) bool {
	return (!c.Asked || p.Asked()) && int(p.Probability) >= 10*c.Least && (!c.SameName || strings.EqualFold(p.A.Name, p.B.Name)) &&
		(c.Within == "" || c.Within == p.Within)
}

// alone refuses what would be passed over: an answer about two keys, --near,
// --weights and --learn each stand by themselves.
func (c *linkCmd) alone() error {
	given := func(name string, is bool) []string {
		if is {
			return []string{name}
		}
		return nil
	}
	what := slices.Concat(given("an answer about two keys", c.A != ""), given("--near", c.Near != ""), given("--weights", c.Weights), given("--learn", c.Learn))
	if len(what) == 0 {
		return nil
	}
	beside := slices.Concat(what[1:], given("--asked", c.Asked), given("--least", c.Least != 0), given("--same-name", c.SameName), given("--within", c.Within != ""),
		given("--people", c.People), given("--drawn", c.Drawn), given("--of", c.Of != ""), given("--each", c.Each != ""), given("--save", c.Save && what[0] != "--learn"))
	if len(beside) == 0 {
		return nil
	}
	return recount.WithHint(fmt.Errorf("%w: %s stands by itself, without %s; nothing is saved", recount.ErrInvalid, what[0], strings.Join(beside, " and ")),
		"say one after the other; `recount help link` shows what goes together")
}

func (c *linkCmd) Run(r *runner) error {
	if err := percentage("--least", c.Least); err != nil {
		return err
	}
	if err := c.alone(); err != nil {
		return err
	}
	return decideIn(r, func(s *study.Study, b *casebook.Casebook) (bool, []casebook.Draft, error) {
		if c.Near != "" {
			return false, nil, c.near(r, s, b)
		}
		if c.Weights {
			weights(r, b)
			return false, nil, nil
		}
		if c.Learn {
			drafts, err := c.learn(r, b)
			return false, drafts, err
		}
		pairs, err := b.Pairs(r.Ctx, c.Within == "original")
		if c.Drawn && err == nil {
			pairs = pairs[:0]
			for p, failed := range b.Drawn(r.Ctx) {
				if err = failed; err != nil {
					break
				}
				pairs = append(pairs, p)
			}
		}
		if err != nil {
			return false, nil, err
		}
		if c.People {
			drafts, err := c.people(r, b, pairs)
			return true, drafts, err
		}
		if c.Each != "" {
			drafts, err := c.each(r, b, pairs)
			return true, drafts, err
		}
		if c.A == "" {
			for i := range pairs {
				if c.chosen(&pairs[i]) {
					linked(r, &pairs[i])
				}
			}
			return false, nil, nil
		}
		if c.Answer == "" {
			return false, nil, recount.WithHint(fmt.Errorf("%w: a link needs two speakers and an answer", recount.ErrInvalid), "answer same, different or unsure: recount link KEY KEY ANSWER")
		}
		x, err := whom(r, b, c.A)
		if err != nil {
			return false, nil, err
		}
		y, err := whom(r, b, c.B)
		if err != nil {
			return false, nil, err
		}
		if x.ID == y.ID {
			return false, nil, recount.WithHint(fmt.Errorf("%w: both keys name one speaker", recount.ErrInvalid), "name two speakers; to split one in two use `recount speaker --apart`")
		}
		d, err := linking(r, b, x, y, c.Answer, barsOf(pairs, x, y))
		return false, []casebook.Draft{{Answer: d, Reason: c.Reason}}, err
	})
}

// near lists those who are most like a speaker and of whom nobody has answered
// that they are one or two.
func (c *linkCmd) near(r *runner, s *study.Study, b *casebook.Casebook) error {
	v, err := whom(r, b, c.Near)
	if err != nil {
		return err
	}
	pairs, err := s.MostLike(r.Ctx, b, v)
	for i := range pairs {
		linked(r, &pairs[i])
	}
	return err
}

func barsOf(pairs []casebook.Pair, x, y *casebook.Voice) []recount.Bar {
	for _, p := range pairs {
		if p.A.ID == x.ID && p.B.ID == y.ID || p.A.ID == y.ID && p.B.ID == x.ID {
			return p.Bars
		}
	}
	return nil
}

func linking(r *runner, b *casebook.Casebook, x, y *casebook.Voice, answer string, bars []recount.Bar) (recount.LinkBody, error) {
	first, err := b.Ref(r.Ctx, x)
	if err != nil {
		return recount.LinkBody{}, err
	}
	second, err := b.Ref(r.Ctx, y)
	return recount.LinkBody{A: first, B: second, Answer: recount.Sameness(answer), Bars: bars}, err
}

// linked prints a pair with what speaks for and against it.
func linked(r *runner, p *casebook.Pair) {
	answer := p.Answer
	switch {
	case answer == "":
		answer = "-"
	case p.Implied:
		answer = "(" + answer + ")"
	}
	r.Printf("%.12s %.12s  %-9s  %s  %s (%s) / %s (%s)\n", p.Suggestion.A, p.Suggestion.B, answer, percent(p.Probability),
		p.A.Name, p.A.Page.Masthead(), p.B.Name, p.B.Page.Masthead())
	for _, b := range p.Bars {
		r.Printf("    %-20s %6s bits  %s\n", b.Field, hundredths(b.Bits), values(b))
	}
}

// each answers for every pair that is listed and still a question, as one
// group.
func (c *linkCmd) each(r *runner, b *casebook.Casebook, pairs []casebook.Pair) ([]casebook.Draft, error) {
	var chosen []*casebook.Pair
	for i := range pairs {
		if p := &pairs[i]; c.chosen(p) && p.Asked() {
			chosen = append(chosen, p)
		}
	}
	if c.Each == string(recount.Same) {
		var refused []casebook.Refused
		chosen, refused = casebook.Agreeing(chosen, pairs, b.Constraints())
		for _, x := range refused {
			refusedLink(r, x)
		}
	}
	var drafts []casebook.Draft
	for _, p := range chosen {
		linked(r, p)
		d, err := linking(r, b, p.A, p.B, c.Each, p.Bars)
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, casebook.Draft{Answer: d, Reason: c.Reason})
	}
	if c.Save {
		return drafts, nil
	}
	r.Printf("%s would be answered %q; nothing is saved. Look at the list, then say --save\n", Plural(len(drafts), "pair", "pairs"), c.Each)
	return nil, nil
}

func percent(m recount.Milli) string { return fmt.Sprintf("%3d%%", (m+5)/10) }

func hundredths(n int) string {
	sign := "+"
	if n < 0 {
		n, sign = -n, "-"
	}
	return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
}

func values(b recount.Bar) string {
	if b.A == "" && b.B == "" {
		return ""
	}
	return b.A + " / " + b.B
}

type codeCmd struct {
	Statement string   `arg:"" optional:"" help:"Key of a statement, or its first digits."`
	Codes     []string `arg:"" optional:"" name:"code" help:"Codes that apply."`
	Not       []string `help:"Codes that do not apply." placeholder:"CODE"`
	Accept    bool     `help:"The statement is one, and this speaker's; no code is needed."`
	Reject    bool     `help:"The statement is none, or is not this speaker's."`
	Speaker   string   `help:"It is this speaker's: key, or its first digits." placeholder:"KEY"`
	Words     []string `help:"What is said, in the exact words of the page; once for each piece." placeholder:"WORDS" sep:"none"`
	Nth       int      `help:"Which of several places where the words stand." placeholder:"N"`
	Type      string   `help:"It is direct, indirect or mixed." enum:"direct,indirect,mixed," default:"" placeholder:"TYPE"`
	Mode      string   `help:"It is speech or thought." enum:"speech,thought," default:"" placeholder:"MODE"`
	Passage   string   `help:"Code a passage that is no statement: the page, with --words." placeholder:"PAGE"`
	Rest      string   `help:"Accept what is left of this speaker on the page: key, or its first digits." placeholder:"KEY"`
	Save      bool     `help:"Save what --rest lists."`
	All       bool     `help:"List everything that was read: thoughts, and what bodies, documents and reprints say."`
	Page      string   `help:"List only statements of this page." placeholder:"PAGE"`
	Reason    string   `help:"Why." placeholder:"WORDS"`
}

func (c *codeCmd) Run(r *runner) error {
	return decideBy(r, func(b *casebook.Casebook) (bool, []casebook.Draft, error) {
		switch {
		case c.Rest != "":
			drafts, err := c.rest(r, b)
			return true, drafts, err
		case c.Passage != "":
			if c.Statement != "" {
				c.Codes = append([]string{c.Statement}, c.Codes...)
			}
			drafts, err := c.passage(r, b)
			return false, drafts, err
		case c.Statement == "":
			return false, nil, c.list(r, b)
		}
		if c.asks() {
			return false, nil, c.show(r, b)
		}
		drafts, err := c.answer(r, b)
		return false, drafts, err
	})
}

// asks reports whether a statement is named and nothing is said of it.
func (c *codeCmd) asks() bool {
	return len(c.Codes)+len(c.Not)+len(c.Words) == 0 && !c.Accept && !c.Reject && c.Speaker == "" && c.Type == "" && c.Mode == ""
}

// show prints what stands of a statement.
func (c *codeCmd) show(r *runner, b *casebook.Casebook) error {
	v, u, err := b.FindStatement(r.Ctx, c.Statement)
	if err != nil {
		return err
	}
	at, err := b.StatementAt(r.Ctx, v.Page.Key, u)
	if err != nil {
		return err
	}
	said := strings.Join(strings.Fields(strings.Join(at.Exact, " ... ")), " ")
	r.Printf("%.12s  %s (%s): %s%s\n", u.Key, cmp.Or(v.Name, "nobody is named"), v.Page.Masthead(), said, marks(*u))
	r.Printf("    %s %s\n", cmp.Or(string(u.Type), "type not known"), cmp.Or(string(u.Mode), string(recount.Speech)))
	r.Printf("nothing is saved; name codes, or say --accept, --reject, or what is to be corrected\n")
	return nil
}

func (c *codeCmd) list(r *runner, b *casebook.Casebook) error {
	text := map[recount.Key]string{}
	choose := voices{All: c.All, Page: c.Page}
	return choose.list(r, b, func(v *casebook.Voice) error {
		if _, ok := text[v.Page.Key]; !ok {
			clear(text)
			a, err := b.Article(r.Ctx, v.Page.Key)
			if err != nil {
				return err
			}
			text[v.Page.Key] = a.Text
		}
		for _, u := range v.Utterances {
			r.Printf("%.12s  %s (%s): %s%s\n", u.Key, v.Name, v.Page.Masthead(), clip(strings.Join(u.Words(text[v.Page.Key]), " ... ")), marks(u))
		}
		return nil
	})
}

// marks says what is known of a statement besides its words.
func marks(u casebook.Utterance) string {
	var out []string
	switch {
	case u.Typed:
		out = append(out, "typed in")
		if u.State == recount.Rejected {
			out = append(out, string(u.State))
		}
	case u.State != "":
		out = append(out, string(u.State))
	}
	if u.Mode == recount.Thought {
		out = append(out, "thought")
	}
	if u.Old != nil {
		out = append(out, "only in an older version of the page")
	}
	if u.Aside {
		out = append(out, "of another story")
	}
	out = append(out, u.Codes...)
	if len(out) == 0 {
		return ""
	}
	return "  [" + strings.Join(out, ", ") + "]"
}

// answer accepts, rejects, corrects and codes one statement.
func (c *codeCmd) answer(r *runner, b *casebook.Casebook) ([]casebook.Draft, error) {
	v, u, err := b.FindStatement(r.Ctx, c.Statement)
	if err != nil {
		return nil, err
	}
	if len(c.Words) == 0 && !c.Accept {
		w, form, err := b.InForce(r.Ctx, v, u)
		if err != nil {
			return nil, err
		}
		switch {
		case form == nil:
		case c.Reject:
			return nil, recount.WithHint(fmt.Errorf("%w: the words of statement %.12s were corrected, and %.12s holds in its place", recount.ErrConflict, u.Key, form.Key),
				fmt.Sprintf("if nobody said that either: recount code %.12s --reject; if the words were right as they were: recount code %.12s --accept", form.Key, u.Key))
		default:
			r.Printf("note: the words of statement %.12s were corrected; this is about the one that holds in its place (%.12s)\n", u.Key, form.Key)
			v, u = w, form
		}
	}
	if !c.Accept {
		if v, err = b.SpeakerTo(r.Ctx, r.Opts.Actor, v, u); err != nil {
			return nil, err
		}
	}
	at, err := b.StatementAt(r.Ctx, v.Page.Key, u)
	if err != nil {
		return nil, err
	}
	body := recount.StatementBody{Answer: recount.Accepted, At: at, Type: u.Type, Mode: u.Mode, Typed: u.Typed}
	if c.Reject {
		body.Answer = recount.Rejected
	}
	if c.Type != "" {
		body.Type = recount.QuotationType(c.Type)
	}
	if c.Mode != "" {
		body.Mode = recount.Mode(c.Mode)
	}
	if len(c.Words) > 0 {
		p, err := openPage(r, b, v.Page)
		if err != nil {
			return nil, err
		}
		spans, err := p.pieces(said, c.Words, c.Nth)
		if err != nil {
			return nil, err
		}
		if u.Old != nil || !slices.Equal(spans, u.At) {
			if body.At, err = b.Anchor(r.Ctx, v.Page.Key, spans...); err != nil {
				return nil, err
			}
			body.Instead = []recount.Anchor{at}
			if key := holding(v, spans, u.Key); key != "" {
				r.Printf("note: these words stand in the accepted statement %.12s of the same speaker, and count as a second one; if they are one statement: recount code %.12s --reject\n",
					key, recount.StatementKey(v.Page.Key, recount.Quotation{Content: spans}))
			}
			p.echo(r, spans[0])
		}
	}
	if v.Speaker != nil {
		ref, err := b.Ref(r.Ctx, v)
		if err != nil {
			return nil, err
		}
		body.Speaker = &ref
	}
	if c.Speaker != "" {
		ws, err := accounts(r, b, c.Speaker)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(ws, func(w *casebook.Voice) bool { return w.Page.Key == v.Page.Key })
		if i < 0 {
			return nil, recount.WithHint(fmt.Errorf("%w: that speaker stands on another page", recount.ErrInvalid), "name a speaker of the same page; `recount scope --all --page PAGE` lists them")
		}
		ref, err := b.Ref(r.Ctx, ws[i])
		if err != nil {
			return nil, err
		}
		body.Speaker = &ref
	}
	drafts := one(body, c.Reason)
	if body.Speaker == nil && len(c.Codes)+len(c.Not) > 0 {
		return nil, recount.WithHint(fmt.Errorf("%w: the text names no speaker of this statement", recount.ErrInvalid), "a code needs a person; say whose it is with --speaker KEY")
	}
	for _, code := range c.Codes {
		drafts = append(drafts, casebook.Draft{Answer: recount.CodeBody{Code: code, At: body.At, Speaker: *body.Speaker, Answer: recount.Yes}, Reason: c.Reason})
	}
	for _, code := range c.Not {
		drafts = append(drafts, casebook.Draft{Answer: recount.CodeBody{Code: code, At: body.At, Speaker: *body.Speaker, Answer: recount.No}, Reason: c.Reason})
	}
	return drafts, nil
}

// passage codes words that are no statement.
func (c *codeCmd) passage(r *runner, b *casebook.Casebook) ([]casebook.Draft, error) {
	p, err := open(r, b, c.Passage)
	if err != nil {
		return nil, err
	}
	if len(c.Words) == 0 || len(c.Codes)+len(c.Not) == 0 {
		return nil, recount.WithHint(fmt.Errorf("%w: a passage needs its words and a code", recount.ErrInvalid), "recount code --passage PAGE --words WORDS CODE")
	}
	spans, err := p.pieces(said, c.Words, c.Nth)
	if err != nil {
		return nil, err
	}
	at, err := b.Anchor(r.Ctx, p.page.Key, spans...)
	if err != nil {
		return nil, err
	}
	p.echo(r, spans[0])
	var ref *recount.SpeakerRef
	if c.Speaker != "" {
		x, err := refOf(r, b, c.Speaker)
		if err != nil {
			return nil, err
		}
		ref = &x
	}
	var drafts []casebook.Draft
	for _, code := range c.Codes {
		drafts = append(drafts, casebook.Draft{Answer: recount.PassageBody{Code: code, At: at, Speaker: ref, Answer: recount.Yes}, Reason: c.Reason})
	}
	for _, code := range c.Not {
		drafts = append(drafts, casebook.Draft{Answer: recount.PassageBody{Code: code, At: at, Speaker: ref, Answer: recount.No}, Reason: c.Reason})
	}
	return drafts, nil
}

// rest accepts what is left of a speaker on the page, as one group.
func (c *codeCmd) rest(r *runner, b *casebook.Casebook) ([]casebook.Draft, error) {
	v, err := whom(r, b, c.Rest)
	if err != nil {
		return nil, err
	}
	ref, err := b.Ref(r.Ctx, v)
	if err != nil {
		return nil, err
	}
	a, err := b.Article(r.Ctx, v.Page.Key)
	if err != nil {
		return nil, err
	}
	var drafts []casebook.Draft
	for _, u := range v.Utterances {
		if u.State != "" || u.Mode == recount.Thought || u.Aside {
			continue
		}
		at, err := b.StatementAt(r.Ctx, v.Page.Key, &u)
		if err != nil {
			return nil, err
		}
		r.Printf("%.12s  %s: %s\n", u.Key, v.Name, clip(strings.Join(u.Words(a.Text), " ... ")))
		drafts = append(drafts, casebook.Draft{Answer: recount.StatementBody{Answer: recount.Accepted, At: at, Type: u.Type, Mode: u.Mode, Speaker: &ref}, Reason: c.Reason})
	}
	if c.Save {
		return drafts, nil
	}
	r.Printf("%s would be accepted; nothing is saved. Look at the list, then say --save\n", Plural(len(drafts), "statement", "statements"))
	return nil, nil
}

// excerpt returns the first words of a statement, on one line.
func excerpt(text string, spans []recount.Span) string {
	var parts []string
	for _, s := range spans {
		parts = append(parts, s.In(text))
	}
	return clip(strings.Join(parts, " ... "))
}

// clip returns the first words of a text, on one line.
func clip(text string) string {
	s := strings.Join(strings.Fields(text), " ")
	const most = 100
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "..."
	}
	return s
}

type dateCmd struct {
	Page      string `arg:"" optional:"" help:"Address or file name of a page, as the list shows it."`
	Published string `arg:"" optional:"" help:"Day of publication: 2014-05-14, 2014-05 or 2014."`
	Reason    string `help:"Why." placeholder:"WORDS"`
}

func (c *dateCmd) Run(r *runner) error {
	return decide(r, func(b *casebook.Casebook) ([]casebook.Draft, error) {
		if c.Page != "" {
			p, err := b.FindPage(c.Page)
			if err != nil {
				return nil, err
			}
			return one(recount.DateBody{Page: p.Page(), Published: c.Published}, c.Reason), nil
		}
		for _, p := range b.Pages() {
			if p.DateFlag == "" && p.Published != "" {
				continue
			}
			flag := p.DateFlag
			if flag == "" {
				flag = "no date found"
			}
			r.Printf("%s  %s\n    %s\n", p.Page(), p.Published, flag)
		}
		return nil, nil
	})
}

type reprintCmd struct {
	Page   string `arg:"" optional:"" help:"Address or file name of a page, or the end of it."`
	Of     string `arg:"" optional:"" help:"The page that it reprints or does not."`
	Answer string `arg:"" optional:"" help:"yes or no." default:"yes"`
	Rule   string `help:"Switch the rule that counts reprints once on or off." enum:"on,off," default:"" placeholder:"on|off"`
	Reason string `help:"Why." placeholder:"WORDS"`
}

// standing switches a rule on or off, for what is there and what comes later.
func standing(rule recount.RuleName, on bool) recount.RuleBody {
	return recount.RuleBody{Rule: rule, On: on, Standing: true, Params: map[string]string{}, Covered: []string{}}
}

func (c *reprintCmd) Run(r *runner) error {
	return decide(r, func(b *casebook.Casebook) ([]casebook.Draft, error) {
		if c.Rule != "" {
			return one(standing(recount.FoldReprints, c.Rule == "on"), c.Reason), nil
		}
		if c.Page != "" {
			p, err := b.FindPage(c.Page)
			if err != nil {
				return nil, err
			}
			of, err := b.FindPage(c.Of)
			if err != nil {
				return nil, err
			}
			return one(recount.RelationBody{Page: p.Page(), Of: of.Page(), Answer: recount.YesNo(c.Answer)}, c.Reason), nil
		}
		for _, o := range b.Originals() {
			if len(o.Members) < 2 && !o.Spliced {
				continue
			}
			kind := Plural(len(o.Members), "page", "pages") + ", one original"
			if o.Spliced {
				kind = "put together from others"
			}
			r.Printf("%s: %s\n", kind, o.Reason)
			for _, m := range o.Members {
				mark := " "
				if m == o.First {
					mark = "*"
				}
				if p, ok := b.Page(m); ok {
					r.Printf("  %s %s  %s, %s\n", mark, p.Page(), p.Outlet, p.When())
				}
			}
		}
		for _, f := range b.TornReprints() {
			r.Printf("%s: %s\n", f.What, Cell(f.Text))
		}
		for _, x := range b.MaybeReprints() {
			page, known := b.Page(x.Page)
			of, both := b.Page(x.Of)
			if known && both {
				r.Printf("not folded, for a person to say: %s runs the text of %s and has a speaker, a name or numbers of its own\n    recount reprint %s %s yes|no\n",
					page.Page(), of.Page(), page.Page(), of.Page())
			}
		}
		return nil, nil
	})
}

type asideCmd struct {
	Page   string `arg:"" optional:"" help:"Address or file name of a page, or the end of it."`
	Words  string `arg:"" optional:"" help:"The exact words of the passage, or its first words."`
	Role   string `arg:"" optional:"" help:"body brings it back, off_topic sets it aside." default:"body"`
	Nth    int    `help:"Which of several places where the words stand." placeholder:"N"`
	Rule   string `help:"Switch the rule that sets passages of other stories aside on or off." enum:"on,off," default:"" placeholder:"on|off"`
	Reason string `help:"Why." placeholder:"WORDS"`
}

func (c *asideCmd) Run(r *runner) error {
	return decide(r, func(b *casebook.Casebook) ([]casebook.Draft, error) {
		switch {
		case c.Rule != "":
			return one(standing(recount.SetAside, c.Rule == "on"), c.Reason), nil
		case c.Page == "":
			n := 0
			for _, p := range b.Pages() {
				read, err := b.Reading(r.Ctx, p.Key)
				if err != nil {
					return nil, err
				}
				var a *recount.Article
				for _, s := range read.Sentences {
					if s.Role != recount.OffTopic {
						continue
					}
					if a == nil {
						if a, err = b.Article(r.Ctx, p.Key); err != nil {
							return nil, err
						}
					}
					n++
					r.Printf("%s\n    %s\n    (%s)\n", p.Page(), excerpt(a.Text, []recount.Span{s.Span}), s.Reason)
				}
			}
			r.Printf("%s set aside as other stories\n", Plural(n, "sentence", "sentences"))
			return nil, nil
		}
		p, err := open(r, b, c.Page)
		if err != nil {
			return nil, err
		}
		at, err := p.anchor(r, b, quotedPlace{said.missing, shown.copied}, c.Words, c.Nth)
		if err != nil {
			return nil, err
		}
		return one(recount.RoleBody{At: at, Role: recount.Role(c.Role)}, c.Reason), nil
	})
}
