package workbench

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// codes lists the codebook with counts, and codes that left it.
func (s *Server) codes(c *call) (any, error) {
	list, err := s.study.Codes(c.ctx)
	if err != nil {
		return nil, err
	}
	pinned := map[string]bool{}
	for _, x := range s.codeRows(c.book) {
		pinned[x.ID] = x.Pinned
	}
	out := codeList{Items: []codeItem{}, Total: len(list), Version: s.study.Codebook().Version, Learn: learnFrom}
	if c.who.Actor != "" {
		out.Own = s.learner(c.book, c.who.Actor).Examples()
	}
	again, err := s.study.Review(c.ctx)
	if err != nil {
		return nil, err
	}
	review := map[string]int{}
	for id := range again {
		if a, err := c.book.Answer(c.book.Log().Find(id)); err == nil {
			review[c.book.Recoded(a.Subject())]++
		}
	}
	for _, x := range list {
		out.Items = append(out.Items, codeItem{
			codeRow: codeRow{ID: x.Code.Code, Label: cmp.Or(x.Short, x.Code.Code), Parent: x.Parent, Definition: x.Definition, Count: x.Statements, Pinned: pinned[x.Code.Code]},
			Brief:   x.Short, UseWhen: x.UseWhen, DoNotUse: x.DoNotUse, Example: x.Example, Depth: strings.Count(x.Code.Code, "."), People: x.People, Accepted: x.Statements,
			Became: x.Became, Left: x.Left, Review: review[x.Code.Code]})
	}
	return out, nil
}

// coded lists the statements and passages to which people gave a code.
func (s *Server) coded(c *call) (any, error) {
	code := c.r.PathValue("id")
	out := codedList{Items: []codedItem{}}
	ds := append(c.book.Holding(recount.KindCode), c.book.Holding(recount.KindPassage)...)
	ds = slices.DeleteFunc(ds, func(d casebook.Placed) bool { return c.book.Recoded(d.Answer.Subject()) != code })
	again, err := s.study.Review(c.ctx)
	if err != nil {
		return nil, err
	}
	order := map[recount.Key]int{}
	for i, k := range c.book.Dated() {
		order[k] = i
	}
	slices.SortStableFunc(ds, func(a, b casebook.Placed) int {
		return cmp.Or(cmp.Compare(order[a.At[0].Article()], order[b.At[0].Article()]), cmp.Compare(a.At[0].At().Start, b.At[0].At().Start), strings.Compare(a.ID, b.ID))
	})
	out.Total = len(ds)
	from := min(cursor(c.query("after"), 0), len(ds))
	to := min(from+limit(c, 100, 1000), len(ds))
	for _, d := range ds[from:to] {
		an := d.Answer.Anchors()[0]
		x := codedItem{Article: string(d.At[0].Article()), Words: strings.Join(an.Exact, " … "), State: d.Answer.Says(), By: d.Actor, ID: d.ID, Review: again[d.ID]}
		if p, ok := c.book.Page(d.At[0].Article()); ok {
			x.Outlet, x.Date = p.Outlet, p.When()
		}
		if d.Answer.Kind() == recount.KindCode && d.At[0].At().Len() > 0 {
			x.Key = string(recount.StatementKey(d.At[0].Article(), recount.Quotation{Content: d.At[0].Spans}))
		}
		switch b := d.Answer.(type) {
		case recount.CodeBody:
			x.Speaker = b.Speaker.Name
		case recount.PassageBody:
			if b.Speaker != nil {
				x.Speaker = b.Speaker.Name
			}
		}
		keys, err := c.book.Whom(c.ctx, d.Decision)
		if err != nil {
			return nil, err
		}
		for _, k := range keys {
			if p, ok := c.book.CaseOf(k); ok {
				x.Person, x.Speaker = p.ID, p.NameIn(d.At[0].Article()) // beside the outlet of that page
			}
		}
		out.Items = append(out.Items, x)
	}
	if to < len(ds) {
		out.Next = strconv.Itoa(to)
	}
	return out, nil
}

