package workbench

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// changing runs f while no other program changes the study. If one does, it
// gives up at once, because others want to read: answer tries again.
func (s *Server) changing(ctx context.Context, f func() error) error {
	wait, cancel := context.WithTimeout(ctx, lockPatience)
	defer cancel()
	began := false
	err := s.study.Change(wait, func() error {
		began = true
		return f()
	})
	if !began && (errors.Is(err, context.DeadlineExceeded) || errors.Is(err, recount.ErrConflict)) {
		return errBusy
	}
	return err
}

// decisions saves answers.
func (s *Server) decisions(c *call) (any, error) {
	req, err := in[decisionsRequest](c)
	if err != nil {
		return nil, err
	}
	a, err := s.ask(c.ctx, c.book, c.who.Actor, req.Drafts)
	if err != nil {
		return nil, err
	}
	if req.Preview {
		return s.preview(c, a)
	}
	var saved []recount.Decision
	before := s.numbers
	err = s.changing(c.ctx, func() error {
		if err := s.freshen(c); err != nil {
			return err
		}
		if err := s.conflicts(c, req.Version, a.out); err != nil {
			return err
		}
		by := study.By{Actor: c.who.Actor, Round: s.roundOf(c.who.Actor)}
		if len(a.out) > 1 || req.Group != "" {
			if by.Group, err = s.study.NewGroup(); err != nil {
				return err
			}
		}
		saved, err = s.study.Decide(c.ctx, by, a.out...)
		return err
	})
	if err != nil {
		return nil, err
	}
	a.articles = append([]recount.Key{}, a.articles...)
	for _, k := range req.Articles {
		a.about(recount.Key(k))
	}
	return s.reply(c, saved, a, before)
}

// freshen takes in what another program saved while this one waited for its
// turn.
func (s *Server) freshen(c *call) error {
	came, err := c.book.Refresh(c.ctx)
	if err != nil {
		return err
	}
	if came {
		return s.notice(c.ctx, c.book)
	}
	return nil
}

// conflicts refuses answers to questions that the same person answered, or
// took an answer back from, in the same round after the version on which the
// answers were given.
func (s *Server) conflicts(c *call, version int64, drafts []casebook.Draft) error {
	if version >= c.book.Version() {
		return nil
	}
	_, ids, err := s.study.Changes(c.ctx, version)
	if err != nil {
		return err
	}
	l := c.book.Log()
	since := map[string]bool{}
	var taken []*recount.Decision // by a retraction, or given back by one
	for _, id := range ids {
		d := l.Find(id)
		if d == nil || d.Actor != c.who.Actor {
			continue
		}
		since[id] = true
		if d.Kind == recount.KindRetract {
			for _, r := range d.Replaces {
				if x := l.Find(r); x != nil && x.Kind != recount.KindRetract && x.Round == s.roundOf(c.who.Actor) {
					taken = append(taken, x)
				} else if b := s.byDecision[r]; b != nil {
					for _, id := range b.ids {
						if x := l.Find(id); x != nil {
							taken = append(taken, x)
						}
					}
				}
			}
		}
	}
	if len(since) == 0 {
		return nil
	}
	current := func(d *recount.Decision) error {
		return &conflictError{recount.WithHint(fmt.Errorf("%w: you answered this question in another window meanwhile", recount.ErrConflict), "look at the answer that stands, and answer again if it is not what you mean"),
			&currentAnswer{d.ID, d.Actor, d.Time, study.InWords(c.book, d)}}
	}
	gone := map[string]*recount.Decision{}
	for _, d := range taken {
		if a, err := c.book.Answer(d); err == nil {
			if q, _, err := c.book.Question(c.ctx, a); err == nil {
				gone[q] = d
			}
		}
	}
	for _, d := range drafts {
		q, answers, err := c.book.Question(c.ctx, d.Answer)
		if err != nil {
			return err
		}
		for _, x := range answers {
			if since[x.ID] && x.Round == s.roundOf(c.who.Actor) {
				return current(x.Decision)
			}
		}
		if x := gone[q]; x != nil {
			return current(x)
		}
	}
	return nil
}

// wideKinds are the decisions that may change what any page shows, when they are
// saved and when they are taken back.
var wideKinds = []recount.Kind{recount.KindRule, recount.KindCodebook, recount.KindFile, recount.KindRelation, recount.KindWeights}

