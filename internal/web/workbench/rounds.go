package workbench

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// A view is the study as somebody sees it who must not see others' answers: it
// is opened without them, so that no list, search, count or suggestion made of
// it can show any.
type view struct {
	study *study.Study
	memory
}

// viewOf names the view of a person; that of who is not signed in holds
// nobody's answers.
func viewOf(actor string) string { return "=" + actor }

// roundOf is the round of coding in which somebody answers; "" outside one.
// The study is held.
func (s *Server) roundOf(actor string) string {
	if s.study != nil && s.study.Config() != nil {
		if r := s.study.Config().RoundOf(actor); r != nil {
			return r.Name
		}
	}
	return s.o.Round
}

// blind reports whether somebody must not see others' answers: who codes in an
// open blind round, and while there is one whoever is not signed in. The study
// is held.
func (s *Server) blind(actor string) bool {
	if s.study == nil || s.study.Config() == nil {
		return false
	}
	if actor == "" {
		return s.study.Config().BlindNow()
	}
	r := s.study.Config().RoundOf(actor)
	return r != nil && r.Blind
}

// tellWhoIsBlind lets the hub know, and closes the views that nobody needs
// any more. It is called when the study may be another than it was: opened,
// changed here, or found changed.
func (s *Server) tellWhoIsBlind() {
	for name, v := range s.views {
		if s.seen == "" && !s.blind(strings.TrimPrefix(name, "=")) {
			_ = v.study.Close()
			delete(s.views, name)
		}
	}
	coders, nobody := map[string]bool{}, false
	if s.study != nil && s.study.Config() != nil {
		nobody = s.study.Config().BlindNow()
		for _, r := range s.study.Config().Rounds {
			for _, c := range r.Coders {
				coders[c] = coders[c] || r.Open && r.Blind
			}
		}
	}
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	s.hub.blind = func(actor string) bool { return coders[actor] || actor == "" && nobody }
}

// closeViews closes what is only read: a fault then loses nothing.
func (s *Server) closeViews() {
	for _, v := range s.views {
		_ = v.study.Close()
	}
	s.views = nil
}

// asSeen runs f with the view of a person in the place of the study.
func (s *Server) asSeen(ctx context.Context, actor string, f func(*casebook.Casebook) error) error {
	name := viewOf(actor)
	all, kept := s.study, s.memory
	v := s.views[name]
	made := v == nil
	if made {
		o := s.by(actor)
		only := actor
		if actor == "" {
			only = "\x00" // no coder's name
		}
		o.Only = &only
		st, err := study.Open(ctx, all.Dir, o)
		if err != nil {
			return err
		}
		v = &view{study: st}
	}
	s.study, s.memory, s.seen = v.study, v.memory, name
	defer func() {
		v.memory = s.memory
		s.study, s.memory, s.seen = all, kept, ""
	}()
	if made {
		if err := s.remember(ctx); err != nil {
			return cmp.Or(err, v.study.Close())
		}
		if s.views == nil {
			s.views = map[string]*view{}
		}
		s.views[name] = v
	}
	s.study.As(actor)
	book, err := s.refreshed(ctx)
	if err != nil {
		return err
	}
	return f(book)
}

type roundItem struct {
	Name     string       `json:"name"`
	Coders   []roundShare `json:"coders"`
	Lead     string       `json:"lead" doc:"who made it; empty if that is not known"`
	Yours    bool         `json:"yours" doc:"you may close it, open it again and hand its pages out"`
	Blind    bool         `json:"blind"`
	Open     bool         `json:"open"`
	Practice bool         `json:"practice" doc:"its answers count for agreement only"`
}

type roundShare struct {
	Coder  string `json:"coder"`
	Pages  int    `json:"pages" doc:"that are assigned to this coder"`
	Shared int    `json:"shared" doc:"of them with others of the round"`
	Done   int    `json:"done" doc:"of them without an open question, as this coder sees it; -1 if you may not see it"`
}

type roundList struct {
	Items  []roundItem `json:"items"`
	Mine   string      `json:"mine" doc:"the round in which you code; empty if none"`
	Coders []string    `json:"coders" doc:"names of those who answered something or stand in a round"`
	Pages  int         `json:"pages" doc:"that can be assigned: those that are read themselves and not screened out"`
}

type roundRequest struct {
	Name    string   `json:"name"`
	Coders  []string `json:"coders"`
	Lead    string   `json:"lead,omitempty" doc:"who leads it from now on; empty: as it was, or who makes it"`
	Blind   bool     `json:"blind"`
	Open    bool     `json:"open"`
	Assign  bool     `json:"assign,omitempty" doc:"give pages out; without it only the round is written"`
	Pages   int      `json:"pages,omitempty" doc:"how many; 0 = all that can be assigned"`
	Double  int      `json:"double,omitempty" doc:"per cent of the pages that several code"`
	By      int      `json:"by,omitempty" doc:"how many coders those pages have"`
	Preview bool     `json:"preview,omitempty" doc:"nothing is saved"`
}

type roundReply struct {
	decisionsReply
	Shares []roundShare `json:"shares"`
}

// assignable lists the articles that coders are given, by day.
func (s *Server) assignable(book *casebook.Casebook) (out []recount.Key) {
	for _, k := range book.Dated() {
		p, ok := book.Page(k)
		if ok && book.Reads(k) && p.Screened != recount.No {
			out = append(out, k)
		}
	}
	return out
}