// changeCodes changes the codebook with all that follows from it.
func (s *Server) changeCodes(c *call) (any, error) {
	req, err := in[codesRequest](c)
	if err != nil {
		return nil, err
	}
	for _, x := range append([][2]string{{"code", req.Code}, {"to", req.To}, {"parent", req.Parent}}, each("into", req.Into)...) {
		if err := checkName(x[0], x[1]); err != nil {
			return nil, err
		}
	}
	for _, x := range [][2]string{{"short", req.Short}, {"definition", req.Define}, {"use_when", req.UseWhen}, {"do_not_use_when", req.DoNotUse}, {"example", req.Example}, {"reason", req.Reason}} {
		if err := checkText(x[0], x[1]); err != nil {
			return nil, err
		}
	}
	e := study.CodeEdit{Op: study.CodeOp(req.Op), Code: req.Code, To: req.To, Into: req.Into,
		Parts: recount.Code{Parent: req.Parent, Short: req.Short, Definition: req.Define, UseWhen: req.UseWhen, DoNotUse: req.DoNotUse, Example: req.Example}}
	if req.Preview {
		x, err := s.study.TryCodes(c.ctx, e)
		if err != nil {
			return nil, err
		}
		return shownChange(x, s.replying(c)), nil
	}
	before := s.numbers
	var x *study.CodeChange
	var saved []recount.Decision
	err = s.changing(c.ctx, func() error {
		if err := s.freshen(c); err != nil {
			return err
		}
		if req.Version > 0 {
			if _, ids, err := s.study.Changes(c.ctx, req.Version); err != nil {
				return err
			} else if d := s.fileChanged(c, ids, "codebook.yaml"); d != nil {
				return &conflictError{recount.WithHint(fmt.Errorf("%w: the codebook was changed meanwhile by %s", recount.ErrConflict, d.Actor), "look at it as it is now, and make your change again"),
					&currentAnswer{d.ID, d.Actor, d.Time, study.InWords(c.book, d)}}
			}
		}
		x, saved, err = s.study.ChangeCodes(c.ctx, study.By{Actor: c.who.Actor, Round: s.roundOf(c.who.Actor)}, e, req.Reason)
		return err
	})
	if err != nil {
		return nil, err
	}
	out, err := s.reply(c, saved, nil, before)
	if err != nil {
		return nil, err
	}
	return shownChange(x, out.(decisionsReply)), nil
}

func shownChange(x *study.CodeChange, saved decisionsReply) codesReply {
	out := codesReply{decisionsReply: saved, Code: x.Code, Codings: x.Codings, Review: x.Review, Became: []string{}, Mentions: x.Mentions, Codebook: x.Version, Rewritten: x.Rewritten, Lines: []diffLine{}}
	for _, b := range x.Became {
		out.Became = append(out.Became, study.Says(b))
	}
	was, now := map[string]int{}, map[string]int{}
	for l := range strings.Lines(x.Before) {
		was[strings.TrimRight(l, "\n")]++
	}
	for l := range strings.Lines(x.After) {
		now[strings.TrimRight(l, "\n")]++
	}
	const most = 200
	differ := func(sign, text string, other map[string]int) {
		for l := range strings.Lines(text) {
			l = strings.TrimRight(l, "\n")
			if other[l] > 0 {
				other[l]--
			} else if len(out.Lines) < most && strings.TrimSpace(l) != "" {
				out.Lines = append(out.Lines, diffLine{sign, l})
			}
		}
	}
	differ("-", x.Before, now)
	differ("+", x.After, was)
	return out
}

// codeVersions lists the codebooks that were in use.
func (s *Server) codeVersions(c *call) (any, error) {
	list, err := s.study.CodebookVersions(c.ctx)
	if err != nil {
		return nil, err
	}
	out := codebookVersions{Items: []codebookVersion{}, Total: len(list)}
	for _, v := range slices.Backward(list) {
		reason := ""
		if v.Decision.Erasable != nil {
			reason = v.Decision.Erasable.Reason
		}
		out.Items = append(out.Items, codebookVersion{ID: v.Decision.ID, Version: v.Version, Time: v.Decision.Time, Actor: v.Decision.Actor, Reason: reason,
			Codes: v.Codes, Codings: v.Codings, Changes: append([]string{}, v.Changes...), InUse: v.InUse})
	}
	return out, nil
}

// agreement says how far coders agree, and on what they differ.
func (s *Server) agreement(c *call) (any, error) {
	l := c.book.Log()
	out := agreementReply{Items: []agreementItem{}, Coders: []string{}, Disagreements: []disagreement{}, Round: c.query("round"), Rounds: []string{}, Blind: s.blind(c.who.Actor),
		Settles: l.Adjudicator(c.who.Actor), Adjudicators: append([]string{}, l.Adjudicators()...)}
	rounds := map[string]bool{}
	for _, d := range l.All() {
		if d.Round != "" && !rounds[d.Round] {
			rounds[d.Round] = true
			out.Rounds = append(out.Rounds, d.Round)
		}
	}
	slices.Sort(out.Rounds)
	list, err := s.study.Agreement(c.ctx, recount.Kind(c.query("kind")), out.Round)
	if err != nil {
		return nil, err
	}
	for _, a := range list {
		x := coefficients(&a)
		x.Kind, x.Code, x.Label, x.What, x.Units, x.Differ = string(a.Kind), a.Subject, cmp.Or(a.Subject, labels[a.Kind]), a.What, a.Twice, a.Differ
		if x.Changed = a.Changed; a.First != nil {
			f := coefficients(a.First)
			x.First = &agreedFirst{a.First.Twice, a.First.Differ, f.Percent, f.Alpha, f.AC1, f.Kappas}
		}
		for _, n := range a.Coders {
			if !slices.Contains(out.Coders, n) {
				out.Coders = append(out.Coders, n)
			}
		}
		out.Items = append(out.Items, x)
		for _, d := range a.Disputed {
			y, err := s.disputed(c, d)
			if err != nil {
				return nil, err
			}
			out.Disagreements = append(out.Disagreements, y)
		}
	}
	slices.Sort(out.Coders)
	if err := s.drift(c, &out); err != nil {
		return nil, err
	}
	// What is settled goes to the end.
	slices.SortStableFunc(out.Disagreements, func(a, b disagreement) int {
		return cmp.Compare(min(len(a.Settled), 1), min(len(b.Settled), 1))
	})
	return out, nil
}