// replying is the answer to decisions of which none was saved yet.
func (s *Server) replying(c *call) decisionsReply {
	return decisionsReply{Version: c.book.Version(), Saved: []string{}, Words: []string{}, Did: []string{}, Articles: map[string]article{}, Headline: s.numbers, Moved: []moved{}, Changed: nothingChanged()}
}

func nothingChanged() changed {
	return changed{Articles: []string{}, Speakers: []string{}, People: []string{}, Pairs: []string{}}
}

// reply says what saved decisions changed.
func (s *Server) reply(c *call, saved []recount.Decision, a *asker, before []number) (any, error) {
	out := s.replying(c)
	after := s.version
	s.tellWhoIsBlind()
	if err := s.loadBatches(c.ctx, c.book, after, c.who.Tab); err != nil {
		return nil, err
	}
	wide := false // it may change what any page shows
	for i := range saved {
		d := &saved[i]
		out.Saved = append(out.Saved, d.ID)
		out.Words = append(out.Words, study.InWords(c.book, d))
		out.Undo = cmp.Or(d.Group, d.ID)
		wide = wide || slices.Contains(wideKinds, d.Kind)
		if d.Kind == recount.KindSpeaker {
			clear(s.names)
		}
		s.touched(c, d, &out.Changed, &wide)
		s.learn(c, d)
	}
	for _, k := range out.Changed.Articles {
		if slices.ContainsFunc(saved, func(d recount.Decision) bool {
			return d.Kind == recount.KindSpeaker || d.Kind == recount.KindRole || d.Kind == recount.KindRetract
		}) {
			delete(s.statements, recount.Key(k))
		}
	}
	if wide {
		s.clear()
	}
	if c.book.Weighed() != s.weighed { // taken, or given back
		if err := s.loadSuggestions(c.ctx, c.book); err != nil {
			return nil, err
		}
	}
	for _, k := range []recount.Kind{recount.KindFigure, recount.KindStated, recount.KindDate, recount.KindPage, recount.KindRelation, recount.KindScreen, recount.KindRetract} {
		if slices.ContainsFunc(saved, func(d recount.Decision) bool { return d.Kind == k }) {
			s.figureRows, s.maybe = nil, nil
		}
	}
	s.persons = nil
	s.assign = nil
	for _, k := range out.Changed.Articles {
		delete(s.rows, recount.Key(k))
	}
	s.version = c.book.Version()
	var err error
	if s.numbers, err = s.headline(c.ctx); err != nil {
		return nil, err
	}
	out.Headline, out.Version = s.numbers, s.version
	s.lineOn(saved, after, before, s.numbers)
	did := make([]*recount.Decision, len(saved))
	for i := range saved {
		did[i] = &saved[i]
	}
	out.Did = s.did(c, did)
	out.Moved = movedBy(before, s.numbers)
	const most = 12
	if a != nil {
		for _, k := range a.articles {
			if len(out.Articles) == most {
				break
			}
			x, err := s.article(c.ctx, c.book, k)
			if err != nil {
				if errors.Is(err, recount.ErrNotFound) {
					continue
				}
				return nil, err
			}
			out.Articles[string(k)] = *x
		}
	}
	s.hub.tell(event{Version: s.version, Actor: c.who.Actor, Tab: c.who.Tab, Headline: s.numbers, Changed: out.Changed,
		Frame: slices.ContainsFunc(saved, func(d recount.Decision) bool { return frames(c.book.Log(), &d) })}, s.seen)
	return out, nil
}

// touched adds what a decision changed: its pages, its speakers and the people
// they are, with every page on which these speak. The lines of lists about
// them are made anew.
func (s *Server) touched(c *call, d *recount.Decision, out *changed, wide *bool) {
	add := func(list *[]string, x string) {
		if x != "" && !slices.Contains(*list, x) {
			*list = append(*list, x)
		}
	}
	if d.Kind == recount.KindRetract {
		for _, id := range d.Replaces {
			if x := c.book.Log().Find(id); x != nil {
				s.touched(c, x, out, wide)
				*wide = *wide || x.Kind == recount.KindLink || slices.Contains(wideKinds, x.Kind)
			}
		}
		return
	}
	answer, err := c.book.Answer(d)
	if err != nil {
		return
	}
	s.changedBy(c.book, answer, out)
	keys, err := c.book.Whom(c.ctx, d)
	if err != nil {
		return
	}
	for _, k := range keys {
		add(&out.Speakers, string(k))
		p, ok := c.book.CaseOf(k)
		if !ok {
			continue
		}
		add(&out.People, p.ID)
		for _, m := range p.Members {
			delete(s.rows, m.Article)
		}
	}
	if b, ok := answer.(recount.LinkBody); ok && len(keys) == 2 {
		add(&out.Pairs, string(keys[0])+"/"+string(keys[1]))
		_ = b
	}
}