// rounds lists the rounds of coding. Who codes in a blind one sees that others
// do, and nothing of how far they are.
func (s *Server) rounds(c *call) (any, error) {
	out := roundList{Items: []roundItem{}, Coders: []string{}, Pages: len(s.assignable(c.book))}
	cfg := s.study.Config()
	may := s.may(c.who)
	coders := map[string]bool{}
	for _, a := range s.actors {
		coders[a] = a != study.Unnamed
	}
	by := s.assigned(c.book)
	if cfg != nil {
		for _, r := range cfg.Rounds {
			x := roundItem{Name: r.Name, Coders: []roundShare{}, Lead: r.Lead, Yours: slices.Contains(may, maySetUp) || slices.Contains(may, mayLead) && r.Lead == c.who.Actor, Blind: r.Blind, Open: r.Open, Practice: strings.HasPrefix(r.Name, "calibration")}
			for _, coder := range r.Coders {
				coders[coder] = true
				sh := roundShare{Coder: coder, Done: -1}
				for _, to := range by {
					if !slices.Contains(to, coder) {
						continue
					}
					sh.Pages++
					if slices.ContainsFunc(to, func(o string) bool { return o != coder && slices.Contains(r.Coders, o) }) {
						sh.Shared++
					}
				}
				if coder == c.who.Actor {
					sh.Done = 0
					for _, k := range c.book.Dated() {
						if p, ok := c.book.Page(k); ok && slices.Contains(by[p.Page()+"\x00"+p.Part], coder) && c.book.UnansweredOn(k) == 0 {
							sh.Done++
						}
					}
				}
				x.Coders = append(x.Coders, sh)
			}
			if r.Open && slices.Contains(r.Coders, c.who.Actor) {
				out.Mine = r.Name
			}
			out.Items = append(out.Items, x)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(coders)) {
		if coders[name] {
			out.Coders = append(out.Coders, name)
		}
	}
	return out, nil
}

// setRound makes a round, opens or closes one, and gives its pages out.
func (s *Server) setRound(c *call) (any, error) {
	req, err := in[roundRequest](c)
	if err != nil {
		return nil, err
	}
	p := study.Plan{Round: study.Round{Name: req.Name, Coders: req.Coders, Lead: req.Lead, Blind: req.Blind, Open: req.Open}, Double: req.Double, By: req.By}
	if err := s.mayMove(c.who.Actor, p.Round); err != nil {
		return nil, err
	}
	if req.Lead != "" {
		if err := checkName("lead", req.Lead); err != nil {
			return nil, err
		}
		if !slices.Contains(s.may(c.who), maySetUp) {
			return nil, recount.WithHint(forbidden("who leads a round is named by whoever may set up the study"), "ask somebody who does not code in a blind round")
		}
	}
	if req.Assign {
		p.Pages = s.assignable(c.book)
		if req.Pages > 0 && req.Pages < len(p.Pages) {
			p.Pages = spread(p.Pages, req.Pages)
		}
		if p.Pages == nil {
			return nil, bad("pages", "add articles first", "there is no article to code")
		}
	}
	out := roundReply{Shares: []roundShare{}}
	show := func(shares []study.Share) {
		for _, x := range shares {
			out.Shares = append(out.Shares, roundShare{x.Coder, len(x.Pages), x.Shared, -1})
		}
	}
	if req.Preview {
		if req.Assign {
			shares, err := s.study.TryRound(c.ctx, p)
			if err != nil {
				return nil, err
			}
			show(shares)
		}
		out.decisionsReply = s.discreet(c, s.replying(c))
		return out, nil
	}
	before := s.numbers
	var saved []recount.Decision
	err = s.changing(c.ctx, func() error {
		if err := s.freshen(c); err != nil {
			return err
		}
		shares, ds, err := s.study.SetRound(c.ctx, study.By{Actor: c.who.Actor}, p)
		saved = ds
		show(shares)
		return err
	})
	if err != nil {
		return nil, err
	}
	reply, err := s.reply(c, saved, nil, before)
	if err != nil {
		return nil, err
	}
	out.decisionsReply = s.discreet(c, reply.(decisionsReply))
	return out, nil
}

// mayMove refuses what somebody who codes blind may not do about a round: change
// one that another leads, or step out of a blind one while it is open. Closing
// it shows everybody everything, and is logged.
func (s *Server) mayMove(actor string, to study.Round) error {
	if !s.blind(actor) {
		return nil
	}
	rounds := s.study.Config().Rounds
	i := slices.IndexFunc(rounds, func(r study.Round) bool { return r.Name == to.Name })
	if i < 0 {
		return nil
	}
	switch r := rounds[i]; {
	case r.Lead != actor:
		return recount.WithHint(forbidden("you code in a blind round, and another leads %s", r.Name), "ask who leads it, or somebody who does not code in it")
	case r.Open && r.Blind && to.Open && (!to.Blind || !slices.Equal(r.Coders, to.Coders)):
		return recount.WithHint(forbidden("%s is open and blind: whoever codes in it stays blind until it is closed", r.Name), "close it first")
	}
	return nil
}

// discreet leaves out of a reply what somebody who codes blind must not see.
func (s *Server) discreet(c *call, r decisionsReply) decisionsReply {
	if s.blind(c.who.Actor) {
		r.Headline, r.Moved, r.Changed = []number{}, []moved{}, nothingChanged()
	}
	return r
}

// spread takes n of a list at equal distances.
func spread(list []recount.Key, n int) (out []recount.Key) {
	for i := range n {
		out = append(out, list[i*len(list)/n])
	}
	return out
}