// coefficients shows what was computed of an agreement, each with its interval.
func coefficients(a *study.Agreement) (x agreementItem) {
	x.Kappas = []coefficient{}
	for _, k := range a.Coefficients {
		v := coefficient{Note: k.Note}
		if k.Note == "" {
			v.Value = &k.Value
			if in := a.Between(k); in.Note == "" {
				v.Low, v.High = &in.Low, &in.High
			} else {
				v.Note = in.Note
			}
		}
		switch {
		case k.Name == "percent":
			x.Percent = v
		case k.Name == "Krippendorff's alpha":
			x.Alpha = v
		case k.Name == "Gwet's AC1":
			x.AC1 = v
		case k.Name == "Cohen's kappa":
			v.Coders = k.Actors
			x.Kappas = append(x.Kappas, v)
		}
	}
	return x
}

// drift says how coding went from week to week.
func (s *Server) drift(c *call, out *agreementReply) error {
	out.Weeks, out.DriftCoders, out.Drift = []codingWeek{}, []string{}, []codeDrift{}
	d, err := s.study.Drift(c.ctx, out.Round)
	if err != nil {
		return err
	}
	out.DriftCoders = append(out.DriftCoders, d.Coders...)
	for i := range d.Weeks {
		w := &d.Weeks[i]
		x := coefficients(&w.Agreement)
		out.Weeks = append(out.Weeks, codingWeek{w.Monday, w.Twice, w.Differ, x.Percent, x.Alpha, w.Looked})
	}
	labels := map[string]string{}
	for _, x := range s.study.Codebook().Codes {
		labels[x.Code] = x.Short
	}
	for _, x := range d.Codes {
		out.Drift = append(out.Drift, codeDrift{x.Code, cmp.Or(labels[x.Code], x.Code), x.Given})
	}
	return nil
}

// disputed shows a question that coders answered differently, with the answers
// that would settle it.
func (s *Server) disputed(c *call, d study.Disputed) (disagreement, error) {
	g := d.Given[0]
	x := disagreement{Kind: string(g.Kind), Code: g.Answer.Subject(), Settled: d.Settled, Answers: []codedDifferent{}}
	var ch changed
	s.changedBy(c.book, g.Answer, &ch)
	if len(ch.Articles) > 0 {
		x.Article = ch.Articles[0]
		if p, ok := c.book.Page(recount.Key(x.Article)); ok {
			x.Title = p.Title
		}
	}
	if an := g.Answer.Anchors(); len(an) > 0 {
		x.Words = strings.Join(an[0].Exact, " … ")
	}
	keys, err := c.book.Whom(c.ctx, g.Decision)
	if err != nil {
		return x, err
	}
	_, answers, err := c.book.Question(c.ctx, g.Answer)
	if err != nil {
		return x, err
	}
	if k := g.Kind; (k == recount.KindCode || k == recount.KindStatement) && len(answers) > 0 && answers[0].At[0].At().Len() > 0 {
		at := answers[0].At[0]
		x.Statement = string(recount.StatementKey(at.Article(), recount.Quotation{Content: at.Spans}))
	}
	speaker := func(i int) string {
		if i < len(keys) {
			return string(keys[i])
		}
		return ""
	}
	for _, a := range d.Answers {
		y := codedDifferent{Actor: a.Actor, Code: x.Code, Answer: a.Value}
		switch b := g.Answer.(type) {
		case recount.CodeBody:
			if x.Statement != "" {
				y.Draft = &draft{Do: "code", Statement: x.Statement, Code: b.Code, Answer: a.Value}
			}
		case recount.StatementBody:
			if x.Statement != "" {
				y.Draft = &draft{Do: map[string]string{recount.Accepted: "accept", recount.Rejected: "reject"}[a.Value], Statement: x.Statement}
			}
		case recount.ScopeBody:
			x.Code = ""
			y.Draft = &draft{Do: "scope", Speaker: speaker(0), Answer: a.Value}
		case recount.CriterionBody:
			y.Draft = &draft{Do: "scope", Speaker: speaker(0), Criteria: map[string]string{b.Criterion: a.Value}}
		case recount.ValueBody:
			if !strings.Contains(a.Value, "; ") {
				y.Draft = &draft{Do: "value", Speaker: speaker(0), Variable: b.Variable, Value: a.Value}
			}
		case recount.LinkBody:
			x.Code = ""
			y.Draft = &draft{Do: "link", A: speaker(0), B: speaker(1), Answer: a.Value}
		default:
			x.Code = ""
		}
		if y.Draft != nil && (y.Draft.Do == "" || y.Draft.Do == "link" && y.Draft.B == "" || y.Draft.Do == "scope" && y.Draft.Speaker == "") {
			y.Draft = nil
		}
		x.Answers = append(x.Answers, y)
	}
	return x, nil
}