// preview checks answers and says how far they move the first number at most.
func (s *Server) preview(c *call, a *asker) (any, error) {
	out := s.replying(c)
	for _, d := range a.out {
		if err := d.Answer.Check(); err != nil {
			return nil, err
		}
		s.changedBy(c.book, d.Answer, &out.Changed)
		out.Words = append(out.Words, study.Says(d.Answer))
	}
	var err error
	out.Most, err = s.most(c, a)
	return out, err
}

// effect says how far answers move the first number at most, and never in
// which direction.
func (s *Server) effect(c *call) (any, error) {
	req, err := in[effectRequest](c)
	if err != nil {
		return nil, err
	}
	a, err := s.ask(c.ctx, c.book, c.who.Actor, req.Drafts)
	if err != nil {
		return nil, err
	}
	n, err := s.most(c, a)
	return effectReply{n}, err
}

func (s *Server) most(c *call, a *asker) (n int, err error) {
	first, err := s.study.First(c.ctx)
	if err != nil {
		return 0, err
	}
	whom := map[recount.SpeakerKind]int{}
	seen := map[string]bool{}
	for _, d := range a.out {
		var ref *recount.SpeakerRef
		switch b := d.Answer.(type) {
		case recount.ScopeBody:
			ref = &b.Speaker
		case recount.CriterionBody:
			ref = &b.Speaker
		}
		if ref != nil && !seen[ref.At.Page+strings.Join(ref.At.Exact, " ")] {
			seen[ref.At.Page+strings.Join(ref.At.Exact, " ")] = true
			whom[ref.Kind]++
			n++
		}
	}
	for _, p := range a.pairs {
		n += c.book.Effect(first, p[0], p[1])
	}
	return n, nil
}

// batchOf finds what is undone or done again.
func (s *Server) batchOf(c *call, token string, undone bool) (*batch, error) {
	l := c.book.Log()
	if token != "" {
		for _, b := range slices.Backward(s.batches) {
			if b.token != token {
				continue
			}
			if b.actor != c.who.Actor {
				return nil, recount.WithHint(fmt.Errorf("%w: it is the decision of %s", recount.ErrConflict, b.actor), "only its own actor takes a decision back here; an adjudicator does in History")
			}
			if (b.undone(l) != nil) != undone {
				return nil, recount.WithHint(fmt.Errorf("%w: that is so already", recount.ErrConflict), "load the page again")
			}
			return b, nil
		}
		return nil, recount.WithHint(fmt.Errorf("%w: no decision of that token", recount.ErrNotFound), "History lists every decision")
	}
	var last *batch // of those undone since the newest answer, the one undone last
	newest, at := 0, 0
	for _, b := range slices.Backward(s.batches) {
		if b.actor != c.who.Actor || c.who.Tab != "" && b.tab != c.who.Tab {
			continue
		}
		// An answer given after something was undone ends for good that it can
		// be done again.
		newest = max(newest, b.saved)
		t := b.undone(l)
		switch {
		case t == nil && !undone:
			return b, nil
		case t != nil && t.saved > max(newest, at) && s.tookBack(c, t):
			last, at = b, t.saved
		}
	}
	if undone && last != nil {
		return last, nil
	}
	if undone {
		return nil, recount.WithHint(fmt.Errorf("%w: nothing that was undone can be done again", recount.ErrNotFound), "History lists every decision")
	}
	return nil, recount.WithHint(fmt.Errorf("%w: nothing of yours to undo in this window", recount.ErrNotFound), "History lists every decision")
}

// tookBack reports whether a retraction is the caller's own.
func (s *Server) tookBack(c *call, t *taking) bool {
	d := c.book.Log().Find(t.id)
	return d != nil && d.Actor == c.who.Actor
}

// undo takes back my last answer in this tab, or the one of a token: what of it
// holds still.
func (s *Server) undo(c *call) (any, error) {
	return s.takeBack(c, false, func(b *batch) ([]string, []recount.Decision, error) {
		ids := b.holding(c.book.Log())
		for _, id := range b.ids {
			if d := c.book.Log().Find(id); d.Kind == recount.KindFile && len(ids) > 0 && !slices.Contains(ids, id) {
				return nil, nil, recount.WithHint(fmt.Errorf("%w: a study file that it changed was changed again since", recount.ErrConflict), "undo the later change first; History shows it")
			}
		}
		if len(ids) == 0 {
			return nil, nil, recount.WithHint(fmt.Errorf("%w: it was answered anew meanwhile", recount.ErrConflict), "load the page again; History shows what stands")
		}
		replaced := slices.DeleteFunc(slices.Clone(b.ids), func(id string) bool { return slices.Contains(ids, id) })
		saved, err := s.study.Retract(c.ctx, ids, "undone", replaced...)
		return ids, saved, err
	})
}

