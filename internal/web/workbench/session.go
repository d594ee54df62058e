package workbench

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"

	"recount"
	"recount/internal/casebook"
	"recount/internal/pattern"
)

// openSession is the session of whoever asks, with a study open or not: who
// makes the first study of a folder is signed in too.
func (s *Server) openSession(c *call) (out any, err error) {
	ctx, cancel := context.WithTimeout(c.ctx, answerTime)
	defer cancel()
	c.ctx = ctx
	err = s.hold(ctx, c.who.Actor, func(b *casebook.Casebook) error {
		c.book = b
		out, err = s.session(c)
		return err
	})
	if errors.Is(err, errNoStudy) {
		s.mu.Lock()
		defer s.mu.Unlock()
		return sessionReply{Actor: c.who.Actor, Actors: []string{}, Language: c.who.Language, Round: s.o.Round, Headline: []number{}, Criteria: []named{}, Variables: []variable{}, Codes: []codeRow{}, May: s.may(c.who)}, nil
	}
	return out, err
}

// session says what every page needs to know.
func (s *Server) session(c *call) (any, error) {
	cfg := s.study.Config()
	out := sessionReply{Study: studyHead{ID: s.study.ID, Folder: filepath.Base(s.study.Dir)}, Actor: c.who.Actor, Actors: s.coders(c.book),
		Language: c.who.Language, Version: c.book.Version(), Round: s.roundOf(c.who.Actor), Blind: s.blind(c.who.Actor), Headline: s.numbers, Criteria: []named{}, Variables: []variable{}, Codes: []codeRow{}, May: s.may(c.who)}
	if cfg != nil {
		out.Study.Title, out.Study.Question = cfg.Title, cfg.Question
		for _, x := range cfg.Scope {
			out.Criteria = append(out.Criteria, named{x.Name, cmp.Or(x.Ask, x.Name)})
		}
		for _, x := range cfg.Variables {
			out.Variables = append(out.Variables, variable{x.Name, cmp.Or(x.Ask, x.Name), append([]string{}, x.Values...), typeOf(x.Name, x.Ask, x.Values)})
		}
	}
	out.Study.Title = cmp.Or(out.Study.Title, out.Study.Folder)
	out.Codes = s.codeRows(c.book)
	n, _ := c.book.Undecided()
	out.Queues.Open = n + c.book.OpenLinks()
	return out, nil
}

// coders lists who answered something, codes in a round or has pages assigned.
func (s *Server) coders(book *casebook.Casebook) []string {
	out := append([]string{}, s.actors...)
	if cfg := s.study.Config(); cfg != nil {
		for _, r := range cfg.Rounds {
			out = append(out, r.Coders...)
		}
	}
	for _, names := range s.assigned(book) {
		out = append(out, names...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

var (
	asksDate   = pattern.New(`(?i)\b(when|date|day|month|year)\b`)
	asksNumber = pattern.New(`(?i)\b(how (old|many|much|long)|age|number)\b`)
)

// typeOf says which field suits a variable.
func typeOf(name, ask string, values []string) string {
	switch {
	case len(values) > 0:
		return "choice"
	case asksNumber.MatchString(name + " " + ask):
		return "number"
	case asksDate.MatchString(name + " " + ask):
		return "date"
	}
	return "text"
}

// mostPinned is how many codes have a number key.
const mostPinned = 9

func (s *Server) codeRows(book *casebook.Casebook) []codeRow {
	out := []codeRow{}
	given := book.Coded()
	codes := s.study.Codebook().Codes
	// The codes given most often have the number keys; of an unused codebook
	// those that have none under them, in its order.
	upper := map[string]bool{}
	for _, x := range codes {
		upper[x.Parent] = true
	}
	rank := func(i int) int { return len(given[codes[i].Code]) }
	order := make([]int, len(codes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if n := cmp.Compare(rank(b), rank(a)); n != 0 || upper[codes[a].Code] == upper[codes[b].Code] {
			return n
		}
		if upper[codes[a].Code] {
			return 1
		}
		return -1
	})
	pinned := map[int]bool{}
	for _, i := range order[:min(mostPinned, len(order))] {
		pinned[i] = true
	}
	for i, x := range codes {
		out = append(out, codeRow{ID: x.Code, Label: cmp.Or(x.Short, x.Code), Parent: x.Parent, Definition: x.Definition, Count: len(given[x.Code]), Pinned: pinned[i]})
	}
	return out
}

// signIn writes who decides into the cookie.
func (s *Server) signIn(c *call) (any, error) {
	req, err := in[signIn](c)
	if err != nil {
		return nil, err
	}
	if req.Actor != "" {
		if err := recount.CheckCoder(req.Actor); err != nil {
			return nil, &fieldError{"actor", recount.WithHint(err, "give a name by which colleagues know you")}
		}
		if req.Actor == recount.DefaultActor {
			return nil, &fieldError{"actor", recount.WithHint(fmt.Errorf("%w: the default rules are logged under the name %q", recount.ErrInvalid, req.Actor), "take another name")}
		}
	}
	if req.Language != "" && !slices.Contains([]string{"en", "ar"}, req.Language) {
		return nil, &fieldError{"language", recount.WithHint(fmt.Errorf("%w: no catalogue in that language", recount.ErrInvalid), "languages are en and ar")}
	}
	c.who.Actor, c.who.Language = req.Actor, req.Language
	http.SetCookie(c.w, signedCookie(c.who))
	return s.openSession(c)
}
