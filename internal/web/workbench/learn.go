package workbench

import (
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// learnFrom is how many statements a person has coded before codes are
// suggested, and mostSuggested how many are.
const (
	learnFrom     = 20
	mostSuggested = 3
)

// exampleOf names the statement that an answer gives a code to, with its words.
func exampleOf(a recount.Answer) (id, text, code string, ok bool) {
	b, ok := a.(recount.CodeBody)
	if !ok {
		return "", "", "", false
	}
	an := b.Anchors()[0]
	text = strings.Join(an.Exact, " … ")
	return an.Page + "\x00" + an.Part + "\x00" + text, text, b.Code, true
}

// learner returns what was learned from the codings of a person, those that
// hold and no others.
func (s *Server) learner(book *casebook.Casebook, actor string) *study.Learner {
	if l := s.learners[actor]; l != nil {
		return l
	}
	l := study.NewLearner(s.study.Codebook())
	for _, d := range book.Holding(recount.KindCode) {
		if id, text, code, ok := exampleOf(d.Answer); ok && d.Actor == actor && d.Answer.Says() == recount.Yes {
			l.Set(id, text, book.Recoded(code), true)
		}
	}
	if s.learners == nil {
		s.learners = map[string]*study.Learner{}
	}
	s.learners[actor] = l
	return l
}

// learn takes what was just decided into what was learned of its actor.
func (s *Server) learn(c *call, d *recount.Decision) {
	if d.Kind == recount.KindRetract {
		for _, id := range d.Replaces {
			if x := c.book.Log().Find(id); x != nil {
				s.learn(c, x)
			}
		}
		return
	}
	l := s.learners[d.Actor]
	if d.Kind != recount.KindCode || l == nil {
		return
	}
	a, err := c.book.Answer(d)
	if err != nil {
		return
	}
	id, text, code, ok := exampleOf(a)
	if !ok {
		return
	}
	_, answers, err := c.book.Question(c.ctx, a)
	if err != nil {
		delete(s.learners, d.Actor)
		return
	}
	carries := false
	for _, x := range answers {
		carries = carries || x.Actor == d.Actor && x.Answer.Says() == recount.Yes
	}
	l.Set(id, text, c.book.Recoded(code), carries)
}

// suggested lists the codes that a person's own codings suggest for a
// statement that carries none yet. In a round nobody sees any: they would make
// coders agree.
func (s *Server) suggested(book *casebook.Casebook, language, words string, given []codeGiven) []codeProposed {
	out := []codeProposed{}
	if s.asking == "" || s.roundOf(s.asking) != "" {
		return out
	}
	no := map[string]bool{}
	for _, g := range given {
		if g.State != recount.No {
			return out
		}
		no[g.ID] = true
	}
	l := s.learner(book, s.asking)
	if l.Examples() < learnFrom {
		return out
	}
	for _, x := range l.Suggest(words, mostSuggested+len(no), study.Explaining(language, words)) {
		if !no[x.Code] && len(out) < mostSuggested {
			out = append(out, codeProposed{Code: x.Code, Words: append([]string{}, x.Words...)})
		}
	}
	return out
}