// redo retracts the last retraction, so that what it took back holds again.
func (s *Server) redo(c *call) (any, error) {
	return s.takeBack(c, true, func(b *batch) ([]string, []recount.Decision, error) {
		t := b.undone(c.book.Log())
		if t == nil {
			return nil, nil, recount.WithHint(fmt.Errorf("%w: that is so already", recount.ErrConflict), "load the page again")
		}
		d := c.book.Log().Find(t.id)
		if d.Actor != c.who.Actor {
			return nil, nil, recount.WithHint(fmt.Errorf("%w: %s took it back", recount.ErrConflict, d.Actor), "answer again if you do not agree")
		}
		saved, err := s.study.Redo(c.ctx, []string{t.id})
		again := slices.DeleteFunc(slices.Clone(d.Replaces), func(id string) bool { return !c.book.Log().Live(id) })
		return again, saved, err
	})
}

func (s *Server) takeBack(c *call, undone bool, f func(*batch) (ids []string, saved []recount.Decision, err error)) (any, error) {
	req, err := in[undoRequest](c)
	if err != nil {
		return nil, err
	}
	b, err := s.batchOf(c, req.Token, undone)
	if err != nil {
		return nil, err
	}
	before := s.numbers
	var ids []string
	var saved []recount.Decision
	if err := s.changing(c.ctx, func() error {
		if err := s.freshen(c); err != nil {
			return err
		}
		ids, saved, err = f(b)
		return err
	}); err != nil {
		return nil, err
	}
	out, err := s.reply(c, saved, s.showing(c, ids), before)
	if err != nil {
		return nil, err
	}
	r := out.(decisionsReply)
	r.Undo = b.token
	r.Words = r.Words[:0]
	verb := "taken back: "
	if undone {
		verb = "holds again: "
	}
	var of []*recount.Decision
	for _, id := range ids {
		if d := c.book.Log().Find(id); d != nil {
			of = append(of, d)
			r.Words = append(r.Words, verb+study.InWords(c.book, d))
		}
	}
	r.Did = s.did(c, of)
	return r, nil
}

// takenBack lists what retractions took back, or what they gave back: of a
// retraction of a retraction, what that one had taken.
func (s *Server) takenBack(c *call, ds []recount.Decision) (out []*recount.Decision) {
	l := c.book.Log()
	for _, d := range ds {
		for _, id := range d.Replaces {
			x := l.Find(id)
			if x != nil && x.Kind == recount.KindRetract {
				out = append(out, s.takenBack(c, []recount.Decision{*x})...)
			} else if x != nil {
				out = append(out, x)
			}
		}
	}
	return out
}

// showing lists the articles that decisions are about.
func (s *Server) showing(c *call, ids []string) *asker {
	a := &asker{}
	for _, id := range ids {
		d := c.book.Log().Find(id)
		if d == nil {
			continue
		}
		answer, err := c.book.Answer(d)
		if err != nil {
			continue
		}
		for _, an := range answer.Anchors() {
			if p, ok := c.book.PageNamed(an.Page, an.Part); ok {
				a.about(p.Key)
			}
		}
	}
	return a
}

// retract takes decisions back by their ids.
func (s *Server) retract(c *call) (any, error) {
	req, err := in[retractRequest](c)
	if err != nil {
		return nil, err
	}
	if len(req.IDs) == 0 {
		return nil, bad("ids", "name decisions by the ids that History gives", "no decision is named")
	}
	if err := checkText("reason", req.Reason); err != nil {
		return nil, err
	}
	before := s.numbers
	var saved []recount.Decision
	if err := s.changing(c.ctx, func() error {
		if err := s.freshen(c); err != nil {
			return err
		}
		saved, err = s.study.Retract(c.ctx, req.IDs, req.Reason)
		return err
	}); err != nil {
		return nil, err
	}
	out, err := s.reply(c, saved, s.showing(c, req.IDs), before)
	if err != nil {
		return nil, err
	}
	r := out.(decisionsReply)
	r.Did = s.did(c, s.takenBack(c, saved))
	return r, nil
}
